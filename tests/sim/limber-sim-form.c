/* Somebody answers question by question, as at a kiosk, and what she has said so far is saved each time: between two answers
 * the line goes on being cut, and now and then somebody else asks her the same at another machine. */
#include "limber-sim-form.h"

#include <string.h>

#include "limber-asking.h"
#include "limber-publishing.h"
#include "limber-sim-work.h"
#include "limber-test.h"

#define FORMS 3
#define URL "https://limber.example/forms/sim-%u"
/* The last question is asked of those only who say yes to the one before it. */
#define FORM \
  "{\"resourceType\":\"Questionnaire\",\"url\":\"" URL "\",\"version\":\"%u\",\"title\":\"%c%u\",\"status\":\"active\",\"item\":[" \
  "{\"linkId\":\"pain\",\"type\":\"integer\",\"text\":\"How bad is it?\",\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/minValue\",\"valueInteger\":0}," \
  "{\"url\":\"http://hl7.org/fhir/StructureDefinition/maxValue\",\"valueInteger\":10}]},{\"linkId\":\"worse\",\"type\":\"boolean\",\"text\":\"Is it worse?\"}," \
  "{\"linkId\":\"rest\",\"type\":\"boolean\",\"text\":\"Does rest help?\",\"enableWhen\":[{\"question\":\"worse\",\"operator\":\"=\",\"answerBoolean\":true}]}]}"

/* Publishing. */

typedef struct {
  const char *url;
  guint       latest; /* version that is known here; 0 for none */
} Versions;

static gboolean
note_version (const LimberRecord *form, gpointer data)
{
  Versions *versions = data;

  if (g_strcmp0 (limber_record_text (form, "url"), versions->url) == 0 && limber_record_text (form, "version") != NULL)
    versions->latest = MAX (versions->latest, (guint) g_ascii_strtoull (limber_record_text (form, "version"), NULL, 10));
  return TRUE;
}

/* One that is there already, and may have been retired, or overtaken. */
static gboolean
publish_again (LimberTransaction *transaction, SimAct *what, LimberPublishing *publishing, GError **error)
{
  g_autoptr (LimberRecord) held = sim_work_pick_record (transaction, what->random, "questionnaire");
  g_autoptr (LimberQuestionnaire) form = NULL;
  LimberId id;

  publishing->text = held != NULL ? limber_record_text (held, "form") : NULL;
  if (publishing->text == NULL)
    return TRUE;
  publishing->length = strlen (publishing->text);
  form = limber_form_publish (transaction, publishing, test_author_of (transaction), &id, error);
  return form != NULL;
}

/* Mostly the next version; at times the last one again, which says something else and is refused, as far as it is known there. Two who
 * publish at once make the same version of it. */
static gboolean
publish (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const sites[] = { NULL, NULL, NULL, "LMB01", "LMB02" };
  SimAct *what = data;
  guint n = sim_random_below (what->random, FORMS);
  g_autofree char *url = g_strdup_printf (URL, n), *text = NULL;
  Versions versions = { url, 0 };
  LimberPublishing publishing = { .due_days = (gint64[]){ 0, 1, 30 }[sim_random_below (what->random, 3)], .types = sim_random_chance (what->random, 0.15) ? "class" : NULL };
  g_autoptr (LimberQuestionnaire) form = NULL;
  LimberId id;

  if (sim_random_chance (what->random, 0.25))
    return publish_again (transaction, what, &publishing, error);
  if (!limber_reader_list (limber_transaction_reader (transaction), "questionnaire", NULL, NULL, note_version, &versions, error))
    return FALSE;
  versions.latest += versions.latest == 0 || sim_random_chance (what->random, 0.8);
  text = g_strdup_printf (FORM, n, versions.latest, 'A' + (char) sim_random_below (what->random, 6), ++what->world->values);
  publishing.text = text;
  publishing.length = strlen (text);
  publishing.sites = sites[sim_random_below (what->random, G_N_ELEMENTS (sites))];
  form = limber_form_publish (transaction, &publishing, test_author_of (transaction), &id, error);
  return form != NULL;
}

void
sim_form_publish (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF | LIMBER_CLASS_CENTRAL, "publishes a form", publish);
}

static gboolean
retire (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (LimberRecord) form = sim_work_pick_record (transaction, ((SimAct *) data)->random, "questionnaire");

  return form == NULL || limber_form_retire (transaction, &form->id, test_author_of (transaction), error);
}

void
sim_form_retire (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF | LIMBER_CLASS_CENTRAL, "retires a form", retire);
}

/* Answering. */

typedef struct {
  SimRandom      *random;
  const LimberId *appointment; /* (nullable): %NULL for any that is held there */
  LimberAsking   *asking;      /* (owned) (nullable) */
} Finding;

static gboolean
collect (const LimberRecord *appointment, gpointer data)
{
  g_array_append_val (data, appointment->id);
  return TRUE;
}

