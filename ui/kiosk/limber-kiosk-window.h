/* LimberKioskWindow: the frame of the public screens: the line at the top, and one page under it. It lets through only the
 * keys that a page may need, and cannot be closed from outside. */
#pragma once

#include "limber-kiosk-flow.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_KIOSK_WINDOW (limber_kiosk_window_get_type ())
G_DECLARE_FINAL_TYPE (LimberKioskWindow, limber_kiosk_window, LIMBER, KIOSK_WINDOW, GtkWindow)

LimberKioskWindow *limber_kiosk_window_new (LimberKioskFlow *flow, LimberEnv *env);
void               limber_kiosk_window_tick (LimberKioskWindow *window);
void               limber_kiosk_window_show_page (LimberKioskWindow *window, LimberKioskPage *page);
void               limber_kiosk_window_set_home (LimberKioskWindow *window, LimberKioskPage *home);

G_END_DECLS
