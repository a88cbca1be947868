#include "limber-slips.h"

#include <stdlib.h>
#include <string.h>

#include "limber-nhs-number.h"

#define DAY_FIGURES 8
#define NUMBER_FIGURES 10

static void
add_day (GArray *days, guint32 day, guint32 typed)
{
  if (day == typed || !g_date_valid_dmy ((GDateDay) (day % 100), (GDateMonth) (day / 100 % 100), (GDateYear) (day / 10000)))
    return;
  for (guint i = 0; i < days->len; i++)
    if (g_array_index (days, guint32, i) == day)
      return;
  g_array_append_val (days, day);
}

/* Calls for every text with one figure of @text wrong, or two neighbours swapped. */
static void
for_each_slip (const char *text, void (*func) (const char *slip, gpointer data), gpointer data)
{
  g_autofree char *slip = g_strdup (text);

  for (gsize i = 0; text[i] != '\0'; i++) {
    for (char figure = '0'; figure <= '9'; figure++) {
      slip[i] = figure;
      func (slip, data);
    }
    slip[i] = text[i];
    if (text[i + 1] == '\0')
      break;
    slip[i] = text[i + 1];
    slip[i + 1] = text[i];
    func (slip, data);
    slip[i] = text[i];
    slip[i + 1] = text[i + 1];
  }
}

typedef struct {
  GArray *days;
  guint32 typed;
} Days;

static void
take_day (const char *slip, gpointer data)
{
  Days *days = data;

  add_day (days->days, (guint32) atoi (slip), days->typed);
}

/**
 * limber_slips_of_day:
 * @day: YYYYMMDD as typed; it need not be a day
 *
 * Returns: (transfer full) (element-type guint32): the days that one wrong figure, two swapped ones, or day and month
 *   swapped make of it
 */
GArray *
limber_slips_of_day (guint32 day)
{
  g_autofree char *text = g_strdup_printf ("%0*u", DAY_FIGURES, day);
  Days days = { g_array_new (FALSE, FALSE, sizeof (guint32)), day };

  if (strlen (text) == DAY_FIGURES)
    for_each_slip (text, take_day, &days);
  add_day (days.days, day / 10000 * 10000 + day % 100 * 100 + day / 100 % 100, day);
  return days.days;
}

static void
take_number (const char *slip, gpointer data)
{
  if (limber_nhs_number_is_valid (slip))
    g_ptr_array_add (data, g_strdup (slip));
}

/**
 * limber_slips_of_number:
 * @figures: (nullable): a number as typed
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the NHS numbers that one wrong figure or two swapped ones make of
 *   it; %NULL when it is not ten figures, or already an NHS number
 */
GPtrArray *
limber_slips_of_number (const char *figures)
{
  GPtrArray *numbers;

  if (figures == NULL || strlen (figures) != NUMBER_FIGURES || limber_nhs_number_is_valid (figures))
    return NULL;
  numbers = g_ptr_array_new_with_free_func (g_free);
  for_each_slip (figures, take_number, numbers);
  return numbers;
}
