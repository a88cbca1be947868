#include "limber-building-row.h"

#include "limber-columns.h"
#include "limber-date.h"

struct _LimberBuildingRow {
  GtkWidget  parent_instance;
  GtkLabel  *name;
  GtkWidget *needs_icon;
  GtkLabel  *needs;
  GtkLabel  *where;
  GtkLabel  *how;
  GtkLabel  *since;
};

enum {
  PROP_0,
  PROP_ITEM,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberBuildingRow, limber_building_row, GTK_TYPE_WIDGET)

static void
show_person (LimberBuildingRow *self, const LimberBuildingPerson *person)
{
  g_autofree char *how = limber_building_dup_standing (person), *since = person->since != 0 ? limber_time_for_staff (person->since) : g_strdup ("–"), *label = NULL;
  const char *place = person->place != NULL ? person->place : "–", *needs = person->needs != NULL ? person->needs : "";

  gtk_label_set_text (self->name, person->name);
  gtk_label_set_text (self->needs, needs);
  gtk_widget_set_visible (self->needs_icon, *needs != '\0');
  gtk_label_set_text (self->where, place);
  gtk_label_set_text (self->how, how);
  gtk_label_set_text (self->since, since);
  label = g_strdup_printf ("%s · %s · %s · %s · %s", person->name, needs, place, how, since);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
limber_building_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberBuildingItem *item = g_value_get_object (value);

  if (item != NULL)
    show_person (LIMBER_BUILDING_ROW (object), limber_building_item_get_person (item));
}

static void
limber_building_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_building_row_parent_class)->dispose (object);
}

static void
limber_building_row_class_init (LimberBuildingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_building_row_set_property;
  object_class->dispose = limber_building_row_dispose;
  props[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, LIMBER_TYPE_BUILDING_ITEM, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-building-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingRow, needs_icon);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingRow, needs);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingRow, where);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingRow, how);
  gtk_widget_class_bind_template_child (widget_class, LimberBuildingRow, since);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_building_row_init (LimberBuildingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
