/* One of the two ends between which something is waited for: a device's store and its client, over real HTTP to a node that runs. */
#pragma once

#include "limber-client.h"

G_BEGIN_DECLS

typedef struct {
  LimberStore  *store;  /* (owned) */
  LimberClient *client; /* (owned) */
  guint         pulse;  /* a source: whoever waits looks at the clock now and then */
} LimberBenchEnd;

void limber_bench_end_open  (LimberBenchEnd *end, const char *dir, LimberEnv *env);
void limber_bench_end_close (LimberBenchEnd *end);

G_END_DECLS
