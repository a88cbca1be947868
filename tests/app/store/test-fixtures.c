/* Stores of every released form, kept in tests/data/stores/version-N, each with work aboard that was never sent. A new
 * form gets a fixture of its own: run this program with LIMBER_MAKE_FIXTURE=FOLDER, once, and never change it again. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-schema.h"
#include "limber-status.h"
#include "limber-test.h"
#include "limber-verify.h"

static void
make_fixture (const char *dir)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *patient_text = NULL, *site_text = NULL, *path = g_build_filename (dir, "store.db", NULL);
  LimberStore *store;
  LimberId site, patient, appointment;
  sqlite3 *db;

  test_id (&site, "site");
  test_id (&patient, "patient");
  test_id (&appointment, "appointment");
  site_text = limber_id_dup_text (&site);
  patient_text = limber_id_dup_text (&patient);
  store = test_store_new (dir, env, LIMBER_CLASS_HUB, &site);
  test_store_put (store, "site", &site, "code", "LMB01", "name", "Alexandra Avenue Clinic", NULL);
  test_store_put (store, "patient", &patient, "family", "Łuczak", "given", "Zofia", "born", "1954-08-06", "nhs_number", "9990000018", "needs", "large-print;carer-attends", NULL);
  test_store_put (store, "appointment", &appointment, "patient", patient_text, "site", site_text, "start", "2026-11-23T09:30:00Z", "minutes", "30", "status", "booked", NULL);
  test_store_put (store, "appointment", &appointment, "status", "arrived", NULL);
  limber_store_close (store);
  g_object_unref (store);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA journal_mode=DELETE; VACUUM", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static char *
fixture_file (int version)
{
  g_autofree char *name = g_strdup_printf ("version-%d.db", version);

  return g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "stores", name, NULL);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
}

static gboolean
check (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (json_t) report = NULL, status = limber_status_json (reader, error);

  g_assert_cmpint (limber_json_integer (status, "pending", -1), ==, 4); /* nothing unsent was lost */
  return limber_verify (reader, &report, error);
}

static void
test_opens (void)
{
  for (int version = 1; version <= LIMBER_SCHEMA_VERSION; version++) {
    TestClock clock = { 0 };
    g_autoptr (LimberEnv) env = test_env_new (&clock);
    g_autofree char *dir = test_dir_new (), *path = g_build_filename (dir, "store.db", NULL), *from = fixture_file (version);
    g_autoptr (LimberStore) store = NULL;
    g_autoptr (LimberRecord) appointment = NULL, patient = NULL;
    g_autoptr (GError) error = NULL;
    LimberId id;

    copy_file (from, path);
    store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);
    g_assert_no_error (error);
    test_id (&id, "appointment");
    appointment = test_store_get (store, "appointment", &id);
    g_assert_cmpstr (limber_record_word (appointment, "status"), ==, "arrived");
    test_id (&id, "patient");
    patient = test_store_get (store, "patient", &id);
    g_assert_cmpstr (limber_record_text (patient, "family"), ==, "Łuczak");
    limber_store_read (store, check, NULL, &error);
    g_assert_no_error (error);
    test_store_put (store, "patient", &id, "family", "Luczak", NULL); /* and it goes on */
    limber_store_close (store);
    test_dir_remove (dir);
  }
}

static char *
schema_of (const char *path)
{
  GString *text = g_string_new (NULL);
  sqlite3 *db;
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name", -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

/* Whoever changes a declaration must add a version, a step and a fixture. */
static void
test_frozen (void)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new (), *path = g_build_filename (dir, "store.db", NULL), *from = fixture_file (LIMBER_SCHEMA_VERSION), *fresh = NULL, *kept = NULL;
  LimberStore *store = test_store_new (dir, env, LIMBER_CLASS_HUB, NULL);

  limber_store_close (store);
  g_object_unref (store);
  fresh = schema_of (path);
  kept = schema_of (from);
  g_assert_cmpstr (fresh, ==, kept);
  test_dir_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("LIMBER_MAKE_FIXTURE") != NULL) {
    make_fixture (g_getenv ("LIMBER_MAKE_FIXTURE"));
    return 0;
  }
  g_test_add_func ("/store/fixtures/a-store-of-every-version-opens-with-its-unsent-work", test_opens);
  g_test_add_func ("/store/fixtures/a-released-form-does-not-change", test_frozen);
  return g_test_run ();
}
