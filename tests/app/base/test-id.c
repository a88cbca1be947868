#include "limber-base64.h"
#include "limber-id.h"
#include "limber-test.h"

static void
test_forms (void)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  LimberId id, again;
  g_autofree char *text = NULL, *short_text = NULL;

  limber_id_init_new (&id, env);
  text = limber_id_dup_text (&id);
  short_text = limber_base64_dup (id.bytes, 16);
  g_assert_cmpint (text[14], ==, '7');
  g_assert_true (limber_id_parse (&again, text) && limber_id_equal (&id, &again));
  g_assert_true (limber_id_parse (&again, short_text) && limber_id_equal (&id, &again));
  g_assert_false (limber_id_parse (&again, "LMB01"));
  g_assert_false (limber_id_parse (&again, NULL));
  text[8] = '0';
  g_assert_false (limber_id_parse (&again, text));
}

static void
test_natural (void)
{
  LimberId a, b, c, source;

  test_id (&source, "organisation");
  limber_id_init_from_key (&a, &source, "patient", "P1", NULL);
  limber_id_init_from_key (&b, &source, "patient", "P1", NULL);
  limber_id_init_from_key (&c, &source, "patientP", "1", NULL);
  g_assert_true (limber_id_equal (&a, &b));
  g_assert_false (limber_id_equal (&a, &c));
  limber_id_init_from_key (&c, NULL, "patient", "P1", NULL);
  g_assert_false (limber_id_equal (&a, &c));
}

/* What stands within a few pages of an index is found and written at less cost. */
static void
test_beside (void)
{
  LimberId record, other, a, b, c;

  test_id (&record, "appointment");
  test_id (&other, "another");
  limber_id_init_beside (&a, &record, "arrival", "0", NULL);
  limber_id_init_beside (&b, &record, "arrival", "0", NULL);
  g_assert_true (limber_id_equal (&a, &b));
  g_assert_cmpmem (a.bytes, 6, record.bytes, 6);
  limber_id_init_beside (&c, &record, "arrival", "1", NULL);
  g_assert_false (limber_id_equal (&a, &c));
  memcpy (other.bytes, record.bytes, 6); /* made in the same millisecond */
  limber_id_init_beside (&c, &other, "arrival", "0", NULL);
  g_assert_false (limber_id_equal (&a, &c));
  g_assert_cmphex (a.bytes[6] >> 4, ==, 8);
  g_assert_cmphex (a.bytes[8] >> 6, ==, 2);
}

static void
test_base64 (void)
{
  guint8 bytes[33] = { 0 }, back[33];
  guint64 seed = 7;

  for (gsize length = 0; length <= sizeof bytes; length++) {
    g_autofree char *text = NULL;

    for (gsize i = 0; i < length; i++)
      bytes[i] = (guint8) ((seed = seed * 6364136223846793005u + 1) >> 56);
    text = limber_base64_dup (bytes, length);
    g_assert_true (limber_base64_decode (text, strlen (text), back, length));
    g_assert_cmpmem (bytes, length, back, length);
  }
  g_assert_false (limber_base64_decode ("AB", 2, back, 1)); /* bits left over */
  g_assert_false (limber_base64_decode ("A=", 2, back, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/is-read-in-both-its-forms-and-no-other", test_forms);
  g_test_add_func ("/base/id/a-natural-key-always-makes-the-same", test_natural);
  g_test_add_func ("/base/id/what-belongs-to-a-record-stands-beside-it", test_beside);
  g_test_add_func ("/base/base64/decodes-only-what-it-encodes", test_base64);
  return g_test_run ();
}
