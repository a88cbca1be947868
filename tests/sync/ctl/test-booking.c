/* limberctl's clinics, free times and bookings, on a desk's store, on a Monday at nine. */
#include "ctl-test.h"
#include "limber-json.h"

typedef CtlDesk Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const people[] = { "P1", "P2" };
  g_autoptr (LimberStore) store = ctl_desk_set_up (fixture, LIMBER_CLASS_DESK);
  g_autofree char *site = limber_id_dup_text (&fixture->site);
  LimberId staff, place;

  test_id (&staff, "staff");
  test_id (&place, "place");
  test_store_put (store, "site", &fixture->site, "code", "LMB01", "name", "Clinic", NULL);
  test_store_put (store, "place", &place, "site", site, "name", "Gym", NULL);
  test_store_put (store, "staff", &staff, "number", "S0001", "family", "Ng", "given", "Bo", "role", "physiotherapist", NULL);
  test_id (&staff, "manager");
  test_store_put (store, "staff", &staff, "number", "S0009", "family", "Okonjo", "given", "Mary", "role", "service-manager", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    LimberId patient;

    test_id (&patient, people[i]);
    test_store_put (store, "patient", &patient, "number", people[i], "family", "Upton", "given", "Ann", "born", "1954-08-06", NULL);
  }
  limber_store_close (store);
}

static void
add_clinic (Fixture *fixture)
{
  g_autoptr (json_t) made = ctl_json (0, "--store", fixture->dir, "clinic", "add", "--with", "S0001", "--in", "Gym", "--first", "2026-11-24", "--begins", "9:00", "--ends", "12", "--minutes", "30", "--every", "1w", "--as", "S0009", NULL);

  g_assert_nonnull (ctl_string (made, "id"));
}

static const char *
start_of (json_t *answer, const char *list, gsize i)
{
  return limber_json_string (json_array_get (json_object_get (answer, list), i), "start");
}

static char *
appointment_of (json_t *answer)
{
  return g_strdup (limber_json_string (json_array_get (json_object_get (answer, "appointments"), 0), "appointment"));
}

static void
test_book (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) before = NULL, booked = NULL, after = NULL, refused = NULL, moved = NULL;
  g_autofree char *id = NULL;

  add_clinic (fixture);
  before = ctl_json (0, "--store", fixture->dir, "slots", "--free", "2", "--with", "S0001", NULL);
  g_assert_cmpstr (start_of (before, "slots", 0), ==, "2026-11-24T09:00:00+00:00");
  booked = ctl_json (0, "--store", fixture->dir, "book", "P1", "--start", "2026-11-24 9:00", "--with", "S0001", "--in", "Gym", "--as", "S0001", NULL);
  id = appointment_of (booked);
  after = ctl_json (0, "--store", fixture->dir, "slots", "--free", "1", NULL);
  g_assert_cmpstr (start_of (after, "slots", 0), ==, "2026-11-24T09:30:00+00:00");
  refused = ctl_json (1, "--store", fixture->dir, "book", "P2", "--start", "2026-11-24T09:15:00+00:00", "--with", "S0001", "--as", "S0001", NULL);
  g_assert_cmpstr (ctl_string (refused, "message"), ==, "Bo Ng is booked then: 09:00 to 09:30, UPTON, Ann, at Clinic. The next free time is Tuesday 24-Nov-2026 at 09:30.");
  moved = ctl_json (0, "--store", fixture->dir, "reschedule", id, "--start", "2026-12-01 11:30", "--as", "S0001", NULL);
  g_assert_cmpstr (start_of (moved, "appointments", 0), ==, "2026-12-01T11:30:00+00:00");
  ctl_assert (0, "--store", fixture->dir, "cancel", id, "--by", "patient", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->dir, "rebook", id, "--start", "2026-12-01 11:30", "--as", "S0001", NULL);
}

static void
test_letter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) letter = NULL;

  ctl_assert (1, "--store", fixture->dir, "letter", "P1", NULL);
  ctl_assert (0, "--store", fixture->dir, "book", "P1", "--start", "2026-12-07 17:30", "--with", "S0001", "--in", "Gym", "--as", "S0001", NULL);
  letter = ctl_json (0, "--store", fixture->dir, "letter", "P1", NULL);
  g_assert_cmpstr (ctl_string (letter, "name"), ==, "Ann Upton");
  g_assert_cmpstr (limber_json_string (json_array_get (json_object_get (letter, "appointments"), 0), "when"), ==, "Monday 7 December 2026, 5:30pm");
}

