/* Properties of the merge, over random histories: the seed is printed and can be given with --seed. */
#include <string.h>

#include "limber-merge.h"
#include "limber-test.h"

static void
random_version (LimberRecord *record, const LimberKind *kind)
{
  for (guint i = 0; i < kind->n_fields; i++) {
    LimberStamp *stamp = &record->stamps[i];

    if ((kind->fields[i].flags & (LIMBER_FIELD_DERIVED | LIMBER_FIELD_COMPUTED)) || g_test_rand_int_range (0, 3) == 0)
      continue;
    stamp->rank = (guint8) g_test_rand_int_range (0, 2);
    stamp->time = (guint64) g_test_rand_int_range (1, 4);
    stamp->origin.bytes[0] = (guint8) g_test_rand_int_range (0, 3);
    for (int b = 0; b < 4; b++)
      stamp->entry.bytes[b] = (guint8) g_test_rand_int_range (0, 256);
    stamp->entry.bytes[4] = 1;
    if (kind->fields[i].type == LIMBER_TYPE_PROGRESS)
      limber_value_set_integer (&record->values[i], g_test_rand_int_range (0, 2) * LIMBER_PROGRESS_ROUND + g_test_rand_int_range (0, 3));
    else {
      g_autofree char *text = g_strdup_printf ("%02x%02x%02x", stamp->entry.bytes[0], stamp->entry.bytes[1], stamp->entry.bytes[2]);

      limber_value_set_text (&record->values[i], text); /* one entry sets one value */
    }
  }
}

static void
assert_same (const LimberRecord *a, const LimberRecord *b)
{
  for (guint i = 0; i < a->kind->n_fields; i++) {
    g_assert_true (limber_value_equal (&a->values[i], &b->values[i]));
    g_assert_cmpint (limber_stamp_compare (&a->stamps[i], &b->stamps[i]), ==, 0);
  }
}

static LimberRecord *
merged (const LimberRecord *a, const LimberRecord *b)
{
  LimberRecord *record = limber_record_copy (a);

  limber_merge_records (record, b);
  return record;
}

static void
check_three (const LimberKind *kind)
{
  LimberId id;
  g_autoptr (LimberRecord) a = NULL, b = NULL, c = NULL, ab = NULL, ba = NULL, ab_c = NULL, bc = NULL, a_bc = NULL, aa = NULL;

  test_id (&id, "record");
  a = limber_record_new (kind, &id);
  b = limber_record_new (kind, &id);
  c = limber_record_new (kind, &id);
  random_version (a, kind);
  random_version (b, kind);
  random_version (c, kind);
  ab = merged (a, b);
  ba = merged (b, a);
  assert_same (ab, ba);
  ab_c = merged (ab, c);
  bc = merged (b, c);
  a_bc = merged (a, bc);
  assert_same (ab_c, a_bc);
  aa = limber_record_copy (ab);
  g_assert_false (limber_merge_records (aa, a));
  g_assert_false (limber_merge_records (aa, b));
  assert_same (aa, ab);
}

static void
test_laws (void)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint round = 0; round < 2000; round++)
    for (guint k = 0; k < n; k++)
      check_three (kinds[k]);
}

static void
test_rules (void)
{
  LimberValue first = { .type = LIMBER_VALUE_INTEGER, .integer = 3 }, second = { .type = LIMBER_VALUE_INTEGER, .integer = LIMBER_PROGRESS_ROUND };
  LimberStamp early = { .rank = 1, .time = 1, .entry = { { 1 } } }, late = { .rank = 1, .time = 2, .entry = { { 2 } } }, import = { .rank = 0, .time = 9, .entry = { { 3 } } };

  g_assert_true (limber_merge_replaces (LIMBER_MERGE_PLAIN, &first, &early, &second, &late));
  g_assert_false (limber_merge_replaces (LIMBER_MERGE_PLAIN, &first, &early, &second, &import)); /* a list never beats a person */
  g_assert_false (limber_merge_replaces (LIMBER_MERGE_ONCE, &first, &early, &second, &late));
  g_assert_true (limber_merge_replaces (LIMBER_MERGE_ONCE, &first, &late, &second, &early));
  g_assert_true (limber_merge_replaces (LIMBER_MERGE_ORDERED, &first, &late, &second, &early)); /* a later round wins, whatever the time */
  g_assert_false (limber_merge_replaces (LIMBER_MERGE_ORDERED, &second, &early, &first, &late));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/merge/commutes-associates-and-is-idempotent", test_laws);
  g_test_add_func ("/store/merge/follows-the-rule-of-the-field", test_rules);
  return g_test_run ();
}
