/* staff: who may sign in, as what, until when and where. */
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-json.h"
#include "limber-pin.h"
#include "limber-sign-in-code.h"
#include "limber-staffing.h"

typedef gboolean (*Verb) (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error);

static gboolean
set_pin (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  g_autofree char *id = limber_id_dup_text (&staff->id), *made = errand->input == NULL ? limber_pin_make (errand->env) : NULL;

  if (!limber_pin_set (transaction, &staff->id, made != NULL ? made : errand->input, author, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s*}", "id", id, "pin", made));
  if (made != NULL)
    g_string_printf (errand->text, "%s\n", made);
  else
    g_string_assign (errand->text, _("The PIN is set.\n"));
  if (made != NULL)
    sodium_memzero (made, strlen (made));
  return TRUE;
}

static gboolean
report (LimberErrand *errand, const LimberId *id, const char *text)
{
  g_autofree char *said = limber_id_dup_text (id);

  limber_errand_take (errand, json_pack ("{s:s}", "id", said));
  g_string_assign (errand->text, text);
  return TRUE;
}

static gboolean
set_role (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  const char *role = limber_errand_word (errand, 2);

  if (role == NULL)
    return limber_errand_usage (error, _("Say as what: staff role ID ROLE; “limberctl roles” names them"));
  return limber_staffing_set_role (transaction, &staff->id, role, author, error) && report (errand, &staff->id, _("It counts here at once, and elsewhere as soon as it is heard of.\n"));
}

static gboolean
leave (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  const char *until = limber_errand_option (errand, "until");

  return limber_staffing_leave (transaction, &staff->id, until, author, error) &&
         report (errand, &staff->id, until != NULL ? _("After that day the PIN is good no more.\n") : _("The PIN is good no more, here at once, and elsewhere as soon as it is heard of.\n"));
}

static gboolean
back (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  return limber_staffing_stay (transaction, &staff->id, author, error) && report (errand, &staff->id, _("The PIN is good again.\n"));
}

static gboolean
cover (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  const char *code = limber_errand_option (errand, "site"), *from = limber_errand_option (errand, "from"), *until = limber_errand_option (errand, "until");
  LimberCover said = { .staff = staff->id, .until = until, .reason = limber_errand_option (errand, "reason") };
  g_autoptr (LimberRecord) site = code != NULL ? limber_reader_by_key (limber_transaction_reader (transaction), "site", code, error) : NULL;
  char today[LIMBER_DATE_LENGTH + 1];
  LimberId id;

  if (code == NULL || until == NULL || said.reason == NULL)
    return limber_errand_usage (error, _("Say where, until when and why: staff cover ID --site CODE --until DAY --reason TEXT"));
  if (site == NULL)
    return FALSE;
  limber_date_of_time (limber_transaction_now (transaction), today);
  said.site = site->id;
  said.from = from != NULL ? from : today;
  return limber_staffing_cover (transaction, &said, author, &id, error) && report (errand, &id, _("They can sign in there on those days, as cover.\n"));
}

static gboolean
give_code (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *staff, const LimberAuthor *author, GError **error)
{
  const char *computer = limber_errand_option (errand, "device"), *question = limber_errand_option (errand, "question");
  g_autofree char *code = NULL;
  LimberId device;

  if (computer == NULL || question == NULL)
    return limber_errand_usage (error, _("Say which computer, and what it asks: staff code ID --device DEVICE --question LETTERS"));
  if (!limber_command_find_device (limber_transaction_reader (transaction), computer, &device, error))
    return FALSE;
  code = limber_sign_in_code_answer (transaction, &device, &staff->id, question, author, error);
  if (code == NULL)
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s}", "code", code));
  g_string_printf (errand->text, "%.4s %s\n", code, code + 4);
  return TRUE;
}

static const struct { const char *name; Verb verb; } verbs[] = {
  { "pin", set_pin }, { "role", set_role }, { "leave", leave }, { "back", back }, { "cover", cover }, { "code", give_code },
};

static gboolean
carry_out (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const char *name = limber_errand_word (errand, 0);
  g_autofree char *author = NULL, *role = NULL;
  g_autoptr (LimberRecord) staff = NULL;

  if (!limber_command_author (errand, reader, FALSE, &author, &role, error))
    return FALSE;
  if (g_str_equal (name, "uncover")) {
    LimberId id;

    return (limber_id_parse (&id, limber_errand_word (errand, 1)) || limber_errand_usage (error, _("“%s” is not an id"), limber_errand_word (errand, 1))) &&
           limber_staffing_end_cover (transaction, &id, &(LimberAuthor){ author, role }, error) && report (errand, &id, _("They cover there no more.\n"));
  }
  staff = limber_reader_by_key (reader, "staff", limber_errand_word (errand, 1), error);
  for (gsize i = 0; staff != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      return verbs[i].verb (errand, transaction, staff, &(LimberAuthor){ author, role }, error);
  return FALSE;
}

/* staff pin|role|leave|back|cover|code ID … | uncover COVER [--as STAFF] */
gboolean
limber_command_staff (LimberErrand *errand, GError **error)
{
  gboolean known = g_str_equal (limber_errand_word (errand, 0), "uncover");

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    known = known || g_str_equal (verbs[i].name, limber_errand_word (errand, 0));
  if (!known)
    return limber_errand_usage (error, _("How it is used: limberctl --store DIR staff %s"), errand->command->usage);
  return limber_errand_change (errand, carry_out, error);
}
