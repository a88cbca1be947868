#include "limber-compared-row.h"

#include "limber-columns.h"
#include "limber-style.h"

struct _LimberComparedRow {
  GtkWidget  parent_instance;
  GtkLabel  *heading;
  GtkLabel  *one;
  GtkWidget *differ;
  GtkLabel  *mark;
  GtkLabel  *other;
};

enum {
  PROP_0,
  PROP_COMPARED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberComparedRow, limber_compared_row, GTK_TYPE_WIDGET)

static void
limber_compared_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberComparedRow *self = LIMBER_COMPARED_ROW (object);
  LimberCompared *compared = g_value_get_object (value);
  g_autofree char *heading = NULL, *one = NULL, *other = NULL, *mark = NULL, *description = NULL;
  gboolean differ;

  if (compared == NULL)
    return;
  g_object_get (compared, "heading", &heading, "one", &one, "other", &other, "mark", &mark, "differ", &differ, "description", &description, NULL);
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->one, one);
  gtk_label_set_text (self->other, other);
  gtk_label_set_text (self->mark, mark);
  gtk_widget_set_opacity (self->differ, differ ? 1 : 0); /* its place stays */
  limber_style_set_class (self, "differs", differ);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
limber_compared_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_compared_row_parent_class)->dispose (object);
}

static void
limber_compared_row_class_init (LimberComparedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_compared_row_set_property;
  object_class->dispose = limber_compared_row_dispose;
  props[PROP_COMPARED] = g_param_spec_object ("compared", NULL, NULL, LIMBER_TYPE_COMPARED, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-compared-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberComparedRow, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberComparedRow, one);
  gtk_widget_class_bind_template_child (widget_class, LimberComparedRow, differ);
  gtk_widget_class_bind_template_child (widget_class, LimberComparedRow, mark);
  gtk_widget_class_bind_template_child (widget_class, LimberComparedRow, other);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_compared_row_init (LimberComparedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
