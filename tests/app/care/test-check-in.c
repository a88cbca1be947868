#include "care-fixture.h"
#include "limber-error.h"
#include "limber-stage.h"

static void
test_checked_in (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;
  g_autoptr (LimberRecord) arrival = NULL;
  LimberId appointment, id;

  care_put_declan (care, "booked");
  care_clock (care, "09:40");
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "checked-in");
  test_id (&appointment, "ten");
  g_assert_true (answer->has_appointment && limber_id_equal (&answer->appointment, &appointment));
  g_assert_cmpstr (answer->initials, ==, "D O");
  g_assert_cmpint (answer->start, ==, care_time ("10:00"));
  care_assert_status (care, "ten", "arrived");
  limber_stage_arrival_id (&appointment, 0, &id);
  arrival = test_store_get (care->store, "arrival", &id);
  g_assert_cmpint (limber_record_integer (arrival, "at"), ==, care_time ("09:40"));
  g_assert_cmpstr (limber_record_text (arrival, "via"), ==, "kiosk");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal WHERE json_extract(header,'$[6]')='patient' AND json_extract(header,'$[7]')='patient'"), ==, 2);
}

static void
test_says_where (Care *care, gconstpointer data)
{
  LimberId place, staff, appointment;
  g_autofree char *site = limber_id_dup_text (&care->site), *place_text = NULL, *staff_text = NULL, *json = NULL;
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  test_id (&place, "gym");
  test_id (&staff, "jane");
  test_id (&appointment, "ten");
  place_text = limber_id_dup_text (&place);
  staff_text = limber_id_dup_text (&staff);
  test_store_put (care->hub, "place", &place, "site", site, "name", "Gym", "waiting_area", "Blue chairs", NULL);
  test_store_put (care->hub, "staff", &staff, "number", "S1", "family", "Smith", "given", "Jane", "role", "physiotherapist", NULL);
  test_store_put (care->hub, "appointment", &appointment, "place", place_text, "clinician", staff_text, NULL);
  care_clock (care, "09:40");
  answer = care_ask (care, "6/8", 'O');
  g_assert_cmpstr (answer->with, ==, "Jane");
  g_assert_cmpstr (answer->place, ==, "Gym");
  g_assert_cmpstr (answer->waiting_area, ==, "Blue chairs");
  json = care_json (answer);
  g_assert_nonnull (strstr (json, "\"waiting_area\":\"Blue chairs\""));
  g_assert_nonnull (strstr (json, "\"start\":\"2026-11-23T10:00:00+00:00\""));
  g_assert_null (strstr (json, "Connor"));
  g_assert_null (strstr (json, "Declan"));
}

static void
test_any_part (Care *care, gconstpointer data)
{
  static const struct { const char *family; gunichar typed[4]; } cases[] = {
    { "O'Connor", { 'O', 'C', 'c' } }, { "Barton-Wood", { 'B', 'W' } }, { "Łuczak", { 'L', 0x141 } }, { "van der Berg", { 'V', 'D', 'b' } }, { "Øster", { 'O', 0xd8 } },
  };

  care_person (care, "one", "Nobody", "Ann", "1954-08-06");
  care_appointment (care, "ten", "one", "10:00", "booked");
  care_clock (care, "09:00");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    care_person (care, "one", cases[i].family, "Ann", "1954-08-06");
    for (gsize k = 0; k < 4 && cases[i].typed[k] != 0; k++)
      care_assert_asked (care, "6/8", cases[i].typed[k], "early");
    care_assert_asked (care, "6/8", 'X', "no-match");
    care_assert_asked (care, "6/8", '3', "no-match");
  }
}

