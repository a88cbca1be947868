/* How long an empty device needs until it holds all that it should, on its disk and compared by digest, through nginx and TLS;
 * beside SQLite writing the same rows into an empty store. bench-first-sync NODE NGINX URL FOLDER CODE CODE: process numbers of
 * the node and of nginx, the node's address, an empty folder, and join codes for two devices of one site. The first of them is
 * the first of that site, so that the node finds out whom the site may hold meanwhile. Joining is not counted. */
#include <gio/gio.h>

#include "limber-bench-cost.h"
#include "limber-bench-rows.h"
#include "limber-bench.h"
#include "limber-client.h"

#define BATCH 2000 /* as many rows as a page has */
#define LIMIT 2500 /* milliseconds */

typedef struct {
  const char       *node;
  const char       *nginx;
  LimberEnv        *env;
  LimberBenchBodies pulls;
  guint64           up, down; /* on the wire, TLS and heads included */
} Bench;

/* Returns the store's file; @copy: one beside it, as it is when nothing has been read. */
static char *
join (Bench *bench, const char *dir, const char *url, const char *code, char **copy)
{
  g_autofree char *path = g_build_filename (dir, "store.db", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path), to = NULL;
  g_autoptr (GError) error = NULL;

  *copy = g_strconcat (dir, "-empty.db", NULL);
  to = g_file_new_for_path (*copy);
  if (!limber_client_join (dir, url, code, bench->env, &error) || !g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
    g_error ("%s: %s", dir, error->message);
  return g_steal_pointer (&path);
}

/* Returns how many milliseconds it took. */
static double
sync_first (Bench *bench, const char *dir)
{
  g_autoptr (GError) error = NULL;
  LimberStore *store = limber_store_open (dir, LIMBER_STORE_OWN, bench->env, &error);
  g_autoptr (LimberBenchWire) wire = limber_bench_wire_new ();
  g_autoptr (LimberClient) client = NULL;
  gint64 start;
  double took;

  if (store == NULL)
    g_error ("%s: %s", dir, error->message);
  client = limber_client_new_full (store, LIMBER_TRANSPORT (wire));
  start = limber_bench_now ();
  limber_client_start (client);
  while (limber_client_get_state (client) != LIMBER_CLIENT_UP_TO_DATE)
    g_main_context_iteration (NULL, TRUE);
  took = (double) (limber_bench_now () - start) / 1e6;
  bench->pulls = (LimberBenchBodies){ 0 };
  limber_bench_wire_bodies (wire, "/sync/v1/pull", &bench->pulls);
  limber_bench_wire_total (&bench->up, &bench->down);
  limber_client_stop (client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  limber_store_close (store);
  g_object_unref (store);
  return took;
}

static gboolean
measure (Bench *bench, const char *figure, const char *dir, const char *url, const char *code)
{
  g_autofree char *copy = NULL, *file = join (bench, dir, url, code, &copy);
  g_autoptr (LimberBenchRows) rows = NULL;
  LimberBenchCpu start, cpu;
  double took, yard, records;

  limber_bench_cpu_now (&start, bench->node, bench->nginx);
  took = sync_first (bench, dir);
  cpu = limber_bench_cpu_since (&start, bench->node, bench->nginx);
  rows = limber_bench_rows_of_records (file, bench->env);
  records = limber_bench_rows_count (rows);
  yard = 1000 * limber_bench_rows_write (rows, copy, bench->env, BATCH);
  g_print ("{\"figure\": \"%s\", \"unit\": \"ms\", \"records\": %.0f, \"seen\": %.0f, \"limit\": %d, \"yardstick: SQLite, same rows, %d a transaction\": %.0f, \"ratio\": %.2f, "
           "\"pages\": %u, \"bytes down a record\": %.1f, \"bytes down a record, with heads and TLS\": %.1f, \"bytes up\": %" G_GUINT64_FORMAT ", "
           "\"cpu seconds\": {\"node\": %.2f, \"nginx\": %.2f, \"device\": %.2f}, \"durability\": \"synchronous=FULL, and the digest is the node's\"}\n",
           figure, records, took, LIMIT, BATCH, yard, took / yard, bench->pulls.requests, (double) bench->pulls.down / records, (double) bench->down / records, bench->up, cpu.node, cpu.nginx,
           cpu.device);
  return took < LIMIT && (double) bench->pulls.down / records <= 75;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autofree char *first = NULL, *second = NULL;
  Bench bench;
  gboolean held;

  if (argc != 7)
    g_error ("usage: bench-first-sync NODE NGINX URL FOLDER CODE CODE");
  bench = (Bench){ .node = argv[1], .nginx = argv[2], .env = env };
  first = g_build_filename (argv[4], "first", NULL);
  second = g_build_filename (argv[4], "second", NULL);
  held = measure (&bench, "first sync of a site's first device", first, argv[3], argv[5]);
  held = measure (&bench, "first sync of its second device", second, argv[3], argv[6]) && held;
  return held ? 0 : 1;
}
