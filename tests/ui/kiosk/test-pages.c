#include <glib/gstdio.h>

#include "limber-error.h"
#include "limber-exit-code.h"
#include "limber-kinds.h"
#include "limber-kiosk-advice.h"
#include "limber-kiosk-message.h"
#include "limber-publishing.h"
#include "limber-stage.h"
#include "room.h"

static gboolean
has_class (GtkWidget *widget, gconstpointer name)
{
  return gtk_widget_has_css_class (widget, name);
}

static gboolean
shows_chosen (Room *room)
{
  return room_find (GTK_WIDGET (room->window), has_class, "chosen") != NULL;
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
  g_assert_true (room_says (room, "Welcome to Alexandra Avenue Clinic"));
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  g_assert_true (room_says (room, "D O"));
  g_assert_true (room_says (room, "9:15am with Priya"));
  g_assert_false (room_says (room, "Declan"));
  g_assert_false (room_says (room, "Connor"));
  assert_status (room, "declan", "booked");
  room_press (room, "kiosk.yes");
  room_await (room, "You are checked in");
  g_assert_true (room_says (room, "Blue chairs"));
  assert_status (room, "declan", "arrived");
}

static void
test_done_clears_itself (Room *room, gconstpointer data)
{
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  room_press (room, "kiosk.yes");
  room_await (room, "You are checked in");
  g_assert_true (room_says (room, "in 12 seconds"));
  room_pass (room, 11);
  g_assert_true (room_says (room, "in 1 second"));
  room_pass (room, 1);
  g_assert_true (room_says (room, "Check in"));
  for (guint i = 0; i < 5; i++) {
    static const char *const hers[] = { "D O", "Priya", "Blue chairs", "Gym", "9:15am" };

    g_assert_false (room_says (room, hers[i]));
  }
}

/* Somebody else waits for Priya since nine, and Declan has another appointment after. */
static void
test_done_says_more (Room *room, gconstpointer data)
{
  g_autofree char *patient = NULL, *site = NULL;
  LimberId id, declan;

  kiosk_put_person (room->store, "rose", "Oakley", "Rose", "1960-01-01", "2026-11-23T08:45:00Z", "arrived");
  test_id (&declan, "patient declan");
  test_id (&id, "site");
  patient = limber_id_dup_text (&declan);
  site = limber_id_dup_text (&id);
  test_id (&id, "second");
  test_store_put (room->store, "appointment", &id, "patient", patient, "site", site, "start", "2026-11-23T11:00:00Z", "status", "booked", NULL);
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  room_press (room, "kiosk.yes");
  room_await (room, "Priya is running about 15 minutes late. Sorry for the wait.");
  g_assert_true (room_says (room, "9:15am with Priya, Gym"));
  g_assert_true (room_says (room, "Later, please check in again"));
  g_assert_true (room_says (room, "11am"));
  room_pass (room, 23); /* there is more to read */
  g_assert_true (room_says (room, "in 1 second"));
  room_pass (room, 1);
  g_assert_false (room_says (room, "running"));
  g_assert_false (room_says (room, "11am"));
}

/* Too late to be checked in here: she has come all the same, and is told to go to the desk. */
static void
test_too_late (Room *room, gconstpointer data)
{
  LimberId appointment, arrival;
  g_autoptr (LimberRecord) record = NULL;

  room->clock.now += 40 * G_GINT64_CONSTANT (60000);
  room_say_who (room, 6, 8, 'O');
  room_await (room, "desk");
  assert_status (room, "declan", "booked");
  test_id (&appointment, "declan");
  limber_stage_arrival_id (&appointment, 0, &arrival);
  record = test_store_get (room->store, "arrival", &arrival);
  g_assert_cmpint (limber_record_integer (record, "at"), ==, room->clock.now);
}

static void
test_no_records_nothing (Room *room, gconstpointer data)
{
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  room_press (room, "kiosk.no");
  g_assert_true (room_says (room, "You have NOT been checked in."));
  g_assert_false (room_says (room, "D O"));
  assert_status (room, "declan", "booked");
}

