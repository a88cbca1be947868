/* Reading what the node has, page by page, and comparing digests at the end (SYNC.md rules 16 to 18). */
#include "limber-client-private.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-page.h"

#define DIGEST_AFTER 2000 /* milliseconds, so that comparing does not stand in the way of a check-in */
#define DIGEST_SHARE 20   /* of the time, at most one part in this many goes into comparing */
#define DIGEST_ROUNDS 64
#define DIGEST_STUCK 2     /* what repairing did not change it will not change: the node has what was erased here */

void
limber_client_cursor_free (LimberClientCursor *cursor)
{
  g_free (cursor->run);
  json_decref (cursor->report);
  g_clear_pointer (&cursor->pusher, limber_pusher_unref);
  g_object_unref (cursor->client);
  g_free (cursor);
}

LimberClientCursor *
limber_client_cursor_new (LimberClient *self)
{
  LimberClientCursor *cursor = g_new0 (LimberClientCursor, 1);

  cursor->client = g_object_ref (self);
  cursor->node = limber_client_peer (self)->node;
  return cursor;
}

gboolean
limber_client_cursor_read (LimberReader *reader, gpointer data, GError **error)
{
  LimberClientCursor *cursor = data;

  limber_session_cursor (reader, &cursor->node, &cursor->run, &cursor->seq);
  return TRUE;
}

static gboolean
on_later (gpointer data)
{
  LimberClient *self = data;

  limber_client_clear_timer (&self->later);
  self->want_digest = TRUE;
  limber_client_step (self);
  return G_SOURCE_REMOVE;
}

/* A while after something has changed here, by a page or by what a device brought to a hub: central may know that
 * already, and then nothing comes back that would show that this hub may not hold it. */
void
limber_client_compare_later (LimberClient *self)
{
  if (self->pulled && !self->once && self->later == NULL)
    limber_client_set_timer (self, &self->later, MAX (DIGEST_AFTER, DIGEST_SHARE * self->compare_took), on_later);
}

/* The next page is asked for while one is written: it goes on where that one ends. Who is told to let go of somebody asks only
 * once he has, because his next question is what says so (SYNC.md rule 17); and what is to be pushed goes first. */

struct _LimberClientFetch {
  LimberClient *client;  /* (owned) */
  LimberApply  *apply;   /* (owned) (nullable): what has come */
  GError       *error;   /* (owned) (nullable) */
  gboolean      awaited; /* the page before it is written */
};

typedef LimberClientFetch Fetch;

static void take_page (LimberClient *self, LimberApply *apply);

static void
fetch_free (Fetch *fetch)
{
  g_clear_pointer (&fetch->apply, limber_apply_free);
  g_clear_error (&fetch->error);
  g_object_unref (fetch->client);
  g_free (fetch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetch, fetch_free)

static gboolean
has_come (const Fetch *fetch)
{
  return fetch->apply != NULL || fetch->error != NULL;
}

/**
 * limber_client_forget_fetch:
 *
 * The page that was asked for meanwhile is not taken in; if it is still to come, its end sees to it.
 */
void
limber_client_forget_fetch (LimberClient *self)
{
  Fetch *fetch = g_steal_pointer (&self->fetch);

  if (fetch != NULL && has_come (fetch))
    fetch_free (fetch);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Fetch) fetch = data;
  LimberClient *self = fetch->client;
  g_autoptr (LimberMessage) answer = limber_link_ask_finish (LIMBER_LINK (source), result, NULL, &fetch->error);
  gboolean ours = self->fetch == fetch;

  if (ours && answer != NULL)
    fetch->apply = limber_client_take (self, answer, TRUE, &fetch->error);
  if (ours && !fetch->awaited) {
    g_steal_pointer (&fetch);
    return;
  }
  if (ours)
    self->fetch = NULL;
  if (!fetch->awaited || !limber_client_done (self, ours ? fetch->error : NULL))
    return;
  if (ours)
    take_page (self, g_steal_pointer (&fetch->apply));
  else
    limber_client_step (self);
}

