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

/* Sets what a cell says; FALSE with @error REFUSED when it cannot be taken. */
typedef gboolean (*Take) (Row *row, const Column *column, const char *text, GError **error);

struct _Column {
  const char *name;
  const char *field;
  Take        take;
  const char *target; /* (nullable): the kind that a reference names */
};

struct _LimberImportList {
  const char   *file;
  const char   *name;
  const char   *kind;
  const Column *columns;
  guint         n_columns;
};

struct _Row {
  LimberImportScope  *scope;
  const LimberImportList *list;
  const LimberImportLayout *layout;
  const char         *texts[LIMBER_IMPORT_COLUMNS_MAXIMUM]; /* (nullable) each: what the row says in the list's columns */
  char               *made[LIMBER_IMPORT_COLUMNS_MAXIMUM];  /* (owned) (nullable) each: those that were made of several, or translated */
  GError             *errors[LIMBER_IMPORT_COLUMNS_MAXIMUM]; /* (owned) (nullable) each: why one could not be */
  guint               at;     /* the column that is taken */
  LimberImportRecord *record;
  LimberImportMore    more;
  gpointer            data;
};

static guint
field_of (const Row *row)
{
  return (guint) row->layout->sources[row->at].field;
}

/* As @why says it, without the field's name: that is the column's business here. */
static gboolean
refused_for (GError **error, const GError *why)
{
  const char *colon = strstr (why->message, ": ");

  return limber_error_refuse (error, colon != NULL ? colon + 2 : why->message);
}

static const char *
text_of (const Row *row, const char *name)
{
  for (guint i = 0; i < row->list->n_columns; i++)
    if (row->texts[i] != NULL && g_str_equal (row->list->columns[i].name, name))
      return row->texts[i];
  return "";
}

static gboolean
take_into (Row *row, guint i, const char *text, GError **error)
{
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;
  g_autoptr (GError) why = NULL;

  if (!limber_field_parse (&row->record->kind->fields[i], text, &value, &why))
    return refused_for (error, why);
  limber_value_move (limber_import_record_set_at (row->record, i), &value);
  return TRUE;
}

static gboolean
take_plain (Row *row, const Column *column, const char *text, GError **error)
{
  return take_into (row, field_of (row), text, error);
}

/* Whose numbers are a provider's own. Practices, sites and services are the same ones whoever names them. */
static gboolean
is_numbered_by_provider (const char *kind)
{
  return g_str_equal (kind, "patient") || g_str_equal (kind, "appointment") || g_str_equal (kind, "referral") || g_str_equal (kind, "staff");
}

/**
 * limber_import_row_id:
 * @kind: a kind's name
 * @key: its number or code in the lists
 * @id: (out): the id of the record that the lists call that
 */
void
limber_import_row_id (const LimberImportScope *scope, const char *kind, const char *key, LimberId *id)
{
  if (scope->provider != NULL && is_numbered_by_provider (kind))
    limber_id_init_from_key (id, &scope->organisation, "import", kind, scope->provider, key, NULL);
  else
    limber_id_init_from_key (id, &scope->organisation, "import", kind, key, NULL);
}

static gboolean
take_key (Row *row, const Column *column, const char *text, GError **error)
{
  LimberImportRecord *record = row->record;

  if (!take_plain (row, column, text, error))
    return FALSE;
  limber_import_row_id (row->scope, record->kind->name, text, &record->id);
  record->has_id = TRUE;
  return TRUE;
}

/* A person's number is her provider's. */
static gboolean
take_number (Row *row, const Column *column, const char *text, GError **error)
{
  if (row->scope->provider != NULL)
    limber_value_set_text (limber_import_record_set (row->record, "provider"), row->scope->provider);
  return take_key (row, column, text, error);
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
    return limber_error_refuse (error, _("a day that is to come"));
  return take_plain (row, column, text, error);
}

