/* A value is text here, as limber_field_parse() reads it: a day YYYY-MM-DD, needs between semicolons in the order of their letters, a flag "1". */
#include "limber-detail.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "limber-contact.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-nhs-number.h"
#include "limber-person.h"
#include "limber-text.h"

#define OLDEST 130 /* years */

static const LimberDetail details[] = {
  { "family", N_("Surname"), LIMBER_DETAIL_LINE, FALSE },
  { "given", N_("First names"), LIMBER_DETAIL_LINE, FALSE },
  { "born", N_("Date of birth"), LIMBER_DETAIL_DAY, FALSE },
  { "sex", N_("Sex"), LIMBER_DETAIL_CHOICE, FALSE },
  { "nhs_number", N_("NHS number"), LIMBER_DETAIL_LINE, FALSE },
  { "preferred", N_("Likes to be called"), LIMBER_DETAIL_LINE, FALSE },
  { "title", N_("Title"), LIMBER_DETAIL_LINE, FALSE },
  { "mobile", N_("Mobile"), LIMBER_DETAIL_LINE, TRUE },
  { "phone", N_("Other telephone"), LIMBER_DETAIL_LINE, TRUE },
  { "texts", N_("May be sent texts"), LIMBER_DETAIL_CHOICE, FALSE },
  { "email", N_("Email"), LIMBER_DETAIL_LINE, TRUE },
  { "address", N_("Address"), LIMBER_DETAIL_LINES, TRUE },
  { "postcode", N_("Postcode"), LIMBER_DETAIL_LINE, TRUE },
  { "practice", N_("GP practice"), LIMBER_DETAIL_CHOICE, FALSE },
  { "kin", N_("Whom to call in an emergency"), LIMBER_DETAIL_LINE, TRUE },
  { "kin_relation", N_("Who that is to this person"), LIMBER_DETAIL_LINE, TRUE },
  { "kin_phone", N_("Their telephone"), LIMBER_DETAIL_LINE, TRUE },
  { "language", N_("Language"), LIMBER_DETAIL_CHOICE, FALSE },
  { "needs", N_("Needs"), LIMBER_DETAIL_NEEDS, FALSE },
  { "see_desk", N_("Speak to the desk first"), LIMBER_DETAIL_FLAG, FALSE },
  { "restricted", N_("Restricted: address and telephone are not shown"), LIMBER_DETAIL_FLAG, FALSE },
  { "died", N_("Died on"), LIMBER_DETAIL_DAY, FALSE },
};

/**
 * limber_details:
 *
 * Returns: (transfer none) (array length=n): all of them, in the order in which they are asked
 */
const LimberDetail *
limber_details (guint *n)
{
  *n = G_N_ELEMENTS (details);
  return details;
}

/**
 * limber_detail_find:
 *
 * Returns: (transfer none) (nullable): the one of that field
 */
const LimberDetail *
limber_detail_find (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    if (g_strcmp0 (details[i].field, field) == 0)
      return &details[i];
  return NULL;
}

const char *
limber_detail_label (const LimberDetail *detail)
{
  return _(detail->label);
}

static gboolean
is (const LimberDetail *detail, const char *field)
{
  return g_str_equal (detail->field, field);
}

/**
 * limber_detail_words:
 *
 * Returns: (transfer none) (nullable): the words that a choice of fixed words has, or the needs that are asked for
 */
const char *const *
limber_detail_words (const LimberDetail *detail)
{
  static const char *const sexes[] = { "1", "2", "9", "X", NULL }, *const texts[] = { "yes", "no", NULL };

  if (is (detail, "sex"))
    return sexes;
  if (is (detail, "texts"))
    return texts;
  if (is (detail, "language"))
    return limber_person_languages ();
  return is (detail, "needs") ? limber_person_need_codes () : NULL;
}

/* Reading. */

static gboolean
refuse (GError **error, const char *why)
{
  return limber_error_refuse (error, why);
}

