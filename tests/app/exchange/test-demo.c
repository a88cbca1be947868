/* The demonstration county: the same plan makes the same lists, they hold what is hard in real ones, and there is
 * somebody to check in at any hour. */
#include <glib/gstdio.h>
#include <string.h>

#include "limber-csv.h"
#include "limber-date.h"
#include "limber-demo.h"
#include "limber-error.h"
#include "limber-nhs-number.h"

static const char *const lists[] = { "practices.csv", "sites.csv", "staff.csv", "patients.csv", "referrals.csv", "appointments.csv", "classes.csv" };

static char *
make (guint patients, const char *date, guint32 seed, const char *now, LimberDemoCount *count)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("limber-demo-XXXXXX", &error);
  LimberDemoPlan plan = { patients, date, seed, 0 };

  g_assert_no_error (error);
  g_assert_true (limber_time_parse (now, &plan.now));
  limber_demo_write (dir, &plan, count, &error);
  g_assert_no_error (error);
  return dir;
}

static char *
load (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static LimberCsv *
open_list (const char *dir, const char *name)
{
  char *text = load (dir, name);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), g_free);
  g_autoptr (GError) error = NULL;
  LimberCsv *csv = limber_csv_new (stream, ',', &error);

  g_assert_no_error (error);
  return csv;
}

static gboolean
next (LimberCsv *csv)
{
  g_autoptr (GError) error = NULL;
  LimberCsvResult result = limber_csv_next (csv, NULL, &error);

  g_assert_no_error (error);
  return result == LIMBER_CSV_ROW;
}

static const char *
cell (LimberCsv *csv, const char *name)
{
  return limber_csv_cell (csv, (guint) limber_csv_column (csv, name));
}

static void
discard (char *dir)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autofree char *path = g_build_filename (dir, lists[i], NULL);

    g_unlink (path);
  }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

static void
test_same (void)
{
  char *a = make (150, "2026-11-23", 4, "2026-11-23T10:00:00Z", NULL), *b = make (150, "2026-11-23", 4, "2026-11-23T10:00:00Z", NULL);
  char *c = make (150, "2026-11-23", 5, "2026-11-23T10:00:00Z", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autofree char *one = load (a, lists[i]), *two = load (b, lists[i]), *other = load (c, lists[i]);

    g_assert_cmpstr (one, ==, two);
    if (i > 1)
      g_assert_cmpstr (one, !=, other);
  }
  discard (a);
  discard (b);
  discard (c);
}

static void
test_people (void)
{
  char *dir = make (600, "2026-11-23", 1, "2026-11-23T10:00:00Z", NULL);
  g_autoptr (LimberCsv) csv = open_list (dir, "patients.csv");
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *family = g_strdup (""), *given = g_strdup (""), *born = g_strdup ("");
  guint people = 0, twins = 0, namesakes = 0, without = 0, dead = 0, restricted = 0, compound = 0, accented = 0;

  for (; next (csv); people++) {
    const char *number = cell (csv, "nhs_number");

    if (*number != '\0') {
      g_assert_true (limber_nhs_number_is_valid (number) && g_str_has_prefix (number, "999"));
      g_assert_true (g_hash_table_add (numbers, g_strdup (number)));
    }
    g_assert_true (limber_date_is_valid (cell (csv, "born")));
    without += *number == '\0';
    dead += *cell (csv, "died") != '\0';
    restricted += g_str_equal (cell (csv, "restricted"), "1");
    compound += strchr (cell (csv, "family"), '-') != NULL;
    accented += !g_str_is_ascii (cell (csv, "family"));
    twins += g_str_equal (family, cell (csv, "family")) && g_str_equal (born, cell (csv, "born"));
    namesakes += g_str_equal (family, cell (csv, "family")) && g_str_equal (given, cell (csv, "given"));
    g_free (family);
    g_free (given);
    g_free (born);
    family = g_strdup (cell (csv, "family"));
    given = g_strdup (cell (csv, "given"));
    born = g_strdup (cell (csv, "born"));
  }
  g_assert_cmpuint (people, ==, 600);
  g_assert_cmpuint (MIN (twins, namesakes), >=, 6);
  g_assert_cmpuint (MIN (MIN (without, dead), MIN (restricted, compound)), >=, 8);
  g_assert_cmpuint (accented, >=, 20);
  discard (dir);
}

/* How many at the first site could check in at @now, arriving up to half an hour before their time. */
static guint
near (const char *now)
{
  g_autofree char *date = g_strndup (now, 10);
  LimberDemoCount count;
  char *dir = make (600, date, 1, now, &count);
  g_autoptr (LimberCsv) csv = open_list (dir, "appointments.csv");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0, again = 0;
  gint64 at, start, from, to;

  limber_time_parse (now, &at);
  g_assert_true (limber_date_bounds (date, &from, &to));
  while (next (csv)) {
    g_autofree char *key = g_strconcat (cell (csv, "patient"), NULL);

    g_assert_true (limber_time_parse (cell (csv, "start"), &start));
    if (start < from || start >= to)
      continue;
    again += !g_hash_table_add (seen, g_steal_pointer (&key));
    n += g_str_equal (cell (csv, "site"), "LMB01") && g_str_equal (cell (csv, "status"), "booked") && start > at - 15 * 60000 && start < at + 30 * 60000;
  }
  g_assert_cmpuint (count.today, >=, 100);
  g_assert_cmpuint (again, >=, 1);
  discard (dir);
  return n;
}

static void
test_any_hour (void)
{
  g_assert_cmpuint (near ("2026-11-23T10:00:00Z"), >=, 2);
  g_assert_cmpuint (near ("2026-11-22T14:30:00Z"), >=, 2); /* a Sunday */
  g_assert_cmpuint (near ("2026-11-23T02:10:00Z"), >=, 2);
  g_assert_cmpuint (near ("2026-11-23T23:40:00Z"), >=, 1);
  g_assert_cmpuint (near ("2026-07-01T00:05:00+01:00"), >=, 1);
}

static void
test_small (void)
{
  LimberDemoCount count;
  LimberDemoPlan plan = { 0, "2026-11-23", 1, 0 };
  g_autoptr (GError) error = NULL;

  for (guint n = 1; n < 40; n += 6) {
    discard (make (n, "2026-11-23", n, "2026-11-23T10:00:00Z", &count));
    g_assert_cmpuint (count.patients, ==, n);
  }
  g_assert_false (limber_demo_write ("/nowhere", &plan, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/demo/the-same-plan-makes-the-same-lists", test_same);
  g_test_add_func ("/exchange/demo/people-are-as-hard-as-real-ones", test_people);
  g_test_add_func ("/exchange/demo/somebody-can-check-in-at-any-hour", test_any_hour);
  g_test_add_func ("/exchange/demo/small-counties-can-be-made", test_small);
  return g_test_run ();
}
