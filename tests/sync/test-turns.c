/* A node to which many bring much at once: who is let in, who is told to wait, and what a device does then. */
#include "limber-call.h"
#include "limber-test-chain.h"

#define MUCH 150 /* entries: more than a push that is never kept waiting has */

static void
only_so_many_are_let_in (void)
{
  g_autoptr (LimberGate) gate = limber_gate_new ();
  guint wait = 0;

  for (guint i = 0; i < LIMBER_GATE_MOST; i++)
    g_assert_true (limber_gate_enter (gate, 1000, &wait));
  g_assert_false (limber_gate_enter (gate, 1000, &wait));
  g_assert_cmpuint (wait, >, 0);
  limber_gate_leave (gate, 2000);
  g_assert_true (limber_gate_enter (gate, 2000, &wait));
  g_assert_false (limber_gate_enter (gate, 2000, &wait));
}

/* Three hundred at once are not told the same moment, and nobody one that is far away. */
static void
each_is_given_a_turn_of_his_own (void)
{
  g_autoptr (LimberGate) gate = limber_gate_new ();
  guint wait = 0, last = 0;

  for (guint i = 0; i < LIMBER_GATE_MOST; i++)
    limber_gate_enter (gate, 1000, &wait);
  for (guint i = 0; i < 300; i++, last = wait) {
    g_assert_false (limber_gate_enter (gate, 1000, &wait));
    g_assert_cmpuint (wait, >, last);
  }
  for (guint i = 0; i < 10000; i++)
    limber_gate_enter (gate, 1000, &wait);
  g_assert_cmpuint (wait, ==, LIMBER_GATE_WAIT_MOST);
}

/* Turns come at the pace at which pushes are carried out, and a pause in which nobody came does not count as slowness. */
static void
turns_keep_the_pace (void)
{
  g_autoptr (LimberGate) gate = limber_gate_new ();
  guint first = 0, second = 0;
  gint64 now = 0;

  for (guint i = 0; i < 200; i++) {
    g_assert_true (limber_gate_enter (gate, now, &first));
    now += 100000;
    limber_gate_leave (gate, now);
    now += G_GINT64_CONSTANT (10000000);
  }
  for (guint i = 0; i < LIMBER_GATE_MOST; i++)
    limber_gate_enter (gate, now, &first);
  limber_gate_enter (gate, now, &first);
  limber_gate_enter (gate, now, &second);
  g_assert_cmpuint (second - first, >=, 80);
  g_assert_cmpuint (second - first, <=, 100);
}

/* What takes long takes long for everybody who is inside, so that fewer are let in. */
static void
a_slow_node_lets_in_fewer (void)
{
  g_autoptr (LimberGate) gate = limber_gate_new ();
  guint wait = 0, inside = 0;
  gint64 now = 0;

  for (guint i = 0; i < 200; i++) {
    limber_gate_enter (gate, now, &wait);
    now += 200000;
    limber_gate_leave (gate, now);
  }
  while (limber_gate_enter (gate, now, &wait))
    inside++;
  g_assert_cmpuint (inside, ==, 4);
}

static void
turns_are_only_given_while_somebody_waits (void)
{
  g_autoptr (LimberGate) gate = limber_gate_new ();
  guint wait = 0;

  g_assert_cmpuint (limber_gate_next (gate, 1000), ==, 0);
  for (guint i = 0; i <= LIMBER_GATE_MOST; i++)
    limber_gate_enter (gate, 1000, &wait);
  g_assert_cmpuint (limber_gate_next (gate, 1000), >, wait);
  g_assert_cmpuint (limber_gate_next (gate, 1000 + 1000 * G_GINT64_CONSTANT (60000)), ==, 0);
}

/* A device at a hub whose gate is full. */
typedef struct {
  TestChain *chain;
  gboolean   gave_up; /* the device said that there was no node */
} Crowd;

static void
on_state (LimberClient *client, GParamSpec *pspec, Crowd *crowd)
{
  crowd->gave_up = crowd->gave_up || limber_client_get_state (client) == LIMBER_CLIENT_OFFLINE;
}

static void
fill_gate (TestPlace *place)
{
  guint wait;

  while (limber_gate_enter (limber_node_gate (place->node), limber_env_monotonic (place->env), &wait))
    ;
}

static void
empty_gate (TestPlace *place)
{
  for (guint i = 0; i < LIMBER_GATE_MOST; i++)
    limber_gate_leave (limber_node_gate (place->node), limber_env_monotonic (place->env));
}

