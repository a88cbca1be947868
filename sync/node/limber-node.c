/* Invariants: nothing of a request but its signature is looked at before it is known whose it is; every answer is
 * signed, and sealed for the device that asks once that is known; an answer to a push is given after the commit that holds it. */
#include "limber-node.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-call.h"
#include "limber-error.h"
#include "limber-nonces.h"
#include "limber-prune.h"
#include "limber-session.h"

/* A device that listens. */
typedef struct {
  LimberNode *node;
  LimberWake *wake;  /* (owned) */
  LimberId    device;
  LimberGroup group;
  gint64      told;  /* up to which place of the order of change it was told */
  gint64      marks; /* limber_session_mark_sum() when it was told; -1 before */
} Listener;

struct _LimberNode {
  GObject       parent;
  LimberStore  *store;     /* (owned) */
  char          run[LIMBER_RUN_LENGTH + 1];
  LimberNonces *nonces;    /* (owned) */
  LimberDigests *digests;  /* (owned) */
  LimberTally  *tally;     /* (owned) */
  GPtrArray    *listeners; /* (owned): Listener */
  gboolean      checking;  /* it is being found out whom to wake */
  gboolean      again;     /* something changed meanwhile */
  gboolean      rolling;
  gint          central;   /* whether central can be reached; (atomic) */
  gulong        changed;
};

G_DEFINE_FINAL_TYPE (LimberNode, limber_node, G_TYPE_OBJECT)

static void
listener_free (Listener *listener)
{
  g_signal_handlers_disconnect_by_data (listener->wake, listener);
  limber_wake_close (listener->wake);
  g_object_unref (listener->wake);
  g_free (listener);
}

static void
limber_node_dispose (GObject *object)
{
  LimberNode *self = LIMBER_NODE (object);

  if (self->store != NULL)
    g_clear_signal_handler (&self->changed, self->store);
  g_ptr_array_set_size (self->listeners, 0);
  G_OBJECT_CLASS (limber_node_parent_class)->dispose (object);
}

static void
limber_node_finalize (GObject *object)
{
  LimberNode *self = LIMBER_NODE (object);

  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  g_clear_pointer (&self->nonces, limber_nonces_free);
  g_clear_pointer (&self->digests, limber_digests_free);
  g_clear_pointer (&self->tally, limber_tally_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_node_parent_class)->finalize (object);
}

static void
limber_node_class_init (LimberNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_node_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_node_finalize;
}

static void
limber_node_init (LimberNode *self)
{
  self->nonces = limber_nonces_new ();
  self->digests = limber_digests_new ();
  self->tally = limber_tally_new ();
  self->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) listener_free);
}

LimberStore *
limber_node_store (LimberNode *node)
{
  return node->store;
}

const char *
limber_node_run (LimberNode *node)
{
  return node->run;
}

gboolean
limber_node_has_central (LimberNode *node)
{
  return g_atomic_int_get (&node->central);
}

LimberDigests *
limber_node_digests (LimberNode *node)
{
  return node->digests;
}

LimberTally *
limber_node_tally (LimberNode *node)
{
  return node->tally;
}

/* Waking. */

/* One look at the store for all who listen. */
typedef struct {
  GArray *asked; /* (owned): Listener, copies to compare with */
  GArray *news;  /* (owned): gboolean each: there is something to pull */
  gint64  position;
} Look;

static void
look_free (Look *look)
{
  g_array_unref (look->asked);
  g_array_unref (look->news);
  g_free (look);
}

static gboolean
same_question (const Listener *a, const Listener *b)
{
  return a->told == b->told && a->group.klass == b->group.klass && limber_id_equal (&a->group.site, &b->group.site);
}

static gboolean
look_for_news (LimberReader *reader, gpointer data, GError **error)
{
  Look *look = data;

  look->position = limber_feed_position (reader);
  for (guint i = 0; i < look->asked->len; i++) {
    Listener *asked = &g_array_index (look->asked, Listener, i);
    gboolean news = FALSE, known = FALSE;

    for (guint j = 0; j < i && !known; j++) {
      known = same_question (asked, &g_array_index (look->asked, Listener, j));
      news = known && g_array_index (look->news, gboolean, j);
    }
    if (!known)
      news = limber_feed_has_news (reader, &asked->group, asked->told);
    g_array_append_val (look->news, news);
    asked->marks = limber_session_mark_sum (reader, &asked->device);
  }
  return TRUE;
}

