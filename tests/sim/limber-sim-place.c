#include "limber-sim-place.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-date.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-kinds.h"
#include "limber-test.h"


static gint64
place_now (gpointer data)
{
  SimPlace *self = data;

  return SIM_START + sim_loop_now (self->loop) / 1000 + self->skew;
}

static gint64
place_monotonic (gpointer data)
{
  return sim_loop_now (((SimPlace *) data)->loop);
}

static void
place_random (gpointer data, guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (sim_random_next (&((SimPlace *) data)->random) >> 56);
}

static void
on_turn (gpointer data)
{
  sim_place_enter (data);
}

static void
on_brought (gpointer data)
{
  SimPlace *place = data;

  sim_place_enter (place);
  if (place->on_brought != NULL)
    place->on_brought (place, place->data);
}

static GSource *
place_timer (gpointer data, guint milliseconds)
{
  GSource *source = sim_loop_timer (((SimPlace *) data)->loop, milliseconds * G_GINT64_CONSTANT (1000));

  sim_loop_timer_set_before (source, on_turn, data);
  return source;
}

/**
 * sim_place_env:
 *
 * Returns: (transfer full): what a program that starts there finds
 */
LimberEnv *
sim_place_env (SimPlace *place)
{
  static const LimberEnvClass klass = { place_now, place_monotonic, place_random, SIM_DISK_VFS, place_timer, TRUE };

  return limber_env_new (&klass, place, NULL);
}

static void stop_client (SimPlace *self);

