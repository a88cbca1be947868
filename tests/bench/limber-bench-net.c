#include "limber-bench-net.h"

#include "limber-bench.h"
#include "limber-http.h"

#define ENTRIES_FROM 1024 /* bytes: a push whose body is shorter has no entries worth the name: it only asks */

struct _LimberBenchNet {
  LimberTransport     parent;
  LimberTransport    *http;    /* (owned) */
  LimberBenchReplies *replies; /* not owned */
};

typedef struct {
  LimberMessage *request; /* (owned) */
  gint64         start;
  LimberWake    *wake;    /* (owned) (nullable) */
} Sent;

G_DEFINE_FINAL_TYPE (LimberBenchNet, limber_bench_net, LIMBER_TYPE_TRANSPORT)

static void
sent_free (Sent *sent)
{
  limber_message_unref (sent->request);
  g_clear_object (&sent->wake);
  g_free (sent);
}

static void
keep (LimberBenchReplies *replies, const Sent *sent, LimberMessage *answer)
{
  gint64 took = limber_bench_now () - sent->start;
  gboolean entries = g_str_has_suffix (sent->request->path, "/push") && g_bytes_get_size (sent->request->body) > ENTRIES_FROM;

  g_array_append_val (replies->all, took);
  replies->sent += g_bytes_get_size (sent->request->body);
  replies->received += g_bytes_get_size (answer->body);
  if (answer->status == 429 || answer->status == 503)
    replies->busy++;
  else if (answer->status == 401)
    replies->unknown++;
  else if (answer->status >= 300)
    replies->other++;
  else if (entries)
    g_array_append_val (replies->pushes, took);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LimberBenchNet *self = g_task_get_source_object (task);
  Sent *sent = g_task_get_task_data (task);
  GError *error = NULL;
  LimberMessage *answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &sent->wake, &error);

  if (answer == NULL) {
    self->replies->lost++;
    g_task_return_error (task, error);
    return;
  }
  keep (self->replies, sent, answer);
  g_task_return_pointer (task, answer, (GDestroyNotify) limber_message_unref);
}

static void
limber_bench_net_send_async (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  LimberBenchNet *self = LIMBER_BENCH_NET (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Sent *sent = g_new0 (Sent, 1);

  sent->request = limber_message_ref (request);
  sent->start = limber_bench_now ();
  g_task_set_source_tag (task, limber_bench_net_send_async);
  g_task_set_task_data (task, sent, (GDestroyNotify) sent_free);
  limber_transport_send_async (self->http, url, request, cancellable, on_answered, task);
}

static LimberMessage *
limber_bench_net_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error)
{
  Sent *sent = g_task_get_task_data (G_TASK (result));

  *wake = g_steal_pointer (&sent->wake);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
limber_bench_net_finalize (GObject *object)
{
  LimberBenchNet *self = LIMBER_BENCH_NET (object);

  g_clear_object (&self->http);
  G_OBJECT_CLASS (limber_bench_net_parent_class)->finalize (object);
}

static void
limber_bench_net_class_init (LimberBenchNetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_bench_net_finalize;
  LIMBER_TRANSPORT_CLASS (klass)->send_async = limber_bench_net_send_async;
  LIMBER_TRANSPORT_CLASS (klass)->send_finish = limber_bench_net_send_finish;
}

static void
limber_bench_net_init (LimberBenchNet *self)
{
  self->http = LIMBER_TRANSPORT (limber_http_new ());
}

/**
 * limber_bench_net_new:
 * @replies: where its replies are kept; must outlive it
 *
 * Returns: (transfer full): a transport of its own connections
 */
LimberBenchNet *
limber_bench_net_new (LimberBenchReplies *replies)
{
  LimberBenchNet *net = g_object_new (LIMBER_TYPE_BENCH_NET, NULL);

  net->replies = replies;
  return net;
}

void
limber_bench_replies_init (LimberBenchReplies *replies)
{
  *replies = (LimberBenchReplies){ .all = g_array_new (FALSE, FALSE, sizeof (gint64)), .pushes = g_array_new (FALSE, FALSE, sizeof (gint64)) };
}

void
limber_bench_replies_clear (LimberBenchReplies *replies)
{
  g_array_unref (replies->all);
  g_array_unref (replies->pushes);
}
