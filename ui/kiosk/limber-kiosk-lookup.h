/* LimberKioskLookup: asks the list for somebody, and records her. It never blocks the screen, and never answers sooner than
 * it says, so that the time does not tell who is on the list. */
#pragma once

#include "limber-check-in.h"
#include "limber-store.h"

G_BEGIN_DECLS

/**
 * LimberKioskLookupAim:
 * @LIMBER_KIOSK_LOOKUP_ASK: look for her, without checking her in; the try is counted and the desk told where it must act
 * @LIMBER_KIOSK_LOOKUP_CHECK_IN: check her in
 */
typedef enum {
  LIMBER_KIOSK_LOOKUP_ASK,
  LIMBER_KIOSK_LOOKUP_CHECK_IN,
} LimberKioskLookupAim;

void                limber_kiosk_lookup_async  (LimberStore *store, LimberKioskLookupAim aim, const LimberArriveQuestion *question, guint minimum, GAsyncReadyCallback callback, gpointer user_data);
LimberArriveAnswer *limber_kiosk_lookup_finish (GAsyncResult *result, gboolean *throttled, GError **error);
void                limber_kiosk_lookup_wipe          (char *text);
void                limber_kiosk_lookup_wipe_answer   (LimberArriveAnswer *answer);
void                limber_kiosk_lookup_wipe_question (LimberArriveQuestion *question);

G_END_DECLS
