#include "limber-building-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-building-row.h"

struct _LimberBuildingPage {
  GtkWidget           parent_instance;
  LimberBuildingList *list; /* (owned) (nullable) */
  GtkWidget          *box;
  GtkLabel           *count;
  GtkLabel           *fresh;
  GtkLabel           *told;
  GtkStack           *stack;
  GtkSingleSelection *selection;
  AdwStatusPage      *error;
};

G_DEFINE_FINAL_TYPE (LimberBuildingPage, limber_building_page, GTK_TYPE_WIDGET)

static void
list_changed (LimberBuildingPage *self)
{
  const GError *error = limber_building_list_get_error (self->list);
  gboolean loaded = limber_building_list_is_loaded (self->list);
  guint n = g_list_model_get_n_items (limber_building_list_get_items (self->list));
  g_autofree char *count = limber_building_list_dup_count (self->list);

  if (error != NULL)
    adw_status_page_set_description (self->error, error->message);
  gtk_label_set_text (self->count, error == NULL && loaded ? count : _("Who is in the building"));
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "error" : !loaded ? "loading" : n == 0 ? "empty" : "list");
}

static void
try_again (LimberBuildingPage *self)
{
  limber_building_list_reload (self->list);
}

/**
 * limber_building_page_set_list:
 * @list: (nullable): what to show
 */
void
limber_building_page_set_list (LimberBuildingPage *self, LimberBuildingList *list)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, list_changed, self);
  g_set_object (&self->list, list);
  gtk_single_selection_set_model (self->selection, list != NULL ? limber_building_list_get_items (list) : NULL);
  limber_building_page_tell (self, NULL);
  if (list == NULL)
    return;
  g_signal_connect_object (list, "changed", G_CALLBACK (list_changed), self, G_CONNECT_SWAPPED);
  list_changed (self);
}

/**
 * limber_building_page_set_fresh:
 * @text: how fresh the list is
 */
void
limber_building_page_set_fresh (LimberBuildingPage *self, const char *text)
{
  gtk_label_set_text (self->fresh, text);
}

/**
 * limber_building_page_tell:
 * @text: (nullable): what became of the printing
 */
void
limber_building_page_tell (LimberBuildingPage *self, const char *text)
{
  gtk_label_set_text (self->told, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->told), text != NULL);
}

static void
limber_building_page_dispose (GObject *object)
{
  LimberBuildingPage *self = LIMBER_BUILDING_PAGE (object);

  if (self->box != NULL)
    limber_building_page_set_list (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_building_page_parent_class)->dispose (object);
}

static void
limber_building_page_class_init (LimberBuildingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_building_page_dispose;
  g_type_ensure (LIMBER_TYPE_BUILDING_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-building-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, count);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, fresh);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, told);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingPage, error);
  gtk_widget_class_bind_template_callback (widget_class, try_again);
}

static void
limber_building_page_init (LimberBuildingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
