/* Invariant: `unsynced` knows every write since its file's last sync, and every name that was made or removed since the
 * folder was last synced: SQLite does that with the first sync of a log or a journal that it has made. Nothing is really synced: only what this layer says was lost is lost. */
#include "limber-sim-disk.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

struct _SimDisk {
  char       *folder;
  SimUnsynced *unsynced; /* (owned) */
  SimDiskWatch watch;   /* (nullable) */
  gpointer    watch_data;
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
  gboolean      made;  /* a log or a journal, maybe a new one: its first sync is one of the folder too */
  sqlite3_file *real;  /* behind this struct */
} File;

static GPtrArray *disks; /* SimDisk */
static SimRandom noise;

static sqlite3_vfs *
below (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

/* One more write or sync. Returns whether the power is still there. */
static gboolean
has_power (SimDisk *disk)
{
  if (!disk->dead && disk->doom > 0 && --disk->doom == 0) {
    disk->dead = TRUE;
    disk->died (disk->data);
  }
  return !disk->dead;
}

/**
 * sim_disk_ask:
 * @disk: (nullable): none has always power and room
 *
 * Returns: SQLITE_OK when @step can be done, else what it fails with
 */
int
sim_disk_ask (SimDisk *disk, SimDiskStep step, const char *path)
{
  static const int codes[] = { SQLITE_CANTOPEN, SQLITE_IOERR_READ, SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_DELETE };
  gboolean changes = step > SIM_DISK_READ;

  if (disk == NULL)
    return SQLITE_OK;
  if (changes ? !has_power (disk) : disk->dead)
    return codes[step];
  if (step == SIM_DISK_WRITE && disk->full)
    return SQLITE_FULL;
  return disk->watch != NULL ? disk->watch (step, path, disk->watch_data) : SQLITE_OK;
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
  int code = sim_disk_ask (file->disk, SIM_DISK_READ, file->path);

  return code == SQLITE_OK ? file->real->pMethods->xRead (file->real, bytes, length, offset) : code;
}

static void
remember (File *file, const void *bytes, gint64 length, gint64 offset)
{
  sqlite3_int64 size = 0;
  guint8 *before;
  gint64 old;

  file->real->pMethods->xFileSize (file->real, &size);
  old = MAX (MIN (size - offset, length), 0);
  before = g_malloc0 ((gsize) MAX (old, 1));
  if (old > 0)
    file->real->pMethods->xRead (file->real, before, (int) old, offset);
  sim_unsynced_note (file->disk->unsynced, file->path, offset, size, g_bytes_new_take (before, (gsize) old), bytes != NULL ? g_bytes_new (bytes, (gsize) length) : NULL);
}

static int
file_write (sqlite3_file *handle, const void *bytes, int length, sqlite3_int64 offset)
{
  File *file = (File *) handle;
  int code = sim_disk_ask (file->disk, SIM_DISK_WRITE, file->path);

  if (code != SQLITE_OK)
    return code;
  if (file->disk != NULL)
    remember (file, bytes, length, offset);
  return file->real->pMethods->xWrite (file->real, bytes, length, offset);
}

static int
file_truncate (sqlite3_file *handle, sqlite3_int64 size)
{
  File *file = (File *) handle;
  int code = sim_disk_ask (file->disk, SIM_DISK_TRUNCATE, file->path);

  if (code != SQLITE_OK)
    return code;
  if (file->disk != NULL)
    remember (file, NULL, G_MAXINT32, size);
  return file->real->pMethods->xTruncate (file->real, size);
}

static int
file_sync (sqlite3_file *handle, int flags)
{
  File *file = (File *) handle;
  int code = sim_disk_ask (file->disk, SIM_DISK_SYNC, file->path);

  if (code != SQLITE_OK && file->disk != NULL && !file->disk->dead)
    sim_unsynced_failed (file->disk->unsynced, file->path);
  if (code != SQLITE_OK || file->disk == NULL)
    return code;
  sim_unsynced_synced (file->disk->unsynced, file->path);
  if (file->made) {
    g_autofree char *folder = g_path_get_dirname (file->path);

    sim_unsynced_synced (file->disk->unsynced, folder);
  }
  file->made = FALSE;
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

/**
 * sim_disk_of:
 *
 * Returns: (transfer none) (nullable): the disk that @path is on
 */
SimDisk *
sim_disk_of (const char *path)
{
  for (guint i = 0; path != NULL && disks != NULL && i < disks->len; i++) {
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
  SimDisk *disk = sim_disk_of (path);
  gboolean makes = disk != NULL && (flags & SQLITE_OPEN_CREATE) && !g_file_test (path, G_FILE_TEST_EXISTS);
  int code = sim_disk_ask (disk, SIM_DISK_OPEN, path);

  memset (file, 0, sizeof *file);
  if (code != SQLITE_OK)
    return code;
  file->real = (sqlite3_file *) (file + 1);
  if (makes)
    sim_unsynced_note_name (disk->unsynced, path, FALSE);
  code = below (vfs)->xOpen (below (vfs), path, file->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  file->disk = disk;
  file->path = g_strdup (path);
  file->made = (flags & SQLITE_OPEN_CREATE) && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL));
  file->parent.pMethods = &methods;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  SimDisk *disk = sim_disk_of (path);
  int code = sim_disk_ask (disk, SIM_DISK_DELETE, path);

  if (code != SQLITE_OK)
    return code;
  if (disk != NULL) {
    g_autofree char *folder = g_path_get_dirname (path);

    sim_unsynced_note_name (disk->unsynced, path, FALSE);
    sim_unsynced_moved (disk->unsynced, path, NULL);
    if (sync)
      sim_unsynced_synced (disk->unsynced, folder);
  }
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
  disk->unsynced = sim_unsynced_new (folder);
  disk->died = died;
  disk->data = data;
  g_ptr_array_add (disks, disk);
  return disk;
}

void
sim_disk_free (SimDisk *disk)
{
  g_ptr_array_remove (disks, disk);
  sim_unsynced_free (disk->unsynced);
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

/**
 * sim_disk_watch:
 * @watch: (nullable): asked before each step
 */
void
sim_disk_watch (SimDisk *disk, SimDiskWatch watch, gpointer data)
{
  disk->watch = watch;
  disk->watch_data = data;
}

gboolean
sim_disk_is_dead (SimDisk *disk)
{
  return disk->dead;
}

/**
 * sim_disk_unsynced:
 *
 * Returns: (transfer none): what would be in danger if the power went at this moment
 */
SimUnsynced *
sim_disk_unsynced (SimDisk *disk)
{
  return disk->unsynced;
}

const char *
sim_disk_folder (SimDisk *disk)
{
  return disk->folder;
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
  sim_unsynced_lose (disk->unsynced, SIM_DAMAGE_ANY_LEFT, random);
  disk->dead = disk->full = FALSE;
  disk->doom = 0;
}
