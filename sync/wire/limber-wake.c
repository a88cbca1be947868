#include "limber-wake.h"

#define WORDS 2 /* as many as there are */

struct _LimberWake {
  GObject    parent;
  gboolean   open;   /* somebody listens */
  gboolean   closed;
  GPtrArray *early;  /* (owned): words that were said before that */
};

enum { SAID, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberWake, limber_wake, G_TYPE_OBJECT)

static void
limber_wake_init (LimberWake *wake)
{
  wake->early = g_ptr_array_new_with_free_func (g_free);
}

static void
limber_wake_finalize (GObject *object)
{
  g_ptr_array_unref (LIMBER_WAKE (object)->early);
  G_OBJECT_CLASS (limber_wake_parent_class)->finalize (object);
}

static void
limber_wake_class_init (LimberWakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_wake_finalize;
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", LIMBER_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * limber_wake_new:
 *
 * Returns: (transfer full): a line; what is said on it is kept until limber_wake_open()
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
  if (wake->closed)
    return;
  if (wake->open)
    g_signal_emit (wake, signals[SAID], 0, word);
  else if (wake->early->len < WORDS && !g_ptr_array_find_with_equal_func (wake->early, word, g_str_equal, NULL))
    g_ptr_array_add (wake->early, g_strdup (word));
}

/**
 * limber_wake_open:
 *
 * Whoever listens to "said" calls this once he does: a node says that there is something only once, and may have said so
 * before the line reached its other end.
 */
void
limber_wake_open (LimberWake *wake)
{
  g_autoptr (GPtrArray) early = g_steal_pointer (&wake->early);

  wake->early = g_ptr_array_new_with_free_func (g_free);
  wake->open = TRUE;
  for (guint i = 0; i < early->len; i++)
    limber_wake_say (wake, g_ptr_array_index (early, i));
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
