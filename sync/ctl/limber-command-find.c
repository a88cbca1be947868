/* find: asks central for somebody who is not here. And how a command at a device asks its node of anything. A client belongs to its program's main thread: where the store's owner runs
 * one, that is asked from the thread that carries out the errand; else limberctl runs one of its own. */
#include <glib/gi18n-lib.h>

#include "limber-client.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-find.h"
#include "limber-json.h"
#include "limber-managing.h"

/* A question to the owner's client, from another thread. */
typedef struct {
  LimberClient *client;      /* (owned) */
  json_t       *question;    /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GMutex        mutex;
  GCond         cond;
  gboolean      done;        /* (mutex mutex) */
  json_t       *answer;      /* (owned) (nullable) (mutex mutex) */
  GError       *error;       /* (owned) (nullable) (mutex mutex) */
} Asking;

static void
asking_clear (Asking *asking)
{
  g_object_unref (asking->client);
  json_decref (asking->question);
  g_object_unref (asking->cancellable);
  g_clear_pointer (&asking->answer, json_decref);
  g_clear_error (&asking->error);
  g_mutex_clear (&asking->mutex);
  g_cond_clear (&asking->cond);
}

static void
asking_release (gpointer asking)
{
  g_atomic_rc_box_release_full (asking, (GDestroyNotify) asking_clear);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;

  g_mutex_lock (&asking->mutex);
  asking->answer = limber_client_find_finish (LIMBER_CLIENT (source), result, &asking->error);
  asking->done = TRUE;
  g_cond_signal (&asking->cond);
  g_mutex_unlock (&asking->mutex);
  asking_release (asking);
}

static gboolean
ask_there (gpointer data)
{
  Asking *asking = data;

  if (limber_managing_is_asked (asking->question))
    limber_client_manage_async (asking->client, asking->question, asking->cancellable, on_answered, g_atomic_rc_box_acquire (asking));
  else
    limber_client_find_async (asking->client, asking->question, LIMBER_CLIENT_FIND_TIME, asking->cancellable, on_answered, g_atomic_rc_box_acquire (asking));
  return G_SOURCE_REMOVE;
}

static json_t *
ask_owner (LimberErrand *errand, json_t *question, GError **error)
{
  Asking *asking = g_atomic_rc_box_new0 (Asking);
  gint64 until = g_get_monotonic_time () + (LIMBER_CLIENT_FIND_TIME + 5000) * G_TIME_SPAN_MILLISECOND;
  json_t *answer;

  asking->client = g_object_ref (errand->client);
  asking->question = json_incref (question);
  asking->cancellable = g_object_ref (errand->cancellable);
  g_mutex_init (&asking->mutex);
  g_cond_init (&asking->cond);
  g_idle_add_full (G_PRIORITY_DEFAULT, ask_there, g_atomic_rc_box_acquire (asking), asking_release);
  g_mutex_lock (&asking->mutex);
  while (!asking->done && g_cond_wait_until (&asking->cond, &asking->mutex, until))
    ;
  answer = g_steal_pointer (&asking->answer);
  if (answer == NULL && asking->error != NULL)
    g_propagate_error (error, g_steal_pointer (&asking->error));
  else if (answer == NULL)
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The program that owns the store does not answer"));
  g_mutex_unlock (&asking->mutex);
  asking_release (asking);
  return answer;
}

/**
 * limber_command_ask_node:
 * @question: about somebody, or about devices
 *
 * Asks the node of the device whose store it is.
 *
 * Returns: (transfer full) (nullable): its answer
 */
json_t *
limber_command_ask_node (LimberErrand *errand, json_t *question, GError **error)
{
  g_autoptr (LimberClient) client = NULL;

  if (errand->client != NULL)
    return ask_owner (errand, question, error);
  if (!errand->here) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("The program that owns the store does not sync"));
    return NULL;
  }
  client = limber_client_new (errand->store);
  if (limber_managing_is_asked (question))
    return limber_client_manage (client, question, errand->cancellable, error);
  return limber_client_find (client, question, LIMBER_CLIENT_FIND_TIME, errand->cancellable, error);
}

