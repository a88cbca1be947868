/* Day's end, who is in the building, and typing in from paper, as a receptionist uses them. */
#include <glib/gstdio.h>

#include "desk.h"
#include "limber-end-page.h"
#include "limber-end-row.h"
#include "limber-retype-page.h"
#include "limber-retype-row.h"
#include "pdf.h"
#include "sample.h"

#define HOUR (60 * G_GINT64_CONSTANT (60000))

static void
act_on_selected (Desk *desk, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), action, "s", ""));
}

/* A site with Thompson, who came, and Thomas, who is booked; both three days ago. */
static void
start_after_three_days (Desk *desk)
{
  desk_set_up (desk, TRUE, 0);
  sample_person (desk->store, "thompson", "Thompson", "Dorothy", "Mrs", "1949-03-12");
  sample_person (desk->store, "thomas", "Thomas", "David", "Mr", "1954-08-06");
  sample_visit (desk->store, "visit-thompson", "thompson", "priya", -3 * 24 * 60);
  sample_visit (desk->store, "visit-thomas", "thomas", "rachel", -3 * 24 * 60 + 30);
  sample_arrive (desk->store, "visit-thompson", "thompson", -3 * 24 * 60 - 8);
  desk_sign_in (desk);
}

static void
the_day_says_quietly_what_earlier_days_left (void)
{
  Desk desk;

  start_after_three_days (&desk);
  SEES (&desk, "2 appointments of earlier days are not closed");
  desk_press (&desk, "Day’s end");
  SEES (&desk, "Here from 08:52: seen or not?");
  SEES (&desk, "Booked: came or not?");
  SEES (&desk, "2 left");
  desk_tear_down (&desk);
}

static void
what_is_closed_leaves_and_comes_back_by_undo (void)
{
  Desk desk;

  start_after_three_days (&desk);
  SEES (&desk, "2 appointments of earlier");
  desk_act (&desk, "day.end");
  SEES (&desk, "2 left");
  desk_press (&desk, "Was seen");
  SEES (&desk, "Dorothy Thompson was seen");
  SEES (&desk, "1 left");
  STATUS_IS (&desk, "visit-thompson", "seen");
  desk_act (&desk, "desk.did-not-attend"); /* Ctrl+D: the one that is selected now */
  SEES (&desk, "David Thomas did not come");
  SEES (&desk, "Everything is closed");
  STATUS_IS (&desk, "visit-thomas", "did-not-attend");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "1 left");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "2 left");
  STATUS_IS (&desk, "visit-thompson", "arrived");
  desk_tear_down (&desk);
}

/* Nothing is waited for between the keys: each takes back what was done last, also while it is still being done. */
static void
a_fast_hand_takes_back_the_last_first (void)
{
  Desk desk;

  start_after_three_days (&desk);
  desk_act (&desk, "day.end");
  SEES (&desk, "2 left");
  desk_press (&desk, "Was seen");
  SEES (&desk, "1 left");
  desk_act (&desk, "desk.did-not-attend");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for David Thomas");
  STATUS_IS (&desk, "visit-thompson", "seen");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_act (&desk, "desk.did-not-attend");
  desk_act (&desk, "desk.undo");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "2 left");
  STATUS_IS (&desk, "visit-thompson", "arrived");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_tear_down (&desk);
}

static void
a_cancellation_says_by_whom_and_why (void)
{
  Desk desk;
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  start_after_three_days (&desk);
  desk_act (&desk, "day.end");
  SEES (&desk, "2 left");
  desk_press (&desk, "Was seen");
  SEES (&desk, "1 left");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_ENTRY)), " Her bus did not run ");
  act_on_selected (&desk, "day.cancelled-by-patient");
  SEES (&desk, "Everything is closed");
  sample_id (&id, "visit-thomas");
  record = test_store_get (desk.store, "appointment", &id);
  g_assert_cmpstr (limber_record_word (record, "status"), ==, "cancelled");
  g_assert_cmpstr (limber_record_text (record, "cancelled_by"), ==, "patient");
  g_assert_cmpstr (limber_record_text (record, "cancel_reason"), ==, "Her bus did not run");
  desk_tear_down (&desk);
}

