/* Several follow-ups at once: each finds its free time at about the same hour, is shown before it is booked, and all of them
 * are booked together or none. */
#include <glib/gi18n-lib.h>

#include "limber-booking.h"
#include "limber-date.h"
#include "limber-error.h"

#define MINUTE 60000

/* Days that are looked at beside the one that is wanted, the nearest first. */
static const int beside[] = { 0, 1, -1, 2, -2, 3, -3 };

/**
 * limber_booking_series_id:
 * @first: the first one's id
 * @which: 1 for the first, 2 for the one after it, …
 * @id: (out): the id that it has
 */
void
limber_booking_series_id (const LimberId *first, guint which, LimberId *id)
{
  g_autofree char *text = g_strdup_printf ("%u", which);

  if (which <= 1)
    *id = *first;
  else
    limber_id_init_beside (id, first, "appointment", "series", text, NULL);
}

static gboolean
is_free (LimberReader *reader, const LimberBooking *booking, gboolean *is, GError **error)
{
  g_auto (LimberClash) clash = { 0 };

  if (!limber_clash_find (reader, booking, NULL, &clash, error))
    return FALSE;
  *is = clash.kind == LIMBER_CLASH_NONE;
  return TRUE;
}

static int
distance (gint64 start, int minutes)
{
  return ABS (limber_time_minutes (start) - minutes);
}

/* The free time of the day that is nearest to the hour; the earlier of two. */
static gboolean
find_on (LimberReader *reader, const LimberBooking *first, const LimberSlotAsk *ask, const char *date, int hour, LimberPlanned *planned, GError **error)
{
  g_autoptr (GPtrArray) slots = limber_slots_of_day (reader, ask, date, error);
  gint64 now = limber_reader_now (reader);

  for (guint i = 0; slots != NULL && i < slots->len; i++) {
    const LimberSlot *slot = g_ptr_array_index (slots, i);
    const LimberId *place = limber_row_id (slot->clinic, "place");
    LimberBooking there = *first;
    gboolean is = FALSE;

    if (slot->taken || slot->start < now || (planned->start != 0 && distance (slot->start, hour) >= distance (planned->start, hour)))
      continue;
    there.start = slot->start;
    there.minutes = slot->minutes;
    there.clinician = *limber_row_id (slot->clinic, "clinician");
    there.place = place != NULL ? *place : (LimberId){ { 0 } };
    if (!is_free (reader, &there, &is, error))
      return FALSE;
    if (is)
      *planned = (LimberPlanned){ planned->wanted, there.start, there.minutes, there.clinician, there.place };
  }
  return slots != NULL;
}

/* Where the clinician has no clinic at all there are no times to choose from: the same hour, if nothing is in the way. */
static gboolean
take_same_hour (LimberReader *reader, const LimberBooking *first, LimberPlanned *planned, GError **error)
{
  LimberBooking there = *first;
  gboolean is = FALSE;

  there.start = planned->wanted;
  if (!is_free (reader, &there, &is, error))
    return FALSE;
  if (is)
    *planned = (LimberPlanned){ planned->wanted, there.start, there.minutes, there.clinician, there.place };
  return TRUE;
}

static gboolean
plan_one (LimberReader *reader, const LimberBooking *first, const char *day, int hour, gboolean has_clinics, LimberPlanned *planned, GError **error)
{
  LimberSlotAsk ask = { .site = &first->site, .clinician = limber_id_is_nil (&first->clinician) ? NULL : &first->clinician, .type = first->type };

  limber_date_moment (day, hour, &planned->wanted);
  if (!has_clinics)
    return take_same_hour (reader, first, planned, error);
  for (guint i = 0; i < G_N_ELEMENTS (beside) && planned->start == 0; i++) {
    g_autofree char *date = limber_date_add_days (day, beside[i]);

    if (!find_on (reader, first, &ask, date, hour, planned, error))
      return FALSE;
  }
  return TRUE;
}

