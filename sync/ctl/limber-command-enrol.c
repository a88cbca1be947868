/* enrol and enrol-list: codes by which devices join. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-commands.h"
#include "limber-csv.h"
#include "limber-date.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-text.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define LIST_MAXIMUM 10000 /* devices: more than any county has */

/* "30m", "24h" or "7d" from now. */
static gboolean
read_expiry (LimberErrand *errand, gint64 now, gint64 *expires, GError **error)
{
  const char *text = limber_errand_option (errand, "expires");
  char *end = NULL;
  gint64 n = text != NULL ? g_ascii_strtoll (text, &end, 10) : 24, unit = HOUR_MS;

  if (text != NULL && g_str_equal (end, "m"))
    unit = HOUR_MS / 60;
  else if (text != NULL && g_str_equal (end, "d"))
    unit = 24 * HOUR_MS;
  else if (text != NULL && !g_str_equal (end, "h"))
    n = 0;
  if (n < 1 || n > 1000)
    return limber_errand_usage (error, _("--expires is a time like 30m, 24h or 7d"));
  *expires = now + n * unit;
  return TRUE;
}

/**
 * limber_command_make_code:
 * @wanted: what the device is to be; the errand's --expires says until when
 * @error: LIMBER_ERROR_USAGE, LIMBER_ERROR_REFUSED, LIMBER_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the code, with this node's address if that is known, in JSON
 */
json_t *
limber_command_make_code (LimberErrand *errand, LimberTransaction *transaction, const LimberWanted *wanted, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const LimberIdentity *identity = limber_store_identity (errand->store);
  g_autoptr (LimberRecord) site = NULL;
  g_autofree char *plain = NULL, *code = NULL, *url = limber_command_own_address (errand, reader), *until = NULL;
  LimberEnrolment enrolment = { .name = wanted->name };
  LimberId replaced;

  if (wanted->klass == NULL || !limber_class_parse (wanted->klass, &enrolment.klass) || enrolment.klass == LIMBER_CLASS_CENTRAL)
    return limber_errand_usage (error, _("Say what it will be: --class hub, desk, clinic, kiosk, board or office")), NULL;
  if (wanted->name == NULL || *wanted->name == '\0' || !limber_text_is_clean (wanted->name, 200))
    return limber_errand_usage (error, _("Say what it is called: --name NAME")), NULL;
  if (!read_expiry (errand, limber_transaction_now (transaction), &enrolment.expires, error))
    return NULL;
  if (wanted->site != NULL && (site = limber_reader_by_key (reader, "site", wanted->site, error)) == NULL)
    return NULL;
  if (wanted->replaces != NULL && !limber_command_find_device (reader, wanted->replaces, &replaced, error))
    return NULL;
  enrolment.site = site != NULL ? &site->id : NULL;
  enrolment.replaces = wanted->replaces != NULL ? &replaced : NULL;
  if (!limber_enrolment_make (transaction, &enrolment, identity->public_key, &plain, error))
    return NULL;
  code = limber_enrolment_locate (plain, url);
  until = limber_time_to_iso (enrolment.expires);
  return json_pack ("{s:s, s:s, s:s, s:s?, s:s}", "code", code, "expires", until, "class", wanted->klass, "site", wanted->site, "name", wanted->name);
}

static void
tell_code (LimberErrand *errand, const char *code, const char *until)
{
  g_string_append_printf (errand->text, _("%s\nIt can be used once, until %s, on the device: limberctl --store DIR join %s\n"), code, until, strchr (code, '@') != NULL ? "CODE" : "URL CODE");
}

static gboolean
enrol (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  const LimberWanted wanted = { limber_errand_option (errand, "class"), limber_errand_option (errand, "site"), limber_errand_option (errand, "name"), limber_errand_option (errand, "replaces") };
  json_t *made = limber_command_make_code (errand, transaction, &wanted, error);
  const char *code;

  if (made == NULL)
    return FALSE;
  limber_errand_take (errand, made);
  code = json_string_value (json_object_get (made, "code"));
  tell_code (errand, code, json_string_value (json_object_get (made, "expires")));
  return TRUE;
}

