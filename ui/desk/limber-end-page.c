/* The selected visit is remembered by its place: when it is closed and leaves the list, the next one takes it. */
#include "limber-end-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-end-row.h"
#include "limber-visits.h"

struct _LimberEndPage {
  GtkWidget           parent_instance;
  LimberOpenVisits   *open; /* (owned) (nullable) */
  LimberId            shown; /* the appointment that the bar below is about */
  GtkWidget          *box;
  GtkLabel           *left;
  GtkStack           *stack;
  GtkWidget          *list;
  GtkSingleSelection *selection;
  AdwStatusPage      *error;
  GtkWidget          *deeds;
  GtkLabel           *who;
  GtkWidget          *reason;
};

enum {
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberEndPage, limber_end_page, GTK_TYPE_WIDGET)

static void
open_changed (LimberEndPage *self)
{
  const GError *error = limber_open_visits_get_error (self->open);
  guint n = g_list_model_get_n_items (limber_open_visits_get_list (self->open));
  /* Translators: so many appointments are still to be closed. */
  g_autofree char *left = g_strdup_printf (ngettext ("%u left", "%u left", n), n);

  if (error != NULL)
    adw_status_page_set_description (self->error, error->message);
  gtk_label_set_text (self->left, n > 0 ? left : "");
  gtk_widget_set_visible (self->deeds, n > 0);
  gtk_stack_set_visible_child_name (self->stack, error != NULL ? "error" : !limber_open_visits_is_loaded (self->open) ? "loading" : n == 0 ? "empty" : "list");
}

static void
selection_changed (LimberEndPage *self)
{
  LimberVisit *visit = limber_end_page_get_selected (self);

  gtk_label_set_text (self->who, visit != NULL ? limber_visit_get_name (visit) : "");
  if (visit == NULL || !limber_id_equal (limber_visit_get_id (visit), &self->shown))
    gtk_editable_set_text (GTK_EDITABLE (self->reason), ""); /* it was about somebody else */
  if (visit != NULL)
    self->shown = *limber_visit_get_id (visit);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
try_again (LimberEndPage *self)
{
  limber_open_visits_reload (self->open);
}

/**
 * limber_end_page_set_open:
 * @open: (nullable): what to show
 */
void
limber_end_page_set_open (LimberEndPage *self, LimberOpenVisits *open)
{
  if (self->open != NULL)
    g_signal_handlers_disconnect_by_func (self->open, open_changed, self);
  g_set_object (&self->open, open);
  gtk_single_selection_set_model (self->selection, open != NULL ? limber_open_visits_get_list (open) : NULL);
  if (open == NULL)
    return;
  g_signal_connect_object (open, "changed", G_CALLBACK (open_changed), self, G_CONNECT_SWAPPED);
  open_changed (self);
}

/**
 * limber_end_page_show:
 *
 * Gives the list the keys.
 */
void
limber_end_page_show (LimberEndPage *self)
{
  gtk_widget_grab_focus (self->list);
}

/**
 * limber_end_page_get_selected:
 *
 * Returns: (transfer none) (nullable): the visit that is selected
 */
LimberVisit *
limber_end_page_get_selected (LimberEndPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/**
 * limber_end_page_find:
 * @appointment: its id
 *
 * Returns: (transfer none) (nullable): the visit, when it is in the list
 */
LimberVisit *
limber_end_page_find (LimberEndPage *self, const LimberId *appointment)
{
  return limber_visits_find (G_LIST_MODEL (self->selection), appointment);
}

/**
 * limber_end_page_dup_reason:
 *
 * Returns: (transfer full): what was typed as the reason of a cancellation, "" for nothing
 */
char *
limber_end_page_dup_reason (LimberEndPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
}

static void
limber_end_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, limber_end_page_get_selected (LIMBER_END_PAGE (object)));
}

static void
limber_end_page_dispose (GObject *object)
{
  LimberEndPage *self = LIMBER_END_PAGE (object);

  if (self->box != NULL)
    limber_end_page_set_open (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_end_page_parent_class)->dispose (object);
}

static void
limber_end_page_class_init (LimberEndPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = limber_end_page_get_property;
  object_class->dispose = limber_end_page_dispose;
  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, LIMBER_TYPE_VISIT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_END_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-end-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, left);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, list);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, selection);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, error);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, deeds);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, who);
  gtk_widget_class_bind_template_child (widget_class, LimberEndPage, reason);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed);
  gtk_widget_class_bind_template_callback (widget_class, try_again);
}

static void
limber_end_page_init (LimberEndPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
