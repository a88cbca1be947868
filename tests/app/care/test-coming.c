/* Who has come, and is not checked in; who comes for more than one; who comes on another day or to another site; names. */
#include "care-fixture.h"

#include <sqlite3.h>

#include "limber-error.h"
#include "limber-kinds.h"

/* Arrived is not checked in. */

static void
test_too_late (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "10:12");
  care_assert_asked (care, "6/8", 'O', "late");
  care_clock (care, "10:14");
  care_assert_asked (care, "6/8", 'O', "late"); /* he tries again: he came when he came */
  care_assert_status (care, "ten", "booked");
  g_assert_cmpint (care_count (care, "SELECT at FROM arrival WHERE via='kiosk' AND round=0"), ==, care_time ("10:12"));
  g_assert_cmpint (care_arrivals (care), ==, 1);
}

static void
test_too_early (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "08:00");
  care_assert_asked (care, "6/8", 'O', "early");
  care_put (care, "patient", "declan", "see_desk", "1");
  care_assert_asked (care, "6/8", 'O', "see-desk");
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

static void
test_marked_absent (Care *care, gconstpointer data)
{
  care_put_declan (care, "did-not-attend");
  care_clock (care, "10:40");
  care_assert_asked (care, "6/8", 'O', "late");
  care_assert_status (care, "ten", "did-not-attend");
  g_assert_cmpint (care_arrivals (care), ==, 1);
}

static void
assert_refused (Care *care, CareDeed deed, const char *words)
{
  care_refuse (care, deed, "ten", words);
}

static void
test_checked_in_later (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "10:12");
  care_assert_asked (care, "6/8", 'O', "late");
  care_clock (care, "10:20");
  assert_refused (care, limber_desk_did_not_attend, "This person came, at 10:12. Check in, or say that there was no time left; if it was somebody else, undo that first.");
  care_do (care, limber_desk_check_in, "ten", "10:20");
  care_assert_status (care, "ten", "arrived");
  assert_refused (care, limber_desk_check_in, "Already checked in at 10:12.");
  g_assert_cmpint (care_arrivals (care), ==, 1);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM task WHERE status%16=0"), ==, 0);
  care_do (care, limber_desk_undo, "ten", "10:21"); /* not he was meant: he is still there, since twelve past */
  care_assert_status (care, "ten", "booked");
  g_assert_cmpint (care_count (care, "SELECT at FROM arrival WHERE via='kiosk' AND round=1"), ==, care_time ("10:12"));
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM task WHERE status%16=0"), ==, 1);
}

/* Somebody else had his birthday. */
static void
test_it_was_not_he (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "10:12");
  care_assert_asked (care, "6/8", 'O', "late");
  care_do (care, limber_desk_undo, "ten", "10:15");
  care_assert_status (care, "ten", "booked");
  care_do (care, limber_desk_did_not_attend, "ten", "10:30");
  care_assert_status (care, "ten", "did-not-attend");
}

static void
test_wanted_at_desk (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_put (care, "patient", "declan", "see_desk", "1");
  care_clock (care, "09:40");
  care_assert_asked (care, "6/8", 'O', "see-desk");
  care_do (care, limber_desk_check_in, "ten", "09:50");
  g_assert_cmpint (care_count (care, "SELECT at FROM arrival"), ==, care_time ("09:40"));
}

/* Several on one day. */

static void
test_next_is_told (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL, again = NULL;
  g_autofree char *json = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "eleven", "declan", "11:00", "booked");
  care_appointment (care, "three", "declan", "15:00", "booked");
  care_see (care, "Priya", "Room 2", "ten", NULL);
  care_see (care, "Sam", "Gym", "eleven", NULL);
  care_clock (care, "09:50");
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "checked-in");
  g_assert_cmpstr (answer->place, ==, "Room 2");
  g_assert_cmpint (answer->next_start, ==, care_time ("11:00"));
  g_assert_cmpstr (answer->next_place, ==, "Gym");
  g_assert_cmpstr (answer->next_with, ==, "Sam");
  g_assert_false (answer->next_checked_in);
  json = care_json (answer);
  g_assert_nonnull (strstr (json, "\"next\":{\"start\":\"2026-11-23T11:00:00+00:00\",\"with\":\"Sam\",\"place\":\"Gym\",\"checked_in\":false}"));
  care_assert_status (care, "eleven", "booked");
  care_clock (care, "10:40");
  again = care_ask (care, "6/8", 'O');
  care_assert_result (again, "checked-in");
  g_assert_cmpint (again->start, ==, care_time ("11:00"));
  g_assert_cmpint (again->next_start, ==, care_time ("15:00"));
}

