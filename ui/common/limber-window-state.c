/* The settings are this machine's and say nothing of anybody. A program that was not installed, and knows no schema, goes without. */
#include "limber-window-state.h"

#define SCHEMA "org.limber.Limber"

/**
 * limber_settings_new:
 *
 * Returns: (transfer full) (nullable): this machine's settings; %NULL where their schema is not installed
 */
GSettings *
limber_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * limber_window_state_fit:
 * @monitors: (element-type GdkMonitor): the screens that there are
 * @width: (inout): of a window, in pixels
 * @height: (inout): of a window
 *
 * Makes a size that no screen has room for that of the largest screen.
 */
void
limber_window_state_fit (GListModel *monitors, int *width, int *height)
{
  GdkRectangle largest = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++) {
    g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
    GdkRectangle place;

    gdk_monitor_get_geometry (monitor, &place);
    if (place.width >= *width && place.height >= *height)
      return;
    if (place.width * place.height > largest.width * largest.height)
      largest = place;
  }
  if (largest.width == 0)
    return;
  *width = MIN (*width, largest.width);
  *height = MIN (*height, largest.height);
}

static void
restore (GtkWindow *window, GSettings *settings)
{
  int width = g_settings_get_int (settings, "window-width"), height = g_settings_get_int (settings, "window-height");

  if (width > 0 && height > 0) {
    limber_window_state_fit (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window))), &width, &height);
    gtk_window_set_default_size (window, width, height);
  }
  if (g_settings_get_boolean (settings, "window-maximised"))
    gtk_window_maximize (window);
}

/* GTK keeps as the default size the one that the window has while it does not fill the screen. */
static void
keep (GtkWindow *window, GParamSpec *pspec, GSettings *settings)
{
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0) {
    g_settings_set_int (settings, "window-width", width);
    g_settings_set_int (settings, "window-height", height);
  }
  g_settings_set_boolean (settings, "window-maximised", gtk_window_is_maximized (window));
}

/**
 * limber_window_state_follow:
 * @window: one that is not shown yet
 *
 * Makes the window as large as the one before it was, and keeps what becomes of it.
 */
void
limber_window_state_follow (GtkWindow *window)
{
  g_autoptr (GSettings) settings = limber_settings_new ();

  if (settings == NULL)
    return;
  restore (window, settings);
  g_signal_connect_object (window, "notify::default-width", G_CALLBACK (keep), settings, 0);
  g_signal_connect_object (window, "notify::default-height", G_CALLBACK (keep), settings, 0);
  g_signal_connect_object (window, "notify::maximized", G_CALLBACK (keep), settings, 0);
  g_object_set_data_full (G_OBJECT (window), "limber-window-state", g_steal_pointer (&settings), g_object_unref);
}
