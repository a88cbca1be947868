/* A screen shows what readers return when the main loop comes to it, so changes are looked at in a turn of its own after
 * them. `own` and `settled` are what a person at that place has had before him; a disk that is put back to an old copy
 * takes that back. */
#include "limber-sim-watch.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-sim-erased.h"
#include "limber-sim-scope.h"
#include "limber-sim-search.h"
#include "limber-sim-shown.h"
#include "limber-sim-truth.h"

#define PROGRESS_ROUND 16
#define KEPT (90 * SIM_DAY) /* so long a body stays after it was backed up */
#define UNDER_WAY (2 * SIM_MINUTE) /* so long an answer may be old at most that somebody takes in */

struct _SimWatch {
  SimLoop    *loop;
  SimLedger  *ledger;
  GPtrArray  *problems;
  GHashTable *places; /* (owned): SimPlace, unowned → Watched */
  SimPlace   *central; /* (nullable) */
  gboolean    put_back; /* some disk was */
  gboolean    clock;    /* some clock was wrong, and others may have their time from it */
};

typedef struct {
  SimWatch      *watch;
  SimPlace      *place;
  guint          number;
  LimberSearch  *search;  /* (owned) (nullable): at a desk: made when the store was opened last */
  LimberChanges *changes; /* (owned) (nullable): not looked at yet */
  gboolean       all;     /* nor anything else */
  gboolean       queued;
  guint          looks;
  gboolean       rest;    /* everybody has come to rest */
  SimShown      *shown;   /* (owned) */
  LimberReader  *reader;  /* (nullable): while it is looked at */
  GHashTable    *own;     /* (owned): "KIND ID FIELD" → SimEntry: the last that was written here */
  guint          taken;   /* how much of the ledger is in that */
  GHashTable    *settled; /* (owned): LimberId: conflicts that were shown as settled */
  GHashTable    *erased;  /* (owned): LimberEntryId: what erasures name that have come here */
} Watched;

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
}

static void
watched_free (Watched *watched)
{
  g_clear_object (&watched->search);
  g_clear_pointer (&watched->changes, limber_changes_unref);
  sim_shown_free (watched->shown);
  g_hash_table_unref (watched->own);
  g_hash_table_unref (watched->settled);
  g_hash_table_unref (watched->erased);
  g_free (watched);
}

SimWatch *
sim_watch_new (SimLoop *loop, SimLedger *ledger, GPtrArray *problems)
{
  SimWatch *watch = g_new0 (SimWatch, 1);

  watch->loop = loop;
  watch->ledger = ledger;
  watch->problems = problems;
  watch->places = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) watched_free);
  return watch;
}

void
sim_watch_free (SimWatch *watch)
{
  g_hash_table_unref (watch->places);
  g_free (watch);
}

/* What was written here. */

static void
take_own (Watched *watched, SimEntry *entry)
{
  const char *field;
  LimberId record;
  json_t *value;

  sim_entry_record (entry, &record);
  json_object_foreach (entry->body, field, value) {
    g_autofree char *plain = g_strdelimit (g_strdup (field), "^", '\0');

    if (!g_str_has_suffix (field, "!"))
      g_hash_table_replace (watched->own, sim_name_of (sim_entry_kind (entry), &record, plain), entry);
  }
}

/* What a kiosk may say: kind and field. */
static const char *const at_kiosk[] = { "appointment status", "arrival appointment", "arrival patient", "arrival round", "arrival at", "arrival via", "arrival ticket", "patient details_confirmed" };

static gboolean
may_say (SimPlace *place, const char *kind, const char *field)
{
  g_autofree char *name = g_strjoin (" ", kind, field, NULL);

  if (place->klass != LIMBER_CLASS_KIOSK || g_str_equal (kind, "task") || g_str_equal (kind, "answers") || limber_kind_by_name (kind) == NULL || limber_kind_field (limber_kind_by_name (kind), field) < 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (at_kiosk); i++)
    if (g_str_equal (name, at_kiosk[i]))
      return TRUE;
  return FALSE;
}

/* Whether @entry says again what its author had before him, and not in order to decide anything. */
static gboolean
repeats (SimLedger *ledger, const SimEntry *entry, const char *field, const json_t *value)
{
  g_autofree char *plain = g_strdelimit (g_strdup (field), "^!", '\0');
  g_autoptr (GArray) seen = sim_header_seen (entry->header, plain);
  const SimEntry *before = seen->len == 1 ? sim_ledger_find (ledger, &g_array_index (seen, LimberEntryId, 0)) : NULL;

  if (seen->len == 0)
    return json_is_null (value);
  return before != NULL && !before->apart && !before->erased && json_equal (json_object_get (before->body, field), value);
}

