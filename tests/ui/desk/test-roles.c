/* Whose work is at the desk, who may come to it, and what each may do there. */
#include "desk.h"
#include "sample.h"

static void
choose (Desk *desk, const char *name)
{
  SEES (desk, name);
  gtk_editable_set_text (desk_search_box (desk), name);
  SEES (desk, name);
  g_signal_emit_by_name (desk_search_box (desk), "activate");
  SEES (desk, "Somebody else");
}

static void
come (Desk *desk, const char *name)
{
  choose (desk, name);
  desk_give_pin (desk, SAMPLE_PIN);
  SEES (desk, "Monday 23-Nov-2026");
}

static gboolean
asks_for (GtkWidget *widget, gconstpointer placeholder)
{
  g_autofree char *text = NULL;

  if (!GTK_IS_ENTRY (widget) && !GTK_IS_PASSWORD_ENTRY (widget))
    return FALSE;
  g_object_get (widget, "placeholder-text", &text, NULL);
  return g_strcmp0 (text, placeholder) == 0;
}

/* Types @text into the field that says @placeholder. */
static void
fill (Desk *desk, const char *placeholder, const char *text)
{
  GtkWidget *field = desk_find (desk, asks_for, placeholder);

  g_assert_nonnull (field);
  gtk_editable_set_text (GTK_EDITABLE (field), text);
}

static void
set_staff (Desk *desk, const char *key, const char *field, const char *value)
{
  LimberId id;

  sample_id (&id, key);
  test_store_put (desk->store, "staff", &id, field, value, NULL);
}

/* Ctrl+U: what the first has open, and has not finished, neither the second nor anybody else sees, and it is there when she is back. */
static void
two_people_take_turns_and_each_finds_her_own_work (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thom");
  SEES (&desk, "THOMAS, David (Mr)");
  desk_act (&desk, "win.switch-user");
  SEES (&desk, "their work is open here");
  SEES_NOT (&desk, "THOMAS");
  come (&desk, "Priya Shah");
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "");
  desk_type (&desk, "patel");
  desk_act (&desk, "win.switch-user");
  come (&desk, "Anna Reid");
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "thom");
  desk_enter (&desk);
  SEES (&desk, "David Thomas checked in");
  desk_act (&desk, "win.switch-user");
  come (&desk, "Priya Shah");
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "patel");
  SEES_NOT (&desk, "David Thomas checked in"); /* nor can she take it back */
  desk_act (&desk, "win.sign-out");
  come (&desk, "Anna Reid");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Taken back for David Thomas");
  desk_tear_down (&desk);
}

/* What else of hers is on the screen goes with her page, and comes back with it, to nobody else. */
static void
a_window_that_she_has_open_waits_out_of_sight (void)
{
  Desk desk;
  GtkWidget *more;

  desk_start_work (&desk, 12);
  more = g_object_ref_sink (gtk_window_new ());
  gtk_window_set_transient_for (GTK_WINDOW (more), GTK_WINDOW (desk.window));
  gtk_window_present (GTK_WINDOW (more));
  desk_act (&desk, "win.switch-user");
  g_assert_false (gtk_widget_get_visible (more));
  come (&desk, "Priya Shah");
  g_assert_false (gtk_widget_get_visible (more));
  desk_act (&desk, "win.lock");
  desk_press (&desk, "Somebody else");
  come (&desk, "Anna Reid");
  g_assert_true (gtk_widget_get_visible (more));
  desk_act (&desk, "win.lock");
  gtk_widget_set_visible (more, FALSE);
  set_staff (&desk, "ruth", "left", "1");
  SEES (&desk, "Who is working here?");
  gtk_window_destroy (GTK_WINDOW (more));
  g_object_unref (more);
  desk_tear_down (&desk);
}

static gboolean
is_locked_soon (gpointer data)
{
  limber_window_check_idle (((Desk *) data)->window);
  return desk_can_see (data);
}

/* The site's choice counts as soon as it is heard of. */
static void
the_site_says_how_soon_a_screen_locks_itself (void)
{
  Desk desk;
  LimberId site;

  desk_start_work (&desk, 12);
  desk.clock.now += 3 * G_GINT64_CONSTANT (60000);
  limber_window_check_idle (desk.window);
  desk.text = "Locked.";
  g_assert_true (desk_cannot_see (&desk)); /* in ten minutes, where it says nothing */
  sample_id (&site, "site");
  test_store_put (desk.store, "site", &site, "lock_minutes", "2", NULL);
  g_assert_true (test_wait (is_locked_soon, &desk));
  desk_tear_down (&desk);
}

