/* Patients are told, so nothing is said rather than a guess. How late it runs is as in limber-delay.c: where nobody's going in was
 * noted lately it is not known, and neither is then how long it will be. Who is before her follows from the times that were agreed:
 * whoever has an earlier one and waits, or may still come. Where nobody notes who goes in, all seem to wait, and it is not known.
 * Several with one time are a class: it begins for all of them at once. */
#include "limber-wait.h"

#include "limber-delay.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define STILL_COMES (10 * MINUTE) /* so long after her time somebody may still come in before the next one */
#define STEP 5
#define LONGEST (180) /* minutes: more is no guess to tell anybody */

static const LimberTurn *
find_turn (const GArray *turns, const LimberId *appointment)
{
  for (guint i = 0; i < turns->len; i++)
    if (limber_id_equal (&g_array_index (turns, LimberTurn, i).appointment, appointment))
      return &g_array_index (turns, LimberTurn, i);
  return NULL;
}

static gboolean
is_class (const GArray *turns, const LimberTurn *hers)
{
  for (guint i = 0; i < turns->len; i++) {
    const LimberTurn *turn = &g_array_index (turns, LimberTurn, i);

    if (turn != hers && turn->start == hers->start && (turn->waits || turn->booked))
      return TRUE;
  }
  return FALSE;
}

/* Whether they are noted as waiting because nobody notes who goes in. */
static gboolean
nobody_notes (const GArray *turns, gint64 now)
{
  guint waiting = 0;

  for (guint i = 0; i < turns->len; i++)
    waiting += g_array_index (turns, LimberTurn, i).waits && g_array_index (turns, LimberTurn, i).start < now;
  return waiting > 1 && limber_delay_last_in (turns, now) == NULL;
}

static guint
count_before (const GArray *turns, const LimberTurn *hers, gint64 now)
{
  const LimberTurn *last = limber_delay_last_in (turns, now);
  guint before = 0;

  for (guint i = 0; i < turns->len; i++) {
    const LimberTurn *turn = &g_array_index (turns, LimberTurn, i);
    gboolean passed_over = last != NULL && turn->start < last->start;

    if (turn->start < hers->start && !passed_over && (turn->waits || (turn->booked && now < turn->start + STILL_COMES)))
      before++;
  }
  return before;
}

static void
find_minutes (const GArray *turns, const LimberTurn *hers, gint64 now, LimberWait *wait)
{
  int late = limber_delay_minutes (turns, &hers->appointment, now);
  gint64 left = hers->start + late * MINUTE - now;

  wait->minutes = (int) ((left + STEP * MINUTE - 1) / (STEP * MINUTE)) * STEP;
  wait->has_minutes = (late > 0 || limber_delay_is_noted (turns, now)) && left > 0 && wait->minutes <= LONGEST;
}

/**
 * limber_wait_find:
 * @turns: (element-type LimberTurn): the clinician's day
 * @appointment: hers
 * @now: milliseconds UTC
 * @wait: (out): how long it will be; nothing is known of somebody who does not wait
 */
void
limber_wait_find (const GArray *turns, const LimberId *appointment, gint64 now, LimberWait *wait)
{
  const LimberTurn *hers = find_turn (turns, appointment);

  *wait = (LimberWait){ .waits = hers != NULL && hers->waits };
  if (!wait->waits)
    return;
  wait->is_called = hers->times.called != 0;
  if (wait->is_called)
    return;
  find_minutes (turns, hers, now, wait);
  wait->has_before = !is_class (turns, hers) && !nobody_notes (turns, now);
  if (wait->has_before)
    wait->before = count_before (turns, hers, now);
  wait->is_next = wait->has_before && wait->before == 0;
}

/**
 * limber_wait_tell:
 * @appointment: hers
 * @now: milliseconds UTC
 * @answer: about @appointment, for which she is checked in
 *
 * Has @answer say whether she still waits and, if so, how long it will be, and how late it runs.
 */
gboolean
limber_wait_tell (LimberReader *reader, const LimberRecord *appointment, gint64 now, LimberArriveAnswer *answer, GError **error)
{
  g_autoptr (GArray) turns = limber_turns_of (reader, appointment, error);
  const char *status = limber_record_word (appointment, "status");
  gboolean called = g_strcmp0 (status, "called") == 0;

  if (turns == NULL)
    return FALSE;
  limber_wait_find (turns, &appointment->id, now, &answer->wait);
  /* Of whoever is to see nobody by name there are no turns. */
  answer->wait.waits = called || g_strcmp0 (status, "arrived") == 0;
  answer->wait.is_called |= called;
  answer->delay_minutes = answer->wait.waits ? limber_delay_minutes (turns, &appointment->id, now) : 0;
  return TRUE;
}

/**
 * limber_wait_renew:
 * @answer: about an appointment that somebody is checked in for
 *
 * Has @answer say how long it will be, and how late it runs, as it now is.
 */
gboolean
limber_wait_renew (LimberReader *reader, LimberArriveAnswer *answer, GError **error)
{
  g_autoptr (LimberRecord) appointment = limber_reader_get (reader, "appointment", &answer->appointment, error);

  return appointment != NULL && limber_wait_tell (reader, appointment, limber_reader_now (reader), answer, error);
}
