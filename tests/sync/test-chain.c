/* Kiosk, desk, hub and central in one process: the main job. */
#include <string.h>

#include "limber-json.h"
#include "limber-status.h"
#include "limber-test-chain.h"

static void
everybody_holds_what_they_should (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) at_desk = test_store_get (chain->desk->store, "patient", &chain->patient), at_kiosk = test_store_get (chain->kiosk->store, "patient", &chain->patient);

  g_assert_nonnull (at_desk);
  g_assert_cmpstr (limber_record_text (at_desk, "family"), ==, "Canarywood");
  g_assert_nonnull (at_kiosk);
  g_assert_null (limber_record_text (at_kiosk, "family"));
  g_assert_cmpstr (limber_record_text (at_kiosk, "born"), ==, "1961-04-09");
  g_assert_cmpstr (limber_record_text (at_kiosk, "initials"), ==, "M C");
  g_assert_cmpstr (limber_record_text (at_kiosk, "letters"), ==, "C");
  g_assert_nonnull (limber_record_text (at_kiosk, "postcode_key"));
  g_assert_nonnull (limber_record_text (at_kiosk, "masked_phone"));
  test_chain_assert_status (chain, chain->kiosk, "booked");
  test_chain_assert_status (chain, chain->desk, "booked");
}

/* Every byte of every file of a store. */
static gboolean
holds_text (TestPlace *place, const char *text)
{
  g_autofree char *path = g_build_filename (place->dir, "store", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL), *bytes = NULL;
    gsize length = 0;

    if (g_file_get_contents (file, &bytes, &length, NULL))
      found = found || memmem (bytes, length, text, strlen (text)) != NULL;
  }
  return found;
}

static void
a_kiosk_holds_no_name (TestChain *chain, gconstpointer data)
{
  static const char *const canaries[] = { "Canarywood", "canarywood", "Canary Lane", "9990000026", "HA1 1AA", "HA11AA", "07700900123" };

  g_assert_true (holds_text (chain->desk, "Canarywood"));
  g_assert_true (holds_text (chain->kiosk, "1961-04-09"));
  for (gsize i = 0; i < G_N_ELEMENTS (canaries); i++)
    g_assert_false (holds_text (chain->kiosk, canaries[i]));
}

static void
a_check_in_reaches_desk_and_central (TestChain *chain, gconstpointer data)
{
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_place_sync (chain->kiosk);
  test_place_sync (chain->desk);
  test_chain_assert_status (chain, chain->desk, "arrived");
  test_chain_assert_status (chain, chain->central, "booked");
  test_place_sync (chain->hub);
  test_chain_assert_status (chain, chain->central, "arrived");
}

typedef struct {
  TestChain *chain;
  TestPlace *place;
} Seen;

static gboolean
has_arrived (gpointer data)
{
  Seen *seen = data;
  g_autofree char *status = test_chain_status (seen->chain, seen->place);

  return g_str_equal (status, "arrived");
}

static void
the_site_works_with_central_cut_off (TestChain *chain, gconstpointer data)
{
  Seen at_desk = { chain, chain->desk }, at_central = { chain, chain->central };
  gint64 start;

  test_chain_start (chain);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_true (test_wait (test_place_is_offline, chain->hub));
  start = g_get_monotonic_time ();
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (has_arrived, &at_desk));
  g_test_message ("kiosk to desk: %.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
  test_chain_assert_status (chain, chain->central, "booked");
  g_assert_true (test_wait (test_place_is_waiting, chain->kiosk));
  g_assert_cmpuint (limber_client_get_pending (chain->kiosk->client), ==, 1);
  g_assert_false (limber_client_get_central_reachable (chain->kiosk->client));
  g_assert_cmpstr (limber_client_get_peer (chain->kiosk->client), ==, "hub");

  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  g_assert_true (test_wait (has_arrived, &at_central));
  g_assert_true (test_wait (test_place_is_up_to_date, chain->kiosk));
  g_assert_cmpuint (limber_client_get_pending (chain->kiosk->client), ==, 0);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->hub));
}

static gboolean
one_waits (gpointer data)
{
  return limber_client_get_pending (((TestPlace *) data)->client) == 1;
}

static void
what_waits_is_counted_alone_too (TestChain *chain, gconstpointer data)
{
  test_chain_start (chain);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_true (test_wait (test_place_is_offline, chain->kiosk));
  g_assert_cmpstr (limber_client_get_peer (chain->kiosk->client), ==, "");
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (one_waits, chain->kiosk));
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->kiosk));
  g_assert_cmpuint (limber_client_get_pending (chain->kiosk->client), ==, 0);
}

static gboolean
read_status (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_status_json (reader, error);
  return *(json_t **) data != NULL;
}

