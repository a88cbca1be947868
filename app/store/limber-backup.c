/* A copy counts as a backup only after it has been opened and checked. Only a copy that was said to be off this machine
 * moves central's `backed_up` mark, below which others may prune (SYNC.md rule 13). */
#include "limber-backup.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "limber-copy.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-long-private.h"
#include "limber-transaction-private.h"

/* How far each chain stands in the copy; one that waits for content, up to there: whoever has it must keep it. */
static GArray *
heads_of (LimberDatabase *copy, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (copy, error,
                             "SELECT min(max(j.key), ifnull((SELECT min(q.key) - 1 FROM quarantine q JOIN journal k ON k.key=q.key WHERE k.body IS NULL AND q.key >> 40 = j.key >> 40), max(j.key)))"
                             " FROM journal j GROUP BY j.key >> 40",
                             "");
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (gint64));
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 key = sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (heads, key);
  }
  return step == 0 ? g_steal_pointer (&heads) : NULL;
}

static gboolean
mark_heads (LimberTransaction *transaction, gpointer data, GError **error)
{
  GArray *heads = data;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, limber_transaction_now (transaction));

  for (guint i = 0; i < heads->len; i++) {
    gint64 key = g_array_index (heads, gint64, i);

    if (!limber_database_execute (transaction->reader.database, error,
                                  "INSERT INTO mark(origin, received, backed_up) VALUES(?1,?2,?2) ON CONFLICT(origin) DO UPDATE SET received=max(received, ?2), backed_up=max(backed_up, ?2)", "ii",
                                  LIMBER_JOURNAL_ORIGIN (key), LIMBER_JOURNAL_SEQ (key)))
      return FALSE;
  }
  transaction->changes->journal = TRUE;
  return limber_transaction_set_meta (transaction, "last_backup", now, error);
}

/* What is copied, and to where. */
typedef struct {
  const char *path, *file;
} Copying;

static double
size_of (const char *path)
{
  GStatBuf found;

  return g_stat (path, &found) == 0 ? (double) found.st_size : 0;
}

/* The copy is as large as the store, or smaller. */
static double
measure (gpointer data)
{
  const Copying *copying = data;
  g_autofree char *part = limber_copy_part (copying->file);
  double whole = size_of (copying->path);

  return whole > 0 ? MIN (size_of (part) / whole, 1) : -1;
}

static gboolean
make_copy (LimberStore *store, const char *file, const LimberLong *work, GError **error)
{
  g_autofree char *path = g_build_filename (limber_store_dir (store), "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, limber_store_env (store), error);
  Copying copying = { path, file };
  LimberWatching watching = { work, database, measure, &copying };

  if (database == NULL)
    return FALSE;
  limber_watching_begin (&watching);
  return limber_watching_end (&watching, limber_copy_write (database, file, error), error);
}

/**
 * limber_backup_write_long:
 * @file: where the copy goes; there must be nothing there
 * @offsite: whether that is off this machine, so that others may rely on it
 * @work: (nullable): how far it is, and whether it is to stop; then no file is left
 * @error: LIMBER_ERROR_REFUSED when there is a file already; LIMBER_ERROR_DISK_FULL; G_IO_ERROR_CANCELLED
 *
 * Copies a store as it is at one moment, while it is in use, and checks the copy.
 */
gboolean
limber_backup_write_long (LimberStore *store, const char *file, gboolean offsite, const LimberLong *work, GError **error)
{
  g_autoptr (LimberDatabase) copy = NULL;
  g_autoptr (GArray) heads = NULL;

  if (g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is a file %s already. Nothing was written."), file);
    return FALSE;
  }
  if (!make_copy (store, file, work, error))
    return FALSE;
  copy = limber_copy_open (file, limber_store_env (store), error);
  if (copy == NULL)
    return FALSE;
  if (!offsite || limber_store_identity (store)->klass != LIMBER_CLASS_CENTRAL)
    return TRUE;
  heads = heads_of (copy, error);
  return heads != NULL && limber_store_write (store, mark_heads, heads, error);
}

/**
 * limber_backup_write:
 *
 * As limber_backup_write_long(), without being watched.
 */
gboolean
limber_backup_write (LimberStore *store, const char *file, gboolean offsite, GError **error)
{
  return limber_backup_write_long (store, file, offsite, NULL, error);
}
