/* Long work on a store: it says how far it is, and ends when it is stopped. */
#include "limber-backup.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-test.h"
#include "limber-verify.h"

#define PEOPLE 3000

typedef struct {
  TestClock     clock;
  LimberEnv    *env;
  char         *dir, *copy;
  LimberStore  *store;
  GCancellable *cancellable;
  guint         told;
  double        last;
  gboolean      stop; /* as soon as it is told */
} Fixture;

static gboolean
put_people (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };

  for (guint i = 0; i < PEOPLE; i++) {
    g_autoptr (LimberEdit) edit = NULL;
    g_autofree char *name = g_strdup_printf ("P%u", i);
    LimberId id;

    test_id (&id, name);
    edit = limber_edit_new ("patient", &id);
    limber_edit_set_text (edit, "family", name);
    limber_edit_set_text (edit, "born", "1960-01-01");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *store = NULL;
  g_autoptr (GError) error = NULL;

  fixture->clock = (TestClock){ .now = TEST_NOW, .seed = 5 };
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->copy = g_build_filename (fixture->dir, "copy", NULL);
  store = g_build_filename (fixture->dir, "store", NULL);
  fixture->store = test_store_new (store, fixture->env, LIMBER_CLASS_HUB, NULL);
  limber_store_write (fixture->store, put_people, NULL, &error);
  g_assert_no_error (error);
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  limber_store_close (fixture->store);
  g_object_unref (fixture->store);
  g_object_unref (fixture->cancellable);
  limber_env_unref (fixture->env);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->copy);
}

static void
note (double done, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpfloat (done, <=, 1);
  fixture->told++;
  fixture->last = MAX (fixture->last, done);
  if (fixture->stop)
    g_cancellable_cancel (fixture->cancellable);
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  Fixture *fixture = data;
  json_t *report = NULL;
  gboolean sound = limber_verify_long (reader, &(LimberLong){ fixture->cancellable, note, fixture }, &report, error);

  json_decref (report);
  return sound;
}

static void
checking_says_how_far_it_is (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_store_read (fixture->store, verify, fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->told, >, 2);
  g_assert_cmpfloat (fixture->last, >, 0.2);
}

static void
checking_can_be_stopped_and_done_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->stop = TRUE;
  g_assert_false (limber_store_read (fixture->store, verify, fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (fixture->told, <, 3);
  fixture->stop = FALSE;
  g_cancellable_reset (fixture->cancellable);
  g_assert_true (limber_store_read (fixture->store, verify, fixture, &error));
  g_assert_no_error (error);
}

static void
copying_can_be_stopped_and_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  const LimberLong work = { fixture->cancellable, note, fixture };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) left = NULL;

  fixture->stop = TRUE;
  g_assert_false (limber_backup_write_long (fixture->store, fixture->copy, FALSE, &work, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  left = g_dir_open (fixture->dir, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (left), ==, "store");
  g_assert_null (g_dir_read_name (left));
  fixture->stop = FALSE;
  fixture->told = 0;
  g_cancellable_reset (fixture->cancellable);
  g_assert_true (limber_backup_write_long (fixture->store, fixture->copy, FALSE, &work, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->told, >, 1);
}

#define ADD(name, func) g_test_add ("/store/long/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("checking-says-how-far-it-is", checking_says_how_far_it_is);
  ADD ("checking-can-be-stopped-and-done-again", checking_can_be_stopped_and_done_again);
  ADD ("copying-can-be-stopped-and-leaves-nothing", copying_can_be_stopped_and_leaves_nothing);
  return g_test_run ();
}
