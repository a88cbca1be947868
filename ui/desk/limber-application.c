/* One process is one window on one store; which process owns the store is the store's own lock's business, so the bus name
 * is not unique: who is started a second time asks the owner, by the store's socket, to come to the front, and ends. That needs
 * no session bus. A store whose disk fails is closed, and opened again when somebody asks for it. */
#include "limber-application.h"

#include <glib/gi18n-lib.h>

#include "limber-ask.h"
#include "limber-commands.h"
#include "limber-control.h"
#include "limber-error.h"
#include "limber-keys.h"
#include "limber-managing.h"
#include "limber-open.h"
#include "limber-style.h"
#include "limber-sync-watch.h"
#include "limber-window-state.h"
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
    limber_window_welcome (self->window, self->dir, self->env, departed ? error->message : NULL);
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

/* What somebody who was started on the same store asks of this one, who owns it. */
typedef struct {
  LimberApplication *self;  /* (owned) */
  char              *token; /* (owned) (nullable): by which the desktop lets a window come to the front */
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->self);
  g_free (wish->token);
  g_free (wish);
}

static gboolean
come_to_front (gpointer data)
{
  Wish *wish = data;

  if (wish->self->window == NULL)
    return G_SOURCE_REMOVE;
  if (wish->token != NULL)
    gtk_window_set_startup_id (GTK_WINDOW (wish->self->window), wish->token);
  gtk_window_present (GTK_WINDOW (wish->self->window));
  return G_SOURCE_REMOVE;
}

static gboolean
lock_screen (gpointer data)
{
  if (((Wish *) data)->self->window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (((Wish *) data)->self->window), "win.lock", NULL);
  return G_SOURCE_REMOVE;
}

/* In a thread of the control's. */
static char *
take_wish (LimberApplication *self, GSourceFunc func, const char *query)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->self = g_object_ref (self);
  wish->token = query != NULL ? g_uri_unescape_string (query, NULL) : NULL;
  if (wish->token != NULL && !g_utf8_validate (wish->token, -1, NULL))
    g_clear_pointer (&wish->token, g_free);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, func, wish, (GDestroyNotify) wish_free);
  return g_strdup ("");
}

static char *
take_wish_to_present (gpointer self, const char *query, const char **type, guint *status)
{
  return take_wish (self, come_to_front, query);
}

static char *
take_wish_to_lock (gpointer self, const char *query, const char **type, guint *status)
{
  return take_wish (self, lock_screen, NULL);
}

/* Returns: whether a limber that has the store open does as it is asked */
static gboolean
ask_owner (LimberApplication *self, const char *path)
{
  const char *token = g_getenv ("XDG_ACTIVATION_TOKEN") != NULL ? g_getenv ("XDG_ACTIVATION_TOKEN") : g_getenv ("DESKTOP_STARTUP_ID");
  g_autofree char *escaped = token != NULL && *token != '\0' ? g_uri_escape_string (token, NULL, FALSE) : NULL;
  g_autofree char *whole = escaped != NULL ? g_strconcat (path, "?", escaped, NULL) : g_strdup (path);
  g_autofree char *answer = self->dir != NULL ? limber_ask_page (self->dir, whole) : NULL;

  return answer != NULL;
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
  else {
    limber_control_add_page (self->control, "/present", take_wish_to_present, self);
    limber_control_add_page (self->control, "/lock", take_wish_to_lock, self);
  }
  g_signal_connect (self->store, "failed", G_CALLBACK (store_failed), self);
  limber_window_set_store (self->window, self->store);
  set_asker (self, limber_sync_watch_get_client (self->sync));
  g_signal_connect (self->sync, "changed", G_CALLBACK (sync_changed), self);
  sync_changed (self->sync, self);
}

