#include "limber-kiosk-program.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "limber-client.h"
#include "limber-commands.h"
#include "limber-control.h"
#include "limber-error.h"
#include "limber-first-sync.h"
#include "limber-joining-window.h"
#include "limber-kiosk-pulse.h"
#include "limber-kiosk-screen.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-window.h"
#include "limber-open.h"
#include "limber-turnout.h"

/* Seconds between two tries to open a store that could not be opened: whoever has it may go, a disk may be emptied. */
#define AGAIN 15

struct _LimberKioskProgram {
  GMainLoop         *loop;   /* (owned) */
  LimberEnv         *env;    /* (owned) */
  char              *dir;    /* (owned) */
  LimberStore       *store;  /* (owned) (nullable) */
  LimberClient      *client;  /* (owned) (nullable): keeps it in step, while there is a store */
  LimberControl     *control; /* (owned) (nullable): for limberctl, while there is a store */
  LimberKioskFlow   *flow;   /* (owned) */
  const LimberKioskHome *home; /* (nullable): another screen than the one for checking in */
  LimberKioskPage   *page;   /* (owned) (nullable): its */
  LimberKioskWindow *window; /* (unowned) (nullable): GTK's; never beside @joining */
  LimberJoiningWindow *joining; /* (unowned) (nullable): GTK's; until there is a store that holds all that it should */
  int                width, height;
  guint              again;  /* a source */
  guint              closing; /* a source */
  guint              terms[2]; /* sources */
  guint              turnout; /* a source */
};

static gboolean open_store (gpointer data);

static LimberClass
klass_of (LimberKioskProgram *program)
{
  return program->home != NULL ? program->home->klass : LIMBER_CLASS_KIOSK;
}

static void
drop_store (LimberKioskProgram *program)
{
  if (program->store == NULL)
    return;
  g_signal_handlers_disconnect_by_data (program->store, program);
  if (program->home != NULL)
    program->home->set_store (program->page, NULL, NULL);
  if (program->control != NULL)
    limber_control_stop (program->control);
  g_clear_object (&program->control);
  limber_client_stop (program->client);
  g_clear_object (&program->client);
  limber_store_close (program->store);
  g_clear_object (&program->store);
}

static gboolean
close_failed (gpointer data)
{
  LimberKioskProgram *program = data;

  program->closing = 0;
  drop_store (program);
  return G_SOURCE_REMOVE;
}

static void
go_without_store (LimberKioskProgram *program, const GError *error)
{
  g_warning ("%s", limber_error_for_log (error));
  limber_kiosk_flow_set_store (program->flow, NULL, error->message);
  if (program->again == 0)
    program->again = g_timeout_add_seconds (AGAIN, open_store, program);
}

/* It is the public's from now on: nobody gets back to joining but by leaving the site. */
static void
become_screen (LimberKioskProgram *program)
{
  if (program->window == NULL) {
    program->window = limber_kiosk_window_new (program->flow, program->env);
    if (program->home != NULL)
      limber_kiosk_window_set_home (program->window, program->page);
    limber_kiosk_screen_fill (GTK_WINDOW (program->window), program->width, program->height);
    gtk_window_present (GTK_WINDOW (program->window));
  }
  if (program->joining != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&program->joining)));
}

static void
on_joined (LimberKioskProgram *program)
{
  open_store (program);
}

static void
on_looked (LimberKioskProgram *program)
{
  if (program->client != NULL)
    limber_joining_window_tell (program->joining, limber_client_get_error (program->client));
}

/* Staff join the screen here; and whoever has joined it by limberctl beside it is noticed too. */
static void
show_joining (LimberKioskProgram *program)
{
  if (program->joining != NULL)
    return;
  program->joining = limber_joining_window_new (program->dir, klass_of (program), program->env);
  g_signal_connect_swapped (program->joining, "joined", G_CALLBACK (on_joined), program);
  g_signal_connect_swapped (program->joining, "looked", G_CALLBACK (on_looked), program);
  g_signal_connect_swapped (program->joining, "filled", G_CALLBACK (become_screen), program);
  g_signal_connect_swapped (program->joining, "leave", G_CALLBACK (g_main_loop_quit), program->loop);
  limber_kiosk_screen_fill (GTK_WINDOW (program->joining), program->width, program->height);
  gtk_window_present (GTK_WINDOW (program->joining));
  if (program->window != NULL)
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&program->window)));
}

/* A folder that is empty is where a screen begins; once it was one in this run, that is a fault, and one says so to nobody but staff. */
static gboolean
begins (LimberKioskProgram *program, const GError *error)
{
  return g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED) || (program->window == NULL && g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND));
}

/* A disk that failed is never tried again on the same connection: the store is closed, and opened afresh later. */
static void
on_failed (LimberStore *store, const GError *error, LimberKioskProgram *program)
{
  go_without_store (program, error);
  if (program->closing == 0)
    program->closing = g_idle_add (close_failed, program);
}

/* Patients can check in without either, so that a socket that cannot be made is a warning and no more. */
static void
start_sync (LimberKioskProgram *program)
{
  g_autoptr (GError) error = NULL;

  program->client = limber_client_new (program->store);
  limber_client_start (program->client);
  program->control = limber_control_new (program->store, program->client, limber_commands_public (), &error);
  if (program->control == NULL)
    g_warning ("%s", limber_error_for_log (error));
}

