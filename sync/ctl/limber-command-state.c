/* status, digest, verify, conflicts, resolve, quarantine, review, branches, clocks, backup and restore: how a store is. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-backup.h"
#include "limber-commands.h"
#include "limber-conflicts.h"
#include "limber-entry.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-restore.h"
#include "limber-standing.h"
#include "limber-status.h"
#include "limber-verify.h"

static void
append_object (GString *out, json_t *object)
{
  const char *name;
  json_t *value;

  json_object_foreach (object, name, value) {
    g_autofree char *text = json_is_string (value) ? g_strdup (json_string_value (value)) : json_is_null (value) ? g_strdup ("–") : limber_json_dup (value);

    g_string_append_printf (out, "%s: %s\n", name, text);
  }
}

static gboolean
read_status (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *status = limber_status_json (reader, error);

  limber_errand_take (errand, status);
  if (status != NULL)
    append_object (errand->text, status);
  return status != NULL;
}

/* status */
gboolean
limber_command_status (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_status, error);
}

static gboolean
read_digest (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *digest = limber_digest_json (reader, error), *sum;
  const char *kind;

  limber_errand_take (errand, digest);
  json_object_foreach (digest, kind, sum)
    g_string_append_printf (errand->text, "%-14s %8ld  %s\n", kind, (long) limber_json_integer (sum, "count", 0), limber_json_string (sum, "hash"));
  return digest != NULL;
}

/* digest */
gboolean
limber_command_digest (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_digest, error);
}

static gboolean
verify_store (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *report = NULL, *problem;
  gboolean sound = limber_verify (reader, &report, error);
  gsize i;

  json_object_set_new (report, "sound", json_boolean (sound));
  limber_errand_take (errand, report);
  json_array_foreach (json_object_get (report, "problems"), i, problem) {
    g_autofree char *text = limber_json_dup (problem);

    g_string_append_printf (errand->text, "%s\n", text);
  }
  if (sound)
    g_string_append_printf (errand->text, _("The store is sound. Journal entries: %ld, records: %ld\n"), (long) limber_json_integer (report, "entries", 0), (long) limber_json_integer (report, "records", 0));
  return sound;
}

/* verify */
gboolean
limber_command_verify (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, verify_store, error);
}

/* Of which field a conflict is; NULL for one that is not known here, or that nobody may see. */
static const LimberField *
field_of (const LimberRecord *conflict)
{
  const char *name = limber_record_text (conflict, "kind"), *field = limber_record_text (conflict, "field");
  const LimberKind *kind = name != NULL ? limber_kind_by_name (name) : NULL;
  int i = kind != NULL && field != NULL ? limber_kind_field (kind, field) : -1;

  return i < 0 || (kind->fields[i].flags & LIMBER_FIELD_SECRET) ? NULL : &kind->fields[i];
}

/* The value that stands where the conflict's lost. */
static json_t *
present_value (LimberReader *reader, const LimberRecord *conflict)
{
  const LimberField *field = field_of (conflict);
  const LimberId *id = limber_record_id (conflict, "record");
  g_autoptr (LimberRecord) record = field != NULL && id != NULL ? limber_reader_get (reader, limber_record_text (conflict, "kind"), id, NULL) : NULL;
  g_autofree char *text = NULL;

  if (record == NULL)
    return json_null ();
  text = limber_field_to_text (field, &record->values[limber_kind_field (record->kind, field->name)]);
  return json_string (text);
}

/* The value that lost, as a person writes it. */
static json_t *
lost_value (const LimberRecord *conflict)
{
  const LimberField *field = field_of (conflict);
  const char *json = limber_record_text (conflict, "value");
  g_auto (LimberValue) value = { 0 };
  g_autofree char *text = NULL;

  if (field == NULL || json == NULL || !limber_entry_value (field, (LimberSpan){ json, strlen (json) }, &value, NULL))
    return json_null ();
  text = limber_field_to_text (field, &value);
  return json_string (text);
}

typedef struct {
  LimberReader *reader;
  json_t       *list;
} Collect;

static gboolean
collect_conflict (const LimberRecord *record, gpointer data)
{
  Collect *collect = data;
  json_t *object = limber_record_to_json (record, limber_reader_class (collect->reader));

  json_object_set_new (object, "now", present_value (collect->reader, record));
  json_object_set_new (object, "lost", lost_value (record));
  json_array_append_new (collect->list, object);
  return TRUE;
}

