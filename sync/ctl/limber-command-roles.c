/* roles: the table of who may do what; break-glass: what was done beside it; reads: who has read somebody's record. */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-glass.h"
#include "limber-json.h"
#include "limber-person.h"
#include "limber-reads.h"
#include "limber-role.h"
#include "limber-standing.h"

static json_t *
row_of (LimberAction action)
{
  static const char *const reaches[] = { "none", "own", "all" };
  json_t *row = json_pack ("{s:s, s:s, s:b}", "action", limber_action_name (action), "title", limber_action_title (action), "glass", limber_action_with_glass (action));

  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    json_object_set_new (row, limber_role_word (role), json_string (reaches[limber_role_reach (role, action)]));
  return row;
}

/* roles */
gboolean
limber_command_roles (LimberErrand *errand, GError **error)
{
  json_t *rows = json_array ();

  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    g_string_append_printf (errand->text, "%c  %s (%s)\n", 'A' + role, limber_role_word (role), limber_person_role (limber_role_word (role)));
  g_string_append_printf (errand->text, "\n%-14s A B C D E F G H I\n", "");
  for (guint action = 0; action < LIMBER_N_ACTIONS; action++) {
    json_array_append_new (rows, row_of (action));
    g_string_append_printf (errand->text, "%-14s", limber_action_name (action));
    for (guint role = 0; role < LIMBER_N_ROLES; role++)
      g_string_append_printf (errand->text, " %c", "-oa"[limber_role_reach (role, action)]);
    g_string_append_printf (errand->text, "  %s%s\n", limber_action_title (action), limber_action_with_glass (action) ? " *" : "");
  }
  g_string_append (errand->text, _("\no  at her own site, and where she covers; a  at all sites; -  nowhere; *  also with glass broken\n"));
  limber_errand_take (errand, rows);
  return TRUE;
}

static json_t *
time_json (LimberRow *row, const char *column)
{
  g_autofree char *text = limber_row_integer (row, column) != 0 ? limber_time_to_iso (limber_row_integer (row, column)) : NULL;

  return text != NULL ? json_string (text) : json_null ();
}

static char *
name_of (LimberRow *row, const char *given, const char *family)
{
  return limber_row_text (row, family) != NULL ? limber_person_spoken (limber_row_text (row, given), limber_row_text (row, family)) : NULL;
}

static json_t *
glass_json (LimberRow *row)
{
  g_autofree char *id = limber_id_dup_text (limber_row_id (row, "id")), *who = name_of (row, "given", "family"), *about = name_of (row, "about_given", "about_family");
  g_autofree char *reviewer = name_of (row, "reviewer_given", "reviewer_family");

  return json_pack ("{s:s, s:s?, s:s?, s:s?, s:s?, s:o, s:o, s:o, s:o, s:s?, s:s?, s:s?}", "id", id, "staff", who, "role", limber_row_text (row, "role"), "about", about, "reason",
                    limber_row_text (row, "reason"), "at", time_json (row, "at"), "until", time_json (row, "until"), "ended", time_json (row, "ended"), "reviewed", time_json (row, "reviewed"),
                    "reviewed_by", reviewer, "note", limber_row_text (row, "note"), "site", limber_row_text (row, "site_name"));
}

static gboolean
list_glass (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_glass_list (reader, limber_errand_has (errand, "all"), error);
  json_t *list = json_array ();

  limber_errand_take (errand, list);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    json_t *one = glass_json (g_ptr_array_index (rows, i));

    json_array_append_new (list, one);
    g_string_append_printf (errand->text, "%s  %s  %s, %s: %s\n    %s\n", limber_json_string (one, "id"), limber_json_string (one, "at"), limber_command_text (one, "staff"),
                            limber_person_role (limber_json_string (one, "role")), limber_command_text (one, "about"), limber_command_text (one, "reason"));
    if (limber_json_string (one, "reviewed") != NULL)
      g_string_append_printf (errand->text, _("    looked at by %s: %s\n"), limber_command_text (one, "reviewed_by"), limber_command_text (one, "note"));
  }
  if (rows != NULL && rows->len == 0)
    g_string_append (errand->text, _("Nothing that nobody has looked at\n"));
  if (rows == NULL)
    limber_errand_take (errand, NULL);
  return rows != NULL;
}

