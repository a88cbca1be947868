/* LimberKioskSenses: how a person may use the screen who does not see it well, or cannot touch it well: it reads aloud, and it can be
 * used by one button. Off at first, and off again for the next person. It stands in the line at the top. */
#pragma once

#include "limber-kiosk-page.h"
#include "limber-kiosk-switch.h"
#include "limber-speech.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_SENSES (limber_kiosk_senses_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskSenses, limber_kiosk_senses, LIMBER, KIOSK_SENSES, GtkBox)

void               limber_kiosk_senses_set_tools     (LimberKioskSenses *senses, GtkWidget *top, GtkWidget *tools);
void               limber_kiosk_senses_set_page      (LimberKioskSenses *senses, LimberKioskPage *page, gboolean first);
void               limber_kiosk_senses_set_focus     (LimberKioskSenses *senses, GtkWidget *focus);
void               limber_kiosk_senses_show_words    (LimberKioskSenses *senses, gboolean words);
void               limber_kiosk_senses_reset         (LimberKioskSenses *senses, gboolean may_speak);
gboolean           limber_kiosk_senses_key           (LimberKioskSenses *senses, guint keyval, gboolean trembles);
void               limber_kiosk_senses_key_released  (LimberKioskSenses *senses, guint keyval);
gboolean           limber_kiosk_senses_touch         (LimberKioskSenses *senses, GdkEventType type, gboolean trembles);
gboolean           limber_kiosk_senses_needs_time    (LimberKioskSenses *senses);
LimberSpeech      *limber_kiosk_senses_get_speech    (LimberKioskSenses *senses);
LimberKioskSwitch *limber_kiosk_senses_get_switch    (LimberKioskSenses *senses);

G_END_DECLS
