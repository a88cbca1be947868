#include "limber-kiosk-done.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-words.h"

struct _LimberKioskDone {
  LimberKioskPage parent_instance;

  GtkLabel  *heading;
  GtkLabel  *thanks;
  GtkLabel  *note;
  GtkWidget *drawing;
  GtkWidget *number_words;
  GtkLabel  *number;
  GtkLabel  *seat_words;
  GtkLabel  *seat;
  GtkWidget *waiting;
  GtkLabel  *wait_words;
  GtkLabel  *wait;
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

  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "This page clears by itself in %u second", "This page clears by itself in %u seconds", left), left);
  gtk_label_set_label (LIMBER_KIOSK_DONE (page)->countdown, words);
}

static void
limber_kiosk_done_class_init (LimberKioskDoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LIMBER_KIOSK_PAGE_CLASS (klass)->tick = limber_kiosk_done_tick;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-done.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, thanks);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, note);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, drawing);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, number_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, number);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, seat_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, seat);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, waiting);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, wait_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskDone, wait);
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

  limber_kiosk_page_show_words (done->number, number ? answer->number : NULL);
  gtk_widget_set_visible (done->number_words, number);
  gtk_widget_set_visible (done->drawing, !number);
}

static void
show_next (LimberKioskDone *done, const LimberArriveAnswer *answer)
{
  g_autofree char *next = limber_kiosk_words_next (answer);

  limber_kiosk_page_show_words (done->next, next);
  limber_kiosk_page_show_words (done->next_words, next == NULL ? NULL : answer->next_checked_in ? _("After that (checked in too)") : _("Later, please check in again"));
}

/* Where to sit; where to go, once she is called. */
static void
show_seat (LimberKioskDone *done, const LimberArriveAnswer *answer)
{
  gboolean area = is_given (answer->waiting_area), place = is_given (answer->place), called = answer->wait.is_called;
  gboolean elsewhere = area && place && !called && answer->next_start == 0;

  if (called)
    gtk_label_set_label (done->seat_words, _("Please go to"));
  else if (area)
    gtk_label_set_label (done->seat_words, _("Please sit in"));
  else
    gtk_label_set_label (done->seat_words, place ? _("Please wait near") : _("Please sit"));
  if (called)
    gtk_label_set_label (done->seat, place ? answer->place : _("the desk"));
  else
    gtk_label_set_label (done->seat, area ? answer->waiting_area : place ? answer->place : _("in the waiting area"));
  limber_kiosk_page_show_words (done->place, elsewhere ? answer->place : NULL);
  gtk_widget_set_visible (done->place_words, elsewhere);
}

/* Thanks, or how late it runs. Where she is told something else, of her turn or of what she said before, it is not said. */
static const char *
thanks_for (LimberKioskDone *done, const LimberArriveAnswer *answer, const char *delay)
{
  if (answer->wait.is_called || gtk_widget_get_visible (GTK_WIDGET (done->note)))
    return NULL;
  if (delay != NULL)
    return delay;
  return is_given (answer->number) ? _("Thank you. Please take a seat. We will call you by your number.") : _("Thank you. Please take a seat until you are called.");
}

/**
 * limber_kiosk_done_show_wait:
 * @answer: the same answer, as it now is
 *
 * Says anew how late it runs and how long it will be.
 */
void
limber_kiosk_done_show_wait (LimberKioskPage *page, const LimberArriveAnswer *answer)
{
  LimberKioskDone *done = LIMBER_KIOSK_DONE (page);
  g_autofree char *delay = limber_kiosk_words_delay (answer), *wait = limber_kiosk_words_wait (&answer->wait);
  g_autofree char *before = answer->wait.has_minutes ? limber_kiosk_words_before (&answer->wait) : NULL;

  gtk_label_set_label (done->heading, answer->wait.is_called ? _("It is your turn") : _("You are checked in"));
  limber_kiosk_page_show_words (done->thanks, thanks_for (done, answer, delay));
  gtk_label_set_label (done->wait_words, before != NULL ? before : _("How long to wait"));
  gtk_label_set_label (done->wait, wait != NULL ? wait : "");
  gtk_widget_set_visible (done->waiting, wait != NULL);
  show_seat (done, answer);
}

/**
 * limber_kiosk_done_new:
 * @answer: the appointment that she is checked in for
 * @note: (nullable): what becomes of what she said before
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_done_new (const LimberArriveAnswer *answer, const char *note)
{
  LimberKioskDone *done = g_object_new (LIMBER_TYPE_KIOSK_DONE, NULL);
  g_autofree char *appointment = answer->next_start != 0 ? limber_kiosk_words_place (answer) : limber_kiosk_words_appointment (answer);

  gtk_label_set_label (done->appointment, appointment);
  limber_kiosk_page_show_words (done->note, note);
  show_number (done, answer);
  show_next (done, answer);
  limber_kiosk_done_show_wait (LIMBER_KIOSK_PAGE (done), answer);
  return LIMBER_KIOSK_PAGE (done);
}
