/* Invariants: a name is a path below the folder, with its slash first. Images that were copied from each other share what
 * they have in common: a Content with more than one user is never changed. Only `changed` ones are other than in the folder. */
#include "limber-sim-image.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define VFS "limber-image"

typedef struct {
  guint    users;
  guint8  *bytes; /* (owned) */
  gsize    size, room;
  guint64  print; /* 0 when it is not known */
  gboolean changed;
} Content;

struct _SimImage {
  char       *folder; /* (owned): where it was read */
  GHashTable *files;  /* (owned): name → Content */
};

static void
content_unref (gpointer data)
{
  Content *content = data;

  if (--content->users > 0)
    return;
  g_free (content->bytes);
  g_free (content);
}

static Content *
content_new (const void *bytes, gsize size, gboolean changed)
{
  Content *content = g_new0 (Content, 1);

  content->users = 1;
  content->size = content->room = size;
  content->bytes = g_memdup2 (bytes, size);
  content->changed = changed;
  return content;
}

/* The index of a log is no file of the disk: it is made afresh from the log. */
static void
read_folder (SimImage *image, const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *bytes = NULL;
    gsize length;

    if (g_hash_table_contains (image->files, path + strlen (image->folder)))
      continue;
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      read_folder (image, path);
    else if (!g_str_has_suffix (name, "-shm") && g_file_get_contents (path, &bytes, &length, NULL))
      g_hash_table_insert (image->files, g_strdup (path + strlen (image->folder)), content_new (bytes, length, FALSE));
  }
}

static gboolean
is_gone (gpointer name, gpointer content, gpointer data)
{
  g_autofree char *path = g_strconcat (((SimImage *) data)->folder, name, NULL);

  return access (path, F_OK) != 0;
}

/**
 * sim_image_refresh:
 *
 * Takes out what is in the folder no more, and reads what is not in the image.
 */
void
sim_image_refresh (SimImage *image)
{
  g_hash_table_foreach_remove (image->files, is_gone, image);
  read_folder (image, image->folder);
}

static SimImage *
image_new (const char *folder)
{
  SimImage *image = g_new (SimImage, 1);

  image->folder = g_strdup (folder);
  image->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, content_unref);
  return image;
}

/**
 * sim_image_new:
 *
 * Returns: (transfer full): all that is below @folder now
 */
SimImage *
sim_image_new (const char *folder)
{
  SimImage *image = image_new (folder);

  read_folder (image, folder);
  return image;
}

SimImage *
sim_image_copy (SimImage *image)
{
  SimImage *copy = image_new (image->folder);
  GHashTableIter iter;
  const char *name;
  Content *content;

  g_hash_table_iter_init (&iter, image->files);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &content)) {
    content->users++;
    g_hash_table_insert (copy->files, g_strdup (name), content);
  }
  return copy;
}

void
sim_image_free (SimImage *image)
{
  g_hash_table_unref (image->files);
  g_free (image->folder);
  g_free (image);
}

/**
 * sim_image_size:
 *
 * Returns: in bytes; -1 when there is no such file
 */
gint64
sim_image_size (SimImage *image, const char *name)
{
  Content *content = g_hash_table_lookup (image->files, name);

  return content != NULL ? (gint64) content->size : -1;
}

/* (transfer none): about to be changed, and with room for so much; made when it is not there. */
static Content *
own (SimImage *image, const char *name, gsize room)
{
  Content *content = g_hash_table_lookup (image->files, name);

  if (content == NULL || content->users > 1) {
    content = content_new (content != NULL ? content->bytes : NULL, content != NULL ? content->size : 0, TRUE);
    g_hash_table_replace (image->files, g_strdup (name), content);
  }
  if (room > content->room) {
    content->room = MAX (room, 2 * content->room);
    content->bytes = g_realloc (content->bytes, content->room);
  }
  content->print = 0;
  content->changed = TRUE;
  return content;
}

/**
 * sim_image_put:
 *
 * Writes to a file, which is made when it is not there.
 */
void
sim_image_put (SimImage *image, const char *name, gint64 offset, const void *bytes, gsize length)
{
  Content *content = own (image, name, (gsize) offset + length);

  if ((gsize) offset > content->size)
    memset (content->bytes + content->size, 0, (gsize) offset - content->size);
  if (length > 0)
    memcpy (content->bytes + offset, bytes, length);
  content->size = MAX (content->size, (gsize) offset + length);
}

