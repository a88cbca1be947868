/* Set-up at the desk: what is set is saved and taken back, what cannot be is said and nothing typed is lost, and nothing stays when it is left. */
#include "desk.h"
#include "fake-central.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-pin.h"
#include "sample.h"

static void
begin (Desk *desk)
{
  LimberId id;

  desk_set_up (desk, TRUE, 0);
  sample_id (&id, "ruth");
  test_store_put (desk->store, "staff", &id, "role", "service-manager", NULL);
  desk_sign_in (desk);
}

static void
open_part (Desk *desk, const char *part)
{
  g_autofree char *where = g_strconcat ("setup:", part, NULL);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "desk.go", "s", where));
}

static GtkWidget *
of_type (Desk *desk, GType type)
{
  return desk_find (desk, desk_is_of_type, (gconstpointer) type);
}

/* n: -1 for nothing */
static gboolean
early_is (gpointer data)
{
  Desk *desk = data;
  LimberId id;
  g_autoptr (LimberRecord) site = NULL;
  const LimberValue *early;

  sample_id (&id, "site");
  site = test_store_get (desk->store, "site", &id);
  early = limber_record_value (site, "early_minutes");
  return desk->n == G_MAXUINT ? early->type == LIMBER_VALUE_NONE : early->type == LIMBER_VALUE_INTEGER && early->integer == (gint64) desk->n;
}

static void
a_setting_is_saved_and_taken_back (void)
{
  Desk desk;

  begin (&desk);
  open_part (&desk, "site");
  SEES (&desk, "Minutes before the appointment");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (of_type (&desk, GTK_TYPE_SPIN_BUTTON)), 45);
  SEES (&desk, "Saved: Minutes before the appointment");
  desk.n = 45;
  g_assert_true (test_wait (early_is, &desk));
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back: Saved: Minutes before the appointment");
  desk.n = G_MAXUINT;
  g_assert_true (test_wait (early_is, &desk));
  desk_tear_down (&desk);
}

/* What was just set is saved although somebody leaves before the pause is over. */
static void
what_is_set_last_is_not_lost_by_leaving (void)
{
  Desk desk;

  begin (&desk);
  open_part (&desk, "site");
  SEES (&desk, "Minutes before the appointment");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (of_type (&desk, GTK_TYPE_SPIN_BUTTON)), 50);
  desk_act (&desk, "desk.back");
  desk.n = 50;
  g_assert_true (test_wait (early_is, &desk));
  desk_tear_down (&desk);
}

static gboolean
is_name_of_room (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_ENTRY (widget) && gtk_entry_get_max_length (GTK_ENTRY (widget)) == 100;
}

static void
a_second_room_of_one_name_is_refused (void)
{
  Desk desk;

  begin (&desk);
  open_part (&desk, "rooms");
  SEES (&desk, "By the garden");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_name_of_room, NULL)), " room 2 ");
  desk_press (&desk, "Add");
  SEES (&desk, "There is a room called “room 2” here already.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (desk_find (&desk, is_name_of_room, NULL))), ==, " room 2 ");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_name_of_room, NULL)), "Room 4");
  desk_press (&desk, "Add");
  SEES (&desk, "Room 4 is added");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (desk_find (&desk, is_name_of_room, NULL))), ==, "");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM place WHERE name='Room 4'"), ==, 1);
  desk_tear_down (&desk);
}

static gboolean
is_staff_number (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_ENTRY (widget) && gtk_entry_get_max_length (GTK_ENTRY (widget)) == 20;
}

static gboolean
is_below (GtkWidget *widget, gconstpointer label)
{
  GtkWidget *before = GTK_IS_LABEL (widget) ? NULL : gtk_widget_get_prev_sibling (widget);

  return GTK_IS_LABEL (before) && g_str_equal (gtk_label_get_text (GTK_LABEL (before)), label);
}

static void
fill_name (Desk *desk, const char *label, const char *text)
{
  GtkWidget *entry = desk_find (desk, is_below, label);

  g_assert_true (GTK_IS_ENTRY (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* A number that somebody has is refused, and what was typed stays to be mended. */
static void
what_is_refused_of_somebody_new_stays_to_be_mended (void)
{
  Desk desk;

  begin (&desk);
  open_part (&desk, "staff");
  SEES (&desk, "no PIN yet");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_staff_number, NULL)), "S1");
  fill_name (&desk, "Given name", "Ola");
  fill_name (&desk, "Family name", "Nowak");
  desk_press (&desk, "Add");
  SEES (&desk, "Ola Nowak is added");
  SEES (&desk, "Nowak");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_staff_number, NULL)), "S1");
  fill_name (&desk, "Given name", "Pia");
  fill_name (&desk, "Family name", "Berg");
  desk_press (&desk, "Add");
  SEES (&desk, "has this staff number already");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (desk_find (&desk, is_below, "Given name"))), ==, "Pia");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_staff_number, NULL)), "S9");
  desk_press (&desk, "Add");
  SEES (&desk, "Pia Berg is added");
  desk_tear_down (&desk);
}

