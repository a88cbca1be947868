/* When somebody is sent to a screen, and with which words. */
#include "limber-screen-health.h"
#include "limber-test.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))

static LimberScreen
kiosk (void)
{
  LimberScreen screen = { .klass = LIMBER_CLASS_KIOSK, .name = (char *) "Front door", .by = (char *) "Back room", .here = TRUE, .met_here = TRUE, .seen = TEST_NOW };

  limber_report_init (&screen.report);
  return screen;
}

static void
assert_needs (const LimberScreen *screen, LimberScreenNeed need, const char *words)
{
  g_autofree char *advice = limber_screen_advice (screen, need, TEST_NOW);

  for (LimberScreenNeed other = 0; other < LIMBER_SCREEN_NEEDS; other++)
    g_assert_true (limber_screen_needs (screen, other, TEST_NOW) == (other == need));
  g_assert_true (limber_screen_needs_any (screen, TEST_NOW));
  g_assert_cmpstr (advice, ==, words);
}

static void
one_that_is_well_needs_nobody (void)
{
  LimberScreen screen = kiosk ();
  g_autofree char *seen = limber_screen_seen (&screen, TEST_NOW);

  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  g_assert_cmpstr (seen, ==, "In touch now");
}

static void
one_that_is_gone_for_five_minutes_is_asked_after (void)
{
  LimberScreen screen = kiosk ();
  g_autofree char *seen = NULL;

  screen.here = FALSE;
  screen.seen = TEST_NOW - 5 * MINUTE + 1;
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  screen.seen = TEST_NOW - 45 * MINUTE;
  assert_needs (&screen, LIMBER_SCREEN_SILENT, "“Front door” has not been seen since 08:15: is it switched on?");
  seen = limber_screen_seen (&screen, TEST_NOW);
  g_assert_cmpstr (seen, ==, "Last seen 08:15, by “Back room”");
  screen.seen = TEST_NOW - 24 * 60 * MINUTE;
  assert_needs (&screen, LIMBER_SCREEN_SILENT, "“Front door” has not been seen since 22-Nov-2026 09:00: is it switched on?");
  screen.seen = 0;
  assert_needs (&screen, LIMBER_SCREEN_SILENT, "“Front door” has never been in touch: is it switched on, and does it have a network?");
}

/* Central knows of a hub's kiosks only what the hub told last; and a laptop may lie in a drawer. */
static void
nobody_is_sent_for_what_is_not_known (void)
{
  LimberScreen screen = kiosk ();

  screen.here = FALSE;
  screen.seen = TEST_NOW - 300 * MINUTE;
  screen.met_here = FALSE;
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  screen.met_here = TRUE;
  screen.klass = LIMBER_CLASS_CLINIC;
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
}

static void
what_nobody_else_has_is_named_with_its_age (void)
{
  LimberScreen screen = kiosk ();

  screen.report.unsent = 2;
  screen.report.oldest = TEST_NOW - 14 * MINUTE; /* on its way */
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  screen.report.oldest = TEST_NOW - 30 * MINUTE;
  assert_needs (&screen, LIMBER_SCREEN_UNSENT, "“Front door” holds 2 changes since 08:30 that nobody else has yet. Leave it on, where it has a network.");
}

static void
people_who_do_not_get_on_are_noticed (void)
{
  LimberScreen screen = kiosk ();

  screen.today = (LimberScreenCounts){ 0, 9, 0, 0 }; /* too few to say anything */
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  screen.today = (LimberScreenCounts){ 20, 10, 0, 0 };
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  screen.today = (LimberScreenCounts){ 11, 8, 1, 0 };
  assert_needs (&screen, LIMBER_SCREEN_NO_MATCH, "8 of 20 tries at “Front door” matched nobody today. See whether people need help there, and whether today’s list is complete.");
  screen.today = (LimberScreenCounts){ 20, 5, 0, 2 };
  assert_needs (&screen, LIMBER_SCREEN_GUESSING, "“Front door” made somebody wait 2 times today who went on trying. See whether people need help there.");
}

static void
a_wrong_clock_and_a_full_disk_are_told (void)
{
  LimberScreen screen = kiosk ();

  screen.report.offset = -2 * MINUTE + 1;
  g_assert_false (limber_screen_needs_any (&screen, TEST_NOW));
  screen.report.offset = -7 * MINUTE;
  assert_needs (&screen, LIMBER_SCREEN_CLOCK, "The clock of “Front door” is 7 minutes fast. Nothing done there is lost. Ask whoever looks after the computers to put it right.");
  screen.report.offset = 0;
  screen.report.free_bytes = LIMBER_VITALS_ROOM - 1;
  assert_needs (&screen, LIMBER_SCREEN_DISK, "“Front door” has little room left on its disk. Tell whoever looks after the computers.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/care/screen-health/one-that-is-well-needs-nobody", one_that_is_well_needs_nobody);
  g_test_add_func ("/care/screen-health/one-that-is-gone-for-five-minutes-is-asked-after", one_that_is_gone_for_five_minutes_is_asked_after);
  g_test_add_func ("/care/screen-health/nobody-is-sent-for-what-is-not-known", nobody_is_sent_for_what_is_not_known);
  g_test_add_func ("/care/screen-health/what-nobody-else-has-is-named-with-its-age", what_nobody_else_has_is_named_with_its_age);
  g_test_add_func ("/care/screen-health/people-who-do-not-get-on-are-noticed", people_who_do_not_get_on_are_noticed);
  g_test_add_func ("/care/screen-health/a-wrong-clock-and-a-full-disk-are-told", a_wrong_clock_and_a_full_disk_are_told);
  return g_test_run ();
}
