#include "limber-kiosk-message.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-kiosk-words.h"

/* The same widget whatever is said, so that nobody can tell from afar who was found and who was not. */
struct _LimberKioskMessage {
  LimberKioskPage parent_instance;

  LimberKioskMark *mark;
  GtkLabel        *heading;
  GtkLabel        *fact;
  GtkWidget       *number_words;
  GtkLabel        *number;
  GtkLabel        *next_step;
  GtkLabel        *reason;
  GtkWidget       *nav;
  GtkWidget       *again;
  GtkWidget       *finish;
};

G_DEFINE_FINAL_TYPE (LimberKioskMessage, limber_kiosk_message, LIMBER_TYPE_KIOSK_PAGE)

/* What the bottom of the page offers. */
typedef enum {
  OFFER_FINISH,
  OFFER_AGAIN,
  OFFER_NOTHING,
} Offer;

/* One page's words. The drawing says: a desk where she should go there. */
typedef struct {
  const char *drawing;
  const char *heading;
  const char *fact; /* (nullable) */
  const char *next; /* (nullable) */
  Offer       offer;
} Words;

static const Words sayings[] = {
  [LIMBER_KIOSK_SAYING_WAIT] = { "", N_("One moment, please"), NULL, NULL, OFFER_NOTHING },
  [LIMBER_KIOSK_SAYING_PERSON] = { "person", N_("Please go to the desk"), NULL, N_("Somebody there will help you. You have not been checked in on this screen."), OFFER_FINISH },
  [LIMBER_KIOSK_SAYING_NOT_YOU] = { "person", N_("We have not found you yet"), N_("You have NOT been checked in."), N_("You can try again, or go to the desk."), OFFER_AGAIN },
  [LIMBER_KIOSK_SAYING_FOREIGN] = { "question", N_("We could not read that code"), N_("You have NOT been checked in."),
                                    N_("You can check in with your date of birth instead, or go to the desk."), OFFER_AGAIN },
  [LIMBER_KIOSK_SAYING_THROTTLED] = { "clock", N_("Please ask at the desk, or wait a minute"), N_("You have NOT been checked in."),
                                      N_("This screen has been used many times just now, so it is taking a short rest."), OFFER_FINISH },
  [LIMBER_KIOSK_SAYING_UNSAVED] = { "notice", N_("Your check-in could not be saved"), N_("You have NOT been checked in."), N_("Please go to the desk."), OFFER_FINISH },
  [LIMBER_KIOSK_SAYING_UNREAD] = { "notice", N_("We could not look at today's list"), N_("You have NOT been checked in."), N_("Please go to the desk."), OFFER_FINISH },
  [LIMBER_KIOSK_SAYING_BROKEN] = { "person", N_("This screen is not working"), NULL, N_("Please go to the desk."), OFFER_NOTHING },
  [LIMBER_KIOSK_SAYING_AWAY] = { "person", N_("Please go to the desk"), NULL,
                                 N_("This screen will be back soon. If you were checking in, please tell the desk that you are here."), OFFER_NOTHING },
};

static const Words results[] = {
  [LIMBER_ARRIVE_EARLY] = { "clock", N_("You are early"), N_("You have not been checked in yet."), NULL, OFFER_FINISH },
  [LIMBER_ARRIVE_LATE] = { "person", N_("Please go to the desk now"), N_("You have NOT been checked in."),
                           N_("The time of your appointment has passed. The desk will help you."), OFFER_FINISH },
  [LIMBER_ARRIVE_CANCELLED] = { "person", N_("Please go to the desk"), N_("You have NOT been checked in."),
                                N_("Your appointment today was cancelled. The desk will help you."), OFFER_FINISH },
  [LIMBER_ARRIVE_ALREADY] = { "check", N_("You are already checked in"), NULL, NULL, OFFER_FINISH },
  [LIMBER_ARRIVE_SEE_DESK] = { "person", N_("Please go to the desk"), N_("You have NOT been checked in."), N_("The desk will check you in."), OFFER_FINISH },
  [LIMBER_ARRIVE_NO_MATCH] = { "person", N_("We could not find you on today's list"), N_("You have NOT been checked in."), N_("Please go to the desk."), OFFER_AGAIN },
};

static void
limber_kiosk_message_class_init (LimberKioskMessageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-message.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, mark);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, heading);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, fact);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, number_words);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, number);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, next_step);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, reason);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, nav);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, again);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskMessage, finish);
}

static void
limber_kiosk_message_init (LimberKioskMessage *message)
{
  gtk_widget_init_template (GTK_WIDGET (message));
}

