/* LimberKioskPage: what fills the kiosk's window, one at a time. A page is made when it is shown and destroyed when the
 * next one is, so that nothing of a person outlives her page. Pages act through the "kiosk" actions only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_PAGE (limber_kiosk_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (LimberKioskPage, limber_kiosk_page, LIMBER, KIOSK_PAGE, GtkBox)

/**
 * LimberKioskPageClass:
 * @typed: a figure or capital letter came from a keyboard; returns whether the page has a use for it
 * @tick: a second has gone; @left is how many remain before the page is left by itself, 0 when it is not counted
 * @take_over: the page comes in place of @old, a page of the same type that shows the same: what was typed there goes on here
 */
struct _LimberKioskPageClass {
  GtkBoxClass parent_class;

  gboolean (*typed) (LimberKioskPage *page, gunichar letter);
  void (*tick) (LimberKioskPage *page, guint left);
  void (*take_over) (LimberKioskPage *page, LimberKioskPage *old);
};

void     limber_kiosk_page_focus      (LimberKioskPage *page);
guint    limber_kiosk_page_get_step   (LimberKioskPage *page);
gboolean limber_kiosk_page_typed      (LimberKioskPage *page, gunichar letter);
void     limber_kiosk_page_tick       (LimberKioskPage *page, guint left);
void     limber_kiosk_page_say        (GtkWidget *widget, const char *text);
void     limber_kiosk_page_take_over  (LimberKioskPage *page, LimberKioskPage *old);
void     limber_kiosk_page_show_words (GtkLabel *label, const char *words);

G_END_DECLS
