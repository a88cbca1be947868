#include "room.h"

#include <string.h>

#include "limber-kiosk-slot.h"
#include "limber-kiosk-style.h"

/* Makes the clinic; more can be put into its store before it is shown. */
void
room_open (Room *room)
{
  room->env = test_env_new (&room->clock);
  room->dir = test_dir_new ();
  test_id (&room->site, "site");
  room->store = test_store_new (room->dir, room->env, LIMBER_CLASS_DESK, &room->site);
  test_store_put (room->store, "site", &room->site, "code", "LMB01", "name", "Alexandra Avenue Clinic", NULL);
}

static void
on_leave (Room *room)
{
  room->left = TRUE;
}

void
room_show (Room *room)
{
  room->flow = limber_kiosk_flow_new (room->env);
  limber_kiosk_flow_set_times (room->flow, 30, 12, 0);
  g_signal_connect_swapped (room->flow, "leave", G_CALLBACK (on_leave), room);
  room->window = limber_kiosk_window_new (room->flow, room->env);
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

/* As g_test_add() calls it. */
void
room_tear_down (Room *room, gconstpointer data)
{
  g_object_ref (room->window);
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_assert_true (test_wait (is_alone, room->window));
  g_assert_finalize_object (room->window);
  g_assert_true (test_wait (is_alone, room->flow));
  g_assert_finalize_object (room->flow);
  g_assert_true (test_wait (is_alone, room->store));
  limber_store_close (room->store);
  g_assert_finalize_object (room->store);
  limber_env_unref (room->env);
  test_dir_remove (room->dir);
  g_free (room->dir);
}

/* The first widget inside, shown or not, for which it is true; but for the page that comes next, which nobody has seen. */
GtkWidget *
room_find (GtkWidget *from, RoomMatch match, gconstpointer what)
{
  GtkWidget *found = match (from, what) ? from : NULL, *ahead = LIMBER_IS_KIOSK_SLOT (from) ? limber_kiosk_slot_get_next (LIMBER_KIOSK_SLOT (from)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (from); found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    if (child != ahead)
      found = room_find (child, match, what);
  return found;
}

gboolean
room_is_type (GtkWidget *widget, gconstpointer type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (type));
}

static gboolean
has_text (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

/* Any text inside, shown or not. */
gboolean
room_says (Room *room, const char *text)
{
  return room_find (GTK_WIDGET (room->window), has_text, text) != NULL;
}

typedef struct {
  Room       *room;
  const char *text;
} Awaited;

static gboolean
is_said (gpointer data)
{
  Awaited *awaited = data;

  return room_says (awaited->room, awaited->text);
}

void
room_await (Room *room, const char *text)
{
  Awaited awaited = { room, text };

  if (!test_wait (is_said, &awaited))
    g_error ("The kiosk never said: %s", text);
}

void
room_press (Room *room, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), action, NULL));
}

void
room_choose (Room *room, const char *action, int target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (limber_kiosk_flow_get_page (room->flow)), action, "i", target));
}

/* Seconds, as the window counts them. */
void
room_pass (Room *room, guint seconds)
{
  for (guint i = 0; i < seconds; i++) {
    room->clock.now += 1000;
    limber_kiosk_window_tick (room->window);
  }
}

/* With one person expected at 09:15; as g_test_add() calls it. */
void
room_set_up (Room *room, gconstpointer data)
{
  LimberId place, staff;
  g_autofree char *site_text = NULL;

  room_open (room);
  test_id (&place, "place");
  test_id (&staff, "staff");
  site_text = limber_id_dup_text (&room->site);
  test_store_put (room->store, "place", &place, "site", site_text, "name", "Gym", "waiting_area", "Blue chairs", NULL);
  test_store_put (room->store, "staff", &staff, "number", "S1", "family", "Patel", "given", "Priya", "role", "physiotherapist", NULL);
  kiosk_put_person (room->store, "declan", "O'Connor", "Declan", "1954-08-06", "2026-11-23T09:15:00Z", "booked");
  room_show (room);
}

/* Answers the three questions. */
void
room_say_who (Room *room, int day, int month, char initial)
{
  room_press (room, "kiosk.check-in");
  g_assert_true (room_says (room, "Which day were you born?"));
  g_assert_true (room_says (room, "Step 1 of 3"));
  room_choose (room, "kiosk.day", day);
  g_assert_true (room_says (room, "Which month were you born?"));
  room_choose (room, "kiosk.month", month);
  g_assert_true (room_says (room, "first letter of your last name"));
  room_choose (room, "kiosk.letter", initial);
}

/* A whole test program: each test in a clinic of its own. */
int
room_run (int argc, char **argv, const RoomTest *tests, guint n)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  limber_kiosk_style_load (gdk_display_get_default ());
  for (guint i = 0; i < n; i++)
    g_test_add (tests[i].path, Room, NULL, room_set_up, tests[i].test, room_tear_down);
  return g_test_run ();
}
