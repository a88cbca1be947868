/* What somebody is told who comes to the screen again. */
#include "room.h"

static gboolean
put_letter (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "letter", "K", error);
}

static void
set_status (Room *room, const char *name, const char *status)
{
  LimberId id;

  test_id (&id, name);
  test_store_put (room->store, "appointment", &id, "status", status, NULL);
}

static void
check_in (Room *room, int day, int month, char initial)
{
  room_say_who (room, day, month, initial);
  room_await (room, "Is this you?");
  room_press (room, "kiosk.yes");
  room_await (room, "You are checked in");
  room_press (room, "kiosk.finish");
}

/* People are called by number here; Ann came first and has K1. */
static void
call_by_number (Room *room)
{
  g_assert_true (limber_store_write (room->store, put_letter, NULL, NULL));
  test_store_put (room->store, "site", &room->site, "call_by", "number", NULL);
  kiosk_put_person (room->store, "ann", "Baker", "Ann", "1950-02-02", "2026-11-23T09:05:00Z", "booked");
  check_in (room, 2, 2, 'B');
}

static void
come_again (Room *room)
{
  room_say_who (room, 6, 8, 'O');
  room_await (room, "You are already checked in");
}

static void
test_number (Room *room, gconstpointer data)
{
  call_by_number (room);
  check_in (room, 6, 8, 'O');
  come_again (room);
  g_assert_true (room_says (room, "Your number"));
  g_assert_true (room_says (room, "K2"));
  g_assert_false (room_says (room, "K1"));
  g_assert_true (room_says (room, "Please sit in Blue chairs"));
  room_press (room, "kiosk.finish");
  g_assert_false (room_says (room, "K2"));
}

static void
test_renews (Room *room, gconstpointer data)
{
  call_by_number (room);
  check_in (room, 6, 8, 'O');
  come_again (room);
  g_assert_true (room_says (room, "1 person is before you."));
  set_status (room, "ann", "with-clinician");
  room_await (room, "You are next.");
  g_assert_true (room_says (room, "K2"));
  set_status (room, "declan", "called");
  room_await (room, "It is your turn. Please go to Gym.");
  g_assert_false (room_says (room, "K2"));
  g_assert_false (room_says (room, "Blue chairs"));
  set_status (room, "declan", "with-clinician");
  room_await (room, "If you need anything else, please ask at the desk.");
  g_assert_false (room_says (room, "Gym"));
}

/* The list changes while she is asked whether she is still there. */
static void
test_renews_behind (Room *room, gconstpointer data)
{
  call_by_number (room);
  check_in (room, 6, 8, 'O');
  come_again (room);
  room_pass (room, 30);
  g_assert_true (room_says (room, "Are you still there?"));
  g_assert_false (room_says (room, "K2"));
  set_status (room, "declan", "called");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  room_press (room, "kiosk.still-here");
  g_assert_true (room_says (room, "It is your turn. Please go to Gym."));
  g_assert_false (room_says (room, "K2"));
}

static void
test_seen (Room *room, gconstpointer data)
{
  call_by_number (room);
  check_in (room, 6, 8, 'O');
  set_status (room, "declan", "seen");
  come_again (room);
  g_assert_true (room_says (room, "If you need anything else, please ask at the desk."));
  g_assert_false (room_says (room, "K2"));
  g_assert_false (room_says (room, "Blue chairs"));
  g_assert_false (room_says (room, "before you"));
}

static void
test_by_name (Room *room, gconstpointer data)
{
  g_assert_true (limber_store_write (room->store, put_letter, NULL, NULL));
  test_store_put (room->store, "site", &room->site, "call_by", "name", NULL);
  check_in (room, 6, 8, 'O');
  come_again (room);
  g_assert_true (room_says (room, "Blue chairs"));
  g_assert_false (room_says (room, "K1"));
}

/* Her appointment names nobody whom she sees. */
static void
test_nobody_named (Room *room, gconstpointer data)
{
  g_autofree char *patient = NULL, *site = limber_id_dup_text (&room->site);
  LimberId id;

  test_id (&id, "patient rose");
  patient = limber_id_dup_text (&id);
  test_store_put (room->store, "patient", &id, "family", "Walker", "given", "Rose", "born", "1960-01-03", NULL);
  test_id (&id, "rose");
  test_store_put (room->store, "appointment", &id, "patient", patient, "site", site, "start", "2026-11-23T09:10:00Z", "status", "arrived", NULL);
  room_say_who (room, 3, 1, 'W');
  room_await (room, "You are already checked in");
  g_assert_true (room_says (room, "Please take a seat. You will be called."));
  set_status (room, "rose", "called");
  room_await (room, "It is your turn. Please ask at the desk where to go.");
}

int
main (int argc, char **argv)
{
  static const RoomTest tests[] = {
    { "/ui/kiosk/already/she-is-told-her-number-again-and-nobody-elses", test_number },
    { "/ui/kiosk/already/how-long-it-will-be-changes-while-she-reads", test_renews },
    { "/ui/kiosk/already/and-while-she-is-asked-whether-she-is-there", test_renews_behind },
    { "/ui/kiosk/already/who-was-seen-is-told-to-wait-nowhere", test_seen },
    { "/ui/kiosk/already/where-people-are-called-by-name-there-is-no-number", test_by_name },
    { "/ui/kiosk/already/who-sees-nobody-by-name-is-told-where-to-sit", test_nobody_named },
  };

  return room_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
