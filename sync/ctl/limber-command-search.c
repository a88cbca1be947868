/* search: finds people as the desk's search box does. */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-search.h"

#define LIMIT 12
#define MOST 1000

static gboolean
read_limit (LimberErrand *errand, guint *limit, GError **error)
{
  const char *text = limber_errand_option (errand, "limit");
  guint64 number = LIMIT;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, MOST, &number, NULL))
    return limber_errand_usage (error, _("--limit: say a number from 1 to %d"), MOST);
  *limit = (guint) number;
  return TRUE;
}

static void
set_text (json_t *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_new (object, name, json_string (text));
}

static void
set_id (json_t *object, const char *name, const LimberId *id)
{
  g_autofree char *text = id != NULL ? limber_id_dup_text (id) : NULL;

  set_text (object, name, text);
}

static void
set_today (json_t *object, LimberRow *row)
{
  g_autofree char *start = NULL;

  if (!limber_row_has (row, "appointment"))
    return;
  start = limber_time_to_iso (limber_row_integer (row, "start"));
  set_id (object, "appointment", limber_row_id (row, "appointment"));
  set_text (object, "start", start);
  set_text (object, "status", limber_row_word (row, "appointment", "status"));
}

static json_t *
describe (LimberRow *row)
{
  static const char *const texts[] = { "family", "given", "title", "born", "died", "nhs_number", "address", "postcode" };
  json_t *object = json_object ();

  set_id (object, "id", limber_row_id (row, "patient"));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (object, texts[i], limber_row_text (row, texts[i]));
  json_object_set_new (object, "restricted", json_boolean (limber_row_integer (row, "restricted") != 0));
  set_today (object, row);
  json_object_set_new (object, "same_name", json_boolean (limber_row_integer (row, "same_name") != 0));
  json_object_set_new (object, "near", json_boolean (limber_row_integer (row, "near") != 0));
  return object;
}

/* A person on one line: her id, what is known, and what is so of her. */
static void
to_line (json_t *person, GString *out)
{
  const char *name;
  json_t *value;
  gboolean first = TRUE;

  json_object_foreach (person, name, value) {
    g_autofree char *text = g_strdup (json_is_string (value) ? json_string_value (value) : json_is_true (value) ? "yes" : NULL);

    if (text == NULL)
      continue;
    g_strdelimit (text, "\n", ';');
    if (first)
      g_string_append (out, text);
    else
      g_string_append_printf (out, "  %s=%s", name, text);
    first = FALSE;
  }
  g_string_append_c (out, '\n');
}

static gboolean
search (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) text = g_string_new (limber_errand_word (errand, 0));
  json_t *people;
  guint limit = 0;

  if (!read_limit (errand, &limit, error))
    return FALSE;
  for (guint i = 1; i < errand->words->len; i++)
    g_string_append_printf (text, " %s", limber_errand_word (errand, i));
  rows = limber_search_once (reader, text->str, limit + 1, error);
  if (rows == NULL)
    return FALSE;
  people = json_array ();
  for (guint i = 0; i < MIN (rows->len, limit); i++) {
    json_t *person = describe (g_ptr_array_index (rows, i));

    json_array_append_new (people, person);
    to_line (person, errand->text);
  }
  if (rows->len > limit)
    g_string_append (errand->text, _("More people match.\n"));
  limber_errand_take (errand, json_pack ("{s:o, s:b}", "people", people, "more", rows->len > limit));
  errand->status = rows->len > 0 ? 0 : 3;
  return TRUE;
}

/* search TEXT … */
gboolean
limber_command_search (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, search, error);
}
