/* Invariants: an entry is in the journal exactly when its values have been folded into its row (or it is quarantined, or
 * this class holds no such kind), because both happen in one job. `state` is written back by the store only when the job
 * is kept. */
#include "limber-transaction.h"
#include "limber-transaction-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-conflicts.h"
#include "limber-edit-private.h"
#include "limber-error.h"
#include "limber-fold.h"
#include "limber-journal.h"
#include "limber-merge.h"
#include "limber-rows.h"
#include "limber-scope.h"

/* A received time further ahead than this does not move the own clock (SYNC.md rule 4). */
#define AHEAD_MAXIMUM (2 * 60 * 1000)

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
  }
  return TRUE;
}

gboolean
limber_transaction_init (LimberTransaction *transaction, const LimberReader *reader, const LimberWriterState *state, GError **error)
{
  transaction->reader = *reader;
  transaction->state = *state;
  transaction->before = state->change;
  transaction->changes = limber_changes_new ();
  transaction->patients = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  transaction->appended = g_string_new (NULL);
  return limber_database_run (reader->database, "SAVEPOINT job", error);
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
      !limber_scope_refresh (transaction, transaction->patients, limber_changes_has_kind (transaction->changes, "appointment"), error))
    return FALSE;
  change = g_strdup_printf ("%" G_GINT64_FORMAT, transaction->state.change);
  if (transaction->state.change != transaction->before && !limber_database_set_meta (transaction->reader.database, "seq", change, error))
    return FALSE;
  return limber_database_run (transaction->reader.database, "RELEASE job", error);
}

