/* Any byte of an entry or of a row that is no longer what it was is noticed by limber_verify(). */
#include <sqlite3.h>
#include <string.h>

#include "limber-crash-check.h"
#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-sim-disk.h"
#include "limber-verify.h"

#define STEPS 40
#define FLIPS 300       /* of each sort in a usual run */
#define FLIPS_LONG 10000

/* One value of a table's: where it stands. */
typedef struct {
  char  *table;  /* (owned) */
  char  *column; /* (owned) */
  gint64 row;
} Cell;

static void
cell_clear (Cell *cell)
{
  g_free (cell->table);
  g_free (cell->column);
}

/* Every value of a table that has a row number and is not NULL. */
static void
add_cells (sqlite3 *db, const char *table, const char *const *columns, GArray *cells)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid, * FROM \"%s\"", table);
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 2; i < sqlite3_column_count (stmt); i++) {
      const char *column = sqlite3_column_name (stmt, i);
      Cell cell = { g_strdup (table), g_strdup (column), sqlite3_column_int64 (stmt, 0) };

      if (sqlite3_column_type (stmt, i) != SQLITE_NULL && (columns == NULL ? !g_str_equal (column, "seq") && !g_str_equal (column, "digest") : g_strv_contains (columns, column)))
        g_array_append_val (cells, cell);
      else
        cell_clear (&cell);
    }
  sqlite3_finalize (stmt);
}

static void
find_cells (sqlite3 *db, gboolean entries, GArray *cells)
{
  static const char *const kept[] = { "hash", "header", "salt", "body", NULL };
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  if (entries)
    add_cells (db, "journal", kept, cells);
  for (guint i = 0; !entries && i < n; i++)
    if (!kinds[i]->computed)
      add_cells (db, kinds[i]->name, NULL, cells);
  g_assert_cmpuint (cells->len, >, 50);
}

/* Changes one bit of the value, as it stands there. Returns FALSE when there is none to change. */
static gboolean
flip (sqlite3 *db, const Cell *cell, SimRandom *random)
{
  g_autofree char *read = g_strdup_printf ("SELECT \"%s\" FROM \"%s\" WHERE rowid=%" G_GINT64_FORMAT, cell->column, cell->table, cell->row);
  g_autofree char *write = g_strdup_printf ("UPDATE \"%s\" SET \"%s\"=?1 WHERE rowid=%" G_GINT64_FORMAT, cell->table, cell->column, cell->row);
  g_autofree char *bytes = NULL;
  sqlite3_stmt *stmt, *update;
  int type, length = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, read, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, write, -1, &update, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  type = sqlite3_column_type (stmt, 0);
  if (type == SQLITE_INTEGER)
    sqlite3_bind_int64 (update, 1, sqlite3_column_int64 (stmt, 0) ^ (G_GINT64_CONSTANT (1) << sim_random_below (random, 16)));
  else {
    length = sqlite3_column_bytes (stmt, 0);
    bytes = g_memdup2 (sqlite3_column_blob (stmt, 0), (gsize) length);
    if (length > 0)
      bytes[sim_random_below (random, (guint) length)] ^= (char) (1 << sim_random_below (random, 8));
    if (type == SQLITE_TEXT)
      sqlite3_bind_text (update, 1, bytes, length, SQLITE_STATIC);
    else
      sqlite3_bind_blob (update, 1, bytes, length, SQLITE_STATIC);
  }
  sqlite3_finalize (stmt);
  g_assert_cmpint (sqlite3_step (update), ==, SQLITE_DONE);
  sqlite3_finalize (update);
  return type == SQLITE_INTEGER || length > 0;
}

typedef struct {
  SimRandom random;
  gboolean  entries;
  guint     wanted;
  guint     missed;
} Flips;

static gboolean
is_sound (LimberReader *reader)
{
  g_autoptr (json_t) report = NULL;

  return limber_verify (reader, &report, NULL);
}

/* Each is undone before the next. */
static gboolean
flip_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  Flips *self = data;
  LimberReader *reader = limber_transaction_reader (transaction);
  sqlite3 *db = limber_database_handle (reader->database);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (cells, (GDestroyNotify) cell_clear);
  find_cells (db, self->entries, cells);
  g_assert_true (is_sound (reader));
  for (guint i = 0; i < self->wanted; i++) {
    const Cell *cell = &g_array_index (cells, Cell, sim_random_below (&self->random, cells->len));

    g_assert_cmpint (sqlite3_exec (db, "SAVEPOINT flip", NULL, NULL, NULL), ==, SQLITE_OK);
    if (flip (db, cell, &self->random) && is_sound (reader)) {
      g_test_message ("Not noticed: %s.%s of %" G_GINT64_FORMAT, cell->table, cell->column, cell->row);
      self->missed++;
    }
    g_assert_cmpint (sqlite3_exec (db, "ROLLBACK TO flip; RELEASE flip", NULL, NULL, NULL), ==, SQLITE_OK);
  }
  return TRUE;
}

static void
run (LimberClass klass, gboolean entries)
{
  g_autofree char *folder = test_dir_new (), *dir = g_build_filename (folder, "store", NULL);
  CrashSource *source = crash_source_new (klass, 2);
  CrashWork *work = crash_work_new (source, dir, 2);
  Flips flips = { .entries = entries, .wanted = g_getenv ("LIMBER_TEST_LONG") != NULL ? FLIPS_LONG : FLIPS };
  g_autoptr (GError) error = NULL;
  gboolean done = crash_work_create (work, &error) && crash_work_open (work, &error);

  for (guint i = 0; i < STEPS && done; i++)
    done = crash_work_step (work, &error);
  sim_random_init (&flips.random, 2, "flips", entries);
  if (done)
    limber_store_write (work->store, flip_job, &flips, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (flips.missed, ==, 0);
  crash_work_free (work);
  crash_source_free (source);
  test_dir_remove (folder);
}

static void
test_entries (void)
{
  run (LIMBER_CLASS_CENTRAL, TRUE);
  run (LIMBER_CLASS_DESK, TRUE);
}

/* Only central can tell of every row what it must be; a device holds what others wrote by pull, and compares digests. */
static void
test_rows (void)
{
  run (LIMBER_CLASS_CENTRAL, FALSE);
}

int
main (int argc, char *argv[])
{
  crash_work_in_memory ();
  sim_disk_install (2);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crash/a changed entry is noticed", test_entries);
  g_test_add_func ("/crash/a changed row is noticed", test_rows);
  return g_test_run ();
}
