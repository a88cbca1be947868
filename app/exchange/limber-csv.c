/* The reader holds one buffer with room for several of the longest rows, filled so that a whole row always lies in it:
 * parsing never meets the buffer's end unless the file ends there.
 *
 * A list is made by another program and may be broken anywhere; one broken line must cost no other. When a row does
 * not parse, or has the wrong number of cells, only its first line is given up and reading goes on with the next line: a
 * quotation mark that is never closed cannot swallow the people below it. */
#include "limber-csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"

#define BUFFER_SIZE (4 * LIMBER_CSV_ROW_MAXIMUM)
#define BAD_LINE_MAXIMUM 2000 /* bytes of a line that is no row */

struct _LimberCsv {
  GInputStream *stream;     /* (owned) */
  char          delimiter;
  char          line_end;   /* '\n', which may have a '\r' before it, or '\r' */
  char         *buffer;     /* (owned): BUFFER_SIZE bytes */
  gsize         start;      /* where the next row begins */
  gsize         end;        /* of what was read */
  gboolean      finished;   /* the stream has no more */
  gint64        position;   /* of start in the file */
  guint         next_line;  /* the line at start, from 1 */
  guint         line;       /* where the last row began */
  GPtrArray    *names;      /* (owned) (element-type utf8): the header */
  GString      *cells;      /* (owned): the last row's cells, each ended by NUL */
  guint         offsets[LIMBER_CSV_COLUMNS_MAXIMUM];
  guint         n_cells;
  char         *bad_line;   /* (owned) (nullable) */
};

/* What became of one attempt at a row. */
typedef struct {
  gsize       length; /* bytes, its line end included */
  guint       lines;
  int         column; /* the cell at fault, -1 none */
  const char *why;    /* (nullable): what is wrong, %NULL when nothing is */
} Attempt;

static gboolean
fill (LimberCsv *csv, GError **error)
{
  if (csv->finished || csv->end - csv->start > LIMBER_CSV_ROW_MAXIMUM + 2)
    return TRUE;
  memmove (csv->buffer, csv->buffer + csv->start, csv->end - csv->start);
  csv->end -= csv->start;
  csv->start = 0;
  while (!csv->finished && csv->end < BUFFER_SIZE) {
    gssize n = g_input_stream_read (csv->stream, csv->buffer + csv->end, BUFFER_SIZE - csv->end, NULL, error);

    if (n < 0)
      return FALSE;
    csv->finished = n == 0;
    csv->end += (gsize) n;
  }
  return TRUE;
}

static gboolean
at_line_end (LimberCsv *csv, const char *at, const char *end)
{
  return at == end || *at == csv->line_end || (csv->line_end == '\n' && *at == '\r' && at + 1 < end && at[1] == '\n');
}

/* Reads one cell into csv->cells; NULL with attempt->why set when it is none. */
static const char *
read_cell (LimberCsv *csv, const char *at, const char *end, Attempt *attempt)
{
  const char *from;

  if (at < end && *at == '"') {
    for (at++;; at++) {
      if (at == end) {
        attempt->why = _("a quotation mark is never closed");
        return NULL;
      }
      if (*at == '"') {
        if (at + 1 == end || at[1] != '"')
          break;
        at++;
      } else if (*at == csv->line_end)
        attempt->lines++;
      else if (*at == '\r' && at + 1 < end && at[1] == '\n')
        continue;
      g_string_append_c (csv->cells, *at == csv->line_end ? '\n' : *at);
    }
    at++;
    if (!at_line_end (csv, at, end) && *at != csv->delimiter)
      attempt->why = _("there is text after a closing quotation mark");
    return attempt->why == NULL ? at : NULL;
  }
  for (from = at; at < end && *at != csv->delimiter && !at_line_end (csv, at, end); at++)
    if (*at == '"') {
      attempt->why = _("a quotation mark stands in a cell that does not begin with one");
      return NULL;
    }
  g_string_append_len (csv->cells, from, at - from);
  return at;
}

static void
check_cells (LimberCsv *csv, Attempt *attempt)
{
  for (guint i = 0; i < csv->n_cells && attempt->why == NULL; i++) {
    guint next = i + 1 < csv->n_cells ? csv->offsets[i + 1] : (guint) csv->cells->len;
    gsize length = next - csv->offsets[i] - 1;

    if (g_utf8_validate_len (csv->cells->str + csv->offsets[i], length, NULL))
      continue;
    attempt->column = (int) i;
    attempt->why = _("not UTF-8 text");
  }
  if (attempt->why == NULL && csv->names != NULL && csv->n_cells != csv->names->len)
    attempt->why = csv->n_cells < csv->names->len ? _("fewer cells than the header has") : _("more cells than the header has");
}

