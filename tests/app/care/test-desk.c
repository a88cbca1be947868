#include "care-fixture.h"

#include "limber-desk.h"
#include "limber-error.h"

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };

typedef struct {
  gboolean (*act) (LimberTransaction *, const LimberId *, gint64, const LimberAuthor *, GError **);
  const char *by, *reason; /* of a cancellation */
  const char *at; /* (nullable): "09:40", as typed from paper */
  LimberId appointment;
} Act;

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Act *act = data;
  gint64 at = act->at != NULL ? care_time (act->at) : 0;

  return act->act != NULL ? act->act (transaction, &act->appointment, at, &author, error)
                          : limber_desk_cancel (transaction, &act->appointment, at, act->by, act->reason, &author, error);
}

static gboolean
run (Care *care, Act act, GError **error)
{
  test_id (&act.appointment, "ten");
  return limber_store_write (care->store, carry_out, &act, error);
}

#define assert_done(care, ...)                            \
  G_STMT_START {                                          \
    g_autoptr (GError) failed = NULL;                     \
    run (care, (Act){ __VA_ARGS__ }, &failed);            \
    g_assert_no_error (failed);                           \
  } G_STMT_END

#define assert_refused(care, words, ...)                                 \
  G_STMT_START {                                                         \
    g_autoptr (GError) failed = NULL;                                    \
    g_assert_false (run (care, (Act){ __VA_ARGS__ }, &failed));          \
    g_assert_error (failed, LIMBER_ERROR, LIMBER_ERROR_REFUSED);         \
    g_assert_cmpstr (failed->message, ==, words);                        \
  } G_STMT_END

static void
assert_status (Care *care, const char *status)
{
  g_autofree char *is = care_status (care, "ten");

  g_assert_cmpstr (is, ==, status);
}

static void
set_up (Care *care, gconstpointer data)
{
  care_set_up (care, "hub");
  care_person (care, "declan", "O'Connor", "Declan", "1954-08-06");
  care_appointment (care, "ten", "declan", "10:00", "booked");
}

static void
test_check_in (Care *care, gconstpointer data)
{
  care_clock (care, "08:00"); /* two hours early: staff decide */
  assert_done (care, limber_desk_check_in);
  assert_status (care, "arrived");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM arrival WHERE via='desk' AND round=0"), ==, 1);
}

static void
test_newer_step (Care *care, gconstpointer data)
{
  LimberId ten, declan;
  g_autoptr (GError) error = NULL;

  test_id (&ten, "ten");
  test_id (&declan, "declan");
  test_store_append (care->hub, "appointment", &ten, &declan, "{\"status^\":11}");
  g_assert_false (run (care, (Act){ limber_desk_undo }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "newer Limber"));
  assert_status (care, LIMBER_WORD_NEWER);
}

static void
test_check_in_twice (Care *care, gconstpointer data)
{
  care_clock (care, "09:22");
  assert_done (care, limber_desk_check_in);
  care_clock (care, "09:40");
  assert_refused (care, "Already checked in at 09:22.", limber_desk_check_in);
  assert_done (care, limber_desk_with_clinician);
  assert_refused (care, "Already with the clinician.", limber_desk_check_in);
  assert_done (care, limber_desk_seen);
  assert_refused (care, "Already seen. Undo that first.", limber_desk_check_in);
}

static void
test_check_in_of_the_dead (Care *care, gconstpointer data)
{
  LimberId id;

  test_id (&id, "declan");
  test_store_put (care->hub, "patient", &id, "died", "2018-08-06", NULL);
  assert_refused (care, "This person is recorded as having died on 06-Aug-2018. Make sure who is here; if the record is wrong, correct it first.", limber_desk_check_in);
  assert_status (care, "booked");
}

static void
test_check_in_of_another_day (Care *care, gconstpointer data)
{
  care_clock (care, "2026-11-22T09:40:00Z");
  assert_refused (care, "This appointment is not today: it is on 23-Nov-2026 at 10:00. There is none here today for this person. Say when and where it is, or move it first.", limber_desk_check_in);
}

static void
test_check_in_after_absence (Care *care, gconstpointer data)
{
  care_clock (care, "10:30");
  assert_done (care, limber_desk_did_not_attend);
  assert_done (care, limber_desk_check_in);
  assert_status (care, "arrived");
}

