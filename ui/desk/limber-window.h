/* LimberWindow: the staff window: trouble with the store, sign-in, or work. */
#pragma once

#include <adwaita.h>

#include "limber-finding.h"
#include "limber-store.h"
#include "limber-sync-words.h"
#include "limber-trouble.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_WINDOW (limber_window_get_type ())
G_DECLARE_FINAL_TYPE (LimberWindow, limber_window, LIMBER, WINDOW, AdwApplicationWindow)

LimberWindow *limber_window_new          (GtkApplication *application);
void          limber_window_set_store    (LimberWindow *window, LimberStore *store);
void          limber_window_welcome      (LimberWindow *window, const char *dir, LimberEnv *env, const char *why);
void          limber_window_pause        (LimberWindow *window);
void          limber_window_tell_trouble (LimberWindow *window, const LimberTrouble *trouble);
void          limber_window_set_asker    (LimberWindow *window, const LimberAsker *asker);
void          limber_window_show_sync    (LimberWindow *window, const LimberSyncFacts *facts);
void          limber_window_check_idle   (LimberWindow *window);

/* Signal "ready" (string dir): there is a store in that folder now, where there was none.
 *
 * Actions: win.lock, win.switch-user, win.sign-out, win.search. */

G_END_DECLS
