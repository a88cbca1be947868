#include <glib/gstdio.h>
#include <sqlite3.h>

#include "limber-conflicts.h"
#include "limber-database.h"
#include "limber-error.h"
#include "limber-second.h"
#include "limber-session.h"
#include "limber-store-private.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

static void
reopen (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->store);
  fixture->store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_no_error (error);
}

static void
put_patient (LimberStore *store, const LimberId *id, const char *family)
{
  test_store_put (store, "patient", id, "number", "P1", "family", family, "given", "Declan", "born", "1954-08-06", NULL);
}

static void
test_put_get (Fixture *fixture, gconstpointer data)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "O'Connor");
  test_store_put (fixture->store, "patient", &id, "family", "Connor", "needs", "large-print", NULL);
  reopen (fixture);
  record = test_store_get (fixture->store, "patient", &id);
  g_assert_cmpstr (limber_record_text (record, "family"), ==, "Connor");
  g_assert_cmpstr (limber_record_text (record, "given"), ==, "Declan");
  g_assert_cmpstr (limber_record_text (record, "needs"), ==, "[\"large-print\"]");
  g_assert_cmpint (limber_stamp_compare (&record->stamps[limber_kind_field (record->kind, "family")], &record->stamps[limber_kind_field (record->kind, "given")]), >, 0);
}

static gint64
written_at (Fixture *fixture, const char *id)
{
  g_autoptr (LimberRecord) record = NULL;
  LimberId patient;

  test_id (&patient, id);
  record = test_store_get (fixture->store, "patient", &patient);
  return LIMBER_HYBRID_MS (record->stamps[limber_kind_field (record->kind, "family")].time);
}

/* Only what it sees may make a store write ahead of its clock, not what the clock once was (SYNC.md rule 4). */
static void
test_clock_put_right (Fixture *fixture, gconstpointer data)
{
  const gint64 now = fixture->clock.now, wrong = now + G_GINT64_CONSTANT (2304000000000);
  LimberId ids[3];

  for (guint i = 0; i < 3; i++) {
    g_autofree char *id = g_strdup_printf ("p%u", i);

    test_id (&ids[i], id);
    fixture->clock.now = i == 0 ? wrong : now;
    put_patient (fixture->store, &ids[i], "Ali");
    if (i == 1)
      reopen (fixture);
  }
  g_assert_cmpint (written_at (fixture, "p0"), ==, wrong);
  g_assert_cmpint (written_at (fixture, "p1"), ==, now);
  g_assert_cmpint (written_at (fixture, "p2"), ==, now);
  test_store_put (fixture->store, "patient", &ids[0], "family", "Begum", NULL);
  g_assert_cmpint (written_at (fixture, "p0"), >=, wrong);
}

/* Nothing is refused for its time (SYNC.md rule 4): not when the clock was in 2099 while the offset was learnt and is in 1970
 * now, nor when it is beyond what a number holds. */
static void
test_no_clock_refuses (Fixture *fixture, gconstpointer data)
{
  const gint64 offsets[] = { -G_GINT64_CONSTANT (2304000000000), G_MAXINT64 / 2 };
  LimberId ids[2];

  for (guint i = 0; i < 2; i++) {
    g_autofree char *id = g_strdup_printf ("p%u", i);

    test_id (&ids[i], id);
    put_patient (fixture->store, &ids[i], "Ali");
    fixture->clock.now = 1000;
    limber_env_set_offset (fixture->env, offsets[i]);
    test_store_put (fixture->store, "patient", &ids[i], "family", "Begum", NULL);
    test_store_put (fixture->store, "patient", &ids[i], "family", "Chaudhry", NULL);
    g_assert_cmpint (test_store_count (fixture->store, "SELECT count(*) FROM conflict"), ==, 0);
    reopen (fixture);
    test_store_put (fixture->store, "patient", &ids[i], "family", "Dar", NULL);
    test_store_assert_sound (fixture->store);
  }
}

static gint64
count (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, "store.db", NULL);
  sqlite3 *db;
  sqlite3_stmt *stmt;
  gint64 n;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

static void
test_only_changes (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  put_patient (fixture->store, &id, "Smith");
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal"), ==, 1);
  put_patient (fixture->store, &id, "Smyth");
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal WHERE body = '{\"family\":\"Smyth\"}'"), ==, 1);
}

