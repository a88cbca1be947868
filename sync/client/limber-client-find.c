/* Asking central for somebody (app/care/limber-find.h), beside whatever the sessions do: by links of their own, one a node.
 * The own node is asked first, which asks central; where it does not answer in time, central itself. However that goes,
 * whoever asked hears of it within the time that he gives. */
#include "limber-client-private.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

/* Where it is asked, and what is said when nobody can be. */
typedef struct {
  const char *path, *unreachable;
} Office;

static const Office find_office = { "/sync/v1/find", N_("The central service cannot be reached now, so it cannot be asked for this person.") };
static const Office manage_office = { "/sync/v1/manage", N_("Neither the hub nor the central service can be reached now. Nothing was changed; try again when the line is back.") };

typedef struct {
  const Office *office;
  json_t       *question;    /* (owned) */
  GPtrArray    *links;       /* (owned): LimberLink, those that have not been asked yet, the next one last */
  gint64        until;       /* microseconds, monotonic */
  GCancellable *cancellable; /* (owned): of what is asked now */
  GSource      *timer;       /* (owned) (nullable) */
  gboolean      late;        /* its time is over */
  GError       *shut_out;    /* (owned) (nullable): a node does not take this device; another may */
  GCancellable *given[2];    /* (owned) (nullable): who may stop it: the caller, and the client's end */
  gulong        handlers[2];
} Asking;

static void
asking_free (Asking *asking)
{
  for (gsize i = 0; i < G_N_ELEMENTS (asking->given); i++) {
    g_cancellable_disconnect (asking->given[i], asking->handlers[i]);
    g_clear_object (&asking->given[i]);
  }
  limber_client_clear_timer (&asking->timer);
  g_clear_error (&asking->shut_out);
  g_object_unref (asking->cancellable);
  g_ptr_array_unref (asking->links);
  json_decref (asking->question);
  g_free (asking);
}

static void
on_stopped (GCancellable *cancellable, Asking *asking)
{
  g_cancellable_cancel (asking->cancellable);
}

static void
obey (Asking *asking, gsize i, GCancellable *cancellable)
{
  if (cancellable == NULL)
    return;
  asking->given[i] = g_object_ref (cancellable);
  asking->handlers[i] = g_cancellable_connect (cancellable, G_CALLBACK (on_stopped), asking, NULL);
}

static gboolean
on_late (gpointer data)
{
  Asking *asking = g_task_get_task_data (data);

  asking->late = TRUE;
  limber_client_clear_timer (&asking->timer);
  g_cancellable_cancel (asking->cancellable);
  return G_SOURCE_REMOVE;
}

static gint64
left (LimberClient *self, const Asking *asking)
{
  return (asking->until - limber_env_monotonic (limber_store_env (self->store))) / 1000;
}

/* While somebody else can still be asked, a part of the time is kept for that. */
static void
set_time (GTask *task, LimberClient *self, Asking *asking)
{
  gint64 rest = MAX (left (self, asking), 0);

  asking->late = FALSE;
  limber_client_clear_timer (&asking->timer);
  asking->timer = limber_env_timer (limber_store_env (self->store), (guint) (asking->links->len > 0 ? rest * 2 / 3 : rest));
  g_source_set_callback (asking->timer, on_late, task, NULL);
  g_source_attach (asking->timer, g_task_get_context (task));
}

static void ask_next (GTask *task);

/* Nobody is left to be asked, or no time. @task: (transfer full) */
static void
give_up (GTask *task, Asking *asking)
{
  limber_client_clear_timer (&asking->timer);
  if (asking->shut_out != NULL)
    g_task_return_error (task, g_steal_pointer (&asking->shut_out));
  else
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "%s", _(asking->office->unreachable));
  g_object_unref (task);
}

/* Whether that was the node's last word, and not the want of one. */
static gboolean
is_answer (const GError *error)
{
  return g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED) || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
}

/* A code of a node that does not know where it is reached: there where this device has just reached it. */
static void
note_address (json_t *answer, LimberLink *link)
{
  if (limber_json_string (answer, "code") != NULL && limber_json_string (answer, "address") == NULL)
    json_object_set_new (answer, "address", json_string (limber_link_get_url (link)));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (source), result, NULL, &error);
  json_t *json = answer != NULL ? limber_message_json (answer, &error) : NULL;

  if (json != NULL) {
    note_address (json, LIMBER_LINK (source));
    limber_client_clear_timer (&asking->timer);
    g_task_return_pointer (task, json, (GDestroyNotify) json_decref);
  } else if (is_answer (error) || (g_cancellable_is_cancelled (asking->cancellable) && !asking->late))
    g_task_return_error (task, error);
  else {
    g_debug ("Find: %s", limber_error_for_log (error));
    if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED) && asking->shut_out == NULL)
      asking->shut_out = g_steal_pointer (&error);
    g_clear_error (&error);
    ask_next (g_steal_pointer (&task));
  }
}

