/* LimberPusher: what one node lacks of the chains that this store holds, found out by asking and by nothing else (SYNC.md
 * rule 11). It begins afresh with each session. It does no input or output of its own. */
#pragma once

#include "limber-fleet.h"
#include "limber-heads.h"
#include "limber-message.h"

G_BEGIN_DECLS

typedef struct _LimberPusher LimberPusher;

/* An entry that a node keeps apart. */
typedef struct {
  gint64 piece; /* its origin's number here */
  gint64 seq;
  char  *reason; /* (owned) */
} LimberApart;

/* A batch on its way. */
typedef struct {
  GString *text;    /* (owned): a push's body; its first line is to be filled in */
  GArray  *parts;   /* (owned): LimberBatchPart */
  GArray  *apart;   /* (owned) (nullable): LimberApart: of those that were sent, once it has been answered */
  guint    entries;
} LimberBatch;

LimberPusher *limber_pusher_new       (void);
LimberPusher *limber_pusher_ref       (LimberPusher *pusher);
void          limber_pusher_unref     (LimberPusher *pusher);
void          limber_pusher_set_pieces (LimberPusher *pusher, GArray *pieces);
void          limber_pusher_update    (LimberPusher *pusher, GArray *pieces);
json_t       *limber_pusher_offer     (LimberPusher *pusher, LimberReader *reader, gboolean marks);
json_t       *limber_pusher_ends      (LimberPusher *pusher);
gboolean      limber_pusher_answer    (LimberPusher *pusher, const json_t *answer);
gboolean      limber_pusher_is_open   (LimberPusher *pusher);
gint64        limber_pusher_lacking   (LimberPusher *pusher);
gint64        limber_pusher_pending   (LimberPusher *pusher);
gint64        limber_pusher_unsent    (LimberPusher *pusher, LimberReader *reader, const LimberBatch *batch, gint64 *oldest);
gboolean      limber_pusher_is_stuck  (LimberPusher *pusher);
gint64        limber_pusher_sent      (LimberPusher *pusher);
LimberBatch  *limber_pusher_batch     (LimberPusher *pusher, LimberReader *reader, const LimberIdentity *identity, GError **error);
gboolean      limber_pusher_settle    (LimberPusher *pusher, LimberBatch *batch, const json_t *answer, char **refusal);
LimberPusher *limber_pusher_ahead     (LimberPusher *pusher, const LimberBatch *batch);
gboolean      limber_pusher_fits      (LimberPusher *pusher, const LimberBatch *batch);
void          limber_pusher_note_marks (LimberPusher *pusher, const json_t *marks);
void          limber_batch_free       (LimberBatch *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberPusher, limber_pusher_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberBatch, limber_batch_free)

G_END_DECLS
