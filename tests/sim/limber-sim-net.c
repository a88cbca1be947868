/* Invariants: whoever asked is told, once: an answer, or that there was none. A node that was taken away meanwhile (its
 * machine stopped) answers nobody, though what it was asked may have been done. */
#include "limber-sim-net.h"

#include "limber-error.h"

#define PATIENCE (10 * SIM_SECOND) /* how long an answer is waited for */

struct _SimNet {
  SimLoop    *loop;
  SimRandom   random;
  SimWeather  weather;
  GPtrArray  *ports; /* (owned): SimPort, unowned */
  GHashTable *down;  /* (owned): "NAME NAME" of two ends, in order */
  GPtrArray  *lines; /* (owned): Line: those that are open */
  guint       requests;
};

struct _SimPort {
  LimberTransport parent;
  SimNet         *net;
  char           *name;
  char           *url;  /* (nullable): of its node */
  LimberNode     *node; /* (owned) (nullable) */
  SimPort        *only; /* (nullable): the one other end that it reaches */
  SimLoopFunc     before; /* (nullable): called before anything is brought there */
  gpointer        before_data;
};

/* An open line between two ends. */
typedef struct {
  SimPort    *from, *to; /* (owned) */
  LimberWake *wake;      /* (owned) */
  gulong      closed;
} Line;

/* One question under way. */
typedef struct {
  SimPort       *to;      /* (owned) */
  LimberNode    *node;    /* (owned) (nullable): that was asked */
  LimberMessage *request; /* (owned): a copy: that is what goes over a wire */
  LimberMessage *answer;  /* (owned) (nullable) */
  LimberWake    *wake;    /* (owned) (nullable) */
  gboolean       again;   /* it is a message that came twice: nobody waits for this answer */
} Question;

G_DEFINE_FINAL_TYPE (SimPort, sim_port, LIMBER_TYPE_TRANSPORT)

static void
question_free (Question *question)
{
  g_clear_object (&question->to);
  g_clear_object (&question->node);
  g_clear_object (&question->wake);
  g_clear_pointer (&question->request, limber_message_unref);
  g_clear_pointer (&question->answer, limber_message_unref);
  g_free (question);
}

static void
line_free (Line *line)
{
  g_signal_handler_disconnect (line->wake, line->closed);
  g_object_unref (line->wake);
  g_object_unref (line->from);
  g_object_unref (line->to);
  g_free (line);
}

static char *
name_of_line (SimPort *a, SimPort *b)
{
  gboolean in_order = g_strcmp0 (a->name, b->name) < 0;

  return g_strdup_printf ("%s %s", in_order ? a->name : b->name, in_order ? b->name : a->name);
}

static gboolean
is_down (SimNet *net, SimPort *a, SimPort *b)
{
  g_autofree char *name = name_of_line (a, b);

  if ((a->only != NULL && a->only != b) || (b->only != NULL && b->only != a))
    return TRUE;
  return g_hash_table_contains (net->down, name);
}

static SimPort *
port_of (SimNet *net, const char *url)
{
  for (guint i = 0; i < net->ports->len; i++) {
    SimPort *port = g_ptr_array_index (net->ports, i);

    if (g_strcmp0 (port->url, url) == 0)
      return port;
  }
  return NULL;
}

static gint64
delay (SimNet *net)
{
  return net->weather.slowest == 0 ? 0 : sim_random_range (&net->random, SIM_SECOND / 2000, net->weather.slowest);
}

static void
come_to (SimPort *port)
{
  if (port->before != NULL)
    port->before (port->before_data);
}

static gboolean
tell_nothing (gpointer data)
{
  come_to (g_task_get_source_object (data));
  g_task_return_new_error (data, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "No answer");
  return G_SOURCE_REMOVE;
}

static void
lose (SimNet *net, GTask *task, gint64 after)
{
  sim_loop_after (net->loop, after, tell_nothing, g_object_ref (task), g_object_unref);
}

static void
on_line_closed (LimberWake *wake, SimNet *net)
{
  for (guint i = 0; i < net->lines->len; i++)
    if (((Line *) g_ptr_array_index (net->lines, i))->wake == wake) {
      g_ptr_array_remove_index (net->lines, i);
      return;
    }
}

