/* SimWorld: a service of two sites, made for one seed: central, a hub and devices of every class at each site, the people
 * on its lists, and what goes wrong. */
#pragma once

#include "limber-sim-watch.h"

G_BEGIN_DECLS

#define SIM_PEOPLE 6 /* on the first list */

/* What a family of runs is without. */
typedef enum {
  SIM_NO_FAULTS = 1 << 0,
  SIM_NO_DIGEST = 1 << 1,
  SIM_NO_RESTS = 1 << 2, /* all of it is one busy session of a day or two; else so are a third of the seeds */
  SIM_STEADY = 1 << 3, /* programs of one version, lists that are taken in at once, no waiting-room screens and no forms; else half of the seeds have each */
  SIM_BOARDS = 1 << 4, /* each site has a waiting-room screen */
} SimFamily;

/* What happens, by what it concerns: what people do, and what goes wrong. */
typedef enum {
  SIM_WORK,
  SIM_NETWORK,
  SIM_POWER,
  SIM_COPY,
  SIM_CLOCK,
  SIM_ACCESS,
  SIM_CENTRAL, /* what is done there alone */
  SIM_VERSIONS, /* what only a newer program can do, and that somebody gets one */
  SIM_LEAVING,
  SIM_CALLS, /* what a waiting room hears */
  SIM_FORMS, /* what people are asked, and answer */
  SIM_GROUPS
} SimGroup;

/* What a seed draws for itself: how often things happen, by number of what (limber-sim-event.c), and the weather. */
#define SIM_EVENTS_MAXIMUM 64
typedef struct {
  guint      weights[SIM_EVENTS_MAXIMUM];
  SimWeather weather;
  gint64     gap;     /* in the middle of a session, when nothing happens for a while; microseconds */
  gint64     longest; /* between two sessions, at most; 0 when there is only one */
} SimRates;

typedef struct {
  guint64    seed;
  SimFamily  family;
  SimLoop   *loop;
  gint64     began;   /* microseconds since SIM_START */
  SimNet    *net;
  char      *folder;
  GPtrArray *places;  /* (owned): SimPlace: central, then the hubs, then the devices */
  SimPlace  *central;
  SimPlace  *hubs[2];
  LimberId   sites[2];
  SimLedger *ledger;
  SimWatch  *watch;
  SimRates   rates;
  GPtrArray *copies;  /* (owned): SimCopy: of disks, to be put back */
  char      *backup;  /* (owned) (nullable): the file of central's last backup */
  GPtrArray *problems; /* (owned): text */
  char      *list[SIM_PEOPLE][3]; /* (owned): what the list says of each: family, mobile, address */
  gboolean   versions; /* some have a newer program than others */
  gboolean   boards[2]; /* which of the sites have a waiting-room screen */
  gboolean   revoked; /* some device was */
  SimPlace  *doubtful; /* (nullable): a device that may have been, and nobody was told */
  gboolean   snapshot; /* a machine was copied while it ran, with what it had in memory */
  gboolean   holed;   /* central's second file could not be read whole, and its journal is not what it was */
  guint      made;    /* how many copies and backups */
  guint      values;  /* how many values were made up */
  guint      log;     /* our ear for what clients say */
  guint      alarms;  /* digests that differed */
  guint      happened[SIM_GROUPS]; /* events of each group */
  guint      rests;   /* how often nobody came for long */
} SimWorld;

/* A copy of a disk. */
typedef struct {
  guint  place;   /* by number */
  char  *folder;  /* (owned) */
} SimCopy;

SimWorld *sim_world_new    (guint64 seed, SimFamily family, gboolean trace);
void      sim_world_free   (SimWorld *world);
void      sim_world_remove_left (int process);
void      sim_world_pass   (SimWorld *world, gint64 microseconds);
void      sim_world_rest   (SimWorld *world, SimRandom *random, gint64 microseconds);
void      sim_world_heal   (SimWorld *world);
void      sim_world_check  (SimWorld *world);
guint     sim_world_number (SimWorld *world, SimPlace *place);
SimPlace *sim_world_place  (SimWorld *world, guint number);
SimPlace *sim_world_node_of (SimWorld *world, SimPlace *place);
SimPlace *sim_world_add    (SimWorld *world, const char *name, LimberClass klass, const LimberId *site, const char *url);
gboolean  sim_world_write  (SimWorld *world, SimPlace *place, const char *what, LimberWriteFunc func, gpointer data);

G_END_DECLS
