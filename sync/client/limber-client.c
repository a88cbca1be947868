/* One step at a time: find out what the node lacks, push, leave, pull, listen, compare digests. Each step's end chooses the next
 * (limber_client_step()); while a push is on its way the next one is made, and while a page is written the next one is asked for.
 * Invariant: at most one request is under way besides the open line, the look for the own node while central is spoken to
 * directly, and limber_client_find_async(); a session (what is known of the node) ends with the first failure, and whatever was
 * learnt in it is forgotten. */
#include "limber-client-private.h"

#include <glib/gi18n-lib.h>

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-expiry.h"
#include "limber-prune.h"

GParamSpec *limber_client_props[LIMBER_CLIENT_N_PROPS];

G_DEFINE_FINAL_TYPE (LimberClient, limber_client, G_TYPE_OBJECT)

static const GEnumValue states[] = {
  { LIMBER_CLIENT_UP_TO_DATE, "LIMBER_CLIENT_UP_TO_DATE", "up-to-date" }, { LIMBER_CLIENT_SYNCING, "LIMBER_CLIENT_SYNCING", "syncing" },
  { LIMBER_CLIENT_WAITING, "LIMBER_CLIENT_WAITING", "waiting" },          { LIMBER_CLIENT_OFFLINE, "LIMBER_CLIENT_OFFLINE", "offline" },
  { LIMBER_CLIENT_REFUSED, "LIMBER_CLIENT_REFUSED", "refused" },          { 0, NULL, NULL },
};

GType
limber_client_state_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("LimberClientState", states));
  return type;
}

static void
peer_clear (LimberPeer *peer)
{
  g_clear_object (&peer->link);
  g_clear_object (&peer->finder);
  g_clear_pointer (&peer->memory, limber_pusher_unref);
}

LimberPeer *
limber_client_peer (LimberClient *self)
{
  return self->at < self->peers->len ? &g_array_index (self->peers, LimberPeer, self->at) : NULL;
}

/* How things stand, from what is known and not from the absence of errors (UX.md, principle 5). */
static LimberClientState
find_state (LimberClient *self)
{
  if (self->refused)
    return LIMBER_CLIENT_REFUSED;
  if (!self->met)
    return self->running && self->failures == 0 ? LIMBER_CLIENT_SYNCING : LIMBER_CLIENT_OFFLINE;
  if (!self->pulled || self->pusher == NULL || !limber_pusher_is_open (self->pusher))
    return LIMBER_CLIENT_SYNCING;
  if (limber_pusher_pending (self->pusher) > 0)
    return LIMBER_CLIENT_SYNCING;
  return self->pending == 0 && self->same && self->central ? LIMBER_CLIENT_UP_TO_DATE : LIMBER_CLIENT_WAITING;
}

static void
update_state (LimberClient *self)
{
  LimberClientState state = find_state (self);
  gboolean offline = state == LIMBER_CLIENT_OFFLINE;

  if (offline != (self->offline_since != 0)) {
    self->offline_since = offline ? limber_env_now (limber_store_env (self->store)) : 0;
    g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_OFFLINE_SINCE]);
  }
  if (state == self->state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_STATE]);
}

static void
set_central (LimberClient *self, gboolean central)
{
  if (self->central == central)
    return;
  self->central = central;
  g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_CENTRAL_REACHABLE]);
}

static void
set_met (LimberClient *self, gboolean met)
{
  if (self->met == met)
    return;
  self->met = met;
  g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_PEER]);
}

static gboolean
on_retry (gpointer data)
{
  LimberClient *self = data;

  limber_client_clear_timer (&self->retry);
  limber_prune_when_due (self->store);
  limber_expiry_when_due (self->store);
  self->introduced = FALSE;
  self->turn = 0;
  self->tried = limber_client_monotonic (self);
  limber_client_step (self);
  return G_SOURCE_REMOVE;
}

/* Sessions. */

static void
forget_node (LimberClient *self)
{
  LimberPeer *peer = limber_client_peer (self);

  if (limber_canary (LIMBER_CANARY_SENDS_FROM_MEMORY) && peer != NULL && peer->memory == NULL)
    peer->memory = g_steal_pointer (&self->pusher);
  g_clear_pointer (&self->pusher, limber_pusher_unref);
}

void
limber_client_end_session (LimberClient *self)
{
  limber_client_drop_wake (self);
  limber_client_clear_timer (&self->later);
  limber_client_clear_timer (&self->report);
  limber_client_forget_ahead (self);
  limber_client_forget_fetch (self);
  forget_node (self);
  self->fleet = 0;
  self->dirty = self->want_pull = self->ask_marks = TRUE;
  self->want_digest = self->pulled = self->same = self->asked_to_leave = FALSE;
  self->rounds = 0;
  self->turn = 0;
}

