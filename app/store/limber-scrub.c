/* After an erasure the store's file is written afresh, because SQLite leaves pieces of rows in pages that it has split, whatever
 * secure_delete says: of 6,000 erased entries some 15 were still to be read. Invariant: from the transaction that erases
 * until all is done the store says so (LIMBER_ERASURE_PENDING), so that what was cut off, or hindered by somebody who was
 * reading, is done after the next change or when the store is opened. */
#include "limber-scrub.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-copy.h"
#include "limber-erasure.h"
#include "limber-error.h"
#include "limber-log.h"
#include "limber-restore-private.h"
#include "limber-rows.h"
#include "limber-schema.h"
#include "limber-store-private.h"

#define PATIENCE 500 /* milliseconds to wait for those who are reading, when something was erased; what is pruned can wait */
#define USUAL_PATIENCE 5000

/* The whole content into a new file, and back page for page: no unused part is left. */
static gboolean
write_afresh (LimberDatabase *database, const char *path, LimberEnv *env, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".fresh", NULL);
  g_autoptr (LimberDatabase) from = NULL;
  sqlite3_backup *backup;
  int code = SQLITE_ERROR;

  if (!limber_copy_make_private (fresh, error) || !limber_database_execute (database, error, "VACUUM INTO ?", "t", fresh) || (from = limber_database_open (fresh, FALSE, env, error)) == NULL) {
    g_unlink (fresh);
    return FALSE;
  }
  backup = sqlite3_backup_init (limber_database_handle (database), "main", limber_database_handle (from), "main");
  if (backup != NULL) {
    sqlite3_backup_step (backup, -1);
    code = sqlite3_backup_finish (backup);
  }
  g_clear_pointer (&from, limber_database_close);
  g_unlink (fresh);
  return code == SQLITE_OK || limber_database_set_error (database, code, error);
}

typedef struct {
  LimberDatabase *writer;
  gboolean        whole; /* the journal has all that it had: not while a restore is to take it in again */
} Strip;

/* Also a line that a crash has cut off may hold something, and nobody was told of it. */
static char *
strip_line (const char *line, gsize length, gpointer data)
{
  const Strip *strip = data;
  const char *tab = line[0] == '!' ? memchr (line, '\t', length) : NULL;
  gsize before = tab != NULL ? (gsize) (tab + 1 - line) : 0;
  g_autoptr (GString) bare = NULL;
  g_autoptr (GError) error = NULL;
  LimberEntry entry;

  if (!limber_entry_parse_line (&entry, line + before, length - before, &error) && !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED))
    return g_strdup ("");
  if (error == NULL && strip->whole && limber_erasure_leaves (strip->writer, &entry))
    return g_strdup ("");
  if ((error == NULL && !entry.has_body) || !limber_erasure_covers (strip->writer, &entry))
    return NULL;
  entry.has_body = FALSE;
  bare = g_string_new_len (line, (gssize) before);
  limber_entry_append_line (&entry, bare);
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

/* Also what a restore has left that was cut off. */
static gboolean
is_copy (const char *name)
{
  static const char *const prefixes[] = { "store.db.new", "store.db.replaced-", "store.db.before-version-" };
  gboolean ours = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    ours |= g_str_has_prefix (name, prefixes[i]);
  return ours && !g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, "-shm");
}

/**
 * limber_scrub_copies:
 * @dir: a store's folder
 *
 * Returns: (transfer full) (element-type filename): the older stores that Limber has kept there, by their paths
 */
GPtrArray *
limber_scrub_copies (const char *dir)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    if (is_copy (name))
      g_ptr_array_add (copies, g_build_filename (dir, name, NULL));
  return copies;
}

static gboolean
collect (const LimberRecord *record, gint64 n, gpointer data)
{
  g_ptr_array_add (data, limber_record_copy (record));
  return TRUE;
}

static gboolean
erase_all (LimberTransaction *transaction, GPtrArray *erasures, GError **error)
{
  for (guint i = 0; i < erasures->len; i++)
    if (!limber_transaction_apply (transaction, g_ptr_array_index (erasures, i), error))
      return FALSE;
  return TRUE;
}

/* Carries the erasures out in a store that nobody uses. */
static gboolean
erase_in (LimberStore *store, LimberDatabase *copy, GPtrArray *erasures, GError **error)
{
  LimberReader reader = { copy, store->identity.klass, store->identity.has_site, store->identity.site };
  LimberWriterState state;
  LimberTransaction transaction = { 0 };
  gboolean good;

  if (!limber_writer_state_load (&state, copy, &store->identity.device, error) || !limber_database_begin (copy, error))
    return FALSE;
  limber_transaction_init (&transaction, &reader, &state);
  good = erase_all (&transaction, erasures, error) && limber_transaction_finish (&transaction, error) &&
         limber_database_set_meta (copy, LIMBER_ERASURE_PENDING, NULL, error) && limber_database_commit (copy, error);
  limber_database_rollback (copy);
  limber_transaction_clear (&transaction);
  return good;
}