static void
test_series (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) plan = NULL, booked = NULL, none = NULL;
  g_autofree char *id = NULL;

  add_clinic (fixture);
  plan = ctl_json (0, "--store", fixture->dir, "book", "P1", "--start", "2026-11-24 10:00", "--with", "S0001", "--every", "2w", "--times", "3", "--dry-run", "--as", "S0001", NULL);
  g_assert_cmpstr (start_of (plan, "plan", 2), ==, "2026-12-22T10:00:00+00:00");
  booked = ctl_json (0, "--store", fixture->dir, "book", "P1", "--start", "2026-11-24 10:00", "--with", "S0001", "--every", "2w", "--times", "3", "--as", "S0001", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (booked, "appointments")), ==, 3);
  id = appointment_of (booked);
  ctl_assert (0, "--store", fixture->dir, "take-back", id, "--as", "S0001", NULL);
  none = ctl_json (0, "--store", fixture->dir, "list", "appointment", "status=booked", NULL);
  g_assert_cmpuint (json_array_size (none), ==, 0);
  ctl_assert (2, "--store", fixture->dir, "book", "P1", "--start", "2026-11-24 10:00", "--every", "2w", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->dir, "book", "P1", "--start", "at ten", "--as", "S0001", NULL);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = ctl_path (fixture->dir, "closed.csv");
  g_autoptr (json_t) loaded = NULL, listed = NULL;

  g_assert_true (g_file_set_contents (list, "first,last,name,site\n2026-12-25,,Christmas Day,\n2026-12-28,2026-12-28,Training,LMB01\n", -1, NULL));
  add_clinic (fixture);
  loaded = ctl_json (0, "--store", fixture->dir, "closed", "load", list, "--as", "S0009", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (loaded, "closed")), ==, 2);
  ctl_assert (0, "--store", fixture->dir, "closed", "load", list, "--as", "S0009", NULL);
  ctl_assert (0, "--store", fixture->dir, "closed", "add", "--first", "2026-11-24", "--name", "Leave", "--with", "S0001", "--as", "S0009", NULL);
  listed = ctl_json (0, "--store", fixture->dir, "closed", "list", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (listed, "closed")), ==, 3);
  ctl_assert (3, "--store", fixture->dir, "slots", "--date", "2026-11-24", NULL);
  ctl_assert (0, "--store", fixture->dir, "slots", "--date", "2026-12-01", NULL);
}

/* What is shipped can be loaded. */
static void
test_bank_holidays (Fixture *fixture, gconstpointer data)
{
  const char *list = g_getenv ("LIMBER_CLOSED_DAYS");
  g_autoptr (json_t) loaded = ctl_json (0, "--store", fixture->dir, "closed", "load", list, "--as", "S0009", NULL);

  g_assert_cmpuint (json_array_size (json_object_get (loaded, "closed")), ==, 18);
}

static void
test_walk_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) made = ctl_json (0, "--store", fixture->dir, "walk-in", "P1", "--as", "S0001", NULL);

  g_assert_cmpstr (limber_json_string (json_array_get (json_object_get (made, "appointments"), 0), "status"), ==, "arrived");
  ctl_assert (1, "--store", fixture->dir, "walk-in", "P1", "--as", "S0001", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ctl/booking/books-moves-cancels-and-books-anew", Fixture, NULL, set_up, test_book, ctl_desk_tear_down);
  g_test_add ("/ctl/booking/a-letter-says-what-is-booked", Fixture, NULL, set_up, test_letter, ctl_desk_tear_down);
  g_test_add ("/ctl/booking/follow-ups-are-shown-booked-and-taken-back-together", Fixture, NULL, set_up, test_series, ctl_desk_tear_down);
  g_test_add ("/ctl/booking/closed-days-can-be-loaded-again-and-again", Fixture, NULL, set_up, test_closed, ctl_desk_tear_down);
  g_test_add ("/ctl/booking/the-list-of-bank-holidays-is-whole", Fixture, NULL, set_up, test_bank_holidays, ctl_desk_tear_down);
  g_test_add ("/ctl/booking/somebody-who-walked-in-is-checked-in-once", Fixture, NULL, set_up, test_walk_in, ctl_desk_tear_down);
  return g_test_run ();
}
