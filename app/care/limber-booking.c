#include "limber-booking.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-desk.h"
#include "limber-error.h"
#include "limber-identity.h"
#include "limber-person.h"
#include "limber-registering.h"
#include "limber-standing.h"

#define MINUTE 60000

static gboolean
check_time (LimberTransaction *transaction, const LimberBooking *booking, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1], day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_date_of_time (booking->start, day);
  if (strcmp (day, today) < 0)
    return limber_error_refuse (error, _("That day is over. Nobody can be booked on it."));
  if (limber_date_days (today, day) > LIMBER_CLINIC_LONGEST)
    return limber_error_refuse (error, _("That is more than three years away."));
  if (booking->minutes < 5 || booking->minutes > 480)
    return limber_error_refuse (error, _("An appointment takes 5 minutes to 8 hours."));
  return TRUE;
}

static gboolean
check_person (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autoptr (LimberRecord) person = limber_reader_get (reader, "patient", patient, error);
  g_autofree char *died = NULL, *date = NULL;

  if (person == NULL || !limber_identity_died (reader, patient, &died, error))
    return FALSE;
  if (died == NULL)
    return limber_registering_check (reader, patient, error);
  date = limber_date_for_staff (died);
  /* Translators: a date, 06-Aug-2018 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This person is recorded as having died on %s. If the record is wrong, correct it first."), date);
  return FALSE;
}

/* A device that belongs to a site knows nothing of another's diary, and could book nobody there without guessing. */
static gboolean
check_site (LimberReader *reader, const LimberId *site, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "site", site, error);
  LimberId own;

  if (record == NULL)
    return FALSE;
  if (!limber_reader_site (reader, &own) || limber_id_equal (&own, site))
    return TRUE;
  /* Translators: the name of a site */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This computer does not know who is booked at %s. Book it there, or at the office."), limber_record_text (record, "name"));
  return FALSE;
}

static gboolean
check_clinician (LimberReader *reader, const LimberId *clinician, GError **error)
{
  g_autoptr (LimberRecord) record = limber_id_is_nil (clinician) ? NULL : limber_reader_get (reader, "staff", clinician, error);
  g_autofree char *name = NULL;

  if (limber_id_is_nil (clinician))
    return TRUE;
  if (record == NULL || limber_record_integer (record, "left") == 0)
    return record != NULL;
  name = limber_person_spoken (limber_record_text (record, "given"), limber_record_text (record, "family"));
  /* Translators: a name */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s has left the service."), name);
  return FALSE;
}

static gboolean
check_place (LimberReader *reader, const LimberBooking *booking, GError **error)
{
  g_autoptr (LimberRecord) record = limber_id_is_nil (&booking->place) ? NULL : limber_reader_get (reader, "place", &booking->place, error);
  const LimberId *site = record != NULL ? limber_record_id (record, "site") : NULL;

  if (limber_id_is_nil (&booking->place))
    return TRUE;
  return record != NULL && ((site != NULL && limber_id_equal (site, &booking->site)) || limber_error_refuse (error, _("That room is at another site.")));
}

/* The next free time after the one that is taken, with the same clinician if there is one. Returns: (transfer full) (nullable). */
static char *
next_free (LimberReader *reader, const LimberBooking *booking, const LimberId *self)
{
  LimberSlotAsk ask = { .site = &booking->site, .clinician = limber_id_is_nil (&booking->clinician) ? NULL : &booking->clinician, .type = booking->type, .except = self };
  gint64 from = MAX (booking->start, limber_reader_now (reader));
  g_autoptr (GPtrArray) found = limber_slots_free (reader, &ask, from, LIMBER_SLOTS_AHEAD, 8, NULL);

  for (guint i = 0; found != NULL && i < found->len; i++) {
    const LimberSlot *slot = g_ptr_array_index (found, i);
    g_autofree char *date = NULL, *time = limber_time_for_staff (slot->start);
    g_auto (LimberClash) clash = { 0 };
    LimberBooking there = *booking;
    char day[LIMBER_DATE_LENGTH + 1];

    there.start = slot->start;
    there.minutes = slot->minutes;
    there.place = (LimberId){ { 0 } };
    if (!limber_clash_find (reader, &there, self, &clash, NULL) || clash.kind != LIMBER_CLASH_NONE)
      continue;
    limber_date_of_time (slot->start, day);
    date = limber_date_with_weekday (day);
    /* Translators: a day and a time */
    return g_strdup_printf (_(" The next free time is %1$s at %2$s."), date, time);
  }
  return NULL;
}

