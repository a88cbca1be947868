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
  assert_words ((LimberSyncFacts){ .state = LIMBER_SYNC_REFUSED }, "Sync was refused");
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
  LimberSyncFacts hub = { .peer = "hub" }, both = { .peer = "hub", .central_reachable = TRUE }, nobody = { .peer = "" };
  g_autofree char *a = limber_sync_words_reached (&hub), *b = limber_sync_words_reached (&both), *c = limber_sync_words_reached (&nobody);

  g_assert_cmpstr (a, !=, b);
  g_assert_cmpstr (b, !=, c);
  g_assert_true (g_str_has_prefix (c, "Nobody"));
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
  return g_test_run ();
}