static gboolean
start_glass (LimberErrand *errand, LimberTransaction *transaction, const LimberAuthor *author, GError **error)
{
  const char *patient = limber_errand_option (errand, "patient");
  g_autoptr (LimberRecord) about = patient != NULL ? limber_reader_by_key (limber_transaction_reader (transaction), "patient", patient, error) : NULL;
  g_autofree char *text = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  if ((patient != NULL && about == NULL) || !limber_glass_break (transaction, about != NULL ? &about->id : NULL, limber_errand_option (errand, "reason"), author, &id, error))
    return FALSE;
  text = limber_id_dup_text (&id);
  limber_errand_take (errand, json_pack ("{s:s}", "id", text));
  g_string_assign (errand->text, _("The glass is broken. A manager will look at it.\n"));
  return TRUE;
}

static gboolean
review_glass (LimberErrand *errand, LimberTransaction *transaction, const LimberAuthor *author, GError **error)
{
  const char *word = limber_errand_word (errand, 1);
  LimberId id;

  if (word == NULL || !limber_id_parse (&id, word))
    return limber_errand_usage (error, _("Say which, by its id: break-glass review ID --as STAFF"));
  if (!limber_glass_review (transaction, &id, limber_errand_option (errand, "note"), author, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s}", "id", word));
  g_string_assign (errand->text, _("It is written down that you have looked at it.\n"));
  return TRUE;
}

static gboolean
change_glass (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  const char *verb = limber_errand_word (errand, 0);
  g_autofree char *author = NULL, *role = NULL;
  LimberAuthor by;

  if (!limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error))
    return FALSE;
  by = (LimberAuthor){ author, role };
  if (g_str_equal (verb, "start"))
    return start_glass (errand, transaction, &by, error);
  if (g_str_equal (verb, "review"))
    return review_glass (errand, transaction, &by, error);
  limber_errand_take (errand, json_pack ("{s:b}", "ended", TRUE));
  g_string_assign (errand->text, _("It is over.\n"));
  return limber_glass_end (transaction, &by, error);
}

/* break-glass list [--all] | start --reason TEXT [--patient P] --as STAFF | end --as STAFF | review ID [--note TEXT] --as STAFF */
gboolean
limber_command_break_glass (LimberErrand *errand, GError **error)
{
  static const char *const changes[] = { "start", "end", "review", NULL };

  if (g_str_equal (limber_errand_word (errand, 0), "list"))
    return limber_errand_read (errand, list_glass, error);
  if (!g_strv_contains (changes, limber_errand_word (errand, 0)))
    return limber_errand_usage (error, _("How it is used: limberctl --store DIR break-glass %s"), errand->command->usage);
  return limber_errand_change (errand, change_glass, error);
}

static gboolean
list_reads (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autofree char *author = NULL, *role = NULL;
  g_autoptr (LimberRecord) patient = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  json_t *list;

  if (!limber_command_author (errand, reader, TRUE, &author, &role, error) || !limber_standing_check (reader, &(LimberAuthor){ author, role }, LIMBER_ACTION_REVIEW_GLASS, NULL, error))
    return FALSE;
  patient = limber_reader_by_key (reader, "patient", limber_errand_word (errand, 0), error);
  rows = patient != NULL ? limber_reads_list (reader, &patient->id, error) : NULL;
  if (rows == NULL)
    return FALSE;
  list = json_array ();
  for (guint i = 0; i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    g_autofree char *who = name_of (row, "given", "family");
    json_t *one = json_pack ("{s:o, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?}", "at", time_json (row, "at"), "what", limber_row_text (row, "what"), "staff", who, "number", limber_row_text (row, "number"), "why",
                             limber_row_text (row, "why"), "device", limber_row_text (row, "device"), "site", limber_row_text (row, "site"));

    json_array_append_new (list, one);
    g_string_append_printf (errand->text, "%s  %-5s  %s (%s), %s, %s  %s\n", limber_json_string (one, "at"), limber_json_string (one, "what"), limber_command_text (one, "staff"),
                            limber_command_text (one, "number"), limber_command_text (one, "site"), limber_command_text (one, "device"), limber_command_text (one, "why"));
  }
  if (rows->len == 0)
    g_string_assign (errand->text, _("Nobody, as far as central has heard\n"));
  limber_errand_take (errand, list);
  return TRUE;
}

/* reads PATIENT --as STAFF */
gboolean
limber_command_reads (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, list_reads, error);
}