static gboolean
has_to_push (LimberClient *self)
{
  return self->dirty || self->touched->origins->len > 0 || self->pusher == NULL || limber_pusher_pending (self->pusher) > 0;
}

static void
fetch_next (LimberClient *self, const LimberApply *apply)
{
  const char *cursor = limber_json_string (apply->end, "cursor");
  g_autofree char *plain = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL, *query = g_strconcat ("cursor=", plain, NULL);
  g_autoptr (LimberMessage) request = NULL;

  if (cursor == NULL || !json_is_true (json_object_get (apply->end, "more")) || has_to_push (self) || limber_page_tells_out (apply->page))
    return;
  request = limber_message_new ("GET", "/sync/v1/pull", query);
  self->want_pull = FALSE;
  self->fetch = g_new0 (Fetch, 1);
  self->fetch->client = g_object_ref (self);
  limber_link_ask_async (limber_client_peer (self)->link, request, self->cancellable, on_fetched, self->fetch);
}

/* Returns whether the next page is under way, or here. */
static gboolean
go_on (LimberClient *self)
{
  g_autoptr (Fetch) fetch = NULL;

  if (self->fetch == NULL)
    return FALSE;
  if (!has_come (self->fetch)) {
    self->busy = self->fetch->awaited = TRUE;
    return TRUE;
  }
  fetch = g_steal_pointer (&self->fetch);
  if (fetch->error != NULL)
    limber_client_fail (self, fetch->error);
  else
    take_page (self, g_steal_pointer (&fetch->apply));
  return TRUE;
}

/* All has been read. */
static void
note_end (LimberClient *self, const LimberApply *apply)
{
  self->last_sync = limber_env_now (limber_store_env (self->store));
  g_object_notify_by_pspec (G_OBJECT (self), limber_client_props[LIMBER_CLIENT_PROP_LAST_SYNC]);
  if (self->once || !self->pulled)
    self->want_digest = TRUE;
  else
    limber_client_compare_later (self);
  limber_common_init (&self->common, limber_json_string (apply->end, "kinds"));
  self->pulled = TRUE;
}

static void
on_page_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;
  LimberApply *apply = limber_store_write_data (result);

  if (!limber_client_kept (self, result))
    return;
  self->failures = self->refusals = 0;
  if (!apply->nodes_changed && go_on (self))
    return;
  if (json_is_true (json_object_get (apply->end, "more")))
    self->want_pull = TRUE;
  else
    note_end (self, apply);
  if (apply->nodes_changed)
    limber_client_turn (self);
  else
    limber_client_step (self);
}

/* @apply: (transfer full) */
static void
take_page (LimberClient *self, LimberApply *apply)
{
  fetch_next (self, apply);
  limber_client_keep (self, limber_apply_pull, apply, on_page_kept);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;
  LimberApply *apply = limber_client_answered (self, source, result, TRUE);

  if (apply != NULL && limber_canary (LIMBER_CANARY_CURSOR_FIRST))
    limber_store_write (self->store, limber_apply_cursor, apply, NULL);
  if (apply != NULL)
    take_page (self, apply);
}

char *
limber_client_cursor_query (const LimberClientCursor *cursor)
{
  return cursor->run != NULL ? g_strdup_printf ("cursor=%s.%" G_GINT64_FORMAT, cursor->run, cursor->seq) : NULL;
}

static void
on_cursor (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberClientCursor *cursor = limber_store_read_data (result);
  LimberClient *self = cursor->client;
  g_autofree char *query = limber_client_cursor_query (cursor);
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", query);

  if (limber_client_found (self, result))
    limber_client_ask (self, request, on_page, g_object_ref (self));
}

void
limber_client_pull (LimberClient *self)
{
  self->busy = TRUE;
  self->want_pull = FALSE;
  limber_store_read_async (self->store, limber_client_cursor_read, limber_client_cursor_new (self), (GDestroyNotify) limber_client_cursor_free, NULL, on_cursor, NULL);
}

/* Comparing digests. */

