/* limberctl's forms, and what was answered to them, on a desk's store. */
#include "ctl-test.h"
#include "limber-json.h"

typedef CtlDesk Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) store = ctl_desk_set_up (fixture, LIMBER_CLASS_DESK);
  g_autofree char *site = limber_id_dup_text (&fixture->site), *person = NULL;
  LimberId staff, patient, appointment;

  test_id (&staff, "staff");
  test_id (&patient, "Taylor");
  test_id (&appointment, "A1");
  person = limber_id_dup_text (&patient);
  test_store_put (store, "site", &fixture->site, "code", "LMB01", "name", "Clinic", NULL);
  test_store_put (store, "staff", &staff, "number", "S0001", "family", "Ng", "given", "Bo", "role", "service-manager", NULL);
  test_store_put (store, "patient", &patient, "number", "P1", "family", "Taylor", "given", "Ann", "born", "1954-08-06", NULL);
  test_store_put (store, "appointment", &appointment, "number", "A1", "patient", person, "site", site, "start", "2026-11-23T09:15:00+00:00", "status", "booked", NULL);
  limber_store_close (store);
}

static char *
ours (void)
{
  return g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "questionnaires", "arrival.json", NULL);
}

static void
write_file (Fixture *fixture, const char *text, char **file)
{
  *file = g_strconcat (fixture->dir, ".form.json", NULL);
  g_assert_true (g_file_set_contents (*file, text, -1, NULL));
}

static void
test_publish (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = ours ();
  g_autoptr (json_t) checked = ctl_json (0, "--store", fixture->dir, "form", "check", file, NULL), published = NULL, listed = NULL, again = NULL;

  g_assert_true (json_is_true (json_object_get (checked, "kiosk")));
  listed = ctl_json (0, "--store", fixture->dir, "form", "list", NULL);
  g_assert_cmpuint (json_array_size (listed), ==, 0);
  ctl_assert (2, "--store", fixture->dir, "form", "publish", file, NULL); /* nobody says so */
  published = ctl_json (0, "--store", fixture->dir, "form", "publish", file, "--due-days", "7", "--types", "follow-up;class", "--sites", "LMB01", "--as", "S0001", NULL);
  g_assert_cmpstr (ctl_string (published, "url"), ==, "https://limber.example/forms/arrival");
  again = ctl_json (0, "--store", fixture->dir, "form", "list", NULL);
  g_assert_cmpstr (ctl_string (json_array_get (again, 0), "status"), ==, "active");
  g_assert_cmpint (json_integer_value (json_object_get (json_array_get (again, 0), "due_days")), ==, 7);
}

static void
test_advice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "questionnaires", "advice.json", NULL);
  g_autoptr (json_t) published = ctl_json (0, "--store", fixture->dir, "form", "publish", file, "--as", "S0001", NULL);

  g_assert_true (json_is_true (json_object_get (published, "advice")));
  g_assert_true (json_is_false (json_object_get (published, "kiosk"))); /* it is not asked */
  g_assert_null (json_object_get (published, "why_not"));
}

static void
test_retire (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = ours ();
  g_autoptr (json_t) listed = NULL;

  ctl_assert (3, "--store", fixture->dir, "form", "retire", "https://limber.example/forms/arrival", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->dir, "form", "publish", file, "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->dir, "form", "retire", "https://limber.example/forms/arrival", "--as", "S0001", NULL);
  listed = ctl_json (0, "--store", fixture->dir, "form", "list", NULL);
  g_assert_cmpstr (ctl_string (json_array_get (listed, 0), "status"), ==, "retired");
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = NULL, *own = ours ();

  write_file (fixture, "{}", &file);
  ctl_assert (2, "--store", fixture->dir, "form", "burn", NULL);
  ctl_assert (2, "--store", fixture->dir, "form", "publish", "--as", "S0001", NULL);
  ctl_assert (3, "--store", fixture->dir, "form", "publish", "/nowhere/at/all.json", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "form", "publish", file, "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "form", "publish", "/dev/zero", "--as", "S0001", NULL); /* it never ends */
  ctl_assert (2, "--store", fixture->dir, "form", "publish", own, "--due-days", "often", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->dir, "form", "publish", own, "--types", "urgent", "--as", "S0001", NULL);
  ctl_assert (3, "--store", fixture->dir, "form", "publish", own, "--sites", "LMB99", "--as", "S0001", NULL);
  remove (file);
}

/* What a kiosk would have written. */
static void
test_answers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = ours ();
  g_autoptr (json_t) published = NULL, none = NULL, of_visit = NULL, of_person = NULL;
  static const char response[] = "answers={\"resourceType\":\"QuestionnaireResponse\",\"status\":\"stopped\",\"item\":[{\"linkId\":\"pain\",\"answer\":[{\"valueInteger\":6}]}]}";

  published = ctl_json (0, "--store", fixture->dir, "form", "publish", file, "--as", "S0001", NULL);
  none = ctl_json (0, "--store", fixture->dir, "answers", "A1", NULL);
  g_assert_cmpuint (json_array_size (none), ==, 0);
  {
    g_autofree char *form = g_strconcat ("questionnaire=", ctl_string (published, "id"), NULL);

    ctl_assert (0, "--store", fixture->dir, "put", "answers", "patient=P1", "appointment=A1", form, "url=https://limber.example/forms/arrival", "version=1", "at=2026-11-23T09:20:00+00:00", "step=1",
                "status=stopped", "n_answered=1", "n_asked=2", response, "--as", "S0001", NULL);
  }
  of_visit = ctl_json (0, "--store", fixture->dir, "answers", "A1", NULL);
  of_person = ctl_json (0, "--store", fixture->dir, "answers", "P1", NULL);
  g_assert_cmpuint (json_array_size (of_visit), ==, 1);
  g_assert_true (json_equal (of_visit, of_person));
  g_assert_cmpstr (ctl_string (json_array_get (of_visit, 0), "status"), ==, "stopped");
  g_assert_cmpstr (ctl_string (json_object_get (json_array_get (of_visit, 0), "answers"), "resourceType"), ==, "QuestionnaireResponse");
  ctl_assert (3, "--store", fixture->dir, "answers", "P9", NULL);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, ctl_desk_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LIMBER_NOW", "2026-11-23T09:30:00+00:00", TRUE);
  add ("/ctl/form/a-file-is-checked-and-published", test_publish);
  add ("/ctl/form/advice-is-published-as-a-form-that-asks-nothing", test_advice);
  add ("/ctl/form/what-is-retired-is-asked-no-more", test_retire);
  add ("/ctl/form/what-makes-no-sense-is-refused", test_refusals);
  add ("/ctl/form/answers-are-shown-by-visit-and-person", test_answers);
  return g_test_run ();
}
