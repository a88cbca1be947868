/* A sheet NAME.css holds everything; NAME-dark.css and NAME-contrast.css, where there are any, only name the colours anew
 * and are laid over it while the desktop asks for dark or for high contrast. */
#include "limber-style.h"

#include <adwaita.h>

#include "limber-resources.h"

typedef struct {
  GdkDisplay     *display;  /* (unowned): outlives the program's windows */
  GtkCssProvider *dark;     /* (owned) (nullable) */
  GtkCssProvider *contrast; /* (owned) (nullable) */
} LimberStyle;

static GtkCssProvider *
load_sheet (const char *name, const char *variant)
{
  g_autofree char *path = g_strdup_printf ("/org/limber/style/%s%s.css", name, variant);
  g_autoptr (GtkCssProvider) sheet = NULL;

  if (!g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
    return NULL;
  sheet = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (sheet, path);
  return g_steal_pointer (&sheet);
}

static void
lay (GdkDisplay *display, GtkCssProvider *sheet, gboolean wanted, guint above)
{
  if (sheet == NULL)
    return;
  gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (sheet));
  if (wanted)
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (sheet), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + above);
}

static void
update (AdwStyleManager *manager, GParamSpec *pspec, LimberStyle *style)
{
  lay (style->display, style->dark, adw_style_manager_get_dark (manager), 1);
  lay (style->display, style->contrast, adw_style_manager_get_high_contrast (manager), 2);
}

/**
 * limber_style_load:
 * @display: whose windows it is for
 * @name: the sheet: "staff", "kiosk"
 *
 * Lays a program's stylesheet over the toolkit's own and makes Limber's icons known. The caret stands still: one that fades in and out has the
 * screen drawn sixty times a second, and what somebody does waits each time for the next. Doing it twice changes nothing.
 */
void
limber_style_load (GdkDisplay *display, const char *name)
{
  g_autofree char *done = g_strconcat ("limber-style-", name, NULL);
  LimberStyle *style;
  AdwStyleManager *manager = adw_style_manager_get_for_display (display);
  g_autoptr (GtkCssProvider) sheet = NULL;

  if (g_object_get_data (G_OBJECT (display), done) != NULL)
    return;
  g_resources_register (limber_resources_get_resource ());
  style = g_new0 (LimberStyle, 1);
  style->display = display;
  sheet = load_sheet (name, "");
  style->dark = load_sheet (name, "-dark");
  style->contrast = load_sheet (name, "-contrast");
  lay (display, sheet, TRUE, 0);
  g_object_set (gtk_settings_get_for_display (display), "gtk-icon-theme-name", "hicolor", NULL); /* where GTK's own drawn icons are; a theme's are SVG */
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), "/org/limber/icons");
  g_object_set (gtk_settings_get_for_display (display), "gtk-cursor-blink", FALSE, NULL);
  g_signal_connect (manager, "notify::dark", G_CALLBACK (update), style);
  g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (update), style);
  update (manager, NULL, style);
  g_object_set_data (G_OBJECT (display), done, style); /* stays as long as the program */
}

/**
 * limber_style_set_class:
 * @widget: (type GtkWidget): whose class it is
 * @name: of the class
 * @on: whether the widget is to have it
 */
void
limber_style_set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}
