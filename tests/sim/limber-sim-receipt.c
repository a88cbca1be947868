#include "limber-sim-receipt.h"

#include "limber-reader-private.h"
#include "limber-session.h"
#include "limber-sim-truth.h"

typedef struct {
  const LimberId *other; /* the node, or the device */
  gint64          seq;   /* how far; -1 for unknown */
} Read;

static gboolean
read_cursor (LimberReader *reader, gpointer data, GError **error)
{
  Read *read = data;
  g_autofree char *run = NULL;

  limber_session_cursor (reader, read->other, &run, &read->seq);
  return TRUE;
}

static gboolean
read_receipts (LimberReader *reader, gpointer data, GError **error)
{
  Read *read = data;

  read->seq = limber_database_integer (reader->database, 0, "SELECT max(seq) FROM receipt WHERE device=?", "d", read->other);
  return TRUE;
}

/**
 * sim_receipt_check:
 * @place: something is about to be brought there
 *
 * What its node has a receipt for it has read. Where disks are put back, or a new program begins to read again, it may have
 * read it once and not know.
 */
void
sim_receipt_check (SimWorld *world, SimPlace *place)
{
  SimPlace *node = world->hubs[1] != NULL ? sim_world_node_of (world, place) : place; /* the service is being made */
  Read cursor = { NULL, -1 }, receipts = { NULL, -1 };

  if (!(world->family & SIM_NO_FAULTS) || world->versions || place == node || place->store == NULL || node->store == NULL)
    return;
  cursor.other = &limber_store_identity (node->store)->device;
  receipts.other = &limber_store_identity (place->store)->device;
  limber_store_read (place->store, read_cursor, &cursor, NULL);
  limber_store_read (node->store, read_receipts, &receipts, NULL);
  if (cursor.seq >= 0 && receipts.seq > cursor.seq)
    sim_problem (world->problems, "R17 %s believes that %s has forgotten somebody before it did", node->name, place->name);
}
