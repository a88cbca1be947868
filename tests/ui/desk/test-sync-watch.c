/* What the desk knows of its sync, from a real client at a hub at central: true in each state, and as old as it is. */
#include "limber-sync-watch.h"

#include <locale.h>

#include "limber-test-chain.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

typedef struct {
  TestChain        chain;
  LimberSyncWatch *watch; /* (owned) (nullable) */
  LimberSyncState  state; /* that is waited for */
  const char      *peer;
  gint64           last;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_chain_set_up (&fixture->chain, data);
  test_chain_start (&fixture->chain);
  limber_client_stop (fixture->chain.desk->client);
}

static void
stop (Fixture *fixture)
{
  limber_sync_watch_stop (fixture->watch);
  g_clear_object (&fixture->watch);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  test_chain_tear_down (&fixture->chain, data);
}

static void
start (Fixture *fixture)
{
  fixture->watch = limber_sync_watch_new_full (fixture->chain.desk->store, LIMBER_TRANSPORT (fixture->chain.net));
}

static LimberSyncFacts
facts_of (Fixture *fixture)
{
  LimberSyncFacts facts;

  limber_sync_watch_get_facts (fixture->watch, &facts);
  return facts;
}

static gboolean
is_so (gpointer data)
{
  Fixture *fixture = data;
  LimberSyncFacts facts = facts_of (fixture);

  return facts.state == fixture->state && (fixture->peer == NULL || g_strcmp0 (facts.peer, fixture->peer) == 0) && facts.last_sync >= fixture->last;
}

static LimberSyncFacts
wait_for (Fixture *fixture, LimberSyncState state, const char *peer)
{
  fixture->state = state;
  fixture->peer = peer;
  g_assert_true (test_wait (is_so, fixture));
  fixture->last = 0;
  return facts_of (fixture);
}

static void
pass_time (Fixture *fixture, gint64 milliseconds)
{
  TestPlace *places[] = { fixture->chain.central, fixture->chain.hub, fixture->chain.desk, fixture->chain.kiosk };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += milliseconds;
}

static void
cut (Fixture *fixture, TestNetFault hub, TestNetFault central)
{
  test_net_set_fault (fixture->chain.net, HUB, hub);
  test_net_set_fault (fixture->chain.net, CENTRAL, central);
}

static void
assert_time (gint64 time, gint64 expected)
{
  g_assert_cmpint (ABS (time - expected), <, 60000);
}

/* What a hub tells that has lost central is of this site alone: it makes nothing newer that is said of others. */
static void
behind_a_hub_without_central (Fixture *fixture, gconstpointer data)
{
  LimberSyncFacts facts;

  start (fixture);
  facts = wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "hub");
  g_assert_true (facts.current && facts.has_hub && facts.central_reachable);
  cut (fixture, TEST_NET_CARRY, TEST_NET_CUT);
  facts = wait_for (fixture, LIMBER_SYNC_OFFLINE, "hub");
  g_assert_false (facts.current || facts.since_before);
  assert_time (facts.offline_since, TEST_NOW);
  assert_time (facts.known, TEST_NOW);
  pass_time (fixture, HOUR);
  limber_sync_watch_look (fixture->watch);
  test_store_put (fixture->chain.kiosk->store, "appointment", &fixture->chain.appointment, "status", "arrived", NULL);
  fixture->last = TEST_NOW + HOUR;
  facts = wait_for (fixture, LIMBER_SYNC_OFFLINE, "hub");
  assert_time (facts.known, TEST_NOW);
  assert_time (facts.offline_since, TEST_NOW);
  cut (fixture, TEST_NET_CUT, TEST_NET_CUT);
  facts = wait_for (fixture, LIMBER_SYNC_OFFLINE, "");
  assert_time (facts.offline_since, TEST_NOW);
  cut (fixture, TEST_NET_CARRY, TEST_NET_CARRY);
  facts = wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, NULL);
  g_assert_true (facts.current);
}

/* Nobody knows here since when: only that it was so before. */
static void
started_without_central (Fixture *fixture, gconstpointer data)
{
  LimberSyncFacts facts;

  cut (fixture, TEST_NET_CARRY, TEST_NET_CUT);
  g_assert_true (test_wait (test_place_is_offline, fixture->chain.hub));
  pass_time (fixture, HOUR);
  start (fixture);
  facts = facts_of (fixture); /* nobody has answered yet */
  g_assert_cmpint (facts.state, ==, LIMBER_SYNC_BUSY);
  g_assert_false (facts.current);
  assert_time (facts.known, TEST_NOW);
  facts = wait_for (fixture, LIMBER_SYNC_OFFLINE, "hub");
  g_assert_true (facts.since_before);
  assert_time (facts.offline_since, TEST_NOW + HOUR);
  fixture->last = TEST_NOW + HOUR;
  facts = wait_for (fixture, LIMBER_SYNC_OFFLINE, "hub");
  assert_time (facts.known, TEST_NOW);
}

