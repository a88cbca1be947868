#include "limber-hit-row.h"

#include "limber-cell.h"
#include "limber-columns.h"

struct _LimberHitRow {
  GtkWidget   parent_instance;
  LimberCell *name;
  LimberCell *details;
  LimberCell *doubt;
  LimberCell *today;
  LimberCell *does;
};

G_DEFINE_FINAL_TYPE (LimberHitRow, limber_hit_row, GTK_TYPE_WIDGET)

static void
limber_hit_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_hit_row_parent_class)->dispose (object);
}

static void
limber_hit_row_class_init (LimberHitRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_hit_row_dispose;
  g_type_ensure (LIMBER_TYPE_CELL);
  g_type_ensure (LIMBER_TYPE_COLUMNS); /* a box would ask each cell how wide it is at the row's height, which costs a search */
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-hit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, details);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, doubt);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, today);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, does);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
limber_hit_row_init (LimberHitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_hit_row_new:
 *
 * Returns: (transfer floating): a row that shows nobody yet
 */
GtkWidget *
limber_hit_row_new (void)
{
  return g_object_new (LIMBER_TYPE_HIT_ROW, NULL);
}

/**
 * limber_hit_row_set_hit:
 * @hit: whom it is to show
 */
void
limber_hit_row_set_hit (LimberHitRow *self, LimberHit *hit)
{
  g_autofree char *name = NULL, *details = NULL, *doubt = NULL, *today = NULL, *does = NULL, *description = NULL;

  g_object_get (hit, "name", &name, "details", &details, "doubt", &doubt, "today", &today, "does", &does, "description", &description, NULL);
  limber_cell_set_text (self->name, name);
  limber_cell_set_text (self->details, details);
  limber_cell_set_text (self->doubt, doubt);
  limber_cell_set_icon (self->doubt, limber_hit_is_namesake (hit) ? "limber-attention-symbolic" : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->doubt), *doubt != '\0');
  limber_cell_set_text (self->today, today);
  limber_cell_set_text (self->does, does);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

/**
 * limber_hit_row_set_marked:
 * @marked: whether Enter means this one
 */
void
limber_hit_row_set_marked (LimberHitRow *self, gboolean marked)
{
  if (((gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_SELECTED) != 0) == marked)
    return;
  if (marked)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, marked, -1);
}
