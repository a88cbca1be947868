/* For each piece of a chain the pusher finds the last entry that the node knows. A node takes nothing whose predecessor
 * it lacks; so who knows an entry knows all before it, and only the ends that nothing continues must be asked about. An
 * end is asked about together with points ever further back; when none is known, the piece that it continues is asked
 * about next. Pieces are sent in the order of their numbers, in which each comes after the one that it continues. */
#include "limber-pusher-private.h"

#include <string.h>

#include "limber-canary.h"
#include "limber-json.h"

/* How finely the point up to which a node knows a piece must be found: to re-send this many entries does no harm. */
#define FINE 64

#define REASON_MAXIMUM 200 /* letters */

LimberPusher *
limber_pusher_new (void)
{
  LimberPusher *pusher = g_new0 (LimberPusher, 1);

  g_atomic_ref_count_init (&pusher->refs);
  pusher->pieces = g_array_new (FALSE, TRUE, sizeof (LimberPusherPiece));
  pusher->asked = g_array_new (FALSE, FALSE, sizeof (LimberPusherAsked));
  pusher->wanted = g_array_new (FALSE, FALSE, sizeof (LimberPoint));
  return pusher;
}

LimberPusher *
limber_pusher_ref (LimberPusher *pusher)
{
  g_atomic_ref_count_inc (&pusher->refs);
  return pusher;
}

void
limber_pusher_unref (LimberPusher *pusher)
{
  if (!g_atomic_ref_count_dec (&pusher->refs))
    return;
  g_array_unref (pusher->pieces);
  g_array_unref (pusher->asked);
  g_array_unref (pusher->wanted);
  g_free (pusher);
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const LimberPusherPiece *first = a, *second = b;

  return (first->piece.n > second->piece.n) - (first->piece.n < second->piece.n);
}

/**
 * limber_pusher_find:
 *
 * Returns: (transfer none) (nullable): the piece with that number
 */
LimberPusherPiece *
limber_pusher_find (LimberPusher *pusher, gint64 n)
{
  LimberPusherPiece wanted = { { n } };
  guint at;

  return g_array_binary_search (pusher->pieces, &wanted, compare_pieces, &at) ? &g_array_index (pusher->pieces, LimberPusherPiece, at) : NULL;
}

/* (transfer full): by place in @pusher's pieces, whether one is the end of a chain: no other goes on from it. */
static gboolean *
find_ends (LimberPusher *pusher)
{
  gboolean *ends = g_new (gboolean, pusher->pieces->len + 1);

  for (guint i = 0; i < pusher->pieces->len; i++)
    ends[i] = TRUE;
  for (guint i = 0; i < pusher->pieces->len; i++) {
    const LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);
    const LimberPusherPiece *parent = piece->piece.parent != 0 ? limber_pusher_find (pusher, piece->piece.parent) : NULL;

    if (parent != NULL && parent->piece.tip == piece->piece.attach)
      ends[parent - (const LimberPusherPiece *) pusher->pieces->data] = FALSE;
  }
  return ends;
}

/* Only ends are asked about first. */
static void
choose_ends (LimberPusher *pusher)
{
  g_autofree gboolean *ends = find_ends (pusher);

  for (guint i = 0; i < pusher->pieces->len; i++) {
    LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);

    piece->ask = ends[i];
    piece->high = piece->piece.tip;
  }
}

/**
 * limber_pusher_set_pieces:
 * @pieces: (element-type LimberPiece): what the store holds now
 *
 * Tells the pusher what there is. What is new since the session was opened the node does not have.
 */
void
limber_pusher_set_pieces (LimberPusher *pusher, GArray *pieces)
{
  g_autoptr (GArray) before = g_steal_pointer (&pusher->pieces);

  pusher->pieces = g_array_new (FALSE, TRUE, sizeof (LimberPusherPiece));
  for (guint i = 0, j = 0; i < pieces->len; i++) {
    LimberPusherPiece piece = { g_array_index (pieces, LimberPiece, i), LIMBER_PUSHER_NOT_KNOWN };

    while (j < before->len && g_array_index (before, LimberPusherPiece, j).piece.n < piece.piece.n)
      j++;
    if (j < before->len && g_array_index (before, LimberPusherPiece, j).piece.n == piece.piece.n) {
      const LimberPusherPiece *old = &g_array_index (before, LimberPusherPiece, j);

      piece.known = old->known;
      piece.low = old->low;
      piece.high = old->high;
      piece.ask = old->ask;
      piece.stuck = old->stuck;
    } else {
      piece.low = piece.piece.first - 1;
      if (pusher->open)
        piece.known = piece.piece.first - 1;
    }
    g_array_append_val (pusher->pieces, piece);
  }
  if (!pusher->open && before->len == 0)
    choose_ends (pusher);
}

