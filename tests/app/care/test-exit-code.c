#include "care-fixture.h"

#include "limber-error.h"
#include "limber-exit-code.h"
#include "limber-pin.h"

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "service-manager" };

static gboolean
set_code (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_exit_code_set (transaction, data, error);
}

static gboolean
set_pin (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberId jane;

  test_id (&jane, "jane");
  return limber_pin_set (transaction, &jane, data, &author, error);
}

static void
put_code (LimberStore *store, const char *code)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (store, set_code, (gpointer) code, &error);
  g_assert_no_error (error);
}

static void
assert_refused (LimberStore *store, const char *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_write (store, set_code, (gpointer) code, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

#define assert_try(care, code, as) g_assert_cmpint (limber_exit_code_try ((care)->kiosk, code), ==, as)

static void
test_figures (Care *care, gconstpointer data)
{
  static const char *const no_codes[] = { "", "123", "1234567890123", "74185a", " 74185", "٧٤١٨٥" };

  for (gsize i = 0; i < G_N_ELEMENTS (no_codes); i++)
    assert_refused (care->kiosk, no_codes[i]);
  assert_try (care, "74185", LIMBER_EXIT_WRONG);
  put_code (care->kiosk, "74185");
  assert_try (care, "7418", LIMBER_EXIT_WRONG);
  assert_try (care, "74185", LIMBER_EXIT_OPEN);
  put_code (care->kiosk, NULL);
  assert_try (care, "74185", LIMBER_EXIT_WRONG);
}

static void
test_nobodys_pin (Care *care, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&care->site);
  LimberId jane;

  test_id (&jane, "jane");
  test_store_put (care->hub, "staff", &jane, "number", "S9", "family", "Ortiz", "given", "Jane", "role", "reception", "site", site, NULL);
  g_assert_true (limber_store_write (care->hub, set_pin, (gpointer) "481516", NULL));
  assert_refused (care->hub, "481516");
  put_code (care->hub, "481517");
}

static void
reopen (Care *care)
{
  g_autoptr (GError) error = NULL;

  limber_store_close (care->kiosk);
  g_clear_object (&care->kiosk);
  care->kiosk = limber_store_open (care->kiosk_dir, LIMBER_STORE_OWN, care->env, &error);
  g_assert_no_error (error);
}

static void
guess_thrice (Care *care)
{
  assert_try (care, "1111", LIMBER_EXIT_WRONG);
  assert_try (care, "2222", LIMBER_EXIT_WRONG);
  assert_try (care, "3333", LIMBER_EXIT_RESTING);
}

static void
test_rests (Care *care, gconstpointer data)
{
  put_code (care->kiosk, "74185");
  guess_thrice (care);
  assert_try (care, "74185", LIMBER_EXIT_RESTING);
  reopen (care);
  limber_env_set_offset (care->env, G_GINT64_CONSTANT (1000) * 60 * 60 * 24); /* somebody set the clock */
  assert_try (care, "74185", LIMBER_EXIT_RESTING);
  care->clock.now += 61 * 1000;
  guess_thrice (care);
  care->clock.now += 61 * 1000;
  assert_try (care, "74185", LIMBER_EXIT_RESTING); /* the second rest is longer */
  care->clock.now += 60 * 1000;
  assert_try (care, "74185", LIMBER_EXIT_OPEN);
  guess_thrice (care); /* the right code began a new count */
}

static void
test_longest_rest (Care *care, gconstpointer data)
{
  put_code (care->kiosk, "74185");
  for (guint i = 0; i < 12; i++) {
    guess_thrice (care);
    care->clock.now += 14 * 60 * 1000;
    if (i >= 7)
      assert_try (care, "74185", LIMBER_EXIT_RESTING);
    care->clock.now += 61 * 1000;
    if (i >= 7)
      break;
  }
  assert_try (care, "74185", LIMBER_EXIT_OPEN);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_test_add (path, Care, NULL, care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/care/exit-code/is-four-to-twelve-figures", test_figures);
  add ("/care/exit-code/is-nobodys-pin", test_nobodys_pin);
  add ("/care/exit-code/a-third-wrong-one-is-followed-by-a-rest-that-a-restart-does-not-end", test_rests);
  add ("/care/exit-code/no-rest-is-longer-than-a-quarter-of-an-hour", test_longest_rest);
  return g_test_run ();
}
