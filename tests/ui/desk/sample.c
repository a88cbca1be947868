#include "sample.h"

#include <string.h>

#include "limber-asking.h"
#include "limber-merging.h"
#include "limber-date.h"
#include "limber-pin.h"
#include "limber-publishing.h"
#include "limber-stage.h"
#include "limber-test.h"

void
sample_id (LimberId *id, const char *key)
{
  test_id (id, key);
}

char *
sample_id_text (const char *key)
{
  LimberId id;

  test_id (&id, key);
  return limber_id_dup_text (&id);
}

static char *
time_text (int minutes_after_nine)
{
  return limber_time_to_iso (TEST_NOW + minutes_after_nine * G_GINT64_CONSTANT (60000));
}

void
sample_site (LimberStore *store)
{
  static const struct { const char *key, *name, *area; } places[] = { { "room-1", "Room 1", "Main waiting room" }, { "room-2", "Room 2", "Main waiting room" }, { "room-3", "Room 3", "By the garden" }, { "gym", "Gym", NULL } };
  g_autofree char *site = sample_id_text ("site");
  LimberId id;

  sample_id (&id, "site");
  test_store_put (store, "site", &id, "code", "LMB01", "name", "Alexandra Avenue", "kind", "health-centre", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    sample_id (&id, places[i].key);
    test_store_put (store, "place", &id, "site", site, "name", places[i].name, places[i].area != NULL ? "waiting_area" : NULL, places[i].area, NULL);
  }
  sample_id (&id, "physiotherapy");
  test_store_put (store, "service", &id, "code", "physiotherapy", "name", "Physiotherapy", NULL);
}

static gboolean
set_pin (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };

  return limber_pin_set (transaction, data, SAMPLE_PIN, &author, error);
}

void
sample_staff (LimberStore *store, gboolean with_pins)
{
  static const struct { const char *key, *number, *given, *family, *role; } staff[] = {
    { "ruth", "S0001", "Anna", "Reid", "reception" }, { "priya", "S0002", "Priya", "Shah", "physiotherapist" }, { "rachel", "S0003", "Rachel", "Nowak", "physiotherapist" },
    { "omar", "S0004", "Omar", "Khalid", "joint-pain-advisor" }, { "jane", "S0005", "Jane", "Clarke", "physiotherapist" },
  };
  g_autofree char *site = sample_id_text ("site");
  g_autoptr (GError) error = NULL;
  LimberId id;

  for (guint i = 0; i < G_N_ELEMENTS (staff); i++) {
    sample_id (&id, staff[i].key);
    test_store_put (store, "staff", &id, "number", staff[i].number, "given", staff[i].given, "family", staff[i].family, "role", staff[i].role, "site", site, NULL);
    if (with_pins && i < 2)
      limber_store_write (store, set_pin, &id, &error);
    g_assert_no_error (error);
  }
}

/* Somebody more, of @site, who has the PIN. */
void
sample_colleague (LimberStore *store, const char *key, const char *given, const char *family, const char *role, const char *site)
{
  g_autofree char *of = sample_id_text (site), *number = g_strdup_printf ("X-%s", key);
  g_autoptr (GError) error = NULL;
  LimberId id;

  sample_id (&id, key);
  test_store_put (store, "staff", &id, "number", number, "given", given, "family", family, "role", role, "site", of, NULL);
  limber_store_write (store, set_pin, &id, &error);
  g_assert_no_error (error);
}

static gboolean
set_heard (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "upstream", "https://central.example", error) && limber_transaction_set_meta (transaction, "heard", data, error);
}

/* Central was heard of last so many days ago. */
void
sample_silence (LimberStore *store, int days)
{
  g_autofree char *heard = g_strdup_printf ("%" G_GINT64_FORMAT, limber_env_now (limber_store_env (store)) - days * 24 * 60 * G_GINT64_CONSTANT (60000));
  g_autoptr (GError) error = NULL;

  limber_store_write (store, set_heard, heard, &error);
  g_assert_no_error (error);
}

void
sample_person (LimberStore *store, const char *key, const char *family, const char *given, const char *title, const char *born)
{
  static guint n = 0;
  char number[11];
  g_autofree char *site = sample_id_text ("site");
  LimberId id;

  sample_id (&id, key);
  test_nhs_number (n++, number);
  test_store_put (store, "patient", &id, "number", key, "family", family, "given", given, "born", born, "sex", g_strcmp0 (title, "Mr") == 0 ? "1" : title != NULL ? "2" : "X", "nhs_number", number, "nhs_status", "01",
                  "mobile", "07700 900397", "address", "142 Alexandra Avenue\nHarrow", "postcode", "HA3 1HQ", "language", "en", "site", site, title != NULL ? "title" : NULL, title, NULL);
}

