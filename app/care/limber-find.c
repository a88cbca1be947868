/* Invariants: an answer with people in it is given only after the commit that says of whom it told; a grant is made only of
 * somebody whom an answer to the same device told of a little before. */
#include "limber-find.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-search-terms.h"
#include "limber-standing.h"
#include "limber-text.h"

#define HOUR_MS (G_GINT64_CONSTANT (60) * 60 * 1000)

/* What is sought can be said by these. */
static const char *const keys[] = { "nhs_number", "family", "given", "born", "phone" };

/**
 * limber_find_may_ask:
 *
 * Returns: whether devices of @klass may ask for people: not the public's
 */
gboolean
limber_find_may_ask (LimberClass klass)
{
  return (klass & (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)) != 0;
}

/* Comparing. */

/* Whether what was said, which may have a slip in it, is the name, or the beginning of a part of it. */
static gboolean
is_name (const char *said, const char *name)
{
  g_autofree char *folded = limber_text_fold (name != NULL ? name : "");
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1), words = g_strsplit (said, " ", -1);
  g_autofree char *together = g_strjoinv ("", parts), *said_together = g_strjoinv ("", words);

  if (g_str_has_prefix (together, said_together) || limber_search_terms_near (said_together, together))
    return TRUE;
  for (guint i = 0; parts[i] != NULL; i++)
    for (guint j = 0; words[j] != NULL; j++)
      if (strlen (words[j]) > 1 && (g_str_has_prefix (parts[i], words[j]) || limber_search_terms_near (words[j], parts[i])))
        return TRUE;
  return FALSE;
}

static gboolean
is_phone (const char *said, const char *number)
{
  g_autofree char *figures = limber_text_digits (number != NULL ? number : "");

  return g_str_has_suffix (figures, said);
}

static gboolean
fits (const json_t *question, LimberRow *row)
{
  const char *family = limber_json_string (question, "family"), *given = limber_json_string (question, "given"), *born = limber_json_string (question, "born"),
             *phone = limber_json_string (question, "phone");

  if (family == NULL || !is_name (family, limber_row_text (row, "family")) || (given != NULL && !is_name (given, limber_row_text (row, "given")) && !is_name (given, limber_row_text (row, "preferred"))))
    return FALSE;
  if (born != NULL && g_strcmp0 (born, limber_row_text (row, "born")) != 0)
    return FALSE;
  return phone == NULL || is_phone (phone, limber_row_text (row, "mobile")) || is_phone (phone, limber_row_text (row, "phone"));
}

/* Answering. */

typedef struct {
  LimberReader   *reader;
  LimberFindHolds holds;
  gpointer        data;
  GHashTable     *told;   /* (owned): LimberId: who is among them already */
  json_t         *people; /* (owned) */
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->told, g_hash_table_unref);
  g_clear_pointer (&search->people, json_decref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static char *
outward_of (const char *postcode)
{
  g_autofree char *text = limber_text_postcode (postcode != NULL ? postcode : "");
  char *space = strchr (text, ' ');

  return space != NULL ? g_strndup (text, (gsize) (space - text)) : NULL;
}

/* As little as tells people apart. */
static json_t *
describe (Search *search, LimberRow *row)
{
  const LimberId *id = limber_row_id (row, "id");
  const char *number = limber_row_text (row, "nhs_number");
  gboolean restricted = limber_row_integer (row, "restricted") != 0;
  g_autofree char *text = limber_id_dup_text (id), *outward = restricted ? NULL : outward_of (limber_row_text (row, "postcode"));

  return json_pack ("{s:s, s:s?, s:s?, s:s*, s:s*, s:s?, s:s*, s:s*, s:s*, s:s*, s:b, s:b}", "id", text, "family", limber_row_text (row, "family"), "given", limber_row_text (row, "given"), "title",
                    limber_row_text (row, "title"), "preferred", limber_row_text (row, "preferred"), "born", limber_row_text (row, "born"), "nhs_end", number != NULL && strlen (number) == 10 ? number + 6 : NULL, "outward", outward, "practice",
                    restricted ? NULL : limber_row_text (row, "practice"), "died", limber_row_text (row, "died"), "restricted", restricted, "here", search->holds (search->reader, id, search->data));
}

/* Adds the person whose record it is, whichever of her records it is. */
static gboolean
add_person (Search *search, const LimberId *record, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (search->reader, "find-person", error, "d", record);
  LimberRow *row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;

  if (row != NULL && g_hash_table_add (search->told, limber_id_copy (limber_row_id (row, "id"))))
    json_array_append_new (search->people, describe (search, row));
  return rows != NULL;
}

/* @exact: what the query found is what is sought, however the rest is spelt */
static gboolean
look (Search *search, const json_t *question, const char *query, const char *key, gboolean exact, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (search->reader, query, error, "t", limber_json_string (question, key));

  for (guint i = 0; rows != NULL && i < rows->len && json_array_size (search->people) <= LIMBER_FIND_MOST; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);

    if ((exact || fits (question, row)) && !add_person (search, limber_row_id (row, "id"), error))
      return FALSE;
  }
  return rows != NULL;
}