static void
test_no_match_says_so (Room *room, gconstpointer data)
{
  kiosk_put_person (room->store, "tomorrow", "Baker", "Ann", "1950-02-02", "2026-11-24T09:15:00Z", "booked");
  room_say_who (room, 1, 1, 'X');
  room_await (room, "We could not find you on today's list");
  g_assert_true (room_says (room, "You have NOT been checked in."));
  g_assert_true (room_says (room, "Please go to the desk."));
  room_press (room, "kiosk.finish");
  room_say_who (room, 2, 2, 'B');
  room_await (room, "We could not find you on today's list");
  g_assert_true (room_says (room, "You have NOT been checked in."));
}

static void
test_refusals (Room *room, gconstpointer data)
{
  kiosk_put_person (room->store, "early", "Early", "Ann", "1950-02-02", "2026-11-23T16:00:00Z", "booked");
  kiosk_put_person (room->store, "late", "Late", "Ann", "1950-03-03", "2026-11-23T07:00:00Z", "booked");
  kiosk_put_person (room->store, "off", "Cancelled", "Ann", "1950-04-04", "2026-11-23T09:15:00Z", "booked");
  kiosk_put_person (room->store, "off", "Cancelled", "Ann", "1950-04-04", "2026-11-23T09:15:00Z", "cancelled");
  kiosk_put_person (room->store, "in", "Inside", "Ann", "1950-05-05", "2026-11-23T09:15:00Z", "arrived");
  room_say_who (room, 2, 2, 'E');
  room_await (room, "You are early");
  g_assert_true (room_says (room, "Please check in here from 3:30pm"));
  room_say_who (room, 3, 3, 'L');
  room_await (room, "The time of your appointment has passed");
  room_say_who (room, 4, 4, 'C');
  room_await (room, "was cancelled");
  room_say_who (room, 5, 5, 'I');
  room_await (room, "You are already checked in");
  g_assert_true (room_says (room, "Please sit in Blue chairs"));
}

static void
test_asks_the_year (Room *room, gconstpointer data)
{
  kiosk_put_person (room->store, "olive", "Olivier", "Rose", "1981-08-06", "2026-11-23T09:15:00Z", "booked");
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Which year were you born?");
  for (const char *figure = "1981"; *figure != '\0'; figure++)
    g_assert_true (limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), (gunichar) *figure));
  g_assert_true (room_says (room, "1981"));
  room_choose (room, "kiosk.year", 1981);
  room_await (room, "Is this you?");
  g_assert_true (room_says (room, "R O"));
}

static void
test_letter (Room *room, gconstpointer data)
{
  g_autofree char *code = NULL;
  LimberId id;

  test_id (&id, "declan");
  code = limber_kinds_appointment_code (&id);
  room_press (room, "kiosk.check-in");
  room_choose (room, "kiosk.day", 31);
  limber_kiosk_flow_scan (room->flow, code);
  room_await (room, "Is this you?");
  g_assert_true (room_says (room, "D O"));
  room_press (room, "kiosk.yes");
  room_await (room, "You are checked in");
  limber_kiosk_flow_scan (room->flow, NULL);
  g_assert_true (room_says (room, "We could not read that code"));
  g_assert_false (room_says (room, "Blue chairs"));
  limber_kiosk_flow_scan (room->flow, "0000000000");
  room_await (room, "We could not find you on today's list");
}

static void
test_rests_after_guessing (Room *room, gconstpointer data)
{
  for (int day = 1; day <= 5; day++) {
    room_say_who (room, day, 1, 'X');
    room_await (room, "We could not find you");
  }
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Please ask at the desk, or wait a minute");
  room->clock.now += 61 * 1000;
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
}

