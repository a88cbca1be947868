/* Who is of the staff, as what, until when, and where besides. */
#include "care-fixture.h"

#include "limber-error.h"
#include "limber-pin.h"
#include "limber-staffing.h"

typedef struct {
  LimberAuthor author;
  LimberId     staff, made;
  const char  *text;
  LimberCover  cover;
  GPtrArray   *rows;
} Job;

static gboolean
set_role (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_staffing_set_role (transaction, &job->staff, job->text, &job->author, error);
}

static gboolean
leave (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_staffing_leave (transaction, &job->staff, job->text, &job->author, error);
}

static gboolean
stay (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_staffing_stay (transaction, &job->staff, &job->author, error);
}

static gboolean
cover (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_staffing_cover (transaction, &job->cover, &job->author, &job->made, error);
}

static gboolean
end_cover (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_staffing_end_cover (transaction, &job->made, &job->author, error);
}

static gboolean
set_pin (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_pin_set_own (transaction, &((Job *) data)->staff, "481516", "reception", error);
}

static gboolean
list (LimberReader *reader, gpointer data, GError **error)
{
  ((Job *) data)->rows = limber_pin_staff (reader, error);
  return TRUE;
}

static guint
count_sign_in (Care *care)
{
  Job job = { .rows = NULL };
  guint n;

  limber_store_read (care->hub, list, &job, NULL);
  n = job.rows->len;
  g_ptr_array_unref (job.rows);
  return n;
}

static Job
prepare (Care *care, const char *staff_site)
{
  static char manager[LIMBER_ID_TEXT_LENGTH + 1];
  Job job = { 0 };
  LimberId id;

  care_clock (care, "09:00");
  test_id (&id, "mary");
  limber_id_to_text (&id, manager);
  test_id (&job.staff, "ruth");
  job.author = (LimberAuthor){ manager, "service-manager" };
  test_store_put (care->hub, "staff", &id, "number", "S1", "family", "Ng", "given", "Mary", "role", "service-manager", NULL);
  test_store_put (care->hub, "staff", &job.staff, "number", "S2", "family", "Reid", "given", "Ruth", "role", "reception", "site", staff_site, NULL);
  care_write (care, set_pin, &job);
  return job;
}

static void
test_role (Care *care, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&care->site);
  Job job = prepare (care, site);
  LimberId self = job.staff;
  g_autoptr (LimberRecord) record = NULL;

  job.text = "administrator";
  care_write (care, set_role, &job);
  record = test_store_get (care->hub, "staff", &job.staff);
  g_assert_cmpstr (limber_record_text (record, "role"), ==, "administrator");
  job.text = "king";
  care_refuse_write (care, set_role, &job, LIMBER_ERROR_REFUSED);
  limber_id_parse (&job.staff, job.author.author);
  job.text = "administrator";
  care_refuse_write (care, set_role, &job, LIMBER_ERROR_REFUSED); /* herself */
  job.staff = self;
  job.author = (LimberAuthor){ "00000000-0000-7000-8000-000000000001", "reception" };
  care_refuse_write (care, set_role, &job, LIMBER_ERROR_UNAUTHORISED);
  care_refuse_write (care, leave, &job, LIMBER_ERROR_UNAUTHORISED);
  care_refuse_write (care, stay, &job, LIMBER_ERROR_UNAUTHORISED);
}

static void
test_leave (Care *care, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&care->site);
  Job job = prepare (care, site);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count_sign_in (care), ==, 1);
  job.text = "2026-11-23";
  care_write (care, leave, &job);
  g_assert_cmpuint (count_sign_in (care), ==, 1); /* her last day */
  care_clock (care, "2026-11-24T00:00:00Z");
  g_assert_cmpuint (count_sign_in (care), ==, 0);
  g_assert_false (limber_pin_verify (care->hub, &job.staff, "481516", &error));
  g_clear_error (&error);
  care_write (care, stay, &job);
  g_assert_cmpuint (count_sign_in (care), ==, 1);
  job.text = NULL;
  care_write (care, leave, &job);
  g_assert_cmpuint (count_sign_in (care), ==, 0);
  care_write (care, stay, &job);
  g_assert_true (limber_pin_verify (care->hub, &job.staff, "481516", &error));
  job.text = "tomorrow";
  care_refuse_write (care, leave, &job, LIMBER_ERROR_REFUSED);
}

static void
test_cover (Care *care, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&care->other_site);
  Job job = prepare (care, other);

  g_assert_cmpuint (count_sign_in (care), ==, 0);
  job.cover = (LimberCover){ job.staff, care->site, "2026-11-23", "2026-11-24", "Holidays" };
  care_write (care, cover, &job);
  g_assert_cmpuint (count_sign_in (care), ==, 1);
  care_clock (care, "2026-11-25T09:00:00Z");
  g_assert_cmpuint (count_sign_in (care), ==, 0);
  care_clock (care, "09:00");
  care_write (care, end_cover, &job);
  g_assert_cmpuint (count_sign_in (care), ==, 0);
  job.cover.until = "2026-11-22";
  care_refuse_write (care, cover, &job, LIMBER_ERROR_REFUSED);
  job.cover.until = "2026-11-24";
  job.cover.site = care->other_site;
  care_refuse_write (care, cover, &job, LIMBER_ERROR_REFUSED); /* her own */
  job.cover.site = care->site;
  job.author.author = "00000000-0000-7000-8000-000000000001";
  job.author.role = "reception";
  care_refuse_write (care, cover, &job, LIMBER_ERROR_UNAUTHORISED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/staffing/a-manager-says-what-others-are-and-never-what-she-is", Care, "hub", care_set_up, test_role, care_tear_down);
  g_test_add ("/care/staffing/who-leaves-is-shut-out-from-the-day-after-her-last-and-can-come-back", Care, "hub", care_set_up, test_leave, care_tear_down);
  g_test_add ("/care/staffing/who-covers-signs-in-at-the-other-site-on-those-days-only", Care, "hub", care_set_up, test_cover, care_tear_down);
  return g_test_run ();
}
