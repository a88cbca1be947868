/* tasks and screens: what waits for somebody at a site, and how its public screens are. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-person.h"
#include "limber-screen-health.h"
#include "limber-task.h"

static char *
taken_by (LimberRow *row)
{
  const char *given = limber_row_text (row, "taken_given"), *family = limber_row_text (row, "taken_family");

  return family != NULL ? g_strdup_printf ("%s %s", given != NULL ? given : "", family) : NULL;
}

static json_t *
task_json (LimberRow *row)
{
  static const char *const urgencies[] = { "now", "today", "later" };
  g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id")), *patient = limber_row_has (row, "patient") ? limber_id_dup_text (limber_row_id (row, "patient")) : NULL;
  g_autofree char *appointment = limber_row_has (row, "appointment") ? limber_id_dup_text (limber_row_id (row, "appointment")) : NULL, *made = limber_time_to_iso (limber_row_integer (row, "made"));
  g_autofree char *taken = limber_row_has (row, "taken") ? limber_time_to_iso (limber_row_integer (row, "taken")) : NULL, *by = taken_by (row);
  const char *about = limber_row_text (row, "about"), *candidates = limber_row_text (row, "candidates");

  return json_pack ("{s:s, s:s?, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:o*}", "id", id, "about", about, "urgency", urgencies[limber_task_urgency (about)], "made", made, "patient", patient,
                    "appointment", appointment, "text", limber_row_text (row, "text"), "note", limber_row_text (row, "note"), "taken_by", by, "taken", taken, "candidates",
                    candidates != NULL ? limber_json_parse (candidates, strlen (candidates), NULL) : NULL);
}

static void
append_task (GString *out, LimberRow *row, gint64 now)
{
  g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id")), *since = limber_time_for_staff_from (limber_row_integer (row, "made"), now), *by = taken_by (row);
  g_autofree char *name =
      limber_row_has (row, "family") ? limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title")) : g_strdup ("–");

  g_string_append_printf (out, "%s  %s  %s  %s", id, since, limber_row_text (row, "about"), name);
  if (by != NULL)
    /* Translators: a name. */
    g_string_append_printf (out, _("  [%s is on it]"), by);
  if (limber_row_has (row, "note"))
    g_string_append_printf (out, "  “%s”", limber_row_text (row, "note"));
  g_string_append_c (out, '\n');
}

static gboolean
find_site (LimberErrand *errand, LimberReader *reader, LimberId *site, gboolean *has_site, GError **error)
{
  const char *code = limber_errand_option (errand, "site");
  g_autoptr (LimberRecord) record = NULL;

  *has_site = code != NULL || limber_reader_site (reader, site);
  if (code == NULL)
    return TRUE;
  record = limber_reader_by_key (reader, "site", code, error);
  if (record != NULL)
    *site = record->id;
  return record != NULL;
}

static gboolean
list_tasks (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_site;
  json_t *list;
  LimberId site;

  if (!find_site (errand, reader, &site, &has_site, error))
    return FALSE;
  rows = limber_reader_query (reader, "tasks-to-do", error, "d", has_site ? &site : NULL);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_sort (rows, limber_task_compare_rows);
  list = json_array ();
  for (guint i = 0; i < rows->len; i++) {
    json_array_append_new (list, task_json (g_ptr_array_index (rows, i)));
    append_task (errand->text, g_ptr_array_index (rows, i), limber_reader_now (reader));
  }
  if (rows->len == 0)
    g_string_append (errand->text, _("Nothing is to be done\n"));
  limber_errand_take (errand, list);
  return TRUE;
}

static gboolean
carry_out (LimberErrand *errand, LimberTransaction *transaction, const LimberId *task, const LimberAuthor *author, GError **error)
{
  const char *what = limber_errand_word (errand, 0);

  if (g_str_equal (what, "take"))
    return limber_task_take (transaction, task, limber_errand_has (errand, "over"), author, error);
  if (g_str_equal (what, "let-go"))
    return limber_task_let_go (transaction, task, author, error);
  if (g_str_equal (what, "note"))
    return limber_task_note (transaction, task, limber_errand_word (errand, 2), author, error);
  return limber_task_set_status (transaction, task, what, author, error);
}