static void
a_made_pin_is_shown_once_and_forgotten (void)
{
  Desk desk;

  begin (&desk);
  open_part (&desk, "staff");
  SEES (&desk, "no PIN yet");
  desk_press (&desk, "Change…");
  SEES (&desk, "A PIN, to sign in with");
  desk_press (&desk, "Make one");
  SEES (&desk, "Type your own PIN too");
  gtk_editable_set_text (GTK_EDITABLE (of_type (&desk, GTK_TYPE_PASSWORD_ENTRY)), "000000");
  desk_press (&desk, "Make one");
  SEES (&desk, "Nothing was changed.");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM staff WHERE pin IS NOT NULL"), ==, 2);
  gtk_editable_set_text (GTK_EDITABLE (of_type (&desk, GTK_TYPE_PASSWORD_ENTRY)), SAMPLE_PIN);
  desk_press (&desk, "Make one");
  SEES (&desk, "Shown this once");
  SEES (&desk, "has a new PIN");
  desk_act (&desk, "desk.back");
  open_part (&desk, "staff");
  SEES (&desk, "Somebody new");
  SEES (&desk, "no PIN yet");
  desk_press (&desk, "Change…");
  SEES (&desk, "A new PIN");
  SEES_NOT (&desk, "Shown this once");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM staff WHERE pin IS NOT NULL"), ==, 3);
  desk_tear_down (&desk);
}

static gboolean
join (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "upstream", "https://hub.example", error);
}

static gboolean
can_sign_in (gpointer data)
{
  GtkWidget *button = desk_find (data, desk_is_button, "Sign in now");

  return button != NULL && gtk_widget_is_sensitive (button);
}

/* It has joined, and nothing has come yet; then all has. */
static void
a_new_store_is_filled_before_somebody_signs_in (void)
{
  LimberSyncFacts facts = { .state = LIMBER_SYNC_OFFLINE, .error = "No answer from the hub." };
  Desk desk;

  desk_set_up (&desk, TRUE, 0);
  g_assert_true (limber_store_write (desk.store, join, NULL, NULL));
  limber_window_set_store (desk.window, desk.store);
  SEES (&desk, "for the first time");
  SEES (&desk, "records have come so far");
  limber_window_show_sync (desk.window, &facts);
  SEES (&desk, "No answer from the hub.");
  facts = (LimberSyncFacts){ .state = LIMBER_SYNC_UP_TO_DATE, .last_sync = TEST_NOW };
  limber_window_show_sync (desk.window, &facts);
  SEES (&desk, "Who is working here?");
  limber_window_set_store (desk.window, desk.store); /* who does not wait signs in as soon as there is somebody */
  SEES (&desk, "for the first time");
  g_assert_true (test_wait (can_sign_in, &desk));
  desk_press (&desk, "Sign in now");
  SEES (&desk, "Who is working here?");
  desk_tear_down (&desk);
}

static gboolean
is_folder (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_ENTRY (widget) && gtk_entry_get_max_length (GTK_ENTRY (widget)) == 1000;
}

static void
a_copy_goes_where_somebody_says_and_nowhere_else (void)
{
  g_autofree char *folder = test_dir_new (), *file = g_build_filename (folder, "limber-2026-11-23-0941.db", NULL);
  Desk desk;

  begin (&desk);
  open_part (&desk, "computer");
  SEES (&desk, "None was made here yet");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_folder, NULL)), "no/such/folder");
  desk_press (&desk, "Copy the store there");
  SEES (&desk, "Nothing was copied");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_folder, NULL)), folder);
  desk_press (&desk, "Copy the store there");
  SEES (&desk, "The copy is whole");
  SEES (&desk, "23-Nov-2026 09:41");
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  desk_press (&desk, "Copy the store there");
  SEES (&desk, "already");
  desk_press (&desk, "Check the store");
  SEES (&desk, "The store is sound");
  desk_tear_down (&desk);
  test_dir_remove (folder);
}

static gboolean
is_asked (gpointer word)
{
  return fake_central_asked () != NULL && g_strcmp0 (limber_json_string (fake_central_asked (), "ask"), word) == 0;
}

static void
answer_list (Desk *desk, gboolean lost)
{
  g_assert_true (test_wait (is_asked, (gpointer) "list"));
  fake_central_answer (json_pack ("{s:s, s:[{s:s, s:s, s:s, s:b}, {s:s, s:s, s:s, s:b, s:s?}]}", "own", "a", "devices", "device", "a", "name", "Front desk", "class", "desk", "revoked", FALSE, "device",
                                  "b", "name", "Kiosk by the door", "class", "kiosk", "revoked", lost, "leaving", lost ? "lost" : NULL));
  SEES (desk, "Kiosk by the door");
}

