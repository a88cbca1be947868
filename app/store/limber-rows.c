/* A row's stamps are kept without loss (SYNC.md rule 6) but once each: nearly always one entry set them all.
 *
 *   count, then count times (rank, time 8, origin's number 4, entry 16), then for each declared field 0 (never set) or
 *   which of them it is, from 1. New fields are declared at the end, so an old row is merely shorter. */
#include "limber-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"

#define STAMP_LENGTH (1 + 8 + 4 + 16)

/* The statements of one kind; made once, kept for ever. */
typedef struct {
  char *columns;
  char *select;
  char *save;
  char *change;  /* the same parameters, for a row that is there and keeps what an index covers */
  char *leave;   /* the order of change */
  char *remove;
  char *seq;
  char *count;   /* as in a digest */
  char *of_patient;
  char *following;
  char *held;    /* by a group */
  char *all;
} KindSql;

static void
add_held_sql (KindSql *sql, const LimberKind *kind)
{
  const char *patient = g_strcmp0 (kind->patient, "id") == 0 ? "n" : kind->patient;

  sql->all = g_strdup_printf ("SELECT k.n, t.id, k.digest FROM \"%s\" k JOIN thing t ON t.n=k.n", kind->name);
  sql->held = g_strdup (sql->all);
  if (patient == NULL)
    return;
  g_free (sql->held);
  sql->of_patient = g_strdup_printf ("SELECT n FROM \"%s\" WHERE \"%s\"=? AND seq<?", kind->name, patient);
  sql->held = g_strdup_printf ("SELECT k.n, t.id, k.digest FROM membership m JOIN \"%1$s\" k ON k.\"%2$s\"=m.patient JOIN thing t ON t.n=k.n WHERE m.grp=? AND m.state=1"
                               " UNION ALL SELECT k.n, t.id, k.digest FROM \"%1$s\" k JOIN thing t ON t.n=k.n WHERE k.\"%2$s\" IS NULL",
                               kind->name, patient);
}

static const KindSql *
kind_sql (const LimberKind *kind)
{
  static GMutex mutex;
  static GHashTable *all;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  KindSql *sql;
  g_autoptr (GString) columns = NULL, marks = NULL, updates = NULL, changes = NULL, same = NULL;
  guint at = 1;

  if (all == NULL)
    all = g_hash_table_new (NULL, NULL);
  sql = g_hash_table_lookup (all, kind);
  if (sql != NULL)
    return sql;
  columns = g_string_new (NULL);
  marks = g_string_new ("?");
  updates = g_string_new (NULL);
  changes = g_string_new (NULL);
  same = g_string_new (NULL);
  for (guint i = 0; i < kind->n_fields; i++) {
    if (!limber_field_is_stored (&kind->fields[i]))
      continue;
    g_string_append_printf (columns, "\"%s\", ", kind->fields[i].name);
    g_string_append_printf (updates, "\"%1$s\"=excluded.\"%1$s\", ", kind->fields[i].name);
    g_string_append (marks, ",?");
    if (kind->fields[i].flags & LIMBER_FIELD_INDEXED)
      g_string_append_printf (same, " AND \"%s\" IS ?%u", kind->fields[i].name, ++at);
    else
      g_string_append_printf (changes, "\"%s\"=?%u, ", kind->fields[i].name, ++at);
  }
  sql = g_new0 (KindSql, 1);
  sql->select = g_strdup_printf ("SELECT %sstamps FROM \"%s\" WHERE n=?", columns->str, kind->name);
  sql->save = g_strdup_printf ("INSERT INTO \"%s\"(n, %sstamps, digest, seq) VALUES(%s,?,?,?) ON CONFLICT(n) DO UPDATE SET %sstamps=excluded.stamps, digest=excluded.digest, seq=excluded.seq",
                               kind->name, columns->str, marks->str, updates->str);
  sql->change = g_strdup_printf ("UPDATE \"%s\" SET %sstamps=?%u, digest=?%u, seq=?%u WHERE n=?1%s", kind->name, changes->str, at + 1, at + 2, at + 3, same->str);
  sql->leave = g_strdup_printf ("DELETE FROM change WHERE seq=(SELECT seq FROM \"%s\" WHERE n=?)", kind->name);
  sql->remove = g_strdup_printf ("DELETE FROM \"%s\" WHERE n=?", kind->name);
  sql->count = g_strdup_printf ("UPDATE \"%s\" SET digest=? WHERE n=?", kind->name);
  sql->seq = g_strdup_printf ("SELECT seq FROM \"%s\" WHERE n=?", kind->name);
  if (kind->follows != NULL)
    sql->following = g_strdup_printf ("SELECT n FROM \"%s\" WHERE \"%s\"=?", kind->name, kind->follows);
  add_held_sql (sql, kind);
  g_string_append (columns, "stamps");
  sql->columns = g_strdup (columns->str);
  g_hash_table_insert (all, (gpointer) kind, sql);
  return sql;
}

