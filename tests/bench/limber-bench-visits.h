/* A site's people and their visits, written as the programs write them: a person is registered, two visits are booked, she arrives for both. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_BENCH_RECORDS_A_PERSON 5

/**
 * LimberBenchVisits:
 * @site: where they are
 * @random: (inout): the same number makes the same people
 * @people: (inout): how many are yet to be written
 * @statuses: whether an arrival also sets its appointment's status, as at a desk; if not, each record is one entry, as in an import
 */
typedef struct {
  LimberId site;
  guint64  random;
  guint    people;
  gboolean statuses;
} LimberBenchVisits;

void  limber_bench_visits_write_site (LimberStore *store, const char *code, LimberId *site);
guint limber_bench_visits_write      (LimberStore *store, LimberBenchVisits *visits);

G_END_DECLS
