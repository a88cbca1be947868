/* What nobody has closed, who is in the building, and the list for paper. */
#include "care-fixture.h"

#include "limber-building.h"
#include "limber-day-end.h"
#include "limber-day-list.h"
#include "limber-desk.h"
#include "limber-json.h"

typedef struct {
  Care       *care;
  const char *date;
  GPtrArray  *(*read) (Care *, LimberReader *, const char *date, GError **);
  GPtrArray  *list;
} Reading;

static GPtrArray *
read_open (Care *care, LimberReader *reader, const char *date, GError **error)
{
  return limber_day_end_list (reader, &care->site, care->clock.now, error);
}

static GPtrArray *
read_building (Care *care, LimberReader *reader, const char *date, GError **error)
{
  return limber_building_read (reader, &care->site, care->clock.now, error);
}

static GPtrArray *
read_day (Care *care, LimberReader *reader, const char *date, GError **error)
{
  return limber_day_list_read (reader, &care->site, date, error);
}

static gboolean
do_read (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->list = reading->read (reading->care, reader, reading->date, error);
  return reading->list != NULL;
}

static GPtrArray *
list_of (Care *care, GPtrArray *(*read) (Care *, LimberReader *, const char *, GError **), const char *date)
{
  Reading reading = { care, date, read, NULL };
  g_autoptr (GError) error = NULL;

  limber_store_read (care->store, do_read, &reading, &error);
  g_assert_no_error (error);
  return reading.list;
}

/* "surname: what is lacking", by commas */
static void
assert_open (Care *care, const char *time, const char *expected)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) is = g_string_new (NULL);

  care_clock (care, time);
  rows = list_of (care, read_open, NULL);
  for (guint i = 0; i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);

    g_string_append_printf (is, "%s%s: %s", i > 0 ? ", " : "", limber_row_text (row, "family"), limber_day_end_name (limber_day_end_of (row, care->clock.now)));
  }
  g_assert_cmpstr (is->str, ==, expected);
}

static gboolean
cancelled_by_us (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *by, GError **error)
{
  return limber_desk_cancel (transaction, appointment, at, "provider", "Priya is ill", by, error);
}

static gboolean
could_not_be_seen (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *by, GError **error)
{
  return limber_desk_could_not_be_seen (transaction, appointment, at, NULL, by, error);
}

static void
set_up (Care *care, gconstpointer data)
{
  static const char *const people[][2] = { { "anna", "Abbot" }, { "ben", "Bray" }, { "cora", "Cole" }, { "dan", "Dunn" } };

  care_set_up (care, "hub");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    care_person (care, people[i][0], people[i][1], "Ann", "1954-08-06");
  care_clock (care, "09:00");
  care_appointment (care, "a", "anna", "09:00", "booked");
  care_appointment (care, "b", "ben", "10:00", "booked");
  care_appointment (care, "c", "cora", "11:00", "booked");
}

static void
what_is_not_over_is_not_open (Care *care, gconstpointer data)
{
  assert_open (care, "09:00", "");
  assert_open (care, "10:29", "");                     /* ended at half past nine, an hour ago all but a minute */
  assert_open (care, "10:30", "Abbot: not-closed");
  assert_open (care, "12:30", "Abbot: not-closed, Bray: not-closed, Cole: not-closed");
}

static void
when_the_site_has_closed_all_that_has_ended_is_open (Care *care, gconstpointer data)
{
  care_put (care, "site", "site", "closes", "630"); /* half past ten */
  assert_open (care, "10:29", "");
  assert_open (care, "10:30", "Abbot: not-closed, Bray: not-closed");
  assert_open (care, "11:00", "Abbot: not-closed, Bray: not-closed"); /* Cole's is not over, whatever the hour of closing */
}

static void
each_says_what_is_lacking (Care *care, gconstpointer data)
{
  care_clock (care, "09:10");
  care_do (care, limber_desk_check_in, "a", NULL);
  care_do (care, limber_desk_check_in, "b", NULL);
  care_do (care, limber_desk_with_clinician, "b", NULL);
  assert_open (care, "13:00", "Abbot: not-seen, Bray: still-in, Cole: not-closed");
  care_do (care, limber_desk_seen, "a", NULL);
  care_do (care, limber_desk_seen, "b", NULL);
  care_do (care, limber_desk_did_not_attend, "c", NULL);
  assert_open (care, "13:00", "");
  care_do (care, limber_desk_undo, "c", NULL);
  assert_open (care, "13:00", "Cole: not-closed");
}