static void
what_is_refused_says_why (void)
{
  Desk desk;
  LimberId id;

  start_after_three_days (&desk);
  sample_id (&id, "visit-thompson");
  test_store_put (desk.store, "appointment", &id, "status", "with-clinician", NULL);
  desk_act (&desk, "day.end");
  SEES (&desk, "Went in: seen or not?");
  act_on_selected (&desk, "day.cancelled-by-us");
  SEES (&desk, "Already with the clinician.");
  SEES (&desk, "2 left");
  desk_tear_down (&desk);
}

static void
what_another_screen_closes_meanwhile_leaves_the_list (void)
{
  Desk desk;
  LimberId id;

  start_after_three_days (&desk);
  desk_act (&desk, "day.end");
  SEES (&desk, "2 left");
  sample_id (&id, "visit-thomas");
  test_store_put (desk.store, "appointment", &id, "status", "cancelled", NULL);
  SEES (&desk, "1 left");
  SEES_NOT (&desk, "THOMAS, David");
  desk_tear_down (&desk);
}

static void
enter_checks_nobody_in_at_days_end (void)
{
  Desk desk;

  desk_start_work (&desk, 0);
  sample_person (desk.store, "thomas", "Thomas", "David", "Mr", "1954-08-06");
  sample_visit (desk.store, "visit-thomas", "thomas", "rachel", 0);
  SEES (&desk, "THOMAS, David (Mr)");
  desk.clock.now += 8 * HOUR;
  desk_act (&desk, "day.end");
  SEES (&desk, "1 left");
  desk_enter (&desk);
  desk_act (&desk, "desk.check-in");
  desk_press (&desk, "Did not come"); /* what was asked for before is carried out before */
  SEES (&desk, "Everything is closed");
  STATUS_IS (&desk, "visit-thomas", "did-not-attend");
  desk_tear_down (&desk);
}

static void
what_is_over_opens_as_the_clock_goes_on (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_act (&desk, "day.end");
  SEES (&desk, "Everything is closed");
  desk.clock.now += 8 * HOUR;
  desk_act (&desk, "day.end");
  desk.text = "11 left"; /* all but the one who did not come; at once, not at the next tick */
  g_assert_true (desk_can_see (&desk));
  desk_tear_down (&desk);
}

/* Typing */

static GtkEditable *
field (Desk *desk, const char *name)
{
  GtkWidget *page = desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_RETYPE_PAGE);

  return GTK_EDITABLE (gtk_widget_get_template_child (page, LIMBER_TYPE_RETYPE_PAGE, name));
}

static void
type_line (Desk *desk, const char *came, const char *seen)
{
  gtk_editable_set_text (field (desk, "came"), came);
  gtk_editable_set_text (field (desk, "seen"), seen);
  g_signal_emit_by_name (field (desk, "seen"), "activate");
}

static gboolean
is_her_line (GtkWidget *widget, gconstpointer texts)
{
  const char *const *both = texts;

  return LIMBER_IS_RETYPE_ROW (widget) && desk_says (widget, both[0]) && desk_says (widget, both[1]);
}

static const char *line_texts[2];

static gboolean
line_says (gpointer data)
{
  return desk_find (data, is_her_line, line_texts) != NULL;
}

#define LINE_SAYS(desk_, name_, text_) G_STMT_START { line_texts[0] = name_; line_texts[1] = text_; g_assert_true (test_wait (line_says, desk_)); } G_STMT_END

static void
open_paper_of_three_days_ago (Desk *desk)
{
  start_after_three_days (desk);
  SEES (desk, "2 appointments of earlier");
  desk_act (desk, "day.end");
  SEES (desk, "2 left");
  desk_press (desk, "Came…");
  SEES (desk, "Friday 20-Nov-2026");
  LINE_SAYS (desk, "THOMAS, David", "Booked");
}

