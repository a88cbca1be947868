/* Each step is what a node does for one entry: the journal's row; the record's, which is new or changes fields that no index
 * covers; its number as a thing, its place in the order of change and, for a person, her membership. Nothing is read, nothing
 * is merged. A record that several entries change is written with what it says at the end. */
#include "limber-bench-rows.h"

#include "limber-bench-process.h"
#include "limber-bench.h"
#include "limber-database.h"

#define JOURNAL "key, hash, record, patient, received, state, header, salt, sign, body"
#define JOURNAL_COLUMNS 10
#define PART 50000 /* steps that are in memory at once, where there are many */
#define LOG_PAGES 4000 /* at which SQLite takes its log into the file, within the time that is measured */

/* A table of the schema, and its statements. */
typedef struct {
  char         *name;
  guint         columns;
  int           seq;    /* which column is the record's place in the order of change */
  gboolean     *kept;   /* which columns an index covers, or name the row */
  sqlite3_stmt *insert; /* (nullable): those of the store that is written */
  sqlite3_stmt *update;
} Table;

typedef struct {
  gint64          n;
  gint64          patient; /* 0 for none */
  Table          *table;
  GPtrArray      *values;  /* sqlite3_value */
  sqlite3_value  *id;
  GPtrArray      *members; /* (nullable): sqlite3_value: the groups that hold this person */
  gint64          seq;     /* while it is written: its place in the order of change, 0 before that */
} Record;

typedef struct {
  Record    *record;
  GPtrArray *journal; /* (nullable): sqlite3_value */
} Step;

struct _LimberBenchRows {
  GHashTable *tables;  /* kind's number → Table */
  GHashTable *records; /* number → Record */
  GArray     *steps;
};

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->name);
  g_free (table->kept);
  g_free (table);
}

static void
record_free (gpointer data)
{
  Record *record = data;

  g_ptr_array_unref (record->values);
  g_clear_pointer (&record->members, g_ptr_array_unref);
  sqlite3_value_free (record->id);
  g_free (record);
}

static void
step_clear (Step *step)
{
  g_clear_pointer (&step->journal, g_ptr_array_unref);
}

static LimberDatabase *
open_or_die (const char *path, gboolean writable, LimberEnv *env)
{
  g_autoptr (GError) error = NULL;
  LimberDatabase *database = limber_database_open (path, writable, env, &error);

  if (database == NULL)
    g_error ("%s: %s", path, error->message);
  return database;
}

static sqlite3_stmt *
prepare (LimberDatabase *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (limber_database_handle (database), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (limber_database_handle (database)));
  return statement;
}

static GPtrArray *
values_of (sqlite3_stmt *statement, int first, int n)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);

  for (int i = first; i < first + n; i++)
    g_ptr_array_add (values, sqlite3_value_dup (sqlite3_column_value (statement, i)));
  return values;
}

static gboolean
is_indexed (LimberDatabase *database, const char *table, const char *column)
{
  return limber_database_integer (database, 0, "SELECT 1 FROM pragma_index_list(?1) l, pragma_index_info(l.name) i WHERE i.name=?2", "tt", table, column) == 1;
}

static Table *
table_of (LimberBenchRows *rows, LimberDatabase *database, guint number)
{
  Table *table = g_hash_table_lookup (rows->tables, GUINT_TO_POINTER (number));
  sqlite3_stmt *columns;

  if (table != NULL)
    return table;
  table = g_new0 (Table, 1);
  table->name = g_strdup (limber_kind_by_number (number)->name);
  columns = prepare (database, "SELECT name FROM pragma_table_info(?1) ORDER BY cid");
  sqlite3_bind_text (columns, 1, table->name, -1, SQLITE_STATIC);
  while (sqlite3_step (columns) == SQLITE_ROW) {
    const char *column = (const char *) sqlite3_column_text (columns, 0);

    table->kept = g_renew (gboolean, table->kept, table->columns + 1);
    table->kept[table->columns] = g_str_equal (column, "n") || is_indexed (database, table->name, column);
    if (g_str_equal (column, "seq"))
      table->seq = (int) table->columns;
    table->columns++;
  }
  sqlite3_finalize (columns);
  g_hash_table_insert (rows->tables, GUINT_TO_POINTER (number), table);
  return table;
}

