#include "care-fixture.h"

#include "limber-error.h"
#include "limber-guessing.h"
#include "limber-kinds.h"
#include "limber-stage.h"

static char *
code_of (const char *appointment)
{
  LimberId id;

  test_id (&id, appointment);
  return limber_kinds_appointment_code (&id);
}

/* What may be mistyped as O and as l. */
static char *
name_of_a_code_with_0_and_1 (void)
{
  for (guint i = 0;; i++) {
    g_autofree char *name = g_strdup_printf ("appointment %u", i), *code = code_of (name);

    if (strchr (code, '0') != NULL && strchr (code, '1') != NULL)
      return g_steal_pointer (&name);
  }
}

static void
test_letter (Care *care, gconstpointer data)
{
  g_autofree char *name = name_of_a_code_with_0_and_1 (), *code = code_of (name), *small = g_ascii_strdown (code, -1), *typed = NULL;
  g_autoptr (LimberArriveAnswer) answer = NULL, again = NULL;

  care_person (care, "declan", "O'Connor", "Declan", "1954-08-06");
  care_appointment (care, name, "declan", "10:00", "booked");
  care_clock (care, "09:40");
  for (char *at = small; *at != '\0'; at++)
    *at = *at == '0' ? 'o' : *at == '1' ? 'l' : *at;
  typed = g_strdup_printf (" %.5s-%s ", small, small + 5);
  answer = care_code (care, typed);
  care_assert_result (answer, "checked-in");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM arrival WHERE via='letter'"), ==, 1);
  again = care_code (care, code);
  care_assert_result (again, "already");
}

static void
test_letter_of_nobody (Care *care, gconstpointer data)
{
  static const char *const typed[] = { "", "0123456789", "ABCDEFGHJKMNPQRSTVWXYZABCDEFGHJKMNPQRSTVWXYZ", "';--", "\xc3\xa9\xff" };
  g_autofree char *code = code_of ("tomorrow");
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "tomorrow", "declan", "2026-11-24T09:05:00Z", "booked");
  care_clock (care, "09:40");
  answer = care_code (care, code);
  care_assert_result (answer, "no-match");
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autoptr (LimberArriveAnswer) other = care_code (care, typed[i]);
    g_autofree char *json = care_json (other);

    g_assert_cmpstr (json, ==, "{\"result\":\"no-match\"}");
  }
}

/* The letter is about the second; the first is not touched. */
static void
test_letter_is_about_one (Care *care, gconstpointer data)
{
  g_autofree char *code = code_of ("quarter");
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "quarter", "declan", "10:15", "booked");
  care_clock (care, "09:50");
  answer = care_code (care, code);
  care_assert_result (answer, "checked-in");
  care_assert_status (care, "ten", "booked");
  care_assert_status (care, "quarter", "arrived");
}

typedef struct {
  LimberArriveQuestion question;
  LimberArriveAnswer  *answer;
  int                  seconds;
  LimberId             appointment;
} Job;

static gboolean
find (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  job->answer = limber_check_in_find (reader, &job->question, error);
  return job->answer != NULL;
}

static gboolean
ask (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  job->answer = limber_check_in_ask (transaction, &job->question, error);
  return job->answer != NULL;
}

static void
test_find_writes_nothing (Care *care, gconstpointer data)
{
  Job job = { .question = { .day = 6, .month = 8, .initial = 'O' } };
  gint64 before;

  care_put_declan (care, "booked");
  care_project (care);
  care_clock (care, "09:40");
  before = care_count (care, "SELECT count(*) FROM journal");
  g_assert_true (limber_store_read (care->store, find, &job, NULL));
  care_assert_result (job.answer, "checked-in");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal"), ==, before);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM attempt"), ==, 0);
  limber_arrive_answer_free (job.answer);
}

static void
test_ask_tells_but_does_not_record (Care *care, gconstpointer data)
{
  Job job = { .question = { .day = 6, .month = 8, .initial = 'O' } }, late = job;

  care_put_declan (care, "booked");
  care_project (care);
  care_clock (care, "09:40");
  g_assert_true (limber_store_write (care->store, ask, &job, NULL));
  care_assert_result (job.answer, "checked-in");
  care_assert_status (care, "ten", "booked");
  g_assert_cmpint (care_arrivals (care), ==, 0);
  care_clock (care, "10:40");
  g_assert_true (limber_store_write (care->store, ask, &late, NULL));
  care_assert_result (late.answer, "late");
  g_assert_cmpint (care_tasks (care, "came-late"), ==, 1);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM attempt WHERE what='check-in' AND result IN ('found', 'late')"), ==, 2);
  limber_arrive_answer_free (job.answer);
  limber_arrive_answer_free (late.answer);
}

