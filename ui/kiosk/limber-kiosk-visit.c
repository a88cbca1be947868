#include "limber-kiosk-visit.h"

#include "limber-kiosk-confirm.h"
#include "limber-kiosk-done.h"
#include "limber-kiosk-lookup.h"
#include "limber-kiosk-question.h"
#include "limber-kiosk-still.h"
#include "limber-kiosk-year.h"

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

/**
 * limber_kiosk_visit_back:
 *
 * Returns: the question before, so that an answer can be changed; from any other page it is the beginning
 */
LimberKioskStage
limber_kiosk_visit_back (LimberKioskStage stage)
{
  switch (stage) {
  case LIMBER_KIOSK_STAGE_MONTH:
    return LIMBER_KIOSK_STAGE_DAY;
  case LIMBER_KIOSK_STAGE_LETTER:
    return LIMBER_KIOSK_STAGE_MONTH;
  case LIMBER_KIOSK_STAGE_YEAR:
    return LIMBER_KIOSK_STAGE_LETTER;
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
  case LIMBER_KIOSK_STAGE_WAIT:
    return limber_kiosk_message_new (LIMBER_KIOSK_SAYING_WAIT);
  case LIMBER_KIOSK_STAGE_CONFIRM:
    return limber_kiosk_confirm_new (visit->answer);
  case LIMBER_KIOSK_STAGE_DONE:
    return limber_kiosk_done_new (visit->answer);
  case LIMBER_KIOSK_STAGE_ANSWER:
    return limber_kiosk_message_new_for_answer (visit->answer);
  case LIMBER_KIOSK_STAGE_STILL:
    return limber_kiosk_still_new ();
  default:
    return make_saying (visit);
  }
}
