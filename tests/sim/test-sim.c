/* The simulator: the real store, journal, merge, client and node of a whole service in one process, one thread and from
 * one seed, against a ledger kept outside (TESTING.md). A seed replays exactly:
 *
 *   test-sim --family normal --seed N [--trace]      one run, and all that happened in it
 *   test-sim --family no-digest --seeds A-B          many; says which failed, and what was simulated
 *   test-sim --canaries                              by hand, it takes long: is each rule missed when it is left out?
 */
#include <stdlib.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-sim-event.h"
#include "limber-sim-work.h"

#define EVENTS 150
#ifdef __SANITIZE_ADDRESS__
#define SLOWNESS 5
#else
#define SLOWNESS 1
#endif

static const struct {
  const char *name;
  SimFamily   family;
  guint       seeds; /* in a usual run of the tests */
} families[] = { { "normal", 0, 15 }, { "no-digest", SIM_NO_DIGEST, 8 }, { "no-faults", SIM_NO_FAULTS, 5 }, { "bare", SIM_NO_FAULTS | SIM_NO_DIGEST, 5 } };

static char *option_family, *option_seeds, *option_skip;
static gint64 option_seed = -1;
static int option_events = EVENTS, option_canary;
static gboolean option_trace, option_canaries;

static const GOptionEntry options[] = {
  { "family", 0, 0, G_OPTION_ARG_STRING, &option_family, "normal, no-digest, no-faults or bare (neither)", "NAME" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "Run one seed", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &option_seeds, "Run many", "A-B" },
  { "events", 0, 0, G_OPTION_ARG_INT, &option_events, "How many events a run has", "N" },
  { "canary", 0, 0, G_OPTION_ARG_INT, &option_canary, "The rule to leave out, by its number as a LimberCanary", "N" },
  { "canaries", 0, 0, G_OPTION_ARG_NONE, &option_canaries, "See that each rule is missed when it is left out, and nothing else", NULL },
  { "skip", 0, 0, G_OPTION_ARG_STRING, &option_skip, "Events to leave out", "N,N-N,…" },
  { "trace", 0, 0, G_OPTION_ARG_NONE, &option_trace, "Print all that happens", NULL },
  { NULL },
};

/* What a run came to. */
typedef struct {
  GPtrArray *problems; /* (owned): text */
  guint64    print;
  gint64     time;     /* microseconds, all sites together */
  guint      entries;
  guint      requests;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->problems, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* @skip: (nullable): a byte an event, 1 to leave it out */
static void
run (guint64 seed, SimFamily family, guint events, const guint8 *skip, gboolean trace, Outcome *outcome)
{
  SimWorld *world = sim_world_new (seed, family, trace);

  sim_work_begin (world);
  sim_event_draw_rates (world);
  for (guint i = 0; i < events; i++)
    if (skip == NULL || !skip[i])
      sim_event_happen (world, i);
  sim_world_heal (world);
  sim_world_check (world);
  outcome->problems = g_ptr_array_ref (world->problems);
  outcome->print = sim_loop_print (world->loop);
  outcome->time = 2 * sim_loop_now (world->loop);
  outcome->entries = sim_ledger_length (world->ledger);
  outcome->requests = sim_net_requests (world->net);
  sim_world_free (world);
}

/* Which events are left out, from "3,7-9". */
static guint8 *
parse_skip (const char *text, guint events)
{
  guint8 *skip = g_malloc0 (events + 1);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    const char *dash = strchr (parts[i], '-');
    guint from = (guint) atoi (parts[i]), to = dash != NULL ? (guint) atoi (dash + 1) : from;

    for (guint j = from; *parts[i] != '\0' && j <= to && j < events; j++)
      skip[j] = 1;
  }
  return skip;
}

static char *
skip_to_text (const guint8 *skip, guint events)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < events; i++) {
    guint from = i;

    if (!skip[i])
      continue;
    while (i + 1 < events && skip[i + 1])
      i++;
    g_string_append_printf (text, i > from ? "%s%u-%u" : "%s%u", text->len > 0 ? "," : "", from, i);
  }
  return g_string_free (text, FALSE);
}

static gboolean
still_fails (guint64 seed, SimFamily family, guint events, const guint8 *skip, const char *invariant)
{
  g_auto (Outcome) outcome = { 0 };

  run (seed, family, events, skip, FALSE, &outcome);
  for (guint i = 0; i < outcome.problems->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (outcome.problems, i), invariant))
      return TRUE;
  return FALSE;
}

/* Leaves out ever smaller pieces, as long as the same invariant is still broken. */
static void
shrink (guint64 seed, const char *family, SimFamily flags, guint events, const char *problem)
{
  g_autofree guint8 *skip = parse_skip (option_skip, events);
  g_autofree char *invariant = g_strndup (problem, strcspn (problem, " ") + 1), *text = NULL;

  for (guint size = events / 2; size > 0; size /= 2)
    for (guint at = 0; at < events; at += size) {
      g_autofree guint8 *less = g_memdup2 (skip, events + 1);

      memset (less + at, 1, MIN (size, events - at));
      if (memcmp (less, skip, events) != 0 && still_fails (seed, flags, events, less, invariant))
        memcpy (skip, less, events);
    }
  text = skip_to_text (skip, events);
  g_print ("# The least that still fails:  test-sim --family %s --seed %" G_GUINT64_FORMAT " --events %u --skip %s --trace\n", family, seed, events, text);
}

