#include "limber-past-row.h"

#include "limber-columns.h"
#include "limber-past-item.h"

struct _LimberPastRow {
  GtkWidget parent_instance;
  GtkLabel *when;
  GtkLabel *what;
  GtkLabel *after;
  GtkLabel *before;
  GtkLabel *fate;
  GtkLabel *who;
};

enum {
  PROP_0,
  PROP_ITEM,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberPastRow, limber_past_row, GTK_TYPE_WIDGET)

static void
show (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
limber_past_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberPastRow *self = LIMBER_PAST_ROW (object);
  g_autofree char *when = NULL, *what = NULL, *after = NULL, *before = NULL, *fate = NULL, *who = NULL, *description = NULL;

  if (g_value_get_object (value) == NULL)
    return;
  g_object_get (g_value_get_object (value), "when", &when, "what", &what, "after", &after, "before", &before, "fate", &fate, "who", &who, "description", &description, NULL);
  show (self->when, when);
  show (self->what, what);
  show (self->after, after);
  show (self->before, before);
  show (self->fate, fate);
  show (self->who, who);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
limber_past_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_past_row_parent_class)->dispose (object);
}

static void
limber_past_row_class_init (LimberPastRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = limber_past_row_set_property;
  G_OBJECT_CLASS (klass)->dispose = limber_past_row_dispose;
  props[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, LIMBER_TYPE_PAST_ITEM, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-past-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberPastRow, when);
  gtk_widget_class_bind_template_child (widget_class, LimberPastRow, what);
  gtk_widget_class_bind_template_child (widget_class, LimberPastRow, after);
  gtk_widget_class_bind_template_child (widget_class, LimberPastRow, before);
  gtk_widget_class_bind_template_child (widget_class, LimberPastRow, fate);
  gtk_widget_class_bind_template_child (widget_class, LimberPastRow, who);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_past_row_init (LimberPastRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
