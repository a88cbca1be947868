#include "limber-reader.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "limber-error.h"
#include "limber-queries.h"
#include "limber-reader-private.h"
#include "limber-rows.h"

static const LimberKind *
find_kind (const char *name, GError **error)
{
  const LimberKind *kind = limber_kind_by_name (name);

  if (kind == NULL)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("There is no kind called “%s”"), name);
  return kind;
}

/**
 * limber_reader_get:
 * @kind: a kind's name
 * @id: a record's id
 * @error: LIMBER_ERROR_NOT_FOUND, LIMBER_ERROR_USAGE for an unknown kind
 *
 * Returns: (transfer full) (nullable): the record
 */
LimberRecord *
limber_reader_get (LimberReader *reader, const char *kind, const LimberId *id, GError **error)
{
  const LimberKind *found = find_kind (kind, error);
  gint64 n = found != NULL ? limber_database_thing (reader->database, id, FALSE, NULL) : 0;
  g_autoptr (GError) failed = NULL;
  LimberRecord *record = n != 0 ? limber_rows_load (reader->database, found, n, &failed) : NULL;

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (found != NULL && record == NULL)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no such %s here"), kind);
  return record;
}

/**
 * limber_reader_find:
 * @record: (out) (transfer full) (nullable): the record, %NULL when there is none
 *
 * As limber_reader_get(), for who asks about many that may not be there.
 *
 * Returns: whether it could be looked for
 */
gboolean
limber_reader_find (LimberReader *reader, const LimberKind *kind, const LimberId *id, LimberRecord **record, GError **error)
{
  gint64 n = limber_database_thing (reader->database, id, FALSE, NULL);

  *record = NULL;
  return n == 0 ? !limber_database_in_trouble (reader->database, error) : limber_rows_find (reader->database, kind, n, record, error);
}

/**
 * limber_reader_has:
 * @there: (out): whether there is such a record
 *
 * Returns: whether it could be looked for
 */
gboolean
limber_reader_has (LimberReader *reader, const LimberKind *kind, const LimberId *id, gboolean *there, GError **error)
{
  gint64 n = limber_database_thing (reader->database, id, FALSE, NULL);

  *there = n != 0 && limber_rows_seq (reader->database, kind, n) != 0;
  return !limber_database_in_trouble (reader->database, error);
}

typedef struct {
  LimberRecordFunc func;
  gpointer         data;
} List;

static gboolean
pass_record (const LimberRecord *record, gint64 n, gpointer data)
{
  List *list = data;

  return list->func (record, list->data);
}

/* A field's name may stand in SQL because it is a declared one. */
static gboolean
add_condition (GString *where, const LimberKind *kind, const char *name, GError **error)
{
  int i = limber_kind_field (kind, name);

  if (i < 0 || !limber_field_is_stored (&kind->fields[i])) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("%s has no field “%s” to look for"), kind->name, name);
    return FALSE;
  }
  g_string_append (where, where->len > 0 ? " AND " : "");
  if (kind->fields[i].type == LIMBER_TYPE_PROGRESS)
    g_string_append_printf (where, "\"%s\" %% %d IS ?", name, LIMBER_PROGRESS_ROUND);
  else
    g_string_append_printf (where, "\"%s\" IS ?", name);
  return TRUE;
}

/**
 * limber_reader_list:
 * @kind: a kind's name
 * @fields: (nullable): %NULL-ended names of fields that must have the value given
 * @values: (nullable): one for each of @fields; nothing means a field without a value, a progress its rank in any round
 * @func: called for each record
 *
 * Returns: whether the list was read, or ended by @func
 */
gboolean
limber_reader_list (LimberReader *reader, const char *kind, const char *const *fields, const LimberValue *values, LimberRecordFunc func, gpointer data, GError **error)
{
  const LimberKind *found = find_kind (kind, error);
  g_autoptr (GString) where = g_string_new (NULL);
  List list = { func, data };
  guint n = 0;

  if (found == NULL)
    return FALSE;
  for (; fields != NULL && fields[n] != NULL; n++)
    if (!add_condition (where, found, fields[n], error))
      return FALSE;
  return limber_rows_each (reader->database, found, n > 0 ? where->str : NULL, values, n, pass_record, &list, error);
}

