/* What a public screen counts: how often, how much of it, and of whom: of nobody. */
#include "care-fixture.h"

#include "limber-turnout.h"

#define ENTRIES "SELECT count(*) FROM journal WHERE json_extract(header,'$[8]')='turnout'"

/* What a field is called in a body depends on how it merges. */
static gint64
last_number (Care *care, const char *field)
{
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM json_each((SELECT body FROM journal WHERE json_extract(header,'$[8]')='turnout' ORDER BY key DESC LIMIT 1)) WHERE key GLOB '%s*'", field);

  return care_count (care, sql);
}

static gboolean
write_due (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_turnout_write (transaction, error);
}

static void
look (Care *care)
{
  g_assert_true (limber_store_write (care->store, write_due, NULL, NULL));
}

/* The screen looks after each try; it does so seldom. */
static void
guess (Care *care, guint times)
{
  for (guint i = 0; i < times; i++)
    care_assert_asked (care, "1/1", 'A', "no-match");
  look (care);
}

static void
a_quarter_of_an_hour_has_one_entry (Care *care, gconstpointer data)
{
  care_clock (care, "09:00");
  guess (care, 1);
  g_assert_cmpint (care_count (care, ENTRIES), ==, 1);
  for (guint minute = 1; minute < 15; minute++) {
    care->clock.now += 60 * 1000;
    guess (care, 1);
  }
  g_assert_cmpint (care_count (care, ENTRIES), ==, 1);
  care_clock (care, "09:15");
  guess (care, 1);
  g_assert_cmpint (care_count (care, ENTRIES), ==, 2);
  g_assert_cmpint (last_number (care, "failed"), ==, 16);
}

static void
what_says_nothing_new_is_not_written (Care *care, gconstpointer data)
{
  care_clock (care, "09:00");
  guess (care, 1);
  care_clock (care, "12:00");
  look (care);
  g_assert_cmpint (care_count (care, ENTRIES), ==, 1);
}

/* Of the last tries of a day the next one still tells. */
static void
the_day_before_is_ended_first (Care *care, gconstpointer data)
{
  care_clock (care, "09:00");
  guess (care, 1);
  care_clock (care, "09:10");
  guess (care, 2);
  care_clock (care, "2026-11-24T08:00:00Z");
  guess (care, 1);
  g_assert_cmpint (care_count (care, ENTRIES), ==, 2);
  g_assert_cmpint (last_number (care, "failed"), ==, 3);
  care_clock (care, "2026-11-24T08:15:00Z");
  look (care);
  g_assert_cmpint (care_count (care, ENTRIES), ==, 3);
  g_assert_cmpint (last_number (care, "failed"), ==, 1);
}

static void
each_try_is_counted_as_what_it_was (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  care_project (care);
  care_clock (care, "09:30");
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "checked-in");
  look (care);
  guess (care, 5);
  care->clock.now += 20 * 60 * 1000;
  look (care);
  g_assert_cmpint (last_number (care, "matched"), ==, 1);
  g_assert_cmpint (last_number (care, "failed"), ==, 5);
  g_assert_cmpint (last_number (care, "sent"), ==, 0);
  g_assert_cmpint (last_number (care, "paused"), ==, 1);
}

/* How long a try takes is the same whether or not something is due. */
static void
no_try_waits_for_it (Care *care, gconstpointer data)
{
  care_assert_asked (care, "1/1", 'A', "no-match");
  g_assert_cmpint (care_count (care, ENTRIES), ==, 0);
}

static void
it_is_about_nobody (Care *care, gconstpointer data)
{
  guess (care, 1);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal WHERE json_extract(header,'$[8]')='turnout' AND (patient IS NOT NULL OR json_extract(header,'$[10]') IS NOT NULL)"), ==, 0);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM json_each((SELECT body FROM journal WHERE json_extract(header,'$[8]')='turnout'))"), ==, 7);
}

static void
a_hub_counts_nothing (Care *care, gconstpointer data)
{
  guess (care, 1);
  g_assert_cmpint (care_count (care, ENTRIES), ==, 0);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_autofree char *whole = g_strconcat ("/care/turnout/", path, NULL);

  g_test_add (whole, Care, "kiosk", care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-quarter-of-an-hour-has-one-entry", a_quarter_of_an_hour_has_one_entry);
  add ("what-says-nothing-new-is-not-written", what_says_nothing_new_is_not_written);
  add ("the-day-before-is-ended-first", the_day_before_is_ended_first);
  add ("each-try-is-counted-as-what-it-was", each_try_is_counted_as_what_it_was);
  add ("no-try-waits-for-it", no_try_waits_for_it);
  add ("it-is-about-nobody", it_is_about_nobody);
  g_test_add ("/care/turnout/a-hub-counts-nothing", Care, "hub", care_set_up, a_hub_counts_nothing, care_tear_down);
  return g_test_run ();
}
