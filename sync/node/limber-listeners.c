#include "limber-listeners.h"

#include "limber-screens.h"
#include "limber-session.h"

/* Who begins to listen has pulled before, but hardly longer ago than this. */
#define MISSED_US (60 * G_USEC_PER_SEC)
#define NOTE_MS (10 * 60 * G_GINT64_CONSTANT (1000)) /* that a device still listens is kept so often */

/* A device that listens. */
typedef struct {
  LimberListeners *of;
  LimberWake *wake;  /* (owned) */
  LimberId    device;
  LimberGroup group;
  gint64      told;  /* up to which place of the order of change it was told */
  gint64      marks; /* limber_session_mark_sum() when it was told; -1 before */
  gint64      noted; /* when it was kept that it is in touch, milliseconds UTC */
} Listener;

struct _LimberListeners {
  guint        refs;     /* a look that is under way holds it too */
  LimberStore *store;    /* (owned) */
  LimberTally *tally;    /* (unowned): not touched once it has ended */
  LimberMuster *muster;  /* (unowned): the same */
  GPtrArray   *all;      /* (owned): Listener */
  GHashTable  *moved;    /* (owned): LimberId of a site → when one of its devices came or went, microseconds that never go back */
  gboolean     checking; /* it is being found out whom to wake */
  gboolean     again;    /* something changed meanwhile */
  gboolean     ended;
};

static void
listener_free (Listener *listener)
{
  g_signal_handlers_disconnect_by_data (listener->wake, listener);
  limber_wake_close (listener->wake);
  g_object_unref (listener->wake);
  g_free (listener);
}

static LimberListeners *
listeners_ref (LimberListeners *self)
{
  self->refs++;
  return self;
}

static void
listeners_unref (LimberListeners *self)
{
  if (--self->refs > 0)
    return;
  g_ptr_array_unref (self->all);
  g_hash_table_unref (self->moved);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * limber_listeners_new:
 * @tally: counts them
 * @muster: knows them
 *
 * Returns: (transfer full): nobody yet
 */
LimberListeners *
limber_listeners_new (LimberStore *store, LimberTally *tally, LimberMuster *muster)
{
  LimberListeners *self = g_new0 (LimberListeners, 1);

  self->refs = 1;
  self->store = g_object_ref (store);
  self->tally = tally;
  self->muster = muster;
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) listener_free);
  self->moved = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  return self;
}

/**
 * limber_listeners_free:
 *
 * Closes all lines.
 */
void
limber_listeners_free (LimberListeners *self)
{
  self->ended = TRUE;
  g_ptr_array_set_size (self->all, 0);
  listeners_unref (self);
}

/**
 * limber_listeners_count:
 *
 * Returns: how many devices listen now
 */
guint
limber_listeners_count (LimberListeners *self)
{
  return self->all->len;
}

/**
 * limber_listeners_say:
 * @word: to everybody
 */
void
limber_listeners_say (LimberListeners *self, const char *word)
{
  for (guint i = 0; i < self->all->len; i++)
    limber_wake_say (((Listener *) g_ptr_array_index (self->all, i))->wake, word);
}

/* One look at the store for all who listen. */
typedef struct {
  GArray *asked; /* (owned): Listener, copies to compare with */
  GArray *news;  /* (owned): gboolean each: there is something to pull */
  gint64  position;
} Look;

static void
look_free (Look *look)
{
  g_array_unref (look->asked);
  g_array_unref (look->news);
  g_free (look);
}

static gboolean
same_question (const Listener *a, const Listener *b)
{
  return a->told == b->told && a->group.klass == b->group.klass && limber_id_equal (&a->group.site, &b->group.site);
}

static gboolean
look_for_news (LimberReader *reader, gpointer data, GError **error)
{
  Look *look = data;

  look->position = limber_feed_position (reader);
  for (guint i = 0; i < look->asked->len; i++) {
    Listener *asked = &g_array_index (look->asked, Listener, i);
    gboolean news = FALSE, known = FALSE;

    for (guint j = 0; j < i && !known; j++) {
      known = same_question (asked, &g_array_index (look->asked, Listener, j));
      news = known && g_array_index (look->news, gboolean, j);
    }
    if (!known)
      news = limber_feed_has_news (reader, &asked->group, asked->told);
    g_array_append_val (look->news, news);
    asked->marks = limber_session_mark_sum (reader, &asked->device);
  }
  return TRUE;
}

static void check (LimberListeners *self);

static void
tell (Listener *listener, const Listener *found, gboolean news, gint64 position)
{
  gboolean moved = listener->marks != found->marks;

  listener->told = MAX (listener->told, position);
  listener->marks = found->marks;
  if (news)
    limber_wake_say (listener->wake, LIMBER_WAKE_PULL);
  if (moved)
    limber_wake_say (listener->wake, LIMBER_WAKE_MARKS);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberListeners *self = data;
  Look *look = limber_store_read_data (result);
  gboolean good = limber_store_read_finish (LIMBER_STORE (source), result, NULL);

  self->checking = FALSE;
  for (guint i = 0; good && !self->ended && i < look->asked->len; i++) {
    Listener *asked = &g_array_index (look->asked, Listener, i);

    for (guint j = 0; j < self->all->len; j++) { /* some may have gone meanwhile */
      Listener *listener = g_ptr_array_index (self->all, j);

      if (listener->wake == asked->wake) {
        tell (listener, asked, g_array_index (look->news, gboolean, i), look->position);
        break;
      }
    }
  }
  if (self->again)
    check (self);
  listeners_unref (self);
}

