#include "limber-end-row.h"

#include "limber-columns.h"
#include "limber-date.h"
#include "limber-day-end.h"

struct _LimberEndRow {
  GtkWidget    parent_instance;
  LimberVisit *visit; /* (owned) (nullable) */
  GtkLabel    *when;
  GtkLabel    *name;
  GtkLabel    *with;
  GtkLabel    *lack;
  GtkWidget   *absent;
  GtkWidget   *came;
  GtkWidget   *seen;
};

enum {
  PROP_0,
  PROP_VISIT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberEndRow, limber_end_row, GTK_TYPE_WIDGET)

static void
show_deeds (LimberEndRow *self, LimberDayEnd lack)
{
  const struct { GtkWidget *button; const char *action; } deeds[] = { { self->absent, "day.did-not-come" }, { self->came, "day.came" }, { self->seen, "day.was-seen" } };
  g_autofree char *id = limber_id_dup_text (limber_visit_get_id (self->visit));
  gboolean here = lack == LIMBER_DAY_END_NOT_SEEN || lack == LIMBER_DAY_END_STILL_IN;

  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++) {
    gtk_actionable_set_action_target (GTK_ACTIONABLE (deeds[i].button), "s", id);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (deeds[i].button), deeds[i].action); /* after its target, which it needs */
  }
  gtk_widget_set_visible (self->absent, !here && lack != LIMBER_DAY_END_NOT_CHECKED_IN);
  gtk_widget_set_visible (self->came, !here);
  gtk_widget_set_visible (self->seen, here);
}

static void
update (LimberEndRow *self)
{
  LimberRow *row = limber_visit_get_row (self->visit);
  LimberDayEnd lack = limber_day_end_lack (row);
  g_autofree char *time = limber_time_for_staff (limber_visit_get_start (self->visit)), *with = limber_visit_dup_with (self->visit), *words = limber_day_end_words (row, lack);
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *when = NULL, *label = NULL;

  limber_date_of_time (limber_visit_get_start (self->visit), day);
  date = limber_date_for_staff (day);
  when = g_strdup_printf ("%s %s", date, time);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->name, limber_visit_get_name (self->visit));
  gtk_label_set_text (self->with, with);
  gtk_label_set_text (self->lack, words);
  show_deeds (self, lack);
  label = g_strdup_printf ("%s · %s · %s · %s", when, limber_visit_get_name (self->visit), with, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
limber_end_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberEndRow *self = LIMBER_END_ROW (object);

  if (g_set_object (&self->visit, g_value_get_object (value)) && self->visit != NULL)
    update (self);
}

static void
limber_end_row_dispose (GObject *object)
{
  LimberEndRow *self = LIMBER_END_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->visit);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_end_row_parent_class)->dispose (object);
}

static void
limber_end_row_class_init (LimberEndRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_end_row_set_property;
  object_class->dispose = limber_end_row_dispose;
  props[PROP_VISIT] = g_param_spec_object ("visit", NULL, NULL, LIMBER_TYPE_VISIT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-end-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, when);
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, with);
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, lack);
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, absent);
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, came);
  gtk_widget_class_bind_template_child (widget_class, LimberEndRow, seen);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_end_row_init (LimberEndRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
