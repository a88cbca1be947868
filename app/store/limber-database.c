#include "limber-database.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-log.h"

/* At which the log is taken into the file. A page that many transactions change is then written into the file once for all of
 * them; with more pages than these SQLite would have to look in two of its tables for each page that it reads. */
#define LOG_PAGES 4000

/* While very many changes come one after the other, in commits of so many pages and more, most pages of the indexes change again and
 * again: the more of them are in memory, and in the log before they go into the file, the less is written. A county's import, and a
 * storm of pushes, need up to a fifth less of the processor. The log's file is not cut off each time that it begins anew, either. The
 * first smaller commit ends it. */
#define COMMIT_PAGES_MANY 250
#define LOG_PAGES_MANY 32000
#define CACHE "PRAGMA cache_size=-16384; PRAGMA journal_size_limit=16777216;"
#define CACHE_MANY "PRAGMA cache_size=-32768; PRAGMA journal_size_limit=268435456;"

struct _LimberDatabase {
  sqlite3    *db;         /* (owned) */
  LimberEnv  *env;        /* (owned) */
  GHashTable *statements; /* (owned): where an SQL text stands → LimberStatement */
  GHashTable *erased;     /* (owned) (nullable): limber-erasure.c's */
  GError     *trouble;    /* (owned) (nullable): how the disk or memory failed first, until somebody takes it */
  int         log;        /* pages in the write-ahead log after the last commit */
  int         log_before; /* and after the one before it */
  gboolean    many;       /* very many changes come one after the other */
  LimberNumbers numbers;
};

static void
finalize (gpointer statement)
{
  sqlite3_finalize (((LimberStatement *) statement)->stmt);
  g_free (statement);
}

static const char settings[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0; PRAGMA secure_delete=ON; " CACHE " PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;";
static const char reader_settings[] =
    "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY;"
    "PRAGMA wal_autocheckpoint=0;";

/* @detail: what SQLite says */
static GError *
caused (LimberError code, const char *words, const char *detail)
{
  GError *error = g_error_new_literal (LIMBER_ERROR, (int) code, words);

  limber_error_set_cause (error, detail);
  return error;
}

static GError *
make_error (int code, const char *detail)
{
  switch (code == SQLITE_IOERR_NOMEM ? SQLITE_NOMEM : code & 0xff) {
  case SQLITE_FULL:
    return g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_DISK_FULL, _("The disk is full. Nothing was changed."));
  case SQLITE_NOMEM:
    return g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_BUSY, _("This machine is short of memory. Nothing was changed."));
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_BUSY, _("Another program is using the store."));
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return caused (LIMBER_ERROR_DAMAGED, _("The store's file is damaged. Nothing was changed. Restore it from a backup."), detail);
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
    return caused (LIMBER_ERROR_DISK, _("The disk does not answer as it should. The last change may not be saved; open the store again."), detail);
  default:
    return caused (LIMBER_ERROR_DAMAGED, _("The store cannot be used as it is. Nothing was changed by this step. Ask whoever looks after this computer."), detail);
  }
}

/**
 * limber_database_leave_log:
 *
 * Nothing more is to be written when this closes: the log is left to whoever opens the store next.
 */
