#include <glib/gstdio.h>
#include <string.h>

#include "limber-error.h"
#include "limber-exit-code.h"
#include "limber-kinds.h"
#include "limber-kiosk-message.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-window.h"
#include "limber-publishing.h"
#include "limber-stage.h"
#include "limber-test.h"

/* A clinic with one person expected at 09:15, and the kiosk's window in front of it. It is 09:00. */
typedef struct {
  TestClock          clock;
  LimberEnv         *env;
  char              *dir;
  LimberStore       *store;
  LimberKioskFlow   *flow;
  LimberKioskWindow *window;
  gboolean           left;
} Room;

static void
put_person (Room *room, const char *name, const char *family, const char *given, const char *born, const char *start, const char *status)
{
  g_autofree char *patient_key = g_strconcat ("patient ", name, NULL), *patient_text = NULL, *site_text = NULL, *place_text = NULL, *staff_text = NULL;
  LimberId patient, appointment, site, place, staff;

  test_id (&patient, patient_key);
  test_id (&appointment, name);
  test_id (&site, "site");
  test_id (&place, "place");
  test_id (&staff, "staff");
  patient_text = limber_id_dup_text (&patient);
  site_text = limber_id_dup_text (&site);
  place_text = limber_id_dup_text (&place);
  staff_text = limber_id_dup_text (&staff);
  test_store_put (room->store, "patient", &patient, "family", family, "given", given, "born", born, NULL);
  test_store_put (room->store, "appointment", &appointment, "patient", patient_text, "site", site_text, "place", place_text, "clinician", staff_text, "start", start, "status", status, NULL);
}

static void
on_leave (Room *room)
{
  room->left = TRUE;
}

static void
set_up (Room *room, gconstpointer data)
{
  LimberId site, place, staff;
  g_autofree char *site_text = NULL, *store_dir = NULL;

  room->env = test_env_new (&room->clock);
  room->dir = test_dir_new ();
  store_dir = g_build_filename (room->dir, "store", NULL);
  test_id (&site, "site");
  test_id (&place, "place");
  test_id (&staff, "staff");
  site_text = limber_id_dup_text (&site);
  room->store = test_store_new (store_dir, room->env, LIMBER_CLASS_DESK, &site);
  test_store_put (room->store, "site", &site, "code", "LMB01", "name", "Alexandra Avenue Clinic", NULL);
  test_store_put (room->store, "place", &place, "site", site_text, "name", "Gym", "waiting_area", "Blue chairs", NULL);
  test_store_put (room->store, "staff", &staff, "number", "S1", "family", "Patel", "given", "Priya", "role", "physiotherapist", NULL);
  put_person (room, "declan", "O'Connor", "Declan", "1954-08-06", "2026-11-23T09:15:00Z", "booked");
  room->flow = limber_kiosk_flow_new (room->env);
  limber_kiosk_flow_set_times (room->flow, 30, 12, 0);
  room->window = limber_kiosk_window_new (room->flow, room->env);
  g_signal_connect_swapped (room->flow, "leave", G_CALLBACK (on_leave), room);
  limber_kiosk_flow_set_store (room->flow, room->store, NULL);
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (room->window));
}

/* Whether nothing that was asked is still on its way. */
static gboolean
is_alone (gpointer data)
{
  return ((GObject *) data)->ref_count == 1;
}

