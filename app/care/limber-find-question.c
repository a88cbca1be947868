/* What may be asked: both who asks and central read a question by this, so that what central would refuse is said at once. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-find.h"
#include "limber-json.h"
#include "limber-nhs-number.h"
#include "limber-text.h"

#define TEXT_MAXIMUM 100
#define NOTE_MAXIMUM 200
#define PHONE_FIGURES 10

/* @text: (out) (transfer none) (nullable): a text of the question, %NULL for none or an empty one */
static gboolean
read_text (const json_t *json, const char *name, gsize maximum, const char **text, GError **error)
{
  *text = limber_json_string (json, name);
  if (*text == NULL || **text == '\0') {
    *text = NULL;
    return TRUE;
  }
  return (limber_text_is_clean (*text, maximum) && strchr (*text, '\n') == NULL) || limber_error_refuse (error, _("That is too long, or not plain text."));
}

static gboolean
read_id (const json_t *json, const char *name, json_t *question, GError **error)
{
  LimberId id;
  g_autofree char *text = NULL;

  if (!limber_id_parse (&id, limber_json_string (json, name))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A question without its %s", name);
    return FALSE;
  }
  text = limber_id_dup_text (&id);
  json_object_set_new (question, name, json_string (text));
  return TRUE;
}

static gboolean
read_why (const json_t *json, json_t *question, GError **error)
{
  static const char *const reasons[] = { "walk-in", "telephone", "referral", "other", NULL };
  const char *reason = limber_json_string (json, "reason"), *note;

  if (reason == NULL || !g_strv_contains (reasons, reason))
    return limber_error_refuse (error, _("Say why you are looking for this person."));
  if (!read_text (json, "note", NOTE_MAXIMUM, &note, error))
    return FALSE;
  if (note == NULL && g_str_equal (reason, "other"))
    return limber_error_refuse (error, _("Say in a few words why you are looking for this person."));
  json_object_set_new (question, "reason", json_string (reason));
  if (note != NULL)
    json_object_set_new (question, "note", json_string (note));
  return TRUE;
}

static gboolean
read_number (const json_t *json, json_t *question, GError **error)
{
  const char *text;
  g_autofree char *number = NULL;

  if (!read_text (json, "nhs_number", TEXT_MAXIMUM, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  number = limber_nhs_number_parse (text, error);
  if (number == NULL)
    return FALSE;
  json_object_set_new (question, "nhs_number", json_string (number));
  return TRUE;
}

static gboolean
read_names (const json_t *json, json_t *question, GError **error)
{
  static const char *const names[] = { "family", "given" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text;
    g_autofree char *folded = NULL;

    if (!read_text (json, names[i], TEXT_MAXIMUM, &text, error))
      return FALSE;
    folded = limber_text_fold (text != NULL ? text : "");
    if (i == 0 && text != NULL && g_utf8_strlen (folded, -1) < 2)
      return limber_error_refuse (error, _("Give the whole family name."));
    if (*folded != '\0')
      json_object_set_new (question, names[i], json_string (folded));
  }
  return TRUE;
}

static gboolean
read_rest (const json_t *json, json_t *question, GError **error)
{
  const char *born, *phone;
  g_autofree char *figures = NULL;

  if (!read_text (json, "born", TEXT_MAXIMUM, &born, error) || !read_text (json, "phone", TEXT_MAXIMUM, &phone, error))
    return FALSE;
  if (born != NULL && !limber_date_is_valid (born))
    return limber_error_refuse (error, _("That is not a date of birth."));
  if (born != NULL)
    json_object_set_new (question, "born", json_string (born));
  if (phone == NULL)
    return TRUE;
  figures = limber_text_digits (phone);
  if (strlen (figures) < PHONE_FIGURES)
    return limber_error_refuse (error, _("Give the whole telephone number."));
  json_object_set_new (question, "phone", json_string (figures + strlen (figures) - PHONE_FIGURES));
  return TRUE;
}

/**
 * limber_find_question_read:
 * @json: a question from anywhere
 * @error: LIMBER_ERROR_REFUSED, in a person's words, for what may not be asked; LIMBER_ERROR_FORMAT
 *
 * Checks a question, and brings what is sought to the form in which it is compared. What it does not know is left out.
 *
 * Returns: (transfer full) (nullable): the question as it may be asked
 */
json_t *
limber_find_question_read (const json_t *json, GError **error)
{
  g_autoptr (json_t) question = json_object ();

  if (!read_id (json, "id", question, error) || !read_id (json, "staff", question, error) || !read_number (json, question, error) || !read_names (json, question, error) ||
      !read_rest (json, question, error))
    return NULL;
  if (json_object_get (question, "nhs_number") == NULL &&
      (json_object_get (question, "family") == NULL || (json_object_get (question, "born") == NULL && json_object_get (question, "phone") == NULL))) {
    limber_error_refuse (error, _("Give the NHS number, or the family name with the date of birth or the telephone number."));
    return NULL;
  }
  return read_why (json, question, error) ? g_steal_pointer (&question) : NULL;
}

static char *
join (GPtrArray *words, guint from, guint to)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (text, "%s%s", i > from ? " " : "", (const char *) g_ptr_array_index (words, i));
  return g_string_free (text, FALSE);
}

/* A birth date at the end, in however many words it is written. Returns how many words come before it. */
static guint
guess_born (GPtrArray *words, const char *today, json_t *sought)
{
  for (guint from = words->len > 3 ? words->len - 3 : 0; from < words->len; from++) {
    g_autofree char *text = join (words, from, words->len), *date = limber_date_parse_typed (text, today);

    if (date == NULL)
      continue;
    json_object_set_new (sought, "born", json_string (date));
    return from;
  }
  return words->len;
}

/* The last word is the family name, as people say it, Jane Smith; or the first, as it is written: Smith, Jane. */
static void
guess_names (GPtrArray *words, guint n, json_t *sought)
{
  gboolean turned = n > 1 && g_str_has_suffix (g_ptr_array_index (words, 0), ",");
  g_autofree char *family = n == 0 ? NULL : g_strdup (g_ptr_array_index (words, turned ? 0 : n - 1)), *given = n == 0 ? NULL : turned ? join (words, 1, n) : join (words, 0, n - 1);

  if (n == 0)
    return;
  if (turned)
    family[strlen (family) - 1] = '\0';
  json_object_set_new (sought, "family", json_string (family));
  if (*given != '\0')
    json_object_set_new (sought, "given", json_string (given));
}

/**
 * limber_find_question_guess:
 * @text: what was typed to search for somebody
 * @today: YYYY-MM-DD
 *
 * Returns: (transfer full): what is sought, as far as it can be told from that: a number, or names and a birth date
 */
json_t *
limber_find_question_guess (const char *text, const char *today)
{
  json_t *sought = json_object ();
  g_autofree char *trimmed = g_strstrip (g_strdup (text)), *figures = limber_text_digits (text), *number = limber_nhs_number_parse (text, NULL);
  g_auto (GStrv) parts = g_strsplit (trimmed, " ", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (number != NULL)
    json_object_set_new (sought, "nhs_number", json_string (number));
  else if (strspn (trimmed, "0123456789 +-()") == strlen (trimmed) && strlen (figures) >= PHONE_FIGURES)
    json_object_set_new (sought, "phone", json_string (trimmed));
  for (guint i = 0; parts[i] != NULL && json_object_size (sought) == 0; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, parts[i]);
  guess_names (words, guess_born (words, today, sought), sought);
  return sought;
}