static void
test_still_there (Room *room, gconstpointer data)
{
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  room_pass (room, 29);
  g_assert_true (room_says (room, "Is this you?"));
  limber_kiosk_flow_touch (room->flow);
  room_pass (room, 29);
  g_assert_true (room_says (room, "Is this you?"));
  room_pass (room, 1);
  g_assert_true (room_says (room, "Are you still there?"));
  g_assert_true (room_says (room, "in 20 seconds"));
  g_assert_false (room_says (room, "D O"));
  room_pass (room, 19);
  room_press (room, "kiosk.still-here");
  g_assert_true (room_says (room, "Is this you?"));
  room_pass (room, 50);
  g_assert_true (room_says (room, "Welcome"));
  room_press (room, "kiosk.check-in");
  room_choose (room, "kiosk.day", 6);
  g_assert_true (room_says (room, "Day 6"));
  room_pass (room, 50);
  g_assert_true (room_says (room, "Welcome"));
  g_assert_false (room_says (room, "Day 6"));
  /* Nor does the next person find a key marked that she did not press. */
  room_press (room, "kiosk.check-in");
  g_assert_false (shows_chosen (room));
}

static void
test_back (Room *room, gconstpointer data)
{
  room_press (room, "kiosk.check-in");
  room_choose (room, "kiosk.day", 6);
  room_choose (room, "kiosk.month", 8);
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Which month"));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Which day"));
  g_assert_true (shows_chosen (room));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Welcome"));
  room_press (room, "kiosk.check-in");
  room_press (room, "kiosk.person");
  g_assert_true (room_says (room, "Somebody there will help you"));
}

static void
test_keyboard (Room *room, gconstpointer data)
{
  LimberKioskPage *page;
  GtkWidget *focus;

  room_press (room, "kiosk.check-in");
  page = limber_kiosk_flow_get_page (room->flow);
  limber_kiosk_page_typed (page, '3');
  limber_kiosk_page_typed (page, '1');
  focus = gtk_window_get_focus (GTK_WINDOW (room->window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "31");
  room_choose (room, "kiosk.day", 31);
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
  room_press (room, "kiosk.check-in");
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
  while (g_main_context_iteration (NULL, FALSE)) /* and the screen hears of it */
    ;
}

static void
publish (Room *room)
{
  publish_file (room, "arrival.json");
}

static void
check_in_declan (Room *room, const char *then)
{
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  room_press (room, "kiosk.yes");
  room_await (room, then);
}

static void
put_phone (Room *room)
{
  LimberId declan;

  test_id (&declan, "patient declan");
  test_store_put (room->store, "patient", &declan, "mobile", "07700 900123", NULL);
}

/* Advice. */

static gboolean
carries_out (GtkWidget *widget, gconstpointer action)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

static gboolean
page_offers (Room *room, const char *action)
{
  return room_find (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), carries_out, action) != NULL;
}

static void
test_no_advice (Room *room, gconstpointer data)
{
  publish (room); /* it asks, and is no advice */
  room_press (room, "kiosk.finish");
  g_assert_false (page_offers (room, "kiosk.advice"));
  room_press (room, "kiosk.advice");
  room_choose (room, "kiosk.topic", 0);
  g_assert_true (room_says (room, "Welcome"));
}

static void
test_advice (Room *room, gconstpointer data)
{
  gint64 entries;

  publish_file (room, "advice.json");
  entries = test_store_count (room->store, "SELECT count(*) FROM journal");
  room_press (room, "kiosk.finish");
  g_assert_true (page_offers (room, "kiosk.advice"));
  room_press (room, "kiosk.advice");
  g_assert_true (room_says (room, "Keep moving") && room_says (room, "When to call 999"));
  room_choose (room, "kiosk.topic", 1); /* a sentence is no topic */
  room_choose (room, "kiosk.topic", 1000);
  g_assert_true (room_says (room, "Keep moving"));
  room_choose (room, "kiosk.topic", 0);
  g_assert_true (room_says (room, "Numbness or tingling around your genitals"));
  g_assert_true (room_says (room, "It does not replace what your doctor or therapist tells you."));
  room_press (room, "kiosk.languages");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.language", "s", "pl"));
  g_assert_true (room_says (room, "Drętwienie"));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Ruch pomaga"));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Welcome")); /* the next one's language is her own */
  g_assert_cmpint (test_store_count (room->store, "SELECT count(*) FROM journal"), ==, entries); /* nobody wrote who has read */
}

