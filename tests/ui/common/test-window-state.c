#include "limber-window-state.h"

#include <adwaita.h>

static GtkWindow *
window_new (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, 300, 200);
  limber_window_state_follow (window);
  return window;
}

static void
a_window_is_as_large_as_the_one_before (void)
{
  GtkWindow *window = window_new ();
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, 1280);
  g_assert_cmpint (height, ==, 800);
  gtk_window_set_default_size (window, 1000, 700);
  gtk_window_destroy (window);
  window = window_new ();
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, 1000);
  g_assert_cmpint (height, ==, 700);
  gtk_window_destroy (window);
}

static void
one_that_filled_the_screen_fills_it_again (void)
{
  g_autoptr (GSettings) settings = limber_settings_new ();
  GtkWindow *window;

  g_settings_set_boolean (settings, "window-maximised", TRUE);
  window = window_new ();
  g_assert_true (gtk_window_is_maximized (window));
  gtk_window_unmaximize (window);
  g_object_notify (G_OBJECT (window), "maximized");
  g_assert_false (g_settings_get_boolean (settings, "window-maximised"));
  gtk_window_destroy (window);
}

static void
a_smaller_screen_makes_it_smaller (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle screen;
  int width = 640, height = 480;

  gdk_monitor_get_geometry (monitor, &screen);
  limber_window_state_fit (monitors, &width, &height);
  g_assert_cmpint (width, ==, 640);
  g_assert_cmpint (height, ==, 480);
  width = 30000;
  limber_window_state_fit (monitors, &width, &height);
  g_assert_cmpint (width, ==, screen.width);
  g_assert_cmpint (height, ==, 480);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/ui/window-state/a-window-is-as-large-as-the-one-before", a_window_is_as_large_as_the_one_before);
  g_test_add_func ("/ui/window-state/one-that-filled-the-screen-fills-it-again", one_that_filled_the_screen_fills_it_again);
  g_test_add_func ("/ui/window-state/a-smaller-screen-makes-it-smaller", a_smaller_screen_makes_it_smaller);
  return g_test_run ();
}
