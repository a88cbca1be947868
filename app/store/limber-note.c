/* Invariant: a note has its name only when it is whole and on the disk. */
#include "limber-note.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-copy.h"
#include "limber-json.h"

/**
 * limber_note_is_there:
 * @dir: a store's folder
 * @name: the note's
 */
gboolean
limber_note_is_there (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * limber_note_read:
 *
 * Returns: (transfer full) (nullable): what was decided and is not at its end
 */
json_t *
limber_note_read (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL), *text = NULL;
  gsize length;

  return g_file_get_contents (path, &text, &length, NULL) ? limber_json_parse (text, length, NULL) : NULL;
}

/**
 * limber_note_write:
 * @note: (transfer none): an object
 * @error: LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DISK
 *
 * All at once, and on the disk.
 */
gboolean
limber_note_write (const char *dir, const char *name, json_t *note, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL), *part = g_strconcat (path, ".part", NULL), *text = limber_json_dup (note);
  gsize length = strlen (text);
  gboolean good;
  int file;

  if (!limber_copy_make_private (part, error))
    return FALSE;
  file = g_open (part, O_WRONLY | O_APPEND | O_CLOEXEC, 0);
  if (file < 0)
    return limber_copy_fail (part, error);
  good = write (file, text, length) == (gssize) length || limber_copy_fail (part, error);
  close (file);
  return good && limber_copy_put_in_place (part, path, error);
}

/**
 * limber_note_remove:
 *
 * What it said is at its end; that too is on the disk. Without a note nothing is done.
 */
gboolean
limber_note_remove (const char *dir, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  if (g_unlink (path) != 0 && errno != ENOENT)
    return limber_copy_fail (path, error);
  return limber_copy_sync (dir, error);
}
