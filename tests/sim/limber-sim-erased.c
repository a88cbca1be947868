#include "limber-sim-erased.h"

#include <string.h>

#include "limber-scrub.h"
#include "limber-sim-truth.h"

#define LENGTH (sizeof SIM_ERASED_MARK - 1 + SIM_ERASED_LETTERS)

typedef struct {
  GHashTable *values; /* (owned) (nullable): text: what was erased, and nowhere said again; NULL for anything that was ever typed */
  SimPlace   *place;
  GPtrArray  *problems;
} Search;

/* What a list said it may say again, also to a central that loses its power before that is saved. */
static gboolean
may_stay (const SimEntry *entry)
{
  return !entry->erased || json_integer_value (json_array_get (entry->header, 5)) == 0;
}

/* Adds the values of what was erased, or takes those away that may stay. */
static void
take_values (SimLedger *ledger, gboolean stay, GHashTable *values)
{
  for (guint i = 0; i < sim_ledger_length (ledger); i++) {
    const SimEntry *entry = sim_ledger_entry (ledger, i);
    const char *field;
    json_t *value;

    if (may_stay (entry) == stay)
      json_object_foreach (entry->body, field, value)
        if (json_is_string (value) && g_str_has_prefix (json_string_value (value), SIM_ERASED_MARK)) {
          g_autofree char *text = g_strndup (json_string_value (value), LENGTH);

          stay ? g_hash_table_remove (values, text) : g_hash_table_add (values, g_steal_pointer (&text));
        }
  }
}

/* A value that somebody typed: the letters are figures (limber-sim-work.c). */
static gboolean
is_typed (const char *at, const char *end)
{
  if ((gsize) (end - at) < LENGTH)
    return FALSE;
  for (const char *letter = at + sizeof SIM_ERASED_MARK - 1; letter < at + LENGTH; letter++)
    if (*letter < 'a' || *letter > 'j')
      return FALSE;
  return TRUE;
}

/**
 * sim_erased_find:
 *
 * Returns: (nullable): the first value in @bytes that somebody typed
 */
const char *
sim_erased_find (const char *bytes, gsize length)
{
  const char *end = bytes + length, *at = bytes;

  while ((at = memmem (at, (gsize) (end - at), SIM_ERASED_MARK, strlen (SIM_ERASED_MARK))) != NULL) {
    if (is_typed (at, end))
      return at;
    at++;
  }
  return NULL;
}

static void
search_bytes (Search *search, const char *name, const char *bytes, gsize length)
{
  const char *end = bytes + length;

  for (const char *at = sim_erased_find (bytes, length); at != NULL; at = sim_erased_find (at + 1, (gsize) (end - at - 1))) {
    g_autofree char *text = g_strndup (at, LENGTH);

    if (search->values == NULL)
      sim_problem (search->problems, "I7 at %s %s is in %s: no such device may ever hold it", search->place->name, text, name);
    else if (g_hash_table_remove (search->values, text))
      sim_problem (search->problems, "I16 at %s %s is in %s, though it was erased", search->place->name, text, name);
  }
}

/* SQLite builds the index of a log in memory that it does not clear, and copies that into its file: in one process it may be
 * another machine's. */
static gboolean
is_of_all (const Search *search, const char *name)
{
  return search->values == NULL && g_str_has_suffix (name, "-shm");
}

static void
search_folder (Search *search, const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *bytes = NULL;
    gsize length;

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      search_folder (search, path);
    else if (!is_of_all (search, name) && g_file_get_contents (path, &bytes, &length, NULL))
      search_bytes (search, name, bytes, length);
  }
}

/**
 * sim_erased_check:
 * @rest: everybody has come to rest: then there is nothing left to be done
 *
 * Searches all files of @place, once its store says that nothing is left of what was erased; what its disk refuses now is
 * tried again later.
 */
void
sim_erased_check (SimLedger *ledger, SimPlace *place, gboolean rest, GPtrArray *problems)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { values, place, problems };

  take_values (ledger, FALSE, values);
  take_values (ledger, TRUE, values);
  if (g_hash_table_size (values) == 0 && !rest)
    return;
  if (limber_scrub_wait (place->store) && !place->crashed)
    search_folder (&search, place->folder);
  else if (rest)
    sim_problem (problems, "I16 at %s what was erased is yet to be taken out of its files", place->name);
}

/**
 * sim_erased_check_none:
 * @place: a public screen
 *
 * Searches all its files for anything that staff typed, at any moment: nothing of that ever goes there.
 */
void
sim_erased_check_none (SimPlace *place, GPtrArray *problems)
{
  Search search = { NULL, place, problems };

  search_folder (&search, place->folder);
}
