#include "limber-credential.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-json.h"

#define PURPOSE "limber hub of a site\n"

/* What is signed: its parts have fixed lengths. */
typedef struct {
  char   purpose[sizeof PURPOSE - 1];
  guint8 ids[2][16];
  guint8 key[32];
  gint64 generation; /* big-endian */
} Statement;

static void
state (const LimberCredential *credential, Statement *statement)
{
  memset (statement, 0, sizeof *statement);
  memcpy (statement->purpose, PURPOSE, sizeof statement->purpose);
  memcpy (statement->ids[0], credential->site.bytes, 16);
  memcpy (statement->ids[1], credential->node.bytes, 16);
  memcpy (statement->key, credential->key, sizeof statement->key);
  statement->generation = GINT64_TO_BE (credential->generation);
}

/**
 * limber_credential_sign:
 * @central_secret_key: central's Ed25519 key, as libsodium has it
 *
 * Returns: (transfer full): @credential as it goes over the wire and is kept
 */
json_t *
limber_credential_sign (const LimberCredential *credential, const guint8 central_secret_key[64])
{
  char site[LIMBER_ID_TEXT_LENGTH + 1], node[LIMBER_ID_TEXT_LENGTH + 1];
  g_autofree char *key = limber_base64_dup (credential->key, sizeof credential->key), *text = NULL;
  guint8 sign[crypto_sign_BYTES];
  Statement statement;

  state (credential, &statement);
  crypto_sign_detached (sign, NULL, (const guint8 *) &statement, sizeof statement, central_secret_key);
  text = limber_base64_dup (sign, sizeof sign);
  limber_id_to_text (&credential->site, site);
  limber_id_to_text (&credential->node, node);
  return json_pack ("{s:s, s:s, s:s, s:I, s:s}", "site", site, "node", node, "key", key, "generation", (json_int_t) credential->generation, "sign", text);
}

/**
 * limber_credential_read:
 * @credential: (out): what it says
 * @json: (nullable): as it came
 * @central_key: central's Ed25519 public key
 *
 * Returns: whether central said so
 */
gboolean
limber_credential_read (LimberCredential *credential, const json_t *json, const guint8 central_key[32])
{
  guint8 sign[crypto_sign_BYTES];
  Statement statement;

  credential->generation = limber_json_integer (json, "generation", -1);
  if (!limber_id_parse (&credential->site, limber_json_string (json, "site")) || !limber_id_parse (&credential->node, limber_json_string (json, "node")) ||
      !limber_base64_read (limber_json_string (json, "key"), credential->key, sizeof credential->key) || !limber_base64_read (limber_json_string (json, "sign"), sign, sizeof sign) || credential->generation < 0)
    return FALSE;
  state (credential, &statement);
  return crypto_sign_verify_detached (sign, (const guint8 *) &statement, sizeof statement, central_key) == 0;
}
