#include "limber-crash-check.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "limber-error.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-second.h"
#include "limber-session.h"
#include "limber-verify.h"

static void
add_value (crypto_generichash_state *hash, sqlite3_stmt *stmt, int column)
{
  int type = sqlite3_column_type (stmt, column), length = sqlite3_column_bytes (stmt, column);
  const void *bytes = sqlite3_column_blob (stmt, column);

  crypto_generichash_update (hash, (const guint8 *) &type, sizeof type);
  crypto_generichash_update (hash, (const guint8 *) &length, sizeof length);
  if (length > 0)
    crypto_generichash_update (hash, bytes, (gsize) length);
}

static void
add_table (crypto_generichash_state *hash, sqlite3 *db, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", name);
  sqlite3_stmt *stmt = NULL;

  crypto_generichash_update (hash, (const guint8 *) name, strlen (name));
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      add_value (hash, stmt, i);
  sqlite3_finalize (stmt);
}

/**
 * crash_check_print:
 * @dir: a store's folder, or a copy of it
 *
 * Returns: a fingerprint of all that the store holds as it was last committed, 0 when there is none, %CRASH_CHECK_BUSY while it
 *   is being closed; nothing is changed
 */
guint64
crash_check_print (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "store.db", NULL);
  crypto_generichash_state hash;
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  guint64 print = 0;
  int code;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return 0;
  crypto_generichash_init (&hash, NULL, 0, 16);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_exec (db, "BEGIN", NULL, NULL, NULL);
  code = sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY name", -1, &stmt, NULL);
  if (code == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      add_table (&hash, db, (const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  if (code == SQLITE_BUSY)
    return CRASH_CHECK_BUSY;
  {
    guint8 bytes[16];

    crypto_generichash_final (&hash, bytes, sizeof bytes);
    memcpy (&print, bytes, sizeof print);
  }
  return print;
}

typedef struct {
  CrashWork  *work;
  GHashTable *second; /* (nullable): hashes of the entries in central's second file */
} Check;

static gboolean
fail (GError **error, const char *format, const char *what)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, format, what);
  return FALSE;
}

static gboolean
check_said (CrashWork *work, LimberReader *reader, GError **error)
{
  GHashTableIter iter;
  const char *code, *name;

  g_hash_table_iter_init (&iter, work->said);
  while (g_hash_table_iter_next (&iter, (gpointer *) &code, (gpointer *) &name)) {
    g_autoptr (LimberRecord) practice = NULL;
    LimberId id;

    test_id (&id, code);
    practice = limber_reader_get (reader, "practice", &id, NULL);
    if (practice == NULL)
      return fail (error, "A change that was said to be saved is not there: %s", name);
    if (strcmp (limber_record_text (practice, "name"), name) < 0 && strlen (limber_record_text (practice, "name")) <= strlen (name))
      return fail (error, "A change that was said to be saved was lost again: %s", name);
  }
  return TRUE;
}

/* The pages up to the cursor are there and no others. */
static gboolean
check_cursor (CrashWork *work, LimberReader *reader, GError **error)
{
  g_autofree char *run = NULL;
  gint64 seq = 0;
  LimberId node;

  test_id (&node, "node");
  limber_session_cursor (reader, &node, &run, &seq);
  if (seq < work->page)
    return fail (error, "%s", "A page that was said to be saved is not there");
  for (gint64 page = 1; page <= work->page + 1; page++) {
    g_autofree char *name = g_strdup_printf ("page %" G_GINT64_FORMAT, page);
    g_autoptr (LimberRecord) site = NULL;
    LimberId id;

    test_id (&id, name);
    site = limber_reader_get (reader, "site", &id, NULL);
    if ((site != NULL) != (page <= seq))
      return fail (error, "The cursor and its page do not belong together: %s", name);
  }
  return TRUE;
}

static gboolean
note_line (const char *line, gsize length, gpointer data, GError **error)
{
  const char *tab = line[0] == '!' ? memchr (line, '\t', length) : NULL;
  gsize before = tab != NULL ? (gsize) (tab + 1 - line) : 0;
  LimberEntry entry;

  if (limber_entry_parse_line (&entry, line + before, length - before, NULL))
    g_hash_table_add (data, g_memdup2 (&entry.id, sizeof entry.id));
  return TRUE;
}

static gboolean
in_second (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Check *check = data;

  if (g_hash_table_contains (check->second, &entry->id))
    return TRUE;
  g_clear_pointer (&check->second, g_hash_table_unref);
  return FALSE;
}

static gboolean
check_second (Check *check, LimberReader *reader, const char *dir, GError **error)
{
  check->second = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  if (!limber_second_each (dir, NULL, note_line, check->second, error) || !limber_journal_range (reader->database, 0, G_MAXINT64, in_second, check, error))
    return FALSE;
  if (check->second == NULL)
    return fail (error, "%s", "An entry of central's is not in its second file");
  g_clear_pointer (&check->second, g_hash_table_unref);
  return TRUE;
}

static gboolean
check_sound (LimberReader *reader, GError **error)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) why = NULL;
  g_autofree char *text = NULL;

  if (limber_verify (reader, &report, &why))
    return TRUE;
  text = limber_json_dup (report);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, "%s %s", why->message, text);
  return FALSE;
}

static gboolean
check_all (LimberReader *reader, gpointer data, GError **error)
{
  CrashWork *work = ((Check *) data)->work;

  if (!check_sound (reader, error) || !check_said (work, reader, error))
    return FALSE;
  return limber_reader_class (reader) == LIMBER_CLASS_CENTRAL || check_cursor (work, reader, error);
}

typedef struct {
  Check      *check;
  const char *dir;
} Second;

static gboolean
check_second_file (LimberReader *reader, gpointer data, GError **error)
{
  Second *second = data;

  return check_second (second->check, reader, second->dir, error);
}

/**
 * crash_check_store:
 *
 * Returns: whether @store is sound and holds all that was said to be saved
 */
gboolean
crash_check_store (CrashWork *work, LimberStore *store, GError **error)
{
  Check check = { work, NULL };
  Second second = { &check, limber_store_dir (store) };

  return limber_store_read (store, check_all, &check, error) &&
         (work->identity.klass != LIMBER_CLASS_CENTRAL || limber_store_read (store, check_second_file, &second, error));
}

/* A store whose making was cut off before anybody was told of it can be made. */
static gboolean
make_if_not_made (CrashWork *work, const char *dir, LimberEnv *env, GError **error)
{
  return work->made || limber_store_create (dir, env, &work->identity, error);
}

/**
 * crash_check_image:
 * @dir: what a loss of power has left of the store
 * @go_on: whether to write something more into it
 */
gboolean
crash_check_image (CrashWork *work, const char *dir, gboolean go_on, GError **error)
{
  TestClock clock = { work->clock.now, work->clock.seed ^ 0x5555 };
  CrashWork after = *work;
  gboolean good;

  after.env = crash_work_new_env (&clock);
  after.store = NULL;
  after.dir = (char *) dir;
  good = make_if_not_made (&after, dir, after.env, error) && crash_work_open (&after, error) && crash_check_store (work, after.store, error);
  if (good && go_on) {
    GHashTable *said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

    after.said = said;
    after.number = 1000;
    good = crash_work_put (&after, error) && crash_check_store (&after, after.store, error);
    g_hash_table_unref (said);
  }
  crash_work_close (&after);
  limber_env_unref (after.env);
  return good;
}
