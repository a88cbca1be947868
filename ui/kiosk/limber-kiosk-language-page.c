#include "limber-kiosk-language-page.h"

#include "limber-kiosk-language-keys.h"

struct _LimberKioskLanguagePage {
  LimberKioskPage parent_instance;

  LimberKioskKeys *keys;
};

G_DEFINE_FINAL_TYPE (LimberKioskLanguagePage, limber_kiosk_language_page, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_language_page_class_init (LimberKioskLanguagePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-language-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskLanguagePage, keys);
}

static void
limber_kiosk_language_page_init (LimberKioskLanguagePage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_set (page, "first", limber_kiosk_language_keys_fill (page->keys), NULL);
}

/**
 * limber_kiosk_language_page_new:
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_language_page_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_LANGUAGE_PAGE, NULL);
}
