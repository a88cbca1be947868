/* By what right an entry was written: each deed, as it is written here, in the name of somebody of each role, at her site and at another, as cover
 * and with glass broken: what the table of roles refuses is in doubt, and nothing else. And what no table says: who she was then. */
#include "care-fixture.h"

#include <string.h>

#include "limber-booking.h"
#include "limber-clinic.h"
#include "limber-deed.h"
#include "limber-detail.h"
#include "limber-glass.h"
#include "limber-kinds.h"
#include "limber-merging.h"
#include "limber-pin.h"
#include "limber-publishing.h"
#include "limber-reads.h"
#include "limber-referring.h"
#include "limber-set-up.h"
#include "limber-sign-in.h"
#include "limber-staffing.h"
#include "limber-task.h"
#include "limber-trust.h"

#define DAY G_GINT64_CONSTANT (86400000)

/* Where somebody is of, who writes at the first site. */
typedef enum {
  OF_HERE,
  OF_ELSEWHERE,
  AS_COVER,
  WITH_GLASS,
  N_WAYS
} Way;

/* What the deeds are about; some go on from others. */
typedef struct {
  Care     *care;
  LimberId  a1, a2, a3, anne, ann, staff, form, task, booked, walked, referral, fresh, clinic, cover, glass;
  gsize     deed;
  LimberAuthor author;
} Scene;

static char manager[LIMBER_ID_TEXT_LENGTH + 1];

static void
name_id (const char *name, LimberId *id, char text[LIMBER_ID_TEXT_LENGTH + 1])
{
  test_id (id, name);
  if (text != NULL)
    limber_id_to_text (id, text);
}

static void
put_member (Care *care, const char *name, const char *role, const LimberId *site, char text[LIMBER_ID_TEXT_LENGTH + 1])
{
  g_autofree char *where = limber_id_dup_text (site);
  LimberId id;

  name_id (name, &id, text);
  test_store_put (care->hub, "staff", &id, "number", name, "family", "Ng", "given", "Bo", "role", role, "site", where, NULL);
}

static void
put_glass (Care *care, const char *name, const char *staff)
{
  g_autofree char *site = limber_id_dup_text (&care->site);
  LimberId id;

  test_id (&id, name);
  test_store_put (care->hub, "glass", &id, "staff", staff, "site", site, "reason", "It could not wait", "at", "2026-11-23T08:00:00Z", "until", "2026-11-23T20:00:00Z", NULL);
}

static void
put_cover (Care *care, const char *name, const char *staff)
{
  g_autofree char *site = limber_id_dup_text (&care->site);
  LimberId id;

  test_id (&id, name);
  test_store_put (care->hub, "cover", &id, "staff", staff, "site", site, "why", "cover", "from", "2026-11-23", "until", "2026-11-23", "reason", "Holidays", "at", "2026-11-23T08:00:00Z", NULL);
}

static void
put_everybody (Care *care, char ids[LIMBER_N_ROLES][N_WAYS][LIMBER_ID_TEXT_LENGTH + 1])
{
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    for (guint way = 0; way < N_WAYS; way++) {
      g_autofree char *name = g_strdup_printf ("R%u-%u", role, way), *extra = g_strdup_printf ("%s of", name);

      put_member (care, name, limber_role_word (role), way == OF_HERE ? &care->site : &care->other_site, ids[role][way]);
      if (way == AS_COVER)
        put_cover (care, extra, ids[role][way]);
      if (way == WITH_GLASS)
        put_glass (care, extra, ids[role][way]);
    }
}

static const char form_text[] =
    "{\"resourceType\":\"Questionnaire\",\"url\":\"https://limber.example/forms/q\",\"version\":\"1\",\"title\":\"Today\",\"status\":\"active\","
    "\"item\":[{\"linkId\":\"a\",\"text\":\"Does it hurt?\",\"type\":\"boolean\"}]}";

static gboolean
set_up_place (LimberTransaction *transaction, Scene *scene, GError **error)
{
  g_autoptr (LimberSetUp) set_up = limber_set_up_new_place (limber_transaction_env (transaction), &scene->care->site);

  return limber_set_up_add (set_up, "name", "Room 9", NULL, error) && limber_set_up_write (transaction, set_up, FALSE, &scene->author, error);
}

