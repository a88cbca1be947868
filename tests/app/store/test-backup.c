/* Verify, back up, restore, and what a store says of itself. */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "limber-backup.h"
#include "limber-error.h"
#include "limber-feed.h"
#include "limber-json.h"
#include "limber-restore.h"
#include "limber-scrub.h"
#include "limber-session.h"
#include "limber-status.h"
#include "limber-test.h"
#include "limber-test-calls.h"
#include "limber-verify.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir, *copy;
  LimberStore *store;
  LimberId     patient;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = NULL;

  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->copy = g_build_filename (fixture->dir, "copy.db", NULL);
  dir = g_build_filename (fixture->dir, "central", NULL);
  fixture->store = test_store_new (dir, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
  test_id (&fixture->patient, "p1");
  test_store_put (fixture->store, "patient", &fixture->patient, "family", "Smith", "given", "Ann", "born", "1954-08-06", NULL);
  test_store_put (fixture->store, "patient", &fixture->patient, "family", "Smyth", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->copy);
  limber_env_unref (fixture->env);
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  return limber_verify (reader, data, error);
}

static gboolean
read_status (LimberReader *reader, gpointer data, GError **error)
{
  json_t **json = data;

  *json = limber_status_json (reader, error);
  return *json != NULL;
}

static gboolean
read_digest (LimberReader *reader, gpointer data, GError **error)
{
  json_t **json = data;

  *json = limber_digest_json (reader, error);
  return *json != NULL;
}

static json_t *
status (LimberStore *store)
{
  json_t *json = NULL;

  g_assert_true (limber_store_read (store, read_status, &json, NULL));
  return json;
}

static char *
patients_hash (LimberStore *store)
{
  g_autoptr (json_t) digest = NULL;

  g_assert_true (limber_store_read (store, read_digest, &digest, NULL));
  return g_strdup (limber_json_string (json_object_get (digest, "patient"), "hash"));
}

static void
damage (Fixture *fixture, const char *sql)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *path = g_build_filename (dir, "store.db", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_no_error (error);
}

static void
test_sound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_store_read (fixture->store, verify, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (limber_json_integer (report, "entries", -1), ==, 2);
  g_assert_cmpint (limber_json_integer (report, "records", -1), ==, 1);
}

static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  damage (fixture, data);
  g_assert_false (limber_store_read (fixture->store, verify, &report, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
  g_assert_cmpuint (json_array_size (json_object_get (report, "problems")), >, 0);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) report = NULL;
  LimberId later;

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (limber_backup_write (fixture->store, fixture->copy, FALSE, &error)); /* never over another */
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_clear_error (&error);
  test_id (&later, "p2");
  test_store_put (fixture->store, "patient", &later, "family", "Ng", "given", "Li", "born", "1960-01-01", NULL);
  before = patients_hash (fixture->store);
  g_assert_false (limber_restore_run (dir, fixture->copy, NULL, fixture->env, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY);
  g_clear_error (&error);
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_true (limber_restore_run (dir, fixture->copy, NULL, fixture->env, &error));
  g_assert_no_error (error);
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);
  after = patients_hash (fixture->store);
  g_assert_cmpstr (before, ==, after); /* what came after the backup was in the second file */
  g_assert_true (limber_store_read (fixture->store, verify, &report, &error));
  g_assert_no_error (error);
}

static void
reopen (Fixture *fixture, const char *dir)
{
  g_autoptr (GError) error = NULL;

  if (fixture->store != NULL)
    limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_no_error (error);
}

static void
restore (Fixture *fixture, const char *dir, const char *copy, gboolean whole)
{
  g_autoptr (GError) error = NULL;

  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_true (limber_restore_has_second (dir, copy, NULL, fixture->env) == whole);
  limber_restore_run (dir, copy, NULL, fixture->env, &error);
  g_assert_no_error (error);
  reopen (fixture, dir);
}

static void
put_late (Fixture *fixture, const char *id)
{
  LimberId late;

  test_id (&late, id);
  test_store_put (fixture->store, "patient", &late, "family", "Ng", "given", "Li", "born", "1960-01-01", NULL);
}

/* Central keeps apart what this device wrote. */
static void
keep_apart (Fixture *fixture)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "desk", NULL);
  g_autoptr (LimberStore) desk = test_store_new (dir, fixture->env, LIMBER_CLASS_DESK, NULL);
  g_autoptr (GPtrArray) lines = NULL;

  test_store_put (desk, "patient", &fixture->patient, "family", "Revoked", "given", "Ann", "born", "1954-08-06", NULL);
  lines = test_store_lines (desk);
  test_store_hand_apart (fixture->store, lines, "revoked device");
  limber_store_close (desk);
}