static void
test_no_next (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;
  g_autofree char *json = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "before", "declan", "09:00", "seen");
  care_appointment (care, "after", "declan", "11:00", "cancelled");
  care_appointment (care, "tomorrow", "declan", "2026-11-24T09:00:00Z", "booked");
  care_person (care, "rose", "Oakley", "Rose", "1954-09-09");
  care_appointment (care, "hers", "rose", "10:30", "booked");
  care_clock (care, "09:50");
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "checked-in");
  g_assert_cmpint (answer->next_start, ==, 0);
  json = care_json (answer);
  g_assert_null (strstr (json, "next"));
}

/* Both open: he sits between them, and does not come back to the screen. */
static void
test_both_open (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "quarter", "declan", "10:15", "booked");
  care_appointment (care, "eleven", "declan", "11:00", "booked");
  care_see (care, "Sam", "Gym", "quarter", NULL);
  care_clock (care, "09:50");
  answer = care_ask (care, "6/8", 'O');
  g_assert_cmpint (answer->start, ==, care_time ("10:00"));
  g_assert_cmpint (answer->next_start, ==, care_time ("10:15"));
  g_assert_true (answer->next_checked_in);
  g_assert_cmpstr (answer->next_place, ==, "Gym");
  care_assert_status (care, "ten", "arrived");
  care_assert_status (care, "quarter", "arrived");
  care_assert_status (care, "eleven", "booked");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM arrival WHERE at=(SELECT min(at) FROM arrival)"), ==, 2);
}

static void
test_letter_tells_next (Care *care, gconstpointer data)
{
  LimberId id;
  g_autofree char *code = NULL;
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "quarter", "declan", "10:15", "booked");
  test_id (&id, "ten");
  code = limber_kinds_appointment_code (&id);
  care_clock (care, "09:50");
  answer = care_code (care, code);
  g_assert_cmpint (answer->next_start, ==, care_time ("10:15"));
  g_assert_false (answer->next_checked_in); /* the letter is about one */
  care_assert_status (care, "quarter", "booked");
}

/* Another day, another site. */

static void
test_other_day_and_site (Care *care, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&care->other_site);

  care_put_declan (care, "booked");
  care_put (care, "appointment", "ten", "site", other);
  care_clock (care, "09:40");
  assert_refused (care, limber_desk_check_in, "This appointment is not here: it is at Belmont Health Centre, today at 10:00. There is none here today for this person. Say when and where it is, or move it first.");
  care_appointment (care, "eleven", "declan", "11:00", "booked");
  assert_refused (care, limber_desk_check_in, "This appointment is not here: it is at Belmont Health Centre, today at 10:00. There is one here today at 11:00: check that one in.");
  care_put (care, "appointment", "ten", "start", "2026-11-25T10:00:00+00:00");
  assert_refused (care, limber_desk_check_in,
                  "This appointment is not here and not today: it is at Belmont Health Centre, on 25-Nov-2026 at 10:00. There is one here today at 11:00: check that one in.");
  care_assert_status (care, "ten", "booked");
  care_do (care, limber_desk_check_in, "eleven", "10:40");
}

static guint statements;

static int
count_statement (unsigned what, void *data, void *statement, void *text)
{
  statements++;
  return 0;
}

static int
watch (sqlite3 *db, char **error, const void *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, count_statement, NULL);
}

/* How many statements the store carries out for one try. */
static guint
work (Care *care, const char *born, gunichar initial)
{
  LimberArriveQuestion question = { .initial = initial };
  g_autoptr (LimberArriveAnswer) answer = NULL;
  guint before;

  g_assert_cmpint (sscanf (born, "%d/%d/%d", &question.day, &question.month, &question.year), >=, 2);
  care->clock.now += 3 * 60 * 1000;
  before = statements;
  answer = care_ask_only (care, &question);
  care_assert_result (answer, "no-match");
  return statements - before;
}

