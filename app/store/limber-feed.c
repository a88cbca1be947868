/* Invariant: a device that has read to the end of a group's feed, and nothing else, holds exactly the rows that
 * limber_feed_digest() counts for that group. What comes with a person's "in" are her rows that stood before it in the
 * order of change; the others follow at their own places, so that nothing is told twice and nothing is missed. */
#include "limber-feed.h"

#include <string.h>

#include "limber-calling.h"
#include "limber-canary.h"
#include "limber-date.h"
#include "limber-projection.h"
#include "limber-rows.h"
#include "limber-transaction-private.h"

/* A group, as a read works with it. */
typedef struct {
  LimberReader      *reader;
  const LimberGroup *group;
  gint64             n;
  gboolean           all;
  gboolean           is_public;
  gint64             from, until, next_from, next_until; /* the days of a public screen */
  const LimberCommon *common; /* (nullable): of a digest: what the other side knows too */
} Feed;

static void
feed_init (Feed *feed, LimberReader *reader, const LimberGroup *group)
{
  g_autoptr (LimberStatement) statement = NULL;

  *feed = (Feed){ reader, group, limber_scope_find (reader, group), limber_scope_is_all (group->klass), (group->klass & LIMBER_CLASS_PUBLIC) != 0 };
  statement = limber_database_bound (reader->database, NULL, "SELECT day, next FROM grp WHERE n=?", "i", feed->n);
  if (statement == NULL || limber_statement_step (statement, NULL) != 1)
    return;
  limber_date_bounds ((const char *) sqlite3_column_text (statement->stmt, 0), &feed->from, &feed->until);
  if (*sqlite3_column_text (statement->stmt, 1) != '\0')
    limber_date_bounds ((const char *) sqlite3_column_text (statement->stmt, 1), &feed->next_from, &feed->next_until);
}

/* What this version does not know is told to nodes only (SYNC.md rule 6). */
static gboolean
tells_extras (const Feed *feed)
{
  return (feed->group->klass & LIMBER_CLASS_NODES) != 0;
}

/* The last place in the order of change. */
gint64
limber_feed_position (LimberReader *reader)
{
  g_autofree char *seq = limber_database_meta (reader->database, "seq");

  return seq != NULL ? g_ascii_strtoll (seq, NULL, 10) : 0;
}

/* Whether a person's row that stands at @seq is told there: not if she came in later, since it then came with her. */
static gboolean
told_here (const Feed *feed, gint64 patient, gint64 seq)
{
  return feed->all || limber_database_integer (feed->reader->database, 0, "SELECT 1 FROM membership WHERE patient=? AND grp=? AND state=1 AND seq<?", "iii", patient, feed->n, seq) == 1;
}

/* The group's first event: a person's row that stands before it came with her, if at all. */
static gint64
first_event (LimberReader *reader, const LimberGroup *group)
{
  return limber_scope_is_all (group->klass) ? 0 : limber_database_integer (reader->database, G_MAXINT64, "SELECT min(seq) FROM membership WHERE grp=?", "i", limber_scope_find (reader, group));
}

/* A public screen holds of its people only this site's appointments of its two days, and what follows those. */
static gboolean
in_days (const Feed *feed, const LimberRecord *appointment)
{
  const LimberId *site = limber_record_id (appointment, "site");
  gint64 start = limber_record_integer (appointment, "start");

  return site != NULL && limber_id_equal (site, &feed->group->site) && ((start >= feed->from && start < feed->until) || (start >= feed->next_from && start < feed->next_until));
}

/* What was said on another day is not said any more (limber-expiry.h), also of a visit that was moved since. */
static gboolean
is_of_today (const Feed *feed, const LimberRecord *call)
{
  gint64 at = limber_record_integer (call, "at");

  return (at >= feed->from && at < feed->until) || limber_canary (LIMBER_CANARY_CALL_OF_ANY_DAY);
}

