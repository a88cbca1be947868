/* SimDisk: the disk of one store. SQLite writes to real files below its folder through a file layer that remembers what
 * has not been synced; when the power goes, any part of that may be gone. */
#pragma once

#include "limber-sim-unsynced.h"

G_BEGIN_DECLS

#define SIM_DISK_VFS "limber-sim"

typedef struct _SimDisk SimDisk;

/* What is about to be done. */
typedef enum {
  SIM_DISK_OPEN,
  SIM_DISK_READ,
  SIM_DISK_WRITE,
  SIM_DISK_TRUNCATE,
  SIM_DISK_SYNC,
  SIM_DISK_DELETE,
  SIM_DISK_STEPS
} SimDiskStep;

/* Asked before each; any other answer than SQLITE_OK is the code with which the step fails. */
typedef int (*SimDiskWatch) (SimDiskStep step, const char *path, gpointer data);

void     sim_disk_install   (guint64 seed);
SimDisk *sim_disk_new       (const char *folder, GSourceFunc died, gpointer data);
void     sim_disk_free      (SimDisk *disk);
void     sim_disk_doom      (SimDisk *disk, guint writes);
void     sim_disk_fill      (SimDisk *disk, gboolean full);
gboolean sim_disk_is_dead   (SimDisk *disk);
void     sim_disk_revive    (SimDisk *disk, SimRandom *random);
void     sim_disk_watch     (SimDisk *disk, SimDiskWatch watch, gpointer data);
SimUnsynced *sim_disk_unsynced (SimDisk *disk);
const char *sim_disk_folder (SimDisk *disk);

/* For files that are written past SQLite (limber-sim-plain.c). */
SimDisk *sim_disk_of        (const char *path);
int      sim_disk_ask       (SimDisk *disk, SimDiskStep step, const char *path);

G_END_DECLS
