#include "limber-kiosk-style.h"

#include "limber-kiosk-resources.h"

/* Above everything that a theme or a user's own stylesheet could say. */
#define PRIORITY (GTK_STYLE_PROVIDER_PRIORITY_USER + 100)

static GtkCssProvider *
contrast_provider (void)
{
  static GtkCssProvider *provider;

  if (provider == NULL) {
    provider = gtk_css_provider_new ();
    gtk_css_provider_load_from_resource (provider, "/org/limber/kiosk/contrast.css");
  }
  return provider;
}

static void
load (GdkDisplay *display, const char *resource)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, resource);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), PRIORITY);
}

/**
 * limber_kiosk_style_load:
 *
 * Gives a display the look of the public screens; once for each display.
 */
void
limber_kiosk_style_load (GdkDisplay *display)
{
  g_resources_register (limber_kiosk_get_resource ());
  load (display, "/org/limber/kiosk/kiosk.css");
  load (display, "/org/limber/kiosk/board.css");
}

/**
 * limber_kiosk_style_set_contrast:
 * @contrast: whether the strong colours are wanted
 *
 * The strong colours give the same names to other colours, so that no rule is written twice.
 */
void
limber_kiosk_style_set_contrast (GdkDisplay *display, gboolean contrast)
{
  gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (contrast_provider ()));
  if (contrast)
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (contrast_provider ()), PRIORITY + 1);
}
