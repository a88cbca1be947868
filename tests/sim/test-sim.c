/* The simulator: the real store, journal, merge, client and node of a whole service in one process, one thread and from
 * one seed, against a ledger kept outside (TESTING.md). A seed replays exactly:
 *
 *   test-sim --family normal --seed N [--trace]      one run, and all that happened in it
 *   test-sim --family no-digest --seeds A-B          many; says which failed, and what was simulated
 */
#include <stdlib.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-sim-jobs.h"

#ifdef __SANITIZE_ADDRESS__
#define SLOWNESS 20
#else
#define SLOWNESS 1
#endif

/* How many seeds of each family a usual run of the tests has, and how many times as many a long one. */
static const guint usual_seeds[SIM_RUN_FAMILIES] = { 18, 8, 8, 8 };
#define LONG 46

#define SHRINKING (60 * G_USEC_PER_SEC)

static char *option_family, *option_seeds, *option_skip, *option_rates;
static gint64 option_seed = -1;
static int option_events = SIM_RUN_EVENTS, option_canary, option_jobs, option_few;
static gboolean option_trace, option_no_rests, option_boards;

static const GOptionEntry options[] = {
  { "family", 0, 0, G_OPTION_ARG_STRING, &option_family, "normal, no-digest, no-faults or bare (neither)", "NAME" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "Run one seed", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &option_seeds, "Run many", "A-B" },
  { "events", 0, 0, G_OPTION_ARG_INT, &option_events, "How many events a run has", "N" },
  { "canary", 0, 0, G_OPTION_ARG_INT, &option_canary, "The rule to leave out, by its number as a LimberCanary", "N" },
  { "no-rests", 0, 0, G_OPTION_ARG_NONE, &option_no_rests, "Each run is one busy session", NULL },
  { "rates", 0, 0, G_OPTION_ARG_STRING, &option_rates, "Only these events, and how often each happens", "EVENT N, …" },
  { "boards", 0, 0, G_OPTION_ARG_NONE, &option_boards, "Each site has a waiting-room screen", NULL },
  { "few", 0, 0, G_OPTION_ARG_INT, &option_few, "How many entries or rows a message holds; else as many as there usually are", "N" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &option_jobs, "How many runs at a time; else one a processor", "N" },
  { "skip", 0, 0, G_OPTION_ARG_STRING, &option_skip, "Events to leave out", "N,N-N,…" },
  { "trace", 0, 0, G_OPTION_ARG_NONE, &option_trace, "Print all that happens", NULL },
  { NULL },
};

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

static SimRun
new_run (guint at, guint64 seed, const guint8 *skip)
{
  SimFamily family = sim_run_families[at].family | (option_no_rests ? SIM_NO_RESTS : 0) | (option_boards ? SIM_BOARDS : 0);

  return (SimRun){ .seed = seed, .family = family, .events = (guint) option_events, .rates = option_rates, .skip = skip };
}

static gboolean
still_fails (guint at, guint64 seed, const guint8 *skip, const char *invariant)
{
  g_auto (SimRun) run = new_run (at, seed, skip);

  sim_jobs_run (&run, 1, 1, NULL, NULL);
  for (guint i = 0; i < run.problems->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (run.problems, i), invariant))
      return TRUE;
  return FALSE;
}

static void
print_replay (guint at, guint64 seed, const char *skip)
{
  g_print ("test-sim --family %s%s%s%s%s%s --few %d --seed %" G_GUINT64_FORMAT " --events %d%s%s --trace\n", sim_run_families[at].name, option_no_rests ? " --no-rests" : "",
           option_boards ? " --boards" : "", option_rates != NULL ? " --rates '" : "", option_rates != NULL ? option_rates : "", option_rates != NULL ? "'" : "", option_few, seed, option_events,
           skip != NULL ? " --skip " : "", skip != NULL ? skip : "");
}

/* Leaves out ever smaller pieces, as long as the same invariant is still broken and there is time. */
static void
shrink (guint at, guint64 seed, const char *problem)
{
  guint events = (guint) option_events;
  g_autofree guint8 *skip = parse_skip (option_skip, events);
  g_autofree char *invariant = g_strndup (problem, strcspn (problem, " ") + 1), *text = NULL;
  gint64 until = g_get_monotonic_time () + SHRINKING;

  for (guint size = events / 2; size > 0; size /= 2)
    for (guint first = 0; first < events && g_get_monotonic_time () < until; first += size) {
      g_autofree guint8 *less = g_memdup2 (skip, events + 1);

      memset (less + first, 1, MIN (size, events - first));
      if (memcmp (less, skip, events) != 0 && still_fails (at, seed, less, invariant))
        memcpy (skip, less, events);
    }
  text = skip_to_text (skip, events);
  g_print ("# The least that still fails:  ");
  print_replay (at, seed, text);
}

/* What many runs came to together. */
typedef struct {
  guint         at;     /* of which family */
  guint         failed;
  const SimRun *first;  /* (nullable): that failed */
  gint64        time;   /* microseconds, all sites together */
  guint         entries, requests, rests;
  guint         happened[SIM_GROUPS];
} Sum;