/* Finds out, in a worker, whom the changes since the last look concern. What changes meanwhile is looked at after. */
static void
check (LimberListeners *self)
{
  Look *look;

  self->again = self->checking;
  if (self->checking || self->ended || self->all->len == 0)
    return;
  self->checking = TRUE;
  look = g_new0 (Look, 1);
  look->asked = g_array_new (FALSE, FALSE, sizeof (Listener));
  look->news = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < self->all->len; i++)
    g_array_append_vals (look->asked, g_ptr_array_index (self->all, i), 1);
  limber_store_read_async (self->store, look_for_news, look, (GDestroyNotify) look_free, NULL, on_looked, listeners_ref (self));
}

/* Whether @device's own record was among what changed: it may have been shut out, or told to go. */
static gboolean
is_about (const LimberChanges *changes, const LimberId *device)
{
  if (!limber_changes_has_kind (changes, "device"))
    return FALSE;
  for (guint i = 0; i < changes->records->len; i++)
    if (limber_id_equal (&g_array_index (changes->records, LimberChanged, i).id, device))
      return TRUE;
  return changes->many;
}

/**
 * limber_listeners_hear:
 * @changes: what has changed in the store
 *
 * Wakes those whom it concerns. A device does not hold its own record, so it is told to ask how it stands.
 */
void
limber_listeners_hear (LimberListeners *self, const LimberChanges *changes)
{
  for (guint i = 0; i < self->all->len; i++) {
    Listener *listener = g_ptr_array_index (self->all, i);

    if (is_about (changes, &listener->device)) {
      limber_wake_say (listener->wake, LIMBER_WAKE_MARKS);
      limber_wake_say (listener->wake, LIMBER_WAKE_PULL);
    }
  }
  check (self);
}

static void
note (LimberListeners *self, Listener *listener)
{
  listener->noted = limber_env_now (limber_store_env (self->store));
  limber_muster_met (self->muster, &listener->device, &limber_store_identity (self->store)->device, listener->noted);
}

/* Those of its site who are told how it is (limber-screens.h) hear that it came, or went. */
static void
tell_site (LimberListeners *self, const Listener *about)
{
  gint64 now = limber_env_monotonic (limber_store_env (self->store));

  if (limber_scope_is_all (about->group.klass) || (about->group.klass & LIMBER_CLASS_NODES))
    return;
  g_hash_table_insert (self->moved, limber_id_copy (&about->group.site), g_memdup2 (&now, sizeof now));
  for (guint i = 0; i < self->all->len; i++) {
    Listener *listener = g_ptr_array_index (self->all, i);

    if (!limber_id_equal (&listener->device, &about->device) && (listener->group.klass & LIMBER_SCREENS_TOLD) && limber_id_equal (&listener->group.site, &about->group.site))
      limber_wake_say (listener->wake, LIMBER_WAKE_PULL);
  }
}

/* What one who begins to listen was told of the devices of its site may have changed since it pulled. */
static void
tell_missed (LimberListeners *self, const Listener *listener)
{
  const gint64 *moved = g_hash_table_lookup (self->moved, &listener->group.site);

  if ((listener->group.klass & LIMBER_SCREENS_TOLD) && moved != NULL && limber_env_monotonic (limber_store_env (self->store)) - *moved < MISSED_US)
    limber_wake_say (listener->wake, LIMBER_WAKE_PULL);
}

/**
 * limber_listeners_note:
 *
 * To be called now and then: that those who listen are in touch is kept, though they ask nothing all day long.
 */
void
limber_listeners_note (LimberListeners *self)
{
  gint64 now = limber_env_now (limber_store_env (self->store));

  for (guint i = 0; i < self->all->len; i++) {
    Listener *listener = g_ptr_array_index (self->all, i);

    if (ABS (now - listener->noted) >= NOTE_MS)
      note (self, listener);
  }
}

static void
on_wake_closed (LimberWake *wake, Listener *listener)
{
  LimberListeners *self = listener->of;

  limber_muster_listens (self->muster, &listener->device, FALSE);
  note (self, listener);
  tell_site (self, listener);
  g_ptr_array_remove_fast (self->all, listener);
  limber_tally_set_lines (self->tally, self->all->len);
}

/**
 * limber_listeners_add:
 * @call: of a device that wants to listen, answered
 *
 * Returns: (transfer full): the node's end of the open line
 */
LimberWake *
limber_listeners_add (LimberListeners *self, LimberCall *call)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->of = self;
  listener->wake = limber_wake_new ();
  listener->device = call->signature.device;
  listener->group = call->standing.group;
  listener->told = GPOINTER_TO_SIZE (call->data);
  listener->marks = -1; /* whether central can be reached may have changed before it listened, so that it must ask */
  g_signal_connect (listener->wake, "closed", G_CALLBACK (on_wake_closed), listener);
  g_ptr_array_add (self->all, listener);
  limber_muster_listens (self->muster, &listener->device, TRUE);
  tell_missed (self, listener);
  note (self, listener);
  tell_site (self, listener);
  limber_tally_set_lines (self->tally, self->all->len);
  check (self);
  return g_object_ref (listener->wake);
}

/* A device says in its question how far it has read, so that nothing between its last pull and its listening is missed. */
static gboolean
prepare_wake (LimberCall *call, LimberReader *reader, GError **error)
{
  g_autofree char *cursor = limber_message_parameter (call->request, "cursor");
  g_auto (GStrv) parts = cursor != NULL ? g_strsplit (cursor, ".", 2) : NULL;
  gint64 seq = parts != NULL && g_strv_length (parts) == 2 ? g_ascii_strtoll (parts[1], NULL, 10) : 0;

  call->data = GSIZE_TO_POINTER ((gsize) CLAMP (seq, 0, limber_feed_position (reader)));
  call->answer = limber_message_new_answer (101);
  return TRUE;
}

const LimberHandler limber_node_wake = { "GET", "/sync/v1/wake", FALSE, FALSE, 0, prepare_wake, NULL, NULL };
