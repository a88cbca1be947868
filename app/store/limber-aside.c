/* Invariant: at central there is an aside for each entry in the quarantine that every device of the staff might hold were it in force, and
 * no other: of who read whose record nobody hears because it waits. */
#include "limber-aside.h"

#include <string.h>

#include "limber-date.h"
#include "limber-journal.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

#define REASON_MOST 100 /* letters: fits the field whatever they are */

static const LimberKind *
kind_of (void)
{
  return limber_kind_by_name ("aside");
}

/**
 * limber_aside_id:
 * @entry: the one that waits
 * @id: (out): of its aside
 */
void
limber_aside_id (const LimberEntryId *entry, LimberId *id)
{
  limber_id_init_beside (id, entry, "aside", NULL);
}

static void
set_field (LimberRecord *record, const char *field, LimberValue value, const LimberStamp *stamp)
{
  int i = limber_kind_field (record->kind, field);

  limber_value_copy (&record->values[i], &value);
  record->stamps[i] = *stamp;
}

static void
set_text (LimberRecord *record, const char *field, const char *text, const LimberStamp *stamp)
{
  if (text != NULL && *text != '\0')
    set_field (record, field, (LimberValue){ .type = LIMBER_VALUE_TEXT, .text = (char *) text }, stamp);
}

static void
set_id (LimberRecord *record, const char *field, const LimberId *id, const LimberStamp *stamp)
{
  set_field (record, field, (LimberValue){ .type = LIMBER_VALUE_ID, .id = *id }, stamp);
}

/* What an entry of nobody's is about concerns the site of whoever wrote it. */
static void
set_place (LimberReader *reader, LimberRecord *record, const LimberEntry *entry, const LimberStamp *stamp)
{
  g_autoptr (LimberRecord) device = NULL;
  LimberId id;

  memcpy (id.bytes, entry->origin.bytes, sizeof id.bytes);
  device = limber_reader_get (reader, "device", &id, NULL);
  if (entry->has_patient)
    set_id (record, "patient", &entry->patient, stamp);
  if (device == NULL)
    return;
  set_text (record, "place", limber_record_text (device, "name"), stamp);
  if (limber_record_id (device, "site") != NULL)
    set_id (record, "site", limber_record_id (device, "site"), stamp);
}

/* @kind: (nullable): one that only a newer Limber knows */
static gboolean
may_be_told (const LimberKind *kind)
{
  return kind == NULL || (kind->holders & LIMBER_CLASS_STAFF) == LIMBER_CLASS_STAFF;
}

/* What it says is told only where it is known that none of it is a secret. */
static gboolean
has_no_secret (const LimberKind *kind)
{
  for (guint i = 0; kind != NULL && i < kind->n_fields; i++)
    if (kind->fields[i].flags & LIMBER_FIELD_SECRET)
      return FALSE;
  return kind != NULL;
}

/* Its stamps are the aside's own, not the entry's: what waits is in force nowhere.
 * @statement: of its row in the quarantine */
static LimberRecord *
make (LimberReader *reader, const LimberEntry *entry, LimberStatement *statement)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *reason = g_utf8_substring ((const char *) sqlite3_column_text (statement->stmt, 3), 0, MIN (REASON_MOST, g_utf8_strlen ((const char *) sqlite3_column_text (statement->stmt, 3), -1)));
  LimberRecord *record;
  LimberStamp stamp;
  LimberId id;

  limber_aside_id (&entry->id, &id);
  record = limber_record_new (kind_of (), &id);
  limber_entry_stamp (entry, &stamp);
  stamp.entry = id;
  set_id (record, "entry", &entry->id, &stamp);
  set_text (record, "kind", entry->kind, &stamp);
  set_id (record, "record", &entry->record, &stamp);
  set_place (reader, record, entry, &stamp);
  set_text (record, "author", entry->author, &stamp);
  set_field (record, "made", (LimberValue){ .type = LIMBER_VALUE_INTEGER, .integer = LIMBER_HYBRID_MS (entry->time) }, &stamp);
  set_field (record, "kept", (LimberValue){ .type = LIMBER_VALUE_INTEGER, .integer = sqlite3_column_int64 (statement->stmt, 4) }, &stamp);
  set_text (record, "reason", reason, &stamp);
  limber_entry_append_line (entry, line);
  g_string_truncate (line, line->len - 1);
  if (line->len <= LIMBER_ASIDE_LINE && has_no_secret (limber_kind_by_name (entry->kind)))
    set_text (record, "line", line->str, &stamp);
  return record;
}

