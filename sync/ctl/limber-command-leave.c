/* retire, lost and move: a device hands over what it has, and then holds nothing any more. */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-departure.h"
#include "limber-error.h"
#include "limber-managing.h"
#include "limber-standing.h"

static gboolean
is_word (const LimberRecord *device, const char *field, const char *word)
{
  return g_strcmp0 (limber_record_text (device, field), word) == 0;
}

/* (transfer full) (nullable): the device that the command names, if it can be told to go, or to stay. */
static LimberRecord *
find_leaver (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) device = NULL;
  g_autofree char *left = NULL;
  LimberId id;

  if (!limber_command_find_device (reader, limber_errand_word (errand, 0), &id, error) || (device = limber_reader_get (reader, "device", &id, error)) == NULL)
    return NULL;
  if (limber_id_equal (&id, &limber_store_identity (errand->store)->device) || is_word (device, "class", "central")) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("A hub is let go by central, and central by nobody"));
    return NULL;
  }
  if (limber_record_integer (device, "left") == 0)
    return g_steal_pointer (&device);
  left = limber_time_to_iso (limber_record_integer (device, "left"));
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("It has gone already, on %s, and holds nothing any more. Join it with a new code to use it again"), left);
  return NULL;
}

static void
say_what_comes (LimberErrand *errand, const LimberRecord *device, LimberLeaving leaving)
{
  const char *name = limber_record_text (device, "name");

  switch (leaving) {
  case LIMBER_LEAVING_NOT:
    g_string_printf (errand->text, _("%s stays, and works as before.\n"), name);
    break;
  case LIMBER_LEAVING_LOST:
    g_string_printf (errand->text,
                     _("%s is shut out. If it is ever switched on where it finds its hub or central, it hands over what it had not sent, which waits for a review (limberctl quarantine), and removes "
                       "all that it holds.\n"),
                     name);
    break;
  default:
    g_string_printf (errand->text, _("When %s is next in touch it hands over what it has not sent. As soon as central has all of it, it removes all that it holds, and closes.\n"), name);
  }
}

/* Writes why the device is to go, or that it is not. */
static gboolean
set_leaving (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *device, LimberLeaving leaving, GError **error)
{
  g_autofree char *author = NULL, *role = NULL, *text = limber_id_dup_text (&device->id);

  if (!limber_command_author (errand, limber_transaction_reader (transaction), FALSE, &author, &role, error) ||
      !limber_standing_check (limber_transaction_reader (transaction), &(LimberAuthor){ author, role }, LIMBER_ACTION_DEVICES, NULL, error) ||
      !limber_managing_leave (transaction, device, leaving, &(LimberAuthor){ author, role }, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s?}", "id", text, "leaving", limber_leaving_name (leaving)));
  say_what_comes (errand, device, leaving);
  return TRUE;
}

static gboolean
change (LimberErrand *errand, LimberTransaction *transaction, LimberLeaving leaving, GError **error)
{
  g_autoptr (LimberRecord) device = find_leaver (errand, limber_transaction_reader (transaction), error);

  return device != NULL && set_leaving (errand, transaction, device, limber_errand_has (errand, "undo") ? LIMBER_LEAVING_NOT : leaving, error);
}

static gboolean
retire (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  return change (errand, transaction, LIMBER_LEAVING_RETIRED, error);
}

static gboolean
lose (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  return change (errand, transaction, LIMBER_LEAVING_LOST, error);
}

static gboolean
let_go (LimberErrand *errand, gboolean (*write) (LimberErrand *, LimberTransaction *, GError **), GError **error)
{
  return limber_command_is_node (errand, _("Only central or a hub lets devices go"), error) && limber_errand_change (errand, write, error);
}

/* retire DEVICE [--undo] [--as STAFF] */
gboolean
limber_command_retire (LimberErrand *errand, GError **error)
{
  return limber_command_manages (errand) ? limber_command_manage (errand, "retire", error) : let_go (errand, retire, error);
}

/* lost DEVICE [--undo] [--as STAFF] */
gboolean
limber_command_lost (LimberErrand *errand, GError **error)
{
  return limber_command_manages (errand) ? limber_command_manage (errand, "lost", error) : let_go (errand, lose, error);
}

/* A code by which it joins again, as what it was, there. */
static gboolean
move (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  g_autoptr (LimberRecord) device = find_leaver (errand, limber_transaction_reader (transaction), error);
  LimberWanted wanted = { .site = limber_errand_option (errand, "site") };
  json_t *made;

  if (device == NULL)
    return FALSE;
  if (wanted.site == NULL)
    return limber_errand_usage (error, _("Say where it goes: --site CODE"));
  if (is_word (device, "class", "hub") || limber_record_id (device, "site") == NULL)
    return limber_error_refuse (error, _("A hub stays with its site, and an office belongs to none. Retire it, and enrol it anew"));
  wanted.klass = limber_record_text (device, "class");
  wanted.name = limber_record_text (device, "name");
  made = limber_command_make_code (errand, transaction, &wanted, error);
  if (made == NULL)
    return FALSE;
  if (!set_leaving (errand, transaction, device, LIMBER_LEAVING_MOVED, error)) {
    json_decref (made);
    return FALSE;
  }
  limber_errand_take (errand, made);
  g_string_append_printf (errand->text, _("At the new site it joins with this code, once, until %s: limberctl --store DIR join %s\n"), json_string_value (json_object_get (made, "expires")),
                          json_string_value (json_object_get (made, "code")));
  return TRUE;
}

/* move DEVICE --site CODE [--expires 24h] [--as STAFF] */
gboolean
limber_command_move (LimberErrand *errand, GError **error)
{
  return let_go (errand, move, error);
}
