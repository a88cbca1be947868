/* A batch is whole: its transaction takes all of its rows that can be taken, or, when the store fails, none. */
#include "limber-import-batch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#ifdef LIMBER_TEST_HOOKS
guint limber_import_batch_rows = 10000;
#endif

typedef struct {
  guint              line;
  gsize              cells;    /* where its cells begin among the batch's */
  guint              n_cells;
  gboolean           taken;    /* so far */
  gboolean           partly;   /* a cell was refused */
  LimberImportRecord record;
  GArray            *more;     /* (owned) (nullable): LimberImportRecord */
  json_t            *problems; /* (owned) (nullable): of this row, until it is known what became of the line */
} LimberImportRow;

/* A row while it is made or taken. */
typedef struct {
  LimberImportReading *reading;
  LimberImportRow     *row;
} Taking;

static void
row_clear (LimberImportRow *row)
{
  limber_import_record_clear (&row->record);
  g_clear_pointer (&row->more, g_array_unref);
  g_clear_pointer (&row->problems, json_decref);
}

void
limber_import_reading_init (LimberImportReading *reading, const LimberImportList *list, LimberImportScope *scope, LimberIdMap *known)
{
  memset (reading, 0, sizeof *reading);
  reading->list = list;
  reading->scope = scope;
  reading->known = known;
  reading->added[0] = reading->added[1] = -1;
  reading->lines = limber_id_map_new (0);
  reading->sites = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
}

void
limber_import_reading_clear (LimberImportReading *reading)
{
  g_clear_pointer (&reading->lines, limber_id_map_free);
  g_clear_pointer (&reading->sites, g_hash_table_unref);
}

void
limber_import_batch_init (LimberImportBatch *batch, LimberImportReading *reading)
{
  memset (batch, 0, sizeof *batch);
  batch->reading = reading;
  batch->cells = g_string_new (NULL);
  batch->trimmed = g_string_chunk_new (4096);
  batch->rows = g_array_new (FALSE, TRUE, sizeof (LimberImportRow));
  g_array_set_clear_func (batch->rows, (GDestroyNotify) row_clear);
}

void
limber_import_batch_clear (LimberImportBatch *batch)
{
  g_clear_pointer (&batch->rows, g_array_unref);
  g_clear_pointer (&batch->trimmed, g_string_chunk_free);
  if (batch->cells != NULL)
    g_string_free (g_steal_pointer (&batch->cells), TRUE);
}

guint
limber_import_batch_length (LimberImportBatch *batch)
{
  return batch->rows->len;
}

static void
refuse (const char *column, const char *reason, gpointer data)
{
  Taking *taking = data;

  taking->row->partly = TRUE;
  if (taking->row->problems == NULL)
    taking->row->problems = json_array ();
  json_array_append_new (taking->row->problems,
                         json_pack ("{s:s, s:i, s:s?, s:s}", "file", taking->reading->file, "line", (int) taking->row->line, "column", column, "reason", reason));
}

static void
collect (LimberImportRecord *record, gpointer data)
{
  Taking *taking = data;

  if (taking->row->more == NULL) {
    taking->row->more = g_array_new (FALSE, FALSE, sizeof (LimberImportRecord));
    g_array_set_clear_func (taking->row->more, (GDestroyNotify) limber_import_record_clear);
  }
  g_array_append_val (taking->row->more, *record);
  memset (record, 0, sizeof *record);
}

static LimberImportRow *
add_row (LimberImportBatch *batch, LimberCsv *csv)
{
  LimberImportRow *row;

  g_array_set_size (batch->rows, batch->rows->len + 1);
  row = &g_array_index (batch->rows, LimberImportRow, batch->rows->len - 1);
  row->line = limber_csv_line (csv);
  row->cells = batch->cells->len;
  return row;
}

static void
keep_cell (LimberImportBatch *batch, LimberImportRow *row, const char *cell)
{
  g_string_append_len (batch->cells, cell, (gssize) strlen (cell) + 1);
  row->n_cells++;
}

/* The cell without blanks around it, which it hardly ever has. */
static char *
trim (LimberImportBatch *batch, const char *cell)
{
  gsize length;

  while (g_ascii_isspace (*cell))
    cell++;
  length = strlen (cell);
  if (length == 0 || !g_ascii_isspace (cell[length - 1]))
    return (char *) cell;
  while (length > 0 && g_ascii_isspace (cell[length - 1]))
    length--;
  return g_string_chunk_insert_len (batch->trimmed, cell, (gssize) length);
}

/**
 * limber_import_batch_add:
 *
 * Adds the row that @csv stands at.
 */
