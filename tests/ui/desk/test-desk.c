/* The desk's window as a receptionist uses it, in process: what she types and presses, and what she then sees. */
#include "desk.h"
#include "limber-error.h"
#include "limber-results.h"
#include "limber-visit-row.h"
#include "sample.h"

static void
who_needs_somebody_and_who_waits_longest_stand_first (void)
{
  Desk desk;
  const char *const order[] = { "O'CONNOR, Declan", "O'CONNOR, Daniel (Mr)", "THOMPSON, Dorothy (Mrs)", "PATEL, Hansa (Mrs)", "WIŚNIEWSKA, Małgorzata" };

  desk_start_work (&desk, 12);
  desk.text = order[0];
  g_assert_true (test_wait (desk_first_is, &desk));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    g_autofree char *name = desk_name_at (&desk, i);

    g_assert_cmpstr (name, ==, order[i]);
  }
  SEES (&desk, "12 booked, 3 here so far, 1 needs you");
  SEES (&desk, "two people match · at the kiosk now");
  SEES (&desk, "19 min");
  SEES (&desk, "26 min late");
  desk_tear_down (&desk);
}

static void
an_arrival_comes_to_the_top_as_it_happens (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  SEES (&desk, "3 here so far");
  sample_arrive (desk.store, "visit-thomas", "thomas", 20);
  SEES (&desk, "4 here so far");
  SEES (&desk, "Here 09:20");
  sample_task (desk.store, "task-2", "came-late", "visit-barton", 40);
  SEES (&desk, "2 need you");
  SEES (&desk, "BARTON-WOOD, Geoffrey (Dr) came too late");
  desk_tear_down (&desk);
}

static void
three_letters_and_enter_check_somebody_in_and_undo_takes_it_back (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thomas");
  SEES (&desk, "10:00 with Rachel Nowak · Booked");
  desk_enter (&desk);
  SEES (&desk, "David Thomas checked in");
  STATUS_IS (&desk, "visit-thomas", "arrived");
  SEES (&desk, "Here 09:41");
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "");
  g_assert_cmpstr (limber_visit_get_name (desk_selected (&desk)), ==, "THOMAS, David (Mr)");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for David Thomas");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_tear_down (&desk);
}

static gboolean
is_her_row (GtkWidget *widget, gconstpointer text)
{
  return LIMBER_IS_VISIT_ROW (widget) && desk_says (widget, text);
}

static gboolean
her_row_is_here (gpointer data)
{
  return desk_find (data, is_her_row, "Here 09:41") != NULL;
}

static void
who_was_checked_in_stays_in_sight_in_a_long_list (void)
{
  Desk desk;

  desk_start_work (&desk, 60);
  sample_person (desk.store, "late-one", "Quill", "Peter", "Mr", "1980-02-03");
  sample_visit (desk.store, "visit-late-one", "late-one", "priya", 600);
  desk_type (&desk, "quill");
  SEES (&desk, "19:00 with Priya Shah · Booked");
  desk_enter (&desk);
  SEES (&desk, "Peter Quill checked in");
  g_assert_true (test_wait (her_row_is_here, &desk));
  desk_tear_down (&desk);
}

static void
the_selected_visit_stays_selected_when_it_changes (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_select (&desk, "visit-thomas");
  SEES (&desk, "Born 06-Aug-1954 (72y) · Male");
  desk_enter (&desk);
  SEES (&desk, "Undo check-in");
  g_assert_cmpstr (limber_visit_get_name (desk_selected (&desk)), ==, "THOMAS, David (Mr)");
  desk_press (&desk, "Undo check-in");
  SEES_NOT (&desk, "Undo check-in");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_tear_down (&desk);
}

