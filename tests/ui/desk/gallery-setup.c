/* The first start, and set-up. */
#include "gallery.h"

#include "fake-central.h"
#include "limber-error.h"
#include "sample.h"

static void
press_what_has_the_focus (Desk *desk)
{
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (desk->window)), "clicked");
}

static GtkEditable *
entry_in_sight (Desk *desk)
{
  return GTK_EDITABLE (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_ENTRY));
}

/* Nobody listens at port 1. */
static void
welcome_pages (const char *folder)
{
  static const char code[] = "7QK3-9XWM-PABC-DEFG-HJKM-NPQR-STVW-XYZ0";
  g_autofree char *parent = test_dir_new (), *dir = g_build_filename (parent, "limber", NULL);
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_set_up (&desk, FALSE, 0);
  limber_window_welcome (desk.window, dir, desk.env, NULL);
  SEES (&desk, "Welcome to Limber");
  gallery_page (&desk, folder, "welcome");
  press_what_has_the_focus (&desk);
  gtk_editable_set_text (entry_in_sight (&desk), code);
  SEES (&desk, "does not say where it was made");
  gallery_page (&desk, folder, "welcome-code");
  gtk_editable_set_text (entry_in_sight (&desk), "7QK3-9XWM-PABC-DEFG-HJKM-NPQR-STVW-XYZ0@http://127.0.0.1:1");
  SEES (&desk, "The code is whole.");
  desk_press (&desk, "Continue");
  SEES (&desk, "There is no line");
  gallery_page (&desk, folder, "welcome-offline");
  limber_window_welcome (desk.window, dir, desk.env, "This computer has left its site. Everything that was saved here is with the central service. To use it again, join it with a new code.");
  SEES (&desk, "has left its site");
  gallery_page (&desk, folder, "welcome-departed");
  limber_window_pause (desk.window);
  SEES (&desk, "it goes on from there");
  gallery_page (&desk, folder, "filling-stopped");
  test_dir_remove (parent);
  desk_tear_down (&desk);
}

static gboolean
is_asked (gpointer nothing)
{
  return fake_central_asked () != NULL;
}

static gboolean
is_device_name (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_ENTRY (widget) && gtk_entry_get_max_length (GTK_ENTRY (widget)) == 200;
}

static void
open_set_up (Desk *desk, const char *part)
{
  g_autofree char *where = g_strconcat ("setup:", part, NULL);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "desk.go", "s", where));
}

static json_t *
device (const char *id, const char *name, const char *klass, const char *seen, int unsent, const char *leaving)
{
  return json_pack ("{s:s, s:s, s:s, s:s?, s:i, s:I, s:i, s:s, s:s?, s:b, s:[s*]}", "device", id, "name", name, "class", klass, "last_seen", seen, "unsent", unsent, "free_bytes", (json_int_t) 64000000000,
                    "clock_offset_ms", unsent > 0 ? -95000 : 0, "version", "0.1.0", "leaving", leaving, "revoked", g_strcmp0 (leaving, "lost") == 0, "needs", unsent > 0 ? "unsent" : NULL);
}

static void
device_pages (Desk *desk, const char *folder)
{
  desk_act (desk, "desk.back");
  fake_central_begin (desk);
  open_set_up (desk, "devices");
  SEES (desk, "Set-up");
  g_assert_true (test_wait (is_asked, NULL));
  fake_central_refuse (LIMBER_ERROR_UNREACHABLE, "Neither the hub nor the central service can be reached now. Nothing was changed; try again when the line is back.");
  SEES (desk, "cannot be shown now");
  gallery_page (desk, folder, "setup-devices-offline");
  desk_press (desk, "Look again");
  fake_central_answer (json_pack ("{s:s, s:[o, o, o, o]}", "own", "a", "devices", device ("a", "Front desk", "desk", "2026-11-23T09:40:30Z", 0, NULL),
                                  device ("b", "Kiosk by the door", "kiosk", "2026-11-23T07:10:00Z", 7, NULL), device ("c", "Waiting room", "board", NULL, 0, "retired"),
                                  device ("d", "Old laptop", "desk", "2026-11-19T16:00:00Z", 0, "lost")));
  SEES (desk, "Kiosk by the door");
  gtk_editable_set_text (GTK_EDITABLE (desk_find (desk, is_device_name, NULL)), "Second desk");
  desk_press (desk, "Make a joining code");
  fake_central_answer (json_pack ("{s:s, s:s, s:I}", "code", "7QK3-9XWM-PABC-DEFG-HJKM-NPQR-STVW-XYZ0", "address", "https://192.168.7.2", "expires", (json_int_t) TEST_NOW + 24 * 3600000));
  SEES (desk, "7QK3-9XWM");
  fake_central_answer (json_pack ("{s:s, s:[o, o]}", "own", "a", "devices", device ("a", "Front desk", "desk", "2026-11-23T09:40:30Z", 0, NULL), device ("b", "Kiosk by the door", "kiosk", "2026-11-23T07:10:00Z", 7, NULL)));
  gallery_page (desk, folder, "setup-devices");
  fake_central_end (desk);
}

