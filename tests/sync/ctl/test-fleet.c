/* fleet, as a person and a script are told it. What reaches the list is tested in tests/sync/test-fleet.c. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-test.h"

#define COLUMNS 100
#define KEY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

typedef struct {
  char *dir, *central;
} Fixture;

static void
put_device (Fixture *fixture, const char *name, const char *site)
{
  g_autofree char *named = g_strconcat ("name=", name, NULL), *at = g_strconcat ("site=", site, NULL);

  ctl_assert (0, "--store", fixture->central, "put", "device", named, "class=kiosk", at, "key=" KEY, "joined=2026-11-01T09:00:00Z", "--as", "S0011", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ctl_new_county ();
  fixture->central = ctl_path (fixture->dir, "central");
  put_device (fixture, "Kiosk with a name that is much longer than a column, ééééééééééééééééééé", "LMB01");
  put_device (fixture, "Kiosk", "LMB02");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_dir_remove (fixture->dir);
  g_free (fixture->central);
  g_free (fixture->dir);
}

static void
the_table_fits_a_screen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) result = ctl_run (NULL, "--store", fixture->central, "fleet", NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (result->out), "\n", -1);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 5); /* its head, three devices, the sum */
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, COLUMNS);
  g_assert_true (g_str_has_prefix (lines[1], "Kiosk with a nam… kiosk   LMB01   –        –"));
  g_assert_true (g_str_has_prefix (lines[3], "Harrow MSK        central –       now      Harrow MSK      "));
  g_assert_true (strstr (lines[4], "3 devices; silent for a day or more: 2,") != NULL);
}

static void
what_is_not_known_is_null (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "last_seen", "seen_by", "version", "unsent", "unsent_since", "store_bytes", "free_bytes", "clock_offset_ms" };
  g_autoptr (json_t) list = ctl_json (0, "--store", fixture->central, "fleet", NULL);
  json_t *first = json_array_get (list, 0);

  g_assert_cmpuint (json_array_size (list), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (json_is_null (json_object_get (first, names[i])));
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (first, "needs"), 0)), ==, "silent");
  g_assert_cmpuint (json_array_size (json_object_get (json_array_get (list, 2), "needs")), ==, 0);
}

static void
a_part_can_be_asked_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) site = ctl_json (0, "--store", fixture->central, "fleet", "--site", "LMB02", NULL), silent = ctl_json (0, "--store", fixture->central, "fleet", "--silent", "7", NULL);

  g_assert_cmpuint (json_array_size (site), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (site, 0), "name"), ==, "Kiosk");
  g_assert_cmpuint (json_array_size (silent), ==, 2);
  ctl_assert (2, "--store", fixture->central, "fleet", "--silent", "0", NULL);
  ctl_assert (2, "--store", fixture->central, "fleet", "--silent", "soon", NULL);
  ctl_assert (3, "--store", fixture->central, "fleet", "--site", "NOWHERE", NULL);
}

static void
who_was_revoked_comes_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) list = NULL;

  ctl_assert (0, "--store", fixture->central, "revoke", "Kiosk", NULL);
  list = ctl_json (0, "--store", fixture->central, "fleet", NULL);
  g_assert_cmpstr (ctl_string (json_array_get (list, 2), "name"), ==, "Kiosk");
  g_assert_true (json_is_true (json_object_get (json_array_get (list, 2), "revoked")));
}

#define ADD(name, test) g_test_add ("/ctl/fleet/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-table-fits-a-screen", the_table_fits_a_screen);
  ADD ("what-is-not-known-is-null", what_is_not_known_is_null);
  ADD ("a-part-can-be-asked-for", a_part_can_be_asked_for);
  ADD ("who-was-revoked-comes-last", who_was_revoked_comes_last);
  return g_test_run ();
}
