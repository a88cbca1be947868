/* Invariant: a record has at most one row of each kind here, and that row one place in the order of change, under kind 0. */
#include "limber-extras.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-erasure.h"
#include "limber-error.h"
#include "limber-feed.h"
#include "limber-journal.h"
#include "limber-recovered.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

#define COLUMNS "e.n, e.kind, e.patient, e.fields, e.stamps"

static gboolean
damaged (GError **error)
{
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("A record of the store is damaged (%s)."), "extra");
  return FALSE;
}

/* {"name":value,…}, in the order of the stamps after the first. */
static gboolean
decode_fields (LimberExtra *extra, LimberSpan text, const LimberStamp *stamps)
{
  LimberScan scan;
  guint at = 0;

  limber_scan_init (&scan, text.start, text.length);
  limber_scan_expect (&scan, '{');
  do {
    LimberSpan name = limber_scan_plain (&scan, 62), value;
    g_autofree char *plain = NULL;

    limber_scan_expect (&scan, ':');
    value = limber_scan_value (&scan);
    if (scan.failed || at >= LIMBER_EXTRA_FIELDS)
      return FALSE;
    plain = g_strndup (name.start, name.length);
    if (!limber_extra_set (extra, plain, value, &stamps[at++]))
      return FALSE;
  } while (limber_scan_accept (&scan, ','));
  limber_scan_expect (&scan, '}');
  return limber_scan_finished (&scan);
}

/* The record in a row of COLUMNS. */
static LimberExtra *
decode (LimberStatement *statement, GError **error)
{
  LimberStamp stamps[1 + LIMBER_EXTRA_FIELDS];
  sqlite3_stmt *stmt = statement->stmt;
  g_autoptr (LimberExtra) extra = NULL;
  LimberId id, patient;
  gint64 patient_n = sqlite3_column_int64 (stmt, 2);

  if (!limber_database_thing_id (statement->database, sqlite3_column_int64 (stmt, 0), &id) || (patient_n != 0 && !limber_database_thing_id (statement->database, patient_n, &patient)) ||
      !limber_rows_decode_stamps (statement->database, sqlite3_column_blob (stmt, 4), (gsize) sqlite3_column_bytes (stmt, 4), stamps, G_N_ELEMENTS (stamps))) {
    damaged (error);
    return NULL;
  }
  extra = limber_extra_new ((const char *) sqlite3_column_text (stmt, 1), &id);
  limber_extra_set_patient (extra, patient_n != 0 ? &patient : NULL, &stamps[0]);
  if (!decode_fields (extra, (LimberSpan){ (const char *) sqlite3_column_text (stmt, 3), (gsize) sqlite3_column_bytes (stmt, 3) }, stamps + 1)) {
    damaged (error);
    return NULL;
  }
  return g_steal_pointer (&extra);
}

/**
 * limber_extras_find:
 * @n: a record's number as a thing
 * @extra: (out) (transfer full) (nullable): it, %NULL when there is none
 *
 * Returns: whether it could be looked for
 */
gboolean
limber_extras_find (LimberReader *reader, gint64 n, const char *kind, LimberExtra **extra, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT " COLUMNS " FROM extra e WHERE e.n=? AND e.kind=?", "it", n, kind);
  int step = statement != NULL ? limber_statement_step (statement, error) : -1;

  *extra = step == 1 ? decode (statement, error) : NULL;
  return step == 0 || *extra != NULL;
}

static char *
encode_fields (const LimberExtra *extra)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < extra->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (extra->fields, LimberExtraField, i);

    g_string_append_printf (text, "%s\"%s\":%s", i > 0 ? "," : "", field->name, field->json);
  }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static GByteArray *
encode_stamps (LimberDatabase *database, const LimberExtra *extra, GError **error)
{
  LimberStamp stamps[1 + LIMBER_EXTRA_FIELDS] = { extra->whose };
  gboolean stored[G_N_ELEMENTS (stamps)];

  for (guint i = 0; i < extra->fields->len; i++)
    stamps[1 + i] = g_array_index (extra->fields, LimberExtraField, i).stamp;
  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    stored[i] = TRUE;
  return limber_rows_encode_stamps (database, stamps, stored, 1 + extra->fields->len, error);
}

