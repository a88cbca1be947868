#include "limber-bench-cost.h"

#include <netinet/in.h>
#include <linux/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limber-http.h"

#define DESCRIPTORS 1024

struct _LimberBenchWire {
  LimberTransport  parent;
  LimberTransport *http;   /* (owned) */
  GHashTable      *bodies; /* (owned): path → LimberBenchBodies */
};

typedef struct {
  LimberMessage     *answer; /* (owned) (nullable) */
  LimberWake        *wake;   /* (owned) (nullable) */
  LimberBenchBodies *bodies;
} Sent;

G_DEFINE_FINAL_TYPE (LimberBenchWire, limber_bench_wire, LIMBER_TYPE_TRANSPORT)

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sent *sent = g_task_get_task_data (task);
  GError *error = NULL;

  sent->answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &sent->wake, &error);
  if (sent->answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  sent->bodies->down += g_bytes_get_size (sent->answer->body);
  g_task_return_pointer (task, sent->answer, NULL);
}

static void
limber_bench_wire_send_async (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  LimberBenchWire *self = LIMBER_BENCH_WIRE (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Sent *sent = g_new0 (Sent, 1);

  sent->bodies = g_hash_table_lookup (self->bodies, request->path);
  if (sent->bodies == NULL) {
    sent->bodies = g_new0 (LimberBenchBodies, 1);
    g_hash_table_insert (self->bodies, g_strdup (request->path), sent->bodies);
  }
  sent->bodies->requests++;
  sent->bodies->up += g_bytes_get_size (request->body);
  g_task_set_task_data (task, sent, g_free);
  limber_transport_send_async (self->http, url, request, cancellable, on_answered, task);
}

static LimberMessage *
limber_bench_wire_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error)
{
  *wake = g_steal_pointer (&((Sent *) g_task_get_task_data (G_TASK (result)))->wake);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
limber_bench_wire_finalize (GObject *object)
{
  LimberBenchWire *self = LIMBER_BENCH_WIRE (object);

  g_clear_object (&self->http);
  g_hash_table_unref (self->bodies);
  G_OBJECT_CLASS (limber_bench_wire_parent_class)->finalize (object);
}

static void
limber_bench_wire_class_init (LimberBenchWireClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_bench_wire_finalize;
  LIMBER_TRANSPORT_CLASS (klass)->send_async = limber_bench_wire_send_async;
  LIMBER_TRANSPORT_CLASS (klass)->send_finish = limber_bench_wire_send_finish;
}

static void
limber_bench_wire_init (LimberBenchWire *self)
{
  self->http = LIMBER_TRANSPORT (limber_http_new ());
  self->bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * limber_bench_wire_new:
 *
 * Returns: (transfer full): HTTP that counts, for the thread-default context of this call
 */
LimberBenchWire *
limber_bench_wire_new (void)
{
  return g_object_new (LIMBER_TYPE_BENCH_WIRE, NULL);
}

/**
 * limber_bench_wire_bodies:
 * @path: of the requests that are meant
 * @bodies: (inout): gets what was sent and answered added
 */
void
limber_bench_wire_bodies (LimberBenchWire *wire, const char *path, LimberBenchBodies *bodies)
{
  const LimberBenchBodies *counted = g_hash_table_lookup (wire->bodies, path);

  if (counted == NULL)
    return;
  bodies->requests += counted->requests;
  bodies->up += counted->up;
  bodies->down += counted->down;
}

/**
 * limber_bench_wire_total:
 *
 * What all TCP connections that this process has open have carried: bodies, heads, TLS and its handshake.
 */
void
limber_bench_wire_total (guint64 *up, guint64 *down)
{
  *up = *down = 0;
  for (int file = 0; file < DESCRIPTORS; file++) {
    struct tcp_info info = { 0 };
    socklen_t length = sizeof info;

    if (getsockopt (file, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
      continue;
    *up += info.tcpi_bytes_acked;
    *down += info.tcpi_bytes_received;
  }
}

/* Of one process, its ended threads included. */
static double
cpu_of (const char *process)
{
  g_autofree char *path = g_build_filename ("/proc", process, "stat", NULL), *text = NULL;
  const char *rest;
  unsigned long user, kernel;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL ||
      sscanf (rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
    g_error ("%s cannot be read", path);
  return (double) (user + kernel) / (double) sysconf (_SC_CLK_TCK);
}

static double
cpu_of_family (const char *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", process, process), *text = NULL;
  g_auto (GStrv) children = NULL;
  double sum = cpu_of (process);

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s cannot be read", path);
  children = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; children[i] != NULL && *children[i] != '\0'; i++)
    sum += cpu_of (children[i]);
  return sum;
}

static double
seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / 1e6;
}

/**
 * limber_bench_cpu_now:
 * @cpu: (out): what this process, which is the device, and those two have used so far
 * @node: a process number
 * @nginx: the number of a process with its workers
 */
void
limber_bench_cpu_now (LimberBenchCpu *cpu, const char *node, const char *nginx)
{
  struct rusage own;

  getrusage (RUSAGE_SELF, &own);
  *cpu = (LimberBenchCpu){ seconds (&own.ru_utime) + seconds (&own.ru_stime), cpu_of (node), cpu_of_family (nginx) };
}

LimberBenchCpu
limber_bench_cpu_since (const LimberBenchCpu *start, const char *node, const char *nginx)
{
  LimberBenchCpu now;

  limber_bench_cpu_now (&now, node, nginx);
  return (LimberBenchCpu){ now.device - start->device, now.node - start->node, now.nginx - start->nginx };
}
