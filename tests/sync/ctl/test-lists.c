/* limberctl tasks and screens, on a desk's store. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-screens.h"

typedef struct {
  CtlDesk desk;
  char    task[LIMBER_ID_TEXT_LENGTH + 1]; /* the older one */
} Fixture;

#define KIOSK                                                                                                                                                                      \
  "{\"device\":\"00000000-0000-7000-8000-000000000001\",\"name\":\"Front door\",\"class\":\"kiosk\",\"by\":\"Back room\",\"here\":false,\"met_here\":true,\"seen\":1795420800000," \
  "\"unsent\":0,\"free\":100000000000,\"offset\":0}"
#define LAPTOP "{\"device\":\"00000000-0000-7000-8000-000000000002\",\"name\":\"Laptop\",\"class\":\"clinic\",\"here\":true,\"met_here\":true,\"seen\":1795424000000}"

static gboolean
keep (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (json_t) screens = limber_json_parse ("[" KIOSK "," LAPTOP "]", strlen ("[" KIOSK "," LAPTOP "]"), error);

  return screens != NULL && limber_screens_keep (transaction, screens, error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) store = ctl_desk_set_up (&fixture->desk, LIMBER_CLASS_DESK);
  g_autofree char *site = limber_id_dup_text (&fixture->desk.site);
  LimberId id;

  test_store_put (store, "site", &fixture->desk.site, "code", "LMB01", "name", "Clinic", NULL);
  test_id (&id, "ng");
  test_store_put (store, "staff", &id, "number", "S0001", "family", "Ng", "given", "Bo", "role", "reception", NULL);
  test_id (&id, "lee");
  test_store_put (store, "staff", &id, "number", "S0002", "family", "Lee", "given", "Ann", "role", "reception", NULL);
  test_id (&id, "details");
  limber_id_to_text (&id, fixture->task);
  test_store_put (store, "task", &id, "about", "details-changed", "site", site, "made", "2026-11-23T08:00:00Z", "status", "open", NULL);
  test_id (&id, "guessing");
  test_store_put (store, "task", &id, "about", "guessing", "site", site, "made", "2026-11-23T08:30:00Z", "status", "open", "text", "6\nFront door", NULL);
  g_assert_true (limber_store_write (store, keep, NULL, NULL));
  limber_store_close (store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ctl_desk_tear_down (&fixture->desk, data);
}

static json_t *
list (Fixture *fixture)
{
  return ctl_json (0, "--store", fixture->desk.dir, "tasks", "list", NULL);
}

static void
who_stands_there_is_listed_before_who_waits_longer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) tasks = list (fixture);

  g_assert_cmpuint (json_array_size (tasks), ==, 2);
  g_assert_cmpstr (ctl_string (json_array_get (tasks, 0), "about"), ==, "guessing");
  g_assert_cmpstr (ctl_string (json_array_get (tasks, 0), "urgency"), ==, "now");
  g_assert_cmpstr (ctl_string (json_array_get (tasks, 1), "id"), ==, fixture->task);
}

static void
a_task_is_taken_noted_done_and_opened (Fixture *fixture, gconstpointer data)
{
  const char *dir = fixture->desk.dir;
  g_autoptr (json_t) taken = NULL, after = NULL;

  ctl_assert (0, "--store", dir, "tasks", "take", fixture->task, "--as", "S0001", NULL);
  ctl_assert (1, "--store", dir, "tasks", "take", fixture->task, "--as", "S0002", NULL);
  ctl_assert (0, "--store", dir, "tasks", "take", fixture->task, "--over", "--as", "S0002", NULL);
  ctl_assert (0, "--store", dir, "tasks", "note", fixture->task, "Rang, no answer", "--as", "S0002", NULL);
  taken = list (fixture);
  g_assert_cmpstr (ctl_string (json_array_get (taken, 1), "taken_by"), ==, "Ann Lee");
  g_assert_cmpstr (ctl_string (json_array_get (taken, 1), "note"), ==, "Rang, no answer");
  ctl_assert (0, "--store", dir, "tasks", "done", fixture->task, "--as", "S0002", NULL);
  after = list (fixture);
  g_assert_cmpuint (json_array_size (after), ==, 1);
  ctl_assert (0, "--store", dir, "tasks", "open", fixture->task, "--as", "S0002", NULL);
  ctl_assert (0, "--store", dir, "tasks", "let-go", fixture->task, "--as", "S0002", NULL);
}

static void
what_cannot_be_meant_is_refused (Fixture *fixture, gconstpointer data)
{
  const char *dir = fixture->desk.dir;

  ctl_assert (2, "--store", dir, "tasks", "done", fixture->task, NULL); /* by whom? */
  ctl_assert (2, "--store", dir, "tasks", "note", fixture->task, "--as", "S0001", NULL);
  ctl_assert (2, "--store", dir, "tasks", "take", "it", "--as", "S0001", NULL);
  ctl_assert (2, "--store", dir, "tasks", "burn", fixture->task, "--as", "S0001", NULL);
  ctl_assert (3, "--store", dir, "tasks", "done", "00000000-0000-7000-8000-000000000009", "--as", "S0001", NULL);
  ctl_assert (3, "--store", dir, "tasks", "list", "--site", "NOWHERE", NULL);
}

static void
screens_say_what_to_do_about_them (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) screens = ctl_json (0, "--store", fixture->desk.dir, "screens", NULL), all = ctl_json (0, "--store", fixture->desk.dir, "screens", "--all", NULL);
  json_t *kiosk = json_array_get (json_object_get (screens, "screens"), 0);

  g_assert_cmpuint (json_array_size (json_object_get (screens, "screens")), ==, 1);
  g_assert_cmpuint (json_array_size (json_object_get (all, "screens")), ==, 2);
  g_assert_cmpstr (ctl_string (kiosk, "name"), ==, "Front door");
  g_assert_cmpstr (ctl_string (kiosk, "last_seen"), ==, "2026-11-23T08:00:00+00:00");
  g_assert_true (json_is_null (json_object_get (screens, "as_of"))); /* this desk was never in touch, so nobody is sent anywhere */
  g_assert_cmpuint (json_object_size (json_object_get (kiosk, "needs")), ==, 0);
}

#define ADD(name, test) g_test_add ("/ctl/lists/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("who-stands-there-is-listed-before-who-waits-longer", who_stands_there_is_listed_before_who_waits_longer);
  ADD ("a-task-is-taken-noted-done-and-opened", a_task_is_taken_noted_done_and_opened);
  ADD ("what-cannot-be-meant-is-refused", what_cannot_be_meant_is_refused);
  ADD ("screens-say-what-to-do-about-them", screens_say_what_to_do_about_them);
  return g_test_run ();
}