static json_t *
answer_of (Search *search)
{
  gsize n = json_array_size (search->people);

  if (n > LIMBER_FIND_MOST)
    return json_pack ("{s:s, s:[]}", "result", "too-many", "people");
  return json_pack ("{s:s, s:O}", "result", n > 0 ? "found" : "none", "people", search->people);
}

/**
 * limber_find_search:
 * @question: as limber_find_question_read() gives it
 * @holds: whether those who ask may hold somebody already
 *
 * Looks for somebody among all whom this store holds. Where the NHS number is nobody's, what else is sought counts.
 *
 * Returns: (transfer full) (nullable): the answer, without its "inquiry"; it may be given once limber_find_note() has been
 *   carried out
 */
json_t *
limber_find_search (LimberReader *reader, const json_t *question, LimberFindHolds holds, gpointer data, GError **error)
{
  g_auto (Search) search = { reader, holds, data, g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL), json_array () };
  gboolean born = limber_json_string (question, "born") != NULL;

  if (limber_json_string (question, "nhs_number") != NULL && !look (&search, question, "find-by-nhs-number", "nhs_number", TRUE, error))
    return NULL;
  if (json_array_size (search.people) == 0 && limber_json_string (question, "family") != NULL && (born || limber_json_string (question, "phone") != NULL) &&
      !look (&search, question, born ? "find-by-born" : "find-by-phone", born ? "born" : "phone", FALSE, error))
    return NULL;
  return answer_of (&search);
}

/* Writing down. */

/* @id: (out): who asks, and as what. She is asked about at her own site: a device lets nobody else sign in but whoever covers there, and
 * central may hear of that later than of her question. */
static LimberRecord *
read_staff (LimberReader *reader, const json_t *json, LimberId *id, GError **error)
{
  const char *author = limber_json_string (json, "staff");
  g_autoptr (LimberRecord) staff = limber_id_parse (id, author) ? limber_reader_get (reader, "staff", id, NULL) : NULL;

  if (staff == NULL || limber_standing_is_over (staff, limber_reader_now (reader))) {
    limber_error_refuse (error, _("The central service does not know who is asking. Sign in again; somebody who is new has to be entered there first."));
    return NULL;
  }
  return limber_standing_check (reader, &(LimberAuthor){ author, "" }, LIMBER_ACTION_FIND, NULL, error) ? g_steal_pointer (&staff) : NULL;
}

static gboolean
edit_as (LimberTransaction *transaction, LimberEdit *edit, const LimberId *staff, const LimberRecord *record, GError **error)
{
  g_autofree char *author = limber_id_dup_text (staff);
  const char *role = limber_record_text (record, "role");

  return limber_transaction_edit (transaction, edit, &(LimberAuthor){ author, role != NULL ? role : "staff" }, error);
}

static void
set_list (LimberEdit *edit, const char *field, json_t *list)
{
  g_autofree char *text = limber_json_dup (list);

  limber_edit_set_text (edit, field, text);
}

/* By what was asked: never the thing itself. */
static json_t *
list_keys (const json_t *question)
{
  json_t *by = json_array ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_get (question, keys[i]) != NULL)
      json_array_append_new (by, json_string (keys[i]));
  return by;
}

static json_t *
list_people (const json_t *answer)
{
  const json_t *people = json_object_get (answer, "people");
  json_t *ids = json_array ();

  for (gsize i = 0; i < json_array_size (people); i++)
    json_array_append (ids, json_object_get (json_array_get (people, i), "id"));
  return ids;
}

