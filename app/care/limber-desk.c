#include "limber-desk.h"

#include <glib/gi18n-lib.h>

#include "limber-check-in.h"
#include "limber-date.h"
#include "limber-error.h"

typedef struct {
  LimberTransaction *transaction;
  LimberReader      *reader;
  LimberRecord      *appointment; /* (owned) */
  const char        *status;
  gint64             now;
} Visit;

static void
visit_clear (Visit *visit)
{
  g_clear_pointer (&visit->appointment, limber_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visit, visit_clear)

static gboolean
visit_init (Visit *visit, LimberTransaction *transaction, const LimberId *appointment, GError **error)
{
  visit->transaction = transaction;
  visit->reader = limber_transaction_reader (transaction);
  visit->now = limber_transaction_now (transaction);
  visit->appointment = limber_reader_get (visit->reader, "appointment", appointment, error);
  if (visit->appointment == NULL)
    return FALSE;
  visit->status = limber_record_word (visit->appointment, "status");
  if (visit->status == NULL)
    visit->status = "booked";
  if (g_str_equal (visit->status, LIMBER_WORD_NEWER)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("A newer Limber on another computer has gone on with this appointment. Use that one, or have this one brought up to date."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
is (const Visit *visit, const char *status)
{
  return g_str_equal (visit->status, status);
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, why);
  return FALSE;
}

/* Her arrival in the appointment's present round, whether there is one or not. */
static LimberId
arrival_of (const LimberRecord *appointment)
{
  LimberId id;

  limber_check_in_arrival_id (&appointment->id, limber_record_integer (appointment, "status") / LIMBER_PROGRESS_ROUND, &id);
  return id;
}

/* When she was checked in, in this round; 0 when nothing says so. */
static gint64
arrived_at (const Visit *visit)
{
  LimberId id = arrival_of (visit->appointment);
  g_autoptr (LimberRecord) arrival = NULL;

  arrival = limber_reader_get (visit->reader, "arrival", &id, NULL);
  return arrival != NULL ? limber_record_integer (arrival, "at") : 0;
}

static gboolean
refuse_checked_in (const Visit *visit, GError **error)
{
  gint64 at = arrived_at (visit);
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

static gboolean
set_status (const Visit *visit, const char *status, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &visit->appointment->id);

  limber_edit_set_word (edit, "status", status);
  return limber_transaction_edit (visit->transaction, edit, author, error);
}

/* Whichever of her records says so. */
static gboolean
check_alive (const Visit *visit, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (visit->reader, "person", error, "d", limber_record_id (visit->appointment, "patient"));
  const char *died = rows != NULL && rows->len > 0 ? limber_row_text (g_ptr_array_index (rows, 0), "died") : NULL;
  g_autofree char *date = NULL;

  if (rows == NULL)
    return FALSE;
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
  char today[LIMBER_DATE_LENGTH + 1], day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  limber_date_of_time (visit->now, today);
  limber_date_of_time (limber_record_integer (visit->appointment, "start"), day);
  if (g_str_equal (today, day))
    return TRUE;
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

static gboolean
reopen_tasks (const Visit *visit, const LimberAuthor *author, GError **error)
{
  LimberId arrival = arrival_of (visit->appointment);
  g_autoptr (GPtrArray) rows = limber_reader_query (visit->reader, "tasks-ended-by", error, "d", &arrival);

  return set_tasks (visit, rows, NULL, author, error);
}

/**
 * limber_desk_check_in:
 * @error: LIMBER_ERROR_REFUSED when she is checked in already, the appointment was cancelled or is not today, or she is
 *   recorded as died
 *
 * Checks somebody in at the desk, at any time of the day: staff decide. Also who was marked as not having come. What a
 * public screen had told the desk of this visit is done with that.
 */
gboolean
limber_desk_check_in (LimberTransaction *transaction, const LimberId *appointment, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (is_checked_in (&visit))
    return refuse_moved_on (&visit, error);
  if (is (&visit, "cancelled"))
    return refuse_not_here (&visit, error);
  return check_today (&visit, error) && check_alive (&visit, error) && limber_check_in_confirm (transaction, appointment, visit.now, "desk", author, error) &&
         end_tasks (&visit, author, error);
}

/**
 * limber_desk_undo:
 * @error: LIMBER_ERROR_REFUSED when there is nothing to undo
 *
 * Puts an appointment back to booked, whatever was done with it: a new round begins, and what was said of the old one
 * stays in the journal. Of a cancellation, who cancelled and why goes too; tasks that a check-in ended are open again.
 */
gboolean
limber_desk_undo (LimberTransaction *transaction, const LimberId *appointment, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };
  g_autoptr (LimberEdit) edit = NULL;

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (is (&visit, "booked"))
    return refuse (error, _("There is nothing to undo: the appointment is booked."));
  edit = limber_edit_new ("appointment", appointment);
  limber_edit_set_word (edit, "status", "booked");
  limber_edit_set_none (edit, "cancelled_by");
  limber_edit_set_none (edit, "cancel_reason");
  return limber_transaction_edit (transaction, edit, author, error) && reopen_tasks (&visit, author, error);
}

/**
 * limber_desk_did_not_attend:
 * @error: LIMBER_ERROR_REFUSED when she is checked in, the appointment was cancelled or has not begun
 *
 * Records that somebody did not come.
 */
gboolean
limber_desk_did_not_attend (LimberTransaction *transaction, const LimberId *appointment, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (is (&visit, "did-not-attend"))
    return refuse (error, _("Already marked as did not attend."));
  if (is (&visit, "cancelled"))
    return refuse_not_here (&visit, error);
  if (is_checked_in (&visit))
    return refuse_moved_on (&visit, error);
  if (limber_record_integer (visit.appointment, "start") > visit.now)
    return refuse (error, _("The appointment has not begun yet."));
  return set_status (&visit, "did-not-attend", author, error);
}

/**
 * limber_desk_cancel:
 * @by: patient or provider
 * @reason: (nullable): why, in a person's words
 * @error: LIMBER_ERROR_REFUSED when it is cancelled already, or she is with the clinician or was seen
 *
 * Cancels an appointment, also of somebody who has come already: she may have to leave, or the clinician be ill.
 */
gboolean
limber_desk_cancel (LimberTransaction *transaction, const LimberId *appointment, const char *by, const char *reason, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };
  g_autoptr (LimberEdit) edit = NULL;

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (is (&visit, "cancelled"))
    return refuse (error, _("Already cancelled."));
  if (is (&visit, "with-clinician") || is (&visit, "seen"))
    return refuse_moved_on (&visit, error);
  if (g_strcmp0 (by, "patient") != 0 && g_strcmp0 (by, "provider") != 0)
    return refuse (error, _("Say who cancelled: the patient, or we."));
  edit = limber_edit_new ("appointment", appointment);
  limber_edit_set_word (edit, "status", "cancelled");
  limber_edit_set_word (edit, "cancelled_by", by);
  if (reason != NULL && *reason != '\0')
    limber_edit_set_text (edit, "cancel_reason", reason);
  else
    limber_edit_set_none (edit, "cancel_reason");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_desk_call:
 * @error: LIMBER_ERROR_REFUSED when she is not here, or is in the room already
 *
 * Calls somebody in. Calling again is no mistake.
 */
gboolean
limber_desk_call (LimberTransaction *transaction, const LimberId *appointment, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (!is_checked_in (&visit))
    return refuse_not_here (&visit, error);
  if (is (&visit, "with-clinician") || is (&visit, "seen"))
    return refuse_moved_on (&visit, error);
  return is (&visit, "called") || set_status (&visit, "called", author, error);
}

/**
 * limber_desk_with_clinician:
 * @error: LIMBER_ERROR_REFUSED when she is not here, or is in the room already
 *
 * Records that somebody has gone in.
 */
gboolean
limber_desk_with_clinician (LimberTransaction *transaction, const LimberId *appointment, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (!is_checked_in (&visit))
    return refuse_not_here (&visit, error);
  if (is (&visit, "with-clinician") || is (&visit, "seen"))
    return refuse_moved_on (&visit, error);
  return set_status (&visit, "with-clinician", author, error);
}

/**
 * limber_desk_seen:
 * @error: LIMBER_ERROR_REFUSED when she is not here, or was seen already
 *
 * Records that somebody was seen.
 */
gboolean
limber_desk_seen (LimberTransaction *transaction, const LimberId *appointment, const LimberAuthor *author, GError **error)
{
  g_auto (Visit) visit = { 0 };

  if (!visit_init (&visit, transaction, appointment, error))
    return FALSE;
  if (!is_checked_in (&visit))
    return refuse_not_here (&visit, error);
  if (is (&visit, "seen"))
    return refuse (error, _("Already seen."));
  return set_status (&visit, "seen", author, error);
}