/* What is said is the same, byte for byte, and so is what is kept: nothing but that somebody tried. */
static void
test_no_match_is_one (Care *care, gconstpointer data)
{
  static const struct { const char *born; gunichar initial; } nobody[] = { { "1/1", 'A' }, { "2/2", 'B' }, { "3/3", 'C' }, { "31/2", 'C' }, { "99/99", 'C' } };
  g_autofree char *site = limber_id_dup_text (&care->other_site);
  LimberId elsewhere;

  care_person (care, "tomorrow", "Baker", "Ann", "1950-02-02");
  care_appointment (care, "another day", "tomorrow", "2026-11-24T09:05:00Z", "booked");
  care_person (care, "elsewhere", "Carter", "Ann", "1950-03-03");
  care_appointment (care, "another site", "elsewhere", "09:05", "booked");
  test_id (&elsewhere, "another site");
  test_store_put (care->hub, "appointment", &elsewhere, "site", site, NULL);
  care_clock (care, "09:00");
  for (gsize i = 0; i < G_N_ELEMENTS (nobody); i++) {
    g_autoptr (LimberArriveAnswer) answer = care_ask (care, nobody[i].born, nobody[i].initial);
    g_autofree char *json = care_json (answer);

    care->clock.now += 3 * 60 * 1000; /* nobody guesses so slowly */
    g_assert_cmpstr (json, ==, "{\"result\":\"no-match\"}");
    g_assert_false (answer->has_appointment);
    g_assert_cmpint (answer->start + answer->opens, ==, 0);
    g_assert_true (answer->initials == NULL && answer->with == NULL && answer->place == NULL && answer->waiting_area == NULL && answer->masked_phone == NULL && answer->candidates == NULL &&
                   answer->ask == NULL);
  }
  g_assert_cmpint (care_arrivals (care), ==, 0);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal WHERE json_extract(header,'$[6]')='patient'"), ==, 0);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM attempt WHERE result='no-match'"), ==, G_N_ELEMENTS (nobody));
}

/* A father and a son, both today. */
static void
put_two (Care *care, const char *second_born)
{
  care_put_declan (care, "booked");
  care_person (care, "other", "Oakley", "Rose", second_born);
  care_appointment (care, "eleven", "other", "11:00", "booked");
  care_clock (care, "09:40");
}

static void
test_year_tells_apart (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) asked = NULL, answer = NULL;
  g_autofree char *json = NULL;

  put_two (care, "1981-08-06");
  asked = care_ask (care, "6/8", 'O');
  json = care_json (asked);
  g_assert_cmpstr (json, ==, "{\"result\":\"ask-more\",\"ask\":\"year\"}");
  g_assert_cmpint (care_arrivals (care), ==, 0);
  care_assert_asked (care, "6/8/1970", 'O', "no-match");
  care_assert_asked (care, "7/8/1954", 'O', "no-match");
  care_assert_asked (care, "6/9/1954", 'O', "no-match");
  answer = care_ask (care, "6/8/1954", 'O');
  care_assert_result (answer, "checked-in");
  g_assert_cmpstr (answer->initials, ==, "D O");
  care_assert_status (care, "eleven", "booked");
}

static void
test_cannot_tell_apart (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;
  g_autofree char *json = NULL;

  put_two (care, "1954-08-06");
  answer = care_ask (care, "6/8/1954", 'O');
  care_assert_result (answer, "see-desk");
  json = care_json (answer);
  g_assert_cmpstr (json, ==, "{\"result\":\"see-desk\"}");
  g_assert_cmpuint (answer->candidates->len, ==, 2);
  for (guint i = 0; i < 3; i++)
    care_assert_asked (care, "6/8/1954", 'O', "see-desk");
  g_assert_cmpint (care_tasks (care, "cannot-tell-apart"), ==, 1);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal WHERE json_extract(header,'$[8]')='task' AND json_extract(header,'$[10]') IS NULL"
                                     " AND json_array_length(body,'$.candidates')=2 AND json_extract(body,'$.patient') IS NULL AND json_extract(body,'$.site') IS NOT NULL"), ==, 1);
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

static void
test_merged_are_one (Care *care, gconstpointer data)
{
  LimberId declan, other;
  g_autofree char *into = NULL;

  put_two (care, "1954-08-06");
  test_id (&declan, "declan");
  test_id (&other, "other");
  into = limber_id_dup_text (&declan);
  test_store_put (care->hub, "patient", &other, "merged_into", into, NULL);
  care_assert_asked (care, "6/8/1954", 'O', "checked-in");
  care_assert_status (care, "ten", "arrived");
}