/* At a device: its node makes the code, which is good for whole hours. */
static gboolean
ask_for_code (LimberErrand *errand, GError **error)
{
  const char *klass = limber_errand_option (errand, "class"), *name = limber_errand_option (errand, "name"), *site = limber_errand_option (errand, "site");
  gint64 now = limber_env_now (errand->env), expires;
  g_autoptr (json_t) question = read_expiry (errand, now, &expires, error) ? limber_command_managing (errand, "enrol", error) : NULL, answer = NULL;
  g_autofree char *code = NULL, *until = NULL;

  if (question == NULL)
    return FALSE;
  json_object_set_new (question, "class", json_string (klass != NULL ? klass : ""));
  json_object_set_new (question, "name", json_string (name != NULL ? name : ""));
  json_object_set_new (question, "hours", json_integer ((expires - now + HOUR_MS - 1) / HOUR_MS));
  if (site != NULL)
    json_object_set_new (question, "site", json_string (site));
  answer = limber_command_ask_node (errand, question, error);
  if (answer == NULL)
    return FALSE;
  code = limber_enrolment_locate (limber_json_string (answer, "code"), limber_json_string (answer, "address"));
  until = limber_time_to_iso (limber_json_integer (answer, "expires", 0));
  limber_errand_take (errand, json_pack ("{s:s, s:s, s:s?, s:s?, s:s?}", "code", code, "expires", until, "class", klass, "site", site, "name", name));
  tell_code (errand, code, until);
  return TRUE;
}

/* enrol --class CLASS [--site CODE] --name NAME [--expires 24h] [--replaces HUB] [--as STAFF] */
gboolean
limber_command_enrol (LimberErrand *errand, GError **error)
{
  if (limber_command_manages (errand))
    return ask_for_code (errand, error);
  return limber_command_is_node (errand, _("Only central or a hub enrols devices"), error) && limber_errand_change (errand, enrol, error);
}

static const char *
cell (LimberCsv *csv, const char *name)
{
  int column = limber_csv_column (csv, name);
  const char *text = column >= 0 ? limber_csv_cell (csv, (guint) column) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

/* All or none: a list that is mended and given again makes no code twice. */
static gboolean
make_codes (LimberErrand *errand, LimberTransaction *transaction, LimberCsv *csv, json_t *list, GError **error)
{
  LimberCsvResult result;
  int bad;

  while ((result = limber_csv_next (csv, &bad, error)) == LIMBER_CSV_ROW) {
    const LimberWanted wanted = { cell (csv, "class"), cell (csv, "site"), cell (csv, "name"), cell (csv, "replaces") };
    json_t *made = json_array_size (list) < LIST_MAXIMUM ? limber_command_make_code (errand, transaction, &wanted, error) : NULL;

    if (made == NULL) {
      if (json_array_size (list) >= LIST_MAXIMUM)
        limber_errand_usage (error, _("The list has more than %d devices"), LIST_MAXIMUM);
      break;
    }
    json_array_append_new (list, made);
  }
  if (result != LIMBER_CSV_END)
    g_prefix_error (error, _("Line %u: "), limber_csv_line (csv));
  return result == LIMBER_CSV_END;
}

static LimberCsv *
open_list (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &why);
  g_autoptr (LimberCsv) csv = stream != NULL ? limber_csv_new (G_INPUT_STREAM (stream), ',', &why) : NULL;

  if (csv == NULL) {
    limber_cause_set (error, LIMBER_ERROR_NOT_FOUND, why, _("The list cannot be read: %s"), limber_cause_of (why));
    return NULL;
  }
  if (limber_csv_column (csv, "class") >= 0 && limber_csv_column (csv, "name") >= 0)
    return g_steal_pointer (&csv);
  limber_errand_usage (error, _("The list needs the columns class, site and name; replaces may follow"));
  return NULL;
}

static gboolean
enrol_list (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  static const char *const head[] = { "class", "site", "name", "code", "expires" };
  g_autoptr (LimberCsv) csv = open_list (limber_errand_word (errand, 0), error);
  g_autoptr (json_t) list = json_array ();
  gsize i;
  json_t *one;

  if (csv == NULL || !make_codes (errand, transaction, csv, list, error))
    return FALSE;
  limber_errand_take (errand, json_incref (list));
  g_string_truncate (errand->text, 0);
  limber_csv_append_row (errand->text, ',', head, G_N_ELEMENTS (head));
  json_array_foreach (list, i, one) {
    const char *cells[G_N_ELEMENTS (head)];

    for (gsize j = 0; j < G_N_ELEMENTS (head); j++) {
      const char *text = json_string_value (json_object_get (one, head[j]));

      cells[j] = text != NULL ? text : "";
    }
    limber_csv_append_row (errand->text, ',', cells, G_N_ELEMENTS (head));
  }
  return TRUE;
}

/* enrol-list FILE [--expires 24h] */
gboolean
limber_command_enrol_list (LimberErrand *errand, GError **error)
{
  return limber_command_is_node (errand, _("Only central or a hub enrols devices"), error) && limber_errand_change (errand, enrol_list, error);
}