/* An entry sets only what its author changed, and nothing that he does not hold (I5). */
static void
check_said (Watched *watched, const SimEntry *entry)
{
  const char *field;
  json_t *value;

  json_object_foreach (entry->body, field, value) {
    g_autofree char *plain = g_strdelimit (g_strdup (field), "^!", '\0');

    if (may_say (watched->place, sim_entry_kind (entry), plain) && !repeats (watched->watch->ledger, entry, field, value))
      continue;
    sim_problem (watched->watch->problems, "I5 %s writes what nobody changed there: %s %s", watched->place->name, sim_entry_kind (entry), field);
  }
}

static void
take_new (Watched *watched)
{
  SimLedger *ledger = watched->watch->ledger;

  for (; watched->taken < sim_ledger_length (ledger); watched->taken++) {
    SimEntry *entry = sim_ledger_entry (ledger, watched->taken);

    if (entry->author != watched->number || sim_entry_is_offer (entry) || (entry->gone & G_GUINT64_CONSTANT (1) << watched->number))
      continue;
    check_said (watched, entry);
    take_own (watched, entry);
  }
}

/* The ledger's clock of an entry against the one that is shown: rank, time, origin and id, in that order. */
static int
compare_clocks (const SimEntry *entry, const LimberStamp *stamp)
{
  guint64 time = (guint64) json_integer_value (json_array_get (entry->header, 4));
  gint64 rank = json_integer_value (json_array_get (entry->header, 5));
  guint8 origin[24];
  int order;

  if (rank != stamp->rank)
    return rank < stamp->rank ? -1 : 1;
  if (time != stamp->time)
    return time < stamp->time ? -1 : 1;
  sim_read_bytes (json_array_get (entry->header, 1), origin, 16);
  sim_read_bytes (json_array_get (entry->header, 2), origin + 16, 8);
  order = memcmp (origin, stamp->origin.bytes, sizeof origin);
  return order != 0 ? order : memcmp (&entry->id, &stamp->entry, sizeof entry->id);
}

/* Whether what is shown comes before what was written here. */
static gboolean
is_older (const SimEntry *own, const LimberField *field, const LimberValue *value, const LimberStamp *stamp)
{
  g_autofree char *marked = g_strconcat (field->name, "^", NULL);
  const json_t *written = json_object_get (own->body, marked);

  if (!limber_stamp_is_set (stamp))
    return TRUE;
  if (written != NULL && json_is_integer (written) && value->type == LIMBER_VALUE_INTEGER && json_integer_value (written) != value->integer)
    return value->integer < json_integer_value (written);
  return compare_clocks (own, stamp) > 0;
}

/* A writer's own value never goes backwards before him (I12). */
static void
check_own (Watched *watched, const LimberRecord *record, guint i)
{
  const LimberField *field = &record->kind->fields[i];
  g_autofree char *name = sim_name_of (record->kind->name, &record->id, field->name);
  const SimEntry *own = g_hash_table_lookup (watched->own, name);

  if (own == NULL || own->erased || !limber_field_held_by (field, record->kind, watched->place->klass) || !is_older (own, field, &record->values[i], &record->stamps[i]))
    return;
  sim_problem (watched->watch->problems, "I12 at %s what was written there goes back before its writer: %s", watched->place->name, name);
}

/* Central knows at once what it has revoked and erased; the others when all are at rest, but for who is not trusted. */
static gboolean
must_know (const Watched *watched)
{
  return watched->place->klass == LIMBER_CLASS_CENTRAL || (watched->rest && !watched->place->revoked);
}

/* What it keeps apart central tells by digests, of what it knows itself. */
static gboolean
must_know_of (const Watched *watched, const LimberRecord *record, const char *field)
{
  SimPlace *central = watched->watch->central;

  return must_know (watched) && (watched->place->klass == LIMBER_CLASS_CENTRAL || central == NULL || central->kinds == sim_version_newer () || !sim_version_is_new (record->kind->name, field));
}

/* No value that was kept apart, and none that was erased, where it may not be (I11, I16). */
static void
check_source (Watched *watched, const LimberRecord *record, const char *field, const LimberEntryId *id)
{
  const SimEntry *entry = sim_ledger_find (watched->watch->ledger, id);
  g_autofree char *name = sim_name_of (record->kind->name, &record->id, field);

  if (entry != NULL && entry->apart && must_know_of (watched, record, field) && !sim_entry_is_of (entry, watched->place))
    sim_problem (watched->watch->problems, "I11 %s shows %s, which is to be kept apart", watched->place->name, name);
  if ((entry != NULL && entry->erased && must_know (watched)) || g_hash_table_contains (watched->erased, id))
    sim_problem (watched->watch->problems, "I16 %s shows %s, which was erased", watched->place->name, name);
}

