/* Clinics, free times, booking, moving, follow-ups: at a hub of the site. */
#include "care-fixture.h"

#include <string.h>

#include "limber-booked-twice.h"
#include "limber-booking.h"
#include "limber-date.h"
#include "limber-error.h"

#define MINUTE 60000

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };

typedef struct {
  LimberBooking  booking;
  LimberClinic   clinic;
  LimberClosure  closure;
  LimberId       id;
  int            weeks, times;
  const char    *what;
} Job;

static gboolean
plan_and_book (LimberTransaction *transaction, Job *job, GError **error)
{
  g_autoptr (GArray) plan = limber_booking_plan (limber_transaction_reader (transaction), &job->booking, job->weeks, job->times, error);

  return plan != NULL && limber_booking_book_series (transaction, &job->booking, plan, &job->id, &author, error);
}

static gboolean
do_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  if (g_str_equal (job->what, "clinic"))
    return limber_clinic_add (transaction, &job->clinic, &job->id, &author, error);
  if (g_str_equal (job->what, "closure"))
    return limber_closure_add (transaction, &job->closure, &job->id, &author, error);
  if (g_str_equal (job->what, "book"))
    return limber_booking_book (transaction, &job->booking, &job->id, &author, error);
  if (g_str_equal (job->what, "move"))
    return limber_booking_move (transaction, &job->id, &job->booking, &author, error);
  if (g_str_equal (job->what, "walk-in"))
    return limber_booking_walk_in (transaction, &job->booking, &job->id, &author, error);
  if (g_str_equal (job->what, "take-back"))
    return limber_booking_take_back (transaction, &job->id, &author, error);
  if (g_str_equal (job->what, "cancel"))
    return limber_desk_cancel (transaction, &job->id, 0, "patient", "Holiday", &author, error);
  g_assert_cmpstr (job->what, ==, "series");
  return plan_and_book (transaction, job, error);
}

static gboolean
try_at (LimberStore *store, Job *job, const char *what, GError **error)
{
  job->what = what;
  return limber_store_write (store, do_job, job, error);
}

static void
do_at (LimberStore *store, Job *job, const char *what)
{
  g_autoptr (GError) error = NULL;

  try_at (store, job, what, &error);
  g_assert_no_error (error);
}

static void
refuse (Care *care, Job *job, const char *what, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_at (care->hub, job, what, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, words);
}

/* A booking of somebody with Sam in the gym. */
static Job
with_sam (Care *care, const char *person, const char *time)
{
  Job job = { .booking = { .site = care->site, .start = care_time (time), .minutes = 30 } };

  test_id (&job.booking.patient, person);
  test_id (&job.booking.clinician, "S-Sam-Gym");
  test_id (&job.booking.place, "Gym");
  return job;
}

static void
put_clinic (Care *care, const char *given, const char *room, const char *first, int begins, int ends, int every)
{
  g_autofree char *number = g_strdup_printf ("S-%s-%s", given, room);
  Job job = { .clinic = { .site = care->site, .first = first, .every = every, .begins = begins, .ends = ends, .minutes = 30 } };

  test_id (&job.clinic.clinician, number);
  test_id (&job.clinic.place, room);
  do_at (care->hub, &job, "clinic");
}

/* Sam sees people in the gym on Mondays from nine to noon; Ann and Bob, who may come. */
static void
set_up (Care *care, gconstpointer data)
{
  care_set_up (care, "hub");
  care_clock (care, "08:00");
  care_person (care, "ann", "Zed", "Ann", "1940-01-01");
  care_person (care, "bob", "Young", "Bob", "1950-01-01");
  care_see (care, "Sam", "Gym", NULL);
  care_see (care, "Kim", "Room 2", NULL);
  put_clinic (care, "Sam", "Gym", "2026-11-23", 9 * 60, 12 * 60, 1);
}

typedef struct {
  LimberSlotAsk ask;
  const char   *date; /* or NULL: the next free ones */
  gint64        from;
  guint         most;
  GPtrArray    *slots;
} Slots;