/* The wish is two seconds; with the PIN's own tenth of a second there is much to spare. */
static void
another_person_is_at_work_in_less_than_two_seconds (void)
{
  Desk desk;
  gint64 began;

  desk_start_work (&desk, 12);
  began = g_get_monotonic_time ();
  desk_act (&desk, "win.switch-user");
  come (&desk, "Priya Shah");
  g_test_message ("to another's own page, with the PIN: %.0f ms", (double) (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  began = g_get_monotonic_time ();
  desk_act (&desk, "win.switch-user");
  come (&desk, "Anna Reid");
  g_test_message ("back to work that waited, with the PIN: %.0f ms", (double) (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  desk_tear_down (&desk);
}

/* At once, in the middle of her work; and what she had parked goes as well. */
static void
who_has_left_is_shut_out_in_the_middle_of_her_work (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  desk_type (&desk, "thom");
  set_staff (&desk, "ruth", "left", "1");
  SEES (&desk, "Who is working here?");
  SEES (&desk, "Anna Reid was signed out");
  come (&desk, "Priya Shah");
  set_staff (&desk, "ruth", "left", "0");
  desk_act (&desk, "win.switch-user");
  SEES (&desk, "Anna Reid");
  come (&desk, "Anna Reid");
  g_assert_cmpstr (gtk_editable_get_text (desk_search_box (&desk)), ==, "");
  desk_act (&desk, "win.lock");
  SEES (&desk, "Locked.");
  set_staff (&desk, "ruth", "left", "1");
  SEES (&desk, "Who is working here?"); /* she is not asked for her PIN any more */
  desk_tear_down (&desk);
}

static void
cover_says_why_and_a_colleague_vouches_where_central_is_silent (void)
{
  Desk desk;
  LimberId belmont;

  desk_set_up (&desk, TRUE, 12);
  sample_id (&belmont, "belmont");
  test_store_put (desk.store, "site", &belmont, "code", "LMB02", "name", "Belmont", NULL);
  sample_colleague (desk.store, "grace", "Grace", "Obi", "reception", "belmont");
  SEES (&desk, "Anna Reid");
  desk_press (&desk, "I am from another site");
  choose (&desk, "Grace Obi");
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Say in a few words why");
  fill (&desk, "Why you work here today", "Anna is ill");
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Monday 23-Nov-2026");
  desk_act (&desk, "win.sign-out");
  come (&desk, "Grace Obi"); /* she is on the list for this day */
  desk_act (&desk, "win.sign-out");
  sample_silence (desk.store, 6);
  choose (&desk, "Anna Reid");
  SEES (&desk, "It cannot know who has left");
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "That PIN is not right.");
  fill (&desk, "Your colleague’s PIN, typed by them", SAMPLE_PIN);
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES (&desk, "Monday 23-Nov-2026");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM cover"), ==, 2);
  desk_tear_down (&desk);
}

static void
glass_is_broken_with_a_reason_until_it_is_ended (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  gtk_widget_activate_action (GTK_WIDGET (desk_search_box (&desk)), "desk.go", "s", "glass");
  SEES (&desk, "For what cannot wait");
  SEES_NOT (&desk, "Who broke it"); /* for managers */
  fill (&desk, "Why it cannot wait", "help");
  desk_press (&desk, "Break glass");
  SEES (&desk, "Say in a few words why it cannot wait");
  fill (&desk, "Why it cannot wait", "Nobody else is here to do it");
  desk_press (&desk, "Break glass");
  SEES (&desk, "Glass is broken until 10:41");
  desk_press (&desk, "End this now");
  SEES_NOT (&desk, "Glass is broken until");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Glass is broken until 10:41");
  SEES (&desk, "The glass is broken again, for as long as it was");
  desk_act (&desk, "desk.undo"); /* of what she did before she ended it */
  SEES_NOT (&desk, "Glass is broken until");
  SEES (&desk, "That the glass was broken stays written down");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM glass WHERE ended IS NOT NULL AND reviewed IS NULL"), ==, 1);
  fill (&desk, "Why it cannot wait", "It happened once more");
  desk_press (&desk, "Break glass");
  SEES (&desk, "Glass is broken until 10:41");
  desk.clock.now += 61 * G_GINT64_CONSTANT (60000);
  limber_window_check_idle (desk.window); /* and the screen locks itself */
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES_NOT (&desk, "Glass is broken until");
  desk_tear_down (&desk);
}

static gboolean
is_read_once (gpointer data)
{
  return test_store_count (((Desk *) data)->store, "SELECT count(*) FROM journal WHERE header LIKE '%\"reading\"%'") == 1;
}

/* It is not waited for, and a page that is opened again soon is no other read. */
static void
whoever_opens_a_page_is_written_down (void)
{
  g_autofree char *target = NULL, *id = sample_id_text ("thomas");
  Desk desk;

  desk_start_work (&desk, 12);
  target = g_strconcat ("person:", id, NULL);
  for (int i = 0; i < 3; i++) {
    gtk_widget_activate_action (GTK_WIDGET (desk_search_box (&desk)), "desk.go", "s", target);
    SEES (&desk, "Alexandra Avenue\nHarrow");
    desk_act (&desk, "desk.back");
  }
  g_assert_true (test_wait (is_read_once, &desk));
  desk_tear_down (&desk);
}

/* A manager is told of what waits for her, until she has looked at it; of her own she is not. */
static void
a_manager_is_told_what_waits_and_looks_at_it (void)
{
  static const char *const who[] = { "priya", "mary" };
  Desk desk;

  desk_set_up (&desk, TRUE, 12);
  sample_colleague (desk.store, "mary", "Mary", "Okonjo", "service-manager", "site");
  for (guint i = 0; i < G_N_ELEMENTS (who); i++) {
    g_autofree char *staff = sample_id_text (who[i]), *site = sample_id_text ("site");
    LimberId id;

    sample_id (&id, i == 0 ? "g1" : "g2");
    test_store_put (desk.store, "glass", &id, "staff", staff, "site", site, "reason", "It could not wait at all", "at", "2026-11-23T08:00:00Z", "until", "2026-11-23T09:00:00Z", NULL);
  }
  come (&desk, "Mary Okonjo");
  SEES (&desk, "Somebody broke glass, and nobody has looked at it yet");
  gtk_widget_activate_action (GTK_WIDGET (desk_search_box (&desk)), "desk.go", "s", "glass");
  SEES (&desk, "Priya Shah, Physiotherapist");
  fill (&desk, "What came of it", "In order");
  desk_press (&desk, "I have looked at it");
  SEES (&desk, "It is written down that you have looked at it");
  SEES_NOT (&desk, "Somebody broke glass");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM glass WHERE reviewed IS NOT NULL AND note='In order'"), ==, 1);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Somebody broke glass, and nobody has looked at it yet");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM glass WHERE reviewed IS NULL AND reviewed_by IS NULL AND note IS NULL"), ==, 2);
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM journal WHERE body LIKE '%In order%'"), ==, 1);
  desk_tear_down (&desk);
}

/* An administrator sees the list, and opens nobody; what she tries is refused with who may. */
static void
what_a_role_does_not_allow_is_not_there (void)
{
  Desk desk;

  desk_set_up (&desk, TRUE, 12);
  sample_colleague (desk.store, "ada", "Ada", "Byrne", "administrator", "site");
  come (&desk, "Ada Byrne");
  desk_type (&desk, "thomas");
  SEES (&desk, "THOMAS, David (Mr)");
  desk_enter (&desk);
  SEES (&desk, "Check people in: that is not for your role, Administrator");
  desk_type (&desk, "thomas");
  SEES (&desk, "THOMAS, David (Mr)");
  gtk_widget_activate_action (GTK_WIDGET (desk_search_box (&desk)), "desk.open", NULL);
  SEES (&desk, "Open a person’s page: that is for Receptionist");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_act (&desk, "day.building");
  SEES (&desk, "visitors, carers, staff"); /* a fire is everybody’s */
  desk_tear_down (&desk);
}

#define ADD(name, func) g_test_add_func ("/ui/desk/roles/" name, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  g_setenv ("LIMBER_PRINT_TO", "/nonexistent/limber.pdf", TRUE); /* as with a printer that is broken */
  ADD ("two-people-take-turns-and-each-finds-her-own-work", two_people_take_turns_and_each_finds_her_own_work);
  ADD ("a-window-that-she-has-open-waits-out-of-sight", a_window_that_she_has_open_waits_out_of_sight);
  ADD ("another-person-is-at-work-in-less-than-two-seconds", another_person_is_at_work_in_less_than_two_seconds);
  ADD ("the-site-says-how-soon-a-screen-locks-itself", the_site_says_how_soon_a_screen_locks_itself);
  ADD ("who-has-left-is-shut-out-in-the-middle-of-her-work", who_has_left_is_shut_out_in_the_middle_of_her_work);
  ADD ("cover-says-why-and-a-colleague-vouches-where-central-is-silent", cover_says_why_and_a_colleague_vouches_where_central_is_silent);
  ADD ("glass-is-broken-with-a-reason-until-it-is-ended", glass_is_broken_with_a_reason_until_it_is_ended);
  ADD ("whoever-opens-a-page-is-written-down", whoever_opens_a_page_is_written_down);
  ADD ("a-manager-is-told-what-waits-and-looks-at-it", a_manager_is_told_what_waits_and_looks_at_it);
  ADD ("what-a-role-does-not-allow-is-not-there", what_a_role_does_not_allow_is_not_there);
  return g_test_run ();
}