static gboolean
offers_advice (gpointer data)
{
  return page_offers (data, "kiosk.advice");
}

static gboolean
offers_none (gpointer data)
{
  return !page_offers (data, "kiosk.advice");
}

static gboolean
retire_all (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor staff = { "00000000-0000-7000-8000-000000000001", "service-manager" };
  g_autoptr (GPtrArray) rows = limber_reader_query (limber_transaction_reader (transaction), "questionnaires-active", error, "");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!limber_form_retire (transaction, limber_row_id (g_ptr_array_index (rows, i), "id"), &staff, error))
      return FALSE;
  return rows != NULL;
}

/* Nobody has to touch the screen for it. */
static void
test_advice_comes_and_goes (Room *room, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.language", "s", "pl"));
  g_assert_false (page_offers (room, "kiosk.advice"));
  publish_file (room, "advice.json");
  g_assert_true (test_wait (offers_advice, room));
  g_assert_true (room_says (room, "Zgłoszenie na wizytę")); /* and whoever has chosen her language there keeps it */
  g_assert_true (limber_store_write (room->store, retire_all, NULL, NULL));
  g_assert_true (test_wait (offers_none, room));
  room_press (room, "kiosk.advice");
  g_assert_true (room_says (room, "Zgłoszenie na wizytę"));
}

/* Who is reading reads on; the next one does not. */
static void
test_advice_goes_after_the_reader (Room *room, gconstpointer data)
{
  publish_file (room, "advice.json");
  g_assert_true (test_wait (offers_advice, room));
  room_press (room, "kiosk.advice");
  room_choose (room, "kiosk.topic", 0);
  g_assert_true (limber_store_write (room->store, retire_all, NULL, NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (room_says (room, "Numbness or tingling"));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Keep moving"));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Welcome"));
  g_assert_false (page_offers (room, "kiosk.advice"));
}

/* Where nothing of it has changed, nothing is read. */
static void
test_advice_is_read_once (Room *room, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (LimberKioskAdvice) advice = limber_kiosk_advice_new (G_ACTION_MAP (actions));
  g_autoptr (LimberChanges) other = limber_changes_new (), published = limber_changes_new ();

  limber_changes_add (other, limber_kind_by_name ("appointment"), &room->site);
  limber_changes_add (published, limber_kind_by_name ("questionnaire"), &room->site);
  limber_kiosk_advice_learn (advice, room->store);
  publish_file (room, "advice.json");
  limber_kiosk_advice_learn (advice, room->store);
  g_assert_false (limber_kiosk_advice_hear (advice, other, room->store));
  g_assert_false (limber_kiosk_advice_is_there (advice));
  g_assert_false (limber_kiosk_advice_hear (advice, published, NULL));
  g_assert_true (limber_kiosk_advice_hear (advice, other, room->store));
  g_assert_true (limber_kiosk_advice_is_there (advice));
}

static void
test_advice_is_left (Room *room, gconstpointer data)
{
  publish_file (room, "advice.json");
  room_press (room, "kiosk.finish");
  room_press (room, "kiosk.advice");
  room_choose (room, "kiosk.topic", 0);
  room_pass (room, 31);
  g_assert_true (room_says (room, "Are you still there?"));
  room_press (room, "kiosk.still-here");
  g_assert_true (room_says (room, "Numbness or tingling"));
  room_pass (room, 60);
  g_assert_true (room_says (room, "Welcome"));
  g_assert_false (room_says (room, "Numbness or tingling"));
  room_press (room, "kiosk.advice");
  g_assert_false (room_says (room, "Numbness or tingling")); /* where the last one was, the next does not see */
  room_press (room, "kiosk.finish");
  room_press (room, "kiosk.check-in");
  room_press (room, "kiosk.advice"); /* never in the middle of a visit */
  g_assert_true (room_says (room, "Which day were you born?"));
}

