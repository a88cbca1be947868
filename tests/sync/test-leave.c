/* Devices that are retired, lost or moved: nothing that was acknowledged is lost, and nothing stays behind. */
#include <glib/gstdio.h>

#include "limber-call.h"
#include "limber-departure.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-session.h"
#include "limber-test-chain.h"

static void
tell_to_go (TestPlace *at, TestPlace *device, const char *why)
{
  LimberId id = limber_store_identity (device->store)->device;

  test_store_put (at->store, "device", &id, "leaving", why, "revoked", g_str_equal (why, "lost") ? "true" : "false", NULL);
}

static gboolean
has_left (TestPlace *at, const LimberId *device)
{
  g_autoptr (LimberRecord) record = test_store_get (at->store, "device", device);

  return limber_record_integer (record, "left") != 0;
}

static void
arrive (TestPlace *at, TestChain *chain)
{
  test_store_put (at->store, "appointment", &chain->appointment, "status", "arrived", NULL);
}

static void
try_to_sync (TestPlace *device, GError **error)
{
  g_autoptr (LimberClient) client = limber_client_new_full (device->store, LIMBER_TRANSPORT (device->net));

  limber_client_sync_once (client, NULL, error);
}

static void
assert_goes (TestPlace *device)
{
  g_autoptr (GError) error = NULL;

  try_to_sync (device, &error);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED);
}

static char *
file_of (TestPlace *place, const char *name)
{
  return g_build_filename (place->dir, "store", name, NULL);
}

static gboolean
has_file (TestPlace *place, const char *name)
{
  g_autofree char *path = file_of (place, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
put_file (TestPlace *place, const char *name, const char *text)
{
  g_autofree char *path = file_of (place, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_cannot_be_opened (TestPlace *place, LimberStoreMode mode)
{
  g_autofree char *dir = g_build_filename (place->dir, "store", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberStore) store = limber_store_open (dir, mode, place->env, &error);

  g_assert_null (store);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED);
}

/* The folder has nothing of anybody any more, and says why. */
static void
assert_nothing_is_left (TestPlace *place)
{
  static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm" };

  test_place_close (place);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (has_file (place, names[i]));
  assert_cannot_be_opened (place, LIMBER_STORE_OWN);
  assert_cannot_be_opened (place, LIMBER_STORE_READ);
}

static void
it_stays_until_central_has_all_of_it (TestChain *chain, gconstpointer data)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;
  g_autoptr (GError) error = NULL;

  tell_to_go (chain->central, chain->desk, "retired");
  test_place_sync (chain->hub);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  arrive (chain->desk, chain);
  try_to_sync (chain->desk, &error);
  g_assert_no_error (error);
  g_assert_false (has_left (chain->hub, &desk));
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  test_place_sync (chain->hub);
  assert_goes (chain->desk);
  test_chain_assert_status (chain, chain->central, "arrived");
  assert_nothing_is_left (chain->desk);
  g_assert_true (has_left (chain->hub, &desk));
  test_place_sync (chain->hub);
  g_assert_true (has_left (chain->central, &desk));
}

static void
without_its_hub_it_asks_central (TestChain *chain, gconstpointer data)
{
  tell_to_go (chain->central, chain->desk, "moved");
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  arrive (chain->desk, chain);
  assert_goes (chain->desk);
  test_chain_assert_status (chain, chain->central, "arrived");
  assert_nothing_is_left (chain->desk);
}

static void
what_a_lost_one_had_written_waits_for_a_review (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) quarantine = NULL;

  tell_to_go (chain->central, chain->desk, "lost");
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  arrive (chain->desk, chain);
  assert_goes (chain->desk);
  test_chain_assert_status (chain, chain->central, "booked");
  quarantine = test_store_quarantine (chain->central->store);
  g_assert_cmpuint (json_array_size (quarantine), ==, 1);
  assert_nothing_is_left (chain->desk);
}

static void
who_is_told_to_stay_stays (TestChain *chain, gconstpointer data)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;

  tell_to_go (chain->central, chain->desk, "retired");
  test_store_put (chain->central->store, "device", &desk, "leaving", "", NULL);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  g_assert_false (has_left (chain->hub, &desk));
}

