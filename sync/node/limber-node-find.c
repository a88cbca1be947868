/* POST /sync/v1/find: somebody who is not on a device (app/care/limber-find.h). "ask" says what is wanted: "find" a question
 * answered, "grant" one of those whom it found, "end" her visit, "history" how the details of somebody whom the site holds came to be as
 * they are (app/care/limber-past.h), which central alone knows whole. A hub, which does not hold the county, asks central on behalf
 * of its device, and names that. What is sought is in a sealed body, never in an address; the log says only that it was asked. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-call.h"
#include "limber-error.h"
#include "limber-find.h"
#include "limber-json.h"
#include "limber-past.h"

typedef struct {
  LimberFindAsker asker;
  json_t         *json;     /* (owned): what came */
  json_t         *question; /* (owned) (nullable): of "find", checked */
  json_t         *found;    /* (owned) (nullable): what it finds: to be answered once that is written down */
  json_t         *past;     /* (owned) (nullable): the answer to "history" */
} Find;

static void
find_free (Find *find)
{
  g_clear_pointer (&find->json, json_decref);
  g_clear_pointer (&find->question, json_decref);
  g_clear_pointer (&find->found, json_decref);
  g_clear_pointer (&find->past, json_decref);
  g_free (find);
}

static gboolean
holds (LimberReader *reader, const LimberId *patient, gpointer data)
{
  LimberCall *call = data;

  return limber_scope_is_all (((Find *) call->data)->asker.klass) || limber_scope_holds (reader, limber_scope_find (reader, &call->standing.group), patient);
}

static json_t *
read_json (LimberCall *call, GError **error)
{
  g_autoptr (GBytes) body = limber_message_unpack (call->request, error);
  gsize length;
  const char *text;
  g_autoptr (json_t) json = NULL;

  if (body == NULL)
    return NULL;
  text = g_bytes_get_data (body, &length);
  if (length <= LIMBER_FIND_MAXIMUM)
    json = limber_json_parse (text != NULL ? text : "", length, error);
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A question that is too long");
  if (json != NULL && !json_is_object (json)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a question");
    return NULL;
  }
  return g_steal_pointer (&json);
}

/* For whom a hub asks: a device of its own site, or of the office, that is still let in. */
static gboolean
read_device (LimberCall *call, LimberReader *reader, LimberFindAsker *asker, GError **error)
{
  LimberStanding standing;

  if (!limber_id_parse (&asker->device, limber_json_string (((Find *) call->data)->json, "device")) || !limber_call_standing (reader, &asker->device, &standing))
    return limber_error_refuse (error, _("The central service has not heard of this computer yet. Please try again in a minute."));
  if (standing.revoked || standing.left)
    return limber_error_refuse (error, _("This device has been revoked. Speak to whoever looks after Limber."));
  if (!limber_scope_is_all (standing.group.klass) && !limber_id_equal (&standing.group.site, &call->standing.group.site))
    return limber_error_refuse (error, _("This computer belongs to another site."));
  asker->klass = standing.group.klass;
  asker->site = standing.group.site;
  return TRUE;
}

static gboolean
read_asker (LimberCall *call, LimberReader *reader, LimberFindAsker *asker, GError **error)
{
  *asker = (LimberFindAsker){ call->signature.device, call->standing.group.klass, call->standing.group.site };
  if (call->standing.group.klass == LIMBER_CLASS_HUB && !read_device (call, reader, asker, error))
    return FALSE;
  return limber_find_may_ask (asker->klass) || limber_error_refuse (error, _("This device may not ask for people."));
}

/* At a hub. It answers nobody else's devices: whom they were granted would not come to them through it. */
static gboolean
prepare_relay (LimberCall *call, LimberReader *reader, GError **error)
{
  Find *find = call->data;
  g_autofree char *device = limber_id_dup_text (&call->signature.device);
  LimberId site;

  if (!limber_find_may_ask (call->standing.group.klass))
    return limber_error_refuse (error, _("This device may not ask for people."));
  if (!limber_scope_is_all (call->standing.group.klass) && !(limber_reader_site (reader, &site) && limber_id_equal (&site, &call->standing.group.site)))
    return limber_error_refuse (error, _("This computer belongs to another site."));
  call->relay = json_incref (find->json);
  json_object_set_new (call->relay, "device", json_string (device));
  return TRUE;
}

static gboolean
search (LimberCall *call, LimberReader *reader, GError **error)
{
  Find *find = call->data;

  find->question = limber_find_question_read (find->json, error);
  if (find->question == NULL || !limber_find_check_rate (reader, &find->asker, find->question, error))
    return FALSE;
  find->found = limber_find_search (reader, find->question, holds, call, error);
  return find->found != NULL;
}

/* Nobody hears of anybody's past whose record she may not have. */
static gboolean
read_past (LimberCall *call, LimberReader *reader, GError **error)
{
  Find *find = call->data;
  LimberId patient;

  if (!limber_id_parse (&patient, limber_json_string (find->json, "patient"))) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "The history of nobody");
    return FALSE;
  }
  if (!holds (reader, &patient, call))
    return limber_error_refuse (error, _("This person is not one of this site’s."));
  find->past = limber_past_json (reader, &patient, error);
  return find->past != NULL;
}

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  Find *find = g_new0 (Find, 1);

  call->data = find;
  call->destroy = (GDestroyNotify) find_free;
  if (!limber_find_may_ask (call->standing.group.klass) && call->standing.group.klass != LIMBER_CLASS_HUB)
    return limber_error_refuse (error, _("This device may not ask for people."));
  find->json = read_json (call, error);
  if (find->json == NULL)
    return FALSE;
  if (limber_reader_class (reader) != LIMBER_CLASS_CENTRAL)
    return prepare_relay (call, reader, error);
  if (!read_asker (call, reader, &find->asker, error))
    return FALSE;
  if (g_strcmp0 (limber_json_string (find->json, "ask"), "history") == 0)
    return read_past (call, reader, error);
  return g_strcmp0 (limber_json_string (find->json, "ask"), "find") != 0 || search (call, reader, error);
}

/* Central's group for those who ask must be there, or nobody is in it. */
static gboolean
open_group (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  gint64 group;

  return limber_scope_is_all (call->standing.group.klass) || limber_scope_open (transaction, &call->standing.group, &group, error);
}

static gboolean
write_down (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  Find *find = call->data;
  const char *ask = limber_json_string (find->json, "ask");
  json_t *answer = NULL;

  if (find->found != NULL) {
    if (limber_find_note (transaction, &find->asker, find->question, find->found, error))
      answer = json_incref (find->found);
  } else if (find->past != NULL)
    answer = json_incref (find->past);
  else if (g_strcmp0 (ask, "grant") == 0) {
    if (open_group (call, transaction, error))
      answer = limber_find_grant (transaction, &find->asker, find->json, holds, call, error);
  } else if (g_strcmp0 (ask, "end") == 0)
    answer = limber_find_end (transaction, &find->asker, find->json, error);
  else
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a question");
  if (answer != NULL)
    limber_call_answer (call, answer);
  return answer != NULL;
}

const LimberHandler limber_node_find = { "POST", "/sync/v1/find", FALSE, FALSE, 0, prepare, write_down, NULL };