static void
smiths (Desk *desk)
{
  LimberId id;

  desk_start_work (desk, 12);
  sample_person (desk->store, "smith-1", "Smith", "John", "Mr", "1954-08-06");
  sample_visit (desk->store, "visit-smith-1", "smith-1", "rachel", 60);
  sample_person (desk->store, "smith-2", "SMITH", "John", "Mr", "1981-01-02");
  sample_id (&id, "smith-2");
  test_store_put (desk->store, "patient", &id, "address", "9 Hidden Way\nHarrow", "restricted", "1", NULL);
}

/* Rows that wrap are as high as they are. */
static gboolean
results_are_not_cut_off (gpointer data)
{
  GtkWidget *results = desk_find (data, desk_is_of_type, (gconstpointer) LIMBER_TYPE_RESULTS), *scrolled = results;
  GtkAdjustment *adjustment;

  while (scrolled != NULL && !GTK_IS_SCROLLED_WINDOW (scrolled))
    scrolled = gtk_widget_get_first_child (scrolled);
  if (scrolled == NULL)
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  return gtk_adjustment_get_upper (adjustment) > 0 && gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment);
}

static void
long_names_of_several_are_shown_whole (void)
{
  static const char *const keys[] = { "long-1", "long-2" };
  Desk desk;

  desk_start_work (&desk, 12);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    sample_person (desk.store, keys[i], "Featherstonehaugh-Cholmondeley-Blenkinsop", "Maximilian Bartholomew Alexander", "The Rt Hon", "1954-08-06");
  desk_type (&desk, "feather max");
  SEES (&desk, "Same name as somebody else");
  g_assert_true (test_wait (results_are_not_cut_off, &desk));
  desk_tear_down (&desk);
}

/* Whoever types "Daffy" sees at once why it is David. */
static void
somebody_is_found_by_what_he_likes_to_be_called (void)
{
  LimberId id;
  Desk desk;

  desk_start_work (&desk, 12);
  sample_id (&id, "thomas");
  test_store_put (desk.store, "patient", &id, "preferred", "Daffy", NULL);
  desk_type (&desk, "daf");
  SEES (&desk, "THOMAS, David (Mr) “Daffy”");
  desk_tear_down (&desk);
}

static void
people_of_one_name_are_told_apart_and_nobody_is_checked_in_unseen (void)
{
  Desk desk;

  smiths (&desk);
  desk_type (&desk, "smith john");
  SEES (&desk, "Same name as somebody else: check the date of birth");
  SEES (&desk, "142 Alexandra Avenue, HA3 1HQ");
  SEES (&desk, "Address restricted");
  SEES_NOT (&desk, "Hidden Way");
  desk_enter (&desk);
  SEES (&desk, "Edit details");
  SEES (&desk, "Born 06-Aug-1954 (72y)");
  STATUS_IS (&desk, "visit-smith-1", "booked");
  desk_enter (&desk);
  SEES (&desk, "John Smith checked in");
  STATUS_IS (&desk, "visit-smith-1", "arrived");
  desk_type (&desk, "smith john 1981");
  SEES (&desk, "02-Jan-1981");
  SEES_NOT (&desk, "Same name as somebody else");
  desk_tear_down (&desk);
}

static void
the_banner_says_when_a_namesake_is_expected (void)
{
  Desk desk;
  LimberId id;

  smiths (&desk);
  desk_type (&desk, "smith john 2/1/81");
  SEES (&desk, "02-Jan-1981");
  desk_enter (&desk);
  SEES (&desk, "Somebody else with the same name is expected here today at 10:00, born 06-Aug-1954. Check the date of birth.");
  sample_id (&id, "visit-smith-1");
  test_store_put (desk.store, "appointment", &id, "status", "seen", NULL);
  SEES_NOT (&desk, "Somebody else with the same name");
  desk_type (&desk, "smith john 6/8/54");
  SEES (&desk, "06-Aug-1954");
  desk_act (&desk, "desk.open");
  SEES_NOT (&desk, "Somebody else with the same name");
  desk_tear_down (&desk);
}

