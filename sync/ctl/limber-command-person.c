/* register, edit, history and refer: a person's details, and what she asks for. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-contact.h"
#include "limber-date.h"
#include "limber-detail.h"
#include "limber-duplicates.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-past.h"
#include "limber-referring.h"

static void
change_clear (LimberDetailChange *change)
{
  g_free ((char *) change->field);
  g_free ((char *) change->typed);
}

static GArray *
new_changes (void)
{
  GArray *changes = g_array_new (FALSE, TRUE, sizeof (LimberDetailChange));

  g_array_set_clear_func (changes, (GDestroyNotify) change_clear);
  return changes;
}

static gboolean
add_change (GArray *changes, LimberReader *reader, const char *field, const char *text, GError **error)
{
  LimberDetailChange change = { NULL, NULL, NULL };
  g_autoptr (LimberRecord) practice = NULL;

  if (limber_detail_find (field) == NULL)
    return limber_errand_usage (error, _("There is no detail “%s” of a person"), field);
  if (g_str_equal (field, "practice") && *text != '\0') {
    practice = limber_reader_by_key (reader, "practice", text, error);
    if (practice == NULL)
      return FALSE;
  }
  change.field = g_strdup (field);
  change.typed = practice != NULL ? limber_id_dup_text (&practice->id) : g_strdup (text);
  g_array_append_val (changes, change);
  return TRUE;
}

/* "field=value" words, from the @first on. */
static gboolean
read_words (LimberErrand *errand, LimberReader *reader, guint first, GArray *changes, GError **error)
{
  for (guint i = first; i < errand->words->len; i++) {
    const char *word = limber_errand_word (errand, i), *equals = strchr (word, '=');
    g_autofree char *field = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;

    if (field == NULL)
      return limber_errand_usage (error, _("“%s”: write field=value"), word);
    if (!add_change (changes, reader, field, equals + 1, error))
      return FALSE;
  }
  return TRUE;
}

/* Registering. */

static const char *
typed_of (const GArray *changes, const char *field)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (g_array_index (changes, LimberDetailChange, i).field, field))
      return g_array_index (changes, LimberDetailChange, i).typed;
  return NULL;
}

/* A telephone number is a mobile's if it can be. */
static gboolean
add_phone (LimberErrand *errand, LimberReader *reader, GArray *changes, GError **error)
{
  const char *phone = limber_errand_option (errand, "phone");
  g_autofree char *mobile = phone != NULL ? limber_contact_mobile (phone, NULL) : NULL;

  return phone == NULL || add_change (changes, reader, mobile != NULL ? "mobile" : "phone", phone, error);
}

static gboolean
read_new (LimberErrand *errand, LimberReader *reader, GArray *changes, GError **error)
{
  static const char *const options[][2] = { { "family", "family" }, { "given", "given" }, { "born", "born" }, { "nhs-number", "nhs_number" }, { "postcode", "postcode" } };

  if (!limber_errand_has (errand, "family") || !limber_errand_has (errand, "born"))
    return limber_errand_usage (error, _("Say who it is: --family F, --given G and --born DATE"));
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (limber_errand_has (errand, options[i][0]) && !add_change (changes, reader, options[i][1], limber_errand_option (errand, options[i][0]), error))
      return FALSE;
  return add_phone (errand, reader, changes, error) && read_words (errand, reader, 0, changes, error);
}

static gboolean
add_candidate (LimberReader *reader, const LimberDuplicate *one, json_t *candidates, GString *text, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person-records", error, "d", &one->id);
  json_t *json;

  if (rows == NULL || rows->len == 0)
    return rows != NULL;
  json = limber_command_person_json (g_ptr_array_index (rows, 0));
  json_object_set_new (json, "likeness", json_string (limber_likeness_name (one->likeness)));
  json_object_set_new (json, "why", json_string (limber_alike_name (one->why)));
  json_array_append_new (candidates, json);
  g_string_append_printf (text, "%s: ", limber_alike_words (one->why));
  limber_command_person_text (json, text);
  return TRUE;
}

static gboolean
offer_candidates (LimberErrand *errand, LimberReader *reader, const GArray *found, GError **error)
{
  g_autoptr (json_t) candidates = json_array ();

  for (guint i = 0; i < found->len; i++)
    if (!add_candidate (reader, &g_array_index (found, LimberDuplicate, i), candidates, errand->text, error))
      return FALSE;
  g_string_append (errand->text, _("Nobody was registered, because she or he may be here already. --anyway registers somebody else.\n"));
  limber_errand_take (errand, json_pack ("{s:b, s:O}", "registered", 0, "candidates", candidates));
  errand->status = 3;
  return TRUE;
}

static GArray *
look_for_her (LimberErrand *errand, LimberReader *reader, const GArray *changes, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *born = NULL;
  const char *mobile = typed_of (changes, "mobile");

  limber_date_of_time (limber_env_now (errand->env), today);
  born = limber_date_parse_typed (typed_of (changes, "born"), today);
  if (born == NULL) {
    limber_errand_usage (error, _("--born is a date: 6/8/1954 or 1954-08-06"));
    return NULL;
  }
  return limber_duplicates_find (reader,
                                 &(LimberPerson){ .family = typed_of (changes, "family"), .given = typed_of (changes, "given"), .born = born, .nhs_number = typed_of (changes, "nhs_number"),
                                                  .phone = mobile != NULL ? mobile : typed_of (changes, "phone"), .postcode = typed_of (changes, "postcode") },
                                 NULL, error);
}