/* Somebody of another site. */
void
sample_visitor (LimberStore *store, const char *key)
{
  LimberId id;

  sample_id (&id, key);
  test_store_put (store, "patient", &id, "number", key, "family", "O'Farrell-Wickes", "given", "Ines Maud", "title", "Mrs", "born", "1954-08-06", "sex", "2", "nhs_number", "9990000018", "nhs_status", "01", "mobile",
                  "07700 900456", "address", "7 Cuckoo Hill\nPinner", "postcode", "HA5 2BB", "language", "en", NULL);
}

void
sample_visit (LimberStore *store, const char *key, const char *person, const char *clinician, int minutes_after_nine)
{
  g_autofree char *site = sample_id_text ("site"), *patient = sample_id_text (person), *staff = sample_id_text (clinician), *start = time_text (minutes_after_nine);
  g_autofree char *place = sample_id_text (g_str_equal (clinician, "priya") ? "room-2" : g_str_equal (clinician, "omar") ? "room-3" : "room-1"), *service = sample_id_text ("physiotherapy");
  LimberId id;

  sample_id (&id, key);
  test_store_put (store, "appointment", &id, "patient", patient, "site", site, "clinician", staff, "start", start, "minutes", "30", "place", place, "type", "follow-up", "service", service,
                  "status", "booked", NULL);
}

/* Somebody came at a kiosk, which could not check her in. */
void
sample_come (LimberStore *store, const char *visit, const char *person, int minutes_after_nine)
{
  g_autofree char *appointment = sample_id_text (visit), *patient = sample_id_text (person), *at = time_text (minutes_after_nine);
  LimberId id, arrival;

  sample_id (&id, visit);
  limber_stage_arrival_id (&id, 0, &arrival);
  test_store_put (store, "arrival", &arrival, "appointment", appointment, "patient", patient, "round", "0", "at", at, "via", "kiosk", NULL);
}

void
sample_arrive (LimberStore *store, const char *visit, const char *person, int minutes_after_nine)
{
  LimberId id;

  sample_id (&id, visit);
  test_store_put (store, "appointment", &id, "status", "arrived", NULL);
  sample_come (store, visit, person, minutes_after_nine);
}

/* @step: called, with-clinician or seen */
void
sample_step (LimberStore *store, const char *visit, const char *person, const char *step, int minutes_after_nine)
{
  g_autofree char *appointment = sample_id_text (visit), *patient = sample_id_text (person), *at = time_text (minutes_after_nine), *key = g_strdup_printf ("%s-%s", visit, step);
  LimberId id;

  sample_id (&id, visit);
  test_store_put (store, "appointment", &id, "status", step, NULL);
  sample_id (&id, key);
  test_store_put (store, "stage", &id, "appointment", appointment, "patient", patient, "round", "0", "step", step, "at", at, NULL);
}

/* What a screen tells of guessing. */
void
sample_guessing (LimberStore *store, int minutes_after_nine)
{
  g_autofree char *site = sample_id_text ("site"), *made = time_text (minutes_after_nine);
  LimberId id;

  sample_id (&id, "guessing");
  test_store_put (store, "task", &id, "about", "guessing", "site", site, "text", "7\nFront door", "made", made, "status", "open", NULL);
}

/* @candidates: keys of visits, by spaces */
void
sample_task (LimberStore *store, const char *key, const char *about, const char *candidates, int minutes_after_nine)
{
  g_autofree char *site = sample_id_text ("site"), *made = time_text (minutes_after_nine);
  g_auto (GStrv) keys = g_strsplit (candidates, " ", -1);
  g_autoptr (GString) list = g_string_new (NULL);
  LimberId id;

  for (guint i = 0; keys[i] != NULL; i++) {
    g_autofree char *text = sample_id_text (keys[i]);

    g_string_append_printf (list, "%s%s", i > 0 ? ";" : "", text);
  }
  sample_id (&id, key);
  test_store_put (store, "task", &id, "about", about, "site", site, "candidates", list->str, "made", made, "status", "open", NULL);
}

