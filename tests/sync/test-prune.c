/* What may go when central has it in a backup, and what becomes of a chain whose oldest content is gone (SYNC.md rule 13). */
#include <string.h>

#include "limber-backup.h"
#include "limber-base64.h"
#include "limber-database.h"
#include "limber-json.h"
#include "limber-prune.h"
#include "limber-scrub.h"
#include "limber-test-chain.h"

#define NEW_HUB "test://new-hub"
#define DAY G_GINT64_CONSTANT (86400000)

/* Of the newest device that is not central. */
#define BODIES "SELECT count(body) FROM journal WHERE key >> 40 IN (SELECT n FROM origin WHERE device=?)"
#define HEADERS "SELECT count(*) FROM journal WHERE key >> 40 IN (SELECT n FROM origin WHERE device=?)"

typedef struct {
  TestChain  chain;
  TestPlace *fresh; /* the hub as it was when it had just joined */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *site = NULL;

  test_chain_set_up (chain, data);
  site = limber_id_dup_text (&chain->site);
  test_store_put (chain->central->store, "patient", &chain->patient, "site", site, NULL); /* she stays in scope */
  test_chain_sync (chain);
  fixture->fresh = test_place_save (chain->hub);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_place_free (fixture->fresh);
  test_chain_tear_down (&fixture->chain, data);
}

static gint64
count_of (TestPlace *place, TestPlace *device, const char *sql)
{
  g_autofree char *path = g_build_filename (place->dir, "store", "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, place->env, NULL);

  return limber_database_integer (database, -1, sql, "d", &limber_store_identity (device->store)->device);
}

static void
back_up (TestChain *chain)
{
  static int n;
  g_autofree char *name = g_strdup_printf ("backup-%d", n++), *file = g_build_filename (chain->central->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  limber_backup_write (chain->central->store, file, TRUE, &error);
  g_assert_no_error (error);
}

static void
pass_days (TestChain *chain, int days)
{
  TestPlace *places[] = { chain->central, chain->hub, chain->desk, chain->kiosk };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += days * DAY;
}

/* The desk writes three entries; all is backed up, and so long ago that it is pruned everywhere but at central. */
static void
prune_desk (TestChain *chain)
{
  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "email", "moira@example.org", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "address", "2 Canary Lane", NULL);
  test_chain_sync (chain);
  back_up (chain);
  test_chain_sync (chain);
  test_chain_sync (chain);
  pass_days (chain, LIMBER_PRUNE_DAYS);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->desk, chain->desk, HEADERS), >=, 3);
  g_assert_cmpint (count_of (chain->desk, chain->desk, BODIES), ==, 0);
}

static void
assert_patient (TestPlace *place, const LimberId *id, const char *field, const char *expected)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "patient", id);

  g_assert_nonnull (record);
  g_assert_cmpstr (limber_record_text (record, field), ==, expected);
}

static void
central_alone_keeps_all (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_chain_sync (chain);
  pass_days (chain, LIMBER_PRUNE_DAYS);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->desk, chain->desk, BODIES), ==, 1); /* central has it, but in no backup */
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 1);
  back_up (chain);
  test_chain_sync (chain);
  test_chain_sync (chain);
  pass_days (chain, LIMBER_PRUNE_DAYS - 1);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->desk, chain->desk, BODIES), ==, 1);
  pass_days (chain, 1);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->desk, chain->desk, BODIES), ==, 0);
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 0);
  g_assert_cmpint (count_of (chain->central, chain->desk, BODIES), ==, 1);
  assert_patient (chain->desk, &chain->patient, "title", "Dame");
  test_store_assert_sound (chain->desk->store);
  test_store_assert_sound (chain->hub->store);
  test_store_assert_sound (chain->central->store);
}

