/* Invariants: only what is at or below the mark that central gave last is dropped, whatever marks came before it; at
 * central itself nothing is. `mark.pruned` says up to where an origin has no bodies any more. What is dropped is gone
 * from the file and from its log too (limber-scrub.h). */
#include "limber-prune.h"

#include "limber-canary.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-reader-private.h"
#include "limber-transaction-private.h"

/* In one commit so many entries are written anew, or so many pages given back: a check-in that waits behind it does not
 * notice. */
#define ENTRIES_A_BATCH 500
#define PAGES_A_BATCH 256

/* One part in so many of the file may be empty pages: they are what the next entries are written to. */
#define SPARE 16

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* One sweep over the journal, a batch at a time. */
typedef struct {
  gboolean begun;
  gint64   origin; /* where the last batch ended */
  gint64   seq;
  gint64   bodies; /* how many have been dropped */
  gboolean done;
} Sweep;

/* What may be pruned of one origin. */
typedef struct {
  gint64 origin;
  gint64 first;
  gint64 last;
  gboolean aged; /* all bodies in it go, not only those of people whom nobody holds here */
} Stretch;

/**
 * limber_prune_call_due:
 *
 * There is more to prune than at the last sweep.
 */
gboolean
limber_prune_call_due (LimberTransaction *transaction, GError **error)
{
  return limber_database_set_meta (transaction->reader.database, "pruned", NULL, error);
}

/**
 * limber_prune_again:
 * @key: an entry's place
 *
 * The entry has a body that the sweeps so far left or did not find.
 */
gboolean
limber_prune_again (LimberTransaction *transaction, gint64 key, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "UPDATE mark SET pruned=min(pruned, ?) WHERE origin=?", "ii", LIMBER_JOURNAL_SEQ (key) - 1, LIMBER_JOURNAL_ORIGIN (key));
}

/**
 * limber_prune_note_mark:
 * @origin: its number in this store
 * @before: central's mark for it until now
 * @backed_up: what it is now
 *
 * Remembers when each mark was heard of. A central that had to go back says less than before: then nothing above counts
 * as backed up any more, and its ninety days begin anew.
 */
gboolean
limber_prune_note_mark (LimberTransaction *transaction, gint64 origin, gint64 before, gint64 backed_up, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  if (backed_up == before)
    return TRUE;
  if (backed_up < before)
    return limber_database_execute (database, error,
                                    "INSERT OR IGNORE INTO backed(origin, seq, at) SELECT origin, ?2, min(at) FROM backed WHERE origin=?1 AND seq>?2 AND ?2>0 GROUP BY origin", "ii", origin, backed_up) &&
           limber_database_execute (database, error, "DELETE FROM backed WHERE origin=? AND seq>?", "ii", origin, backed_up);
  return limber_database_execute (database, error, "INSERT OR IGNORE INTO backed(origin, seq, at) VALUES(?,?,?)", "iii", origin, backed_up, limber_transaction_now (transaction)) &&
         limber_prune_call_due (transaction, error);
}

static gboolean
begin (LimberTransaction *transaction, Sweep *sweep, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 now = limber_transaction_now (transaction);
  char today[LIMBER_DATE_LENGTH + 1];

  sweep->begun = TRUE;
  limber_date_of_time (now, today);
  /* A clock that ran ahead for a while does not keep bodies for ever; and of what is old enough the last says all. */
  return limber_database_set_meta (database, "pruned", today, error) && limber_database_execute (database, error, "UPDATE backed SET at=?1 WHERE at>?1", "i", now) &&
         limber_database_execute (database, error, "DELETE FROM backed WHERE seq<(SELECT max(b.seq) FROM backed b WHERE b.origin=backed.origin AND b.at<=?)", "i", now - LIMBER_PRUNE_DAYS * DAY_MS);
}