static gboolean
read_slots (LimberReader *reader, gpointer data, GError **error)
{
  Slots *slots = data;

  slots->slots = slots->date != NULL ? limber_slots_of_day (reader, &slots->ask, slots->date, error) : limber_slots_free (reader, &slots->ask, slots->from, LIMBER_SLOTS_AHEAD, slots->most, error);
  return slots->slots != NULL;
}

/* The times of a day, those that are taken with an x, as London's clocks have them. */
static char *
slots_of (Care *care, const char *date)
{
  Slots slots = { .ask = { .site = &care->site }, .date = date };
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  limber_store_read (care->hub, read_slots, &slots, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < slots.slots->len; i++) {
    const LimberSlot *slot = g_ptr_array_index (slots.slots, i);
    g_autofree char *time = limber_time_for_staff (slot->start);

    g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", time, slot->taken ? "x" : "");
  }
  g_ptr_array_unref (slots.slots);
  return g_string_free (text, FALSE);
}

#define assert_slots(care, date, what)                         \
  G_STMT_START {                                               \
    g_autofree char *found = slots_of (care, date);            \
    g_assert_cmpstr (found, ==, what);                         \
  } G_STMT_END

static void
test_slots (Care *care, gconstpointer data)
{
  Job job = with_sam (care, "ann", "10:00");

  assert_slots (care, "2026-11-23", "09:00 09:30 10:00 10:30 11:00 11:30");
  assert_slots (care, "2026-11-24", "");
  assert_slots (care, "2026-11-16", "");
  assert_slots (care, "2026-11-30", "09:00 09:30 10:00 10:30 11:00 11:30");
  do_at (care->hub, &job, "book");
  assert_slots (care, "2026-11-23", "09:00 09:30 10:00x 10:30 11:00 11:30");
  do_at (care->hub, &job, "cancel");
  assert_slots (care, "2026-11-23", "09:00 09:30 10:00 10:30 11:00 11:30");
}

static void
test_clocks_change (Care *care, gconstpointer data)
{
  gint64 winter = care_time ("2027-03-22T09:00:00Z"), summer = care_time ("2027-03-29T09:00:00+01:00");
  Slots slots = { .ask = { .site = &care->site }, .date = "2027-03-29" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (summer - winter, ==, 7 * 24 * 60 * MINUTE - 60 * MINUTE);
  limber_store_read (care->hub, read_slots, &slots, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((LimberSlot *) g_ptr_array_index (slots.slots, 0))->start, ==, summer);
  g_ptr_array_unref (slots.slots);
  put_clinic (care, "Kim", "Room 2", "2027-03-28", 0, 3 * 60, 0); /* at one the clocks go to two */
  assert_slots (care, "2027-03-28", "00:00 00:30 02:00 02:30");
}

static void
test_closed (Care *care, gconstpointer data)
{
  Job holiday = { .closure = { .first = "2026-11-30", .last = "2026-11-30", .name = "Flood" } }, job = with_sam (care, "ann", "2026-11-30T10:00:00Z");

  do_at (care->hub, &holiday, "closure");
  assert_slots (care, "2026-11-30", "");
  job.booking.anyway = "she asked so nicely";
  refuse (care, &job, "book", "Nobody is seen on 30-Nov-2026: Flood. The next free time is Monday 07-Dec-2026 at 09:00.");
  do_at (care->hub, &holiday, "closure"); /* the same list again */
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM closure"), ==, 1);
}

static void
test_away (Care *care, gconstpointer data)
{
  Job leave = { .closure = { .first = "2026-11-28", .last = "2026-12-04", .name = "Leave" } }, job = with_sam (care, "ann", "2026-11-30T10:00:00Z");

  test_id (&leave.closure.clinician, "S-Sam-Gym");
  do_at (care->hub, &leave, "closure");
  assert_slots (care, "2026-11-30", "");
  refuse (care, &job, "book", "Sam Smith sees nobody on 30-Nov-2026: Leave. The next free time is Monday 07-Dec-2026 at 09:00.");
  job.booking.anyway = "Comes in for her";
  do_at (care->hub, &job, "book");
}

static void
test_clinic_twice (Care *care, gconstpointer data)
{
  Job job = { .clinic = { .site = care->site, .first = "2026-12-07", .every = 2, .begins = 11 * 60, .ends = 13 * 60, .minutes = 20 } };

  test_id (&job.clinic.clinician, "S-Sam-Gym");
  refuse (care, &job, "clinic", "Sam Smith has another clinic on Monday 07-Dec-2026, 09:00 to 12:00 at Alexandra Avenue Clinic.");
  test_id (&job.clinic.clinician, "S-Kim-Room 2");
  test_id (&job.clinic.place, "Gym");
  refuse (care, &job, "clinic", "Gym is taken by a clinic of Sam Smith on Monday 07-Dec-2026, 09:00 to 12:00.");
  test_id (&job.clinic.place, "Room 2");
  do_at (care->hub, &job, "clinic");
  job.id = (LimberId){ { 0 } };
  job.clinic.ends = job.clinic.begins;
  refuse (care, &job, "clinic", "A clinic ends after it begins, on the same day.");
}

static void
test_clinician (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "10:15");

  do_at (care->hub, &ann, "book");
  test_id (&bob.booking.place, "Room 2");
  refuse (care, &bob, "book", "Sam Smith is booked then: 10:00 to 10:30, ZED, Ann, at Alexandra Avenue Clinic. The next free time is Monday 23-Nov-2026 at 10:30.");
  bob.booking.anyway = "Sam said so";
  do_at (care->hub, &bob, "book");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM appointment WHERE anyway='Sam said so'"), ==, 1);
}