/* Another record of her own is nobody else. */
static void
who_was_merged_is_no_namesake_of_herself (void)
{
  static const char *const keys[] = { "quill-1", "quill-2", "quill-3" };
  g_autofree char *into = sample_id_text ("quill-1");
  Desk desk;
  LimberId id;

  desk_start_work (&desk, 12);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *visit = g_strconcat ("visit-", keys[i], NULL);

    sample_person (desk.store, keys[i], "Quill", i < 2 ? "Peter" : "Petter", "Mr", "1980-02-03");
    if (i > 0)
      sample_visit (desk.store, visit, keys[i], "priya", (int) i * 15);
  }
  sample_id (&id, "quill-2");
  test_store_put (desk.store, "patient", &id, "merged_into", into, NULL);
  desk_type (&desk, "quill peter");
  SEES (&desk, "QUILL, Petter (Mr)");
  desk_act (&desk, "desk.open");
  SEES (&desk, "expected here today at 09:30");
  desk.text = "expected here today at 09:15";
  g_assert_true (desk_cannot_see (&desk));
  desk_tear_down (&desk);
}

static void
who_is_not_quite_what_was_typed_is_looked_at_first (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thomes");
  SEES (&desk, "THOMAS, David (Mr)");
  SEES (&desk, "Not quite what was typed");
  desk_enter (&desk);
  SEES (&desk, "Edit details");
  SEES (&desk, "Born 06-Aug-1954 (72y)");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_tear_down (&desk);
}

static void
somebody_who_is_not_expected_today_is_opened (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  sample_person (desk.store, "stranger", "Quill", "Peter", "Mr", "1980-02-03");
  desk_type (&desk, "quill");
  SEES (&desk, "No appointment here today");
  desk_enter (&desk);
  SEES (&desk, "There are no appointments on this computer.");
  SEES (&desk, "QUILL, Peter (Mr)");
  desk_act (&desk, "desk.back");
  SEES (&desk, "Monday 23-Nov-2026");
  desk_tear_down (&desk);
}

static void
a_restricted_address_is_hidden_until_it_is_asked_for (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "ioana");
  SEES (&desk, "Enter does what stands on the right · Ctrl Enter opens the person · Ctrl I: here without an appointment · Esc clears"); /* she is on today's list too */
  desk_act (&desk, "desk.open");
  SEES (&desk, "Address and telephone are restricted");
  desk.text = "HA3 1HQ";
  g_assert_true (desk_cannot_see (&desk));
  desk_press (&desk, "Show them");
  SEES (&desk, "HA3 1HQ");
  desk_tear_down (&desk);
}

static void
a_task_that_is_done_leaves_and_comes_back_by_undo (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  SEES (&desk, "O'CONNOR, Declan or O'CONNOR, Daniel (Mr)");
  desk_press (&desk, "Done");
  SEES (&desk, "Task done");
  SEES_NOT (&desk, "two people match");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "two people match");
  desk_tear_down (&desk);
}

static void
a_day_without_appointments_says_so (void)
{
  Desk desk;

  desk_start_work (&desk, 0);
  SEES (&desk, "Nobody is booked here today");
  sample_person (desk.store, "late-comer", "Quill", "Peter", "Mr", "1980-02-03");
  sample_visit (desk.store, "visit-late-comer", "late-comer", "priya", 90);
  SEES (&desk, "QUILL, Peter (Mr)");
  desk_tear_down (&desk);
}

