#include "limber-test.h"
#include "limber-text.h"

static void
test_letters (void)
{
  static const struct { const char *surname, *letters; } cases[] = {
    { "Smith", "S" }, { "van der Berg", "VDB" }, { "O'Connor", "OC" }, { "O’Connor", "OC" }, { "Barton-Wood", "BW" }, { "Łuczak", "L" }, { "Ștefănescu", "S" },
    { "St.John", "SJ" }, { "Åberg", "A" }, { "Øster", "O" }, { "Al-Hassan", "AH" }, { "Ng", "N" }, { "O", "O" }, { "de la Cruz", "DLC" }, { "Çelik", "C" }, { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *letters = limber_text_surname_letters (cases[i].surname);

    g_assert_cmpstr (letters, ==, cases[i].letters);
  }
  g_assert_cmpuint (limber_text_fold_letter (g_utf8_get_char ("ł")), ==, 'L');
  g_assert_cmpuint (limber_text_fold_letter ('7'), ==, 0);
}

static void
test_fold (void)
{
  static const struct { const char *name, *folded; } cases[] = {
    { "O'Connor", "oconnor" }, { "Łukasz", "lukasz" }, { "Søren", "soren" }, { "Barton-Wood", "barton wood" }, { "  St.John ", "st john" }, { "Zoë", "zoe" }, { "Strauß", "strauss" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = limber_text_fold (cases[i].name);

    g_assert_cmpstr (folded, ==, cases[i].folded);
  }
}

static void
test_masks (void)
{
  g_autofree char *initials = limber_text_initials ("Łukasz", "O'Connor"), *phone = limber_text_mask_phone ("+44 7700 900399"), *short_phone = limber_text_mask_phone ("999");
  g_autofree char *postcode = limber_text_postcode("ha3 1hq ");

  g_assert_cmpstr (initials, ==, "Ł O");
  g_assert_cmpstr (phone, ==, "••• ••• 399");
  g_assert_null (short_phone);
  g_assert_cmpstr (postcode, ==, "HA3 1HQ");
  g_assert_true (limber_text_is_clean ("Zoë\nx", 10));
  g_assert_false (limber_text_is_clean ("a\x01", 10));
  g_assert_false (limber_text_is_clean ("\xe2\x80\xae" "evil", 10)); /* right-to-left override */
  g_assert_false (limber_text_is_clean ("too long", 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/any-part-of-a-compound-surname-gives-a-letter", test_letters);
  g_test_add_func ("/base/text/names-fold-to-what-people-type", test_fold);
  g_test_add_func ("/base/text/a-public-screen-shows-initials-and-masks", test_masks);
  return g_test_run ();
}
