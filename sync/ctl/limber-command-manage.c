/* enrol, retire, lost and revoke at a device: its node is asked to do it, in the name of a manager (app/care/limber-managing.h). */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-managing.h"

typedef struct {
  LimberErrand *errand;
  char         *author, *role; /* (owned) */
} Who;

static gboolean
read_who (LimberReader *reader, gpointer data, GError **error)
{
  Who *who = data;

  return limber_command_author (who->errand, reader, TRUE, &who->author, &who->role, error);
}

/**
 * limber_command_manages:
 *
 * Returns: whether the store is a device's at which a manager can sit
 */
gboolean
limber_command_manages (LimberErrand *errand)
{
  return limber_managing_may_ask (limber_store_identity (errand->store)->klass);
}

/**
 * limber_command_managing:
 * @ask: what is asked
 *
 * Returns: (transfer full) (nullable): the beginning of a question, in the name of whom --as says
 */
json_t *
limber_command_managing (LimberErrand *errand, const char *ask, GError **error)
{
  Who who = { errand, NULL, NULL };
  g_autofree char *author = NULL, *role = NULL;
  gboolean known = limber_store_read (errand->store, read_who, &who, error);

  author = who.author;
  role = who.role;
  return known ? json_pack ("{s:s, s:s}", "ask", ask, "staff", author) : NULL;
}

/* (transfer full) (nullable): the id of the device that is called @text, or has that id */
static char *
find_device (LimberErrand *errand, const char *text, GError **error)
{
  g_autoptr (json_t) question = limber_command_managing (errand, "list", error), answer = NULL;
  const char *found = NULL;
  const json_t *one;
  guint n = 0;
  gsize i;

  if (question == NULL || (answer = limber_command_ask_node (errand, question, error)) == NULL)
    return NULL;
  json_array_foreach (json_object_get (answer, "devices"), i, one)
    if (g_strcmp0 (limber_json_string (one, "device"), text) == 0 || (g_strcmp0 (limber_json_string (one, "name"), text) == 0 && limber_json_string (one, "left") == NULL)) {
      found = limber_json_string (one, "device");
      n++;
    }
  if (n == 1)
    return g_strdup (found);
  if (n == 0)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND, _("There is no device called “%s” here"), text);
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_AMBIGUOUS, _("More than one device is called “%s”: say which by its id"), text);
  return NULL;
}

/**
 * limber_command_manage:
 * @ask: retire, lost or revoke; with --undo it stays
 * @error: as its node says
 *
 * Has its node do to a device what @ask says.
 */
gboolean
limber_command_manage (LimberErrand *errand, const char *ask, GError **error)
{
  g_autoptr (json_t) question = limber_command_managing (errand, limber_errand_has (errand, "undo") ? "keep" : ask, error);
  g_autofree char *device = question != NULL ? find_device (errand, limber_errand_word (errand, 0), error) : NULL;
  json_t *answer;

  if (device == NULL)
    return FALSE;
  json_object_set_new (question, "device", json_string (device));
  answer = limber_command_ask_node (errand, question, error);
  if (answer == NULL)
    return FALSE;
  json_object_set_new (answer, "id", json_string (device));
  limber_errand_take (errand, answer);
  /* Translators: %s is a device's name. */
  g_string_printf (errand->text, _("%s: its node has noted it.\n"), limber_command_text (answer, "name"));
  return TRUE;
}
