/* Invariants: an entry is in the journal exactly when its values have been folded into its row (or it is quarantined, or
 * came without its content, or this class holds no such kind), because both happen in one job. `state` is written back
 * by the store only when the job is kept. */
#include "limber-transaction.h"
#include "limber-canary.h"
#include "limber-transaction-private.h"

#include <glib/gi18n-lib.h>

#include "limber-aside.h"
#include "limber-conflicts.h"
#include "limber-erasure.h"
#include "limber-error.h"
#include "limber-extras.h"
#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-merge.h"
#include "limber-projection.h"
#include "limber-prune.h"
#include "limber-quarantine-private.h"
#include "limber-recovered.h"
#include "limber-rows.h"
#include "limber-scope.h"
#include "limber-unsaved.h"

/**
 * limber_writer_state_load:
 *
 * Reads where the store's own chain and its order of change stand. No epoch is taken up again: the next write mints one.
 */
gboolean
limber_writer_state_load (LimberWriterState *state, LimberDatabase *database, const LimberId *device, GError **error)
{
  gint64 origin, last;
  g_autofree char *change = limber_database_meta (database, "seq");
  g_autoptr (LimberStatement) statement = NULL;

  memset (state, 0, sizeof *state);
  state->device = *device;
  state->change = change != NULL ? g_ascii_strtoll (change, NULL, 10) : 0;
  origin = limber_database_integer (database, 0, "SELECT max(n) FROM origin WHERE device=? AND branch=0 AND EXISTS (SELECT 1 FROM journal WHERE key BETWEEN n << 40 AND (n + 1 << 40) - 1)", "d", device);
  last = limber_database_integer (database, 0, "SELECT max(key) FROM journal WHERE key BETWEEN ? AND ?", "ii", LIMBER_JOURNAL_KEY (origin, 0), LIMBER_JOURNAL_KEY (origin, LIMBER_SEQ_MAXIMUM));
  if (last == 0)
    return TRUE;
  statement = limber_database_bound (database, error, "SELECT hash, header FROM journal WHERE key=?", "i", last);
  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return FALSE;
  state->has_head = limber_statement_blob_into (statement, 0, state->head, sizeof state->head);
  {
    LimberEntry entry;

    if (!limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 1), (gsize) sqlite3_column_bytes (statement->stmt, 1), error))
      return FALSE;
    state->hybrid = entry.time;
    if (limber_canary (LIMBER_CANARY_EPOCH_TAKEN_UP)) {
      state->has_origin = TRUE;
      state->origin = entry.origin;
      state->origin_n = LIMBER_JOURNAL_ORIGIN (last);
      state->seq = entry.seq;
    }
  }
  return TRUE;
}

void
limber_transaction_init (LimberTransaction *transaction, const LimberReader *reader, const LimberWriterState *state)
{
  transaction->reader = *reader;
  transaction->state = *state;
  transaction->before = state->change;
  transaction->changes = limber_changes_new ();
  transaction->patients = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  transaction->parted = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  transaction->appended = g_string_new (NULL);
}

/**
 * limber_transaction_finish:
 *
 * The last step of a job that is to be kept.
 */
gboolean
limber_transaction_finish (LimberTransaction *transaction, GError **error)
{
  g_autofree char *change = NULL;

  if ((transaction->reader.klass & LIMBER_CLASS_NODES) &&
      (!limber_projection_renew (transaction, error) || !limber_scope_refresh (transaction, transaction->patients, limber_changes_has_kind (transaction->changes, "appointment"), error)))
    return FALSE;
  change = g_strdup_printf ("%" G_GINT64_FORMAT, transaction->state.change);
  return transaction->state.change == transaction->before || limber_database_set_meta (transaction->reader.database, "seq", change, error);
}

void
limber_transaction_clear (LimberTransaction *transaction)
{
  g_clear_pointer (&transaction->changes, limber_changes_unref);
  g_clear_pointer (&transaction->patients, g_hash_table_unref);
  g_clear_pointer (&transaction->parted, g_hash_table_unref);
  if (transaction->appended != NULL)
    g_string_free (g_steal_pointer (&transaction->appended), TRUE);
}

