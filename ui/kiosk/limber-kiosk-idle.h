/* LimberKioskIdle: when nobody touches the screen: a warning after a while, and after a fair time for an answer, over.
 * It holds no clock: the time is handed in, in microseconds that never go back. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* WCAG 2.2.1: whoever is warned has at least 20 seconds to answer with one action. */
#define LIMBER_KIOSK_IDLE_LEAST_WARNING 20

typedef enum {
  LIMBER_KIOSK_IDLE_PRESENT,
  LIMBER_KIOSK_IDLE_WARN, /* ask whether she is still there */
  LIMBER_KIOSK_IDLE_OVER, /* nobody answered */
} LimberKioskIdleState;

typedef struct {
  gint64 wait;    /* microseconds from the last touch to the warning */
  gint64 warning; /* microseconds from the warning to the end */
  gint64 touched;
  gint64 warned; /* 0: not warned */
} LimberKioskIdle;

void                 limber_kiosk_idle_init    (LimberKioskIdle *idle, guint wait, guint warning, gint64 now);
void                 limber_kiosk_idle_touch   (LimberKioskIdle *idle, gint64 now);
void                 limber_kiosk_idle_present (LimberKioskIdle *idle, gint64 now);
LimberKioskIdleState limber_kiosk_idle_check   (LimberKioskIdle *idle, gint64 now);
guint                limber_kiosk_idle_left    (const LimberKioskIdle *idle, gint64 now);

G_END_DECLS
