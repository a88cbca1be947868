#include "limber-kiosk-details.h"

struct _LimberKioskDetails {
  LimberKioskPage parent_instance;

  GtkLabel *phone;
};

G_DEFINE_FINAL_TYPE (LimberKioskDetails, limber_kiosk_details, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_details_class_init (LimberKioskDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-details.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDetails, phone);
}

static void
limber_kiosk_details_init (LimberKioskDetails *details)
{
  gtk_widget_init_template (GTK_WIDGET (details));
}

/**
 * limber_kiosk_details_new:
 * @masked_phone: her telephone number, of which all but the last figures are dots
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_details_new (const char *masked_phone)
{
  LimberKioskDetails *details = g_object_new (LIMBER_TYPE_KIOSK_DETAILS, NULL);
  /* Figures stand in one order in every language. */
  g_autofree char *isolated = g_strdup_printf ("\342\201\246%s\342\201\251", masked_phone);

  gtk_label_set_label (details->phone, isolated);
  return LIMBER_KIOSK_PAGE (details);
}
