/* Invariants: at a node an entry is in the table exactly while its state is quarantined. Elsewhere an entry in the table is
 * this store's own, and merged here: no screen but its author's shows it. A decision is an entry like any other, which
 * sees the one that it decides on; so every store that hears of it knows that nothing waits any more. */
#include "limber-quarantine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-aside.h"
#include "limber-base64.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-fold.h"
#include "limber-json.h"
#include "limber-recovered.h"
#include "limber-reopen-private.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

/* What a decision sees of an entry whose fields cannot be read. */
#define UNREADABLE "entry"

/* Why, when no verdict has said so. */
#define ELSEWHERE "kept apart elsewhere"

static json_t *
entry_json (LimberStatement *statement, GError **error)
{
  LimberEntry entry;
  LimberId device;
  g_autofree char *id = NULL, *device_text = NULL, *record = NULL, *made = NULL, *at = NULL, *body = limber_statement_dup_text (statement, 2);

  if (!limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 1), (gsize) sqlite3_column_bytes (statement->stmt, 1), error))
    return NULL;
  memcpy (device.bytes, entry.origin.bytes, sizeof device.bytes);
  id = limber_id_dup_text (&entry.id);
  device_text = limber_id_dup_text (&device);
  record = limber_id_dup_text (&entry.record);
  made = limber_time_to_iso (LIMBER_HYBRID_MS (entry.time));
  at = limber_time_to_iso (sqlite3_column_int64 (statement->stmt, 3));
  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s?}", "id", id, "device", device_text, "kind", entry.kind, "record", record, "author", entry.author, "made", made,
                    "quarantined", at, "reason", (const char *) sqlite3_column_text (statement->stmt, 0), "shown", sqlite3_column_int (statement->stmt, 4) == LIMBER_JOURNAL_MERGED, "fields", body);
}

/**
 * limber_quarantine_json:
 *
 * Returns: (transfer full) (nullable): an array of the entries that wait, each with its reason; `shown` is true for what
 *   was written here and is shown here alone. The fields are left out of one about a person whom this store does not
 *   hold, and are not there of one that came without its content (SYNC.md rule 13)
 */
json_t *
limber_quarantine_json (LimberReader *reader, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error,
                             "SELECT q.reason, j.header, iif(?1 OR j.patient IS NULL OR EXISTS (SELECT 1 FROM patient WHERE patient.n=j.patient), j.body, NULL), q.at, j.state"
                             " FROM quarantine q JOIN journal j ON j.key=q.key ORDER BY q.at, q.key",
                             "i", (gint64) (reader->klass == LIMBER_CLASS_CENTRAL));
  g_autoptr (json_t) list = json_array ();
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    json_t *entry = entry_json (statement, error);

    if (entry == NULL)
      return NULL;
    json_array_append_new (list, entry);
  }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

static gboolean
let_go (LimberTransaction *transaction, gint64 key, LimberJournalState state, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  transaction->changes->journal = TRUE;
  return limber_database_execute (database, error, "UPDATE journal SET state=? WHERE key=?", "ii", (gint64) state, key) &&
         limber_database_execute (database, error, "DELETE FROM quarantine WHERE key=?", "i", key) && limber_aside_renew (transaction, key, error);
}

/* An entry that waits, and what is to become of it. */
typedef struct {
  gint64             key;
  LimberJournalState state;
} Waiting;

typedef gboolean (*JudgeFunc) (const LimberEntry *waiting, LimberJournalState *state, gpointer data);

typedef struct {
  LimberDatabase *database;
  JudgeFunc       judge;
  gpointer        data;
  GArray         *done; /* Waiting */
} Walk;

static gboolean
judge_one (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Walk *walk = data;
  Waiting waiting = { key, state };

  if (limber_database_integer (walk->database, 0, "SELECT 1 FROM quarantine WHERE key=?", "i", key) == 1 && walk->judge (entry, &waiting.state, walk->data))
    g_array_append_val (walk->done, waiting);
  return TRUE;
}

