#include "limber-kiosk-visit.h"

#include "limber-kiosk-confirm.h"
#include "limber-kiosk-done.h"
#include "limber-kiosk-lookup.h"
#include "limber-kiosk-postcode.h"
#include "limber-kiosk-question.h"
#include "limber-kiosk-still.h"
#include "limber-kiosk-year.h"
#include "limber-wait.h"

/**
 * limber_kiosk_visit_forget:
 *
 * Overwrites and forgets everything of the person.
 */
void
limber_kiosk_visit_forget (LimberKioskVisit *visit)
{
  limber_kiosk_lookup_wipe_question (&visit->question);
  g_clear_pointer (&visit->answer, limber_kiosk_lookup_wipe_answer);
  g_clear_pointer (&visit->reason, g_free);
  if (visit->asking != NULL)
    limber_kiosk_asking_leave (visit->asking);
  if (visit->advice != NULL)
    limber_kiosk_advice_leave (visit->advice);
}

/**
 * limber_kiosk_visit_take_answer:
 * @answer: (transfer full) (nullable): what the list answered
 */
void
limber_kiosk_visit_take_answer (LimberKioskVisit *visit, LimberArriveAnswer *answer)
{
  limber_kiosk_lookup_wipe_answer (visit->answer);
  visit->answer = answer;
}

/**
 * limber_kiosk_visit_say:
 * @reason: (nullable): why, for staff
 *
 * What %LIMBER_KIOSK_STAGE_SAYING then says.
 */
void
limber_kiosk_visit_say (LimberKioskVisit *visit, LimberKioskSaying saying, const char *reason)
{
  visit->saying = saying;
  g_free (visit->reason);
  visit->reason = g_strdup (reason);
}

/**
 * limber_kiosk_visit_reading_time:
 * @seconds: for the plain Done page
 *
 * Returns: how long the Done page stays: longer when it says more
 */
guint
limber_kiosk_visit_reading_time (const LimberKioskVisit *visit, guint seconds)
{
  const LimberArriveAnswer *answer = visit->answer;
  guint more = answer != NULL ? (answer->delay_minutes > 0) + (answer->next_start != 0) : 0;

  return seconds + more * seconds / 2;
}

/* What she gives in place of the year, or beside it. */
static void
take_postcode (LimberArriveQuestion *question, const char *postcode)
{
  limber_kiosk_lookup_wipe (question->postcode);
  question->postcode = g_strdup (postcode);
}

/**
 * limber_kiosk_visit_take:
 * @stage: the question that is shown
 * @what: what is answered: "day", "month", "letter", "year" or "postcode"; or "by-postcode", that she would rather give that than the year
 * @value: (nullable): as its page gives it
 *
 * Returns: what comes next, %LIMBER_KIOSK_STAGE_WAIT when she can be looked for; @stage where @what is not what it asks
 */
LimberKioskStage
limber_kiosk_visit_take (LimberKioskVisit *visit, LimberKioskStage stage, const char *what, GVariant *value)
{
  LimberArriveQuestion *question = &visit->question;
  int number = value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_INT32) ? g_variant_get_int32 (value) : 0;

  if (stage == LIMBER_KIOSK_STAGE_DAY && g_str_equal (what, "day")) {
    question->day = number;
    return LIMBER_KIOSK_STAGE_MONTH;
  }
  if (stage == LIMBER_KIOSK_STAGE_MONTH && g_str_equal (what, "month")) {
    question->month = number;
    return LIMBER_KIOSK_STAGE_LETTER;
  }
  if (stage == LIMBER_KIOSK_STAGE_LETTER && g_str_equal (what, "letter")) {
    question->initial = (gunichar) number;
    question->year = 0;
    take_postcode (question, NULL);
    return LIMBER_KIOSK_STAGE_WAIT;
  }
  if (stage == LIMBER_KIOSK_STAGE_YEAR && g_str_equal (what, "by-postcode"))
    return LIMBER_KIOSK_STAGE_POSTCODE;
  if (stage == LIMBER_KIOSK_STAGE_YEAR && g_str_equal (what, "year"))
    question->year = MAX (1, number); /* 0 would mean that she was not asked: four noughts are nobody's year */
  else if (stage == LIMBER_KIOSK_STAGE_POSTCODE && g_str_equal (what, "postcode"))
    take_postcode (question, g_variant_get_string (value, NULL));
  else
    return stage;
  return LIMBER_KIOSK_STAGE_WAIT;
}

/**
 * limber_kiosk_visit_asked_for:
 *
 * Returns: the page that asks for what the list's answer, %LIMBER_ARRIVE_ASK_MORE, would know
 */
