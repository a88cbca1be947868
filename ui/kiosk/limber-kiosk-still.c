#include "limber-kiosk-still.h"

#include <glib/gi18n-lib.h>

struct _LimberKioskStill {
  LimberKioskPage parent_instance;

  GtkLabel *countdown;
};

G_DEFINE_FINAL_TYPE (LimberKioskStill, limber_kiosk_still, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_still_tick (LimberKioskPage *page, guint left)
{
  g_autofree char *words = NULL;

  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "To keep your answers private, this screen clears in %u second.",
                                     "To keep your answers private, this screen clears in %u seconds.", left),
                           left);
  gtk_label_set_label (LIMBER_KIOSK_STILL (page)->countdown, words);
}

static void
limber_kiosk_still_class_init (LimberKioskStillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LIMBER_KIOSK_PAGE_CLASS (klass)->tick = limber_kiosk_still_tick;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-still.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskStill, countdown);
}

static void
limber_kiosk_still_init (LimberKioskStill *still)
{
  gtk_widget_init_template (GTK_WIDGET (still));
}

/**
 * limber_kiosk_still_new:
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_still_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_STILL, NULL);
}