static gboolean
drop (LimberTransaction *transaction, gint64 n, const char *kind, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  transaction->changes->journal = TRUE;
  return limber_database_execute (database, error, "DELETE FROM change WHERE seq=(SELECT seq FROM extra WHERE n=? AND kind=?)", "it", n, kind) &&
         limber_database_execute (database, error, "DELETE FROM extra WHERE n=? AND kind=?", "it", n, kind);
}

/**
 * limber_extras_save:
 * @extra: a record as it is now
 * @n: its number as a thing
 *
 * Writes the row and moves it to the end of the order of change; one without any field goes.
 */
gboolean
limber_extras_save (LimberTransaction *transaction, const LimberExtra *extra, gint64 n, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 patient = extra->has_patient ? limber_database_thing (database, &extra->patient, TRUE, error) : 0, seq;
  g_autoptr (GByteArray) stamps = NULL;
  g_autofree char *fields = NULL;
  guint8 digest[LIMBER_DIGEST_LENGTH];

  if ((extra->has_patient && patient == 0) || !drop (transaction, n, extra->kind, error))
    return FALSE;
  if (extra->fields->len == 0 || (transaction->reader.klass == LIMBER_CLASS_HUB && limber_canary (LIMBER_CANARY_UNKNOWN_IS_DROPPED)))
    return TRUE;
  stamps = encode_stamps (database, extra, error);
  if (stamps == NULL)
    return FALSE;
  fields = encode_fields (extra);
  limber_extra_digest (extra, digest);
  seq = limber_transaction_next_change (transaction);
  return limber_database_execute (database, error, "INSERT INTO extra(n, kind, patient, fields, stamps, digest, seq) VALUES(?,?,nullif(?,0),?,?,?,?)", "ititbbi", n, extra->kind, patient, fields,
                                  stamps->data, (gsize) stamps->len, digest, sizeof digest, seq) &&
         limber_database_execute (database, error, "INSERT INTO change(seq, kind, record, patient) VALUES(?,0,?,nullif(?,0))", "iii", seq, n, patient);
}

static gboolean
fold_merged (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  LimberExtra *extra = data;
  gboolean ours = state == LIMBER_JOURNAL_MERGED && entry->has_body && g_str_equal (entry->kind, extra->kind);
  g_autoptr (GArray) changes = ours ? limber_entry_changes (entry, NULL) : NULL;

  limber_extra_fold (extra, entry, changes);
  return TRUE;
}

/**
 * limber_extras_fold:
 * @entry: an entry that has just come into the journal
 * @changes: (nullable) (element-type LimberChange): what it sets
 * @n: the record's number as a thing
 * @fresh: nothing was known of the record until now
 *
 * Keeps, on a node, what @entry sets of kinds and fields that this version does not know. A row made afresh also gets what
 * the journal already holds.
 */
gboolean
limber_extras_fold (LimberTransaction *transaction, const LimberEntry *entry, GArray *changes, gint64 n, gboolean fresh, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (LimberExtra) extra = NULL;

  if (!(transaction->reader.klass & LIMBER_CLASS_NODES) || !limber_extra_has_any (limber_kind_by_name (entry->kind), changes))
    return TRUE;
  if (!fresh && !limber_extras_find (&transaction->reader, n, entry->kind, &extra, error))
    return FALSE;
  if (extra != NULL)
    return !limber_extra_fold (extra, entry, changes) || limber_extras_save (transaction, extra, n, error);
  if (limber_transaction_is_late (transaction, entry))
    return TRUE;
  extra = limber_extra_new (entry->kind, &entry->record);
  if (fresh)
    limber_extra_fold (extra, entry, changes);
  else if (!limber_journal_each (database, &entry->record, fold_merged, extra, error))
    return FALSE;
  return limber_extras_save (transaction, extra, n, error);
}

/**
 * limber_extras_apply:
 * @extra: (inout): a record as a node has it; of no use afterwards
 *
 * Merges what a node told. Fields that this version does know are merged into the record itself; a row made afresh also
 * gets what the own journal says of it (SYNC.md rule 18).
 */
