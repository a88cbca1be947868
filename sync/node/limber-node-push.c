/* POST /sync/v1/push: what the pusher offers, then entries; the answer says what is known here, and each entry's verdict
 * (SYNC.md rule 11).
 *
 * Entries come in runs: each one's successor follows it, or it carries its device's signature. The signature of a run's
 * last entry vouches for the whole run, since each entry names the hash of the one before it. */
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-call.h"
#include "limber-canary.h"
#include "limber-doubts.h"
#include "limber-error.h"
#include "limber-heads.h"
#include "limber-json.h"
#include "limber-release.h"
#include "limber-report.h"
#include "limber-session.h"

#define HEADERS 65536
#define GATED 4096 /* bytes: some forty entries; what one person does is never kept waiting */

typedef struct {
  gboolean       known;
  LimberStanding standing;
} Device;

typedef struct {
  LimberEntry entry;
  const char *refusal;    /* (nullable): why it is not even kept */
  const char *quarantine; /* (nullable): why it is kept apart */
} Line;

typedef struct {
  GBytes     *body;    /* (owned): the entries point into it, */
  GStringChunk *headers; /* (owned): or into this */
  json_t     *head;    /* (owned) */
  GArray     *lines;   /* (owned): Line */
  GHashTable *devices; /* (owned): LimberId → Device */
  LimberTrust *trust;  /* (owned): what is known of authors while it is taken */
  LimberReport report; /* what the pusher says of itself */
  GArray     *fleet;   /* (owned) (nullable): LimberFleetLine: what a hub says of the devices that it has met */
} Push;

static void
line_clear (gpointer line)
{
  g_clear_pointer (&((Line *) line)->entry.changes, g_array_unref);
}

static void
push_free (Push *push)
{
  g_clear_pointer (&push->body, g_bytes_unref);
  g_string_chunk_free (push->headers);
  json_decref (push->head);
  g_array_unref (push->lines);
  g_hash_table_unref (push->devices);
  limber_trust_free (push->trust);
  g_clear_pointer (&push->fleet, g_array_unref);
  g_free (push);
}

static const Device *
device_of (Push *push, LimberReader *reader, const LimberOrigin *origin)
{
  LimberId id;
  Device *device;

  memcpy (id.bytes, origin->bytes, sizeof id.bytes);
  device = g_hash_table_lookup (push->devices, &id);
  if (device == NULL) {
    device = g_new0 (Device, 1);
    device->known = limber_call_standing (reader, &id, &device->standing);
    g_hash_table_insert (push->devices, limber_id_copy (&id), device);
  }
  return device;
}

/* Whether the next line goes on where this one ends. */
static gboolean
goes_on (const Line *line, const Line *next)
{
  return next->refusal == NULL && next->entry.has_prev && memcmp (next->entry.prev, line->entry.hash, LIMBER_HASH_LENGTH) == 0 &&
         memcmp (next->entry.origin.bytes, line->entry.origin.bytes, 16) == 0;
}

static void
judge (LimberCall *call, LimberReader *reader, Line *line, const Line *next)
{
  const LimberEntry *entry = &line->entry;
  const Device *device = device_of (call->data, reader, &entry->origin);

  limber_transaction_check_ahead (&line->entry);
  line->quarantine = NULL;
  if (!(call->standing.group.klass & LIMBER_CLASS_NODES) && memcmp (entry->origin.bytes, call->signature.device.bytes, 16) != 0)
    line->refusal = "another device's";
  else if (!device->known)
    line->quarantine = LIMBER_RELEASE_REASON;
  else if (entry->has_sign && crypto_sign_verify_detached (entry->sign, entry->hash, sizeof entry->hash, device->standing.key) != 0)
    line->refusal = "its signature does not fit";
  else if (!entry->has_sign && (next == NULL || !goes_on (line, next)))
    line->refusal = "nobody signed for it";
  else if (device->standing.revoked && !limber_canary (LIMBER_CANARY_REVOKED_IS_MERGED) && limber_reader_class (reader) == LIMBER_CLASS_CENTRAL)
    line->quarantine = "revoked device";
  else
    line->quarantine = limber_entry_judge (entry, device->standing.group.klass);
  if (limber_canary (LIMBER_CANARY_SCOPE_REFUSES) && entry->has_patient && !limber_scope_is_all (call->standing.group.klass) &&
      !limber_scope_holds (reader, limber_scope_find (reader, &call->standing.group), &entry->patient))
    line->refusal = "out of scope";
}

