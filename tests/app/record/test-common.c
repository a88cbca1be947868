/* What two programs of different versions both declare. */
#include <string.h>

#include "limber-common.h"
#include "limber-test.h"

static const LimberKind *
patient (void)
{
  return limber_kind_by_name ("patient");
}

static void
test_same (void)
{
  g_autofree char *own = limber_common_own (), *more = g_strconcat (own, ",63.2", NULL);
  LimberCommon common;

  limber_common_init (&common, own);
  g_assert_true (common.same);
  g_assert_true (limber_common_has_all (&common, patient ()));
  limber_common_init (&common, NULL);
  g_assert_true (common.same);
  limber_common_init (&common, more); /* it knows a kind that this one does not */
  g_assert_false (common.same);
  g_assert_true (limber_common_has_all (&common, patient ()));
}

static void
test_fewer (void)
{
  g_autofree char *older = g_strdup_printf ("%u.3", patient ()->number), *newer = g_strdup_printf ("%u.250", patient ()->number);
  LimberCommon common;

  limber_common_init (&common, older);
  g_assert_false (common.same);
  g_assert_true (limber_common_has (&common, patient ()));
  g_assert_false (limber_common_has_all (&common, patient ()));
  g_assert_false (limber_common_has (&common, limber_kind_by_name ("task")));
  limber_common_init (&common, newer);
  g_assert_true (limber_common_has_all (&common, patient ()));
}

/* Whatever it is, it is read as nothing. */
static void
test_nonsense (void)
{
  static const char *const texts[] = { "", ",,,", "a.b", "64.1", "-1.1", "6", "6.", "6.256", "6.-1", "99999999999999999999.1", "6 .3", "0x6.3" };
  g_autoptr (GString) many = g_string_new ("1");
  LimberCommon common;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    limber_common_init (&common, texts[i]);
    g_assert_false (common.same);
    for (guint k = 0; k < LIMBER_COMMON_KINDS; k++)
      g_assert_cmpint (common.fields[k], ==, 0);
  }
  for (guint i = 0; i < 100000; i++)
    g_string_append (many, ",6.3");
  limber_common_init (&common, many->str);
  g_assert_false (common.same);
}

static void
set (LimberRecord *record, guint field, const char *text)
{
  limber_value_set_text (&record->values[field], text);
  record->stamps[field].time = 1;
}

static void
test_records (void)
{
  g_autofree char *older = g_strdup_printf ("%u.3", patient ()->number);
  g_autoptr (LimberRecord) record = NULL, held = NULL;
  LimberCommon common;
  LimberId id;

  test_id (&id, "patient");
  limber_common_init (&common, older);
  record = limber_record_new (patient (), &id);
  g_assert_false (limber_common_has_any (&common, record, LIMBER_CLASS_DESK));
  limber_value_set_text (&record->values[2], "worked out");
  g_assert_true (limber_common_has_any (&common, record, LIMBER_CLASS_DESK)); /* as at a kiosk that holds only what is derived */
  limber_record_unset (record, 2);
  set (record, 5, "beyond");
  held = limber_record_copy (record);
  g_assert_false (limber_common_has_any (&common, record, LIMBER_CLASS_DESK)); /* the older one has no such record */
  limber_common_restrict (&common, record);
  g_assert_true (limber_record_is_empty (record));
  set (record, 2, "common");
  g_assert_true (limber_common_has_any (&common, record, LIMBER_CLASS_DESK));
  g_assert_false (limber_common_has_any (&common, record, LIMBER_CLASS_KIOSK)); /* which holds no such field */
  limber_common_complete (&common, record, held);
  g_assert_cmpstr (record->values[2].text, ==, "common");
  g_assert_cmpstr (record->values[5].text, ==, "beyond");
  g_assert_true (limber_stamp_is_set (&record->stamps[5]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/common/the-same-version-declares-the-same", test_same);
  g_test_add_func ("/record/common/of-two-the-fewer-fields-count", test_fewer);
  g_test_add_func ("/record/common/what-cannot-be-read-is-not-common", test_nonsense);
  g_test_add_func ("/record/common/a-record-can-be-seen-as-the-other-sees-it", test_records);
  return g_test_run ();
}
