/* SimJobs: many runs of the simulator, each in a process of its own and several at a time. A run that crashes, or does not
 * come to an end, is that run's failure, and ends no other. */
#pragma once

#include "limber-sim-run.h"

G_BEGIN_DECLS

/* Called when @run has come to its end. */
typedef void (*SimJobsFunc) (const SimRun *run, gpointer data);

void sim_jobs_run (SimRun *runs, guint n, guint at_a_time, SimJobsFunc func, gpointer data);

G_END_DECLS