static void
work (TestPlace *place, guint entries)
{
  for (guint i = 0; i < entries; i++) {
    g_autofree char *name = g_strdup_printf ("patient %u", i), *number = g_strdup_printf ("N%u", i);
    LimberId id;

    test_id (&id, name);
    test_store_put (place->store, "patient", &id, "number", number, "family", name, "given", "Moira", "born", "1961-04-09", NULL);
  }
}

static void
start_desk (Crowd *crowd, TestChain *chain)
{
  *crowd = (Crowd){ chain, FALSE };
  chain->desk->clock.pauses = g_array_new (FALSE, FALSE, sizeof (guint));
  chain->desk->client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  limber_client_start (chain->desk->client);
  g_signal_connect (chain->desk->client, "notify::state", G_CALLBACK (on_state), crowd);
}

static void
stop_desk (Crowd *crowd)
{
  TestPlace *desk = crowd->chain->desk;

  g_signal_handlers_disconnect_by_data (desk->client, crowd);
  limber_client_stop (desk->client);
  g_clear_pointer (&desk->clock.pauses, g_array_unref);
}

static gboolean
has_waited (gpointer data)
{
  return ((TestChain *) data)->desk->clock.pauses->len > 9;
}

static gboolean
hub_has_all (gpointer data)
{
  g_autofree char *name = g_strdup_printf ("patient %u", MUCH - 1);
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  test_id (&id, name);
  record = test_store_get (((TestChain *) data)->hub->store, "patient", &id);
  return record != NULL;
}

/* Neither is the hub gone for it, nor does it turn to central, nor does it hurry, nor does it begin anew: it only sends its batch once more. */
static void
who_finds_the_gate_full_waits_for_his_turn (TestChain *chain, gconstpointer data)
{
  guint asked = test_net_requests (chain->net);
  Crowd crowd;

  work (chain->desk, MUCH);
  fill_gate (chain->hub);
  start_desk (&crowd, chain);
  g_assert_true (test_wait (has_waited, chain));
  g_assert_cmpuint (test_net_requests (chain->net) - asked, <=, chain->desk->clock.pauses->len + 4);
  g_assert_false (hub_has_all (chain));
  for (guint i = 0; i < chain->desk->clock.pauses->len; i++)
    g_assert_cmpuint (g_array_index (chain->desk->clock.pauses, guint, i), >=, 50);
  empty_gate (chain->hub);
  g_assert_true (test_wait (hub_has_all, chain));
  g_assert_false (crowd.gave_up);
  g_assert_cmpstr (limber_client_get_peer (chain->desk->client), ==, "hub");
  stop_desk (&crowd);
}

/* What one person does at a desk is not kept waiting by who brings a night's work. */
static void
a_short_push_is_let_in (TestChain *chain, gconstpointer data)
{
  fill_gate (chain->hub);
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_place_sync (chain->kiosk);
  test_chain_assert_status (chain, chain->hub, "arrived");
  empty_gate (chain->hub);
}

/* So that bytes are not sent in vain: the offer's answer says when. */
static void
who_offers_much_while_others_wait_is_told_when (TestChain *chain, gconstpointer data)
{
  Crowd crowd;

  work (chain->desk, MUCH);
  fill_gate (chain->hub);
  empty_gate (chain->hub);
  start_desk (&crowd, chain);
  g_assert_true (test_wait (hub_has_all, chain));
  g_assert_cmpuint (chain->desk->clock.pauses->len, >, 0);
  g_assert_cmpuint (g_array_index (chain->desk->clock.pauses, guint, 0), >=, 50);
  stop_desk (&crowd);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/turns/only so many are let in", only_so_many_are_let_in);
  g_test_add_func ("/sync/turns/each is given a turn of his own", each_is_given_a_turn_of_his_own);
  g_test_add_func ("/sync/turns/turns keep the pace", turns_keep_the_pace);
  g_test_add_func ("/sync/turns/a slow node lets in fewer", a_slow_node_lets_in_fewer);
  g_test_add_func ("/sync/turns/turns are only given while somebody waits", turns_are_only_given_while_somebody_waits);
  g_test_add ("/sync/turns/who finds the gate full waits for his turn", TestChain, NULL, test_chain_set_up, who_finds_the_gate_full_waits_for_his_turn, test_chain_tear_down);
  g_test_add ("/sync/turns/a short push is let in", TestChain, NULL, test_chain_set_up, a_short_push_is_let_in, test_chain_tear_down);
  g_test_add ("/sync/turns/who offers much while others wait is told when", TestChain, NULL, test_chain_set_up, who_offers_much_while_others_wait_is_told_when, test_chain_tear_down);
  return g_test_run ();
}
