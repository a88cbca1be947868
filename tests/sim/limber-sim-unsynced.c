/* Invariants: a file's `writes` holds every write since its last sync, in order, with what stood there before. `adrift` holds
 * those whose sync failed: whoever reads sees them, but no later sync brings them to the disk, since the kernel takes them for
 * written (Rebello et al., ATC 2020), unless their page is written again. `names` holds every name that was made or removed
 * since its folder was last synced, in order: of those the last may be gone, since file systems keep their order. */
#include "limber-sim-unsynced.h"

#include <string.h>

#define SECTOR 512
#define PAGE 4096 /* of the kernel's cache, and a sector of newer disks */

typedef struct {
  gint64  offset;
  GBytes *before; /* (owned): may be shorter, at the end of the file */
  GBytes *after;  /* (owned) (nullable): NULL when the file was cut off at offset */
  gint64  size;   /* of the file before */
} Write;

/* A name that was made, removed or given to another file. */
typedef struct {
  char    *path;     /* (owned) */
  GBytes  *before;   /* (owned) (nullable): the file that had it; NULL for none */
  gboolean with_last; /* one step with the one before it */
} Name;

struct _SimUnsynced {
  char       *folder;
  GHashTable *writes; /* (owned): path → GArray of Write */
  GHashTable *adrift; /* (owned): the same */
  GArray     *names;  /* (owned): Name */
};

static void
write_clear (Write *write)
{
  g_clear_pointer (&write->before, g_bytes_unref);
  g_clear_pointer (&write->after, g_bytes_unref);
}

static void
name_clear (Name *name)
{
  g_free (name->path);
  g_clear_pointer (&name->before, g_bytes_unref);
}

static GArray *
writes_of (GHashTable *files, const char *path)
{
  GArray *writes = g_hash_table_lookup (files, path);

  if (writes == NULL) {
    writes = g_array_new (FALSE, FALSE, sizeof (Write));
    g_array_set_clear_func (writes, (GDestroyNotify) write_clear);
    g_hash_table_insert (files, g_strdup (path), writes);
  }
  return writes;
}

/**
 * sim_unsynced_new:
 * @folder: whose files these are
 */
SimUnsynced *
sim_unsynced_new (const char *folder)
{
  SimUnsynced *unsynced = g_new (SimUnsynced, 1);

  unsynced->folder = g_strdup (folder);
  unsynced->writes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  unsynced->adrift = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  unsynced->names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (unsynced->names, (GDestroyNotify) name_clear);
  return unsynced;
}

void
sim_unsynced_free (SimUnsynced *unsynced)
{
  g_hash_table_unref (unsynced->writes);
  g_hash_table_unref (unsynced->adrift);
  g_array_unref (unsynced->names);
  g_free (unsynced->folder);
  g_free (unsynced);
}

/**
 * sim_unsynced_note:
 * @offset: where it is written
 * @size: of the file until now
 * @before: (transfer full): what stood there
 * @after: (transfer full) (nullable): what is written; %NULL when the file is cut off at @offset
 */
void
sim_unsynced_note (SimUnsynced *unsynced, const char *path, gint64 offset, gint64 size, GBytes *before, GBytes *after)
{
  Write write = { offset, before, after, size };

  g_array_append_val (writes_of (unsynced->writes, path), write);
}

/**
 * sim_unsynced_note_name:
 * @with_last: whether this is one step with the name noted before
 *
 * To be called before @path is made, removed or given to another file.
 */
void
sim_unsynced_note_name (SimUnsynced *unsynced, const char *path, gboolean with_last)
{
  Name name = { g_strdup (path), NULL, with_last };
  char *bytes;
  gsize length;

  if (g_file_get_contents (path, &bytes, &length, NULL))
    name.before = g_bytes_new_take (bytes, length);
  g_array_append_val (unsynced->names, name);
}

/* What of @adrift is written again, or cut off, by @write. */
static void
write_again (GArray *adrift, const Write *write)
{
  gint64 end = write->after != NULL ? write->offset + (gint64) g_bytes_get_size (write->after) : G_MAXINT64 - PAGE;

  for (guint i = adrift->len; i > 0; i--) {
    gint64 at = g_array_index (adrift, Write, i - 1).offset;

    if (at >= write->offset / PAGE * PAGE && at < (end + PAGE - 1) / PAGE * PAGE)
      g_array_remove_index (adrift, i - 1);
  }
}