void
limber_transaction_clear (LimberTransaction *transaction)
{
  g_clear_pointer (&transaction->changes, limber_changes_unref);
  g_clear_pointer (&transaction->patients, g_hash_table_unref);
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

static gboolean
leave_order (LimberTransaction *transaction, const LimberKind *kind, gint64 n, GError **error)
{
  gint64 seq = limber_rows_seq (transaction->reader.database, kind, n);

  return seq == 0 || limber_database_execute (transaction->reader.database, error, "DELETE FROM change WHERE seq=?", "i", seq);
}

/**
 * limber_transaction_save_row:
 * @record: a record as it is now
 * @n: its number as a thing
 *
 * Writes the row and moves it to the end of the order of change.
 */
gboolean
limber_transaction_save_row (LimberTransaction *transaction, const LimberRecord *record, gint64 n, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  const LimberId *patient = limber_record_patient (record);
  gint64 patient_n = patient != NULL ? limber_database_thing (database, patient, TRUE, error) : 0, seq = limber_transaction_next_change (transaction);

  limber_scope_note (transaction, record->kind, n);
  if ((patient != NULL && patient_n == 0) || !leave_order (transaction, record->kind, n, error))
    return FALSE;
  if (!limber_rows_save (database, record, n, seq, error) ||
      !limber_database_execute (database, error, "INSERT INTO change(seq, kind, record, patient) VALUES(?,?,?,nullif(?,0))", "iiii", seq, (gint64) record->kind->number, n, patient_n))
    return FALSE;
  touch (transaction, record->kind, &record->id, patient);
  return TRUE;
}

/* Folds an entry, and on a row made afresh also what the journal already holds of the record (SYNC.md rule 18). @fresh:
 * nothing was known of the record until now. */
static gboolean
fold_in (LimberTransaction *transaction, const LimberEntry *entry, gboolean fresh, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  const LimberKind *kind = limber_kind_by_name (entry->kind);
  g_autoptr (LimberRecord) record = NULL;
  g_autofree LimberStamp *before = NULL;
  g_autoptr (GError) failed = NULL;
  gint64 n = limber_database_thing (database, &entry->record, TRUE, error);
  gboolean changed;

  if (n == 0)
    return FALSE;
  if (!limber_fold_unknown (database, entry, n, transaction->reader.klass, error))
    return FALSE;
  if (kind == NULL || !limber_kind_held_by (kind, transaction->reader.klass))
    return TRUE;
  record = fresh ? NULL : limber_rows_load (database, kind, n, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (record != NULL) {
    before = g_memdup2 (record->stamps, sizeof (LimberStamp) * kind->n_fields);
    changed = limber_fold_entry (record, entry, transaction->reader.klass);
  } else {
    record = limber_record_new (kind, &entry->record);
    changed = TRUE;
    if (fresh)
      limber_fold_entry (record, entry, transaction->reader.klass);
    else if (!limber_fold_journal (database, record, transaction->reader.klass, error))
      return FALSE;
  }
  if (changed && !limber_transaction_save_row (transaction, record, n, error))
    return FALSE;
  return transaction->reader.klass != LIMBER_CLASS_CENTRAL || limber_conflicts_update (transaction, record, before, entry, error);
}

static gboolean
append (LimberTransaction *transaction, const LimberEntry *entry, gint64 key, LimberJournalState state, GError **error)
{
  gboolean fresh = limber_database_thing (transaction->reader.database, &entry->record, FALSE, NULL) == 0;

  if (!limber_journal_insert (transaction->reader.database, entry, key, state, limber_transaction_now (transaction), error))
    return FALSE;
  transaction->changes->journal = TRUE;
  if (transaction->reader.klass == LIMBER_CLASS_CENTRAL)
    limber_entry_append_line (entry, transaction->appended);
  return state != LIMBER_JOURNAL_MERGED || fold_in (transaction, entry, fresh, error);
}

/**
 * limber_transaction_new_epoch:
 *
 * Begins a new epoch of this device (SYNC.md rules 2 and 12).
 */
gboolean
limber_transaction_new_epoch (LimberTransaction *transaction, GError **error)
{
  LimberWriterState *state = &transaction->state;

  memcpy (state->origin.bytes, state->device.bytes, 16);
  limber_env_random (limber_transaction_env (transaction), state->origin.bytes + 16, 8);
  state->origin_n = limber_database_origin (transaction->reader.database, &state->origin, 0, TRUE, error);
  state->has_origin = state->origin_n != 0;
  state->seq = 0;
  return state->has_origin;
}

static void
see_time (LimberTransaction *transaction, guint64 time)
{
  if (time > transaction->state.hybrid && LIMBER_HYBRID_MS (time) <= limber_transaction_now (transaction) + AHEAD_MAXIMUM)
    transaction->state.hybrid = time;
}

/* max (own clock, 1 + the time of every value seen) (SYNC.md rule 4). */
static guint64
next_time (LimberTransaction *transaction, guint64 seen)
{
  guint64 time = MAX (LIMBER_HYBRID (limber_transaction_now (transaction)), transaction->state.hybrid + 1);

  time = MAX (time, seen + 1);
  if (LIMBER_HYBRID_MS (time) <= limber_transaction_now (transaction) + AHEAD_MAXIMUM)
    transaction->state.hybrid = time;
  return time;
}

static gboolean
check_author (const LimberAuthor *author, GError **error)
{
  const char *texts[] = { author->author, author->role };

  for (guint i = 0; i < 2; i++)
    for (const char *at = texts[i] != NULL ? texts[i] : "\""; *at != '\0'; at++)
      if (!g_ascii_isgraph (*at) || *at == '"' || *at == '\\' || at - texts[i] >= (i == 0 ? 80 : 40)) {
        g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("Who makes this change is not said rightly"));
        return FALSE;
      }
  return TRUE;
}

/* Puts a progress into its round: what goes back begins the next one (SYNC.md rule 7). */
static void
set_round (LimberValue *value, const LimberValue *held)
{
  gint64 round, rank;

  if (value->type != LIMBER_VALUE_INTEGER || held->type != LIMBER_VALUE_INTEGER || value->integer >= LIMBER_PROGRESS_ROUND)
    return;
  round = held->integer / LIMBER_PROGRESS_ROUND;
  rank = held->integer % LIMBER_PROGRESS_ROUND;
  limber_value_set_integer (value, (value->integer < rank ? round + 1 : round) * LIMBER_PROGRESS_ROUND + value->integer);
}

static gboolean
check_field (LimberTransaction *transaction, LimberEdit *edit, guint i, const LimberRecord *held, GError **error)
{
  const LimberField *field = &edit->kind->fields[i];
  LimberClass klass = transaction->reader.klass;

  if (!limber_field_is_written (field) || (!limber_field_held_by (field, edit->kind, klass) && !(edit->kind->writers & klass))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: this device may not change it"), field->name);
    return FALSE;
  }
  if (field->merge == LIMBER_MERGE_ONCE && held != NULL && limber_stamp_is_set (&held->stamps[i])) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: it is written once; record a correction instead"), edit->kind->name);
    return FALSE;
  }
  if ((field->flags & LIMBER_FIELD_REQUIRED) && edit->values[i].type == LIMBER_VALUE_NONE) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: it must be given"), field->name);
    return FALSE;
  }
  return limber_field_check (field, &edit->values[i], error);
}

