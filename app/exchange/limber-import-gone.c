/* A list is about its sites, on the days that are said or else from its first to its last. What an earlier list had there as
 * booked and this one has not is kept, asked about or cancelled, as each site has chosen; never when somebody on the staff has
 * touched it, when its day is past, or when a line that could not be read may be why it is missing; and not when so much is
 * missing that it is rather the list that is wrong.
 *
 * All of it follows from the list and from what is there, so that the same list again does nothing, and one that was stopped
 * half-way is finished by it. A list that has an appointment again books it again: that needs nothing here
 * (limber-import-take.c), but a question about it is answered. */
#include "limber-import-gone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-last-list.h"

#define PART_MOST 5      /* no more than one in so many of a span's appointments may go */
#define PART_LEAST 20    /* when they are more than so many */
#define DAYS_MOST 1100   /* nobody books further ahead; a year that was mistyped would be a long walk */

typedef enum { KEEP, ASK, CANCEL } Choice;

typedef struct {
  LimberId id;
  Choice   choice;
} Missing;

typedef struct {
  LimberImportReading *reading;
  LimberReader        *trial;   /* (nullable) */
  char                *from;    /* (owned): YYYY-MM-DD */
  char                *until;   /* (owned) */
  GHashTable          *choices; /* (owned): of sites: LimberId → Choice */
  GArray              *missing; /* (owned): Missing */
  GArray              *back;    /* (owned): LimberId of tasks about what is listed again */
  gint64               booked;  /* where something would be done about what is missing */
  guint                at;      /* of missing, what is to be looked at next */
  gint64               kept, asked, cancelled, touched, answered;
} Gone;

static void
gone_clear (Gone *gone)
{
  g_free (gone->from);
  g_free (gone->until);
  g_clear_pointer (&gone->choices, g_hash_table_unref);
  g_clear_pointer (&gone->missing, g_array_unref);
  g_clear_pointer (&gone->back, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gone, gone_clear)

static Choice
choice_of (const LimberRecord *site)
{
  const char *word = site != NULL ? limber_record_text (site, "gone") : NULL;

  return g_strcmp0 (word, "cancel") == 0 ? CANCEL : g_strcmp0 (word, "ask") == 0 ? ASK : KEEP;
}

static gboolean
read_choices (Gone *gone, LimberReader *reader, GError **error)
{
  const LimberKind *kind = limber_kind_by_name ("site");
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, gone->reading->sites);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    g_autoptr (LimberRecord) site = NULL;

    if (!limber_reader_find (reader, kind, id, &site, error))
      return FALSE;
    g_hash_table_insert (gone->choices, id, GINT_TO_POINTER (choice_of (site)));
  }
  return TRUE;
}

static gboolean
is_listed (Gone *gone, const LimberId *id)
{
  return limber_id_map_has (gone->reading->lines, id);
}

static gboolean
is_lists_own (const LimberRecord *record, const char *field)
{
  return limber_last_list_stands_in (record, (guint) limber_kind_field (record->kind, field));
}

/* Whether these lists made it: a person's own, and another provider's, they never had. */
static gboolean
is_of_these_lists (Gone *gone, const LimberRecord *record)
{
  const char *number = limber_record_text (record, "number");
  LimberId id;

  if (number == NULL)
    return FALSE;
  limber_import_row_id (gone->reading->scope, "appointment", number, &id);
  return limber_id_equal (&id, &record->id);
}

static gboolean
is_at_first_step (const LimberRecord *record)
{
  return limber_record_integer (record, "status") % LIMBER_PROGRESS_ROUND == 0;
}

/* One day's. A day at a time, since all of a county's would be much. */
static gboolean
look_at_day (Gone *gone, LimberReader *reader, const char *day, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gint64 start, end;

  limber_date_bounds (day, &start, &end);
  rows = limber_reader_query (reader, "booked", error, "ii", start, end);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LimberId *id = limber_row_id (g_ptr_array_index (rows, i), "id"), *site = limber_row_id (g_ptr_array_index (rows, i), "site");
    Missing missing;
    gpointer choice;

    if (id == NULL || site == NULL || !g_hash_table_lookup_extended (gone->choices, site, NULL, &choice))
      continue;
    missing = (Missing){ *id, (Choice) GPOINTER_TO_INT (choice) };
    gone->booked += missing.choice != KEEP;
    if (!is_listed (gone, id))
      g_array_append_val (gone->missing, missing);
  }
  return rows != NULL;
}

/* Leaves in `missing` those that lists had; those of them that a person has touched are only counted. */
static gboolean
sift (Gone *gone, LimberReader *reader, GError **error)
{
  const LimberKind *kind = limber_kind_by_name ("appointment");
  guint left = 0;

  for (guint i = 0; i < gone->missing->len; i++) {
    const Missing *missing = &g_array_index (gone->missing, Missing, i);
    g_autoptr (LimberRecord) record = NULL;

    if (!limber_reader_find (reader, kind, &missing->id, &record, error))
      return FALSE;
    if (record == NULL || !is_of_these_lists (gone, record) || !is_lists_own (record, "number"))
      continue;
    if (!limber_last_list_stands (record))
      gone->touched++;
    else
      g_array_index (gone->missing, Missing, left++) = *missing;
  }
  g_array_set_size (gone->missing, left);
  return TRUE;
}

