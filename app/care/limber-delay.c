#include "limber-delay.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define EVIDENCE (120 * MINUTE) /* what is older says nothing of now */
#define STEP 5
#define LEAST 10

/* From when on somebody could have gone in: nobody is kept waiting before she came, or before her time. */
static gint64
could_go_in (const LimberTurn *turn)
{
  return MAX (turn->start, turn->times.arrived);
}

static gint64
went_in (const LimberTurn *turn)
{
  return turn->times.went_in != 0 ? turn->times.went_in : turn->times.called;
}

/**
 * limber_delay_last_in:
 * @turns: (element-type LimberTurn): the clinician's day
 * @now: milliseconds UTC
 *
 * Returns: (transfer none) (nullable): the last one who went in, or was called; not after @now: some clock may be wrong
 */
const LimberTurn *
limber_delay_last_in (const GArray *turns, gint64 now)
{
  const LimberTurn *last = NULL;

  for (guint i = 0; i < turns->len; i++) {
    const LimberTurn *turn = &g_array_index (turns, LimberTurn, i);

    if (went_in (turn) != 0 && went_in (turn) <= now && (last == NULL || went_in (turn) > went_in (last)))
      last = turn;
  }
  return last;
}

/* How long the first one waits whose turn it is. Somebody of an earlier start than the last who went in was passed over, or
 * nobody noted that she went in: she says nothing. Where nobody went in today and several wait, nobody notes it at all. */
static gint64
longest_wait (const GArray *turns, const LimberTurn *last, const LimberId *except, gint64 now)
{
  gint64 longest = 0;
  guint waiting = 0;

  for (guint i = 0; i < turns->len; i++) {
    const LimberTurn *turn = &g_array_index (turns, LimberTurn, i);
    gint64 wait = now - could_go_in (turn);

    if (!turn->waits || wait <= 0 || (except != NULL && limber_id_equal (except, &turn->appointment)))
      continue;
    waiting++;
    if (wait <= EVIDENCE && (last == NULL || turn->start > last->start))
      longest = MAX (longest, wait);
  }
  return last == NULL && waiting > 1 ? 0 : longest;
}

/**
 * limber_delay_is_noted:
 * @turns: (element-type LimberTurn): the clinician's day
 * @now: milliseconds UTC
 *
 * Returns: whether somebody's going in was noted lately, so that it is known how late it is, or that it is not
 */
gboolean
limber_delay_is_noted (const GArray *turns, gint64 now)
{
  const LimberTurn *last = limber_delay_last_in (turns, now);

  return last != NULL && now - went_in (last) <= EVIDENCE;
}

/**
 * limber_delay_minutes:
 * @turns: (element-type LimberTurn): the clinician's day
 * @except: (nullable): whoever asks, who is no evidence herself
 * @now: milliseconds UTC
 *
 * How late the clinician runs: how long the last one who went in had to wait, or whoever waits now, whichever is longer.
 * The rule is ours: patients are told, so it says nothing rather than a guess, where nothing was noted for two hours.
 *
 * Returns: minutes, rounded up to five, at least ten; 0 when there is nothing to say
 */
int
limber_delay_minutes (const GArray *turns, const LimberId *except, gint64 now)
{
  const LimberTurn *last = limber_delay_last_in (turns, now);
  gint64 late = longest_wait (turns, last, except, now);
  int minutes;

  if (limber_delay_is_noted (turns, now))
    late = MAX (late, went_in (last) - could_go_in (last));
  minutes = (int) ((late / MINUTE + STEP - 1) / STEP) * STEP;
  return minutes >= LEAST ? minutes : 0;
}