static void
test_merged_in_a_circle (Care *care, gconstpointer data)
{
  LimberId declan, other;
  g_autofree char *one = NULL, *two = NULL;

  put_two (care, "1954-08-06");
  test_id (&declan, "declan");
  test_id (&other, "other");
  one = limber_id_dup_text (&declan);
  two = limber_id_dup_text (&other);
  test_store_put (care->hub, "patient", &other, "merged_into", one, NULL);
  test_store_put (care->hub, "patient", &declan, "merged_into", two, NULL);
  care_assert_asked (care, "6/8/1954", 'O', "checked-in");
}

static void
test_both_merged_into_a_third (Care *care, gconstpointer data)
{
  LimberId declan, other, third;
  g_autofree char *into = NULL;

  put_two (care, "1954-08-06");
  test_id (&declan, "declan");
  test_id (&other, "other");
  test_id (&third, "third");
  into = limber_id_dup_text (&third);
  test_store_put (care->hub, "patient", &other, "merged_into", into, NULL);
  test_store_put (care->hub, "patient", &declan, "merged_into", into, NULL);
  care_assert_asked (care, "6/8/1954", 'O', "checked-in");
}

static gboolean
ask_for_anybody (LimberReader *reader, gpointer data, GError **error)
{
  LimberArriveQuestion question = { .day = 6, .month = 8, .initial = 'O' };
  g_autoptr (LimberArriveAnswer) answer = limber_check_in_find (reader, &question, error);

  return answer != NULL;
}

/* A screen that knows nobody yet must not say that somebody is on no list. */
static void
test_nothing_read_yet (Care *care, gconstpointer data)
{
  g_autofree char *dir = g_strconcat (care->kiosk_dir, "-new", NULL);
  g_autoptr (LimberStore) fresh = test_store_new (dir, care->env, LIMBER_CLASS_KIOSK, &care->site);
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_read (fresh, ask_for_anybody, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  limber_store_close (fresh);
  test_dir_remove (dir);
}

static void
test_site_asks_for_year (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  test_store_put (care->hub, "site", &care->site, "ask_year", "1", NULL);
  care_clock (care, "09:40");
  care_assert_asked (care, "6/8", 'O', "ask-more");
  care_assert_asked (care, "1/1", 'Z', "ask-more");
  care_assert_asked (care, "6/8/1955", 'O', "no-match");
  care_assert_asked (care, "6/8/1954", 'O', "checked-in");
}

static void
assert_sent_to_desk (Care *care)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;
  g_autofree char *json = NULL;

  care_clock (care, "09:40");
  answer = care_ask (care, "6/8", 'O');
  json = care_json (answer);
  g_assert_cmpstr (json, ==, "{\"result\":\"see-desk\"}");
  g_assert_null (answer->initials);
  care_assert_asked (care, "6/8", 'O', "see-desk");
  g_assert_cmpint (care_tasks (care, "must-be-seen"), ==, 1);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal WHERE json_extract(body,'$.about')='must-be-seen' AND json_extract(body,'$.patient') IS NOT NULL"
                                     " AND json_extract(body,'$.appointment') IS NOT NULL AND json_extract(header,'$[10]') IS NOT NULL"), ==, 1);
  g_assert_cmpint (care_arrivals (care), ==, 1); /* he has come; he is not checked in */
  care_assert_status (care, "ten", "booked");
}

static void
test_died (Care *care, gconstpointer data)
{
  LimberId id;

  care_put_declan (care, "booked");
  test_id (&id, "declan");
  test_store_put (care->hub, "patient", &id, "died", "2026-11-01", NULL);
  assert_sent_to_desk (care);
}

static void
test_wanted_at_desk (Care *care, gconstpointer data)
{
  LimberId id;

  care_put_declan (care, "booked");
  test_id (&id, "declan");
  test_store_put (care->hub, "patient", &id, "see_desk", "1", NULL);
  assert_sent_to_desk (care);
}