/* A settled conflict stays settled (I18). A hub that merged what a revoked device decided is put right. */
static void
check_conflict (Watched *watched, const LimberRecord *conflict)
{
  g_autofree char *name = sim_name_of ("conflict", &conflict->id, limber_record_text (conflict, "field"));

  check_source (watched, conflict, "entry", limber_record_id (conflict, "entry"));
  if (limber_record_integer (conflict, "state") != 0)
    g_hash_table_add (watched->settled, limber_id_copy (&conflict->id));
  else if (g_hash_table_contains (watched->settled, &conflict->id) && (watched->place->klass == LIMBER_CLASS_CENTRAL || !sim_ledger_has_revoked (watched->watch->ledger)))
    sim_problem (watched->watch->problems, "I18 at %s a settled conflict is open again: %s", watched->place->name, name);
}

static void
note_erasure (Watched *watched, const LimberRecord *erasure)
{
  g_autoptr (json_t) list = json_loads (limber_record_text (erasure, "entries"), 0, NULL);

  for (gsize i = 0; i < json_array_size (list); i++) {
    LimberEntryId id;

    g_assert_true (limber_id_parse (&id, json_string_value (json_array_get (list, i))));
    g_hash_table_add (watched->erased, limber_id_copy (&id));
  }
  sim_ledger_erase (watched->watch->ledger, list);
}

/* What goes back. */

/* Whether it is to be sent from there, or has been offered. */
static gboolean
is_kept (LimberReader *reader, const LimberEntryId *id)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, NULL, "SELECT body IS NOT NULL AND substr(hash, 1, 16)=?, header FROM journal", "d", id);
  char text[LIMBER_BASE64_LENGTH (16) + 1];

  limber_base64_encode (id->bytes, sizeof id->bytes, text);
  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    const char *header = (const char *) sqlite3_column_text (statement->stmt, 1);

    if (sqlite3_column_int (statement->stmt, 0) != 0 || (strstr (header, "\"system:recovered\"") != NULL && strstr (header, text) != NULL))
      return TRUE;
  }
  return FALSE;
}

/* Whether the person whom @entry is about is not held here any more: what others have written of her since, without saying
 * whose it is, may have come again (SYNC.md rule 17). */
static gboolean
is_about_nobody_here (LimberReader *reader, const SimEntry *entry)
{
  g_autoptr (LimberRecord) patient = NULL;
  LimberId id;

  if (!limber_id_parse (&id, json_string_value (json_array_get (entry->header, 10))))
    return FALSE;
  patient = limber_reader_get (reader, "patient", &id, NULL);
  return patient == NULL;
}

static gboolean
is_at_central (SimWatch *watch, const LimberEntryId *id)
{
  g_autoptr (GHashTable) held = NULL;

  if (watch->central == NULL || watch->central->store == NULL || watch->central->crashed)
    return TRUE; /* as far as is known */
  held = sim_ledger_held_by (watch->central);
  return g_hash_table_contains (held, id);
}

/* A node that is behind takes nothing away; and what central never knew is offered to it before it goes (SYNC.md rule 18). */
static void
on_went_back (const LimberRecord *record, guint i, const SimShownValue *before, gpointer data)
{
  Watched *watched = data;
  SimWatch *watch = watched->watch;
  const Watched *central = watch->central != NULL ? g_hash_table_lookup (watch->places, watch->central) : NULL;
  const SimEntry *entry = sim_ledger_find (watch->ledger, &before->stamp.entry);
  g_autofree char *name = sim_name_of (record->kind->name, &record->id, record->kind->fields[i].name);

  if (entry == NULL || entry->apart || entry->erased || sim_entry_is_offer (entry) || watched->place->revoked || !limber_field_is_written (&record->kind->fields[i]))
    return;
  if (!watch->put_back && central != NULL && sim_shown_has (central->shown, record, i, before, sim_loop_now (watch->loop) - UNDER_WAY))
    sim_problem (watch->problems, "R18 at %s %s goes back to what it was, though central has had the newer for long", watched->place->name, name);
  if (!is_at_central (watch, &entry->id) && !is_kept (watched->reader, &entry->id) && !is_about_nobody_here (watched->reader, entry))
    sim_problem (watch->problems, "R18 at %s %s goes back from what central never knew, and nobody has offered that", watched->place->name, name);
}

