/* What a waiting room hears of: who is called, by what and where to, and what is to be said besides. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_call_begin   (SimWorld *world);

void sim_call_call    (SimWorld *world, SimRandom *random);
void sim_call_go_in   (SimWorld *world, SimRandom *random);
void sim_call_back    (SimWorld *world, SimRandom *random);
void sim_call_by      (SimWorld *world, SimRandom *random);
void sim_call_site    (SimWorld *world, SimRandom *random);
void sim_call_room    (SimWorld *world, SimRandom *random);

G_END_DECLS