static void
a_line_is_saved_as_it_is_left_with_the_times_of_the_paper (void)
{
  Desk desk;
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  open_paper_of_three_days_ago (&desk);
  type_line (&desk, "922", "1005");
  LINE_SAYS (&desk, "THOMAS, David", "Seen · saved");
  LINE_SAYS (&desk, "THOMAS, David", "09:22");
  STATUS_IS (&desk, "visit-thomas", "seen");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM stage WHERE step='seen'"), ==, 1);
  sample_id (&id, "visit-thomas");
  record = test_store_get (desk.store, "appointment", &id);
  g_assert_cmpint (limber_record_integer (record, "start") + 35 * (HOUR / 60), ==, test_store_count (desk.store, "SELECT at FROM stage WHERE step='seen'"));
  desk_press (&desk, "Undo this line");
  LINE_SAYS (&desk, "THOMAS, David", "Booked");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_tear_down (&desk);
}

static void
who_did_not_come_takes_one_letter (void)
{
  Desk desk;

  open_paper_of_three_days_ago (&desk);
  type_line (&desk, "n", "");
  LINE_SAYS (&desk, "THOMAS, David", "Did not come · saved");
  STATUS_IS (&desk, "visit-thomas", "did-not-attend");
  desk_tear_down (&desk);
}

static void
what_is_not_understood_stays_in_the_field_and_says_why (void)
{
  Desk desk;

  open_paper_of_three_days_ago (&desk);
  type_line (&desk, "late", "");
  LINE_SAYS (&desk, "THOMAS, David", "That is no time of day.");
  SEES (&desk, "1 line not saved");
  g_assert_cmpstr (gtk_editable_get_text (field (&desk, "came")), ==, "late");
  STATUS_IS (&desk, "visit-thomas", "booked");
  type_line (&desk, "922", "");
  LINE_SAYS (&desk, "THOMAS, David", "Here 09:22 · saved");
  SEES_NOT (&desk, "1 line not saved");
  desk_tear_down (&desk);
}

static void
a_line_that_another_screen_moved_on_is_not_overwritten (void)
{
  Desk desk;
  LimberId id;

  open_paper_of_three_days_ago (&desk);
  gtk_editable_set_text (field (&desk, "came"), "922");
  sample_id (&id, "visit-thomas");
  test_store_put (desk.store, "appointment", &id, "status", "did-not-attend", NULL);
  LINE_SAYS (&desk, "THOMAS, David", "Another screen has gone on");
  LINE_SAYS (&desk, "THOMAS, David", "Did not come");
  g_signal_emit_by_name (field (&desk, "came"), "activate");
  LINE_SAYS (&desk, "THOMAS, David", "Another screen has gone on"); /* refused once, when she has not seen it before */
  g_assert_cmpstr (gtk_editable_get_text (field (&desk, "came")), ==, "922");
  STATUS_IS (&desk, "visit-thomas", "did-not-attend");
  desk_tear_down (&desk);
}

static void
what_was_typed_and_not_saved_is_there_when_the_page_is_opened_again (void)
{
  Desk desk;

  open_paper_of_three_days_ago (&desk);
  type_line (&desk, "late", "");
  SEES (&desk, "1 line not saved");
  desk_act (&desk, "desk.back");
  SEES (&desk, "Monday 23-Nov-2026");
  desk_act (&desk, "day.retype");
  SEES (&desk, "1 line not saved");
  LINE_SAYS (&desk, "THOMAS, David", "late");
  desk_tear_down (&desk);
}

/* The building, and printing */

static void
who_is_in_the_building_is_shown_and_changes (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  SEES (&desk, "two people match");
  g_setenv ("LIMBER_PRINT_TO", "/nonexistent/limber.pdf", TRUE);
  desk_act (&desk, "day.building");
  SEES (&desk, "3 people are in the building, and 2 more may be.");
  SEES (&desk, "As of 09:41");
  SEES (&desk, "there is no printer that can be used");
  SEES (&desk, "interpreter, Gujarati");
  SEES (&desk, "with Omar Khalid");
  sample_arrive (desk.store, "visit-thomas", "thomas", 40);
  SEES (&desk, "4 people are in the building, and 2 more may be.");
  desk_tear_down (&desk);
}

