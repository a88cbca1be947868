/* The CSV reader: what RFC 4180 allows is read, whatever else is named by its line, and costs no other line. */
#include <string.h>

#include "limber-csv.h"
#include "limber-error.h"

static LimberCsv *
read_apart (const char *text, gssize length, char delimiter)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (g_memdup2 (text, length < 0 ? strlen (text) : (gsize) length),
                                                                         length < 0 ? (gssize) strlen (text) : length, g_free);
  g_autoptr (GError) error = NULL;
  LimberCsv *csv = limber_csv_new (stream, delimiter, &error);

  g_assert_no_error (error);
  return csv;
}

static LimberCsv *
read_bytes (const char *text, gssize length)
{
  return read_apart (text, length, ',');
}

static void
assert_row (LimberCsv *csv, guint line, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  LimberCsvResult result = limber_csv_next (csv, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result, ==, LIMBER_CSV_ROW);
  g_assert_cmpuint (limber_csv_line (csv), ==, line);
  g_assert_cmpstr (limber_csv_cell (csv, 0), ==, first);
  g_assert_cmpstr (limber_csv_cell (csv, 1), ==, second);
}

static void
assert_bad (LimberCsv *csv, guint line, int column, const char *why)
{
  g_autoptr (GError) error = NULL;
  int bad = -2;

  g_assert_cmpint (limber_csv_next (csv, &bad, &error), ==, LIMBER_CSV_BAD);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_assert_cmpuint (limber_csv_line (csv), ==, line);
  g_assert_cmpint (bad, ==, column);
  g_assert_nonnull (strstr (error->message, why));
}

static void
assert_end (LimberCsv *csv)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (limber_csv_next (csv, NULL, &error), ==, LIMBER_CSV_END);
  g_assert_no_error (error);
}

static void
test_plain (void)
{
  g_autoptr (LimberCsv) csv = read_bytes ("\xef\xbb\xbfid,name\r\n1,Ng\r\n\r\n2,\n3,\"O\"\"Neill, Seán\"", -1);

  g_assert_cmpuint (limber_csv_n_columns (csv), ==, 2);
  g_assert_cmpint (limber_csv_column (csv, "name"), ==, 1);
  g_assert_cmpint (limber_csv_column (csv, "born"), ==, -1);
  assert_row (csv, 2, "1", "Ng");
  assert_row (csv, 4, "2", "");
  assert_row (csv, 5, "3", "O\"Neill, Seán");
  assert_end (csv);
  assert_end (csv);
}

static void
test_lines_in_cells (void)
{
  g_autoptr (LimberCsv) csv = read_bytes ("id,address\n1,\"1 High Street\r\nHarrow\"\n2,\"a\nb\n\"\n3,c\n", -1);

  assert_row (csv, 2, "1", "1 High Street\nHarrow");
  assert_row (csv, 4, "2", "a\nb\n");
  assert_row (csv, 7, "3", "c");
  assert_end (csv);
}

static void
test_broken_lines (void)
{
  g_autoptr (LimberCsv) csv = read_bytes ("id,name\n1,\"open\n2,x\n3\n4,a,b\n5,\"a\"b\n6,a\"b\n7,\xff\n8,y\n", -1);

  assert_bad (csv, 2, 1, "after a closing");
  assert_row (csv, 3, "2", "x");
  assert_bad (csv, 4, -1, "fewer cells");
  assert_bad (csv, 5, -1, "more cells");
  assert_bad (csv, 6, 1, "after a closing");
  assert_bad (csv, 7, 1, "does not begin with one");
  assert_bad (csv, 8, 1, "UTF-8");
  assert_row (csv, 9, "8", "y");
  assert_end (csv);
}

static void
test_never_closed (void)
{
  g_autoptr (LimberCsv) csv = read_bytes ("id,name\n1,\"open\n2,x\n3,y\n", -1);

  assert_bad (csv, 2, 1, "never closed");
  assert_row (csv, 3, "2", "x");
  assert_row (csv, 4, "3", "y");
  assert_end (csv);
}

static void
test_delimiters (void)
{
  g_autoptr (LimberCsv) csv = read_apart ("id;name\n1;a,b\n2;\"c;d\"\n3;\"e\",f\n", -1, ';'), tabs = read_apart ("id\tname\n1\t\"a\tb\"\n", -1, '\t');

  assert_row (csv, 2, "1", "a,b");
  assert_row (csv, 3, "2", "c;d");
  assert_bad (csv, 4, 1, "after a closing");
  assert_row (tabs, 2, "1", "a\tb");
}

static void
test_returns (void)
{
  g_autoptr (LimberCsv) csv = read_bytes ("id,name\r1,Ng\r\r2,\"a\rb\"\r3,\"open\r4,x\r", -1), both = read_bytes ("id,name\n1,a\rb\n", -1);

  assert_row (csv, 2, "1", "Ng");
  assert_row (csv, 4, "2", "a\nb");
  assert_bad (csv, 6, 1, "never closed");
  assert_row (csv, 7, "4", "x");
  assert_end (csv);
  assert_row (both, 2, "1", "a\rb"); /* among lines that end otherwise it is a part of a cell */
}

