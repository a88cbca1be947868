#include "limber-desk.h"

#include <glib/gi18n-lib.h>

#include "limber-attendance.h"
#include "limber-check-in.h"
#include "limber-date.h"
#include "limber-desk-visit.h"
#include "limber-error.h"
#include "limber-expected.h"
#include "limber-identity.h"

static gboolean
check_alive (const LimberDeskVisit *visit, GError **error)
{
  g_autofree char *died = NULL, *date = NULL;

  if (!limber_identity_died (visit->reader, limber_record_id (visit->appointment, "patient"), &died, error))
    return FALSE;
  if (died == NULL)
    return TRUE;
  date = limber_date_for_staff (died);
  /* Translators: a date, 06-Aug-2018 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This person is recorded as having died on %s. Make sure who is here; if the record is wrong, correct it first."), date);
  return FALSE;
}

/* What can be done for somebody whose appointment is not one of here and today: the one that is, if there is one. */
static char *
what_instead (const LimberDeskVisit *visit)
{
  const LimberId *patient = limber_record_id (visit->appointment, "patient");
  g_autoptr (GPtrArray) day = limber_expected_of_day (visit->reader, limber_transaction_now (visit->transaction), NULL);
  g_autofree char *time = NULL;

  for (guint i = 0; day != NULL && patient != NULL && i < day->len; i++) {
    const LimberExpected *expected = g_ptr_array_index (day, i);

    if (!limber_id_equal (&expected->patient, patient) || g_strcmp0 (expected->status, "booked") != 0)
      continue;
    time = limber_time_for_staff (expected->start);
    /* Translators: a time, 09:22 */
    return g_strdup_printf (_("There is one here today at %s: check that one in."), time);
  }
  return g_strdup (_("There is none here today for this person. Say when and where it is, or move it first."));
}

static char *
site_name (const LimberDeskVisit *visit, const LimberId *site)
{
  g_autoptr (LimberRecord) record = limber_reader_get (visit->reader, "site", site, NULL);
  const char *name = record != NULL ? limber_record_text (record, "name") : NULL;

  return g_strdup (name != NULL ? name : _("another site"));
}

/* Only a store that belongs to a site can be at the wrong one. */
static gboolean
check_here_and_today (const LimberDeskVisit *visit, GError **error)
{
  const LimberId *its = limber_record_id (visit->appointment, "site");
  gint64 start = limber_record_integer (visit->appointment, "start");
  gboolean today = limber_desk_visit_is_of_its_day (visit), here;
  g_autofree char *date = NULL, *time = limber_time_for_staff (start), *instead = NULL, *place = NULL;
  char day[LIMBER_DATE_LENGTH + 1];
  LimberId site;

  here = its == NULL || !limber_reader_site (visit->reader, &site) || limber_id_equal (&site, its);
  if (today && here)
    return TRUE;
  limber_date_of_time (start, day);
  date = limber_date_for_staff (day);
  instead = what_instead (visit);
  place = its != NULL ? site_name (visit, its) : NULL;
  if (here)
    /* Translators: a date, 06-Aug-2018, a time, 09:22, and what can be done, a sentence */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This appointment is not today: it is on %s at %s. %s"), date, time, instead);
  else if (today)
    /* Translators: the name of a site, a time, 09:22, and what can be done, a sentence */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This appointment is not here: it is at %s, today at %s. %s"), place, time, instead);
  else
    /* Translators: the name of a site, a date, 06-Aug-2018, a time, 09:22, and what can be done, a sentence */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This appointment is not here and not today: it is at %s, on %s at %s. %s"), place, date, time, instead);
  return FALSE;
}

/**
 * limber_desk_check_in:
 * @at: when it was, milliseconds UTC; 0 for now
 * @error: LIMBER_ERROR_REFUSED when she is checked in already, the appointment was cancelled or is of another day or site,
 *   or she is recorded as died
 *
 * Checks somebody in at the desk, at any time of the day: staff decide. Also who was marked as not having come. What a
 * public screen had told the desk of this visit is done with that; who had come to it before came then.
 */
gboolean
limber_desk_check_in (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (LimberDeskVisit) visit = { 0 };

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CHECK_IN, author, error))
    return FALSE;
  if (limber_desk_visit_is_checked_in (&visit))
    return limber_desk_visit_refuse_moved_on (&visit, error);
  if (limber_desk_visit_is (&visit, "cancelled"))
    return limber_desk_visit_refuse_not_here (&visit, error);
  return check_here_and_today (&visit, error) && check_alive (&visit, error) && limber_check_in_confirm (transaction, appointment, visit.at, "desk", author, error) &&
         limber_desk_visit_end_tasks (&visit, author, error);
}