/* The answer that let it go was lost, and it wrote on. */
static void
who_did_not_hear_that_it_may_go_asks_again (TestChain *chain, gconstpointer data)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;

  tell_to_go (chain->central, chain->desk, "retired");
  test_store_put (chain->central->store, "device", &desk, "left", "2026-11-23T10:00:00Z", NULL);
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT);
  arrive (chain->desk, chain);
  assert_goes (chain->desk);
  test_chain_assert_status (chain, chain->central, "arrived");
  assert_nothing_is_left (chain->desk);
}

static void
nobody_is_let_go_who_was_not_told_to (TestChain *chain, gconstpointer data)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/leave", NULL), answer = NULL;
  g_autoptr (json_t) json = json_pack ("{s:[]}", "heads"), told = NULL;

  limber_message_set_json (request, json, NULL);
  answer = test_place_ask (chain->desk, chain->hub, request, limber_node_run (chain->hub->node), 1);
  told = limber_message_json (answer, NULL);
  g_assert_true (json_is_false (json_object_get (told, "left")));
  g_assert_false (has_left (chain->hub, &desk));
}

static void
on_failed (LimberStore *store, const GError *error, gboolean *departed)
{
  *departed = g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
who_listens_hears_of_it_at_once (TestChain *chain, gconstpointer data)
{
  gboolean departed = FALSE;

  limber_node_set_central (chain->hub->node, TRUE);
  test_place_start (chain->hub);
  test_place_start (chain->desk);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->desk));
  g_signal_connect (chain->desk->store, "failed", G_CALLBACK (on_failed), &departed);
  tell_to_go (chain->central, chain->desk, "retired");
  g_assert_true (test_wait (is_set, &departed));
  assert_nothing_is_left (chain->desk);
}

static gboolean
is_refused (gpointer data)
{
  return limber_client_get_state (((TestPlace *) data)->client) == LIMBER_CLIENT_REFUSED;
}

static void
who_listens_and_is_shut_out_hears_of_it_at_once (TestChain *chain, gconstpointer data)
{
  LimberId desk = limber_store_identity (chain->desk->store)->device;

  limber_node_set_central (chain->hub->node, TRUE);
  test_place_start (chain->desk);
  g_assert_true (test_wait (test_place_is_up_to_date, chain->desk));
  test_store_put (chain->hub->store, "device", &desk, "revoked", "true", NULL);
  g_assert_true (test_wait (is_refused, chain->desk));
}

/* The store's writer, held up so that what is asked for meanwhile goes into one commit. */
static gboolean
wait_for_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return TRUE;
}

static gboolean
read_written (LimberReader *reader, gpointer data, GError **error)
{
  *(gint64 *) data = limber_session_written (reader);
  return TRUE;
}