/**
 * limber_rows_columns:
 *
 * Returns: (transfer none): the columns that limber_rows_decode() reads, in order, for a SELECT
 */
const char *
limber_rows_columns (const LimberKind *kind)
{
  return kind_sql (kind)->columns;
}

static guint
find_stamp (const LimberStamp *stamps, const guint *distinct, guint n, const LimberStamp *stamp)
{
  for (guint i = 0; i < n; i++)
    if (limber_id_equal (&stamps[distinct[i]].entry, &stamp->entry) && stamps[distinct[i]].time == stamp->time)
      return i;
  return n;
}

/**
 * limber_rows_encode_stamps:
 * @stored: which fields have a column
 *
 * Returns: (transfer full) (nullable): the stamps as a row keeps them
 */
GByteArray *
limber_rows_encode_stamps (LimberDatabase *database, const LimberStamp *stamps, const gboolean *stored, guint n, GError **error)
{
  g_autofree guint *distinct = g_new (guint, n + 1);
  g_autofree guint8 *which = g_new0 (guint8, n + 1);
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (64);
  guint count = 0;
  guint8 byte;

  for (guint i = 0; i < n; i++) {
    guint at;

    if (!stored[i] || !limber_stamp_is_set (&stamps[i]))
      continue;
    at = find_stamp (stamps, distinct, count, &stamps[i]);
    if (at == count)
      distinct[count++] = i;
    which[i] = (guint8) (at + 1);
  }
  byte = (guint8) count;
  g_byte_array_append (bytes, &byte, 1);
  for (guint i = 0; i < count; i++) {
    const LimberStamp *stamp = &stamps[distinct[i]];
    guint64 time = GUINT64_TO_LE (stamp->time);
    gint64 origin = limber_database_origin (database, &stamp->origin, 0, TRUE, error);
    guint32 number = GUINT32_TO_LE ((guint32) origin);

    if (origin == 0)
      return NULL;
    g_byte_array_append (bytes, &stamp->rank, 1);
    g_byte_array_append (bytes, (const guint8 *) &time, sizeof time);
    g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
    g_byte_array_append (bytes, stamp->entry.bytes, sizeof stamp->entry.bytes);
  }
  g_byte_array_append (bytes, which, n);
  return g_steal_pointer (&bytes);
}

static gboolean
decode_stamp (LimberDatabase *database, const guint8 *bytes, LimberStamp *stamp)
{
  guint64 time;
  guint32 number;

  stamp->rank = bytes[0];
  memcpy (&time, bytes + 1, sizeof time);
  memcpy (&number, bytes + 9, sizeof number);
  memcpy (stamp->entry.bytes, bytes + 13, sizeof stamp->entry.bytes);
  stamp->time = GUINT64_FROM_LE (time);
  return limber_database_origin_of (database, GUINT32_FROM_LE (number), &stamp->origin);
}

