#include "limber-node-program.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/resource.h>

#include "limber-client.h"
#include "limber-commands.h"
#include "limber-control.h"
#include "limber-error.h"
#include "limber-log-writer.h"
#include "limber-node-server.h"
#include "limber-notify.h"
#include "limber-watch.h"

#define DESCRIPTORS 8192

typedef struct {
  char    *store, *socket, *local, *upstream, *port_file, *log_level;
  gboolean version;
} Options;

typedef struct {
  LimberStore      *store;   /* (owned) */
  LimberNode       *node;    /* (owned) */
  LimberNodeServer *server;  /* (owned) */
  LimberClient     *client;  /* (owned) (nullable): of a hub */
  LimberControl    *control; /* (owned) */
  LimberWatch      *watch;   /* (owned) */
  GMainLoop        *loop;    /* (owned) */
  int               status;
} Program;

static gboolean
read_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store, N_("The store of a hub or of the central service"), "DIR" },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket, N_("Listen on this Unix socket, behind nginx"), "PATH" },
    { "listen-insecure", 0, 0, G_OPTION_ARG_STRING, &options->local, N_("Listen on this machine without nginx: for tests and the demonstration only; port 0 takes a free one"), "127.0.0.1:PORT" },
    { "upstream", 0, 0, G_OPTION_ARG_STRING, &options->upstream, N_("The central service's address, when it has moved"), "URL" },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &options->log_level, N_("How much to write on standard error, a line of JSON each: error, warning, info (the usual) or debug"), "LEVEL" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options->port_file, N_("Write the port there"), "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_("Say which version this is"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GLogLevelFlags level = G_LOG_LEVEL_INFO;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _("A hub or the central service: what the devices of a service sync with."));
  g_option_context_set_description (context, _("It runs until SIGTERM or SIGINT, behind the nginx that “limberctl --store DIR node-config FOLDER” configures.\n"
                                               "Exit status: 0 stopped, 1 it could not listen, 2 usage, 5 store busy or damaged, or its disk failed.\n"
                                               "More is in limber-node(8)."));
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->version)
    return TRUE;
  if (options->log_level != NULL && !limber_log_writer_parse (options->log_level, &level)) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("--log-level is error, warning, info or debug."));
    return FALSE;
  }
  if (options->store != NULL && (options->socket != NULL || options->local != NULL)) {
    limber_log_writer_install (level);
    return TRUE;
  }
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("Say which store (--store DIR) and where to listen (--socket PATH or --listen-insecure 127.0.0.1:PORT)."));
  return FALSE;
}

static gboolean
set_upstream (LimberTransaction *transaction, gpointer url, GError **error)
{
  return limber_transaction_set_meta (transaction, "upstream", url, error);
}

static gboolean
listen (Program *program, const Options *options, GError **error)
{
  g_autofree char *text = NULL;
  guint port = 0;

  if (options->socket != NULL && !limber_node_server_listen_unix (program->server, options->socket, error))
    return FALSE;
  if (options->local == NULL) {
    g_print (_("Listening on %s\n"), options->socket);
    return TRUE;
  }
  if (!limber_node_server_listen_local (program->server, options->local, &port, error))
    return FALSE;
  text = g_strdup_printf ("%u\n", port);
  g_print (_("Listening on http://127.0.0.1:%u\n"), port);
  return options->port_file == NULL || g_file_set_contents (options->port_file, text, -1, error);
}

static void
log_error (const char *event, const GError *error)
{
  limber_log_writer_event (G_LOG_LEVEL_CRITICAL, event, json_pack ("{s:s, s:s}", "error", limber_error_name (error), "text", limber_error_for_log (error)));
}

/* How this hub asks central for its devices. */
static void
ask_central (GObject *client, json_t *question, GAsyncReadyCallback callback, gpointer user_data)
{
  limber_client_find_async (LIMBER_CLIENT (client), question, LIMBER_CLIENT_RELAY_TIME, NULL, callback, user_data);
}

static json_t *
ask_central_finish (GObject *client, GAsyncResult *result, GError **error)
{
  return limber_client_find_finish (LIMBER_CLIENT (client), result, error);
}

static void
on_central (LimberClient *client, GParamSpec *pspec, Program *program)
{
  limber_node_set_central (program->node, limber_client_get_central_reachable (client));
  limber_watch_set_central (program->watch, limber_client_get_central_reachable (client));
  limber_log_writer_event (G_LOG_LEVEL_INFO, "central", json_pack ("{s:b}", "reached", limber_client_get_central_reachable (client)));
}

