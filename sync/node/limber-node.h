/* LimberNode: what a hub or the central service answers. It has neither sockets nor threads nor timers of its own: a
 * message goes in and, once the store has done its part, a message comes out. Main thread only. */
#pragma once

#include "limber-message.h"
#include "limber-relay.h"
#include "limber-store.h"
#include "limber-wake.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_NODE (limber_node_get_type ())
G_DECLARE_FINAL_TYPE (LimberNode, limber_node, LIMBER, NODE, GObject)

LimberNode    *limber_node_new           (LimberStore *store, GError **error);
void           limber_node_handle_async  (LimberNode *node, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LimberMessage *limber_node_handle_finish (LimberNode *node, GAsyncResult *result, LimberWake **wake, GError **error);
void           limber_node_set_central   (LimberNode *node, gboolean reachable);
LimberRelay   *limber_node_relay         (LimberNode *node);
void           limber_node_tick          (LimberNode *node);
guint          limber_node_n_listeners   (LimberNode *node);

G_END_DECLS
