/* What the system says, said so that whoever reads it can do something. */
#include <errno.h>
#include <gio/gio.h>

#include "limber-cause.h"

static void
test_errno (void)
{
  g_autoptr (GError) error = NULL, copy = NULL;

  limber_cause_set_errno (&error, limber_error_of_errno (EIO), EIO, "%s cannot be written: %s", "/x", limber_cause_of_errno (EIO));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DISK);
  g_assert_cmpstr (error->message, ==, "/x cannot be written: the disk does not answer as it should");
  copy = g_error_copy (error);
  g_assert_cmpstr (limber_error_get_cause (copy), ==, g_strerror (EIO));
  g_assert_cmpstr (limber_error_for_log (copy), ==, "/x cannot be written: the disk does not answer as it should (Input/output error)");
  limber_cause_set_errno (NULL, LIMBER_ERROR_DISK, EIO, "nobody asks");
}

static void
test_network (void)
{
  g_autoptr (GError) tls = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, "Peer failed to perform TLS handshake");
  g_autoptr (GError) refused = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Could not connect: Connection refused"), error = NULL;
  g_autoptr (GError) name = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Error resolving");
  g_autoptr (GError) strange = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "EPROTO");

  limber_cause_set (&error, LIMBER_ERROR_UNREACHABLE, tls, "No answer from %s: %s", "hub", limber_cause_of (tls));
  g_assert_null (strstr (error->message, "TLS"));
  g_assert_cmpstr (limber_error_for_log (error), ==, "No answer from hub: whoever answers there does not speak as agreed: something else may have its address (Peer failed to perform TLS handshake)");
  g_assert_nonnull (strstr (limber_cause_of (refused), "switched on"));
  g_assert_nonnull (strstr (limber_cause_of (name), "no computer of that name"));
  g_assert_null (strstr (limber_cause_of (strange), "EPROTO"));
}

/* What is ours is in a person's words, and what lay behind it goes on. */
static void
test_ours (void)
{
  g_autoptr (GError) file = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_ACCES, "Failed to open: Permission denied"), inner = NULL, outer = NULL;
  g_autoptr (GError) plain = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_REFUSED, "No.");

  limber_cause_set (&inner, LIMBER_ERROR_NOT_FOUND, file, "It cannot be opened: %s.", limber_cause_of (file));
  limber_cause_set (&outer, inner->code, inner, "The form f cannot be read. %s", limber_cause_of (inner));
  g_assert_cmpstr (outer->message, ==, "The form f cannot be read. It cannot be opened: this user may not.");
  g_assert_cmpstr (limber_error_get_cause (outer), ==, "Failed to open: Permission denied");
  g_assert_cmpstr (limber_error_for_log (outer), ==, "not-found");
  g_assert_null (limber_error_get_cause (plain));
  g_assert_null (limber_error_get_cause (file));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/cause/a-disk-that-fails-is-said-plainly-and-logged-whole", test_errno);
  g_test_add_func ("/base/cause/who-does-not-answer-is-said-with-what-to-look-at", test_network);
  g_test_add_func ("/base/cause/words-of-ours-stay-and-carry-it-on", test_ours);
  return g_test_run ();
}
