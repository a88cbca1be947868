#include "limber-kiosk-ahead.h"

#include "limber-kiosk-exit.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-language-page.h"
#include "limber-kiosk-question.h"
#include "limber-kiosk-welcome.h"

static LimberKioskPage *
make_page (LimberKioskStage stage, const LimberKioskSite *site, const LimberKioskVisit *visit)
{
  switch (stage) {
  case LIMBER_KIOSK_STAGE_WELCOME:
    return limber_kiosk_welcome_new (site->name, limber_kiosk_advice_is_there (visit->advice));
  case LIMBER_KIOSK_STAGE_LANGUAGE:
    return limber_kiosk_language_page_new ();
  case LIMBER_KIOSK_STAGE_EXIT:
    return limber_kiosk_exit_new (site->has_code);
  default:
    return limber_kiosk_visit_make_page (visit, stage);
  }
}

/* The page after @stage that nearly everybody comes to, when it can be made now: returns @stage where there is none. */
static LimberKioskStage
get_next (LimberKioskStage stage)
{
  switch (stage) {
  case LIMBER_KIOSK_STAGE_WELCOME:
    return LIMBER_KIOSK_STAGE_DAY;
  case LIMBER_KIOSK_STAGE_DAY:
    return LIMBER_KIOSK_STAGE_MONTH;
  case LIMBER_KIOSK_STAGE_MONTH:
    return LIMBER_KIOSK_STAGE_LETTER;
  case LIMBER_KIOSK_STAGE_LETTER:
  case LIMBER_KIOSK_STAGE_YEAR:
  case LIMBER_KIOSK_STAGE_POSTCODE:
  case LIMBER_KIOSK_STAGE_CONFIRM:
    return LIMBER_KIOSK_STAGE_WAIT;
  case LIMBER_KIOSK_STAGE_DONE:
  case LIMBER_KIOSK_STAGE_ANSWER:
  case LIMBER_KIOSK_STAGE_SAYING:
    /* it comes in the language of whoever asks for none */
    return limber_kiosk_language_get () == limber_kiosk_language_nth (0) ? LIMBER_KIOSK_STAGE_WELCOME : stage;
  default:
    return stage;
  }
}

static char *
say_home (const LimberKioskSite *site, const LimberKioskVisit *visit)
{
  return g_strdup_printf ("%d %s %s", limber_kiosk_advice_is_there (visit->advice), site->languages != NULL ? site->languages : "", site->name != NULL ? site->name : "");
}

/**
 * limber_kiosk_ahead_look:
 * @stage: where she is
 *
 * Makes the page that most likely comes next, when there is one and it is not made yet.
 *
 * Returns: (transfer none) (nullable): that page
 */
LimberKioskPage *
limber_kiosk_ahead_look (LimberKioskAhead *ahead, LimberKioskStage stage, const LimberKioskSite *site, const LimberKioskVisit *visit)
{
  LimberKioskStage next = get_next (stage);

  if (next == stage) {
    limber_kiosk_ahead_forget (ahead);
    return NULL;
  }
  if (ahead->page != NULL && ahead->stage == next)
    return ahead->page;
  limber_kiosk_ahead_forget (ahead);
  ahead->page = g_object_ref_sink (make_page (next, site, visit));
  ahead->stage = next;
  ahead->home = say_home (site, visit);
  return ahead->page;
}

/**
 * limber_kiosk_ahead_come:
 * @stage: where she goes
 *
 * Returns: (transfer full): the page of it, made before or now
 */
LimberKioskPage *
limber_kiosk_ahead_come (LimberKioskAhead *ahead, LimberKioskStage stage, const LimberKioskSite *site, const LimberKioskVisit *visit)
{
  g_autofree char *home = say_home (site, visit);
  gboolean is_it = ahead->page != NULL && ahead->stage == stage &&
                   (stage != LIMBER_KIOSK_STAGE_WELCOME || g_str_equal (home, ahead->home));
  LimberKioskPage *page = is_it ? g_steal_pointer (&ahead->page) : g_object_ref_sink (make_page (stage, site, visit));

  if (is_it && stage == LIMBER_KIOSK_STAGE_MONTH)
    limber_kiosk_question_set_day (page, visit->question.day);
  limber_kiosk_ahead_forget (ahead);
  return page;
}

void
limber_kiosk_ahead_forget (LimberKioskAhead *ahead)
{
  g_clear_object (&ahead->page);
  g_clear_pointer (&ahead->home, g_free);
}
