/* What goes wrong: lines, power, disks, clocks, copies of disks, and devices that are no longer trusted. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

void sim_fault_cut      (SimWorld *world, SimRandom *random);
void sim_fault_leave    (SimWorld *world, SimRandom *random);
void sim_fault_come_back (SimWorld *world, SimRandom *random);
void sim_fault_off      (SimWorld *world, SimRandom *random);
void sim_fault_crash    (SimWorld *world, SimRandom *random);
void sim_fault_full     (SimWorld *world, SimRandom *random);
void sim_fault_copy     (SimWorld *world, SimRandom *random);
void sim_fault_restore  (SimWorld *world, SimRandom *random);
void sim_fault_restore_central (SimWorld *world, SimRandom *random);
void sim_fault_put_back (SimWorld *world, SimRandom *random);
void sim_fault_lose_second (SimWorld *world, SimRandom *random);
void sim_fault_hole     (SimWorld *world, SimRandom *random);
void sim_fault_backup   (SimWorld *world, SimRandom *random);
void sim_fault_clone    (SimWorld *world, SimRandom *random);
void sim_fault_clock    (SimWorld *world, SimRandom *random);
void sim_fault_tell_time (SimWorld *world, SimRandom *random);
void sim_fault_revoke   (SimWorld *world, SimRandom *random);
void sim_fault_retire   (SimWorld *world, SimRandom *random);
void sim_fault_replace  (SimWorld *world, SimRandom *random);
void sim_fault_end_doubt (SimWorld *world);

G_END_DECLS
