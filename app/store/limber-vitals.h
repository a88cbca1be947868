/* LimberVitals: how a store is, in figures that cost next to nothing however large it is: for whoever asks every few seconds. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_VITALS_ROOM (G_GINT64_CONSTANT (1) << 30) /* bytes: less than this is little */

/* How many devices that were not revoked nobody has heard of for a day, have not handed over all, or have little room; one may be
 * counted in several. */
typedef struct {
  gint64 silent, unsent, disk;
} LimberFleetCounts;

/**
 * LimberVitals:
 * @klass: what the store is
 * @entries: how many entries its journal has
 * @conflicts: how many wait for somebody's decision
 * @quarantined: how many entries do
 * @devices: how many are known here and in use: neither revoked nor let go
 * @fleet: how many of those that a node looks after are as they should not be
 * @last_backup: when central's last copy off its machine was made and checked, milliseconds UTC, 0 for never
 * @last_sync: when all had been read from a node, milliseconds UTC, 0 for never
 * @clock_offset: by how many milliseconds this machine's clock is behind central's, as far as it was told
 * @store_bytes: of the store's file
 * @log_bytes: of its write-ahead log
 * @free_bytes: for more: where the store is or, if there is less, where central's second file is
 * @second_in_place: whether central's second file is there; %TRUE where there is none to be
 */
typedef struct {
  LimberClass klass;
  gint64   entries, conflicts, quarantined, devices;
  LimberFleetCounts fleet;
  gint64   last_backup, last_sync, clock_offset;
  gint64   store_bytes, log_bytes, free_bytes;
  gboolean second_in_place;
} LimberVitals;

gboolean limber_vitals_read (LimberStore *store, LimberVitals *vitals, GError **error);
gboolean limber_vitals_disk (LimberStore *store, gint64 *store_bytes, gint64 *free_bytes);

G_END_DECLS
