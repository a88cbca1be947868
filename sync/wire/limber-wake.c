#include "limber-wake.h"

struct _LimberWake {
  GObject  parent;
  gboolean closed;
};

enum { SAID, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberWake, limber_wake, G_TYPE_OBJECT)

static void
limber_wake_init (LimberWake *wake)
{
}

static void
limber_wake_class_init (LimberWakeClass *klass)
{
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", LIMBER_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * limber_wake_new:
 *
 * Returns: (transfer full): an open line
 */
LimberWake *
limber_wake_new (void)
{
  return g_object_new (LIMBER_TYPE_WAKE, NULL);
}

/**
 * limber_wake_say:
 * @word: LIMBER_WAKE_PULL or LIMBER_WAKE_MARKS
 *
 * Says @word, unless the line is closed.
 */
void
limber_wake_say (LimberWake *wake, const char *word)
{
  if (!wake->closed)
    g_signal_emit (wake, signals[SAID], 0, word);
}

/**
 * limber_wake_close:
 *
 * Ends the line; both sides are told, once.
 */
void
limber_wake_close (LimberWake *wake)
{
  if (wake->closed)
    return;
  wake->closed = TRUE;
  g_object_ref (wake);
  g_signal_emit (wake, signals[CLOSED], 0);
  g_object_unref (wake);
}

gboolean
limber_wake_is_closed (LimberWake *wake)
{
  return wake->closed;
}