static gboolean
open_store (gpointer data)
{
  LimberKioskProgram *program = data;
  g_autoptr (GError) error = NULL;

  if (program->joining != NULL && limber_joining_window_is_asking (program->joining))
    return G_SOURCE_CONTINUE; /* it may be being made just now */
  if (program->store == NULL)
    program->store = limber_open_store (program->dir, klass_of (program), program->env, &error);
  if (program->store == NULL) {
    go_without_store (program, error);
    if (begins (program, error)) {
      show_joining (program);
      limber_joining_window_empty (program->joining, g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_DEPARTED) ? error->message : NULL);
    } else
      become_screen (program);
    return G_SOURCE_CONTINUE;
  }
  g_signal_connect (program->store, "failed", G_CALLBACK (on_failed), program);
  start_sync (program);
  if (program->home != NULL)
    program->home->set_store (program->page, program->store, program->client);
  limber_kiosk_flow_set_store (program->flow, program->store, NULL);
  if (program->window == NULL && limber_first_sync_is_due (program->store)) {
    show_joining (program);
    limber_joining_window_fill (program->joining, program->store);
  } else
    become_screen (program);
  g_clear_handle_id (&program->again, g_source_remove);
  return G_SOURCE_REMOVE;
}

/* Tests and the demonstration need not wait as people do: seconds, seconds, milliseconds. */
static void
set_times (LimberKioskFlow *flow)
{
#ifdef LIMBER_TEST_HOOKS
  g_auto (GStrv) times = g_strsplit (g_getenv ("LIMBER_KIOSK_TIMES") != NULL ? g_getenv ("LIMBER_KIOSK_TIMES") : "", ",", 3);

  if (g_strv_length (times) == 3)
    limber_kiosk_flow_set_times (flow, (guint) g_ascii_strtoull (times[0], NULL, 10), (guint) g_ascii_strtoull (times[1], NULL, 10), (guint) g_ascii_strtoull (times[2], NULL, 10));
#endif
}

static gboolean
on_signal (gpointer data)
{
  LimberKioskProgram *program = data;

  g_main_loop_quit (program->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_look (gpointer data)
{
  LimberKioskProgram *program = data;

  if (program->store != NULL && program->closing == 0)
    limber_turnout_when_due (program->store);
  return G_SOURCE_CONTINUE;
}

static void
on_site (LimberKioskProgram *program)
{
  limber_kiosk_pulse_site (limber_kiosk_flow_get_site (program->flow));
}

/**
 * limber_kiosk_program_new:
 * @dir: the store's folder
 * @width: of a window, in pixels; 0 to fill the screen
 * @height: of a window
 * @home: (nullable): another screen than the one for checking in
 *
 * Shows the screen, with the store when it can be opened; where there is none yet, staff join it first. GTK must have been started.
 *
 * Returns: (transfer full): the program
 */
LimberKioskProgram *
limber_kiosk_program_new (const char *dir, int width, int height, const LimberKioskHome *home)
{
  LimberKioskProgram *program = g_new0 (LimberKioskProgram, 1);

  program->loop = g_main_loop_new (NULL, FALSE);
  program->env = limber_env_new_system ();
  program->dir = g_strdup (dir);
  program->flow = limber_kiosk_flow_new (program->env);
  set_times (program->flow);
  g_signal_connect_swapped (program->flow, "wiped", G_CALLBACK (on_site), program);
  limber_kiosk_style_load (gdk_display_get_default ());
  program->home = home;
  program->page = home != NULL ? g_object_ref_sink (home->make (program->env)) : NULL;
  program->width = width;
  program->height = height;
  open_store (program);
  g_signal_connect_swapped (program->flow, "leave", G_CALLBACK (g_main_loop_quit), program->loop);
  program->terms[0] = g_unix_signal_add (SIGTERM, on_signal, program);
  program->turnout = g_timeout_add_seconds (LIMBER_TURNOUT_LOOK, on_look, program);
  program->terms[1] = g_unix_signal_add (SIGINT, on_signal, program);
  return program;
}

/**
 * limber_kiosk_program_run:
 *
 * Runs until staff close the screen, or SIGTERM.
 */
void
limber_kiosk_program_run (LimberKioskProgram *program)
{
  g_main_loop_run (program->loop);
}

void
limber_kiosk_program_free (LimberKioskProgram *program)
{
  for (guint i = 0; i < G_N_ELEMENTS (program->terms); i++)
    g_clear_handle_id (&program->terms[i], g_source_remove);
  g_clear_handle_id (&program->again, g_source_remove);
  g_clear_handle_id (&program->closing, g_source_remove);
  g_clear_handle_id (&program->turnout, g_source_remove);
  if (program->window != NULL)
    gtk_window_destroy (GTK_WINDOW (program->window));
  if (program->joining != NULL)
    gtk_window_destroy (GTK_WINDOW (program->joining));
  g_signal_handlers_disconnect_by_data (program->flow, program);
  g_clear_object (&program->flow);
  drop_store (program);
  g_clear_object (&program->page);
  limber_env_unref (program->env);
  g_main_loop_unref (program->loop);
  g_free (program->dir);
  g_free (program);
}
