#include "limber-retype-row.h"

#include <glib/gi18n-lib.h>

#include "limber-columns.h"
#include "limber-style.h"

struct _LimberRetypeRow {
  GtkWidget         parent_instance;
  LimberRetypeLine *line; /* (owned) (nullable) */
  GtkLabel         *time;
  GtkLabel         *name;
  GtkLabel         *with;
  GtkLabel         *came;
  GtkLabel         *seen;
  GtkImage         *icon;
  GtkLabel         *state;
};

enum {
  PROP_0,
  PROP_LINE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberRetypeRow, limber_retype_row, GTK_TYPE_WIDGET)

/* What was typed and is not saved stands before what is known. */
static void
show_time (GtkLabel *label, const char *typed, const char *known)
{
  gtk_label_set_text (label, *typed != '\0' ? typed : known != NULL ? known : "–");
  limber_style_set_class (label, "typed", *typed != '\0');
}

static void
show_state (LimberRetypeRow *self)
{
  const char *problem = limber_retype_line_get_problem (self->line);
  g_autofree char *state = limber_retype_line_dup_state (self->line), *words = NULL;
  gboolean saved = limber_retype_line_is_saved (self->line);

  if (problem != NULL) /* Translators: what an appointment is now, then why what was typed was not saved. */
    words = g_strdup_printf (_("%1$s · %2$s"), state, problem);
  else if (saved) /* Translators: %s is what an appointment is now: "Seen". */
    words = g_strdup_printf (_("%s · saved"), state);
  gtk_label_set_text (self->state, words != NULL ? words : state);
  gtk_image_set_from_icon_name (self->icon, problem != NULL ? "limber-attention-symbolic" : "limber-synced-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->icon), problem != NULL || saved);
  limber_style_set_class (self, "needs-you", problem != NULL);
}

static void
update (LimberRetypeRow *self)
{
  const LimberDayLine *print = limber_retype_line_get_print (self->line);
  g_autofree char *label = NULL;

  gtk_label_set_text (self->time, print->time);
  gtk_label_set_text (self->name, print->name);
  gtk_label_set_text (self->with, print->with != NULL ? print->with : "–");
  show_time (self->came, limber_retype_line_get_came (self->line), print->came);
  show_time (self->seen, limber_retype_line_get_seen (self->line), print->seen);
  show_state (self);
  label = g_strdup_printf ("%s · %s · %s · %s · %s", print->time, print->name, gtk_label_get_text (self->came), gtk_label_get_text (self->seen), gtk_label_get_text (self->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_line (LimberRetypeRow *self, LimberRetypeLine *line)
{
  if (self->line == line)
    return;
  if (self->line != NULL)
    g_signal_handlers_disconnect_by_func (self->line, update, self);
  g_set_object (&self->line, line);
  if (line == NULL)
    return;
  g_signal_connect_object (line, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
limber_retype_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_line (LIMBER_RETYPE_ROW (object), g_value_get_object (value));
}

static void
limber_retype_row_dispose (GObject *object)
{
  LimberRetypeRow *self = LIMBER_RETYPE_ROW (object);
  GtkWidget *child;

  set_line (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_retype_row_parent_class)->dispose (object);
}

static void
limber_retype_row_class_init (LimberRetypeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_retype_row_set_property;
  object_class->dispose = limber_retype_row_dispose;
  props[PROP_LINE] = g_param_spec_object ("line", NULL, NULL, LIMBER_TYPE_RETYPE_LINE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (LIMBER_TYPE_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-retype-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, time);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, name);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, with);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, came);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, seen);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LimberRetypeRow, state);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_retype_row_init (LimberRetypeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
