/* init, import, demo and demonstration: how a service begins. */
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-demo.h"
#include "limber-demonstration.h"
#include "limber-error.h"
#include "limber-import.h"
#include "limber-json.h"
#include "limber-text.h"

static const LimberAuthor author = { "system:limberctl", "set-up" };

static gboolean
check_name (const char *name, GError **error)
{
  if (name == NULL || *name == '\0')
    return limber_errand_usage (error, _("Say what it is called: --name NAME"));
  return limber_text_is_clean (name, 200) || limber_errand_usage (error, _("The name is too long, or not plain text"));
}

/* The organisation, and the device that central itself is. */
static gboolean
write_first_records (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  const LimberIdentity *identity = limber_store_identity (errand->store);
  const char *name = limber_errand_option (errand, "name");
  g_autoptr (LimberEdit) organisation = limber_edit_new ("organisation", &identity->organisation), device = limber_edit_new ("device", &identity->device);
  g_autofree char *key = limber_base64_dup (identity->public_key, sizeof identity->public_key);

  limber_edit_set_text (organisation, "name", name);
  limber_edit_set_text (device, "name", name);
  limber_edit_set_word (device, "class", limber_class_name (identity->klass));
  limber_edit_set_text (device, "key", key);
  limber_edit_set_integer (device, "joined", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, organisation, &author, error) && limber_transaction_edit (transaction, device, &author, error) &&
         limber_transaction_set_meta (transaction, "name", name, error);
}

static void
make_identity (LimberEnv *env, LimberIdentity *identity)
{
  guint8 seed[crypto_sign_SEEDBYTES];

  memset (identity, 0, sizeof *identity);
  identity->klass = LIMBER_CLASS_CENTRAL;
  limber_id_init_new (&identity->device, env);
  limber_id_init_new (&identity->organisation, env);
  limber_env_random (env, seed, sizeof seed);
  crypto_sign_seed_keypair (identity->public_key, identity->secret_key, seed);
  sodium_memzero (seed, sizeof seed);
}

/* init --class central --name NAME [--second FILE] */
gboolean
limber_command_init (LimberErrand *errand, GError **error)
{
  const char *klass = limber_errand_option (errand, "class"), *second = limber_errand_option (errand, "second");
  LimberIdentity identity;
  gboolean made;
  g_autofree char *device = NULL, *organisation = NULL;

  if (g_strcmp0 (klass, "central") != 0)
    return limber_errand_usage (error, _("Only central is made by init (--class central); every other device joins by a code: limberctl join URL CODE"));
  if (!check_name (limber_errand_option (errand, "name"), error) || (second != NULL && !limber_store_check_second (second, error)))
    return FALSE;
  make_identity (errand->env, &identity);
  made = limber_store_create (errand->dir, errand->env, &identity, error);
  sodium_memzero (&identity, sizeof identity);
  if (!made || (second != NULL && !limber_store_place_second (errand->dir, errand->env, second, error)))
    return FALSE;
  errand->store = limber_store_open (errand->dir, LIMBER_STORE_OWN, errand->env, error);
  if (errand->store == NULL || !limber_errand_change (errand, write_first_records, error))
    return FALSE;
  device = limber_id_dup_text (&limber_store_identity (errand->store)->device);
  organisation = limber_id_dup_text (&limber_store_identity (errand->store)->organisation);
  limber_errand_take (errand, json_pack ("{s:s, s:s, s:s, s:s}", "device", device, "organisation", organisation, "class", klass, "name", limber_errand_option (errand, "name")));
  g_string_printf (errand->text, _("Central is set up in %s\n"), errand->dir);
  return TRUE;
}

/* How far an import is, for whoever looks on. */
typedef struct {
  LimberErrand *errand;
  gint64        start;  /* microseconds, when it began */
  gint64        before; /* rows of the lists that are done */
  gint64        rows;   /* of the list that is read now */
  char         *file;   /* (owned) (nullable): which that is */
} Progress;

static void
tell_progress (const char *file, gint64 rows, gint64 done, gint64 size, gpointer data)
{
  Progress *progress = data;
  double seconds = (double) MAX (limber_env_monotonic (progress->errand->env) - progress->start, 1) / 1e6;

  if (g_strcmp0 (progress->file, file) != 0) {
    progress->before += progress->rows;
    g_free (progress->file);
    progress->file = g_strdup (file);
  }
  progress->rows = rows;
  limber_errand_tell (progress->errand, _("%s: %ld lines, %d%%, %ld lines a second"), file, (long) rows, size > 0 ? (int) (done * 100 / size) : 100,
                      (long) ((double) (progress->before + rows) / seconds));
}

