/* LimberKioskQuestion: one of the three questions by which somebody is found: day, month, first letter of the last name. */
#pragma once

#include "limber-kiosk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_QUESTION (limber_kiosk_question_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskQuestion, limber_kiosk_question, LIMBER, KIOSK_QUESTION, LimberKioskPage)

/**
 * LimberKioskQuestionStep:
 *
 * Which question; the number is that of the step.
 */
typedef enum {
  LIMBER_KIOSK_QUESTION_DAY = 1,
  LIMBER_KIOSK_QUESTION_MONTH,
  LIMBER_KIOSK_QUESTION_LETTER,
} LimberKioskQuestionStep;

LimberKioskPage *limber_kiosk_question_new (LimberKioskQuestionStep step, int day, int month, int chosen);
void             limber_kiosk_question_set_day (LimberKioskPage *page, int day);

G_END_DECLS
