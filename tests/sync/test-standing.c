/* What a client says of how things stand, and what it hears. */
#include <string.h>

#include "limber-client-private.h"
#include "limber-json.h"
#include "limber-status.h"
#include "limber-test-chain.h"

static void
count_word (LimberWake *wake, const char *word, GString *heard)
{
  g_string_append (heard, word);
}

static void
a_word_said_before_somebody_listens_is_heard (void)
{
  g_autoptr (LimberWake) wake = limber_wake_new ();
  g_autoptr (GString) heard = g_string_new (NULL);

  limber_wake_say (wake, LIMBER_WAKE_PULL);
  limber_wake_say (wake, LIMBER_WAKE_MARKS);
  limber_wake_say (wake, LIMBER_WAKE_PULL);
  g_signal_connect (wake, "said", G_CALLBACK (count_word), heard);
  limber_wake_open (wake);
  g_assert_cmpstr (heard->str, ==, LIMBER_WAKE_PULL LIMBER_WAKE_MARKS);
  limber_wake_say (wake, LIMBER_WAKE_PULL);
  g_assert_cmpstr (heard->str, ==, LIMBER_WAKE_PULL LIMBER_WAKE_MARKS LIMBER_WAKE_PULL);
}

/* The hub retries at least every 5 s; a device that was shut out must not be a burden for ever. */
static void
who_is_refused_asks_ever_more_seldom (void)
{
  for (guint failures = 0; failures < 40; failures++)
    g_assert_cmpuint (limber_client_patience (failures, 0), <=, 5000);
  for (guint refusals = 1; refusals < 40; refusals++) {
    g_assert_cmpuint (limber_client_patience (0, refusals), <=, limber_client_patience (0, refusals + 1));
    g_assert_cmpuint (limber_client_patience (40, refusals), >=, limber_client_patience (40, 0));
  }
  g_assert_cmpuint (limber_client_patience (0, 1), <=, 1000);
  g_assert_cmpuint (limber_client_patience (0, 12), ==, 600000);
}

static void
a_hub_that_stays_away_is_looked_for_ever_more_seldom (void)
{
  g_assert_cmpuint (limber_client_probe_patience (0), <=, 2000);
  for (guint probes = 0; probes < 40; probes++)
    g_assert_cmpuint (limber_client_probe_patience (probes), <=, limber_client_probe_patience (probes + 1));
  g_assert_cmpuint (limber_client_probe_patience (40), ==, 60000);
}

typedef struct {
  TestChain *chain;
  gboolean   written;
  gboolean   early; /* it said that all is well while it was not */
} Standing;

/* Somebody writes while the digests are being compared. */
static void
write_meanwhile (LimberMessage *request, gpointer data)
{
  Standing *standing = data;

  if (standing->written || !g_str_equal (request->path, "/sync/v1/digest"))
    return;
  standing->written = TRUE;
  test_store_put (standing->chain->desk->store, "patient", &standing->chain->patient, "title", "Dr", NULL);
}

static void
on_state (LimberClient *client, GParamSpec *pspec, Standing *standing)
{
  g_autoptr (LimberRecord) record = test_store_get (standing->chain->central->store, "patient", &standing->chain->patient);

  if (standing->written && limber_client_get_state (client) == LIMBER_CLIENT_UP_TO_DATE && limber_record_text (record, "title") == NULL)
    standing->early = TRUE;
}

static void
what_was_just_written_counts_before_all_is_well (TestChain *chain, gconstpointer data)
{
  Standing standing = { chain, FALSE, FALSE };

  test_place_start (chain->hub);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->hub));
  limber_node_set_central (chain->hub->node, TRUE);
  test_net_set_tamper (chain->net, write_meanwhile, &standing);
  chain->desk->client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_signal_connect (chain->desk->client, "notify::state", G_CALLBACK (on_state), &standing);
  limber_client_start (chain->desk->client);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->desk));
  g_signal_handlers_disconnect_by_data (chain->desk->client, &standing);
  g_assert_true (standing.written);
  g_assert_false (standing.early);
}

static gboolean
read_status (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_status_json (reader, error);
  return TRUE;
}

/* Its chain went on before it was put back, and central has more of it than it knows. */
static void
a_restored_device_hears_how_far_central_has_it (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) status = NULL;
  TestPlace *saved;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dr", NULL);
  saved = test_place_save (chain->desk);
  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Prof", NULL);
  test_chain_sync (chain);
  test_place_restore (chain->desk, saved);
  test_chain_sync (chain);
  limber_store_read (chain->desk->store, read_status, &status, NULL);
  g_assert_cmpint (json_integer_value (json_object_get (status, "pending")), ==, 0);
  test_place_free (saved);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/standing/who is refused asks ever more seldom", who_is_refused_asks_ever_more_seldom);
  g_test_add_func ("/sync/standing/a hub that stays away is looked for ever more seldom", a_hub_that_stays_away_is_looked_for_ever_more_seldom);
  g_test_add_func ("/sync/standing/a word said before somebody listens is heard", a_word_said_before_somebody_listens_is_heard);
  g_test_add ("/sync/standing/what was just written counts before all is well", TestChain, NULL, test_chain_set_up, what_was_just_written_counts_before_all_is_well, test_chain_tear_down);
  g_test_add ("/sync/standing/a restored device hears how far central has it", TestChain, NULL, test_chain_set_up, a_restored_device_hears_how_far_central_has_it, test_chain_tear_down);
  return g_test_run ();
}
