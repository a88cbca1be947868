/* Setting up a site: who may, what nobody may do by mistake, and the way back. */
#include <string.h>

#include "limber-error.h"
#include "limber-set-up.h"
#include "limber-test.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *store;
  LimberId     site, manager, other_manager, reception, room;
  const LimberId *by; /* (unowned): who does it */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *site = NULL;

  fixture->clock = (TestClock){ .now = TEST_NOW, .seed = 3 };
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  test_id (&fixture->site, "site");
  test_id (&fixture->manager, "manager");
  test_id (&fixture->other_manager, "other manager");
  test_id (&fixture->reception, "reception");
  test_id (&fixture->room, "room");
  fixture->store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_DESK, &fixture->site);
  site = limber_id_dup_text (&fixture->site);
  test_store_put (fixture->store, "site", &fixture->site, "code", "LMB01", "name", "Lime Tree Clinic", "early_minutes", "45", NULL);
  test_store_put (fixture->store, "staff", &fixture->manager, "number", "S1", "family", "Obi", "given", "Grace", "role", "service-manager", "site", site, NULL);
  test_store_put (fixture->store, "staff", &fixture->other_manager, "number", "S2", "family", "Lund", "given", "Eva", "role", "service-manager", NULL);
  test_store_put (fixture->store, "staff", &fixture->reception, "number", "S3", "family", "Reid", "given", "Anna", "role", "reception", "site", site, NULL);
  test_store_put (fixture->store, "place", &fixture->room, "site", site, "name", "Room 1", NULL);
  fixture->by = &fixture->manager;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  limber_store_close (fixture->store);
  g_object_unref (fixture->store);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

typedef struct {
  LimberSetUp    *set_up;
  const LimberId *by;
  gboolean        back;
} Writing;

static gboolean
write_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Writing *writing = data;
  g_autofree char *author = limber_id_dup_text (writing->by);

  return limber_set_up_write (transaction, writing->set_up, writing->back, &(LimberAuthor){ author, "service-manager" }, error);
}

static void
done (Fixture *fixture, LimberSetUp *set_up, gboolean back)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (fixture->store, write_it, &(Writing){ set_up, fixture->by, back }, &error);
  g_assert_no_error (error);
}

static void
refused (Fixture *fixture, LimberSetUp *set_up, gboolean back, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_write (fixture->store, write_it, &(Writing){ set_up, fixture->by, back }, &error));
  g_assert_nonnull (strstr (error->message, words));
}

static LimberSetUp *
change (const char *kind, const LimberId *id, const char *field, const char *value, const char *before)
{
  LimberSetUp *set_up = limber_set_up_new (kind, id);
  g_autoptr (GError) error = NULL;

  limber_set_up_add (set_up, field, value, before, &error);
  g_assert_no_error (error);
  return set_up;
}

static void
assert_value (Fixture *fixture, const char *kind, const LimberId *id, const char *field, const char *expected)
{
  g_autoptr (LimberRecord) record = test_store_get (fixture->store, kind, id);
  int i = limber_kind_field (record->kind, field);
  g_autofree char *text = limber_field_to_text (&record->kind->fields[i], &record->values[i]);

  g_assert_cmpstr (text != NULL ? text : "", ==, expected);
}

static void
a_change_is_saved_and_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSetUp) early = change ("site", &fixture->site, "early_minutes", "60", "45"), call_by = change ("site", &fixture->site, "call_by", "name", NULL);

  done (fixture, early, FALSE);
  done (fixture, call_by, FALSE);
  assert_value (fixture, "site", &fixture->site, "early_minutes", "60");
  done (fixture, early, TRUE);
  done (fixture, call_by, TRUE);
  assert_value (fixture, "site", &fixture->site, "early_minutes", "45");
  assert_value (fixture, "site", &fixture->site, "call_by", "");
  g_assert_false (limber_id_equal (limber_set_up_about (early), limber_set_up_about (call_by)));
}