gboolean
limber_extras_apply (LimberTransaction *transaction, LimberExtra *extra, GError **error)
{
  LimberClass klass = transaction->reader.klass;
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (LimberExtra) held = NULL;
  gint64 n;

  if (!(klass & LIMBER_CLASS_NODES))
    return TRUE;
  limber_erasure_clean_extra (transaction->reader.database, extra);
  record = limber_extra_take_known (extra, klass);
  if (record != NULL && limber_kind_held_by (record->kind, klass) && !limber_transaction_apply (transaction, record, error))
    return FALSE;
  if (extra->fields->len == 0)
    return TRUE;
  n = limber_database_thing (transaction->reader.database, &extra->id, TRUE, error);
  if (n == 0 || !limber_extras_find (&transaction->reader, n, extra->kind, &held, error))
    return FALSE;
  if (held != NULL)
    return !limber_extra_merge (held, extra) || limber_extras_save (transaction, held, n, error);
  return limber_journal_each (transaction->reader.database, &extra->id, fold_merged, extra, error) && limber_extras_save (transaction, extra, n, error);
}

/**
 * limber_extras_forget:
 * @patient: somebody's number as a thing
 *
 * Takes out all that is hers (SYNC.md rule 17).
 */
gboolean
limber_extras_forget (LimberTransaction *transaction, gint64 patient, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  return limber_database_execute (database, error, "DELETE FROM change WHERE seq IN (SELECT seq FROM extra WHERE patient=?)", "i", patient) &&
         limber_database_execute (database, error, "DELETE FROM extra WHERE patient=?", "i", patient);
}

/* Calls @func for each record of @statement's rows; @bucket -1: whatever its id. */
static gboolean
tell (LimberStatement *statement, int bucket, LimberExtraFunc func, gpointer data, GError **error)
{
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    g_autoptr (LimberExtra) extra = decode (statement, error);

    if (extra == NULL)
      return FALSE;
    if (bucket < 0 || limber_feed_bucket_of (&extra->id) == (guint) bucket)
      func (extra, data);
  }
  return step == 0;
}

/**
 * limber_extras_tell_at:
 * @n: a record's number as a thing
 * @seq: a place in the order of change
 */
gboolean
limber_extras_tell_at (LimberReader *reader, gint64 n, gint64 seq, LimberExtraFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT " COLUMNS " FROM extra e WHERE e.n=? AND e.seq=?", "ii", n, seq);

  return tell (statement, -1, func, data, error);
}

/**
 * limber_extras_tell_person:
 * @patient: her number as a thing
 * @before: a place in the order of change: what stands there, or after it, is left out
 */
gboolean
limber_extras_tell_person (LimberReader *reader, gint64 patient, gint64 before, LimberExtraFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT " COLUMNS " FROM extra e WHERE e.patient=? AND e.seq<?", "ii", patient, before);

  return tell (statement, -1, func, data, error);
}

/* Those of people whom @group holds, and nobody's; with 0 all. */
static LimberStatement *
select_held (LimberDatabase *database, gint64 group, GError **error)
{
  LimberStatement *statement =
      limber_database_statement (database,
                                 group == 0 ? "SELECT " COLUMNS ", e.digest FROM extra e"
                                            : "SELECT " COLUMNS ", e.digest FROM membership m JOIN extra e ON e.patient=m.patient WHERE m.grp=? AND m.state=1"
                                              " UNION ALL SELECT " COLUMNS ", e.digest FROM extra e WHERE e.patient IS NULL",
                                 error);

  if (statement != NULL && group != 0)
    limber_statement_integer (statement, 1, group);
  return statement;
}

/**
 * limber_extras_tell_bucket:
 * @group: a group's number, 0 for one that holds everybody
 * @bucket: a part of the digest
 */
gboolean
limber_extras_tell_bucket (LimberReader *reader, gint64 group, guint bucket, LimberExtraFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = select_held (reader->database, group, error);

  return tell (statement, (int) bucket, func, data, error);
}

/**
 * limber_extras_digest:
 * @group: a group's number, 0 for one that holds everybody
 *
 * Calls @func for what each record adds to the digest.
 */
gboolean
limber_extras_digest (LimberReader *reader, gint64 group, LimberExtraPartFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = select_held (reader->database, group, error);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    guint8 part[LIMBER_DIGEST_LENGTH];
    LimberId id;

    if (limber_database_thing_id (reader->database, sqlite3_column_int64 (statement->stmt, 0), &id) && limber_statement_blob_into (statement, 5, part, sizeof part))
      func (&id, part, data);
  }
  return step == 0;
}

static gboolean
same_extra (const LimberExtra *a, const LimberExtra *b)
{
  guint8 first[LIMBER_DIGEST_LENGTH], second[LIMBER_DIGEST_LENGTH];

  limber_extra_digest (a, first);
  limber_extra_digest (b, second);
  return memcmp (first, second, sizeof first) == 0;
}