/* The inquiry that @question is, if it was asked before: its answer was lost on the way. */
static LimberRecord *
read_known (LimberReader *reader, const LimberFindAsker *asker, const json_t *question, LimberId *id)
{
  limber_id_init_beside (id, &asker->device, "inquiry", limber_json_string (question, "id"), NULL);
  return limber_reader_get (reader, "inquiry", id, NULL);
}

/**
 * limber_find_check_rate:
 * @question: as limber_find_question_read() gives it
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: whether the device has not asked too often; to be asked before anybody is looked for
 */
gboolean
limber_find_check_rate (LimberReader *reader, const LimberFindAsker *asker, const json_t *question, GError **error)
{
  LimberId id;
  g_autoptr (LimberRecord) known = read_known (reader, asker, question, &id);

  if (known != NULL || limber_reader_count (reader, "count-inquiries", "di", &asker->device, limber_reader_now (reader) - HOUR_MS) < LIMBER_FIND_AN_HOUR)
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("This computer has asked for people %d times in the last hour, which is the most that is allowed. Wait a while, or go on as with somebody new."),
               LIMBER_FIND_AN_HOUR);
  return FALSE;
}

static LimberEdit *
make_inquiry (LimberTransaction *transaction, const LimberFindAsker *asker, const LimberId *id, const LimberId *staff, const json_t *question, const json_t *answer)
{
  LimberEdit *edit = limber_edit_new ("inquiry", id);
  g_autoptr (json_t) by = list_keys (question), shown = list_people (answer);
  const char *note = limber_json_string (question, "note");

  limber_edit_set_id (edit, "device", &asker->device);
  if (!limber_id_is_nil (&asker->site))
    limber_edit_set_id (edit, "site", &asker->site);
  limber_edit_set_id (edit, "staff", staff);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  limber_edit_set_text (edit, "reason", limber_json_string (question, "reason"));
  if (note != NULL)
    limber_edit_set_text (edit, "note", note);
  set_list (edit, "by", by);
  limber_edit_set_text (edit, "result", limber_json_string (answer, "result"));
  set_list (edit, "shown", shown);
  return edit;
}

/**
 * limber_find_note:
 * @question: as limber_find_question_read() gives it
 * @answer: (inout): what limber_find_search() found; gets the "inquiry"
 * @error: LIMBER_ERROR_REFUSED when nobody known asks, or a device asks too often
 *
 * Writes down that it was asked, and of whom it tells.
 */
gboolean
limber_find_note (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *question, json_t *answer, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberId id, staff;
  g_autoptr (LimberRecord) record = read_staff (reader, question, &staff, error), known = NULL;
  g_autoptr (LimberEdit) edit = NULL;
  g_autofree char *text = NULL;

  if (record == NULL)
    return FALSE;
  known = read_known (reader, asker, question, &id);
  text = limber_id_dup_text (&id);
  json_object_set_new (answer, "inquiry", json_string (text));
  if (known != NULL) { /* if the answer is another by now, it is asked anew */
    g_autoptr (json_t) shown = list_people (answer);
    g_autofree char *list = limber_json_dup (shown);

    return g_strcmp0 (limber_record_text (known, "shown"), list) == 0 || limber_error_refuse (error, _("Please ask again."));
  }
  if (!limber_find_check_rate (reader, asker, question, error))
    return FALSE;
  edit = make_inquiry (transaction, asker, &id, &staff, question, answer);
  return edit_as (transaction, edit, &staff, record, error);
}

/* The inquiry whose answer told @asker of @patient, if it is not too long ago. */
static LimberRecord *
read_inquiry (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *choice, const LimberId *patient, GError **error)
{
  LimberId id;
  g_autoptr (LimberRecord) inquiry = limber_id_parse (&id, limber_json_string (choice, "inquiry")) ? limber_reader_get (limber_transaction_reader (transaction), "inquiry", &id, NULL) : NULL;
  const LimberId *device = inquiry != NULL ? limber_record_id (inquiry, "device") : NULL;
  const char *shown = inquiry != NULL ? limber_record_text (inquiry, "shown") : NULL;
  g_autofree char *text = limber_id_dup_text (patient);

  if (device != NULL && limber_id_equal (device, &asker->device) && shown != NULL && strstr (shown, text) != NULL &&
      limber_transaction_now (transaction) - limber_record_integer (inquiry, "at") <= LIMBER_FIND_CHOOSE_MINUTES * HOUR_MS / 60)
    return g_steal_pointer (&inquiry);
  limber_error_refuse (error, _("That was asked too long ago. Please ask again."));
  return NULL;
}

