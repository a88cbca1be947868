#include "limber-likely.h"

#include <string.h>

#include "limber-date.h"
#include "limber-duplicates.h"
#include "limber-found.h"

struct _LimberLikely {
  GObject        parent_instance;
  LimberStore   *store;       /* (owned) */
  GListStore    *people;      /* (owned): LimberFound */
  GCancellable  *cancellable; /* (owned) (nullable): of the last look */
  gboolean       looking;     /* it is under way */
  LimberLikeness best;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberLikely, limber_likely, G_TYPE_OBJECT)

/* One look, in a worker. */
typedef struct {
  char          *family, *given, *born, *number, *phone, *postcode; /* (owned) (nullable) */
  json_t        *people; /* (owned): as limber_found_new() reads them */
  LimberLikeness best;
} Look;

static void
look_free (Look *look)
{
  g_free (look->family);
  g_free (look->given);
  g_free (look->born);
  g_free (look->number);
  g_free (look->phone);
  g_free (look->postcode);
  json_decref (look->people);
  g_free (look);
}

static void
add_person (Look *look, LimberRow *row, const LimberDuplicate *one)
{
  gboolean restricted = limber_row_integer (row, "restricted") != 0;
  const char *number = limber_row_text (row, "nhs_number");
  g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id"));

  json_array_append_new (look->people, json_pack ("{s:s, s:s?, s:s?, s:s*, s:s?, s:s*, s:s*, s:s*, s:b, s:s}", "id", id, "family", limber_row_text (row, "family"), "given", limber_row_text (row, "given"), "title",
                                                  limber_row_text (row, "title"), "born", limber_row_text (row, "born"), "died", limber_row_text (row, "died"), "nhs_end",
                                                  number != NULL && strlen (number) == 10 ? number + 6 : NULL, "outward", restricted ? NULL : limber_row_text (row, "postcode"), "restricted", restricted, "mark",
                                                  limber_alike_words (one->why)));
}

static gboolean
read_likely (LimberReader *reader, gpointer data, GError **error)
{
  Look *look = data;
  const LimberPerson person = { look->family, look->given, look->born, look->number, look->phone, look->postcode };
  g_autoptr (GArray) found = limber_duplicates_find (reader, &person, NULL, error);

  for (guint i = 0; found != NULL && i < found->len; i++) {
    const LimberDuplicate *one = &g_array_index (found, LimberDuplicate, i);
    g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person-records", error, "d", &one->id);

    if (rows == NULL)
      return FALSE;
    look->best = MAX (look->best, one->likeness);
    if (rows->len > 0)
      add_person (look, g_ptr_array_index (rows, 0), one);
  }
  return found != NULL;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  Look *look = limber_store_read_data (result);
  LimberLikely *self = data;
  char today[LIMBER_DATE_LENGTH + 1];
  json_t *person;
  size_t i;

  limber_store_read_finish (LIMBER_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* somebody else is being looked for, or nobody any more */
  self->looking = FALSE;
  limber_date_of_time (limber_env_now (limber_store_env (self->store)), today);
  json_array_foreach (look->people, i, person)
    g_ptr_array_add (people, limber_found_new (person, today));
  self->best = look->best;
  g_list_store_splice (self->people, 0, g_list_model_get_n_items (G_LIST_MODEL (self->people)), people->pdata, people->len);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * limber_likely_stop:
 *
 * Gives up what is being looked for, and forgets whom it found.
 */
void
limber_likely_stop (LimberLikely *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->looking = FALSE;
  g_list_store_remove_all (self->people);
  self->best = LIMBER_LIKENESS_NONE;
}

/**
 * limber_likely_look:
 * @person: what is typed of her
 *
 * Looks for those who may be her, in the place of what was looked for before.
 */
void
limber_likely_look (LimberLikely *self, const LimberPerson *person)
{
  Look *look;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->looking = TRUE;
  look = g_new0 (Look, 1);
  look->family = g_strdup (person->family);
  look->given = g_strdup (person->given);
  look->born = g_strdup (person->born);
  look->number = g_strdup (person->nhs_number);
  look->phone = g_strdup (person->phone);
  look->postcode = g_strdup (person->postcode);
  look->people = json_array ();
  limber_store_read_async (self->store, read_likely, look, (GDestroyNotify) look_free, self->cancellable, on_read, self);
}

/**
 * limber_likely_get_people:
 *
 * Returns: (transfer none) (element-type LimberFound): the likeliest first
 */
GListModel *
limber_likely_get_people (LimberLikely *self)
{
  return G_LIST_MODEL (self->people);
}

/**
 * limber_likely_is_looking:
 *
 * Returns: whether it is not known yet who is like her; "changed" tells when it is
 */
gboolean
limber_likely_is_looking (LimberLikely *self)
{
  return self->looking;
}

/**
 * limber_likely_get_best:
 *
 * Returns: how much the likeliest is like her
 */
LimberLikeness
limber_likely_get_best (LimberLikely *self)
{
  return self->best;
}

static void
limber_likely_dispose (GObject *object)
{
  LimberLikely *self = LIMBER_LIKELY (object);

  if (self->people != NULL)
    limber_likely_stop (self);
  g_clear_object (&self->people);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_likely_parent_class)->dispose (object);
}

static void
limber_likely_class_init (LimberLikelyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_likely_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_LIKELY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_likely_init (LimberLikely *self)
{
  self->people = g_list_store_new (LIMBER_TYPE_FOUND);
}

/**
 * limber_likely_new:
 *
 * Returns: (transfer full): nobody yet
 */
LimberLikely *
limber_likely_new (LimberStore *store)
{
  LimberLikely *self = g_object_new (LIMBER_TYPE_LIKELY, NULL);

  self->store = g_object_ref (store);
  return self;
}
