#include <string.h>

#include "limber-base64.h"
#include "limber-entry.h"
#include "limber-error.h"
#include "limber-fold.h"
#include "limber-test.h"

static char *
make_line (const char *body, const char *seen)
{
  LimberEntry entry = { 0 }, parsed;
  g_autoptr (GString) header = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  memset (entry.origin.bytes, 7, sizeof entry.origin.bytes);
  entry.seq = 3;
  entry.time = LIMBER_HYBRID (TEST_NOW);
  entry.rank = 1;
  strcpy (entry.author, "patient");
  strcpy (entry.role, "patient");
  strcpy (entry.kind, "patient");
  test_id (&entry.record, "p1");
  entry.has_patient = TRUE;
  entry.patient = entry.record;
  entry.has_prev = TRUE;
  limber_entry_commit (entry.salt, body, strlen (body), entry.commitment);
  limber_entry_make_header (&entry, seen, header);
  g_assert_true (limber_entry_parse_header (&parsed, header->str, header->len, NULL));
  g_assert_true (limber_id_equal (&parsed.id, &entry.id));
  g_assert_cmpmem (parsed.seen.start, parsed.seen.length, entry.seen.start, entry.seen.length);
  parsed.has_body = TRUE;
  parsed.body = (LimberSpan){ body, strlen (body) };
  limber_entry_append_line (&parsed, out);
  g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* The line, as it is sent after the line of an entry with that hash. */
static char *
send_after (const char *line, const guint8 *hash)
{
  GString *out = g_string_new (NULL);
  LimberEntry entry;

  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), NULL));
  limber_entry_append_sent (&entry, hash, out);
  g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

static void
test_sent (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\"}", "{}");
  LimberEntry before = { 0 }, other = { .hash = { 1 } }, entry;
  g_autofree char *sent = send_after (line, before.hash), *first = send_after (line, NULL), *elsewhere = send_after (line, other.hash);
  g_autoptr (GStringChunk) headers = g_string_chunk_new (1024);
  g_autoptr (GString) again = g_string_new (NULL);

  g_assert_cmpuint (strlen (sent) + 92, ==, strlen (line));
  g_assert_cmpstr (first, ==, line);
  g_assert_cmpstr (elsewhere, ==, line);
  g_assert_true (limber_entry_parse_sent (&entry, sent, strlen (sent), &before, headers, NULL));
  limber_entry_append_line (&entry, again);
  g_string_truncate (again, again->len - 1);
  g_assert_cmpstr (again->str, ==, line);
  g_assert_true (limber_entry_parse_sent (&entry, line, strlen (line), NULL, headers, NULL));
  g_assert_false (limber_entry_parse_sent (&entry, sent, strlen (sent), NULL, headers, NULL));
  g_assert_false (limber_entry_parse_line (&entry, sent, strlen (sent), NULL));
}

/* What is not there cannot be compared: every byte of a short line that is still an entry makes it another one. */
static void
test_any_byte_sent (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\"}", "{}");
  LimberEntry before = { 0 }, entry, whole;
  g_autofree char *sent = send_after (line, before.hash);
  g_autoptr (GStringChunk) headers = g_string_chunk_new (1024);

  g_assert_true (limber_entry_parse_line (&whole, line, strlen (line), NULL));
  for (gsize i = 0; i < strlen (sent); i++)
    for (guint bit = 0; bit < 8; bit++) {
      sent[i] = (char) (sent[i] ^ (1 << bit));
      if (limber_entry_parse_sent (&entry, sent, strlen (sent), &before, headers, NULL) && !entry.has_sign)
        g_assert_cmpint (memcmp (entry.hash, whole.hash, sizeof whole.hash), !=, 0);
      sent[i] = (char) (sent[i] ^ (1 << bit));
    }
  before.hash[0] = 1;
  g_assert_true (limber_entry_parse_sent (&entry, sent, strlen (sent), &before, headers, NULL));
  g_assert_cmpint (memcmp (entry.hash, whole.hash, sizeof whole.hash), !=, 0);
}

static void
test_round_trip (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\",\"status^\":19,\"at!\":5}", "{\"family\":[\"AAAAAAAAAAAAAAAAAAAAAA\"]}");
  LimberEntry entry;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GArray) changes = NULL, seen = NULL;
  LimberId nil = { { 0 } };

  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), &error));
  g_assert_no_error (error);
  limber_entry_append_line (&entry, again);
  g_string_truncate (again, again->len - 1);
  g_assert_cmpstr (again->str, ==, line); /* the bytes that came go on */
  changes = limber_entry_changes (&entry, &error);
  g_assert_cmpuint (changes->len, ==, 3);
  g_assert_cmpstr (g_array_index (changes, LimberChange, 1).name, ==, "status");
  g_assert_cmpint (g_array_index (changes, LimberChange, 1).merge, ==, LIMBER_MERGE_ORDERED);
  g_assert_cmpint (g_array_index (changes, LimberChange, 2).merge, ==, LIMBER_MERGE_ONCE);
  g_assert_true (limber_entry_sees (&entry, "family", &nil));
  g_assert_false (limber_entry_sees (&entry, "fam", &nil));
}

