/* LimberKioskTopics: what there is advice about, a button for each. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-questionnaire.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_TOPICS (limber_kiosk_topics_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskTopics, limber_kiosk_topics, LIMBER, KIOSK_TOPICS, LimberKioskPage)

LimberKioskPage *limber_kiosk_topics_new (const LimberQuestionnaire *form);

G_END_DECLS