static void
open_line (SimPort *from, Question *question)
{
  Line *line = g_new0 (Line, 1);

  line->from = g_object_ref (from);
  line->to = g_object_ref (question->to);
  line->wake = g_object_ref (question->wake);
  line->closed = g_signal_connect (line->wake, "closed", G_CALLBACK (on_line_closed), from->net);
  g_ptr_array_add (from->net->lines, line);
}

static gboolean
bring_answer (gpointer data)
{
  GTask *task = data;
  SimPort *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);

  if (question->to->node != question->node || is_down (self->net, self, question->to) || (question->wake != NULL && limber_wake_is_closed (question->wake))) {
    if (question->wake != NULL)
      limber_wake_close (question->wake);
    return tell_nothing (task);
  }
  if (question->wake != NULL)
    open_line (self, question);
  sim_loop_note (self->net->loop, "%s asked %s: %s %s %s: %u", self->name, question->to->name, question->request->method, question->request->path,
                 question->request->query != NULL ? question->request->query : "", question->answer->status);
  come_to (self);
  g_task_return_pointer (task, g_steal_pointer (&question->answer), (GDestroyNotify) limber_message_unref);
  return G_SOURCE_REMOVE;
}

static void
on_handled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SimPort *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);

  question->answer = limber_node_handle_finish (LIMBER_NODE (source), result, &question->wake, NULL);
  g_assert_nonnull (question->answer);
  if (question->again || sim_random_chance (&self->net->random, self->net->weather.lose_answer)) {
    if (question->wake != NULL)
      limber_wake_close (question->wake);
    lose (self->net, task, question->again ? 0 : PATIENCE);
    return;
  }
  sim_loop_after (self->net->loop, delay (self->net), bring_answer, g_steal_pointer (&task), g_object_unref);
}

static gboolean
bring_request (gpointer data)
{
  GTask *task = data;
  SimPort *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);

  if (question->to->node == NULL || is_down (self->net, self, question->to))
    return tell_nothing (task);
  come_to (question->to);
  question->node = g_object_ref (question->to->node);
  limber_node_handle_async (question->node, question->request, NULL, on_handled, g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static LimberMessage *
copy_request (LimberMessage *request, gboolean whole)
{
  LimberMessage *copy = limber_message_new (request->method, request->path, request->query);
  gsize length = g_bytes_get_size (request->body);
  g_autoptr (GBytes) body = g_bytes_new_from_bytes (request->body, 0, whole ? length : length / 2);
  GHashTableIter iter;
  gpointer name, value;

  limber_message_set_body (copy, NULL, body);
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    limber_message_set (copy, name, value);
  return copy;
}

static GTask *
ask (SimPort *self, SimPort *to, LimberMessage *request, gboolean again, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->to = g_object_ref (to);
  question->again = again;
  question->request = copy_request (request, again || !sim_random_chance (&self->net->random, self->net->weather.cut_short));
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  return task;
}

static void
sim_port_send_async (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  SimPort *self = SIM_PORT (transport), *to = port_of (self->net, url);
  g_autoptr (GTask) task = NULL;

  g_assert_nonnull (to);
  task = ask (self, to, request, FALSE, cancellable, callback, user_data);
  self->net->requests++;
  if (to->node == NULL || is_down (self->net, self, to)) {
    lose (self->net, task, delay (self->net));
    return;
  }
  if (sim_random_chance (&self->net->random, self->net->weather.lose_request)) {
    lose (self->net, task, PATIENCE);
    return;
  }
  if (sim_random_chance (&self->net->random, self->net->weather.twice))
    sim_loop_after (self->net->loop, delay (self->net) * 3, bring_request, ask (self, to, request, TRUE, NULL, NULL, NULL), g_object_unref);
  sim_loop_after (self->net->loop, delay (self->net), bring_request, g_steal_pointer (&task), g_object_unref);
}

static LimberMessage *
sim_port_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error)
{
  LimberMessage *answer = g_task_propagate_pointer (G_TASK (result), error);
  Question *question = g_task_get_task_data (G_TASK (result));

  *wake = answer != NULL ? g_steal_pointer (&question->wake) : NULL;
  return answer;
}

