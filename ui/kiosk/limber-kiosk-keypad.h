/* LimberKioskKeypad: figures to touch or type, or capital letters and figures, and what was typed so far. It is not an entry: it has
 * no undo, no clipboard and no menu, and what was typed is overwritten when it goes. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_KEYPAD (limber_kiosk_keypad_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskKeypad, limber_kiosk_keypad, LIMBER, KIOSK_KEYPAD, GtkBox)

#define LIMBER_KIOSK_KEYPAD_MOST 12

const char *limber_kiosk_keypad_get_text (LimberKioskKeypad *keypad);
GtkWidget  *limber_kiosk_keypad_get_first (LimberKioskKeypad *keypad);
void        limber_kiosk_keypad_clear    (LimberKioskKeypad *keypad);
gboolean    limber_kiosk_keypad_typed    (LimberKioskKeypad *keypad, gunichar letter);
void        limber_kiosk_keypad_take_over (LimberKioskKeypad *keypad, const LimberKioskKeypad *old);

/* Signal: "done": the Next key was pressed with enough of them typed. */

/* Properties: "least" and "most": how many are typed; "secret": dots are shown; "letters": keys for A to Z too. */

G_END_DECLS