/**
 * sim_unsynced_synced:
 * @path: a file, or a folder
 */
void
sim_unsynced_synced (SimUnsynced *unsynced, const char *path)
{
  GArray *writes = g_hash_table_lookup (unsynced->writes, path), *adrift = g_hash_table_lookup (unsynced->adrift, path);

  for (guint i = 0; writes != NULL && adrift != NULL && i < writes->len; i++)
    write_again (adrift, &g_array_index (writes, Write, i));
  g_hash_table_remove (unsynced->writes, path);
  for (guint i = unsynced->names->len; i > 0; i--) {
    g_autofree char *folder = g_path_get_dirname (g_array_index (unsynced->names, Name, i - 1).path);

    if (g_str_equal (folder, path))
      g_array_remove_index (unsynced->names, i - 1);
  }
}

/* Page by page, so that each can be written again on its own. */
static void
set_adrift (GArray *adrift, const Write *write)
{
  gint64 end = write->offset + (write->after != NULL ? (gint64) g_bytes_get_size (write->after) : 0), size = (gint64) g_bytes_get_size (write->before);

  for (gint64 at = write->offset; at < end; at = (at / PAGE + 1) * PAGE) {
    gint64 from = MIN (at - write->offset, size), to = MIN (MIN ((at / PAGE + 1) * PAGE, end) - write->offset, size);
    g_autofree guint8 *bytes = g_malloc0 (PAGE);
    Write page = { at, NULL, NULL, write->size };

    if (to > from)
      memcpy (bytes, (const guint8 *) g_bytes_get_data (write->before, NULL) + from, (gsize) (to - from));
    page.before = g_bytes_new (bytes, (gsize) (MIN ((at / PAGE + 1) * PAGE, end) - at));
    g_array_append_val (adrift, page);
  }
}

/**
 * sim_unsynced_failed:
 * @path: a file whose sync failed
 */
void
sim_unsynced_failed (SimUnsynced *unsynced, const char *path)
{
  GArray *writes = g_hash_table_lookup (unsynced->writes, path), *adrift = writes != NULL ? writes_of (unsynced->adrift, path) : NULL;

  for (guint i = 0; writes != NULL && i < writes->len; i++) {
    write_again (adrift, &g_array_index (writes, Write, i));
    set_adrift (adrift, &g_array_index (writes, Write, i));
  }
  g_hash_table_remove (unsynced->writes, path);
}

static void
move_writes (GHashTable *files, const char *from, const char *to)
{
  char *key;
  GArray *writes;

  if (to != NULL)
    g_hash_table_remove (files, to);
  if (!g_hash_table_steal_extended (files, from, (gpointer *) &key, (gpointer *) &writes))
    return;
  g_free (key);
  if (to != NULL)
    g_hash_table_insert (files, g_strdup (to), writes);
  else
    g_array_unref (writes);
}

/**
 * sim_unsynced_moved:
 * @to: (nullable): the new name, %NULL for none
 *
 * What was not synced goes with the file.
 */
void
sim_unsynced_moved (SimUnsynced *unsynced, const char *from, const char *to)
{
  move_writes (unsynced->writes, from, to);
  move_writes (unsynced->adrift, from, to);
}

/* What of @bytes is between @from and @to. */
static void
put (SimImage *image, const char *name, GBytes *bytes, gint64 offset, gsize from, gsize to)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  to = MIN (to, length);
  if (from < to)
    sim_image_put (image, name, offset + (gint64) from, data + from, to - from);
}

/* A sector begins where the disk has one, not where the write does. */
static void
put_sectors (SimImage *image, const char *name, const Write *write, SimRandom *random)
{
  gsize sector = sim_random_below (random, 2) == 0 ? SECTOR : PAGE, size = g_bytes_get_size (write->after);

  for (gsize at = 0, end; at < size; at = end) {
    end = at + sector - ((gsize) write->offset + at) % sector;
    if (sim_random_below (random, 2) == 0)
      put (image, name, write->after, write->offset, at, end);
  }
}

