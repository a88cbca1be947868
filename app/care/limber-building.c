/* Nobody is left out for a doubt: who may be in the building stands in the list, with the doubt. Of several appointments of one
 * person the one tells where she is that has come furthest without being over. */
#include "limber-building.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#include "limber-date.h"
#include "limber-json.h"
#include "limber-kind.h"
#include "limber-person.h"

#define MINUTE G_GINT64_CONSTANT (60000)

typedef struct {
  gint64      now;
  GHashTable *asked;  /* (owned): appointment's id → row of an open task of today that says somebody came */
  GHashTable *people; /* (owned): person's id → LimberBuildingPerson */
} List;

static void
list_clear (List *list)
{
  g_hash_table_unref (list->asked);
  g_hash_table_unref (list->people);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

void
limber_building_person_free (LimberBuildingPerson *person)
{
  g_free (person->name);
  g_free (person->needs);
  g_free (person->place);
  g_free (person->with);
  g_free (person);
}

gboolean
limber_building_person_equal (const LimberBuildingPerson *a, const LimberBuildingPerson *b)
{
  return limber_id_equal (&a->person, &b->person) && a->standing == b->standing && a->since == b->since && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->needs, b->needs) == 0 &&
         g_strcmp0 (a->place, b->place) == 0 && g_strcmp0 (a->with, b->with) == 0;
}

static gboolean
says_somebody_came (LimberRow *task)
{
  static const char *const abouts[] = { "cannot-tell-apart", "must-be-seen", "came-late", "came-cancelled", NULL };
  const char *about = limber_row_text (task, "about");

  return about != NULL && g_strv_contains (abouts, about);
}

static void
add_task (List *list, LimberRow *task)
{
  const char *text = limber_row_text (task, "candidates");
  g_autoptr (json_t) candidates = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
  json_t *candidate;
  size_t i;
  LimberId id;

  if (!says_somebody_came (task) || !limber_time_is_same_day (limber_row_integer (task, "made"), list->now))
    return;
  if (limber_row_has (task, "appointment"))
    g_hash_table_replace (list->asked, g_memdup2 (limber_row_id (task, "appointment"), sizeof id), task);
  json_array_foreach (candidates, i, candidate)
    if (json_is_string (candidate) && limber_id_parse (&id, json_string_value (candidate)))
      g_hash_table_replace (list->asked, g_memdup2 (&id, sizeof id), task);
}

/* Whether somebody who came was sent away again: her appointment was cancelled, or she could not be seen. */
static gboolean
has_left (LimberRow *visit, gint64 rank)
{
  return rank == 1 || (rank == 2 && g_strcmp0 (limber_row_text (visit, "attendance"), "7") == 0);
}

/* Whether the visit says that its person is, or may be, in the building. */
static gboolean
standing_of (List *list, LimberRow *visit, LimberBuildingStanding *standing, gint64 *since)
{
  gint64 rank = limber_row_integer (visit, "status") % LIMBER_PROGRESS_ROUND, seen = limber_row_integer (visit, "seen");
  LimberRow *task = g_hash_table_lookup (list->asked, limber_row_id (visit, "id"));

  *since = limber_row_integer (visit, "arrived");
  if (rank >= 3 && rank <= 5) {
    *standing = rank == 3 ? LIMBER_BUILDING_WAITING : rank == 4 ? LIMBER_BUILDING_CALLED : LIMBER_BUILDING_IN;
    return TRUE;
  }
  if (rank == 6) {
    *standing = LIMBER_BUILDING_SEEN;
    return seen != 0 && list->now - seen < LIMBER_BUILDING_LEAVES_MINUTES * MINUTE;
  }
  if (rank > 6 || (task == NULL && (*since == 0 || has_left (visit, rank))))
    return FALSE;
  *standing = task != NULL && g_str_equal (limber_row_text (task, "about"), "cannot-tell-apart") ? LIMBER_BUILDING_ONE_OF : LIMBER_BUILDING_NOT_CHECKED_IN;
  if (*since == 0)
    *since = limber_row_integer (task, "made");
  return TRUE;
}

