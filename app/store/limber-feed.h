/* What a group's devices are to be told: the changes since a cursor, in order (SYNC.md rules 16 and 17), and the digest
 * of all that they should hold (rule 18). */
#pragma once

#include "limber-common.h"
#include "limber-extras.h"
#include "limber-scope.h"

G_BEGIN_DECLS

#define LIMBER_DIGEST_BUCKETS 256
#define LIMBER_DIGEST_LENGTH 16

typedef struct {
  guint8 bytes[LIMBER_DIGEST_BUCKETS][LIMBER_DIGEST_LENGTH];
} LimberDigest;

/* Whom to tell. Each is called with what it is about; @full is asked between two steps, and ends the feed. */
typedef struct {
  void (*event) (gboolean in, const LimberId *patient, gpointer data);
  void (*row) (const LimberRecord *record, gpointer data);
  void (*drop) (const LimberKind *kind, const LimberId *id, gpointer data);
  void (*extra) (const LimberExtra *extra, gpointer data);
  gboolean (*full) (gpointer data);
  gpointer data;
} LimberFeedSink;

gint64   limber_feed_position (LimberReader *reader);
gboolean limber_feed_read     (LimberReader *reader, const LimberGroup *group, gint64 *cursor, gboolean *more, const LimberFeedSink *sink, GError **error);
gboolean limber_feed_has_news (LimberReader *reader, const LimberGroup *group, gint64 cursor);
gboolean limber_feed_digest   (LimberReader *reader, const LimberGroup *group, const LimberCommon *common, LimberDigest *digest, GError **error);
gboolean limber_feed_bucket   (LimberReader *reader, const LimberGroup *group, const LimberCommon *common, guint bucket, const LimberFeedSink *sink, GError **error);
gboolean limber_feed_own_digest (LimberReader *reader, const LimberCommon *common, LimberDigest *digest, GError **error);
guint    limber_feed_bucket_of (const LimberId *id);

G_END_DECLS