/* Lets go of those entries about @record that @judge says no longer wait. */
static gboolean
let_go_of (LimberTransaction *transaction, const LimberId *record, JudgeFunc judge, gpointer data, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (Waiting));
  Walk walk = { database, judge, data, done };

  if (limber_database_integer (database, 0, "SELECT 1 FROM quarantine LIMIT 1", "") == 0)
    return TRUE;
  if (!limber_journal_each (database, record, judge_one, &walk, error))
    return FALSE;
  for (guint i = 0; i < done->len; i++)
    if (!let_go (transaction, g_array_index (done, Waiting, i).key, g_array_index (done, Waiting, i).state, error))
      return FALSE;
  return TRUE;
}

static gboolean
sees_all_of (const LimberEntry *entry, const LimberEntry *waiting)
{
  g_autoptr (GArray) changes = waiting->has_body ? limber_entry_changes (waiting, NULL) : NULL;

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    if (!limber_entry_sees (entry, g_array_index (changes, LimberChange, i).name, &waiting->id))
      return FALSE;
  return changes != NULL || limber_entry_sees (entry, UNREADABLE, &waiting->id);
}

typedef struct {
  const LimberEntry *entry;
  gboolean           decides;
} Deciding;

static gboolean
note_decided (const LimberEntry *waiting, gint64 key, LimberJournalState state, gpointer data)
{
  Deciding *deciding = data;

  deciding->decides = state != LIMBER_JOURNAL_MERGED && !limber_id_equal (&waiting->id, &deciding->entry->id) && sees_all_of (deciding->entry, waiting);
  return !deciding->decides;
}

/**
 * limber_quarantine_decides:
 * @entry: one that came from elsewhere
 *
 * Returns: whether it decides on what waits here, or waited
 */
gboolean
limber_quarantine_decides (LimberReader *reader, const LimberEntry *entry)
{
  Deciding deciding = { entry, FALSE };

  return limber_journal_each (reader->database, &entry->record, note_decided, &deciding, NULL) && deciding.decides;
}

typedef struct {
  LimberDatabase    *database;
  const LimberEntry *entry;
  gboolean           decides; /* it was merged: what is kept apart itself decides nothing */
} Come;

static gboolean
judge_by_entry (const LimberEntry *waiting, LimberJournalState *state, gpointer data)
{
  const Come *come = data;

  if (*state != LIMBER_JOURNAL_QUARANTINED || !((come->decides && sees_all_of (come->entry, waiting)) || (limber_recovered_is (waiting) && limber_recovered_is_known (come->database, waiting))))
    return FALSE;
  *state = LIMBER_JOURNAL_KNOWN;
  return TRUE;
}

/**
 * limber_quarantine_settle:
 * @entry: one that has just come into the journal
 * @state: how it stands there
 *
 * What @entry decides on, or what was only offered because @entry was lacking, waits no more; what it says is not decided waits again.
 */
gboolean
limber_quarantine_settle (LimberTransaction *transaction, const LimberEntry *entry, LimberJournalState state, GError **error)
{
  Come come = { transaction->reader.database, entry, state == LIMBER_JOURNAL_MERGED };

  return let_go_of (transaction, &entry->record, judge_by_entry, &come, error) && (!come.decides || limber_reopen_heed (transaction, entry, error));
}

static gboolean
judge_by_row (const LimberEntry *waiting, LimberJournalState *state, gpointer data)
{
  const LimberRecord *record = data;
  g_autoptr (LimberRecord) after = limber_record_copy (record);
  g_autoptr (GArray) changes = waiting->has_body && g_str_equal (waiting->kind, record->kind->name) ? limber_entry_changes (waiting, NULL) : NULL;

  if (changes == NULL || limber_fold_changes (after, waiting, changes, LIMBER_CLASS_CENTRAL))
    return FALSE;
  if (*state == LIMBER_JOURNAL_QUARANTINED)
    *state = LIMBER_JOURNAL_KNOWN;
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (limber_id_equal (&record->stamps[i].entry, &waiting->id))
      *state = LIMBER_JOURNAL_MERGED;
  return TRUE;
}

