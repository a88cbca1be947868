#include "limber-status.h"

#include <string.h>

#include "limber-base64.h"
#include "limber-date.h"
#include "limber-entry.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-rows.h"
#include "limber-scope.h"
#include "limber-transaction-private.h"

/* Counted in `mark`: how far central has, and has backed up, the chains that this store holds (SYNC.md rule 13). */
static const char count_pending[] =
    "SELECT count(*) FROM journal LEFT JOIN mark ON mark.origin = key >> 40 WHERE (key & 1099511627775) > coalesce(mark.received, 0)";
static const char count_received[] =
    "SELECT count(*) FROM journal JOIN mark ON mark.origin = key >> 40 WHERE (key & 1099511627775) <= mark.received";
static const char count_backed_up[] =
    "SELECT count(*) FROM journal JOIN mark ON mark.origin = key >> 40 WHERE (key & 1099511627775) <= mark.backed_up";

/* Of every chain what comes after central's mark. Whoever writes something new has seen nothing of what each such thing has. */
#define NEW(field) "json_type(j.body, '$." field "') IS NOT NULL AND json_type(j.header, '$[11]." field "') IS NULL"
#define WAITING                                                                                                                                                               \
  "SELECT json_extract(j.header, '$[8]'), CASE json_extract(j.header, '$[8]') WHEN 'patient' THEN " NEW ("born") " WHEN 'appointment' THEN " NEW ("start")                      \
  " ELSE json_extract(j.header, '$[11]')='{}' END AS made, count(DISTINCT j.record), min(json_extract(j.header, '$[4]') >> 16) FROM origin o"    \
  " LEFT JOIN mark m ON m.origin=o.n JOIN journal j ON j.key BETWEEN (o.n << 40) + ifnull(m.received, 0) + 1 AND (o.n + 1 << 40) - 1 GROUP BY 1, 2 ORDER BY 1, 2"

/**
 * limber_status_waiting:
 * @since: (out): when the first of the changes that central lacks was made, milliseconds UTC; 0 where it lacks none
 *
 * Returns: (transfer full) (nullable) (element-type LimberWaiting): what of this store's central lacks, kind by kind; at central nothing
 */
GArray *
limber_status_waiting (LimberReader *reader, gint64 *since, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (LimberWaiting));
  g_autoptr (LimberStatement) statement = NULL;
  int step = -1;

  *since = 0;
  if (reader->klass == LIMBER_CLASS_CENTRAL)
    return g_steal_pointer (&list);
  statement = limber_database_bound (reader->database, error, WAITING, "");
  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberWaiting waiting = { .made = sqlite3_column_int (statement->stmt, 1) != 0, .n = sqlite3_column_int64 (statement->stmt, 2) };
    gint64 first = sqlite3_column_int64 (statement->stmt, 3);

    g_strlcpy (waiting.kind, (const char *) sqlite3_column_text (statement->stmt, 0), sizeof waiting.kind);
    g_array_append_val (list, waiting);
    *since = *since == 0 ? first : MIN (*since, first);
  }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

static json_t *
time_or_null (const char *ms)
{
  g_autofree char *text = ms != NULL ? limber_time_to_iso (g_ascii_strtoll (ms, NULL, 10)) : NULL;

  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
text_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? json_string (text) : json_null ();
}

static json_t *
site_code (LimberReader *reader)
{
  g_autoptr (LimberRecord) site = NULL;
  LimberId id;
  g_autofree char *text = NULL;

  if (!limber_reader_site (reader, &id))
    return json_null ();
  site = limber_reader_get (reader, "site", &id, NULL);
  if (site != NULL && limber_record_text (site, "code") != NULL)
    return json_string (limber_record_text (site, "code"));
  text = limber_id_dup_text (&id);
  return json_string (text);
}

/* The epoch of the last change that was written here. */
static json_t *
last_epoch (LimberReader *reader, const LimberId *device)
{
  gint64 n = limber_database_integer (reader->database, 0, "SELECT max(n) FROM origin WHERE device=? AND branch=0", "d", device);
  LimberOrigin origin;
  g_autofree char *text = NULL;

  if (!limber_database_origin_of (reader->database, n, &origin))
    return json_null ();
  text = limber_hex_dup (origin.bytes + 16, 8);
  return json_string (text);
}

