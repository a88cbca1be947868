/* An answer is a number: the integer itself, 0 or 1, or which option. Answers to what is not asked any more, because an earlier
 * one was changed, are kept until the end, so that who changes it back finds them; nothing is made of them meanwhile. */
#include "limber-response.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"

typedef struct {
  gboolean answered;
  int      answer;
} Given;

struct _LimberResponse {
  LimberQuestionnaire *form;  /* (owned) */
  GArray              *given; /* (owned): Given, one an item */
};

static const char *const status_names[] = { "in-progress", "stopped", "completed" };

/**
 * limber_response_new:
 *
 * Returns: (transfer full): a response that says nothing
 */
LimberResponse *
limber_response_new (LimberQuestionnaire *form)
{
  LimberResponse *response = g_new0 (LimberResponse, 1);

  response->form = limber_questionnaire_ref (form);
  response->given = g_array_new (FALSE, TRUE, sizeof (Given));
  g_array_set_size (response->given, form->items->len);
  return response;
}

/* Overwrites what she said. */
void
limber_response_free (LimberResponse *response)
{
  if (response == NULL)
    return;
  explicit_bzero (response->given->data, response->given->len * sizeof (Given));
  g_array_unref (response->given);
  limber_questionnaire_unref (response->form);
  g_free (response);
}

LimberQuestionnaire *
limber_response_form (const LimberResponse *response)
{
  return response->form;
}

static gboolean
is_possible (const LimberItem *item, int answer)
{
  switch (item->type) {
  case LIMBER_ITEM_BOOLEAN:
    return answer == 0 || answer == 1;
  case LIMBER_ITEM_INTEGER:
    return !(item->has_minimum && answer < item->minimum) && !(item->has_maximum && answer > item->maximum);
  case LIMBER_ITEM_CHOICE:
    return limber_item_option (item, answer) != NULL;
  default:
    return FALSE;
  }
}

/**
 * limber_response_answer:
 * @answer: a number, 0 or 1, or which option from 0
 * @error: LIMBER_ERROR_REFUSED when that is no answer to it
 */
gboolean
limber_response_answer (LimberResponse *response, guint item, int answer, GError **error)
{
  if (item >= response->given->len || !limber_response_is_enabled (response, item) || !is_possible (limber_questionnaire_item (response->form, item), answer))
    return limber_error_refuse (error, _("That is no answer to this question."));
  g_array_index (response->given, Given, item) = (Given){ TRUE, answer };
  return TRUE;
}

/**
 * limber_response_skip:
 * @error: LIMBER_ERROR_REFUSED when it must be answered
 *
 * Takes back what was answered to it, if anything.
 */
gboolean
limber_response_skip (LimberResponse *response, guint item, GError **error)
{
  if (item >= response->given->len || limber_questionnaire_item (response->form, item)->required)
    return limber_error_refuse (error, _("This question must be answered."));
  g_array_index (response->given, Given, item) = (Given){ FALSE, 0 };
  return TRUE;
}

/**
 * limber_response_get:
 * @answer: (out) (optional): what was answered
 *
 * Returns: whether it was answered, and is asked
 */
gboolean
limber_response_get (const LimberResponse *response, guint item, int *answer)
{
  const Given *given = &g_array_index (response->given, Given, item);

  if (!given->answered || !limber_response_is_enabled (response, item))
    return FALSE;
  if (answer != NULL)
    *answer = given->answer;
  return TRUE;
}

static gboolean
is_met (const LimberResponse *response, const LimberCondition *condition)
{
  int answer;
  gboolean answered = limber_response_get (response, condition->question, &answer);

  if (condition->operator == LIMBER_CONDITION_EXISTS)
    return answered == (condition->answer != 0);
  if (!answered)
    return FALSE;
  switch (condition->operator) {
  case LIMBER_CONDITION_EQUAL:
    return answer == condition->answer;
  case LIMBER_CONDITION_UNEQUAL:
    return answer != condition->answer;
  case LIMBER_CONDITION_GREATER:
    return answer > condition->answer;
  case LIMBER_CONDITION_LESS:
    return answer < condition->answer;
  case LIMBER_CONDITION_AT_LEAST:
    return answer >= condition->answer;
  default:
    return answer <= condition->answer;
  }
}