/* What follows is written, pushed and merged as if nothing had been pruned. */
static void
assert_goes_on (TestChain *chain)
{
  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Professor", NULL);
  test_chain_sync (chain);
  test_chain_sync (chain);
  assert_patient (chain->hub, &chain->patient, "title", "Professor");
  assert_patient (chain->central, &chain->patient, "title", "Professor");
  assert_patient (chain->hub, &chain->patient, "address", "2 Canary Lane");
  assert_patient (chain->desk, &chain->patient, "address", "2 Canary Lane");
  assert_patient (chain->desk, &chain->patient, "email", "moira@example.org");
  g_assert_cmpint (count_of (chain->central, chain->desk, BODIES), ==, 4);
  g_assert_cmpint (count_of (chain->central, chain->desk, "SELECT count(*) FROM quarantine"), ==, 0);
  test_store_assert_sound (chain->desk->store);
  test_store_assert_sound (chain->hub->store);
  test_store_assert_sound (chain->central->store);
}

static gboolean
move_to (LimberTransaction *transaction, gpointer data, GError **error)
{
  const LimberIdentity *node = limber_store_identity (((TestPlace *) data)->store);
  g_autofree char *id = limber_id_dup_text (&node->device), *key = limber_base64_dup (node->public_key, sizeof node->public_key);

  return limber_transaction_set_meta (transaction, "upstream", NEW_HUB, error) && limber_transaction_set_meta (transaction, "node", id, error) &&
         limber_transaction_set_meta (transaction, "node_key", key, error);
}

static void
a_new_hub_takes_the_device (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *hub;

  prune_desk (chain);
  hub = test_place_join (chain->net, chain->central, LIMBER_CLASS_HUB, &chain->site, NEW_HUB);
  hub->clock.now = chain->central->clock.now;
  test_place_sync (hub);
  assert_patient (hub, &chain->patient, "address", "2 Canary Lane"); /* by pull */
  g_assert_true (limber_store_write (chain->desk->store, move_to, hub, NULL));
  test_place_sync (chain->desk);
  g_assert_cmpint (count_of (hub, chain->desk, HEADERS), ==, 3);
  g_assert_cmpint (count_of (hub, chain->desk, BODIES), ==, 0);
  test_place_free (chain->hub);
  chain->hub = hub;
  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Professor", NULL);
  test_place_sync (chain->desk);
  test_place_sync (hub);
  test_place_sync (chain->desk);
  g_assert_cmpint (count_of (hub, chain->desk, BODIES), ==, 1);
  assert_patient (chain->central, &chain->patient, "title", "Professor");
  assert_patient (hub, &chain->patient, "title", "Professor");
  assert_patient (chain->desk, &chain->patient, "address", "2 Canary Lane");
  test_store_assert_sound (hub->store);
  test_store_assert_sound (chain->desk->store);
  test_store_assert_sound (chain->central->store);
}

static void
a_restored_hub_takes_the_device (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;

  prune_desk (chain);
  test_place_restore (chain->hub, fixture->fresh); /* which has not heard of the desk's entries */
  test_place_sync (chain->hub);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->hub, chain->desk, HEADERS), ==, 3);
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 0);
  assert_goes_on (chain);
}

/* A hub that comes back with bodies that were pruned meanwhile prunes them again. */
static void
a_restored_hub_prunes_again (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *then;

  test_store_put (chain->desk->store, "patient", &chain->patient, "phone", "02079460000", NULL);
  test_chain_sync (chain);
  then = test_place_save (chain->hub);
  prune_desk (chain);
  test_place_restore (chain->hub, then);
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 1);
  test_place_sync (chain->hub);
  test_chain_sync (chain);
  test_chain_sync (chain);
  pass_days (chain, LIMBER_PRUNE_DAYS); /* it has only now been told */
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 0);
  test_store_assert_sound (chain->hub->store);
  test_place_free (then);
}

static void
a_restored_central_lacks_nothing (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *then;

  prune_desk (chain);
  then = test_place_save (chain->central); /* as new as its mark */
  test_store_put (chain->desk->store, "patient", &chain->patient, "language", "cy", NULL);
  test_chain_sync (chain);
  back_up (chain); /* the copy that was lost */
  test_chain_sync (chain);
  test_place_restore (chain->central, then);
  test_place_sync (chain->hub);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->central, chain->desk, BODIES), ==, 4);
  g_assert_cmpint (count_of (chain->central, chain->desk, "SELECT count(*) FROM quarantine"), ==, 0);
  pass_days (chain, LIMBER_PRUNE_DAYS);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->desk, chain->desk, BODIES), ==, 1); /* no backup is sure to have it */
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 1);
  assert_patient (chain->central, &chain->patient, "language", "cy");
  test_store_assert_sound (chain->central->store);
  test_place_free (then);
}

