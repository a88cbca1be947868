/* Invariant: `index` is what the store held at some moment, but for the people in `changed`, who are read again next; one
 * read is under way at a time. What is found is read from the store afresh, so that nothing old is ever shown. */
#include "limber-search.h"

#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-queries.h"
#include "limber-reader-private.h"
#include "limber-search-read.h"

#define MOST_FRESH 1000    /* more people who came or changed than this: the index is made anew */
#define PAUSE_MINIMUM 200  /* milliseconds between two makings; and four times as long as the last one took */

struct _LimberSearch {
  GObject            parent;
  LimberStore       *store;       /* (owned) */
  gulong             handler;
  GCancellable      *cancellable; /* (owned) */
  LimberSearchIndex *index;       /* (owned) (nullable): %NULL until it is first there */
  GHashTable        *changed;     /* (owned): LimberId set: people to be read again */
  gboolean           reading;
  gboolean           rebuild;     /* too much changed to read it one by one */
  gboolean           first_stale; /* who is expected today must be read again */
  char               day[LIMBER_DATE_LENGTH + 1]; /* for which they were read */
  gint64             build_time;  /* microseconds that the last making took */
  guint              timer;
};

enum { PROP_0, PROP_READY, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];
enum { UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSearch, limber_search, G_TYPE_OBJECT)

/* What a worker reads. */
typedef struct {
  LimberSearchPack *pack;    /* (owned) (nullable): everybody, to make the index of */
  GArray           *ids;     /* (owned) (nullable): LimberId: people to be read again */
  GPtrArray        *people;  /* (owned) (nullable): Person: what was read of them */
  GArray           *first;   /* (owned): guint32: who is expected today */
  gboolean          first_too;
  char              day[LIMBER_DATE_LENGTH + 1];
  gint64            started; /* microseconds */
} Reading;

/* One of `people`. */
typedef struct {
  LimberSearchPerson person;
  gboolean           held; /* she is (still) in the store */
} Person;

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free ((char *) person->person.family);
  g_free ((char *) person->person.given);
  g_free ((char *) person->person.born);
  g_free ((char *) person->person.preferred);
  for (guint i = 0; i < G_N_ELEMENTS (person->person.numbers); i++)
    g_free ((char *) person->person.numbers[i]);
  g_free (person);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->pack, limber_search_pack_free);
  g_clear_pointer (&reading->ids, g_array_unref);
  g_clear_pointer (&reading->people, g_ptr_array_unref);
  g_array_unref (reading->first);
  g_free (reading);
}

static Reading *
reading_new (LimberSearch *self)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->first = g_array_new (FALSE, FALSE, sizeof (guint32));
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), reading->day);
  reading->started = g_get_monotonic_time ();
  return reading;
}

static gboolean
read_person (LimberReader *reader, const LimberId *id, GPtrArray *people, GError **error)
{
  g_autoptr (LimberStatement) statement = NULL;
  gint64 n = limber_database_thing (reader->database, id, FALSE, NULL);
  Person *person;
  int step;

  if (n == 0)
    return TRUE;
  statement = limber_database_bound (reader->database, error, limber_query_find ("search-one")->sql, "i", n);
  step = statement != NULL ? limber_statement_step (statement, error) : -1;
  if (step < 0)
    return FALSE;
  person = g_new0 (Person, 1);
  person->held = step == 1;
  if (person->held)
    limber_search_read_row (&person->person, statement);
  person->person.n = (guint32) n;
  person->person.family = g_strdup (person->person.family);
  person->person.given = g_strdup (person->person.given);
  person->person.born = g_strdup (person->person.born);
  person->person.preferred = g_strdup (person->person.preferred);
  for (guint i = 0; i < G_N_ELEMENTS (person->person.numbers); i++)
    person->person.numbers[i] = g_strdup (person->person.numbers[i]);
  g_ptr_array_add (people, person);
  return TRUE;
}

/* In a worker. */
static gboolean
read_all (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  if (reading->pack != NULL && !limber_search_read_everybody (reader, reading->pack, error))
    return FALSE;
  for (guint i = 0; reading->ids != NULL && i < reading->ids->len; i++)
    if (!read_person (reader, &g_array_index (reading->ids, LimberId, i), reading->people, error))
      return FALSE;
  return !reading->first_too || limber_search_read_first (reader, reading->day, reading->first, error);
}

static void read_next (LimberSearch *self);

static void
rest (GTask *task, gpointer store, gpointer data, GCancellable *cancellable)
{
  limber_store_rest (store, TRUE);
  g_task_return_boolean (task, TRUE);
}

