/* A person at the desk: changed, registered, a call taken down, and how it came to be so. */
#include <jansson.h>

#include "desk.h"
#include "fake-central.h"
#include "sample.h"

static void
show_thompson (Desk *desk)
{
  SEES (desk, "THOMPSON, Dorothy (Mrs)");
  desk_select (desk, "visit-thompson");
  desk_act (desk, "desk.open");
  SEES (desk, "Appointments");
  SEES (desk, "Edit details");
}

static void
open_thompson (Desk *desk)
{
  desk_start_work (desk, 12);
  show_thompson (desk);
}

/* As after a crash: the program is gone, and another one opens the store. */
static void
begin_again (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->window);
  limber_store_close (desk->store);
  g_clear_object (&desk->store);
  desk->store = limber_store_open (desk->dir, LIMBER_STORE_OWN, desk->env, &error);
  g_assert_no_error (error);
  desk->window = g_object_ref (limber_window_new (NULL));
  limber_window_set_store (desk->window, desk->store);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static gboolean
mobile_is (gpointer data)
{
  Desk *desk = data;
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  sample_id (&id, "thompson");
  record = test_store_get (desk->store, "patient", &id);
  return g_strcmp0 (limber_record_text (record, "mobile"), desk->text) == 0;
}

#define MOBILE_IS(desk_, text_) G_STMT_START { (desk_)->text = (text_); g_assert_true (test_wait (mobile_is, desk_)); } G_STMT_END

static void
put_mobile (Desk *desk, const char *mobile)
{
  LimberId id;

  sample_id (&id, "thompson");
  test_store_put (desk->store, "patient", &id, "mobile", mobile, NULL);
}

static void
details_are_changed_and_taken_back (void)
{
  Desk desk;

  open_thompson (&desk);
  desk_act (&desk, "desk.for-person::edit");
  SEES (&desk, "How to reach this person");
  desk_type_detail (&desk, "mobile", "0770");
  SEES (&desk, "too short");
  desk_press (&desk, "_Save");
  SEES (&desk, "Mobile: That telephone number is too short: it has 11 figures");
  desk_type_detail (&desk, "mobile", "07700900123");
  desk_press (&desk, "_Save");
  SEES (&desk, "Details of Dorothy Thompson saved");
  SEES (&desk, "07700\302\240900123"); /* on her page again */
  MOBILE_IS (&desk, "07700 900123");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "are as they were");
  MOBILE_IS (&desk, "07700 900397");
  desk_tear_down (&desk);
}

/* What another desk changes while she types: where she typed nothing it is shown, where she did she decides. */
static void
nothing_is_written_over_unseen (void)
{
  Desk desk;
  LimberId id;

  open_thompson (&desk);
  desk_act (&desk, "desk.for-person::edit");
  SEES (&desk, "How to reach this person");
  desk_type_detail (&desk, "mobile", "07700 900111");
  sample_id (&id, "thompson");
  test_store_put (desk.store, "patient", &id, "preferred", "Dot", NULL);
  SEES (&desk, "Likes to be called Dot");
  SEES (&desk, "Somebody else has just changed this.");
  put_mobile (&desk, "07700 900222");
  SEES (&desk, "Somebody else has just changed this to: 07700\302\240900222");
  SEES (&desk, "Somebody else has just changed: Mobile.");
  desk_press (&desk, "_Save");
  SEES (&desk, "Say which it is to be");
  MOBILE_IS (&desk, "07700 900222");
  desk_press (&desk, "Keep what I typed");
  desk_press (&desk, "_Save");
  SEES (&desk, "Details of Dorothy Thompson saved");
  MOBILE_IS (&desk, "07700 900111");
  desk_tear_down (&desk);
}

/* Another user has the desk, and then the program ends: she finds what she typed, and nobody else does. */
static void
what_is_typed_outlives_another_user_and_the_program (void)
{
  Desk desk;

  open_thompson (&desk);
  desk_act (&desk, "desk.for-person::edit");
  SEES (&desk, "How to reach this person");
  desk_type_detail (&desk, "mobile", "07700 9001");
  desk_act (&desk, "win.sign-out");
  SEES (&desk, "Priya Shah");
  g_signal_emit_by_name (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 1);
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Monday 23-Nov-2026");
  show_thompson (&desk);
  SEES_NOT (&desk, "did not save them");
  begin_again (&desk);
  desk_sign_in (&desk);
  show_thompson (&desk);
  SEES (&desk, "You changed these details and did not save them.");
  desk_press (&desk, "Go on with it");
  SEES (&desk, "You typed this on 23-Nov-2026 at 09:41 and did not save it.");
  SEES (&desk, "too short");
  MOBILE_IS (&desk, "07700 900397");
  desk_tear_down (&desk);
}