/* What the visit was before its last step, so far as the steps' times say it. */
static const char *
step_before (const LimberDeskVisit *visit)
{
  if (limber_desk_visit_is (visit, "seen") && visit->times.went_in != 0)
    return "with-clinician";
  if ((limber_desk_visit_is (visit, "seen") || limber_desk_visit_is (visit, "with-clinician")) && visit->times.called != 0)
    return "called";
  return limber_desk_visit_is (visit, "seen") || limber_desk_visit_is (visit, "with-clinician") || limber_desk_visit_is (visit, "called") ? "arrived" : "booked";
}

/* She came, whatever became of it after: what was taken back is not her coming. A check-in at the desk is that itself; a
 * public screen that told the desk of her had only said that she is there. */
static gboolean
still_came (const LimberDeskVisit *visit, gboolean told_by_screen)
{
  LimberId id = limber_desk_visit_arrival_of (visit->appointment);
  g_autoptr (LimberRecord) arrival = NULL;

  if (limber_desk_visit_is (visit, "booked") || visit->times.arrived == 0)
    return FALSE;
  arrival = limber_reader_get (visit->reader, "arrival", &id, NULL);
  return !limber_desk_visit_is (visit, "arrived") || (told_by_screen && arrival != NULL && g_strcmp0 (limber_record_text (arrival, "via"), "desk") != 0);
}

/* A new round begins, at @step of it. */
static gboolean
begin_round (const LimberDeskVisit *visit, const char *step, gboolean came, const LimberAuthor *author, GError **error)
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
  g_auto (LimberDeskVisit) visit = { 0 };
  gboolean reopened = FALSE;
  const char *step;

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CHECK_IN, author, error))
    return FALSE;
  if (limber_desk_visit_is (&visit, "booked") && visit.times.arrived == 0)
    return limber_error_refuse (error, _("There is nothing to undo: the appointment is booked."));
  step = step_before (&visit);
  if (g_str_equal (step, "booked") && !limber_desk_visit_reopen_tasks (&visit, &reopened, author, error))
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
  g_auto (LimberDeskVisit) visit = { 0 };

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CHECK_IN, author, error))
    return FALSE;
  if (limber_desk_visit_is (&visit, "did-not-attend"))
    return limber_error_refuse (error, _("Already marked as did not attend."));
  if (limber_desk_visit_is (&visit, "cancelled"))
    return limber_desk_visit_refuse_not_here (&visit, error);
  if (limber_desk_visit_is_checked_in (&visit))
    return limber_desk_visit_refuse_moved_on (&visit, error);
  if (limber_record_integer (visit.appointment, "start") > visit.at)
    return limber_error_refuse (error, _("The appointment has not begun yet."));
  if (visit.times.arrived != 0)
    return limber_desk_visit_refuse_came (&visit, error);
  return limber_desk_visit_set_status (&visit, "did-not-attend", author, error);
}

/* An arrival after the appointment's start, in the round in which the appointment is closed. */
static gboolean
note_late_arrival (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error)
{
  gint64 came = visit->times.arrived != 0 ? visit->times.arrived : visit->at;
  g_autofree char *time = limber_time_for_staff (came);

  if (came <= limber_record_integer (visit->appointment, "start")) {
    /* Translators: a time, 09:22 */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This person was in time: here at %s. If we could not see them, cancel it as cancelled by us."), time);
    return FALSE;
  }
  if (visit->times.arrived == 0)
    return limber_stage_arrive (visit->transaction, visit->appointment, came, "desk", author, error);
  return limber_desk_visit_keep_coming (visit, author, error);
}

/**
 * limber_desk_could_not_be_seen:
 * @at: when that was, milliseconds UTC; 0 for now
 * @why: (nullable): why, in a person's words
 * @error: LIMBER_ERROR_REFUSED when she came in time, the appointment was cancelled or has not begun, or she is with the
 *   clinician or was seen
 *
 * Records that somebody came too late to be seen: attendance 7. The appointment is closed as not attended, as FHIR has it
 * (no show), and the attendance keeps that she came (DOMAIN.md sections 4.4 and 5). Nobody need check her in before.
 */
gboolean
limber_desk_could_not_be_seen (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const char *why, const LimberAuthor *author, GError **error)
{
  g_auto (LimberDeskVisit) visit = { 0 };

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CHECK_IN, author, error))
    return FALSE;
  if (limber_desk_visit_is (&visit, "cancelled"))
    return limber_desk_visit_refuse_not_here (&visit, error);
  if (limber_desk_visit_is (&visit, "with-clinician") || limber_desk_visit_is (&visit, "seen"))
    return limber_desk_visit_refuse_moved_on (&visit, error);
  if (visit.times.arrived == 0 && !limber_desk_visit_is_of_its_day (&visit))
    return limber_error_refuse (error, _("Say when this person came: it was another day."));
  if (!note_late_arrival (&visit, author, error))
    return FALSE;
  return limber_desk_visit_set_attendance (&visit, "did-not-attend", "7", why, author, error) && limber_desk_visit_end_tasks (&visit, author, error);
}

