/* Invariants: a store gives way to its backup as a whole. While the copy is made, nothing has changed; with the note, what was
 * decided is on the disk, and whoever opens the store next brings it to its end: puts the copy in place, and takes in again what
 * central's second file has. Only then the note goes. Nothing is ever deleted: the store that gave way is kept beside it, also
 * one that cannot be read; only where something was erased a store that cannot be freed of it goes (limber-scrub.h). */
#include "limber-restore.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-canary.h"
#include "limber-cause.h"
#include "limber-copy.h"
#include "limber-erasure.h"
#include "limber-error.h"
#include "limber-fold.h"
#include "limber-json.h"
#include "limber-lock.h"
#include "limber-note.h"
#include "limber-restore-private.h"
#include "limber-scrub.h"
#include "limber-second.h"
#include "limber-session.h"
#include "limber-transaction-private.h"

#define NOTE "restoring" /* {"at": when, which is in the names of the files too, "second": where that file is now, or null} */
#define COPY "store.db.new-"
#define REPLAY_BATCH 500

static char *
path_of_copy (const char *dir, gint64 at)
{
  return g_strdup_printf ("%s/" COPY "%" G_GINT64_FORMAT, dir, at);
}

static char *
path_of_replaced (const char *dir, gint64 at)
{
  return g_strdup_printf ("%s/store.db.replaced-%" G_GINT64_FORMAT, dir, at);
}

/* Now; but a name that is taken is not given again, whatever the clock does. */
static gint64
unused_time (const char *dir, LimberEnv *env)
{
  for (gint64 at = limber_env_wall (env);; at++) {
    g_autofree char *path = path_of_replaced (dir, at);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return at;
  }
}

static gboolean
decide (const char *dir, gint64 at, const char *second, GError **error)
{
  g_autoptr (json_t) note = json_pack ("{s:I, s:s}", "at", (json_int_t) at, "second", second);

  return limber_note_write (dir, NOTE, note, error);
}

/**
 * limber_restore_is_decided:
 * @dir: a store's folder
 *
 * Returns: whether a restore was begun there that is not at its end
 */
gboolean
limber_restore_is_decided (const char *dir)
{
  return limber_note_is_there (dir, NOTE);
}

/* With its log beside it by the name that SQLite looks for. */
static gboolean
move_aside (const char *path, const char *to_path, const char *part, GError **error)
{
  g_autofree char *from = g_strconcat (path, part, NULL), *to = g_strconcat (to_path, part, NULL);

  if (!g_file_test (from, G_FILE_TEST_EXISTS) || g_rename (from, to) == 0)
    return TRUE;
  limber_cause_set_errno (error, LIMBER_ERROR_DISK, errno, _("%s cannot be moved aside: %s"), from, limber_cause_of_errno (errno));
  return FALSE;
}

/* Copies of backups that were cut off before anything was decided. They are of no use, and as large as the store. */
static void
remove_left (const char *dir)
{
  g_autoptr (GPtrArray) copies = limber_scrub_copies (dir);

  for (guint i = 0; i < copies->len; i++) {
    const char *path = g_ptr_array_index (copies, i);
    g_autofree char *name = g_path_get_basename (path);

    if (g_str_has_prefix (name, COPY))
      g_unlink (path);
  }
}

/**
 * limber_restore_put_in_place:
 * @dir: the folder of a store that is locked and not open
 *
 * Puts the copy in the store's place, if that was decided and is not done yet. What one has left that was not decided goes.
 */
gboolean
limber_restore_put_in_place (const char *dir, GError **error)
{
  g_autoptr (json_t) note = limber_note_read (dir, NOTE);
  gint64 at = note != NULL ? limber_json_integer (note, "at", 0) : 0;
  g_autofree char *path = g_build_filename (dir, "store.db", NULL), *copy = path_of_copy (dir, at), *replaced = path_of_replaced (dir, at);

  if (note == NULL && limber_restore_is_decided (dir)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("A restore in %s was cut off, and what it says of itself cannot be read. Restore the backup again."), dir);
    return FALSE;
  }
  if (note == NULL)
    remove_left (dir);
  if (note == NULL || !g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!move_aside (path, replaced, "", error) || !move_aside (path, replaced, "-wal", error) || !move_aside (path, replaced, "-shm", error))
    return FALSE;
  if (g_rename (copy, path) != 0) {
    limber_cause_set_errno (error, LIMBER_ERROR_DISK, errno, _("%s cannot be put in place: %s"), path, limber_cause_of_errno (errno));
    return FALSE;
  }
  return limber_copy_sync (dir, error);
}

/**
 * limber_restore_set_second:
 * @database: the store's writing connection
 *
 * Tells the restored store where its second file is now.
 */
