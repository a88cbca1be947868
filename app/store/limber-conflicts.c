#include "limber-conflicts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-merge.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

/* One edit of the field in question. */
typedef struct {
  LimberStamp stamp;
  LimberValue value;
  char       *json;
  char        author[81];
} Edit;

/* Who wrote something, and when and where: the stamp says that. */
typedef struct {
  LimberStamp stamp;
  char        author[81];
} Writer;

typedef struct {
  const LimberKind  *kind;
  const LimberField *field;
  GArray            *edits; /* (owned): Edit */
  GHashTable        *seen;  /* (owned): LimberId → Writer: what somebody saw and wrote over, and who was the first to */
} Gathered;

static void
edit_clear (Edit *edit)
{
  limber_value_clear (&edit->value);
  g_free (edit->json);
}

/* What an author has seen stays seen when what he wrote is erased: a settled conflict stays settled. */
static void
add_seen (Gathered *gathered, const LimberEntry *entry)
{
  g_autoptr (GArray) seen = limber_entry_seen (entry, gathered->field->name);
  Writer writer;

  limber_entry_stamp (entry, &writer.stamp);
  memcpy (writer.author, entry->author, sizeof writer.author);
  for (guint i = 0; i < seen->len; i++) {
    const LimberId *id = &g_array_index (seen, LimberId, i);
    const Writer *first = g_hash_table_lookup (gathered->seen, id);

    if (first == NULL || limber_stamp_compare (&writer.stamp, &first->stamp) < 0)
      g_hash_table_insert (gathered->seen, limber_id_copy (id), g_memdup2 (&writer, sizeof writer));
  }
}

static gboolean
gather (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Gathered *gathered = data;
  gboolean ours = state == LIMBER_JOURNAL_MERGED && g_str_equal (entry->kind, gathered->kind->name);
  g_autoptr (GArray) changes = ours && entry->has_body ? limber_entry_changes (entry, NULL) : NULL;

  if (ours)
    add_seen (gathered, entry);

  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);
    Edit edit = { 0 };

    if (!g_str_equal (change->name, gathered->field->name) || !limber_entry_value (gathered->field, change->value, &edit.value, NULL))
      continue;
    limber_entry_stamp (entry, &edit.stamp);
    edit.json = g_strndup (change->value.start, change->value.length);
    memcpy (edit.author, entry->author, sizeof edit.author);
    g_array_append_val (gathered->edits, edit);
  }
  return TRUE;
}

