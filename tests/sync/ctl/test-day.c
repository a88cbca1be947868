/* limberctl day-list, day-end and building, on a desk's store. */
#include <string.h>

#include "ctl-test.h"
#include "limber-json.h"

typedef CtlDesk Fixture;

static void
put_person (Fixture *fixture, LimberStore *store, const char *key, const char *family, const char *given, const char *start, const char *status)
{
  g_autofree char *site = limber_id_dup_text (&fixture->site), *person = NULL, *at = NULL, *name = g_strconcat (key, " comes", NULL);
  LimberId patient, appointment;

  test_id (&patient, family);
  test_id (&appointment, key);
  person = limber_id_dup_text (&patient);
  test_store_put (store, "patient", &patient, "family", family, "given", given, "born", "1954-08-06", "mobile", "07700 900397", "needs", "wheelchair", NULL);
  test_store_put (store, "appointment", &appointment, "patient", person, "site", site, "start", start, "minutes", "30", "status", status, NULL);
  if (!g_str_equal (status, "arrived"))
    return;
  at = limber_id_dup_text (&appointment);
  test_id (&appointment, name);
  test_store_put (store, "arrival", &appointment, "appointment", at, "patient", person, "round", "0", "at", "2026-11-23T08:50:00+00:00", "via", "kiosk", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) store = ctl_desk_set_up (fixture, g_strcmp0 (data, "office") == 0 ? LIMBER_CLASS_OFFICE : LIMBER_CLASS_DESK);
  LimberId other;

  test_id (&other, "other");
  test_store_put (store, "site", &fixture->site, "code", "LMB01", "name", "Alexandra Avenue", NULL);
  test_store_put (store, "site", &other, "code", "LMB02", "name", "Belmont", NULL);
  put_person (fixture, store, "early", "Taylor", "Ann", "2026-11-23T09:00:00+00:00", "arrived");
  put_person (fixture, store, "later", "Featherstonehaugh-Wolstenholme-Carruthers", "Alexandra Wilhelmina Georgiana", "2026-11-23T16:00:00+00:00", "booked");
  put_person (fixture, store, "gone", "Vane", "Ann", "2026-11-23T09:00:00+00:00", "cancelled");
  put_person (fixture, store, "before", "White", "Ann", "2026-11-20T09:00:00+00:00", "booked");
  put_person (fixture, store, "morrow", "Young", "Ann", "2026-11-24T09:00:00+00:00", "booked");
  limber_store_close (store);
}

static void
assert_width (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 100);
}

static void
test_day_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) text = ctl_run (NULL, "--store", fixture->dir, "day-list", NULL);
  g_autoptr (json_t) json = ctl_json (0, "--store", fixture->dir, "day-list", NULL);

  g_assert_cmpint (text->status, ==, 0);
  assert_width (text->out);
  g_assert_nonnull (strstr (text->out, "Alexandra Avenue, Monday 23-Nov-2026: 3 appointments\nAs of 23-Nov-2026 09:00, by this computer."));
  g_assert_nonnull (strstr (text->out, "09:00 TAYLOR, Ann"));
  g_assert_nonnull (strstr (text->out, "08:50"));
  g_assert_nonnull (strstr (text->out, "FEATHERSTONEHAUGH-WOLSTENHOLME-CARRUTHERS,")); /* and in the next line */
  g_assert_nonnull (strstr (text->out, "      Alexandra Wilhelmina Georgiana"));
  g_assert_nonnull (strstr (text->out, "wheelchair"));
  g_assert_nonnull (strstr (text->out, "Cancelled"));
  g_assert_null (strstr (text->out, "900397"));
  g_assert_cmpuint (json_array_size (json_object_get (json, "appointments")), ==, 3);
  g_assert_cmpstr (ctl_string (json_array_get (json_object_get (json, "appointments"), 0), "arrived"), ==, "2026-11-23T08:50:00+00:00");
  g_assert_cmpstr (ctl_string (json, "date"), ==, "2026-11-23");
}

