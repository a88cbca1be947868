/* Writing: an edit becomes one entry at the head of this device's chain (SYNC.md rules 1 to 5). */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-edit-private.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

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

/**
 * limber_transaction_expect_many:
 * @many: whether very many changes are to come, in transactions after this one; who has said so says also that they are over
 */
void
limber_transaction_expect_many (LimberTransaction *transaction, gboolean many)
{
  limber_numbers_expect_many (limber_database_numbers (transaction->reader.database), many);
}

/**
 * limber_transaction_is_ahead:
 *
 * Returns: whether @time is too far ahead to move the clock (SYNC.md rule 4), wherever it comes from
 */
gboolean
limber_transaction_is_ahead (LimberTransaction *transaction, guint64 time)
{
  return LIMBER_HYBRID_MS (time) > limber_transaction_now (transaction) + LIMBER_AHEAD_MAXIMUM && !limber_canary (LIMBER_CANARY_CLOCK_FOLLOWS_ANY);
}

/* max (own clock, 1 + the time of every value seen) (SYNC.md rule 4). What this device wrote while its clock was wrong does
 * not move it either: else it would win over everybody for as long as it was ahead. */
static guint64
next_time (LimberTransaction *transaction, guint64 seen)
{
  guint64 time = LIMBER_HYBRID (limber_transaction_now (transaction));

  if (!limber_transaction_is_ahead (transaction, transaction->state.hybrid))
    time = MAX (time, transaction->state.hybrid + 1);
  if (!limber_canary (LIMBER_CANARY_TIME_IGNORES_SEEN))
    time = MAX (time, MIN (seen + 1, G_MAXINT64)); /* more is no time; whoever has written that is not a clock */
  if (!limber_transaction_is_ahead (transaction, time))
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
  if (limber_canary (LIMBER_CANARY_UNDO_BY_RANK))
    return;
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

  if ((held == NULL && more == NULL) || limber_canary (LIMBER_CANARY_NOTHING_SEEN))
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

/* Whether a field that is set is said: only what changes (SYNC.md rules 3 and 5). */
static gboolean
is_said (const LimberEdit *edit, guint i, const LimberRecord *held)
{
  gboolean has = held != NULL && limber_stamp_is_set (&held->stamps[i]), nothing = edit->values[i].type == LIMBER_VALUE_NONE;

  if (edit->rank == LIMBER_RANK_IMPORT)
    return has || !nothing;
  return edit->seen[i] != NULL || !(has ? limber_value_equal (&edit->values[i], &held->values[i]) : nothing);
}

/* The body and the seen of an edit, which afterwards sets no more than they say. Returns how many fields that is. */
static guint
compose (LimberEdit *edit, const LimberRecord *held, GString *body, GString *seen, guint64 *latest)
{
  guint n = 0;

  for (guint i = 0; i < edit->kind->n_fields; i++) {
    const LimberField *field = &edit->kind->fields[i];
    gboolean has = held != NULL && limber_stamp_is_set (&held->stamps[i]), imported = edit->rank == LIMBER_RANK_IMPORT;

    edit->sets[i] = edit->sets[i] && is_said (edit, i, held);
    if (!edit->sets[i])
      continue;
    g_string_append (body, n++ > 0 ? "," : "");
    limber_entry_append_name (body, field->name, field->merge);
    g_string_append_c (body, ':');
    limber_entry_append_value (body, field, &edit->values[i]);
    append_seen (seen, field->name, has && !imported ? &held->stamps[i].entry : NULL, edit->seen[i]);
    if (has && (!imported || held->stamps[i].rank == LIMBER_RANK_IMPORT))
      *latest = MAX (*latest, held->stamps[i].time);
  }
  return n;
}

/**
 * limber_transaction_write_entry:
 *
 * Puts an entry at the head of this device's chain.
 */
gboolean
limber_transaction_write_entry (LimberTransaction *transaction, const LimberDraft *draft, GError **error)
{
  LimberWriterState *state = &transaction->state;
  LimberEntry entry = { 0 };
  g_autoptr (GString) header = g_string_sized_new (512);

  if (!state->has_origin && !limber_transaction_new_epoch (transaction, error))
    return FALSE;
  entry.origin = state->origin;
  entry.seq = state->seq + 1;
  entry.time = next_time (transaction, draft->latest);
  entry.rank = draft->rank;
  g_strlcpy (entry.author, draft->author->author, sizeof entry.author);
  g_strlcpy (entry.role, draft->author->role, sizeof entry.role);
  g_strlcpy (entry.kind, draft->kind, sizeof entry.kind);
  entry.record = *draft->record;
  entry.has_patient = draft->patient != NULL;
  if (draft->patient != NULL)
    entry.patient = *draft->patient;
  entry.has_prev = state->has_head;
  memcpy (entry.prev, state->head, sizeof entry.prev);
  limber_env_random (limber_transaction_env (transaction), entry.salt, sizeof entry.salt);
  limber_entry_commit (entry.salt, draft->body->str, draft->body->len, entry.commitment);
  limber_entry_make_header (&entry, draft->seen->str, header);
  if (header->len > LIMBER_ENTRY_MAXIMUM)
    return limber_error_refuse (error, _("This is more than one change may say"));
  entry.has_body = TRUE;
  entry.body = (LimberSpan){ draft->body->str, draft->body->len };
  entry.edit = draft->edit;
  if (!limber_transaction_append (transaction, &entry, LIMBER_JOURNAL_KEY (state->origin_n, entry.seq), NULL, error))
    return FALSE;
  state->seq = entry.seq;
  state->has_head = TRUE;
  memcpy (state->head, entry.hash, sizeof state->head);
  return TRUE;
}

/* What no device does: it sets also what it holds and nobody changed. */
static void
set_whole_row (LimberEdit *edit, const LimberRecord *held)
{
  for (guint i = 0; i < edit->kind->n_fields; i++)
    if (!edit->sets[i] && limber_field_is_written (&edit->kind->fields[i]) && limber_stamp_is_set (&held->stamps[i])) {
      limber_edit_set_value (edit, edit->kind->fields[i].name, &held->values[i]);
      limber_edit_add_seen (edit, edit->kind->fields[i].name, &held->stamps[i].entry);
    }
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
  const LimberId *patient;
  LimberDraft draft;
  guint64 latest = 0;
  gint64 n;

  if (!limber_kind_writable_by (edit->kind, transaction->reader.klass)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: this device may not change it"), edit->kind->name);
    return FALSE;
  }
  if (!check_author (author, error))
    return FALSE;
  n = limber_database_thing (database, &edit->id, FALSE, NULL);
  if (n != 0 && limber_kind_held_by (edit->kind, transaction->reader.klass) && !limber_rows_find (database, edit->kind, n, &held, error))
    return FALSE;
  if (held == NULL && !check_required (transaction, edit, error))
    return FALSE;
  if (held != NULL && transaction->reader.klass == LIMBER_CLASS_KIOSK && limber_canary (LIMBER_CANARY_KIOSK_WRITES_ALL))
    set_whole_row (edit, held);
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
  draft = (LimberDraft){ edit->kind->name, &edit->id, patient, edit->rank, author, body, seen, latest, edit };
  return limber_transaction_write_entry (transaction, &draft, error);
}
