/* A storm: many devices come back at once after a night offline, each with its work, through nginx and TLS. bench-storm FOLDER URL CODES
 * ENTRIES NODE NGINX: where the devices' stores go, their node's address, a file with a joining code a line, how many entries each
 * brings, and the process numbers of the node and of nginx (storm.py makes all of it, and looks at central afterwards: --check).
 *
 * Each device is enrolled, joins with a key of its own and is in step with the node before the clock starts; then all of their engines
 * run in this one process, each with its own store and its own connections. bench-storm --check FOLDER CENTRAL ENTRIES DEVICES says
 * whether CENTRAL has every entry by origin, number and hash, and whether the records are what the work came to. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "limber-bench-net.h"
#include "limber-bench-process.h"
#include "limber-bench-work.h"
#include "limber-bench.h"
#include "limber-client.h"

#define PATIENCE (600 * G_USEC_PER_SEC)
#define REPLY_MAXIMUM 2000.0 /* ms */
#define PREPARERS 4          /* threads */
#define STEPS 4              /* of a visit after it was booked */
#define DESCRIPTORS 20000
#define SETTLE 45            /* seconds: twice as long as it takes a node to notice that it may rest */

typedef struct {
  guint           n;
  char           *dir;
  LimberStore    *store;
  LimberBenchNet *net;
  LimberClient   *client;
  gboolean        brought; /* central has all that it wrote */
} Device;

typedef struct {
  LimberEnv         *env;
  const char        *folder, *url;
  char             **codes;
  guint              entries;
  const char        *node, *nginx;
  GArray            *devices; /* Device */
  LimberBenchReplies replies;
  LimberBenchUse     node_peak, nginx_peak;
  gint64             start, brought; /* ns: when the last device had brought all */
  guint              lacking; /* devices that have not brought all */
  gboolean           over;    /* the patience is */
} Storm;

static LimberStore *
open_store (Storm *storm, const char *dir, LimberStoreMode mode)
{
  g_autoptr (GError) error = NULL;
  LimberStore *store = limber_store_open (dir, mode, storm->env, &error);

  if (store == NULL)
    g_error ("%s: %s", dir, error->message);
  return store;
}

static void
work_of (LimberStore *store, guint n, guint entries, LimberBenchWork *work)
{
  *work = (LimberBenchWork){ n, limber_store_identity (store)->site, entries, STEPS };
}

