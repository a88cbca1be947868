/* What a node keeps apart: its author goes on seeing it, nobody else does, until a person decides (SYNC.md rule 15). */
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-test-chain.h"

static void
set_up (TestChain *chain, gconstpointer data)
{
  test_chain_set_up (chain, NULL);
}

#define BOSS ((LimberAuthor){ "system:test", "service-manager" })

static void
assert_quarantined (TestPlace *place, guint expected)
{
  g_autoptr (json_t) list = test_store_quarantine (place->store);

  g_assert_cmpuint (json_array_size (list), ==, expected);
}

static void
assert_title (TestPlace *place, const LimberId *patient, const char *expected)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "patient", patient);

  g_assert_cmpstr (limber_record_text (record, "title"), ==, expected);
}

typedef struct {
  LimberEntryId  id;
  LimberDecision decision;
} Decide;

static gboolean
decide_one (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Decide *decide = data;

  return limber_quarantine_decide (transaction, &decide->id, decide->decision, &BOSS, error);
}

static gboolean
decide (TestPlace *place, LimberDecision decision, GError **error)
{
  g_autoptr (json_t) list = test_store_quarantine (place->store);
  Decide deed = { .decision = decision };

  g_assert_cmpuint (json_array_size (list), >, 0);
  g_assert_true (limber_id_parse (&deed.id, limber_json_string (json_array_get (list, 0), "id")));
  return limber_store_write (place->store, decide_one, &deed, error);
}

static void
sync_all (TestChain *chain)
{
  test_chain_sync (chain);
  test_chain_sync (chain);
}

/* The hub takes the desk for what it is; central, whose list is not the same, for a kiosk: it may not write names. */
static void
mistake (TestChain *chain)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;

  test_chain_sync (chain);
  test_store_put (chain->central->store, "device", &desk, "class", "kiosk", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dame", NULL);
}

typedef struct {
  TestNet *net;
  guint    pushes;
} Losing;

/* From the first push that is more than an offer: that one is asked twice, first without knowing the node's run. */
static void
lose_answers (LimberMessage *request, gpointer data)
{
  Losing *losing = data;

  if (g_str_equal (request->method, "POST") && g_str_has_suffix (request->path, "/push") && ++losing->pushes > 2)
    test_net_set_fault (losing->net, CENTRAL, TEST_NET_LOSE_ANSWER);
}

static void
its_author_sees_it_and_nobody_else (TestChain *chain, gconstpointer data)
{
  mistake (chain);
  test_place_sync (chain->desk);
  assert_title (chain->hub, &chain->patient, "Dame"); /* not yet told */
  test_place_sync (chain->hub);
  assert_title (chain->central, &chain->patient, NULL);
  assert_title (chain->hub, &chain->patient, NULL);
  assert_quarantined (chain->central, 1);
  assert_quarantined (chain->hub, 1);
  test_store_assert_sound (chain->hub->store);
  test_store_assert_sound (chain->central->store);
}

/* The next push must not tell again what the first was told: central knows the entry by then. */
static void
a_hub_that_heard_no_verdict_keeps_it_apart (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->hub->store, LIMBER_TRANSPORT (chain->net));
  Losing losing = { chain->net, 0 };

  mistake (chain);
  test_place_sync (chain->desk);
  test_net_set_tamper (chain->net, lose_answers, &losing);
  g_assert_false (limber_client_sync_once (client, NULL, NULL));
  test_net_set_tamper (chain->net, NULL, NULL);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  assert_quarantined (chain->central, 1);
  assert_quarantined (chain->hub, 0);
  test_place_sync (chain->hub);
  assert_title (chain->hub, &chain->patient, NULL);
  assert_quarantined (chain->hub, 1);
  test_store_assert_sound (chain->hub->store);
  g_assert_true (decide (chain->central, LIMBER_DECISION_APPROVE, NULL));
  test_place_sync (chain->hub);
  assert_title (chain->hub, &chain->patient, "Dame");
  assert_quarantined (chain->hub, 0);
  test_store_assert_sound (chain->hub->store);
}

static void
an_approval_is_the_reviewers_own_entry (TestChain *chain, gconstpointer data)
{
  mistake (chain);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  g_assert_true (decide (chain->central, LIMBER_DECISION_APPROVE, NULL));
  assert_quarantined (chain->central, 0);
  assert_title (chain->central, &chain->patient, "Dame");
  test_place_sync (chain->hub);
  assert_title (chain->hub, &chain->patient, "Dame");
  assert_quarantined (chain->hub, 0);
  test_store_assert_sound (chain->central->store);
}

static void
declining_leaves_things_as_they_are (TestChain *chain, gconstpointer data)
{
  mistake (chain);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  g_assert_true (decide (chain->central, LIMBER_DECISION_DECLINE, NULL));
  assert_quarantined (chain->central, 0);
  assert_title (chain->central, &chain->patient, NULL);
  test_place_sync (chain->hub);
  assert_title (chain->hub, &chain->patient, NULL);
  assert_quarantined (chain->hub, 0);
}

/* Central's list is put right; the desk is a desk again. */
static void
mend (TestChain *chain)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;

  test_store_put (chain->central->store, "device", &desk, "class", "desk", NULL);
  test_place_sync (chain->hub);
}

