/* LimberBenchNet: HTTP with a stopwatch: carries messages as LimberHttp does, and keeps how long each reply took as the one who asked
 * felt it, and what it was. Several may keep theirs together. */
#pragma once

#include "limber-transport.h"

G_BEGIN_DECLS

/* Replies to what was asked through one or more transports. */
typedef struct {
  GArray *all;     /* (element-type gint64): nanoseconds, every reply, refusals too */
  GArray *pushes;  /* of these, those to pushes with entries that were carried out */
  guint   busy;    /* 429 and 503: not now */
  guint   unknown; /* 401: ask once more */
  guint   other;   /* further statuses that are no success */
  guint   lost;    /* no answer at all */
  guint64 sent;    /* bytes of bodies */
  guint64 received;
} LimberBenchReplies;

#define LIMBER_TYPE_BENCH_NET (limber_bench_net_get_type ())
G_DECLARE_FINAL_TYPE (LimberBenchNet, limber_bench_net, LIMBER, BENCH_NET, LimberTransport)

void            limber_bench_replies_init  (LimberBenchReplies *replies);
void            limber_bench_replies_clear (LimberBenchReplies *replies);
LimberBenchNet *limber_bench_net_new       (LimberBenchReplies *replies);

G_END_DECLS