void
limber_import_batch_add (LimberImportBatch *batch, LimberCsv *csv)
{
  LimberImportReading *reading = batch->reading;
  LimberImportRow *row = add_row (batch, csv);
  Taking taking = { reading, row };
  char *cells[LIMBER_CSV_COLUMNS_MAXIMUM];

  for (guint i = 0; i < limber_csv_n_columns (csv); i++) {
    const char *cell = limber_csv_cell (csv, i);

    if (reading->corrects)
      cell = limber_import_refused_cell (cell);
    if ((int) i != reading->added[0] && (int) i != reading->added[1])
      keep_cell (batch, row, cell);
    cells[i] = trim (batch, cell);
  }
  limber_import_record_init (&row->record, limber_kind_by_name (limber_import_list_kind (reading->list)));
  row->taken = limber_import_row_read (reading->list, reading->scope, &reading->layout, cells, &row->record, refuse, collect, &taking);
  g_string_chunk_clear (batch->trimmed);
}

/**
 * limber_import_batch_add_bad:
 * @column: the cell at fault, -1 for none
 * @reason: why it is no row
 *
 * Adds the line that @csv could not read.
 */
void
limber_import_batch_add_bad (LimberImportBatch *batch, LimberCsv *csv, int column, const char *reason)
{
  LimberImportRow *row = add_row (batch, csv);
  Taking taking = { batch->reading, row };

  keep_cell (batch, row, limber_csv_bad_line (csv));
  refuse (column >= 0 && (guint) column < limber_csv_n_columns (csv) ? limber_csv_name (csv, (guint) column) : NULL, reason, &taking);
}

/* The same record twice in one list: which line is right cannot be known; the first stands. */
static gboolean
is_twice (Taking *taking)
{
  LimberIdMap *lines = taking->reading->lines;
  const LimberId *id = &taking->row->record.id;
  g_autofree char *why = NULL;
  guint first;

  if (!limber_id_map_get (lines, id, &first) || first == 0) {
    limber_id_map_set (lines, id, taking->row->line);
    return FALSE;
  }
  why = g_strdup_printf (_("this number is already on line %u"), first);
  refuse (taking->reading->layout.sources[0].shown, why, taking);
  return TRUE;
}

/* Days and sites that an appointments list is about. */
static void
note_span (LimberImportReading *reading, const LimberImportRecord *record)
{
  const LimberValue *site = limber_import_record_value (record, "site"), *start = limber_import_record_value (record, "start");

  if (site == NULL || start == NULL || site->type != LIMBER_VALUE_ID || start->type != LIMBER_VALUE_INTEGER)
    return;
  if (!g_hash_table_contains (reading->sites, &site->id))
    g_hash_table_add (reading->sites, limber_id_copy (&site->id));
  reading->first = reading->first == 0 ? start->integer : MIN (reading->first, start->integer);
  reading->last = MAX (reading->last, start->integer);
}

static LimberImportOutcome
take_record (Taking *taking, LimberReader *reader, LimberTransaction *transaction, LimberImportRecord *record, GError **error)
{
  LimberImportOutcome outcome = limber_import_take_record (reader, transaction, record, error);

  if (outcome < LIMBER_IMPORT_REFUSED && limber_import_list_is_named (record->kind->name))
    limber_id_map_set (taking->reading->known, &record->id, 0);
  return outcome;
}

/* One that is not there is made where it can be. FALSE only when the store failed. */
static gboolean
find_reference (Taking *taking, LimberReader *reader, LimberTransaction *transaction, const LimberImportReference *reference, gboolean *there, GError **error)
{
  g_auto (LimberImportRecord) service = { 0 };
  LimberImportOutcome outcome;

  *there = limber_id_map_has (taking->reading->known, &reference->id);
  if (*there || !limber_reader_has (reader, reference->target, &reference->id, there, error))
    return *there;
  if (*there)
    limber_id_map_set (taking->reading->known, &reference->id, 0);
  if (*there || reference->code == NULL)
    return TRUE;
  limber_import_record_service (&service, reference);
  outcome = take_record (taking, reader, transaction, &service, error);
  taking->reading->count.extra += outcome == LIMBER_IMPORT_MADE;
  *there = TRUE;
  return outcome < LIMBER_IMPORT_REFUSED;
}

/* What a row names that is not there costs the cell, or the line where it cannot do without. FALSE only when the store failed. */
static gboolean
check_references (Taking *taking, LimberReader *reader, LimberTransaction *transaction, GError **error)
{
  LimberImportRecord *record = &taking->row->record;

  for (guint i = 0; i < record->n_references; i++) {
    const LimberImportReference *reference = &record->references[i];
    g_autofree char *why = NULL;
    gboolean there;

    if (!find_reference (taking, reader, transaction, reference, &there, error))
      return FALSE;
    if (there)
      continue;
    limber_value_set_none (&record->values[reference->field]);
    if (reference->lenient)
      continue;
    record->sets[reference->field] = FALSE;
    why = g_strdup_printf (_("there is no %s of this number in the lists"), reference->target->name);
    refuse (reference->column, why, taking);
    taking->row->taken &= !reference->required;
  }
  return TRUE;
}