static gboolean
read_conflicts (LimberErrand *errand, LimberReader *reader, GError **error)
{
  static const char *const fields[] = { "state", NULL };
  const LimberValue open = { .type = LIMBER_VALUE_INTEGER, .integer = 0 };
  Collect collect = { reader, json_array () };
  gsize i;
  json_t *one;

  limber_errand_take (errand, collect.list);
  if (!limber_reader_list (reader, "conflict", limber_errand_has (errand, "all") ? NULL : fields, &open, collect_conflict, &collect, error)) {
    limber_errand_take (errand, NULL);
    return FALSE;
  }
  json_array_foreach (collect.list, i, one)
    g_string_append_printf (errand->text, _("%s  %s %s, %s: “%s” by %s at %s lost to “%s” by %s at %s  [%s]\n"), limber_json_string (one, "id"), limber_json_string (one, "kind"), limber_json_string (one, "record"),
                            limber_json_string (one, "field"), limber_command_text (one, "lost"), limber_command_text (one, "author"), limber_command_text (one, "place"), limber_command_text (one, "now"),
                            limber_command_text (one, "over_author"), limber_command_text (one, "over_place"), limber_json_string (one, "state"));
  if (json_array_size (collect.list) == 0)
    g_string_append (errand->text, _("No conflicts\n"));
  return TRUE;
}

/* conflicts [--all] */
gboolean
limber_command_conflicts (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_conflicts, error);
}

static gboolean
resolve (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  g_autofree char *author = NULL, *role = NULL;
  g_autoptr (LimberRecord) conflict = NULL;
  LimberResolution resolution = { .text = limber_errand_option (errand, "value"), .again = limber_errand_has (errand, "again") };

  resolution.how = limber_errand_has (errand, "keep") ? LIMBER_RESOLVE_KEEP : limber_errand_has (errand, "take") ? LIMBER_RESOLVE_TAKE : LIMBER_RESOLVE_VALUE;
  if (!limber_id_parse (&resolution.conflict, limber_errand_word (errand, 0)))
    return limber_errand_usage (error, _("“%s” is not an id"), limber_errand_word (errand, 0));
  conflict = limber_reader_get (limber_transaction_reader (transaction), "conflict", &resolution.conflict, error);
  return conflict != NULL && limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error) &&
         limber_standing_check_decision (limber_transaction_reader (transaction), &(LimberAuthor){ author, role }, LIMBER_ACTION_CONFLICTS, limber_record_text (conflict, "kind"), error) &&
         limber_conflicts_resolve (transaction, &resolution, &(LimberAuthor){ author, role }, error);
}

/* resolve ID --keep|--take|--value V [--again] --as STAFF */
gboolean
limber_command_resolve (LimberErrand *errand, GError **error)
{
  if (limber_errand_has (errand, "keep") + limber_errand_has (errand, "take") + limber_errand_has (errand, "value") != 1)
    return limber_errand_usage (error, _("Say one of --keep (what is there), --take (the edit that lost) and --value V"));
  if (!limber_errand_change (errand, resolve, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s}", "id", limber_errand_word (errand, 0), "state", "settled"));
  g_string_printf (errand->text, _("Settled\n"));
  return TRUE;
}

static gboolean
read_quarantine (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *list = limber_quarantine_json (reader, error), *one;
  gsize i;

  limber_errand_take (errand, list);
  json_array_foreach (list, i, one) {
    g_string_append_printf (errand->text, _("%s  %s %s, by %s, made %s: %s  [%s]\n"), limber_json_string (one, "id"), limber_json_string (one, "kind"), limber_json_string (one, "record"),
                            limber_json_string (one, "author"), limber_json_string (one, "made"), limber_command_text (one, "fields"), limber_json_string (one, "reason"));
  }
  if (list != NULL && json_array_size (list) == 0)
    g_string_append (errand->text, _("Nothing is in quarantine\n"));
  return list != NULL;
}

/* quarantine */
gboolean
limber_command_quarantine (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_quarantine, error);
}