/* Any one byte changed: the line is refused, or is another entry, but never the same entry with another meaning. */
static void
test_any_byte (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\"}", "{}");
  LimberEntry entry;
  gsize length = strlen (line);
  guint8 hash[LIMBER_HASH_LENGTH];

  g_assert_true (limber_entry_parse_line (&entry, line, length, NULL));
  memcpy (hash, entry.hash, sizeof hash);
  for (gsize i = 0; i < length; i++)
    for (int bit = 0; bit < 8; bit++) {
      g_autofree char *copy = g_memdup2 (line, length);

      copy[i] ^= (char) (1 << bit);
      if (limber_entry_parse_line (&entry, copy, length, NULL))
        g_assert_true (memcmp (hash, entry.hash, sizeof hash) != 0 || !entry.has_sign);
    }
}

static void
test_twice (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\",\"family\":\"Jones\"}", "{}");
  LimberEntry entry;

  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), NULL));
  g_assert_null (limber_entry_changes (&entry, NULL));
}

static void
test_erased (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\"}", "{}"), *erased = NULL;
  LimberEntry entry;
  g_autoptr (GString) out = g_string_new (NULL);
  guint8 hash[LIMBER_HASH_LENGTH];

  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), NULL));
  memcpy (hash, entry.hash, sizeof hash);
  entry.has_body = FALSE;
  limber_entry_append_line (&entry, out);
  erased = g_strndup (out->str, out->len - 1);
  g_assert_null (strstr (erased, "Smith"));
  g_assert_true (limber_entry_parse_line (&entry, erased, strlen (erased), NULL));
  g_assert_cmpmem (hash, sizeof hash, entry.hash, sizeof entry.hash); /* the chain stays verifiable */
}

static void
assert_no_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  LimberEntry entry;

  g_assert_false (limber_entry_parse_line (&entry, line, strlen (line), &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
}

/* Another one in the place of what is first found of @part. */
static char *
with (const char *line, const char *part, const char *other)
{
  const char *at = strstr (line, part);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - line), line, other, at + strlen (part));
}

static void
test_no_entry (void)
{
  g_autofree char *line = make_line ("{\"family\":\"Smith\"}", "{}"), *empty = g_strnfill (LIMBER_ENTRY_MAXIMUM + 1, ' ');
  static const char *const changes[][2] = {
    { ",{},", ",[]," },                        /* what was seen is no object */
    { "[1,", "[2," },                            /* another form */
    { "\"}]", "\"}" },    { "\"}]", "\"}]x" },   /* not its end */
    { "\",\"\",{", "\",\"no signature\",{" },    /* signed by nothing */
    { "{\"family\":\"Smith\"}", "7" },           /* content that is none, */
    { "{\"family\":\"Smith\"}", "true" },
    { "{\"family\":\"Smith\"}", "null" },        /* or none, with its salt */
    { "\"AAAAAAAAAAAAAAAAAAAAAA\",\"\"", "\"AAAA\",\"\"" },
  };
  LimberEntry entry;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *other = with (line, changes[i][0], changes[i][1]);

    assert_no_line (other);
  }
  assert_no_line (empty);
  g_assert_false (limber_entry_parse_header (&entry, empty, strlen (empty), NULL));
}

/* What was seen is what stands there as agreed. */
static void
test_seen (void)
{
  g_autoptr (GString) many = g_string_new ("{\"a\":[],\"b\\u0041\":[\"AAAAAAAAAAAAAAAAAAAAAA\"],\"c\":[\"AAAAAAAAAAAAAAAAAAAAAA\"");
  g_autofree char *line = NULL, *other = make_line ("{}", "{\"c\":[\"AAAAAAAAAAAAAAAAAAAAAA\",7]}");
  LimberEntry entry;
  g_autoptr (GArray) none = NULL, all = NULL, some = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (many, ",\"AAAAAAAAAAAAAAAAAAAAAA\"");
  g_string_append (many, "]}");
  line = make_line ("{}", many->str);
  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), NULL));
  none = limber_entry_seen (&entry, "a");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (limber_entry_parse_line (&entry, other, strlen (other), NULL));
  some = limber_entry_seen (&entry, "c");
  g_assert_cmpuint (some->len, ==, 1);
  g_string_erase (many, 0, (gssize) strlen ("{\"a\":[],\"b\\u0041\":[\"AAAAAAAAAAAAAAAAAAAAAA\"],"));
  g_string_prepend (many, "{");
  g_free (line);
  line = make_line ("{}", many->str);
  g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), NULL));
  all = limber_entry_seen (&entry, "c");
  g_assert_cmpuint (all->len, ==, 64); /* and no more, whatever a peer makes up */
}