/**
 * limber_quarantine_review:
 * @record: a record as a node above has it
 *
 * An entry that would change nothing in it has been accepted there, or written over: it waits no more.
 */
gboolean
limber_quarantine_review (LimberTransaction *transaction, const LimberRecord *record, GError **error)
{
  return let_go_of (transaction, &record->id, judge_by_row, (gpointer) record, error);
}

/**
 * limber_quarantine_is_marked:
 *
 * Returns: whether something that was written here about @record waits, and is shown here meanwhile
 */
gboolean
limber_quarantine_is_marked (LimberReader *reader, const LimberId *record)
{
  return limber_database_integer (reader->database, 0, "SELECT 1 FROM quarantine q JOIN journal j ON j.key=q.key WHERE j.record=? AND j.state=0 LIMIT 1", "i",
                                  limber_database_thing (reader->database, record, FALSE, NULL)) == 1;
}

static gboolean
keep (LimberTransaction *transaction, gint64 key, const char *reason, GError **error)
{
  transaction->changes->journal = TRUE;
  return limber_database_execute (transaction->reader.database, error, "INSERT OR IGNORE INTO quarantine(key, reason, at) VALUES(?,?,?)", "iti", key, reason,
                                  limber_transaction_now (transaction));
}

typedef struct {
  const LimberRecord *shown, *node;
  GArray             *keys; /* gint64 */
} Marks;

static gboolean
note_shown (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Marks *marks = data;

  for (guint i = 0; i < marks->shown->kind->n_fields; i++)
    if (limber_id_equal (&marks->shown->stamps[i].entry, &entry->id) && limber_stamp_compare (&marks->shown->stamps[i], &marks->node->stamps[i]) != 0) {
      g_array_append_val (marks->keys, key);
      return TRUE;
    }
  return TRUE;
}

/**
 * limber_quarantine_mark:
 * @shown: a record as it is shown here
 * @node: as the node has it, which lacks nothing that was written here
 *
 * Marks the entries that make the difference, if no verdict has said already why.
 */
