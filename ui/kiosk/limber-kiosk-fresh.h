/* LimberKioskFresh: for whom a touch or a key was meant. What waited until the last person had gone was hers. A sore or shaking
 * hand taps twice: its second tap falls on a page that nobody has read yet, where the first one was, and is no answer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_KIOSK_FRESH_MOMENT 300 /* milliseconds: nobody reads and answers a page, or presses one button again, in less */
#define LIMBER_KIOSK_FRESH_NEAR 100   /* pixels: a hand that trembles comes down again no further away */

typedef struct {
  gint64   wiped, came; /* microseconds that never go back, 0 for never: the last person went, the page came */
  gboolean pressed;     /* somebody has: */
  guint32  time;        /* milliseconds, by the display's clock */
  double   x, y;
} LimberKioskFresh;

void     limber_kiosk_fresh_wipe        (LimberKioskFresh *fresh, gint64 now);
void     limber_kiosk_fresh_come        (LimberKioskFresh *fresh, gint64 now);
gboolean limber_kiosk_fresh_is_stale    (const LimberKioskFresh *fresh, guint32 time);
gboolean limber_kiosk_fresh_press       (LimberKioskFresh *fresh, guint32 time, double x, double y);
gboolean limber_kiosk_fresh_press_again (LimberKioskFresh *fresh, guint32 time);

G_END_DECLS
