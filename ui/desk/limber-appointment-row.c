#include "limber-appointment-row.h"

#include "limber-columns.h"
#include "limber-date.h"
#include "limber-visit.h"

struct _LimberAppointmentRow {
  GtkWidget parent_instance;
  GtkLabel *when;
  GtkLabel *what;
  GtkLabel *status;
  GtkWidget *move;
  GtkWidget *cancel;
  GtkWidget *again;
};

enum {
  PROP_0,
  PROP_ROW,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberAppointmentRow, limber_appointment_row, GTK_TYPE_WIDGET)

/* What goes on with it in the diary. */
static void
offer (GtkWidget *button, const char *what, const LimberId *id, gboolean offered)
{
  g_autofree char *text = limber_id_dup_text (id), *target = g_strconcat ("diary:", what, ":", text, NULL);

  gtk_widget_set_visible (button, offered);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "desk.go");
}

static void
show_row (LimberAppointmentRow *self, LimberRow *row)
{
  g_autoptr (LimberVisit) visit = limber_visit_new (row, 0);
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = limber_time_for_staff (limber_visit_get_start (visit)), *with = limber_visit_dup_with (visit), *status = NULL;
  const char *service = limber_row_text (row, "service"), *site = limber_row_text (row, "site_name");
  g_autofree char *when = NULL, *description = NULL;
  g_autoptr (GString) what = g_string_new (with);

  limber_date_of_time (limber_visit_get_start (visit), day);
  date = limber_date_for_staff (day);
  when = g_strdup_printf ("%s  %s", date, time);
  status = limber_visit_dup_status_text (visit);
  if (service != NULL)
    g_string_append_printf (what, " · %s", service);
  if (site != NULL)
    g_string_append_printf (what, " · %s", site);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->what, what->str);
  gtk_label_set_text (self->status, status);
  offer (self->move, "move", limber_visit_get_id (visit), limber_visit_get_status (visit) == LIMBER_VISIT_BOOKED);
  offer (self->cancel, "cancel", limber_visit_get_id (visit), limber_visit_get_status (visit) == LIMBER_VISIT_BOOKED);
  offer (self->again, "again", limber_visit_get_id (visit), limber_visit_get_status (visit) == LIMBER_VISIT_CANCELLED || limber_visit_get_status (visit) == LIMBER_VISIT_DID_NOT_ATTEND);
  description = g_strjoin (" · ", when, what->str, status, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
}

static void
limber_appointment_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberRow *row = g_value_get_object (value);

  if (row != NULL)
    show_row (LIMBER_APPOINTMENT_ROW (object), row);
}

static void
limber_appointment_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_appointment_row_parent_class)->dispose (object);
}

static void
limber_appointment_row_class_init (LimberAppointmentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_appointment_row_set_property;
  object_class->dispose = limber_appointment_row_dispose;
  props[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, LIMBER_TYPE_ROW, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-appointment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberAppointmentRow, when);
  gtk_widget_class_bind_template_child (widget_class, LimberAppointmentRow, what);
  gtk_widget_class_bind_template_child (widget_class, LimberAppointmentRow, status);
  gtk_widget_class_bind_template_child (widget_class, LimberAppointmentRow, move);
  gtk_widget_class_bind_template_child (widget_class, LimberAppointmentRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, LimberAppointmentRow, again);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_appointment_row_init (LimberAppointmentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
