#include "limber-errand.h"

#include <glib/gi18n-lib.h>

#include "limber-person.h"

/* (nullable): whom a key is about. */
static const LimberId *
person_of (LimberPages *pages, LimberHit *marked)
{
  return marked != NULL ? limber_hit_get_patient (marked) : limber_pages_get_person (pages);
}

/**
 * limber_errand_open:
 * @marked: (nullable): who is marked among those found; so below
 * @page: a page's name
 *
 * Opens a page about her.
 */
void
limber_errand_open (LimberPages *pages, LimberHit *marked, const char *page)
{
  const LimberId *patient = person_of (pages, marked);
  g_autofree char *id = patient != NULL ? limber_id_dup_text (patient) : NULL;

  if (id != NULL)
    limber_pages_open (pages, page, id);
}

/* (nullable): her appointment that a key is about. */
static LimberVisit *
visit_of (LimberPages *pages, LimberHit *marked)
{
  return marked != NULL ? limber_hit_get_visit (marked) : limber_pages_get_visit (pages);
}

/* Whether another is booked in its place rather than beside it. */
static gboolean
is_booked_again (LimberVisit *visit)
{
  return visit != NULL && (limber_visit_get_status (visit) == LIMBER_VISIT_CANCELLED || limber_visit_get_status (visit) == LIMBER_VISIT_DID_NOT_ATTEND);
}

/**
 * limber_errand_book:
 *
 * Opens the diary, for her where there is somebody: in the place of her appointment of today where that was cancelled or she did not come.
 */
void
limber_errand_book (LimberPages *pages, LimberHit *marked)
{
  LimberVisit *visit = visit_of (pages, marked);
  const LimberId *patient = person_of (pages, marked);
  g_autofree char *id = NULL, *about = NULL;

  if (is_booked_again (visit)) {
    id = limber_id_dup_text (limber_visit_get_id (visit));
    about = g_strconcat ("again:", id, NULL);
  } else if (patient != NULL) {
    id = limber_id_dup_text (patient);
    about = g_strconcat ("for:", id, NULL);
  }
  limber_pages_open (pages, "diary", about);
}

/**
 * limber_errand_visit:
 * @what: move or cancel
 *
 * Opens the diary to move or cancel her appointment of today; of who has none here today, her page, where all of hers stand.
 *
 * Returns: (nullable): what there is to say about it
 */
const char *
limber_errand_visit (LimberPages *pages, LimberHit *marked, const char *what)
{
  LimberVisit *visit = visit_of (pages, marked);
  g_autofree char *id = NULL, *about = NULL;

  if (visit == NULL) {
    if (person_of (pages, marked) == NULL)
      return NULL;
    limber_errand_open (pages, marked, "person");
    return _("No appointment here today. Choose which one on this page.");
  }
  if (limber_visit_get_status (visit) != LIMBER_VISIT_BOOKED)
    return _("This appointment cannot be moved or cancelled any more: it is not just booked.");
  id = limber_id_dup_text (limber_visit_get_id (visit));
  about = g_strdup_printf ("%s:%s", what, id);
  limber_pages_open (pages, "diary", about);
  return NULL;
}

/* Somebody who is here, until her name is known. */
typedef struct {
  LimberDeeds *deeds; /* (owned) */
  LimberId     patient;
  char        *name;  /* (owned) (nullable) */
} WalkIn;

static void
walk_in_free (WalkIn *walk_in)
{
  g_object_unref (walk_in->deeds);
  g_free (walk_in->name);
  g_free (walk_in);
}

static gboolean
read_name (LimberReader *reader, gpointer data, GError **error)
{
  WalkIn *walk_in = data;
  g_autoptr (LimberRecord) person = limber_reader_get (reader, "patient", &walk_in->patient, error);

  if (person != NULL)
    walk_in->name = limber_person_spoken (limber_record_text (person, "given"), limber_record_text (person, "family"));
  return person != NULL;
}

static void
name_read (GObject *source, GAsyncResult *result, gpointer data)
{
  LimberStore *store = LIMBER_STORE (source);
  WalkIn *walk_in = limber_store_read_data (result);
  LimberBooking booking = { .minutes = LIMBER_BOOKING_USUAL_MINUTES, .patient = walk_in->patient, .site = limber_store_identity (store)->site };
  LimberId id;

  if (!limber_store_read_finish (store, result, NULL)) /* she is not here any more */
    return;
  limber_id_init_new (&id, limber_store_env (store));
  limber_deeds_say (walk_in->deeds, &(LimberActing){ .act = LIMBER_ACT_WALK_IN, .id = id, .booking = &booking }, walk_in->name);
}

/**
 * limber_errand_walk_in:
 *
 * Checks her in who is here without an appointment, to be seen when there is time; of whom it is easily another who is meant, opens her page, where
 * the same key checks her in.
 *
 * Returns: whether she is checked in
 */
gboolean
limber_errand_walk_in (LimberPages *pages, LimberHit *marked)
{
  const LimberWork *work = limber_pages_get_work (pages);
  const LimberId *patient = person_of (pages, marked);
  WalkIn *walk_in;

  if (patient == NULL)
    return FALSE;
  if (marked != NULL && limber_hit_is_doubtful (marked)) {
    limber_errand_open (pages, marked, "person");
    return FALSE;
  }
  walk_in = g_new0 (WalkIn, 1);
  walk_in->deeds = g_object_ref (work->deeds);
  walk_in->patient = *patient;
  limber_store_read_async (work->store, read_name, walk_in, (GDestroyNotify) walk_in_free, NULL, name_read, NULL);
  return TRUE;
}
