#include "limber-exit-code.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-error.h"

#define META "exit_code"

/**
 * limber_exit_code_set:
 * @code: (nullable): four to twelve figures, %NULL for none
 * @error: LIMBER_ERROR_REFUSED when it is anything else
 *
 * Sets the code by which staff close this device's public screen. It stays on this device.
 *
 * Returns: whether it was set
 */
gboolean
limber_exit_code_set (LimberTransaction *transaction, const char *code, GError **error)
{
  char verifier[crypto_pwhash_STRBYTES];
  gsize length = code != NULL ? strlen (code) : 0;

  if (code == NULL)
    return limber_transaction_set_meta (transaction, META, NULL, error);
  if (length < LIMBER_EXIT_CODE_SHORTEST || length > LIMBER_EXIT_CODE_LONGEST || strspn (code, "0123456789") != length) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("A closing code is %d to %d figures and nothing else."), LIMBER_EXIT_CODE_SHORTEST, LIMBER_EXIT_CODE_LONGEST);
    return FALSE;
  }
  if (crypto_pwhash_str (verifier, code, length, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is not enough memory to keep a closing code safely."));
    return FALSE;
  }
  return limber_transaction_set_meta (transaction, META, verifier, error);
}

/**
 * limber_exit_code_is_set:
 *
 * Returns: whether this device's public screen can be closed with a code
 */
gboolean
limber_exit_code_is_set (LimberReader *reader)
{
  g_autofree char *verifier = limber_reader_meta (reader, META);

  return verifier != NULL && *verifier != '\0';
}

/**
 * limber_exit_code_verify:
 * @code: what was typed
 *
 * Slow on purpose (about 80 ms): not for the thread that draws.
 *
 * Returns: whether @code is this device's closing code
 */
gboolean
limber_exit_code_verify (LimberReader *reader, const char *code)
{
  g_autofree char *verifier = limber_reader_meta (reader, META);
  gsize length = strlen (code);

  return verifier != NULL && *verifier != '\0' && length <= LIMBER_EXIT_CODE_LONGEST && crypto_pwhash_str_verify (verifier, code, length) == 0;
}
