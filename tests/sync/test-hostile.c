/* Bodies made to harm who reads them (RELIABILITY.md 4.1): each is refused, takes no memory that matters, and hinders nobody. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "limber-json.h"
#include "limber-pack.h"
#include "limber-sign.h"
#include "limber-test-chain.h"

#define MANY 1000000
#define MIB (1024 * 1024)

/* KiB of what was freed that a sanitizer keeps. */
#ifdef __SANITIZE_ADDRESS__
#define KEPT_BACK (768 * 1024)
#else
#define KEPT_BACK 0
#endif

typedef struct {
  const char *name;
  const char *encoding; /* (nullable) */
  GBytes     *body;     /* (owned) */
} Body;

static void
body_clear (Body *body)
{
  g_bytes_unref (body->body);
}

/* @bytes: (transfer full) */
static void
add (GArray *bodies, const char *name, const char *encoding, GBytes *bytes)
{
  Body body = { name, encoding, bytes };

  g_array_append_val (bodies, body);
}

static void
add_text (GArray *bodies, const char *name, const char *text)
{
  add (bodies, name, NULL, g_bytes_new (text, strlen (text)));
}

/* @open and @close so many times, and @middle between. (transfer full) */
static char *
nested (gsize depth, const char *open, const char *middle, const char *close)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append (out, open);
  g_string_append (out, middle);
  for (gsize i = 0; i < depth && *close != '\0'; i++)
    g_string_append (out, close);
  return g_string_free (out, FALSE);
}

static GBytes *
many_keys (guint n)
{
  GString *out = g_string_new ("{\"heads\":[]");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, ",\"%x\":0", i);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

static GBytes *
zstd_of (const void *bytes, gsize length)
{
  gsize bound = ZSTD_compressBound (length), used;
  g_autofree char *packed = g_malloc (bound);

  used = ZSTD_compress (packed, bound, bytes, length, 1);
  g_assert_false (ZSTD_isError (used));
  return g_bytes_new (packed, used);
}

/* A frame of zeros, @blocks times 128 KiB of them, that says that it is @said bytes. */
static GBytes *
zstd_bomb (guint blocks, guint64 said)
{
  static const guint8 magic[] = { 0x28, 0xb5, 0x2f, 0xfd, 0xe0 }; /* one segment, its size in eight bytes */
  GByteArray *out = g_byte_array_new ();
  guint64 size = GUINT64_TO_LE (said);

  g_byte_array_append (out, magic, sizeof magic);
  g_byte_array_append (out, (const guint8 *) &size, sizeof size);
  for (guint i = 1; i <= blocks; i++) {
    guint32 header = 128 * 1024 << 3 | 1 << 1 | (i == blocks);
    const guint8 block[] = { header & 255, header >> 8 & 255, header >> 16 & 255, 0 };

    g_byte_array_append (out, block, sizeof block);
  }
  return g_byte_array_free_to_bytes (out);
}

/* (transfer full): @a, and then so much of @b */
static GBytes *
joined (GBytes *a, GBytes *b, gsize length)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, g_bytes_get_data (a, NULL), (guint) g_bytes_get_size (a));
  g_byte_array_append (out, g_bytes_get_data (b, NULL), (guint) length);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
with_dictionary (const char *text)
{
  static const char dictionary[] = "{\"heads\":[],\"some words that both have\":true}";
  g_autofree char *packed = g_malloc (1024);
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gsize used = ZSTD_compress_usingDict (context, packed, 1024, text, strlen (text), dictionary, sizeof dictionary - 1, 1);

  ZSTD_freeCCtx (context);
  g_assert_false (ZSTD_isError (used));
  return g_bytes_new (packed, used);
}

