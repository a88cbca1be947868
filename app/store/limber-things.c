/* The numbers that a store gives to ids and to origins, so that rows and indexes are integers. */
#include "limber-database.h"

/* 0 when it cannot be told. */
static gint64
find_thing (LimberDatabase *database, const LimberId *id)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT n FROM thing WHERE id=?", "d", id);
  int step = statement != NULL ? limber_statement_step (statement, NULL) : -1;

  return step == 1 ? sqlite3_column_int64 (statement->stmt, 0) : step == 0 ? LIMBER_NUMBERS_MISSING : 0;
}

/* The number of every id that has one; NULL where that would be too many. */
static LimberIdMap *
map_all (LimberDatabase *database)
{
  gint64 most = limber_database_integer (database, 0, "SELECT max(n) FROM thing", "");
  g_autoptr (LimberStatement) statement = most <= LIMBER_NUMBERS_MANY ? limber_database_statement (database, "SELECT id, n FROM thing", NULL) : NULL;
  g_autoptr (LimberIdMap) map = limber_id_map_new (statement != NULL ? (guint) most : 0);
  int step = -1;
  LimberId id;

  while (statement != NULL && (step = limber_statement_step (statement, NULL)) == 1 && limber_statement_blob_into (statement, 0, &id, sizeof id))
    limber_id_map_set (map, &id, (guint) sqlite3_column_int64 (statement->stmt, 1));
  return step == 0 ? g_steal_pointer (&map) : NULL;
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
  LimberNumbers *numbers = limber_database_numbers (database);
  gint64 n = limber_numbers_find (numbers, id);
  gboolean kept = n != 0;

  if (!kept && limber_numbers_wants_all (numbers))
    limber_numbers_take_all (numbers, map_all (database));
  if (!kept)
    n = find_thing (database, id);
  if (n <= 0 && make && limber_database_execute (database, error, "INSERT INTO thing(id) VALUES(?)", "d", id)) {
    n = sqlite3_last_insert_rowid (limber_database_handle (database));
    kept = FALSE;
  }
  if (!kept && n != 0)
    limber_numbers_keep (numbers, id, n);
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
  g_autoptr (LimberStatement) statement = NULL;

  if (limber_numbers_find_id (limber_database_numbers (database), n, id))
    return TRUE;
  statement = limber_database_bound (database, NULL, "SELECT id FROM thing WHERE n=?", "i", n);
  if (statement == NULL || limber_statement_step (statement, NULL) != 1 || !limber_statement_blob_into (statement, 0, id, sizeof *id))
    return FALSE;
  limber_numbers_keep (limber_database_numbers (database), id, n);
  return TRUE;
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
  gint64 n = limber_numbers_find_origin (limber_database_numbers (database), origin, branch);

  if (n != 0)
    return n;
  n = limber_database_integer (database, 0, "SELECT n FROM origin WHERE device=? AND epoch=? AND branch=?", "bbi", origin->bytes, (gsize) 16, origin->bytes + 16, (gsize) 8, (gint64) branch);
  if (n != 0)
    limber_numbers_keep_origin (limber_database_numbers (database), origin, branch, n);
  if (n != 0 || !make)
    return n;
  if (!limber_database_execute (database, error, "INSERT INTO origin(device, epoch, branch) VALUES(?,?,?)", "bbi", origin->bytes, (gsize) 16, origin->bytes + 16, (gsize) 8,
                                (gint64) branch))
    return 0;
  return sqlite3_last_insert_rowid (limber_database_handle (database));
}

/**
 * limber_database_origin_of:
 *
 * Returns: whether @n is the number of an origin, which is given in @origin
 */
gboolean
limber_database_origin_of (LimberDatabase *database, gint64 n, LimberOrigin *origin)
{
  LimberNumbers *numbers = limber_database_numbers (database);
  g_autoptr (LimberStatement) statement = NULL;

  if (n <= 0 || n > G_MAXINT32)
    return FALSE;
  if (limber_numbers_find_origin_of (numbers, n, origin))
    return TRUE;
  statement = limber_database_bound (database, NULL, "SELECT device, epoch FROM origin WHERE n=?", "i", n);
  if (statement == NULL || limber_statement_step (statement, NULL) != 1 || !limber_statement_blob_into (statement, 0, origin->bytes, 16) ||
      !limber_statement_blob_into (statement, 1, origin->bytes + 16, 8))
    return FALSE;
  limber_numbers_keep_origin_of (numbers, n, origin);
  return TRUE;
}