static gboolean
write_something (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", data);

  limber_edit_set_word (edit, "status", "arrived");
  return limber_transaction_edit (transaction, edit, &author, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(int *) data = limber_store_write_finish (LIMBER_STORE (source), result, &error) ? 1 : error->code == LIMBER_ERROR_DEPARTED ? 2 : 3;
}

static gboolean
both_are_told (gpointer data)
{
  int *told = data;

  return told[0] != 0 && told[1] != 0;
}

/* @first: whether something is written before the store is to end, or after */
static void
end_beside_a_change (TestChain *chain, gboolean first, int told[2])
{
  LimberStore *store = chain->desk->store;
  LimberDeparture *departure;
  GMutex mutex;
  gint64 written = 0;

  g_mutex_init (&mutex);
  g_assert_true (limber_store_read (store, read_written, &written, NULL));
  departure = limber_departure_new (limber_store_dir (store), LIMBER_LEAVING_RETIRED, written);
  g_mutex_lock (&mutex);
  limber_store_write_async (store, wait_for_it, &mutex, NULL, NULL, NULL, NULL);
  for (int i = 0; i < 2; i++)
    if ((i == 0) == first)
      limber_store_write_async (store, write_something, &chain->appointment, NULL, NULL, on_written, &told[0]);
    else
      limber_store_write_async (store, limber_departure_decide, departure, (GDestroyNotify) limber_departure_free, NULL, on_written, &told[1]);
  g_mutex_unlock (&mutex);
  g_assert_true (test_wait (both_are_told, told));
  g_mutex_clear (&mutex);
}

static void
what_was_written_before_keeps_the_store (TestChain *chain, gconstpointer data)
{
  int told[2] = { 0, 0 };

  end_beside_a_change (chain, TRUE, told);
  g_assert_cmpint (told[0], ==, 1);
  g_assert_cmpint (told[1], ==, 1);
  test_chain_assert_status (chain, chain->desk, "arrived");
}

static void
what_is_written_after_is_not_acknowledged (TestChain *chain, gconstpointer data)
{
  int told[2] = { 0, 0 };

  end_beside_a_change (chain, FALSE, told);
  g_assert_cmpint (told[0], ==, 2);
  g_assert_cmpint (told[1], ==, 2);
  g_assert_false (test_store_try (chain->desk->store, NULL, "appointment", &chain->appointment, "status", "arrived", NULL));
  assert_nothing_is_left (chain->desk);
}

/* The power went after the note was written. */
static void
whoever_opens_it_next_ends_it (TestChain *chain, gconstpointer data)
{
  test_place_close (chain->desk);
  put_file (chain->desk, "departed", "{\"why\":\"lost\",\"at\":1795514400000}");
  put_file (chain->desk, "store.db.before-version-1", "older");
  put_file (chain->desk, "store.db.replaced-1-wal", "older");
  put_file (chain->desk, "letter.txt", "somebody's own");
  assert_cannot_be_opened (chain->desk, LIMBER_STORE_READ);
  assert_nothing_is_left (chain->desk);
  g_assert_false (has_file (chain->desk, "store.db.before-version-1"));
  g_assert_false (has_file (chain->desk, "store.db.replaced-1-wal"));
  g_assert_true (has_file (chain->desk, "letter.txt"));
}

static void
it_can_join_anew_in_its_place (TestChain *chain, gconstpointer data)
{
  g_autofree char *code = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, 0, NULL), *dir = g_build_filename (chain->desk->dir, "store", NULL);
  g_autoptr (GError) error = NULL;

  tell_to_go (chain->hub, chain->desk, "moved");
  test_place_sync (chain->hub);
  assert_goes (chain->desk);
  test_place_close (chain->desk);
  limber_client_join_full (dir, HUB, code, chain->desk->env, LIMBER_TRANSPORT (chain->net), NULL, &error);
  g_assert_no_error (error);
  test_place_open (chain->desk);
  test_place_sync (chain->desk);
  test_chain_assert_status (chain, chain->desk, "booked");
  test_place_close (chain->desk);
  test_place_open (chain->desk);
}

static void
a_hub_goes_with_what_its_devices_wrote (TestChain *chain, gconstpointer data)
{
  LimberId hub = limber_store_identity (chain->hub->store)->device;

  arrive (chain->kiosk, chain);
  test_place_sync (chain->kiosk);
  test_chain_assert_status (chain, chain->central, "booked");
  tell_to_go (chain->central, chain->hub, "retired");
  assert_goes (chain->hub);
  g_assert_true (has_left (chain->central, &hub));
  test_chain_assert_status (chain, chain->central, "arrived");
  assert_nothing_is_left (chain->hub);
  test_place_sync (chain->kiosk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/leave/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)
  ADD ("it stays until central has all of it", it_stays_until_central_has_all_of_it);
  ADD ("without its hub it asks central", without_its_hub_it_asks_central);
  ADD ("what a lost one had written waits for a review", what_a_lost_one_had_written_waits_for_a_review);
  ADD ("who is told to stay stays", who_is_told_to_stay_stays);
  ADD ("who did not hear that it may go asks again", who_did_not_hear_that_it_may_go_asks_again);
  ADD ("nobody is let go who was not told to", nobody_is_let_go_who_was_not_told_to);
  ADD ("who listens hears of it at once", who_listens_hears_of_it_at_once);
  ADD ("who listens and is shut out hears of it at once", who_listens_and_is_shut_out_hears_of_it_at_once);
  ADD ("what was written before keeps the store", what_was_written_before_keeps_the_store);
  ADD ("what is written after is not acknowledged", what_is_written_after_is_not_acknowledged);
  ADD ("whoever opens it next ends it", whoever_opens_it_next_ends_it);
  ADD ("it can join anew in its place", it_can_join_anew_in_its_place);
  ADD ("a hub goes with what its devices wrote", a_hub_goes_with_what_its_devices_wrote);
  return g_test_run ();
}
