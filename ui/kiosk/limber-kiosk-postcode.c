#include "limber-kiosk-postcode.h"

#include "limber-kiosk-keypad.h"

struct _LimberKioskPostcode {
  LimberKioskPage parent_instance;

  LimberKioskKeypad *keypad;
};

G_DEFINE_FINAL_TYPE (LimberKioskPostcode, limber_kiosk_postcode, LIMBER_TYPE_KIOSK_PAGE)

static void
on_done (LimberKioskPostcode *postcode)
{
  gtk_widget_activate_action (GTK_WIDGET (postcode), "kiosk.postcode", "s", limber_kiosk_keypad_get_text (postcode->keypad));
}

static gboolean
limber_kiosk_postcode_typed (LimberKioskPage *page, gunichar letter)
{
  return limber_kiosk_keypad_typed (LIMBER_KIOSK_POSTCODE (page)->keypad, letter);
}

static void
limber_kiosk_postcode_take_over (LimberKioskPage *page, LimberKioskPage *old)
{
  LimberKioskPostcode *postcode = LIMBER_KIOSK_POSTCODE (page);

  limber_kiosk_keypad_take_over (postcode->keypad, LIMBER_KIOSK_POSTCODE (old)->keypad);
  g_object_set (postcode, "first", limber_kiosk_keypad_get_first (postcode->keypad), NULL);
}

static void
limber_kiosk_postcode_class_init (LimberKioskPostcodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LIMBER_KIOSK_PAGE_CLASS (klass)->typed = limber_kiosk_postcode_typed;
  LIMBER_KIOSK_PAGE_CLASS (klass)->take_over = limber_kiosk_postcode_take_over;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-postcode.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskPostcode, keypad);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
limber_kiosk_postcode_init (LimberKioskPostcode *postcode)
{
  gtk_widget_init_template (GTK_WIDGET (postcode));
  g_object_set (postcode, "first", limber_kiosk_keypad_get_first (postcode->keypad), NULL);
}

/**
 * limber_kiosk_postcode_new:
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_postcode_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_POSTCODE, NULL);
}
