#include "limber-session.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-feed.h"
#include "limber-journal.h"
#include "limber-prune.h"
#include "limber-reader-private.h"
#include "limber-transaction-private.h"

/* So many entries that lack their content are spoken of at once; the others next time. */
#define WANTS_MAXIMUM 500

static gboolean
read_id (LimberStatement *statement, int column, LimberEntryId *id)
{
  guint8 hash[LIMBER_HASH_LENGTH];

  if (!limber_statement_blob_into (statement, column, hash, sizeof hash))
    return FALSE;
  memcpy (id->bytes, hash, sizeof id->bytes);
  return TRUE;
}

/* Where on this device's chain an entry with that hash stands: first among the ends of its pieces, the newest first, where
 * it nearly always is, however many epochs came before; then everywhere. 0 when it is nowhere. */
static gint64
find_hash (LimberDatabase *database, const guint8 device[16], const guint8 hash[LIMBER_HASH_LENGTH])
{
  gint64 key = limber_database_integer (database, 0,
                                        "SELECT j.key FROM origin o JOIN journal j ON j.key=(SELECT max(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1)"
                                        " WHERE o.device=? AND j.hash=? ORDER BY o.n DESC LIMIT 1",
                                        "bb", device, (gsize) 16, hash, (gsize) LIMBER_HASH_LENGTH);

  if (key != 0)
    return key;
  return limber_database_integer (database, 0, "SELECT j.key FROM origin o JOIN journal j ON j.key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1 WHERE o.device=? AND j.hash=? LIMIT 1", "bb",
                                  device, (gsize) 16, hash, (gsize) LIMBER_HASH_LENGTH);
}

/* Finds what a piece continues, from the header of its first entry. @ends: LimberEntryId → LimberPiece: nearly always it is
 * the end of another piece. */
static gboolean
set_parent (LimberDatabase *database, LimberPiece *piece, GHashTable *ends, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (database, error, "SELECT header FROM journal WHERE key=?", "i", LIMBER_JOURNAL_KEY (piece->n, piece->first));
  const LimberPiece *end;
  LimberEntryId prev;
  LimberEntry entry;
  gint64 key;

  if (statement == NULL || limber_statement_step (statement, error) != 1)
    return FALSE;
  if (!limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 0), (gsize) sqlite3_column_bytes (statement->stmt, 0), error))
    return FALSE;
  memcpy (prev.bytes, entry.prev, sizeof prev.bytes);
  end = entry.has_prev ? g_hash_table_lookup (ends, &prev) : NULL;
  if (end != NULL) {
    piece->parent = end->n;
    piece->attach = end->tip;
    return TRUE;
  }
  key = entry.has_prev ? find_hash (database, piece->origin.bytes, entry.prev) : 0;
  piece->parent = key != 0 ? LIMBER_JOURNAL_ORIGIN (key) : 0;
  piece->attach = key != 0 ? LIMBER_JOURNAL_SEQ (key) : 0;
  return TRUE;
}

#define PIECES                                                                                                                                                                            \
  "SELECT o.n, o.device, o.epoch, a.key, b.key, b.hash, ifnull(m.received, 0), ifnull(m.backed_up, 0) FROM origin o"                                                                      \
  " JOIN journal a ON a.key=(SELECT min(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1)"                                                                           \
  " JOIN journal b ON b.key=(SELECT max(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1) LEFT JOIN mark m ON m.origin=o.n"

static gboolean
add_pieces (LimberStatement *statement, GArray *pieces, GError **error)
{
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberPiece piece = { sqlite3_column_int64 (statement->stmt, 0) };

    limber_statement_blob_into (statement, 1, piece.origin.bytes, 16);
    limber_statement_blob_into (statement, 2, piece.origin.bytes + 16, 8);
    piece.first = LIMBER_JOURNAL_SEQ (sqlite3_column_int64 (statement->stmt, 3));
    piece.tip = LIMBER_JOURNAL_SEQ (sqlite3_column_int64 (statement->stmt, 4));
    read_id (statement, 5, &piece.tip_id);
    piece.received = sqlite3_column_int64 (statement->stmt, 6);
    piece.backed_up = sqlite3_column_int64 (statement->stmt, 7);
    g_array_append_val (pieces, piece);
  }
  return step == 0;
}

