/* What a store keeps of its talks with other stores: the chains that it holds and how to send them, marks, cursors
 * (SYNC.md rules 11, 12, 13 and 16). */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/* One entry of a chain, as both sides name it. */
typedef struct {
  LimberOrigin  origin;
  gint64        seq;
  LimberEntryId id;
} LimberPoint;

/* One piece of a chain: an epoch, or a branch of one. */
typedef struct {
  gint64        n;      /* the origin's number in this store */
  LimberOrigin  origin;
  gint64        first;
  gint64        tip;
  LimberEntryId tip_id;
  gint64        parent; /* the piece that it continues, 0 for none that is here */
  gint64        attach; /* the last entry of that piece that comes before it */
  gint64        received;
  gint64        backed_up;
} LimberPiece;

/* How far central has an origin (SYNC.md rule 13). */
typedef struct {
  LimberPoint received;
  gint64      backed_up;
} LimberMark;

GArray  *limber_session_pieces       (LimberReader *reader, GError **error);
GArray  *limber_session_pieces_of    (LimberReader *reader, GArray *origins, GError **error);
gboolean limber_session_point        (LimberReader *reader, gint64 n, gint64 seq, LimberPoint *point, GError **error);
gboolean limber_session_knows        (LimberReader *reader, const LimberPoint *point);
GArray  *limber_session_wants        (LimberReader *reader, const LimberId *device);
gint64   limber_session_can_give     (LimberReader *reader, const LimberPoint *point);
gboolean limber_session_knows_hash   (LimberReader *reader, const LimberId *device, const guint8 hash[LIMBER_HASH_LENGTH]);
gint64   limber_session_append_lines (LimberReader *reader, gint64 n, gint64 after, guint *room, gsize bytes, const LimberIdentity *identity, GString *out, GError **error);

gint64   limber_session_written      (LimberReader *reader);

GArray  *limber_session_marks        (LimberReader *reader, const LimberOrigin *origin);
gboolean limber_session_is_at_central (LimberReader *reader, const LimberPoint *point);
gboolean limber_session_mark_at      (LimberReader *reader, const LimberPoint *point, LimberMark *mark);
gboolean limber_session_set_mark     (LimberTransaction *transaction, const LimberMark *mark, GError **error);
gint64   limber_session_mark_sum     (LimberReader *reader, const LimberId *device);

gboolean limber_session_begin_run    (LimberTransaction *transaction, const char *run, GError **error);
gint64   limber_session_run_started  (LimberReader *reader, const char *run);
gboolean limber_session_run_reaches  (LimberReader *reader, const char *run, gint64 seq);
gboolean limber_session_is_branched  (LimberReader *reader, const LimberOrigin *origin);
gboolean limber_session_leave_epoch  (LimberTransaction *transaction, const LimberOrigin *origin, GError **error);
gboolean limber_session_owes_receipt (LimberReader *reader, const LimberId *device, gint64 group, gint64 seq);
gboolean limber_session_receipt      (LimberTransaction *transaction, const LimberId *device, gint64 group, gint64 seq, GError **error);
gboolean limber_session_settle_scope (LimberTransaction *transaction, GError **error);

gboolean limber_session_cursor       (LimberReader *reader, const LimberId *node, char **run, gint64 *seq);
gboolean limber_session_set_cursor   (LimberTransaction *transaction, const LimberId *node, const char *run, gint64 seq, GError **error);

G_END_DECLS
