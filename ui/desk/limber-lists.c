/* All four are read at once, in a worker, whenever something has changed that one of them shows. An item stays while what it is about
 * does, so that nobody loses his place or what he types. */
#include "limber-lists.h"

struct _LimberLists {
  GObject       parent_instance;
  LimberStore  *store;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GListStore   *items[LIMBER_N_LISTS]; /* (owned): LimberListItem */
  guint         waits[LIMBER_N_LISTS];
  LimberId      member;
  gboolean      now;     /* somebody stands there */
  gboolean      loaded, reading, again, stopped;
  guint         later;   /* 0 unless it waits to read what has changed */
  GError       *error;   /* (owned) (nullable) */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberLists, limber_lists, G_TYPE_OBJECT)

typedef struct {
  LimberId   member;
  GPtrArray *cards[LIMBER_N_LISTS]; /* (owned) (nullable): LimberListCard */
} Reading;

static void
reading_free (Reading *reading)
{
  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    g_clear_pointer (&reading->cards[i], g_ptr_array_unref);
  g_free (reading);
}

static gboolean
read_all (LimberReader *reader, gpointer data, GError **error)
{
  static GPtrArray *(*const funcs[LIMBER_N_LISTS]) (LimberReader *, const LimberId *, GError **) = { limber_lists_read_tasks, limber_lists_read_answers, limber_lists_read_aside, limber_lists_read_screens };
  Reading *reading = data;

  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    if ((reading->cards[i] = funcs[i](reader, &reading->member, error)) == NULL)
      return FALSE;
  return TRUE;
}

static LimberListItem *
item_at (GListStore *items, guint i)
{
  g_autoptr (LimberListItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);

  return item;
}

static gboolean
is_about (GListStore *items, guint i, const LimberListCard *card)
{
  return limber_id_equal (&limber_list_item_get_card (item_at (items, i))->id, &card->id);
}

/* (transfer full): the item that was about the same among those from @from to @until, or a new one. */
static LimberListItem *
item_for (GListStore *items, guint from, guint until, LimberListCard *card)
{
  for (guint i = from; i < until; i++)
    if (is_about (items, i, card)) {
      LimberListItem *item = g_object_ref (item_at (items, i));

      limber_list_item_take_card (item, card);
      return item;
    }
  return limber_list_item_new (card);
}

/* Brings @items to what @cards say, which are taken. */
static void
take (GListStore *items, GPtrArray *cards)
{
  guint old = g_list_model_get_n_items (G_LIST_MODEL (items)), head = 0, tail = 0;
  g_autoptr (GPtrArray) middle = g_ptr_array_new_with_free_func (g_object_unref);

  while (head < old && head < cards->len && is_about (items, head, g_ptr_array_index (cards, head)))
    head++;
  while (tail < old - head && tail < cards->len - head && is_about (items, old - tail - 1, g_ptr_array_index (cards, cards->len - tail - 1)))
    tail++;
  for (guint i = 0; i < head; i++)
    limber_list_item_take_card (item_at (items, i), g_ptr_array_index (cards, i));
  for (guint i = 0; i < tail; i++)
    limber_list_item_take_card (item_at (items, old - tail + i), g_ptr_array_index (cards, cards->len - tail + i));
  for (guint i = head; i < cards->len - tail; i++)
    g_ptr_array_add (middle, item_for (items, head, old - tail, g_ptr_array_index (cards, i)));
  if (middle->len > 0 || old - tail > head)
    g_list_store_splice (items, head, old - tail - head, middle->pdata, middle->len);
  g_ptr_array_set_free_func (cards, NULL);
  g_ptr_array_set_size (cards, 0);
}

static void
take_all (LimberLists *self, Reading *reading)
{
  self->now = FALSE;
  for (guint i = 0; i < LIMBER_N_LISTS; i++) {
    self->waits[i] = 0;
    for (guint j = 0; j < reading->cards[i]->len; j++) {
      const LimberListCard *card = g_ptr_array_index (reading->cards[i], j);

      self->waits[i] += card->waits;
      self->now |= card->now;
    }
    take (self->items[i], reading->cards[i]);
  }
  self->loaded = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberLists) self = data;
  Reading *reading = limber_store_read_data (result);
  g_autoptr (GError) error = NULL;
  gboolean good = limber_store_read_finish (LIMBER_STORE (source), result, &error);

  self->reading = FALSE;
  if (self->stopped)
    return;
  g_clear_error (&self->error);
  if (good)
    take_all (self, reading);
  else
    self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->again)
    limber_lists_reload (self);
}

