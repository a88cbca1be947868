/* What cannot be read is refused by name and reason, since a form is written by hand. What is read and not for a public screen
 * is no error: `unfit` says why, and staff's screens ask it. Texts are bounded, so that a page that is made of them fits. */
#include "limber-questionnaire-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-text.h"

#define TRANSLATION "http://hl7.org/fhir/StructureDefinition/translation"
#define CONTROL "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
#define LONGEST_NAME 200
#define LONGEST_VERSION 40
#define LONGEST_LANGUAGE 12
/* What a public screen has room for. */
#define MOST_OPTIONS 6
#define MOST_NUMBERS 21
#define MOST_TOPICS 6
#define MOST_SENTENCES 6

/**
 * limber_form_refuse:
 * @where: which part of the form
 *
 * Sets LIMBER_ERROR_FORMAT.
 *
 * Returns: %FALSE
 */
gboolean
limber_form_refuse (GError **error, const char *where, const char *why)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "%s: %s", where, why);
  return FALSE;
}

static void
form_text_clear (LimberFormText *text)
{
  g_clear_pointer (&text->text, g_free);
  g_clear_pointer (&text->translations, g_hash_table_unref);
}

static void
option_free (gpointer data)
{
  LimberOption *option = data;

  g_free (option->system);
  g_free (option->code);
  form_text_clear (&option->text);
  g_free (option);
}

static void
item_free (gpointer data)
{
  LimberItem *item = data;

  g_free (item->link_id);
  g_free (item->type_name);
  g_free (item->drawing);
  form_text_clear (&item->text);
  form_text_clear (&item->brief);
  form_text_clear (&item->help);
  form_text_clear (&item->lower);
  form_text_clear (&item->upper);
  g_ptr_array_unref (item->options);
  g_array_unref (item->conditions);
  g_free (item);
}

LimberOption *
limber_option_new (void)
{
  return g_new0 (LimberOption, 1);
}

LimberItem *
limber_item_new (void)
{
  LimberItem *item = g_new0 (LimberItem, 1);

  item->parent = -1;
  item->options = g_ptr_array_new_with_free_func (option_free);
  item->conditions = g_array_new (FALSE, FALSE, sizeof (LimberCondition));
  return item;
}

static void
questionnaire_clear (gpointer data)
{
  LimberQuestionnaire *form = data;

  g_free (form->url);
  g_free (form->version);
  g_free (form->language);
  g_free (form->unfit);
  form_text_clear (&form->title);
  g_ptr_array_unref (form->items);
}

LimberQuestionnaire *
limber_questionnaire_new (void)
{
  LimberQuestionnaire *form = g_atomic_rc_box_new0 (LimberQuestionnaire);

  form->items = g_ptr_array_new_with_free_func (item_free);
  return form;
}

LimberQuestionnaire *
limber_questionnaire_ref (LimberQuestionnaire *form)
{
  return g_atomic_rc_box_acquire (form);
}

void
limber_questionnaire_unref (LimberQuestionnaire *form)
{
  g_atomic_rc_box_release_full (form, questionnaire_clear);
}

/**
 * limber_extension_find:
 *
 * Returns: (transfer none) (nullable): the first extension of @object that has @url
 */
const json_t *
limber_extension_find (const json_t *object, const char *url)
{
  json_t *extension;
  gsize i;

  json_array_foreach (json_object_get (object, "extension"), i, extension)
    if (g_strcmp0 (limber_json_string (extension, "url"), url) == 0)
      return extension;
  return NULL;
}

/* Texts. */

gboolean
limber_form_text_is_set (const LimberFormText *text)
{
  return text->text != NULL;
}

static gboolean
is_text (const json_t *value, gsize most)
{
  const char *text = json_string_value (value);

  return text != NULL && *text != '\0' && limber_text_is_clean (text, most * 4) && strchr (text, '\n') == NULL && (gsize) g_utf8_strlen (text, -1) <= most;
}

