#include "care-fixture.h"

#include "limber-attendance.h"

static gboolean
read_suggestion (LimberReader *reader, gpointer data, GError **error)
{
  LimberId id;
  g_autoptr (LimberRecord) appointment = NULL;
  LimberAttended attended;

  test_id (&id, "ten");
  appointment = limber_reader_get (reader, "appointment", &id, error);
  if (appointment == NULL || !limber_attendance_read (reader, appointment, &attended, error))
    return FALSE;
  *(const char **) data = limber_attendance_suggest (&attended);
  return TRUE;
}

static void
assert_suggested (Care *care, const char *code)
{
  const char *suggested = NULL;
  g_autoptr (GError) error = NULL;

  limber_store_read (care->hub, read_suggestion, &suggested, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (suggested, ==, code);
}

static void
assert_confirmed (Care *care, const char *code, const char *note)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  test_id (&id, "ten");
  record = test_store_get (care->hub, "appointment", &id);
  g_assert_cmpstr (limber_record_text (record, "attendance"), ==, code);
  g_assert_cmpstr (limber_record_text (record, "attendance_note"), ==, note);
}

/* Declan at ten, after Rose at half past nine with the same clinician. */
static void
set_up (Care *care, gconstpointer data)
{
  care_set_up (care, "hub");
  care_put_declan (care, "booked");
  care_person (care, "rose", "Oakley", "Rose", "1960-01-01");
  care_appointment (care, "half nine", "rose", "09:30", "booked");
  care_see (care, "Sam", "Gym", "ten", "half nine", NULL);
}

static void
see (Care *care, const char *appointment, const char *came, const char *went_in, const char *seen)
{
  care_do (care, limber_desk_check_in, appointment, came);
  care_do (care, limber_desk_with_clinician, appointment, went_in);
  if (seen != NULL)
    care_do (care, limber_desk_seen, appointment, seen);
}

static void
test_in_time (Care *care, gconstpointer data)
{
  assert_suggested (care, NULL);
  care_do (care, limber_desk_check_in, "ten", "10:00");
  assert_suggested (care, NULL);
  care_do (care, limber_desk_with_clinician, "ten", "10:20");
  assert_suggested (care, "5");
  care_do (care, limber_desk_seen, "ten", "10:40");
  assert_suggested (care, "5");
}

static void
test_late_and_waited_for (Care *care, gconstpointer data)
{
  see (care, "half nine", "09:25", "09:30", "09:55");
  see (care, "ten", "10:04", "10:05", "10:30");
  assert_suggested (care, "6"); /* ready from ten on */
}

static void
test_late_but_before_the_clinician (Care *care, gconstpointer data)
{
  see (care, "half nine", "09:25", "09:40", "10:06");
  see (care, "ten", "10:04", "10:07", "10:30");
  assert_suggested (care, "5"); /* Sam was with Rose until six minutes past */
}

/* Whom the clinician took in before, whatever the list says. */
static void
test_previous_is_who_went_in_before (Care *care, gconstpointer data)
{
  care_appointment (care, "eleven", "rose", "11:00", "booked");
  care_see (care, "Sam", "Gym", "eleven", NULL);
  see (care, "half nine", "09:25", "09:30", "09:55");
  see (care, "eleven", "09:50", "09:56", "10:10"); /* she was there early, Declan was not */
  see (care, "ten", "10:05", "10:12", "10:30");
  assert_suggested (care, "5");
}

static void
test_another_clinician_does_not_count (Care *care, gconstpointer data)
{
  care_see (care, "Priya", "Room 2", "half nine", NULL);
  see (care, "half nine", "09:25", "09:40", "10:06");
  see (care, "ten", "10:04", "10:07", "10:30");
  assert_suggested (care, "6");
}

static void
test_lacking_times (Care *care, gconstpointer data)
{
  care_do (care, limber_desk_check_in, "half nine", "09:25");
  care_do (care, limber_desk_with_clinician, "half nine", "09:30"); /* nobody says when she was done */
  see (care, "ten", "10:04", "10:07", "10:30");
  assert_suggested (care, NULL);
  care_code_attendance (care, "ten", "6", NULL, NULL); /* whoever was there knows */
  assert_confirmed (care, "6", NULL);
}

static void
test_not_attended (Care *care, gconstpointer data)
{
  care_do (care, limber_desk_did_not_attend, "ten", "10:30");
  assert_suggested (care, "3");
  care_code_attendance (care, "ten", "3", NULL, NULL);
  assert_confirmed (care, "3", NULL);
}

static void
cancel (Care *care, const char *by)
{
  LimberId id;

  test_id (&id, "ten");
  test_store_put (care->hub, "appointment", &id, "status", "cancelled", "cancelled_by", by, NULL);
}

static void
test_cancelled (Care *care, gconstpointer data)
{
  LimberId declan;

  cancel (care, "patient");
  assert_suggested (care, "2");
  cancel (care, "provider");
  assert_suggested (care, "4");
  test_id (&declan, "declan");
  test_store_put (care->hub, "patient", &declan, "died", "2026-11-20", NULL);
  assert_suggested (care, "2"); /* a death is 2, whoever took it off the list */
}

static void
test_death_in_another_record (Care *care, gconstpointer data)
{
  g_autofree char *declan = NULL;
  LimberId id;

  cancel (care, "provider");
  test_id (&id, "declan");
  declan = limber_id_dup_text (&id);
  care_person (care, "old", "Connor", "Declan", "1954-08-06");
  test_id (&id, "old");
  test_store_put (care->hub, "patient", &id, "merged_into", declan, "died", "2026-11-20", NULL);
  assert_suggested (care, "2");
}

