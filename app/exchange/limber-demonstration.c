/* It is made in a folder beside where it is to be and moved there when it is whole, so that what was stopped or cut off is no store of
 * anybody's. Everybody at its site has one PIN, which the store keeps in words: it guards nobody's secrets. */
#include "limber-demonstration.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-date.h"
#include "limber-demo.h"
#include "limber-error.h"
#include "limber-import.h"
#include "limber-import-row.h"
#include "limber-json.h"
#include "limber-pin.h"

#define META "demonstration"
#define ADMINISTRATOR "ADMIN" /* a staff number that no list of ours has */
/* How much of the work is done when the lists are written, and when they are imported. */
#define WRITTEN 0.05
#define IMPORTED 0.9

static const LimberAuthor author = { "system:demonstration", "set-up" };

typedef struct {
  const LimberDemonstrationPlan *plan;
  LimberEnv *env;
  char      *dir;   /* (owned): where it is made */
  char      *lists; /* (owned) */
  char      *pin;   /* (owned) */
  LimberId   organisation;
  int        list;  /* which one is imported */
  char      *file;  /* (owned) (nullable): its name */
} Making;

static void
tell (Making *making, double done)
{
  if (making->plan->progress != NULL)
    making->plan->progress (done, making->plan->data);
}

/* Six lists, of which the last three are long. */
static void
imported_some (const char *file, gint64 rows, gint64 done, gint64 size, gpointer data)
{
  Making *making = data;

  if (g_strcmp0 (making->file, file) != 0) {
    g_free (making->file);
    making->file = g_strdup (file);
    making->list++;
  }
  tell (making, WRITTEN + (IMPORTED - WRITTEN) * (MIN (making->list - 1, 5) + (size > 0 ? (double) done / (double) size : 1)) / 6);
}

/* A folder of ours: what is in it we have made a moment ago. */
static void
remove_folder (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (dir);
}