static void check_listeners (LimberNode *self);

static void
tell (Listener *listener, const Listener *found, gboolean news, gint64 position)
{
  gboolean moved = listener->marks != found->marks;

  listener->told = MAX (listener->told, position);
  listener->marks = found->marks;
  if (news)
    limber_wake_say (listener->wake, LIMBER_WAKE_PULL);
  if (moved)
    limber_wake_say (listener->wake, LIMBER_WAKE_MARKS);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberNode) self = data;
  Look *look = limber_store_read_data (result);
  gboolean good = limber_store_read_finish (LIMBER_STORE (source), result, NULL);

  self->checking = FALSE;
  for (guint i = 0; good && i < look->asked->len; i++) {
    Listener *asked = &g_array_index (look->asked, Listener, i);

    for (guint j = 0; j < self->listeners->len; j++) { /* some may have gone meanwhile */
      Listener *listener = g_ptr_array_index (self->listeners, j);

      if (listener->wake == asked->wake) {
        tell (listener, asked, g_array_index (look->news, gboolean, i), look->position);
        break;
      }
    }
  }
  if (self->again)
    check_listeners (self);
}

/* Finds out, in a worker, whom the changes since the last look concern. What changes meanwhile is looked at after. */
static void
check_listeners (LimberNode *self)
{
  Look *look;

  self->again = self->checking;
  if (self->checking || self->listeners->len == 0)
    return;
  self->checking = TRUE;
  look = g_new0 (Look, 1);
  look->asked = g_array_new (FALSE, FALSE, sizeof (Listener));
  look->news = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < self->listeners->len; i++)
    g_array_append_vals (look->asked, g_ptr_array_index (self->listeners, i), 1);
  limber_store_read_async (self->store, look_for_news, look, (GDestroyNotify) look_free, NULL, on_looked, g_object_ref (self));
}

static void
on_store_changed (LimberStore *store, LimberChanges *changes, LimberNode *self)
{
  check_listeners (self);
}

static void
on_wake_closed (LimberWake *wake, Listener *listener)
{
  LimberNode *self = listener->node;

  g_ptr_array_remove_fast (self->listeners, listener);
  limber_tally_set_lines (self->tally, self->listeners->len);
}

static LimberWake *
listen (LimberNode *self, LimberCall *call)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->node = self;
  listener->wake = limber_wake_new ();
  listener->device = call->signature.device;
  listener->group = call->group;
  listener->told = GPOINTER_TO_SIZE (call->data);
  listener->marks = -1; /* whether central can be reached may have changed before it listened, so that it must ask */
  g_signal_connect (listener->wake, "closed", G_CALLBACK (on_wake_closed), listener);
  g_ptr_array_add (self->listeners, listener);
  limber_tally_set_lines (self->tally, self->listeners->len);
  check_listeners (self);
  return g_object_ref (listener->wake);
}

/* A device says in its question how far it has read, so that nothing between its last pull and its listening is missed. */
static gboolean
prepare_wake (LimberCall *call, LimberReader *reader, GError **error)
{
  g_autofree char *cursor = limber_message_parameter (call->request, "cursor");
  g_auto (GStrv) parts = cursor != NULL ? g_strsplit (cursor, ".", 2) : NULL;
  gint64 seq = parts != NULL && g_strv_length (parts) == 2 ? g_ascii_strtoll (parts[1], NULL, 10) : 0;

  call->data = GSIZE_TO_POINTER ((gsize) CLAMP (seq, 0, limber_feed_position (reader)));
  call->answer = limber_message_new_answer (101);
  return TRUE;
}

/* Calls. */

static const LimberHandler wake_handler = { "GET", "/sync/v1/wake", FALSE, FALSE, prepare_wake, NULL, NULL };
static const LimberHandler *const handlers[] = { &limber_node_push, &limber_node_pull, &limber_node_digest, &limber_node_join, &limber_node_who, &wake_handler };

