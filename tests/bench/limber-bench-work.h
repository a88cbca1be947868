/* A desk's work while its line was down: patients who registered and their visits, each booked and perhaps taken through its steps; and whether another store has it. What was done is known from who did it and how much alone, so that a store is compared with what was
 * meant and not with another store. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/* One desk's. */
typedef struct {
  guint    desk;    /* its number among the desks: no two make the same records */
  LimberId site;
  guint    entries; /* how many in all */
  guint    steps;   /* of each visit after it was booked, an entry each: 0 to 4 */
} LimberBenchWork;

void     limber_bench_work_write  (LimberStore *store, const LimberBenchWork *work);
void     limber_bench_work_tell   (LimberReader *reader, const LimberBenchWork *work, GString *out);
guint    limber_bench_work_lacks  (LimberReader *reader, const LimberBenchWork *work);
guint    limber_bench_work_missed (LimberReader *reader, LimberStore *writer);

G_END_DECLS
