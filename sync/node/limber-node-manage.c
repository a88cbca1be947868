/* POST /sync/v1/manage: a manager at a device asks how the others of her site are, for a code for another one, or that one is to go
 * (app/care/limber-managing.h). A hub does it for its own site, central for every. */
#include <glib/gi18n-lib.h>

#include "limber-call.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-managing.h"

static json_t *
read_json (LimberCall *call, GError **error)
{
  g_autoptr (GBytes) body = limber_message_unpack (call->request, error);
  gsize length;
  const char *text;
  json_t *json = NULL;

  if (body == NULL)
    return NULL;
  text = g_bytes_get_data (body, &length);
  if (length > LIMBER_MANAGING_MAXIMUM)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A question that is too long");
  else
    json = limber_json_parse (text != NULL ? text : "", length, error);
  if (json == NULL || json_is_object (json))
    return json;
  json_decref (json);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a question");
  return NULL;
}

static LimberManagingAsker
asker_of (LimberCall *call)
{
  return (LimberManagingAsker){ call->signature.device, call->standing.group.klass, call->standing.group.site };
}

static LimberManagingNode
node_of (LimberCall *call, const LimberVitals *vitals)
{
  const LimberIdentity *identity = limber_store_identity (limber_node_store (call->node));

  return (LimberManagingNode){ identity->device, identity->public_key, vitals, LIMBER_VERSION };
}

static gboolean
answer_list (LimberCall *call, LimberReader *reader, GError **error)
{
  LimberManagingAsker asker = asker_of (call);
  LimberVitals vitals;
  LimberManagingNode node = node_of (call, &vitals);
  json_t *list = limber_vitals_read (limber_node_store (call->node), &vitals, error) ? limber_managing_list (reader, &node, &asker, call->data, error) : NULL;

  if (list != NULL)
    limber_call_answer (call, list);
  return list != NULL;
}

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  LimberId site;

  call->destroy = (GDestroyNotify) json_decref;
  if (!limber_managing_may_ask (call->standing.group.klass))
    return limber_error_refuse (error, _("This device does not set up others."));
  if (limber_reader_class (reader) == LIMBER_CLASS_HUB && (limber_scope_is_all (call->standing.group.klass) || !limber_reader_site (reader, &site) || !limber_id_equal (&site, &call->standing.group.site)))
    return limber_error_refuse (error, _("This computer belongs to another site."));
  call->data = read_json (call, error);
  if (call->data == NULL)
    return FALSE;
  return g_strcmp0 (limber_json_string (call->data, "ask"), "list") != 0 || answer_list (call, reader, error);
}

static gboolean
carry_out (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  LimberManagingAsker asker = asker_of (call);
  LimberManagingNode node = node_of (call, NULL);
  json_t *answer = limber_managing_do (transaction, &node, &asker, call->data, error);

  if (answer != NULL)
    limber_call_answer (call, answer);
  return answer != NULL;
}

const LimberHandler limber_node_manage = { "POST", "/sync/v1/manage", FALSE, FALSE, 0, prepare, carry_out, NULL };