/* What a newer Limber has done with it nobody can say here: a person is asked. */
static void
test_newer_step (Care *care, gconstpointer data)
{
  LimberId ten, declan;

  care_put_declan (care, "booked");
  test_id (&ten, "ten");
  test_id (&declan, "declan");
  test_store_append (care->hub, "appointment", &ten, &declan, "{\"status^\":11}");
  care_clock (care, "09:40");
  care_assert_asked (care, "6/8", 'O', "see-desk");
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

static void
test_window (Care *care, gconstpointer data)
{
  g_autoptr (LimberArriveAnswer) answer = NULL;

  care_put_declan (care, "booked");
  care_appointment (care, "eleven", "declan", "11:00", "cancelled");
  care_clock (care, "2026-11-23T09:29:59Z");
  answer = care_ask (care, "6/8", 'O');
  care_assert_result (answer, "early");
  g_assert_cmpint (answer->opens, ==, care_time ("09:30"));
  g_assert_cmpint (care_tasks (care, "came-late"), ==, 0);
  care_clock (care, "2026-11-23T10:05:01Z");
  care_assert_asked (care, "6/8", 'O', "late");
  care_assert_status (care, "ten", "booked");
  g_assert_cmpint (care_tasks (care, "came-late"), ==, 1);
  care_clock (care, "09:30");
  care_assert_asked (care, "6/8", 'O', "checked-in");
}

static void
test_window_end (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "10:05");
  care_assert_asked (care, "6/8", 'O', "checked-in");
}

static void
test_site_sets_window (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  test_store_put (care->hub, "site", &care->site, "early_minutes", "60", "late_minutes", "0", NULL);
  care_clock (care, "2026-11-23T10:00:01Z");
  care_assert_asked (care, "6/8", 'O', "late");
  care_clock (care, "09:00");
  care_assert_asked (care, "6/8", 'O', "checked-in");
}

static void
test_another_day (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "2026-11-20T09:00:00Z");
  care_assert_asked (care, "6/8", 'O', "no-match");
}

static void
test_cancelled_in_its_time (Care *care, gconstpointer data)
{
  care_put_declan (care, "cancelled");
  care_clock (care, "09:40");
  for (guint i = 0; i < 3; i++)
    care_assert_asked (care, "6/8", 'O', "cancelled");
  g_assert_cmpint (care_tasks (care, "came-cancelled"), ==, 1);
  care_assert_status (care, "ten", "cancelled");
  g_assert_cmpint (care_arrivals (care), ==, 0);
}

static void
test_cancelled_at_another_hour (Care *care, gconstpointer data)
{
  care_put_declan (care, "cancelled");
  care_clock (care, "14:00");
  care_assert_asked (care, "6/8", 'O', "cancelled");
  g_assert_cmpint (care_tasks (care, "came-cancelled"), ==, 0);
}

static void
test_already (Care *care, gconstpointer data)
{
  care_put_declan (care, "booked");
  care_clock (care, "09:40");
  care_assert_asked (care, "6/8", 'O', "checked-in");
  care_clock (care, "09:41");
  care_assert_asked (care, "6/8", 'O', "already");
  g_assert_cmpint (care_arrivals (care), ==, 1);
}

static void
test_only_seen (Care *care, gconstpointer data)
{
  care_put_declan (care, "seen");
  care_clock (care, "11:00");
  care_assert_asked (care, "6/8", 'O', "already");
}

static void
test_missed (Care *care, gconstpointer data)
{
  care_put_declan (care, "did-not-attend");
  care_clock (care, "10:04");
  for (guint i = 0; i < 3; i++)
    care_assert_asked (care, "6/8", 'O', "late");
  g_assert_cmpint (care_tasks (care, "came-late"), ==, 1);
}

