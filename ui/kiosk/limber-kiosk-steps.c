#include "limber-kiosk-steps.h"

#include <glib/gi18n-lib.h>

struct _LimberKioskSteps {
  GtkBox parent_instance;

  GtkWidget *bars;  /* (unowned) */
  GtkWidget *words; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (LimberKioskSteps, limber_kiosk_steps, GTK_TYPE_BOX)

static void
limber_kiosk_steps_class_init (LimberKioskStepsClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "steps");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_kiosk_steps_init (LimberKioskSteps *steps)
{
  steps->bars = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER, "halign", GTK_ALIGN_START, NULL);
  gtk_widget_add_css_class (steps->bars, "bars");
  steps->words = gtk_label_new (NULL);
  gtk_widget_add_css_class (steps->words, "soft");
  gtk_label_set_xalign (GTK_LABEL (steps->words), 0);
  gtk_box_append (GTK_BOX (steps), steps->bars);
  gtk_box_append (GTK_BOX (steps), steps->words);
}

/**
 * limber_kiosk_steps_set:
 * @step: the step that she is at, 1 for the first
 * @total: how many there are
 */
void
limber_kiosk_steps_set (LimberKioskSteps *steps, guint step, guint total)
{
  g_autofree char *words = g_strdup_printf (_("Step %1$u of %2$u"), step, total);
  GtkWidget *bar;

  gtk_label_set_label (GTK_LABEL (steps->words), words);
  while ((bar = gtk_widget_get_first_child (steps->bars)) != NULL)
    gtk_box_remove (GTK_BOX (steps->bars), bar);
  for (guint i = 1; i <= total; i++) {
    bar = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    gtk_widget_add_css_class (bar, "bar");
    if (i <= step)
      gtk_widget_add_css_class (bar, "reached");
    gtk_box_append (GTK_BOX (steps->bars), bar);
  }
}
