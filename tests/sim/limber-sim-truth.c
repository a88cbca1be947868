#include "limber-sim-truth.h"

#include <stdarg.h>
#include <string.h>

#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-sim-ledger.h"

#define PROGRESS_ROUND 16

struct _SimTruth {
  GHashTable *fields;    /* (owned): "KIND ID FIELD" → SimField */
  GHashTable *rows;      /* (owned): "KIND ID" → LimberRecord: central's own rows, once they are known to be right */
  GHashTable *bare_seen; /* (owned): "KIND ID FIELD ENTRY": what was seen by entries that were erased since */
  GHashTable *component; /* (owned): LimberId of a patient → LimberId: the smallest of those who are the same person */
};

/**
 * sim_problem:
 *
 * Notes that something is not as it must be. The first word is the invariant's.
 */
void
sim_problem (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
edit_clear (SimEdit *edit)
{
  json_decref (edit->value);
  g_array_unref (edit->seen);
}

static void
field_free (SimField *field)
{
  g_free (field->kind);
  g_free (field->field);
  g_array_unref (field->edits);
  g_free (field);
}

/* Reading the journal. */

static SimField *
field_of (SimTruth *self, const char *kind, const LimberId *record, const char *name, char mark)
{
  g_autofree char *key = sim_name_of (kind, record, name);
  SimField *field = g_hash_table_lookup (self->fields, key);

  if (field == NULL) {
    field = g_new0 (SimField, 1);
    field->kind = g_strdup (kind);
    field->record = *record;
    field->field = g_strdup (name);
    field->mark = mark;
    field->edits = g_array_new (FALSE, FALSE, sizeof (SimEdit));
    g_array_set_clear_func (field->edits, (GDestroyNotify) edit_clear);
    g_hash_table_insert (self->fields, g_steal_pointer (&key), field);
  }
  return field;
}

static void
take_entry (SimTruth *self, const LimberEntryId *id, const json_t *header, json_t *body)
{
  LimberId record;
  const char *name;
  json_t *value;

  sim_read_bytes (json_array_get (header, 9), record.bytes, sizeof record.bytes);
  json_object_foreach (body, name, value) {
    gsize length = strlen (name);
    char mark = name[length - 1] == '^' || name[length - 1] == '!' ? name[length - 1] : '\0';
    g_autofree char *plain = g_strndup (name, mark != '\0' ? length - 1 : length);
    SimField *field = field_of (self, json_string_value (json_array_get (header, 8)), &record, plain, mark);
    SimEdit edit = { .time = (guint64) json_integer_value (json_array_get (header, 4)), .rank = json_integer_value (json_array_get (header, 5)), .id = *id };

    sim_read_bytes (json_array_get (header, 1), edit.origin, 16);
    sim_read_bytes (json_array_get (header, 2), edit.origin + 16, 8);
    edit.value = json_incref (value);
    edit.seen = sim_header_seen (header, plain);
    g_array_append_val (field->edits, edit);
  }
}

static char *
name_of_seen (const char *kind, const LimberId *record, const char *field, const LimberEntryId *id)
{
  g_autofree char *name = sim_name_of (kind, record, field), *text = limber_id_dup_text (id);

  return g_strjoin (" ", name, text, NULL);
}

/* What an author has seen stays seen when what he wrote is erased. */
static void
take_bare (SimTruth *self, const json_t *header)
{
  LimberId record;
  const char *field;
  json_t *ids;

  sim_read_bytes (json_array_get (header, 9), record.bytes, sizeof record.bytes);
  json_object_foreach (json_array_get (header, 11), field, ids) {
    g_autoptr (GArray) seen = sim_header_seen (header, field);

    for (guint i = 0; i < seen->len; i++)
      g_hash_table_add (self->bare_seen, name_of_seen (json_string_value (json_array_get (header, 8)), &record, field, &g_array_index (seen, LimberEntryId, i)));
  }
}

static gboolean
read_journal (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT hash, header, body FROM journal WHERE state=0", "");

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    g_autoptr (json_t) header = json_loads ((const char *) sqlite3_column_text (statement->stmt, 1), 0, NULL);
    const char *text = (const char *) sqlite3_column_text (statement->stmt, 2);
    g_autoptr (json_t) body = text != NULL ? json_loads (text, 0, NULL) : NULL;
    LimberEntryId id;

    g_assert_true (header != NULL && (body != NULL) == (text != NULL));
    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    if (body != NULL)
      take_entry (data, &id, header, body);
    else
      take_bare (data, header);
  }
  return statement != NULL;
}