static void
test_epochs (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  put_patient (fixture->store, &id, "Smyth");
  reopen (fixture);
  reopen (fixture);
  put_patient (fixture->store, &id, "Smythe");
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM origin"), ==, 2);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal WHERE key & 1099511627775 = 1"), ==, 2);
  /* the chain goes on over epochs: only the very first entry has no prev */
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal WHERE json_extract(header, '$[12]') IS NULL"), ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  LimberId id, appointment;
  g_autoptr (GError) error = NULL;

  test_id (&id, "p1");
  test_id (&appointment, "a1");
  g_assert_false (test_store_try (fixture->store, &error, "patient", &id, "family", "Smith", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "given"));
  g_clear_error (&error);
  g_assert_false (test_store_try (fixture->store, &error, "patient", &id, "family", "Smith", "given", "A", "born", "1954-08-06", "nhs_number", "9991234567", NULL));
  g_assert_nonnull (strstr (error->message, "nhs_number"));
  g_clear_error (&error);
  g_assert_false (test_store_try (fixture->store, &error, "patient", &id, "initials", "A S", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal"), ==, 0);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM thing"), ==, 0);
}

/* A job that shares its commit with others. */
typedef struct {
  const char *family;
  gboolean    refused; /* after it has written */
  gboolean   *kept;    /* told */
  guint      *left;
} Shared;

/* What keeps the writer busy until all the others wait. */
typedef struct {
  GMutex mutex;
  int    begun; /* (atomic) */
} Busy;

static gboolean
wait_for_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  Busy *busy = data;

  g_atomic_int_set (&busy->begun, TRUE);
  g_mutex_lock (&busy->mutex);
  g_mutex_unlock (&busy->mutex);
  return TRUE;
}

static gboolean
write_shared (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  const Shared *shared = data;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  test_id (&id, shared->family);
  edit = limber_edit_new ("patient", &id);
  limber_edit_set_text (edit, "family", shared->family);
  limber_edit_set_text (edit, "given", "Declan");
  limber_edit_set_text (edit, "born", "1954-08-06");
  g_assert_true (limber_transaction_edit (transaction, edit, &author, error));
  return !shared->refused;
}

static void
on_shared (GObject *store, GAsyncResult *result, gpointer data)
{
  Shared *shared = data;

  *shared->kept = limber_store_write_finish (LIMBER_STORE (store), result, NULL);
  --*shared->left;
}

static gboolean
are_told (gpointer left)
{
  return *(guint *) left == 0;
}

/* Whichever of those that share a commit are refused, the others are kept, and nothing of the refused is there. */
static void
test_shared_commit (Fixture *fixture, gconstpointer data)
{
  const guint n = 4;

  for (guint refused = 0; refused < 1 << n; refused++) {
    Shared shared[4];
    gboolean kept[4];
    guint left = n;
    Busy busy = { .begun = FALSE };

    g_mutex_init (&busy.mutex);
    g_mutex_lock (&busy.mutex);
    limber_store_write_async (fixture->store, wait_for_it, &busy, NULL, NULL, NULL, NULL);
    while (!g_atomic_int_get (&busy.begun))
      g_thread_yield ();
    for (guint i = 0; i < n; i++) {
      shared[i] = (Shared){ g_strdup_printf ("%c%u", 'A' + i, refused), (refused >> i & 1) != 0, &kept[i], &left };
      limber_store_write_async (fixture->store, write_shared, &shared[i], NULL, NULL, on_shared, &shared[i]);
    }
    g_mutex_unlock (&busy.mutex);
    g_assert_true (test_wait (are_told, &left));
    g_mutex_clear (&busy.mutex);
    for (guint i = 0; i < n; i++) {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM patient WHERE family='%s'", shared[i].family);

      g_assert_cmpint (kept[i], ==, !shared[i].refused);
      g_assert_cmpint (count (fixture, sql), ==, kept[i]);
      g_free ((char *) shared[i].family);
    }
  }
  /* one chain without a gap, and nothing but what was kept */
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal"), ==, 32);
  g_assert_cmpint (count (fixture, "SELECT max(key) - min(key) FROM journal"), ==, 31);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM thing"), ==, 32);
}

