/* Birth dates as people type them. The day comes before the month, as in Britain, unless the month is a word or the year is first. */
#include <stdlib.h>
#include <string.h>

#include "limber-date.h"

#define LONGEST 40
#define OLDEST 1850

/* A number, or a month's name. */
typedef struct {
  int   value;
  gsize figures; /* 0: a month's name */
} Part;

static int
month_of (const char *word, gsize length)
{
  static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };

  for (guint i = 0; length >= 3 && i < G_N_ELEMENTS (months); i++)
    if (length <= strlen (months[i]) && g_ascii_strncasecmp (word, months[i], length) == 0)
      return (int) i + 1;
  return 0;
}

/* The length of what is said after a day's number and means nothing: 6th */
static gsize
ordinal (const char *at)
{
  static const char *const endings[] = { "st", "nd", "rd", "th" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strncasecmp (at, endings[i], 2) == 0 && !g_ascii_isalpha (at[2]))
      return 2;
  return 0;
}

/* The parts of @text, of which there are up to three. Returns how many, 0 when it is no date. */
static guint
take_apart (const char *text, Part parts[3])
{
  guint n = 0;

  for (const char *at = text; *at != '\0';) {
    gsize figures = strspn (at, "0123456789"), letters = 0;

    while (g_ascii_isalpha (at[letters]))
      letters++;
    if (letters == 2 && g_ascii_strncasecmp (at, "of", 2) == 0)
      at += 2;
    else if (figures + letters == 0 && strchr (" /.-,", *at) != NULL)
      at++;
    else if (n < 3 && figures > 0 && figures <= 4) {
      parts[n++] = (Part){ (int) g_ascii_strtoll (at, NULL, 10), figures };
      at += figures + (figures <= 2 ? ordinal (at + figures) : 0);
    } else if (n < 3 && month_of (at, letters) > 0) {
      parts[n++] = (Part){ month_of (at, letters), 0 };
      at += letters;
    } else
      return 0;
  }
  return n;
}

static gboolean
is_day (const LimberTypedDate *date)
{
  int year = date->year != 0 ? date->year : 2000; /* a leap year: 29 February is a birthday */

  return year >= OLDEST && year <= 9999 && date->month >= 1 && date->month <= 12 && date->day >= 1 && date->day <= 31 &&
         g_date_valid_dmy ((GDateDay) date->day, (GDateMonth) date->month, (GDateYear) year);
}

/* Of two figures: the last such year in which the day is not to come. */
static void
set_year (LimberTypedDate *date, const Part *part, const char *today)
{
  int now = atoi (today), month = date->month != 0 ? date->month : 1, day = date->day != 0 ? date->day : 1;

  date->year = part->value;
  date->century = part->figures == 2;
  if (!date->century)
    return;
  date->year += now / 100 * 100;
  if (date->year > now || (date->year == now && month * 100 + day > atoi (today + 5) * 100 + atoi (today + 8)))
    date->year -= 100;
}

static gboolean
take_three (const Part *day, const Part *month, const Part *year, const char *today, LimberTypedDate *date)
{
  if (month->figures > 2 || day->figures < 1 || day->figures > 2 || year->figures == 0)
    return FALSE;
  *date = (LimberTypedDate){ .month = month->value, .day = day->value };
  if (year->figures == 2 || year->figures == 4) /* 6/8/195 is 6/8 until its year is whole */
    set_year (date, year, today);
  return is_day (date);
}

static gboolean
take_month (const Part *month, const Part *year, const char *today, LimberTypedDate *date)
{
  *date = (LimberTypedDate){ .month = month->value };
  set_year (date, year, today);
  return month->figures <= 2 && date->year >= OLDEST && date->month >= 1 && date->month <= 12;
}

static gboolean
take_two (const Part *one, const Part *other, const char *today, LimberTypedDate *date)
{
  if (other->figures == 4 || (one->figures == 0 && other->figures == 2 && other->value > 31))
    return take_month (one, other, today, date);
  if (one->figures == 4)
    return take_month (other, one, today, date);
  *date = one->figures == 0 ? (LimberTypedDate){ .month = one->value, .day = other->value } : (LimberTypedDate){ .month = other->value, .day = one->value };
  return MAX (one->figures, other->figures) <= 2 && MAX (one->figures, other->figures) > 0 && is_day (date);
}

/* Six or eight figures: 060854, 06081954, 19540806. */
static gboolean
take_figures (const char *text, const char *today, LimberTypedDate *date)
{
  gsize length = strlen (text);
  int all = (int) g_ascii_strtoll (text, NULL, 10), low = length == 6 ? 100 : 10000;
  Part first = { all / (100 * low), 2 }, middle = { all / low % 100, 2 }, last = { all % low, length - 4 };
  Part year = { all / 10000, 4 }, month = { all / 100 % 100, 2 }, day = { all % 100, 2 };
  LimberTypedDate other;

  if (take_three (&first, &middle, &last, today, date))
    return TRUE;
  if (length != 8 || !take_three (&day, &month, &year, today, &other))
    return FALSE;
  *date = other;
  return TRUE;
}

/**
 * limber_date_read_typed:
 * @text: what a person typed
 * @today: YYYY-MM-DD; two figures for the year mean the last such year in which the day is not to come
 * @date: (out): what was said, and 0 for what was not; also when there is no such day, as 31/6/54
 *
 * Reads a birth date in any form that people type: all of it (6/8/54, 6.8.1954, 6 aug 54, 6th August 1954, 060854, 06081954, 1954-08-06), or
 * day and month (6/8, 6 aug), month and year (aug 1954, 8/1954), or the year (1954). A year of one or three figures is
 * one that is still being typed, and left out.
 *
 * Returns: whether @text is that
 */
gboolean
limber_date_read_typed (const char *text, const char *today, LimberTypedDate *date)
{
  gsize length = strlen (text);
  Part parts[3];
  guint n;

  *date = (LimberTypedDate){ 0 };
  if (length > LONGEST)
    return FALSE;
  if ((length == 6 || length == 8) && strspn (text, "0123456789") == length)
    return take_figures (text, today, date);
  n = take_apart (text, parts);
  if (n == 1 && parts[0].figures == 4) {
    *date = (LimberTypedDate){ .year = parts[0].value };
    return date->year >= OLDEST && date->year <= atoi (today);
  }
  if (n == 2)
    return take_two (&parts[0], &parts[1], today, date);
  if (n < 3)
    return FALSE;
  if (parts[0].figures == 4)
    return take_three (&parts[2], &parts[1], &parts[0], today, date);
  return parts[0].figures == 0 ? take_three (&parts[1], &parts[0], &parts[2], today, date) : take_three (&parts[0], &parts[1], &parts[2], today, date);
}

/**
 * limber_date_parse_typed:
 *
 * As limber_date_read_typed(), for a whole date.
 *
 * Returns: (transfer full) (nullable): YYYY-MM-DD, %NULL when it is no whole date
 */
char *
limber_date_parse_typed (const char *text, const char *today)
{
  LimberTypedDate date;

  if (!limber_date_read_typed (text, today, &date) || date.year == 0 || date.month == 0 || date.day == 0)
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}
