/* LimberChime: two soft notes before somebody is called. They are made here, and played by libcanberra in a thread; where there
 * is no sound, nothing happens. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Milliseconds. */
#define LIMBER_CHIME_TIME 1600

GBytes *limber_chime_make (void);
void    limber_chime_play (guint volume);

G_END_DECLS
