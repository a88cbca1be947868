#include "limber-test-net.h"

#include <glib/gstdio.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-date.h"
#include "limber-enrolment.h"
#include "limber-error.h"
#include "limber-seal.h"
#include "limber-sign.h"

struct _TestNet {
  LimberTransport parent;
  GHashTable     *nodes;  /* url → LimberNode */
  GHashTable     *faults; /* url → TestNetFault */
  GHashTable     *wakes;  /* LimberWake → url */
  GPtrArray      *held;   /* GTask: what was asked of a node that is silent */
  TestNetTamper   tamper;
  gpointer        tamper_data;
  guint           requests;
  gboolean        no_compare;
};

typedef struct {
  char       *url;
  LimberWake *wake;
  gulong      cancelled;
} Send;

G_DEFINE_FINAL_TYPE (TestNet, test_net, LIMBER_TYPE_TRANSPORT)

static void
send_free (Send *send)
{
  g_free (send->url);
  g_clear_object (&send->wake);
  g_free (send);
}

static TestNetFault
fault_of (TestNet *self, const char *url)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->faults, url));
}

static void
on_wake_gone (LimberWake *wake, TestNet *self)
{
  g_hash_table_remove (self->wakes, wake);
}

static void
on_handled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  TestNet *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);
  g_autoptr (LimberWake) wake = NULL;
  LimberMessage *answer = limber_node_handle_finish (LIMBER_NODE (source), result, &wake, NULL);

  g_assert_nonnull (answer);
  if (fault_of (self, send->url) != TEST_NET_CARRY) {
    limber_message_unref (answer);
    if (wake != NULL)
      limber_wake_close (wake);
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "lost");
    return;
  }
  if (wake != NULL) {
    g_hash_table_insert (self->wakes, wake, g_strdup (send->url));
    g_signal_connect_object (wake, "closed", G_CALLBACK (on_wake_gone), self, 0);
  }
  send->wake = g_steal_pointer (&wake);
  g_task_return_pointer (task, answer, (GDestroyNotify) limber_message_unref);
}

static gboolean
let_go (gpointer data)
{
  GTask *task = data;
  TestNet *self = g_task_get_source_object (task);
  Send *send = g_task_get_task_data (task);

  if (!g_ptr_array_remove (self->held, task))
    return G_SOURCE_REMOVE;
  g_cancellable_disconnect (g_task_get_cancellable (task), send->cancelled);
  g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "No answer from %s for a long time", send->url);
  return G_SOURCE_REMOVE;
}

/* Not at once: whoever gives up what it asked does not expect to hear of it within. */
static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, let_go, g_object_ref (task), g_object_unref);
}

static void
hold (TestNet *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_ptr_array_add (self->held, task);
  if (cancellable != NULL)
    ((Send *) g_task_get_task_data (task))->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), task, NULL);
}

static void
let_all_go (TestNet *self, const char *url)
{
  for (guint i = self->held->len; i > 0; i--) {
    g_autoptr (GTask) task = g_object_ref (self->held->pdata[i - 1]);

    if (g_str_equal (((Send *) g_task_get_task_data (task))->url, url))
      let_go (task);
  }
}

/* What goes over a wire is a copy. */
static LimberMessage *
copy_request (LimberMessage *request)
{
  LimberMessage *copy = limber_message_new (request->method, request->path, request->query);
  GHashTableIter iter;
  gpointer name, value;

  limber_message_set_body (copy, NULL, request->body);
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    limber_message_set (copy, name, value);
  return copy;
}

static void
test_net_send_async (LimberTransport *transport, const char *url, LimberMessage *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TestNet *self = TEST_NET (transport);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Send *send = g_new0 (Send, 1);
  LimberNode *node = g_hash_table_lookup (self->nodes, url);
  g_autoptr (LimberMessage) copy = copy_request (request);

  send->url = g_strdup (url);
  g_task_set_task_data (task, send, (GDestroyNotify) send_free);
  self->requests++;
  if (node == NULL || fault_of (self, url) == TEST_NET_CUT) {
    g_task_return_new_error (task, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE, "No answer from %s", url);
    g_object_unref (task);
    return;
  }
  if (fault_of (self, url) == TEST_NET_SILENT) {
    hold (self, task);
    return;
  }
  if (self->tamper != NULL)
    self->tamper (copy, self->tamper_data);
  limber_node_handle_async (node, copy, NULL, on_handled, task);
}

static LimberMessage *
test_net_send_finish (LimberTransport *transport, GAsyncResult *result, LimberWake **wake, GError **error)
{
  Send *send = g_task_get_task_data (G_TASK (result));

  *wake = g_steal_pointer (&send->wake);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_net_finalize (GObject *object)
{
  TestNet *self = TEST_NET (object);

  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->faults);
  g_hash_table_unref (self->wakes);
  g_ptr_array_unref (self->held);
  G_OBJECT_CLASS (test_net_parent_class)->finalize (object);
}

