#include "limber-lists-pane.h"

#include <adwaita.h>

#include "limber-list-row.h"

struct _LimberListsPane {
  GtkWidget           parent_instance;
  LimberLists        *lists; /* (owned) (nullable) */
  LimberListWhich     which;
  GtkStack           *stack;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  AdwStatusPage      *empty, *error;
};

G_DEFINE_FINAL_TYPE (LimberListsPane, limber_lists_pane, GTK_TYPE_WIDGET)

static void
lists_changed (LimberListsPane *self)
{
  const GError *error = limber_lists_get_error (self->lists);
  guint n = g_list_model_get_n_items (limber_lists_get_items (self->lists, self->which));

  if (error != NULL)
    adw_status_page_set_description (self->error, error->message);
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "error" : !limber_lists_is_loaded (self->lists) ? "loading" : n == 0 ? "empty" : "list");
}

static void
try_again (LimberListsPane *self)
{
  limber_lists_reload (self->lists);
}

/* Enter does what the first button does. */
static void
activated (LimberListsPane *self, guint position)
{
  g_autoptr (LimberListItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const LimberListDeed *first = item != NULL ? &limber_list_item_get_card (item)->deeds[0] : NULL;

  if (first != NULL && first->label != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), first->action, "s", first->target);
}

/**
 * limber_lists_pane_set_lists:
 * @lists: (nullable): what to show
 * @which: of it
 */
void
limber_lists_pane_set_lists (LimberListsPane *self, LimberLists *lists, LimberListWhich which)
{
  if (self->lists != NULL)
    g_signal_handlers_disconnect_by_func (self->lists, lists_changed, self);
  g_set_object (&self->lists, lists);
  self->which = which;
  gtk_single_selection_set_model (self->selection, lists != NULL ? limber_lists_get_items (lists, which) : NULL);
  if (lists == NULL)
    return;
  g_signal_connect_object (lists, "changed", G_CALLBACK (lists_changed), self, G_CONNECT_SWAPPED);
  lists_changed (self);
}

/**
 * limber_lists_pane_set_empty:
 *
 * What it says when there is nothing.
 */
void
limber_lists_pane_set_empty (LimberListsPane *self, const char *icon, const char *title, const char *text)
{
  adw_status_page_set_icon_name (self->empty, icon);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, text);
}

/**
 * limber_lists_pane_focus:
 *
 * Gives the list the keys.
 */
void
limber_lists_pane_focus (LimberListsPane *self)
{
  gtk_widget_grab_focus (self->list);
}

static void
limber_lists_pane_dispose (GObject *object)
{
  LimberListsPane *self = LIMBER_LISTS_PANE (object);

  if (self->stack != NULL)
    limber_lists_pane_set_lists (self, NULL, self->which);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_lists_pane_parent_class)->dispose (object);
}

static void
limber_lists_pane_class_init (LimberListsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_lists_pane_dispose;
  g_type_ensure (LIMBER_TYPE_LIST_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-lists-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberListsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPane, list);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPane, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPane, empty);
  gtk_widget_class_bind_template_child (widget_class, LimberListsPane, error);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_bind_template_callback (widget_class, try_again);
}

static void
limber_lists_pane_init (LimberListsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