/**
 * limber_transaction_reader:
 *
 * Returns: (transfer none): the store as this transaction has made it so far
 */
LimberReader *
limber_transaction_reader (LimberTransaction *transaction)
{
  return &transaction->reader;
}

LimberEnv *
limber_transaction_env (LimberTransaction *transaction)
{
  return limber_database_env (transaction->reader.database);
}

/**
 * limber_transaction_now:
 *
 * Returns: milliseconds UTC by the corrected clock
 */
gint64
limber_transaction_now (LimberTransaction *transaction)
{
  return limber_env_now (limber_transaction_env (transaction));
}

/**
 * limber_transaction_next_change:
 *
 * Returns: the next place in the order of change
 */
gint64
limber_transaction_next_change (LimberTransaction *transaction)
{
  return ++transaction->state.change;
}

static void
touch (LimberTransaction *transaction, const LimberKind *kind, const LimberId *id, const LimberId *patient)
{
  limber_changes_add (transaction->changes, kind, id);
  if (patient != NULL)
    g_hash_table_add (transaction->patients, limber_id_copy (patient));
}

/* @known: there may be a row of it */
static gboolean
write_row (LimberTransaction *transaction, const LimberRecord *record, gint64 n, gboolean known, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  const LimberId *patient = limber_record_patient (record);
  gint64 patient_n = patient != NULL ? limber_database_thing (database, patient, TRUE, error) : 0, seq = limber_transaction_next_change (transaction);
  gboolean there = FALSE;

  if (limber_canary (LIMBER_CANARY_ROW_KEEPS_PLACE) && limber_rows_seq (database, record->kind, n) != 0)
    seq = limber_rows_seq (database, record->kind, n);
  if (known)
    limber_scope_note (transaction, record->kind, n);
  if (g_str_equal (record->kind->name, "erasure") && !limber_erasure_carry_out (transaction, record, error))
    return FALSE;
  if ((patient != NULL && patient_n == 0) || (known && !limber_rows_leave (database, record->kind, n, &there, error)))
    return FALSE;
  if (!limber_rows_save (database, record, n, seq, there, error) ||
      !limber_database_execute (database, error, "INSERT INTO change(seq, kind, record, patient) VALUES(?,?,?,nullif(?,0))", "iiii", seq, (gint64) record->kind->number, n, patient_n))
    return FALSE;
  touch (transaction, record->kind, &record->id, patient);
  return TRUE;
}

/**
 * limber_transaction_save_row:
 * @record: a record as it is now
 * @n: its number as a thing
 *
 * Writes the row and moves it to the end of the order of change. An erasure is carried out; the rows that it changes come
 * after it in that order, so that whoever is told of them has let go of their erased values already.
 */
gboolean
limber_transaction_save_row (LimberTransaction *transaction, const LimberRecord *record, gint64 n, GError **error)
{
  return write_row (transaction, record, n, TRUE, error);
}

/**
 * limber_transaction_begin_row:
 * @record: a record of which nothing was known until now
 * @n: the number that it was given as a thing
 *
 * Does as limber_transaction_save_row(), but does not look for a row that cannot be there.
 */
gboolean
limber_transaction_begin_row (LimberTransaction *transaction, const LimberRecord *record, gint64 n, GError **error)
{
  return write_row (transaction, record, n, FALSE, error);
}

/* How an entry stands in the journal, and in the quarantine if that is where it belongs. @fill: its header is there. @fresh:
 * nothing was known of its record, so that none about it waits. */
static gboolean
insert (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, const char *quarantine, gboolean fill, gboolean fresh, LimberJournalState *state, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 now = limber_transaction_now (transaction);

  if (limber_erasure_covers (database, entry))
    *state = limber_recovered_is (entry) || quarantine != NULL ? LIMBER_JOURNAL_KNOWN : LIMBER_JOURNAL_MERGED;
  else
    *state = limber_recovered_is (entry) ? limber_recovered_state (database, entry) : quarantine != NULL ? LIMBER_JOURNAL_QUARANTINED : LIMBER_JOURNAL_MERGED;
  if (*state == LIMBER_JOURNAL_QUARANTINED &&
      !limber_database_execute (database, error, "INSERT OR REPLACE INTO quarantine(key, reason, at) VALUES(?,?,?)", "iti", key, quarantine != NULL ? quarantine : LIMBER_RECOVERED_REASON, now))
    return FALSE;
  return (fill ? limber_journal_fill (database, entry, key, *state, error) : limber_journal_insert (database, entry, key, *state, now, error)) &&
         (fresh || limber_quarantine_settle (transaction, entry, *state, error));
}

