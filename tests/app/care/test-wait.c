#include "care-fixture.h"

#include "limber-desk.h"

/* What Declan is told when he comes, or comes again. -1: nothing. */
static void
assert_told (Care *care, const char *time, const char *result, int minutes, int before)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_clock (care, time);
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, result);
  g_assert_cmpint (answer->wait.has_minutes ? answer->wait.minutes : -1, ==, minutes);
  g_assert_cmpint (answer->wait.has_before ? (int) answer->wait.before : -1, ==, before);
  g_assert_cmpint (answer->wait.is_next, ==, before == 0);
}

static void
test_in_time (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:05");
  assert_told (care, "09:35", "checked-in", 25, 1); /* B may still come */
  assert_told (care, "09:41", "already", 20, 0);
}

static void
test_late (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:20");
  care_do (care, limber_desk_check_in, "b", "09:25");
  assert_told (care, "09:45", "checked-in", 35, 1); /* ten o'clock, and twenty minutes late */
  care_do (care, limber_desk_with_clinician, "b", "09:50");
  assert_told (care, "09:55", "already", 25, 0);
}

/* Nobody has gone in yet: it is known who is before her, and not how long it will be. */
static void
test_nothing_is_known (Care *care, gconstpointer data)
{
  care_put_day (care);
  assert_told (care, "09:41", "checked-in", -1, 0);
}

static void
test_nobody_notes (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_check_in, "b", "09:25");
  assert_told (care, "09:45", "checked-in", -1, -1);
}

static void
test_class (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_appointment (care, "c", "c", "10:00", "booked");
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_with_clinician, "a", "09:05");
  assert_told (care, "09:50", "checked-in", 10, -1);
}

static void
test_called (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_day (care);
  assert_told (care, "09:41", "checked-in", -1, 0);
  if (care->store == care->kiosk)
    test_store_push (care->kiosk, care->hub);
  care_do (care, limber_desk_call, "ten", "09:55");
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "already");
  g_assert_true (answer->wait.waits && answer->wait.is_called);
  g_assert_false (answer->wait.has_before || answer->wait.has_minutes);
  care_do (care, limber_desk_with_clinician, "ten", "09:56");
  assert_told (care, "09:57", "already", -1, -1);
}

static void
test_passed_over (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "a", "08:55");
  care_do (care, limber_desk_check_in, "b", "09:25");
  care_do (care, limber_desk_with_clinician, "b", "09:31");
  assert_told (care, "09:45", "checked-in", 15, 0);
}

static void
test_overdue (Care *care, gconstpointer data)
{
  care_put_day (care);
  care_do (care, limber_desk_check_in, "b", "09:25");
  care_do (care, limber_desk_with_clinician, "b", "09:30");
  assert_told (care, "09:45", "checked-in", 15, 0);
  assert_told (care, "10:20", "already", -1, 0);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  care_add_in ("wait", path, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("until-her-time-where-it-runs-in-time", test_in_time);
  add ("and-as-much-longer-as-it-runs-late", test_late);
  add ("nothing-where-nobody-has-gone-in", test_nothing_is_known);
  add ("nothing-where-nobody-notes-who-goes-in", test_nobody_notes);
  add ("a-class-has-nobody-before-her", test_class);
  add ("who-was-called-is-told-so", test_called);
  add ("who-was-passed-over-is-not-before-her", test_passed_over);
  add ("what-should-be-over-is-not-guessed", test_overdue);
  return g_test_run ();
}