static gboolean
set_up_site (LimberTransaction *transaction, Scene *scene, GError **error)
{
  g_autoptr (LimberSetUp) set_up = limber_set_up_new ("site", &scene->care->site);

  return limber_set_up_add (set_up, "lock_minutes", "5", NULL, error) && limber_set_up_write (transaction, set_up, FALSE, &scene->author, error);
}

static gboolean
publish (LimberTransaction *transaction, Scene *scene, GError **error)
{
  g_autoptr (LimberQuestionnaire) form = limber_form_publish (transaction, &(LimberPublishing){ .text = form_text, .length = strlen (form_text) }, &scene->author, &scene->form, error);

  return form != NULL;
}

static gboolean
do_staffing (LimberTransaction *transaction, Scene *scene, GError **error)
{
  const LimberAuthor *author = &scene->author;
  const LimberCover cover = { scene->staff, scene->care->other_site, "2026-11-24", "2026-11-25", "Holidays" };

  switch (scene->deed) {
  case 29: return limber_staffing_set_role (transaction, &scene->staff, "care-navigator", author, error);
  case 30: return limber_staffing_leave (transaction, &scene->staff, NULL, author, error);
  case 31: return limber_staffing_stay (transaction, &scene->staff, author, error);
  case 32: return limber_staffing_cover (transaction, &cover, author, &scene->cover, error);
  case 33: return limber_staffing_end_cover (transaction, &scene->cover, author, error);
  case 34: return limber_pin_set (transaction, &scene->staff, "481516", author, error);
  case 35: return publish (transaction, scene, error);
  case 36: return limber_form_retire (transaction, &scene->form, author, error);
  case 37: return set_up_place (transaction, scene, error);
  case 38: return set_up_site (transaction, scene, error);
  default: return limber_glass_review (transaction, &scene->glass, "Looked at", author, error);
  }
}

static gboolean
do_planning (LimberTransaction *transaction, Scene *scene, GError **error)
{
  const LimberAuthor *author = &scene->author;
  LimberClinic clinic = { .first = "2026-11-24", .begins = 540, .ends = 600, .minutes = 20, .clinician = scene->staff, .site = scene->care->site };
  LimberClosure closure = { .first = "2026-12-25", .last = "2026-12-25", .name = "Christmas", .site = scene->care->site };
  LimberReferringCall call = { .words = "My knee", .parts = "knee", .caller_is = "self", .callback = "07700 900123", .agreed = TRUE, .patient = scene->anne };
  LimberId made = { { 0 } };

  switch (scene->deed) {
  case 20: return limber_referring_take_down (transaction, &call, author, &scene->referral, error);
  case 21: return limber_referring_withdraw (transaction, &scene->referral, "She called again", author, error);
  case 22: return limber_task_take (transaction, &scene->task, FALSE, author, error);
  case 23: return limber_task_note (transaction, &scene->task, "Rang her", author, error);
  case 24: return limber_task_set_status (transaction, &scene->task, "done", author, error);
  case 25: return limber_task_set_status (transaction, &scene->task, "open", author, error);
  case 26: return limber_clinic_add (transaction, &clinic, &scene->clinic, author, error);
  case 27: return limber_clinic_end (transaction, &scene->clinic, "2026-11-30", author, error);
  case 28: return limber_closure_add (transaction, &closure, &made, author, error);
  default: return do_staffing (transaction, scene, error);
  }
}