/* The entry as it may be kept: without what was erased (SYNC.md rule 19). */
static const LimberEntry *
without_erased (LimberTransaction *transaction, const LimberEntry *entry, LimberEntry *bare)
{
  if (!entry->has_body || !limber_erasure_covers (transaction->reader.database, entry))
    return entry;
  *bare = *entry;
  bare->has_body = FALSE;
  bare->changes = NULL;
  return bare;
}

static gboolean
add (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, const char *quarantine, gboolean fill, GError **error)
{
  LimberJournalState state;
  LimberEntry bare;
  gboolean fresh = limber_database_thing (transaction->reader.database, &entry->record, FALSE, NULL) == 0;

  entry = without_erased (transaction, entry, &bare);
  if (!insert (transaction, entry, key, quarantine, fill, fresh, &state, error) || (state == LIMBER_JOURNAL_QUARANTINED && !limber_aside_renew (transaction, key, error)))
    return FALSE;
  limber_changes_add_origin (transaction->changes, LIMBER_JOURNAL_ORIGIN (key));
  if (transaction->reader.klass == LIMBER_CLASS_CENTRAL) {
    if (quarantine != NULL)
      g_string_append_printf (transaction->appended, "!%s\t", quarantine);
    limber_entry_append_line (entry, transaction->appended);
  }
  if (state == LIMBER_JOURNAL_MERGED && entry->has_body)
    return limber_transaction_fold (transaction, entry, fresh, error);
  if (transaction->reader.klass != LIMBER_CLASS_CENTRAL || entry->has_body || state == LIMBER_JOURNAL_QUARANTINED)
    return TRUE;
  return limber_conflicts_renew (transaction, &entry->record, error); /* what was erased has still seen what it saw */
}

/**
 * limber_transaction_append:
 * @key: where it belongs in the journal
 * @quarantine: (nullable): why the entry is kept but not merged
 *
 * Puts an entry into the journal and into its row.
 */
gboolean
limber_transaction_append (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, const char *quarantine, GError **error)
{
  return add (transaction, entry, key, quarantine, FALSE, error);
}

/**
 * limber_transaction_release:
 * @entry: one that was kept apart
 * @key: its place
 *
 * Merges it: what spoke against it no longer does.
 */
gboolean
limber_transaction_release (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  transaction->changes->journal = TRUE;
  return limber_database_execute (database, error, "UPDATE journal SET state=0 WHERE key=?", "i", key) &&
         limber_database_execute (database, error, "DELETE FROM quarantine WHERE key=?", "i", key) && limber_aside_renew (transaction, key, error) &&
         limber_transaction_fold (transaction, entry, FALSE, error);
}

static void
see_time (LimberTransaction *transaction, guint64 time)
{
  if (time > transaction->state.hybrid && !limber_transaction_is_ahead (transaction, time))
    transaction->state.hybrid = time;
}

/**
 * limber_transaction_reason_against:
 * @entry: an entry from elsewhere
 * @quarantine: (nullable): what speaks against it already
 *
 * Returns: (transfer full) (nullable): why it is not to be merged, for people who look at the quarantine
 */
char *
limber_transaction_reason_against (LimberTransaction *transaction, const LimberEntry *entry, const char *quarantine)
{
  g_autoptr (GError) why = NULL;

  if (quarantine != NULL)
    return g_strdup (quarantine);
  if (limber_recovered_is (entry))
    return g_strdup (LIMBER_RECOVERED_REASON);
  if (!entry->has_body) /* elsewhere it comes down with its record */
    return transaction->reader.klass == LIMBER_CLASS_CENTRAL && !limber_erasure_covers (transaction->reader.database, entry) ? g_strdup (LIMBER_PRUNE_REASON) : NULL;
  return entry->sound || limber_fold_check (entry, &why) || limber_canary (LIMBER_CANARY_CONTENT_IS_MERGED) ? NULL : g_strdelimit (g_strdup (why->message), "\t\n", ' ');
}

