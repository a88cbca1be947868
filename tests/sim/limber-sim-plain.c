/* Files on a SimDisk that are written past SQLite, as central's second file is: the calls of the C library that Limber
 * uses for them are led through here by the linker (--wrap), in programs that ask for it. A file on no SimDisk is left
 * alone. What goes through a stream is noted when the stream is flushed. */
#include "limber-sim-plain.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t __real_write (int file, const void *bytes, size_t length);
int     __real_fsync (int file);
int     __real_fdatasync (int file);
int     __real_ftruncate64 (int file, off_t size);
int     __real_rename (const char *from, const char *to);
int     __real_g_unlink (const char *path);
int     __real_open64 (const char *path, int flags, ...);
int     __real_fflush (FILE *stream);

ssize_t __wrap_write (int file, const void *bytes, size_t length);
int     __wrap_fsync (int file);
int     __wrap_fdatasync (int file);
int     __wrap_ftruncate64 (int file, off_t size);
int     __wrap_rename (const char *from, const char *to);
int     __wrap_g_unlink (const char *path);
int     __wrap_open64 (const char *path, int flags, ...);
int     __wrap_fflush (FILE *stream);

static int awake;

/**
 * sim_plain_listen:
 *
 * From now on these files are on their disks too. Until then, and for what the disks do themselves, nothing is noted.
 */
void
sim_plain_listen (gboolean listen)
{
  awake = listen;
}

/* (transfer full) (nullable): the path, when it is on a disk. */
static char *
path_of (int file, SimDisk **disk)
{
  g_autofree char *link = awake ? g_strdup_printf ("/proc/self/fd/%d", file) : NULL, *path = link != NULL ? g_file_read_link (link, NULL) : NULL;

  *disk = path != NULL ? sim_disk_of (path) : NULL;
  if (*disk != NULL && g_str_has_suffix (path, "/lock")) /* says who has the store; nothing depends on it */
    *disk = NULL;
  return *disk != NULL ? g_steal_pointer (&path) : NULL;
}

/* Whether it can be done; if not, errno says why. */
static gboolean
ask (SimDisk *disk, SimDiskStep step, const char *path)
{
  int code = sim_disk_ask (disk, step, path);

  errno = code == SQLITE_FULL ? ENOSPC : EIO;
  return code == SQLITE_OK;
}

static gint64
size_of (int file)
{
  struct stat info;

  return fstat (file, &info) == 0 ? info.st_size : 0;
}

ssize_t
__wrap_write (int file, const void *bytes, size_t length)
{
  SimDisk *disk;
  g_autofree char *path = path_of (file, &disk);
  gint64 size = size_of (file);

  if (disk != NULL && !ask (disk, SIM_DISK_WRITE, path)) {
    if (errno != ENOSPC || length < 2)
      return -1;
    length /= 2; /* a disk that becomes full takes what has room, and says so by the number alone */
  }
  if (disk != NULL) /* all of them append */
    sim_unsynced_note (sim_disk_unsynced (disk), path, size, size, g_bytes_new (NULL, 0), g_bytes_new (bytes, length));
  return __real_write (file, bytes, length);
}

static gboolean
may_sync (int file)
{
  SimDisk *disk;
  g_autofree char *path = path_of (file, &disk);

  if (disk == NULL)
    return TRUE;
  if (!ask (disk, SIM_DISK_SYNC, path)) {
    sim_unsynced_failed (sim_disk_unsynced (disk), path);
    errno = EIO;
    return FALSE;
  }
  sim_unsynced_synced (sim_disk_unsynced (disk), path);
  return TRUE;
}

int
__wrap_fsync (int file)
{
  return !may_sync (file) ? -1 : awake ? 0 : __real_fsync (file);
}

int
__wrap_fdatasync (int file)
{
  return !may_sync (file) ? -1 : awake ? 0 : __real_fdatasync (file);
}

int
__wrap_ftruncate64 (int file, off_t size)
{
  SimDisk *disk;
  g_autofree char *path = path_of (file, &disk);

  if (disk != NULL && !ask (disk, SIM_DISK_TRUNCATE, path))
    return -1;
  if (disk != NULL) {
    gint64 old = size_of (file);
    gsize tail = (gsize) MAX (old - size, 0);
    guint8 *before = g_malloc0 (MAX (tail, 1));

    g_assert_cmpint (pread (file, before, tail, size), ==, (gssize) tail);
    sim_unsynced_note (sim_disk_unsynced (disk), path, size, old, g_bytes_new_take (before, tail), NULL);
  }
  return __real_ftruncate64 (file, size);
}

int
__wrap_rename (const char *from, const char *to)
{
  SimDisk *disk = awake ? sim_disk_of (to) : NULL;

  if (disk != NULL && !ask (disk, SIM_DISK_DELETE, to))
    return -1;
  if (disk != NULL) {
    sim_unsynced_note_name (sim_disk_unsynced (disk), from, FALSE);
    sim_unsynced_note_name (sim_disk_unsynced (disk), to, TRUE);
    sim_unsynced_moved (sim_disk_unsynced (disk), from, to);
  }
  return __real_rename (from, to);
}

int
__wrap_g_unlink (const char *path)
{
  SimDisk *disk = awake && access (path, F_OK) == 0 ? sim_disk_of (path) : NULL;

  if (disk != NULL && !ask (disk, SIM_DISK_DELETE, path))
    return -1;
  if (disk != NULL) {
    sim_unsynced_note_name (sim_disk_unsynced (disk), path, FALSE);
    sim_unsynced_moved (sim_disk_unsynced (disk), path, NULL);
  }
  return __real_g_unlink (path);
}

int
__wrap_open64 (const char *path, int flags, ...)
{
  SimDisk *disk = awake && (flags & (O_CREAT | O_WRONLY | O_RDWR)) ? sim_disk_of (path) : NULL;
  gboolean lock = g_str_has_suffix (path, "/lock");
  mode_t mode = 0;
  va_list args;

  va_start (args, flags);
  if (flags & O_CREAT)
    mode = va_arg (args, mode_t);
  va_end (args);
  if (disk != NULL && !lock && !ask (disk, SIM_DISK_OPEN, path))
    return -1;
  if (disk != NULL && !lock && (flags & O_CREAT) && access (path, F_OK) != 0)
    sim_unsynced_note_name (sim_disk_unsynced (disk), path, FALSE);
  return __real_open64 (path, flags, mode);
}

/* A stream is only used to write a new file from its beginning. */
int
__wrap_fflush (FILE *stream)
{
  SimDisk *disk = NULL;
  g_autofree char *path = stream != NULL ? path_of (fileno (stream), &disk) : NULL;
  char *bytes;
  gsize length;

  if (disk != NULL && !ask (disk, SIM_DISK_WRITE, path))
    return -1;
  if (__real_fflush (stream) != 0)
    return -1;
  if (disk != NULL && g_file_get_contents (path, &bytes, &length, NULL))
    sim_unsynced_note (sim_disk_unsynced (disk), path, 0, 0, g_bytes_new (NULL, 0), g_bytes_new_take (bytes, length));
  return 0;
}
