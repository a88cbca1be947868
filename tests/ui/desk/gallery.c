/* Every page of the desk as a picture, to be looked at:  desk-gallery [FOLDER]. It fails on a page that does not fit its screen,
 * that cuts a text off, or that is blank. It prints TAP: one test a page. */
#include "desk.h"
#include "fake-central.h"
#include "limber-error.h"
#include "limber-trouble.h"
#include "sample.h"

static const struct {
  const char *name;
  int         width, height;
  gboolean    dark, right_to_left;
} looks[] = {
  { "1280x800", 1280, 800, FALSE, FALSE },
  { "1920x1080", 1920, 1080, FALSE, FALSE },
  { "1280x800-dark", 1280, 800, TRUE, FALSE },
  { "1280x800-right-to-left", 1280, 800, FALSE, TRUE },
};
static guint failures, tests;

static void
complain (const char *picture, const char *what, const char *text)
{
  g_print ("# %s: %s: %s\n", picture, what, text);
  failures++;
}

static void
check_labels (GtkWidget *widget, const char *picture)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    complain (picture, "cut off", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_labels (child, picture);
}

/* A label that sticks out of the widget that holds it. */
static void
check_inside (GtkWidget *widget, const char *picture)
{
  graphene_rect_t bounds;
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, parent, &bounds) &&
      (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (parent) + 1))
    complain (picture, "sticks out", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_inside (child, picture);
}

static void
on_painted (GdkFrameClock *clock, guint *painted)
{
  ++*painted;
}

static void
settle (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  guint painted = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  while (painted < 4 && g_get_monotonic_time () < deadline) {
    gtk_widget_queue_draw (window);
    g_main_context_iteration (NULL, TRUE);
  }
  g_signal_handler_disconnect (clock, handler);
}

/* Whether hardly a dot differs from the one in the corner. */
static gboolean
is_blank (GdkTexture *texture)
{
  gsize n = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture), other = 0;
  g_autofree guint32 *dots = g_new (guint32, n);

  gdk_texture_download (texture, (guchar *) dots, (gsize) gdk_texture_get_width (texture) * 4);
  for (gsize i = 0; i < n; i++)
    other += dots[i] != dots[n / 2];
  return other < n / 1000;
}

static GdkTexture *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static void
take (Desk *desk, const char *folder, const char *page, guint look)
{
  GtkWidget *window = GTK_WIDGET (desk->window);
  g_autofree char *name = g_strdup_printf ("%s-%s", page, looks[look].name), *size = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gtk_widget_set_default_direction (looks[look].right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[look].dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window), looks[look].width, looks[look].height);
  settle (window);
  size = g_strdup_printf ("%d x %d", gtk_widget_get_width (window), gtk_widget_get_height (window));
  if (gtk_widget_get_width (window) > looks[look].width || gtk_widget_get_height (window) > looks[look].height)
    complain (name, "needs more than its screen", size);
  check_labels (window, name);
  check_inside (window, name);
  texture = draw (window);
  if (is_blank (texture))
    complain (name, "blank", "");
  if (folder != NULL) {
    g_autofree char *file = g_strdup_printf ("%s/%s.png", folder, name);

    gdk_texture_save_to_png (texture, file);
  }
}

static void
page (Desk *desk, const char *folder, const char *name)
{
  guint before = failures;

  for (guint look = 0; look < G_N_ELEMENTS (looks); look++)
    take (desk, folder, name, look);
  g_print ("%s %u /ui/desk/pictures/%s-fits-every-screen\n", failures == before ? "ok" : "not ok", ++tests, name);
}

static void
sync_facts (Desk *desk)
{
  LimberSyncFacts facts = { .state = LIMBER_SYNC_OFFLINE, .offline_since = TEST_NOW - 45 * G_GINT64_CONSTANT (60000), .peer = "hub", .pending = 6, .conflicts = 1 };

  limber_window_show_sync (desk->window, &facts);
}

/* People of one name, one of them with a restricted address, and names as long as they come. */
static void
put_namesakes (Desk *desk)
{
  LimberId id;

  sample_person (desk->store, "same-1", "Featherstonehaugh-Cholmondeley", "Maximilian Bartholomew", "The Rt Hon", "1954-08-06");
  sample_person (desk->store, "same-2", "Featherstonehaugh-Cholmondeley", "Maximilian Bartholomew", "Mr", "1981-01-02");
  sample_visit (desk->store, "visit-same-2", "same-2", "priya", 75);
  sample_person (desk->store, "same-3", "Featherston", "Max", NULL, "1990-11-30");
  sample_id (&id, "same-1");
  test_store_put (desk->store, "patient", &id, "restricted", "1", NULL);
}

