#include "care-fixture.h"

#include "limber-desk.h"

/* What Declan is told when he checks in. */
static void
assert_told (Care *care, const char *time, int minutes)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;
  g_autofree char *json = NULL, *wanted = g_strdup_printf ("\"delay_minutes\":%d", minutes);

  care_clock (care, time);
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "checked-in");
  g_assert_cmpint (answer->delay_minutes, ==, minutes);
  json = care_json (answer);
  g_assert_true ((strstr (json, wanted) != NULL) == (minutes > 0));
}

static void
test_in_time (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:05");
  assert_told (care, "09:40", 0);
}

static void
test_the_last_who_went_in (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:40");
  care_do (care, limber_desk_check_in, "b", "09:25");
  care_do (care, limber_desk_with_clinician, "b", "09:42");
  assert_told (care, "09:45", 15); /* twelve minutes, rounded up: forty are made up for */
}

static void
test_who_is_called_counts (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_call, "a", "09:21");
  assert_told (care, "09:40", 25);
}

static void
test_who_still_waits (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:05");
  care_do (care, limber_desk_check_in, "b", "09:25");
  assert_told (care, "09:51", 25);
}

/* It is not Sam who is late. */
static void
test_who_came_late_herself (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "09:28");
  care_do (care, limber_desk_with_clinician, "a", "09:30");
  care_do (care, limber_desk_check_in, "b", "09:50");
  assert_told (care, "09:55", 0);
}

static void
test_who_was_passed_over (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55"); /* and nobody noted that she went in */
  care_do (care, limber_desk_check_in, "b", "09:25");
  care_do (care, limber_desk_with_clinician, "b", "09:31");
  assert_told (care, "09:45", 0);
}

static void
test_where_nothing_is_noted (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_check_in, "b", "09:25");
  assert_told (care, "09:55", 0);
}

static void
test_the_first_of_the_day_waits (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  assert_told (care, "09:35", 35);
}

static void
test_old_evidence (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_appointment (care, "ten", "declan", "14:00", "booked");
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:40");
  assert_told (care, "13:45", 0);
}

static void
test_another_clinician (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_see (care, "Sam", "Room 2", "a", NULL); /* another Sam */
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:40");
  assert_told (care, "09:45", 0);
}

static void
test_a_clock_ahead (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "10:40");
  assert_told (care, "09:45", 0);
}

static void
test_nobody_named (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  assert_told (care, "09:45", 0);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  care_add_in ("delay", path, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-clinician-in-time-is-not-spoken-of", test_in_time);
  add ("the-last-who-went-in-says-how-late-it-is", test_the_last_who_went_in);
  add ("who-was-called-is-as-good-as-in", test_who_is_called_counts);
  add ("whoever-still-waits-says-it-too", test_who_still_waits);
  add ("who-came-late-was-not-kept-waiting", test_who_came_late_herself);
  add ("who-was-passed-over-says-nothing", test_who_was_passed_over);
  add ("where-nobody-notes-who-goes-in-nothing-is-said", test_where_nothing_is_noted);
  add ("the-first-of-the-day-who-waits-says-it", test_the_first_of_the_day_waits);
  add ("what-was-two-hours-ago-says-nothing", test_old_evidence);
  add ("another-of-the-same-name-in-another-room-is-another", test_another_clinician);
  add ("a-time-to-come-says-nothing", test_a_clock_ahead);
  add ("with-nobody-named-nothing-is-said", test_nobody_named);
  return g_test_run ();
}
