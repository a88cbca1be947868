/* address, revoke and holders: where nodes are, which devices belong to the service, and whom they know. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-client.h"
#include "limber-commands.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-standing.h"
#include "limber-status.h"

/**
 * limber_command_is_node:
 * @refusal: what a device is told, translated
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: whether the store is a node's
 */
gboolean
limber_command_is_node (LimberErrand *errand, const char *refusal, GError **error)
{
  return (limber_store_identity (errand->store)->klass & LIMBER_CLASS_NODES) != 0 || limber_error_refuse (error, refusal);
}

typedef struct {
  const char *name;
  GArray     *ids;
} Named;

static gboolean
note_named (const LimberRecord *record, gpointer data)
{
  Named *named = data;

  if (limber_record_integer (record, "left") != 0) /* its name is free for another */
    return TRUE;
  g_array_append_val (named->ids, record->id);
  return named->ids->len < 2;
}

/**
 * limber_command_find_device:
 * @text: a device's id or its name
 * @error: LIMBER_ERROR_NOT_FOUND; LIMBER_ERROR_AMBIGUOUS
 */
gboolean
limber_command_find_device (LimberReader *reader, const char *text, LimberId *id, GError **error)
{
  static const char *const fields[] = { "name", NULL };
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LimberId));
  const LimberValue name = { .type = LIMBER_VALUE_TEXT, .text = (char *) text };
  Named named = { text, ids };

  if (limber_id_parse (id, text)) {
    record = limber_reader_get (reader, "device", id, error);
    return record != NULL;
  }
  if (!limber_reader_list (reader, "device", fields, &name, note_named, &named, error))
    return FALSE;
  if (ids->len == 1)
    *id = g_array_index (ids, LimberId, 0);
  else if (ids->len == 0)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no device called “%s” here"), text);
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_AMBIGUOUS, _("More than one device is called “%s”: say which by its id"), text);
  return ids->len == 1;
}

/**
 * limber_command_own_address:
 *
 * Returns: (transfer full) (nullable): where this node is reached, if somebody has said so
 */
char *
limber_command_own_address (LimberErrand *errand, LimberReader *reader)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "device", &limber_store_identity (errand->store)->device, NULL);

  return record != NULL ? g_strdup (limber_record_text (record, "address")) : NULL;
}

static gboolean
set_address (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  static const LimberAuthor author = { "system:limberctl", "set-up" };
  g_autoptr (LimberEdit) edit = limber_edit_new ("device", &limber_store_identity (errand->store)->device);

  limber_edit_set_text (edit, "address", limber_errand_word (errand, 0));
  return limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
read_address (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autofree char *url = limber_command_own_address (errand, reader);

  limber_errand_take (errand, json_pack ("{s:s?}", "address", url));
  g_string_printf (errand->text, "%s\n", url != NULL ? url : _("Nobody has said where this node is reached: limberctl address URL"));
  return TRUE;
}

/* address [URL] */
gboolean
limber_command_address (LimberErrand *errand, GError **error)
{
  const char *url = limber_errand_word (errand, 0);

  if (!limber_command_is_node (errand, _("Only central and a hub are asked over a network; this store is a device's"), error))
    return FALSE;
  if (url != NULL && !limber_client_is_address (url))
    return limber_errand_usage (error, _("The node's address is https://… (or http://127.0.0.1:PORT on this machine)"));
  return (url == NULL || limber_errand_change (errand, set_address, error)) && limber_errand_read (errand, read_address, error);
}

static gboolean
revoke_device (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *author = NULL, *role = NULL, *text = NULL;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  if (!limber_command_find_device (reader, limber_errand_word (errand, 0), &id, error) || !limber_command_author (errand, reader, FALSE, &author, &role, error) ||
      !limber_standing_check (reader, &(LimberAuthor){ author, role }, LIMBER_ACTION_DEVICES, NULL, error))
    return FALSE;
  if (limber_id_equal (&id, &limber_store_identity (errand->store)->device))
    return limber_error_refuse (error, _("This store cannot revoke its own device"));
  edit = limber_edit_new ("device", &id);
  limber_edit_set_integer (edit, "revoked", 1);
  if (!limber_transaction_edit (transaction, edit, &(LimberAuthor){ author, role }, error))
    return FALSE;
  text = limber_id_dup_text (&id);
  limber_errand_take (errand, json_pack ("{s:s, s:b}", "id", text, "revoked", TRUE));
  g_string_printf (errand->text, _("Revoked: %s\n"), text);
  return TRUE;
}

/* revoke DEVICE [--as STAFF] */
gboolean
limber_command_revoke (LimberErrand *errand, GError **error)
{
  if (limber_command_manages (errand))
    return limber_command_manage (errand, "revoke", error);
  return limber_command_is_node (errand, _("Only central or a hub revokes devices"), error) && limber_errand_change (errand, revoke_device, error);
}

/* Who has left a hub's reach has no record there any more, and who was erased none anywhere: then an id says who. */
static gboolean
find_patient (LimberReader *reader, const char *text, LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;

  if (limber_id_parse (id, text))
    return TRUE;
  record = limber_reader_by_key (reader, "patient", text, error);
  if (record != NULL)
    *id = record->id;
  return record != NULL;
}

static const char *
state_text (const char *state)
{
  return g_str_equal (state, "holds") ? _("holds the record") : g_str_equal (state, "told") ? _("is to forget the record, and has not said yet that it has") : _("has forgotten the record; known since");
}

static gboolean
read_holders (LimberErrand *errand, LimberReader *reader, GError **error)
{
  json_t *list = NULL, *one;
  LimberId patient;
  gsize i;

  if (!find_patient (reader, limber_errand_word (errand, 0), &patient, error) || (list = limber_holders_json (reader, &patient, error)) == NULL)
    return FALSE;
  limber_errand_take (errand, list);
  json_array_foreach (list, i, one) {
    const char *at = limber_json_string (one, "at");

    g_string_append_printf (errand->text, "%s (%s, %s)%s: %s%s%s\n", limber_json_string (one, "name"), limber_json_string (one, "class"), limber_json_string (one, "device"),
                            json_is_true (json_object_get (one, "revoked")) ? _(", revoked") : "", state_text (limber_json_string (one, "state")), at != NULL ? " " : "", at != NULL ? at : "");
  }
  if (json_array_size (list) == 0)
    g_string_append (errand->text, _("No device that asks here holds that record, or did\n"));
  return TRUE;
}

/* holders PATIENT */
gboolean
limber_command_holders (LimberErrand *errand, GError **error)
{
  return limber_command_is_node (errand, _("Only central or a hub knows what its devices hold"), error) && limber_errand_read (errand, read_holders, error);
}
