/* The diary, with somebody at the desk. How it is worked by keys alone is in program.py. */
#include "desk.h"
#include "limber-diary-grid.h"
#include "limber-diary-panel.h"
#include "sample.h"

static void
open_for (Desk *desk, const char *what, const char *key)
{
  g_autofree char *id = sample_id_text (key), *target = g_strdup_printf ("diary:%s:%s", what, id);

  desk_go (desk, target);
}

/* %NULL until the day is there. */
static LimberDiaryGrid *
grid_of (Desk *desk)
{
  return (LimberDiaryGrid *) desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_DIARY_GRID);
}

static gint64
at (int minutes_after_nine)
{
  return TEST_NOW + minutes_after_nine * G_GINT64_CONSTANT (60000);
}

typedef struct {
  Desk       *desk;
  const char *clinician;
  int         minutes;
} Time;

static gboolean
can_select (gpointer data)
{
  Time *time = data;
  LimberId clinician;

  sample_id (&clinician, time->clinician);
  return grid_of (time->desk) != NULL && limber_diary_grid_select_slot (grid_of (time->desk), at (time->minutes), &clinician);
}

static void
select_free (Desk *desk, const char *clinician, int minutes_after_nine)
{
  g_assert_true (test_wait (can_select, &(Time){ desk, clinician, minutes_after_nine }));
}

static gboolean
can_select_visit (gpointer data)
{
  Time *time = data;
  LimberId id;

  sample_id (&id, time->clinician);
  return grid_of (time->desk) != NULL && limber_diary_grid_select_visit (grid_of (time->desk), &id);
}

static void
begin (Desk *desk)
{
  desk_start_work (desk, 12);
  sample_clinics (desk->store);
}

static void
enter (Desk *desk)
{
  g_signal_emit_by_name (grid_of (desk), "chosen");
}

/* Andrei Munteanu comes at eleven; a clinic's times are free as soon as it is made, and gone as soon as others book them. */
static void
the_day_is_true_while_others_book (void)
{
  Desk desk;

  begin (&desk);
  desk_go (&desk, "diary");
  SEES (&desk, "Jane Clarke");
  select_free (&desk, "jane", 60);
  SEES (&desk, "Free at 10:00");
  sample_visit (desk.store, "elsewhere", "barton", "jane", 60);
  SEES (&desk, "Nothing selected");
  g_assert_false (can_select (&(Time){ &desk, "jane", 60 }));
  desk_tear_down (&desk);
}

/* Li is with Rachel at half past ten: Jane cannot see him then, and the desk says so and keeps him in hand. */
static void
whom_one_came_with_stays_in_hand_when_it_cannot_be (void)
{
  Desk desk;

  begin (&desk);
  open_for (&desk, "for", "li");
  SEES (&desk, "Booking for");
  SEES (&desk, "LI, Jon (Mr)");
  select_free (&desk, "jane", 80);
  enter (&desk);
  SEES (&desk, "This person has another appointment then: 10:30 to 11:00, Rachel Nowak");
  SEES (&desk, "Booking for");
  select_free (&desk, "jane", 60);
  enter (&desk);
  SEES (&desk, "Booked: Jon Li");
  SEES_NOT (&desk, "Booking for");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for Jon Li");
  select_free (&desk, "jane", 60);
  desk_tear_down (&desk);
}

static int
count_anyway (Desk *desk)
{
  return (int) test_store_count (desk->store, "SELECT count(*) FROM appointment WHERE anyway='Priya said so'");
}

static gboolean
is_kept (gpointer data)
{
  return count_anyway (data) == 1;
}

static void
a_taken_time_takes_a_reason (void)
{
  Desk desk;
  LimberDiaryPanel *panel;

  begin (&desk);
  open_for (&desk, "for", "barton");
  SEES (&desk, "BARTON-WOOD");
  g_assert_true (test_wait (can_select_visit, &(Time){ &desk, "visit-patel", 0 }));
  SEES (&desk, "Book this time although it is taken");
  panel = LIMBER_DIARY_PANEL (desk_find (&desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_DIARY_PANEL));
  enter (&desk);
  g_assert_cmpint (count_anyway (&desk), ==, 0);
  g_signal_emit_by_name (panel, "anyway", "Priya said so");
  g_assert_true (test_wait (is_kept, &desk));
  desk_tear_down (&desk);
}

static void
follow_ups_are_shown_before_they_are_booked (void)
{
  Desk desk;

  begin (&desk);
  open_for (&desk, "for", "barton");
  SEES (&desk, "BARTON-WOOD");
  select_free (&desk, "priya", 150);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_SPIN_BUTTON)), 3);
  SEES (&desk, "Monday 21-Dec-2026 11:30");
  enter (&desk);
  SEES (&desk, "Booked: Geoffrey Barton-Wood");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM appointment a JOIN patient p ON p.n=a.patient WHERE p.number='barton' AND a.status=0"), ==, 3);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for Geoffrey Barton-Wood");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM appointment a JOIN patient p ON p.n=a.patient WHERE p.number='barton' AND a.status=0"), ==, 0);
  desk_tear_down (&desk);
}