/**
 * limber_extras_stands:
 * @field: a field's name, without its mark
 *
 * Returns: whether the value of @field that is held is the one that @entry set
 */
gboolean
limber_extras_stands (LimberReader *reader, gint64 n, const char *kind, const char *field, const LimberEntryId *entry)
{
  g_autoptr (LimberExtra) extra = NULL;

  limber_extras_find (reader, n, kind, &extra, NULL);
  for (guint i = 0; extra != NULL && i < extra->fields->len; i++) {
    const LimberExtraField *held = &g_array_index (extra->fields, LimberExtraField, i);
    g_autofree char *name = limber_extra_field_name (held);

    if (g_str_equal (name, field) && limber_id_equal (&held->stamp.entry, entry))
      return TRUE;
  }
  return FALSE;
}

static void
keep_copy (const LimberExtra *extra, gpointer data)
{
  LimberExtra *copy = limber_extra_new (extra->kind, &extra->id);

  limber_extra_merge (copy, extra);
  g_ptr_array_add (data, copy);
}

/**
 * limber_extras_erase:
 * @n: a record's number as a thing
 * @entries: (element-type LimberEntryId): a set of entries, whose bodies the journal holds no more
 *
 * Takes out the values that @entries set; what the journal still holds of the record stands in their place.
 */
gboolean
limber_extras_erase (LimberTransaction *transaction, gint64 n, GHashTable *entries, GError **error)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_extra_free);
  g_autoptr (LimberStatement) statement = limber_database_bound (transaction->reader.database, error, "SELECT " COLUMNS " FROM extra e WHERE e.n=?", "i", n);

  if (!tell (statement, -1, keep_copy, held, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++) {
    LimberExtra *extra = g_ptr_array_index (held, i);

    if (limber_extra_erase (extra, entries) &&
        (!limber_journal_each (transaction->reader.database, &extra->id, fold_merged, extra, error) || !limber_extras_save (transaction, extra, n, error)))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_extras_repair:
 * @bucket: a part of the digest that differed
 * @extras: (element-type LimberExtra): all that the node has in it, by limber_extra_hash()
 *
 * Makes what this store holds the node's, as limber_repair() does with rows.
 */
gboolean
limber_extras_repair (LimberTransaction *transaction, guint bucket, GHashTable *extras, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_extra_free);
  GHashTableIter iter;
  gpointer key;

  if (!(transaction->reader.klass & LIMBER_CLASS_NODES))
    return TRUE;
  g_hash_table_iter_init (&iter, extras);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    limber_erasure_clean_extra (database, key);
  if (!limber_extras_tell_bucket (&transaction->reader, 0, bucket, keep_copy, held, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++) {
    const LimberExtra *ours = g_ptr_array_index (held, i), *theirs = g_hash_table_lookup (extras, ours);
    gint64 n = limber_database_thing (database, &ours->id, FALSE, NULL);

    if (theirs != NULL && same_extra (ours, theirs))
      continue;
    if (!limber_recovered_write_extra (transaction, ours, theirs, error) ||
        !(theirs != NULL ? limber_extras_save (transaction, theirs, n, error) : drop (transaction, n, ours->kind, error)))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, extras);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    LimberExtra *theirs = key;

    if (limber_feed_bucket_of (&theirs->id) == bucket && !limber_extras_apply (transaction, theirs, error))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  LimberReader   *reader;
  LimberExtraFunc wrong;
  gpointer        data;
} Verify;

static void
verify_one (const LimberExtra *extra, gpointer data)
{
  const Verify *verify = data;
  g_autoptr (LimberExtra) folded = limber_extra_new (extra->kind, &extra->id);
  gboolean read = limber_journal_each (verify->reader->database, &extra->id, fold_merged, folded, NULL);

  limber_extra_set_patient (folded, extra->has_patient ? &extra->patient : NULL, &extra->whose); /* an entry that was erased may have said so */
  if (!read || !same_extra (extra, folded))
    verify->wrong (extra, verify->data);
}

/**
 * limber_extras_verify:
 * @wrong: called for each record that is not what the journal folds to; of use at central alone, which has all entries
 */
gboolean
limber_extras_verify (LimberReader *reader, LimberExtraFunc wrong, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = select_held (reader->database, 0, error);
  Verify verify = { reader, wrong, data };

  return tell (statement, -1, verify_one, &verify, error);
}