/**
 * limber_session_pieces:
 *
 * All chains that this store holds entries of: on a device its own, on a hub also those that it forwards. A piece comes
 * after the one that it continues.
 *
 * Returns: (transfer full) (nullable) (element-type LimberPiece): them
 */
GArray *
limber_session_pieces (LimberReader *reader, GError **error)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, TRUE, sizeof (LimberPiece));
  g_autoptr (GHashTable) ends = g_hash_table_new (limber_id_hash, limber_id_equal);
  g_autoptr (LimberStatement) statement = limber_database_statement (reader->database, PIECES " ORDER BY o.n", error);

  if (!add_pieces (statement, pieces, error))
    return NULL;
  for (guint i = 0; i < pieces->len; i++)
    g_hash_table_insert (ends, &g_array_index (pieces, LimberPiece, i).tip_id, &g_array_index (pieces, LimberPiece, i));
  for (guint i = 0; i < pieces->len; i++)
    if (!set_parent (reader->database, &g_array_index (pieces, LimberPiece, i), ends, error))
      return NULL;
  return g_steal_pointer (&pieces);
}

/**
 * limber_session_pieces_of:
 * @origins: (element-type gint64): their numbers
 *
 * Returns: (transfer full) (nullable) (element-type LimberPiece): only those pieces; what they continue is not looked for
 */
GArray *
limber_session_pieces_of (LimberReader *reader, GArray *origins, GError **error)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, TRUE, sizeof (LimberPiece));

  for (guint i = 0; i < origins->len; i++) {
    g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, PIECES " WHERE o.n=?", "i", g_array_index (origins, gint64, i));

    if (!add_pieces (statement, pieces, error))
      return NULL;
  }
  return g_steal_pointer (&pieces);
}

/**
 * limber_session_point:
 * @n: a piece's number
 * @seq: one of its entries
 * @point: (out): that entry, as another store can recognise it
 */
gboolean
limber_session_point (LimberReader *reader, gint64 n, gint64 seq, LimberPoint *point, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, "SELECT hash FROM journal WHERE key=?", "i", LIMBER_JOURNAL_KEY (n, seq));

  point->seq = seq;
  return statement != NULL && limber_statement_step (statement, error) == 1 && read_id (statement, 0, &point->id) && limber_database_origin_of (reader->database, n, &point->origin);
}

static gint64
find_point (LimberDatabase *database, const LimberPoint *point)
{
  gint64 n;

  for (int branch = 0; (n = limber_database_origin (database, &point->origin, branch, FALSE, NULL)) != 0; branch++) {
    g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT hash FROM journal WHERE key=?", "i", LIMBER_JOURNAL_KEY (n, point->seq));
    LimberEntryId id;

    if (statement != NULL && limber_statement_step (statement, NULL) == 1 && read_id (statement, 0, &id) && limber_id_equal (&id, &point->id))
      return n;
  }
  return 0;
}

/**
 * limber_session_knows:
 *
 * Returns: whether this store has, or had, the entry @point; it then also has all that come before it in its chain,
 *   because nothing is taken whose predecessor is not here
 */
gboolean
limber_session_knows (LimberReader *reader, const LimberPoint *point)
{
  return find_point (reader->database, point) != 0;
}

/**
 * limber_session_wants:
 *
 * Returns: (transfer full) (element-type LimberPoint): entries of @device's chain that came to central without their
 *   content; whoever still has that is to send it. Empty elsewhere
 */
