/* What is checked, in this order: the file itself; each entry's hash, commitment, signature and place in its chain; each
 * record against a fold of the journal. On a device, which holds others' records by pull, a record must merely not be
 * behind what was written here. */
#include "limber-verify.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-extras.h"
#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-long-private.h"
#include "limber-reader-private.h"
#include "limber-rows.h"

#define PROBLEMS_SHOWN 100

typedef struct {
  LimberReader *reader;
  json_t       *problems; /* (owned by the report) */
  gint64        n_problems;
  gint64        entries;
  gint64        records;
  gint64        all;      /* of both, about; 0 when nobody asks */
  gint64        last;     /* key of the entry before */
  guint8        hash[LIMBER_HASH_LENGTH];
  GHashTable   *keys;     /* (owned): device → public key */
} Check;

static void
problem (Check *check, const char *what, const LimberId *id, gint64 key)
{
  json_t *found = json_pack ("{s:s}", "problem", what);

  if (id != NULL) {
    g_autofree char *text = limber_id_dup_text (id);

    json_object_set_new (found, "id", json_string (text));
  }
  if (key != 0)
    json_object_set_new (found, "seq", json_integer (LIMBER_JOURNAL_SEQ (key)));
  if (check->n_problems++ < PROBLEMS_SHOWN)
    json_array_append (check->problems, found);
  json_decref (found);
}

static gboolean
note_key (const LimberRecord *record, gint64 n, gpointer data)
{
  Check *check = data;
  guint8 *key = g_malloc (crypto_sign_PUBLICKEYBYTES);

  if (limber_base64_read (limber_record_text (record, "key"), key, crypto_sign_PUBLICKEYBYTES))
    g_hash_table_insert (check->keys, limber_id_copy (&record->id), key);
  else
    g_free (key);
  return TRUE;
}

static void
check_body (Check *check, const LimberEntry *entry, gint64 key)
{
  guint8 commitment[LIMBER_HASH_LENGTH];
  const guint8 *public_key = g_hash_table_lookup (check->keys, entry->origin.bytes);

  if (entry->has_body) {
    limber_entry_commit (entry->salt, entry->body.start, entry->body.length, commitment);
    if (memcmp (commitment, entry->commitment, sizeof commitment) != 0)
      problem (check, "an entry's fields are not what was written", &entry->record, key);
  }
  if (entry->has_sign && public_key != NULL && crypto_sign_verify_detached (entry->sign, entry->hash, sizeof entry->hash, public_key) != 0)
    problem (check, "an entry's signature is not its device's", &entry->record, key);
}

static gboolean
check_entry (Check *check, LimberStatement *statement, GError **error)
{
  gint64 key = sqlite3_column_int64 (statement->stmt, 0);
  guint8 stored[LIMBER_HASH_LENGTH];
  LimberOrigin origin;
  LimberEntry entry;

  check->entries++;
  if (!limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 2), (gsize) sqlite3_column_bytes (statement->stmt, 2), NULL)) {
    problem (check, "an entry's header cannot be read", NULL, key);
    return TRUE;
  }
  entry.has_body = limber_statement_blob_into (statement, 3, entry.salt, sizeof entry.salt);
  if (entry.has_body)
    entry.body = (LimberSpan){ (const char *) sqlite3_column_text (statement->stmt, 5), (gsize) sqlite3_column_bytes (statement->stmt, 5) };
  entry.has_sign = limber_statement_blob_into (statement, 4, entry.sign, sizeof entry.sign);
  if (!limber_statement_blob_into (statement, 1, stored, sizeof stored) || memcmp (stored, entry.hash, sizeof stored) != 0)
    problem (check, "an entry's header is not what was written", &entry.record, key);
  if (!limber_database_origin_of (check->reader->database, LIMBER_JOURNAL_ORIGIN (key), &origin) || memcmp (&origin, &entry.origin, sizeof origin) != 0 ||
      entry.seq != LIMBER_JOURNAL_SEQ (key))
    problem (check, "an entry stands in another's place", &entry.record, key);
  if (entry.seq > 1 && check->last == key - 1 && (!entry.has_prev || memcmp (entry.prev, check->hash, sizeof check->hash) != 0))
    problem (check, "an entry does not follow the one before it", &entry.record, key);
  if (LIMBER_JOURNAL_ORIGIN (check->last) == LIMBER_JOURNAL_ORIGIN (key) && check->last != key - 1)
    problem (check, "an entry is missing before this one", &entry.record, key);
  check_body (check, &entry, key);
  check->last = key;
  memcpy (check->hash, entry.hash, sizeof check->hash);
  return TRUE;
}

static gboolean
check_chains (Check *check, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (check->reader->database, error, "SELECT key, hash, header, salt, sign, body FROM journal ORDER BY key", "");
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1)
    check_entry (check, statement, error);
  return step == 0;
}