/* As `limberctl status` reads it beside the store's owner. */
static char *
dup_peer (TestPlace *place, const char *name)
{
  g_autoptr (json_t) status = NULL;

  g_assert_true (limber_store_read (place->store, read_status, &status, NULL));
  g_assert_cmpint (json_is_null (json_object_get (status, "peer")), ==, json_is_null (json_object_get (status, "peer_url")));
  g_assert_nonnull (limber_json_string (status, "last_sync"));
  return g_strdup (limber_json_string (status, name));
}

static gboolean
has_no_peer (gpointer data)
{
  g_autofree char *peer = dup_peer (data, "peer");

  return peer == NULL;
}

static void
count_up (LimberStore *store, LimberChanges *changes, guint *count)
{
  ++*count;
}

typedef struct {
  TestNet *net;
  guint    requests;
} Requests;

static gboolean
have_been_made (gpointer data)
{
  Requests *wanted = data;

  return test_net_requests (wanted->net) >= wanted->requests;
}

static gboolean
nothing (LimberTransaction *transaction, gpointer data, GError **error)
{
  return TRUE;
}

static void
status_tells_who_is_reached_now (TestChain *chain, gconstpointer data)
{
  Requests wanted = { chain->net };
  g_autofree char *peer = NULL, *url = NULL, *last = NULL, *still = NULL, *direct = NULL, *again = NULL;
  guint changes = 0;

  test_chain_start (chain);
  peer = dup_peer (chain->kiosk, "peer");
  url = dup_peer (chain->kiosk, "peer_url");
  last = dup_peer (chain->kiosk, "last_sync");
  g_assert_cmpstr (peer, ==, "hub");
  g_assert_cmpstr (url, ==, HUB);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_true (test_wait (has_no_peer, chain->kiosk));
  still = dup_peer (chain->kiosk, "last_sync");
  g_assert_cmpstr (still, ==, last);
  /* once is enough */
  limber_client_stop (chain->hub->client);
  limber_client_stop (chain->desk->client);
  g_assert_true (limber_store_write (chain->kiosk->store, nothing, NULL, NULL)); /* what was committed before has been told now */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (chain->kiosk->store, "changed", G_CALLBACK (count_up), &changes);
  wanted.requests = test_net_requests (chain->net) + 4;
  g_assert_true (test_wait (have_been_made, &wanted));
  g_assert_cmpuint (changes, ==, 0);
  g_signal_handlers_disconnect_by_data (chain->kiosk->store, &changes);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->kiosk));
  direct = dup_peer (chain->kiosk, "peer");
  g_assert_cmpstr (direct, ==, "central");
  /* it stays the truth of the last attempt when the program ends */
  limber_client_stop (chain->kiosk->client);
  again = dup_peer (chain->kiosk, "peer");
  g_assert_cmpstr (again, ==, "central");
}

static void
with_the_hub_gone_central_is_asked (TestChain *chain, gconstpointer data)
{
  Seen at_central = { chain, chain->central };

  test_chain_start (chain);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (has_arrived, &at_central));
  g_assert_true (test_wait (test_place_is_up_to_date, chain->kiosk));
  g_assert_cmpstr (limber_client_get_peer (chain->kiosk->client), ==, "central");
}

/* Whoever answers at the hub's address is nobody, unless he can show that he is the hub. */
static void
a_stranger_in_the_hubs_place_shuts_nobody_out (TestChain *chain, gconstpointer data)
{
  Seen at_central = { chain, chain->central };

  test_net_add (chain->net, HUB, chain->central->node);
  test_chain_start (chain);
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (has_arrived, &at_central));
  g_assert_cmpstr (limber_client_get_peer (chain->kiosk->client), ==, "central");
  g_assert_cmpint (limber_client_get_state (chain->kiosk->client), !=, LIMBER_CLIENT_REFUSED);
}

/* A line to central that was cut without a word must not stand between a device and its hub. */
static gboolean
somebody_is_kept_waiting (gpointer data)
{
  return test_net_held (data) > 0;
}

static gboolean
has_its_hub (gpointer data)
{
  return g_strcmp0 (limber_client_get_peer (((TestPlace *) data)->client), "hub") == 0;
}

static gboolean
has_central_itself (gpointer data)
{
  return g_strcmp0 (limber_client_get_peer (((TestPlace *) data)->client), "central") == 0;
}

static void
with_central_silent_the_hub_is_found_again (TestChain *chain, gconstpointer data)
{
  Seen at_desk = { chain, chain->desk };

  test_chain_start (chain);
  limber_client_stop (chain->hub->client);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_SILENT);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  g_assert_true (test_wait (somebody_is_kept_waiting, chain->net));
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  g_assert_true (test_wait (has_its_hub, chain->kiosk));
  g_assert_true (test_wait (has_its_hub, chain->desk));
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (has_arrived, &at_desk));
  g_assert_cmpuint (test_net_held (chain->net), ==, 0);
}

