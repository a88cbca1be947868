#include "care-fixture.h"

#include "limber-answered.h"
#include "limber-asking.h"
#include "limber-error.h"
#include "limber-publishing.h"

#define FORM(version, more) TITLED ("Today", version, more)
#define TITLED(title, version, more) \
  "{\"resourceType\":\"Questionnaire\",\"url\":\"https://limber.example/forms/t\",\"version\":\"" version "\",\"title\":\"" title "\",\"status\":\"active\",\"item\":[" \
  "{\"linkId\":\"pain\",\"type\":\"integer\",\"text\":\"How bad is it?\",\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/minValue\",\"valueInteger\":0}," \
  "{\"url\":\"http://hl7.org/fhir/StructureDefinition/maxValue\",\"valueInteger\":10}]},{\"linkId\":\"worse\",\"type\":\"boolean\",\"text\":\"Is it worse?\"}" more "]}"

typedef struct {
  Care                  *care;
  LimberPublishing       publishing;
  LimberAsking          *asking;
  LimberAnswersDraft    *draft;
  LimberDetails          details;
  LimberId               id;
} Step;

static const LimberAuthor staff = { "00000000-0000-7000-8000-000000000001", "service-manager" };

static gboolean
publish (LimberTransaction *transaction, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (LimberQuestionnaire) form = limber_form_publish (transaction, &step->publishing, &staff, &step->id, error);

  return form != NULL;
}

static LimberId published;

static gboolean
try_publish (Care *care, const char *text, gint64 due_days, const char *types, const char *sites, GError **error)
{
  Step step = { .publishing = { text, strlen (text), due_days, types, sites } };
  gboolean done = limber_store_write (care->hub, publish, &step, error);

  published = step.id;
  return done;
}

static void
assert_published (Care *care, const char *text, gint64 due_days, const char *types, const char *sites)
{
  g_autoptr (GError) error = NULL;

  try_publish (care, text, due_days, types, sites, &error);
  g_assert_no_error (error);
}

static gboolean
find (LimberReader *reader, gpointer data, GError **error)
{
  Step *step = data;
  LimberId appointment;

  test_id (&appointment, "ten");
  step->asking = limber_asking_find (reader, &appointment, error);
  return step->asking != NULL;
}

/* What Declan is asked now. */
static LimberAsking *
asked (Care *care)
{
  Step step = { .care = care };
  g_autoptr (GError) error = NULL;

  if (care->store == care->kiosk)
    care_project (care);
  limber_store_read (care->store, find, &step, &error);
  g_assert_no_error (error);
  return step.asking;
}

static void
assert_asked (Care *care, const char *phone, guint forms)
{
  g_autoptr (LimberAsking) asking = asked (care);

  g_assert_cmpstr (asking->masked_phone, ==, phone);
  g_assert_cmpuint (asking->forms->len, ==, forms);
}

static void
put_declan (Care *care)
{
  care_put_declan (care, "booked");
  care_put (care, "patient", "declan", "mobile", "07700 900123");
  care_clock (care, "09:50");
}

static gboolean
say (LimberTransaction *transaction, gpointer data, GError **error)
{
  Step *step = data;
  LimberId patient;

  test_id (&patient, "declan");
  return limber_asking_details (transaction, &patient, step->details, error);
}

static void
say_details (Care *care, LimberDetails details)
{
  Step step = { .details = details };
  g_autoptr (GError) error = NULL;

  limber_store_write (care->store, say, &step, &error);
  g_assert_no_error (error);
}

static void
test_details_when_due (Care *care, gconstpointer data)
{
  put_declan (care);
  assert_asked (care, "••• ••• 123", 0);
  say_details (care, LIMBER_DETAILS_RIGHT);
  assert_asked (care, NULL, 0);
  care->clock.now += 181 * G_GINT64_CONSTANT (86400000);
  assert_asked (care, NULL, 0);
  care->clock.now += 1 * G_GINT64_CONSTANT (86400000);
  assert_asked (care, "••• ••• 123", 0);
  care_put (care, "site", "site", "details_days", "0");
  assert_asked (care, NULL, 0);
  care_put (care, "site", "site", "details_days", "400");
  assert_asked (care, NULL, 0);
}

