#include <string.h>

#include "limber-error.h"
#include "limber-json.h"
#include "limber-response.h"

#define ITEM(link, type, more) "{\"linkId\":\"" link "\",\"type\":\"" type "\",\"text\":\"Asked\"" more "}"
#define FORM(items) "{\"resourceType\":\"Questionnaire\",\"url\":\"https://limber.example/forms/t\",\"version\":\"1\",\"title\":\"T\",\"status\":\"active\",\"item\":[" items "]}"
#define BOUND(name, n) "{\"url\":\"http://hl7.org/fhir/StructureDefinition/" name "Value\",\"valueInteger\":" n "}"
#define NUMBER(link, low, high) ITEM (link, "integer", ",\"extension\":[" BOUND ("min", low) "," BOUND ("max", high) "]")
#define OPTION(code) "{\"valueCoding\":{\"system\":\"s\",\"code\":\"" code "\",\"display\":\"" code "\"}}"
#define CHOICE(link, more) ITEM (link, "choice", ",\"answerOption\":[" OPTION ("yes") "," OPTION ("no") "]" more)
#define WHEN(question, operator, answer) ",\"enableWhen\":[{\"question\":\"" question "\",\"operator\":\"" operator "\"," answer "}]"

static LimberQuestionnaire *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LimberQuestionnaire *form = limber_questionnaire_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return form;
}

static char *
text_of (const LimberResponse *response, LimberResponseStatus status)
{
  g_autoptr (json_t) json = limber_response_to_json (response, status);

  return limber_json_dup (json);
}