/* Every key of the program, in the order in which they are listed: a line of this table is all that a new one needs. */
static const LimberKey keys[] = {
  { "win.search", { "<Control>f", NULL }, N_("Find somebody"), LIMBER_KEYS_FIND },
  { NULL, { "Return", NULL }, N_("Check in whoever is marked, or open her"), LIMBER_KEYS_FIND },
  { "desk.open", { "<Control>Return", "<Control>KP_Enter", NULL }, N_("Open whoever is marked"), LIMBER_KEYS_FIND },
  { NULL, { "Down", "Up", NULL }, N_("Move the mark"), LIMBER_KEYS_FIND },
  { NULL, { "Escape", NULL }, N_("Empty the box, or go back"), LIMBER_KEYS_FIND },
  { "desk.find", { "F4", NULL }, N_("Ask the central service"), LIMBER_KEYS_FIND },
  { "desk.register", { "F3", NULL }, N_("Register somebody who is new"), LIMBER_KEYS_FIND },
  { "visit.next-step", { "<Control>n", NULL }, N_("Call in, went in, was seen"), LIMBER_KEYS_VISIT },
  { "visit.confirm", { "<Control>y", NULL }, N_("Confirm how the visit is coded"), LIMBER_KEYS_VISIT },
  { "desk.did-not-attend", { "<Control>d", NULL }, N_("Did not come"), LIMBER_KEYS_VISIT },
  { "desk.walk-in", { "<Control>i", NULL }, N_("Is here now, without an appointment"), LIMBER_KEYS_VISIT },
  { "desk.book", { "<Control>b", NULL }, N_("Book"), LIMBER_KEYS_VISIT },
  { "desk.for-visit::move", { "<Control>m", NULL }, N_("Move the appointment"), LIMBER_KEYS_VISIT },
  { "desk.for-visit::cancel", { "<Control>k", NULL }, N_("Cancel the appointment"), LIMBER_KEYS_VISIT },
  { "desk.for-person::edit", { "<Control>e", NULL }, N_("Change details"), LIMBER_KEYS_VISIT },
  { "desk.for-person::refer", { "<Control>r", NULL }, N_("Take down a telephone referral"), LIMBER_KEYS_VISIT },
  { "day.came::", { "<Control>t", NULL }, N_("Came (from paper, at the day’s end)"), LIMBER_KEYS_VISIT },
  { "day.was-seen::", { "<Control>s", NULL }, N_("Was seen (from paper, at the day’s end)"), LIMBER_KEYS_VISIT },
  { "desk.undo", { "<Control>z", NULL }, N_("Take back what was done last"), LIMBER_KEYS_VISIT },
  { NULL, { "<Control>j", NULL }, N_("The next free time"), LIMBER_KEYS_DIARY },
  { NULL, { "Page_Down", "Page_Up", NULL }, N_("A week on or back; with Shift, a day"), LIMBER_KEYS_DIARY },
  { NULL, { "Home", NULL }, N_("Today"), LIMBER_KEYS_DIARY },
  { NULL, { "<Control>x", NULL }, N_("Take the appointment in hand, to move it"), LIMBER_KEYS_DIARY },
  { NULL, { "<Control>v", NULL }, N_("Book or put down at this time, as Enter does"), LIMBER_KEYS_DIARY },
  { NULL, { "Delete", NULL }, N_("Cancel the appointment"), LIMBER_KEYS_DIARY },
  { "diary.letter", { "<Control><Shift>p", NULL }, N_("Print the letter"), LIMBER_KEYS_DIARY },
  { "desk.back", { "<Alt>Left", NULL }, N_("Back to today’s list"), LIMBER_KEYS_PAGES },
  { "desk.go::diary", { "F2", NULL }, N_("The diary"), LIMBER_KEYS_PAGES },
  { "desk.go::tasks", { "F6", NULL }, N_("What waits: tasks and other lists"), LIMBER_KEYS_PAGES },
  { "desk.go::setup", { "<Control>comma", NULL }, N_("Set-up: the site, its rooms, its staff, its computers"), LIMBER_KEYS_PAGES },
  { "day.print", { "<Control>p", NULL }, N_("Print the day’s list"), LIMBER_KEYS_PAGES },
  { "day.retype", { "F7", NULL }, N_("Type in from paper"), LIMBER_KEYS_PAGES },
  { "day.end", { "F8", NULL }, N_("The day’s end"), LIMBER_KEYS_PAGES },
  { "day.building", { "F9", NULL }, N_("Who is in the building"), LIMBER_KEYS_PAGES },
  { NULL, { "F10", NULL }, N_("The menu of pages"), LIMBER_KEYS_PAGES },
  { "win.help", { "F1", NULL }, N_("Help"), LIMBER_KEYS_WINDOW },
  { "app.shortcuts", { "<Control>question", NULL }, N_("All keys"), LIMBER_KEYS_WINDOW },
  { "win.lock", { "<Control>l", NULL }, N_("Lock the screen"), LIMBER_KEYS_WINDOW },
  { "win.switch-user", { "<Control>u", NULL }, N_("Let somebody else sign in"), LIMBER_KEYS_WINDOW },
  { "app.sync-now", { "F5", NULL }, N_("Sync now"), LIMBER_KEYS_WINDOW },
  { "window.close", { "<Control>q", NULL }, N_("Close Limber"), LIMBER_KEYS_WINDOW },
};

