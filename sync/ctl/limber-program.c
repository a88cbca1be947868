/* What decides who does the work: a store that nobody owns is opened here; one that is owned is read beside its owner,
 * and changed by him. Between "it is owned" and "its owner does not listen" lies a program that is just starting or
 * ending, or another limberctl, so both are tried again for a while. */
#include "limber-program.h"

#include <glib/gi18n-lib.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "limber-ask.h"
#include "limber-commands.h"
#include "limber-error.h"
#include "limber-json.h"

#define PATIENCE_MS 3000
#define PAUSE_MS 25
#define LINE_MAXIMUM 4096

static gboolean passing; /* what stands on the terminal's line is soon no longer so */

static void
clear_passing (void)
{
  if (passing)
    fputs ("\r\033[K", stderr); /* to the line's beginning, and the line empty */
  passing = FALSE;
}

static void
write_out (const char *text, gsize length, gpointer data)
{
  clear_passing ();
  fwrite (text, 1, length, stdout);
}

/* What ends with a return is soon no longer so (limber_errand_tell()): on a terminal what comes next takes its place. */
static void
write_news (const char *text, gsize length, gpointer data)
{
  gboolean passes = length > 0 && text[length - 1] == '\r';

  clear_passing ();
  fwrite (text, 1, length - passes, stderr);
  if (passes && !isatty (STDERR_FILENO))
    fputc ('\n', stderr);
  passing = passes && isatty (STDERR_FILENO);
  fflush (stderr);
}

static void *
wait_for_signal (void *data)
{
  sigset_t set;
  int number;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  if (sigwait (&set, &number) == 0) {
    if (isatty (STDERR_FILENO))
      fprintf (stderr, "\n%s\n", _("Stopping, as soon as what is under way is saved. Ctrl-C again ends it at once."));
    g_cancellable_cancel (data);
  }
  if (sigwait (&set, &number) == 0)
    _exit (128 + number);
  return NULL;
}

/* The first signal asks the errand to stop where it is whole, the second ends the program. */
static void
stop_on_signal (LimberErrand *errand)
{
  sigset_t set;
  pthread_t thread;

  setvbuf (stdout, NULL, _IOLBF, 0);
  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  if (pthread_create (&thread, NULL, wait_for_signal, g_object_ref (errand->cancellable)) == 0)
    pthread_detach (thread);
}

/* A line that was piped in; nothing when a person sits at the keyboard, or nobody writes. */
static char *
read_line (void)
{
  struct pollfd in = { STDIN_FILENO, POLLIN, 0 };
  char line[LINE_MAXIMUM];

  if (isatty (STDIN_FILENO) || poll (&in, 1, PATIENCE_MS) <= 0 || fgets (line, sizeof line, stdin) == NULL)
    return NULL;
  line[strcspn (line, "\r\n")] = '\0';
  return *line != '\0' && g_utf8_validate (line, -1, NULL) ? g_strdup (line) : NULL;
}

static gboolean
open_and_perform (LimberErrand *errand, LimberStoreMode mode, GError **error)
{
  errand->store = limber_store_open (errand->dir, mode, errand->env, error);
  if (errand->store == NULL)
    return FALSE;
  limber_errand_perform (errand);
  limber_store_close (errand->store);
  return TRUE;
}

static gboolean
own_or_ask (LimberErrand *errand, GError **error)
{
  gint64 until = limber_env_monotonic (errand->env) + PATIENCE_MS * 1000;

  for (;;) {
    g_autoptr (GError) why = NULL;
    gboolean answered;

    if (open_and_perform (errand, LIMBER_STORE_OWN, &why))
      return TRUE;
    if (!g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_BUSY)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    if (limber_ask_owner (errand, &answered, error))
      return TRUE;
    if (answered)
      return FALSE;
    if (limber_env_monotonic (errand->env) > until) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
    g_usleep (PAUSE_MS * 1000);
  }
}

static gboolean
perform (LimberErrand *errand, GError **error)
{
  if (errand->command->flags & LIMBER_COMMAND_STOPPABLE)
    stop_on_signal (errand);
  if (errand->command->flags & LIMBER_COMMAND_INPUT)
    errand->input = read_line ();
  switch (limber_errand_needs (errand)) {
  case LIMBER_NEEDS_READ:
    return open_and_perform (errand, LIMBER_STORE_READ, error);
  case LIMBER_NEEDS_CHANGE:
    return own_or_ask (errand, error);
  default:
    limber_errand_perform (errand);
    return TRUE;
  }
}

static int
show_help (LimberErrand *errand)
{
  g_autofree char *help = limber_commands_help (errand->tables, errand->command);

  fputs (help, stdout);
  return 0;
}

/* What is said when not even the command line could be read, or the store not be opened. */
static int
fail (gboolean json, GError *error)
{
  if (json) {
    g_autoptr (json_t) object = limber_errand_error_json (error);

    json_dumpf (object, stdout, JSON_COMPACT);
    fputc ('\n', stdout);
    return limber_error_exit_status (error);
  }
  fprintf (stderr, "limberctl: %s\n", error->message);
  if (limber_error_get_cause (error) != NULL)
    fprintf (stderr, _("Details: %s\n"), limber_error_get_cause (error));
  return limber_error_exit_status (error);
}

/**
 * limber_program_run:
 *
 * Runs limberctl.
 *
 * Returns: its exit status
 */
int
limber_program_run (int argc, char **argv)
{
  g_autoptr (LimberEnv) env = limber_env_new_system ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LimberErrand) errand = NULL;

  if (argc == 2 && g_str_equal (argv[1], "--version")) {
    printf ("limberctl %s\n", LIMBER_VERSION);
    return fflush (stdout) == 0 ? 0 : 1;
  }
  errand = limber_errand_parse (limber_commands_all (), (const char *const *) argv + 1, env, &error);
  if (errand == NULL)
    return fail (g_strv_contains ((const char *const *) argv + 1, "--json"), error);
  if (errand->help)
    return show_help (errand);
  errand->here = TRUE;
  errand->write = write_out;
  errand->say = write_news;
  if (!perform (errand, &error))
    return fail (errand->json, error);
  return fflush (stdout) == 0 ? errand->status : 1;
}
