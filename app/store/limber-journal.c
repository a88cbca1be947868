#include "limber-journal.h"
#include "limber-canary.h"

#include <string.h>

/* What stands at a place of an origin. */
static gboolean
hash_at (LimberDatabase *database, gint64 origin, gint64 seq, guint8 hash[LIMBER_HASH_LENGTH])
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT hash FROM journal WHERE key=?", "i", LIMBER_JOURNAL_KEY (origin, seq));

  return statement != NULL && limber_statement_step (statement, NULL) == 1 && limber_statement_blob_into (statement, 0, hash, LIMBER_HASH_LENGTH);
}

/**
 * limber_journal_place:
 * @entry: an entry from anywhere
 * @key: (out): where it is, or where it belongs
 *
 * Finds the place of an entry. A second hash at a known (origin, seq) begins a branch, which has an origin number of its
 * own (SYNC.md rule 12); what follows it goes there too, by its prev.
 *
 * Returns: whether that place is free, or the entry is there already, or what comes before it is not here
 */
LimberPlace
limber_journal_place (LimberDatabase *database, const LimberEntry *entry, gint64 *key, GError **error)
{
  guint8 hash[LIMBER_HASH_LENGTH];
  gboolean follows = entry->seq == 1;
  gint64 origin;
  int branch;

  for (branch = 0; (origin = limber_database_origin (database, &entry->origin, branch, FALSE, NULL)) != 0; branch++) {
    gboolean taken;

    *key = LIMBER_JOURNAL_KEY (origin, entry->seq);
    if (branch == 0 && entry->has_prev && limber_numbers_is_next (limber_database_numbers (database), *key, entry->prev))
      return LIMBER_PLACE_FREE;
    taken = hash_at (database, origin, entry->seq, hash);
    if (taken && (memcmp (hash, entry->hash, sizeof hash) == 0 || limber_canary (LIMBER_CANARY_SAME_NUMBER_IS_KNOWN)))
      return LIMBER_PLACE_KNOWN;
    if (entry->seq == 1 ? !taken : entry->has_prev && hash_at (database, origin, entry->seq - 1, hash) && memcmp (hash, entry->prev, sizeof hash) == 0) {
      follows = TRUE;
      if (!taken)
        return LIMBER_PLACE_FREE;
    }
  }
  if (!follows && !limber_canary (LIMBER_CANARY_GAP_IS_TAKEN))
    return LIMBER_PLACE_GAP;
  origin = limber_database_origin (database, &entry->origin, branch, TRUE, error);
  *key = LIMBER_JOURNAL_KEY (origin, entry->seq);
  return origin != 0 ? LIMBER_PLACE_FREE : LIMBER_PLACE_GAP;
}

/**
 * limber_journal_insert:
 * @key: from limber_journal_place()
 * @received: milliseconds UTC; for people to see, never for merging (SYNC.md rule 4)
 */
gboolean
limber_journal_insert (LimberDatabase *database, const LimberEntry *entry, gint64 key, LimberJournalState state, gint64 received, GError **error)
{
  gint64 record = limber_database_thing (database, &entry->record, TRUE, error), patient = 0;
  g_autoptr (LimberStatement) statement = NULL;

  if (record == 0 || (entry->has_patient && (patient = limber_database_thing (database, &entry->patient, TRUE, error)) == 0))
    return FALSE;
  statement = limber_database_statement (database, "INSERT INTO journal(key, hash, record, patient, received, state, header, salt, sign, body) VALUES(?,?,?,?,?,?,?,?,?,?)", error);
  if (statement == NULL)
    return FALSE;
  limber_statement_integer (statement, 1, key);
  limber_statement_blob (statement, 2, entry->hash, sizeof entry->hash);
  limber_statement_integer (statement, 3, record);
  if (patient != 0)
    limber_statement_integer (statement, 4, patient);
  limber_statement_integer (statement, 5, received);
  limber_statement_integer (statement, 6, state);
  limber_statement_text (statement, 7, entry->header.start, (gssize) entry->header.length);
  if (entry->has_body) {
    limber_statement_blob (statement, 8, entry->salt, sizeof entry->salt);
    limber_statement_text (statement, 10, entry->body.start, (gssize) entry->body.length);
  }
  if (entry->has_sign)
    limber_statement_blob (statement, 9, entry->sign, sizeof entry->sign);
  if (limber_statement_step (statement, error) < 0)
    return FALSE;
  limber_numbers_keep_end (limber_database_numbers (database), key, entry->hash);
  return TRUE;
}

/**
 * limber_journal_fill:
 * @entry: one with its content
 * @key: where it stands without
 */
gboolean
limber_journal_fill (LimberDatabase *database, const LimberEntry *entry, gint64 key, LimberJournalState state, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_statement (database, "UPDATE journal SET state=?, salt=?, sign=ifnull(sign, ?), body=? WHERE key=?", error);

  if (statement == NULL)
    return FALSE;
  limber_statement_integer (statement, 1, state);
  limber_statement_blob (statement, 2, entry->salt, sizeof entry->salt);
  if (entry->has_sign)
    limber_statement_blob (statement, 3, entry->sign, sizeof entry->sign);
  limber_statement_text (statement, 4, entry->body.start, (gssize) entry->body.length);
  limber_statement_integer (statement, 5, key);
  return limber_statement_step (statement, error) >= 0;
}

static gboolean
read_entry (LimberStatement *statement, LimberEntry *entry, GError **error)
{
  sqlite3_stmt *stmt = statement->stmt;

  if (!limber_entry_parse_header (entry, (const char *) sqlite3_column_text (stmt, 2), (gsize) sqlite3_column_bytes (stmt, 2), error))
    return FALSE;
  entry->has_body = limber_statement_blob_into (statement, 3, entry->salt, sizeof entry->salt);
  if (entry->has_body)
    entry->body = (LimberSpan){ (const char *) sqlite3_column_text (stmt, 5), (gsize) sqlite3_column_bytes (stmt, 5) };
  entry->has_sign = limber_statement_blob_into (statement, 4, entry->sign, sizeof entry->sign);
  return TRUE;
}

static gboolean
walk (LimberStatement *statement, LimberEntryFunc func, gpointer data, GError **error)
{
  int step = 0;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberEntry entry;

    if (!read_entry (statement, &entry, error))
      return FALSE;
    if (!func (&entry, sqlite3_column_int64 (statement->stmt, 0), (LimberJournalState) sqlite3_column_int (statement->stmt, 1), data))
      return TRUE;
  }
  return statement != NULL && step == 0;
}

/**
 * limber_journal_each:
 *
 * Calls @func for each entry about @record, in no particular order.
 */
gboolean
limber_journal_each (LimberDatabase *database, const LimberId *record, LimberEntryFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT key, state, header, salt, sign, body FROM journal WHERE record=?", "i", limber_database_thing (database, record, FALSE, NULL));

  return walk (statement, func, data, error);
}

/**
 * limber_journal_range:
 *
 * Calls @func for each entry whose key is from @first to @last, in the order of their keys.
 */
gboolean
limber_journal_range (LimberDatabase *database, gint64 first, gint64 last, LimberEntryFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT key, state, header, salt, sign, body FROM journal WHERE key BETWEEN ? AND ? ORDER BY key", "ii", first, last);

  return walk (statement, func, data, error);
}