GArray *
limber_session_wants (LimberReader *reader, const LimberId *device)
{
  GArray *wants = g_array_new (FALSE, TRUE, sizeof (LimberPoint));
  g_autoptr (LimberStatement) statement = NULL;

  if (reader->klass != LIMBER_CLASS_CENTRAL)
    return wants;
  statement = limber_database_bound (reader->database, NULL,
                                     "SELECT q.key, j.hash FROM quarantine q JOIN journal j ON j.key=q.key JOIN origin o ON o.n=q.key >> 40 WHERE o.device=? AND j.body IS NULL ORDER BY q.key LIMIT ?", "di",
                                     device, (gint64) WANTS_MAXIMUM);
  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    gint64 key = sqlite3_column_int64 (statement->stmt, 0);
    LimberPoint point = { .seq = LIMBER_JOURNAL_SEQ (key) };

    if (limber_database_origin_of (reader->database, LIMBER_JOURNAL_ORIGIN (key), &point.origin) && read_id (statement, 1, &point.id))
      g_array_append_val (wants, point);
  }
  return wants;
}

/**
 * limber_session_can_give:
 *
 * Returns: the number of the piece in which this store has the entry @point with its content, 0 when it has not
 */
gint64
limber_session_can_give (LimberReader *reader, const LimberPoint *point)
{
  gint64 n = find_point (reader->database, point);

  return n != 0 && limber_database_integer (reader->database, 0, "SELECT body IS NOT NULL FROM journal WHERE key=?", "i", LIMBER_JOURNAL_KEY (n, point->seq)) == 1 ? n : 0;
}

/**
 * limber_session_knows_hash:
 *
 * Returns: whether this store has an entry of @device with that hash, in whichever epoch
 */
gboolean
limber_session_knows_hash (LimberReader *reader, const LimberId *device, const guint8 hash[LIMBER_HASH_LENGTH])
{
  return find_hash (reader->database, device->bytes, hash) != 0;
}

typedef struct {
  GString              *out;
  gsize                 bytes;    /* the most that @out may hold */
  guint                 room;     /* entries */
  guint                 taken;
  const LimberIdentity *identity;
  gboolean              own;
  gsize                 sure;     /* length of @out at the end of the last signed entry */
  gint64                last;     /* its seq */
  gboolean              has_sign; /* whether the line that was written last has one, */
  gsize                 body;     /* how long its body and what follows that is, */
  guint8                hash[LIMBER_HASH_LENGTH]; /* and its entry's hash */
} Lines;

/* Of other devices' entries, a batch ends at one that its device signed; an empty batch has room for that, because the
 * device kept within the same bounds. */
static gboolean
append_line (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  Lines *lines = data;

  if (lines->taken >= lines->room || lines->out->len + entry->header.length + entry->body.length + 256 > lines->bytes)
    return FALSE;
  limber_entry_append_sent (entry, lines->taken > 0 ? lines->hash : NULL, lines->out);
  memcpy (lines->hash, entry->hash, sizeof lines->hash);
  lines->has_sign = entry->has_sign;
  lines->body = (entry->has_body ? entry->body.length : strlen ("null")) + strlen ("\",]\n");
  lines->taken++;
  if (lines->own || entry->has_sign) {
    lines->sure = lines->out->len;
    lines->last = entry->seq;
  }
  return TRUE;
}

static void
sign_last (Lines *lines)
{
  char text[LIMBER_BASE64_LENGTH (LIMBER_SIGN_LENGTH) + 1];
  guint8 sign[LIMBER_SIGN_LENGTH];

  if (lines->has_sign)
    return;
  crypto_sign_detached (sign, NULL, lines->hash, sizeof lines->hash, lines->identity->secret_key);
  limber_base64_encode (sign, sizeof sign, text);
  g_string_insert (lines->out, (gssize) (lines->out->len - lines->body), text);
}

