/* Who may do what: every role, every action, at her own site and at another, against the table; the table against a copy that was read by
 * people; and each deed against the table. */
#include "care-fixture.h"

#include <string.h>

#include "limber-booking.h"
#include "limber-clinic.h"
#include "limber-detail.h"
#include "limber-error.h"
#include "limber-merging.h"
#include "limber-person.h"
#include "limber-pin.h"
#include "limber-publishing.h"
#include "limber-referring.h"
#include "limber-standing.h"

typedef struct {
  LimberAction    action;
  const LimberId *site;
  LimberAuthor    author;
  gboolean        may;
  GError         *error;
} Question;

static gboolean
ask (LimberReader *reader, gpointer data, GError **error)
{
  Question *question = data;

  question->may = limber_standing_check (reader, &question->author, question->action, question->site, &question->error);
  return TRUE;
}

/* Somebody of each role, who works at the store's site; the author's role, which a program says, is another. */
static void
put_everybody (Care *care, char ids[LIMBER_N_ROLES][LIMBER_ID_TEXT_LENGTH + 1])
{
  static const char *const names[LIMBER_N_ROLES] = { "R1", "P1", "S1", "E1", "J1", "F1", "N1", "M1", "A1" };
  g_autofree char *site = limber_id_dup_text (&care->site);

  for (guint role = 0; role < LIMBER_N_ROLES; role++) {
    LimberId id;

    test_id (&id, limber_role_word (role));
    limber_id_to_text (&id, ids[role]);
    test_store_put (care->hub, "staff", &id, "number", names[role], "family", "Ng", "given", "Bo", "role", limber_role_word (role), "site", site, NULL);
  }
}

/* A refusal names all who may, where anybody may. */
static void
assert_says_who (const GError *error, LimberAction action, gboolean own)
{
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_assert_nonnull (strstr (error->message, limber_action_title (action)));
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    if (limber_role_may (role, action, own))
      g_assert_nonnull (strstr (error->message, limber_person_role (limber_role_word (role))));
}

static void
test_matrix (Care *care, gconstpointer data)
{
  char ids[LIMBER_N_ROLES][LIMBER_ID_TEXT_LENGTH + 1];
  guint cells = 0;

  put_everybody (care, ids);
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    for (guint action = 0; action < LIMBER_N_ACTIONS; action++)
      for (int own = 0; own < 2; own++) {
        Question question = { action, own ? &care->site : &care->other_site, { ids[role], "nobody" }, FALSE, NULL };
        g_autoptr (GError) error = NULL;

        limber_store_read (care->hub, ask, &question, &error);
        g_assert_no_error (error);
        g_assert_cmpint (question.may, ==, limber_role_may (role, action, own));
        if (!question.may)
          assert_says_who (question.error, action, own);
        g_clear_error (&question.error);
        cells++;
      }
  g_assert_cmpuint (cells, ==, LIMBER_N_ROLES * LIMBER_N_ACTIONS * 2);
}

/* One line an action, a letter a role; as people have read it last. */
static void
test_as_read (void)
{
  g_autofree char *file = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "roles.txt", NULL), *agreed = NULL;
  g_autoptr (GString) table = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &agreed, NULL, &error);
  g_assert_no_error (error);
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    g_string_append_printf (table, "%s%s", role > 0 ? " " : "", limber_role_word (role));
  for (guint action = 0; action < LIMBER_N_ACTIONS; action++) {
    g_string_append_printf (table, "\n%-13s ", limber_action_name (action));
    for (guint role = 0; role < LIMBER_N_ROLES; role++)
      g_string_append_c (table, "-oa"[limber_role_reach (role, action)]);
    g_string_append (table, limber_action_with_glass (action) ? " glass" : "");
  }
  g_string_append_c (table, '\n');
  g_assert_cmpstr (table->str, ==, agreed);
}

