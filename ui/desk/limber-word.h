/* LimberWord: whose word lets somebody in: a colleague's, with a PIN of her own, or central's, by telephone. What is typed is kept nowhere else. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_WORD (limber_word_get_type ())
G_DECLARE_FINAL_TYPE (LimberWord, limber_word, LIMBER, WORD, GtkWidget)

void        limber_word_start        (LimberWord *word, LimberStore *store, const LimberId *but, gboolean with_code);
void        limber_word_stop         (LimberWord *word);
gboolean    limber_word_get_voucher  (LimberWord *word, LimberId *voucher);
const char *limber_word_get_pin      (LimberWord *word);
const char *limber_word_get_question (LimberWord *word);
const char *limber_word_get_code     (LimberWord *word);
void        limber_word_clear        (LimberWord *word);

/* Signal "entered": Enter was pressed in the last field. */

G_END_DECLS
