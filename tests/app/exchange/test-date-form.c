/* Days and times as other systems write them; London's clocks. */
#include "limber-date.h"
#include "limber-error.h"
#include "limber-date-form.h"

static void
assert_date (const char *form, const char *text, const char *date)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *read = limber_date_form_read_date (form, text, "2026-11-23", &error);

  g_assert_cmpstr (read, ==, date);
  g_assert_true ((error != NULL) == (date == NULL));
  if (date == NULL)
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
assert_time (const char *form, const char *text, const char *time)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *read = limber_date_form_read_time (form, text, &error);

  g_assert_cmpstr (read, ==, time);
  if (time == NULL)
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
test_forms (void)
{
  g_assert_true (limber_date_form_is_of_date ("DD/MM/YYYY"));
  g_assert_true (limber_date_form_is_of_date ("DD-Mmm-YY HH:mm"));
  g_assert_false (limber_date_form_is_of_date ("DD/MM"));
  g_assert_false (limber_date_form_is_of_date ("DD/MM/YYYY/DD"));
  g_assert_false (limber_date_form_is_of_date ("dd/mm/yyyy"));
  g_assert_false (limber_date_form_is_of_date (""));
  g_assert_true (limber_date_form_is_of_time ("YYYYMMDDHHmmss"));
  g_assert_false (limber_date_form_is_of_time ("DD/MM/YYYY HH"));
}

static void
test_dates (void)
{
  assert_date ("DD/MM/YYYY", "06/08/1954", "1954-08-06");
  assert_date ("DD/MM/YYYY", "6/8/1954", "1954-08-06");
  assert_date ("DD/MM/YYYY", "08/13/1954", NULL);
  assert_date ("DD/MM/YYYY", "06/08/54", NULL);
  assert_date ("DD/MM/YYYY", "06/08/1954 ", NULL);
  assert_date ("DD/MM/YYYY", "31/02/1954", NULL);
  assert_date ("DD-Mmm-YYYY", "06-Aug-1954", "1954-08-06");
  assert_date ("DD-Mmm-YYYY", "06-AUGUST-1954", "1954-08-06");
  assert_date ("DD-Mmm-YYYY", "06-Xyz-1954", NULL);
  assert_date ("YYYYMMDD", "19540806", "1954-08-06");
  assert_date ("YYYYMMDD", "1954086", NULL);
  assert_date ("DD/MM/YYYY HH:mm", "06/08/1954 00:00", "1954-08-06");
  /* two figures for the year: the last such day that is not to come */
  assert_date ("DD/MM/YY", "23/11/26", "2026-11-23");
  assert_date ("DD/MM/YY", "24/11/26", "1926-11-24");
  assert_date ("DD/MM/YY", "06/08/54", "1954-08-06");
}

static void
test_times (void)
{
  assert_time ("DD/MM/YYYY HH:mm", "23/11/2026 09:05", "2026-11-23T09:05:00+00:00");
  assert_time ("DD/MM/YYYY HH:mm", "23/07/2026 09:05", "2026-07-23T09:05:00+01:00");
  assert_time ("DD/MM/YYYY HH:mm", "23/11/2026", NULL);
  assert_time ("DD/MM/YYYY HH:mm", "23/11/2026 24:00", NULL);
  assert_time ("DD/MM/YYYY HH:mm", "23/11/2026 09:60", NULL);
  assert_time ("DD/MM/YY HH:mm", "23/11/27 09:05", "2027-11-23T09:05:00+00:00");
  assert_time ("DD-Mmm-YYYY HH:mm:ss", "23-Nov-2026 09:05:30", "2026-11-23T09:05:30+00:00");
}

/* 29 March 2026 has no 01:30; 25 October 2026 has it twice, and the first is meant. */
static void
test_clock_change (void)
{
  assert_time ("DD/MM/YYYY HH:mm", "29/03/2026 00:59", "2026-03-29T00:59:00+00:00");
  assert_time ("DD/MM/YYYY HH:mm", "29/03/2026 01:00", NULL);
  assert_time ("DD/MM/YYYY HH:mm", "29/03/2026 01:59", NULL);
  assert_time ("DD/MM/YYYY HH:mm", "29/03/2026 02:00", "2026-03-29T02:00:00+01:00");
  assert_time ("DD/MM/YYYY HH:mm", "25/10/2026 01:00", "2026-10-25T01:00:00+01:00");
  assert_time ("DD/MM/YYYY HH:mm", "25/10/2026 01:59", "2026-10-25T01:59:00+01:00");
  assert_time ("DD/MM/YYYY HH:mm", "25/10/2026 02:00", "2026-10-25T02:00:00+00:00");
}

/* Every quarter of an hour of a year, there and back. */
static void
test_every_time (void)
{
  gint64 start, time;

  limber_date_bounds ("2026-01-01", &start, NULL);
  for (gint64 at = start; at < start + G_GINT64_CONSTANT (366) * 86400000; at += 900000) {
    char date[LIMBER_DATE_LENGTH + 1];

    limber_date_of_time (at, date);
    g_assert_true (limber_time_of_clock (date, limber_time_minutes (at) * 60, &time));
    g_assert_true (time == at || time == at - 3600000); /* the hour that comes twice */
    g_assert_cmpint (limber_time_minutes (time), ==, limber_time_minutes (at));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/date-form/a-form-says-a-whole-day", test_forms);
  g_test_add_func ("/exchange/date-form/days-are-read-as-their-form-has-them", test_dates);
  g_test_add_func ("/exchange/date-form/times-are-londons", test_times);
  g_test_add_func ("/exchange/date-form/an-hour-that-is-not-is-refused-and-one-that-comes-twice-is-the-first", test_clock_change);
  g_test_add_func ("/exchange/date-form/every-time-of-a-year-is-what-the-clock-says", test_every_time);
  return g_test_run ();
}
