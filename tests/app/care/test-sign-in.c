/* Signing in: by whose word, when this computer cannot know who has left, and when somebody is not of its site. */
#include "care-fixture.h"

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-pin.h"
#include "limber-sign-in.h"
#include "limber-sign-in-code.h"
#include "limber-standing.h"

#include <string.h>

#define HERS "481516"
#define HIS "274019"

typedef struct {
  LimberId     id;
  const char  *pin;
  LimberAuthor author;
  char        *question, *code;
  LimberId     device;
  const char  *heard;
  const char  *journalled;
} Job;

static gboolean
set_pin (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_pin_set_own (transaction, &job->id, job->pin, "reception", error);
}

static gboolean
set_heard (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "upstream", "https://central.example", error) && limber_transaction_set_meta (transaction, "heard", ((Job *) data)->heard, error);
}

static LimberId
put (Care *care, LimberStore *store, const char *name, const char *role, const LimberId *site, const char *pin)
{
  Job job = { .pin = pin };
  g_autofree char *text = limber_id_dup_text (site);
  g_autoptr (GError) error = NULL;

  test_id (&job.id, name);
  test_store_put (store, "staff", &job.id, "number", name, "family", "Ng", "given", name, "role", role, "site", text, NULL);
  if (pin != NULL)
    limber_store_write (store, set_pin, &job, &error);
  g_assert_no_error (error);
  return job.id;
}

/* Central was heard of last on Friday at five. */
static void
lose_touch (Care *care)
{
  g_autofree char *heard = g_strdup_printf ("%" G_GINT64_FORMAT, care_time ("2026-11-20T17:00:00Z"));
  Job job = { .heard = heard };

  limber_store_write (care->hub, set_heard, &job, NULL);
}

static gboolean
needs (LimberReader *reader, gpointer data, GError **error)
{
  LimberId ruth;

  test_id (&ruth, "ruth");
  return limber_sign_in_needs (reader, &ruth, data, error);
}

static void
assert_needs (Care *care, gboolean reason, gboolean word)
{
  LimberSignInNeeds found;
  g_autoptr (GError) error = NULL;

  limber_store_read (care->hub, needs, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found.reason, ==, reason);
  g_assert_cmpint (found.word, ==, word);
}

static void
let_in (Care *care, const LimberSignIn *sign_in)
{
  g_autoptr (GError) error = NULL;

  limber_sign_in (care->hub, sign_in, &error);
  g_assert_no_error (error);
}

static void
keep_out (Care *care, const LimberSignIn *sign_in, int code)
{
  gint64 before = care_count (care, "SELECT count(*) FROM journal");
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_sign_in (care->hub, sign_in, &error));
  g_assert_error (error, LIMBER_ERROR, code);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM journal"), ==, before);
}

static void
test_alone (Care *care, gconstpointer data)
{
  LimberId ruth = put (care, care->hub, "ruth", "reception", &care->site, HERS);

  care_clock (care, "09:00");
  assert_needs (care, FALSE, FALSE);
  let_in (care, &(LimberSignIn){ .staff = ruth, .pin = HERS });
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HIS }, LIMBER_ERROR_UNAUTHORISED);
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM cover"), ==, 0);
}

/* From Friday at five, the rule's ninety-six hours are over on Tuesday at five; a site may want fewer, not fewer than a day, or none. */
static void
test_hours (Care *care, gconstpointer data)
{
  put (care, care->hub, "ruth", "reception", &care->site, HERS);
  lose_touch (care);
  care_clock (care, "2026-11-24T17:00:00Z");
  assert_needs (care, FALSE, FALSE);
  care_clock (care, "2026-11-24T17:00:01Z");
  assert_needs (care, FALSE, TRUE);
  test_store_put (care->hub, "site", &care->site, "sign_in_hours", "0", NULL);
  assert_needs (care, FALSE, FALSE);
  test_store_put (care->hub, "site", &care->site, "sign_in_hours", "1", NULL);
  care_clock (care, "2026-11-21T16:59:00Z");
  assert_needs (care, FALSE, FALSE);
  care_clock (care, "2026-11-21T17:01:00Z");
  assert_needs (care, FALSE, TRUE);
}

