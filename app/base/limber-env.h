/* LimberEnv: the clock, the random numbers and the file layer that the core uses, in one place, so that a test or a
 * simulator can run the real code under a seed. A plain environment is the machine's own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LimberEnv LimberEnv;

#define LIMBER_RUN_LENGTH 16 /* letters of a run's name */
#define LIMBER_TIME_MAXIMUM (G_GINT64_CONSTANT (1) << 46) /* milliseconds UTC, far beyond any clock that is only wrong */

/**
 * LimberEnvClass:
 * @now: milliseconds UTC since 1970 by this machine's own clock
 * @monotonic: microseconds that never go back
 * @random: fills @length bytes with random numbers
 * @vfs: (nullable): the SQLite file layer to open stores with, %NULL for the usual one
 * @timer: (nullable): makes a source that is ready once, so many milliseconds from now; %NULL for the main loop's own
 * @one_thread: whether stores do their work in the thread of whoever asks, between two turns of its main loop, instead of
 *   in threads of their own
 *
 * What an environment provides. All functions but @timer may be called from any thread.
 */
typedef struct {
  gint64 (*now) (gpointer data);
  gint64 (*monotonic) (gpointer data);
  void (*random) (gpointer data, guint8 *bytes, gsize length);
  const char *vfs;
  GSource *(*timer) (gpointer data, guint milliseconds);
  gboolean one_thread;
} LimberEnvClass;

LimberEnv  *limber_env_new        (const LimberEnvClass *klass, gpointer data, GDestroyNotify destroy);
LimberEnv  *limber_env_new_system (void);
LimberEnv  *limber_env_ref        (LimberEnv *env);
void        limber_env_unref      (LimberEnv *env);
gint64      limber_env_now        (LimberEnv *env);
gint64      limber_env_wall       (LimberEnv *env);
gint64      limber_env_monotonic  (LimberEnv *env);
void        limber_env_random     (LimberEnv *env, guint8 *bytes, gsize length);
void        limber_env_mint_run   (LimberEnv *env, char run[LIMBER_RUN_LENGTH + 1]);
const char *limber_env_vfs        (LimberEnv *env);
GSource    *limber_env_timer      (LimberEnv *env, guint milliseconds);
gboolean    limber_env_one_thread (LimberEnv *env);
void        limber_env_set_offset (LimberEnv *env, gint64 offset);
gint64      limber_env_get_offset (LimberEnv *env);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberEnv, limber_env_unref)

G_END_DECLS