/* To choose her again after her visit was ended by mistake goes on with the same grant. */
static gboolean
write_grant (LimberTransaction *transaction, const LimberFindAsker *asker, const LimberRecord *inquiry, const LimberId *patient, const char *day, const LimberId *staff, const LimberRecord *record,
             GError **error)
{
  g_autofree char *text = limber_id_dup_text (patient);
  g_autoptr (LimberEdit) edit = NULL;
  g_autoptr (LimberRecord) known = NULL;
  LimberId id;

  limber_id_init_beside (&id, &inquiry->id, "grant", text, day, NULL);
  known = limber_reader_get (limber_transaction_reader (transaction), "grant", &id, NULL);
  edit = limber_edit_new ("grant", &id);
  if (known != NULL) {
    limber_edit_set_none (edit, "ended");
    return edit_as (transaction, edit, staff, record, error);
  }
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_id (edit, "site", &asker->site);
  limber_edit_set_text (edit, "day", day);
  limber_edit_set_id (edit, "device", &asker->device);
  limber_edit_set_id (edit, "staff", staff);
  limber_edit_set_id (edit, "inquiry", &inquiry->id);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  return edit_as (transaction, edit, staff, record, error);
}

/**
 * limber_find_grant:
 * @choice: "staff", "inquiry" and "patient", one of those whom its answer told of
 * @holds: whether those who ask may hold somebody already
 * @error: LIMBER_ERROR_REFUSED when that was too long ago
 *
 * Makes her the site's until the end of this day; unless she is anyhow.
 *
 * Returns: (transfer full) (nullable): "patient", and "day" when she goes at its end
 */
json_t *
limber_find_grant (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *choice, LimberFindHolds holds, gpointer data, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberId staff, patient;
  g_autoptr (LimberRecord) record = read_staff (reader, choice, &staff, error), inquiry = NULL;
  g_autofree char *text = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  if (record == NULL)
    return NULL;
  if (!limber_id_parse (&patient, limber_json_string (choice, "patient"))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A choice of nobody");
    return NULL;
  }
  inquiry = read_inquiry (transaction, asker, choice, &patient, error);
  if (inquiry == NULL)
    return NULL;
  text = limber_id_dup_text (&patient);
  if (holds (reader, &patient, data))
    return json_pack ("{s:s}", "patient", text);
  limber_date_of_time (limber_transaction_now (transaction), today);
  if (!write_grant (transaction, asker, inquiry, &patient, today, &staff, record, error))
    return NULL;
  return json_pack ("{s:s, s:s}", "patient", text, "day", today);
}

static gboolean
end_grants (LimberTransaction *transaction, GPtrArray *rows, const LimberId *staff, const LimberRecord *record, GError **error)
{
  for (guint i = 0; i < rows->len; i++) {
    g_autoptr (LimberEdit) edit = limber_edit_new ("grant", limber_row_id (g_ptr_array_index (rows, i), "id"));

    limber_edit_set_integer (edit, "ended", limber_transaction_now (transaction));
    if (!edit_as (transaction, edit, staff, record, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_find_end:
 * @choice: "staff" and "patient"
 *
 * Ends her visit: what the site holds of her by a grant alone it lets go of. For somebody who is there for another reason too
 * that changes nothing.
 *
 * Returns: (transfer full) (nullable): "patient", and how many grants were "ended"
 */
json_t *
limber_find_end (LimberTransaction *transaction, const LimberFindAsker *asker, const json_t *choice, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberId staff, patient;
  g_autoptr (LimberRecord) record = read_staff (reader, choice, &staff, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *text = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  if (record == NULL)
    return NULL;
  if (!limber_id_parse (&patient, limber_json_string (choice, "patient"))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "The end of nobody's visit");
    return NULL;
  }
  limber_date_of_time (limber_transaction_now (transaction), today);
  rows = limber_reader_query (reader, "grants", error, "ddt", &patient, &asker->site, today);
  if (rows == NULL || !end_grants (transaction, rows, &staff, record, error))
    return NULL;
  text = limber_id_dup_text (&patient);
  return json_pack ("{s:s, s:i}", "patient", text, "ended", (int) rows->len);
}