LimberKioskStage
limber_kiosk_visit_asked_for (const LimberKioskVisit *visit)
{
  return g_strcmp0 (visit->answer->ask, "postcode") == 0 ? LIMBER_KIOSK_STAGE_POSTCODE : LIMBER_KIOSK_STAGE_YEAR;
}

/**
 * limber_kiosk_visit_back:
 *
 * Returns: the question before, so that an answer can be changed, or the list of what there is to read; from any other page it is the
 *   beginning
 */
LimberKioskStage
limber_kiosk_visit_back (LimberKioskVisit *visit, LimberKioskStage stage)
{
  switch (stage) {
  case LIMBER_KIOSK_STAGE_MONTH:
    return LIMBER_KIOSK_STAGE_DAY;
  case LIMBER_KIOSK_STAGE_LETTER:
    return LIMBER_KIOSK_STAGE_MONTH;
  case LIMBER_KIOSK_STAGE_YEAR:
    return LIMBER_KIOSK_STAGE_LETTER;
  case LIMBER_KIOSK_STAGE_POSTCODE:
    return LIMBER_KIOSK_STAGE_YEAR;
  case LIMBER_KIOSK_STAGE_ADVICE:
    return limber_kiosk_advice_back (visit->advice) ? stage : LIMBER_KIOSK_STAGE_WELCOME;
  default:
    return LIMBER_KIOSK_STAGE_WELCOME;
  }
}

static LimberKioskPage *
make_saying (const LimberKioskVisit *visit)
{
  LimberKioskPage *page = limber_kiosk_message_new (visit->saying);

  limber_kiosk_message_set_reason (page, visit->reason);
  return page;
}

static gboolean
renew (LimberReader *reader, gpointer data, GError **error)
{
  return limber_wait_renew (reader, data, error);
}

/**
 * limber_kiosk_visit_renew:
 * @store: the kiosk's
 * @page: (nullable): the page that is shown
 *
 * The list has changed: what is known of how long it will be is read anew, and said anew where @page says it.
 */
void
limber_kiosk_visit_renew (LimberKioskVisit *visit, LimberStore *store, LimberKioskPage *page)
{
  const LimberArriveAnswer *answer = visit->answer;
  gboolean waits = answer != NULL && (answer->result == LIMBER_ARRIVE_CHECKED_IN || answer->result == LIMBER_ARRIVE_ALREADY);

  if (!waits || !limber_store_read (store, renew, visit->answer, NULL))
    return;
  if (LIMBER_IS_KIOSK_DONE (page))
    limber_kiosk_done_show_wait (page, answer);
  else if (LIMBER_IS_KIOSK_MESSAGE (page) && answer->result == LIMBER_ARRIVE_ALREADY)
    limber_kiosk_message_show_wait (page, answer);
}

/**
 * limber_kiosk_visit_make_page:
 * @stage: any but those that show nothing of a visit: broken, welcome, language and exit
 *
 * Returns: (transfer floating): the page
 */
LimberKioskPage *
limber_kiosk_visit_make_page (const LimberKioskVisit *visit, LimberKioskStage stage)
{
  const LimberArriveQuestion *question = &visit->question;

  switch (stage) {
  case LIMBER_KIOSK_STAGE_DAY:
    return limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_DAY, 0, 0, question->day);
  case LIMBER_KIOSK_STAGE_MONTH:
    return limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_MONTH, question->day, 0, question->month);
  case LIMBER_KIOSK_STAGE_LETTER:
    return limber_kiosk_question_new (LIMBER_KIOSK_QUESTION_LETTER, question->day, question->month, (int) question->initial);
  case LIMBER_KIOSK_STAGE_YEAR:
    return limber_kiosk_year_new ();
  case LIMBER_KIOSK_STAGE_POSTCODE:
    return limber_kiosk_postcode_new ();
  case LIMBER_KIOSK_STAGE_WAIT:
    return limber_kiosk_message_new (LIMBER_KIOSK_SAYING_WAIT);
  case LIMBER_KIOSK_STAGE_CONFIRM:
    return limber_kiosk_confirm_new (visit->answer);
  case LIMBER_KIOSK_STAGE_ASKING:
    return limber_kiosk_asking_make_page (visit->asking);
  case LIMBER_KIOSK_STAGE_ADVICE:
    return limber_kiosk_advice_make_page (visit->advice);
  case LIMBER_KIOSK_STAGE_DONE:
    return limber_kiosk_done_new (visit->answer, limber_kiosk_asking_get_note (visit->asking));
  case LIMBER_KIOSK_STAGE_ANSWER:
    return limber_kiosk_message_new_for_answer (visit->answer);
  case LIMBER_KIOSK_STAGE_STILL:
    return limber_kiosk_still_new ();
  default:
    return make_saying (visit);
  }
}
