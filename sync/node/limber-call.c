#include "limber-call.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-canary.h"
#include "limber-json.h"
#include "limber-log-writer.h"
#include "limber-session.h"

/**
 * limber_call_standing:
 * @device: a device's id
 * @standing: (out caller-allocates): what this store knows of it
 *
 * Returns: whether the device is known here
 */
gboolean
limber_call_standing (LimberReader *reader, const LimberId *device, LimberStanding *standing)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "device", device, NULL);
  const LimberId *site = record != NULL ? limber_record_id (record, "site") : NULL;

  memset (standing, 0, sizeof *standing);
  if (record == NULL || !limber_base64_read (limber_record_text (record, "key"), standing->key, sizeof standing->key) || !limber_class_parse (limber_record_text (record, "class"), &standing->group.klass))
    return FALSE;
  if (site != NULL && !limber_scope_is_all (standing->group.klass))
    standing->group.site = *site;
  standing->revoked = limber_record_integer (record, "revoked") != 0;
  standing->leaving = limber_leaving_parse (limber_record_text (record, "leaving"));
  standing->left = limber_record_integer (record, "left") != 0;
  return TRUE;
}

/**
 * limber_call_set_meta:
 * @json: (inout): gets under @name what this store keeps as @meta, if anything
 */
void
limber_call_set_meta (json_t *json, const char *name, LimberReader *reader, const char *meta)
{
  g_autofree char *text = limber_reader_meta (reader, meta);

  if (text != NULL)
    json_object_set_new (json, name, json_string (text));
}

/* The position of central that this node includes (SYNC.md rule 18): central's own, or what a hub has read up to. */
static json_t *
position_of (LimberCall *call, LimberReader *reader)
{
  g_autofree char *text = NULL;

  if (limber_reader_class (reader) == LIMBER_CLASS_CENTRAL)
    return json_pack ("[II]", (json_int_t) limber_session_run_started (reader, limber_node_run (call->node)), (json_int_t) limber_feed_position (reader));
  text = limber_reader_meta (reader, "position");
  return text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
}

/**
 * limber_call_describe:
 * @answer: (inout): gets the node's run, central's position and time so far as they are known here, whether central can be
 *   reached, and, when the device is to go, why
 */
void
limber_call_describe (LimberCall *call, LimberReader *reader, json_t *answer)
{
  g_autofree char *source = limber_reader_meta (reader, "clock_source");
  gboolean central = limber_reader_class (reader) == LIMBER_CLASS_CENTRAL;
  json_t *position = position_of (call, reader);

  json_object_set_new (answer, "run", json_string (limber_node_run (call->node)));
  json_object_set_new (answer, "node_class", json_string (limber_class_name (limber_reader_class (reader))));
  if (central || g_strcmp0 (source, "central") == 0)
    json_object_set_new (answer, "now", json_integer (limber_canary (LIMBER_CANARY_HUB_TELLS_ITS_TIME) ? limber_env_wall (limber_reader_env (reader)) : limber_reader_now (reader)));
  if (position != NULL)
    json_object_set_new (answer, "position", position);
  if (call->standing.leaving != LIMBER_LEAVING_NOT)
    json_object_set_new (answer, "leave", json_string (limber_leaving_name (call->standing.leaving)));
  json_object_set_new (answer, "reaches_central", json_boolean (central || limber_node_has_central (call->node)));
}

/* What is carried out again is answered again. */
static LimberMessage *
new_answer (LimberCall *call)
{
  g_clear_pointer (&call->answer, limber_message_unref);
  call->answer = limber_message_new_answer (200);
  return call->answer;
}

/**
 * limber_call_answer:
 * @json: (transfer full): what to answer
 */
void
limber_call_answer (LimberCall *call, json_t *json)
{
  limber_message_set_json (new_answer (call), json, NULL);
  json_decref (json);
}

/**
 * limber_call_refuse:
 * @status: an HTTP status
 * @error: why
 *
 * Returns: (transfer full): an answer that says so, and when to come again if the call was given a turn
 */
