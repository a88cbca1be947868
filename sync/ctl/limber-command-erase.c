/* erase: what is known of a record, of some of its fields or of a person goes, here and wherever it has come to (SYNC.md
 * rule 19). */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-erasure-plan.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-scrub.h"
#include "limber-standing.h"

/* By its id, of which there need be no record any more, or by its key. */
static gboolean
find_id (LimberReader *reader, const LimberKind *kind, const char *text, LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;

  if (limber_id_parse (id, text))
    return TRUE;
  record = limber_reader_by_key (reader, kind->name, text, error);
  if (record != NULL)
    *id = record->id;
  return record != NULL;
}

static LimberErasurePlan *
make_plan (LimberErrand *errand, LimberReader *reader, GError **error)
{
  const LimberKind *kind = limber_command_kind (limber_errand_word (errand, 0), error);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  LimberId id;

  if (kind == NULL || !find_id (reader, kind, limber_errand_word (errand, 1), &id, error))
    return NULL;
  for (guint i = 2; i < errand->words->len; i++)
    g_ptr_array_add (fields, (gpointer) limber_errand_word (errand, i));
  g_ptr_array_add (fields, NULL);
  return limber_erasure_plan_new (reader, kind, &id, fields->len > 1 ? (const char *const *) fields->pdata : NULL, limber_errand_has (errand, "whole"), error);
}

static void
say_number (LimberErrand *errand, const char *name, const char *form)
{
  gint64 n = limber_json_integer (errand->result, name, 0);

  if (n > 0)
    g_string_append_printf (errand->text, form, (int) n);
}

static void
say_plan (LimberErrand *errand, const LimberErasurePlan *plan, gboolean done)
{
  json_t *json = limber_erasure_plan_to_json (plan), *id;
  gsize i;

  json_object_set_new (json, "done", json_boolean (done));
  limber_errand_take (errand, json);
  g_string_append (errand->text, done ? _("Erased:\n") : _("Nothing was changed. This would be erased:\n"));
  say_number (errand, "records", _("  records: %d\n"));
  say_number (errand, "entries", _("  entries about them: %d\n"));
  say_number (errand, "quarantined", _("  entries among them that wait in quarantine: %d\n"));
  say_number (errand, "conflicts", _("  conflicts: %d\n"));
  say_number (errand, "written_again", _("Values of other fields, written again so that they stay: %d\n"));
  json_array_foreach (json_object_get (json, "same_person"), i, id)
    g_string_append_printf (errand->text, _("Patient %s is the same person, and does not go with her: erase that record too\n"), json_string_value (id));
}

static gboolean
try_erasing (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberErasurePlan) plan = make_plan (errand, reader, error);

  if (plan != NULL)
    say_plan (errand, plan, FALSE);
  return plan != NULL;
}

static gboolean
erase (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberErasurePlan) plan = NULL;
  g_autofree char *author = NULL, *role = NULL;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) ||
      !limber_standing_check (reader, &(LimberAuthor){ author, role }, LIMBER_ACTION_ERASE, NULL, error))
    return FALSE;
  plan = make_plan (errand, reader, error);
  if (plan == NULL || !limber_erasure_plan_carry_out (transaction, plan, limber_errand_option (errand, "reason"), &(LimberAuthor){ author, role }, error))
    return FALSE;
  say_plan (errand, plan, TRUE);
  return TRUE;
}

/* What became of the older stores beside this one, and what nobody here can reach. */
static void
say_files (LimberErrand *errand, GPtrArray *copies, gboolean finished)
{
  json_t *list = json_array ();

  for (guint i = 0; i < copies->len; i++) {
    const char *path = g_ptr_array_index (copies, i);
    gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

    json_array_append_new (list, json_pack ("{s:s, s:s}", "file", path, "done", !there ? "removed" : finished ? "freed" : "waits"));
    if (finished || !there)
      g_string_append_printf (errand->text, there ? _("The older store %s is freed of it\n") : _("The older store %s could not be freed of it and was removed\n"), path);
  }
  json_object_set_new (errand->result, "copies", list);
  json_object_set_new (errand->result, "finished", json_boolean (finished));
  if (finished)
    g_string_append (errand->text, _("Devices follow when they next sync. Backups made until now still hold it: make a new one, and destroy those.\n"));
  else
    g_string_append (errand->text, _("Some file still holds it, because another program is reading the store or the disk refused. It is tried again with the next change and when the store is opened.\n"));
}

/* erase KIND ID [FIELD …] [--whole] --reason TEXT --as STAFF [--dry-run] */
gboolean
limber_command_erase (LimberErrand *errand, GError **error)
{
  g_autoptr (GPtrArray) copies = limber_scrub_copies (limber_store_dir (errand->store));
  gboolean finished;

  if (limber_store_identity (errand->store)->klass != LIMBER_CLASS_CENTRAL)
    return limber_error_refuse (error, _("Only central erases. Ask there; every device follows."));
  if (limber_errand_has (errand, "dry-run"))
    return limber_errand_read (errand, try_erasing, error);
  if (limber_errand_option (errand, "reason") == NULL || *limber_errand_option (errand, "reason") == '\0')
    return limber_errand_usage (error, _("Say why, without a name in it: --reason TEXT"));
  if (!limber_errand_change (errand, erase, error))
    return FALSE;
  finished = limber_scrub_wait (errand->store);
  say_files (errand, copies, finished);
  errand->status = finished ? 0 : 5;
  return TRUE;
}