/**
 * limber_response_is_enabled:
 *
 * Returns: whether @item is asked, by what was answered before it. What stands in something that is not asked is not asked
 */
gboolean
limber_response_is_enabled (const LimberResponse *response, guint item)
{
  const LimberItem *found = limber_questionnaire_item (response->form, item);
  guint met = 0, n = found->conditions->len;

  if (found->parent >= 0 && !limber_response_is_enabled (response, (guint) found->parent))
    return FALSE;
  for (guint i = 0; i < n; i++)
    met += is_met (response, &g_array_index (found->conditions, LimberCondition, i));
  return n == 0 || (found->any ? met > 0 : met == n);
}

/* Whether it has a page: a group has none. */
static gboolean
is_shown (const LimberResponse *response, guint item)
{
  return limber_questionnaire_item (response->form, item)->type != LIMBER_ITEM_GROUP && limber_response_is_enabled (response, item);
}

/**
 * limber_response_next:
 * @after: an item, -1 for the beginning
 *
 * Returns: the item that is shown after it, -1 when that was the last
 */
int
limber_response_next (const LimberResponse *response, int after)
{
  for (guint i = (guint) (after + 1); i < response->given->len; i++)
    if (is_shown (response, i))
      return (int) i;
  return -1;
}

/**
 * limber_response_previous:
 *
 * Returns: the item that is shown before @before, -1 when that is the first
 */
int
limber_response_previous (const LimberResponse *response, int before)
{
  for (int i = before - 1; i >= 0; i--)
    if (is_shown (response, (guint) i))
      return i;
  return -1;
}

static gboolean
is_asked (const LimberResponse *response, guint item)
{
  return is_shown (response, item) && limber_item_is_question (limber_questionnaire_item (response->form, item));
}

/**
 * limber_response_progress:
 * @at: (out): which of the questions it is, from 1; that of the question before where it is none
 * @total: (out): how many there are by what was answered so far
 */
void
limber_response_progress (const LimberResponse *response, guint item, guint *at, guint *total)
{
  *at = *total = 0;
  for (guint i = 0; i < response->given->len; i++) {
    *total += is_asked (response, i);
    *at += i <= item && is_asked (response, i);
  }
}

guint
limber_response_n_answered (const LimberResponse *response)
{
  guint n = 0;

  for (guint i = 0; i < response->given->len; i++)
    n += is_asked (response, i) && limber_response_get (response, i, NULL);
  return n;
}

/**
 * limber_response_n_asked:
 *
 * Returns: how many questions there are by what was answered so far
 */
guint
limber_response_n_asked (const LimberResponse *response)
{
  guint at, total;

  limber_response_progress (response, 0, &at, &total);
  return total;
}

/**
 * limber_response_is_complete:
 *
 * Returns: whether all that must be answered is
 */
gboolean
limber_response_is_complete (const LimberResponse *response)
{
  for (guint i = 0; i < response->given->len; i++)
    if (limber_questionnaire_item (response->form, i)->required && is_asked (response, i) && !limber_response_get (response, i, NULL))
      return FALSE;
  return TRUE;
}

const char *
limber_response_status_name (LimberResponseStatus status)
{
  return status_names[status];
}

/* FHIR. */

static json_t *
answer_to_json (const LimberItem *item, int answer)
{
  const LimberOption *option = limber_item_option (item, answer);

  if (item->type == LIMBER_ITEM_BOOLEAN)
    return json_pack ("{s:b}", "valueBoolean", answer);
  if (item->type == LIMBER_ITEM_INTEGER)
    return json_pack ("{s:i}", "valueInteger", answer);
  if (!option->is_coded)
    return json_pack ("{s:s}", "valueString", option->code);
  return json_pack ("{s:{s:s*, s:s, s:s}}", "valueCoding", "system", option->system, "code", option->code, "display", option->text.text);
}

