/* LimberResponse: what somebody has answered to a questionnaire so far, and what comes next. */
#pragma once

#include "limber-questionnaire.h"

G_BEGIN_DECLS

/**
 * LimberResponseStatus:
 *
 * As FHIR calls them, in this order also in a record's field.
 */
typedef enum {
  LIMBER_RESPONSE_IN_PROGRESS,
  LIMBER_RESPONSE_STOPPED,
  LIMBER_RESPONSE_COMPLETED,
} LimberResponseStatus;

typedef struct _LimberResponse LimberResponse;

LimberResponse *limber_response_new         (LimberQuestionnaire *form);
LimberResponse *limber_response_from_json   (LimberQuestionnaire *form, const json_t *json);
void            limber_response_free        (LimberResponse *response);
LimberQuestionnaire *limber_response_form   (const LimberResponse *response);
gboolean        limber_response_answer      (LimberResponse *response, guint item, int answer, GError **error);
gboolean        limber_response_skip        (LimberResponse *response, guint item, GError **error);
gboolean        limber_response_get         (const LimberResponse *response, guint item, int *answer);
gboolean        limber_response_is_enabled  (const LimberResponse *response, guint item);
int             limber_response_next        (const LimberResponse *response, int after);
int             limber_response_previous    (const LimberResponse *response, int before);
void            limber_response_progress    (const LimberResponse *response, guint item, guint *at, guint *total);
guint           limber_response_n_answered  (const LimberResponse *response);
guint           limber_response_n_asked     (const LimberResponse *response);
gboolean        limber_response_is_complete (const LimberResponse *response);
json_t         *limber_response_to_json     (const LimberResponse *response, LimberResponseStatus status);
const char     *limber_response_status_name (LimberResponseStatus status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberResponse, limber_response_free)

G_END_DECLS
