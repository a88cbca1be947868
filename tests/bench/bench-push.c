/* How fast a device, and then several at once, push what they wrote while they were alone, through nginx and TLS to a node
 * whose store holds many rows already; beside SQLite writing the same rows. bench-push NODE NGINX STORE YARD DEVICE…: process
 * numbers of the node and of nginx, the node's store, a copy of it from before, and the stores of devices that have joined it.
 * There are three rounds, each with its share of the devices, of which the first pushes alone; what counts is the round in the
 * middle, since a disk that others use too is now fast and now slow. */
#include "limber-bench-cost.h"
#include "limber-bench-rows.h"
#include "limber-bench-visits.h"
#include "limber-bench.h"
#include "limber-client.h"

#define PEOPLE 4000 /* of the device that pushes alone; the others together have twice as many */
#define BATCH 500
#define BYTES 100 /* up an entry, at most */
#define ROUNDS 3

typedef struct {
  const char       *dir;
  guint64           random;
  guint             people;
  guint             entries;
  LimberId          device;
  LimberBenchBodies bodies;
  gint64            done;     /* when central had all, limber_bench_now() */
} Pusher;

typedef struct {
  const char *node;
  const char *nginx;
  const char *store;
  const char *yard;
  LimberEnv  *env;
} Bench;

/* All begin at once, and none lets go of its connection before all are done. */
static GMutex mutex;
static GCond turn;
static guint ready;    /* (mutex mutex) */
static gboolean begun; /* (mutex mutex) */

static LimberStore *
open_or_die (const char *dir, LimberEnv *env)
{
  g_autoptr (GError) error = NULL;
  LimberStore *store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);

  if (store == NULL)
    g_error ("%s: %s", dir, error->message);
  return store;
}

static void
wait_turn (gboolean wanted)
{
  g_mutex_lock (&mutex);
  ready++;
  g_cond_broadcast (&turn);
  while (begun != wanted)
    g_cond_wait (&turn, &mutex);
  g_mutex_unlock (&mutex);
}

static void
wait_for_all (guint n)
{
  g_mutex_lock (&mutex);
  while (ready < n)
    g_cond_wait (&turn, &mutex);
  g_mutex_unlock (&mutex);
}

static void
give_turn (gboolean begin)
{
  g_mutex_lock (&mutex);
  begun = begin;
  ready = 0;
  g_cond_broadcast (&turn);
  g_mutex_unlock (&mutex);
}

static void
prepare (Pusher *pusher, LimberStore *store)
{
  LimberBenchVisits visits = { .random = pusher->random, .people = pusher->people, .statuses = TRUE };

  visits.site = limber_store_identity (store)->site;
  pusher->entries = limber_bench_visits_write (store, &visits);
  pusher->device = limber_store_identity (store)->device;
}