/* The next stretch that may have bodies below its origin's mark. @room: (inout): of ENTRIES_A_BATCH */
static gboolean
next_stretch (LimberTransaction *transaction, const Sweep *sweep, gint64 *room, Stretch *stretch)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 before = limber_transaction_now (transaction) - LIMBER_PRUNE_DAYS * DAY_MS, aged;
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, NULL, "SELECT origin, max(pruned, iif(origin=?1, ?2, 0)) + 1, backed_up FROM mark WHERE origin>=?1 AND backed_up>max(pruned, iif(origin=?1, ?2, 0)) ORDER BY origin LIMIT 1",
                             "ii", sweep->origin, sweep->seq);

  if (statement == NULL || limber_statement_step (statement, NULL) != 1)
    return FALSE;
  stretch->origin = sqlite3_column_int64 (statement->stmt, 0);
  stretch->first = sqlite3_column_int64 (statement->stmt, 1);
  stretch->last = sqlite3_column_int64 (statement->stmt, 2);
  aged = limber_database_integer (database, 0, "SELECT max(seq) FROM backed WHERE origin=? AND at<=?", "ii", stretch->origin, before);
  if (limber_canary (LIMBER_CANARY_PRUNE_AT_ONCE))
    aged = stretch->last;
  stretch->aged = stretch->first <= aged;
  if (!stretch->aged && limber_canary (LIMBER_CANARY_KEEPS_THE_GONE))
    return FALSE;
  if (stretch->aged)
    stretch->last = MIN (stretch->last, aged);
  stretch->last = MIN (stretch->last, stretch->first + *room - 1);
  *room -= stretch->last - stretch->first + 1;
  return TRUE;
}

/* Whether a body goes, by ?3: whether it is old enough. What waits for a decision stays till then; but nothing stays of
 * somebody whom this store does not hold. */
#define GOES \
  "(body IS NOT NULL AND (patient IS NOT NULL AND NOT EXISTS (SELECT 1 FROM patient WHERE patient.n=journal.patient) OR ?3 AND key NOT IN (SELECT key FROM quarantine)))"

/* Takes bodies out from @first to @last. The rows are written anew: emptied in place they would leave holes where nothing
 * is ever written again, and not one page would come free. */
static gboolean
rewrite (LimberDatabase *database, gint64 first, gint64 last, gboolean aged, GError **error)
{
  return limber_database_run (database, "CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT * FROM journal LIMIT 0", error) &&
         limber_database_execute (database, error,
                                  "INSERT INTO kept SELECT key, hash, record, patient, received, state, header, iif(" GOES ", NULL, salt), sign, iif(" GOES ", NULL, body) FROM journal"
                                  " WHERE key BETWEEN ?1 AND ?2 ORDER BY key",
                                  "iii", first, last, (gint64) aged) &&
         limber_database_execute (database, error, "DELETE FROM journal WHERE key BETWEEN ? AND ?", "ii", first, last) &&
         (!limber_canary (LIMBER_CANARY_PRUNE_FORGETS_HASH) || limber_database_run (database, "DELETE FROM kept WHERE body IS NULL", error)) &&
         limber_database_execute (database, error, "INSERT INTO journal SELECT * FROM kept ORDER BY key", "") && limber_database_run (database, "DELETE FROM kept", error);
}

/* How many bodies go from @first to @last, which become the first and the last of them. */
static gint64
find (LimberDatabase *database, gint64 *first, gint64 *last, gboolean aged, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT count(*), min(key), max(key) FROM journal WHERE key BETWEEN ?1 AND ?2 AND " GOES, "iii", *first, *last, (gint64) aged);

  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return -1;
  *first = sqlite3_column_int64 (statement->stmt, 1);
  *last = sqlite3_column_int64 (statement->stmt, 2);
  return sqlite3_column_int64 (statement->stmt, 0);
}

/* Up to where an origin has no bodies any more is only known as far as each stretch goes on where the last one ended. */
static gboolean
note_pruned (LimberDatabase *database, const Stretch *stretch, GError **error)
{
  gint64 first = LIMBER_JOURNAL_KEY (stretch->origin, stretch->first), last = LIMBER_JOURNAL_KEY (stretch->origin, stretch->last);
  gint64 left = limber_database_integer (database, last + 1, "SELECT min(key) FROM journal WHERE key BETWEEN ? AND ? AND body IS NOT NULL", "ii", first, last);

  return limber_database_execute (database, error, "UPDATE mark SET pruned=? WHERE origin=? AND pruned=?", "iii", LIMBER_JOURNAL_SEQ (left) - 1, stretch->origin, stretch->first - 1);
}

