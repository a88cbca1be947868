#include "limber-kiosk-keeper.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "limber-kiosk-plain.h"
#include "limber-kiosk-pulse.h"
#include "limber-kiosk-screen.h"
#include "limber-kiosk-style.h"
#include "limber-notify.h"

/* Seconds without a beat after which a screen hangs. */
#define SILENCE 15
/* Seconds until the first beat: a store that is brought to a new version is copied before. */
#define START 900
/* A screen that lived for fewer seconds failed early; after many of those, its next start waits. Milliseconds. */
#define EARLY 10
#define EARLY_MOST 20
#define PAUSE 100
#define LONG_PAUSE 15000
/* Seconds that a screen has to end when the keeper is told to. */
#define FAREWELL 5
/* What the kernel adds to a screen's claim to be ended when memory is short: the keeper stays. */
#define OOM_ADJUSTMENT "300"
#define LINE_MOST 500

struct _LimberKioskKeeper {
  GMainLoop        *loop;     /* (owned) */
  char            **argv;     /* (owned): of the screen */
  char            **environment; /* (owned): of the screen */
  LimberKioskPlain *plain;    /* (unowned): GTK's */
  GString          *said;     /* (owned): what came through the pipe, up to a whole line */
  GPid              screen;   /* 0 while there is none */
  gint64            began;    /* microseconds that never go back */
  guint             early;    /* how many in a row failed early */
  guint             watch;    /* a source: the screen's end */
  guint             pulse;    /* a source: what the screen says */
  guint             patience; /* a source: until the screen hangs */
  guint             next;     /* a source: the screen's next start, or the end of waiting for its end */
  guint             terms[2]; /* sources */
  guint             beat;     /* a source: what the service manager is told */
  gboolean          ending;
  int               status;
};

static gboolean start_screen (gpointer data);

static guint
silence (void)
{
#ifdef LIMBER_TEST_HOOKS
  const char *told = g_getenv ("LIMBER_KIOSK_SILENCE");

  if (told != NULL)
    return (guint) g_ascii_strtoull (told, NULL, 10);
#endif
  return SILENCE;
}

static gboolean
on_silent (gpointer data)
{
  LimberKioskKeeper *keeper = data;

  keeper->patience = 0;
  g_warning ("The screen does not answer and is ended");
  kill (keeper->screen, SIGKILL);
  return G_SOURCE_REMOVE;
}

static void
wait_for_beat (LimberKioskKeeper *keeper, guint seconds)
{
  g_clear_handle_id (&keeper->patience, g_source_remove);
  keeper->patience = g_timeout_add_seconds (seconds, on_silent, keeper);
}

static void
hear_line (LimberKioskKeeper *keeper, const char *line)
{
  if (g_str_equal (line, LIMBER_KIOSK_PULSE_ALIVE))
    wait_for_beat (keeper, silence ());
  else if (g_str_has_prefix (line, LIMBER_KIOSK_PULSE_SITE) && g_utf8_validate (line, -1, NULL))
    limber_kiosk_plain_set_site (keeper->plain, line + strlen (LIMBER_KIOSK_PULSE_SITE));
}

static gboolean
on_pulse (int fd, GIOCondition condition, gpointer data)
{
  LimberKioskKeeper *keeper = data;
  char piece[256];
  gssize n = read (fd, piece, sizeof piece);
  char *end;

  if (n <= 0) {
    close (fd);
    keeper->pulse = 0;
    return G_SOURCE_REMOVE;
  }
  g_string_append_len (keeper->said, piece, n);
  while ((end = memchr (keeper->said->str, '\n', keeper->said->len)) != NULL) {
    *end = '\0';
    hear_line (keeper, keeper->said->str);
    g_string_erase (keeper->said, 0, end - keeper->said->str + 1);
  }
  if (keeper->said->len > LINE_MOST)
    g_string_truncate (keeper->said, 0);
  return G_SOURCE_CONTINUE;
}

static void
end_with (LimberKioskKeeper *keeper, int status)
{
  keeper->status = status;
  g_main_loop_quit (keeper->loop);
}

/* 0: staff closed the screen. 2: it was started wrongly. */
static void
on_ended (GPid pid, int status, gpointer data)
{
  LimberKioskKeeper *keeper = data;
  gboolean early = g_get_monotonic_time () - keeper->began < EARLY * G_USEC_PER_SEC;

  keeper->screen = 0;
  keeper->watch = 0;
  g_clear_handle_id (&keeper->patience, g_source_remove);
  if (keeper->ending || (WIFEXITED (status) && (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 2))) {
    end_with (keeper, WIFEXITED (status) ? WEXITSTATUS (status) : 0);
    return;
  }
  if (WIFSIGNALED (status))
    g_warning ("The screen was ended by signal %d and is started again", WTERMSIG (status));
  else
    g_warning ("The screen ended with %d and is started again", WEXITSTATUS (status));
  keeper->early = early ? keeper->early + 1 : 0;
  keeper->next = g_timeout_add (keeper->early < EARLY_MOST ? PAUSE : LONG_PAUSE, start_screen, keeper);
}

