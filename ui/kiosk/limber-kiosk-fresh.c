#include "limber-kiosk-fresh.h"

/* Milliseconds that something can have waited for a page: more is another clock. */
#define STALE_MOST (60 * 1000)

/* The display's clock is this machine's own, in milliseconds that wrap; one of another beginning tells nothing. 0 is no time. */
static gboolean
is_before (guint32 time, gint64 moment)
{
  gint32 before = (gint32) ((guint32) (moment / 1000) - time);

  return moment != 0 && time != 0 && before > 0 && before < STALE_MOST;
}

/**
 * limber_kiosk_fresh_wipe:
 * @now: microseconds that never go back
 *
 * The last person has gone, and what she did is forgotten.
 */
void
limber_kiosk_fresh_wipe (LimberKioskFresh *fresh, gint64 now)
{
  fresh->wiped = now;
}

/**
 * limber_kiosk_fresh_come:
 *
 * A page has come.
 */
void
limber_kiosk_fresh_come (LimberKioskFresh *fresh, gint64 now)
{
  fresh->came = now;
}

/**
 * limber_kiosk_fresh_is_stale:
 * @time: milliseconds, by the display's clock: when it was done
 *
 * Returns: whether it was meant for the last person's page, and has only waited until now
 */
gboolean
limber_kiosk_fresh_is_stale (const LimberKioskFresh *fresh, guint32 time)
{
  return is_before (time, fresh->wiped);
}

static void
note (LimberKioskFresh *fresh, guint32 time, double x, double y)
{
  fresh->pressed = TRUE;
  fresh->time = time;
  fresh->x = x;
  fresh->y = y;
}

/**
 * limber_kiosk_fresh_press:
 * @x: where a finger has come down, in pixels
 *
 * Returns: whether it is meant for what is there; not when the page came a moment ago and the finger is where it was before, most
 *   often because it brought the page
 */
gboolean
limber_kiosk_fresh_press (LimberKioskFresh *fresh, guint32 time, double x, double y)
{
  double across = x - fresh->x, down = y - fresh->y;
  gboolean near = fresh->pressed && across * across + down * down <= LIMBER_KIOSK_FRESH_NEAR * LIMBER_KIOSK_FRESH_NEAR;

  if (near && fresh->came != 0 && is_before (time, fresh->came + LIMBER_KIOSK_FRESH_MOMENT * 1000))
    return FALSE;
  note (fresh, time, x, y);
  return TRUE;
}

/**
 * limber_kiosk_fresh_press_again:
 *
 * A press by somebody who has one button, wherever that is.
 *
 * Returns: whether it is another than the one before, and not the same hand's trembling
 */
gboolean
limber_kiosk_fresh_press_again (LimberKioskFresh *fresh, guint32 time)
{
  guint32 since = time - fresh->time;

  if (fresh->pressed && time != 0 && since < LIMBER_KIOSK_FRESH_MOMENT)
    return FALSE;
  note (fresh, time, fresh->x, fresh->y);
  return TRUE;
}
