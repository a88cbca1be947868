/* LimberDemo: the lists of an invented county, for demonstrations and training: in the form that limber-import.h reads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_DEMO_PATIENTS 600
#define LIMBER_DEMO_PATIENTS_MAXIMUM 500000

/**
 * LimberDemoPlan:
 * @patients: how many people, 1 to LIMBER_DEMO_PATIENTS_MAXIMUM
 * @date: YYYY-MM-DD: the day around which there are appointments
 * @seed: the same plan makes the same county
 * @now: milliseconds UTC: when it is on @date in London, there are appointments around this time too, so that there is
 *   somebody to check in at any hour of any day
 *
 * What county to make.
 */
typedef struct {
  guint       patients;
  const char *date;
  guint32     seed;
  gint64      now;
} LimberDemoPlan;

typedef struct {
  guint patients;
  guint referrals;
  guint appointments;
  guint today;
  guint classes;
} LimberDemoCount;

gboolean limber_demo_write (const char *dir, const LimberDemoPlan *plan, LimberDemoCount *count, GError **error);

G_END_DECLS
