/* LimberKioskMessage: everything else that a person is told: one thing that is so, and what to do next. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-check-in.h"
#include "limber-kiosk-mark.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_MESSAGE (limber_kiosk_message_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskMessage, limber_kiosk_message, LIMBER, KIOSK_MESSAGE, LimberKioskPage)

/**
 * LimberKioskSaying:
 *
 * What is said, beside the results of looking somebody up.
 */
typedef enum {
  LIMBER_KIOSK_SAYING_WAIT,      /* being looked up */
  LIMBER_KIOSK_SAYING_PERSON,    /* she asked for a person */
  LIMBER_KIOSK_SAYING_NOT_YOU,   /* she said that the appointment is not hers */
  LIMBER_KIOSK_SAYING_FOREIGN,   /* the scanned code is none of ours */
  LIMBER_KIOSK_SAYING_THROTTLED, /* too many tries here */
  LIMBER_KIOSK_SAYING_UNSAVED,   /* the check-in could not be written */
  LIMBER_KIOSK_SAYING_UNREAD,    /* the list could not be read */
  LIMBER_KIOSK_SAYING_BROKEN,    /* this screen has no store to work with */
  LIMBER_KIOSK_SAYING_AWAY,      /* this screen failed, and is being started again */
} LimberKioskSaying;

LimberKioskPage *limber_kiosk_message_new            (LimberKioskSaying saying);
LimberKioskPage *limber_kiosk_message_new_for_answer (const LimberArriveAnswer *answer);
void             limber_kiosk_message_set_reason     (LimberKioskPage *page, const char *reason);

void             limber_kiosk_message_show_wait      (LimberKioskPage *page, const LimberArriveAnswer *answer);

G_END_DECLS
