/* Invariants: a body is never held beyond LONGEST; every connection ends with its answer, because libsoup
 * 3.2 leaks one that its client closes (RELIABILITY.md, section 0), open lines excepted. */
#include "limber-node-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "limber-call.h"
#include "limber-error.h"
#include "limber-log-writer.h"
#include "limber-pack.h"
#include "limber-seal.h"

#define BACKLOG 1024
#define TICK 20 /* seconds */
#define LONGEST (LIMBER_PACK_MAXIMUM + LIMBER_SEAL_OVERHEAD)

struct _LimberNodeServer {
  GObject     parent;
  LimberNode *node;   /* (owned) */
  SoupServer *server; /* (owned) */
  GSocketService *service; /* (owned): accepts for it, because libsoup 3.2 keeps every socket that it accepts itself */
  char       *path;   /* (owned) (nullable): of the Unix socket */
  guint       tick;
};

/* One request under way. */
typedef struct {
  SoupServerMessage *message; /* (owned) */
  gboolean           gone;    /* the client has left */
  LimberWake        *wake;    /* (owned) (nullable) */
} Exchange;

G_DEFINE_FINAL_TYPE (LimberNodeServer, limber_node_server, G_TYPE_OBJECT)

static void
exchange_free (Exchange *exchange)
{
  g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->wake);
  g_object_unref (exchange->message);
  g_free (exchange);
}

static void
on_finished (SoupServerMessage *message, Exchange *exchange)
{
  exchange->gone = TRUE;
}

static void
copy_request_header (const char *name, const char *value, gpointer data)
{
  limber_message_set (data, name, value);
}

static LimberMessage *
read_request (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  LimberMessage *request = limber_message_new (soup_server_message_get_method (message), g_uri_get_path (uri), g_uri_get_query (uri));
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  if (body != NULL)
    limber_message_set_body (request, NULL, body);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), copy_request_header, request);
  return request;
}

static void
set_answer_header (gpointer name, gpointer value, gpointer headers)
{
  soup_message_headers_replace (headers, name, value);
}

static void
write_answer (SoupServerMessage *message, LimberMessage *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize length;
  const char *body = g_bytes_get_data (answer->body, &length);

  if (answer->status != 101) {
    soup_server_message_set_status (message, answer->status, NULL);
    soup_server_message_set_response (message, limber_message_get (answer, "content-type"), SOUP_MEMORY_COPY, body, length);
    soup_message_headers_replace (headers, "Connection", "close");
  }
  g_hash_table_foreach (answer->headers, set_answer_header, headers);
}

/* Open lines. */

static void
on_said (LimberWake *wake, const char *word, SoupWebsocketConnection *connection)
{
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (connection, word);
}

static void
on_wake_closed (LimberWake *wake, SoupWebsocketConnection *connection)
{
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static void
on_connection_closed (SoupWebsocketConnection *connection, LimberWake *wake)
{
  g_signal_handlers_disconnect_by_data (wake, connection);
  limber_wake_close (wake);
  g_object_unref (connection);
}

/* The answer 101 has gone out: from here on the connection carries words. */
static void
on_upgraded (SoupServerMessage *message, Exchange *exchange)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  SoupWebsocketConnection *connection =
      soup_websocket_connection_new (stream, soup_server_message_get_uri (message), SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  LimberWake *wake = exchange->wake;

  soup_websocket_connection_set_max_incoming_payload_size (connection, 64);
  g_signal_connect (wake, "said", G_CALLBACK (on_said), connection);
  g_signal_connect (wake, "closed", G_CALLBACK (on_wake_closed), connection);
  g_signal_connect_data (connection, "closed", G_CALLBACK (on_connection_closed), g_object_ref (wake), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  limber_wake_open (wake);
  if (limber_wake_is_closed (wake))
    on_wake_closed (wake, connection);
  exchange_free (exchange);
}

/* Returns whether the upgrade goes on; then on_upgraded() ends the exchange. */
static gboolean
upgrade (Exchange *exchange)
{
  if (!soup_websocket_server_process_handshake (exchange->message, NULL, NULL, NULL, NULL)) {
    limber_wake_close (exchange->wake);
    return FALSE;
  }
  g_signal_connect (exchange->message, "wrote-informational", G_CALLBACK (on_upgraded), exchange);
  return TRUE;
}

static void
on_handled (GObject *source, GAsyncResult *result, gpointer data)
{
  Exchange *exchange = data;
  g_autoptr (LimberMessage) answer = limber_node_handle_finish (LIMBER_NODE (source), result, &exchange->wake, NULL);
  gboolean goes_on = FALSE;

  if (exchange->gone) {
    if (exchange->wake != NULL)
      limber_wake_close (exchange->wake);
    exchange_free (exchange);
    return;
  }
  if (exchange->wake != NULL)
    goes_on = upgrade (exchange);
  if (exchange->wake == NULL || goes_on)
    write_answer (exchange->message, answer);
  soup_server_message_unpause (exchange->message);
  if (!goes_on)
    exchange_free (exchange);
}

static void
refuse_length (LimberNodeServer *self, SoupServerMessage *message)
{
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A request that is too long");
  g_autoptr (LimberMessage) answer = limber_message_new_error (413, error);

  write_answer (message, answer);
  limber_tally_add (limber_node_tally (self->node), &(LimberTallyCall){ .handler = "other", .status = 413, .sent = g_bytes_get_size (answer->body) });
  limber_log_writer_event (G_LOG_LEVEL_INFO, "request", json_pack ("{s:s, s:i}", "handler", "other", "status", 413));
}

static void
handle (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  LimberNodeServer *self = data;
  g_autoptr (LimberMessage) request = NULL;
  Exchange *exchange;

  if (soup_server_message_get_status (message) != 0)
    return;
  if (g_object_get_data (G_OBJECT (message), "too-long") != NULL) {
    refuse_length (self, message);
    return;
  }
  request = read_request (message);
  exchange = g_new0 (Exchange, 1);
  exchange->message = g_object_ref (message);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), exchange);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_finished), exchange);
  soup_server_message_pause (message);
  limber_node_handle_async (self->node, request, NULL, on_handled, exchange);
}