gboolean
limber_quarantine_mark (LimberTransaction *transaction, const LimberRecord *shown, const LimberRecord *node, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  Marks marks = { shown, node, keys };

  if (!limber_journal_each (transaction->reader.database, &shown->id, note_shown, &marks, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    if (!keep (transaction, g_array_index (keys, gint64, i), ELSEWHERE, error))
      return FALSE;
  return TRUE;
}

/**
 * limber_quarantine_told:
 * @piece: the number of an origin here
 * @seq: an entry of it
 * @reason: why a node above keeps it apart
 *
 * A hub keeps it apart too, its own as well, because others read from it; at any other device its author goes on seeing it, marked. Nothing is to be decided about one without a body.
 */
gboolean
limber_quarantine_told (LimberTransaction *transaction, gint64 piece, gint64 seq, const char *reason, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 key = LIMBER_JOURNAL_KEY (piece, seq);
  LimberOrigin origin;

  if (limber_database_integer (database, -1, "SELECT state FROM journal WHERE key=? AND body IS NOT NULL", "i", key) != LIMBER_JOURNAL_MERGED || !limber_database_origin_of (database, piece, &origin))
    return TRUE;
  if ((memcmp (origin.bytes, transaction->state.device.bytes, 16) != 0 || transaction->reader.klass == LIMBER_CLASS_HUB) &&
      !limber_database_execute (database, error, "UPDATE journal SET state=? WHERE key=?", "ii", (gint64) LIMBER_JOURNAL_QUARANTINED, key))
    return FALSE;
  return keep (transaction, key, reason, error);
}

typedef struct {
  LimberTransaction  *transaction;
  const LimberRecord *node;
  GArray             *keys; /* gint64 */
} Behind;

static gboolean
note_behind (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Behind *behind = data;
  g_autoptr (LimberRecord) after = NULL;
  g_autoptr (GArray) changes =
      state == LIMBER_JOURNAL_MERGED && entry->has_body && g_str_equal (entry->kind, behind->node->kind->name) ? limber_entry_changes (entry, NULL) : NULL;

  if (changes == NULL)
    return TRUE;
  after = limber_record_copy (behind->node);
  if (limber_fold_changes (after, entry, changes, behind->transaction->reader.klass))
    g_array_append_val (behind->keys, key);
  return TRUE;
}

/**
 * limber_quarantine_hold_back:
 * @node: a record as central has it, which lacks nothing that this hub has brought it
 *
 * A hub keeps apart what it had merged before it could know that central does not: it may have heard no verdict.
 */
gboolean
limber_quarantine_hold_back (LimberTransaction *transaction, const LimberRecord *node, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  Behind behind = { transaction, node, keys };

  if (!limber_journal_each (transaction->reader.database, &node->id, note_behind, &behind, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++) {
    gint64 key = g_array_index (keys, gint64, i);

    if (!limber_quarantine_told (transaction, LIMBER_JOURNAL_ORIGIN (key), LIMBER_JOURNAL_SEQ (key), ELSEWHERE, error))
      return FALSE;
  }
  return TRUE;
}

/* Deciding. */

/* At this node, or as central told of it. */
static char *
find_line (LimberReader *reader, const LimberEntryId *id, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error, "SELECT header, body, salt FROM quarantine JOIN journal USING (key) WHERE state=1 AND substr(hash, 1, 16)=?", "b", id->bytes, sizeof id->bytes);
  g_autoptr (GString) line = g_string_new (NULL);
  LimberEntry entry;

  if (statement == NULL)
    return NULL;
  if (limber_statement_step (statement, NULL) != 1) {
    char *told = limber_aside_line (reader, id);

    if (told != NULL)
      return told;
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("No such entry waits here; it may have been decided already."));
    return NULL;
  }
  if (!limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 0), (gsize) sqlite3_column_bytes (statement->stmt, 0), error))
    return NULL;
  entry.has_body = limber_statement_blob_into (statement, 2, entry.salt, sizeof entry.salt);
  if (entry.has_body)
    entry.body = (LimberSpan){ (const char *) sqlite3_column_text (statement->stmt, 1), (gsize) sqlite3_column_bytes (statement->stmt, 1) };
  limber_entry_append_line (&entry, line);
  g_string_truncate (line, line->len - 1);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* A decision has seen what waited, and what that had seen. */
/**
 * limber_quarantine_kind:
 * @entry: one that waits at this node, or at central
 *
 * Returns: (transfer full) (nullable): of what kind it is
 */
char *
limber_quarantine_kind (LimberReader *reader, const LimberEntryId *entry)
{
  g_autofree char *line = find_line (reader, entry, NULL);
  LimberEntry waiting;

  return line != NULL && limber_entry_parse_line (&waiting, line, strlen (line), NULL) ? g_strdup (waiting.kind) : NULL;
}

static void
see (LimberEdit *edit, const LimberEntry *waiting, const char *field)
{
  g_autoptr (GArray) seen = limber_entry_seen (waiting, field);

  limber_edit_add_seen (edit, field, &waiting->id);
  for (guint i = 0; i < seen->len; i++)
    limber_edit_add_seen (edit, field, &g_array_index (seen, LimberId, i));
}

static gboolean
refuse_reading (GError **error)
{
  return limber_error_refuse (error, _("This Limber cannot read what it says; it can only be declined here, or approved by a newer Limber."));
}

static gboolean
approve (LimberTransaction *transaction, const LimberEntry *waiting, GArray *changes, const LimberAuthor *author, GError **error)
{
  const LimberKind *kind = limber_kind_by_name (waiting->kind);
  g_autoptr (LimberEdit) edit = kind != NULL && changes != NULL && changes->len > 0 ? limber_edit_new (kind->name, &waiting->record) : NULL;

  if (edit == NULL)
    return refuse_reading (error);
  for (guint i = 0; i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    int at = limber_kind_field (kind, change->name);
    g_auto (LimberValue) value = LIMBER_VALUE_INIT;

    if (at < 0 || !limber_entry_value (&kind->fields[at], change->value, &value, NULL))
      return refuse_reading (error);
    if (kind->fields[at].type == LIMBER_TYPE_PROGRESS && value.type == LIMBER_VALUE_INTEGER)
      value.integer %= LIMBER_PROGRESS_ROUND;
    limber_edit_set_value (edit, change->name, &value);
    see (edit, waiting, change->name);
  }
  return limber_transaction_edit (transaction, edit, author, error);
}