static void
call_free (LimberCall *call)
{
  if (call->destroy != NULL)
    call->destroy (call->data);
  g_clear_pointer (&call->answer, limber_message_unref);
  limber_message_unref (call->request);
  g_object_unref (call->node);
  g_free (call);
}

static guint
status_of (const GError *error)
{
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED))
    return 401;
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT) || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED))
    return 400;
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND))
    return 404;
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED))
    return 403;
  return 503;
}

/* Gives the answer, sealed and signed. @error: (transfer full) (nullable) */
static void
finish (GTask *task, GError *error)
{
  LimberCall *call = g_task_get_task_data (task);
  LimberMessage *answer = error != NULL ? limber_message_new_error (status_of (error), error) : limber_message_ref (call->answer);

  if (call->is_sealed)
    limber_seal_close (answer, call->seal.answered);
  limber_sign_answer (answer, call->request, call->node->run, limber_store_identity (call->node->store)->secret_key);
  limber_call_tell (call, answer);
  g_clear_error (&error);
  g_task_return_pointer (task, answer, (GDestroyNotify) limber_message_unref);
  g_object_unref (task);
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED, why);
  return FALSE;
}

/* What is asked can be read, and answered, by nobody but the device and this node. */
static gboolean
unseal (LimberCall *call, GError **error)
{
  if (!limber_seal_init_node (&call->seal, limber_message_get (call->request, "limber-seal"), limber_store_identity (call->node->store)->secret_key))
    return refuse (error, _("This request does not say for whom its answer is to be sealed."));
  call->is_sealed = TRUE;
  return limber_seal_open (call->request, call->seal.asked, error);
}

/* Who asks, and whether it is really that device, asking this for the first time. */
static gboolean
authenticate (LimberCall *call, LimberReader *reader, GError **error)
{
  guint8 key[32];

  if (!limber_call_key_of (reader, &call->signature.device, key, &call->group, &call->is_revoked))
    return refuse (error, _("This device is not known here."));
  if (!limber_sign_verify (call->request, key, error))
    return FALSE;
  if (!g_str_equal (call->signature.node_run, call->node->run))
    return refuse (error, _("The node has started again since; ask once more."));
  if (!limber_nonces_take (call->node->nonces, &call->signature))
    return refuse (error, _("This was asked before; ask once more."));
  if (call->is_revoked && !call->handler->revoked)
    return refuse (error, _("This device has been revoked. Speak to whoever looks after Limber."));
  return unseal (call, error);
}

static gboolean
prepare (LimberReader *reader, gpointer data, GError **error)
{
  LimberCall *call = data;

  call->is_known = !call->handler->open && authenticate (call, reader, error);
  return (call->handler->open || call->is_known) && call->handler->prepare (call, reader, error);
}

static gboolean
compose (LimberReader *reader, gpointer data, GError **error)
{
  LimberCall *call = data;

  return call->handler->compose (call, reader, error);
}

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberCall *call = data;

  return call->handler->write (call, transaction, error);
}

static void
on_composed (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  limber_store_read_finish (LIMBER_STORE (source), result, &error);
  finish (data, error);
}

static void
on_carried_out (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberCall *call = g_task_get_task_data (data);
  GError *error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) || call->answer != NULL)
    finish (data, error);
  else
    limber_store_read_async (call->node->store, compose, call, NULL, NULL, on_composed, data);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberCall *call = g_task_get_task_data (data);
  GError *error = NULL;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error) || call->answer != NULL)
    finish (data, error);
  else
    limber_store_write_async (call->node->store, carry_out, call, NULL, NULL, on_carried_out, data);
}

static const LimberHandler *
find_handler (LimberMessage *request)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_str_equal (handlers[i]->path, request->path) && g_str_equal (handlers[i]->method, request->method))
      return handlers[i];
  return NULL;
}

/**
 * limber_node_handle_async:
 * @request: what a device asks
 * @callback: called when there is an answer
 */
