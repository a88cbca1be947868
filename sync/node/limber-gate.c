#include "limber-gate.h"

#define PACE_FIRST 40000   /* microseconds a push, until it is known better */
#define PACE_MOST 1000000
#define MEMORY 16          /* the pace is that of about so many pushes */
#define OVERBOOKED 7 / 8   /* turns come so much closer together than pushes are carried out: not everybody comes, and nobody is to be waited for */
#define WAIT_LEAST 50      /* milliseconds */
#define LEAST 2            /* inside, however slow this machine is just now: one is written while the next is read */
#define INSIDE 800000      /* microseconds: how long the last who is let in should have to wait for all before him */

struct _LimberGate {
  GMutex mutex;
  guint  inside;
  gint64 pace;  /* microseconds from one push's end to the next one's, while there is always one inside */
  gint64 since; /* the last end, or when the first came in after none was */
  gint64 given; /* the last turn that was given */
};

/**
 * limber_gate_new:
 *
 * Returns: (transfer full): a gate that nobody has passed
 */
LimberGate *
limber_gate_new (void)
{
  LimberGate *gate = g_new0 (LimberGate, 1);

  g_mutex_init (&gate->mutex);
  gate->pace = PACE_FIRST;
  return gate;
}

void
limber_gate_free (LimberGate *gate)
{
  g_mutex_clear (&gate->mutex);
  g_free (gate);
}

/* Returns: milliseconds from @now to a turn of one's own */
static guint
give_turn (LimberGate *gate, gint64 now)
{
  gint64 latest = now + G_GINT64_CONSTANT (1000) * LIMBER_GATE_WAIT_MOST;

  gate->given = MIN (latest, MAX (gate->given, now) + gate->pace * OVERBOOKED);
  return (guint) MAX (WAIT_LEAST, (gate->given - now) / 1000);
}

static gboolean
is_full (LimberGate *gate)
{
  return gate->inside >= CLAMP (INSIDE / MAX (1, gate->pace), LEAST, LIMBER_GATE_MOST);
}

/**
 * limber_gate_enter:
 * @now: microseconds that never go back
 * @wait: (out): when there is no room: in how many milliseconds to come again
 *
 * Returns: whether there is room; then limber_gate_leave() must follow
 */
gboolean
limber_gate_enter (LimberGate *gate, gint64 now, guint *wait)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  if (is_full (gate)) {
    gate->given = MAX (gate->given, now + gate->pace * gate->inside / 2); /* no sooner than half of them are out */
    *wait = give_turn (gate, now);
    return FALSE;
  }
  if (gate->inside++ == 0)
    gate->since = now;
  return TRUE;
}

/**
 * limber_gate_leave:
 * @now: microseconds that never go back
 *
 * A push that had entered is over, whatever it came to.
 */
void
limber_gate_leave (LimberGate *gate, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  gate->inside--;
  gate->pace += (CLAMP (now - gate->since, 0, PACE_MOST) - gate->pace) / MEMORY;
  gate->since = now;
}

/**
 * limber_gate_next:
 * @now: microseconds that never go back
 *
 * Returns: milliseconds after which whoever is answered now is to push again; 0 for at once, since nobody waits
 */
guint
limber_gate_next (LimberGate *gate, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  return gate->given > now ? give_turn (gate, now) : 0;
}
