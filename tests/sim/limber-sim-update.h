/* Two versions at once: who has the newer program, what can be done with it, and that somebody gets it. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void     sim_update_draw     (SimWorld *world);
gboolean sim_update_all      (SimWorld *world);
void     sim_update_some     (SimWorld *world, SimRandom *random);
void     sim_update_goal     (SimWorld *world, SimRandom *random);
void     sim_update_pronouns (SimWorld *world, SimRandom *random);
void     sim_update_word     (SimWorld *world, SimRandom *random);

G_END_DECLS
