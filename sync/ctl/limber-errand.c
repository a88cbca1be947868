/* A call is parsed the same way at both ends of the socket. Its answer is made by one function of its command; what is
 * printed is either the answer's JSON or its text, never a mixture, and the exit status says the rest. */
#include "limber-errand.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-error.h"
#include "limber-json.h"

/**
 * limber_errand_usage:
 *
 * Sets an error of usage.
 *
 * Returns: %FALSE
 */
gboolean
limber_errand_usage (GError **error, const char *form, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, form);
  message = g_strdup_vprintf (form, args);
  va_end (args);
  g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, message);
  return FALSE;
}

static LimberErrand *
errand_new (LimberEnv *env)
{
  LimberErrand *errand = g_new0 (LimberErrand, 1);

  errand->words = g_ptr_array_new_with_free_func (g_free);
  errand->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  errand->env = limber_env_ref (env);
  errand->cancellable = g_cancellable_new ();
  errand->text = g_string_new (NULL);
  return errand;
}

void
limber_errand_free (LimberErrand *errand)
{
  g_ptr_array_unref (errand->words);
  g_hash_table_unref (errand->options);
  g_free (errand->dir);
  g_free (errand->input);
  limber_env_unref (errand->env);
  g_clear_object (&errand->store);
  g_object_unref (errand->cancellable);
  g_clear_pointer (&errand->result, json_decref);
  g_string_free (errand->text, TRUE);
  g_free (errand);
}

static gboolean
take_value (const char *const *argv, guint *i, const char *equals, char **value, GError **error)
{
  if (equals == NULL && argv[*i + 1] == NULL)
    return limber_errand_usage (error, _("%s needs a value"), argv[*i]);
  *value = g_strdup (equals != NULL ? equals + 1 : argv[++*i]);
  return TRUE;
}

/* An option that every command has. */
static gboolean
take_common (LimberErrand *errand, const char *const *argv, guint *i, const char *name, const char *equals, gboolean *taken, GError **error)
{
  g_autofree char *dir = NULL;

  *taken = TRUE;
  if (g_str_equal (name, "json") && equals == NULL)
    errand->json = TRUE;
  else if (g_str_equal (name, "help") && equals == NULL)
    errand->help = TRUE;
  else if (g_str_equal (name, "store")) {
    if (!take_value (argv, i, equals, &dir, error))
      return FALSE;
    g_free (errand->dir);
    errand->dir = g_canonicalize_filename (dir, NULL);
  } else
    *taken = FALSE;
  return TRUE;
}

