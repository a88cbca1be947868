#include "limber-desk.h"

#include <glib/gi18n-lib.h>

#include "limber-check-in.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-stage.h"

typedef struct {
  LimberTransaction *transaction;
  LimberReader      *reader;
  LimberRecord      *appointment; /* (owned) */
  const char        *status;
  LimberTimes        times;       /* of the present round */
  gboolean           told;        /* whether somebody says when it was */
  gint64             at;          /* when it was, or now */
} Visit;

static void
visit_clear (Visit *visit)
{
  g_clear_pointer (&visit->appointment, limber_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visit, visit_clear)

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, why);
  return FALSE;
}

static gboolean
is_of_its_day (const Visit *visit, gint64 at)
{
  char day[LIMBER_DATE_LENGTH + 1], its[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (at, day);
  limber_date_of_time (limber_record_integer (visit->appointment, "start"), its);
  return g_str_equal (day, its);
}

/* A moment that somebody says: of the appointment's day, and not still to come. */
static gboolean
check_told (const Visit *visit, GError **error)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  if (!visit->told)
    return TRUE;
  if (visit->at > limber_transaction_now (visit->transaction))
    return refuse (error, _("That time is still to come. Say when it was."));
  if (is_of_its_day (visit, visit->at))
    return TRUE;
  limber_date_of_time (limber_record_integer (visit->appointment, "start"), day);
  date = limber_date_for_staff (day);
  /* Translators: a date, 06-Aug-2018 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("That time is not on the day of the appointment, %s."), date);
  return FALSE;
}

static gboolean
visit_init (Visit *visit, LimberTransaction *transaction, const LimberId *appointment, gint64 at, GError **error)
{
  visit->transaction = transaction;
  visit->reader = limber_transaction_reader (transaction);
  visit->told = at != 0;
  visit->at = at != 0 ? at : limber_transaction_now (transaction);
  visit->appointment = limber_reader_get (visit->reader, "appointment", appointment, error);
  if (visit->appointment == NULL || !limber_stage_times (visit->reader, visit->appointment, &visit->times, error))
    return FALSE;
  visit->status = limber_record_word (visit->appointment, "status");
  if (visit->status == NULL)
    visit->status = "booked";
  if (g_str_equal (visit->status, LIMBER_WORD_NEWER))
    return refuse (error, _("A newer Limber on another computer has gone on with this appointment. Use that one, or have this one brought up to date."));
  return check_told (visit, error);
}

static gboolean
is (const Visit *visit, const char *status)
{
  return g_str_equal (visit->status, status);
}

/* Her arrival in the appointment's present round, whether there is one or not. */
static LimberId
arrival_of (const LimberRecord *appointment)
{
  LimberId id;

  limber_stage_arrival_id (&appointment->id, limber_record_integer (appointment, "status") / LIMBER_PROGRESS_ROUND, &id);
  return id;
}

static gboolean
refuse_checked_in (const Visit *visit, GError **error)
{
  gint64 at = visit->times.arrived;
  g_autofree char *time = at != 0 ? limber_time_for_staff (at) : NULL;

  if (time == NULL)
    return refuse (error, _("Already checked in."));
  /* Translators: a time of day, 09:22 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Already checked in at %s."), time);
  return FALSE;
}

/* Refuses for what an appointment that is past checking in has become. */
static gboolean
refuse_moved_on (const Visit *visit, GError **error)
{
  if (is (visit, "with-clinician"))
    return refuse (error, _("Already with the clinician."));
  if (is (visit, "seen"))
    return refuse (error, _("Already seen. Undo that first."));
  return refuse_checked_in (visit, error);
}

static gboolean
is_checked_in (const Visit *visit)
{
  return is (visit, "arrived") || is (visit, "called") || is (visit, "with-clinician") || is (visit, "seen");
}

static gboolean
refuse_not_here (const Visit *visit, GError **error)
{
  if (is (visit, "cancelled"))
    return refuse (error, _("This appointment was cancelled. Undo the cancellation first."));
  return refuse (error, _("Not checked in yet."));
}

/* What closes the appointment of somebody who is here begins a new round, and she came in that one too. */
static gboolean
keep_coming (const Visit *visit, const LimberAuthor *author, GError **error)
{
  gint64 round = limber_record_integer (visit->appointment, "status") / LIMBER_PROGRESS_ROUND + 1;

  return !is_checked_in (visit) || limber_stage_keep (visit->transaction, visit->appointment, round, "arrived", author, error);
}

/* What was said of the attendance was said of what was so before. */
static gboolean
set_status (const Visit *visit, const char *status, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &visit->appointment->id);

  limber_edit_set_word (edit, "status", status);
  limber_edit_set_none (edit, "attendance");
  limber_edit_set_none (edit, "attendance_note");
  return limber_transaction_edit (visit->transaction, edit, author, error);
}

/* A time that somebody says must come after those of the steps before. */
static gboolean
check_order (const Visit *visit, GError **error)
{
  const struct {
    gint64      at;
    const char *words;
  } before[] = {
    /* Translators: of a time that somebody typed; %s is another one, 09:22 */
    { visit->times.arrived, _("That is before this person came, at %s.") },
    { visit->times.called, _("That is before this person was called, at %s.") },
    { visit->times.went_in, _("That is before this person went in, at %s.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (before) && visit->told; i++) {
    g_autofree char *time = NULL, *why = NULL;

    if (before[i].at <= visit->at)
      continue;
    time = limber_time_for_staff (before[i].at);
    why = g_strdup_printf (before[i].words, time);
    return refuse (error, why);
  }
  return TRUE;
}

/* Moves the visit on to @step. When nobody says when it was, and it is another day, no time is written: it would be a wrong one. */
static gboolean
reach (const Visit *visit, const char *step, const LimberAuthor *author, GError **error)
{
  if (!check_order (visit, error))
    return FALSE;
  if (is_of_its_day (visit, visit->at) && !limber_stage_reach (visit->transaction, visit->appointment, step, visit->at, author, error))
    return FALSE;
  return set_status (visit, step, author, error);
}

static gboolean
check_alive (const Visit *visit, GError **error)
{
  const LimberId *id = limber_record_id (visit->appointment, "patient");
  g_autoptr (LimberRecord) patient = id != NULL ? limber_reader_get (visit->reader, "patient", id, NULL) : NULL;
  const char *died = patient != NULL ? limber_record_text (patient, "died") : NULL;
  g_autofree char *date = NULL;

  if (died == NULL)
    return TRUE;
  date = limber_date_for_staff (died);
  /* Translators: a date, 06-Aug-2018 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This person is recorded as having died on %s. Make sure who is here; if the record is wrong, correct it first."), date);
  return FALSE;
}

static gboolean
check_today (const Visit *visit, GError **error)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  if (is_of_its_day (visit, visit->at))
    return TRUE;
  limber_date_of_time (limber_record_integer (visit->appointment, "start"), day);
  date = limber_date_for_staff (day);
  /* Translators: a date, 06-Aug-2018 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This appointment is not today: it is on %s."), date);
  return FALSE;
}

/* @arrival: (nullable): what ended the tasks; %NULL when they are open again */
static gboolean
set_tasks (const Visit *visit, GPtrArray *rows, const LimberId *arrival, const LimberAuthor *author, GError **error)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    g_autoptr (LimberEdit) edit = limber_edit_new ("task", limber_row_id (g_ptr_array_index (rows, i), "id"));

    limber_edit_set_word (edit, "status", arrival != NULL ? "done" : "open");
    if (arrival != NULL)
      limber_edit_set_id (edit, "arrival", arrival);
    else
      limber_edit_set_none (edit, "arrival");
    if (!limber_transaction_edit (visit->transaction, edit, author, error))
      return FALSE;
  }
  return rows != NULL;
}

/* She has come to the desk: what a public screen told it of her is done. */
static gboolean
end_tasks (const Visit *visit, const LimberAuthor *author, GError **error)
{
  const LimberId *id = &visit->appointment->id;
  g_autofree char *text = limber_id_dup_text (id);
  g_autoptr (GPtrArray) rows = limber_reader_query (visit->reader, "tasks-of-visit", error, "ddt", id, limber_record_id (visit->appointment, "patient"), text);
  g_autoptr (LimberRecord) now = limber_reader_get (visit->reader, "appointment", id, error);
  LimberId arrival;

  if (now == NULL)
    return FALSE;
  arrival = arrival_of (now);
  return set_tasks (visit, rows, &arrival, author, error);
}

/* @any: (out): whether there were any */
static gboolean
reopen_tasks (const Visit *visit, gboolean *any, const LimberAuthor *author, GError **error)
{
  LimberId arrival = arrival_of (visit->appointment);
  g_autoptr (GPtrArray) rows = limber_reader_query (visit->reader, "tasks-ended-by", error, "d", &arrival);

  *any = rows != NULL && rows->len > 0;
  return set_tasks (visit, rows, NULL, author, error);
}

/**
 * limber_desk_check_in:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when she is checked in already, the appointment was cancelled or is not today, or she is
 *   recorded as died
 *
 * Checks somebody in at the desk, at any time of the day: staff decide. Also who was marked as not having come. What a
 * public screen had told the desk of this visit is done with that.
 */
gboolean
limber_desk_check_in (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (is_checked_in (&visit))
    return refuse_moved_on (&visit, error);
  if (is (&visit, "cancelled"))
    return refuse_not_here (&visit, error);
  return check_today (&visit, error) && check_alive (&visit, error) && limber_check_in_confirm (transaction, appointment, visit.at, "desk", author, error) &&
         end_tasks (&visit, author, error);
}

/* What the visit was before its last step, so far as the steps' times say it. */
static const char *
step_before (const Visit *visit)
{
  if (is (visit, "seen") && visit->times.went_in != 0)
    return "with-clinician";
  if ((is (visit, "seen") || is (visit, "with-clinician")) && visit->times.called != 0)
    return "called";
  return is (visit, "seen") || is (visit, "with-clinician") || is (visit, "called") ? "arrived" : "booked";
}

/* She came, whatever became of it after: what was taken back is not her coming. A check-in at the desk is that itself; a
 * public screen that told the desk of her had only said that she is there. */
static gboolean
still_came (const Visit *visit, gboolean told_by_screen)
{
  LimberId id = arrival_of (visit->appointment);
  g_autoptr (LimberRecord) arrival = NULL;

  if (is (visit, "booked") || visit->times.arrived == 0)
    return FALSE;
  arrival = limber_reader_get (visit->reader, "arrival", &id, NULL);
  return !is (visit, "arrived") || (told_by_screen && arrival != NULL && g_strcmp0 (limber_record_text (arrival, "via"), "desk") != 0);
}

/* A new round begins, at @step of it. */
static gboolean
begin_round (const Visit *visit, const char *step, gboolean came, const LimberAuthor *author, GError **error)
{
  const LimberKind *kind = visit->appointment->kind;
  gint64 round = limber_record_integer (visit->appointment, "status") / LIMBER_PROGRESS_ROUND + 1;
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &visit->appointment->id);

  if (came && !limber_stage_keep (visit->transaction, visit->appointment, round, g_str_equal (step, "booked") ? "arrived" : step, author, error))
    return FALSE;
  limber_edit_set_integer (edit, "status", round * LIMBER_PROGRESS_ROUND + limber_field_rank (&kind->fields[limber_kind_field (kind, "status")], step));
  limber_edit_set_none (edit, "cancelled_by");
  limber_edit_set_none (edit, "cancel_reason");
  limber_edit_set_none (edit, "attendance");
  limber_edit_set_none (edit, "attendance_note");
  return limber_transaction_edit (visit->transaction, edit, author, error);
}

/**
 * limber_desk_undo:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when there is nothing to undo
 *
 * Takes the last step of an appointment back: who was seen is in the room again, who was called waits again, and who was
 * checked in, did not come or was cancelled is booked. A new round begins, with the times that still stand; what was said
 * of the old one stays in the journal. Of a cancellation, who cancelled and why goes too, and what was confirmed of the
 * attendance; tasks that a check-in ended are open again. Of somebody booked of whom a public screen said that she came,
 * it is taken back that she did.
 */
gboolean
limber_desk_undo (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };
  gboolean reopened = FALSE;
  const char *step;

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (is (&visit, "booked") && visit.times.arrived == 0)
    return refuse (error, _("There is nothing to undo: the appointment is booked."));
  step = step_before (&visit);
  if (g_str_equal (step, "booked") && !reopen_tasks (&visit, &reopened, author, error))
    return FALSE;
  return begin_round (&visit, step, still_came (&visit, reopened), author, error);
}