static gboolean
do_deed (LimberTransaction *transaction, gpointer data, GError **error)
{
  Scene *scene = data;
  const LimberAuthor *author = &scene->author;
  const LimberDetailChange details[] = { { "family", "Quill", NULL }, { "born", "1954-08-06", NULL } }, title = { "title", "Ms", NULL };
  LimberBooking booking = { .start = TEST_NOW + DAY, .minutes = 30, .patient = scene->anne, .site = scene->care->site }, later = booking;

  later.start += DAY;
  switch (scene->deed) {
  case 0: return limber_desk_check_in (transaction, &scene->a1, 0, author, error);
  case 1: return limber_desk_call (transaction, &scene->a1, 0, author, error);
  case 2: return limber_desk_with_clinician (transaction, &scene->a1, 0, author, error);
  case 3: return limber_desk_seen (transaction, &scene->a1, 0, author, error);
  case 4: return limber_desk_attendance (transaction, &scene->a1, "5", "So it was", author, error);
  case 5: return limber_desk_undo (transaction, &scene->a1, 0, author, error);
  case 6: return limber_desk_did_not_attend (transaction, &scene->a2, 0, author, error);
  case 7: case 9: return limber_desk_undo (transaction, &scene->a2, 0, author, error);
  case 8: return limber_desk_cancel (transaction, &scene->a2, 0, "patient", "Ill", author, error);
  case 10: return limber_desk_could_not_be_seen (transaction, &scene->a3, 0, "Too late", author, error);
  case 11: return limber_booking_book (transaction, &booking, &scene->booked, author, error);
  case 12: return limber_booking_move (transaction, &scene->booked, &later, author, error);
  case 13: return limber_booking_take_back (transaction, &scene->booked, author, error);
  case 14: booking.patient = scene->fresh; return limber_booking_walk_in (transaction, &booking, &scene->walked, author, error);
  case 15: return limber_booking_take_back (transaction, &scene->walked, author, error);
  case 16: return limber_detail_register (transaction, details, G_N_ELEMENTS (details), author, &scene->glass, error); /* any new id */
  case 17: return limber_detail_save (transaction, &scene->anne, &title, 1, author, error);
  case 18: return limber_merging_merge (transaction, &scene->anne, &scene->ann, TRUE, author, error);
  case 19: return limber_merging_undo (transaction, &scene->ann, author, error);
  default: return do_planning (transaction, scene, error);
  }
}

/* By what right each is done. */
static const LimberAction actions[] = {
  LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CALL,     LIMBER_ACTION_CALL,     LIMBER_ACTION_CALL,     LIMBER_ACTION_ATTENDANCE, LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN,
  LIMBER_ACTION_CANCEL,   LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_BOOK,     LIMBER_ACTION_BOOK,       LIMBER_ACTION_BOOK,     LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN,
  LIMBER_ACTION_REGISTER, LIMBER_ACTION_EDIT,     LIMBER_ACTION_MERGE,    LIMBER_ACTION_MERGE,    LIMBER_ACTION_REFER,      LIMBER_ACTION_REFER,    LIMBER_ACTION_TASKS,    LIMBER_ACTION_TASKS,
  LIMBER_ACTION_TASKS,    LIMBER_ACTION_TASKS,    LIMBER_ACTION_PLAN,     LIMBER_ACTION_PLAN,     LIMBER_ACTION_PLAN,       LIMBER_ACTION_STAFF,    LIMBER_ACTION_STAFF,    LIMBER_ACTION_STAFF,
  LIMBER_ACTION_COVER,    LIMBER_ACTION_COVER,    LIMBER_ACTION_PINS,     LIMBER_ACTION_FORMS,    LIMBER_ACTION_FORMS,      LIMBER_ACTION_ROOMS,    LIMBER_ACTION_SETTINGS, LIMBER_ACTION_REVIEW_GLASS,
};

static void
set_scene (Scene *scene, Care *care)
{
  g_autofree char *site = limber_id_dup_text (&care->site);

  scene->care = care;
  scene->author = (LimberAuthor){ manager, "service-manager" };
  care_clock (care, "09:00");
  put_member (care, "M0", "service-manager", &care->site, manager);
  put_member (care, "S9", "reception", &care->site, NULL);
  care_person (care, "anne", "Quill", "Anne", "1954-08-06");
  care_person (care, "ann", "Quill", "Ann", "1954-08-06");
  care_person (care, "fresh", "Reed", "Jo", "1970-01-02");
  care_appointment (care, "a1", "anne", "09:50", "booked");
  care_appointment (care, "a2", "anne", "09:10", "booked");
  care_appointment (care, "a3", "ann", "09:20", "booked");
  test_id (&scene->a1, "a1");
  test_id (&scene->a2, "a2");
  test_id (&scene->a3, "a3");
  test_id (&scene->anne, "anne");
  test_id (&scene->ann, "ann");
  test_id (&scene->fresh, "fresh");
  test_id (&scene->staff, "S9");
  test_id (&scene->task, "task");
  test_id (&scene->referral, "referral");
  test_id (&scene->glass, "glass");
  test_store_put (care->hub, "task", &scene->task, "about", "other", "site", site, "made", "2026-11-23T08:00:00Z", "status", "open", NULL);
  care_clock (care, "10:00");
}

