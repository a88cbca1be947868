/* A few entries a step, between what else is asked. What may have been lacked is looked for when something comes that a right may hang on, and
 * when the node starts, since a store is also written to while no node has it. */
#include "limber-doubts.h"

#include <string.h>

#include "limber-call.h"
#include "limber-error.h"

struct _LimberDoubts {
  LimberStore *store; /* (owned) */
  LimberTrust *trust; /* (owned): in the worker that is at work while @busy */
  gboolean     due;
  gboolean     busy;
  gint64       after;
};

/**
 * limber_doubts_new:
 * @store: a node's
 *
 * Returns: (transfer full): one that has not looked yet
 */
LimberDoubts *
limber_doubts_new (LimberStore *store)
{
  LimberDoubts *doubts = g_rc_box_new0 (LimberDoubts);

  doubts->store = g_object_ref (store);
  doubts->trust = limber_trust_new ();
  doubts->due = TRUE;
  return doubts;
}

static void
doubts_clear (gpointer data)
{
  LimberDoubts *doubts = data;

  g_object_unref (doubts->store);
  limber_trust_free (doubts->trust);
}

/**
 * limber_doubts_free:
 *
 * A step that is under way is ended first.
 */
void
limber_doubts_free (LimberDoubts *doubts)
{
  g_rc_box_release_full (doubts, doubts_clear);
}

/**
 * limber_doubts_of_group:
 * @group: of the device that wrote it
 *
 * As limber_doubts_about(), where it is known what the device is.
 */
const char *
limber_doubts_of_group (LimberReader *reader, const LimberEntry *entry, const LimberGroup *group, gint64 received, LimberTrust *trust)
{
  LimberTrustOrigin origin = { group->klass, limber_id_is_nil (&group->site) ? NULL : &group->site, received };

  return limber_reader_class (reader) == LIMBER_CLASS_CENTRAL ? limber_trust_doubt (trust, reader, entry, &origin) : NULL;
}

/**
 * limber_doubts_about:
 * @entry: one that was pushed
 * @received: when it came, milliseconds UTC
 * @trust: (type LimberTrust): what is known of authors
 *
 * Returns: (transfer none) (nullable): what speaks against its author; central alone asks
 */
const char *
limber_doubts_about (LimberReader *reader, const LimberEntry *entry, gint64 received, gpointer trust)
{
  LimberStanding standing;
  LimberId device;

  memcpy (device.bytes, entry->origin.bytes, sizeof device.bytes);
  return limber_call_standing (reader, &device, &standing) ? limber_doubts_of_group (reader, entry, &standing.group, received, trust) : NULL;
}

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  LimberDoubts *doubts = data;

  limber_trust_forget (doubts->trust);
  doubts->after = limber_reader_count (reader, "count-doubts", "") > 0 ? 0 : -1;
  return TRUE;
}

static gboolean
let_go (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberDoubts *doubts = data;

  limber_trust_forget (doubts->trust); /* what was let go may be what another lacked */
  return limber_release_doubts (transaction, &doubts->after, limber_doubts_about, doubts->trust, error);
}

static void
end (LimberDoubts *doubts, const GError *error)
{
  if (error != NULL) {
    g_debug ("Looking at what waits for its author's right: %s", limber_error_for_log (error)); /* of a disk that fails the store tells */
    doubts->due = TRUE;
  }
  doubts->busy = FALSE;
  if (error == NULL)
    limber_doubts_run (doubts); /* more may have come meanwhile */
  limber_doubts_free (doubts);
}

static void
on_let_go (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberDoubts *doubts = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) || doubts->after == 0)
    end (doubts, error);
  else
    limber_store_write_async (doubts->store, let_go, doubts, NULL, NULL, on_let_go, doubts);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberDoubts *doubts = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error) || doubts->after < 0)
    end (doubts, error);
  else
    limber_store_write_async (doubts->store, let_go, doubts, NULL, NULL, on_let_go, doubts);
}

/**
 * limber_doubts_run:
 *
 * Lets go, if this is central's store, of what waits and need not any more, when there may be such.
 */
void
limber_doubts_run (LimberDoubts *doubts)
{
  if (!doubts->due || doubts->busy || limber_store_identity (doubts->store)->klass != LIMBER_CLASS_CENTRAL)
    return;
  doubts->due = FALSE;
  doubts->busy = TRUE;
  limber_store_read_async (doubts->store, look, g_rc_box_acquire (doubts), NULL, NULL, on_looked, doubts);
}

/**
 * limber_doubts_hear:
 * @changes: of the store
 *
 * Looks again when something has come that a right may hang on.
 */
void
limber_doubts_hear (LimberDoubts *doubts, const LimberChanges *changes)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (limber_trust_hangs_on (kinds[i]->name) && limber_changes_has_kind (changes, kinds[i]->name))
      doubts->due = TRUE;
  limber_doubts_run (doubts);
}
