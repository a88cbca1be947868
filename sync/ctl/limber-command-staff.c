/* staff: who may sign in. */
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-json.h"
#include "limber-pin.h"

static gboolean
set_pin (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) staff = limber_reader_by_key (reader, "staff", limber_errand_word (errand, 1), error);
  g_autofree char *author = NULL, *role = NULL, *id = NULL, *made = errand->input == NULL ? limber_pin_make (errand->env) : NULL;

  if (staff == NULL || !limber_command_author (errand, reader, FALSE, &author, &role, error) ||
      !limber_pin_set (transaction, &staff->id, made != NULL ? made : errand->input, &(LimberAuthor){ author, role }, error))
    return FALSE;
  id = limber_id_dup_text (&staff->id);
  limber_errand_take (errand, json_pack ("{s:s, s:s*}", "id", id, "pin", made));
  if (made != NULL)
    g_string_printf (errand->text, "%s\n", made);
  else
    g_string_assign (errand->text, _("The PIN is set.\n"));
  if (made != NULL)
    sodium_memzero (made, strlen (made));
  return TRUE;
}

/* staff pin ID [--as STAFF] */
gboolean
limber_command_staff (LimberErrand *errand, GError **error)
{
  if (!g_str_equal (limber_errand_word (errand, 0), "pin"))
    return limber_errand_usage (error, _("How it is used: limberctl --store DIR staff pin ID"));
  return limber_errand_change (errand, set_pin, error);
}
