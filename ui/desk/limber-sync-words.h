/* What the screen says about sync: only what is known, in a receptionist's words. */
#pragma once

#include "limber-status.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_SYNC_UNKNOWN, /* nothing is known yet: nothing is said */
  LIMBER_SYNC_UP_TO_DATE,
  LIMBER_SYNC_BUSY,
  LIMBER_SYNC_WAITING,
  LIMBER_SYNC_OFFLINE,
  LIMBER_SYNC_REFUSED,
} LimberSyncState;

/**
 * LimberSyncFacts:
 * @pending: own changes that central lacks
 * @waiting: (nullable) (element-type LimberWaiting): what those are about
 * @waiting_since: when the first of them was made; 0 unknown
 * @last_sync: when all was last read that the node had, milliseconds UTC; 0 never
 * @current: whether what happens elsewhere is told here as it comes
 * @known: as of when what is said of other sites is so; 0 not known
 * @has_hub: whether this computer has joined a hub
 * @peer: (nullable): "hub", "central", or nobody
 * @central_reachable: whether central was reached
 * @offline_since: since when central is not reached; 0 unknown
 * @since_before: whether that was so already when the program began
 * @refused_since: since when a node refuses this computer; 0 unknown
 * @clock_slow: by how much this computer's own clock is slow, milliseconds; less than 0: fast
 * @error: (nullable): what failed last, and why
 * @cause: (nullable): of that, what the system said in its own words
 * @conflicts: open conflicts here
 * @quarantined: changes that central has set aside, and that somebody here can decide on
 * @marked: own changes that were not accepted, and that only this screen shows
 */
typedef struct {
  LimberSyncState state;
  guint           pending;
  const GArray   *waiting;
  gint64          waiting_since;
  gint64          last_sync;
  gboolean        current;
  gint64          known;
  gboolean        has_hub;
  const char     *peer;
  gboolean        central_reachable;
  gint64          offline_since;
  gboolean        since_before;
  gint64          refused_since;
  gint64          clock_slow;
  const char     *error;
  const char     *cause;
  guint           conflicts;
  guint           quarantined;
  guint           marked;
} LimberSyncFacts;

char       *limber_sync_words_short   (const LimberSyncFacts *facts, gint64 now);
char       *limber_sync_words_waiting (const LimberSyncFacts *facts, gint64 now);
char       *limber_sync_words_kinds   (const GArray *waiting);
char       *limber_sync_words_as_of   (const LimberSyncFacts *facts, gint64 now);
char       *limber_sync_words_reached (const LimberSyncFacts *facts);
char       *limber_sync_words_since   (const LimberSyncFacts *facts, gint64 now);
char       *limber_sync_words_clock   (const LimberSyncFacts *facts);
const char *limber_sync_words_icon    (const LimberSyncFacts *facts);
const char *limber_sync_words_class   (const LimberSyncFacts *facts);

G_END_DECLS
