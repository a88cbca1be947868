/* LimberKioskTopic: what one topic of advice says, in a few short sentences. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-questionnaire.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_TOPIC (limber_kiosk_topic_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskTopic, limber_kiosk_topic, LIMBER, KIOSK_TOPIC, LimberKioskPage)

LimberKioskPage *limber_kiosk_topic_new (const LimberQuestionnaire *form, guint topic);

G_END_DECLS