static void
earlier_days_stay_open_for_four_weeks (Care *care, gconstpointer data)
{
  assert_open (care, "2026-11-24T00:10:00Z", "Abbot: not-closed, Bray: not-closed, Cole: not-closed");
  assert_open (care, "2026-12-21T12:00:00Z", "Abbot: not-closed, Bray: not-closed, Cole: not-closed");
  assert_open (care, "2026-12-22T12:00:00Z", "");
}

static void
another_sites_are_not_listed (Care *care, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&care->other_site);

  care_put (care, "appointment", "a", "site", other);
  assert_open (care, "12:30", "Bray: not-closed, Cole: not-closed");
}

static void
what_is_lacking_is_said_with_its_time (Care *care, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *first = NULL, *second = NULL;

  care_clock (care, "09:22");
  care_do (care, limber_desk_check_in, "a", NULL);
  care_clock (care, "18:00");
  rows = list_of (care, read_open, NULL);
  first = limber_day_end_words (g_ptr_array_index (rows, 0), limber_day_end_of (g_ptr_array_index (rows, 0), care->clock.now));
  second = limber_day_end_words (g_ptr_array_index (rows, 1), limber_day_end_of (g_ptr_array_index (rows, 1), care->clock.now));
  g_assert_cmpstr (first, ==, "Here from 09:22: seen or not?");
  g_assert_cmpstr (second, ==, "Booked: came or not?");
  g_clear_pointer (&second, g_free);
  g_clear_pointer (&rows, g_ptr_array_unref);
  care_put (care, "patient", "ben", "died", "2026-11-20"); /* that is no "did not come" (DSCN 42/2002) */
  rows = list_of (care, read_open, NULL);
  second = limber_day_end_words (g_ptr_array_index (rows, 1), LIMBER_DAY_END_NOT_CLOSED);
  g_assert_cmpstr (second, ==, "Booked; recorded as died on 20-Nov-2026: cancel it");
}

/* "NAME: how she stands @ where +needs", by semicolons */
static void
assert_building (Care *care, const char *expected)
{
  g_autoptr (GPtrArray) people = list_of (care, read_building, NULL);
  g_autoptr (GString) is = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++) {
    LimberBuildingPerson *person = g_ptr_array_index (people, i);

    g_string_append_printf (is, "%s%s: %s%s%s%s%s", i > 0 ? "; " : "", person->name, limber_building_standing_name (person->standing), person->place != NULL ? " @ " : "", person->place != NULL ? person->place : "",
                            person->needs != NULL ? " + " : "", person->needs != NULL ? person->needs : "");
  }
  g_assert_cmpstr (is->str, ==, expected);
}

static void
put_place (Care *care, const char *appointment)
{
  g_autofree char *site = limber_id_dup_text (&care->site), *text = NULL;
  LimberId id;

  test_id (&id, "room 2");
  text = limber_id_dup_text (&id);
  test_store_put (care->hub, "place", &id, "site", site, "name", "Room 2", "waiting_area", "By the garden", NULL);
  care_put (care, "appointment", appointment, "place", text);
}

static void
who_is_in_the_building_stands_where_she_should_be (Care *care, gconstpointer data)
{
  put_place (care, "a");
  care_put (care, "patient", "anna", "needs", "wheelchair;call-by-number;easy-read");
  assert_building (care, "");
  care_do (care, limber_desk_check_in, "a", NULL);
  assert_building (care, "ABBOT, Ann: waiting @ By the garden + wheelchair");
  care_do (care, limber_desk_call, "a", NULL);
  assert_building (care, "ABBOT, Ann: called @ Room 2 + wheelchair");
  care_do (care, limber_desk_with_clinician, "a", NULL);
  assert_building (care, "ABBOT, Ann: with-clinician @ Room 2 + wheelchair");
  care_do (care, limber_desk_seen, "a", NULL);
  assert_building (care, "ABBOT, Ann: seen @ By the garden + wheelchair");
  care_clock (care, "09:14");
  assert_building (care, "ABBOT, Ann: seen @ By the garden + wheelchair");
  care_clock (care, "09:15");
  assert_building (care, "");
}

