#include "limber-task-row.h"

struct _LimberTaskRow {
  GtkWidget       parent_instance;
  LimberTaskItem *item; /* (owned) (nullable) */
  GtkLabel       *text;
  GtkWidget      *show;
  GtkWidget      *compare;
  GtkWidget      *done;
};

enum {
  PROP_0,
  PROP_ITEM,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberTaskRow, limber_task_row, GTK_TYPE_WIDGET)

static void
update (LimberTaskRow *self)
{
  const char *text = limber_task_item_get_text (self->item);

  gtk_label_set_text (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
set_item (LimberTaskRow *self, LimberTaskItem *item)
{
  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL) {
    GArray *appointments = limber_task_item_get_appointments (item);
    gboolean is_pair = limber_task_item_get_people (item)->len == 2;
    g_autofree char *id = limber_id_dup_text (limber_task_item_get_id (item));
    g_autofree char *pair = g_strconcat ("compare:", id, NULL);
    g_autofree char *first = appointments->len > 0 ? limber_id_dup_text (&g_array_index (appointments, LimberId, 0)) : g_strdup ("");
    g_autofree char *diary = g_strconcat ("diary:visit:", first, NULL);
    gboolean in_diary = g_str_equal (limber_task_item_get_about (item), "booked-twice"); /* it is seldom one of today */

    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->done), "s", id);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show), "s", in_diary ? diary : first);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->done), "desk.task-done"); /* after its target, which it needs */
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show), in_diary ? "desk.go" : "desk.show-visit");
    gtk_widget_set_visible (self->show, appointments->len > 0);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->compare), "s", pair);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->compare), "desk.go");
    gtk_widget_set_visible (self->compare, is_pair);
    gtk_widget_set_visible (self->done, !is_pair); /* it is done by saying whether they are one person */
    g_signal_connect_object (item, "notify::text", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    update (self);
  }
}

static void
limber_task_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_item (LIMBER_TASK_ROW (object), g_value_get_object (value));
}

static void
limber_task_row_dispose (GObject *object)
{
  GtkWidget *child;

  set_item (LIMBER_TASK_ROW (object), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_task_row_parent_class)->dispose (object);
}

static void
limber_task_row_class_init (LimberTaskRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_task_row_set_property;
  object_class->dispose = limber_task_row_dispose;
  props[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, LIMBER_TYPE_TASK_ITEM, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-task-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberTaskRow, text);
  gtk_widget_class_bind_template_child (widget_class, LimberTaskRow, show);
  gtk_widget_class_bind_template_child (widget_class, LimberTaskRow, compare);
  gtk_widget_class_bind_template_child (widget_class, LimberTaskRow, done);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_task_row_init (LimberTaskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
