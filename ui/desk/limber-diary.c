/* Three live queries say that something changed; then the day's free times are read anew in a worker, and the columns are made
 * of all of it in one go, so that what is on the screen is of one moment. A reading that is overtaken by another is thrown away. */
#include "limber-diary.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-person.h"

#define MINUTE 60000

struct _LimberDiary {
  GObject          parent_instance;
  LimberStore     *store;    /* (owned) */
  char             date[LIMBER_DATE_LENGTH + 1];
  LimberLiveQuery *visits;   /* (owned) */
  LimberLiveQuery *clinics;  /* (owned) */
  LimberLiveQuery *closures; /* (owned) */
  GPtrArray       *items;    /* (owned): LimberDiaryItem, by column, then by time */
  GPtrArray       *columns;  /* (owned): LimberDiaryColumn */
  GCancellable    *reading;  /* (owned) (nullable) */
  GError          *error;    /* (owned) (nullable) */
  gboolean         loaded;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberDiary, limber_diary, G_TYPE_OBJECT)

/* What a worker reads. */
typedef struct {
  char       date[LIMBER_DATE_LENGTH + 1];
  gboolean   has_site;
  LimberId   site;
  GPtrArray *slots; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->slots, g_ptr_array_unref);
  g_free (reading);
}

static void
item_free (LimberDiaryItem *item)
{
  g_clear_object (&item->visit);
  g_clear_pointer (&item->slot, limber_slot_free);
  g_free (item);
}

static void
column_free (LimberDiaryColumn *column)
{
  g_free (column->name);
  g_free (column->rooms);
  g_free (column);
}

static gint64
now_of (LimberDiary *self)
{
  return limber_env_now (limber_store_env (self->store));
}

/* The clinician's column, made when there is none yet. */
static LimberDiaryColumn *
column_of (LimberDiary *self, const LimberId *clinician, const char *given, const char *family)
{
  LimberDiaryColumn *column;

  for (guint i = 0; i < self->columns->len; i++) {
    column = g_ptr_array_index (self->columns, i);
    if (clinician != NULL ? limber_id_equal (&column->clinician, clinician) : limber_id_is_nil (&column->clinician))
      return column;
  }
  column = g_new0 (LimberDiaryColumn, 1);
  if (clinician != NULL)
    column->clinician = *clinician;
  /* Translators: the head of a column of appointments that are with no clinician yet */
  column->name = clinician != NULL ? limber_person_spoken (given, family) : g_strdup (_("Nobody yet"));
  column->rooms = g_strdup ("");
  g_ptr_array_add (self->columns, column);
  return column;
}

static void
add_room (LimberDiaryColumn *column, const char *room)
{
  g_auto (GStrv) rooms = g_strsplit (column->rooms, ", ", -1);
  g_autofree char *before = NULL;

  if (room == NULL || g_strv_contains ((const char *const *) rooms, room))
    return;
  before = column->rooms;
  column->rooms = *before != '\0' ? g_strdup_printf ("%s, %s", before, room) : g_strdup (room);
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const LimberDiaryColumn *one = *(LimberDiaryColumn *const *) a, *other = *(LimberDiaryColumn *const *) b;
  gboolean nil = limber_id_is_nil (&one->clinician), others = limber_id_is_nil (&other->clinician);

  if (nil != others)
    return nil ? 1 : -1;
  return g_utf8_collate (one->name, other->name) != 0 ? g_utf8_collate (one->name, other->name) : limber_id_compare (&one->clinician, &other->clinician);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const LimberDiaryItem *one = *(LimberDiaryItem *const *) a, *other = *(LimberDiaryItem *const *) b;

  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;
  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  if ((one->visit != NULL) != (other->visit != NULL))
    return one->visit != NULL ? -1 : 1;
  return one->visit != NULL ? limber_id_compare (limber_visit_get_id (one->visit), limber_visit_get_id (other->visit)) : limber_id_compare (limber_row_id (one->slot->clinic, "id"), limber_row_id (other->slot->clinic, "id"));
}