static void
test_rounds (Fixture *fixture, gconstpointer data)
{
  LimberId site, patient, id;
  g_autoptr (LimberRecord) record = NULL;
  g_autofree char *patient_text = NULL, *site_text = NULL;

  test_id (&site, "site");
  test_id (&patient, "p1");
  test_id (&id, "a1");
  patient_text = limber_id_dup_text (&patient);
  site_text = limber_id_dup_text (&site);
  test_store_put (fixture->store, "appointment", &id, "patient", patient_text, "site", site_text, "start", "2026-11-23T09:00:00Z", "status", "booked", NULL);
  test_store_put (fixture->store, "appointment", &id, "status", "arrived", NULL);
  test_store_put (fixture->store, "appointment", &id, "status", "booked", NULL);
  record = test_store_get (fixture->store, "appointment", &id);
  g_assert_cmpstr (limber_record_word (record, "status"), ==, "booked");
  g_assert_cmpint (limber_record_integer (record, "status"), ==, LIMBER_PROGRESS_ROUND);
}

static void
test_write_once (Fixture *fixture, gconstpointer data)
{
  LimberId appointment, patient, id;
  g_autofree char *a = NULL, *p = NULL;
  g_autoptr (GError) error = NULL;

  test_id (&appointment, "a1");
  test_id (&patient, "p1");
  test_id (&id, "arrival");
  a = limber_id_dup_text (&appointment);
  p = limber_id_dup_text (&patient);
  test_store_put (fixture->store, "arrival", &id, "appointment", a, "patient", p, "round", "0", "at", "2026-11-23T09:00:00Z", "via", "kiosk", NULL);
  g_assert_false (test_store_try (fixture->store, &error, "arrival", &id, "at", "2026-11-23T09:05:00Z", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberStore) second = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_autoptr (LimberStore) reader = NULL;
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  g_assert_null (second);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, g_get_prgname ()));
  g_clear_error (&error);
  reader = limber_store_open (fixture->dir, LIMBER_STORE_READ, fixture->env, &error);
  g_assert_no_error (error);
  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  record = test_store_get (reader, "patient", &id);
  g_assert_nonnull (record);
  g_assert_false (test_store_try (reader, &error, "patient", &id, "family", "X", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY);
}

static gpointer
open_soon (gpointer data)
{
  Fixture *fixture = data;

  return limber_store_open (fixture->dir, LIMBER_STORE_OWN_SOON, fixture->env, NULL);
}

/* Whether two descriptors of this process are on the store's lock: the owner's, and that of one who wants to be. */
static gboolean
somebody_waits (gpointer data)
{
  return test_descriptors ("self", ((Fixture *) data)->dir, "lock") == 2;
}

static void
test_owned_soon (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GThread) thread = g_thread_new ("second", open_soon, fixture);

  g_assert_true (test_wait (somebody_waits, fixture));
  limber_store_close (fixture->store);
  g_object_unref (fixture->store);
  fixture->store = g_thread_join (g_steal_pointer (&thread));
  g_assert_nonnull (fixture->store);
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, "store.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->store);
  run_sql (fixture, "PRAGMA user_version=99");
  fixture->store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_null (fixture->store);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NEWER);
  g_assert_cmpint (count (fixture, "PRAGMA user_version"), ==, 99);
}

static void
test_not_a_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "store.db", NULL), *wal = g_strconcat (path, "-wal", NULL);

  g_clear_object (&fixture->store);
  g_assert_true (g_file_set_contents (path, "This is a shopping list, not a database. Bread, milk, eggs.", -1, NULL));
  fixture->store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_null (fixture->store);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
}

static gboolean
write_then_fail (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autoptr (LimberEdit) edit = limber_edit_new ("site", data);

  limber_edit_set_text (edit, "code", "LMB01");
  limber_edit_set_text (edit, "name", "Clinic");
  if (limber_transaction_edit (transaction, edit, &author, error))
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "changed my mind");
  return FALSE;
}

