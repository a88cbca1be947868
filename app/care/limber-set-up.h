/* LimberSetUp: a change to how a site is set up: its choices, its rooms, its staff, its clinics and closed days. It knows what stood there before, so that nothing that
 * somebody else has said meanwhile is overwritten, and so that it can be taken back. What is made new is put out of use when it is taken
 * back: nothing is ever removed. */
#pragma once

#include "limber-planning.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

typedef struct _LimberSetUp LimberSetUp;

LimberSetUp    *limber_set_up_new       (const char *kind, const LimberId *id);
LimberSetUp    *limber_set_up_new_place (LimberEnv *env, const LimberId *site);
LimberSetUp    *limber_set_up_new_staff (const LimberId *organisation, const char *number, const LimberId *site);
LimberSetUp    *limber_set_up_new_plan  (LimberPlanning *plan, LimberEnv *env);
LimberSetUp    *limber_set_up_ref       (LimberSetUp *set_up);
void            limber_set_up_unref     (LimberSetUp *set_up);
gboolean        limber_set_up_add       (LimberSetUp *set_up, const char *field, const char *value, const char *before, GError **error);
void            limber_set_up_say       (LimberSetUp *set_up, const char *words);
const char     *limber_set_up_words     (LimberSetUp *set_up);
const LimberId *limber_set_up_about     (LimberSetUp *set_up);
gboolean        limber_set_up_write     (LimberTransaction *transaction, LimberSetUp *set_up, gboolean back, const LimberAuthor *author, GError **error);
gboolean        limber_set_up_may       (LimberReader *reader, const LimberAuthor *author, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberSetUp, limber_set_up_unref)

G_END_DECLS
