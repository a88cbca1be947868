/* LimberOverlaps: looks, at a hub and at central, for appointments that were booked at one time by people who were apart. Main
 * thread only. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

typedef struct _LimberOverlaps LimberOverlaps;

LimberOverlaps *limber_overlaps_new  (LimberStore *store);
void            limber_overlaps_free (LimberOverlaps *overlaps);
void            limber_overlaps_run  (LimberOverlaps *overlaps);

G_END_DECLS