static gboolean
keep_if_one (const LimberRecord *record, gpointer data)
{
  GPtrArray *found = data;

  g_ptr_array_add (found, limber_record_copy (record));
  return found->len < 2;
}

/**
 * limber_reader_by_key:
 * @kind: a kind's name
 * @key: an id, or what people call the record: a site's code, a member of staff's or a patient's number
 * @error: LIMBER_ERROR_NOT_FOUND or LIMBER_ERROR_AMBIGUOUS
 *
 * Returns: (transfer full) (nullable): the record
 */
LimberRecord *
limber_reader_by_key (LimberReader *reader, const char *kind, const char *key, GError **error)
{
  const LimberKind *found = find_kind (kind, error);
  const LimberField *field = found != NULL ? limber_kind_key (found) : NULL;
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  LimberValue value = { .type = LIMBER_VALUE_TEXT, .text = (char *) key };
  LimberId id;

  if (found == NULL)
    return NULL;
  if (limber_id_parse (&id, key))
    return limber_reader_get (reader, kind, &id, error);
  if (field != NULL && !limber_reader_list (reader, kind, (const char *const[]){ field->name, NULL }, &value, keep_if_one, matches, error))
    return NULL;
  if (matches->len == 1)
    return g_ptr_array_steal_index (matches, 0);
  if (matches->len > 1)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_AMBIGUOUS, _("More than one %s is called “%s”"), kind, key);
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no %s called “%s” here"), kind, key);
  return NULL;
}

static void
read_column (LimberStatement *statement, int column, gboolean is_id, LimberValue *value)
{
  LimberId id;

  switch (sqlite3_column_type (statement->stmt, column)) {
  case SQLITE_NULL:
    break;
  case SQLITE_INTEGER:
    if (!is_id)
      limber_value_set_integer (value, sqlite3_column_int64 (statement->stmt, column));
    else if (limber_database_thing_id (statement->database, sqlite3_column_int64 (statement->stmt, column), &id))
      limber_value_set_id (value, &id);
    break;
  case SQLITE_BLOB:
    if (limber_statement_blob_into (statement, column, &id, sizeof id))
      limber_value_set_id (value, &id);
    break;
  default:
    limber_value_take_text (value, limber_statement_dup_text (statement, column));
  }
}

/* A step may prepare the statement anew, so names from before it are none of its. */
static LimberRow *
make_row (LimberStatement *statement, guint n)
{
  g_autofree const char **names = g_new0 (const char *, n + 1);
  LimberRow *row;

  for (guint i = 0; i < n; i++) {
    names[i] = sqlite3_column_name (statement->stmt, (int) i);
    names[i] += g_str_has_prefix (names[i], "id:") ? 3 : 0;
  }
  row = limber_row_new (names, n);
  for (guint i = 0; i < n; i++)
    read_column (statement, (int) i, g_str_has_prefix (sqlite3_column_name (statement->stmt, (int) i), "id:"), limber_row_column (row, i));
  return row;
}

static GPtrArray *
run (LimberStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = (guint) sqlite3_column_count (statement->stmt);
  int step;

  while ((step = limber_statement_step (statement, error)) == 1)
    g_ptr_array_add (rows, make_row (statement, n));
  return step == 0 ? g_steal_pointer (&rows) : NULL;
}

/**
 * limber_reader_query_values:
 * @query: the name of a query
 * @values: (nullable): its parameters, in order
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): its rows
 */
