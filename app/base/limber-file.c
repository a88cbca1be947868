#include "limber-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "limber-cause.h"
#include "limber-error.h"

/**
 * limber_file_read:
 * @path: a file
 * @most: how many bytes it may have, a multiple of 1024
 * @length: (out): how many it has
 * @error: LIMBER_ERROR_NOT_FOUND when it cannot be read, LIMBER_ERROR_FORMAT when it is longer, or a folder or a device
 *
 * Returns: (transfer full) (nullable): what it holds, and a zero byte after that
 */
char *
limber_file_read (const char *path, gsize most, gsize *length, GError **error)
{
  g_autoptr (GError) why = NULL;
  char *text = NULL;
  GStatBuf found;

  if (g_stat (path, &found) == 0 && (!S_ISREG (found.st_mode) || found.st_size > (gint64) most)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("It is no file, or longer than %u KiB."), (guint) (most / 1024));
    return NULL;
  }
  if (!g_file_get_contents (path, &text, length, &why))
    limber_cause_set (error, LIMBER_ERROR_NOT_FOUND, why, _("It cannot be opened: %s."), limber_cause_of (why));
  return text;
}
