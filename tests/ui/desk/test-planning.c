/* Clinics and closed days in set-up: made, changed, ended and taken back; what is refused stays to be mended. */
#include "desk.h"
#include "limber-standing.h"
#include "sample.h"

static gboolean
is_below (GtkWidget *widget, gconstpointer label)
{
  GtkWidget *before = GTK_IS_LABEL (widget) ? NULL : gtk_widget_get_prev_sibling (widget);

  return GTK_IS_LABEL (before) && g_str_equal (gtk_label_get_text (GTK_LABEL (before)), label);
}

static GtkWidget *
field (Desk *desk, const char *label)
{
  GtkWidget *widget = desk_find (desk, is_below, label);

  g_assert_nonnull (widget);
  return widget;
}

static void
type (Desk *desk, const char *label, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (field (desk, label)), text);
}

static void
choose (Desk *desk, const char *label, const char *word)
{
  GtkDropDown *shown = GTK_DROP_DOWN (field (desk, label));
  GListModel *words = gtk_drop_down_get_model (shown);

  for (guint i = 0; i < g_list_model_get_n_items (words); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (words), i), word)) {
      gtk_drop_down_set_selected (shown, i);
      return;
    }
  g_error ("There is no %s", word);
}

static void
begin (Desk *desk, const char *part)
{
  g_autofree char *where = g_strconcat ("setup:", part, NULL);
  LimberId id;

  desk_set_up (desk, TRUE, 12);
  sample_id (&id, "ruth");
  test_store_put (desk->store, "staff", &id, "role", "service-manager", NULL);
  desk_sign_in (desk);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "desk.go", "s", where));
}

/* 2026-11-23 is a Monday. */
static void
add_clinic (Desk *desk, const char *who, const char *begins, const char *ends)
{
  SEES (desk, "Add a clinic");
  choose (desk, "With", who);
  choose (desk, "Room", "Room 3");
  type (desk, "First day", "1 dec");
  type (desk, "From", begins);
  type (desk, "Until", ends);
  desk_press (desk, "Add");
}

static GListModel *
words_of (Desk *desk, const char *label)
{
  return gtk_drop_down_get_model (GTK_DROP_DOWN (field (desk, label)));
}

static gboolean
has_choices (gpointer desk)
{
  return g_list_model_get_n_items (words_of (desk, "With")) > 1 && g_list_model_get_n_items (words_of (desk, "Room")) > 1;
}

static const char *
clinician (Desk *desk)
{
  g_assert_true (test_wait (has_choices, desk));
  return gtk_string_list_get_string (GTK_STRING_LIST (words_of (desk, "With")), 1);
}

static void
a_clinic_is_made_and_taken_back (void)
{
  Desk desk;

  begin (&desk, "clinics");
  SEES (&desk, "No clinics yet");
  SEES (&desk, "Add a clinic");
  add_clinic (&desk, clinician (&desk), "9:00", "1230");
  SEES (&desk, "Tuesdays 09:00–12:30 is added");
  SEES (&desk, "Room 3 · 30 minutes each · Every week, from 01-Dec-2026");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM clinic WHERE begins=540 AND ends=750 AND minutes=30 AND every=1 AND first='2026-12-01' AND place IS NOT NULL"), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (&desk, "From"))), ==, "");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "No clinics yet");
  test_store_assert_sound (desk.store);
  desk_tear_down (&desk);
}

static void
what_cannot_be_held_is_said_and_stays_to_be_mended (void)
{
  g_autofree char *who = NULL;
  Desk desk;

  begin (&desk, "clinics");
  SEES (&desk, "Add a clinic");
  who = g_strdup (clinician (&desk));
  desk_press (&desk, "Add");
  SEES (&desk, "Say who sees people then.");
  add_clinic (&desk, who, "9", "8:00");
  SEES (&desk, "A clinic ends after it begins, on the same day.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (&desk, "Until"))), ==, "8:00");
  type (&desk, "Until", "12:00");
  desk_press (&desk, "Add");
  SEES (&desk, "Tuesdays 09:00–12:00 is added");
  add_clinic (&desk, who, "11:00", "13:00");
  SEES (&desk, "has another clinic on");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (&desk, "From"))), ==, "11:00");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM clinic"), ==, 1);
  desk_tear_down (&desk);
}

static void
a_clinic_is_changed_ended_and_both_are_taken_back (void)
{
  Desk desk;

  begin (&desk, "clinics");
  SEES (&desk, "Add a clinic");
  add_clinic (&desk, clinician (&desk), "9:00", "12:00");
  SEES (&desk, "Tuesdays 09:00–12:00 is added");
  SEES (&desk, "Every week, from");
  desk_press (&desk, "Change…");
  SEES (&desk, "Change a clinic");
  type (&desk, "Until", "11:00");
  choose (&desk, "Room", "No room");
  choose (&desk, "How often", "Every 2 weeks");
  desk_press (&desk, "Save");
  SEES (&desk, "no room · 30 minutes each · Every 2 weeks");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM clinic WHERE ends=660 AND every=2 AND place IS NULL"), ==, 1);
  desk_press (&desk, "End");
  SEES (&desk, "ends today");
  SEES (&desk, "No clinics yet");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Every 2 weeks, from 01-Dec-2026");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Room 3 · 30 minutes each · Every week, from 01-Dec-2026");
  test_store_assert_sound (desk.store);
  desk_tear_down (&desk);
}

/* Twelve people are booked today. */
static void
closed_days_say_who_is_booked_then_and_are_taken_back (void)
{
  Desk desk;

  begin (&desk, "closed");
  SEES (&desk, "No closed days to come");
  desk_press (&desk, "Add");
  SEES (&desk, "Say why, so that whoever asks can be told.");
  type (&desk, "Why", "Burst pipe");
  type (&desk, "First day", "long ago");
  desk_press (&desk, "Add");
  SEES (&desk, "That is no day to come");
  type (&desk, "First day", "23 nov");
  desk_press (&desk, "Add");
  SEES (&desk, "booked then and ha");
  SEES (&desk, "Burst pipe");
  SEES (&desk, "Everybody · ");
  type (&desk, "Why", "Boxing Day rest");
  type (&desk, "First day", "25 dec");
  type (&desk, "Last day", "26 dec");
  desk_press (&desk, "Add");
  SEES (&desk, "25-Dec-2026 to ");
  g_assert_cmpint (test_store_count (desk.store, "SELECT count(*) FROM closure WHERE off IS NOT 1"), ==, 2);
  desk_act (&desk, "desk.undo");
  SEES_NOT (&desk, "Boxing Day rest");
  desk_press (&desk, "Take back");
  SEES (&desk, "No closed days to come");
  desk_act (&desk, "desk.undo");
  SEES (&desk, "Burst pipe");
  test_store_assert_sound (desk.store);
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  g_test_add_func ("/ui/planning/a-clinic-is-made-and-taken-back", a_clinic_is_made_and_taken_back);
  g_test_add_func ("/ui/planning/what-cannot-be-held-is-said-and-stays-to-be-mended", what_cannot_be_held_is_said_and_stays_to_be_mended);
  g_test_add_func ("/ui/planning/a-clinic-is-changed-ended-and-both-are-taken-back", a_clinic_is_changed_ended_and_both_are_taken_back);
  g_test_add_func ("/ui/planning/closed-days-say-who-is-booked-then-and-are-taken-back", closed_days_say_who_is_booked_then_and_are_taken_back);
  return g_test_run ();
}