/* What she needs, without what has to do with letters and with being called. */
static char *
needs_of (LimberRow *row)
{
  static const char *const no_matter[] = { "call-by-number", "easy-read", NULL };
  const char *text = limber_row_text (row, "needs");
  g_autoptr (json_t) all = text != NULL && *text != '\0' ? limber_json_parse (text, strlen (text), NULL) : NULL, matter = json_array ();
  g_autofree char *left = NULL;
  json_t *need;
  size_t i;

  json_array_foreach (all, i, need)
    if (json_is_string (need) && !g_strv_contains (no_matter, json_string_value (need)))
      json_array_append (matter, need);
  left = limber_json_dup (matter);
  return limber_person_needs (left, limber_row_text (row, "language"));
}

/* How much is known of where she is: the larger, the better. */
static int
worth (LimberBuildingStanding standing)
{
  static const int worths[] = { [LIMBER_BUILDING_IN] = 6, [LIMBER_BUILDING_CALLED] = 5, [LIMBER_BUILDING_WAITING] = 4, [LIMBER_BUILDING_NOT_CHECKED_IN] = 3, [LIMBER_BUILDING_ONE_OF] = 2, [LIMBER_BUILDING_SEEN] = 1 };

  return worths[standing];
}

/* In the room when she was called or has gone in, else where one waits for it. */
static const char *
place_of (LimberRow *visit, LimberBuildingStanding standing)
{
  const char *area = limber_row_text (visit, "waiting_area");

  if (standing == LIMBER_BUILDING_IN || standing == LIMBER_BUILDING_CALLED || area == NULL)
    return limber_row_text (visit, "place");
  return area;
}

static void
add_visit (List *list, LimberRow *visit)
{
  const LimberId *id = limber_row_id (visit, limber_row_has (visit, "person") ? "person" : "patient");
  LimberBuildingStanding standing;
  LimberBuildingPerson *person, *known;
  gint64 since;

  if (id == NULL || !standing_of (list, visit, &standing, &since))
    return;
  known = g_hash_table_lookup (list->people, id);
  if (known != NULL && worth (known->standing) >= worth (standing))
    return;
  person = g_new0 (LimberBuildingPerson, 1);
  person->person = *id;
  person->standing = standing;
  person->since = since;
  person->name = limber_person_name (limber_row_text (visit, "family"), limber_row_text (visit, "given"), limber_row_text (visit, "title"));
  person->needs = needs_of (visit);
  person->place = g_strdup (place_of (visit, standing));
  person->with = limber_row_has (visit, "clinician_family") ? limber_person_spoken (limber_row_text (visit, "clinician_given"), limber_row_text (visit, "clinician_family")) : NULL;
  g_hash_table_replace (list->people, &person->person, person);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const LimberBuildingPerson *one = *(LimberBuildingPerson *const *) a, *other = *(LimberBuildingPerson *const *) b;
  int names = g_utf8_collate (one->name, other->name);

  return names != 0 ? names : limber_id_compare (&one->person, &other->person);
}

/**
 * limber_building_find:
 * @facts: of the day of @now
 * @now: milliseconds UTC
 *
 * Everybody who has arrived and is not known to have gone; also who came too late or is to be seen at the desk first, and was
 * never checked in.
 *
 * Returns: (transfer full) (element-type LimberBuildingPerson): by name
 */
GPtrArray *
limber_building_find (const LimberBuildingFacts *facts, gint64 now)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_building_person_free);
  g_auto (List) list = { now, g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL),
                         g_hash_table_new_full (limber_id_hash, limber_id_equal, NULL, (GDestroyNotify) limber_building_person_free) };
  GHashTableIter iter;
  gpointer person;

  for (guint i = 0; i < facts->tasks->len; i++)
    add_task (&list, g_ptr_array_index (facts->tasks, i));
  for (guint i = 0; i < facts->visits->len; i++)
    add_visit (&list, g_ptr_array_index (facts->visits, i));
  g_hash_table_iter_init (&iter, list.people);
  while (g_hash_table_iter_next (&iter, NULL, &person)) {
    g_ptr_array_add (people, person);
    g_hash_table_iter_steal (&iter);
  }
  g_ptr_array_sort (people, by_name);
  return people;
}