typedef struct {
  LimberEntry       entry;
  LimberTrustOrigin origin;
  const char       *doubt;
} Question;

static gboolean
ask (LimberReader *reader, gpointer data, GError **error)
{
  Question *question = data;
  g_autoptr (LimberTrust) trust = limber_trust_new ();

  question->doubt = limber_trust_doubt (trust, reader, &question->entry, &question->origin);
  return TRUE;
}

/* What speaks against @line, had @author written it at a desk of the first site. */
static const char *
doubt (Care *care, const char *line, const char *author, gint64 at)
{
  Question question = { .origin = { LIMBER_CLASS_DESK, &care->site, care->clock.now } };

  g_assert_true (limber_entry_parse_line (&question.entry, line, strlen (line), NULL));
  if (author != NULL)
    g_strlcpy (question.entry.author, author, sizeof question.entry.author);
  if (at != 0)
    question.entry.time = LIMBER_HYBRID (at);
  limber_store_read (care->hub, ask, &question, NULL);
  return question.doubt;
}

static gboolean
expects (guint role, LimberAction action, Way way)
{
  return limber_role_may (role, action, way == OF_HERE || way == AS_COVER) || (way == WITH_GLASS && limber_action_with_glass (action));
}

static void
try_everybody (Scene *scene, GPtrArray *lines, guint first, char ids[LIMBER_N_ROLES][N_WAYS][LIMBER_ID_TEXT_LENGTH + 1])
{
  LimberAction action = actions[scene->deed];

  g_assert_cmpuint (lines->len, >, first);
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    for (guint way = 0; way < N_WAYS; way++) {
      const char *why = NULL;

      for (guint i = first; why == NULL && i < lines->len; i++)
        why = doubt (scene->care, g_ptr_array_index (lines, i), ids[role][way], 0);
      if ((why == NULL) != expects (role, action, way))
        g_error ("Deed %u (%s), %s, way %u: %s, of %s", (guint) scene->deed, limber_action_name (action), limber_role_word (role), way, why, (char *) g_ptr_array_index (lines, lines->len - 1));
      if (why != NULL)
        g_assert_cmpstr (why, ==, limber_role_may (role, action, TRUE) ? LIMBER_DOUBT_SITE : LIMBER_DOUBT_ROLE);
    }
}

static void
test_deeds (Care *care, gconstpointer data)
{
  static char ids[LIMBER_N_ROLES][N_WAYS][LIMBER_ID_TEXT_LENGTH + 1];
  char nine[LIMBER_ID_TEXT_LENGTH + 1];
  Scene scene = { 0 };

  set_scene (&scene, care);
  put_everybody (care, ids);
  limber_id_to_text (&scene.staff, nine);
  for (scene.deed = 0; scene.deed < G_N_ELEMENTS (actions); scene.deed++) {
    g_autoptr (GPtrArray) before = test_store_lines (care->hub), after = NULL;
    g_autoptr (GError) error = NULL;

    if (scene.deed == G_N_ELEMENTS (actions) - 1) {
      test_id (&scene.glass, "glass of another");
      put_glass (care, "glass of another", nine);
      g_clear_pointer (&before, g_ptr_array_unref);
      before = test_store_lines (care->hub);
    }
    limber_store_write (care->hub, do_deed, &scene, &error);
    if (error != NULL)
      g_error ("Deed %u: %s", (guint) scene.deed, error->message);
    after = test_store_lines (care->hub);
    try_everybody (&scene, after, before->len, ids);
    care->clock.now += 60000;
  }
}

/* Anything that a store writes, as its line. */
static char *
line_of (Care *care, const char *kind, const LimberId *id, const char *body)
{
  g_autoptr (GPtrArray) lines = NULL;

  test_store_append (care->hub, kind, id, NULL, body);
  lines = test_store_lines (care->hub);
  return g_strdup (g_ptr_array_index (lines, lines->len - 1));
}

static const char *
doubt_at (Care *care, const char *line, const char *author, LimberClass klass, gint64 received)
{
  Question question = { .origin = { klass, klass == LIMBER_CLASS_OFFICE ? NULL : &care->site, received } };

  g_assert_true (limber_entry_parse_line (&question.entry, line, strlen (line), NULL));
  g_strlcpy (question.entry.author, author, sizeof question.entry.author);
  limber_store_read (care->hub, ask, &question, NULL);
  return question.doubt;
}

