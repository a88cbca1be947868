/* What people are asked at a public screen and at the desk, and what they answer. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_form_publish (SimWorld *world, SimRandom *random);
void sim_form_retire  (SimWorld *world, SimRandom *random);
void sim_form_answer  (SimWorld *world, SimRandom *random);
void sim_form_details (SimWorld *world, SimRandom *random);
void sim_form_number  (SimWorld *world, SimRandom *random);

G_END_DECLS
