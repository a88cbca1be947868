/* limberctl roles, staff, break-glass and reads; and that --as may do what the role of STAFF allows. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-role.h"

typedef CtlCounty Fixture;

static const char *const reaches[] = { "none", "own", "all" };

static void
test_table (void)
{
  g_autoptr (json_t) table = ctl_json (0, "roles", NULL);

  g_assert_cmpuint (json_array_size (table), ==, LIMBER_N_ACTIONS);
  for (guint action = 0; action < LIMBER_N_ACTIONS; action++) {
    json_t *row = json_array_get (table, action);

    g_assert_cmpstr (ctl_string (row, "action"), ==, limber_action_name (action));
    for (guint role = 0; role < LIMBER_N_ROLES; role++)
      g_assert_cmpstr (ctl_string (row, limber_role_word (role)), ==, reaches[limber_role_reach (role, action)]);
  }
}

static const char *
message_of (json_t *answer)
{
  g_assert_cmpstr (ctl_string (answer, "error"), ==, "unauthorised");
  return ctl_string (answer, "message");
}

/* A record is changed by those only whose deed that is, and a refusal says whose. */
static void
test_put (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) site = ctl_json (1, "--store", fixture->central, "put", "site", "LMB01", "call_by=name", "--as", "S0001", NULL);
  g_autoptr (json_t) staff = ctl_json (1, "--store", fixture->central, "put", "staff", "S0001", "role=service-manager", "--as", "S0001", NULL);

  g_assert_nonnull (strstr (message_of (site), "Service manager, Administrator"));
  g_assert_nonnull (strstr (message_of (site), "Receptionist"));
  g_assert_null (strstr (message_of (site), "break glass")); /* it would not help */
  message_of (staff);
  ctl_assert (0, "--store", fixture->central, "put", "site", "LMB01", "call_by=name", "--as", "S0011", NULL);
}

/* Some fields have a right of their own, besides that to the record; and nobody has that over herself. */
static void
test_put_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) list = ctl_json (0, "--store", fixture->central, "list", "appointment", "site=LMB02", "status=booked", NULL), refused = NULL;
  const char *id = ctl_string (json_array_get (list, 0), "id");

  ctl_assert (0, "--store", fixture->central, "put", "appointment", id, "minutes=25", "--as", "S0001", NULL); /* a receptionist books everywhere, */
  refused = ctl_json (1, "--store", fixture->central, "put", "appointment", id, "status=arrived", "--as", "S0001", NULL);
  g_assert_nonnull (strstr (message_of (refused), "another site")); /* and checks people in at her own site */
  ctl_assert (1, "--store", fixture->central, "put", "staff", "S0011", "role=administrator", "--as", "S0011", NULL);
  ctl_assert (0, "--store", fixture->central, "put", "staff", "S0001", "role=administrator", "--as", "S0011", NULL);
}

/* At central, where nobody is at a site: what is another site's is not for a receptionist of this one. */
static void
test_other_site (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) list = ctl_json (0, "--store", fixture->central, "list", "appointment", "site=LMB02", "status=booked", NULL), refused = NULL, done = NULL;
  const char *id = ctl_string (json_array_get (list, 0), "id");

  refused = ctl_json (1, "--store", fixture->central, "check-in", id, "--as", "S0001", NULL);
  g_assert_nonnull (strstr (message_of (refused), "another site"));
  g_assert_nonnull (strstr (message_of (refused), "Care navigator, Service manager"));
  ctl_assert (0, "--store", fixture->central, "staff", "cover", "S0001", "--site", "LMB02", "--until", "2999-01-01", "--reason", "Holidays", "--as", "S0011", NULL);
  done = ctl_json (0, "--store", fixture->central, "cancel", id, "--by", "patient", "--as", "S0001", NULL);
  g_assert_nonnull (done);
}