static gboolean
read_lines (LimberCall *call, LimberReader *reader, const char *at, const char *end, GError **error)
{
  Push *push = call->data;
  const LimberEntry *before = NULL;

  while (at < end) {
    const char *stop = memchr (at, '\n', (gsize) (end - at));
    Line line = { 0 };

    if (stop == NULL)
      stop = end;
    if (push->lines->len >= LIMBER_PUSH_ENTRIES) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A push of more than %d entries", LIMBER_PUSH_ENTRIES);
      return FALSE;
    }
    if (!limber_entry_parse_sent (&line.entry, at, (gsize) (stop - at), before, push->headers, NULL))
      line.refusal = "damaged";
    g_array_append_val (push->lines, line);
    before = line.refusal == NULL ? &g_array_index (push->lines, Line, push->lines->len - 1).entry : NULL;
    at = stop + 1;
  }
  for (guint i = push->lines->len; i > 0; i--) {
    Line *line = &g_array_index (push->lines, Line, i - 1);

    if (line->refusal == NULL)
      judge (call, reader, line, i < push->lines->len ? line + 1 : NULL);
  }
  return TRUE;
}

/* @marks: gets one for the newest entry of a chain that the pusher has, when central has more of that chain. */
static json_t *
answer_heads (LimberReader *reader, Push *push, GHashTable *origins, json_t *marks)
{
  const json_t *heads = json_object_get (push->head, "heads");
  g_autofree char *known = g_malloc0 (json_array_size (heads) + 1);
  LimberOrigin newest = { { 0 } };

  for (gsize i = 0; i < json_array_size (heads); i++) {
    LimberPoint point = { 0 };
    LimberMark mark;

    known[i] = limber_heads_read_point (json_array_get (heads, i), &point) && limber_session_knows (reader, &point) ? '1' : '0';
    if (known[i] == '1' && memcmp (&newest, &point.origin, sizeof newest) != 0) { /* the newest of a chain is offered first */
      newest = point.origin;
      if (limber_session_mark_at (reader, &point, &mark))
        json_array_append_new (marks, limber_heads_mark_to_json (&mark));
    }
    g_hash_table_add (origins, g_memdup2 (&point.origin, sizeof point.origin));
  }
  return json_string (known);
}

static guint
origin_hash (gconstpointer origin)
{
  guint hash;

  memcpy (&hash, ((const LimberOrigin *) origin)->bytes + 16, sizeof hash);
  return hash;
}

static gboolean
origin_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (LimberOrigin)) == 0;
}

/* Of the devices that were spoken of, the entries whose content never came to central. */
static json_t *
answer_wants (LimberReader *reader, GHashTable *origins)
{
  g_autoptr (GHashTable) devices = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  json_t *wants = json_array ();
  GHashTableIter iter;
  gpointer origin;

  g_hash_table_iter_init (&iter, origins);
  while (g_hash_table_iter_next (&iter, &origin, NULL)) {
    g_autoptr (GArray) points = NULL;
    LimberId device;

    memcpy (device.bytes, origin, sizeof device.bytes);
    if (!g_hash_table_add (devices, limber_id_copy (&device)))
      continue;
    points = limber_session_wants (reader, &device);
    for (guint i = 0; i < points->len; i++)
      json_array_append_new (wants, limber_heads_point_to_json (&g_array_index (points, LimberPoint, i)));
  }
  return wants;
}

/* What central has of each origin that was spoken of, and which of the pusher's own epochs branched. */
static void
answer_origins (LimberCall *call, LimberReader *reader, GHashTable *origins, json_t *marks, json_t *answer)
{
  json_t *branched = json_array ();
  GHashTableIter iter;
  gpointer origin;

  g_hash_table_iter_init (&iter, origins);
  while (g_hash_table_iter_next (&iter, &origin, NULL)) {
    g_autoptr (GArray) held = limber_session_marks (reader, origin);
    LimberPoint point = { .origin = *(LimberOrigin *) origin, .seq = 1 };

    for (guint i = 0; i < held->len; i++)
      json_array_append_new (marks, limber_heads_mark_to_json (&g_array_index (held, LimberMark, i)));
    if (memcmp (point.origin.bytes, call->signature.device.bytes, 16) == 0 && limber_session_is_branched (reader, origin))
      json_array_append_new (branched, limber_heads_point_to_json (&point));
  }
  json_object_set_new (answer, "branched", branched);
}

static GHashTable *
origins_of (Push *push)
{
  GHashTable *origins = g_hash_table_new_full (origin_hash, origin_equal, g_free, NULL);

  for (guint i = 0; i < push->lines->len; i++) {
    const Line *line = &g_array_index (push->lines, Line, i);

    if (line->refusal == NULL && !g_hash_table_contains (origins, &line->entry.origin))
      g_hash_table_add (origins, g_memdup2 (&line->entry.origin, sizeof line->entry.origin));
  }
  return origins;
}