static GBytes *
gzip_of (gsize length, const char *text)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable (), out = g_converter_output_stream_new (memory, converter);
  g_autofree char *zeros = g_malloc0 (MIB);

  g_assert_true (g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL));
  for (gsize done = 0; done < length; done += MIB)
    g_assert_true (g_output_stream_write_all (out, zeros, MIB, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_json (GArray *bodies)
{
  static const gsize depths[] = { 33, 100000, MANY };
  g_autofree char *figures = g_strnfill (MANY, '7'), *number = g_strdup_printf ("{\"heads\":[],\"n\":%s}", figures);

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++) {
    g_autofree char *lists = nested (depths[i], "[", "", "]"), *open = nested (depths[i], "[", "", ""), *objects = nested (depths[i], "{\"a\":", "1", "}");
    g_autofree char *inside = g_strdup_printf ("{\"heads\":%s}", lists);

    add_text (bodies, "nested lists", inside);
    add_text (bodies, "nested lists that are not closed", open);
    add_text (bodies, "nested objects", objects);
  }
  add (bodies, "a million keys", NULL, many_keys (MANY));
  add_text (bodies, "a number of a million figures", number);
  add_text (bodies, "a number that no machine holds", "{\"heads\":[],\"n\":1e999999}");
  add_text (bodies, "a key that comes twice", "{\"heads\":[],\"heads\":[]}");
  add_text (bodies, "a byte order mark", "\xef\xbb\xbf{\"heads\":[]}");
  add_text (bodies, "a lone surrogate", "{\"heads\":[],\"a\":\"\\ud83d\"}");
  add_text (bodies, "bytes that are not UTF-8", "{\"heads\":[],\"a\":\"\xed\xa0\x80\"}");
  add_text (bodies, "an escaped NUL", "{\"heads\":[],\"a\":\"\\u0000\"}");
  add (bodies, "a NUL", NULL, g_bytes_new ("{\"heads\":[],\"a\":1\0}", 19));
  add (bodies, "nothing", NULL, g_bytes_new ("", 0));
}

static void
add_zstd (GArray *bodies)
{
  static const char text[] = "{\"heads\":[]}", skippable[] = "\x50\x2a\x4d\x18\x04\0\0\0skip", unknown_dictionary[] = "\x28\xb5\x2f\xfd\x23\x07\x01\x00\x00\x00\x07\x01\x00\x00";
  g_autoptr (GBytes) good = zstd_of (text, sizeof text - 1), keys = many_keys (MANY), skip = g_bytes_new_static (skippable, sizeof skippable - 1);

  add (bodies, "zstd: a million keys", "zstd", zstd_of (g_bytes_get_data (keys, NULL), g_bytes_get_size (keys)));
  add (bodies, "zstd: says one TiB", "zstd", zstd_bomb (1, G_GUINT64_CONSTANT (1) << 40));
  add (bodies, "zstd: is one GiB and says so", "zstd", zstd_bomb (8192, G_GUINT64_CONSTANT (1) << 30));
  add (bodies, "zstd: is one GiB and says 100", "zstd", zstd_bomb (8192, 100));
  add (bodies, "zstd: says one MiB and is less", "zstd", zstd_bomb (1, MIB));
  add (bodies, "zstd: two frames", "zstd", joined (good, good, g_bytes_get_size (good)));
  add (bodies, "zstd: a frame and a part", "zstd", joined (good, good, 7));
  add (bodies, "zstd: a frame to be skipped", "zstd", g_bytes_ref (skip));
  add (bodies, "zstd: one to be skipped first", "zstd", joined (skip, good, g_bytes_get_size (good)));
  add (bodies, "zstd: one to be skipped last", "zstd", joined (good, skip, sizeof skippable - 1));
  add (bodies, "zstd: with a dictionary", "zstd", with_dictionary ("{\"heads\":[],\"some words that both have\":true}"));
  add (bodies, "zstd: with a dictionary that it names", "zstd", g_bytes_new_static (unknown_dictionary, sizeof unknown_dictionary - 1));
  add (bodies, "zstd: cut off", "zstd", g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) - 3));
  add (bodies, "zstd: its first bytes", "zstd", g_bytes_new_from_bytes (good, 0, 5));
  add (bodies, "zstd: nothing", "zstd", g_bytes_new ("", 0));
  add (bodies, "zstd: is gzip", "zstd", gzip_of (0, text));
}

static void
add_gzip (GArray *bodies)
{
  static const char text[] = "{\"heads\":[]}";
  g_autoptr (GBytes) good = gzip_of (0, text);

  add (bodies, "gzip: 64 MiB", "gzip", gzip_of (64 * MIB, text));
  add (bodies, "gzip: just too much", "gzip", gzip_of (MIB, text));
  add (bodies, "gzip: cut off", "gzip", g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) - 3));
  add (bodies, "gzip: its first bytes", "gzip", g_bytes_new_from_bytes (good, 0, 5));
  add (bodies, "gzip: two of them", "gzip", joined (good, good, g_bytes_get_size (good)));
  add (bodies, "gzip: nothing", "gzip", g_bytes_new ("", 0));
  add (bodies, "gzip: is zstd", "gzip", zstd_of (text, sizeof text - 1));
  add (bodies, "packed in another way", "br", g_bytes_ref (good));
}

static char *run;
static guint64 counter = 1;

static LimberMessage *
ask (TestChain *chain, const char *path, const char *encoding, GBytes *body)
{
  static const LimberSignature stranger = { .node_run = "0000000000000000", .device_run = "0000000000000000", .counter = 1 };
  const LimberIdentity *identity = limber_store_identity (chain->desk->store);
  g_autoptr (LimberMessage) request = limber_message_new ("POST", path, NULL);

  limber_message_set_body (request, "application/json", body);
  limber_message_set (request, "content-encoding", encoding);
  if (!g_str_equal (path, "/sync/v1/join"))
    return test_place_ask (chain->desk, chain->hub, request, run, counter++);
  limber_sign_request (request, &stranger, identity->secret_key);
  return test_net_ask (chain->net, HUB, request);
}

