/* Telephone numbers, email addresses and postcodes as they are typed. */
#include <glib.h>
#include <string.h>

#include "limber-contact.h"
#include "limber-error.h"

typedef char *(*Read) (const char *text, GError **error);

/* @told: what it is read as, or after "!" a part of what is said against it */
static void
assert_read (Read read, const char *text, const char *told)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = read (text, &error);

  if (*told != '!') {
    g_assert_no_error (error);
    g_assert_cmpstr (got, ==, told);
    return;
  }
  g_assert_null (got);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, told + 1));
}

static void
test_phones (void)
{
  assert_read (limber_contact_phone, "07700900397", "07700 900397");
  assert_read (limber_contact_phone, " +44 (0)7700-900397 ", "07700 900397");
  assert_read (limber_contact_phone, "0044 7700 900397", "07700 900397");
  assert_read (limber_contact_phone, "(020) 8427 2048", "020 8427 2048");
  assert_read (limber_contact_phone, "01539 12345", "01539 12345"); /* some have ten */
  assert_read (limber_contact_phone, "+49 30 1234567", "+49301234567");
  assert_read (limber_contact_phone, "0049 30 1234567", "+49301234567");
  assert_read (limber_contact_phone, "7700900397", "!begins with 0");
  assert_read (limber_contact_phone, "0770090039", "!too short");
  assert_read (limber_contact_phone, "077009003977", "!too long");
  assert_read (limber_contact_phone, "ask Bob", "!only figures");
  assert_read (limber_contact_phone, "+12", "!too short");
  assert_read (limber_contact_phone, "+1234567890123456", "!too long");
  assert_read (limber_contact_phone, "", "!begins with 0");
  assert_read (limber_contact_mobile, "07700 900397", "07700 900397");
  assert_read (limber_contact_mobile, "020 8427 2048", "!mobile");
}

static void
test_emails (void)
{
  assert_read (limber_contact_email, " jane.smith+gp@example.org ", "jane.smith+gp@example.org");
  assert_read (limber_contact_email, "jane at example.org", "!no spaces");
  assert_read (limber_contact_email, "jane.example.org", "!has an @");
  assert_read (limber_contact_email, "@example.org", "!before its one @");
  assert_read (limber_contact_email, "jane@smith@example.org", "!before its one @");
  assert_read (limber_contact_email, "jane@example", "!not complete");
  assert_read (limber_contact_email, "jane@example..org", "!not complete");
  assert_read (limber_contact_email, "jane@example.org, bob@example.org", "!only one");
}

static void
test_postcodes (void)
{
  assert_read (limber_contact_postcode, "ha13xy", "HA1 3XY");
  assert_read (limber_contact_postcode, "ip33  1ab", "IP33 1AB");
  assert_read (limber_contact_postcode, "EC1A 1BB", "EC1A 1BB");
  assert_read (limber_contact_postcode, "M1 1AE", "M1 1AE");
  assert_read (limber_contact_postcode, "HA1", "!should look like");
  assert_read (limber_contact_postcode, "3XY HA1", "!should look like");
  assert_read (limber_contact_postcode, "HAA1 3XY", "!should look like");
  assert_read (limber_contact_postcode, "HA123 XYZ", "!should look like");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/contact/a-telephone-number-is-written-one-way-or-said-to-be-wrong", test_phones);
  g_test_add_func ("/base/contact/an-email-address-that-cannot-be-is-said-why", test_emails);
  g_test_add_func ("/base/contact/a-postcode-is-capitals-and-one-space", test_postcodes);
  return g_test_run ();
}