/**
 * limber_desk_did_not_attend:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when she is checked in, the appointment was cancelled or has not begun
 *
 * Records that somebody did not come.
 */
gboolean
limber_desk_did_not_attend (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (is (&visit, "did-not-attend"))
    return refuse (error, _("Already marked as did not attend."));
  if (is (&visit, "cancelled"))
    return refuse_not_here (&visit, error);
  if (is_checked_in (&visit))
    return refuse_moved_on (&visit, error);
  if (limber_record_integer (visit.appointment, "start") > visit.at)
    return refuse (error, _("The appointment has not begun yet."));
  return set_status (&visit, "did-not-attend", author, error);
}

/**
 * limber_desk_cancel:
 * @at: when it was, milliseconds UTC; 0 for now
 * @by: patient or provider
 * @reason: (nullable): why, in a person's words
 * @error: LIMBER_ERROR_REFUSED when it is cancelled already, or she is with the clinician or was seen
 *
 * Cancels an appointment, also of somebody who has come already: she may have to leave, or the clinician be ill.
 */
gboolean
limber_desk_cancel (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const char *by, const char *reason, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };
  g_autoptr (LimberEdit) edit = NULL;

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (is (&visit, "cancelled"))
    return refuse (error, _("Already cancelled."));
  if (is (&visit, "with-clinician") || is (&visit, "seen"))
    return refuse_moved_on (&visit, error);
  if (g_strcmp0 (by, "patient") != 0 && g_strcmp0 (by, "provider") != 0)
    return refuse (error, _("Say who cancelled: the patient, or we."));
  if (!keep_coming (&visit, author, error))
    return FALSE;
  edit = limber_edit_new ("appointment", appointment);
  limber_edit_set_word (edit, "status", "cancelled");
  limber_edit_set_word (edit, "cancelled_by", by);
  if (reason != NULL && *reason != '\0')
    limber_edit_set_text (edit, "cancel_reason", reason);
  else
    limber_edit_set_none (edit, "cancel_reason");
  limber_edit_set_none (edit, "attendance");
  limber_edit_set_none (edit, "attendance_note");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_desk_call:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when she is not here, or is in the room already
 *
 * Calls somebody in. Calling again is no mistake.
 */
gboolean
limber_desk_call (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (!is_checked_in (&visit))
    return refuse_not_here (&visit, error);
  if (is (&visit, "with-clinician") || is (&visit, "seen"))
    return refuse_moved_on (&visit, error);
  return is (&visit, "called") || reach (&visit, "called", author, error);
}

/**
 * limber_desk_with_clinician:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when she is not here, or is in the room already
 *
 * Records that somebody has gone in.
 */
gboolean
limber_desk_with_clinician (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (!is_checked_in (&visit))
    return refuse_not_here (&visit, error);
  if (is (&visit, "with-clinician") || is (&visit, "seen"))
    return refuse_moved_on (&visit, error);
  return reach (&visit, "with-clinician", author, error);
}

/**
 * limber_desk_seen:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when she is not here, or was seen already
 *
 * Records that somebody was seen.
 */
gboolean
limber_desk_seen (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, at, error))
    return FALSE;
  if (!is_checked_in (&visit))
    return refuse_not_here (&visit, error);
  if (is (&visit, "seen"))
    return refuse (error, _("Already seen."));
  return reach (&visit, "seen", author, error);
}
