#include "limber-kiosk-aside.h"

static gboolean
stands_before_another (LimberKioskStage stage)
{
  return stage == LIMBER_KIOSK_STAGE_STILL || stage == LIMBER_KIOSK_STAGE_LANGUAGE;
}

/**
 * limber_kiosk_aside_put:
 * @next: where she goes
 * @page: (nullable): where she is
 *
 * Keeps the page where the next one only stands before it.
 */
void
limber_kiosk_aside_put (LimberKioskAside *aside, LimberKioskStage next, LimberKioskPage *page)
{
  if (stands_before_another (next) && aside->page == NULL)
    g_set_object (&aside->page, page);
}

/**
 * limber_kiosk_aside_take:
 * @stage: where she is now
 * @page: the page of it, made anew
 *
 * Hands over what was typed, when she is back on such a page.
 */
void
limber_kiosk_aside_take (LimberKioskAside *aside, LimberKioskStage stage, LimberKioskPage *page)
{
  if (aside->page == NULL || stands_before_another (stage))
    return;
  limber_kiosk_page_take_over (page, aside->page);
  limber_kiosk_aside_forget (aside);
}

void
limber_kiosk_aside_forget (LimberKioskAside *aside)
{
  g_clear_object (&aside->page);
}
