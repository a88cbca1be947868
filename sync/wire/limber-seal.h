/* LimberSeal: keeps what a device and its node say to each other from whoever stands between them and opens TLS on the
 * way: a site's own inspection, or a stranger on the church hall's Wi-Fi with a certificate of his own. A node is known by
 * its key, not by its certificate, so neither can shut a site out; thanks to the seal, neither reads anything.
 *
 * At each start a device draws an X25519 key and names its public half in every request (limber-seal; its signature covers
 * it). With the node's own key, in its X25519 form, that gives two keys: for what is asked and for what is answered. A
 * sealed body is [nonce][XChaCha20-Poly1305 of a letter for how the body is packed, and the body]. The nonce is a keyed
 * hash of what is sealed, so that two different things never have the same. */
#pragma once

#include "limber-env.h"
#include "limber-message.h"

G_BEGIN_DECLS

/* Bytes by which a sealed body is longer. */
#define LIMBER_SEAL_OVERHEAD 41

typedef struct {
  char   name[44]; /* the device's public half, as limber-seal says it */
  guint8 asked[32];
  guint8 answered[32];
} LimberSeal;

gboolean limber_seal_init_device (LimberSeal *seal, LimberEnv *env, const guint8 node_key[32]);
gboolean limber_seal_init_node   (LimberSeal *seal, const char *name, const guint8 secret_key[64]);
void     limber_seal_close       (LimberMessage *message, const guint8 key[32]);
gboolean limber_seal_open        (LimberMessage *message, const guint8 key[32], GError **error);

G_END_DECLS