static void
gathered_clear (Gathered *gathered)
{
  g_clear_pointer (&gathered->edits, g_array_unref);
  g_clear_pointer (&gathered->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathered, gathered_clear)

static const Edit *
winner (const Gathered *gathered)
{
  const Edit *best = &g_array_index (gathered->edits, Edit, 0);

  for (guint i = 1; i < gathered->edits->len; i++) {
    const Edit *edit = &g_array_index (gathered->edits, Edit, i);

    if (limber_merge_replaces (gathered->field->merge, &best->value, &best->stamp, &edit->value, &edit->stamp))
      best = edit;
  }
  return best;
}

static gboolean
is_disputed (const LimberField *field)
{
  return field->merge != LIMBER_MERGE_ONCE && (!(field->flags & LIMBER_FIELD_UNDISPUTED) || limber_canary (LIMBER_CANARY_ALL_IS_DISPUTED));
}

/* In an ordered field only an edit of an older round is a conflict: within one, the further word says all. */
static gboolean
can_conflict (const Gathered *gathered, const Edit *loser, const Edit *best)
{
  if (loser == best)
    return FALSE;
  if (gathered->field->merge != LIMBER_MERGE_ORDERED)
    return TRUE;
  return loser->value.integer / LIMBER_PROGRESS_ROUND < best->value.integer / LIMBER_PROGRESS_ROUND && loser->value.integer % LIMBER_PROGRESS_ROUND != 0;
}

/* @by: (out) (optional): who was the first to settle it */
static gboolean
is_settled (const Gathered *gathered, const Edit *loser, Writer *by)
{
  const Writer *saw = limber_canary (LIMBER_CANARY_CONFLICT_STAYS) ? NULL : g_hash_table_lookup (gathered->seen, &loser->stamp.entry);
  Writer first = { .stamp = { 0 } };

  if (saw != NULL)
    first = *saw;
  for (guint i = 0; i < gathered->edits->len; i++) {
    const Edit *edit = &g_array_index (gathered->edits, Edit, i);

    if (!limber_value_equal (&edit->value, &loser->value) || limber_stamp_compare (&edit->stamp, &loser->stamp) <= 0 ||
        (limber_stamp_is_set (&first.stamp) && limber_stamp_compare (&edit->stamp, &first.stamp) >= 0))
      continue;
    first.stamp = edit->stamp;
    memcpy (first.author, edit->author, sizeof first.author);
  }
  if (by != NULL)
    *by = first;
  return limber_stamp_is_set (&first.stamp);
}

static void
conflict_id (const LimberId *record, const char *field, const LimberEntryId *loser, LimberId *id)
{
  g_autofree char *text = limber_id_dup_text (loser);

  limber_id_init_beside (id, record, "conflict", field, text, NULL);
}

static void
set_field (LimberRecord *record, const char *field, LimberValue value, const LimberStamp *stamp)
{
  int i = limber_kind_field (record->kind, field);

  limber_value_copy (&record->values[i], &value);
  record->stamps[i] = *stamp;
}

/* (transfer full) (nullable): the device at which something was written, as people call it, and the site where that is. */
static char *
place_of (LimberReader *reader, const LimberStamp *stamp)
{
  g_autoptr (LimberRecord) device = NULL, site = NULL;
  const LimberId *site_id;
  LimberId id;

  memcpy (id.bytes, stamp->origin.bytes, sizeof id.bytes);
  device = limber_reader_get (reader, "device", &id, NULL);
  if (device == NULL || limber_record_text (device, "name") == NULL)
    return NULL;
  site_id = limber_record_id (device, "site");
  site = site_id != NULL ? limber_reader_get (reader, "site", site_id, NULL) : NULL;
  if (site == NULL || limber_record_text (site, "name") == NULL)
    return g_strdup (limber_record_text (device, "name"));
  return g_strdup_printf ("%s, %s", limber_record_text (device, "name"), limber_record_text (site, "name"));
}

/* Who, when and where; nothing of a place that is not known. */
static void
set_writer (LimberReader *reader, LimberRecord *record, const char *const fields[3], const char *author, const LimberStamp *writer, const LimberStamp *stamp)
{
  g_autofree char *place = place_of (reader, writer);

  set_field (record, fields[0], (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = (char *) author }, stamp);
  set_field (record, fields[1], (LimberValue){ .type = LIMBER_VALUE_INTEGER, .integer = LIMBER_HYBRID_MS (writer->time) }, stamp);
  if (place != NULL)
    set_field (record, fields[2], (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = place }, stamp);
}

static const char *const lost_fields[] = { "author", "made", "place" }, *const over_fields[] = { "over_author", "over_made", "over_place" };

/* A conflict's stamps name the loser, so that every node that makes it makes the same; what is said of what it lost to, or what settled
 * it, has that one's. */
static LimberRecord *
make_conflict (LimberReader *reader, const Gathered *gathered, const LimberRecord *about, const Edit *loser, const Writer *over, gboolean settled)
{
  LimberStamp stamp = { 0 };
  LimberId id;
  LimberRecord *record;
  const LimberId *patient = limber_record_patient (about);

  conflict_id (&about->id, gathered->field->name, &loser->stamp.entry, &id);
  record = limber_record_new (limber_kind_by_name ("conflict"), &id);
  stamp.entry = loser->stamp.entry;
  set_field (record, "kind", (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = (char *) gathered->kind->name }, &stamp);
  set_field (record, "record", (LimberValue){ .type = LIMBER_VALUE_ID, .id = about->id }, &stamp);
  set_field (record, "field", (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = (char *) gathered->field->name }, &stamp);
  set_field (record, "entry", (LimberValue){ .type = LIMBER_VALUE_ID, .id = loser->stamp.entry }, &stamp);
  if (patient != NULL)
    set_field (record, "patient", (LimberValue){ .type = LIMBER_VALUE_ID, .id = *patient }, &stamp);
  set_field (record, "value", (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = loser->json }, &stamp);
  set_writer (reader, record, lost_fields, loser->author, &loser->stamp, &stamp);
  set_writer (reader, record, over_fields, over->author, &over->stamp, &over->stamp);
  set_field (record, "state", (LimberValue){ .type = LIMBER_VALUE_INTEGER, .integer = settled }, &stamp);
  return record;
}

static gboolean
save_conflict (LimberTransaction *transaction, const LimberRecord *conflict, gboolean settled, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 n = limber_database_thing (database, &conflict->id, FALSE, NULL);
  g_autoptr (LimberRecord) held = n != 0 ? limber_rows_load (database, conflict->kind, n, NULL) : NULL;

  if (held == NULL && settled)
    return TRUE;
  if (held != NULL && !limber_merge_records (held, conflict))
    return TRUE;
  if (n == 0 && (n = limber_database_thing (database, &conflict->id, TRUE, error)) == 0)
    return FALSE;
  return limber_transaction_save_row (transaction, held != NULL ? held : conflict, n, error);
}

static gboolean
gather_field (LimberTransaction *transaction, const LimberId *record, Gathered *gathered, GError **error)
{
  gathered->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  g_array_set_clear_func (gathered->edits, (GDestroyNotify) edit_clear);
  gathered->seen = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  return limber_journal_each (transaction->reader.database, record, gather, gathered, error);
}

/* @arrived: (nullable): the entry that has just come, for a test that looks at nothing else */
static gboolean
update_field (LimberTransaction *transaction, const LimberRecord *record, const LimberField *field, const LimberEntry *arrived, GError **error)
{
  g_auto (Gathered) gathered = { record->kind, field, NULL, NULL };
  const Edit *best;

  if (!gather_field (transaction, &record->id, &gathered, error))
    return FALSE;
  if (gathered.edits->len < 2)
    return TRUE;
  best = winner (&gathered);
  for (guint i = 0; i < gathered.edits->len; i++) {
    const Edit *loser = &g_array_index (gathered.edits, Edit, i);
    gboolean settled;
    Writer over;
    g_autoptr (LimberRecord) conflict = NULL;

    if (!can_conflict (&gathered, loser, best))
      continue;
    if (limber_canary (LIMBER_CANARY_CONFLICT_ON_ARRIVAL) && arrived != NULL && !limber_id_equal (&loser->stamp.entry, &arrived->id))
      continue;
    settled = is_settled (&gathered, loser, &over);
    if (!settled) {
      over.stamp = best->stamp;
      memcpy (over.author, best->author, sizeof over.author);
    }
    conflict = make_conflict (&transaction->reader, &gathered, record, loser, &over, settled);
    if (!save_conflict (transaction, conflict, settled, error))
      return FALSE;
  }
  return TRUE;
}

/* The usual edit saw the one value that there was, and now stands in its place: nothing is lost and nothing open. A new
 * round is never plain: what agreed within the old one may now be an edit of it that nobody saw. */
static gboolean
plainly_follows (const LimberRecord *record, guint i, const LimberStamp *before, const LimberEntry *entry)
{
  const LimberField *field = &record->kind->fields[i];
  g_autoptr (GArray) seen = NULL;

  if (!limber_id_equal (&record->stamps[i].entry, &entry->id))
    return FALSE;
  if (field->merge == LIMBER_MERGE_ORDERED && record->values[i].integer >= LIMBER_PROGRESS_ROUND)
    return FALSE;
  if (!limber_stamp_is_set (&before[i]))
    return TRUE;
  seen = limber_entry_seen (entry, field->name);
  return seen->len == 1 && limber_id_equal (&g_array_index (seen, LimberId, 0), &before[i].entry);
}

/**
 * limber_conflicts_update:
 * @record: a record as it is now that @entry has been merged
 * @before: (nullable): its stamps before that; %NULL when it was not there
 *
 * Brings the conflicts about @record to what the set of entries now says.
 */
gboolean
limber_conflicts_update (LimberTransaction *transaction, const LimberRecord *record, const LimberStamp *before, const LimberEntry *entry, GError **error)
{
  g_autoptr (GArray) changes = NULL;
  gboolean open;

  if (before == NULL || !entry->has_body)
    return TRUE;
  changes = limber_entry_changes (entry, NULL);
  open = limber_database_integer (transaction->reader.database, 0, "SELECT count(*) FROM conflict WHERE record=? AND state=0", "i",
                                  limber_database_thing (transaction->reader.database, &record->id, FALSE, NULL)) > 0;
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    int at = limber_kind_field (record->kind, g_array_index (changes, LimberChange, i).name);

    if (at < 0 || !is_disputed (&record->kind->fields[at]) || (!open && plainly_follows (record, (guint) at, before, entry)))
      continue;
    if (!update_field (transaction, record, &record->kind->fields[at], entry, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_still_open (const Gathered *gathered, const LimberEntryId *loser)
{
  const Edit *best = gathered->edits->len > 1 ? winner (gathered) : NULL;

  for (guint i = 0; best != NULL && i < gathered->edits->len; i++) {
    const Edit *edit = &g_array_index (gathered->edits, Edit, i);

    if (limber_id_equal (&edit->stamp.entry, loser))
      return can_conflict (gathered, edit, best) && !is_settled (gathered, edit, NULL);
  }
  return FALSE;
}

static gboolean
save_settled (LimberTransaction *transaction, LimberRecord *conflict, gint64 n, GError **error)
{
  limber_value_set_integer (&conflict->values[limber_kind_field (conflict->kind, "state")], 1);
  return limber_transaction_save_row (transaction, conflict, n, error);
}

/* Settles a conflict that is none any more: what it lost to is gone. */
static gboolean
close_stale (LimberTransaction *transaction, gint64 n, GError **error)
{
  g_autoptr (LimberRecord) conflict = limber_rows_load (transaction->reader.database, limber_kind_by_name ("conflict"), n, error);
  const LimberKind *kind = conflict != NULL ? limber_kind_by_name (limber_record_text (conflict, "kind")) : NULL;
  int i = kind != NULL ? limber_kind_field (kind, limber_record_text (conflict, "field")) : -1;
  g_auto (Gathered) gathered = { kind, i >= 0 ? &kind->fields[i] : NULL, NULL, NULL };

  if (i < 0)
    return conflict != NULL;
  if (!gather_field (transaction, limber_record_id (conflict, "record"), &gathered, error))
    return FALSE;
  if (is_still_open (&gathered, limber_record_id (conflict, "entry")))
    return TRUE;
  return save_settled (transaction, conflict, n, error);
}

static gboolean
update_all (LimberTransaction *transaction, const LimberKind *kind, gint64 n, GError **error)
{
  g_autoptr (LimberRecord) record = limber_rows_load (transaction->reader.database, kind, n, NULL);

  for (guint i = 0; record != NULL && i < kind->n_fields; i++)
    if (is_disputed (&kind->fields[i]) && limber_field_is_written (&kind->fields[i]) && !update_field (transaction, record, &kind->fields[i], NULL, error))
      return FALSE;
  return TRUE;
}

/**
 * limber_conflicts_renew:
 * @record: a record about which entries have lost their content
 *
 * Brings all conflicts about it to what the entries now say.
 */
gboolean
limber_conflicts_renew (LimberTransaction *transaction, const LimberId *record, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 n = limber_database_thing (database, record, FALSE, NULL);
  g_autoptr (LimberStatement) statement = limber_database_bound (database, error, "SELECT n FROM conflict WHERE record=? AND state=0", "i", n);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_kinds;
  const LimberKind *const *kinds = limber_kinds (&n_kinds);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 conflict = sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (open, conflict);
  }
  for (guint i = 0; step == 0 && i < open->len; i++)
    if (!close_stale (transaction, g_array_index (open, gint64, i), error))
      return FALSE;
  for (guint i = 0; step == 0 && i < n_kinds; i++)
    if (!kinds[i]->computed && !update_all (transaction, kinds[i], n, error))
      return FALSE;
  return step == 0;
}

/* Every losing value of the field that was shown counts as seen by the decision (SYNC.md rule 5). */
static gboolean
see_losers (LimberReader *reader, LimberEdit *edit, const LimberRecord *conflict, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "open-conflicts-of-field", error, "dt", limber_record_id (conflict, "record"), limber_record_text (conflict, "field"));

  for (guint i = 0; rows != NULL && i < rows->len && !limber_canary (LIMBER_CANARY_DECISION_SEES_WINNER); i++)
    limber_edit_add_seen (edit, limber_record_text (conflict, "field"), limber_row_id (g_ptr_array_index (rows, i), "entry"));
  return rows != NULL;
}

static gboolean
chosen_value (LimberReader *reader, const LimberRecord *conflict, const LimberField *field, const LimberResolution *resolution, LimberValue *value, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;
  const char *json = limber_record_text (conflict, "value");

  if (resolution->how == LIMBER_RESOLVE_VALUE)
    return limber_field_parse (field, resolution->text, value, error);
  if (resolution->how == LIMBER_RESOLVE_TAKE) {
    if (!limber_entry_value (field, (LimberSpan){ json, strlen (json) }, value, error))
      return FALSE;
    if (field->type == LIMBER_TYPE_PROGRESS && value->type == LIMBER_VALUE_INTEGER)
      value->integer %= LIMBER_PROGRESS_ROUND;
    return TRUE;
  }
  record = limber_reader_get (reader, limber_record_text (conflict, "kind"), limber_record_id (conflict, "record"), error);
  if (record == NULL)
    return FALSE;
  limber_value_copy (value, limber_record_value (record, field->name));
  return TRUE;
}

/* Who decided, as central will say it too; it alone knows what the place is called. */
static void
note_decision (LimberRecord *conflict, const LimberEntry *entry)
{
  int place = limber_kind_field (conflict->kind, "over_place");
  LimberStamp stamp;

  limber_entry_stamp (entry, &stamp);
  set_field (conflict, "over_author", (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = (char *) entry->author }, &stamp);
  set_field (conflict, "over_made", (LimberValue){ .type = LIMBER_VALUE_INTEGER, .integer = LIMBER_HYBRID_MS (entry->time) }, &stamp);
  limber_record_unset (conflict, (guint) place);
}

static gboolean
settle_one (LimberTransaction *transaction, const LimberEntry *entry, const char *field, const LimberEntryId *loser, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (LimberRecord) conflict = NULL;
  LimberId id;
  gint64 n;

  conflict_id (&entry->record, field, loser, &id);
  n = limber_database_thing (database, &id, FALSE, NULL);
  conflict = n != 0 ? limber_rows_load (database, limber_kind_by_name ("conflict"), n, NULL) : NULL;
  if (conflict == NULL || limber_record_integer (conflict, "state") != 0)
    return TRUE;
  note_decision (conflict, entry);
  return save_settled (transaction, conflict, n, error);
}

/**
 * limber_conflicts_settle:
 * @entry: an entry that was merged by a store that is not central
 * @changes: (nullable) (element-type LimberChange): what it sets
 *
 * Settles the conflicts that @entry has seen the losers of, as central will once it hears of it; until then whoever
 * decided, and the hub between, already show what was decided.
 */
gboolean
limber_conflicts_settle (LimberTransaction *transaction, const LimberEntry *entry, GArray *changes, GError **error)
{
  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const char *field = g_array_index (changes, LimberChange, i).name;
    g_autoptr (GArray) seen = limber_entry_seen (entry, field);

    for (guint j = 0; j < seen->len; j++)
      if (!settle_one (transaction, entry, field, &g_array_index (seen, LimberId, j), error))
        return FALSE;
  }
  return TRUE;
}

static gboolean
may_decide (const LimberResolution *resolution, gboolean open, GError **error)
{
  if (open)
    return TRUE;
  if (resolution->how == LIMBER_RESOLVE_KEEP)
    return limber_error_refuse (error, _("This has been decided already, and what stands stays."));
  return resolution->again || limber_error_refuse (error, _("This has been decided already. Look at what stands now; to decide otherwise all the same, say so."));
}

/* Behind an older hub, which passes over what it does not know, a store hears of a conflict but not of the value that won: who
 * decided there would write over one that he has not seen. What lost is no later than what won, but for an import's. */
static gboolean
winner_is_here (LimberReader *reader, const LimberRecord *conflict, const LimberKind *kind, int field, GError **error)
{
  const LimberId *id = limber_record_id (conflict, "record"), *loser = limber_record_id (conflict, "entry");
  g_autoptr (LimberRecord) record = id != NULL ? limber_reader_get (reader, kind->name, id, NULL) : NULL;
  const LimberStamp *held = record != NULL ? &record->stamps[field] : NULL;
  gboolean by_time = kind->fields[field].merge == LIMBER_MERGE_PLAIN && g_strcmp0 (limber_record_text (conflict, "author"), "system:import") != 0;
  gboolean older = held != NULL && by_time && (gint64) LIMBER_HYBRID_MS (held->time) < limber_record_integer (conflict, "made");

  if (held == NULL || loser == NULL || (limber_stamp_is_set (held) && !limber_id_equal (&held->entry, loser) && !older))
    return TRUE;
  return limber_error_refuse (error, _("What it lost to has not come to this device yet. Decide later, or at another one."));
}

/**
 * limber_conflicts_resolve:
 * @author: who decides
 * @error: LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_REFUSED when it is settled already, the value is not allowed, or the one that
 *   won is not here
 *
 * Carries out a person's decision: an edit that has seen every value that was shown. A settled conflict stays settled,
 * also when it is decided again (SYNC.md, I18).
 */
gboolean
limber_conflicts_resolve (LimberTransaction *transaction, const LimberResolution *resolution, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "conflict", &resolution->conflict, error);
  g_autoptr (LimberEdit) edit = NULL;
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;
  const LimberKind *kind;
  int i;

  if (record == NULL)
    return FALSE;
  kind = limber_kind_by_name (limber_record_text (record, "kind"));
  i = kind != NULL ? limber_kind_field (kind, limber_record_text (record, "field")) : -1;
  if (i < 0)
    return limber_error_refuse (error, _("A newer Limber made this conflict; decide it there."));
  if (!may_decide (resolution, limber_record_integer (record, "state") == 0, error) || !winner_is_here (reader, record, kind, i, error) || !chosen_value (reader, record, &kind->fields[i], resolution, &value, error))
    return FALSE;
  edit = limber_edit_new (kind->name, limber_record_id (record, "record"));
  limber_edit_set_value (edit, kind->fields[i].name, &value);
  return see_losers (reader, edit, record, error) && limber_transaction_edit (transaction, edit, author, error);
}
