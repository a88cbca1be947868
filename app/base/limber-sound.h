/* How a name sounds, as letters that can be compared: for somebody who writes down what she hears on the telephone.
 *
 * A key is made from the left, so that the key of a name's beginning is, but for its last sound, the beginning of the
 * name's key. Two names sound alike when their keys are the same. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *limber_sound_key   (const char *word);
gboolean limber_sound_fits  (const char *typed, const char *key);

G_END_DECLS
