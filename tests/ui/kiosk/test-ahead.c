/* The page that most likely comes next is made before it comes. */
#include "limber-kiosk-question.h"
#include "limber-kiosk-slot.h"
#include "limber-kiosk-welcome.h"
#include "room.h"

static LimberKioskSlot *
slot_of (Room *room)
{
  return LIMBER_KIOSK_SLOT (room_find (GTK_WIDGET (room->window), room_is_type, GSIZE_TO_POINTER (LIMBER_TYPE_KIOSK_SLOT)));
}

static gboolean
has_next (gpointer data)
{
  return limber_kiosk_slot_get_next (data) != NULL;
}

static GtkWidget *
await_next (Room *room)
{
  g_assert_true (test_wait (has_next, slot_of (room)));
  return limber_kiosk_slot_get_next (slot_of (room));
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
set_pointer (gpointer data, GObject *gone)
{
  *(gboolean *) data = TRUE;
}

static void
test_comes (Room *room, gconstpointer data)
{
  GtkWidget *days = await_next (room), *months, *letters;

  g_assert_true (LIMBER_IS_KIOSK_QUESTION (days));
  room_press (room, "kiosk.check-in");
  g_assert_true (limber_kiosk_slot_get_page (slot_of (room)) == days);
  g_assert_true (room_says (room, "Which day were you born?"));
  months = await_next (room);
  room_choose (room, "kiosk.day", 6);
  g_assert_true (limber_kiosk_slot_get_page (slot_of (room)) == months);
  g_assert_true (room_says (room, "Day 6"));
  letters = await_next (room);
  room_choose (room, "kiosk.month", 8);
  g_assert_true (limber_kiosk_slot_get_page (slot_of (room)) == letters);
}

/* Nobody sees, touches, reaches or hears it before it comes; then everybody does. */
static void
test_hidden (Room *room, gconstpointer data)
{
  GtkWidget *next = await_next (room), *page = limber_kiosk_slot_get_page (slot_of (room));
  graphene_rect_t box;

  g_assert_true (gtk_widget_get_mapped (page));
  g_assert_false (gtk_widget_get_mapped (next));
  g_assert_true (gtk_test_accessible_has_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_HIDDEN));
  for (guint i = 0; i < 40; i++) {
    gtk_widget_child_focus (GTK_WIDGET (room->window), GTK_DIR_TAB_FORWARD);
    g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (room->window)), next));
  }
  g_assert_true (gtk_widget_compute_bounds (page, GTK_WIDGET (room->window), &box));
  for (float x = 0; x < box.size.width; x += 40)
    for (float y = 0; y < box.size.height; y += 40) {
      GtkWidget *touched = gtk_widget_pick (GTK_WIDGET (room->window), box.origin.x + x, box.origin.y + y, GTK_PICK_DEFAULT);

      g_assert_false (touched == next || gtk_widget_is_ancestor (touched, next));
    }
  room_press (room, "kiosk.check-in");
  g_assert_true (gtk_widget_get_mapped (next));
  g_assert_false (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (next)) == GTK_ACCESSIBLE_ROLE_NONE);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (room->window)), next));
}

static void
test_language (Room *room, gconstpointer data)
{
  g_autoptr (GtkWidget) next = g_object_ref (await_next (room));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), "kiosk.language", "s", "pl"));
  room_press (room, "kiosk.check-in");
  g_assert_true (limber_kiosk_slot_get_page (slot_of (room)) != next);
  g_assert_false (room_says (room, "Which day were you born?"));
}

static void
test_answered (Room *room, gconstpointer data)
{
  GtkWidget *months, *first;
  int month;

  room_press (room, "kiosk.check-in");
  room_choose (room, "kiosk.day", 6);
  room_choose (room, "kiosk.month", 8);
  room_press (room, "kiosk.back");
  room_press (room, "kiosk.back");
  months = await_next (room);
  room_choose (room, "kiosk.day", 7);
  g_assert_true (limber_kiosk_slot_get_page (slot_of (room)) == months);
  g_assert_true (room_says (room, "Day 7"));
  first = gtk_window_get_focus (GTK_WINDOW (room->window));
  g_assert_true (gtk_widget_has_css_class (first, "chosen"));
  g_variant_get (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (first)), "i", &month);
  g_assert_cmpint (month, ==, 8);
}

/* The first page is made ahead while the last is read; what the site says of itself meanwhile is not missed. */
static void
test_renamed (Room *room, gconstpointer data)
{
  room_say_who (room, 1, 1, 'Z');
  room_await (room, "NOT been checked in");
  g_assert_true (LIMBER_IS_KIOSK_WELCOME (await_next (room)));
  test_store_put (room->store, "site", &room->site, "name", "Pinner Hall", NULL);
  room_press (room, "kiosk.finish");
  g_assert_true (room_says (room, "Welcome to Pinner Hall"));
  g_assert_false (room_says (room, "Alexandra"));
}

/* A question is destroyed when the next has been drawn, or its person has gone. */
static void
test_gone (Room *room, gconstpointer data)
{
  gboolean day_gone = FALSE, month_gone = FALSE;

  room_press (room, "kiosk.check-in");
  g_object_weak_ref (G_OBJECT (limber_kiosk_flow_get_page (room->flow)), set_pointer, &day_gone);
  room_choose (room, "kiosk.day", 6);
  g_assert_false (day_gone);
  g_assert_true (test_wait (is_true, &day_gone));
  g_object_weak_ref (G_OBJECT (limber_kiosk_flow_get_page (room->flow)), set_pointer, &month_gone);
  room_press (room, "kiosk.finish");
  g_assert_true (month_gone);
}

int
main (int argc, char **argv)
{
  static const RoomTest tests[] = {
    { "/ui/kiosk/ahead/the-next-page-is-there-before-it-comes", test_comes },
    { "/ui/kiosk/ahead/nobody-sees-or-reaches-it-before", test_hidden },
    { "/ui/kiosk/ahead/it-comes-in-the-language-that-was-chosen-since", test_language },
    { "/ui/kiosk/ahead/what-was-answered-before-is-shown-as-chosen", test_answered },
    { "/ui/kiosk/ahead/the-first-page-says-what-the-site-says-now", test_renamed },
    { "/ui/kiosk/ahead/a-question-is-gone-with-its-person", test_gone },
  };

  return room_run (argc, argv, tests, G_N_ELEMENTS (tests));
}
