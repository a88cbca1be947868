#include "limber-sim-scope.h"

#include <string.h>

#include "limber-date.h"
#include "limber-feed.h"
#include "limber-json.h"
#include "limber-projection.h"
#include "limber-reader-private.h"
#include "limber-sim-board.h"
#include "limber-sim-erased.h"
#include "limber-sim-version.h"

#define DAYS_BACK 90 /* so long a site still expects who had an appointment there */

typedef struct {
  SimTruth   *truth;
  SimLedger  *ledger;                             /* (nullable): who may hold what does not depend on it */
  SimPlace   *place;
  gboolean    is_public;
  gint64      now;
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

  scope->now = now;
  limber_date_of_time (now, day);
  if (!scope->is_public) {
    g_autofree char *back = limber_date_add_days (day, -DAYS_BACK);

    limber_date_bounds (back, &scope->from, NULL);
    scope->until = G_MAXINT64;
    return;
  }
  limber_date_bounds (day, &scope->from, &scope->until);
  g_hash_table_iter_init (&iter, sim_truth_rows (scope->truth));
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
  return scope->is_public ? patient : sim_truth_person (scope->truth, patient);
}

static void
find_people (Scope *scope)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, sim_truth_rows (scope->truth));
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
 * sim_scope_people:
 *
 * Returns: (transfer full) (nullable): those about whom @place may hold something, for sim_scope_is_among(); %NULL for all
 */
GHashTable *
sim_scope_people (SimTruth *truth, SimPlace *central, SimPlace *place)
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
 * sim_scope_is_among:
 * @people: (nullable): of a screen for staff, or of a node
 *
 * Returns: whether @patient, or who is the same person, is one of them
 */
