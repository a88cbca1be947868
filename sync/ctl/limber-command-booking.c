/* book, reschedule, rebook, walk-in and take-back: an appointment's time, as the desk's diary gives it. */
#include <glib/gi18n-lib.h>

#include "limber-booking-words.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-error.h"

/* What the options say of a booking, over what it has already. */
static gboolean
read_options (LimberErrand *errand, LimberReader *reader, LimberBooking *booking, GError **error)
{
  LimberId clinician, place;

  if (limber_id_is_nil (&booking->site) && !limber_booking_word_site (errand, reader, &booking->site, error))
    return FALSE;
  if (!limber_booking_word_staff (errand, reader, "with", &clinician, error) || !limber_booking_word_place (errand, reader, &booking->site, &place, error) ||
      !limber_booking_word_count (errand, "minutes", 5, 480, &booking->minutes, error))
    return FALSE;
  if (limber_errand_has (errand, "with"))
    booking->clinician = clinician;
  if (limber_errand_has (errand, "in"))
    booking->place = place;
  if (limber_errand_has (errand, "type"))
    booking->type = limber_errand_option (errand, "type");
  booking->anyway = limber_errand_option (errand, "anyway");
  return g_str_equal (errand->command->name, "walk-in") || limber_booking_word_start (errand, &booking->start, error);
}

/* Whose, and what is carried on from the appointment in whose place it is. @old: (out) (transfer full) (nullable): it must outlive @booking */
static gboolean
read_booking (LimberErrand *errand, LimberReader *reader, LimberBooking *booking, LimberRecord **old, GError **error)
{
  gboolean person = g_str_equal (errand->command->name, "book") || g_str_equal (errand->command->name, "walk-in");
  g_autoptr (LimberRecord) patient = person ? limber_reader_by_key (reader, "patient", limber_errand_word (errand, 0), error) : NULL;

  *booking = (LimberBooking){ .minutes = LIMBER_BOOKING_USUAL_MINUTES };
  *old = person ? NULL : limber_reader_by_key (reader, "appointment", limber_errand_word (errand, 0), error);
  if (patient == NULL && *old == NULL)
    return FALSE;
  if (patient != NULL)
    booking->patient = patient->id;
  else {
    limber_booking_of (*old, booking);
    booking->replaces = g_str_equal (errand->command->name, "rebook") ? (*old)->id : (LimberId){ { 0 } };
  }
  if (*old != NULL && g_strcmp0 (booking->type, "new") != 0)
    booking->type = "follow-up";
  return read_options (errand, reader, booking, error);
}

/* Says what became of one appointment. */
static gboolean
add_result (LimberErrand *errand, LimberReader *reader, json_t *list, const LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", id, error);
  g_autofree char *text = limber_id_dup_text (id), *start = NULL, *time = NULL;

  if (record == NULL)
    return FALSE;
  start = limber_time_to_iso (limber_record_integer (record, "start"));
  time = limber_booking_say_time (limber_record_integer (record, "start"));
  json_array_append_new (list, json_pack ("{s:s, s:s, s:I, s:s, s:s*}", "appointment", text, "start", start, "minutes", (json_int_t) limber_record_integer (record, "minutes"), "status", limber_record_word (record, "status"),
                                          "anyway", limber_record_text (record, "anyway")));
  g_string_append_printf (errand->text, "%s  %s\n", text, time);
  return TRUE;
}

