#include "limber-vitals.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "limber-fleet.h"
#include "limber-reader-private.h"
#include "limber-second.h"

/* A chain's entries have numbers without gaps, so that its first and last say how many there are. */
static const char count_entries[] = "SELECT ifnull(sum((SELECT max(key) FROM journal WHERE key BETWEEN n << 40 AND (n + 1 << 40) - 1)"
                                    " - (SELECT min(key) FROM journal WHERE key BETWEEN n << 40 AND (n + 1 << 40) - 1) + 1), 0) FROM origin";

static gint64
meta_integer (LimberReader *reader, const char *name)
{
  g_autofree char *text = limber_reader_meta (reader, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
read_figures (LimberReader *reader, gpointer data, GError **error)
{
  LimberVitals *vitals = data;

  vitals->klass = reader->klass;
  vitals->entries = limber_database_integer (reader->database, -1, count_entries, "");
  if (vitals->entries < 0)
    return limber_database_run (reader->database, "SELECT count(*) FROM origin", error) && limber_database_set_error (reader->database, SQLITE_CORRUPT, error);
  vitals->conflicts = limber_reader_count (reader, "count-open-conflicts", "");
  vitals->quarantined = limber_reader_count (reader, "count-quarantined", "");
  vitals->devices = limber_database_integer (reader->database, 0, "SELECT count(*) FROM device WHERE ifnull(revoked, 0)=0 AND \"left\" IS NULL", "");
  limber_fleet_count (reader, &vitals->fleet);
  vitals->last_backup = meta_integer (reader, "last_backup");
  vitals->last_sync = meta_integer (reader, "last_sync");
  vitals->clock_offset = limber_env_get_offset (limber_reader_env (reader));
  return TRUE;
}

static gint64
length_of (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

static gint64
room_at (const char *dir)
{
  struct statvfs info;

  return statvfs (dir, &info) == 0 ? (gint64) (info.f_bavail * info.f_frsize) : 0;
}

static void
look_at_second (LimberStore *store, LimberVitals *vitals)
{
  g_autofree char *where = limber_store_second (store), *folder = where != NULL ? g_path_get_dirname (where) : NULL;

  vitals->second_in_place = limber_second_is_there (limber_store_dir (store), where);
  if (folder != NULL && vitals->second_in_place)
    vitals->free_bytes = MIN (vitals->free_bytes, room_at (folder));
}

/**
 * limber_vitals_read:
 * @vitals: (out caller-allocates): how the store is
 * @error: when it cannot be read
 *
 * May be called from any thread.
 */
gboolean
limber_vitals_read (LimberStore *store, LimberVitals *vitals, GError **error)
{
  const char *dir = limber_store_dir (store);

  memset (vitals, 0, sizeof *vitals);
  if (!limber_store_read (store, read_figures, vitals, error))
    return FALSE;
  vitals->store_bytes = length_of (dir, "store.db");
  vitals->log_bytes = length_of (dir, "store.db-wal");
  vitals->free_bytes = room_at (dir);
  vitals->second_in_place = TRUE;
  if (vitals->klass == LIMBER_CLASS_CENTRAL)
    look_at_second (store, vitals);
  return TRUE;
}

/**
 * limber_vitals_disk:
 * @store_bytes: (out): of the store's file and its write-ahead log
 * @free_bytes: (out): on its disk
 *
 * Returns: whether they can be told: not where the environment has a file layer of its own
 */
gboolean
limber_vitals_disk (LimberStore *store, gint64 *store_bytes, gint64 *free_bytes)
{
  const char *dir = limber_store_dir (store);

  *store_bytes = length_of (dir, "store.db") + length_of (dir, "store.db-wal");
  *free_bytes = room_at (dir);
  return limber_env_vfs (limber_store_env (store)) == NULL;
}