/* A reason is kept only where there is something to give one for. */
static gboolean
check_free (LimberReader *reader, LimberBooking *booking, const LimberId *self, GError **error)
{
  g_auto (LimberClash) clash = { 0 };
  g_autofree char *next = NULL;

  if (!limber_clash_find (reader, booking, self, &clash, error))
    return FALSE;
  if (clash.kind == LIMBER_CLASH_NONE)
    booking->anyway = NULL;
  if (clash.kind == LIMBER_CLASH_NONE || (limber_clash_may_anyway (clash.kind) && booking->anyway != NULL && *booking->anyway != '\0'))
    return TRUE;
  next = next_free (reader, booking, self);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "%s%s", clash.words, next != NULL ? next : "");
  return FALSE;
}

static gboolean
check (LimberTransaction *transaction, LimberBooking *booking, const LimberId *self, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);

  return check_site (reader, &booking->site, error) && check_time (transaction, booking, error) && check_person (reader, &booking->patient, error) &&
         check_clinician (reader, &booking->clinician, error) && check_place (reader, booking, error) && check_free (reader, booking, self, error);
}

static void
set_or_not (LimberEdit *edit, const char *field, const LimberId *id)
{
  if (limber_id_is_nil (id))
    limber_edit_set_none (edit, field);
  else
    limber_edit_set_id (edit, field, id);
}

/* When, with whom and where. */
static gboolean
set_time_and_place (LimberEdit *edit, const LimberBooking *booking, GError **error)
{
  limber_edit_set_integer (edit, "start", booking->start);
  limber_edit_set_integer (edit, "minutes", booking->minutes);
  set_or_not (edit, "clinician", &booking->clinician);
  set_or_not (edit, "place", &booking->place);
  if (booking->anyway != NULL && *booking->anyway != '\0')
    return limber_edit_parse (edit, "anyway", booking->anyway, error);
  limber_edit_set_none (edit, "anyway");
  return TRUE;
}

/* @site: (nullable): nothing, or the nil id, for here */
static gboolean
may (LimberTransaction *transaction, const LimberAuthor *author, const LimberId *site, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);

  return site == NULL || limber_id_is_nil (site) ? limber_standing_check_here (reader, author, LIMBER_ACTION_BOOK, error) : limber_standing_check (reader, author, LIMBER_ACTION_BOOK, site, error);
}

static gboolean
write_new (LimberTransaction *transaction, const LimberBooking *booking, const char *type, LimberId *id, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  gboolean there;

  if (limber_id_is_nil (id))
    limber_id_init_new (id, limber_transaction_env (transaction));
  else if (!limber_reader_has (limber_transaction_reader (transaction), limber_kind_by_name ("appointment"), id, &there, error))
    return FALSE;
  else if (there)
    return limber_error_refuse (error, _("This appointment is booked already."));
  edit = limber_edit_new ("appointment", id);
  limber_edit_set_id (edit, "patient", &booking->patient);
  limber_edit_set_id (edit, "site", &booking->site);
  limber_edit_set_word (edit, "type", type);
  limber_edit_set_word (edit, "status", "booked");
  set_or_not (edit, "service", &booking->service);
  set_or_not (edit, "referral", &booking->referral);
  set_or_not (edit, "replaces", &booking->replaces);
  return set_time_and_place (edit, booking, error) && limber_transaction_edit (transaction, edit, author, error);
}

