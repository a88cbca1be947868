/* The course of a visit at the desk: from who came to how it is coded, and back. */
#include "desk.h"
#include "limber-person-page.h"
#include "sample.h"

static void
assert_attendance (Desk *desk, const char *visit, const char *code, const char *note)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  sample_id (&id, visit);
  record = test_store_get (desk->store, "appointment", &id);
  g_assert_cmpstr (limber_record_text (record, "attendance"), ==, code);
  g_assert_cmpstr (limber_record_text (record, "attendance_note"), ==, note);
}

static void
at (Desk *desk, int minutes_after_nine)
{
  desk->clock.now = TEST_NOW + minutes_after_nine * G_GINT64_CONSTANT (60000);
}

static void
one_key_leads_from_the_call_to_the_end_and_one_confirms (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_select (&desk, "visit-thomas");
  desk_enter (&desk);
  SEES (&desk, "Here 09:41");
  at (&desk, 62);
  desk_act (&desk, "visit.next-step");
  SEES (&desk, "Came 09:41 · called 10:02");
  desk_press (&desk, "Call again");
  at (&desk, 63);
  desk_act (&desk, "visit.next-step");
  SEES (&desk, "Came 09:41 · called 10:02 · went in 10:03");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM call"), ==, 2);
  SEES_NOT (&desk, "Call again");
  at (&desk, 90);
  desk_act (&desk, "visit.next-step");
  SEES (&desk, "Came 09:41 · called 10:02 · went in 10:03 · seen by 10:30");
  SEES (&desk, "By the times: On time. Not confirmed yet.");
  desk_act (&desk, "visit.confirm");
  SEES (&desk, "On time. Confirmed.");
  SEES (&desk, "Attendance of David Thomas confirmed");
  assert_attendance (&desk, "visit-thomas", "5", NULL);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "By the times: On time. Not confirmed yet.");
  assert_attendance (&desk, "visit-thomas", NULL, NULL);
  desk_press (&desk, "Undo “seen”");
  SEES_NOT (&desk, "seen by 10:30");
  STATUS_IS (&desk, "visit-thomas", "with-clinician");
  desk_tear_down (&desk);
}

static gboolean
is_call_by (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_DROP_DOWN (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, LIMBER_TYPE_PERSON_PAGE) != NULL;
}

static gboolean
has_chosen (gpointer data)
{
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  sample_id (&id, "thomas");
  record = test_store_get (((Desk *) data)->store, "patient", &id);
  return record != NULL && g_strcmp0 (limber_record_text (record, "call_by"), "fetch") == 0;
}

static void
staff_see_and_set_how_somebody_is_called (void)
{
  Desk desk;
  LimberId site;
  GtkWidget *chosen;

  desk_start_work (&desk, 12);
  sample_id (&site, "site");
  test_store_put (desk.store, "site", &site, "call_by", "name", NULL);
  desk_select (&desk, "visit-thomas");
  SEES_NOT (&desk, "On the screen");
  desk_enter (&desk);
  SEES (&desk, "On the screen: David T.");
  desk_act (&desk, "desk.open");
  SEES (&desk, "In the waiting room");
  chosen = desk_find (&desk, is_call_by, NULL);
  g_assert_nonnull (chosen);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chosen), 2);
  SEES (&desk, "Saved: how to call this person");
  g_assert_true (test_wait (has_chosen, &desk));
  desk_act (&desk, "desk.back");
  SEES (&desk, "Not on the screen: please fetch this person");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "This person is called as before");
  SEES (&desk, "On the screen: David T.");
  desk_tear_down (&desk);
}

static gboolean
is_entry (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_ENTRY (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL;
}

static gboolean
is_otherwise (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)), "It was otherwise…") == 0;
}

static void
another_answer_is_given_with_its_reason (void)
{
  Desk desk;
  GtkWidget *why, *answer;

  desk_start_work (&desk, 12);
  sample_step (desk.store, "visit-thompson", "thompson", "seen", 41);
  desk_select (&desk, "visit-thompson");
  SEES (&desk, "By the times: On time. Not confirmed yet.");
  gtk_menu_button_popup (GTK_MENU_BUTTON (desk_find (&desk, is_otherwise, NULL)));
  SEES (&desk, "Why?");
  why = desk_find (&desk, is_entry, NULL);
  answer = desk_find (&desk, desk_is_button, "Late, but seen");
  g_assert_nonnull (why);
  g_assert_nonnull (answer);
  g_assert_false (gtk_widget_is_sensitive (answer)); /* not without a reason */
  g_signal_emit_by_name (why, "activate");
  gtk_editable_set_text (GTK_EDITABLE (why), "Was on the telephone when called");
  g_signal_emit_by_name (why, "activate");
  SEES (&desk, "Late, but seen. Confirmed: Was on the telephone when called");
  assert_attendance (&desk, "visit-thompson", "6", "Was on the telephone when called");
  desk_press (&desk, "Take that back");
  SEES (&desk, "By the times: On time. Not confirmed yet.");
  desk_tear_down (&desk);
}

