/* GET /sync/v1/wake: the devices that listen, and whom of them a change concerns. Private to sync/node; for the node's own
 * thread. */
#pragma once

#include "limber-call.h"

G_BEGIN_DECLS

typedef struct _LimberListeners LimberListeners;

LimberListeners *limber_listeners_new   (LimberStore *store, LimberTally *tally, LimberMuster *muster);
void             limber_listeners_free  (LimberListeners *self);
guint            limber_listeners_count (LimberListeners *self);
void             limber_listeners_say   (LimberListeners *self, const char *word);
void             limber_listeners_hear  (LimberListeners *self, const LimberChanges *changes);
void             limber_listeners_note  (LimberListeners *self);
LimberWake      *limber_listeners_add   (LimberListeners *self, LimberCall *call);

G_END_DECLS
