/* LimberWatch: what a node tells those who look after it: its health as JSON, and its figures for Prometheus. Any thread, but
 * where it says otherwise. */
#pragma once

#include "limber-health.h"
#include "limber-node.h"

G_BEGIN_DECLS

typedef struct _LimberWatch LimberWatch;

LimberWatch *limber_watch_new         (LimberNode *node);
void         limber_watch_free        (LimberWatch *watch);
void         limber_watch_set_failure (LimberWatch *watch, const GError *failure);
void         limber_watch_set_central (LimberWatch *watch, gboolean reachable);
char        *limber_watch_health      (LimberWatch *watch, LimberHealthState *state);
char        *limber_watch_metrics     (LimberWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberWatch, limber_watch_free)

G_END_DECLS