static Record *
read_record (LimberBenchRows *rows, LimberDatabase *database, gint64 n, guint kind, gint64 patient)
{
  Record *record = g_new0 (Record, 1);
  g_autofree char *sql = NULL;
  sqlite3_stmt *row, *id, *members;

  record->n = n;
  record->patient = patient;
  record->table = table_of (rows, database, kind);
  sql = g_strdup_printf ("SELECT k.* FROM \"%s\" k WHERE n=%" G_GINT64_FORMAT, record->table->name, n);
  row = prepare (database, sql);
  if (sqlite3_step (row) != SQLITE_ROW)
    g_error ("no row for thing %" G_GINT64_FORMAT, n);
  record->values = values_of (row, 0, (int) record->table->columns);
  sqlite3_finalize (row);
  id = prepare (database, "SELECT id FROM thing WHERE n=?");
  sqlite3_bind_int64 (id, 1, n);
  sqlite3_step (id);
  record->id = sqlite3_value_dup (sqlite3_column_value (id, 0));
  sqlite3_finalize (id);
  members = prepare (database, "SELECT grp FROM membership WHERE patient=?");
  sqlite3_bind_int64 (members, 1, n);
  record->members = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  while (sqlite3_step (members) == SQLITE_ROW)
    g_ptr_array_add (record->members, sqlite3_value_dup (sqlite3_column_value (members, 0)));
  sqlite3_finalize (members);
  g_hash_table_insert (rows->records, &record->n, record);
  return record;
}

static LimberBenchRows *
rows_new (void)
{
  LimberBenchRows *rows = g_new0 (LimberBenchRows, 1);

  rows->tables = g_hash_table_new_full (NULL, NULL, NULL, table_free);
  rows->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, record_free);
  rows->steps = g_array_new (FALSE, TRUE, sizeof (Step));
  g_array_set_clear_func (rows->steps, (GDestroyNotify) step_clear);
  return rows;
}

/* Of which kind each record is: its number → the kind's. */
static GHashTable *
read_kinds (LimberDatabase *database)
{
  GHashTable *kinds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  sqlite3_stmt *changes = prepare (database, "SELECT record, kind FROM change");

  while (sqlite3_step (changes) == SQLITE_ROW) {
    gint64 n = sqlite3_column_int64 (changes, 0);

    g_hash_table_insert (kinds, g_memdup2 (&n, sizeof n), GINT_TO_POINTER (sqlite3_column_int (changes, 1)));
  }
  sqlite3_finalize (changes);
  return kinds;
}

static void
read_journal (LimberBenchRows *rows, LimberDatabase *database, GHashTable *kinds, sqlite3_stmt *journal)
{
  while (sqlite3_step (journal) == SQLITE_ROW) {
    gint64 n = sqlite3_column_int64 (journal, 2);
    Step step = { g_hash_table_lookup (rows->records, &n), values_of (journal, 0, JOURNAL_COLUMNS) };

    if (step.record == NULL)
      step.record = read_record (rows, database, n, GPOINTER_TO_UINT (g_hash_table_lookup (kinds, &n)), sqlite3_column_int64 (journal, 3));
    g_array_append_val (rows->steps, step);
  }
}

static void
read_entries (LimberBenchRows *rows, LimberDatabase *database, const LimberId *device)
{
  sqlite3_stmt *journal = prepare (database, "SELECT " JOURNAL " FROM journal WHERE key>>40 IN (SELECT n FROM origin WHERE device=?) ORDER BY key");
  g_autoptr (GHashTable) kinds = read_kinds (database);

  sqlite3_bind_blob (journal, 1, device, sizeof *device, SQLITE_STATIC);
  read_journal (rows, database, kinds, journal);
  sqlite3_finalize (journal);
}

/**
 * limber_bench_rows_of_entries:
 * @path: a node's store
 * @devices: (array length=n)
 *
 * Returns: (transfer full): what the entries of those devices came to there
 */
LimberBenchRows *
limber_bench_rows_of_entries (const char *path, LimberEnv *env, const LimberId *devices, guint n)
{
  g_autoptr (LimberDatabase) database = open_or_die (path, FALSE, env);
  LimberBenchRows *rows = rows_new ();

  for (guint i = 0; i < n; i++)
    read_entries (rows, database, &devices[i]);
  return rows;
}

/**
 * limber_bench_rows_of_records:
 * @path: a device's store
 *
 * Returns: (transfer full): all its records
 */
LimberBenchRows *
limber_bench_rows_of_records (const char *path, LimberEnv *env)
{
  g_autoptr (LimberDatabase) database = open_or_die (path, FALSE, env);
  LimberBenchRows *rows = rows_new ();
  sqlite3_stmt *changes = prepare (database, "SELECT record, kind, ifnull(patient, 0) FROM change WHERE kind>0 ORDER BY seq");

  while (sqlite3_step (changes) == SQLITE_ROW) {
    Step step = { read_record (rows, database, sqlite3_column_int64 (changes, 0), (guint) sqlite3_column_int (changes, 1), sqlite3_column_int64 (changes, 2)), NULL };

    g_array_append_val (rows->steps, step);
  }
  sqlite3_finalize (changes);
  return rows;
}