GPtrArray *
limber_reader_query_values (LimberReader *reader, const char *query, const LimberValue *values, guint n_values, GError **error)
{
  const LimberQuery *found = limber_query_find (query);
  g_autoptr (LimberStatement) statement = NULL;

  g_return_val_if_fail (found != NULL, NULL);
  statement = limber_database_statement (reader->database, found->sql, error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < n_values; i++)
    limber_rows_bind (statement, (int) i + 1, NULL, &values[i], FALSE, NULL);
  return run (statement, error);
}

/**
 * limber_reader_values:
 * @form: a letter a parameter: i gint64, t text (nullable), d LimberId (nullable)
 * @args: the parameters
 *
 * Returns: (transfer full) (element-type LimberValue): them
 */
GArray *
limber_reader_values (const char *form, va_list args)
{
  GArray *values = g_array_new (FALSE, TRUE, sizeof (LimberValue));

  g_array_set_clear_func (values, (GDestroyNotify) limber_value_clear);
  for (; *form != '\0'; form++) {
    LimberValue value = LIMBER_VALUE_INIT;

    if (*form == 'i')
      limber_value_set_integer (&value, va_arg (args, gint64));
    else if (*form == 't')
      limber_value_set_text (&value, va_arg (args, const char *));
    else
      limber_value_set_id (&value, va_arg (args, const LimberId *));
    g_array_append_val (values, value);
  }
  return values;
}

/**
 * limber_reader_query:
 * @query: the name of a query
 * @form: a letter a parameter: i gint64, t text (nullable), d LimberId (nullable)
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): its rows
 */
GPtrArray *
limber_reader_query (LimberReader *reader, const char *query, GError **error, const char *form, ...)
{
  g_autoptr (GArray) values = NULL;
  va_list args;

  va_start (args, form);
  values = limber_reader_values (form, args);
  va_end (args);
  return limber_reader_query_values (reader, query, (const LimberValue *) values->data, values->len, error);
}

/**
 * limber_reader_count:
 *
 * Returns: the first column of the first row of @query, 0 when there is none; @form as in limber_reader_query()
 */
gint64
limber_reader_count (LimberReader *reader, const char *query, const char *form, ...)
{
  g_autoptr (GArray) values = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  va_list args;

  va_start (args, form);
  values = limber_reader_values (form, args);
  va_end (args);
  rows = limber_reader_query_values (reader, query, (const LimberValue *) values->data, values->len, NULL);
  return rows != NULL && rows->len > 0 ? limber_row_column (g_ptr_array_index (rows, 0), 0)->integer : 0;
}

/**
 * limber_reader_query_kinds:
 *
 * Returns: a bit for each kind that @query reads, 1 << its number
 */
guint64
limber_reader_query_kinds (const char *query)
{
  const LimberQuery *found = limber_query_find (query);
  g_auto (GStrv) names = NULL;
  guint64 kinds = 0;

  g_return_val_if_fail (found != NULL, 0);
  names = g_strsplit (found->kinds, " ", -1);
  for (guint i = 0; names[i] != NULL; i++) {
    const LimberKind *kind = limber_kind_by_name (names[i]);

    if (kind != NULL)
      kinds |= G_GUINT64_CONSTANT (1) << kind->number;
  }
  return kinds;
}

/**
 * limber_reader_meta:
 *
 * Returns: (transfer full) (nullable): what the store keeps about itself under @name
 */
char *
limber_reader_meta (LimberReader *reader, const char *name)
{
  return limber_database_meta (reader->database, name);
}

LimberClass
limber_reader_class (LimberReader *reader)
{
  return reader->klass;
}

/**
 * limber_reader_site:
 * @site: (out): the site that this store belongs to
 *
 * Returns: whether it belongs to one
 */
gboolean
limber_reader_site (LimberReader *reader, LimberId *site)
{
  *site = reader->site;
  return reader->has_site;
}

LimberEnv *
limber_reader_env (LimberReader *reader)
{
  return limber_database_env (reader->database);
}

/**
 * limber_reader_now:
 *
 * Returns: milliseconds UTC by the corrected clock
 */
gint64
limber_reader_now (LimberReader *reader)
{
  return limber_env_now (limber_reader_env (reader));
}
