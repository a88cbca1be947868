/* What happens in a run: what people do, and what goes wrong. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void        sim_event_draw_rates (SimWorld *world);
void        sim_event_set_rates  (SimWorld *world, const char *rates);
void        sim_event_happen     (SimWorld *world, guint64 number);

G_END_DECLS