void
limber_bench_rows_free (LimberBenchRows *rows)
{
  g_array_unref (rows->steps);
  g_hash_table_unref (rows->records);
  g_hash_table_unref (rows->tables);
  g_free (rows);
}

guint
limber_bench_rows_count (LimberBenchRows *rows)
{
  return rows->steps->len;
}

static void
prepare_table (LimberDatabase *database, Table *table)
{
  g_autoptr (GString) insert = g_string_new (NULL), update = g_string_new (NULL);
  sqlite3_stmt *columns = prepare (database, "SELECT name FROM pragma_table_info(?1) ORDER BY cid");

  g_string_printf (insert, "INSERT OR REPLACE INTO \"%s\" VALUES(", table->name); /* a store that has joined holds its node and itself */
  g_string_printf (update, "UPDATE \"%s\" SET ", table->name);
  sqlite3_bind_text (columns, 1, table->name, -1, SQLITE_STATIC);
  for (guint i = 0; sqlite3_step (columns) == SQLITE_ROW; i++) {
    g_string_append_printf (insert, "%s?%u", i > 0 ? "," : "", i + 1);
    if (!table->kept[i])
      g_string_append_printf (update, "%s\"%s\"=?%u", g_str_has_suffix (update->str, "SET ") ? "" : ",", (const char *) sqlite3_column_text (columns, 0), i + 1);
  }
  sqlite3_finalize (columns);
  g_string_append (insert, ")");
  g_string_append (update, " WHERE n=?1");
  table->insert = prepare (database, insert->str);
  table->update = prepare (database, update->str);
}

typedef struct {
  LimberDatabase *database;
  gint64          seq;
  sqlite3_stmt   *thing, *journal, *leave, *join, *member;
} Writer;

static void
carry_out (Writer *writer, sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (limber_database_handle (writer->database)));
  sqlite3_reset (statement);
}

static void
bind_all (sqlite3_stmt *statement, GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    sqlite3_bind_value (statement, (int) i + 1, g_ptr_array_index (values, i));
}

static void
write_members (Writer *writer, const Record *record)
{
  for (guint i = 0; i < record->members->len; i++) {
    sqlite3_bind_int64 (writer->member, 1, record->n);
    sqlite3_bind_value (writer->member, 2, g_ptr_array_index (record->members, i));
    sqlite3_bind_int64 (writer->member, 3, ++writer->seq);
    carry_out (writer, writer->member);
  }
}

static void
write_step (Writer *writer, const Step *step)
{
  Record *record = step->record;
  sqlite3_stmt *save = record->seq == 0 ? record->table->insert : record->table->update;

  if (record->seq == 0) {
    sqlite3_bind_int64 (writer->thing, 1, record->n);
    sqlite3_bind_value (writer->thing, 2, record->id);
    carry_out (writer, writer->thing);
    write_members (writer, record);
  } else {
    sqlite3_bind_int64 (writer->leave, 1, record->seq);
    carry_out (writer, writer->leave);
  }
  if (step->journal != NULL) {
    bind_all (writer->journal, step->journal);
    carry_out (writer, writer->journal);
  }
  record->seq = ++writer->seq;
  for (guint i = 0; i < record->table->columns; i++)
    if (save == record->table->insert || i == 0 || !record->table->kept[i])
      sqlite3_bind_value (save, (int) i + 1, g_ptr_array_index (record->values, i));
  sqlite3_bind_int64 (save, record->table->seq + 1, record->seq);
  carry_out (writer, save);
  sqlite3_bind_int64 (writer->join, 1, record->seq);
  sqlite3_bind_int64 (writer->join, 2, limber_kind_by_name (record->table->name)->number);
  sqlite3_bind_int64 (writer->join, 3, record->n);
  if (record->patient != 0)
    sqlite3_bind_int64 (writer->join, 4, record->patient);
  else
    sqlite3_bind_null (writer->join, 4);
  carry_out (writer, writer->join);
}

static void
writer_init (Writer *writer, LimberBenchRows *rows)
{
  GHashTableIter iter;
  gpointer each;

  writer->thing = prepare (writer->database, "INSERT OR IGNORE INTO thing(n, id) VALUES(?,?)");
  writer->journal = prepare (writer->database, "INSERT INTO journal(" JOURNAL ") VALUES(?,?,?,?,?,?,?,?,?,?)");
  writer->leave = prepare (writer->database, "DELETE FROM change WHERE seq=?");
  writer->join = prepare (writer->database, "INSERT INTO change(seq, kind, record, patient) VALUES(?,?,?,?)");
  writer->member = prepare (writer->database, "INSERT INTO membership(patient, grp, state, seq) VALUES(?,?,1,?)");
  writer->seq = limber_database_integer (writer->database, 0, "SELECT max(seq) FROM change", "") + 1000;
  g_hash_table_iter_init (&iter, rows->tables);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    prepare_table (writer->database, each);
  g_hash_table_iter_init (&iter, rows->records);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    ((Record *) each)->seq = 0;
}