/* From the person's page: another in the place of one that was not come to. */
static void
another_is_booked_in_the_place_of_one (void)
{
  Desk desk;

  begin (&desk);
  open_for (&desk, "again", "visit-barton");
  SEES (&desk, "Booking in the place of 23-Nov-2026 09:00");
  SEES (&desk, "BARTON-WOOD, Geoffrey");
  select_free (&desk, "rachel", 150);
  enter (&desk);
  SEES (&desk, "Booked: Geoffrey Barton-Wood");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM appointment WHERE replaces IS NOT NULL"), ==, 1);
  desk_tear_down (&desk);
}

static void
somebody_who_came_without_an_appointment_is_checked_in (void)
{
  Desk desk;

  begin (&desk);
  sample_person (desk.store, "walker", "Quill", "Peter", "Mr", "1980-02-03");
  open_for (&desk, "for", "walker");
  SEES (&desk, "QUILL, Peter (Mr)");
  desk_act (&desk, "desk.walk-in");
  SEES (&desk, "Peter Quill checked in, without an appointment");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for Peter Quill");
  desk_tear_down (&desk);
}

static void
who_did_not_come_is_booked_again_from_the_list (void)
{
  Desk desk;

  begin (&desk);
  desk_type (&desk, "barton");
  SEES (&desk, "with Rachel Nowak · Did not come");
  desk_act (&desk, "desk.book");
  SEES (&desk, "Booking in the place of 23-Nov-2026");
  desk_tear_down (&desk);
}

/* The caret, and what was typed. */
static gboolean
search_waits (gpointer data)
{
  Desk *desk = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (desk->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (desk_search_box (desk))) && *gtk_editable_get_text (desk_search_box (desk)) == '\0';
}

static void
who_is_found_is_here_without_an_appointment (void)
{
  Desk desk;

  begin (&desk);
  sample_person (desk.store, "walker", "Quill", "Peter", "Mr", "1980-02-03");
  desk_type (&desk, "quill");
  SEES (&desk, "No appointment here today");
  desk_act (&desk, "desk.walk-in");
  SEES (&desk, "Peter Quill checked in, without an appointment");
  g_assert_true (test_wait (search_waits, &desk));
  desk_type (&desk, "quill");
  SEES (&desk, "Here 09:41");
  desk_act (&desk, "desk.open");
  desk_act (&desk, "desk.walk-in");
  SEES (&desk, "This person has an appointment here today at 09:41"); /* refused, with the reason */
  desk_tear_down (&desk);
}

static void
who_may_be_another_is_looked_at_first (void)
{
  Desk desk;

  begin (&desk);
  sample_person (desk.store, "walker", "Quill", "Peter", "Mr", "1980-02-03");
  sample_person (desk.store, "namesake", "Quill", "Peter", "Mr", "1991-12-30");
  desk_type (&desk, "quill");
  SEES (&desk, "Same name as somebody else");
  desk_act (&desk, "desk.walk-in");
  SEES (&desk, "There are no appointments on this computer.");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM appointment WHERE type='walk-in'"), ==, 0);
  desk_act (&desk, "desk.walk-in");
  SEES (&desk, "Peter Quill checked in, without an appointment");
  desk_tear_down (&desk);
}

static void
her_appointment_is_moved_or_cancelled_from_the_list (void)
{
  Desk desk;

  begin (&desk);
  desk_type (&desk, "thomas");
  SEES (&desk, "10:00 with Rachel Nowak · Booked");
  desk_act (&desk, "desk.for-visit::move");
  SEES (&desk, "Moving the appointment of");
  SEES (&desk, "THOMAS, David (Mr)");
  desk_act (&desk, "desk.back");
  desk_select (&desk, "visit-thomas");
  desk_act (&desk, "desk.for-visit::cancel");
  SEES (&desk, "The patient cancels");
  desk_act (&desk, "desk.back");
  desk_type (&desk, "thomas");
  desk_enter (&desk);
  SEES (&desk, "David Thomas checked in");
  SEES (&desk, "Here 09:41");
  desk_act (&desk, "desk.for-visit::move");
  SEES (&desk, "it is not just booked");
  sample_person (desk.store, "walker", "Quill", "Peter", "Mr", "1980-02-03");
  desk_type (&desk, "quill");
  SEES (&desk, "No appointment here today");
  desk_act (&desk, "desk.for-visit::cancel");
  SEES (&desk, "Choose which one on this page");
  desk_tear_down (&desk);
}

static gboolean
is_written_down (gpointer data)
{
  return test_store_count (((Desk *) data)->store, "SELECT count(*) FROM journal WHERE header LIKE '%\"reading\"%' AND body LIKE '%print%'") == 1;
}