/* Two records that may be one person, "pair-one" and "pair-other", and the task that asks. */
void
sample_pair (LimberStore *store)
{
  g_autofree char *site = sample_id_text ("site"), *first = sample_id_text ("pair-one"), *second = sample_id_text ("pair-other"), *both = g_strdup_printf ("%s;%s", first, second), *made = time_text (5);
  LimberId one, other, task;

  sample_id (&one, "pair-one");
  sample_id (&other, "pair-other");
  limber_merging_pair_id (&one, &other, &task);
  test_store_put (store, "patient", &one, "family", "Baker-Featherstonehaugh", "given", "Katherine Annabel", "title", "Mrs", "born", "1954-08-06", "sex", "2", "nhs_number", "9990000026", "nhs_status",
                  "01", "number", "P0000123", "mobile", "07700 900123", "address", "14 Hartington Gardens\nHarrow on the Hill", "postcode", "HA1 3XY", "site", site, "needs", "hoist", NULL);
  test_store_put (store, "patient", &other, "family", "Baker", "given", "Kath", "born", "1954-08-06", "sex", "2", "nhs_typed", "99900", "nhs_status", "03", "number", "00456", "provider", "Acute", "mobile",
                  "07700900123", "site", site, NULL);
  test_store_put (store, "task", &task, "about", "duplicate", "patient", first, "site", site, "candidates", both, "text", "names-near", "made", made, "status", "open", NULL);
}

/* What somebody answers at a kiosk before a visit. */
typedef struct {
  LimberAsking       *asking; /* (owned) (nullable) */
  LimberAnswersDraft *draft;  /* (owned) (nullable) */
  LimberId            visit;
} Answering;

static gboolean
publish (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  static const char form[] =
      "{\"resourceType\":\"Questionnaire\",\"url\":\"https://limber.example/forms/sample\",\"version\":\"1\",\"title\":\"Before you go in\",\"item\":["
      "{\"linkId\":\"pain\",\"type\":\"integer\",\"text\":\"Pain today\",\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/minValue\",\"valueInteger\":0},"
      "{\"url\":\"http://hl7.org/fhir/StructureDefinition/maxValue\",\"valueInteger\":10}]},"
      "{\"linkId\":\"change\",\"type\":\"choice\",\"text\":\"Since last time\",\"answerOption\":[{\"valueString\":\"Better\"},{\"valueString\":\"Worse\"}]},"
      "{\"linkId\":\"fall\",\"type\":\"boolean\",\"text\":\"Fell\"}]}";
  g_autoptr (LimberQuestionnaire) published = NULL;
  LimberId id;

  published = limber_form_publish (transaction, &(LimberPublishing){ .text = form, .length = strlen (form) }, &author, &id, error);
  return published != NULL;
}

static gboolean
find_asking (LimberReader *reader, gpointer data, GError **error)
{
  Answering *answering = data;

  answering->asking = limber_asking_find (reader, &answering->visit, error);
  return answering->asking != NULL;
}

static gboolean
save_answers (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_answers_save (transaction, ((Answering *) data)->draft, error);
}

/* @pain: 0 to 10; who came to the end also says that it is worse */
void
sample_answers (LimberStore *store, const char *visit, int pain, LimberResponseStatus status, gboolean in_person)
{
  Answering answering = { NULL };
  g_autoptr (GError) error = NULL;
  LimberResponse *response;
  LimberAskedForm *form;

  sample_id (&answering.visit, visit);
  limber_store_write (store, publish, NULL, &error);
  g_assert_no_error (error);
  limber_store_read (store, find_asking, &answering, &error);
  g_assert_no_error (error);
  form = g_ptr_array_index (answering.asking->forms, 0);
  response = limber_response_new (form->form);
  g_assert_true (limber_response_answer (response, 0, pain, NULL));
  if (status == LIMBER_RESPONSE_COMPLETED)
    g_assert_true (limber_response_answer (response, 1, 1, NULL));
  answering.draft = limber_answers_draft (answering.asking, form, response, status, 0, "en");
  answering.draft->in_person = in_person;
  limber_store_write (store, save_answers, &answering, &error);
  g_assert_no_error (error);
  limber_answers_draft_free (answering.draft);
  limber_response_free (response);
  limber_asking_free (answering.asking);
}

static void
set_field (LimberStore *store, const char *kind, const char *key, const char *field, const char *value)
{
  LimberId id;

  sample_id (&id, key);
  test_store_put (store, kind, &id, field, value, NULL);
}

