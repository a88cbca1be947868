/* A hub dies and another comes in its place. */
#include <sodium.h>
#include <string.h>

#include "limber-credential.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-test-chain.h"

#define ELSEWHERE "test://elsewhere"

/* @url: where it is; it has read what it needs, and the old one answers no more */
static TestPlace *
replace_hub (TestChain *chain, const char *url)
{
  LimberId old = limber_store_identity (chain->hub->store)->device;
  g_autofree char *code = test_place_enrol (chain->central, LIMBER_CLASS_HUB, &chain->site, 0, &old);
  TestPlace *hub;

  test_place_close (chain->hub);
  hub = test_place_join_by (chain->net, chain->central, code, url);
  test_place_sync (hub);
  return hub;
}

static void
arrive (TestPlace *at, TestChain *chain)
{
  test_store_put (at->store, "appointment", &chain->appointment, "status", "arrived", NULL);
}

static void
without_the_internet_its_devices_go_over (TestChain *chain, gconstpointer data)
{
  TestPlace *hub = replace_hub (chain, HUB);

  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  arrive (chain->kiosk, chain);
  test_place_sync (chain->kiosk);
  test_place_sync (chain->desk);
  test_chain_assert_status (chain, hub, "arrived");
  test_chain_assert_status (chain, chain->desk, "arrived");
  test_place_free (hub);
}

static void
what_the_old_one_had_not_passed_on_is_not_lost (TestChain *chain, gconstpointer data)
{
  TestPlace *hub;

  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  arrive (chain->kiosk, chain);
  test_place_sync (chain->kiosk);
  test_chain_assert_status (chain, chain->hub, "arrived");
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  hub = replace_hub (chain, HUB);
  test_chain_assert_status (chain, chain->central, "booked");
  test_place_sync (chain->kiosk);
  test_place_sync (hub);
  test_chain_assert_status (chain, chain->central, "arrived");
  test_place_free (hub);
}

static gboolean
has_hub (gpointer data)
{
  TestPlace *place = data;

  return g_str_equal (limber_client_get_peer (place->client), "hub") && limber_client_get_state (place->client) == LIMBER_CLIENT_UP_TO_DATE;
}

static void
whoever_asks_central_hears_of_one_elsewhere (TestChain *chain, gconstpointer data)
{
  TestPlace *hub = replace_hub (chain, ELSEWHERE);
  LimberId id = limber_store_identity (hub->store)->device;

  limber_node_set_central (hub->node, TRUE);
  test_store_put (hub->store, "device", &id, "address", ELSEWHERE, NULL);
  test_place_sync (hub);
  test_place_start (chain->desk);
  g_assert_true (test_wait (has_hub, chain->desk));
  test_place_free (hub);
}

static void
the_old_one_hands_over_and_goes (TestChain *chain, gconstpointer data)
{
  TestPlace *hub = replace_hub (chain, ELSEWHERE);
  g_autoptr (LimberClient) client = NULL;
  g_autoptr (GError) error = NULL;

  test_place_open (chain->hub);
  client = limber_client_new_full (chain->hub->store, LIMBER_TRANSPORT (chain->net));
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED);
  test_place_free (hub);
}

/* Its devices know the new one already: the old one, back at its address, is a stranger whose word is older. */
static void
nobody_goes_back_to_the_old_one (TestChain *chain, gconstpointer data)
{
  TestPlace *hub;
  g_autoptr (LimberClient) client = NULL;
  g_autoptr (GError) error = NULL;

  hub = replace_hub (chain, HUB);
  test_place_sync (chain->desk);
  test_place_close (hub);
  test_place_open (chain->hub);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE);
  test_place_free (hub);
}

/* Two hubs, one after the other, so that the second's word would count more than that of the desk's own hub. */
static TestPlace *
join_second (TestChain *chain, TestPlace *central, const LimberId *site)
{
  TestPlace *first = test_place_join (chain->net, central, LIMBER_CLASS_HUB, site, NULL), *second;
  LimberId id = limber_store_identity (first->store)->device;
  g_autofree char *code = test_place_enrol (central, LIMBER_CLASS_HUB, site, 0, &id);

  second = test_place_join_by (chain->net, central, code, ELSEWHERE);
  test_place_free (first);
  return second;
}

