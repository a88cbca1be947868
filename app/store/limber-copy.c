/* Invariant: a file of the name that was asked for is a whole copy, and on the disk; what was cut off has another name. */
#include "limber-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "limber-cause.h"
#include "limber-error.h"
#include "limber-schema.h"

#define PART ".part"

/**
 * limber_copy_fail:
 * @path: (type filename): what could not be written; errno says why
 * @error: LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DISK
 *
 * Returns: %FALSE
 */
gboolean
limber_copy_fail (const char *path, GError **error)
{
  int why = errno;

  limber_cause_set_errno (error, limber_error_of_errno (why), why, _("%s cannot be written: %s"), path, limber_cause_of_errno (why));
  return FALSE;
}

/**
 * limber_copy_make_private:
 * @path: (type filename): what has that name is removed
 *
 * Makes an empty file that nobody else may read, for SQLite to fill.
 */
gboolean
limber_copy_make_private (const char *path, GError **error)
{
  int file;

  g_unlink (path);
  file = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return limber_copy_fail (path, error);
  close (file);
  return TRUE;
}

/**
 * limber_copy_sync:
 * @path: (type filename): a file, or a folder
 *
 * Returns: whether what was written there, or its names, are on the disk
 */
gboolean
limber_copy_sync (const char *path, GError **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = (file >= 0 && fsync (file) == 0) || limber_copy_fail (path, error);

  if (file >= 0)
    close (file);
  return good;
}

/**
 * limber_copy_put_in_place:
 * @part: (type filename): a file that is whole, but perhaps not on the disk yet
 * @path: (type filename): its name from now on, in the same folder; what is there gives way
 *
 * Returns: whether it is on the disk under that name
 */
gboolean
limber_copy_put_in_place (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return limber_copy_sync (part, error) && (g_rename (part, path) == 0 || limber_copy_fail (path, error)) && limber_copy_sync (folder, error);
}

/**
 * limber_copy_part:
 *
 * Returns: (transfer full): where a copy that will be @path is until it is whole
 */
char *
limber_copy_part (const char *path)
{
  return g_strconcat (path, PART, NULL);
}

/**
 * limber_copy_write:
 * @database: any connection; the file is copied as it is at one moment, with what is in its log
 * @path: (type filename): where to; what is there gives way
 * @error: LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DISK
 *
 * Returns: whether the copy is on the disk
 */
gboolean
limber_copy_write (LimberDatabase *database, const char *path, GError **error)
{
  g_autofree char *part = limber_copy_part (path), *journal = g_strconcat (part, "-journal", NULL);

  if (limber_copy_make_private (part, error) && limber_database_run (database, "PRAGMA query_only=OFF", error) && limber_database_execute (database, error, "VACUUM INTO ?", "t", part) &&
      limber_copy_put_in_place (part, path, error))
    return TRUE;
  g_unlink (part);
  g_unlink (journal);
  return FALSE;
}

/* Whether it is whole and of a form that this version knows. */
static gboolean
check (LimberDatabase *copy, const char *file, GError **error)
{
  g_autoptr (LimberStatement) statement = NULL;

  if (!limber_schema_check (copy, error))
    return FALSE;
  if (limber_schema_version (copy) == 0) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("%s is not a Limber store."), file);
    return FALSE;
  }
  statement = limber_database_bound (copy, error, "PRAGMA integrity_check(1)", "");
  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return FALSE;
  if (g_strcmp0 ((const char *) sqlite3_column_text (statement->stmt, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("%s is damaged."), file);
  return FALSE;
}

/**
 * limber_copy_open:
 * @file: (type filename): a copy of a store
 * @error: LIMBER_ERROR_NOT_FOUND, LIMBER_ERROR_DAMAGED, LIMBER_ERROR_NEWER
 *
 * Returns: (transfer full) (nullable): a connection that reads it, if it is whole and of a form that this version knows
 */
LimberDatabase *
limber_copy_open (const char *file, LimberEnv *env, GError **error)
{
  g_autoptr (LimberDatabase) copy = NULL;

  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no file %s."), file);
    return NULL;
  }
  copy = limber_database_open (file, FALSE, env, error);
  if (copy == NULL || !limber_database_untroubled (copy, check (copy, file, error), error))
    return NULL;
  return g_steal_pointer (&copy);
}
