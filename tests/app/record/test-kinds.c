#include "limber-json.h"
#include "limber-record.h"
#include "limber-test.h"

/* Names and numbers on the wire never change their meaning. */
static void
test_distinct (void)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  g_assert_cmpuint (n, >=, 13);
  for (guint i = 0; i < n; i++) {
    g_assert_true (limber_kind_by_number (kinds[i]->number) == kinds[i]);
    g_assert_true (limber_kind_by_name (kinds[i]->name) == kinds[i]);
    g_assert_cmpuint (kinds[i]->number, <, 64);
    for (guint f = 0; f < kinds[i]->n_fields; f++) {
      g_assert_cmpint (limber_kind_field (kinds[i], kinds[i]->fields[f].name), ==, f);
      if (kinds[i]->fields[f].target != NULL)
        g_assert_nonnull (limber_kind_by_name (kinds[i]->fields[f].target));
    }
  }
}

/* DESIGN.md section 3: a stolen kiosk holds no name, address, NHS number or PIN. */
static void
test_kiosk_holds_little (void)
{
  static const char *const never[] = { "family", "given", "nhs_number", "number", "address", "postcode", "mobile", "phone", "email", "practice" };
  const LimberKind *patient = limber_kind_by_name ("patient");

  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_false (limber_field_held_by (&patient->fields[limber_kind_field (patient, never[i])], patient, LIMBER_CLASS_KIOSK));
  g_assert_true (limber_field_held_by (&patient->fields[limber_kind_field (patient, "letters")], patient, LIMBER_CLASS_KIOSK));
  g_assert_false (limber_field_held_by (&patient->fields[limber_kind_field (patient, "letters")], patient, LIMBER_CLASS_DESK));
  g_assert_false (limber_kind_held_by (limber_kind_by_name ("staff"), LIMBER_CLASS_KIOSK));
  g_assert_false (limber_kind_held_by (limber_kind_by_name ("referral"), LIMBER_CLASS_KIOSK));
  g_assert_true (limber_kind_writable_by (limber_kind_by_name ("task"), LIMBER_CLASS_KIOSK));
}

static void
test_json_keeps_secrets (void)
{
  LimberId id;
  g_autoptr (LimberRecord) staff = NULL;
  g_autoptr (json_t) json = NULL;

  test_id (&id, "staff");
  staff = limber_record_new (limber_kind_by_name ("staff"), &id);
  limber_value_set_text (&staff->values[limber_kind_field (staff->kind, "pin")], "$argon2id$…");
  limber_value_set_text (&staff->values[limber_kind_field (staff->kind, "trained")], "[\"escape-back\"]");
  json = limber_record_to_json (staff, LIMBER_CLASS_DESK);
  g_assert_null (json_object_get (json, "pin"));
  g_assert_true (json_is_array (json_object_get (json, "trained")));
  g_assert_true (json_is_null (json_object_get (json, "site")));
}

static void
test_parse_and_check (void)
{
  const LimberKind *patient = limber_kind_by_name ("patient"), *appointment = limber_kind_by_name ("appointment");
  static const struct { const char *field, *text; gboolean good; } cases[] = {
    { "born", "1954-08-06", TRUE }, { "born", "1954-02-30", FALSE }, { "nhs_number", "9990000018", TRUE }, { "nhs_number", "9991234567", FALSE }, { "restricted", "1", TRUE },
    { "restricted", "perhaps", FALSE }, { "sex", "3", FALSE }, { "needs", "large-print;carer-attends", TRUE }, { "address", "1 High St\nHarrow", TRUE }, { "family", "a\nb", FALSE },
    { "practice", "E84004", FALSE }, { "title", "", TRUE },
  };
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (limber_field_parse (&patient->fields[limber_kind_field (patient, cases[i].field)], cases[i].text, &value, &error) == cases[i].good);
    if (!cases[i].good)
      g_assert_true (g_str_has_prefix (error->message, cases[i].field));
  }
  g_assert_true (limber_field_parse (&appointment->fields[limber_kind_field (appointment, "status")], "arrived", &value, NULL));
  g_assert_cmpint (value.integer, ==, 3);
  g_assert_true (limber_field_parse (&appointment->fields[limber_kind_field (appointment, "start")], "2026-06-01T09:00:00+01:00", &value, NULL));
  g_assert_false (limber_field_parse (&appointment->fields[limber_kind_field (appointment, "start")], "2026-06-01 9am", &value, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/kinds/names-numbers-and-targets-are-distinct-and-known", test_distinct);
  g_test_add_func ("/record/kinds/a-kiosk-holds-no-name-number-or-address", test_kiosk_holds_little);
  g_test_add_func ("/record/kinds/secrets-are-never-printed", test_json_keeps_secrets);
  g_test_add_func ("/record/kinds/what-people-type-is-checked-against-the-declaration", test_parse_and_check);
  return g_test_run ();
}