static void
test_undone_job (Fixture *fixture, gconstpointer data)
{
  LimberId id;
  g_autoptr (GError) error = NULL;

  test_id (&id, "site");
  g_assert_false (limber_store_write (fixture->store, write_then_fail, &id, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_cmpint (count (fixture, "SELECT count(*) FROM journal"), ==, 0);
  test_store_put (fixture->store, "site", &id, "code", "LMB01", "name", "Clinic", NULL);
  g_assert_cmpint (count (fixture, "SELECT key & 1099511627775 FROM journal"), ==, 1); /* the number was not used up */
}

static gboolean
read_all_pieces (LimberReader *reader, gpointer data, GError **error)
{
  *(GArray **) data = limber_session_pieces (reader, error);
  return *(GArray **) data != NULL;
}

/* Each opening's piece continues the end of the one before. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) pieces = NULL;
  LimberId id;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  put_patient (fixture->store, &id, "Smyth");
  for (int i = 0; i < 2; i++) {
    reopen (fixture);
    put_patient (fixture->store, &id, i == 0 ? "Smythe" : "Smith");
  }
  g_assert_true (limber_store_read (fixture->store, read_all_pieces, &pieces, NULL));
  g_assert_cmpuint (pieces->len, ==, 3);
  for (guint i = 0; i < pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pieces, LimberPiece, i), *before = i > 0 ? piece - 1 : NULL;

    g_assert_cmpint (piece->first, ==, 1);
    g_assert_cmpint (piece->tip, ==, i == 0 ? 2 : 1);
    g_assert_cmpint (piece->parent, ==, before != NULL ? before->n : 0);
    g_assert_cmpint (piece->attach, ==, before != NULL ? before->tip : 0);
  }
}

/* Where a store's newest entry cannot be read it does not go on, nor tells others of its chains. */
static void
test_unreadable_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) pieces = NULL;
  g_autoptr (GError) error = NULL;
  LimberId id;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  test_store_tamper (fixture->store, "UPDATE journal SET header='[]'");
  g_assert_false (limber_store_read (fixture->store, read_all_pieces, &pieces, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_clear_object (&fixture->store);
  g_assert_null (limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error));
  g_assert_nonnull (error);
}

static gboolean
fill_no_batch (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (GString) out = g_string_new ("before");
  guint none = 0, room = 5;

  g_assert_cmpint (limber_session_append_lines (reader, 1, 0, &none, 100000, data, out, error), ==, 0);
  g_assert_cmpint (limber_session_append_lines (reader, 1, 0, &room, 10, data, out, error), ==, 0);
  g_assert_cmpint (limber_session_append_lines (reader, 1, 1, &room, 100000, data, out, error), ==, 1);
  g_assert_cmpint (limber_session_append_lines (reader, 99, 7, &room, 100000, data, out, error), ==, 7);
  g_assert_cmpuint (room, ==, 5);
  g_assert_cmpstr (out->str, ==, "before");
  return TRUE;
}

/* Without room, without more to come, of no chain that is here: nothing is sent, and nothing counted as sent. */
static void
test_empty_batch (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  g_assert_true (limber_store_read (fixture->store, fill_no_batch, (gpointer) limber_store_identity (fixture->store), NULL));
}

static gboolean
leave_epoch (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_session_leave_epoch (transaction, data, error);
}

static gboolean
find_origin (LimberReader *reader, gpointer data, GError **error)
{
  return limber_database_origin_of (reader->database, 1, data);
}

/* Others' epochs are theirs to leave, and one that it has left already a store does not leave again. */
static void
test_leave_epoch (Fixture *fixture, gconstpointer data)
{
  LimberOrigin own, other = { { 7 } };
  LimberId id;

  test_id (&id, "p1");
  g_assert_true (limber_store_write (fixture->store, leave_epoch, &other, NULL)); /* it has written nothing yet */
  put_patient (fixture->store, &id, "Smith");
  g_assert_true (limber_store_read (fixture->store, find_origin, &own, NULL));
  g_assert_true (limber_store_write (fixture->store, leave_epoch, &other, NULL));
  put_patient (fixture->store, &id, "Smyth");
  g_assert_cmpint (test_store_count (fixture->store, "SELECT max(n) FROM origin"), ==, 1);
  for (guint i = 0; i < 2; i++) {
    g_assert_true (limber_store_write (fixture->store, leave_epoch, &own, NULL));
    put_patient (fixture->store, &id, i == 0 ? "Smythe" : "Smith");
  }
  g_assert_cmpint (test_store_count (fixture->store, "SELECT max(key >> 40) FROM journal"), ==, 2);
}

static gboolean
begin_run (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_session_begin_run (transaction, data, error);
}

static gboolean
judge_cursors (LimberReader *reader, gpointer data, GError **error)
{
  g_assert_true (limber_session_run_reaches (reader, "0123456789abcdef", 0));
  g_assert_false (limber_session_run_reaches (reader, "0123456789abcdef", -1));
  g_assert_false (limber_session_run_reaches (reader, "0123456789abcdef", 1000));
  g_assert_false (limber_session_run_reaches (reader, "fedcba9876543210", 0));
  return TRUE;
}

static void
test_cursors (Fixture *fixture, gconstpointer data)
{
  g_assert_true (limber_store_write (fixture->store, begin_run, (gpointer) "0123456789abcdef", NULL));
  g_assert_true (limber_store_read (fixture->store, judge_cursors, NULL, NULL));
}

static void
add_up (LimberStore *store, LimberChanges *changes, LimberChanges *sum)
{
  limber_changes_merge (sum, changes);
}

static gboolean
has_journal (gpointer data)
{
  return ((LimberChanges *) data)->journal;
}

static gboolean
read_some_pieces (LimberReader *reader, gpointer data, GError **error)
{
  GArray **pieces = data;

  *pieces = limber_session_pieces_of (reader, *pieces, error);
  return *pieces != NULL;
}

static void
test_origins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberChanges) sum = limber_changes_new ();
  g_autoptr (GArray) pieces = NULL;
  LimberId id;

  test_id (&id, "p1");
  put_patient (fixture->store, &id, "Smith");
  reopen (fixture);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (add_up), sum);
  put_patient (fixture->store, &id, "Smyth");
  g_assert_true (test_wait (has_journal, sum));
  g_assert_false (sum->many_origins);
  g_assert_cmpuint (sum->origins->len, ==, 1);
  pieces = sum->origins;
  g_assert_true (limber_store_read (fixture->store, read_some_pieces, &pieces, NULL));
  g_assert_cmpuint (pieces->len, ==, 1);
  g_assert_cmpint (g_array_index (pieces, LimberPiece, 0).n, ==, 2);
  g_assert_cmpint (g_array_index (pieces, LimberPiece, 0).tip, ==, 1);
  /* more than are worth naming */
  for (gint64 n = 1; n <= LIMBER_CHANGES_ORIGINS; n++)
    limber_changes_add_origin (sum, n);
  g_assert_cmpuint (sum->origins->len, ==, LIMBER_CHANGES_ORIGINS);
  limber_changes_add_origin (sum, LIMBER_CHANGES_ORIGINS + 1);
  g_assert_true (sum->many_origins);
  g_assert_cmpuint (sum->origins->len, ==, 0);
}