/* The same work for whoever is not on this list, whatever is true of her. */
static void
test_no_match_is_the_same_work (Care *care, gconstpointer data)
{
  g_autofree char *site = limber_id_dup_text (&care->other_site);
  guint nobody;

  care_put_declan (care, "booked");
  care_person (care, "tomorrow", "Baker", "Ann", "1950-02-02");
  care_appointment (care, "another day", "tomorrow", "2026-11-24T09:05:00Z", "booked");
  care_person (care, "elsewhere", "Carter", "Ann", "1950-03-03");
  care_appointment (care, "another site", "elsewhere", "09:05", "booked");
  care_put (care, "appointment", "another site", "site", site);
  care_person (care, "unlisted", "Dale", "Ann", "1950-04-04");
  care_project (care);
  care_clock (care, "09:00");
  work (care, "1/1", 'A'); /* what is prepared once is prepared */
  nobody = work (care, "1/1", 'A');
  g_assert_cmpuint (nobody, >, 0);
  g_assert_cmpuint (work (care, "2/2", 'B'), ==, nobody);
  g_assert_cmpuint (work (care, "3/3", 'C'), ==, nobody);
  g_assert_cmpuint (work (care, "4/4", 'D'), ==, nobody);
  g_assert_cmpuint (work (care, "6/8", 'X'), ==, nobody);      /* somebody's birthday, and not his letter */
  g_assert_cmpuint (work (care, "6/8/1955", 'O'), ==, nobody); /* nor his year */
}

/* Who is who. */

static void
test_twins (Care *care, gconstpointer data)
{
  care_person (care, "anna", "Patel", "Anna", "1990-05-05");
  care_person (care, "alia", "Patel", "Alia", "1990-05-05");
  care_appointment (care, "hers", "anna", "10:00", "booked");
  care_appointment (care, "her sister's", "alia", "10:00", "booked");
  care_clock (care, "09:50");
  care_assert_asked (care, "5/5", 'P', "ask-more");
  care_assert_asked (care, "5/5/1990", 'P', "see-desk");
  g_assert_cmpint (care_tasks (care, "cannot-tell-apart"), ==, 1);
  g_assert_cmpint (care_arrivals (care), ==, 0); /* who of them has come nobody knows */
  care_do (care, limber_desk_check_in, "hers", "09:52");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM arrival"), ==, care->store == care->hub ? 1 : 0);
}

/* Father and son of one name and one birthday; and the son alone. */
static void
test_father_and_son (Care *care, gconstpointer data)
{
  care_person (care, "father", "Patel", "Raj", "1950-05-05");
  care_person (care, "son", "Patel", "Raj", "1980-05-05");
  care_appointment (care, "his", "father", "10:00", "booked");
  care_appointment (care, "the son's", "son", "10:00", "booked");
  care_clock (care, "09:50");
  care_assert_asked (care, "5/5", 'P', "ask-more");
  care_assert_asked (care, "5/5/1980", 'P', "checked-in");
  care_assert_status (care, "the son's", "arrived");
  care_assert_status (care, "his", "booked");
}

/* Somebody brings her two children, one after the other: each is asked for by the child's birthday. */
static void
test_carer (Care *care, gconstpointer data)
{
  care_person (care, "child", "Okafor", "Ada", "2012-01-02");
  care_person (care, "other", "Okafor", "Obi", "2014-03-04");
  care_appointment (care, "first", "child", "10:00", "booked");
  care_appointment (care, "second", "other", "10:20", "booked");
  care_clock (care, "09:55");
  care_assert_asked (care, "2/1", 'O', "checked-in");
  care_assert_asked (care, "4/3", 'O', "checked-in");
  g_assert_cmpint (care_arrivals (care), ==, 2);
}