/**
 * limber_rows_decode_stamps:
 * @stamps: (out caller-allocates): room for @n
 *
 * Returns: whether @bytes are stamps
 */
gboolean
limber_rows_decode_stamps (LimberDatabase *database, const guint8 *bytes, gsize length, LimberStamp *stamps, guint n)
{
  guint count = length > 0 ? bytes[0] : 0;
  gsize fields = 1 + (gsize) count * STAMP_LENGTH;

  memset (stamps, 0, sizeof *stamps * n);
  if (length < fields)
    return FALSE;
  for (guint i = 0; i < n && fields + i < length; i++) {
    guint which = bytes[fields + i];

    if (which > count)
      return FALSE;
    if (which > 0 && !decode_stamp (database, bytes + 1 + (which - 1) * STAMP_LENGTH, &stamps[i]))
      return FALSE;
  }
  return TRUE;
}

static gboolean
decode_column (LimberStatement *statement, int column, const LimberField *field, LimberValue *value)
{
  LimberId id;

  if (sqlite3_column_type (statement->stmt, column) == SQLITE_NULL)
    return TRUE;
  if (field->type == LIMBER_TYPE_REFERENCE) {
    if (!limber_database_thing_id (statement->database, sqlite3_column_int64 (statement->stmt, column), &id))
      return FALSE;
    limber_value_set_id (value, &id);
  } else if (sqlite3_column_type (statement->stmt, column) == SQLITE_INTEGER)
    limber_value_set_integer (value, sqlite3_column_int64 (statement->stmt, column));
  else
    limber_value_take_text (value, limber_statement_dup_text (statement, column));
  return TRUE;
}

/**
 * limber_rows_decode:
 * @first: where limber_rows_columns() begin in the row
 *
 * Returns: (transfer full) (nullable): the record that the row holds
 */
LimberRecord *
limber_rows_decode (LimberStatement *statement, int first, const LimberKind *kind, const LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = limber_record_new (kind, id);
  gboolean good = TRUE;
  int column = first;

  for (guint i = 0; i < kind->n_fields; i++)
    if (limber_field_is_stored (&kind->fields[i]))
      good = decode_column (statement, column++, &kind->fields[i], &record->values[i]) && good;
  if (!good || !limber_rows_decode_stamps (statement->database, sqlite3_column_blob (statement->stmt, column), (gsize) sqlite3_column_bytes (statement->stmt, column),
                                           record->stamps, kind->n_fields)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("A record of the store is damaged (%s)."), kind->name);
    return NULL;
  }
  return g_steal_pointer (&record);
}

/**
 * limber_rows_load:
 * @n: the record's number as a thing
 *
 * Returns: (transfer full) (nullable): the record; %NULL without @error set when there is none
 */
LimberRecord *
limber_rows_load (LimberDatabase *database, const LimberKind *kind, gint64 n, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, error, kind_sql (kind)->select, "i", n);
  LimberId id;

  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return NULL;
  if (!limber_database_thing_id (database, n, &id)) {
    limber_database_set_error (database, SQLITE_CORRUPT, error);
    return NULL;
  }
  return limber_rows_decode (statement, 0, kind, &id, error);
}

/**
 * limber_rows_find:
 * @n: a number as a thing
 * @record: (out) (transfer full) (nullable): the record, %NULL when there is none
 *
 * Returns: whether it could be looked for
 */