static void
test_details_changed (Care *care, gconstpointer data)
{
  put_declan (care);
  say_details (care, LIMBER_DETAILS_CHANGED);
  say_details (care, LIMBER_DETAILS_CHANGED);
  g_assert_cmpint (care_tasks (care, "details-changed"), ==, 1);
  assert_asked (care, NULL, 0); /* not twice on a day */
  care->clock.now += G_GINT64_CONSTANT (86400000);
  assert_asked (care, "••• ••• 123", 0);
}

static void
test_nothing_to_show (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  assert_asked (care, NULL, 0);
  care_put (care, "patient", "declan", "mobile", "07700 900123");
  assert_asked (care, "••• ••• 123", 0);
  care_put (care, "patient", "declan", "restricted", "1");
  assert_asked (care, NULL, 0);
}

/* Two records of one person are one: what was said of either counts for both. */
static void
test_two_records (Care *care, gconstpointer data)
{
  g_autofree char *declan = NULL;
  LimberId id;

  put_declan (care);
  test_id (&id, "declan");
  declan = limber_id_dup_text (&id);
  care_person (care, "other", "O'Connor", "Declan", "1954-08-06");
  care_put (care, "patient", "other", "details_confirmed", "2026-11-01");
  assert_asked (care, "••• ••• 123", 0);
  care_put (care, "patient", "other", "merged_into", declan);
  assert_asked (care, NULL, 0);
}

static void
test_forms_when_due (Care *care, gconstpointer data)
{
  put_declan (care);
  care_put (care, "site", "site", "details_days", "0");
  assert_asked (care, NULL, 0);
  assert_published (care, FORM ("1", ""), 0, NULL, NULL);
  assert_asked (care, NULL, 1);
  assert_published (care, FORM ("1", ""), 0, "new;class", NULL);
  assert_asked (care, NULL, 0);
  care_put (care, "appointment", "ten", "type", "class");
  assert_asked (care, NULL, 1);
  assert_published (care, FORM ("1", ""), 0, NULL, "LMB02");
  assert_asked (care, NULL, 0);
  assert_published (care, FORM ("1", ""), 0, NULL, "LMB02;LMB01");
  assert_asked (care, NULL, 1);
}

#define ADVICE(version) \
  "{\"resourceType\":\"Questionnaire\",\"url\":\"https://limber.example/forms/a\",\"version\":\"" version "\",\"title\":\"Zest\",\"status\":\"active\",\"item\":[" \
  "{\"linkId\":\"t\",\"type\":\"group\",\"text\":\"Move\",\"item\":[{\"linkId\":\"s\",\"type\":\"display\",\"text\":\"A little, often.\"}]}]}"

static gboolean
find_advice (LimberReader *reader, gpointer data, GError **error)
{
  LimberQuestionnaire **held = data, *found = limber_asking_advice (reader, *held);

  g_clear_pointer (held, limber_questionnaire_unref);
  *held = found;
  return TRUE;
}

static void
read_advice (Care *care, LimberQuestionnaire **held)
{
  if (care->store == care->kiosk)
    care_project (care);
  g_assert_true (limber_store_read (care->store, find_advice, held, NULL));
}

static void
test_advice (Care *care, gconstpointer data)
{
  g_autoptr (LimberQuestionnaire) held = NULL;
  const LimberQuestionnaire *first;

  put_declan (care);
  care_put (care, "site", "site", "details_days", "0");
  assert_published (care, FORM ("1", ""), 0, NULL, NULL);
  read_advice (care, &held);
  g_assert_null (held);
  assert_published (care, ADVICE ("1"), 0, NULL, NULL);
  assert_asked (care, NULL, 1); /* it is read, and nobody is asked it */
  read_advice (care, &held);
  g_assert_nonnull (held);
  first = held;
  read_advice (care, &held);
  g_assert_true (held == first);
  assert_published (care, ADVICE ("2"), 0, NULL, NULL);
  read_advice (care, &held);
  g_assert_cmpstr (held->version, ==, "2");
  assert_published (care, ADVICE ("2"), 0, NULL, "LMB02");
  read_advice (care, &held);
  g_assert_null (held);
}

static gboolean
save (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_answers_save (transaction, ((Step *) data)->draft, error);
}