static void
test_net_class_init (TestNetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_net_finalize;
  LIMBER_TRANSPORT_CLASS (klass)->send_async = test_net_send_async;
  LIMBER_TRANSPORT_CLASS (klass)->send_finish = test_net_send_finish;
}

static void
test_net_init (TestNet *self)
{
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wakes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
}

TestNet *
test_net_new (void)
{
  return g_object_new (TEST_TYPE_NET, NULL);
}

void
test_net_add (TestNet *net, const char *url, LimberNode *node)
{
  g_hash_table_insert (net->nodes, g_strdup (url), g_object_ref (node));
}

void
test_net_drop_lines (TestNet *net, const char *url)
{
  g_autoptr (GList) wakes = g_hash_table_get_keys (net->wakes);

  for (GList *at = wakes; at != NULL; at = at->next)
    if (g_strcmp0 (g_hash_table_lookup (net->wakes, at->data), url) == 0)
      limber_wake_close (at->data);
}

void
test_net_remove (TestNet *net, const char *url)
{
  test_net_drop_lines (net, url);
  g_hash_table_remove (net->nodes, url);
}

/**
 * test_net_set_fault:
 *
 * Cutting a node off also ends the open lines to it.
 */
void
test_net_set_fault (TestNet *net, const char *url, TestNetFault fault)
{
  g_hash_table_insert (net->faults, g_strdup (url), GINT_TO_POINTER (fault));
  if (fault == TEST_NET_CUT)
    test_net_drop_lines (net, url);
  if (fault != TEST_NET_SILENT)
    let_all_go (net, url);
}

void
test_net_set_tamper (TestNet *net, TestNetTamper tamper, gpointer data)
{
  net->tamper = tamper;
  net->tamper_data = data;
}

guint
test_net_requests (TestNet *net)
{
  return net->requests;
}

/**
 * test_net_held:
 *
 * Returns: how many requests wait for nodes that are silent
 */
guint
test_net_held (TestNet *net)
{
  return net->held->len;
}

/**
 * test_net_set_compare:
 *
 * Whether those who sync on this network compare digests.
 */
void
test_net_set_compare (TestNet *net, gboolean compare)
{
  net->no_compare = !compare;
}

typedef struct {
  LimberMessage *answer;
  gboolean       done;
} Asking;

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (LimberWake) wake = NULL;

  asking->answer = limber_transport_send_finish (LIMBER_TRANSPORT (source), result, &wake, NULL);
  asking->done = TRUE;
}

LimberMessage *
test_net_ask (TestNet *net, const char *url, LimberMessage *request)
{
  Asking asking = { 0 };

  limber_transport_send_async (LIMBER_TRANSPORT (net), url, request, NULL, on_asked, &asking);
  while (!asking.done)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  g_assert_nonnull (asking.answer);
  return asking.answer;
}

/* Places. */

static TestPlace *
new_place (TestNet *net, const char *url)
{
  static guint64 seed = 1000;
  TestPlace *place = g_new0 (TestPlace, 1);

  place->dir = test_dir_new ();
  place->clock.seed = seed += 77;
  place->env = test_env_new (&place->clock);
  place->net = net;
  place->url = g_strdup (url);
  return place;
}

static void
start_node (TestPlace *place)
{
  g_autoptr (GError) error = NULL;

  if (place->url == NULL)
    return;
  place->node = limber_node_new (place->store, &error);
  g_assert_no_error (error);
  test_net_add (place->net, place->url, place->node);
}

/**
 * test_place_central:
 *
 * Returns: a central service at @url, with its own device record
 */
TestPlace *
test_place_central (TestNet *net, const char *url)
{
  TestPlace *place = new_place (net, url);
  g_autofree char *dir = g_build_filename (place->dir, "store", NULL), *key = NULL, *joined = limber_time_to_iso (TEST_NOW);
  const LimberIdentity *identity;

  place->store = test_store_new (dir, place->env, LIMBER_CLASS_CENTRAL, NULL);
  identity = limber_store_identity (place->store);
  key = limber_base64_dup (identity->public_key, sizeof identity->public_key);
  test_store_put (place->store, "device", &identity->device, "name", "Central", "class", "central", "key", key, "joined", joined, NULL);
  test_store_put (place->store, "organisation", &identity->organisation, "name", "Harrow MSK", NULL);
  test_store_put_staff (place->store);
  start_node (place);
  return place;
}

typedef struct {
  LimberEnrolment enrolment;
  const guint8   *key;
  char           *code;
} Enrol;

static gboolean
enrol (LimberTransaction *transaction, gpointer data, GError **error)
{
  Enrol *what = data;

  return limber_enrolment_make (transaction, &what->enrolment, what->key, &what->code, error);
}

char *
test_place_enrol (TestPlace *at, LimberClass klass, const LimberId *site, gint64 expires, const LimberId *replaces)
{
  Enrol what = { { klass, site, "A device", expires, replaces }, limber_store_identity (at->store)->public_key, NULL };
  g_autoptr (GError) error = NULL;

  limber_store_write (at->store, enrol, &what, &error);
  g_assert_no_error (error);
  return what.code;
}