void
limber_node_handle_async (LimberNode *node, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (node, cancellable, callback, user_data);
  LimberCall *call = g_new0 (LimberCall, 1);
  GError *error = NULL;

  call->node = g_object_ref (node);
  call->began = limber_env_monotonic (limber_store_env (node->store));
  call->request = limber_message_ref (request);
  call->handler = find_handler (request);
  g_task_set_source_tag (task, limber_node_handle_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  g_task_set_check_cancellable (task, FALSE);
  if (!limber_sign_read (request, &call->signature, &error))
    finish (task, error);
  else if (call->handler == NULL)
    finish (task, g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is nothing here.")));
  else
    limber_store_read_async (node->store, prepare, call, NULL, NULL, on_prepared, task);
}

/**
 * limber_node_handle_finish:
 * @wake: (out) (transfer full) (nullable): the node's end of an open line, when the answer is 101
 *
 * Returns: (transfer full): the answer; there always is one
 */
LimberMessage *
limber_node_handle_finish (LimberNode *node, GAsyncResult *result, LimberWake **wake, GError **error)
{
  LimberMessage *answer = g_task_propagate_pointer (G_TASK (result), error);

  *wake = answer != NULL && answer->status == 101 ? listen (node, g_task_get_task_data (G_TASK (result))) : NULL;
  return answer;
}

/**
 * limber_node_n_listeners:
 *
 * Returns: how many devices listen now
 */
guint
limber_node_n_listeners (LimberNode *node)
{
  return node->listeners->len;
}

/**
 * limber_node_set_central:
 * @reachable: whether this hub reaches central
 *
 * Its devices are told when that changes.
 */
void
limber_node_set_central (LimberNode *node, gboolean reachable)
{
  if (g_atomic_int_get (&node->central) == reachable)
    return;
  g_atomic_int_set (&node->central, reachable);
  for (guint i = 0; i < node->listeners->len; i++)
    limber_wake_say (((Listener *) g_ptr_array_index (node->listeners, i))->wake, LIMBER_WAKE_MARKS);
}

static gboolean
is_due (LimberReader *reader, gpointer data, GError **error)
{
  return limber_scope_is_due (reader);
}

static gboolean
roll (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_scope_roll (transaction, error);
}

static void
on_rolled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberNode) self = data;
  g_autoptr (GError) error = NULL;

  self->rolling = FALSE;
  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) && !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DISK)) /* of that the store tells */
    g_warning ("Midnight's changes could not be written: %s", limber_error_for_log (error));
}

static void
on_due (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberNode *self = data;

  if (limber_store_read_finish (LIMBER_STORE (source), result, NULL))
    limber_store_write_async (self->store, roll, NULL, NULL, NULL, on_rolled, self);
  else {
    self->rolling = FALSE;
    g_object_unref (self);
  }
}

/**
 * limber_node_tick:
 *
 * To be called now and then, so that midnight comes, and what may go is pruned, also where nobody asks anything.
 */
void
limber_node_tick (LimberNode *node)
{
  limber_prune_when_due (node->store);
  if (node->rolling)
    return;
  node->rolling = TRUE;
  limber_store_read_async (node->store, is_due, NULL, NULL, NULL, on_due, g_object_ref (node));
}

static gboolean
begin_run (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_session_begin_run (transaction, data, error);
}

/**
 * limber_node_new:
 * @store: the store of a hub or of the central service
 * @error: LIMBER_ERROR_REFUSED when it is another's
 *
 * Starts a node: a new run begins (SYNC.md rule 16).
 *
 * Returns: (transfer full) (nullable): the node
 */
LimberNode *
limber_node_new (LimberStore *store, GError **error)
{
  g_autoptr (LimberNode) node = NULL;

  if (!(limber_store_identity (store)->klass & LIMBER_CLASS_NODES)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This is a device's store (%s); only a hub or the central service can be a node."),
                 limber_class_name (limber_store_identity (store)->klass));
    return NULL;
  }
  node = g_object_new (LIMBER_TYPE_NODE, NULL);
  node->store = g_object_ref (store);
  limber_env_mint_run (limber_store_env (store), node->run);
  if (!limber_store_write (store, begin_run, node->run, error))
    return NULL;
  node->changed = g_signal_connect (store, "changed", G_CALLBACK (on_store_changed), node);
  return g_steal_pointer (&node);
}
