#include "limber-sim-rules.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-json.h"
#include "limber-kinds.h"
#include "limber-quarantine.h"
#include "limber-release.h"
#include "limber-sim-truth.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

#define AHEAD (2 * 60000) /* milliseconds */

/* An entry of central's journal. */
typedef struct {
  LimberEntryId id;
  gint64        origin; /* its number there */
  gint64        rank;
  const char   *kind;
  const char   *record;
  const json_t *seen;
  json_t       *header; /* (owned) */
  json_t       *body;   /* (owned) */
} Written;

typedef struct {
  SimWorld   *world;
  GPtrArray  *all;    /* (owned): Written, in the order of their chains */
  GHashTable *values; /* (owned): "ID FIELD" → json_t, of the entries in all */
  GHashTable *wrote;  /* (owned): "ORIGIN KIND RECORD FIELD": what was set before by the same author without a break */
  GHashTable *bare;   /* (owned): records of which some content is not there any more */
} Journal;

static void
written_free (Written *written)
{
  json_decref (written->header);
  json_decref (written->body);
  g_free (written);
}

static gboolean
read_journal (LimberReader *reader, gpointer data, GError **error)
{
  Journal *journal = data;
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT key >> 40, hash, header, body FROM journal WHERE state=0 ORDER BY key", "");

  while (statement != NULL && limber_statement_step (statement, error) == 1) {
    Written *written = g_new0 (Written, 1);
    const char *body = (const char *) sqlite3_column_text (statement->stmt, 3);

    written->origin = sqlite3_column_int64 (statement->stmt, 0);
    memcpy (&written->id, sqlite3_column_blob (statement->stmt, 1), sizeof written->id);
    written->header = json_loads ((const char *) sqlite3_column_text (statement->stmt, 2), 0, NULL);
    written->body = body != NULL ? json_loads (body, 0, NULL) : NULL;
    written->rank = json_integer_value (json_array_get (written->header, 5));
    written->kind = json_string_value (json_array_get (written->header, 8));
    written->record = json_string_value (json_array_get (written->header, 9));
    written->seen = json_array_get (written->header, 11);
    g_ptr_array_add (journal->all, written);
    if (written->body == NULL)
      g_hash_table_add (journal->bare, g_strdup (written->record));
  }
  return statement != NULL;
}

static const json_t *
value_of (const Journal *journal, const char *entry, const char *field)
{
  g_autofree char *name = g_strjoin (" ", entry, field, NULL);

  return g_hash_table_lookup (journal->values, name);
}

/* What somebody has seen and leaves as it is he does not write (rule 3); only a decision does, which lists what it
 * decides against as well. And whoever writes over his own value has seen it (rule 5). */
static void
check_field (Journal *journal, const Written *written, const char *marked, json_t *value)
{
  g_autofree char *field = g_strdelimit (g_strdup (marked), "^!", '\0'), *origin = g_strdup_printf ("%" G_GINT64_FORMAT, written->origin), *own = NULL;
  const json_t *seen = json_object_get (written->seen, field);
  const LimberKind *kind = limber_kind_by_name (written->kind);
  gboolean again;

  if (kind == NULL || limber_kind_field (kind, field) < 0 || g_hash_table_contains (journal->bare, written->record))
    return;
  if (json_array_size (seen) == 1 && json_equal (value_of (journal, json_string_value (json_array_get (seen, 0)), field), value))
    sim_problem (journal->world->problems, "R3 %s %s is written again as it was seen", written->kind, field);
  own = g_strjoin (" ", origin, written->kind, written->record, field, NULL);
  again = !g_hash_table_add (journal->wrote, g_steal_pointer (&own));
  if (again && !g_str_has_suffix (marked, "!") && json_array_size (seen) == 0)
    sim_problem (journal->world->problems, "R5 %s %s is written over by its own author, who has not seen it", written->kind, field);
}

static void
check_written (Journal *journal)
{
  for (guint i = 0; i < journal->all->len; i++) {
    const Written *written = g_ptr_array_index (journal->all, i);
    char id[LIMBER_BASE64_LENGTH (16) + 1];
    const char *field;
    json_t *value;

    limber_base64_encode (written->id.bytes, sizeof written->id.bytes, id);
    json_object_foreach (written->body, field, value)
      g_hash_table_insert (journal->values, g_strdelimit (g_strjoin (" ", id, field, NULL), "^!", '\0'), value);
  }
  for (guint i = 0; i < journal->all->len; i++) {
    const Written *written = g_ptr_array_index (journal->all, i);
    const char *field;
    json_t *value;

    json_object_foreach (written->body, field, value)
      check_field (journal, written, field, value);
  }
}