/* Whether any clinic of hers there is to come. */
static gboolean
has_clinics (LimberReader *reader, const LimberBooking *first, const char *day, gboolean *has, GError **error)
{
  g_autoptr (GPtrArray) clinics = limber_clinics_read (reader, &first->site, day, "9999-12-31", error);

  *has = FALSE;
  for (guint i = 0; clinics != NULL && i < clinics->len; i++) {
    const LimberId *clinician = limber_row_id (g_ptr_array_index (clinics, i), "clinician");

    *has = *has || limber_id_is_nil (&first->clinician) || (clinician != NULL && limber_id_equal (clinician, &first->clinician));
  }
  return clinics != NULL;
}

/**
 * limber_booking_plan:
 * @first: the first one, at the time that was chosen
 * @weeks: from one to the next, 1 to 52
 * @times: how many in all, 2 to LIMBER_BOOKING_SERIES_MOST
 *
 * Finds a free time for each: at the same hour by the clock on the wall, else the nearest one on that day, else on a day
 * of that week, with the same clinician. Nothing is booked.
 *
 * Returns: (transfer full) (nullable) (element-type LimberPlanned): one for each
 */
GArray *
limber_booking_plan (LimberReader *reader, const LimberBooking *first, int weeks, int times, GError **error)
{
  g_autoptr (GArray) plan = g_array_new (FALSE, TRUE, sizeof (LimberPlanned));
  LimberPlanned one = { first->start, first->start, first->minutes, first->clinician, first->place };
  int hour = limber_time_minutes (first->start);
  char day[LIMBER_DATE_LENGTH + 1];
  gboolean has;

  if (weeks < 1 || weeks > 52 || times < 2 || times > LIMBER_BOOKING_SERIES_MOST) {
    limber_error_refuse (error, _("Follow-ups are 1 to 52 weeks apart, and 2 to 26 of them at once."));
    return NULL;
  }
  limber_date_of_time (first->start, day);
  if (!has_clinics (reader, first, day, &has, error))
    return NULL;
  g_array_append_val (plan, one);
  for (int i = 1; i < times; i++) {
    g_autofree char *date = limber_date_add_days (day, i * weeks * 7);

    one = (LimberPlanned){ 0 };
    if (!plan_one (reader, first, date, hour, has, &one, error))
      return NULL;
    g_array_append_val (plan, one);
  }
  return g_steal_pointer (&plan);
}

static gboolean
refuse_gap (const LimberPlanned *planned, GError **error)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  limber_date_of_time (planned->wanted, day);
  date = limber_date_with_weekday (day);
  /* Translators: a day */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is no free time in the week of %s. Choose fewer, or begin at another time. Nothing was booked."), date);
  return FALSE;
}

/**
 * limber_booking_book_series:
 * @plan: of limber_booking_plan()
 * @id: (inout): the first one's id; the nil id for a new one
 * @error: LIMBER_ERROR_REFUSED when one has no free time, or it was taken meanwhile
 *
 * Books them all, or none.
 */
gboolean
limber_booking_book_series (LimberTransaction *transaction, const LimberBooking *first, const GArray *plan, LimberId *id, const LimberAuthor *author, GError **error)
{
  for (guint i = 0; i < plan->len; i++)
    if (g_array_index (plan, LimberPlanned, i).start == 0)
      return refuse_gap (&g_array_index (plan, LimberPlanned, i), error);
  if (limber_id_is_nil (id))
    limber_id_init_new (id, limber_transaction_env (transaction));
  for (guint i = 0; i < plan->len; i++) {
    const LimberPlanned *planned = &g_array_index (plan, LimberPlanned, i);
    LimberBooking one = *first;
    LimberId its;

    one.start = planned->start;
    one.minutes = planned->minutes;
    one.clinician = planned->clinician;
    one.place = planned->place;
    if (i > 0) {
      one.replaces = (LimberId){ { 0 } };
      one.anyway = NULL;
      one.type = "follow-up";
    }
    limber_booking_series_id (id, i + 1, &its);
    if (!limber_booking_book (transaction, &one, &its, author, error))
      return FALSE;
  }
  return TRUE;
}
