/* A store that never joined a node has no client, and nothing is said about its sync. What the client says is passed on as
 * it is; noted here, as it is seen, is since when central is out of reach, as of when what is said of other sites is so, and
 * that the computer was asleep: then nothing is known until a node has answered again, though no line has been given up yet. */
#include "limber-sync-watch.h"

#include "limber-date.h"

#define TICK 10000u        /* milliseconds */
#define SLEPT (60 * 1000) /* milliseconds by the clock on the wall that no tick was there for */

struct _LimberSyncWatch {
  GObject       parent_instance;
  LimberStore  *store;       /* (owned) */
  LimberClient *client;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  gboolean      has_hub;
  GSource      *ticker;      /* (owned) (nullable) */
  gint64        began;       /* when this program began to look */
  gint64        alive;       /* when it last looked; between two ticks it may have slept */
  gint64        heard;       /* when all was read last that central had; 0 never */
  gint64        known;       /* as of when what is said of other sites is so; 0 not known */
  gboolean      told;        /* the client has said anything yet */
  gboolean      current;     /* it is so now, as far as was seen */
  gboolean      doubt;       /* the computer was asleep, and nobody has answered since */
  gint64        refused;     /* since when a node refuses this computer; 0 none does */
  gint64        lost;        /* when central was seen to be out of reach; 0 not seen */
  gboolean      reached;     /* whether central was in reach before */
  gboolean      counting;
  gboolean      recount;     /* something changed while it was counted */
  guint         later;       /* 0 unless it waits to count what has changed */
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
  gint64 heard;
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
  g_autofree char *heard = limber_reader_meta (reader, "heard");

