#include "limber-sim-newer.h"

#include <string.h>

#include "limber-extras.h"
#include "limber-feed.h"
#include "limber-reader-private.h"
#include "limber-sim-scope.h"

/* What a place holds of what only a newer program knows. */
typedef struct {
  SimPlace   *place;
  GHashTable *found; /* (owned): "KIND ID FIELD" → LimberEntryId: the entry that set it */
  GPtrArray  *problems;
} Held;

static gboolean
note_row (const LimberRecord *record, gpointer data)
{
  Held *held = data;

  for (guint i = 0; i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i]) && sim_version_is_new (record->kind->name, record->kind->fields[i].name))
      g_hash_table_insert (held->found, sim_name_of (record->kind->name, &record->id, record->kind->fields[i].name), limber_id_copy (&record->stamps[i].entry));
  return TRUE;
}

static void
note_extra (const LimberExtra *extra, gpointer data)
{
  Held *held = data;

  for (guint i = 0; i < extra->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (extra->fields, LimberExtraField, i);
    g_autofree char *plain = limber_extra_field_name (field);
    char *name = sim_name_of (extra->kind, &extra->id, plain);

    if (!sim_version_is_new (extra->kind, plain)) {
      g_free (name);
      continue;
    }
    if (held->place->kinds == sim_version_newer ())
      sim_problem (held->problems, "R6 %s has kept %s as something that it does not know", held->place->name, name);
    g_hash_table_insert (held->found, name, limber_id_copy (&field->stamp.entry));
  }
}

static gboolean
read_held (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };
  static const char *const kinds[] = { "goal", "patient" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const LimberKind *kind = limber_kind_by_name (kinds[i]);

    if (kind != NULL && limber_kind_held_by (kind, limber_reader_class (reader)) && !limber_reader_list (reader, kinds[i], none, NULL, note_row, data, error))
      return FALSE;
  }
  for (guint i = 0; (limber_reader_class (reader) & LIMBER_CLASS_NODES) && i < LIMBER_DIGEST_BUCKETS; i++)
    if (!limber_extras_tell_bucket (reader, 0, i, note_extra, data, error))
      return FALSE;
  return TRUE;
}

/* Whose it is; of what was erased in part nobody can say. */
static gboolean
find_patient (SimTruth *truth, const SimField *field, LimberId *patient)
{
  g_autofree char *name = sim_name_of (field->kind, &field->record, "patient");
  const SimField *whose = g_hash_table_lookup (sim_truth_fields (truth), name);

  if (g_str_equal (field->kind, "patient"))
    *patient = field->record;
  else if (whose != NULL)
    sim_read_bytes (sim_truth_winner (whose)->value, patient->bytes, sizeof patient->bytes);
  else
    return FALSE;
  return TRUE;
}

/* A node with an older program keeps what comes to it as an entry, or from a node as old; in the rows of a newer one it passes
 * over what it does not know, and reads them again when it gets the newer program. A device keeps only what it knows, and has
 * it from a node that knows it; it may have heard of it elsewhere. */
static gboolean
must_have (SimPlace *central, SimPlace *node, SimPlace *place)
{
  gboolean newer = place->kinds == sim_version_newer ();

  if (place->klass & LIMBER_CLASS_NODES)
    return newer || central->kinds != sim_version_newer ();
  return !(place->klass & LIMBER_CLASS_PUBLIC) && newer && node->kinds == sim_version_newer ();
}

/* That central keeps it apart is told by the digest of what both know: what a node does not know it shows to nobody, and of what
 * central does not know it goes on from what came to it (SYNC.md rule 18). */
static gboolean
waits (SimLedger *ledger, SimPlace *central, SimPlace *place, const LimberEntryId *id)
{
  const SimEntry *entry = sim_ledger_find (ledger, id);

  return place != central && (place->kinds != sim_version_newer () || central->kinds != sim_version_newer ()) && entry != NULL && entry->apart;
}

/**
 * sim_newer_check:
 * @node: whom @place asks first
 * @roamed: as with sim_scope_check()
 *
 * Checks what only a newer program knows, once everybody is at rest.
 */
void
sim_newer_check (SimTruth *truth, SimLedger *ledger, SimPlace *central, SimPlace *node, SimPlace *place, gboolean roamed, GPtrArray *problems)
{
  g_autoptr (GHashTable) people = sim_scope_people (truth, central, place), found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Held held = { place, found, problems };
  gboolean public = (place->klass & LIMBER_CLASS_PUBLIC) != 0, must = must_have (central, node, place);
  gboolean may = must || (place->klass & LIMBER_CLASS_NODES) || (!public && place->kinds == sim_version_newer ());
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer name, value;

  limber_store_read (place->store, read_held, &held, &error);
  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, sim_truth_fields (truth));
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    const SimField *field = value;
    LimberId patient;
    gboolean known = sim_version_is_new (field->kind, field->field) && find_patient (truth, field, &patient), hers = known && !public && sim_scope_is_among (truth, people, &patient);
    const LimberEntryId *entry = g_hash_table_lookup (found, name);
    gboolean other = entry != NULL && !limber_id_equal (entry, &sim_truth_winner (field)->id);

    if (entry != NULL && waits (ledger, central, place, entry)) {
      g_hash_table_remove (found, name);
      continue;
    }
    if (known && entry == NULL && must && hers)
      sim_problem (problems, "I8 %s lacks %s, which a newer program wrote", place->name, (char *) name);
    else if (known && other && must && hers)
      sim_problem (problems, "I9 %s has another value of %s, which a newer program wrote", place->name, (char *) name);
    else if (known && entry != NULL && !(may && hers) && !roamed)
      sim_problem (problems, "I7 %s holds %s, which it may not", place->name, (char *) name);
    g_hash_table_remove (found, name);
  }
  g_hash_table_iter_init (&iter, found);
  while ((must || !may) && g_hash_table_iter_next (&iter, &name, &value))
    if (!waits (ledger, central, place, value))
      sim_problem (problems, "I7 %s holds %s, which nobody wrote", place->name, (char *) name);
}
