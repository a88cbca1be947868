/* Signatures, nonces, packing and pages, without stores. */
#include <sodium.h>
#include <string.h>
#include <zstd.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-nonces.h"
#include "limber-pack.h"
#include "limber-page.h"
#include "limber-seal.h"
#include "limber-sign.h"
#include "limber-test.h"

typedef struct {
  guint8          public_key[32], secret_key[64];
  TestClock       clock;
  LimberEnv      *env;
  LimberSignature signature;
} Keys;

static void
set_up (Keys *keys, gconstpointer data)
{
  keys->env = test_env_new (&keys->clock);
  crypto_sign_keypair (keys->public_key, keys->secret_key);
  limber_id_init_new (&keys->signature.device, keys->env);
  limber_env_mint_run (keys->env, keys->signature.node_run);
  limber_env_mint_run (keys->env, keys->signature.device_run);
  keys->signature.counter = 1;
}

static void
tear_down (Keys *keys, gconstpointer data)
{
  limber_env_unref (keys->env);
}

static LimberMessage *
signed_request (Keys *keys)
{
  LimberMessage *request = limber_message_new ("POST", "/sync/v1/push", "a=1");

  g_assert_true (limber_message_set_packed (request, "text/plain", "{\"heads\":[]}", 12, NULL));
  limber_sign_request (request, &keys->signature, keys->secret_key);
  return request;
}

static void
assert_refused (LimberMessage *request, Keys *keys)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_sign_verify (request, keys->public_key, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
}

static void
a_signature_fits_what_was_signed (Keys *keys, gconstpointer data)
{
  g_autoptr (LimberMessage) request = signed_request (keys);
  LimberSignature read;
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_sign_read (request, &read, &error));
  g_assert_no_error (error);
  g_assert_true (limber_id_equal (&read.device, &keys->signature.device));
  g_assert_cmpstr (read.node_run, ==, keys->signature.node_run);
  g_assert_cmpuint (read.counter, ==, 1);
  g_assert_true (limber_sign_verify (request, keys->public_key, &error));
}

static void
a_signature_fits_nothing_else (Keys *keys, gconstpointer data)
{
  static const char *const altered[][2] = { { "limber-nonce", "0000000000000000.0000000000000000.1" },
                                            { "limber-seal", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE" },
                                            { "content-digest", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:" },
                                            { "signature", "limber=:AAAA:" } };
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"heads\":[1]}", 13);

  for (gsize i = 0; i < G_N_ELEMENTS (altered); i++) {
    g_autoptr (LimberMessage) request = signed_request (keys);

    limber_message_set (request, altered[i][0], altered[i][1]);
    assert_refused (request, keys);
  }
  for (int i = 0; i < 4; i++) {
    g_autoptr (LimberMessage) request = signed_request (keys);

    if (i == 0)
      request->method[0] = 'G';
    else if (i == 1)
      request->path[1] = 'S';
    else if (i == 2)
      request->query[2] = '2';
    else
      limber_message_set_body (request, "text/plain", body);
    assert_refused (request, keys);
  }
}

/* Two ends of one line: @device's and that of the node whose keys @keys are. */
static void
agree (Keys *keys, LimberSeal *device, LimberSeal *node)
{
  g_assert_true (limber_seal_init_device (device, keys->env, keys->public_key));
  g_assert_true (limber_seal_init_node (node, device->name, keys->secret_key));
}

static LimberMessage *
message_of (const char *text, gsize length)
{
  LimberMessage *message = limber_message_new ("POST", "/sync/v1/push", NULL);

  g_assert_true (limber_message_set_packed (message, "application/json", text, length, NULL));
  return message;
}

static void
assert_says (LimberMessage *message, const char *text, gsize length)
{
  g_autoptr (GBytes) body = limber_message_unpack (message, NULL);

  g_assert_nonnull (body);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), text, length);
}

static void
what_is_sealed_is_read_at_the_other_end (Keys *keys, gconstpointer data)
{
  g_autofree char *name = g_strnfill (4000, 'n');
  LimberSeal device, node;

  agree (keys, &device, &node);
  for (gsize length = 1; length <= 4000; length = length * 2 + 7) { /* also as packed, from 256 on */
    g_autoptr (LimberMessage) message = message_of (name, length);
    gsize plain = g_bytes_get_size (message->body);

    limber_seal_close (message, device.asked);
    g_assert_cmpuint (g_bytes_get_size (message->body), ==, plain + LIMBER_SEAL_OVERHEAD);
    g_assert_null (limber_message_get (message, "content-encoding"));
    g_assert_null (g_strstr_len (g_bytes_get_data (message->body, NULL), (gssize) g_bytes_get_size (message->body), "nnnn"));
    g_assert_true (limber_seal_open (message, node.asked, NULL));
    assert_says (message, name, length);
  }
}