static void
test_undo (Care *care, gconstpointer data)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  assert_refused (care, "There is nothing to undo: the appointment is booked.", limber_desk_undo);
  assert_done (care, limber_desk_check_in);
  assert_done (care, limber_desk_undo);
  assert_status (care, "booked");
  test_id (&id, "ten");
  record = test_store_get (care->store, "appointment", &id);
  g_assert_cmpint (limber_record_integer (record, "status"), ==, LIMBER_PROGRESS_ROUND);
  assert_done (care, limber_desk_check_in);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM arrival"), ==, 2);
  g_assert_cmpint (care_count (care, "SELECT max(round) FROM arrival"), ==, 1);
}

static void
test_cancel_and_undo (Care *care, gconstpointer data)
{
  LimberId id;
  g_autoptr (LimberRecord) cancelled = NULL, back = NULL;

  test_id (&id, "ten");
  assert_refused (care, "Say who cancelled: the patient, or we.", .by = "somebody");
  assert_done (care, .by = "provider", .reason = "Jane is ill");
  assert_refused (care, "Already cancelled.", .by = "patient");
  assert_refused (care, "This appointment was cancelled. Undo the cancellation first.", limber_desk_check_in);
  assert_refused (care, "This appointment was cancelled. Undo the cancellation first.", limber_desk_did_not_attend);
  cancelled = test_store_get (care->store, "appointment", &id);
  g_assert_cmpstr (limber_record_text (cancelled, "cancelled_by"), ==, "provider");
  g_assert_cmpstr (limber_record_text (cancelled, "cancel_reason"), ==, "Jane is ill");
  assert_done (care, limber_desk_undo);
  back = test_store_get (care->store, "appointment", &id);
  g_assert_cmpstr (limber_record_word (back, "status"), ==, "booked");
  g_assert_null (limber_record_text (back, "cancelled_by"));
  g_assert_null (limber_record_text (back, "cancel_reason"));
}

static void
test_cancel_after_arrival (Care *care, gconstpointer data)
{
  assert_done (care, limber_desk_check_in);
  assert_done (care, .by = "patient");
  assert_status (care, "cancelled");
  assert_done (care, limber_desk_undo);
  assert_done (care, limber_desk_check_in);
  assert_done (care, limber_desk_with_clinician);
  assert_refused (care, "Already with the clinician.", .by = "patient");
}

static void
test_did_not_attend (Care *care, gconstpointer data)
{
  care_clock (care, "09:59");
  assert_refused (care, "The appointment has not begun yet.", limber_desk_did_not_attend);
  care_clock (care, "10:30");
  assert_done (care, limber_desk_did_not_attend);
  assert_refused (care, "Already marked as did not attend.", limber_desk_did_not_attend);
  assert_done (care, limber_desk_undo);
  assert_done (care, limber_desk_check_in);
  assert_refused (care, "Already checked in at 10:30.", limber_desk_did_not_attend);
}

static void
test_through_the_clinic (Care *care, gconstpointer data)
{
  assert_refused (care, "Not checked in yet.", limber_desk_call);
  assert_refused (care, "Not checked in yet.", limber_desk_with_clinician);
  assert_refused (care, "Not checked in yet.", limber_desk_seen);
  assert_done (care, limber_desk_check_in);
  assert_done (care, limber_desk_call);
  assert_done (care, limber_desk_call); /* once more, louder */
  assert_status (care, "called");
  assert_done (care, limber_desk_with_clinician);
  assert_refused (care, "Already with the clinician.", limber_desk_call);
  assert_done (care, limber_desk_seen);
  assert_refused (care, "Already seen.", limber_desk_seen);
  assert_refused (care, "Already seen. Undo that first.", limber_desk_call);
  assert_status (care, "seen");
}

/* A kiosk that had not heard of the cancellation: the arrival stands, and undo clears what was said of it. */
static void
test_undo_clears_an_overtaken_cancellation (Care *care, gconstpointer data)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  test_id (&id, "ten");
  test_store_put (care->hub, "appointment", &id, "status", "cancelled", "cancelled_by", "provider", NULL);
  test_store_put (care->hub, "appointment", &id, "status", "arrived", NULL);
  assert_done (care, limber_desk_undo);
  record = test_store_get (care->store, "appointment", &id);
  g_assert_null (limber_record_text (record, "cancelled_by"));
}

static void
put_task (Care *care, const char *name, const char *about, const char *field, const char *value)
{
  LimberId id;

  test_id (&id, name);
  test_store_put (care->hub, "task", &id, "about", about, field, value, "made", "2026-11-23T09:00:00Z", "status", "open", NULL);
}