/* What stands in a group is an item of it, what stands in a question an item of its answer. */
static json_t *
items_to_json (const LimberResponse *response, int parent)
{
  g_autoptr (json_t) list = json_array ();

  for (guint i = 0; i < response->given->len; i++) {
    const LimberItem *item = limber_questionnaire_item (response->form, i);
    g_autoptr (json_t) object = NULL;
    json_t *inside;
    int answer;

    if (item->parent != parent || !limber_response_is_enabled (response, i))
      continue;
    object = json_pack ("{s:s}", "linkId", item->link_id);
    inside = items_to_json (response, (int) i);
    if (limber_item_is_question (item) && limber_response_get (response, i, &answer)) {
      json_t *given = answer_to_json (item, answer);

      if (json_array_size (inside) > 0)
        json_object_set (given, "item", inside);
      json_object_set_new (object, "answer", json_pack ("[o]", given));
    } else if (json_array_size (inside) > 0)
      json_object_set (object, "item", inside);
    if (json_object_size (object) > 1)
      json_array_append (list, object);
    json_decref (inside);
  }
  return json_incref (list);
}

/**
 * limber_response_to_json:
 *
 * Returns: (transfer full): a FHIR R4 QuestionnaireResponse, without who, when and in which language: whoever knows adds that
 */
json_t *
limber_response_to_json (const LimberResponse *response, LimberResponseStatus status)
{
  g_autofree char *form = g_strdup_printf ("%s|%s", response->form->url, response->form->version);
  json_t *json = json_pack ("{s:s, s:s, s:s}", "resourceType", "QuestionnaireResponse", "questionnaire", form, "status", status_names[status]);
  json_t *items = items_to_json (response, -1);

  if (json_array_size (items) > 0)
    json_object_set (json, "item", items);
  json_decref (items);
  return json;
}

static int
find_answer (const LimberItem *item, const json_t *given)
{
  const json_t *coding = json_object_get (given, "valueCoding");
  const char *code = coding != NULL ? limber_json_string (coding, "code") : limber_json_string (given, "valueString");

  if (item->type == LIMBER_ITEM_BOOLEAN)
    return json_is_boolean (json_object_get (given, "valueBoolean")) ? json_is_true (json_object_get (given, "valueBoolean")) : -1;
  if (item->type == LIMBER_ITEM_INTEGER)
    return (int) CLAMP (limber_json_integer (given, "valueInteger", G_MININT32), G_MININT32, G_MAXINT32);
  for (guint i = 0; i < item->options->len; i++)
    if (g_strcmp0 (limber_item_option (item, (int) i)->code, code) == 0 && g_strcmp0 (limber_item_option (item, (int) i)->system, limber_json_string (coding, "system")) == 0)
      return (int) i;
  return -1;
}

static void
take_items (LimberResponse *response, const json_t *list)
{
  json_t *object;
  gsize i;

  json_array_foreach (list, i, object) {
    int item = limber_questionnaire_find (response->form, limber_json_string (object, "linkId"));
    const json_t *given = json_array_get (json_object_get (object, "answer"), 0);

    if (item >= 0 && given != NULL)
      limber_response_answer (response, (guint) item, find_answer (limber_questionnaire_item (response->form, (guint) item), given), NULL);
    take_items (response, json_object_get (object, "item"));
    take_items (response, json_object_get (given, "item"));
  }
}

/**
 * limber_response_from_json:
 * @json: a FHIR QuestionnaireResponse to @form
 *
 * What is no answer to @form is passed over: the record has it as it was written.
 *
 * Returns: (transfer full): what it says
 */
LimberResponse *
limber_response_from_json (LimberQuestionnaire *form, const json_t *json)
{
  LimberResponse *response = limber_response_new (form);

  take_items (response, json_object_get (json, "item"));
  return response;
}
