/* clinic, closed and slots: when people are seen, on which days nobody is, and which times are free. */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "limber-booking-words.h"
#include "limber-cause.h"
#include "limber-commands.h"
#include "limber-csv.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-person.h"

#define LIST_MAXIMUM 1000

/* Adds an id to an object; nothing where there is none. */
static void
add_id (json_t *object, const char *name, const LimberId *id)
{
  g_autofree char *text = id != NULL ? limber_id_dup_text (id) : NULL;

  if (text != NULL)
    json_object_set_new (object, name, json_string (text));
}

static gboolean
read_clinic (LimberErrand *errand, LimberReader *reader, LimberClinic *clinic, char **first, char **last, GError **error)
{
  clinic->minutes = 20;
  clinic->name = limber_errand_option (errand, "name");
  clinic->types = limber_errand_option (errand, "types");
  if (!limber_booking_word_site (errand, reader, &clinic->site, error) || !limber_booking_word_staff (errand, reader, "with", &clinic->clinician, error) ||
      !limber_booking_word_place (errand, reader, &clinic->site, &clinic->place, error) || !limber_booking_word_date (errand, "first", first, error) ||
      !limber_booking_word_date (errand, "last", last, error) || !limber_booking_word_clock (errand, "begins", &clinic->begins, error) ||
      !limber_booking_word_clock (errand, "ends", &clinic->ends, error) || !limber_booking_word_count (errand, "minutes", 5, 240, &clinic->minutes, error) ||
      !limber_booking_word_weeks (errand, &clinic->every, error))
    return FALSE;
  clinic->first = *first;
  clinic->last = *last;
  return (*first != NULL && !limber_id_is_nil (&clinic->clinician)) || limber_errand_usage (error, _("Say with whom and from which day: --with STAFF --first DAY"));
}

static gboolean
add_clinic (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *author = NULL, *role = NULL, *first = NULL, *last = NULL, *text = NULL;
  LimberClinic clinic = { 0 };
  LimberId id = { { 0 } };

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !read_clinic (errand, reader, &clinic, &first, &last, error) ||
      !limber_clinic_add (transaction, &clinic, &id, &(LimberAuthor){ author, role }, error))
    return FALSE;
  text = limber_id_dup_text (&id);
  limber_errand_take (errand, json_pack ("{s:s}", "id", text));
  g_string_printf (errand->text, "%s\n", text);
  return TRUE;
}

/* clinic end ID [--last DAY]: until further notice without */
static gboolean
end_clinic (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  const char *which = limber_errand_word (errand, 1);
  g_autoptr (LimberRecord) record = which != NULL ? limber_reader_by_key (limber_transaction_reader (transaction), "clinic", which, error) : NULL;
  g_autofree char *author = NULL, *role = NULL, *last = NULL;

  if (which == NULL)
    return limber_errand_usage (error, _("Say which clinic, by its id: clinic list names them"));
  if (record == NULL || !limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error) || !limber_booking_word_date (errand, "last", &last, error) ||
      !limber_clinic_end (transaction, &record->id, last, &(LimberAuthor){ author, role }, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s?}", "id", which, "last", last));
  return TRUE;
}

static json_t *
clinic_json (LimberRow *row)
{
  g_autofree char *who = limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family"));
  int begins = (int) limber_row_integer (row, "begins"), ends = (int) limber_row_integer (row, "ends");
  g_autofree char *from = g_strdup_printf ("%02d:%02d", begins / 60, begins % 60), *to = g_strdup_printf ("%02d:%02d", ends / 60, ends % 60);
  json_t *one = json_pack ("{s:s*, s:s*, s:s, s:s*, s:s, s:s*, s:i, s:s, s:s, s:i, s:s*}", "site", limber_row_text (row, "site_code"), "name", limber_row_text (row, "name"), "with", who, "place",
                           limber_row_text (row, "place_name"), "first", limber_row_text (row, "first"), "last", limber_row_text (row, "last"), "weeks", (int) limber_row_integer (row, "every"), "begins", from,
                           "ends", to, "minutes", (int) limber_row_integer (row, "minutes"), "types", limber_row_text (row, "types"));

  add_id (one, "id", limber_row_id (row, "id"));
  add_id (one, "clinician", limber_row_id (row, "clinician"));
  return one;
}