static void
test_find_at_a_time (Care *care, gconstpointer data)
{
  Job job = { .question = { .day = 6, .month = 8, .initial = 'O' } };

  care_put_declan (care, "booked");
  care_project (care);
  care_clock (care, "2026-11-20T09:00:00Z");
  job.question.at = care_time ("09:40");
  g_assert_true (limber_store_read (care->store, find, &job, NULL));
  care_assert_result (job.answer, "checked-in");
  limber_arrive_answer_free (job.answer);
}

static gboolean
confirm (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "patient", "patient" };

  return limber_check_in_confirm (transaction, &((Job *) data)->appointment, 0, "kiosk", &author, error);
}

static void
test_two_screens_one_arrival (Care *care, gconstpointer data)
{
  Job job = { 0 };
  g_autoptr (LimberRecord) hub = NULL, kiosk = NULL;
  LimberId arrival;

  care_put_declan (care, "booked");
  care_project (care);
  test_id (&job.appointment, "ten");
  for (guint i = 0; i < 2; i++) {
    g_assert_true (limber_store_write (care->hub, confirm, &job, NULL));
    g_assert_true (limber_store_write (care->kiosk, confirm, &job, NULL));
  }
  limber_stage_arrival_id (&job.appointment, 0, &arrival);
  hub = test_store_get (care->hub, "arrival", &arrival);
  kiosk = test_store_get (care->kiosk, "arrival", &arrival);
  g_assert_nonnull (hub);
  g_assert_nonnull (kiosk);
  g_assert_cmpint (care_arrivals (care), ==, 1);
}

static void
test_confirm_of_cancelled (Care *care, gconstpointer data)
{
  Job job = { 0 };
  g_autoptr (GError) error = NULL;

  care_put_declan (care, "cancelled");
  care_project (care);
  test_id (&job.appointment, "ten");
  g_assert_false (limber_store_write (care->store, confirm, &job, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

static gboolean
throttle (LimberReader *reader, gpointer data, GError **error)
{
  ((Job *) data)->seconds = limber_guessing_wait (reader);
  return TRUE;
}

static int
seconds (Care *care)
{
  Job job = { 0 };

  g_assert_true (limber_store_read (care->store, throttle, &job, NULL));
  return job.seconds;
}

static void
test_throttle (Care *care, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    care_assert_asked (care, "1/1", 'A', "no-match");
  g_assert_cmpint (seconds (care), ==, 0);
  care_assert_asked (care, "1/1", 'A', "no-match");
  g_assert_cmpint (seconds (care), ==, 60);
  care->clock.now += 59 * 1000;
  g_assert_cmpint (seconds (care), ==, 1);
  care->clock.now += 1000;
  g_assert_cmpint (seconds (care), ==, 0);
  care_assert_asked (care, "1/1", 'A', "no-match");
  g_assert_cmpint (seconds (care), ==, 60);
}

static void
test_throttle_ends_with_a_match (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  for (guint i = 0; i < 9; i++)
    care_assert_asked (care, i % 5 == 4 ? "6/8" : "1/1", 'O', i % 5 == 4 ? "early" : "no-match");
  g_assert_cmpint (seconds (care), ==, 0);
}

static void
test_throttle_forgets (Care *care, gconstpointer data)
{
  for (guint i = 0; i < 5; i++) {
    care->clock.now += (2 * 60 + 31) * 1000;
    care_assert_asked (care, "1/1", 'A', "no-match");
  }
  g_assert_cmpint (seconds (care), ==, 0);
}

static void
test_central_refuses (void)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *dir = test_dir_new ();
  g_autoptr (LimberStore) central = test_store_new (dir, env, LIMBER_CLASS_CENTRAL, NULL);
  Job job = { .question = { .day = 6, .month = 8, .initial = 'O' } };
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_read (central, find, &job, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_clear_object (&central);
  test_dir_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  care_add ("a-question-may-be-about-another-moment", test_find_at_a_time);
  care_add ("a-letters-code-checks-in-however-it-is-typed", test_letter);
  care_add ("a-code-of-nobody-here-today-is-no-match", test_letter_of_nobody);
  care_add ("a-letter-is-about-one-appointment", test_letter_is_about_one);
  care_add ("finding-writes-nothing", test_find_writes_nothing);
  care_add ("asking-tells-the-desk-but-checks-nobody-in", test_ask_tells_but_does_not_record);
  care_add ("two-screens-make-one-arrival", test_two_screens_one_arrival);
  care_add ("a-cancelled-appointment-is-not-confirmed", test_confirm_of_cancelled);
  care_add ("after-five-wrong-tries-the-screen-waits", test_throttle);
  care_add ("a-match-ends-the-row-of-wrong-tries", test_throttle_ends_with_a_match);
  care_add ("wrong-tries-far-apart-are-no-row", test_throttle_forgets);
  g_test_add_func ("/care/check-in/a-store-without-a-site-refuses", test_central_refuses);
  return g_test_run ();
}