static void
tear_down (Room *room, gconstpointer data)
{
  g_object_ref (room->window);
  gtk_window_destroy (GTK_WINDOW (room->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (room->window);
  g_assert_true (test_wait (is_alone, room->flow));
  g_assert_finalize_object (room->flow);
  limber_store_close (room->store);
  g_assert_finalize_object (room->store);
  limber_env_unref (room->env);
  test_dir_remove (room->dir);
  g_free (room->dir);
}

/* Any text inside, shown or not. */
static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
has_class (GtkWidget *widget, const char *name)
{
  if (gtk_widget_has_css_class (widget, name))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_class (child, name))
      return TRUE;
  return FALSE;
}

static gboolean
says (Room *room, const char *text)
{
  return has_text (GTK_WIDGET (room->window), text);
}

typedef struct {
  Room       *room;
  const char *text;
} Awaited;

static gboolean
is_said (gpointer data)
{
  Awaited *awaited = data;

  return says (awaited->room, awaited->text);
}

static void
await (Room *room, const char *text)
{
  Awaited awaited = { room, text };

  if (!test_wait (is_said, &awaited))
    g_error ("The kiosk never said: %s", text);
}

static void
press (Room *room, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), action, NULL));
}

static void
choose (Room *room, const char *action, int target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), action, "i", target));
}

static void
say_who (Room *room, int day, int month, char initial)
{
  press (room, "kiosk.check-in");
  g_assert_true (says (room, "Which day were you born?"));
  g_assert_true (says (room, "Step 1 of 3"));
  choose (room, "kiosk.day", day);
  g_assert_true (says (room, "Which month were you born?"));
  choose (room, "kiosk.month", month);
  g_assert_true (says (room, "first letter of your last name"));
  choose (room, "kiosk.letter", initial);
}

/* Seconds, as the window counts them. */
static void
pass (Room *room, int seconds)
{
  for (int i = 0; i < seconds; i++) {
    room->clock.now += 1000;
    limber_kiosk_window_tick (room->window);
  }
}

static char *
status_of (Room *room, const char *name)
{
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  test_id (&id, name);
  record = test_store_get (room->store, "appointment", &id);
  return g_strdup (limber_record_word (record, "status"));
}

static void
assert_status (Room *room, const char *name, const char *status)
{
  g_autofree char *is = status_of (room, name);

  g_assert_cmpstr (is, ==, status);
}

static void
test_checks_in (Room *room, gconstpointer data)
{
  g_assert_true (says (room, "Welcome to Alexandra Avenue Clinic"));
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  g_assert_true (says (room, "D O"));
  g_assert_true (says (room, "9:15am with Priya"));
  g_assert_false (says (room, "Declan"));
  g_assert_false (says (room, "Connor"));
  assert_status (room, "declan", "booked");
  press (room, "kiosk.yes");
  await (room, "You are checked in");
  g_assert_true (says (room, "Blue chairs"));
  assert_status (room, "declan", "arrived");
}

static void
test_done_clears_itself (Room *room, gconstpointer data)
{
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  press (room, "kiosk.yes");
  await (room, "You are checked in");
  g_assert_true (says (room, "in 12 seconds"));
  pass (room, 11);
  g_assert_true (says (room, "in 1 second"));
  pass (room, 1);
  g_assert_true (says (room, "Check in"));
  for (guint i = 0; i < 5; i++) {
    static const char *const hers[] = { "D O", "Priya", "Blue chairs", "Gym", "9:15am" };

    g_assert_false (says (room, hers[i]));
  }
}

/* Somebody else waits for Priya since nine, and Declan has another appointment after. */
static void
test_done_says_more (Room *room, gconstpointer data)
{
  g_autofree char *patient = NULL, *site = NULL;
  LimberId id, declan;

  put_person (room, "rose", "Oakley", "Rose", "1960-01-01", "2026-11-23T08:45:00Z", "arrived");
  test_id (&declan, "patient declan");
  test_id (&id, "site");
  patient = limber_id_dup_text (&declan);
  site = limber_id_dup_text (&id);
  test_id (&id, "second");
  test_store_put (room->store, "appointment", &id, "patient", patient, "site", site, "start", "2026-11-23T11:00:00Z", "status", "booked", NULL);
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  press (room, "kiosk.yes");
  await (room, "Priya is running about 15 minutes late. Sorry for the wait.");
  g_assert_true (says (room, "9:15am with Priya, Gym"));
  g_assert_true (says (room, "Later, please check in again"));
  g_assert_true (says (room, "11am"));
  pass (room, 23); /* there is more to read */
  g_assert_true (says (room, "in 1 second"));
  pass (room, 1);
  g_assert_false (says (room, "running"));
  g_assert_false (says (room, "11am"));
}

