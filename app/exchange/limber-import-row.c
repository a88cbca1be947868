/* The lists, declared once: which column becomes which field, and how.
 *
 * A cell that a record can do without costs only itself: the person is taken, the cell is reported. A cell that a record
 * cannot do without (who it is, whose it is, when) costs the line. What protects somebody is taken at its strictest. */
#include "limber-import-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-nhs-number.h"

typedef struct _Column Column;
typedef struct _Row Row;

/* Sets what a cell says; FALSE with @error REFUSED when it cannot be taken, another error when the store failed. */
typedef gboolean (*Take) (Row *row, const Column *column, const char *text, GError **error);

struct _Column {
  const char *name;
  const char *field;
  Take        take;
  const char *target; /* (nullable): the kind that a reference names */
};

struct _LimberImportList {
  const char   *file;
  const char   *kind;
  const Column *columns;
  guint         n_columns;
};

struct _Row {
  LimberImportScope  *scope;
  const LimberImportList *list;
  const LimberImportLayout *layout;
  const char *const  *cells;
  LimberImportRecord *record;
  LimberImportMore    more;
  gpointer            data;
};

void
limber_import_record_init (LimberImportRecord *record, const char *kind)
{
  memset (record, 0, sizeof *record);
  record->kind = limber_kind_by_name (kind);
  g_assert (record->kind != NULL && record->kind->n_fields <= LIMBER_IMPORT_FIELDS_MAXIMUM);
}

void
limber_import_record_clear (LimberImportRecord *record)
{
  for (guint i = 0; record->kind != NULL && i < record->kind->n_fields; i++)
    limber_value_clear (&record->values[i]);
}

static LimberValue *
set (LimberImportRecord *record, const char *field)
{
  int i = limber_kind_field (record->kind, field);

  g_assert (i >= 0);
  record->sets[i] = TRUE;
  return &record->values[i];
}

static gboolean
refused (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, why);
  return FALSE;
}

static const char *
cell_of (const Row *row, const char *name)
{
  for (guint i = 0; i < row->list->n_columns; i++)
    if (row->layout->cells[i] >= 0 && g_str_equal (row->list->columns[i].name, name))
      return row->cells[row->layout->cells[i]];
  return "";
}

static gboolean
take_plain (Row *row, const Column *column, const char *text, GError **error)
{
  int i = limber_kind_field (row->record->kind, column->field);
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;
  g_autoptr (GError) why = NULL;

  if (!limber_field_parse (&row->record->kind->fields[i], text, &value, &why)) {
    const char *colon = strstr (why->message, ": "); /* the field's name, which is the column's business here */

    return refused (error, colon != NULL ? colon + 2 : why->message);
  }
  limber_value_move (set (row->record, column->field), &value);
  return TRUE;
}

static void
id_of_key (const LimberImportScope *scope, const char *kind, const char *key, LimberId *id)
{
  limber_id_init_from_key (id, &scope->organisation, "import", kind, key, NULL);
}

static gboolean
take_key (Row *row, const Column *column, const char *text, GError **error)
{
  if (!take_plain (row, column, text, error))
    return FALSE;
  id_of_key (row->scope, row->record->kind->name, text, &row->record->id);
  return TRUE;
}

/* "1 High Street;Harrow" is two lines. */
static gboolean
take_lines (Row *row, const Column *column, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autofree char *lines = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  lines = g_strjoinv ("\n", parts);
  return take_plain (row, column, lines, error);
}

static gboolean
take_born (Row *row, const Column *column, const char *text, GError **error)
{
  if (limber_date_is_valid (text) && strcmp (text, row->scope->today) > 0)
    return refused (error, _("a day that is to come"));
  return take_plain (row, column, text, error);
}

/* What comes with a list is present and not traced (02); what can be no number is kept as it was written, and needs tracing (03). */
static gboolean
take_nhs_number (Row *row, const Column *column, const char *text, GError **error)
{
  g_autofree char *number = *text == '\0' ? g_strdup ("") : limber_nhs_number_parse (text, error);
  const Column typed = { column->name, "nhs_typed", take_plain, NULL };

  limber_value_set_text (set (row->record, "nhs_status"), *text == '\0' ? "07" : number != NULL ? "02" : "03");
  if (!take_plain (row, &typed, number == NULL ? text : "", NULL))
    limber_value_set_none (set (row->record, "nhs_typed"));
  if (number != NULL)
    return take_plain (row, column, number, error);
  limber_value_set_none (set (row->record, column->field));
  return FALSE;
}