/**
 * limber_building_read:
 * @site: which building
 * @now: milliseconds UTC
 *
 * Returns: (transfer full) (nullable) (element-type LimberBuildingPerson): who is in it
 */
GPtrArray *
limber_building_read (LimberReader *reader, const LimberId *site, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) visits = NULL, tasks = NULL;
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 start, end;

  limber_date_of_time (now, today);
  limber_date_bounds (today, &start, &end);
  visits = limber_reader_query (reader, "today", error, "dii", site, start, end);
  tasks = visits != NULL ? limber_reader_query (reader, "tasks-open", error, "d", site) : NULL;
  return tasks != NULL ? limber_building_find (&(LimberBuildingFacts){ visits, tasks }, now) : NULL;
}

/**
 * limber_building_count:
 *
 * Returns: how many of @people are in the building: those who may have gone, and those of whom only one came, are not counted
 */
guint
limber_building_count (GPtrArray *people)
{
  guint n = 0;

  for (guint i = 0; i < people->len; i++) {
    const LimberBuildingPerson *person = g_ptr_array_index (people, i);

    n += person->standing != LIMBER_BUILDING_SEEN && person->standing != LIMBER_BUILDING_ONE_OF;
  }
  return n;
}

/**
 * limber_building_dup_count_text:
 *
 * Returns: (transfer full): "12 people are in the building, and 2 more may be."
 */
char *
limber_building_dup_count_text (GPtrArray *people)
{
  guint sure = limber_building_count (people), unsure = people->len - sure;
  g_autofree char *sum = NULL;

  if (people->len == 0)
    return g_strdup (_("Nobody is known to be in the building."));
  sum = sure > 0 ? g_strdup_printf (ngettext ("%u person is in the building", "%u people are in the building", sure), sure) : g_strdup (_("Nobody is known to be in the building"));
  if (unsure == 0)
    return g_strdup_printf ("%s.", sum);
  /* Translators: %1$s is "12 people are in the building". */
  return g_strdup_printf (ngettext ("%1$s, and %2$u more may be.", "%1$s, and %2$u more may be.", unsure), sum, unsure);
}

/**
 * limber_building_standing_name:
 *
 * Returns: (transfer none): the stable name of @standing, for scripts
 */
const char *
limber_building_standing_name (LimberBuildingStanding standing)
{
  static const char *const names[] = { "waiting", "called", "with-clinician", "not-checked-in", "one-of", "seen" };

  return names[standing];
}

/**
 * limber_building_dup_standing:
 *
 * Returns: (transfer full): how she stands, in words: "waiting", "with Priya Shah"
 */
char *
limber_building_dup_standing (const LimberBuildingPerson *person)
{
  switch (person->standing) {
  case LIMBER_BUILDING_WAITING:
    return g_strdup (_("waiting"));
  case LIMBER_BUILDING_CALLED:
    return g_strdup (_("called in"));
  case LIMBER_BUILDING_IN: /* Translators: %s is a member of staff. */
    return person->with != NULL ? g_strdup_printf (_("with %s"), person->with) : g_strdup (_("gone in"));
  case LIMBER_BUILDING_NOT_CHECKED_IN:
    return g_strdup (_("came, not checked in"));
  case LIMBER_BUILDING_ONE_OF:
    return g_strdup (_("came, or another with the same birthday"));
  default:
    return g_strdup (_("seen, may have gone"));
  }
}

/**
 * limber_building_person_to_json:
 *
 * Returns: (transfer full): the person for a script
 */
json_t *
limber_building_person_to_json (const LimberBuildingPerson *person)
{
  g_autofree char *id = limber_id_dup_text (&person->person), *since = person->since != 0 ? limber_time_to_iso (person->since) : NULL;

  return json_pack ("{s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*}", "patient", id, "name", person->name, "standing", limber_building_standing_name (person->standing), "needs", person->needs, "place", person->place,
                    "with", person->with, "since", since);
}
