/* Invariant: what is written here never makes a circle. One can come of two merges on two machines; it is read as one person
 * (app/store/limber-queries.c), and undone whole. */
#include "limber-merging.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-nhs-number.h"
#include "limber-person.h"
#include "limber-standing.h"

#define MINUTE 60000

typedef struct {
  GPtrArray *keep, *other; /* (owned): rows of "person-records" */
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->keep, g_ptr_array_unref);
  g_clear_pointer (&pair->other, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static const LimberId *
id_at (GPtrArray *rows, guint i)
{
  return limber_row_id (g_ptr_array_index (rows, i), "id");
}

static gboolean
has (GPtrArray *rows, const LimberId *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (limber_id_equal (id_at (rows, i), id))
      return TRUE;
  return FALSE;
}

static GPtrArray *
records_of (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person-records", error, "d", patient);

  if (rows != NULL && rows->len > 0 && has (rows, patient))
    return g_steal_pointer (&rows);
  if (rows != NULL)
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("That person is not on this computer."));
  return NULL;
}

static gboolean
read_pair (Pair *pair, LimberReader *reader, const LimberId *keep, const LimberId *other, GError **error)
{
  pair->keep = records_of (reader, keep, error);
  pair->other = pair->keep != NULL ? records_of (reader, other, error) : NULL;
  return pair->other != NULL;
}

static gboolean
any (GPtrArray *rows, const char *field)
{
  for (guint i = 0; i < rows->len; i++)
    if (limber_row_has (g_ptr_array_index (rows, i), field) && (limber_row_text (g_ptr_array_index (rows, i), field) != NULL || limber_row_integer (g_ptr_array_index (rows, i), field) != 0))
      return TRUE;
  return FALSE;
}

/* Two valid numbers that differ are two people: they were given to each of them, after a check. */
static gboolean
check_numbers (const Pair *pair, GError **error)
{
  for (guint i = 0; i < pair->keep->len; i++)
    for (guint j = 0; j < pair->other->len; j++) {
      const char *one = limber_row_text (g_ptr_array_index (pair->keep, i), "nhs_number"), *other = limber_row_text (g_ptr_array_index (pair->other, j), "nhs_number");
      g_autofree char *first = NULL, *second = NULL;

      if (one == NULL || other == NULL || g_str_equal (one, other))
        continue;
      first = limber_nhs_number_format (one);
      second = limber_nhs_number_format (other);
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("These are two people: each has an NHS number, %s and %s. If one of the numbers is wrong, correct it first."), first, second);
      return FALSE;
    }
  return TRUE;
}

/* What would be shown of one from then on because of the other, and is not to come about by a slip. */
static gboolean
check_doubts (const Pair *pair, GError **error)
{
  const char *born = limber_row_text (g_ptr_array_index (pair->keep, 0), "born"), *other = limber_row_text (g_ptr_array_index (pair->other, 0), "born");
  g_autofree char *first = NULL, *second = NULL;

  if (any (pair->keep, "died") != any (pair->other, "died"))
    return limber_error_refuse (error, _("One of the two is recorded as having died, and the other is not. Make sure that they are one person."));
  if (any (pair->keep, "restricted") != any (pair->other, "restricted"))
    return limber_error_refuse (error, _("The address of one of the two is restricted, and that of the other is not. Make sure that they are one person."));
  if (g_strcmp0 (born, other) == 0)
    return TRUE;
  first = limber_date_for_staff (born);
  second = limber_date_for_staff (other);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("They have different dates of birth: %s and %s. Make sure that they are one person."), first, second);
  return FALSE;
}

/* "24-Nov-2026 10:00 to 10:30 with Priya Shah, Alexandra Avenue Clinic" */
static char *
say_visit (LimberRow *row)
{
  gint64 start = limber_row_integer (row, "start");
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *from = limber_time_for_staff (start), *to = limber_time_for_staff (start + limber_row_integer (row, "minutes") * MINUTE);
  g_autofree char *who = limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family"));
  const char *site = limber_row_text (row, "site_name");

  limber_date_of_time (start, day);
  date = limber_date_for_staff (day);
  /* Translators: a date, two times, with whom, and a site */
  return g_strdup_printf (_("%1$s, %2$s to %3$s with %4$s at %5$s"), date, from, to, *who != '\0' ? who : "–", site != NULL ? site : "–");
}

static gboolean
overlap (LimberRow *one, LimberRow *other, gint64 now)
{
  gint64 start = limber_row_integer (one, "start"), end = start + limber_row_integer (one, "minutes") * MINUTE;
  gint64 begin = limber_row_integer (other, "start"), stop = begin + limber_row_integer (other, "minutes") * MINUTE;

  return start < stop && begin < end && MIN (end, stop) > now;
}