  counts->heard = heard != NULL ? g_ascii_strtoll (heard, NULL, 10) : 0;
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
  self->heard = counts->heard;
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

static gboolean
count_now (gpointer data)
{
  LimberSyncWatch *self = data;

  self->later = 0;
  count (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed (LimberStore *store, LimberChanges *changes, LimberSyncWatch *self)
{
  if (self->later == 0 && (changes->journal || limber_changes_has_kind (changes, "conflict") || limber_changes_has_kind (changes, "aside")))
    self->later = g_timeout_add (LIMBER_STORE_PATIENCE, count_now, self);
}

static gint64
now_of (LimberSyncWatch *self)
{
  return limber_env_now (limber_store_env (self->store));
}

/* What is found out now may have been so since the last time that anybody looked. */
static gint64
found_at (LimberSyncWatch *self)
{
  gint64 now = now_of (self);

  return ABS (now - self->alive) > SLEPT ? self->alive : now;
}

static void
client_changed (LimberSyncWatch *self)
{
  gboolean reached = limber_client_get_central_reachable (self->client), current = reached && limber_client_has_read (self->client);
  gboolean refused = limber_client_get_state (self->client) == LIMBER_CLIENT_REFUSED;

  self->told = TRUE;
  if (reached)
    self->lost = 0;
  else if (self->reached)
    self->lost = found_at (self);
  self->reached = reached;
  if (self->current && !current)
    self->known = found_at (self);
  self->current = current;
  self->doubt = self->doubt && current;
  self->refused = !refused ? 0 : self->refused != 0 ? self->refused : now_of (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A node has answered to the end. */
static void
answered (LimberSyncWatch *self)
{
  self->doubt = FALSE;
  self->alive = now_of (self);
  count (self);
  client_changed (self);
}

static void tick_later (LimberSyncWatch *self);

/* What is said of times has the day beside it once that is another. */
static gboolean
is_another_day (gint64 one, gint64 other)
{
  char first[LIMBER_DATE_LENGTH + 1], second[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (one, first);
  limber_date_of_time (other, second);
  return !g_str_equal (first, second);
}

static gboolean
tick (gpointer data)
{
  LimberSyncWatch *self = data;

  tick_later (self);
  limber_sync_watch_look (self);
  return G_SOURCE_REMOVE;
}

static void
stop_ticker (LimberSyncWatch *self)
{
  if (self->ticker != NULL)
    g_source_destroy (self->ticker);
  g_clear_pointer (&self->ticker, g_source_unref);
}

static void
tick_later (LimberSyncWatch *self)
{
  stop_ticker (self);
  self->ticker = limber_env_timer (limber_store_env (self->store), TICK);
  g_source_set_callback (self->ticker, tick, self, NULL);
  g_source_attach (self->ticker, NULL);
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

/* Whom this store has joined. */
typedef struct {
  char    *upstream; /* (owned) (nullable) */
  gboolean hub;
  gint64   heard;
} Joined;

static gboolean
read_joined (LimberReader *reader, gpointer data, GError **error)
{
  Joined *joined = data;
  g_autofree char *klass = limber_reader_meta (reader, "node_class"), *heard = limber_reader_meta (reader, "heard");

  joined->upstream = limber_reader_meta (reader, "upstream");
  joined->hub = g_strcmp0 (klass, "hub") == 0;
  joined->heard = heard != NULL ? g_ascii_strtoll (heard, NULL, 10) : 0;
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
  return limber_sync_watch_new_full (store, NULL);
}

/**
 * limber_sync_watch_new_full:
 * @transport: (nullable): how nodes are reached; %NULL for HTTP
 *
 * As limber_sync_watch_new().
 *
 * Returns: (transfer full): the watch
 */
LimberSyncWatch *
limber_sync_watch_new_full (LimberStore *store, LimberTransport *transport)
{
  LimberSyncWatch *self = g_object_new (LIMBER_TYPE_SYNC_WATCH, NULL);
  Joined joined = { 0 };
  g_autofree char *upstream = NULL;

  self->store = g_object_ref (store);
  limber_store_read (store, read_joined, &joined, NULL);
  upstream = joined.upstream;
  if (upstream == NULL || *upstream == '\0')
    return self;
  self->has_hub = joined.hub;
  self->heard = joined.heard;
  self->began = self->alive = now_of (self);
  self->client = transport != NULL ? limber_client_new_full (store, transport) : limber_client_new (store);
  g_signal_connect_object (self->client, "notify", G_CALLBACK (client_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "notify::last-sync", G_CALLBACK (answered), self, G_CONNECT_SWAPPED);
  tick_later (self);
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
  g_clear_handle_id (&self->later, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, store_changed, self);
  stop_ticker (self);
  if (self->client == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->client, client_changed, self);
  g_signal_handlers_disconnect_by_func (self->client, answered, self);
  limber_client_stop (self->client);
}

/**
 * limber_sync_watch_look:
 *
 * Looks, as it does by itself every ten seconds, whether time went on that nobody was there for: then a node is asked anew.
 */
void
limber_sync_watch_look (LimberSyncWatch *self)
{
  gint64 now = now_of (self), before = self->alive;
  gboolean slept = ABS (now - before) > SLEPT;

  if (self->client == NULL)
    return;
  if (slept && self->current)
    self->doubt = TRUE;
  else
    self->alive = now;
  if (slept)
    limber_client_sync_now (self->client);
  if (slept || is_another_day (before, now))
    g_signal_emit (self, signals[CHANGED], 0);
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
  if (!self->told) /* nobody was asked yet */
    return LIMBER_SYNC_BUSY;
  switch (limber_client_get_state (self->client)) {
  case LIMBER_CLIENT_UP_TO_DATE:
    return self->doubt ? LIMBER_SYNC_WAITING : LIMBER_SYNC_UP_TO_DATE;
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
  facts->offline_since = self->lost != 0 ? self->lost : self->began;
  facts->since_before = self->lost == 0;
  facts->has_hub = self->has_hub;
  facts->current = self->current && !self->doubt;
  facts->known = self->current ? self->alive : MAX (self->known, self->heard);
  facts->refused_since = self->refused;
  facts->clock_slow = limber_env_get_offset (limber_store_env (self->store));
  facts->error = limber_client_get_error (self->client);
  facts->cause = limber_client_get_cause (self->client);
}
