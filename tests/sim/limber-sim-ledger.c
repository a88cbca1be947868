#include "limber-sim-ledger.h"

#include <string.h>

#include "limber-reader-private.h"

struct _SimLedger {
  GPtrArray  *entries; /* (owned): SimEntry */
  GHashTable *by_id;   /* (owned): LimberEntryId, unowned → SimEntry, unowned */
};

SimLedger *
sim_ledger_new (void)
{
  SimLedger *ledger = g_new0 (SimLedger, 1);

  ledger->entries = g_ptr_array_new_with_free_func (g_free);
  ledger->by_id = g_hash_table_new (limber_id_hash, limber_id_equal);
  return ledger;
}

void
sim_ledger_free (SimLedger *ledger)
{
  g_hash_table_unref (ledger->by_id);
  g_ptr_array_unref (ledger->entries);
  g_free (ledger);
}

guint
sim_ledger_length (SimLedger *ledger)
{
  return ledger->entries->len;
}

SimEntry *
sim_ledger_entry (SimLedger *ledger, guint i)
{
  return g_ptr_array_index (ledger->entries, i);
}

typedef struct {
  SimLedger *ledger;
  SimPlace  *place;
  guint      number;
  guint      taken;
} Taking;

/* From the newest on: those before one that is known are known. */
static gboolean
take_new (LimberReader *reader, gpointer data, GError **error)
{
  Taking *taking = data;
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error, "SELECT j.hash FROM origin o JOIN journal j ON j.key>>40=o.n WHERE o.device=? AND o.branch=0 ORDER BY j.key DESC", "d", &taking->place->device);

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    SimEntry *entry;
    LimberEntryId id;

    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    if (g_hash_table_contains (taking->ledger->by_id, &id))
      break;
    entry = g_new0 (SimEntry, 1);
    entry->id = id;
    entry->author = taking->number;
    entry->held = G_GUINT64_CONSTANT (1) << taking->number;
    entry->after = taking->place->revoked;
    g_ptr_array_add (taking->ledger->entries, entry);
    g_hash_table_insert (taking->ledger->by_id, &entry->id, entry);
    taking->taken++;
  }
  return TRUE;
}

/**
 * sim_ledger_take:
 *
 * Writes down what @place has just been told is saved.
 *
 * Returns: how many entries that was
 */
guint
sim_ledger_take (SimLedger *ledger, SimPlace *place, guint number)
{
  Taking taking = { ledger, place, number, 0 };
  g_autoptr (GError) error = NULL;

  limber_store_read (place->store, take_new, &taking, &error);
  g_assert_no_error (error);
  return taking.taken;
}

static gboolean
read_hashes (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT hash FROM journal", "");
  LimberEntryId id;

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    g_hash_table_add (data, limber_id_copy (&id));
  }
  return statement != NULL;
}

/**
 * sim_ledger_held_by:
 *
 * Returns: (transfer full) (element-type LimberEntryId): what is in the journal of @place, which must be switched on
 */
GHashTable *
sim_ledger_held_by (SimPlace *place)
{
  GHashTable *held = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  limber_store_read (place->store, read_hashes, held, &error);
  g_assert_no_error (error);
  return held;
}

/**
 * sim_ledger_look:
 *
 * Notes what the disk of @place holds now.
 */
void
sim_ledger_look (SimLedger *ledger, SimPlace *place, guint number)
{
  g_autoptr (GHashTable) held = sim_ledger_held_by (place);
  guint64 bit = G_GUINT64_CONSTANT (1) << number;

  for (guint i = 0; i < ledger->entries->len; i++) {
    SimEntry *entry = g_ptr_array_index (ledger->entries, i);

    if (g_hash_table_contains (held, &entry->id)) {
      entry->held |= bit;
      entry->gone &= ~bit;
    }
  }
}

/**
 * sim_ledger_rolled_back:
 *
 * The disk of @place has been put back to what it was: what it held since is gone from there.
 */
void
sim_ledger_rolled_back (SimLedger *ledger, SimPlace *place, guint number)
{
  g_autoptr (GHashTable) held = sim_ledger_held_by (place);
  guint64 bit = G_GUINT64_CONSTANT (1) << number;

  for (guint i = 0; i < ledger->entries->len; i++) {
    SimEntry *entry = g_ptr_array_index (ledger->entries, i);

    if ((entry->held & bit) && !g_hash_table_contains (held, &entry->id))
      entry->gone |= bit;
  }
}