static gint64
open_tasks (Care *care)
{
  return care_count (care, "SELECT count(*) FROM task WHERE status%16=0");
}

/* What a kiosk told of the visit is done; what somebody must still do is not. */
static void
test_tasks (Care *care, gconstpointer data)
{
  g_autofree char *ten = NULL, *other = NULL, *declan = NULL, *both = NULL;
  LimberId id;

  care_person (care, "deirdre", "O'Connor", "Deirdre", "1954-08-06");
  care_appointment (care, "eleven", "deirdre", "11:00", "booked");
  test_id (&id, "ten");
  ten = limber_id_dup_text (&id);
  test_id (&id, "eleven");
  other = limber_id_dup_text (&id);
  test_id (&id, "declan");
  declan = limber_id_dup_text (&id);
  both = g_strdup_printf ("%s;%s", other, ten);
  put_task (care, "who", "cannot-tell-apart", "candidates", both);
  put_task (care, "late", "came-late", "appointment", ten);
  put_task (care, "seen", "must-be-seen", "patient", declan);
  put_task (care, "hers", "came-late", "appointment", other);
  put_task (care, "phone", "details-changed", "patient", declan);
  g_assert_cmpint (open_tasks (care), ==, 5);
  assert_done (care, limber_desk_check_in);
  g_assert_cmpint (open_tasks (care), ==, 2);
  assert_done (care, limber_desk_undo); /* the wrong line was clicked: somebody still waits */
  g_assert_cmpint (open_tasks (care), ==, 5);
}

/* When the present round says that a step was reached; NULL for not at all. */
static void
assert_time (Care *care, const char *step, const char *time)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull((SELECT at FROM (SELECT round, 'arrived' AS step, at FROM arrival UNION ALL SELECT round, step, at FROM stage)"
                                          " WHERE step='%s' AND round=(SELECT status/16 FROM appointment)), 0)", step);

  g_assert_cmpint (care_count (care, sql), ==, time != NULL ? care_time (time) : 0);
}

static void
go_through (Care *care)
{
  care_clock (care, "09:50");
  assert_done (care, limber_desk_check_in);
  care_clock (care, "10:05");
  assert_done (care, limber_desk_call);
  care_clock (care, "10:06");
  assert_done (care, limber_desk_call); /* once more: the first time stays */
  care_clock (care, "10:07");
  assert_done (care, limber_desk_with_clinician);
  care_clock (care, "10:35");
  assert_done (care, limber_desk_seen);
}

static void
test_times (Care *care, gconstpointer data)
{
  go_through (care);
  assert_time (care, "arrived", "09:50");
  assert_time (care, "called", "10:05");
  assert_time (care, "with-clinician", "10:07");
  assert_time (care, "seen", "10:35");
}

/* From paper, in the evening. */
static void
test_told_times (Care *care, gconstpointer data)
{
  care_clock (care, "18:30");
  assert_done (care, limber_desk_check_in, .at = "09:50");
  assert_refused (care, "That is before this person came, at 09:50.", limber_desk_call, .at = "09:40");
  assert_done (care, limber_desk_call, .at = "10:05");
  assert_refused (care, "That is before this person was called, at 10:05.", limber_desk_with_clinician, .at = "10:00");
  assert_done (care, limber_desk_with_clinician, .at = "10:07");
  assert_refused (care, "That is before this person went in, at 10:07.", limber_desk_seen, .at = "10:06");
  assert_done (care, limber_desk_seen, .at = "10:35");
  assert_time (care, "arrived", "09:50");
  assert_time (care, "called", "10:05");
  assert_time (care, "with-clinician", "10:07");
  assert_time (care, "seen", "10:35");
}

static void
test_told_times_that_cannot_be (Care *care, gconstpointer data)
{
  care_clock (care, "09:50");
  assert_refused (care, "That time is still to come. Say when it was.", limber_desk_check_in, .at = "09:51");
  assert_refused (care, "That time is not on the day of the appointment, 23-Nov-2026.", limber_desk_check_in, .at = "2026-11-22T09:40:00Z");
  care_clock (care, "2026-11-25T09:00:00Z");
  assert_refused (care, "This appointment is not today: it is on 23-Nov-2026 at 10:00. There is none here today for this person. Say when and where it is, or move it first.", limber_desk_check_in);
  assert_refused (care, "That time is not on the day of the appointment, 23-Nov-2026.", .at = "2026-11-24T09:40:00Z", .by = "patient");
  assert_refused (care, "The appointment has not begun yet.", limber_desk_did_not_attend, .at = "09:59");
  assert_status (care, "booked");
  assert_done (care, limber_desk_check_in, .at = "09:55"); /* two days later, and still its own day */
  assert_time (care, "arrived", "09:55");
  assert_done (care, limber_desk_seen); /* nobody says when: that is not known then */
  assert_status (care, "seen");
  assert_time (care, "seen", NULL);
}

