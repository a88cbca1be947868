/* Central's word that a device is a site's hub, as a hub hands it on.
 *
 * An input: a byte that says whether central signs what the rest says (1), which it otherwise did not; then the JSON. */
#include "limber-fuzz.h"

#include <string.h>

#include "limber-credential.h"
#include "limber-json.h"

static guint8 public_key[32], secret_key[64];

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  LimberId central;

  fuzz_begin ();
  fuzz_id (&central, 'C');
  fuzz_key (&central, public_key, secret_key);
  return 0;
}

static void
assert_same (const LimberCredential *a, const LimberCredential *b)
{
  g_assert_true (limber_id_equal (&a->site, &b->site) && limber_id_equal (&a->node, &b->node) && a->generation == b->generation);
  g_assert_cmpmem (a->key, sizeof a->key, b->key, sizeof b->key);
}

/* What central signs is read as what it says, and with any one part of it changed it is not what central signed. */
static void
check_signed (const LimberCredential *credential)
{
  g_autoptr (json_t) json = limber_credential_sign (credential, secret_key);
  LimberCredential again;

  g_assert_true (limber_credential_read (&again, json, public_key));
  assert_same (&again, credential);
  json_object_set_new (json, "generation", json_integer (credential->generation ^ 1));
  g_assert_false (limber_credential_read (&again, json, public_key));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (json_t) json = size > 0 ? limber_json_parse ((const char *) data + 1, size - 1, NULL) : NULL;
  LimberCredential credential = { 0 };

  if (json == NULL)
    return 0;
  g_assert_false (limber_credential_read (&credential, json, public_key));
  if ((data[0] & 1) && credential.generation >= 0)
    check_signed (&credential);
  return 0;
}