typedef struct {
  Room       *room;
  const char *sql;
  gint64      wanted;
} Counted;

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
  g_assert_true (room_says (room, "123"));
  g_assert_false (room_says (room, "07700") || room_says (room, "900"));
  room_choose (room, "kiosk.details", 1);
  g_assert_true (room_says (room, "You are checked in"));
  g_assert_false (room_says (room, "123"));
  await_count (room, "SELECT count(*) FROM patient WHERE details_confirmed='2026-11-23'", 1);
}

static void
test_details_changed (Room *room, gconstpointer data)
{
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  room_choose (room, "kiosk.details", 2);
  g_assert_true (room_says (room, "You are checked in"));
  g_assert_true (room_says (room, "The desk will ask you for your new phone number."));
  await_count (room, "SELECT count(*) FROM task WHERE about='details-changed' AND patient IS NOT NULL", 1);
  await_count (room, "SELECT count(*) FROM patient WHERE details_confirmed IS NOT NULL", 0);
}

static void
test_details_skipped (Room *room, gconstpointer data)
{
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  room_choose (room, "kiosk.details", 0);
  g_assert_true (room_says (room, "You are checked in"));
  await_count (room, "SELECT count(*) FROM task", 0);
}

static void
test_questions (Room *room, gconstpointer data)
{
  publish (room);
  put_phone (room);
  check_in_declan (room, "Is this still your phone number?");
  room_choose (room, "kiosk.details", 1);
  g_assert_true (room_says (room, "How bad is your pain today?"));
  g_assert_true (room_says (room, "Question 1 of 2"));
  room_choose (room, "kiosk.answer", 11); /* no answer to it */
  room_choose (room, "kiosk.answer", 6);
  g_assert_true (room_says (room, "How are you since you were last here?"));
  await_count (room, "SELECT count(*) FROM answers WHERE status='in-progress' AND n_answered=1 AND answers LIKE '%\"valueInteger\":6%'", 1);
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "How bad is your pain today?"));
  g_assert_true (shows_chosen (room));
  room_choose (room, "kiosk.answer", 7);
  room_choose (room, "kiosk.answer", 2);
  g_assert_true (room_says (room, "When did it get worse?")); /* asked of whom it concerns */
  g_assert_true (room_says (room, "Question 3 of 3"));
  room_press (room, "kiosk.skip-question");
  g_assert_true (room_says (room, "You are checked in"));
  g_assert_true (room_says (room, "Blue chairs"));
  await_count (room, "SELECT count(*) FROM answers WHERE status='completed' AND n_answered=2 AND n_asked=3 AND answers LIKE '%\"valueInteger\":7%'", 1);
}

/* Whoever goes away half-way: what she said is kept, and the screen says nothing of it. */
static void
test_walks_away (Room *room, gconstpointer data)
{
  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  room_choose (room, "kiosk.answer", 6);
  room_pass (room, 30);
  g_assert_true (room_says (room, "Are you still there?"));
  room_press (room, "kiosk.still-here");
  g_assert_true (room_says (room, "How are you since you were last here?"));
  room_pass (room, 50);
  g_assert_true (room_says (room, "Welcome"));
  g_assert_false (room_says (room, "pain"));
  await_count (room, "SELECT count(*) FROM answers WHERE status='stopped' AND n_answered=1", 1);
  assert_status (room, "declan", "arrived");
}

static void
test_next_one_scans (Room *room, gconstpointer data)
{
  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  limber_kiosk_flow_scan (room->flow, "0000000000");
  room_await (room, "We could not find you on today's list");
  await_count (room, "SELECT count(*) FROM answers WHERE status='stopped' AND n_answered=0", 1);
}