static gboolean
read_sites (LimberReader *reader, gpointer data, GError **error)
{
  *(GPtrArray **) data = limber_reader_query (reader, "sites", error, "");
  return *(GPtrArray **) data != NULL;
}

static void
assert_one_site (LimberStore *store)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  limber_store_read (store, read_sites, &rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (rows, 0), "name"), ==, "Clinic");
  g_assert_nonnull (limber_row_id (g_ptr_array_index (rows, 0), "site"));
}

/* As it is after an erasure, or after another program brought the store to a newer form. */
static void
test_form_changes (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  test_id (&id, "site");
  test_store_put (fixture->store, "site", &id, "code", "LMB01", "name", "Clinic", NULL);
  assert_one_site (fixture->store);
  run_sql (fixture, "CREATE TABLE other(n INTEGER)");
  assert_one_site (fixture->store);
}

/* A connection that went on well since the disk failed does not say that it was no error. */
static void
test_words_of_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, fixture->env, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (limber_database_integer (database, 0, "SELECT 7", ""), ==, 7);
  limber_database_set_error (database, SQLITE_IOERR_FSYNC, &error);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
  g_assert_null (strstr (error->message, "I/O")); /* a person is told what to do; the log what it was */
  g_assert_cmpstr (limber_error_get_cause (error), ==, "disk I/O error");
  g_assert_nonnull (strstr (limber_error_for_log (error), "disk I/O error"));
  g_assert_false (limber_database_untroubled (database, TRUE, NULL));
}

static gboolean
name_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, data, "Somebody's", error);
}