static json_t *
clock_json (LimberReader *reader)
{
  g_autofree char *offset = limber_reader_meta (reader, "clock_offset"), *source = limber_reader_meta (reader, "clock_source");
  g_autofree char *now = limber_time_to_iso (limber_reader_now (reader));

  return json_pack ("{s:s, s:I, s:s}", "now", now, "offset_ms", (json_int_t) (offset != NULL ? g_ascii_strtoll (offset, NULL, 10) : 0), "source",
                    source != NULL ? source : reader->klass == LIMBER_CLASS_CENTRAL ? "own" : "none");
}

/* What of this store's central lacks: {"new": {kind: records}, "changed": …}, and since when. */
static gboolean
add_waiting (LimberReader *reader, json_t *status, GError **error)
{
  gint64 since;
  g_autoptr (GArray) list = limber_status_waiting (reader, &since, error);
  g_autofree char *text = since != 0 ? limber_time_to_iso (since) : NULL;
  json_t *made = json_object (), *changed = json_object ();

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const LimberWaiting *waiting = &g_array_index (list, LimberWaiting, i);

    json_object_set_new (waiting->made ? made : changed, waiting->kind, json_integer (waiting->n));
  }
  json_object_set_new (status, "waiting", json_pack ("{s:o, s:o}", "new", made, "changed", changed));
  json_object_set_new (status, "waiting_since", text != NULL ? json_string (text) : json_null ());
  return list != NULL;
}

/**
 * limber_status_json:
 *
 * The true state of the store: who it is, how many of the changes that it holds central lacks (`pending`), has
 * (`received`) and has in a verified backup (`backed_up`); `waiting` says what kind of records those that it lacks are about, and
 * `waiting_since` when the first was written; at central everything is received. `peer` is who answered
 * last, null when the last attempt to reach anybody failed; `last_sync` is when all had been read, `last_backup` when
 * central's last copy off its machine was made.
 *
 * Returns: (transfer full) (nullable): an object
 */
json_t *
limber_status_json (LimberReader *reader, GError **error)
{
  gboolean central = reader->klass == LIMBER_CLASS_CENTRAL;
  g_autofree char *device = limber_reader_meta (reader, "device"), *name = limber_reader_meta (reader, "name"), *last = limber_reader_meta (reader, "last_sync");
  g_autofree char *peer = limber_reader_meta (reader, "peer"), *url = limber_reader_meta (reader, "peer_url"), *backup = limber_reader_meta (reader, "last_backup");
  gint64 entries = limber_database_integer (reader->database, -1, "SELECT count(*) FROM journal", "");
  json_t *status = json_object ();
  LimberId id;

  if (entries < 0 || !limber_id_parse (&id, device)) {
    limber_database_set_error (reader->database, SQLITE_CORRUPT, error);
    json_decref (status);
    return NULL;
  }
  json_object_set_new (status, "device", json_string (device));
  json_object_set_new (status, "name", text_or_null (name));
  json_object_set_new (status, "class", json_string (limber_class_name (reader->klass)));
  json_object_set_new (status, "site", site_code (reader));
  json_object_set_new (status, "epoch", last_epoch (reader, &id));
  json_object_set_new (status, "entries", json_integer (entries));
  json_object_set_new (status, "pending", json_integer (central ? 0 : limber_database_integer (reader->database, 0, count_pending, "")));
  json_object_set_new (status, "received", json_integer (central ? entries : limber_database_integer (reader->database, 0, count_received, "")));
  json_object_set_new (status, "backed_up", json_integer (limber_database_integer (reader->database, 0, count_backed_up, "")));
  json_object_set_new (status, "conflicts", json_integer (limber_reader_count (reader, "count-open-conflicts", "")));
  json_object_set_new (status, "quarantined", json_integer (limber_reader_count (reader, "count-quarantined", "")));
  json_object_set_new (status, "branches", json_integer (limber_database_integer (reader->database, 0, "SELECT count(*) FROM origin WHERE branch>0", "")));
  json_object_set_new (status, "marked", json_integer (limber_reader_count (reader, "count-marked", "")));
  json_object_set_new (status, "last_sync", time_or_null (last));
  json_object_set_new (status, "last_backup", time_or_null (backup));
  json_object_set_new (status, "peer", text_or_null (peer));
  json_object_set_new (status, "peer_url", text_or_null (url));
  json_object_set_new (status, "clock", clock_json (reader));
  if (add_waiting (reader, status, error))
    return status;
  json_decref (status);
  return NULL;
}

static json_t *
collect_json (LimberReader *reader, LimberStatement *statement, json_t *(*to_json) (LimberReader *reader, LimberStatement *statement, GError **error), GError **error)
{
  g_autoptr (json_t) list = json_array ();
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    json_t *one = to_json (reader, statement, error);

    if (one == NULL)
      return NULL;
    json_array_append_new (list, one);
  }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

