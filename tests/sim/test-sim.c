/* The simulator: the real store, journal, merge, client and node of a whole service in one process, one thread and from
 * one seed, against a ledger kept outside (TESTING.md). A seed replays exactly:
 *
 *   test-sim --family normal --seed N [--trace]      one run, and all that happened in it
 *   test-sim --family no-digest --seeds A-B          many; says which failed, and what was simulated
 */
#include <stdlib.h>
#include <string.h>

#include "limber-canary.h"
#include "limber-sim-run.h"

#ifdef __SANITIZE_ADDRESS__
#define SLOWNESS 5
#else
#define SLOWNESS 1
#endif

/* How many seeds of each family a usual run of the tests has. */
static const guint usual_seeds[SIM_RUN_FAMILIES] = { 15, 8, 5, 5 };

static char *option_family, *option_seeds, *option_skip;
static gint64 option_seed = -1;
static int option_events = SIM_RUN_EVENTS, option_canary;
static gboolean option_trace;

static const GOptionEntry options[] = {
  { "family", 0, 0, G_OPTION_ARG_STRING, &option_family, "normal, no-digest, no-faults or bare (neither)", "NAME" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "Run one seed", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &option_seeds, "Run many", "A-B" },
  { "events", 0, 0, G_OPTION_ARG_INT, &option_events, "How many events a run has", "N" },
  { "canary", 0, 0, G_OPTION_ARG_INT, &option_canary, "The rule to leave out, by its number as a LimberCanary", "N" },
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

static gboolean
still_fails (guint64 seed, SimFamily family, guint events, const guint8 *skip, const char *invariant)
{
  g_auto (SimRun) run = { .seed = seed, .family = family, .events = events, .skip = skip };

  sim_run (&run);
  for (guint i = 0; i < run.problems->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (run.problems, i), invariant))
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
report (const char *family, guint64 seed, const SimRun *run)
{
  g_print ("# Seed %" G_GUINT64_FORMAT " fails. Again with:  test-sim --family %s --seed %" G_GUINT64_FORMAT " --events %d --trace\n", seed, family, seed, option_events);
  for (guint i = 0; i < run->problems->len && i < 12; i++)
    g_print ("#   %s\n", (char *) g_ptr_array_index (run->problems, i));
}

/* Returns how many seeds failed. */
static guint
run_many (guint at, guint64 first, guint64 last)
{
  gint64 began = g_get_monotonic_time (), time = 0;
  guint entries = 0, requests = 0, failed = 0;

  for (guint64 seed = first; seed <= last; seed++) {
    g_auto (SimRun) run = { .seed = seed, .family = sim_run_families[at].family, .events = (guint) option_events };

    sim_run (&run);
    time += run.time;
    entries += run.entries;
    requests += run.requests;
    if (run.problems->len == 0)
      continue;
    report (sim_run_families[at].name, seed, &run);
    if (failed++ == 0)
      shrink (seed, sim_run_families[at].name, sim_run_families[at].family, (guint) option_events, g_ptr_array_index (run.problems, 0));
  }
  g_print ("# %s: %" G_GUINT64_FORMAT " seeds, %u failed; %.2f site-years, %u entries, %u requests in %.1f s\n", sim_run_families[at].name, last - first + 1, failed,
           (double) time / SIM_DAY / 365, entries, requests, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  return failed;
}

static void
test_family (gconstpointer data)
{
  guint at = GPOINTER_TO_UINT (data), seeds = usual_seeds[at] * (g_getenv ("LIMBER_TEST_LONG") != NULL ? 50 : 1) / SLOWNESS;

  g_assert_cmpuint (run_many (at, 1, seeds), ==, 0);
}

static void
test_replay (void)
{
  g_auto (SimRun) first = { .seed = 7, .events = SIM_RUN_EVENTS }, second = { .seed = 7, .events = SIM_RUN_EVENTS };

  sim_run (&first);
  sim_run (&second);
  g_assert_cmphex (first.print, ==, second.print);
}

static int
run_as_told (guint at)
{
  guint64 first = 0, last = 0;

  if (option_seed >= 0) {
    g_autofree guint8 *skip = parse_skip (option_skip, (guint) option_events);
    g_auto (SimRun) run = { .seed = (guint64) option_seed, .family = sim_run_families[at].family, .events = (guint) option_events, .skip = skip, .trace = option_trace };

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
  if (option_seed >= 0 || option_seeds != NULL) {
    for (guint i = 0; i < SIM_RUN_FAMILIES; i++)
      if (g_strcmp0 (option_family != NULL ? option_family : "normal", sim_run_families[i].name) == 0)
        return run_as_told (i);
    return 2;
  }
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR); /* that a disk fails is worth a warning, and happens here */
  add_families ();
  return g_test_run ();
}
