/* day-end, day-list and building: what is not closed, the day's list for paper, who is in the building. The texts are 100
 * letters wide, for a printer; nothing is cut off, but goes on in the next line. */
#include <glib/gi18n-lib.h>

#include "limber-building.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-day-end.h"
#include "limber-day-list.h"

#define COLUMNS 7

/* One line of a table; a row takes as many as its longest text. */
typedef struct {
  int widths[COLUMNS];
} Table;

/* Takes from @text what fits into @width letters, by whole words where it can be. Returns: (transfer full). */
static char *
take_piece (const char **text, glong width)
{
  glong length = g_utf8_strlen (*text, -1), taken = length;
  const char *start = *text, *end, *space = NULL;
  char *piece;

  if (length > width) {
    end = g_utf8_offset_to_pointer (start, width);
    for (const char *at = start; at <= end; at++)
      if (*at == ' ')
        space = at;
    taken = space != NULL && space > start ? g_utf8_pointer_to_offset (start, space) : width;
  }
  piece = g_utf8_substring (start, 0, taken);
  *text = g_utf8_offset_to_pointer (start, taken);
  while (**text == ' ')
    ++*text;
  return piece;
}

/* @cells: (nullable) each; a text may have several lines */
static void
append_row (GString *out, const Table *table, const char *const *cells)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint height = 0;

  for (guint i = 0; i < COLUMNS; i++) {
    GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);
    g_auto (GStrv) lines = g_strsplit (cells[i] != NULL ? cells[i] : "", "\n", -1);

    for (guint j = 0; lines[j] != NULL; j++)
      for (const char *rest = lines[j]; *rest != '\0';)
        g_ptr_array_add (pieces, take_piece (&rest, table->widths[i]));
    height = MAX (height, pieces->len);
    g_ptr_array_add (columns, pieces);
  }
  for (guint line = 0; line < height; line++) {
    gsize start = out->len;

    for (guint i = 0; i < COLUMNS; i++) {
      GPtrArray *pieces = g_ptr_array_index (columns, i);
      const char *piece = line < pieces->len ? g_ptr_array_index (pieces, line) : "";

      g_string_append (out, piece);
      for (glong letter = g_utf8_strlen (piece, -1); letter < table->widths[i] + 1; letter++)
        g_string_append_c (out, ' ');
    }
    while (out->len > start && out->str[out->len - 1] == ' ')
      g_string_truncate (out, out->len - 1);
    g_string_append_c (out, '\n');
  }
}

/* @needed: whether one site must be meant. Returns: (transfer full) (nullable): the site, %NULL for all of them. */
static gboolean
find_site (LimberErrand *errand, LimberReader *reader, gboolean needed, LimberRecord **site, GError **error)
{
  const char *code = limber_errand_option (errand, "site");
  LimberId own;

  *site = NULL;
  if (code != NULL)
    *site = limber_reader_by_key (reader, "site", code, error);
  else if (limber_reader_site (reader, &own))
    *site = limber_reader_get (reader, "site", &own, error);
  else if (needed)
    return limber_errand_usage (error, _("This store belongs to no one site: say which, --site CODE"));
  else
    return TRUE;
  return *site != NULL;
}