/* Pushes, or waits until it may; the node is there meanwhile, and what is known of it stays. */
static void
push_in_turn (LimberClient *self, gboolean offer)
{
  gint64 early = (self->turn - limber_client_monotonic (self) + 999) / 1000;

  if (self->turn > 0 && early > 0) {
    limber_client_set_timer (self, &self->retry, (guint) early, on_retry);
    return;
  }
  limber_client_push (self, offer);
}

static void
finish_once (LimberClient *self, const GError *error)
{
  if (error != NULL && self->failure == NULL)
    self->failure = g_error_copy (error);
  self->running = FALSE;
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
}

/* Whoever reads the store beside this program, or after it, is to know too. At the next attempts that fail there is nothing
 * to write any more, so the disk is left alone. */
static void
note_nobody (LimberClient *self)
{
  if (self->once)
    limber_store_write (self->store, limber_apply_nobody, NULL, NULL);
  else
    limber_store_write_async (self->store, limber_apply_nobody, NULL, NULL, NULL, NULL, NULL);
}

/* The device was let go, and its store is at its end. */
static void
come_to_an_end (LimberClient *self, const GError *error)
{
  set_met (self, FALSE);
  set_central (self, FALSE);
  limber_client_set_failure (self, error);
  finish_once (self, error);
  update_state (self);
}

/* A node that has much to do gives turns instead of letting everybody wait for an answer. */
static gboolean
is_asked_to_wait (LimberClient *self, const GError *error)
{
  return g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_BUSY) && limber_client_peer (self) != NULL && limber_link_turn (limber_client_peer (self)->link) > 0;
}

/* Somebody did not answer, or not as he should: the other node is tried at once, then after a while the first again. */
void
limber_client_fail (LimberClient *self, const GError *error)
{
  gboolean readable = self->pusher != NULL; /* the store, as far as is known */

  if (is_asked_to_wait (self, error)) {
    limber_client_forget_ahead (self);
    limber_client_set_turn (self, limber_link_turn (limber_client_peer (self)->link));
    limber_client_step (self);
    return;
  }
  limber_client_end_session (self);
  if (g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED)) {
    come_to_an_end (self, error);
    return;
  }
  if (limber_client_meet (self, error))
    return;
  set_met (self, FALSE);
  set_central (self, FALSE);
  self->refused = is_refusal (error);
  limber_client_set_failure (self, error);
  g_debug ("Sync: %s", limber_error_for_log (error));
  if (self->at + 1 < self->peers->len && !self->refused) {
    self->at++;
    self->probes = 0;
    limber_client_probe_later (self);
    limber_client_step (self);
    return;
  }
  limber_client_clear_timer (&self->probe);
  self->at = 0;
  note_nobody (self);
  if (self->once) {
    finish_once (self, error);
    return;
  }
  limber_client_set_timer (self, &self->retry, limber_client_retry_delay (self), on_retry);
  self->failures++;
  self->refusals += self->refused;
  if (readable)
    limber_client_step (self); /* what waits is counted meanwhile */
  else
    update_state (self);
}

void
limber_client_note_answer (LimberClient *self, const json_t *answer)
{
  self->refused = self->introduced = FALSE;
  self->leaving = limber_leaving_parse (limber_json_string (answer, "leave"));
  set_met (self, TRUE);
  set_central (self, json_is_true (json_object_get (answer, "reaches_central")));
}

/* The order of things. */

static void
rest (LimberClient *self)
{
  if (self->once && self->same) {
    finish_once (self, NULL);
    return;
  }
  if (self->once && !self->want_digest) {
    g_autoptr (GError) error = g_error_new_literal (LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, self->error != NULL ? self->error : _("The node is behind what this device has seen already; nothing was replaced."));

    finish_once (self, error);
    return;
  }
  limber_prune_when_due (self->store);
  limber_expiry_when_due (self->store);
  if (!self->refused && !(self->pusher != NULL && self->error != NULL && find_state (self) == LIMBER_CLIENT_SYNCING))
    limber_client_set_error (self, NULL);
}

