/* A demonstration: whole or not there at all, a desk's own, and somebody can sign in. */
#include <glib/gstdio.h>

#include "limber-demonstration.h"
#include "limber-error.h"
#include "limber-import.h"
#include "limber-json.h"
#include "limber-pin.h"
#include "limber-test.h"

#define PATIENTS 60

typedef struct {
  char         *parent, *dir;
  TestClock     clock;
  LimberEnv    *env;
  GCancellable *cancellable;
  double        done;
  double        stop_at; /* 0 for never */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->parent = test_dir_new ();
  fixture->dir = g_build_filename (fixture->parent, "demonstration", NULL);
  fixture->clock = (TestClock){ .now = TEST_NOW, .seed = 7 };
  fixture->env = test_env_new (&fixture->clock);
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_dir_remove (fixture->parent);
  limber_env_unref (fixture->env);
  g_object_unref (fixture->cancellable);
  g_free (fixture->dir);
  g_free (fixture->parent);
}

static void
note_progress (double done, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpfloat (done, >=, fixture->done);
  g_assert_cmpfloat (done, <=, 1);
  fixture->done = done;
  if (fixture->stop_at > 0 && done >= fixture->stop_at)
    g_cancellable_cancel (fixture->cancellable);
}

static json_t *
make (Fixture *fixture, GError **error)
{
  return limber_demonstration_make (fixture->dir, &(LimberDemonstrationPlan){ PATIENTS, fixture->cancellable, note_progress, fixture }, fixture->env, error);
}

static gboolean
is_empty (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);

  return g_dir_read_name (open) == NULL;
}

static void
somebody_can_sign_in_and_has_a_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) made = make (fixture, &error), again = NULL;
  g_autoptr (LimberStore) store = NULL;
  g_autoptr (LimberRecord) staff = NULL;
  const json_t *first;
  LimberId id;

  g_assert_no_error (error);
  g_assert_cmpfloat (fixture->done, ==, 1);
  g_assert_cmpstr (limber_json_string (made, "site"), ==, "Demonstration clinic");
  store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_no_error (error);
  g_assert_cmpint (limber_store_identity (store)->klass, ==, LIMBER_CLASS_DESK);
  again = limber_demonstration_json (store, &error);
  g_assert_true (json_equal (made, again));
  g_assert_cmpuint (json_array_size (json_object_get (made, "staff")), >, 3);
  first = json_array_get (json_object_get (made, "staff"), 0);
  limber_id_init_from_key (&id, &limber_store_identity (store)->organisation, "import", "staff", limber_json_string (first, "number"), NULL);
  g_assert_true (limber_pin_verify (store, &id, limber_json_string (made, "pin"), &error));
  g_assert_no_error (error);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM appointment a JOIN site s ON s.n=a.site WHERE s.code='LMB01'"), >, 10);
  test_store_assert_sound (store);
  limber_store_close (store);
}

/* So that set-up can be seen in a demonstration by whoever may do all of it. */
static void
an_administrator_is_among_those_who_sign_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) made = make (fixture, &error);
  g_autoptr (LimberStore) store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  const json_t *one;
  gsize i;
  guint found = 0;

  g_assert_no_error (error);
  json_array_foreach (json_object_get (made, "staff"), i, one) {
    LimberId id;

    if (g_strcmp0 (limber_json_string (one, "role"), "administrator") != 0)
      continue;
    found++;
    limber_id_init_from_key (&id, &limber_store_identity (store)->organisation, "import", "staff", limber_json_string (one, "number"), NULL);
    g_assert_true (limber_pin_verify (store, &id, limber_json_string (made, "pin"), &error));
    g_assert_no_error (error);
  }
  g_assert_cmpuint (found, ==, 1);
  test_store_assert_sound (store);
  limber_store_close (store);
}

static void
what_is_stopped_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  static const double moments[] = { 0.01, 0.3, 0.9 };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++) {
    g_autoptr (GError) error = NULL;

    fixture->done = 0;
    fixture->stop_at = moments[i];
    g_cancellable_reset (fixture->cancellable);
    g_assert_null (make (fixture, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_true (is_empty (fixture->parent));
  }
}

static void
nothing_that_is_there_is_touched (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->dir, "store.db", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  g_assert_null (make (fixture, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
no_other_desk_takes_in_lists (Fixture *fixture, gconstpointer data)
{
  LimberId site;
  g_autoptr (LimberStore) store = NULL;
  g_autoptr (GError) error = NULL;

  test_id (&site, "site");
  store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_DESK, &site);
  g_assert_null (limber_demonstration_pin (store));
  g_assert_null (limber_import_run (store, &(LimberImportPlan){ .dir = fixture->parent }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  limber_store_close (store);
}

#define ADD(name, func) g_test_add ("/exchange/demonstration/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("somebody-can-sign-in-and-has-a-list", somebody_can_sign_in_and_has_a_list);
  ADD ("an-administrator-is-among-those-who-sign-in", an_administrator_is_among_those_who_sign_in);
  ADD ("what-is-stopped-leaves-nothing", what_is_stopped_leaves_nothing);
  ADD ("nothing-that-is-there-is-touched", nothing_that_is_there_is_touched);
  ADD ("no-other-desk-takes-in-lists", no_other_desk_takes_in_lists);
  return g_test_run ();
}
