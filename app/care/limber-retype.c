#include "limber-retype.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-desk.h"
#include "limber-error.h"

#define EARLY_HOURS 6 /* before the appointment: earlier than that it is a slip, or the hour of a twelve-hour clock */
#define HOUR (60 * G_GINT64_CONSTANT (60000))

static gint64
rank_of (gint64 status)
{
  return status % LIMBER_PROGRESS_ROUND;
}

gboolean
limber_retype_is_empty (const LimberRetype *line)
{
  return line->came == 0 && line->seen == 0 && !line->did_not_come;
}

/* A time of the appointment's day; 0 for nothing typed. */
static gboolean
read_time (const LimberRetype *line, const char *text, gint64 *time, GError **error)
{
  g_autofree char *clean = g_strstrip (g_strdup (text)), *typed = NULL, *start = NULL;
  int minutes = limber_time_parse_typed (clean);
  char day[LIMBER_DATE_LENGTH + 1];

  *time = 0;
  if (*clean == '\0')
    return TRUE;
  limber_date_of_time (line->start, day);
  if (minutes < 0 || !limber_date_moment (day, minutes, time))
    return limber_error_refuse (error, _("That is no time of day. Type it as 922 or 9:22; in the first field, n for did not come."));
  if (*time >= line->start - EARLY_HOURS * HOUR)
    return TRUE;
  typed = limber_time_for_staff (*time);
  start = limber_time_for_staff (line->start);
  /* Translators: two times of the day: what was typed, and when the appointment is. */
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%1$s is long before the appointment, which was at %2$s. From one o’clock on, type 13 to 23."), typed, start);
  return FALSE;
}

static gboolean
is_no (const char *text)
{
  g_autofree char *clean = g_strstrip (g_utf8_strdown (text, -1));

  /* Translators: what one types for "no, did not come", small letters; n is understood always. */
  return g_str_equal (clean, "n") || g_str_equal (clean, C_("did not come", "n"));
}

/**
 * limber_retype_read:
 * @line: with its appointment, status and start
 * @came: what was typed as the time at which she came, or n
 * @seen: what was typed as the time at which she was seen
 * @error: LIMBER_ERROR_REFUSED, with what is to be typed
 *
 * Reads what was typed. A time is of the appointment's own day, by the 24-hour clock.
 */
gboolean
limber_retype_read (LimberRetype *line, const char *came, const char *seen, GError **error)
{
  line->did_not_come = is_no (came);
  line->came = line->seen = 0;
  if (line->did_not_come) {
    g_autofree char *rest = g_strstrip (g_strdup (seen));

    return *rest == '\0' || limber_error_refuse (error, _("Either this person did not come, or was seen: not both."));
  }
  if (!read_time (line, came, &line->came, error) || !read_time (line, seen, &line->seen, error))
    return FALSE;
  if (line->seen != 0 && line->came == 0 && rank_of (line->status) < 3)
    return limber_error_refuse (error, _("Type also when this person came."));
  if (line->seen != 0 && line->came > line->seen)
    return limber_error_refuse (error, _("This person cannot have been seen before coming."));
  return TRUE;
}

/* The appointment's status; -1 with @error set. */
static gint64
status_now (LimberTransaction *transaction, const LimberId *appointment, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (limber_transaction_reader (transaction), "appointment", appointment, error);

  return record != NULL ? limber_record_integer (record, "status") : -1;
}

static gboolean
check_unmoved (LimberTransaction *transaction, const LimberRetype *line, GError **error)
{
  gint64 status = status_now (transaction, &line->appointment, error);

  if (status == line->status)
    return TRUE;
  return status >= 0 && limber_error_refuse (error, _("Another screen has gone on with this appointment meanwhile. Look at what it says now; nothing of what you typed was saved."));
}

/**
 * limber_retype_save:
 * @line: as limber_retype_read() left it
 * @error: LIMBER_ERROR_REFUSED when another screen has gone on with the appointment, or a deed of the desk (limber-desk.h)
 *   refuses; then nothing of the line is saved
 *
 * Does what the line says, at the times that it says; the journal keeps when it was typed.
 */
gboolean
limber_retype_save (LimberTransaction *transaction, LimberRetype *line, const LimberAuthor *author, GError **error)
{
  if (!check_unmoved (transaction, line, error))
    return FALSE;
  if (line->did_not_come && !limber_desk_did_not_attend (transaction, &line->appointment, 0, author, error))
    return FALSE;
  if (line->came != 0 && !limber_desk_check_in (transaction, &line->appointment, line->came, author, error))
    return FALSE;
  if (line->seen != 0 && !limber_desk_seen (transaction, &line->appointment, line->seen, author, error))
    return FALSE;
  line->status = status_now (transaction, &line->appointment, error);
  return line->status >= 0;
}

/**
 * limber_retype_undo:
 * @line: as limber_retype_save() left it
 * @before: the status that it had before
 * @error: LIMBER_ERROR_REFUSED when another screen has gone on with the appointment
 *
 * Takes a line back, step by step, to where it was before; who had been marked as not having come is booked.
 */
gboolean
limber_retype_undo (LimberTransaction *transaction, const LimberRetype *line, gint64 before, const LimberAuthor *author, GError **error)
{
  gint64 status = line->status;

  if (!check_unmoved (transaction, line, error))
    return FALSE;
  while (status > 0 && rank_of (status) != 0 && rank_of (status) != rank_of (before)) {
    if (!limber_desk_undo (transaction, &line->appointment, 0, author, error))
      return FALSE;
    status = status_now (transaction, &line->appointment, error);
  }
  return status >= 0;
}
