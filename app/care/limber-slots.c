/* A day at a time: the day's clinics, what is taken on it, and the days on which nobody is seen are read once each. */
#include "limber-slots.h"

#include "limber-date.h"

#define MINUTE 60000

typedef struct {
  gint64   start, end;
  gboolean has_clinician, has_place;
  LimberId clinician, place;
} Taken;

void
limber_slot_free (LimberSlot *slot)
{
  g_object_unref (slot->clinic);
  g_free (slot);
}

/**
 * limber_slot_copy:
 *
 * Returns: (transfer full): the same
 */
LimberSlot *
limber_slot_copy (const LimberSlot *slot)
{
  LimberSlot *copy = g_memdup2 (slot, sizeof *slot);

  g_object_ref (copy->clinic);
  return copy;
}

/* What takes somebody's time or a room between two moments. */
static GArray *
read_taken (LimberReader *reader, const LimberId *except, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "taken", error, "iid", from, to, except);
  GArray *taken = rows != NULL ? g_array_sized_new (FALSE, TRUE, sizeof (Taken), rows->len) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    const LimberId *clinician = limber_row_id (row, "clinician"), *place = limber_row_id (row, "place");
    Taken one = { .start = limber_row_integer (row, "start"), .has_clinician = clinician != NULL, .has_place = place != NULL };

    one.end = one.start + limber_row_integer (row, "minutes") * MINUTE;
    if (clinician != NULL)
      one.clinician = *clinician;
    if (place != NULL)
      one.place = *place;
    g_array_append_val (taken, one);
  }
  return taken;
}

static gboolean
is_taken (const GArray *taken, const LimberId *clinician, const LimberId *place, gint64 start, gint64 end)
{
  for (guint i = 0; i < taken->len; i++) {
    const Taken *one = &g_array_index (taken, Taken, i);

    if (one->start >= end)
      return FALSE; /* they are in order */
    if (one->end > start && ((one->has_clinician && limber_id_equal (&one->clinician, clinician)) || (place != NULL && one->has_place && limber_id_equal (&one->place, place))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_asked_for (LimberRow *clinic, const LimberSlotAsk *ask)
{
  const LimberId *clinician = limber_row_id (clinic, "clinician"), *place = limber_row_id (clinic, "place");

  return clinician != NULL && (ask->clinician == NULL || limber_id_equal (clinician, ask->clinician)) && (ask->place == NULL || (place != NULL && limber_id_equal (place, ask->place))) &&
         limber_clinic_takes (clinic, ask->type);
}

/* An hour that the clocks leap over has no times in it. */
static void
add_slots (GPtrArray *slots, LimberRow *clinic, const GArray *taken, const char *date)
{
  int ends = (int) limber_row_integer (clinic, "ends"), minutes = (int) limber_row_integer (clinic, "minutes");

  for (int at = (int) limber_row_integer (clinic, "begins"); minutes > 0 && at + minutes <= ends; at += minutes) {
    LimberSlot *slot;
    gint64 start;

    if (!limber_time_of_clock (date, at * 60, &start))
      continue;
    slot = g_new0 (LimberSlot, 1);
    slot->clinic = g_object_ref (clinic);
    slot->start = start;
    slot->minutes = minutes;
    slot->taken = is_taken (taken, limber_row_id (clinic, "clinician"), limber_row_id (clinic, "place"), start, start + minutes * MINUTE);
    g_ptr_array_add (slots, slot);
  }
}

static int
in_order (gconstpointer a, gconstpointer b)
{
  const LimberSlot *one = *(LimberSlot *const *) a, *other = *(LimberSlot *const *) b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return limber_id_compare (limber_row_id (one->clinic, "id"), limber_row_id (other->clinic, "id"));
}

/* @clinics: those that may be held on that day; @closures: of it */
static gboolean
add_day (GPtrArray *slots, LimberReader *reader, const LimberSlotAsk *ask, GPtrArray *clinics, GPtrArray *closures, const char *date, GError **error)
{
  g_autoptr (GArray) taken = NULL;
  gint64 from, to;

  if (!limber_date_bounds (date, &from, &to))
    return TRUE;
  for (guint i = 0; i < clinics->len; i++) {
    LimberRow *clinic = g_ptr_array_index (clinics, i);

    if (!is_asked_for (clinic, ask) || !limber_clinic_is_on (clinic, date) || limber_closure_of (closures, limber_row_id (clinic, "site"), limber_row_id (clinic, "clinician"), date) != NULL)
      continue;
    if (taken == NULL)
      taken = read_taken (reader, ask->except, from, to, error);
    if (taken == NULL)
      return FALSE;
    add_slots (slots, clinic, taken, date);
  }
  return TRUE;
}

/**
 * limber_slots_of_day:
 * @date: YYYY-MM-DD
 *
 * Returns: (transfer full) (nullable) (element-type LimberSlot): the times that clinics offer on that day, taken or not, in
 *   the order of time; none on a closed day
 */
GPtrArray *
limber_slots_of_day (LimberReader *reader, const LimberSlotAsk *ask, const char *date, GError **error)
{
  g_autoptr (GPtrArray) clinics = limber_clinics_read (reader, ask->site, date, date, error);
  g_autoptr (GPtrArray) closures = clinics != NULL ? limber_reader_query (reader, "closures", error, "tt", date, date) : NULL;
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_slot_free);

  if (closures == NULL || !add_day (slots, reader, ask, clinics, closures, date, error))
    return NULL;
  g_ptr_array_sort (slots, in_order);
  return g_steal_pointer (&slots);
}

/* Leaves of @day what is free and not before @from. */
static void
take_free (GPtrArray *free_ones, GPtrArray *day, gint64 from, guint most)
{
  g_ptr_array_sort (day, in_order);
  for (guint i = 0; i < day->len && free_ones->len < most; i++) {
    const LimberSlot *slot = g_ptr_array_index (day, i);

    if (!slot->taken && slot->start >= from)
      g_ptr_array_add (free_ones, limber_slot_copy (slot));
  }
}

/**
 * limber_slots_free:
 * @from: milliseconds UTC: none before
 * @days: how many days to look through, that of @from included; at most LIMBER_SLOTS_AHEAD
 * @most: how many to find
 *
 * Returns: (transfer full) (nullable) (element-type LimberSlot): the next free times, in order
 */
GPtrArray *
limber_slots_free (LimberReader *reader, const LimberSlotAsk *ask, gint64 from, int days, guint most, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_slot_free), clinics = NULL, closures = NULL;
  g_autofree char *last = NULL;
  char first[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (from, first);
  days = CLAMP (days, 1, LIMBER_SLOTS_AHEAD);
  last = limber_date_add_days (first, days - 1);
  clinics = limber_clinics_read (reader, ask->site, first, last, error);
  closures = clinics != NULL ? limber_reader_query (reader, "closures", error, "tt", first, last) : NULL;
  if (closures == NULL)
    return NULL;
  for (int i = 0; i < days && found->len < most; i++) {
    g_autofree char *date = limber_date_add_days (first, i);
    g_autoptr (GPtrArray) day = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_slot_free);

    if (!add_day (day, reader, ask, clinics, closures, date, error))
      return NULL;
    take_free (found, day, from, most);
  }
  return g_steal_pointer (&found);
}