/* What comes with a list is present and not traced (02); what can be no number is kept as it was written, and needs tracing (03). */
static gboolean
take_nhs_number (Row *row, const Column *column, const char *text, GError **error)
{
  g_autofree char *number = *text == '\0' ? g_strdup ("") : limber_nhs_number_parse (text, error);
  guint typed = (guint) limber_kind_field (row->record->kind, "nhs_typed");

  limber_value_set_text (limber_import_record_set (row->record, "nhs_status"), *text == '\0' ? "07" : number != NULL ? "02" : "03");
  if (!take_into (row, typed, number == NULL ? text : "", NULL))
    limber_value_set_none (limber_import_record_set_at (row->record, typed));
  if (number != NULL)
    return take_plain (row, column, number, error);
  limber_value_set_none (limber_import_record_set (row->record, column->field));
  return FALSE;
}

static gboolean
take_restricted (Row *row, const Column *column, const char *text, GError **error)
{
  if (take_plain (row, column, *text == '\0' ? "0" : text, NULL))
    return TRUE;
  limber_value_set_integer (limber_import_record_set (row->record, column->field), 1);
  return limber_error_refuse (error, _("neither 1 nor 0; taken as 1: the address and telephone are not shown"));
}

/* Names another record, which is looked for when the row is taken. */
static LimberImportReference *
refer (Row *row, const Column *column, const LimberId *id)
{
  LimberImportRecord *record = row->record;
  LimberImportReference *reference = &record->references[record->n_references++];

  g_assert (record->n_references <= LIMBER_IMPORT_REFERENCES_MAXIMUM);
  *reference = (LimberImportReference){ field_of (row), row->layout->sources[row->at].shown, limber_kind_by_name (column->target), *id, row->layout->sources[row->at].required, FALSE, NULL };
  limber_value_set_id (limber_import_record_set_at (record, reference->field), id);
  return reference;
}

static gboolean
take_reference (Row *row, const Column *column, const char *text, GError **error)
{
  LimberId id;

  if (*text == '\0') {
    limber_value_set_none (limber_import_record_set_at (row->record, field_of (row)));
    return TRUE;
  }
  limber_import_row_id (row->scope, column->target, text, &id);
  refer (row, column, &id);
  return TRUE;
}

/* V81999 says that nobody knows the practice (NHS Data Dictionary, GENERAL PRACTICE CODE defaults). */
static gboolean
take_practice (Row *row, const Column *column, const char *text, GError **error)
{
  if (!take_reference (row, column, text, error))
    return FALSE;
  if (g_str_equal (text, "V81999"))
    row->record->references[row->record->n_references - 1].lenient = TRUE;
  return TRUE;
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
  id_of_place (row->scope, text_of (row, "site"), text, &id);
  refer (row, column, &id);
  return TRUE;
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
    limber_import_record_init (&record, place);
    limber_value_set_text (limber_import_record_set (&record, "name"), names[i]);
    if (!limber_field_check (&place->fields[limber_kind_field (place, "name")], &record.values[limber_kind_field (place, "name")], &why))
      return limber_error_refuse (error, why->message);
    id_of_place (row->scope, text_of (row, "code"), names[i], &record.id);
    limber_value_set_id (limber_import_record_set (&record, "site"), &row->record->id);
    row->more (&record, row->data);
  }
  return TRUE;
}

static gboolean
take_service (Row *row, const Column *column, const char *text, GError **error)
{
  const LimberKind *service = limber_kind_by_name (column->target);
  LimberValue code = { .type = LIMBER_VALUE_TEXT, .text = (char *) text };
  g_autoptr (GError) why = NULL;
  char *kept = g_hash_table_lookup (row->scope->codes, text);

  if (*text == '\0')
    return take_reference (row, column, text, error);
  if (kept == NULL && !limber_field_check (&service->fields[limber_kind_field (service, "code")], &code, &why))
    return refused_for (error, why);
  if (kept == NULL) {
    kept = g_strdup (text);
    g_hash_table_add (row->scope->codes, kept);
  }
  take_reference (row, column, text, error);
  row->record->references[row->record->n_references - 1].code = kept;
  return TRUE;
}

static gboolean
take_status (Row *row, const Column *column, const char *text, GError **error)
{
  if (!g_str_equal (text, "booked") && !g_str_equal (text, "cancelled"))
    return limber_error_refuse (error, _("neither “booked” nor “cancelled”"));
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
  { "id", "number", take_number, NULL }, { "nhs_number", "nhs_number", take_nhs_number, NULL }, { "family", "family", take_plain, NULL }, { "given", "given", take_plain, NULL },
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
  { "status", "status", take_status, NULL }, { "cancelled_by", "cancelled_by", take_plain, NULL },
};

