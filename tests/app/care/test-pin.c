#include "care-fixture.h"

#include "limber-error.h"
#include "limber-pin.h"

static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "service-manager" };

typedef struct {
  LimberId    staff;
  const char *pin;
  int         seconds;
  gboolean    locked;
  GPtrArray  *rows;
} Job;

static gboolean
set (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_pin_set (transaction, &job->staff, job->pin, &author, error);
}

static void
put_staff (Care *care, const char *name, const char *pin)
{
  Job job = { .pin = pin };
  g_autoptr (GError) error = NULL;
  g_autofree char *site = limber_id_dup_text (&care->site);

  test_id (&job.staff, name);
  test_store_put (care->hub, "staff", &job.staff, "number", name, "family", name, "given", "Jane", "role", "reception", "site", site, NULL);
  if (pin != NULL)
    limber_store_write (care->hub, set, &job, &error);
  g_assert_no_error (error);
}

static gboolean
verify (Care *care, const char *name, const char *pin, GError **error)
{
  LimberId id;

  test_id (&id, name);
  return limber_pin_verify (care->hub, &id, pin, error);
}

static void
assert_wrong (Care *care, const char *name, const char *pin, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (verify (care, name, pin, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_assert_cmpstr (error->message, ==, words);
}

#define WRONG "That PIN is not right."

static void
assert_right (Care *care, const char *name, const char *pin)
{
  g_autoptr (GError) error = NULL;

  verify (care, name, pin, &error);
  g_assert_no_error (error);
}

static void
reopen (Care *care)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&care->hub);
  care->hub = limber_store_open (care->hub_dir, LIMBER_STORE_OWN, care->env, &error);
  g_assert_no_error (error);
}