static void
who_is_found_by_nobody_is_registered (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thompson 12/3/49");
  desk_act (&desk, "desk.register");
  SEES (&desk, "Is it one of these?");
  SEES (&desk, "12-Mar-1949 (77y)"); /* taken along */
  desk_type_detail (&desk, "given", "Dorothea");
  SEES (&desk, "nearly the same name");
  desk_press (&desk, "_Register");
  SEES (&desk, "press Register again");
  desk_press (&desk, "_Open this person instead");
  SEES (&desk, "Edit details");
  SEES (&desk, "THOMPSON, Dorothy (Mrs)");
  desk_act (&desk, "desk.register");
  SEES (&desk, "did not save it");
  desk_press (&desk, "_Register");
  SEES (&desk, "press Register again");
  desk_press (&desk, "_Register");
  SEES (&desk, "Dorothea thompson is registered");
  SEES (&desk, "THOMPSON, Dorothea");
  SEES (&desk, "Edit details");
  desk_act (&desk, "desk.register"); /* and nothing of her is kept */
  SEES (&desk, "Is it one of these?");
  SEES_NOT (&desk, "did not save it");
  desk_tear_down (&desk);
}

static void
register_new (Desk *desk)
{
  desk_type (desk, "quigley 5/5/61");
  desk_act (desk, "desk.register");
  SEES (desk, "05-May-1961 (65y)");
  desk_type_detail (desk, "given", "Una");
  desk_press (desk, "_Register");
  SEES (desk, "Una quigley is registered");
  SEES (desk, "Edit details");
}

static void
a_registration_is_taken_back_and_found_no_more (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  register_new (&desk);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Una quigley is not registered");
  SEES (&desk, "Registered by mistake, and taken back");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM patient WHERE withdrawn=1 AND family='quigley'"), ==, 1);
  desk_act (&desk, "desk.back");
  desk_type (&desk, "quigley 5/5/61");
  SEES (&desk, "Nobody here matches");
  desk_act (&desk, "desk.register"); /* nor is she thought to be the same as somebody registered rightly */
  SEES (&desk, "Nobody on this computer is like this so far");
  desk_tear_down (&desk);
}

static gboolean
find_una (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "find-by-born", error, "t", "1961-05-05");

  g_assert_cmpuint (rows->len, ==, 1);
  *(LimberId *) data = *limber_row_id (g_ptr_array_index (rows, 0), "id");
  return TRUE;
}

/* Of whom something has been written down meanwhile, that is taken back first. */
static void
a_registration_stands_where_something_hangs_on_it (void)
{
  g_autofree char *here = sample_id_text ("site"), *patient = NULL;
  LimberId visit, una;
  Desk desk;

  desk_start_work (&desk, 12);
  register_new (&desk);
  g_assert_true (limber_store_read (desk.store, find_una, &una, NULL));
  patient = limber_id_dup_text (&una);
  sample_id (&visit, "visit-quigley");
  test_store_put (desk.store, "appointment", &visit, "patient", patient, "site", here, "start", "2026-11-24T10:00:00Z", "minutes", "30", "status", "booked", NULL);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "has an appointment, a referral or another record already");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM patient WHERE withdrawn=1"), ==, 0);
  desk_tear_down (&desk);
}

static gboolean
has_n_tasks (gpointer data)
{
  Desk *desk = data;

  return test_store_count (desk->store, "SELECT count(*) FROM task WHERE about='triage' AND status%16=0") == desk->n;
}

static gboolean
is_words (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_TEXT_VIEW (widget);
}

static gboolean
is_box_of (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

static void
take_down (Desk *desk)
{
  SEES (desk, "In their own words");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, is_words, NULL))), "My hip hurts at night.", -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (desk, is_box_of, "Hip")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (desk, is_box_of, "The caller agrees that this is written down")), TRUE);
  desk_press (desk, "_Take down");
}

