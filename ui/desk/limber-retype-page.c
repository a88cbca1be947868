/* There is one pair of fields, for the line that is selected: so the keys never leave them. A line is saved as it is left; the
 * papers of a day that was left with something unsaved are kept until the page is closed. */
#include "limber-retype-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-day-end.h"
#include "limber-retype-list.h"
#include "limber-retype-row.h"

struct _LimberRetypePage {
  GtkWidget           parent_instance;
  LimberStore        *store;  /* (owned) (nullable) */
  LimberStaffMember  *member; /* (owned) (nullable) */
  GHashTable         *lists;  /* (owned): date → LimberRetypeList */
  LimberRetypeList   *list;   /* (unowned) (nullable): the one that is shown */
  LimberRetypeLine   *line;   /* (owned) (nullable): the one that is being typed */
  gboolean            wants;  /* whether `wanted` is to be selected as soon as it is there */
  LimberId            wanted;
  gboolean            filling; /* the fields, from a line: that is not typing */
  GtkWidget          *box;
  GtkLabel           *title;
  GtkLabel           *unsaved;
  GtkWidget          *earlier;
  GtkWidget          *later;
  GtkWidget          *fields;
  GtkLabel           *who;
  GtkWidget          *came;
  GtkWidget          *seen;
  GtkWidget          *undo;
  GtkStack           *stack;
  GtkWidget          *view;
  GtkSingleSelection *selection;
  AdwStatusPage      *error;
};

G_DEFINE_FINAL_TYPE (LimberRetypePage, limber_retype_page, GTK_TYPE_WIDGET)

static void
line_changed (LimberRetypePage *self)
{
  guint unsaved = self->list != NULL ? limber_retype_list_count_unsaved (self->list) : 0;
  g_autofree char *words = g_strdup_printf (ngettext ("%u line not saved", "%u lines not saved", unsaved), unsaved);

  gtk_label_set_text (self->unsaved, unsaved > 0 ? words : "");
  if (self->line == NULL)
    return;
  gtk_widget_set_sensitive (self->undo, limber_retype_line_is_saved (self->line));
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->came)), limber_retype_line_get_came (self->line)) ||
      !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->seen)), limber_retype_line_get_seen (self->line))) {
    self->filling = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->came), limber_retype_line_get_came (self->line));
    gtk_editable_set_text (GTK_EDITABLE (self->seen), limber_retype_line_get_seen (self->line));
    self->filling = FALSE;
  }
}

/* Returns: whether what was typed into the line makes sense */
static gboolean
save_line (LimberRetypePage *self)
{
  return self->line == NULL || self->store == NULL || limber_retype_line_save (self->line, self->store, self->member);
}

static void
set_line (LimberRetypePage *self, LimberRetypeLine *line)
{
  if (self->line == line)
    return;
  save_line (self);
  if (self->line != NULL)
    g_signal_handlers_disconnect_by_func (self->line, line_changed, self);
  g_set_object (&self->line, line);
  gtk_widget_set_sensitive (self->fields, line != NULL);
  if (line == NULL) {
    gtk_label_set_text (self->who, "");
    return;
  }
  gtk_label_set_text (self->who, limber_retype_line_get_print (line)->name);
  g_signal_connect_object (line, "changed", G_CALLBACK (line_changed), self, G_CONNECT_SWAPPED);
  line_changed (self);
  gtk_widget_grab_focus (self->came);
}

static void
selection_changed (LimberRetypePage *self)
{
  set_line (self, gtk_single_selection_get_selected_item (self->selection));
}

static void
typed (LimberRetypePage *self)
{
  if (self->line != NULL && !self->filling)
    limber_retype_line_type (self->line, gtk_editable_get_text (GTK_EDITABLE (self->came)), gtk_editable_get_text (GTK_EDITABLE (self->seen)));
}

static void
move (LimberRetypePage *self, int by)
{
  gint64 n = g_list_model_get_n_items (G_LIST_MODEL (self->selection)), at = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  at = CLAMP (at + by, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) at);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", (guint) at);
  gtk_widget_grab_focus (self->came);
}

/* Enter: on, unless what was typed makes no sense. */
static void
entered (LimberRetypePage *self)
{
  if (save_line (self))
    move (self, 1);
}

static void
undo_line (LimberRetypePage *self)
{
  if (self->line != NULL && self->store != NULL)
    limber_retype_line_undo (self->line, self->store, self->member);
  gtk_widget_grab_focus (self->came);
}

static gboolean
field_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberRetypePage *self)
{
  if ((modifiers & GDK_CONTROL_MASK) != 0 && (key == GDK_KEY_z || key == GDK_KEY_Z)) {
    undo_line (self);
    return TRUE;
  }
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    move (self, -1);
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    move (self, 1);
    return TRUE;
  case GDK_KEY_Escape:
    save_line (self);
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.back", NULL);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
select_wanted (LimberRetypePage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; self->wants && i < n; i++) {
    g_autoptr (LimberRetypeLine) line = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

    if (!limber_id_equal (limber_retype_line_get_id (line), &self->wanted))
      continue;
    self->wants = FALSE;
    gtk_single_selection_set_selected (self->selection, i);
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", i);
  }
}