gboolean
limber_restore_set_second (const char *dir, LimberDatabase *database, GError **error)
{
  g_autoptr (json_t) note = limber_note_read (dir, NOTE);
  const char *second = note != NULL ? limber_json_string (note, "second") : NULL;

  return second == NULL || limber_database_set_meta (database, "second", *second != '\0' ? second : NULL, error);
}

typedef struct {
  LimberStore *store;
  GPtrArray   *lines; /* (owned): text */
} Replay;

/* A line of the second file: an entry, or one that was quarantined, its reason first. One that a crash has cut off was told
 * to nobody, and is passed over. */
static gboolean
take_line (LimberTransaction *transaction, const char *line, GError **error)
{
  const char *tab = line[0] == '!' ? strchr (line, '\t') : NULL;
  g_autofree char *quarantine = tab != NULL ? g_strndup (line + 1, (gsize) (tab - line - 1)) : NULL, *reason = NULL;
  g_autoptr (GError) why = NULL;
  LimberVerdict verdict;
  LimberEntry entry;

  line = tab != NULL ? tab + 1 : line;
  if (limber_entry_parse_line (&entry, line, strlen (line), &why))
    return limber_transaction_receive (transaction, &entry, quarantine, &verdict, &reason, error);
  if (g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_FORMAT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
take_lines (LimberTransaction *transaction, gpointer data, GError **error)
{
  GPtrArray *lines = data;

  for (guint i = 0; i < lines->len; i++)
    if (!take_line (transaction, g_ptr_array_index (lines, i), error))
      return FALSE;
  g_string_truncate (transaction->appended, 0); /* they are in the second file already */
  return TRUE;
}

static gboolean
replay_line (const char *line, gsize length, gpointer data, GError **error)
{
  Replay *replay = data;
  gboolean good = TRUE;

  g_ptr_array_add (replay->lines, g_strndup (line, length));
  if (replay->lines->len >= REPLAY_BATCH) {
    good = limber_store_write (replay->store, take_lines, replay->lines, error);
    g_ptr_array_set_size (replay->lines, 0);
  }
  return good;
}

/* What must hold before anything else is taken in again: which devices are revoked, and what was erased. */
static gboolean
collect_first (const char *line, gsize length, gpointer data, GError **error)
{
  LimberEntry entry;

  if (line[0] != '!' && limber_entry_parse_line (&entry, line, length, NULL) && entry.has_body && (g_str_equal (entry.kind, "erasure") || g_str_equal (entry.kind, "device")))
    g_ptr_array_add (data, g_strndup (line, length));
  return TRUE;
}

static LimberRecord *
first_of (const LimberEntry *entry)
{
  g_autoptr (LimberRecord) whole = limber_record_new (limber_kind_by_name (entry->kind), &entry->record), revoked = NULL;
  g_autoptr (GArray) changes = limber_entry_changes (entry, NULL);
  int at = limber_kind_field (whole->kind, "revoked");

  limber_fold_changes (whole, entry, changes, LIMBER_CLASS_CENTRAL);
  if (at < 0)
    return g_steal_pointer (&whole);
  if (!limber_stamp_is_set (&whole->stamps[at]))
    return NULL;
  revoked = limber_record_new (whole->kind, &whole->id);
  limber_value_copy (&revoked->values[at], &whole->values[at]);
  revoked->stamps[at] = whole->stamps[at];
  return g_steal_pointer (&revoked);
}

/* As records, because the entries before them in their chain are yet to come; the entries themselves then change nothing. */
static gboolean
take_first (LimberTransaction *transaction, gpointer data, GError **error)
{
  GPtrArray *lines = data;

  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autoptr (LimberRecord) record = NULL;
    LimberEntry entry;

    if (!limber_entry_parse_line (&entry, line, strlen (line), error))
      return FALSE;
    record = first_of (&entry);
    if (record != NULL && !limber_transaction_apply (transaction, record, error))
      return FALSE;
  }
  if (limber_database_integer (transaction->reader.database, 1, "SELECT EXISTS(SELECT 1 FROM erasure)", "") == 0)
    return TRUE;
  transaction->scrub |= LIMBER_SCRUB_ALL; /* the second file may have been lost sight of before it was freed of what was erased */
  return limber_database_set_meta (transaction->reader.database, LIMBER_ERASURE_PENDING, "1", error);
}

/* What is taken in again may stand elsewhere in the order of change than it did: no cursor into the last run counts for it
 * (SYNC.md rule 16). */
static gboolean
begin_run (LimberTransaction *transaction, gpointer data, GError **error)
{
  char run[LIMBER_RUN_LENGTH + 1];

  limber_env_mint_run (limber_transaction_env (transaction), run);
  return limber_session_begin_run (transaction, run, error);
}

static gboolean
replay_lines (LimberStore *store, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free), first = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *where = limber_store_second (store);
  const char *dir = limber_store_dir (store);
  Replay replay = { store, lines };

  if (!limber_store_write (store, begin_run, NULL, error) || !limber_second_each (dir, where, collect_first, first, error) || (first->len > 0 && !limber_canary (LIMBER_CANARY_FIRST_COMES_LAST) && !limber_store_write (store, take_first, first, error)))
    return FALSE;
  return limber_second_each (dir, where, replay_line, &replay, error) && (lines->len == 0 || limber_store_write (store, take_lines, lines, error));
}