/* As one person she would be in two places: one of the two was perhaps made because nobody saw the other. */
static gboolean
check_visits (const Pair *pair, LimberReader *reader, GError **error)
{
  gint64 now = limber_reader_now (reader), from = now - 24 * 60 * (gint64) MINUTE;
  g_autoptr (GPtrArray) ones = limber_reader_query (reader, "to-come", error, "di", id_at (pair->keep, 0), from);
  g_autoptr (GPtrArray) others = ones != NULL ? limber_reader_query (reader, "to-come", error, "di", id_at (pair->other, 0), from) : NULL;

  for (guint i = 0; others != NULL && i < ones->len; i++)
    for (guint j = 0; j < others->len; j++) {
      LimberRow *one = g_ptr_array_index (ones, i), *other = g_ptr_array_index (others, j);
      g_autofree char *first = NULL, *second = NULL;

      if (!overlap (one, other, now))
        continue;
      first = say_visit (one);
      second = say_visit (other);
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Both have an appointment at the same time: %1$s, and %2$s. One person cannot come to both: cancel or move one of them."), first, second);
      return FALSE;
    }
  return others != NULL;
}

/* All that somebody should look at before she says that they are one. */
static gboolean
check_all_doubts (const Pair *pair, LimberReader *reader, GError **error)
{
  g_autoptr (GError) doubt = NULL, visits = NULL;

  if (check_doubts (pair, &doubt))
    return check_visits (pair, reader, error);
  if (check_visits (pair, reader, &visits))
    g_propagate_error (error, g_steal_pointer (&doubt));
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "%s\n%s", doubt->message, visits->message);
  return FALSE;
}

static gboolean
check_possible (const Pair *pair, const LimberId *keep, const LimberId *other, GError **error)
{
  if (limber_id_equal (keep, other))
    return limber_error_refuse (error, _("That is one record, not two."));
  if (has (pair->keep, other))
    return limber_error_refuse (error, _("These two are one person already."));
  if (pair->keep->len + pair->other->len > LIMBER_MERGING_MOST)
    return limber_error_refuse (error, _("That would make more than sixteen records of one person. Undo what was brought together wrongly first."));
  return check_numbers (pair, error);
}

/**
 * limber_merging_judge:
 * @keep: the record that is to be shown for both
 * @other: the one that is to be the same person
 * @why: (out) (optional): what speaks against it, in a receptionist's words; LIMBER_ERROR_NOT_FOUND when one is not here
 *
 * Returns: what speaks against a merge of the two
 */
LimberMergingVerdict
limber_merging_judge (LimberReader *reader, const LimberId *keep, const LimberId *other, GError **why)
{
  g_auto (Pair) pair = { 0 };

  if (!read_pair (&pair, reader, keep, other, why) || !check_possible (&pair, keep, other, why))
    return LIMBER_MERGING_WRONG;
  return check_all_doubts (&pair, reader, why) ? LIMBER_MERGING_FINE : LIMBER_MERGING_DOUBTFUL;
}

/**
 * limber_merging_is_same:
 *
 * Returns: whether two records are known here to be one person
 */
gboolean
limber_merging_is_same (LimberReader *reader, const LimberId *one, const LimberId *other)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person-records", NULL, "d", one);

  return rows != NULL && has (rows, other);
}

/**
 * limber_merging_pair_id:
 * @id: (out): the id of the task that asks whether these two are one person, whoever makes it and whichever is said first
 */
void
limber_merging_pair_id (const LimberId *one, const LimberId *other, LimberId *id)
{
  gboolean in_order = limber_id_compare (one, other) < 0;
  g_autofree char *second = limber_id_dup_text (in_order ? other : one);

  limber_id_init_beside (id, in_order ? one : other, "duplicate", second, NULL);
}

static gboolean
point (LimberTransaction *transaction, const LimberId *record, const LimberId *at, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", record);

  if (at != NULL)
    limber_edit_set_id (edit, "merged_into", at);
  else
    limber_edit_set_none (edit, "merged_into");
  return limber_transaction_edit (transaction, edit, author, error);
}

static gboolean
may_merge (LimberTransaction *transaction, const LimberId *record, const LimberAuthor *author, GError **error)
{
  return limber_standing_check_person (limber_transaction_reader (transaction), author, LIMBER_ACTION_MERGE, record, error);
}