void
test_place_open (TestPlace *place)
{
  g_autofree char *dir = g_build_filename (place->dir, "store", NULL);
  g_autoptr (GError) error = NULL;

  place->store = limber_store_open (dir, LIMBER_STORE_OWN, place->env, &error);
  g_assert_no_error (error);
  start_node (place);
}

/**
 * test_place_join_by:
 * @code: of @at
 * @url: (nullable): the address of its own node, for a hub
 *
 * Returns: a device that has joined @at
 */
TestPlace *
test_place_join_by (TestNet *net, TestPlace *at, const char *code, const char *url)
{
  TestPlace *place = new_place (net, url);
  g_autofree char *dir = g_build_filename (place->dir, "store", NULL);
  g_autoptr (GError) error = NULL;

  limber_client_join_full (dir, at->url, code, place->env, LIMBER_TRANSPORT (net), NULL, &error);
  g_assert_no_error (error);
  test_place_open (place);
  return place;
}

/**
 * test_place_join:
 * @url: (nullable): the address of its own node, for a hub
 *
 * Returns: a device that has joined @at, as a person would let it
 */
TestPlace *
test_place_join (TestNet *net, TestPlace *at, LimberClass klass, const LimberId *site, const char *url)
{
  g_autofree char *code = test_place_enrol (at, klass, site, 0, NULL);

  return test_place_join_by (net, at, code, url);
}

/**
 * test_place_sync:
 *
 * One whole session; it must succeed.
 */
void
test_place_sync (TestPlace *place)
{
  g_autoptr (LimberClient) client = limber_client_new_full (place->store, LIMBER_TRANSPORT (place->net));
  g_autoptr (GError) error = NULL;

  limber_client_set_compare (client, !place->net->no_compare);
  limber_client_sync_once (client, NULL, &error);
  g_assert_no_error (error);
}

void
test_place_start (TestPlace *place)
{
  place->client = limber_client_new_full (place->store, LIMBER_TRANSPORT (place->net));
  limber_client_start (place->client);
}

void
test_place_close (TestPlace *place)
{
  if (place->client != NULL)
    limber_client_stop (place->client);
  g_clear_object (&place->client);
  if (place->node != NULL)
    test_net_remove (place->net, place->url);
  g_clear_object (&place->node);
  if (place->store != NULL)
    limber_store_close (place->store);
  g_clear_object (&place->store);
  while (g_main_context_iteration (NULL, FALSE)) /* those who were answered hear of it */
    ;
}

void
test_place_free (TestPlace *place)
{
  test_place_close (place);
  test_dir_remove (place->dir);
  limber_env_unref (place->env);
  g_free (place->dir);
  g_free (place->url);
  g_free (place);
}

/**
 * test_place_ask:
 * @at: a node that @as has joined, or is known to
 * @request: (inout): without a signature; afterwards as it went out
 * @run: the node's
 * @counter: of the nonce
 *
 * Returns: (transfer full): the answer, opened
 */
LimberMessage *
test_place_ask (TestPlace *as, TestPlace *at, LimberMessage *request, const char *run, guint64 counter)
{
  const LimberIdentity *identity = limber_store_identity (as->store);
  LimberSignature signature = { .device = identity->device, .counter = counter };
  LimberMessage *answer;
  LimberSeal seal;

  g_strlcpy (signature.node_run, run, sizeof signature.node_run);
  memset (signature.device_run, 'a', LIMBER_RUN_LENGTH);
  g_assert_true (limber_seal_init_device (&seal, as->env, limber_store_identity (at->store)->public_key));
  limber_message_set (request, "limber-seal", seal.name);
  limber_seal_close (request, seal.asked);
  limber_sign_request (request, &signature, identity->secret_key);
  answer = test_net_ask (as->net, at->url, request);
  g_assert_true (limber_seal_open (answer, seal.answered, NULL));
  return answer;
}

/**
 * test_place_copy:
 * @to: closed
 *
 * Puts the files of @from's store, open or not, in the place of @to's: a copied disk.
 */
void
test_place_copy (TestPlace *from, TestPlace *to)
{
  static const char *const names[] = { "store.db", "store.db-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *source = g_build_filename (from->dir, "store", names[i], NULL), *target = g_build_filename (to->dir, "store", names[i], NULL), *bytes = NULL;
    gsize length;

    g_unlink (target);
    if (g_file_get_contents (source, &bytes, &length, NULL))
      g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
  }
}

/**
 * test_place_save:
 *
 * Returns: (transfer full): a closed place with a copy of the store as it is now, to be put back by test_place_restore()
 */
TestPlace *
test_place_save (TestPlace *place)
{
  TestPlace *saved = new_place (place->net, NULL);
  g_autofree char *dir = g_build_filename (saved->dir, "store", NULL);

  g_mkdir (dir, 0700);
  test_place_copy (place, saved);
  return saved;
}

void
test_place_restore (TestPlace *place, TestPlace *saved)
{
  test_place_close (place);
  test_place_copy (saved, place);
  test_place_open (place);
}
