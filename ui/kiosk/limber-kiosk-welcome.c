#include "limber-kiosk-welcome.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-language.h"
#include "limber-kiosk-language-keys.h"

struct _LimberKioskWelcome {
  LimberKioskPage parent_instance;

  GtkLabel        *heading;
  GtkWidget       *advice;
  LimberKioskKeys *languages;
};

G_DEFINE_FINAL_TYPE (LimberKioskWelcome, limber_kiosk_welcome, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_welcome_class_init (LimberKioskWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWelcome, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWelcome, advice);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWelcome, languages);
}

static void
limber_kiosk_welcome_init (LimberKioskWelcome *welcome)
{
  gtk_widget_init_template (GTK_WIDGET (welcome));
  limber_kiosk_language_keys_fill (welcome->languages);
  gtk_widget_set_visible (GTK_WIDGET (welcome->languages), limber_kiosk_language_count () > 1);
}

/**
 * limber_kiosk_welcome_new:
 * @site: (nullable): the name of the site
 * @advice: whether there is any to read
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_welcome_new (const char *site, gboolean advice)
{
  LimberKioskWelcome *welcome = g_object_new (LIMBER_TYPE_KIOSK_WELCOME, NULL);
  g_autofree char *heading = NULL;

  /* Translators: %s is the name of the clinic or hall. */
  heading = site != NULL && *site != '\0' ? g_strdup_printf (_("Welcome to %s"), site) : g_strdup (_("Welcome"));
  gtk_label_set_label (welcome->heading, heading);
  gtk_widget_set_visible (welcome->advice, advice);
  return LIMBER_KIOSK_PAGE (welcome);
}
