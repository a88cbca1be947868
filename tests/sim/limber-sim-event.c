/* An event draws what it needs from a stream of its own, so that leaving one out leaves the others as they are. */
#include "limber-sim-event.h"

#include <stdlib.h>
#include <string.h>

#include "limber-sim-call.h"
#include "limber-sim-central.h"
#include "limber-sim-fault.h"
#include "limber-sim-form.h"
#include "limber-sim-update.h"
#include "limber-sim-work.h"

typedef struct {
  const char *name;
  SimGroup    group;
  guint       weight; /* at most; 0 for what happens only where it is asked for */
  void (*happen) (SimWorld *world, SimRandom *random);
} Event;

static const Event events[] = {
  { "unknown", SIM_WORK, 20, sim_work_unknown },
  { "edit", SIM_WORK, 100, sim_work_edit },         { "check in", SIM_WORK, 60, sim_work_check_in }, { "step", SIM_WORK, 50, sim_work_step },
  { "undo", SIM_WORK, 20, sim_work_undo },          { "book", SIM_WORK, 25, sim_work_book },         { "rebook", SIM_WORK, 30, sim_work_rebook },
  { "register", SIM_WORK, 15, sim_work_register },  { "move", SIM_WORK, 20, sim_work_move },         { "merge", SIM_WORK, 15, sim_work_merge },
  { "task", SIM_WORK, 15, sim_work_task },          { "done", SIM_WORK, 10, sim_work_done },         { "decide", SIM_WORK, 30, sim_work_decide },
  { "import", SIM_WORK, 10, sim_work_import },      { "site", SIM_WORK, 4, sim_work_site },
  { "cut", SIM_NETWORK, 20, sim_fault_cut },        { "leave", SIM_NETWORK, 20, sim_fault_leave },   { "come back", SIM_NETWORK, 15, sim_fault_come_back },
  { "off", SIM_POWER, 15, sim_fault_off },          { "crash", SIM_POWER, 25, sim_fault_crash },     { "full", SIM_POWER, 8, sim_fault_full },
  { "copy", SIM_COPY, 20, sim_fault_copy },         { "restore", SIM_COPY, 12, sim_fault_restore },  { "clone", SIM_COPY, 6, sim_fault_clone },
  { "backup", SIM_COPY, 12, sim_fault_backup },     { "restore central", SIM_COPY, 6, sim_fault_restore_central },
  { "clock", SIM_CLOCK, 20, sim_fault_clock },      { "revoke", SIM_ACCESS, 6, sim_fault_revoke },
  { "retire", SIM_LEAVING, 6, sim_fault_retire },  { "replace", SIM_LEAVING, 4, sim_fault_replace },
  { "review", SIM_CENTRAL, 12, sim_central_review }, { "erase", SIM_CENTRAL, 30, sim_central_erase },
  { "goal", SIM_VERSIONS, 50, sim_update_goal },    { "pronouns", SIM_VERSIONS, 40, sim_update_pronouns }, { "newer word", SIM_VERSIONS, 30, sim_update_word },
  { "update", SIM_VERSIONS, 10, sim_update_some },
  { "call", SIM_CALLS, 60, sim_call_call },         { "go in", SIM_CALLS, 30, sim_call_go_in },      { "take back", SIM_CALLS, 20, sim_call_back },
  { "call by", SIM_CALLS, 25, sim_call_by },        { "waiting room", SIM_CALLS, 8, sim_call_site }, { "room", SIM_CALLS, 25, sim_call_room },
  { "publish", SIM_FORMS, 15, sim_form_publish },   { "retire form", SIM_FORMS, 6, sim_form_retire }, { "answer", SIM_FORMS, 60, sim_form_answer },
  { "details", SIM_FORMS, 15, sim_form_details },   { "number", SIM_FORMS, 15, sim_form_number },
  { "spoil", SIM_WORK, 0, sim_work_spoil },         { "confirm", SIM_WORK, 0, sim_work_confirm },     { "put back", SIM_COPY, 0, sim_fault_put_back },  { "lose second", SIM_COPY, 0, sim_fault_lose_second },
  { "hole", SIM_COPY, 0, sim_fault_hole },                 { "tell time", SIM_CLOCK, 0, sim_fault_tell_time },
};

G_STATIC_ASSERT (G_N_ELEMENTS (events) <= SIM_EVENTS_MAXIMUM);

/* Without digests nobody is revoked: what a hub had merged before it knew, and central keeps apart, only a digest takes out
 * of it again (SYNC.md rules 15 and 18). Nor is anything erased where lines fail: who had written about what is gone leaves
 * half a record of nobody's, which a hub that forgets somebody lets go of and only a digest brings back. All else must come
 * right without, what copies and wrong clocks leave behind too. */
static guint
without (SimFamily family)
{
  const guint harmless = 1 << SIM_WORK | 1 << SIM_CENTRAL | 1 << SIM_VERSIONS | 1 << SIM_LEAVING | 1 << SIM_CALLS | 1 << SIM_FORMS;

  return (family & SIM_NO_FAULTS ? ((1 << SIM_GROUPS) - 1) & ~harmless : 0) | (family & SIM_NO_DIGEST ? 1 << SIM_ACCESS : 0) |
         ((family & (SIM_NO_DIGEST | SIM_NO_FAULTS)) == SIM_NO_DIGEST ? 1 << SIM_CENTRAL : 0);
}

