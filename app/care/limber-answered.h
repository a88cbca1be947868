/* Answered: what somebody has answered to a form, in staff's words. */
#pragma once

#include "limber-questionnaire.h"
#include "limber-row.h"

G_BEGIN_DECLS

char *limber_answered_words (LimberRow *row);
char *limber_answered_state (LimberRow *row);
char *limber_answered_line  (LimberRow *row);

G_END_DECLS
