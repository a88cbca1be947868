/* What a node makes for a public screen of a person and of an appointment: what check-in needs of them, and that it stays true. */
#include <string.h>

#include "limber-changes.h"
#include "limber-error.h"
#include "limber-feed.h"
#include "limber-projection.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *central;
  LimberId     site, patient, staff, place, appointment;
} Fixture;

static gboolean
open_group (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberGroup group = { LIMBER_CLASS_KIOSK, ((Fixture *) data)->site };
  gint64 n;

  return limber_scope_open (transaction, &group, &n, error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *central = NULL, *site = NULL, *patient = NULL, *staff = NULL, *place = NULL;

  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  central = g_build_filename (fixture->dir, "central", NULL);
  fixture->central = test_store_new (central, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
  test_id (&fixture->site, "site");
  test_id (&fixture->patient, "patient");
  test_id (&fixture->staff, "staff");
  test_id (&fixture->place, "place");
  test_id (&fixture->appointment, "appointment");
  site = limber_id_dup_text (&fixture->site);
  patient = limber_id_dup_text (&fixture->patient);
  staff = limber_id_dup_text (&fixture->staff);
  place = limber_id_dup_text (&fixture->place);
  test_store_put (fixture->central, "site", &fixture->site, "code", "HQ", "name", "High Street", NULL);
  test_store_put (fixture->central, "patient", &fixture->patient, "family", "Smith", "given", "Ann", "born", "1954-08-06", "site", site, NULL);
  test_store_put (fixture->central, "staff", &fixture->staff, "number", "7", "given", "Joan", "family", "Ng", "role", "reception", NULL);
  test_store_put (fixture->central, "place", &fixture->place, "site", site, "name", "Room 1", NULL);
  g_assert_true (limber_store_write (fixture->central, open_group, fixture, NULL));
  test_store_put (fixture->central, "appointment", &fixture->appointment, "patient", patient, "site", site, "start", "2026-11-23T15:30:00Z", "status", "booked", "clinician", staff, "place",
                  place, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  limber_store_close (fixture->central);
  g_object_unref (fixture->central);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

typedef struct {
  Fixture      *fixture;
  LimberRecord *record;
} Make;

static gboolean
make (LimberReader *reader, gpointer data, GError **error)
{
  const Make *what = data;

  limber_projection_make (reader, what->record, &what->fixture->site);
  return TRUE;
}

static void
project (Fixture *fixture, LimberRecord *record)
{
  g_assert_true (limber_store_read (fixture->central, make, &(Make){ fixture, record }, NULL));
}

static void
set (LimberRecord *record, const char *field, const char *text)
{
  g_assert_true (limber_field_parse (&record->kind->fields[limber_kind_field (record->kind, field)], text, &record->values[limber_kind_field (record->kind, field)], NULL));
}

static void
of_nobodys_name_there_are_no_letters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) record = limber_record_new (limber_kind_by_name ("patient"), &fixture->patient);

  project (fixture, record);
  g_assert_null (limber_record_text (record, "initials"));
  g_assert_null (limber_record_text (record, "letters"));
  g_assert_null (limber_record_text (record, "postcode_key"));
  g_assert_null (limber_record_text (record, "masked_phone"));
  g_assert_cmpint (limber_record_integer (record, "at_desk"), ==, 0);
}

static void
a_postcode_without_a_letter_is_none (Fixture *fixture, gconstpointer data)
{
  g_autofree char *none = limber_projection_postcode_key (&fixture->site, " - "), *one = limber_projection_postcode_key (&fixture->site, "ab1 2cd");
  g_autofree char *same = limber_projection_postcode_key (&fixture->site, "AB12CD"), *elsewhere = limber_projection_postcode_key (&fixture->place, "AB12CD");

  g_assert_null (none);
  g_assert_nonnull (one);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, elsewhere);
}

/* A screen does not say why. */
static void
whoever_the_desk_must_see_is_sent_there (Fixture *fixture, gconstpointer data)
{
  static const char *const why[][2] = { { "died", "2026-11-01" }, { "see_desk", "true" } };

  for (guint i = 0; i < G_N_ELEMENTS (why); i++) {
    g_autoptr (LimberRecord) record = limber_record_new (limber_kind_by_name ("patient"), &fixture->patient);

    set (record, why[i][0], why[i][1]);
    project (fixture, record);
    g_assert_cmpint (limber_record_integer (record, "at_desk"), ==, 1);
  }
}

static void
what_is_told_as_it_is_stays_so (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) record = test_store_get (fixture->central, "site", &fixture->site), before = limber_record_copy (record);

  project (fixture, record);
  for (guint i = 0; i < record->kind->n_fields; i++)
    g_assert_true (limber_value_equal (&record->values[i], &before->values[i]));
}

