#include "limber-second.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-cause.h"
#include "limber-error.h"

#define NEW ".new" /* what a rewriting that was cut off has left */

struct _LimberSecond {
  char  *path;
  int    file;
  gint64 length; /* of what is known to be whole */
};

static char *
path_of (const char *dir, const char *where)
{
  return where != NULL ? g_strdup (where) : g_build_filename (dir, "second", "journal", NULL);
}

static gboolean
say (GError **error, const char *path)
{
  int why = errno;

  limber_cause_set_errno (error, limber_error_of_errno (why), why, _("The second file %s cannot be written: %s"), path, limber_cause_of_errno (why));
  return FALSE;
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int dir = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean good;

  if (dir < 0)
    return FALSE;
  good = fsync (dir) == 0;
  close (dir);
  return good;
}

/* A line that was cut off by a crash was told to nobody: it is ended, so that the next begins on its own. */
static gboolean
end_last_line (int file)
{
  gint64 length = lseek (file, 0, SEEK_END);
  char last = '\n';

  if (length > 0 && pread (file, &last, 1, length - 1) != 1)
    return FALSE;
  return last == '\n' || write (file, "\n", 1) == 1;
}

/* How long it is: 0 also when it is not there, negative when it cannot be looked at. */
static gint64
length_of (const char *path)
{
  GStatBuf found;

  if (g_stat (path, &found) == 0)
    return found.st_size;
  return errno == ENOENT ? 0 : -1;
}

/**
 * limber_second_is_there:
 *
 * Returns: whether the file is there and says anything
 */
gboolean
limber_second_is_there (const char *dir, const char *where)
{
  g_autofree char *path = path_of (dir, where);

  return length_of (path) > 0;
}

/* All at once: half of it must not be taken for the whole. */
static gboolean
make_anew (const char *path, const char *new, LimberSecondFill fill, gpointer data, GError **error)
{
  int file = g_open (new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  FILE *out = file >= 0 ? fdopen (file, "w") : NULL;
  gboolean good;

  if (out == NULL) {
    if (file >= 0)
      close (file);
    return say (error, new);
  }
  good = fill (out, data, error) && ((!ferror (out) && fflush (out) == 0 && fsync (file) == 0) || say (error, new));
  fclose (out);
  return good && (g_rename (new, path) == 0 || say (error, path));
}

/**
 * limber_second_open:
 * @dir: the store's folder
 * @where: (nullable): the file, in a folder that is there; %NULL for second/journal in @dir
 * @fill: (scope call): writes what the file is to begin with, when it is lost or was never there
 *
 * Returns: (transfer full) (nullable): the file, ready to append
 */
LimberSecond *
limber_second_open (const char *dir, const char *where, LimberSecondFill fill, gpointer data, GError **error)
{
  g_autofree char *path = path_of (dir, where), *folder = g_path_get_dirname (path), *new = g_strconcat (path, NEW, NULL);
  LimberSecond *second;
  gint64 length;
  int file;

  g_unlink (new);
  if (where != NULL && !g_file_test (folder, G_FILE_TEST_IS_DIR)) { /* nothing must be begun where the other disk is not */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, _("The folder %s of the second file is not there. Is its disk mounted?"), folder);
    return NULL;
  }
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    say (error, folder);
    return NULL;
  }
  length = length_of (path);
  if (length < 0) { /* nor is one lost that only cannot be looked at */
    say (error, path);
    return NULL;
  }
  if (length == 0 && !make_anew (path, new, fill, data, error))
    return NULL;
  file = g_open (path, O_RDWR | O_APPEND | O_CLOEXEC, 0);
  if (file < 0) {
    say (error, path);
    return NULL;
  }
  if (!end_last_line (file) || !sync_folder (path)) {
    say (error, path);
    close (file);
    return NULL;
  }
  second = g_new0 (LimberSecond, 1);
  second->path = g_steal_pointer (&path);
  second->file = file;
  second->length = lseek (file, 0, SEEK_END);
  return second;
}

void
limber_second_close (LimberSecond *second)
{
  close (second->file);
  g_free (second->path);
  g_free (second);
}

/* Half a line is no line: what did not fit is cut off again. And what was not synced may never be, though it can be read: who
 * took it in again at a restore would have an entry that this file has not. */
static gboolean
take_back (LimberSecond *second)
{
  if (ftruncate (second->file, second->length) != 0)
    g_warning ("The second file ends within a line: %s", g_strerror (errno));
  return FALSE;
}