/* Two machines that see the same arrival make the same record (rule 3). */
static gboolean
note_arrival (const LimberRecord *arrival, gpointer data)
{
  Journal *journal = data;
  g_autofree char *appointment = limber_id_dup_text (limber_record_id (arrival, "appointment"));
  char *name = g_strdup_printf ("%s %" G_GINT64_FORMAT, appointment, limber_record_integer (arrival, "round"));

  if (!g_hash_table_add (journal->wrote, name))
    sim_problem (journal->world->problems, "R3 one arrival twice, of appointment %s", appointment);
  return TRUE;
}

static gboolean
read_arrivals (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };

  return limber_reader_list (reader, "arrival", none, NULL, note_arrival, data, error);
}

/* A place as it would go on writing. */
typedef struct {
  LimberWriterState state;
  gint64            now;  /* milliseconds */
  guint64           time; /* of its next entry */
} Next;

/* Nothing of it is kept. */
static gboolean
try_to_write (LimberTransaction *transaction, gpointer data, GError **error)
{
  Next *next = data;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  next->state = transaction->state;
  next->now = limber_transaction_now (transaction);
  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("task", &id);
  limber_edit_set_word (edit, "about", "other");
  limber_edit_set_integer (edit, "made", next->now);
  limber_edit_set_word (edit, "status", "open");
  if (limber_transaction_edit (transaction, edit, test_author_of (transaction), error)) {
    g_autoptr (LimberStatement) statement = limber_database_bound (transaction->reader.database, NULL, "SELECT header FROM journal WHERE hash=?", "b", transaction->state.head,
                                                                   sizeof transaction->state.head);
    LimberEntry entry;

    if (limber_statement_step (statement, NULL) == 1 &&
        limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 0), (gsize) sqlite3_column_bytes (statement->stmt, 0), NULL))
      next->time = entry.time;
  }
  return FALSE;
}

static gboolean
is_branched (LimberReader *reader, gpointer data, GError **error)
{
  const LimberOrigin *origin = data;

  return limber_database_origin (reader->database, origin, 1, FALSE, NULL) != 0;
}

/* A clock that is right again writes right times, whatever it has seen or been (rule 4), and nobody writes on in an epoch
 * of which his node knows that it branched (rule 12). */
static void
check_next (SimWorld *world, SimPlace *place)
{
  Next next = { 0 };

  limber_store_write (place->store, try_to_write, &next, NULL);
  if (LIMBER_HYBRID_MS (next.time) > next.now + AHEAD)
    sim_problem (world->problems, "R4 %s would write %d s ahead of its clock", place->name, (int) ((LIMBER_HYBRID_MS (next.time) - next.now) / 1000));
  if (next.state.has_origin && !place->revoked && place != world->central && limber_store_read (sim_world_node_of (world, place)->store, is_branched, &next.state.origin, NULL))
    sim_problem (world->problems, "R12 %s writes on in an epoch that has branched", place->name);
}

static gboolean
count_branches (LimberReader *reader, gpointer data, GError **error)
{
  *(gint64 *) data = limber_database_integer (reader->database, 0, "SELECT count(*) FROM origin WHERE branch>0", "");
  return TRUE;
}

/* Nobody here writes what she may not, whatever her clock says and however it comes to central. */
static gboolean
check_doubts (LimberReader *reader, gpointer data, GError **error)
{
  SimWorld *world = data;
  g_autoptr (json_t) waiting = limber_quarantine_json (reader, error);

  for (gsize i = 0; i < json_array_size (waiting); i++) {
    const json_t *one = json_array_get (waiting, i);

    if (g_str_has_prefix (limber_json_string (one, "reason"), LIMBER_RELEASE_DOUBT))
      sim_problem (world->problems, "R20 central has put aside %s %s by %s, “%s”: %s", limber_json_string (one, "kind"), limber_json_string (one, "id"), limber_json_string (one, "author"),
                   limber_json_string (one, "reason"), limber_json_string (one, "fields"));
  }
  return waiting != NULL;
}

/**
 * sim_rules_check:
 *
 * Checks, once everybody is at rest, how things were written.
 */
void
sim_rules_check (SimWorld *world)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) written_free);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), wrote = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         bare = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Journal journal = { world, all, values, wrote, bare };
  for (guint i = 0; i < world->places->len; i++) { /* in a new session each hears what has come to its node since */
    sim_place_set_offline (sim_world_place (world, i), TRUE);
    sim_place_set_offline (sim_world_place (world, i), FALSE);
  }
  sim_world_pass (world, SIM_MINUTE);
  limber_store_read (world->central->store, read_journal, &journal, NULL);
  sim_place_enter (world->central);
  check_written (&journal);
  limber_store_read (world->central->store, read_arrivals, &journal, NULL);
  limber_store_read (world->central->store, check_doubts, world, NULL);
  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);
    gint64 branches = 0;

    if (place->gone)
      continue;
    limber_store_read (place->store, count_branches, &branches, NULL);
    if (branches > 0 && !world->snapshot)
      sim_problem (world->problems, "R2 at %s two machines have gone on with the same numbers", place->name);
    check_next (world, place);
  }
}