/* How things stand is said once what was written meanwhile has been counted. While nobody answers, that is all that is done. */
void
limber_client_step (LimberClient *self)
{
  gboolean uncounted = limber_client_peer (self) != NULL && (self->pusher == NULL || self->dirty || self->touched->origins->len > 0);

  if (!self->running || self->busy)
    return;
  if (!uncounted)
    update_state (self);
  if (limber_client_peer (self) == NULL)
    return;
  if (uncounted)
    limber_client_load (self);
  else if (self->retry != NULL)
    return;
  else if (!limber_pusher_is_open (self->pusher) || self->ask_marks)
    push_in_turn (self, TRUE);
  else if (self->leaving != LIMBER_LEAVING_NOT && limber_canary (LIMBER_CANARY_GOES_WITH_WORK))
    limber_client_leave (self);
  else if (limber_pusher_pending (self->pusher) > 0 && !((self->want_pull || self->want_digest) && limber_canary (LIMBER_CANARY_COMPARES_WITH_WORK)))
    push_in_turn (self, FALSE);
  else if (self->leaving != LIMBER_LEAVING_NOT && !self->asked_to_leave)
    limber_client_leave (self);
  else if (self->want_pull)
    limber_client_pull (self);
  else if (self->wake == NULL && !self->once)
    limber_client_listen (self);
  else if (self->want_digest && self->no_compare) {
    self->want_digest = FALSE;
    self->same = TRUE;
    limber_client_step (self);
  } else if (self->want_digest)
    limber_client_compare (self);
  else
    rest (self);
}

static void
on_store_changed (LimberStore *store, LimberChanges *changes, LimberClient *self)
{
  if (changes->origins->len == 0 && !changes->many_origins)
    return;
  for (guint i = 0; i < changes->origins->len; i++)
    limber_changes_add_origin (self->touched, g_array_index (changes->origins, gint64, i));
  self->dirty = self->dirty || changes->many_origins || self->touched->many_origins;
  limber_client_step (self);
}

/**
 * limber_client_start:
 *
 * Begins to keep the store in step, in the thread-default context of this call. A store that never joined anything stays
 * as it is.
 */
void
limber_client_start (LimberClient *client)
{
  if (client->running)
    return;
  client->running = TRUE;
  client->context = g_main_context_ref_thread_default ();
  client->cancellable = g_cancellable_new ();
  client->failures = client->refusals = 0;
  client->tried = limber_client_monotonic (client);
  limber_client_find_peers (client);
  limber_client_end_session (client);
  client->changed = g_signal_connect (client->store, "changed", G_CALLBACK (on_store_changed), client);
  limber_client_step (client);
}

/**
 * limber_client_stop:
 *
 * Ends it; what is under way is given up, and nothing is lost by that.
 */
void
limber_client_stop (LimberClient *client)
{
  if (client->context == NULL)
    return;
  client->running = FALSE;
  client->stale = client->busy;
  g_cancellable_cancel (client->cancellable);
  g_clear_object (&client->cancellable);
  g_clear_signal_handler (&client->changed, client->store);
  limber_client_end_session (client);
  limber_client_clear_timer (&client->retry);
  limber_client_clear_timer (&client->probe);
  g_clear_pointer (&client->context, g_main_context_unref);
  set_met (client, FALSE);
  update_state (client);
}

/**
 * limber_client_sync_now:
 *
 * Tries at once, without waiting for the next attempt.
 */
void
limber_client_sync_now (LimberClient *client)
{
  limber_client_clear_timer (&client->retry);
  client->turn = 0;
  client->probes = 0;
  if (client->probe != NULL)
    limber_client_probe_later (client);
  client->want_pull = client->ask_marks = TRUE;
  limber_client_step (client);
}

/**
 * limber_client_set_compare:
 * @compare: whether digests are compared, as they are unless a test says otherwise
 *
 * Comparing puts right whatever else went wrong, and so would hide from a test that it did (SYNC.md rule 18).
 */
void
limber_client_set_compare (LimberClient *client, gboolean compare)
{
  client->no_compare = !compare;
}

/* Properties. */

LimberClientState
limber_client_get_state (LimberClient *client)
{
  return client->state;
}

/**
 * limber_client_get_pending:
 *
 * Returns: how many changes that this store holds central does not have yet
 */
guint
limber_client_get_pending (LimberClient *client)
{
  return client->pending;
}

/**
 * limber_client_get_last_sync:
 *
 * Returns: when this store last had read all that its node had, milliseconds UTC; 0 for never
 */
gint64
limber_client_get_last_sync (LimberClient *client)
{
  return client->last_sync;
}

/**
 * limber_client_get_peer:
 *
 * Returns: "hub", "central", or "" when nobody is reached
 */
const char *
limber_client_get_peer (LimberClient *client)
{
  LimberPeer *peer = limber_client_peer (client);

  return peer == NULL || !client->met ? "" : peer->direct ? "central" : "hub";
}

