/* A mapping, and a row that is read by it: the mapping's text, and behind a NUL the cells, apart by “|”. */
#include "limber-fuzz.h"

#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-import-row.h"
#include "limber-mapping.h"

#define TODAY "2026-11-23"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_begin ();
  return 0;
}

/* The next cells of @left, "" for those that there are not. */
static void
fill_cells (const char *cells[LIMBER_MAPPING_FROM_MAXIMUM + 1], guint n, char ***left)
{
  for (guint i = 0; i < n; i++)
    cells[i] = **left != NULL ? *(*left)++ : "";
  cells[n] = NULL;
}

static void
read_column (const LimberMappedColumn *column, LimberType type, char ***left)
{
  const char *cells[LIMBER_MAPPING_FROM_MAXIMUM + 1];
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 time;

  fill_cells (cells, column->from != NULL ? g_strv_length (column->from) : 0, left);
  text = limber_mapped_column_read (column, cells, TODAY, &error);
  g_assert_true ((text == NULL) == (error != NULL));
  if (text == NULL) {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
    return;
  }
  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (*text == '\0' || column->form == NULL || column->is != NULL)
    return;
  if (type == LIMBER_TYPE_DATE)
    g_assert_true (limber_date_is_valid (text));
  else
    g_assert_true (limber_time_parse (text, &time));
}

static void
read_row (LimberMapping *mapping, char **cells)
{
  for (guint i = 0; limber_import_list_at (i) != NULL; i++) {
    const LimberImportList *list = limber_import_list_at (i);
    const LimberMappedList *mapped = limber_mapping_list (mapping, limber_import_list_name (list));
    g_auto (GStrv) columns = limber_import_list_columns (list);

    for (guint c = 0; mapped != NULL && columns[c] != NULL; c++)
      if (g_hash_table_contains (mapped->columns, columns[c]))
        read_column (g_hash_table_lookup (mapped->columns, columns[c]), limber_import_list_type (list, columns[c]), &cells);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *nul = memchr (data, '\0', size);
  gsize length = nul != NULL ? (gsize) (nul - data) : size;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberMapping) mapping = limber_mapping_parse ((const char *) data, length, &error);
  g_autofree char *rest = NULL;
  g_auto (GStrv) cells = NULL;

  if (mapping == NULL) {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  rest = g_utf8_make_valid ((const char *) data + length, (gssize) (size - length));
  cells = g_strsplit (rest, "|", -1);
  read_row (mapping, cells);
  return 0;
}
