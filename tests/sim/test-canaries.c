/* Rules of SYNC.md left out on purpose, each of which the simulator must notice within 50 seeds: a check that nothing can
 * fail is none. A usual run tries first the seed that is known to catch it, and searches only when that no longer does.
 *
 *   test-canaries                             each at the seed that is known
 *   test-canaries --search [--canary N]       each from seed 1 on: the first that catches it
 *   test-canaries --count [--canary N]        and how many of the 50 do; takes long
 *   test-canaries --canary N --seed N         what one run says
 */
#include <string.h>

#include "limber-canary.h"
#include "limber-sim-run.h"

#define SEEDS 50
#define DIRECTED_EVENTS 40 /* in a run of a directed family */

typedef struct {
  LimberCanary canary;
  const char  *name;
  guint64      seed;    /* the first that is known to catch it; 0 for none yet: only searched for */
  SimFamily    family;
  const char  *rates;   /* (nullable): of a directed family */
} Canary;

#define BARE (SIM_NO_FAULTS | SIM_NO_DIGEST)

/* What leaving a rule out does may be put right by another: then the family is without that one. */
static const Canary canaries[] = {
  { LIMBER_CANARY_EPOCH_TAKEN_UP, "2 an epoch goes on after the store was opened", 9, 0, NULL },
  { LIMBER_CANARY_ARRIVAL_OF_ITS_OWN, "3 an arrival's id is not made from its appointment", 35, 0, NULL },
  { LIMBER_CANARY_KIOSK_WRITES_ALL, "3 a kiosk writes whole rows", 1, 0, NULL },
  { LIMBER_CANARY_TIME_IGNORES_SEEN, "4 a writer takes his own clock only", 2, 0, "clock 3, edit 30, leave 6, come back 3" },
  { LIMBER_CANARY_FUTURE_IS_REWRITTEN, "4 a node puts a time that is to come right", 1, 0, NULL },
  { LIMBER_CANARY_CLOCK_FOLLOWS_ANY, "4 a time far ahead moves the own clock", 14, 0, NULL },
  { LIMBER_CANARY_HUB_TELLS_ITS_TIME, "4 a hub tells the time of its own machine", 1, 0, "edit 10, clock 5, tell time 5" },
  { LIMBER_CANARY_NOTHING_SEEN, "5 an author does not say what he had before him", 1, 0, NULL },
  { LIMBER_CANARY_DECISION_SEES_WINNER, "5 a decision does not list what it decides against", 5, 0, NULL },
  { LIMBER_CANARY_RANK_IGNORED, "6 a list is as good as a person", 5, 0, NULL },
  { LIMBER_CANARY_ONE_CLOCK_A_ROW, "6 one clock a row", 1, 0, NULL },
  { LIMBER_CANARY_UNKNOWN_IS_DROPPED, "6 a hub keeps only what it knows", 1, BARE, NULL },
  { LIMBER_CANARY_ORDERED_BY_CLOCK, "7 of two words the later written stands", 5, 0, NULL },
  { LIMBER_CANARY_UNDO_BY_RANK, "7 undo begins no round", 1, 0, NULL },
  { LIMBER_CANARY_ONCE_KEEPS_LATEST, "7 of what is written once the latest stands", 43, 0, NULL },
  { LIMBER_CANARY_CONFLICT_STAYS, "8 whoever did not see the winner stays a conflict", 1, 0, NULL },
  { LIMBER_CANARY_CONFLICT_ON_ARRIVAL, "8 a conflict is a pair found on arrival", 5, 0, NULL },
  { LIMBER_CANARY_ALL_IS_DISPUTED, "8 two who confirmed on two days disagree", 1, 0, "edit 5, confirm 30, leave 6, come back 3" },
  { LIMBER_CANARY_IMPORT_BY_PRESENT, "9 a list writes what differs from now", 2, 0, NULL },
  { LIMBER_CANARY_COMPONENT_IGNORED, "10 those who are one are not held together", 1, BARE, NULL },
  { LIMBER_CANARY_SENDS_FROM_MEMORY, "11 what to send is remembered", 3, 0, "edit 30, leave 6, copy 20, restore 10, come back 1" },
  { LIMBER_CANARY_ONE_MARK, "11 one mark for all nodes", 1, 0, NULL },
  { LIMBER_CANARY_QUARANTINE_BLOCKS, "11 what is kept apart blocks what goes on from it", 1, 0, "spoil 5, edit 20" },
  { LIMBER_CANARY_GAP_IS_TAKEN, "11 an entry is taken whose predecessor is not there", 5, 0, "edit 40, copy 10, put back 6" },
  { LIMBER_CANARY_PRUNE_FORGETS_HASH, "11 of what was pruned nothing is known", 9, 0, NULL },
  { LIMBER_CANARY_SAME_NUMBER_IS_KNOWN, "12 the same number is the same entry", 6, 0, "edit 20, clone 8" },
  { LIMBER_CANARY_BRANCH_GOES_ON, "12 who hears of a branch writes on in it", 29, 0, NULL },
  { LIMBER_CANARY_PRUNE_AT_RECEIVED, "13 pruned at received", 1, 0, "edit 20, move 10, leave 2, come back 3" },
  { LIMBER_CANARY_FORGETS_BODIES, "13 a device that forgets drops what was written", 3, 0, "edit 20, move 10, leave 5, come back 5" },
  { LIMBER_CANARY_HUB_FORGETS_BODIES, "13 a hub that forgets drops what was written", 1, 0, "edit 20, move 10, cut 10" },
  { LIMBER_CANARY_PRUNE_AT_ONCE, "13 what is backed up is pruned at once", 1, 0, "book 20, task 10, site 10, done 5, edit 5, backup 10" },
  { LIMBER_CANARY_NO_SECOND, "14 central has no second file", 1, 0, "import 10, book 10, edit 10, backup 4, restore central 4" },
  { LIMBER_CANARY_FIRST_COMES_LAST, "14 revocations and erasures come in their turn", 27, 0, "edit 20, import 10, backup 4, revoke 4, erase 5, hole 4" },
  { LIMBER_CANARY_REVOKED_IS_MERGED, "15 what a revoked device writes is believed", 1, 0, "edit 20, cut 10, revoke 4" },
  { LIMBER_CANARY_CONTENT_IS_MERGED, "15 what cannot be what it says is merged", 1, 0, "spoil 10, edit 20" },
  { LIMBER_CANARY_ANY_RUN, "16 a cursor is good whatever run it is of", 8, SIM_NO_DIGEST, "edit 20, book 5, copy 4, restore 4" },
  { LIMBER_CANARY_CURSOR_FIRST, "16 the cursor is kept before the page", 2, SIM_NO_DIGEST, "edit 30, crash 30" },
  { LIMBER_CANARY_ROW_KEEPS_PLACE, "16 a row that changes stays at its place", 1, BARE, NULL },
  { LIMBER_CANARY_IN_SENDS_CHANGES, "17 who comes into a scope is not sent whole", 1, BARE, NULL },
  { LIMBER_CANARY_OUT_IGNORED, "17 who leaves a scope is not forgotten", 1, BARE, "edit 10, move 10, register 4" },
  { LIMBER_CANARY_NO_MIDNIGHT, "17 a new day changes no scope", 10, BARE, "book 20, rebook 20, edit 1" },
  { LIMBER_CANARY_NO_ANSWER_OUT, "17 who writes about an outsider is not told", 1, BARE, NULL },
  { LIMBER_CANARY_RECEIPT_AT_ONCE, "17 who was told to forget is believed to have", 1, BARE, "edit 10, move 10, register 4" },
  { LIMBER_CANARY_SCOPE_REFUSES, "17 who writes about an outsider is refused", 1, 0, "edit 20, move 10, register 4" },
  { LIMBER_CANARY_COMPARES_WITH_WORK, "18 digests are compared with work pending", 1, SIM_NO_FAULTS, "edit 20, book 10, leave 5, come back 8" },
  { LIMBER_CANARY_REPAIR_MERGES, "18 a bucket that differs is merged", 1, 0, "edit 20, cut 10, revoke 4" },
  { LIMBER_CANARY_REPAIR_ONLY_ADDS, "18 nothing is taken out of a bucket", 8, 0, NULL },
  { LIMBER_CANARY_FRESH_IS_THE_NODES, "18 a row made afresh lacks the own journal", 5, 0, "spoil 20, move 20" },
  { LIMBER_CANARY_ANY_POSITION, "18 a node that is behind may take away", 12, 0, "edit 40, leave 8, cut 40" },
  { LIMBER_CANARY_NOT_RECOVERED, "18 what central never knew is lost", 1, 0, "import 20, edit 5, backup 5, lose second 3" },
  { LIMBER_CANARY_GOES_WITH_WORK, "a device that is told to go goes with what it has", 1, 0, "edit 30, leave 10, come back 5, retire 12" },
  { LIMBER_CANARY_ERASED_COMES_BACK, "19 an entry is not looked for among the erased", 1, 0, "edit 20, erase 5, leave 5, come back 5" },
  { LIMBER_CANARY_KEEPS_THE_GONE, "13 what is safe stays where nobody expects that person", 1, 0, "rebook 15, move 5, check in 10, task 15, backup 15" },
  { LIMBER_CANARY_CALLED_BY_SITE, "what somebody wants to be called by does not count", 1, SIM_BOARDS, "call 30, call by 20" },
  { LIMBER_CANARY_CALL_STAYS, "who is called no longer stays on the waiting-room screen", 3, SIM_BOARDS, "call 30, take back 20" },
  { LIMBER_CANARY_CALL_OF_ANY_DAY, "who was called on another day comes again", 2, SIM_BOARDS | SIM_NO_FAULTS, "call 20, rebook 20" },
  { LIMBER_CANARY_CALL_AS_IT_WAS, "a call that shows something else now is not told again", 1, BARE | SIM_BOARDS, "call 30, call by 20" },
  { LIMBER_CANARY_ANSWERED_UNTOLD, "a kiosk is not told what somebody has answered since", 3, BARE, "publish 10, answer 30" },
  { LIMBER_CANARY_NORMAL_SYNC, "what is said to be saved is not on the disk", 1, 0, "edit 20, crash 20" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (canaries) == LIMBER_CANARIES - 1);

static gboolean option_search, option_count, option_rule, option_trace;
static int option_canary;
static char *option_family, *option_rates;
static gint64 option_seed = -1;

static const GOptionEntry options[] = {
  { "search", 0, 0, G_OPTION_ARG_NONE, &option_search, "Look for the first seed that catches it", NULL },
  { "count", 0, 0, G_OPTION_ARG_NONE, &option_count, "Try every seed", NULL },
  { "canary", 0, 0, G_OPTION_ARG_INT, &option_canary, "Only this one, by its number as a LimberCanary", "N" },
  { "rule", 0, 0, G_OPTION_ARG_NONE, &option_rule, "With the rule", NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "Run one seed of it", "N" },
  { "family", 0, 0, G_OPTION_ARG_STRING, &option_family, "In another family than its own", "NAME" },
  { "rates", 0, 0, G_OPTION_ARG_STRING, &option_rates, "With other events than its own; - for all", "EVENT N, …" },
  { "trace", 0, 0, G_OPTION_ARG_NONE, &option_trace, "Print all that happens", NULL },
  { NULL },
};

/* @out: whether the rule is left out */
static void
run_with (const Canary *canary, gboolean out, guint64 seed, SimRun *run)
{
  *run = (SimRun){ .seed = seed, .family = canary->family, .rates = canary->rates, .events = SIM_RUN_EVENTS, .briefly = run->briefly, .trace = option_trace };
  for (guint i = 0; option_family != NULL && i < SIM_RUN_FAMILIES; i++)
    if (g_str_equal (option_family, sim_run_families[i].name))
      run->family = sim_run_families[i].family;
  run->family |= SIM_NO_RESTS | SIM_STEADY; /* one busy session: most of the time nobody comes, and nothing is to be noticed */
  if (option_rates != NULL)
    run->rates = *option_rates != '-' ? option_rates : NULL;
  if (run->rates != NULL)
    run->events = DIRECTED_EVENTS;
  limber_canary_out = out ? canary->canary : LIMBER_CANARY_NONE;
  sim_run (run);
  limber_canary_out = LIMBER_CANARY_NONE;
}

/* @problem: (out): what the simulator noticed first, NULL for nothing */
static gboolean
notices (const Canary *canary, gboolean out, guint64 seed, char **problem)
{
  g_auto (SimRun) run = { 0 };

  run.briefly = TRUE;
  run_with (canary, out, seed, &run);
  *problem = run.problems->len > 0 ? g_strdup (g_ptr_array_index (run.problems, 0)) : NULL;
  return *problem != NULL;
}

static gboolean
is_caught (const Canary *canary, guint64 seed, char **problem)
{
  return notices (canary, TRUE, seed, problem);
}

/* In a family of its own nothing may be noticed while the rule is there; the others are test-sim's. */
static void
test_canary (gconstpointer data)
{
  const Canary *canary = data;
  g_autofree char *problem = NULL;
  guint64 seed = canary->seed;

  if (!is_caught (canary, seed, &problem)) {
    g_test_message ("seed %" G_GUINT64_FORMAT " no longer catches it", seed);
    for (seed = 1; seed <= SEEDS && !is_caught (canary, seed, &problem); seed++)
      ;
  }
  g_test_message ("seed %" G_GUINT64_FORMAT ": %s", seed, problem);
  g_assert_nonnull (problem);
  if (canary->rates != NULL) {
    g_autofree char *other = NULL;

    if (notices (canary, FALSE, seed, &other))
      g_test_fail_printf ("with the rule, too: %s", other);
  }
}

static gboolean
search (const Canary *canary)
{
  gint64 began = g_get_monotonic_time ();
  g_autofree char *first_problem = NULL;
  guint64 first = 0, seed;
  guint caught = 0;

  for (seed = 1; seed <= SEEDS && (first == 0 || option_count); seed++) {
    g_autofree char *problem = NULL;

    if (!notices (canary, !option_rule, seed, &problem))
      continue;
    if (caught++ > 0)
      continue;
    first = seed;
    first_problem = g_steal_pointer (&problem);
  }
  g_print ("%2d %-50s first seed %2" G_GUINT64_FORMAT ", %2u of %2" G_GUINT64_FORMAT ", %3.0f s: %.80s\n", canary->canary, canary->name, first, caught, seed - 1,
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, first_problem != NULL ? first_problem : "not caught");
  return caught > 0;
}

static gboolean
run_one (const Canary *canary)
{
  g_auto (SimRun) run = { 0 };

  run_with (canary, !option_rule, (guint64) option_seed, &run);
  for (guint i = 0; i < run.problems->len; i++)
    g_print ("%s\n", (char *) g_ptr_array_index (run.problems, i));
  return run.problems->len > 0;
}

static int
do_as_told (void)
{
  gboolean all = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
    if (option_canary == 0 || option_canary == (int) canaries[i].canary)
      all = (option_seed >= 0 ? run_one (&canaries[i]) : search (&canaries[i])) && all;
  return all ? 0 : 1;
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

/* Some leave so much to be asked for again and again that saying so is what takes the time. */
static void
say_nothing (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
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
  if (option_search || option_count || option_seed >= 0)
    return do_as_told ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  add_tests ();
  return g_test_run ();
}