static gboolean
public_admits (const Feed *feed, const LimberRecord *record)
{
  if (g_str_equal (record->kind->name, "appointment"))
    return in_days (feed, record);
  if (record->kind->follows != NULL) {
    const LimberId *id = limber_record_id (record, record->kind->follows);
    g_autoptr (LimberRecord) appointment = id != NULL ? limber_reader_get (feed->reader, "appointment", id, NULL) : NULL;

    return appointment != NULL && in_days (feed, appointment) && (!g_str_equal (record->kind->name, "call") || (is_of_today (feed, record) && limber_calling_shows (feed->reader, record, appointment)));
  }
  return TRUE;
}

/* Whether the group may hold a record of a kind that it holds and, if it is a person's, of a person whom it holds. */
static gboolean
admits (const Feed *feed, const LimberRecord *record)
{
  const LimberKind *kind = record->kind;

  if (limber_record_patient (record) != NULL)
    return !feed->is_public || public_admits (feed, record);
  if (kind->site != NULL && !feed->all) {
    const LimberId *site = limber_record_id (record, kind->site);

    return site == NULL || limber_id_equal (site, &feed->group->site);
  }
  return TRUE;
}

/* Whether the device can know anything of it, as far as is known what its program knows. */
static gboolean
is_seen (const Feed *feed, const LimberRecord *record)
{
  LimberClass klass = feed->group->klass;

  return feed->common != NULL ? limber_common_has_any (feed->common, record, klass) : limber_record_has_any (record, record->kind->n_fields, klass);
}

static void
tell_row (const Feed *feed, LimberRecord *record, const LimberFeedSink *sink)
{
  gboolean told = admits (feed, record);

  if (told && limber_kind_projected_for (record->kind, feed->group->klass))
    limber_projection_make (feed->reader, record, &feed->group->site);
  if (told && is_seen (feed, record))
    sink->row (record, sink->data);
  else if (sink->drop != NULL)
    sink->drop (record->kind, &record->id, sink->data);
}

/* All rows of one person that stand before @before. A public screen that held her on another day is told what to drop. */
static gboolean
tell_person (const Feed *feed, gint64 patient, gint64 before, const LimberFeedSink *sink, GError **error)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GArray) numbers = NULL;

    if (kinds[i]->patient == NULL || !limber_kind_held_by (kinds[i], feed->group->klass))
      continue;
    numbers = limber_rows_of_patient (feed->reader->database, kinds[i], patient, before, error);
    for (guint j = 0; numbers != NULL && j < numbers->len; j++) {
      g_autoptr (LimberRecord) record = limber_rows_load (feed->reader->database, kinds[i], g_array_index (numbers, gint64, j), error);

      if (record == NULL)
        return FALSE;
      if (feed->is_public || admits (feed, record))
        tell_row (feed, record, sink);
    }
    if (numbers == NULL)
      return FALSE;
  }
  return !tells_extras (feed) || limber_extras_tell_person (feed->reader, patient, before, sink->extra, sink->data, error);
}

static gboolean
tell_event (const Feed *feed, LimberStatement *events, const LimberFeedSink *sink, GError **error)
{
  gint64 patient = sqlite3_column_int64 (events->stmt, 1), seq = sqlite3_column_int64 (events->stmt, 0);
  gboolean in = sqlite3_column_int (events->stmt, 2) == 1;
  LimberId id;

  if (!limber_database_thing_id (feed->reader->database, patient, &id))
    return TRUE;
  sink->event (in, &id, sink->data);
  if (limber_canary (LIMBER_CANARY_IN_SENDS_CHANGES))
    return TRUE;
  return !in || tell_person (feed, patient, seq, sink, error);
}

/* Whether the group may hold what stands in the order of change under that kind's number. */
static gboolean
is_told (const Feed *feed, guint number)
{
  const LimberKind *kind = limber_kind_by_number (number);

  return kind != NULL ? limber_kind_held_by (kind, feed->group->klass) : number == 0 && tells_extras (feed);
}

static gboolean
tell_rows (const Feed *feed, const LimberKind *kind, const GArray *numbers, const LimberFeedSink *sink, GError **error)
{
  for (guint i = 0; numbers != NULL && i < numbers->len; i++) {
    g_autoptr (LimberRecord) record = limber_rows_load (feed->reader->database, kind, g_array_index (numbers, gint64, i), error);

    if (record == NULL)
      return FALSE;
    tell_row (feed, record, sink);
  }
  return numbers != NULL;
}

