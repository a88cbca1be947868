/* What 500 idle devices cost: as many open lines through nginx and TLS, the memory of the node and of nginx while they are open,
 * and how long until all are woken. bench-idle STORE NODE NGINX CHANGE…: the store of a device that has joined, the process
 * numbers of its node and of nginx, and the words of a command that changes what the device holds (idle.py makes all of it).
 * All lines are one device's, opened one after another: to the node that is the same. */
#include <string.h>

#include "limber-base64.h"
#include "limber-bench-process.h"
#include "limber-bench.h"
#include "limber-http.h"
#include "limber-link.h"
#include "limber-store.h"

#define LINES 500
#define MEMORY_MAXIMUM 60000 /* kB */

typedef struct {
  LimberLink *link;
  GPtrArray  *wakes; /* (element-type LimberWake) */
  guint       heard;
  guint       closed;
  gboolean    asked; /* an answer is awaited */
} Bench;

typedef struct {
  char *url, *key;
} Peer;

static gboolean
read_peer (LimberReader *reader, gpointer data, GError **error)
{
  Peer *peer = data;

  peer->url = limber_reader_meta (reader, "upstream");
  peer->key = limber_reader_meta (reader, "node_key");
  return TRUE;
}

static LimberLink *
make_link (LimberStore *store, LimberTransport *transport, LimberEnv *env)
{
  const LimberIdentity *identity = limber_store_identity (store);
  Peer peer = { NULL, NULL };
  LimberLink *link;
  guint8 key[32];

  if (!limber_store_read (store, read_peer, &peer, NULL) || peer.url == NULL || peer.key == NULL || !limber_base64_decode (peer.key, strlen (peer.key), key, sizeof key))
    g_error ("the store has not joined a node");
  link = limber_link_new (transport, peer.url, key, &identity->device, identity->secret_key, env);
  g_free (peer.url);
  g_free (peer.key);
  return link;
}

static void
on_said (LimberWake *wake, const char *word, Bench *bench)
{
  if (g_str_equal (word, LIMBER_WAKE_PULL))
    bench->heard++;
}

static void
on_closed (LimberWake *wake, Bench *bench)
{
  bench->closed++;
}

static void
on_open (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  LimberWake *wake = NULL;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (bench->link, result, &wake, &error);

  if (answer == NULL || wake == NULL)
    g_error ("line %u is not opened: %s", bench->wakes->len, error != NULL ? error->message : "no line");
  g_signal_connect (wake, "said", G_CALLBACK (on_said), bench);
  g_signal_connect (wake, "closed", G_CALLBACK (on_closed), bench);
  g_ptr_array_add (bench->wakes, wake);
  limber_wake_open (wake);
  bench->asked = FALSE;
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (bench->link, result, NULL, &error);

  if (answer == NULL)
    g_error ("the node does not answer: %s", error->message);
  bench->asked = FALSE;
}

static void
ask (Bench *bench, const char *path, GAsyncReadyCallback callback)
{
  g_autoptr (LimberMessage) request = limber_message_new ("GET", path, NULL);

  bench->asked = TRUE;
  limber_link_ask_async (bench->link, request, NULL, callback, bench);
  while (bench->asked)
    g_main_context_iteration (NULL, TRUE);
}

/* Lets pings go to and fro, then adds up. Returns whether it is little enough. */
static gboolean
measure_memory (Bench *bench, char **argv)
{
  LimberBenchUse node, nginx;

  limber_bench_run_for (12);
  limber_bench_process_use (argv[2], &node);
  limber_bench_family_use (argv[3], &nginx);
  g_print ("{\"figure\": \"memory with %u idle devices\", \"unit\": \"kB\", \"node\": %" G_GUINT64_FORMAT ", \"nginx\": %" G_GUINT64_FORMAT ", \"closed\": %u}\n", bench->wakes->len, node.memory, nginx.memory, bench->closed);
  return node.memory + nginx.memory < MEMORY_MAXIMUM && bench->closed == 0;
}

static gboolean
measure_waking (Bench *bench, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 start, end;
  int status;

  bench->heard = 0;
  if (!g_spawn_sync (NULL, argv + 4, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error) || status != 0)
    g_error ("nothing was changed: %s", error != NULL ? error->message : "the command failed");
  start = g_get_monotonic_time ();
  end = start + 10 * G_USEC_PER_SEC;
  while (bench->heard < bench->wakes->len && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE); /* pings end a wait for what does not come */
  g_print ("{\"figure\": \"all woken after the change was acknowledged\", \"unit\": \"ms\", \"n\": %u, \"most\": %.1f}\n", bench->heard, (double) (g_get_monotonic_time () - start) / 1000);
  return bench->heard == bench->wakes->len;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (LimberTransport) transport = LIMBER_TRANSPORT (limber_http_new ());
  g_autoptr (GError) error = NULL;
  Bench bench = { .wakes = g_ptr_array_new_with_free_func (g_object_unref) };
  LimberStore *store;
  gboolean held;

  if (argc < 5)
    g_error ("usage: bench-idle STORE NODE NGINX CHANGE…");
  store = limber_store_open (argv[1], LIMBER_STORE_READ, env, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  bench.link = make_link (store, transport, env);
  ask (&bench, "/sync/v1/pull", on_known); /* the link learns the node's run by it */
  while (bench.wakes->len < LINES)
    ask (&bench, "/sync/v1/wake", on_open);
  held = measure_memory (&bench, argv);
  held = measure_waking (&bench, argv) && held;
  g_ptr_array_unref (bench.wakes);
  g_object_unref (bench.link);
  limber_store_close (store);
  g_object_unref (store);
  return held ? 0 : 1;
}
