#include <string.h>

#include "limber-entry.h"
#include "limber-error.h"
#include "limber-test.h"

static char *
make_line (const char *body, const char *seen)
{
  LimberEntry entry = { 0 }, parsed;
  g_autofree char *header = NULL;
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
  header = limber_entry_make_header (&entry, seen);
  g_assert_true (limber_entry_parse_header (&parsed, header, strlen (header), NULL));
  parsed.has_body = TRUE;
  parsed.body = (LimberSpan){ body, strlen (body) };
  limber_entry_append_line (&parsed, out);
  g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/entry/is-forwarded-byte-for-byte", test_round_trip);
  g_test_add_func ("/store/entry/no-byte-can-be-changed-unseen", test_any_byte);
  g_test_add_func ("/store/entry/a-field-set-twice-is-refused", test_twice);
  g_test_add_func ("/store/entry/without-its-body-it-keeps-its-hash", test_erased);
  return g_test_run ();
}
