#include "limber-kiosk-done.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-words.h"

struct _LimberKioskDone {
  LimberKioskPage parent_instance;

  GtkWidget *drawing;
  GtkLabel  *thanks;
  GtkWidget *number_words;
  GtkLabel  *number;
  GtkLabel  *seat_words;
  GtkLabel  *seat;
  GtkLabel  *appointment;
  GtkWidget *place_words;
  GtkLabel  *place;
  GtkLabel  *next_words;
  GtkLabel  *next;
  GtkLabel  *countdown;
};

G_DEFINE_FINAL_TYPE (LimberKioskDone, limber_kiosk_done, LIMBER_TYPE_KIOSK_PAGE)

static void
limber_kiosk_done_tick (LimberKioskPage *page, guint left)
{
  g_autofree char *words = NULL;

  words = g_strdup_printf (ngettext ("This page clears by itself in %u second", "This page clears by itself in %u seconds", left), left);
  gtk_label_set_label (LIMBER_KIOSK_DONE (page)->countdown, words);
}

static void
limber_kiosk_done_class_init (LimberKioskDoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LIMBER_KIOSK_PAGE_CLASS (klass)->tick = limber_kiosk_done_tick;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-done.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, drawing);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, thanks);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, number_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, number);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, seat_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, seat);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, appointment);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, place_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, place);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, next_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, next);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, countdown);
}

static void
limber_kiosk_done_init (LimberKioskDone *done)
{
  gtk_widget_init_template (GTK_WIDGET (done));
}

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* What the screen in the waiting room will show for her. */
static void
show_number (LimberKioskDone *done, const LimberArriveAnswer *answer)
{
  gboolean number = is_given (answer->number);

  if (number)
    gtk_label_set_label (done->thanks, _("Thank you. Please take a seat. We will call you by your number."));
  gtk_label_set_label (done->number, number ? answer->number : "");
  gtk_widget_set_visible (done->drawing, !number);
  gtk_widget_set_visible (done->number_words, number);
  gtk_widget_set_visible (GTK_WIDGET (done->number), number);
}

/* What there is to say besides where to sit: mostly nothing. How late it runs stands where thanks would. */
static void
show_more (LimberKioskDone *done, const LimberArriveAnswer *answer)
{
  g_autofree char *delay = limber_kiosk_words_delay (answer), *next = limber_kiosk_words_next (answer);

  if (delay != NULL)
    gtk_label_set_label (done->thanks, delay);
  gtk_label_set_label (done->next, next != NULL ? next : "");
  gtk_label_set_label (done->next_words, answer->next_checked_in ? _("After that (checked in too)") : _("Later, please check in again"));
  gtk_widget_set_visible (GTK_WIDGET (done->next_words), next != NULL);
  gtk_widget_set_visible (GTK_WIDGET (done->next), next != NULL);
}

/**
 * limber_kiosk_done_new:
 * @answer: the appointment that she is checked in for
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_done_new (const LimberArriveAnswer *answer)
{
  LimberKioskDone *done = g_object_new (LIMBER_TYPE_KIOSK_DONE, NULL);
  g_autofree char *appointment = answer->next_start != 0 ? limber_kiosk_words_place (answer) : limber_kiosk_words_appointment (answer);
  gboolean area = is_given (answer->waiting_area), place = is_given (answer->place);

  gtk_label_set_label (done->appointment, appointment);
  if (area)
    gtk_label_set_label (done->seat_words, _("Please sit in"));
  else
    gtk_label_set_label (done->seat_words, place ? _("Please wait near") : _("Please sit"));
  gtk_label_set_label (done->seat, area ? answer->waiting_area : place ? answer->place : _("in the waiting area"));
  gtk_label_set_label (done->place, area && place ? answer->place : "");
  gtk_widget_set_visible (GTK_WIDGET (done->place), area && place && answer->next_start == 0);
  gtk_widget_set_visible (done->place_words, area && place && answer->next_start == 0);
  show_number (done, answer);
  show_more (done, answer);
  return LIMBER_KIOSK_PAGE (done);
}
