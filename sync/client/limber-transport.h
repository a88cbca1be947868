/* LimberTransport: what carries messages to a node. HTTP outside (LimberHttp); a test or a simulator brings its own. */
#pragma once

#include "limber-message.h"
#include "limber-wake.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_TRANSPORT (limber_transport_get_type ())
G_DECLARE_DERIVABLE_TYPE (LimberTransport, limber_transport, LIMBER, TRANSPORT, GObject)

/**
 * LimberTransportClass:
 * @send_async: carries @request to the node at @url and its answer back, whatever its status; at most one per link at a time
 * @send_finish: LIMBER_ERROR_UNREACHABLE when there is none. @wake: (out) (nullable): the open line that an answer 101 began
 */
struct _LimberTransportClass {
  GObjectClass parent_class;

  void (*send_async) (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  LimberMessage *(*send_finish) (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error);
};

void           limber_transport_send_async  (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LimberMessage *limber_transport_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error);

G_END_DECLS