static void
a_letter_is_printed_from_there (void)
{
  g_autofree char *dir = test_dir_new (), *file = g_build_filename (dir, "letter.pdf", NULL);
  Desk desk;

  begin (&desk);
  open_for (&desk, "visit", "visit-munteanu");
  SEES (&desk, "Print letter");
  g_setenv ("LIMBER_PRINT_TO", file, TRUE);
  desk_act_in (&desk, "LimberDiaryPanel", "diary.letter");
  SEES (&desk, "Handed to the printer: the letter");
  g_unsetenv ("LIMBER_PRINT_TO");
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_true (test_wait (is_written_down, &desk));
  desk_tear_down (&desk);
  test_dir_remove (dir);
}

static gboolean
is_loaded (gpointer data)
{
  return limber_day_is_loaded (data) && g_list_model_get_n_items (limber_day_get_places (data)) == 3;
}

/* Of the twelve of the sample, at 09:41. */
static void
todays_list_shows_those_who_are_asked_for (void)
{
  static const struct { LimberDayShow show; const char *place; guint n; } asked[] = {
    { LIMBER_DAY_ALL, NULL, 12 }, { LIMBER_DAY_ALL, "room-3", 4 }, { LIMBER_DAY_HERE, NULL, 4 }, { LIMBER_DAY_NEEDS_YOU, NULL, 2 }, { LIMBER_DAY_LATE, NULL, 2 },
    { LIMBER_DAY_LATE, "room-3", 0 }, { LIMBER_DAY_LONG_WAIT, NULL, 1 }, { LIMBER_DAY_DID_NOT_COME, NULL, 1 }, { LIMBER_DAY_CANCELLED, NULL, 0 }, { LIMBER_DAY_SEEN, NULL, 0 },
  };
  Desk desk;
  LimberDay *day;

  desk_start_work (&desk, 12);
  day = limber_day_new (desk.store);
  g_assert_true (test_wait (is_loaded, day));
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++) {
    LimberId place = { { 0 } };

    if (asked[i].place != NULL)
      sample_id (&place, asked[i].place);
    limber_day_show (day, asked[i].show, NULL, asked[i].place != NULL ? &place : NULL);
    g_assert_cmpuint (g_list_model_get_n_items (limber_day_get_visits (day)), ==, asked[i].n);
  }
  g_object_unref (day);
  desk_tear_down (&desk);
}

/* Two desks that were apart: the list of today asks to move one, and shows it in the diary. */
static void
who_is_booked_twice_is_shown_in_the_diary (void)
{
  Desk desk;

  begin (&desk);
  sample_task (desk.store, "twice", "booked-twice", "visit-munteanu visit-patel", 30);
  SEES (&desk, "Move one of the two.");
  SEES (&desk, "booked twice at one time");
  desk_press (&desk, "Show");
  SEES (&desk, "The patient cancels");
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  g_test_add_func ("/ui/desk/diary/the-day-is-true-while-others-book", the_day_is_true_while_others_book);
  g_test_add_func ("/ui/desk/diary/whom-one-came-with-stays-in-hand-when-it-cannot-be", whom_one_came_with_stays_in_hand_when_it_cannot_be);
  g_test_add_func ("/ui/desk/diary/a-taken-time-takes-a-reason", a_taken_time_takes_a_reason);
  g_test_add_func ("/ui/desk/diary/follow-ups-are-shown-before-they-are-booked", follow_ups_are_shown_before_they_are_booked);
  g_test_add_func ("/ui/desk/diary/another-is-booked-in-the-place-of-one", another_is_booked_in_the_place_of_one);
  g_test_add_func ("/ui/desk/diary/somebody-who-came-without-an-appointment-is-checked-in", somebody_who_came_without_an_appointment_is_checked_in);
  g_test_add_func ("/ui/desk/diary/who-did-not-come-is-booked-again-from-the-list", who_did_not_come_is_booked_again_from_the_list);
  g_test_add_func ("/ui/desk/diary/who-is-found-is-here-without-an-appointment", who_is_found_is_here_without_an_appointment);
  g_test_add_func ("/ui/desk/diary/who-may-be-another-is-looked-at-first", who_may_be_another_is_looked_at_first);
  g_test_add_func ("/ui/desk/diary/her-appointment-is-moved-or-cancelled-from-the-list", her_appointment_is_moved_or_cancelled_from_the_list);
  g_test_add_func ("/ui/desk/diary/a-letter-is-printed-from-there", a_letter_is_printed_from_there);
  g_test_add_func ("/ui/desk/diary/todays-list-shows-those-who-are-asked-for", todays_list_shows_those_who_are_asked_for);
  g_test_add_func ("/ui/desk/diary/who-is-booked-twice-is-shown-in-the-diary", who_is_booked_twice_is_shown_in_the_diary);
  return g_test_run ();
}
