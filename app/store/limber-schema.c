#include "limber-schema.h"

#include <glib/gi18n-lib.h>

#include "limber-copy.h"
#include "limber-error.h"

/* What a store has besides a table for each kind.
 *
 * thing       every id has a small number here; n is what all other tables know it by
 * origin      a device's epoch; a branch of an epoch (SYNC.md rule 12) has a row of its own
 * journal     key is origin << 40 | seq; header and body are the exact bytes that were hashed; body and salt are NULL
 *             once they are pruned or erased; state as in limber-journal.h
 * mark        how far central has, and has backed up, each origin, and up to where its bodies are gone (SYNC.md rule 13)
 * backed      when that mark was heard of
 * extra       what this version does not know of a record (limber-extras.c); its place in `change` has kind 0
 * change      each record's place in the order of change; a record that changes again moves to the end (rule 16); one that a node drops keeps a place
 * membership  who may hold whom: grp, patient, state as in limber-scope.h (rule 17)
 * grp         devices of one class and site; day and next are the days that it was computed for
 * enrolment   codes that were given out: not the secret, but what it is known and proved by
 * run         each start of a node
 * peer        how far this store has read from each node
 * fleet       what was heard last of each device (limber-fleet.c)
 * erased      entries whose content is to be nowhere (rule 19)
 * unsaved     what somebody has typed and not saved yet (limber-unsaved.h) */
static const char common_tables[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE thing(n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE origin(n INTEGER PRIMARY KEY, device BLOB NOT NULL, epoch BLOB NOT NULL, branch INTEGER NOT NULL, UNIQUE(device, epoch, branch)) STRICT;"
    "CREATE INDEX origin_device ON origin(device);"
    "CREATE TABLE journal(key INTEGER PRIMARY KEY, hash BLOB NOT NULL, record INTEGER NOT NULL, patient INTEGER, received INTEGER NOT NULL, state INTEGER NOT NULL,"
    " header TEXT NOT NULL, salt BLOB, sign BLOB, body TEXT) STRICT;"
    "CREATE INDEX journal_record ON journal(record);"
    "CREATE TABLE mark(origin INTEGER PRIMARY KEY, received INTEGER NOT NULL, backed_up INTEGER NOT NULL, pruned INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE backed(origin INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(origin, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE quarantine(key INTEGER PRIMARY KEY, reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE extra(n INTEGER NOT NULL, kind TEXT NOT NULL, patient INTEGER, fields TEXT NOT NULL, stamps BLOB NOT NULL, digest BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(n, kind)) STRICT;"
    "CREATE INDEX extra_patient ON extra(patient);"
    "CREATE TABLE change(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, record INTEGER NOT NULL, patient INTEGER) STRICT;"
    "CREATE TABLE grp(n INTEGER PRIMARY KEY, class TEXT NOT NULL, site BLOB NOT NULL, day TEXT NOT NULL, next TEXT NOT NULL, UNIQUE(class, site)) STRICT;"
    "CREATE TABLE membership(patient INTEGER NOT NULL, grp INTEGER NOT NULL, state INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(patient, grp)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX membership_seq ON membership(grp, seq);"
    "CREATE TABLE run(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first INTEGER NOT NULL, started INTEGER NOT NULL) STRICT;"
    "CREATE TABLE peer(node BLOB PRIMARY KEY, run TEXT NOT NULL, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE receipt(device BLOB NOT NULL, grp INTEGER NOT NULL, patient INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(device, grp, patient)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE enrolment(id BLOB PRIMARY KEY, proof BLOB NOT NULL, class TEXT NOT NULL, site BLOB, name TEXT NOT NULL, made INTEGER NOT NULL, expires INTEGER NOT NULL, replaces BLOB, used_by BLOB) STRICT, WITHOUT ROWID;"
    "CREATE TABLE erased(id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE fleet(device BLOB PRIMARY KEY, node BLOB NOT NULL, seen INTEGER NOT NULL, place INTEGER NOT NULL, version TEXT, unsent INTEGER, oldest INTEGER,"
    " store_bytes INTEGER, free_bytes INTEGER, clock INTEGER) STRICT, WITHOUT ROWID;"
    "CREATE INDEX fleet_place ON fleet(place);"
    "CREATE TABLE attempt(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, ticks INTEGER NOT NULL, what TEXT NOT NULL, result TEXT NOT NULL) STRICT;"
    "CREATE INDEX attempt_what ON attempt(what);"
    "CREATE TABLE unsaved(author TEXT NOT NULL, form TEXT NOT NULL, about INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(author, form, about)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX unsaved_about ON unsaved(about);";

static const char *
column_type (const LimberField *field)
{
  switch (field->type) {
  case LIMBER_TYPE_INTEGER:
  case LIMBER_TYPE_BOOLEAN:
  case LIMBER_TYPE_TIME:
  case LIMBER_TYPE_PROGRESS:
  case LIMBER_TYPE_REFERENCE: /* a thing's number */
    return "INTEGER";
  default:
    return "TEXT";
  }
}

/**
 * limber_schema_of_kind:
 *
 * Returns: (transfer full): the statements that make the table of @kind. n is the record's number as a thing; stamps
 *   are its fields' (limber-rows.c); digest is its part of a digest; seq its place in `change`
 */
char *
limber_schema_of_kind (const LimberKind *kind)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "CREATE TABLE \"%s\"(n INTEGER PRIMARY KEY", kind->name);
  for (guint i = 0; i < kind->n_fields; i++)
    if (limber_field_is_stored (&kind->fields[i]))
      g_string_append_printf (sql, ", \"%s\" %s", kind->fields[i].name, column_type (&kind->fields[i]));
  g_string_append (sql, ", stamps BLOB NOT NULL, digest BLOB NOT NULL, seq INTEGER NOT NULL) STRICT;");
  for (guint i = 0; i < kind->n_fields; i++)
    if (kind->fields[i].flags & LIMBER_FIELD_INDEXED) {
      g_string_append_printf (sql, "CREATE INDEX \"%s_%s\" ON \"%s\"(\"%s\"", kind->name, kind->fields[i].name, kind->name, kind->fields[i].name);
      for (guint j = 0; kind->fields[i].beside != NULL && kind->fields[i].beside[j] != NULL; j++)
        g_string_append_printf (sql, ", \"%s\"", kind->fields[i].beside[j]);
      g_string_append (sql, ");");
    }
  return g_string_free (sql, FALSE);
}

