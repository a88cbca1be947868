/* SimRun: one run of the simulator from one seed, and what it came to. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

#define SIM_RUN_EVENTS 150 /* in a usual run */

/* The families of runs, each without something. */
#define SIM_RUN_FAMILIES 4
typedef struct {
  const char *name;
  SimFamily   family;
} SimRunFamily;

extern const SimRunFamily sim_run_families[SIM_RUN_FAMILIES];

typedef struct {
  guint64       seed;
  SimFamily     family;
  guint         events;
  const char   *rates; /* (nullable): only these events, and how often: "edit 3, come back 1" */
  const guint8 *skip;  /* (nullable): a byte an event, 1 to leave it out */
  gboolean      briefly; /* it ends as soon as something is noticed */
  gboolean      trace;

  GPtrArray    *problems; /* (owned): text */
  guint64       print;
  gint64        time;     /* microseconds, all sites together */
  guint         entries;
  guint         requests;
  guint         happened[SIM_GROUPS]; /* events of each group */
  guint         rests;                /* how often nobody came for long */
} SimRun;

void sim_run       (SimRun *run);
void sim_run_clear (SimRun *run);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SimRun, sim_run_clear)

G_END_DECLS
