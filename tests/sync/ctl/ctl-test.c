#include "ctl-test.h"

#include <string.h>

#include "limber-json.h"

const char *ctl_folder;

/**
 * ctl_run_v:
 * @input: (nullable): what its standard input gives
 * @words: after the program's name
 *
 * Returns: (transfer full): what came of it
 */
CtlResult *
ctl_run_v (const char *input, const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  CtlResult *result = g_new0 (CtlResult, 1);

  g_ptr_array_add (argv, (gpointer) g_getenv ("LIMBERCTL"));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, NULL);
  if (ctl_folder != NULL)
    g_subprocess_launcher_set_cwd (launcher, ctl_folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &result->out, &result->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result->status = g_subprocess_get_exit_status (process);
  result->json = json_loads (result->out, JSON_DECODE_ANY, NULL);
  return result;
}

static char **
collect (const char *first, va_list args)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_strv_builder_add (words, word);
  return g_strv_builder_end (words);
}

CtlResult *
ctl_run (const char *input, const char *first, ...)
{
  g_auto (GStrv) words = NULL;
  va_list args;

  va_start (args, first);
  words = collect (first, args);
  va_end (args);
  return ctl_run_v (input, (const char *const *) words);
}

void
ctl_free (CtlResult *result)
{
  g_free (result->out);
  g_free (result->err);
  g_clear_pointer (&result->json, json_decref);
  g_free (result);
}

static void
check_status (CtlResult *result, int status, char **words)
{
  g_autofree char *line = g_strjoinv (" ", words);

  if (result->status != status)
    g_error ("limberctl %s: exit %d, not %d\n%s%s", line, result->status, status, result->out, result->err);
}

/**
 * ctl_assert:
 * @status: the exit status that it must have
 */
void
ctl_assert (int status, const char *first, ...)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (CtlResult) result = NULL;
  va_list args;

  va_start (args, first);
  words = collect (first, args);
  va_end (args);
  result = ctl_run_v (NULL, (const char *const *) words);
  check_status (result, status, words);
}

/**
 * ctl_json:
 * @status: the exit status that it must have
 *
 * Returns: (transfer full): what it printed, which must be JSON
 */
json_t *
ctl_json (int status, const char *first, ...)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) given = NULL, all = NULL;
  g_autoptr (CtlResult) result = NULL;
  va_list args;

  va_start (args, first);
  given = collect (first, args);
  va_end (args);
  g_strv_builder_addv (words, (const char **) given);
  g_strv_builder_add (words, "--json");
  all = g_strv_builder_end (words);
  result = ctl_run_v (NULL, (const char *const *) all);
  check_status (result, status, all);
  if (result->json == NULL)
    g_error ("Not JSON: %s", result->out);
  return g_steal_pointer (&result->json);
}

const char *
ctl_string (json_t *json, const char *name)
{
  return json_string_value (json_object_get (json, name));
}

char *
ctl_path (const char *dir, const char *name)
{
  return g_build_filename (dir, name, NULL);
}

/**
 * ctl_county:
 *
 * Returns: (transfer full): the folder of the lists that tests have
 */
char *
ctl_county (void)
{
  return g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "county", NULL);
}

/**
 * ctl_new_county:
 *
 * Returns: (transfer full): a folder with "central" in it, which has taken in the tests' county
 */
char *
ctl_new_county (void)
{
  char *dir = test_dir_new ();
  g_autofree char *central = ctl_path (dir, "central"), *county = ctl_county ();

  ctl_assert (0, "--store", central, "init", "--class", "central", "--name", "Harrow MSK", NULL);
  ctl_assert (0, "--store", central, "import", county, NULL);
  return dir;
}

void
ctl_county_set_up (CtlCounty *county, gconstpointer data)
{
  county->dir = ctl_new_county ();
  county->central = ctl_path (county->dir, "central");
}

void
ctl_county_tear_down (CtlCounty *county, gconstpointer data)
{
  test_dir_remove (county->dir);
  g_free (county->dir);
  g_free (county->central);
}

/**
 * ctl_desk_set_up:
 * @klass: of the device; an office belongs to no site
 *
 * Returns: (transfer full): its store, open, to be filled and closed before limberctl is run
 */
LimberStore *
ctl_desk_set_up (CtlDesk *desk, LimberClass klass)
{
  desk->clock = (TestClock){ TEST_NOW, 3 };
  desk->env = test_env_new (&desk->clock);
  desk->dir = test_dir_new ();
  test_id (&desk->site, "site");
  return test_store_new (desk->dir, desk->env, klass, klass == LIMBER_CLASS_OFFICE ? NULL : &desk->site);
}

void
ctl_desk_tear_down (CtlDesk *desk, gconstpointer data)
{
  limber_env_unref (desk->env);
  test_dir_remove (desk->dir);
  g_free (desk->dir);
}