/* Everybody was read once, and is not read again: what the store has kept of that is a desk's whole memory twice over. */
static void
forget_reading (LimberSearch *self)
{
  g_autoptr (GTask) task = g_task_new (self->store, NULL, NULL, NULL);

  g_task_run_in_thread (task, rest);
}

static void
take_pack (LimberSearch *self, Reading *reading)
{
  gboolean was_ready = self->index != NULL;

  g_clear_pointer (&self->index, limber_search_index_free);
  self->index = limber_search_index_new (g_steal_pointer (&reading->pack));
  self->build_time = g_get_monotonic_time () - reading->started;
  if (!was_ready)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
  forget_reading (self);
}

static void
take_people (LimberSearch *self, GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++) {
    const Person *person = g_ptr_array_index (people, i);

    if (person->held)
      limber_search_index_put (self->index, &person->person);
    else
      limber_search_index_remove (self->index, person->person.n);
  }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberSearch *self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = limber_store_read_data (result);

  if (!limber_store_read_finish (LIMBER_STORE (source), result, &error)) {
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return; /* nobody is there any more */
    g_warning ("The search cannot read the store: %s", limber_error_for_log (error));
    self->reading = FALSE;
    self->rebuild = TRUE; /* with the next change: a store that fails is not asked again and again */
    return;
  }
  self->reading = FALSE;
  if (reading->pack != NULL)
    take_pack (self, reading);
  if (reading->people != NULL && self->index != NULL)
    take_people (self, reading->people);
  if (reading->first_too && self->index != NULL) {
    limber_search_index_set_first (self->index, (const guint32 *) reading->first->data, reading->first->len);
    memcpy (self->day, reading->day, sizeof self->day);
  }
  g_signal_emit (self, signals[UPDATED], 0);
  read_next (self);
}

static void
start_reading (LimberSearch *self, Reading *reading)
{
  self->reading = TRUE;
  limber_store_read_async (self->store, read_all, reading, reading_free, self->cancellable, on_read, self);
}

static void
build (LimberSearch *self)
{
  Reading *reading = reading_new (self);

  self->rebuild = FALSE;
  self->first_stale = FALSE;
  g_hash_table_remove_all (self->changed); /* the view that is read now is newer than they are */
  reading->pack = limber_search_pack_new ();
  reading->first_too = TRUE;
  start_reading (self, reading);
}

static void
read_changed (LimberSearch *self)
{
  Reading *reading = reading_new (self);
  GHashTableIter iter;
  gpointer id;

  reading->ids = g_array_new (FALSE, FALSE, sizeof (LimberId));
  reading->people = g_ptr_array_new_with_free_func (person_free);
  reading->first_too = self->first_stale;
  self->first_stale = FALSE;
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (reading->ids, id, 1);
  g_hash_table_remove_all (self->changed);
  start_reading (self, reading);
}

static gboolean
on_timer (gpointer data)
{
  LimberSearch *self = data;

  self->timer = 0;
  if (!self->reading)
    build (self);
  return G_SOURCE_REMOVE;
}

/* A first sync changes everybody for seconds on end: between two makings of the index there is a pause, or it would take
 * a processor for itself. */
static void
build_soon (LimberSearch *self)
{
  guint pause = (guint) MAX (PAUSE_MINIMUM, self->build_time * 4 / 1000);

  if (self->timer == 0)
    self->timer = g_timeout_add (pause, on_timer, self);
}

static void
read_next (LimberSearch *self)
{
  guint changed = g_hash_table_size (self->changed);

  if (self->reading)
    return;
  if (self->index != NULL && limber_search_index_n_fresh (self->index) + changed > MOST_FRESH)
    self->rebuild = TRUE;
  if (self->rebuild)
    build_soon (self);
  else if (changed > 0 || self->first_stale)
    read_changed (self);
}

static void
on_changed (LimberStore *store, LimberChanges *changes, gpointer data)
{
  LimberSearch *self = data;
  gboolean people = limber_changes_has_kind (changes, "patient");

  if (!people && !limber_changes_has_kind (changes, "appointment"))
    return;
  self->first_stale = TRUE;
  if (people && changes->many)
    self->rebuild = TRUE;
  for (guint i = 0; people && i < changes->records->len; i++) {
    const LimberChanged *changed = &g_array_index (changes->records, LimberChanged, i);

    if (g_str_equal (changed->kind->name, "patient"))
      g_hash_table_add (self->changed, limber_id_copy (&changed->id));
  }
  read_next (self);
}

static void
limber_search_dispose (GObject *object)
{
  LimberSearch *self = LIMBER_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  if (self->handler != 0)
    g_signal_handler_disconnect (self->store, self->handler);
  self->handler = 0;
  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (limber_search_parent_class)->dispose (object);
}

