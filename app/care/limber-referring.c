/* What is asked here is who calls, for whom, and what she says; no question sorts people, and nothing is suggested to the caller. */
#include "limber-referring.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-contact.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-registering.h"
#include "limber-standing.h"

#define WORDS_LONGEST 4000

typedef struct {
  const char *code, *word;
} Word;

static const char *const part_codes[] = { "neck", "shoulder", "elbow", "hand-wrist", "back", "hip", "knee", "ankle-foot", "other", NULL };
static const char *const caller_codes[] = { "self", "family", "carer", "professional", "other", NULL };

static const char *
word_of (const Word *words, gsize n, const char *code)
{
  for (gsize i = 0; code != NULL && i < n; i++)
    if (g_str_equal (words[i].code, code))
      return _(words[i].word);
  return NULL;
}

/**
 * limber_referring_parts:
 *
 * Returns: (transfer none): the codes of the parts of the body that are asked about
 */
const char *const *
limber_referring_parts (void)
{
  return part_codes;
}

/**
 * limber_referring_callers:
 *
 * Returns: (transfer none): the codes of who may call
 */
const char *const *
limber_referring_callers (void)
{
  return caller_codes;
}

/**
 * limber_referring_part:
 *
 * Returns: what a part of the body is called, or its code
 */
const char *
limber_referring_part (const char *code)
{
  static const Word words[] = {
    { "neck", N_("Neck") }, { "shoulder", N_("Shoulder") }, { "elbow", N_("Elbow") }, { "hand-wrist", N_("Hand or wrist") }, { "back", N_("Back") },
    { "hip", N_("Hip") }, { "knee", N_("Knee") }, { "ankle-foot", N_("Ankle or foot") }, { "other", N_("Somewhere else") },
  };
  const char *word = word_of (words, G_N_ELEMENTS (words), code);

  return word != NULL ? word : code;
}

/**
 * limber_referring_caller:
 *
 * Returns: (nullable): who called, in words
 */
const char *
limber_referring_caller (const char *code)
{
  static const Word words[] = {
    { "self", N_("The person") }, { "family", N_("Somebody of the family") }, { "carer", N_("A carer") }, { "professional", N_("A health professional") }, { "other", N_("Somebody else") },
  };

  return word_of (words, G_N_ELEMENTS (words), code);
}

/**
 * limber_referring_source:
 *
 * Returns: where a referral came from, in words
 */
const char *
limber_referring_source (const char *code)
{
  static const Word words[] = {
    { "gp", N_("From the GP") }, { "self-web", N_("By the person, on the web") }, { "self-phone", N_("By telephone") }, { "self-kiosk", N_("By the person, at a kiosk") }, { "acute", N_("From the hospital") },
  };
  const char *word = word_of (words, G_N_ELEMENTS (words), code);

  return word != NULL ? word : _("From elsewhere");
}

static const char *
side_of (const char *side)
{
  static const Word words[] = { { "left", N_("left") }, { "right", N_("right") }, { "both", N_("both sides") } };

  return word_of (words, G_N_ELEMENTS (words), side);
}

/**
 * limber_referring_where:
 * @parts: (nullable): a JSON array of codes
 * @side: (nullable): its code
 *
 * Returns: (transfer full): "Knee, Back (left)"; "" for nothing
 */
char *
limber_referring_where (const char *parts, const char *side)
{
  g_autoptr (json_t) list = parts != NULL ? limber_json_parse (parts, strlen (parts), NULL) : NULL;
  GString *text = g_string_new (NULL);
  json_t *part;
  size_t i;

  json_array_foreach (list, i, part)
    if (json_string_value (part) != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", limber_referring_part (json_string_value (part)));
  if (text->len > 0 && side_of (side) != NULL)
    g_string_append_printf (text, " (%s)", side_of (side));
  return g_string_free (text, FALSE);
}

static gboolean
is_said (const char *text)
{
  return text != NULL && text[strspn (text, " \t\n")] != '\0';
}

static gboolean
check_parts (const LimberReferringCall *call, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (call->parts != NULL ? call->parts : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !g_strv_contains (part_codes, parts[i]))
      return limber_error_refuse (error, _("There is a part of the body among those said that is not on the list."));
  return is_said (call->parts) || limber_error_refuse (error, _("Ask which part of the body it is."));
}

static gboolean
check_callback (const LimberReferringCall *call, LimberRow *person, GError **error)
{
  g_autofree char *phone = NULL;

  if (!is_said (call->callback))
    return is_said (limber_row_text (person, "mobile")) || is_said (limber_row_text (person, "phone")) ||
           limber_error_refuse (error, _("Ask where the caller can be called back: no telephone number is held."));
  phone = limber_contact_phone (call->callback, error);
  return phone != NULL;
}

/**
 * limber_referring_check:
 * @person: for whom it is, a row of the query "person"
 * @error: LIMBER_ERROR_REFUSED, saying what is still to be asked
 *
 * Returns: whether the call can be taken down so
 */
gboolean
limber_referring_check (const LimberReferringCall *call, LimberRow *person, GError **error)
{
  if (limber_row_has (person, "died"))
    return limber_error_refuse (error, _("This person is recorded as having died."));
  if (!is_said (call->words))
    return limber_error_refuse (error, _("Write down what the caller says."));
  if (strlen (call->words) > WORDS_LONGEST)
    return limber_error_refuse (error, _("That is more than can be kept: shorten what the caller says."));
  if (call->caller_is == NULL || !g_strv_contains (caller_codes, call->caller_is))
    return limber_error_refuse (error, _("Ask who is calling."));
  if (!g_str_equal (call->caller_is, "self") && !is_said (call->caller))
    return limber_error_refuse (error, _("Ask for the caller’s name."));
  return check_parts (call, error) && check_callback (call, person, error) &&
         (call->agreed || limber_error_refuse (error, _("Ask whether this may be written down. Without that nothing can be saved.")));
}

static gboolean
set_said (LimberEdit *edit, const char *field, const char *text, GError **error)
{
  g_autofree char *trimmed = is_said (text) ? g_strstrip (g_strdup (text)) : NULL;

  return trimmed == NULL || limber_edit_parse (edit, field, trimmed, error);
}

static gboolean
set_callback (LimberEdit *edit, const LimberReferringCall *call, GError **error)
{
  g_autofree char *phone = is_said (call->callback) ? limber_contact_phone (call->callback, error) : NULL;

  return !is_said (call->callback) || (phone != NULL && limber_edit_parse (edit, "callback", phone, error));
}

static gboolean
check_here (LimberReader *reader, const LimberReferringCall *call, GError **error)
{
  g_autoptr (GPtrArray) people = limber_reader_query (reader, "person", error, "d", &call->patient);

  if (people != NULL && people->len == 0)
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("This person is no longer on this computer, so nothing can be saved here."));
  return people != NULL && people->len > 0 && limber_registering_check (reader, &call->patient, error) && limber_referring_check (call, g_ptr_array_index (people, 0), error);
}