LimberMessage *
limber_call_refuse (LimberCall *call, guint status, const GError *error)
{
  LimberMessage *answer = limber_message_new_error (status, error);
  g_autoptr (json_t) json = call->wait > 0 ? limber_message_json (answer, NULL) : NULL;

  if (json != NULL) {
    json_object_set_new (json, "wait", json_integer (call->wait));
    limber_message_set_json (answer, json, NULL);
  }
  return answer;
}

/**
 * limber_call_answer_page:
 * @page: lines
 * @end: (transfer full): the last one
 */
void
limber_call_answer_page (LimberCall *call, GString *page, json_t *end)
{
  g_autofree char *text = limber_json_dup (end);

  g_string_append (page, text);
  g_string_append_c (page, '\n');
  limber_message_set_packed (new_answer (call), "application/x-ndjson", page->str, page->len, NULL);
  json_decref (end);
}

/**
 * limber_call_cursor:
 *
 * Returns: up to where the device has read: zero for a cursor of a run that is not ours, or beyond its run's end
 */
gint64
limber_call_cursor (LimberCall *call, LimberReader *reader)
{
  g_autofree char *cursor = limber_message_parameter (call->request, "cursor");
  g_auto (GStrv) parts = cursor != NULL ? g_strsplit (cursor, ".", 2) : NULL;
  gint64 seq;

  if (parts == NULL || g_strv_length (parts) != 2 || !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &seq, NULL))
    return 0;
  return limber_session_run_reaches (reader, parts[0], seq) ? seq : 0;
}

/**
 * limber_call_is_due:
 *
 * Returns: whether something is to be written before a device is told of its group's records: the group was never asked for, or
 *   midnight has passed, or what the device has read shows that it has forgotten somebody (SYNC.md rule 17)
 */
gboolean
limber_call_is_due (LimberCall *call, LimberReader *reader)
{
  gint64 group = limber_scope_find (reader, &call->standing.group);

  return group == 0 || limber_scope_is_due (reader) || limber_session_owes_receipt (reader, &call->signature.device, group, limber_call_cursor (call, reader));
}

/**
 * limber_call_catch_up:
 *
 * Writes it.
 */
gboolean
limber_call_catch_up (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  gint64 group;

  return limber_scope_open (transaction, &call->standing.group, &group, error) &&
         limber_session_receipt (transaction, &call->signature.device, group, limber_call_cursor (call, limber_transaction_reader (transaction)), error);
}

static void
log_call (LimberCall *call)
{
  const LimberTallyCall *tally = &call->tally;
  char device[LIMBER_ID_TEXT_LENGTH + 1];

  limber_id_to_text (&call->signature.device, device);
  limber_log_writer_event (G_LOG_LEVEL_INFO, "request",
                           json_pack ("{s:s, s:i, s:I, s:I, s:I, s:s*}", "handler", tally->handler, "status", (int) tally->status, "microseconds", (json_int_t) tally->microseconds, "received",
                                      (json_int_t) tally->received, "sent", (json_int_t) tally->sent, "device", call->is_known ? device : NULL));
}

/**
 * limber_call_tell:
 * @answer: what the call came to
 *
 * Counts it, and writes to the log that it was.
 */
void
limber_call_tell (LimberCall *call, LimberMessage *answer)
{
  LimberTally *tally = limber_node_tally (call->node);
  gint64 now = limber_env_monotonic (limber_store_env (limber_node_store (call->node)));

  if (answer->status != 200) { /* whatever had been done by then has been undone */
    memset (call->tally.verdicts, 0, sizeof call->tally.verdicts);
    call->tally.rows = 0;
  }
  call->tally.handler = call->handler != NULL ? strrchr (call->handler->path, '/') + 1 : "other";
  call->tally.status = answer->status;
  call->tally.microseconds = now - call->began;
  call->tally.received = call->request->body != NULL ? g_bytes_get_size (call->request->body) : 0;
  call->tally.sent = answer->body != NULL ? g_bytes_get_size (answer->body) : 0;
  limber_tally_add (tally, &call->tally);
  log_call (call);
  if (call->is_known)
    limber_tally_see (tally, &call->signature.device, now);
}