static void
working_pages (const char *folder)
{
  Desk desk;

  desk_set_up (&desk, TRUE, 75);
  SEES (&desk, "Priya Shah");
  page (&desk, folder, "who");
  desk_sign_in (&desk);
  SEES (&desk, "two people match");
  sync_facts (&desk);
  page (&desk, folder, "today");
  desk_select (&desk, "visit-oconnor-2");
  SEES (&desk, "Two people match");
  page (&desk, folder, "selected");
  desk_type (&desk, "k");
  SEES (&desk, "More people match");
  page (&desk, folder, "results");
  put_namesakes (&desk);
  desk_type (&desk, "feather max");
  SEES (&desk, "Same name as somebody else");
  page (&desk, folder, "same-name");
  desk_type (&desk, "smiht");
  SEES (&desk, "Not quite what was typed");
  page (&desk, folder, "not-quite");
  desk_type (&desk, "zzzz");
  SEES (&desk, "Nobody here matches");
  page (&desk, folder, "nobody-found");
  desk_type (&desk, "thomas");
  SEES (&desk, "10:00 with Rachel Nowak · Booked");
  desk_enter (&desk);
  SEES (&desk, "David Thomas checked in");
  page (&desk, folder, "checked-in");
  desk_type (&desk, "ioana");
  SEES (&desk, "Ctrl Enter opens the person");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Address and telephone are restricted");
  page (&desk, folder, "restricted");
  desk_type (&desk, "maximilian 1954");
  SEES (&desk, "06-Aug-1954");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Somebody else with the same name is expected");
  page (&desk, folder, "namesake-expected");
  desk_act (&desk, "win.lock");
  SEES (&desk, "Locked.");
  desk_give_pin (&desk, "000001");
  SEES (&desk, "That PIN is not right.");
  page (&desk, folder, "wrong-pin");
  desk_tear_down (&desk);
}

/* Somebody seen, somebody who came too late, and a clinician who runs late. */
static void
course_pages (const char *folder)
{
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  sync_facts (&desk);
  sample_guessing (desk.store, 33);
  sample_come (desk.store, "visit-barton", "barton", 22);
  sample_arrive (desk.store, "visit-long", "long", 12);
  sample_step (desk.store, "visit-long", "long", "called", 37);
  sample_step (desk.store, "visit-long", "long", "with-clinician", 38);
  sample_step (desk.store, "visit-wisniewska", "wisniewska", "seen", 40);
  desk_select (&desk, "visit-barton");
  SEES (&desk, "Came at 09:22, not checked in");
  page (&desk, folder, "came-late");
  desk_select (&desk, "visit-thompson");
  SEES (&desk, "runs about 25 minutes late");
  page (&desk, folder, "runs-late");
  desk_select (&desk, "visit-wisniewska");
  SEES (&desk, "Not confirmed yet");
  page (&desk, folder, "seen");
  desk_act (&desk, "visit.confirm");
  SEES (&desk, "Confirmed");
  page (&desk, folder, "confirmed");
  sample_answers (desk.store, "visit-thomas", 3, LIMBER_RESPONSE_STOPPED, TRUE);
  SEES (&desk, "would rather be asked the questions by a person");
  desk_select (&desk, "visit-thompson");
  SEES (&desk, "Pain today: 6 of 10");
  page (&desk, folder, "answered");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Confirmed 06-Aug-2026");
  page (&desk, folder, "answered-person");
  desk_tear_down (&desk);
}

static void
open_find_page (Desk *desk)
{
  desk_type (desk, "wickes 6/8/54");
  SEES (desk, "Ask the central service");
  desk_act (desk, "desk.find");
  SEES (desk, "Who is it?");
}

static void
ask_again (Desk *desk)
{
  desk_press (desk, "Ask");
  SEES (desk, "Asking the central service");
}

static void
find_pages (const char *folder)
{
  static const char *const people[] = { "found-1", "found-2", "found-3" };
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  fake_central_begin (&desk);
  sync_facts (&desk);
  open_find_page (&desk);
  page (&desk, folder, "find");
  ask_again (&desk);
  page (&desk, folder, "find-asking");
  fake_central_find (people, 0);
  SEES (&desk, "Nobody like that is known");
  page (&desk, folder, "find-none");
  ask_again (&desk);
  fake_central_answer (json_pack ("{s:s, s:s, s:[]}", "inquiry", "0194d6a0-0000-7000-8000-000000000001", "result", "too-many", "people"));
  SEES (&desk, "Too many people match");
  page (&desk, folder, "find-too-many");
  ask_again (&desk);
  fake_central_refuse (LIMBER_ERROR_UNREACHABLE, "silence");
  SEES (&desk, "cannot be reached");
  page (&desk, folder, "find-offline");
  ask_again (&desk);
  fake_central_refuse (LIMBER_ERROR_REFUSED, "This computer has asked for people 30 times in the last hour, which is the most that is allowed. Wait a while, or go on as with somebody new.");
  SEES (&desk, "30 times");
  page (&desk, folder, "find-refused");
  ask_again (&desk);
  fake_central_find (people, 3);
  SEES (&desk, "3 people match");
  page (&desk, folder, "find-found");
  g_signal_emit_by_name (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 0);
  fake_central_answer (json_pack ("{s:s}", "day", "2026-11-23"));
  SEES (&desk, "on the way");
  page (&desk, folder, "find-coming");
  fake_central_let_come (&desk, "found-1");
  SEES (&desk, "Here for this visit only");
  page (&desk, folder, "visiting");
  fake_central_end (&desk);
  desk_tear_down (&desk);
}

