#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-json.h"
#include "limber-questionnaire-private.h"

#define BRIEF "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"
#define MINIMUM "http://hl7.org/fhir/StructureDefinition/minValue"
#define MAXIMUM "http://hl7.org/fhir/StructureDefinition/maxValue"
#define LONGEST_TEXT 160
#define LONGEST_OPTION 60
#define LONGEST_BRIEF 60
#define LONGEST_LINK_ID 60
#define MOST_OPTIONS 100
#define MOST_CONDITIONS 20

static const struct { const char *name; LimberItemType type; } types[] = {
  { "group", LIMBER_ITEM_GROUP },    { "display", LIMBER_ITEM_DISPLAY },  { "boolean", LIMBER_ITEM_BOOLEAN }, { "integer", LIMBER_ITEM_INTEGER },
  { "choice", LIMBER_ITEM_CHOICE },  { "decimal", LIMBER_ITEM_OTHER },    { "date", LIMBER_ITEM_OTHER },      { "dateTime", LIMBER_ITEM_OTHER },
  { "time", LIMBER_ITEM_OTHER },     { "string", LIMBER_ITEM_OTHER },     { "text", LIMBER_ITEM_OTHER },      { "url", LIMBER_ITEM_OTHER },
  { "open-choice", LIMBER_ITEM_OTHER }, { "attachment", LIMBER_ITEM_OTHER }, { "reference", LIMBER_ITEM_OTHER }, { "quantity", LIMBER_ITEM_OTHER },
};

static const struct { const char *name; LimberConditionOperator operator; } operators[] = {
  { "exists", LIMBER_CONDITION_EXISTS }, { "=", LIMBER_CONDITION_EQUAL },      { "!=", LIMBER_CONDITION_UNEQUAL }, { ">", LIMBER_CONDITION_GREATER },
  { "<", LIMBER_CONDITION_LESS },        { ">=", LIMBER_CONDITION_AT_LEAST }, { "<=", LIMBER_CONDITION_AT_MOST },
};

static gboolean
take_type (LimberItem *item, const json_t *json, GError **error)
{
  const char *name = limber_json_string (json, "type");

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].name, name) == 0) {
      item->type = types[i].type;
      item->type_name = g_strdup (name);
      return TRUE;
    }
  return limber_form_refuse (error, item->link_id, _("it has no type that FHIR R4 knows"));
}

static gboolean
take_flag (gboolean *flag, const LimberItem *item, const json_t *json, const char *name, GError **error)
{
  const json_t *value = json_object_get (json, name);

  if (value != NULL && !json_is_boolean (value))
    return limber_form_refuse (error, item->link_id, _("required and repeats are true or false"));
  *flag = json_is_true (value);
  return TRUE;
}

static gboolean
take_bound (int *bound, gboolean *has, const LimberItem *item, const json_t *json, const char *url, GError **error)
{
  const json_t *extension = limber_extension_find (json, url), *value = json_object_get (extension, "valueInteger");

  if (extension == NULL || item->type != LIMBER_ITEM_INTEGER)
    return TRUE;
  if (!json_is_integer (value) || json_integer_value (value) < G_MININT32 / 2 || json_integer_value (value) > G_MAXINT32 / 2)
    return limber_form_refuse (error, item->link_id, _("the least and the greatest value of an integer are whole numbers"));
  *bound = (int) json_integer_value (value);
  *has = TRUE;
  return TRUE;
}

static gboolean
take_bounds (LimberItem *item, const json_t *json, GError **error)
{
  if (!take_bound (&item->minimum, &item->has_minimum, item, json, MINIMUM, error) || !take_bound (&item->maximum, &item->has_maximum, item, json, MAXIMUM, error))
    return FALSE;
  if (item->has_minimum && item->has_maximum && item->minimum > item->maximum)
    return limber_form_refuse (error, item->link_id, _("the least value is above the greatest"));
  return TRUE;
}

