#include "limber-transport.h"

G_DEFINE_ABSTRACT_TYPE (LimberTransport, limber_transport, G_TYPE_OBJECT)

static void
limber_transport_class_init (LimberTransportClass *klass)
{
}

static void
limber_transport_init (LimberTransport *transport)
{
}

/**
 * limber_transport_send_async:
 * @url: the node's address, without a path
 * @request: signed
 */
void
limber_transport_send_async (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  LIMBER_TRANSPORT_GET_CLASS (transport)->send_async (transport, url, request, cancellable, callback, user_data);
}

/**
 * limber_transport_send_finish:
 * @wake: (out) (transfer full) (nullable): this end of an open line, when the answer is 101
 * @error: LIMBER_ERROR_UNREACHABLE
 *
 * Returns: (transfer full) (nullable): the answer, as yet unverified
 */
LimberMessage *
limber_transport_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error)
{
  return LIMBER_TRANSPORT_GET_CLASS (transport)->send_finish (transport, result, wake, error);
}
