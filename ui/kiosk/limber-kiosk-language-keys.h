/* LimberKioskLanguageKeys: a key for each language that can be chosen, in its own script. */
#pragma once

#include "limber-kiosk-keys.h"

G_BEGIN_DECLS

GtkWidget *limber_kiosk_language_keys_fill (LimberKioskKeys *keys);

G_END_DECLS
