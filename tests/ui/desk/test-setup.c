/* Set-up at the desk: what is set is saved and taken back, what cannot be is said and nothing typed is lost, and nothing stays when it is left. */
#include "desk.h"
#include "limber-pin.h"
#include "sample.h"

static void
begin (Desk *desk)
{
  LimberId id;

  desk_start_work (desk, 0);
  sample_id (&id, "ruth");
  test_store_put (desk->store, "staff", &id, "role", "service-manager", NULL);
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
  gtk_editable_set_text (GTK_EDITABLE (desk_find (&desk, is_name_of_room, NULL)), "Room 4");
  desk_press (&desk, "Add");
  SEES (&desk, "Room 4 is added");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM place WHERE name='Room 4'"), ==, 1);
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
  SEES (&desk, "Shown this once");
  SEES (&desk, "has a new PIN");
  desk_act (&desk, "desk.back");
  open_part (&desk, "staff");
  SEES (&desk, "Somebody new");
  SEES_NOT (&desk, "Shown this once");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM staff WHERE pin IS NOT NULL"), ==, 3);
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
  g_test_add_func ("/ui/setup/a-made-pin-is-shown-once-and-forgotten", a_made_pin_is_shown_once_and_forgotten);
  return g_test_run ();
}
