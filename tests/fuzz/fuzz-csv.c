/* A list that is to be imported: its bytes, in whatever encoding and with whatever between its cells, as rows. */
#include "limber-fuzz.h"

#include <string.h>

#include "limber-csv.h"
#include "limber-encoding.h"
#include "limber-error.h"

/* One in so many is read once more, by its length, since that takes the longest. */
#define AGAIN_OF 4

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_begin ();
  return 0;
}

/* Its last byte says what is between its cells, and in which encoding it is said to be. */
static char
delimiter_of (const char *bytes, gsize length)
{
  return length > 0 ? ",;\t|"[(guchar) bytes[length - 1] & 3] : ',';
}

static LimberEncoding
encoding_of (const char *bytes, gsize length)
{
  guint letter = length > 0 ? (guchar) bytes[length - 1] >> 2 & 7 : 0;

  return letter <= LIMBER_ENCODING_WINDOWS_1252 ? (LimberEncoding) letter : LIMBER_ENCODING_FIND;
}

/* Then it is not in the encoding that it is said to be in. */
static gboolean
is_marked_wide (const char *bytes, gsize length)
{
  return length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0);
}

static LimberCsv *
open_list (const char *bytes, gsize length, LimberEncoding encoding, char delimiter, GError **error)
{
  g_autoptr (GBytes) all = g_bytes_new (bytes, length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (all), text = NULL;
  gint64 size;

  text = limber_encoding_open (stream, encoding, &encoding, &size, error);
  return text != NULL ? limber_csv_new (text, delimiter, error) : NULL;
}

static void
append_row (GString *out, LimberCsv *csv, char delimiter, const char *(*part) (LimberCsv *csv, guint column))
{
  const char *cells[LIMBER_CSV_COLUMNS_MAXIMUM];
  guint n = limber_csv_n_columns (csv);

  g_assert_cmpuint (n, <=, LIMBER_CSV_COLUMNS_MAXIMUM);
  for (guint i = 0; i < n; i++) {
    cells[i] = part (csv, i);
    g_assert_true (g_utf8_validate (cells[i], -1, NULL));
    g_assert_cmpuint (strlen (cells[i]), <=, LIMBER_CSV_ROW_MAXIMUM);
  }
  limber_csv_append_row (out, delimiter, cells, n);
}

/* A line end inside a cell becomes the one that we use, so that which it was is not compared. */
static void
drop_returns (GString *text)
{
  gsize kept = 0;

  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] != '\r')
      text->str[kept++] = text->str[i];
  g_string_truncate (text, kept);
}

/* Reads all; what are rows is written again. */
static GString *
read_all (LimberCsv *csv, char delimiter, guint *bad)
{
  GString *out = g_string_new (NULL);
  guint line = 1;

  append_row (out, csv, delimiter, limber_csv_name);
  for (;;) {
    g_autoptr (GError) error = NULL;
    int column = -1;
    LimberCsvResult result = limber_csv_next (csv, &column, &error);

    g_assert_cmpint (result, !=, LIMBER_CSV_FAILED);
    if (result == LIMBER_CSV_END)
      break;
    g_assert_cmpuint (limber_csv_line (csv), >, line);
    line = limber_csv_line (csv);
    g_assert_true ((result == LIMBER_CSV_BAD) == (error != NULL));
    if (result == LIMBER_CSV_ROW)
      append_row (out, csv, delimiter, limber_csv_cell);
    else {
      g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
      g_assert_true (g_utf8_validate (limber_csv_bad_line (csv), -1, NULL));
      ++*bad;
    }
  }
  return out;
}

/* Written again, a list that begins with a byte order mark of its own is one without, and one without any name is empty. */
static gboolean
can_begin (const char *name, guint n_columns)
{
  return !g_str_has_prefix (name, "\xef\xbb\xbf") && (n_columns > 1 || *name != '\0');
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *bytes = (const char *) data;
  char delimiter = delimiter_of (bytes, size);
  LimberEncoding encoding = encoding_of (bytes, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberCsv) csv = open_list (bytes, size, encoding, delimiter, &error), again = NULL;
  g_autoptr (GString) rows = NULL, rows_again = NULL;
  guint bad = 0, bad_again = 0;

  if (csv == NULL) {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
    return 0;
  }
  rows = read_all (csv, delimiter, &bad);
  if (encoding == LIMBER_ENCODING_UTF_8 && !is_marked_wide (bytes, size))
    g_assert_cmpint (limber_csv_position (csv), ==, (gint64) size);
  if (size % AGAIN_OF != 0 || !can_begin (limber_csv_name (csv, 0), limber_csv_n_columns (csv)))
    return 0;
  again = open_list (rows->str, rows->len, LIMBER_ENCODING_UTF_8, delimiter, &error);
  g_assert_no_error (error);
  rows_again = read_all (again, delimiter, &bad_again);
  drop_returns (rows);
  drop_returns (rows_again);
  g_assert_cmpstr (rows_again->str, ==, rows->str);
  g_assert_cmpuint (bad_again, ==, 0);
  return 0;
}
