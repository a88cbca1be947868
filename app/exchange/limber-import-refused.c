/* A spreadsheet takes a cell that begins with one of a few marks for a formula, and a list may hold such a one on purpose. So
 * a cell like that, and one that is like that behind apostrophes, gets an apostrophe more, which is taken away again when the
 * file is read as a correction: nothing of the line changes. */
#include "limber-import-refused.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-error.h"

struct _LimberImportRefused {
  char    *dir;       /* (owned) */
  char    *path;      /* (owned) */
  char    *new;       /* (owned): it is written there, until it is whole */
  char     delimiter;
  GString *head;      /* (owned): the header row */
  guint    n_columns;
  FILE    *out;       /* (owned) (nullable): none before there is a line */
};

static gboolean
is_like_a_formula (const char *cell)
{
  cell += strspn (cell, "'");
  return *cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL;
}

/**
 * limber_import_refused_cell:
 * @cell: a cell of such a file
 *
 * Returns: (transfer none): the cell as the list had it
 */
const char *
limber_import_refused_cell (const char *cell)
{
  return *cell == '\'' && is_like_a_formula (cell) ? cell + 1 : cell;
}

/**
 * limber_import_refused_is:
 *
 * Returns: whether @csv reads such a file
 */
gboolean
limber_import_refused_is (LimberCsv *csv)
{
  return limber_csv_column (csv, LIMBER_IMPORT_REFUSED_LINE) >= 0 && limber_csv_column (csv, LIMBER_IMPORT_REFUSED_REASON) >= 0;
}

static void
append_row (LimberImportRefused *refused, GString *text, const char *const *cells, guint n, const char *line, const char *reason)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_strconcat (is_like_a_formula (cells[i]) ? "'" : "", cells[i], NULL));
  for (guint i = n; i < refused->n_columns; i++)
    g_ptr_array_add (all, g_strdup (""));
  g_ptr_array_add (all, g_strdup (line));
  g_ptr_array_add (all, g_strdup (reason));
  limber_csv_append_row (text, refused->delimiter, (const char *const *) all->pdata, all->len);
}

/* Nothing else of that name, such as a list itself, may be written over. */
static gboolean
may_be_replaced (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char head[LIMBER_CSV_ROW_MAXIMUM] = "";
  gsize length = 0;

  if (!g_file_query_exists (file, NULL))
    return TRUE;
  return stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head - 1, &length, NULL, NULL) && strstr (head, LIMBER_IMPORT_REFUSED_LINE) != NULL;
}

/**
 * limber_import_refused_new:
 * @dir: the folder that gets the file, made when there is a line for it
 * @file: the list's name
 * @csv: the list: its header
 * @delimiter: what is between its cells
 * @error: LIMBER_ERROR_REFUSED when there is another file of that name
 *
 * Returns: (transfer full) (nullable): nothing refused yet
 */
LimberImportRefused *
limber_import_refused_new (const char *dir, const char *file, LimberCsv *csv, char delimiter, GError **error)
{
  g_autoptr (LimberImportRefused) refused = g_new0 (LimberImportRefused, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  refused->dir = g_strdup (dir);
  refused->path = g_build_filename (dir, file, NULL);
  refused->new = g_strconcat (refused->path, ".new", NULL);
  refused->delimiter = delimiter;
  refused->head = g_string_new ("\xef\xbb\xbf"); /* or spreadsheets take it for another encoding */
  for (guint i = 0; i < limber_csv_n_columns (csv); i++)
    if (!limber_import_refused_is (csv) || (!g_str_equal (limber_csv_name (csv, i), LIMBER_IMPORT_REFUSED_LINE) && !g_str_equal (limber_csv_name (csv, i), LIMBER_IMPORT_REFUSED_REASON)))
      g_ptr_array_add (names, (gpointer) limber_csv_name (csv, i));
  refused->n_columns = names->len;
  append_row (refused, refused->head, (const char *const *) names->pdata, names->len, LIMBER_IMPORT_REFUSED_LINE, LIMBER_IMPORT_REFUSED_REASON);
  if (may_be_replaced (refused->path))
    return g_steal_pointer (&refused);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s is there already, and holds no refused lines: say another folder"), refused->path);
  return NULL;
}

static gboolean
say (LimberImportRefused *refused, GError **error)
{
  int why = errno;

  limber_cause_set_errno (error, LIMBER_ERROR_REFUSED, why, _("The refused lines cannot be written to %s: %s"), refused->path, limber_cause_of_errno (why));
  return FALSE;
}

/**
 * limber_import_refused_add:
 * @cells: (array length=n_cells): the line's cells as they were; one, with all of it, when it is no row
 * @line: which it was
 * @reason: why it was refused
 * @error: LIMBER_ERROR_REFUSED when it cannot be written
 */
gboolean
limber_import_refused_add (LimberImportRefused *refused, const char *const *cells, guint n_cells, guint line, const char *reason, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = g_strdup_printf ("%u", line);

  if (refused->out == NULL) {
    if (g_mkdir_with_parents (refused->dir, 0700) != 0 || (refused->out = g_fopen (refused->new, "we")) == NULL || g_chmod (refused->new, 0600) != 0)
      return say (refused, error);
    g_string_append (text, refused->head->str);
  }
  append_row (refused, text, cells, MIN (n_cells, refused->n_columns), number, reason);
  return fwrite (text->str, 1, text->len, refused->out) == text->len || say (refused, error);
}

/**
 * limber_import_refused_finish:
 *
 * Puts the file where it belongs. When nothing was refused, there is none: what one from before says is no longer so.
 */
gboolean
limber_import_refused_finish (LimberImportRefused *refused, GError **error)
{
  FILE *out = g_steal_pointer (&refused->out);

  if (out == NULL)
    return g_unlink (refused->path) == 0 || errno == ENOENT || errno == ENOTDIR || say (refused, error);
  if (fclose (out) == 0 && g_rename (refused->new, refused->path) == 0)
    return TRUE;
  say (refused, error);
  g_unlink (refused->new);
  return FALSE;
}

void
limber_import_refused_free (LimberImportRefused *refused)
{
  if (refused->out != NULL) {
    fclose (refused->out);
    g_unlink (refused->new);
  }
  g_free (refused->dir);
  g_free (refused->path);
  g_free (refused->new);
  g_string_free (refused->head, TRUE);
  g_free (refused);
}
