#include "limber-link.h"

#include <sodium.h>
#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-seal.h"

struct _LimberLink {
  GObject          parent;
  LimberTransport *transport; /* (owned) */
  char            *url;       /* (owned) */
  guint8           node_key[32];
  guint8           secret_key[64];
  LimberEnv       *env;       /* (owned) */
  LimberSignature  signature; /* of the last request: the next has the next counter */
  LimberSeal       seal;
  gboolean         stranger;  /* the last answer was not the node's */
  guint            turn;      /* milliseconds: when to ask again, by the last answer; 0 when it did not say */
  gint64           sent;      /* machine's clock, ms: when the last answered request went out */
  gint64           answered;  /* and when its answer came */
};

/* One question, perhaps asked twice. */
typedef struct {
  LimberMessage *request; /* (owned) */
  gboolean       again;
  gint64         sent;
  LimberWake    *wake;    /* (owned) (nullable) */
} Ask;

G_DEFINE_FINAL_TYPE (LimberLink, limber_link, G_TYPE_OBJECT)

static void
limber_link_finalize (GObject *object)
{
  LimberLink *self = LIMBER_LINK (object);

  g_clear_object (&self->transport);
  g_free (self->url);
  sodium_memzero (self->secret_key, sizeof self->secret_key);
  sodium_memzero (&self->seal, sizeof self->seal);
  limber_env_unref (self->env);
  G_OBJECT_CLASS (limber_link_parent_class)->finalize (object);
}

static void
limber_link_class_init (LimberLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_link_finalize;
}

static void
limber_link_init (LimberLink *self)
{
}

/**
 * limber_link_new:
 * @url: the node's address, without a path
 * @node_key: its Ed25519 public key: nobody else's answer counts
 * @device: who asks
 * @secret_key: his Ed25519 key
 *
 * Returns: (transfer full) (nullable): the link; nothing is sent yet; %NULL when @node_key is no key
 */
LimberLink *
limber_link_new (LimberTransport *transport, const char *url, const guint8 node_key[32], const LimberId *device, const guint8 secret_key[64], LimberEnv *env)
{
  LimberLink *link = g_object_new (LIMBER_TYPE_LINK, NULL);

  link->transport = g_object_ref (transport);
  link->url = g_strdup (url);
  link->env = limber_env_ref (env);
  memcpy (link->node_key, node_key, sizeof link->node_key);
  memcpy (link->secret_key, secret_key, sizeof link->secret_key);
  link->signature.device = *device;
  memset (link->signature.node_run, '0', LIMBER_RUN_LENGTH); /* not known yet: the first 401 says */
  limber_env_mint_run (env, link->signature.device_run);
  if (!limber_seal_init_device (&link->seal, env, node_key))
    g_clear_object (&link);
  return link;
}

/**
 * limber_link_get_url:
 *
 * Returns: where its node is asked
 */
const char *
limber_link_get_url (LimberLink *link)
{
  return link->url;
}

/**
 * limber_link_new_beside:
 *
 * Returns: (transfer full): another link to the same node, for what is not to wait for @link
 */
LimberLink *
limber_link_new_beside (LimberLink *link)
{
  return limber_link_new (link->transport, link->url, link->node_key, &link->signature.device, link->secret_key, link->env);
}

/**
 * limber_link_measure:
 * @now: what the node said the time was, milliseconds UTC, in its last answer
 * @uncertainty: (out): milliseconds, by how much this may be wrong
 *
 * Returns: milliseconds that the node's clock is ahead of this machine's
 */
gint64
limber_link_measure (LimberLink *link, gint64 now, gint64 *uncertainty)
{
  *uncertainty = (link->answered - link->sent) / 2 + 1;
  return now + (link->answered - link->sent) / 2 - link->answered;
}

static void
ask_free (Ask *ask)
{
  g_clear_object (&ask->wake);
  limber_message_unref (ask->request);
  g_free (ask);
}

static void send_ask (GTask *task, GAsyncReadyCallback callback);

/**
 * limber_link_met_stranger:
 *
 * Returns: whether somebody else than the node answered last: another machine has its address now, or something between
 *   (the hall's sign-in page, an inspection that refuses, nginx without its node) answers for it
 */
gboolean
limber_link_met_stranger (LimberLink *link)
{
  return link->stranger;
}

/**
 * limber_link_turn:
 *
 * Returns: milliseconds after which the node, by its last answer, a refusal, will take what it was asked to; 0 when it did not say
 */