/* @other: stands where the desk's hub was */
static void
assert_desk_keeps_away (TestChain *chain, TestPlace *other)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;

  test_place_sync (other);
  test_net_add (chain->net, HUB, other->node);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  g_assert_true (limber_client_sync_once (client, NULL, NULL));
}

static void
a_hub_of_another_site_is_none (TestChain *chain, gconstpointer data)
{
  TestPlace *other = join_second (chain, chain->central, &chain->other_site);

  assert_desk_keeps_away (chain, other);
  test_place_free (other);
}

static void
a_hub_of_another_service_is_none (TestChain *chain, gconstpointer data)
{
  TestPlace *central = test_place_central (chain->net, "test://another"), *other = join_second (chain, central, &chain->site);

  assert_desk_keeps_away (chain, other);
  test_place_free (other);
  test_place_free (central);
}

static gboolean
try_enrol (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const guint8 key[32];
  g_autofree char *code = NULL;

  return limber_enrolment_make (transaction, data, key, &code, error);
}

static void
only_a_hub_of_the_site_is_replaced (TestChain *chain, gconstpointer data)
{
  LimberId hub = limber_store_identity (chain->hub->store)->device, desk = limber_store_identity (chain->desk->store)->device, nobody;
  LimberEnrolment tries[] = { { LIMBER_CLASS_DESK, &chain->site, "New", 0, &hub },
                              { LIMBER_CLASS_HUB, &chain->other_site, "New", 0, &hub },
                              { LIMBER_CLASS_HUB, &chain->site, "New", 0, &desk },
                              { LIMBER_CLASS_HUB, &chain->site, "New", 0, &nobody } };

  test_id (&nobody, "nobody");
  test_place_sync (chain->hub);
  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (limber_store_write (chain->central->store, try_enrol, &tries[i], &error));
    g_assert_error (error, LIMBER_ERROR, (i < 3 ? LIMBER_ERROR_REFUSED : LIMBER_ERROR_NOT_FOUND));
  }
}

static void
a_word_that_central_did_not_give_is_none (TestChain *chain, gconstpointer data)
{
  static const char *const names[] = { "site", "node", "key", "sign" };
  guint8 public_key[32], secret_key[64];
  LimberCredential credential = { .generation = 3 }, read;
  g_autoptr (json_t) good = NULL, late = NULL;

  crypto_sign_keypair (public_key, secret_key);
  test_id (&credential.site, "site");
  test_id (&credential.node, "node");
  good = limber_credential_sign (&credential, secret_key);
  g_assert_true (limber_credential_read (&read, good, public_key));
  g_assert_true (limber_id_equal (&read.node, &credential.node));
  g_assert_cmpint (read.generation, ==, 3);
  g_assert_false (limber_credential_read (&read, NULL, public_key));
  late = json_deep_copy (good);
  json_object_set_new (late, "generation", json_integer (4));
  g_assert_false (limber_credential_read (&read, late, public_key));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (json_t) altered = json_deep_copy (good);
    g_autofree char *text = g_strdup (limber_json_string (good, names[i]));

    text[3] = text[3] == 'a' ? 'b' : 'a';
    json_object_set_new (altered, names[i], json_string (text));
    g_assert_false (limber_credential_read (&read, altered, public_key));
    json_object_del (altered, names[i]);
    g_assert_false (limber_credential_read (&read, altered, public_key));
  }
  public_key[0] ^= 1;
  g_assert_false (limber_credential_read (&read, good, public_key));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/successor/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)
  ADD ("without the internet its devices go over", without_the_internet_its_devices_go_over);
  ADD ("what the old one had not passed on is not lost", what_the_old_one_had_not_passed_on_is_not_lost);
  ADD ("whoever asks central hears of one elsewhere", whoever_asks_central_hears_of_one_elsewhere);
  ADD ("the old one hands over and goes", the_old_one_hands_over_and_goes);
  ADD ("nobody goes back to the old one", nobody_goes_back_to_the_old_one);
  ADD ("a hub of another site is none", a_hub_of_another_site_is_none);
  ADD ("a hub of another service is none", a_hub_of_another_service_is_none);
  ADD ("only a hub of the site is replaced", only_a_hub_of_the_site_is_replaced);
  ADD ("a word that central did not give is none", a_word_that_central_did_not_give_is_none);
  return g_test_run ();
}
