/* LimberVitals: how a store is, in figures that cost next to nothing however large it is: for whoever asks every few seconds. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/**
 * LimberVitals:
 * @klass: what the store is
 * @entries: how many entries its journal has
 * @conflicts: how many wait for somebody's decision
 * @quarantined: how many entries do
 * @devices: how many are known here that were not revoked
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
  gint64   last_backup, last_sync, clock_offset;
  gint64   store_bytes, log_bytes, free_bytes;
  gboolean second_in_place;
} LimberVitals;

gboolean limber_vitals_read (LimberStore *store, LimberVitals *vitals, GError **error);

G_END_DECLS
