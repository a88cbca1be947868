#include "limber-visit-row.h"

#include "limber-cell.h"
#include "limber-columns.h"
#include "limber-date.h"
#include "limber-style.h"

struct _LimberVisitRow {
  GtkWidget    parent_instance;
  LimberVisit *visit; /* (owned) (nullable) */
  LimberCell  *time;
  LimberCell  *name;
  LimberCell  *mark;
  LimberCell  *needs;
  LimberCell  *with;
  LimberCell  *where;
  LimberCell  *status;
  LimberCell  *waiting;
};

enum {
  PROP_0,
  PROP_VISIT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberVisitRow, limber_visit_row, GTK_TYPE_WIDGET)

static void
show_status (LimberVisitRow *self)
{
  LimberVisitGroup group = limber_visit_get_group (self->visit);
  LimberVisitStatus status = limber_visit_get_status (self->visit);
  g_autofree char *text = limber_visit_dup_status_text (self->visit);
  const char *icon = NULL;

  if (group == LIMBER_VISIT_NEEDS_YOU)
    icon = "limber-attention-symbolic";
  else if (group == LIMBER_VISIT_HERE)
    icon = "limber-here-symbolic";
  else if (status == LIMBER_VISIT_DID_NOT_ATTEND || status == LIMBER_VISIT_CANCELLED)
    icon = "limber-absent-symbolic";
  limber_cell_set_text (self->status, text);
  limber_cell_set_icon (self->status, icon);
  limber_style_set_class (self->status, "alert", group == LIMBER_VISIT_NEEDS_YOU);
  limber_style_set_class (self->status, "here", group == LIMBER_VISIT_HERE);
  limber_style_set_class (self->status, "with", status == LIMBER_VISIT_WITH_CLINICIAN && group != LIMBER_VISIT_NEEDS_YOU);
  limber_style_set_class (self->status, "away", group == LIMBER_VISIT_OVER && status == LIMBER_VISIT_DID_NOT_ATTEND);
  limber_style_set_class (self, "needs-you", group == LIMBER_VISIT_NEEDS_YOU);
  limber_style_set_class (self, "is-here", group == LIMBER_VISIT_HERE);
  limber_style_set_class (self, "is-over", group == LIMBER_VISIT_OVER);
  limber_cell_set_struck (self->time, status == LIMBER_VISIT_CANCELLED);
}

static void
show_waiting (LimberVisitRow *self)
{
  g_autofree char *text = limber_visit_dup_waiting_text (self->visit);
  gboolean stands_out = limber_visit_get_late (self->visit) > 0 || limber_visit_is_long_wait (self->visit);

  limber_cell_set_text (self->waiting, text);
  limber_cell_set_icon (self->waiting, stands_out ? "limber-waiting-symbolic" : NULL);
  limber_style_set_class (self->waiting, "late", stands_out);
}

/* @text: (nullable): what stands beside the name, if anything does */
static void
show_beside (LimberCell *cell, const char *text)
{
  limber_cell_set_text (cell, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (cell), text != NULL);
}

static void
update (LimberVisitRow *self)
{
  g_autofree char *time = limber_time_for_staff (limber_visit_get_start (self->visit)), *with = limber_visit_dup_with (self->visit);
  g_autofree char *mark = limber_visit_dup_mark (self->visit), *needs = limber_visit_dup_needs (self->visit), *description = limber_visit_dup_description (self->visit);
  const char *place = limber_row_text (limber_visit_get_row (self->visit), "place");

  limber_cell_set_text (self->time, time);
  limber_cell_set_text (self->name, limber_visit_get_name (self->visit));
  show_beside (self->mark, mark);
  show_beside (self->needs, needs);
  limber_cell_set_text (self->with, with);
  limber_cell_set_text (self->where, place != NULL ? place : "–");
  show_status (self);
  show_waiting (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

/**
 * limber_visit_row_set_visit:
 * @visit: (nullable): what to show
 */
void
limber_visit_row_set_visit (LimberVisitRow *self, LimberVisit *visit)
{
  if (self->visit == visit)
    return;
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_func (self->visit, update, self);
  g_set_object (&self->visit, visit);
  if (visit != NULL) {
    g_signal_connect_object (visit, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    update (self);
  }
}

static void
limber_visit_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  limber_visit_row_set_visit (LIMBER_VISIT_ROW (object), g_value_get_object (value));
}

static void
limber_visit_row_dispose (GObject *object)
{
  LimberVisitRow *self = LIMBER_VISIT_ROW (object);
  GtkWidget *child;

  limber_visit_row_set_visit (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_visit_row_parent_class)->dispose (object);
}

static void
limber_visit_row_class_init (LimberVisitRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_visit_row_set_property;
  object_class->dispose = limber_visit_row_dispose;
  props[PROP_VISIT] = g_param_spec_object ("visit", NULL, NULL, LIMBER_TYPE_VISIT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_CELL);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-visit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, time);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, mark);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, needs);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, with);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, where);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, status);
  gtk_widget_class_bind_template_child (widget_class, LimberVisitRow, waiting);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_visit_row_init (LimberVisitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
