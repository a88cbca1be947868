/* LimberAnswersBox: what somebody answered at the kiosk, as it comes. It is not there while there is nothing. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_ANSWERS_BOX (limber_answers_box_get_type ())
G_DECLARE_FINAL_TYPE (LimberAnswersBox, limber_answers_box, LIMBER, ANSWERS_BOX, GtkBox)

void limber_answers_box_show_visit  (LimberAnswersBox *box, LimberStore *store, const LimberId *appointment);
void limber_answers_box_show_person (LimberAnswersBox *box, LimberStore *store, const LimberId *patient);
void limber_answers_box_show_none   (LimberAnswersBox *box);

G_END_DECLS