gboolean
sim_scope_is_among (SimTruth *truth, GHashTable *people, const LimberId *patient)
{
  return people == NULL || g_hash_table_contains (people, sim_truth_person (truth, patient));
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

/* Of what was erased but for what a public screen may not hold, it holds nothing. */
static gboolean
is_seen (const Scope *scope, const LimberRecord *record)
{
  g_autoptr (LimberRecord) copy = NULL;

  if (!scope->is_public)
    return TRUE;
  copy = limber_record_copy (record);
  if (g_str_equal (record->kind->name, "patient"))
    limber_projection_make (NULL, copy, &scope->place->site);
  return limber_record_has_any (copy, copy->kind->n_fields, scope->place->klass);
}

/* An arrival, a step or a call is there with its appointment. */
static gboolean
follows (const Scope *scope, const LimberRecord *record)
{
  const LimberId *id = limber_record_id (record, "appointment");
  g_autofree char *name = id != NULL ? sim_name_of ("appointment", id, NULL) : NULL;
  const LimberRecord *appointment = name != NULL ? g_hash_table_lookup (sim_truth_rows (scope->truth), name) : NULL;

  return appointment != NULL && is_at (appointment, &scope->place->site) && is_day (scope, appointment) &&
         (!g_str_equal (record->kind->name, "call") || sim_board_may_hold (scope->truth, record, scope->now));
}

static gboolean
may_hold (const Scope *scope, const LimberRecord *record)
{
  const LimberId *patient = limber_record_patient (record);

  if (!limber_kind_held_by (record->kind, scope->place->klass) || !is_seen (scope, record))
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
  return !scope->is_public || g_str_equal (record->kind->name, "patient") || follows (scope, record);
}

/* What was written there and central keeps apart is still shown there, and nowhere else (SYNC.md rule 15). */
static gboolean
is_kept_apart (const Scope *scope, const LimberStamp *stamp)
{
  const SimEntry *entry = limber_stamp_is_set (stamp) ? sim_ledger_find (scope->ledger, &stamp->entry) : NULL;

  return entry != NULL && entry->apart && sim_entry_is_of (entry, scope->place);
}

static void
check_same (const Scope *scope, const char *name, const LimberRecord *held, const LimberRecord *central, GPtrArray *problems)
{
  for (guint i = 0; i < held->kind->n_fields; i++) {
    const LimberField *field = &held->kind->fields[i];

    if (!limber_field_held_by (field, held->kind, scope->place->klass) || !limber_field_is_written (field) || sim_version_is_new (held->kind->name, field->name) || is_kept_apart (scope, &held->stamps[i]))
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
 * sim_scope_check:
 * @roamed: whether it may hold more than it should: without digests a hub never learns that what a device brought, after
 *   it had brought it to central, is about somebody of another site; and a waiting-room screen less (limber-sim-board.h)
 *
 * Checks that @place holds exactly what it may, as central has it: I7, I8 and I9 of SYNC.md.
 */
void
sim_scope_check (SimTruth *truth, SimLedger *ledger, SimPlace *central, SimPlace *place, gboolean roamed, GPtrArray *problems)
{
  Scope scope = { .truth = truth, .ledger = ledger, .place = place, .is_public = (place->klass & LIMBER_CLASS_PUBLIC) != 0 };
  g_autoptr (GHashTable) held = sim_truth_rows_at (place), people = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, row;

  scope.people = people;
  find_days (&scope, limber_env_now (central->env));
  find_people (&scope);
  g_hash_table_iter_init (&iter, sim_truth_rows (truth));
  while (g_hash_table_iter_next (&iter, &name, &row)) {
    const LimberRecord *own = g_hash_table_lookup (held, name);

    if (!is_known_to_all (row))
      continue;
    if (!may_hold (&scope, row)) {
      if (own != NULL && !roamed)
        sim_problem (problems, "I7 %s holds %s, which it may not", place->name, (char *) name);
    } else if (own != NULL)
      check_same (&scope, name, own, row, problems);
    else if (!(roamed && place->klass == LIMBER_CLASS_BOARD))
      sim_problem (problems, "I8 %s lacks %s", place->name, (char *) name);
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

/* What the public screens hold, whatever is declared (DESIGN.md section 3): a kiosk those who are expected and what it asks, a
 * waiting-room screen those who are called. */
static const char *const at_kiosk[] = { "organisation", "site", "patient", "appointment", "arrival", "stage", "questionnaire", "erasure", NULL };
static const char *const at_board[] = { "organisation", "site", "call", "erasure", NULL };
static const char *const of_patient[] = { "born", "merged_into", "initials", "letters", "postcode_key", "masked_phone", "at_desk", "details_confirmed", "details_on", "answered", "called", NULL };

static gboolean
may_have (SimPlace *place, const LimberRecord *record, const LimberField *field)
{
  if ((place->klass & LIMBER_CLASS_PUBLIC) && g_str_equal (record->kind->name, "patient") && !g_strv_contains (of_patient, field->name))
    return FALSE;
  if (g_str_equal (field->name, "notices") && !limber_id_equal (&record->id, &place->site)) /* what another site's screens say */
    return FALSE;
  return limber_field_held_by (field, record->kind, place->klass);
}

/**
 * sim_scope_look:
 * @record: what @place shows, at any moment
 *
 * Checks that its class may hold that, and that a public screen has nothing of what somebody typed.
 */
void
sim_scope_look (SimPlace *place, const LimberRecord *record, GPtrArray *problems)
{
  gboolean public = (place->klass & LIMBER_CLASS_PUBLIC) != 0;

  if (!(public ? g_strv_contains (place->klass == LIMBER_CLASS_BOARD ? at_board : at_kiosk, record->kind->name) : limber_kind_held_by (record->kind, place->klass)))
    sim_problem (problems, "I7 %s holds a record of %s, as no such device may", place->name, record->kind->name);
  for (guint i = 0; i < record->kind->n_fields; i++) {
    const LimberField *field = &record->kind->fields[i];
    const LimberValue *value = &record->values[i];

    if (value->type != LIMBER_VALUE_NONE && !may_have (place, record, field))
      sim_problem (problems, "I7 %s holds %s of a record of %s, as no such device may", place->name, field->name, record->kind->name);
    if (public && value->type == LIMBER_VALUE_TEXT && sim_erased_find (value->text, strlen (value->text)) != NULL)
      sim_problem (problems, "I7 %s holds what somebody typed, in %s of a record of %s: %s", place->name, field->name, record->kind->name, value->text);
  }
}
