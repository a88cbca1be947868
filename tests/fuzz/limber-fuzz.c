#include "limber-fuzz.h"

#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-pack.h"
#include "limber-test.h"

/* Nothing waits; nothing happens beside what is asked: an input does the same whenever it is tried. */
static char *fuzz_dir; /* (nullable) */

static gint64
now (gpointer data)
{
  return TEST_NOW;
}

static gint64
monotonic (gpointer data)
{
  return TEST_NOW * 1000;
}

static void
random_bytes (gpointer data, guint8 *bytes, gsize length)
{
  guint64 *count = data;

  ++*count;
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (i < sizeof *count ? *count >> 8 * i : i);
}

static void
remove_dir (void)
{
  test_dir_remove (fuzz_dir);
}

/**
 * fuzz_begin:
 *
 * A critical message ends the program, as a crash does.
 */
void
fuzz_begin (void)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_assert_cmpint (sodium_init (), >=, 0);
}

/**
 * fuzz_id:
 * @letter: what all of its bytes are
 */
void
fuzz_id (LimberId *id, char letter)
{
  memset (id->bytes, letter, sizeof id->bytes);
}

/**
 * fuzz_key:
 *
 * The key pair of @device, and always the same.
 */
void
fuzz_key (const LimberId *device, guint8 public_key[32], guint8 secret_key[64])
{
  guint8 seed[crypto_sign_SEEDBYTES] = { 0 };

  memcpy (seed, device->bytes, sizeof device->bytes);
  crypto_sign_seed_keypair (public_key, secret_key, seed);
}

static void
put_device (LimberStore *store, char letter, const char *klass, const char *site)
{
  guint8 public_key[32], secret_key[64];
  g_autofree char *key = NULL;
  LimberId id;

  fuzz_id (&id, letter);
  fuzz_key (&id, public_key, secret_key);
  key = limber_base64_dup (public_key, sizeof public_key);
  test_store_put (store, "device", &id, "name", klass, "class", klass, "site", site, "key", key, "joined", "2026-11-01T09:00:00Z", NULL);
}

/* A site (S), a hub (H), a desk (D), a kiosk (K), and a person (P) who is expected (A). */
static void
put_people (LimberStore *store, gboolean devices)
{
  LimberId site, patient, appointment;
  g_autofree char *s = NULL, *p = NULL;

  fuzz_id (&site, 'S');
  fuzz_id (&patient, 'P');
  fuzz_id (&appointment, 'A');
  s = limber_id_dup_text (&site);
  p = limber_id_dup_text (&patient);
  test_store_put (store, "site", &site, "code", "LMB01", "name", "Harrow", NULL);
  test_store_put (store, "patient", &patient, "number", "P1", "family", "Testperson", "given", "Moira", "born", "1961-04-09", "nhs_number", "9990000026", NULL);
  test_store_put (store, "appointment", &appointment, "patient", p, "site", s, "start", "2026-11-23T10:00:00Z", "status", "booked", NULL);
  if (!devices)
    return;
  put_device (store, 'H', "hub", s);
  put_device (store, 'D', "desk", s);
  put_device (store, 'K', "kiosk", s);
}

/**
 * fuzz_store:
 * @klass: whose it is
 *
 * Returns: (transfer full): a store that works in the asking thread alone, is always the same, and goes with the program
 */
LimberStore *
fuzz_store (LimberClass klass)
{
  static const LimberEnvClass env_class = { now, monotonic, random_bytes, NULL, NULL, TRUE };
  static guint64 count;
  g_autoptr (LimberEnv) env = limber_env_new (&env_class, &count, NULL);
  LimberIdentity identity = { .klass = klass, .has_site = klass != LIMBER_CLASS_CENTRAL };
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;
  LimberStore *store;

  if (fuzz_dir == NULL) {
    fuzz_dir = test_dir_new ();
    atexit (remove_dir);
  }
  dir = g_build_filename (fuzz_dir, limber_class_name (klass), NULL);
  fuzz_id (&identity.device, klass == LIMBER_CLASS_CENTRAL ? 'C' : klass == LIMBER_CLASS_HUB ? 'H' : 'D');
  fuzz_id (&identity.organisation, 'O');
  fuzz_id (&identity.site, 'S');
  fuzz_key (&identity.device, identity.public_key, identity.secret_key);
  g_assert_true (limber_store_create (dir, env, &identity, &error));
  store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);
  g_assert_no_error (error);
  put_people (store, (klass & LIMBER_CLASS_NODES) != 0);
  return store;
}

/**
 * fuzz_set_body:
 * @packing: how it came
 */
void
fuzz_set_body (LimberMessage *message, FuzzPacking packing, const void *bytes, gsize length)
{
  static const char *const encodings[] = { NULL, "zstd", "gzip", "zstd" };
  g_autoptr (GBytes) body = packing == FUZZ_PACKED ? limber_pack (bytes, length, NULL) : g_bytes_new (bytes, length);

  limber_message_set_body (message, "application/x-ndjson", body);
  limber_message_set (message, "content-encoding", encodings[packing]);
}

typedef struct {
  LimberWriteFunc func;
  gpointer        data;
  GError        **error;
  gboolean        good;
} Undone;

static gboolean
try_and_undo (LimberTransaction *transaction, gpointer data, GError **error)
{
  Undone *undone = data;

  undone->good = undone->func (transaction, undone->data, undone->error);
  return FALSE;
}

/**
 * fuzz_undone:
 * @func: what bytes from outside do to @store; it is then undone
 *
 * It may be refused, but never as if something were wrong with the store.
 *
 * Returns: whether it could be done
 */
gboolean
fuzz_undone (LimberStore *store, LimberWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL, refused = NULL;
  Undone undone = { func, data, &error, FALSE };

  g_assert_false (limber_store_write (store, try_and_undo, &undone, &refused));
  g_assert_error (refused, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_true (undone.good == (error == NULL));
  g_assert_true (error == NULL || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT) || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED));
  return undone.good;
}

/**
 * fuzz_line:
 * @at: (inout): where to look; what follows the line afterwards
 *
 * Returns: (nullable): the next line, %NULL after the last
 */
const char *
fuzz_line (const char **at, const char *end, gsize *length)
{
  const char *line = *at, *stop;

  if (line >= end)
    return NULL;
  stop = memchr (line, '\n', (gsize) (end - line));
  *length = (gsize) ((stop != NULL ? stop : end) - line);
  *at = stop != NULL ? stop + 1 : end;
  return line;
}
