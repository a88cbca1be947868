/* Nothing in a list is dropped silently: a line is taken, or it is in the report with its reason. A second import of the
 * same lists finds the same records, because their ids are made from the lists' own numbers, and writes nothing.
 *
 * An import that is stopped, by a signal or a full disk, leaves whole batches; run again it goes on where it was,
 * because what is there already is as in the last list. */
#include "limber-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-import-batch.h"
#include "limber-json.h"

typedef struct {
  LimberStore         *store;
  const char          *dir;
  GCancellable        *cancellable; /* (nullable) */
  LimberImportProgress progress;    /* (nullable) */
  gpointer             data;
  LimberReader        *trial;       /* (nullable): for a trial, the view of the store that it reads */
  LimberImportScope    scope;
  json_t              *lists;       /* (unowned): of the report */
  json_t              *problems;
  json_t              *notes;
  gboolean             stopped;
} Import;

static void
note (Import *import, const char *file, const char *column, const char *message)
{
  json_array_append_new (import->notes, json_pack ("{s:s, s:s?, s:s}", "file", file, "column", column, "message", message));
}

static gboolean
take_in_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberImportBatch *batch = data;

  batch->scope->reader = limber_transaction_reader (transaction);
  return limber_import_batch_take (batch, transaction, error);
}

static gboolean
take_batch (Import *import, LimberImportBatch *batch, GError **error)
{
  if (batch->rows->len == 0)
    return TRUE;
  if (import->trial != NULL) {
    batch->scope->reader = import->trial;
    return limber_import_batch_take (batch, NULL, error);
  }
  return limber_store_write (import->store, take_in_job, batch, error);
}

static gboolean
read_rows (Import *import, LimberCsv *csv, LimberImportBatch *batch, gint64 size, GError **error)
{
  for (;;) {
    g_autoptr (GError) why = NULL;
    int column = -1;
    LimberCsvResult result = limber_csv_next (csv, &column, &why);

    if (result == LIMBER_CSV_FAILED) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    if (result == LIMBER_CSV_ROW)
      limber_import_batch_add (batch, csv);
    if (result == LIMBER_CSV_BAD) {
      batch->count.read++;
      batch->count.refused++;
      limber_import_batch_problem (batch, limber_csv_line (csv), column >= 0 && (guint) column < limber_csv_n_columns (csv) ? limber_csv_name (csv, (guint) column) : NULL, why->message, FALSE);
    }
    if (result != LIMBER_CSV_END && batch->rows->len < LIMBER_IMPORT_BATCH)
      continue;
    if (!take_batch (import, batch, error))
      return FALSE;
    if (import->progress != NULL)
      import->progress (limber_import_list_file (batch->list), batch->count.read, limber_csv_position (csv), size, import->data);
    import->stopped = g_cancellable_is_cancelled (import->cancellable);
    if (result == LIMBER_CSV_END || import->stopped)
      return TRUE;
  }
}

static void
name_unknown_columns (Import *import, const LimberImportList *list, LimberCsv *csv)
{
  for (guint i = 0; i < limber_csv_n_columns (csv); i++)
    if (!limber_import_list_has (list, limber_csv_name (csv, i)))
      note (import, limber_import_list_file (list), limber_csv_name (csv, i), _("this column is not known and was left out"));
}

static GInputStream *
open_list (Import *import, const char *file, gint64 *size, GError **error)
{
  g_autoptr (GFile) place = g_file_new_build_filename (import->dir, file, NULL);
  g_autoptr (GFileInputStream) stream = g_file_read (place, NULL, error);
  g_autoptr (GFileInfo) info = stream != NULL ? g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL) : NULL;

  *size = info != NULL ? g_file_info_get_size (info) : 0;
  return stream != NULL ? G_INPUT_STREAM (g_steal_pointer (&stream)) : NULL;
}

/* One list. FALSE when the store or the disk failed; a list that cannot be read at all is reported. */
static gboolean
take_list (Import *import, const LimberImportList *list, guint *found, GError **error)
{
  const char *file = limber_import_list_file (list), *lacks;
  g_autoptr (GError) why = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (LimberCsv) csv = NULL;
  g_auto (LimberImportBatch) batch = { 0 };
  gint64 size;
  gboolean ok;

  stream = open_list (import, file, &size, &why);
  if (stream == NULL && g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    note (import, file, NULL, _("there is no such list in the folder"));
    return TRUE;
  }
  (*found)++;
  limber_import_batch_init (&batch, list, &import->scope, import->problems);
  csv = stream != NULL ? limber_csv_new (stream, &why) : NULL;
  lacks = csv != NULL ? limber_import_list_lacks (list, csv) : NULL;
  if (csv == NULL || lacks != NULL) {
    limber_import_batch_problem (&batch, 1, lacks, lacks != NULL ? _("the list has no such column, and cannot be read without") : why->message, FALSE);
    batch.count.refused++;
    ok = TRUE;
  } else {
    name_unknown_columns (import, list, csv);
    limber_import_batch_begin (&batch, csv);
    ok = read_rows (import, csv, &batch, size, error);
  }
  json_array_append_new (import->lists, json_pack ("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "file", file, "read", (json_int_t) batch.count.read, "made", (json_int_t) batch.count.made, "changed",
                                                   (json_int_t) batch.count.changed, "same", (json_int_t) batch.count.same, "refused", (json_int_t) batch.count.refused, "partly",
                                                   (json_int_t) batch.count.partly, "besides", (json_int_t) batch.extra));
  return ok;
}