/* The hub is asked whether it is back; that it says nothing holds nothing up. */
static void
with_the_hub_silent_central_still_hears (TestChain *chain, gconstpointer data)
{
  Seen at_central = { chain, chain->central };

  test_chain_start (chain);
  limber_client_stop (chain->hub->client);
  limber_client_stop (chain->desk->client);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  g_assert_true (test_wait (has_central_itself, chain->kiosk));
  test_net_set_fault (chain->net, HUB, TEST_NET_SILENT);
  g_assert_true (test_wait (somebody_is_kept_waiting, chain->net));
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (has_arrived, &at_central));
  g_assert_cmpuint (test_net_held (chain->net), >, 0);
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  g_assert_true (test_wait (has_its_hub, chain->kiosk));
}

typedef struct {
  TestChain *chain;
  guint      attempts;
} Attempts;

/* Each attempt takes twenty seconds, of which nobody waits one. */
static gboolean
has_tried_often (gpointer data)
{
  Attempts *seen = data;

  if (test_net_held (seen->chain->net) > 0) {
    seen->attempts++;
    seen->chain->hub->clock.now += 20000;
    test_net_set_fault (seen->chain->net, CENTRAL, TEST_NET_CUT);
    test_net_set_fault (seen->chain->net, CENTRAL, TEST_NET_SILENT);
  }
  return seen->attempts == 8;
}

static void
after_a_long_attempt_the_next_one_begins_soon (TestChain *chain, gconstpointer data)
{
  Attempts seen = { chain, 0 };

  test_net_set_fault (chain->net, CENTRAL, TEST_NET_SILENT);
  test_place_start (chain->hub);
  g_assert_true (test_wait (has_tried_often, &seen));
}

/* The hub reaches central again in the moment in which nobody listens to it. */
static void
find_central_again (LimberMessage *request, gpointer hub)
{
  if (g_str_has_suffix (request->path, "/wake"))
    limber_node_set_central (((TestPlace *) hub)->node, TRUE);
}

static gboolean
reaches_central (gpointer data)
{
  return limber_client_get_central_reachable (((TestPlace *) data)->client);
}

static gboolean
has_no_central (gpointer data)
{
  return !reaches_central (data);
}

static void
who_listens_again_hears_that_central_is_back (TestChain *chain, gconstpointer data)
{
  limber_node_set_central (chain->hub->node, TRUE);
  test_place_start (chain->desk);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->desk));
  test_net_set_tamper (chain->net, find_central_again, chain->hub);
  limber_node_set_central (chain->hub->node, FALSE);
  test_net_drop_lines (chain->net, HUB); /* while the desk asks about that, so that its session goes on */
  g_assert_true (test_wait (has_no_central, chain->desk));
  g_assert_true (test_wait (reaches_central, chain->desk));
}

static void
whoever_moves_away_is_forgotten (TestChain *chain, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&chain->other_site);
  g_autoptr (LimberRecord) at_hub = NULL, at_desk = NULL, at_kiosk = NULL;

  test_store_put (chain->central->store, "appointment", &chain->appointment, "site", other, NULL);
  test_chain_sync (chain);
  at_hub = test_store_get (chain->hub->store, "patient", &chain->patient);
  at_desk = test_store_get (chain->desk->store, "patient", &chain->patient);
  at_kiosk = test_store_get (chain->kiosk->store, "patient", &chain->patient);
  g_assert_null (at_hub);
  g_assert_null (at_desk);
  g_assert_null (at_kiosk);
  test_chain_assert_status (chain, chain->desk, "none");
}

static void
whoever_comes_back_is_whole (TestChain *chain, gconstpointer data)
{
  g_autofree char *here = limber_id_dup_text (&chain->site);
  g_autoptr (LimberRecord) at_desk = NULL;

  whoever_moves_away_is_forgotten (chain, data);
  test_store_put (chain->central->store, "appointment", &chain->appointment, "site", here, NULL);
  test_chain_sync (chain);
  at_desk = test_store_get (chain->desk->store, "patient", &chain->patient);
  g_assert_nonnull (at_desk);
  g_assert_cmpstr (limber_record_text (at_desk, "family"), ==, "Canarywood");
  test_chain_assert_status (chain, chain->kiosk, "booked");
}

static void
midnight_changes_what_a_kiosk_holds (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) at_desk = NULL, at_kiosk = NULL;

  for (TestPlace **place = (TestPlace *[]){ chain->central, chain->hub, chain->desk, chain->kiosk, NULL }; *place != NULL; place++)
    (*place)->clock.now += 24 * 60 * 60 * 1000;
  test_chain_sync (chain);
  at_desk = test_store_get (chain->desk->store, "patient", &chain->patient);
  at_kiosk = test_store_get (chain->kiosk->store, "patient", &chain->patient);
  g_assert_nonnull (at_desk);
  g_assert_null (at_kiosk);
}

