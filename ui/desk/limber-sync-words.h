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
 * @last_sync: when everything was last known to be the same, milliseconds UTC; 0 never
 * @peer: (nullable): "hub", "central", or nobody
 * @central_reachable: whether central was reached
 * @offline_since: since when central is not reached; 0 unknown
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
  const char     *peer;
  gboolean        central_reachable;
  gint64          offline_since;
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
const char *limber_sync_words_icon    (const LimberSyncFacts *facts);
const char *limber_sync_words_class   (const LimberSyncFacts *facts);

G_END_DECLS
