/* The store as an object: its signals, its readers, its end. limber-store-open.c makes and opens one, limber-store-writer.c
 * carries out its changes. */
#include "limber-store.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <sodium.h>
#include <sqlite3.h>
#include <unistd.h>

#include "limber-departure.h"
#include "limber-error.h"
#include "limber-store-private.h"

#define READERS_KEPT 2 /* while nothing much is asked: more than a machine of two processors can use at once come of waiting */

enum { CHANGED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberStore, limber_store, G_TYPE_OBJECT)

static void
limber_store_finalize (GObject *object)
{
  LimberStore *self = LIMBER_STORE (object);

  limber_store_close (self);
  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_clear_pointer (&self->env, limber_env_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->failure);
  sodium_memzero (&self->identity, sizeof self->identity);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->dir);
  g_free (self->path);
  G_OBJECT_CLASS (limber_store_parent_class)->finalize (object);
}

/* SQLite adds up all memory that it uses, under one lock for all connections, which in a busy node they wait for. Nobody asks how much it
 * is. A program that has used SQLite before its first store goes on as it was. */
static void
count_no_memory (void)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
}

static void
limber_store_class_init (LimberStoreClass *klass)
{
  count_no_memory ();
  G_OBJECT_CLASS (klass)->finalize = limber_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIMBER_TYPE_CHANGES);
  signals[FAILED] = g_signal_new ("failed", LIMBER_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
limber_store_init (LimberStore *self)
{
  self->lock = -1;
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->readers);
}

/* Telling the main thread. */

typedef struct {
  GWeakRef       store;   /* a store that nobody holds any more has nobody to tell */
  LimberChanges *changes; /* (owned) (nullable) */
  GError        *error;   /* (owned) (nullable) */
} News;

static gboolean
tell (gpointer data)
{
  News *news = data;
  g_autoptr (LimberStore) store = g_weak_ref_get (&news->store);

  if (store != NULL)
    limber_store_enter (store);
  if (store != NULL && news->changes != NULL)
    g_signal_emit (store, signals[CHANGED], 0, news->changes);
  if (store != NULL && news->error != NULL)
    g_signal_emit (store, signals[FAILED], 0, news->error);
  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_weak_ref_clear (&news->store);
  g_clear_pointer (&news->changes, limber_changes_unref);
  g_clear_error (&news->error);
  g_free (news);
}

void
limber_store_send_news (LimberStore *self, LimberChanges *changes, const GError *error)
{
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_weak_ref_init (&news->store, self);
  news->changes = changes != NULL ? limber_changes_ref (changes) : NULL;
  news->error = error != NULL ? g_error_copy (error) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, news, news_free);
  g_source_attach (source, self->context);
}

/**
 * limber_store_close:
 *
 * Finishes what was asked for and gives the store up: whoever reads is waited for. Nothing more can be read or written.
 */
void
limber_store_close (LimberStore *store)
{
  if (store->closed)
    return;
  g_mutex_lock (&store->mutex);
  store->closed = TRUE;
  while (store->reading > 0)
    g_cond_wait (&store->cond, &store->mutex);
  g_mutex_unlock (&store->mutex);
  if (store->writer != NULL)
    limber_store_stop_writer (store);
  g_queue_clear_full (&store->readers, (GDestroyNotify) limber_database_close);
  g_clear_pointer (&store->writer, limber_database_close);
  g_clear_pointer (&store->second, limber_second_close);
  if (store->lock >= 0 && limber_departure_is_decided (store->dir))
    limber_departure_carry_out (store->dir, NULL); /* what cannot be removed now is removed when it is opened next */
  if (store->lock >= 0)
    close (store->lock);
  store->lock = -1;
}

LimberEnv *
limber_store_env (LimberStore *store)
{
  return store->env;
}

const char *
limber_store_dir (LimberStore *store)
{
  return store->dir;
}

static gboolean
read_second (LimberReader *reader, gpointer data, GError **error)
{
  *(char **) data = limber_reader_meta (reader, "second");
  return TRUE;
}

/**
 * limber_store_second:
 *
 * Returns: (transfer full) (nullable): where central's second file is, %NULL for its usual place
 */
char *
limber_store_second (LimberStore *store)
{
  char *where = NULL;

  limber_store_read (store, read_second, &where, NULL);
  return where;
}

/**
 * limber_store_identity:
 *
 * Returns: (transfer none): who this store is; it never changes
 */
