/* Every error that a store can meet has a page with what happened, what was kept and what to do. */
#include "limber-trouble.h"

#include <string.h>

#include "limber-error.h"

static LimberTrouble *
trouble_of (int code)
{
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, code, "What happened.");

  return limber_trouble_new (error, "limber", "/a/store");
}

static void
each_error_is_told_whole_and_in_words_of_its_own (void)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const int codes[] = { LIMBER_ERROR_REFUSED, LIMBER_ERROR_NOT_FOUND, LIMBER_ERROR_BUSY, LIMBER_ERROR_DAMAGED, LIMBER_ERROR_NEWER, LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DISK, LIMBER_ERROR_DEPARTED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (LimberTrouble) trouble = trouble_of (codes[i]);

    g_assert_cmpstr (trouble->happened, ==, "What happened.");
    g_assert_cmpint (strlen (trouble->kept), >, 0);
    g_assert_cmpint (strlen (trouble->advice), >, 0);
    g_assert_true (g_hash_table_add (titles, g_strdup (trouble->title)));
  }
}

static void
a_folder_without_a_store_says_how_to_join (void)
{
  g_autoptr (LimberTrouble) trouble = trouble_of (LIMBER_ERROR_NOT_FOUND);

  g_assert_cmpstr (trouble->command, ==, "limberctl --store '/a/store' join URL CODE");
  g_assert_true (trouble->again);
}

static void
no_folder_named_says_how_to_name_one (void)
{
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_USAGE, "No store.");
  g_autoptr (LimberTrouble) trouble = limber_trouble_new (error, "limber", NULL);

  g_assert_cmpstr (trouble->command, ==, "limber --store DIR");
  g_assert_false (trouble->again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/trouble/each-error-is-told-whole-and-in-words-of-its-own", each_error_is_told_whole_and_in_words_of_its_own);
  g_test_add_func ("/ui/trouble/a-folder-without-a-store-says-how-to-join", a_folder_without_a_store_says_how_to_join);
  g_test_add_func ("/ui/trouble/no-folder-named-says-how-to-name-one", no_folder_named_says_how_to_name_one);
  return g_test_run ();
}
