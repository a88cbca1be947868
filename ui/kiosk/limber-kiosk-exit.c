#include "limber-kiosk-exit.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-keypad.h"

struct _LimberKioskExit {
  LimberKioskPage parent_instance;

  GtkLabel          *words;
  GtkLabel          *refusal;
  LimberKioskKeypad *keypad;
  GtkWidget         *stay;
};

G_DEFINE_FINAL_TYPE (LimberKioskExit, limber_kiosk_exit, LIMBER_TYPE_KIOSK_PAGE)

static void
on_done (LimberKioskExit *exit_page)
{
  gtk_widget_activate_action (GTK_WIDGET (exit_page), "kiosk.leave", "s", limber_kiosk_keypad_get_text (exit_page->keypad));
  limber_kiosk_keypad_clear (exit_page->keypad);
}

static gboolean
limber_kiosk_exit_typed (LimberKioskPage *page, gunichar letter)
{
  LimberKioskExit *exit_page = LIMBER_KIOSK_EXIT (page);

  return gtk_widget_get_visible (GTK_WIDGET (exit_page->keypad)) && limber_kiosk_keypad_typed (exit_page->keypad, letter);
}

static void
limber_kiosk_exit_class_init (LimberKioskExitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LIMBER_KIOSK_PAGE_CLASS (klass)->typed = limber_kiosk_exit_typed;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-exit.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskExit, words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskExit, refusal);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskExit, keypad);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskExit, stay);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
limber_kiosk_exit_init (LimberKioskExit *exit_page)
{
  gtk_widget_init_template (GTK_WIDGET (exit_page));
}

/**
 * limber_kiosk_exit_new:
 * @has_code: whether the site has a closing code
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_exit_new (gboolean has_code)
{
  LimberKioskExit *exit_page = g_object_new (LIMBER_TYPE_KIOSK_EXIT, NULL);

  if (has_code)
    return LIMBER_KIOSK_PAGE (exit_page);
  gtk_widget_set_visible (GTK_WIDGET (exit_page->keypad), FALSE);
  gtk_label_set_label (exit_page->words, _("No closing code is set on this screen, so it can only be closed from the machine itself. "
                                           "To set one, run: limberctl --store FOLDER kiosk code"));
  g_object_set (exit_page, "first", exit_page->stay, NULL);
  return LIMBER_KIOSK_PAGE (exit_page);
}

/**
 * limber_kiosk_exit_refuse:
 * @locked: whether no more tries are taken for now
 *
 * Says that the code was not right.
 */
void
limber_kiosk_exit_refuse (LimberKioskPage *page, gboolean locked)
{
  LimberKioskExit *exit_page = LIMBER_KIOSK_EXIT (page);

  const char *why = locked ? _("Too many tries. Please wait a minute.") : _("That is not the code. Please try again.");

  gtk_label_set_label (exit_page->refusal, why);
  gtk_widget_set_visible (GTK_WIDGET (exit_page->refusal), TRUE);
  limber_kiosk_page_say (GTK_WIDGET (exit_page), why);
}
