#include "limber-glass-row.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-person.h"
#include "limber-row.h"

struct _LimberGlassRow {
  GtkWidget    parent_instance;
  LimberId     id;
  GtkLabel    *who;
  GtkLabel    *when;
  GtkLabel    *why;
  GtkLabel    *came;
  GtkWidget   *review;
  GtkEditable *note;
};

enum {
  PROP_0,
  PROP_ROW,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberGlassRow, limber_glass_row, GTK_TYPE_WIDGET)

/* "Ruth Reid, Receptionist · about QUILL, Anne (Mrs)" */
static char *
who_of (LimberRow *row)
{
  g_autofree char *name = limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family")), *about = NULL;

  if (limber_row_text (row, "about_family") == NULL)
    return g_strdup_printf ("%s, %s", name, limber_person_role (limber_row_text (row, "role")));
  about = limber_person_name (limber_row_text (row, "about_family"), limber_row_text (row, "about_given"), limber_row_text (row, "about_title"));
  /* Translators: a member of staff, what she is, and a patient */
  return g_strdup_printf (_("%s, %s · about %s"), name, limber_person_role (limber_row_text (row, "role")), about);
}

static char *
when_of (LimberRow *row)
{
  gint64 at = limber_row_integer (row, "at"), until = limber_row_integer (row, "ended") != 0 ? limber_row_integer (row, "ended") : limber_row_integer (row, "until");
  g_autofree char *date = NULL, *from = limber_time_for_staff (at), *to = limber_time_for_staff (until);
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (at, day);
  date = limber_date_for_staff (day);
  return g_strdup_printf ("%s, %s–%s", date, from, to);
}

static void
show (LimberGlassRow *self, LimberRow *row)
{
  g_autofree char *who = who_of (row), *when = when_of (row), *came = NULL;
  gboolean reviewed = limber_row_integer (row, "reviewed") != 0;

  self->id = *limber_row_id (row, "id");
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->why, limber_row_text (row, "reason"));
  if (reviewed) {
    g_autofree char *name = limber_person_spoken (limber_row_text (row, "reviewer_given"), limber_row_text (row, "reviewer_family"));

    /* Translators: a member of staff, and what she wrote */
    came = limber_row_text (row, "note") != NULL ? g_strdup_printf (_("%s looked at it: %s"), name, limber_row_text (row, "note")) : g_strdup_printf (_("%s looked at it."), name);
  }
  gtk_label_set_text (self->came, came != NULL ? came : "");
  gtk_widget_set_visible (GTK_WIDGET (self->came), reviewed);
  gtk_widget_set_visible (self->review, !reviewed);
  gtk_editable_set_text (self->note, "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, who, -1);
}

static void
review (LimberGlassRow *self)
{
  g_autofree char *id = limber_id_dup_text (&self->id);

  gtk_widget_activate_action (GTK_WIDGET (self), "glass.review", "(ss)", id, gtk_editable_get_text (self->note));
}

static void
limber_glass_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LimberRow *row = g_value_get_object (value);

  if (row != NULL)
    show (LIMBER_GLASS_ROW (object), row);
}

static void
limber_glass_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_glass_row_parent_class)->dispose (object);
}

static void
limber_glass_row_class_init (LimberGlassRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = limber_glass_row_set_property;
  G_OBJECT_CLASS (klass)->dispose = limber_glass_row_dispose;
  props[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, LIMBER_TYPE_ROW, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-glass-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberGlassRow, who);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassRow, when);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassRow, why);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassRow, came);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassRow, review);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassRow, note);
  gtk_widget_class_bind_template_callback (widget_class, review);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_glass_row_init (LimberGlassRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
