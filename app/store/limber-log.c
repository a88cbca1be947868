/* A store's write-ahead log. Whoever calls owns the store: nobody else writes. */
#include "limber-log.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

#define PIECE (64 * 1024) /* SQLite writes no more than 128 KiB at once */

static int
write_again (sqlite3_file *log, sqlite3_int64 size)
{
  g_autofree guint8 *bytes = g_malloc (PIECE);
  int code = SQLITE_OK;

  for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += PIECE) {
    int length = (int) MIN (size - at, PIECE);

    code = log->pMethods->xRead (log, bytes, length, at);
    if (code == SQLITE_OK)
      code = log->pMethods->xWrite (log, bytes, length, at);
  }
  return code == SQLITE_OK ? log->pMethods->xSync (log, SQLITE_SYNC_FULL) : code;
}

/**
 * limber_log_secure:
 * @database: a writing connection that has written nothing yet
 *
 * What stands in a log that somebody left was not always synced: after a sync has failed the kernel shows it and takes it for
 * written, and never writes it (Rebello et al., ATC 2020). What is committed behind it would be lost with it when the power
 * goes. So it is written again, as it stands, and synced, before anything else is.
 */
gboolean
limber_log_secure (LimberDatabase *database, GError **error)
{
  sqlite3_file *log = NULL;
  sqlite3_int64 size = 0;
  int code;

  if (!limber_database_run (database, "SELECT count(*) FROM sqlite_schema", error)) /* opens the log */
    return FALSE;
  code = sqlite3_file_control (limber_database_handle (database), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (code == SQLITE_OK && log != NULL && log->pMethods != NULL)
    code = log->pMethods->xFileSize (log, &size);
  if (code == SQLITE_OK && size > 0)
    code = write_again (log, size);
  return code == SQLITE_OK || limber_database_set_error (database, code, error);
}

/**
 * limber_log_empty:
 * @database: the writing connection, between transactions
 * @error: LIMBER_ERROR_BUSY when somebody is reading
 *
 * Takes the log into the file, and leaves nothing in it.
 */
gboolean
limber_log_empty (LimberDatabase *database, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, error, "PRAGMA wal_checkpoint(TRUNCATE)", "");

  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return FALSE;
  if (sqlite3_column_int (statement->stmt, 0) == 0)
    return TRUE;
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("Another program is using the store."));
  return FALSE;
}