static void
a_kiosk_hears_of_another_clinician (TestChain *chain, gconstpointer data)
{
  LimberId clinician;
  g_autofree char *text = NULL;
  g_autoptr (LimberRecord) before = NULL, after = NULL;

  test_id (&clinician, "clinician");
  text = limber_id_dup_text (&clinician);
  test_store_put (chain->central->store, "staff", &clinician, "number", "S1", "family", "Secretname", "given", "Ann", "role", "physiotherapist", NULL);
  test_store_put (chain->central->store, "appointment", &chain->appointment, "clinician", text, NULL);
  test_chain_sync (chain);
  before = test_store_get (chain->kiosk->store, "appointment", &chain->appointment);
  g_assert_cmpstr (limber_record_text (before, "with_name"), ==, "Ann");
  test_store_put (chain->central->store, "staff", &clinician, "given", "Anne", NULL);
  test_chain_sync (chain);
  after = test_store_get (chain->kiosk->store, "appointment", &chain->appointment);
  g_assert_cmpstr (limber_record_text (after, "with_name"), ==, "Anne");
}

static gboolean
count_open (const LimberRecord *record, gpointer data)
{
  if (g_strcmp0 (limber_record_word (record, "state"), "open") == 0)
    ++*(guint *) data;
  return TRUE;
}

static gboolean
list_conflicts (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "conflict", NULL, NULL, count_open, data, error);
}

static void
a_conflict_comes_down (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) at_central = NULL, at_desk = NULL;
  guint open = 0;

  test_store_put (chain->desk->store, "patient", &chain->patient, "mobile", "07700900777", NULL);
  chain->central->clock.now += 1000;
  test_store_put (chain->central->store, "patient", &chain->patient, "mobile", "07700900888", NULL);
  test_chain_sync (chain);
  test_chain_sync (chain);
  at_central = test_store_get (chain->central->store, "patient", &chain->patient);
  at_desk = test_store_get (chain->desk->store, "patient", &chain->patient);
  g_assert_cmpstr (limber_record_text (at_central, "mobile"), ==, "07700900888");
  g_assert_cmpstr (limber_record_text (at_desk, "mobile"), ==, "07700900888");
  g_assert_true (limber_store_read (chain->desk->store, list_conflicts, &open, NULL));
  g_assert_cmpuint (open, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/chain/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)
  ADD ("everybody holds what they should", everybody_holds_what_they_should);
  ADD ("a kiosk holds no name", a_kiosk_holds_no_name);
  ADD ("a check-in reaches desk and central", a_check_in_reaches_desk_and_central);
  ADD ("the site works with central cut off", the_site_works_with_central_cut_off);
  ADD ("what waits is counted alone too", what_waits_is_counted_alone_too);
  ADD ("status tells who is reached now", status_tells_who_is_reached_now);
  ADD ("with the hub gone central is asked", with_the_hub_gone_central_is_asked);
  ADD ("a stranger in the hub's place shuts nobody out", a_stranger_in_the_hubs_place_shuts_nobody_out);
  ADD ("with central silent the hub is found again", with_central_silent_the_hub_is_found_again);
  ADD ("with the hub silent central still hears", with_the_hub_silent_central_still_hears);
  ADD ("after a long attempt the next one begins soon", after_a_long_attempt_the_next_one_begins_soon);
  ADD ("who listens again hears that central is back", who_listens_again_hears_that_central_is_back);
  ADD ("whoever moves away is forgotten", whoever_moves_away_is_forgotten);
  ADD ("whoever comes back is whole", whoever_comes_back_is_whole);
  ADD ("midnight changes what a kiosk holds", midnight_changes_what_a_kiosk_holds);
  ADD ("a conflict comes down", a_conflict_comes_down);
  ADD ("a kiosk hears of another clinician", a_kiosk_hears_of_another_clinician);
#define ADD_BARE(name, func) g_test_add ("/sync/chain/without digests " name, TestChain, "bare", test_chain_set_up, func, test_chain_tear_down)
  ADD_BARE ("everybody holds what they should", everybody_holds_what_they_should);
  ADD_BARE ("a check-in reaches desk and central", a_check_in_reaches_desk_and_central);
  ADD_BARE ("whoever moves away is forgotten", whoever_moves_away_is_forgotten);
  ADD_BARE ("whoever comes back is whole", whoever_comes_back_is_whole);
  ADD_BARE ("midnight changes what a kiosk holds", midnight_changes_what_a_kiosk_holds);
  ADD_BARE ("a kiosk hears of another clinician", a_kiosk_hears_of_another_clinician);
  ADD_BARE ("a conflict comes down", a_conflict_comes_down);
  return g_test_run ();
}