/* Counts a body as it comes, whatever its head said of its length. */
static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length <= LONGEST)
    return;
  g_object_set_data (G_OBJECT (message), "too-long", GINT_TO_POINTER (1));
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
}

static void
handle_early (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > LONGEST)
    refuse_length (data, message);
  else
    g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), NULL);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, LimberNodeServer *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL), remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  if (!soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, &error))
    g_debug ("A connection was not taken: %s", limber_error_for_log (error));
  return TRUE;
}

static gboolean
on_tick (gpointer data)
{
  limber_node_tick (((LimberNodeServer *) data)->node);
  return G_SOURCE_CONTINUE;
}

static gboolean
listen_at (LimberNodeServer *self, GSocketAddress *address, GSocket **listening, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error) || !g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, NULL, error))
    return FALSE;
  *listening = g_steal_pointer (&socket);
  return TRUE;
}

/**
 * limber_node_server_listen_local:
 * @address: 127.0.0.1:PORT; port 0 takes any that is free
 * @port: (out): which it is
 * @error: LIMBER_ERROR_USAGE for another address: this server must not face a network
 */
gboolean
limber_node_server_listen_local (LimberNodeServer *server, const char *address, guint *port, GError **error)
{
  g_autoptr (GSocketAddress) socket_address = NULL, bound = NULL;
  g_autoptr (GSocket) socket = NULL;
  guint64 number;

  if (!g_str_has_prefix (address, "127.0.0.1:") || !g_ascii_string_to_unsigned (address + strlen ("127.0.0.1:"), 10, 0, 65535, &number, NULL)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("%s: without nginx a node listens on this machine only, at 127.0.0.1:PORT"), address);
    return FALSE;
  }
  socket_address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) number);
  if (!listen_at (server, socket_address, &socket, error))
    return FALSE;
  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return FALSE;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

/**
 * limber_node_server_listen_unix:
 * @path: where the socket will be; one that a former run left there is taken away (the store's lock says that it is over)
 */
gboolean
limber_node_server_listen_unix (LimberNodeServer *server, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = NULL;
  GStatBuf info;

  if (g_lstat (path, &info) == 0 && S_ISSOCK (info.st_mode))
    g_unlink (path);
  if (!listen_at (server, address, &socket, error) || g_chmod (path, 0660) != 0)
    return FALSE;
  server->path = g_strdup (path);
  return TRUE;
}

/**
 * limber_node_server_stop:
 *
 * Listens no more.
 */
void
limber_node_server_stop (LimberNodeServer *server)
{
  g_clear_handle_id (&server->tick, g_source_remove);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  soup_server_disconnect (server->server);
  if (server->path != NULL)
    g_unlink (server->path);
  g_clear_pointer (&server->path, g_free);
}

static void
limber_node_server_finalize (GObject *object)
{
  LimberNodeServer *self = LIMBER_NODE_SERVER (object);

  limber_node_server_stop (self);
  g_clear_object (&self->service);
  g_clear_object (&self->server);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (limber_node_server_parent_class)->finalize (object);
}

static void
limber_node_server_class_init (LimberNodeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_node_server_finalize;
}

static void
limber_node_server_init (LimberNodeServer *self)
{
  self->server = soup_server_new ("server-header", "limber", NULL);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  soup_server_add_early_handler (self->server, NULL, handle_early, self, NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  self->tick = g_timeout_add_seconds (TICK, on_tick, self);
}

/**
 * limber_node_server_new:
 *
 * Returns: (transfer full): a server for @node that does not listen yet
 */
LimberNodeServer *
limber_node_server_new (LimberNode *node)
{
  LimberNodeServer *server = g_object_new (LIMBER_TYPE_NODE_SERVER, NULL);

  server->node = g_object_ref (node);
  return server;
}
