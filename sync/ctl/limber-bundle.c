#include "limber-bundle.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-cause.h"
#include "limber-error.h"
#include "limber-json.h"

#define FOLDER "limber-bundle/"
#define MANIFEST "MANIFEST.txt"

typedef struct {
  char *name, *about, *text; /* (owned) */
} Part;

struct _LimberBundle {
  GPtrArray *parts; /* (owned): Part, in the order in which they were added */
};

static void
part_free (Part *part)
{
  g_free (part->name);
  g_free (part->about);
  g_free (part->text);
  g_free (part);
}

LimberBundle *
limber_bundle_new (void)
{
  LimberBundle *bundle = g_new0 (LimberBundle, 1);

  bundle->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  return bundle;
}

void
limber_bundle_free (LimberBundle *bundle)
{
  g_ptr_array_unref (bundle->parts);
  g_free (bundle);
}

/**
 * limber_bundle_add_text:
 * @name: a file's name
 * @about: what is in it, for who sends it
 * @text: it
 */
void
limber_bundle_add_text (LimberBundle *bundle, const char *name, const char *about, const char *text)
{
  Part *part = g_new0 (Part, 1);

  part->name = g_strdup (name);
  part->about = g_strdup (about);
  part->text = g_strdup (text);
  g_ptr_array_add (bundle->parts, part);
}

/**
 * limber_bundle_add_json:
 * @json: (transfer full) (nullable): it; %NULL for what could not be found out, and then the file says so
 */
void
limber_bundle_add_json (LimberBundle *bundle, const char *name, const char *about, json_t *json)
{
  char *text = json != NULL ? json_dumps (json, JSON_INDENT (1)) : NULL;
  g_autofree char *line = g_strconcat (text != NULL ? text : "null", "\n", NULL);

  limber_bundle_add_text (bundle, name, about, line);
  free (text);
  json_decref (json);
}

/**
 * limber_bundle_contents:
 *
 * Returns: (transfer full): what each file is, a line each
 */
char *
limber_bundle_contents (LimberBundle *bundle)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < bundle->parts->len; i++) {
    const Part *part = g_ptr_array_index (bundle->parts, i);

    g_string_append_printf (out, "%-16s %s\n", part->name, part->about);
  }
  return g_string_free (out, FALSE);
}

static gboolean
fail (struct archive *archive, const char *path, GError **error)
{
  limber_cause_set_errno (error, limber_error_of_errno (archive_errno (archive)), archive_errno (archive), _("%s cannot be written: %s"), path, limber_cause_of_errno (archive_errno (archive)));
  return FALSE;
}

static gboolean
add (struct archive *archive, const char *name, const char *text, gint64 now, const char *path, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  g_autofree char *whole = g_strconcat (FOLDER, name, NULL);
  gsize length = strlen (text);
  gboolean good;

  archive_entry_set_pathname (entry, whole);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_mtime (entry, (time_t) (now / 1000), 0);
  good = archive_write_header (archive, entry) == ARCHIVE_OK && archive_write_data (archive, text, length) == (la_ssize_t) length;
  archive_entry_free (entry);
  return good || fail (archive, path, error);
}

static char *
manifest (LimberBundle *bundle)
{
  g_autofree char *contents = limber_bundle_contents (bundle);

  return g_strconcat (_("This is what a Limber store says of itself, for whoever looks for a fault in it.\n"
                        "It is text: read it before you send it. It holds versions, figures, the ids and names of devices and the codes of sites.\n"
                        "It holds nothing of any patient or member of staff: no name, number, date of birth, address, telephone number or note; and no\n"
                        "key, PIN or joining code.\n\n"),
                      contents, NULL);
}

static gboolean
write_parts (LimberBundle *bundle, int file, const char *path, gint64 now, GError **error)
{
  struct archive *archive = archive_write_new ();
  g_autofree char *first = manifest (bundle);
  gboolean good;

  archive_write_add_filter_gzip (archive);
  archive_write_set_format_ustar (archive);
  good = archive_write_open_fd (archive, file) == ARCHIVE_OK || fail (archive, path, error);
  good = good && add (archive, MANIFEST, first, now, path, error);
  for (guint i = 0; good && i < bundle->parts->len; i++) {
    const Part *part = g_ptr_array_index (bundle->parts, i);

    good = add (archive, part->name, part->text, now, path, error);
  }
  good = good && (archive_write_close (archive) == ARCHIVE_OK || fail (archive, path, error));
  archive_write_free (archive);
  return good;
}

static gboolean
fail_with_errno (const char *path, GError **error)
{
  int why = errno;

  if (why == EEXIST)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is a file %s already. Nothing was written."), path);
  else
    limber_cause_set_errno (error, limber_error_of_errno (why), why, _("%s cannot be written: %s"), path, limber_cause_of_errno (why));
  return FALSE;
}

/* Not where somebody has put a file meanwhile; a disk that cannot promise that, as a stick's, is taken at its word of a moment ago. */
static gboolean
put_in_place (const char *part, const char *path, GError **error)
{
  if (renameat2 (AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno == EINVAL && !g_file_test (path, G_FILE_TEST_EXISTS) && g_rename (part, path) == 0)
    return TRUE;
  return fail_with_errno (path, error);
}

static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean good = (file >= 0 && fsync (file) == 0) || fail_with_errno (path, error);

  if (file >= 0)
    close (file);
  return good;
}

/**
 * limber_bundle_write:
 * @path: (type filename): where to; there must be nothing there
 * @now: milliseconds UTC
 * @error: LIMBER_ERROR_REFUSED when there is a file already; LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DISK
 *
 * Writes all of it as a tar file, packed with gzip, that its owner alone can read; or nothing.
 */
gboolean
limber_bundle_write (LimberBundle *bundle, const char *path, gint64 now, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part-XXXXXX", NULL);
  gboolean good;
  int file;

  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    errno = EEXIST;
    return fail_with_errno (path, error);
  }
  file = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (file < 0)
    return fail_with_errno (path, error);
  good = write_parts (bundle, file, path, now, error) && (fsync (file) == 0 || fail_with_errno (path, error));
  close (file);
  good = good && put_in_place (part, path, error);
  if (!good)
    g_unlink (part);
  return good && sync_folder (path, error);
}
