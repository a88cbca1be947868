#include "limber-kiosk-visit.h"

#include "limber-kiosk-confirm.h"
#include "limber-kiosk-done.h"
#include "limber-kiosk-lookup.h"
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

static LimberKioskPage *
make_saying (const LimberKioskVisit *visit)
{
  LimberKioskPage *page = limber_kiosk_message_new (visit->saying);

  limber_kiosk_message_set_reason (page, visit->reason);
  return page;
}

static LimberKioskPage *
make_done (const LimberKioskVisit *visit)
{
  LimberKioskPage *page = limber_kiosk_done_new (visit->answer);

  limber_kiosk_done_set_note (page, limber_kiosk_asking_get_note (visit->asking));
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
 * @page: the page that shows how long it will be
 *
 * Says anew how long it will be: the list has changed.
 */
void
limber_kiosk_visit_renew (LimberKioskVisit *visit, LimberStore *store, LimberKioskPage *page)
{
  if (visit->answer == NULL || !limber_store_read (store, renew, visit->answer, NULL))
    return;
  if (LIMBER_IS_KIOSK_DONE (page))
    limber_kiosk_done_show_wait (page, visit->answer);
  else if (LIMBER_IS_KIOSK_MESSAGE (page))
    limber_kiosk_message_show_wait (page, visit->answer);
}

/**
 * limber_kiosk_visit_make_page:
 * @stage: any but those that show nothing of a visit: broken, welcome and exit
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
  case LIMBER_KIOSK_STAGE_ASKING:
    return limber_kiosk_asking_make_page (visit->asking);
  case LIMBER_KIOSK_STAGE_DONE:
    return make_done (visit);
  case LIMBER_KIOSK_STAGE_ANSWER:
    return limber_kiosk_message_new_for_answer (visit->answer);
  case LIMBER_KIOSK_STAGE_STILL:
    return limber_kiosk_still_new ();
  default:
    return make_saying (visit);
  }
}