static void
sim_port_finalize (GObject *object)
{
  SimPort *self = SIM_PORT (object);

  g_clear_object (&self->node);
  g_free (self->name);
  g_free (self->url);
  G_OBJECT_CLASS (sim_port_parent_class)->finalize (object);
}

static void
sim_port_class_init (SimPortClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_port_finalize;
  LIMBER_TRANSPORT_CLASS (klass)->send_async = sim_port_send_async;
  LIMBER_TRANSPORT_CLASS (klass)->send_finish = sim_port_send_finish;
}

static void
sim_port_init (SimPort *self)
{
}

SimNet *
sim_net_new (SimLoop *loop, guint64 seed)
{
  SimNet *net = g_new0 (SimNet, 1);

  net->loop = loop;
  sim_random_init (&net->random, seed, "net", 0);
  net->ports = g_ptr_array_new_with_free_func (g_object_unref);
  net->down = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  net->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  return net;
}

/**
 * sim_net_free:
 *
 * Nothing may be under way.
 */
void
sim_net_free (SimNet *net)
{
  g_ptr_array_unref (net->lines);
  g_ptr_array_unref (net->ports);
  g_hash_table_unref (net->down);
  g_free (net);
}

void
sim_net_set_weather (SimNet *net, const SimWeather *weather)
{
  net->weather = *weather;
}

guint
sim_net_requests (SimNet *net)
{
  return net->requests;
}

/**
 * sim_port_new:
 * @url: (nullable): where its node is to be found
 *
 * Returns: (transfer none): an end; the net keeps it
 */
SimPort *
sim_port_new (SimNet *net, const char *name, const char *url)
{
  SimPort *port = g_object_new (SIM_TYPE_PORT, NULL);

  port->net = net;
  port->name = g_strdup (name);
  port->url = g_strdup (url);
  g_ptr_array_add (net->ports, port);
  return port;
}

/* Ends the open lines to @to, or those between it and @from. */
static void
end_lines (SimNet *net, SimPort *to, SimPort *from)
{
  for (guint i = net->lines->len; i > 0; i--) {
    Line *line = g_ptr_array_index (net->lines, i - 1);
    g_autoptr (LimberWake) wake = NULL;

    if ((line->to == to && (from == NULL || line->from == from)) || (from != NULL && line->to == from && line->from == to)) {
      wake = g_object_ref (line->wake);
      limber_wake_close (wake);
      i = MIN (i, net->lines->len + 1);
    }
  }
}

/**
 * sim_port_set_node:
 * @node: (nullable): what answers there from now on; %NULL when the machine stands still
 */
void
sim_port_set_node (SimPort *port, LimberNode *node)
{
  end_lines (port->net, port, NULL);
  g_set_object (&port->node, node);
}

/**
 * sim_port_set_only:
 *
 * From now on @port reaches nobody but @only.
 */
void
sim_port_set_only (SimPort *port, SimPort *only)
{
  port->only = only;
}

/**
 * sim_port_set_before:
 * @before: called before anything is brought to @port: a question to its node, or an answer
 */
void
sim_port_set_before (SimPort *port, SimLoopFunc before, gpointer data)
{
  port->before = before;
  port->before_data = data;
}

/**
 * sim_net_cut:
 * @down: whether nothing gets through between @a and @b
 */
void
sim_net_cut (SimNet *net, SimPort *a, SimPort *b, gboolean down)
{
  if (!down) {
    g_autofree char *name = name_of_line (a, b);

    g_hash_table_remove (net->down, name);
    return;
  }
  g_hash_table_add (net->down, name_of_line (a, b));
  end_lines (net, a, b);
}

/**
 * sim_net_mend:
 *
 * All lines are up, and nothing is lost any more.
 */
void
sim_net_mend (SimNet *net)
{
  static const SimWeather fine = { .slowest = SIM_SECOND / 50 };

  g_hash_table_remove_all (net->down);
  net->weather = fine;
}