static void
test_rather_a_person (Room *room, gconstpointer data)
{
  publish (room);
  check_in_declan (room, "How bad is your pain today?");
  room_choose (room, "kiosk.answer", 6);
  room_press (room, "kiosk.in-person");
  g_assert_true (room_says (room, "You are checked in"));
  g_assert_true (room_says (room, "you would like a person to ask you"));
  await_count (room, "SELECT count(*) FROM task WHERE about='ask-in-person'", 1);
  await_count (room, "SELECT count(*) FROM answers WHERE in_person=1 AND n_answered=1", 1);
  room_pass (room, 12);
  g_assert_false (room_says (room, "person to ask you"));
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

  kiosk_put_person (room->store, "rose", "Oakley", "Rose", "1960-01-01", "2026-11-23T08:55:00Z", "arrived");
  check_in_declan (room, "1 person is before you");
  kiosk_put_person (room->store, "rose", "Oakley", "Rose", "1960-01-01", "2026-11-23T08:55:00Z", "with-clinician");
  room_await (room, "You are next");
  test_id (&id, "declan");
  appointment = limber_id_dup_text (&id);
  test_store_put (room->store, "appointment", &id, "status", "called", NULL);
  test_id (&id, "patient declan");
  patient = limber_id_dup_text (&id);
  test_id (&id, "stage");
  test_store_put (room->store, "stage", &id, "appointment", appointment, "patient", patient, "round", "0", "step", "called", "at", "2026-11-23T09:00:00Z", NULL);
  room_await (room, "It is your turn");
  g_assert_true (room_says (room, "Please go to"));
  room_press (room, "kiosk.finish");
  room_say_who (room, 6, 8, 'O');
  room_await (room, "It is your turn. Please go to Gym.");
}

static void
test_no_store (Room *room, gconstpointer data)
{
  room_say_who (room, 6, 8, 'O');
  room_await (room, "Is this you?");
  limber_kiosk_flow_set_store (room->flow, NULL, "The disk is full. Nothing was changed.");
  g_assert_true (room_says (room, "This screen is not working"));
  g_assert_true (room_says (room, "Please go to the desk."));
  g_assert_true (room_says (room, "The disk is full."));
  g_assert_false (room_says (room, "D O"));
  limber_kiosk_flow_scan (room->flow, "0000000000");
  g_assert_true (room_says (room, "This screen is not working"));
  limber_kiosk_flow_set_store (room->flow, room->store, NULL);
  g_assert_true (room_says (room, "Welcome"));
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
  g_assert_true (room_says (room, "No closing code is set"));
  room_press (room, "kiosk.finish");
  g_assert_false (limber_store_write (room->store, set_code, (gpointer) "12", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_true (limber_store_write (room->store, set_code, (gpointer) "74185", NULL));
  limber_kiosk_flow_ask_to_exit (room->flow);
  g_assert_true (room_says (room, "Staff: close this screen"));
  leave_with (room, "1234");
  room_await (room, "That is not the code");
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
  room_await (room, "Too many tries");
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
  static const RoomTest tests[] = {
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
    { "/ui/kiosk/advice/comes-and-goes-while-the-first-page-stands", test_advice_comes_and_goes },
    { "/ui/kiosk/advice/that-is-taken-back-goes-with-its-reader", test_advice_goes_after_the_reader },
    { "/ui/kiosk/advice/is-read-from-the-store-when-something-has-changed", test_advice_is_read_once },
    { "/ui/kiosk/advice/whoever-goes-away-leaves-no-page-open", test_advice_is_left },
    { "/ui/kiosk/wait/it-changes-while-she-reads", test_waits },
    { "/ui/kiosk/flow/without-a-store-it-sends-people-to-the-desk", test_no_store },
    { "/ui/kiosk/leave/only-with-the-sites-code", test_leave },
    { "/ui/kiosk/leave/three-wrong-codes-and-a-minutes-rest", test_leave_rests },
    { "/ui/kiosk/window/cannot-be-closed-from-outside", test_stays_open },
  };

  return room_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
