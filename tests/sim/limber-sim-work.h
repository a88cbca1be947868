/* What people do all day, each at some machine that is on. */
#pragma once

#include "limber-sim-world.h"

G_BEGIN_DECLS

#define SIM_WORK_STAFF (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)

/* What whoever does something at a machine needs. */
typedef struct {
  SimWorld  *world;
  SimRandom *random;
} SimAct;

void sim_work_begin    (SimWorld *world);
void sim_work_act      (SimWorld *world, SimRandom *random, LimberClass classes, const char *what, LimberWriteFunc func);
SimPlace *sim_work_pick_place (SimWorld *world, SimRandom *random, LimberClass classes);
LimberRecord *sim_work_pick_record (LimberTransaction *transaction, SimRandom *random, const char *kind);

void sim_work_edit     (SimWorld *world, SimRandom *random);
void sim_work_move     (SimWorld *world, SimRandom *random);
void sim_work_merge    (SimWorld *world, SimRandom *random);
void sim_work_register (SimWorld *world, SimRandom *random);
void sim_work_book     (SimWorld *world, SimRandom *random);
void sim_work_rebook   (SimWorld *world, SimRandom *random);
void sim_work_check_in (SimWorld *world, SimRandom *random);
void sim_work_confirm  (SimWorld *world, SimRandom *random);
void sim_work_step     (SimWorld *world, SimRandom *random);
void sim_work_undo     (SimWorld *world, SimRandom *random);
void sim_work_task     (SimWorld *world, SimRandom *random);
void sim_work_done     (SimWorld *world, SimRandom *random);
void sim_work_decide   (SimWorld *world, SimRandom *random);
void sim_work_import   (SimWorld *world, SimRandom *random);
void sim_work_site     (SimWorld *world, SimRandom *random);
void sim_work_unknown  (SimWorld *world, SimRandom *random);
void sim_work_spoil    (SimWorld *world, SimRandom *random);

G_END_DECLS
