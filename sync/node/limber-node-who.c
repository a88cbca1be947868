/* GET /sync/v1/node: what a hub shows to whoever does not know it: central's word that it is this site's hub. And the
 * same word from central itself, to devices that ask it directly. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "limber-base64.h"
#include "limber-call.h"
#include "limber-credential.h"
#include "limber-error.h"
#include "limber-json.h"

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  g_autofree char *text = limber_reader_meta (reader, "credential");
  json_t *json = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;

  if (json == NULL) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is nothing here."));
    return FALSE;
  }
  limber_call_answer (call, json);
  return TRUE;
}

/* @record: a device's. Returns whether it has all that a credential says. */
static gboolean
describe (const LimberRecord *record, LimberCredential *credential)
{
  const LimberId *site = limber_record_id (record, "site");

  if (site == NULL || !limber_base64_read (limber_record_text (record, "key"), credential->key, sizeof credential->key))
    return FALSE;
  credential->site = *site;
  credential->node = record->id;
  credential->generation = limber_record_integer (record, "generation");
  return TRUE;
}

/**
 * limber_call_credential:
 * @record: the device record of a hub
 *
 * Returns: (transfer full) (nullable): central's word for it; %NULL at a hub, which cannot give it
 */
json_t *
limber_call_credential (LimberCall *call, const LimberRecord *record)
{
  const LimberIdentity *identity = limber_store_identity (limber_node_store (call->node));
  LimberCredential credential;

  if (identity->klass != LIMBER_CLASS_CENTRAL || !describe (record, &credential))
    return NULL;
  return limber_credential_sign (&credential, identity->secret_key);
}

/* @data: (inout): where the one of the most generations is kept */
static gboolean
keep_newest (const LimberRecord *record, gpointer data)
{
  LimberRecord **newest = data;

  if (limber_record_integer (record, "revoked") != 0 || (*newest != NULL && limber_record_integer (*newest, "generation") >= limber_record_integer (record, "generation")))
    return TRUE;
  g_clear_pointer (newest, limber_record_free);
  *newest = limber_record_copy (record);
  return TRUE;
}

static gboolean
tell_of_hub (LimberCall *call, LimberReader *reader, json_t *end, GError **error)
{
  static const char *const fields[] = { "class", "site", NULL };
  const LimberValue values[] = { { .type = LIMBER_VALUE_TEXT, .text = (char *) "hub" }, { .type = LIMBER_VALUE_ID, .id = call->standing.group.site } };
  g_autoptr (LimberRecord) newest = NULL;
  json_t *credential;

  if (!limber_reader_list (reader, "device", fields, values, keep_newest, &newest, error))
    return FALSE;
  credential = newest != NULL ? limber_call_credential (call, newest) : NULL;
  if (credential == NULL)
    return TRUE;
  json_object_set_new (end, "hub", credential);
  if (limber_record_text (newest, "address") != NULL)
    json_object_set_new (end, "hub_url", json_string (limber_record_text (newest, "address")));
  return TRUE;
}

/**
 * limber_call_tell_of_nodes:
 * @end: (inout): of an answer: gets, at central, which hub the site of a device that asks directly has now, and where; at
 *   a hub, where central is
 */
gboolean
limber_call_tell_of_nodes (LimberCall *call, LimberReader *reader, json_t *end, GError **error)
{
  static const LimberId nowhere;

  if (limber_reader_class (reader) != LIMBER_CLASS_CENTRAL)
    limber_call_set_meta (end, "central_url", reader, "upstream");
  else if (call->standing.group.klass != LIMBER_CLASS_HUB && !limber_id_equal (&call->standing.group.site, &nowhere))
    return tell_of_hub (call, reader, end, error);
  return TRUE;
}

const LimberHandler limber_node_who = { "GET", "/sync/v1/node", TRUE, FALSE, 0, prepare, NULL, NULL };
