/* Making and opening a store: its lock, its file, and who it is. */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "limber-adopt.h"
#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-cause.h"
#include "limber-departure.h"
#include "limber-erasure.h"
#include "limber-error.h"
#include "limber-journal.h"
#include "limber-lock.h"
#include "limber-restore-private.h"
#include "limber-schema.h"
#include "limber-scrub.h"
#include "limber-store-private.h"

#define PATIENCE_MS 2000 /* a passing program is done by then */

/* Only one program owns a store; a second one is told who does. */
static gboolean
take_lock (LimberStore *self, GError **error)
{
  self->lock = limber_lock_take (self->dir, self->mode == LIMBER_STORE_OWN_SOON ? PATIENCE_MS : 0, error);
  return self->lock >= 0;
}

static gboolean
read_bytes (LimberDatabase *database, const char *name, guint8 *bytes, gsize length)
{
  g_autofree char *text = limber_database_meta (database, name);

  return limber_base64_read (text, bytes, length);
}

static gboolean
read_id (LimberDatabase *database, const char *name, LimberId *id)
{
  g_autofree char *text = limber_database_meta (database, name);

  return limber_id_parse (id, text);
}

static gboolean
load_identity (LimberStore *self, LimberDatabase *database, GError **error)
{
  LimberIdentity *identity = &self->identity;
  g_autofree char *klass = limber_database_meta (database, "class"), *offset = limber_database_meta (database, "clock_offset");

  if (!limber_class_parse (klass, &identity->klass) || !read_id (database, "device", &identity->device) || !read_id (database, "organisation", &identity->organisation) ||
      !read_bytes (database, "public_key", identity->public_key, sizeof identity->public_key) || !read_bytes (database, "secret_key", identity->secret_key, sizeof identity->secret_key)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED, _("The store in %s does not say whose it is. It was not set up to its end."), self->dir);
    return FALSE;
  }
  identity->has_site = read_id (database, "site", &identity->site);
  if (offset != NULL)
    limber_env_set_offset (self->env, g_ascii_strtoll (offset, NULL, 10));
  return TRUE;
}

static LimberStore *
make (const char *dir, LimberStoreMode mode, LimberEnv *env)
{
  LimberStore *self = g_object_new (LIMBER_TYPE_STORE, NULL);

  self->dir = g_strdup (dir);
  self->path = g_build_filename (dir, "store.db", NULL);
  self->env = limber_env_ref (env);
  self->mode = mode;
  self->context = g_main_context_ref_thread_default ();
#ifdef LIMBER_TEST_HOOKS
  self->kinds = limber_kinds (NULL);
#endif
  return self;
}

static gboolean
save_id (LimberDatabase *database, const char *name, const LimberId *id, GError **error)
{
  g_autofree char *text = limber_id_dup_text (id);

  return limber_database_set_meta (database, name, text, error);
}

static gboolean
save_identity (LimberDatabase *database, const LimberIdentity *identity, GError **error)
{
  g_autofree char *public_key = limber_base64_dup (identity->public_key, sizeof identity->public_key);
  g_autofree char *secret_key = limber_base64_dup (identity->secret_key, sizeof identity->secret_key);
  gboolean saved = limber_database_begin (database, error) && limber_database_set_meta (database, "class", limber_class_name (identity->klass), error) &&
                   save_id (database, "device", &identity->device, error) && save_id (database, "organisation", &identity->organisation, error) &&
                   (!identity->has_site || save_id (database, "site", &identity->site, error)) && limber_database_set_meta (database, "public_key", public_key, error) &&
                   limber_database_set_meta (database, "secret_key", secret_key, error) && limber_database_set_meta (database, "second", NULL, error) && limber_database_commit (database, error);

  sodium_memzero (secret_key, strlen (secret_key));
  return saved;
}

/* Where bodies are pruned their pages can be given back; that must be said while the file is empty. */
static gboolean
prepare_to_shrink (LimberDatabase *database, LimberClass klass, GError **error)
{
  return klass == LIMBER_CLASS_CENTRAL || limber_database_run (database, "PRAGMA auto_vacuum=INCREMENTAL; VACUUM", error);
}

static gboolean
set_up (LimberDatabase *database, const char *path, const LimberIdentity *identity, GError **error)
{
  if (g_chmod (path, 0600) != 0) {
    limber_cause_set_errno (error, LIMBER_ERROR_DISK, errno, _("%s cannot be made: %s"), path, limber_cause_of_errno (errno));
    return FALSE;
  }
  return prepare_to_shrink (database, identity->klass, error) && limber_schema_prepare (database, path, error) && save_identity (database, identity, error);
}