static json_t *
branch_json (LimberReader *reader, LimberStatement *statement, GError **error)
{
  g_autoptr (LimberRecord) device = NULL;
  g_autofree char *text = NULL, *epoch = NULL, *made = NULL, *received = limber_time_to_iso (sqlite3_column_int64 (statement->stmt, 6));
  guint8 bytes[8];
  LimberEntry entry;
  LimberId id;

  if (!limber_statement_blob_into (statement, 0, &id, sizeof id) || !limber_statement_blob_into (statement, 1, bytes, sizeof bytes) ||
      !limber_entry_parse_header (&entry, (const char *) sqlite3_column_text (statement->stmt, 5), (gsize) sqlite3_column_bytes (statement->stmt, 5), error))
    return NULL;
  device = limber_reader_get (reader, "device", &id, NULL);
  text = limber_id_dup_text (&id);
  epoch = limber_hex_dup (bytes, sizeof bytes);
  made = limber_time_to_iso (LIMBER_HYBRID_MS (entry.time));
  return json_pack ("{s:s, s:s?, s:s, s:I, s:I, s:I, s:s, s:s}", "device", text, "name", device != NULL ? limber_record_text (device, "name") : NULL, "epoch", epoch, "branch",
                    (json_int_t) sqlite3_column_int64 (statement->stmt, 2), "first", (json_int_t) sqlite3_column_int64 (statement->stmt, 3), "entries",
                    (json_int_t) sqlite3_column_int64 (statement->stmt, 4), "made", made, "received", received);
}

/**
 * limber_branches_json:
 *
 * Where two copies of a device's store went on writing side by side (SYNC.md rule 12): nothing is lost by it, but somebody
 * should know.
 *
 * Returns: (transfer full) (nullable): an array: each branch with its device, the epoch and entry at which it begins, how
 *   many entries it has, and when the first of them was made and came here
 */
json_t *
limber_branches_json (LimberReader *reader, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error,
                             "SELECT o.device, o.epoch, o.branch, j.key & 1099511627775, (SELECT count(*) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1), j.header, j.received"
                             " FROM origin o JOIN journal j ON j.key=(SELECT min(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1) WHERE o.branch>0 ORDER BY j.received, o.n",
                             "");

  return collect_json (reader, statement, branch_json, error);
}

/* No change of a right clock comes before it was made, or was made before its device joined. Whoever saw a change that was
 * dated ahead dates his own ahead of that (SYNC.md rule 4), so that his clock need not be wrong. */
#define WRONG_CLOCKS                                                                                                                                                                               \
  "SELECT device.n, sum(at > received + ?1), max(at), sum(at < joined - ?1), min(at), max(received) FROM (SELECT key >> 40 AS o, json_extract(header, '$[4]') >> 16 AS at, received FROM journal) "  \
  "JOIN origin ON origin.n=o JOIN thing ON thing.id=origin.device JOIN device ON device.n=thing.n GROUP BY device.n HAVING sum(at > received + ?1) > 0 OR sum(at < joined - ?1) > 0 ORDER BY 6, 1"

static json_t *
wrong_clock_json (LimberReader *reader, LimberStatement *statement, GError **error)
{
  g_autoptr (LimberRecord) device = limber_rows_load (reader->database, limber_kind_by_name ("device"), sqlite3_column_int64 (statement->stmt, 0), error);
  gint64 ahead = sqlite3_column_int64 (statement->stmt, 1), before = sqlite3_column_int64 (statement->stmt, 3);
  g_autofree char *id = NULL, *latest = NULL, *earliest = NULL, *received = NULL;

  if (device == NULL)
    return NULL;
  id = limber_id_dup_text (&device->id);
  latest = ahead > 0 ? limber_time_to_iso (sqlite3_column_int64 (statement->stmt, 2)) : NULL;
  earliest = before > 0 ? limber_time_to_iso (sqlite3_column_int64 (statement->stmt, 4)) : NULL;
  received = limber_time_to_iso (sqlite3_column_int64 (statement->stmt, 5));
  return json_pack ("{s:s, s:s?, s:I, s:s?, s:I, s:s?, s:s}", "device", id, "name", limber_record_text (device, "name"), "ahead", (json_int_t) ahead, "latest", latest, "before",
                    (json_int_t) before, "earliest", earliest, "received", received);
}