static void
who_came_and_is_not_checked_in_needs_somebody (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  SEES (&desk, "1 needs you");
  sample_come (desk.store, "visit-barton", "barton", 22); /* after he was marked absent */
  SEES (&desk, "came at 09:22, not checked in");
  SEES (&desk, "2 need you");
  desk_select (&desk, "visit-barton");
  SEES (&desk, "Came at 09:22, not checked in");
  desk_press (&desk, "Undo “did not come”");
  SEES (&desk, "Could not be seen");
  SEES (&desk, "Came at 09:22, not checked in");
  desk_press (&desk, "Could not be seen");
  SEES (&desk, "Geoffrey Barton-Wood could not be seen");
  SEES (&desk, "Came late, could not be seen. Confirmed.");
  SEES (&desk, "Came too late");
  assert_attendance (&desk, "visit-barton", "7", NULL);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for Geoffrey Barton-Wood");
  assert_attendance (&desk, "visit-barton", NULL, NULL);
  desk_tear_down (&desk);
}

/* Also when nothing but the time of a call is new. */
static void
how_late_it_runs_is_told (void)
{
  Desk desk;
  LimberId id;

  desk_start_work (&desk, 12);
  desk_select (&desk, "visit-patel");
  SEES (&desk, "Here 09:40");
  sample_id (&id, "visit-long");
  test_store_put (desk.store, "appointment", &id, "status", "called", NULL);
  SEES (&desk, "Called");
  sample_step (desk.store, "visit-long", "long", "called", 38);
  SEES (&desk, "Priya Shah runs about 25 minutes late");
  desk_tear_down (&desk);
}

static void
guessing_is_told_and_done_with (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  sample_guessing (desk.store, 33);
  SEES (&desk, "7 tries in a row at “Front door” since 09:33 matched nobody. See whether somebody needs help there.");
  desk_tear_down (&desk);
}

/* What she said at the kiosk stands with the visit and on her page, and changes while one looks. */
static void
what_was_answered_at_the_kiosk_stands_with_the_visit (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_select (&desk, "visit-thompson");
  SEES (&desk, "Pain today: 6 of 10 · Since last time: Worse");
  SEES (&desk, "Confirmed 06-Aug-2026");
  desk_select (&desk, "visit-thomas");
  SEES_NOT (&desk, "Answered at the kiosk");
  SEES_NOT (&desk, "Confirmed");
  sample_answers (desk.store, "visit-thomas", 3, LIMBER_RESPONSE_IN_PROGRESS, FALSE);
  SEES (&desk, "Pain today: 3 of 10 · 1 of 3 so far");
  at (&desk, 43);
  sample_answers (desk.store, "visit-thomas", 3, LIMBER_RESPONSE_STOPPED, FALSE);
  SEES (&desk, "Pain today: 3 of 10 · stopped after 1 of 3");
  desk_act (&desk, "desk.open");
  SEES (&desk, "23-Nov-2026  Pain today: 3 of 10 · stopped after 1 of 3");
  desk_tear_down (&desk);
}

static void
who_would_rather_be_asked_by_a_person_is_a_task (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  sample_answers (desk.store, "visit-thomas", 3, LIMBER_RESPONSE_STOPPED, TRUE);
  SEES (&desk, "THOMAS, David (Mr) would rather be asked the questions by a person.");
  desk_select (&desk, "visit-thomas");
  SEES (&desk, "Pain today: 3 of 10 · would rather be asked by a person");
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
#define ADD(name, function) g_test_add_func ("/ui/desk/course/" name, function)
  ADD ("staff-see-and-set-how-somebody-is-called", staff_see_and_set_how_somebody_is_called);
  ADD ("one-key-leads-from-the-call-to-the-end-and-one-confirms", one_key_leads_from_the_call_to_the_end_and_one_confirms);
  ADD ("another-answer-is-given-with-its-reason", another_answer_is_given_with_its_reason);
  ADD ("who-came-and-is-not-checked-in-needs-somebody", who_came_and_is_not_checked_in_needs_somebody);
  ADD ("how-late-it-runs-is-told", how_late_it_runs_is_told);
  ADD ("guessing-is-told-and-done-with", guessing_is_told_and_done_with);
  ADD ("what-was-answered-at-the-kiosk-stands-with-the-visit", what_was_answered_at_the_kiosk_stands_with_the_visit);
  ADD ("who-would-rather-be-asked-by-a-person-is-a-task", who_would_rather_be_asked_by_a_person_is_a_task);
  return g_test_run ();
}