/**
 * sim_image_cut:
 *
 * Gives a file another size; what is new is zeros.
 */
void
sim_image_cut (SimImage *image, const char *name, gint64 size)
{
  Content *content = own (image, name, (gsize) size);

  if ((gsize) size > content->size)
    memset (content->bytes + content->size, 0, (gsize) size - content->size);
  content->size = (gsize) size;
}

/**
 * sim_image_set:
 * @bytes: (nullable): all of the file; %NULL to remove it
 */
void
sim_image_set (SimImage *image, const char *name, GBytes *bytes)
{
  if (bytes != NULL)
    g_hash_table_replace (image->files, g_strdup (name), content_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), TRUE));
  else
    g_hash_table_remove (image->files, name);
}

/**
 * sim_image_empty:
 *
 * Makes files empty whose names end with @suffix.
 */
void
sim_image_empty (SimImage *image, const char *suffix)
{
  GHashTableIter iter;
  const char *name;
  Content *content;

  g_hash_table_iter_init (&iter, image->files);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &content))
    if (g_str_has_suffix (name, suffix) && content->size > 0)
      g_hash_table_iter_replace (&iter, content_new (NULL, 0, TRUE));
}

static guint64
mix (guint64 print, guint64 word)
{
  print = (print ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return print ^ (print >> 32);
}

/* In four lanes, which the processor works on at once. */
static guint64
print_of (const void *bytes, gsize size)
{
  guint64 lanes[4] = { 1, 2, 3, 4 }, words[4];
  gsize at = 0;

  for (; at + sizeof words <= size; at += sizeof words) {
    memcpy (words, (const guint8 *) bytes + at, sizeof words);
    for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
      lanes[i] = mix (lanes[i], words[i]);
  }
  memset (words, 0, sizeof words);
  if (at < size)
    memcpy (words, (const guint8 *) bytes + at, size - at);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    lanes[0] = mix (lanes[0], mix (lanes[i], words[i]));
  return MAX (mix (lanes[0], size), 1);
}

/**
 * sim_image_print:
 *
 * Returns: a fingerprint of all names and bytes
 */
guint64
sim_image_print (SimImage *image)
{
  GHashTableIter iter;
  const char *name;
  Content *content;
  guint64 print = 0;

  g_hash_table_iter_init (&iter, image->files);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &content)) {
    if (content->print == 0)
      content->print = print_of (content->bytes, content->size);
    print += mix (print_of (name, strlen (name)), content->print); /* in no order */
  }
  return print;
}

static void
remove_missing (SimImage *image, const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_missing (image, path);
    else if (!g_str_has_suffix (name, "-shm") && !g_hash_table_contains (image->files, path + strlen (image->folder)))
      g_unlink (path);
  }
}

/**
 * sim_image_save:
 * @folder: where it was read, or one that is not there yet
 *
 * Makes the files of the folder those of the image.
 */
