/* Rules of SYNC.md that no invariant names, seen in what was written. A breach is named by the rule's number: R3. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_rules_check (SimWorld *world);

G_END_DECLS