guint
limber_link_turn (LimberLink *link)
{
  return link->turn;
}

/* The node started again, or had that nonce: its run is in the signed answer; a new device run cannot have been used. */
static void
learn_run (LimberLink *self, LimberMessage *answer)
{
  const char *run = limber_message_get (answer, "limber-run");

  if (run != NULL && strlen (run) == LIMBER_RUN_LENGTH)
    memcpy (self->signature.node_run, run, LIMBER_RUN_LENGTH);
  limber_env_mint_run (self->env, self->signature.device_run);
  self->signature.counter = 0;
}

/* @answer: (transfer full): the end of the question, which may be a refusal */
static void
finish (GTask *task, LimberMessage *answer)
{
  GError *error = answer->status == 101 ? NULL : limber_message_error (answer);

  if (error == NULL) {
    g_task_return_pointer (task, answer, (GDestroyNotify) limber_message_unref);
    return;
  }
  limber_message_unref (answer);
  g_task_return_error (task, error);
}

static void
note_turn (LimberLink *self, LimberMessage *answer)
{
  g_autoptr (json_t) json = answer->status == 503 ? limber_message_json (answer, NULL) : NULL;

  self->turn = (guint) CLAMP (limber_json_integer (json, "wait", 0), 0, G_MAXINT);
}

static void
on_stranger_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (LimberWake) wake = NULL;
  LimberMessage *answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &wake, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    finish (task, answer);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LimberLink *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (LimberWake) wake = NULL;
  g_autoptr (LimberMessage) answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &wake, &error);

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  self->stranger = !limber_sign_verify_answer (answer, ask->request, self->node_key, &error);
  if (self->stranger) {
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "%s: %s", self->url, error->message);
    g_error_free (error);
    return;
  }
  if (answer->status == 401 && !ask->again) {
    ask->again = TRUE;
    learn_run (self, answer);
    send_ask (g_steal_pointer (&task), on_answered);
    return;
  }
  if (!limber_seal_open (answer, self->seal.answered, &error)) {
    g_task_return_error (task, error);
    return;
  }
  note_turn (self, answer);
  self->sent = ask->sent;
  self->answered = limber_env_wall (self->env);
  ask->wake = g_steal_pointer (&wake);
  finish (task, g_steal_pointer (&answer));
}

static void
send_ask (GTask *task, GAsyncReadyCallback callback)
{
  LimberLink *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);

  self->turn = 0;
  self->signature.counter++;
  limber_sign_request (ask->request, &self->signature, self->secret_key);
  ask->sent = limber_env_wall (self->env);
  limber_transport_send_async (self->transport, self->url, ask->request, g_task_get_cancellable (task), callback, task);
}

static GTask *
new_task (LimberLink *link, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (link, cancellable, callback, user_data);
  Ask *ask = g_new0 (Ask, 1);

  ask->request = limber_message_ref (request);
  g_task_set_source_tag (task, new_task);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  limber_message_set (request, "accept-encoding", "identity"); /* nothing on the way is to pack what was signed */
  limber_message_set (request, "limber-seal", link->seal.name);
  return task;
}

/**
 * limber_link_ask_async:
 * @request: (inout): without a signature; its body is sealed
 */
void
limber_link_ask_async (LimberLink *link, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (link, request, cancellable, callback, user_data);

  limber_seal_close (request, link->seal.asked);
  send_ask (task, on_answered);
}

/**
 * limber_link_ask_stranger_async:
 * @request: without a body
 *
 * As limber_link_ask_async(), of whoever answers at the node's address: his answer proves nothing about him.
 */
void
limber_link_ask_stranger_async (LimberLink *link, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  send_ask (new_task (link, request, cancellable, callback, user_data), on_stranger_answered);
}

/**
 * limber_link_ask_finish:
 * @wake: (out) (optional) (transfer full) (nullable): this end of an open line, when that was asked for
 * @error: LIMBER_ERROR_UNREACHABLE, also when somebody else answered, or what the node says
 *
 * Returns: (transfer full) (nullable): the answer: verified, and no error
 */
LimberMessage *
limber_link_ask_finish (LimberLink *link, GAsyncResult *result, LimberWake **wake, GError **error)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));

  if (wake != NULL)
    *wake = g_steal_pointer (&ask->wake);
  return g_task_propagate_pointer (G_TASK (result), error);
}