static void
making_clear (Making *making)
{
  if (making->dir != NULL)
    remove_folder (making->dir);
  g_free (making->dir);
  g_free (making->lists);
  g_free (making->pin);
  g_free (making->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gboolean
make_folder (Making *making, const char *dir, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (dir);

  if (g_file_test (dir, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is something in %s already. Nothing was changed."), dir);
    return FALSE;
  }
  making->dir = g_build_filename (parent, ".demonstration-XXXXXX", NULL);
  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdtemp_full (making->dir, 0700) == NULL) {
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("%s cannot be made: %s"), dir, limber_cause_of_errno (errno));
    g_clear_pointer (&making->dir, g_free);
    return FALSE;
  }
  making->lists = g_build_filename (making->dir, "lists", NULL);
  return TRUE;
}

static gboolean
make_store (Making *making, GError **error)
{
  LimberImportScope scope = { .provider = NULL };
  LimberIdentity identity = { .klass = LIMBER_CLASS_DESK, .has_site = TRUE };
  guint8 seed[crypto_sign_SEEDBYTES];
  gboolean made;

  limber_id_init_new (&identity.device, making->env);
  limber_id_init_new (&identity.organisation, making->env);
  making->organisation = scope.organisation = identity.organisation;
  limber_import_row_id (&scope, "site", LIMBER_DEMONSTRATION_CODE, &identity.site);
  limber_env_random (making->env, seed, sizeof seed);
  crypto_sign_seed_keypair (identity.public_key, identity.secret_key, seed);
  made = limber_store_create (making->dir, making->env, &identity, error);
  sodium_memzero (&identity, sizeof identity);
  sodium_memzero (seed, sizeof seed);
  return made;
}

static gboolean
name_store (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Making *making = data;
  g_autoptr (LimberEdit) organisation = limber_edit_new ("organisation", &making->organisation);

  limber_edit_set_text (organisation, "name", _("Demonstration"));
  return limber_transaction_set_meta (transaction, "name", _("Demonstration desk"), error) && limber_transaction_set_meta (transaction, META, making->pin, error) &&
         limber_transaction_edit (transaction, organisation, &author, error);
}

static gboolean
note_staff (const LimberRecord *record, gpointer data)
{
  g_array_append_val ((GArray *) data, record->id);
  return TRUE;
}

/* The lists bring whoever works at a site; who sets it up is none of them. */
static gboolean
add_administrator (Making *making, LimberTransaction *transaction, const LimberId *site, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_from_key (&id, &making->organisation, "import", "staff", ADMINISTRATOR, NULL);
  edit = limber_edit_new ("staff", &id);
  limber_edit_set_text (edit, "number", ADMINISTRATOR);
  limber_edit_set_text (edit, "family", "Winterbourne");
  limber_edit_set_text (edit, "given", "Odile");
  limber_edit_set_text (edit, "role", "administrator");
  limber_edit_set_id (edit, "site", site);
  return limber_transaction_edit (transaction, edit, &author, error);
}

/* Every screen says what it is by the site's name, and everybody of the site can sign in. */
static gboolean
prepare_site (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const fields[] = { "site", NULL };
  Making *making = data;
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GArray) staff = g_array_new (FALSE, FALSE, sizeof (LimberId));
  g_auto (LimberValue) site = LIMBER_VALUE_INIT;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  if (!limber_reader_site (reader, &id))
    return limber_error_refuse (error, _("A demonstration is one site’s."));
  limber_value_set_id (&site, &id);
  edit = limber_edit_new ("site", &id);
  limber_edit_set_text (edit, "name", _("Demonstration clinic"));
  if (!limber_transaction_edit (transaction, edit, &author, error) || !add_administrator (making, transaction, &id, error) || !limber_reader_list (reader, "staff", fields, &site, note_staff, staff, error))
    return FALSE;
  for (guint i = 0; i < staff->len; i++)
    if (!limber_pin_set (transaction, &g_array_index (staff, LimberId, i), making->pin, &author, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_lists (Making *making, GError **error)
{
  gint64 now = limber_env_now (making->env);
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  tell (making, 0);
  if (!limber_demo_write (making->lists, &(LimberDemoPlan){ making->plan->patients, today, 1, now }, NULL, error))
    return FALSE;
  tell (making, WRITTEN);
  return TRUE;
}

static gboolean
fill_store (Making *making, LimberStore *store, GError **error)
{
  const LimberImportPlan plan = { .dir = making->lists, .cancellable = making->plan->cancellable, .progress = imported_some, .data = making };
  g_autoptr (json_t) report = NULL;

  if (!limber_store_write (store, name_store, making, error) || (report = limber_import_run (store, &plan, error)) == NULL || g_cancellable_set_error_if_cancelled (plan.cancellable, error))
    return FALSE;
  tell (making, IMPORTED);
  return limber_store_write (store, prepare_site, making, error);
}

static json_t *
make (Making *making, GError **error)
{
  g_autoptr (LimberStore) store = NULL;
  json_t *said = NULL;

  if (!write_lists (making, error) || g_cancellable_set_error_if_cancelled (making->plan->cancellable, error) || !make_store (making, error) ||
      (store = limber_store_open (making->dir, LIMBER_STORE_OWN, making->env, error)) == NULL)
    return NULL;
  if (fill_store (making, store, error))
    said = limber_demonstration_json (store, error);
  limber_store_close (store);
  remove_folder (making->lists);
  return said;
}

/**
 * limber_demonstration_make:
 * @dir: where its store will be; there must be nothing there
 * @error: LIMBER_ERROR_REFUSED, LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DISK, G_IO_ERROR_CANCELLED
 *
 * Makes a demonstration. Blocks for some seconds; not for the main thread.
 *
 * Returns: (transfer full) (nullable): as limber_demonstration_json()
 */
json_t *
limber_demonstration_make (const char *dir, const LimberDemonstrationPlan *plan, LimberEnv *env, GError **error)
{
  g_auto (Making) making = { .plan = plan, .env = env };
  g_autoptr (json_t) said = NULL;

  making.pin = limber_pin_make (env);
  if (!make_folder (&making, dir, error) || (said = make (&making, error)) == NULL)
    return NULL;
  if (g_rename (making.dir, dir) != 0) {
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("%s cannot be made: %s"), dir, limber_cause_of_errno (errno));
    return NULL;
  }
  g_clear_pointer (&making.dir, g_free);
  tell (&making, 1);
  return g_steal_pointer (&said);
}

static gboolean
read_pin (LimberReader *reader, gpointer data, GError **error)
{
  *(char **) data = limber_reader_meta (reader, META);
  return TRUE;
}

/**
 * limber_demonstration_pin:
 *
 * Returns: (transfer full) (nullable): the PIN of everybody who signs in, in a demonstration; %NULL in any other store
 */
char *
limber_demonstration_pin (LimberStore *store)
{
  char *pin = NULL;

  limber_store_read (store, read_pin, &pin, NULL);
  return pin;
}

static gboolean
describe (LimberReader *reader, gpointer data, GError **error)
{
  json_t **json = data, *list = json_array ();
  g_autoptr (GPtrArray) staff = limber_pin_staff (reader, error);
  g_autoptr (LimberRecord) site = limber_reader_by_key (reader, "site", LIMBER_DEMONSTRATION_CODE, error);
  g_autofree char *pin = limber_reader_meta (reader, META);

  *json = json_pack ("{s:s?, s:s?, s:o}", "site", site != NULL ? limber_record_text (site, "name") : NULL, "pin", pin, "staff", list);
  for (guint i = 0; staff != NULL && i < staff->len; i++) {
    LimberRow *row = staff->pdata[i];

    json_array_append_new (list, json_pack ("{s:s, s:s, s:s, s:s}", "number", limber_row_text (row, "number"), "family", limber_row_text (row, "family"), "given", limber_row_text (row, "given"),
                                            "role", limber_row_text (row, "role")));
  }
  return staff != NULL && site != NULL;
}

/**
 * limber_demonstration_json:
 * @store: a demonstration's
 *
 * Returns: (transfer full) (nullable): "site", its name; "pin", everybody's; "staff", who can sign in: number, family, given, role
 */
json_t *
limber_demonstration_json (LimberStore *store, GError **error)
{
  json_t *json = NULL;

  if (limber_store_read (store, describe, &json, error))
    return json;
  json_decref (json);
  return NULL;
}