static gboolean
take_restricted (Row *row, const Column *column, const char *text, GError **error)
{
  if (take_plain (row, column, *text == '\0' ? "0" : text, NULL))
    return TRUE;
  limber_value_set_integer (set (row->record, column->field), 1);
  return refused (error, _("neither 1 nor 0; taken as 1: the address and telephone are not shown"));
}

static gboolean
is_known (LimberImportScope *scope, const char *kind, const LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (GError) why = NULL;

  if (g_hash_table_contains (scope->known, id))
    return TRUE;
  record = limber_reader_get (scope->reader, kind, id, &why);
  if (record != NULL)
    g_hash_table_add (scope->known, limber_id_copy (id));
  else if (!g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&why));
  return record != NULL;
}

static gboolean
take_known (Row *row, const Column *column, const LimberId *id, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (is_known (row->scope, column->target, id, &failed)) {
    limber_value_set_id (set (row->record, column->field), id);
    return TRUE;
  }
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("there is no %s of this number in the lists"), column->target);
  return FALSE;
}

static gboolean
take_reference (Row *row, const Column *column, const char *text, GError **error)
{
  LimberId id;

  if (*text == '\0') {
    limber_value_set_none (set (row->record, column->field));
    return TRUE;
  }
  id_of_key (row->scope, column->target, text, &id);
  return take_known (row, column, &id, error);
}

/* V81999 says that nobody knows the practice (NHS Data Dictionary, GENERAL PRACTICE CODE defaults). */
static gboolean
take_practice (Row *row, const Column *column, const char *text, GError **error)
{
  LimberId id;

  if (g_str_equal (text, "V81999")) {
    id_of_key (row->scope, column->target, text, &id);
    return take_reference (row, column, is_known (row->scope, column->target, &id, NULL) ? text : "", error);
  }
  return take_reference (row, column, text, error);
}

static void
id_of_place (const LimberImportScope *scope, const char *site, const char *name, LimberId *id)
{
  limber_id_init_from_key (id, &scope->organisation, "import", "place", site, name, NULL);
}

static gboolean
take_place (Row *row, const Column *column, const char *text, GError **error)
{
  LimberId id;

  if (*text == '\0')
    return take_reference (row, column, text, error);
  id_of_place (row->scope, cell_of (row, "site"), text, &id);
  return take_known (row, column, &id, error);
}

/* A site's places become records of their own. */
static gboolean
take_places (Row *row, const Column *column, const char *text, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);
  const LimberKind *place = limber_kind_by_name ("place");

  for (guint i = 0; names[i] != NULL; i++) {
    g_auto (LimberImportRecord) record = { 0 };
    g_autoptr (GError) why = NULL;

    if (*g_strstrip (names[i]) == '\0')
      continue;
    limber_import_record_init (&record, "place");
    limber_value_set_text (set (&record, "name"), names[i]);
    if (!limber_field_check (&place->fields[limber_kind_field (place, "name")], &record.values[limber_kind_field (place, "name")], &why))
      return refused (error, why->message);
    id_of_place (row->scope, cell_of (row, "code"), names[i], &record.id);
    limber_value_set_id (set (&record, "site"), &row->record->id);
    row->more (&record, row->data);
  }
  return TRUE;
}

/* "back-and-neck" → "Back and neck" */
static char *
name_of_code (const char *code)
{
  char *name = g_strdelimit (g_strdup (code), "-_", ' ');

  *name = g_ascii_toupper (*name);
  return name;
}

/* No list names the services: they are made from the codes met. */
static gboolean
take_service (Row *row, const Column *column, const char *text, GError **error)
{
  g_auto (LimberImportRecord) record = { 0 };
  Row service = { row->scope, row->list, row->layout, row->cells, &record, row->more, row->data };
  const Column code = { "service", "code", NULL, NULL }, name = { "service", "name", NULL, NULL };
  g_autofree char *words = NULL;

  if (*text == '\0')
    return take_reference (row, column, text, error);
  limber_import_record_init (&record, "service");
  id_of_key (row->scope, "service", text, &record.id);
  if (!g_hash_table_contains (row->scope->known, &record.id)) {
    words = name_of_code (text);
    if (!take_plain (&service, &code, text, error) || !take_plain (&service, &name, words, error))
      return FALSE;
  }
  limber_value_set_id (set (row->record, column->field), &record.id);
  if (words != NULL)
    row->more (&record, row->data);
  return TRUE;
}