static gboolean
check_record (const LimberRecord *record, gpointer data)
{
  Watched *watched = data;

  sim_scope_look (watched->place, record, watched->watch->problems);
  if (!record->kind->computed)
    sim_shown_take (watched->shown, record, sim_loop_now (watched->watch->loop));
  if (g_str_equal (record->kind->name, "conflict"))
    check_conflict (watched, record);
  else
    for (guint i = 0; i < record->kind->n_fields; i++) {
      if (limber_field_is_written (&record->kind->fields[i]))
        check_own (watched, record, i);
      if (limber_stamp_is_set (&record->stamps[i]))
        check_source (watched, record, record->kind->fields[i].name, &record->stamps[i].entry);
    }
  return TRUE;
}

static gboolean
is_forgotten (gpointer name, gpointer entry, gpointer reader)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", 3);
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  if (!sim_version_is_new (parts[0], parts[2]))
    return FALSE;
  sim_entry_record (entry, &id);
  record = limber_kind_by_name (parts[0]) != NULL ? limber_reader_get (reader, parts[0], &id, NULL) : NULL;
  return record == NULL;
}

/* Who was forgotten, and comes back by way of an older node, comes without what that does not know, once the device's own
 * journal has let go of it too (SYNC.md rules 6 and 13). */
static void
forget_newer (Watched *watched, LimberReader *reader)
{
  g_hash_table_foreach_remove (watched->own, is_forgotten, reader);
}

/* The erasures first: what they name must be gone from all else. */
static gboolean
take_erasure (const LimberRecord *record, gpointer data)
{
  note_erasure (data, record);
  return TRUE;
}

static gboolean
look_at_all (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };
  Watched *watched = data;
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  if (!limber_reader_list (reader, "erasure", none, NULL, take_erasure, data, error))
    return FALSE;
  forget_newer (watched, reader);
  watched->reader = reader;
  sim_shown_begin (watched->shown);
  for (guint i = 0; i < n; i++)
    if (!limber_reader_list (reader, kinds[i]->name, none, NULL, check_record, data, error)) /* a kind that it may not hold too */
      return FALSE;
  sim_shown_end (watched->shown);
  return TRUE;
}

static gboolean
look_at_changes (LimberReader *reader, gpointer data, GError **error)
{
  Watched *watched = data;

  if (limber_changes_has_kind (watched->changes, "erasure"))
    return look_at_all (reader, data, error);
  forget_newer (watched, reader);
  watched->reader = reader;
  for (guint i = 0; i < watched->changes->records->len; i++) {
    const LimberChanged *changed = &g_array_index (watched->changes->records, LimberChanged, i);
    g_autoptr (LimberRecord) record = limber_reader_get (reader, changed->kind->name, &changed->id, NULL);

    if (record != NULL)
      check_record (record, watched);
    else
      sim_shown_gone (watched->shown, changed->kind->name, &changed->id);
  }
  return TRUE;
}

/* What is about nobody is about nobody who could have been forgotten. */
static gboolean
is_early (SimWatch *watch, const SimEntry *entry)
{
  return !watch->clock && entry->backed > 0 && sim_loop_now (watch->loop) - entry->backed < KEPT && json_is_null (json_array_get (entry->header, 10));
}

/* Nothing is pruned that central has in no backup, and nothing stays of what was erased (I14, I16). */
static gboolean
look_at_journal (LimberReader *reader, gpointer data, GError **error)
{
  Watched *watched = data;
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT hash, body IS NOT NULL FROM journal", "");

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    gboolean body = sqlite3_column_int (statement->stmt, 1) != 0;
    const SimEntry *entry;
    g_autofree char *text = NULL;
    LimberEntryId id;

    memcpy (&id, sqlite3_column_blob (statement->stmt, 0), sizeof id);
    entry = sim_ledger_find (watched->watch->ledger, &id);
    text = limber_id_dup_text (&id);
    if (entry != NULL && !body && !entry->erased && !entry->backed && entry->body != NULL)
      sim_problem (watched->watch->problems, "I14 %s has pruned %s, which is in no backup of central", watched->place->name, text);
    if (entry != NULL && !body && !entry->erased && entry->body != NULL && is_early (watched->watch, entry))
      sim_problem (watched->watch->problems, "R13 %s has pruned %s, which has been in a backup for less than ninety days", watched->place->name, text);
    if (body && (g_hash_table_contains (watched->erased, &id) || (entry != NULL && entry->erased && must_know (watched))))
      sim_problem (watched->watch->problems, "I16 %s has kept %s in its journal, which was erased", watched->place->name, text);
  }
  return statement != NULL;
}