static void
test_bad_line (void)
{
  g_autoptr (GString) text = g_string_new ("id,name\n1,\"a\"b\xff\r\n2\n3,\"");
  g_autoptr (LimberCsv) csv = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_c (text, 'x');
  csv = read_bytes (text->str, (gssize) text->len);
  assert_bad (csv, 2, 1, "after a closing");
  g_assert_cmpstr (limber_csv_bad_line (csv), ==, "1,\"a\"b\xef\xbf\xbd ");
  assert_bad (csv, 3, -1, "fewer");
  g_assert_cmpstr (limber_csv_bad_line (csv), ==, "2");
  assert_bad (csv, 4, 1, "never closed");
  g_assert_cmpuint (strlen (limber_csv_bad_line (csv)), ==, 2000);
}

static void
test_nul (void)
{
  g_autoptr (LimberCsv) csv = read_bytes ("id,name\n1,a\0b\n2,x\n", 17);

  assert_bad (csv, 2, 1, "UTF-8");
  assert_row (csv, 3, "2", "x");
}

static void
append_long (GString *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, 'x');
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("id,name\n1,");
  g_autoptr (LimberCsv) csv = NULL;

  append_long (text, LIMBER_CSV_ROW_MAXIMUM - 2);
  g_string_append (text, "\n2,");
  append_long (text, LIMBER_CSV_ROW_MAXIMUM + 10);
  g_string_append (text, "\n3,\"");
  append_long (text, 1000000);
  g_string_append (text, "\n4,y\n5,");
  for (int i = 0; i < 70; i++)
    g_string_append_c (text, ',');
  g_string_append (text, "\n6,z");
  csv = read_bytes (text->str, (gssize) text->len);
  g_assert_cmpint (limber_csv_next (csv, NULL, NULL), ==, LIMBER_CSV_ROW);
  g_assert_cmpuint (strlen (limber_csv_cell (csv, 1)), ==, LIMBER_CSV_ROW_MAXIMUM - 2);
  assert_bad (csv, 3, 1, "64 KiB");
  assert_bad (csv, 4, 1, "never closed");
  assert_row (csv, 5, "4", "y");
  assert_bad (csv, 6, 63, "64 cells");
  assert_row (csv, 7, "6", "z");
  assert_end (csv);
  g_assert_cmpint (limber_csv_position (csv), ==, (gint64) text->len);
}

static void
assert_no_header (const char *text, const char *why)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_csv_new (stream, ',', &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_header (void)
{
  assert_no_header ("", "no header");
  assert_no_header ("\n\n", "no header");
  assert_no_header ("id,name,id\n", "twice");
  assert_no_header ("id,\"name\n", "never closed");
}

static void
test_written (void)
{
  static const char *const cells[] = { "plain", "a,b", "say \"yes\"", "two\nlines", "" };
  g_autoptr (GString) text = g_string_new ("a,b,c,d,e\r\n");
  g_autoptr (LimberCsv) csv = NULL;

  limber_csv_append_row (text, ',', cells, G_N_ELEMENTS (cells));
  csv = read_bytes (text->str, (gssize) text->len);
  g_assert_cmpint (limber_csv_next (csv, NULL, NULL), ==, LIMBER_CSV_ROW);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (limber_csv_cell (csv, i), ==, cells[i]);
}

/* Whatever the bytes are, every line is accounted for and reading ends. */
static void
test_noise (void)
{
  static const char alphabet[] = "ab,,\"\"\r\n\n\xc3\xa9";

  for (int round = 0; round < 2000; round++) {
    g_autoptr (GString) text = g_string_new ("a,b\n");
    g_autoptr (LimberCsv) csv = NULL;
    LimberCsvResult result;
    guint line = 1;

    for (int i = g_test_rand_int_range (0, 200); i > 0; i--)
      g_string_append_c (text, alphabet[g_test_rand_int_range (0, (int) sizeof alphabet)]);
    csv = read_bytes (text->str, (gssize) text->len);
    do {
      g_autoptr (GError) error = NULL;

      result = limber_csv_next (csv, NULL, &error);
      g_assert_true ((error != NULL) == (result == LIMBER_CSV_BAD));
      if (result != LIMBER_CSV_END)
        g_assert_cmpuint (limber_csv_line (csv), >, line);
      line = limber_csv_line (csv);
    } while (result != LIMBER_CSV_END);
    g_assert_cmpint (limber_csv_position (csv), ==, (gint64) text->len);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv/rows-are-read-with-crlf-or-lf-and-a-byte-order-mark", test_plain);
  g_test_add_func ("/exchange/csv/a-quoted-cell-may-have-lines", test_lines_in_cells);
  g_test_add_func ("/exchange/csv/each-broken-line-is-named-and-costs-no-other", test_broken_lines);
  g_test_add_func ("/exchange/csv/a-quotation-mark-that-is-never-closed-does-not-swallow-the-rest", test_never_closed);
  g_test_add_func ("/exchange/csv/cells-may-be-apart-by-another-mark", test_delimiters);
  g_test_add_func ("/exchange/csv/lines-may-all-end-with-a-return", test_returns);
  g_test_add_func ("/exchange/csv/what-is-no-row-is-kept-as-it-was", test_bad_line);
  g_test_add_func ("/exchange/csv/a-cell-with-nul-is-refused", test_nul);
  g_test_add_func ("/exchange/csv/rows-are-bounded", test_bounds);
  g_test_add_func ("/exchange/csv/a-header-row-is-needed", test_header);
  g_test_add_func ("/exchange/csv/what-is-written-is-read-again", test_written);
  g_test_add_func ("/exchange/csv/noise-is-accounted-for-to-the-last-line", test_noise);
  return g_test_run ();
}
