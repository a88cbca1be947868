/* What a store keeps about itself, by name. */
#include "limber-database.h"

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