static void
test_reason_without_clash (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00");

  ann.booking.anyway = "to be sure";
  do_at (care->hub, &ann, "book");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM appointment WHERE anyway IS NULL"), ==, 1);
}

static void
test_room (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "10:00");

  do_at (care->hub, &ann, "book");
  test_id (&bob.booking.clinician, "S-Kim-Room 2");
  refuse (care, &bob, "book", "Gym is taken then: 10:00 to 10:30, Sam Smith.");
  bob.booking.anyway = "Big enough";
  do_at (care->hub, &bob, "book");
}

static void
test_person (Care *care, gconstpointer data)
{
  Job one = with_sam (care, "ann", "10:00"), two = with_sam (care, "ann", "10:15");

  do_at (care->hub, &one, "book");
  test_id (&two.booking.clinician, "S-Kim-Room 2");
  test_id (&two.booking.place, "Room 2");
  two.booking.anyway = "both";
  refuse (care, &two, "book", "This person has another appointment then: 10:00 to 10:30, Sam Smith, Gym, Alexandra Avenue Clinic.");
}

/* Two records of one person are one person. */
static void
test_merged_person (Care *care, gconstpointer data)
{
  Job one = with_sam (care, "ann", "10:00"), two = with_sam (care, "bob", "10:00");
  g_autofree char *ann = limber_id_dup_text (&one.booking.patient);

  care_put (care, "patient", "bob", "merged_into", ann);
  do_at (care->hub, &one, "book");
  test_id (&two.booking.clinician, "S-Kim-Room 2");
  test_id (&two.booking.place, "Room 2");
  refuse (care, &two, "book", "This person has another appointment then: 10:00 to 10:30, Sam Smith, Gym, Alexandra Avenue Clinic.");
}

static void
test_back_to_back (Care *care, gconstpointer data)
{
  Job one = with_sam (care, "ann", "10:00"), two = with_sam (care, "ann", "10:30"), three = with_sam (care, "bob", "09:30");

  do_at (care->hub, &one, "book");
  do_at (care->hub, &two, "book");
  do_at (care->hub, &three, "book");
}