/* Central is put back to before its mark, which nobody should do: it says what it lacks, and keeps others from pruning more. */
static void
a_central_that_went_back_too_far_waits (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *then = test_place_save (chain->central);
  gint64 bodies;

  prune_desk (chain);
  test_place_restore (chain->central, then);
  test_place_sync (chain->hub);
  test_store_put (chain->desk->store, "patient", &chain->patient, "language", "cy", NULL);
  test_chain_sync (chain);
  test_chain_sync (chain);
  bodies = count_of (chain->desk, chain->desk, BODIES); /* and, if digests are compared, its offer of what it still shows */
  g_assert_cmpint (bodies, >=, 1);
  g_assert_cmpint (count_of (chain->central, chain->desk, BODIES), ==, bodies);
  g_assert_cmpint (count_of (chain->central, chain->desk, "SELECT count(*) FROM quarantine WHERE reason='" LIMBER_PRUNE_REASON "'"), ==, 3);
  assert_patient (chain->central, &chain->patient, "language", "cy"); /* nothing waits behind them */
  back_up (chain);
  test_chain_sync (chain);
  test_chain_sync (chain);
  pass_days (chain, 2 * LIMBER_PRUNE_DAYS);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->desk, chain->desk, BODIES), ==, bodies);
  test_store_assert_sound (chain->central->store);
  test_store_assert_sound (chain->hub->store);
  test_store_assert_sound (chain->desk->store);
  test_place_free (then);
}

/* The hub's disk of before it pruned is found, and with it what central lost. */
static void
content_that_is_found_comes_to_central (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *then = test_place_save (chain->central), *hub_then;

  test_store_put (chain->desk->store, "patient", &chain->patient, "phone", "02079460000", NULL);
  test_chain_sync (chain);
  hub_then = test_place_save (chain->hub);
  prune_desk (chain);
  test_place_restore (chain->central, then);
  test_place_sync (chain->hub);
  test_chain_sync (chain);
  g_assert_cmpint (count_of (chain->central, chain->desk, "SELECT count(*) FROM quarantine WHERE reason='" LIMBER_PRUNE_REASON "'"), ==, 4);
  test_place_restore (chain->hub, hub_then);
  test_place_sync (chain->hub);
  g_assert_cmpint (count_of (chain->central, chain->desk, "SELECT count(*) FROM quarantine WHERE reason='" LIMBER_PRUNE_REASON "'"), ==, 3);
  assert_patient (chain->central, &chain->patient, "phone", "02079460000");
  test_store_assert_sound (chain->central->store);
  test_place_sync (chain->hub);
  test_place_free (hub_then);
  test_place_free (then);
}

/* Somebody whom a store may not hold any more. */

static gboolean
stands_in_files (TestPlace *place, const char *text)
{
  static const char *const names[] = { "store.db", "store.db-wal" };
  gboolean found = FALSE;

  limber_scrub_wait (place->store);
  limber_scrub_wait (place->store); /* what the one before began, if somebody was reading */
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (place->dir, "store", names[i], NULL), *bytes = NULL;
    gsize length;

    found |= g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL;
  }
  return found;
}

/* Whether any table but the journal has the text anywhere; whatever queries and screens show comes from there. */
static gboolean
shows_table (sqlite3 *db, const char *table, const char *text)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  sqlite3_stmt *rows;
  gboolean found = FALSE;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (rows); i++) {
      const void *bytes = sqlite3_column_blob (rows, i);

      found |= bytes != NULL && memmem (bytes, (gsize) sqlite3_column_bytes (rows, i), text, strlen (text)) != NULL;
    }
  sqlite3_finalize (rows);
  return found;
}