/* A device, in its own thread, until central has said that all is on its disk. */
static gpointer
push (gpointer data)
{
  Pusher *pusher = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (LimberBenchWire) wire = NULL;
  g_autoptr (LimberClient) client = NULL;
  LimberStore *store;
  gboolean counted = FALSE;

  g_main_context_push_thread_default (context);
  store = open_or_die (pusher->dir, env);
  prepare (pusher, store);
  wire = limber_bench_wire_new ();
  client = limber_client_new_full (store, LIMBER_TRANSPORT (wire));
  wait_turn (TRUE);
  limber_client_start (client);
  while (!counted || limber_client_get_pending (client) > 0) {
    g_main_context_iteration (context, TRUE);
    counted = counted || limber_client_get_pending (client) > 0;
  }
  pusher->done = limber_bench_now ();
  limber_bench_wire_bodies (wire, "/sync/v1/push", &pusher->bodies);
  wait_turn (FALSE);
  limber_client_stop (client);
  while (g_main_context_iteration (context, FALSE))
    ;
  limber_store_close (store);
  g_object_unref (store);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Returns how many a second; @used: seconds of processor time. */
static double
yardstick (Bench *bench, Pusher *pushers, guint n, double *used)
{
  LimberBenchCpu start;
  double rate;

  g_autofree LimberId *devices = g_new (LimberId, n);
  g_autoptr (LimberBenchRows) rows = NULL;

  for (guint i = 0; i < n; i++)
    devices[i] = pushers[i].device;
  rows = limber_bench_rows_of_entries (bench->store, bench->env, devices, n);
  limber_bench_cpu_now (&start, bench->node, bench->nginx);
  rate = (double) limber_bench_rows_count (rows) / limber_bench_rows_write (rows, bench->yard, bench->env, BATCH);
  *used = limber_bench_cpu_since (&start, bench->node, bench->nginx).device;
  return rate;
}

typedef struct {
  double rate, ratio, bytes;
} Result;

static Result
measure (Bench *bench, Pusher *pushers, guint n)
{
  g_autofree GThread **threads = g_new (GThread *, n);
  LimberBenchBodies bodies = { 0 };
  LimberBenchCpu cpu, start;
  guint64 up, down, before_up, before_down;
  gint64 from, until = 0;
  double entries = 0, rate, yard, yard_used;

  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new (NULL, push, &pushers[i]);
  wait_for_all (n);
  limber_bench_wire_total (&before_up, &before_down);
  limber_bench_cpu_now (&start, bench->node, bench->nginx);
  from = limber_bench_now ();
  give_turn (TRUE);
  wait_for_all (n);
  cpu = limber_bench_cpu_since (&start, bench->node, bench->nginx);
  limber_bench_wire_total (&up, &down);
  give_turn (FALSE);
  for (guint i = 0; i < n; i++) {
    g_thread_join (threads[i]);
    until = MAX (until, pushers[i].done);
    entries += pushers[i].entries;
    bodies.requests += pushers[i].bodies.requests;
    bodies.up += pushers[i].bodies.up;
    bodies.down += pushers[i].bodies.down;
  }
  rate = entries / ((double) (until - from) / 1e9);
  yard = yardstick (bench, pushers, n, &yard_used);
  g_print ("{\"figure\": \"push, devices at once: %u, a round\", \"unit\": \"entries/s\", \"n\": %.0f, \"seen\": %.0f, \"yardstick: SQLite, same rows, %d a transaction\": %.0f, "
           "\"ratio\": %.3f, \"seconds\": %.3f, \"requests\": %u, \"bytes up an entry\": %.1f, \"bytes up an entry, with heads and TLS\": %.1f, \"bytes down an entry\": %.1f, "
           "\"cpu seconds\": {\"node\": %.2f, \"nginx\": %.2f, \"devices\": %.2f, \"yardstick\": %.2f}, \"durability\": \"synchronous=FULL at both ends, and central's second file\"}\n",
           n, entries, rate, BATCH, yard, rate / yard, (double) (until - from) / 1e9, bodies.requests, (double) bodies.up / entries,
           (double) (up - before_up) / entries, (double) (down - before_down) / entries, cpu.node, cpu.nginx, cpu.device, yard_used);
  return (Result){ rate, rate / yard, (double) bodies.up / entries };
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static gboolean
judge (const Result results[ROUNDS], guint n, double share, double least)
{
  double rates[ROUNDS], ratios[ROUNDS], bytes = 0;

  for (guint i = 0; i < ROUNDS; i++) {
    rates[i] = results[i].rate;
    ratios[i] = results[i].ratio;
    bytes = MAX (bytes, results[i].bytes);
  }
  qsort (rates, ROUNDS, sizeof *rates, compare);
  qsort (ratios, ROUNDS, sizeof *ratios, compare);
  g_print ("{\"figure\": \"push, devices at once: %u\", \"unit\": \"entries/s\", \"rounds\": %d, \"seen\": %.0f, \"least\": %.0f, \"ratio\": %.3f, \"least ratio\": %.2f, \"bytes up an entry\": %.1f, "
           "\"bytes at most\": %d}\n", n, ROUNDS, rates[ROUNDS / 2], least, ratios[ROUNDS / 2], share, bytes, BYTES);
  return rates[ROUNDS / 2] >= least && ratios[ROUNDS / 2] >= share && bytes <= BYTES;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  Bench bench;
  Pusher *pushers;
  guint n = (guint) (argc - 5) / ROUNDS;
  Result alone[ROUNDS], together[ROUNDS];
  gboolean held;

  if (n < 2)
    g_error ("usage: bench-push NODE NGINX STORE YARD DEVICE…");
  bench = (Bench){ argv[1], argv[2], argv[3], argv[4], env };
  pushers = g_new0 (Pusher, ROUNDS * n);
  for (guint i = 0; i < ROUNDS * n; i++)
    pushers[i] = (Pusher){ .dir = argv[5 + i], .random = 1000 + i, .people = i % n == 0 ? PEOPLE : 2 * PEOPLE / (n - 1) };
  for (guint i = 0; i < ROUNDS; i++) {
    alone[i] = measure (&bench, pushers + i * n, 1);
    together[i] = measure (&bench, pushers + i * n + 1, n - 1);
  }
  held = judge (alone, 1, 0.6, 25000);
  held = judge (together, n - 1, 0.9, 30000) && held;
  g_free (pushers);
  return held ? 0 : 1;
}
