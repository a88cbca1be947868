#include "limber-other-record-row.h"

#include "limber-date.h"
#include "limber-person.h"

struct _LimberOtherRecordRow {
  GtkWidget  parent_instance;
  GtkLabel  *text;
  GtkWidget *part;
};

enum {
  PROP_0,
  PROP_ROW,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberOtherRecordRow, limber_other_record_row, GTK_TYPE_WIDGET)

static void
limber_other_record_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberOtherRecordRow *self = LIMBER_OTHER_RECORD_ROW (object);
  LimberRow *row = g_value_get_object (value);
  g_autofree char *name = NULL, *born = NULL, *number = NULL, *text = NULL, *record = NULL;

  if (row == NULL)
    return;
  name = limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
  born = limber_date_for_staff (limber_row_text (row, "born"));
  number = limber_person_number (limber_row_text (row, "provider"), limber_row_text (row, "organisation"), limber_row_text (row, "number"));
  text = g_strjoin ("\n", name, born, number, NULL);
  record = limber_id_dup_text (limber_row_id (row, "id"));
  gtk_label_set_text (self->text, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->part), "s", record);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->part), "desk.unmerge"); /* after its target, which it needs */
  gtk_widget_set_visible (self->part, limber_row_has (row, "merged_into"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
limber_other_record_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_other_record_row_parent_class)->dispose (object);
}

static void
limber_other_record_row_class_init (LimberOtherRecordRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_other_record_row_set_property;
  object_class->dispose = limber_other_record_row_dispose;
  props[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, LIMBER_TYPE_ROW, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-other-record-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberOtherRecordRow, text);
  gtk_widget_class_bind_template_child (widget_class, LimberOtherRecordRow, part);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_other_record_row_init (LimberOtherRecordRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