static gboolean
check_required (LimberTransaction *transaction, LimberEdit *edit, GError **error)
{
  for (guint i = 0; i < edit->kind->n_fields; i++) {
    const LimberField *field = &edit->kind->fields[i];

    if ((field->flags & LIMBER_FIELD_REQUIRED) && limber_field_is_written (field) && !edit->sets[i]) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: it must be given"), field->name);
      return FALSE;
    }
  }
  return TRUE;
}

/* Whose record it is, for the header: from the edit, else from the row. */
static const LimberId *
patient_of (LimberEdit *edit, const LimberRecord *held)
{
  int i;

  if (edit->kind->patient == NULL)
    return NULL;
  if (g_str_equal (edit->kind->patient, "id"))
    return &edit->id;
  i = limber_kind_field (edit->kind, edit->kind->patient);
  if (edit->sets[i])
    return edit->values[i].type == LIMBER_VALUE_ID ? &edit->values[i].id : NULL;
  return held != NULL ? limber_record_patient (held) : NULL;
}

static void
append_seen (GString *seen, const char *field, const LimberEntryId *held, GArray *more)
{
  char id[64];
  const char *comma = "";

  if (held == NULL && more == NULL)
    return;
  g_string_append_printf (seen, "%s\"%s\":[", seen->len > 1 ? "," : "", field);
  for (guint i = 0; i < (more != NULL ? more->len : 0) + 1; i++) {
    const LimberEntryId *entry = i == 0 ? held : &g_array_index (more, LimberEntryId, i - 1);

    if (entry == NULL || (i > 0 && held != NULL && limber_id_equal (entry, held)))
      continue;
    limber_base64_encode (entry->bytes, sizeof entry->bytes, id);
    g_string_append_printf (seen, "%s\"%s\"", comma, id);
    comma = ",";
  }
  g_string_append_c (seen, ']');
}

/* The body and the seen of an edit: only what changes (SYNC.md rules 3 and 5). Returns how many fields that is. */
static guint
compose (LimberEdit *edit, const LimberRecord *held, GString *body, GString *seen, guint64 *latest)
{
  guint n = 0;

  for (guint i = 0; i < edit->kind->n_fields; i++) {
    const LimberField *field = &edit->kind->fields[i];
    gboolean has = held != NULL && limber_stamp_is_set (&held->stamps[i]), imported = edit->rank == LIMBER_RANK_IMPORT;

    if (!edit->sets[i])
      continue;
    if (!imported && edit->seen[i] == NULL && (has ? limber_value_equal (&edit->values[i], &held->values[i]) : edit->values[i].type == LIMBER_VALUE_NONE))
      continue;
    if (imported && !has && edit->values[i].type == LIMBER_VALUE_NONE)
      continue;
    g_string_append (body, n++ > 0 ? "," : "");
    limber_entry_append_name (body, field->name, field->merge);
    g_string_append_c (body, ':');
    limber_entry_append_value (body, field, &edit->values[i]);
    append_seen (seen, field->name, has && !imported ? &held->stamps[i].entry : NULL, edit->seen[i]);
    if (has && !imported)
      *latest = MAX (*latest, held->stamps[i].time);
  }
  return n;
}

static gboolean
write_entry (LimberTransaction *transaction, LimberEdit *edit, const LimberId *patient, const LimberAuthor *author, const char *body, const char *seen, guint64 latest, GError **error)
{
  LimberWriterState *state = &transaction->state;
  LimberEntry entry = { 0 }, parsed;
  g_autofree char *header = NULL;

  if (!state->has_origin && !limber_transaction_new_epoch (transaction, error))
    return FALSE;
  entry.origin = state->origin;
  entry.seq = state->seq + 1;
  entry.time = next_time (transaction, latest);
  entry.rank = edit->rank;
  g_strlcpy (entry.author, author->author, sizeof entry.author);
  g_strlcpy (entry.role, author->role, sizeof entry.role);
  g_strlcpy (entry.kind, edit->kind->name, sizeof entry.kind);
  entry.record = edit->id;
  entry.has_patient = patient != NULL;
  if (patient != NULL)
    entry.patient = *patient;
  entry.has_prev = state->has_head;
  memcpy (entry.prev, state->head, sizeof entry.prev);
  limber_env_random (limber_transaction_env (transaction), entry.salt, sizeof entry.salt);
  limber_entry_commit (entry.salt, body, strlen (body), entry.commitment);
  header = limber_entry_make_header (&entry, seen);
  if (!limber_entry_parse_header (&parsed, header, strlen (header), error))
    return FALSE;
  parsed.has_body = TRUE;
  parsed.body = (LimberSpan){ body, strlen (body) };
  memcpy (parsed.salt, entry.salt, sizeof parsed.salt);
  if (!append (transaction, &parsed, LIMBER_JOURNAL_KEY (state->origin_n, parsed.seq), LIMBER_JOURNAL_MERGED, error))
    return FALSE;
  state->seq = parsed.seq;
  state->has_head = TRUE;
  memcpy (state->head, parsed.hash, sizeof state->head);
  return TRUE;
}

