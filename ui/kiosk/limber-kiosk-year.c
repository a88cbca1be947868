#include "limber-kiosk-year.h"

#include "limber-kiosk-keypad.h"

struct _LimberKioskYear {
  LimberKioskPage parent_instance;

  LimberKioskKeypad *keypad;
};

G_DEFINE_FINAL_TYPE (LimberKioskYear, limber_kiosk_year, LIMBER_TYPE_KIOSK_PAGE)

static void
on_done (LimberKioskYear *year)
{
  int typed = (int) g_ascii_strtoll (limber_kiosk_keypad_get_text (year->keypad), NULL, 10);

  gtk_widget_activate_action (GTK_WIDGET (year), "kiosk.year", "i", typed);
}

static gboolean
limber_kiosk_year_typed (LimberKioskPage *page, gunichar letter)
{
  return limber_kiosk_keypad_typed (LIMBER_KIOSK_YEAR (page)->keypad, letter);
}

static void
limber_kiosk_year_take_over (LimberKioskPage *page, LimberKioskPage *old)
{
  LimberKioskYear *year = LIMBER_KIOSK_YEAR (page);

  limber_kiosk_keypad_take_over (year->keypad, LIMBER_KIOSK_YEAR (old)->keypad);
  g_object_set (year, "first", limber_kiosk_keypad_get_first (year->keypad), NULL);
}

static void
limber_kiosk_year_class_init (LimberKioskYearClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LIMBER_KIOSK_PAGE_CLASS (klass)->typed = limber_kiosk_year_typed;
  LIMBER_KIOSK_PAGE_CLASS (klass)->take_over = limber_kiosk_year_take_over;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-year.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskYear, keypad);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
limber_kiosk_year_init (LimberKioskYear *year)
{
  gtk_widget_init_template (GTK_WIDGET (year));
  g_object_set (year, "first", limber_kiosk_keypad_get_first (year->keypad), NULL);
}

/**
 * limber_kiosk_year_new:
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_year_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_YEAR, NULL);
}