/**
 * limber_transaction_check_ahead:
 * @entry: (inout): an entry from elsewhere; its changes are the caller's to free
 *
 * Reads what it says, and looks whether that can be merged, so that the writer need not. For any thread.
 */
void
limber_transaction_check_ahead (LimberEntry *entry)
{
  if (!entry->has_body || entry->changes != NULL)
    return;
  entry->changes = limber_entry_changes (entry, NULL);
  entry->sound = limber_fold_check (entry, NULL);
}

/* Whether a known entry brings the content that is lacking here. What may be pruned anyhow is not taken back. */
static gboolean
brings_content (LimberTransaction *transaction, const LimberEntry *entry, gint64 key)
{
  LimberDatabase *database = transaction->reader.database;

  if (!entry->has_body || limber_erasure_covers (database, entry) ||
      limber_database_integer (database, LIMBER_JOURNAL_KNOWN, "SELECT state FROM journal WHERE key=? AND body IS NULL", "i", key) == LIMBER_JOURNAL_KNOWN)
    return FALSE;
  return transaction->reader.klass == LIMBER_CLASS_CENTRAL ||
         limber_database_integer (database, 0, "SELECT backed_up FROM mark WHERE origin=?", "i", LIMBER_JOURNAL_ORIGIN (key)) < LIMBER_JOURNAL_SEQ (key);
}

/* What was said of it without its content does not count any more. */
static gboolean
fill_in (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, const char *quarantine, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  return limber_database_execute (database, error, "DELETE FROM quarantine WHERE key=?", "i", key) &&
         limber_prune_again (transaction, key, error) &&
         add (transaction, entry, key, quarantine, TRUE, error) && limber_aside_renew (transaction, key, error);
}

/**
 * limber_transaction_receive:
 * @entry: an entry from elsewhere, whose bytes verified
 * @quarantine: (nullable): why it must be quarantined, whatever its content
 * @verdict: (out): what became of it
 * @reason: (out) (transfer full) (nullable): why it was quarantined
 * @error: only when the store failed; an entry is never refused
 *
 * Takes an entry that was pushed. The same one twice changes nothing, unless it brings content that was lacking.
 */
gboolean
limber_transaction_receive (LimberTransaction *transaction, const LimberEntry *entry, const char *quarantine, LimberVerdict *verdict, char **reason, GError **error)
{
  gint64 key = 0;
  LimberPlace place = limber_journal_place (transaction->reader.database, entry, &key, error);
  gboolean fill = place == LIMBER_PLACE_KNOWN && brings_content (transaction, entry, key);

  *reason = NULL;
  *verdict = place == LIMBER_PLACE_KNOWN ? LIMBER_VERDICT_KNOWN : LIMBER_VERDICT_GAP;
  if (place != LIMBER_PLACE_FREE && !fill)
    return place == LIMBER_PLACE_KNOWN || error == NULL || *error == NULL;
  *reason = limber_transaction_reason_against (transaction, entry, quarantine);
  if (*reason == NULL && limber_canary (LIMBER_CANARY_QUARANTINE_BLOCKS) &&
      limber_database_integer (transaction->reader.database, LIMBER_JOURNAL_MERGED, "SELECT state FROM journal WHERE key=?", "i", key - 1) == LIMBER_JOURNAL_QUARANTINED)
    *reason = g_strdup ("what it goes on from is kept apart");
  *verdict = *reason != NULL ? LIMBER_VERDICT_QUARANTINED : LIMBER_VERDICT_STORED;
  see_time (transaction, entry->time);
  return fill ? fill_in (transaction, entry, key, *reason, error) : limber_transaction_append (transaction, entry, key, *reason, error);
}

/**
 * limber_transaction_apply:
 * @record: a record as a node has it, with the fields that this device may hold
 *
 * Merges a pulled record; a row made afresh also gets what the own journal says of it (SYNC.md rule 18). What was erased
 * is left out, however late the node hears of it.
 */
