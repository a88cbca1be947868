/* A store that never joined a node has no client, and nothing is said about its sync. What the client says is passed on as
 * it is; only since when central is out of reach behind a hub is noted here, as it is seen. */
#include "limber-sync-watch.h"

struct _LimberSyncWatch {
  GObject       parent_instance;
  LimberStore  *store;       /* (owned) */
  LimberClient *client;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  gint64        lost;        /* when central was seen to be out of reach; 0 not seen */
  gboolean      reached;     /* whether central was in reach before */
  gboolean      counting;
  gboolean      recount;     /* something changed while it was counted */
  guint         conflicts;
  guint         quarantined;
  guint         marked;
  GArray       *waiting;       /* (owned) (nullable): LimberWaiting */
  gint64        waiting_since;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSyncWatch, limber_sync_watch, G_TYPE_OBJECT)

typedef struct {
  gint64 conflicts;
  gint64 quarantined;
  gint64 marked;
  GArray *waiting; /* (owned) (nullable) */
  gint64 since;
} Counts;

static void
counts_free (Counts *counts)
{
  g_clear_pointer (&counts->waiting, g_array_unref);
  g_free (counts);
}

static gboolean
read_counts (LimberReader *reader, gpointer data, GError **error)
{
  Counts *counts = data;

  counts->conflicts = limber_reader_count (reader, "count-open-conflicts", "");
  counts->quarantined = limber_reader_count (reader, "count-asides", "");
  counts->marked = limber_reader_count (reader, "count-marked", "");
  counts->waiting = limber_status_waiting (reader, &counts->since, error);
  return counts->waiting != NULL;
}

static void count (LimberSyncWatch *self);

static void
counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberSyncWatch) self = data;
  Counts *counts = limber_store_read_data (result);

  self->counting = FALSE;
  if (!limber_store_read_finish (LIMBER_STORE (source), result, NULL))
    return;
  self->conflicts = (guint) MAX (counts->conflicts, 0);
  self->quarantined = (guint) MAX (counts->quarantined, 0);
  self->marked = (guint) MAX (counts->marked, 0);
  g_clear_pointer (&self->waiting, g_array_unref);
  self->waiting = g_steal_pointer (&counts->waiting);
  self->waiting_since = counts->since;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->recount)
    count (self);
}

static void
count (LimberSyncWatch *self)
{
  self->recount = self->counting;
  if (self->counting)
    return;
  self->counting = TRUE;
  limber_store_read_async (self->store, read_counts, g_new0 (Counts, 1), (GDestroyNotify) counts_free, self->cancellable, counted, g_object_ref (self));
}

static void
store_changed (LimberStore *store, LimberChanges *changes, LimberSyncWatch *self)
{
  if (changes->journal || limber_changes_has_kind (changes, "conflict") || limber_changes_has_kind (changes, "aside"))
    count (self);
}

static void
client_changed (LimberSyncWatch *self)
{
  gboolean reached = limber_client_get_central_reachable (self->client);

  if (reached)
    self->lost = 0;
  else if (self->reached)
    self->lost = limber_env_now (limber_store_env (self->store));
  self->reached = reached;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
limber_sync_watch_dispose (GObject *object)
{
  LimberSyncWatch *self = LIMBER_SYNC_WATCH (object);

  limber_sync_watch_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_array_unref);
  G_OBJECT_CLASS (limber_sync_watch_parent_class)->dispose (object);
}

static void
limber_sync_watch_class_init (LimberSyncWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_sync_watch_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_SYNC_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_sync_watch_init (LimberSyncWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

static gboolean
read_upstream (LimberReader *reader, gpointer data, GError **error)
{
  *(char **) data = limber_reader_meta (reader, "upstream");
  return TRUE;
}

/**
 * limber_sync_watch_new:
 * @store: an open store
 *
 * Starts to keep @store in step with its node, when it has joined one.
 *
 * Returns: (transfer full): the watch
 */
LimberSyncWatch *
limber_sync_watch_new (LimberStore *store)
{
  LimberSyncWatch *self = g_object_new (LIMBER_TYPE_SYNC_WATCH, NULL);
  g_autofree char *upstream = NULL;

  self->store = g_object_ref (store);
  limber_store_read (store, read_upstream, &upstream, NULL);
  if (upstream == NULL || *upstream == '\0')
    return self;
  self->client = limber_client_new (store);
  g_signal_connect_object (self->client, "notify", G_CALLBACK (client_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed), self, 0);
  count (self);
  limber_client_start (self->client);
  return self;
}

/**
 * limber_sync_watch_stop:
 *
 * Ends sync, before the store is closed.
 */
void
limber_sync_watch_stop (LimberSyncWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, store_changed, self);
  if (self->client == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->client, client_changed, self);
  limber_client_stop (self->client);
}

void
limber_sync_watch_sync_now (LimberSyncWatch *self)
{
  if (self->client != NULL)
    limber_client_sync_now (self->client);
}

/**
 * limber_sync_watch_get_client:
 *
 * Returns: (transfer none) (nullable): the engine, for limberctl's requests
 */
LimberClient *
limber_sync_watch_get_client (LimberSyncWatch *self)
{
  return self->client;
}

/* The client calls a hub without central "waiting"; to the reader that is working offline, with the hub. */
static LimberSyncState
state_of (LimberSyncWatch *self, const char *peer)
{
  switch (limber_client_get_state (self->client)) {
  case LIMBER_CLIENT_UP_TO_DATE:
    return LIMBER_SYNC_UP_TO_DATE;
  case LIMBER_CLIENT_SYNCING:
    return LIMBER_SYNC_BUSY;
  case LIMBER_CLIENT_OFFLINE:
    return LIMBER_SYNC_OFFLINE;
  case LIMBER_CLIENT_REFUSED:
    return LIMBER_SYNC_REFUSED;
  default:
    return g_strcmp0 (peer, "hub") == 0 && !limber_client_get_central_reachable (self->client) ? LIMBER_SYNC_OFFLINE : LIMBER_SYNC_WAITING;
  }
}

/**
 * limber_sync_watch_get_facts:
 * @facts: (out): what is known; its texts are the client's and last until it changes
 */
void
limber_sync_watch_get_facts (LimberSyncWatch *self, LimberSyncFacts *facts)
{
  *facts = (LimberSyncFacts){ .state = LIMBER_SYNC_UNKNOWN, .conflicts = self->conflicts, .quarantined = self->quarantined, .marked = self->marked };
  if (self->client == NULL)
    return;
  facts->peer = limber_client_get_peer (self->client);
  facts->state = state_of (self, facts->peer);
  facts->pending = limber_client_get_pending (self->client);
  facts->waiting = self->waiting;
  facts->waiting_since = self->waiting_since;
  facts->last_sync = limber_client_get_last_sync (self->client);
  facts->central_reachable = limber_client_get_central_reachable (self->client);
  facts->offline_since = self->lost != 0 ? self->lost : limber_client_get_offline_since (self->client);
  facts->error = limber_client_get_error (self->client);
  facts->cause = limber_client_get_cause (self->client);
}