/* The lines still seem to be there. */
static void
after_sleep_nothing_is_said_that_nobody_has_heard (Fixture *fixture, gconstpointer data)
{
  LimberSyncFacts facts;

  start (fixture);
  wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "hub");
  cut (fixture, TEST_NET_SILENT, TEST_NET_SILENT);
  pass_time (fixture, 10 * HOUR);
  limber_sync_watch_look (fixture->watch);
  facts = facts_of (fixture);
  g_assert_cmpint (facts.state, !=, LIMBER_SYNC_UP_TO_DATE);
  g_assert_false (facts.current);
  assert_time (facts.known, TEST_NOW);
  cut (fixture, TEST_NET_CUT, TEST_NET_CUT);
  test_net_drop_lines (fixture->chain.net, HUB);
  facts = wait_for (fixture, LIMBER_SYNC_OFFLINE, "");
  assert_time (facts.offline_since, TEST_NOW);
  assert_time (facts.known, TEST_NOW);
  cut (fixture, TEST_NET_CARRY, TEST_NET_CARRY);
  facts = wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, NULL);
  assert_time (facts.known, TEST_NOW + 10 * HOUR);
}

static void
after_sleep_it_is_asked_and_said_again (Fixture *fixture, gconstpointer data)
{
  LimberSyncFacts facts;

  start (fixture);
  wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "hub");
  pass_time (fixture, 10 * HOUR);
  limber_sync_watch_look (fixture->watch);
  g_assert_cmpint (facts_of (fixture).state, !=, LIMBER_SYNC_UP_TO_DATE);
  facts = wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "hub");
  assert_time (facts.last_sync, TEST_NOW + 10 * HOUR);
  g_assert_true (facts.current);
}

static void
assert_read (LimberSyncWatch *watch)
{
  LimberSyncFacts facts;

  limber_sync_watch_get_facts (watch, &facts);
  g_assert_true (!facts.current || facts.last_sync >= TEST_NOW + HOUR);
}

/* That a node answers is not yet that all was read. */
static void
what_is_still_being_read_is_old (Fixture *fixture, gconstpointer data)
{
  pass_time (fixture, HOUR);
  start (fixture);
  g_signal_connect (fixture->watch, "changed", G_CALLBACK (assert_read), NULL);
  wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "hub");
}

/* With the hub gone, central is spoken to directly: what is down is told, and nothing is old. */
static void
without_the_hub_central_is_reached (Fixture *fixture, gconstpointer data)
{
  LimberSyncFacts facts;

  cut (fixture, TEST_NET_CUT, TEST_NET_CARRY);
  start (fixture);
  facts = wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "central");
  g_assert_true (facts.has_hub && facts.current);
}

static void
whoever_is_refused_knows_since_when (Fixture *fixture, gconstpointer data)
{
  LimberId desk = limber_store_identity (fixture->chain.desk->store)->device;
  LimberSyncFacts facts;

  start (fixture);
  wait_for (fixture, LIMBER_SYNC_UP_TO_DATE, "hub");
  test_store_put (fixture->chain.central->store, "device", &desk, "revoked", "true", NULL);
  facts = wait_for (fixture, LIMBER_SYNC_REFUSED, NULL);
  assert_time (facts.refused_since, TEST_NOW);
  g_assert_false (facts.current);
}

#define ADD(name, test) g_test_add ("/ui/sync-watch/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  ADD ("behind-a-hub-without-central", behind_a_hub_without_central);
  ADD ("started-without-central", started_without_central);
  ADD ("after-sleep-nothing-is-said-that-nobody-has-heard", after_sleep_nothing_is_said_that_nobody_has_heard);
  ADD ("after-sleep-it-is-asked-and-said-again", after_sleep_it_is_asked_and_said_again);
  ADD ("what-is-still-being-read-is-old", what_is_still_being_read_is_old);
  ADD ("without-the-hub-central-is-reached", without_the_hub_central_is_reached);
  ADD ("whoever-is-refused-knows-since-when", whoever_is_refused_knows_since_when);
  return g_test_run ();
}