static gboolean
is_below (GtkWidget *widget, gconstpointer label)
{
  GtkWidget *before = GTK_IS_LABEL (widget) ? NULL : gtk_widget_get_prev_sibling (widget);

  return GTK_IS_LABEL (before) && g_str_equal (gtk_label_get_text (GTK_LABEL (before)), label);
}

static void
type (Desk *desk, const char *label, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_find (desk, is_below, label)), text);
}

static gboolean
is_ready_for_another (gpointer desk)
{
  return *gtk_editable_get_text (GTK_EDITABLE (desk_find (desk, is_below, "From"))) == '\0' && gtk_widget_is_sensitive (desk_find (desk, desk_is_button, "Add"));
}

static gboolean
has_choices (gpointer desk)
{
  return g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (desk_find (desk, is_below, "With")))) > 3;
}

static void
planning_pages (Desk *desk, const char *folder)
{
  open_set_up (desk, "clinics");
  SEES (desk, "No clinics yet");
  g_assert_true (test_wait (has_choices, desk));
  gallery_page (desk, folder, "setup-clinics-none");
  for (guint i = 1; i < 4; i++) {
    SEES (desk, "Add a clinic");
    gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (desk, is_below, "With")), i);
    gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (desk, is_below, "Room")), i);
    type (desk, "First day", i == 1 ? "24 nov" : "26 nov");
    type (desk, "From", "9:00");
    type (desk, "Until", i == 2 ? "17:00" : "12:30");
    type (desk, "Clinic", i == 2 ? "Knee class" : "");
    desk_press (desk, "Add");
    SEES (desk, "is added");
    g_assert_true (test_wait (is_ready_for_another, desk));
  }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (desk, is_below, "With")), 1);
  type (desk, "First day", "24 nov");
  type (desk, "From", "11:00");
  type (desk, "Until", "13:00");
  desk_press (desk, "Add");
  SEES (desk, "has another clinic on");
  gallery_page (desk, folder, "setup-clinics");
  open_set_up (desk, "closed");
  SEES (desk, "No closed days to come");
  type (desk, "Why", "Burst pipe");
  type (desk, "First day", "23 nov");
  desk_press (desk, "Add");
  SEES (desk, "booked then");
  gallery_page (desk, folder, "setup-closed");
}

static gboolean
make_demonstration (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "demonstration", "271828", error);
}

static void
list_pages (Desk *desk, const char *folder)
{
  g_autofree char *lists = test_dir_new (), *file = g_build_filename (lists, "staff.csv", NULL);

  g_assert_true (limber_store_write (desk->store, make_demonstration, NULL, NULL));
  g_assert_true (g_file_set_contents (file, "id,family,given,role,site,trained\nN1,Oduya,Ife,reception,,\nN2,Marsh,Tom,wizard,,\n", -1, NULL));
  desk_act (desk, "desk.back");
  open_set_up (desk, "lists");
  SEES (desk, "Take in lists");
  type (desk, "Folder", lists);
  desk_press (desk, "Look first");
  SEES (desk, "This is what would be done");
  gallery_page (desk, folder, "setup-lists");
  test_dir_remove (lists);
}

static void
setup_pages (const char *folder)
{
  Desk desk;
  LimberId id;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_set_up (&desk, TRUE, 12);
  sample_id (&id, "ruth");
  test_store_put (desk.store, "staff", &id, "role", "service-manager", NULL);
  desk_sign_in (&desk);
  open_set_up (&desk, "site");
  SEES (&desk, "Minutes before the appointment");
  gallery_page (&desk, folder, "setup-site");
  open_set_up (&desk, "rooms");
  SEES (&desk, "By the garden");
  desk_press (&desk, "Close");
  SEES (&desk, "is closed");
  gallery_page (&desk, folder, "setup-rooms");
  planning_pages (&desk, folder);
  open_set_up (&desk, "lists");
  SEES (&desk, "Lists are not taken in here");
  gallery_page (&desk, folder, "setup-lists-elsewhere");
  open_set_up (&desk, "staff");
  SEES (&desk, "no PIN yet");
  desk_press (&desk, "Change…");
  SEES (&desk, "A PIN, to sign in with");
  gallery_page (&desk, folder, "setup-staff");
  open_set_up (&desk, "computer");
  SEES (&desk, "It last held all that it should");
  SEES (&desk, "None: nothing leaves this computer");
  desk_press (&desk, "Copy the store there");
  SEES (&desk, "Say a folder that is there");
  gallery_page (&desk, folder, "setup-computer");
  desk_press (&desk, "Check the store");
  SEES (&desk, "The store is sound");
  device_pages (&desk, folder);
  list_pages (&desk, folder);
  desk_tear_down (&desk);
}

void
gallery_setup_pages (const char *folder)
{
  welcome_pages (folder);
  setup_pages (folder);
}
