/* LimberHealth: whether a node is as it should be, and if not, why, in words for whoever looks after it. */
#pragma once

#include <jansson.h>

#include "limber-vitals.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_HEALTH_OK,
  LIMBER_HEALTH_DEGRADED, /* it works, and somebody should look at it */
  LIMBER_HEALTH_FAILED,   /* nothing is saved */
} LimberHealthState;

/**
 * LimberHealth:
 * @vitals: how the store is; without meaning when @failure is set
 * @failure: (nullable): why the store cannot be read, or can no longer be written
 * @now: by the corrected clock, milliseconds UTC
 * @lost: for how many milliseconds a hub has not reached central; 0 when it does, and at central
 *
 * What is known of a node.
 */
typedef struct {
  LimberVitals  vitals;
  const GError *failure;
  gint64        now;
  gint64        lost;
} LimberHealth;

LimberHealthState limber_health_judge (const LimberHealth *health, json_t **reasons);
const char       *limber_health_name  (LimberHealthState state);

G_END_DECLS
