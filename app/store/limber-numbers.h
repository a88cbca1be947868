/* LimberNumbers: of the numbers that a store gives to ids and to origins, those that a connection has come across last. They
 * never change, unless what gave them is undone. And the end of the chain that it has written to last: a chain has no gaps,
 * so what goes on from there needs no look. While very many changes come one after the other, they are all of them, once enough
 * was looked for in the store that reading all is the lesser work. */
#pragma once

#include "limber-entry.h"
#include "limber-id-map.h"

G_BEGIN_DECLS

#define LIMBER_NUMBERS_KEPT 1024
#define LIMBER_NUMBERS_MISSING (-1)
#define LIMBER_NUMBERS_MANY 1500000 /* a map of more would be more memory than it is worth */
#define LIMBER_NUMBERS_LOOKS 20000

typedef struct {
  LimberId id;
  gint64   n; /* 0: nothing is kept here; LIMBER_NUMBERS_MISSING: it has none */
} LimberNumber;

typedef struct {
  LimberNumber by_id[LIMBER_NUMBERS_KEPT]; /* each at the place that its id gives, */
  LimberNumber by_n[LIMBER_NUMBERS_KEPT];  /* and at the one that its number gives */
  LimberIdMap *all;                        /* (owned) (nullable): the number of every id that has one */
  gboolean     many;                       /* very many changes are to come */
  guint        looks;                      /* into the store meanwhile, since all were last read or forgotten */
  gboolean     alone;                      /* nobody else gives numbers, so what is missing stays missing */
  GArray      *origins;                    /* (owned): LimberOrigin by number, zero where it is not known yet; rows never change */
  LimberOrigin origin;                     /* the one asked for last */
  int          branch;
  gint64       origin_n;                   /* 0: none is kept */
  gint64       end;                        /* the journal's key that was written last, 0: none is kept */
  guint8       end_hash[LIMBER_HASH_LENGTH];
} LimberNumbers;

void     limber_numbers_init        (LimberNumbers *numbers, gboolean alone);
void     limber_numbers_clear       (LimberNumbers *numbers);
void     limber_numbers_expect_many (LimberNumbers *numbers, gboolean many);
gboolean limber_numbers_wants_all   (LimberNumbers *numbers);
void     limber_numbers_take_all    (LimberNumbers *numbers, LimberIdMap *all);
gint64   limber_numbers_find        (LimberNumbers *numbers, const LimberId *id);
gboolean limber_numbers_find_id     (LimberNumbers *numbers, gint64 n, LimberId *id);
void     limber_numbers_keep        (LimberNumbers *numbers, const LimberId *id, gint64 n);
gint64   limber_numbers_find_origin (LimberNumbers *numbers, const LimberOrigin *origin, int branch);
void     limber_numbers_keep_origin (LimberNumbers *numbers, const LimberOrigin *origin, int branch, gint64 n);
gboolean limber_numbers_find_origin_of (LimberNumbers *numbers, gint64 n, LimberOrigin *origin);
void     limber_numbers_keep_origin_of (LimberNumbers *numbers, gint64 n, const LimberOrigin *origin);
void     limber_numbers_keep_end    (LimberNumbers *numbers, gint64 key, const guint8 hash[LIMBER_HASH_LENGTH]);
gboolean limber_numbers_is_next     (LimberNumbers *numbers, gint64 key, const guint8 prev[LIMBER_HASH_LENGTH]);
void     limber_numbers_forget      (LimberNumbers *numbers);

G_END_DECLS
