/* LimberStamp: the clock of a field's value (SYNC.md rule 6): which entry set it, when, and with what rank. Stamps are
 * compared by (rank, time, origin, entry), and no two entries have the same. */
#pragma once

#include "limber-id.h"

G_BEGIN_DECLS

/* The first 16 bytes of an entry's hash: how stamps, `seen` and conflicts name an entry. */
typedef LimberId LimberEntryId;

typedef struct {
  guint8 bytes[24]; /* device (16), epoch (8) */
} LimberOrigin;

typedef struct {
  guint8        rank; /* 0 an import, 1 everything else */
  guint64       time; /* hybrid: 48 bit milliseconds UTC, 16 bit counter */
  LimberOrigin  origin;
  LimberEntryId entry;
} LimberStamp;

#define LIMBER_RANK_IMPORT 0
#define LIMBER_RANK_PERSON 1
#define LIMBER_HYBRID(ms) ((guint64) (ms) << 16)
#define LIMBER_HYBRID_MS(time) ((gint64) ((time) >> 16))

gboolean limber_stamp_is_set  (const LimberStamp *stamp);
int      limber_stamp_compare (const LimberStamp *a, const LimberStamp *b);

G_END_DECLS
