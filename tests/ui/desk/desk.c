/* A widget is in sight when nothing above it is hidden. */
#include "desk.h"

#include <string.h>

#include "limber-cell.h"
#include "limber-detail-row.h"
#include "limber-style.h"
#include "limber-today-page.h"
#include "sample.h"

/* Finding things in the window, as far as they are in sight. */

static GtkWidget *
find (GtkWidget *from, DeskMatch match, gconstpointer what)
{
  if (!gtk_widget_get_child_visible (from) || !gtk_widget_get_visible (from))
    return NULL;
  if (match (from, what))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, match, what);

    if (found != NULL)
      return found;
  }
  return NULL;
}

gboolean
desk_is_of_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), (GType) type);
}

/* (nullable): what @widget itself says. */
const char *
desk_text_of (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : LIMBER_IS_CELL (widget) ? limber_cell_get_text (LIMBER_CELL (widget)) : NULL;
}

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  const char *own = desk_text_of (widget);

  return own != NULL && strstr (own, text) != NULL;
}

gboolean
desk_is_button (GtkWidget *widget, gconstpointer label)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : NULL, *first = GTK_IS_BOX (child) ? gtk_widget_get_first_child (child) : NULL;

  if (first != NULL && GTK_IS_LABEL (first))
    return g_str_equal (gtk_label_get_text (GTK_LABEL (first)), label);
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_day_list (GtkWidget *widget, gconstpointer nothing)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_has_css_class (widget, "day");
}

GtkWidget *
desk_find (Desk *desk, DeskMatch match, gconstpointer what)
{
  return find (GTK_WIDGET (desk->window), match, what);
}

gboolean
desk_can_see (gpointer data)
{
  return desk_find (data, says, ((Desk *) data)->text) != NULL;
}

gboolean
desk_cannot_see (gpointer data)
{
  return !desk_can_see (data);
}

void
desk_press (Desk *desk, const char *label)
{
  GtkWidget *button = desk_find (desk, desk_is_button, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_entry_of (GtkWidget *widget, gconstpointer field)
{
  GtkWidget *row = GTK_IS_ENTRY (widget) ? gtk_widget_get_ancestor (widget, LIMBER_TYPE_DETAIL_ROW) : NULL;

  return row != NULL && g_str_equal (limber_detail_row_get_detail (LIMBER_DETAIL_ROW (row))->field, field);
}

/* Types into the form that is in sight. */
void
desk_type_detail (Desk *desk, const char *field, const char *text)
{
  GtkWidget *entry = desk_find (desk, is_entry_of, field);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* @action: "group.name", or "group.name::text" */
void
desk_act (Desk *desk, const char *action)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (desk->window), name, target));
}

/* An action of the page that has a widget of @type. */
void
desk_act_in (Desk *desk, const char *type, const char *action)
{
  g_assert_true (gtk_widget_activate_action (desk_find (desk, desk_is_of_type, (gconstpointer) g_type_from_name (type)), action, NULL));
}

/* Opens a page: "PAGE" or "PAGE:ABOUT". */
void
desk_go (Desk *desk, const char *target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "desk.go", "s", target));
}

GtkEditable *
desk_search_box (Desk *desk)
{
  return GTK_EDITABLE (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_SEARCH_ENTRY));
}

void
desk_type (Desk *desk, const char *text)
{
  gtk_editable_set_text (desk_search_box (desk), text);
}

void
desk_enter (Desk *desk)
{
  g_signal_emit_by_name (desk_search_box (desk), "activate");
}

GListModel *
desk_list (Desk *desk)
{
  GtkWidget *view = desk_find (desk, is_day_list, NULL);

  return view != NULL ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))) : NULL;
}

gboolean
desk_has_n_rows (gpointer data)
{
  GListModel *rows = desk_list (data);

  return rows != NULL && g_list_model_get_n_items (rows) == ((Desk *) data)->n;
}

char *
desk_name_at (Desk *desk, guint position)
{
  g_autoptr (LimberVisit) visit = g_list_model_get_item (desk_list (desk), position);

  return g_strdup (limber_visit_get_name (visit));
}

gboolean
desk_first_is (gpointer data)
{
  g_autofree char *name = desk_list (data) != NULL && g_list_model_get_n_items (desk_list (data)) > 0 ? desk_name_at (data, 0) : NULL;

  return g_strcmp0 (name, ((Desk *) data)->text) == 0;
}

static LimberTodayPage *
today (Desk *desk)
{
  return LIMBER_TODAY_PAGE (desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_TODAY_PAGE));
}

LimberVisit *
desk_selected (Desk *desk)
{
  return limber_today_page_get_selected (today (desk));
}

void
desk_select (Desk *desk, const char *visit)
{
  LimberId id;

  sample_id (&id, visit);
  limber_today_page_select (today (desk), &id);
}

char *
desk_status_of (Desk *desk, const char *visit)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  sample_id (&id, visit);
  record = test_store_get (desk->store, "appointment", &id);
  return g_strdup (limber_record_word (record, "status"));
}

/**
 * desk_says:
 *
 * Returns: whether a label in @widget has @text in it
 */
gboolean
desk_says (GtkWidget *widget, const char *text)
{
  return find (widget, says, text) != NULL;
}

/* A desk, and somebody at it. */

/**
 * desk_begin:
 *
 * To be called once, before the first window: it looks as it does at work, and nothing moves.
 */
void
desk_begin (void)
{
  adw_init ();
  limber_style_load (gdk_display_get_default (), "staff");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
desk_set_up (Desk *desk, gboolean with_pins, guint appointments)
{
  LimberId site;

  *desk = (Desk){ .clock.now = TEST_NOW + 41 * G_GINT64_CONSTANT (60000) };
  desk->env = test_env_new (&desk->clock);
  desk->dir = test_dir_new ();
  sample_id (&site, "site");
  desk->store = test_store_new (desk->dir, desk->env, LIMBER_CLASS_DESK, &site);
  sample_site (desk->store);
  sample_staff (desk->store, with_pins);
  if (appointments > 0)
    sample_day (desk->store, appointments);
  desk->window = g_object_ref (limber_window_new (NULL));
  limber_window_set_store (desk->window, desk->store);
  gtk_window_present (GTK_WINDOW (desk->window));
}

void
desk_give_pin (Desk *desk, const char *pin)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_PASSWORD_ENTRY)), pin);
  desk_press (desk, "Sign in");
}

void
desk_sign_in (Desk *desk)
{
  SEES (desk, "Anna Reid");
  g_signal_emit_by_name (desk_find (desk, desk_is_of_type, (gconstpointer) GTK_TYPE_LIST_VIEW), "activate", 0);
  desk_give_pin (desk, SAMPLE_PIN);
  SEES (desk, "Monday 23-Nov-2026");
}

void
desk_start_work (Desk *desk, guint appointments)
{
  desk_set_up (desk, TRUE, appointments);
  desk_sign_in (desk);
  desk->n = appointments;
  if (appointments > 0)
    g_assert_true (test_wait (desk_has_n_rows, desk));
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

void
desk_tear_down (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_assert_true (test_wait (is_alone, desk->window));
  g_assert_finalize_object (desk->window);
  limber_store_close (desk->store);
  g_assert_true (test_wait (is_alone, desk->store));
  g_assert_finalize_object (desk->store);
  limber_env_unref (desk->env);
  test_dir_remove (desk->dir);
  g_free (desk->dir);
}
