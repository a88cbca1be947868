/* Invariant: what goes out is a number, an id of a device, or a word that stands in this program. A text that is in the store only
 * chooses among those words. */
#include "limber-survey.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-json.h"
#include "limber-kinds.h"
#include "limber-prune.h"
#include "limber-reader-private.h"
#include "limber-recovered.h"
#include "limber-release.h"

#define CHAINS_MOST 5000
#define PROBLEMS_MOST 10

/**
 * limber_survey_sqlite:
 *
 * Returns: (transfer none): the version of SQLite that is in use
 */
const char *
limber_survey_sqlite (void)
{
  return sqlite3_libversion ();
}

static gint64
pragma (LimberReader *reader, const char *sql)
{
  return limber_database_integer (reader->database, -1, sql, "");
}

static void
count_table (LimberReader *reader, json_t *tables, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", name);
  gint64 rows = limber_database_integer (reader->database, -1, g_intern_string (sql), ""); /* a statement's text must stay */

  json_object_set_new (tables, name, rows >= 0 ? json_integer (rows) : json_null ()); /* not there, or not to be read */
}

/* SQLite's own words about a damaged file name tables and rows of ours; of those only how many there are is told. */
static json_t *
check_quickly (LimberReader *reader)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, NULL, "PRAGMA quick_check(10)", "");
  gint64 problems = 0;
  gboolean good = FALSE;

  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    good = g_strcmp0 ((const char *) sqlite3_column_text (statement->stmt, 0), "ok") == 0;
    problems += !good;
  }
  return json_pack ("{s:b, s:I, s:i}", "sound", good, "problems", (json_int_t) problems, "counted_up_to", PROBLEMS_MOST);
}

/**
 * limber_survey_form:
 *
 * Returns: (transfer full) (nullable): an object: the file's form, whether a quick check finds it sound, and the rows of each table
 */
json_t *
limber_survey_form (LimberReader *reader, GError **error)
{
  static const char *const names[] = { "thing", "origin", "journal", "mark",       "backed", "quarantine", "extra",   "change", "grp",
                                       "run",   "peer",   "receipt", "enrolment", "erased", "attempt",    "fleet", "meta",   "membership" };
  json_t *tables = json_object (), *form;
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    count_table (reader, tables, kinds[i]->name);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    count_table (reader, tables, names[i]);
  form = json_pack ("{s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "version", (json_int_t) pragma (reader, "PRAGMA user_version"), "application", (json_int_t) pragma (reader, "PRAGMA application_id"),
                    "page_size", (json_int_t) pragma (reader, "PRAGMA page_size"), "pages", (json_int_t) pragma (reader, "PRAGMA page_count"), "free_pages",
                    (json_int_t) pragma (reader, "PRAGMA freelist_count"), "tables_and_indexes", (json_int_t) pragma (reader, "SELECT count(*) FROM sqlite_schema"), "check",
                    check_quickly (reader), "rows", tables);
  if (pragma (reader, "SELECT count(*) FROM meta") >= 0)
    return form;
  json_decref (form);
  limber_database_set_error (reader->database, SQLITE_CORRUPT, error);
  return NULL;
}

static json_t *
chain_json (LimberStatement *statement)
{
  guint8 bytes[8];
  g_autofree char *device = NULL, *epoch = NULL;
  LimberId id;

  if (!limber_statement_blob_into (statement, 0, &id, sizeof id) || !limber_statement_blob_into (statement, 1, bytes, sizeof bytes))
    return json_null ();
  device = limber_id_dup_text (&id);
  epoch = limber_hex_dup (bytes, sizeof bytes);
  return json_pack ("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "device", device, "epoch", epoch, "branch", (json_int_t) sqlite3_column_int64 (statement->stmt, 2), "first",
                    (json_int_t) sqlite3_column_int64 (statement->stmt, 3), "last", (json_int_t) sqlite3_column_int64 (statement->stmt, 4), "received",
                    (json_int_t) sqlite3_column_int64 (statement->stmt, 5), "backed_up", (json_int_t) sqlite3_column_int64 (statement->stmt, 6), "pruned",
                    (json_int_t) sqlite3_column_int64 (statement->stmt, 7));
}

/**
 * limber_survey_chains:
 *
 * Returns: (transfer full) (nullable): an object: how many chains the journal has, and of the newest where each begins and ends, and
 *   how far central has it
 */
