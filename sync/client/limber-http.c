/* An answer is read into memory up to LIMBER_PACK_ANSWER bytes and a seal, and not unpacked: its digest is over the bytes that came.
 * Every POST may be repeated (pushing again changes nothing), so libsoup may use a connection again for it. */
#include "limber-http.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-error.h"
#include "limber-nobody.h"
#include "limber-pack.h"
#include "limber-seal.h"

#define TIME_OUT 15 /* seconds without a byte */
#define PING 5      /* seconds */
#define SILENT 14   /* seconds without a pong: whoever was there is not, though nobody said so (a cable was pulled) */
#define PART 65536
#define CONNECTIONS 8 /* to one node: a hub asks for several of its devices at once, and none of that waits for a push */

struct _LimberHttp {
  LimberTransport parent;
  SoupSession    *session; /* (owned) */
};

typedef struct {
  SoupMessage *message; /* (owned) */
  GByteArray  *body;    /* (owned) */
  LimberWake  *wake;    /* (owned) (nullable) */
} Send;

G_DEFINE_FINAL_TYPE (LimberHttp, limber_http, LIMBER_TYPE_TRANSPORT)

static void
send_free (Send *send)
{
  g_clear_object (&send->message);
  g_clear_object (&send->wake);
  g_byte_array_unref (send->body);
  g_free (send);
}

/* @error: (transfer full): libsoup's, said again in our words */
static void
return_unreachable (GTask *task, GError *error)
{
  Send *send = g_task_get_task_data (task);
  const char *host = send->message != NULL ? g_uri_get_host (soup_message_get_uri (send->message)) : "";

  GError *ours = NULL;

  limber_cause_set (&ours, LIMBER_ERROR_UNREACHABLE, error, _("No answer from %s: %s. What was done here is kept."), host, limber_cause_of (error));
  g_task_return_error (task, ours);
  g_error_free (error);
}

static void
copy_header (const char *name, const char *value, gpointer data)
{
  limber_message_set (data, name, value);
}

static LimberMessage *
make_answer (SoupMessage *message, GByteArray *body)
{
  LimberMessage *answer = limber_message_new_answer (soup_message_get_status (message));
  g_autoptr (GBytes) bytes = g_bytes_new (body->data, body->len);

  limber_message_set_body (answer, NULL, bytes);
  soup_message_headers_foreach (soup_message_get_response_headers (message), copy_header, answer);
  return answer;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Send *send = g_task_get_task_data (task);
  GInputStream *stream = G_INPUT_STREAM (source);
  GError *error = NULL;
  g_autoptr (GBytes) part = g_input_stream_read_bytes_finish (stream, result, &error);

  if (part == NULL) {
    return_unreachable (task, error);
    return;
  }
  if (g_bytes_get_size (part) == 0) {
    g_task_return_pointer (task, make_answer (send->message, send->body), (GDestroyNotify) limber_message_unref);
    return;
  }
  g_byte_array_append (send->body, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
  if (send->body->len > LIMBER_PACK_ANSWER + LIMBER_SEAL_OVERHEAD) {
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "An answer that is too long");
    return;
  }
  g_input_stream_read_bytes_async (stream, PART, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    return_unreachable (task, error);
  else
    g_input_stream_read_bytes_async (stream, PART, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read, g_object_ref (task));
}

/* Open lines. */

/* Watches one line for life. */
typedef struct {
  SoupWebsocketConnection *connection; /* (owned) */
  LimberWake              *wake;       /* not owned: it owns this */
  gint64                   heard;      /* microseconds, monotonic */
  GSource                 *source;     /* (owned) */
} Line;

static void
line_free (Line *line)
{
  g_source_destroy (line->source);
  g_source_unref (line->source);
  g_signal_handlers_disconnect_by_data (line->connection, line);
  g_object_unref (line->connection);
  g_free (line);
}

static void
on_pong (SoupWebsocketConnection *connection, GBytes *message, Line *line)
{
  line->heard = g_get_monotonic_time ();
}

static gboolean
on_watch (gpointer data)
{
  Line *line = data;

  if (g_get_monotonic_time () - line->heard > SILENT * G_USEC_PER_SEC) {
    g_io_stream_close_async (soup_websocket_connection_get_io_stream (line->connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
    limber_wake_close (line->wake);
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

static void
watch (LimberWake *wake, SoupWebsocketConnection *connection)
{
  Line *line = g_new0 (Line, 1);

  line->connection = g_object_ref (connection);
  line->wake = wake;
  line->heard = g_get_monotonic_time ();
  line->source = g_timeout_source_new_seconds (PING);
  g_source_set_callback (line->source, on_watch, line, NULL);
  g_source_attach (line->source, g_main_context_get_thread_default ());
  g_signal_connect (connection, "pong", G_CALLBACK (on_pong), line);
  soup_websocket_connection_set_keepalive_interval (connection, PING);
  g_object_set_data_full (G_OBJECT (wake), "line", line, (GDestroyNotify) line_free);
}

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *message, LimberWake *wake)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  g_autofree char *word = g_strndup (text != NULL ? text : "", MIN (length, 8));

  limber_wake_say (wake, word);
}

static void
on_closed (SoupWebsocketConnection *connection, LimberWake *wake)
{
  limber_wake_close (wake);
}

static void
on_wake_closed (LimberWake *wake, SoupWebsocketConnection *connection)
{
  g_signal_handlers_disconnect_by_data (connection, wake);
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Send *send = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SoupWebsocketConnection) connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (connection == NULL) {
    return_unreachable (task, error);
    return;
  }
  soup_websocket_connection_set_max_incoming_payload_size (connection, 64);
  send->wake = limber_wake_new ();
  g_signal_connect_object (connection, "message", G_CALLBACK (on_message), send->wake, 0);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), send->wake, 0);
  g_signal_connect (send->wake, "closed", G_CALLBACK (on_wake_closed), connection);
  watch (send->wake, connection);
  g_task_return_pointer (task, make_answer (send->message, send->body), (GDestroyNotify) limber_message_unref);
}