static gboolean
change_task (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *author = NULL, *role = NULL;
  g_autoptr (LimberRecord) record = NULL;
  LimberId task;

  if (!limber_id_parse (&task, limber_errand_word (errand, 1)))
    return limber_errand_usage (error, _("“%s” is not an id"), limber_errand_word (errand, 1));
  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !carry_out (errand, transaction, &task, &(LimberAuthor){ author, role }, error))
    return FALSE;
  record = limber_reader_get (reader, "task", &task, error);
  if (record == NULL)
    return FALSE;
  limber_errand_take (errand, limber_record_to_json (record, limber_reader_class (reader)));
  g_string_printf (errand->text, "%s\n", limber_record_word (record, "status"));
  return TRUE;
}

/* tasks list|take|let-go|note|done|open */
gboolean
limber_command_tasks (LimberErrand *errand, GError **error)
{
  static const char *const changes[] = { "take", "let-go", "done", "open", NULL };
  const char *what = limber_errand_word (errand, 0);

  if (g_str_equal (what, "list") && errand->words->len == 1)
    return limber_errand_read (errand, list_tasks, error);
  if ((g_strv_contains (changes, what) && errand->words->len == 2) || (g_str_equal (what, "note") && errand->words->len == 3))
    return limber_errand_change (errand, change_task, error);
  return limber_errand_usage (error, _("How it is used: limberctl --store DIR tasks list | take TASK | let-go TASK | note TASK TEXT | done TASK | open TASK"));
}

static void
append_screen (GString *out, const LimberScreen *screen, gint64 as_of)
{
  g_autofree char *seen = limber_screen_seen (screen, as_of);

  g_string_append_printf (out, "%s (%s)  %s\n", screen->name, limber_class_name (screen->klass), seen);
  if (screen->klass == LIMBER_CLASS_KIOSK)
    g_string_append_printf (out, _("    today: checked in %ld, matched nobody %ld, sent to the desk %ld; in seven days: %ld, %ld, %ld\n"), (long) screen->today.matched, (long) screen->today.failed,
                            (long) screen->today.sent, (long) screen->week.matched, (long) screen->week.failed, (long) screen->week.sent);
  for (LimberScreenNeed need = 0; need < LIMBER_SCREEN_NEEDS; need++)
    if (limber_screen_needs (screen, need, as_of)) {
      g_autofree char *advice = limber_screen_advice (screen, need, as_of);

      g_string_append_printf (out, "    %s\n", advice);
    }
}

static gboolean
list_screens (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) screens = limber_screens_read (reader, error);
  gint64 as_of = limber_screens_as_of (reader);
  g_autofree char *known = as_of > 0 ? limber_time_to_iso (as_of) : NULL, *since = as_of > 0 ? limber_time_for_staff_from (as_of, limber_reader_now (reader)) : NULL;
  g_autoptr (json_t) list = json_array ();

  for (guint i = 0; screens != NULL && i < screens->len; i++) {
    const LimberScreen *screen = g_ptr_array_index (screens, i);

    if (!limber_screen_is_public (screen) && !limber_errand_has (errand, "all"))
      continue;
    json_array_append_new (list, limber_screen_to_json (screen, as_of));
    append_screen (errand->text, screen, as_of);
  }
  if (screens == NULL)
    return FALSE;
  if (json_array_size (list) == 0)
    g_string_append (errand->text, _("No screens are known here\n"));
  else if (since != NULL)
    g_string_append_printf (errand->text, _("As known at %s\n"), since);
  limber_errand_take (errand, json_pack ("{s:s?, s:O}", "as_of", known, "screens", list));
  return TRUE;
}

/* screens [--all] */
gboolean
limber_command_screens (LimberErrand *errand, GError **error)
{
  if (!(limber_store_identity (errand->store)->klass & LIMBER_SCREENS_TOLD))
    return limber_error_refuse (error, _("Only a desk or a clinician's device is told of its site's screens. At central or a hub, ask for the fleet."));
  return limber_errand_read (errand, list_screens, error);
}