/**
 * limber_session_append_lines:
 * @n: a piece's number
 * @after: the entry that the other side has
 * @room: (inout): how many entries the batch may still hold
 * @bytes: how many bytes @out may hold
 * @identity: this store's: own entries are signed with its key
 * @out: where the lines go
 *
 * Appends the entries that follow @after, as far as there is room; the last one carries its device's signature.
 *
 * Returns: the last one's seq, @after when there was none (or no room), -1 on an error
 */
gint64
limber_session_append_lines (LimberReader *reader, gint64 n, gint64 after, guint *room, gsize bytes, const LimberIdentity *identity, GString *out, GError **error)
{
  LimberOrigin origin;
  Lines lines = { .out = out, .bytes = bytes, .room = *room, .identity = identity, .sure = out->len };

  if (!limber_database_origin_of (reader->database, n, &origin))
    return after;
  lines.own = memcmp (origin.bytes, identity->device.bytes, 16) == 0;
  if (!limber_journal_range (reader->database, LIMBER_JOURNAL_KEY (n, after + 1), LIMBER_JOURNAL_KEY (n, LIMBER_SEQ_MAXIMUM), append_line, &lines, error))
    return -1;
  g_string_truncate (out, lines.sure);
  if (lines.last == 0)
    return after;
  if (lines.own)
    sign_last (&lines);
  *room -= MIN (*room, (guint) (lines.last - after));
  return lines.last;
}

/**
 * limber_session_written:
 *
 * Returns: how many entries this store's chains have come to; whoever has sent as many has sent all
 */
gint64
limber_session_written (LimberReader *reader)
{
  return limber_database_integer (reader->database, 0,
                                  "SELECT sum(j.key & ?) FROM origin o JOIN journal j ON j.key=(SELECT max(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1)", "i",
                                  LIMBER_SEQ_MAXIMUM);
}

/* How far central has a piece: it knows itself, others were told. */
static gint64
received_of (LimberReader *reader, gint64 n)
{
  if (reader->klass == LIMBER_CLASS_CENTRAL || limber_canary (LIMBER_CANARY_ONE_MARK))
    return LIMBER_JOURNAL_SEQ (limber_database_integer (reader->database, 0, "SELECT max(key) FROM journal WHERE key BETWEEN ? AND ?", "ii", LIMBER_JOURNAL_KEY (n, 0),
                                                        LIMBER_JOURNAL_KEY (n, LIMBER_SEQ_MAXIMUM)));
  return limber_database_integer (reader->database, 0, "SELECT received FROM mark WHERE origin=?", "i", n);
}

/**
 * limber_session_marks:
 * @origin: a device's epoch
 *
 * How far central has that epoch, and each of its branches: at central itself, whatever the journal holds; elsewhere what
 * central said last.
 *
 * Returns: (transfer full) (element-type LimberMark): them
 */
GArray *
limber_session_marks (LimberReader *reader, const LimberOrigin *origin)
{
  GArray *marks = g_array_new (FALSE, TRUE, sizeof (LimberMark));
  gint64 n;

  for (int branch = 0; (n = limber_database_origin (reader->database, origin, branch, FALSE, NULL)) != 0; branch++) {
    gint64 seq = received_of (reader, n);
    LimberMark mark = { .backed_up = limber_database_integer (reader->database, 0, "SELECT backed_up FROM mark WHERE origin=?", "i", n) };

    if (seq > 0 && limber_session_point (reader, n, seq, &mark.received, NULL))
      g_array_append_val (marks, mark);
  }
  return marks;
}

/**
 * limber_session_is_at_central:
 *
 * Returns: whether central has the entry @point, and all that come before it, as far as this store was told; with their
 *   content, if this store is central's own
 */
gboolean
limber_session_is_at_central (LimberReader *reader, const LimberPoint *point)
{
  gint64 n = find_point (reader->database, point);
  g_autoptr (GArray) wants = NULL;
  LimberId device;

  if (n == 0 || received_of (reader, n) < point->seq)
    return FALSE;
  memcpy (device.bytes, point->origin.bytes, sizeof device.bytes);
  wants = limber_session_wants (reader, &device);
  return wants->len == 0;
}