/* Whether @kind is an appointment that says what a public screen may hold of others, itself held or not. */
static gboolean
leads (const Feed *feed, const LimberKind *kind)
{
  return feed->is_public && kind != NULL && g_str_equal (kind->name, "appointment");
}

/* Whether a public screen holds an arrival follows from its appointment, which may have been moved, or erased. */
static gboolean
tell_followers (const Feed *feed, gint64 appointment, const LimberFeedSink *sink, GError **error)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GArray) numbers = NULL;

    if (kinds[i]->follows == NULL || !limber_kind_held_by (kinds[i], feed->group->klass))
      continue;
    numbers = limber_rows_following (feed->reader->database, kinds[i], appointment, error);
    if (!tell_rows (feed, kinds[i], numbers, sink, error))
      return FALSE;
  }
  return TRUE;
}

/* A row that was taken out of a node keeps a place in the order of change, for those who read from it. */
static void
tell_drop (const Feed *feed, const LimberKind *kind, gint64 n, const LimberFeedSink *sink)
{
  LimberId id;

  if (sink->drop != NULL && limber_database_thing_id (feed->reader->database, n, &id))
    sink->drop (kind, &id, sink->data);
}

static gboolean
tell_change (const Feed *feed, LimberStatement *changes, const LimberFeedSink *sink, GError **error)
{
  guint number = (guint) sqlite3_column_int (changes->stmt, 1);
  gint64 seq = sqlite3_column_int64 (changes->stmt, 0), n = sqlite3_column_int64 (changes->stmt, 2);
  const LimberKind *kind = limber_kind_by_number (number);
  g_autoptr (LimberRecord) record = NULL;

  if ((!is_told (feed, number) && !leads (feed, kind)) || (sqlite3_column_type (changes->stmt, 3) != SQLITE_NULL && !told_here (feed, sqlite3_column_int64 (changes->stmt, 3), seq)))
    return TRUE;
  if (!is_told (feed, number))
    return tell_followers (feed, n, sink, error);
  if (kind == NULL)
    return limber_extras_tell_at (feed->reader, n, seq, sink->extra, sink->data, error);
  if (!limber_rows_find (feed->reader->database, kind, n, &record, error))
    return FALSE;
  if (record != NULL)
    tell_row (feed, record, sink);
  else
    tell_drop (feed, kind, n, sink);
  return !leads (feed, kind) || tell_followers (feed, n, sink, error);
}

/* Nothing more is read once something has failed. */
static gint64
next_seq (LimberStatement *statement, gboolean *failed, GError **error)
{
  int step = *failed ? -1 : limber_statement_step (statement, error);

  if (step < 0)
    *failed = TRUE;
  return step == 1 ? sqlite3_column_int64 (statement->stmt, 0) : G_MAXINT64;
}

/**
 * limber_feed_read:
 * @group: whose feed; it must have been opened (limber_scope_open()) unless it holds everybody
 * @cursor: (inout): the last place that was told
 * @more: (out): whether @sink was full before the end
 *
 * Tells @sink everything after @cursor.
 */
gboolean
limber_feed_read (LimberReader *reader, const LimberGroup *group, gint64 *cursor, gboolean *more, const LimberFeedSink *sink, GError **error)
{
  const gint64 erasure = limber_kind_by_name ("erasure")->number;
  Feed feed;
  gint64 event, change;
  gboolean failed = FALSE, erased = FALSE, one_more = TRUE; /* a page does not end between an erasure and the record that it changes */
  g_autoptr (LimberStatement) events =
      limber_database_bound (reader->database, error, "SELECT seq, patient, state FROM membership WHERE grp=? AND seq>? ORDER BY seq", "ii", limber_scope_find (reader, group), *cursor);
  g_autoptr (LimberStatement) changes =
      events != NULL ? limber_database_bound (reader->database, error, "SELECT seq, kind, record, patient FROM change WHERE seq>? AND (patient IS NULL OR seq>?) ORDER BY seq", "ii", *cursor,
                                              first_event (reader, group))
                     : NULL;

  if (changes == NULL)
    return FALSE;
  feed_init (&feed, reader, group);
  *more = FALSE;
  event = next_seq (events, &failed, error);
  change = next_seq (changes, &failed, error);
  while (!failed && MIN (event, change) != G_MAXINT64) {
    if (sink->full (sink->data)) {
      *more = !erased || !one_more;
      if (*more)
        return TRUE;
      one_more = FALSE;
    }
    *cursor = MIN (event, change);
    if (event < change) {
      failed = !tell_event (&feed, events, sink, error);
      event = next_seq (events, &failed, error);
    } else {
      erased = sqlite3_column_int64 (changes->stmt, 1) == erasure;
      failed = !tell_change (&feed, changes, sink, error);
      change = next_seq (changes, &failed, error);
    }
  }
  *cursor = MAX (*cursor, limber_feed_position (reader));
  return !failed;
}