static void
test_no_sense (Care *care, gconstpointer data)
{
  Job past = with_sam (care, "ann", "2026-11-20T10:00:00Z"), far = with_sam (care, "ann", "2031-11-20T10:00:00Z"), elsewhere = with_sam (care, "ann", "10:00"), room = elsewhere, died = elsewhere, klass = elsewhere, nobody = with_sam (care, "bob", "10:00");
  g_autofree char *other = NULL;

  refuse (care, &past, "book", "That day is over. Nobody can be booked on it.");
  refuse (care, &far, "book", "That is more than three years away.");
  elsewhere.booking.site = care->other_site;
  refuse (care, &elsewhere, "book", "This computer does not know who is booked at Belmont Health Centre. Book it there, or at the office.");
  other = limber_id_dup_text (&care->other_site);
  care_put (care, "place", "Room 2", "site", other);
  test_id (&room.booking.place, "Room 2");
  refuse (care, &room, "book", "That room is at another site.");
  klass.booking.type = "class";
  refuse (care, &klass, "book", "Here a new or a follow-up appointment is booked. People join a class on its register, and a walk-in is there already.");
  care_put (care, "patient", "bob", "withdrawn", "1");
  refuse (care, &nobody, "book", "The registration of this person was taken back. Register the person again first.");
  care_put (care, "patient", "ann", "died", "2026-11-01");
  refuse (care, &died, "book", "This person is recorded as having died on 01-Nov-2026. If the record is wrong, correct it first.");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM appointment"), ==, 0);
}

static void
test_move (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "11:00");
  g_autoptr (LimberRecord) moved = NULL;

  do_at (care->hub, &ann, "book");
  do_at (care->hub, &bob, "book");
  ann.booking.start = care_time ("10:15"); /* over its own old time */
  do_at (care->hub, &ann, "move");
  ann.booking.start = care_time ("11:15");
  refuse (care, &ann, "move", "Sam Smith is booked then: 11:00 to 11:30, YOUNG, Bob, at Alexandra Avenue Clinic. The next free time is Monday 23-Nov-2026 at 11:30.");
  moved = test_store_get (care->hub, "appointment", &ann.id);
  g_assert_cmpint (limber_record_integer (moved, "start"), ==, care_time ("10:15"));
  do_at (care->hub, &ann, "cancel");
  ann.booking.start = care_time ("09:00");
  refuse (care, &ann, "move", "Only what is still booked can be moved. Book another one in its place.");
}

static void
test_rebook (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), again = with_sam (care, "ann", "2026-11-30T10:00:00Z");
  g_autoptr (LimberRecord) record = NULL;

  do_at (care->hub, &ann, "book");
  again.booking.replaces = ann.id;
  refuse (care, &again, "book", "That appointment still stands. Move it, or cancel it first.");
  do_at (care->hub, &ann, "cancel");
  do_at (care->hub, &again, "book");
  record = test_store_get (care->hub, "appointment", &again.id);
  g_assert_true (limber_id_equal (limber_record_id (record, "replaces"), &ann.id));
}

static gboolean
read_today (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "today", error, "dii", NULL, care_time ("00:00"), care_time ("23:00"));

  *(guint *) data = rows->len;
  return rows != NULL;
}

static void
test_take_back (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00");
  g_autoptr (LimberRecord) record = NULL;
  guint n;

  do_at (care->hub, &ann, "book");
  do_at (care->hub, &ann, "take-back");
  record = test_store_get (care->hub, "appointment", &ann.id);
  g_assert_cmpstr (limber_record_word (record, "status"), ==, "cancelled");
  g_assert_cmpstr (limber_record_text (record, "cancelled_by"), ==, "mistake");
  limber_store_read (care->hub, read_today, &n, NULL);
  g_assert_cmpuint (n, ==, 0); /* as if it had never been */
  assert_slots (care, "2026-11-23", "09:00 09:30 10:00 10:30 11:00 11:30");
  refuse (care, &ann, "take-back", "This cannot be taken back any more: somebody has gone on with that appointment.");
}

static void
test_walk_in (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), again = { 0 }, bob = with_sam (care, "bob", "10:00");
  g_autoptr (LimberRecord) record = NULL;

  do_at (care->hub, &bob, "book");
  care_clock (care, "10:07");
  do_at (care->hub, &ann, "walk-in"); /* Sam is busy: she waits until there is time */
  record = test_store_get (care->hub, "appointment", &ann.id);
  g_assert_cmpstr (limber_record_word (record, "status"), ==, "arrived");
  g_assert_cmpstr (limber_record_text (record, "type"), ==, "walk-in");
  again = with_sam (care, "ann", "10:00");
  refuse (care, &again, "walk-in", "This person has an appointment here today at 10:07: that is the one to check in.");
  bob.id = (LimberId){ { 0 } };
  refuse (care, &bob, "walk-in", "This person has an appointment here today at 10:00: that is the one to check in.");
  do_at (care->hub, &ann, "take-back");
  do_at (care->hub, &again, "walk-in");
}

