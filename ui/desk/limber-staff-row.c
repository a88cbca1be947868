#include "limber-staff-row.h"

#include <glib/gi18n-lib.h>

#include "limber-staff-member.h"

struct _LimberStaffRow {
  GtkWidget parent_instance;
  GtkLabel *initials;
  GtkLabel *name;
  GtkLabel *role;
};

enum {
  PROP_0,
  PROP_MEMBER,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberStaffRow, limber_staff_row, GTK_TYPE_WIDGET)

static void
limber_staff_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberStaffRow *self = LIMBER_STAFF_ROW (object);
  LimberStaffMember *member = g_value_get_object (value);
  g_autofree char *role = NULL;
  gboolean waiting;

  if (member == NULL)
    return;
  gtk_label_set_text (self->initials, limber_staff_member_get_initials (member));
  gtk_label_set_text (self->name, limber_staff_member_get_name (member));
  waiting = limber_staff_member_get_waiting (member);
  /* Translators: %s is what somebody is, as “Receptionist”. */
  role = waiting ? g_strdup_printf (_("%s · their work is open here"), limber_staff_member_get_role (member)) : g_strdup (limber_staff_member_get_role (member));
  gtk_label_set_text (self->role, role);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, limber_staff_member_get_name (member), -1);
}

static void
limber_staff_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_staff_row_parent_class)->dispose (object);
}

static void
limber_staff_row_class_init (LimberStaffRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_staff_row_set_property;
  object_class->dispose = limber_staff_row_dispose;
  props[PROP_MEMBER] = g_param_spec_object ("member", NULL, NULL, LIMBER_TYPE_STAFF_MEMBER, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-staff-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberStaffRow, initials);
  gtk_widget_class_bind_template_child (widget_class, LimberStaffRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberStaffRow, role);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_staff_row_init (LimberStaffRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