/* What was cut off while it was made, and was said to nobody to be a store: nobody has given it a name or a node yet, as who
 * makes it does in its first change, and nothing was written. */
static gboolean
is_half_made (LimberDatabase *database)
{
  return limber_schema_check (database, NULL) &&
         (limber_database_integer (database, 1, "SELECT count(*) FROM sqlite_schema", "") == 0 ||
          (limber_schema_version (database) > 0 && limber_database_integer (database, 1, "SELECT count(*) FROM meta WHERE name IN ('name', 'upstream')", "") == 0 &&
           limber_database_integer (database, 1, "SELECT count(*) FROM journal", "") == 0));
}

/**
 * limber_store_check_absent:
 * @dir: where a store is to be made
 * @error: LIMBER_ERROR_REFUSED when there is a store that may be somebody's
 *
 * Nothing is changed by looking.
 *
 * Returns: whether limber_store_create() would make one there
 */
gboolean
limber_store_check_absent (const char *dir, LimberEnv *env, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "store.db", NULL);
  g_autoptr (LimberDatabase) database = NULL;
  g_autoptr (GError) why = NULL;
  gboolean restored = limber_restore_is_decided (dir);

  if ((!g_file_test (path, G_FILE_TEST_EXISTS) && !restored) || limber_departure_is_decided (dir))
    return TRUE;
  database = !restored ? limber_database_open (path, FALSE, env, &why) : NULL;
  if (database != NULL && limber_database_untroubled (database, is_half_made (database), &why))
    return TRUE;
  if (g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_DISK))
    g_propagate_error (error, g_steal_pointer (&why));
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is a store in %s already. Nothing was changed."), dir);
  return FALSE;
}

/**
 * limber_store_create:
 * @dir: where; made when it is not there
 * @identity: who the store is to be
 * @error: LIMBER_ERROR_REFUSED when there is a store already
 *
 * Makes a new, empty store. One whose making was cut off is made anew: until its first change gives it a name or a node, it is
 * nobody's. One whose device was let go gives way.
 */
gboolean
limber_store_create (const char *dir, LimberEnv *env, const LimberIdentity *identity, GError **error)
{
  g_autoptr (LimberStore) self = make (dir, LIMBER_STORE_OWN, env);
  g_autoptr (LimberDatabase) database = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0) {
    limber_cause_set_errno (error, limber_error_of_errno (errno), errno, _("%s cannot be made: %s"), dir, limber_cause_of_errno (errno));
    return FALSE;
  }
  if (!take_lock (self, error) || !limber_store_check_absent (dir, env, error) || !limber_departure_forget (dir, error))
    return FALSE;
  database = limber_database_open (self->path, TRUE, env, error);
  return database != NULL && limber_database_untroubled (database, set_up (database, self->path, identity, error), error);
}

/* A line as it was told when it came. Whoever decided about what was kept apart stands in the journal too. */
static gboolean
tell_entry (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  g_autoptr (GString) line = g_string_new (state != LIMBER_JOURNAL_MERGED && entry->has_body ? "!kept apart\t" : NULL);

  limber_entry_append_line (entry, line);
  fwrite (line->str, 1, line->len, data);
  return TRUE;
}

/* The second file was lost, or the store is new: what the journal has must be in it before anything goes on. */
static gboolean
fill_second (FILE *file, gpointer data, GError **error)
{
  LimberStore *self = data;

  if (limber_canary (LIMBER_CANARY_NO_SECOND))
    return TRUE;
  if (limber_database_integer (self->writer, 0, "SELECT 1 FROM journal", "") == 1)
    g_message ("Central's second file was not there. It is made anew, of all that the store has.");
  return limber_journal_range (self->writer, 0, G_MAXINT64, tell_entry, file, error);
}

static gboolean
prepare_writer (LimberStore *self, GError **error)
{
  g_autofree char *pending = NULL, *where = NULL;

  if (!limber_schema_prepare (self->writer, self->path, error) || !limber_restore_set_second (self->dir, self->writer, error) || !load_identity (self, self->writer, error) ||
      !limber_writer_state_load (&self->state, self->writer, &self->identity.device, error))
    return FALSE;
  pending = limber_database_meta (self->writer, LIMBER_ERASURE_PENDING);
  self->scrub = pending != NULL ? LIMBER_SCRUB_ALL : 0;
  where = limber_database_meta (self->writer, "second");
  if (self->identity.klass == LIMBER_CLASS_CENTRAL)
    self->second = limber_second_open (self->dir, where, fill_second, self, error);
  return self->second != NULL || self->identity.klass != LIMBER_CLASS_CENTRAL;
}