static gboolean
take_status (Row *row, const Column *column, const char *text, GError **error)
{
  if (!g_str_equal (text, "booked") && !g_str_equal (text, "cancelled"))
    return refused (error, _("neither “booked” nor “cancelled”"));
  return take_plain (row, column, text, error);
}

static const Column practice_columns[] = {
  { "code", "code", take_key, NULL }, { "name", "name", take_plain, NULL }, { "address", "address", take_lines, NULL }, { "postcode", "postcode", take_plain, NULL },
  { "phone", "phone", take_plain, NULL },
};

static const Column site_columns[] = {
  { "code", "code", take_key, NULL }, { "name", "name", take_plain, NULL }, { "kind", "kind", take_plain, NULL }, { "places", NULL, take_places, NULL },
};

static const Column staff_columns[] = {
  { "id", "number", take_key, NULL }, { "family", "family", take_plain, NULL }, { "given", "given", take_plain, NULL }, { "role", "role", take_plain, NULL },
  { "site", "site", take_reference, "site" }, { "trained", "trained", take_plain, NULL },
};

static const Column patient_columns[] = {
  { "id", "number", take_key, NULL }, { "nhs_number", "nhs_number", take_nhs_number, NULL }, { "family", "family", take_plain, NULL }, { "given", "given", take_plain, NULL },
  { "title", "title", take_plain, NULL }, { "born", "born", take_born, NULL }, { "sex", "sex", take_plain, NULL }, { "mobile", "mobile", take_plain, NULL },
  { "phone", "phone", take_plain, NULL }, { "email", "email", take_plain, NULL }, { "address", "address", take_lines, NULL }, { "postcode", "postcode", take_plain, NULL },
  { "gp", "practice", take_practice, "practice" }, { "language", "language", take_plain, NULL }, { "needs", "needs", take_plain, NULL },
  { "restricted", "restricted", take_restricted, NULL }, { "died", "died", take_plain, NULL },
};

static const Column referral_columns[] = {
  { "id", "number", take_key, NULL }, { "patient", "patient", take_reference, "patient" }, { "received", "received", take_plain, NULL }, { "source", "source", take_plain, NULL },
  { "from", "from", take_plain, NULL }, { "service", "service", take_service, "service" }, { "priority", "priority", take_plain, NULL }, { "reason", "reason", take_plain, NULL },
};

static const Column appointment_columns[] = {
  { "id", "number", take_key, NULL }, { "referral", "referral", take_reference, "referral" }, { "patient", "patient", take_reference, "patient" },
  { "site", "site", take_reference, "site" }, { "clinician", "clinician", take_reference, "staff" }, { "start", "start", take_plain, NULL },
  { "minutes", "minutes", take_plain, NULL }, { "place", "place", take_place, "place" }, { "type", "type", take_plain, NULL }, { "service", "service", take_service, "service" },
  { "status", "status", take_status, NULL },
};

#define LIST(file_, kind_, columns_) { file_, kind_, columns_, G_N_ELEMENTS (columns_) }

/* In the order in which they refer to each other. */
static const LimberImportList lists[] = {
  LIST ("practices.csv", "practice", practice_columns), LIST ("sites.csv", "site", site_columns),          LIST ("staff.csv", "staff", staff_columns),
  LIST ("patients.csv", "patient", patient_columns),    LIST ("referrals.csv", "referral", referral_columns), LIST ("appointments.csv", "appointment", appointment_columns),
};

/**
 * limber_import_list_at:
 *
 * Returns: (transfer none) (nullable): the list at @i, in the order in which lists must be taken; %NULL after the last
 */
const LimberImportList *
limber_import_list_at (guint i)
{
  return i < G_N_ELEMENTS (lists) ? &lists[i] : NULL;
}

const char *
limber_import_list_file (const LimberImportList *list)
{
  return list->file;
}

