/* The times that clinics offer, and which of them are free: made anew from the clinics whenever they are asked for, never kept. */
#pragma once

#include "limber-clinic.h"

G_BEGIN_DECLS

#define LIMBER_SLOTS_AHEAD 182 /* days that are looked through for a free one */

/**
 * LimberSlotAsk:
 * @site: (nullable): %NULL for every site that is known here
 * @clinician: (nullable): %NULL for whoever there is
 * @place: (nullable): %NULL for any room
 * @type: (nullable): of which appointments; %NULL for all
 * @except: (nullable): an appointment that does not count: the one that is to be moved
 */
typedef struct {
  const LimberId *site;
  const LimberId *clinician;
  const LimberId *place;
  const char     *type;
  const LimberId *except;
} LimberSlotAsk;

/**
 * LimberSlot:
 * @clinic: (owned): of the query "clinics"
 * @start: milliseconds UTC
 * @taken: whether the clinician or the room is taken then
 */
typedef struct {
  LimberRow *clinic;
  gint64     start;
  int        minutes;
  gboolean   taken;
} LimberSlot;

void        limber_slot_free    (LimberSlot *slot);
LimberSlot *limber_slot_copy    (const LimberSlot *slot);
GPtrArray  *limber_slots_of_day (LimberReader *reader, const LimberSlotAsk *ask, const char *date, GError **error);
GPtrArray  *limber_slots_free   (LimberReader *reader, const LimberSlotAsk *ask, gint64 from, int days, guint most, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberSlot, limber_slot_free)

G_END_DECLS
