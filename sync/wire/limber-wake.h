/* LimberWake: one end of an open line by which a node says "there is something". What carries it (a WebSocket, or
 * nothing at all in a test) calls limber_wake_say() on the one side and listens to "said" on the other.
 * Main thread only. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_WAKE (limber_wake_get_type ())
G_DECLARE_FINAL_TYPE (LimberWake, limber_wake, LIMBER, WAKE, GObject)

/* What is said: there are records to pull; a mark moved, or central came or went. */
#define LIMBER_WAKE_PULL "w"
#define LIMBER_WAKE_MARKS "m"

LimberWake *limber_wake_new       (void);
void        limber_wake_say       (LimberWake *wake, const char *word);
void        limber_wake_open      (LimberWake *wake);
void        limber_wake_close     (LimberWake *wake);
gboolean    limber_wake_is_closed (LimberWake *wake);

/* Signals: "said" (const char *), "closed": once, from either side. */

G_END_DECLS
