/* allow deed: steps of deeds, which have asked in limber_desk_visit_init(). */
#include "limber-desk-visit.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-error.h"

void
limber_desk_visit_clear (LimberDeskVisit *visit)
{
  g_clear_pointer (&visit->appointment, limber_record_free);
}

/* Whether what is done is done on the day of the appointment. */
gboolean
limber_desk_visit_is_of_its_day (const LimberDeskVisit *visit)
{
  return limber_time_is_same_day (visit->at, limber_record_integer (visit->appointment, "start"));
}

/* A moment that somebody says: of the appointment's day, and not still to come. */
static gboolean
check_told (const LimberDeskVisit *visit, GError **error)
{
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  if (!visit->told)
    return TRUE;
  if (visit->at > limber_transaction_now (visit->transaction))
    return limber_error_refuse (error, _("That time is still to come. Say when it was."));
  if (limber_desk_visit_is_of_its_day (visit))
    return TRUE;
  limber_date_of_time (limber_record_integer (visit->appointment, "start"), day);
  date = limber_date_for_staff (day);
  /* Translators: a date, 06-Aug-2018 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("That time is not on the day of the appointment, %s."), date);
  return FALSE;
}

/* @action: what @author is to do with it, which she may not everywhere */
gboolean
limber_desk_visit_init (LimberDeskVisit *visit, LimberTransaction *transaction, const LimberId *appointment, gint64 at, LimberAction action, const LimberAuthor *author, GError **error)
{
  visit->transaction = transaction;
  visit->reader = limber_transaction_reader (transaction);
  visit->told = at != 0;
  visit->at = at != 0 ? at : limber_transaction_now (transaction);
  visit->appointment = limber_reader_get (visit->reader, "appointment", appointment, error);
  if (visit->appointment == NULL || !limber_standing_check (visit->reader, author, action, limber_record_id (visit->appointment, "site"), error) || !limber_stage_times (visit->reader, visit->appointment, &visit->times, error))
    return FALSE;
  visit->status = limber_record_word (visit->appointment, "status");
  if (visit->status == NULL)
    visit->status = "booked";
  if (g_str_equal (visit->status, LIMBER_WORD_NEWER))
    return limber_error_refuse (error, _("A newer Limber on another computer has gone on with this appointment. Use that one, or have this one brought up to date."));
  return check_told (visit, error);
}

gboolean
limber_desk_visit_is (const LimberDeskVisit *visit, const char *status)
{
  return g_str_equal (visit->status, status);
}

/* Her arrival in the appointment's present round, whether there is one or not. */
LimberId
limber_desk_visit_arrival_of (const LimberRecord *appointment)
{
  LimberId id;

  limber_stage_arrival_id (&appointment->id, limber_record_integer (appointment, "status") / LIMBER_PROGRESS_ROUND, &id);
  return id;
}

static gboolean
refuse_checked_in (const LimberDeskVisit *visit, GError **error)
{
  gint64 at = visit->times.arrived;
  g_autofree char *time = at != 0 ? limber_time_for_staff (at) : NULL;

  if (time == NULL)
    return limber_error_refuse (error, _("Already checked in."));
  /* Translators: a time of day, 09:22 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Already checked in at %s."), time);
  return FALSE;
}

/* Refuses for what an appointment that is past checking in has become. */
gboolean
limber_desk_visit_refuse_moved_on (const LimberDeskVisit *visit, GError **error)
{
  if (limber_desk_visit_is (visit, "with-clinician"))
    return limber_error_refuse (error, _("Already with the clinician."));
  if (limber_desk_visit_is (visit, "seen"))
    return limber_error_refuse (error, _("Already seen. Undo that first."));
  return refuse_checked_in (visit, error);
}

gboolean
limber_desk_visit_is_checked_in (const LimberDeskVisit *visit)
{
  return limber_desk_visit_is (visit, "arrived") || limber_desk_visit_is (visit, "called") || limber_desk_visit_is (visit, "with-clinician") || limber_desk_visit_is (visit, "seen");
}

gboolean
limber_desk_visit_refuse_came (const LimberDeskVisit *visit, GError **error)
{
  g_autofree char *time = limber_time_for_staff (visit->times.arrived);

  /* Translators: a time of day, 09:22 */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This person came, at %s. Check in, or say that there was no time left; if it was somebody else, undo that first."), time);
  return FALSE;
}

gboolean
limber_desk_visit_refuse_not_here (const LimberDeskVisit *visit, GError **error)
{
  if (limber_desk_visit_is (visit, "cancelled"))
    return limber_error_refuse (error, _("This appointment was cancelled. Undo the cancellation first."));
  return limber_error_refuse (error, _("Not checked in yet."));
}

/* What closes the appointment of somebody who is here begins a new round, and she came in that one too. */
gboolean
limber_desk_visit_keep_coming (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error)
{
  gint64 round = limber_record_integer (visit->appointment, "status") / LIMBER_PROGRESS_ROUND + 1;

  return !limber_desk_visit_is_checked_in (visit) || limber_stage_keep (visit->transaction, visit->appointment, round, "arrived", author, error);
}

/* @code: (nullable); @why: (nullable) */
gboolean
limber_desk_visit_set_attendance (const LimberDeskVisit *visit, const char *status, const char *code, const char *why, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &visit->appointment->id);

  limber_edit_set_word (edit, "status", status);
  if (code != NULL)
    limber_edit_set_word (edit, "attendance", code);
  else
    limber_edit_set_none (edit, "attendance");
  if (code != NULL && why != NULL && *why != '\0')
    limber_edit_set_text (edit, "attendance_note", why);
  else
    limber_edit_set_none (edit, "attendance_note");
  return limber_transaction_edit (visit->transaction, edit, author, error);
}

gboolean
limber_desk_visit_set_status (const LimberDeskVisit *visit, const char *status, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = limber_edit_new ("appointment", &visit->appointment->id);

  limber_edit_set_word (edit, "status", status);
  return limber_transaction_edit (visit->transaction, edit, author, error);
}

/* A time that somebody says must come after those of the steps before. */
static gboolean
check_order (const LimberDeskVisit *visit, GError **error)
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
    return limber_error_refuse (error, why);
  }
  return TRUE;
}

