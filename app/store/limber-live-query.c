/* Invariant: `rows` is what the list says it holds at every moment; a new reading is brought in by the fewest spans. A
 * reading that is under way when the store changes again is followed by another. */
#include "limber-live-query.h"

#include <stdarg.h>

struct _LimberLiveQuery {
  GObject       parent;
  LimberStore  *store;       /* (owned) */
  char         *query;
  GArray       *values;      /* (owned): LimberValue */
  guint64       kinds;
  GPtrArray    *rows;        /* (owned): LimberRow */
  GCancellable *cancellable; /* (owned) */
  GError       *error;       /* (owned) (nullable) */
  gulong        changed;
  guint         later;       /* 0 unless it waits until others have read */
  gboolean      patient;
  gboolean      reading;
  gboolean      stale;       /* something changed while it was being read */
  gboolean      loaded;
};

typedef struct {
  char      *query;
  GArray    *values; /* (owned) */
  GPtrArray *rows;   /* (owned) (nullable) */
} Reading;

enum { PROP_0, PROP_LOADED, PROP_N_ITEMS, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *list)
{
  return LIMBER_TYPE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return LIMBER_LIVE_QUERY (list)->rows->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GPtrArray *rows = LIMBER_LIVE_QUERY (list)->rows;

  return position < rows->len ? g_object_ref (g_ptr_array_index (rows, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberLiveQuery, limber_live_query, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
limber_live_query_dispose (GObject *object)
{
  LimberLiveQuery *self = LIMBER_LIVE_QUERY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->later, g_source_remove);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed, self->store);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_live_query_parent_class)->dispose (object);
}

static void
limber_live_query_finalize (GObject *object)
{
  LimberLiveQuery *self = LIMBER_LIVE_QUERY (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->values, g_array_unref);
  g_ptr_array_unref (self->rows);
  g_free (self->query);
  G_OBJECT_CLASS (limber_live_query_parent_class)->finalize (object);
}

static void
limber_live_query_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LimberLiveQuery *self = LIMBER_LIVE_QUERY (object);

  if (id == PROP_LOADED)
    g_value_set_boolean (value, self->loaded);
  else if (id == PROP_N_ITEMS)
    g_value_set_uint (value, self->rows->len);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