/* What an entry may say, by what it says. */
static void
test_content (void)
{
  static const struct {
    const char *kind;
    const char *patient; /* (nullable) */
    const char *body;
    gboolean    good;
  } says[] = {
    { "patient", "p1", "{\"family\":\"Smith\"}", TRUE },
    { "patient", "p1", "{}", TRUE },
    { "patient", NULL, "{\"family\":\"Smith\"}", FALSE },
    { "patient", "p2", "{\"family\":\"Smith\"}", FALSE },
    { "patient", "p1", "{\"family!\":\"Smith\"}", FALSE },
    { "patient", "p1", "{\"family\":7}", FALSE },
    { "patient", "p1", "{\"family\":\"Smith\",}", FALSE },
    { "patient", "p1", "{\"\":7}", FALSE },
    { "patient", "p1", "{\"merged_into\":\"AAAA\"}", FALSE },
    { "patient", "p1", "{\"initials\":\"A S\"}", FALSE },
    { "patient", "p1", "{\"of another version\":7}", TRUE },
    { "conflict", NULL, "{\"state\":1}", FALSE },
    { "appointment", "p1", "{\"patient\":\"P1\"}", TRUE },
    { "appointment", "p1", "{\"patient\":\"P2\"}", FALSE },
    { "appointment", NULL, "{\"patient\":\"P1\"}", FALSE },
    { "appointment", "p1", "{\"patient\":null}", FALSE },
    { "plan", NULL, "{\"goal\":7}", TRUE },
    { "plan", NULL, "{\"goal\":7,\"goal^\":8}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (says); i++) {
    g_autofree char *one = NULL, *two = NULL;
    g_autoptr (GString) body = g_string_new (says[i].body);
    g_autoptr (GError) error = NULL;
    LimberEntry entry = { 0 };

    strcpy (entry.kind, says[i].kind);
    test_id (&entry.record, "p1");
    one = limber_base64_dup (entry.record.bytes, sizeof entry.record.bytes);
    entry.has_patient = says[i].patient != NULL;
    test_id (&entry.patient, "p2");
    two = limber_base64_dup (entry.patient.bytes, sizeof entry.patient.bytes);
    if (entry.has_patient)
      test_id (&entry.patient, says[i].patient);
    g_string_replace (body, "P1", one, 0);
    g_string_replace (body, "P2", two, 0);
    entry.has_body = TRUE;
    entry.body = (LimberSpan){ body->str, body->len };
    g_test_message ("%s %s", says[i].kind, body->str);
    g_assert_cmpint (limber_fold_check (&entry, &error), ==, says[i].good);
    g_assert_true ((error == NULL) == says[i].good);
  }
}

static void
test_crowd (void)
{
  g_autoptr (GString) body = g_string_new ("{");
  LimberEntry entry = { 0 };

  for (guint i = 0; i < 257; i++)
    g_string_append_printf (body, "%s\"f%u\":1", i > 0 ? "," : "", i);
  g_string_append_c (body, '}');
  entry.body = (LimberSpan){ body->str, body->len };
  g_assert_null (limber_entry_changes (&entry, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/entry/is-forwarded-byte-for-byte", test_round_trip);
  g_test_add_func ("/store/entry/is-sent-without-what-the-reader-knows", test_sent);
  g_test_add_func ("/store/entry/no-byte-can-be-changed-unseen", test_any_byte);
  g_test_add_func ("/store/entry/nor-one-of-what-is-sent", test_any_byte_sent);
  g_test_add_func ("/store/entry/a-field-set-twice-is-refused", test_twice);
  g_test_add_func ("/store/entry/without-its-body-it-keeps-its-hash", test_erased);
  g_test_add_func ("/store/entry/what-is-not-as-agreed-is-none", test_no_entry);
  g_test_add_func ("/store/entry/what-was-seen-is-read-as-far-as-it-is-as-agreed", test_seen);
  g_test_add_func ("/store/entry/says-what-its-kind-and-its-person-allow", test_content);
  g_test_add_func ("/store/entry/sets-no-more-fields-than-there-may-be", test_crowd);
  return g_test_run ();
}