/* What must hold of any such table. */
static void
test_sense (void)
{
  static const LimberAction rule[] = { LIMBER_ACTION_STAFF, LIMBER_ACTION_PINS, LIMBER_ACTION_COVER, LIMBER_ACTION_SETTINGS, LIMBER_ACTION_DEVICES, LIMBER_ACTION_ERASE, LIMBER_ACTION_REVIEW_GLASS };

  for (guint action = 0; action < LIMBER_N_ACTIONS; action++) {
    gboolean somebody = FALSE;

    for (guint role = 0; role < LIMBER_N_ROLES; role++)
      somebody = somebody || limber_role_may (role, action, TRUE);
    g_assert_true (somebody);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (rule); i++) {
    g_assert_false (limber_action_with_glass (rule[i]));
    for (guint role = 0; role < LIMBER_ROLE_MANAGER; role++)
      g_assert_false (limber_role_may (role, rule[i], TRUE));
  }
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    for (guint action = 0; action < LIMBER_N_ACTIONS; action++)
      g_assert_true (!limber_role_may (role, action, FALSE) || limber_role_may (role, action, TRUE));
  g_assert_false (limber_role_may (LIMBER_ROLE_ADMINISTRATOR, LIMBER_ACTION_READ, TRUE)); /* looks after computers, not people */
  g_assert_false (limber_role_may (LIMBER_ROLE_STUDENT, LIMBER_ACTION_BREAK_GLASS, TRUE));
}

static void
test_words (void)
{
  static const struct { const char *journalled, *words; } cases[] = {
    { "reception", "Receptionist" }, { "reception+cover", "Receptionist, as cover" }, { "care-navigator+glass", "Care navigator, with glass broken" },
    { "first-contact-practitioner+cover+glass", "First contact practitioner, as cover, with glass broken" }, { "set-up", "Staff" }, { NULL, "Staff" },
  };
  LimberRole role;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = limber_role_words (cases[i].journalled);

    g_assert_cmpstr (words, ==, cases[i].words);
  }
  g_assert_true (limber_role_parse ("reception+cover", &role) && role == LIMBER_ROLE_RECEPTION);
  g_assert_false (limber_role_parse ("recep", &role));
  g_assert_false (limber_role_parse ("receptionist", &role));
  g_assert_false (limber_role_parse (NULL, &role));
}

/* A newer Limber's role may nothing here, and is told so; who has left may nothing either. */
static void
test_unknown_and_left (Care *care, gconstpointer data)
{
  char ids[LIMBER_N_ROLES][LIMBER_ID_TEXT_LENGTH + 1];
  Question newer = { LIMBER_ACTION_SEE_LIST, NULL, { "00000000-0000-7000-8000-000000000099", "podiatrist" }, FALSE, NULL };
  Question left = { LIMBER_ACTION_SEE_LIST, NULL, { ids[0], "reception" }, FALSE, NULL }, program = { LIMBER_ACTION_ERASE, &care->other_site, { "system:limberctl", "set-up" }, FALSE, NULL };
  LimberId id;

  put_everybody (care, ids);
  limber_store_read (care->hub, ask, &newer, NULL);
  g_assert_false (newer.may);
  g_assert_nonnull (strstr (newer.error->message, "does not know your role"));
  g_clear_error (&newer.error);
  limber_id_parse (&id, ids[0]);
  test_store_put (care->hub, "staff", &id, "left", "1", NULL);
  limber_store_read (care->hub, ask, &left, NULL);
  g_assert_false (left.may);
  g_assert_cmpstr (left.error->message, ==, "Bo Ng has left the service");
  g_clear_error (&left.error);
  test_store_put (care->hub, "staff", &id, "left", "0", "until", "2026-11-22", NULL);
  limber_store_read (care->hub, ask, &left, NULL);
  g_assert_false (left.may); /* yesterday was her last day */
  g_clear_error (&left.error);
  test_store_put (care->hub, "staff", &id, "until", "2026-11-23", NULL);
  limber_store_read (care->hub, ask, &left, NULL);
  g_assert_true (left.may);
  limber_store_read (care->hub, ask, &program, NULL);
  g_assert_true (program.may); /* set-up, before there is any staff */
}

/* The deeds. */

typedef struct {
  LimberAuthor author;
  LimberAction action;
  gsize        deed;
  const LimberId *site;
} Doing;