static gboolean
same_record (const LimberRecord *a, const LimberRecord *b)
{
  for (guint i = 0; i < a->kind->n_fields; i++) {
    gboolean derived = a->kind->fields[i].flags & LIMBER_FIELD_DERIVED;

    /* what a node makes for others is in no journal: at central it is nowhere */
    if (derived ? limber_stamp_is_set (&a->stamps[i]) != limber_stamp_is_set (&b->stamps[i])
                : !limber_value_equal (&a->values[i], &b->values[i]) || limber_stamp_compare (&a->stamps[i], &b->stamps[i]) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_record (const LimberRecord *record, gint64 n, gpointer data)
{
  Check *check = data;
  gboolean whole = check->reader->klass == LIMBER_CLASS_CENTRAL;
  g_autoptr (LimberRecord) folded = whole ? limber_record_new (record->kind, &record->id) : limber_record_copy (record);

  check->records++;
  if (record->kind->computed)
    return TRUE;
  if (!limber_fold_journal (check->reader->database, folded, check->reader->klass, NULL))
    problem (check, "the journal of a record cannot be read", &record->id, 0);
  else if (!same_record (record, folded))
    problem (check, whole ? "a record is not what the journal folds to" : "a record is behind what was written here", &record->id, 0);
  return TRUE;
}

static gboolean
folds_to_something (Check *check, const LimberKind *kind, const LimberId *id)
{
  g_autoptr (LimberRecord) record = limber_record_new (kind, id);

  return limber_fold_journal (check->reader->database, record, check->reader->klass, NULL) && !limber_record_is_empty (record);
}

/* Rows that are gone though the journal has them; only central holds everything. */
static gboolean
check_missing (Check *check, const LimberKind *kind, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT thing.id FROM journal JOIN thing ON thing.n = journal.record WHERE state = 0 AND body IS NOT NULL AND json_extract(header, '$[8]') = '%s'"
                                          " AND NOT EXISTS (SELECT 1 FROM \"%s\" k WHERE k.n = journal.record)", kind->name, kind->name);
  LimberStatement once = { check->reader->database, NULL, FALSE };
  int code = sqlite3_prepare_v2 (limber_database_handle (check->reader->database), sql, -1, &once.stmt, NULL), step = -1;
  LimberId id;

  if (code != SQLITE_OK)
    return limber_database_set_error (check->reader->database, code, error);
  while ((step = limber_statement_step (&once, error)) == 1)
    if (limber_statement_blob_into (&once, 0, &id, sizeof id) && folds_to_something (check, kind, &id))
      problem (check, "a record is missing that the journal has", &id, 0);
  sqlite3_finalize (once.stmt);
  return step == 0;
}

static gboolean
check_records (Check *check, GError **error)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++) {
    if (!limber_rows_each (check->reader->database, kinds[i], NULL, NULL, 0, check_record, check, error))
      return FALSE;
    if (check->reader->klass == LIMBER_CLASS_CENTRAL && !kinds[i]->computed && !check_missing (check, kinds[i], error))
      return FALSE;
  }
  return TRUE;
}

static void
extra_problem (const LimberExtra *extra, gpointer data)
{
  problem (data, "what is not known of a record is not what the journal folds to", &extra->id, 0);
}

/* What was erased, and still is here. */
static gboolean
check_erased (Check *check, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (check->reader->database, error, "SELECT key, thing.id FROM journal JOIN thing ON thing.n=journal.record WHERE body IS NOT NULL AND substr(hash, 1, 16) IN (SELECT id FROM erased)", "");
  int step = limber_database_integer (check->reader->database, 0, "SELECT 1 FROM erased LIMIT 1", "") == 1 ? 1 : 0;
  LimberId id;

  while (statement != NULL && step == 1 && (step = limber_statement_step (statement, error)) == 1)
    if (limber_statement_blob_into (statement, 1, &id, sizeof id))
      problem (check, "an entry that was erased still has its content", &id, sqlite3_column_int64 (statement->stmt, 0));
  return statement != NULL && step == 0;
}

static gboolean
check_file (Check *check, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (check->reader->database, error, "PRAGMA integrity_check(20)", "");
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1)
    if (g_strcmp0 ((const char *) sqlite3_column_text (statement->stmt, 0), "ok") != 0)
      problem (check, (const char *) sqlite3_column_text (statement->stmt, 0), NULL, 0);
  return step == 0;
}

static gboolean
verify (Check *check, GError **error)
{
  LimberReader *reader = check->reader;

  return check_file (check, error) && limber_rows_each (reader->database, limber_kind_by_name ("device"), NULL, NULL, 0, note_key, check, error) && check_chains (check, error) && check_records (check, error) &&
         (reader->klass != LIMBER_CLASS_CENTRAL || limber_extras_verify (reader, extra_problem, check, error)) && check_erased (check, error);
}

/* While the file itself is read, nobody can say. */
static double
measure (gpointer data)
{
  const Check *check = data;

  return check->entries == 0 || check->all == 0 ? -1 : MIN ((double) (check->entries + check->records) / (double) check->all, 1);
}

/**
 * limber_verify_long:
 * @work: (nullable): how far it is, and whether it is to stop
 * @report: (out) (transfer full): `entries`, `records`, and `problems`: what was found, the first hundred
 * @error: LIMBER_ERROR_DAMAGED when anything was found; G_IO_ERROR_CANCELLED
 *
 * Returns: whether the store is sound
 */
gboolean
limber_verify_long (LimberReader *reader, const LimberLong *work, json_t **report, GError **error)
{
  Check check = { .reader = reader };
  g_autoptr (GHashTable) keys = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  LimberWatching watching = { work, reader->database, measure, &check };
  gboolean read;

  *report = json_object ();
  check.problems = json_array ();
  check.keys = keys;
  json_object_set_new (*report, "problems", check.problems);
  if (work != NULL)
    check.all = limber_database_integer (reader->database, 0, "SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM thing)", "");
  limber_watching_begin (&watching);
  read = limber_watching_end (&watching, verify (&check, error), error);
  json_object_set_new (*report, "entries", json_integer (check.entries));
  json_object_set_new (*report, "records", json_integer (check.records));
  if (read && check.n_problems > 0)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, ngettext ("The store is not sound: %d problem.", "The store is not sound: %d problems.", (gulong) check.n_problems), (int) check.n_problems);
  return read && check.n_problems == 0;
}

/**
 * limber_verify:
 *
 * As limber_verify_long(), without being watched.
 */
gboolean
limber_verify (LimberReader *reader, json_t **report, GError **error)
{
  return limber_verify_long (reader, NULL, report, error);
}
