#include "limber-sim-truth.h"

#include <stdarg.h>
#include <string.h>

#include "limber-date.h"
#include "limber-feed.h"
#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-sim-ledger.h"

#define PROGRESS_ROUND 16
#define DAYS_BACK 90 /* so long a site still expects who had an appointment there */

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

static GHashTable *
rows_of (SimPlace *place)
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
  truth->rows = rows_of (central);
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
  const SimEdit *best = sim_truth_winner (field);

  if (kind == NULL || limber_kind_field (kind, field->field) < 0) /* nobody could decide it here; who learns the field finds it */
    return;
  for (guint i = 0; i < field->edits->len; i++) {
    const SimEdit *edit = &g_array_index (field->edits, SimEdit, i);
    g_autofree char *key = sim_name_of (field->field, &field->record, NULL), *id = limber_id_dup_text (&edit->id), *name = g_strjoin (" ", key, id, NULL);
    gboolean shown = g_hash_table_remove (open, name);

    if (is_open_conflict (self, field, edit, best) != shown)
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

/* Who may hold what. */

typedef struct {
  SimTruth   *truth;
  SimPlace   *place;
  gboolean    is_public;
  GHashTable *people;                             /* (owned): LimberId: components, or for a public screen patients */
  gint64      from, until, next_from, next_until; /* of the appointments that count; a public screen's are of two days */
} Scope;

static gboolean
is_day (const Scope *scope, const LimberRecord *appointment)
{
  gint64 start = limber_record_integer (appointment, "start");

  return (start >= scope->from && start < scope->until) || (start >= scope->next_from && start < scope->next_until);
}

static gboolean
is_at (const LimberRecord *record, const LimberId *site)
{
  const LimberId *at = limber_record_id (record, "site");

  return at != NULL && limber_id_equal (at, site);
}

static void
find_days (Scope *scope, gint64 now)
{
  char day[LIMBER_DATE_LENGTH + 1];
  gint64 first = G_MAXINT64;
  GHashTableIter iter;
  gpointer row;

  limber_date_of_time (now, day);
  if (!scope->is_public) {
    g_autofree char *back = limber_date_add_days (day, -DAYS_BACK);

    limber_date_bounds (back, &scope->from, NULL);
    scope->until = G_MAXINT64;
    return;
  }
  limber_date_bounds (day, &scope->from, &scope->until);
  g_hash_table_iter_init (&iter, scope->truth->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (g_str_equal (((LimberRecord *) row)->kind->name, "appointment") && is_at (row, &scope->place->site) && limber_record_integer (row, "start") >= scope->until)
      first = MIN (first, limber_record_integer (row, "start"));
  if (first == G_MAXINT64)
    return;
  limber_date_of_time (first, day);
  limber_date_bounds (day, &scope->next_from, &scope->next_until);
}

static const LimberId *
person (const Scope *scope, const LimberId *patient)
{
  const LimberId *component = scope->is_public ? NULL : g_hash_table_lookup (scope->truth->component, patient);

  return component != NULL ? component : patient;
}

static void
find_people (Scope *scope)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, scope->truth->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row)) {
    LimberRecord *record = row;
    const LimberId *patient = limber_record_patient (record);
    gboolean appointment = g_str_equal (record->kind->name, "appointment");

    if (patient == NULL || !(appointment || (g_str_equal (record->kind->name, "patient") && !scope->is_public)) || !is_at (record, &scope->place->site))
      continue;
    if (!appointment || is_day (scope, record))
      g_hash_table_add (scope->people, limber_id_copy (person (scope, patient)));
  }
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
 * sim_truth_people:
 *
 * Returns: (transfer full) (nullable): those about whom @place may hold something, for sim_truth_is_among(); %NULL for all
 */
GHashTable *
sim_truth_people (SimTruth *truth, SimPlace *central, SimPlace *place)
{
  Scope scope = { .truth = truth, .place = place, .is_public = (place->klass & LIMBER_CLASS_PUBLIC) != 0 };

  if (place->klass == LIMBER_CLASS_OFFICE || place->klass == LIMBER_CLASS_CENTRAL)
    return NULL;
  scope.people = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  find_days (&scope, limber_env_now (central->env));
  find_people (&scope);
  return scope.people;
}

/**
 * sim_truth_is_among:
 * @people: (nullable): of a screen for staff, or of a node
 *
 * Returns: whether @patient, or who is the same person, is one of them
 */
gboolean
sim_truth_is_among (SimTruth *truth, GHashTable *people, const LimberId *patient)
{
  const LimberId *component = g_hash_table_lookup (truth->component, patient);

  return people == NULL || g_hash_table_contains (people, component != NULL ? component : patient);
}

/* Whether @record has anything that every version knows: the rest is looked at by limber-sim-newer.c. */
static gboolean
is_known_to_all (const LimberRecord *record)
{
  gboolean bare = TRUE;

  for (guint i = 0; i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i])) {
      if (!sim_version_is_new (record->kind->name, record->kind->fields[i].name))
        return TRUE;
      bare = FALSE;
    }
  return bare;
}

