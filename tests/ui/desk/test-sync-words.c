/* What is said about sync: never more than is known. */
#include "limber-sync-words.h"

#include <locale.h>

#define AT(hour, minute) (G_GINT64_CONSTANT (1795392000000) + ((hour) * 60 + (minute)) * G_GINT64_CONSTANT (60000)) /* 23-Nov-2026 */

static void
assert_words (LimberSyncFacts facts, const char *words)
{
  g_autofree char *got = limber_sync_words_short (&facts, AT (9, 41));

  g_assert_cmpstr (got, ==, words);
}

static void
each_state_has_its_words (void)
{
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_UNKNOWN, .pending = 3 }, NULL);
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_UP_TO_DATE, .last_sync = AT (9, 40) }, "Up to date · 09:40");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_WAITING, .pending = 3 }, "3 changes waiting");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_BUSY, .pending = 1 }, "1 change waiting");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_BUSY }, "Fetching changes…");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .offline_since = AT (8, 15), .peer = "hub", .pending = 6 }, "Working offline since 08:15 · hub reachable · 6 waiting");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .offline_since = AT (-10, 0), .peer = "" }, "Working offline since 22-Nov-2026 14:00");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .peer = "" }, "Working offline");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .offline_since = AT (8, 15), .since_before = TRUE, .peer = "" }, "Working offline since before 08:15");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_REFUSED }, "Sync was refused");
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_REFUSED, .refused_since = AT (8, 15), .pending = 2 }, "Sync refused since 08:15 · 2 waiting");
}

static void
up_to_date_is_never_said_while_something_waits (void)
{
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_UP_TO_DATE, .last_sync = AT (9, 40), .pending = 2 }, "2 changes waiting");
}

static void
up_to_date_is_never_said_while_something_was_not_accepted (void)
{
  LimberSyncFacts facts = { .state = LIMBER_SYNC_UP_TO_DATE, .last_sync = AT (9, 40), .marked = 1 };

  assert_words (facts, "1 change was not accepted");
  g_assert_cmpstr (limber_sync_words_class (&facts), ==, "bad");
}

static void
what_is_reached_is_told_apart (void)
{
  static const struct { LimberSyncFacts facts; const char *words; } cases[] = {
    { { .peer = "hub", .has_hub = TRUE }, "The hub of this site, and not the central service." },
    { { .peer = "hub", .has_hub = TRUE, .central_reachable = TRUE }, "The hub of this site, and through it the central service" },
    { { .peer = "central", .has_hub = TRUE, .central_reachable = TRUE }, "The central service, directly. The hub of this site is not reached." },
    { { .peer = "central", .central_reachable = TRUE }, "The central service, directly" },
    { { .state = LIMBER_SYNC_OFFLINE, .peer = "", .has_hub = TRUE }, "Neither the hub of this site nor the central service." },
    { { .state = LIMBER_SYNC_OFFLINE, .peer = "" }, "Nobody. Work goes on here" },
    { { .state = LIMBER_SYNC_BUSY, .peer = "" }, "Nobody yet: this computer is trying." },
    { { .state = LIMBER_SYNC_REFUSED, .peer = "", .has_hub = TRUE }, "Somebody answers, and refuses this computer." }, /* there is a line, and it will not help to wait for it */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = limber_sync_words_reached (&cases[i].facts);

    g_test_message ("%s", words);
    g_assert_true (g_str_has_prefix (words, cases[i].words));
  }
}

static void
assert_same_as_central (LimberSyncFacts facts, const char *expected)
{
  g_autofree char *words = limber_sync_words_since (&facts, AT (9, 41));

  g_assert_cmpstr (words, ==, expected);
}

/* A hub that has lost central goes on telling of this site; and what waits here was not there yet. */
static void
the_same_as_central_is_not_the_same_as_the_hub (void)
{
  assert_same_as_central ((LimberSyncFacts){ 0 }, "Never yet");
  assert_same_as_central ((LimberSyncFacts){ .state = LIMBER_SYNC_UP_TO_DATE, .last_sync = AT (9, 0), .current = TRUE, .known = AT (9, 40), .central_reachable = TRUE }, "09:40");
  assert_same_as_central ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .peer = "hub", .last_sync = AT (9, 40), .known = AT (8, 15) }, "08:15");
  assert_same_as_central ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .peer = "hub", .last_sync = AT (9, 40) }, "Not known");
  assert_same_as_central ((LimberSyncFacts){ .state = LIMBER_SYNC_WAITING, .pending = 1, .waiting_since = AT (8, 20), .last_sync = AT (9, 40), .known = AT (9, 40), .current = TRUE }, "08:20");
}

static void
assert_clock (gint64 slow, const char *beginning)
{
  LimberSyncFacts facts = { .clock_slow = slow };
  g_autofree char *words = limber_sync_words_clock (&facts);

  if (beginning == NULL)
    g_assert_null (words);
  else
    g_assert_true (g_str_has_prefix (words, beginning));
}

