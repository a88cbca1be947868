/* Nothing in a list is dropped silently: a line is taken, or it is in the report with its reason. A second import of the
 * same lists finds the same records, because their ids are made from the lists' own numbers, and writes nothing.
 *
 * An import that is stopped, by a signal or a full disk, leaves whole batches; run again it goes on where it was,
 * because what is there already is as in the last list.
 *
 * While one batch is written the next is read; of two processors each has one half of the work. */
#include "limber-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-demonstration.h"
#include "limber-error.h"
#include "limber-import-batch.h"
#include "limber-import-gone.h"
#include "limber-json.h"
#include "limber-mapping.h"
#include "limber-text.h"

#define PROVIDER_MAXIMUM 20

typedef struct {
  LimberStore            *store;
  const LimberImportPlan *plan;
  LimberMapping          *mapping;  /* (owned) (nullable) */
  LimberReader           *trial;    /* (nullable): for a trial, the view of the store that it reads */
  LimberImportScope       scope;
  LimberIdMap        *known;    /* (owned) */
  GMainContext           *context;  /* (owned): where it is told that a batch is written */
  json_t                 *lists;    /* (unowned): of the report */
  json_t                 *problems;
  json_t                 *notes;
  json_t                 *gone;
  gint64                  untold;
  gboolean                stopped;
} Import;

/* A list's file, and what is found of it. */
typedef struct {
  Import                 *import;
  const LimberMappedList *mapped;   /* (nullable) */
  char                   *file;     /* (owned) (nullable): its name */
  LimberEncoding          encoding;
  gint64                  size;
  LimberCsv              *csv;      /* (owned) (nullable) */
  LimberImportRefused    *refused;  /* (owned) (nullable) */
  LimberImportReading     reading;
  LimberImportBatch       batches[2];
  LimberImportBatch      *writing;  /* (nullable): one of them, while it is written */
  gint64                  position; /* in the file, behind that one */
  gboolean                written;
  gboolean                ended;    /* all of it was read */
  GError                 *failure;  /* (owned) (nullable): why it could not be */
} List;

static void
list_clear (List *list)
{
  g_free (list->file);
  g_clear_pointer (&list->csv, limber_csv_free);
  g_clear_pointer (&list->refused, limber_import_refused_free);
  limber_import_batch_clear (&list->batches[0]);
  limber_import_batch_clear (&list->batches[1]);
  limber_import_reading_clear (&list->reading);
  g_clear_error (&list->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static void
note (Import *import, const char *file, const char *column, const char *message)
{
  json_array_append_new (import->notes, json_pack ("{s:s, s:s?, s:s}", "file", file, "column", column, "message", message));
}

static gboolean
take_in_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_import_batch_take (data, transaction, error);
}

static void
on_written (GObject *store, GAsyncResult *result, gpointer data)
{
  List *list = data;

  limber_store_write_finish (LIMBER_STORE (store), result, &list->failure);
  list->written = TRUE;
}

static void
begin_to_write (List *list, LimberImportBatch *batch)
{
  Import *import = list->import;

  list->writing = batch;
  list->position = limber_csv_position (list->csv);
  list->written = FALSE;
  if (import->trial != NULL) {
    batch->trial = import->trial;
    limber_import_batch_take (batch, NULL, &list->failure);
    list->written = TRUE;
    return;
  }
  g_main_context_push_thread_default (import->context);
  limber_store_write_async (import->store, take_in_job, batch, NULL, NULL, on_written, list);
  g_main_context_pop_thread_default (import->context);
}

/* Waits for the batch that is being written, if one is, and tells of it. */
static gboolean
finish_writing (List *list, GError **error)
{
  Import *import = list->import;
  LimberImportBatch *batch = g_steal_pointer (&list->writing);
  const LimberImportPlan *plan = import->plan;

  if (batch == NULL)
    return TRUE;
  while (!list->written)
    g_main_context_iteration (import->context, TRUE);
  if (list->failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&list->failure));
    return FALSE;
  }
  if (!limber_import_batch_report (batch, import->problems, list->refused, error))
    return FALSE;
  if (plan->progress != NULL)
    plan->progress (list->file, list->reading.count.read, MIN (list->position, list->size), list->size, plan->data);
  import->stopped = g_cancellable_is_cancelled (plan->cancellable);
  return TRUE;
}

