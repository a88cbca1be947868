#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-test.h"

#define CODE "7QK3-9XWM-PABC-DEFG-HJKM-NPQR-STVW-XYZ0"

static void
test_address (void)
{
  static const struct { const char *typed, *url; } cases[] = {
    { CODE, NULL },
    { CODE "@hub.example", "https://hub.example" },
    { CODE " @ hub.example:8443/limber \n", "https://hub.example:8443/limber" },
    { CODE "@https://hub.example", "https://hub.example" },
    { CODE "@http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { CODE "@hub.example/a?b=http://c", "https://hub.example/a?b=http://c" },
    { CODE "@https://hub.example://x", "https://hub.example://x" },
    { CODE "@https://http://x", "https://http://x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *url = NULL, *located = NULL, *again = NULL;
    LimberCode code;

    g_assert_true (limber_enrolment_parse (cases[i].typed, &code, &url, NULL));
    g_assert_cmpstr (url, ==, cases[i].url);
    located = limber_enrolment_locate (CODE, url);
    g_assert_true (limber_enrolment_parse (located, &code, &again, NULL));
    g_assert_cmpstr (again, ==, url);
  }
}

static void
test_no_code (void)
{
  static const char *const texts[] = { "", "@", "@hub.example", CODE "7", CODE "-7@hub.example", "7QK3", "7QK3-9XWM-PABC-DEFG-HJKM-NPQR-STVW-XYZU", CODE "\xc3\xa9" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *url = NULL;
    LimberCode code;

    g_assert_false (limber_enrolment_parse (texts[i], &code, &url, &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
    g_assert_null (url);
  }
}

static void
test_count (void)
{
  static const struct { const char *typed; int n; } cases[] = { { "", 0 }, { "7qk3-9X", 6 }, { CODE, 32 }, { CODE "7", 33 }, { CODE "@hub.example/uuu", 32 }, { "7QKU", -1 }, { "7QK\xc3\xa9", -1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (limber_enrolment_count (cases[i].typed), ==, cases[i].n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/enrolment/a-code-says-the-same-address-when-it-is-shown-and-typed", test_address);
  g_test_add_func ("/store/enrolment/what-is-no-code-is-refused", test_no_code);
  g_test_add_func ("/store/enrolment/it-is-counted-as-it-is-typed", test_count);
  return g_test_run ();
}