#define RAISES "{\"role\":\"service-manager\"}"

/* What she became later, or was before, gives her nothing; and before the first that is known of her she was that. */
static void
test_then (Care *care, gconstpointer data)
{
  char bo[LIMBER_ID_TEXT_LENGTH + 1];
  g_autofree char *line = NULL;
  LimberId id, site = care->site;

  care_clock (care, "09:00");
  put_member (care, "bo", "reception", &care->site, bo);
  line = line_of (care, "site", &site, "{\"lock_minutes\":5}");
  test_id (&id, "bo");
  care_clock (care, "10:00");
  test_store_put (care->hub, "staff", &id, "role", "service-manager", NULL);
  care_clock (care, "11:00");
  test_store_put (care->hub, "staff", &id, "role", "reception", NULL);
  care_clock (care, "12:00");
  test_store_put (care->hub, "staff", &id, "left", "1", NULL);
  care_clock (care, "13:00");
  g_assert_cmpstr (doubt (care, line, bo, care_time ("09:30")), ==, LIMBER_DOUBT_ROLE);
  g_assert_null (doubt (care, line, bo, care_time ("10:30")));
  g_assert_cmpstr (doubt (care, line, bo, care_time ("11:30")), ==, LIMBER_DOUBT_ROLE);
  g_assert_cmpstr (doubt (care, line, bo, care_time ("12:30")), ==, LIMBER_DOUBT_LEFT);
  g_assert_cmpstr (doubt (care, line, bo, care_time ("1970-01-01T00:00:00Z")), ==, LIMBER_DOUBT_ROLE); /* and not: unknown, or left */
  care->clock.now = care_time ("10:30"); /* it came then, whatever its clock says */
  g_assert_null (doubt (care, line, bo, care_time ("2099-01-01T00:00:00Z")));
}

/* Her last day counts; what she read is written down whoever she is, and in nobody else's name. */
static void
test_until (Care *care, gconstpointer data)
{
  char bo[LIMBER_ID_TEXT_LENGTH + 1], al[LIMBER_ID_TEXT_LENGTH + 1];
  g_autofree char *line = NULL, *read = NULL, *body = NULL;
  LimberId id, reading;

  care_clock (care, "09:00");
  put_member (care, "bo", "reception", &care->site, bo);
  put_member (care, "al", "reception", &care->site, al);
  test_id (&id, "bo");
  test_store_put (care->hub, "staff", &id, "until", "2026-11-23", NULL);
  care_person (care, "anne", "Quill", "Anne", "1954-08-06");
  test_id (&id, "anne");
  line = line_of (care, "patient", &id, "{\"title\":\"Ms\"}");
  g_assert_null (doubt (care, line, bo, care_time ("23:30")));
  care->clock.now += 2 * DAY;
  g_assert_cmpstr (doubt (care, line, bo, care_time ("2026-11-24T00:30:00Z")), ==, LIMBER_DOUBT_LEFT);
  g_assert_cmpstr (doubt (care, line, "00000000-0000-7000-8000-000000000077", 0), ==, LIMBER_DOUBT_UNKNOWN);
  test_id (&reading, "reading");
  test_id (&id, "bo");
  body = g_strdup_printf ("{\"staff\":\"%s\"}", "AAAAAAAAAAAAAAAAAAAAAA");
  read = line_of (care, "reading", &reading, body);
  g_assert_nonnull (doubt (care, read, bo, 0)); /* of another's reading */
}

