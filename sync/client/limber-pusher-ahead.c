/* Counting with what is on its way. */
#include "limber-pusher-private.h"

#include <string.h>

/* When the oldest unsent entry was written is looked for in so many pieces at most: they are in the order in which they came here. */
#define PIECES_LOOKED_AT 64

/**
 * limber_pusher_ahead:
 * @batch: what is on its way
 *
 * Returns: (transfer full): a pusher that knows what @pusher will know once the node has taken all of @batch, to make the next
 *   batch by meanwhile
 */
LimberPusher *
limber_pusher_ahead (LimberPusher *pusher, const LimberBatch *batch)
{
  LimberPusher *ahead = limber_pusher_new ();

  g_array_append_vals (ahead->pieces, pusher->pieces->data, pusher->pieces->len);
  ahead->open = pusher->open;
  for (guint i = 0; i < batch->parts->len; i++) {
    const LimberBatchPart *part = &g_array_index (batch->parts, LimberBatchPart, i);

    limber_pusher_find (ahead, part->n)->known = part->last;
  }
  return ahead;
}

/**
 * limber_pusher_fits:
 * @batch: one that was made ahead
 *
 * Returns: whether the node lacks what @batch begins with, and has what comes before it
 */
gboolean
limber_pusher_fits (LimberPusher *pusher, const LimberBatch *batch)
{
  for (guint i = 0; i < batch->parts->len; i++) {
    const LimberBatchPart *part = &g_array_index (batch->parts, LimberBatchPart, i);
    const LimberPusherPiece *piece = limber_pusher_find (pusher, part->n);

    if (piece == NULL || piece->stuck || piece->known != part->after)
      return FALSE;
  }
  return pusher->wanted->len == 0;
}

/**
 * limber_pusher_note_marks:
 * @marks: what an answer says of how far central has come
 *
 * Counts by it where it names the very end of a piece: another mark may be of a branch that a copy of this store has written, with
 * the same numbers. The store, which is told of all of them, knows which is which.
 */
void
limber_pusher_note_marks (LimberPusher *pusher, const json_t *marks)
{
  for (gsize i = 0; i < json_array_size (marks); i++) {
    LimberMark mark;

    if (!limber_heads_read_mark (json_array_get (marks, i), &mark))
      continue;
    for (guint j = 0; j < pusher->pieces->len; j++) {
      LimberPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, j).piece;

      if (piece->tip == mark.received.seq && limber_id_equal (&piece->tip_id, &mark.received.id) && memcmp (&piece->origin, &mark.received.origin, sizeof piece->origin) == 0)
        piece->received = piece->tip;
    }
  }
}

/**
 * limber_pusher_unsent:
 * @batch: (nullable): what is being sent
 * @oldest: (out): when the oldest of them was written, milliseconds UTC; %LIMBER_REPORT_UNKNOWN when there is none
 *
 * Returns: how many entries the node does not have, once it has taken @batch; %LIMBER_REPORT_UNKNOWN while that is being found out
 */
gint64
limber_pusher_unsent (LimberPusher *pusher, LimberReader *reader, const LimberBatch *batch, gint64 *oldest)
{
  gint64 unsent = 0;
  guint looked = 0, part = 0;

  *oldest = LIMBER_REPORT_UNKNOWN;
  for (guint i = 0; pusher->open && i < pusher->pieces->len; i++) {
    const LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);
    gint64 known = piece->known, made;

    if (batch != NULL && part < batch->parts->len && g_array_index (batch->parts, LimberBatchPart, part).n == piece->piece.n) { /* in the same order */
      known = g_array_index (batch->parts, LimberBatchPart, part).last;
      part++;
    }
    if (known >= piece->piece.tip)
      continue;
    unsent += piece->piece.tip - known;
    if (looked++ >= PIECES_LOOKED_AT)
      continue;
    made = limber_fleet_made (reader, piece->piece.n, known + 1);
    if (made != LIMBER_REPORT_UNKNOWN && (*oldest == LIMBER_REPORT_UNKNOWN || made < *oldest))
      *oldest = made;
  }
  return pusher->open ? unsent : LIMBER_REPORT_UNKNOWN;
}