/* Too late to be checked in here: she has come all the same, and is told to go to the desk. */
static void
test_too_late (Room *room, gconstpointer data)
{
  LimberId appointment, arrival;
  g_autoptr (LimberRecord) record = NULL;

  room->clock.now += 40 * G_GINT64_CONSTANT (60000);
  say_who (room, 6, 8, 'O');
  await (room, "desk");
  assert_status (room, "declan", "booked");
  test_id (&appointment, "declan");
  limber_stage_arrival_id (&appointment, 0, &arrival);
  record = test_store_get (room->store, "arrival", &arrival);
  g_assert_cmpint (limber_record_integer (record, "at"), ==, room->clock.now);
}

static void
test_no_records_nothing (Room *room, gconstpointer data)
{
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  press (room, "kiosk.no");
  g_assert_true (says (room, "You have NOT been checked in."));
  g_assert_false (says (room, "D O"));
  assert_status (room, "declan", "booked");
}

static void
test_no_match_says_so (Room *room, gconstpointer data)
{
  put_person (room, "tomorrow", "Baker", "Ann", "1950-02-02", "2026-11-24T09:15:00Z", "booked");
  say_who (room, 1, 1, 'X');
  await (room, "We could not find you on today's list");
  g_assert_true (says (room, "You have NOT been checked in."));
  g_assert_true (says (room, "Please go to the desk."));
  press (room, "kiosk.finish");
  say_who (room, 2, 2, 'B');
  await (room, "We could not find you on today's list");
  g_assert_true (says (room, "You have NOT been checked in."));
}

static void
test_refusals (Room *room, gconstpointer data)
{
  put_person (room, "early", "Early", "Ann", "1950-02-02", "2026-11-23T16:00:00Z", "booked");
  put_person (room, "late", "Late", "Ann", "1950-03-03", "2026-11-23T07:00:00Z", "booked");
  put_person (room, "off", "Cancelled", "Ann", "1950-04-04", "2026-11-23T09:15:00Z", "booked");
  put_person (room, "off", "Cancelled", "Ann", "1950-04-04", "2026-11-23T09:15:00Z", "cancelled");
  put_person (room, "in", "Inside", "Ann", "1950-05-05", "2026-11-23T09:15:00Z", "arrived");
  say_who (room, 2, 2, 'E');
  await (room, "You are early");
  g_assert_true (says (room, "Please check in here from 3:30pm"));
  say_who (room, 3, 3, 'L');
  await (room, "The time of your appointment has passed");
  say_who (room, 4, 4, 'C');
  await (room, "was cancelled");
  say_who (room, 5, 5, 'I');
  await (room, "You are already checked in");
  g_assert_true (says (room, "Please sit in Blue chairs"));
}

static void
test_asks_the_year (Room *room, gconstpointer data)
{
  put_person (room, "olive", "Olivier", "Rose", "1981-08-06", "2026-11-23T09:15:00Z", "booked");
  say_who (room, 6, 8, 'O');
  await (room, "Which year were you born?");
  for (const char *figure = "1981"; *figure != '\0'; figure++)
    g_assert_true (limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), (gunichar) *figure));
  g_assert_true (says (room, "1981"));
  choose (room, "kiosk.year", 1981);
  await (room, "Is this you?");
  g_assert_true (says (room, "R O"));
}

