/* limberctl arrive and staff, on a desk's store. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-pin.h"

typedef CtlDesk Fixture;

/* Somebody born on @born who lives at @postcode (nullable), with an appointment at @start on the day of the tests. */
static void
put_person (Fixture *fixture, LimberStore *store, const char *family, const char *born, const char *postcode, const char *start, const char *status)
{
  g_autofree char *site = limber_id_dup_text (&fixture->site), *person = NULL;
  LimberId patient, appointment;

  limber_id_init_new (&patient, fixture->env);
  limber_id_init_new (&appointment, fixture->env);
  person = limber_id_dup_text (&patient);
  test_store_put (store, "patient", &patient, "family", family, "given", "Ann", "born", born, postcode != NULL ? "postcode" : NULL, postcode, NULL);
  test_store_put (store, "appointment", &appointment, "patient", person, "site", site, "start", start, "status", status, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) store = ctl_desk_set_up (fixture, LIMBER_CLASS_DESK);
  LimberId staff;

  test_id (&staff, "staff");
  test_store_put (store, "site", &fixture->site, "code", "LMB01", "name", "Clinic", NULL);
  test_store_put (store, "staff", &staff, "number", "S0001", "family", "Ng", "given", "Bo", "role", "reception", NULL);
  put_person (fixture, store, "Taylor", "1954-08-06", NULL, "2026-11-23T09:15:00+00:00", "booked");
  put_person (fixture, store, "Upton", "1960-01-02", NULL, "2026-11-23T16:00:00+00:00", "booked");
  put_person (fixture, store, "Vane", "1960-01-03", NULL, "2026-11-23T09:15:00+00:00", "cancelled");
  put_person (fixture, store, "White", "1960-02-29", NULL, "2026-11-23T09:15:00+00:00", "booked");
  put_person (fixture, store, "Wood", "1984-02-29", NULL, "2026-11-23T09:30:00+00:00", "booked");
  limber_store_close (store);
}

static void
expect (Fixture *fixture, int status, const char *result, const char *born, const char *initial)
{
  g_autoptr (json_t) answer = ctl_json (status, "--store", fixture->dir, "arrive", "--born", born, "--initial", initial, NULL);

  g_assert_cmpstr (ctl_string (answer, "result"), ==, result);
  g_assert_null (json_object_get (answer, "family"));
}

static void
test_results (Fixture *fixture, gconstpointer data)
{
  expect (fixture, 0, "checked-in", "6/8", "T");
  expect (fixture, 0, "already", "06/08/1954", "t");
  expect (fixture, 3, "no-match", "7/8", "T");
  expect (fixture, 1, "early", "2/1", "U");
  expect (fixture, 1, "cancelled", "3/1", "V");
  expect (fixture, 4, "ask-more", "29/2", "W");
  expect (fixture, 0, "checked-in", "29/2/1984", "W");
}

static void
test_at (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) answer = ctl_json (0, "--store", fixture->dir, "arrive", "--born", "2/1", "--initial", "U", "--at", "2026-11-23T15:50:00+00:00", NULL), arrivals = NULL;

  g_assert_cmpstr (ctl_string (answer, "result"), ==, "checked-in");
  arrivals = ctl_json (0, "--store", fixture->dir, "list", "arrival", NULL);
  g_assert_cmpuint (json_array_size (arrivals), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (arrivals, 0), "at"), ==, "2026-11-23T15:50:00+00:00");
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) list = ctl_json (0, "--store", fixture->dir, "list", "appointment", "start=2026-11-23T09:30:00+00:00", NULL), answer = NULL, none = NULL;

  answer = ctl_json (0, "--store", fixture->dir, "arrive", "--code", ctl_string (json_array_get (list, 0), "code"), NULL);
  g_assert_cmpstr (ctl_string (answer, "result"), ==, "checked-in");
  none = ctl_json (3, "--store", fixture->dir, "arrive", "--code", "0000000000", NULL);
  g_assert_cmpstr (ctl_string (none, "result"), ==, "no-match");
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[][2] = { { "31/2", "T" }, { "6/8/54", "T" }, { "6-8", "T" }, { "6/8/1954/1", "T" }, { "/8", "T" }, { "6/8", "TA" }, { "6/8", "7" }, { "6/8", "" }, { "+6/8", "T" } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    ctl_assert (2, "--store", fixture->dir, "arrive", "--born", wrong[i][0], "--initial", wrong[i][1], NULL);
  ctl_assert (2, "--store", fixture->dir, "arrive", NULL);
  ctl_assert (2, "--store", fixture->dir, "arrive", "--born", "6/8", NULL);
  ctl_assert (2, "--store", fixture->dir, "arrive", "--code", "X", "--born", "6/8", NULL);
  ctl_assert (2, "--store", fixture->dir, "arrive", "--born", "6/8", "--initial", "T", "--at", "09:30", NULL);
}