/* Between fork and exec: nothing but system calls. */
static void
become_screen (LimberKioskKeeper *keeper, int pipe_fd, pid_t parent, char **environment)
{
  int oom = open ("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

  if (oom >= 0 && write (oom, OOM_ADJUSTMENT, sizeof OOM_ADJUSTMENT - 1) < 0)
    close (oom);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () == parent && fcntl (pipe_fd, F_SETFD, 0) == 0) {
    environ = environment;
    execv ("/proc/self/exe", keeper->argv);
  }
  _exit (127);
}

static gboolean
start_screen (gpointer data)
{
  LimberKioskKeeper *keeper = data;
  g_auto (GStrv) environment = g_strdupv (keeper->environment);
  g_autofree char *number = NULL;
  pid_t parent = getpid ();
  int ends[2];

  keeper->next = 0;
  if (pipe2 (ends, O_CLOEXEC) != 0)
    g_error ("No pipe can be made");
  number = g_strdup_printf ("%d", ends[1]);
  environment = g_environ_setenv (environment, LIMBER_KIOSK_PULSE_VARIABLE, number, TRUE);
  keeper->screen = fork ();
  if (keeper->screen == 0)
    become_screen (keeper, ends[1], parent, environment);
  close (ends[1]);
  if (keeper->screen < 0)
    g_error ("No process can be made");
  keeper->began = g_get_monotonic_time ();
  g_string_truncate (keeper->said, 0);
  keeper->pulse = g_unix_fd_add (ends[0], G_IO_IN | G_IO_HUP, on_pulse, keeper);
  keeper->watch = g_child_watch_add (keeper->screen, on_ended, keeper);
  wait_for_beat (keeper, START);
  return G_SOURCE_REMOVE;
}

static gboolean
on_farewell_over (gpointer data)
{
  LimberKioskKeeper *keeper = data;

  keeper->next = 0;
  if (keeper->screen != 0)
    kill (keeper->screen, SIGKILL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal (gpointer data)
{
  LimberKioskKeeper *keeper = data;

  limber_notify_send ("STOPPING=1");
  keeper->ending = TRUE;
  g_clear_handle_id (&keeper->next, g_source_remove);
  if (keeper->screen == 0) {
    end_with (keeper, 0);
    return G_SOURCE_CONTINUE;
  }
  kill (keeper->screen, SIGTERM);
  keeper->next = g_timeout_add_seconds (FAREWELL, on_farewell_over, keeper);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_beat (gpointer data)
{
  limber_notify_send ("WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

/* The screen's window comes above this one only if this one is there before it. */
static void
on_drawn (GdkFrameClock *clock, LimberKioskKeeper *keeper)
{
  guint often = limber_notify_watchdog ();

  g_signal_handlers_disconnect_by_data (clock, keeper);
  keeper->next = g_idle_add (start_screen, keeper);
  limber_notify_send ("READY=1");
  if (often > 0)
    keeper->beat = g_timeout_add (often, on_beat, keeper);
}

/**
 * limber_kiosk_keeper_new:
 * @argv: how the screen is started
 * @width: of the window, in pixels; 0 to fill the screen
 * @height: of the window
 *
 * Shows the plain page, and then starts the screen. GTK must have been started.
 *
 * Returns: (transfer full): the keeper
 */
LimberKioskKeeper *
limber_kiosk_keeper_new (const char *const *argv, int width, int height)
{
  LimberKioskKeeper *keeper = g_new0 (LimberKioskKeeper, 1);

  keeper->loop = g_main_loop_new (NULL, FALSE);
  keeper->argv = g_strdupv ((char **) argv);
  keeper->environment = g_environ_unsetenv (g_get_environ (), "NOTIFY_SOCKET");
  keeper->said = g_string_new (NULL);
  g_setenv ("GTK_A11Y", "none", TRUE); /* what lies under the screen is not read out beside it */
  limber_kiosk_style_load (gdk_display_get_default ());
  keeper->plain = limber_kiosk_plain_new ();
  limber_kiosk_screen_fill (GTK_WINDOW (keeper->plain), width, height);
  keeper->terms[0] = g_unix_signal_add (SIGTERM, on_signal, keeper);
  keeper->terms[1] = g_unix_signal_add (SIGINT, on_signal, keeper);
  gtk_window_present (GTK_WINDOW (keeper->plain));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (keeper->plain)), "after-paint", G_CALLBACK (on_drawn), keeper);
  return keeper;
}

/**
 * limber_kiosk_keeper_run:
 *
 * Runs until staff close the screen, or SIGTERM.
 *
 * Returns: the exit status
 */
int
limber_kiosk_keeper_run (LimberKioskKeeper *keeper)
{
  g_main_loop_run (keeper->loop);
  return keeper->status;
}

void
limber_kiosk_keeper_free (LimberKioskKeeper *keeper)
{
  guint *sources[] = { &keeper->watch, &keeper->pulse, &keeper->patience, &keeper->next, &keeper->terms[0], &keeper->terms[1], &keeper->beat };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_clear_handle_id (sources[i], g_source_remove);
  gtk_window_destroy (GTK_WINDOW (keeper->plain));
  g_string_free (keeper->said, TRUE);
  g_strfreev (keeper->argv);
  g_strfreev (keeper->environment);
  g_main_loop_unref (keeper->loop);
  g_free (keeper);
}