static char *
starts (Care *care, const LimberId *first, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 1; i <= n; i++) {
    LimberId id;
    g_autoptr (LimberRecord) record = NULL;
    g_autofree char *iso = NULL;

    limber_booking_series_id (first, i, &id);
    record = test_store_get (care->hub, "appointment", &id);
    iso = limber_time_to_iso (limber_record_integer (record, "start"));
    g_string_append_printf (text, "%s%.16s", i > 1 ? " " : "", iso);
  }
  return g_string_free (text, FALSE);
}

/* At the second one's hour she is elsewhere, the third's is taken, and in the fourth week the site is closed and Sam has an extra day. */
static void
test_series (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "2026-12-21T10:00:00Z"), kim = with_sam (care, "ann", "2026-12-07T10:00:00Z"), closed = { .closure = { .first = "2027-01-04", .last = "2027-01-04", .name = "Training" } };
  g_autofree char *found = NULL;

  test_id (&kim.booking.clinician, "S-Kim-Room 2");
  test_id (&kim.booking.place, "Room 2");
  do_at (care->hub, &kim, "book");
  do_at (care->hub, &bob, "book");
  do_at (care->hub, &closed, "closure");
  put_clinic (care, "Sam", "Gym", "2027-01-06", 9 * 60, 10 * 60, 0);
  ann.weeks = 2;
  ann.times = 4;
  do_at (care->hub, &ann, "series");
  found = starts (care, &ann.id, 4);
  g_assert_cmpstr (found, ==, "2026-11-23T10:00 2026-12-07T09:30 2026-12-21T09:30 2027-01-06T09:30");
  do_at (care->hub, &ann, "take-back");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM appointment WHERE status%16=1 AND cancelled_by='mistake'"), ==, 4);
}

static void
test_series_over_clock_change (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "2027-03-22T11:00:00Z");
  g_autofree char *found = NULL;

  ann.weeks = 1;
  ann.times = 2;
  do_at (care->hub, &ann, "series");
  found = starts (care, &ann.id, 2);
  g_assert_cmpstr (found, ==, "2027-03-22T11:00 2027-03-29T11:00"); /* by the clock on the wall */
}

static void
test_series_whole_or_not (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), closed = { .closure = { .first = "2026-12-04", .last = "2026-12-10", .name = "Works" } };

  do_at (care->hub, &closed, "closure");
  ann.weeks = 1;
  ann.times = 4;
  refuse (care, &ann, "series", "There is no free time in the week of Monday 07-Dec-2026. Choose fewer, or begin at another time. Nothing was booked.");
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM appointment"), ==, 0);
  ann.times = 27;
  refuse (care, &ann, "series", "Follow-ups are 1 to 52 weeks apart, and 2 to 26 of them at once.");
}

/* Kim has no clinic: it is the same hour, or none. */
static void
test_series_without_clinic (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "2026-12-07T10:00:00Z");
  g_autofree char *found = NULL;

  test_id (&ann.booking.clinician, "S-Kim-Room 2");
  test_id (&ann.booking.place, "Room 2");
  bob.booking.clinician = ann.booking.clinician;
  do_at (care->hub, &bob, "book");
  ann.weeks = 1;
  ann.times = 3;
  refuse (care, &ann, "series", "There is no free time in the week of Monday 07-Dec-2026. Choose fewer, or begin at another time. Nothing was booked.");
  ann.times = 2;
  do_at (care->hub, &ann, "series");
  found = starts (care, &ann.id, 2);
  g_assert_cmpstr (found, ==, "2026-11-23T10:00 2026-11-30T10:00");
}

/* Two desks, apart. */

typedef struct {
  LimberBookedTwice *twice;
} Sweep;

static gboolean
look (LimberReader *reader, gpointer data, GError **error)
{
  return limber_booked_twice_look (data, reader, error);
}

static gboolean
tell (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_booked_twice_tell (data, transaction, error);
}