gboolean
limber_rows_find (LimberDatabase *database, const LimberKind *kind, gint64 n, LimberRecord **record, GError **error)
{
  GError *failed = NULL;

  *record = limber_rows_load (database, kind, n, &failed);
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

/**
 * limber_rows_bind:
 * @make: whether an id that has no number is given one; if not, it is bound as 0, which nothing has
 *
 * Binds @value as its column holds it.
 */
gboolean
limber_rows_bind (LimberStatement *statement, int at, const LimberField *field, const LimberValue *value, gboolean make, GError **error)
{
  gint64 n;

  switch (value->type) {
  case LIMBER_VALUE_NONE:
    limber_statement_null (statement, at);
    return TRUE;
  case LIMBER_VALUE_INTEGER:
    limber_statement_integer (statement, at, value->integer);
    return TRUE;
  case LIMBER_VALUE_TEXT:
    limber_statement_text (statement, at, value->text, -1);
    return TRUE;
  case LIMBER_VALUE_ID:
    n = limber_database_thing (statement->database, &value->id, make, error);
    if (n == 0 && make)
      return FALSE;
    limber_statement_integer (statement, at, n);
    return TRUE;
  }
  return FALSE;
}

/* What is written of a row, in the order of its statements' parameters. */
typedef struct {
  const LimberRecord *record;
  const gboolean     *stored;
  const GByteArray   *stamps;
  guint8              digest[16];
  gint64              n, seq;
} Written;

static gboolean
write_row (LimberDatabase *database, const char *sql, const Written *row, GError **error)
{
  const LimberKind *kind = row->record->kind;
  g_autoptr (LimberStatement) statement = limber_database_statement (database, sql, error);
  int at = 1;

  if (statement == NULL)
    return FALSE;
  limber_statement_integer (statement, at++, row->n);
  for (guint i = 0; i < kind->n_fields; i++)
    if (row->stored[i] && !limber_rows_bind (statement, at++, &kind->fields[i], &row->record->values[i], TRUE, error))
      return FALSE;
  limber_statement_blob (statement, at++, row->stamps->data, row->stamps->len);
  limber_statement_blob (statement, at++, row->digest, sizeof row->digest);
  limber_statement_integer (statement, at, row->seq);
  return limber_statement_step (statement, error) >= 0;
}

/**
 * limber_rows_save:
 * @n: the record's number as a thing
 * @seq: its place in the order of change
 * @there: whether there is a row of it: then its indexes are left alone if what they cover stays as it is
 */
gboolean
limber_rows_save (LimberDatabase *database, const LimberRecord *record, gint64 n, gint64 seq, gboolean there, GError **error)
{
  const LimberKind *kind = record->kind;
  g_autofree gboolean *stored = g_new (gboolean, kind->n_fields);
  g_autoptr (GByteArray) stamps = NULL;
  Written row = { record, stored, NULL, { 0 }, n, seq };

  for (guint i = 0; i < kind->n_fields; i++)
    stored[i] = limber_field_is_stored (&kind->fields[i]);
  row.stamps = stamps = limber_rows_encode_stamps (database, record->stamps, stored, kind->n_fields, error);
  if (stamps == NULL)
    return FALSE;
  limber_record_digest (record, LIMBER_CLASS_CENTRAL, row.digest);
  if (there && !write_row (database, kind_sql (kind)->change, &row, error))
    return FALSE;
  return (there && sqlite3_changes (limber_database_handle (database)) > 0) || write_row (database, kind_sql (kind)->save, &row, error);
}

/**
 * limber_rows_leave:
 * @there: (out): whether there is a row
 *
 * Takes a row out of the order of change.
 */
gboolean
limber_rows_leave (LimberDatabase *database, const LimberKind *kind, gint64 n, gboolean *there, GError **error)
{
  if (!limber_database_execute (database, error, kind_sql (kind)->leave, "i", n))
    return FALSE;
  *there = sqlite3_changes (limber_database_handle (database)) > 0;
  return TRUE;
}

/**
 * limber_rows_count_as:
 * @record: a record as the node has it; an empty one counts for nothing
 * @n: its number as a thing
 *
 * Lets the row, whatever it shows, count in digests as @record does.
 */
gboolean
limber_rows_count_as (LimberDatabase *database, const LimberRecord *record, gint64 n, GError **error)
{
  guint8 digest[16] = { 0 };

  if (!limber_record_is_empty (record))
    limber_record_digest (record, LIMBER_CLASS_CENTRAL, digest);
  return limber_database_execute (database, error, kind_sql (record->kind)->count, "bi", digest, sizeof digest, n);
}

gboolean
limber_rows_delete (LimberDatabase *database, const LimberKind *kind, gint64 n, GError **error)
{
  return limber_database_execute (database, error, kind_sql (kind)->remove, "i", n);
}

/**
 * limber_rows_seq:
 *
 * Returns: the row's place in the order of change, 0 when there is no row
 */
gint64
limber_rows_seq (LimberDatabase *database, const LimberKind *kind, gint64 n)
{
  return limber_database_integer (database, 0, kind_sql (kind)->seq, "i", n);
}

static GArray *
read_numbers (LimberStatement *statement, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 n = sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (numbers, n);
  }
  return step == 0 ? g_steal_pointer (&numbers) : NULL;
}