static gboolean
may_hold (const Scope *scope, const LimberRecord *record)
{
  const LimberId *patient = limber_record_patient (record);

  if (!limber_kind_held_by (record->kind, scope->place->klass))
    return FALSE;
  if (scope->place->klass == LIMBER_CLASS_OFFICE || scope->place->klass == LIMBER_CLASS_CENTRAL)
    return TRUE;
  if (patient == NULL) {
    const LimberId *site = record->kind->site != NULL ? limber_record_id (record, record->kind->site) : NULL;

    return site == NULL || limber_id_equal (site, &scope->place->site);
  }
  if (!g_hash_table_contains (scope->people, person (scope, patient)))
    return FALSE;
  if (scope->is_public && g_str_equal (record->kind->name, "appointment"))
    return is_at (record, &scope->place->site) && is_day (scope, record);
  if (scope->is_public && g_str_equal (record->kind->name, "arrival")) {
    g_autofree char *name = sim_name_of ("appointment", limber_record_id (record, "appointment"), NULL);
    const LimberRecord *appointment = g_hash_table_lookup (scope->truth->rows, name);

    return appointment != NULL && is_at (appointment, &scope->place->site) && is_day (scope, appointment);
  }
  return TRUE;
}

static void
check_same (const Scope *scope, const char *name, const LimberRecord *held, const LimberRecord *central, GPtrArray *problems)
{
  for (guint i = 0; i < held->kind->n_fields; i++) {
    const LimberField *field = &held->kind->fields[i];

    if (!limber_field_held_by (field, held->kind, scope->place->klass) || !limber_field_is_written (field) || sim_version_is_new (held->kind->name, field->name))
      continue;
    if (!limber_value_equal (&held->values[i], &central->values[i]))
      sim_problem (problems, "I9 %s has another value of %s %s than central", scope->place->name, name, field->name);
    else if (limber_stamp_compare (&held->stamps[i], &central->stamps[i]) != 0)
      sim_problem (problems, "I9 %s has another clock of %s %s than central", scope->place->name, name, field->name);
  }
}

typedef struct {
  gint64        group;   /* a group's number, 0 for all */
  LimberGroup   which;
  GHashTable   *found;   /* (owned): id and digest, as a text */
} Extras;

static void
note_extra (const LimberId *id, const guint8 part[16], gpointer data)
{
  g_autofree char *text = limber_id_dup_text (id);
  GString *name = g_string_new (text);

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (name, " %02x", part[i]);
  g_hash_table_add (((Extras *) data)->found, g_string_free (name, FALSE));
}

static gboolean
read_extras (LimberReader *reader, gpointer data, GError **error)
{
  Extras *extras = data;

  return limber_extras_digest (reader, extras->which.klass != 0 ? limber_scope_find (reader, &extras->which) : 0, note_extra, extras, error);
}

/* What nobody here knows is at a hub as it is at central, and at no device. */
static void
check_extras (SimPlace *central, SimPlace *place, gboolean roamed, GPtrArray *problems)
{
  g_autoptr (GHashTable) theirs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), ours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Extras at_central = { 0, { place->klass, place->site }, theirs }, here = { 0, { 0 }, ours };
  GHashTableIter iter;
  gpointer name;

  if (place->klass == LIMBER_CLASS_HUB)
    limber_store_read (central->store, read_extras, &at_central, NULL);
  limber_store_read (place->store, read_extras, &here, NULL);
  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_remove (theirs, name) && !roamed)
      sim_problem (problems, "I7 %s keeps %s without knowing it, which central does not", place->name, (char *) name);
  g_hash_table_iter_init (&iter, theirs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    sim_problem (problems, "I8 %s does not keep %s", place->name, (char *) name);
}

/**
 * sim_truth_check_place:
 * @roamed: whether it may hold more than it should: without digests a hub never learns that what a device brought, after
 *   it had brought it to central, is about somebody of another site
 *
 * Checks that @place holds exactly what it may, as central has it: I7, I8 and I9 of SYNC.md.
 */
void
sim_truth_check_place (SimTruth *truth, SimPlace *central, SimPlace *place, gboolean roamed, GPtrArray *problems)
{
  Scope scope = { .truth = truth, .place = place, .is_public = (place->klass & LIMBER_CLASS_PUBLIC) != 0 };
  g_autoptr (GHashTable) held = rows_of (place), people = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, row;

  scope.people = people;
  find_days (&scope, limber_env_now (central->env));
  find_people (&scope);
  g_hash_table_iter_init (&iter, truth->rows);
  while (g_hash_table_iter_next (&iter, &name, &row)) {
    const LimberRecord *own = g_hash_table_lookup (held, name);

    if (!is_known_to_all (row))
      continue;
    if (!may_hold (&scope, row)) {
      if (own != NULL && !roamed)
        sim_problem (problems, "I7 %s holds %s, which it may not", place->name, (char *) name);
    } else if (own == NULL)
      sim_problem (problems, "I8 %s lacks %s", place->name, (char *) name);
    else
      check_same (&scope, name, own, row, problems);
    g_hash_table_remove (held, name);
  }
  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, &name, &row)) {
    g_autoptr (json_t) json = limber_record_to_json (row, place->klass);
    g_autofree char *text = limber_json_dup (json);

    if (is_known_to_all (row))
      sim_problem (problems, "I7 %s holds %s, which central does not: %s", place->name, (char *) name, text);
  }
  if (central->kinds == place->kinds || !(place->klass & LIMBER_CLASS_NODES))
    check_extras (central, place, roamed, problems);
}