/* Who is cancelled takes no room in the day. */
static void
add_visits (LimberDiary *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->visits)); i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->visits), i);
    g_autoptr (LimberVisit) visit = limber_visit_new (row, now_of (self));
    gint64 minutes = limber_row_has (row, "minutes") ? limber_row_integer (row, "minutes") : LIMBER_BOOKING_USUAL_MINUTES;
    LimberDiaryItem *item;

    if (limber_visit_get_status (visit) == LIMBER_VISIT_CANCELLED)
      continue;
    add_room (column_of (self, limber_row_id (row, "clinician"), limber_row_text (row, "clinician_given"), limber_row_text (row, "clinician_family")), limber_row_text (row, "place"));
    item = g_new0 (LimberDiaryItem, 1);
    item->visit = g_steal_pointer (&visit);
    item->start = limber_visit_get_start (item->visit);
    item->end = item->start + minutes * MINUTE;
    g_ptr_array_add (self->items, item);
  }
}

/* What is over is no longer free. */
static void
add_slots (LimberDiary *self, GPtrArray *slots)
{
  for (guint i = 0; i < slots->len; i++) {
    const LimberSlot *slot = g_ptr_array_index (slots, i);
    LimberDiaryColumn *column = column_of (self, limber_row_id (slot->clinic, "clinician"), limber_row_text (slot->clinic, "given"), limber_row_text (slot->clinic, "family"));
    LimberDiaryItem *item;

    add_room (column, limber_row_text (slot->clinic, "place_name"));
    if (slot->taken || slot->start + slot->minutes * MINUTE <= now_of (self))
      continue;
    column->n_free++;
    item = g_new0 (LimberDiaryItem, 1);
    item->slot = limber_slot_copy (slot);
    item->start = slot->start;
    item->end = slot->start + slot->minutes * MINUTE;
    g_ptr_array_add (self->items, item);
  }
}

/* Those that are at one time stand side by side. @from: the first of them; @to: behind the last. */
static void
place_side_by_side (GPtrArray *items, guint from, guint to)
{
  guint lanes = 1;

  for (guint i = from; i < to; i++) {
    LimberDiaryItem *item = g_ptr_array_index (items, i);
    guint64 taken = 0;

    for (guint j = from; j < i; j++) {
      const LimberDiaryItem *before = g_ptr_array_index (items, j);

      if (before->end > item->start)
        taken |= G_GUINT64_CONSTANT (1) << MIN (before->lane, 62);
    }
    while (taken & (G_GUINT64_CONSTANT (1) << item->lane) && item->lane < 62)
      item->lane++;
    lanes = MAX (lanes, item->lane + 1);
  }
  for (guint i = from; i < to; i++)
    ((LimberDiaryItem *) g_ptr_array_index (items, i))->lanes = lanes;
}

static void
arrange (LimberDiary *self)
{
  guint from = 0;
  gint64 end = 0;

  g_ptr_array_sort (self->columns, compare_columns);
  for (guint i = 0; i < self->items->len; i++) {
    LimberDiaryItem *item = g_ptr_array_index (self->items, i);
    const LimberId *clinician = item->visit != NULL ? limber_row_id (limber_visit_get_row (item->visit), "clinician") : limber_row_id (item->slot->clinic, "clinician");

    while (item->column + 1 < self->columns->len && !limber_id_equal (&((LimberDiaryColumn *) g_ptr_array_index (self->columns, item->column))->clinician, clinician != NULL ? clinician : &(LimberId){ { 0 } }))
      item->column++;
  }
  g_ptr_array_sort (self->items, compare_items);
  for (guint i = 0; i <= self->items->len; i++) {
    LimberDiaryItem *item = i < self->items->len ? g_ptr_array_index (self->items, i) : NULL;
    gboolean apart = item == NULL || i == from || item->column != ((LimberDiaryItem *) g_ptr_array_index (self->items, from))->column || item->start >= end;

    if (apart && i > from)
      place_side_by_side (self->items, from, i);
    if (apart) {
      from = i;
      end = 0;
    }
    if (item != NULL)
      end = MAX (end, item->end);
  }
}