/**
 * limber_clocks_json:
 *
 * Whose clock was wrong, as far as their changes show (SYNC.md rule 4): none was refused or altered for it, but somebody should
 * put the clock right. Reads the whole journal.
 *
 * Returns: (transfer full) (nullable): an array: each device with how many of its changes are dated `ahead` of when they came here
 *   and the latest date, how many from `before` it joined and the earliest, and when the last of its changes came
 */
json_t *
limber_clocks_json (LimberReader *reader, GError **error)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, WRONG_CLOCKS, "i", (gint64) LIMBER_AHEAD_MAXIMUM);

  return collect_json (reader, statement, wrong_clock_json, error);
}

/* A group's last word about somebody; a receipt counts for that word alone. Who may hold everybody is told of nobody. */
#define HOLDERS                                                                                                                                                                                    \
  "SELECT d.n, ifnull(m.state, 1), r.at FROM device d JOIN thing t ON t.n=d.n LEFT JOIN thing s ON s.n=d.site LEFT JOIN grp g ON g.class=d.class AND g.site=s.id"                                 \
  " LEFT JOIN membership m ON m.grp=g.n AND m.patient=?1 LEFT JOIN receipt r ON r.device=t.id AND r.grp=g.n AND r.patient=?1 AND r.seq=m.seq"                                                      \
  " WHERE m.state IS NOT NULL OR d.class IN ('office', 'central') ORDER BY d.name, d.n"

static json_t *
holder_json (LimberReader *reader, LimberStatement *statement, GError **error)
{
  g_autoptr (LimberRecord) device = limber_rows_load (reader->database, limber_kind_by_name ("device"), sqlite3_column_int64 (statement->stmt, 0), error);
  gboolean holds = sqlite3_column_int (statement->stmt, 1) == LIMBER_MEMBER_IN, forgot = sqlite3_column_type (statement->stmt, 2) != SQLITE_NULL;
  g_autofree char *id = NULL, *at = NULL;

  if (device == NULL)
    return NULL;
  id = limber_id_dup_text (&device->id);
  at = forgot ? limber_time_to_iso (sqlite3_column_int64 (statement->stmt, 2)) : NULL;
  return json_pack ("{s:s, s:s, s:s, s:b, s:s, s:s?}", "device", id, "name", limber_record_text (device, "name"), "class", limber_record_text (device, "class"), "revoked",
                    limber_record_integer (device, "revoked") != 0, "state", holds ? "holds" : forgot ? "forgot" : "told", "at", at);
}

/**
 * limber_holders_json:
 * @patient: somebody's id; her record need not be here any more
 *
 * Which of the devices that ask this node hold her record, and which have forgotten it (SYNC.md rule 17). Those behind another
 * node are that node's to say.
 *
 * Returns: (transfer full) (nullable): an array: each device that holds her, or did, with its `state`: `holds`; `told` for one that is
 *   to forget her and has not said yet that it has; `forgot`, and when that was known here
 */
json_t *
limber_holders_json (LimberReader *reader, const LimberId *patient, GError **error)
{
  gint64 n = limber_database_thing (reader->database, patient, FALSE, NULL);
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, error, HOLDERS, "i", n);

  return collect_json (reader, statement, holder_json, error);
}

typedef struct {
  LimberClass klass;
  guint8      sum[16];
  gint64      count;
} Sum;

static gboolean
add_record (const LimberRecord *record, gint64 n, gpointer data)
{
  Sum *sum = data;
  guint8 digest[16];

  limber_record_digest (record, sum->klass, digest);
  for (int i = 0; i < 16; i++)
    sum->sum[i] ^= digest[i];
  sum->count++;
  return TRUE;
}

/**
 * limber_digest_json:
 *
 * Returns: (transfer full) (nullable): kind → `count` and `hash`, which is the same in two stores exactly when they hold
 *   the same records of that kind, with the same values from the same entries
 */
json_t *
limber_digest_json (LimberReader *reader, GError **error)
{
  json_t *digest = json_object ();
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; i < n; i++) {
    Sum sum = { reader->klass, { 0 }, 0 };
    g_autofree char *hash = NULL;

    if (!limber_rows_each (reader->database, kinds[i], NULL, NULL, 0, add_record, &sum, error)) {
      json_decref (digest);
      return NULL;
    }
    hash = limber_hex_dup (sum.sum, sizeof sum.sum);
    json_object_set_new (digest, kinds[i]->name, json_pack ("{s:I, s:s}", "count", (json_int_t) sum.count, "hash", hash));
  }
  return digest;
}
