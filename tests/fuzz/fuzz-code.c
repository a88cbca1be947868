/* A joining code as somebody typed it, with the address after its @. */
#include "limber-fuzz.h"

#include <string.h>

#include "limber-enrolment.h"
#include "limber-error.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_begin ();
  return 0;
}

/* Crockford's base32 once more, from the letters back: what the code must be read as, found another way. */
static gboolean
value_at (const char *letters, guint bit)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char c = g_ascii_toupper (letters[bit / 5]);

  c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  g_assert_nonnull (strchr (alphabet, c));
  return (strchr (alphabet, c) - alphabet) >> (4 - bit % 5) & 1;
}

static void
check_code (const char *text, const LimberCode *code)
{
  const guint8 *parts[] = { code->secret, code->fingerprint };
  char letters[64] = "";
  gsize n = 0;

  for (; *text != '\0' && *text != '@'; text++)
    if (*text != '-' && !g_ascii_isspace (*text)) {
      g_assert_cmpuint (n, <, 32);
      letters[n++] = *text;
    }
  g_assert_cmpuint (n, ==, 32);
  for (guint bit = 0; bit < 160; bit++)
    g_assert_cmpint (parts[bit / 80][bit % 80 / 8] >> (7 - bit % 8) & 1, ==, value_at (letters, bit));
}

/* As a person is given it, the code says the same again, with its address when that can be one. */
static void
check_again (const char *text, const LimberCode *code, const char *url)
{
  g_autofree char *letters = g_strndup (text, strcspn (text, "@")), *located = limber_enrolment_locate (letters, url), *again_url = NULL;
  LimberCode again;

  if (url != NULL && strpbrk (url, " \t\n\v\f\r") != NULL) /* no address has spaces */
    return;
  g_assert_true (limber_enrolment_parse (located, &again, &again_url, NULL));
  g_assert_cmpmem (&again, sizeof again, code, sizeof *code);
  g_assert_cmpstr (again_url, ==, url);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size), *exact = g_memdup2 (text, strlen (text) + 1), *url = NULL;
  g_autoptr (GError) error = NULL;
  LimberCode code, alone;

  if (!limber_enrolment_parse (exact, &code, &url, &error)) {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
    g_assert_null (url);
    return 0;
  }
  g_assert_no_error (error);
  g_assert_true ((url != NULL) == (strchr (exact, '@') != NULL));
  g_assert_true (limber_enrolment_parse (exact, &alone, NULL, NULL));
  g_assert_cmpmem (&alone, sizeof alone, &code, sizeof code);
  check_code (exact, &code);
  check_again (exact, &code, url);
  return 0;
}