#define LIST(name_, kind_, columns_) { name_ ".csv", name_, kind_, columns_, G_N_ELEMENTS (columns_) }

/* In the order in which they refer to each other. */
static const LimberImportList lists[] = {
  LIST ("practices", "practice", practice_columns), LIST ("sites", "site", site_columns),          LIST ("staff", "staff", staff_columns),
  LIST ("patients", "patient", patient_columns),    LIST ("referrals", "referral", referral_columns), LIST ("appointments", "appointment", appointment_columns),
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

/**
 * limber_import_list_name:
 *
 * Returns: (transfer none): what a mapping calls it: patients
 */
const char *
limber_import_list_name (const LimberImportList *list)
{
  return list->name;
}

const char *
limber_import_list_kind (const LimberImportList *list)
{
  return list->kind;
}

/**
 * limber_import_list_columns:
 *
 * Returns: (transfer full): the names of its columns
 */
char **
limber_import_list_columns (const LimberImportList *list)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < list->n_columns; i++)
    g_strv_builder_add (names, list->columns[i].name);
  return g_strv_builder_end (names);
}

/**
 * limber_import_list_is_named:
 *
 * Returns: whether lists name records of @kind in their columns
 */
gboolean
limber_import_list_is_named (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint c = 0; c < lists[i].n_columns; c++)
      if (g_strcmp0 (lists[i].columns[c].target, kind) == 0)
        return TRUE;
  return FALSE;
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

/**
 * limber_import_list_type:
 * @column: one of the list's
 *
 * Returns: of which type what it says is; LIMBER_TYPE_TEXT for what makes other records
 */
LimberType
limber_import_list_type (const LimberImportList *list, const char *column)
{
  const LimberKind *kind = limber_kind_by_name (list->kind);
  const Column *found = find_column (list, column);
  int i = found != NULL && found->field != NULL ? limber_kind_field (kind, found->field) : -1;

  return i >= 0 ? kind->fields[i].type : LIMBER_TYPE_TEXT;
}

static gboolean
is_required (const LimberImportList *list, const Column *column)
{
  const LimberKind *kind = limber_kind_by_name (list->kind);
  int i = column->field != NULL ? limber_kind_field (kind, column->field) : -1;

  return column == &list->columns[0] || (i >= 0 && (kind->fields[i].flags & LIMBER_FIELD_REQUIRED) != 0);
}

/* Not everybody has more than one name; but a list that has no place for them is not the list that it is taken for. */
static gboolean
is_demanded (const LimberImportList *list, const Column *column)
{
  return is_required (list, column) || g_strcmp0 (column->field, "given") == 0;
}

