/* How long until the desk has what the kiosk saved: over real HTTP on this machine, through a hub that runs as a program of
 * its own, with central behind it. bench-hub DESK KIOSK, two stores whose node is running (hub.py makes all of it).
 *
 * Each round a person is checked in at the kiosk, and taken back at the desk; each way is measured, from the one's commit
 * until the other's store holds it. In turn with them: a bare HTTP exchange by libsoup, and two syncs of this disk (hub and
 * desk each must sync before they may say that they have it). */
#include <libsoup/soup.h>

#include "limber-bench.h"
#include "limber-bench-end.h"
#include "limber-check-in.h"
#include "limber-desk.h"

#define ROUNDS 300
#define PATIENCE (20 * G_USEC_PER_SEC)

typedef struct {
  LimberBenchEnd end;
  gboolean       news; /* it changed since this was set to FALSE */
} End;

typedef struct {
  LimberId    id;
  const char *word; /* the status that is waited for */
  gboolean    so;
} Wanted;

typedef struct {
  GArray *ids; /* of appointments that can be checked in */
} Booked;

static const LimberAuthor patient = { "patient", "patient" }, bench = { "system:bench", "reception" };

static void
on_changed (LimberStore *store, LimberChanges *changes, gpointer data)
{
  ((End *) data)->news = TRUE;
}

static void
open_end (End *end, const char *dir, LimberEnv *env)
{
  limber_bench_end_open (&end->end, dir, env);
  g_signal_connect (end->end.store, "changed", G_CALLBACK (on_changed), end);
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  Wanted *wanted = data;
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", &wanted->id, error);

  wanted->so = record != NULL && g_strcmp0 (limber_record_word (record, "status"), wanted->word) == 0;
  return record != NULL;
}

/* Runs the main loop until the store says what is wanted. */
static void
wait_for (End *end, const LimberId *appointment, const char *word)
{
  Wanted wanted = { *appointment, word, FALSE };
  gint64 until = g_get_monotonic_time () + PATIENCE;

  end->news = TRUE;
  for (;;) {
    if (end->news) {
      end->news = FALSE;
      limber_store_read (end->end.store, look, &wanted, NULL);
      if (wanted.so)
        return;
    }
    if (g_get_monotonic_time () > until)
      g_error ("it did not come in %d s", (int) (PATIENCE / G_USEC_PER_SEC));
    g_main_context_iteration (NULL, TRUE);
  }
}

static gboolean
confirm (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_check_in_confirm (transaction, data, 0, "kiosk", &patient, error);
}

static gboolean
undo (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_desk_undo (transaction, data, 0, &bench, error);
}

static gint64
measure (End *from, End *to, LimberWriteFunc write, LimberId *appointment, const char *word)
{
  gint64 start;

  limber_bench_write (from->end.store, write, appointment);
  start = limber_bench_now ();
  wait_for (to, appointment, word);
  return limber_bench_now () - start;
}

static gboolean
keep_booked (const LimberRecord *record, gpointer data)
{
  Booked *booked = data;

  if (g_strcmp0 (limber_record_word (record, "status"), "booked") == 0)
    g_array_append_val (booked->ids, record->id);
  return TRUE;
}

static gboolean
list_booked (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "appointment", NULL, NULL, keep_booked, data, error);
}

static void
on_ping (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "pong", 4);
}

static void
on_pong (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  *(gboolean *) data = bytes != NULL;
}

static gint64
exchange (SoupSession *session, const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  gboolean done = FALSE;
  gint64 start = limber_bench_now ();

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_pong, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return limber_bench_now () - start;
}

static char *
serve (SoupServer *server)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;
  char *url;

  soup_server_add_handler (server, NULL, on_ping, NULL, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);
  uris = soup_server_get_uris (server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

int
main (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = serve (server);
  g_autoptr (GArray) down = g_array_new (FALSE, FALSE, sizeof (gint64)), up = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (gint64)), syncs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LimberId));
  g_autoptr (LimberBenchDisk) disk = NULL;
  Booked booked = { ids };
  End desk = { 0 }, kiosk = { 0 };
  gboolean held;

  if (argc != 3)
    g_error ("usage: bench-hub DESK KIOSK");
  disk = limber_bench_disk_new (argv[1]);
  open_end (&desk, argv[1], env);
  open_end (&kiosk, argv[2], env);
  limber_store_read (kiosk.end.store, list_booked, &booked, NULL);
  if (ids->len == 0)
    g_error ("the kiosk expects nobody");
  for (guint round = 0; round < ROUNDS; round++) {
    LimberId *appointment = &g_array_index (ids, LimberId, round % ids->len);
    gint64 took = measure (&kiosk, &desk, confirm, appointment, "arrived");

    g_array_append_val (down, took);
    took = measure (&desk, &kiosk, undo, appointment, "booked");
    g_array_append_val (up, took);
    took = exchange (session, url);
    g_array_append_val (bare, took);
    took = limber_bench_disk_sync (disk) + limber_bench_disk_sync (disk);
    g_array_append_val (syncs, took);
  }
  limber_bench_print ("kiosk to desk through the hub", down, NULL);
  limber_bench_print ("desk to kiosk through the hub", up, NULL);
  limber_bench_print ("yardstick: a bare exchange by libsoup", bare, NULL);
  limber_bench_print ("yardstick: two times 4 KiB and fdatasync", syncs, NULL);
  held = limber_bench_hold ("kiosk to desk p99 under 200 ms", limber_bench_percentile (down, 0.99), 200);
  limber_bench_end_close (&desk.end);
  limber_bench_end_close (&kiosk.end);
  return held ? 0 : 1;
}