static void
put_task (Care *care, const char *key, const char *about, const char *made, const char *candidates)
{
  g_autofree char *site = limber_id_dup_text (&care->site), *list = NULL;
  g_auto (GStrv) keys = g_strsplit (candidates, " ", -1);
  LimberId id;

  for (guint i = 0; keys[i] != NULL; i++) {
    test_id (&id, keys[i]);
    g_free (keys[i]);
    keys[i] = limber_id_dup_text (&id);
  }
  list = g_strjoinv (";", keys);
  test_id (&id, key);
  test_store_put (care->hub, "task", &id, "about", about, "site", site, "candidates", list, "made", made, "status", "open", NULL);
}

static void
who_came_and_was_not_checked_in_is_in_the_building (Care *care, gconstpointer data)
{
  put_task (care, "late", "came-late", "2026-11-23T09:40:00Z", "a");
  put_task (care, "two", "cannot-tell-apart", "2026-11-23T09:41:00Z", "b c");
  assert_building (care, "ABBOT, Ann: not-checked-in; BRAY, Ann: one-of; COLE, Ann: one-of");
  care_do (care, limber_desk_check_in, "b", NULL); /* it was he: the task is done with that */
  assert_building (care, "ABBOT, Ann: not-checked-in; BRAY, Ann: waiting");
}

static void
who_was_sent_away_again_is_not_in_the_building (Care *care, gconstpointer data)
{
  care_do (care, limber_desk_check_in, "a", NULL);
  care_do (care, cancelled_by_us, "a", NULL);
  care_clock (care, "10:20");
  care_do (care, limber_desk_check_in, "b", NULL);
  care_do (care, could_not_be_seen, "b", NULL);
  assert_building (care, "");
}

static void
a_task_of_yesterday_brings_nobody_into_the_building (Care *care, gconstpointer data)
{
  put_task (care, "late", "came-late", "2026-11-22T16:40:00Z", "a");
  put_task (care, "other", "details-changed", "2026-11-23T09:40:00Z", "b");
  assert_building (care, "");
}