/* A leaver's PIN, of whom this computer has not heard, is not enough any more; a colleague's word is, for a day, with his name. */
static void
test_voucher (Care *care, gconstpointer data)
{
  LimberId ruth = put (care, care->hub, "ruth", "reception", &care->site, HERS), sam = put (care, care->hub, "sam", "physiotherapist", &care->site, HIS);
  LimberId stu = put (care, care->hub, "stu", "physio-student", &care->site, "159357"), far = put (care, care->hub, "far", "reception", &care->other_site, "602214");

  lose_touch (care);
  care_clock (care, "2026-11-25T09:00:00Z");
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .voucher = &ruth, .voucher_pin = HERS }, LIMBER_ERROR_REFUSED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .voucher = &sam, .voucher_pin = HERS }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .voucher = &stu, .voucher_pin = "159357" }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .voucher = &far, .voucher_pin = "602214" }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HIS, .voucher = &sam, .voucher_pin = HIS }, LIMBER_ERROR_UNAUTHORISED);
  let_in (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .voucher = &sam, .voucher_pin = HIS });
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM cover WHERE why='offline' AND by IS NOT NULL"), ==, 1);
  assert_needs (care, FALSE, FALSE);
  let_in (care, &(LimberSignIn){ .staff = ruth, .pin = HERS }); /* after a break */
  care_clock (care, "2026-11-26T09:00:00Z");
  assert_needs (care, FALSE, TRUE);
}

static gboolean
stand (LimberReader *reader, gpointer data, GError **error)
{
  g_auto (LimberStanding) standing = { 0 };
  Job *job = data;

  if (!limber_standing_read (&standing, reader, &job->author, error))
    return FALSE;
  g_assert_cmpstr (standing.journalled, ==, job->journalled);
  return TRUE;
}

static void
assert_journalled (Care *care, const LimberId *staff, const char *journalled)
{
  g_autofree char *text = limber_id_dup_text (staff);
  Job job = { .author = { text, "reception" }, .journalled = journalled };

  g_assert_true (limber_store_read (care->hub, stand, &job, NULL));
}

static void
test_cover (Care *care, gconstpointer data)
{
  LimberId ruth = put (care, care->hub, "ruth", "reception", &care->other_site, HERS);

  care_clock (care, "09:00");
  assert_needs (care, TRUE, FALSE);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS }, LIMBER_ERROR_REFUSED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .reason = " x " }, LIMBER_ERROR_REFUSED);
  assert_journalled (care, &ruth, "reception");
  let_in (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .reason = "Jo is ill" });
  assert_journalled (care, &ruth, "reception+cover");
  assert_needs (care, FALSE, FALSE);
  care_clock (care, "2026-11-24T09:00:00Z");
  assert_needs (care, TRUE, FALSE);
}

static void
test_newcomer (Care *care, gconstpointer data)
{
  LimberId sam = put (care, care->hub, "sam", "physiotherapist", &care->site, HIS), id;
  LimberNewcomer newcomer = { "Okafor", "Ada", LIMBER_ROLE_PHYSIOTHERAPIST, HERS, "Agency, for Jo", &sam, HIS };
  g_autoptr (GError) error = NULL;

  care_clock (care, "09:00");
  limber_sign_in_newcomer (care->hub, &newcomer, &id, &error);
  g_assert_no_error (error);
  let_in (care, &(LimberSignIn){ .staff = id, .pin = HERS });
  assert_journalled (care, &id, "physiotherapist+cover");
  care_clock (care, "2026-11-24T09:00:00Z");
  keep_out (care, &(LimberSignIn){ .staff = id, .pin = HERS }, LIMBER_ERROR_UNAUTHORISED);
  for (guint role = 0; role < LIMBER_N_ROLES; role++)
    g_assert_true (!limber_sign_in_may_come (role) || (!limber_role_may (role, LIMBER_ACTION_STAFF, TRUE) && !limber_role_may (role, LIMBER_ACTION_READ, FALSE)));
}

static void
test_no_newcomer (Care *care, gconstpointer data)
{
  LimberId sam = put (care, care->hub, "sam", "physiotherapist", &care->site, HIS), id;
  const LimberNewcomer wrong[] = {
    { "Okafor", "Ada", LIMBER_ROLE_MANAGER, HERS, "Agency, for Jo", &sam, HIS },         { "Okafor", "Ada", LIMBER_ROLE_PHYSIOTHERAPIST, HERS, "Agency, for Jo", &sam, HERS },
    { "Okafor", "Ada", LIMBER_ROLE_PHYSIOTHERAPIST, HERS, "", &sam, HIS },               { "Okafor", "Ada", LIMBER_ROLE_PHYSIOTHERAPIST, "123456", "Agency, for Jo", &sam, HIS },
    { " ", "Ada", LIMBER_ROLE_PHYSIOTHERAPIST, HERS, "Agency, for Jo", &sam, HIS },
  };

  care_clock (care, "09:00");
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (limber_sign_in_newcomer (care->hub, &wrong[i], &id, &error));
    g_assert_nonnull (error);
  }
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM staff"), ==, 1);
}