gboolean
limber_client_get_central_reachable (LimberClient *client)
{
  return client->central;
}

/**
 * limber_client_has_read:
 *
 * Returns: whether all that the node has was read since it was met, so that what comes is told as it comes
 */
gboolean
limber_client_has_read (LimberClient *client)
{
  return client->met && client->pulled;
}

/**
 * limber_client_get_offline_since:
 *
 * Returns: since when no node has been reached, milliseconds UTC; 0 when one is
 */
gint64
limber_client_get_offline_since (LimberClient *client)
{
  return client->offline_since;
}

/**
 * limber_client_get_error:
 *
 * Returns: (nullable): what went wrong, for a person
 */
const char *
limber_client_get_error (LimberClient *client)
{
  return client->error;
}

static void
limber_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LimberClient *self = LIMBER_CLIENT (object);

  switch (id) {
  case LIMBER_CLIENT_PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case LIMBER_CLIENT_PROP_PENDING:
    g_value_set_uint (value, self->pending);
    break;
  case LIMBER_CLIENT_PROP_LAST_SYNC:
    g_value_set_int64 (value, self->last_sync);
    break;
  case LIMBER_CLIENT_PROP_PEER:
    g_value_set_string (value, limber_client_get_peer (self));
    break;
  case LIMBER_CLIENT_PROP_CENTRAL_REACHABLE:
    g_value_set_boolean (value, self->central);
    break;
  case LIMBER_CLIENT_PROP_OFFLINE_SINCE:
    g_value_set_int64 (value, self->offline_since);
    break;
  case LIMBER_CLIENT_PROP_ERROR:
    g_value_set_string (value, self->error);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
limber_client_dispose (GObject *object)
{
  limber_client_stop (LIMBER_CLIENT (object));
  G_OBJECT_CLASS (limber_client_parent_class)->dispose (object);
}

static void
limber_client_finalize (GObject *object)
{
  LimberClient *self = LIMBER_CLIENT (object);

  g_clear_pointer (&self->pusher, limber_pusher_unref);
  g_clear_pointer (&self->peers, g_array_unref);
  g_clear_pointer (&self->touched, limber_changes_unref);
  g_clear_object (&self->transport);
  g_clear_object (&self->store);
  g_clear_error (&self->failure);
  g_free (self->error);
  g_free (self->cause);
  G_OBJECT_CLASS (limber_client_parent_class)->finalize (object);
}

static void
limber_client_class_init (LimberClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = limber_client_get_property;
  object_class->dispose = limber_client_dispose;
  object_class->finalize = limber_client_finalize;
  limber_client_props[LIMBER_CLIENT_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LIMBER_TYPE_CLIENT_STATE, LIMBER_CLIENT_OFFLINE, flags);
  limber_client_props[LIMBER_CLIENT_PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0, flags);
  limber_client_props[LIMBER_CLIENT_PROP_LAST_SYNC] = g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, flags);
  limber_client_props[LIMBER_CLIENT_PROP_PEER] = g_param_spec_string ("peer", NULL, NULL, "", flags);
  limber_client_props[LIMBER_CLIENT_PROP_CENTRAL_REACHABLE] = g_param_spec_boolean ("central-reachable", NULL, NULL, FALSE, flags);
  limber_client_props[LIMBER_CLIENT_PROP_OFFLINE_SINCE] = g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  limber_client_props[LIMBER_CLIENT_PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, LIMBER_CLIENT_N_PROPS, limber_client_props);
}

static void
limber_client_init (LimberClient *self)
{
  self->state = LIMBER_CLIENT_OFFLINE;
  self->peers = g_array_new (FALSE, TRUE, sizeof (LimberPeer));
  self->touched = limber_changes_new ();
  g_array_set_clear_func (self->peers, (GDestroyNotify) peer_clear);
}

/**
 * limber_client_new_full:
 * @transport: (nullable): what carries its messages; %NULL for HTTP
 *
 * Returns: (transfer full): a client that has not been started
 */
LimberClient *
limber_client_new_full (LimberStore *store, LimberTransport *transport)
{
  LimberClient *client = g_object_new (LIMBER_TYPE_CLIENT, NULL);

  client->store = g_object_ref (store);
  client->transport = transport != NULL ? g_object_ref (transport) : NULL;
  client->own_transport = transport == NULL;
  return client;
}

/**
 * limber_client_new:
 * @store: an owned store
 *
 * Returns: (transfer full): a client that has not been started
 */
LimberClient *
limber_client_new (LimberStore *store)
{
  return limber_client_new_full (store, NULL);
}