/* Only of what is over can there be another in its place. */
static gboolean
check_replaced (LimberReader *reader, const LimberBooking *booking, GError **error)
{
  g_autoptr (LimberRecord) old = limber_id_is_nil (&booking->replaces) ? NULL : limber_reader_get (reader, "appointment", &booking->replaces, error);

  return limber_id_is_nil (&booking->replaces) || (old != NULL && limber_booking_check_again (old, error));
}

/**
 * limber_booking_check_again:
 * @error: LIMBER_ERROR_REFUSED when it still stands
 *
 * Returns: whether another can be booked in the place of @appointment
 */
gboolean
limber_booking_check_again (const LimberRecord *appointment, GError **error)
{
  const char *status = limber_record_word (appointment, "status");

  if (g_strcmp0 (status, "cancelled") == 0 || g_strcmp0 (status, "did-not-attend") == 0)
    return TRUE;
  return limber_error_refuse (error, g_strcmp0 (status, "booked") == 0 ? _("That appointment still stands. Move it, or cancel it first.") : _("This person came to that appointment. Book another one."));
}

/**
 * limber_booking_book:
 * @id: (inout): the id that the appointment is to have; the nil id for a new one
 * @error: LIMBER_ERROR_REFUSED, with what is in the way and the next free time
 *
 * Books an appointment.
 */
gboolean
limber_booking_book (LimberTransaction *transaction, const LimberBooking *booking, LimberId *id, const LimberAuthor *author, GError **error)
{
  const char *type = booking->type != NULL ? booking->type : "follow-up";
  LimberBooking checked = *booking;

  if (!g_str_equal (type, "new") && !g_str_equal (type, "follow-up"))
    return limber_error_refuse (error, _("Here a new or a follow-up appointment is booked. People join a class on its register, and a walk-in is there already."));
  return may (transaction, author, &booking->site, error) && check (transaction, &checked, NULL, error) && check_replaced (limber_transaction_reader (transaction), &checked, error) && write_new (transaction, &checked, type, id, author, error);
}

/**
 * limber_booking_of:
 * @appointment: it must outlive @booking
 * @booking: (out): when, with whom and where it is
 */
void
limber_booking_of (const LimberRecord *appointment, LimberBooking *booking)
{
  struct { const char *field; LimberId *id; } ids[] = { { "patient", &booking->patient }, { "site", &booking->site },         { "clinician", &booking->clinician }, { "place", &booking->place },
                                                        { "service", &booking->service }, { "referral", &booking->referral }, { "replaces", &booking->replaces } };

  memset (booking, 0, sizeof *booking);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (limber_record_id (appointment, ids[i].field) != NULL)
      *ids[i].id = *limber_record_id (appointment, ids[i].field);
  booking->start = limber_record_integer (appointment, "start");
  booking->minutes = (int) limber_record_integer (appointment, "minutes");
  if (booking->minutes == 0)
    booking->minutes = LIMBER_BOOKING_USUAL_MINUTES;
  booking->type = limber_record_text (appointment, "type");
  booking->anyway = limber_record_text (appointment, "anyway");
}

/**
 * limber_booking_move:
 * @to: start, minutes, clinician, place and anyway are looked at; minutes of 0 keep its length
 * @error: LIMBER_ERROR_REFUSED when it is not booked any more, with what is in the way and the next free time
 *
 * Moves an appointment: it stays the same one, at another time, with somebody else or in another room.
 */
gboolean
limber_booking_move (LimberTransaction *transaction, const LimberId *appointment, const LimberBooking *to, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "appointment", appointment, error);
  g_autoptr (LimberEdit) edit = NULL;
  LimberBooking booking;

  if (held == NULL || !may (transaction, author, limber_record_id (held, "site"), error))
    return FALSE;
  if (g_strcmp0 (limber_record_word (held, "status"), "booked") != 0)
    return limber_error_refuse (error, _("Only what is still booked can be moved. Book another one in its place."));
  limber_booking_of (held, &booking);
  booking.start = to->start;
  booking.minutes = to->minutes != 0 ? to->minutes : booking.minutes;
  booking.clinician = to->clinician;
  booking.place = to->place;
  booking.anyway = to->anyway;
  if (!check (transaction, &booking, appointment, error))
    return FALSE;
  edit = limber_edit_new ("appointment", appointment);
  return set_time_and_place (edit, &booking, error) && limber_transaction_edit (transaction, edit, author, error);
}

