/* It looks at a few people at a time, between what else is asked, and leaves the rest for the next run when it has taken its
 * share of time: a new list of a whole county must not slow down who checks in. Where a step fails, the next run begins again
 * with what was last kept, so that nobody is passed over. */
#include "limber-matcher.h"

#include "limber-duplicates.h"
#include "limber-error.h"

#define SHARE 1000000 /* microseconds a run */

struct _LimberMatcher {
  LimberStore           *store; /* (owned) */
  gboolean               busy;
  LimberDuplicatesSweep *sweep; /* (owned) (nullable): %NULL to begin with what was kept */
  guint                  told;
  gint64                 since; /* when this run began, by a clock that never goes back */
};

/**
 * limber_matcher_new:
 * @store: a node's
 *
 * Returns: (transfer full): one that has not looked yet
 */
LimberMatcher *
limber_matcher_new (LimberStore *store)
{
  LimberMatcher *matcher = g_rc_box_new0 (LimberMatcher);

  matcher->store = g_object_ref (store);
  return matcher;
}

static void
matcher_clear (gpointer data)
{
  LimberMatcher *matcher = data;

  g_clear_pointer (&matcher->sweep, limber_duplicates_sweep_free);
  g_object_unref (matcher->store);
}

/**
 * limber_matcher_free:
 *
 * A step that is under way is ended first.
 */
void
limber_matcher_free (LimberMatcher *matcher)
{
  g_rc_box_release_full (matcher, matcher_clear);
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  LimberMatcher *matcher = data;

  if (matcher->sweep == NULL)
    matcher->sweep = limber_duplicates_sweep_new (reader, FALSE);
  return limber_duplicates_look (matcher->sweep, reader, error);
}

static gboolean
tell (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberMatcher *matcher = data;

  return limber_duplicates_tell (matcher->sweep, transaction, &matcher->told, error);
}

static void
end (LimberMatcher *matcher, const GError *error)
{
  if (error != NULL) {
    g_debug ("Looking for duplicates: %s", limber_error_for_log (error)); /* of a disk that fails the store tells */
    g_clear_pointer (&matcher->sweep, limber_duplicates_sweep_free);
  }
  matcher->busy = FALSE;
  limber_matcher_free (matcher);
}

static void go_on (LimberMatcher *matcher);

static gint64
ticks (LimberMatcher *matcher)
{
  return limber_env_monotonic (limber_store_env (matcher->store));
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberMatcher *matcher = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) || matcher->sweep->done || ticks (matcher) - matcher->since > SHARE)
    end (matcher, error);
  else
    go_on (matcher);
}

/* Where nobody was looked at there is nothing to keep. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberMatcher *matcher = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error) || (matcher->sweep->looked == 0 && matcher->sweep->done))
    end (matcher, error);
  else
    limber_store_write_async (LIMBER_STORE (source), tell, matcher, NULL, NULL, on_told, matcher);
}

static void
go_on (LimberMatcher *matcher)
{
  limber_store_read_async (matcher->store, look, matcher, NULL, NULL, on_looked, matcher);
}

/**
 * limber_matcher_run:
 *
 * Looks, if this is central's store, at whoever is new or was changed since it last did, and asks staff about whoever is likely
 * there twice.
 */
void
limber_matcher_run (LimberMatcher *matcher)
{
  if (matcher->busy || limber_store_identity (matcher->store)->klass != LIMBER_CLASS_CENTRAL)
    return;
  matcher->busy = TRUE;
  matcher->since = ticks (matcher);
  go_on (g_rc_box_acquire (matcher));
}
