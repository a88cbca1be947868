/* What a LimberPusher is made of, for its own files: limber-pusher.c finds out what the node lacks and sends it,
 * limber-pusher-ahead.c counts with what is on its way. */
#pragma once

#include "limber-pusher.h"

G_BEGIN_DECLS

#define LIMBER_PUSHER_NOT_KNOWN (-1)

typedef struct {
  LimberPiece piece;
  gint64      known; /* the last entry that the node has, first - 1 for none; LIMBER_PUSHER_NOT_KNOWN until it is found out */
  gint64      low;   /* known to the node, first - 1 when that is not sure */
  gint64      high;  /* the last entry that is asked about */
  gboolean    ask;
  gboolean    stuck; /* the node does not take it; not tried again in this session */
} LimberPusherPiece;

typedef struct {
  gint64 n, seq;
} LimberPusherAsked;

typedef struct {
  gint64 n, after, last;
} LimberBatchPart;

struct _LimberPusher {
  gatomicrefcount refs;
  GArray *pieces; /* (owned): LimberPusherPiece, by number */
  GArray *asked;  /* (owned): LimberPusherAsked: what the last offer named, in order */
  GArray *wanted; /* (owned): LimberPoint: what the node has without its content */
  gboolean open;
};

LimberPusherPiece *limber_pusher_find (LimberPusher *pusher, gint64 n);

G_END_DECLS