static gboolean
is_written (gpointer path)
{
  GStatBuf about;

  return g_stat (path, &about) == 0 && about.st_size > 1000;
}

static void
both_papers_come_out_of_the_printer (void)
{
  Desk desk;
  g_autofree char *folder = test_dir_new (), *day = g_build_filename (folder, "day.pdf", NULL), *building = g_build_filename (folder, "building.pdf", NULL), *list = NULL, *people = NULL;

  desk_start_work (&desk, 12);
  SEES (&desk, "two people match");
  g_setenv ("LIMBER_PRINT_TO", day, TRUE);
  desk_act (&desk, "day.print");
  SEES (&desk, "Handed to the printer: the day’s list");
  g_assert_true (test_wait (is_written, day));
  g_setenv ("LIMBER_PRINT_TO", building, TRUE);
  desk_act (&desk, "day.building");
  SEES (&desk, "Handed to the printer: who is in the building");
  g_assert_true (test_wait (is_written, building));
  list = pdf_text (day);
  people = pdf_text (building);
  g_assert_nonnull (strstr (list, "Alexandra Avenue · Monday 23-Nov-2026"));
  g_assert_nonnull (strstr (list, "THOMPSON, Dorothy (Mrs)"));
  g_assert_nonnull (strstr (list, "ȘTEFĂNESCU, Ioana (Ms)")); /* who is restricted: her name, and no more */
  g_assert_null (strstr (list, "900397"));
  g_assert_null (strstr (list, "HA3"));
  g_assert_nonnull (strstr (people, "3 people are in the building, and 2 more may be."));
  g_assert_nonnull (strstr (people, "Signed in at this desk: Anna Reid."));
  g_assert_null (strstr (people, "900397"));
  g_unsetenv ("LIMBER_PRINT_TO");
  desk_tear_down (&desk);
  test_dir_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
#define ADD(name, function) g_test_add_func ("/ui/day/" name, function)
  ADD ("the-day-says-quietly-what-earlier-days-left", the_day_says_quietly_what_earlier_days_left);
  ADD ("what-is-closed-leaves-and-comes-back-by-undo", what_is_closed_leaves_and_comes_back_by_undo);
  ADD ("a-fast-hand-takes-back-the-last-first", a_fast_hand_takes_back_the_last_first);
  ADD ("a-cancellation-says-by-whom-and-why", a_cancellation_says_by_whom_and_why);
  ADD ("what-is-refused-says-why", what_is_refused_says_why);
  ADD ("what-another-screen-closes-meanwhile-leaves-the-list", what_another_screen_closes_meanwhile_leaves_the_list);
  ADD ("enter-checks-nobody-in-at-days-end", enter_checks_nobody_in_at_days_end);
  ADD ("what-is-over-opens-as-the-clock-goes-on", what_is_over_opens_as_the_clock_goes_on);
  ADD ("a-line-is-saved-as-it-is-left-with-the-times-of-the-paper", a_line_is_saved_as_it_is_left_with_the_times_of_the_paper);
  ADD ("who-did-not-come-takes-one-letter", who_did_not_come_takes_one_letter);
  ADD ("what-is-not-understood-stays-in-the-field-and-says-why", what_is_not_understood_stays_in_the_field_and_says_why);
  ADD ("a-line-that-another-screen-moved-on-is-not-overwritten", a_line_that_another_screen_moved_on_is_not_overwritten);
  ADD ("what-was-typed-and-not-saved-is-there-when-the-page-is-opened-again", what_was_typed_and_not_saved_is_there_when_the_page_is_opened_again);
  ADD ("who-is-in-the-building-is-shown-and-changes", who_is_in_the_building_is_shown_and_changes);
  ADD ("both-papers-come-out-of-the-printer", both_papers_come_out_of_the_printer);
  return g_test_run ();
}
