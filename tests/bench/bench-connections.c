/* Whether ten thousand connections leave anything behind: through nginx and TLS, most one after another in lanes of a hundred, by turns
 * with a signed request, with an unsigned one, with one that nginx answers by itself (the yardstick), and cut off in the middle of the handshake, of the head and of the body.
 * bench-connections STORE URL NODE NGINX CONNECTIONS: the store of a device that has joined, its node's address, the process numbers of
 * the node and of nginx (connections.py makes all of it).
 *
 * What both hold is compared after so many, when caches of a bounded size are full, and after as many again, each time once everybody is
 * gone. */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-bench-process.h"
#include "limber-bench.h"
#include "limber-http.h"
#include "limber-json.h"
#include "limber-link.h"
#include "limber-store.h"

#define LANES 100
#define DESCRIPTORS_MORE 4   /* that the end may have more than the warm state: a log, a worker's channel */
#define MEMORY_MORE 2048     /* kB */
#define SETTLE 25            /* seconds: nginx lets go of an idle connection after 15 */

typedef enum { SIGNED, UNSIGNED, BARE, CUT_HANDSHAKE, CUT_HEAD, CUT_BODY, N_WAYS } Way;

static const char *const ways[] = { "signed", "unsigned", "nginx alone", "cut in the handshake", "cut in the head", "cut in the body" };

typedef struct {
  LimberStore    *store;
  LimberEnv      *env;
  char           *url, *key; /* (owned) */
  char           *host;      /* (owned) */
  guint           begun, wanted, ended;
  guint           counts[N_WAYS], failed[N_WAYS];
  GArray         *took[CUT_HANDSHAKE]; /* nanoseconds of each that was to be answered */
} Bench;

/* One connection. */
typedef struct {
  Bench         *bench;
  Way            way;
  gint64         start;
  LimberLink    *link;       /* (owned) (nullable) */
  GIOStream     *stream;     /* (owned) (nullable) */
  char           buffer[512];
  gsize          got;
} Lane;

static gboolean
read_peer (LimberReader *reader, gpointer data, GError **error)
{
  ((Bench *) data)->key = limber_reader_meta (reader, "node_key");
  return TRUE;
}

static void begin (Bench *bench);

static void
lane_end (Lane *lane, gboolean good)
{
  Bench *bench = lane->bench;
  gint64 took = limber_bench_now () - lane->start;

  bench->counts[lane->way]++;
  bench->failed[lane->way] += !good;
  if (lane->way < CUT_HANDSHAKE)
    g_array_append_val (bench->took[lane->way], took);
  if (lane->stream != NULL)
    g_io_stream_close_async (lane->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&lane->stream);
  g_clear_object (&lane->link);
  g_free (lane);
  bench->ended++;
  begin (bench);
}

/* A device's whole way: a new connection, a question with a run of the node that is not its own, and the same once more. */
static void
on_signed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (source), result, NULL, NULL);

  lane_end (data, answer != NULL);
}

static void
ask_signed (Lane *lane)
{
  const LimberIdentity *identity = limber_store_identity (lane->bench->store);
  g_autoptr (LimberTransport) transport = LIMBER_TRANSPORT (limber_http_new ());
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/push", NULL);
  g_autoptr (json_t) head = json_pack ("{s:[]}", "heads");
  guint8 key[32];

  if (!limber_base64_read (lane->bench->key, key, sizeof key))
    g_error ("the store has not joined a node");
  limber_message_set_json (request, head, NULL);
  lane->link = limber_link_new (transport, lane->bench->url, key, &identity->device, identity->secret_key, lane->bench->env);
  limber_link_ask_async (lane->link, request, NULL, on_signed, lane);
}

/* The others speak for themselves. */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Lane *lane = data;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (got > 0)
    lane->got += (gsize) got;
  if (got <= 0 || lane->got >= sizeof lane->buffer - 1)
    lane_end (lane, g_str_has_prefix (lane->buffer, lane->way == BARE ? "HTTP/1.1 404 " : "HTTP/1.1 401 "));
  else
    g_input_stream_read_async (G_INPUT_STREAM (source), lane->buffer + lane->got, sizeof lane->buffer - 1 - lane->got, G_PRIORITY_DEFAULT, NULL, on_read, lane);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Lane *lane = data;
  gboolean good = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  if (!good || lane->way >= CUT_HANDSHAKE)
    lane_end (lane, good);
  else
    g_input_stream_read_async (g_io_stream_get_input_stream (lane->stream), lane->buffer, sizeof lane->buffer - 1, G_PRIORITY_DEFAULT, NULL, on_read, lane);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  static const char *const said[] = {
    [UNSIGNED] = "GET /sync/v1/pull HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n",
    [BARE] = "GET / HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n",
    [CUT_HANDSHAKE] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    [CUT_HEAD] = "POST /sync/v1/push HTTP/1.1\r\nHost: node\r\nContent-Le",
    [CUT_BODY] = "POST /sync/v1/push HTTP/1.1\r\nHost: node\r\nContent-Length: 60000\r\n\r\n{\"heads\":[",
  };
  Lane *lane = data;
  gsize length = lane->way == CUT_HANDSHAKE ? 11 : strlen (said[lane->way]);

  lane->stream = G_IO_STREAM (g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL));
  if (lane->stream == NULL)
    lane_end (lane, FALSE);
  else
    g_output_stream_write_all_async (g_io_stream_get_output_stream (lane->stream), said[lane->way], length, G_PRIORITY_DEFAULT, NULL, on_written, lane);
}

