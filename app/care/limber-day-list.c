#include "limber-day-list.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-person.h"

void
limber_day_line_free (LimberDayLine *line)
{
  char *texts[] = { line->time, line->name, line->born, line->number, line->with, line->place, line->needs, line->mark, line->came, line->seen, line->closed };

  g_object_unref (line->row);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (line);
}

static const char *
word_of (LimberRow *row)
{
  const char *word = limber_row_word (row, "appointment", "status");

  return word != NULL ? word : "booked";
}

static char *
mark_of (LimberRow *row)
{
  const char *died = limber_row_text (row, "died");
  g_autofree char *date = died != NULL ? limber_date_for_staff (died) : NULL;

  if (date != NULL) /* Translators: a date, 06-Aug-2018 */
    return g_strdup_printf (_("Recorded as died on %s"), date);
  return limber_row_integer (row, "see_desk") != 0 ? g_strdup (_("See the desk first")) : NULL;
}

/**
 * limber_day_line_new:
 * @row: of the query "today"
 * @today: YYYY-MM-DD, for the age
 *
 * Returns: (transfer full): the line
 */
LimberDayLine *
limber_day_line_new (LimberRow *row, const char *today)
{
  LimberDayLine *line = g_new0 (LimberDayLine, 1);
  const char *word = word_of (row);

  line->row = g_object_ref (row);
  line->time = limber_time_for_staff (limber_row_integer (row, "start"));
  line->name = limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
  line->born = limber_person_born (limber_row_text (row, "born"), limber_row_text (row, "died"), today);
  line->number = limber_person_nhs_number (limber_row_text (row, "nhs_number"));
  line->with = limber_row_has (row, "clinician_family") ? limber_person_spoken (limber_row_text (row, "clinician_given"), limber_row_text (row, "clinician_family")) : NULL;
  line->place = g_strdup (limber_row_text (row, "place"));
  line->needs = limber_person_needs (limber_row_text (row, "needs"), limber_row_text (row, "language"));
  line->mark = mark_of (row);
  line->came = limber_row_has (row, "arrived") ? limber_time_for_staff (limber_row_integer (row, "arrived")) : NULL;
  if (limber_row_has (row, "seen"))
    line->seen = limber_time_for_staff (limber_row_integer (row, "seen"));
  else if (g_str_equal (word, "seen"))
    line->seen = g_strdup (_("seen"));
  if (g_str_equal (word, "cancelled"))
    line->closed = g_strdup (_("Cancelled"));
  else if (g_str_equal (word, "did-not-attend"))
    line->closed = g_strdup (g_strcmp0 (limber_row_text (row, "attendance"), "7") == 0 ? _("Could not be seen") : _("Did not come"));
  return line;
}

/**
 * limber_day_line_compare:
 *
 * The order of the paper: by time, then by name.
 *
 * Returns: less than, equal to or more than 0
 */
int
limber_day_line_compare (const LimberDayLine *a, const LimberDayLine *b)
{
  gint64 x = limber_row_integer (a->row, "start"), y = limber_row_integer (b->row, "start");
  int names;

  if (x != y)
    return x < y ? -1 : 1;
  names = g_utf8_collate (a->name, b->name);
  return names != 0 ? names : limber_id_compare (limber_row_id (a->row, "id"), limber_row_id (b->row, "id"));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return limber_day_line_compare (*(LimberDayLine *const *) a, *(LimberDayLine *const *) b);
}

/**
 * limber_day_line_to_json:
 *
 * Returns: (transfer full): the line for a script, with ids and whole times
 */
json_t *
limber_day_line_to_json (const LimberDayLine *line)
{
  g_autofree char *id = limber_id_dup_text (limber_row_id (line->row, "id")), *start = limber_time_to_iso (limber_row_integer (line->row, "start"));
  g_autofree char *arrived = limber_row_has (line->row, "arrived") ? limber_time_to_iso (limber_row_integer (line->row, "arrived")) : NULL;
  g_autofree char *seen = limber_row_has (line->row, "seen") ? limber_time_to_iso (limber_row_integer (line->row, "seen")) : NULL;
  const LimberId *patient = limber_row_id (line->row, "patient");
  g_autofree char *whose = patient != NULL ? limber_id_dup_text (patient) : NULL;

  return json_pack ("{s:s, s:s*, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*}", "appointment", id, "patient", whose, "start", start, "name", line->name, "status", word_of (line->row), "born",
                    limber_row_text (line->row, "born"), "nhs_number", limber_row_text (line->row, "nhs_number"), "with", line->with, "place", line->place, "needs", line->needs, "mark", line->mark, "arrived", arrived, "seen", seen);
}

/**
 * limber_day_list_read:
 * @site: (nullable): %NULL for every site
 * @date: YYYY-MM-DD
 * @error: LIMBER_ERROR_USAGE when it is no day
 *
 * Returns: (transfer full) (nullable) (element-type LimberDayLine): the day's appointments in the order of the paper
 */
GPtrArray *
limber_day_list_read (LimberReader *reader, const LimberId *site, const char *date, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *lines;
  gint64 start, end;

  if (!limber_date_bounds (date, &start, &end)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("That is no day of the calendar."));
    return NULL;
  }
  rows = limber_reader_query (reader, "today", error, "dii", site, start, end);
  if (rows == NULL)
    return NULL;
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_day_line_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (lines, limber_day_line_new (g_ptr_array_index (rows, i), date));
  g_ptr_array_sort (lines, compare);
  return lines;
}