static void
what_is_sealed_is_read_by_nobody_else (Keys *keys, gconstpointer data)
{
  LimberSeal device, node, other_device, other_node;
  Keys other;
  g_autoptr (LimberMessage) message = message_of ("Aoife Byrne", 11);
  g_autoptr (GError) error = NULL;

  set_up (&other, NULL);
  agree (keys, &device, &node);
  agree (keys, &other_device, &other_node);
  limber_seal_close (message, node.answered);
  g_assert_false (limber_seal_open (message, node.asked, NULL)); /* neither is an answer taken for a question */
  g_assert_false (limber_seal_open (message, other_device.answered, NULL));
  g_assert_true (limber_seal_init_node (&other_node, device.name, other.secret_key));
  g_assert_false (limber_seal_open (message, other_node.answered, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_assert_true (limber_seal_open (message, device.answered, NULL));
  tear_down (&other, NULL);
}

/* @at: which byte of the sealed body is altered, if it has so many; @cut: how many are missing at its end */
static gboolean
opens_altered (Keys *keys, gsize at, gsize cut)
{
  LimberSeal device, node;
  g_autoptr (LimberMessage) message = message_of ("{}", 2);
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GBytes) body = NULL;
  gsize length;

  agree (keys, &device, &node);
  limber_seal_close (message, device.asked);
  length = g_bytes_get_size (message->body);
  bytes = g_memdup2 (g_bytes_get_data (message->body, NULL), length);
  if (at < length)
    bytes[at] ^= 1;
  body = g_bytes_new (bytes, length - cut);
  g_bytes_unref (message->body);
  message->body = g_steal_pointer (&body);
  return limber_seal_open (message, node.asked, NULL);
}

static void
a_seal_that_was_broken_does_not_open (Keys *keys, gconstpointer data)
{
  for (gsize at = 0; at < LIMBER_SEAL_OVERHEAD + 2; at++)
    g_assert_false (opens_altered (keys, at, 0));
  for (gsize cut = 1; cut < LIMBER_SEAL_OVERHEAD + 2; cut++)
    g_assert_false (opens_altered (keys, G_MAXSIZE, cut));
}

/* Zero and one are halves whose result anybody knows. */
static void
nobody_is_sealed_for_with_a_weak_key (Keys *keys, gconstpointer data)
{
  static const guint8 zero[32], one[32] = { 1 };
  g_autofree char *zero_text = limber_base64_dup (zero, sizeof zero), *one_text = limber_base64_dup (one, sizeof one);
  const char *const names[] = { NULL, "", "none", "AAAA", zero_text, one_text };
  LimberSeal seal;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (limber_seal_init_node (&seal, names[i], keys->secret_key));
  g_assert_false (limber_seal_init_device (&seal, keys->env, zero));
  g_assert_false (limber_seal_init_device (&seal, keys->env, one));
}

static void
what_is_not_sealed_is_no_answer (Keys *keys, gconstpointer data)
{
  g_autoptr (LimberMessage) request = message_of ("{}", 2), answer = limber_message_new_answer (200), refusal = limber_message_new_answer (401), empty = limber_message_new_answer (204);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  LimberSeal device, node;

  agree (keys, &device, &node);
  limber_message_set_body (answer, "application/json", body);
  limber_message_set_body (refusal, "application/json", body);
  g_assert_false (limber_seal_open (request, node.asked, NULL));
  g_assert_false (limber_seal_open (answer, device.answered, NULL));
  g_assert_true (limber_seal_open (refusal, device.answered, NULL));
  g_assert_true (limber_seal_open (empty, device.answered, NULL));
}

static void
an_answer_belongs_to_one_request (Keys *keys, gconstpointer data)
{
  g_autoptr (LimberMessage) request = signed_request (keys), other = NULL, answer = limber_message_new_answer (200);
  g_autoptr (GError) error = NULL;

  keys->signature.counter = 2;
  other = signed_request (keys);
  limber_sign_answer (answer, request, keys->signature.node_run, keys->secret_key);
  g_assert_true (limber_sign_verify_answer (answer, request, keys->public_key, &error));
  g_assert_false (limber_sign_verify_answer (answer, other, keys->public_key, NULL));
  answer->status = 401;
  g_assert_false (limber_sign_verify_answer (answer, request, keys->public_key, NULL));
}

static gboolean
take (LimberNonces *nonces, Keys *keys, guint64 counter)
{
  keys->signature.counter = counter;
  return limber_nonces_take (nonces, &keys->signature);
}

static void
a_nonce_counts_once (Keys *keys, gconstpointer data)
{
  g_autoptr (LimberNonces) nonces = limber_nonces_new ();
  char first[LIMBER_RUN_LENGTH + 1];

  g_assert_true (take (nonces, keys, 5));
  g_assert_false (take (nonces, keys, 5));
  g_assert_true (take (nonces, keys, 3));
  g_assert_false (take (nonces, keys, 3));
  g_assert_true (take (nonces, keys, 100));
  g_assert_false (take (nonces, keys, 36));
  g_assert_true (take (nonces, keys, 37));
  memcpy (first, keys->signature.device_run, sizeof first);
  for (int i = 0; i < 5; i++) {
    limber_env_mint_run (keys->env, keys->signature.device_run);
    g_assert_true (take (nonces, keys, 1));
  }
  memcpy (keys->signature.device_run, first, sizeof first);
  g_assert_false (take (nonces, keys, 200));
}

static void
packing_is_bounded (Keys *keys, gconstpointer data)
{
  g_autofree char *big = g_malloc0 (2 * 1024 * 1024);
  g_autoptr (GBytes) packed = limber_pack (big, 2 * 1024 * 1024, NULL), plain = limber_pack ("hello", 5, NULL), text = NULL, cut = NULL, damaged = NULL, unknown = NULL;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  char stream[128];
  ZSTD_outBuffer out = { stream, sizeof stream, 0 };
  ZSTD_inBuffer in = { "hello", 5, 0 };

  text = limber_unpack (plain, "zstd", LIMBER_PACK_MAXIMUM, NULL);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "hello", 5);
  g_assert_null (limber_unpack (packed, "zstd", LIMBER_PACK_MAXIMUM, NULL));
  cut = g_bytes_new_from_bytes (plain, 0, g_bytes_get_size (plain) - 1);
  g_assert_null (limber_unpack (cut, "zstd", LIMBER_PACK_MAXIMUM, NULL));
  bytes[0] ^= 1;
  damaged = g_bytes_new (bytes, g_bytes_get_size (plain));
  g_assert_null (limber_unpack (damaged, "zstd", LIMBER_PACK_MAXIMUM, NULL));
  g_assert_null (limber_unpack (plain, "br", LIMBER_PACK_MAXIMUM, NULL));
  while (ZSTD_compressStream2 (context, &out, &in, ZSTD_e_flush) != 0)
    ;
  ZSTD_compressStream2 (context, &out, &in, ZSTD_e_end);
  ZSTD_freeCCtx (context);
  unknown = g_bytes_new (stream, out.pos);
  g_assert_null (limber_unpack (unknown, "zstd", LIMBER_PACK_MAXIMUM, NULL));
}

