/* What a public screen holds of a person: only what check-in needs, made by its node (DESIGN.md section 3). */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

void     limber_projection_make         (LimberReader *reader, LimberRecord *record, const LimberId *site);
gboolean limber_projection_renew        (LimberTransaction *transaction, GError **error);
char    *limber_projection_notices      (LimberReader *reader, const LimberId *site);
gboolean limber_projection_set_notices  (LimberTransaction *transaction, const LimberId *site, const char *notices, GError **error);
char    *limber_projection_postcode_key (const LimberId *site, const char *postcode);

G_END_DECLS