/* When this is so, and how fresh it is. Returns: (transfer full). */
static char *
freshness (LimberReader *reader)
{
  g_autofree char *last = limber_reader_meta (reader, "last_sync"), *upstream = limber_reader_meta (reader, "upstream"), *clock = NULL, *day = NULL, *then = NULL, *date = NULL;
  gint64 now = limber_reader_now (reader), synced = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
  char today[LIMBER_DATE_LENGTH + 1], before[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  clock = limber_time_for_staff (now);
  day = limber_date_for_staff (today);
  if (upstream == NULL || *upstream == '\0') /* Translators: a date and a time. */
    return g_strdup_printf (_("As of %1$s %2$s, by this computer."), day, clock);
  if (synced == 0) /* Translators: a date and a time. */
    return g_strdup_printf (_("As of %1$s %2$s, by this computer alone: it has never been in step with the others."), day, clock);
  limber_date_of_time (synced, before);
  date = limber_date_for_staff (before);
  then = limber_time_for_staff (synced);
  /* Translators: a date and a time, twice. */
  return g_strdup_printf (_("As of %1$s %2$s; last in step with the others on %3$s at %4$s."), day, clock, date, then);
}

static json_t *
json_of (LimberRecord *site, const char *what, json_t *list)
{
  return json_pack ("{s:s*, s:o}", "site", site != NULL ? limber_record_text (site, "code") : NULL, what, list);
}

static char *
with_and_where (const LimberDayLine *line)
{
  return g_strdup_printf ("%s\n%s", line->with != NULL ? line->with : "–", line->place != NULL ? line->place : "");
}

static char *
who_is_it (const LimberDayLine *line)
{
  GString *text = g_string_new (line->name);
  const char *more[] = { line->born, line->number, line->needs, line->mark };

  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    if (more[i] != NULL)
      g_string_append_printf (text, "\n%s", more[i]);
  return g_string_free (text, FALSE);
}

static void
append_day (GString *out, GPtrArray *lines, const char *title, const char *fresh)
{
  static const Table table = { { 5, 42, 18, 6, 6, 4, 13 } };
  /* Translators: the heads of a paper's columns; each should be no longer than it is here. */
  const char *const heads[COLUMNS] = { _("Time"), _("Name"), _("With, where"), _("Came"), _("Seen"), _("No"), _("Note") };
  const char *const empty[COLUMNS] = { "_____", "__________________________________________", "________________", "_____", "_____", NULL, "_____________" };

  g_string_append_printf (out, "%s\n%s\n%s\n\n", title, fresh, _("Write down when each person came and was seen; No: did not come. Keep it private."));
  append_row (out, &table, heads);
  for (guint i = 0; i < lines->len; i++) {
    const LimberDayLine *line = g_ptr_array_index (lines, i);
    g_autofree char *who = who_is_it (line), *with = with_and_where (line);
    const char *cells[COLUMNS] = { line->time, who, with, line->came != NULL ? line->came : "_____", line->seen != NULL ? line->seen : "_____", "[ ]", line->closed };

    if (line->closed != NULL)
      cells[3] = cells[4] = cells[5] = NULL;
    g_string_append_c (out, '\n');
    append_row (out, &table, cells);
  }
  for (guint i = 0; i < LIMBER_DAY_LIST_WALK_INS; i++) {
    g_string_append_c (out, '\n');
    append_row (out, &table, empty);
  }
}

/* --date, as people type it; today without. Returns: (transfer full) (nullable). */
static char *
read_date (LimberErrand *errand, LimberReader *reader, GError **error)
{
  const char *typed = limber_errand_option (errand, "date");
  char today[LIMBER_DATE_LENGTH + 1];
  char *date;

  limber_date_of_time (limber_reader_now (reader), today);
  if (typed == NULL)
    return g_strdup (today);
  date = g_str_equal (typed, "tomorrow") ? limber_date_add_days (today, 1) : limber_date_parse_typed (typed, today);
  if (date == NULL)
    limber_errand_usage (error, _("--date is a day: 2026-11-24, 24/11/2026, or tomorrow"));
  return date;
}

static gboolean
read_day_list (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) site = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *date = read_date (errand, reader, error), *title = NULL, *fresh = NULL, *day = NULL;
  json_t *list = NULL;

  if (date == NULL || !find_site (errand, reader, TRUE, &site, error))
    return FALSE;
  lines = limber_day_list_read (reader, &site->id, date, error);
  if (lines == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < lines->len; i++)
    json_array_append_new (list, limber_day_line_to_json (g_ptr_array_index (lines, i)));
  limber_errand_take (errand, json_of (site, "appointments", list));
  json_object_set_new (errand->result, "date", json_string (date));
  day = limber_date_with_weekday (date);
  title = g_strdup_printf (ngettext ("%1$s, %2$s: %3$u appointment", "%1$s, %2$s: %3$u appointments", lines->len), limber_record_text (site, "name"), day, lines->len);
  fresh = freshness (reader);
  append_day (errand->text, lines, title, fresh);
  return TRUE;
}