static void
assert_apart (Fixture *fixture)
{
  g_autoptr (json_t) apart = test_store_quarantine (fixture->store);

  g_assert_cmpuint (json_array_size (apart), ==, 1);
}

/* Somebody removes central's second file while it runs: nothing more is said to be saved, and when it is started again the file is
 * made anew, so that an old backup and that file are all there ever was. */
static void
test_lost_second (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *path = g_build_filename (dir, "second", "journal", NULL), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  LimberId late;

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  put_late (fixture, "p2");
  keep_apart (fixture);
  assert_apart (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  test_id (&late, "p3");
  g_assert_false (test_store_try (fixture->store, &error, "patient", &late, "family", "Omar", "given", "Ali", "born", "1960-01-01", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
  reopen (fixture, dir);
  put_late (fixture, "p4");
  before = patients_hash (fixture->store);
  restore (fixture, dir, fixture->copy, TRUE);
  after = patients_hash (fixture->store);
  g_assert_cmpstr (before, ==, after);
  assert_apart (fixture);
  test_store_assert_sound (fixture->store);
}

/* The backup is from before the second file was moved to another disk. */
static void
test_moved_second (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *usual = g_build_filename (dir, "second", "journal", NULL), *disk = g_build_filename (fixture->dir, "disk", NULL);
  g_autofree char *moved = g_build_filename (disk, "journal", NULL), *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  g_assert_cmpint (g_rename (usual, moved), ==, 0);
  g_assert_true (limber_store_place_second (dir, fixture->env, moved, &error));
  reopen (fixture, dir);
  put_late (fixture, "p2");
  before = patients_hash (fixture->store);
  restore (fixture, dir, fixture->copy, TRUE);
  after = patients_hash (fixture->store);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (g_unlink (moved), ==, 0);
  restore (fixture, dir, fixture->copy, FALSE); /* and whoever asks is told */
}

#define RUN "0123456789abcdef"

static gboolean
begin_run (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_session_begin_run (transaction, RUN, error);
}

static gboolean
read_position (LimberReader *reader, gpointer position, GError **error)
{
  *(gint64 *) position = limber_feed_position (reader);
  return TRUE;
}

static gboolean
reaches (LimberReader *reader, gpointer position, GError **error)
{
  return limber_session_run_reaches (reader, RUN, *(gint64 *) position);
}

/* What the second file gives back may stand in another order than it did. */
static void
test_cursors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store));
  gint64 backed_up, read;

  limber_store_write (fixture->store, begin_run, NULL, NULL);
  limber_store_read (fixture->store, read_position, &backed_up, NULL);
  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  test_store_put (fixture->store, "patient", &fixture->patient, "family", "Smith", NULL);
  limber_store_read (fixture->store, read_position, &read, NULL);
  g_assert_cmpint (read, >, backed_up);
  g_assert_true (limber_store_read (fixture->store, reaches, &read, NULL));
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_true (limber_restore_run (dir, fixture->copy, NULL, fixture->env, NULL));
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, NULL);
  g_assert_false (limber_store_read (fixture->store, reaches, &read, NULL));
  g_assert_true (limber_store_read (fixture->store, reaches, &backed_up, NULL));
}

/* What a restore that was cut off leaves: at @where of the way it stands. */
static void
cut_off (Fixture *fixture, guint where, const char *note)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *path = g_build_filename (dir, "store.db", NULL), *old = g_build_filename (dir, "store.db.replaced-7", NULL);
  g_autofree char *copy = g_build_filename (dir, "store.db.new-7", NULL), *said = g_build_filename (dir, "restoring", NULL), *bytes = NULL;
  gsize length;

  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_true (g_file_get_contents (fixture->copy, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL));
  if (note != NULL)
    g_assert_true (g_file_set_contents (said, note, -1, NULL));
  if (where > 0)
    g_assert_cmpint (g_rename (path, old), ==, 0);
  if (where > 1)
    g_assert_cmpint (g_rename (copy, path), ==, 0);
}

