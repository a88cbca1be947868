/* Files on a SimDisk that are written past SQLite. */
#pragma once

#include "limber-sim-disk.h"

G_BEGIN_DECLS

void sim_plain_listen (gboolean listen);

G_END_DECLS
