#include "limber-release.h"

#include <sodium.h>
#include <string.h>

#include "limber-aside.h"
#include "limber-journal.h"
#include "limber-transaction-private.h"

typedef struct {
  gint64      key;
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

static GArray *
kept_of (LimberDatabase *database, const LimberId *device, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Kept));
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT key FROM quarantine JOIN origin ON n = key >> 40 WHERE device=? AND reason=? ORDER BY key", "dt", device, LIMBER_RELEASE_REASON);
  int step = -1;

  g_array_set_clear_func (all, (GDestroyNotify) kept_clear);
  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 key = sqlite3_column_int64 (statement->stmt, 0);

    if (!limber_journal_range (database, key, key, collect, all, error))
      return NULL;
  }
  return step == 0 ? g_steal_pointer (&all) : NULL;
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

static gboolean
release (LimberTransaction *transaction, const Kept *kept, LimberClass klass, GError **error)
{
  g_autofree char *reason = limber_transaction_reason_against (transaction, &kept->entry, limber_entry_judge (&kept->entry, klass));

  if (reason == NULL)
    return limber_transaction_release (transaction, &kept->entry, kept->key, error);
  return limber_database_execute (transaction->reader.database, error, "UPDATE quarantine SET reason=? WHERE key=?", "ti", reason, kept->key) && limber_aside_renew (transaction, kept->key, error);
}

/**
 * limber_release_device:
 * @device: a device that has become known
 * @key: its Ed25519 public key
 * @klass: what it is
 *
 * Merges what was kept apart only because nobody knew the device, as far as the device signed for it.
 */
gboolean
limber_release_device (LimberTransaction *transaction, const LimberId *device, const guint8 key[32], LimberClass klass, GError **error)
{
  g_autoptr (GArray) all = kept_of (transaction->reader.database, device, error);

  if (all == NULL)
    return FALSE;
  vouch (all, key);
  for (guint i = 0; i < all->len; i++) {
    const Kept *kept = &g_array_index (all, Kept, i);

    if (kept->vouched && !release (transaction, kept, klass, error))
      return FALSE;
  }
  return TRUE;
}