static void
test_refuses (void)
{
  static const struct { const char *text, *says; } wrong[] = {
    { "[", "JSON" },
    { "{\"resourceType\":\"Patient\"}", "not a FHIR Questionnaire" },
    { "{\"resourceType\":\"Questionnaire\",\"version\":\"1\",\"title\":\"T\",\"item\":[]}", "url" },
    { FORM (""), "there are none" },
    { FORM ("{\"type\":\"display\",\"text\":\"x\"}"), "linkId" },
    { FORM (ITEM ("a", "integers", "")), "no type" },
    { FORM ("{\"linkId\":\"a\",\"type\":\"boolean\"}"), "needs a text" },
    { FORM (ITEM ("a", "boolean", "") "," ITEM ("a", "boolean", "")), "two items" },
    { FORM (ITEM ("a", "boolean", ",\"required\":1")), "true or false" },
    { FORM (ITEM ("a", "boolean", ",\"modifierExtension\":[]")), "modifierExtension" },
    { FORM (NUMBER ("a", "5", "4")), "above the greatest" },
    { FORM (NUMBER ("a", "1.5", "4")), "whole numbers" },
    { FORM (ITEM ("a", "choice", ",\"answerOption\":[{\"valueCoding\":{\"code\":\"x\"}}]")), "code and display" },
    { FORM (ITEM ("a", "choice", ",\"answerOption\":[" OPTION ("x") "," OPTION ("x") "]")), "the same" },
    { FORM (ITEM ("a", "boolean", WHEN ("b", "=", "\"answerBoolean\":true")) "," ITEM ("b", "boolean", "")), "stands before it" },
    { FORM (ITEM ("a", "boolean", "") "," ITEM ("b", "boolean", WHEN ("a", "~", "\"answerBoolean\":true"))), "operator" },
    { FORM (ITEM ("a", "boolean", "") "," ITEM ("b", "boolean", WHEN ("a", ">", "\"answerBoolean\":true"))), "never answered" },
    { FORM (CHOICE ("a", "") "," ITEM ("b", "boolean", WHEN ("a", "=", "\"answerCoding\":{\"code\":\"maybe\"}"))), "never answered" },
    { FORM (ITEM ("a", "boolean", ",\"_text\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/translation\",\"extension\":[]}]}")), "translation" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (limber_questionnaire_parse (wrong[i].text, strlen (wrong[i].text), &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
    if (strstr (error->message, wrong[i].says) == NULL)
      g_error ("%s does not say %s", error->message, wrong[i].says);
  }
}

static void
test_bounded (void)
{
  g_autofree char *long_text = g_strnfill (LIMBER_QUESTIONNAIRE_MAXIMUM + 1, ' ');
  g_autoptr (GString) many = g_string_new ("{\"resourceType\":\"Questionnaire\",\"url\":\"u\",\"version\":\"1\",\"title\":\"T\",\"item\":[");
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_questionnaire_parse (long_text, LIMBER_QUESTIONNAIRE_MAXIMUM + 1, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_clear_error (&error);
  for (guint i = 0; i <= LIMBER_QUESTIONNAIRE_ITEMS; i++)
    g_string_append_printf (many, "%s{\"linkId\":\"%u\",\"type\":\"display\",\"text\":\"x\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  g_assert_null (limber_questionnaire_parse (many->str, many->len, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
}

static void
test_fit_for_a_public_screen (void)
{
  static const struct { const char *text, *unfit; } forms[] = {
    { FORM (NUMBER ("a", "0", "10") "," CHOICE ("b", "") "," ITEM ("c", "boolean", "") "," ITEM ("d", "display", "")), NULL },
    { FORM (ITEM ("a", "text", "")), "a (text): a public screen cannot ask" },
    { FORM (ITEM ("a", "open-choice", "")), "cannot ask" },
    { FORM (ITEM ("a", "quantity", "")), "cannot ask" },
    { FORM (ITEM ("a", "integer", "")), "least and the greatest" },
    { FORM (NUMBER ("a", "0", "100")), "21 numbers" },
    { FORM (NUMBER ("a", "-5", "5")), "below 0" },
    { FORM (CHOICE ("a", ",\"repeats\":true")), "one answer" },
    { FORM (ITEM ("a", "choice", ",\"answerValueSet\":\"v\"")), "two to six" },
    { FORM (ITEM ("a", "display", "")), "asks nothing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (LimberQuestionnaire) form = parse (forms[i].text);

    if (forms[i].unfit == NULL)
      g_assert_null (form->unfit);
    else if (form->unfit == NULL || strstr (form->unfit, forms[i].unfit) == NULL)
      g_error ("%s: %s", forms[i].unfit, form->unfit);
  }
}

/* a: boolean; b when a is yes; in b, c from 0 to 10; d when c is above 5 or e exists … */
static const char branching[] =
    FORM (ITEM ("a", "boolean", "") "," NUMBER ("c", "0", "10") ","
          "{\"linkId\":\"g\",\"type\":\"group\"" WHEN ("a", "=", "\"answerBoolean\":true") ",\"item\":[" CHOICE ("b", ",\"required\":true") "," ITEM ("h", "display", "") "]},"
          ITEM ("high", "boolean", WHEN ("c", ">", "\"answerInteger\":5")) "," ITEM ("low", "boolean", WHEN ("c", "<", "\"answerInteger\":3")) ","
          ITEM ("none", "boolean", WHEN ("c", "exists", "\"answerBoolean\":false")) "," ITEM ("not", "boolean", WHEN ("b", "!=", "\"answerCoding\":{\"system\":\"s\",\"code\":\"no\"}")));

static guint
at (const LimberResponse *response, const char *link_id)
{
  return (guint) limber_questionnaire_find (limber_response_form (response), link_id);
}

static gboolean
asks (const LimberResponse *response, const char *link_id)
{
  return limber_response_is_enabled (response, at (response, link_id));
}

static void
test_branches (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (branching);
  g_autoptr (LimberResponse) response = limber_response_new (form);

  g_assert_false (asks (response, "b") || asks (response, "h") || asks (response, "high") || asks (response, "low") || asks (response, "not"));
  g_assert_true (asks (response, "none"));
  g_assert_true (limber_response_answer (response, at (response, "a"), 1, NULL));
  g_assert_true (asks (response, "b") && asks (response, "h"));
  g_assert_false (limber_response_is_complete (response));
  g_assert_true (limber_response_answer (response, at (response, "b"), 0, NULL));
  g_assert_true (limber_response_is_complete (response));
  g_assert_true (asks (response, "not"));
  g_assert_true (limber_response_answer (response, at (response, "b"), 1, NULL));
  g_assert_false (asks (response, "not"));
  g_assert_true (limber_response_answer (response, at (response, "c"), 6, NULL));
  g_assert_true (asks (response, "high") && !asks (response, "low") && !asks (response, "none"));
  g_assert_true (limber_response_answer (response, at (response, "c"), 5, NULL));
  g_assert_false (asks (response, "high"));
  g_assert_true (limber_response_answer (response, at (response, "c"), 2, NULL));
  g_assert_true (asks (response, "low"));
}

static void
test_goes_on_and_back (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (branching);
  g_autoptr (LimberResponse) response = limber_response_new (form);
  guint n, total;

  g_assert_cmpint (limber_response_next (response, -1), ==, at (response, "a"));
  g_assert_true (limber_response_answer (response, at (response, "a"), 0, NULL));
  g_assert_true (limber_response_answer (response, at (response, "c"), 4, NULL));
  g_assert_cmpint (limber_response_next (response, (int) at (response, "c")), ==, -1);
  limber_response_progress (response, at (response, "c"), &n, &total);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (total, ==, 2);
  g_assert_true (limber_response_answer (response, at (response, "a"), 1, NULL));
  g_assert_cmpint (limber_response_next (response, (int) at (response, "c")), ==, at (response, "b")); /* not the group, which has no page */
  g_assert_cmpint (limber_response_previous (response, (int) at (response, "b")), ==, at (response, "c"));
  g_assert_cmpint (limber_response_previous (response, (int) at (response, "a")), ==, -1);
}

static void
test_answers_are_checked (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (branching);
  g_autoptr (LimberResponse) response = limber_response_new (form);
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_response_answer (response, at (response, "a"), 2, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_false (limber_response_answer (response, at (response, "c"), 11, NULL));
  g_assert_false (limber_response_answer (response, at (response, "c"), -1, NULL));
  g_assert_false (limber_response_answer (response, at (response, "b"), 0, NULL)); /* it is not asked */
  g_assert_false (limber_response_answer (response, 99, 0, NULL));
  g_assert_true (limber_response_answer (response, at (response, "a"), 1, NULL));
  g_assert_false (limber_response_answer (response, at (response, "b"), 2, NULL));
  g_assert_false (limber_response_answer (response, at (response, "h"), 0, NULL));
  g_assert_false (limber_response_skip (response, at (response, "b"), NULL)); /* it is required */
  g_assert_true (limber_response_skip (response, at (response, "a"), NULL));
  g_assert_cmpuint (limber_response_n_answered (response), ==, 0);
}

/* What was answered on a way that was left is no answer; whoever goes back to it finds it. */
static void
test_a_way_that_was_left (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (branching);
  g_autoptr (LimberResponse) response = limber_response_new (form);
  g_autofree char *text = NULL;
  int answer;

  g_assert_true (limber_response_answer (response, at (response, "a"), 1, NULL));
  g_assert_true (limber_response_answer (response, at (response, "b"), 1, NULL));
  g_assert_true (limber_response_answer (response, at (response, "a"), 0, NULL));
  text = text_of (response, LIMBER_RESPONSE_STOPPED);
  g_assert_cmpstr (text, ==, "{\"resourceType\":\"QuestionnaireResponse\",\"questionnaire\":\"https://limber.example/forms/t|1\",\"status\":\"stopped\","
                             "\"item\":[{\"linkId\":\"a\",\"answer\":[{\"valueBoolean\":false}]}]}");
  g_assert_true (limber_response_answer (response, at (response, "a"), 1, NULL));
  g_assert_true (limber_response_get (response, at (response, "b"), &answer));
  g_assert_cmpint (answer, ==, 1);
}

static void
test_fhir_and_back (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (branching);
  g_autoptr (LimberResponse) response = limber_response_new (form), again = NULL;
  g_autoptr (json_t) json = NULL, foreign = NULL;
  g_autofree char *text = NULL, *text_again = NULL;

  g_assert_true (limber_response_answer (response, at (response, "a"), 1, NULL));
  g_assert_true (limber_response_answer (response, at (response, "c"), 10, NULL));
  g_assert_true (limber_response_answer (response, at (response, "b"), 0, NULL));
  text = text_of (response, LIMBER_RESPONSE_COMPLETED);
  g_assert_nonnull (strstr (text, "{\"linkId\":\"g\",\"item\":[{\"linkId\":\"b\",\"answer\":[{\"valueCoding\":{\"system\":\"s\",\"code\":\"yes\",\"display\":\"yes\"}}]}]}"));
  json = limber_json_parse (text, strlen (text), NULL);
  again = limber_response_from_json (form, json);
  text_again = text_of (again, LIMBER_RESPONSE_COMPLETED);
  g_assert_cmpstr (text, ==, text_again);
  limber_response_free (again);
  foreign = json_pack ("{s:[{s:s, s:[{s:i}]}, {s:s, s:[{s:s}]}]}", "item", "linkId", "c", "answer", "valueInteger", 12, "linkId", "zz", "answer", "valueString", "x");
  again = limber_response_from_json (form, foreign);
  g_assert_cmpuint (limber_response_n_answered (again), ==, 0);
}

#define TOPIC(link, more) "{\"linkId\":\"" link "\",\"type\":\"group\",\"text\":\"Topic\",\"item\":[" ITEM (link "1", "display", "") more "]}"

static void
test_advice (void)
{
  static const struct { const char *text, *unfit; } forms[] = {
    { FORM (TOPIC ("a", "") "," TOPIC ("b", "," ITEM ("b2", "display", ""))), NULL },
    { FORM (TOPIC ("a", "," ITEM ("b", "boolean", ""))), "" }, /* it asks something: a form as any */
    { FORM (TOPIC ("a", "") "," ITEM ("b", "display", "")), "groups" },
    { FORM ("{\"linkId\":\"a\",\"type\":\"group\",\"item\":[" ITEM ("b", "display", "") "]}"), "groups" },
    { FORM ("{\"linkId\":\"a\",\"type\":\"group\",\"text\":\"Topic\"}"), "groups" },
    { FORM (TOPIC ("a", "," TOPIC ("b", ""))), "only displays" },
    { FORM (TOPIC ("a", "") "," TOPIC ("b", "") "," TOPIC ("c", "") "," TOPIC ("d", "") "," TOPIC ("e", "") "," TOPIC ("f", "") "," TOPIC ("g", "")), "up to six" },
    { FORM (TOPIC ("a", "," ITEM ("b", "display", "") "," ITEM ("c", "display", "") "," ITEM ("d", "display", "") "," ITEM ("e", "display", "") "," ITEM ("f", "display", "") "," ITEM ("g", "display", ""))), "up to six" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (LimberQuestionnaire) form = parse (forms[i].text);

    g_assert_true (form->is_advice == (forms[i].unfit == NULL));
    if (forms[i].unfit != NULL && *forms[i].unfit != '\0')
      g_assert_nonnull (strstr (form->unfit, forms[i].unfit));
    else
      g_assert_true ((form->unfit == NULL) == (forms[i].unfit != NULL)); /* nobody is asked advice */
  }
}

static void
test_drawings (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (FORM (ITEM ("a", "display", ",\"code\":[{\"system\":\"s\",\"code\":\"x\"},{\"system\":\"" LIMBER_DRAWINGS "\",\"code\":\"walk\"}]") "," ITEM ("b", "display", "")));
  static const char none[] = FORM (ITEM ("a", "display", ",\"code\":[{\"system\":\"" LIMBER_DRAWINGS "\"}]"));
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (limber_questionnaire_item (form, 0)->drawing, ==, "walk");
  g_assert_null (limber_questionnaire_item (form, 1)->drawing);
  g_assert_null (limber_questionnaire_parse (none, strlen (none), &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
}

/* The form that Limber brings: it can be asked at a kiosk, and has all of its texts in all of the kiosk's languages. */
static void
assert_translated (const LimberFormText *text)
{
  static const char *const languages[] = { "gu", "ta", "ro", "pl", "ar" };

  for (gsize i = 0; text->text != NULL && i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (limber_form_text_in (text, languages[i]), text->text))
      g_error ("%s is not there in %s", text->text, languages[i]);
}

static void
test_our_own (void)
{
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "questionnaires", "arrival.json", NULL), *text = NULL;
  g_autoptr (LimberQuestionnaire) form = NULL;
  g_autoptr (LimberResponse) response = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  form = parse (text);
  g_assert_cmpstr (form->unfit, ==, NULL);
  g_assert_nonnull (strstr (text, "machine-translated"));
  assert_translated (&form->title);
  for (guint i = 0; i < form->items->len; i++) {
    const LimberItem *item = limber_questionnaire_item (form, i);

    assert_translated (&item->text);
    assert_translated (&item->help);
    assert_translated (&item->lower);
    assert_translated (&item->upper);
    for (guint j = 0; j < item->options->len; j++)
      assert_translated (&limber_item_option (item, (int) j)->text);
  }
  response = limber_response_new (form);
  g_assert_cmpuint (limber_response_n_asked (response), ==, 2);
  g_assert_true (limber_response_answer (response, at (response, "change"), 2, NULL));
  g_assert_true (asks (response, "since"));
}

/* The advice that Limber brings, of which a machine made the translations and no clinician has said yes to the words. */
static void
test_our_advice (void)
{
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "questionnaires", "advice.json", NULL), *text = NULL;
  g_autoptr (LimberQuestionnaire) form = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  form = parse (text);
  g_assert_true (form->is_advice);
  g_assert_nonnull (strstr (text, "machine-translated"));
  g_assert_nonnull (strstr (text, "clinical-review"));
  assert_translated (&form->title);
  for (guint i = 0; i < form->items->len; i++) {
    const LimberItem *item = limber_questionnaire_item (form, i);

    assert_translated (&item->text);
    g_assert_true ((item->drawing != NULL) == (item->type == LIMBER_ITEM_GROUP));
  }
  g_assert_cmpstr (limber_questionnaire_item (form, 0)->drawing, ==, "urgent"); /* what cannot wait comes first */
}

static void
test_languages (void)
{
  g_autoptr (LimberQuestionnaire) form = parse (FORM ("{\"linkId\":\"a\",\"type\":\"boolean\",\"text\":\"Hello\",\"_text\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/translation\","
                                                      "\"extension\":[{\"url\":\"lang\",\"valueCode\":\"pt\"},{\"url\":\"content\",\"valueString\":\"Olá\"}]}]}}"));
  const LimberFormText *text = &limber_questionnaire_item (form, 0)->text;

  g_assert_cmpstr (limber_form_text_in (text, "pt"), ==, "Olá");
  g_assert_cmpstr (limber_form_text_in (text, "pt_BR"), ==, "Olá");
  g_assert_cmpstr (limber_form_text_in (text, "pl"), ==, "Hello");
  g_assert_cmpstr (limber_form_text_in (text, NULL), ==, "Hello");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/what-is-wrong-is-named", test_refuses);
  g_test_add_func ("/forms/size-is-bounded", test_bounded);
  g_test_add_func ("/forms/what-a-public-screen-cannot-ask-is-for-staff", test_fit_for_a_public_screen);
  g_test_add_func ("/forms/advice-asks-nothing-and-is-read-by-topics", test_advice);
  g_test_add_func ("/forms/a-topic-says-what-is-drawn", test_drawings);
  g_test_add_func ("/forms/what-is-asked-depends-on-what-was-answered", test_branches);
  g_test_add_func ("/forms/on-and-back", test_goes_on_and_back);
  g_test_add_func ("/forms/answers-are-checked", test_answers_are_checked);
  g_test_add_func ("/forms/a-way-that-was-left-is-no-answer", test_a_way_that_was_left);
  g_test_add_func ("/forms/a-response-is-fhir-and-read-back", test_fhir_and_back);
  g_test_add_func ("/forms/our-own-is-whole-in-every-language", test_our_own);
  g_test_add_func ("/forms/our-own-advice-is-whole-in-every-language", test_our_advice);
  g_test_add_func ("/forms/a-language-or-what-it-is-a-kind-of", test_languages);
  return g_test_run ();
}