static void
one_person_counts_once (Care *care, gconstpointer data)
{
  g_autofree char *anna = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *words = NULL;
  LimberId id;

  test_id (&id, "anna");
  anna = limber_id_dup_text (&id);
  care_put (care, "patient", "ben", "merged_into", anna); /* Bray is Abbot */
  care_put (care, "patient", "ben", "needs", "hearing-loop"); /* in the record that is not shown */
  care_appointment (care, "again", "anna", "15:00", "booked");
  care_do (care, limber_desk_check_in, "a", NULL);
  care_do (care, limber_desk_check_in, "b", NULL);
  care_do (care, limber_desk_check_in, "again", NULL);
  people = list_of (care, read_building, NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_true (limber_id_equal (&((LimberBuildingPerson *) g_ptr_array_index (people, 0))->person, &id));
  assert_building (care, "ABBOT, Ann: waiting + hearing loop");
  words = limber_building_dup_count_text (people);
  g_assert_cmpstr (words, ==, "1 person is in the building.");
}

static void
who_may_be_there_is_counted_apart (Care *care, gconstpointer data)
{
  g_autoptr (GPtrArray) nobody = list_of (care, read_building, NULL), people = NULL;
  g_autofree char *none = limber_building_dup_count_text (nobody), *words = NULL;

  g_assert_cmpstr (none, ==, "Nobody is known to be in the building.");
  care_do (care, limber_desk_check_in, "a", NULL);
  put_task (care, "two", "cannot-tell-apart", "2026-11-23T08:41:00Z", "b c");
  people = list_of (care, read_building, NULL);
  words = limber_building_dup_count_text (people);
  g_assert_cmpstr (words, ==, "1 person is in the building, and 2 more may be.");
}

static void
the_list_for_paper_is_by_time_and_name (Care *care, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = NULL;
  LimberDayLine *line;
  char number[11];

  test_nhs_number (3, number);
  care_appointment (care, "d", "dan", "10:00", "cancelled");
  care_put (care, "patient", "anna", "nhs_number", number);
  care_put (care, "patient", "anna", "needs", "interpreter;wheelchair");
  care_put (care, "patient", "anna", "language", "gu");
  care_put (care, "patient", "anna", "title", "Mrs");
  care_put (care, "patient", "anna", "see_desk", "1");
  care_put (care, "patient", "anna", "restricted", "1");
  care_put (care, "patient", "anna", "mobile", "07700 900397");
  care_clock (care, "09:22");
  care_do (care, limber_desk_check_in, "b", NULL);
  care_clock (care, "09:50");
  care_do (care, limber_desk_seen, "b", NULL);
  care_clock (care, "11:10");
  care_do (care, limber_desk_check_in, "c", NULL);
  care_do (care, could_not_be_seen, "c", NULL);
  lines = list_of (care, read_day, "2026-11-23");
  g_assert_cmpuint (lines->len, ==, 4);
  line = g_ptr_array_index (lines, 0);
  g_assert_cmpstr (line->time, ==, "09:00");
  g_assert_cmpstr (line->name, ==, "ABBOT, Ann (Mrs)");
  g_assert_cmpstr (line->born, ==, "Born 06-Aug-1954 (72y)");
  g_assert_cmpstr (line->needs, ==, "interpreter, Gujarati · wheelchair");
  g_assert_cmpstr (line->mark, ==, "See the desk first");
  g_assert_null (line->came);
  line = g_ptr_array_index (lines, 1);
  g_assert_cmpstr (line->name, ==, "BRAY, Ann");
  g_assert_cmpstr (line->came, ==, "09:22");
  g_assert_cmpstr (line->seen, ==, "09:50");
  g_assert_null (line->closed);
  line = g_ptr_array_index (lines, 2);
  g_assert_cmpstr (line->closed, ==, "Cancelled");
  line = g_ptr_array_index (lines, 3);
  g_assert_cmpstr (line->closed, ==, "Could not be seen");
}

static void
a_line_for_a_script_has_neither_address_nor_telephone (Care *care, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (json_t) json = NULL;
  g_autofree char *text = NULL;

  care_put (care, "patient", "anna", "mobile", "07700 900397");
  care_put (care, "patient", "anna", "address", "7 Cuckoo Hill");
  care_put (care, "patient", "anna", "postcode", "HA5 2BB");
  lines = list_of (care, read_day, "2026-11-23");
  json = limber_day_line_to_json (g_ptr_array_index (lines, 0));
  text = json_dumps (json, 0);
  g_assert_nonnull (strstr (text, "ABBOT, Ann"));
  g_assert_null (strstr (text, "900397"));
  g_assert_null (strstr (text, "Cuckoo"));
  g_assert_null (strstr (text, "HA5"));
}

#define ADD(path, func) g_test_add ("/care/day/" path, Care, NULL, set_up, func, care_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-not-over-is-not-open", what_is_not_over_is_not_open);
  ADD ("when-the-site-has-closed-all-that-has-ended-is-open", when_the_site_has_closed_all_that_has_ended_is_open);
  ADD ("each-says-what-is-lacking", each_says_what_is_lacking);
  ADD ("what-is-lacking-is-said-with-its-time", what_is_lacking_is_said_with_its_time);
  ADD ("earlier-days-stay-open-for-four-weeks", earlier_days_stay_open_for_four_weeks);
  ADD ("another-sites-are-not-listed", another_sites_are_not_listed);
  ADD ("who-is-in-the-building-stands-where-she-should-be", who_is_in_the_building_stands_where_she_should_be);
  ADD ("who-came-and-was-not-checked-in-is-in-the-building", who_came_and_was_not_checked_in_is_in_the_building);
  ADD ("who-was-sent-away-again-is-not-in-the-building", who_was_sent_away_again_is_not_in_the_building);
  ADD ("a-task-of-yesterday-brings-nobody-into-the-building", a_task_of_yesterday_brings_nobody_into_the_building);
  ADD ("one-person-counts-once", one_person_counts_once);
  ADD ("who-may-be-there-is-counted-apart", who_may_be_there_is_counted_apart);
  ADD ("the-list-for-paper-is-by-time-and-name", the_list_for_paper_is_by_time_and_name);
  ADD ("a-line-for-a-script-has-neither-address-nor-telephone", a_line_for_a_script_has_neither_address_nor_telephone);
  return g_test_run ();
}