void
limber_database_leave_log (LimberDatabase *database)
{
  sqlite3_db_config (database->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/* Not every caller looks at each step, and one that takes a failure for "nothing there" would go on with what is not so.
 * And SQLite may undo the whole transaction when a step fails, and would carry out each further one on its own. So the
 * first failure is kept for whoever began, and until it is taken nothing more is carried out. */
static void
note_trouble (LimberDatabase *database, int code, const GError *error)
{
  static const int troubles[] = { SQLITE_FULL, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR, SQLITE_CANTOPEN };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    found |= (code & 0xff) == troubles[i];
  if (found && database->trouble == NULL)
    database->trouble = g_error_copy (error);
  if (found && error->code == LIMBER_ERROR_DISK)
    limber_database_leave_log (database);
}

/**
 * limber_database_set_error:
 * @code: what SQLite answered
 *
 * Says in a person's words what SQLite's @code means.
 *
 * Returns: %FALSE, always
 */
gboolean
limber_database_set_error (LimberDatabase *database, int code, GError **error)
{
  gboolean open = database != NULL && database->db != NULL, last = open && (sqlite3_errcode (database->db) & 0xff) == (code & 0xff); /* else it has done something else since */
  GError *made = make_error (code, last ? sqlite3_errmsg (database->db) : sqlite3_errstr (code));

  if (open)
    note_trouble (database, code, made);
  g_propagate_error (error, made);
  return FALSE;
}

/**
 * limber_database_in_trouble:
 * @error: a caller that went on after a step had failed keeps the error that it has
 *
 * Returns: whether the disk or memory failed and nobody has taken it yet: then nothing is to be carried out
 */
gboolean
limber_database_in_trouble (LimberDatabase *database, GError **error)
{
  if (database->trouble != NULL && error != NULL && *error == NULL)
    *error = g_error_copy (database->trouble);
  return database->trouble != NULL;
}

/**
 * limber_database_take_trouble:
 *
 * Returns: (transfer full) (nullable): how the disk or memory failed first since this was asked last, whether or not the
 *   caller of that step looked
 */
GError *
limber_database_take_trouble (LimberDatabase *database)
{
  return g_steal_pointer (&database->trouble);
}

/**
 * limber_database_untroubled:
 * @result: what was reached with @database
 *
 * Returns: @result, unless the disk or memory failed meanwhile: then @error says so, whatever it said before
 */
gboolean
limber_database_untroubled (LimberDatabase *database, gboolean result, GError **error)
{
  if (database->trouble == NULL)
    return result;
  g_clear_error (error);
  g_propagate_error (error, limber_database_take_trouble (database));
  return FALSE;
}

static int
on_commit (gpointer data, sqlite3 *db, const char *name, int pages)
{
  ((LimberDatabase *) data)->log = pages;
  return SQLITE_OK;
}

/**
 * limber_database_open:
 * @path: the file
 * @writable: whether this is the one connection that writes; it makes the file when there is none
 * @env: whose file layer is used
 *
 * Returns: (transfer full) (nullable): the connection
 */
LimberDatabase *
limber_database_open (const char *path, gboolean writable, LimberEnv *env, GError **error)
{
  g_autoptr (LimberDatabase) database = g_new0 (LimberDatabase, 1);
  int flags = writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE, code;

  database->env = limber_env_ref (env);
  database->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  limber_numbers_init (&database->numbers, writable);
  code = sqlite3_open_v2 (path, &database->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, limber_env_vfs (env));
  if (code != SQLITE_OK) {
    limber_database_set_error (database, code, error);
    return NULL;
  }
  sqlite3_busy_timeout (database->db, 5000);
  sqlite3_db_config (database->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_limit (database->db, SQLITE_LIMIT_LENGTH, 4 * 1024 * 1024);
  sqlite3_limit (database->db, SQLITE_LIMIT_ATTACHED, 2);
  if (!limber_database_run (database, writable ? settings : reader_settings, error) || (writable && !limber_log_secure (database, error)))
    return NULL;
  if (limber_canary (LIMBER_CANARY_NORMAL_SYNC))
    limber_database_run (database, "PRAGMA synchronous=NORMAL", NULL);
  if (writable)
    sqlite3_wal_hook (database->db, on_commit, database);
  else
    limber_database_leave_log (database);
  return g_steal_pointer (&database);
}

void
limber_database_close (LimberDatabase *database)
{
  g_clear_pointer (&database->statements, g_hash_table_unref);
  sqlite3_close (database->db);
  limber_numbers_clear (&database->numbers);
  g_clear_pointer (&database->erased, g_hash_table_unref);
  limber_env_unref (database->env);
  g_free (database);
}

sqlite3 *
limber_database_handle (LimberDatabase *database)
{
  return database->db;
}

LimberEnv *
limber_database_env (LimberDatabase *database)
{
  return database->env;
}

/**
 * limber_database_run:
 * @sql: statements without parameters, separated by semicolons
 *
 * Returns: whether all of them were carried out
 */
gboolean
limber_database_run (LimberDatabase *database, const char *sql, GError **error)
{
  int code;

  if (limber_database_in_trouble (database, error))
    return FALSE;
  code = sqlite3_exec (database->db, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || limber_database_set_error (database, code, error);
}

/**
 * limber_database_statement:
 * @sql: one statement; its text must live as long as the connection
 *
 * Takes a statement, prepared the first time and kept from then on.
 *
 * Returns: (transfer full) (nullable): the statement, nothing bound
 */
LimberStatement *
limber_database_statement (LimberDatabase *database, const char *sql, GError **error)
{
  LimberStatement *kept = g_hash_table_lookup (database->statements, sql), *statement;
  sqlite3_stmt *stmt;
  int code;

  if (kept != NULL && !sqlite3_stmt_busy (kept->stmt)) /* one in use further up is not this caller's */
    return kept;
  code = sqlite3_prepare_v3 (database->db, sql, -1, kept == NULL ? SQLITE_PREPARE_PERSISTENT : 0, &stmt, NULL);
  if (code != SQLITE_OK) {
    limber_database_set_error (database, code, error);
    return NULL;
  }
  statement = g_new (LimberStatement, 1);
  *statement = (LimberStatement){ database, stmt, kept == NULL };
  if (statement->kept)
    g_hash_table_insert (database->statements, (gpointer) sql, statement);
  return statement;
}

/* Binds parameters by @form: i a gint64, t a text, b a pointer and a gsize, d a LimberId pointer (nullable). */
static void
bind_form (LimberStatement *statement, const char *form, va_list args)
{
  for (int at = 1; *form != '\0'; form++, at++) {
    const void *bytes;

    switch (*form) {
    case 'i':
      limber_statement_integer (statement, at, va_arg (args, gint64));
      break;
    case 't':
      limber_statement_text (statement, at, va_arg (args, const char *), -1);
      break;
    case 'd':
      limber_statement_blob (statement, at, va_arg (args, const LimberId *), sizeof (LimberId));
      break;
    case 'b':
      bytes = va_arg (args, const void *);
      limber_statement_blob (statement, at, bytes, va_arg (args, gsize));
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

/**
 * limber_database_bound:
 * @sql: one statement, living as long as the connection
 * @form: a letter a parameter: i gint64, t text, d LimberId, b bytes and gsize; what they point to must stay
 *
 * Returns: (transfer full) (nullable): the statement, bound
 */
LimberStatement *
limber_database_bound (LimberDatabase *database, GError **error, const char *sql, const char *form, ...)
{
  LimberStatement *statement = limber_database_statement (database, sql, error);
  va_list args;

  if (statement == NULL)
    return NULL;
  va_start (args, form);
  bind_form (statement, form, args);
  va_end (args);
  return statement;
}

/**
 * limber_database_execute:
 *
 * Carries out one statement that gives no rows; @form as in limber_database_bound().
 *
 * Returns: whether it was carried out
 */
gboolean
limber_database_execute (LimberDatabase *database, GError **error, const char *sql, const char *form, ...)
{
  g_autoptr (LimberStatement) statement = limber_database_statement (database, sql, error);
  va_list args;

  if (statement == NULL)
    return FALSE;
  va_start (args, form);
  bind_form (statement, form, args);
  va_end (args);
  return limber_statement_step (statement, error) >= 0;
}

/**
 * limber_database_integer:
 *
 * Returns: the first column of the first row, @otherwise when there is none, or it is NULL, or the step failed
 */
gint64
limber_database_integer (LimberDatabase *database, gint64 otherwise, const char *sql, const char *form, ...)
{
  g_autoptr (LimberStatement) statement = limber_database_statement (database, sql, NULL);
  va_list args;

  if (statement == NULL)
    return otherwise;
  va_start (args, form);
  bind_form (statement, form, args);
  va_end (args);
  if (limber_statement_step (statement, NULL) != 1 || sqlite3_column_type (statement->stmt, 0) == SQLITE_NULL)
    return otherwise;
  return sqlite3_column_int64 (statement->stmt, 0);
}

/* Without memory the last transaction may not have been undone, and may not be now. */
static gboolean
begin (LimberDatabase *database, const char *sql, GError **error)
{
  limber_database_rollback (database);
  if (sqlite3_get_autocommit (database->db) == 0)
    return limber_database_set_error (database, SQLITE_NOMEM, error);
  return limber_database_run (database, sql, error);
}

/**
 * limber_database_begin:
 *
 * Begins a transaction that may write, at once.
 */
gboolean
limber_database_begin (LimberDatabase *database, GError **error)
{
  return begin (database, "BEGIN IMMEDIATE", error);
}

/**
 * limber_database_begin_reading:
 *
 * Begins a transaction that reads, over one unchanging view.
 */
gboolean
limber_database_begin_reading (LimberDatabase *database, GError **error)
{
  return begin (database, "BEGIN", error);
}

/**
 * limber_database_commit:
 *
 * Returns: whether everything since limber_database_begin() is on the disk; if not, none of it is
 */
gboolean
limber_database_commit (LimberDatabase *database, GError **error)
{
  if (limber_database_run (database, "COMMIT", error))
    return TRUE;
  limber_database_rollback (database);
  limber_database_forget_numbers (database);
  return FALSE;
}

/* Suits log and cache to what the last commit was like. */
static void
expect (LimberDatabase *database)
{
  int pages = database->log < database->log_before ? database->log : database->log - database->log_before; /* it may have begun anew */
  gboolean many = pages >= COMMIT_PAGES_MANY;

  database->log_before = database->log;
  if (many != database->many)
    limber_database_run (database, many ? CACHE_MANY : CACHE, NULL); /* to go on as before is slower, and nothing worse */
  database->many = many;
}

/**
 * limber_database_checkpoint:
 *
 * Takes the log into the file when it has grown long: between transactions, and once those who waited for the last one have
 * been told. SQLite would do it by itself, within the commit, and say nothing of a disk that fails.
 */
void
limber_database_checkpoint (LimberDatabase *database)
{
  int code;

  if (database->log == 0)
    return;
  expect (database);
  code = database->log < (database->many ? LOG_PAGES_MANY : LOG_PAGES) ? SQLITE_OK : sqlite3_wal_checkpoint_v2 (database->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  database->log = 0;
  if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CORRUPT)
    limber_database_set_error (database, code, NULL);
}

/**
 * limber_database_rollback:
 *
 * Undoes everything since limber_database_begin(), if that is still open.
 */
void
limber_database_rollback (LimberDatabase *database)
{
  if (sqlite3_get_autocommit (database->db) == 0)
    sqlite3_exec (database->db, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * limber_database_numbers:
 *
 * Returns: (transfer none): what this connection remembers of ids, origins and chains
 */
LimberNumbers *
limber_database_numbers (LimberDatabase *database)
{
  return &database->numbers;
}

/**
 * limber_database_forget_numbers:
 *
 * To be called when a step that may have made an origin or a thing, or erased something, was undone: a number may be given
 * again, and nothing else that is remembered here may be so.
 */
void
limber_database_forget_numbers (LimberDatabase *database)
{
  limber_numbers_forget (&database->numbers);
  g_clear_pointer (&database->erased, g_hash_table_unref);
}

/**
 * limber_database_erased:
 *
 * Returns: (transfer none): where limber-erasure.c keeps what it has read
 */
GHashTable **
limber_database_erased (LimberDatabase *database)
{
  return &database->erased;
}