/* Moves the visit on to @step. When nobody says when it was, and it is another day, no time is written: it would be a wrong one. */
gboolean
limber_desk_visit_reach (const LimberDeskVisit *visit, const char *step, const LimberAuthor *author, GError **error)
{
  if (!check_order (visit, error))
    return FALSE;
  if (limber_desk_visit_is_of_its_day (visit) && !limber_stage_reach (visit->transaction, visit->appointment, step, visit->at, author, error))
    return FALSE;
  return limber_desk_visit_set_status (visit, step, author, error);
}

/* Says it to the waiting room, each time anew; what is typed in from paper calls nobody any more. */
gboolean
limber_desk_visit_announce (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  if (visit->told || !limber_desk_visit_is_of_its_day (visit))
    return TRUE;
  limber_id_init_new (&id, limber_transaction_env (visit->transaction));
  edit = limber_edit_new ("call", &id);
  limber_edit_set_id (edit, "appointment", &visit->appointment->id);
  limber_edit_set_id (edit, "patient", limber_record_id (visit->appointment, "patient"));
  limber_edit_set_integer (edit, "at", visit->at);
  return limber_transaction_edit (visit->transaction, edit, author, error);
}

/* @arrival: (nullable): what ended the tasks; %NULL when they are open again */
static gboolean
set_tasks (const LimberDeskVisit *visit, GPtrArray *rows, const LimberId *arrival, const LimberAuthor *author, GError **error)
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
gboolean
limber_desk_visit_end_tasks (const LimberDeskVisit *visit, const LimberAuthor *author, GError **error)
{
  const LimberId *id = &visit->appointment->id;
  g_autofree char *text = limber_id_dup_text (id);
  g_autoptr (GPtrArray) rows = limber_reader_query (visit->reader, "tasks-of-visit", error, "ddt", id, limber_record_id (visit->appointment, "patient"), text);
  g_autoptr (LimberRecord) now = rows != NULL ? limber_reader_get (visit->reader, "appointment", id, error) : NULL;
  LimberId arrival;

  if (now == NULL)
    return FALSE;
  arrival = limber_desk_visit_arrival_of (now);
  return set_tasks (visit, rows, &arrival, author, error);
}

/* @any: (out): whether there were any */
gboolean
limber_desk_visit_reopen_tasks (const LimberDeskVisit *visit, gboolean *any, const LimberAuthor *author, GError **error)
{
  LimberId arrival = limber_desk_visit_arrival_of (visit->appointment);
  g_autoptr (GPtrArray) rows = limber_reader_query (visit->reader, "tasks-ended-by", error, "d", &arrival);

  *any = rows != NULL && rows->len > 0;
  return set_tasks (visit, rows, NULL, author, error);
}
