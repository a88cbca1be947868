/* Two records that are one person (SYNC.md rule 10). Nothing is moved: one record says that it is the same person as another,
 * and whatever shows a person reads all of her records; so that to undo it leaves everything as it was. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_MERGING_MOST 16 /* records that one person may have */

/* What speaks against a merge. */
typedef enum {
  LIMBER_MERGING_FINE,
  LIMBER_MERGING_DOUBTFUL, /* it may be right, and somebody has to say so again */
  LIMBER_MERGING_WRONG,    /* it cannot be done, or these are two people */
} LimberMergingVerdict;

LimberMergingVerdict limber_merging_judge (LimberReader *reader, const LimberId *keep, const LimberId *other, GError **why);
gboolean   limber_merging_merge      (LimberTransaction *transaction, const LimberId *keep, const LimberId *other, gboolean anyway, const LimberAuthor *author, GError **error);
gboolean   limber_merging_merge_certain (LimberTransaction *transaction, const LimberId *one, const LimberId *other, const LimberAuthor *author, gboolean *merged, GError **error);
gboolean   limber_merging_undo       (LimberTransaction *transaction, const LimberId *record, const LimberAuthor *author, GError **error);
gboolean   limber_merging_is_same    (LimberReader *reader, const LimberId *one, const LimberId *other);
void       limber_merging_pair_id    (const LimberId *one, const LimberId *other, LimberId *id);

G_END_DECLS
