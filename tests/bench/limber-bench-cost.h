/* What a talk with a node costs: bytes on the wire, processor time of all who take part. */
#pragma once

#include "limber-transport.h"

G_BEGIN_DECLS

/* Seconds of processor time. */
typedef struct {
  double device;
  double node;
  double nginx;
} LimberBenchCpu;

typedef struct {
  guint   requests;
  guint64 up;   /* bytes of bodies, as they go over the wire */
  guint64 down;
} LimberBenchBodies;

#define LIMBER_TYPE_BENCH_WIRE (limber_bench_wire_get_type ())
G_DECLARE_FINAL_TYPE (LimberBenchWire, limber_bench_wire, LIMBER, BENCH_WIRE, LimberTransport)

LimberBenchWire *limber_bench_wire_new    (void);
void             limber_bench_wire_bodies (LimberBenchWire *wire, const char *path, LimberBenchBodies *bodies);
void             limber_bench_wire_total  (guint64 *up, guint64 *down);

void             limber_bench_cpu_now     (LimberBenchCpu *cpu, const char *node, const char *nginx);
LimberBenchCpu   limber_bench_cpu_since   (const LimberBenchCpu *start, const char *node, const char *nginx);

G_END_DECLS