/**
 * limber_rows_of_patient:
 * @kind: a kind of records that belong to people
 * @patient: her number as a thing
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the numbers of her records that stand before @before in the
 *   order of change
 */
GArray *
limber_rows_of_patient (LimberDatabase *database, const LimberKind *kind, gint64 patient, gint64 before, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, error, kind_sql (kind)->of_patient, "ii", patient, before);

  return read_numbers (statement, error);
}

/**
 * limber_rows_following:
 * @kind: a kind that follows another
 * @n: the number of a record of that other kind
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the numbers of the records that follow it
 */
GArray *
limber_rows_following (LimberDatabase *database, const LimberKind *kind, gint64 n, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, error, kind_sql (kind)->following, "i", n);

  return read_numbers (statement, error);
}

/**
 * limber_rows_held:
 * @group: a group's number, 0 for one that holds everybody
 *
 * Returns: (transfer full) (nullable): for each record of @kind that belongs to somebody whom @group holds, or to nobody:
 *   its number, id and digest
 */
LimberStatement *
limber_rows_held (LimberDatabase *database, const LimberKind *kind, gint64 group, GError **error)
{
  LimberStatement *statement = limber_database_statement (database, group != 0 ? kind_sql (kind)->held : kind_sql (kind)->all, error);

  if (statement != NULL && group != 0 && kind->patient != NULL)
    limber_statement_integer (statement, 1, group);
  return statement;
}

/**
 * limber_rows_each:
 * @where: (nullable): a condition with a parameter for each of @values, in this file's caller's own words, never a person's
 * @values: (nullable): what to bind
 *
 * Calls @func for each record of @kind, in the order of their numbers.
 */
gboolean
limber_rows_each (LimberDatabase *database, const LimberKind *kind, const char *where, const LimberValue *values, guint n_values, LimberRowsFunc func, gpointer data,
                  GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT k.n, thing.id, k.* FROM (SELECT n, %s FROM \"%s\" %s%s) k JOIN thing ON thing.n = k.n ORDER BY k.n", kind_sql (kind)->columns, kind->name,
                                          where != NULL ? "WHERE " : "", where != NULL ? where : "");
  LimberStatement once = { database, NULL, FALSE };
  int code = sqlite3_prepare_v2 (limber_database_handle (database), sql, -1, &once.stmt, NULL), step = -1;

  if (code != SQLITE_OK)
    return limber_database_set_error (database, code, error);
  for (guint i = 0; i < n_values; i++)
    limber_rows_bind (&once, (int) i + 1, NULL, &values[i], FALSE, NULL);
  while ((step = limber_statement_step (&once, error)) == 1) {
    LimberId id;
    g_autoptr (LimberRecord) record = NULL;

    if (!limber_statement_blob_into (&once, 1, &id, sizeof id) || (record = limber_rows_decode (&once, 3, kind, &id, error)) == NULL) {
      step = -1;
      break;
    }
    if (!func (record, sqlite3_column_int64 (once.stmt, 0), data)) {
      step = 0;
      break;
    }
  }
  sqlite3_finalize (once.stmt);
  return step == 0;
}
