#include "limber-import-take.h"

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-last-list.h"

const LimberAuthor limber_import_author = { "system:import", "import" };

/* What the last list said of one field; nothing when no list ever set it. */
typedef struct {
  const LimberValue   *value; /* (nullable) */
  const LimberEntryId *entry;
} Last;

/* What is there, and what the last list said of it. */
typedef struct {
  LimberRecord *held;   /* (owned) (nullable) */
  GArray       *listed; /* (owned) (nullable) (element-type LimberListed): %NULL where the record itself says it all */
} Before;

static void
before_clear (Before *before)
{
  g_clear_pointer (&before->held, limber_record_free);
  g_clear_pointer (&before->listed, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, before_clear)

static Last
last_of (const Before *before, guint i)
{
  const LimberListed *listed = before->listed != NULL ? &g_array_index (before->listed, LimberListed, i) : NULL;

  if (listed != NULL)
    return listed->known ? (Last){ &listed->value, &listed->entry } : (Last){ NULL, NULL };
  if (before->held == NULL || !limber_stamp_is_set (&before->held->stamps[i]))
    return (Last){ NULL, NULL };
  return (Last){ &before->held->values[i], &before->held->stamps[i].entry };
}

/* Going back begins a round, but only over a list's own value: a new round would beat a person. */
static void
set_round (LimberValue *value, const LimberValue *last, gboolean standing)
{
  gint64 round = last->integer / LIMBER_PROGRESS_ROUND, rank = last->integer % LIMBER_PROGRESS_ROUND;

  limber_value_set_integer (value, (value->integer < rank && standing ? round + 1 : round) * LIMBER_PROGRESS_ROUND + value->integer);
}

/* A list that has an appointment again which lists had cancelled: whose cancellation that was goes with it. */
static void
book_again (LimberImportRecord *record, const LimberRecord *held)
{
  int status = limber_kind_field (record->kind, "status"), by = limber_kind_field (record->kind, "cancelled_by");

  if (by < 0 || status < 0 || !record->sets[status] || record->sets[by] || held->values[by].type == LIMBER_VALUE_NONE)
    return;
  if (!limber_last_list_stands_in (held, (guint) by) || !limber_last_list_stands_in (held, (guint) status))
    return;
  if (record->values[status].type == LIMBER_VALUE_INTEGER && record->values[status].integer < held->values[status].integer % LIMBER_PROGRESS_ROUND)
    limber_value_set_none (limber_import_record_set_at (record, (guint) by));
}

/* Leaves in @record what differs from the last list (SYNC.md rule 9). Returns: in how many fields */
static guint
compare (LimberImportRecord *record, const Before *before)
{
  guint n = 0;

  if (before->held != NULL)
    book_again (record, before->held);
  for (guint i = 0; i < record->kind->n_fields; i++) {
    LimberValue *value = &record->values[i];
    Last last;

    if (!record->sets[i])
      continue;
    last = last_of (before, i);
    if (record->kind->fields[i].merge == LIMBER_MERGE_ORDERED && last.value != NULL && value->type == LIMBER_VALUE_INTEGER)
      set_round (value, last.value, limber_last_list_stands_in (before->held, i));
    if (before->held != NULL && limber_canary (LIMBER_CANARY_IMPORT_BY_PRESENT))
      record->sets[i] = !limber_value_equal (value, &before->held->values[i]);
    else
      record->sets[i] = last.value != NULL ? !limber_value_equal (value, last.value) : value->type != LIMBER_VALUE_NONE;
    n += record->sets[i] ? 1 : 0;
  }
  return n;
}

static LimberEdit *
make_edit (LimberImportRecord *record, const Before *before)
{
  LimberEdit *edit = limber_edit_new (record->kind->name, &record->id);

  limber_edit_set_import (edit);
  for (guint i = 0; i < record->kind->n_fields; i++) {
    Last last;

    if (!record->sets[i])
      continue;
    last = last_of (before, i);
    limber_edit_take_value (edit, i, &record->values[i]);
    if (last.entry != NULL)
      limber_edit_add_seen (edit, record->kind->fields[i].name, last.entry);
  }
  return edit;
}

/**
 * limber_import_take_record:
 * @transaction: (nullable): where to write; %NULL for a trial
 * @record: what a list says; afterwards it is empty
 * @error: LIMBER_ERROR_REFUSED, or how the store failed
 *
 * Writes what a list says of a record, where that is not what the last list said: what people have done since stands.
 *
 * Returns: what became of it
 */
LimberImportOutcome
limber_import_take_record (LimberReader *reader, LimberTransaction *transaction, LimberImportRecord *record, GError **error)
{
  g_auto (Before) before = { NULL, NULL };
  g_autoptr (LimberEdit) edit = NULL;
  g_autoptr (GError) why = NULL;
  gboolean refused;
  guint n;

  if (!limber_reader_find (reader, record->kind, &record->id, &before.held, error))
    return LIMBER_IMPORT_FAILED;
  if (before.held != NULL && !limber_last_list_stands (before.held) && (before.listed = limber_last_list_read (reader, before.held, error)) == NULL)
    return LIMBER_IMPORT_FAILED;
  n = compare (record, &before);
  if (before.held != NULL && n == 0)
    return LIMBER_IMPORT_SAME;
  edit = make_edit (record, &before);
  if (transaction == NULL || limber_transaction_edit (transaction, edit, &limber_import_author, &why))
    return before.held == NULL ? LIMBER_IMPORT_MADE : LIMBER_IMPORT_CHANGED;
  refused = g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_propagate_error (error, g_steal_pointer (&why));
  return refused ? LIMBER_IMPORT_REFUSED : LIMBER_IMPORT_FAILED;
}
