#include "limber-client-private.h"

#include "limber-base64.h"
#include "limber-http.h"

/* Whom to talk to, from what the store was told when it joined. */

typedef struct {
  char *url[2], *node[2], *key[2];
  gboolean direct;
  gint64 last_sync;
} Addresses;

static gboolean
read_addresses (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const names[2][3] = { { "upstream", "node", "node_key" }, { "central", "central_node", "central_key" } };
  Addresses *addresses = data;
  g_autofree char *klass = limber_reader_meta (reader, "node_class"), *last = limber_reader_meta (reader, "last_sync");

  for (int i = 0; i < 2; i++) {
    addresses->url[i] = limber_reader_meta (reader, names[i][0]);
    addresses->node[i] = limber_reader_meta (reader, names[i][1]);
    addresses->key[i] = limber_reader_meta (reader, names[i][2]);
  }
  addresses->direct = g_strcmp0 (klass, "central") == 0;
  addresses->last_sync = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
  return TRUE;
}

static void
add_peer (LimberClient *self, Addresses *addresses, int i)
{
  const LimberIdentity *identity = limber_store_identity (self->store);
  LimberPeer peer = { .direct = i == 1 || addresses->direct, .upstream = i == 0 };
  guint8 key[32];

  if (addresses->url[i] != NULL && limber_id_parse (&peer.node, addresses->node[i]) &&
      limber_base64_read (addresses->key[i], key, sizeof key)) {
    peer.link = limber_link_new (self->transport, addresses->url[i], key, &identity->device, identity->secret_key, limber_store_env (self->store));
    if (peer.link != NULL)
      g_array_append_val (self->peers, peer);
  }
  g_clear_pointer (&addresses->url[i], g_free);
  g_clear_pointer (&addresses->node[i], g_free);
  g_clear_pointer (&addresses->key[i], g_free);
}

void
limber_client_find_peers (LimberClient *self)
{
  Addresses addresses = { 0 };

  g_array_set_size (self->peers, 0);
  self->at = 0;
  if (self->transport == NULL)
    self->transport = LIMBER_TRANSPORT (limber_http_new ());
  limber_store_read (self->store, read_addresses, &addresses, NULL);
  add_peer (self, &addresses, 0);
  add_peer (self, &addresses, 1);
  if (self->last_sync == 0)
    self->last_sync = addresses.last_sync;
}

/* Whom to talk to has changed: a new session with the own node begins. */
void
limber_client_turn (LimberClient *self)
{
  limber_client_end_session (self);
  limber_client_clear_timer (&self->probe);
  limber_client_find_peers (self);
  limber_client_step (self);
}
