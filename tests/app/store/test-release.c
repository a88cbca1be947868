/* What was kept apart because nobody knew its device, once the device is known: what it vouches for goes in, if nothing else speaks
 * against it; all else stays apart, with its reason. */
#include <sodium.h>
#include <string.h>

#include "limber-error.h"
#include "limber-release.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *central;
  LimberStore *desk;    /* nobody knows it */
  LimberId     patient;
  GPtrArray   *lines;   /* what it wrote */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *central = NULL, *desk = NULL;

  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  central = g_build_filename (fixture->dir, "central", NULL);
  desk = g_build_filename (fixture->dir, "desk", NULL);
  fixture->central = test_store_new (central, fixture->env, LIMBER_CLASS_CENTRAL, NULL);
  fixture->desk = test_store_new (desk, fixture->env, LIMBER_CLASS_DESK, NULL);
  test_id (&fixture->patient, "patient");
  test_store_put (fixture->desk, "patient", &fixture->patient, "family", "Smith", "given", "Ann", "born", "1954-08-06", NULL);
  test_store_put (fixture->desk, "patient", &fixture->patient, "mobile", "07700900456", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_store_assert_sound (fixture->central);
  limber_store_close (fixture->central);
  limber_store_close (fixture->desk);
  g_object_unref (fixture->central);
  g_object_unref (fixture->desk);
  g_clear_pointer (&fixture->lines, g_ptr_array_unref);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

/* @key: (nullable): signs the line; @whole: with its content */
static char *
make_line (const char *line, const guint8 *key, gboolean whole)
{
  LimberEntry entry;
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), NULL));
  entry.has_body = entry.has_body && whole;
  entry.has_sign = key != NULL;
  if (key != NULL)
    crypto_sign_detached (entry.sign, NULL, entry.hash, sizeof entry.hash, key);
  limber_entry_append_line (&entry, out);
  return g_strndup (out->str, out->len - 1);
}

/* Central keeps apart what the desk wrote; its entry number @at is signed by @key. */
static void
keep_apart (Fixture *fixture, guint at, const guint8 *key, gboolean whole)
{
  g_autoptr (GPtrArray) lines = test_store_lines (fixture->desk);

  fixture->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (fixture->lines, make_line (g_ptr_array_index (lines, i), i == at ? key : NULL, whole));
  test_store_hand_apart (fixture->central, fixture->lines, LIMBER_RELEASE_REASON);
}

typedef struct {
  const LimberIdentity *identity;
  LimberClass           klass;
} Known;

static gboolean
release_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Known *known = data;

  return limber_release_device (transaction, &known->identity->device, known->identity->public_key, known->klass, NULL, NULL, error);
}

/* The desk becomes known, as a device of @klass. */
static void
release (Fixture *fixture, LimberClass klass)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (test_store_count (fixture->central, "SELECT count(*) FROM patient"), ==, 0);
  limber_store_write (fixture->central, release_job, &(Known){ limber_store_identity (fixture->desk), klass }, &error);
  g_assert_no_error (error);
}

static const guint8 *
key_of (Fixture *fixture)
{
  return limber_store_identity (fixture->desk)->secret_key;
}

static void
assert_apart (Fixture *fixture, const char *reason, gint64 expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM quarantine WHERE reason LIKE '%s'", reason);

  g_assert_cmpint (test_store_count (fixture->central, sql), ==, expected);
}

static void
assert_mobile (Fixture *fixture, const char *expected)
{
  g_autoptr (LimberRecord) patient = test_store_get (fixture->central, "patient", &fixture->patient);

  g_assert_nonnull (patient);
  g_assert_cmpstr (limber_record_text (patient, "family"), ==, "Smith");
  g_assert_cmpstr (limber_record_text (patient, "mobile"), ==, expected);
}

static void
what_is_signed_vouches_for_what_came_before (Fixture *fixture, gconstpointer data)
{
  keep_apart (fixture, 1, key_of (fixture), TRUE);
  assert_apart (fixture, LIMBER_RELEASE_REASON, 2);
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, "%", 0);
  assert_mobile (fixture, "07700900456");
}

static void
what_came_after_the_last_signed_stays (Fixture *fixture, gconstpointer data)
{
  keep_apart (fixture, 0, key_of (fixture), TRUE);
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, LIMBER_RELEASE_REASON, 1);
  assert_mobile (fixture, NULL);
}

static void
what_nobody_signed_stays (Fixture *fixture, gconstpointer data)
{
  keep_apart (fixture, 0, NULL, TRUE);
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, LIMBER_RELEASE_REASON, 2);
}

static void
what_another_signed_stays (Fixture *fixture, gconstpointer data)
{
  keep_apart (fixture, 1, limber_store_identity (fixture->central)->secret_key, TRUE);
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, LIMBER_RELEASE_REASON, 2);
}

static void
what_such_a_device_may_not_write_stays (Fixture *fixture, gconstpointer data)
{
  keep_apart (fixture, 1, key_of (fixture), TRUE);
  release (fixture, LIMBER_CLASS_BOARD);
  assert_apart (fixture, "this class of device may not write that", 2);
}

static void
what_says_nothing_right_stays (Fixture *fixture, gconstpointer data)
{
  test_store_append (fixture->desk, "patient", &fixture->patient, &fixture->patient, "{\"born\":\"some day\"}");
  keep_apart (fixture, 2, key_of (fixture), TRUE);
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, "%born%", 1);
  assert_apart (fixture, "%", 1);
  assert_mobile (fixture, "07700900456");
}

static void
what_came_without_its_content_waits_for_it (Fixture *fixture, gconstpointer data)
{
  keep_apart (fixture, 1, key_of (fixture), FALSE);
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, LIMBER_RELEASE_REASON, 0);
  assert_apart (fixture, "%", 2);
}

/* What does not verify any more vouches for nothing. */
static void
what_is_damaged_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  keep_apart (fixture, 1, key_of (fixture), TRUE);
  test_store_tamper (fixture->central, "UPDATE journal SET body=replace(body, '456', '457') WHERE body LIKE '%mobile%'");
  release (fixture, LIMBER_CLASS_DESK);
  assert_apart (fixture, LIMBER_RELEASE_REASON, 2);
  test_store_tamper (fixture->central, "UPDATE journal SET body=replace(body, '457', '456')");
  limber_store_write (fixture->central, release_job, &(Known){ limber_store_identity (fixture->desk), LIMBER_CLASS_DESK }, &error);
  g_assert_no_error (error);
  assert_mobile (fixture, "07700900456");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/release/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("what-is-signed-vouches-for-what-came-before", what_is_signed_vouches_for_what_came_before);
  ADD ("what-came-after-the-last-signed-stays", what_came_after_the_last_signed_stays);
  ADD ("what-nobody-signed-stays", what_nobody_signed_stays);
  ADD ("what-another-signed-stays", what_another_signed_stays);
  ADD ("what-such-a-device-may-not-write-stays", what_such_a_device_may_not_write_stays);
  ADD ("what-says-nothing-right-stays", what_says_nothing_right_stays);
  ADD ("what-came-without-its-content-waits-for-it", what_came_without_its_content_waits_for_it);
  ADD ("what-is-damaged-stays", what_is_damaged_stays);
  return g_test_run ();
}
