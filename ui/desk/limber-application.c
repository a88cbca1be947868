/* One process is one window on one store; which process owns the store is the store's own lock's business, so the bus name
 * is not unique. A store whose disk fails is closed, and opened again when somebody asks for it. */
#include "limber-application.h"

#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-control.h"
#include "limber-error.h"
#include "limber-managing.h"
#include "limber-open.h"
#include "limber-style.h"
#include "limber-sync-watch.h"
#include "limber-window.h"

#define CLASSES (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)

struct _LimberApplication {
  AdwApplication parent_instance;
  char          *dir;    /* (owned): the store's folder: as given, or the reader's own */
  LimberEnv     *env;    /* (owned) */
  LimberStore   *store;  /* (owned) (nullable) */
  LimberSyncWatch *sync; /* (owned) (nullable) */
  LimberControl *control; /* (owned) (nullable): by which limberctl asks the owner */
  LimberWindow  *window; /* (unowned): GTK's */
};

G_DEFINE_FINAL_TYPE (LimberApplication, limber_application, ADW_TYPE_APPLICATION)

static void
ask_central (GObject *client, json_t *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  if (limber_managing_is_asked (question))
    limber_client_manage_async (LIMBER_CLIENT (client), question, cancellable, callback, user_data);
  else
    limber_client_find_async (LIMBER_CLIENT (client), question, LIMBER_CLIENT_FIND_TIME, cancellable, callback, user_data);
}

static json_t *
ask_central_finish (GObject *client, GAsyncResult *result, GError **error)
{
  return limber_client_find_finish (LIMBER_CLIENT (client), result, error); /* of either question */
}

/* @client: (nullable): by which central is asked for people */
static void
set_asker (LimberApplication *self, LimberClient *client)
{
  if (self->window != NULL)
    limber_window_set_asker (self->window, &(LimberAsker){ (GObject *) client, ask_central, ask_central_finish });
}

static void
close_store (LimberApplication *self)
{
  if (self->store == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->control != NULL)
    limber_control_stop (self->control);
  g_clear_object (&self->control);
  set_asker (self, NULL);
  g_signal_handlers_disconnect_by_data (self->sync, self);
  limber_sync_watch_stop (self->sync);
  g_clear_object (&self->sync);
  limber_store_close (self->store);
  g_clear_object (&self->store);
}

/* Where there is no store, or none any more, one begins. */
static void
tell (LimberApplication *self, const GError *error)
{
  gboolean departed = g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED);
  g_autoptr (LimberTrouble) trouble = NULL;

  if (departed || g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND)) {
    limber_window_welcome (self->window, self->dir, self->env, departed ? _("This computer has left its site. Everything that was saved here is with the central service. To use it again, join it with a new code.") : NULL);
    return;
  }
  trouble = limber_trouble_new (error, "limber", self->dir);
  limber_window_tell_trouble (self->window, trouble);
}

static void
store_failed (LimberStore *store, const GError *error, LimberApplication *self)
{
  tell (self, error);
  close_store (self);
}

static void
sync_changed (LimberSyncWatch *sync, LimberApplication *self)
{
  LimberSyncFacts facts;

  limber_sync_watch_get_facts (sync, &facts);
  if (self->window != NULL)
    limber_window_show_sync (self->window, &facts);
}

static void
sync_now (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberApplication *self = data;

  if (self->sync != NULL)
    limber_sync_watch_sync_now (self->sync);
}

static void
open_store (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberApplication *self = data;
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    return;
  self->store = limber_open_store (self->dir, CLASSES, self->env, &error);
  if (self->store == NULL) {
    tell (self, error);
    return;
  }
  self->sync = limber_sync_watch_new (self->store);
  self->control = limber_control_new (self->store, limber_sync_watch_get_client (self->sync), limber_commands_all (), &error);
  if (self->control == NULL) /* the desk works without */
    g_warning ("limberctl cannot reach this program: %s", limber_error_for_log (error));
  g_signal_connect (self->store, "failed", G_CALLBACK (store_failed), self);
  limber_window_set_store (self->window, self->store);
  set_asker (self, limber_sync_watch_get_client (self->sync));
  g_signal_connect (self->sync, "changed", G_CALLBACK (sync_changed), self);
  sync_changed (self->sync, self);
}