/* Lists that are there and are not taken. */
static gboolean
name_other_lists (Import *import, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GDir) dir = g_dir_open (import->dir, 0, &why);
  const char *name;

  if (dir == NULL) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("The folder cannot be read: %s"), why->message);
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    gboolean known = !g_str_has_suffix (name, ".csv");

    for (guint i = 0; limber_import_list_at (i) != NULL; i++)
      known |= g_str_equal (name, limber_import_list_file (limber_import_list_at (i)));
    if (!known)
      note (import, name, NULL, g_str_equal (name, "classes.csv") ? _("classes are not taken in yet: this list is left for later") : _("this list is not known and was left out"));
  }
  return TRUE;
}

static gboolean
take_lists (Import *import, GError **error)
{
  guint found = 0;

  if (!name_other_lists (import, error))
    return FALSE;
  for (guint i = 0; limber_import_list_at (i) != NULL && !import->stopped; i++)
    if (!take_list (import, limber_import_list_at (i), &found, error))
      return FALSE;
  if (found > 0 || import->stopped)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There are no lists in %s"), import->dir);
  return FALSE;
}

static gboolean
try_lists (LimberReader *reader, gpointer data, GError **error)
{
  Import *import = data;

  import->trial = reader;
  return take_lists (import, error);
}

/**
 * limber_import_run:
 * @store: central's store
 * @dir: the folder with the lists: practices.csv, sites.csv, staff.csv, patients.csv, referrals.csv, appointments.csv
 * @dry_run: whether only to say what would be done
 * @cancellable: (nullable): stops between two batches
 * @progress: (nullable): told after each batch
 * @error: LIMBER_ERROR_NOT_FOUND when there are no lists, LIMBER_ERROR_REFUSED when this is not central, or why the store failed
 *
 * Takes in the lists. Blocks; not for the main thread.
 *
 * Returns: (transfer full) (nullable): the report: `lists` (file, read, made, changed, same, refused, partly), `problems`
 *   (file, line, column, reason, and whether the rest of the line was taken), `notes`, `dry_run`, `stopped`
 */
json_t *
limber_import_run (LimberStore *store, const char *dir, gboolean dry_run, GCancellable *cancellable, LimberImportProgress progress, gpointer data, GError **error)
{
  const LimberIdentity *identity = limber_store_identity (store);
  Import import = { store, dir, cancellable, progress, data, NULL, { NULL, identity->organisation, "", NULL }, json_array (), json_array (), json_array (), FALSE };
  g_autoptr (json_t) report = json_pack ("{s:b, s:o, s:o, s:o}", "dry_run", dry_run, "lists", import.lists, "problems", import.problems, "notes", import.notes);
  gboolean ok;

  if (identity->klass != LIMBER_CLASS_CENTRAL) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Only central takes in lists"));
    return NULL;
  }
  limber_date_of_time (limber_env_now (limber_store_env (store)), import.scope.today);
  import.scope.known = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  ok = dry_run ? limber_store_read (store, try_lists, &import, error) : take_lists (&import, error);
  g_hash_table_unref (import.scope.known);
  json_object_set_new (report, "stopped", json_boolean (import.stopped));
  return ok ? g_steal_pointer (&report) : NULL;
}

static void
list_to_text (json_t *list, GString *out)
{
#define NUMBER(name) ((long) json_integer_value (json_object_get (list, name)))
  g_string_append_printf (out, _("%s: %ld lines read, %ld new, %ld changed, %ld as before, %ld refused, %ld taken in part\n"), json_string_value (json_object_get (list, "file")),
                          NUMBER ("read"), NUMBER ("made"), NUMBER ("changed"), NUMBER ("same"), NUMBER ("refused"), NUMBER ("partly"));
#undef NUMBER
}

static void
problem_to_text (json_t *problem, GString *out)
{
  const char *column = json_string_value (json_object_get (problem, "column"));

  g_string_append_printf (out, column != NULL ? _("%s, line %d, %s: %s") : _("%s, line %d%s: %s"), json_string_value (json_object_get (problem, "file")),
                          (int) json_integer_value (json_object_get (problem, "line")), column != NULL ? column : "", json_string_value (json_object_get (problem, "reason")));
  g_string_append (out, json_is_true (json_object_get (problem, "taken")) ? _(" (the rest of the line was taken)\n") : _(" (the line was not taken)\n"));
}

/**
 * limber_import_to_text:
 * @report: what limber_import_run() returned
 *
 * Appends the report as people read it.
 */
void
limber_import_to_text (json_t *report, GString *out)
{
  gsize i;
  json_t *one;

  json_array_foreach (json_object_get (report, "problems"), i, one)
    problem_to_text (one, out);
  json_array_foreach (json_object_get (report, "notes"), i, one) {
    const char *column = json_string_value (json_object_get (one, "column"));

    g_string_append_printf (out, "%s%s%s: %s\n", json_string_value (json_object_get (one, "file")), column != NULL ? ", " : "", column != NULL ? column : "",
                            json_string_value (json_object_get (one, "message")));
  }
  json_array_foreach (json_object_get (report, "lists"), i, one)
    list_to_text (one, out);
  if (json_is_true (json_object_get (report, "dry_run")))
    g_string_append (out, _("Nothing was written: this was a trial.\n"));
  if (json_is_true (json_object_get (report, "stopped")))
    g_string_append (out, _("Stopped. What was done is kept; import again to go on.\n"));
}