static void
a_row_crosses_whole (Keys *keys, gconstpointer data)
{
  const LimberKind *kind = limber_kind_by_name ("patient");
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GArray) lines = NULL;
  guint8 here[16], there[16];

  test_id (&id, "somebody");
  record = limber_record_new (kind, &id);
  limber_value_set_text (&record->values[limber_kind_field (kind, "family")], "O'Hara \"Łuk\"\n");
  limber_value_set_integer (&record->values[limber_kind_field (kind, "restricted")], 1);
  for (guint i = 0; i < kind->n_fields; i++)
    if (record->values[i].type != LIMBER_VALUE_NONE) {
      record->stamps[i].rank = 1;
      record->stamps[i].time = LIMBER_HYBRID (TEST_NOW) + i;
      memset (&record->stamps[i].entry, (int) i + 1, sizeof record->stamps[i].entry);
    }
  limber_value_set_text (&record->values[limber_kind_field (kind, "family")], "O'Hara \"Łuk\"");
  limber_page_append_event (text, TRUE, &id);
  limber_page_append_row (text, record, LIMBER_CLASS_DESK);
  limber_page_append_drop (text, kind, &id);
  g_string_append (text, "{\"cursor\":\"x.1\"}\n");
  page = g_bytes_new (text->str, text->len);
  lines = limber_page_parse (page, NULL);
  g_assert_nonnull (lines);
  g_assert_cmpuint (lines->len, ==, 4);
  limber_record_digest (record, LIMBER_CLASS_DESK, here);
  limber_record_digest (g_array_index (lines, LimberLine, 1).record, LIMBER_CLASS_DESK, there);
  g_assert_cmpmem (here, sizeof here, there, sizeof there);
  g_assert_cmpint (g_array_index (lines, LimberLine, 2).type, ==, LIMBER_LINE_DROP);
}

static void
set_extra (LimberExtra *extra, const char *name, const char *value, guint8 entry)
{
  LimberStamp stamp = { LIMBER_RANK_PERSON, LIMBER_HYBRID (TEST_NOW), .entry = { { entry } } };

  limber_extra_set (extra, name, (LimberSpan){ value, strlen (value) }, &stamp);
  limber_extra_set_patient (extra, &extra->id, &stamp);
}

