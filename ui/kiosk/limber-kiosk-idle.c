#include "limber-kiosk-idle.h"

/**
 * limber_kiosk_idle_init:
 * @wait: seconds without a touch before the warning
 * @warning: seconds to answer it; never fewer than %LIMBER_KIOSK_IDLE_LEAST_WARNING
 * @now: microseconds that never go back
 */
void
limber_kiosk_idle_init (LimberKioskIdle *idle, guint wait, guint warning, gint64 now)
{
  idle->wait = (gint64) wait * G_USEC_PER_SEC;
  idle->warning = (gint64) MAX (warning, LIMBER_KIOSK_IDLE_LEAST_WARNING) * G_USEC_PER_SEC;
  limber_kiosk_idle_present (idle, now);
}

/**
 * limber_kiosk_idle_touch:
 *
 * Somebody touched the screen or a key. A touch does not answer the warning: it may be the next person's.
 */
void
limber_kiosk_idle_touch (LimberKioskIdle *idle, gint64 now)
{
  if (idle->warned == 0)
    idle->touched = now;
}

/**
 * limber_kiosk_idle_present:
 *
 * She has said that she is there, or a new page begins a new wait.
 */
void
limber_kiosk_idle_present (LimberKioskIdle *idle, gint64 now)
{
  idle->warned = 0;
  idle->touched = now;
}

/**
 * limber_kiosk_idle_check:
 *
 * Returns: how it stands at @now
 */
LimberKioskIdleState
limber_kiosk_idle_check (LimberKioskIdle *idle, gint64 now)
{
  if (idle->warned == 0 && now - idle->touched < idle->wait)
    return LIMBER_KIOSK_IDLE_PRESENT;
  if (idle->warned == 0)
    idle->warned = now;
  return now - idle->warned >= idle->warning ? LIMBER_KIOSK_IDLE_OVER : LIMBER_KIOSK_IDLE_WARN;
}

/**
 * limber_kiosk_idle_left:
 *
 * Returns: whole seconds left to answer the warning, rounded up
 */
guint
limber_kiosk_idle_left (const LimberKioskIdle *idle, gint64 now)
{
  gint64 left = idle->warned == 0 ? idle->warning : idle->warned + idle->warning - now;

  return left <= 0 ? 0 : (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}
