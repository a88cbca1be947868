/* Values of declared fields: checked, read from what a person typed, and written for people. */
#include "limber-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-scan.h"
#include "limber-text.h"

#define TEXT_MAXIMUM 200
#define LIST_MAXIMUM 32
#define WORD_MAXIMUM 60
#define WORD_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

/**
 * limber_field_held_by:
 *
 * Returns: whether a device of @klass may hold @field of @kind
 */
gboolean
limber_field_held_by (const LimberField *field, const LimberKind *kind, LimberClass klass)
{
  return ((field->holders != 0 ? field->holders : kind->holders) & klass) != 0;
}

/**
 * limber_field_is_stored:
 *
 * Returns: whether the field has a column
 */
gboolean
limber_field_is_stored (const LimberField *field)
{
  return (field->flags & LIMBER_FIELD_COMPUTED) == 0;
}

/**
 * limber_field_is_written:
 *
 * Returns: whether people and programs set the field, rather than Limber making it
 */
gboolean
limber_field_is_written (const LimberField *field)
{
  return (field->flags & (LIMBER_FIELD_COMPUTED | LIMBER_FIELD_DERIVED)) == 0;
}

static gsize
text_maximum (const LimberField *field)
{
  return field->maximum > 0 ? (gsize) field->maximum : TEXT_MAXIMUM;
}

static gboolean
refuse (const LimberField *field, GError **error, const char *why)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "%s: %s", field->name, why);
  return FALSE;
}

static gboolean
check_text (const LimberField *field, const char *text, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (!limber_text_is_clean (text, text_maximum (field)) || (!(field->flags & LIMBER_FIELD_LINES) && strchr (text, '\n') != NULL))
    return refuse (field, error, _("too long, or not plain text"));
  if (field->check != NULL && !field->check (text, &why))
    return refuse (field, error, why->message);
  return TRUE;
}

static gboolean
check_list (const LimberField *field, const char *text, GError **error)
{
  LimberScan scan;
  int n = 0;

  limber_scan_init (&scan, text, strlen (text));
  limber_scan_expect (&scan, '[');
  if (!limber_scan_accept (&scan, ']')) {
    do {
      g_autofree char *item = limber_scan_text (&scan, text_maximum (field));

      if (item == NULL || ++n > LIST_MAXIMUM || !limber_text_is_clean (item, text_maximum (field)))
        return refuse (field, error, _("not a list of short texts"));
    } while (limber_scan_accept (&scan, ','));
    limber_scan_expect (&scan, ']');
  }
  return limber_scan_finished (&scan) || refuse (field, error, _("not a list of short texts"));
}

static gboolean
has_word (const LimberField *field, const char *word)
{
  return field->choices != NULL && g_strv_contains (field->choices, word);
}

/**
 * limber_field_check:
 * @field: a declared field
 * @value: what it is to be set to; nothing is always allowed here
 * @error: LIMBER_ERROR_REFUSED, naming the field
 *
 * Checks one value from outside against its declaration.
 *
 * Returns: whether it is allowed
 */
gboolean
limber_field_check (const LimberField *field, const LimberValue *value, GError **error)
{
  if (value->type == LIMBER_VALUE_NONE)
    return TRUE;
  switch (field->type) {
  case LIMBER_TYPE_TEXT:
    return value->type == LIMBER_VALUE_TEXT ? check_text (field, value->text, error) : refuse (field, error, _("not a text"));
  case LIMBER_TYPE_DATE:
    return (value->type == LIMBER_VALUE_TEXT && limber_date_is_valid (value->text)) || refuse (field, error, _("not a date (YYYY-MM-DD)"));
  case LIMBER_TYPE_CHOICE:
    return (value->type == LIMBER_VALUE_TEXT && has_word (field, value->text)) || refuse (field, error, _("not one of the words that are allowed"));
  case LIMBER_TYPE_LIST:
    return value->type == LIMBER_VALUE_TEXT ? check_list (field, value->text, error) : refuse (field, error, _("not a list of short texts"));
  case LIMBER_TYPE_REFERENCE:
    return value->type == LIMBER_VALUE_ID || refuse (field, error, _("not an id"));
  case LIMBER_TYPE_BOOLEAN:
    return (value->type == LIMBER_VALUE_INTEGER && (value->integer == 0 || value->integer == 1)) || refuse (field, error, _("neither yes nor no"));
  case LIMBER_TYPE_TIME:
    return (value->type == LIMBER_VALUE_INTEGER && value->integer >= 0 && value->integer < G_GINT64_CONSTANT (1) << 47) || refuse (field, error, _("not a time"));
  case LIMBER_TYPE_PROGRESS:
    return (value->type == LIMBER_VALUE_INTEGER && value->integer >= 0 && value->integer < G_MAXINT32 && value->integer % LIMBER_PROGRESS_ROUND < g_strv_length ((char **) field->choices)) ||
           refuse (field, error, _("not one of the words that are allowed"));
  case LIMBER_TYPE_INTEGER:
    return (value->type == LIMBER_VALUE_INTEGER && value->integer >= field->minimum && value->integer <= field->maximum) || refuse (field, error, _("not a number that is allowed"));
  }
  return FALSE;
}

/* What a word looks like, whichever it is. */
static gboolean
is_a_word (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= WORD_MAXIMUM && strspn (text, WORD_LETTERS) == length;
}

/**
 * limber_field_fits:
 * @field: a declared field
 * @value: what a program elsewhere has set it to
 * @error: LIMBER_ERROR_REFUSED, naming the field
 *
 * As limber_field_check(); but a newer Limber may have words for a choice or a progress that this one lacks, and nothing
 * that it writes may be lost or kept apart for that (SYNC.md rule 6).
 *
 * Returns: whether it can be a value of @field
 */
