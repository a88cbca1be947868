/* Any step of SQLite's that Limber asks for fails, as if there were no memory for it: at a store, an error, never a crash or
 * damage, and the next change is as good as ever; in a whole service (the simulator's), all the same holds in the end as without.
 * The linker leads the calls through here (--wrap). */
#include "limber-client.h"
#include "limber-crash-check.h"
#include "limber-error.h"
#include "limber-restore.h"
#include "limber-sim-disk.h"
#include "limber-sim-event.h"
#include "limber-sim-run.h"
#include "limber-sim-work.h"
#include "limber-test-steps.h"

#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 100
#define SEEDS 1
#else
#define ROUNDS 500       /* steps of work with a fault, for each class of store, in a usual run */
#define SEEDS 2          /* whole services */
#endif
#define ROUNDS_LONG 20000
#define SEEDS_LONG 400

static const guint rarity[] = { 8, 512, 32768 }; /* of so many times one fails: never before, once, more often */

static gboolean in_service;
static gboolean awake;   /* steps may fail now */
static guint paused;     /* what the simulator itself cannot do without is under way */
static guint room;       /* so many may still fail */
static guint fired;
static SimRandom chance;

void __real_sim_place_open (SimPlace *place);
gboolean __real_limber_store_read (LimberStore *store, LimberReadFunc func, gpointer data, GError **error);
void __real_sim_place_join (SimPlace *place, SimPlace *at, const LimberId *replaces);
gboolean __real_limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error);

void __wrap_sim_place_open (SimPlace *place);
void __wrap_sim_place_join (SimPlace *place, SimPlace *at, const LimberId *replaces);
gboolean __wrap_limber_store_read (LimberStore *store, LimberReadFunc func, gpointer data, GError **error);
gboolean __wrap_limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error);

static gboolean
fails (void)
{
  guint *times;

  if (!awake || paused > 0 || room == 0)
    return FALSE;
  times = test_steps_failed ();
  if (sim_random_below (&chance, rarity[MIN (*times, G_N_ELEMENTS (rarity) - 1)]) != 0)
    return FALSE;
  (*times)++;
  fired++;
  room--;
  return TRUE;
}

/* Steps may fail from now on. */
static void
wake (guint most)
{
  awake = TRUE;
  room = most;
}

/* The simulator opens a store when somebody comes to it, and joins a new hub; who could not would try again. */
void
__wrap_sim_place_open (SimPlace *place)
{
  paused++;
  __real_sim_place_open (place);
  paused--;
}

void
__wrap_sim_place_join (SimPlace *place, SimPlace *at, const LimberId *replaces)
{
  paused++;
  __real_sim_place_join (place, at, replaces);
  paused--;
}

gboolean
__wrap_limber_restore_run (const char *dir, const char *file, const char *second, LimberEnv *env, GError **error)
{
  gboolean done;

  paused += in_service;
  done = __real_limber_restore_run (dir, file, second, env, error);
  paused -= in_service;
  return done;
}

/* Who reads and waits is mostly the simulator, looking on; what a node reads for others is asked for in another way. */
gboolean
__wrap_limber_store_read (LimberStore *store, LimberReadFunc func, gpointer data, GError **error)
{
  gboolean result;

  paused += in_service;
  result = __real_limber_store_read (store, func, data, error);
  paused -= in_service;
  return result;
}

/* One store. */

static void
complain (CrashWork *work, const char *what, const char *why)
{
  g_error ("%s, a step of SQLite's failed during %s (step %u): %s: %s", limber_class_name (work->identity.klass), work->doing, work->number, what, why);
}

static void
check_next (CrashWork *work)
{
  g_autoptr (GError) error = NULL;

  if (work->store == NULL && !crash_work_open (work, &error))
    complain (work, "it cannot be opened", error->message);
  work->number++;
  if (work->failed > 0 || !crash_work_put (work, &error))
    complain (work, "the next change was refused", error != NULL ? error->message : "it says that the disk failed");
  if (!crash_check_store (work, work->store, &error))
    complain (work, "it is not sound", error->message);
}

static void
one_step (CrashWork *work)
{
  g_autoptr (GError) error = NULL;
  guint before = fired;
  gboolean done;

  wake (1);
  done = crash_work_step (work, &error);
  awake = FALSE;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (!done && (fired == before || !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_BUSY)))
    complain (work, "it was said otherwise", error->message);
  check_next (work);
}

static void
test_store (gconstpointer data)
{
  guint rounds = g_getenv ("LIMBER_TEST_LONG") != NULL ? ROUNDS_LONG : ROUNDS;
  g_autofree char *folder = test_dir_new (), *dir = g_build_filename (folder, "store", NULL);
  CrashSource *source = crash_source_new (GPOINTER_TO_UINT (data), 1);
  CrashWork *work = crash_work_new (source, dir, 1);
  g_autoptr (GError) error = NULL;

  fired = 0;
  sim_random_init (&chance, 1, "steps", GPOINTER_TO_UINT (data));
  crash_work_create (work, &error);
  g_assert_no_error (error);
  crash_work_open (work, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rounds; i++)
    one_step (work);
  g_test_message ("%u faults in %u steps", fired, rounds);
  g_assert_cmpuint (fired, >, 10);
  crash_work_free (work);
  crash_source_free (source);
  test_dir_remove (folder);
}

/* A whole service. */

static void
run (guint64 seed)
{
  SimWorld *world = sim_world_new (seed, 0, FALSE);

  sim_random_init (&chance, seed, "steps", 0);
  sim_work_begin (world);
  sim_event_draw_rates (world);
  in_service = TRUE;
  wake (G_MAXUINT);
  for (guint i = 0; i < SIM_RUN_EVENTS; i++)
    sim_event_happen (world, i);
  in_service = awake = FALSE;
  sim_world_heal (world);
  sim_world_check (world);
  for (guint i = 0; i < world->problems->len; i++)
    g_test_message ("seed %" G_GUINT64_FORMAT ": %s", seed, (const char *) g_ptr_array_index (world->problems, i));
  g_assert_cmpuint (world->problems->len, ==, 0);
  sim_world_free (world);
}

static void
test_service (void)
{
  guint64 seed = g_getenv ("LIMBER_SEED") != NULL ? g_ascii_strtoull (g_getenv ("LIMBER_SEED"), NULL, 10) : 1;
  guint seeds = g_getenv ("LIMBER_TEST_LONG") != NULL ? SEEDS_LONG : SEEDS;

  fired = 0;
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* that something could not be written now is worth a warning */
  g_log_set_fatal_mask ("GLib", G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  for (guint i = 0; i < seeds; i++)
    run (seed + i);
  g_test_message ("%u faults in %u services, from seed %" G_GUINT64_FORMAT, fired, seeds, seed);
  g_assert_cmpuint (fired, >, seeds * 10);
}

int
main (int argc, char *argv[])
{
  crash_work_in_memory ();
  sim_disk_install (1);
  test_steps_install (fails);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/crash/a step fails at a desk", GUINT_TO_POINTER (LIMBER_CLASS_DESK), test_store);
  g_test_add_data_func ("/crash/a step fails at a hub", GUINT_TO_POINTER (LIMBER_CLASS_HUB), test_store);
  g_test_add_data_func ("/crash/a step fails at central", GUINT_TO_POINTER (LIMBER_CLASS_CENTRAL), test_store);
  g_test_add_func ("/crash/steps fail in a service", test_service);
  return g_test_run ();
}