static gboolean
read_day (const LimberDetail *detail, const char *text, const char *today, char **value, GError **error)
{
  g_autofree char *day = limber_date_parse_typed (text, today), *oldest = NULL;

  if (day == NULL || !limber_date_is_valid (day))
    return refuse (error, _("That is not a date: 6/8/1954 and 6 aug 54 are"));
  if (strcmp (day, today) > 0)
    return refuse (error, _("That day is still to come"));
  oldest = g_strdup_printf ("%04d", atoi (today) - OLDEST);
  if (strcmp (day, oldest) < 0)
    return refuse (error, _("That is more than 130 years ago"));
  *value = g_steal_pointer (&day);
  return TRUE;
}

/* One space between words, none around them. */
static char *
tidy (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", text, 0, 0);
  g_autofree char *joined = g_strjoinv (" ", words);

  return g_strdup (g_strstrip (joined));
}

static gboolean
read_name (const LimberDetail *detail, const char *text, char **value, GError **error)
{
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      return refuse (error, _("A name has no figures in it"));
  *value = tidy (text);
  return TRUE;
}

/* The lines that have something in them. */
static char *
read_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = tidy (lines[i]);

    if (*line != '\0')
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? "\n" : "", line);
  }
  return g_string_free (kept, FALSE);
}

static int
by_letters (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Each once, in the order of their letters, so that the same needs are the same text. */
static char *
sort_needs (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && !g_ptr_array_find_with_equal_func (sorted, parts[i], g_str_equal, NULL))
      g_ptr_array_add (sorted, parts[i]);
  g_ptr_array_sort (sorted, by_letters);
  g_ptr_array_add (sorted, NULL);
  return g_strjoinv (";", (char **) sorted->pdata);
}

static gboolean
take (char *read, char **value)
{
  *value = read;
  return read != NULL;
}

static gboolean
read_said (const LimberDetail *detail, const char *text, const char *today, char **value, GError **error)
{
  if (detail->form == LIMBER_DETAIL_DAY)
    return read_day (detail, text, today, value, error);
  if (is (detail, "family") || is (detail, "given") || is (detail, "preferred"))
    return read_name (detail, text, value, error);
  if (is (detail, "nhs_number"))
    return take (limber_nhs_number_parse (text, error), value);
  if (is (detail, "mobile"))
    return take (limber_contact_mobile (text, error), value);
  if (is (detail, "phone") || is (detail, "kin_phone"))
    return take (limber_contact_phone (text, error), value);
  if (is (detail, "email"))
    return take (limber_contact_email (text, error), value);
  if (is (detail, "postcode"))
    return take (limber_contact_postcode (text, error), value);
  if (detail->form == LIMBER_DETAIL_NEEDS)
    return take (sort_needs (text), value);
  if (detail->form == LIMBER_DETAIL_FLAG)
    return take (g_strdup (g_str_equal (text, "1") || g_str_equal (text, "yes") ? "1" : ""), value);
  return take (detail->form == LIMBER_DETAIL_LINES ? read_lines (text) : tidy (text), value);
}

/**
 * limber_detail_read:
 * @typed: what was typed; empty for nothing
 * @today: YYYY-MM-DD
 * @value: (out) (transfer full): the value, as limber_field_parse() reads it; "" for nothing
 * @error: LIMBER_ERROR_REFUSED, saying what is wrong in a receptionist's words
 *
 * Returns: whether it can be
 */
