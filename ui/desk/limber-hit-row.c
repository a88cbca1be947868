#include "limber-hit-row.h"

#include "limber-columns.h"
#include "limber-hit.h"

struct _LimberHitRow {
  GtkWidget  parent_instance;
  LimberHit *hit; /* (owned) (nullable) */
  GtkLabel  *name;
  GtkLabel  *details;
  GtkWidget *doubtful;
  GtkWidget *mark;
  GtkLabel  *doubt;
  GtkLabel  *today;
  GtkLabel  *does;
};

enum {
  PROP_0,
  PROP_HIT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberHitRow, limber_hit_row, GTK_TYPE_WIDGET)

static void
limber_hit_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberHitRow *self = LIMBER_HIT_ROW (object);
  g_autofree char *name = NULL, *details = NULL, *doubt = NULL, *today = NULL, *does = NULL, *description = NULL;

  g_set_object (&self->hit, g_value_get_object (value));
  if (self->hit == NULL)
    return;
  g_object_get (self->hit, "name", &name, "details", &details, "doubt", &doubt, "today", &today, "does", &does, "description", &description, NULL);
  limber_columns_set_text (self->name, name, 24);
  limber_columns_set_text (self->details, details, 36);
  gtk_label_set_text (self->doubt, doubt);
  gtk_widget_set_visible (self->doubtful, *doubt != '\0');
  gtk_widget_set_visible (self->mark, limber_hit_is_namesake (self->hit));
  limber_columns_set_text (self->today, today, 27);
  gtk_label_set_text (self->does, does);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
limber_hit_row_dispose (GObject *object)
{
  LimberHitRow *self = LIMBER_HIT_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->hit);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_hit_row_parent_class)->dispose (object);
}

static void
limber_hit_row_class_init (LimberHitRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_hit_row_set_property;
  object_class->dispose = limber_hit_row_dispose;
  props[PROP_HIT] = g_param_spec_object ("hit", NULL, NULL, LIMBER_TYPE_HIT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS); /* a box would ask each label how wide it is at the row's height, which costs a search */
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-hit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, details);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, doubtful);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, mark);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, doubt);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, today);
  gtk_widget_class_bind_template_child (widget_class, LimberHitRow, does);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_hit_row_init (LimberHitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