/**
 * limber_restore_replay:
 * @store: a store that is being opened
 *
 * What central took in after the backup was made is in its second file (SYNC.md rule 14); taken in again, the restore is at
 * its end.
 */
gboolean
limber_restore_replay (LimberStore *store, GError **error)
{
  const char *dir = limber_store_dir (store);

  if (!limber_restore_is_decided (dir))
    return TRUE;
  if (limber_store_identity (store)->klass == LIMBER_CLASS_CENTRAL && !replay_lines (store, error))
    return FALSE;
  return limber_note_remove (dir, NOTE, error);
}

/* Where central's second file is, "" for its usual place: where it is said to be; else where the store that gives way had it,
 * since the backup may be from before it was moved; else where the backup had it. */
static char *
find_second (const char *dir, LimberDatabase *from, const char *second, LimberEnv *env)
{
  g_autofree char *path = g_build_filename (dir, "store.db", NULL), *klass = NULL, *where = NULL;
  g_autoptr (LimberDatabase) held = second == NULL ? limber_database_open (path, FALSE, env, NULL) : NULL;

  if (second != NULL)
    return g_canonicalize_filename (second, NULL);
  klass = held != NULL ? limber_database_meta (held, "class") : NULL;
  where = limber_database_meta (klass != NULL ? held : from, "second");
  return where != NULL ? g_steal_pointer (&where) : g_strdup ("");
}

/**
 * limber_restore_has_second:
 *
 * To be asked before limber_restore_run(), with the same arguments.
 *
 * Returns: whether central's second file is there, so that nothing is lost that came after the backup; %TRUE too for a backup
 *   that is not central's
 */
gboolean
limber_restore_has_second (const char *dir, const char *file, const char *second, LimberEnv *env)
{
  g_autoptr (LimberDatabase) from = limber_copy_open (file, env, NULL);
  g_autofree char *klass = from != NULL ? limber_database_meta (from, "class") : NULL, *where = NULL;

  if (g_strcmp0 (klass, limber_class_name (LIMBER_CLASS_CENTRAL)) != 0)
    return TRUE;
  where = find_second (dir, from, second, env);
  return limber_second_is_there (dir, *where != '\0' ? where : NULL);
}

/* With the store locked. One that was decided before is put in its place first; that is the store that gives way now. */
static gboolean
begin (const char *dir, LimberDatabase *from, const char *second, LimberEnv *env, GError **error)
{
  int lock = limber_lock_take (dir, 0, error);
  g_autoptr (json_t) before = limber_note_read (dir, NOTE);
  gint64 at = unused_time (dir, env);
  g_autofree char *copy = path_of_copy (dir, at), *where = NULL;
  gboolean good;

  if (lock < 0)
    return FALSE;
  good = before == NULL || limber_restore_put_in_place (dir, error);
  where = find_second (dir, from, second, env);
  good = good && (*where == '\0' || limber_store_check_second (where, error)) && limber_copy_write (from, copy, error) && decide (dir, at, where, error);
  close (lock);
  return good;
}

/**
 * limber_restore_run:
 * @dir: the store's folder; made when it is not there
 * @file: a backup
 * @second: (nullable): where central's second file is now, if not where the store that gives way had it
 * @error: LIMBER_ERROR_BUSY when a program uses the store, LIMBER_ERROR_DAMAGED or LIMBER_ERROR_NEWER when @file is no
 *   backup that this Limber can read, LIMBER_ERROR_REFUSED when there is no folder for @second; then nothing was changed
 *
 * Puts a backup in the place of a store, which is kept beside it; central then takes in again what its second file has. What is
 * cut off meanwhile is brought to its end when the store is opened next.
 */
gboolean
limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error)
{
  g_autoptr (LimberDatabase) from = limber_copy_open (file, env, error);
  g_autoptr (LimberStore) store = NULL;

  if (from == NULL || (second != NULL && !limber_store_check_second (second, error))) /* before there is a folder */
    return FALSE;
  if (g_mkdir_with_parents (dir, 0700) != 0) {
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("%s cannot be made: %s"), dir, limber_cause_of_errno (errno));
    return FALSE;
  }
  if (!begin (dir, from, second, env, error))
    return FALSE;
  store = limber_store_open (dir, LIMBER_STORE_OWN_SOON, env, error);
  if (store != NULL)
    limber_store_close (store);
  return store != NULL;
}