static gboolean
is_callback (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_EDITABLE (widget) && g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "callback") == 0;
}

/* Somebody new calls; what she said is hers, and while it stands so does she. */
static void
a_call_of_somebody_new_is_taken_down (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  register_new (&desk);
  desk_act (&desk, "desk.for-person::refer");
  take_down (&desk);
  SEES (&desk, "Ask where the caller can be called back");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_callback, NULL)), "07700 900124");
  desk_press (&desk, "_Take down");
  SEES (&desk, "Referral of Una quigley taken down");
  SEES (&desk, "“My hip hurts at night.”");
  desk.n = 1;
  g_assert_true (test_wait (has_n_tasks, &desk));
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Does not stand: Taken back at the desk");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Una quigley is not registered");
  desk_tear_down (&desk);
}

static void
a_call_is_taken_down_and_taken_back (void)
{
  Desk desk;

  open_thompson (&desk);
  desk_act (&desk, "desk.for-person::refer");
  SEES (&desk, "In their own words");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (&desk, is_words, NULL))), "My knee gives way.", -1);
  desk_press (&desk, "_Take down");
  SEES (&desk, "Ask which part of the body it is.");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (&desk, is_box_of, "Knee")), TRUE);
  desk_press (&desk, "_Take down");
  SEES (&desk, "may be written down");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (&desk, is_box_of, "The caller agrees that this is written down")), TRUE);
  desk_press (&desk, "_Take down");
  SEES (&desk, "Referral of Dorothy Thompson taken down");
  SEES (&desk, "“My knee gives way.”");
  desk.n = 1;
  g_assert_true (test_wait (has_n_tasks, &desk));
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Does not stand: Taken back at the desk");
  desk.n = 0;
  g_assert_true (test_wait (has_n_tasks, &desk));
  desk_tear_down (&desk);
}

static void
central_tells_the_rest_of_the_history (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  fake_central_begin (&desk);
  show_thompson (&desk);
  put_mobile (&desk, "07700 900222");
  desk_press (&desk, "History");
  SEES (&desk, "Asking the central service for the rest");
  SEES (&desk, "Before: 07700\302\240900397");
  SEES (&desk, "Service manager · this computer");
  fake_central_answer (json_pack ("{s:b, s:b, s:[{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}]}", "complete", 1, "more", 0, "changes", "time", (json_int_t) desk.clock.now, "author",
                                  "0194d6a0-0000-7000-8000-000000000001", "who", "Omar Khalid", "role", "reception", "where", "Desk at Belmont", "field", "mobile", "label", "Mobile", "after_words", "07700 900333", "before",
                                  "07700 900222", "before_words", "07700 900222"));
  SEES (&desk, "Every change, from the central service.");
  SEES (&desk, "Omar Khalid · Receptionist · Desk at Belmont");
  SEES (&desk, "Before: 07700 900222");
  fake_central_end (&desk);
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  g_test_add_func ("/ui/desk/person/details-are-changed-and-taken-back", details_are_changed_and_taken_back);
  g_test_add_func ("/ui/desk/person/nothing-is-written-over-unseen", nothing_is_written_over_unseen);
  g_test_add_func ("/ui/desk/person/what-is-typed-outlives-another-user-and-the-program", what_is_typed_outlives_another_user_and_the_program);
  g_test_add_func ("/ui/desk/person/who-is-found-by-nobody-is-registered", who_is_found_by_nobody_is_registered);
  g_test_add_func ("/ui/desk/person/a-registration-is-taken-back-and-found-no-more", a_registration_is_taken_back_and_found_no_more);
  g_test_add_func ("/ui/desk/person/a-registration-stands-where-something-hangs-on-it", a_registration_stands_where_something_hangs_on_it);
  g_test_add_func ("/ui/desk/person/a-call-is-taken-down-and-taken-back", a_call_is_taken_down_and_taken_back);
  g_test_add_func ("/ui/desk/person/a-call-of-somebody-new-is-taken-down", a_call_of_somebody_new_is_taken_down);
  g_test_add_func ("/ui/desk/person/central-tells-the-rest-of-the-history", central_tells_the_rest_of_the_history);
  return g_test_run ();
}
