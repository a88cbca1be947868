/* POST /sync/v1/join: a device that has a code becomes a known one. POST /sync/v1/look: what such a code is for, to whoever
 * has it; nothing is used up. */
#include <glib/gi18n-lib.h>

#include "limber-base64.h"
#include "limber-call.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-json.h"

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  g_autoptr (json_t) json = limber_message_json (call->request, error);
  LimberJoin *join = g_new0 (LimberJoin, 1);

  call->data = join;
  call->destroy = g_free;
  if (json == NULL)
    return FALSE;
  if (!limber_base64_read (limber_json_string (json, "id"), join->id, sizeof join->id) || !limber_base64_read (limber_json_string (json, "proof"), join->proof, sizeof join->proof) || !limber_base64_read (limber_json_string (json, "key"), join->key, sizeof join->key)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a request to join");
    return FALSE;
  }
  return limber_sign_verify (call->request, join->key, error);
}

static void
set_id (json_t *json, const char *name, const LimberId *id)
{
  char text[LIMBER_ID_TEXT_LENGTH + 1];

  if (id == NULL)
    return;
  limber_id_to_text (id, text);
  json_object_set_new (json, name, json_string (text));
}

static void
set_credential (LimberCall *call, json_t *json, const LimberRecord *record)
{
  json_t *credential = limber_call_credential (call, record);
  g_autofree char *text = credential != NULL ? limber_json_dup (credential) : NULL;

  if (text != NULL)
    json_object_set_new (json, "credential", json_string (text));
  json_decref (credential);
}

static gboolean
write_device (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const LimberIdentity *identity = limber_store_identity (limber_node_store (call->node));
  g_autoptr (LimberRecord) record = NULL;
  g_autofree char *key = limber_base64_dup (identity->public_key, sizeof identity->public_key);
  LimberId device;
  json_t *json;

  if (!limber_enrolment_take (transaction, call->data, &device, error))
    return FALSE;
  record = limber_reader_get (reader, "device", &device, error);
  if (record == NULL)
    return FALSE;
  json = json_pack ("{s:s,s:s,s:s}", "key", key, "class", limber_record_text (record, "class"), "name", limber_record_text (record, "name"));
  set_id (json, "device", &device);
  set_id (json, "node", &identity->device);
  set_id (json, "organisation", &identity->organisation);
  set_id (json, "site", limber_record_id (record, "site"));
  if (limber_record_text (record, "letter") != NULL)
    json_object_set_new (json, "letter", json_string (limber_record_text (record, "letter")));
  if (identity->klass == LIMBER_CLASS_HUB) {
    limber_call_set_meta (json, "central_url", reader, "upstream"); /* "central" says whether it can be reached */
    limber_call_set_meta (json, "central_node", reader, "node");
    limber_call_set_meta (json, "central_key", reader, "node_key");
    limber_call_set_meta (json, "credential", reader, "credential");
  } else if (g_strcmp0 (limber_record_text (record, "class"), limber_class_name (LIMBER_CLASS_HUB)) == 0)
    set_credential (call, json, record);
  limber_call_describe (call, reader, json);
  limber_call_answer (call, json);
  return TRUE;
}

/* Of the site, what a person knows it by. */
static void
set_site (json_t *json, LimberReader *reader, const LimberEnrolled *found)
{
  g_autoptr (LimberRecord) site = found->has_site ? limber_reader_get (reader, "site", &found->site, NULL) : NULL;

  if (site != NULL)
    json_object_set_new (json, "site", json_string (limber_record_text (site, "name")));
}

static gboolean
look (LimberCall *call, LimberReader *reader, GError **error)
{
  const LimberIdentity *identity = limber_store_identity (limber_node_store (call->node));
  g_autofree char *key = limber_base64_dup (identity->public_key, sizeof identity->public_key);
  g_auto (LimberEnrolled) found = { 0 };
  json_t *json;

  if (!prepare (call, reader, error) || !limber_enrolment_look (reader, call->data, &found, error))
    return FALSE;
  json = json_pack ("{s:s, s:s, s:s, s:I}", "key", key, "class", limber_class_name (found.klass), "name", found.name, "expires", (json_int_t) found.expires);
  set_site (json, reader, &found);
  limber_call_describe (call, reader, json);
  limber_call_answer (call, json);
  return TRUE;
}

const LimberHandler limber_node_look = { "POST", "/sync/v1/look", TRUE, FALSE, 0, look, NULL, NULL };
const LimberHandler limber_node_join = { "POST", "/sync/v1/join", TRUE, FALSE, 0, prepare, write_device, NULL };
