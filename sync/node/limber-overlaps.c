/* One step a run: a few appointments between what else is asked. Where a step fails, the next run begins again with what was
 * last kept, so that none is passed over. */
#include "limber-overlaps.h"

#include "limber-booked-twice.h"
#include "limber-error.h"

struct _LimberOverlaps {
  LimberStore       *store; /* (owned) */
  LimberBookedTwice *twice; /* (owned): in the worker that is at work while @busy */
  gboolean           busy;
};

/**
 * limber_overlaps_new:
 * @store: a node's
 *
 * Returns: (transfer full): one that has not looked yet
 */
LimberOverlaps *
limber_overlaps_new (LimberStore *store)
{
  LimberOverlaps *overlaps = g_rc_box_new0 (LimberOverlaps);

  overlaps->store = g_object_ref (store);
  overlaps->twice = limber_booked_twice_new ();
  return overlaps;
}

static void
overlaps_clear (gpointer data)
{
  LimberOverlaps *overlaps = data;

  limber_booked_twice_free (overlaps->twice);
  g_object_unref (overlaps->store);
}

/**
 * limber_overlaps_free:
 *
 * A step that is under way is ended first.
 */
void
limber_overlaps_free (LimberOverlaps *overlaps)
{
  g_rc_box_release_full (overlaps, overlaps_clear);
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  return limber_booked_twice_look (((LimberOverlaps *) data)->twice, reader, error);
}

static gboolean
tell (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_booked_twice_tell (((LimberOverlaps *) data)->twice, transaction, error);
}

static void
end (LimberOverlaps *overlaps, const GError *error)
{
  if (error != NULL)
    g_debug ("Looking for who is booked twice: %s", limber_error_for_log (error)); /* of a disk that fails the store tells */
  overlaps->busy = FALSE;
  limber_overlaps_free (overlaps);
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  limber_store_write_finish (LIMBER_STORE (source), result, &error);
  end (data, error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberOverlaps *overlaps = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error) || !overlaps->twice->news)
    end (overlaps, error);
  else
    limber_store_write_async (LIMBER_STORE (source), tell, overlaps, NULL, NULL, on_told, overlaps);
}

/**
 * limber_overlaps_run:
 *
 * Looks at some of what was booked or moved since it last did, and has the desk asked to move one where two are at one time.
 */
void
limber_overlaps_run (LimberOverlaps *overlaps)
{
  if (overlaps->busy)
    return;
  overlaps->busy = TRUE;
  limber_store_read_async (overlaps->store, look, g_rc_box_acquire (overlaps), NULL, NULL, on_looked, overlaps);
}
