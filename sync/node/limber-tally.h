/* LimberTally: what a node has answered since it started, in figures; nothing in it says who asked or about whom. Any thread. */
#pragma once

#include "limber-id.h"

G_BEGIN_DECLS

typedef struct _LimberTally LimberTally;

/* What may become of an entry that is pushed. */
typedef enum {
  LIMBER_TALLY_STORED,
  LIMBER_TALLY_KNOWN,
  LIMBER_TALLY_QUARANTINED,
  LIMBER_TALLY_GAP,
  LIMBER_TALLY_REFUSED,
  LIMBER_TALLY_VERDICTS,
} LimberTallyVerdict;

/**
 * LimberTallyCall:
 * @handler: what was asked for, one of a node's own words, of which there are few
 * @status: of the answer
 * @microseconds: from the question to the answer
 * @received: bytes of the question's body
 * @sent: bytes of the answer's body
 * @verdicts: on the entries that came, how many of each
 * @rows: how many went
 *
 * One question that was answered.
 */
typedef struct {
  const char *handler;
  guint       status;
  gint64      microseconds;
  gsize       received, sent;
  guint       verdicts[LIMBER_TALLY_VERDICTS];
  guint       rows;
} LimberTallyCall;

LimberTally *limber_tally_new       (void);
void         limber_tally_free      (LimberTally *tally);
void         limber_tally_add       (LimberTally *tally, const LimberTallyCall *call);
void         limber_tally_see       (LimberTally *tally, const LimberId *device, gint64 now);
guint        limber_tally_seen      (LimberTally *tally, gint64 since);
void         limber_tally_set_lines (LimberTally *tally, guint lines);
guint        limber_tally_get_lines (LimberTally *tally);
void         limber_tally_append    (LimberTally *tally, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberTally, limber_tally_free)

G_END_DECLS
