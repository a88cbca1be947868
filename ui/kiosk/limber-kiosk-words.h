/* The words that more than one page of the kiosk says. */
#pragma once

#include "limber-check-in.h"

G_BEGIN_DECLS

const char *limber_kiosk_words_month       (int month);
char       *limber_kiosk_words_appointment (const LimberArriveAnswer *answer);
char       *limber_kiosk_words_delay       (const LimberArriveAnswer *answer);
char       *limber_kiosk_words_place       (const LimberArriveAnswer *answer);
char       *limber_kiosk_words_next        (const LimberArriveAnswer *answer);
char       *limber_kiosk_words_wait        (const LimberWait *wait);
char       *limber_kiosk_words_before      (const LimberWait *wait);
char       *limber_kiosk_words_wait_now    (const LimberArriveAnswer *answer);

G_END_DECLS