/* Folding. */

static int
compare_clocks (const SimEdit *a, const SimEdit *b)
{
  int origin = memcmp (a->origin, b->origin, sizeof a->origin);

  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->time != b->time)
    return a->time < b->time ? -1 : 1;
  return origin != 0 ? origin : memcmp (&a->id, &b->id, sizeof a->id);
}

static gint64
place_of (const SimEdit *edit)
{
  return json_is_integer (edit->value) ? json_integer_value (edit->value) : -1;
}

/**
 * sim_truth_winner:
 *
 * Returns: (transfer none) (nullable): of the edits of @field the one that stands (SYNC.md rules 6 and 7)
 */
const SimEdit *
sim_truth_winner (const SimField *field)
{
  const SimEdit *best = NULL;

  for (guint i = 0; i < field->edits->len; i++) {
    const SimEdit *edit = &g_array_index (field->edits, SimEdit, i);
    int order;

    if (best == NULL) {
      best = edit;
      continue;
    }
    order = compare_clocks (edit, best);
    if (field->mark == '!')
      order = -order;
    else if (field->mark == '^' && place_of (edit) != place_of (best))
      order = place_of (edit) > place_of (best) ? 1 : -1;
    if (order > 0)
      best = edit;
  }
  return best;
}

static gboolean
is_replaced (const SimField *field, const LimberEntryId *id)
{
  for (guint i = 0; i < field->edits->len; i++) {
    GArray *seen = g_array_index (field->edits, SimEdit, i).seen;

    for (guint j = 0; j < seen->len; j++)
      if (limber_id_equal (&g_array_index (seen, LimberEntryId, j), id))
        return TRUE;
  }
  return FALSE;
}

/* Also who was erased since: he did not leave a conflict open. */
static gboolean
somebody_saw (const SimTruth *self, const SimField *field, const LimberEntryId *id)
{
  g_autofree char *name = name_of_seen (field->kind, &field->record, field->field, id);

  return g_hash_table_contains (self->bare_seen, name) || is_replaced (field, id);
}

static gboolean
same_later (const SimField *field, const SimEdit *loser)
{
  for (guint i = 0; i < field->edits->len; i++) {
    const SimEdit *edit = &g_array_index (field->edits, SimEdit, i);

    if (json_equal (edit->value, loser->value) && compare_clocks (edit, loser) > 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether @edit lost, and nobody has seen it (SYNC.md rule 8). */
static gboolean
is_open_conflict (const SimTruth *self, const SimField *field, const SimEdit *edit, const SimEdit *best)
{
  if (edit == best || field->mark == '!' || somebody_saw (self, field, &edit->id) || same_later (field, edit))
    return FALSE;
  return field->mark == '\0' || (place_of (edit) / PROGRESS_ROUND < place_of (best) / PROGRESS_ROUND && place_of (edit) % PROGRESS_ROUND != 0);
}

/* Rows. */

static gboolean
add_row (const LimberRecord *record, gpointer data)
{
  g_hash_table_insert (data, sim_name_of (record->kind->name, &record->id, NULL), limber_record_copy (record));
  return TRUE;
}

static gboolean
read_rows (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (limber_kind_held_by (kinds[i], limber_reader_class (reader)) && !limber_reader_list (reader, kinds[i]->name, none, NULL, add_row, data, error))
      return FALSE;
  return TRUE;
}

/**
 * sim_truth_rows_at:
 *
 * Returns: (transfer full) (element-type utf8 LimberRecord): all rows at @place, by "KIND ID"
 */
GHashTable *
sim_truth_rows_at (SimPlace *place)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) limber_record_free);
  g_autoptr (GError) error = NULL;

  limber_store_read (place->store, read_rows, rows, &error);
  g_assert_no_error (error);
  return rows;
}