/* Nobody gives herself a role, a week of broken glass, or says that she looked at her own; nobody covers for others unasked. */
static void
test_herself (Care *care, gconstpointer data)
{
  static const char *const mine[] = { "service-manager", "reception" };
  char ids[2][LIMBER_ID_TEXT_LENGTH + 1];
  LimberId id, member, glass;

  care_clock (care, "10:00");
  for (guint i = 0; i < G_N_ELEMENTS (mine); i++) {
    g_autofree char *raises = NULL, *other = NULL;

    put_member (care, mine[i], mine[i], &care->site, ids[i]);
    test_id (&member, mine[i]);
    raises = line_of (care, "staff", &member, RAISES);
    test_store_put (care->hub, "staff", &member, "role", mine[i], NULL);
    g_assert_cmpstr (doubt (care, raises, ids[i], 0), ==, LIMBER_DOUBT_ROLE);
    test_id (&id, "somebody else");
    put_member (care, "somebody else", "reception", &care->site, (char[LIMBER_ID_TEXT_LENGTH + 1]){ 0 });
    other = line_of (care, "staff", &id, RAISES);
    g_assert_cmpstr (doubt (care, other, ids[i], 0), ==, i == 0 ? NULL : LIMBER_DOUBT_ROLE);
  }
  put_glass (care, "glass", ids[0]);
  test_id (&glass, "glass");
  {
    g_autofree char *looked = line_of (care, "glass", &glass, "{\"reviewed\":1795428000000}"), *ended = line_of (care, "glass", &glass, "{\"ended\":1795428000000}");

    g_assert_nonnull (doubt (care, looked, ids[0], 0));
    g_assert_null (doubt (care, ended, ids[0], 0));
    g_assert_nonnull (doubt (care, ended, ids[1], 0));
  }
}

typedef struct {
  LimberAuthor author;
  LimberId     id, patient;
} Own;

static gboolean
break_glass (LimberTransaction *transaction, gpointer data, GError **error)
{
  Own *own = data;

  return limber_glass_break (transaction, NULL, "The ambulance is here", &own->author, &own->id, error);
}

static gboolean
note_read (LimberTransaction *transaction, gpointer data, GError **error)
{
  Own *own = data;

  return limber_reads_note (transaction, &own->patient, "page", &own->author, error);
}

/* Glass, and a read, are hers who wrote them; and glass for as long as a day. */
static void
test_own (Care *care, gconstpointer data)
{
  char ids[2][LIMBER_ID_TEXT_LENGTH + 1], student[LIMBER_ID_TEXT_LENGTH + 1];
  Own own = { .author = { ids[0], "reception" } };
  g_autofree char *longer = NULL;

  care_clock (care, "10:00");
  put_member (care, "bo", "reception", &care->site, ids[0]);
  put_member (care, "al", "reception", &care->site, ids[1]);
  put_member (care, "stu", "physio-student", &care->site, student);
  care_person (care, "anne", "Quill", "Anne", "1954-08-06");
  test_id (&own.patient, "anne");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GPtrArray) lines = NULL;
    const char *line;

    care_write (care, i == 0 ? break_glass : note_read, &own);
    lines = test_store_lines (care->hub);
    line = g_ptr_array_index (lines, lines->len - 1);
    g_assert_null (doubt (care, line, ids[0], 0));
    g_assert_cmpstr (doubt (care, line, ids[1], 0), ==, LIMBER_DOUBT_ROLE);
  }
  {
    LimberId id;
    g_autoptr (GPtrArray) lines = NULL;

    test_id (&id, "a week");
    test_store_put (care->hub, "glass", &id, "staff", ids[0], "reason", "It could not wait", "at", "2026-11-23T08:00:00Z", "until", "2026-11-30T08:00:00Z", NULL);
    lines = test_store_lines (care->hub);
    g_assert_cmpstr (doubt (care, g_ptr_array_index (lines, lines->len - 1), ids[0], 0), ==, LIMBER_DOUBT_ROLE);
  }
}

