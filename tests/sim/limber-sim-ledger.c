#include "limber-sim-ledger.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-reader-private.h"

struct _SimLedger {
  GPtrArray  *entries; /* (owned): SimEntry */
  GHashTable *by_id;   /* (owned): LimberEntryId, unowned → SimEntry, unowned */
  GHashTable *erased;  /* (owned): LimberEntryId: what erasures name */
  GHashTable *backed;  /* (owned): LimberEntryId → gint64: what is in a backup of central, and since when */
  gboolean    revoked; /* some device was */
};

static void
entry_free (SimEntry *entry)
{
  json_decref (entry->header);
  json_decref (entry->body);
  g_free (entry);
}

SimLedger *
sim_ledger_new (void)
{
  SimLedger *ledger = g_new0 (SimLedger, 1);

  ledger->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  ledger->erased = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  ledger->backed = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  ledger->by_id = g_hash_table_new (limber_id_hash, limber_id_equal);
  return ledger;
}

void
sim_ledger_free (SimLedger *ledger)
{
  g_hash_table_unref (ledger->by_id);
  g_hash_table_unref (ledger->erased);
  g_hash_table_unref (ledger->backed);
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

static gint64
backed_since (SimLedger *ledger, const LimberEntryId *id)
{
  const gint64 *since = g_hash_table_lookup (ledger->backed, id);

  return since != NULL ? *since : 0;
}

gboolean
sim_ledger_has_revoked (SimLedger *ledger)
{
  return ledger->revoked;
}

/**
 * sim_ledger_find:
 *
 * Returns: (transfer none) (nullable): the entry of that id
 */
SimEntry *
sim_ledger_find (SimLedger *ledger, const LimberEntryId *id)
{
  return g_hash_table_lookup (ledger->by_id, id);
}

/* What an entry says, as it lies in a journal. */

void
sim_read_bytes (const json_t *text, guint8 *bytes, gsize length)
{
  const char *string = json_string_value (text);

  g_assert_true (string != NULL && limber_base64_decode (string, strlen (string), bytes, length));
}

const char *
sim_entry_kind (const SimEntry *entry)
{
  return json_string_value (json_array_get (entry->header, 8));
}

/**
 * sim_entry_is_offer:
 *
 * Returns: whether it offers again what somebody else once wrote (SYNC.md rule 18): nobody shows such a one
 */
gboolean
sim_entry_is_offer (const SimEntry *entry)
{
  return g_strcmp0 (json_string_value (json_array_get (entry->header, 6)), "system:recovered") == 0;
}

/**
 * sim_entry_is_of:
 *
 * Returns: whether @place wrote it, or the machine that it is a copy of
 */
gboolean
sim_entry_is_of (const SimEntry *entry, SimPlace *place)
{
  LimberId author;

  sim_read_bytes (json_array_get (entry->header, 1), author.bytes, sizeof author.bytes);
  return limber_id_equal (&author, &place->device);
}

void
sim_entry_record (const SimEntry *entry, LimberId *record)
{
  sim_read_bytes (json_array_get (entry->header, 9), record->bytes, sizeof record->bytes);
}

/**
 * sim_name_of:
 * @field: (nullable)
 *
 * Returns: (transfer full): "KIND ID", or "KIND ID FIELD", for tables and for people
 */
char *
sim_name_of (const char *kind, const LimberId *id, const char *field)
{
  char text[LIMBER_ID_TEXT_LENGTH + 1];

  limber_id_to_text (id, text);
  return g_strjoin (" ", kind, text, field, NULL);
}

/**
 * sim_header_seen:
 * @header: an entry's
 *
 * Returns: (transfer full) (element-type LimberEntryId): what its author had before him in @field, without its mark
 */
GArray *
sim_header_seen (const json_t *header, const char *field)
{
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (LimberEntryId));
  const json_t *ids = json_object_get (json_array_get (header, 11), field);

  for (gsize i = 0; i < json_array_size (ids); i++) {
    LimberEntryId id;

    sim_read_bytes (json_array_get (ids, i), id.bytes, sizeof id.bytes);
    g_array_append_val (seen, id);
  }
  return seen;
}

/* Taking down. */

/* An offer of what was erased goes with it (SYNC.md rules 18 and 19). */
static gboolean
is_erased (SimLedger *ledger, const SimEntry *entry)
{
  const char *field;
  json_t *ids;

  if (g_hash_table_contains (ledger->erased, &entry->id))
    return TRUE;
  if (!sim_entry_is_offer (entry))
    return FALSE;
  json_object_foreach (json_array_get (entry->header, 11), field, ids) {
    g_autoptr (GArray) seen = sim_header_seen (entry->header, field);

    for (guint i = 0; i < seen->len; i++)
      if (g_hash_table_contains (ledger->erased, &g_array_index (seen, LimberEntryId, i)))
        return TRUE;
  }
  return FALSE;
}

/**
 * sim_ledger_erase:
 * @list: what an erasure that some store holds names. It counts from then on, also when nobody was told that it was saved
 */
void
sim_ledger_erase (SimLedger *ledger, const json_t *list)
{
  for (gsize i = 0; i < json_array_size (list); i++) {
    LimberEntryId id;

    g_assert_true (limber_id_parse (&id, json_string_value (json_array_get (list, i))));
    g_hash_table_add (ledger->erased, limber_id_copy (&id));
  }
  for (guint i = 0; i < ledger->entries->len; i++) {
    SimEntry *entry = g_ptr_array_index (ledger->entries, i);

    entry->erased = entry->erased || is_erased (ledger, entry);
  }
}

