/* SimDisk: the disk of one store. SQLite writes to real files below its folder through a file layer that remembers what
 * has not been synced; when the power goes, any part of that may be gone. */
#pragma once

#include "limber-sim-loop.h"

G_BEGIN_DECLS

#define SIM_DISK_VFS "limber-sim"

typedef struct _SimDisk SimDisk;

void     sim_disk_install   (guint64 seed);
SimDisk *sim_disk_new       (const char *folder, GSourceFunc died, gpointer data);
void     sim_disk_free      (SimDisk *disk);
void     sim_disk_doom      (SimDisk *disk, guint writes);
void     sim_disk_fill      (SimDisk *disk, gboolean full);
gboolean sim_disk_is_dead   (SimDisk *disk);
void     sim_disk_revive    (SimDisk *disk, SimRandom *random);

G_END_DECLS