/* Reads rows until there is a batch of them, or no more. FALSE when the file could not be read further. */
static gboolean
fill_batch (List *list, LimberImportBatch *batch, GError **error)
{
  while (!list->ended && limber_import_batch_length (batch) < LIMBER_IMPORT_BATCH) {
    g_autoptr (GError) why = NULL;
    int column = -1;

    switch (limber_csv_next (list->csv, &column, &why)) {
    case LIMBER_CSV_ROW:
      limber_import_batch_add (batch, list->csv);
      break;
    case LIMBER_CSV_BAD:
      limber_import_batch_add_bad (batch, list->csv, column, why->message);
      break;
    case LIMBER_CSV_END:
      list->ended = TRUE;
      break;
    case LIMBER_CSV_FAILED:
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
read_rows (List *list, GError **error)
{
  for (guint at = 0; !list->import->stopped && !(list->ended && list->writing == NULL); at = 1 - at) {
    LimberImportBatch *batch = &list->batches[at];

    if (!fill_batch (list, batch, error)) {
      finish_writing (list, NULL); /* it uses the other batch */
      return FALSE;
    }
    if (!finish_writing (list, error))
      return FALSE;
    if (!list->import->stopped && limber_import_batch_length (batch) > 0)
      begin_to_write (list, batch);
  }
  return TRUE;
}

static void
name_unknown_columns (List *list)
{
  guint left = 0;

  for (guint i = 0; i < limber_csv_n_columns (list->csv); i++) {
    const char *name = limber_csv_name (list->csv, i);

    if ((int) i == list->reading.added[0] || (int) i == list->reading.added[1])
      continue;
    if (list->mapped != NULL)
      left += !limber_import_layout_uses (&list->reading.layout, (int) i);
    else if (!limber_import_list_has (list->reading.list, name))
      note (list->import, list->file, name, _("this column is not known and was left out"));
  }
  if (left > 0) {
    g_autofree char *words = g_strdup_printf (ngettext ("%u column that the mapping does not name was left out", "%u columns that the mapping does not name were left out", left), left);

    note (list->import, list->file, NULL, words);
  }
}

/* How the list is written; NULL for as ours. */
static const LimberMappedList *
mapped_as (Import *import, const LimberImportList *list)
{
  return import->mapping != NULL ? limber_mapping_list (import->mapping, limber_import_list_name (list)) : NULL;
}

static char
delimiter_of (const List *list)
{
  return list->mapped != NULL ? list->mapped->delimiter : ',';
}

/* The file whose name is as @pattern has it. @error: LIMBER_ERROR_AMBIGUOUS for several, else why the folder cannot be read */
static char *
find_file (const char *dir, const char *pattern, GError **error)
{
  g_autoptr (GDir) files = g_dir_open (dir, 0, error);
  g_autoptr (GPatternSpec) spec = g_pattern_spec_new (pattern);
  g_autofree char *found = NULL;
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL) {
    if (!g_pattern_spec_match_string (spec, name))
      continue;
    if (found != NULL) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_AMBIGUOUS, _("there are several files called %s, such as %s and %s: leave only the newest in the folder"), pattern, found, name);
      return NULL;
    }
    found = g_strdup (name);
  }
  return g_steal_pointer (&found);
}

/* FALSE without an error when there is no such list. */
static gboolean
open_list (List *list, GError **error)
{
  const char *dir = list->import->plan->dir;
  g_autofree char *found = list->mapped != NULL ? find_file (dir, list->mapped->file, error) : g_strdup (limber_import_list_file (list->reading.list));
  g_autoptr (GFile) place = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GInputStream) text = NULL;
  g_autoptr (GError) why = NULL;

  if (found == NULL)
    return FALSE;
  g_free (list->file);
  list->file = g_utf8_make_valid (found, -1);
  place = g_file_new_build_filename (dir, found, NULL);
  stream = g_file_read (place, NULL, &why);
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return FALSE;
  if (stream != NULL)
    text = limber_encoding_open (G_INPUT_STREAM (stream), list->mapped != NULL ? list->mapped->encoding : LIMBER_ENCODING_FIND, &list->encoding, &list->size, &why);
  if (text != NULL)
    list->csv = limber_csv_new (text, delimiter_of (list), &why);
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return list->csv != NULL;
}

/* Learns what is in the list. FALSE with an error when it cannot be read; @lacks is then a column, if it is for the lack of one. */
static gboolean
begin_list (List *list, const char **lacks, GError **error)
{
  Import *import = list->import;
  LimberImportReading *reading = &list->reading;

  reading->file = list->file;
  reading->corrects = limber_import_refused_is (list->csv);
  if (reading->corrects) {
    reading->added[0] = limber_csv_column (list->csv, LIMBER_IMPORT_REFUSED_LINE);
    reading->added[1] = limber_csv_column (list->csv, LIMBER_IMPORT_REFUSED_REASON);
  }
  if (!limber_import_list_lay_out (reading->list, list->csv, list->mapped, &reading->layout, lacks)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("the list has no such column, and cannot be read without"));
    return FALSE;
  }
  name_unknown_columns (list);
  limber_import_batch_init (&list->batches[0], reading);
  limber_import_batch_init (&list->batches[1], reading);
  for (guint i = 0; list->mapped != NULL && list->mapped->sites != NULL && list->mapped->sites[i] != NULL; i++) {
    LimberId site;

    limber_import_row_id (&import->scope, "site", list->mapped->sites[i], &site);
    g_hash_table_add (reading->sites, limber_id_copy (&site));
  }
  return TRUE;
}

