/* Which hub a device's site has now, and where it and central are. */
#include <string.h>

#include "limber-apply.h"
#include "limber-base64.h"
#include "limber-credential.h"
#include "limber-json.h"

static gboolean
meta_key (LimberReader *reader, const char *name, guint8 key[32])
{
  g_autofree char *text = limber_reader_meta (reader, name);

  return limber_base64_read (text, key, 32);
}

/* How many were in the present hub's place before it; -1 when it never showed central's word. */
static gint64
present_generation (LimberReader *reader)
{
  g_autofree char *text = limber_reader_meta (reader, "credential");
  g_autoptr (json_t) json = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;

  return limber_json_integer (json, "generation", -1);
}

/* A device that joined central itself, or central's word about another site, has nothing to do with this. */
static gboolean
is_ours (LimberReader *reader, const json_t *json, LimberCredential *credential)
{
  g_autofree char *klass = limber_reader_meta (reader, "node_class");
  guint8 central_key[32];
  LimberId site;

  return g_strcmp0 (klass, "hub") == 0 && meta_key (reader, "central_key", central_key) && limber_credential_read (credential, json, central_key) && limber_reader_site (reader, &site) &&
         limber_id_equal (&site, &credential->site);
}

static gboolean
set_url (LimberTransaction *transaction, LimberApply *apply, const char *name, const char *url, GError **error)
{
  g_autofree char *known = limber_reader_meta (limber_transaction_reader (transaction), name);

  if (url == NULL || known == NULL || g_str_equal (known, url))
    return TRUE;
  apply->nodes_changed = TRUE;
  return limber_transaction_set_meta (transaction, name, url, error);
}

/* @url: (nullable): where the hub is; without, where the former one was */
static gboolean
take_hub (LimberTransaction *transaction, LimberApply *apply, const json_t *json, const char *url, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *known = limber_reader_meta (reader, "node"), *node = NULL, *key = NULL, *text = NULL;
  LimberCredential credential;

  if (!is_ours (reader, json, &credential))
    return TRUE;
  node = limber_id_dup_text (&credential.node);
  if (g_strcmp0 (known, node) == 0)
    return set_url (transaction, apply, "upstream", url, error);
  if (credential.generation <= present_generation (reader)) /* one that was replaced itself */
    return TRUE;
  apply->nodes_changed = TRUE;
  key = limber_base64_dup (credential.key, sizeof credential.key);
  text = limber_json_dup (json);
  return limber_transaction_set_meta (transaction, "node", node, error) && limber_transaction_set_meta (transaction, "node_key", key, error) &&
         limber_transaction_set_meta (transaction, "credential", text, error) && set_url (transaction, apply, "upstream", url, error);
}

/**
 * limber_apply_successor:
 * @data: a LimberApply of what somebody in the hub's place says of himself
 *
 * Takes him for the hub if central says so.
 */
gboolean
limber_apply_successor (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberApply *apply = data;

  return take_hub (transaction, apply, apply->end, NULL, error);
}

/**
 * limber_apply_nodes:
 *
 * Takes in what the last page of a pull says of where the nodes are.
 */
gboolean
limber_apply_nodes (LimberTransaction *transaction, LimberApply *apply, GError **error)
{
  if (apply->direct)
    return take_hub (transaction, apply, json_object_get (apply->end, "hub"), limber_json_string (apply->end, "hub_url"), error);
  return set_url (transaction, apply, "central", limber_json_string (apply->end, "central_url"), error);
}
