#include "limber-day-end.h"

#include <glib/gi18n-lib.h>

#include "limber-clash.h"
#include "limber-date.h"
#include "limber-kind.h"

#define MINUTE G_GINT64_CONSTANT (60000)

/**
 * limber_day_end_span:
 * @now: milliseconds UTC
 * @from: (out): the beginning of the day, LIMBER_DAY_END_DAYS before today
 * @until: (out): the end of today
 */
void
limber_day_end_span (gint64 now, gint64 *from, gint64 *until)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *first = NULL;

  limber_date_of_time (now, today);
  limber_date_bounds (today, NULL, until);
  first = limber_date_add_days (today, -LIMBER_DAY_END_DAYS);
  limber_date_bounds (first, from, NULL);
}

/**
 * limber_day_end_lack:
 * @visit: a row of the query "open-visits" or "today"
 *
 * Returns: what the appointment lacks, whether its time is over or not
 */
LimberDayEnd
limber_day_end_lack (LimberRow *visit)
{
  static const LimberDayEnd lacks[] = { LIMBER_DAY_END_NOT_CLOSED, LIMBER_DAY_END_NOTHING, LIMBER_DAY_END_NOTHING, LIMBER_DAY_END_NOT_SEEN, LIMBER_DAY_END_NOT_SEEN, LIMBER_DAY_END_STILL_IN };
  gint64 rank = limber_row_integer (visit, "status") % LIMBER_PROGRESS_ROUND;
  LimberDayEnd lack = rank < (gint64) G_N_ELEMENTS (lacks) ? lacks[rank] : LIMBER_DAY_END_NOTHING; /* what a newer Limber made of it is its business */

  return lack == LIMBER_DAY_END_NOT_CLOSED && limber_row_has (visit, "arrived") ? LIMBER_DAY_END_NOT_CHECKED_IN : lack;
}

/**
 * limber_day_end_of:
 * @visit: a row of the query "open-visits" or "today"
 * @now: milliseconds UTC
 *
 * An appointment of an earlier day is open as soon as the day is over; one of today when it has ended and the site has
 * closed (its field closes), or LIMBER_DAY_END_GRACE_MINUTES after its own end. The rule is our own.
 *
 * Returns: what it lacks
 */
LimberDayEnd
limber_day_end_of (LimberRow *visit, gint64 now)
{
  LimberDayEnd lack = limber_day_end_lack (visit);
  gint64 start = limber_row_integer (visit, "start"), minutes = limber_row_has (visit, "minutes") ? limber_row_integer (visit, "minutes") : LIMBER_BOOKING_USUAL_MINUTES;
  gint64 end = start + minutes * MINUTE, closes;
  char today[LIMBER_DATE_LENGTH + 1];

  if (lack == LIMBER_DAY_END_NOTHING || start > now)
    return LIMBER_DAY_END_NOTHING;
  if (!limber_time_is_same_day (start, now) || end + LIMBER_DAY_END_GRACE_MINUTES * MINUTE <= now)
    return lack;
  limber_date_of_time (now, today);
  if (end <= now && limber_row_has (visit, "closes") && limber_date_moment (today, (int) limber_row_integer (visit, "closes"), &closes) && closes <= now)
    return lack;
  return LIMBER_DAY_END_NOTHING;
}

/**
 * limber_day_end_name:
 *
 * Returns: (transfer none): the stable name of @lack, for scripts
 */
const char *
limber_day_end_name (LimberDayEnd lack)
{
  static const char *const names[] = { "nothing", "not-closed", "not-checked-in", "not-seen", "still-in" };

  return names[lack];
}

/**
 * limber_day_end_words:
 *
 * Returns: (transfer full): what is lacking, in a receptionist's words
 */
char *
limber_day_end_words (LimberRow *visit, LimberDayEnd lack)
{
  g_autofree char *time = limber_row_has (visit, "arrived") ? limber_time_for_staff (limber_row_integer (visit, "arrived")) : NULL;
  g_autofree char *died = limber_row_has (visit, "died") ? limber_date_for_staff (limber_row_text (visit, "died")) : NULL;

  switch (lack) {
  case LIMBER_DAY_END_NOT_CLOSED:
    if (died != NULL) /* Translators: a date, 06-Aug-2018. A death counts as cancelled by the patient. */
      return g_strdup_printf (_("Booked; recorded as died on %s: cancel it"), died);
    return g_strdup (_("Booked: came or not?"));
  case LIMBER_DAY_END_NOT_CHECKED_IN: /* Translators: %s is a time, 09:22. */
    return g_strdup_printf (_("Came at %s, never checked in"), time != NULL ? time : "–");
  case LIMBER_DAY_END_NOT_SEEN: /* Translators: %s is a time, 09:22. */
    return time != NULL ? g_strdup_printf (_("Here from %s: seen or not?"), time) : g_strdup (_("Was here: seen or not?"));
  case LIMBER_DAY_END_STILL_IN:
    return g_strdup (_("Went in: seen or not?"));
  default:
    return g_strdup ("");
  }
}

/**
 * limber_day_end_list:
 * @site: (nullable): %NULL for every site
 * @now: milliseconds UTC
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): the appointments that nobody has closed, by day and time
 */
GPtrArray *
limber_day_end_list (LimberReader *reader, const LimberId *site, gint64 now, GError **error)
{
  gint64 from, until;
  GPtrArray *rows;

  limber_day_end_span (now, &from, &until);
  rows = limber_reader_query (reader, "open-visits", error, "dii", site, from, until);
  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    if (limber_day_end_of (g_ptr_array_index (rows, i - 1), now) == LIMBER_DAY_END_NOTHING)
      g_ptr_array_remove_index (rows, i - 1);
  return rows;
}
