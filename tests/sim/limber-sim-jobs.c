/* Invariant: a run's process hands over what the run came to in an unnamed file, which it and this one have in common: the
 * SimRun as it is in memory, then its problems, each with its NUL. A file that is not whole tells of a run that died. */
#include "limber-sim-jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#define PATIENCE 1200
#else
#define PATIENCE 300 /* seconds; none takes 20 on a machine that does nothing else */
#endif

typedef struct {
  pid_t   pid; /* 0: nothing runs here */
  FILE   *answer; /* (owned) */
  SimRun *run;
} Job;

/* A run of years would tell the log of the tests tens of thousands of times that somebody did not answer. */
static void
say_nothing (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static G_NORETURN void
carry_out (SimRun *run, FILE *answer)
{
  gboolean good;

  alarm (PATIENCE);
  g_log_set_handler ("limber", G_LOG_LEVEL_DEBUG, say_nothing, NULL);
  sim_run (run);
  good = fwrite (run, sizeof *run, 1, answer) == 1;
  for (guint i = 0; i < run->problems->len; i++)
    good &= fputs (g_ptr_array_index (run->problems, i), answer) >= 0 && fputc ('\0', answer) == 0;
  sim_run_clear (run);
  exit (fflush (answer) == 0 && good ? 0 : 1); /* by the way that looks for leaks */
}

static void
begin (Job *job, SimRun *run)
{
  job->run = run;
  job->answer = tmpfile ();
  g_assert_nonnull (job->answer);
  fflush (stdout);
  job->pid = fork ();
  g_assert_cmpint (job->pid, >=, 0);
  if (job->pid == 0)
    carry_out (run, job->answer);
}

static void
read_problems (FILE *answer, GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int c;

  while ((c = fgetc (answer)) != EOF)
    if (c != '\0')
      g_string_append_c (text, (char) c);
    else {
      g_ptr_array_add (problems, g_strdup (text->str));
      g_string_truncate (text, 0);
    }
}

static void
end (Job *job, int status)
{
  SimRun *run = job->run, came_to;

  rewind (job->answer);
  if (status == 0 && fread (&came_to, sizeof came_to, 1, job->answer) == 1) {
    *run = came_to;
    run->problems = g_ptr_array_new_with_free_func (g_free);
    read_problems (job->answer, run->problems);
  } else {
    run->problems = g_ptr_array_new_with_free_func (g_free);
    if (WIFSIGNALED (status) && WTERMSIG (status) == SIGALRM)
      g_ptr_array_add (run->problems, g_strdup_printf ("L it does not come to an end in %d s", PATIENCE));
    else
      g_ptr_array_add (run->problems, g_strdup_printf ("X it crashes: %s %d", WIFSIGNALED (status) ? "signal" : "status", WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status)));
    sim_world_remove_left (job->pid);
  }
  fclose (job->answer);
  *job = (Job){ 0 };
}

static Job *
find (Job *jobs, guint n, pid_t pid)
{
  for (guint i = 0; i < n; i++)
    if (jobs[i].pid == pid)
      return &jobs[i];
  g_assert_not_reached ();
}

/**
 * sim_jobs_run:
 * @runs: (inout) (array length=n): what each came to is filled in, as sim_run() does
 * @at_a_time: how many processes
 * @func: (nullable): called after each, in the order in which they end
 */
void
sim_jobs_run (SimRun *runs, guint n, guint at_a_time, SimJobsFunc func, gpointer data)
{
  g_autofree Job *jobs = g_new0 (Job, at_a_time);
  guint begun = 0;

  for (guint ended = 0; ended < n; ended++) {
    Job *job;
    SimRun *run;
    int status;
    pid_t pid;

    while (begun < n && begun - ended < at_a_time)
      begin (find (jobs, at_a_time, 0), &runs[begun++]);
    pid = wait (&status);
    g_assert_cmpint (pid, >, 0);
    job = find (jobs, at_a_time, pid);
    run = job->run;
    end (job, status);
    if (func != NULL)
      func (run, data);
  }
}
