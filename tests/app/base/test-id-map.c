#include "limber-id-map.h"
#include "limber-test.h"

#define MANY 20000

static void
id_of (LimberId *id, guint n)
{
  g_autofree char *name = g_strdup_printf ("%u", n);

  test_id (id, name);
}

static void
every_id_keeps_its_number_however_many_come (void)
{
  g_autoptr (LimberIdMap) map = limber_id_map_new (0);
  LimberId id;
  guint number;

  for (guint i = 0; i < MANY; i++) {
    id_of (&id, i);
    g_assert_false (limber_id_map_has (map, &id));
    limber_id_map_set (map, &id, i);
  }
  for (guint i = 0; i < MANY; i++) {
    id_of (&id, i);
    g_assert_true (limber_id_map_get (map, &id, &number));
    g_assert_cmpuint (number, ==, i);
  }
  id_of (&id, MANY);
  g_assert_false (limber_id_map_get (map, &id, &number));
}

static void
what_is_set_again_is_the_new_number (void)
{
  g_autoptr (LimberIdMap) map = limber_id_map_new (3);
  LimberId id;
  guint number;

  id_of (&id, 1);
  limber_id_map_set (map, &id, 0);
  g_assert_true (limber_id_map_get (map, &id, &number));
  g_assert_cmpuint (number, ==, 0);
  limber_id_map_set (map, &id, LIMBER_ID_MAP_MAXIMUM);
  g_assert_true (limber_id_map_get (map, &id, &number));
  g_assert_cmpuint (number, ==, LIMBER_ID_MAP_MAXIMUM);
}

/* Ids whose hashes are the last there are, and so belong at the last place: the search goes round. */
static void
the_last_place_is_followed_by_the_first (void)
{
  g_autoptr (LimberIdMap) map = limber_id_map_new (0);
  LimberId id = { { 0 } };
  guint number;

  memset (id.bytes + 12, 0xff, 4);
  for (guint i = 0; i < 200; i++) {
    id.bytes[0] = (guint8) i;
    limber_id_map_set (map, &id, i);
  }
  for (guint i = 0; i < 200; i++) {
    id.bytes[0] = (guint8) i;
    g_assert_true (limber_id_map_get (map, &id, &number));
    g_assert_cmpuint (number, ==, i);
  }
  id.bytes[0] = 200;
  g_assert_false (limber_id_map_has (map, &id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id-map/every-id-keeps-its-number-however-many-come", every_id_keeps_its_number_however_many_come);
  g_test_add_func ("/base/id-map/what-is-set-again-is-the-new-number", what_is_set_again_is_the_new_number);
  g_test_add_func ("/base/id-map/the-last-place-is-followed-by-the-first", the_last_place_is_followed_by_the_first);
  return g_test_run ();
}
