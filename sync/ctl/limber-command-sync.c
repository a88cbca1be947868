/* join and sync: how a device comes to a node and keeps in step with it.
 *
 * A client belongs to its program's main thread. Where the store's owner runs one, this file only asks it, from the thread
 * that carries out the errand; where limberctl owns the store itself, it runs one of its own. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-client.h"
#include "limber-commands.h"
#include "limber-control.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-file.h"
#include "limber-json.h"

#define LOOK_MS 100          /* between two looks at the owner's client */
#define OFFLINE_MS 6000      /* a node that has not answered by then is not there */
#define PATIENCE_MS 600000
#define CODE_MAXIMUM 512     /* with the address that it carries */
#define CODE_FILE_MAXIMUM (16 * 1024)

/* How a client stands. */
typedef struct {
  int               state; /* LimberClientState; -1 for none yet */
  guint             pending;
  gint64            last_sync;
  gboolean          central;
  char              peer[16];
  char             *error; /* (owned) (nullable) */
} Standing;

static void
standing_clear (Standing *standing)
{
  g_free (standing->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, standing_clear)

static void
read_standing (LimberClient *client, Standing *standing)
{
  standing->state = limber_client_get_state (client);
  standing->pending = limber_client_get_pending (client);
  standing->last_sync = limber_client_get_last_sync (client);
  standing->central = limber_client_get_central_reachable (client);
  g_strlcpy (standing->peer, limber_client_get_peer (client), sizeof standing->peer);
  standing->error = g_strdup (limber_client_get_error (client));
}

static json_t *
standing_to_json (const Standing *standing)
{
  static const char *const states[] = { "up-to-date", "syncing", "waiting", "offline", "refused" };
  g_autofree char *last = standing->last_sync > 0 ? limber_time_to_iso (standing->last_sync) : NULL;

  return json_pack ("{s:s, s:i, s:s?, s:s, s:b, s:s?}", "state", states[standing->state], "pending", (int) standing->pending, "last_sync", last, "peer", standing->peer, "central_reachable",
                    standing->central, "error", standing->error);
}

static void
standing_to_text (const Standing *standing, GString *out)
{
  g_autofree char *last = standing->last_sync > 0 ? limber_time_to_iso (standing->last_sync) : g_strdup (_("never"));

  switch (standing->state) {
  case LIMBER_CLIENT_UP_TO_DATE:
    g_string_append_printf (out, _("Up to date (%s)\n"), last);
    break;
  case LIMBER_CLIENT_SYNCING:
    g_string_append (out, _("Syncing\n"));
    break;
  case LIMBER_CLIENT_WAITING:
    if (standing->pending == 0)
      g_string_append_printf (out, _("In step with the %s; central is out of reach\n"), standing->peer);
    else
      g_string_append_printf (out, ngettext ("In step with the %s; central lacks %u change\n", "In step with the %s; central lacks %u changes\n", standing->pending), standing->peer, standing->pending);
    break;
  case LIMBER_CLIENT_OFFLINE:
    g_string_append_printf (out, _("No node can be reached; last in step: %s\n"), last);
    break;
  case LIMBER_CLIENT_REFUSED:
    g_string_append_printf (out, _("Refused: %s\n"), standing->error != NULL ? standing->error : "");
    break;
  }
}

static void
answer_standing (LimberErrand *errand, const Standing *standing)
{
  limber_errand_take (errand, standing_to_json (standing));
  g_string_truncate (errand->text, 0);
  standing_to_text (standing, errand->text);
}

static void
print_standing (LimberErrand *errand, const Standing *standing)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (json_t) object = standing_to_json (standing);
  g_autofree char *json = limber_json_dup (object);

  standing_to_text (standing, text);
  limber_errand_print (errand, errand->json ? json : text->str);
  limber_errand_print (errand, errand->json ? "\n" : "");
}

/* Asking the owner's client, in its own thread. */

typedef struct {
  LimberClient *client; /* (owned) */
  gboolean      now;    /* whether it is to try at once */
  GMutex        mutex;
  GCond         cond;
  gboolean      done;   /* (mutex mutex) */
  Standing      standing;
} Question;

static void
question_clear (Question *question)
{
  g_object_unref (question->client);
  g_mutex_clear (&question->mutex);
  g_cond_clear (&question->cond);
  standing_clear (&question->standing);
}

static void
question_release (gpointer question)
{
  g_atomic_rc_box_release_full (question, (GDestroyNotify) question_clear);
}

static gboolean
answer_question (gpointer data)
{
  Question *question = data;

  if (question->now)
    limber_client_sync_now (question->client);
  g_mutex_lock (&question->mutex);
  read_standing (question->client, &question->standing);
  question->done = TRUE;
  g_cond_signal (&question->cond);
  g_mutex_unlock (&question->mutex);
  return G_SOURCE_REMOVE;
}