/**
 * limber_session_mark_at:
 * @point: one entry of a chain
 * @mark: (out): how far central has the piece that @point stands in, but no further than @point
 *
 * For a store that was put back, or copied, and does not know what its chain went on with.
 *
 * Returns: whether central is known to have more of that piece than @point
 */
gboolean
limber_session_mark_at (LimberReader *reader, const LimberPoint *point, LimberMark *mark)
{
  gint64 n = find_point (reader->database, point);

  if (n == 0 || received_of (reader, n) <= point->seq)
    return FALSE;
  mark->received = *point;
  mark->backed_up = MIN (limber_database_integer (reader->database, 0, "SELECT backed_up FROM mark WHERE origin=?", "i", n), point->seq);
  return TRUE;
}

/**
 * limber_session_set_mark:
 *
 * Keeps what central said last, if this store holds the entry that @mark names.
 */
gboolean
limber_session_set_mark (LimberTransaction *transaction, const LimberMark *mark, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gint64 n = find_point (database, &mark->received), backed_up = MIN (mark->backed_up, mark->received.seq), before;

  if (limber_canary (LIMBER_CANARY_PRUNE_AT_RECEIVED))
    backed_up = mark->received.seq;
  if (n == 0 || limber_database_integer (database, 0, "SELECT 1 FROM mark WHERE origin=? AND received=? AND backed_up=?", "iii", n, mark->received.seq, backed_up) == 1)
    return TRUE;
  before = limber_database_integer (database, 0, "SELECT backed_up FROM mark WHERE origin=?", "i", n);
  limber_changes_add_origin (transaction->changes, n);
  return limber_database_execute (database, error,
                                  "INSERT INTO mark(origin, received, backed_up) VALUES(?,?,?) ON CONFLICT(origin) DO UPDATE SET received=excluded.received, backed_up=excluded.backed_up", "iii",
                                  n, mark->received.seq, backed_up) &&
         limber_prune_note_mark (transaction, n, before, backed_up, error);
}

/**
 * limber_session_mark_sum:
 *
 * Returns: a number that changes whenever a mark of @device's chain does
 */
gint64
limber_session_mark_sum (LimberReader *reader, const LimberId *device)
{
  return limber_database_integer (reader->database, 0, "SELECT sum(m.received * 31 + m.backed_up) FROM origin o JOIN mark m ON m.origin=o.n WHERE o.device=?", "d", device);
}

/**
 * limber_session_begin_run:
 * @run: the random name of this start of a node
 */
gboolean
limber_session_begin_run (LimberTransaction *transaction, const char *run, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "INSERT INTO run(id, first, started) VALUES(?, ?, max(?, 1 + ifnull((SELECT max(started) FROM run), 0)))", "tii", run,
                                  limber_feed_position (&transaction->reader), limber_env_wall (limber_transaction_env (transaction)));
}

/**
 * limber_session_run_started:
 *
 * Returns: when @run began, milliseconds UTC; later than every run before it, whatever the clock says; 0 when it is not known
 */
gint64
limber_session_run_started (LimberReader *reader, const char *run)
{
  return limber_database_integer (reader->database, 0, "SELECT started FROM run WHERE id=?", "t", run);
}

/**
 * limber_session_run_reaches:
 *
 * Returns: whether @run is one of this node's, and got as far as @seq; if not, a cursor is worth nothing here
 */
gboolean
limber_session_run_reaches (LimberReader *reader, const char *run, gint64 seq)
{
  gint64 n = limber_database_integer (reader->database, 0, "SELECT n FROM run WHERE id=?", "t", run);

  if (limber_canary (LIMBER_CANARY_ANY_RUN))
    return seq >= 0;
  return n != 0 && seq >= 0 && seq <= limber_database_integer (reader->database, limber_feed_position (reader), "SELECT first FROM run WHERE n>? ORDER BY n LIMIT 1", "i", n);
}