static void
compare_pages (const char *folder)
{
  Desk desk;
  LimberId id;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 20);
  sample_pair (desk.store);
  sample_id (&id, "pair-other");
  SEES (&desk, "may be here twice");
  page (&desk, folder, "task-duplicate");
  desk_press (&desk, "Compare…");
  SEES (&desk, "BAKER, Kath");
  page (&desk, folder, "compare");
  test_store_put (desk.store, "patient", &id, "restricted", "1", "address", "1 Hidden Lane", NULL);
  SEES (&desk, "I have made sure");
  page (&desk, folder, "compare-doubt");
  test_store_put (desk.store, "patient", &id, "nhs_number", "9990000018", "nhs_typed", "", "nhs_status", "02", NULL);
  SEES (&desk, "These are two people");
  page (&desk, folder, "compare-two");
  desk_act (&desk, "desk.back");
  test_store_put (desk.store, "patient", &id, "nhs_number", "", "restricted", "0", NULL);
  desk_press (&desk, "Compare…");
  SEES (&desk, "BAKER, Kath");
  desk_press (&desk, "Two people");
  SEES (&desk, "Two people. Nobody");
  page (&desk, folder, "compare-done");
  {
    g_autofree char *into = sample_id_text ("pair-one");

    test_store_put (desk.store, "patient", &id, "merged_into", into, NULL);
  }
  desk_type (&desk, "00456");
  SEES (&desk, "BAKER-FEATHERSTONEHAUGH, Katherine");
  desk_act (&desk, "desk.open");
  SEES (&desk, "Also recorded as");
  page (&desk, folder, "several-records");
  desk_act (&desk, "desk.back");
  {
    g_autofree char *one = sample_id_text ("pair-one"), *elsewhere = sample_id_text ("pair-elsewhere"), *site = sample_id_text ("site"), *both = g_strdup_printf ("%s;%s", one, elsewhere);

    test_store_put (desk.store, "task", &id, "about", "duplicate", "patient", one, "site", site, "candidates", both, "text", "names-born", "made", "2026-11-23T08:00:00Z", "status", "open", NULL);
  }
  SEES (&desk, "same name and date of birth");
  desk_press (&desk, "Compare…");
  SEES (&desk, "Only one of the two records");
  page (&desk, folder, "compare-gone");
  desk_tear_down (&desk);
}

/* A long day's evening, and some that are left of days before. */
static void
day_pages (const char *folder)
{
  Desk desk;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_setenv ("LIMBER_PRINT_TO", "/nonexistent/limber.pdf", TRUE); /* as with a printer that is broken */
  desk_start_work (&desk, 126);
  sync_facts (&desk);
  sample_visit (desk.store, "visit-old-1", "thompson", "priya", -3 * 24 * 60);
  sample_visit (desk.store, "visit-old-2", "long", "rachel", -24 * 60 + 40);
  SEES (&desk, "2 appointments of earlier days are not closed");
  page (&desk, folder, "earlier-days");
  desk.clock.now += 9 * 60 * G_GINT64_CONSTANT (60000);
  desk_act (&desk, "day.end");
  SEES (&desk, "Booked: came or not?");
  page (&desk, folder, "day-end");
  desk_act (&desk, "day.building");
  SEES (&desk, "there is no printer that can be used");
  page (&desk, folder, "building");
  desk_act (&desk, "day.retype");
  SEES (&desk, "O'CONNOR, Declan");
  page (&desk, folder, "retype");
  desk_tear_down (&desk);
  desk_start_work (&desk, 12);
  desk_act (&desk, "day.end");
  SEES (&desk, "Everything is closed");
  page (&desk, folder, "day-end-empty");
  desk_tear_down (&desk);
  desk_start_work (&desk, 0);
  desk_act (&desk, "day.building");
  SEES (&desk, "Nobody that this computer knows of");
  page (&desk, folder, "building-empty");
  desk_act (&desk, "day.retype");
  SEES (&desk, "Nobody was booked here on this day");
  page (&desk, folder, "retype-empty");
  desk_tear_down (&desk);
  g_unsetenv ("LIMBER_PRINT_TO");
}