/* What an appointments list no longer has, once all of it has been read. */
static gboolean
see_what_is_gone (List *list, GError **error)
{
  Import *import = list->import;
  const LimberImportPlan *plan = import->plan;
  LimberImportSpan span = { plan->from, plan->until };
  g_autofree char *until = NULL;
  json_t *gone;

  if (!g_str_equal (limber_import_list_kind (list->reading.list), "appointment") || list->reading.corrects || !list->ended || import->stopped)
    return TRUE;
  if (span.from == NULL && span.until == NULL && list->mapped != NULL && list->mapped->days > 0) {
    span.from = import->scope.today;
    span.until = until = limber_date_add_days (import->scope.today, (int) list->mapped->days - 1);
  }
  if (list->reading.first == 0 && (span.from == NULL || span.until == NULL)) /* it says of no day that it has all of it */
    return TRUE;
  gone = limber_import_gone_run (import->store, import->trial, &list->reading, &span, plan->gone_anyway, error);
  if (gone == NULL)
    return FALSE;
  json_array_append_new (import->gone, gone);
  return TRUE;
}

static void
report_list (List *list)
{
  const LimberImportCount *count = &list->reading.count;

  list->import->untold += count->untold;
  json_array_append_new (list->import->lists, json_pack ("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:s?}", "file", list->file, "read", (json_int_t) count->read, "made", (json_int_t) count->made,
                                                         "changed", (json_int_t) count->changed, "same", (json_int_t) count->same, "refused", (json_int_t) count->refused, "partly",
                                                         (json_int_t) count->partly, "besides", (json_int_t) count->extra, "encoding", limber_encoding_name (list->encoding)));
}

static void
report_unreadable (List *list, const char *column, const char *why)
{
  list->reading.count.refused++;
  json_array_append_new (list->import->problems, json_pack ("{s:s, s:i, s:s?, s:s, s:b}", "file", list->file, "line", 1, "column", column, "reason", why, "taken", FALSE));
  report_list (list);
}

/* One list. FALSE when the store or the disk failed; a list that cannot be read at all is reported. */
static gboolean
take_list (Import *import, const LimberImportList *which, guint *found, GError **error)
{
  g_auto (List) list = { .import = import };
  const LimberImportPlan *plan = import->plan;
  g_autoptr (GError) why = NULL;
  const char *lacks = NULL;

  list.mapped = mapped_as (import, which);
  list.file = g_strdup (list.mapped != NULL ? list.mapped->file : limber_import_list_file (which));
  limber_import_reading_init (&list.reading, which, &import->scope, import->known);
  if (!open_list (&list, &why) && why == NULL) {
    note (import, list.file, NULL, _("there is no such list in the folder"));
    return TRUE;
  }
  (*found)++;
  if (why != NULL || !begin_list (&list, &lacks, &why)) {
    report_unreadable (&list, lacks, why->message);
    return TRUE;
  }
  if (plan->refused != NULL) {
    list.refused = limber_import_refused_new (plan->refused, list.file, list.csv, delimiter_of (&list), error);
    if (list.refused == NULL)
      return FALSE;
  }
  if (!read_rows (&list, error) || !see_what_is_gone (&list, error) || (list.refused != NULL && !limber_import_refused_finish (list.refused, error)))
    return FALSE;
  report_list (&list);
  return TRUE;
}

static gboolean
is_taken (Import *import, const char *name)
{
  const LimberImportList *list;

  for (guint i = 0; (list = limber_import_list_at (i)) != NULL; i++) {
    const LimberMappedList *mapped = mapped_as (import, list);

    if (mapped != NULL ? g_pattern_match_simple (mapped->file, name) : g_str_equal (name, limber_import_list_file (list)))
      return TRUE;
  }
  return FALSE;
}

/* Lists that are there and are not taken. */
static gboolean
name_other_lists (Import *import, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GDir) dir = g_dir_open (import->plan->dir, 0, &why);
  const char *name;

  if (dir == NULL) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("The folder cannot be read: %s"), why->message);
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *valid = g_utf8_make_valid (name, -1);

    if (g_str_has_suffix (name, ".csv") && !is_taken (import, name))
      note (import, valid, NULL, g_str_equal (name, "classes.csv") ? _("classes are not taken in yet: this list is left for later") : _("this list is not known and was left out"));
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
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There are no lists in %s"), import->plan->dir);
  return FALSE;
}