static gboolean
do_it (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Doing *doing = data;
  const LimberAuthor *author = &doing->author;
  const LimberDetailChange details[] = { { "family", "Quill", NULL }, { "born", "1954-08-06", NULL } }, title = { "title", "Ms", NULL };
  LimberReferringCall call = { .words = "My knee", .parts = "knee" };
  const LimberPublishing publishing = { .text = "{}", .length = 2 };
  LimberBooking booking = { .start = TEST_NOW + G_GINT64_CONSTANT (86400000) };
  LimberClinic clinic = { .first = "2026-11-24", .begins = 540, .ends = 600, .minutes = 20 };
  LimberClosure closure = { .first = "2026-12-25", .last = "2026-12-25", .name = "Christmas" };
  LimberId appointment, anne, ann, form, fresh, made = { 0 };

  test_id (&appointment, "a1");
  test_id (&anne, "anne");
  test_id (&ann, "ann");
  test_id (&form, "form");
  limber_id_init_new (&fresh, limber_transaction_env (transaction));
  booking.patient = call.patient = ann;
  clinic.clinician = anne;
  clinic.site = closure.site = *doing->site;
  switch (doing->deed) {
  case 0: return limber_desk_check_in (transaction, &appointment, 0, author, error);
  case 1: return limber_desk_undo (transaction, &appointment, 0, author, error);
  case 2: return limber_desk_did_not_attend (transaction, &appointment, 0, author, error);
  case 3: return limber_desk_could_not_be_seen (transaction, &appointment, 0, NULL, author, error);
  case 4: return limber_desk_attendance (transaction, &appointment, "5", NULL, author, error);
  case 5: return limber_desk_cancel (transaction, &appointment, 0, "patient", NULL, author, error);
  case 6: return limber_desk_call (transaction, &appointment, 0, author, error);
  case 7: return limber_desk_with_clinician (transaction, &appointment, 0, author, error);
  case 8: return limber_desk_seen (transaction, &appointment, 0, author, error);
  case 9: return limber_detail_register (transaction, details, G_N_ELEMENTS (details), author, &fresh, error);
  case 10: return limber_merging_merge (transaction, &anne, &ann, FALSE, author, error);
  case 11: return limber_merging_undo (transaction, &ann, author, error);
  case 12: return limber_form_retire (transaction, &form, author, error);
  case 13: return limber_pin_set (transaction, &anne, "481516", author, error);
  case 14: return limber_booking_book (transaction, &booking, &made, author, error);
  case 15: return limber_booking_move (transaction, &appointment, &booking, author, error);
  case 16: return limber_clinic_add (transaction, &clinic, &made, author, error);
  case 17: return limber_closure_add (transaction, &closure, &made, author, error);
  case 18: return limber_detail_save (transaction, &ann, &title, 1, author, error);
  case 19: return limber_referring_take_down (transaction, &call, author, &fresh, error);
  default: return limber_form_publish (transaction, &publishing, author, &made, error) != NULL;
  }
}

/* Each is tried by everybody: whoever may not is refused, with nothing written; whoever may gets past that. */
static void
test_deeds (Care *care, gconstpointer data)
{
  static const LimberAction actions[] = { LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_CHECK_IN, LIMBER_ACTION_ATTENDANCE, LIMBER_ACTION_CANCEL,
                                          LIMBER_ACTION_CALL, LIMBER_ACTION_CALL, LIMBER_ACTION_CALL, LIMBER_ACTION_REGISTER, LIMBER_ACTION_MERGE, LIMBER_ACTION_MERGE, LIMBER_ACTION_FORMS,
                                          LIMBER_ACTION_PINS, LIMBER_ACTION_BOOK, LIMBER_ACTION_BOOK, LIMBER_ACTION_PLAN, LIMBER_ACTION_PLAN, LIMBER_ACTION_EDIT, LIMBER_ACTION_REFER, LIMBER_ACTION_FORMS };
  char ids[LIMBER_N_ROLES][LIMBER_ID_TEXT_LENGTH + 1];
  LimberId id;
  g_autofree char *site = limber_id_dup_text (&care->site);

  put_everybody (care, ids);
  care_person (care, "anne", "Quill", "Anne", "1954-08-06");
  care_person (care, "ann", "Quill", "Ann", "1954-08-06");
  care_appointment (care, "a1", "anne", "09:30", "booked");
  test_id (&id, "anne"); /* of the staff as well, whose PIN is set */
  test_store_put (care->hub, "staff", &id, "number", "S9", "family", "Quill", "given", "Anne", "role", "reception", "site", site, NULL);
  for (gsize deed = 0; deed < G_N_ELEMENTS (actions); deed++)
    for (guint role = 0; role < LIMBER_N_ROLES; role++) {
      Doing doing = { { ids[role], limber_role_word (role) }, actions[deed], deed, &care->site };
      gint64 before = care_count (care, "SELECT count(*) FROM journal");
      g_autoptr (GError) error = NULL;
      gboolean done = limber_store_write (care->hub, do_it, &doing, &error), refused = g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);

      g_assert_cmpint (refused, ==, !limber_role_may (role, actions[deed], TRUE));
      if (!done)
        g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal"), ==, before);
    }
}

