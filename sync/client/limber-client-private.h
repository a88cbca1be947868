/* What LimberClient is made of, for its own files: limber-client.c chooses the next step; limber-client-push.c, -leave.c, -pull.c
 * and -listen.c carry one out, by the parts in -talk.c. Around the steps: whom to talk to (-peers.c), who answers in a hub's place
 * (-successor.c), when to try again (-patience.c), what is told of this device meanwhile (-report.c). A whole session for
 * somebody who waits is in -once.c, a question to central beside the sessions in -find.c; -join.c comes before there is a client.
 *
 * A step sets busy. Each of its parts ends in limber_client_found(), limber_client_answered() or limber_client_kept(), which
 * say whether it goes on and see to it when it failed; the last calls limber_client_step(). */
#pragma once

#include "limber-apply.h"
#include "limber-client.h"
#include "limber-departure.h"
#include "limber-feed.h"
#include "limber-json.h"
#include "limber-link.h"
#include "limber-pusher.h"
#include "limber-session.h"

G_BEGIN_DECLS

/* A node that this store may talk to. */
typedef struct {
  LimberLink *link; /* (owned) */
  LimberLink *finder; /* (owned) (nullable): for limber_client_find_async(): it waits for nothing else */
  LimberId    node;
  gboolean    direct; /* it is central */
  gboolean    upstream; /* it is the one that this store joined */
  LimberPusher *memory; /* (owned) (nullable): what it has taken, while a test leaves SYNC.md rule 11 out */
} LimberPeer;

typedef struct _LimberClientPush LimberClientPush;
typedef struct _LimberClientFetch LimberClientFetch;

struct _LimberClient {
  GObject          parent;
  LimberStore     *store;     /* (owned) */
  LimberTransport *transport; /* (owned) (nullable) */
  gboolean         own_transport;
  GMainContext    *context;   /* (owned) (nullable): of limber_client_start() */
  GCancellable    *cancellable;
  GArray          *peers;     /* (owned): LimberPeer: the own node first, then central */
  guint            at;        /* which of them */
  LimberPusher    *pusher;    /* (owned) (nullable): of this session */
  LimberClientPush *ahead;    /* (nullable): the next batch, while one is on its way; owned once it is made */
  LimberClientFetch *fetch;   /* (nullable): its request's: the next page, while one is written */
  LimberWake      *wake;      /* (owned) (nullable) */
  gulong           changed;
  GSource         *retry;     /* (owned) (nullable) */
  GSource         *later;     /* (owned) (nullable): the digest's time has come */
  GSource         *probe;     /* (owned) (nullable): is the own node back? */
  GSource         *report;    /* (owned) (nullable): the node is to hear again how this device is */
  gboolean         running;
  gboolean         once;      /* one whole session, then the end */
  gboolean         busy;
  gboolean         stale;     /* what is under way belongs to a session that was given up */
  gboolean         dirty;     /* any chain may have changed since the pieces were read */
  LimberChanges   *touched;   /* (owned): in its origins, the chains that have */
  gboolean         ask_marks;
  gint64           fleet;     /* on a hub: up to which place of its fleet this session's node has been told */
  gboolean         want_pull;
  gboolean         want_digest;
  gboolean         no_compare; /* for tests */
  gboolean         pulled;    /* to the end, in this session */
  gboolean         same;      /* the last digest was */
  LimberCommon     common;    /* what this session's node declares too; good once pulled */
  gboolean         met;       /* this session's node has answered */
  gboolean         introduced; /* in this attempt somebody else in the hub's place has been asked who he is */
  LimberLeaving    leaving;   /* what the node said last: this device is to go */
  gboolean         asked_to_leave; /* since there was news of how far central has come */
  gboolean         probing;   /* the own node has been asked, and has not answered */
  guint            probes;    /* of the own node, since central is spoken to directly */
  guint            failures;  /* since anything was sent or read: an answer alone is no progress */
  guint            refusals;  /* since anything was read */
  gint64           tried;     /* microseconds, monotonic: when an attempt at all nodes began */
  gint64           turn;      /* the same: nothing is pushed before; 0 for no matter when */
  guint            compare_took; /* milliseconds */
  guint            rounds;    /* of digests that differed */
  guint            stuck;     /* of those, how many in which nothing here has changed */
  LimberDigest     compared;  /* what was compared last */
  LimberClientState state;
  guint            pending;
  gint64           last_sync;
  gboolean         central;
  gint64           offline_since;
  char            *error;     /* (owned) (nullable) */
  char            *cause;     /* (owned) (nullable): of @error, in the system's own words */
  gboolean         refused;
  GError          *failure;   /* (owned) (nullable): of limber_client_sync_once() */
};