static void
try_row (LimberCsv *csv, Attempt *attempt)
{
  const char *start = csv->buffer + csv->start, *end = csv->buffer + csv->end, *at = start;
  gboolean cut = end - start > LIMBER_CSV_ROW_MAXIMUM + 2; /* with its line end */

  *attempt = (Attempt) { 0, 1, -1, NULL };
  if (cut)
    end = start + LIMBER_CSV_ROW_MAXIMUM + 2;
  g_string_truncate (csv->cells, 0);
  for (csv->n_cells = 0;; at++) {
    if (csv->n_cells == LIMBER_CSV_COLUMNS_MAXIMUM) {
      attempt->why = _("more than 64 cells");
      return;
    }
    attempt->column = (int) csv->n_cells;
    csv->offsets[csv->n_cells++] = (guint) csv->cells->len;
    at = read_cell (csv, at, end, attempt);
    g_string_append_c (csv->cells, '\0');
    if (at == NULL || at == end || *at != csv->delimiter)
      break;
  }
  if (cut && at == end)
    attempt->why = _("longer than 64 KiB");
  if (attempt->why != NULL)
    return;
  attempt->column = -1;
  check_cells (csv, attempt);
  if (at < end)
    at += *at == csv->line_end ? 1 : 2;
  attempt->length = (gsize) (at - start);
}

static void
advance (LimberCsv *csv, gsize bytes, guint lines)
{
  csv->start += bytes;
  csv->position += (gint64) bytes;
  csv->next_line += lines;
}

/* Gives up the line at start, however long it is. */
static gboolean
skip_line (LimberCsv *csv, GError **error)
{
  for (;;) {
    const char *start = csv->buffer + csv->start, *newline = memchr (start, csv->line_end, csv->end - csv->start);

    if (newline != NULL || csv->finished) {
      advance (csv, newline != NULL ? (gsize) (newline + 1 - start) : csv->end - csv->start, 1);
      return TRUE;
    }
    advance (csv, csv->end - csv->start, 0);
    if (!fill (csv, error))
      return FALSE;
  }
}

static void
keep_bad_line (LimberCsv *csv)
{
  const char *start = csv->buffer + csv->start, *newline = memchr (start, csv->line_end, csv->end - csv->start);
  gsize length = newline != NULL ? (gsize) (newline - start) : csv->end - csv->start;

  g_free (csv->bad_line);
  csv->bad_line = g_utf8_make_valid (start, (gssize) MIN (length, BAD_LINE_MAXIMUM));
  g_strdelimit (csv->bad_line, "\r", ' ');
}

static gboolean
is_blank (LimberCsv *csv)
{
  return csv->n_cells == 1 && csv->cells->len == 1;
}

/**
 * limber_csv_next:
 * @csv: the reader
 * @bad_column: (out) (optional): when the line is no row, the cell at fault from 0, or -1
 * @error: LIMBER_ERROR_FORMAT for a bad line; what the stream said for a failure
 *
 * Goes to the next row. Empty lines are passed over.
 *
 * Returns: what was found
 */
LimberCsvResult
limber_csv_next (LimberCsv *csv, int *bad_column, GError **error)
{
  Attempt attempt;

  do {
    if (!fill (csv, error))
      return LIMBER_CSV_FAILED;
    csv->line = csv->next_line;
    if (csv->start == csv->end)
      return LIMBER_CSV_END;
    try_row (csv, &attempt);
    if (attempt.length > 0 && is_blank (csv))
      advance (csv, attempt.length, attempt.lines);
  } while (attempt.length > 0 && is_blank (csv));
  if (attempt.why == NULL) {
    advance (csv, attempt.length, attempt.lines);
    return LIMBER_CSV_ROW;
  }
  if (bad_column != NULL)
    *bad_column = attempt.column;
  keep_bad_line (csv);
  if (!skip_line (csv, error))
    return LIMBER_CSV_FAILED;
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, attempt.why);
  return LIMBER_CSV_BAD;
}

static gboolean
take_header (LimberCsv *csv, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  switch (limber_csv_next (csv, NULL, error)) {
  case LIMBER_CSV_ROW:
    break;
  case LIMBER_CSV_END:
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("the list is empty: it has no header row"));
    return FALSE;
  default:
    g_prefix_error (error, "%s: ", _("the header row"));
    return FALSE;
  }
  for (guint i = 0; i < csv->n_cells; i++) {
    char *name = g_strstrip (g_strdup (csv->cells->str + csv->offsets[i]));

    if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL)) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("the header row names the column “%s” twice"), name);
      g_free (name);
      return FALSE;
    }
    g_ptr_array_add (names, name);
  }
  csv->names = g_steal_pointer (&names);
  return TRUE;
}

