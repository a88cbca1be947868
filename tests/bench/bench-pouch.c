/* Limber's half of the comparison with PouchDB: a desk's records, one entry each, from its store to central through nginx and TLS.
 * bench-pouch FOLDER URL CODE RECORDS NODE NGINX FILE: where the store goes, its node's address, a joining code, how many records, the
 * process numbers of the node and of nginx, and where the same records are written for PouchDB (pouch.py makes all of it). */
#include <stdlib.h>

#include "limber-bench-process.h"
#include "limber-bench-work.h"
#include "limber-bench.h"
#include "limber-client.h"
#include "limber-json.h"

#define PATIENCE 120 /* seconds */

typedef struct {
  LimberBenchWork work;
  GString        *out;
} Tell;

static gboolean
tell (LimberReader *reader, gpointer data, GError **error)
{
  Tell *told = data;

  limber_bench_work_tell (reader, &told->work, told->out);
  return TRUE;
}

static LimberStore *
open_store (const char *dir, LimberEnv *env)
{
  g_autoptr (GError) error = NULL;
  LimberStore *store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

/* Joins, works, and writes down what it came to. */
static LimberStore *
prepare (char **argv, LimberEnv *env)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberClient) client = NULL;
  LimberStore *store;
  Tell told = { .out = g_string_new (NULL) };

  if (!limber_client_join (argv[1], argv[2], argv[3], env, &error))
    g_error ("%s", error->message);
  store = open_store (argv[1], env);
  client = limber_client_new (store);
  if (!limber_client_sync_once (client, NULL, &error))
    g_error ("%s", error->message);
  told.work = (LimberBenchWork){ .site = limber_store_identity (store)->site, .entries = (guint) atoi (argv[4]) };
  limber_bench_work_write (store, &told.work);
  limber_store_read (store, tell, &told, NULL);
  if (!g_file_set_contents (argv[7], told.out->str, (gssize) told.out->len, &error))
    g_error ("%s", error->message);
  g_string_free (told.out, TRUE);
  return store;
}

static gboolean
on_time (gpointer data)
{
  g_error ("central does not have all after %d s", PATIENCE);
  return G_SOURCE_REMOVE;
}

static double
seconds_of (char **argv)
{
  LimberBenchUse node, nginx;

  limber_bench_process_use (argv[5], &node);
  limber_bench_family_use (argv[6], &nginx);
  return node.seconds + nginx.seconds;
}

/* Until central has said of every entry that it has it. */
static void
push (LimberClient *client)
{
  guint timer = g_timeout_add_seconds (PATIENCE, on_time, NULL);

  limber_client_start (client);
  while (*limber_client_get_peer (client) == '\0' || limber_client_get_pending (client) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (LimberClient) client = NULL;
  LimberStore *store;
  double device, server;
  gint64 start;

  if (argc != 8)
    g_error ("usage: bench-pouch FOLDER URL CODE RECORDS NODE NGINX FILE");
  store = prepare (argv, env);
  client = limber_client_new (store);
  server = seconds_of (argv);
  device = limber_bench_own_seconds ();
  start = limber_bench_now ();
  push (client);
  g_print ("{\"seconds\": %.3f, \"device\": %.3f, \"server\": %.3f}\n", (double) (limber_bench_now () - start) / 1e9, limber_bench_own_seconds () - device, seconds_of (argv) - server);
  limber_client_stop (client);
  limber_store_close (store);
  g_object_unref (store);
  return 0;
}