/* For numbers there is the type integer. */
static gboolean
read_option (LimberOption *option, const LimberItem *item, const json_t *json, GError **error)
{
  const json_t *coding = json_object_get (json, "valueCoding");

  option->is_coded = coding != NULL;
  if (!limber_form_text_take (&option->text, coding != NULL ? coding : json, coding != NULL ? "display" : "valueString", LONGEST_OPTION, item->link_id, error))
    return FALSE;
  option->system = g_strdup (limber_json_string (coding, "system"));
  option->code = g_strdup (coding != NULL ? limber_json_string (coding, "code") : option->text.text);
  if (!limber_form_text_is_set (&option->text) || option->code == NULL || *option->code == '\0' || strlen (option->code) > LONGEST_OPTION * 4)
    return limber_form_refuse (error, item->link_id, _("an option needs a valueCoding with code and display, or a valueString"));
  return TRUE;
}

static gboolean
has_option (const LimberItem *item, const LimberOption *option)
{
  for (guint i = 0; i < item->options->len; i++) {
    const LimberOption *other = limber_item_option (item, (int) i);

    if (other != option && g_str_equal (other->code, option->code) && g_strcmp0 (other->system, option->system) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
take_options (LimberItem *item, const json_t *json, GError **error)
{
  const json_t *list = json_object_get (json, "answerOption");
  json_t *each;
  gsize i;

  if (item->type != LIMBER_ITEM_CHOICE)
    return TRUE;
  if (json_array_size (list) > MOST_OPTIONS)
    return limber_form_refuse (error, item->link_id, _("there are too many options"));
  json_array_foreach (list, i, each) {
    LimberOption *option = limber_option_new ();

    g_ptr_array_add (item->options, option);
    if (!read_option (option, item, each, error))
      return FALSE;
    if (has_option (item, option))
      return limber_form_refuse (error, item->link_id, _("two options are the same"));
  }
  return TRUE;
}

/* The text on staff's lists is an extension whose value has its translations beside it. */
static gboolean
take_brief (LimberItem *item, const json_t *json, GError **error)
{
  const json_t *extension = limber_extension_find (json, BRIEF);

  return extension == NULL || limber_form_text_take (&item->brief, extension, "valueString", LONGEST_BRIEF, item->link_id, error);
}

/* An item may say more than one thing that it is about. */
static gboolean
take_drawing (LimberItem *item, const json_t *json, GError **error)
{
  json_t *coding;
  gsize i;

  json_array_foreach (json_object_get (json, "code"), i, coding) {
    const char *code = limber_json_string (coding, "code");

    if (g_strcmp0 (limber_json_string (coding, "system"), LIMBER_DRAWINGS) != 0 || item->drawing != NULL)
      continue;
    if (code == NULL || *code == '\0' || strlen (code) > LONGEST_LINK_ID)
      return limber_form_refuse (error, item->link_id, _("a drawing needs its code, a short word"));
    item->drawing = g_strdup (code);
  }
  return TRUE;
}

/**
 * limber_item_parse:
 *
 * Reads one item, without what stands in it and without its conditions.
 */
gboolean
limber_item_parse (LimberItem *item, const json_t *json, GError **error)
{
  const char *link_id = limber_json_string (json, "linkId");

  if (link_id == NULL || *link_id == '\0' || strlen (link_id) > LONGEST_LINK_ID)
    return limber_form_refuse (error, "item", _("each item needs a linkId, a short text"));
  item->link_id = g_strdup (link_id);
  if (json_object_get (json, "modifierExtension") != NULL)
    return limber_form_refuse (error, link_id, _("its modifierExtension changes what it means in a way that is not known here"));
  if (!take_type (item, json, error) || !take_flag (&item->required, item, json, "required", error) || !take_flag (&item->repeats, item, json, "repeats", error) ||
      !limber_form_text_take (&item->text, json, "text", LONGEST_TEXT, link_id, error) || !take_brief (item, json, error) || !take_drawing (item, json, error))
    return FALSE;
  if (!limber_form_text_is_set (&item->text) && item->type != LIMBER_ITEM_GROUP)
    return limber_form_refuse (error, link_id, _("it needs a text"));
  return take_bounds (item, json, error) && take_options (item, json, error);
}

/* Conditions. */

static int
find_option (const LimberItem *question, const char *system, const char *code)
{
  for (guint i = 0; i < question->options->len; i++) {
    const LimberOption *option = limber_item_option (question, (int) i);

    if (g_strcmp0 (option->code, code) == 0 && (system == NULL || g_strcmp0 (option->system, system) == 0))
      return (int) i;
  }
  return -1;
}

/* What it is compared with, in the form that LimberResponse has. */
static gboolean
read_compared (LimberCondition *condition, const LimberItem *question, const json_t *json)
{
  const json_t *truth = json_object_get (json, "answerBoolean"), *number = json_object_get (json, "answerInteger"), *coding = json_object_get (json, "answerCoding");
  gboolean equal = condition->operator == LIMBER_CONDITION_EQUAL || condition->operator == LIMBER_CONDITION_UNEQUAL;

  if (condition->operator == LIMBER_CONDITION_EXISTS || (equal && question->type == LIMBER_ITEM_BOOLEAN)) {
    condition->answer = json_is_true (truth);
    return json_is_boolean (truth);
  }
  if (question->type == LIMBER_ITEM_INTEGER) {
    condition->answer = (int) CLAMP (json_integer_value (number), G_MININT32, G_MAXINT32);
    return json_is_integer (number);
  }
  if (!equal || question->type != LIMBER_ITEM_CHOICE)
    return FALSE;
  condition->answer = coding != NULL ? find_option (question, limber_json_string (coding, "system"), limber_json_string (coding, "code"))
                                     : find_option (question, NULL, limber_json_string (json, "answerString"));
  return condition->answer >= 0;
}

static gboolean
take_condition (const LimberQuestionnaire *form, LimberItem *item, const json_t *json, GError **error)
{
  int question = limber_questionnaire_find (form, limber_json_string (json, "question"));
  const char *name = limber_json_string (json, "operator");
  LimberCondition condition = { .question = (guint) question };
  gboolean known = FALSE;

  if (question < 0 || !limber_item_is_question (limber_questionnaire_item (form, (guint) question)))
    return limber_form_refuse (error, item->link_id, _("enableWhen names no question that stands before it"));
  for (gsize i = 0; i < G_N_ELEMENTS (operators) && !known; i++) {
    known = g_strcmp0 (operators[i].name, name) == 0;
    condition.operator = operators[i].operator;
  }
  if (!known)
    return limber_form_refuse (error, item->link_id, _("enableWhen has an operator that is not known"));
  if (!read_compared (&condition, limber_questionnaire_item (form, (guint) question), json))
    return limber_form_refuse (error, item->link_id, _("enableWhen compares with what that question is never answered with"));
  g_array_append_val (item->conditions, condition);
  return TRUE;
}

/**
 * limber_item_parse_conditions:
 * @form: with the items that stand before @item
 *
 * Reads when @item is asked. It can depend on what stands before it only, so that what comes next never changes behind her.
 */
gboolean
limber_item_parse_conditions (const LimberQuestionnaire *form, LimberItem *item, const json_t *json, GError **error)
{
  const json_t *list = json_object_get (json, "enableWhen");
  const char *behaviour = limber_json_string (json, "enableBehavior");
  json_t *condition;
  gsize i;

  if (list != NULL && (!json_is_array (list) || json_array_size (list) > MOST_CONDITIONS))
    return limber_form_refuse (error, item->link_id, _("enableWhen is a list of a few conditions"));
  if (behaviour != NULL && !g_str_equal (behaviour, "any") && !g_str_equal (behaviour, "all"))
    return limber_form_refuse (error, item->link_id, _("enableBehavior is all or any"));
  item->any = g_strcmp0 (behaviour, "any") == 0;
  json_array_foreach (list, i, condition)
    if (!take_condition (form, item, condition, error))
      return FALSE;
  return TRUE;
}
