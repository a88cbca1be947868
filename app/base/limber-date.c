#include "limber-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GTimeZone *
london (void)
{
  static GTimeZone *zone;

  if (g_once_init_enter (&zone)) {
    GTimeZone *found = g_time_zone_new_identifier ("Europe/London");

    if (found == NULL) {
      g_warning ("No time zone data on this machine: London's summer time is unknown");
      found = g_time_zone_new_utc ();
    }
    g_once_init_leave (&zone, found);
  }
  return zone;
}

static GDateTime *
london_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time >= 0 ? time / 1000 : (time - 999) / 1000);

  return utc != NULL ? g_date_time_to_timezone (utc, london ()) : g_date_time_new_from_unix_utc (0);
}

static int
number (const char *figures, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    value = value * 10 + figures[i] - '0';
  return value;
}

static gboolean
split (const char *date, GDate *out)
{
  int year, month, day;

  for (int i = 0; i < LIMBER_DATE_LENGTH; i++)
    if (date == NULL || (i == 4 || i == 7 ? date[i] != '-' : !g_ascii_isdigit (date[i])))
      return FALSE;
  year = number (date, 4);
  month = number (date + 5, 2);
  day = number (date + 8, 2);
  if (date[LIMBER_DATE_LENGTH] != '\0' || year < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (out, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static char *
join (const GDate *date)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

/**
 * limber_date_is_valid:
 * @date: (nullable): any text
 *
 * Returns: whether @date is a day of the calendar, as YYYY-MM-DD
 */
gboolean
limber_date_is_valid (const char *date)
{
  GDate parsed;

  return split (date, &parsed);
}

/**
 * limber_date_of_time:
 * @time: milliseconds UTC
 * @date: (out caller-allocates): the day that it is then in London, YYYY-MM-DD
 */
void
limber_date_of_time (gint64 time, char date[LIMBER_DATE_LENGTH + 1])
{
  g_autoptr (GDateTime) then = london_time (time);

  g_snprintf (date, LIMBER_DATE_LENGTH + 1, "%04d-%02d-%02d", g_date_time_get_year (then) % 10000, g_date_time_get_month (then), g_date_time_get_day_of_month (then));
}

/**
 * limber_time_is_same_day:
 * @one: milliseconds UTC
 * @other: milliseconds UTC
 *
 * Returns: whether it is one day in London
 */
gboolean
limber_time_is_same_day (gint64 one, gint64 other)
{
  char day[LIMBER_DATE_LENGTH + 1], others[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (one, day);
  limber_date_of_time (other, others);
  return strcmp (day, others) == 0;
}

/**
 * limber_date_bounds:
 * @date: YYYY-MM-DD
 * @start: (out) (optional): its first millisecond in London
 * @end: (out) (optional): the first millisecond of the next day; the day has 23, 24 or 25 hours
 *
 * Returns: whether @date is a day
 */
gboolean
limber_date_bounds (const char *date, gint64 *start, gint64 *end)
{
  GDate day;
  g_autoptr (GDateTime) first = NULL, next = NULL;

  if (!split (date, &day))
    return FALSE;
  first = g_date_time_new (london (), g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), 0, 0, 0);
  g_date_add_days (&day, 1);
  next = g_date_time_new (london (), g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), 0, 0, 0);
  if (first == NULL || next == NULL)
    return FALSE;
  if (start != NULL)
    *start = g_date_time_to_unix (first) * 1000;
  if (end != NULL)
    *end = g_date_time_to_unix (next) * 1000;
  return TRUE;
}

/**
 * limber_date_add_days:
 *
 * Returns: (transfer full) (nullable): the day @days after @date, %NULL when @date is none
 */
char *
limber_date_add_days (const char *date, int days)
{
  GDate day;

  if (!split (date, &day))
    return NULL;
  if (days >= 0)
    g_date_add_days (&day, (guint) days);
  else
    g_date_subtract_days (&day, (guint) -days);
  return join (&day);
}

/**
 * limber_date_weekday:
 *
 * Returns: 1 Monday to 7 Sunday, 0 when @date is none
 */
int
limber_date_weekday (const char *date)
{
  GDate day;

  return split (date, &day) ? (int) g_date_get_weekday (&day) : 0;
}

/**
 * limber_date_days:
 * @from: a day, YYYY-MM-DD
 * @to: a day, YYYY-MM-DD
 *
 * Returns: how many days @to is after @from; less than 0 when it is before
 */
int
limber_date_days (const char *from, const char *to)
{
  GDate one, other;

  return split (from, &one) && split (to, &other) ? g_date_days_between (&one, &other) : 0;
}

/**
 * limber_date_age:
 *
 * Returns: whole years from @born to @today, -1 when either is no day
 */
int
limber_date_age (const char *born, const char *today)
{
  GDate from, to;

  if (!split (born, &from) || !split (today, &to))
    return -1;
  return g_date_get_year (&to) - g_date_get_year (&from) - (strcmp (today + 5, born + 5) < 0 ? 1 : 0);
}

/**
 * limber_date_moment:
 * @date: YYYY-MM-DD
 * @minutes: 0 to 1440, by the clock on the wall
 * @time: (out): milliseconds UTC; of an hour that the clock goes through twice the first, and of one that it leaps over the
 *   moment after the leap
 *
 * Returns: whether there is such a moment
 */
gboolean
limber_date_moment (const char *date, int minutes, gint64 *time)
{
  GDate day;
  g_autoptr (GDateTime) then = NULL;

  if (minutes == 24 * 60)
    return limber_date_bounds (date, NULL, time);
  if (minutes < 0 || minutes > 24 * 60 || !split (date, &day))
    return FALSE;
  then = g_date_time_new (london (), g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), minutes / 60, minutes % 60, 0);
  if (then == NULL)
    return FALSE;
  *time = g_date_time_to_unix (then) * 1000;
  return TRUE;
}

/**
 * limber_date_for_staff:
 * @date: (nullable): YYYY-MM-DD
 *
 * The clinical style (NHS Common User Interface): 06-Aug-2018, the same in every language.
 *
 * Returns: (transfer full): the date, or "Not recorded"
 */
char *
limber_date_for_staff (const char *date)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  GDate day;

  if (!split (date, &day))
    return g_strdup (_("Not recorded"));
  return g_strdup_printf ("%02d-%s-%04d", g_date_get_day (&day), months[g_date_get_month (&day) - 1], g_date_get_year (&day));
}

