/* LimberNodeServer: a node's ears: HTTP on a Unix socket (nginx stands before it) or, for tests and the demonstration
 * only, on 127.0.0.1. It moves bytes; LimberNode decides. Main thread only. */
#pragma once

#include "limber-node.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_NODE_SERVER (limber_node_server_get_type ())
G_DECLARE_FINAL_TYPE (LimberNodeServer, limber_node_server, LIMBER, NODE_SERVER, GObject)

LimberNodeServer *limber_node_server_new          (LimberNode *node);
gboolean          limber_node_server_listen_local (LimberNodeServer *server, const char *address, guint *port, GError **error);
gboolean          limber_node_server_listen_unix  (LimberNodeServer *server, const char *path, GError **error);
void              limber_node_server_stop         (LimberNodeServer *server);

G_END_DECLS