static gboolean
take_translation (LimberFormText *text, const json_t *extension, gsize most, const char *where, GError **error)
{
  const json_t *language = NULL, *content = NULL;
  json_t *part;
  gsize i;

  json_array_foreach (json_object_get (extension, "extension"), i, part) {
    if (g_strcmp0 (limber_json_string (part, "url"), "lang") == 0)
      language = json_object_get (part, "valueCode");
    else if (g_strcmp0 (limber_json_string (part, "url"), "content") == 0)
      content = json_object_get (part, json_object_get (part, "valueString") != NULL ? "valueString" : "valueMarkdown");
  }
  if (!is_text (language, LONGEST_LANGUAGE) || !is_text (content, most))
    return limber_form_refuse (error, where, _("a translation needs its language, and a text that is no longer than the question may be"));
  if (text->translations == NULL)
    text->translations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (text->translations, g_ascii_strdown (json_string_value (language), -1), g_strdup (json_string_value (content)));
  return TRUE;
}

/**
 * limber_form_text_take:
 * @object: has a text under @name, and perhaps its translations under _@name
 * @most: letters
 * @where: which part of the form, for an error
 *
 * Reads a text; where there is none, it stays as it is.
 */
gboolean
limber_form_text_take (LimberFormText *text, const json_t *object, const char *name, gsize most, const char *where, GError **error)
{
  const json_t *value = json_object_get (object, name);
  g_autofree char *beside = g_strconcat ("_", name, NULL);
  json_t *extension;
  gsize i;

  if (value == NULL)
    return TRUE;
  if (!is_text (value, most)) {
    g_autofree char *why = g_strdup_printf (_("“%s” must be a text on one line, of at most %d letters"), name, (int) most);

    return limber_form_refuse (error, where, why);
  }
  form_text_clear (text);
  text->text = g_strdup (json_string_value (value));
  json_array_foreach (json_object_get (json_object_get (object, beside), "extension"), i, extension)
    if (g_strcmp0 (limber_json_string (extension, "url"), TRANSLATION) == 0 && !take_translation (text, extension, most, where, error))
      return FALSE;
  return TRUE;
}

/**
 * limber_form_text_in:
 * @language: (nullable): a BCP 47 tag, "gu" or "pt-BR"
 *
 * Returns: (transfer none) (nullable): @text in @language, or in the language that it is a kind of, else as the form has it
 */
const char *
limber_form_text_in (const LimberFormText *text, const char *language)
{
  g_autofree char *tag = g_ascii_strdown (language != NULL ? language : "", -1);
  const char *found = NULL;

  g_strdelimit (tag, "_", '-');
  for (char *end = tag + strlen (tag); text->translations != NULL && found == NULL && end != NULL; end = strrchr (tag, '-')) {
    *end = '\0';
    found = g_hash_table_lookup (text->translations, tag);
  }
  return found != NULL ? found : text->text;
}

/* The form as a whole. */

/* A display inside a question may be a part of it: its help, or what its least or greatest number means. */
static LimberFormText *
part_of_parent (LimberItem *parent, const json_t *json)
{
  const json_t *control = limber_extension_find (json, CONTROL);
  const json_t *coding = json_array_get (json_object_get (json_object_get (control, "valueCodeableConcept"), "coding"), 0);
  const char *code = limber_json_string (coding, "code");

  if (parent == NULL || g_strcmp0 (limber_json_string (json, "type"), "display") != 0)
    return NULL;
  return g_strcmp0 (code, "help") == 0 ? &parent->help : g_strcmp0 (code, "lower") == 0 ? &parent->lower : g_strcmp0 (code, "upper") == 0 ? &parent->upper : NULL;
}

static gboolean take_items (LimberQuestionnaire *form, const json_t *list, int parent, GError **error);

