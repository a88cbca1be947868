/* Rules of SYNC.md left out on purpose, each of which the simulator must notice within 50 seeds: a check that nothing can
 * fail is none. A usual run tries first the seed that is known to catch it, and searches only when that no longer does.
 *
 *   test-canaries                         each at the seed that is known
 *   test-canaries --search [--canary N]   each at all of 50 seeds: the first that catches it, and how many do; takes long
 */
#include "limber-canary.h"
#include "limber-sim-run.h"

#define SEEDS 50

typedef struct {
  LimberCanary canary;
  const char  *name;
  SimFamily    family;
  guint64      seed;    /* the first that is known to catch it; 0 to be searched for by hand */
} Canary;

#define BARE (SIM_NO_FAULTS | SIM_NO_DIGEST)

static const Canary canaries[] = {
  { LIMBER_CANARY_TIME_IGNORES_SEEN, "a writer takes his own clock only", 0, 0 },
  { LIMBER_CANARY_UNDO_BY_RANK, "undo begins no round", 0, 1 },
  { LIMBER_CANARY_ONCE_KEEPS_LATEST, "of what is written once the latest stands", 0, 4 },
  { LIMBER_CANARY_CONFLICT_STAYS, "what somebody saw stays a conflict", 0, 1 },
  { LIMBER_CANARY_SAME_NUMBER_IS_KNOWN, "the same number is the same entry", 0, 0 },
  { LIMBER_CANARY_FORGET_DROPS_BODIES, "forgetting drops what was written", 0, 0 },
  { LIMBER_CANARY_IN_SENDS_CHANGES, "who comes into a scope is not sent whole", BARE, 1 },
  { LIMBER_CANARY_NO_ANSWER_OUT, "who writes about an outsider is not told", BARE, 2 },
  { LIMBER_CANARY_REPAIR_ONLY_ADDS, "nothing is taken out of a bucket", 0, 2 },
  { LIMBER_CANARY_NORMAL_SYNC, "what is said to be saved is not on the disk", 0, 0 },
};

static gboolean option_search;
static int option_canary;

static const GOptionEntry options[] = {
  { "search", 0, 0, G_OPTION_ARG_NONE, &option_search, "Try every seed", NULL },
  { "canary", 0, 0, G_OPTION_ARG_INT, &option_canary, "Only this one, by its number as a LimberCanary", "N" },
  { NULL },
};

/* Returns: whether the simulator notices */
static gboolean
is_caught (const Canary *canary, guint64 seed, char **problem)
{
  g_auto (SimRun) run = { .seed = seed, .family = canary->family | SIM_NO_RESTS, .events = SIM_RUN_EVENTS };

  limber_canary_out = canary->canary;
  sim_run (&run);
  limber_canary_out = LIMBER_CANARY_NONE;
  if (run.problems->len == 0)
    return FALSE;
  *problem = g_strdup (g_ptr_array_index (run.problems, 0));
  return TRUE;
}

static void
test_canary (gconstpointer data)
{
  const Canary *canary = data;
  g_autofree char *problem = NULL;
  guint64 seed = canary->seed;

  if (!is_caught (canary, seed, &problem))
    for (seed = 1; seed <= SEEDS && !is_caught (canary, seed, &problem); seed++)
      ;
  if (seed != canary->seed)
    g_test_message ("seed %" G_GUINT64_FORMAT " no longer catches it", canary->seed);
  g_test_message ("seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  g_assert_cmpuint (seed, <=, SEEDS);
}

/* Some leave so much to be asked for again and again that saying so is what takes the time. */
static void
say_nothing (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static gboolean
search (const Canary *canary)
{
  gint64 began = g_get_monotonic_time ();
  g_autofree char *first_problem = NULL;
  guint64 first = 0;
  guint caught = 0;

  for (guint64 seed = 1; seed <= SEEDS; seed++) {
    g_autofree char *problem = NULL;

    if (!is_caught (canary, seed, &problem))
      continue;
    caught++;
    if (first == 0) {
      first = seed;
      first_problem = g_steal_pointer (&problem);
    }
  }
  g_print ("%2d %-44s first seed %2" G_GUINT64_FORMAT ", %2u of %d, %4.0f s: %s\n", canary->canary, canary->name, first, caught, SEEDS,
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, first_problem != NULL ? first_problem : "not caught");
  return caught > 0;
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++) {
    g_autofree char *path = g_strdup_printf ("/canaries/%s", canaries[i].name);

    if (canaries[i].seed > 0)
      g_test_add_data_func (path, &canaries[i], test_canary);
  }
}

static int
search_all (void)
{
  gboolean all = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    if (option_canary == 0 || option_canary == (int) canaries[i].canary)
      all = search (&canaries[i]) && all;
  return all ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  g_log_set_handler ("limber", G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO | G_LOG_LEVEL_WARNING, say_nothing, NULL);
  if (option_search)
    return search_all ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  add_tests ();
  return g_test_run ();
}
