/* What is done at central alone, as limberctl does it: erasing, and deciding about what waits in the quarantine. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_central_erase  (SimWorld *world, SimRandom *random);
void sim_central_review (SimWorld *world, SimRandom *random);

G_END_DECLS