static void
writer_clear (Writer *writer, LimberBenchRows *rows)
{
  GHashTableIter iter;
  gpointer table;

  g_hash_table_iter_init (&iter, rows->tables);
  while (g_hash_table_iter_next (&iter, NULL, &table)) {
    sqlite3_finalize (((Table *) table)->insert);
    sqlite3_finalize (((Table *) table)->update);
  }
  sqlite3_finalize (writer->thing);
  sqlite3_finalize (writer->journal);
  sqlite3_finalize (writer->leave);
  sqlite3_finalize (writer->join);
  sqlite3_finalize (writer->member);
  limber_database_close (writer->database);
}

static void
write_steps (Writer *writer, LimberBenchRows *rows, guint batch)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rows->steps->len; i += batch) {
    if (!limber_database_begin (writer->database, &error))
      g_error ("%s", error->message);
    for (guint j = i; j < MIN (i + batch, rows->steps->len); j++)
      write_step (writer, &g_array_index (rows->steps, Step, j));
    if (!limber_database_commit (writer->database, &error))
      g_error ("%s", error->message);
    limber_database_checkpoint (writer->database);
  }
}

/**
 * limber_bench_rows_write:
 * @path: a store as it was before @rows came to it
 * @batch: how many steps one transaction has
 *
 * Writes them, with synchronous=FULL.
 *
 * Returns: how many seconds it took
 */
double
limber_bench_rows_write (LimberBenchRows *rows, const char *path, LimberEnv *env, guint batch)
{
  Writer writer = { open_or_die (path, TRUE, env) };
  gint64 start;
  double took;

  writer_init (&writer, rows);
  sqlite3_wal_autocheckpoint (limber_database_handle (writer.database), LOG_PAGES); /* in place of ours, which would wait until after the clock is stopped */
  start = limber_bench_now ();
  write_steps (&writer, rows, batch);
  took = (double) (limber_bench_now () - start) / 1e9;
  writer_clear (&writer, rows);
  return took;
}

/* The next part of what @journal reads; those before are let go, so no record may be in two parts. */
static gboolean
read_part (LimberBenchRows *rows, LimberDatabase *database, GHashTable *kinds, sqlite3_stmt *journal, gint64 after)
{
  g_array_set_size (rows->steps, 0);
  g_hash_table_remove_all (rows->records);
  sqlite3_reset (journal);
  sqlite3_bind_int64 (journal, 1, after);
  sqlite3_bind_int (journal, 2, PART);
  read_journal (rows, database, kinds, journal);
  return rows->steps->len > 0;
}

/**
 * limber_bench_rows_copy:
 * @from: a store to which records came that none of which was there before, each by one entry
 * @to: the store as it was before that
 * @batch: how many steps one transaction has
 * @processor: (out): how many seconds of processor time the writing took
 *
 * Writes into @to what came to @from, with synchronous=FULL and as much cache as who writes so many has, a part at a time,
 * since it need not fit into memory.
 *
 * Returns: how many seconds the writing took
 */
double
limber_bench_rows_copy (const char *from, const char *to, LimberEnv *env, guint batch, double *processor)
{
  LimberBenchRows *rows = rows_new ();
  g_autoptr (LimberDatabase) database = open_or_die (from, FALSE, env);
  g_autoptr (GHashTable) kinds = read_kinds (database);
  sqlite3_stmt *journal = prepare (database, "SELECT " JOURNAL " FROM journal WHERE key>? ORDER BY key LIMIT ?");
  Writer writer = { open_or_die (to, TRUE, env) };
  gint64 after = limber_database_integer (writer.database, 0, "SELECT max(key) FROM journal", "");
  GHashTableIter iter;
  gpointer kind;
  double took = 0;

  *processor = 0;
  g_hash_table_iter_init (&iter, kinds);
  while (g_hash_table_iter_next (&iter, NULL, &kind))
    table_of (rows, database, GPOINTER_TO_UINT (kind));
  writer_init (&writer, rows);
  limber_numbers_expect_many (limber_database_numbers (writer.database), TRUE);
  while (read_part (rows, database, kinds, journal, after)) {
    double used = limber_bench_own_seconds ();
    gint64 start = limber_bench_now ();

    write_steps (&writer, rows, batch);
    *processor += limber_bench_own_seconds () - used;
    took += (double) (limber_bench_now () - start) / 1e9;
    after = sqlite3_value_int64 (g_ptr_array_index (g_array_index (rows->steps, Step, rows->steps->len - 1).journal, 0));
  }
  sqlite3_finalize (journal);
  writer_clear (&writer, rows);
  limber_bench_rows_free (rows);
  return took;
}
