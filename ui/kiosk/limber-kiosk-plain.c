#include "limber-kiosk-plain.h"

#include "limber-kiosk-message.h"
#include "limber-kiosk-screen.h"

struct _LimberKioskPlain {
  GtkWindow parent_instance;

  GtkLabel *site; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (LimberKioskPlain, limber_kiosk_plain, GTK_TYPE_WINDOW)

static gboolean
take_key (GtkEventControllerKey *controller)
{
  return GDK_EVENT_STOP;
}

static void
limber_kiosk_plain_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_kiosk_plain_parent_class)->realize (widget);
  limber_kiosk_screen_follow (widget);
}

static gboolean
limber_kiosk_plain_close_request (GtkWindow *window)
{
  return TRUE;
}

static gboolean
limber_kiosk_plain_enable_debugging (GtkWindow *window, gboolean toggle)
{
  return FALSE;
}

static void
limber_kiosk_plain_class_init (LimberKioskPlainClass *klass)
{
  GTK_WIDGET_CLASS (klass)->realize = limber_kiosk_plain_realize;
  GTK_WINDOW_CLASS (klass)->close_request = limber_kiosk_plain_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = limber_kiosk_plain_enable_debugging;
}

static void
limber_kiosk_plain_init (LimberKioskPlain *plain)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *page = GTK_WIDGET (limber_kiosk_message_new (LIMBER_KIOSK_SAYING_AWAY));

  plain->site = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (plain->site, 0);
  gtk_label_set_wrap (plain->site, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (plain->site), "strong");
  gtk_widget_add_css_class (GTK_WIDGET (plain->site), "top");
  gtk_box_append (GTK_BOX (sheet), GTK_WIDGET (plain->site));
  gtk_box_append (GTK_BOX (sheet), page);
  gtk_widget_add_css_class (sheet, "sheet");
  gtk_widget_set_can_target (sheet, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (plain), "kiosk");
  gtk_window_set_decorated (GTK_WINDOW (plain), FALSE);
  gtk_window_set_child (GTK_WINDOW (plain), sheet);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (take_key), NULL);
  gtk_widget_add_controller (GTK_WIDGET (plain), keys);
}

/**
 * limber_kiosk_plain_new:
 *
 * Returns: (transfer none): the window, which GTK keeps until it is destroyed
 */
LimberKioskPlain *
limber_kiosk_plain_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_PLAIN, NULL);
}

/**
 * limber_kiosk_plain_set_site:
 * @site: the name of the site
 */
void
limber_kiosk_plain_set_site (LimberKioskPlain *plain, const char *site)
{
  gtk_label_set_label (plain->site, site);
}
