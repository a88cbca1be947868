#include "limber-database.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "limber-error.h"

#define THINGS 512

typedef struct {
  LimberId id;
  gint64   n; /* 0: nothing is kept here; MISSING: it has no number */
} Thing;

#define MISSING -1

struct _LimberDatabase {
  sqlite3    *db;         /* (owned) */
  LimberEnv  *env;        /* (owned) */
  GHashTable *statements; /* (owned): where an SQL text stands → sqlite3_stmt */
  GArray     *origins;    /* (owned): LimberOrigin by number, zero where it is not known yet; rows never change */
  GHashTable *erased;     /* (owned) (nullable): limber-erasure.c's */
  gboolean    writable;   /* nobody else gives numbers, so what is missing stays missing */
  Thing       things[THINGS]; /* those asked for last, each at the place that its id gives; rows never change */
};

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static const char settings[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA journal_size_limit=16777216; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=1000;";
static const char reader_settings[] =
    "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY;"
    "PRAGMA wal_autocheckpoint=0;";

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
  const char *detail = database != NULL && database->db != NULL ? sqlite3_errmsg (database->db) : sqlite3_errstr (code);

  switch (code & 0xff) {
  case SQLITE_FULL:
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_DISK_FULL, _("The disk is full. Nothing was changed."));
    break;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("Another program is using the store."));
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("The store's file is damaged (%s). Nothing was changed. Restore it from a backup."), detail);
    break;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK, _("The disk does not answer as it should (%s). The last change may not be saved; open the store again."), detail);
    break;
  default:
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("The store refused a step (%s)."), detail);
  }
  return FALSE;
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
  database->writable = writable;
  database->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize);
  database->origins = g_array_new (FALSE, TRUE, sizeof (LimberOrigin));
  code = sqlite3_open_v2 (path, &database->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, limber_env_vfs (env));
  if (code != SQLITE_OK) {
    limber_database_set_error (database, code, error);
    return NULL;
  }
  sqlite3_busy_timeout (database->db, 5000);
  sqlite3_db_config (database->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_limit (database->db, SQLITE_LIMIT_LENGTH, 4 * 1024 * 1024);
  sqlite3_limit (database->db, SQLITE_LIMIT_ATTACHED, 2);
  if (!limber_database_run (database, writable ? settings : reader_settings, error))
    return NULL;
  return g_steal_pointer (&database);
}

void
limber_database_close (LimberDatabase *database)
{
  g_clear_pointer (&database->statements, g_hash_table_unref);
  sqlite3_close (database->db);
  g_array_unref (database->origins);
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
  int code = sqlite3_exec (database->db, sql, NULL, NULL, NULL);

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
  LimberStatement *statement;
  sqlite3_stmt *stmt = g_hash_table_lookup (database->statements, sql);
  gboolean kept = stmt != NULL;
  int code;

  if (kept && sqlite3_stmt_busy (stmt)) /* in use further up: this caller gets one of its own */
    kept = FALSE;
  if (!kept) {
    gboolean keep = stmt == NULL;

    code = sqlite3_prepare_v3 (database->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &stmt, NULL);
    if (code != SQLITE_OK) {
      limber_database_set_error (database, code, error);
      return NULL;
    }
    if (keep)
      g_hash_table_insert (database->statements, (gpointer) sql, stmt);
    kept = keep;
  }
  statement = g_new (LimberStatement, 1);
  *statement = (LimberStatement){ database, stmt, kept };
  return statement;
}

void
limber_statement_free (LimberStatement *statement)
{
  if (statement->kept) {
    sqlite3_reset (statement->stmt);
    sqlite3_clear_bindings (statement->stmt);
  } else
    sqlite3_finalize (statement->stmt);
  g_free (statement);
}

void
limber_statement_integer (LimberStatement *statement, int at, gint64 value)
{
  sqlite3_bind_int64 (statement->stmt, at, value);
}

/**
 * limber_statement_text:
 * @at: the parameter, from 1
 * @text: (nullable): must stay until the statement is rewound or freed
 * @length: bytes, -1 when @text ends with NUL
 */
void
limber_statement_text (LimberStatement *statement, int at, const char *text, gssize length)
{
  if (text != NULL)
    sqlite3_bind_text (statement->stmt, at, text, (int) length, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement->stmt, at);
}

/**
 * limber_statement_blob:
 * @bytes: (nullable): must stay until the statement is rewound or freed
 */
void
limber_statement_blob (LimberStatement *statement, int at, const void *bytes, gsize length)
{
  if (bytes != NULL)
    sqlite3_bind_blob (statement->stmt, at, bytes, (int) length, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement->stmt, at);
}

void
limber_statement_null (LimberStatement *statement, int at)
{
  sqlite3_bind_null (statement->stmt, at);
}

/**
 * limber_statement_rewind:
 *
 * Makes the statement ready to be bound and carried out again.
 */
void
limber_statement_rewind (LimberStatement *statement)
{
  sqlite3_reset (statement->stmt);
  sqlite3_clear_bindings (statement->stmt);
}

/**
 * limber_statement_step:
 *
 * Returns: 1 when there is a row, 0 at the end, -1 on an error
 */
int
limber_statement_step (LimberStatement *statement, GError **error)
{
  int code = sqlite3_step (statement->stmt);

  if (code == SQLITE_ROW)
    return 1;
  if (code == SQLITE_DONE)
    return 0;
  limber_database_set_error (statement->database, code, error);
  return -1;
}

/**
 * limber_statement_blob_into:
 *
 * Returns: whether the column is a blob of exactly @length bytes, which are copied to @bytes
 */