static void
empty_pages (const char *folder)
{
  Desk desk;

  desk_set_up (&desk, FALSE, 0);
  SEES (&desk, "Nobody can sign in here yet");
  page (&desk, folder, "no-pins");
  sample_staff (desk.store, TRUE);
  desk_sign_in (&desk);
  SEES (&desk, "Nobody is booked here today");
  page (&desk, folder, "empty");
  desk_tear_down (&desk);
}

static void
trouble_pages (const char *folder)
{
  static const struct { LimberError code; const char *name; } troubles[] = {
    { LIMBER_ERROR_BUSY, "busy" }, { LIMBER_ERROR_NOT_FOUND, "no-store" }, { LIMBER_ERROR_DEPARTED, "departed" }, { LIMBER_ERROR_NEWER, "newer" },
    { LIMBER_ERROR_DAMAGED, "damaged" }, { LIMBER_ERROR_DISK_FULL, "disk-full" }, { LIMBER_ERROR_REFUSED, "other-class" },
  };
  Desk desk;

  desk_set_up (&desk, FALSE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autoptr (GError) error = g_error_new (LIMBER_ERROR, troubles[i].code, "The store in /var/lib/limber/front-desk is what this says about it.");
    g_autoptr (LimberTrouble) trouble = limber_trouble_new (error, "limber", "/var/lib/limber/front-desk");

    limber_window_tell_trouble (desk.window, trouble);
    SEES (&desk, trouble->title);
    page (&desk, folder, troubles[i].name);
  }
  desk_tear_down (&desk);
}

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
  page (&desk, folder, "welcome");
  press_what_has_the_focus (&desk);
  gtk_editable_set_text (entry_in_sight (&desk), code);
  SEES (&desk, "does not say where it was made");
  page (&desk, folder, "welcome-code");
  gtk_editable_set_text (entry_in_sight (&desk), "7QK3-9XWM-PABC-DEFG-HJKM-NPQR-STVW-XYZ0@http://127.0.0.1:1");
  SEES (&desk, "The code is whole.");
  desk_press (&desk, "Continue");
  SEES (&desk, "There is no line");
  page (&desk, folder, "welcome-offline");
  limber_window_welcome (desk.window, dir, desk.env, "This computer has left its site. Everything that was saved here is with the central service. To use it again, join it with a new code.");
  SEES (&desk, "has left its site");
  page (&desk, folder, "welcome-departed");
  limber_window_pause (desk.window);
  SEES (&desk, "it goes on from there");
  page (&desk, folder, "filling-stopped");
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
  page (desk, folder, "setup-devices-offline");
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
  page (desk, folder, "setup-devices");
  fake_central_end (desk);
}

static void
setup_pages (const char *folder)
{
  Desk desk;
  LimberId id;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  desk_start_work (&desk, 12);
  sample_id (&id, "ruth");
  open_set_up (&desk, "site");
  SEES (&desk, "Only a service manager");
  page (&desk, folder, "setup-may-not");
  desk_act (&desk, "desk.back");
  test_store_put (desk.store, "staff", &id, "role", "service-manager", NULL);
  open_set_up (&desk, "site");
  SEES (&desk, "Minutes before the appointment");
  page (&desk, folder, "setup-site");
  open_set_up (&desk, "rooms");
  SEES (&desk, "By the garden");
  desk_press (&desk, "Close");
  SEES (&desk, "is closed");
  page (&desk, folder, "setup-rooms");
  open_set_up (&desk, "staff");
  SEES (&desk, "no PIN yet");
  desk_press (&desk, "Change…");
  SEES (&desk, "A PIN, to sign in with");
  page (&desk, folder, "setup-staff");
  open_set_up (&desk, "computer");
  SEES (&desk, "It last held all that it should");
  SEES (&desk, "None: nothing leaves this computer");
  desk_press (&desk, "Copy the store there");
  SEES (&desk, "Say a folder that is there");
  page (&desk, folder, "setup-computer");
  desk_press (&desk, "Check the store");
  SEES (&desk, "The store is sound");
  device_pages (&desk, folder);
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : NULL;

  desk_begin ();
  working_pages (folder);
  course_pages (folder);
  find_pages (folder);
  compare_pages (folder);
  day_pages (folder);
  empty_pages (folder);
  trouble_pages (folder);
  welcome_pages (folder);
  setup_pages (folder);
  g_print ("1..%u\n", tests);
  return failures > 0 ? 1 : 0;
}