static void
test_letter (Room *room, gconstpointer data)
{
  g_autofree char *code = NULL;
  LimberId id;

  test_id (&id, "declan");
  code = limber_kinds_appointment_code (&id);
  press (room, "kiosk.check-in");
  choose (room, "kiosk.day", 31);
  limber_kiosk_flow_scan (room->flow, code);
  await (room, "Is this you?");
  g_assert_true (says (room, "D O"));
  press (room, "kiosk.yes");
  await (room, "You are checked in");
  limber_kiosk_flow_scan (room->flow, NULL);
  g_assert_true (says (room, "We could not read that code"));
  g_assert_false (says (room, "Blue chairs"));
  limber_kiosk_flow_scan (room->flow, "0000000000");
  await (room, "We could not find you on today's list");
}

static void
test_rests_after_guessing (Room *room, gconstpointer data)
{
  for (int day = 1; day <= 5; day++) {
    say_who (room, day, 1, 'X');
    await (room, "We could not find you");
  }
  say_who (room, 6, 8, 'O');
  await (room, "Please ask at the desk, or wait a minute");
  room->clock.now += 61 * 1000;
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
}

static void
test_still_there (Room *room, gconstpointer data)
{
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  pass (room, 29);
  g_assert_true (says (room, "Is this you?"));
  limber_kiosk_flow_touch (room->flow);
  pass (room, 29);
  g_assert_true (says (room, "Is this you?"));
  pass (room, 1);
  g_assert_true (says (room, "Are you still there?"));
  g_assert_true (says (room, "in 20 seconds"));
  g_assert_false (says (room, "D O"));
  pass (room, 19);
  press (room, "kiosk.still-here");
  g_assert_true (says (room, "Is this you?"));
  pass (room, 50);
  g_assert_true (says (room, "Welcome"));
  press (room, "kiosk.check-in");
  choose (room, "kiosk.day", 6);
  g_assert_true (says (room, "Day 6"));
  pass (room, 50);
  g_assert_true (says (room, "Welcome"));
  g_assert_false (says (room, "Day 6"));
  /* Nor does the next person find a key marked that she did not press. */
  press (room, "kiosk.check-in");
  g_assert_false (has_class (GTK_WIDGET (room->window), "chosen"));
}

static void
test_back (Room *room, gconstpointer data)
{
  press (room, "kiosk.check-in");
  choose (room, "kiosk.day", 6);
  choose (room, "kiosk.month", 8);
  press (room, "kiosk.back");
  g_assert_true (says (room, "Which month"));
  press (room, "kiosk.back");
  g_assert_true (says (room, "Which day"));
  g_assert_true (has_class (GTK_WIDGET (room->window), "chosen"));
  press (room, "kiosk.back");
  g_assert_true (says (room, "Welcome"));
  press (room, "kiosk.check-in");
  press (room, "kiosk.person");
  g_assert_true (says (room, "Somebody there will help you"));
}

static void
test_keyboard (Room *room, gconstpointer data)
{
  LimberKioskPage *page;
  GtkWidget *focus;

  press (room, "kiosk.check-in");
  page = limber_kiosk_flow_get_page (room->flow);
  limber_kiosk_page_typed (page, '3');
  limber_kiosk_page_typed (page, '1');
  focus = gtk_window_get_focus (GTK_WINDOW (room->window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "31");
  choose (room, "kiosk.day", 31);
  page = limber_kiosk_flow_get_page (room->flow);
  limber_kiosk_page_typed (page, 'J');
  limber_kiosk_page_typed (page, 'U');
  limber_kiosk_page_typed (page, 'L');
  focus = gtk_window_get_focus (GTK_WINDOW (room->window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "July");
}

static void
test_page_has_a_name (Room *room, gconstpointer data)
{
  press (room, "kiosk.check-in");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (limber_kiosk_flow_get_page (room->flow)), GTK_ACCESSIBLE_ROLE_GROUP);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (limber_kiosk_flow_get_page (room->flow)), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

/* What is asked once she is checked in. */

/* @data: which of our files */
static gboolean
publish_ours (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor staff = { "00000000-0000-7000-8000-000000000001", "service-manager" };
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "questionnaires", data, NULL), *text = NULL;
  g_autoptr (LimberQuestionnaire) form = NULL;
  gsize length;
  LimberId id;

  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  form = limber_form_publish (transaction, &(LimberPublishing){ .text = text, .length = length }, &staff, &id, error);
  return form != NULL;
}

static void
publish_file (Room *room, const char *file)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (room->store, publish_ours, (gpointer) file, &error);
  g_assert_no_error (error);
}