gboolean
limber_statement_blob_into (LimberStatement *statement, int column, void *bytes, gsize length)
{
  if (sqlite3_column_type (statement->stmt, column) != SQLITE_BLOB || (gsize) sqlite3_column_bytes (statement->stmt, column) != length)
    return FALSE;
  memcpy (bytes, sqlite3_column_blob (statement->stmt, column), length);
  return TRUE;
}

/**
 * limber_statement_dup_text:
 *
 * Returns: (transfer full) (nullable): the column's text
 */
char *
limber_statement_dup_text (LimberStatement *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement->stmt, column));
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

/* 0 when it cannot be told. */
static gint64
find_thing (LimberDatabase *database, const LimberId *id)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT n FROM thing WHERE id=?", "d", id);
  int step = statement != NULL ? limber_statement_step (statement, NULL) : -1;

  return step == 1 ? sqlite3_column_int64 (statement->stmt, 0) : step == 0 ? MISSING : 0;
}

/**
 * limber_database_thing:
 * @id: any id
 * @make: whether to give it a number when it has none
 *
 * Every id in a store has a small number there, so that rows and indexes are integers.
 *
 * Returns: the number, 0 when there is none or on an error
 */
gint64
limber_database_thing (LimberDatabase *database, const LimberId *id, gboolean make, GError **error)
{
  Thing *kept = &database->things[limber_id_hash (id) % THINGS];
  gint64 n;

  if (kept->n != 0 && limber_id_equal (&kept->id, id))
    n = kept->n;
  else
    n = find_thing (database, id);
  if (n <= 0 && make && limber_database_execute (database, error, "INSERT INTO thing(id) VALUES(?)", "d", id))
    n = sqlite3_last_insert_rowid (database->db);
  if (n > 0 || (n == MISSING && database->writable))
    *kept = (Thing){ *id, n };
  return MAX (n, 0);
}

/**
 * limber_database_thing_id:
 *
 * Returns: whether @n is the number of an id, which is given in @id
 */
gboolean
limber_database_thing_id (LimberDatabase *database, gint64 n, LimberId *id)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT id FROM thing WHERE n=?", "i", n);

  return statement != NULL && limber_statement_step (statement, NULL) == 1 && limber_statement_blob_into (statement, 0, id, sizeof *id);
}

/**
 * limber_database_origin:
 * @branch: 0, or the number of a branch of the same epoch (SYNC.md rule 12)
 *
 * Returns: the number of an origin in this store, 0 when it has none (and @make is %FALSE) or on an error
 */
gint64
limber_database_origin (LimberDatabase *database, const LimberOrigin *origin, int branch, gboolean make, GError **error)
{
  gint64 n = limber_database_integer (database, 0, "SELECT n FROM origin WHERE device=? AND epoch=? AND branch=?", "bbi", origin->bytes, (gsize) 16, origin->bytes + 16,
                                      (gsize) 8, (gint64) branch);

  if (n != 0 || !make)
    return n;
  if (!limber_database_execute (database, error, "INSERT INTO origin(device, epoch, branch) VALUES(?,?,?)", "bbi", origin->bytes, (gsize) 16, origin->bytes + 16, (gsize) 8,
                                (gint64) branch))
    return 0;
  return sqlite3_last_insert_rowid (database->db);
}

/**
 * limber_database_origin_of:
 *
 * Returns: whether @n is the number of an origin, which is given in @origin
 */
gboolean
limber_database_origin_of (LimberDatabase *database, gint64 n, LimberOrigin *origin)
{
  static const LimberOrigin none;
  g_autoptr (LimberStatement) statement = NULL;

  if (n <= 0 || n > G_MAXINT32)
    return FALSE;
  if ((guint) n < database->origins->len && memcmp (&g_array_index (database->origins, LimberOrigin, n), &none, sizeof none) != 0) {
    *origin = g_array_index (database->origins, LimberOrigin, n);
    return TRUE;
  }
  statement = limber_database_bound (database, NULL, "SELECT device, epoch FROM origin WHERE n=?", "i", n);
  if (statement == NULL || limber_statement_step (statement, NULL) != 1 || !limber_statement_blob_into (statement, 0, origin->bytes, 16) ||
      !limber_statement_blob_into (statement, 1, origin->bytes + 16, 8))
    return FALSE;
  if ((guint) n >= database->origins->len)
    g_array_set_size (database->origins, (guint) n + 1);
  g_array_index (database->origins, LimberOrigin, n) = *origin;
  return TRUE;
}

/**
 * limber_database_begin:
 *
 * Begins a transaction that may write, at once.
 */
gboolean
limber_database_begin (LimberDatabase *database, GError **error)
{
  return limber_database_run (database, "BEGIN IMMEDIATE", error);
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

/**
 * limber_database_rollback:
 *
 * Undoes everything since limber_database_begin(), if that is still open.
 */
void
limber_database_rollback (LimberDatabase *database)
{
  if (sqlite3_get_autocommit (database->db) == 0)
    limber_database_run (database, "ROLLBACK", NULL);
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
  g_array_set_size (database->origins, 0);
  memset (database->things, 0, sizeof database->things);
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

/**
 * limber_database_meta:
 *
 * Returns: (transfer full) (nullable): what the store keeps under @name
 */
char *
limber_database_meta (LimberDatabase *database, const char *name)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT value FROM meta WHERE name=?", "t", name);

  return statement != NULL && limber_statement_step (statement, NULL) == 1 ? limber_statement_dup_text (statement, 0) : NULL;
}

/**
 * limber_database_set_meta:
 * @value: (nullable): %NULL forgets it
 */
gboolean
limber_database_set_meta (LimberDatabase *database, const char *name, const char *value, GError **error)
{
  if (value == NULL)
    return limber_database_execute (database, error, "DELETE FROM meta WHERE name=?", "t", name);
  return limber_database_execute (database, error, "INSERT INTO meta(name, value) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value=excluded.value", "tt", name, value);
}
