/* Where it stands is kept with the tasks that it made, in one transaction. A list from elsewhere may well have two people at
 * one time, and means it: one of the two must have been booked here. Nor is anybody asked about what was booked so on purpose. */
#include "limber-booked-twice.h"

#include <jansson.h>
#include <string.h>

#include "limber-booking.h"
#include "limber-feed.h"
#include "limber-json.h"
#include "limber-tell.h"

#define META "booked-twice"
#define A_STEP 200
#define KEPT_EACH 5000 /* places in the order of change: where nothing was found, how far this is is kept so often */
#define MINUTE 60000

static const LimberAuthor author = { "system:limber-node", "node" };

/**
 * limber_booked_twice_new:
 *
 * Returns: (transfer full): a pass that has not looked yet
 */
LimberBookedTwice *
limber_booked_twice_new (void)
{
  LimberBookedTwice *twice = g_new0 (LimberBookedTwice, 1);

  twice->pairs = g_array_new (FALSE, TRUE, sizeof (LimberBookedTwicePair));
  twice->solved = g_array_new (FALSE, FALSE, sizeof (LimberId));
  return twice;
}

void
limber_booked_twice_free (LimberBookedTwice *twice)
{
  g_array_unref (twice->pairs);
  g_array_unref (twice->solved);
  g_free (twice);
}

static GPtrArray *
clashes_of (LimberReader *reader, const LimberId *id, const LimberBooking *booking, GError **error)
{
  const LimberId *clinician = limber_id_is_nil (&booking->clinician) ? NULL : &booking->clinician, *place = limber_id_is_nil (&booking->place) ? NULL : &booking->place;

  return limber_reader_query (reader, "clashes", error, "iidddd", booking->start, booking->start + booking->minutes * MINUTE, &booking->patient, clinician, place, id);
}

static gboolean
is_class (const char *type)
{
  return g_strcmp0 (type, "class") == 0;
}

/* Whether the two are in each other's way, and nobody meant it. Who comes when there is time is in nobody's way but her own. */
static gboolean
is_pair (const LimberRecord *record, LimberRow *other)
{
  const char *type = limber_record_text (record, "type"), *others = limber_row_text (other, "type");
  gboolean hers = limber_row_integer (other, "hers") != 0;

  if (limber_record_text (record, "number") != NULL && limber_row_text (other, "number") != NULL)
    return FALSE;
  if (g_strcmp0 (type, "walk-in") == 0 || g_strcmp0 (others, "walk-in") == 0 || (is_class (type) && is_class (others)))
    return FALSE;
  return hers || (limber_record_text (record, "anyway") == NULL && limber_row_text (other, "anyway") == NULL);
}

/* Of two the one is to be moved that no list from elsewhere has; of two such the one that was made later. */
static gboolean
add_pair (LimberBookedTwice *twice, LimberReader *reader, const LimberRecord *record, LimberRow *row, GError **error)
{
  const LimberId *id = limber_row_id (row, "id");
  g_autoptr (LimberRecord) other = limber_reader_get (reader, "appointment", id, error);
  gboolean others = limber_record_text (record, "number") != NULL || (limber_row_text (row, "number") == NULL && limber_id_compare (&record->id, id) < 0);
  const LimberRecord *moves = others ? other : record;
  LimberBookedTwicePair pair = { .at = MAX (limber_record_integer (record, "start"), limber_row_integer (row, "start")) };

  if (other == NULL)
    return FALSE;
  pair.stays = others ? record->id : other->id;
  pair.moves = moves->id;
  if (limber_record_id (moves, "patient") != NULL)
    pair.patient = *limber_record_id (moves, "patient");
  if (limber_record_id (moves, "site") != NULL)
    pair.site = *limber_record_id (moves, "site");
  pair.what = limber_row_integer (row, "hers") != 0 ? "person" : limber_row_integer (row, "same_clinician") != 0 ? "clinician" : "room";
  g_array_append_val (twice->pairs, pair);
  return TRUE;
}

static gboolean
look_at (LimberBookedTwice *twice, LimberReader *reader, const LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", id, error);
  g_autoptr (GPtrArray) others = NULL;
  LimberBooking booking;

  if (record == NULL)
    return FALSE;
  limber_booking_of (record, &booking);
  others = clashes_of (reader, id, &booking, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (is_pair (record, g_ptr_array_index (others, i)) && !add_pair (twice, reader, record, g_ptr_array_index (others, i), error))
      return FALSE;
  return others != NULL;
}

static gboolean
still_clash (LimberReader *reader, const LimberId *one, const LimberId *other)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", one, NULL), second = limber_reader_get (reader, "appointment", other, NULL);
  g_autoptr (GPtrArray) clashes = NULL;
  LimberBooking booking;

  if (record == NULL || second == NULL)
    return TRUE; /* it cannot be told here */
  if (g_strcmp0 (limber_record_word (record, "status"), "booked") != 0)
    return FALSE;
  limber_booking_of (record, &booking);
  clashes = clashes_of (reader, one, &booking, NULL);
  for (guint i = 0; clashes != NULL && i < clashes->len; i++)
    if (limber_id_equal (limber_row_id (g_ptr_array_index (clashes, i), "id"), other))
      return TRUE;
  return clashes == NULL;
}