/* What the options say, under the names that a question has. */
static gboolean
set_options (LimberErrand *errand, json_t *question, GError **error)
{
  static const char *const options[][2] = { { "nhs-number", "nhs_number" }, { "family", "family" }, { "given", "given" }, { "phone", "phone" }, { "reason", "reason" }, { "note", "note" },
                                            { "inquiry", "inquiry" }, { "take", "patient" }, { "end", "patient" } };
  const char *born = limber_errand_option (errand, "born");
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (limber_errand_has (errand, options[i][0]))
      json_object_set_new (question, options[i][1], json_string (limber_errand_option (errand, options[i][0])));
  if (born == NULL)
    return TRUE;
  limber_date_of_time (limber_env_now (errand->env), today);
  date = limber_date_parse_typed (born, today);
  if (date == NULL)
    return limber_errand_usage (error, _("--born is a date: 6/8/1954 or 1954-08-06"));
  json_object_set_new (question, "born", json_string (date));
  return TRUE;
}

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

/* Returns (transfer full) (nullable): what is to be asked. */
static json_t *
make_question (LimberErrand *errand, const char *kind, GError **error)
{
  g_autoptr (json_t) question = json_pack ("{s:s}", "ask", kind), checked = NULL;
  Who who = { errand, NULL, NULL };
  g_autofree char *author = NULL, *role = NULL, *id = NULL;
  LimberId drawn;

  if (!set_options (errand, question, error) || !limber_store_read (errand->store, read_who, &who, error))
    return NULL;
  author = who.author;
  role = who.role;
  limber_id_init_new (&drawn, errand->env);
  id = limber_id_dup_text (&drawn);
  json_object_set_new (question, "staff", json_string (author));
  json_object_set_new (question, "id", json_string (id));
  if (!g_str_equal (kind, "find"))
    return g_steal_pointer (&question);
  checked = limber_find_question_read (question, error);
  return checked != NULL ? g_steal_pointer (&question) : NULL;
}

static void
print_person (GString *out, const json_t *person)
{
  static const char *const told[] = { "outward", "practice" };
  const char *died = limber_json_string (person, "died");
  g_autofree char *born = limber_date_for_staff (limber_json_string (person, "born"));

  g_string_append_printf (out, "%s  %s, %s  %s  … %s", limber_command_text (person, "id"), limber_command_text (person, "family"), limber_command_text (person, "given"), born,
                          limber_command_text (person, "nhs_end"));
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (limber_json_string (person, told[i]) != NULL)
      g_string_append_printf (out, "  %s", limber_json_string (person, told[i]));
  if (json_is_true (json_object_get (person, "restricted")))
    g_string_append_printf (out, "  [%s]", _("restricted"));
  if (died != NULL)
    g_string_append_printf (out, "  [%s]", _("died"));
  g_string_append_c (out, '\n');
}

static void
answer_find (LimberErrand *errand, const json_t *answer)
{
  const char *result = limber_json_string (answer, "result");
  const json_t *people = json_object_get (answer, "people");

  if (g_strcmp0 (result, "found") != 0) {
    errand->status = g_strcmp0 (result, "none") == 0 ? 3 : 4;
    g_string_assign (errand->text, errand->status == 3 ? _("Central knows nobody like that.\n") : _("There are too many people like that. Say more about the one whom you mean.\n"));
    return;
  }
  for (gsize i = 0; i < json_array_size (people); i++)
    print_person (errand->text, json_array_get (people, i));
  g_string_append_printf (errand->text, "inquiry %s\n", limber_json_string (answer, "inquiry"));
}

static void
answer_grant (LimberErrand *errand, const json_t *answer)
{
  const char *day = limber_json_string (answer, "day");
  g_autofree char *date = day != NULL ? limber_date_for_staff (day) : NULL;

  if (date != NULL) /* Translators: a date, 06-Aug-2018 */
    g_string_printf (errand->text, _("She comes with the next sync, and goes at the end of %s.\n"), date);
  else
    g_string_assign (errand->text, _("This site has her already.\n"));
}

/* find [--nhs-number N] …, find --take PATIENT --inquiry ID, or find --end PATIENT */
gboolean
limber_command_find (LimberErrand *errand, GError **error)
{
  const char *kind = limber_errand_has (errand, "take") ? "grant" : limber_errand_has (errand, "end") ? "end" : "find";
  g_autoptr (json_t) question = NULL;
  json_t *answer;

  if (!limber_find_may_ask (limber_store_identity (errand->store)->klass))
    return limber_error_refuse (error, _("This is not a device that asks for people: a desk, a clinic's or an office's is."));
  question = make_question (errand, kind, error);
  answer = question != NULL ? limber_command_ask_node (errand, question, error) : NULL;
  if (answer == NULL)
    return FALSE;
  limber_errand_take (errand, answer);
  if (g_str_equal (kind, "find"))
    answer_find (errand, answer);
  else if (g_str_equal (kind, "grant"))
    answer_grant (errand, answer);
  else
    g_string_assign (errand->text, _("Her visit has ended.\n"));
  return TRUE;
}