static void
test_other_day (Fixture *fixture, gconstpointer data)
{
  static const char *const days[] = { "tomorrow", "2026-11-24", "24/11/2026" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (json_t) json = ctl_json (0, "--store", fixture->dir, "day-list", "--date", days[i], NULL);

    g_assert_cmpuint (json_array_size (json_object_get (json, "appointments")), ==, 1);
    g_assert_cmpstr (ctl_string (json_array_get (json_object_get (json, "appointments"), 0), "name"), ==, "YOUNG, Ann");
  }
  ctl_assert (2, "--store", fixture->dir, "day-list", "--date", "31/2/2026", NULL);
  ctl_assert (3, "--store", fixture->dir, "day-list", "--site", "LMB99", NULL);
}

static void
test_other_site (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) json = ctl_json (0, "--store", fixture->dir, "day-list", "--site", "LMB02", NULL);

  g_assert_cmpuint (json_array_size (json_object_get (json, "appointments")), ==, 0);
}

static void
test_day_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) json = ctl_json (0, "--store", fixture->dir, "day-end", NULL);
  g_autoptr (CtlResult) text = ctl_run (NULL, "--store", fixture->dir, "day-end", NULL);
  json_t *open = json_object_get (json, "open");

  g_assert_cmpuint (json_array_size (open), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (open, 0), "name"), ==, "WHITE, Ann");
  g_assert_cmpstr (ctl_string (json_array_get (open, 0), "lack"), ==, "not-closed");
  g_assert_nonnull (strstr (text->out, "20-Nov-2026 09:00 WHITE, Ann"));
  g_assert_nonnull (strstr (text->out, "1 appointment is not closed."));
  assert_width (text->out);
}

static void
test_building (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) json = ctl_json (0, "--store", fixture->dir, "building", NULL);
  g_autoptr (CtlResult) text = ctl_run (NULL, "--store", fixture->dir, "building", NULL);
  json_t *people = json_object_get (json, "people");

  g_assert_cmpint (limber_json_integer (json, "count", -1), ==, 1);
  g_assert_cmpuint (json_array_size (people), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (people, 0), "standing"), ==, "waiting");
  g_assert_cmpstr (ctl_string (json_array_get (people, 0), "since"), ==, "2026-11-23T08:50:00+00:00");
  g_assert_nonnull (strstr (text->out, "Alexandra Avenue: 1 person is in the building.\nAs of 23-Nov-2026 09:00"));
  g_assert_nonnull (strstr (text->out, "[ ] TAYLOR, Ann"));
  g_assert_nonnull (strstr (text->out, "wheelchair"));
  assert_width (text->out);
}

static void
test_every_site (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) json = ctl_json (0, "--store", fixture->dir, "day-end", NULL), one = NULL;

  g_assert_cmpuint (json_array_size (json_object_get (json, "open")), ==, 1);
  ctl_assert (2, "--store", fixture->dir, "building", NULL);
  ctl_assert (2, "--store", fixture->dir, "day-list", NULL);
  one = ctl_json (0, "--store", fixture->dir, "building", "--site", "LMB01", NULL);
  g_assert_cmpint (limber_json_integer (one, "count", -1), ==, 1);
}

#define ADD(path, klass, func) g_test_add ("/ctl/day/" path, Fixture, klass, set_up, func, ctl_desk_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LIMBER_NOW", "2026-11-23T09:00:00+00:00", TRUE);
  ADD ("the-list-for-paper-is-narrow-and-cuts-nothing-off", NULL, test_day_list);
  ADD ("the-list-is-of-the-day-that-is-named", NULL, test_other_day);
  ADD ("the-list-is-of-the-site-that-is-named", NULL, test_other_site);
  ADD ("what-is-not-closed-is-listed-with-what-it-lacks", NULL, test_day_end);
  ADD ("who-is-in-the-building-is-counted-and-named", NULL, test_building);
  ADD ("without-a-site-of-its-own-one-has-to-be-named", "office", test_every_site);
  return g_test_run ();
}
