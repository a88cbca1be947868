#include "limber-kiosk-screen.h"

/* From this short side on, everything is drawn larger: the same glass with more dots. */
#define LARGE_SIDE 1000

/**
 * limber_kiosk_screen_fill:
 * @width: of a window, in pixels; 0 to fill the screen
 * @height: of a window
 *
 * Gives a window its size. Without a window manager nobody carries out "fullscreen", so the window also asks for the
 * screen's size.
 */
void
limber_kiosk_screen_fill (GtkWindow *window, int width, int height)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area;

  if (width > 0) {
    gtk_window_set_default_size (window, width, height);
    return;
  }
  if (monitor != NULL) {
    gdk_monitor_get_geometry (monitor, &area);
    gtk_window_set_default_size (window, area.width, area.height);
  }
  gtk_window_fullscreen (window);
}

static void
on_layout (GdkSurface *surface, int width, int height, GtkWidget *window)
{
  if (MIN (width, height) >= LARGE_SIDE)
    gtk_widget_add_css_class (window, "large-screen");
  else
    gtk_widget_remove_css_class (window, "large-screen");
}

/**
 * limber_kiosk_screen_follow:
 * @window: a window that has just been realized
 *
 * Keeps the size of what is drawn in step with the size of the screen.
 */
void
limber_kiosk_screen_follow (GtkWidget *window)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (window)), "layout", G_CALLBACK (on_layout), window, 0);
}

/**
 * limber_kiosk_screen_on_resize:
 * @widget: one that has just been realized
 * @callback: called with @widget whenever its window has another size: not at each layout, of which it may cause one
 */
void
limber_kiosk_screen_on_resize (GtkWidget *widget, GCallback callback)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  g_signal_connect_object (surface, "notify::width", callback, widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (surface, "notify::height", callback, widget, G_CONNECT_SWAPPED);
}
