/* A day to come, as somebody types it: 24/11, 24.11.26, 24 nov, 2026-11-24, +10d, +2w, +3m. */
#include "limber-date.h"

#include <string.h>

#define MOST_AHEAD 1100 /* days */

/* The next word of letters, or number, of @text; what is between them does not matter. */
static gboolean
next_word (const char **text, char word[12])
{
  gsize n = 0;
  gboolean letters;

  while (**text != '\0' && !g_ascii_isalnum (**text))
    ++*text;
  letters = g_ascii_isalpha (**text);
  while (g_ascii_isalnum (**text) && g_ascii_isalpha (**text) == letters) {
    if (n == 11)
      return FALSE;
    word[n++] = g_ascii_tolower (*(*text)++);
  }
  word[n] = '\0';
  return TRUE;
}

static int
number_of (const char *word)
{
  int number = 0;

  for (; g_ascii_isdigit (*word) && number < 100000; word++)
    number = number * 10 + *word - '0';
  return *word == '\0' ? number : -1;
}

/* A month by its number or its name, at least three letters of it; 0 for neither. */
static int
month_of (const char *word)
{
  static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december" };

  if (g_ascii_isdigit (*word))
    return number_of (word);
  for (int i = 0; i < 12 && strlen (word) >= 3; i++)
    if (g_str_has_prefix (months[i], word))
      return i + 1;
  return 0;
}

static char *
day_of (int day, int month, int year)
{
  g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", CLAMP (year, 0, 9999), CLAMP (month, 0, 99), CLAMP (day, 0, 99));

  return limber_date_is_valid (date) ? g_steal_pointer (&date) : NULL;
}

/* "+10d", "+2w", "+3m": days, weeks, months of four weeks from today. */
static char *
take_steps (const char *text, const char *today)
{
  char figures[12], unit[12];
  int number, days;

  text++;
  if (!next_word (&text, figures) || !next_word (&text, unit) || *text != '\0' || *figures == '\0')
    return NULL;
  number = number_of (figures);
  days = g_str_equal (unit, "d") || *unit == '\0' ? 1 : g_str_equal (unit, "w") ? 7 : g_str_equal (unit, "m") ? 28 : 0;
  return number >= 0 && days > 0 && number <= MOST_AHEAD / days ? limber_date_add_days (today, number * days) : NULL;
}

/**
 * limber_date_parse_ahead:
 * @text: a day as a person types it
 * @today: YYYY-MM-DD
 *
 * Day before month. Where no year is said it is the next such day, today or later; a year of two figures is of this century.
 * With + it is so many days (d), weeks (w) or months of four weeks (m) from today.
 *
 * Returns: (transfer full) (nullable): YYYY-MM-DD, %NULL when it is no day
 */
char *
limber_date_parse_ahead (const char *text, const char *today)
{
  g_autofree char *clean = g_strstrip (g_strndup (text, 40));
  const char *at = clean;
  char words[3][12], rest[12];
  int day, month, year;
  g_autofree char *date = NULL;

  if (limber_date_is_valid (clean))
    return g_strdup (clean);
  if (*clean == '+')
    return take_steps (clean, today);
  if (!next_word (&at, words[0]) || !next_word (&at, words[1]) || !next_word (&at, words[2]) || !next_word (&at, rest) || *rest != '\0')
    return NULL;
  day = number_of (words[0]);
  month = month_of (words[1]);
  year = *words[2] != '\0' ? number_of (words[2]) : number_of ((char[]){ today[0], today[1], today[2], today[3], '\0' });
  if (*words[0] == '\0' || *words[1] == '\0' || day < 1 || month < 1 || year < 0 || (strlen (words[2]) != 0 && strlen (words[2]) != 2 && strlen (words[2]) != 4))
    return NULL;
  date = day_of (day, month, strlen (words[2]) == 2 ? 2000 + year : year);
  if (*words[2] == '\0' && (date == NULL || strcmp (date, today) < 0)) {
    g_free (date);
    date = day_of (day, month, year + 1);
  }
  return g_steal_pointer (&date);
}