static void
test_staff (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) record = NULL, made = NULL;

  ctl_assert (0, "--store", fixture->central, "staff", "role", "S0002", "administrator", "--as", "S0011", NULL);
  record = ctl_json (0, "--store", fixture->central, "get", "staff", "S0002", NULL);
  g_assert_cmpstr (ctl_string (record, "role"), ==, "administrator");
  ctl_assert (1, "--store", fixture->central, "staff", "role", "S0002", "king", "--as", "S0011", NULL);
  ctl_assert (1, "--store", fixture->central, "staff", "role", "S0011", "administrator", "--as", "S0011", NULL);
  ctl_assert (1, "--store", fixture->central, "staff", "leave", "S0002", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "staff", "leave", "S0002", "--as", "S0011", NULL);
  ctl_assert (1, "--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0002", NULL);
  ctl_assert (0, "--store", fixture->central, "staff", "back", "S0002", "--as", "S0011", NULL);
  ctl_assert (0, "--store", fixture->central, "staff", "leave", "S0002", "--until", "2999-01-01", NULL); /* set-up, by whoever owns the machine */
  ctl_assert (1, "--store", fixture->central, "staff", "leave", "S0002", "--until", "soon", NULL);
  ctl_assert (2, "--store", fixture->central, "staff", "cover", "S0002", "--site", "LMB02", NULL);
  made = ctl_json (0, "--store", fixture->central, "staff", "cover", "S0002", "--site", "LMB02", "--until", "2999-01-01", "--reason", "Holidays", NULL);
  ctl_assert (0, "--store", fixture->central, "staff", "uncover", ctl_string (made, "id"), NULL);
  ctl_assert (2, "--store", fixture->central, "staff", "uncover", "nothing", NULL);
  ctl_assert (2, "--store", fixture->central, "staff", "fire", "S0002", NULL);
  ctl_assert (3, "--store", fixture->central, "staff", "back", "S9999", NULL);
}

static void
test_glass (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) made = NULL, list = NULL, none = NULL, all = NULL, reads = NULL;
  json_t *one;

  ctl_assert (1, "--store", fixture->central, "break-glass", "start", "--reason", "no", "--as", "S0008", NULL);
  ctl_assert (2, "--store", fixture->central, "break-glass", "start", "--reason", "Nobody else is here today", NULL);
  made = ctl_json (0, "--store", fixture->central, "break-glass", "start", "--reason", "Nobody else is here today", "--patient", "P0000001", "--as", "S0008", NULL);
  list = ctl_json (0, "--store", fixture->central, "break-glass", "list", NULL);
  one = json_array_get (list, 0);
  g_assert_cmpstr (ctl_string (one, "id"), ==, ctl_string (made, "id"));
  g_assert_cmpstr (ctl_string (one, "reason"), ==, "Nobody else is here today");
  ctl_assert (1, "--store", fixture->central, "break-glass", "review", ctl_string (made, "id"), "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "break-glass", "end", "--as", "S0008", NULL);
  ctl_assert (0, "--store", fixture->central, "break-glass", "review", ctl_string (made, "id"), "--note", "In order", "--as", "S0011", NULL);
  none = ctl_json (0, "--store", fixture->central, "break-glass", "list", NULL);
  g_assert_cmpuint (json_array_size (none), ==, 0);
  all = ctl_json (0, "--store", fixture->central, "break-glass", "list", "--all", NULL);
  g_assert_cmpstr (ctl_string (json_array_get (all, 0), "note"), ==, "In order");
  ctl_assert (1, "--store", fixture->central, "reads", "P0000001", "--as", "S0001", NULL);
  reads = ctl_json (0, "--store", fixture->central, "reads", "P0000001", "--as", "S0011", NULL);
  g_assert_cmpstr (ctl_string (json_array_get (reads, 0), "what"), ==, "glass");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/roles/roles-prints-the-table", test_table);
  g_test_add ("/ctl/roles/a-record-is-changed-by-those-whose-deed-it-is", Fixture, NULL, ctl_county_set_up, test_put, ctl_county_tear_down);
  g_test_add ("/ctl/roles/a-field-may-have-a-right-of-its-own", Fixture, NULL, ctl_county_set_up, test_put_field, ctl_county_tear_down);
  g_test_add ("/ctl/roles/what-is-another-sites-is-for-its-own-staff-and-for-cover", Fixture, NULL, ctl_county_set_up, test_other_site, ctl_county_tear_down);
  g_test_add ("/ctl/roles/staff-come-go-and-cover", Fixture, NULL, ctl_county_set_up, test_staff, ctl_county_tear_down);
  g_test_add ("/ctl/roles/glass-is-broken-listed-and-looked-at", Fixture, NULL, ctl_county_set_up, test_glass, ctl_county_tear_down);
  return g_test_run ();
}
