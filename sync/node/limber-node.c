/* Invariants: nothing of a request but its signature is looked at before it is known whose it is; every answer is
 * signed, and sealed for the device that asks once that is known; an answer to a push is given after the commit that holds it. */
#include "limber-node.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-call.h"
#include "limber-doubts.h"
#include "limber-error.h"
#include "limber-listeners.h"
#include "limber-matcher.h"
#include "limber-overlaps.h"
#include "limber-notice.h"
#include "limber-nonces.h"
#include "limber-prune.h"
#include "limber-session.h"

struct _LimberNode {
  GObject       parent;
  LimberStore  *store;     /* (owned) */
  char          run[LIMBER_RUN_LENGTH + 1];
  LimberNonces *nonces;    /* (owned) */
  LimberDigests *digests;  /* (owned) */
  LimberTally  *tally;     /* (owned) */
  LimberMuster *muster;    /* (owned) */
  LimberGate   *gate;      /* (owned) */
  LimberMatcher *matcher;  /* (owned) */
  LimberOverlaps *overlaps; /* (owned) */
  LimberDoubts *doubts;    /* (owned) */
  LimberListeners *listeners; /* (owned) (nullable) */
  gboolean      rolling;
  gint          central;   /* whether central can be reached; (atomic) */
  LimberRelay  *relay;     /* (owned) */
  gulong        changed;
};

G_DEFINE_FINAL_TYPE (LimberNode, limber_node, G_TYPE_OBJECT)

static void
limber_node_dispose (GObject *object)
{
  LimberNode *self = LIMBER_NODE (object);

  if (self->store != NULL)
    g_clear_signal_handler (&self->changed, self->store);
  g_clear_pointer (&self->listeners, limber_listeners_free);
  G_OBJECT_CLASS (limber_node_parent_class)->dispose (object);
}

static void
limber_node_finalize (GObject *object)
{
  LimberNode *self = LIMBER_NODE (object);

  g_clear_pointer (&self->nonces, limber_nonces_free);
  g_clear_pointer (&self->digests, limber_digests_free);
  g_clear_pointer (&self->tally, limber_tally_free);
  g_clear_pointer (&self->muster, limber_muster_free);
  g_clear_pointer (&self->relay, limber_relay_free);
  g_clear_pointer (&self->gate, limber_gate_free);
  g_clear_pointer (&self->matcher, limber_matcher_free);
  g_clear_pointer (&self->overlaps, limber_overlaps_free);
  g_clear_pointer (&self->doubts, limber_doubts_free);
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
  self->muster = limber_muster_new ();
  self->relay = limber_relay_new ();
  self->gate = limber_gate_new ();
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

LimberMuster *
limber_node_muster (LimberNode *node)
{
  return node->muster;
}

LimberGate *
limber_node_gate (LimberNode *node)
{
  return node->gate;
}

/**
 * limber_node_relay:
 *
 * Returns: (transfer none): what a hub asks central by
 */
LimberRelay *
limber_node_relay (LimberNode *node)
{
  return node->relay;
}

static void
on_store_changed (LimberStore *store, LimberChanges *changes, LimberNode *self)
{
  limber_listeners_hear (self->listeners, changes);
  limber_doubts_hear (self->doubts, changes);
}

/* Calls. */

static const LimberHandler *const handlers[] = { &limber_node_push, &limber_node_pull, &limber_node_digest, &limber_node_join, &limber_node_look, &limber_node_who, &limber_node_leave, &limber_node_find, &limber_node_manage, &limber_node_wake };

static void
call_free (LimberCall *call)
{
  if (call->destroy != NULL)
    call->destroy (call->data);
  g_clear_pointer (&call->answer, limber_message_unref);
  g_clear_pointer (&call->relay, json_decref);
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

static gint64
monotonic (LimberNode *self)
{
  return limber_env_monotonic (limber_store_env (self->store));
}

/* Gives the answer, sealed and signed. @error: (transfer full) (nullable) */
static void
finish (GTask *task, GError *error)
{
  LimberCall *call = g_task_get_task_data (task);
  LimberMessage *answer = error != NULL ? limber_call_refuse (call, status_of (error), error) : limber_message_ref (call->answer);

  if (call->is_inside)
    limber_gate_leave (call->node->gate, monotonic (call->node));
  if (call->is_sealed)
    limber_seal_close (answer, call->seal.answered);
  limber_sign_answer (answer, call->request, call->node->run, limber_store_identity (call->node->store)->secret_key);
  limber_call_tell (call, answer);
  limber_node_write_muster (call->node);
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
  if (!limber_call_standing (reader, &call->signature.device, &call->standing))
    return refuse (error, _("This device is not known here."));
  if (!limber_sign_verify (call->request, call->standing.key, error))
    return FALSE;
  if (!g_str_equal (call->signature.node_run, call->node->run))
    return refuse (error, _("The node has started again since; ask once more."));
  if (!limber_nonces_take (call->node->nonces, &call->signature))
    return refuse (error, _("This was asked before; ask once more."));
  if (call->standing.left && !call->handler->revoked)
    return refuse (error, _("This device was let go. Join it with a new code."));
  if (call->standing.revoked && !call->handler->revoked)
    return refuse (error, _("This device has been revoked. Speak to whoever looks after Limber."));
  return unseal (call, error);
}

/* Only so many who bring much are let in at once, and nobody is given a turn before it is known who he is. */
static gboolean
enter (LimberCall *call, GError **error)
{
  if (call->handler->gated == 0 || g_bytes_get_size (call->request->body) < call->handler->gated)
    return TRUE;
  call->is_inside = limber_gate_enter (call->node->gate, monotonic (call->node), &call->wait);
  if (!call->is_inside)
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The node has much to do just now; it will take this in a moment."));
  return call->is_inside;
}

static gboolean
prepare (LimberReader *reader, gpointer data, GError **error)
{
  LimberCall *call = data;

  call->is_known = !call->handler->open && authenticate (call, reader, error);
  return (call->handler->open || (call->is_known && enter (call, error))) && call->handler->prepare (call, reader, error);
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
on_relayed (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  json_t *answer = limber_relay_ask_finish (result, &error);

  if (answer != NULL)
    limber_call_answer (g_task_get_task_data (data), answer);
  finish (data, error);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberCall *call = g_task_get_task_data (data);
  GError *error = NULL;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error) || call->answer != NULL)
    finish (data, error);
  else if (call->relay != NULL)
    limber_relay_ask_async (call->node->relay, call->relay, on_relayed, data);
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
  call->began = monotonic (node);
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

  *wake = answer != NULL && answer->status == 101 ? limber_listeners_add (node->listeners, g_task_get_task_data (G_TASK (result))) : NULL;
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
  return limber_listeners_count (node->listeners);
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
  limber_listeners_say (node->listeners, LIMBER_WAKE_MARKS);
}

static gboolean
is_due (LimberReader *reader, gpointer data, GError **error)
{
  return limber_scope_is_due (reader);
}

/* Why something of its own could not be written. Of a disk the store tells, and health; and a node whose store is given up is going. */
gboolean
limber_node_must_tell (const GError *error)
{
  return !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DISK) && !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DISK_FULL) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
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
  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) && limber_node_must_tell (error))
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