/* Where @column comes from. FALSE when the file has not all of it. */
static gboolean
find_source (const Column *column, LimberCsv *csv, const LimberMappedList *list, LimberImportSource *source, const char **lacks)
{
  source->mapped = list != NULL ? g_hash_table_lookup (list->columns, column->name) : NULL;
  if (list == NULL) {
    source->cells[0] = limber_csv_column (csv, column->name);
    source->n_cells = 1;
    source->there = source->cells[0] >= 0;
    return TRUE;
  }
  source->there = source->mapped != NULL;
  for (; source->there && source->mapped->from != NULL && source->mapped->from[source->n_cells] != NULL; source->n_cells++) {
    *lacks = source->mapped->from[source->n_cells];
    source->cells[source->n_cells] = limber_csv_column (csv, *lacks);
    if (source->cells[source->n_cells] < 0)
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_import_list_lay_out:
 * @mapped: (nullable): how the list is written; %NULL for as ours
 * @layout: (out): where the list's columns come from in @csv
 * @lacks: (out): a column that @csv has not: one that the list cannot do without, or that the mapping names
 *
 * Returns: whether the list can be read
 */
gboolean
limber_import_list_lay_out (const LimberImportList *list, LimberCsv *csv, const LimberMappedList *mapped, LimberImportLayout *layout, const char **lacks)
{
  const LimberKind *kind = limber_kind_by_name (list->kind);

  memset (layout, 0, sizeof *layout);
  g_assert (list->n_columns <= LIMBER_IMPORT_COLUMNS_MAXIMUM);
  for (guint i = 0; i < list->n_columns; i++) {
    const Column *column = &list->columns[i];
    LimberImportSource *source = &layout->sources[i];

    source->required = is_required (list, column);
    source->shown = column->name;
    source->field = column->field != NULL ? limber_kind_field (kind, column->field) : -1;
    if (!find_source (column, csv, mapped, source, lacks))
      return FALSE;
    if (source->mapped != NULL && source->mapped->shown != NULL)
      source->shown = source->mapped->shown;
    *lacks = column->name;
    if (is_demanded (list, column) && !source->there)
      return FALSE;
  }
  *lacks = NULL;
  return TRUE;
}

/**
 * limber_import_layout_uses:
 *
 * Returns: whether any of the list's columns comes from that column of the file
 */
gboolean
limber_import_layout_uses (const LimberImportLayout *layout, int cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (layout->sources); i++)
    for (guint c = 0; c < layout->sources[i].n_cells; c++)
      if (layout->sources[i].there && layout->sources[i].cells[c] == cell)
        return TRUE;
  return FALSE;
}

/* What the row says in the list's columns. A cell that comes as ours is taken where it lies. */
static void
read_texts (Row *row, char *const *cells)
{
  for (guint i = 0; i < row->list->n_columns; i++) {
    const LimberImportSource *source = &row->layout->sources[i];
    const char *theirs[LIMBER_MAPPING_FROM_MAXIMUM + 1] = { NULL };

    if (!source->there)
      continue;
    for (guint c = 0; c < source->n_cells; c++)
      theirs[c] = cells[source->cells[c]];
    row->texts[i] = theirs[0];
    if (source->mapped != NULL)
      row->texts[i] = row->made[i] = limber_mapped_column_read (source->mapped, theirs, row->scope->today, &row->errors[i]);
    if (row->texts[i] == NULL)
      row->texts[i] = "";
  }
}

static void
row_clear (Row *row)
{
  for (guint i = 0; i < row->list->n_columns; i++) {
    g_free (row->made[i]);
    g_clear_error (&row->errors[i]);
  }
}

/* One cell. FALSE when it costs the line. */
static gboolean
take_cell (Row *row, const Column *column, LimberImportRefuse refuse)
{
  gboolean required = row->layout->sources[row->at].required;
  const char *text = row->texts[row->at];
  g_autoptr (GError) why = g_steal_pointer (&row->errors[row->at]);

  if (why == NULL && *text == '\0' && required)
    limber_error_refuse (&why, _("it must be given"));
  else if (why == NULL && column->take (row, column, text, &why))
    return TRUE;
  refuse (row->layout->sources[row->at].shown, why->message, row->data);
  return !required;
}

/**
 * limber_import_row_read:
 * @layout: where the list's columns are
 * @cells: the row's cells, without blanks around
 * @record: (inout): an initialised record of the list's kind
 * @refuse: told of each cell that cannot be taken, with @data
 * @more: given each record that the row makes besides its own, with @data
 *
 * Reads one row, as far as it says by itself. Columns that are not the list's are passed over; the list's own that are not
 * there set nothing.
 *
 * Returns: whether the record can be taken; else @refuse was told why
 */
gboolean
limber_import_row_read (const LimberImportList *list, LimberImportScope *scope, const LimberImportLayout *layout, char *const *cells, LimberImportRecord *record,
                        LimberImportRefuse refuse, LimberImportMore more, gpointer data)
{
  Row row = { .scope = scope, .list = list, .layout = layout, .record = record, .more = more, .data = data };
  gboolean taken = TRUE;

  read_texts (&row, cells);
  for (row.at = 0; row.at < list->n_columns; row.at++)
    if (layout->sources[row.at].there && !take_cell (&row, &list->columns[row.at], refuse))
      taken = FALSE;
  row_clear (&row);
  return taken;
}