/* Has Declan answer at the screen: pain @pain, or nothing where it is negative. What a kiosk writes goes to its hub. */
static void
answer (Care *care, int pain, LimberResponseStatus status, gboolean in_person)
{
  g_autoptr (LimberAsking) asking = asked (care);
  LimberAskedForm *form = g_ptr_array_index (asking->forms, 0);
  g_autoptr (LimberResponse) response = limber_response_new (form->form);
  g_autoptr (LimberAnswersDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  Step step = { 0 };

  if (pain >= 0)
    g_assert_true (limber_response_answer (response, 0, pain, NULL));
  draft = limber_answers_draft (asking, form, response, status, pain >= 0, "en");
  draft->in_person = in_person;
  step.draft = draft;
  limber_store_write (care->store, save, &step, &error);
  g_assert_no_error (error);
  if (care->store == care->kiosk)
    test_store_push (care->kiosk, care->hub);
}

static void
test_answers_count (Care *care, gconstpointer data)
{
  put_declan (care);
  care_put (care, "site", "site", "details_days", "0");
  assert_published (care, FORM ("1", ""), 30, NULL, NULL);
  answer (care, 6, LIMBER_RESPONSE_STOPPED, FALSE);
  assert_asked (care, NULL, 1); /* who went away is asked again another time */
  answer (care, 6, LIMBER_RESPONSE_COMPLETED, FALSE);
  assert_asked (care, NULL, 0);
  care->clock.now += 29 * G_GINT64_CONSTANT (86400000);
  assert_asked (care, NULL, 0);
  care->clock.now += 1 * G_GINT64_CONSTANT (86400000);
  assert_asked (care, NULL, 1);
}

static void
test_rather_a_person (Care *care, gconstpointer data)
{
  put_declan (care);
  care_put (care, "site", "site", "details_days", "0");
  assert_published (care, FORM ("1", ""), 30, NULL, NULL);
  answer (care, -1, LIMBER_RESPONSE_STOPPED, TRUE);
  g_assert_cmpint (care_tasks (care, "ask-in-person"), ==, 1);
  assert_asked (care, NULL, 0);
}

static gboolean
read_line (LimberReader *reader, gpointer data, GError **error)
{
  LimberId appointment;
  g_autoptr (GPtrArray) rows = NULL;

  test_id (&appointment, "ten");
  rows = limber_reader_query (reader, "answers-of-visit", error, "d", &appointment);
  g_assert_cmpuint (rows->len, ==, 1);
  *(char **) data = limber_answered_line (g_ptr_array_index (rows, 0));
  return TRUE;
}

static void
assert_line (Care *care, const char *wanted)
{
  g_autofree char *line = NULL;

  g_assert_true (limber_store_read (care->hub, read_line, &line, NULL));
  g_assert_cmpstr (line, ==, wanted);
}

/* The desk reads the last of what was said, whatever became of her; the kiosk holds none of it. */
static void
test_the_desk_reads_it (Care *care, gconstpointer data)
{
  put_declan (care);
  assert_published (care, FORM ("1", ""), 0, NULL, NULL);
  answer (care, -1, LIMBER_RESPONSE_IN_PROGRESS, FALSE);
  assert_line (care, "0 of 2 so far");
  answer (care, 6, LIMBER_RESPONSE_STOPPED, FALSE);
  assert_line (care, "How bad is it?: 6 of 10 · stopped after 1 of 2");
  care->clock.now += 1000;
  answer (care, 7, LIMBER_RESPONSE_COMPLETED, FALSE);
  assert_line (care, "How bad is it?: 7 of 10");
  care->clock.now += 1000;
  answer (care, 7, LIMBER_RESPONSE_STOPPED, TRUE);
  assert_line (care, "How bad is it?: 7 of 10 · would rather be asked by a person");
  if (care->store == care->kiosk)
    g_assert_cmpint (care_count (care, "SELECT count(*) FROM answers"), ==, 0);
}

static void
assert_refused (Care *care, const char *text, const char *types, const char *sites, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_publish (care, text, 0, types, sites, &error));
  g_assert_error (error, LIMBER_ERROR, code);
}

static void
assert_version_asked (Care *care, const char *version)
{
  g_autoptr (LimberAsking) asking = asked (care);

  g_assert_cmpuint (asking->forms->len, ==, 1);
  g_assert_cmpstr (((LimberAskedForm *) g_ptr_array_index (asking->forms, 0))->form->version, ==, version);
}

