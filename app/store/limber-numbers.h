/* LimberNumbers: of the numbers that a store gives to ids and to origins, those that a connection has come across last. They
 * never change, unless what gave them is undone. And the end of the chain that it has written to last: a chain has no gaps,
 * so what goes on from there needs no look. */
#pragma once

#include "limber-entry.h"

G_BEGIN_DECLS

#define LIMBER_NUMBERS_KEPT 1024
#define LIMBER_NUMBERS_MISSING (-1)

typedef struct {
  LimberId id;
  gint64   n; /* 0: nothing is kept here; LIMBER_NUMBERS_MISSING: it has none */
} LimberNumber;

typedef struct {
  LimberNumber by_id[LIMBER_NUMBERS_KEPT]; /* each at the place that its id gives, */
  LimberNumber by_n[LIMBER_NUMBERS_KEPT];  /* and at the one that its number gives */
  LimberOrigin origin;                     /* the one asked for last */
  int          branch;
  gint64       origin_n;                   /* 0: none is kept */
  gint64       end;                        /* the journal's key that was written last, 0: none is kept */
  guint8       end_hash[LIMBER_HASH_LENGTH];
} LimberNumbers;

gint64   limber_numbers_find        (LimberNumbers *numbers, const LimberId *id);
gboolean limber_numbers_find_id     (LimberNumbers *numbers, gint64 n, LimberId *id);
void     limber_numbers_keep        (LimberNumbers *numbers, const LimberId *id, gint64 n);
gint64   limber_numbers_find_origin (LimberNumbers *numbers, const LimberOrigin *origin, int branch);
void     limber_numbers_keep_origin (LimberNumbers *numbers, const LimberOrigin *origin, int branch, gint64 n);
void     limber_numbers_keep_end    (LimberNumbers *numbers, gint64 key, const guint8 hash[LIMBER_HASH_LENGTH]);
gboolean limber_numbers_is_next     (LimberNumbers *numbers, gint64 key, const guint8 prev[LIMBER_HASH_LENGTH]);
void     limber_numbers_forget      (LimberNumbers *numbers);

G_END_DECLS