/**
 * limber_pusher_update:
 * @pieces: (element-type LimberPiece): those that have grown, or of which central has more, or that are new
 *
 * As limber_pusher_set_pieces(), for a few of them.
 */
void
limber_pusher_update (LimberPusher *pusher, GArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++) {
    const LimberPiece *now = &g_array_index (pieces, LimberPiece, i);
    LimberPusherPiece *piece = limber_pusher_find (pusher, now->n);
    LimberPusherPiece made = { *now, pusher->open ? now->first - 1 : LIMBER_PUSHER_NOT_KNOWN, now->first - 1 };

    if (piece == NULL) {
      g_array_append_val (pusher->pieces, made);
      g_array_sort (pusher->pieces, compare_pieces);
      continue;
    }
    piece->piece.tip = now->tip;
    piece->piece.tip_id = now->tip_id;
    piece->piece.received = now->received;
    piece->piece.backed_up = now->backed_up;
  }
}

static void
add_point (LimberPusher *pusher, LimberReader *reader, json_t *heads, const LimberPusherPiece *piece, gint64 seq)
{
  LimberPoint point;
  LimberPusherAsked asked = { piece->piece.n, seq };

  if (!limber_session_point (reader, piece->piece.n, seq, &point, NULL))
    return;
  json_array_append_new (heads, limber_heads_point_to_json (&point));
  g_array_append_val (pusher->asked, asked);
}

/**
 * limber_pusher_offer:
 * @marks: ask also about pieces that central has not all of, to hear how far it has come
 *
 * Returns: (transfer full): the points to ask about now, newest first within a piece
 */
json_t *
limber_pusher_offer (LimberPusher *pusher, LimberReader *reader, gboolean marks)
{
  json_t *heads = json_array ();

  g_array_set_size (pusher->asked, 0);
  for (guint i = 0; i < pusher->pieces->len && pusher->asked->len < LIMBER_HEADS_MAXIMUM - 64; i++) {
    LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);

    if (piece->ask && piece->known == LIMBER_PUSHER_NOT_KNOWN) {
      gint64 seq = piece->high;

      for (gint64 step = 1; seq > piece->low + 1; seq -= step, step *= 2)
        add_point (pusher, reader, heads, piece, seq);
      add_point (pusher, reader, heads, piece, piece->low + 1);
    } else if (marks && piece->piece.received < piece->piece.tip)
      add_point (pusher, reader, heads, piece, piece->piece.tip);
  }
  return heads;
}

/**
 * limber_pusher_ends:
 *
 * Returns: (transfer full): the ends of all chains that the store holds, as points: whoever has these has all of it
 */
json_t *
limber_pusher_ends (LimberPusher *pusher)
{
  g_autofree gboolean *ends = find_ends (pusher);
  json_t *points = json_array ();

  for (guint i = 0; i < pusher->pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i).piece;

    if (ends[i])
      json_array_append_new (points, limber_heads_point_to_json (&(LimberPoint){ piece->origin, piece->tip, piece->tip_id }));
  }
  return points;
}

/* All that a known entry continues is known too, up to where it branches off. */
static void
cover (LimberPusher *pusher, const LimberPusherPiece *piece)
{
  while (piece != NULL && piece->piece.parent != 0) {
    LimberPusherPiece *parent = limber_pusher_find (pusher, piece->piece.parent);

    if (parent == NULL || parent->known >= piece->piece.attach)
      return;
    if (parent->piece.tip == piece->piece.attach || parent->known != LIMBER_PUSHER_NOT_KNOWN || !parent->ask)
      parent->known = piece->piece.attach;
    parent->low = MAX (parent->low, piece->piece.attach);
    piece = parent;
  }
}

static void
conclude (LimberPusher *pusher, LimberPusherPiece *piece, gint64 known, gint64 unknown)
{
  LimberPusherPiece *parent;

  if (known >= piece->piece.first && unknown - known > FINE) {
    piece->low = known;
    piece->high = unknown - 1;
    return;
  }
  piece->known = MAX (known, piece->low);
  if (piece->known >= piece->piece.first) {
    cover (pusher, piece);
    return;
  }
  parent = piece->piece.parent != 0 ? limber_pusher_find (pusher, piece->piece.parent) : NULL;
  if (parent != NULL && parent->known == LIMBER_PUSHER_NOT_KNOWN && !parent->ask) {
    parent->ask = TRUE;
    parent->high = piece->piece.attach;
  }
}

static void
note_wanted (LimberPusher *pusher, const json_t *wants)
{
  g_array_set_size (pusher->wanted, 0);
  for (gsize i = 0; i < json_array_size (wants); i++) {
    LimberPoint point;

    if (limber_heads_read_point (json_array_get (wants, i), &point))
      g_array_append_val (pusher->wanted, point);
  }
}

