/* Asking: what a public screen asks somebody once she is checked in, and what becomes of what she says. The rules, and why each is
 * as it is, stand in limber-asking.c. */
#pragma once

#include "limber-response.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

/* A form that is due. */
typedef struct {
  LimberId             id;   /* of the questionnaire */
  LimberQuestionnaire *form; /* (owned) */
} LimberAskedForm;

/**
 * LimberAsking:
 * @appointment: the visit
 * @patient: whose it is
 * @masked_phone: (nullable): "is this still right?"; %NULL when that is not due
 * @forms: (element-type LimberAskedForm): what is to be asked, in order
 */
typedef struct {
  LimberId   appointment;
  LimberId   patient;
  char      *masked_phone;
  GPtrArray *forms;
} LimberAsking;

/**
 * LimberAnswersDraft:
 * @step: how often something was said before; of one visit and form the last counts
 * @language: (nullable): in which she was asked
 * @in_person: she would rather be asked by a person
 * @answers: (owned): a FHIR R4 QuestionnaireResponse as JSON
 *
 * What somebody has answered so far, on its way to the store.
 */
typedef struct {
  LimberId             appointment;
  LimberId             patient;
  LimberId             questionnaire;
  char                *url, *version, *language;
  LimberResponseStatus status;
  guint                step;
  gboolean             in_person;
  guint                n_answered, n_asked;
  char                *answers;
} LimberAnswersDraft;

/* What she says of the details that are held. */
typedef enum {
  LIMBER_DETAILS_RIGHT,
  LIMBER_DETAILS_CHANGED,
} LimberDetails;

LimberQuestionnaire *limber_asking_advice (LimberReader *reader, LimberQuestionnaire *held);
LimberAsking       *limber_asking_find    (LimberReader *reader, const LimberId *appointment, GError **error);
void                limber_asking_free    (LimberAsking *asking);
gboolean            limber_asking_details (LimberTransaction *transaction, const LimberId *patient, LimberDetails details, GError **error);
LimberAnswersDraft *limber_answers_draft  (const LimberAsking *asking, const LimberAskedForm *form, const LimberResponse *response, LimberResponseStatus status, guint step,
                                           const char *language);
void                limber_answers_draft_free (LimberAnswersDraft *draft);
gboolean            limber_answers_save   (LimberTransaction *transaction, const LimberAnswersDraft *draft, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberAsking, limber_asking_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberAnswersDraft, limber_answers_draft_free)

G_END_DECLS
