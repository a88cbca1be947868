#include "limber-date.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
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

static gboolean
split (const char *date, GDate *out)
{
  int year, month, day, used = 0;

  if (date == NULL || strlen (date) != LIMBER_DATE_LENGTH || sscanf (date, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != LIMBER_DATE_LENGTH)
    return FALSE;
  for (int i = 0; i < LIMBER_DATE_LENGTH; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (date[i]))
      return FALSE;
  if (year < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
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

static int
month_of_word (const char *word)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

  if (strlen (word) < 3)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (g_ascii_strncasecmp (word, months[i], 3) == 0)
      return (int) i + 1;
  return 0;
}

/**
 * limber_date_parse_typed:
 * @text: what a person typed: 6/8/54, 06.08.1954, 6 aug 1954, 06081954, 1954-08-06
 * @today: YYYY-MM-DD; two figures for the year mean the last such year that is not to come
 *
 * Reads a birth date in any form that people type; the day comes before the month, as in Britain.
 *
 * Returns: (transfer full) (nullable): YYYY-MM-DD, %NULL when it is no whole date
 */
char *
limber_date_parse_typed (const char *text, const char *today)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *result = NULL;
  int numbers[3], n = 0, year;

  if (strlen (text) > 40)
    return NULL;
  if (limber_date_is_valid (text))
    return g_strdup (text);
  if ((strlen (text) == 8 || strlen (text) == 6) && strspn (text, "0123456789") == strlen (text)) {
    if (sscanf (text, "%2d%2d%4d", &numbers[0], &numbers[1], &numbers[2]) != 3)
      return NULL;
    n = 3;
  } else {
    parts = g_strsplit_set (text, " /.-,", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
      if (*parts[i] == '\0')
        continue;
      if (n == 3)
        return NULL;
      numbers[n] = n == 1 && !g_ascii_isdigit (*parts[i]) ? month_of_word (parts[i]) : (strspn (parts[i], "0123456789") == strlen (parts[i]) && strlen (parts[i]) <= 4) ? atoi (parts[i]) : -1;
      n++;
    }
  }
  if (n != 3)
    return NULL;
  year = numbers[2];
  if (year >= 0 && year < 100) {
    int now = atoi (today), century = now / 100 * 100;

    year += century + year > now ? century - 100 : century;
  }
  if (year < 1850 || year > 9999 || numbers[0] < 1 || numbers[0] > 31 || numbers[1] < 1 || numbers[1] > 12)
    return NULL;
  result = g_strdup_printf ("%04d-%02d-%02d", year, numbers[1], numbers[0]);
  return limber_date_is_valid (result) ? g_steal_pointer (&result) : NULL;
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
 * limber_date_for_public:
 * @date: YYYY-MM-DD
 *
 * The patients' style (NHS service manual): 6 August 2018.
 *
 * Returns: (transfer full): the date in the language of the program
 */
char *
limber_date_for_public (const char *date)
{
  static const char *const months[] = { N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
                                        N_("September"), N_("October"), N_("November"), N_("December") };
  GDate day;

  if (!split (date, &day))
    return g_strdup ("");
  /* Translators: a whole date: day, month, year. Change the order where your language does. */
  return g_strdup_printf (_("%1$d %2$s %3$d"), g_date_get_day (&day), _(months[g_date_get_month (&day) - 1]), g_date_get_year (&day));
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
 * limber_time_for_public:
 *
 * The patients' style (NHS service manual): 5pm, 5:30pm, midday, midnight.
 *
 * Returns: (transfer full): the time of day in the language of the program
 */
char *
limber_time_for_public (gint64 time)
{
  g_autoptr (GDateTime) then = london_time (time);
  int hour = g_date_time_get_hour (then), minute = g_date_time_get_minute (then), twelve = hour % 12 == 0 ? 12 : hour % 12;

  /* Translators: 12 where the public reads 5:30pm, 24 where it reads 17:30. Translate with nothing else. */
  if (g_str_equal (C_("clock", "12"), "24"))
    return g_strdup_printf ("%02d:%02d", hour, minute);
  if (minute == 0 && hour == 0)
    return g_strdup (_("midnight"));
  if (minute == 0 && hour == 12)
    return g_strdup (_("midday"));
  if (minute == 0)
    return g_strdup_printf (hour < 12 ? _("%dam") : _("%dpm"), twelve);
  return g_strdup_printf (hour < 12 ? _("%1$d:%2$02dam") : _("%1$d:%2$02dpm"), twelve, minute);
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
