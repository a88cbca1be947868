#include "limber-found-row.h"

#include "limber-found.h"

struct _LimberFoundRow {
  GtkWidget    parent_instance;
  LimberFound *found; /* (owned) (nullable) */
  GtkLabel    *name;
  GtkLabel    *details;
  GtkLabel    *place;
  GtkLabel    *mark;
};

enum {
  PROP_0,
  PROP_FOUND,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberFoundRow, limber_found_row, GTK_TYPE_WIDGET)

static void
show (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
limber_found_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberFoundRow *self = LIMBER_FOUND_ROW (object);
  g_autofree char *name = NULL, *details = NULL, *place = NULL, *mark = NULL, *description = NULL;

  g_set_object (&self->found, g_value_get_object (value));
  if (self->found == NULL)
    return;
  g_object_get (self->found, "name", &name, "details", &details, "place", &place, "mark", &mark, "description", &description, NULL);
  show (self->name, name);
  show (self->details, details);
  show (self->place, place);
  show (self->mark, mark);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
limber_found_row_dispose (GObject *object)
{
  LimberFoundRow *self = LIMBER_FOUND_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->found);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_found_row_parent_class)->dispose (object);
}

static void
limber_found_row_class_init (LimberFoundRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_found_row_set_property;
  object_class->dispose = limber_found_row_dispose;
  props[PROP_FOUND] = g_param_spec_object ("found", NULL, NULL, LIMBER_TYPE_FOUND, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-found-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberFoundRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberFoundRow, details);
  gtk_widget_class_bind_template_child (widget_class, LimberFoundRow, place);
  gtk_widget_class_bind_template_child (widget_class, LimberFoundRow, mark);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_found_row_init (LimberFoundRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