/* day-list [--date D] [--site CODE] */
gboolean
limber_command_day_list (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_day_list, error);
}

/* One that is not closed, for a script and for people. */
static void
add_open (json_t *list, GString *out, LimberRow *row, gboolean every_site, gint64 now)
{
  static const Table table = { { 11, 5, 32, 30, 18, 0, 0 } };
  LimberDayEnd lack = limber_day_end_of (row, now);
  g_autofree char *date = NULL, *words = limber_day_end_words (row, lack), *id = limber_id_dup_text (limber_row_id (row, "id"));
  char day[LIMBER_DATE_LENGTH + 1];
  LimberDayLine *line;
  json_t *one;

  limber_date_of_time (limber_row_integer (row, "start"), day);
  date = limber_date_for_staff (day);
  line = limber_day_line_new (row, day);
  one = limber_day_line_to_json (line);
  json_object_set_new (one, "lack", json_string (limber_day_end_name (lack)));
  json_array_append_new (list, one);
  append_row (out, &table, (const char *const[COLUMNS]){ date, line->time, line->name, words, every_site ? limber_row_text (row, "site_name") : line->with, NULL, NULL });
  g_string_append_printf (out, "            %s\n", id);
  limber_day_line_free (line);
}

static gboolean
read_day_end (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) site = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 now = limber_reader_now (reader);
  GString *out = errand->text;
  json_t *list;

  if (!find_site (errand, reader, FALSE, &site, error))
    return FALSE;
  rows = limber_day_end_list (reader, site != NULL ? &site->id : NULL, now, error);
  if (rows == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < rows->len; i++)
    add_open (list, out, g_ptr_array_index (rows, i), site == NULL, now);
  limber_errand_take (errand, json_of (site, "open", list));
  if (rows->len == 0)
    g_string_append (out, _("Everything is closed.\n"));
  else
    g_string_append_printf (out, ngettext ("%u appointment is not closed. Say what became of it: seen, did-not-attend, cancel.\n", "%u appointments are not closed. Say what became of each: seen, did-not-attend, cancel.\n", rows->len), rows->len);
  return TRUE;
}

/* day-end [--site CODE] */
gboolean
limber_command_day_end (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_day_end, error);
}

static void
append_people (GString *out, GPtrArray *people)
{
  static const Table table = { { 3, 32, 20, 20, 5, 15, 0 } };
  /* Translators: the heads of a paper's columns; each should be no longer than it is here. */
  const char *const heads[COLUMNS] = { "", _("Name"), _("Where"), _("How"), _("Since"), _("Needs"), NULL };

  if (people->len > 0)
    append_row (out, &table, heads);
  for (guint i = 0; i < people->len; i++) {
    const LimberBuildingPerson *person = g_ptr_array_index (people, i);
    g_autofree char *how = limber_building_dup_standing (person), *since = person->since != 0 ? limber_time_for_staff (person->since) : g_strdup ("–");

    append_row (out, &table, (const char *const[COLUMNS]){ "[ ]", person->name, person->place != NULL ? person->place : "–", how, since, person->needs, NULL });
  }
}

static gboolean
read_building (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) site = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *count = NULL, *fresh = NULL;
  json_t *list;

  if (!find_site (errand, reader, TRUE, &site, error))
    return FALSE;
  people = limber_building_read (reader, &site->id, limber_reader_now (reader), error);
  if (people == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < people->len; i++)
    json_array_append_new (list, limber_building_person_to_json (g_ptr_array_index (people, i)));
  limber_errand_take (errand, json_of (site, "people", list));
  json_object_set_new (errand->result, "count", json_integer (limber_building_count (people)));
  count = limber_building_dup_count_text (people);
  fresh = freshness (reader);
  g_string_append_printf (errand->text, "%s: %s\n%s\n\n", limber_record_text (site, "name"), count, fresh);
  append_people (errand->text, people);
  return TRUE;
}

/* building [--site CODE] */
gboolean
limber_command_building (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_building, error);
}
