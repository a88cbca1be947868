#include "limber-env.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"

struct _LimberEnv {
  gatomicrefcount refs;
  LimberEnvClass  klass;
  gpointer        data;    /* (owned by destroy) */
  GDestroyNotify  destroy; /* (nullable) */
  gint64          offset;  /* milliseconds to add to the machine's clock; (atomic) */
};

#ifdef LIMBER_TEST_HOOKS
/* LIMBER_NOW, an ISO 8601 time, sets the clock of a whole program: it starts there and runs on. */
static gint64
test_clock_shift (void)
{
  const char *text = g_getenv ("LIMBER_NOW");
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL || *text == '\0')
    return 0;
  time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL) {
    g_warning ("LIMBER_NOW is not an ISO 8601 time with its offset: %s", text);
    return 0;
  }
  return g_date_time_to_unix (time) * 1000 - g_get_real_time () / 1000;
}
#endif

static gint64
system_now (gpointer data)
{
  const gint64 *shift = data;

  return g_get_real_time () / 1000 + *shift;
}

static gint64
system_monotonic (gpointer data)
{
  return g_get_monotonic_time ();
}

static void
system_random (gpointer data, guint8 *bytes, gsize length)
{
  randombytes_buf (bytes, length);
}

/**
 * limber_env_new:
 * @klass: what the environment provides; copied
 * @data: handed to its functions
 * @destroy: (nullable): frees @data
 *
 * Makes an environment of one's own, for a test or a simulator.
 *
 * Returns: (transfer full): the environment
 */
LimberEnv *
limber_env_new (const LimberEnvClass *klass, gpointer data, GDestroyNotify destroy)
{
  LimberEnv *env = g_new0 (LimberEnv, 1);

  g_atomic_ref_count_init (&env->refs);
  env->klass = *klass;
  env->data = data;
  env->destroy = destroy;
  return env;
}

/**
 * limber_env_new_system:
 *
 * The machine's own clock, random numbers and files.
 *
 * Returns: (transfer full): the environment
 */
LimberEnv *
limber_env_new_system (void)
{
  static const LimberEnvClass klass = { system_now, system_monotonic, system_random, NULL, NULL, FALSE };
  gint64 *shift = g_new0 (gint64, 1);

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
#ifdef LIMBER_TEST_HOOKS
  *shift = test_clock_shift ();
#endif
  return limber_env_new (&klass, shift, g_free);
}

LimberEnv *
limber_env_ref (LimberEnv *env)
{
  g_atomic_ref_count_inc (&env->refs);
  return env;
}

void
limber_env_unref (LimberEnv *env)
{
  if (!g_atomic_ref_count_dec (&env->refs))
    return;
  if (env->destroy != NULL)
    env->destroy (env->data);
  g_free (env);
}

/**
 * limber_env_wall:
 *
 * Returns: this machine's own clock, uncorrected, milliseconds UTC
 */
gint64
limber_env_wall (LimberEnv *env)
{
  return env->klass.now (env->data);
}

/**
 * limber_env_now:
 *
 * Returns: the time as central has it so far as is known: this machine's clock and the offset that was learnt,
 *   milliseconds UTC. Never a time that an entry cannot have: an offset that was learnt while the clock was in 2099 leads
 *   to before 1970 once it is in 1970, and nothing is refused for its time (SYNC.md rule 4)
 */
gint64
limber_env_now (LimberEnv *env)
{
  return CLAMP (limber_env_wall (env) + limber_env_get_offset (env), 1, LIMBER_TIME_MAXIMUM);
}

gint64
limber_env_monotonic (LimberEnv *env)
{
  return env->klass.monotonic (env->data);
}

void
limber_env_random (LimberEnv *env, guint8 *bytes, gsize length)
{
  env->klass.random (env->data, bytes, length);
}

/**
 * limber_env_mint_run:
 * @run: (out caller-allocates): the random name of one start of a node or device
 */
void
limber_env_mint_run (LimberEnv *env, char run[LIMBER_RUN_LENGTH + 1])
{
  guint8 bytes[LIMBER_RUN_LENGTH / 2];
  g_autofree char *hex = NULL;

  limber_env_random (env, bytes, sizeof bytes);
  hex = limber_hex_dup (bytes, sizeof bytes);
  memcpy (run, hex, LIMBER_RUN_LENGTH + 1);
}

const char *
limber_env_vfs (LimberEnv *env)
{
  return env->klass.vfs;
}

/**
 * limber_env_timer:
 *
 * Returns: (transfer full): a source, not attached yet, that is ready once after @milliseconds
 */
GSource *
limber_env_timer (LimberEnv *env, guint milliseconds)
{
  return env->klass.timer != NULL ? env->klass.timer (env->data, milliseconds) : g_timeout_source_new (milliseconds);
}

/**
 * limber_env_one_thread:
 *
 * Returns: whether stores do their work in the thread of whoever asks
 */
gboolean
limber_env_one_thread (LimberEnv *env)
{
  return env->klass.one_thread;
}

/**
 * limber_env_set_offset:
 * @offset: milliseconds that central's clock is ahead of this machine's
 *
 * Corrects the clock (SYNC.md rule 4: offsets come from central).
 */
void
limber_env_set_offset (LimberEnv *env, gint64 offset)
{
  __atomic_store_n (&env->offset, offset, __ATOMIC_RELAXED);
}

gint64
limber_env_get_offset (LimberEnv *env)
{
  return __atomic_load_n (&env->offset, __ATOMIC_RELAXED);
}