static gboolean
read_digest (LimberReader *reader, gpointer data, GError **error)
{
  LimberClientCursor *cursor = data;

  cursor->position = limber_feed_position (reader);
  cursor->unsent = limber_session_written (reader) != cursor->sent; /* the node cannot have it, so there is nothing to compare */
  if (cursor->unsent && !limber_canary (LIMBER_CANARY_COMPARES_WITH_WORK))
    return TRUE;
  limber_session_cursor (reader, &cursor->node, &cursor->run, &cursor->seq);
  cursor->report = limber_client_report_json (cursor->client->store, cursor->pusher, reader, NULL);
  return limber_feed_own_digest (reader, &cursor->common, &cursor->digest, error);
}

typedef struct {
  LimberClient *client; /* (owned) */
  gint64        position;
  gint64        started;
} Compare;

static void
on_repaired (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberClient) self = data;
  LimberApply *apply = limber_store_write_data (result);

  if (!limber_client_kept (self, result))
    return;
  self->same = json_is_true (json_object_get (apply->end, "same"));
  if (apply->behind || apply->skipped) /* nothing was tried, so nothing has failed to change */
    memset (&self->compared, 0, sizeof self->compared);
  if (!self->same && !apply->behind && self->stuck < DIGEST_STUCK && self->rounds++ < DIGEST_ROUNDS)
    self->want_digest = TRUE;
  if (json_is_true (json_object_get (apply->end, "news")))
    self->want_pull = TRUE;
  if (self->same)
    self->rounds = self->stuck = 0;
  else if (apply->rows > 0)
    g_message ("Sync: %u rows differed from the node's, and were replaced", apply->rows);
  limber_client_step (self);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Compare *compare = data;
  g_autoptr (LimberClient) self = compare->client;
  LimberApply *apply = limber_client_answered (self, source, result, TRUE);

  if (apply == NULL)
    return;
  apply->quiet = compare->position;
  self->compare_took = (guint) CLAMP ((limber_env_monotonic (limber_store_env (self->store)) - compare->started) / 1000, 0, 60000);
  limber_client_keep (self, limber_apply_digest, apply, on_repaired);
}

static void
on_digest (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberClientCursor *cursor = limber_store_read_data (result);
  LimberClient *self = cursor->client;
  g_autofree char *query = limber_client_cursor_query (cursor), *text = limber_base64_dup ((const guint8 *) &cursor->digest, sizeof cursor->digest), *own = limber_common_own ();
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/digest", query);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s,s:O*}", "buckets", text, "kinds", own, "report", cursor->report);
  g_autoptr (GError) error = NULL;
  Compare *compare;

  if (!limber_client_found (self, result))
    return;
  if (cursor->unsent && !limber_canary (LIMBER_CANARY_COMPARES_WITH_WORK)) {
    self->dirty = TRUE;
    self->want_digest = !limber_pusher_is_stuck (self->pusher) && self->rounds++ < DIGEST_ROUNDS; /* a store that was tampered with never has sent all */
    limber_client_step (self);
    return;
  }
  if (!limber_message_set_json (request, json, &error)) {
    limber_client_fail (self, error);
    return;
  }
  self->stuck = memcmp (&self->compared, &cursor->digest, sizeof self->compared) == 0 ? self->stuck + 1 : 0;
  self->compared = cursor->digest;
  compare = g_new0 (Compare, 1);
  compare->client = g_object_ref (self);
  compare->position = cursor->position;
  compare->started = cursor->started;
  limber_client_ask (self, request, on_compared, compare);
}

void
limber_client_compare (LimberClient *self)
{
  LimberClientCursor *cursor = limber_client_cursor_new (self);

  self->busy = TRUE;
  self->want_digest = FALSE;
  cursor->started = limber_env_monotonic (limber_store_env (self->store));
  cursor->common = self->common;
  cursor->pusher = limber_pusher_ref (self->pusher);
  cursor->sent = limber_pusher_sent (self->pusher);
  limber_store_read_async (self->store, read_digest, cursor, (GDestroyNotify) limber_client_cursor_free, NULL, on_digest, NULL);
}
