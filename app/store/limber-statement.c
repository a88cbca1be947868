/* Binding, stepping and reading one statement of a connection. */
#include "limber-database.h"

#include <string.h>

void
limber_statement_free (LimberStatement *statement)
{
  limber_statement_rewind (statement);
  if (statement->kept)
    return;
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
  int code = sqlite3_reset (statement->stmt);

  if (code != SQLITE_OK) /* a column could not be read */
    limber_database_set_error (statement->database, code, NULL);
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
  int code;

  if (limber_database_in_trouble (statement->database, error))
    return -1;
  code = sqlite3_step (statement->stmt);
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
