/* Invariant: a file's `unsynced` holds every write since its last sync, in order, with what stood there before; a sync
 * empties it. Nothing is really synced: only what this layer says was lost is lost. */
#include "limber-sim-disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 512

typedef struct {
  gint64  offset;
  GBytes *before; /* (owned): may be shorter, at the end of the file */
  GBytes *after;  /* (owned) (nullable): NULL when the file was cut off at offset */
  gint64  size;   /* of the file before */
} Write;

struct _SimDisk {
  char       *folder;
  GHashTable *unsynced; /* (owned): path → GArray of Write */
  guint       doom;     /* so many writes and syncs from now the power goes; 0 for never */
  gboolean    dead;
  gboolean    full;
  GSourceFunc died;
  gpointer    data;
};

typedef struct {
  sqlite3_file  parent;
  SimDisk      *disk;  /* (nullable): a file of nobody's */
  char         *path;  /* (owned) */
  sqlite3_file *real;  /* behind this struct */
} File;

static GPtrArray *disks; /* SimDisk */
static SimRandom noise;

static sqlite3_vfs *
below (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static void
write_clear (Write *write)
{
  g_clear_pointer (&write->before, g_bytes_unref);
  g_clear_pointer (&write->after, g_bytes_unref);
}

static GArray *
unsynced_of (SimDisk *disk, const char *path)
{
  GArray *writes = g_hash_table_lookup (disk->unsynced, path);

  if (writes == NULL) {
    writes = g_array_new (FALSE, FALSE, sizeof (Write));
    g_array_set_clear_func (writes, (GDestroyNotify) write_clear);
    g_hash_table_insert (disk->unsynced, g_strdup (path), writes);
  }
  return writes;
}

/* One more write or sync. Returns whether the power is still there. */
static gboolean
has_power (SimDisk *disk)
{
  if (disk == NULL)
    return TRUE;
  if (!disk->dead && disk->doom > 0 && --disk->doom == 0) {
    disk->dead = TRUE;
    disk->died (disk->data);
  }
  return !disk->dead;
}

static int
file_close (sqlite3_file *handle)
{
  File *file = (File *) handle;
  int code = file->real->pMethods != NULL ? file->real->pMethods->xClose (file->real) : SQLITE_OK;

  g_clear_pointer (&file->path, g_free);
  return code;
}

static int
file_read (sqlite3_file *handle, void *bytes, int length, sqlite3_int64 offset)
{
  File *file = (File *) handle;

  if (file->disk != NULL && file->disk->dead)
    return SQLITE_IOERR_READ;
  return file->real->pMethods->xRead (file->real, bytes, length, offset);
}

static void
remember (File *file, const void *bytes, gint64 length, gint64 offset)
{
  Write write = { .offset = offset };
  sqlite3_int64 size = 0;
  gint64 old;

  file->real->pMethods->xFileSize (file->real, &size);
  write.size = size;
  old = MAX (MIN (size - offset, length), 0);
  {
    guint8 *before = g_malloc0 ((gsize) MAX (old, 1));

    if (old > 0)
      file->real->pMethods->xRead (file->real, before, (int) old, offset);
    write.before = g_bytes_new_take (before, (gsize) old);
  }
  write.after = bytes != NULL ? g_bytes_new (bytes, (gsize) length) : NULL;
  g_array_append_val (unsynced_of (file->disk, file->path), write);
}

static int
file_write (sqlite3_file *handle, const void *bytes, int length, sqlite3_int64 offset)
{
  File *file = (File *) handle;

  if (!has_power (file->disk))
    return SQLITE_IOERR_WRITE;
  if (file->disk != NULL && file->disk->full)
    return SQLITE_FULL;
  if (file->disk != NULL)
    remember (file, bytes, length, offset);
  return file->real->pMethods->xWrite (file->real, bytes, length, offset);
}

static int
file_truncate (sqlite3_file *handle, sqlite3_int64 size)
{
  File *file = (File *) handle;

  if (!has_power (file->disk))
    return SQLITE_IOERR_TRUNCATE;
  if (file->disk != NULL)
    remember (file, NULL, G_MAXINT32, size);
  return file->real->pMethods->xTruncate (file->real, size);
}

static int
file_sync (sqlite3_file *handle, int flags)
{
  File *file = (File *) handle;

  if (!has_power (file->disk))
    return SQLITE_IOERR_FSYNC;
  if (file->disk != NULL)
    g_hash_table_remove (file->disk->unsynced, file->path);
  return SQLITE_OK;
}

#define REAL(handle) (((File *) (handle))->real)

static int
file_size (sqlite3_file *handle, sqlite3_int64 *size)
{
  return REAL (handle)->pMethods->xFileSize (REAL (handle), size);
}

static int
file_lock (sqlite3_file *handle, int level)
{
  return REAL (handle)->pMethods->xLock (REAL (handle), level);
}

static int
file_unlock (sqlite3_file *handle, int level)
{
  return REAL (handle)->pMethods->xUnlock (REAL (handle), level);
}

static int
file_check_lock (sqlite3_file *handle, int *locked)
{
  return REAL (handle)->pMethods->xCheckReservedLock (REAL (handle), locked);
}

static int
file_control (sqlite3_file *handle, int what, void *data)
{
  return REAL (handle)->pMethods->xFileControl (REAL (handle), what, data);
}

static int
file_sector (sqlite3_file *handle)
{
  return SECTOR;
}

static int
file_character (sqlite3_file *handle)
{
  return 0; /* nothing is promised */
}

static int
file_shm_map (sqlite3_file *handle, int page, int size, int extend, void volatile **map)
{
  return REAL (handle)->pMethods->xShmMap (REAL (handle), page, size, extend, map);
}

static int
file_shm_lock (sqlite3_file *handle, int offset, int n, int flags)
{
  return REAL (handle)->pMethods->xShmLock (REAL (handle), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *handle)
{
  REAL (handle)->pMethods->xShmBarrier (REAL (handle));
}

static int
file_shm_unmap (sqlite3_file *handle, int remove)
{
  return REAL (handle)->pMethods->xShmUnmap (REAL (handle), remove);
}

static const sqlite3_io_methods methods = {
  2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock, file_check_lock, file_control, file_sector, file_character,
  file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap,
};

static SimDisk *
disk_of (const char *path)
{
  for (guint i = 0; path != NULL && i < disks->len; i++) {
    SimDisk *disk = g_ptr_array_index (disks, i);

    if (g_str_has_prefix (path, disk->folder) && path[strlen (disk->folder)] == '/')
      return disk;
  }
  return NULL;
}

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *handle, int flags, int *out_flags)
{
  File *file = (File *) handle;
  SimDisk *disk = disk_of (path);
  int code;

  memset (file, 0, sizeof *file);
  if (disk != NULL && disk->dead)
    return SQLITE_CANTOPEN;
  file->real = (sqlite3_file *) (file + 1);
  code = below (vfs)->xOpen (below (vfs), path, file->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  file->disk = disk;
  file->path = g_strdup (path);
  file->parent.pMethods = &methods;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  SimDisk *disk = disk_of (path);

  if (!has_power (disk))
    return SQLITE_IOERR_DELETE;
  if (disk != NULL)
    g_hash_table_remove (disk->unsynced, path);
  return below (vfs)->xDelete (below (vfs), path, FALSE);
}

static int
vfs_random (sqlite3_vfs *vfs, int length, char *bytes)
{
  for (int i = 0; i < length; i++)
    bytes[i] = (char) (sim_random_next (&noise) >> 56);
  return length;
}

/**
 * sim_disk_install:
 *
 * Makes this file layer known to SQLite, and SQLite's own random numbers a run's.
 */
void
sim_disk_install (guint64 seed)
{
  static sqlite3_vfs vfs;

  sim_random_init (&noise, seed, "sqlite", 0);
  sqlite3_randomness (0, NULL);
  if (disks != NULL)
    return;
  disks = g_ptr_array_new ();
  sqlite3_initialize ();
  vfs = *sqlite3_vfs_find (NULL);
  vfs.pAppData = sqlite3_vfs_find (NULL);
  vfs.pNext = NULL;
  vfs.zName = SIM_DISK_VFS;
  vfs.szOsFile += (int) sizeof (File);
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xRandomness = vfs_random;
  sqlite3_vfs_register (&vfs, TRUE);
}

/**
 * sim_disk_new:
 * @folder: what is below it is on this disk
 * @died: called when the power goes
 */
SimDisk *
sim_disk_new (const char *folder, GSourceFunc died, gpointer data)
{
  SimDisk *disk = g_new0 (SimDisk, 1);

  disk->folder = g_strdup (folder);
  disk->unsynced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  disk->died = died;
  disk->data = data;
  g_ptr_array_add (disks, disk);
  return disk;
}

void
sim_disk_free (SimDisk *disk)
{
  g_ptr_array_remove (disks, disk);
  g_hash_table_unref (disk->unsynced);
  g_free (disk->folder);
  g_free (disk);
}

/**
 * sim_disk_doom:
 * @writes: at which write or sync from now the power goes; 0 for none
 */
void
sim_disk_doom (SimDisk *disk, guint writes)
{
  disk->doom = writes;
}

void
sim_disk_fill (SimDisk *disk, gboolean full)
{
  disk->full = full;
}

gboolean
sim_disk_is_dead (SimDisk *disk)
{
  return disk->dead;
}

static void
put (int file, GBytes *bytes, gint64 offset, gsize from, gsize to)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  to = MIN (to, length);
  if (from < to)
    g_assert_cmpint (pwrite (file, data + from, to - from, offset + (gint64) from), ==, (gssize) (to - from));
}

/* What of the writes reached the disk after all: any of them, in any order, and of one some of its sectors. */
static void
lose (const char *path, GArray *writes, SimRandom *random)
{
  int file = open (path, O_RDWR | O_CLOEXEC);

  if (file < 0)
    return;
  for (guint i = writes->len; i > 0; i--) {
    Write *write = &g_array_index (writes, Write, i - 1);

    put (file, write->before, write->offset, 0, G_MAXSIZE);
    g_assert_cmpint (ftruncate (file, write->size), ==, 0);
  }
  for (guint i = 0; i < writes->len; i++) {
    Write *write = &g_array_index (writes, Write, i);
    guint fate = sim_random_below (random, 3);

    if (fate == 0)
      continue;
    if (write->after == NULL)
      g_assert_cmpint (ftruncate (file, write->offset), ==, 0);
    else if (fate == 1)
      put (file, write->after, write->offset, 0, G_MAXSIZE);
    else
      for (gsize at = 0; at < g_bytes_get_size (write->after); at += SECTOR)
        if (sim_random_below (random, 2) == 0)
          put (file, write->after, write->offset, at, at + SECTOR);
  }
  close (file);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/**
 * sim_disk_revive:
 * @random: what decides what was lost
 *
 * The power is back, and no file is open.
 */
void
sim_disk_revive (SimDisk *disk, SimRandom *random)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (disk->unsynced), compare_paths);

  for (GList *at = paths; at != NULL; at = at->next)
    lose (at->data, g_hash_table_lookup (disk->unsynced, at->data), random);
  g_hash_table_remove_all (disk->unsynced);
  disk->dead = disk->full = FALSE;
  disk->doom = 0;
}
