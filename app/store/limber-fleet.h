/* The fleet: how each device said last that it is. Reports are no records: they are not in the journal, nobody merges them, and they
 * say nothing of a person. A node keeps those of the devices that it meets; central also what its hubs tell of theirs. */
#pragma once

#include "limber-store.h"
#include "limber-vitals.h"

G_BEGIN_DECLS

#define LIMBER_REPORT_UNKNOWN G_MININT64
#define LIMBER_REPORT_VERSION 32 /* letters */
#define LIMBER_REPORT_BYTES (G_GINT64_CONSTANT (1) << 60)
#define LIMBER_FLEET_QUIET (G_GINT64_CONSTANT (86400000)) /* milliseconds: who has not been heard of for so long is silent */

/**
 * LimberReport:
 * @version: of its Limber; "" when it is not known
 * @unsent: how many entries it has not handed over yet
 * @oldest: when the oldest of them was written, milliseconds UTC
 * @store_bytes: of its store
 * @free_bytes: on its disk
 * @offset: by how many milliseconds its clock is behind central's
 *
 * How a device is, as it says itself. A number that is not known is %LIMBER_REPORT_UNKNOWN.
 */
typedef struct {
  char   version[LIMBER_REPORT_VERSION + 1];
  gint64 unsent, oldest;
  gint64 store_bytes, free_bytes;
  gint64 offset;
} LimberReport;

/**
 * LimberFleetLine:
 * @device: whose it is
 * @node: which node has met it
 * @seen: when, milliseconds UTC by that node's corrected clock
 * @place: in the order in which this store was told
 */
typedef struct {
  LimberId     device, node;
  gint64       seen;
  LimberReport report;
  gint64       place;
} LimberFleetLine;

void     limber_report_init     (LimberReport *report);
void     limber_report_fill     (LimberReport *report, const LimberReport *before);
gboolean limber_fleet_is_news   (LimberReader *reader, const LimberFleetLine *line);
gboolean limber_fleet_note      (LimberTransaction *transaction, const LimberFleetLine *line, GError **error);
GArray  *limber_fleet_since     (LimberReader *reader, gint64 place, guint most, GError **error);
void     limber_fleet_count     (LimberReader *reader, LimberFleetCounts *counts);
gint64   limber_fleet_made      (LimberReader *reader, gint64 piece, gint64 seq);
json_t  *limber_fleet_json      (LimberReader *reader, const LimberId *own, const LimberVitals *vitals, const char *version, GError **error);

G_END_DECLS