static void
assert_answers_good (TestChain *chain)
{
  g_autoptr (GBytes) good = g_bytes_new_static ("{\"heads\":[]}", 12);
  g_autoptr (LimberMessage) answer = ask (chain, "/sync/v1/push", NULL, good);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
set_up (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", NULL), answer = NULL;

  test_chain_set_up (chain, data);
  answer = test_place_ask (chain->desk, chain->hub, request, "0000000000000000", counter++);
  run = g_strdup (limber_message_get (answer, "limber-run"));
}

static void
tear_down (TestChain *chain, gconstpointer data)
{
  g_clear_pointer (&run, g_free);
  test_chain_tear_down (chain, data);
}

/* The most KiB that this process has held; what was before is forgotten where the system lets us. */
static gint64
peak (gboolean forget)
{
  g_autofree char *text = NULL;
  const char *line;
  int descriptor = forget ? open ("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC) : -1;

  if (descriptor >= 0) {
    g_assert_cmpint (write (descriptor, "5", 1), ==, 1);
    close (descriptor);
  }
  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10);
}

/* @too_long: those which a node's server does not let in at all (limber-node-server.c), rather than the others */
static void
assert_all_refused (TestChain *chain, GArray *bodies, const char *path, gboolean too_long)
{
  for (guint i = 0; i < bodies->len; i++) {
    const Body *body = &g_array_index (bodies, Body, i);
    g_autoptr (LimberMessage) answer = NULL;

    if ((g_bytes_get_size (body->body) > LIMBER_PACK_MAXIMUM) != too_long)
      continue;
    answer = ask (chain, path, body->encoding, body->body);
    g_test_message ("%s: %s: %u, %" G_GINT64_FORMAT " KiB", path, body->name, answer->status, peak (FALSE));
    g_assert_cmpuint (answer->status, ==, 400);
  }
}

static void
each_is_refused_and_takes_nothing (TestChain *chain, gconstpointer data)
{
  static const char *const paths[] = { "/sync/v1/push", "/sync/v1/digest", "/sync/v1/join", "/sync/v1/find" };
  g_autoptr (GArray) bodies = g_array_new (FALSE, FALSE, sizeof (Body));
  gint64 before;

  g_array_set_clear_func (bodies, (GDestroyNotify) body_clear);
  add_json (bodies);
  add_zstd (bodies);
  add_gzip (bodies);
  assert_answers_good (chain);
  before = peak (TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    assert_all_refused (chain, bodies, paths[i], FALSE);
  g_assert_cmpint (peak (FALSE) - before, <, 24 * 1024 + KEPT_BACK); /* what each worker keeps for itself differs by some MiB from run to run */
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    assert_all_refused (chain, bodies, paths[i], TRUE);
  assert_answers_good (chain);
  test_place_sync (chain->desk);
}

/* What is bounded by its length alone is read, and forgotten. */
static void
what_is_large_but_allowed_is_answered (TestChain *chain, gconstpointer data)
{
  g_autoptr (GBytes) keys = many_keys (100000);
  gint64 before;

  assert_answers_good (chain);
  before = peak (TRUE);
  g_assert_cmpuint (g_bytes_get_size (keys), <, MIB);
  for (int i = 0; i < 5; i++) {
    g_autoptr (LimberMessage) answer = ask (chain, "/sync/v1/push", NULL, keys);

    g_assert_cmpuint (answer->status, ==, 200);
  }
  g_assert_cmpint (peak (FALSE) - before, <, 32 * 1024 + KEPT_BACK);
}

/* A line of a push that is a bomb is refused by itself. */
static void
a_line_that_is_one_blocks_nobody (TestChain *chain, gconstpointer data)
{
  g_autofree char *deep = nested (33, "[", "", "]"), *deeper = nested (100000, "[", "", "]"), *figures = g_strnfill (300000, '7');
  g_autoptr (GString) text = g_string_new ("{\"heads\":[]}\n");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (LimberMessage) answer = NULL;
  g_autoptr (json_t) json = NULL;
  const json_t *verdict;

  g_string_append_printf (text, "%s\n%s\n[%s]\n[[1e999999]]\n{\"a\":1,\"a\":2}\n\xef\xbb\xbf[]\n[\"\\ud83d\"]\n", deep, deeper, figures);
  g_string_append_len (text, "[1\0]\n", 5);
  body = g_bytes_new (text->str, text->len);
  answer = ask (chain, "/sync/v1/push", NULL, body);
  g_assert_cmpuint (answer->status, ==, 200);
  json = limber_message_json (answer, NULL);
  verdict = json_array_get (json_object_get (json, "verdicts"), 0);
  g_assert_cmpint (json_integer_value (json_array_get (verdict, 0)), ==, 8);
  g_assert_cmpstr (json_string_value (json_array_get (verdict, 1)), ==, "refused");
  assert_answers_good (chain);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/hostile/" name, TestChain, NULL, set_up, func, tear_down)
  ADD ("each is refused and takes nothing", each_is_refused_and_takes_nothing);
  ADD ("what is large but allowed is answered", what_is_large_but_allowed_is_answered);
  ADD ("a line that is one blocks nobody", a_line_that_is_one_blocks_nobody);
  return g_test_run ();
}