/* What stood there before what went adrift: it is still there after all, or not. */
static void
lose_adrift (SimImage *image, const char *name, GArray *adrift, SimDamage damage, SimRandom *random)
{
  gint64 size = sim_image_size (image, name);

  for (guint i = adrift->len; size >= 0 && i > 0; i--) {
    Write *write = &g_array_index (adrift, Write, i - 1);

    if (write->offset < size && (damage == SIM_DAMAGE_NOTHING_LEFT || sim_random_below (random, 2) == 0))
      put (image, name, write->before, write->offset, 0, (gsize) (size - write->offset));
  }
}

/* What of the writes reached the disk after all. */
static void
lose (SimImage *image, const char *name, GArray *writes, SimDamage damage, SimRandom *random)
{
  if (sim_image_size (image, name) < 0)
    return;
  for (guint i = writes->len; i > 0; i--) {
    Write *write = &g_array_index (writes, Write, i - 1);

    put (image, name, write->before, write->offset, 0, G_MAXSIZE);
    sim_image_cut (image, name, write->size);
  }
  for (guint i = 0; damage == SIM_DAMAGE_ANY_LEFT && i < writes->len; i++) {
    Write *write = &g_array_index (writes, Write, i);
    guint fate = sim_random_below (random, 3);

    if (fate == 0)
      continue;
    if (write->after == NULL)
      sim_image_cut (image, name, write->offset);
    else if (fate == 1)
      put (image, name, write->after, write->offset, 0, G_MAXSIZE);
    else
      put_sectors (image, name, write, random);
  }
}

/* The folder as it was before the last few names were changed. */
static void
lose_names (SimUnsynced *unsynced, SimImage *image, SimDamage damage, SimRandom *random)
{
  guint left = damage == SIM_DAMAGE_NOTHING_LEFT ? 0 : damage == SIM_DAMAGE_ALL_LEFT ? unsynced->names->len : sim_random_below (random, unsynced->names->len + 1);

  while (left > 0 && left < unsynced->names->len && g_array_index (unsynced->names, Name, left).with_last)
    left--;
  for (guint i = unsynced->names->len; i > left; i--) {
    Name *name = &g_array_index (unsynced->names, Name, i - 1);

    sim_image_set (image, name->path + strlen (unsynced->folder), name->before);
  }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

typedef void (*Lose) (SimImage *image, const char *name, GArray *writes, SimDamage damage, SimRandom *random);

static void
lose_each (SimUnsynced *unsynced, GHashTable *files, Lose func, SimImage *image, SimDamage damage, SimRandom *random)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (files), compare_paths);

  for (GList *at = paths; at != NULL && damage != SIM_DAMAGE_ALL_LEFT; at = at->next)
    func (image, (const char *) at->data + strlen (unsynced->folder), g_hash_table_lookup (files, at->data), damage, random);
}

static void
lose_all (SimUnsynced *unsynced, SimImage *image, SimDamage damage, SimRandom *random)
{
  lose_each (unsynced, unsynced->writes, lose, image, damage, random);
  lose_each (unsynced, unsynced->adrift, lose_adrift, image, damage, random);
  lose_names (unsynced, image, damage, random);
}

/**
 * sim_unsynced_image:
 * @whole: (nullable): the folder as it is now, if that was read already
 *
 * Returns: (transfer full): what the disk would hold if the power went at this moment
 */
SimImage *
sim_unsynced_image (SimUnsynced *unsynced, SimImage *whole, SimDamage damage, SimRandom *random)
{
  SimImage *image = whole != NULL ? sim_image_copy (whole) : sim_image_new (unsynced->folder);

  lose_all (unsynced, image, damage, random);
  return image;
}

/**
 * sim_unsynced_lose:
 *
 * The power went, and no file is open: some of it is gone, and the rest is on the disk.
 */
void
sim_unsynced_lose (SimUnsynced *unsynced, SimDamage damage, SimRandom *random)
{
  g_autoptr (SimImage) image = sim_image_new (unsynced->folder);

  lose_all (unsynced, image, damage, random);
  sim_image_save (image, unsynced->folder);
  g_hash_table_remove_all (unsynced->writes);
  g_hash_table_remove_all (unsynced->adrift);
  g_array_set_size (unsynced->names, 0);
}