static LimberKioskPage *
make (const Words *words, const char *next)
{
  LimberKioskMessage *message = g_object_new (LIMBER_TYPE_KIOSK_MESSAGE, NULL);

  limber_kiosk_mark_set_drawing (message->mark, words->drawing);
  gtk_widget_set_visible (GTK_WIDGET (message->mark), *words->drawing != '\0');
  limber_kiosk_page_show_words (message->heading, _(words->heading));
  limber_kiosk_page_show_words (message->fact, words->fact != NULL ? _(words->fact) : NULL);
  limber_kiosk_page_show_words (message->next_step, next);
  gtk_widget_set_visible (message->nav, words->offer != OFFER_NOTHING);
  gtk_widget_set_visible (message->again, words->offer == OFFER_AGAIN);
  if (words->offer != OFFER_NOTHING)
    g_object_set (message, "first", message->finish, NULL);
  return LIMBER_KIOSK_PAGE (message);
}

static char *
where_to_sit (const LimberArriveAnswer *answer)
{
  if (answer->waiting_area != NULL && *answer->waiting_area != '\0')
    return g_strdup_printf (_("Please sit in %s. You will be called."), answer->waiting_area);
  if (answer->place != NULL && *answer->place != '\0')
    return g_strdup_printf (_("Please wait near %s. You will be called."), answer->place);
  return g_strdup (_("Please take a seat. You will be called."));
}

/* Where to sit and how long it will be; who was called is told that alone, and who has gone in nothing of it. */
static char *
where_and_how_long (const LimberArriveAnswer *answer)
{
  g_autofree char *sit = where_to_sit (answer), *wait = limber_kiosk_words_wait_now (answer);

  if (!answer->wait.waits)
    return g_strdup (_("If you need anything else, please ask at the desk."));
  if (wait == NULL || answer->wait.is_called)
    return g_strdup (wait != NULL ? wait : sit);
  return g_strdup_printf ("%s\n%s", wait, sit);
}

static char *
when_to_come_back (const LimberArriveAnswer *answer)
{
  g_autofree char *time = answer->opens > 0 ? limber_time_for_public (answer->opens) : NULL;

  if (time == NULL)
    return g_strdup (_("Please come back nearer the time of your appointment, or ask at the desk."));
  /* Translators: %s is a time of day, like 5:30pm. */
  return g_strdup_printf (_("Please check in here from %s, or ask at the desk."), time);
}

/**
 * limber_kiosk_message_new:
 * @saying: what is said
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_message_new (LimberKioskSaying saying)
{
  const Words *words = &sayings[saying];

  return make (words, words->next != NULL ? _(words->next) : NULL);
}

/**
 * limber_kiosk_message_show_wait:
 * @page: of limber_kiosk_message_new_for_answer()
 * @answer: that she is checked in already, as it now is
 *
 * Repeats what she was told: her number, where to sit, and how long it will be now; where she should go, once she was called.
 */
void
limber_kiosk_message_show_wait (LimberKioskPage *page, const LimberArriveAnswer *answer)
{
  LimberKioskMessage *message = LIMBER_KIOSK_MESSAGE (page);
  gboolean number = answer->number != NULL && answer->wait.waits && !answer->wait.is_called;
  g_autofree char *words = where_and_how_long (answer);

  limber_kiosk_page_show_words (message->number, number ? answer->number : NULL);
  gtk_widget_set_visible (message->number_words, number);
  gtk_widget_set_visible (GTK_WIDGET (message->mark), !number);
  limber_kiosk_page_show_words (message->next_step, words);
}

/**
 * limber_kiosk_message_new_for_answer:
 * @answer: any result but checked-in and ask-more, which have pages of their own
 *
 * Says that somebody was not checked in now, and what to do. An unknown person, one of another day and one of another
 * site get the same words (C72: who is not matched is not recorded, and is told so).
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_message_new_for_answer (const LimberArriveAnswer *answer)
{
  gboolean known = (guint) answer->result < G_N_ELEMENTS (results) && results[answer->result].heading != NULL;
  const Words *words = &results[known ? answer->result : LIMBER_ARRIVE_SEE_DESK];
  g_autofree char *early = answer->result == LIMBER_ARRIVE_EARLY ? when_to_come_back (answer) : NULL;
  LimberKioskPage *page = make (words, early != NULL ? early : words->next != NULL ? _(words->next) : NULL);

  if (answer->result == LIMBER_ARRIVE_ALREADY)
    limber_kiosk_message_show_wait (page, answer);
  return page;
}

/**
 * limber_kiosk_message_set_reason:
 * @reason: (nullable): what went wrong, for staff; nothing of a person
 *
 * Says small at the bottom what staff need to know.
 */
void
limber_kiosk_message_set_reason (LimberKioskPage *page, const char *reason)
{
  LimberKioskMessage *message = LIMBER_KIOSK_MESSAGE (page);
  g_autofree char *words = reason != NULL ? g_strdup_printf (_("For staff: %s"), reason) : NULL;

  limber_kiosk_page_show_words (message->reason, words);
}