static void
sweep (LimberStore *store)
{
  g_autoptr (LimberBookedTwice) twice = limber_booked_twice_new ();
  g_autoptr (GError) error = NULL;

  limber_store_read (store, look, twice, &error);
  g_assert_no_error (error);
  limber_store_write (store, tell, twice, &error);
  g_assert_no_error (error);
}

#define OPEN "SELECT count(*) FROM task WHERE about='booked-twice' AND status%16=0"

static void
test_apart (Care *care, gconstpointer data)
{
  g_autofree char *dir = test_dir_new (), *central_dir = test_dir_new (), *before = NULL;
  LimberStore *desk = test_store_new (dir, care->env, LIMBER_CLASS_DESK, &care->site), *central = test_store_new (central_dir, care->env, LIMBER_CLASS_CENTRAL, NULL);
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "10:00");
  g_autoptr (LimberRecord) one = NULL, other = NULL;

  test_store_push (care->hub, desk);
  do_at (desk, &ann, "book");
  do_at (care->hub, &bob, "book");
  test_store_push (desk, care->hub);
  one = test_store_get (care->hub, "appointment", &ann.id);
  other = test_store_get (care->hub, "appointment", &bob.id);
  g_assert_cmpstr (limber_record_word (one, "status"), ==, "booked"); /* both stand */
  g_assert_cmpstr (limber_record_word (other, "status"), ==, "booked");
  test_store_push (care->hub, central);
  sweep (care->hub);
  sweep (central);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 1);
  test_store_push (care->hub, central); /* it is the same task */
  g_assert_cmpint (test_store_count (central, OPEN), ==, 1);
  g_assert_cmpint (test_store_count (central, "SELECT count(*) FROM task"), ==, 1);
  bob.booking.start = care_time ("11:00");
  do_at (care->hub, &bob, "move");
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 0); /* they are apart again */
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, "SELECT count(*) FROM task"), ==, 1);
  g_object_unref (desk);
  g_object_unref (central);
  test_dir_remove (dir);
  test_dir_remove (central_dir);
}

static void
test_meant (Care *care, gconstpointer data)
{
  Job ann = with_sam (care, "ann", "10:00"), bob = with_sam (care, "bob", "10:00");

  do_at (care->hub, &ann, "book");
  bob.booking.anyway = "Sam said so";
  do_at (care->hub, &bob, "book");
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 0);
}

static gboolean
end_tasks (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (limber_transaction_reader (transaction), "tasks-booked-twice", error, "");
  g_autoptr (LimberEdit) edit = limber_edit_new ("task", limber_row_id (g_ptr_array_index (rows, 0), "id"));

  limber_edit_set_word (edit, "status", "done");
  return limber_transaction_edit (transaction, edit, &author, error);
}

static void
test_done_by_desk (Care *care, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  care_appointment (care, "a", "ann", "10:00", "booked");
  care_appointment (care, "b", "bob", "10:00", "booked");
  care_see (care, "Sam", "Gym", "a", "b", NULL);
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 1);
  limber_store_write (care->hub, end_tasks, NULL, &error);
  g_assert_no_error (error);
  care_put (care, "appointment", "a", "minutes", "25");
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 0);
}

/* What a list from elsewhere has at one time it means. */
static void
test_listed (Care *care, gconstpointer data)
{
  care_appointment (care, "a", "ann", "10:00", "booked");
  care_appointment (care, "b", "bob", "10:00", "booked");
  care_put (care, "appointment", "a", "number", "A1");
  care_put (care, "appointment", "b", "number", "A2");
  care_see (care, "Sam", "Gym", "a", "b", NULL);
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 0);
  care_put (care, "appointment", "b", "number", "");
  sweep (care->hub);
  g_assert_cmpint (test_store_count (care->hub, OPEN), ==, 1);
}

/* Whatever is tried, nobody and nothing is in two places at once. */

#define PAIRS                                                                                                                                          \
  "SELECT count(*) FROM appointment a JOIN appointment b ON a.n<b.n AND a.status%16 NOT IN (1, 2) AND b.status%16 NOT IN (1, 2) AND "                  \
  "a.start<b.start+b.minutes*60000 AND b.start<a.start+a.minutes*60000 AND (a.patient=b.patient OR a.clinician=b.clinician OR a.place=b.place)"