static gboolean
expect_many (LimberTransaction *transaction, gpointer many, GError **error)
{
  limber_transaction_expect_many (transaction, GPOINTER_TO_INT (many));
  return TRUE;
}

static gboolean
write_lists (Import *import, GError **error)
{
  gboolean good = limber_store_write (import->store, expect_many, GINT_TO_POINTER (TRUE), error) && take_lists (import, error);

  limber_store_write (import->store, expect_many, GINT_TO_POINTER (FALSE), NULL);
  return good;
}

static gboolean
try_lists (LimberReader *reader, gpointer data, GError **error)
{
  Import *import = data;

  import->trial = reader;
  return take_lists (import, error);
}

static gboolean
load_mapping (Import *import, GError **error)
{
  g_autofree char *beside = g_build_filename (import->plan->dir, LIMBER_MAPPING_FILE, NULL);
  const char *path = import->plan->mapping != NULL ? import->plan->mapping : g_file_test (beside, G_FILE_TEST_EXISTS) ? beside : NULL;

  if (path != NULL)
    import->mapping = limber_mapping_load (path, error);
  return path == NULL || import->mapping != NULL;
}

static gboolean
check_plan (LimberStore *store, const LimberImportPlan *plan, GError **error)
{
  g_autofree char *dir = g_canonicalize_filename (plan->dir, NULL), *refused = plan->refused != NULL ? g_canonicalize_filename (plan->refused, NULL) : NULL;
  const char *provider = plan->provider;

  if (!limber_import_may (store))
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Only central takes in lists"));
  else if (provider != NULL && (*provider == '\0' || !limber_text_is_clean (provider, PROVIDER_MAXIMUM) || strchr (provider, '\n') != NULL))
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("A provider's code has at most %d letters"), PROVIDER_MAXIMUM);
  else if ((plan->from != NULL && !limber_date_is_valid (plan->from)) || (plan->until != NULL && !limber_date_is_valid (plan->until)) ||
           (plan->from != NULL && plan->until != NULL && strcmp (plan->from, plan->until) > 0))
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("The days of a list are YYYY-MM-DD, the first not after the last"));
  else if (g_strcmp0 (dir, refused) == 0)
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("The refused lines need a folder of their own, not that of the lists"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
run (Import *import, GError **error)
{
  gboolean good;

  limber_date_of_time (limber_env_now (limber_store_env (import->store)), import->scope.today);
  import->scope.codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  import->known = limber_id_map_new (0);
  import->context = g_main_context_new ();
  good = load_mapping (import, error) && (import->plan->dry_run ? limber_store_read (import->store, try_lists, import, error) : write_lists (import, error));
  g_clear_pointer (&import->mapping, limber_mapping_free);
  g_main_context_unref (import->context);
  limber_id_map_free (import->known);
  g_hash_table_unref (import->scope.codes);
  return good;
}

/**
 * limber_import_may:
 *
 * Returns: whether a store takes in lists: central's does, and a demonstration's
 */
gboolean
limber_import_may (LimberStore *store)
{
  g_autofree char *demonstration = limber_demonstration_pin (store);

  return limber_store_identity (store)->klass == LIMBER_CLASS_CENTRAL || demonstration != NULL;
}

/**
 * limber_import_run:
 * @store: central's store, or a demonstration's
 * @plan: what is to be taken in, and how
 * @error: LIMBER_ERROR_NOT_FOUND when there are no lists, LIMBER_ERROR_REFUSED when this is not central, LIMBER_ERROR_USAGE for a plan that cannot be
 *   followed, LIMBER_ERROR_FORMAT for such a mapping, or why the store failed
 *
 * Takes in the lists. Blocks; not for the main thread.
 *
 * Returns: (transfer full) (nullable): the report: dry_run, stopped, refused, untold; lists: file, read, made, changed, same, refused, partly, besides, encoding;
 *   problems: file, line, column, reason, taken; notes: file, column, message; gone: file, from, until, kept, asked, cancelled, touched, answered, held_back
 */
json_t *
limber_import_run (LimberStore *store, const LimberImportPlan *plan, GError **error)
{
  Import import = { .store = store, .plan = plan, .lists = json_array (), .problems = json_array (), .notes = json_array (), .gone = json_array () };
  g_autoptr (json_t) report = json_pack ("{s:b, s:s?, s:o, s:o, s:o, s:o}", "dry_run", plan->dry_run, "refused", plan->refused, "lists", import.lists, "problems", import.problems, "notes",
                                         import.notes, "gone", import.gone);

  import.scope.provider = plan->provider;
  import.scope.organisation = limber_store_identity (store)->organisation;
  if (!check_plan (store, plan, error) || !run (&import, error))
    return NULL;
  json_object_set_new (report, "stopped", json_boolean (import.stopped));
  json_object_set_new (report, "untold", json_integer (import.untold));
  return g_steal_pointer (&report);
}
