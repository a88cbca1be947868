/* What was changed, as the desk says it, and a third answer as people type it. */
#include "care-fixture.h"

#include "limber-error.h"
#include "limber-field-words.h"

typedef struct {
  const char *kind, *field, *typed;
  LimberValue value;
  char       *words;
  GError     *error;
} Asking;

static gboolean
ask (LimberReader *reader, gpointer data, GError **error)
{
  Asking *asking = data;
  const LimberKind *kind = limber_kind_by_name (asking->kind);
  const LimberField *field = &kind->fields[limber_kind_field (kind, asking->field)];

  asking->words = asking->typed != NULL ? limber_field_words_read (reader, kind, field, asking->typed, &asking->error) : limber_field_words_value (reader, field, &asking->value);
  return TRUE;
}

static void
assert_value (Care *care, const char *kind, const char *field, LimberValue value, const char *words)
{
  Asking asking = { kind, field, NULL, value };

  g_assert_true (limber_store_read (care->hub, ask, &asking, NULL));
  g_assert_cmpstr (asking.words, ==, words);
  g_free (asking.words);
}

static void
assert_read (Care *care, const char *field, const char *typed, const char *plain, const char *why)
{
  Asking asking = { "patient", field, typed };

  g_assert_true (limber_store_read (care->hub, ask, &asking, NULL));
  g_assert_cmpstr (asking.words, ==, plain);
  g_assert_cmpstr (asking.error != NULL ? asking.error->message : NULL, ==, why);
  g_clear_error (&asking.error);
  g_free (asking.words);
}

#define TEXT(text_) ((LimberValue){ .type = LIMBER_VALUE_TEXT, .text = (char *) (text_) })
#define INTEGER(integer_) ((LimberValue){ .type = LIMBER_VALUE_INTEGER, .integer = (integer_) })

static void
values_are_said_as_people_say_them (Care *care, gconstpointer data)
{
  LimberValue site = { .type = LIMBER_VALUE_ID, .id = care->site }, nobody = { .type = LIMBER_VALUE_ID, .id = { { 7 } } };

  assert_value (care, "patient", "born", TEXT ("1954-08-06"), "06-Aug-1954");
  assert_value (care, "patient", "nhs_number", TEXT ("9990000018"), "999\302\240000\302\2400018");
  assert_value (care, "patient", "address", TEXT ("1 High Street\nHarrow"), "1 High Street, Harrow");
  assert_value (care, "patient", "language", TEXT ("gu"), "Gujarati");
  assert_value (care, "patient", "needs", TEXT ("[\"large-print\",\"carer-attends\"]"), "large print, carer attends");
  assert_value (care, "patient", "restricted", INTEGER (1), "yes");
  assert_value (care, "patient", "mobile", (LimberValue) LIMBER_VALUE_INIT, "nothing");
  assert_value (care, "patient", "site", site, "Alexandra Avenue Clinic");
  assert_value (care, "patient", "site", nobody, "one that is not on this computer");
  assert_value (care, "appointment", "status", INTEGER (LIMBER_PROGRESS_ROUND + 2), "did not attend");
  assert_value (care, "appointment", "start", INTEGER (care_time ("09:22")), "23-Nov-2026 09:22");
  assert_value (care, "staff", "pin", TEXT ("$argon2id$v=19$"), "not shown");
}

static void
fields_are_called_as_people_call_them (void)
{
  static const char *const called[][3] = {
    { "patient", "family", "Surname" }, { "patient", "mobile", "Mobile telephone" }, { "patient", "preferred", "Likes to be called" }, { "patient", "texts", "May be sent texts" },
    { "patient", "kin", "Whom to call in an emergency" }, { "patient", "kin_phone", "Telephone of the emergency contact" }, { "staff", "family", "Surname" }, { "practice", "phone", "Telephone" },
    { "staff", "trained", "Trained" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (called); i++) {
    g_autofree char *name = limber_field_words_name (called[i][0], called[i][1]);

    g_assert_cmpstr (name, ==, called[i][2]);
  }
}

static void
what_is_typed_is_read_in_any_form (Care *care, gconstpointer data)
{
  assert_read (care, "born", " 6 aug 1954 ", "1954-08-06", NULL);
  assert_read (care, "born", "31/2/1950", NULL, "Date of birth: That is no day. Type it as 6/8/54 or 6 aug 1954.");
  assert_read (care, "nhs_number", "999 000 0018", "9990000018", NULL);
  assert_read (care, "postcode", "much too long for that", NULL, "Postcode: too long, or not plain text");
  assert_read (care, "mobile", "  ", "", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/field-words/values-are-said-as-people-say-them", Care, NULL, care_set_up, values_are_said_as_people_say_them, care_tear_down);
  g_test_add_func ("/care/field-words/fields-are-called-as-people-call-them", fields_are_called_as_people_call_them);
  g_test_add ("/care/field-words/what-is-typed-is-read-in-any-form", Care, NULL, care_set_up, what_is_typed_is_read_in_any_form, care_tear_down);
  return g_test_run ();
}