static void
test_cut_off (Fixture *fixture, gconstpointer data)
{
  guint where = GPOINTER_TO_UINT (data) % 10;
  LimberStoreMode mode = GPOINTER_TO_UINT (data) / 10 == 0 ? LIMBER_STORE_OWN : LIMBER_STORE_READ;
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *note = g_build_filename (dir, "restoring", NULL), *old = g_build_filename (dir, "store.db.replaced-7", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  LimberId later;

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  test_id (&later, "p2");
  test_store_put (fixture->store, "patient", &later, "family", "Ng", "given", "Li", "born", "1960-01-01", NULL);
  before = patients_hash (fixture->store);
  cut_off (fixture, where, "{\"at\":7,\"second\":null}");
  fixture->store = limber_store_open (dir, mode, fixture->env, &error);
  g_assert_no_error (error);
  after = patients_hash (fixture->store);
  g_assert_cmpstr (before, ==, after); /* what came after the backup was in the second file */
  g_assert_false (g_file_test (note, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
}

static void
test_not_decided (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *hash = NULL, *again = NULL, *copy = g_build_filename (dir, "store.db.new-7", NULL);

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  test_store_put (fixture->store, "patient", &fixture->patient, "family", "Smits", NULL);
  hash = patients_hash (fixture->store);
  cut_off (fixture, 0, NULL);
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, NULL);
  again = patients_hash (fixture->store);
  g_assert_cmpstr (hash, ==, again);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS)); /* it is as large as the store */
}

/* Nobody may take what is between two stores for none, or for one. */
static void
test_note_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store));
  LimberIdentity identity = *limber_store_identity (fixture->store);
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  cut_off (fixture, 1, "");
  g_assert_null (limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (limber_store_create (dir, fixture->env, &identity, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (limber_restore_run (dir, fixture->copy, NULL, fixture->env, &error));
  g_assert_no_error (error);
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);
  test_store_assert_sound (fixture->store);
}

/* The clock stands still, or goes back: each store that gave way is kept all the same. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store));
  g_autoptr (GDir) folder = NULL;
  guint kept = 0;

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  for (guint i = 0; i < 3; i++)
    g_assert_true (limber_restore_run (dir, fixture->copy, NULL, fixture->env, NULL));
  folder = g_dir_open (dir, 0, NULL);
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    kept += g_str_has_prefix (name, "store.db.replaced-") && !g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, "-shm");
  g_assert_cmpuint (kept, ==, 3);
}

/* Whichever call to the system fails: it is said, nothing is lost, and who asks again gets it. */
static void
test_calls (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *hash = patients_hash (fixture->store), *second = NULL;
  guint nth = 1;

  second = g_build_filename (dir, "second", "journal", NULL);
  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  for (gboolean came = TRUE; came; nth++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *again = NULL;
    gboolean done;

    limber_store_close (fixture->store);
    g_clear_object (&fixture->store);
    test_calls_fail_at (nth);
    done = limber_restore_run (dir, fixture->copy, second, fixture->env, &error);
    test_calls_fail_at (0);
    came = test_calls_failed ();
    g_assert_true (done || came);
    g_assert_true (done == (error == NULL));
    fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, NULL);
    again = patients_hash (fixture->store);
    g_assert_cmpstr (hash, ==, again);
  }
  g_assert_cmpuint (nth, >, 15);
}

/* One that was cut off, wherever, may be asked for again before anybody has opened the store. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *hash = patients_hash (fixture->store);

  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  for (guint nth = 1; nth == 1 || test_calls_failed (); nth++) {
    g_autofree char *again = NULL;
    g_autoptr (GError) error = NULL;

    limber_store_close (fixture->store);
    g_clear_object (&fixture->store);
    test_calls_fail_at (nth);
    limber_restore_run (dir, fixture->copy, NULL, fixture->env, NULL);
    test_calls_fail_at (0);
    g_assert_true (limber_restore_run (dir, fixture->copy, NULL, fixture->env, &error));
    fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);
    g_assert_no_error (error);
    again = patients_hash (fixture->store);
    g_assert_cmpstr (hash, ==, again);
  }
}

/* A disk has spoilt the store, which is why it is restored. Other devices are in the second file, and nothing was erased. */
static void
test_spoilt (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *path = g_build_filename (dir, "store.db", NULL), *bytes = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GError) error = NULL;
  LimberId device;

  test_id (&device, "device");
  test_store_put (fixture->store, "device", &device, "name", "Front desk", "class", "desk", "key", "x", "joined", "2026-11-20T10:00:00Z", NULL);
  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_true (g_file_set_contents (path, "spoilt", -1, NULL));
  limber_restore_run (dir, fixture->copy, NULL, fixture->env, &error);
  g_assert_no_error (error);
  copies = limber_scrub_copies (dir);
  g_assert_cmpuint (copies->len, ==, 1);
  g_assert_true (g_file_get_contents (g_ptr_array_index (copies, 0), &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "spoilt");
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, NULL);
}