/**
 * limber_date_with_weekday:
 * @date: YYYY-MM-DD
 *
 * Returns: (transfer full): the clinical style with the day of the week, "Monday 23-Nov-2026"
 */
char *
limber_date_with_weekday (const char *date)
{
  const char *const names[] = { _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday") };
  g_autofree char *staff = limber_date_for_staff (date);
  int weekday = limber_date_weekday (date);

  return weekday >= 1 && weekday <= 7 ? g_strdup_printf ("%s %s", names[weekday - 1], staff) : g_steal_pointer (&staff);
}

/**
 * limber_time_parse:
 * @text: (nullable): ISO 8601 with its offset, or Z
 * @time: (out): milliseconds UTC
 *
 * Returns: whether it was a time with an offset
 */
gboolean
limber_time_parse (const char *text, gint64 *time)
{
  g_autoptr (GDateTime) parsed = NULL;

  if (text == NULL || strlen (text) > 40)
    return FALSE;
  parsed = g_date_time_new_from_iso8601 (text, NULL);
  if (parsed == NULL)
    return FALSE;
  *time = g_date_time_to_unix (parsed) * 1000 + g_date_time_get_microsecond (parsed) / 1000;
  return TRUE;
}

static gint64
offset_at (gint64 unix_time)
{
  return g_time_zone_get_offset (london (), g_time_zone_find_interval (london (), G_TIME_TYPE_UNIVERSAL, unix_time));
}

/**
 * limber_time_of_clock:
 * @date: YYYY-MM-DD
 * @seconds: what the clock on the wall says, since midnight
 * @time: (out): milliseconds UTC
 *
 * Of the hour that comes twice, when summer time ends, it is the first.
 *
 * Returns: whether London's clocks say that on that day; they leave out an hour when summer time begins
 */
gboolean
limber_time_of_clock (const char *date, int seconds, gint64 *time)
{
  static const int offsets[] = { 2 * 3600, 3600, 0 }; /* the one that makes it the earliest first; two hours in the war */
  GDate day;
  gint64 local;

  if (!split (date, &day))
    return FALSE;
  local = ((gint64) g_date_get_julian (&day) - 719163) * 86400 + seconds; /* 1 January 1970 is day 719163 */
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    if (offset_at (local - offsets[i]) == offsets[i]) {
      *time = (local - offsets[i]) * 1000;
      return TRUE;
    }
  return FALSE;
}

/**
 * limber_time_to_iso:
 * @time: milliseconds UTC
 *
 * Returns: (transfer full): ISO 8601 with London's offset then; milliseconds only when there are any
 */
char *
limber_time_to_iso (gint64 time)
{
  g_autoptr (GDateTime) then = london_time (time);
  g_autofree char *start = g_date_time_format (then, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *offset = g_date_time_format (then, "%:z");

  if (time % 1000 != 0)
    return g_strdup_printf ("%s.%03d%s", start, (int) (((time % 1000) + 1000) % 1000), offset);
  return g_strconcat (start, offset, NULL);
}

/**
 * limber_time_for_staff:
 *
 * Returns: (transfer full): the 24-hour clock, 17:30
 */
char *
limber_time_for_staff (gint64 time)
{
  g_autoptr (GDateTime) then = london_time (time);

  return g_strdup_printf ("%02d:%02d", g_date_time_get_hour (then), g_date_time_get_minute (then));
}

/**
 * limber_time_for_staff_from:
 * @now: from when it is looked at, milliseconds UTC
 *
 * Returns: (transfer full): the 24-hour clock, with the day before it when that is not today: 17:30, 22-Nov-2026 17:30
 */
char *
limber_time_for_staff_from (gint64 time, gint64 now)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *clock = limber_time_for_staff (time), *date = NULL;

  if (limber_time_is_same_day (time, now))
    return g_steal_pointer (&clock);
  limber_date_of_time (time, day);
  date = limber_date_for_staff (day);
  return g_strdup_printf ("%s %s", date, clock);
}

/**
 * limber_time_minutes:
 *
 * Returns: minutes since midnight in London at @time, by the clock on the wall
 */
int
limber_time_minutes (gint64 time)
{
  g_autoptr (GDateTime) then = london_time (time);

  return g_date_time_get_hour (then) * 60 + g_date_time_get_minute (then);
}

/* Figures only, as many as fit into an hour or a minute; -1 for anything else. */
static int
clock_figures (const char *text, gsize length)
{
  if (length < 1 || length > 2 || strspn (text, "0123456789") < length)
    return -1;
  return number (text, (int) length);
}

/**
 * limber_time_parse_typed:
 * @text: a time of day as a person types it: 922, 0922, 9:22, 09.22, 9 22, 14, 2.15pm
 *
 * Without am or pm it is the 24-hour clock: nothing is guessed.
 *
 * Returns: minutes since midnight by the clock on the wall, -1 when it is no time of day
 */
int
limber_time_parse_typed (const char *text)
{
  g_autofree char *clean = strlen (text) <= 20 ? g_strstrip (g_ascii_strdown (text, -1)) : g_strdup ("");
  gboolean morning = g_str_has_suffix (clean, "am"), afternoon = g_str_has_suffix (clean, "pm");
  gsize length, first;
  int hour, minute = 0;

  if (morning || afternoon)
    clean[strlen (clean) - 2] = '\0';
  g_strchomp (clean);
  length = strlen (clean);
  first = strspn (clean, "0123456789");
  if (first == length && length >= 3 && length <= 4) {
    hour = clock_figures (clean, length - 2);
    minute = clock_figures (clean + length - 2, 2);
  } else {
    hour = clock_figures (clean, first);
    if (first < length)
      minute = strchr (":. h", clean[first]) != NULL && length == first + 3 ? clock_figures (clean + first + 1, 2) : -1;
  }
  if (hour < 0 || minute < 0 || minute > 59 || hour > 23 || ((morning || afternoon) && (hour < 1 || hour > 12)))
    return -1;
  if (morning || afternoon)
    hour = hour % 12 + (afternoon ? 12 : 0);
  return hour * 60 + minute;
}