/* @task: (transfer full) */
static void
ask_next (GTask *task)
{
  LimberClient *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (LimberMessage) request = limber_message_new ("POST", asking->office->path, NULL);
  g_autoptr (LimberLink) link = NULL;

  if (asking->links->len == 0 || left (self, asking) <= 0 || !limber_message_set_json (request, asking->question, NULL)) {
    give_up (task, asking);
    return;
  }
  if (asking->late) {
    g_object_unref (asking->cancellable);
    asking->cancellable = g_cancellable_new ();
  }
  link = g_ptr_array_steal_index (asking->links, asking->links->len - 1);
  set_time (task, self, asking);
  limber_link_ask_async (link, request, asking->cancellable, on_answered, task);
}

/* The present node first, then the others. */
static void
add_links (LimberClient *self, GPtrArray *links)
{
  for (guint i = self->peers->len; i > 0; i--) {
    LimberPeer *peer = &g_array_index (self->peers, LimberPeer, (self->at + i - 1) % self->peers->len);

    if (peer->finder == NULL)
      peer->finder = limber_link_new_beside (peer->link);
    g_ptr_array_add (links, g_object_ref (peer->finder));
  }
}

static void
start (LimberClient *client, const Office *office, json_t *question, guint milliseconds, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, start);
  asking->office = office;
  asking->question = json_incref (question);
  asking->links = g_ptr_array_new_with_free_func (g_object_unref);
  asking->until = limber_env_monotonic (limber_store_env (client->store)) + (gint64) milliseconds * 1000;
  asking->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  if (!client->running)
    limber_client_find_peers (client);
  add_links (client, asking->links);
  obey (asking, 0, cancellable);
  obey (asking, 1, client->cancellable);
  ask_next (task);
}

/**
 * limber_client_find_async:
 * @question: what is asked, as app/care/limber-find.h says, with "ask": find, grant, end or history
 * @milliseconds: after which there is an answer, or the word that there is none
 *
 * Asks central. A client that has not been started does so too.
 */
void
limber_client_find_async (LimberClient *client, json_t *question, guint milliseconds, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (client, &find_office, question, milliseconds, cancellable, callback, user_data);
}

/**
 * limber_client_manage_async:
 * @question: as app/care/limber-managing.h says
 *
 * Asks the own node, or central, about the devices of this site, or to do something to one.
 */
void
limber_client_manage_async (LimberClient *client, json_t *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  start (client, &manage_office, question, LIMBER_CLIENT_FIND_TIME, cancellable, callback, user_data);
}

/**
 * limber_client_manage_finish:
 * @error: as limber_client_find_finish()
 *
 * Returns: (transfer full) (nullable): the answer; of a code that was made, "address" says where its node is reached
 */
json_t *
limber_client_manage_finish (LimberClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * limber_client_find_finish:
 * @error: LIMBER_ERROR_REFUSED, in central's words; LIMBER_ERROR_UNREACHABLE when it could not be asked in time;
 *   LIMBER_ERROR_UNAUTHORISED when no node takes this device
 *
 * Returns: (transfer full) (nullable): central's answer
 */
json_t *
limber_client_find_finish (LimberClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  GAsyncResult *result; /* (owned) (nullable) */
} Waiting;

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Waiting *) data)->result = g_object_ref (result);
}

/* Asks, and waits. */
static json_t *
ask_and_wait (LimberClient *client, const Office *office, json_t *question, guint milliseconds, GCancellable *cancellable, GError **error)
{
  GMainContext *context = limber_client_own_context ();
  Waiting waiting = { NULL };
  json_t *answer;

  g_return_val_if_fail (!client->running, NULL);
  g_main_context_push_thread_default (context);
  start (client, office, question, milliseconds, cancellable, on_found, &waiting);
  while (waiting.result == NULL)
    g_main_context_iteration (context, TRUE);
  answer = limber_client_find_finish (client, waiting.result, error);
  g_object_unref (waiting.result);
  g_array_set_size (client->peers, 0);
  if (client->own_transport) /* it belongs to this context */
    g_clear_object (&client->transport);
  while (g_main_context_pending (context))
    g_main_context_iteration (context, FALSE);
  g_main_context_pop_thread_default (context);
  return answer;
}

/**
 * limber_client_find:
 *
 * As limber_client_find_async(), and waits; for the command line, by a client that has not been started.
 *
 * Returns: (transfer full) (nullable): central's answer
 */
json_t *
limber_client_find (LimberClient *client, json_t *question, guint milliseconds, GCancellable *cancellable, GError **error)
{
  return ask_and_wait (client, &find_office, question, milliseconds, cancellable, error);
}

/**
 * limber_client_manage:
 *
 * As limber_client_manage_async(), and waits; for the command line, by a client that has not been started.
 *
 * Returns: (transfer full) (nullable): the answer
 */
json_t *
limber_client_manage (LimberClient *client, json_t *question, GCancellable *cancellable, GError **error)
{
  return ask_and_wait (client, &manage_office, question, LIMBER_CLIENT_FIND_TIME, cancellable, error);
}