static void
remove_copy (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL), *index = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (log);
  g_unlink (index);
  g_message ("%s held what was erased and could not be freed of it: it was removed", path);
}

/* One that cannot be read as a store of this form goes as a whole; when the disk is in the way, it waits. */
static gboolean
scrub_copy (LimberStore *store, const char *path, GPtrArray *erasures, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (LimberDatabase) copy = limber_database_open (path, TRUE, store->env, &why);
  gboolean current = copy != NULL && limber_schema_check (copy, &why) && limber_schema_version (copy) == LIMBER_SCHEMA_VERSION;

  if (current && erase_in (store, copy, erasures, &why) && write_afresh (copy, path, store->env, &why) && limber_log_empty (copy, &why))
    return TRUE;
  g_clear_pointer (&copy, limber_database_close);
  if (why == NULL || g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_DAMAGED) || g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_NEWER)) {
    remove_copy (path);
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
scrub_copies (LimberStore *store, GError **error)
{
  g_autoptr (GPtrArray) copies = limber_scrub_copies (store->dir), erasures = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);

  if (copies->len > 0 && !limber_rows_each (store->writer, limber_kind_by_name ("erasure"), NULL, NULL, 0, collect, erasures, error))
    return FALSE;
  for (guint i = 0; i < copies->len; i++)
    if (!scrub_copy (store, g_ptr_array_index (copies, i), erasures, error))
      return FALSE;
  return TRUE;
}

static gboolean
scrub_second (LimberStore *store, GError **error)
{
  Strip strip = { store->writer, !limber_restore_is_decided (store->dir) };

  return store->second == NULL || limber_second_rewrite (store->second, strip_line, &strip, error);
}

static gboolean
do_step (LimberStore *store, LimberScrub step, GError **error)
{
  switch (step) {
  case LIMBER_SCRUB_SECOND:
    return scrub_second (store, error);
  case LIMBER_SCRUB_COPIES:
    return scrub_copies (store, error);
  case LIMBER_SCRUB_FILE:
    return write_afresh (store->writer, store->path, store->env, error);
  default:
    return limber_log_empty (store->writer, error);
  }
}

/* A step failed. That the store's own file cannot be written is bad for more than this. */
static void
note (LimberStore *store, LimberScrub step, const GError *error)
{
  if (step & (LIMBER_SCRUB_FILE | LIMBER_SCRUB_LOG))
    limber_store_note_failure (store, error);
  g_log (G_LOG_DOMAIN, store->scrub == LIMBER_SCRUB_LOG ? G_LOG_LEVEL_DEBUG : G_LOG_LEVEL_MESSAGE, "What was taken out is not out of every file yet: %s", limber_error_for_log (error));
}

static gboolean
say_done (LimberStore *store)
{
  g_autoptr (GError) error = NULL;

  if (limber_database_untroubled (store->writer, limber_database_set_meta (store->writer, LIMBER_ERASURE_PENDING, NULL, &error), &error))
    return TRUE;
  limber_store_note_failure (store, error);
  return FALSE;
}

/**
 * limber_scrub_run:
 *
 * Does what is yet to be done in the store's files, if anything is; what fails is tried again another time, unless it is
 * the disk that fails. To be called by the writer between transactions.
 */
void
limber_scrub_run (LimberStore *store)
{
  static const LimberScrub steps[] = { LIMBER_SCRUB_SECOND, LIMBER_SCRUB_COPIES, LIMBER_SCRUB_FILE, LIMBER_SCRUB_LOG };

  if (store->scrub == 0)
    return;
  sqlite3_busy_timeout (limber_database_handle (store->writer), store->scrub == LIMBER_SCRUB_LOG ? 0 : PATIENCE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;

    if (!(store->scrub & steps[i]))
      continue;
    if (limber_database_untroubled (store->writer, do_step (store, steps[i], &error), &error))
      store->scrub &= ~(guint) steps[i];
    else
      note (store, steps[i], error);
    if (store->failure != NULL) /* only this thread sets it */
      return;
  }
  if (store->scrub == 0 && !say_done (store))
    store->scrub = LIMBER_SCRUB_LOG;
  sqlite3_busy_timeout (limber_database_handle (store->writer), USUAL_PATIENCE);
}

static gboolean
nothing (LimberTransaction *transaction, gpointer data, GError **error)
{
  return TRUE;
}

static gboolean
read_pending (LimberReader *reader, gpointer data, GError **error)
{
  g_autofree char *pending = limber_reader_meta (reader, LIMBER_ERASURE_PENDING);

  return pending == NULL;
}

/**
 * limber_scrub_wait:
 *
 * Waits for the writer. Not for the writer thread itself.
 *
 * Returns: whether what was erased is out of every file
 */
gboolean
limber_scrub_wait (LimberStore *store)
{
  /* What failed before is tried again after the first, and that is over before the second. */
  return limber_store_write (store, nothing, NULL, NULL) && limber_store_write (store, nothing, NULL, NULL) && limber_store_read (store, read_pending, NULL, NULL);
}