static void
what_is_not_known_keeps_its_bytes (Keys *keys, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (LimberExtra) extra = NULL, read = NULL;
  guint8 here[16], there[16];
  LimberLine line;
  LimberId id;

  test_id (&id, "plan");
  extra = limber_extra_new ("plan", &id);
  set_extra (extra, "goal", "\"w\\u00e4lk\"", 1);
  set_extra (extra, "stage^", "17", 2);
  set_extra (extra, "by!", "{\"a\":[null,1.50]}", 2);
  limber_page_append_extra (text, extra);
  g_assert_true (limber_page_parse_line (&line, text->str, text->len - 1, NULL));
  g_assert_cmpint (line.type, ==, LIMBER_LINE_EXTRA);
  read = line.extra;
  limber_extra_digest (extra, here);
  limber_extra_digest (read, there);
  g_assert_cmpmem (here, sizeof here, there, sizeof there);
  for (gsize length = 0; length < text->len - 1; length++)
    g_assert_false (limber_page_parse_line (&line, text->str, length, NULL));
  g_string_replace (text, "17,0]", "17,9]", 1);
  g_assert_false (limber_page_parse_line (&line, text->str, text->len - 1, NULL)); /* it has no such stamp */
}

static void
a_cut_page_is_no_page (Keys *keys, gconstpointer data)
{
  static const char *const texts[] = { "", "[\"in\",\"AAAAAAAAAAAAAAAAAAAAAA\"]\n", "{\"cursor\":\"x.1\"}\n[\"in\",\"AAAAAAAAAAAAAAAAAAAAAA\"]\n", "{\"cursor\"", "[\"patient\"]\n{}\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) page = g_bytes_new_static (texts[i], strlen (texts[i]));
    g_autoptr (GError) error = NULL;

    g_assert_null (limber_page_parse (page, &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  }
}

/* What libFuzzer found: the marks before and after the signature were one and the same. */
static void
a_signature_of_nothing_is_refused (Keys *keys, gconstpointer data)
{
  static const char *const values[] = { "limber=:", "limber=::", "limber=", "limber=:A", ":", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (LimberMessage) request = signed_request (keys);

    limber_message_set (request, "signature", values[i]);
    assert_refused (request, keys);
  }
}

/* What libFuzzer found: a value that is refused stood in the record all the same. */
static void
a_value_that_is_refused_is_not_read (Keys *keys, gconstpointer data)
{
  static const char stamps[] = "[[1,7,\"AAAAAAAAAAAAAAAAAAAAAA\",\"AAAAAAAAAAA\",\"AAAAAAAAAAAAAAAAAAAAAA\"]]";
  static const struct { const char *fields, *family, *initials; } rows[] = {
    { "\"family\":[\"Smith\",0],\"initials\":[\"M S\",-1]", "Smith", "M S" },
    { "\"family\":[\"Smi\x7fth\",0]", NULL, NULL },
    { "\"family\":[\"Smith\",0],\"family\":[\"Smi\x7fth\",0]", "Smith", NULL },
    { "\"initials\":[\"M\x7fS\",-1]", NULL, NULL },
    { "\"initials\":[[],-1]", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("[\"patient\",\"AAAAAAAAAAAAAAAAAAAAAA\",%s,{%s}]", stamps, rows[i].fields);
    g_autoptr (LimberRecord) record = NULL;
    LimberLine line;

    g_assert_true (limber_page_parse_line (&line, text, strlen (text), NULL));
    record = line.record;
    g_assert_cmpstr (limber_record_text (record, "family"), ==, rows[i].family);
    g_assert_cmpstr (limber_record_text (record, "initials"), ==, rows[i].initials);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/wire/" name, Keys, NULL, set_up, func, tear_down)
  ADD ("a signature fits what was signed", a_signature_fits_what_was_signed);
  ADD ("a signature fits nothing else", a_signature_fits_nothing_else);
  ADD ("a signature of nothing is refused", a_signature_of_nothing_is_refused);
  ADD ("what is sealed is read at the other end", what_is_sealed_is_read_at_the_other_end);
  ADD ("what is sealed is read by nobody else", what_is_sealed_is_read_by_nobody_else);
  ADD ("a seal that was broken does not open", a_seal_that_was_broken_does_not_open);
  ADD ("nobody is sealed for with a weak key", nobody_is_sealed_for_with_a_weak_key);
  ADD ("what is not sealed is no answer", what_is_not_sealed_is_no_answer);
  ADD ("an answer belongs to one request", an_answer_belongs_to_one_request);
  ADD ("a nonce counts once", a_nonce_counts_once);
  ADD ("packing is bounded", packing_is_bounded);
  ADD ("a row crosses whole", a_row_crosses_whole);
  ADD ("what is not known keeps its bytes", what_is_not_known_keeps_its_bytes);
  ADD ("a value that is refused is not read", a_value_that_is_refused_is_not_read);
  ADD ("a cut page is no page", a_cut_page_is_no_page);
  return g_test_run ();
}
