#include "limber-kiosk-language-keys.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-language.h"
#include "limber-kiosk-mark.h"

/* The one that is spoken has a tick beside its name, and says so to who cannot see it. */
static void
mark_chosen (GtkWidget *key, const char *name)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *mark = g_object_new (LIMBER_TYPE_KIOSK_MARK, "drawing", "check", "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_add_css_class (pair, "pair");
  gtk_widget_set_halign (pair, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (pair), mark);
  gtk_box_append (GTK_BOX (pair), label);
  gtk_button_set_child (GTK_BUTTON (key), pair);
  gtk_widget_add_css_class (key, "chosen");
  gtk_accessible_update_property (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("This language is chosen"), -1);
}

/**
 * limber_kiosk_language_keys_fill:
 *
 * Returns: (transfer none) (nullable): the key of the language that is spoken now
 */
GtkWidget *
limber_kiosk_language_keys_fill (LimberKioskKeys *keys)
{
  GtkWidget *chosen = NULL;

  limber_kiosk_keys_clear (keys);
  for (guint i = 0; i < limber_kiosk_language_count (); i++) {
    const LimberKioskLanguage *language = limber_kiosk_language_nth (i);
    GtkWidget *key = limber_kiosk_keys_add (keys, language->name, NULL, (int) i);

    gtk_actionable_set_action_target (GTK_ACTIONABLE (key), "s", language->code);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "kiosk.language");
    if (language != limber_kiosk_language_get ())
      continue;
    mark_chosen (key, language->name);
    chosen = key;
  }
  return chosen;
}