/**
 * limber_feed_has_news:
 *
 * Returns: whether @group is to be told anything after @cursor
 */
gboolean
limber_feed_has_news (LimberReader *reader, const LimberGroup *group, gint64 cursor)
{
  Feed feed;
  g_autoptr (LimberStatement) changes = NULL;

  feed_init (&feed, reader, group);
  if (limber_database_integer (reader->database, 0, "SELECT 1 FROM membership WHERE grp=? AND seq>? LIMIT 1", "ii", feed.n, cursor) == 1)
    return TRUE;
  changes = limber_database_bound (reader->database, NULL, "SELECT seq, kind, patient FROM change WHERE seq>? ORDER BY seq DESC", "i", cursor);
  while (changes != NULL && limber_statement_step (changes, NULL) == 1) {
    guint number = (guint) sqlite3_column_int (changes->stmt, 1);

    if (!is_told (&feed, number) && !leads (&feed, limber_kind_by_number (number)))
      continue;
    if (sqlite3_column_type (changes->stmt, 2) == SQLITE_NULL || told_here (&feed, sqlite3_column_int64 (changes->stmt, 2), sqlite3_column_int64 (changes->stmt, 0)))
      return TRUE;
  }
  return FALSE;
}

/**
 * limber_feed_bucket_of:
 *
 * Returns: which part of a digest counts the record @id: by its last byte, since the first ones are a time
 */
guint
limber_feed_bucket_of (const LimberId *id)
{
  return id->bytes[sizeof id->bytes - 1];
}

static void
count_in (const LimberId *id, const guint8 part[LIMBER_DIGEST_LENGTH], gpointer digest)
{
  guint8 *bucket = ((LimberDigest *) digest)->bytes[limber_feed_bucket_of (id)];

  for (guint i = 0; i < LIMBER_DIGEST_LENGTH; i++)
    bucket[i] ^= part[i];
}

/* Called for each row that a group should hold: its number, its id, and what it adds to a digest when it is not projected. */
typedef gboolean (*RowFunc) (const Feed *feed, const LimberKind *kind, gint64 n, const LimberId *id, const guint8 *part, gpointer data, GError **error);

static gboolean
each_row (const Feed *feed, const LimberKind *kind, RowFunc func, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_rows_held (feed->reader->database, kind, feed->all ? 0 : feed->n, error);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberId id;
    guint8 part[LIMBER_DIGEST_LENGTH];

    if (!limber_statement_blob_into (statement, 1, &id, sizeof id) || !limber_statement_blob_into (statement, 2, part, sizeof part))
      continue;
    if (!func (feed, kind, sqlite3_column_int64 (statement->stmt, 0), &id, part, data, error))
      return FALSE;
  }
  return step == 0;
}

static gboolean
each_row_of_all (const Feed *feed, RowFunc func, gpointer data, GError **error)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (limber_kind_held_by (kinds[i], feed->group->klass) && limber_common_has (feed->common, kinds[i]) && !each_row (feed, kinds[i], func, data, error))
      return FALSE;
  return TRUE;
}

static void
count_common (const Feed *feed, LimberRecord *record, LimberDigest *digest)
{
  guint8 part[LIMBER_DIGEST_LENGTH];

  if (!is_seen (feed, record))
    return;
  limber_common_restrict (feed->common, record);
  limber_record_digest (record, feed->group->klass, part);
  count_in (&record->id, part, digest);
}