/* What is in @dir stays as it is. */
static void
assert_refused (Fixture *fixture, const char *dir, const LimberIdentity *identity)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_create (dir, fixture->env, identity, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

/* Where the making of a store was cut off: an empty file, tables and nobody's, a whole store in which nothing was written yet;
 * but not one that was given a name or a node, nor one with a change. */
static void
test_half_made (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "name", "upstream" };
  LimberIdentity identity = *limber_store_identity (fixture->store);
  g_autofree char *dir = g_build_filename (fixture->dir, "half", NULL), *path = g_build_filename (dir, "store.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  for (guint i = 0; i < 2; i++) {
    limber_store_create (dir, fixture->env, &identity, &error);
    g_assert_no_error (error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (LimberStore) store = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, &error);

    g_assert_no_error (error);
    g_assert_true (limber_store_write (store, name_it, (gpointer) names[i], &error));
    limber_store_close (store);
    assert_refused (fixture, dir, &identity);
  }
  g_clear_object (&fixture->store);
  run_sql (fixture, "DELETE FROM meta");
  limber_store_create (fixture->dir, fixture->env, &identity, &error);
  g_assert_no_error (error);
  reopen (fixture);
  g_assert_true (limber_id_equal (&limber_store_identity (fixture->store)->device, &identity.device));
  put_patient (fixture->store, &identity.device, "Connor");
  g_clear_object (&fixture->store);
  assert_refused (fixture, fixture->dir, &identity);
}

static gboolean
no_line (const char *line, gsize length, gpointer data, GError **error)
{
  g_assert_not_reached ();
}

