#include "limber-first-sync.h"

#include <glib/gi18n-lib.h>

#define LOOK_MS 500

/* What is read at each look. */
typedef struct {
  gint64   records;
  char    *name; /* (owned) (nullable): of the site */
  gboolean due;
} Count;

struct _LimberFirstSync {
  GObject       parent_instance;
  LimberStore  *store;       /* (owned) (nullable): until it is stopped */
  GCancellable *cancellable; /* (owned) */
  Count         count;
  gboolean      counting;
  guint         timer;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (LimberFirstSync, limber_first_sync, G_TYPE_OBJECT)

static gboolean
is_due (LimberReader *reader)
{
  g_autofree char *upstream = limber_reader_meta (reader, "upstream"), *last = limber_reader_meta (reader, "last_sync");

  return upstream != NULL && *upstream != '\0' && last == NULL;
}

static gboolean
read_due (LimberReader *reader, gpointer data, GError **error)
{
  *(gboolean *) data = is_due (reader);
  return TRUE;
}

static void
count_free (Count *count)
{
  g_free (count->name);
  g_free (count);
}

static gboolean
read_count (LimberReader *reader, gpointer data, GError **error)
{
  Count *count = data;
  LimberId id;
  g_autoptr (LimberRecord) site = limber_reader_site (reader, &id) ? limber_reader_get (reader, "site", &id, NULL) : NULL;

  count->records = limber_reader_count (reader, "count-records", "");
  count->name = site != NULL ? g_strdup (limber_record_text (site, "name")) : NULL;
  count->due = is_due (reader);
  return TRUE;
}

static void
counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberFirstSync) self = data;
  Count *count = limber_store_read_data (result);

  self->counting = FALSE;
  if (!limber_store_read_finish (LIMBER_STORE (source), result, NULL) || self->store == NULL)
    return;
  self->count.records = count->records;
  self->count.due = count->due;
  g_free (self->count.name);
  self->count.name = g_steal_pointer (&count->name);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
look (gpointer data)
{
  LimberFirstSync *self = data;

  if (self->counting)
    return G_SOURCE_CONTINUE;
  self->counting = TRUE;
  limber_store_read_async (self->store, read_count, g_new0 (Count, 1), (GDestroyNotify) count_free, self->cancellable, counted, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
limber_first_sync_dispose (GObject *object)
{
  limber_first_sync_stop (LIMBER_FIRST_SYNC (object));
  G_OBJECT_CLASS (limber_first_sync_parent_class)->dispose (object);
}

static void
limber_first_sync_finalize (GObject *object)
{
  LimberFirstSync *self = LIMBER_FIRST_SYNC (object);

  g_free (self->count.name);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (limber_first_sync_parent_class)->finalize (object);
}

static void
limber_first_sync_class_init (LimberFirstSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_first_sync_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_first_sync_finalize;
  changed_signal = g_signal_new ("changed", LIMBER_TYPE_FIRST_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_first_sync_init (LimberFirstSync *self)
{
  self->cancellable = g_cancellable_new ();
  self->count.due = TRUE;
}

/**
 * limber_first_sync_is_due:
 *
 * Returns: whether @store has joined a node and has never held all that it should
 */
gboolean
limber_first_sync_is_due (LimberStore *store)
{
  gboolean due = FALSE;

  limber_store_read (store, read_due, &due, NULL);
  return due;
}

/**
 * limber_first_sync_new:
 * @store: the one that is filled
 *
 * Returns: (transfer full): what looks at it twice a second
 */
LimberFirstSync *
limber_first_sync_new (LimberStore *store)
{
  LimberFirstSync *self = g_object_new (LIMBER_TYPE_FIRST_SYNC, NULL);

  self->store = g_object_ref (store);
  self->timer = g_timeout_add (LOOK_MS, look, self);
  look (self);
  return self;
}

/**
 * limber_first_sync_stop:
 *
 * Looks no more, and lets the store go.
 */
void
limber_first_sync_stop (LimberFirstSync *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
}

/**
 * limber_first_sync_is_over:
 *
 * Returns: whether the store holds all that it should
 */
gboolean
limber_first_sync_is_over (LimberFirstSync *self)
{
  return !self->count.due;
}

/**
 * limber_first_sync_get_site:
 *
 * Returns: the site's name; until that has come, a word of welcome
 */
const char *
limber_first_sync_get_site (LimberFirstSync *self)
{
  return self->count.name != NULL ? self->count.name : _("Welcome");
}

/**
 * limber_first_sync_say_count:
 *
 * Returns: (transfer full): how many records have come, a sentence
 */
char *
limber_first_sync_say_count (LimberFirstSync *self)
{
  gint64 n = self->count.records;

  return g_strdup_printf (ngettext ("%ld record has come so far", "%ld records have come so far", (gulong) n), (long) n);
}