/* Two appointments on one day: at ten and at a quarter past, or at three. */
static const struct {
  const char *first, *second, *second_time, *at, *result, *start;
} two[] = {
  { "booked", "booked", "10:15", "09:50", "checked-in", "10:00" },         /* both open: the first */
  { "booked", "booked", "10:05", "10:04", "checked-in", "10:00" },
  { "booked", "booked", "10:15", "10:06", "checked-in", "10:15" },         /* the first is missed, the second open */
  { "arrived", "booked", "10:15", "09:50", "checked-in", "10:15" },        /* the first is done */
  { "cancelled", "booked", "10:15", "09:50", "checked-in", "10:15" },
  { "booked", "booked", "15:00", "09:10", "early", "10:00" },
  { "booked", "booked", "15:00", "10:20", "late", "10:00" },               /* twenty minutes late, not hours early */
  { "booked", "booked", "15:00", "14:00", "early", "15:00" },
  { "did-not-attend", "booked", "15:00", "10:20", "late", "10:00" },
  { "did-not-attend", "booked", "15:00", "14:00", "early", "15:00" },
  { "arrived", "booked", "15:00", "10:20", "already", "10:00" },
  { "arrived", "booked", "15:00", "14:00", "early", "15:00" },             /* nobody noted that the first was seen */
  { "arrived", "booked", "15:00", "14:40", "checked-in", "15:00" },
  { "arrived", "booked", "15:00", "15:10", "late", "15:00" },
  { "arrived", "cancelled", "10:15", "09:50", "already", "10:00" },
  { "with-clinician", "cancelled", "15:00", "14:40", "cancelled", "15:00" },
  { "cancelled", "arrived", "10:15", "10:10", "already", "10:15" },
  { "cancelled", "booked", "15:00", "09:40", "cancelled", "10:00" },       /* she came for the first */
  { "cancelled", "booked", "15:00", "11:00", "early", "15:00" },
  { "booked", "cancelled", "15:00", "10:20", "late", "10:00" },
  { "booked", "cancelled", "15:00", "14:40", "cancelled", "15:00" },
  { "seen", "booked", "15:00", "10:40", "early", "15:00" },
  { "seen", "booked", "15:00", "15:10", "late", "15:00" },
  { "booked", "seen", "15:00", "15:40", "late", "10:00" },
  { "seen", "cancelled", "15:00", "10:40", "cancelled", "15:00" },         /* she may wait for what will not be */
  { "cancelled", "seen", "15:00", "15:40", "already", "15:00" },
  { "seen", "seen", "15:00", "15:40", "already", "15:00" },
  { "cancelled", "cancelled", "15:00", "12:00", "cancelled", "15:00" },
  { "cancelled", "cancelled", "15:00", "16:00", "cancelled", "15:00" },
  { "called", "called", "15:00", "12:00", "already", "10:00" },
};

static void
test_two_on_a_day (Care *care, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (two); i++) {
    g_autofree char *person = g_strdup_printf ("p%zu", i), *a = g_strdup_printf ("a%zu", i), *b = g_strdup_printf ("b%zu", i), *year = g_strdup_printf ("%zu-08-06", 1930 + i);
    g_autofree char *born = g_strdup_printf ("6/8/%zu", 1930 + i);
    g_autoptr (LimberArriveAnswer) answer = NULL;

    care_person (care, person, "O'Connor", "Declan", year);
    care_appointment (care, b, person, two[i].second_time, two[i].second);
    care_appointment (care, a, person, "10:00", two[i].first);
    care_clock (care, two[i].at);
    answer = care_ask (care, born, 'O');
    care_assert_result (answer, two[i].result);
    g_assert_cmpint (answer->start, ==, care_time (two[i].start));
  }
}

static void
test_done_stays_done (Care *care, gconstpointer data)
{
  LimberId task = { { 0 } };
  g_autoptr (LimberRecord) record = NULL;

  care_put_declan (care, "cancelled");
  care_clock (care, "09:40");
  care_assert_asked (care, "6/8", 'O', "cancelled");
  {
    LimberId site = care->site, appointment;
    char id[LIMBER_ID_TEXT_LENGTH + 2];

    test_id (&appointment, "ten");
    limber_id_to_text (&appointment, id);
    strcat (id, " ");
    limber_id_init_beside (&task, &site, "task", "came-cancelled", "2026-11-23", id, NULL);
  }
  test_store_put (care->hub, "task", &task, "status", "done", NULL);
  care_clock (care, "09:50");
  care_assert_asked (care, "6/8", 'O', "cancelled");
  record = test_store_get (care->hub, "task", &task);
  g_assert_cmpstr (limber_record_word (record, "status"), ==, "done");
  g_assert_cmpint (limber_record_integer (record, "made"), ==, care_time ("09:40"));
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM task"), ==, 1);
}

