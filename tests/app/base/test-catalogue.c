/* gettext's files, read beside it: whole, damaged, and from another kind of machine. */
#include "limber-catalogue.h"

#include <string.h>

static const char *const texts[][2] = { { "", "Content-Type: text/plain; charset=UTF-8\n" }, { "%1$s with %2$s", "%1$s, przyjmuje %2$s" }, { "%d people", "%s osoby" }, { "May\004May", "maj" },
                                        { "Name", "Imi\xff" }, { "Yes", "Tak" }, { "%s at %d", "%d: %s" }, { "for %s", "dla %s, %s" }, { "%2$s of %1$s", "%1$s: %2$s" }, { "100%% of %s", "%s: 100%%" } };

static void
put_number (GByteArray *to, guint32 number, gboolean swapped)
{
  guint32 written = swapped ? GUINT32_SWAP_LE_BE (number) : number;

  g_byte_array_append (to, (const guint8 *) &written, sizeof written);
}

/* As msgfmt writes it: the head, the two tables, the texts. */
static GBytes *
make (gboolean swapped)
{
  GByteArray *file = g_byte_array_new ();
  guint32 n = G_N_ELEMENTS (texts), at = 28 + n * 16;
  const guint32 head[] = { 0x950412de, 0, n, 28, 28 + n * 8, 0, 28 + n * 16 };

  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    put_number (file, head[i], swapped);
  for (guint side = 0; side < 2; side++)
    for (guint32 i = 0; i < n; i++) {
      guint32 length = (guint32) strlen (texts[i][side]);

      put_number (file, length, swapped);
      put_number (file, at, swapped);
      at += length + 1;
    }
  for (guint side = 0; side < 2; side++)
    for (guint32 i = 0; i < n; i++)
      g_byte_array_append (file, (const guint8 *) texts[i][side], (guint) strlen (texts[i][side]) + 1);
  return g_byte_array_free_to_bytes (file);
}

static void
what_it_says_is_found (gconstpointer swapped)
{
  g_autoptr (GBytes) bytes = make (GPOINTER_TO_INT (swapped));
  g_autoptr (LimberCatalogue) catalogue = limber_catalogue_new (bytes);

  g_assert_nonnull (catalogue);
  g_assert_cmpstr (limber_catalogue_find (catalogue, NULL, "Yes"), ==, "Tak");
  g_assert_cmpstr (limber_catalogue_find (catalogue, "May", "May"), ==, "maj");
  g_assert_cmpstr (limber_catalogue_find (catalogue, NULL, "%1$s with %2$s"), ==, "%1$s, przyjmuje %2$s");
  g_assert_null (limber_catalogue_find (catalogue, NULL, "May"));
  g_assert_null (limber_catalogue_find (catalogue, NULL, "No"));
  g_assert_null (limber_catalogue_find (catalogue, NULL, "Name")); /* no UTF-8 */
}

/* A number would be taken for the address of a text. */
static void
places_that_differ_are_not_used (void)
{
  g_autoptr (GBytes) bytes = make (FALSE);
  g_autoptr (LimberCatalogue) catalogue = limber_catalogue_new (bytes);

  g_assert_null (limber_catalogue_find (catalogue, NULL, "%d people"));
  g_assert_null (limber_catalogue_find (catalogue, NULL, "%s at %d"));
  g_assert_null (limber_catalogue_find (catalogue, NULL, "for %s"));
  g_assert_cmpstr (limber_catalogue_find (catalogue, NULL, "%2$s of %1$s"), ==, "%1$s: %2$s");
  g_assert_cmpstr (limber_catalogue_find (catalogue, NULL, "100%% of %s"), ==, "%s: 100%%");
}

static void
what_is_cut_off_or_damaged_is_refused_or_read_within_its_bounds (void)
{
  g_autoptr (GBytes) bytes = make (FALSE);
  gsize length = g_bytes_get_size (bytes);

  for (gsize i = 0; i < length; i++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (bytes, NULL), i); /* its own memory: a sanitizer sees what is read beyond */

    g_assert_null (limber_catalogue_new (cut));
  }
  for (gsize i = 0; i < length * 8; i++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
    g_autoptr (GBytes) other = NULL;
    g_autoptr (LimberCatalogue) catalogue = NULL;

    data[i / 8] ^= (guint8) (1u << i % 8);
    other = g_bytes_new_take (g_steal_pointer (&data), length);
    catalogue = limber_catalogue_new (other);
    if (catalogue != NULL)
      limber_catalogue_find (catalogue, NULL, "Yes");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/base/catalogue/what-it-says-is-found", GINT_TO_POINTER (FALSE), what_it_says_is_found);
  g_test_add_data_func ("/base/catalogue/what-it-says-is-found-whichever-machine-wrote-it", GINT_TO_POINTER (TRUE), what_it_says_is_found);
  g_test_add_func ("/base/catalogue/places-that-differ-are-not-used", places_that_differ_are_not_used);
  g_test_add_func ("/base/catalogue/what-is-cut-off-or-damaged-is-refused-or-read-within-its-bounds", what_is_cut_off_or_damaged_is_refused_or_read_within_its_bounds);
  return g_test_run ();
}
