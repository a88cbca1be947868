/* What devices say of themselves beside what they ask. */
#include "limber-call.h"
#include "limber-error.h"
#include "limber-screens.h"

/**
 * limber_call_hear:
 * @report: what the device that asks says of itself
 *
 * Notes that it was here, and how it is.
 */
void
limber_call_hear (LimberCall *call, LimberReader *reader, const LimberReport *report)
{
  LimberFleetLine line = { .device = call->signature.device, .node = limber_store_identity (limber_node_store (call->node))->device, .seen = limber_reader_now (reader), .report = *report };

  limber_muster_note (limber_node_muster (call->node), reader, &line);
}

/**
 * limber_call_hear_fleet:
 * @lines: (nullable) (element-type LimberFleetLine): what the hub that asks says of the devices that it has met
 *
 * Notes it of those that belong to the hub's site.
 */
void
limber_call_hear_fleet (LimberCall *call, LimberReader *reader, const GArray *lines)
{
  gint64 now = limber_reader_now (reader);

  for (guint i = 0; lines != NULL && !call->standing.revoked && i < lines->len; i++) {
    LimberFleetLine line = g_array_index (lines, LimberFleetLine, i);
    LimberStanding standing;

    if (!limber_call_standing (reader, &line.device, &standing) || (standing.group.klass & LIMBER_CLASS_NODES) || !limber_id_equal (&standing.group.site, &call->standing.group.site))
      continue;
    line.node = call->signature.device;
    line.seen = MIN (line.seen, now);
    limber_muster_note (limber_node_muster (call->node), reader, &line);
  }
}

static gboolean
is_here (const LimberId *device, gint64 *met, gpointer muster)
{
  return limber_muster_has (muster, device, met);
}

/**
 * limber_call_tell_screens:
 * @end: (inout): of the last page: gets, for a desk or a clinician's device, how the devices of its site are
 */
gboolean
limber_call_tell_screens (LimberCall *call, LimberReader *reader, json_t *end, GError **error)
{
  json_t *screens;

  if (!(call->standing.group.klass & LIMBER_SCREENS_TOLD) || limber_id_is_nil (&call->standing.group.site))
    return TRUE;
  screens = limber_screens_tell (reader, &call->standing.group.site, &limber_store_identity (limber_node_store (call->node))->device, is_here, limber_node_muster (call->node), error);
  if (screens == NULL)
    return FALSE;
  json_object_set_new (end, "screens", screens);
  return TRUE;
}

static gboolean
write_lines (LimberTransaction *transaction, gpointer data, GError **error)
{
  GArray *lines = data;

  for (guint i = 0; i < lines->len; i++)
    if (!limber_fleet_note (transaction, &g_array_index (lines, LimberFleetLine, i), error))
      return FALSE;
  return TRUE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberNode) node = data;
  g_autoptr (GError) error = NULL;

  limber_muster_written (limber_node_muster (node));
  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) && limber_node_must_tell (error))
    g_warning ("How devices are could not be written: %s", limber_error_for_log (error));
}

/**
 * limber_node_write_muster:
 *
 * Writes down what devices have said of themselves, if there is anything and some time has passed. Nobody waits for it.
 */
void
limber_node_write_muster (LimberNode *node)
{
  LimberStore *store = limber_node_store (node);
  GArray *lines = limber_muster_take (limber_node_muster (node), limber_env_monotonic (limber_store_env (store)));

  if (lines != NULL)
    limber_store_write_async (store, write_lines, lines, (GDestroyNotify) g_array_unref, NULL, on_written, g_object_ref (node));
}
