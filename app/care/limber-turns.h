/* LimberTurn: one of the appointments that a clinician has on one day, as attendance (limber-attendance.h) and delay
 * (limber-delay.h) see it. */
#pragma once

#include "limber-stage.h"

G_BEGIN_DECLS

typedef struct {
  LimberId    appointment;
  gint64      start; /* milliseconds UTC */
  gboolean    waits; /* she was checked in, and has not gone in */
  gboolean    booked; /* she has not come, or not been checked in */
  LimberTimes times;
} LimberTurn;

GArray *limber_turns_of (LimberReader *reader, const LimberRecord *appointment, GError **error);

G_END_DECLS
