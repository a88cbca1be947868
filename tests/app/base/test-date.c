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
    { "060854", "1954-08-06" }, { "1954-08-06", "1954-08-06" }, { "1/1/26", "2026-01-01" }, { "1/1/27", "1927-01-01" }, { "24/12/26", "1926-12-24" },
    { "23/11/26", "2026-11-23" }, { "6.8.1954", "1954-08-06" }, { "6 aug 54", "1954-08-06" }, { "6th August 1954", "1954-08-06" }, { "6th of august, 1954", "1954-08-06" },
    { "1st Sept 54", "1954-09-01" }, { "aug 6 1954", "1954-08-06" }, { "6aug54", "1954-08-06" }, { "06-Aug-1954", "1954-08-06" }, { "19540806", "1954-08-06" },
    { "1954/8/6", "1954-08-06" }, { "29/2/52", "1952-02-29" }, { "29/2/53", NULL }, { "6/8/5", NULL }, { "6/8/195", NULL }, { "aug 1954", NULL }, { "1954", NULL },
    { "6 augus 54", "1954-08-06" }, { "6 augusta 54", NULL }, { "6 marsh 54", NULL }, { "08/06/1954/", "1954-06-08" }, { "6 8 54", "1954-08-06" }, { "31121899", "1899-12-31" },
    { "20121954", "1954-12-20" }, { "20111945", "1945-11-20" }, { "1st", NULL }, { "6/8/1849", NULL }, { "६/८/५४", NULL },
    { "31/2/54", NULL }, { "13/13/54", NULL }, { "6/8", NULL }, { "smith", NULL }, { "", NULL }, { "6/8/54/1", NULL }, { "99999999999/1/1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *date = limber_date_parse_typed (cases[i].typed, "2026-11-23");

    g_assert_cmpstr (date, ==, cases[i].date);
  }
}

static void
test_typed_in_part (void)
{
  static const struct { const char *typed; int year, month, day; } cases[] = {
    { "6/8", 0, 8, 6 }, { "6 aug", 0, 8, 6 }, { "aug 6", 0, 8, 6 }, { "29/2", 0, 2, 29 }, { "aug 1954", 1954, 8, 0 }, { "August 54", 1954, 8, 0 }, { "8/1954", 1954, 8, 0 }, { "1954-08", 1954, 8, 0 },
    { "aug 12", 0, 8, 12 }, { "1954", 1954, 0, 0 }, { "2026", 2026, 0, 0 }, { "6/8/5", 0, 8, 6 }, { "6/8/195", 0, 8, 6 }, { "6/8/", 0, 8, 6 }, { "6th", 0, 0, 0 }, { "54", 0, 0, 0 }, { "aug", 0, 0, 0 },
    { "2027", 0, 0, 0 }, { "1849", 0, 0, 0 }, { "31/2", 0, 0, 0 }, { "13/1954", 0, 0, 0 }, { "", 0, 0, 0 }, { "/", 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimberTypedDate date = { 0 };

    if (!limber_date_read_typed (cases[i].typed, "2026-11-23", &date))
      date = (LimberTypedDate){ 0 };
    if (date.year != cases[i].year || date.month != cases[i].month || date.day != cases[i].day)
      g_test_fail_printf ("%s is read as %d-%d-%d", cases[i].typed, date.year, date.month, date.day);
  }
}

/* A day in any form is that day. */
static void
test_typed_forms (void)
{
  static const char *const forms[] = { "%-d/%-m/%Y", "%d.%m.%Y", "%d%m%Y", "%Y%m%d", "%Y-%m-%d", "%-d %b %Y", "%B %-d, %Y", "%-dth of %B %Y", "%-d/%-m/%y", "%d%m%y", "%-d-%b-%y" };

  for (guint i = 0; i < 5000; i++) {
    g_autoptr (GDateTime) born = g_date_time_new_utc (1930 + g_test_rand_int_range (0, 96), 1 + g_test_rand_int_range (0, 12), 1 + g_test_rand_int_range (0, 28), 0, 0, 0);
    g_autofree char *typed = g_date_time_format (born, forms[g_test_rand_int_range (0, G_N_ELEMENTS (forms))]), *date = g_date_time_format (born, "%Y-%m-%d");
    g_autofree char *read = limber_date_parse_typed (typed, "2026-11-23");

    g_assert_cmpstr (read, ==, date);
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
  g_assert_false (limber_date_is_valid (NULL));
  g_assert_false (limber_date_is_valid (""));
  g_assert_false (limber_date_is_valid ("2024-02-291"));
  g_assert_false (limber_date_is_valid ("2024-02-2"));
  g_assert_false (limber_date_is_valid ("-024-02-29"));
  g_assert_false (limber_date_is_valid ("2024/02/29"));
  g_assert_false (limber_date_is_valid ("0000-01-01"));
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

static void
test_ahead (void)
{
  static const struct { const char *typed, *date; } days[] = {
    { "24/11", "2026-11-24" },      { "23/11", "2026-11-23" },       { "22/11", "2027-11-22" },   { "3.1", "2027-01-03" },  { "24 nov", "2026-11-24" },    { "1st", NULL },           { "29 feb", NULL },
    { "29/2/28", "2028-02-29" },    { "24/11/2027", "2027-11-24" },  { "2026-12-01", "2026-12-01" }, { "+10d", "2026-12-03" }, { "+2w", "2026-12-07" },       { "+3m", "2027-02-15" },   { "+9999w", NULL },
    { "31/4", NULL },               { "24/11/6", NULL },             { "", NULL },                { "tomorrow", NULL },     { "24 november 26", "2026-11-24" }, { "24/11/26/1", NULL }, { "+w", NULL },
    { "99999999999999999999999/1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *date = limber_date_parse_ahead (days[i].typed, "2026-11-23");

    g_assert_cmpstr (date, ==, days[i].date);
  }
  g_assert_cmpint (limber_date_days ("2026-11-23", "2027-11-23"), ==, 365);
  g_assert_cmpint (limber_date_days ("2026-11-23", "2026-11-22"), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/a-day-has-23-24-or-25-hours-in-London", test_summer_time);
  g_test_add_func ("/base/date/a-birth-date-is-read-in-any-form-that-people-type", test_typed);
  g_test_add_func ("/base/date/a-part-of-a-birth-date-is-read-too", test_typed_in_part);
  g_test_add_func ("/base/date/every-form-of-a-day-is-that-day", test_typed_forms);
  g_test_add_func ("/base/date/staff-and-public-each-have-their-style", test_styles);
  g_test_add_func ("/base/date/a-time-of-day-is-read-as-people-write-it", test_typed_time);
  g_test_add_func ("/base/date/a-moment-of-a-day-is-by-the-clock-on-the-wall", test_moment);
  g_test_add_func ("/base/date/a-day-to-come-is-read-as-people-write-it", test_ahead);
  g_test_add_func ("/base/date/a-birthday-counts-from-its-day", test_age);
  return g_test_run ();
}
