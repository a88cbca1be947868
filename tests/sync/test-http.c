/* A kiosk, a desk and a hub over real HTTP and WebSocket on this machine. */
#include <libsoup/soup.h>
#include <string.h>

#include "limber-client-private.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-http.h"
#include "limber-nobody.h"
#include "limber-node-server.h"
#include "limber-test-net.h"

static LimberId site, patient, appointment;

typedef struct {
  TestNet          *net;
  TestPlace        *central, *desk, *kiosk;
  LimberNodeServer *server;
  char             *url;
} Site;

/* Joins over HTTP; the answer comes while this waits, because the client's own context does not run the server. */
typedef struct {
  const char *dir, *url, *code;
  LimberEnv  *env;
  GError     *error;
  gint        done;
} Join;

static gpointer
join_in_thread (gpointer data)
{
  Join *join = data;

  limber_client_join (join->dir, join->url, join->code, join->env, &join->error);
  g_atomic_int_set (&join->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static TestPlace *
join (Site *where, LimberClass klass)
{
  TestPlace *place = g_new0 (TestPlace, 1);
  g_autofree char *code = test_place_enrol (where->central, klass, &site, 0, NULL), *dir = NULL;
  Join what = { 0 };

  place->dir = test_dir_new ();
  place->clock.seed = 5 + klass;
  place->env = test_env_new (&place->clock);
  dir = g_build_filename (place->dir, "store", NULL);
  what = (Join){ dir, where->url, code, place->env };
  g_thread_unref (g_thread_new ("join", join_in_thread, &what));
  while (!g_atomic_int_get (&what.done))
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (what.error);
  test_place_open (place);
  place->client = limber_client_new (place->store);
  return place;
}

static void
set_up (Site *where, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *p = limber_id_dup_text (&patient), *s = limber_id_dup_text (&site);
  guint port;

  where->net = test_net_new ();
  where->central = test_place_central (where->net, "test://central");
  test_store_put (where->central->store, "site", &site, "code", "LMB01", "name", "Harrow", NULL);
  test_store_put (where->central->store, "patient", &patient, "family", "Wood", "given", "Moira", "born", "1961-04-09", NULL);
  test_store_put (where->central->store, "appointment", &appointment, "patient", p, "site", s, "start", "2026-11-23T10:00:00Z", "status", "booked", NULL);
  where->server = limber_node_server_new (where->central->node);
  limber_node_server_listen_local (where->server, "127.0.0.1:0", &port, &error);
  g_assert_no_error (error);
  where->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  where->desk = join (where, LIMBER_CLASS_DESK);
  where->kiosk = join (where, LIMBER_CLASS_KIOSK);
}

static void
tear_down (Site *where, gconstpointer data)
{
  limber_node_server_stop (where->server);
  test_place_free (where->kiosk);
  test_place_free (where->desk);
  g_clear_object (&where->server);
  test_place_free (where->central);
  g_object_unref (where->net);
  g_free (where->url);
}

static gboolean
is_up_to_date (gpointer data)
{
  TestPlace *place = data;

  return limber_client_get_state (place->client) == LIMBER_CLIENT_UP_TO_DATE;
}

static gboolean
has_arrived (gpointer data)
{
  TestPlace *place = data;
  g_autoptr (LimberRecord) record = test_store_get (place->store, "appointment", &appointment);

  return record != NULL && g_strcmp0 (limber_record_word (record, "status"), "arrived") == 0;
}

static gboolean
both_listen (gpointer data)
{
  return limber_node_n_listeners (((Site *) data)->central->node) == 2;
}

static void
a_check_in_wakes_the_desk (Site *where, gconstpointer data)
{
  gint64 start;

  limber_client_start (where->desk->client);
  limber_client_start (where->kiosk->client);
  g_assert_true (test_wait (is_up_to_date, where->desk));
  g_assert_true (test_wait (is_up_to_date, where->kiosk));
  g_assert_true (test_wait (both_listen, where));
  start = g_get_monotonic_time ();
  test_store_put (where->kiosk->store, "appointment", &appointment, "status", "arrived", NULL);
  g_assert_true (test_wait (has_arrived, where->desk));
  g_test_message ("kiosk to desk: %.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_true (test_wait (is_up_to_date, where->kiosk));
  g_assert_cmpuint (limber_client_get_pending (where->kiosk->client), ==, 0);
  g_assert_cmpstr (limber_client_get_peer (where->kiosk->client), ==, "central");
}

static gboolean
is_offline (gpointer data)
{
  return limber_client_get_state (((TestPlace *) data)->client) == LIMBER_CLIENT_OFFLINE;
}

static void
a_stopped_node_is_noticed (Site *where, gconstpointer data)
{
  limber_client_start (where->desk->client);
  g_assert_true (test_wait (is_up_to_date, where->desk));
  test_place_close (where->central);
  limber_node_server_stop (where->server);
  g_clear_object (&where->server);
  g_assert_true (test_wait (is_offline, where->desk));
  g_assert_cmpint (limber_client_get_offline_since (where->desk->client), >, 0);
  test_place_open (where->central);
  where->server = limber_node_server_new (where->central->node);
}

typedef struct {
  guint    status;
  gboolean done;
} Raw;

static void
on_raw (GObject *source, GAsyncResult *result, gpointer data)
{
  Raw *raw = data;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  raw->status = body != NULL ? soup_message_get_status (message) : 0;
  raw->done = TRUE;
}

static guint
ask_raw (Site *where, const char *method, const char *path, gsize length)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (where->url, path, NULL), *body = g_malloc0 (length + 1);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  Raw raw = { 0 };

  if (length > 0)
    soup_message_set_request_body_from_bytes (message, "application/octet-stream", bytes);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_raw, &raw);
  while (!raw.done)
    g_main_context_iteration (NULL, TRUE);
  return raw.status;
}

static void
strangers_get_nothing (Site *where, gconstpointer data)
{
  g_assert_cmpuint (ask_raw (where, "GET", "/sync/v1/pull", 0), ==, 401);
  g_assert_cmpuint (ask_raw (where, "GET", "/nowhere", 0), ==, 401);
  g_assert_cmpuint (ask_raw (where, "POST", "/sync/v1/push", 100), ==, 401);
  g_assert_cmpuint (ask_raw (where, "POST", "/sync/v1/push", 2 * 1024 * 1024), ==, 413);
  g_assert_cmpuint (ask_raw (where, "GET", "/sync/v1/wake", 0), ==, 401);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
connections_do_not_pile_up (Site *where, gconstpointer data)
{
  guint before;

  ask_raw (where, "GET", "/sync/v1/pull", 0);
  before = count_descriptors ();
  for (int i = 0; i < 50; i++)
    g_assert_cmpuint (ask_raw (where, "POST", "/sync/v1/push", 100), ==, 401);
  g_assert_cmpuint (count_descriptors (), <=, before + 2);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberWake) wake = NULL;
  g_autoptr (LimberMessage) answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &wake, NULL);

  g_assert_null (answer);
  *(gboolean *) data = TRUE;
}