static gboolean
list_clinics (LimberErrand *errand, LimberReader *reader, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (GPtrArray) rows = NULL;
  LimberId site;
  json_t *list;

  if (!limber_booking_word_site (errand, reader, &site, error))
    return FALSE;
  limber_date_of_time (limber_reader_now (reader), today);
  rows = limber_clinics_read (reader, &site, today, "9999-12-31", error);
  if (rows == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < rows->len; i++) {
    json_t *one = clinic_json (g_ptr_array_index (rows, i));
    g_autofree char *first = limber_date_with_weekday (limber_command_text (one, "first"));

    json_array_append_new (list, one);
    g_string_append_printf (errand->text, "%s  %s  %s–%s  %s  %s\n", limber_command_text (one, "id"), first, limber_command_text (one, "begins"), limber_command_text (one, "ends"), limber_command_text (one, "with"),
                            limber_command_text (one, "place"));
  }
  limber_errand_take (errand, json_pack ("{s:o}", "clinics", list));
  return TRUE;
}

/* clinic add|end|list */
gboolean
limber_command_clinic (LimberErrand *errand, GError **error)
{
  const char *what = limber_errand_word (errand, 0);

  if (g_str_equal (what, "add"))
    return limber_errand_change (errand, add_clinic, error);
  if (g_str_equal (what, "end"))
    return limber_errand_change (errand, end_clinic, error);
  return g_str_equal (what, "list") ? limber_errand_read (errand, list_clinics, error) : limber_errand_usage (error, _("clinic add, clinic end or clinic list"));
}

/* Writes one closed time, and says how many are booked in it. */
static gboolean
close_days (LimberErrand *errand, LimberTransaction *transaction, const LimberClosure *closure, json_t *list, const LimberAuthor *author, GError **error)
{
  gint64 booked;
  json_t *one;
  LimberId id;

  if (!limber_closure_add (transaction, closure, &id, author, error))
    return FALSE;
  booked = limber_closure_count_booked (limber_transaction_reader (transaction), closure);
  one = json_pack ("{s:s, s:s, s:s, s:I}", "first", closure->first, "last", closure->last, "name", closure->name, "booked", (json_int_t) booked);
  add_id (one, "id", &id);
  json_array_append_new (list, one);
  if (booked > 0) /* Translators: a date, why, and how many */
    g_string_append_printf (errand->text, ngettext ("%1$s, %2$s: %3$u person is booked then and has to be moved\n", "%1$s, %2$s: %3$u people are booked then and have to be moved\n", (gulong) booked), closure->first,
                            closure->name, (guint) booked);
  return TRUE;
}

static const char *
cell (LimberCsv *csv, const char *name)
{
  int column = limber_csv_column (csv, name);
  const char *text = column >= 0 ? limber_csv_cell (csv, (guint) column) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean
take_line (LimberErrand *errand, LimberTransaction *transaction, LimberCsv *csv, json_t *list, const LimberAuthor *author, GError **error)
{
  const char *site = cell (csv, "site");
  g_autoptr (LimberRecord) record = site != NULL ? limber_reader_by_key (limber_transaction_reader (transaction), "site", site, error) : NULL;
  LimberClosure closure = { .first = cell (csv, "first"), .last = cell (csv, "last"), .name = cell (csv, "name") };

  if (site != NULL && record == NULL)
    return FALSE;
  if (record != NULL)
    closure.site = record->id;
  if (closure.last == NULL)
    closure.last = closure.first;
  if (closure.first == NULL || closure.name == NULL)
    return limber_errand_usage (error, _("A line needs first and name"));
  if (json_array_size (list) >= LIST_MAXIMUM)
    return limber_errand_usage (error, _("The list has more than %d lines"), LIST_MAXIMUM);
  return close_days (errand, transaction, &closure, list, author, error);
}

static LimberCsv *
open_list (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &why);
  LimberCsv *csv = stream != NULL ? limber_csv_new (G_INPUT_STREAM (stream), ',', &why) : NULL;

  if (csv == NULL)
    limber_cause_set (error, LIMBER_ERROR_NOT_FOUND, why, _("The list cannot be read: %s"), limber_cause_of (why));
  return csv;
}

