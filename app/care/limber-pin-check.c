/* What may be a PIN. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-pin.h"

/* Whether it is one block again and again: 111111, 121212, 123123. */
static gboolean
repeats (const char *pin, gsize length)
{
  for (gsize block = 1; block <= length / 2; block++) {
    gsize i = block;

    while (i < length && pin[i] == pin[i - block])
      i++;
    if (i == length)
      return TRUE;
  }
  return FALSE;
}

/* Whether each figure, or each pair of figures, is as far from the one before as any: 123456, 654321, 246802, 112233. */
static gboolean
is_row (const char *pin, gsize length, gsize width)
{
  int step = (pin[width] - pin[0] + 10) % 10;

  if (length % width != 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (i % width != 0 ? pin[i] != pin[i - 1] : i > 0 && (pin[i] - pin[i - width] + 10) % 10 != step)
      return FALSE;
  return TRUE;
}

static gboolean
has_few_figures (const char *pin)
{
  guint seen = 0;

  for (; *pin != '\0'; pin++)
    seen |= 1u << (*pin - '0');
  return __builtin_popcount (seen) < 3;
}

/**
 * limber_pin_check:
 * @pin: what somebody would like as a PIN
 * @error: LIMBER_ERROR_REFUSED, saying what a PIN must be
 *
 * Returns: whether it may be one
 */
gboolean
limber_pin_check (const char *pin, GError **error)
{
  gsize length = strlen (pin);

  if (length < LIMBER_PIN_SHORTEST || length > LIMBER_PIN_LONGEST || strspn (pin, "0123456789") != length)
    return limber_error_refuse (error, _("A PIN has 6 to 12 figures."));
  if (repeats (pin, length) || is_row (pin, length, 1) || is_row (pin, length, 2) || has_few_figures (pin))
    return limber_error_refuse (error, _("That PIN is too easy to guess: choose one that is no row of figures and does not repeat."));
  return TRUE;
}

/**
 * limber_pin_make:
 *
 * Returns: (transfer full): six figures that are not too easy
 */
char *
limber_pin_make (LimberEnv *env)
{
  for (;;) {
    guint32 random;
    g_autofree char *pin = NULL;

    limber_env_random (env, (guint8 *) &random, sizeof random);
    if (random >= G_MAXUINT32 - G_MAXUINT32 % 1000000)
      continue;
    pin = g_strdup_printf ("%06u", random % 1000000);
    if (limber_pin_check (pin, NULL))
      return g_steal_pointer (&pin);
  }
}
