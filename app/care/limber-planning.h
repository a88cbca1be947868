/* LimberPlanning: a clinic or a closed day as somebody at a screen makes, changes or ends it, and what stood there before, so that nothing
 * that somebody else has said meanwhile is overwritten, and so that it can be taken back. */
#pragma once

#include "limber-clinic.h"

G_BEGIN_DECLS

typedef struct _LimberPlanning LimberPlanning;

LimberPlanning *limber_planning_new_clinic  (const LimberId *id, const LimberClinic *clinic, const LimberClinic *before);
LimberPlanning *limber_planning_new_closure (const LimberClosure *closure, gboolean off);
void            limber_planning_free        (LimberPlanning *planning);
gboolean        limber_planning_write       (LimberTransaction *transaction, const LimberPlanning *planning, gboolean back, const LimberAuthor *author, GError **error);
char           *limber_planning_warn        (LimberReader *reader, const LimberPlanning *planning);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberPlanning, limber_planning_free)

G_END_DECLS