/* The pusher counts on it that what it sends now is taken. */
static void
hear (LimberCall *call, LimberReader *reader)
{
  Push *push = call->data;
  LimberReport report = push->report;

  if (report.unsent != LIMBER_REPORT_UNKNOWN)
    report.unsent += call->tally.verdicts[LIMBER_TALLY_REFUSED] + call->tally.verdicts[LIMBER_TALLY_GAP];
  limber_call_hear (call, reader, &report);
  limber_call_hear_fleet (call, reader, push->fleet);
}

/* Whoever has more to bring is told when, while others wait for their turn. */
static void
tell_turn (LimberCall *call, json_t *answer)
{
  const char *known = json_string_value (json_object_get (answer, "known"));
  guint wait = call->is_inside || strchr (known, '0') != NULL ? limber_gate_next (limber_node_gate (call->node), limber_env_monotonic (limber_store_env (limber_node_store (call->node)))) : 0;

  if (wait > 0)
    json_object_set_new (answer, "wait", json_integer (wait));
}

/* @verdicts and @out: (transfer full) */
static void
give_answer (LimberCall *call, LimberReader *reader, json_t *verdicts, json_t *out)
{
  g_autoptr (GHashTable) origins = origins_of (call->data);
  json_t *answer = json_object (), *marks = json_array ();

  json_object_set_new (answer, "known", answer_heads (reader, call->data, origins, marks));
  json_object_set_new (answer, "marks", marks);
  json_object_set_new (answer, "verdicts", verdicts);
  json_object_set_new (answer, "out", out);
  answer_origins (call, reader, origins, marks, answer);
  if (((Push *) call->data)->lines->len == 0)
    json_object_set_new (answer, "wants", answer_wants (reader, origins));
  tell_turn (call, answer);
  limber_call_describe (call, reader, answer);
  limber_call_answer (call, answer);
  hear (call, reader);
}

/* The first line: points of chains, and how the pusher is. */
static gboolean
read_head (LimberCall *call, const char *text, gsize length, GError **error)
{
  Push *push = call->data;

  push->head = limber_json_parse (text, length, error);
  if (push->head == NULL)
    return FALSE;
  if (json_array_size (json_object_get (push->head, "heads")) > LIMBER_HEADS_MAXIMUM) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Too many heads in one push");
    return FALSE;
  }
  if (!limber_report_read (push->head, &push->report, error))
    return FALSE;
  push->fleet = limber_report_read_fleet (push->head, error);
  if (push->fleet == NULL || push->fleet->len == 0 || call->standing.group.klass == LIMBER_CLASS_HUB)
    return push->fleet != NULL;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A device speaks for itself alone");
  return FALSE;
}

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  Push *push = g_new0 (Push, 1);
  const char *text, *stop;
  gsize length;

  push->headers = g_string_chunk_new (HEADERS);
  push->lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_array_set_clear_func (push->lines, line_clear);
  push->trust = limber_trust_new ();
  push->devices = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, g_free);
  call->data = push;
  call->destroy = (GDestroyNotify) push_free;
  push->body = limber_message_unpack (call->request, error);
  if (push->body == NULL)
    return FALSE;
  text = g_bytes_get_data (push->body, &length);
  text = text != NULL ? text : "";
  stop = memchr (text, '\n', length);
  if (stop == NULL)
    stop = text + length;
  if (!read_head (call, text, (gsize) (stop - text), error))
    return FALSE;
  if (stop < text + length && !read_lines (call, reader, stop + 1, text + length, error))
    return FALSE;
  if (push->lines->len == 0)
    give_answer (call, reader, json_array (), json_array ());
  return TRUE;
}

static gboolean
take_line (Push *push, LimberTransaction *transaction, Line *line, LimberVerdict *verdict, char **reason, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const char *quarantine = line->quarantine;
  LimberId device;

  memcpy (device.bytes, line->entry.origin.bytes, sizeof device.bytes);
  if (limber_canary (LIMBER_CANARY_FUTURE_IS_REWRITTEN))
    line->entry.time = MIN (line->entry.time, LIMBER_HYBRID (limber_transaction_now (transaction)));
  *verdict = LIMBER_VERDICT_GAP;
  if (line->entry.seq == 1 && line->entry.has_prev && !limber_session_knows_hash (reader, &device, line->entry.prev))
    return TRUE;
  if (quarantine == NULL)
    quarantine = limber_doubts_of_group (reader, &line->entry, &device_of (push, reader, &line->entry.origin)->standing.group, limber_transaction_now (transaction), push->trust);
  return limber_transaction_receive (transaction, &line->entry, quarantine, verdict, reason, error);
}