/**
 * limber_session_is_branched:
 *
 * Returns: whether two stores continued the same epoch (SYNC.md rule 12)
 */
gboolean
limber_session_is_branched (LimberReader *reader, const LimberOrigin *origin)
{
  return limber_database_origin (reader->database, origin, 1, FALSE, NULL) != 0;
}

/**
 * limber_session_leave_epoch:
 * @origin: an epoch that two stores have continued
 *
 * Begins a new epoch, if this store is still writing in that one.
 */
gboolean
limber_session_leave_epoch (LimberTransaction *transaction, const LimberOrigin *origin, GError **error)
{
  if (!transaction->state.has_origin || memcmp (&transaction->state.origin, origin, sizeof *origin) != 0)
    return TRUE;
  return limber_transaction_new_epoch (transaction, error);
}

/**
 * limber_session_owes_receipt:
 *
 * Returns: whether reading on from @seq shows that @device has forgotten somebody of whom it is not noted yet
 */
gboolean
limber_session_owes_receipt (LimberReader *reader, const LimberId *device, gint64 group, gint64 seq)
{
  seq = limber_canary (LIMBER_CANARY_RECEIPT_AT_ONCE) ? G_MAXINT64 : seq;
  return limber_database_integer (reader->database, 0,
                                  "SELECT 1 FROM membership WHERE grp=?1 AND state<>1 AND seq<=?2 AND seq>ifnull((SELECT max(seq) FROM receipt WHERE device=?3 AND grp=?1), 0) LIMIT 1", "iid",
                                  group, seq, device) == 1;
}

gboolean
limber_session_receipt (LimberTransaction *transaction, const LimberId *device, gint64 group, gint64 seq, GError **error)
{
  seq = limber_canary (LIMBER_CANARY_RECEIPT_AT_ONCE) ? G_MAXINT64 : seq;
  return limber_database_execute (transaction->reader.database, error,
                                  "INSERT OR REPLACE INTO receipt(device, grp, patient, seq, at) SELECT ?3, grp, patient, seq, ?4 FROM membership WHERE grp=?1 AND state<>1 AND seq<=?2"
                                  " AND seq>ifnull((SELECT max(seq) FROM receipt WHERE device=?3 AND grp=?1), 0)",
                                  "iidi", group, seq, device, limber_transaction_now (transaction));
}

/**
 * limber_session_settle_scope:
 *
 * Makes the memberships true for what this transaction has changed so far; its end would do so anyhow.
 */
gboolean
limber_session_settle_scope (LimberTransaction *transaction, GError **error)
{
  return limber_scope_refresh (transaction, transaction->patients, limber_changes_has_kind (transaction->changes, "appointment"), error);
}

/**
 * limber_session_cursor:
 * @node: a node's id
 * @run: (out) (transfer full): the run that it was in
 * @seq: (out): how far this store has read from it
 *
 * Returns: whether this store has ever read from @node
 */
gboolean
limber_session_cursor (LimberReader *reader, const LimberId *node, char **run, gint64 *seq)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, NULL, "SELECT run, seq FROM peer WHERE node=?", "d", node);

  if (statement == NULL || limber_statement_step (statement, NULL) != 1)
    return FALSE;
  *run = limber_statement_dup_text (statement, 0);
  *seq = sqlite3_column_int64 (statement->stmt, 1);
  return TRUE;
}

gboolean
limber_session_set_cursor (LimberTransaction *transaction, const LimberId *node, const char *run, gint64 seq, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "INSERT INTO peer(node, run, seq) VALUES(?,?,?) ON CONFLICT(node) DO UPDATE SET run=excluded.run, seq=excluded.seq",
                                  "dti", node, run, seq);
}