static void
test_check (void)
{
  static const char *const easy[] = { "111111", "123456", "654321", "012345", "890123", "121212", "123123", "12341234", "112233", "332211", "246802", "000001", "1111111111", "100100" };
  static const char *const no_pins[] = { "", "12345", "1234567890123", "48151a", "481516 ", "٤٨١٥١٦" };
  static const char *const good[] = { "481516", "274019", "4815162342", "159357" };

  for (gsize i = 0; i < G_N_ELEMENTS (easy) + G_N_ELEMENTS (no_pins); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (limber_pin_check (i < G_N_ELEMENTS (easy) ? easy[i] : no_pins[i - G_N_ELEMENTS (easy)], &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (limber_pin_check (good[i], NULL));
}

static void
test_verify (Care *care, gconstpointer data)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  put_staff (care, "jane", "481516");
  assert_right (care, "jane", "481516");
  assert_wrong (care, "jane", "481517", WRONG);
  assert_wrong (care, "jane", "", WRONG);
  assert_right (care, "jane", "481516");
  test_id (&id, "jane");
  record = test_store_get (care->hub, "staff", &id);
  g_assert_true (g_str_has_prefix (limber_record_text (record, "pin"), "$argon2id$"));
}

static void
test_no_pin (Care *care, gconstpointer data)
{
  LimberId id;

  put_staff (care, "jane", NULL);
  put_staff (care, "left", "481516");
  test_id (&id, "left");
  test_store_put (care->hub, "staff", &id, "left", "1", NULL);
  assert_wrong (care, "jane", "481516", "There is no PIN for this person. A manager can set one.");
  assert_wrong (care, "left", "481516", "There is no PIN for this person. A manager can set one.");
}

static gboolean
throttle (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  job->seconds = limber_pin_throttle (reader, &job->staff, &job->locked);
  return TRUE;
}

static Job
ask_throttle (Care *care, const char *name)
{
  Job job = { 0 };

  test_id (&job.staff, name);
  g_assert_true (limber_store_read (care->hub, throttle, &job, NULL));
  return job;
}

static void
test_waits (Care *care, gconstpointer data)
{
  put_staff (care, "jane", "481516");
  put_staff (care, "rose", "274019");
  for (guint i = 0; i < 5; i++)
    assert_wrong (care, "jane", "000000", WRONG);
  assert_wrong (care, "jane", "481516", "Too many wrong PINs. Wait 60 seconds, then try again.");
  g_assert_cmpint (ask_throttle (care, "jane").seconds, ==, 60);
  assert_right (care, "rose", "274019");
  care->clock.now += 59 * 1000;
  assert_wrong (care, "jane", "481516", "Too many wrong PINs. Wait 1 second, then try again.");
  care->clock.now += 1000;
  assert_right (care, "jane", "481516");
  g_assert_cmpint (ask_throttle (care, "jane").seconds, ==, 0);
}

static void
test_wait_doubles_and_locks (Care *care, gconstpointer data)
{
  static const int waits[] = { 60, 120, 240, 480, 960 };

  put_staff (care, "jane", "481516");
  for (guint i = 0; i < 5; i++)
    assert_wrong (care, "jane", "000000", WRONG);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++) {
    g_assert_cmpint (ask_throttle (care, "jane").seconds, ==, waits[i]);
    care->clock.now += waits[i] * 1000;
    assert_wrong (care, "jane", "000000", WRONG);
  }
  g_assert_true (ask_throttle (care, "jane").locked);
  care->clock.now += G_GINT64_CONSTANT (1000) * 60 * 60 * 24 * 365;
  assert_wrong (care, "jane", "481516", "This PIN was entered wrongly ten times and is locked. A new one must be set.");
  put_staff (care, "jane", "274019");
  g_assert_false (ask_throttle (care, "jane").locked);
  assert_right (care, "jane", "274019");
}

static void
test_survives (Care *care, gconstpointer data)
{
  put_staff (care, "jane", "481516");
  for (guint i = 0; i < 5; i++)
    assert_wrong (care, "jane", "000000", WRONG);
  reopen (care);
  assert_wrong (care, "jane", "481516", "Too many wrong PINs. Wait 60 seconds, then try again.");
  limber_env_set_offset (care->env, G_GINT64_CONSTANT (1000) * 60 * 60 * 24); /* somebody set the clock */
  assert_wrong (care, "jane", "481516", "Too many wrong PINs. Wait 60 seconds, then try again.");
}

/* The clock that cannot be set begins again with the machine: then the wait begins again, at most. */
static void
test_survives_a_restart_of_the_machine (Care *care, gconstpointer data)
{
  put_staff (care, "jane", "481516");
  for (guint i = 0; i < 5; i++)
    assert_wrong (care, "jane", "000000", WRONG);
  care->clock.now = 10 * 1000;
  assert_wrong (care, "jane", "481516", "Too many wrong PINs. Wait 50 seconds, then try again.");
  care->clock.now = 60 * 1000;
  assert_right (care, "jane", "481516");
}

static gboolean
list (LimberReader *reader, gpointer data, GError **error)
{
  ((Job *) data)->rows = limber_pin_staff (reader, error);
  return TRUE;
}

static void
test_list (Care *care, gconstpointer data)
{
  Job job = { 0 };
  LimberId id;
  g_autofree char *other = limber_id_dup_text (&care->other_site);

  put_staff (care, "rose", "274019");
  put_staff (care, "jane", "481516");
  put_staff (care, "none", NULL);
  put_staff (care, "gone", "481516");
  put_staff (care, "away", "481516");
  test_id (&id, "gone");
  test_store_put (care->hub, "staff", &id, "left", "1", NULL);
  test_id (&id, "away");
  test_store_put (care->hub, "staff", &id, "site", other, NULL);
  g_assert_true (limber_store_read (care->hub, list, &job, NULL));
  g_assert_cmpuint (job.rows->len, ==, 2);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (job.rows, 0), "family"), ==, "jane");
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (job.rows, 1), "family"), ==, "rose");
  g_ptr_array_unref (job.rows);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer data)
{
  *(int *) data = limber_pin_verify_finish (LIMBER_STORE (source), result, NULL);
}

static gboolean
is_told (gpointer data)
{
  return *(int *) data >= 0;
}

static void
test_async (Care *care, gconstpointer data)
{
  int told = -1;
  LimberId id;

  put_staff (care, "jane", "481516");
  test_id (&id, "jane");
  limber_pin_verify_async (care->hub, &id, "481516", NULL, on_verified, &told);
  g_assert_true (test_wait (is_told, &told));
  g_assert_cmpint (told, ==, TRUE);
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_test_add (path, Care, NULL, care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/care/pin/easy-ones-are-refused", test_check);
  add ("/care/pin/the-right-one-signs-in", test_verify);
  add ("/care/pin/nobody-signs-in-without-one", test_no_pin);
  add ("/care/pin/five-wrong-tries-make-one-person-wait", test_waits);
  add ("/care/pin/the-wait-doubles-and-ten-lock-it", test_wait_doubles_and_locks);
  add ("/care/pin/the-wait-survives-a-restart-and-a-changed-clock", test_survives);
  add ("/care/pin/the-wait-survives-a-restart-of-the-machine", test_survives_a_restart_of_the_machine);
  add ("/care/pin/those-of-the-site-who-have-one-are-listed", test_list);
  add ("/care/pin/a-screen-does-not-wait", test_async);
  return g_test_run ();
}