void
sim_image_save (SimImage *image, const char *folder)
{
  gboolean same = g_str_equal (folder, image->folder);
  GHashTableIter iter;
  const char *name;
  Content *content;

  if (same)
    remove_missing (image, folder);
  g_hash_table_iter_init (&iter, image->files);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, (gpointer *) &content)) {
    g_autofree char *path = g_strconcat (folder, name, NULL), *place = g_path_get_dirname (path);

    if (same && !content->changed)
      continue;
    g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
    g_assert_true (g_file_set_contents_full (path, content->size > 0 ? (const char *) content->bytes : "", (gssize) content->size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

/* SQLite's file layer over the one image that is being settled. Nobody else has it, so nothing need be locked or synced. */

typedef struct {
  sqlite3_file parent;
  char        *name; /* (owned) */
} File;

static SimImage *settling;

static int
file_close (sqlite3_file *handle)
{
  g_clear_pointer (&((File *) handle)->name, g_free);
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *handle, void *bytes, int length, sqlite3_int64 offset)
{
  Content *content = g_hash_table_lookup (settling->files, ((File *) handle)->name);
  gint64 there = content != NULL ? CLAMP ((gint64) content->size - offset, 0, length) : 0;

  if (there > 0)
    memcpy (bytes, content->bytes + offset, (gsize) there);
  memset ((guint8 *) bytes + there, 0, (gsize) (length - there));
  return there == length ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *handle, const void *bytes, int length, sqlite3_int64 offset)
{
  sim_image_put (settling, ((File *) handle)->name, offset, bytes, (gsize) length);
  return SQLITE_OK;
}

static int
file_truncate (sqlite3_file *handle, sqlite3_int64 size)
{
  sim_image_cut (settling, ((File *) handle)->name, size);
  return SQLITE_OK;
}

static int
file_sync (sqlite3_file *handle, int flags)
{
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *handle, sqlite3_int64 *size)
{
  *size = MAX (sim_image_size (settling, ((File *) handle)->name), 0);
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *handle, int level)
{
  return SQLITE_OK;
}

static int
file_check_lock (sqlite3_file *handle, int *locked)
{
  *locked = FALSE;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *handle, int what, void *data)
{
  return SQLITE_NOTFOUND;
}

static int
file_number (sqlite3_file *handle)
{
  return 0;
}

static const sqlite3_io_methods methods = { 1, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_lock, file_check_lock, file_control, file_number, file_number };

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *handle, int flags, int *out_flags)
{
  File *file = (File *) handle;

  memset (file, 0, sizeof *file);
  if (name == NULL || (sim_image_size (settling, name) < 0 && !(flags & SQLITE_OPEN_CREATE)))
    return SQLITE_CANTOPEN;
  if (sim_image_size (settling, name) < 0)
    sim_image_cut (settling, name, 0);
  file->name = g_strdup (name);
  file->parent.pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  return g_hash_table_remove (settling->files, name) ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *there)
{
  *there = sim_image_size (settling, name) >= (flags == SQLITE_ACCESS_EXISTS ? 0 : -1);
  return SQLITE_OK;
}

static int
vfs_full_name (sqlite3_vfs *vfs, const char *name, int length, char *full)
{
  g_strlcpy (full, name, (gsize) length);
  return SQLITE_OK;
}

static void
install (void)
{
  static sqlite3_vfs vfs;

  if (vfs.zName != NULL)
    return;
  sqlite3_initialize ();
  vfs = *sqlite3_vfs_find ("unix");
  vfs.pNext = NULL;
  vfs.zName = VFS;
  vfs.szOsFile = (int) sizeof (File);
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_name;
  sqlite3_vfs_register (&vfs, FALSE);
}

static gboolean
settle (const char *name)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open_v2 (name, &db, SQLITE_OPEN_READWRITE, VFS);

  if (code == SQLITE_OK) /* alone, it needs no index of the log that others could read; asking for the version is what recovers it */
    code = sqlite3_exec (db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA schema_version;", NULL, NULL, NULL);
  sqlite3_close (db);
  return code == SQLITE_OK;
}

/* (transfer container) (element-type utf8): the databases that have a log or a journal. */
static GPtrArray *
unsettled (SimImage *image)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  const char *name;

  g_hash_table_iter_init (&iter, image->files);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, NULL)) {
    const char *end = g_str_has_suffix (name, "-wal") ? "-wal" : g_str_has_suffix (name, "-journal") ? "-journal" : NULL;
    g_autofree char *database = end != NULL ? g_strndup (name, strlen (name) - strlen (end)) : NULL;

    if (database != NULL && sim_image_size (image, database) > 0)
      g_ptr_array_add (names, g_steal_pointer (&database));
  }
  return names;
}

/**
 * sim_image_settle:
 * @name: a database's file
 *
 * Lets SQLite recover all databases: what the log or the journal says is done in the file, and the log is gone.
 *
 * Returns: whether @name is there and can be read; of that alone nothing follows for the tables in it
 */
gboolean
sim_image_settle (SimImage *image, const char *name)
{
  g_autoptr (GPtrArray) names = unsettled (image);
  gboolean good;

  install ();
  settling = image;
  for (guint i = 0; i < names->len; i++)
    settle (g_ptr_array_index (names, i));
  good = sim_image_size (image, name) >= 0 && settle (name);
  settling = NULL;
  return good;
}