/* Joins, reads what there is, and works. */
static void
prepare_device (gpointer data, gpointer user_data)
{
  Device *device = data;
  Storm *storm = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  LimberClient *client;
  LimberBenchWork work;

  g_main_context_push_thread_default (context);
  if (!limber_client_join (device->dir, storm->url, storm->codes[device->n], storm->env, &error))
    g_error ("device %u does not join: %s", device->n, error->message);
  device->store = open_store (storm, device->dir, LIMBER_STORE_OWN);
  client = limber_client_new (device->store);
  if (!limber_client_sync_once (client, NULL, &error))
    g_error ("device %u does not sync: %s", device->n, error->message);
  g_object_unref (client);
  work_of (device->store, device->n, storm->entries, &work);
  limber_bench_work_write (device->store, &work);
  limber_store_close (device->store);
  g_clear_object (&device->store);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

static void
prepare (Storm *storm)
{
  GThreadPool *pool = g_thread_pool_new (prepare_device, storm, PREPARERS, TRUE, NULL);

  for (guint i = 0; i < storm->devices->len; i++)
    g_thread_pool_push (pool, &g_array_index (storm->devices, Device, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
measure_use (Storm *storm, LimberBenchUse *node, LimberBenchUse *nginx)
{
  limber_bench_process_use (storm->node, node);
  limber_bench_family_use (storm->nginx, nginx);
}

static void
note_peak (LimberBenchUse *peak, const LimberBenchUse *now)
{
  peak->memory = MAX (peak->memory, now->memory);
  peak->descriptors = MAX (peak->descriptors, now->descriptors);
}

static gboolean
on_sample (gpointer data)
{
  Storm *storm = data;
  LimberBenchUse node, nginx;

  measure_use (storm, &node, &nginx);
  note_peak (&storm->node_peak, &node);
  note_peak (&storm->nginx_peak, &nginx);
  storm->over = (limber_bench_now () - storm->start) / 1000 > PATIENCE;
  return G_SOURCE_CONTINUE;
}

static guint
n_unsettled (Storm *storm)
{
  guint n = 0;

  storm->lacking = 0;
  for (guint i = 0; i < storm->devices->len; i++) {
    Device *device = &g_array_index (storm->devices, Device, i);
    LimberClientState state = limber_client_get_state (device->client);

    /* What is pending is only counted once a session began. */
    device->brought = device->brought || (limber_client_get_pending (device->client) == 0 && (state == LIMBER_CLIENT_SYNCING || state == LIMBER_CLIENT_UP_TO_DATE) && *limber_client_get_peer (device->client) != '\0');
    storm->lacking += !device->brought;
    n += state != LIMBER_CLIENT_UP_TO_DATE;
  }
  if (storm->lacking == 0 && storm->brought == 0)
    storm->brought = limber_bench_now ();
  return n;
}

static gboolean
on_look (gpointer data)
{
  return G_SOURCE_CONTINUE; /* only ends a wait, so that the devices are looked at */
}

/* Returns: seconds until every device was in step with the node. */
static double
blow (Storm *storm)
{
  guint sample, look = g_timeout_add (50, on_look, NULL);
  gint64 looked = 0;
  guint unsettled;

  storm->start = limber_bench_now ();
  for (guint i = 0; i < storm->devices->len; i++)
    limber_client_start (g_array_index (storm->devices, Device, i).client);
  sample = g_timeout_add (500, on_sample, storm);
  do {
    g_main_context_iteration (NULL, TRUE);
    if (g_get_monotonic_time () - looked < 20000)
      unsettled = 1;
    else {
      looked = g_get_monotonic_time ();
      unsettled = n_unsettled (storm);
    }
  } while (unsettled > 0 && !storm->over);
  g_source_remove (sample);
  g_source_remove (look);
  return (double) (limber_bench_now () - storm->start) / 1e9;
}

static void
print_replies (const char *figure, GArray *samples, const LimberBenchReplies *replies)
{
  limber_bench_print (figure, samples, ", \"p95\": %.3f, \"busy\": %u, \"asked once more\": %u, \"other refusals\": %u, \"lost\": %u", limber_bench_percentile (samples, 0.95), replies->busy,
                      replies->unknown, replies->other, replies->lost);
}

static gboolean
report (Storm *storm, double seconds, const LimberBenchUse before[2], double own)
{
  LimberBenchUse node, nginx;
  guint n = storm->devices->len, entries = n * storm->entries;
  double in = (double) (storm->brought - storm->start) / 1e9, p95, node_seconds, nginx_seconds;
  gboolean all = storm->lacking == 0 && !storm->over;

  measure_use (storm, &node, &nginx);
  own = limber_bench_own_seconds () - own;
  node_seconds = node.seconds - before[0].seconds;
  nginx_seconds = nginx.seconds - before[1].seconds;
  limber_bench_run_for (SETTLE);
  measure_use (storm, &node, &nginx);
  g_print ("{\"figure\": \"storm: until central had all\", \"unit\": \"s\", \"devices\": %u, \"entries\": %u, \"seconds\": %.1f, \"entries a second\": %.0f, \"all in step after\": %.1f, "
           "\"sent\": %" G_GUINT64_FORMAT ", \"received\": %" G_GUINT64_FORMAT ", \"held\": %s}\n",
           n, entries, all ? in : -1.0, all ? entries / in : 0.0, seconds, storm->replies.sent, storm->replies.received, all ? "true" : "false");
  print_replies ("storm: every reply", storm->replies.all, &storm->replies);
  print_replies ("storm: replies to pushes that were taken", storm->replies.pushes, &storm->replies);
  g_print ("{\"figure\": \"storm: processor time\", \"unit\": \"s\", \"devices\": %.1f, \"node\": %.1f, \"nginx\": %.1f}\n", own, node_seconds, nginx_seconds);
  g_print ("{\"figure\": \"storm: memory\", \"unit\": \"kB\", \"node before\": %" G_GUINT64_FORMAT ", \"node most\": %" G_GUINT64_FORMAT ", \"node after\": %" G_GUINT64_FORMAT
           ", \"nginx before\": %" G_GUINT64_FORMAT ", \"nginx most\": %" G_GUINT64_FORMAT ", \"nginx after\": %" G_GUINT64_FORMAT "}\n",
           before[0].memory, storm->node_peak.memory, node.memory, before[1].memory, storm->nginx_peak.memory, nginx.memory);
  g_print ("{\"figure\": \"storm: descriptors\", \"unit\": \"\", \"node before\": %u, \"node most\": %u, \"node after\": %u, \"nginx before\": %u, \"nginx most\": %u, \"nginx after\": %u}\n",
           before[0].descriptors, storm->node_peak.descriptors, node.descriptors, before[1].descriptors, storm->nginx_peak.descriptors, nginx.descriptors);
  p95 = limber_bench_percentile (storm->replies.all, 0.95);
  return limber_bench_hold ("storm: p95 of a reply under 2 s", p95, REPLY_MAXIMUM) && all;
}

static void
open_devices (Storm *storm)
{
  for (guint i = 0; i < storm->devices->len; i++) {
    Device *device = &g_array_index (storm->devices, Device, i);

    device->store = open_store (storm, device->dir, LIMBER_STORE_OWN);
    device->net = limber_bench_net_new (&storm->replies);
    device->client = limber_client_new_full (device->store, LIMBER_TRANSPORT (device->net));
  }
}

static void
close_devices (Storm *storm)
{
  for (guint i = 0; i < storm->devices->len; i++)
    limber_client_stop (g_array_index (storm->devices, Device, i).client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < storm->devices->len; i++) {
    Device *device = &g_array_index (storm->devices, Device, i);

    g_clear_object (&device->client);
    g_clear_object (&device->net);
    limber_store_close (device->store);
    g_clear_object (&device->store);
  }
}

static void
device_clear (Device *device)
{
  g_free (device->dir);
}

static void
storm_init (Storm *storm, const char *folder, guint devices, guint entries)
{
  memset (storm, 0, sizeof *storm);
  storm->env = limber_env_new_system ();
  storm->folder = folder;
  storm->entries = entries;
  storm->devices = g_array_new (FALSE, TRUE, sizeof (Device));
  g_array_set_clear_func (storm->devices, (GDestroyNotify) device_clear);
  limber_bench_replies_init (&storm->replies);
  for (guint i = 0; i < devices; i++) {
    g_autofree char *name = g_strdup_printf ("device-%u", i);
    Device device = { .n = i, .dir = g_build_filename (folder, name, NULL) };

    g_array_append_val (storm->devices, device);
  }
}

static void
storm_clear (Storm *storm)
{
  limber_bench_replies_clear (&storm->replies);
  g_array_unref (storm->devices);
  g_strfreev (storm->codes);
  limber_env_unref (storm->env);
}

static gboolean
run (char **argv)
{
  g_autofree char *text = NULL;
  char **codes;
  LimberBenchUse before[2];
  Storm storm;
  double seconds, own;
  gboolean held;

  if (!g_file_get_contents (argv[3], &text, NULL, NULL))
    g_error ("%s cannot be read", argv[3]);
  codes = g_strsplit (g_strstrip (text), "\n", 0);
  storm_init (&storm, argv[1], g_strv_length (codes), (guint) atoi (argv[4]));
  storm.codes = codes;
  storm.url = argv[2];
  storm.node = argv[5];
  storm.nginx = argv[6];
  prepare (&storm);
  open_devices (&storm);
  measure_use (&storm, &before[0], &before[1]);
  own = limber_bench_own_seconds ();
  seconds = blow (&storm);
  held = report (&storm, seconds, before, own);
  close_devices (&storm);
  storm_clear (&storm);
  return held;
}

static gboolean
check_central (LimberReader *reader, gpointer data, GError **error)
{
  Storm *storm = data;
  guint missed = 0, lacks = 0;

  for (guint i = 0; i < storm->devices->len; i++) {
    Device *device = &g_array_index (storm->devices, Device, i);
    LimberBenchWork work;

    device->store = open_store (storm, device->dir, LIMBER_STORE_READ);
    work_of (device->store, i, storm->entries, &work);
    missed += limber_bench_work_missed (reader, device->store);
    lacks += limber_bench_work_lacks (reader, &work);
    limber_store_close (device->store);
    g_clear_object (&device->store);
  }
  g_print ("{\"figure\": \"storm: nothing lost\", \"entries\": %u, \"entries lost\": %u, \"records that are not right\": %u, \"held\": %s}\n", storm->devices->len * storm->entries, missed, lacks,
           missed + lacks == 0 ? "true" : "false");
  storm->lacking = missed + lacks;
  return TRUE;
}

static gboolean
check (char **argv)
{
  LimberStore *central;
  Storm storm;
  guint lacking;

  storm_init (&storm, argv[2], (guint) atoi (argv[5]), (guint) atoi (argv[4]));
  central = open_store (&storm, argv[3], LIMBER_STORE_READ);
  limber_store_read (central, check_central, &storm, NULL);
  lacking = storm.lacking;
  limber_store_close (central);
  g_object_unref (central);
  storm_clear (&storm);
  return lacking == 0;
}

static void
take_descriptors (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, DESCRIPTORS);
  setrlimit (RLIMIT_NOFILE, &limit);
}

int
main (int argc, char **argv)
{
  take_descriptors ();
  if (argc == 6 && g_str_equal (argv[1], "--check"))
    return check (argv) ? 0 : 1;
  if (argc != 7)
    g_error ("usage: bench-storm FOLDER URL CODES ENTRIES NODE NGINX, or --check FOLDER CENTRAL ENTRIES DEVICES");
  return run (argv) ? 0 : 1;
}