static void
answer_id (LimberErrand *errand, const char *what, const LimberId *id)
{
  g_autofree char *text = limber_id_dup_text (id);

  limber_errand_take (errand, json_pack ("{s:b, s:s}", what, 1, "id", text));
  g_string_printf (errand->text, "%s\n", text);
}

static gboolean
register_person (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GArray) changes = new_changes (), found = NULL;
  g_autofree char *author = NULL, *role = NULL;
  LimberId id;

  if (!read_new (errand, reader, changes, error) || !limber_command_author (errand, reader, TRUE, &author, &role, error))
    return FALSE;
  found = look_for_her (errand, reader, changes, error);
  if (found == NULL)
    return FALSE;
  if (found->len > 0 && !limber_errand_has (errand, "anyway"))
    return offer_candidates (errand, reader, found, error);
  limber_id_init_new (&id, errand->env);
  if (!limber_detail_register (transaction, (const LimberDetailChange *) changes->data, changes->len, &(LimberAuthor){ author, role }, &id, error))
    return FALSE;
  answer_id (errand, "registered", &id);
  return TRUE;
}

/* register --family F --given G --born DATE … [field=value …] --as STAFF */
gboolean
limber_command_register (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, register_person, error);
}

/* Changing. */

static gboolean
edit_person (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GArray) changes = new_changes ();
  g_autofree char *author = NULL, *role = NULL;
  LimberId id;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !limber_command_patient (errand, reader, 0, &id, error) || !read_words (errand, reader, 1, changes, error) ||
      !limber_detail_save (transaction, &id, (const LimberDetailChange *) changes->data, changes->len, &(LimberAuthor){ author, role }, error))
    return FALSE;
  answer_id (errand, "saved", &id);
  return TRUE;
}

/* edit PERSON field=value … --as STAFF */
gboolean
limber_command_edit (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, edit_person, error);
}

/* What was. */

static void
append_change (GString *out, json_t *change)
{
  g_autofree char *day = NULL, *time = NULL;
  gint64 at = limber_json_integer (change, "time", 0);
  char date[LIMBER_DATE_LENGTH + 1];
  const char *who = limber_json_string (change, "who"), *where = limber_json_string (change, "where"), *before = limber_json_string (change, "before_words"),
             *after = limber_json_string (change, "after_words"), *label = limber_json_string (change, "label");

  limber_date_of_time (at, date);
  day = limber_date_for_staff (date);
  time = limber_time_for_staff (at);
  g_string_append_printf (out, "%s %s  %s", day, time, who != NULL ? who : _("(who: not known here)"));
  if (where != NULL)
    g_string_append_printf (out, ", %s", where);
  if (json_is_true (json_object_get (change, "withheld")))
    g_string_append_printf (out, "  %s: %s", label, _("(not shown: this person is restricted)"));
  else if (label == NULL)
    g_string_append_printf (out, "  %s", _("(what it said is kept no more, or elsewhere)"));
  else
    g_string_append_printf (out, "  %s: %s → %s", label, before != NULL ? before : "?", after);
  if (g_str_equal (limber_command_text (change, "fate"), "lost"))
    g_string_append_printf (out, "  [%s]", _("did not stand"));
  g_string_append_c (out, '\n');
}

static gboolean
tell_past (LimberErrand *errand, LimberReader *reader, GError **error)
{
  LimberId id;
  json_t *past, *change;
  gsize i;

  if (!limber_command_patient (errand, reader, 0, &id, error) || (past = limber_past_json (reader, &id, error)) == NULL)
    return FALSE;
  limber_errand_take (errand, past);
  json_array_foreach (json_object_get (past, "changes"), i, change)
    append_change (errand->text, change);
  if (!json_is_true (json_object_get (past, "complete")))
    g_string_append (errand->text, _("Central knows every change; this is what is known here.\n"));
  return TRUE;
}

/* history PERSON */
gboolean
limber_command_history (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, tell_past, error);
}

/* Referring. */

static gboolean
withdraw (LimberErrand *errand, LimberTransaction *transaction, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) referral = limber_reader_by_key (limber_transaction_reader (transaction), "referral", limber_errand_word (errand, 0), error);

  if (referral == NULL || !limber_referring_withdraw (transaction, &referral->id, limber_errand_option (errand, "why"), author, error))
    return FALSE;
  answer_id (errand, "withdrawn", &referral->id);
  return TRUE;
}

static gboolean
refer (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const char *caller_is = limber_errand_option (errand, "caller-is");
  LimberReferringCall call = { .words = limber_errand_option (errand, "words"), .since = limber_errand_option (errand, "since"), .parts = limber_errand_option (errand, "parts"),
                               .side = limber_errand_option (errand, "side"), .caller_is = caller_is != NULL ? caller_is : "self", .caller = limber_errand_option (errand, "caller"),
                               .callback = limber_errand_option (errand, "callback"), .times = limber_errand_option (errand, "times"), .agreed = limber_errand_has (errand, "agreed") };
  g_autofree char *author = NULL, *role = NULL;
  LimberId id;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error))
    return FALSE;
  if (limber_errand_has (errand, "withdraw"))
    return withdraw (errand, transaction, &(LimberAuthor){ author, role }, error);
  limber_id_init_new (&id, errand->env);
  if (!limber_command_patient (errand, reader, 0, &call.patient, error) || !limber_referring_take_down (transaction, &call, &(LimberAuthor){ author, role }, &id, error))
    return FALSE;
  answer_id (errand, "referred", &id);
  return TRUE;
}

/* refer PERSON --words TEXT --parts P --agreed … --as STAFF | refer REFERRAL --withdraw --why TEXT --as STAFF */
gboolean
limber_command_refer (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, refer, error);
}