static gboolean
on_watchdog (gpointer data)
{
  limber_notify_send ("WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (gpointer data)
{
  limber_notify_send ("STOPPING=1");
  limber_log_writer_event (G_LOG_LEVEL_INFO, "stopping", NULL);
  g_main_loop_quit (((Program *) data)->loop);
  return G_SOURCE_CONTINUE;
}

static void
on_failed (LimberStore *store, const GError *error, Program *program)
{
  log_error ("failed", error);
  limber_watch_set_failure (program->watch, error);
  program->status = limber_error_exit_status (error);
  g_main_loop_quit (program->loop);
}

/* Each open line takes one, and a shell gives no more than 1,024 by itself. */
static void
take_descriptors (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= DESCRIPTORS)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, DESCRIPTORS);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static char *
make_health (gpointer watch, const char *query, const char **type, guint *status)
{
  LimberHealthState state;
  char *text = limber_watch_health (watch, &state);

  *type = "application/json";
  *status = state == LIMBER_HEALTH_FAILED ? 503 : 200;
  return text;
}

static char *
make_metrics (gpointer watch, const char *query, const char **type, guint *status)
{
  *type = "text/plain; version=0.0.4; charset=utf-8";
  return limber_watch_metrics (watch);
}

static gboolean
make_control (Program *program, GError **error)
{
  program->watch = limber_watch_new (program->node);
  program->control = limber_control_new (program->store, program->client, limber_commands_all (), error);
  if (program->control == NULL)
    return FALSE;
  limber_control_add_page (program->control, "/health", make_health, program->watch);
  limber_control_add_page (program->control, "/metrics", make_metrics, program->watch);
  return TRUE;
}

static gboolean
start (Program *program, const Options *options, GError **error)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();

  take_descriptors ();
  program->store = limber_store_open (options->store, LIMBER_STORE_OWN_SOON, env, error);
  if (program->store == NULL || (options->upstream != NULL && !limber_store_write (program->store, set_upstream, options->upstream, error)))
    return FALSE;
  program->node = limber_node_new (program->store, error);
  if (program->node == NULL)
    return FALSE;
  if (limber_store_identity (program->store)->klass == LIMBER_CLASS_HUB) {
    program->client = limber_client_new (program->store);
    g_signal_connect (program->client, "notify::central-reachable", G_CALLBACK (on_central), program);
    limber_relay_set (limber_node_relay (program->node), G_OBJECT (program->client), ask_central, ask_central_finish);
  }
  program->server = limber_node_server_new (program->node);
  if (!make_control (program, error) || !listen (program, options, error))
    return FALSE;
  fflush (stdout);
  g_signal_connect (program->store, "failed", G_CALLBACK (on_failed), program);
  if (program->client != NULL)
    limber_client_start (program->client);
  return TRUE;
}

/* First nobody is let in any more, then what is under way comes to its end, then the store is given up. */
static void
stop (Program *program)
{
  if (program->server != NULL)
    limber_node_server_stop (program->server);
  if (program->client != NULL)
    limber_client_stop (program->client);
  if (program->control != NULL)
    limber_control_stop (program->control);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&program->server);
  g_clear_object (&program->client);
  g_clear_object (&program->control);
  g_clear_pointer (&program->watch, limber_watch_free);
  g_clear_object (&program->node);
  if (program->store != NULL)
    limber_store_close (program->store);
  g_clear_object (&program->store);
}

static void
run (Program *program)
{
  guint term = g_unix_signal_add (SIGTERM, on_stop, program), interrupt = g_unix_signal_add (SIGINT, on_stop, program), pause = limber_notify_watchdog ();
  guint watchdog = pause > 0 ? g_timeout_add (pause, on_watchdog, NULL) : 0;

  limber_notify_send ("READY=1");
  limber_log_writer_event (G_LOG_LEVEL_INFO, "started", json_pack ("{s:s, s:s}", "version", LIMBER_VERSION, "class", limber_class_name (limber_store_identity (program->store)->klass)));
  g_main_loop_run (program->loop);
  g_source_remove (term);
  g_source_remove (interrupt);
  g_clear_handle_id (&watchdog, g_source_remove);
}

/**
 * limber_node_program_run:
 *
 * Runs a node until it is told to stop by SIGTERM or SIGINT.
 *
 * Returns: the exit status
 */
int
limber_node_program_run (int argc, char **argv)
{
  Options options = { 0 };
  Program program = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GError) error = NULL;

  if (!read_options (&argc, &argv, &options, &error)) {
    g_printerr ("limber-node: %s\n", error->message);
    program.status = error->domain == G_OPTION_ERROR ? 2 : limber_error_exit_status (error);
  } else if (options.version) {
    g_print ("limber-node %s\n", LIMBER_VERSION);
  } else if (!start (&program, &options, &error)) {
    limber_log_writer_event (G_LOG_LEVEL_CRITICAL, "not-started", json_pack ("{s:s, s:s}", "error", limber_error_name (error), "text", error->message));
    program.status = limber_error_exit_status (error);
  } else
    run (&program);
  stop (&program);
  g_main_loop_unref (program.loop);
  g_free (options.store);
  g_free (options.socket);
  g_free (options.local);
  g_free (options.upstream);
  g_free (options.port_file);
  g_free (options.log_level);
  return program.status;
}
