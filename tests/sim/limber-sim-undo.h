/* Saying that two people are one, and taking that back, leaves all as it was (I17 of SYNC.md). */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_undo_check (SimWorld *world);

G_END_DECLS