static gboolean
says (const LimberValue *value, const json_t *json)
{
  g_autoptr (json_t) list = NULL;
  LimberId id;

  switch (value->type) {
  case LIMBER_VALUE_NONE:
    return json_is_null (json);
  case LIMBER_VALUE_INTEGER:
    return json_is_integer (json) && json_integer_value (json) == value->integer;
  case LIMBER_VALUE_ID:
    if (!json_is_string (json))
      return FALSE;
    sim_read_bytes (json, id.bytes, sizeof id.bytes);
    return limber_id_equal (&id, &value->id);
  case LIMBER_VALUE_TEXT:
    if (json_is_string (json))
      return g_str_equal (json_string_value (json), value->text);
    list = json_loads (value->text, 0, NULL);
    return list != NULL && json_equal (list, json);
  }
  return FALSE;
}

static void
add_person (SimTruth *self, const LimberId *id)
{
  if (id != NULL && !g_hash_table_contains (self->component, id))
    g_hash_table_insert (self->component, limber_id_copy (id), limber_id_copy (id));
}

/* The component of everybody who is the same person, by labels that spread until they are at rest (SYNC.md rule 10). Of
 * whom a pointer names there need be no record any more: it may be erased, and what is about her not. */
static void
find_components (SimTruth *self)
{
  gboolean moved = TRUE;
  GHashTableIter iter;
  gpointer row;

  self->component = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (g_str_equal (((LimberRecord *) row)->kind->name, "patient")) {
      add_person (self, &((LimberRecord *) row)->id);
      add_person (self, limber_record_id (row, "merged_into"));
    }
  while (moved) {
    moved = FALSE;
    g_hash_table_iter_init (&iter, self->rows);
    while (g_hash_table_iter_next (&iter, NULL, &row)) {
      LimberRecord *record = row;
      const LimberId *into = g_str_equal (record->kind->name, "patient") ? limber_record_id (record, "merged_into") : NULL;
      LimberId *one = g_hash_table_lookup (self->component, &record->id), *other = into != NULL ? g_hash_table_lookup (self->component, into) : NULL;

      if (one == NULL || other == NULL || limber_id_equal (one, other))
        continue;
      if (memcmp (one, other, sizeof *one) < 0)
        *other = *one;
      else
        *one = *other;
      moved = TRUE;
    }
  }
}

SimTruth *
sim_truth_new (SimPlace *central, GPtrArray *problems)
{
  SimTruth *truth = g_new0 (SimTruth, 1);
  g_autoptr (GError) error = NULL;

  truth->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) field_free);
  truth->bare_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  limber_store_read (central->store, read_journal, truth, &error);
  g_assert_no_error (error);
  truth->rows = sim_truth_rows_at (central);
  find_components (truth);
  return truth;
}

void
sim_truth_free (SimTruth *truth)
{
  g_hash_table_unref (truth->fields);
  g_hash_table_unref (truth->bare_seen);
  g_hash_table_unref (truth->rows);
  g_hash_table_unref (truth->component);
  g_free (truth);
}

