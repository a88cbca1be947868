/* LimberKioskVisit: what is known of the person in front of the screen, and the pages that show it. */
#pragma once

#include "limber-check-in.h"
#include "limber-kiosk-advice.h"
#include "limber-kiosk-asking.h"
#include "limber-kiosk-message.h"

G_BEGIN_DECLS

/* Where she is. While the list is asked (WAIT) nothing can be pressed, so at most one answer is on its way. */
typedef enum {
  LIMBER_KIOSK_STAGE_BROKEN,
  LIMBER_KIOSK_STAGE_WELCOME,
  LIMBER_KIOSK_STAGE_DAY,
  LIMBER_KIOSK_STAGE_MONTH,
  LIMBER_KIOSK_STAGE_LETTER,
  LIMBER_KIOSK_STAGE_YEAR,
  LIMBER_KIOSK_STAGE_POSTCODE,
  LIMBER_KIOSK_STAGE_WAIT,
  LIMBER_KIOSK_STAGE_CONFIRM,
  LIMBER_KIOSK_STAGE_ASKING, /* checked in; what is due is asked */
  LIMBER_KIOSK_STAGE_DONE,
  LIMBER_KIOSK_STAGE_ANSWER, /* a refusal, from the answer */
  LIMBER_KIOSK_STAGE_SAYING,
  LIMBER_KIOSK_STAGE_ADVICE, /* somebody reads; who, nobody asks */
  LIMBER_KIOSK_STAGE_STILL,
  LIMBER_KIOSK_STAGE_LANGUAGE,
  LIMBER_KIOSK_STAGE_EXIT,
} LimberKioskStage;

/* Zero it to begin, and give it an asking and an advice. */
typedef struct {
  LimberArriveQuestion question;
  LimberArriveAnswer  *answer; /* (owned) (nullable) */
  LimberKioskAsking   *asking; /* (owned) (nullable): what she is asked once she is checked in */
  LimberKioskAdvice   *advice; /* (owned) (nullable): what there is to read, and what of it is open */
  LimberKioskSaying    saying;
  char                *reason; /* (owned) (nullable): why, for staff, under a saying */
} LimberKioskVisit;

void             limber_kiosk_visit_forget       (LimberKioskVisit *visit);
void             limber_kiosk_visit_take_answer  (LimberKioskVisit *visit, LimberArriveAnswer *answer);
void             limber_kiosk_visit_say          (LimberKioskVisit *visit, LimberKioskSaying saying, const char *reason);
guint            limber_kiosk_visit_reading_time (const LimberKioskVisit *visit, guint seconds);
LimberKioskStage limber_kiosk_visit_take         (LimberKioskVisit *visit, LimberKioskStage stage, const char *what, GVariant *value);
LimberKioskStage limber_kiosk_visit_asked_for    (const LimberKioskVisit *visit);
LimberKioskStage limber_kiosk_visit_back         (LimberKioskVisit *visit, LimberKioskStage stage);
void             limber_kiosk_visit_renew        (LimberKioskVisit *visit, LimberStore *store, LimberKioskPage *page);
LimberKioskPage *limber_kiosk_visit_make_page    (const LimberKioskVisit *visit, LimberKioskStage stage);

G_END_DECLS