static gboolean
fall_silent (gpointer data)
{
  SimPlace *self = data;

  stop_client (self);
  sim_port_set_node (self->port, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
start_again (gpointer data)
{
  SimPlace *self = data;

  if (self->crashed && !self->gone && !self->closed) {
    sim_place_close (self);
    sim_place_open (self);
    if (self->store != NULL && self->on_restarted != NULL)
      self->on_restarted (self, self->data);
  }
  return G_SOURCE_REMOVE;
}

/* In the middle of a write: what else was running here is stopped at the next turn, and started again a while later. */
static gboolean
on_power_gone (gpointer data)
{
  SimPlace *self = data;

  self->crashed = TRUE;
  sim_loop_note (self->loop, "%s: the power goes", self->name);
  sim_loop_after (self->loop, 0, fall_silent, self, NULL);
  sim_loop_after (self->loop, sim_random_range (&self->fate, SIM_SECOND, SIM_MINUTE), start_again, self, NULL);
  return G_SOURCE_REMOVE;
}

SimPlace *
sim_place_new (SimLoop *loop, SimNet *net, guint64 seed, const char *parent, const char *name, LimberClass klass, const LimberId *site, const char *url)
{
  static const LimberId nowhere;
  SimPlace *place = g_new0 (SimPlace, 1);

  place->name = g_strdup (name);
  place->folder = g_build_filename (parent, name, NULL);
  place->klass = klass;
  place->site = site != NULL ? *site : nowhere;
  place->loop = loop;
  place->net = net;
  sim_random_init (&place->random, seed, name, 0);
  sim_random_init (&place->fate, seed, name, 1);
  g_mkdir_with_parents (place->folder, 0700);
  place->disk = sim_disk_new (place->folder, on_power_gone, place);
  place->port = sim_port_new (net, name, url);
  sim_port_set_before (place->port, on_brought, place);
  place->kinds = sim_version_present ();
  return place;
}

void
sim_place_free (SimPlace *place)
{
  sim_place_close (place);
  sim_disk_free (place->disk);
  g_free (place->folder);
  g_free (place->name);
  g_free (place);
}

char *
sim_place_store_dir (SimPlace *place)
{
  return g_build_filename (place->folder, "store", NULL);
}

static void
init_identity (SimPlace *self, LimberIdentity *identity)
{
  guint8 seed[crypto_sign_SEEDBYTES];

  memset (identity, 0, sizeof *identity);
  identity->klass = self->klass;
  place_random (self, seed, sizeof seed);
  crypto_sign_seed_keypair (identity->public_key, identity->secret_key, seed);
  place_random (self, identity->device.bytes, sizeof identity->device.bytes);
  test_id (&identity->organisation, "organisation");
}

/**
 * sim_place_make_central:
 *
 * Makes the central service's store, with its own device record, and opens it.
 */
void
sim_place_make_central (SimPlace *place)
{
  g_autofree char *dir = sim_place_store_dir (place), *key = NULL, *joined = limber_time_to_iso (SIM_START);
  g_autoptr (LimberEnv) env = sim_place_env (place);
  g_autoptr (GError) error = NULL;
  LimberIdentity identity;

  init_identity (place, &identity);
  limber_store_create (dir, env, &identity, &error);
  g_assert_no_error (error);
  sim_place_open (place);
  key = limber_base64_dup (identity.public_key, sizeof identity.public_key);
  test_store_put (place->store, "device", &identity.device, "name", "Central", "class", "central", "key", key, "joined", joined, NULL);
  test_store_put (place->store, "organisation", &identity.organisation, "name", "Harrow MSK", NULL);
  test_store_put_staff (place->store);
}

typedef struct {
  SimPlace       *joining;
  const LimberId *replaces; /* (nullable) */
  const guint8   *key;
  char           *code;
} Enrol;

static gboolean
enrol (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberId nowhere;
  Enrol *what = data;
  gboolean somewhere = !limber_id_equal (&what->joining->site, &nowhere);

  const LimberEnrolment enrolment = { what->joining->klass, somewhere ? &what->joining->site : NULL, what->joining->name, 0, what->replaces };

  return limber_enrolment_make (transaction, &enrolment, what->key, &what->code, error);
}

/**
 * sim_place_join:
 * @at: a place with a node
 * @replaces: (nullable): the hub in whose place it comes
 *
 * Joins a node as a person would, and opens the store.
 */
void
sim_place_join (SimPlace *place, SimPlace *at, const LimberId *replaces)
{
  Enrol what = { place, replaces, limber_store_identity (at->store)->public_key, NULL };
  g_autofree char *dir = sim_place_store_dir (place), *url = g_strdup_printf ("http://%s", at->name);
  g_autoptr (LimberEnv) env = sim_place_env (place);
  g_autoptr (GError) error = NULL;

  limber_store_write (at->store, enrol, &what, &error);
  g_assert_no_error (error);
  limber_client_join_full (dir, url, what.code, env, LIMBER_TRANSPORT (place->port), NULL, &error);
  g_assert_no_error (error);
  g_free (what.code);
  sim_place_open (place);
}

static void
on_central (LimberClient *client, GParamSpec *pspec, SimPlace *self)
{
  limber_node_set_central (self->node, limber_client_get_central_reachable (client));
}

static void
on_state (LimberClient *client, GParamSpec *pspec, SimPlace *self)
{
  sim_loop_note (self->loop, "%s: state %d, %u pending, at %s%s%s", self->name, limber_client_get_state (client), limber_client_get_pending (client), limber_client_get_peer (client),
                 limber_client_get_error (client) != NULL ? ": " : "", limber_client_get_error (client) != NULL ? limber_client_get_error (client) : "");
  if (limber_client_get_state (client) == LIMBER_CLIENT_UP_TO_DATE && self->on_up_to_date != NULL)
    self->on_up_to_date (self, self->data);
}

static void
start_client (SimPlace *self)
{
  self->client = limber_client_new_full (self->store, LIMBER_TRANSPORT (self->port));
  limber_client_set_compare (self->client, !self->no_compare);
  if (self->node != NULL)
    g_signal_connect (self->client, "notify::central-reachable", G_CALLBACK (on_central), self);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (on_state), self);
  limber_client_start (self->client);
}

static void
stop_client (SimPlace *self)
{
  if (self->client == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->client, self);
  limber_client_stop (self->client);
  g_clear_object (&self->client);
}

/* The disk failed, or is full, while the machine was starting: it is tried again later. */
static void
fail_to_start (SimPlace *self, const GError *error)
{
  sim_loop_note (self->loop, "%s does not start: %s", self->name, error->message);
  sim_place_close (self);
  if (!self->crashed)
    sim_loop_after (self->loop, SIM_MINUTE, start_again, self, NULL);
  self->crashed = TRUE;
}

/**
 * sim_place_enter:
 *
 * From here on its own program goes on, of whatever version that is.
 */
void
sim_place_enter (SimPlace *place)
{
  limber_kinds_use (place->kinds);
}

/* It was let go: there is nothing to start again. */
static gboolean
end (gpointer data)
{
  SimPlace *self = data;

  sim_place_close (self);
  return G_SOURCE_REMOVE;
}

static gboolean
note_departure (SimPlace *self, const GError *error)
{
  if (!g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED))
    return FALSE;
  sim_loop_note (self->loop, "%s has gone", self->name);
  self->gone = TRUE;
  sim_loop_after (self->loop, 0, end, self, NULL);
  return TRUE;
}

