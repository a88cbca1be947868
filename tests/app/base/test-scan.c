#include "limber-json.h"
#include "limber-scan.h"
#include "limber-test.h"

/* Whatever the one reader accepts, the other must. */
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

/* Generated texts: every value that the scan accepts, jansson accepts. */
static void
test_against_jansson (void)
{
  static const char alphabet[] = "{}[]\",:\\ 0123456789-+.eEutfn\xc3\xa9";
  guint64 seed = 42;
  guint agreed = 0;

  for (guint i = 0; i < 200000; i++) {
    char text[24];
    gsize length = 1 + (seed >> 33) % 20;

    for (gsize c = 0; c < length; c++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      text[c] = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
    }
    if ((text[0] == '[' || text[0] == '{') && accepts (text, length)) {
      g_autoptr (json_t) json = json_loadb (text, length, JSON_DECODE_ANY, NULL);
      gboolean number = strpbrk (text, "0123456789") != NULL; /* the forms of numbers are checked where they are read */

      agreed++;
      if (!number)
        g_assert_nonnull (json);
    }
  }
  g_assert_cmpuint (agreed, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/scan/text-is-utf-8-without-nul-or-lone-surrogates", test_texts);
  g_test_add_func ("/base/scan/a-number-has-one-form-and-fits", test_numbers);
  g_test_add_func ("/base/scan/deep-nesting-is-refused-not-followed", test_bombs);
  g_test_add_func ("/base/scan/what-it-accepts-jansson-accepts", test_against_jansson);
  return g_test_run ();
}