static gboolean
take_option (LimberErrand *errand, const char *const *argv, guint *i, GError **error)
{
  const char *equals = strchr (argv[*i], '=');
  g_autofree char *name = equals != NULL ? g_strndup (argv[*i] + 2, (gsize) (equals - argv[*i] - 2)) : g_strdup (argv[*i] + 2), *with_value = g_strconcat (name, "=", NULL), *value = NULL;
  const char *const *options = errand->command != NULL ? errand->command->options : NULL;
  gboolean taken = FALSE;

  if (!take_common (errand, argv, i, name, equals, &taken, error) || taken)
    return taken;
  if (options != NULL && g_strv_contains (options, with_value)) {
    if (!take_value (argv, i, equals, &value, error))
      return FALSE;
  } else if (options != NULL && g_strv_contains (options, name) && equals == NULL)
    value = g_strdup ("");
  else if (errand->command == NULL)
    return limber_errand_usage (error, _("There is no option --%s"), name);
  else
    return limber_errand_usage (error, _("%s has no option --%s"), errand->command->name, name);
  if (g_hash_table_contains (errand->options, name))
    return limber_errand_usage (error, _("--%s is given twice"), name);
  g_hash_table_insert (errand->options, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

static gboolean
take_words (LimberErrand *errand, const char *const *argv, GError **error)
{
  for (guint i = 0; argv[i] != NULL; i++) {
    if (!g_utf8_validate (argv[i], -1, NULL))
      return limber_errand_usage (error, _("What is typed is not UTF-8 text"));
    if (g_str_equal (argv[i], "-h"))
      errand->help = TRUE;
    else if (g_str_has_prefix (argv[i], "--")) {
      if (!take_option (errand, argv, &i, error))
        return FALSE;
    } else if (errand->command != NULL)
      g_ptr_array_add (errand->words, g_strdup (argv[i]));
    else if ((errand->command = limber_commands_find (errand->tables, argv[i])) == NULL)
      return limber_errand_usage (error, _("There is no command “%s”; “limberctl --help” names them"), argv[i]);
  }
  return TRUE;
}

static gboolean
check_words (LimberErrand *errand, GError **error)
{
  const LimberCommand *command = errand->command;

  if (errand->help)
    return TRUE;
  if (command == NULL)
    return limber_errand_usage (error, _("Say which command; “limberctl --help” names them"));
  if (errand->words->len < command->minimum || errand->words->len > command->maximum)
    return limber_errand_usage (error, _("How it is used: limberctl %s%s %s"), command->needs != LIMBER_NEEDS_NOTHING ? "--store DIR " : "", command->name, command->usage);
  if (command->needs != LIMBER_NEEDS_NOTHING && errand->dir == NULL)
    return limber_errand_usage (error, _("Say which store: --store DIR"));
  return TRUE;
}

/* A path means the same wherever the call is carried out. */
static void
make_options_absolute (LimberErrand *errand)
{
  static const char *const paths[] = { "mapping", "refused" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (limber_errand_has (errand, paths[i]))
      g_hash_table_insert (errand->options, g_strdup (paths[i]), g_canonicalize_filename (limber_errand_option (errand, paths[i]), NULL));
}

/* Which of the words is a path, -1 for none. */
static int
path_of (LimberErrand *errand)
{
  static const char *const reading[] = { "publish", "check", "load", NULL };
  LimberCommandFlags flags = errand->command != NULL ? errand->command->flags : 0;

  if (flags & LIMBER_COMMAND_PATH)
    return errand->words->len > 0 ? 0 : -1;
  return (flags & LIMBER_COMMAND_SECOND_PATH) && errand->words->len > 1 && g_strv_contains (reading, limber_errand_word (errand, 0)) ? 1 : -1;
}

static void
make_path_absolute (LimberErrand *errand)
{
  int at = path_of (errand);

  if (at >= 0) {
    char *path = g_canonicalize_filename (limber_errand_word (errand, (guint) at), NULL);

    g_free (errand->words->pdata[at]);
    errand->words->pdata[at] = path;
  }
}

/**
 * limber_errand_parse:
 * @tables: (unowned): the commands of this program, limber_commands_all() or limber_commands_public()
 * @argv: the words after the program's name
 * @env: clock and random numbers
 * @error: LIMBER_ERROR_USAGE
 *
 * Reads a command line. Even when it fails, --json among the words says how the failure is to be told.
 *
 * Returns: (transfer full) (nullable): the call
 */
LimberErrand *
limber_errand_parse (const LimberCommand *const *tables, const char *const *argv, LimberEnv *env, GError **error)
{
  g_autoptr (LimberErrand) errand = errand_new (env);

  errand->tables = tables;
  if (!take_words (errand, argv, error) || !check_words (errand, error))
    return NULL;
  make_path_absolute (errand);
  make_options_absolute (errand);
  return g_steal_pointer (&errand);
}

/**
 * limber_errand_word:
 *
 * Returns: (transfer none) (nullable): the @i-th word after the command's name
 */
const char *
limber_errand_word (LimberErrand *errand, guint i)
{
  return i < errand->words->len ? g_ptr_array_index (errand->words, i) : NULL;
}

/**
 * limber_errand_option:
 *
 * Returns: (transfer none) (nullable): the value of --@name
 */
const char *
limber_errand_option (LimberErrand *errand, const char *name)
{
  return g_hash_table_lookup (errand->options, name);
}

gboolean
limber_errand_has (LimberErrand *errand, const char *name)
{
  return g_hash_table_contains (errand->options, name);
}

/**
 * limber_errand_needs:
 *
 * Returns: what the call needs: a trial changes nothing
 */
LimberNeeds
limber_errand_needs (LimberErrand *errand)
{
  return errand->command->needs == LIMBER_NEEDS_CHANGE && limber_errand_has (errand, "dry-run") ? LIMBER_NEEDS_READ : errand->command->needs;
}

/**
 * limber_errand_to_argv:
 *
 * Returns: (transfer full): the words that limber_errand_parse() makes the same call of, --store left out
 */
char **
limber_errand_to_argv (LimberErrand *errand)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_strv_builder_add (argv, errand->command->name);
  for (guint i = 0; i < errand->words->len; i++)
    g_strv_builder_add (argv, limber_errand_word (errand, i));
  g_hash_table_iter_init (&iter, errand->options);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    g_autofree char *with_value = g_strdup_printf ("%s=", (const char *) name);
    g_autofree char *option = g_strv_contains (errand->command->options, with_value) ? g_strdup_printf ("--%s%s", with_value, (const char *) value) : g_strdup_printf ("--%s", (const char *) name);

    g_strv_builder_add (argv, option);
  }
  if (errand->json)
    g_strv_builder_add (argv, "--json");
  return g_strv_builder_end (argv);
}

/**
 * limber_errand_print:
 *
 * Prints a part of an answer that is too long to be kept whole.
 */
void
limber_errand_print (LimberErrand *errand, const char *text)
{
  errand->write (text, strlen (text), errand->data);
}

/**
 * limber_errand_say:
 *
 * Tells a person how far a long command is, on standard error: it is no part of the answer, which a script reads.
 */
void
limber_errand_say (LimberErrand *errand, const char *form, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, form);
  text = g_strdup_vprintf (form, args);
  va_end (args);
  errand->say (text, strlen (text), errand->data);
}

