#include "care-fixture.h"

#include "limber-guessing.h"
#include "limber-record.h"

static gboolean
read_wait (LimberReader *reader, gpointer data, GError **error)
{
  *(int *) data = limber_guessing_wait (reader);
  return TRUE;
}

static int
seconds (Care *care)
{
  int wait = -1;

  g_assert_true (limber_store_read (care->store, read_wait, &wait, NULL));
  return wait;
}

static void
guess (Care *care, guint times)
{
  for (guint i = 0; i < times; i++)
    care_assert_asked (care, "1/1", 'A', "no-match");
}

/* Closes the store and opens it again, as when the screen's program is ended and started. */
static void
start_anew (Care *care)
{
  gboolean kiosk = care->store == care->kiosk;
  LimberStore **held = kiosk ? &care->kiosk : &care->hub;
  g_autoptr (GError) error = NULL;

  limber_store_close (*held);
  g_clear_object (held);
  *held = limber_store_open (kiosk ? care->kiosk_dir : care->hub_dir, LIMBER_STORE_OWN, care->env, &error);
  g_assert_no_error (error);
  care->store = *held;
}

static void
test_restart (Care *care, gconstpointer data)
{
  guess (care, 5);
  g_assert_cmpint (seconds (care), ==, 60);
  care->clock.now += 20 * 1000;
  start_anew (care);
  g_assert_cmpint (seconds (care), ==, 40);
  care->clock.now += 41 * 1000;
  start_anew (care);
  g_assert_cmpint (seconds (care), ==, 0);
  guess (care, 1); /* one more in the same row */
  g_assert_cmpint (seconds (care), ==, 60);
}

static void
test_restart_between (Care *care, gconstpointer data)
{
  guess (care, 3);
  start_anew (care);
  guess (care, 2);
  g_assert_cmpint (seconds (care), ==, 60);
}

/* Neither way does it shorten anything. */
static void
test_clock_set (Care *care, gconstpointer data)
{
  guess (care, 3);
  care->clock.set = 3600 * 1000;
  guess (care, 2);
  g_assert_cmpint (seconds (care), ==, 60);
  care->clock.set = -3600 * 1000;
  g_assert_cmpint (seconds (care), ==, 60);
  care->clock.now += 30 * 1000;
  start_anew (care);
  g_assert_cmpint (seconds (care), ==, 30);
}

static void
test_told_once (Care *care, gconstpointer data)
{
  care_clock (care, "09:00");
  guess (care, 4);
  g_assert_cmpint (care_tasks (care, "guessing"), ==, 0);
  care_clock (care, "09:03");
  guess (care, 4);
  g_assert_cmpint (care_tasks (care, "guessing"), ==, 1);
  g_assert_cmpint (care_count (care, "SELECT json_extract(body,'$.\"made!\"') FROM journal WHERE json_extract(header,'$[8]')='task'"), ==, care_time ("09:00"));
  g_assert_cmpint (care_count (care, "SELECT json_extract(body,'$.text') LIKE '5' || char(10) || '%' FROM journal WHERE json_extract(header,'$[8]')='task'"), ==, 1);
  g_assert_cmpint (care_count (care, "SELECT json_extract(body,'$.patient') IS NULL AND json_extract(body,'$.appointment') IS NULL AND json_extract(body,'$.candidates') IS NULL"
                                     " AND json_extract(header,'$[10]') IS NULL FROM journal WHERE json_extract(header,'$[8]')='task'"), ==, 1);
  care_clock (care, "2026-11-24T09:00:00Z");
  guess (care, 5);
  g_assert_cmpint (care_tasks (care, "guessing"), ==, 2); /* another day */
}

static void
test_slow_tries (Care *care, gconstpointer data)
{
  for (guint i = 0; i < 8; i++) {
    care->clock.now += 3 * 60 * 1000;
    guess (care, 1);
  }
  g_assert_cmpint (care_tasks (care, "guessing"), ==, 0);
}

/* Half of what is said, and then the rest of it: one try, not two of which one went well. */
static void
test_asked_more (Care *care, gconstpointer data)
{
  care_put (care, "site", "site", "ask_year", "true");
  if (care->store == care->kiosk)
    care_project (care);
  for (guint i = 0; i < 5; i++) {
    g_assert_cmpint (seconds (care), ==, 0);
    care_assert_asked (care, "1/1", 'A', "ask-more");
    care_assert_asked (care, "1/1/1950", 'A', "no-match");
  }
  g_assert_cmpint (seconds (care), ==, 60);
  g_assert_cmpint (care_tasks (care, "guessing"), ==, 1);
  care_assert_asked (care, "1/1", 'A', "ask-more");
  g_assert_cmpint (seconds (care), ==, 60);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  care_add_in ("guessing", path, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-screen-that-is-started-anew-still-waits", test_restart);
  add ("a-row-of-tries-goes-on-over-a-restart", test_restart_between);
  add ("setting-the-clock-shortens-nothing", test_clock_set);
  add ("the-desk-is-told-once-a-day-and-of-nobody", test_told_once);
  add ("that-more-is-asked-for-ends-no-row", test_asked_more);
  add ("slow-tries-are-not-told", test_slow_tries);
  return g_test_run ();
}