static gboolean
on_certificate (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

static void
on_event (GSocketClient *client, GSocketClientEvent event, GSocketConnectable *to, GIOStream *stream, gpointer data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_certificate), NULL);
}

static void
begin (Bench *bench)
{
  g_autoptr (GSocketClient) client = NULL;
  Lane *lane;

  if (bench->begun == bench->wanted)
    return;
  lane = g_new0 (Lane, 1);
  lane->bench = bench;
  lane->way = bench->begun++ % N_WAYS;
  lane->start = limber_bench_now ();
  if (lane->way == SIGNED) {
    ask_signed (lane);
    return;
  }
  client = g_socket_client_new ();
  g_signal_connect (client, "event", G_CALLBACK (on_event), NULL);
  g_socket_client_set_tls (client, lane->way != CUT_HANDSHAKE);
  g_socket_client_connect_to_host_async (client, bench->host, 443, NULL, on_connected, lane);
}

/* Returns: seconds that so many took */
static double
connect_many (Bench *bench, guint many)
{
  gint64 start = limber_bench_now ();

  bench->wanted += many;
  for (guint i = 0; i < LANES; i++)
    begin (bench);
  while (bench->ended < bench->wanted)
    g_main_context_iteration (NULL, TRUE);
  return (double) (limber_bench_now () - start) / 1e9;
}

static void
measure (char **argv, LimberBenchUse *node, LimberBenchUse *nginx)
{
  limber_bench_run_for (SETTLE);
  limber_bench_process_use (argv[3], node);
  limber_bench_family_use (argv[4], nginx);
}

static gboolean
hold (const char *who, const LimberBenchUse *warm, const LimberBenchUse *end)
{
  gboolean held = end->descriptors <= warm->descriptors + DESCRIPTORS_MORE && end->memory <= warm->memory + MEMORY_MORE;

  g_print ("{\"figure\": \"connections: what is left of them, %s\", \"descriptors when warm\": %u, \"descriptors at the end\": %u, \"more at most\": %d, \"kB when warm\": %" G_GUINT64_FORMAT
           ", \"kB at the end\": %" G_GUINT64_FORMAT ", \"kB more at most\": %d, \"held\": %s}\n",
           who, warm->descriptors, end->descriptors, DESCRIPTORS_MORE, warm->memory, end->memory, MEMORY_MORE, held ? "true" : "false");
  return held;
}

static gboolean
report_ways (Bench *bench, double seconds)
{
  guint failed = 0;

  g_print ("{\"figure\": \"connections\", \"unit\": \"s\", \"seconds\": %.1f, \"a second\": %.0f, \"lanes\": %d", seconds, bench->ended / seconds, LANES);
  for (guint i = 0; i < N_WAYS; i++) {
    g_print (", \"%s\": %u", ways[i], bench->counts[i]);
    failed += bench->failed[i];
  }
  g_print (", \"not as they should\": %u}\n", failed);
  for (guint i = 0; i < CUT_HANDSHAKE; i++) {
    g_autofree char *figure = g_strdup_printf ("%sconnections: from the handshake to the answer, %s", i == BARE ? "yardstick: " : "", ways[i]);

    limber_bench_print (figure, bench->took[i], ", \"p95\": %.3f", limber_bench_percentile (bench->took[i], 0.95));
  }
  return failed == 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  LimberBenchUse node[2], nginx[2];
  Bench bench = { .env = limber_env_new_system () };
  guint many = argc == 6 ? (guint) atoi (argv[5]) : 0;
  double seconds;
  gboolean held;

  if (many == 0 || !g_str_has_prefix (argv[2], "https://"))
    g_error ("usage: bench-connections STORE URL NODE NGINX CONNECTIONS");
  for (guint i = 0; i < CUT_HANDSHAKE; i++)
    bench.took[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.url = g_strdup (argv[2]);
  bench.host = g_strdup (argv[2] + strlen ("https://"));
  bench.store = limber_store_open (argv[1], LIMBER_STORE_READ, bench.env, &error);
  if (bench.store == NULL)
    g_error ("%s", error->message);
  limber_store_read (bench.store, read_peer, &bench, NULL);
  seconds = connect_many (&bench, many);
  measure (argv, &node[0], &nginx[0]);
  seconds += connect_many (&bench, many);
  measure (argv, &node[1], &nginx[1]);
  held = report_ways (&bench, seconds);
  held = hold ("node", &node[0], &node[1]) && held;
  held = hold ("nginx", &nginx[0], &nginx[1]) && held;
  limber_store_close (bench.store);
  g_object_unref (bench.store);
  limber_env_unref (bench.env);
  for (guint i = 0; i < CUT_HANDSHAKE; i++)
    g_array_unref (bench.took[i]);
  g_free (bench.url);
  g_free (bench.host);
  g_free (bench.key);
  return held ? 0 : 1;
}