/* No row is as long as the buffer: when no line of it ends in another way, it is CR. */
static char
find_line_end (LimberCsv *csv)
{
  return memchr (csv->buffer, '\n', csv->end) == NULL && memchr (csv->buffer, '\r', csv->end) != NULL ? '\r' : '\n';
}

/**
 * limber_csv_new:
 * @stream: the list's bytes
 * @delimiter: what is between two cells
 * @error: LIMBER_ERROR_FORMAT when there is no header row; what the stream said when it failed
 *
 * Begins to read a list, its header row first.
 *
 * Returns: (transfer full) (nullable): the reader, before the first row
 */
LimberCsv *
limber_csv_new (GInputStream *stream, char delimiter, GError **error)
{
  g_autoptr (LimberCsv) csv = g_new0 (LimberCsv, 1);

  csv->stream = g_object_ref (stream);
  csv->delimiter = delimiter;
  csv->buffer = g_malloc (BUFFER_SIZE);
  csv->cells = g_string_new (NULL);
  csv->next_line = 1;
  if (!fill (csv, error))
    return NULL;
  csv->line_end = find_line_end (csv);
  if (csv->end >= 3 && memcmp (csv->buffer, "\xef\xbb\xbf", 3) == 0)
    advance (csv, 3, 0);
  return take_header (csv, error) ? g_steal_pointer (&csv) : NULL;
}

void
limber_csv_free (LimberCsv *csv)
{
  g_object_unref (csv->stream);
  g_clear_pointer (&csv->names, g_ptr_array_unref);
  g_string_free (csv->cells, TRUE);
  g_free (csv->buffer);
  g_free (csv->bad_line);
  g_free (csv);
}

guint
limber_csv_n_columns (LimberCsv *csv)
{
  return csv->names->len;
}

/**
 * limber_csv_name:
 *
 * Returns: (transfer none): what the header calls @column
 */
const char *
limber_csv_name (LimberCsv *csv, guint column)
{
  return g_ptr_array_index (csv->names, column);
}

/**
 * limber_csv_column:
 *
 * Returns: the number of the column that the header calls @name, -1 when there is none
 */
int
limber_csv_column (LimberCsv *csv, const char *name)
{
  guint at;

  return g_ptr_array_find_with_equal_func (csv->names, name, g_str_equal, &at) ? (int) at : -1;
}

/**
 * limber_csv_cell:
 * @column: less than limber_csv_n_columns()
 *
 * Returns: (transfer none): that cell of the last row, UTF-8, until the next is read
 */
const char *
limber_csv_cell (LimberCsv *csv, guint column)
{
  g_return_val_if_fail (column < csv->n_cells, "");
  return csv->cells->str + csv->offsets[column];
}

/**
 * limber_csv_bad_line:
 *
 * Returns: (transfer none) (nullable): the last line that was no row, as much of it as a person needs to know it again
 */
const char *
limber_csv_bad_line (LimberCsv *csv)
{
  return csv->bad_line;
}

/**
 * limber_csv_line:
 *
 * Returns: the line at which the last row, or bad line, began; the header is line 1
 */
guint
limber_csv_line (LimberCsv *csv)
{
  return csv->line;
}

/**
 * limber_csv_position:
 *
 * Returns: how many bytes of the file have been gone through
 */
gint64
limber_csv_position (LimberCsv *csv)
{
  return csv->position;
}

/**
 * limber_csv_append_row:
 * @out: where to append
 * @delimiter: what is between two cells
 * @cells: (array length=n_cells): UTF-8
 *
 * Appends a row as limber_csv_next() reads it, cells quoted only where they must be, ended by CRLF.
 */
void
limber_csv_append_row (GString *out, char delimiter, const char *const *cells, guint n_cells)
{
  const char special[] = { delimiter, '"', '\r', '\n', '\0' };

  for (guint i = 0; i < n_cells; i++) {
    if (i > 0)
      g_string_append_c (out, delimiter);
    if (strpbrk (cells[i], special) == NULL) {
      g_string_append (out, cells[i]);
      continue;
    }
    g_string_append_c (out, '"');
    for (const char *at = cells[i]; *at != '\0'; at++) {
      if (*at == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *at);
    }
    g_string_append_c (out, '"');
  }
  g_string_append (out, "\r\n");
}