static void
a_wrong_pin_is_said_and_a_right_one_lets_in (void)
{
  Desk desk;

  desk_set_up (&desk, TRUE, 0);
  SEES (&desk, "Priya Shah");
  desk.text = "Rachel Nowak"; /* she has no PIN */
  g_assert_true (desk_cannot_see (&desk));
  g_signal_emit_by_name (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 1);
  desk_give_pin (&desk, "");
  SEES (&desk, "Type your PIN.");
  desk_give_pin (&desk, "000001");
  SEES (&desk, "That PIN is not right.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_PASSWORD_ENTRY))), ==, "");
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Monday 23-Nov-2026");
  SEES (&desk, "Priya Shah");
  desk_tear_down (&desk);
}

static void
while_nobody_has_a_pin_the_page_says_how_to_give_one (void)
{
  Desk desk;

  desk_set_up (&desk, FALSE, 0);
  SEES (&desk, "Nobody can sign in here yet");
  SEES (&desk, "staff pin S0001");
  sample_staff (desk.store, TRUE);
  SEES (&desk, "Anna Reid");
  desk_tear_down (&desk);
}

static void
an_untouched_screen_locks_itself_and_keeps_the_work (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thom");
  desk.clock.now += 9 * G_GINT64_CONSTANT (60000);
  limber_window_check_idle (desk.window);
  SEES (&desk, "THOMAS, David (Mr)");
  desk.clock.now += 2 * G_GINT64_CONSTANT (60000);
  limber_window_check_idle (desk.window);
  SEES (&desk, "Locked. Your work is as you left it.");
  desk.text = "THOMAS";
  g_assert_true (desk_cannot_see (&desk));
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "THOMAS, David (Mr)");
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "thom");
  desk_tear_down (&desk);
}

static void
signing_out_leaves_nothing_for_the_next (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thom");
  desk_act (&desk, "win.sign-out");
  desk_sign_in (&desk);
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "");
  g_assert_null (desk_selected (&desk));
  desk_tear_down (&desk);
}

static void
trouble_with_the_store_is_told_in_the_window (void)
{
  Desk desk;
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_DISK_FULL, "There is no room.");
  g_autoptr (LimberTrouble) trouble = limber_trouble_new (error, "limber", "/a/store");

  desk_start_work (&desk, 12);
  limber_window_tell_trouble (desk.window, trouble);
  SEES (&desk, "The disk is full");
  SEES (&desk, "There is no room.");
  SEES (&desk, "What was kept");
  g_assert_nonnull (desk_find (&desk, desk_is_button, "Try again"));
  desk.text = "THOMAS";
  g_assert_true (desk_cannot_see (&desk));
  desk_tear_down (&desk);
}

static void
sync_is_shown_only_when_something_is_known (void)
{
  Desk desk;
  LimberSyncFacts facts = { .state = LIMBER_SYNC_UNKNOWN };

  desk_start_work (&desk, 12);
  limber_window_show_sync (desk.window, &facts);
  desk.text = "Up to date";
  g_assert_true (desk_cannot_see (&desk));
  facts = (LimberSyncFacts){ .state = LIMBER_SYNC_UP_TO_DATE, .last_sync = desk.clock.now, .peer = "hub", .central_reachable = TRUE };
  limber_window_show_sync (desk.window, &facts);
  SEES (&desk, "Up to date · 09:41");
  facts = (LimberSyncFacts){ .state = LIMBER_SYNC_OFFLINE, .offline_since = TEST_NOW - 45 * G_GINT64_CONSTANT (60000), .peer = "hub", .pending = 6 };
  limber_window_show_sync (desk.window, &facts);
  SEES (&desk, "Working offline since 08:15 · hub reachable · 6 waiting");
  desk_tear_down (&desk);
}

static gboolean
is_sync (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_MENU_BUTTON (widget) && gtk_widget_has_css_class (widget, "sync");
}

static gboolean
can_try_now (gpointer desk)
{
  GtkWidget *button = desk_find (desk, desk_is_button, "Try now");

  return button != NULL && gtk_widget_get_height (button) > 0;
}