/* A folder in its place can be opened, and not read. */
static void
test_unreadable_second (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->dir, "nowhere", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_second_each (fixture->dir, nowhere, no_line, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (limber_second_each (fixture->dir, fixture->dir, no_line, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
}

typedef struct {
  GMutex   mutex;
  GCond    cond;
  gboolean reading, ended;
} Slow;

static gboolean
read_slowly (LimberReader *reader, gpointer data, GError **error)
{
  Slow *slow = data;

  g_mutex_lock (&slow->mutex);
  slow->reading = TRUE;
  g_cond_broadcast (&slow->cond);
  g_mutex_unlock (&slow->mutex);
  for (guint i = 0; i < 1000; i++)
    g_thread_yield ();
  g_atomic_int_set (&slow->ended, TRUE);
  return TRUE;
}

/* Whoever takes the store over may put another file in its place: nobody may still have the old one open. */
/* So many reads within each other that each needs a connection of its own. */
typedef struct {
  LimberStore *store;
  guint        deep;
} Crowd;

static gboolean
read_within (LimberReader *reader, gpointer data, GError **error)
{
  Crowd *crowd = data;

  return crowd->deep-- == 0 || limber_store_read (crowd->store, read_within, crowd, error);
}

static void
test_rest (Fixture *fixture, gconstpointer data)
{
  Crowd crowd = { fixture->store, 9 };

  g_assert_true (limber_store_read (fixture->store, read_within, &crowd, NULL));
  g_assert_cmpuint (g_queue_get_length (&fixture->store->readers), ==, 10);
  limber_store_rest (fixture->store, FALSE);
  g_assert_cmpuint (g_queue_get_length (&fixture->store->readers), <=, 2);
  crowd.deep = 9;
  g_assert_true (limber_store_read (fixture->store, read_within, &crowd, NULL));
}

static void
test_no_memory_counted (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (sqlite3_memory_used (), ==, 0);
}

static goffset
size_of (const char *path)
{
  GStatBuf found;

  return g_stat (path, &found) == 0 ? found.st_size : 0;
}

/* One commit of so many pages and a few, and what follows a commit. */
static void
write_pages (LimberDatabase *database, int pages)
{
  g_assert_true (limber_database_begin (database, NULL));
  g_assert_true (limber_database_execute (database, NULL, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<?) INSERT INTO page(bytes) SELECT zeroblob(3500) FROM n", "i",
                                          (gint64) pages));
  g_assert_true (limber_database_commit (database, NULL));
  limber_database_checkpoint (database);
}

/* In a storm the log grows; as soon as it is over, it goes into the file as always. */
static void
test_log_of_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "many.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, TRUE, fixture->env, NULL);
  goffset before;

  g_assert_nonnull (database);
  g_assert_true (limber_database_run (database, "CREATE TABLE page(bytes BLOB)", NULL));
  for (int i = 0; i < 50; i++)
    write_pages (database, 100);
  before = size_of (path);
  g_assert_cmpint (before, >, 4000 * 3500); /* small changes, one after the other */
  for (int i = 0; i < 12; i++)
    write_pages (database, 500);
  g_assert_cmpint (size_of (path), ==, before);
  write_pages (database, 1);
  g_assert_cmpint (size_of (path), >, before + 6000 * 3500);
}

static gboolean
write_nothing (LimberTransaction *transaction, gpointer data, GError **error)
{
  return TRUE;
}

static void
test_close_waits_for_readers (Fixture *fixture, gconstpointer data)
{
  Slow slow = { 0 };
  g_autoptr (GError) error = NULL;

  limber_store_read_async (fixture->store, read_slowly, &slow, NULL, NULL, NULL, NULL);
  g_mutex_lock (&slow.mutex);
  while (!slow.reading)
    g_cond_wait (&slow.cond, &slow.mutex);
  g_mutex_unlock (&slow.mutex);
  limber_store_close (fixture->store);
  g_assert_true (g_atomic_int_get (&slow.ended));
  g_assert_cmpuint (test_descriptors ("self", fixture->dir, "store.db"), ==, 0);
  g_assert_false (limber_store_read (fixture->store, read_slowly, &slow, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (limber_store_write (fixture->store, write_nothing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/what-was-put-is-there-after-opening-again", test_put_get);
  ADD ("/store/an-edit-writes-only-what-changes", test_only_changes);
  ADD ("/store/a-clock-that-is-put-right-writes-right-times", test_clock_put_right);
  ADD ("/store/no-clock-refuses-a-change", test_no_clock_refuses);
  ADD ("/store/closing-waits-for-whoever-reads", test_close_waits_for_readers);
  ADD ("/store/what-a-busy-time-has-taken-is-given-back", test_rest);
  ADD ("/store/no-memory-is-counted-under-a-lock", test_no_memory_counted);
  ADD ("/store/each-opening-has-an-epoch-of-its-own-in-one-chain", test_epochs);
  ADD ("/store/each-piece-of-a-chain-continues-the-one-before", test_pieces);
  ADD ("/store/what-ends-in-what-cannot-be-read-is-not-continued", test_unreadable_end);
  ADD ("/store/the-log-grows-in-a-storm-and-goes-into-the-file-after-it", test_log_of_many);
  ADD ("/store/an-empty-batch-counts-for-nothing", test_empty_batch);
  ADD ("/store/an-epoch-is-left-by-who-writes-in-it", test_leave_epoch);
  ADD ("/store/a-cursor-counts-as-far-as-its-run-got", test_cursors);
  ADD ("/store/a-commit-says-which-chains-grew", test_origins);
  ADD ("/store/a-refused-edit-names-the-field-and-leaves-nothing", test_refused);
  if (g_getenv ("LIMBER_TEST_TRIES") == NULL) /* there whoever asks for a change waits for it, so that none share a commit */
    ADD ("/store/a-refused-job-leaves-those-that-share-its-commit", test_shared_commit);
  ADD ("/store/going-back-begins-the-next-round", test_rounds);
  ADD ("/store/a-write-once-record-is-never-overwritten", test_write_once);
  ADD ("/store/one-program-owns-it-and-others-may-read", test_busy);
  ADD ("/store/a-program-that-only-passes-is-waited-for", test_owned_soon);
  ADD ("/store/a-newer-store-is-refused-unchanged", test_newer);
  ADD ("/store/another-file-is-refused", test_not_a_store);
  ADD ("/store/a-job-that-fails-leaves-no-trace", test_undone_job);
  ADD ("/store/rows-are-whole-after-the-store-changes-its-form", test_form_changes);
  ADD ("/store/a-failed-disk-is-named-also-later", test_words_of_failure);
  ADD ("/store/a-store-whose-making-was-cut-off-is-made-to-its-end", test_half_made);
  ADD ("/store/a-second-file-that-cannot-be-read-is-not-taken-for-an-empty-one", test_unreadable_second);
  return g_test_run ();
}
