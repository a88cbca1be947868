/* What only a device still holds, and no entry tells of, is offered to central before it is replaced (SYNC.md rule 18). */
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-test-chain.h"

typedef struct {
  TestChain  chain;
  TestPlace *writer; /* a second desk, whose disk is about to be lost */
  TestPlace *other;  /* a third */
  TestPlace *hub_then, *central_then;
} Loss;

static void
set_up (Loss *loss, gconstpointer data)
{
  TestChain *chain = &loss->chain;

  test_chain_set_up (chain, data);
  loss->writer = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  loss->other = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  test_place_sync (loss->writer);
  test_place_sync (loss->other);
  test_chain_sync (chain);
  loss->hub_then = test_place_save (chain->hub);
  loss->central_then = test_place_save (chain->central);
}

static void
tear_down (Loss *loss, gconstpointer data)
{
  test_place_free (loss->hub_then);
  test_place_free (loss->central_then);
  test_place_free (loss->writer);
  test_place_free (loss->other);
  test_chain_tear_down (&loss->chain, data);
}

/* The writer's change reaches everybody; then both nodes go back to their copies. */
static void
lose (Loss *loss)
{
  TestChain *chain = &loss->chain;

  test_store_put (loss->writer->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_place_sync (loss->writer);
  test_chain_sync (chain);
  test_chain_sync (chain);
  test_place_restore (chain->hub, loss->hub_then);
  test_place_restore (chain->central, loss->central_then);
  test_place_sync (chain->hub); /* until then it is behind, and nobody takes anything away for it */
  for (int i = 0; i < 3; i++)
    test_chain_sync (chain);
}

static char *
title (TestPlace *place, const LimberId *patient)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "patient", patient);

  return g_strdup (limber_record_text (record, "title"));
}

static void
assert_title (TestPlace *place, const LimberId *patient, const char *expected)
{
  g_autofree char *held = title (place, patient);

  g_assert_cmpstr (held, ==, expected);
}

static void
assert_quarantined (TestPlace *place, guint expected)
{
  g_autoptr (json_t) list = test_store_quarantine (place->store);

  g_assert_cmpuint (json_array_size (list), ==, expected);
}

static void
a_value_that_central_lost_waits_for_a_person (Loss *loss, gconstpointer data)
{
  TestChain *chain = &loss->chain;
  g_autoptr (json_t) list = NULL;

  lose (loss);
  list = test_store_quarantine (chain->central->store);
  g_assert_cmpuint (json_array_size (list), ==, 1);
  g_assert_cmpstr (limber_json_string (json_array_get (list, 0), "reason"), ==, "recovered");
  g_assert_cmpstr (limber_json_string (json_array_get (list, 0), "fields"), ==, "{\"title\":\"Dame\"}");
  assert_title (chain->central, &chain->patient, NULL);
  assert_title (chain->desk, &chain->patient, NULL);
}

static void
two_who_hold_it_ask_one_question (Loss *loss, gconstpointer data)
{
  TestChain *chain = &loss->chain;

  test_store_put (loss->writer->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_place_sync (loss->writer);
  test_place_sync (loss->other);
  assert_title (loss->other, &chain->patient, "Dame");
  lose (loss);
  assert_quarantined (chain->central, 1);
  test_place_sync (loss->other);
  test_chain_sync (chain);
  assert_title (loss->other, &chain->patient, NULL);
  assert_quarantined (chain->central, 1);
}

static void
the_entry_itself_ends_the_question (Loss *loss, gconstpointer data)
{
  TestChain *chain = &loss->chain;

  lose (loss);
  assert_quarantined (chain->central, 1);
  test_place_sync (loss->writer); /* its disk was not lost after all */
  test_chain_sync (chain);
  test_chain_sync (chain);
  assert_quarantined (chain->central, 0);
  assert_quarantined (chain->hub, 0);
  assert_title (chain->central, &chain->patient, "Dame");
  assert_title (chain->desk, &chain->patient, "Dame");
}

static void
what_central_knows_is_not_offered (Loss *loss, gconstpointer data)
{
  TestChain *chain = &loss->chain;
  LimberId id = limber_store_identity (loss->writer->store)->device;

  test_store_put (loss->writer->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_store_put (chain->central->store, "device", &id, "revoked", "yes", NULL);
  test_place_sync (loss->writer); /* the hub does not know yet, and merges it */
  test_place_sync (chain->desk);
  assert_title (chain->desk, &chain->patient, "Dame");
  for (int i = 0; i < 3; i++)
    test_chain_sync (chain);
  assert_title (chain->desk, &chain->patient, NULL); /* put right by the digest */
  {
    g_autoptr (json_t) list = test_store_quarantine (chain->central->store);

    g_assert_cmpuint (json_array_size (list), ==, 1);
    g_assert_cmpstr (limber_json_string (json_array_get (list, 0), "reason"), ==, "revoked device");
  }
}

/* The desk reads from central, and is gone again before it has compared with it. */
static void
what_came_from_central_stays_at_a_hub_that_is_behind (Loss *loss, gconstpointer data)
{
  TestChain *chain = &loss->chain;
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;

  test_store_put (chain->central->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_net_set_compare (chain->net, FALSE);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  test_place_sync (chain->desk);
  assert_title (chain->desk, &chain->patient, "Dame");
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  limber_client_sync_once (client, NULL, &error);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE); /* which says why */
  assert_title (chain->desk, &chain->patient, "Dame");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/recovered/" name, Loss, NULL, set_up, func, tear_down)
  ADD ("a value that central lost waits for a person", a_value_that_central_lost_waits_for_a_person);
  ADD ("two who hold it ask one question", two_who_hold_it_ask_one_question);
  ADD ("the entry itself ends the question", the_entry_itself_ends_the_question);
  ADD ("what central knows is not offered", what_central_knows_is_not_offered);
  ADD ("what came from central stays at a hub that is behind", what_came_from_central_stays_at_a_hub_that_is_behind);
  return g_test_run ();
}
