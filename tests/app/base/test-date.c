#include "limber-date.h"
#include "limber-test.h"

static void
test_summer_time (void)
{
  gint64 start, end;
  char date[LIMBER_DATE_LENGTH + 1];
  g_autofree char *iso = NULL;

  g_assert_true (limber_date_bounds ("2026-03-29", &start, &end)); /* clocks go forward */
  g_assert_cmpint (end - start, ==, 23 * 3600 * 1000);
  g_assert_true (limber_date_bounds ("2026-10-25", &start, &end)); /* and back */
  g_assert_cmpint (end - start, ==, 25 * 3600 * 1000);
  g_assert_true (limber_date_bounds ("2026-06-01", &start, NULL));
  limber_date_of_time (start, date);
  g_assert_cmpstr (date, ==, "2026-06-01");
  limber_date_of_time (start - 1, date);
  g_assert_cmpstr (date, ==, "2026-05-31");
  iso = limber_time_to_iso (start);
  g_assert_cmpstr (iso, ==, "2026-06-01T00:00:00+01:00");
}

static void
test_typed (void)
{
  static const struct { const char *typed, *date; } cases[] = {
    { "6/8/54", "1954-08-06" }, { "06.08.1954", "1954-08-06" }, { "6 aug 1954", "1954-08-06" }, { "6 August 54", "1954-08-06" }, { "06081954", "1954-08-06" },
    { "060854", "1954-08-06" }, { "1954-08-06", "1954-08-06" }, { "1/1/26", "2026-01-01" }, { "1/1/27", "1927-01-01" },
    { "31/2/54", NULL }, { "13/13/54", NULL }, { "6/8", NULL }, { "smith", NULL }, { "", NULL }, { "6/8/54/1", NULL }, { "99999999999/1/1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *date = limber_date_parse_typed (cases[i].typed, "2026-11-23");

    g_assert_cmpstr (date, ==, cases[i].date);
  }
}

static void
test_styles (void)
{
  static const struct { const char *iso, *staff, *public_; } cases[] = {
    { "2026-11-23T17:30:00Z", "17:30", "5:30pm" }, { "2026-11-23T00:00:00Z", "00:00", "midnight" }, { "2026-11-23T12:00:00Z", "12:00", "midday" },
    { "2026-07-01T12:00:00Z", "13:00", "1pm" }, { "2026-11-23T09:05:00Z", "09:05", "9:05am" }, { "2026-11-23T00:10:00Z", "00:10", "12:10am" },
  };
  g_autofree char *staff = limber_date_for_staff ("2018-08-06"), *unknown = limber_date_for_staff (NULL), *public_ = limber_date_for_public ("2018-08-06");

  g_assert_cmpstr (staff, ==, "06-Aug-2018");
  g_assert_cmpstr (unknown, ==, "Not recorded");
  g_assert_cmpstr (public_, ==, "6 August 2018");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 time;
    g_autofree char *s = NULL, *p = NULL;

    g_assert_true (limber_time_parse (cases[i].iso, &time));
    s = limber_time_for_staff (time);
    p = limber_time_for_public (time);
    g_assert_cmpstr (s, ==, cases[i].staff);
    g_assert_cmpstr (p, ==, cases[i].public_);
  }
}

static void
test_age (void)
{
  g_assert_cmpint (limber_date_age ("1954-11-24", "2026-11-23"), ==, 71);
  g_assert_cmpint (limber_date_age ("1954-11-23", "2026-11-23"), ==, 72);
  g_assert_false (limber_date_is_valid ("2026-02-29"));
  g_assert_false (limber_date_is_valid ("2026-2-9"));
  g_assert_true (limber_date_is_valid ("2024-02-29"));
}

static void
test_typed_time (void)
{
  static const struct { const char *typed; int minutes; } cases[] = {
    { "922", 562 }, { "0922", 562 }, { "9:22", 562 }, { "09.22", 562 }, { " 9 22 ", 562 }, { "9", 540 }, { "14", 840 }, { "1422", 862 }, { "0000", 0 }, { "23:59", 1439 }, { "2.15pm", 855 }, { "12am", 0 },
    { "12.05 PM", 725 }, { "9h22", 562 }, { "", -1 }, { "24:00", -1 }, { "9:60", -1 }, { "9:2", -1 }, { "9:222", -1 }, { "92222", -1 }, { "n", -1 }, { "-9", -1 }, { "9:-1", -1 }, { "13pm", -1 }, { "0am", -1 }, { "9::22", -1 },
    { "pm", -1 }, { "+922", -1 }, { "\xd9\xa9:22", -1 }, { "                                         9", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (limber_time_parse_typed (cases[i].typed), ==, cases[i].minutes);
}

static void
test_moment (void)
{
  gint64 time, start, end;
  g_autofree char *day = limber_date_with_weekday ("2026-07-01");

  g_assert_cmpstr (day, ==, "Wednesday 01-Jul-2026");
  g_assert_true (limber_date_moment ("2026-07-01", 17 * 60 + 30, &time)); /* summer time */
  g_assert_cmpint (limber_time_minutes (time), ==, 17 * 60 + 30);
  g_assert_true (limber_date_bounds ("2026-07-01", &start, &end));
  g_assert_cmpint (time - start, ==, (17 * 60 + 30) * G_GINT64_CONSTANT (60000));
  g_assert_true (limber_date_moment ("2026-07-01", 24 * 60, &time));
  g_assert_cmpint (time, ==, end);
  g_assert_false (limber_date_moment ("2026-02-30", 600, &time));
  g_assert_false (limber_date_moment ("2026-07-01", 24 * 60 + 1, &time));
  g_assert_false (limber_date_moment ("2026-07-01", -1, &time));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/a-day-has-23-24-or-25-hours-in-London", test_summer_time);
  g_test_add_func ("/base/date/a-birth-date-is-read-in-any-form-that-people-type", test_typed);
  g_test_add_func ("/base/date/staff-and-public-each-have-their-style", test_styles);
  g_test_add_func ("/base/date/a-time-of-day-is-read-as-people-write-it", test_typed_time);
  g_test_add_func ("/base/date/a-moment-of-a-day-is-by-the-clock-on-the-wall", test_moment);
  g_test_add_func ("/base/date/a-birthday-counts-from-its-day", test_age);
  return g_test_run ();
}