static gboolean
prune_stretch (LimberTransaction *transaction, Sweep *sweep, const Stretch *stretch, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 first = LIMBER_JOURNAL_KEY (stretch->origin, stretch->first), last = LIMBER_JOURNAL_KEY (stretch->origin, stretch->last);
  gint64 bodies = find (database, &first, &last, stretch->aged, error);

  if (bodies < 0 || (bodies > 0 && !rewrite (database, first, last, stretch->aged, error)) || (stretch->aged && !note_pruned (database, stretch, error)))
    return FALSE;
  if (bodies > 0)
    transaction->scrub |= LIMBER_SCRUB_LOG;
  sweep->bodies += bodies;
  sweep->origin = stretch->origin;
  sweep->seq = stretch->last;
  return TRUE;
}

/* Gives empty pages back; @more: whether there are more than a store may keep. */
static gboolean
shrink (LimberTransaction *transaction, gboolean *more, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 empty = limber_database_integer (database, 0, "PRAGMA freelist_count", ""), left = empty;

  *more = FALSE;
  if (empty * SPARE <= limber_database_integer (database, 0, "PRAGMA page_count", ""))
    return TRUE;
  if (!limber_database_run (database, "PRAGMA incremental_vacuum(" G_STRINGIFY (PAGES_A_BATCH) ")", error))
    return FALSE;
  left = limber_database_integer (database, 0, "PRAGMA freelist_count", "");
  *more = left < empty;
  if (*more)
    transaction->scrub |= LIMBER_SCRUB_LOG;
  return TRUE;
}

/* Takes a sweep one batch further. Of what central has backed up a body goes once that has been known for ninety days, or
 * as soon as this store does not hold its patient. */
static gboolean
take_batch (LimberTransaction *transaction, gpointer data, GError **error)
{
  Sweep *sweep = data;
  gint64 room = ENTRIES_A_BATCH;
  gboolean more = TRUE;
  Stretch stretch;

  if (!sweep->begun && !begin (transaction, sweep, error))
    return FALSE;
  while (room > 0 && (more = next_stretch (transaction, sweep, &room, &stretch)))
    if (!prune_stretch (transaction, sweep, &stretch, error))
      return FALSE;
  if (!more && !shrink (transaction, &more, error))
    return FALSE;
  sweep->done = !more;
  return TRUE;
}

/* A sweep is due once a day, and when central has backed more up or somebody was forgotten since the last. */
static gboolean
read_due (LimberReader *reader, gpointer data, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *last = limber_reader_meta (reader, "pruned");

  limber_date_of_time (limber_reader_now (reader), today);
  *(gboolean *) data = reader->klass != LIMBER_CLASS_CENTRAL && g_strcmp0 (last, today) != 0;
  return TRUE;
}

/**
 * limber_prune_sweep:
 * @bodies: (out): how many bodies were dropped
 *
 * Prunes what may go, if a sweep is due, and waits for it.
 */
gboolean
limber_prune_sweep (LimberStore *store, gint64 *bodies, GError **error)
{
  Sweep sweep = { 0 };
  gboolean due;

  *bodies = 0;
  if (!limber_store_read (store, read_due, &due, error))
    return FALSE;
  while (due && !sweep.done)
    if (!limber_store_write (store, take_batch, &sweep, error))
      return FALSE;
  *bodies = sweep.bodies;
  return TRUE;
}

static void
on_batch (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Sweep *sweep = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error))
    g_debug ("Pruning: %s", limber_error_for_log (error)); /* the store has told whoever must know, and the next sweep goes on */
  else if (!sweep->done) {
    Sweep *next = g_steal_pointer (&sweep);

    limber_store_write_async (LIMBER_STORE (source), take_batch, next, NULL, NULL, on_batch, next);
  }
}

static void
on_due (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean due = limber_store_read_finish (LIMBER_STORE (source), result, NULL) && *(gboolean *) limber_store_read_data (result);

  if (due) {
    Sweep *sweep = g_new0 (Sweep, 1);

    limber_store_write_async (LIMBER_STORE (source), take_batch, sweep, NULL, NULL, on_batch, sweep);
  }
}

/**
 * limber_prune_when_due:
 *
 * Begins a sweep, if one is due; other changes go between its batches. To be called now and then, in a thread whose main
 * context runs on.
 */
void
limber_prune_when_due (LimberStore *store)
{
  limber_store_read_async (store, read_due, g_new0 (gboolean, 1), g_free, NULL, on_due, NULL);
}
