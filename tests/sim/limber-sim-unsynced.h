/* SimUnsynced: what was done to the files of a folder and was not synced, and what a loss of power leaves of it. */
#pragma once

#include "limber-sim-image.h"
#include "limber-sim-loop.h"

G_BEGIN_DECLS

typedef struct _SimUnsynced SimUnsynced;

/* What a loss of power leaves of all that has not been synced. */
typedef enum {
  SIM_DAMAGE_NOTHING_LEFT,
  SIM_DAMAGE_ALL_LEFT,
  SIM_DAMAGE_ANY_LEFT, /* any of the writes, and of one some of its sectors */
  SIM_DAMAGES
} SimDamage;

SimUnsynced *sim_unsynced_new       (const char *folder);
void         sim_unsynced_free      (SimUnsynced *unsynced);
void         sim_unsynced_note      (SimUnsynced *unsynced, const char *path, gint64 offset, gint64 size, GBytes *before, GBytes *after);
void         sim_unsynced_note_name (SimUnsynced *unsynced, const char *path, gboolean with_last);
void         sim_unsynced_synced    (SimUnsynced *unsynced, const char *path);
void         sim_unsynced_failed    (SimUnsynced *unsynced, const char *path);
void         sim_unsynced_moved     (SimUnsynced *unsynced, const char *from, const char *to);
SimImage    *sim_unsynced_image     (SimUnsynced *unsynced, SimImage *whole, SimDamage damage, SimRandom *random);
void         sim_unsynced_lose      (SimUnsynced *unsynced, SimDamage damage, SimRandom *random);

G_END_DECLS