/* What the node has done is shown; what it refuses is said, and the list stays. */
static void
a_device_is_lost_and_let_in_again_by_its_node (void)
{
  Desk desk;

  begin (&desk);
  fake_central_begin (&desk);
  open_part (&desk, "devices");
  answer_list (&desk, FALSE);
  desk_press (&desk, "Lost");
  g_assert_true (test_wait (is_asked, (gpointer) "lost"));
  g_assert_cmpstr (limber_json_string (fake_central_asked (), "device"), ==, "b");
  fake_central_answer (json_pack ("{s:s}", "name", "Kiosk by the door"));
  SEES (&desk, "Kiosk by the door is shut out");
  answer_list (&desk, TRUE);
  SEES (&desk, "lost, and shut out");
  desk_press (&desk, "Let in again");
  g_assert_true (test_wait (is_asked, (gpointer) "keep"));
  fake_central_refuse (LIMBER_ERROR_REFUSED, "It has gone already.");
  SEES (&desk, "It has gone already.");
  SEES (&desk, "lost, and shut out");
  fake_central_end (&desk);
  desk_tear_down (&desk);
}

static gboolean
make_demonstration (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "demonstration", "271828", error);
}

/* A list with a good line and one that cannot be read. */
static char *
make_lists (void)
{
  char *folder = test_dir_new ();
  g_autofree char *file = g_build_filename (folder, "staff.csv", NULL);

  g_assert_true (g_file_set_contents (file, "id,family,given,role,site,trained\nN1,Oduya,Ife,reception,,\nN2,Marsh,Tom,wizard,,\n", -1, NULL));
  return folder;
}

static void
lists_are_looked_at_first_and_what_is_refused_is_said (void)
{
  g_autofree char *folder = make_lists (), *refused = g_build_filename (folder, "refused", "staff.csv", NULL);
  Desk desk;

  begin (&desk);
  g_assert_true (limber_store_write (desk.store, make_demonstration, NULL, NULL));
  open_part (&desk, "lists");
  SEES (&desk, "Take in lists");
  g_assert_false (gtk_widget_is_sensitive (desk_find (&desk, desk_is_button, "Take them in")));
  fill_name (&desk, "Folder", "no/such/folder");
  desk_press (&desk, "Look first");
  SEES (&desk, "Say a folder that is there");
  fill_name (&desk, "Folder", folder);
  desk_press (&desk, "Look first");
  SEES (&desk, "This is what would be done");
  SEES (&desk, "staff.csv, line 3");
  SEES (&desk, "Nothing was written: this was a trial.");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM staff WHERE family='Oduya'"), ==, 0);
  desk_press (&desk, "Take them in");
  SEES (&desk, "This was done");
  SEES (&desk, "2 lines read, 1 new");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM staff WHERE family='Oduya'"), ==, 1);
  g_assert_true (g_file_test (refused, G_FILE_TEST_EXISTS));
  g_assert_false (gtk_widget_is_sensitive (desk_find (&desk, desk_is_button, "Take them in")));
  desk_tear_down (&desk);
  test_dir_remove (folder);
}

static void
a_desk_of_a_service_says_where_lists_are_taken_in (void)
{
  Desk desk;

  begin (&desk);
  open_part (&desk, "lists");
  SEES (&desk, "Lists are not taken in here");
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  g_test_add_func ("/ui/setup/a-setting-is-saved-and-taken-back", a_setting_is_saved_and_taken_back);
  g_test_add_func ("/ui/setup/what-is-set-last-is-not-lost-by-leaving", what_is_set_last_is_not_lost_by_leaving);
  g_test_add_func ("/ui/setup/a-second-room-of-one-name-is-refused", a_second_room_of_one_name_is_refused);
  g_test_add_func ("/ui/setup/what-is-refused-of-somebody-new-stays-to-be-mended", what_is_refused_of_somebody_new_stays_to_be_mended);
  g_test_add_func ("/ui/setup/a-made-pin-is-shown-once-and-forgotten", a_made_pin_is_shown_once_and_forgotten);
  g_test_add_func ("/ui/setup/a-new-store-is-filled-before-somebody-signs-in", a_new_store_is_filled_before_somebody_signs_in);
  g_test_add_func ("/ui/setup/a-copy-goes-where-somebody-says-and-nowhere-else", a_copy_goes_where_somebody_says_and_nowhere_else);
  g_test_add_func ("/ui/setup/a-device-is-lost-and-let-in-again-by-its-node", a_device_is_lost_and_let_in_again_by_its_node);
  g_test_add_func ("/ui/setup/lists-are-looked-at-first-and-what-is-refused-is-said", lists_are_looked_at_first_and_what_is_refused_is_said);
  g_test_add_func ("/ui/setup/a-desk-of-a-service-says-where-lists-are-taken-in", a_desk_of_a_service_says_where_lists_are_taken_in);
  return g_test_run ();
}