/* What an erasure or a restore left to be done, and was kept from doing, is done before anything else. */
static gboolean
open_writer (LimberStore *self, GError **error)
{
  if (!take_lock (self, error) || !limber_restore_put_in_place (self->dir, error))
    return FALSE;
  self->writer = limber_database_open (self->path, TRUE, self->env, error);
  if (self->writer == NULL || !limber_database_untroubled (self->writer, prepare_writer (self, error), error))
    return FALSE;
  limber_scrub_run (self);
  limber_store_start_writer (self);
  return limber_store_write (self, limber_adopt, NULL, error) && limber_restore_replay (self, error);
}

/* Whoever reads must see the store that was restored. */
static gboolean
end_restore (LimberStore *self, GError **error)
{
  g_autoptr (LimberStore) owner = limber_restore_is_decided (self->dir) ? limber_store_open (self->dir, LIMBER_STORE_OWN_SOON, self->env, error) : NULL;

  if (owner != NULL)
    limber_store_close (owner);
  return owner != NULL || !limber_restore_is_decided (self->dir);
}

static gboolean
open_reader (LimberStore *self, GError **error)
{
  LimberDatabase *database = limber_database_open (self->path, FALSE, self->env, error);

  if (database == NULL)
    return FALSE;
  g_queue_push_tail (&self->readers, database);
  return limber_database_untroubled (database, limber_schema_check (database, error) && load_identity (self, database, error), error);
}

/* Its device was let go: what is left of it goes, unless a program has it open still, which removes it when it closes it. */
static LimberStore *
refuse_departed (LimberStore *self, GError **error)
{
  self->lock = limber_lock_take (self->dir, 0, NULL);
  if (self->lock < 0 || limber_departure_carry_out (self->dir, error))
    g_propagate_error (error, limber_departure_error (self->dir));
  return NULL;
}

/**
 * limber_store_open:
 * @dir: a store's folder
 * @mode: whether to own it or to read beside its owner
 * @error: LIMBER_ERROR_NOT_FOUND when there is none, LIMBER_ERROR_BUSY with its owner's name, LIMBER_ERROR_NEWER,
 *   LIMBER_ERROR_DAMAGED, LIMBER_ERROR_DISK_FULL, LIMBER_ERROR_DEPARTED
 *
 * Returns: (transfer full) (nullable): the store
 */
LimberStore *
limber_store_open (const char *dir, LimberStoreMode mode, LimberEnv *env, GError **error)
{
  g_autoptr (LimberStore) self = make (dir, mode, env);

  if (limber_departure_is_decided (dir))
    return refuse_departed (self, error);
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS) && !limber_restore_is_decided (dir)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no store in %s."), dir);
    return NULL;
  }
  if (!(mode == LIMBER_STORE_READ ? end_restore (self, error) && open_reader (self, error) : open_writer (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * limber_store_check_second:
 * @path: where central's second file is to be
 * @error: LIMBER_ERROR_REFUSED when there is no such folder
 *
 * To be asked before anything is made or replaced: it is done whole or not at all.
 */
gboolean
limber_store_check_second (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is no folder %s for the second file. Nothing was changed."), folder);
  return FALSE;
}

/**
 * limber_store_place_second:
 * @dir: the folder of a store that nobody uses
 * @path: where central's second file is to be, best on a disk of its own
 * @error: LIMBER_ERROR_BUSY
 *
 * Says where the second file is (SYNC.md rule 14). A file that is elsewhere already stays there: move it first.
 */
gboolean
limber_store_place_second (const char *dir, LimberEnv *env, const char *path, GError **error)
{
  g_autoptr (LimberStore) self = make (dir, LIMBER_STORE_OWN, env);
  g_autofree char *whole = g_canonicalize_filename (path, NULL);

  if (!take_lock (self, error))
    return FALSE;
  self->writer = limber_database_open (self->path, TRUE, env, error);
  return self->writer != NULL && limber_database_begin (self->writer, error) && limber_database_set_meta (self->writer, "second", whole, error) && limber_database_commit (self->writer, error);
}