/* Version 1: everything. */
static gboolean
make_tables (LimberDatabase *database, GError **error)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  if (!limber_database_run (database, common_tables, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    g_autofree char *sql = limber_schema_of_kind (kinds[i]);

    if (!limber_database_run (database, sql, error))
      return FALSE;
  }
  return TRUE;
}

/* One step a version, forward only: step i brings a store of version i to version i + 1. */
static gboolean (*const steps[]) (LimberDatabase *, GError **) = { make_tables };

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == LIMBER_SCHEMA_VERSION);

/**
 * limber_schema_version:
 *
 * Returns: the store's version, 0 for an empty file
 */
int
limber_schema_version (LimberDatabase *database)
{
  return (int) limber_database_integer (database, 0, "PRAGMA user_version", "");
}

/* Before a store is changed in form, a copy of it as it was is kept beside it. */
static gboolean
keep_copy (LimberDatabase *database, const char *path, int version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.before-version-%d", path, version + 1);

  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;
  return limber_copy_write (database, copy, error);
}

static gboolean
take_step (LimberDatabase *database, int version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version=%d; PRAGMA application_id=%d;", version + 1, LIMBER_SCHEMA_APPLICATION);

  if (!limber_database_begin (database, error))
    return FALSE;
  if (!steps[version](database, error) || !limber_database_run (database, stamp, error)) {
    limber_database_rollback (database);
    return FALSE;
  }
  return limber_database_commit (database, error);
}

/**
 * limber_schema_check:
 *
 * Returns: whether this version of Limber can read the store as it is
 */
gboolean
limber_schema_check (LimberDatabase *database, GError **error)
{
  gint64 application = limber_database_integer (database, -1, "PRAGMA application_id", "");
  int version = limber_schema_version (database);

  if (application < 0)
    return limber_database_run (database, "SELECT count(*) FROM sqlite_schema", error); /* says what is wrong with the file */
  if (version > LIMBER_SCHEMA_VERSION) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NEWER, _("This store was written by a newer Limber (form %d; this one reads up to %d). Nothing was changed. Update Limber on this machine."),
                 version, LIMBER_SCHEMA_VERSION);
    return FALSE;
  }
  if (version > 0 && application != LIMBER_SCHEMA_APPLICATION) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("That file is not a Limber store."));
    return FALSE;
  }
  return TRUE;
}

/**
 * limber_schema_prepare:
 * @database: the writing connection
 * @path: its file
 * @error: LIMBER_ERROR_NEWER when it was written by a newer Limber; LIMBER_ERROR_DAMAGED when it is something else
 *
 * Brings the store to this version's form, each step in a transaction of its own, after a copy of what was there.
 *
 * Returns: whether it has that form now; if not, it is unchanged
 */
gboolean
limber_schema_prepare (LimberDatabase *database, const char *path, GError **error)
{
  if (!limber_schema_check (database, error))
    return FALSE;
  for (int version = limber_schema_version (database); version < LIMBER_SCHEMA_VERSION; version++)
    if ((version > 0 && !keep_copy (database, path, version, error)) || !take_step (database, version, error))
      return FALSE;
  return TRUE;
}
