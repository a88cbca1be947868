/* The parts of reading a questionnaire. */
#pragma once

#include "limber-questionnaire.h"

G_BEGIN_DECLS

LimberQuestionnaire *limber_questionnaire_new (void);
LimberItem          *limber_item_new          (void);
LimberOption        *limber_option_new        (void);
gboolean             limber_form_text_take    (LimberFormText *text, const json_t *object, const char *name, gsize most, const char *where, GError **error);
gboolean             limber_form_text_is_set  (const LimberFormText *text);
gboolean             limber_item_parse        (LimberItem *item, const json_t *json, GError **error);
gboolean             limber_item_parse_conditions (const LimberQuestionnaire *form, LimberItem *item, const json_t *json, GError **error);
const json_t        *limber_extension_find    (const json_t *object, const char *url);
gboolean             limber_form_refuse       (GError **error, const char *where, const char *why);

G_END_DECLS