json_t *
limber_survey_chains (LimberReader *reader, GError **error)
{
  g_autoptr (json_t) chains = json_array ();
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error,
                             "SELECT o.device, o.epoch, o.branch, (SELECT min(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1) & ?1,"
                             " (SELECT max(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1) & ?1, m.received, m.backed_up, m.pruned"
                             " FROM origin o LEFT JOIN mark m ON m.origin=o.n ORDER BY o.n DESC LIMIT ?2",
                             "ii", LIMBER_SEQ_MAXIMUM, (gint64) CHAINS_MOST);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1)
    json_array_append_new (chains, chain_json (statement));
  return step == 0 ? json_pack ("{s:I, s:O}", "chains", (json_int_t) pragma (reader, "SELECT count(*) FROM origin"), "newest", chains) : NULL;
}

static void
add_to (json_t *counts, const char *name, gint64 n)
{
  json_object_set_new (counts, name, json_integer (limber_json_integer (counts, name, 0) + n));
}

/* Why an entry was kept apart, as a word of ours: what else is said of one may quote what somebody wrote. */
static const char *
reason_word (const char *reason)
{
  static const struct {
    const char *reason, *word;
  } words[] = { { LIMBER_RELEASE_REASON, "unknown-device" }, { LIMBER_RECOVERED_REASON, "recovered" },        { LIMBER_PRUNE_REASON, "no-content" },
                { "revoked device", "revoked-device" },      { "this class of device may not write that", "class-may-not" } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (reason, words[i].reason) == 0)
      return words[i].word;
  return "content-refused";
}

static json_t *
count_quarantine (LimberReader *reader)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, NULL, "SELECT reason, count(*) FROM quarantine GROUP BY 1", "");
  json_t *counts = json_object ();

  while (statement != NULL && limber_statement_step (statement, NULL) == 1)
    add_to (counts, reason_word ((const char *) sqlite3_column_text (statement->stmt, 0)), sqlite3_column_int64 (statement->stmt, 1));
  return counts;
}

/* Of which kind and field, where those are declared here. */
static char *
field_word (const char *kind_name, const char *field)
{
  const LimberKind *kind = kind_name != NULL ? limber_kind_by_name (kind_name) : NULL;
  int i = kind != NULL && field != NULL ? limber_kind_field (kind, field) : -1;

  return i >= 0 ? g_strconcat (kind->name, ".", kind->fields[i].name, NULL) : g_strdup ("other");
}

static json_t *
count_conflicts (LimberReader *reader, gint64 state)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, NULL, "SELECT kind, field, count(*) FROM conflict WHERE ifnull(state, 0)=? GROUP BY 1, 2", "i", state);
  json_t *counts = json_object ();

  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    g_autofree char *word = field_word ((const char *) sqlite3_column_text (statement->stmt, 0), (const char *) sqlite3_column_text (statement->stmt, 1));

    add_to (counts, word, sqlite3_column_int64 (statement->stmt, 2));
  }
  return counts;
}

/**
 * limber_survey_waiting:
 *
 * Returns: (transfer full): an object: entries in quarantine by why, conflicts by kind and field, joining codes by what became of
 *   them, chains that two stores went on with
 */
json_t *
limber_survey_waiting (LimberReader *reader, GError **error)
{
  gint64 now = limber_reader_now (reader);
  json_t *codes = json_pack ("{s:I, s:I, s:I}", "used", (json_int_t) pragma (reader, "SELECT count(*) FROM enrolment WHERE used_by IS NOT NULL"), "waiting",
                             (json_int_t) limber_database_integer (reader->database, -1, "SELECT count(*) FROM enrolment WHERE used_by IS NULL AND expires>=?", "i", now), "expired",
                             (json_int_t) limber_database_integer (reader->database, -1, "SELECT count(*) FROM enrolment WHERE used_by IS NULL AND expires<?", "i", now));

  return json_pack ("{s:o, s:o, s:o, s:o, s:I}", "quarantine", count_quarantine (reader), "conflicts_open", count_conflicts (reader, 0), "conflicts_settled", count_conflicts (reader, 1),
                    "joining_codes", codes, "branches", (json_int_t) pragma (reader, "SELECT count(*) FROM origin WHERE branch>0"));
}