static void
only_a_manager_may (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSetUp) early = change ("site", &fixture->site, "early_minutes", "60", "45");

  fixture->by = &fixture->reception;
  refused (fixture, early, FALSE, "manager");
  fixture->by = &fixture->manager;
  test_store_put (fixture->store, "staff", &fixture->manager, "left", "yes", NULL);
  refused (fixture, early, FALSE, "has left the service");
  assert_value (fixture, "site", &fixture->site, "early_minutes", "45");
}

static void
what_somebody_else_said_meanwhile_is_not_overwritten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSetUp) early = change ("site", &fixture->site, "early_minutes", "60", "45");

  test_store_put (fixture->store, "site", &fixture->site, "early_minutes", "30", NULL);
  refused (fixture, early, FALSE, "now it is “30”");
  test_store_put (fixture->store, "site", &fixture->site, "early_minutes", "45", NULL);
  done (fixture, early, FALSE);
  test_store_put (fixture->store, "site", &fixture->site, "early_minutes", "20", NULL);
  refused (fixture, early, TRUE, "now it is “20”");
  assert_value (fixture, "site", &fixture->site, "early_minutes", "20");
}

static LimberSetUp *
new_room (Fixture *fixture, const char *name)
{
  LimberSetUp *room = limber_set_up_new_place (fixture->env, &fixture->site);

  g_assert_true (limber_set_up_add (room, "name", name, name, NULL));
  return room;
}

static void
two_open_rooms_never_have_one_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSetUp) again = new_room (fixture, "ROOM 1"), other = new_room (fixture, "Room 2"), closing = change ("place", &fixture->room, "closed", "yes", NULL);

  refused (fixture, again, FALSE, "already");
  done (fixture, other, FALSE);
  done (fixture, closing, FALSE);
  done (fixture, again, FALSE);
  refused (fixture, closing, TRUE, "already"); /* the old one cannot come back beside it */
  done (fixture, again, TRUE);
  g_assert_cmpint (test_store_count (fixture->store, "SELECT count(*) FROM place WHERE closed=1"), ==, 2);
  done (fixture, closing, TRUE);
}

static LimberSetUp *
newcomer (Fixture *fixture, const char *number)
{
  LimberSetUp *staff = limber_set_up_new_staff (&limber_store_identity (fixture->store)->organisation, number, &fixture->site);

  limber_set_up_add (staff, "family", "Shah", "Shah", NULL);
  limber_set_up_add (staff, "given", "Priya", "Priya", NULL);
  limber_set_up_add (staff, "role", "physiotherapist", "physiotherapist", NULL);
  return staff;
}

static void
whoever_is_added_by_mistake_has_left_when_it_is_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSetUp) staff = newcomer (fixture, "S9"), again = newcomer (fixture, "S9");

  done (fixture, staff, FALSE);
  refused (fixture, again, FALSE, "Priya Shah has this staff number already");
  done (fixture, staff, TRUE);
  g_assert_cmpint (test_store_count (fixture->store, "SELECT \"left\" FROM staff WHERE number='S9'"), ==, 1);
}

static void
nobody_shuts_herself_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberSetUp) role = change ("staff", &fixture->manager, "role", "reception", "service-manager"), left = change ("staff", &fixture->manager, "left", "yes", NULL);
  g_autoptr (LimberSetUp) other = change ("staff", &fixture->other_manager, "left", "yes", NULL);

  refused (fixture, role, FALSE, "yourself");
  refused (fixture, left, FALSE, "yourself");
  done (fixture, other, FALSE);
}

#define ADD(name, func) g_test_add ("/care/set-up/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-change-is-saved-and-taken-back", a_change_is_saved_and_taken_back);
  ADD ("only-a-manager-may", only_a_manager_may);
  ADD ("what-somebody-else-said-meanwhile-is-not-overwritten", what_somebody_else_said_meanwhile_is_not_overwritten);
  ADD ("two-open-rooms-never-have-one-name", two_open_rooms_never_have_one_name);
  ADD ("whoever-is-added-by-mistake-has-left-when-it-is-taken-back", whoever_is_added_by_mistake_has_left_when_it_is_taken_back);
  ADD ("nobody-shuts-herself-out", nobody_shuts_herself_out);
  return g_test_run ();
}
