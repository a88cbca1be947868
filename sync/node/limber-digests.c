/* Invariant: of each group two are kept at most: for devices that declare the same as this node, and for the others that
 * asked last. */
#include "limber-digests.h"

#include <string.h>

/* A group's digest, good for one place of the order of change. */
typedef struct {
  LimberGroup  group;
  LimberCommon common;
  gint64       position;
  LimberDigest digest;
} Kept;

struct _LimberDigests {
  GMutex  mutex;
  GArray *kept; /* (owned): Kept; (mutex mutex) */
};

LimberDigests *
limber_digests_new (void)
{
  LimberDigests *digests = g_new0 (LimberDigests, 1);

  g_mutex_init (&digests->mutex);
  digests->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  return digests;
}

void
limber_digests_free (LimberDigests *digests)
{
  g_mutex_clear (&digests->mutex);
  g_array_unref (digests->kept);
  g_free (digests);
}

static Kept *
find (LimberDigests *digests, const LimberGroup *group, gboolean same)
{
  for (guint i = 0; i < digests->kept->len; i++) {
    Kept *kept = &g_array_index (digests->kept, Kept, i);

    if (kept->group.klass == group->klass && limber_id_equal (&kept->group.site, &group->site) && kept->common.same == same)
      return kept;
  }
  return NULL;
}

static gboolean
look_up (LimberDigests *digests, Kept *wanted)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&digests->mutex);
  const Kept *kept = find (digests, &wanted->group, wanted->common.same);

  if (kept == NULL || kept->position != wanted->position || memcmp (kept->common.fields, wanted->common.fields, sizeof kept->common.fields) != 0)
    return FALSE;
  wanted->digest = kept->digest;
  return TRUE;
}

static void
keep (LimberDigests *digests, const Kept *counted)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&digests->mutex);
  Kept *kept = find (digests, &counted->group, counted->common.same);

  if (kept != NULL)
    *kept = *counted;
  else
    g_array_append_vals (digests->kept, counted, 1);
}

/**
 * limber_digests_take:
 * @common: what the device that asks declares too
 * @digest: (out caller-allocates): of what @group's devices should hold
 */
gboolean
limber_digests_take (LimberDigests *digests, LimberReader *reader, const LimberGroup *group, const LimberCommon *common, LimberDigest *digest, GError **error)
{
  Kept wanted = { *group, *common, limber_feed_position (reader) };

  if (!look_up (digests, &wanted)) {
    if (!limber_feed_digest (reader, group, common, &wanted.digest, error))
      return FALSE;
    keep (digests, &wanted);
  }
  *digest = wanted.digest;
  return TRUE;
}
