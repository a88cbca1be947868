#include "limber-kiosk-confirm.h"

#include "limber-kiosk-words.h"

struct _LimberKioskConfirm {
  LimberKioskPage parent_instance;

  GtkLabel  *initials;
  GtkLabel  *appointment;
  GtkLabel  *place;
  GtkWidget *place_words;
};

G_DEFINE_FINAL_TYPE (LimberKioskConfirm, limber_kiosk_confirm, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_confirm_class_init (LimberKioskConfirmClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-confirm.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskConfirm, initials);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskConfirm, appointment);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskConfirm, place);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskConfirm, place_words);
}

static void
limber_kiosk_confirm_init (LimberKioskConfirm *confirm)
{
  gtk_widget_init_template (GTK_WIDGET (confirm));
}

/**
 * limber_kiosk_confirm_new:
 * @answer: whom the kiosk found
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_confirm_new (const LimberArriveAnswer *answer)
{
  LimberKioskConfirm *confirm = g_object_new (LIMBER_TYPE_KIOSK_CONFIRM, NULL);
  g_autofree char *appointment = limber_kiosk_words_appointment (answer);
  gboolean has_place = answer->place != NULL && *answer->place != '\0';

  gtk_label_set_label (confirm->initials, answer->initials != NULL ? answer->initials : "");
  gtk_label_set_label (confirm->appointment, appointment);
  limber_kiosk_page_show_words (confirm->place, has_place ? answer->place : NULL);
  gtk_widget_set_visible (confirm->place_words, has_place);
  return LIMBER_KIOSK_PAGE (confirm);
}
