/* In which encoding a file is: decided once for all of it, and what is no letter costs nothing else. */
#include <string.h>

#include "limber-encoding.h"
#include "limber-error.h"

static char *
read_as (const char *bytes, gsize length, LimberEncoding said, LimberEncoding *found)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL), text = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  gint64 size;

  text = limber_encoding_open (stream, said, found, &size, &error);
  g_assert_no_error (error);
  g_output_stream_splice (out, text, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static void
assert_read (const char *bytes, gsize length, LimberEncoding said, LimberEncoding wanted, const char *text)
{
  LimberEncoding found;
  g_autofree char *read = read_as (bytes, length, said, &found);

  g_assert_cmpstr (limber_encoding_name (found), ==, limber_encoding_name (wanted));
  g_assert_cmpstr (read, ==, text);
}

#define BYTES(text) text, sizeof text - 1

static void
test_utf_8 (void)
{
  assert_read (BYTES ("Ng,Ann"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_8, "Ng,Ann");
  assert_read (BYTES ("Se\xc3\xa1n"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_8, "Seán");
  assert_read (BYTES (""), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_8, "");
  /* one damaged byte among letters that are right leaves the others as they are */
  assert_read (BYTES ("\xc3\xa1\xc3\xa9\xff"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_8, "áé\xff");
}

static void
test_windows_1252 (void)
{
  assert_read (BYTES ("Se\xe1n,Zo\xeb \x80 \x91"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_WINDOWS_1252, "Seán,Zoë € ‘");
  assert_read (BYTES ("a\x81"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_WINDOWS_1252, "a\xc2\x81");
  assert_read (BYTES ("\xc3\xa1"), LIMBER_ENCODING_WINDOWS_1252, LIMBER_ENCODING_WINDOWS_1252, "Ã¡");
}

static void
test_utf_16 (void)
{
  assert_read (BYTES ("\xff\xfeN\0g\0,\0\xe1\0\x3d\xd8\x00\xde"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_16LE, "\xef\xbb\xbfNg,á😀");
  assert_read (BYTES ("\xfe\xff\0N\0g"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_16BE, "\xef\xbb\xbfNg");
  /* half a letter, and half of a pair */
  assert_read (BYTES ("\xff\xfeN\0\x3d\xd8g\0\x00\xdex"), LIMBER_ENCODING_FIND, LIMBER_ENCODING_UTF_16LE, "\xef\xbb\xbfN\xef\xbf\xbdg\xef\xbf\xbd\xef\xbf\xbd");
}

static void
test_mark_wins (void)
{
  assert_read (BYTES ("\xef\xbb\xbf\xc3\xa1"), LIMBER_ENCODING_WINDOWS_1252, LIMBER_ENCODING_UTF_8, "\xef\xbb\xbfá");
}

/* Letters that lie across the pieces in which a file is read. */
static void
test_long (void)
{
  g_autoptr (GString) utf_8 = g_string_new ("x"), windows = g_string_new (NULL);
  LimberEncoding found;
  g_autofree char *first = NULL, *second = NULL;

  for (guint i = 0; i < 100000; i++) {
    g_string_append (utf_8, "é");
    g_string_append (windows, "\xe9" "a");
  }
  first = read_as (utf_8->str, utf_8->len, LIMBER_ENCODING_FIND, &found);
  g_assert_cmpint (found, ==, LIMBER_ENCODING_UTF_8);
  g_assert_cmpstr (first, ==, utf_8->str);
  second = read_as (windows->str, windows->len, LIMBER_ENCODING_FIND, &found);
  g_assert_cmpint (found, ==, LIMBER_ENCODING_WINDOWS_1252);
  g_assert_cmpuint (strlen (second), ==, 300000);
  g_assert_true (g_str_has_prefix (second, "éaéa") && g_str_has_suffix (second, "éaéa"));
}

static void
test_no_text (void)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("i\0d\0,\0n\0", 8, NULL);
  g_autoptr (GError) error = NULL;
  LimberEncoding found;
  gint64 size;

  g_assert_null (limber_encoding_open (stream, LIMBER_ENCODING_FIND, &found, &size, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/encoding/utf-8-is-taken-as-it-is", test_utf_8);
  g_test_add_func ("/exchange/encoding/more-wrong-than-right-is-windows-1252", test_windows_1252);
  g_test_add_func ("/exchange/encoding/utf-16-says-so-and-half-a-letter-is-none", test_utf_16);
  g_test_add_func ("/exchange/encoding/a-mark-says-more-than-a-mapping", test_mark_wins);
  g_test_add_func ("/exchange/encoding/a-long-file-is-read-whole", test_long);
  g_test_add_func ("/exchange/encoding/what-is-no-text-is-refused-with-words", test_no_text);
  return g_test_run ();
}
