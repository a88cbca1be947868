/* LimberDiaryPlan: what the diary has to look up beyond the day that it shows: follow-ups before they are booked, the next free
 * time, an appointment that somebody asks for. In a worker; what was overtaken by another question is not answered. */
#pragma once

#include "limber-diary.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_DIARY_PLAN (limber_diary_plan_get_type ())
G_DECLARE_FINAL_TYPE (LimberDiaryPlan, limber_diary_plan, LIMBER, DIARY_PLAN, GObject)

LimberDiaryPlan *limber_diary_plan_new        (LimberStore *store);
void             limber_diary_plan_make       (LimberDiaryPlan *plan, const LimberBooking *first, int weeks, int times);
void             limber_diary_plan_find_free  (LimberDiaryPlan *plan, gint64 from, const LimberId *clinician);
void             limber_diary_plan_read_visit (LimberDiaryPlan *plan, const char *what, const LimberId *appointment);
void             limber_diary_plan_stop_planning (LimberDiaryPlan *plan);
void             limber_diary_plan_drop       (LimberDiaryPlan *plan);
const char      *limber_diary_plan_get_text   (LimberDiaryPlan *plan);
gboolean         limber_diary_plan_is_whole   (LimberDiaryPlan *plan);

/* Signals:
 *   "made": the follow-ups are planned
 *   "free" (gint64 start, LimberId *clinician): the next free time; 0 when there is none
 *   "read" (string what, LimberRecord *appointment) */

G_END_DECLS