static void
task_id (const LimberId *referral, LimberId *task)
{
  limber_id_init_beside (task, referral, "task", "triage", NULL);
}

static gboolean
make_task (LimberTransaction *transaction, const LimberId *referral, const LimberId *patient, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id, site;

  task_id (referral, &id);
  edit = limber_edit_new ("task", &id);
  limber_edit_set_word (edit, "about", "triage");
  limber_edit_set_id (edit, "patient", patient);
  if (limber_reader_site (limber_transaction_reader (transaction), &site))
    limber_edit_set_id (edit, "site", &site);
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  limber_edit_set_word (edit, "status", "open");
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_referring_take_down:
 * @id: the referral's, a new one (limber_id_init_new())
 * @error: LIMBER_ERROR_REFUSED, saying what is still to be asked
 *
 * Writes down what a caller says, as a referral of today, and asks for triage.
 */
gboolean
limber_referring_take_down (LimberTransaction *transaction, const LimberReferringCall *call, const LimberAuthor *author, const LimberId *id, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  if (!limber_standing_check_person (limber_transaction_reader (transaction), author, LIMBER_ACTION_REFER, &call->patient, error) || !check_here (limber_transaction_reader (transaction), call, error))
    return FALSE;
  limber_date_of_time (limber_transaction_now (transaction), today);
  edit = limber_edit_new ("referral", id);
  limber_edit_set_id (edit, "patient", &call->patient);
  limber_edit_set_text (edit, "received", today);
  limber_edit_set_text (edit, "source", g_str_equal (call->caller_is, "professional") ? "other" : "self-phone");
  limber_edit_set_text (edit, "caller_is", call->caller_is);
  limber_edit_set_integer (edit, "agreed", TRUE);
  limber_edit_set_integer (edit, "taken", limber_transaction_now (transaction));
  if (!set_said (edit, "words", call->words, error) || !set_said (edit, "since", call->since, error) || !set_said (edit, "parts", call->parts, error) || !set_said (edit, "side", call->side, error) ||
      !set_said (edit, "caller", call->caller, error) || !set_said (edit, "times", call->times, error) || !set_callback (edit, call, error))
    return FALSE;
  return limber_transaction_edit (transaction, edit, author, error) && make_task (transaction, id, &call->patient, author, error);
}

/**
 * limber_referring_withdraw:
 * @why: why it does not stand
 * @error: LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_REFUSED without a reason
 *
 * Takes a referral back. What was said stays where it is; nobody is asked to look at it any more.
 */
gboolean
limber_referring_withdraw (LimberTransaction *transaction, const LimberId *referral, const char *why, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) held = limber_reader_get (reader, "referral", referral, error);
  g_autoptr (LimberEdit) edit = limber_edit_new ("referral", referral), done = NULL;
  LimberId task;

  if (held == NULL || !limber_standing_check_person (reader, author, LIMBER_ACTION_REFER, limber_record_id (held, "patient"), error))
    return FALSE;
  if (!is_said (why))
    return limber_error_refuse (error, _("Say why the referral is taken back."));
  if (!set_said (edit, "withdrawn", why, error) || !limber_transaction_edit (transaction, edit, author, error))
    return FALSE;
  task_id (referral, &task);
  if (limber_reader_count (reader, "count-entries", "d", &task) <= 0)
    return TRUE;
  done = limber_edit_new ("task", &task);
  limber_edit_set_word (done, "status", "done");
  return limber_transaction_edit (transaction, done, author, error);
}