static void
set_header (gpointer name, gpointer value, gpointer headers)
{
  soup_message_headers_replace (headers, name, value);
}

/* A node is known by its key, which signs its answers, and what it says is sealed (limber-seal.h): a certificate, whose-ever
 * it is, proves nothing more, and a wrong or expired one must not shut a site out. */
static gboolean
on_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

/* GLib reads all of the system's certificates anew for each connection, even when none of them is to count: more work for a
 * device than the handshake. In its place there is a list of those who are trusted with nobody on it. */
static gpointer
trust_nobody (gpointer data)
{
  g_autoptr (GTlsDatabase) nobody = g_object_new (LIMBER_TYPE_NOBODY, NULL);

  g_tls_backend_set_default_database (g_tls_backend_get_default (), nobody);
  return NULL;
}

/* What TLS needs is loaded when somebody is there who speaks it: not while a window is waited for, nor with the line down. */
static void
on_network (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, gpointer data)
{
  static GOnce once = G_ONCE_INIT;

  if (event == G_SOCKET_CLIENT_CONNECTED && g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https"))
    g_once (&once, trust_nobody, NULL);
}

static void
limber_http_send_async (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  LimberHttp *self = LIMBER_HTTP (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *uri = g_strconcat (url, request->path, request->query != NULL ? "?" : "", request->query, NULL);
  Send *send = g_new0 (Send, 1);

  send->body = g_byte_array_new ();
  send->message = soup_message_new (request->method, uri);
  g_task_set_source_tag (task, limber_http_send_async);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  if (send->message == NULL) {
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("%s is not an address: it begins with https:// or http://"), url);
    return;
  }
  if (g_bytes_get_size (request->body) > 0)
    soup_message_set_request_body_from_bytes (send->message, NULL, request->body);
  g_hash_table_foreach (request->headers, set_header, soup_message_get_request_headers (send->message));
  g_signal_connect (send->message, "network-event", G_CALLBACK (on_network), NULL);
  g_signal_connect (send->message, "accept-certificate", G_CALLBACK (on_certificate), NULL);
  soup_message_add_flags (send->message, SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT);
  if (g_str_has_suffix (request->path, "/wake"))
    soup_session_websocket_connect_async (self->session, send->message, NULL, NULL, G_PRIORITY_DEFAULT, cancellable, on_connected, g_object_ref (task));
  else
    soup_session_send_async (self->session, send->message, G_PRIORITY_DEFAULT, cancellable, on_sent, g_object_ref (task));
}

static LimberMessage *
limber_http_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error)
{
  Send *send = g_task_get_task_data (G_TASK (result));

  *wake = g_steal_pointer (&send->wake);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
limber_http_finalize (GObject *object)
{
  LimberHttp *self = LIMBER_HTTP (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (limber_http_parent_class)->finalize (object);
}

static void
limber_http_class_init (LimberHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_http_finalize;
  LIMBER_TRANSPORT_CLASS (klass)->send_async = limber_http_send_async;
  LIMBER_TRANSPORT_CLASS (klass)->send_finish = limber_http_send_finish;
}

static void
limber_http_init (LimberHttp *self)
{
  self->session = soup_session_new_with_options ("timeout", TIME_OUT, "idle-timeout", TIME_OUT, "max-conns-per-host", CONNECTIONS, "user-agent", "limber/" LIMBER_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

/**
 * limber_http_new:
 *
 * Returns: (transfer full): a transport
 */
LimberHttp *
limber_http_new (void)
{
  return g_object_new (LIMBER_TYPE_HTTP, NULL);
}