/* What is written into a file that somebody has removed, or put another in the place of, nobody finds again. */
static gboolean
is_in_place (LimberSecond *second, GError **error)
{
  GStatBuf ours, found;

  if (fstat (second->file, &ours) == 0 && g_stat (second->path, &found) == 0 && ours.st_ino == found.st_ino && ours.st_dev == found.st_dev)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, _("The second file %s is not where it was. Nothing more is saved until Limber is started again."), second->path);
  return FALSE;
}

/**
 * limber_second_append:
 *
 * Returns: whether @lines are on the disk, in the file where a restore looks for it
 */
gboolean
limber_second_append (LimberSecond *second, const char *lines, gsize length, GError **error)
{
  if (!is_in_place (second, error))
    return FALSE;
  for (gsize done = 0; done < length;) {
    gssize n = write (second->file, lines + done, length - done);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      say (error, second->path);
      return take_back (second);
    }
    done += (gsize) n;
  }
  if (fdatasync (second->file) != 0) {
    say (error, second->path);
    return take_back (second);
  }
  second->length += (gint64) length;
  return TRUE;
}

static gboolean
say_unread (GError **error, const char *path)
{
  limber_cause_set_errno (error, LIMBER_ERROR_DISK, errno, _("The second file %s cannot be read: %s"), path, limber_cause_of_errno (errno));
  return FALSE;
}

static gboolean
each_line (const char *path, LimberSecondFunc func, gpointer data, GError **error)
{
  FILE *file = g_fopen (path, "re");
  g_autofree char *line = NULL;
  size_t room = 0;
  gssize length;
  gboolean good = TRUE;

  if (file == NULL)
    return errno == ENOENT || say_unread (error, path);
  while (good && (length = getline (&line, &room, file)) > 0)
    if (line[length - 1] == '\n' && length > 1)
      good = func (line, (gsize) length - 1, data, error);
  if (good && ferror (file)) /* what could not be read must not be taken for the end */
    good = say_unread (error, path);
  fclose (file);
  return good;
}

typedef struct {
  LimberSecondEdit edit;
  gpointer         data;
  const char      *path; /* of the new file, and */
  FILE            *out;  /* (nullable): where it is written */
  gboolean         changed;
} Rewrite;

static gboolean
rewrite_line (const char *line, gsize length, gpointer data, GError **error)
{
  Rewrite *rewrite = data;
  g_autofree char *other = rewrite->edit (line, length, rewrite->data);

  rewrite->changed |= other != NULL;
  if (rewrite->out == NULL)
    return TRUE;
  return (other != NULL ? fputs (other, rewrite->out) >= 0 : fwrite (line, 1, length + 1, rewrite->out) == length + 1) || say (error, rewrite->path);
}

/* The new file is written through a stream of its own, so that @file can go on appending to it. */
static gboolean
write_new (LimberSecond *second, Rewrite *rewrite, int file, GError **error)
{
  gboolean good;

  rewrite->out = g_fopen (rewrite->path, "ae");
  if (rewrite->out == NULL)
    return say (error, rewrite->path);
  good = each_line (second->path, rewrite_line, rewrite, error) && ((fflush (rewrite->out) == 0 && fsync (file) == 0) || say (error, rewrite->path));
  fclose (rewrite->out);
  return good;
}

/**
 * limber_second_rewrite:
 *
 * Puts other lines in the place of some, all at once: after a crash the file is the old one or the new one.
 */
gboolean
limber_second_rewrite (LimberSecond *second, LimberSecondEdit edit, gpointer data, GError **error)
{
  g_autofree char *path = g_strconcat (second->path, NEW, NULL);
  Rewrite rewrite = { edit, data, path, NULL, FALSE };
  int file;

  if (!each_line (second->path, rewrite_line, &rewrite, error))
    return FALSE;
  if (!rewrite.changed) /* one that was put in place before may not be there on the disk yet */
    return sync_folder (second->path) || say (error, second->path);
  file = g_open (path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0)
    return say (error, path);
  if (!write_new (second, &rewrite, file, error) || (g_rename (path, second->path) != 0 && !say (error, path))) {
    close (file);
    g_unlink (path);
    return FALSE;
  }
  close (second->file);
  second->file = file;
  second->length = lseek (file, 0, SEEK_END);
  return sync_folder (second->path) || say (error, second->path);
}

/**
 * limber_second_each:
 *
 * Calls @func for each whole line of the file; no file is no lines.
 */
gboolean
limber_second_each (const char *dir, const char *where, LimberSecondFunc func, gpointer data, GError **error)
{
  g_autofree char *path = path_of (dir, where);

  return each_line (path, func, data, error);
}