/**
 * limber_merging_merge:
 * @keep: the record that is shown for both from then on, or another of hers
 * @other: the one that is the same person; of somebody who has several records already, the one shown is made to point
 * @anyway: whether to do it though something speaks against it (LIMBER_MERGING_DOUBTFUL)
 * @error: LIMBER_ERROR_REFUSED with what speaks against it, LIMBER_ERROR_NOT_FOUND
 *
 * Says that two records are one person. A task that asks about the two stays as it is, and is not shown while they are one
 * (the query "tasks-open"): whoever merges, and whoever undoes it, need not have it.
 */
gboolean
limber_merging_merge (LimberTransaction *transaction, const LimberId *keep, const LimberId *other, gboolean anyway, const LimberAuthor *author, GError **error)
{
  g_auto (Pair) pair = { 0 };

  if (!may_merge (transaction, keep, author, error) || !may_merge (transaction, other, author, error))
    return FALSE;
  if (!read_pair (&pair, limber_transaction_reader (transaction), keep, other, error) || !check_possible (&pair, keep, other, error) || (!anyway && !check_all_doubts (&pair, limber_transaction_reader (transaction), error)))
    return FALSE;
  return point (transaction, id_at (pair.other, 0), id_at (pair.keep, 0), author, error);
}

/* Whether staff have said of two records that they are two people. */
static gboolean
are_two (LimberReader *reader, const LimberId *one, const LimberId *other)
{
  g_autoptr (LimberRecord) task = NULL;
  LimberId id;

  limber_merging_pair_id (one, other, &id);
  task = limber_reader_get (reader, "task", &id, NULL);
  return task != NULL && g_strcmp0 (limber_record_word (task, "status"), "open") != 0;
}

/* Whether nothing speaks against it. That she is booked twice makes no two people of her. */
static gboolean
is_certain (LimberReader *reader, const LimberId *one, const LimberId *other)
{
  g_auto (Pair) pair = { 0 };

  return read_pair (&pair, reader, one, other, NULL) && check_possible (&pair, one, other, NULL) && check_doubts (&pair, NULL);
}

/**
 * limber_merging_merge_certain:
 * @merged: (out): whether they were two until now; not when something speaks against it, or staff have said that they are two
 *
 * Makes one person of two records that are certainly one. The service's own record is the one that is shown.
 */
gboolean
limber_merging_merge_certain (LimberTransaction *transaction, const LimberId *one, const LimberId *other, const LimberAuthor *author, gboolean *merged, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) first = limber_reader_get (reader, "patient", one, error), second = first != NULL ? limber_reader_get (reader, "patient", other, error) : NULL;
  gboolean own, others_own, keep_first;

  if (second == NULL)
    return FALSE;
  own = limber_record_text (first, "provider") == NULL;
  others_own = limber_record_text (second, "provider") == NULL;
  keep_first = own != others_own ? own : limber_id_compare (one, other) < 0;
  *merged = is_certain (reader, one, other) && !are_two (reader, one, other);
  return !*merged || limber_merging_merge (transaction, keep_first ? one : other, keep_first ? other : one, TRUE, author, error);
}

/* Where records point in a circle, leaving it means that nobody in it points back either. */
static gboolean
leave_circle (LimberTransaction *transaction, GPtrArray *rows, const LimberId *record, const LimberAuthor *author, GError **error)
{
  LimberId at = *record;

  for (guint steps = 0; steps < rows->len; steps++) {
    const LimberId *next = NULL;

    for (guint i = 0; i < rows->len; i++)
      if (limber_id_equal (id_at (rows, i), &at))
        next = limber_row_id (g_ptr_array_index (rows, i), "merged_into");
    if (next == NULL)
      return TRUE;
    if (limber_id_equal (next, record))
      return point (transaction, &at, NULL, author, error);
    at = *next;
  }
  return TRUE;
}

/**
 * limber_merging_undo:
 * @record: the one that was said to be the same person as another
 * @error: LIMBER_ERROR_REFUSED when it is not, LIMBER_ERROR_NOT_FOUND
 *
 * Takes a merge back. A task that asks about the two is shown again.
 */
gboolean
limber_merging_undo (LimberTransaction *transaction, const LimberId *record, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GPtrArray) rows = records_of (reader, record, error);
  g_autoptr (LimberRecord) held = rows != NULL ? limber_reader_get (reader, "patient", record, error) : NULL;

  if (held == NULL || !may_merge (transaction, record, author, error))
    return FALSE;
  if (limber_record_id (held, "merged_into") == NULL)
    return limber_error_refuse (error, rows->len > 1 ? _("Other records point at this one, and it points at none. Say which of those is not the same person.") : _("This record was not brought together with another."));
  return leave_circle (transaction, rows, record, author, error) && point (transaction, record, NULL, author, error);
}