/**
 * sim_watch_look:
 *
 * Looks at what has changed at @place, if it is on.
 */
void
sim_watch_look (SimWatch *watch, SimPlace *place)
{
  Watched *watched = g_hash_table_lookup (watch->places, place);
  g_autoptr (GError) error = NULL; /* the disk may fail just now */

  if (watched == NULL || place->store == NULL || place->crashed || (watched->changes == NULL && !watched->all))
    return;
  sim_place_enter (place);
  take_new (watched);
  limber_store_read (place->store, watched->all || watched->changes->many ? look_at_all : look_at_changes, watched, &error);
  if (error == NULL && watched->all && (place->klass & LIMBER_CLASS_PUBLIC))
    sim_erased_check_none (place, watch->problems);
  if (error == NULL && (watched->all || watched->looks++ % 8 == 0))
    limber_store_read (place->store, look_at_journal, watched, &error);
  watched->all = FALSE;
  g_clear_pointer (&watched->changes, limber_changes_unref);
}

/**
 * sim_watch_rest:
 *
 * Looks at all that is at @place, once everybody has come to rest.
 */
void
sim_watch_rest (SimWatch *watch, SimPlace *place)
{
  Watched *watched = g_hash_table_lookup (watch->places, place);

  watched->all = watched->rest = TRUE;
  sim_watch_look (watch, place);
  if (watched->search != NULL)
    sim_search_check (watched->search, watch->ledger, place, watch->problems);
  if (!place->revoked)
    sim_erased_check (watch->ledger, place, TRUE, watch->problems);
}

static gboolean
on_turn (gpointer data)
{
  Watched *watched = data;

  watched->queued = FALSE;
  sim_watch_look (watched->watch, watched->place);
  return G_SOURCE_REMOVE;
}

static void
queue (Watched *watched)
{
  if (!watched->queued)
    sim_loop_after (watched->watch->loop, 0, on_turn, watched, NULL);
  watched->queued = TRUE;
}

static void
on_changed (LimberStore *store, LimberChanges *changes, Watched *watched)
{
  if (watched->changes == NULL)
    watched->changes = limber_changes_new ();
  limber_changes_merge (watched->changes, changes);
  queue (watched);
}

/**
 * sim_watch_opened:
 *
 * The store of @place has just been opened.
 */
void
sim_watch_opened (SimWatch *watch, SimPlace *place, guint number)
{
  Watched *watched = g_hash_table_lookup (watch->places, place);

  if (watched == NULL) {
    watched = g_new0 (Watched, 1);
    watched->watch = watch;
    watched->place = place;
    watched->number = number;
    watched->shown = sim_shown_new (on_went_back, watched);
    watched->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    watched->settled = new_set ();
    watched->erased = new_set ();
    g_hash_table_insert (watch->places, place, watched);
    if (place->klass == LIMBER_CLASS_CENTRAL)
      watch->central = place;
  }
  g_signal_connect (place->store, "changed", G_CALLBACK (on_changed), watched);
  g_clear_object (&watched->search);
  if (place->klass == LIMBER_CLASS_DESK)
    watched->search = limber_search_new (place->store);
  watched->all = TRUE;
  queue (watched);
}

/**
 * sim_watch_put_back:
 *
 * The disk of @place has been put back to what it was, and the ledger knows.
 */
void
sim_watch_put_back (SimWatch *watch, SimPlace *place)
{
  Watched *watched = g_hash_table_lookup (watch->places, place);

  watch->put_back = TRUE;
  sim_shown_clear (watched->shown);
  g_hash_table_remove_all (watched->own);
  g_hash_table_remove_all (watched->settled);
  g_hash_table_remove_all (watched->erased);
  watched->taken = 0;
}

/**
 * sim_watch_clock:
 *
 * Some clock goes wrong: from now on nobody's time says for how long he has kept anything.
 */
void
sim_watch_clock (SimWatch *watch)
{
  watch->clock = TRUE;
}

/**
 * sim_watch_go_on:
 *
 * Nobody is at rest any more.
 */
void
sim_watch_go_on (SimWatch *watch)
{
  GHashTableIter iter;
  gpointer watched;

  g_hash_table_iter_init (&iter, watch->places);
  while (g_hash_table_iter_next (&iter, NULL, &watched))
    ((Watched *) watched)->rest = FALSE;
}