/* What neither side knows counts only if they know the same: else one of them may know it. */
static gboolean
counts_extras (const Feed *feed)
{
  return tells_extras (feed) && feed->common->same;
}

static gboolean
count_row (const Feed *feed, const LimberKind *kind, gint64 n, const LimberId *id, const guint8 *part, gpointer data, GError **error)
{
  gboolean projected = limber_kind_projected_for (kind, feed->group->klass);
  g_autoptr (LimberRecord) record = NULL;

  if (!projected && kind->site == NULL && !feed->is_public && limber_common_has_all (feed->common, kind)) {
    count_in (id, part, data);
    return TRUE;
  }
  record = limber_rows_load (feed->reader->database, kind, n, error);
  if (record == NULL)
    return FALSE;
  if (!admits (feed, record))
    return TRUE;
  if (projected)
    limber_projection_make (feed->reader, record, &feed->group->site);
  count_common (feed, record, data);
  return TRUE;
}

/**
 * limber_feed_digest:
 * @common: what the device that asks knows too
 * @digest: (out caller-allocates): of all that @group's devices should hold
 */
gboolean
limber_feed_digest (LimberReader *reader, const LimberGroup *group, const LimberCommon *common, LimberDigest *digest, GError **error)
{
  Feed feed;

  feed_init (&feed, reader, group);
  feed.common = common;
  memset (digest, 0, sizeof *digest);
  return each_row_of_all (&feed, count_row, digest, error) && (!counts_extras (&feed) || limber_extras_digest (reader, feed.all ? 0 : feed.n, count_in, digest, error));
}

typedef struct {
  guint                 bucket;
  const LimberFeedSink *sink;
} Bucket;

static gboolean
tell_if_in_bucket (const Feed *feed, const LimberKind *kind, gint64 n, const LimberId *id, const guint8 *part, gpointer data, GError **error)
{
  Bucket *bucket = data;
  g_autoptr (LimberRecord) record = NULL;

  if (limber_feed_bucket_of (id) != bucket->bucket)
    return TRUE;
  record = limber_rows_load (feed->reader->database, kind, n, error);
  if (record == NULL)
    return FALSE;
  tell_row (feed, record, bucket->sink);
  return TRUE;
}

/**
 * limber_feed_bucket:
 *
 * Tells @sink every row of one bucket that @group should hold.
 */
gboolean
limber_feed_bucket (LimberReader *reader, const LimberGroup *group, const LimberCommon *common, guint bucket, const LimberFeedSink *sink, GError **error)
{
  Bucket data = { bucket, sink };
  Feed feed;

  feed_init (&feed, reader, group);
  feed.common = common;
  return each_row_of_all (&feed, tell_if_in_bucket, &data, error) &&
         (!counts_extras (&feed) || limber_extras_tell_bucket (reader, feed.all ? 0 : feed.n, bucket, sink->extra, sink->data, error));
}

static gboolean
count_own (const Feed *feed, const LimberKind *kind, gint64 n, const LimberId *id, const guint8 *part, gpointer data, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;

  if (!limber_kind_projected_for (kind, feed->group->klass) && limber_common_has_all (feed->common, kind)) {
    count_in (id, part, data);
    return TRUE;
  }
  record = limber_rows_load (feed->reader->database, kind, n, error);
  if (record == NULL)
    return FALSE;
  count_common (feed, record, data);
  return TRUE;
}

/**
 * limber_feed_own_digest:
 * @common: what the node knows too
 * @digest: (out caller-allocates): of all that this store holds
 */
gboolean
limber_feed_own_digest (LimberReader *reader, const LimberCommon *common, LimberDigest *digest, GError **error)
{
  LimberGroup group = { reader->klass, reader->site };
  Feed feed = { reader, &group, 0, TRUE, FALSE, .common = common };

  memset (digest, 0, sizeof *digest);
  return each_row_of_all (&feed, count_own, digest, error) && (!counts_extras (&feed) || limber_extras_digest (reader, 0, count_in, digest, error));
}
