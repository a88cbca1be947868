#include <string.h>

#include "limber-error.h"
#include "limber-file.h"
#include "limber-test.h"

static void
assert_refused (const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (limber_file_read (path, 1024, &length, &error));
  g_assert_error (error, LIMBER_ERROR, code);
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_read (void)
{
  g_autofree char *dir = test_dir_new (), *path = g_build_filename (dir, "form.json", NULL), *text = g_strnfill (1025, ' '), *read = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  assert_refused (path, LIMBER_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (path, text, 1024, NULL));
  read = limber_file_read (path, 1024, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (read, length, text, 1024);
  g_assert_cmpuint (strlen (read), ==, length);
  g_assert_true (g_file_set_contents (path, text, 1025, NULL));
  assert_refused (path, LIMBER_ERROR_FORMAT);
  test_dir_remove (dir);
}

/* Neither a folder nor what never ends. */
static void
test_no_file (void)
{
  assert_refused ("/", LIMBER_ERROR_FORMAT);
  assert_refused ("/dev/zero", LIMBER_ERROR_FORMAT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/file/one-of-as-much-as-it-may-have-is-read-and-no-longer-one", test_read);
  g_test_add_func ("/base/file/what-is-no-file-is-refused", test_no_file);
  return g_test_run ();
}