/* Without a person, each device writes what such a one does, and no public screen writes in anybody's name. */
static void
test_programs (Care *care, gconstpointer data)
{
  static const struct {
    const char *author, *kind, *body;
    LimberClass klass;
    gboolean    good;
  } cases[] = {
    { "patient", "patient", "{\"details_confirmed\":\"2026-11-23\"}", LIMBER_CLASS_KIOSK, TRUE },
    { "patient", "patient", "{\"born\":\"1954-08-07\"}", LIMBER_CLASS_KIOSK, FALSE },
    { "patient", "patient", "{\"mobile\":\"07700900123\"}", LIMBER_CLASS_DESK, FALSE },
    { "patient", "appointment", "{\"status^\":3}", LIMBER_CLASS_KIOSK, TRUE },
    { "patient", "appointment", "{\"status^\":1}", LIMBER_CLASS_KIOSK, FALSE }, /* cancelled */
    { "patient", "appointment", "{\"status^\":3}", LIMBER_CLASS_OFFICE, FALSE },
    { "patient", "staff", RAISES, LIMBER_CLASS_DESK, FALSE },
    { "system:limber-node", "staff", RAISES, LIMBER_CLASS_HUB, FALSE },
    { "system:limber-node", "device", "{\"left\":1795428000000}", LIMBER_CLASS_HUB, TRUE },
    { "system:limber-node", "device", "{\"left\":1795428000000}", LIMBER_CLASS_DESK, FALSE },
    { "system:limberctl", "staff", RAISES, LIMBER_CLASS_HUB, TRUE },
    { "system:limberctl", "staff", RAISES, LIMBER_CLASS_DESK, FALSE },
    { "system:import", "patient", "{\"family\":\"Rook\"}", LIMBER_CLASS_DESK, FALSE },
    { "system:import", "patient", "{\"family\":\"Rook\"}", LIMBER_CLASS_CENTRAL, TRUE },
    { "somebody", "patient", "{\"family\":\"Rook\"}", LIMBER_CLASS_DESK, FALSE },
    { "system:recovered", "patient", "{\"family\":\"Rook\"}", LIMBER_CLASS_DESK, TRUE }, /* waits anyhow, and says why */
    { "patient", "of another version", "{\"a\":1}", LIMBER_CLASS_DESK, TRUE },
    { "patient", "patient", "{\"of another version\":1,\"details_confirmed\":null}", LIMBER_CLASS_KIOSK, TRUE },
    { manager, "appointment", "{\"status^\":3}", LIMBER_CLASS_DESK, TRUE },
    { manager, "appointment", "{\"status^\":3}", LIMBER_CLASS_KIOSK, FALSE },
    { manager, "appointment", "{\"status^\":3}", LIMBER_CLASS_BOARD, FALSE },
  };

  care_clock (care, "10:00");
  put_member (care, "M0", "service-manager", &care->site, manager);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line = NULL;
    const char *why;
    LimberId id;

    test_id (&id, cases[i].kind);
    line = line_of (care, cases[i].kind, &id, cases[i].body);
    why = doubt_at (care, line, cases[i].author, cases[i].klass, care->clock.now);
    g_assert_cmpstr (why, ==, cases[i].good ? NULL : LIMBER_DOUBT_DEVICE);
  }
}

/* Every deed of the table is of a kind and of fields that there are, and every kind that staff write has a right of its own. */
static void
test_table (void)
{
  guint n;
  const LimberDeed *deeds = limber_deeds (&n);

  for (guint i = 0; i < n; i++) {
    const LimberKind *kind = limber_kind_by_name (deeds[i].kind);
    g_auto (GStrv) words = g_strsplit (deeds[i].fields, " ", -1);

    g_assert_nonnull (kind);
    for (char **word = words; *word != NULL && !g_str_equal (*word, "*"); word++) {
      char *said = strchr (*word, '=');
      int at;

      if (said != NULL)
        *said = '\0';
      at = limber_kind_field (kind, *word);
      g_assert_cmpint (at, >=, 0);
      for (char **one = said != NULL ? g_strsplit (said + 1, "|", -1) : NULL, **all = one; one != NULL; one++) {
        if (*one == NULL) {
          g_strfreev (all);
          break;
        }
        g_assert_true (**one == '\0' || (kind->fields[at].choices != NULL && g_strv_contains (kind->fields[at].choices, *one)));
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/trust/every-deed-that-the-roles-allow-is-believed-and-every-other-is-in-doubt", Care, "hub", care_set_up, test_deeds, care_tear_down);
  g_test_add_func ("/care/trust/every-deed-is-of-fields-that-there-are", test_table);
  g_test_add ("/care/trust/she-had-the-rights-that-she-had-then", Care, "hub", care_set_up, test_then, care_tear_down);
  g_test_add ("/care/trust/her-last-day-is-her-last-and-who-is-nobody-may-nothing", Care, "hub", care_set_up, test_until, care_tear_down);
  g_test_add ("/care/trust/nobody-gives-herself-a-right", Care, "hub", care_set_up, test_herself, care_tear_down);
  g_test_add ("/care/trust/glass-and-reads-are-hers-who-wrote-them", Care, "hub", care_set_up, test_own, care_tear_down);
  g_test_add ("/care/trust/without-a-person-a-device-writes-what-such-a-one-does", Care, "hub", care_set_up, test_programs, care_tear_down);
  return g_test_run ();
}