static void
add (const SimRun *run, gpointer data)
{
  Sum *sum = data;

  sum->time += run->time;
  sum->entries += run->entries;
  sum->requests += run->requests;
  sum->rests += run->rests;
  for (guint i = 0; i < SIM_GROUPS; i++)
    sum->happened[i] += run->happened[i];
  if (run->problems->len == 0)
    return;
  if (sum->failed++ == 0)
    sum->first = run;
  g_print ("# Seed %" G_GUINT64_FORMAT " fails. Again with:  ", run->seed);
  print_replay (sum->at, run->seed, NULL);
  for (guint i = 0; i < run->problems->len && i < 12; i++)
    g_print ("#   %s\n", (char *) g_ptr_array_index (run->problems, i));
}

static void
print_sum (const Sum *sum, guint seeds, gint64 took)
{
  const guint *happened = sum->happened;

  g_print ("# %s: %u seeds, %u failed; %.1f site-years with %u rests; %u entries, %u requests; %u times work, %u network, %u power, %u copies, %u clocks, %u access, %u central, %u versions, %u told to go, %u calls, %u forms; %.1f s\n",
           sim_run_families[sum->at].name, seeds, sum->failed, (double) sum->time / SIM_DAY / 365, sum->rests, sum->entries, sum->requests, happened[SIM_WORK], happened[SIM_NETWORK],
           happened[SIM_POWER], happened[SIM_COPY], happened[SIM_CLOCK], happened[SIM_ACCESS], happened[SIM_CENTRAL], happened[SIM_VERSIONS], happened[SIM_LEAVING], happened[SIM_CALLS],
           happened[SIM_FORMS], (double) took / G_USEC_PER_SEC);
}

/* Returns how many seeds failed. */
static guint
run_many (guint at, guint64 first, guint64 last)
{
  gint64 began = g_get_monotonic_time ();
  guint n = (guint) (last - first + 1);
  g_autofree SimRun *runs = g_new (SimRun, n);
  Sum sum = { .at = at };

  for (guint i = 0; i < n; i++)
    runs[i] = new_run (at, first + i, NULL);
  sim_jobs_run (runs, n, (guint) option_jobs, add, &sum);
  print_sum (&sum, n, g_get_monotonic_time () - began);
  if (sum.first != NULL)
    shrink (at, sum.first->seed, g_ptr_array_index (sum.first->problems, 0));
  for (guint i = 0; i < n; i++)
    sim_run_clear (&runs[i]);
  return sum.failed;
}

static void
test_family (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data), seeds = usual_seeds[at] * (g_getenv ("LIMBER_TEST_LONG") != NULL ? LONG : 1) / SLOWNESS;

  g_assert_cmpuint (run_many (at, 1, seeds), ==, 0);
}

static void
test_replay (void)
{
  SimRun runs[] = { new_run (0, 7, NULL), new_run (0, 7, NULL) };

  sim_jobs_run (runs, 2, 2, NULL, NULL);
  g_assert_cmphex (runs[0].print, ==, runs[1].print);
  sim_run_clear (&runs[0]);
  sim_run_clear (&runs[1]);
}

static int
run_as_told (guint at)
{
  guint64 first = 0, last = 0;

  if (option_seed >= 0) {
    g_autofree guint8 *skip = parse_skip (option_skip, (guint) option_events);
    g_auto (SimRun) run = new_run (at, (guint64) option_seed, skip);

    run.trace = option_trace;
    sim_run (&run);
    for (guint i = 0; i < run.problems->len; i++)
      g_print ("%s\n", (char *) g_ptr_array_index (run.problems, i));
    g_print ("seed %" G_GINT64_FORMAT ": %u problems, %u entries, %u requests, print %" G_GINT64_MODIFIER "x\n", option_seed, run.problems->len, run.entries, run.requests,
             run.print);
    return run.problems->len > 0;
  }
  if (sscanf (option_seeds, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, &first, &last) != 2)
    return 2;
  return run_many (at, first, last) > 0;
}

static void
add_families (void)
{
  g_test_add_func ("/sim/a seed replays exactly", test_replay);
  for (guint i = 0; i < SIM_RUN_FAMILIES; i++) {
    g_autofree char *path = g_strdup_printf ("/sim/%s", sim_run_families[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_family);
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
  limber_canary_few = (guint) MAX (option_few, 0);
  option_jobs = option_jobs > 0 ? option_jobs : (int) g_get_num_processors ();
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR); /* that a disk fails is worth a warning, and happens here */
  if (option_seed >= 0 || option_seeds != NULL) {
    for (guint i = 0; i < SIM_RUN_FAMILIES; i++)
      if (g_strcmp0 (option_family != NULL ? option_family : "normal", sim_run_families[i].name) == 0)
        return run_as_told (i);
    return 2;
  }
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR); /* the tests had set it to less */
  add_families ();
  return g_test_run ();
}
