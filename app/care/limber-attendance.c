#include "limber-attendance.h"

#include <glib/gi18n-lib.h>

#include "limber-identity.h"

static const struct {
  const char *code;
  const char *status[2]; /* what an appointment is of which it can be said */
  const char *words;
} codes[] = {
  { "5", { "with-clinician", "seen" }, N_("On time") },
  { "6", { "with-clinician", "seen" }, N_("Late, but seen") },
  { "7", { "did-not-attend" }, N_("Came late, could not be seen") },
  { "3", { "did-not-attend" }, N_("Did not come, and did not tell us") },
  { "2", { "cancelled" }, N_("Cancelled by the patient") },
  { "4", { "cancelled" }, N_("Cancelled by the service") },
};

/* When her turn came: when she went in, so far as that is known. */
static gint64
turn_came (const LimberTimes *times)
{
  return times->went_in != 0 ? times->went_in : times->called != 0 ? times->called : times->seen;
}

/**
 * limber_attendance_ready:
 * @turns: (element-type LimberTurn): the clinician's day, in any order
 * @appointment: one of it
 *
 * When the clinician was ready for somebody: the later of the appointment's start and the moment at which the one who went
 * in before her was seen. The rule is ours; the national definition of 5 and 6 says only "ready".
 *
 * Returns: milliseconds UTC; 0 when it is not known, because nobody said when one of the two went in, or when the one before was done
 */
gint64
limber_attendance_ready (const GArray *turns, const LimberId *appointment)
{
  const LimberTurn *own = NULL, *before = NULL;

  for (guint i = 0; i < turns->len && own == NULL; i++)
    if (limber_id_equal (&g_array_index (turns, LimberTurn, i).appointment, appointment))
      own = &g_array_index (turns, LimberTurn, i);
  if (own == NULL || turn_came (&own->times) == 0)
    return 0;
  for (guint i = 0; i < turns->len; i++) {
    const LimberTurn *turn = &g_array_index (turns, LimberTurn, i);
    gint64 came = turn_came (&turn->times);

    if (turn != own && came != 0 && came < turn_came (&own->times) && (before == NULL || came > turn_came (&before->times)))
      before = turn;
  }
  if (before != NULL && before->times.seen == 0)
    return 0;
  return before != NULL ? MAX (own->start, before->times.seen) : own->start;
}

/* Of somebody who was let in. Who came by the start was on time whenever the clinician was ready. */
static const char *
of_seen (const LimberAttended *attended)
{
  if (attended->times.arrived == 0)
    return NULL;
  if (attended->times.arrived <= attended->start)
    return "5";
  if (attended->ready == 0)
    return NULL;
  return attended->times.arrived <= attended->ready ? "5" : "6";
}

/**
 * limber_attendance_suggest:
 *
 * Returns: (nullable): the code that the times suggest, for staff to confirm; %NULL where they do not tell, or it is not over
 */
const char *
limber_attendance_suggest (const LimberAttended *attended)
{
  if (g_strcmp0 (attended->status, "cancelled") == 0) {
    if (attended->died || g_strcmp0 (attended->cancelled_by, "patient") == 0)
      return "2";
    return g_strcmp0 (attended->cancelled_by, "provider") == 0 ? "4" : NULL;
  }
  if (g_strcmp0 (attended->status, "did-not-attend") == 0) {
    if (attended->times.arrived == 0)
      return "3";
    return attended->times.arrived > attended->start ? "7" : NULL;
  }
  if (g_strcmp0 (attended->status, "with-clinician") == 0 || g_strcmp0 (attended->status, "seen") == 0)
    return of_seen (attended);
  return NULL;
}

/**
 * limber_attendance_fits:
 * @code: a code
 * @status: the word of an appointment's progress
 *
 * Returns: whether @code can be said of an appointment that is @status
 */
gboolean
limber_attendance_fits (const char *code, const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].code, code) == 0)
      return g_strcmp0 (codes[i].status[0], status) == 0 || (codes[i].status[1] != NULL && g_strcmp0 (codes[i].status[1], status) == 0);
  return FALSE;
}

/**
 * limber_attendance_words:
 * @code: (nullable): a code
 *
 * Returns: (nullable): what it says, for staff; %NULL for what is no code
 */
const char *
limber_attendance_words (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].code, code) == 0)
      return _(codes[i].words);
  return NULL;
}

/**
 * limber_attendance_read:
 * @appointment: it must outlive @attended
 * @attended: (out): what is known of it
 */
gboolean
limber_attendance_read (LimberReader *reader, const LimberRecord *appointment, LimberAttended *attended, GError **error)
{
  g_autoptr (GArray) turns = limber_turns_of (reader, appointment, error);
  g_autofree char *died = NULL;

  if (turns == NULL || !limber_stage_times (reader, appointment, &attended->times, error) || !limber_identity_died (reader, limber_record_id (appointment, "patient"), &died, error))
    return FALSE;
  attended->status = limber_record_word (appointment, "status");
  attended->cancelled_by = limber_record_text (appointment, "cancelled_by");
  attended->died = died != NULL;
  attended->start = limber_record_integer (appointment, "start");
  attended->ready = limber_attendance_ready (turns, &appointment->id);
  return TRUE;
}