static gboolean
take_item (LimberQuestionnaire *form, const json_t *json, int parent, GError **error)
{
  LimberItem *above = parent >= 0 ? g_ptr_array_index (form->items, parent) : NULL;
  LimberFormText *part = part_of_parent (above, json);
  LimberItem *item;

  if (part != NULL)
    return limber_form_text_take (part, json, "text", 160, above->link_id, error);
  if (form->items->len >= LIMBER_QUESTIONNAIRE_ITEMS)
    return limber_form_refuse (error, "item", _("there are more items than a form may have"));
  item = limber_item_new ();
  item->parent = parent;
  if (!limber_item_parse (item, json, error) || !limber_item_parse_conditions (form, item, json, error)) {
    item_free (item);
    return FALSE;
  }
  if (limber_questionnaire_find (form, item->link_id) >= 0) {
    limber_form_refuse (error, item->link_id, _("two items have this linkId"));
    item_free (item);
    return FALSE;
  }
  g_ptr_array_add (form->items, item);
  return take_items (form, json_object_get (json, "item"), (int) form->items->len - 1, error);
}

static gboolean
take_items (LimberQuestionnaire *form, const json_t *list, int parent, GError **error)
{
  json_t *json;
  gsize i;

  if (list != NULL && !json_is_array (list))
    return limber_form_refuse (error, "item", _("a list must stand here"));
  json_array_foreach (list, i, json)
    if (!take_item (form, json, parent, error))
      return FALSE;
  return TRUE;
}

/* Why a public screen cannot ask this item; NULL when it can. */
static const char *
unfit_item (const LimberItem *item)
{
  if (item->type == LIMBER_ITEM_OTHER)
    return _("a public screen cannot ask for this type");
  if (item->repeats)
    return _("a public screen takes one answer to a question");
  if (item->type == LIMBER_ITEM_CHOICE && (item->options->len < 2 || item->options->len > MOST_OPTIONS))
    return _("a public screen shows two to six options");
  if (item->type == LIMBER_ITEM_INTEGER && !(item->has_minimum && item->has_maximum))
    return _("a public screen needs the least and the greatest number");
  if (item->type == LIMBER_ITEM_INTEGER && item->maximum - item->minimum >= MOST_NUMBERS)
    return _("a public screen shows at most 21 numbers");
  if (item->type == LIMBER_ITEM_INTEGER && item->minimum < 0)
    return _("a public screen asks for no number below 0");
  return NULL;
}

/* How many displays stand in a topic; 0 for what is no topic. */
static guint
count_sentences (const LimberQuestionnaire *form, guint topic)
{
  const LimberItem *group = limber_questionnaire_item (form, topic);
  guint n = 0;

  if (group->type != LIMBER_ITEM_GROUP || group->parent >= 0 || !limber_form_text_is_set (&group->text) || group->conditions->len > 0)
    return 0;
  for (guint i = topic + 1; i < form->items->len && limber_questionnaire_item (form, i)->parent == (int) topic; i++)
    n++;
  return n;
}

/* Of a form that asks nothing: why a public screen cannot show it as advice; NULL when it can. */
static const char *
unfit_advice (const LimberQuestionnaire *form)
{
  guint topics = 0;

  for (guint i = 0; i < form->items->len; topics++) {
    guint sentences = count_sentences (form, i);

    if (sentences == 0)
      return _("it asks nothing; advice would be groups, each with a text, and displays in each");
    if (sentences > MOST_SENTENCES || topics >= MOST_TOPICS)
      return _("it asks nothing; as advice a public screen shows up to six topics, with up to six sentences each");
    for (guint j = i + 1; j <= i + sentences; j++)
      if (limber_questionnaire_item (form, j)->type != LIMBER_ITEM_DISPLAY || limber_questionnaire_item (form, j)->conditions->len > 0)
        return _("it asks nothing; in advice nothing depends on anything, and in a topic there are only displays");
    i += sentences + 1;
  }
  return NULL;
}

