/* LimberLink: one node, as a device talks to it: signs what is asked, verifies what is answered, and asks once more by
 * itself when the node has started again or does not take the nonce. Main thread only. */
#pragma once

#include "limber-sign.h"
#include "limber-transport.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_LINK (limber_link_get_type ())
G_DECLARE_FINAL_TYPE (LimberLink, limber_link, LIMBER, LINK, GObject)

LimberLink    *limber_link_new        (LimberTransport *transport, const char *url, const guint8 node_key[32], const LimberId *device, const guint8 secret_key[64], LimberEnv *env);
LimberLink    *limber_link_new_beside (LimberLink *link);
void           limber_link_ask_async  (LimberLink *link, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void           limber_link_ask_stranger_async (LimberLink *link, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LimberMessage *limber_link_ask_finish (LimberLink *link, GAsyncResult *result, LimberWake **wake, GError **error);
const char    *limber_link_get_url    (LimberLink *link);
gboolean       limber_link_met_stranger (LimberLink *link);
guint          limber_link_turn       (LimberLink *link);
gint64         limber_link_measure    (LimberLink *link, gint64 now, gint64 *uncertainty);

G_END_DECLS
