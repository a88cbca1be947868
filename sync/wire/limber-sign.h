/* Signatures of requests and answers: RFC 9421 HTTP Message Signatures with Ed25519, over RFC 9530 Content-Digest.
 *
 * A request's signature covers @method, @path, @query, content-digest, limber-nonce and limber-seal; its keyid is the device.
 * An answer's covers @status, content-digest, limber-run and the nonce of the request that it answers, so that an answer
 * can be put under no other request.
 *
 * The nonce is "<node run>.<device run>.<counter>": the node's run makes it worthless at another start of the node, the
 * device's run (random, minted at each start) together with the counter makes it single (LimberNonces keeps count). */
#pragma once

#include "limber-id.h"
#include "limber-message.h"

G_BEGIN_DECLS

typedef struct {
  LimberId device;
  char     node_run[LIMBER_RUN_LENGTH + 1];
  char     device_run[LIMBER_RUN_LENGTH + 1];
  guint64  counter;
} LimberSignature;

void     limber_sign_request       (LimberMessage *request, const LimberSignature *signature, const guint8 secret_key[64]);
gboolean limber_sign_read          (LimberMessage *request, LimberSignature *signature, GError **error);
gboolean limber_sign_verify        (LimberMessage *request, const guint8 public_key[32], GError **error);
void     limber_sign_answer        (LimberMessage *answer, LimberMessage *request, const char *run, const guint8 secret_key[64]);
gboolean limber_sign_verify_answer (LimberMessage *answer, LimberMessage *request, const guint8 public_key[32], GError **error);

G_END_DECLS
