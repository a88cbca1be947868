#include "limber-headings.h"

#include "limber-columns.h"

struct _LimberHeadings {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (LimberHeadings, limber_headings, GTK_TYPE_WIDGET)

static void
limber_headings_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_headings_parent_class)->dispose (object);
}

static void
limber_headings_class_init (LimberHeadingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_headings_dispose;
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/limber/desk/limber-headings.ui");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_headings_init (LimberHeadings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
