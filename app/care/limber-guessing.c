#include "limber-guessing.h"

#include "limber-attempts.h"
#include "limber-date.h"
#include "limber-tell.h"
#include "limber-turnout.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define ATTEMPT LIMBER_TURNOUT_TRY
#define ASKED_MORE "ask-more" /* half a try: what is said next is the rest of it */
#define TRIES_IN_A_ROW 5
#define TRIES_WITHIN (10 * MINUTE)
#define WAIT_SECONDS 60
#define MOST_TOLD 1000

static gboolean
matched_nobody (const LimberAttempt *attempt)
{
  return g_str_equal (attempt->result, "no-match");
}

/* How long the two lie apart, by the clock that nobody can set where it has gone on between them. */
static gint64
apart (const LimberAttempt *later, const LimberAttempt *earlier)
{
  gint64 set = later->at - earlier->at, ticks = (later->ticks - earlier->ticks) / 1000;

  return ticks >= 0 ? MIN (set, ticks) : set;
}

/**
 * limber_guessing_wait:
 *
 * Against guessing birth dates and postcodes at a public screen: after five tries in a row within ten minutes that matched
 * nobody, the screen waits a minute, and again after each further one, whether or not it was started anew between. That more
 * was asked for is no try of its own. It is the screen that keeps it; the command line does not.
 *
 * Returns: seconds that the screen must still wait, 0 for none
 */
int
limber_guessing_wait (LimberReader *reader)
{
  g_autoptr (GArray) tries = limber_attempts_last (reader, ATTEMPT, ASKED_MORE, TRIES_IN_A_ROW, NULL);
  gint64 over;

  if (tries == NULL || tries->len < TRIES_IN_A_ROW)
    return 0;
  for (guint i = 0; i < tries->len; i++)
    if (!matched_nobody (&g_array_index (tries, LimberAttempt, i)))
      return 0;
  if (apart (&g_array_index (tries, LimberAttempt, 0), &g_array_index (tries, LimberAttempt, TRIES_IN_A_ROW - 1)) > TRIES_WITHIN)
    return 0;
  over = limber_attempts_since (reader, &g_array_index (tries, LimberAttempt, 0)) / 1000;
  return over < WAIT_SECONDS ? WAIT_SECONDS - (int) over : 0;
}

/* One task a day and screen: how many tries in a row on that day, since when, and at which screen; of nobody. Its text is the number and,
 * on a line of its own, the screen's name: whoever shows it makes a sentence of that in his own language. */
static gboolean
tell (LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GArray) tries = limber_attempts_last (reader, ATTEMPT, ASKED_MORE, MOST_TOLD, error);
  g_autofree char *device = limber_reader_meta (reader, "device"), *name = limber_reader_meta (reader, "name"), *text = NULL;
  gint64 now = limber_transaction_now (transaction);
  LimberTold told = { .about = "guessing", .key = device != NULL ? device : "", .at = now }; /* where none is of today: at midnight, or the clock was set */
  guint n = 0;

  if (tries == NULL)
    return FALSE;
  for (; n < tries->len && matched_nobody (&g_array_index (tries, LimberAttempt, n)) && limber_time_is_same_day (g_array_index (tries, LimberAttempt, n).at, now); n++)
    told.at = g_array_index (tries, LimberAttempt, n).at;
  text = g_strdup_printf ("%u\n%s", n, name != NULL ? name : "");
  told.text = text;
  return limber_tell_desk (transaction, &told, error);
}

/**
 * limber_guessing_count:
 * @result: how a try at a public screen went
 *
 * Counts it. When the screen is slowed down for it, the desk is told.
 */
gboolean
limber_guessing_count (LimberTransaction *transaction, const char *result, GError **error)
{
  if (!limber_attempts_add (transaction, ATTEMPT, result, error))
    return FALSE;
  return limber_guessing_wait (limber_transaction_reader (transaction)) == 0 || (limber_attempts_add (transaction, LIMBER_TURNOUT_PAUSE, "begun", error) && tell (transaction, error));
}