/* The code. */

static gboolean
give_code (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  job->code = limber_sign_in_code_answer (transaction, &job->device, &job->id, job->question, &job->author, error);
  return job->code != NULL;
}

static gboolean
trust (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "node_class", "central", error) && limber_transaction_set_meta (transaction, "node_key", data, error);
}

static LimberStore *
put_central (Care *care, const char *dir, Job *job)
{
  const LimberIdentity *hub = limber_store_identity (care->hub);
  LimberStore *central = test_store_new (dir, care->env, LIMBER_CLASS_CENTRAL, NULL);
  g_autofree char *key = limber_base64_dup (hub->public_key, 32), *own = limber_base64_dup (limber_store_identity (central)->public_key, 32), *site = limber_id_dup_text (&care->site);
  g_autoptr (GError) error = NULL;

  job->id = put (care, central, "ruth", "reception", &care->site, NULL);
  job->device = hub->device;
  job->author = (LimberAuthor){ "00000000-0000-7000-8000-000000000001", "service-manager" };
  test_store_put (central, "device", &job->device, "name", "Front desk", "class", "desk", "site", site, "key", key, "joined", "2026-11-01T09:00:00Z", NULL);
  limber_store_write (care->hub, trust, own, &error);
  g_assert_no_error (error);
  return central;
}

static void
test_code (Care *care, gconstpointer data)
{
  g_autofree char *dir = test_dir_new (), *said = NULL, *another = limber_sign_in_code_question (care->env);
  Job job = { .question = limber_sign_in_code_question (care->env) }, wrong;
  LimberStore *central = put_central (care, dir, &job);
  LimberId ruth = put (care, care->hub, "ruth", "reception", &care->site, HERS), sam = put (care, care->hub, "sam", "reception", &care->site, HIS);
  g_autoptr (GError) error = NULL;

  lose_touch (care);
  care_clock (care, "2026-11-25T09:00:00Z");
  wrong = job;
  wrong.author.role = "reception";
  g_assert_false (limber_store_write (central, give_code, &wrong, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_clear_error (&error);
  limber_store_write (central, give_code, &job, &error);
  g_assert_no_error (error);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .question = job.question, .code = "ABCD EFGH" }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .question = another, .code = job.code }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = sam, .pin = HIS, .question = job.question, .code = job.code }, LIMBER_ERROR_UNAUTHORISED);
  keep_out (care, &(LimberSignIn){ .staff = ruth, .pin = HIS, .question = job.question, .code = job.code }, LIMBER_ERROR_UNAUTHORISED);
  said = g_ascii_strdown (job.code, -1); /* as somebody types it */
  let_in (care, &(LimberSignIn){ .staff = ruth, .pin = HERS, .question = job.question, .code = said });
  g_assert_cmpint (care_count (care, "SELECT count(*) FROM cover WHERE why='offline' AND by IS NULL"), ==, 1);
  test_store_put (central, "staff", &ruth, "left", "1", NULL);
  g_clear_pointer (&job.code, g_free);
  g_assert_false (limber_store_write (central, give_code, &job, &error)); /* central knows who has left */
  g_free (job.question);
  limber_store_close (central);
  g_object_unref (central);
  test_dir_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/care/sign-in/a-pin-alone-is-enough-for-the-sites-own-staff", Care, "hub", care_set_up, test_alone, care_tear_down);
  g_test_add ("/care/sign-in/after-the-hours-of-the-site-without-central-a-pin-alone-is-not-enough", Care, "hub", care_set_up, test_hours, care_tear_down);
  g_test_add ("/care/sign-in/a-colleague-vouches-for-a-day-with-a-pin-of-her-own", Care, "hub", care_set_up, test_voucher, care_tear_down);
  g_test_add ("/care/sign-in/staff-of-another-site-say-why-and-are-marked", Care, "hub", care_set_up, test_cover, care_tear_down);
  g_test_add ("/care/sign-in/who-is-not-on-this-computer-is-let-in-on-a-colleagues-word-for-a-day", Care, "hub", care_set_up, test_newcomer, care_tear_down);
  g_test_add ("/care/sign-in/nobody-is-let-in-so-as-a-manager-or-without-a-good-word", Care, "hub", care_set_up, test_no_newcomer, care_tear_down);
  g_test_add ("/care/sign-in/a-code-of-centrals-is-good-for-one-question-one-person-and-one-computer", Care, "hub", care_set_up, test_code, care_tear_down);
  return g_test_run ();
}