/* Up to where this store has read from a node; and, for comparing, what it holds. */
typedef struct {
  LimberClient *client; /* (owned) */
  LimberId      node;
  char         *run;    /* (owned) (nullable) */
  gint64        seq;
  LimberCommon  common;
  LimberDigest  digest;
  gint64        position;
  gint64        sent;    /* limber_pusher_sent() */
  LimberPusher *pusher;  /* (owned) (nullable): of the session in which it is compared */
  json_t       *report;  /* (owned) (nullable): how this device is */
  gboolean      unsent;  /* something has been written since */
  gint64        started; /* microseconds, monotonic */
} LimberClientCursor;

enum { LIMBER_CLIENT_PROP_0, LIMBER_CLIENT_PROP_STATE, LIMBER_CLIENT_PROP_PENDING, LIMBER_CLIENT_PROP_LAST_SYNC, LIMBER_CLIENT_PROP_PEER, LIMBER_CLIENT_PROP_CENTRAL_REACHABLE, LIMBER_CLIENT_PROP_OFFLINE_SINCE, LIMBER_CLIENT_PROP_ERROR, LIMBER_CLIENT_N_PROPS };

extern GParamSpec *limber_client_props[LIMBER_CLIENT_N_PROPS];

LimberPeer  *limber_client_peer         (LimberClient *self);
void         limber_client_step         (LimberClient *self);
guint        limber_client_patience     (guint failures, guint refusals);
guint        limber_client_retry_delay  (LimberClient *self);
gint64       limber_client_monotonic    (LimberClient *self);
void         limber_client_fail         (LimberClient *self, const GError *error);
void         limber_client_set_turn     (LimberClient *self, gint64 milliseconds);
gboolean     limber_client_meet         (LimberClient *self, const GError *error);
void         limber_client_note_answer  (LimberClient *self, const json_t *answer);
gboolean     limber_client_done         (LimberClient *self, const GError *error);
gboolean     limber_client_found        (LimberClient *self, GAsyncResult *result);
void         limber_client_ask          (LimberClient *self, LimberMessage *request, GAsyncReadyCallback callback, gpointer data);
LimberApply *limber_client_take         (LimberClient *self, LimberMessage *answer, gboolean page, GError **error);
LimberApply *limber_client_answered     (LimberClient *self, GObject *link, GAsyncResult *result, gboolean page);
void         limber_client_keep         (LimberClient *self, LimberWriteFunc func, LimberApply *apply, GAsyncReadyCallback callback);
gboolean     limber_client_kept         (LimberClient *self, GAsyncResult *result);
void         limber_client_set_error    (LimberClient *self, const char *message);
void         limber_client_set_failure  (LimberClient *self, const GError *error);
void         limber_client_set_timer    (LimberClient *self, GSource **source, guint milliseconds, GSourceFunc func);
void         limber_client_clear_timer  (GSource **source);
void         limber_client_end_session  (LimberClient *self);

void         limber_client_load         (LimberClient *self);
void         limber_client_push         (LimberClient *self, gboolean offer);
void         limber_client_forget_ahead (LimberClient *self);
void         limber_client_pull         (LimberClient *self);
void         limber_client_forget_fetch (LimberClient *self);
void         limber_client_compare      (LimberClient *self);
void         limber_client_compare_later (LimberClient *self);
void         limber_client_listen       (LimberClient *self);
json_t      *limber_client_report_json  (LimberStore *store, LimberPusher *pusher, LimberReader *reader, const LimberBatch *batch);
json_t      *limber_client_fleet_json   (LimberReader *reader, gint64 *place, GError **error);
void         limber_client_report_later (LimberClient *self);
guint        limber_client_probe_patience (guint probes);
void         limber_client_probe_later  (LimberClient *self);
void         limber_client_find_peers   (LimberClient *self);
void         limber_client_leave        (LimberClient *self);
void         limber_client_turn         (LimberClient *self);
void         limber_client_drop_wake    (LimberClient *self);

GMainContext *limber_client_own_context  (void);

LimberClientCursor *limber_client_cursor_new (LimberClient *self);
void         limber_client_cursor_free  (LimberClientCursor *cursor);
gboolean     limber_client_cursor_read  (LimberReader *reader, gpointer data, GError **error);
char        *limber_client_cursor_query (const LimberClientCursor *cursor);

G_END_DECLS
