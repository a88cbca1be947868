/* Properties over random histories of several stores: what was merged by steps is what the journal folds to, and stores
 * that have seen the same entries hold the same, in whatever order they came. The seed is printed by the test. */
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-status.h"
#include "limber-test.h"

#define STORES 3
#define PEOPLE 3
#define STEPS 120

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *stores[STORES];
} World;

static void
world_init (World *world)
{
  static const LimberClass classes[STORES] = { LIMBER_CLASS_CENTRAL, LIMBER_CLASS_CENTRAL, LIMBER_CLASS_HUB };

  *world = (World){ .clock = { TEST_NOW, (guint64) g_test_rand_int () + 1 } };
  world->env = test_env_new (&world->clock);
  world->dir = test_dir_new ();
  for (guint i = 0; i < STORES; i++) {
    g_autofree char *name = g_strdup_printf ("%s/%u", world->dir, i);

    world->stores[i] = test_store_new (name, world->env, classes[i], NULL);
  }
}

static void
world_clear (World *world)
{
  for (guint i = 0; i < STORES; i++) {
    limber_store_close (world->stores[i]);
    g_object_unref (world->stores[i]);
  }
  test_dir_remove (world->dir);
  g_free (world->dir);
  limber_env_unref (world->env);
}

static void
random_edit (World *world, LimberStore *store)
{
  static const char *const words[] = { "booked", "arrived", "called", "seen", "cancelled" };
  g_autofree char *name = g_strdup_printf ("p%d", g_test_rand_int_range (0, PEOPLE)), *value = g_strdup_printf ("v%d", g_test_rand_int_range (0, 5)), *id = NULL, *site = NULL;
  LimberId patient, appointment, place;
  g_autoptr (GError) error = NULL;

  test_id (&patient, name);
  name[0] = 'a';
  test_id (&appointment, name);
  test_id (&place, "site");
  id = limber_id_dup_text (&patient);
  site = limber_id_dup_text (&place);
  if (g_test_rand_int_range (0, 2) == 0)
    test_store_put (store, "patient", &patient, "family", value, "given", "A", "born", "1954-08-06", "mobile", value, NULL);
  else
    test_store_put (store, "appointment", &appointment, "patient", id, "site", site, "start", "2026-11-23T09:00:00Z", "status", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))], NULL);
}

static gboolean
read_digest (LimberReader *reader, gpointer data, GError **error)
{
  json_t **json = data;

  *json = limber_digest_json (reader, error);
  return *json != NULL;
}

static char *
digest_of (LimberStore *store, const char *kind)
{
  g_autoptr (json_t) json = NULL;

  g_assert_true (limber_store_read (store, read_digest, &json, NULL));
  return limber_json_dup (json_object_get (json, kind));
}

static void
assert_same (LimberStore *a, LimberStore *b, const char *kind)
{
  g_autofree char *first = digest_of (a, kind), *second = digest_of (b, kind);

  g_assert_cmpstr (first, ==, second);
}

static gboolean
append_conflict (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (data, limber_id_dup_text (&record->id));
  return TRUE;
}

static gboolean
read_open (LimberReader *reader, gpointer data, GError **error)
{
  LimberValue open = { .type = LIMBER_VALUE_INTEGER, .integer = 0 };

  return limber_reader_list (reader, "conflict", (const char *const[]){ "state", NULL }, &open, append_conflict, data, error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
open_conflicts (LimberStore *store)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (limber_store_read (store, read_open, ids, NULL));
  g_ptr_array_sort (ids, compare_texts);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (char **) ids->pdata);
}

/* Which conflicts are open is a function of the set of entries (SYNC.md I6); which were ever seen open is not. */
static void
assert_same_open (LimberStore *a, LimberStore *b)
{
  g_autofree char *first = open_conflicts (a), *second = open_conflicts (b);

  g_assert_cmpstr (first, ==, second);
}

static void
random_history (void)
{
  World world;

  world_init (&world);
  for (guint step = 0; step < STEPS; step++) {
    guint from = (guint) g_test_rand_int_range (0, STORES), to = (guint) g_test_rand_int_range (0, STORES);

    world.clock.now += g_test_rand_int_range (-5000, 20000); /* clocks go back, too */
    if (from == to || g_test_rand_int_range (0, 3) > 0)
      random_edit (&world, world.stores[from]);
    else
      test_store_push (world.stores[from], world.stores[to]);
  }
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < STORES; i++)
      test_store_push (world.stores[i], world.stores[(i + 1) % STORES]);
  for (guint i = 0; i < STORES; i++) {
    test_store_assert_sound (world.stores[i]);
    assert_same (world.stores[i], world.stores[(i + 1) % STORES], "patient");
    assert_same (world.stores[i], world.stores[(i + 1) % STORES], "appointment");
  }
  assert_same_open (world.stores[0], world.stores[1]); /* both are central */
  world_clear (&world);
}

static void
test_histories (void)
{
  for (guint i = 0; i < 12; i++)
    random_history ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/fold/steps-and-orders-come-to-the-same", test_histories);
  return g_test_run ();
}
