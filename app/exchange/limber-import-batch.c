/* A batch is whole: its transaction takes all of its rows that can be taken, or, when the store fails, none. */
#include "limber-import-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-last-list.h"

static const LimberAuthor author = { "system:import", "import" };

#ifdef LIMBER_TEST_HOOKS
guint limber_import_batch_rows = 5000;
#endif

/* A row while it is taken. */
typedef struct {
  LimberImportBatch *batch;
  guint              line;
  GArray            *more;  /* (owned): LimberImportRecord */
  gboolean           partly; /* a cell was refused */
  json_t            *problems; /* (owned): of this row, until it is known what became of the line */
} Taking;

void
limber_import_batch_init (LimberImportBatch *batch, const LimberImportList *list, LimberImportScope *scope, json_t *problems)
{
  memset (batch, 0, sizeof *batch);
  batch->list = list;
  batch->scope = scope;
  batch->problems = problems;
  batch->lines = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  batch->cells = g_string_new (NULL);
  batch->rows = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
limber_import_batch_clear (LimberImportBatch *batch)
{
  g_clear_pointer (&batch->lines, g_hash_table_unref);
  g_clear_pointer (&batch->rows, g_array_unref);
  if (batch->cells != NULL)
    g_string_free (g_steal_pointer (&batch->cells), TRUE);
}

/**
 * limber_import_batch_begin:
 *
 * Learns where the list's columns are in @csv.
 */
void
limber_import_batch_begin (LimberImportBatch *batch, LimberCsv *csv)
{
  batch->n_columns = limber_csv_n_columns (csv);
  limber_import_list_lay_out (batch->list, csv, &batch->layout);
}

/**
 * limber_import_batch_add:
 *
 * Adds the row that @csv stands at.
 */
void
limber_import_batch_add (LimberImportBatch *batch, LimberCsv *csv)
{
  guint line = limber_csv_line (csv);

  for (guint i = 0; i < batch->n_columns; i++) {
    const char *cell = limber_csv_cell (csv, i);

    g_string_append_len (batch->cells, cell, (gssize) strlen (cell) + 1);
  }
  g_array_append_val (batch->rows, line);
}

static json_t *
problem (LimberImportBatch *batch, guint line, const char *column, const char *reason, gboolean taken)
{
  return json_pack ("{s:s, s:i, s:s?, s:s, s:b}", "file", limber_import_list_file (batch->list), "line", (int) line, "column", column, "reason", reason, "taken", taken);
}

/**
 * limber_import_batch_problem:
 * @column: (nullable): where in the line; %NULL when it is the line as such
 * @taken: whether the rest of the line is taken
 *
 * Reports a line.
 */
void
limber_import_batch_problem (LimberImportBatch *batch, guint line, const char *column, const char *reason, gboolean taken)
{
  json_array_append_new (batch->problems, problem (batch, line, column, reason, taken));
}

static void
refuse (const char *column, const char *reason, gpointer data)
{
  Taking *taking = data;

  taking->partly = TRUE;
  json_array_append_new (taking->problems, problem (taking->batch, taking->line, column, reason, TRUE));
}

static void
collect (LimberImportRecord *record, gpointer data)
{
  Taking *taking = data;

  g_array_append_val (taking->more, *record);
  memset (record->values, 0, sizeof record->values);
}

/* Leaves in @edit what differs from the last list (SYNC.md rule 9). FALSE only when the store failed. */
static gboolean
compare (LimberReader *reader, LimberImportRecord *record, const LimberRecord *held, LimberEdit *edit, GError **error)
{
  g_autoptr (GArray) listed = held != NULL ? limber_last_list_read (reader, held, error) : NULL;

  if (held != NULL && listed == NULL)
    return FALSE;
  for (guint i = 0; i < record->kind->n_fields; i++) {
    const LimberListed *last = listed != NULL ? &g_array_index (listed, LimberListed, i) : NULL;
    const char *name = record->kind->fields[i].name;
    LimberValue *value = &record->values[i];

    if (!record->sets[i])
      continue;
    if (record->kind->fields[i].merge == LIMBER_MERGE_ORDERED && last != NULL && last->known && value->type == LIMBER_VALUE_INTEGER) {
      gint64 round = last->value.integer / LIMBER_PROGRESS_ROUND, rank = last->value.integer % LIMBER_PROGRESS_ROUND;
      gboolean standing = held->stamps[i].rank == LIMBER_RANK_IMPORT;

      /* Going back begins a round, but only over a list's own value: a new round would beat a person. */
      limber_value_set_integer (value, (value->integer < rank && standing ? round + 1 : round) * LIMBER_PROGRESS_ROUND + value->integer);
    }
    if (held != NULL && limber_canary (LIMBER_CANARY_IMPORT_BY_PRESENT) ? limber_value_equal (value, &held->values[i])
        : last != NULL && last->known                                   ? limber_value_equal (value, &last->value)
                                                                        : value->type == LIMBER_VALUE_NONE)
      continue;
    limber_edit_set_value (edit, name, value);
    if (last != NULL && last->known)
      limber_edit_add_seen (edit, name, &last->entry);
  }
  return TRUE;
}

typedef enum { MADE, CHANGED, SAME, FAILED, REFUSED } Outcome;

/* Takes one record: @transaction is NULL for a trial. */
static Outcome
take_record (LimberImportBatch *batch, LimberTransaction *transaction, LimberImportRecord *record, GError **error)
{
  g_autoptr (LimberRecord) held = NULL;
  g_autoptr (LimberEdit) edit = limber_edit_new (record->kind->name, &record->id);
  g_autoptr (GError) why = NULL;
  Outcome outcome;

  limber_edit_set_import (edit);
  held = limber_reader_get (batch->scope->reader, record->kind->name, &record->id, &why);
  if (held == NULL && !g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return FAILED;
  }
  if (!compare (batch->scope->reader, record, held, edit, error))
    return FAILED;
  outcome = held == NULL ? MADE : limber_edit_n_changes (edit) > 0 ? CHANGED : SAME;
  if (transaction != NULL && outcome != SAME && !limber_transaction_edit (transaction, edit, &author, error))
    return g_error_matches (*error, LIMBER_ERROR, LIMBER_ERROR_REFUSED) ? REFUSED : FAILED;
  g_hash_table_add (batch->scope->known, limber_id_copy (&record->id));
  return outcome;
}

static gboolean
take_more (Taking *taking, LimberTransaction *transaction, GError **error)
{
  for (guint i = 0; i < taking->more->len; i++) {
    LimberImportRecord *record = &g_array_index (taking->more, LimberImportRecord, i);
    Outcome outcome = take_record (taking->batch, transaction, record, error);

    if (outcome == FAILED || outcome == REFUSED)
      return FALSE;
    taking->batch->extra += outcome == MADE;
  }
  return TRUE;
}

static void
count (LimberImportCount *counted, Outcome outcome, gboolean partly)
{
  counted->made += outcome == MADE;
  counted->changed += outcome == CHANGED;
  counted->same += outcome == SAME;
  counted->refused += outcome == REFUSED;
  counted->partly += partly && outcome != REFUSED;
}

/* The same record twice in one list: which line is right cannot be known; the first stands. */
static gboolean
is_twice (Taking *taking, const LimberId *id)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (taking->batch->lines, id));
  g_autofree char *why = NULL;

  if (first == 0) {
    g_hash_table_insert (taking->batch->lines, limber_id_copy (id), GUINT_TO_POINTER (taking->line));
    return FALSE;
  }
  why = g_strdup_printf (_("this number is already on line %u"), first);
  refuse (limber_import_list_key (taking->batch->list), why, taking);
  return TRUE;
}

