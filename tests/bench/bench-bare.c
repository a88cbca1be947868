/* The yardstick of kiosk.py: as little as a libadwaita window can be, a title, a text and a button, in the size of a screen. It tells
 * through the same pipe as the kiosk when it has been drawn. */
#include <adwaita.h>

#include "limber-kiosk-pulse.h"

int
main (int argc, char **argv)
{
  GtkWidget *window, *box, *page, *button;

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  adw_init ();
  window = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  page = adw_status_page_new ();
  button = gtk_button_new_with_label ("Check in");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), "Welcome");
  adw_status_page_set_description (ADW_STATUS_PAGE (page), "If you need help, please go to the desk.");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  limber_kiosk_pulse_start ();
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}
