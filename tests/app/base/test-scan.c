#include "limber-json.h"
#include "limber-scan.h"
#include "limber-test.h"

static gboolean
accepts (const char *text, gsize length)
{
  LimberScan scan;

  limber_scan_init (&scan, text, length);
  limber_scan_value (&scan);
  return limber_scan_finished (&scan);
}

static void
test_texts (void)
{
  static const struct { const char *json, *text; } cases[] = {
    { "\"Łuczak\"", "Łuczak" }, { "\"a\\n\\\"b\\u00e9\\ud83d\\ude00\"", "a\n\"bé😀" }, { "\"\\ud83d\"", NULL }, { "\"\\ude00\"", NULL }, { "\"\\u0000\"", NULL },
    { "\"a", NULL }, { "\"\xc3\"", NULL }, { "\"\xed\xa0\x80\"", NULL }, { "\"\\x\"", NULL }, { "\"a\tb\"", NULL }, { "\"toolong___________\"", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimberScan scan;
    g_autofree char *text = NULL;

    limber_scan_init (&scan, cases[i].json, strlen (cases[i].json));
    text = limber_scan_text (&scan, 16);
    g_assert_cmpstr (text, ==, cases[i].text);
    g_assert_true (limber_scan_finished (&scan) == (cases[i].text != NULL));
  }
}

static void
test_numbers (void)
{
  static const struct { const char *json; gboolean good; } cases[] = {
    { "0", TRUE }, { "-5", TRUE }, { "9223372036854775807", TRUE }, { "-9223372036854775808", TRUE }, { "9223372036854775808", FALSE }, { "01", FALSE }, { "-0", FALSE },
    { "+1", FALSE }, { "1.0", FALSE }, { "1e3", FALSE }, { "", FALSE }, { "--1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimberScan scan;

    limber_scan_init (&scan, cases[i].json, strlen (cases[i].json));
    limber_scan_integer (&scan, G_MININT64, G_MAXINT64);
    g_assert_true (limber_scan_finished (&scan) == cases[i].good);
  }
}

static void
test_bombs (void)
{
  g_autofree char *deep = g_strnfill (200000, '['), *nested = NULL;

  g_assert_false (accepts (deep, 200000));
  g_assert_null (limber_json_parse (deep, 200000, NULL));
  nested = g_strdup_printf ("%.*s%.*s", LIMBER_SCAN_DEPTH, deep, LIMBER_SCAN_DEPTH, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
  g_assert_true (accepts (nested, strlen (nested)));
}

/* Neither reader takes what only looks like JSON (test-scan-jansson.c compares them on many more). */
static void
test_values (void)
{
  static const struct { const char *json; gboolean good; } cases[] = {
    { "[0,-0,1.5,1e5,1E+05,-2.5e-3]", TRUE }, { "[9223372036854775807]", TRUE }, { "[9223372036854775808]", FALSE }, { "[1e308]", TRUE }, { "[1e309]", FALSE }, { "1e999999", FALSE },
    { "[01]", FALSE }, { "[1.]", FALSE }, { "[.5]", FALSE }, { "[1-2]", FALSE }, { "[+1]", FALSE }, { "[-]", FALSE }, { "[1e]", FALSE }, { "[1.2.3]", FALSE },
    { "[\"\\ud83d\\ude00\"]", TRUE }, { "[\"\\ud83d\"]", FALSE }, { "[\"\\ude00\"]", FALSE }, { "[\"\\ud83d\\u0041\"]", FALSE }, { "[\"\\u0000\"]", FALSE }, { "{\"\\u0000\":1}", FALSE },
    { "\xef\xbb\xbf[]", FALSE }, { "[1,]", FALSE }, { "[nul]", FALSE }, { "{\"a\"}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (json_t) json = limber_json_parse (cases[i].json, strlen (cases[i].json), NULL);

    g_test_message ("%s", cases[i].json);
    g_assert_true (accepts (cases[i].json, strlen (cases[i].json)) == cases[i].good);
    g_assert_true ((json != NULL) == cases[i].good);
  }
  g_assert_false (accepts ("[1\0]", 4));
  g_assert_null (limber_json_parse ("[1\0]", 4, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/scan/text-is-utf-8-without-nul-or-lone-surrogates", test_texts);
  g_test_add_func ("/base/scan/a-number-has-one-form-and-fits", test_numbers);
  g_test_add_func ("/base/scan/deep-nesting-is-refused-not-followed", test_bombs);
  g_test_add_func ("/base/scan/what-only-looks-like-json-is-refused", test_values);
  return g_test_run ();
}
