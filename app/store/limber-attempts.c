#include "limber-attempts.h"

#include <string.h>

#include "limber-reader-private.h"
#include "limber-transaction-private.h"

/**
 * limber_attempts_add:
 * @what: what was tried: "check-in", or "pin:" and whose
 * @result: how it went; at most 31 bytes count
 *
 * Counts a try. The oldest go when there are many.
 */
gboolean
limber_attempts_add (LimberTransaction *transaction, const char *what, const char *result, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  LimberEnv *env = limber_database_env (database);

  return limber_database_execute (database, error, "INSERT INTO attempt(at, ticks, what, result) VALUES(?,?,?,?)", "iitt", limber_env_now (env), limber_env_monotonic (env), what, result) &&
         limber_database_execute (database, error, "DELETE FROM attempt WHERE n <= (SELECT max(n) FROM attempt) - ?", "i", (gint64) LIMBER_ATTEMPTS_KEPT);
}

/**
 * limber_attempts_last:
 * @but: (nullable): those that went so do not count
 * @n: how many at most
 *
 * Returns: (transfer full) (nullable) (element-type LimberAttempt): the last tries of @what, the newest first
 */
GArray *
limber_attempts_last (LimberReader *reader, const char *what, const char *but, guint n, GError **error)
{
  g_autoptr (GArray) attempts = g_array_new (FALSE, TRUE, sizeof (LimberAttempt));
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error, "SELECT at, ticks, result FROM attempt WHERE what=? AND result IS NOT ? ORDER BY n DESC LIMIT ?", "tti", what, but, (gint64) n);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberAttempt attempt = { .at = sqlite3_column_int64 (statement->stmt, 0), .ticks = sqlite3_column_int64 (statement->stmt, 1) };

    g_strlcpy (attempt.result, (const char *) sqlite3_column_text (statement->stmt, 2), sizeof attempt.result);
    g_array_append_val (attempts, attempt);
  }
  return step == 0 ? g_steal_pointer (&attempts) : NULL;
}

/**
 * limber_attempts_count:
 * @from: milliseconds UTC
 * @until: milliseconds UTC; what was tried then is not counted
 * @results: (array zero-terminated=1): how they went
 *
 * Returns: how many tries of @what between the two went in one of these ways
 */
gint64
limber_attempts_count (LimberReader *reader, const char *what, gint64 from, gint64 until, const char *const *results)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, NULL, "SELECT result, count(*) FROM attempt WHERE what=? AND at>=? AND at<? GROUP BY result", "tii", what, from, until);
  gint64 n = 0;

  while (statement != NULL && limber_statement_step (statement, NULL) == 1)
    if (g_strv_contains (results, (const char *) sqlite3_column_text (statement->stmt, 0)))
      n += sqlite3_column_int64 (statement->stmt, 1);
  return n;
}

/**
 * limber_attempts_since:
 *
 * How long ago a try was, at least. Nobody shortens it by setting the clock: it is measured by the clock that cannot be
 * set; and when that has begun again since, the machine was started, it is the time since then.
 *
 * Returns: milliseconds
 */
gint64
limber_attempts_since (LimberReader *reader, const LimberAttempt *attempt)
{
  gint64 ticks = limber_env_monotonic (limber_reader_env (reader));

  return (ticks >= attempt->ticks ? ticks - attempt->ticks : ticks) / 1000;
}

/**
 * limber_attempts_in_a_row:
 * @result: how they went
 * @most: how many are counted at most
 * @n: (out): how many of the last tries of @what went so, one after the other
 * @since: (out): how long ago the last of them was, as limber_attempts_since(); 0 where there are none
 */
gboolean
limber_attempts_in_a_row (LimberReader *reader, const char *what, const char *result, guint most, guint *n, gint64 *since, GError **error)
{
  g_autoptr (GArray) tries = limber_attempts_last (reader, what, NULL, most, error);

  *n = 0;
  *since = 0;
  if (tries == NULL)
    return FALSE;
  while (*n < tries->len && g_str_equal (g_array_index (tries, LimberAttempt, *n).result, result))
    (*n)++;
  if (*n > 0)
    *since = limber_attempts_since (reader, &g_array_index (tries, LimberAttempt, 0));
  return TRUE;
}