static gboolean
find (LimberReader *reader, gpointer data, GError **error)
{
  Finding *finding = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LimberId));

  if (finding->appointment != NULL)
    g_array_append_val (ids, *finding->appointment);
  else if (!limber_reader_list (reader, "appointment", NULL, NULL, collect, ids, error))
    return FALSE;
  if (ids->len > 0)
    finding->asking = limber_asking_find (reader, &g_array_index (ids, LimberId, sim_random_below (finding->random, ids->len)), error);
  return finding->asking != NULL;
}

/* @appointment: (nullable). Returns (transfer full) (nullable): what somebody is to be asked at @place. */
static LimberAsking *
find_at (SimPlace *place, SimRandom *random, const LimberId *appointment)
{
  Finding finding = { random, appointment, NULL };

  if (place == NULL)
    return NULL;
  sim_place_enter (place);
  limber_store_read (place->store, find, &finding, NULL);
  return finding.asking;
}

static gboolean
save (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_answers_save (transaction, data, error);
}

/* Returns whether she goes on. */
static gboolean
answer_next (LimberResponse *response, SimRandom *random, int *at)
{
  const LimberItem *item;
  int next = limber_response_next (response, *at);

  if (next < 0 || sim_random_chance (random, 0.1))
    return FALSE;
  *at = next;
  item = limber_questionnaire_item (limber_response_form (response), (guint) next);
  if (sim_random_chance (random, 0.15))
    limber_response_skip (response, (guint) next, NULL);
  else
    limber_response_answer (response, (guint) next, (int) sim_random_below (random, item->type == LIMBER_ITEM_BOOLEAN ? 2 : 11), NULL);
  return TRUE;
}

typedef struct {
  SimWorld  *world;
  SimPlace  *place;
  SimRandom *random;
  const LimberAsking *asking;
  const LimberAskedForm *form;
  LimberResponse *response;
  guint      step;
} Session;

static void
say (Session *session, LimberResponseStatus status, gboolean in_person)
{
  g_autoptr (LimberAnswersDraft) draft = limber_answers_draft (session->asking, session->form, session->response, status, session->step++, "en");

  draft->in_person = in_person;
  sim_place_enter (session->place);
  sim_world_write (session->world, session->place, "keeps what somebody answers", save, draft);
}

static void answer_at (SimWorld *world, SimPlace *place, SimRandom *random, const LimberId *appointment);

static void
go_through (Session *session)
{
  SimWorld *world = session->world;
  gboolean twice = sim_random_chance (session->random, 0.2), in_person;
  int at = -1;

  while (answer_next (session->response, session->random, &at)) {
    say (session, LIMBER_RESPONSE_IN_PROGRESS, FALSE);
    sim_world_pass (world, sim_random_range (session->random, 0, 5 * SIM_SECOND));
    if (twice)
      answer_at (world, sim_work_pick_place (world, session->random, LIMBER_CLASS_DESK | LIMBER_CLASS_KIOSK), session->random, &session->asking->appointment);
    twice = FALSE;
  }
  in_person = sim_random_chance (session->random, 0.1);
  say (session, limber_response_next (session->response, at) < 0 ? LIMBER_RESPONSE_COMPLETED : LIMBER_RESPONSE_STOPPED, in_person);
}

/* @place: (nullable); @appointment: (nullable) */
static void
answer_at (SimWorld *world, SimPlace *place, SimRandom *random, const LimberId *appointment)
{
  g_autoptr (LimberAsking) asking = find_at (place, random, appointment);
  const LimberAskedForm *form = asking != NULL && asking->forms->len > 0 ? g_ptr_array_index (asking->forms, sim_random_below (random, asking->forms->len)) : NULL;
  g_autoptr (LimberResponse) response = form != NULL ? limber_response_new (form->form) : NULL;
  Session session = { world, place, random, asking, form, response, 0 };

  if (form != NULL)
    go_through (&session);
}

void
sim_form_answer (SimWorld *world, SimRandom *random)
{
  gboolean kiosk = sim_random_chance (random, 0.7);

  answer_at (world, sim_work_pick_place (world, random, kiosk ? LIMBER_CLASS_KIOSK : LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC), random, NULL);
}

typedef struct {
  const LimberId *patient;
  LimberDetails   details;
} Details;

static gboolean
say_details (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Details *details = data;

  return limber_asking_details (transaction, details->patient, details->details, error);
}

static gboolean
give_number (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = patient != NULL ? limber_edit_new ("patient", &patient->id) : NULL;
  g_autofree char *number = g_strdup_printf ("07700 900%03u", sim_random_below (what->random, 1000));

  if (edit == NULL)
    return TRUE;
  limber_edit_set_text (edit, "mobile", number);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_form_number (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "is told somebody's number", give_number);
}

void
sim_form_details (SimWorld *world, SimRandom *random)
{
  SimPlace *place = sim_work_pick_place (world, random, LIMBER_CLASS_KIOSK | LIMBER_CLASS_DESK);
  g_autoptr (LimberAsking) asking = find_at (place, random, NULL);
  Details details = { asking != NULL ? &asking->patient : NULL, sim_random_chance (random, 0.7) ? LIMBER_DETAILS_RIGHT : LIMBER_DETAILS_CHANGED };

  if (asking != NULL && asking->masked_phone != NULL)
    sim_world_write (world, place, "keeps what somebody says of her details", say_details, &details);
}