/* Two Walkers of one birthday, in two streets. */
static void
test_postcode (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "", "HA3", "HA3 1HQ HA5 2BB", "HA3 1HQ                                " };
  g_autoptr (LimberStore) store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, NULL);
  g_autoptr (json_t) asked = NULL, found = NULL;

  put_person (fixture, store, "Walker", "1960-03-04", "HA3 1HQ", "2026-11-23T09:15:00+00:00", "booked");
  put_person (fixture, store, "Walters", "1960-03-04", "HA5 2BB", "2026-11-23T09:15:00+00:00", "booked");
  limber_store_close (store);
  asked = ctl_json (4, "--store", fixture->dir, "arrive", "--born", "4/3/1960", "--initial", "W", NULL);
  g_assert_cmpstr (ctl_string (asked, "ask"), ==, "postcode");
  found = ctl_json (0, "--store", fixture->dir, "arrive", "--born", "4/3/1960", "--initial", "W", "--postcode", "ha31hq", NULL);
  g_assert_cmpstr (ctl_string (found, "result"), ==, "checked-in");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    ctl_assert (2, "--store", fixture->dir, "arrive", "--born", "4/3/1960", "--initial", "W", "--postcode", wrong[i], NULL);
  ctl_assert (2, "--store", fixture->dir, "arrive", "--code", "0000000000", "--postcode", "HA3 1HQ", NULL);
}

static void
check_pin (Fixture *fixture, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberStore) store = limber_store_open (fixture->dir, LIMBER_STORE_OWN, fixture->env, &error);
  LimberId staff;

  g_assert_no_error (error);
  test_id (&staff, "staff");
  limber_pin_verify (store, &staff, pin, &error);
  g_assert_no_error (error);
  limber_store_close (store);
}

static void
test_pin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) set = ctl_run ("483920\n", "--store", fixture->dir, "staff", "pin", "S0001", "--json", NULL), made = NULL, easy = NULL;

  g_assert_cmpint (set->status, ==, 0);
  g_assert_null (json_object_get (set->json, "pin"));
  check_pin (fixture, "483920");
  made = ctl_run (NULL, "--store", fixture->dir, "staff", "pin", "S0001", "--json", NULL);
  g_assert_cmpint (made->status, ==, 0);
  check_pin (fixture, ctl_string (made->json, "pin"));
  easy = ctl_run ("123456\n", "--store", fixture->dir, "staff", "pin", "S0001", NULL);
  g_assert_cmpint (easy->status, ==, 1);
  check_pin (fixture, ctl_string (made->json, "pin"));
  ctl_assert (3, "--store", fixture->dir, "staff", "pin", "S0009", NULL);
  ctl_assert (2, "--store", fixture->dir, "staff", "key", "S0001", NULL);
}

#define ADD(path, func) g_test_add ("/ctl/arrive/" path, Fixture, NULL, set_up, func, ctl_desk_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LIMBER_NOW", "2026-11-23T09:00:00+00:00", TRUE);
  ADD ("each-result-has-its-exit-status", test_results);
  ADD ("a-time-can-be-given", test_at);
  ADD ("a-letters-code-is-enough", test_code);
  ADD ("a-postcode-is-asked-for-and-taken", test_postcode);
  ADD ("what-is-typed-is-read-strictly", test_usage);
  ADD ("a-pin-is-set-or-made", test_pin);
  return g_test_run ();
}
