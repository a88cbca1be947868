/* A copy counts as a backup only after it has been opened and checked. Only a copy that was said to be off this machine
 * moves central's `backed_up` mark, below which others may prune (SYNC.md rule 13). Nothing is ever deleted: a store
 * that gives way to a restored one is kept beside it. */
#include "limber-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "limber-erasure.h"
#include "limber-error.h"
#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-schema.h"
#include "limber-second.h"
#include "limber-transaction-private.h"

#define REPLAY_BATCH 500

static gboolean
sync_path (const char *path, GError **error)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = file >= 0 && fsync (file) == 0;

  if (!good)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, _("%s cannot be written: %s"), path, g_strerror (errno));
  if (file >= 0)
    close (file);
  return good;
}

static LimberDatabase *
open_copy (const char *file, LimberEnv *env, GError **error)
{
  g_autoptr (LimberDatabase) copy = NULL;
  g_autoptr (LimberStatement) statement = NULL;

  if (!g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no file %s."), file);
    return NULL;
  }
  copy = limber_database_open (file, FALSE, env, error);
  if (copy == NULL || !limber_schema_check (copy, error))
    return NULL;
  if (limber_schema_version (copy) == 0) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("%s is not a Limber store."), file);
    return NULL;
  }
  statement = limber_database_bound (copy, error, "PRAGMA integrity_check(1)", "");
  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return NULL;
  if (g_strcmp0 ((const char *) sqlite3_column_text (statement->stmt, 0), "ok") != 0) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("%s is damaged."), file);
    return NULL;
  }
  g_clear_pointer (&statement, limber_statement_free);
  return g_steal_pointer (&copy);
}

/* How far each chain stands in the copy; one that waits for content, up to there: whoever has it must keep it. */
static GArray *
heads_of (LimberDatabase *copy, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (copy, error,
                             "SELECT min(max(j.key), ifnull((SELECT min(q.key) - 1 FROM quarantine q JOIN journal k ON k.key=q.key WHERE k.body IS NULL AND q.key >> 40 = j.key >> 40), max(j.key)))"
                             " FROM journal j GROUP BY j.key >> 40",
                             "");
  g_autoptr (GArray) heads = g_array_new (FALSE, FALSE, sizeof (gint64));
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 key = sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (heads, key);
  }
  return step == 0 ? g_steal_pointer (&heads) : NULL;
}

static gboolean
mark_heads (LimberTransaction *transaction, gpointer data, GError **error)
{
  GArray *heads = data;

  for (guint i = 0; i < heads->len; i++) {
    gint64 key = g_array_index (heads, gint64, i);

    if (!limber_database_execute (transaction->reader.database, error,
                                  "INSERT INTO mark(origin, received, backed_up) VALUES(?1,?2,?2) ON CONFLICT(origin) DO UPDATE SET received=max(received, ?2), backed_up=max(backed_up, ?2)", "ii",
                                  LIMBER_JOURNAL_ORIGIN (key), LIMBER_JOURNAL_SEQ (key)))
      return FALSE;
  }
  transaction->changes->journal = TRUE;
  return TRUE;
}

static gboolean
make_copy (LimberStore *store, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (limber_store_dir (store), "store.db", NULL), *folder = g_path_get_dirname (file);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, limber_store_env (store), error);

  if (database == NULL || !limber_database_run (database, "PRAGMA query_only=OFF", error) || !limber_database_execute (database, error, "VACUUM INTO ?", "t", file))
    return FALSE;
  return g_chmod (file, 0600) == 0 && sync_path (file, error) && sync_path (folder, error);
}

/**
 * limber_backup_write:
 * @file: where the copy goes; there must be nothing there
 * @offsite: whether that is off this machine, so that others may rely on it
 * @error: LIMBER_ERROR_REFUSED when there is a file already; LIMBER_ERROR_DISK_FULL
 *
 * Copies a store as it is at one moment, while it is in use, and checks the copy.
 */
