/* limberctl's deeds with an appointment, on a desk's store. */
#include "ctl-test.h"
#include "limber-json.h"

typedef CtlDesk Fixture;

/* Two people at nine fifteen and at ten, on the day of the tests, at half past nine. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const people[][4] = { { "Taylor", "1954-08-06", "2026-11-23T09:15:00+00:00", "A1" }, { "Upton", "1960-01-02", "2026-11-23T10:00:00+00:00", "A2" } };
  g_autoptr (LimberStore) store = ctl_desk_set_up (fixture, LIMBER_CLASS_DESK);
  g_autofree char *place = limber_id_dup_text (&fixture->site);
  LimberId staff;

  test_id (&staff, "staff");
  test_store_put (store, "site", &fixture->site, "code", "LMB01", "name", "Clinic", NULL);
  test_store_put (store, "staff", &staff, "number", "S0001", "family", "Ng", "given", "Bo", "role", "reception", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *person = NULL;
    LimberId patient, appointment;

    test_id (&patient, people[i][0]);
    test_id (&appointment, people[i][3]);
    person = limber_id_dup_text (&patient);
    test_store_put (store, "patient", &patient, "family", people[i][0], "given", "Ann", "born", people[i][1], NULL);
    test_store_put (store, "appointment", &appointment, "number", people[i][3], "patient", person, "site", place, "start", people[i][2], "status", "booked", NULL);
  }
  limber_store_close (store);
}

static void
expect (Fixture *fixture, const char *status, const char *deed, const char *at)
{
  g_autoptr (json_t) answer = at != NULL ? ctl_json (0, "--store", fixture->dir, deed, "A1", "--at", at, "--as", "S0001", NULL)
                                         : ctl_json (0, "--store", fixture->dir, deed, "A1", "--as", "S0001", NULL);

  g_assert_cmpstr (ctl_string (answer, "status"), ==, status);
}

static void
test_deeds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) arrivals = NULL, stages = NULL;

  expect (fixture, "arrived", "check-in", "2026-11-23T09:10:00+00:00");
  expect (fixture, "called", "call", "2026-11-23T09:20:00+00:00");
  expect (fixture, "with-clinician", "with-clinician", "2026-11-23T09:21:00+00:00");
  expect (fixture, "seen", "seen", NULL);
  arrivals = ctl_json (0, "--store", fixture->dir, "list", "arrival", "at=2026-11-23T09:10:00+00:00", NULL);
  stages = ctl_json (0, "--store", fixture->dir, "list", "stage", "step=called", "at=2026-11-23T09:20:00+00:00", NULL);
  g_assert_cmpuint (json_array_size (arrivals), ==, 1);
  g_assert_cmpuint (json_array_size (stages), ==, 1);
  expect (fixture, "with-clinician", "undo", NULL);
}

static void
test_closing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) cancelled = NULL;

  expect (fixture, "did-not-attend", "did-not-attend", NULL);
  expect (fixture, "booked", "undo", NULL);
  cancelled = ctl_json (0, "--store", fixture->dir, "cancel", "A1", "--by", "provider", "--why", "Bo is ill", "--as", "S0001", NULL);
  g_assert_cmpstr (ctl_string (cancelled, "status"), ==, "cancelled");
  expect (fixture, "booked", "undo", NULL);
}

static void
attendance (Fixture *fixture, const char *suggested, const char *said, const char *option, const char *value, const char *why)
{
  g_autoptr (json_t) answer = option == NULL  ? ctl_json (0, "--store", fixture->dir, "attendance", "A1", NULL)
                              : value == NULL ? ctl_json (0, "--store", fixture->dir, "attendance", "A1", option, "--as", "S0001", NULL)
                                              : ctl_json (0, "--store", fixture->dir, "attendance", "A1", option, value, "--why", why, "--as", "S0001", NULL);

  g_assert_cmpstr (ctl_string (answer, "suggested"), ==, suggested);
  g_assert_cmpstr (ctl_string (answer, "attendance"), ==, said);
  g_assert_cmpstr (ctl_string (answer, "why"), ==, why);
}

static void
test_attendance (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) listed = NULL;

  attendance (fixture, NULL, NULL, NULL, NULL, NULL);
  ctl_assert (1, "--store", fixture->dir, "attendance", "A1", "--confirm", "--as", "S0001", NULL);
  expect (fixture, "arrived", "check-in", "2026-11-23T09:10:00+00:00");
  expect (fixture, "with-clinician", "with-clinician", "2026-11-23T09:20:00+00:00");
  attendance (fixture, "5", NULL, NULL, NULL, NULL);
  ctl_assert (2, "--store", fixture->dir, "attendance", "A1", "--confirm", NULL);
  ctl_assert (2, "--store", fixture->dir, "attendance", "A1", "--confirm", "--none", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "attendance", "A1", "--code", "6", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "attendance", "A1", "--code", "3", "--why", "x", "--as", "S0001", NULL);
  attendance (fixture, "5", "5", "--confirm", NULL, NULL);
  listed = ctl_json (0, "--store", fixture->dir, "list", "appointment", "attendance=5", NULL);
  g_assert_cmpuint (json_array_size (listed), ==, 1);
  attendance (fixture, "5", "6", "--code", "6", "Was in the cafe");
  attendance (fixture, "5", NULL, "--none", NULL, NULL);
}

static void
test_could_not_be_seen (Fixture *fixture, gconstpointer data)
{
  ctl_assert (1, "--store", fixture->dir, "could-not-be-seen", "A2", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->dir, "could-not-be-seen", "A1", "--why", "No slot left", "--as", "S0001", NULL);
  attendance (fixture, "7", "7", NULL, NULL, "No slot left");
  expect (fixture, "booked", "undo", NULL);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  ctl_assert (1, "--store", fixture->dir, "call", "A1", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "check-in", "A1", "--at", "2026-11-24T09:10:00+00:00", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "check-in", "A1", "--at", "2026-11-22T09:10:00+00:00", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "check-in", "A1", "--at", "1970-01-01T00:00:00Z", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->dir, "check-in", "A1", "--at", "09:10", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->dir, "check-in", "A1", NULL);
  ctl_assert (2, "--store", fixture->dir, "cancel", "A1", "--as", "S0001", NULL);
  ctl_assert (1, "--store", fixture->dir, "cancel", "A1", "--by", "nobody", "--as", "S0001", NULL);
  ctl_assert (3, "--store", fixture->dir, "check-in", "A9", "--as", "S0001", NULL);
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
  add ("/ctl/visit/each-deed-has-its-command-and-its-time", test_deeds);
  add ("/ctl/visit/what-closes-an-appointment-can-be-undone", test_closing);
  add ("/ctl/visit/attendance-is-suggested-confirmed-and-taken-back", test_attendance);
  add ("/ctl/visit/who-came-too-late-could-not-be-seen", test_could_not_be_seen);
  add ("/ctl/visit/what-makes-no-sense-is-refused", test_refusals);
  return g_test_run ();
}