static gboolean
reload_now (gpointer data)
{
  LimberLists *self = data;

  self->later = 0;
  limber_lists_reload (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed (LimberStore *store, LimberChanges *changes, LimberLists *self)
{
  static const char *const kinds[] = { "task", "conflict", "aside", "turnout", "patient", "appointment", "staff" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (changes->journal || limber_changes_has_kind (changes, kinds[i])) {
      if (self->later == 0)
        self->later = g_timeout_add (LIMBER_STORE_PATIENCE, reload_now, self);
      return;
    }
}

static void
limber_lists_finalize (GObject *object)
{
  LimberLists *self = LIMBER_LISTS (object);

  g_clear_handle_id (&self->later, g_source_remove);
  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    g_object_unref (self->items[i]);
  g_object_unref (self->cancellable);
  g_clear_object (&self->store);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (limber_lists_parent_class)->finalize (object);
}

static void
limber_lists_class_init (LimberListsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_lists_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_lists_init (LimberLists *self)
{
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    self->items[i] = g_list_store_new (LIMBER_TYPE_LIST_ITEM);
}

/**
 * limber_lists_new:
 * @member: who looks at them
 *
 * Returns: (transfer full): what waits in @store
 */
LimberLists *
limber_lists_new (LimberStore *store, const LimberId *member)
{
  LimberLists *self = g_object_new (LIMBER_TYPE_LISTS, NULL);

  self->store = g_object_ref (store);
  self->member = *member;
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed), self, 0);
  limber_lists_reload (self);
  return self;
}

/**
 * limber_lists_stop:
 *
 * Nothing is read any more, and nothing stays of what was.
 */
void
limber_lists_stop (LimberLists *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->later, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_func (self->store, store_changed, self);
  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    g_list_store_remove_all (self->items[i]);
}

/**
 * limber_lists_reload:
 *
 * Reads it again, as the time of day may be reason to.
 */
void
limber_lists_reload (LimberLists *self)
{
  Reading *reading;

  self->again = self->reading;
  if (self->reading || self->stopped)
    return;
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->member = self->member;
  limber_store_read_async (self->store, read_all, reading, (GDestroyNotify) reading_free, self->cancellable, on_read, g_object_ref (self));
}

/**
 * limber_lists_get_items:
 *
 * Returns: (transfer none): one of the lists, of LimberListItem
 */
GListModel *
limber_lists_get_items (LimberLists *self, LimberListWhich which)
{
  return G_LIST_MODEL (self->items[which]);
}

/**
 * limber_lists_count:
 *
 * Returns: how many of a list somebody should see to
 */
guint
limber_lists_count (LimberLists *self, LimberListWhich which)
{
  return self->waits[which];
}

/**
 * limber_lists_has_now:
 *
 * Returns: whether something cannot wait: somebody stands there
 */
gboolean
limber_lists_has_now (LimberLists *self)
{
  return self->now;
}

gboolean
limber_lists_is_loaded (LimberLists *self)
{
  return self->loaded;
}

/**
 * limber_lists_get_error:
 *
 * Returns: (transfer none) (nullable): why it could not be read
 */
const GError *
limber_lists_get_error (LimberLists *self)
{
  return self->error;
}

/**
 * limber_lists_find:
 *
 * Returns: (transfer none) (nullable): what is said of that task, conflict, entry or device
 */
const LimberListCard *
limber_lists_find (LimberLists *self, const LimberId *id)
{
  for (guint i = 0; i < LIMBER_N_LISTS; i++)
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (self->items[i])); j++) {
      const LimberListCard *card = limber_list_item_get_card (item_at (self->items[i], j));

      if (limber_id_equal (&card->id, id))
        return card;
    }
  return NULL;
}