/**
 * limber_transaction_edit:
 * @edit: what to change; fields that already are as they should be are left out, and an edit that changes nothing
 *   writes nothing
 * @author: who changes it
 * @error: LIMBER_ERROR_REFUSED, naming the field, when a rule of the kind says no
 *
 * Writes one entry and merges it (SYNC.md rules 1 to 5).
 *
 * Returns: whether it is done; it is on the disk once the transaction is
 */
gboolean
limber_transaction_edit (LimberTransaction *transaction, LimberEdit *edit, const LimberAuthor *author, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (LimberRecord) held = NULL;
  g_autoptr (GString) body = g_string_new ("{"), seen = g_string_new ("{");
  g_autoptr (GError) failed = NULL;
  const LimberId *patient;
  guint64 latest = 0;
  gint64 n;

  if (!limber_kind_writable_by (edit->kind, transaction->reader.klass)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: this device may not change it"), edit->kind->name);
    return FALSE;
  }
  if (!check_author (author, error))
    return FALSE;
  n = limber_database_thing (database, &edit->id, FALSE, NULL);
  if (n != 0 && limber_kind_held_by (edit->kind, transaction->reader.klass))
    held = limber_rows_load (database, edit->kind, n, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (held == NULL && !check_required (transaction, edit, error))
    return FALSE;
  for (guint i = 0; i < edit->kind->n_fields; i++) {
    if (edit->sets[i] && held != NULL && edit->kind->fields[i].merge == LIMBER_MERGE_ORDERED && edit->rank != LIMBER_RANK_IMPORT)
      set_round (&edit->values[i], &held->values[i]);
    if (edit->sets[i] && held != NULL && limber_value_equal (&edit->values[i], &held->values[i]) && edit->kind->fields[i].merge == LIMBER_MERGE_ONCE)
      edit->sets[i] = FALSE;
    if (edit->sets[i] && !check_field (transaction, edit, i, held, error))
      return FALSE;
  }
  if (compose (edit, held, body, seen, &latest) == 0)
    return TRUE;
  patient = patient_of (edit, held);
  if (held != NULL && patient != NULL && limber_record_patient (held) != NULL && !limber_id_equal (patient, limber_record_patient (held))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: it cannot be given to another person"), edit->kind->name);
    return FALSE;
  }
  g_string_append_c (body, '}');
  g_string_append_c (seen, '}');
  return write_entry (transaction, edit, patient, author, body->str, seen->str, latest, error);
}

/**
 * limber_transaction_receive:
 * @entry: an entry from elsewhere, whose bytes verified
 * @quarantine: (nullable): why it must be quarantined, whatever its content
 * @verdict: (out): what became of it
 * @reason: (out) (transfer full) (nullable): why it was quarantined
 * @error: only when the store failed; an entry is never refused
 *
 * Takes an entry that was pushed. The same one twice changes nothing.
 */
gboolean
limber_transaction_receive (LimberTransaction *transaction, const LimberEntry *entry, const char *quarantine, LimberVerdict *verdict, char **reason, GError **error)
{
  gint64 key = 0;
  g_autoptr (GError) why = NULL;
  LimberPlace place = limber_journal_place (transaction->reader.database, entry, &key, error);

  *reason = NULL;
  *verdict = place == LIMBER_PLACE_KNOWN ? LIMBER_VERDICT_KNOWN : LIMBER_VERDICT_GAP;
  if (place != LIMBER_PLACE_FREE)
    return place == LIMBER_PLACE_KNOWN || error == NULL || *error == NULL;
  if (quarantine != NULL)
    *reason = g_strdup (quarantine);
  else if (entry->has_body && !limber_fold_check (entry, &why))
    *reason = g_strdup (why->message);
  *verdict = *reason != NULL ? LIMBER_VERDICT_QUARANTINED : LIMBER_VERDICT_STORED;
  see_time (transaction, entry->time);
  if (*reason != NULL && !limber_database_execute (transaction->reader.database, error, "INSERT OR REPLACE INTO quarantine(key, reason, at) VALUES(?,?,?)", "iti", key, *reason,
                                                   limber_transaction_now (transaction)))
    return FALSE;
  return append (transaction, entry, key, *reason != NULL ? LIMBER_JOURNAL_QUARANTINED : LIMBER_JOURNAL_MERGED, error);
}

/**
 * limber_transaction_apply:
 * @record: a record as a node has it, with the fields that this device may hold
 *
 * Merges a pulled record; a row made afresh also gets what the own journal says of it (SYNC.md rule 18).
 */
gboolean
limber_transaction_apply (LimberTransaction *transaction, const LimberRecord *record, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 n = limber_database_thing (database, &record->id, TRUE, error);
  g_autoptr (GError) failed = NULL;
  g_autoptr (LimberRecord) held = n != 0 ? limber_rows_load (database, record->kind, n, &failed) : NULL;

  if (n == 0 || failed != NULL) {
    if (failed != NULL)
      g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  for (guint i = 0; i < record->kind->n_fields; i++)
    see_time (transaction, record->stamps[i].time);
  if (held != NULL)
    return !limber_merge_records (held, record) || limber_transaction_save_row (transaction, held, n, error);
  held = limber_record_copy (record);
  return limber_fold_journal (database, held, transaction->reader.klass, error) && limber_transaction_save_row (transaction, held, n, error);
}

/**
 * limber_transaction_replace:
 * @record: a record as a node has it
 *
 * Makes the row exactly @record (SYNC.md rule 18).
 */
gboolean
limber_transaction_replace (LimberTransaction *transaction, const LimberRecord *record, GError **error)
{
  gint64 n = limber_database_thing (transaction->reader.database, &record->id, TRUE, error);

  return n != 0 && limber_transaction_save_row (transaction, record, n, error);
}

static gboolean
drop_row (LimberTransaction *transaction, const LimberKind *kind, gint64 n, const LimberId *id, const LimberId *patient, GError **error)
{
  limber_scope_note (transaction, kind, n);
  if (!leave_order (transaction, kind, n, error) || !limber_rows_delete (transaction->reader.database, kind, n, error))
    return FALSE;
  touch (transaction, kind, id, patient);
  return TRUE;
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

  return held == NULL || drop_row (transaction, kind, n, id, limber_record_patient (held), error);
}

typedef struct {
  LimberTransaction *transaction;
  const LimberId    *patient;
  GArray            *numbers;
} Forget;

static gboolean
collect_number (const LimberRecord *record, gint64 n, gpointer data)
{
  g_array_append_val (((Forget *) data)->numbers, n);
  return TRUE;
}

static gboolean
forget_kind (Forget *forget, const LimberKind *kind, GError **error)
{
  LimberDatabase *database = forget->transaction->reader.database;
  g_auto (LimberValue) patient = LIMBER_VALUE_INIT;
  g_autofree char *where = g_str_equal (kind->patient, "id") ? g_strdup ("n=?") : g_strdup_printf ("\"%s\"=?", kind->patient);

  g_array_set_size (forget->numbers, 0);
  limber_value_set_id (&patient, forget->patient);
  if (!limber_rows_each (database, kind, where, &patient, 1, collect_number, forget, error))
    return FALSE;
  for (guint i = 0; i < forget->numbers->len; i++) {
    gint64 n = g_array_index (forget->numbers, gint64, i);
    LimberId id;

    if (limber_database_thing_id (database, n, &id) && !drop_row (forget->transaction, kind, n, &id, forget->patient, error))
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
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  Forget forget = { transaction, patient, numbers };
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i]->patient != NULL && !forget_kind (&forget, kinds[i], error))
      return FALSE;
  return limber_database_execute (transaction->reader.database, error, "DELETE FROM extra WHERE patient=?", "i", limber_database_thing (transaction->reader.database, patient, FALSE, NULL));
}

gboolean
limber_transaction_set_meta (LimberTransaction *transaction, const char *name, const char *value, GError **error)
{
  transaction->changes->journal = TRUE;
  return limber_database_set_meta (transaction->reader.database, name, value, error);
}
