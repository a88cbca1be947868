/* The journal's rows. Private to app/store. */
#pragma once

#include "limber-database.h"
#include "limber-entry.h"

G_BEGIN_DECLS

#define LIMBER_JOURNAL_KEY(origin, seq) ((gint64) (origin) << 40 | (seq))
#define LIMBER_JOURNAL_ORIGIN(key) ((gint64) (key) >> 40)
#define LIMBER_JOURNAL_SEQ(key) ((gint64) (key) & LIMBER_SEQ_MAXIMUM)

typedef enum {
  LIMBER_JOURNAL_MERGED = 0,
  LIMBER_JOURNAL_QUARANTINED = 1,
  LIMBER_JOURNAL_KNOWN = 2, /* kept, but there is nothing in it to merge or to decide */
} LimberJournalState;

typedef enum {
  LIMBER_PLACE_FREE,
  LIMBER_PLACE_KNOWN,
  LIMBER_PLACE_GAP,
} LimberPlace;

/* Called for each entry; returning FALSE ends the walk. The entry is the walk's. */
typedef gboolean (*LimberEntryFunc) (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data);

LimberPlace limber_journal_place  (LimberDatabase *database, const LimberEntry *entry, gint64 *key, GError **error);
gboolean    limber_journal_insert (LimberDatabase *database, const LimberEntry *entry, gint64 key, LimberJournalState state, gint64 received, GError **error);
gboolean    limber_journal_fill   (LimberDatabase *database, const LimberEntry *entry, gint64 key, LimberJournalState state, GError **error);
gboolean    limber_journal_each   (LimberDatabase *database, const LimberId *record, LimberEntryFunc func, gpointer data, GError **error);
gboolean    limber_journal_range  (LimberDatabase *database, gint64 first, gint64 last, LimberEntryFunc func, gpointer data, GError **error);

G_END_DECLS
