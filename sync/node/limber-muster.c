/* Invariant: devices in it are known ones, so that nobody can make it grow. */
#include "limber-muster.h"

#define PAUSE_US (10 * G_USEC_PER_SEC) /* between two writes, whoever asks */

struct _LimberMuster {
  GMutex      mutex;
  GHashTable *lines;   /* (owned) (mutex mutex): LimberId → LimberFleetLine */
  GHashTable *here;    /* (owned) (mutex mutex): LimberId → how many lines it listens on */
  GHashTable *met;     /* (owned) (mutex mutex): LimberId → when one that listens, or did, was last in touch */
  gboolean    writing; /* (mutex mutex): what was taken */
  gint64      last;    /* (mutex mutex): when that was, microseconds that never go back; 0 before */
};

LimberMuster *
limber_muster_new (void)
{
  LimberMuster *muster = g_new0 (LimberMuster, 1);

  g_mutex_init (&muster->mutex);
  muster->lines = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  muster->here = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  muster->met = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  return muster;
}

void
limber_muster_free (LimberMuster *muster)
{
  g_mutex_clear (&muster->mutex);
  g_hash_table_unref (muster->lines);
  g_hash_table_unref (muster->here);
  g_hash_table_unref (muster->met);
  g_free (muster);
}

/**
 * limber_muster_note:
 * @line: of a device that is known here
 *
 * Keeps it until it is written, if that is worth it.
 */
void
limber_muster_note (LimberMuster *muster, LimberReader *reader, const LimberFleetLine *line)
{
  gboolean is_news = limber_fleet_is_news (reader, line);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&muster->mutex);
  const LimberFleetLine *was = g_hash_table_lookup (muster->lines, &line->device);
  LimberFleetLine *now;

  if ((was == NULL && !is_news && !muster->writing) || (was != NULL && was->seen > line->seen))
    return;
  now = g_memdup2 (line, sizeof *line);
  if (was != NULL)
    limber_report_fill (&now->report, &was->report);
  g_hash_table_replace (muster->lines, limber_id_copy (&line->device), now);
}

/**
 * limber_muster_take:
 * @now: microseconds that never go back
 *
 * Returns: (transfer full) (nullable) (element-type LimberFleetLine): what is to be written now; when it has been, or could not be,
 *   limber_muster_written() is to be called
 */
GArray *
limber_muster_take (LimberMuster *muster, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&muster->mutex);
  GArray *lines;
  GHashTableIter iter;
  gpointer line;

  if (muster->writing || g_hash_table_size (muster->lines) == 0 || (muster->last != 0 && now - muster->last < PAUSE_US))
    return NULL;
  lines = g_array_new (FALSE, FALSE, sizeof (LimberFleetLine));
  g_hash_table_iter_init (&iter, muster->lines);
  while (g_hash_table_iter_next (&iter, NULL, &line))
    g_array_append_vals (lines, line, 1);
  g_hash_table_remove_all (muster->lines);
  muster->writing = TRUE;
  muster->last = MAX (now, 1);
  return lines;
}

void
limber_muster_written (LimberMuster *muster)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&muster->mutex);

  muster->writing = FALSE;
}

/**
 * limber_muster_listens:
 * @listens: whether a line of @device has been opened, or has ended
 *
 * A device that comes back may have a second line before the end of its first is noticed.
 */
void
limber_muster_listens (LimberMuster *muster, const LimberId *device, gboolean listens)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&muster->mutex);
  guint lines = GPOINTER_TO_UINT (g_hash_table_lookup (muster->here, device));

  if (listens)
    g_hash_table_insert (muster->here, limber_id_copy (device), GUINT_TO_POINTER (lines + 1));
  else if (lines > 1)
    g_hash_table_insert (muster->here, limber_id_copy (device), GUINT_TO_POINTER (lines - 1));
  else
    g_hash_table_remove (muster->here, device);
}

/**
 * limber_muster_has:
 * @met: (out): when it was last known to, milliseconds UTC, written down or not; 0 where it never did
 *
 * Returns: whether @device listens just now
 */
gboolean
limber_muster_has (LimberMuster *muster, const LimberId *device, gint64 *met)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&muster->mutex);
  const gint64 *known = g_hash_table_lookup (muster->met, device);

  *met = known != NULL ? *known : 0;
  return g_hash_table_contains (muster->here, device);
}

/**
 * limber_muster_met:
 * @node: this one
 * @now: milliseconds UTC, by its corrected clock
 *
 * Keeps, until it is written, that @device was in touch, though it said nothing.
 */
void
limber_muster_met (LimberMuster *muster, const LimberId *device, const LimberId *node, gint64 now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&muster->mutex);
  LimberFleetLine *line = g_hash_table_lookup (muster->lines, device);

  g_hash_table_insert (muster->met, limber_id_copy (device), g_memdup2 (&now, sizeof now));
  if (line == NULL) {
    line = g_new0 (LimberFleetLine, 1);
    line->device = *device;
    limber_report_init (&line->report);
    g_hash_table_insert (muster->lines, limber_id_copy (device), line);
  }
  if (line->seen > now)
    return;
  line->node = *node;
  line->seen = now;
}