/* Somebody who is expected is no walk-in. */
static gboolean
check_unexpected (LimberTransaction *transaction, const LimberBooking *booking, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *time = NULL;
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 from = 0, to = 0;

  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_date_bounds (today, &from, &to);
  rows = limber_reader_query (limber_transaction_reader (transaction), "open-of-person", error, "ddii", &booking->patient, &booking->site, from, to);
  if (rows == NULL || rows->len == 0)
    return rows != NULL;
  time = limber_time_for_staff (limber_row_integer (g_ptr_array_index (rows, 0), "start"));
  /* Translators: a time, 09:22 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This person has an appointment here today at %s: that is the one to check in."), time);
  return FALSE;
}

/**
 * limber_booking_walk_in:
 * @booking: start and anyway are not looked at: it is now, and she is seen when there is time
 * @id: (inout): the id that the appointment is to have; the nil id for a new one
 * @error: LIMBER_ERROR_REFUSED when she is expected here today, or nobody is seen
 *
 * Somebody came without an appointment: one is made, and she is checked in.
 */
gboolean
limber_booking_walk_in (LimberTransaction *transaction, const LimberBooking *booking, LimberId *id, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberBooking now = *booking;

  now.start = limber_transaction_now (transaction) / MINUTE * MINUTE;
  now.minutes = booking->minutes != 0 ? booking->minutes : LIMBER_BOOKING_USUAL_MINUTES;
  now.anyway = NULL;
  return check_site (reader, &now.site, error) && check_time (transaction, &now, error) && check_person (reader, &now.patient, error) && check_clinician (reader, &now.clinician, error) &&
         check_place (reader, &now, error) && check_unexpected (transaction, &now, error) && write_new (transaction, &now, "walk-in", id, author, error) &&
         limber_desk_check_in (transaction, id, 0, author, error);
}

static gboolean
withdraw (LimberTransaction *transaction, const LimberRecord *held, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &held->id);
  gboolean walk_in = g_strcmp0 (limber_record_text (held, "type"), "walk-in") == 0; /* made by whoever checks people in, who has just been asked */

  if (!walk_in && !may (transaction, author, limber_record_id (held, "site"), error))
    return FALSE;
  if (g_strcmp0 (limber_record_word (held, "status"), "booked") != 0)
    return limber_error_refuse (error, _("This cannot be taken back any more: somebody has gone on with that appointment."));
  limber_edit_set_word (edit, "status", "cancelled");
  limber_edit_set_word (edit, "cancelled_by", "mistake");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_booking_take_back:
 * @first: what was booked; the first one of several follow-ups, and the others go with it
 * @error: LIMBER_ERROR_REFUSED when somebody has come to one of them, or it is cancelled
 *
 * Takes a booking back, as if it had never been: nobody cancelled it, and no list shows it. A walk-in is no longer checked in.
 */
gboolean
limber_booking_take_back (LimberTransaction *transaction, const LimberId *first, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberId id = *first;

  for (guint i = 1; i <= LIMBER_BOOKING_SERIES_MOST; i++) {
    g_autoptr (LimberRecord) held = NULL;

    if (!limber_reader_find (reader, limber_kind_by_name ("appointment"), &id, &held, error))
      return FALSE;
    if (held == NULL)
      return i > 1 || limber_error_refuse (error, _("That appointment is not here."));
    if (g_strcmp0 (limber_record_text (held, "type"), "walk-in") == 0 && g_strcmp0 (limber_record_word (held, "status"), "arrived") == 0) {
      if (!limber_desk_undo (transaction, &id, 0, author, error))
        return FALSE;
      g_clear_pointer (&held, limber_record_free);
      held = limber_reader_get (reader, "appointment", &id, error);
    }
    if (held == NULL || !withdraw (transaction, held, author, error))
      return FALSE;
    limber_booking_series_id (first, i + 1, &id);
  }
  return TRUE;
}
