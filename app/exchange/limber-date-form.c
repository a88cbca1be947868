#include "limber-date-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"

typedef enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, N_PARTS } Part;

static const struct {
  const char *name;
  Part        part;
  guint       figures; /* 0: letters */
} tokens[] = {
  { "YYYY", YEAR, 4 }, { "YY", YEAR, 2 }, { "Mmm", MONTH, 0 }, { "MM", MONTH, 2 }, { "DD", DAY, 2 }, { "HH", HOUR, 2 }, { "mm", MINUTE, 2 }, { "ss", SECOND, 2 },
};

/* Which token begins at @form, -1 for none. */
static int
token_at (const char *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (g_str_has_prefix (form, tokens[i].name))
      return (int) i;
  return -1;
}

/* Returns: which parts @form has, a bit each; 0 when it is no form */
static guint
parts_of (const char *form)
{
  guint parts = 0;

  while (*form != '\0') {
    int token = token_at (form);

    if (token < 0 && g_ascii_isalpha (*form))
      return 0;
    if (token >= 0 && (parts & (1u << tokens[token].part)))
      return 0;
    parts |= token >= 0 ? 1u << tokens[token].part : 0;
    form += token >= 0 ? strlen (tokens[token].name) : 1;
  }
  return parts;
}

/**
 * limber_date_form_is_of_date:
 *
 * Returns: whether @form says a whole day; it may say a time besides, which is then not looked at
 */
gboolean
limber_date_form_is_of_date (const char *form)
{
  guint day = 1u << YEAR | 1u << MONTH | 1u << DAY;

  return (parts_of (form) & day) == day;
}

/**
 * limber_date_form_is_of_time:
 *
 * Returns: whether @form says a day with hour and minute
 */
gboolean
limber_date_form_is_of_time (const char *form)
{
  guint time = 1u << HOUR | 1u << MINUTE;

  return limber_date_form_is_of_date (form) && (parts_of (form) & time) == time;
}

/* Reads figures; fewer than there may be only where something else follows. */
static gboolean
read_figures (const char **text, guint figures, gboolean may_be_fewer, int *number)
{
  guint n = 0;

  for (*number = 0; n < figures && g_ascii_isdigit (**text); n++, ++*text)
    *number = *number * 10 + g_ascii_digit_value (**text);
  return n == figures || (n > 0 && may_be_fewer && figures < 4);
}

static gboolean
read_month (const char **text, int *number)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

  for (*number = 1; *number <= 12; ++*number)
    if (g_ascii_strncasecmp (*text, months[*number - 1], 3) == 0) {
      while (g_ascii_isalpha (**text))
        ++*text;
      return TRUE;
    }
  return FALSE;
}

/* Reads @text as @form has it into @numbers, -1 for what is not said. Returns: whether it could. */
static gboolean
read_parts (const char *form, const char *text, int numbers[N_PARTS], gboolean *short_year)
{
  gboolean apart = TRUE; /* nothing that is read comes right before */

  for (guint i = 0; i < N_PARTS; i++)
    numbers[i] = -1;
  *short_year = FALSE;
  while (*form != '\0') {
    int token = token_at (form);

    if (token < 0 && *text != *form)
      return FALSE;
    if (token < 0) {
      form++;
      text++;
      apart = TRUE;
      continue;
    }
    form += strlen (tokens[token].name);
    *short_year |= tokens[token].part == YEAR && tokens[token].figures == 2;
    if (tokens[token].figures == 0 ? !read_month (&text, &numbers[MONTH]) : !read_figures (&text, tokens[token].figures, apart && token_at (form) < 0, &numbers[tokens[token].part]))
      return FALSE;
    apart = FALSE;
  }
  return *text == '\0';
}

static gboolean
not_as (const char *form, GError **error)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("not written as %s"), form);
  return FALSE;
}

static char *
date_of (const char *form, int year, const int numbers[N_PARTS], GError **error)
{
  g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", year, numbers[MONTH], numbers[DAY]);

  if (limber_date_is_valid (date))
    return g_steal_pointer (&date);
  not_as (form, error);
  return NULL;
}

/**
 * limber_date_form_read_date:
 * @form: one for which limber_date_form_is_of_date() holds
 * @text: what a list says
 * @today: YYYY-MM-DD; two figures for the year mean the last such day that is not to come
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): YYYY-MM-DD
 */
char *
limber_date_form_read_date (const char *form, const char *text, const char *today, GError **error)
{
  g_autofree char *date = NULL;
  int numbers[N_PARTS], century = (today[0] - '0') * 1000 + (today[1] - '0') * 100;
  gboolean short_year;

  if (!read_parts (form, text, numbers, &short_year)) {
    not_as (form, error);
    return NULL;
  }
  date = date_of (form, short_year ? century + numbers[YEAR] : numbers[YEAR], numbers, error);
  if (date == NULL || !short_year || strcmp (date, today) <= 0)
    return g_steal_pointer (&date);
  return date_of (form, century - 100 + numbers[YEAR], numbers, error);
}

/**
 * limber_date_form_read_time:
 * @form: one for which limber_date_form_is_of_time() holds
 * @text: what a list says; two figures for the year mean this century
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): ISO 8601 with its offset
 */
char *
limber_date_form_read_time (const char *form, const char *text, GError **error)
{
  g_autofree char *date = NULL;
  int numbers[N_PARTS];
  gboolean short_year;
  gint64 time;

  if (!read_parts (form, text, numbers, &short_year) || numbers[HOUR] > 23 || numbers[MINUTE] > 59 || numbers[SECOND] > 59) {
    not_as (form, error);
    return NULL;
  }
  date = date_of (form, short_year ? 2000 + numbers[YEAR] : numbers[YEAR], numbers, error);
  if (date == NULL)
    return NULL;
  if (!limber_time_of_clock (date, (numbers[HOUR] * 60 + numbers[MINUTE]) * 60 + MAX (numbers[SECOND], 0), &time)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("there is no such time on that day: the clocks go forward"));
    return NULL;
  }
  return limber_time_to_iso (time);
}