static gboolean
find_answered (Gone *gone, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "tasks-no-longer-listed", error, "");

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LimberId *appointment = limber_row_id (g_ptr_array_index (rows, i), "appointment");
    guint line;

    if (appointment != NULL && limber_id_map_get (gone->reading->lines, appointment, &line) && line > 0) /* and was taken */
      g_array_append_vals (gone->back, limber_row_id (g_ptr_array_index (rows, i), "id"), 1);
  }
  return rows != NULL;
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  Gone *gone = data;
  g_autofree char *day = g_strdup (gone->from);

  if (!read_choices (gone, reader, error) || !find_answered (gone, reader, error))
    return FALSE;
  while (strcmp (day, gone->until) <= 0) {
    char *next;

    if (!look_at_day (gone, reader, day, error))
      return FALSE;
    next = limber_date_add_days (day, 1);
    g_free (day);
    day = next;
  }
  return sift (gone, reader, error);
}

/* Sets what lists had said to @value; what a person has said meanwhile stands. */
static void
set_over (LimberEdit *edit, const LimberRecord *record, const char *field, gint64 value)
{
  int i = limber_kind_field (record->kind, field);

  limber_edit_set_integer (edit, field, value);
  limber_edit_add_seen (edit, field, &record->stamps[i].entry);
}

static gboolean
cancel (LimberTransaction *transaction, const LimberRecord *record, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &record->id);
  gint64 round = limber_record_integer (record, "status") / LIMBER_PROGRESS_ROUND;
  int status = limber_kind_field (record->kind, "status"), by = limber_kind_field (record->kind, "cancelled_by");

  limber_edit_set_import (edit);
  set_over (edit, record, "status", round * LIMBER_PROGRESS_ROUND + limber_field_rank (&record->kind->fields[status], "cancelled"));
  limber_edit_set_text (edit, "cancelled_by", "provider");
  if (limber_stamp_is_set (&record->stamps[by]))
    limber_edit_add_seen (edit, "cancelled_by", &record->stamps[by].entry);
  return limber_transaction_edit (transaction, edit, &limber_import_author, error);
}

/* Asked once for each time that it was booked: what a person has answered stays answered, what a list has is asked again. */
static gboolean
ask (LimberTransaction *transaction, const LimberRecord *record, gboolean *asked, GError **error)
{
  gint64 round = limber_record_integer (record, "status") / LIMBER_PROGRESS_ROUND;
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, round);
  g_autoptr (LimberRecord) held = NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_beside (&id, &record->id, "task", "no-longer-listed", time, NULL);
  if (!limber_reader_find (limber_transaction_reader (transaction), limber_kind_by_name ("task"), &id, &held, error))
    return FALSE;
  *asked = held == NULL || (!is_at_first_step (held) && is_lists_own (held, "status"));
  if (!*asked)
    return TRUE;
  edit = limber_edit_new ("task", &id);
  limber_edit_set_import (edit);
  if (held != NULL) {
    set_over (edit, held, "status", (limber_record_integer (held, "status") / LIMBER_PROGRESS_ROUND + 1) * LIMBER_PROGRESS_ROUND);
    return limber_transaction_edit (transaction, edit, &limber_import_author, error);
  }
  limber_edit_set_word (edit, "about", "no-longer-listed");
  limber_edit_set_id (edit, "patient", limber_record_id (record, "patient"));
  limber_edit_set_id (edit, "site", limber_record_id (record, "site"));
  limber_edit_set_id (edit, "appointment", &record->id);
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  limber_edit_set_word (edit, "status", "open");
  return limber_transaction_edit (transaction, edit, &limber_import_author, error);
}

/* The next batch of what is missing. What has been touched since it was looked at is left alone. */
static gboolean
settle (LimberTransaction *transaction, gpointer data, GError **error)
{
  Gone *gone = data;
  guint end = MIN (gone->missing->len, gone->at + LIMBER_IMPORT_BATCH);

  for (; gone->at < end; gone->at++) {
    const Missing *missing = &g_array_index (gone->missing, Missing, gone->at);
    g_autoptr (LimberRecord) record = NULL;
    gboolean asked = FALSE;

    if (!limber_reader_find (limber_transaction_reader (transaction), limber_kind_by_name ("appointment"), &missing->id, &record, error))
      return FALSE;
    if (record == NULL || !is_at_first_step (record) || !limber_last_list_stands (record))
      continue;
    if (missing->choice == CANCEL ? !cancel (transaction, record, error) : missing->choice == ASK && !ask (transaction, record, &asked, error))
      return FALSE;
    gone->cancelled += missing->choice == CANCEL;
    gone->asked += asked;
  }
  return TRUE;
}