/* FALSE when the owner's main loop does not come to it. */
static gboolean
ask_client (LimberErrand *errand, gboolean now, Standing *standing)
{
  Question *question = g_atomic_rc_box_new0 (Question);
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  gboolean done;

  question->client = g_object_ref (errand->client);
  question->now = now;
  g_mutex_init (&question->mutex);
  g_cond_init (&question->cond);
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_question, g_atomic_rc_box_acquire (question), question_release);
  g_mutex_lock (&question->mutex);
  while (!question->done && g_cond_wait_until (&question->cond, &question->mutex, until))
    ;
  done = question->done;
  if (done) {
    g_free (standing->error);
    *standing = question->standing;
    question->standing.error = NULL;
  }
  g_mutex_unlock (&question->mutex);
  question_release (question);
  return done;
}

static gboolean
pause_a_little (LimberErrand *errand)
{
  GPollFD fd = { 0 };

  if (g_cancellable_make_pollfd (errand->cancellable, &fd)) {
    g_poll (&fd, 1, LOOK_MS);
    g_cancellable_release_fd (errand->cancellable);
  } else
    g_usleep (LOOK_MS * 1000);
  limber_errand_say (errand, "%s", ""); /* notices a caller that hung up */
  return !g_cancellable_is_cancelled (errand->cancellable);
}

static gboolean
owner_gone (GError **error)
{
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The program that owns the store does not answer"));
  return FALSE;
}

/* One session of the owner's client: until it has read all that its node has, or cannot. */
static gboolean
sync_by_owner (LimberErrand *errand, GError **error)
{
  g_auto (Standing) standing = { 0 };
  gint64 before, waited = 0;

  if (!ask_client (errand, FALSE, &standing))
    return owner_gone (error);
  before = standing.last_sync;
  if (!ask_client (errand, TRUE, &standing))
    return owner_gone (error);
  for (; waited < PATIENCE_MS && pause_a_little (errand); waited += LOOK_MS) {
    if (!ask_client (errand, FALSE, &standing))
      return owner_gone (error);
    if (standing.state == LIMBER_CLIENT_REFUSED || (standing.state == LIMBER_CLIENT_OFFLINE && waited > OFFLINE_MS))
      break;
    if (standing.last_sync != before && (standing.state == LIMBER_CLIENT_UP_TO_DATE || standing.state == LIMBER_CLIENT_WAITING))
      break;
  }
  if (standing.state == LIMBER_CLIENT_OFFLINE || standing.state == LIMBER_CLIENT_REFUSED) {
    g_set_error_literal (error, LIMBER_ERROR, standing.state == LIMBER_CLIENT_OFFLINE ? LIMBER_ERROR_UNREACHABLE : LIMBER_ERROR_UNAUTHORISED,
                         standing.error != NULL ? standing.error : _("No node can be reached"));
    return FALSE;
  }
  answer_standing (errand, &standing);
  return TRUE;
}

/* While a session runs, only that it runs is news. */
static gboolean
same_standing (const Standing *a, const Standing *b)
{
  if (a->state != b->state || a->state == LIMBER_CLIENT_SYNCING)
    return a->state == b->state;
  return a->pending == b->pending && a->last_sync == b->last_sync && a->central == b->central && g_str_equal (a->peer, b->peer);
}

static gboolean
watch_owner (LimberErrand *errand, GError **error)
{
  g_auto (Standing) shown = { .state = -1 }, standing = { 0 };

  do {
    if (!ask_client (errand, FALSE, &standing))
      return owner_gone (error);
    if (same_standing (&shown, &standing))
      continue;
    print_standing (errand, &standing);
    g_free (g_steal_pointer (&shown.error));
    shown = standing;
    shown.error = NULL;
  } while (pause_a_little (errand));
  return TRUE;
}

/* A client of one's own. */

/* The session is over, so that its client has no peer any more: the store says whom it was with. */
static gboolean
read_peer (LimberReader *reader, gpointer data, GError **error)
{
  Standing *standing = data;
  g_autofree char *peer = limber_reader_meta (reader, "peer");

  g_strlcpy (standing->peer, peer != NULL ? peer : "", sizeof standing->peer);
  return TRUE;
}

static gboolean
sync_once (LimberErrand *errand, GError **error)
{
  g_autoptr (LimberClient) client = limber_client_new (errand->store);
  g_auto (Standing) standing = { 0 };

  if (!limber_client_sync_once (client, errand->cancellable, error))
    return FALSE;
  read_standing (client, &standing);
  if (standing.last_sync == 0)
    standing.last_sync = limber_env_now (errand->env);
  if (standing.state == LIMBER_CLIENT_OFFLINE) /* the session is over, and was whole */
    standing.state = standing.pending == 0 ? LIMBER_CLIENT_UP_TO_DATE : LIMBER_CLIENT_WAITING;
  if (!limber_store_read (errand->store, read_peer, &standing, error))
    return FALSE;
  answer_standing (errand, &standing);
  return TRUE;
}