const LimberIdentity *
limber_store_identity (LimberStore *store)
{
  return &store->identity;
}

/* @database: (nullable): what could be borrowed */
static void
return_reader (LimberStore *store, LimberDatabase *database)
{
  g_mutex_lock (&store->mutex);
  if (database != NULL)
    g_queue_push_head (&store->readers, database);
  store->reading--;
  g_cond_broadcast (&store->cond);
  g_mutex_unlock (&store->mutex);
}

gboolean
limber_store_refuse_closed (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The store is closed."));
  return FALSE;
}

static LimberDatabase *
borrow_reader (LimberStore *store, GError **error)
{
  LimberDatabase *database = NULL;
  gboolean closed;

  g_mutex_lock (&store->mutex);
  closed = store->closed;
  if (!closed) {
    store->reading++;
    database = g_queue_pop_head (&store->readers);
  }
  g_mutex_unlock (&store->mutex);
  if (closed) {
    limber_store_refuse_closed (error);
    return NULL;
  }
  if (database == NULL)
    database = limber_database_open (store->path, FALSE, store->env, error);
  if (database == NULL)
    return_reader (store, NULL);
  return database;
}

/**
 * limber_store_read:
 * @func: what to do, in this thread, over one unchanging view of the store
 * @data: for @func
 *
 * Returns: what @func returned
 */
gboolean
limber_store_read (LimberStore *store, LimberReadFunc func, gpointer data, GError **error)
{
  LimberDatabase *database = borrow_reader (store, error);
  LimberReader reader = { database, store->identity.klass, store->identity.has_site, store->identity.site };
  gboolean result;

  limber_store_enter (store);
  if (database == NULL)
    return FALSE;
  result = limber_database_begin_reading (database, error) && func (&reader, data, error);
  result = limber_database_untroubled (database, result, error);
  limber_database_rollback (database);
  return_reader (store, database);
  return result;
}

/**
 * limber_store_rest:
 * @all: whether what is used from now on is another part of the store than what was used until now
 *
 * Gives back the memory that a busy time has left: each connection that reads has a cache of its own, and what is free in this program
 * others can use. To be called now and then.
 */
void
limber_store_rest (LimberStore *store, gboolean all)
{
  GQueue spare = G_QUEUE_INIT;
  gboolean any;

  g_mutex_lock (&store->mutex);
  while (g_queue_get_length (&store->readers) > READERS_KEPT)
    g_queue_push_tail (&spare, g_queue_pop_tail (&store->readers));
  any = all || !g_queue_is_empty (&spare);
  for (GList *at = store->readers.head; any && at != NULL; at = at->next)
    sqlite3_db_release_memory (limber_database_handle (at->data));
  g_mutex_unlock (&store->mutex);
  g_queue_clear_full (&spare, (GDestroyNotify) limber_database_close);
  malloc_trim (0);
}

typedef struct {
  LimberReadFunc func;
  gpointer       data;
  GDestroyNotify destroy;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  if (read->destroy != NULL)
    read->destroy (read->data);
  g_free (read);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Read *read = data;
  GError *error = NULL;

  if (limber_store_read (source, read->func, read->data, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, "%s", _("Nothing was found."));
}

static gboolean
read_between (gpointer data)
{
  GTask *task = data;

  read_in_thread (task, g_task_get_source_object (task), g_task_get_task_data (task), NULL);
  return G_SOURCE_REMOVE;
}

/**
 * limber_store_read_async:
 * @func: what to do, in a worker thread, over one unchanging view of the store
 * @data: (transfer full): for @func; freed by @destroy after @callback has been called
 */
void
limber_store_read_async (LimberStore *store, LimberReadFunc func, gpointer data, GDestroyNotify destroy, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Read *read = g_new (Read, 1);

  *read = (Read){ func, data, destroy };
  g_task_set_source_tag (task, limber_store_read_async);
  g_task_set_task_data (task, read, read_free);
  if (limber_env_one_thread (store->env))
    limber_store_do_later (read_between, g_steal_pointer (&task));
  else
    g_task_run_in_thread (task, read_in_thread);
}

gboolean
limber_store_read_finish (LimberStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * limber_store_read_data:
 *
 * Returns: (transfer none): the data that was handed to limber_store_read_async(), for its callback to look at
 */
gpointer
limber_store_read_data (GAsyncResult *result)
{
  return ((Read *) g_task_get_task_data (G_TASK (result)))->data;
}
