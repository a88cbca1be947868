/* Whether a node believes that a device has forgotten somebody only when that is so (SYNC.md rule 17). */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_receipt_check (SimWorld *world, SimPlace *place);

G_END_DECLS
