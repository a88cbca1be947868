/* Taking in what a node answered, in the store's writer thread: a page of a pull, the rows of differing digests, marks,
 * the time. Each as one transaction. */
#pragma once

#include "limber-message.h"
#include "limber-pusher.h"
#include "limber-store.h"

G_BEGIN_DECLS

/* One answer on its way into the store. */
typedef struct {
  GBytes  *page;         /* (owned) (nullable): unpacked lines */
  json_t  *end;          /* (owned) (nullable): what the answer says besides */
  GArray  *apart;        /* (owned) (nullable): LimberApart: of a push */
  LimberId node;         /* who answered */
  gboolean direct;       /* it is central */
  gboolean has_time;     /* the answer said what the time is at central */
  gboolean has_offset;   /* and that is not what this store took it for */
  gint64   offset;       /* milliseconds that central's clock is ahead */
  gint64   quiet;        /* of a digest: the order of change when it was taken; -1 when it does not matter */
  gboolean behind;       /* out: the node is behind what this store has seen */
  gboolean skipped;      /* out: something changed meanwhile; nothing was replaced */
  guint    rows;         /* out: how many were taken in */
  gboolean nodes_changed; /* out: the site has another hub, or a node has another address */
} LimberApply;

LimberApply *limber_apply_new    (LimberMessage *answer, gboolean page, GError **error);
void         limber_apply_free   (LimberApply *apply);
gboolean     limber_apply_push   (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     limber_apply_pull   (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     limber_apply_cursor (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     limber_apply_digest (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     limber_apply_nobody (LimberTransaction *transaction, gpointer data, GError **error);
gboolean     limber_apply_nodes  (LimberTransaction *transaction, LimberApply *apply, GError **error);
gboolean     limber_apply_successor (LimberTransaction *transaction, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberApply, limber_apply_free)

G_END_DECLS
