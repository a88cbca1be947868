/* Invariant: there is one part for each of a node's words, so that nobody who asks can make it grow; devices that are seen are
 * known ones. */
#include "limber-tally.h"

#include <string.h>

#include "limber-metric.h"

#define CLASSES 5 /* of answers: 1xx to 5xx */

/* Up to how many microseconds each bucket reaches; the last holds the rest. */
static const struct {
  gint64      most;
  const char *label;
} buckets[] = { { 5000, "0.005" }, { 25000, "0.025" }, { 100000, "0.1" }, { 500000, "0.5" }, { 2000000, "2" }, { G_MAXINT64, "+Inf" } };

typedef struct {
  const char *handler;
  guint64     classes[CLASSES];
  guint64     buckets[G_N_ELEMENTS (buckets)];
  gint64      microseconds;
} Part;

struct _LimberTally {
  GMutex      mutex;
  GArray     *parts; /* (owned) (mutex mutex): Part */
  GHashTable *seen;  /* (owned) (mutex mutex): LimberId → gint64, when it last asked */
  guint64     received, sent, rows, verdicts[LIMBER_TALLY_VERDICTS]; /* (mutex mutex) */
  guint       lines; /* (mutex mutex) */
};

LimberTally *
limber_tally_new (void)
{
  LimberTally *tally = g_new0 (LimberTally, 1);

  g_mutex_init (&tally->mutex);
  tally->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  tally->seen = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  return tally;
}

void
limber_tally_free (LimberTally *tally)
{
  g_mutex_clear (&tally->mutex);
  g_array_unref (tally->parts);
  g_hash_table_unref (tally->seen);
  g_free (tally);
}

static Part *
part_of (LimberTally *tally, const char *handler)
{
  Part part = { .handler = handler };

  for (guint i = 0; i < tally->parts->len; i++)
    if (g_str_equal (g_array_index (tally->parts, Part, i).handler, handler))
      return &g_array_index (tally->parts, Part, i);
  g_array_append_val (tally->parts, part);
  return &g_array_index (tally->parts, Part, tally->parts->len - 1);
}

/**
 * limber_tally_add:
 *
 * Counts a question that was answered.
 */
void
limber_tally_add (LimberTally *tally, const LimberTallyCall *call)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tally->mutex);
  Part *part = part_of (tally, call->handler);
  gsize bucket = 0;

  while (call->microseconds > buckets[bucket].most)
    bucket++;
  part->buckets[bucket]++;
  part->microseconds += call->microseconds;
  part->classes[CLAMP (call->status / 100, 1, CLASSES) - 1]++;
  tally->received += call->received;
  tally->sent += call->sent;
  tally->rows += call->rows;
  for (guint i = 0; i < LIMBER_TALLY_VERDICTS; i++)
    tally->verdicts[i] += call->verdicts[i];
}

/**
 * limber_tally_see:
 * @device: one that is known here, and has proved that it is it
 * @now: microseconds that never go back
 */
void
limber_tally_see (LimberTally *tally, const LimberId *device, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tally->mutex);

  g_hash_table_replace (tally->seen, limber_id_copy (device), g_memdup2 (&now, sizeof now));
}

/**
 * limber_tally_seen:
 * @since: microseconds that never go back
 *
 * Returns: how many devices have asked anything since then; those that have not are forgotten
 */
guint
limber_tally_seen (LimberTally *tally, gint64 since)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tally->mutex);
  GHashTableIter iter;
  gpointer at;

  g_hash_table_iter_init (&iter, tally->seen);
  while (g_hash_table_iter_next (&iter, NULL, &at))
    if (*(gint64 *) at < since)
      g_hash_table_iter_remove (&iter);
  return g_hash_table_size (tally->seen);
}

/**
 * limber_tally_set_lines:
 * @lines: how many devices listen now
 */
void
limber_tally_set_lines (LimberTally *tally, guint lines)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tally->mutex);

  tally->lines = lines;
}

guint
limber_tally_get_lines (LimberTally *tally)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tally->mutex);

  return tally->lines;
}

static void
append_requests (LimberTally *tally, GString *out)
{
  limber_metric_begin (out, "limber_requests_total", "counter", "Questions that were answered.");
  for (guint i = 0; i < tally->parts->len; i++)
    for (guint j = 0; j < CLASSES; j++) {
      const Part *part = &g_array_index (tally->parts, Part, i);
      g_autofree char *labels = g_strdup_printf ("handler=\"%s\",class=\"%uxx\"", part->handler, j + 1);

      limber_metric_integer (out, "limber_requests_total", labels, part->classes[j]);
    }
}

static void
append_durations (LimberTally *tally, GString *out)
{
  limber_metric_begin (out, "limber_request_duration_seconds", "histogram", "From a question to its answer.");
  for (guint i = 0; i < tally->parts->len; i++) {
    const Part *part = &g_array_index (tally->parts, Part, i);
    g_autofree char *own = g_strdup_printf ("handler=\"%s\"", part->handler);
    guint64 sum = 0;

    for (gsize j = 0; j < G_N_ELEMENTS (buckets); j++) {
      g_autofree char *labels = g_strdup_printf ("handler=\"%s\",le=\"%s\"", part->handler, buckets[j].label);

      sum += part->buckets[j];
      limber_metric_integer (out, "limber_request_duration_seconds_bucket", labels, sum);
    }
    limber_metric_seconds (out, "limber_request_duration_seconds_sum", own, part->microseconds);
    limber_metric_integer (out, "limber_request_duration_seconds_count", own, sum);
  }
}

static void
append_counter (GString *out, const char *name, const char *help, guint64 value)
{
  limber_metric_begin (out, name, "counter", help);
  limber_metric_integer (out, name, NULL, value);
}

/**
 * limber_tally_append:
 *
 * Says all that was counted, as metrics.
 */
void
limber_tally_append (LimberTally *tally, GString *out)
{
  static const char *const verdicts[] = { "stored", "known", "quarantined", "gap", "refused" };
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tally->mutex);

  G_STATIC_ASSERT (G_N_ELEMENTS (verdicts) == LIMBER_TALLY_VERDICTS);
  append_requests (tally, out);
  append_durations (tally, out);
  append_counter (out, "limber_received_bytes_total", "Of questions' bodies, as they came.", tally->received);
  append_counter (out, "limber_sent_bytes_total", "Of answers' bodies, as they went.", tally->sent);
  append_counter (out, "limber_rows_sent_total", "Rows that were sent to devices.", tally->rows);
  limber_metric_begin (out, "limber_entries_received_total", "counter", "Entries that were pushed, by what became of them.");
  for (guint i = 0; i < LIMBER_TALLY_VERDICTS; i++) {
    g_autofree char *labels = g_strdup_printf ("verdict=\"%s\"", verdicts[i]);

    limber_metric_integer (out, "limber_entries_received_total", labels, tally->verdicts[i]);
  }
  limber_metric_gauge (out, "limber_wake_lines", "Devices that listen now.", tally->lines);
}