/* The list has again what was asked about. */
static gboolean
answer (LimberTransaction *transaction, gpointer data, GError **error)
{
  Gone *gone = data;

  for (guint i = 0; i < gone->back->len; i++) {
    g_autoptr (LimberRecord) task = NULL;
    g_autoptr (LimberEdit) edit = NULL;

    if (!limber_reader_find (limber_transaction_reader (transaction), limber_kind_by_name ("task"), &g_array_index (gone->back, LimberId, i), &task, error))
      return FALSE;
    if (task == NULL || !is_at_first_step (task) || !is_lists_own (task, "status"))
      continue;
    edit = limber_edit_new ("task", &task->id);
    limber_edit_set_import (edit);
    set_over (edit, task, "status", limber_record_integer (task, "status") / LIMBER_PROGRESS_ROUND * LIMBER_PROGRESS_ROUND + 1);
    if (!limber_transaction_edit (transaction, edit, &limber_import_author, error))
      return FALSE;
    gone->answered++;
  }
  return TRUE;
}

static gint64
count_choice (const Gone *gone, Choice choice)
{
  gint64 n = 0;

  for (guint i = 0; i < gone->missing->len; i++)
    n += g_array_index (gone->missing, Missing, i).choice == choice;
  return n;
}

static gboolean
carry_out (Gone *gone, LimberStore *store, GError **error)
{
  if (gone->trial != NULL) {
    gone->cancelled = count_choice (gone, CANCEL);
    gone->asked = count_choice (gone, ASK);
    return TRUE;
  }
  if (gone->back->len > 0 && !limber_store_write (store, answer, gone, error))
    return FALSE;
  while (gone->at < gone->missing->len)
    if (!limber_store_write (store, settle, gone, error))
      return FALSE;
  return TRUE;
}

/* Why nothing is done about what is missing, NULL when it is. */
static char *
reason_against (const Gone *gone, gboolean anyway)
{
  gint64 n = count_choice (gone, ASK) + count_choice (gone, CANCEL);
  gint64 nameless = gone->reading->count.nameless;

  if (n == 0)
    return NULL;
  if (nameless > 0)
    return g_strdup_printf (ngettext ("%ld line could not be read at all, and may be one of them: put it right, and import again",
                                      "%ld lines could not be read at all, and may be some of them: put them right, and import again", (gulong) nameless), (long) nameless);
  if (!anyway && n > PART_LEAST && n * PART_MOST > gone->booked)
    return g_strdup_printf (_("%ld of %ld appointments would go. Is it the whole list? If so, import it with --gone-anyway"), (long) n, (long) gone->booked);
  return NULL;
}

/* Days that are past are nobody's to change. */
static void
set_days (Gone *gone, const LimberImportSpan *span)
{
  char first[LIMBER_DATE_LENGTH + 1], last[LIMBER_DATE_LENGTH + 1];
  g_autofree char *furthest = NULL;

  limber_date_of_time (gone->reading->first, first);
  limber_date_of_time (gone->reading->last, last);
  gone->from = g_strdup (span->from != NULL ? span->from : first);
  gone->until = g_strdup (span->until != NULL ? span->until : last);
  if (strcmp (gone->from, gone->reading->scope->today) < 0) {
    g_free (gone->from);
    gone->from = g_strdup (gone->reading->scope->today);
  }
  furthest = limber_date_add_days (gone->from, DAYS_MOST);
  if (strcmp (gone->until, furthest) > 0) {
    g_free (gone->until);
    gone->until = g_steal_pointer (&furthest);
  }
}

/**
 * limber_import_gone_run:
 * @trial: (nullable): nothing is written: what is there is read here
 * @reading: a list of appointments that was read to its end
 * @span: the days that it is about
 * @anyway: whether even when a large part is missing
 * @error: when the store failed
 *
 * Sees to what the list no longer has.
 *
 * Returns: (transfer full) (nullable): what was found and done, for the report
 */
json_t *
limber_import_gone_run (LimberStore *store, LimberReader *trial, LimberImportReading *reading, const LimberImportSpan *span, gboolean anyway, GError **error)
{
  g_auto (Gone) gone = { .reading = reading, .trial = trial };
  g_autofree char *against = NULL;

  gone.choices = g_hash_table_new (limber_id_hash, limber_id_equal);
  gone.missing = g_array_new (FALSE, FALSE, sizeof (Missing));
  gone.back = g_array_new (FALSE, FALSE, sizeof (LimberId));
  set_days (&gone, span);
  if (!(trial != NULL ? look (trial, &gone, error) : limber_store_read (store, look, &gone, error)))
    return NULL;
  gone.kept = count_choice (&gone, KEEP);
  against = reason_against (&gone, anyway);
  if (against != NULL)
    g_array_set_size (gone.missing, 0);
  if (!carry_out (&gone, store, error))
    return NULL;
  return json_pack ("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s?}", "file", reading->file, "from", gone.from, "until", gone.until, "kept", (json_int_t) gone.kept, "asked",
                    (json_int_t) gone.asked, "cancelled", (json_int_t) gone.cancelled, "touched", (json_int_t) gone.touched, "answered", (json_int_t) gone.answered, "held_back", against);
}