static void
the_author_sees_it_marked_until_it_is_decided (TestChain *chain, gconstpointer data)
{
  mistake (chain);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  mend (chain);
  test_place_sync (chain->desk);
  test_place_sync (chain->desk);
  assert_title (chain->desk, &chain->patient, "Dame");
  assert_title (chain->hub, &chain->patient, NULL);
  assert_quarantined (chain->desk, 1);
  test_store_assert_sound (chain->desk->store);
  g_assert_true (decide (chain->central, GPOINTER_TO_INT (data) ? LIMBER_DECISION_APPROVE : LIMBER_DECISION_DECLINE, NULL));
  sync_all (chain);
  assert_title (chain->desk, &chain->patient, GPOINTER_TO_INT (data) ? "Dame" : NULL);
  assert_title (chain->hub, &chain->patient, GPOINTER_TO_INT (data) ? "Dame" : NULL);
  assert_quarantined (chain->desk, 0);
  assert_quarantined (chain->hub, 0);
  assert_quarantined (chain->central, 0);
}

/* The mistake is noticed while the desk is talking to central: after its push, before it reads. */
static void
mend_before_it_reads (LimberMessage *request, gpointer data)
{
  TestPlace **places = data; /* central, desk */
  LimberId desk = limber_store_identity (places[1]->store)->device;

  if (g_str_equal (request->method, "GET"))
    test_store_put (places[0]->store, "device", &desk, "class", "desk", NULL);
}

/* A person whom only her author's screen has. */
static void
somebody_new_stays_with_her_author (TestChain *chain, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&chain->site);
  TestPlace *desk = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->site, NULL), *places[] = { chain->central, desk };
  LimberId id, device = limber_store_identity (desk->store)->device;

  test_id (&id, "new");
  test_place_sync (desk);
  test_store_put (chain->central->store, "device", &device, "class", "kiosk", NULL);
  test_store_put (desk->store, "patient", &id, "family", "Neuhaus", "given", "Ada", "born", "1950-01-02", "site", site, NULL);
  test_net_set_tamper (chain->net, mend_before_it_reads, places);
  test_place_sync (desk);
  test_net_set_tamper (chain->net, NULL, NULL);
  test_place_sync (desk);
  assert_quarantined (desk, 1);
  assert_quarantined (chain->central, 1);
  {
    g_autoptr (LimberRecord) here = test_store_get (desk->store, "patient", &id), there = test_store_get (chain->central->store, "patient", &id);

    g_assert_cmpstr (limber_record_text (here, "family"), ==, "Neuhaus");
    g_assert_null (there);
  }
  test_store_assert_sound (desk->store);
  g_assert_true (decide (chain->central, LIMBER_DECISION_APPROVE, NULL));
  test_place_sync (desk);
  assert_quarantined (desk, 0);
  assert_quarantined (chain->central, 0);
  test_store_assert_sound (desk->store);
  test_store_assert_sound (chain->central->store);
  test_place_free (desk);
}

static void
declining_somebody_new_leaves_nobody (TestChain *chain, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&chain->site);
  LimberId id;

  test_id (&id, "new");
  mistake (chain);
  test_store_put (chain->desk->store, "patient", &id, "family", "Neuhaus", "given", "Ada", "born", "1950-01-02", "site", site, NULL);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  g_assert_true (decide (chain->central, LIMBER_DECISION_DECLINE, NULL));
  g_assert_true (decide (chain->central, LIMBER_DECISION_DECLINE, NULL));
  {
    g_autoptr (LimberRecord) record = test_store_get (chain->central->store, "patient", &id);

    g_assert_null (record);
  }
  assert_quarantined (chain->central, 0);
  test_store_assert_sound (chain->central->store);
}

static void
nothing_is_decided_twice (TestChain *chain, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) list = NULL;
  Decide deed = { .decision = LIMBER_DECISION_APPROVE };

  mistake (chain);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  list = test_store_quarantine (chain->central->store);
  g_assert_true (limber_id_parse (&deed.id, limber_json_string (json_array_get (list, 0), "id")));
  g_assert_true (limber_store_write (chain->central->store, decide_one, &deed, NULL));
  g_assert_false (limber_store_write (chain->central->store, decide_one, &deed, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func, data) g_test_add ("/sync/quarantine/" name, TestChain, data, set_up, func, test_chain_tear_down)
  ADD ("the node keeps it apart", its_author_sees_it_and_nobody_else, NULL);
  ADD ("a hub that heard no verdict keeps it apart", a_hub_that_heard_no_verdict_keeps_it_apart, NULL);
  ADD ("an approval is the reviewer's own entry", an_approval_is_the_reviewers_own_entry, NULL);
  ADD ("declining leaves things as they are", declining_leaves_things_as_they_are, NULL);
  ADD ("its author sees it, marked, until it is approved", the_author_sees_it_marked_until_it_is_decided, GINT_TO_POINTER (1));
  ADD ("its author sees it, marked, until it is declined", the_author_sees_it_marked_until_it_is_decided, NULL);
  ADD ("somebody new stays with her author", somebody_new_stays_with_her_author, NULL);
  ADD ("declining somebody new leaves nobody", declining_somebody_new_leaves_nobody, NULL);
  ADD ("nothing is decided twice", nothing_is_decided_twice, NULL);
  return g_test_run ();
}
