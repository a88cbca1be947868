#include "limber-sim-search.h"

#include "limber-sim-truth.h"

/* The family names that a store holds. */
static gboolean
take_name (const LimberRecord *patient, gpointer data)
{
  const char *family = limber_record_text (patient, "family");

  if (family != NULL)
    g_hash_table_add (data, g_strdup (family));
  return TRUE;
}

static gboolean
take_names (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };

  return limber_reader_list (reader, "patient", none, NULL, take_name, data, error);
}

/* Who is one typing mistake away does not count. */
static gboolean
finds (LimberSearch *search, const char *name)
{
  g_autoptr (GPtrArray) found = limber_search_find (search, name, 20);

  for (guint i = 0; i < found->len; i++)
    if (limber_row_integer (g_ptr_array_index (found, i), "near") == 0)
      return TRUE;
  return FALSE;
}

/**
 * sim_search_check:
 * @search: one of the store at @place, made when it was opened
 *
 * Searches for every family name that was ever written: I7, I8, I11 and I16 of SYNC.md, as far as a search shows them.
 */
void
sim_search_check (LimberSearch *search, SimLedger *ledger, SimPlace *place, GPtrArray *problems)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  limber_store_read (place->store, take_names, names, &error);
  g_assert_no_error (error);
  for (guint i = 0; limber_search_is_ready (search) && i < sim_ledger_length (ledger); i++) {
    const SimEntry *entry = sim_ledger_entry (ledger, i);
    const char *name = g_str_equal (sim_entry_kind (entry), "patient") ? json_string_value (json_object_get (entry->body, "family")) : NULL;
    gboolean held = name != NULL && g_hash_table_contains (names, name);

    if (name != NULL && finds (search, name) != held)
      sim_problem (problems, held ? "I8 at %s a search does not find %s" : "I7 at %s a search finds %s, whom the store does not hold", place->name, name);
  }
}