gboolean
limber_transaction_apply (LimberTransaction *transaction, const LimberRecord *record, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gboolean fresh = limber_database_thing (database, &record->id, FALSE, NULL) == 0; /* so that neither row nor journal can have it */
  gint64 n = limber_database_thing (database, &record->id, TRUE, error);
  g_autoptr (LimberRecord) held = NULL, clean = limber_erasure_clean (database, record);

  if (n == 0 || (!fresh && !limber_rows_find (database, record->kind, n, &held, error)))
    return FALSE;
  if (clean != NULL && limber_record_is_empty (clean))
    return TRUE;
  record = clean != NULL ? clean : record;
  for (guint i = 0; i < record->kind->n_fields; i++)
    see_time (transaction, record->stamps[i].time);
  if (!limber_quarantine_review (transaction, record, error))
    return FALSE;
  if (held != NULL)
    return !limber_merge_records (held, record) || limber_transaction_save_row (transaction, held, n, error);
  held = limber_record_copy (record);
  if (!fresh && !limber_canary (LIMBER_CANARY_FRESH_IS_THE_NODES) && !limber_fold_journal (database, held, transaction->reader.klass, error))
    return FALSE;
  return !limber_record_has_any (held, held->kind->n_fields, transaction->reader.klass) || write_row (transaction, held, n, !fresh, error);
}

/**
 * limber_transaction_replace:
 * @record: a record as a node has it
 *
 * Makes the row @record, but for what was erased, and merges into it again what was written here and the node keeps apart:
 * its author goes on seeing it (SYNC.md rules 15 and 18). In a digest the row still counts as the node has it. A public screen
 * shows what the node has.
 */
gboolean
limber_transaction_replace (LimberTransaction *transaction, const LimberRecord *record, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 n = limber_database_thing (database, &record->id, TRUE, error);
  g_autoptr (LimberRecord) clean = limber_erasure_clean (database, record), shown = limber_record_copy (clean != NULL ? clean : record);

  record = clean != NULL ? clean : record;
  if (n == 0 || !limber_quarantine_review (transaction, record, error))
    return FALSE;
  if (!limber_kind_projected_for (record->kind, transaction->reader.klass) && !limber_fold_own (database, shown, &transaction->state.device, transaction->reader.klass, error))
    return FALSE;
  if (transaction->reader.klass == LIMBER_CLASS_HUB && !limber_quarantine_hold_back (transaction, record, error))
    return FALSE;
  if (!limber_record_has_any (shown, shown->kind->n_fields, transaction->reader.klass))
    return limber_transaction_drop (transaction, record->kind, &record->id, error);
  return limber_transaction_save_row (transaction, shown, n, error) && limber_rows_count_as (database, record, n, error) &&
         limber_quarantine_mark (transaction, shown, record, error);
}

static gboolean
drop_row (LimberTransaction *transaction, const LimberKind *kind, gint64 n, const LimberId *id, const LimberId *patient, GError **error)
{
  gboolean there;

  limber_scope_note (transaction, kind, n);
  if (!limber_rows_leave (transaction->reader.database, kind, n, &there, error) || !limber_rows_delete (transaction->reader.database, kind, n, error))
    return FALSE;
  touch (transaction, kind, id, patient);
  transaction->scrub |= LIMBER_SCRUB_LOG;
  return g_strcmp0 (kind->patient, "id") != 0 || (limber_unsaved_forget_person (transaction, id, error) && limber_prune_call_due (transaction, error));
}

/* Whoever reads from this node has to hear that the row is gone: its place in the order of change says so. */
static gboolean
keep_place (LimberTransaction *transaction, const LimberKind *kind, gint64 n, const LimberId *patient, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  return limber_database_execute (database, error, "INSERT INTO change(seq, kind, record, patient) VALUES(?,?,?,nullif(?,0))", "iiii", limber_transaction_next_change (transaction),
                                  (gint64) kind->number, n, patient != NULL ? limber_database_thing (database, patient, FALSE, NULL) : (gint64) 0);
}

/**
 * limber_transaction_drop:
 *
 * Takes a row out. What the journal holds of it stays there, out of every query, until it may be pruned (SYNC.md rule 13).
 */