static gboolean
take_more (Taking *taking, LimberReader *reader, LimberTransaction *transaction, GError **error)
{
  for (guint i = 0; taking->row->more != NULL && i < taking->row->more->len; i++) {
    LimberImportOutcome outcome = take_record (taking, reader, transaction, &g_array_index (taking->row->more, LimberImportRecord, i), error);

    if (outcome >= LIMBER_IMPORT_REFUSED)
      return FALSE;
    taking->reading->count.extra += outcome == LIMBER_IMPORT_MADE;
  }
  return TRUE;
}

/* A refused row that says which record it was is not gone from the list. */
static void
note_refused (Taking *taking)
{
  LimberImportReading *reading = taking->reading;
  const LimberImportRecord *record = &taking->row->record;

  if (!record->has_id)
    reading->count.nameless++;
  else if (!limber_id_map_has (reading->lines, &record->id))
    limber_id_map_set (reading->lines, &record->id, 0);
}

static void
count (LimberImportCount *counted, LimberImportOutcome outcome, gboolean partly)
{
  counted->read++;
  counted->made += outcome == LIMBER_IMPORT_MADE;
  counted->changed += outcome == LIMBER_IMPORT_CHANGED;
  counted->same += outcome == LIMBER_IMPORT_SAME;
  counted->refused += outcome == LIMBER_IMPORT_REFUSED;
  counted->partly += partly && outcome != LIMBER_IMPORT_REFUSED;
}

/* FALSE only when the store failed. */
static gboolean
take_row (Taking *taking, LimberReader *reader, LimberTransaction *transaction, GError **error)
{
  LimberImportRow *row = taking->row;
  LimberImportOutcome outcome = LIMBER_IMPORT_REFUSED;
  g_autoptr (GError) why = NULL;

  if (row->record.kind != NULL && !check_references (taking, reader, transaction, error))
    return FALSE;
  if (row->record.kind != NULL)
    note_span (taking->reading, &row->record);
  if (row->taken && !is_twice (taking)) {
    outcome = take_record (taking, reader, transaction, &row->record, &why);
    if (outcome == LIMBER_IMPORT_FAILED || (outcome != LIMBER_IMPORT_REFUSED && !take_more (taking, reader, transaction, &why))) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    if (outcome == LIMBER_IMPORT_REFUSED)
      refuse (NULL, why->message, taking);
  }
  row->taken = outcome != LIMBER_IMPORT_REFUSED;
  if (!row->taken)
    note_refused (taking);
  count (&taking->reading->count, outcome, row->partly);
  return TRUE;
}

/**
 * limber_import_batch_take:
 * @transaction: (nullable): where to write; %NULL for a trial
 * @error: when the store failed
 *
 * Takes the rows of the batch.
 *
 * Returns: whether they were taken, or refused
 */
gboolean
limber_import_batch_take (LimberImportBatch *batch, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = transaction != NULL ? limber_transaction_reader (transaction) : batch->trial;

  for (guint i = 0; i < batch->rows->len; i++) {
    Taking taking = { batch->reading, &g_array_index (batch->rows, LimberImportRow, i) };

    if (!take_row (&taking, reader, transaction, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_refused (LimberImportBatch *batch, const LimberImportRow *row, LimberImportRefused *refused, GError **error)
{
  const char *cells[LIMBER_CSV_COLUMNS_MAXIMUM], *at = batch->cells->str + row->cells;
  g_autoptr (GString) reasons = g_string_new (NULL);
  gsize i;
  json_t *one;

  for (guint c = 0; c < row->n_cells; c++, at += strlen (at) + 1)
    cells[c] = at;
  json_array_foreach (row->problems, i, one) {
    const char *column = json_string_value (json_object_get (one, "column"));

    g_string_append_printf (reasons, "%s%s%s%s", i > 0 ? "; " : "", column != NULL ? column : "", column != NULL ? ": " : "", json_string_value (json_object_get (one, "reason")));
  }
  return limber_import_refused_add (refused, cells, row->n_cells, row->line, reasons->str, error);
}

/**
 * limber_import_batch_report:
 * @problems: where the problems of its rows are added
 * @refused: (nullable): where the refused lines are written
 * @error: when they cannot be
 *
 * Tells of the rows, once they are taken, and empties the batch.
 */
gboolean
limber_import_batch_report (LimberImportBatch *batch, json_t *problems, LimberImportRefused *refused, GError **error)
{
  for (guint i = 0; i < batch->rows->len; i++) {
    LimberImportRow *row = &g_array_index (batch->rows, LimberImportRow, i);
    gsize n;
    json_t *one;

    json_array_foreach (row->problems, n, one) {
      json_object_set_new (one, "taken", json_boolean (row->taken));
      if (json_array_size (problems) < LIMBER_IMPORT_PROBLEMS_MAXIMUM)
        json_array_append (problems, one);
      else
        batch->reading->count.untold++;
    }
    if (!row->taken && refused != NULL && !write_refused (batch, row, refused, error))
      return FALSE;
  }
  g_array_set_size (batch->rows, 0);
  g_string_truncate (batch->cells, 0);
  return TRUE;
}