static gboolean
read_branches (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *list = limber_branches_json (reader, error), *one;
  gsize i;

  limber_errand_take (errand, list);
  json_array_foreach (list, i, one) {
    g_string_append_printf (errand->text, _("%s (%s): two copies of it wrote side by side; of the second %ld changes, the first made %s, came %s\n"), limber_command_text (one, "name"),
                            limber_json_string (one, "device"), (long) limber_json_integer (one, "entries", 0), limber_json_string (one, "made"), limber_json_string (one, "received"));
  }
  if (list != NULL && json_array_size (list) == 0)
    g_string_append (errand->text, _("No device wrote beside itself\n"));
  return list != NULL;
}

/* branches */
gboolean
limber_command_branches (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_branches, error);
}

static gboolean
read_clocks (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *list = limber_clocks_json (reader, error), *one;
  gsize i;

  limber_errand_take (errand, list);
  json_array_foreach (list, i, one) {
    long ahead = (long) limber_json_integer (one, "ahead", 0), before = (long) limber_json_integer (one, "before", 0);

    g_string_append_printf (errand->text, "%s (%s):", limber_command_text (one, "name"), limber_json_string (one, "device"));
    if (ahead > 0)
      g_string_append_printf (errand->text, _(" %ld changes dated ahead of when they came, up to %s;"), ahead, limber_json_string (one, "latest"));
    if (before > 0)
      g_string_append_printf (errand->text, _(" %ld changes dated before it joined, from %s on;"), before, limber_json_string (one, "earliest"));
    g_string_append_printf (errand->text, _(" the last came %s\n"), limber_json_string (one, "received"));
  }
  if (list != NULL && json_array_size (list) == 0)
    g_string_append (errand->text, _("No device wrote with a wrong clock\n"));
  return list != NULL;
}

/* clocks */
gboolean
limber_command_clocks (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_clocks, error);
}

static gboolean
review (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  gboolean approves = limber_errand_has (errand, "approve");
  g_autofree char *author = NULL, *role = NULL, *kind = NULL;
  LimberId id;

  if (!limber_id_parse (&id, limber_errand_word (errand, 0)))
    return limber_errand_usage (error, _("“%s” is not an id"), limber_errand_word (errand, 0));
  kind = approves ? limber_quarantine_kind (limber_transaction_reader (transaction), &id) : NULL;
  return limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error) &&
         limber_standing_check_decision (limber_transaction_reader (transaction), &(LimberAuthor){ author, role }, LIMBER_ACTION_QUARANTINE, kind, error) &&
         limber_quarantine_decide (transaction, &id, approves ? LIMBER_DECISION_APPROVE : LIMBER_DECISION_DECLINE, &(LimberAuthor){ author, role }, error);
}

/* review ENTRY --approve|--decline --as STAFF */
gboolean
limber_command_review (LimberErrand *errand, GError **error)
{
  gboolean approved = limber_errand_has (errand, "approve");

  if (approved == limber_errand_has (errand, "decline"))
    return limber_errand_usage (error, _("Say either --approve or --decline"));
  if (!limber_errand_change (errand, review, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s}", "id", limber_errand_word (errand, 0), "decision", approved ? "approved" : "declined"));
  g_string_printf (errand->text, approved ? _("Approved\n") : _("Declined\n"));
  return TRUE;
}

/* backup FILE [--offsite] */
gboolean
limber_command_backup (LimberErrand *errand, GError **error)
{
  const char *file = limber_errand_word (errand, 0);

  if (!limber_backup_write (errand->store, file, limber_errand_has (errand, "offsite"), error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:b}", "file", file, "offsite", limber_errand_has (errand, "offsite")));
  g_string_printf (errand->text, _("A copy of the store is in %s\n"), file);
  return TRUE;
}

/* restore FILE [--second FILE] */
gboolean
limber_command_restore (LimberErrand *errand, GError **error)
{
  const char *file = limber_errand_word (errand, 0), *second = limber_errand_option (errand, "second");
  gboolean whole = limber_restore_has_second (errand->dir, file, second, errand->env);

  if (!limber_restore_run (errand->dir, file, second, errand->env, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s, s:b}", "file", file, "store", errand->dir, "second", whole));
  g_string_printf (errand->text, _("The store in %s is again as in %s; what was there is kept beside it\n"), errand->dir, file);
  if (!whole)
    g_string_append (errand->text, _("Central's second file was not there: of what came after this copy was made, only what devices still have comes back.\n"
                                     "If the file is elsewhere, restore once more with --second FILE.\n"));
  return TRUE;
}