/**
 * limber_errand_tell:
 *
 * As limber_errand_say(), of what is soon no longer so: on a terminal the next such line takes its place; in a file or a pipe each
 * is a line of its own.
 */
void
limber_errand_tell (LimberErrand *errand, const char *form, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, form);
  text = g_strdup_vprintf (form, args);
  va_end (args);
  limber_errand_say (errand, "%s\r", text);
}

/**
 * limber_errand_take:
 * @result: (transfer full): the answer as JSON
 */
void
limber_errand_take (LimberErrand *errand, json_t *result)
{
  g_clear_pointer (&errand->result, json_decref);
  errand->result = result;
}

/**
 * limber_errand_error_json:
 * @error: why a call failed
 *
 * Returns: (transfer full): the object that names it
 */
json_t *
limber_errand_error_json (const GError *error)
{
  return json_pack ("{s:s, s:s, s:s*}", "error", limber_error_name (error), "message", error->message, "cause", limber_error_get_cause (error));
}

/**
 * limber_errand_fail:
 * @error: why
 *
 * Answers that the call failed: an object that names the error, or a line for people. An answer that is there already stays;
 * a text without one was never finished, or is no longer so.
 */
void
limber_errand_fail (LimberErrand *errand, GError *error)
{
  errand->status = limber_error_exit_status (error);
  if (errand->result == NULL)
    g_string_truncate (errand->text, 0);
  if (errand->json && errand->result == NULL)
    errand->result = limber_errand_error_json (error);
  else if (!errand->json) {
    limber_errand_say (errand, "limberctl: %s\n", error->message);
    if (limber_error_get_cause (error) != NULL)
      limber_errand_say (errand, _("Details: %s\n"), limber_error_get_cause (error));
  }
}

/**
 * limber_errand_perform:
 *
 * Carries the call out and prints its answer.
 */
void
limber_errand_perform (LimberErrand *errand)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  if (!errand->command->func (errand, &error))
    limber_errand_fail (errand, error);
  if (!errand->json && errand->text->len > 0)
    errand->write (errand->text->str, errand->text->len, errand->data);
  if (!errand->json || errand->result == NULL)
    return;
  json = limber_json_dup (errand->result);
  limber_errand_print (errand, json);
  limber_errand_print (errand, "\n");
}

typedef struct {
  LimberErrand *errand;
  gboolean (*read) (LimberErrand *, LimberReader *, GError **);
  gboolean (*change) (LimberErrand *, LimberTransaction *, GError **);
  gboolean changed; /* whether @change did its part */
} Job;

static gboolean
read_job (LimberReader *reader, gpointer data, GError **error)
{
  return ((Job *) data)->read (((Job *) data)->errand, reader, error);
}

static gboolean
change_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  job->changed = job->change (job->errand, transaction, error);
  return job->changed;
}

/**
 * limber_errand_read:
 *
 * Runs @func over one view of the call's store.
 */
gboolean
limber_errand_read (LimberErrand *errand, gboolean (*func) (LimberErrand *, LimberReader *, GError **), GError **error)
{
  Job job = { errand, func, NULL, FALSE };

  return limber_store_read (errand->store, read_job, &job, error);
}

/**
 * limber_errand_change:
 *
 * Runs @func in a transaction of the call's store.
 */
gboolean
limber_errand_change (LimberErrand *errand, gboolean (*func) (LimberErrand *, LimberTransaction *, GError **), GError **error)
{
  Job job = { errand, NULL, func, FALSE };

  if (limber_store_write (errand->store, change_job, &job, error))
    return TRUE;
  /* What @func answered is not so when the disk refused afterwards. */
  if (job.changed)
    limber_errand_take (errand, NULL);
  return FALSE;
}