/* Asks whoever there is at @port for something, over TLS, which they do not speak. */
static void
ask_over_tls (LimberHttp *http, guint16 port)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", NULL);
  gboolean done = FALSE;

  limber_transport_send_async (LIMBER_TRANSPORT (http), url, request, NULL, on_sent, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  return TRUE; /* it is closed */
}

/* Reading them costs more than all else of a connection, and they prove nothing here. Until somebody answers, TLS is not even there. */
static void
no_list_of_authorities_is_read (void)
{
  g_autoptr (LimberHttp) http = limber_http_new ();
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autoptr (GTlsDatabase) database = NULL;

  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  ask_over_tls (http, port);
  g_assert_cmpuint (g_type_from_name ("GTlsBackendGnutls"), ==, 0);
  g_clear_object (&service);
  service = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), NULL);
  ask_over_tls (http, port);
  g_assert_cmpuint (g_type_from_name ("GTlsBackendGnutls"), !=, 0);
  database = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  g_assert_true (LIMBER_IS_NOBODY (database));
}

/* What the system said of one failure is not said of the next. */
static void
a_cause_goes_with_its_error (Site *where, gconstpointer data)
{
  LimberClient *client = where->desk->client;
  g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "No answer from hub");

  limber_error_set_cause (error, "Connection reset by peer");
  limber_client_set_failure (client, error);
  g_assert_cmpstr (limber_client_get_cause (client), ==, "Connection reset by peer");
  limber_client_set_error (client, "The node did not take a change from this device: too old");
  g_assert_null (limber_client_get_cause (client));
  limber_client_set_failure (client, error);
  limber_client_set_error (client, NULL);
  g_assert_null (limber_client_get_cause (client));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_id (&site, "site");
  test_id (&patient, "patient");
  test_id (&appointment, "appointment");
#define ADD(name, func) g_test_add ("/sync/http/" name, Site, NULL, set_up, func, tear_down)
  ADD ("a check-in wakes the desk", a_check_in_wakes_the_desk);
  ADD ("a node that stopped is noticed", a_stopped_node_is_noticed);
  ADD ("strangers get nothing", strangers_get_nothing);
  ADD ("connections do not pile up", connections_do_not_pile_up);
  ADD ("a cause goes with its error", a_cause_goes_with_its_error);
  g_test_add_func ("/sync/http/no list of authorities is read", no_list_of_authorities_is_read);
  return g_test_run ();
}