/* All lines or none. */
static gboolean
load_list (LimberErrand *errand, LimberTransaction *transaction, json_t *list, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberCsv) csv = errand->words->len > 1 ? open_list (limber_errand_word (errand, 1), error) : NULL;
  LimberCsvResult result = LIMBER_CSV_FAILED;
  int bad;

  if (errand->words->len < 2)
    return limber_errand_usage (error, _("Say which list: closed load FILE"));
  while (csv != NULL && (result = limber_csv_next (csv, &bad, error)) == LIMBER_CSV_ROW)
    if (!take_line (errand, transaction, csv, list, author, error))
      break;
  if (csv != NULL && result != LIMBER_CSV_END)
    g_prefix_error (error, _("Line %u: "), limber_csv_line (csv));
  return result == LIMBER_CSV_END;
}

static gboolean
add_closed (LimberErrand *errand, LimberTransaction *transaction, json_t *list, const LimberAuthor *author, GError **error)
{
  g_autofree char *first = NULL, *last = NULL;
  LimberClosure closure = { .name = limber_errand_option (errand, "name") };
  LimberReader *reader = limber_transaction_reader (transaction);

  if (!limber_booking_word_date (errand, "first", &first, error) || !limber_booking_word_date (errand, "last", &last, error) || !limber_booking_word_staff (errand, reader, "with", &closure.clinician, error) ||
      (limber_errand_has (errand, "site") && !limber_booking_word_site (errand, reader, &closure.site, error)))
    return FALSE;
  closure.first = first;
  closure.last = last != NULL ? last : first;
  if (first == NULL || closure.name == NULL)
    return limber_errand_usage (error, _("Say on which day and why: --first DAY --name TEXT"));
  return close_days (errand, transaction, &closure, list, author, error);
}

static gboolean
take_closed_back (LimberErrand *errand, LimberTransaction *transaction, const LimberAuthor *author, GError **error)
{
  LimberId id;

  if (limber_errand_word (errand, 1) == NULL || !limber_id_parse (&id, limber_errand_word (errand, 1)))
    return limber_errand_usage (error, _("Say which, by its id: closed list names them"));
  return limber_closure_take_back (transaction, &id, author, error);
}

static gboolean
change_closed (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  const char *what = limber_errand_word (errand, 0);
  g_autofree char *author = NULL, *role = NULL;
  json_t *list = json_array ();
  LimberAuthor by;
  gboolean done;

  limber_errand_take (errand, json_pack ("{s:o}", "closed", list));
  done = limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error);
  by = (LimberAuthor){ author, role };
  if (done && g_str_equal (what, "remove"))
    done = take_closed_back (errand, transaction, &by, error);
  else if (done)
    done = g_str_equal (what, "load") ? load_list (errand, transaction, list, &by, error) : add_closed (errand, transaction, list, &by, error);
  if (!done)
    limber_errand_take (errand, NULL);
  return done;
}