static void
check_field (SimTruth *self, SimField *field, GPtrArray *problems)
{
  const LimberKind *kind = limber_kind_by_name (field->kind);
  g_autofree char *name = sim_name_of (field->kind, &field->record, NULL);
  const LimberRecord *record = g_hash_table_lookup (self->rows, name);
  const SimEdit *best = sim_truth_winner (field);
  int at = kind != NULL ? limber_kind_field (kind, field->field) : -1;

  if (at < 0)
    return;
  if (record == NULL || !limber_id_equal (&record->stamps[at].entry, &best->id) || !says (&record->values[at], best->value))
    sim_problem (problems, "I2 central's %s %s is not what its journal folds to", name, field->field);
  if (field->mark != '!' && is_replaced (field, &best->id)) /* what was erased replaces nothing any more */
    sim_problem (problems, "I3 %s %s: a value that somebody saw and replaced has won", name, field->field);
  for (guint i = 0; best->rank == 0 && i < field->edits->len; i++)
    if (field->mark == '\0' && g_array_index (field->edits, SimEdit, i).rank != 0)
      sim_problem (problems, "I4 %s %s: a list has beaten a person", name, field->field);
}

static void
check_conflicts (SimTruth *self, SimField *field, GHashTable *open, GPtrArray *problems)
{
  const LimberKind *kind = limber_kind_by_name (field->kind);
  int at = kind != NULL ? limber_kind_field (kind, field->field) : -1;
  const SimEdit *best = sim_truth_winner (field);

  if (at < 0) /* nobody could decide it here; who learns the field finds it */
    return;
  for (guint i = 0; i < field->edits->len; i++) {
    const SimEdit *edit = &g_array_index (field->edits, SimEdit, i);
    g_autofree char *key = sim_name_of (field->field, &field->record, NULL), *id = limber_id_dup_text (&edit->id), *name = g_strjoin (" ", key, id, NULL);
    gboolean shown = g_hash_table_remove (open, name);

    if ((!(kind->fields[at].flags & LIMBER_FIELD_UNDISPUTED) && is_open_conflict (self, field, edit, best)) != shown)
      sim_problem (problems, "I6 %s %s: the conflict about %s is %s", field->kind, key, id, shown ? "open, but should not be" : "not open, but should be");
  }
}

/* The open conflicts that central shows: "FIELD RECORD ENTRY". */
static GHashTable *
open_conflicts (SimTruth *self)
{
  GHashTable *open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    LimberRecord *record = row;
    g_autofree char *key = NULL, *entry = NULL;

    if (!g_str_equal (record->kind->name, "conflict") || limber_record_integer (record, "state") != 0)
      continue;
    key = sim_name_of (limber_record_text (record, "field"), limber_record_id (record, "record"), NULL);
    entry = limber_id_dup_text (limber_record_id (record, "entry"));
    g_hash_table_add (open, g_strjoin (" ", key, entry, NULL));
  }
  return open;
}

/**
 * sim_truth_check:
 *
 * Checks central's own rows and conflicts: I2, I3, I4 and I6 of SYNC.md.
 */
void
sim_truth_check (SimTruth *truth, SimPlace *central, GPtrArray *problems)
{
  g_autoptr (GHashTable) open = open_conflicts (truth);
  GHashTableIter iter;
  gpointer field, name;

  g_hash_table_iter_init (&iter, truth->fields);
  while (g_hash_table_iter_next (&iter, NULL, &field)) {
    check_field (truth, field, problems);
    check_conflicts (truth, field, open, problems);
  }
  g_hash_table_iter_init (&iter, open);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    sim_problem (problems, "I6 a conflict about nothing: %s", (char *) name);
}

/**
 * sim_truth_fields:
 *
 * Returns: (transfer none) (element-type SimField): every field that somebody set, of any version, by "KIND ID FIELD"
 */
GHashTable *
sim_truth_fields (SimTruth *truth)
{
  return truth->fields;
}

/**
 * sim_truth_rows:
 *
 * Returns: (transfer none) (element-type utf8 LimberRecord): central's own rows, by "KIND ID"
 */
GHashTable *
sim_truth_rows (SimTruth *truth)
{
  return truth->rows;
}

/**
 * sim_truth_person:
 *
 * Returns: (transfer none): the smallest of those who are the same person as @patient
 */
const LimberId *
sim_truth_person (SimTruth *truth, const LimberId *patient)
{
  const LimberId *component = g_hash_table_lookup (truth->component, patient);

  return component != NULL ? component : patient;
}