static void
test_another_code_needs_a_reason (Care *care, gconstpointer data)
{
  see (care, "ten", "09:50", "10:00", "10:30");
  care_code_attendance (care, "ten", "6", NULL, "Say why: it is not what the times say.");
  care_code_attendance (care, "ten", "6", "", "Say why: it is not what the times say.");
  care_code_attendance (care, "ten", "6", "Was in the cafe when called", NULL);
  assert_confirmed (care, "6", "Was in the cafe when called");
  care_code_attendance (care, "ten", "5", NULL, NULL);
  assert_confirmed (care, "5", NULL);
}

static void
test_codes_fit_what_became_of_it (Care *care, gconstpointer data)
{
  static const char *const no = "That does not fit what became of the appointment. Put that right first.";

  care_code_attendance (care, "ten", "5", "x", no);
  see (care, "ten", "09:50", "10:00", "10:30");
  care_code_attendance (care, "ten", "3", "x", no);
  care_code_attendance (care, "ten", "7", "x", no);
  care_code_attendance (care, "ten", "0", "x", "That is no attendance code: it is 2, 3, 4, 5, 6 or 7.");
  care_code_attendance (care, "ten", "55", "x", "That is no attendance code: it is 2, 3, 4, 5, 6 or 7.");
  assert_confirmed (care, NULL, NULL);
}

static void
test_taking_back (Care *care, gconstpointer data)
{
  see (care, "ten", "09:50", "10:00", "10:30");
  care_code_attendance (care, "ten", "6", "why", NULL);
  care_code_attendance (care, "ten", NULL, NULL, NULL);
  assert_confirmed (care, NULL, NULL);
  care_assert_status (care, "ten", "seen");
  care_code_attendance (care, "ten", "5", NULL, NULL);
  care_do (care, limber_desk_undo, "ten", NULL); /* not seen yet: nothing can be said */
  assert_confirmed (care, NULL, NULL);
}

/* On time is on time, when she is still in the room and after. */
static void
test_said_before_she_is_done (Care *care, gconstpointer data)
{
  see (care, "ten", "09:50", "10:00", NULL);
  care_code_attendance (care, "ten", "5", NULL, NULL);
  care_do (care, limber_desk_seen, "ten", "10:30");
  assert_confirmed (care, "5", NULL);
}

/* What is done next is not what was coded. */
static void
test_a_later_step_clears_it (Care *care, gconstpointer data)
{
  care_do (care, limber_desk_did_not_attend, "ten", "10:10");
  care_code_attendance (care, "ten", "3", NULL, NULL);
  care_do (care, limber_desk_check_in, "ten", "10:20");
  assert_confirmed (care, NULL, NULL);
}

static void
test_could_not_be_seen (Care *care, gconstpointer data)
{
  care_could_not (care, "ten", "09:55", "x", "This person was in time: here at 09:55. If we could not see them, cancel it as cancelled by us.");
  care_could_not (care, "ten", "10:25", "No slot left", NULL);
  care_assert_status (care, "ten", "did-not-attend");
  assert_confirmed (care, "7", "No slot left");
  assert_suggested (care, "7");
  g_assert_cmpint (care_count (care, "SELECT at FROM arrival"), ==, care_time ("10:25"));
  care_do (care, limber_desk_undo, "ten", NULL);
  care_assert_status (care, "ten", "booked");
  assert_confirmed (care, NULL, NULL);
  g_assert_cmpint (care_count (care, "SELECT max(at) FROM arrival WHERE round=1"), ==, care_time ("10:25")); /* he is there all the same */
}

static void
test_could_not_be_seen_after_check_in (Care *care, gconstpointer data)
{
  care_do (care, limber_desk_check_in, "ten", "10:15");
  care_could_not (care, "ten", "10:20", "No slot left", NULL);
  care_assert_status (care, "ten", "did-not-attend");
  assert_suggested (care, "7");
  care_do (care, limber_desk_undo, "ten", NULL);
  care_do (care, limber_desk_check_in, "ten", "10:30");
  care_do (care, limber_desk_seen, "ten", "10:50");
  care_could_not (care, "ten", NULL, "x", "Already seen. Undo that first.");
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_test_add (path, Care, NULL, set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/care/attendance/who-came-by-the-start-was-on-time", test_in_time);
  add ("/care/attendance/who-was-waited-for-was-late", test_late_and_waited_for);
  add ("/care/attendance/late-but-before-the-clinician-was-ready-is-on-time", test_late_but_before_the_clinician);
  add ("/care/attendance/the-one-before-is-who-went-in-before", test_previous_is_who_went_in_before);
  add ("/care/attendance/another-clinicians-people-do-not-count", test_another_clinician_does_not_count);
  add ("/care/attendance/lacking-times-suggest-nothing", test_lacking_times);
  add ("/care/attendance/who-did-not-come-is-3", test_not_attended);
  add ("/care/attendance/a-cancellation-is-2-or-4-and-a-death-is-2", test_cancelled);
  add ("/care/attendance/whichever-of-her-records-says-that-she-died", test_death_in_another_record);
  add ("/care/attendance/another-code-than-the-suggested-needs-a-reason", test_another_code_needs_a_reason);
  add ("/care/attendance/a-code-fits-what-became-of-it", test_codes_fit_what_became_of_it);
  add ("/care/attendance/what-was-said-can-be-taken-back", test_taking_back);
  add ("/care/attendance/it-can-be-said-before-she-is-done", test_said_before_she_is_done);
  add ("/care/attendance/a-later-step-clears-what-was-said", test_a_later_step_clears_it);
  add ("/care/attendance/who-came-too-late-to-be-seen-is-7", test_could_not_be_seen);
  add ("/care/attendance/who-was-checked-in-late-can-be-7-too", test_could_not_be_seen_after_check_in);
  return g_test_run ();
}