typedef struct {
  LimberErrand *errand;
  LimberClient *client;
  Standing      shown;
} Watch;

static void
on_notify (LimberClient *client, GParamSpec *spec, Watch *watch)
{
  g_auto (Standing) standing = { 0 };

  read_standing (client, &standing);
  if (!same_standing (&watch->shown, &standing))
    print_standing (watch->errand, &standing);
  g_free (g_steal_pointer (&watch->shown.error));
  watch->shown = standing;
  standing.error = NULL;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* As a program without a screen: it owns the store, and serves it. */
static gboolean
watch (LimberErrand *errand, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LimberClient) client = limber_client_new (errand->store);
  g_autoptr (LimberControl) control = limber_control_new (errand->store, client, errand->tables, error);
  g_autoptr (GSource) source = g_cancellable_source_new (errand->cancellable);
  Watch watching = { errand, client, { .state = -1 } };

  if (control == NULL)
    return FALSE;
  g_source_set_callback (source, G_SOURCE_FUNC (on_cancelled), loop, NULL);
  g_source_attach (source, NULL);
  g_signal_connect (client, "notify", G_CALLBACK (on_notify), &watching);
  limber_client_start (client);
  on_notify (client, NULL, &watching);
  g_main_loop_run (loop);
  g_signal_handlers_disconnect_by_data (client, &watching);
  limber_control_stop (control);
  limber_client_stop (client);
  standing_clear (&watching.shown);
  return TRUE;
}

/* sync [--watch] */
gboolean
limber_command_sync (LimberErrand *errand, GError **error)
{
  gboolean for_ever = limber_errand_has (errand, "watch");

  if (limber_store_identity (errand->store)->klass == LIMBER_CLASS_CENTRAL)
    return limber_error_refuse (error, _("Central syncs with nobody: the others sync with it"));
  if (errand->client != NULL)
    return for_ever ? watch_owner (errand, error) : sync_by_owner (errand, error);
  if (!errand->here)
    return limber_error_refuse (error, _("The program that owns the store does not sync"));
  return for_ever ? watch (errand, error) : sync_once (errand, error);
}

static gboolean
tell_who (LimberErrand *errand, LimberReader *reader, GError **error)
{
  const LimberIdentity *identity = limber_store_identity (errand->store);
  g_autofree char *device = limber_id_dup_text (&identity->device), *name = limber_reader_meta (reader, "name");

  limber_errand_take (errand, json_pack ("{s:s, s:s, s:s?}", "device", device, "class", limber_class_name (identity->klass), "name", name));
  g_string_printf (errand->text, _("Joined as %s: %s\n"), limber_class_name (identity->klass), name != NULL ? name : device);
  return TRUE;
}

/* The first session, so that the device is of use as soon as it has joined. It has joined also when this fails. */
static void
fill (LimberErrand *errand)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberStore) store = limber_store_open (errand->dir, LIMBER_STORE_OWN, errand->env, &error);
  g_autoptr (LimberClient) client = store != NULL ? limber_client_new (store) : NULL;

  if (client == NULL || !limber_client_sync_once (client, errand->cancellable, &error))
    limber_errand_say (errand, _("The device has joined, but not read everything yet: %s\n"), error->message);
  g_clear_object (&client);
  if (store != NULL)
    limber_store_close (store);
}

/* The code that was put on a machine before it went out to its site. Returns (transfer full) (nullable). */
static char *
read_code (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize length;
  g_autofree char *text = limber_file_read (path, CODE_FILE_MAXIMUM, &length, &why);

  if (text == NULL) {
    limber_cause_set (error, why->code, why, _("The code in %s cannot be read. %s"), path, why->message);
    return NULL;
  }
  text[MIN (strcspn (text, "\r\n"), (gsize) CODE_MAXIMUM)] = '\0';
  return g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : g_strdup ("");
}

/* join [URL] CODE, or join [URL] --from FILE */
gboolean
limber_command_join (LimberErrand *errand, GError **error)
{
  const char *from = limber_errand_option (errand, "from"), *first = limber_errand_word (errand, 0), *second = limber_errand_word (errand, 1);
  g_autofree char *read = from != NULL ? read_code (from, error) : NULL;
  const char *code = from != NULL ? read : second != NULL ? second : first, *url = from != NULL || second != NULL ? first : NULL;

  if (from != NULL && read == NULL)
    return FALSE;
  if (code == NULL || (from != NULL && second != NULL) || (url == NULL && strstr (code, "://") != NULL && strchr (code, '@') == NULL))
    return limber_errand_usage (error, _("Give the joining code too: join URL CODE"));
  if (!limber_client_join (errand->dir, url, code, errand->env, error))
    return FALSE;
  fill (errand);
  errand->store = limber_store_open (errand->dir, LIMBER_STORE_READ, errand->env, error);
  return errand->store != NULL && limber_errand_read (errand, tell_who, error);
}