/**
 * limber_desk_attendance:
 * @code: (nullable): the code that staff say it is (limber-attendance.h); %NULL to take back what was said
 * @why: (nullable): in a person's words; needed where the times say otherwise
 * @error: LIMBER_ERROR_REFUSED where @code does not fit what became of the appointment, or a reason is missing
 *
 * Records what staff say of the attendance; the journal keeps who said it.
 */
gboolean
limber_desk_attendance (LimberTransaction *transaction, const LimberId *appointment, const char *code, const char *why, const LimberAuthor *author, GError **error)
{
  g_auto (LimberDeskVisit) visit = { 0 };
  LimberAttended attended;
  const char *suggested;

  if (!limber_desk_visit_init (&visit, transaction, appointment, 0, LIMBER_ACTION_ATTENDANCE, author, error))
    return FALSE;
  if (code == NULL)
    return limber_desk_visit_set_attendance (&visit, visit.status, NULL, NULL, author, error);
  if (limber_attendance_words (code) == NULL)
    return limber_error_refuse (error, _("That is no attendance code: it is 2, 3, 4, 5, 6 or 7."));
  if (!limber_attendance_fits (code, visit.status))
    return limber_error_refuse (error, _("That does not fit what became of the appointment. Put that right first."));
  if (!limber_attendance_read (visit.reader, visit.appointment, &attended, error))
    return FALSE;
  suggested = limber_attendance_suggest (&attended);
  if (suggested != NULL && !g_str_equal (suggested, code) && (why == NULL || *why == '\0'))
    return limber_error_refuse (error, _("Say why: it is not what the times say."));
  return limber_desk_visit_set_attendance (&visit, visit.status, code, why, author, error);
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
  g_auto (LimberDeskVisit) visit = { 0 };
  g_autoptr (LimberEdit) edit = NULL;

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CANCEL, author, error))
    return FALSE;
  if (limber_desk_visit_is (&visit, "cancelled"))
    return limber_error_refuse (error, _("Already cancelled."));
  if (limber_desk_visit_is (&visit, "with-clinician") || limber_desk_visit_is (&visit, "seen"))
    return limber_desk_visit_refuse_moved_on (&visit, error);
  if (g_strcmp0 (by, "patient") != 0 && g_strcmp0 (by, "provider") != 0)
    return limber_error_refuse (error, _("Say who cancelled: the patient, or we."));
  if (!limber_desk_visit_keep_coming (&visit, author, error))
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
 * Calls somebody in, and says so to the waiting room. Calling again is no mistake.
 */
gboolean
limber_desk_call (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  g_auto (LimberDeskVisit) visit = { 0 };

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CALL, author, error))
    return FALSE;
  if (!limber_desk_visit_is_checked_in (&visit))
    return limber_desk_visit_refuse_not_here (&visit, error);
  if (limber_desk_visit_is (&visit, "with-clinician") || limber_desk_visit_is (&visit, "seen"))
    return limber_desk_visit_refuse_moved_on (&visit, error);
  return (limber_desk_visit_is (&visit, "called") || limber_desk_visit_reach (&visit, "called", author, error)) && limber_desk_visit_announce (&visit, author, error);
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
  g_auto (LimberDeskVisit) visit = { 0 };

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CALL, author, error))
    return FALSE;
  if (!limber_desk_visit_is_checked_in (&visit))
    return limber_desk_visit_refuse_not_here (&visit, error);
  if (limber_desk_visit_is (&visit, "with-clinician") || limber_desk_visit_is (&visit, "seen"))
    return limber_desk_visit_refuse_moved_on (&visit, error);
  return limber_desk_visit_reach (&visit, "with-clinician", author, error);
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
  g_auto (LimberDeskVisit) visit = { 0 };

  if (!limber_desk_visit_init (&visit, transaction, appointment, at, LIMBER_ACTION_CALL, author, error))
    return FALSE;
  if (!limber_desk_visit_is_checked_in (&visit))
    return limber_desk_visit_refuse_not_here (&visit, error);
  if (limber_desk_visit_is (&visit, "seen"))
    return limber_error_refuse (error, _("Already seen."));
  return limber_desk_visit_reach (&visit, "seen", author, error);
}
