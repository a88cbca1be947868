/* LimberDemonstration: a desk of its own with an invented county, to show and to learn Limber by. It has no node and nothing leaves it;
 * its store says of itself that it is one. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_DEMONSTRATION_CODE "LMB01" /* of its site */

/* Told now and then, in the thread that makes it: how much is done, of 1. */
typedef void (*LimberDemonstrationProgress) (double done, gpointer data);

/**
 * LimberDemonstrationPlan:
 * @patients: how many people the county has
 * @cancellable: (nullable): stops it; then nothing is left of it
 * @progress: (nullable)
 * @data: for @progress
 */
typedef struct {
  guint                       patients;
  GCancellable               *cancellable;
  LimberDemonstrationProgress progress;
  gpointer                    data;
} LimberDemonstrationPlan;

json_t *limber_demonstration_make (const char *dir, const LimberDemonstrationPlan *plan, LimberEnv *env, GError **error);
char   *limber_demonstration_pin  (LimberStore *store);
json_t *limber_demonstration_json (LimberStore *store, GError **error);

G_END_DECLS