static void
show_keys (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimberApplication *self = data;

  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (limber_application_new_keys (GTK_WINDOW (self->window))));
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
  { "shortcuts", show_keys, NULL, NULL, NULL },
  { "sync-now", sync_now, NULL, NULL, NULL },
  { "pause", pause_filling, NULL, NULL, NULL },
};

static void
limber_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (limber_application_parent_class)->startup (application);
  limber_style_load (gdk_display_get_default (), "staff");
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].action != NULL)
      gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].keys);
}

static void
limber_application_activate (GApplication *application)
{
  LimberApplication *self = LIMBER_APPLICATION (application);

  if (self->window == NULL && ask_owner (self, "/present"))
    return; /* without a window the program ends */
  if (self->window == NULL) {
    self->window = limber_window_new (GTK_APPLICATION (application));
    g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
    limber_window_state_follow (GTK_WINDOW (self->window));
    g_signal_connect_object (self->window, "ready", G_CALLBACK (store_made), self, G_CONNECT_SWAPPED);
    open_store (NULL, NULL, self);
    if (self->store == NULL && ask_owner (self, "/present")) { /* it was just starting */
      gtk_window_destroy (GTK_WINDOW (self->window));
      return;
    }
  }
  gtk_window_present (GTK_WINDOW (self->window));
}

static int
limber_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LimberApplication *self = LIMBER_APPLICATION (application);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("limber %s\n", LIMBER_VERSION);
    return 0;
  }
  if (!g_variant_dict_lookup (options, "store", "^ay", &self->dir))
    self->dir = g_build_filename (g_get_user_data_dir (), "limber", NULL);
  if (!g_variant_dict_contains (options, "lock"))
    return -1;
  if (ask_owner (self, "/lock"))
    return 0;
  g_printerr ("limber: %s\n", _("Limber is not open on this store, so that there is no screen to lock."));
  return 1;
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
    { "lock", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Lock the screen of the desk that is open on the store, and open none"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say which version this is"), NULL },
    { NULL },
  };

  self->env = limber_env_new_system ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self), _("The desk of a clinic: who comes today, who is here, who waits."));
  g_application_set_option_context_description (G_APPLICATION (self), _("A second start on a store that is open brings its window to the front. In the program F1 opens help.\n"
                                                                        "Exit status: 0 closed, 1 wrong options, no display, or nothing to lock. More is in limber(1)."));
}

/**
 * limber_application_new_keys:
 * @parent: (nullable): over which the list stands
 *
 * Returns: (transfer none): a window with all keys, which is not shown yet
 */
GtkWidget *
limber_application_new_keys (GtkWindow *parent)
{
  return limber_keys_window_new (parent, keys, G_N_ELEMENTS (keys));
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