/**
 * limber_pusher_answer:
 * @answer: a node's answer to a push with the last offer
 *
 * Learns from it.
 *
 * Returns: whether there was anything to learn; not when the node does not answer what it was asked, or this store cannot name what
 *   it holds: to ask once more would come to the same
 */
gboolean
limber_pusher_answer (LimberPusher *pusher, const json_t *answer)
{
  const char *known = limber_json_string (answer, "known");
  gboolean asking = FALSE, learnt = FALSE;

  for (guint i = 0; known != NULL && strlen (known) == pusher->asked->len && i < pusher->asked->len;) {
    const LimberPusherAsked *first = &g_array_index (pusher->asked, LimberPusherAsked, i);
    LimberPusherPiece *piece = limber_pusher_find (pusher, first->n);
    gint64 best = 0, unknown = piece != NULL ? piece->high + 1 : 0;

    for (; i < pusher->asked->len && g_array_index (pusher->asked, LimberPusherAsked, i).n == first->n; i++) {
      gint64 seq = g_array_index (pusher->asked, LimberPusherAsked, i).seq;

      if (known[i] == '1')
        best = MAX (best, seq);
      else
        unknown = MIN (unknown, seq);
    }
    if (piece != NULL && piece->known == LIMBER_PUSHER_NOT_KNOWN) {
      conclude (pusher, piece, MAX (best, piece->low), unknown);
      learnt = TRUE;
    }
  }
  g_array_set_size (pusher->asked, 0);
  for (guint i = 0; i < pusher->pieces->len; i++)
    asking |= g_array_index (pusher->pieces, LimberPusherPiece, i).ask && g_array_index (pusher->pieces, LimberPusherPiece, i).known == LIMBER_PUSHER_NOT_KNOWN;
  for (guint i = 0; !asking && !pusher->open && i < pusher->pieces->len; i++) {
    LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);

    if (piece->known == LIMBER_PUSHER_NOT_KNOWN)
      piece->known = piece->low;
  }
  pusher->open = !asking;
  note_wanted (pusher, json_object_get (answer, "wants"));
  return learnt || !asking;
}

/**
 * limber_pusher_is_open:
 *
 * Returns: whether it is known of every piece how far the node has it
 */
gboolean
limber_pusher_is_open (LimberPusher *pusher)
{
  return pusher->open;
}

/**
 * limber_pusher_lacking:
 *
 * Returns: how many entries that this store holds central has not said that it has
 */
gint64
limber_pusher_lacking (LimberPusher *pusher)
{
  gint64 lacking = 0;

  for (guint i = 0; i < pusher->pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i).piece;

    lacking += MAX (0, piece->tip - MAX (piece->received, piece->first - 1));
  }
  return lacking;
}

/**
 * limber_pusher_pending:
 *
 * Returns: how many entries are to be sent to the node, or to be looked for because it wants their content
 */
gint64
limber_pusher_pending (LimberPusher *pusher)
{
  gint64 pending = pusher->open ? pusher->wanted->len : 0;

  for (guint i = 0; pusher->open && i < pusher->pieces->len; i++) {
    const LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);

    if (!piece->stuck)
      pending += MAX (0, piece->piece.tip - piece->known);
  }
  return pending;
}

/**
 * limber_pusher_is_stuck:
 *
 * Returns: whether the node has refused something
 */
gboolean
limber_pusher_is_stuck (LimberPusher *pusher)
{
  for (guint i = 0; i < pusher->pieces->len; i++)
    if (g_array_index (pusher->pieces, LimberPusherPiece, i).stuck)
      return TRUE;
  return FALSE;
}

/**
 * limber_pusher_sent:
 *
 * Returns: how many entries of this store's chains the node has (limber_session_written() for all of them)
 */
gint64
limber_pusher_sent (LimberPusher *pusher)
{
  gint64 sent = 0;

  for (guint i = 0; i < pusher->pieces->len; i++)
    sent += g_array_index (pusher->pieces, LimberPusherPiece, i).known;
  return sent;
}

void
limber_batch_free (LimberBatch *batch)
{
  g_string_free (batch->text, TRUE);
  g_array_unref (batch->parts);
  g_clear_pointer (&batch->apart, g_array_unref);
  g_free (batch);
}

/* What the node has without its content is sent again, and all that comes after it, if it is here with it. */
static void
go_back (LimberPusher *pusher, LimberReader *reader)
{
  for (guint i = 0; i < pusher->wanted->len; i++) {
    const LimberPoint *point = &g_array_index (pusher->wanted, LimberPoint, i);
    LimberPusherPiece *piece = limber_pusher_find (pusher, limber_session_can_give (reader, point));

    if (piece != NULL)
      piece->known = MIN (piece->known, point->seq - 1);
  }
  g_array_set_size (pusher->wanted, 0);
}