static void
publish (Room *room)
{
  publish_file (room, "arrival.json");
}

static void
check_in_declan (Room *room, const char *then)
{
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  press (room, "kiosk.yes");
  await (room, then);
}

static void
put_phone (Room *room)
{
  LimberId declan;

  test_id (&declan, "patient declan");
  test_store_put (room->store, "patient", &declan, "mobile", "07700 900123", NULL);
}

typedef struct {
  Room       *room;
  const char *sql;
  gint64      wanted;
} Counted;

/* Advice. */

/* Whether a widget inside carries out @action, and is shown. */
static gboolean
offers (GtkWidget *widget, const char *action)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (offers (child, action))
      return TRUE;
  return FALSE;
}

static gboolean
page_offers (Room *room, const char *action)
{
  return offers (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), action);
}

static void
test_no_advice (Room *room, gconstpointer data)
{
  publish (room); /* it asks, and is no advice */
  press (room, "kiosk.finish");
  g_assert_false (page_offers (room, "kiosk.advice"));
  press (room, "kiosk.advice");
  choose (room, "kiosk.topic", 0);
  g_assert_true (says (room, "Welcome"));
}

static void
test_advice (Room *room, gconstpointer data)
{
  gint64 entries;

  publish_file (room, "advice.json");
  entries = test_store_count (room->store, "SELECT count(*) FROM journal");
  press (room, "kiosk.finish");
  g_assert_true (page_offers (room, "kiosk.advice"));
  press (room, "kiosk.advice");
  g_assert_true (says (room, "Keep moving") && says (room, "When to call 999"));
  choose (room, "kiosk.topic", 1); /* a sentence is no topic */
  choose (room, "kiosk.topic", 1000);
  g_assert_true (says (room, "Keep moving"));
  choose (room, "kiosk.topic", 0);
  g_assert_true (says (room, "Numbness or tingling around your genitals"));
  g_assert_true (says (room, "It does not replace what your doctor or therapist tells you."));
  press (room, "kiosk.languages");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.language", "s", "pl"));
  g_assert_true (says (room, "Drętwienie"));
  press (room, "kiosk.back");
  g_assert_true (says (room, "Ruch pomaga"));
  press (room, "kiosk.back");
  g_assert_true (says (room, "Welcome")); /* the next one's language is her own */
  g_assert_cmpint (test_store_count (room->store, "SELECT count(*) FROM journal"), ==, entries); /* nobody wrote who has read */
}

static void
test_advice_is_left (Room *room, gconstpointer data)
{
  publish_file (room, "advice.json");
  press (room, "kiosk.finish");
  press (room, "kiosk.advice");
  choose (room, "kiosk.topic", 0);
  pass (room, 31);
  g_assert_true (says (room, "Are you still there?"));
  press (room, "kiosk.still-here");
  g_assert_true (says (room, "Numbness or tingling"));
  pass (room, 60);
  g_assert_true (says (room, "Welcome"));
  g_assert_false (says (room, "Numbness or tingling"));
  press (room, "kiosk.advice");
  g_assert_false (says (room, "Numbness or tingling")); /* where the last one was, the next does not see */
  press (room, "kiosk.finish");
  press (room, "kiosk.check-in");
  press (room, "kiosk.advice"); /* never in the middle of a visit */
  g_assert_true (says (room, "Which day were you born?"));
}

static gboolean
is_counted (gpointer data)
{
  Counted *counted = data;

  return test_store_count (counted->room->store, counted->sql) == counted->wanted;
}