static gboolean
ask_decision (LimberReader *reader, gpointer data, GError **error)
{
  Doing *doing = data;
  const char *const kinds[] = { "patient", "site", "staff", NULL };

  return limber_standing_check_decision (reader, &doing->author, doing->action, kinds[doing->deed], error);
}

/* Who decides between two answers, or on what was put aside, gets no right by it that not even broken glass gives. */
static void
test_decisions (Care *care, gconstpointer data)
{
  static const LimberAction needed[] = { LIMBER_N_ACTIONS, LIMBER_ACTION_SETTINGS, LIMBER_ACTION_STAFF, LIMBER_N_ACTIONS };
  static const LimberAction decisions[] = { LIMBER_ACTION_CONFLICTS, LIMBER_ACTION_QUARANTINE };
  char ids[LIMBER_N_ROLES][LIMBER_ID_TEXT_LENGTH + 1];

  put_everybody (care, ids);
  for (gsize decision = 0; decision < G_N_ELEMENTS (decisions); decision++)
    for (gsize kind = 0; kind < G_N_ELEMENTS (needed); kind++)
      for (guint role = 0; role < LIMBER_N_ROLES; role++) {
        Doing doing = { { ids[role], limber_role_word (role) }, decisions[decision], kind, &care->site };
        gboolean may = limber_role_may (role, decisions[decision], TRUE) && (needed[kind] == LIMBER_N_ACTIONS || limber_role_may (role, needed[kind], TRUE));

        g_assert_cmpint (limber_store_read (care->hub, ask_decision, &doing, NULL), ==, may);
      }
}

static gboolean
set_own_pin (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_pin_set_own (transaction, data, "274019", "reception", error);
}

static void
test_own_pin (Care *care, gconstpointer data)
{
  char ids[LIMBER_N_ROLES][LIMBER_ID_TEXT_LENGTH + 1];
  g_autoptr (GError) error = NULL;
  LimberId id;

  put_everybody (care, ids);
  limber_id_parse (&id, ids[LIMBER_ROLE_STUDENT]);
  limber_store_write (care->hub, set_own_pin, &id, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/role/every-role-may-everywhere-what-the-table-says-and-a-refusal-says-who-may", Care, "hub", care_set_up, test_matrix, care_tear_down);
  g_test_add_func ("/care/role/the-table-is-the-one-that-people-have-read", test_as_read);
  g_test_add_func ("/care/role/nobody-but-managers-and-administrators-rules-over-rights-and-glass-gives-none", test_sense);
  g_test_add_func ("/care/role/a-role-with-its-marks-reads-well", test_words);
  g_test_add ("/care/role/an-unknown-role-and-a-leaver-may-nothing-and-set-up-everything", Care, "hub", care_set_up, test_unknown_and_left, care_tear_down);
  g_test_add ("/care/role/every-deed-asks-before-it-writes", Care, "hub", care_set_up, test_deeds, care_tear_down);
  g_test_add ("/care/role/a-decision-gives-no-right-over-rights", Care, "hub", care_set_up, test_decisions, care_tear_down);
  g_test_add ("/care/role/everybody-sets-a-pin-of-her-own", Care, "hub", care_set_up, test_own_pin, care_tear_down);
  return g_test_run ();
}