gboolean
limber_field_fits (const LimberField *field, const LimberValue *value, GError **error)
{
  if (field->type == LIMBER_TYPE_CHOICE && value->type == LIMBER_VALUE_TEXT)
    return is_a_word (value->text) || refuse (field, error, _("not a word"));
  if (field->type == LIMBER_TYPE_PROGRESS && value->type == LIMBER_VALUE_INTEGER)
    return (value->integer >= 0 && value->integer < G_MAXINT32) || refuse (field, error, _("not a step"));
  return limber_field_check (field, value, error);
}

/* A list as people type it: parts between semicolons. */
static char *
list_from_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", LIST_MAXIMUM + 2);
  GString *out = g_string_new ("[");

  for (guint i = 0; parts[i] != NULL; i++) {
    if (*g_strstrip (parts[i]) == '\0')
      continue;
    if (out->len > 1)
      g_string_append_c (out, ',');
    limber_json_quote (out, parts[i]);
  }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

static gboolean
parse_integer (const char *text, LimberValue *value)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return FALSE;
  limber_value_set_integer (value, number);
  return TRUE;
}

/**
 * limber_field_parse:
 * @field: a declared field
 * @text: what a person, a script or a list says; empty means nothing. A list has its parts between semicolons, a time is
 *   ISO 8601 with its offset, a reference is an id
 * @value: (out): the value, checked
 * @error: LIMBER_ERROR_REFUSED, naming the field
 *
 * Returns: whether @text is a value of @field
 */
gboolean
limber_field_parse (const LimberField *field, const char *text, LimberValue *value, GError **error)
{
  gint64 time;
  LimberId id;
  int rank;

  limber_value_clear (value);
  if (*text == '\0')
    return TRUE;
  switch (field->type) {
  case LIMBER_TYPE_INTEGER:
    if (!parse_integer (text, value))
      return refuse (field, error, _("not a whole number"));
    break;
  case LIMBER_TYPE_BOOLEAN:
    if (g_str_equal (text, "1") || g_str_equal (text, "true") || g_str_equal (text, "yes"))
      limber_value_set_integer (value, 1);
    else if (g_str_equal (text, "0") || g_str_equal (text, "false") || g_str_equal (text, "no"))
      limber_value_set_integer (value, 0);
    else
      return refuse (field, error, _("neither yes nor no"));
    break;
  case LIMBER_TYPE_TIME:
    if (!limber_time_parse (text, &time))
      return refuse (field, error, _("not a time (ISO 8601 with its offset)"));
    limber_value_set_integer (value, time);
    break;
  case LIMBER_TYPE_PROGRESS:
    rank = limber_field_rank (field, text);
    if (rank < 0)
      return refuse (field, error, _("not one of the words that are allowed"));
    limber_value_set_integer (value, rank);
    break;
  case LIMBER_TYPE_REFERENCE:
    if (!limber_id_parse (&id, text))
      return refuse (field, error, _("not an id"));
    limber_value_set_id (value, &id);
    break;
  case LIMBER_TYPE_LIST:
    if (!g_utf8_validate (text, -1, NULL))
      return refuse (field, error, _("too long, or not plain text"));
    limber_value_take_text (value, list_from_text (text));
    break;
  default:
    limber_value_set_text (value, text);
  }
  return limber_field_check (field, value, error);
}

/* A list as people read it. */
static char *
list_to_text (const char *json)
{
  g_autoptr (json_t) list = limber_json_parse (json, strlen (json), NULL);
  GString *out = g_string_new (NULL);
  gsize i;
  json_t *item;

  json_array_foreach (list, i, item) {
    if (i > 0)
      g_string_append_c (out, ';');
    g_string_append (out, json_string_value (item) != NULL ? json_string_value (item) : "");
  }
  return g_string_free (out, FALSE);
}

/**
 * limber_field_to_text:
 *
 * Returns: (transfer full): @value as limber_field_parse() would read it again; "" for nothing. A progress gives its word.
 */
char *
limber_field_to_text (const LimberField *field, const LimberValue *value)
{
  switch (value->type) {
  case LIMBER_VALUE_TEXT:
    return field->type == LIMBER_TYPE_LIST ? list_to_text (value->text) : g_strdup (value->text);
  case LIMBER_VALUE_ID:
    return limber_id_dup_text (&value->id);
  case LIMBER_VALUE_INTEGER:
    if (field->type == LIMBER_TYPE_TIME)
      return limber_time_to_iso (value->integer);
    if (field->type == LIMBER_TYPE_PROGRESS)
      return g_strdup (limber_field_word (field, value->integer));
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  default:
    return g_strdup ("");
  }
}

/**
 * limber_field_rank:
 * @field: a choice or progress
 * @word: one of its words
 *
 * Returns: where @word stands among the field's words, -1 when it is none of them
 */
int
limber_field_rank (const LimberField *field, const char *word)
{
  for (int i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    if (g_strcmp0 (field->choices[i], word) == 0)
      return i;
  return -1;
}

/**
 * limber_field_word:
 * @field: a progress
 * @value: its value, round and rank
 *
 * Returns: (transfer none) (nullable): the word of its rank; LIMBER_WORD_NEWER for one that is not known here
 */
const char *
limber_field_word (const LimberField *field, gint64 value)
{
  guint n = field->choices != NULL ? g_strv_length ((char **) field->choices) : 0, rank = (guint) (value % LIMBER_PROGRESS_ROUND);

  if (value < 0 || n == 0)
    return NULL;
  return rank < n ? field->choices[rank] : LIMBER_WORD_NEWER;
}