gboolean
limber_backup_write (LimberStore *store, const char *file, gboolean offsite, GError **error)
{
  g_autoptr (LimberDatabase) copy = NULL;
  g_autoptr (GArray) heads = NULL;

  if (g_file_test (file, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is a file %s already. Nothing was written."), file);
    return FALSE;
  }
  if (!make_copy (store, file, error)) {
    g_unlink (file); /* our own, and not whole */
    return FALSE;
  }
  copy = open_copy (file, limber_store_env (store), error);
  if (copy == NULL)
    return FALSE;
  if (!offsite || limber_store_identity (store)->klass != LIMBER_CLASS_CENTRAL)
    return TRUE;
  heads = heads_of (copy, error);
  return heads != NULL && limber_store_write (store, mark_heads, heads, error);
}

/* With its log beside it by the name that SQLite looks for. */
static gboolean
move_aside (const char *path, const char *suffix, const char *part, GError **error)
{
  g_autofree char *from = g_strconcat (path, part, NULL), *to = g_strconcat (path, suffix, part, NULL);

  if (!g_file_test (from, G_FILE_TEST_EXISTS) || g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, _("%s cannot be moved aside: %s"), from, g_strerror (errno));
  return FALSE;
}

static gboolean
put_in_place (const char *dir, const char *file, LimberEnv *env, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "store.db", NULL), *new = g_strconcat (path, ".new", NULL);
  g_autofree char *suffix = g_strdup_printf (".replaced-%" G_GINT64_FORMAT, limber_env_wall (env));
  g_autoptr (GFile) from = g_file_new_for_path (file), to = g_file_new_for_path (new);

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, error))
    return FALSE;
  if (g_chmod (new, 0600) != 0 || !sync_path (new, error))
    return FALSE;
  if (!move_aside (path, suffix, "", error) || !move_aside (path, suffix, "-wal", error) || !move_aside (path, suffix, "-shm", error))
    return FALSE;
  if (g_rename (new, path) != 0) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, _("%s cannot be put in place: %s"), path, g_strerror (errno));
    return FALSE;
  }
  return sync_path (dir, error);
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
  transaction->scrub |= LIMBER_SCRUB_ALL; /* the second file may have been lost sight of before it was freed of what was erased */
  return limber_database_set_meta (transaction->reader.database, LIMBER_ERASURE_PENDING, "1", error);
}

static gboolean
replay_lines (LimberStore *store, const char *dir, const char *where, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free), first = g_ptr_array_new_with_free_func (g_free);
  Replay replay = { store, lines };

  if (!limber_second_each (dir, where, collect_first, first, error) || (first->len > 0 && !limber_store_write (store, take_first, first, error)))
    return FALSE;
  return limber_second_each (dir, where, replay_line, &replay, error) && (lines->len == 0 || limber_store_write (store, take_lines, lines, error));
}

/* What central took in after the backup was made is in its second file (SYNC.md rule 14). */
static gboolean
replay_second (const char *dir, LimberEnv *env, GError **error)
{
  g_autoptr (LimberStore) store = limber_store_open (dir, LIMBER_STORE_OWN, env, error);
  g_autofree char *where = NULL;
  gboolean good;

  if (store == NULL)
    return FALSE;
  if (limber_store_identity (store)->klass != LIMBER_CLASS_CENTRAL)
    return TRUE;
  where = limber_store_second (store);
  good = replay_lines (store, dir, where, error);
  limber_store_close (store);
  return good;
}

static int
lock_folder (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "lock", NULL);
  int lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) == 0)
    return lock;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The store in %s is in use. Stop the program that uses it first."), dir);
  if (lock >= 0)
    close (lock);
  return -1;
}

/**
 * limber_backup_restore:
 * @dir: the store's folder; made when it is not there
 * @file: a backup
 * @second: (nullable): where central's second file is now, if not where it was
 * @error: LIMBER_ERROR_BUSY when a program uses the store, LIMBER_ERROR_DAMAGED or LIMBER_ERROR_NEWER when @file is no
 *   backup that this Limber can read, LIMBER_ERROR_REFUSED when there is no folder for @second; then nothing was changed
 *
 * Puts a backup in the place of a store, which is kept beside it; central then takes in again what its second file has.
 */
gboolean
limber_backup_restore (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error)
{
  LimberDatabase *copy = open_copy (file, env, error);
  int lock;
  gboolean good;

  if (copy == NULL)
    return FALSE;
  limber_database_close (copy);
  if (second != NULL && !limber_store_check_second (second, error))
    return FALSE;
  if (g_mkdir_with_parents (dir, 0700) != 0 || (lock = lock_folder (dir, error)) < 0)
    return FALSE;
  good = put_in_place (dir, file, env, error);
  close (lock);
  return good && (second == NULL || limber_store_place_second (dir, env, second, error)) && replay_second (dir, env, error);
}