gboolean
limber_detail_read (const LimberDetail *detail, const char *typed, const char *today, char **value, GError **error)
{
  const LimberKind *kind = limber_kind_by_name ("patient");
  g_autofree char *text = g_strstrip (g_strdup (typed)), *read = NULL;
  g_auto (LimberValue) parsed = LIMBER_VALUE_INIT;

  *value = NULL;
  if (*text == '\0') {
    *value = g_strdup ("");
    return TRUE;
  }
  if (!limber_text_is_clean (text, LIMBER_DETAIL_LONGEST) || (detail->form != LIMBER_DETAIL_LINES && strchr (text, '\n') != NULL))
    return refuse (error, _("That is too long, or has something in it that cannot be shown"));
  if (!read_said (detail, text, today, &read, error))
    return FALSE;
  if (!limber_field_parse (&kind->fields[limber_kind_field (kind, detail->field)], read, &parsed, NULL))
    return refuse (error, _("That is too long, or has something in it that cannot be shown"));
  *value = g_steal_pointer (&read);
  return TRUE;
}

/* Showing. */

static char *
needs_of (const char *json)
{
  g_autoptr (json_t) list = json != NULL ? limber_json_parse (json, strlen (json), NULL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  json_t *need;
  size_t i;

  json_array_foreach (list, i, need)
    if (json_string_value (need) != NULL)
      g_string_append_printf (text, "%s;", json_string_value (need));
  return sort_needs (text->str);
}

/**
 * limber_detail_of:
 * @person: a row of the query "person"
 *
 * Returns: (transfer full): its value there, "" for nothing
 */
char *
limber_detail_of (const LimberDetail *detail, LimberRow *person)
{
  const char *text;

  if (is (detail, "practice"))
    return limber_row_id (person, "practice_id") != NULL ? limber_id_dup_text (limber_row_id (person, "practice_id")) : g_strdup ("");
  if (detail->form == LIMBER_DETAIL_FLAG)
    return g_strdup (limber_row_integer (person, detail->field) != 0 ? "1" : "");
  text = limber_row_text (person, detail->field);
  if (detail->form == LIMBER_DETAIL_NEEDS)
    return needs_of (text);
  if (text == NULL && is (detail, "nhs_number"))
    text = limber_row_text (person, "nhs_typed");
  return g_strdup (text != NULL ? text : "");
}

/**
 * limber_detail_typed:
 * @value: as limber_detail_of() gives it
 *
 * Returns: (transfer full): it, as somebody who goes on typing finds it; figures keep their order from right to left too
 */
char *
limber_detail_typed (const LimberDetail *detail, const char *value)
{
  if (*value != '\0' && detail->form == LIMBER_DETAIL_DAY)
    return limber_date_for_staff (value);
  if (is (detail, "nhs_number") && limber_nhs_number_is_valid (value))
    return limber_nhs_number_format (value);
  if (is (detail, "mobile") || is (detail, "phone") || is (detail, "kin_phone"))
    return limber_person_phone (value);
  return g_strdup (value);
}

static char *
needs_shown (const char *value)
{
  g_auto (GStrv) needs = g_strsplit (value, ";", -1);
  g_autoptr (json_t) list = json_array ();
  g_autofree char *json = NULL;

  for (guint i = 0; needs[i] != NULL; i++)
    json_array_append_new (list, json_string (needs[i]));
  json = limber_json_dup (list);
  return limber_person_needs (json, NULL);
}

/**
 * limber_detail_shown:
 * @value: as limber_field_to_text() gives it; of a practice its name
 *
 * Returns: (transfer full): it, in words
 */
char *
limber_detail_shown (const LimberDetail *detail, const char *value)
{
  if (detail->form == LIMBER_DETAIL_FLAG)
    return g_strdup (g_str_equal (value, "1") ? _("Yes") : _("No"));
  if (*value == '\0')
    return g_strdup (_("Nothing"));
  if (is (detail, "sex"))
    return g_strdup (limber_person_sex (value));
  if (is (detail, "texts"))
    return g_strdup (g_str_equal (value, "yes") ? _("Yes") : _("No"));
  if (is (detail, "language"))
    return g_strdup (limber_person_language (value));
  if (detail->form == LIMBER_DETAIL_NEEDS)
    return needs_shown (value);
  return limber_detail_typed (detail, value);
}