static void
test_publishing (Care *care, gconstpointer data)
{
  LimberId first;

  put_declan (care);
  assert_published (care, FORM ("1", ""), 0, NULL, NULL);
  first = published;
  assert_published (care, " " FORM ("1", ""), 30, NULL, NULL); /* only laid out anew */
  assert_refused (care, FORM ("1", ",{\"linkId\":\"x\",\"type\":\"boolean\",\"text\":\"X?\"}"), NULL, NULL, LIMBER_ERROR_REFUSED);
  assert_refused (care, "{}", NULL, NULL, LIMBER_ERROR_FORMAT);
  assert_refused (care, FORM ("2", ""), "old", NULL, LIMBER_ERROR_USAGE);
  assert_refused (care, FORM ("2", ""), NULL, "NOWHERE", LIMBER_ERROR_NOT_FOUND);
  assert_published (care, FORM ("2", ",{\"linkId\":\"x\",\"type\":\"boolean\",\"text\":\"X?\"}"), 0, NULL, NULL);
  assert_asked (care, "••• ••• 123", 1);
  g_assert_cmpint (test_store_count (care->hub, "SELECT count(*) FROM questionnaire WHERE status%16=1 AND version='2'"), ==, 1);
  g_assert_cmpint (test_store_count (care->hub, "SELECT count(*) FROM questionnaire WHERE status%16=2 AND version='1'"), ==, 1);
  test_store_put (care->hub, "questionnaire", &first, "status", "active", NULL); /* two people published at once */
  assert_version_asked (care, "2");
  assert_published (care, FORM ("3", ",{\"linkId\":\"x\",\"type\":\"text\",\"text\":\"X?\"}"), 0, NULL, NULL);
  assert_asked (care, "••• ••• 123", 0); /* not at a kiosk */
}

/* Two people published at once, and the titles are in another order than the versions. */
static void
publish_both (Care *care, const char *earlier, const char *later, const char *version)
{
  LimberId first;

  assert_published (care, earlier, 0, NULL, NULL);
  first = published;
  assert_published (care, later, 0, NULL, NULL);
  assert_version_asked (care, version);
  test_store_put (care->hub, "questionnaire", &first, "status", "active", NULL);
  assert_version_asked (care, version);
}

static void
test_later_version (Care *care, gconstpointer data)
{
  put_declan (care);
  publish_both (care, FORM ("9", ""), TITLED ("Before you go in", "10", ""), "10");
  publish_both (care, FORM ("11.10", ""), TITLED ("Before you go in", "12", ""), "12");
}

/* A kiosk writes no forms, and nobody changes one. */
static void
test_who_writes (Care *care, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Step step = { .publishing = { FORM ("1", ""), strlen (FORM ("1", "")), 0, NULL, NULL } };

  care_project (care);
  g_assert_false (limber_store_write (care->kiosk, publish, &step, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_clear_error (&error);
  assert_published (care, FORM ("1", ""), 0, NULL, NULL);
  g_assert_true (limber_store_write (care->hub, publish, &step, NULL));
  g_assert_false (test_store_try (care->hub, &error, "questionnaire", &step.id, "form", "{}", NULL));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  care_add_in ("asking", path, func);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("details-are-asked-for-when-nobody-confirmed-them-for-long", test_details_when_due);
  add ("details-that-are-not-right-are-told-once-a-day", test_details_changed);
  add ("where-no-number-may-be-shown-nothing-is-asked", test_nothing_to_show);
  add ("two-records-of-one-person-are-one", test_two_records);
  add ("a-form-is-asked-of-its-visits-at-its-sites", test_forms_when_due);
  add ("advice-is-read-where-it-is-published-and-nobody-is-asked-it", test_advice);
  add ("who-has-answered-is-not-asked-again-too-soon", test_answers_count);
  add ("who-would-rather-be-asked-by-a-person-is-told-to-the-desk", test_rather_a_person);
  add ("the-desk-reads-the-last-that-was-said", test_the_desk_reads_it);
  add ("a-version-never-changes", test_publishing);
  add ("of-two-versions-the-later-is-asked-whatever-they-are-called", test_later_version);
  add ("no-kiosk-writes-forms", test_who_writes);
  return g_test_run ();
}
