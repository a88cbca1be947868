/* The pulse: what a public screen tells the keeper that started it, line by line through a pipe: that it is alive, every other
 * second from its main loop, and what its site is called. Nothing of any person goes through it. Without a keeper nobody is told
 * anything. Main thread only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_KIOSK_PULSE_SECONDS 2
#define LIMBER_KIOSK_PULSE_VARIABLE "LIMBER_KIOSK_PULSE" /* the number of the pipe's descriptor */
#define LIMBER_KIOSK_PULSE_ALIVE "alive"
#define LIMBER_KIOSK_PULSE_SITE "site "

void limber_kiosk_pulse_start (void);
void limber_kiosk_pulse_site  (const char *site);

G_END_DECLS