static gboolean
shows (TestPlace *place, const char *text)
{
  g_autofree char *path = g_build_filename (place->dir, "store", "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, place->env, NULL);
  sqlite3_stmt *tables;
  gboolean found = FALSE;

  g_assert_cmpint (sqlite3_prepare_v2 (limber_database_handle (database), "SELECT name FROM sqlite_schema WHERE type='table' AND name<>'journal'", -1, &tables, NULL), ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    found |= shows_table (limber_database_handle (database), (const char *) sqlite3_column_text (tables, 0), text);
  sqlite3_finalize (tables);
  return found;
}

static void
a_forgotten_person_is_not_seen_and_then_gone (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *elsewhere = limber_id_dup_text (&chain->other_site);

  test_store_put (chain->desk->store, "patient", &chain->patient, "address", "2 Secret Lane", NULL);
  test_chain_sync (chain);
  g_assert_true (shows (chain->desk, "Secret Lane"));
  g_assert_true (shows (chain->hub, "Secret Lane"));
  test_store_put (chain->central->store, "patient", &chain->patient, "site", elsewhere, NULL);
  test_store_put (chain->central->store, "appointment", &chain->appointment, "site", elsewhere, NULL);
  test_chain_sync (chain);
  test_chain_sync (chain);
  g_assert_false (shows (chain->desk, "Secret Lane"));
  g_assert_false (shows (chain->hub, "Secret Lane"));
  g_assert_cmpint (count_of (chain->hub, chain->desk, BODIES), ==, 1); /* central has it in no backup */
  g_assert_true (stands_in_files (chain->desk, "Secret Lane"));
  back_up (chain);
  test_chain_sync (chain);
  test_chain_sync (chain);
  g_assert_false (stands_in_files (chain->desk, "Secret Lane"));
  g_assert_false (stands_in_files (chain->hub, "Secret Lane"));
  assert_patient (chain->central, &chain->patient, "address", "2 Secret Lane");
  test_store_assert_sound (chain->hub->store);
  test_store_assert_sound (chain->desk->store);
}

/* While programs run, nobody asks for a sweep: it comes by itself. */

static gboolean
is_pruned (gpointer data)
{
  TestChain *chain = data;

  return count_of (chain->desk, chain->desk, BODIES) == 0 && count_of (chain->hub, chain->desk, BODIES) == 0;
}

static void
running_programs_prune (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_chain_sync (chain);
  back_up (chain);
  test_chain_sync (chain);
  test_chain_sync (chain);
  test_chain_start (chain);
  pass_days (chain, LIMBER_PRUNE_DAYS);
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL); /* anything */
  g_assert_true (test_wait (is_pruned, chain));
}

static gboolean
hub_is_pruned (gpointer data)
{
  TestChain *chain = data;

  return count_of (chain->hub, chain->desk, BODIES) == 0;
}

static void
a_hub_prunes_on_a_quiet_day (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_chain_sync (chain);
  back_up (chain);
  test_chain_sync (chain);
  pass_days (chain, LIMBER_PRUNE_DAYS);
  g_assert_false (hub_is_pruned (chain));
  limber_node_tick (chain->hub->node);
  g_assert_true (test_wait (hub_is_pruned, chain));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/prune/" name, Fixture, NULL, set_up, func, tear_down); \
  g_test_add ("/sync/prune/without digests " name, Fixture, "bare", set_up, func, tear_down)
  ADD ("central alone keeps all", central_alone_keeps_all);
  ADD ("a new hub takes the device", a_new_hub_takes_the_device);
  ADD ("a restored hub takes the device", a_restored_hub_takes_the_device);
  ADD ("a restored hub prunes again", a_restored_hub_prunes_again);
  ADD ("a restored central lacks nothing", a_restored_central_lacks_nothing);
  ADD ("a central that went back too far waits", a_central_that_went_back_too_far_waits);
  ADD ("content that is found comes to central", content_that_is_found_comes_to_central);
  ADD ("a forgotten person is not seen and then gone", a_forgotten_person_is_not_seen_and_then_gone);
  ADD ("running programs prune", running_programs_prune);
  ADD ("a hub prunes on a quiet day", a_hub_prunes_on_a_quiet_day);
  return g_test_run ();
}
