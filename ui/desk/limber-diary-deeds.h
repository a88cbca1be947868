/* What is done in the diary, as deeds that can be taken back. */
#pragma once

#include "limber-deeds.h"
#include "limber-diary-hand.h"
#include "limber-diary.h"

G_BEGIN_DECLS

/**
 * LimberDiaryTerms:
 * @type: a word of an appointment's type
 * @weeks: from one to the next
 * @times: how many
 * @why: (nullable): why it is to be although the time is taken
 */
typedef struct {
  const char *type;
  int         weeks, times;
  const char *why;
} LimberDiaryTerms;

void     limber_diary_deeds_booking (const LimberDiaryItem *item, const LimberId *patient, LimberBooking *booking);
gboolean limber_diary_deeds_put     (LimberDeeds *deeds, LimberHand *hand, const LimberDiaryItem *item, const LimberDiaryTerms *terms, LimberEnv *env, LimberId *id);
void     limber_diary_deeds_cancel  (LimberDeeds *deeds, const LimberDiaryItem *item, const char *by, const char *why);

G_END_DECLS
