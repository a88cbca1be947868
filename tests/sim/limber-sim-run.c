#include "limber-sim-run.h"

#include <string.h>

#include "limber-sim-call.h"
#include "limber-sim-event.h"
#include "limber-sim-rules.h"
#include "limber-sim-truth.h"
#include "limber-sim-undo.h"
#include "limber-sim-update.h"
#include "limber-sim-work.h"

const SimRunFamily sim_run_families[SIM_RUN_FAMILIES] = {
  { "normal", 0 }, { "no-digest", SIM_NO_DIGEST }, { "no-faults", SIM_NO_FAULTS }, { "bare", SIM_NO_FAULTS | SIM_NO_DIGEST },
};

static void
check (SimWorld *world)
{
  sim_world_check (world);
  sim_rules_check (world);
}

static gboolean
is_over (const SimRun *run, SimWorld *world)
{
  return sim_loop_is_stuck (world->loop) || (run->briefly && world->problems->len > 0);
}

static void
end (const SimRun *run, SimWorld *world)
{
  if (!is_over (run, world))
    sim_world_heal (world);
  if (!is_over (run, world))
    check (world);
}

/**
 * sim_run:
 * @run: says which run; what it came to is filled in
 *
 * Builds a service, lets all the events happen, mends everything, and checks.
 */
void
sim_run (SimRun *run)
{
  SimWorld *world = sim_world_new (run->seed, run->family, run->trace);

  sim_update_draw (world);
  sim_work_begin (world);
  sim_call_begin (world);
  sim_event_draw_rates (world);
  if (run->rates != NULL)
    sim_event_set_rates (world, run->rates);
  for (guint i = 0; i < run->events && !is_over (run, world); i++)
    if (run->skip == NULL || !run->skip[i])
      sim_event_happen (world, i);
  end (run, world);
  if (!is_over (run, world) && sim_update_all (world))
    end (run, world);
  if (!is_over (run, world))
    sim_undo_check (world);
  if (sim_loop_is_stuck (world->loop))
    sim_problem (world->problems, "L somebody goes on for ever without waiting");
  run->problems = g_ptr_array_ref (world->problems);
  run->print = sim_loop_print (world->loop);
  run->time = 2 * (sim_loop_now (world->loop) - world->began);
  run->entries = sim_ledger_length (world->ledger);
  run->requests = sim_net_requests (world->net);
  run->rests = world->rests;
  memcpy (run->happened, world->happened, sizeof run->happened);
  sim_world_free (world);
}

void
sim_run_clear (SimRun *run)
{
  g_clear_pointer (&run->problems, g_ptr_array_unref);
}