limber_live_query_class_init (LimberLiveQueryClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->dispose = limber_live_query_dispose;
  object->finalize = limber_live_query_finalize;
  object->get_property = limber_live_query_get_property;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPERTIES, properties);
  signals[SETTLED] = g_signal_new ("settled", LIMBER_TYPE_LIVE_QUERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_live_query_init (LimberLiveQuery *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

static void
splice (LimberLiveQuery *self, guint position, guint removed, GPtrArray *rows, guint added)
{
  if (removed == 0 && added == 0)
    return;
  if (removed > 0)
    g_ptr_array_remove_range (self->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->rows, (int) (position + i), g_object_ref (g_ptr_array_index (rows, position + i)));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Whether two rows are about the same thing: their first columns say so. */
static gboolean
same_thing (LimberRow *a, LimberRow *b)
{
  return limber_row_n_columns (a) > 0 && limber_value_equal (limber_row_column (a, 0), limber_row_column (b, 0));
}

static guint
find_thing (GPtrArray *rows, guint from, LimberRow *row)
{
  for (guint i = from; i < rows->len; i++)
    if (same_thing (g_ptr_array_index (rows, i), row))
      return i;
  return rows->len;
}

/* Brings the list to @rows step by step: a row that went is taken out, one that came or moved is put in, one that says
 * something else is exchanged; those that stay are never touched, so that a selection stays on them. */
static void
bring_in (LimberLiveQuery *self, GPtrArray *rows)
{
  guint at = 0;

  while (at < rows->len || at < self->rows->len) {
    LimberRow *old = at < self->rows->len ? g_ptr_array_index (self->rows, at) : NULL, *new = at < rows->len ? g_ptr_array_index (rows, at) : NULL;

    if (new == NULL) {
      splice (self, at, self->rows->len - at, rows, 0);
      break;
    }
    if (old == NULL) {
      splice (self, at, 0, rows, rows->len - at);
      break;
    }
    if (limber_row_equal (old, new))
      at++;
    else if (same_thing (old, new))
      splice (self, at++, 1, rows, 1);
    else if (find_thing (rows, at, old) == rows->len)
      splice (self, at, 1, rows, 0);
    else {
      guint moved = find_thing (self->rows, at, new);

      if (moved < self->rows->len)
        splice (self, moved, 1, rows, 0);
      splice (self, at++, 0, rows, 1);
    }
  }
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_array_unref (reading->values);
  g_free (reading->query);
  g_free (reading);
}

static gboolean
read_rows (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->rows = limber_reader_query_values (reader, reading->query, (const LimberValue *) reading->values->data, reading->values->len, error);
  return reading->rows != NULL;
}

static void start_reading (LimberLiveQuery *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LimberLiveQuery *self = user_data;
  Reading *reading;
  guint before;
  gboolean failed;
  g_autoptr (GError) error = NULL;
  gboolean good = limber_store_read_finish (LIMBER_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_object_unref (self);
    return;
  }
  reading = limber_store_read_data (result);
  self->reading = FALSE;
  before = self->rows->len;
  failed = self->error != NULL;
  g_clear_error (&self->error);
  if (good && !self->stale)
    bring_in (self, reading->rows);
  else if (!good)
    self->error = g_steal_pointer (&error);
  if (self->stale)
    start_reading (self);
  else if (!self->loaded || failed != (self->error != NULL)) { /* also said when an error comes or goes */
    self->loaded = TRUE;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  }
  if (self->rows->len != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  if (!self->reading)
    g_signal_emit (self, signals[SETTLED], 0);
  g_object_unref (self);
}

static void
start_reading (LimberLiveQuery *self)
{
  Reading *reading;

  self->stale = self->reading;
  if (self->reading || self->store == NULL)
    return;
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->query = g_strdup (self->query);
  reading->values = g_array_ref (self->values);
  limber_store_read_async (self->store, read_rows, reading, reading_free, self->cancellable, on_read, g_object_ref (self));
}

static gboolean
read_now (gpointer data)
{
  LimberLiveQuery *self = data;

  self->later = 0;
  start_reading (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (LimberStore *store, LimberChanges *changes, LimberLiveQuery *self)
{
  if (!(changes->kinds & self->kinds))
    return;
  if (!self->patient || !self->loaded)
    start_reading (self);
  else if (self->later == 0)
    self->later = g_timeout_add (LIMBER_STORE_PATIENCE, read_now, self);
}

/**
 * limber_live_query_new:
 * @query: the name of a query; its first column says what a row is about
 * @form: a letter a parameter: i gint64, t text (nullable), d LimberId (nullable)
 *
 * Returns: (transfer full): the list; it is empty until it is "loaded"
 */
LimberLiveQuery *
limber_live_query_new (LimberStore *store, const char *query, const char *form, ...)
{
  LimberLiveQuery *self = g_object_new (LIMBER_TYPE_LIVE_QUERY, NULL);
  va_list args;

  va_start (args, form);
  self->values = limber_reader_values (form, args);
  va_end (args);
  self->store = g_object_ref (store);
  self->query = g_strdup (query);
  self->kinds = limber_reader_query_kinds (query);
  self->changed = g_signal_connect (store, "changed", G_CALLBACK (on_changed), self);
  start_reading (self);
  return self;
}

/**
 * limber_live_query_set_values:
 *
 * Asks the same query with other parameters; @form as in limber_live_query_new(). The same parameters read it again.
 */
void
limber_live_query_set_values (LimberLiveQuery *query, const char *form, ...)
{
  va_list args;

  va_start (args, form);
  g_array_unref (query->values);
  query->values = limber_reader_values (form, args);
  va_end (args);
  start_reading (query);
}

/**
 * limber_live_query_set_patient:
 * @patient: whether what changed is read only after what others read at once
 *
 * For what nobody looks at while she does something: its turn comes when what she did is on the screen.
 */
void
limber_live_query_set_patient (LimberLiveQuery *query, gboolean patient)
{
  query->patient = patient;
}

/**
 * limber_live_query_is_reading:
 *
 * Returns: whether the list may be behind the store; "settled" says when it no longer is
 */
gboolean
limber_live_query_is_reading (LimberLiveQuery *query)
{
  return query->reading || query->later != 0;
}

/**
 * limber_live_query_is_loaded:
 *
 * Returns: whether the list has been read at least once
 */
gboolean
limber_live_query_is_loaded (LimberLiveQuery *query)
{
  return query->loaded;
}

/**
 * limber_live_query_get_error:
 *
 * Returns: (transfer none) (nullable): why the last reading failed; the list is then as it was before
 */
const GError *
limber_live_query_get_error (LimberLiveQuery *query)
{
  return query->error;
}