static gboolean
report (LimberErrand *errand, LimberReader *reader, const LimberId *first, guint n, GError **error)
{
  json_t *list = json_array ();

  g_string_truncate (errand->text, 0);
  limber_errand_take (errand, json_pack ("{s:o}", "appointments", list));
  for (guint i = 1; i <= n; i++) {
    LimberId id;

    limber_booking_series_id (first, i, &id);
    if (add_result (errand, reader, list, &id, error))
      continue;
    limber_errand_take (errand, NULL);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_series (LimberErrand *errand, int *weeks, int *times, GError **error)
{
  *weeks = 0;
  *times = 1;
  if (limber_errand_has (errand, "every") != limber_errand_has (errand, "times"))
    return limber_errand_usage (error, _("Say both: --every 2w --times 6"));
  return limber_booking_word_weeks (errand, weeks, error) && limber_booking_word_count (errand, "times", 2, LIMBER_BOOKING_SERIES_MOST, times, error);
}

/* Carries one of the commands out. @id: (inout): of the appointment; @n: (out): how many there are */
static gboolean
carry_out (LimberErrand *errand, LimberTransaction *transaction, const LimberBooking *booking, LimberId *id, guint *n, const LimberAuthor *author, GError **error)
{
  g_autoptr (GArray) plan = NULL;
  int weeks, times;

  *n = 1;
  if (g_str_equal (errand->command->name, "reschedule"))
    return limber_booking_move (transaction, id, booking, author, error);
  *id = (LimberId){ { 0 } };
  if (g_str_equal (errand->command->name, "walk-in"))
    return limber_booking_walk_in (transaction, booking, id, author, error);
  if (!read_series (errand, &weeks, &times, error))
    return FALSE;
  if (times == 1)
    return limber_booking_book (transaction, booking, id, author, error);
  *n = (guint) times;
  plan = limber_booking_plan (limber_transaction_reader (transaction), booking, weeks, times, error);
  return plan != NULL && limber_booking_book_series (transaction, booking, plan, id, author, error);
}

static gboolean
do_booking (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *author = NULL, *role = NULL;
  g_autoptr (LimberRecord) old = NULL;
  LimberBooking booking;
  LimberId id = { { 0 } };
  guint n = 1;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !read_booking (errand, reader, &booking, &old, error))
    return FALSE;
  if (old != NULL)
    id = old->id;
  return carry_out (errand, transaction, &booking, &id, &n, &(LimberAuthor){ author, role }, error) && report (errand, reader, &id, n, error);
}

/* Says what would be booked, and whether anything is in the way. */
static gboolean
show_plan (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) old = NULL;
  g_autoptr (GArray) plan = NULL;
  LimberBooking booking;
  json_t *list;
  int weeks, times;

  if (!read_series (errand, &weeks, &times, error) || !read_booking (errand, reader, &booking, &old, error))
    return FALSE;
  if (times == 1)
    return limber_errand_usage (error, _("--dry-run shows follow-ups before they are booked: --every 2w --times 6"));
  plan = limber_booking_plan (reader, &booking, weeks, times, error);
  if (plan == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < plan->len; i++) {
    const LimberPlanned *planned = &g_array_index (plan, LimberPlanned, i);
    g_autofree char *wanted = limber_time_to_iso (planned->wanted), *start = planned->start != 0 ? limber_time_to_iso (planned->start) : NULL;
    g_autofree char *time = limber_booking_say_time (planned->start != 0 ? planned->start : planned->wanted);

    json_array_append_new (list, json_pack ("{s:s, s:s?, s:i}", "wanted", wanted, "start", start, "minutes", planned->minutes));
    g_string_append_printf (errand->text, "%s%s%s\n", time, planned->start == 0 ? "  " : "", planned->start == 0 ? _("no free time in that week") : "");
  }
  limber_errand_take (errand, json_pack ("{s:o}", "plan", list));
  return TRUE;
}

/* book PERSON --start TIME … | reschedule APPOINTMENT --start TIME … | rebook APPOINTMENT --start TIME … | walk-in PERSON … */
gboolean
limber_command_book (LimberErrand *errand, GError **error)
{
  return limber_errand_has (errand, "dry-run") ? limber_errand_read (errand, show_plan, error) : limber_errand_change (errand, do_booking, error);
}

static gboolean
take_back (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) held = limber_reader_by_key (reader, "appointment", limber_errand_word (errand, 0), error);
  g_autofree char *author = NULL, *role = NULL;

  return held != NULL && limber_command_author (errand, reader, TRUE, &author, &role, error) && limber_booking_take_back (transaction, &held->id, &(LimberAuthor){ author, role }, error) &&
         report (errand, reader, &held->id, 1, error);
}

/* take-back APPOINTMENT */
gboolean
limber_command_take_back (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, take_back, error);
}