static void
test_no_backup (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_strdup (limber_store_dir (fixture->store)), *hash = patients_hash (fixture->store), *again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->copy, "not a backup at all, but long enough to be looked at", -1, NULL));
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_assert_false (limber_restore_run (dir, fixture->copy, NULL, fixture->env, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
  fixture->store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, NULL);
  again = patients_hash (fixture->store);
  g_assert_cmpstr (hash, ==, again);
}

static void
test_marks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) before = status (fixture->store), after = NULL;
  g_autofree char *second = g_strconcat (fixture->copy, "2", NULL);

  g_assert_cmpint (limber_json_integer (before, "backed_up", -1), ==, 0);
  g_assert_cmpint (limber_json_integer (before, "received", -1), ==, 2);
  g_assert_true (limber_backup_write (fixture->store, fixture->copy, FALSE, NULL));
  after = status (fixture->store);
  g_assert_cmpint (limber_json_integer (after, "backed_up", -1), ==, 0); /* a copy on this machine is not one to rely on */
  json_decref (g_steal_pointer (&after));
  g_assert_true (limber_backup_write (fixture->store, second, TRUE, NULL));
  after = status (fixture->store);
  g_assert_cmpint (limber_json_integer (after, "backed_up", -1), ==, 2);
}

static void
test_digests (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "desk", NULL), *here = patients_hash (fixture->store), *there = NULL, *later = NULL;
  g_autoptr (LimberStore) desk = test_store_new (dir, fixture->env, LIMBER_CLASS_DESK, NULL);

  test_store_push (fixture->store, desk);
  there = patients_hash (desk);
  g_assert_cmpstr (here, ==, there);
  test_store_put (desk, "patient", &fixture->patient, "family", "Smith", NULL);
  later = patients_hash (desk);
  g_assert_cmpstr (here, !=, later);
  limber_store_close (desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/store/verify/a-sound-store-is-sound", NULL, test_sound);
  ADD ("/store/verify/a-changed-body-is-found", "UPDATE journal SET body = replace(body, 'Smith', 'Jones')", test_tampered);
  ADD ("/store/verify/a-changed-header-is-found", "UPDATE journal SET header = replace(header, '\"test\"', '\"best\"')", test_tampered);
  ADD ("/store/verify/a-missing-entry-is-found", "DELETE FROM journal WHERE body LIKE '%Smith%'", test_tampered);
  ADD ("/store/verify/a-changed-record-is-found", "UPDATE patient SET family = 'Jones'", test_tampered);
  ADD ("/store/verify/a-missing-record-is-found", "DELETE FROM patient", test_tampered);
  ADD ("/store/backup/restore-is-the-backup-and-the-second-file", NULL, test_restore);
  ADD ("/store/backup/a-second-file-that-was-lost-is-made-anew", NULL, test_lost_second);
  ADD ("/store/backup/a-second-file-that-was-moved-is-found", NULL, test_moved_second);
  ADD ("/store/restore/no-cursor-counts-beyond-the-backup", NULL, test_cursors);
  ADD ("/store/restore/cut-off-before-the-store-gave-way", GUINT_TO_POINTER (0), test_cut_off);
  ADD ("/store/restore/cut-off-between-two-stores", GUINT_TO_POINTER (1), test_cut_off);
  ADD ("/store/restore/cut-off-before-the-second-file-was-read", GUINT_TO_POINTER (2), test_cut_off);
  ADD ("/store/restore/cut-off-and-only-read", GUINT_TO_POINTER (11), test_cut_off);
  ADD ("/store/restore/cut-off-before-it-was-decided", NULL, test_not_decided);
  ADD ("/store/restore/what-it-says-of-itself-is-unreadable", NULL, test_note_unreadable);
  ADD ("/store/restore/keeps-every-store-that-gave-way", NULL, test_twice);
  ADD ("/store/restore/any-call-to-the-system-may-fail", NULL, test_calls);
  ADD ("/store/restore/one-that-was-cut-off-may-be-asked-for-again", NULL, test_again);
  ADD ("/store/restore/keeps-a-store-that-cannot-be-read", NULL, test_spoilt);
  ADD ("/store/backup/another-file-restores-nothing", NULL, test_no_backup);
  ADD ("/store/backup/only-an-offsite-copy-moves-the-mark", NULL, test_marks);
  ADD ("/store/digest/is-equal-exactly-when-the-records-are", NULL, test_digests);
  return g_test_run ();
}