/* Tasks whose two are apart again, since one was moved or cancelled, are done. */
static gboolean
find_solved (LimberBookedTwice *twice, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "tasks-booked-twice", error, "");

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const char *text = limber_row_text (g_ptr_array_index (rows, i), "candidates");
    g_autoptr (json_t) list = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
    const char *one = json_string_value (json_array_get (list, 0)), *other = json_string_value (json_array_get (list, 1));
    LimberId ids[2];

    if (one != NULL && other != NULL && limber_id_parse (&ids[0], one) && limber_id_parse (&ids[1], other) && !still_clash (reader, &ids[1], &ids[0]))
      g_array_append_val (twice->solved, *limber_row_id (g_ptr_array_index (rows, i), "id"));
  }
  return rows != NULL;
}

/**
 * limber_booked_twice_look:
 *
 * Looks at a few more of the appointments that were booked or moved since the last pass and are still to come.
 */
gboolean
limber_booked_twice_look (LimberBookedTwice *twice, LimberReader *reader, GError **error)
{
  g_autofree char *meta = limber_reader_meta (reader, META);
  gint64 position = limber_feed_position (reader), before = meta != NULL ? g_ascii_strtoll (meta, NULL, 10) : 0;
  g_autoptr (GPtrArray) rows = NULL;

  if (before > position)
    before = 0; /* the store was put back */
  g_array_set_size (twice->pairs, 0);
  g_array_set_size (twice->solved, 0);
  rows = limber_reader_query (reader, "appointments-changed", error, "iiii", before, (gint64) limber_kind_by_name ("appointment")->number, limber_reader_now (reader), (gint64) A_STEP);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!look_at (twice, reader, limber_row_id (g_ptr_array_index (rows, i), "id"), error))
      return FALSE;
  if (rows == NULL || !find_solved (twice, reader, error))
    return FALSE;
  twice->more = rows->len == A_STEP;
  twice->seen = twice->more ? limber_row_integer (g_ptr_array_index (rows, rows->len - 1), "seq") : position;
  twice->news = rows->len > 0 || twice->solved->len > 0 || position - before > KEPT_EACH;
  return TRUE;
}

/* Made from the two and from when: once moved, the same two may meet again. */
static void
task_id (const LimberBookedTwicePair *pair, LimberId *id)
{
  gboolean in_order = limber_id_compare (&pair->stays, &pair->moves) < 0;
  g_autofree char *other = limber_id_dup_text (in_order ? &pair->moves : &pair->stays), *at = g_strdup_printf ("%" G_GINT64_FORMAT, pair->at);

  limber_id_init_beside (id, in_order ? &pair->stays : &pair->moves, "task", "booked-twice", other, at, NULL);
}

static gboolean
make_task (LimberTransaction *transaction, const LimberBookedTwicePair *pair, GError **error)
{
  const LimberId both[] = { pair->stays, pair->moves };
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  task_id (pair, &id);
  if (limber_tell_is_told (limber_transaction_reader (transaction), &id))
    return TRUE;
  edit = limber_edit_new ("task", &id);
  limber_edit_set_word (edit, "about", "booked-twice");
  limber_edit_set_id (edit, "patient", &pair->patient);
  if (!limber_id_is_nil (&pair->site))
    limber_edit_set_id (edit, "site", &pair->site);
  limber_edit_set_id (edit, "appointment", &pair->moves);
  limber_edit_set_text (edit, "text", pair->what);
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  limber_edit_set_word (edit, "status", "open");
  return limber_tell_set_candidates (edit, both, G_N_ELEMENTS (both), error) && limber_transaction_edit (transaction, edit, &author, error);
}

/**
 * limber_booked_twice_tell:
 *
 * Asks the desk to move one of each pair that was found, takes back what it need not be asked any more, and keeps how far this is.
 */
gboolean
limber_booked_twice_tell (LimberBookedTwice *twice, LimberTransaction *transaction, GError **error)
{
  g_autofree char *meta = g_strdup_printf ("%" G_GINT64_FORMAT, twice->seen);

  for (guint i = 0; i < twice->pairs->len; i++)
    if (!make_task (transaction, &g_array_index (twice->pairs, LimberBookedTwicePair, i), error))
      return FALSE;
  for (guint i = 0; i < twice->solved->len; i++) {
    g_autoptr (LimberEdit) edit = limber_edit_new ("task", &g_array_index (twice->solved, LimberId, i));

    limber_edit_set_word (edit, "status", "done");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return limber_transaction_set_meta (transaction, META, meta, error);
}
