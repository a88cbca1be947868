#include "limber-test-chain.h"

static void
put_people (TestChain *chain)
{
  g_autofree char *p = limber_id_dup_text (&chain->patient), *s = limber_id_dup_text (&chain->site);
  LimberStore *store = chain->central->store;

  test_store_put (store, "site", &chain->site, "code", "LMB01", "name", "Harrow", NULL);
  test_store_put (store, "site", &chain->other_site, "code", "LMB02", "name", "Pinner", NULL);
  test_store_put (store, "patient", &chain->patient, "number", "P1", "family", "Canarywood", "given", "Moira", "born", "1961-04-09", "mobile", "07700900123", "address", "1 Canary Lane",
                  "postcode", "HA1 1AA", "nhs_number", "9990000026", NULL);
  test_store_put (store, "appointment", &chain->appointment, "patient", p, "site", s, "start", "2026-11-23T10:00:00Z", "status", "booked", NULL);
}

/**
 * test_chain_set_up:
 * @data: (nullable): anything: nobody compares digests, which would put right what a test wants to see go wrong
 */
void
test_chain_set_up (TestChain *chain, gconstpointer data)
{
  test_id (&chain->site, "site");
  test_id (&chain->other_site, "other site");
  test_id (&chain->patient, "patient");
  test_id (&chain->appointment, "appointment");
  chain->net = test_net_new ();
  test_net_set_compare (chain->net, data == NULL);
  chain->central = test_place_central (chain->net, CENTRAL);
  put_people (chain);
  chain->hub = test_place_join (chain->net, chain->central, LIMBER_CLASS_HUB, &chain->site, HUB);
  test_place_sync (chain->hub);
  chain->desk = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  chain->kiosk = test_place_join (chain->net, chain->hub, LIMBER_CLASS_KIOSK, &chain->site, NULL);
  test_chain_sync (chain);
}

void
test_chain_tear_down (TestChain *chain, gconstpointer data)
{
  test_net_set_tamper (chain->net, NULL, NULL); /* what it is given was the test's own */
  test_place_free (chain->kiosk);
  test_place_free (chain->desk);
  test_place_free (chain->hub);
  test_place_free (chain->central);
  g_assert_finalize_object (chain->net);
}

/**
 * test_chain_sync:
 *
 * Everybody up, then everybody down, so that all have met.
 */
void
test_chain_sync (TestChain *chain)
{
  test_place_sync (chain->kiosk);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  test_place_sync (chain->kiosk);
}

char *
test_chain_status (TestChain *chain, TestPlace *place)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "appointment", &chain->appointment);

  return g_strdup (record != NULL ? limber_record_word (record, "status") : "none");
}

void
test_chain_assert_status (TestChain *chain, TestPlace *place, const char *expected)
{
  g_autofree char *status = test_chain_status (chain, place);

  g_assert_cmpstr (status, ==, expected);
}

gboolean
test_place_is_up_to_date (gpointer place)
{
  return limber_client_get_state (((TestPlace *) place)->client) == LIMBER_CLIENT_UP_TO_DATE;
}

gboolean
test_place_is_waiting (gpointer place)
{
  return limber_client_get_state (((TestPlace *) place)->client) == LIMBER_CLIENT_WAITING;
}

gboolean
test_place_is_offline (gpointer place)
{
  return limber_client_get_state (((TestPlace *) place)->client) == LIMBER_CLIENT_OFFLINE;
}

static void
on_central (LimberClient *client, GParamSpec *pspec, TestPlace *hub)
{
  limber_node_set_central (hub->node, limber_client_get_central_reachable (client));
}

/**
 * test_chain_start:
 *
 * Starts everybody's client, and waits until all are up to date.
 */
void
test_chain_start (TestChain *chain)
{
  test_place_start (chain->hub);
  g_signal_connect (chain->hub->client, "notify::central-reachable", G_CALLBACK (on_central), chain->hub);
  test_place_start (chain->desk);
  test_place_start (chain->kiosk);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->hub));
  g_assert_true (test_wait (test_place_is_up_to_date, chain->desk));
  g_assert_true (test_wait (test_place_is_up_to_date, chain->kiosk));
}