static void
test_restricted_phone (Care *care, gconstpointer data)
{
  LimberId id;
  g_autoptr (LimberArriveAnswer) open = NULL, restricted = NULL;

  care_put_declan (care, "booked");
  test_id (&id, "declan");
  test_store_put (care->hub, "patient", &id, "mobile", "07700 900123", NULL);
  open = care_ask (care, "6/8", 'O');
  g_assert_cmpstr (open->masked_phone, ==, "••• ••• 123");
  test_store_put (care->hub, "patient", &id, "restricted", "1", NULL);
  restricted = care_ask (care, "6/8", 'O');
  g_assert_null (restricted->masked_phone);
}

static void
test_london_day (Care *care, gconstpointer data)
{
  care_person (care, "declan", "O'Connor", "Declan", "1954-08-06");
  care_appointment (care, "night", "declan", "2026-07-01T00:20:00+01:00", "booked");
  care_clock (care, "2026-06-30T23:10:00Z"); /* in London it is the first of July */
  care_assert_asked (care, "6/8", 'O', "checked-in");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  care_add ("who-is-matched-is-recorded-and-told", test_checked_in);
  care_add ("the-answer-says-with-whom-and-where-and-no-name", test_says_where);
  care_add ("any-part-of-a-surname-may-be-asked-by", test_any_part);
  care_add ("nobody-another-day-and-another-site-are-one-answer", test_no_match_is_one);
  care_add ("the-year-is-asked-for-only-when-two-fit", test_year_tells_apart);
  care_add ("who-cannot-be-told-apart-goes-to-the-desk", test_cannot_tell_apart);
  care_add ("merged-records-are-one-person", test_merged_are_one);
  care_add ("records-merged-in-a-circle-are-one-person", test_merged_in_a_circle);
  care_add ("records-merged-into-a-third-are-one-person", test_both_merged_into_a_third);
  care_add ("a-device-that-has-read-nothing-answers-nothing", test_nothing_read_yet);
  care_add ("a-site-may-ask-everybody-for-the-year", test_site_asks_for_year);
  care_add ("who-is-recorded-as-died-is-sent-to-the-desk", test_died);
  care_add ("whom-staff-want-to-see-is-sent-to-the-desk", test_wanted_at_desk);
  care_add ("what-a-newer-program-has-done-is-left-to-the-desk", test_newer_step);
  care_add ("the-window-opens-half-an-hour-before", test_window);
  care_add ("the-window-closes-five-minutes-after", test_window_end);
  care_add ("a-site-sets-its-own-window", test_site_sets_window);
  care_add ("another-day-is-another-list", test_another_day);
  care_add ("who-comes-to-a-cancelled-appointment-is-told-and-the-desk-too", test_cancelled_in_its_time);
  care_add ("of-one-cancelled-for-another-hour-the-desk-is-not-told", test_cancelled_at_another_hour);
  care_add ("who-tries-again-is-checked-in-already", test_already);
  care_add ("who-was-seen-is-checked-in-already", test_only_seen);
  care_add ("who-comes-after-being-marked-absent-is-late", test_missed);
  care_add ("of-two-appointments-the-one-she-came-for-counts", test_two_on_a_day);
  g_test_add ("/care/check-in/on-a-hub/a-task-that-is-done-stays-done", Care, "hub", care_set_up, test_done_stays_done, care_tear_down);
  care_add ("a-restricted-telephone-is-not-shown-even-masked", test_restricted_phone);
  care_add ("today-is-londons-day", test_london_day);
  return g_test_run ();
}