static void
on_failed (LimberStore *store, const GError *error, SimPlace *self)
{
  note_departure (self, error);
}

static gboolean
start_programs (SimPlace *self, GError **error)
{
  g_autofree char *dir = sim_place_store_dir (self), *path = g_build_filename (dir, "store.db", NULL);

  sim_place_enter (self);
  self->env = sim_place_env (self);
  if (!self->has_form && !sim_version_bring_up (self->kinds, path, self->env, error))
    return FALSE;
  self->has_form = TRUE;
  self->store = limber_store_open (dir, LIMBER_STORE_OWN, self->env, error);
  if (self->store == NULL)
    return FALSE;
  self->device = limber_store_identity (self->store)->device;
  g_signal_connect (self->store, "failed", G_CALLBACK (on_failed), self);
  if (!(self->klass & LIMBER_CLASS_NODES))
    return TRUE;
  self->node = limber_node_new (self->store, error);
  if (self->node == NULL)
    return FALSE;
  sim_port_set_node (self->port, self->node);
  limber_node_tick (self->node);
  return TRUE;
}

/**
 * sim_place_open:
 *
 * Switches the machine on.
 */
void
sim_place_open (SimPlace *place)
{
  g_autoptr (GError) error = NULL;

  if (place->store != NULL || place->gone || place->closed)
    return;
  if (sim_disk_is_dead (place->disk))
    sim_disk_revive (place->disk, &place->fate);
  place->crashed = FALSE;
  place->starts++;
  if (!start_programs (place, &error)) {
    if (!note_departure (place, error))
      fail_to_start (place, error);
    return;
  }
  if (place->on_opened != NULL)
    place->on_opened (place, place->data);
  if (place->klass != LIMBER_CLASS_CENTRAL && !place->offline)
    start_client (place);
}

/**
 * sim_place_close:
 *
 * Switches it off.
 */
void
sim_place_close (SimPlace *place)
{
  g_clear_pointer (&place->env, limber_env_unref);
  if (place->store == NULL)
    return;
  stop_client (place);
  sim_port_set_node (place->port, NULL);
  g_clear_object (&place->node);
  sim_loop_settle (place->loop);
  limber_store_close (place->store);
  g_clear_object (&place->store);
}

static gboolean
on_opening_time (gpointer data)
{
  SimPlace *self = data;

  self->closed = FALSE;
  if (self->crashed)
    start_again (self);
  else
    sim_place_open (self);
  return G_SOURCE_REMOVE;
}

/**
 * sim_place_close_for:
 *
 * Switches it off, for some time.
 */
void
sim_place_close_for (SimPlace *place, gint64 microseconds)
{
  if (place->closed || place->gone)
    return;
  place->closed = TRUE;
  sim_place_close (place);
  sim_loop_after (place->loop, microseconds, on_opening_time, place, NULL);
}

/**
 * sim_place_set_offline:
 *
 * Works without its node, or with it again.
 */
void
sim_place_set_offline (SimPlace *place, gboolean offline)
{
  place->offline = offline;
  if (place->store == NULL || place->klass == LIMBER_CLASS_CENTRAL)
    return;
  if (offline)
    stop_client (place);
  else if (place->client == NULL)
    start_client (place);
}

/**
 * sim_place_copy_disk:
 * @from: a place's folder, or a copy of one
 * @to: another; what it had is gone
 *
 * Copies a disk, also one that is in use.
 */
void
sim_place_copy_disk (const char *from, const char *to)
{
  static const char *const names[] = { "store.db", "store.db-wal" };
  g_autofree char *dir = g_build_filename (to, "store", NULL);

  g_mkdir_with_parents (dir, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *source = g_build_filename (from, "store", names[i], NULL), *target = g_build_filename (to, "store", names[i], NULL), *bytes = NULL;
    gsize length;

    g_unlink (target);
    if (g_file_get_contents (source, &bytes, &length, NULL))
      g_assert_true (g_file_set_contents_full (target, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

/**
 * sim_place_remove_folder:
 *
 * Removes a folder and all in it.
 */
void
sim_place_remove_folder (const char *folder)
{
  test_dir_remove (folder);
}