/* The people of the drawing of the desk, at 09:41. */
static void
named_people (LimberStore *store)
{
  static const struct { const char *key, *family, *given, *title, *born, *with; int at; } people[] = {
    { "oconnor-1", "O'Connor", "Declan", NULL, "1976-11-10", "rachel", 30 }, { "oconnor-2", "O'Connor", "Daniel", "Mr", "1976-11-10", "omar", 60 },
    { "thompson", "Thompson", "Dorothy", "Mrs", "1949-03-12", "priya", 30 }, { "patel", "Patel", "Hansa", "Mrs", "1961-02-01", "priya", 60 },
    { "wisniewska", "Wiśniewska", "Małgorzata", NULL, "1980-05-05", "omar", 0 }, { "thomas", "Thomas", "David", "Mr", "1954-08-06", "rachel", 60 },
    { "stefanescu", "Ștefănescu", "Ioana", "Ms", "1992-12-31", "omar", 60 }, { "barton", "Barton-Wood", "Geoffrey", "Dr", "1939-01-20", "rachel", 0 },
    { "sivakumar", "Sivakumar", "Revathi", "Mrs", "1970-07-07", "priya", 90 }, { "li", "Li", "Jon", "Mr", "2001-10-02", "rachel", 90 },
    { "munteanu", "Munteanu", "Andrei", "Mr", "1988-09-09", "omar", 120 }, { "long", "Montgomery-Featherstonehaugh", "Alexandra Wilhelmina", "The Rt Hon", "1944-04-04", "priya", 15 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *visit = g_strconcat ("visit-", people[i].key, NULL);

    sample_person (store, people[i].key, people[i].family, people[i].given, people[i].title, people[i].born);
    sample_visit (store, visit, people[i].key, people[i].with, people[i].at);
  }
  set_field (store, "patient", "thompson", "needs", "hearing-loop");
  set_field (store, "patient", "patel", "needs", "interpreter");
  set_field (store, "patient", "patel", "language", "gu");
  set_field (store, "patient", "munteanu", "needs", "wheelchair");
  set_field (store, "patient", "thomas", "needs", "large-print;carer-attends");
  set_field (store, "patient", "long", "needs", "bsl-interpreter;easy-read;wheelchair");
  set_field (store, "patient", "stefanescu", "restricted", "1");
  sample_arrive (store, "visit-thompson", "thompson", 22);
  sample_arrive (store, "visit-patel", "patel", 40);
  sample_arrive (store, "visit-wisniewska", "wisniewska", -5);
  set_field (store, "appointment", "visit-wisniewska", "status", "with-clinician");
  set_field (store, "appointment", "visit-barton", "status", "did-not-attend");
  set_field (store, "patient", "thompson", "details_confirmed", "2026-08-06");
  sample_answers (store, "visit-thompson", 6, LIMBER_RESPONSE_COMPLETED, FALSE);
  sample_task (store, "task-1", "cannot-tell-apart", "visit-oconnor-1 visit-oconnor-2", 39);
}

/* Priya, Rachel and Omar see people on Mondays from nine to one, weeks on end; today Jane does too. */
void
sample_clinics (LimberStore *store)
{
  static const struct { const char *key, *with, *place, *minutes, *every; } clinics[] = {
    { "clinic-1", "priya", "room-2", "30", "1" }, { "clinic-2", "rachel", "room-1", "30", "1" }, { "clinic-3", "omar", "room-3", "20", "1" }, { "clinic-4", "jane", "gym", "20", "0" },
  };
  g_autofree char *site = sample_id_text ("site");

  for (guint i = 0; i < G_N_ELEMENTS (clinics); i++) {
    g_autofree char *with = sample_id_text (clinics[i].with), *place = sample_id_text (clinics[i].place);
    LimberId id;

    sample_id (&id, clinics[i].key);
    test_store_put (store, "clinic", &id, "site", site, "clinician", with, "place", place, "first", "2026-11-23", "every", clinics[i].every, "begins", "540", "ends", "780", "minutes", clinics[i].minutes, NULL);
  }
}

/**
 * sample_day:
 * @n: how many appointments, 12 or more
 */
void
sample_day (LimberStore *store, guint n)
{
  static const char *const families[] = { "Smith", "Shah", "Kowalska", "Begum", "Okafor", "Rossi", "Green", "Kandasamy", "Fitzgerald", "Modi", "Popescu", "Khoury", "Van der Berg", "Nicol" };
  static const char *const givens[] = { "Amara", "Bernard", "Chitra", "Dariusz", "Elena", "Farah", "George", "Hilary", "Ibrahim", "Jayesh", "Kokila", "Layla", "Meena" };
  static const char *const with[] = { "priya", "rachel", "omar" };

  named_people (store);
  for (guint i = 12; i < n; i++) {
    g_autofree char *person = g_strdup_printf ("p%u", i), *visit = g_strdup_printf ("visit-p%u", i), *born = g_strdup_printf ("%u-%02u-%02u", 1935 + i % 60, 1 + i % 12, 1 + i % 28);

    sample_person (store, person, families[i % G_N_ELEMENTS (families)], givens[i % G_N_ELEMENTS (givens)], i % 3 ? "Mr" : NULL, born);
    sample_visit (store, visit, person, with[i % 3], (int) (i / 3) * 20);
    if ((int) (i / 3) * 20 - 10 <= 41 && i % 4 != 0)
      sample_arrive (store, visit, person, (int) (i / 3) * 20 - 10);
    if (i < n / 5) {
      LimberId id;

      sample_id (&id, visit);
      test_store_put (store, "appointment", &id, "status", "seen", NULL);
    }
  }
}