/* Where there is nothing to leave as it is, or nothing that can be written, the decision is an entry that says nothing
 * but what it has seen. */
static gboolean
write_empty (LimberTransaction *transaction, const LimberEntry *waiting, GArray *changes, const LimberAuthor *author, GError **error)
{
  g_autoptr (GString) body = g_string_new ("{}"), seen = g_string_new ("{");
  LimberDraft draft = { waiting->kind, &waiting->record, waiting->has_patient ? &waiting->patient : NULL, LIMBER_RANK_PERSON, author, body, seen, waiting->time };
  char id[LIMBER_BASE64_LENGTH (16) + 1];

  limber_base64_encode (waiting->id.bytes, sizeof waiting->id.bytes, id);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    g_string_append_printf (seen, "%s\"%s\":[\"%s\"]", i > 0 ? "," : "", g_array_index (changes, LimberChange, i).name, id);
  if (changes == NULL)
    g_string_append_printf (seen, "\"" UNREADABLE "\":[\"%s\"]", id);
  g_string_append_c (seen, '}');
  return limber_transaction_write_entry (transaction, &draft, error);
}

static gboolean
decline (LimberTransaction *transaction, const LimberEntry *waiting, GArray *changes, const LimberAuthor *author, GError **error)
{
  const LimberKind *kind = limber_kind_by_name (waiting->kind);
  gboolean sets = changes != NULL && changes->len > 0;
  g_autoptr (LimberRecord) held = kind != NULL && !kind->write_once && sets ? limber_reader_get (&transaction->reader, kind->name, &waiting->record, NULL) : NULL;
  g_autoptr (LimberEdit) edit = held != NULL ? limber_edit_new (kind->name, &waiting->record) : NULL;

  for (guint i = 0; held != NULL && i < changes->len; i++) {
    const char *name = g_array_index (changes, LimberChange, i).name;
    int at = limber_kind_field (kind, name);

    if (at < 0 || !limber_field_is_written (&kind->fields[at]) || kind->fields[at].merge == LIMBER_MERGE_ONCE)
      return write_empty (transaction, waiting, changes, author, error);
    limber_edit_set_value (edit, name, &held->values[at]);
    see (edit, waiting, name);
  }
  return edit != NULL ? limber_transaction_edit (transaction, edit, author, error) : write_empty (transaction, waiting, changes, author, error);
}

/**
 * limber_quarantine_decide:
 * @entry: the id of an entry that waits at this node, or at central
 * @decision: whether what it says is to be so
 * @author: who decides
 * @error: LIMBER_ERROR_NOT_FOUND when it does not wait here; LIMBER_ERROR_REFUSED when this version cannot write it
 *
 * A person's decision: a new entry, his own, that has seen the one that waited (SYNC.md rule 15).
 */
gboolean
limber_quarantine_decide (LimberTransaction *transaction, const LimberEntryId *entry, LimberDecision decision, const LimberAuthor *author, GError **error)
{
  g_autofree char *line = find_line (&transaction->reader, entry, error);
  g_autoptr (GArray) changes = NULL;
  LimberEntry waiting;

  if (line == NULL || !limber_entry_parse_line (&waiting, line, strlen (line), error))
    return FALSE;
  changes = waiting.has_body ? limber_entry_changes (&waiting, NULL) : NULL;
  return (decision == LIMBER_DECISION_APPROVE ? approve (transaction, &waiting, changes, author, error) : decline (transaction, &waiting, changes, author, error)) &&
         limber_aside_end (transaction, entry, error);
}