static gboolean
read_slots (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;
  LimberSlotAsk ask = { .site = reading->has_site ? &reading->site : NULL };

  reading->slots = limber_slots_of_day (reader, &ask, reading->date, error);
  return reading->slots != NULL;
}

static void
slots_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberDiary) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = limber_store_read_finish (LIMBER_STORE (source), result, &error);
  const Reading *reading = limber_store_read_data (result);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL || !g_str_equal (reading->date, self->date))
    return;
  g_clear_error (&self->error);
  if (!done)
    self->error = g_steal_pointer (&error);
  g_ptr_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->columns, 0);
  if (done) {
    add_visits (self);
    add_slots (self, reading->slots);
    arrange (self);
  }
  self->loaded = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Reads the free times as soon as everything else is there. */
static void
read_again (LimberDiary *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  Reading *reading;

  if (!limber_live_query_is_loaded (self->visits) || !limber_live_query_is_loaded (self->clinics) || !limber_live_query_is_loaded (self->closures))
    return;
  g_cancellable_cancel (self->reading);
  g_set_object (&self->reading, NULL);
  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  g_strlcpy (reading->date, self->date, sizeof reading->date);
  reading->has_site = identity->has_site;
  reading->site = identity->site;
  limber_store_read_async (self->store, read_slots, reading, (GDestroyNotify) reading_free, self->reading, slots_read, g_object_ref (self));
}

static void
watch (LimberDiary *self, LimberLiveQuery *query)
{
  g_signal_connect_object (query, "items-changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (query, "notify::loaded", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
}

static void
limber_diary_dispose (GObject *object)
{
  LimberDiary *self = LIMBER_DIARY (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->visits);
  g_clear_object (&self->clinics);
  g_clear_object (&self->closures);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_diary_parent_class)->dispose (object);
}

static void
limber_diary_finalize (GObject *object)
{
  LimberDiary *self = LIMBER_DIARY (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->columns);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (limber_diary_parent_class)->finalize (object);
}