static void
limber_search_finalize (GObject *object)
{
  LimberSearch *self = LIMBER_SEARCH (object);

  g_clear_pointer (&self->index, limber_search_index_free);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_search_parent_class)->finalize (object);
}

static void
limber_search_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_READY)
    g_value_set_boolean (value, limber_search_is_ready (LIMBER_SEARCH (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_search_class_init (LimberSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = limber_search_dispose;
  object_class->finalize = limber_search_finalize;
  object_class->get_property = limber_search_get_property;
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[UPDATED] = g_signal_new ("updated", LIMBER_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_search_init (LimberSearch *self)
{
  self->cancellable = g_cancellable_new ();
  self->changed = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
}

/**
 * limber_search_new:
 * @store: whose people are looked for
 *
 * Returns: (transfer full): a search whose index is being made; see "ready"
 */
LimberSearch *
limber_search_new (LimberStore *store)
{
  LimberSearch *self = g_object_new (LIMBER_TYPE_SEARCH, NULL);

  self->store = g_object_ref (store);
  self->handler = g_signal_connect (store, "changed", G_CALLBACK (on_changed), self);
  build (self);
  return self;
}

/**
 * limber_search_is_ready:
 *
 * Returns: whether the index is there; before, nobody is found
 */
gboolean
limber_search_is_ready (LimberSearch *search)
{
  return search->index != NULL;
}

static LimberSearchFetch *
fetch_new (LimberSearch *self, const char *text, guint limit)
{
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  if (self->index != NULL && !g_str_equal (today, self->day)) { /* midnight has passed */
    self->first_stale = TRUE;
    read_next (self);
  }
  return limber_search_fetch_new (self->index != NULL ? limber_search_index_find (self->index, text, today, limit) : NULL, limit);
}

/**
 * limber_search_find:
 * @text: whatever was typed
 * @limit: the most that are wanted
 *
 * Finds people and reads them here and now. Screens use limber_search_find_async().
 *
 * Returns: (transfer full) (element-type LimberRow): those whom all of @text fits: first who is expected at this site
 *   today, then whose family name begins so, then the rest, each by name; last, with fewer than a handful, whom it does not
 *   quite fit (see limber_search_index_find()). Of people who were merged one is found
 */
GPtrArray *
limber_search_find (LimberSearch *search, const char *text, guint limit)
{
  g_autoptr (LimberSearchFetch) fetch = fetch_new (search, text, limit);
  g_autoptr (GError) error = NULL;

  if (!limber_store_read (search->store, limber_search_fetch_read, fetch, &error))
    g_warning ("The search cannot read the store: %s", limber_error_for_log (error));
  return limber_search_fetch_rows (fetch);
}

/**
 * limber_search_once:
 * @reader: whose people are looked for
 *
 * As limber_search_find() for somebody who asks once: everybody is read for it.
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): as limber_search_find(); each error of the store
 */
GPtrArray *
limber_search_once (LimberReader *reader, const char *text, guint limit, GError **error)
{
  g_autoptr (LimberSearchPack) pack = limber_search_pack_new ();
  g_autoptr (LimberSearchIndex) index = NULL;
  g_autoptr (LimberSearchFetch) fetch = NULL;
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint32));
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_reader_now (reader), today);
  if (!limber_search_read_everybody (reader, pack, error) || !limber_search_read_first (reader, today, first, error))
    return NULL;
  index = limber_search_index_new (g_steal_pointer (&pack));
  limber_search_index_set_first (index, (const guint32 *) first->data, first->len);
  fetch = limber_search_fetch_new (limber_search_index_find (index, text, today, limit), limit);
  return limber_search_fetch_read (reader, fetch, error) ? limber_search_fetch_rows (fetch) : NULL;
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (limber_store_read_finish (LIMBER_STORE (source), result, &error))
    g_task_return_pointer (task, limber_search_fetch_rows (limber_store_read_data (result)), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * limber_search_find_async:
 *
 * As limber_search_find(), but the rows are read in a worker. Cancel the last one when the next letter is typed.
 */
void
limber_search_find_async (LimberSearch *search, const char *text, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (search, cancellable, callback, user_data);

  g_task_set_source_tag (task, limber_search_find_async);
  limber_store_read_async (search->store, limber_search_fetch_read, fetch_new (search, text, limit), limber_search_fetch_free, cancellable, on_fetched, task);
}

/**
 * limber_search_find_finish:
 *
 * Returns: (transfer full) (nullable) (element-type LimberRow): as limber_search_find()
 */
GPtrArray *
limber_search_find_finish (LimberSearch *search, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