static gboolean
list_closed (LimberErrand *errand, LimberReader *reader, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autoptr (GPtrArray) rows = NULL;
  json_t *list;

  limber_date_of_time (limber_reader_now (reader), today);
  rows = limber_reader_query (reader, "closures", error, "tt", today, "9999-12-31");
  if (rows == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    g_autofree char *who = limber_row_has (row, "family") ? limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family")) : NULL;
    json_t *one = json_pack ("{s:s, s:s, s:s, s:s*, s:s*}", "first", limber_row_text (row, "first"), "last", limber_row_text (row, "last"), "name", limber_row_text (row, "name"), "site", limber_row_text (row, "site_name"), "with", who);

    add_id (one, "id", limber_row_id (row, "id"));
    json_array_append_new (list, one);
    g_string_append_printf (errand->text, "%s  %s–%s  %s  %s\n", limber_command_text (one, "id"), limber_row_text (row, "first"), limber_row_text (row, "last"), limber_row_text (row, "name"),
                            who != NULL ? who : limber_command_text (one, "site"));
  }
  limber_errand_take (errand, json_pack ("{s:o}", "closed", list));
  return TRUE;
}

/* closed add|load|remove|list */
gboolean
limber_command_closed (LimberErrand *errand, GError **error)
{
  static const char *const changes[] = { "add", "load", "remove", NULL };

  if (g_strv_contains (changes, limber_errand_word (errand, 0)))
    return limber_errand_change (errand, change_closed, error);
  return g_str_equal (limber_errand_word (errand, 0), "list") ? limber_errand_read (errand, list_closed, error) : limber_errand_usage (error, _("closed add, closed load, closed remove or closed list"));
}

static json_t *
slot_json (const LimberSlot *slot)
{
  g_autofree char *start = limber_time_to_iso (slot->start), *who = limber_person_spoken (limber_row_text (slot->clinic, "given"), limber_row_text (slot->clinic, "family"));
  json_t *one = json_pack ("{s:s, s:i, s:b, s:s, s:s*, s:s*}", "start", start, "minutes", slot->minutes, "taken", slot->taken, "with", who, "place", limber_row_text (slot->clinic, "place_name"), "site",
                           limber_row_text (slot->clinic, "site_code"));

  add_id (one, "clinic", limber_row_id (slot->clinic, "id"));
  add_id (one, "clinician", limber_row_id (slot->clinic, "clinician"));
  add_id (one, "place_id", limber_row_id (slot->clinic, "place"));
  return one;
}

static gboolean
list_slots (LimberErrand *errand, LimberReader *reader, GError **error)
{
  LimberId site, clinician, place;
  LimberSlotAsk ask = { .site = &site, .type = limber_errand_option (errand, "type") };
  g_autofree char *date = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  json_t *list;
  int most = 10;

  if (!limber_booking_word_site (errand, reader, &site, error) || !limber_booking_word_staff (errand, reader, "with", &clinician, error) || !limber_booking_word_place (errand, reader, &site, &place, error) ||
      !limber_booking_word_date (errand, "date", &date, error) || !limber_booking_word_count (errand, "free", 1, 1000, &most, error))
    return FALSE;
  ask.clinician = limber_id_is_nil (&clinician) ? NULL : &clinician;
  ask.place = limber_id_is_nil (&place) ? NULL : &place;
  slots = date != NULL ? limber_slots_of_day (reader, &ask, date, error) : limber_slots_free (reader, &ask, limber_reader_now (reader), LIMBER_SLOTS_AHEAD, (guint) most, error);
  if (slots == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < slots->len; i++) {
    const LimberSlot *slot = g_ptr_array_index (slots, i);
    g_autofree char *time = limber_booking_say_time (slot->start);
    json_t *one = slot_json (slot);

    json_array_append_new (list, one);
    g_string_append_printf (errand->text, "%s  %s  %s%s%s\n", time, limber_command_text (one, "with"), limber_command_text (one, "place"), slot->taken ? "  " : "", slot->taken ? _("taken") : "");
  }
  limber_errand_take (errand, json_pack ("{s:o}", "slots", list));
  errand->status = slots->len > 0 ? 0 : 3;
  return TRUE;
}

/* slots [--date DAY | --free N] [--with STAFF] [--in ROOM] [--type T] [--site CODE] */
gboolean
limber_command_slots (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, list_slots, error);
}