static void
judge (LimberQuestionnaire *form)
{
  gboolean asks = FALSE;

  for (guint i = 0; i < form->items->len && form->unfit == NULL; i++) {
    const LimberItem *item = limber_questionnaire_item (form, i);
    const char *why = unfit_item (item);

    asks |= limber_item_is_question (item);
    if (why != NULL)
      form->unfit = g_strdup_printf ("%s (%s): %s", item->link_id, item->type_name, why);
  }
  if (!asks && form->unfit == NULL) {
    const char *why = unfit_advice (form);

    form->is_advice = why == NULL;
    form->unfit = g_strdup (why != NULL ? why : _("it asks nothing: it is advice"));
  }
}

static gboolean
take_name (char **name, const json_t *json, const char *member, gsize most, GError **error)
{
  if (!is_text (json_object_get (json, member), most))
    return limber_form_refuse (error, member, _("a form must have it, as a short text"));
  *name = g_strdup (limber_json_string (json, member));
  return TRUE;
}

static gboolean
read_form (LimberQuestionnaire *form, const json_t *json, GError **error)
{
  if (g_strcmp0 (limber_json_string (json, "resourceType"), "Questionnaire") != 0)
    return limber_form_refuse (error, "resourceType", _("this is not a FHIR Questionnaire"));
  if (json_object_get (json, "modifierExtension") != NULL)
    return limber_form_refuse (error, "modifierExtension", _("it changes what the form means in a way that is not known here"));
  if (!take_name (&form->url, json, "url", LONGEST_NAME, error) || !take_name (&form->version, json, "version", LONGEST_VERSION, error) ||
      !limber_form_text_take (&form->title, json, "title", 120, "title", error))
    return FALSE;
  if (!limber_form_text_is_set (&form->title))
    return limber_form_refuse (error, "title", _("a form must have it, as a short text"));
  if (json_object_get (json, "language") != NULL && !take_name (&form->language, json, "language", LONGEST_LANGUAGE, error))
    return FALSE;
  if (form->language == NULL)
    form->language = g_strdup ("en");
  if (!take_items (form, json_object_get (json, "item"), -1, error))
    return FALSE;
  return form->items->len > 0 || limber_form_refuse (error, "item", _("there are none"));
}

/**
 * limber_questionnaire_parse:
 * @text: a FHIR R4 Questionnaire as JSON, at most LIMBER_QUESTIONNAIRE_MAXIMUM bytes
 * @error: LIMBER_ERROR_FORMAT, naming the part and what is wrong with it
 *
 * Returns: (transfer full) (nullable): the form
 */
LimberQuestionnaire *
limber_questionnaire_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (LimberQuestionnaire) form = limber_questionnaire_new ();
  g_autoptr (json_t) json = NULL;

  if (length > LIMBER_QUESTIONNAIRE_MAXIMUM) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("A form may have at most %d bytes."), LIMBER_QUESTIONNAIRE_MAXIMUM);
    return NULL;
  }
  json = limber_json_parse (text, length, error);
  if (json == NULL || !read_form (form, json, error))
    return NULL;
  judge (form);
  return g_steal_pointer (&form);
}

const LimberItem *
limber_questionnaire_item (const LimberQuestionnaire *form, guint item)
{
  return g_ptr_array_index (form->items, item);
}

/**
 * limber_questionnaire_find:
 *
 * Returns: which item @link_id names, -1 for none
 */
int
limber_questionnaire_find (const LimberQuestionnaire *form, const char *link_id)
{
  for (guint i = 0; i < form->items->len; i++)
    if (g_strcmp0 (limber_questionnaire_item (form, i)->link_id, link_id) == 0)
      return (int) i;
  return -1;
}

/**
 * limber_item_is_question:
 *
 * Returns: whether it takes an answer
 */
gboolean
limber_item_is_question (const LimberItem *item)
{
  return item->type != LIMBER_ITEM_GROUP && item->type != LIMBER_ITEM_DISPLAY;
}

/**
 * limber_item_option:
 *
 * Returns: (transfer none) (nullable): option number @option, from 0
 */
const LimberOption *
limber_item_option (const LimberItem *item, int option)
{
  return option >= 0 && option < (int) item->options->len ? g_ptr_array_index (item->options, option) : NULL;
}
