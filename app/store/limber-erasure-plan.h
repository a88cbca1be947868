/* LimberErasurePlan: what must be erased at central so that nothing is left of a record, of some of its fields, or of a
 * person; and doing it (SYNC.md rule 19). */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

typedef struct _LimberErasurePlan LimberErasurePlan;

LimberErasurePlan *limber_erasure_plan_new       (LimberReader *reader, const LimberKind *kind, const LimberId *id, const char *const *fields, gboolean whole, GError **error);
void               limber_erasure_plan_free      (LimberErasurePlan *plan);
gboolean           limber_erasure_plan_carry_out (LimberTransaction *transaction, LimberErasurePlan *plan, const char *reason, const LimberAuthor *author, GError **error);
json_t            *limber_erasure_plan_to_json   (const LimberErasurePlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberErasurePlan, limber_erasure_plan_free)

G_END_DECLS
