/* Broken glass: what it allows, for how long, how it is marked, and who looks at it. */
#include "care-fixture.h"

#include "limber-error.h"
#include "limber-glass.h"
#include "limber-pin.h"
#include "limber-standing.h"

typedef struct {
  LimberAuthor    author;
  const char     *reason, *note;
  const LimberId *about;
  LimberId        id;
  LimberStanding  standing;
  GPtrArray      *rows;
  gboolean        all;
} Job;

static char people[4][LIMBER_ID_TEXT_LENGTH + 1];
static const char *const names[4] = { "erin", "mary", "nora", "stu" };
static const char *const roles[4] = { "exercise-professional", "service-manager", "service-manager", "physio-student" };

static void
put_people (Care *care)
{
  g_autofree char *site = limber_id_dup_text (&care->site);

  care_clock (care, "09:00");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    LimberId id;

    test_id (&id, names[i]);
    limber_id_to_text (&id, people[i]);
    test_store_put (care->hub, "staff", &id, "number", names[i], "family", "Ng", "given", names[i], "role", roles[i], "site", site, NULL);
  }
  care_person (care, "anne", "Quill", "Anne", "1954-08-06");
}

static gboolean
break_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  limber_id_init_new (&job->id, limber_transaction_env (transaction));
  return limber_glass_break (transaction, job->about, job->reason, &job->author, &job->id, error);
}

static gboolean
end_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_glass_end (transaction, &((Job *) data)->author, error);
}

static gboolean
review_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_glass_review (transaction, &job->id, job->note, &job->author, error);
}

static gboolean
stand (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  limber_standing_clear (&job->standing);
  job->standing = (LimberStanding){ 0 };
  return limber_standing_read (&job->standing, reader, &job->author, error);
}

static gboolean
list (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  g_clear_pointer (&job->rows, g_ptr_array_unref);
  job->rows = limber_glass_list (reader, job->all, error);
  return job->rows != NULL;
}

static void
assert_standing (Care *care, Job *job, const char *journalled, LimberAction action, gboolean may)
{
  g_autoptr (GError) error = NULL;

  limber_store_read (care->hub, stand, job, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (job->standing.journalled, ==, journalled);
  g_assert_cmpint (limber_standing_may (&job->standing, action, &care->site), ==, may);
}

/* Every action: with glass broken she may what the table gives her, and what the column says; no more. */
static void
test_allows (Care *care, gconstpointer data)
{
  Job job = { .author = { people[0], "exercise-professional" }, .reason = "Nobody else is here to take a referral" };

  put_people (care);
  assert_standing (care, &job, "exercise-professional", LIMBER_ACTION_REFER, FALSE);
  care_write (care, break_it, &job);
  limber_store_read (care->hub, stand, &job, NULL);
  for (guint action = 0; action < LIMBER_N_ACTIONS; action++)
    for (int own = 0; own < 2; own++)
      g_assert_cmpint (limber_standing_may (&job.standing, action, own ? &care->site : &care->other_site), ==,
                       limber_role_may (LIMBER_ROLE_EXERCISE_PROFESSIONAL, action, own) || limber_action_with_glass (action));
  g_assert_cmpstr (job.standing.journalled, ==, "exercise-professional+glass");
  limber_standing_clear (&job.standing);
}

static void
test_time (Care *care, gconstpointer data)
{
  Job job = { .author = { people[0], "exercise-professional" }, .reason = "Nobody else is here to take a referral" };

  put_people (care);
  care_write (care, break_it, &job);
  care_clock (care, "09:59");
  assert_standing (care, &job, "exercise-professional+glass", LIMBER_ACTION_REFER, TRUE);
  care_clock (care, "10:00");
  assert_standing (care, &job, "exercise-professional", LIMBER_ACTION_REFER, FALSE);
  test_store_put (care->hub, "site", &care->site, "glass_minutes", "5", NULL);
  care_write (care, break_it, &job);
  care_clock (care, "10:04");
  assert_standing (care, &job, "exercise-professional+glass", LIMBER_ACTION_REFER, TRUE);
  care_write (care, end_it, &job);
  assert_standing (care, &job, "exercise-professional", LIMBER_ACTION_REFER, FALSE);
  care_write (care, end_it, &job); /* it is over */
  limber_standing_clear (&job.standing);
}

static void
test_refused (Care *care, gconstpointer data)
{
  static const char *const no_reasons[] = { NULL, "", "asdf", "          ", "   help    " };
  Job job = { .author = { people[0], "exercise-professional" } }, student = { .author = { people[3], "physio-student" }, .reason = "My supervisor is ill today" };

  put_people (care);
  for (gsize i = 0; i < G_N_ELEMENTS (no_reasons); i++) {
    job.reason = no_reasons[i];
    care_refuse_write (care, break_it, &job, LIMBER_ERROR_REFUSED);
  }
  care_refuse_write (care, break_it, &student, LIMBER_ERROR_UNAUTHORISED);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM glass"), ==, 0);
}

static void
test_review (Care *care, gconstpointer data)
{
  LimberId anne;
  Job job = { .author = { people[1], "service-manager" }, .reason = "She fell at another site", .about = &anne, .note = "Rang both sites: in order." };
  LimberRow *row;

  put_people (care);
  test_id (&anne, "anne");
  care_write (care, break_it, &job);
  care_refuse_write (care, review_it, &job, LIMBER_ERROR_UNAUTHORISED); /* her own */
  job.author = (LimberAuthor){ people[0], "exercise-professional" };
  care_refuse_write (care, review_it, &job, LIMBER_ERROR_UNAUTHORISED);
  limber_store_read (care->hub, list, &job, NULL);
  g_assert_cmpuint (job.rows->len, ==, 1);
  job.author = (LimberAuthor){ people[2], "service-manager" };
  care_write (care, review_it, &job);
  limber_store_read (care->hub, list, &job, NULL);
  g_assert_cmpuint (job.rows->len, ==, 0);
  job.all = TRUE;
  limber_store_read (care->hub, list, &job, NULL);
  row = g_ptr_array_index (job.rows, 0);
  g_assert_cmpstr (limber_row_text (row, "given"), ==, "mary");
  g_assert_cmpstr (limber_row_text (row, "about_family"), ==, "Quill");
  g_assert_cmpstr (limber_row_text (row, "reviewer_given"), ==, "nora");
  g_assert_cmpstr (limber_row_text (row, "note"), ==, "Rang both sites: in order.");
  g_ptr_array_unref (job.rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/glass/broken-glass-allows-what-its-column-says-and-no-more", Care, "hub", care_set_up, test_allows, care_tear_down);
  g_test_add ("/care/glass/broken-glass-lasts-as-long-as-the-site-has-it-or-until-she-ends-it", Care, "hub", care_set_up, test_time, care_tear_down);
  g_test_add ("/care/glass/nobody-breaks-glass-without-a-reason-and-a-student-not-at-all", Care, "hub", care_set_up, test_refused, care_tear_down);
  g_test_add ("/care/glass/another-manager-looks-at-it-and-says-what-came-of-it", Care, "hub", care_set_up, test_review, care_tear_down);
  return g_test_run ();
}