static gboolean
read_entry (LimberStatement *statement, LimberEntry *entry, GError **error)
{
  if (!limber_entry_parse_header (entry, (const char *) sqlite3_column_text (statement->stmt, 0), (gsize) sqlite3_column_bytes (statement->stmt, 0), error))
    return FALSE;
  entry->has_body = limber_statement_blob_into (statement, 2, entry->salt, sizeof entry->salt);
  if (entry->has_body)
    entry->body = (LimberSpan){ (const char *) sqlite3_column_text (statement->stmt, 1), (gsize) sqlite3_column_bytes (statement->stmt, 1) };
  return TRUE;
}

static gboolean
put (LimberTransaction *transaction, LimberStatement *statement, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (LimberRecord) record = NULL;
  LimberEntry entry;
  gint64 n;

  if (!read_entry (statement, &entry, error))
    return FALSE;
  if (!may_be_told (limber_kind_by_name (entry.kind)))
    return TRUE;
  record = make (&transaction->reader, &entry, statement);
  n = limber_database_thing (database, &record->id, TRUE, error);
  return n != 0 && limber_transaction_save_row (transaction, record, n, error);
}

/**
 * limber_aside_renew:
 * @key: an entry's place in the journal
 *
 * At central, makes the entry's aside if it waits in the quarantine, and takes it away if it does not.
 */
gboolean
limber_aside_renew (LimberTransaction *transaction, gint64 key, GError **error)
{
  g_autoptr (LimberStatement) statement = NULL;
  LimberEntryId entry;
  LimberId id;
  int step;

  if (transaction->reader.klass != LIMBER_CLASS_CENTRAL)
    return TRUE;
  statement = limber_database_bound (transaction->reader.database, error, "SELECT j.header, j.body, j.salt, q.reason, q.at, substr(j.hash, 1, 16) FROM journal j LEFT JOIN quarantine q ON q.key=j.key WHERE j.key=?", "i", key);
  step = statement != NULL ? limber_statement_step (statement, error) : -1;
  if (step != 1)
    return step == 0;
  if (sqlite3_column_type (statement->stmt, 3) != SQLITE_NULL)
    return put (transaction, statement, error);
  if (!limber_statement_blob_into (statement, 5, &entry, sizeof entry))
    return TRUE;
  limber_aside_id (&entry, &id);
  return limber_transaction_drop (transaction, kind_of (), &id, error);
}

/**
 * limber_aside_line:
 * @entry: one that waits at central
 *
 * Returns: (transfer full) (nullable): it, as far as this device was told of it
 */
char *
limber_aside_line (LimberReader *reader, const LimberEntryId *entry)
{
  g_autoptr (LimberRecord) aside = NULL;
  LimberId id;

  limber_aside_id (entry, &id);
  aside = limber_reader_get (reader, "aside", &id, NULL);
  return aside != NULL ? g_strdup (limber_record_text (aside, "line")) : NULL;
}

/**
 * limber_aside_end:
 * @entry: one on which somebody has decided here
 *
 * It waits no more on this device; central takes it away everywhere else once it has heard of the decision.
 */
gboolean
limber_aside_end (LimberTransaction *transaction, const LimberEntryId *entry, GError **error)
{
  LimberId id;

  limber_aside_id (entry, &id);
  return limber_transaction_drop (transaction, kind_of (), &id, error);
}
