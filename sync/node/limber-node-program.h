/* The program limber-node: a store, a node, its server, and, on a hub, the client that talks to central. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int limber_node_program_run (int argc, char **argv);

G_END_DECLS