static gboolean
is_held_back (json_t *report)
{
  json_t *gone = json_object_get (report, "gone");
  gsize i;
  json_t *one;

  json_array_foreach (gone, i, one)
    if (json_is_string (json_object_get (one, "held_back")))
      return TRUE;
  return FALSE;
}

/* import DIR [--mapping FILE] [--provider CODE] [--refused DIR] [--from DAY] [--until DAY] [--gone-anyway] [--dry-run] */
gboolean
limber_command_import (LimberErrand *errand, GError **error)
{
  Progress progress = { .errand = errand, .start = limber_env_monotonic (errand->env) };
  const LimberImportPlan plan = {
    .dir = limber_errand_word (errand, 0),
    .mapping = limber_errand_option (errand, "mapping"),
    .provider = limber_errand_option (errand, "provider"),
    .refused = limber_errand_option (errand, "refused"),
    .from = limber_errand_option (errand, "from"),
    .until = limber_errand_option (errand, "until"),
    .dry_run = limber_errand_has (errand, "dry-run"),
    .gone_anyway = limber_errand_has (errand, "gone-anyway"),
    .cancellable = errand->cancellable,
    .progress = tell_progress,
    .data = &progress,
  };
  json_t *report = limber_import_run (errand->store, &plan, error);

  g_free (progress.file);
  if (report == NULL)
    return FALSE;
  limber_errand_take (errand, report);
  limber_import_to_text (report, errand->text);
  if (json_is_true (json_object_get (report, "stopped")) || is_held_back (report))
    errand->status = 1;
  return TRUE;
}

static gboolean
read_number (LimberErrand *errand, const char *name, guint64 maximum, guint64 *number, GError **error)
{
  const char *text = limber_errand_option (errand, name);

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, maximum, number, NULL))
    return TRUE;
  return limber_errand_usage (error, _("--%s is a number up to %lu"), name, (gulong) maximum);
}

/* demo DIR [--patients N] [--date YYYY-MM-DD] [--seed S] */
gboolean
limber_command_demo (LimberErrand *errand, GError **error)
{
  guint64 patients = LIMBER_DEMO_PATIENTS, seed = 1;
  gint64 now = limber_env_now (errand->env);
  const char *date = limber_errand_option (errand, "date");
  char today[LIMBER_DATE_LENGTH + 1];
  LimberDemoCount count;

  limber_date_of_time (now, today);
  if (!read_number (errand, "patients", LIMBER_DEMO_PATIENTS_MAXIMUM, &patients, error) || !read_number (errand, "seed", G_MAXUINT32, &seed, error))
    return FALSE;
  if (date != NULL && !limber_date_is_valid (date))
    return limber_errand_usage (error, _("--date is a day: YYYY-MM-DD"));
  if (!limber_demo_write (limber_errand_word (errand, 0), &(LimberDemoPlan){ (guint) patients, date != NULL ? date : today, (guint32) seed, now }, &count, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s, s:i, s:i, s:i, s:i, s:i}", "dir", limber_errand_word (errand, 0), "date", date != NULL ? date : today, "patients", (int) count.patients,
                                         "referrals", (int) count.referrals, "appointments", (int) count.appointments, "today", (int) count.today, "classes", (int) count.classes));
  g_string_printf (errand->text, _("An invented county is in %s: %u patients, %u referrals, %u appointments (%u on %s), %u classes\n"), limber_errand_word (errand, 0), count.patients, count.referrals,
                   count.appointments, count.today, date != NULL ? date : today, count.classes);
  return TRUE;
}

static void
tell_made (double done, gpointer data)
{
  limber_errand_tell (data, "%d%%", (int) (done * 100));
}

/* demonstration [--patients N] */
gboolean
limber_command_demonstration (LimberErrand *errand, GError **error)
{
  guint64 patients = LIMBER_DEMO_PATIENTS;
  const json_t *one;
  json_t *made;
  gsize i;

  if (!read_number (errand, "patients", LIMBER_DEMO_PATIENTS_MAXIMUM, &patients, error))
    return FALSE;
  made = limber_demonstration_make (errand->dir, &(LimberDemonstrationPlan){ (guint) patients, errand->cancellable, tell_made, errand }, errand->env, error);
  if (made == NULL)
    return FALSE;
  limber_errand_take (errand, made);
  g_string_printf (errand->text, _("A demonstration of %s is in %s. These can sign in, each with PIN %s:\n"), limber_command_text (made, "site"), errand->dir, limber_command_text (made, "pin"));
  json_array_foreach (json_object_get (made, "staff"), i, one)
    g_string_append_printf (errand->text, "%s %s, %s\n", limber_command_text (one, "given"), limber_command_text (one, "family"), limber_command_text (one, "role"));
  return TRUE;
}