/**
 * limber_pusher_batch:
 *
 * Returns: (transfer full) (nullable): the next entries to send, as a push's body but for its first line's content
 */
LimberBatch *
limber_pusher_batch (LimberPusher *pusher, LimberReader *reader, const LimberIdentity *identity, GError **error)
{
  g_autoptr (LimberBatch) batch = g_new0 (LimberBatch, 1);
  guint room = limber_canary_at_most (LIMBER_PUSH_ENTRIES);

  batch->text = g_string_new ("\n");
  batch->parts = g_array_new (FALSE, FALSE, sizeof (LimberBatchPart));
  go_back (pusher, reader);
  for (guint i = 0; i < pusher->pieces->len && room > 0; i++) {
    LimberPusherPiece *piece = &g_array_index (pusher->pieces, LimberPusherPiece, i);
    const LimberPusherPiece *parent = piece->piece.parent != 0 ? limber_pusher_find (pusher, piece->piece.parent) : NULL;
    LimberBatchPart part = { piece->piece.n, piece->known, piece->known };

    if (parent != NULL && parent->stuck)
      piece->stuck = TRUE;
    if (piece->stuck || piece->known >= piece->piece.tip)
      continue;
    part.last = limber_session_append_lines (reader, part.n, part.after, &room, LIMBER_PUSH_BYTES, identity, batch->text, error);
    if (part.last < 0)
      return NULL;
    if (part.last == part.after && batch->parts->len > 0)
      break; /* what comes after it may go on from it */
    if (part.last == part.after) {
      piece->stuck = TRUE; /* not even an empty batch holds its next signed run */
      continue;
    }
    batch->entries += (guint) (part.last - part.after);
    g_array_append_val (batch->parts, part);
  }
  return g_steal_pointer (&batch);
}

static void
apart_clear (LimberApart *apart)
{
  g_free (apart->reason);
}

static void
note_apart (LimberBatch *batch, gint64 piece, gint64 seq, const char *reason)
{
  LimberApart apart = { piece, seq, reason != NULL ? g_utf8_substring (reason, 0, MIN (g_utf8_strlen (reason, -1), REASON_MAXIMUM)) : g_strdup ("") };

  g_array_append_val (batch->apart, apart);
}

typedef struct {
  const json_t *verdicts;
  gsize         at;   /* which of them */
  gint64        used; /* of it */
} Verdicts;

static const char *
next_verdict (Verdicts *verdicts, const char **reason)
{
  const json_t *run = json_array_get (verdicts->verdicts, verdicts->at);

  if (run == NULL)
    return NULL;
  if (++verdicts->used >= json_integer_value (json_array_get (run, 0))) {
    verdicts->at++;
    verdicts->used = 0;
  }
  *reason = json_string_value (json_array_get (run, 2));
  return json_string_value (json_array_get (run, 1));
}

/**
 * limber_pusher_settle:
 * @batch: what was sent; what the node keeps apart of it is noted there
 * @answer: what the node said of it
 * @refusal: (inout) (transfer full) (nullable): why an entry was not taken
 *
 * Returns: whether the node understood; if not, the session must begin again
 */
gboolean
limber_pusher_settle (LimberPusher *pusher, LimberBatch *batch, const json_t *answer, char **refusal)
{
  Verdicts verdicts = { json_object_get (answer, "verdicts"), 0, 0 };
  gboolean understood = TRUE;

  batch->apart = g_array_new (FALSE, FALSE, sizeof (LimberApart));
  g_array_set_clear_func (batch->apart, (GDestroyNotify) apart_clear);
  for (guint i = 0; i < batch->parts->len; i++) {
    const LimberBatchPart *part = &g_array_index (batch->parts, LimberBatchPart, i);
    LimberPusherPiece *piece = limber_pusher_find (pusher, part->n);
    gboolean taken = TRUE;

    for (gint64 seq = part->after + 1; seq <= part->last; seq++) {
      const char *reason = NULL, *verdict = next_verdict (&verdicts, &reason);

      taken = taken && verdict != NULL && !g_str_equal (verdict, "gap") && !g_str_equal (verdict, "refused");
      if (taken && piece != NULL)
        piece->known = seq;
      if (g_strcmp0 (verdict, "quarantined") == 0)
        note_apart (batch, part->n, seq, reason);
      if (g_strcmp0 (verdict, "refused") == 0 && piece != NULL) {
        piece->stuck = TRUE;
        g_free (*refusal);
        *refusal = g_strdup (reason);
      }
      understood = understood && verdict != NULL;
    }
    if (!taken && piece != NULL && !piece->stuck) {
      piece->stuck = limber_canary (LIMBER_CANARY_SENDS_FROM_MEMORY); /* who does not ask does not know better next time */
      understood = understood && piece->stuck;
    }
  }
  return understood;
}