static void
store_made (LimberApplication *self, const char *dir)
{
  g_free (self->dir);
  self->dir = g_strdup (dir);
  open_store (NULL, NULL, self);
}

/* The first sync is stopped: nothing more is fetched until somebody goes on. */
static void
pause_filling (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberApplication *self = data;

  if (self->store == NULL)
    return;
  limber_window_pause (self->window);
  close_store (self);
}

static const GActionEntry entries[] = {
  { "open-store", open_store, NULL, NULL, NULL },
  { "sync-now", sync_now, NULL, NULL, NULL },
  { "pause", pause_filling, NULL, NULL, NULL },
};

static void
limber_application_startup (GApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } shortcuts[] = {
    { "win.search", { "<Control>f", NULL } },
    { "win.lock", { "<Control>l", NULL } },
    { "win.switch-user", { "<Control>u", NULL } },
    { "desk.undo", { "<Control>z", NULL } },
    { "desk.did-not-attend", { "<Control>d", NULL } },
    { "desk.open", { "<Control>Return", "<Control>KP_Enter", NULL } },
    { "visit.next-step", { "<Control>n", NULL } },
    { "visit.confirm", { "<Control>y", NULL } },
    { "desk.go::diary", { "F2", NULL } },
    { "desk.book", { "<Control>b", NULL } },
    { "desk.find", { "F4", NULL } },
    { "desk.register", { "F3", NULL } },
    { "desk.for-person::edit", { "<Control>e", NULL } },
    { "desk.for-person::refer", { "<Control>r", NULL } },
    { "app.sync-now", { "F5", NULL } },
    { "desk.go::tasks", { "F6", NULL } },
    { "day.print", { "<Control>p", NULL } },
    { "day.retype", { "F7", NULL } },
    { "day.end", { "F8", NULL } },
    { "day.building", { "F9", NULL } },
    { "day.was-seen::", { "<Control>s", NULL } },
    { "day.came::", { "<Control>t", NULL } },
    { "desk.go::setup", { "<Control>comma", NULL } },
    { "desk.back", { "<Alt>Left", NULL } },
    { "window.close", { "<Control>q", NULL } },
  };

  G_APPLICATION_CLASS (limber_application_parent_class)->startup (application);
  limber_style_load (gdk_display_get_default (), "staff");
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action, shortcuts[i].keys);
}

static void
limber_application_activate (GApplication *application)
{
  LimberApplication *self = LIMBER_APPLICATION (application);

  if (self->window == NULL) {
    self->window = limber_window_new (GTK_APPLICATION (application));
    g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
    g_signal_connect_object (self->window, "ready", G_CALLBACK (store_made), self, G_CONNECT_SWAPPED);
    open_store (NULL, NULL, self);
  }
  gtk_window_present (GTK_WINDOW (self->window));
}

static int
limber_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LimberApplication *self = LIMBER_APPLICATION (application);

  if (!g_variant_dict_lookup (options, "store", "^ay", &self->dir))
    self->dir = g_build_filename (g_get_user_data_dir (), "limber", NULL);
  return -1;
}

static void
limber_application_shutdown (GApplication *application)
{
  close_store (LIMBER_APPLICATION (application));
  G_APPLICATION_CLASS (limber_application_parent_class)->shutdown (application);
}

static void
limber_application_finalize (GObject *object)
{
  LimberApplication *self = LIMBER_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->env, limber_env_unref);
  g_free (self->dir);
  G_OBJECT_CLASS (limber_application_parent_class)->finalize (object);
}

static void
limber_application_class_init (LimberApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = limber_application_finalize;
  application_class->startup = limber_application_startup;
  application_class->activate = limber_application_activate;
  application_class->handle_local_options = limber_application_handle_local_options;
  application_class->shutdown = limber_application_shutdown;
}

static void
limber_application_init (LimberApplication *self)
{
  static const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("The folder of this computer’s store, else limber in the reader’s own data"), N_("DIR") },
    { NULL },
  };

  self->env = limber_env_new_system ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self), _("The desk of a clinic: who comes today, who is here, who waits."));
}

/**
 * limber_application_new:
 *
 * Returns: (transfer full): the program
 */
LimberApplication *
limber_application_new (void)
{
  return g_object_new (LIMBER_TYPE_APPLICATION, "application-id", "org.limber.Limber", "flags", G_APPLICATION_NON_UNIQUE, NULL);
}
