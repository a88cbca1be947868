/* Whoever shares her whole birthday and her letter with somebody else of today is asked for her postcode. */
#include "limber-kiosk-keypad.h"
#include "room.h"

/* Two of one birthday, in two streets. */
static void
put_two (Room *room)
{
  static const struct { const char *name, *given, *postcode; } people[] = { { "ann", "Ann", "HA3 1HQ" }, { "bea", "Bea", "HA5 2BB" } };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *key = g_strconcat ("patient ", people[i].name, NULL);
    LimberId patient;

    kiosk_put_person (room->store, people[i].name, "Underwood", people[i].given, "1950-02-02", "2026-11-23T09:15:00Z", "booked");
    test_id (&patient, key);
    test_store_put (room->store, "patient", &patient, "postcode", people[i].postcode, NULL);
  }
}

static void
type (Room *room, const char *text)
{
  for (; *text != '\0'; text++)
    g_assert_true (limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), (gunichar) *text));
}

static const char *
focused (Room *room)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (room->window));

  return GTK_IS_BUTTON (focus) ? gtk_button_get_label (GTK_BUTTON (focus)) : NULL;
}

/* As Enter does. */
static void
press_focused (Room *room)
{
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (room->window)), "clicked");
}

static void
come (Room *room)
{
  room_say_who (room, 2, 2, 'U');
  room_await (room, "Which year were you born?");
  g_assert_cmpstr (focused (room), ==, "1");
  type (room, "1950");
  press_focused (room);
  room_await (room, "What is your postcode?");
}

static void
test_settles (Room *room, gconstpointer data)
{
  put_two (room);
  come (room);
  g_assert_cmpstr (focused (room), ==, "A");
  type (room, "HA5");
  g_assert_true (room_says (room, "HA5"));
  g_assert_cmpstr (focused (room), ==, "A");
  type (room, "2BX");
  limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), '\b');
  type (room, "B");
  g_assert_cmpstr (focused (room), ==, "Next");
  press_focused (room);
  room_await (room, "Is this you?");
  g_assert_true (room_says (room, "B U"));
  g_assert_false (room_says (room, "HA5"));
  room_press (room, "kiosk.yes");
  room_await (room, "You are checked in");
}

/* As to somebody who is on no list; and the screen rests after some of them. */
static void
test_nobodys (Room *room, gconstpointer data)
{
  put_two (room);
  for (guint i = 0; i < 5; i++) {
    come (room);
    type (room, "HA99ZZ");
    press_focused (room);
    room_await (room, "We could not find you on today's list");
    g_assert_true (room_says (room, "You have NOT been checked in."));
  }
  room_say_who (room, 2, 2, 'U');
  room_await (room, "Please ask at the desk, or wait a minute");
}

static void
test_instead (Room *room, gconstpointer data)
{
  test_store_put (room->store, "site", &room->site, "ask_year", "true", NULL);
  put_two (room);
  room_say_who (room, 2, 2, 'U');
  room_await (room, "Which year were you born?");
  room_press (room, "kiosk.by-postcode");
  g_assert_true (room_says (room, "What is your postcode?"));
  room_press (room, "kiosk.back");
  g_assert_true (room_says (room, "Which year were you born?"));
  room_press (room, "kiosk.by-postcode");
  type (room, "HA31HQ");
  press_focused (room);
  room_await (room, "Is this you?");
  g_assert_true (room_says (room, "A U"));
}

static gboolean
is_keypad (GtkWidget *widget, gconstpointer data)
{
  return LIMBER_IS_KIOSK_KEYPAD (widget);
}

/* A key of the screen moves the focus only when nothing more can be typed. */
static void
test_by_touch (Room *room, gconstpointer data)
{
  GtkWidget *keypad;

  put_two (room);
  come (room);
  keypad = room_find (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), is_keypad, NULL);
  for (const char *c = "HA31HQ"; *c != '\0'; c++)
    g_assert_true (gtk_widget_activate_action (keypad, "keypad.figure", "i", (int) *c));
  g_assert_cmpstr (focused (room), ==, "A");
  g_assert_true (gtk_widget_activate_action (keypad, "keypad.figure", "i", 'Q'));
  g_assert_cmpstr (focused (room), ==, "Next");
  g_assert_false (limber_kiosk_page_typed (limber_kiosk_flow_get_page (room->flow), 'Q'));
  g_assert_cmpstr (limber_kiosk_keypad_get_text (LIMBER_KIOSK_KEYPAD (keypad)), ==, "HA31HQQ");
}

/* What was typed is there again after another language was chosen, and gone when she goes. */
static void
test_kept_and_gone (Room *room, gconstpointer data)
{
  put_two (room);
  come (room);
  type (room, "HA31");
  room_press (room, "kiosk.languages");
  g_assert_false (room_says (room, "HA31"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.language", "s", "pl"));
  g_assert_true (room_says (room, "HA31"));
  room_pass (room, 50);
  g_assert_true (room_says (room, "Welcome"));
  come (room);
  g_assert_false (room_says (room, "HA31"));
}

/* An answer to another question is too late. */
static void
test_out_of_turn (Room *room, gconstpointer data)
{
  room_press (room, "kiosk.check-in");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.postcode", "s", "HA31HQ"));
  room_press (room, "kiosk.by-postcode");
  g_assert_true (room_says (room, "Which day were you born?"));
}

int
main (int argc, char **argv)
{
  static const RoomTest tests[] = {
    { "/ui/kiosk/postcode/settles-who-it-is-of-two-with-one-birthday", test_settles },
    { "/ui/kiosk/postcode/one-of-nobody-is-no-match-and-a-guess", test_nobodys },
    { "/ui/kiosk/postcode/may-be-given-in-place-of-the-year", test_instead },
    { "/ui/kiosk/postcode/is-typed-by-touch-too", test_by_touch },
    { "/ui/kiosk/postcode/is-kept-through-a-choice-of-language-and-no-longer", test_kept_and_gone },
    { "/ui/kiosk/postcode/is-taken-only-where-it-was-asked-for", test_out_of_turn },
  };

  return room_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
