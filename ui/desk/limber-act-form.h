/* What a form hands over when it is saved, as JSON, and carrying it out: in one transaction with it, what was kept of the form goes. */
#pragma once

#include <jansson.h>

#include "limber-referring.h"

G_BEGIN_DECLS

/* {"kept": the form's name, "about": whom it is about or null, "details": [{"field", "typed", "base"}], or what a call says} */
gboolean limber_act_form_register (LimberTransaction *transaction, const LimberId *id, const char *form, const LimberAuthor *author, GError **error);
gboolean limber_act_form_edit     (LimberTransaction *transaction, const LimberId *id, const char *form, const LimberAuthor *author, GError **error);
void     limber_act_form_read_call (const json_t *form, LimberReferringCall *call);
gboolean limber_act_form_refer    (LimberTransaction *transaction, const LimberId *id, const char *form, const LimberAuthor *author, GError **error);

G_END_DECLS