typedef struct {
  SimLedger *ledger;
  SimPlace  *place;
  guint      number;
  GPtrArray *found; /* SimEntry: the newest first */
} Taking;

static SimEntry *
entry_new (LimberStatement *statement, const LimberEntryId *id, const Taking *taking)
{
  SimEntry *entry = g_new0 (SimEntry, 1);
  const char *body = (const char *) sqlite3_column_text (statement->stmt, 2);

  entry->id = *id;
  entry->author = taking->number;
  entry->held = G_GUINT64_CONSTANT (1) << taking->number;
  entry->apart = taking->place->revoked;
  entry->header = json_loads ((const char *) sqlite3_column_text (statement->stmt, 1), 0, NULL);
  entry->body = body != NULL ? json_loads (body, 0, NULL) : NULL;
  g_assert_nonnull (entry->header);
  return entry;
}

/* From the newest on: those before one that is known are known. */
static gboolean
take_new (LimberReader *reader, gpointer data, GError **error)
{
  Taking *taking = data;
  g_autoptr (LimberStatement) statement = limber_database_bound (
      reader->database, error, "SELECT j.hash, j.header, j.body FROM origin o JOIN journal j ON j.key>>40=o.n WHERE o.device=? AND o.branch=0 ORDER BY j.key DESC", "d", &taking->place->device);

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    LimberEntryId id;

    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    if (g_hash_table_contains (taking->ledger->by_id, &id))
      break;
    g_ptr_array_add (taking->found, entry_new (statement, &id, taking));
  }
  return TRUE;
}

/**
 * sim_ledger_take:
 *
 * Writes down what @place has just been told is saved, in the order in which it was written.
 *
 * Returns: how many entries that was
 */
guint
sim_ledger_take (SimLedger *ledger, SimPlace *place, guint number)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  Taking taking = { ledger, place, number, found };
  g_autoptr (GError) error = NULL;

  limber_store_read (place->store, take_new, &taking, &error);
  g_assert_no_error (error);
  for (guint i = found->len; i > 0; i--) {
    SimEntry *entry = g_ptr_array_index (found, i - 1);

    g_ptr_array_add (ledger->entries, entry);
    g_hash_table_insert (ledger->by_id, &entry->id, entry);
    entry->erased = is_erased (ledger, entry);
    entry->backed = backed_since (ledger, &entry->id);
    if (g_str_equal (sim_entry_kind (entry), "erasure"))
      sim_ledger_erase (ledger, json_object_get (entry->body, "entries!"));
  }
  return found->len;
}

static gboolean
read_hashes (LimberReader *reader, const char *sql, GHashTable *held, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, sql, "");
  LimberEntryId id;

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    g_hash_table_add (held, limber_id_copy (&id));
  }
  return statement != NULL;
}

static gboolean
read_all (LimberReader *reader, gpointer data, GError **error)
{
  return read_hashes (reader, "SELECT hash FROM journal", data, error);
}

static gboolean
read_bodies (LimberReader *reader, gpointer data, GError **error)
{
  return read_hashes (reader, "SELECT hash FROM journal WHERE body IS NOT NULL", data, error);
}

static GHashTable *
read_at (SimPlace *place, LimberReadFunc read)
{
  GHashTable *held = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  limber_store_read (place->store, read, held, &error);
  g_assert_no_error (error);
  return held;
}

/**
 * sim_ledger_held_by:
 *
 * Returns: (transfer full) (element-type LimberEntryId): what is in the journal of @place, which must be switched on
 */
GHashTable *
sim_ledger_held_by (SimPlace *place)
{
  return read_at (place, read_all);
}

/**
 * sim_ledger_bodies_at:
 *
 * Returns: (transfer full) (element-type LimberEntryId): of that, what is there with what it says
 */
GHashTable *
sim_ledger_bodies_at (SimPlace *place)
{
  return read_at (place, read_bodies);
}

/**
 * sim_ledger_back_up:
 * @now: as sim_loop_now()
 *
 * Central is backed up with what it holds now; also with what sync has written somewhere, and the ledger takes later.
 */
void
sim_ledger_back_up (SimLedger *ledger, GHashTable *bodies, gint64 now)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, bodies);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (ledger->backed, id))
      g_hash_table_insert (ledger->backed, limber_id_copy (id), g_memdup2 (&now, sizeof now));
  for (guint i = 0; i < ledger->entries->len; i++) {
    SimEntry *entry = g_ptr_array_index (ledger->entries, i);

    entry->backed = backed_since (ledger, &entry->id);
  }
}

/**
 * sim_ledger_revoke:
 * @device: a device that central has just revoked
 *
 * What central does not hold of it yet is not to be believed any more.
 */
void
sim_ledger_revoke (SimLedger *ledger, SimPlace *central, const LimberId *device)
{
  g_autoptr (GHashTable) held = sim_ledger_held_by (central);

  ledger->revoked = TRUE;
  for (guint i = 0; i < ledger->entries->len; i++) {
    SimEntry *entry = g_ptr_array_index (ledger->entries, i);
    LimberId author;

    sim_read_bytes (json_array_get (entry->header, 1), author.bytes, sizeof author.bytes);
    if (limber_id_equal (&author, device) && !g_hash_table_contains (held, &entry->id))
      entry->apart = TRUE;
  }
}

/**
 * sim_ledger_look:
 *
 * Notes what the disk of @place holds now.
 */
void
sim_ledger_look (SimLedger *ledger, SimPlace *place, guint number)
{
  g_autoptr (GHashTable) held = sim_ledger_bodies_at (place);
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
