/* What a device says of itself beside what it asks: for whoever looks after all of them. */
#include "limber-client-private.h"

#include "limber-report.h"

#define REPORT_MS (12 * 60 * 60 * 1000) /* a device that has nothing to say is heard of so often */

/**
 * limber_client_report_json:
 * @pusher: of the session; the client may have ended that meanwhile
 * @batch: (nullable): what is being sent beside it
 *
 * Returns: (transfer full): how this device is. For the worker, which alone reads the pusher while the client is busy
 */
json_t *
limber_client_report_json (LimberStore *store, LimberPusher *pusher, LimberReader *reader, const LimberBatch *batch)
{
  g_autofree char *source = limber_reader_meta (reader, "clock_source");
  gint64 store_bytes, free_bytes;
  LimberReport report;

  limber_report_init (&report);
  g_strlcpy (report.version, LIMBER_VERSION, sizeof report.version);
  report.unsent = limber_pusher_unsent (pusher, reader, batch, &report.oldest);
  if (limber_vitals_disk (store, &store_bytes, &free_bytes)) {
    report.store_bytes = store_bytes;
    report.free_bytes = free_bytes;
  }
  if (source != NULL)
    report.offset = limber_env_get_offset (limber_reader_env (reader));
  return limber_report_to_json (&report);
}

/**
 * limber_client_fleet_json:
 * @place: (inout): up to which place of the fleet the node has been told
 *
 * Returns: (transfer full) (nullable): what this hub has heard of devices since then, as much as one push may say
 */
json_t *
limber_client_fleet_json (LimberReader *reader, gint64 *place, GError **error)
{
  g_autoptr (GArray) lines = limber_fleet_since (reader, *place, LIMBER_REPORT_FLEET, error);

  if (lines == NULL)
    return NULL;
  if (lines->len > 0)
    *place = g_array_index (lines, LimberFleetLine, lines->len - 1).place;
  return limber_report_fleet_to_json (lines);
}

static gboolean
on_report (gpointer data)
{
  LimberClient *self = data;

  self->ask_marks = TRUE;
  limber_client_report_later (self);
  limber_client_step (self);
  return G_SOURCE_REMOVE;
}

/**
 * limber_client_report_later:
 *
 * Sees to it that the node hears of this device now and then, also when nothing happens.
 */
void
limber_client_report_later (LimberClient *self)
{
  limber_client_set_timer (self, &self->report, REPORT_MS, on_report);
}