/* All that is said of what failed stands there, and the button under it. */
static void
what_failed_has_room_in_its_box (void)
{
  Desk desk;
  LimberSyncFacts facts = { .state = LIMBER_SYNC_OFFLINE, .offline_since = TEST_NOW, .pending = 1,
                            .error = "No answer from 127.0.0.1: nothing answers there: look whether it is switched on, and the address right. What was done here is kept.",
                            .cause = "Could not connect to 127.0.0.1: Connection refused" };
  GtkWidget *button, *box;
  graphene_rect_t place;

  desk_start_work (&desk, 12);
  limber_window_show_sync (desk.window, &facts);
  gtk_menu_button_popup (GTK_MENU_BUTTON (desk_find (&desk, is_sync, NULL)));
  g_assert_true (test_wait (can_try_now, &desk));
  button = desk_find (&desk, desk_is_button, "Try now");
  box = gtk_widget_get_first_child (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER));
  SEES (&desk, "Details: Could not connect to 127.0.0.1: Connection refused");
  g_assert_true (gtk_widget_compute_bounds (button, box, &place));
  g_assert_cmpfloat (place.origin.y + place.size.height, <=, gtk_widget_get_height (box));
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
#define ADD(name, function) g_test_add_func ("/ui/desk/" name, function)
  ADD ("who-needs-somebody-and-who-waits-longest-stand-first", who_needs_somebody_and_who_waits_longest_stand_first);
  ADD ("an-arrival-comes-to-the-top-as-it-happens", an_arrival_comes_to_the_top_as_it_happens);
  ADD ("three-letters-and-enter-check-somebody-in-and-undo-takes-it-back", three_letters_and_enter_check_somebody_in_and_undo_takes_it_back);
  ADD ("who-was-checked-in-stays-in-sight-in-a-long-list", who_was_checked_in_stays_in_sight_in_a_long_list);
  ADD ("the-selected-visit-stays-selected-when-it-changes", the_selected_visit_stays_selected_when_it_changes);
  ADD ("long-names-of-several-are-shown-whole", long_names_of_several_are_shown_whole);
  ADD ("somebody-is-found-by-what-he-likes-to-be-called", somebody_is_found_by_what_he_likes_to_be_called);
  ADD ("people-of-one-name-are-told-apart-and-nobody-is-checked-in-unseen", people_of_one_name_are_told_apart_and_nobody_is_checked_in_unseen);
  ADD ("the-banner-says-when-a-namesake-is-expected", the_banner_says_when_a_namesake_is_expected);
  ADD ("who-was-merged-is-no-namesake-of-herself", who_was_merged_is_no_namesake_of_herself);
  ADD ("who-is-not-quite-what-was-typed-is-looked-at-first", who_is_not_quite_what_was_typed_is_looked_at_first);
  ADD ("somebody-who-is-not-expected-today-is-opened", somebody_who_is_not_expected_today_is_opened);
  ADD ("a-restricted-address-is-hidden-until-it-is-asked-for", a_restricted_address_is_hidden_until_it_is_asked_for);
  ADD ("a-task-that-is-done-leaves-and-comes-back-by-undo", a_task_that_is_done_leaves_and_comes_back_by_undo);
  ADD ("a-day-without-appointments-says-so", a_day_without_appointments_says_so);
  ADD ("a-wrong-pin-is-said-and-a-right-one-lets-in", a_wrong_pin_is_said_and_a_right_one_lets_in);
  ADD ("while-nobody-has-a-pin-the-page-says-how-to-give-one", while_nobody_has_a_pin_the_page_says_how_to_give_one);
  ADD ("an-untouched-screen-locks-itself-and-keeps-the-work", an_untouched_screen_locks_itself_and_keeps_the_work);
  ADD ("signing-out-leaves-nothing-for-the-next", signing_out_leaves_nothing_for_the_next);
  ADD ("trouble-with-the-store-is-told-in-the-window", trouble_with_the_store_is_told_in_the_window);
  ADD ("sync-is-shown-only-when-something-is-known", sync_is_shown_only_when_something_is_known);
  ADD ("what-failed-has-room-in-its-box", what_failed_has_room_in_its_box);
  return g_test_run ();
}
