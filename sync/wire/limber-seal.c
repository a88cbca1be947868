#include "limber-seal.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"

#define TYPE "application/vnd.limber-sealed"
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (LIMBER_SEAL_OVERHEAD == NONCE + TAG + 1);
G_STATIC_ASSERT (sizeof ((LimberSeal *) NULL)->name == LIMBER_BASE64_LENGTH (crypto_scalarmult_BYTES) + 1);

/* How a body can be packed; its letter stands before it. */
static const char *const packings[] = { NULL, "zstd", "gzip" };

static void
derive (guint8 key[32], const char *purpose, const guint8 shared[32], const guint8 device[32], const guint8 node[32])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, (const guint8 *) purpose, strlen (purpose), 32);
  crypto_generichash_update (&state, shared, 32);
  crypto_generichash_update (&state, device, 32);
  crypto_generichash_update (&state, node, 32);
  crypto_generichash_final (&state, key, 32);
}

/* @secret: this side's half; @other: the other's. A weak half of the other gives a result of zeros, which is refused. */
static gboolean
agree (LimberSeal *seal, const guint8 secret[32], const guint8 other[32], const guint8 device[32], const guint8 node[32])
{
  guint8 shared[32];
  gboolean good = crypto_scalarmult (shared, secret, other) == 0;

  if (good) {
    derive (seal->asked, "limber seal: asked", shared, device, node);
    derive (seal->answered, "limber seal: answered", shared, device, node);
  }
  sodium_memzero (shared, sizeof shared);
  return good;
}

/**
 * limber_seal_init_device:
 * @seal: (out): the keys of a device that begins to talk to a node
 * @node_key: the node's Ed25519 public key
 *
 * Returns: whether @node_key is a key
 */
gboolean
limber_seal_init_device (LimberSeal *seal, LimberEnv *env, const guint8 node_key[32])
{
  guint8 secret[32], own[32], node[32];
  gboolean good;

  limber_env_random (env, secret, sizeof secret);
  crypto_scalarmult_base (own, secret);
  limber_base64_encode (own, sizeof own, seal->name);
  good = crypto_sign_ed25519_pk_to_curve25519 (node, node_key) == 0 && agree (seal, secret, node, own, node);
  sodium_memzero (secret, sizeof secret);
  return good;
}

/**
 * limber_seal_init_node:
 * @seal: (out): the keys for the device that asks
 * @name: (nullable): what its request says in limber-seal
 * @secret_key: the node's Ed25519 key, as libsodium has it
 *
 * Returns: whether @name is one that can be sealed for
 */
gboolean
limber_seal_init_node (LimberSeal *seal, const char *name, const guint8 secret_key[64])
{
  guint8 secret[32], own[32], device[32];
  gboolean good;

  if (!limber_base64_read (name, device, sizeof device))
    return FALSE;
  memcpy (seal->name, name, sizeof seal->name);
  crypto_sign_ed25519_sk_to_curve25519 (secret, secret_key);
  crypto_scalarmult_base (own, secret);
  good = agree (seal, secret, device, device, own);
  sodium_memzero (secret, sizeof secret);
  return good;
}

static char
letter_of (const char *packing)
{
  char letter = '0';

  for (guint i = 0; i < G_N_ELEMENTS (packings); i++)
    if (g_strcmp0 (packings[i], packing) == 0)
      letter = (char) ('0' + i);
  return letter;
}

/**
 * limber_seal_close:
 * @message: (inout): whose body only who has @key can read from now on; one without a body stays as it is
 * @key: asked or answered of a #LimberSeal
 */
void
limber_seal_close (LimberMessage *message, const guint8 key[32])
{
  gsize length = g_bytes_get_size (message->body);
  g_autoptr (GByteArray) plain = NULL;
  g_autoptr (GBytes) body = NULL;
  guint8 *sealed;
  char letter;

  if (length == 0)
    return;
  letter = letter_of (limber_message_get (message, "content-encoding"));
  plain = g_byte_array_sized_new ((guint) length + 1);
  g_byte_array_append (plain, (const guint8 *) &letter, 1);
  g_byte_array_append (plain, g_bytes_get_data (message->body, NULL), (guint) length);
  sealed = g_malloc (length + LIMBER_SEAL_OVERHEAD);
  crypto_generichash (sealed, NONCE, plain->data, plain->len, key, 32);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE, NULL, plain->data, plain->len, NULL, 0, NULL, sealed, key);
  body = g_bytes_new_take (sealed, length + LIMBER_SEAL_OVERHEAD);
  limber_message_set_body (message, TYPE, body);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A body that is not sealed as agreed");
  return FALSE;
}

/**
 * limber_seal_open:
 * @message: (inout): a request or an answer as it came; gets its body back as it was before it was sealed
 * @key: asked or answered of a #LimberSeal
 * @error: LIMBER_ERROR_FORMAT
 *
 * An error that is not sealed is taken as it is: a node cannot seal for whom it does not know.
 *
 * Returns: whether it could be opened, or has no body
 */
gboolean
limber_seal_open (LimberMessage *message, const guint8 key[32], GError **error)
{
  gsize length;
  const guint8 *sealed = g_bytes_get_data (message->body, &length);
  g_autoptr (GBytes) whole = NULL, body = NULL;
  guint8 *plain;
  guint letter;

  if (length == 0)
    return TRUE;
  if (g_strcmp0 (limber_message_get (message, "content-type"), TYPE) != 0)
    return message->status >= 400 || refuse (error);
  if (length < LIMBER_SEAL_OVERHEAD)
    return refuse (error);
  plain = g_malloc (length - NONCE - TAG);
  whole = g_bytes_new_take (plain, length - NONCE - TAG);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, sealed + NONCE, length - NONCE, NULL, 0, sealed, key) != 0)
    return refuse (error);
  letter = (guint) plain[0] - '0';
  if (letter >= G_N_ELEMENTS (packings))
    return refuse (error);
  body = g_bytes_new_from_bytes (whole, 1, g_bytes_get_size (whole) - 1);
  limber_message_set_body (message, NULL, body);
  limber_message_set (message, "content-encoding", packings[letter]);
  return TRUE;
}