static void
report (const char *family, guint64 seed, const Outcome *outcome)
{
  g_print ("# Seed %" G_GUINT64_FORMAT " fails. Again with:  test-sim --family %s --seed %" G_GUINT64_FORMAT " --events %d --trace\n", seed, family, seed, option_events);
  for (guint i = 0; i < outcome->problems->len && i < 12; i++)
    g_print ("#   %s\n", (char *) g_ptr_array_index (outcome->problems, i));
}

/* Returns how many seeds failed. */
static guint
run_many (guint at, guint64 first, guint64 last)
{
  gint64 began = g_get_monotonic_time (), time = 0;
  guint entries = 0, requests = 0, failed = 0;

  for (guint64 seed = first; seed <= last; seed++) {
    g_auto (Outcome) outcome = { 0 };

    run (seed, families[at].family, (guint) option_events, NULL, FALSE, &outcome);
    time += outcome.time;
    entries += outcome.entries;
    requests += outcome.requests;
    if (outcome.problems->len == 0)
      continue;
    report (families[at].name, seed, &outcome);
    if (failed++ == 0)
      shrink (seed, families[at].name, families[at].family, (guint) option_events, g_ptr_array_index (outcome.problems, 0));
  }
  g_print ("# %s: %" G_GUINT64_FORMAT " seeds, %u failed; %.2f site-years, %u entries, %u requests in %.1f s\n", families[at].name, last - first + 1, failed,
           (double) time / SIM_DAY / 365, entries, requests, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  return failed;
}

static void
test_family (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data), seeds = families[at].seeds * (g_getenv ("LIMBER_TEST_LONG") != NULL ? 50 : 1) / SLOWNESS;

  g_assert_cmpuint (run_many (at, 1, seeds), ==, 0);
}

static void
test_replay (void)
{
  g_auto (Outcome) first = { 0 }, second = { 0 };

  run (7, 0, EVENTS, NULL, FALSE, &first);
  run (7, 0, EVENTS, NULL, FALSE, &second);
  g_assert_cmphex (first.print, ==, second.print);
}

/* Each rule that is left out must be missed within so many seeds (SYNC.md). */
#define CANARY_SEEDS 50

static const struct {
  LimberCanary canary;
  const char  *name;
  guint        family;
} canaries[] = {
  { LIMBER_CANARY_TIME_IGNORES_SEEN, "a writer takes his own clock only", 0 },
  { LIMBER_CANARY_UNDO_BY_RANK, "undo begins no round", 0 },
  { LIMBER_CANARY_ONCE_KEEPS_LATEST, "of what is written once the latest stands", 0 },
  { LIMBER_CANARY_CONFLICT_STAYS, "what somebody saw stays a conflict", 0 },
  { LIMBER_CANARY_SAME_NUMBER_IS_KNOWN, "the same number is the same entry", 0 },
  { LIMBER_CANARY_FORGET_DROPS_BODIES, "forgetting drops what was written", 0 },
  { LIMBER_CANARY_IN_SENDS_CHANGES, "who comes into a scope is not sent whole", 3 },
  { LIMBER_CANARY_NO_ANSWER_OUT, "who writes about an outsider is not told", 3 },
  { LIMBER_CANARY_REPAIR_ONLY_ADDS, "nothing is taken out of a bucket", 0 },
  { LIMBER_CANARY_NORMAL_SYNC, "what is said to be saved is not on the disk", 0 },
};

static void
test_canary (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data), caught = 0;
  SimFamily family = families[canaries[at].family].family;

  limber_canary_out = canaries[at].canary;
  for (guint64 seed = 1; seed <= CANARY_SEEDS && caught == 0; seed++) {
    g_auto (Outcome) outcome = { 0 };

    run (seed, family, (guint) option_events, NULL, FALSE, &outcome);
    if (outcome.problems->len > 0) {
      caught = (guint) seed;
      g_print ("# seed %u: %s\n", caught, (char *) g_ptr_array_index (outcome.problems, 0));
    }
  }
  limber_canary_out = LIMBER_CANARY_NONE;
  g_assert_cmpuint (caught, >, 0);
}

static int
run_as_told (guint at)
{
  guint64 first = 0, last = 0;

  if (option_seed >= 0) {
    g_auto (Outcome) outcome = { 0 };
    g_autofree guint8 *skip = parse_skip (option_skip, (guint) option_events);

    run ((guint64) option_seed, families[at].family, (guint) option_events, skip, option_trace, &outcome);
    for (guint i = 0; i < outcome.problems->len; i++)
      g_print ("%s\n", (char *) g_ptr_array_index (outcome.problems, i));
    g_print ("seed %" G_GINT64_FORMAT ": %u problems, %u entries, %u requests, print %" G_GINT64_MODIFIER "x\n", option_seed, outcome.problems->len, outcome.entries, outcome.requests,
             outcome.print);
    return outcome.problems->len > 0;
  }
  if (sscanf (option_seeds, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, &first, &last) != 2)
    return 2;
  return run_many (at, first, last) > 0;
}

static void
add_families (void)
{
  g_test_add_func ("/sim/a seed replays exactly", test_replay);
  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    g_autofree char *path = g_strdup_printf ("/sim/%s", families[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_family);
  }
}

static void
add_canaries (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++) {
    g_autofree char *path = g_strdup_printf ("/sim/canaries/%s", canaries[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_canary);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  limber_canary_out = (LimberCanary) option_canary;
  if (option_seed >= 0 || option_seeds != NULL) {
    for (guint i = 0; i < G_N_ELEMENTS (families); i++)
      if (g_strcmp0 (option_family != NULL ? option_family : "normal", families[i].name) == 0)
        return run_as_told (i);
    return 2;
  }
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR); /* that a disk fails is worth a warning, and happens here */
  if (option_canaries)
    add_canaries ();
  else
    add_families ();
  return g_test_run ();
}