static void
await_count (Room *room, const char *sql, gint64 wanted)
{
  Counted counted = { room, sql, wanted };

  if (!test_wait (is_counted, &counted))
    g_error ("It is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT ": %s", test_store_count (room->store, sql), wanted, sql);
}

static void
test_details_right (Room *room, gconstpointer data)
{
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  assert_status (room, "declan", "arrived"); /* whatever comes now */
  g_assert_true (says (room, "123"));
  g_assert_false (says (room, "07700") || says (room, "900"));
  choose (room, "kiosk.details", 1);
  g_assert_true (says (room, "You are checked in"));
  g_assert_false (says (room, "123"));
  await_count (room, "SELECT count(*) FROM patient WHERE details_confirmed='2026-11-23'", 1);
}

static void
test_details_changed (Room *room, gconstpointer data)
{
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  choose (room, "kiosk.details", 2);
  g_assert_true (says (room, "You are checked in"));
  g_assert_true (says (room, "The desk will ask you for your new phone number."));
  await_count (room, "SELECT count(*) FROM task WHERE about='details-changed' AND patient IS NOT NULL", 1);
  await_count (room, "SELECT count(*) FROM patient WHERE details_confirmed IS NOT NULL", 0);
}

static void
test_details_skipped (Room *room, gconstpointer data)
{
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  choose (room, "kiosk.details", 0);
  g_assert_true (says (room, "You are checked in"));
  await_count (room, "SELECT count(*) FROM task", 0);
}

static void
test_questions (Room *room, gconstpointer data)
{
  publish (room);
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  choose (room, "kiosk.details", 1);
  g_assert_true (says (room, "How bad is your pain today?"));
  g_assert_true (says (room, "Question 1 of 2"));
  choose (room, "kiosk.answer", 11); /* no answer to it */
  choose (room, "kiosk.answer", 6);
  g_assert_true (says (room, "How are you since you were last here?"));
  await_count (room, "SELECT count(*) FROM answers WHERE status='in-progress' AND n_answered=1 AND answers LIKE '%\"valueInteger\":6%'", 1);
  press (room, "kiosk.back");
  g_assert_true (says (room, "How bad is your pain today?"));
  g_assert_true (has_class (GTK_WIDGET (room->window), "chosen"));
  choose (room, "kiosk.answer", 7);
  choose (room, "kiosk.answer", 2);
  g_assert_true (says (room, "When did it get worse?")); /* asked of whom it concerns */
  g_assert_true (says (room, "Question 3 of 3"));
  press (room, "kiosk.skip-question");
  g_assert_true (says (room, "You are checked in"));
  g_assert_true (says (room, "Blue chairs"));
  await_count (room, "SELECT count(*) FROM answers WHERE status='completed' AND n_answered=2 AND n_asked=3 AND answers LIKE '%\"valueInteger\":7%'", 1);
}

/* Whoever goes away half-way: what she said is kept, and the screen says nothing of it. */
static void
test_walks_away (Room *room, gconstpointer data)
{
  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  choose (room, "kiosk.answer", 6);
  pass (room, 30);
  g_assert_true (says (room, "Are you still there?"));
  press (room, "kiosk.still-here");
  g_assert_true (says (room, "How are you since you were last here?"));
  pass (room, 50);
  g_assert_true (says (room, "Welcome"));
  g_assert_false (says (room, "pain"));
  await_count (room, "SELECT count(*) FROM answers WHERE status='stopped' AND n_answered=1", 1);
  assert_status (room, "declan", "arrived");
}

static void
test_next_one_scans (Room *room, gconstpointer data)
{
  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  limber_kiosk_flow_scan (room->flow, "0000000000");
  await (room, "We could not find you on today's list");
  await_count (room, "SELECT count(*) FROM answers WHERE status='stopped' AND n_answered=0", 1);
}

static void
test_rather_a_person (Room *room, gconstpointer data)
{
  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  choose (room, "kiosk.answer", 6);
  press (room, "kiosk.in-person");
  g_assert_true (says (room, "You are checked in"));
  g_assert_true (says (room, "you would like a person to ask you"));
  await_count (room, "SELECT count(*) FROM task WHERE about='ask-in-person'", 1);
  await_count (room, "SELECT count(*) FROM answers WHERE in_person=1 AND n_answered=1", 1);
  pass (room, 12);
  g_assert_false (says (room, "person to ask you"));
}

static void
test_answers_by_keyboard (Room *room, gconstpointer data)
{
  LimberKioskPage *page;
  GtkWidget *focus;

  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  page = limber_kiosk_flow_get_page (room->flow);
  g_assert_true (limber_kiosk_page_typed (page, '1'));
  g_assert_true (limber_kiosk_page_typed (page, '0'));
  focus = gtk_window_get_focus (GTK_WINDOW (room->window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "10");
  g_assert_false (limber_kiosk_page_typed (page, 'A'));
}

/* How long it will be changes while she reads, and she is told when it is her turn. */
static void
test_waits (Room *room, gconstpointer data)
{
  LimberId id;
  g_autofree char *appointment = NULL, *patient = NULL;

  put_person (room, "rose", "Oakley", "Rose", "1960-01-01", "2026-11-23T08:55:00Z", "arrived");
  check_in_declan (room, "1 person is before you");
  put_person (room, "rose", "Oakley", "Rose", "1960-01-01", "2026-11-23T08:55:00Z", "with-clinician");
  await (room, "You are next");
  test_id (&id, "declan");
  appointment = limber_id_dup_text (&id);
  test_store_put (room->store, "appointment", &id, "status", "called", NULL);
  test_id (&id, "patient declan");
  patient = limber_id_dup_text (&id);
  test_id (&id, "stage");
  test_store_put (room->store, "stage", &id, "appointment", appointment, "patient", patient, "round", "0", "step", "called", "at", "2026-11-23T09:00:00Z", NULL);
  await (room, "It is your turn");
  g_assert_true (says (room, "Please go to"));
  press (room, "kiosk.finish");
  say_who (room, 6, 8, 'O');
  await (room, "It is your turn. Please go to Gym.");
}

static void
test_no_store (Room *room, gconstpointer data)
{
  say_who (room, 6, 8, 'O');
  await (room, "Is this you?");
  limber_kiosk_flow_set_store (room->flow, NULL, "The disk is full. Nothing was changed.");
  g_assert_true (says (room, "This screen is not working"));
  g_assert_true (says (room, "Please go to the desk."));
  g_assert_true (says (room, "The disk is full."));
  g_assert_false (says (room, "D O"));
  limber_kiosk_flow_scan (room->flow, "0000000000");
  g_assert_true (says (room, "This screen is not working"));
  limber_kiosk_flow_set_store (room->flow, room->store, NULL);
  g_assert_true (says (room, "Welcome"));
}

static gboolean
set_code (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_exit_code_set (transaction, data, error);
}

static gboolean
has_left (gpointer data)
{
  return ((Room *) data)->left;
}

static void
leave_with (Room *room, const char *code)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.leave", "s", code));
}

static void
test_leave (Room *room, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  limber_kiosk_flow_ask_to_exit (room->flow);
  g_assert_true (says (room, "No closing code is set"));
  press (room, "kiosk.finish");
  g_assert_false (limber_store_write (room->store, set_code, (gpointer) "12", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_true (limber_store_write (room->store, set_code, (gpointer) "74185", NULL));
  limber_kiosk_flow_ask_to_exit (room->flow);
  g_assert_true (says (room, "Staff: close this screen"));
  leave_with (room, "1234");
  await (room, "That is not the code");
  leave_with (room, "74185");
  g_assert_true (test_wait (has_left, room));
}

static void
test_leave_rests (Room *room, gconstpointer data)
{
  g_assert_true (limber_store_write (room->store, set_code, (gpointer) "74185", NULL));
  limber_kiosk_flow_ask_to_exit (room->flow);
  for (int i = 0; i < 3; i++)
    leave_with (room, "1111");
  await (room, "Too many tries");
  leave_with (room, "74185");
  g_assert_false (room->left);
  room->clock.now += 61 * 1000;
  leave_with (room, "74185");
  g_assert_true (test_wait (has_left, room));
}

static void
test_stays_open (Room *room, gconstpointer data)
{
  gtk_window_close (GTK_WINDOW (room->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (room->window)));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Room *room, gconstpointer data); } tests[] = {
    { "/ui/kiosk/flow/checks-in-by-birthday-and-letter-without-a-name-on-the-screen", test_checks_in },
    { "/ui/kiosk/flow/the-done-page-clears-itself-and-leaves-no-text", test_done_clears_itself },
    { "/ui/kiosk/flow/the-done-page-says-how-late-it-runs-and-what-comes-next", test_done_says_more },
    { "/ui/kiosk/flow/who-comes-too-late-is-sent-to-the-desk-and-has-come", test_too_late },
    { "/ui/kiosk/flow/no-records-nothing", test_no_records_nothing },
    { "/ui/kiosk/flow/who-is-not-on-the-list-is-told-that-she-is-not-checked-in", test_no_match_says_so },
    { "/ui/kiosk/flow/early-late-cancelled-and-already-have-their-own-pages", test_refusals },
    { "/ui/kiosk/flow/the-year-is-asked-only-when-it-is-needed", test_asks_the_year },
    { "/ui/kiosk/flow/a-letter-is-taken-from-any-page", test_letter },
    { "/ui/kiosk/flow/guessing-makes-the-screen-rest", test_rests_after_guessing },
    { "/ui/kiosk/flow/are-you-still-there-and-then-nothing-is-left", test_still_there },
    { "/ui/kiosk/flow/back-goes-back-and-a-person-is-always-one-touch-away", test_back },
    { "/ui/kiosk/flow/a-keyboard-moves-the-focus", test_keyboard },
    { "/ui/kiosk/flow/a-page-is-named-by-its-heading", test_page_has_a_name },
    { "/ui/kiosk/asking/details-that-are-right-are-kept-with-the-day", test_details_right },
    { "/ui/kiosk/asking/details-that-are-not-right-are-told-to-the-desk", test_details_changed },
    { "/ui/kiosk/asking/details-can-be-skipped", test_details_skipped },
    { "/ui/kiosk/asking/one-question-a-page-and-each-answer-is-kept", test_questions },
    { "/ui/kiosk/asking/who-walks-away-has-said-what-she-said", test_walks_away },
    { "/ui/kiosk/asking/the-next-ones-letter-ends-it", test_next_one_scans },
    { "/ui/kiosk/asking/a-person-asks-whom-she-would-rather", test_rather_a_person },
    { "/ui/kiosk/asking/figures-of-a-keyboard-move-the-focus", test_answers_by_keyboard },
    { "/ui/kiosk/advice/without-any-there-is-no-button", test_no_advice },
    { "/ui/kiosk/advice/is-read-by-topics-and-nobody-writes-who-reads", test_advice },
    { "/ui/kiosk/advice/whoever-goes-away-leaves-no-page-open", test_advice_is_left },
    { "/ui/kiosk/wait/it-changes-while-she-reads", test_waits },
    { "/ui/kiosk/flow/without-a-store-it-sends-people-to-the-desk", test_no_store },
    { "/ui/kiosk/leave/only-with-the-sites-code", test_leave },
    { "/ui/kiosk/leave/three-wrong-codes-and-a-minutes-rest", test_leave_rests },
    { "/ui/kiosk/window/cannot-be-closed-from-outside", test_stays_open },
  };

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  limber_kiosk_style_load (gdk_display_get_default ());
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Room, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
