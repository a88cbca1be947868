/* A whole service in a store: its people, and one site's days among those of all the others. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_BENCH_DAYS 10
#define LIMBER_BENCH_A_DAY 120 /* appointments: a busy site */
#define LIMBER_BENCH_CLINICIANS 6 /* of the site */

typedef struct {
  LimberId site;
  guint    patients;
  guint    appointments; /* of all sites */
} LimberBenchService;

double limber_bench_service_fill    (LimberStore *store, const LimberBenchService *service);
void   limber_bench_service_born    (guint n, GDate *date);
gunichar limber_bench_service_initial (guint n);
guint  limber_bench_service_patient (guint n);
gint64 limber_bench_service_start   (guint n);

G_END_DECLS