/* Where the appointment stands in the order of change. */
static gint64
place_of (Fixture *fixture)
{
  return test_store_count (fixture->central, "SELECT max(seq) FROM change WHERE kind=9");
}

static gboolean
rename_all (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  Fixture *fixture = data;
  g_autoptr (LimberEdit) patient = limber_edit_new ("patient", &fixture->patient), staff = limber_edit_new ("staff", &fixture->staff);

  limber_edit_set_text (patient, "title", "Dr");
  limber_edit_set_text (staff, "given", "Jo");
  return limber_transaction_edit (transaction, patient, &author, error) && limber_transaction_edit (transaction, staff, &author, error);
}

static void
who_waits_is_told_the_new_name_of_whom_for (Fixture *fixture, gconstpointer data)
{
  gint64 before = place_of (fixture), after;

  g_assert_true (limber_store_write (fixture->central, rename_all, fixture, NULL));
  after = place_of (fixture);
  g_assert_cmpint (after, >, before);
  test_store_put (fixture->central, "place", &fixture->place, "name", "Room 2", NULL);
  g_assert_cmpint (place_of (fixture), >, after);
}

/* So many at once that the store does not keep which they were. */
static gboolean
change_many (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  Fixture *fixture = data;

  for (guint i = 0; i <= LIMBER_CHANGES_KEPT; i++) {
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id = fixture->place;

    if (i > 0)
      limber_id_init_new (&id, limber_transaction_env (transaction));
    edit = limber_edit_new ("place", &id);
    limber_edit_set_id (edit, "site", &fixture->site);
    limber_edit_set_text (edit, "name", "Room 2");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
and_also_where_very_much_has_changed (Fixture *fixture, gconstpointer data)
{
  gint64 before = place_of (fixture);
  g_autoptr (GError) error = NULL;

  limber_store_write (fixture->central, change_many, fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (place_of (fixture), >, before);
}

static void
what_is_over_is_not_told_anew (Fixture *fixture, gconstpointer data)
{
  gint64 before = place_of (fixture);

  fixture->clock.now += 24 * 3600 * 1000;
  test_store_put (fixture->central, "staff", &fixture->staff, "given", "Jo", NULL);
  g_assert_cmpint (place_of (fixture), ==, before);
}

static void
a_damaged_appointment_is_not_told_anew (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_store_tamper (fixture->central, "UPDATE appointment SET stamps=x'05'");
  g_assert_false (test_store_try (fixture->central, &error, "staff", &fixture->staff, "given", "Jo", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/projection/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("of-nobodys-name-there-are-no-letters", of_nobodys_name_there_are_no_letters);
  ADD ("a-postcode-without-a-letter-is-none", a_postcode_without_a_letter_is_none);
  ADD ("whoever-the-desk-must-see-is-sent-there", whoever_the_desk_must_see_is_sent_there);
  ADD ("what-is-told-as-it-is-stays-so", what_is_told_as_it_is_stays_so);
  ADD ("who-waits-is-told-the-new-name-of-whom-for", who_waits_is_told_the_new_name_of_whom_for);
  ADD ("and-also-where-very-much-has-changed", and_also_where_very_much_has_changed);
  ADD ("what-is-over-is-not-told-anew", what_is_over_is_not_told_anew);
  ADD ("a-damaged-appointment-is-not-told-anew", a_damaged_appointment_is_not_told_anew);
  return g_test_run ();
}