static void
list_changed (LimberRetypePage *self)
{
  const GError *error = limber_retype_list_get_error (self->list);
  guint n = g_list_model_get_n_items (limber_retype_list_get_lines (self->list));

  if (error != NULL)
    adw_status_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "error" : !limber_retype_list_is_loaded (self->list) ? "loading" : n == 0 ? "empty" : "list");
  gtk_widget_set_visible (self->fields, n > 0);
  select_wanted (self);
  line_changed (self);
}

/* Which days there are to go to: none to come, and none that nobody asks for any more. */
static void
show_day (LimberRetypePage *self, const char *date)
{
  g_autofree char *title = limber_date_with_weekday (date);
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *first = NULL;

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  first = limber_date_add_days (today, -LIMBER_DAY_END_DAYS);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_sensitive (self->earlier, g_strcmp0 (date, first) > 0);
  gtk_widget_set_sensitive (self->later, g_strcmp0 (date, today) < 0);
}

static void
set_list (LimberRetypePage *self, LimberRetypeList *list)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, list_changed, self);
  self->list = list;
  set_line (self, NULL);
  gtk_single_selection_set_model (self->selection, list != NULL ? limber_retype_list_get_lines (list) : NULL);
  if (list == NULL)
    return;
  g_signal_connect_object (list, "changed", G_CALLBACK (list_changed), self, G_CONNECT_SWAPPED);
  list_changed (self);
}

static void
go_to (LimberRetypePage *self, const char *date)
{
  LimberRetypeList *list = g_hash_table_lookup (self->lists, date);

  if (list == NULL) {
    list = limber_retype_list_new (self->store, date);
    g_hash_table_insert (self->lists, g_strdup (date), list);
  }
  show_day (self, date);
  set_list (self, list);
  gtk_widget_grab_focus (self->came);
}

static void
go_days (LimberRetypePage *self, int days)
{
  g_autofree char *date = self->list != NULL ? limber_date_add_days (limber_retype_list_get_date (self->list), days) : NULL;

  if (date != NULL)
    go_to (self, date);
}

static void
go_earlier (LimberRetypePage *self)
{
  go_days (self, -1);
}

static void
go_later (LimberRetypePage *self)
{
  go_days (self, 1);
}

static void
try_again (LimberRetypePage *self)
{
  g_autofree char *date = g_strdup (limber_retype_list_get_date (self->list));

  set_list (self, NULL);
  g_hash_table_remove (self->lists, date);
  go_to (self, date);
}

/**
 * limber_retype_page_start:
 * @member: who types
 */
void
limber_retype_page_start (LimberRetypePage *self, LimberStore *store, LimberStaffMember *member)
{
  g_set_object (&self->store, store);
  g_set_object (&self->member, member);
}

/**
 * limber_retype_page_open:
 * @date: (nullable): of the paper, YYYY-MM-DD; %NULL for today, or for where one was
 * @appointment: (nullable): whose line is to be typed first
 */
void
limber_retype_page_open (LimberRetypePage *self, const char *date, const LimberId *appointment)
{
  char today[LIMBER_DATE_LENGTH + 1];

  if (self->store == NULL)
    return;
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  self->wants = appointment != NULL;
  if (appointment != NULL)
    self->wanted = *appointment;
  go_to (self, date != NULL ? date : self->list != NULL ? limber_retype_list_get_date (self->list) : today);
}

/**
 * limber_retype_page_stop:
 *
 * Saves the line that was being typed, as if it were left; nothing of it stays on the page.
 */
void
limber_retype_page_stop (LimberRetypePage *self)
{
  set_list (self, NULL);
  g_hash_table_remove_all (self->lists);
  g_clear_object (&self->member);
  g_clear_object (&self->store);
}

static void
limber_retype_page_dispose (GObject *object)
{
  LimberRetypePage *self = LIMBER_RETYPE_PAGE (object);

  if (self->box != NULL)
    limber_retype_page_stop (self);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_retype_page_parent_class)->dispose (object);
}

static void
limber_retype_page_class_init (LimberRetypePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_retype_page_dispose;
  g_type_ensure (LIMBER_TYPE_RETYPE_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-retype-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, title);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, unsaved);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, earlier);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, later);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, fields);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, who);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, came);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, seen);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, undo);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, view);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypePage, error);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_bind_template_callback (widget_class, entered);
  gtk_widget_class_bind_template_callback (widget_class, undo_line);
  gtk_widget_class_bind_template_callback (widget_class, field_key);
  gtk_widget_class_bind_template_callback (widget_class, go_earlier);
  gtk_widget_class_bind_template_callback (widget_class, go_later);
  gtk_widget_class_bind_template_callback (widget_class, try_again);
}

static void
limber_retype_page_init (LimberRetypePage *self)
{
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}