static void
a_wrong_clock_is_told (void)
{
  assert_clock (119999, NULL);
  assert_clock (-119999, NULL);
  assert_clock (5 * 60000, "The clock of this computer is 5 minutes slow.");
  assert_clock (-3 * 3600000, "The clock of this computer is 3 hours fast.");
  assert_clock (G_GINT64_CONSTANT (400) * 24 * 3600000, "The clock of this computer is 400 days slow.");
}

static void
add (GArray *waiting, const char *kind, gboolean made, gint64 n)
{
  LimberWaiting one = { .made = made, .n = n };

  g_strlcpy (one.kind, kind, sizeof one.kind);
  g_array_append_val (waiting, one);
}

static void
assert_waiting (const LimberSyncFacts *facts, const char *words)
{
  g_autofree char *got = limber_sync_words_waiting (facts, AT (9, 41));

  g_assert_cmpstr (got, ==, words);
}

/* A check-in is an arrival and a step of its appointment: it is one thing to whoever did it. */
static void
what_waits_is_named_and_dated (void)
{
  g_autoptr (GArray) waiting = g_array_new (FALSE, TRUE, sizeof (LimberWaiting));
  LimberSyncFacts facts = { .state = LIMBER_SYNC_OFFLINE, .pending = 7, .waiting = waiting, .waiting_since = AT (8, 20) };

  assert_waiting (&facts, "7 changes made here have not reached the central service yet. They are saved on this computer."); /* not counted yet */
  add (waiting, "arrival", TRUE, 2);
  add (waiting, "appointment", FALSE, 2);
  add (waiting, "patient", TRUE, 1);
  add (waiting, "stage", TRUE, 2);
  assert_waiting (&facts, "7 changes made here have not reached the central service yet. They are saved on this computer.\n2 check-ins, 1 new person. The first of it was done at 08:20.");
  add (waiting, "what a newer one knows", FALSE, 1);
  add (waiting, "appointment", FALSE, 1);
  facts.waiting_since = AT (-10, 0);
  assert_waiting (&facts, "7 changes made here have not reached the central service yet. They are saved on this computer.\n"
                          "2 check-ins, 1 new person, 1 other change to an appointment, 1 other thing. The first of it was done at 22-Nov-2026 14:00.");
  facts.pending = 0; /* as soon as all has been taken, nothing else is said */
  assert_waiting (&facts, "Nothing. The central service has everything that was done here.");
}

static void
assert_as_of (LimberSyncFacts facts, const char *words)
{
  g_autofree char *got = limber_sync_words_as_of (&facts, AT (9, 41));

  g_assert_cmpstr (got, ==, words);
}

static void
what_is_said_of_another_site_has_its_age (void)
{
  assert_as_of ((LimberSyncFacts){ .state = LIMBER_SYNC_UNKNOWN }, NULL); /* a store of its own: there is no other site */
  assert_as_of ((LimberSyncFacts){ .state = LIMBER_SYNC_UP_TO_DATE, .current = TRUE, .known = AT (9, 40) }, NULL);
  assert_as_of ((LimberSyncFacts){ .state = LIMBER_SYNC_WAITING, .pending = 1, .current = TRUE, .known = AT (9, 40) }, NULL);
  /* While it is still being read, and while something is sent to a hub alone, it is as old as before. */
  assert_as_of ((LimberSyncFacts){ .state = LIMBER_SYNC_BUSY, .known = AT (-10, 0) }, "What is said of other sites is as known at 22-Nov-2026 14:00.");
  assert_as_of ((LimberSyncFacts){ .state = LIMBER_SYNC_BUSY, .pending = 1, .known = AT (8, 15), .last_sync = AT (9, 40), .peer = "hub" }, "What is said of other sites is as known at 08:15.");
  assert_as_of ((LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .last_sync = AT (9, 40), .peer = "hub" }, "What is said of other sites may be old.");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/sync-words/each-state-has-its-words", each_state_has_its_words);
  g_test_add_func ("/ui/sync-words/up-to-date-is-never-said-while-something-waits", up_to_date_is_never_said_while_something_waits);
  g_test_add_func ("/ui/sync-words/up-to-date-is-never-said-while-something-was-not-accepted", up_to_date_is_never_said_while_something_was_not_accepted);
  g_test_add_func ("/ui/sync-words/what-is-reached-is-told-apart", what_is_reached_is_told_apart);
  g_test_add_func ("/ui/sync-words/the-same-as-central-is-not-the-same-as-the-hub", the_same_as_central_is_not_the_same_as_the_hub);
  g_test_add_func ("/ui/sync-words/a-wrong-clock-is-told", a_wrong_clock_is_told);
  g_test_add_func ("/ui/sync-words/what-waits-is-named-and-dated", what_waits_is_named_and_dated);
  g_test_add_func ("/ui/sync-words/what-is-said-of-another-site-has-its-age", what_is_said_of_another_site_has_its_age);
  return g_test_run ();
}