static void
report (Taking *taking, gboolean taken)
{
  gsize i;
  json_t *one;

  json_array_foreach (taking->problems, i, one) {
    json_object_set_new (one, "taken", json_boolean (taken));
    json_array_append (taking->batch->problems, one);
  }
}

static gboolean
take_row (Taking *taking, LimberTransaction *transaction, const char *const *cells, GError **error)
{
  LimberImportBatch *batch = taking->batch;
  g_auto (LimberImportRecord) record = { 0 };
  g_autoptr (GError) why = NULL;
  LimberImportResult result;
  Outcome outcome = REFUSED;

  limber_import_record_init (&record, limber_import_list_kind (batch->list));
  result = limber_import_row_read (batch->list, batch->scope, &batch->layout, cells, &record, refuse, collect, taking, error);
  if (result == LIMBER_IMPORT_FAILED)
    return FALSE;
  batch->count.read++;
  if (result == LIMBER_IMPORT_TAKEN && !is_twice (taking, &record.id)) {
    outcome = take_record (batch, transaction, &record, &why);
    if (outcome == FAILED || (outcome != REFUSED && !take_more (taking, transaction, &why))) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    if (outcome == REFUSED)
      refuse (NULL, why->message, taking);
  }
  count (&batch->count, outcome, taking->partly);
  report (taking, outcome != REFUSED);
  return TRUE;
}

static void
clear_more (LimberImportRecord *record)
{
  limber_import_record_clear (record);
}

/**
 * limber_import_batch_take:
 * @transaction: (nullable): where to write; %NULL for a trial
 * @error: when the store failed
 *
 * Takes the rows of the batch, and empties it.
 *
 * Returns: whether they were taken, or reported
 */
gboolean
limber_import_batch_take (LimberImportBatch *batch, LimberTransaction *transaction, GError **error)
{
  g_autofree const char **cells = g_new (const char *, batch->n_columns + 1);
  const char *at = batch->cells->str;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < batch->rows->len; i++) {
    Taking taking = { batch, g_array_index (batch->rows, guint, i), g_array_new (FALSE, FALSE, sizeof (LimberImportRecord)), FALSE, json_array () };

    g_array_set_clear_func (taking.more, (GDestroyNotify) clear_more);
    for (guint c = 0; c < batch->n_columns; c++, at += strlen (at) + 1)
      cells[c] = at;
    ok = take_row (&taking, transaction, cells, error);
    g_array_unref (taking.more);
    json_decref (taking.problems);
  }
  g_array_set_size (batch->rows, 0);
  g_string_truncate (batch->cells, 0);
  return ok;
}
