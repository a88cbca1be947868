/* A store tells what it knows, and whether that is all: central has every change, a hub those that passed it, a device its own and, of others, what
 * stands. Of a restricted person nothing is told of where she lives or how she is reached. */
#include "limber-past.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-detail.h"
#include "limber-error.h"
#include "limber-field-words.h"
#include "limber-history.h"
#include "limber-json.h"
#include "limber-person.h"

typedef struct {
  LimberReader *reader;
  gboolean      restricted;
  GPtrArray    *changes; /* (owned): Told */
} Past;

/* One change, told. */
typedef struct {
  gint64  at;
  guint   order; /* among those of one moment */
  json_t *json;  /* (owned) */
} Told;

static void
told_free (Told *told)
{
  json_decref (told->json);
  g_free (told);
}

/* "Anna Reid", or what wrote it where that was nobody of the staff. */
static char *
name_of (LimberReader *reader, const char *author)
{
  g_autoptr (LimberRecord) staff = NULL;
  LimberId id;

  if (author == NULL)
    return NULL;
  if (g_str_equal (author, "patient"))
    return g_strdup (_("The person, at a public screen"));
  if (g_str_equal (author, "system:import"))
    return g_strdup (_("A list that was taken in"));
  if (!limber_id_parse (&id, author))
    return g_strdup (_("Limber"));
  staff = limber_reader_get (reader, "staff", &id, NULL);
  return staff != NULL ? limber_person_spoken (limber_record_text (staff, "given"), limber_record_text (staff, "family")) : g_strdup (_("Somebody of another site"));
}

/* (nullable): what the device is called, where that is known. */
static char *
place_of (LimberReader *reader, const LimberId *device)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "device", device, NULL);

  return record != NULL ? g_strdup (limber_record_text (record, "name")) : NULL;
}

/* A value in words; of what it points to, its name. */
static char *
words_of (LimberReader *reader, const LimberField *field, const LimberValue *value)
{
  const LimberDetail *detail = value->type != LIMBER_VALUE_ID ? limber_detail_find (field->name) : NULL;
  g_autofree char *text = limber_field_to_text (field, value);

  if (detail != NULL)
    return limber_detail_shown (detail, text);
  return *text == '\0' ? g_strdup (_("Nothing")) : limber_field_words_value (reader, field, value);
}

static gboolean
is_withheld (const Past *past, const LimberField *field)
{
  const LimberDetail *detail = limber_detail_find (field->name);

  return past->restricted && detail != NULL && detail->contact;
}

static void
tell_values (const Past *past, const LimberPastChange *change, json_t *json)
{
  const LimberField *field = change->field;
  gboolean withheld = field != NULL && is_withheld (past, field);
  g_autofree char *label = NULL, *before = NULL, *after = NULL, *shown_before = NULL, *shown_after = NULL;

  json_object_set_new (json, "withheld", json_boolean (withheld));
  if (field == NULL)
    return;
  json_object_set_new (json, "field", json_string (field->name));
  label = limber_field_words_name ("patient", field->name);
  json_object_set_new (json, "label", json_string (label));
  if (withheld)
    return;
  after = limber_field_to_text (field, &change->after);
  shown_after = words_of (past->reader, field, &change->after);
  json_object_set_new (json, "after", json_string (after));
  json_object_set_new (json, "after_words", json_string (shown_after));
  if (!change->knows_before)
    return;
  before = limber_field_to_text (field, &change->before);
  shown_before = words_of (past->reader, field, &change->before);
  json_object_set_new (json, "before", json_string (before));
  json_object_set_new (json, "before_words", json_string (shown_before));
}

static void
tell (Past *past, const LimberId *record, const LimberPastChange *change)
{
  static const char *const fates[] = { "stands", "replaced", "lost" };
  Told *told = g_new0 (Told, 1);
  g_autofree char *at = limber_time_to_iso (change->at), *who = name_of (past->reader, change->author), *device = limber_id_dup_text (&change->device), *place = place_of (past->reader, &change->device);
  g_autofree char *id = limber_id_dup_text (record);

  told->at = change->at;
  told->order = past->changes->len;
  told->json = json_pack ("{s:s, s:I, s:s*, s:s*, s:s*, s:s, s:s*, s:s, s:s}", "at", at, "time", (json_int_t) change->at, "author", change->author, "who", who, "role", change->role, "device", device,
                          "where", place, "fate", fates[change->fate], "record", id);
  tell_values (past, change, told->json);
  g_ptr_array_add (past->changes, told);
}

static gboolean
tell_record (Past *past, const LimberId *record, GError **error)
{
  g_autoptr (GArray) changes = limber_history_read (past->reader, "patient", record, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    tell (past, record, &g_array_index (changes, LimberPastChange, i));
  return changes != NULL;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const Told *one = *(const Told *const *) a, *other = *(const Told *const *) b;

  if (one->at != other->at)
    return one->at > other->at ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

/**
 * limber_past_json:
 * @patient: any of her records: all of them are told of
 * @error: LIMBER_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): "changes", at most LIMBER_PAST_MOST, the newest first; "more", whether there were more; "complete",
 *   whether no change can be missing
 */
json_t *
limber_past_json (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autoptr (GPtrArray) records = limber_reader_query (reader, "person-records", error, "d", patient), changes = g_ptr_array_new_with_free_func ((GDestroyNotify) told_free);
  Past past = { reader, FALSE, changes };
  json_t *list;

  for (guint i = 0; records != NULL && i < records->len; i++)
    past.restricted = past.restricted || limber_row_integer (g_ptr_array_index (records, i), "restricted") != 0;
  if (records != NULL && records->len == 0)
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("This person is not here."));
  if (records == NULL || records->len == 0)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    if (!tell_record (&past, limber_row_id (g_ptr_array_index (records, i), "id"), error))
      return NULL;
  g_ptr_array_sort (changes, newest_first);
  list = json_array ();
  for (guint i = 0; i < MIN (changes->len, LIMBER_PAST_MOST); i++)
    json_array_append (list, ((Told *) g_ptr_array_index (changes, i))->json);
  return json_pack ("{s:o, s:b, s:b}", "changes", list, "more", changes->len > LIMBER_PAST_MOST, "complete", limber_reader_class (reader) == LIMBER_CLASS_CENTRAL);
}