static void
test_short_names (Care *care, gconstpointer data)
{
  static const struct {
    const char *family, *given, *initials;
    gunichar    typed;
  } names[] = { { "S", "Ravi", "R S", 'S' }, { "O", "Min", "M O", 'o' }, { "Ng", "Bo", "B N", 'N' }, { "Sukarno", NULL, "S", 'S' }, { "Œ", NULL, "Œ", 'O' } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *born = g_strdup_printf ("19%02u-06-%02u", 50 + i, i + 1), *typed = g_strdup_printf ("%u/6", i + 1), *name = g_strdup_printf ("appointment of %s", names[i].family);
    g_autoptr (LimberArriveAnswer) answer = NULL;
    LimberId id;

    test_id (&id, names[i].family);
    if (names[i].given != NULL)
      test_store_put (care->hub, "patient", &id, "family", names[i].family, "given", names[i].given, "born", born, NULL);
    else
      test_store_put (care->hub, "patient", &id, "family", names[i].family, "born", born, NULL);
    care_appointment (care, name, names[i].family, "10:00", "booked");
    care_clock (care, "09:50");
    answer = care_ask (care, typed, names[i].typed);
    care_assert_result (answer, "checked-in");
    g_assert_cmpstr (answer->initials, ==, names[i].initials);
  }
}

/* Whatever the answer is, and whatever the screen holds, there is no telephone and no address. */
static void
test_restricted (Care *care, gconstpointer data)
{
  static const char *const times[] = { "09:00", "09:40", "09:41", "10:30" };

  care_put_declan (care, "booked");
  care_appointment (care, "three", "declan", "15:00", "booked");
  care_put (care, "patient", "declan", "mobile", "07700 900123");
  care_put (care, "patient", "declan", "phone", "020 7946 0123");
  care_put (care, "patient", "declan", "address", "1 Hidden Way");
  care_put (care, "patient", "declan", "restricted", "1");
  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (LimberArriveAnswer) answer = NULL;
    g_autofree char *json = NULL;

    care_clock (care, times[i]);
    answer = care_ask (care, "6/8", 'O');
    json = care_json (answer);
    g_assert_null (answer->masked_phone);
    g_assert_null (strstr (json, "123"));
    g_assert_null (strstr (json, "Hidden"));
  }
  care_project (care);
  care->store = care->kiosk;
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM patient WHERE masked_phone IS NULL AND mobile IS NULL AND phone IS NULL AND address IS NULL AND family IS NULL"), ==, 1);
}

static void
add_on_hub (const char *path, void (*func) (Care *, gconstpointer))
{
  g_autofree char *whole = g_strdup_printf ("/care/check-in/on-a-hub/%s", path);

  g_test_add (whole, Care, "hub", care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sqlite3_auto_extension ((void (*) (void)) watch);
  care_add ("who-comes-too-late-has-come-and-is-not-checked-in", test_too_late);
  care_add ("who-comes-too-early-is-not-noted", test_too_early);
  care_add ("who-was-marked-absent-has-come-all-the-same", test_marked_absent);
  add_on_hub ("who-is-checked-in-later-came-when-she-came", test_checked_in_later);
  add_on_hub ("that-somebody-came-can-be-taken-back", test_it_was_not_he);
  add_on_hub ("whom-staff-want-to-see-came-when-she-came", test_wanted_at_desk);
  care_add ("who-is-checked-in-hears-of-the-next-one-today", test_next_is_told);
  care_add ("what-is-over-or-cancelled-or-anothers-is-not-next", test_no_next);
  care_add ("of-two-that-are-open-both-are-checked-in", test_both_open);
  care_add ("a-letter-checks-in-for-one-and-tells-of-the-next", test_letter_tells_next);
  add_on_hub ("another-day-and-another-site-are-refused-with-what-can-be-done", test_other_day_and_site);
  care_add ("no-match-is-the-same-work-whatever-is-true", test_no_match_is_the_same_work);
  care_add ("twins-are-sent-to-the-desk", test_twins);
  care_add ("father-and-son-are-told-apart-by-the-year", test_father_and_son);
  care_add ("a-carer-checks-in-one-after-the-other", test_carer);
  care_add ("names-of-one-letter-or-one-part-are-names", test_short_names);
  care_add ("of-a-restricted-person-nothing-leads-to-her", test_restricted);
  return g_test_run ();
}