static void
test_undo_step_by_step (Care *care, gconstpointer data)
{
  go_through (care);
  assert_done (care, limber_desk_undo);
  assert_status (care, "with-clinician");
  assert_time (care, "arrived", "09:50");
  assert_time (care, "called", "10:05");
  assert_time (care, "with-clinician", "10:07");
  assert_time (care, "seen", NULL);
  assert_done (care, limber_desk_undo);
  assert_status (care, "called");
  assert_time (care, "with-clinician", NULL);
  assert_done (care, limber_desk_undo);
  assert_status (care, "arrived");
  assert_time (care, "called", NULL);
  assert_time (care, "arrived", "09:50");
  assert_done (care, limber_desk_undo);
  assert_status (care, "booked");
  assert_time (care, "arrived", NULL);
  assert_refused (care, "There is nothing to undo: the appointment is booked.", limber_desk_undo);
  g_assert_cmpint (care_count (care, "SELECT status/16 FROM appointment"), ==, 4);
}

/* Nobody pressed anything between coming and being seen. */
static void
test_undo_of_seen_alone (Care *care, gconstpointer data)
{
  assert_done (care, limber_desk_check_in);
  assert_done (care, limber_desk_seen);
  assert_done (care, limber_desk_undo);
  assert_status (care, "arrived");
  assert_done (care, limber_desk_with_clinician);
  assert_done (care, limber_desk_undo);
  assert_status (care, "arrived");
}

static void
test_undo_of_a_cancellation_keeps_her_coming (Care *care, gconstpointer data)
{
  care_clock (care, "09:50");
  assert_done (care, limber_desk_check_in);
  assert_done (care, .by = "provider");
  assert_done (care, limber_desk_undo);
  assert_status (care, "booked");
  assert_time (care, "arrived", "09:50");
  care_clock (care, "10:10");
  assert_done (care, limber_desk_check_in);
  assert_time (care, "arrived", "09:50");
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
  add ("/care/desk/staff-check-in-at-any-hour", test_check_in);
  add ("/care/desk/what-a-newer-program-has-done-is-left-alone", test_newer_step);
  add ("/care/desk/who-is-checked-in-is-not-checked-in-again", test_check_in_twice);
  add ("/care/desk/who-is-recorded-as-died-is-not-checked-in", test_check_in_of_the_dead);
  add ("/care/desk/another-days-appointment-is-not-checked-in", test_check_in_of_another_day);
  add ("/care/desk/who-comes-after-all-is-checked-in", test_check_in_after_absence);
  add ("/care/desk/undo-begins-a-new-round", test_undo);
  add ("/care/desk/undo-of-a-cancellation-takes-its-reason-too", test_cancel_and_undo);
  add ("/care/desk/who-has-come-can-be-cancelled", test_cancel_after_arrival);
  add ("/care/desk/did-not-attend-comes-after-the-start", test_did_not_attend);
  add ("/care/desk/through-the-clinic-in-order", test_through_the_clinic);
  add ("/care/desk/a-check-in-ends-what-a-kiosk-told-of-the-visit", test_tasks);
  add ("/care/desk/undo-clears-a-cancellation-that-an-arrival-overtook", test_undo_clears_an_overtaken_cancellation);
  add ("/care/desk/each-step-keeps-its-time", test_times);
  add ("/care/desk/times-are-retyped-from-paper", test_told_times);
  add ("/care/desk/a-time-that-cannot-be-is-refused", test_told_times_that_cannot_be);
  add ("/care/desk/undo-takes-back-one-step-and-keeps-the-times-before-it", test_undo_step_by_step);
  add ("/care/desk/undo-of-seen-finds-what-was-before", test_undo_of_seen_alone);
  add ("/care/desk/undo-of-a-cancellation-does-not-undo-her-coming", test_undo_of_a_cancellation_keeps_her_coming);
  return g_test_run ();
}