const char *
limber_import_list_kind (const LimberImportList *list)
{
  return list->kind;
}

/**
 * limber_import_list_key:
 *
 * Returns: (transfer none): the column that says which record a row is
 */
const char *
limber_import_list_key (const LimberImportList *list)
{
  return list->columns[0].name;
}

static const Column *
find_column (const LimberImportList *list, const char *name)
{
  for (guint i = 0; i < list->n_columns; i++)
    if (g_str_equal (list->columns[i].name, name))
      return &list->columns[i];
  return NULL;
}

/**
 * limber_import_list_has:
 *
 * Returns: whether @column is one of the list's columns
 */
gboolean
limber_import_list_has (const LimberImportList *list, const char *column)
{
  return find_column (list, column) != NULL;
}

static gboolean
is_required (const LimberImportList *list, const Column *column)
{
  const LimberKind *kind = limber_kind_by_name (list->kind);
  int i = column->field != NULL ? limber_kind_field (kind, column->field) : -1;

  return column->take == take_key || (i >= 0 && (kind->fields[i].flags & LIMBER_FIELD_REQUIRED) != 0);
}

/* Not everybody has more than one name; but a list that has no place for them is not the list that it is taken for. */
static gboolean
is_demanded (const LimberImportList *list, const Column *column)
{
  return is_required (list, column) || g_strcmp0 (column->field, "given") == 0;
}

/**
 * limber_import_list_lacks:
 *
 * Returns: (transfer none) (nullable): a column that the list cannot do without and that @csv has not
 */
const char *
limber_import_list_lacks (const LimberImportList *list, LimberCsv *csv)
{
  for (guint i = 0; i < list->n_columns; i++)
    if (is_demanded (list, &list->columns[i]) && limber_csv_column (csv, list->columns[i].name) < 0)
      return list->columns[i].name;
  return NULL;
}

/* One cell: FALSE when it costs the line or the store failed. */
static LimberImportResult
take_cell (Row *row, const Column *column, gboolean required, const char *cell, LimberImportRefuse refuse, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (cell));
  g_autoptr (GError) why = NULL;

  if (*text == '\0' && required)
    refused (&why, _("it must be given"));
  else if (column->take (row, column, text, &why))
    return LIMBER_IMPORT_TAKEN;
  if (!g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_REFUSED)) {
    g_propagate_error (error, g_steal_pointer (&why));
    return LIMBER_IMPORT_FAILED;
  }
  refuse (column->name, why->message, row->data);
  return required ? LIMBER_IMPORT_REFUSED : LIMBER_IMPORT_TAKEN;
}

/**
 * limber_import_list_lay_out:
 * @layout: (out): where the list's columns are in @csv
 */
void
limber_import_list_lay_out (const LimberImportList *list, LimberCsv *csv, LimberImportLayout *layout)
{
  for (guint i = 0; i < list->n_columns; i++) {
    layout->cells[i] = limber_csv_column (csv, list->columns[i].name);
    layout->required[i] = is_required (list, &list->columns[i]);
  }
}

/**
 * limber_import_row_read:
 * @layout: where the list's columns are
 * @cells: the row's cells
 * @record: (inout): an initialised record of the list's kind
 * @refuse: told of each cell that cannot be taken, with @data
 * @more: given each record that the row makes besides its own, with @data
 * @error: only when the store failed
 *
 * Reads one row. Columns that are not the list's are passed over; the list's own that are not there set nothing.
 *
 * Returns: whether the record can be taken
 */
LimberImportResult
limber_import_row_read (const LimberImportList *list, LimberImportScope *scope, const LimberImportLayout *layout, const char *const *cells, LimberImportRecord *record,
                        LimberImportRefuse refuse, LimberImportMore more, gpointer data, GError **error)
{
  Row row = { scope, list, layout, cells, record, more, data };
  LimberImportResult worst = LIMBER_IMPORT_TAKEN;

  for (guint i = 0; i < list->n_columns && worst != LIMBER_IMPORT_FAILED; i++)
    if (layout->cells[i] >= 0) {
      LimberImportResult result = take_cell (&row, &list->columns[i], layout->required[i], cells[layout->cells[i]], refuse, error);

      worst = MAX (worst, result);
    }
  return worst;
}
