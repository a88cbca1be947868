/* LimberJoiningWindow: what a public screen shows before it is one: staff type or scan a joining code, and see its lists come for the
 * first time. It has no entry, no menu and no clipboard, as the screen that comes after it. */
#pragma once

#include <gtk/gtk.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_JOINING_WINDOW (limber_joining_window_get_type ())
G_DECLARE_FINAL_TYPE (LimberJoiningWindow, limber_joining_window, LIMBER, JOINING_WINDOW, GtkWindow)

LimberJoiningWindow *limber_joining_window_new       (const char *dir, LimberClass klass, LimberEnv *env);
gboolean             limber_joining_window_is_asking (LimberJoiningWindow *self);
void                 limber_joining_window_fill      (LimberJoiningWindow *self, LimberStore *store);
void                 limber_joining_window_empty     (LimberJoiningWindow *self, const char *why);
void                 limber_joining_window_tell      (LimberJoiningWindow *self, const char *wrong);
void                 limber_joining_window_type      (LimberJoiningWindow *self, gunichar letter);
gboolean             limber_joining_window_enter     (LimberJoiningWindow *self);

/* Signals:
 *   "joined": there is a store where it was to be
 *   "looked": while it is filled, twice a second
 *   "filled": the store holds all that it should
 *   "leave": whoever set this computer up closed the window; not while it is filled */

G_END_DECLS