static void
limber_diary_class_init (LimberDiaryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_diary_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_diary_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_DIARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_diary_init (LimberDiary *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
}

static const LimberId *
site_of (LimberDiary *self)
{
  const LimberIdentity *identity = limber_store_identity (self->store);

  return identity->has_site ? &identity->site : NULL;
}

/**
 * limber_diary_new:
 * @store: a desk's, clinic's or office's; the last serves every site
 * @date: YYYY-MM-DD
 *
 * Returns: (transfer full): that day, which loads by and by
 */
LimberDiary *
limber_diary_new (LimberStore *store, const char *date)
{
  LimberDiary *self = g_object_new (LIMBER_TYPE_DIARY, NULL);
  gint64 from = 0, to = 0;

  self->store = g_object_ref (store);
  g_strlcpy (self->date, date, sizeof self->date);
  limber_date_bounds (date, &from, &to);
  self->visits = limber_live_query_new (store, "today", "dii", site_of (self), from, to);
  self->clinics = limber_live_query_new (store, "clinics", "dtt", site_of (self), date, date);
  self->closures = limber_live_query_new (store, "closures", "tt", date, date);
  watch (self, self->visits);
  watch (self, self->clinics);
  watch (self, self->closures);
  read_again (self);
  return self;
}

/**
 * limber_diary_get_date:
 *
 * Returns: YYYY-MM-DD
 */
const char *
limber_diary_get_date (LimberDiary *self)
{
  return self->date;
}

/**
 * limber_diary_set_date:
 * @date: YYYY-MM-DD: the day to show from now on
 */
void
limber_diary_set_date (LimberDiary *self, const char *date)
{
  if (g_str_equal (date, self->date))
    return;
  g_strlcpy (self->date, date, sizeof self->date);
  self->loaded = FALSE;
  limber_diary_reload (self);
}

/**
 * limber_diary_reload:
 *
 * Reads the day anew: after an error, or because it is another.
 */
void
limber_diary_reload (LimberDiary *self)
{
  gint64 from = 0, to = 0;

  limber_date_bounds (self->date, &from, &to);
  limber_live_query_set_values (self->visits, "dii", site_of (self), from, to);
  limber_live_query_set_values (self->clinics, "dtt", site_of (self), self->date, self->date);
  limber_live_query_set_values (self->closures, "tt", self->date, self->date);
  read_again (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_diary_get_items:
 *
 * Returns: (transfer none) (element-type LimberDiaryItem): by column, then by time; true until "changed"
 */
GPtrArray *
limber_diary_get_items (LimberDiary *self)
{
  return self->items;
}

/**
 * limber_diary_get_columns:
 *
 * Returns: (transfer none) (element-type LimberDiaryColumn): true until "changed"
 */
GPtrArray *
limber_diary_get_columns (LimberDiary *self)
{
  return self->columns;
}

/**
 * limber_diary_find:
 *
 * Returns: (transfer none) (nullable): the appointment, where it is on this day
 */
LimberVisit *
limber_diary_find (LimberDiary *self, const LimberId *appointment)
{
  for (guint i = 0; i < self->items->len; i++) {
    const LimberDiaryItem *item = g_ptr_array_index (self->items, i);

    if (item->visit != NULL && limber_id_equal (limber_visit_get_id (item->visit), appointment))
      return item->visit;
  }
  return NULL;
}

gboolean
limber_diary_is_loaded (LimberDiary *self)
{
  return self->loaded;
}

/**
 * limber_diary_get_error:
 *
 * Returns: (nullable): why the day could not be read
 */
const GError *
limber_diary_get_error (LimberDiary *self)
{
  const GError *error = limber_live_query_get_error (self->visits);

  return error != NULL ? error : self->error;
}

/**
 * limber_diary_dup_closed:
 *
 * Returns: (transfer full) (nullable): why the site sees nobody on this day, %NULL when it does
 */
char *
limber_diary_dup_closed (LimberDiary *self)
{
  const LimberId *site = site_of (self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->closures)); i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->closures), i);
    const LimberId *where = limber_row_id (row, "site");

    if (limber_row_id (row, "clinician") == NULL && (where == NULL || (site != NULL && limber_id_equal (where, site))))
      return g_strdup (limber_row_text (row, "name"));
  }
  return NULL;
}

/**
 * limber_diary_tick:
 *
 * To be called now and then: times that are over are no longer free.
 */
void
limber_diary_tick (LimberDiary *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    const LimberDiaryItem *item = g_ptr_array_index (self->items, i);

    if (item->slot != NULL && item->end <= now_of (self)) {
      read_again (self);
      return;
    }
  }
}

/**
 * limber_diary_item_dup_title:
 *
 * Returns: (transfer full): what stands in the day: "10:00 SMITH, Jane (Mrs)", "10:30 Free"
 */
char *
limber_diary_item_dup_title (const LimberDiaryItem *item)
{
  g_autofree char *time = limber_time_for_staff (item->start);

  /* Translators: a time that nobody has booked */
  return g_strdup_printf ("%s  %s", time, item->visit != NULL ? limber_visit_get_name (item->visit) : _("Free"));
}

/**
 * limber_diary_item_dup_description:
 * @column: whose it is
 *
 * Returns: (transfer full): all of it, as a screen reader says it
 */
char *
limber_diary_item_dup_description (const LimberDiaryItem *item, const LimberDiaryColumn *column)
{
  g_autofree char *from = limber_time_for_staff (item->start), *to = limber_time_for_staff (item->end), *status = item->visit != NULL ? limber_visit_dup_status_text (item->visit) : NULL;

  if (item->visit == NULL) /* Translators: two times and a clinician */
    return g_strdup_printf (_("Free, %1$s to %2$s, %3$s"), from, to, column->name);
  /* Translators: a person, two times, a clinician, and what the appointment is: Booked, Here 09:22 */
  return g_strdup_printf (_("%1$s, %2$s to %3$s, %4$s, %5$s"), limber_visit_get_name (item->visit), from, to, column->name, status);
}
