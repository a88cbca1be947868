/* People as staff's screens write them. */
#include "limber-person.h"

#include <locale.h>

#define SAYS(call, text) G_STMT_START { g_autofree char *got = (call); g_assert_cmpstr (got, ==, text); } G_STMT_END

static void
names_are_surname_first_and_only_as_much_as_is_known (void)
{
  SAYS (limber_person_name ("Smith", "Jane", "Mrs"), "SMITH, Jane (Mrs)");
  SAYS (limber_person_name ("Ștefănescu", "Ioana", NULL), "ȘTEFĂNESCU, Ioana");
  SAYS (limber_person_name ("Li", "Jon", ""), "LI, Jon");
  SAYS (limber_person_name ("O'Connor", NULL, NULL), "O'CONNOR");
  SAYS (limber_person_name ("Ng", NULL, "Mr"), "NG (Mr)");
  SAYS (limber_person_spoken ("Hansa", "Patel"), "Hansa Patel");
  SAYS (limber_person_initials ("Hansa", "Patel"), "HP");
}

static void
a_birth_date_carries_the_age (void)
{
  SAYS (limber_person_born ("1954-08-06", NULL, "2026-11-21"), "Born 06-Aug-1954 (72y)");
  SAYS (limber_person_born ("1954-11-22", NULL, "2026-11-21"), "Born 22-Nov-1954 (71y)");
  SAYS (limber_person_born ("2018-08-06", NULL, "2026-11-21"), "Born 06-Aug-2018 (8y 3m)");
  SAYS (limber_person_born ("2008-11-21", NULL, "2026-11-21"), "Born 21-Nov-2008 (18y)");
  SAYS (limber_person_born ("2025-08-18", NULL, "2026-11-21"), "Born 18-Aug-2025 (15m 3d)");
  SAYS (limber_person_born ("2026-09-24", NULL, "2026-11-21"), "Born 24-Sep-2026 (8w 2d)");
  SAYS (limber_person_born ("2026-10-31", NULL, "2026-11-21"), "Born 31-Oct-2026 (21d)");
  SAYS (limber_person_born (NULL, NULL, "2026-11-21"), "Born Not recorded");
  SAYS (limber_person_born ("1934-08-06", "2026-02-01", "2026-11-21"), "Born 06-Aug-1934  Died 01-Feb-2026 (91y)");
}

static void
what_is_not_known_says_so (void)
{
  SAYS (limber_person_nhs_number ("9994263498"), "NHS No. 999\302\240426\302\2403498");
  SAYS (limber_person_nhs_number (NULL), "NHS No. not recorded");
  g_assert_cmpstr (limber_person_sex ("2"), ==, "Female");
  g_assert_cmpstr (limber_person_sex ("X"), ==, "Sex not known");
  g_assert_cmpstr (limber_person_sex (NULL), ==, "Sex not known");
}

static void
a_telephone_number_of_this_country_has_no_country_code (void)
{
  SAYS (limber_person_phone ("+447700900397"), "07700\u00a0900397");
  SAYS (limber_person_phone ("07700 900963"), "07700\u00a0900963");
  SAYS (limber_person_phone ("+44 (0)20 8427 2048"), "020\u00a08427\u00a02048");
  SAYS (limber_person_phone ("+40 21 555 0199"), "+40 21 555 0199");
  SAYS (limber_person_phone (NULL), "");
}

static void
two_numbers_are_two_lines_and_the_same_one_is_one (void)
{
  SAYS (limber_person_phones ("07700900397", "02084272048"), "07700\u00a0900397\n020\u00a08427\u00a02048");
  SAYS (limber_person_phones ("07700900397", "+44 7700 900397"), "07700\u00a0900397");
  SAYS (limber_person_phones ("07700900397", NULL), "07700\u00a0900397");
  SAYS (limber_person_phones (NULL, "07700900397"), "07700\u00a0900397");
  SAYS (limber_person_phones (NULL, NULL), "");
}

static void
needs_are_words_and_an_interpreter_has_a_language (void)
{
  SAYS (limber_person_needs ("[\"interpreter\",\"large-print\"]", "gu"), "interpreter, Gujarati · large print");
  SAYS (limber_person_needs ("[\"interpreter\"]", "en"), "interpreter");
  SAYS (limber_person_needs ("[\"a-new-need\"]", NULL), "a-new-need");
  SAYS (limber_person_needs ("[]", "gu"), NULL);
  SAYS (limber_person_needs ("no list", "gu"), NULL);
  SAYS (limber_person_needs (NULL, NULL), NULL);
}

static void
an_address_ends_with_its_postcode (void)
{
  SAYS (limber_person_address ("142 Alexandra Avenue\nHarrow", "HA3 1HQ"), "142 Alexandra Avenue\nHarrow\nHA3 1HQ");
  SAYS (limber_person_address (NULL, "HA3 1HQ"), "HA3 1HQ");
  SAYS (limber_person_address (NULL, NULL), "");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/care/person/names-are-surname-first-and-only-as-much-as-is-known", names_are_surname_first_and_only_as_much_as_is_known);
  g_test_add_func ("/care/person/a-birth-date-carries-the-age", a_birth_date_carries_the_age);
  g_test_add_func ("/care/person/what-is-not-known-says-so", what_is_not_known_says_so);
  g_test_add_func ("/care/person/a-telephone-number-of-this-country-has-no-country-code", a_telephone_number_of_this_country_has_no_country_code);
  g_test_add_func ("/care/person/two-numbers-are-two-lines-and-the-same-one-is-one", two_numbers_are_two_lines_and_the_same_one_is_one);
  g_test_add_func ("/care/person/needs-are-words-and-an-interpreter-has-a-language", needs_are_words_and_an_interpreter_has_a_language);
  g_test_add_func ("/care/person/an-address-ends-with-its-postcode", an_address_ends_with_its_postcode);
  return g_test_run ();
}
