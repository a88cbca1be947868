#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
import_set_up (ImportFixture *fixture, gconstpointer data)
{
  fixture->clock = (TestClock){ TEST_NOW, 7 };
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  fixture->lists = test_dir_new ();
  fixture->store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
}

void
import_tear_down (ImportFixture *fixture, gconstpointer data)
{
  limber_store_close (fixture->store);
  g_object_unref (fixture->store);
  limber_env_unref (fixture->env);
  test_dir_remove (fixture->dir);
  test_dir_remove (fixture->lists);
  g_free (fixture->dir);
  g_free (fixture->lists);
}

void
import_put (ImportFixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->lists, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
import_put_bytes (ImportFixture *fixture, const char *name, const char *bytes, gsize length)
{
  g_autofree char *path = g_build_filename (fixture->lists, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

/* The lists of the fixture, unless @plan says others. */
json_t *
import_run (ImportFixture *fixture, const LimberImportPlan *plan)
{
  LimberImportPlan whole = *plan;
  g_autoptr (GError) error = NULL;
  json_t *report;

  if (whole.dir == NULL)
    whole.dir = fixture->lists;
  report = limber_import_run (fixture->store, &whole, &error);
  g_assert_no_error (error);
  return report;
}

json_t *
import_from (ImportFixture *fixture, const char *dir, gboolean dry_run)
{
  return import_run (fixture, &(LimberImportPlan){ .dir = dir, .dry_run = dry_run });
}

json_t *
import_lists (ImportFixture *fixture)
{
  return import_from (fixture, fixture->lists, FALSE);
}

gint64
import_counted (json_t *report, const char *file, const char *what)
{
  gsize i;
  json_t *list;

  json_array_foreach (json_object_get (report, "lists"), i, list)
    if (g_strcmp0 (limber_json_string (list, "file"), file) == 0)
      return limber_json_integer (list, what, -1);
  return -1;
}

gint64
import_sum (json_t *report, const char *what)
{
  gint64 n = 0;
  gsize i;
  json_t *list;

  json_array_foreach (json_object_get (report, "lists"), i, list)
    n += limber_json_integer (list, what, 0);
  return n;
}

/* That the report names this line and column, for a reason with these words in it. */
void
import_assert_problem (json_t *report, const char *file, int line, const char *column, const char *why, gboolean taken)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (report, "problems"), i, one)
    if (g_strcmp0 (limber_json_string (one, "file"), file) == 0 && limber_json_integer (one, "line", 0) == line && g_strcmp0 (limber_json_string (one, "column"), column) == 0) {
      g_assert_nonnull (strstr (limber_json_string (one, "reason"), why));
      g_assert_true (json_is_true (json_object_get (one, "taken")) == taken);
      return;
    }
  g_error ("Nothing is said of %s line %d column %s", file, line, column);
}

void
import_assert_note (json_t *report, const char *file, const char *column, const char *words)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (report, "notes"), i, one)
    if (g_strcmp0 (limber_json_string (one, "file"), file) == 0 && g_strcmp0 (limber_json_string (one, "column"), column) == 0) {
      g_assert_nonnull (strstr (limber_json_string (one, "message"), words));
      return;
    }
  g_error ("Nothing is noted of %s", file);
}

typedef struct {
  const char   *kind;
  const char   *key;
  LimberRecord *record;
  guint         n;
} Look;

static gboolean
look_up (LimberReader *reader, gpointer data, GError **error)
{
  Look *look = data;

  look->record = limber_reader_by_key (reader, look->kind, look->key, error);
  return look->record != NULL;
}

LimberRecord *
import_find (ImportFixture *fixture, const char *kind, const char *key)
{
  g_autoptr (GError) error = NULL;
  Look look = { kind, key, NULL, 0 };

  limber_store_read (fixture->store, look_up, &look, &error);
  g_assert_no_error (error);
  return look.record;
}

static gboolean
count_one (const LimberRecord *record, gpointer data)
{
  ((Look *) data)->n++;
  return TRUE;
}

static gboolean
count_kind (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, ((Look *) data)->kind, NULL, NULL, count_one, data, error);
}

guint
import_count (ImportFixture *fixture, const char *kind)
{
  Look look = { kind, NULL, NULL, 0 };

  g_assert_true (limber_store_read (fixture->store, count_kind, &look, NULL));
  return look.n;
}

static const char patients_head[] = "id,nhs_number,family,given,title,born,sex,mobile,phone,email,address,postcode,gp,language,needs,restricted,died\n";

void
import_put_patients (ImportFixture *fixture, const char *rows)
{
  g_autofree char *text = g_strconcat (patients_head, rows, NULL);

  import_put (fixture, "patients.csv", text);
}

/* What the staff said, as in a screen. */
void
import_staff_set (ImportFixture *fixture, const char *kind, const LimberId *id, const char *field, const char *text)
{
  fixture->clock.now += 60000;
  test_store_put (fixture->store, kind, id, field, text, NULL);
  fixture->clock.now += 60000;
}
