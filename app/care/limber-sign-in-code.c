#include "limber-sign-in-code.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-standing.h"

/* None that is read or heard as another. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
spell (const guint8 *bytes, int n, char *text)
{
  for (int i = 0; i < n; i++)
    text[i] = letters[bytes[i] & 31];
  text[n] = '\0';
}

/* As it was read out and typed: in any case, with gaps. Returns whether it has @length letters. */
static gboolean
read_spelt (const char *text, int length, char *out)
{
  int n = 0;

  for (; text != NULL && *text != '\0'; text++) {
    char letter = g_ascii_toupper (*text);

    letter = letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
    if (*text == ' ' || *text == '-')
      continue;
    if (n == length || strchr (letters, letter) == NULL)
      return FALSE;
    out[n++] = letter;
  }
  out[n] = '\0';
  return n == length;
}

/**
 * limber_sign_in_code_question:
 *
 * Returns: (transfer full): what to read out to central
 */
char *
limber_sign_in_code_question (LimberEnv *env)
{
  guint8 random[LIMBER_SIGN_IN_QUESTION_LENGTH];
  char *text = g_malloc (sizeof random + 1);

  limber_env_random (env, random, sizeof random);
  spell (random, sizeof random, text);
  return text;
}

/* The code, from this side's secret key and the other's public one, both Ed25519. */
static gboolean
make_code (const guint8 secret_key[64], const guint8 public_key[32], const LimberId *device, const LimberId *staff, const char *question, char code[LIMBER_SIGN_IN_CODE_LENGTH + 1])
{
  guint8 secret[32], other[32], shared[32], hash[32];
  crypto_generichash_state state;
  gboolean good = crypto_sign_ed25519_sk_to_curve25519 (secret, secret_key) == 0 && crypto_sign_ed25519_pk_to_curve25519 (other, public_key) == 0 && crypto_scalarmult (shared, secret, other) == 0;

  if (good) {
    crypto_generichash_init (&state, shared, sizeof shared, sizeof hash);
    crypto_generichash_update (&state, (const guint8 *) "limber sign-in code", 19);
    crypto_generichash_update (&state, device->bytes, sizeof device->bytes);
    crypto_generichash_update (&state, staff->bytes, sizeof staff->bytes);
    crypto_generichash_update (&state, (const guint8 *) question, strlen (question));
    crypto_generichash_final (&state, hash, sizeof hash);
    spell (hash, LIMBER_SIGN_IN_CODE_LENGTH, code);
  }
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (shared, sizeof shared);
  return good;
}

/* Who gave it, to whom and for which computer, as cover for that day: it reaches the computer's site when that is back. */
static gboolean
write_down (LimberTransaction *transaction, const LimberRecord *device, const LimberId *staff, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  g_autofree char *reason = g_strdup_printf (_("A code was given by telephone, for “%s”."), limber_record_text (device, "name"));
  char today[LIMBER_DATE_LENGTH + 1];
  LimberId id, by;

  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("cover", &id);
  limber_edit_set_id (edit, "staff", staff);
  limber_edit_set_id (edit, "site", limber_record_id (device, "site"));
  limber_edit_set_text (edit, "why", "offline");
  limber_edit_set_text (edit, "from", today);
  limber_edit_set_text (edit, "until", today);
  limber_edit_set_text (edit, "reason", reason);
  if (limber_id_parse (&by, author->author))
    limber_edit_set_id (edit, "by", &by);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_sign_in_code_answer:
 * @device: the computer that asks
 * @staff: who wants to sign in there
 * @question: as it was read out
 * @error: LIMBER_ERROR_REFUSED for no such question, or for a leaver; LIMBER_ERROR_UNAUTHORISED
 *
 * At central: makes the code, and writes down who gave it.
 *
 * Returns: (transfer full) (nullable): what to read out
 */
char *
limber_sign_in_code_answer (LimberTransaction *transaction, const LimberId *device, const LimberId *staff, const char *question, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) computer = limber_reader_get (reader, "device", device, error), person = computer != NULL ? limber_reader_get (reader, "staff", staff, error) : NULL;
  g_autofree char *secret = limber_reader_meta (reader, "secret_key");
  char asked[LIMBER_SIGN_IN_QUESTION_LENGTH + 1], code[LIMBER_SIGN_IN_CODE_LENGTH + 1];
  guint8 secret_key[64], public_key[32];
  gboolean made;

  if (person == NULL || !limber_standing_check (reader, author, LIMBER_ACTION_PINS, limber_record_id (computer, "site"), error))
    return NULL;
  if (limber_reader_class (reader) != LIMBER_CLASS_CENTRAL)
    limber_error_refuse (error, _("Only central can give such a code."));
  else if (limber_standing_is_over (person, limber_transaction_now (transaction)))
    limber_error_refuse (error, _("They have left the service: give no code."));
  else if (limber_record_integer (computer, "revoked") != 0 || limber_record_id (computer, "site") == NULL)
    limber_error_refuse (error, _("That computer is shut out, or is at no site."));
  else if (!read_spelt (question, LIMBER_SIGN_IN_QUESTION_LENGTH, asked))
    limber_error_refuse (error, _("That is not what a computer asks: it is six letters and figures."));
  else {
    made = limber_base64_read (secret, secret_key, sizeof secret_key) && limber_base64_read (limber_record_text (computer, "key"), public_key, sizeof public_key) &&
           make_code (secret_key, public_key, device, staff, asked, code);
    sodium_memzero (secret_key, sizeof secret_key);
    if (!made)
      limber_error_refuse (error, _("That computer has no key."));
    return made && write_down (transaction, computer, staff, author, error) ? g_strdup (code) : NULL;
  }
  return NULL;
}

/**
 * limber_sign_in_code_fits:
 * @question: what this computer asked
 * @code: what somebody typed
 *
 * Returns: whether @code is central's answer
 */
gboolean
limber_sign_in_code_fits (LimberReader *reader, const LimberId *staff, const char *question, const char *code)
{
  g_autofree char *secret = limber_reader_meta (reader, "secret_key"), *own = limber_reader_meta (reader, "device"), *node = limber_reader_meta (reader, "node_class");
  g_autofree char *central = limber_reader_meta (reader, g_strcmp0 (node, "central") == 0 ? "node_key" : "central_key");
  char typed[LIMBER_SIGN_IN_CODE_LENGTH + 1], right[LIMBER_SIGN_IN_CODE_LENGTH + 1];
  guint8 secret_key[64], public_key[32];
  LimberId device;
  gboolean made;

  made = read_spelt (code, LIMBER_SIGN_IN_CODE_LENGTH, typed) && limber_id_parse (&device, own) && limber_base64_read (secret, secret_key, sizeof secret_key) &&
         limber_base64_read (central, public_key, sizeof public_key) && make_code (secret_key, public_key, &device, staff, question, right);
  sodium_memzero (secret_key, sizeof secret_key);
  return made && sodium_memcmp (typed, right, LIMBER_SIGN_IN_CODE_LENGTH) == 0;
}
