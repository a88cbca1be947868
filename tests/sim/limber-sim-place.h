/* SimPlace: one machine: its disk, its clock, its store, and what runs on it: a node, a client, or both (a hub). */
#pragma once

#include "limber-sim-disk.h"
#include "limber-sim-net.h"
#include "limber-sim-version.h"

G_BEGIN_DECLS

/* From when the simulated time is counted: 23-Nov-2026 08:00 in London, a Monday. */
#define SIM_START G_GINT64_CONSTANT (1795420800000)

typedef struct _SimPlace SimPlace;

struct _SimPlace {
  char        *name;    /* (owned) */
  char        *folder;  /* (owned) */
  LimberClass  klass;
  LimberId     site;    /* nil for central and the office */
  LimberId     device;
  gint64       skew;    /* milliseconds that its clock is wrong */
  SimLoop     *loop;
  SimNet      *net;
  SimRandom    random;  /* for its programs */
  SimRandom    fate;    /* for its disk */
  SimDisk     *disk;    /* (owned) */
  SimPort     *port;
  LimberEnv   *env;     /* (owned) (nullable): NULL when it is switched off, as all that follows */
  LimberStore *store;   /* (owned) (nullable) */
  LimberNode  *node;    /* (owned) (nullable) */
  LimberClient *client; /* (owned) (nullable) */
  gboolean     offline; /* switched on, but its client does not run */
  gboolean     no_compare;
  gboolean     crashed; /* the power went, and it has not been switched off yet */
  gboolean     revoked;
  gboolean     gone;    /* it is not switched on any more */
  gboolean     told_to_go; /* central was, and has said that it knows */
  gboolean     closed;  /* it is not switched on till its site opens */
  guint        starts;
  const LimberKind *const *kinds; /* what its program declares */
  gboolean     has_form; /* its store has the form that such a program needs */
  void (*on_up_to_date) (SimPlace *place, gpointer data);
  void (*on_opened) (SimPlace *place, gpointer data);
  void (*on_brought) (SimPlace *place, gpointer data); /* before a question or an answer is looked at */
  void (*on_restarted) (SimPlace *place, gpointer data); /* after the power was gone */
  gpointer     data;
};

SimPlace *sim_place_new       (SimLoop *loop, SimNet *net, guint64 seed, const char *parent, const char *name, LimberClass klass, const LimberId *site, const char *url);
void      sim_place_free      (SimPlace *place);
LimberEnv *sim_place_env      (SimPlace *place);
char     *sim_place_store_dir (SimPlace *place);
void      sim_place_make_central (SimPlace *place);
void      sim_place_join      (SimPlace *place, SimPlace *at, const LimberId *replaces);
void      sim_place_open      (SimPlace *place);
void      sim_place_close     (SimPlace *place);
void      sim_place_enter     (SimPlace *place);
void      sim_place_close_for (SimPlace *place, gint64 microseconds);
void      sim_place_set_offline (SimPlace *place, gboolean offline);
void      sim_place_copy_disk (const char *from, const char *to);
void      sim_place_remove_folder (const char *folder);

G_END_DECLS