/* Verdicts are told as [how many, verdict, reason]: nearly always all are the same. */
static void
add_verdict (json_t *verdicts, const char *verdict, const char *reason)
{
  json_t *last = json_array_get (verdicts, json_array_size (verdicts) - 1);

  if (last != NULL && g_str_equal (json_string_value (json_array_get (last, 1)), verdict) && g_strcmp0 (json_string_value (json_array_get (last, 2)), reason) == 0)
    json_array_set_new (last, 0, json_integer (json_integer_value (json_array_get (last, 0)) + 1));
  else
    json_array_append_new (verdicts, reason != NULL ? json_pack ("[iss]", 1, verdict, reason) : json_pack ("[is]", 1, verdict));
}

static LimberTallyVerdict
verdict_counted (LimberVerdict verdict)
{
  static const LimberTallyVerdict counted[] = { LIMBER_TALLY_STORED, LIMBER_TALLY_KNOWN, LIMBER_TALLY_QUARANTINED, LIMBER_TALLY_GAP };

  return counted[verdict];
}

static const char *
verdict_name (LimberVerdict verdict)
{
  static const char *const names[] = { "stored", "known", "quarantined", "gap" };

  return names[verdict];
}

/* Whom the pusher's group may not hold: it is told so, and told to forget her (SYNC.md rule 17). */
static gboolean
tell_out (LimberCall *call, LimberTransaction *transaction, GHashTable *patients, json_t *out, GError **error)
{
  GHashTableIter iter;
  gpointer patient;
  gint64 group;

  if (limber_scope_is_all (call->standing.group.klass) || limber_canary (LIMBER_CANARY_NO_ANSWER_OUT))
    return TRUE;
  if (!limber_session_settle_scope (transaction, error) || !limber_scope_open (transaction, &call->standing.group, &group, error))
    return FALSE;
  g_hash_table_iter_init (&iter, patients);
  while (g_hash_table_iter_next (&iter, &patient, NULL)) {
    char text[LIMBER_ID_TEXT_LENGTH + 1];

    if (limber_scope_holds (limber_transaction_reader (transaction), group, patient))
      continue;
    if (!limber_scope_out (transaction, group, patient, error))
      return FALSE;
    limber_id_to_text (patient, text);
    json_array_append_new (out, json_string (text));
  }
  return TRUE;
}

/* A device that becomes known may have been spoken for by its hub before, or be so further down in this push. */
static gboolean
release (Push *push, LimberTransaction *transaction, const LimberEntry *entry, GError **error)
{
  LimberStanding standing;

  if (limber_trust_hangs_on (entry->kind))
    limber_trust_forget (push->trust);
  if (!g_str_equal (entry->kind, "device") || !limber_call_standing (limber_transaction_reader (transaction), &entry->record, &standing) || standing.revoked)
    return TRUE;
  g_hash_table_remove (push->devices, &entry->record);
  return limber_release_device (transaction, &entry->record, standing.key, standing.group.klass, limber_doubts_about, push->trust, error);
}

static gboolean
take_lines (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  Push *push = call->data;
  g_autoptr (GHashTable) patients = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  g_autoptr (json_t) verdicts = json_array (), out = json_array ();

  memset (call->tally.verdicts, 0, sizeof call->tally.verdicts); /* what is carried out again is counted again */
  limber_trust_forget (push->trust);
  for (guint i = 0; i < push->lines->len; i++) {
    Line *line = &g_array_index (push->lines, Line, i);
    g_autofree char *reason = NULL;
    LimberVerdict verdict;

    if (g_strcmp0 (line->quarantine, LIMBER_RELEASE_REASON) == 0)
      judge (call, limber_transaction_reader (transaction), line, i + 1 < push->lines->len ? line + 1 : NULL);
    if (line->refusal != NULL) {
      add_verdict (verdicts, "refused", line->refusal);
      call->tally.verdicts[LIMBER_TALLY_REFUSED]++;
      continue;
    }
    if (!take_line (push, transaction, line, &verdict, &reason, error))
      return FALSE;
    add_verdict (verdicts, verdict_name (verdict), reason);
    call->tally.verdicts[verdict_counted (verdict)]++;
    if (verdict == LIMBER_VERDICT_STORED && !release (push, transaction, &line->entry, error))
      return FALSE;
    if (line->entry.has_patient && verdict == LIMBER_VERDICT_STORED)
      g_hash_table_add (patients, limber_id_copy (&line->entry.patient));
  }
  if (!tell_out (call, transaction, patients, out, error))
    return FALSE;
  give_answer (call, limber_transaction_reader (transaction), g_steal_pointer (&verdicts), g_steal_pointer (&out));
  return TRUE;
}

const LimberHandler limber_node_push = { "POST", "/sync/v1/push", FALSE, TRUE, GATED, prepare, take_lines, NULL };
