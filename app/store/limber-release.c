#include "limber-release.h"

#include <sodium.h>
#include <string.h>

#include "limber-aside.h"
#include "limber-journal.h"
#include "limber-transaction-private.h"

#define A_STEP 200

typedef struct {
  gint64      key;
  gint64      received; /* milliseconds UTC */
  char       *line; /* (owned) */
  LimberEntry entry; /* points into it */
  gboolean    vouched; /* the device signed it, or what goes on from it */
} Kept;

static void
kept_clear (Kept *kept)
{
  g_free (kept->line);
}

/* What does not verify any more stays where it is. */
static gboolean
collect (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Kept kept = { key };

  limber_entry_append_line (entry, line);
  if (state != LIMBER_JOURNAL_QUARANTINED || !limber_entry_parse_line (&kept.entry, line->str, line->len - 1, NULL))
    return TRUE;
  kept.line = g_string_free (g_steal_pointer (&line), FALSE);
  g_array_append_val (data, kept);
  return TRUE;
}

/* @statement: (nullable): of keys, and when each came */
static GArray *
collect_all (LimberDatabase *database, LimberStatement *statement, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Kept));
  int step = -1;

  g_array_set_clear_func (all, (GDestroyNotify) kept_clear);
  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 key = sqlite3_column_int64 (statement->stmt, 0);
    guint before = all->len;

    if (!limber_journal_range (database, key, key, collect, all, error))
      return NULL;
    if (all->len > before)
      g_array_index (all, Kept, before).received = sqlite3_column_int64 (statement->stmt, 1);
  }
  return step == 0 ? g_steal_pointer (&all) : NULL;
}

static GArray *
kept_of (LimberDatabase *database, const LimberId *device, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT q.key, j.received FROM quarantine q JOIN journal j ON j.key=q.key JOIN origin ON n = q.key >> 40 WHERE device=? AND reason=? ORDER BY q.key", "dt", device, LIMBER_RELEASE_REASON);

  return collect_all (database, statement, error);
}

/* From the last to the first: what is signed, and what a vouched one names as the one before it. */
static void
vouch (GArray *all, const guint8 key[32])
{
  const LimberEntry *next = NULL; /* (nullable): vouched for */

  for (guint i = all->len; i > 0; i--) {
    Kept *kept = &g_array_index (all, Kept, i - 1);
    const LimberEntry *entry = &kept->entry;

    kept->vouched = (next != NULL && next->has_prev && memcmp (next->prev, entry->hash, sizeof entry->hash) == 0) ||
                    (entry->has_sign && crypto_sign_verify_detached (entry->sign, entry->hash, sizeof entry->hash, key) == 0);
    next = kept->vouched ? entry : NULL;
  }
}

/* What may still speak against it. */
typedef struct {
  LimberClass       klass;
  LimberReleaseFunc doubt; /* (nullable) */
  gpointer          data;
} Judge;

static gboolean
keep_why (LimberTransaction *transaction, gint64 key, const char *reason, GError **error)
{
  LimberDatabase *database = transaction->reader.database;

  if (limber_database_integer (database, 0, "SELECT 1 FROM quarantine WHERE key=? AND reason=?", "it", key, reason) == 1)
    return TRUE;
  return limber_database_execute (database, error, "UPDATE quarantine SET reason=? WHERE key=?", "ti", reason, key) && limber_aside_renew (transaction, key, error);
}

static gboolean
release (LimberTransaction *transaction, const Kept *kept, const Judge *judge, GError **error)
{
  g_autofree char *reason = limber_transaction_reason_against (transaction, &kept->entry, limber_entry_judge (&kept->entry, judge->klass));

  if (reason == NULL && judge->doubt != NULL)
    reason = g_strdup (judge->doubt (&transaction->reader, &kept->entry, kept->received, judge->data));
  return reason != NULL ? keep_why (transaction, kept->key, reason, error) : limber_transaction_release (transaction, &kept->entry, kept->key, error);
}

/**
 * limber_release_device:
 * @device: a device that has become known
 * @key: its Ed25519 public key
 * @klass: what it is
 * @doubt: (nullable): asked of each that nothing else speaks against
 *
 * Merges what was kept apart only because nobody knew the device, as far as the device signed for it.
 */
gboolean
limber_release_device (LimberTransaction *transaction, const LimberId *device, const guint8 key[32], LimberClass klass, LimberReleaseFunc doubt, gpointer data, GError **error)
{
  g_autoptr (GArray) all = kept_of (transaction->reader.database, device, error);
  const Judge judge = { klass, doubt, data };

  if (all == NULL)
    return FALSE;
  vouch (all, key);
  for (guint i = 0; i < all->len; i++) {
    const Kept *kept = &g_array_index (all, Kept, i);

    if (kept->vouched && !release (transaction, kept, &judge, error))
      return FALSE;
  }
  return TRUE;
}

/* Whose author's right is in doubt: the next few behind @after. */
static GArray *
doubted (LimberDatabase *database, gint64 after, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT q.key, j.received FROM quarantine q JOIN journal j ON j.key=q.key WHERE q.key>? AND q.reason LIKE '" LIMBER_RELEASE_DOUBT "%' ORDER BY q.key LIMIT ?", "ii", after,
                             (gint64) A_STEP);

  return collect_all (database, statement, error);
}

/**
 * limber_release_doubts:
 * @after: (inout): where it goes on; 0 to begin, and when there are no more
 * @doubt: what still speaks against the author of each
 *
 * Merges what was kept apart only because its author was not known to have the right to write it, where that is known now. A few at a time.
 */
gboolean
limber_release_doubts (LimberTransaction *transaction, gint64 *after, LimberReleaseFunc doubt, gpointer data, GError **error)
{
  g_autoptr (GArray) all = doubted (transaction->reader.database, *after, error);

  if (all == NULL)
    return FALSE;
  *after = all->len > 0 ? g_array_index (all, Kept, all->len - 1).key : 0;
  for (guint i = 0; i < all->len; i++) {
    const Kept *kept = &g_array_index (all, Kept, i);
    const char *why = doubt (&transaction->reader, &kept->entry, kept->received, data);

    if (!(why != NULL ? keep_why (transaction, kept->key, why, error) : limber_transaction_release (transaction, &kept->entry, kept->key, error)))
      return FALSE;
  }
  return TRUE;
}
