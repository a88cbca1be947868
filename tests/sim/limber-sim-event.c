/* An event draws what it needs from a stream of its own, so that leaving one out leaves the others as they are. */
#include "limber-sim-event.h"

#include "limber-sim-fault.h"
#include "limber-sim-work.h"

typedef enum { WORK, NETWORK, POWER, COPY, CLOCK, ACCESS, N_GROUPS } Group;

typedef struct {
  const char *name;
  Group       group;
  guint       weight; /* at most */
  void (*happen) (SimWorld *world, SimRandom *random);
} Event;

static const Event events[] = {
  { "unknown", WORK, 20, sim_work_unknown },
  { "edit", WORK, 100, sim_work_edit },         { "check in", WORK, 60, sim_work_check_in }, { "step", WORK, 50, sim_work_step },
  { "undo", WORK, 20, sim_work_undo },          { "book", WORK, 25, sim_work_book },         { "rebook", WORK, 30, sim_work_rebook },
  { "register", WORK, 15, sim_work_register },  { "move", WORK, 20, sim_work_move },         { "merge", WORK, 15, sim_work_merge },
  { "task", WORK, 15, sim_work_task },          { "done", WORK, 10, sim_work_done },         { "decide", WORK, 30, sim_work_decide },
  { "import", WORK, 10, sim_work_import },      { "site", WORK, 4, sim_work_site },
  { "cut", NETWORK, 20, sim_fault_cut },        { "leave", NETWORK, 20, sim_fault_leave },   { "come back", NETWORK, 15, sim_fault_come_back },
  { "off", POWER, 15, sim_fault_off },          { "crash", POWER, 25, sim_fault_crash },     { "full", POWER, 8, sim_fault_full },
  { "copy", COPY, 20, sim_fault_copy },         { "restore", COPY, 12, sim_fault_restore },  { "clone", COPY, 6, sim_fault_clone },
  { "backup", COPY, 12, sim_fault_backup },     { "restore central", COPY, 6, sim_fault_restore_central },
  { "clock", CLOCK, 20, sim_fault_clock },      { "revoke", ACCESS, 6, sim_fault_revoke },
};

G_STATIC_ASSERT (G_N_ELEMENTS (events) <= SIM_EVENTS_MAXIMUM);

/* What copies, revoked devices and a hub that thought itself in another century leave behind is put right by digests
 * alone (SYNC.md rules 15 and 18). */
static guint
without (SimFamily family)
{
  return (family & SIM_NO_FAULTS ? (1 << N_GROUPS) - 1 - (1 << WORK) : 0) | (family & SIM_NO_DIGEST ? 1 << COPY | 1 << ACCESS | 1 << CLOCK : 0);
}

/**
 * sim_event_draw_rates:
 *
 * Draws how often each thing happens. Half of the seeds are without a group of faults.
 */
void
sim_event_draw_rates (SimWorld *world)
{
  SimRandom random;
  gboolean has[N_GROUPS];

  sim_random_init (&random, world->seed, "rates", 0);
  for (guint i = 0; i < N_GROUPS; i++)
    has[i] = (i == WORK || sim_random_chance (&random, 0.5)) && !(without (world->family) & 1 << i);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    world->rates.weights[i] = has[events[i].group] ? sim_random_below (&random, events[i].weight) + (events[i].group == WORK) : 0;
  world->rates.gap = sim_random_range (&random, SIM_MINUTE, 2 * SIM_HOUR);
  world->rates.weather.slowest = SIM_SECOND / 20;
  if (has[NETWORK]) {
    world->rates.weather.slowest = sim_random_range (&random, SIM_SECOND / 20, 3 * SIM_SECOND);
    world->rates.weather.lose_request = (double) sim_random_below (&random, 10) / 100;
    world->rates.weather.lose_answer = (double) sim_random_below (&random, 20) / 100;
    world->rates.weather.twice = (double) sim_random_below (&random, 10) / 100;
    world->rates.weather.cut_short = (double) sim_random_below (&random, 5) / 100;
  }
  sim_net_set_weather (world->net, &world->rates.weather);
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
  /* Mostly much happens at once; now and then nothing for long. */
  sim_world_pass (world, sim_random_chance (&random, 0.7) ? sim_random_range (&random, SIM_SECOND / 100, 20 * SIM_SECOND) : sim_random_range (&random, SIM_MINUTE, 4 * world->rates.gap));
  event->happen (world, &random);
}