static gboolean
renew_notices (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_notice_renew (transaction, error);
}

static void
on_notices (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error))
    g_debug ("What waiting-room screens say: %s", limber_error_for_log (error)); /* of a disk that fails the store tells */
}

static gboolean
are_notices_due (LimberReader *reader, gpointer data, GError **error)
{
  return limber_notice_is_due (reader, data, error);
}

static void
on_notices_due (GObject *source, GAsyncResult *result, gpointer data)
{
  if (limber_store_read_finish (LIMBER_STORE (source), result, NULL) && *(gboolean *) limber_store_read_data (result))
    limber_store_write_async (LIMBER_STORE (source), renew_notices, NULL, NULL, NULL, on_notices, NULL);
}

/* Who runs late changes with the time alone, and mostly nothing has: then nothing is written. */
static void
write_notices (LimberNode *node)
{
  limber_store_read_async (node->store, are_notices_due, g_new0 (gboolean, 1), g_free, NULL, on_notices_due, NULL);
}

/**
 * limber_node_tick:
 *
 * To be called now and then, so that midnight comes, what may go is pruned, what devices said of themselves is kept, people who
 * are there twice are found, and memory is given back, also where nobody asks anything.
 */
void
limber_node_tick (LimberNode *node)
{
  limber_prune_when_due (node->store);
  limber_listeners_note (node->listeners);
  limber_node_write_muster (node);
  write_notices (node);
  limber_matcher_run (node->matcher);
  limber_overlaps_run (node->overlaps);
  limber_doubts_run (node->doubts);
  limber_store_rest (node->store, FALSE);
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
  node->matcher = limber_matcher_new (store);
  node->overlaps = limber_overlaps_new (store);
  node->doubts = limber_doubts_new (store);
  limber_env_mint_run (limber_store_env (store), node->run);
  if (!limber_store_write (store, begin_run, node->run, error))
    return NULL;
  node->listeners = limber_listeners_new (store, node->tally, node->muster);
  node->changed = g_signal_connect (store, "changed", G_CALLBACK (on_store_changed), node);
  return g_steal_pointer (&node);
}
