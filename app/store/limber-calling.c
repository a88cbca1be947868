#include "limber-calling.h"

#include <string.h>

#include "limber-canary.h"
#include "limber-date.h"
#include "limber-text.h"

static const char *const words[] = { "", "name", "number", "fetch" };

/**
 * limber_call_by_parse:
 * @word: (nullable): a site's or a person's call_by
 */
LimberCallBy
limber_call_by_parse (const char *word)
{
  for (LimberCallBy by = LIMBER_CALL_BY_NAME; by <= LIMBER_CALL_BY_FETCH; by++)
    if (g_strcmp0 (word, words[by]) == 0)
      return by;
  return LIMBER_CALL_BY_NOTHING;
}

/* Of several first names the first: the others tell more people who she is. */
static char *
first_of (const char *given)
{
  g_autofree char *plain = g_strstrip (g_strdup (given != NULL ? given : ""));

  return g_strndup (plain, strcspn (plain, " "));
}

/**
 * limber_calling_name:
 * @given: (nullable): her given names
 * @family: (nullable): her family name
 *
 * Returns: (transfer full) (nullable): "Declan O."; %NULL for somebody who has only one name, which would be all of it
 */
char *
limber_calling_name (const char *given, const char *family)
{
  g_autofree char *first = first_of (given), *initial = limber_text_initials (NULL, family);

  return *first != '\0' && *initial != '\0' ? g_strdup_printf ("%s %s.", first, initial) : NULL;
}

/**
 * limber_calling_of_row:
 * @row: with site_call_by, hers, given, family and ticket, as of a visit
 * @calling: (out): what she is called by; clear it in the end
 */
void
limber_calling_of_row (LimberRow *row, LimberCalling *calling)
{
  LimberCallBy site = limber_call_by_parse (limber_row_text (row, "site_call_by"));

  *calling = (LimberCalling){ 0 };
  if (site == LIMBER_CALL_BY_NOTHING)
    return;
  calling->by = MAX (site, (LimberCallBy) CLAMP (limber_row_integer (row, "hers"), LIMBER_CALL_BY_NAME, LIMBER_CALL_BY_FETCH));
  if (limber_canary (LIMBER_CANARY_CALLED_BY_SITE))
    calling->by = site;
  if (calling->by == LIMBER_CALL_BY_NAME)
    calling->shown = limber_calling_name (limber_row_text (row, "given"), limber_row_text (row, "family"));
  if (calling->by != LIMBER_CALL_BY_FETCH && calling->shown == NULL) {
    calling->by = LIMBER_CALL_BY_NUMBER;
    calling->shown = g_strdup (limber_row_text (row, "ticket"));
  }
  if (calling->shown == NULL)
    calling->by = LIMBER_CALL_BY_FETCH;
}

/**
 * limber_calling_read:
 * @appointment: whose person is meant
 * @calling: (out): what she is called by; clear it in the end
 *
 * Whoever has no number where one is needed is fetched.
 */
gboolean
limber_calling_read (LimberReader *reader, const LimberRecord *appointment, LimberCalling *calling, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  char day[LIMBER_DATE_LENGTH + 1];
  gint64 from, until;

  *calling = (LimberCalling){ 0 };
  limber_date_of_time (limber_record_integer (appointment, "start"), day);
  if (!limber_date_bounds (day, &from, &until))
    return TRUE;
  rows = limber_reader_query (reader, "calling", error, "dii", &appointment->id, from, until - 1);
  if (rows != NULL && rows->len > 0)
    limber_calling_of_row (g_ptr_array_index (rows, 0), calling);
  return rows != NULL;
}

void
limber_calling_clear (LimberCalling *calling)
{
  g_clear_pointer (&calling->shown, g_free);
}

/* @gone_in: (out) (optional): whether she has gone in since. */
static gboolean
stands (LimberReader *reader, const LimberRecord *call, const LimberId *appointment, gboolean *gone_in)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "called-since", NULL, "d", appointment);
  LimberRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;

  if (row == NULL || limber_record_integer (call, "at") < limber_row_integer (row, "at"))
    return limber_canary (LIMBER_CANARY_CALL_STAYS);
  if (gone_in != NULL)
    *gone_in = limber_row_integer (row, "gone_in") != 0;
  return TRUE;
}

/**
 * limber_calling_shows:
 * @call: a record of the kind call
 * @appointment: the one that it is about
 *
 * Returns: whether a waiting-room screen may hold @call: it was not taken back since, and something may be shown of her
 */
gboolean
limber_calling_shows (LimberReader *reader, const LimberRecord *call, const LimberRecord *appointment)
{
  g_auto (LimberCalling) calling = { 0 };

  return stands (reader, call, &appointment->id, NULL) && limber_calling_read (reader, appointment, &calling, NULL) && calling.shown != NULL;
}

static LimberValue *
field (LimberRecord *record, const char *name)
{
  return &record->values[limber_kind_field (record->kind, name)];
}

/**
 * limber_calling_project:
 * @call: (inout): a record of the kind call; gets the fields that only a waiting-room screen has
 */
void
limber_calling_project (LimberReader *reader, LimberRecord *call)
{
  const LimberId *id = limber_record_id (call, "appointment");
  g_autoptr (LimberRecord) appointment = id != NULL ? limber_reader_get (reader, "appointment", id, NULL) : NULL;
  const LimberId *place_id = appointment != NULL ? limber_record_id (appointment, "place") : NULL;
  g_autoptr (LimberRecord) place = place_id != NULL ? limber_reader_get (reader, "place", place_id, NULL) : NULL;
  g_auto (LimberCalling) calling = { 0 };
  gboolean gone_in = FALSE;

  if (appointment == NULL || !stands (reader, call, id, &gone_in) || !limber_calling_read (reader, appointment, &calling, NULL) || calling.shown == NULL)
    return;
  limber_value_set_text (field (call, "shown"), calling.shown);
  limber_value_set_integer (field (call, "numbered"), calling.by == LIMBER_CALL_BY_NUMBER);
  limber_value_set_integer (field (call, "gone_in"), gone_in);
  if (place != NULL && limber_record_text (place, "name") != NULL)
    limber_value_set_text (field (call, "place_name"), limber_record_text (place, "name"));
}