gboolean
limber_transaction_drop (LimberTransaction *transaction, const LimberKind *kind, const LimberId *id, GError **error)
{
  gint64 n = limber_database_thing (transaction->reader.database, id, FALSE, NULL);
  g_autoptr (LimberRecord) held = n != 0 ? limber_rows_load (transaction->reader.database, kind, n, NULL) : NULL;

  if (held == NULL)
    return TRUE;
  return drop_row (transaction, kind, n, id, limber_record_patient (held), error) &&
         (!(transaction->reader.klass & LIMBER_CLASS_NODES) || keep_place (transaction, kind, n, limber_record_patient (held), error));
}

typedef struct {
  LimberTransaction *transaction;
  const LimberId    *patient;
  GArray            *rows; /* Forgotten */
} Forget;

typedef struct {
  gint64   n;
  gboolean anybodys; /* it does not say whose it is, so that everybody who reads from this node was told of it */
} Forgotten;

static gboolean
collect_row (const LimberRecord *record, gint64 n, gpointer data)
{
  Forgotten row = { n, limber_record_patient (record) == NULL };

  g_array_append_val (((Forget *) data)->rows, row);
  return TRUE;
}

/* A late entry about a record that is not here any more makes a row that does not say whose it is: the journal does. */
static char *
whose (const LimberKind *kind)
{
  if (g_str_equal (kind->patient, "id"))
    return g_strdup ("n=?1");
  return g_strdup_printf ("\"%1$s\"=?1 OR (\"%1$s\" IS NULL AND EXISTS (SELECT 1 FROM journal WHERE record=\"%2$s\".n AND journal.patient=?1))", kind->patient, kind->name);
}

static gboolean
forget_kind (Forget *forget, const LimberKind *kind, GError **error)
{
  LimberDatabase *database = forget->transaction->reader.database;
  g_auto (LimberValue) patient = LIMBER_VALUE_INIT;
  g_autofree char *where = whose (kind);

  g_array_set_size (forget->rows, 0);
  limber_value_set_id (&patient, forget->patient);
  if (!limber_rows_each (database, kind, where, &patient, 1, collect_row, forget, error))
    return FALSE;
  for (guint i = 0; i < forget->rows->len; i++) {
    const Forgotten *row = &g_array_index (forget->rows, Forgotten, i);
    LimberId id;

    if (!limber_database_thing_id (database, row->n, &id))
      continue;
    if (!(row->anybodys ? limber_transaction_drop (forget->transaction, kind, &id, error) : drop_row (forget->transaction, kind, row->n, &id, forget->patient, error)))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_transaction_forget:
 *
 * Takes every row of @patient out (SYNC.md rule 17), as limber_transaction_drop() does.
 */
gboolean
limber_transaction_forget (LimberTransaction *transaction, const LimberId *patient, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Forgotten));
  Forget forget = { transaction, patient, rows };
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i]->patient != NULL && !forget_kind (&forget, kinds[i], error))
      return FALSE;
  if (limber_canary (transaction->reader.klass == LIMBER_CLASS_HUB ? LIMBER_CANARY_HUB_FORGETS_BODIES : LIMBER_CANARY_FORGETS_BODIES) &&
      !limber_database_execute (transaction->reader.database, error, "UPDATE journal SET body=NULL, salt=NULL WHERE patient=?", "i",
                                limber_database_thing (transaction->reader.database, patient, FALSE, NULL)))
    return FALSE;
  return limber_extras_forget (transaction, limber_database_thing (transaction->reader.database, patient, FALSE, NULL), error);
}

/**
 * limber_transaction_set_meta:
 * @value: (nullable): %NULL forgets it
 *
 * Keeps @value under @name. When it is so already, nothing is written and nobody is told.
 */
gboolean
limber_transaction_set_meta (LimberTransaction *transaction, const char *name, const char *value, GError **error)
{
  g_autofree char *held = limber_database_meta (transaction->reader.database, name);

  if (g_strcmp0 (held, value) == 0)
    return TRUE;
  transaction->changes->journal = TRUE;
  return limber_database_set_meta (transaction->reader.database, name, value, error);
}