/* A third of the seeds is one busy session; the others are many, over weeks or years. */
static gint64
draw_longest (SimWorld *world)
{
  SimRandom random;

  sim_random_init (&random, world->seed, "longest", 0);
  return (world->family & SIM_NO_RESTS) || sim_random_chance (&random, 0.33) ? 0 : sim_random_log (&random, 20 * SIM_DAY, 240 * SIM_DAY);
}

static gboolean
is_drawn (SimWorld *world, SimGroup group, SimRandom *random)
{
  switch (group) {
  case SIM_WORK:
    return TRUE;
  case SIM_VERSIONS:
    return world->versions;
  case SIM_CALLS:
    return world->boards[0] || world->boards[1];
  case SIM_FORMS:
    return !(world->family & SIM_STEADY) && sim_random_chance (random, 0.5);
  default:
    return sim_random_chance (random, 0.5);
  }
}

/**
 * sim_event_draw_rates:
 *
 * Draws how often each thing happens. Half of the seeds are without a group of faults.
 */
void
sim_event_draw_rates (SimWorld *world)
{
  SimRandom random, central, versions, leaving, calls, forms; /* drawn from on their own, so that the other half of the seeds is as it was without them */
  SimRandom *const streams[SIM_GROUPS] = { &random, &random, &random, &random, &random, &random, &central, &versions, &leaving, &calls, &forms };
  gboolean has[SIM_GROUPS];

  sim_random_init (&random, world->seed, "rates", 0);
  sim_random_init (&central, world->seed, "rates", SIM_CENTRAL);
  sim_random_init (&versions, world->seed, "rates", SIM_VERSIONS);
  sim_random_init (&leaving, world->seed, "rates", SIM_LEAVING);
  sim_random_init (&calls, world->seed, "rates", SIM_CALLS);
  sim_random_init (&forms, world->seed, "rates", SIM_FORMS);
  for (guint i = 0; i < SIM_GROUPS; i++)
    has[i] = is_drawn (world, (SimGroup) i, streams[i]) && !(without (world->family) & 1 << i);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    world->rates.weights[i] = has[events[i].group] && events[i].weight > 0 ? sim_random_below (streams[events[i].group], events[i].weight) + (events[i].group == SIM_WORK) : 0;
  world->rates.gap = sim_random_range (&random, SIM_MINUTE, 2 * SIM_HOUR);
  world->rates.longest = draw_longest (world);
  world->rates.weather.slowest = SIM_SECOND / 20;
  if (has[SIM_NETWORK]) {
    world->rates.weather.slowest = sim_random_range (&random, SIM_SECOND / 20, 3 * SIM_SECOND);
    world->rates.weather.lose_request = (double) sim_random_below (&random, 10) / 100;
    world->rates.weather.lose_answer = (double) sim_random_below (&random, 20) / 100;
    world->rates.weather.twice = (double) sim_random_below (&random, 10) / 100;
    world->rates.weather.cut_short = (double) sim_random_below (&random, 5) / 100;
  }
  sim_net_set_weather (world->net, &world->rates.weather);
}

/**
 * sim_event_set_rates:
 * @rates: events and how often they happen, as "edit 3, come back 1"
 *
 * Lets only these happen, in fair weather.
 */
void
sim_event_set_rates (SimWorld *world, const char *rates)
{
  static const SimWeather fair = { .slowest = SIM_SECOND / 20 };
  g_auto (GStrv) parts = g_strsplit (rates, ", ", -1);

  memset (world->rates.weights, 0, sizeof world->rates.weights);
  world->rates.weather = fair;
  sim_net_set_weather (world->net, &fair);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *number = strrchr (parts[i], ' ');
    guint at = 0;

    *number++ = '\0';
    while (!g_str_equal (events[at].name, parts[i]))
      g_assert_cmpuint (++at, <, G_N_ELEMENTS (events));
    world->rates.weights[at] = (guint) atoi (number);
  }
}

static const Event *
choose (SimWorld *world, SimRandom *random)
{
  guint sum = 0, at;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    sum += world->rates.weights[i];
  at = sim_random_below (random, sum);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
    if (at < world->rates.weights[i])
      return &events[i];
    at -= world->rates.weights[i];
  }
  return &events[0];
}

/* Mostly much happens at once; now and then nothing for long. */
static void
wait (SimWorld *world, SimRandom *random)
{
  const SimRates *rates = &world->rates;

  if (sim_random_chance (random, 0.7))
    sim_world_pass (world, sim_random_range (random, SIM_SECOND / 100, 20 * SIM_SECOND));
  else if (rates->longest == 0 || sim_random_chance (random, 0.3))
    sim_world_pass (world, sim_random_range (random, SIM_MINUTE, 4 * rates->gap));
  else
    sim_world_rest (world, random, sim_random_log (random, SIM_HOUR, rates->longest));
}

/**
 * sim_event_happen:
 * @number: which of the run's events
 *
 * Lets some time pass, and then the event happen.
 */
void
sim_event_happen (SimWorld *world, guint64 number)
{
  SimRandom random;
  const Event *event;

  sim_random_init (&random, world->seed, "event", number);
  event = choose (world, &random);
  wait (world, &random);
  world->happened[event->group]++;
  event->happen (world, &random);
}
