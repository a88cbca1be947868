#include "limber-sim-loop.h"

#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#define TURNS 100000 /* more than anything takes that ever ends */

struct _SimLoop {
  gint64   now;    /* microseconds since SIM_START (limber-sim-place.h) */
  gint64   next;   /* when the next timer is due, as far as this turn has seen */
  gint64   turn;   /* the machine's own time at the last turn */
  guint64  print;  /* of all that was noted */
  gboolean trace;
  gboolean stuck;  /* somebody was busy for ever */
};

typedef struct {
  GSource  parent;
  SimLoop *loop;
  gint64   due;
  SimLoopFunc before; /* (nullable) */
  gpointer before_data;
} Timer;

/**
 * sim_random_init:
 * @purpose: what the stream is for
 * @number: which of several streams for it
 */
void
sim_random_init (SimRandom *random, guint64 seed, const char *purpose, guint64 number)
{
  guint64 in[2] = { seed, number };

  crypto_generichash ((guint8 *) &random->state, sizeof random->state, (const guint8 *) in, sizeof in, (const guint8 *) purpose, strlen (purpose));
  random->state |= 1;
}

/* xorshift64* */
guint64
sim_random_next (SimRandom *random)
{
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return random->state * G_GUINT64_CONSTANT (2685821657736338717);
}

guint
sim_random_below (SimRandom *random, guint n)
{
  return n == 0 ? 0 : (guint) ((sim_random_next (random) >> 32) * n >> 32);
}

gint64
sim_random_range (SimRandom *random, gint64 from, gint64 to)
{
  return from + (gint64) (sim_random_next (random) % (guint64) (to - from + 1));
}

/**
 * sim_random_log:
 *
 * Returns: between @from and @to, from each power of two to the next one as often
 */
gint64
sim_random_log (SimRandom *random, gint64 from, gint64 to)
{
  guint doublings = 0;

  while (from << (doublings + 1) < to)
    doublings++;
  from <<= sim_random_below (random, doublings + 1);
  return sim_random_range (random, from, MIN (2 * from, to));
}

gboolean
sim_random_chance (SimRandom *random, double chance)
{
  return (double) (sim_random_next (random) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53) < chance;
}

/**
 * sim_loop_new:
 * @now: microseconds: what the time is
 */
SimLoop *
sim_loop_new (gint64 now, gboolean trace)
{
  SimLoop *loop = g_new0 (SimLoop, 1);

  loop->now = now;
  loop->trace = trace;
  return loop;
}

void
sim_loop_free (SimLoop *loop)
{
  g_free (loop);
}

/**
 * sim_loop_now:
 *
 * Returns: microseconds since SIM_START
 */
gint64
sim_loop_now (SimLoop *loop)
{
  return loop->now;
}

static gboolean
timer_prepare (GSource *source, int *timeout)
{
  Timer *timer = (Timer *) source;

  *timeout = -1;
  timer->loop->next = MIN (timer->loop->next, timer->due);
  return timer->due <= timer->loop->now;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  Timer *timer = (Timer *) source;

  if (timer->before != NULL)
    timer->before (timer->before_data);
  if (callback != NULL)
    callback (data);
  return G_SOURCE_REMOVE;
}

/**
 * sim_loop_timer:
 *
 * Returns: (transfer full): a source, not attached yet, that is ready once after @microseconds
 */
GSource *
sim_loop_timer (SimLoop *loop, gint64 microseconds)
{
  static GSourceFuncs funcs = { timer_prepare, NULL, timer_dispatch, NULL, NULL, NULL };
  GSource *source = g_source_new (&funcs, sizeof (Timer));
  Timer *timer = (Timer *) source;

  timer->loop = loop;
  timer->due = loop->now + MAX (microseconds, 0);
  return source;
}

/**
 * sim_loop_timer_set_before:
 * @source: a timer
 * @before: what is called first when it is ready
 */
void
sim_loop_timer_set_before (GSource *source, SimLoopFunc before, gpointer data)
{
  ((Timer *) source)->before = before;
  ((Timer *) source)->before_data = data;
}

void
sim_loop_after (SimLoop *loop, gint64 microseconds, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = sim_loop_timer (loop, microseconds);

  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, NULL);
}

/* GTask asks the machine's clock whether a task was made in an earlier turn: no two turns may have the same time. */
static gboolean
take_turn (SimLoop *loop)
{
  while (g_get_monotonic_time () == loop->turn)
    ;
  loop->turn = g_get_monotonic_time ();
  loop->next = G_MAXINT64;
  return g_main_context_iteration (NULL, FALSE);
}

/**
 * sim_loop_settle:
 *
 * Carries out all that can be without waiting. Somebody who goes on and on without ever waiting is left at it: see
 * sim_loop_is_stuck().
 */
void
sim_loop_settle (SimLoop *loop)
{
  guint turns = 0;

  while (!loop->stuck && take_turn (loop))
    loop->stuck = ++turns > TURNS;
}

/**
 * sim_loop_is_stuck:
 *
 * Returns: whether somebody went on without ever waiting: on a real machine a processor that never rests
 */
gboolean
sim_loop_is_stuck (SimLoop *loop)
{
  return loop->stuck;
}

/**
 * sim_loop_go_on:
 *
 * Whoever was busy for ever has been stopped.
 */
void
sim_loop_go_on (SimLoop *loop)
{
  loop->stuck = FALSE;
}

/**
 * sim_loop_run:
 *
 * Lets time pass.
 */
void
sim_loop_run (SimLoop *loop, gint64 microseconds)
{
  gint64 until = loop->now + microseconds;

  for (;;) {
    sim_loop_settle (loop);
    if (loop->next > until || loop->stuck)
      break;
    loop->now = loop->next;
  }
  loop->now = until;
}

/**
 * sim_loop_note:
 *
 * Notes something that happened. Two runs of one seed note the same.
 */
void
sim_loop_note (SimLoop *loop, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  for (const char *at = text; *at != '\0'; at++)
    loop->print = (loop->print ^ (guint8) *at) * G_GUINT64_CONSTANT (1099511628211);
  loop->print = (loop->print ^ (guint64) loop->now) * G_GUINT64_CONSTANT (1099511628211);
  if (loop->trace)
    g_print ("# %3d %02d:%02d:%09.6f %s\n", (int) (loop->now / SIM_DAY), (int) (loop->now / SIM_HOUR % 24), (int) (loop->now / SIM_MINUTE % 60),
             (double) (loop->now % SIM_MINUTE) / SIM_SECOND, text);
}

/**
 * sim_loop_print:
 *
 * Returns: a fingerprint of all that was noted
 */
guint64
sim_loop_print (SimLoop *loop)
{
  return loop->print;
}