static void
random_deed (Care *care, GArray *made)
{
  static const char *const people[] = { "ann", "bob", "cas", "dee", "eve" }, *const clinicians[] = { "S-Sam-Gym", "S-Kim-Room 2" }, *const rooms[] = { "Gym", "Room 2", "" };
  Job job = with_sam (care, people[g_test_rand_int_range (0, 5)], "09:00");
  int what = g_test_rand_int_range (0, 10);

  job.booking.start += (gint64) g_test_rand_int_range (0, 36) * 5 * MINUTE;
  job.booking.minutes = g_test_rand_int_range (1, 10) * 5;
  test_id (&job.booking.clinician, clinicians[g_test_rand_int_range (0, 2)]);
  if (*rooms[g_test_rand_int_range (0, 3)] == '\0')
    job.booking.place = (LimberId){ { 0 } };
  else
    test_id (&job.booking.place, rooms[g_test_rand_int_range (0, 2)]);
  if (what < 5 || made->len == 0) {
    if (try_at (care->hub, &job, "book", NULL))
      g_array_append_val (made, job.id);
    return;
  }
  job.id = g_array_index (made, LimberId, g_test_rand_int_range (0, (int) made->len));
  try_at (care->hub, &job, what < 8 ? "move" : what == 8 ? "cancel" : "take-back", NULL);
}

static void
test_never_twice (Care *care, gconstpointer data)
{
  static const char *const more[] = { "cas", "dee", "eve" };
  g_autoptr (GArray) made = g_array_new (FALSE, FALSE, sizeof (LimberId));

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    care_person (care, more[i], "Xu", more[i], "1960-01-01");
  for (int i = 0; i < 400; i++) {
    random_deed (care, made);
    if (i % 20 == 19)
      g_assert_cmpint (care_count (care, PAIRS), ==, 0);
  }
  g_assert_cmpint ((gint64) made->len, >, 20);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_autofree char *whole = g_strconcat ("/care/booking/", path, NULL);

  g_test_add (whole, Care, NULL, set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-clinic-offers-its-times-and-no-others", test_slots);
  add ("nine-o-clock-stays-nine-o-clock-when-the-clocks-change", test_clocks_change);
  add ("nobody-is-booked-on-a-closed-day-whatever-the-reason", test_closed);
  add ("who-is-away-is-booked-only-with-a-reason", test_away);
  add ("no-clinician-and-no-room-has-two-clinics-at-once", test_clinic_twice);
  add ("a-clinician-is-booked-twice-only-with-a-reason-that-is-kept", test_clinician);
  add ("a-reason-is-kept-only-where-one-was-needed", test_reason_without_clash);
  add ("a-room-is-booked-twice-only-with-a-reason", test_room);
  add ("a-person-is-never-booked-twice", test_person);
  add ("two-records-of-a-person-are-not-booked-at-once", test_merged_person);
  add ("one-appointment-may-follow-another-at-once", test_back_to_back);
  add ("what-makes-no-sense-is-refused-in-plain-words", test_no_sense);
  add ("what-is-booked-can-be-moved-and-nothing-else", test_move);
  add ("another-is-booked-only-in-the-place-of-one-that-is-over", test_rebook);
  add ("a-booking-taken-back-is-on-no-list", test_take_back);
  add ("who-comes-without-an-appointment-waits-until-there-is-time", test_walk_in);
  add ("follow-ups-find-the-nearest-free-time-and-go-back-together", test_series);
  add ("follow-ups-keep-their-hour-when-the-clocks-change", test_series_over_clock_change);
  add ("follow-ups-are-booked-all-or-none", test_series_whole_or_not);
  add ("follow-ups-without-a-clinic-keep-their-hour-or-are-none", test_series_without_clinic);
  add ("what-the-desk-has-done-is-not-asked-again", test_done_by_desk);
  add ("two-who-booked-one-time-apart-both-stand-and-the-desk-is-told-once", test_apart);
  add ("nobody-is-asked-about-what-was-meant", test_meant);
  add ("nobody-is-asked-about-what-a-list-from-elsewhere-has", test_listed);
  add ("whatever-is-tried-nobody-is-in-two-places-at-once", test_never_twice);
  return g_test_run ();
}
