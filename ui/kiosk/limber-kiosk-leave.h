/* The way out for staff: a closing code is tried in a worker (it is slow on purpose), three times and then a minute's rest. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_KIOSK_LEAVE_OPEN,    /* the code was right */
  LIMBER_KIOSK_LEAVE_WRONG,
  LIMBER_KIOSK_LEAVE_RESTING, /* no code is taken now */
} LimberKioskLeave;

/* How often a wrong code was given. Zero it to begin. */
typedef struct {
  guint  wrong;
  gint64 rest; /* microseconds that never go back: until when no code is taken */
} LimberKioskGate;

void             limber_kiosk_leave_async  (LimberKioskGate *gate, LimberStore *store, const char *code, gint64 now, GAsyncReadyCallback callback, gpointer user_data);
LimberKioskLeave limber_kiosk_leave_finish (LimberKioskGate *gate, GAsyncResult *result, gint64 now);

G_END_DECLS
