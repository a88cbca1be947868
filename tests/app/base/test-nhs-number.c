#include "limber-error.h"
#include "limber-nhs-number.h"
#include "limber-test.h"

static void
test_modulus (void)
{
  static const char *const valid[] = { "9434765919", "9434765870", "9912003888", "8429141456", "4857773457", "9449304424", "9000000009", "9990000018", "9990000069" };
  static const char *const wrong[] = { "9991234567", "4857773456", "8429141457", "999000001", "99900000180", "999000001X", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    g_assert_true (limber_nhs_number_is_valid (valid[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (limber_nhs_number_is_valid (wrong[i]));
  for (char d = '0'; d <= '9'; d++) { /* a number that would need 10 as its check figure is never issued */
    char number[] = "9990000000";

    number[9] = d;
    g_assert_false (limber_nhs_number_is_valid (number));
  }
}

static void
test_typed (void)
{
  static const struct { const char *typed, *number, *says; } cases[] = {
    { "999 000 0018", "9990000018", NULL }, { "999-000-0018 ", "9990000018", NULL }, { "999000001", NULL, "short" }, { "99900000180", NULL, "long" },
    { "QQ123456C", NULL, "National Insurance" }, { "qq 12 34 56 c", NULL, "National Insurance" }, { "S12345678X", NULL, "only figures" }, { "9990000019", NULL, "swapped" },
    { "1111111111", NULL, "nobody" }, { "999 999 9999", NULL, "nobody" }, { "4000000004", NULL, "nobody" }, { "9000000009", "9000000009", NULL }, { "", NULL, "short" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *number = limber_nhs_number_parse (cases[i].typed, &error);

    g_assert_cmpstr (number, ==, cases[i].number);
    if (cases[i].says != NULL)
      g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/nhs-number/passes-modulus-11-or-is-none", test_modulus);
  g_test_add_func ("/base/nhs-number/each-mistake-is-told-apart", test_typed);
  return g_test_run ();
}
