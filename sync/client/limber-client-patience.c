/* When to try again: timers, how long to wait after a failure, and turns that a node gives. */
#include "limber-client-private.h"

#define RETRY_FIRST 500u  /* milliseconds */
#define RETRY_MOST 5000u
#define REFUSED_MOST (10 * 60 * 1000u)
#define TURN_MOST 60000

void
limber_client_clear_timer (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
limber_client_set_timer (LimberClient *self, GSource **source, guint milliseconds, GSourceFunc func)
{
  limber_client_clear_timer (source);
  *source = limber_env_timer (limber_store_env (self->store), milliseconds);
  g_source_set_callback (*source, func, self, NULL);
  g_source_attach (*source, self->context);
}

gint64
limber_client_monotonic (LimberClient *self)
{
  return limber_env_monotonic (limber_store_env (self->store));
}

/**
 * limber_client_set_turn:
 * @milliseconds: in how many the node will take the next push; 0 for at once
 */
void
limber_client_set_turn (LimberClient *self, gint64 milliseconds)
{
  self->turn = milliseconds > 0 ? limber_client_monotonic (self) + 1000 * MIN (milliseconds, TURN_MOST) : 0;
}

/**
 * limber_client_patience:
 * @failures: how many attempts in a row came to nothing
 * @refusals: how often a node has said that it does not know this device, or knows it no more, since it last read anything
 *
 * Exponential; at most five seconds, so that nobody notices when the line is back (one that nobody answers takes longer than
 * that by itself). Who is refused asks ever more seldom: only a person changes that.
 *
 * Returns: milliseconds from one attempt's beginning to the next one's
 */
guint
limber_client_patience (guint failures, guint refusals)
{
  guint usual = MIN (RETRY_MOST, RETRY_FIRST << MIN (failures, 4u));

  return refusals == 0 ? usual : MAX (usual, MIN (REFUSED_MOST, RETRY_FIRST << MIN (refusals, 11u)));
}

/* With jitter: a hundred devices do not come back in one instant. */
guint
limber_client_retry_delay (LimberClient *self)
{
  gint64 took = (limber_client_monotonic (self) - self->tried) / 1000, delay = MAX ((gint64) RETRY_FIRST, (gint64) limber_client_patience (self->failures, self->refusals) - took);
  guint8 random;

  limber_env_random (limber_store_env (self->store), &random, 1);
  return (guint) (delay / 2 + delay / 2 * random / 255);
}
