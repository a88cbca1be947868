#include "limber-apply.h"

#include <string.h>

#include "limber-canary.h"
#include "limber-error.h"
#include "limber-feed.h"
#include "limber-heads.h"
#include "limber-json.h"
#include "limber-merge.h"
#include "limber-page.h"
#include "limber-quarantine.h"
#include "limber-repair.h"
#include "limber-screens.h"

/* Central's position, newest first by the start of its run, then by the place in its order of change. */
typedef struct {
  gint64 started;
  gint64 seq;
} Position;

void
limber_apply_free (LimberApply *apply)
{
  g_clear_pointer (&apply->page, g_bytes_unref);
  g_clear_pointer (&apply->apart, g_array_unref);
  json_decref (apply->end);
  g_free (apply);
}

/**
 * limber_apply_new:
 * @page: whether the answer is lines, of which the last says the rest
 *
 * Returns: (transfer full) (nullable): @answer, ready to be taken in
 */
LimberApply *
limber_apply_new (LimberMessage *answer, gboolean page, GError **error)
{
  g_autoptr (LimberApply) apply = g_new0 (LimberApply, 1);
  const char *text, *last;
  gsize length;

  apply->quiet = -1;
  apply->page = limber_message_unpack (answer, error);
  if (apply->page == NULL)
    return NULL;
  text = g_bytes_get_data (apply->page, &length);
  while (length > 0 && text[length - 1] == '\n')
    length--;
  last = page && length > 0 ? g_strrstr_len (text, (gssize) length, "\n") : NULL;
  last = last != NULL ? last + 1 : text;
  apply->end = limber_json_parse (last != NULL ? last : "", last != NULL ? (gsize) (text + length - last) : 0, error);
  return apply->end != NULL ? g_steal_pointer (&apply) : NULL;
}

static gboolean
read_position (const json_t *json, Position *position)
{
  *position = (Position){ json_integer_value (json_array_get (json, 0)), json_integer_value (json_array_get (json, 1)) };
  return json_array_size (json) == 2;
}

static gboolean
meta_position (LimberReader *reader, const char *name, Position *position)
{
  g_autofree char *text = limber_reader_meta (reader, name);
  g_autoptr (json_t) json = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;

  return json != NULL && read_position (json, position);
}

static gboolean
earlier (const Position *a, const Position *b)
{
  return a->started != b->started ? a->started < b->started : a->seq < b->seq;
}

/* A node that is behind the newest position that this store has seen may add rows, but nothing more (SYNC.md rule 18). */
static gboolean
is_behind (LimberReader *reader, const json_t *end)
{
  Position theirs = { 0, 0 }, seen;

  if (!meta_position (reader, "seen", &seen) || limber_canary (LIMBER_CANARY_ANY_POSITION))
    return FALSE;
  return !read_position (json_object_get (end, "position"), &theirs) || earlier (&theirs, &seen);
}

static char *
position_to_text (const Position *position)
{
  return g_strdup_printf ("[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]", position->started, position->seq);
}

/* What has come from this node may be newer than what any node has that is behind it. */
static gboolean
see_position (LimberTransaction *transaction, const json_t *end, GError **error)
{
  Position theirs, seen;
  g_autofree char *text = NULL;

  if (!read_position (json_object_get (end, "position"), &theirs) || (meta_position (limber_transaction_reader (transaction), "seen", &seen) && !earlier (&seen, &theirs)))
    return TRUE;
  text = position_to_text (&theirs);
  return limber_transaction_set_meta (transaction, "seen", text, error);
}

/* Once all has been read and found equal, this store includes the position that the node includes. */
static gboolean
keep_position (LimberTransaction *transaction, const json_t *end, GError **error)
{
  Position theirs;
  g_autofree char *text = NULL;

  if (!read_position (json_object_get (end, "position"), &theirs))
    return TRUE;
  text = position_to_text (&theirs);
  return limber_transaction_set_meta (transaction, "position", text, error) && see_position (transaction, end, error);
}

static gboolean
keep_clock (LimberTransaction *transaction, const LimberApply *apply, GError **error)
{
  LimberEnv *env = limber_transaction_env (transaction);
  g_autofree char *offset = NULL;

  if (apply->has_time && !limber_transaction_set_meta (transaction, "clock_source", "central", error))
    return FALSE;
  if (!apply->has_offset)
    return TRUE;
  limber_env_set_offset (env, apply->offset);
  offset = g_strdup_printf ("%" G_GINT64_FORMAT, apply->offset);
  return limber_transaction_set_meta (transaction, "clock_offset", offset, error);
}

/* What `status` says in this program's lifetime and after it: who answered last; nobody, when nobody did. */
static gboolean
keep_peer (LimberTransaction *transaction, const char *peer, const char *url, GError **error)
{
  return limber_transaction_set_meta (transaction, "peer", peer, error) && limber_transaction_set_meta (transaction, "peer_url", url, error);
}

static gboolean
keep_answered (LimberTransaction *transaction, const LimberApply *apply, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *node = limber_reader_meta (reader, "node"), *answered = limber_id_dup_text (&apply->node);
  g_autofree char *url = limber_reader_meta (reader, g_strcmp0 (node, answered) == 0 ? "upstream" : "central");

  return keep_peer (transaction, apply->direct ? "central" : "hub", url, error);
}

/**
 * limber_apply_nobody:
 *
 * Takes in that nobody could be reached.
 */
gboolean
limber_apply_nobody (LimberTransaction *transaction, gpointer data, GError **error)
{
  return keep_peer (transaction, NULL, NULL, error);
}

/* When two stores have continued one epoch, this one leaves it (SYNC.md rule 12). */
static gboolean
leave_branch (LimberTransaction *transaction, const json_t *branched, GError **error)
{
  for (gsize i = 0; i < json_array_size (branched) && !limber_canary (LIMBER_CANARY_BRANCH_GOES_ON); i++) {
    LimberPoint point = { 0 };

    limber_heads_read_point (json_array_get (branched, i), &point);
    if (!limber_session_leave_epoch (transaction, &point.origin, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_apply_push:
 * @data: a LimberApply of an answer to a push
 *
 * Takes in marks, branches, the time, what the node keeps apart, and who answered: every session begins with such an answer.
 */
gboolean
limber_apply_push (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberApply *apply = data;
  const json_t *marks = json_object_get (apply->end, "marks");

  for (gsize i = 0; i < json_array_size (marks); i++) {
    LimberMark mark;

    if (limber_heads_read_mark (json_array_get (marks, i), &mark) && !limber_session_set_mark (transaction, &mark, error))
      return FALSE;
  }
  for (guint i = 0; apply->apart != NULL && i < apply->apart->len; i++) {
    const LimberApart *apart = &g_array_index (apply->apart, LimberApart, i);

    if (!limber_quarantine_told (transaction, apart->piece, apart->seq, apart->reason, error))
      return FALSE;
  }
  return leave_branch (transaction, json_object_get (apply->end, "branched"), error) && keep_clock (transaction, apply, error) && keep_answered (transaction, apply, error);
}

static gboolean
take_line (LimberTransaction *transaction, LimberLine *line, LimberApply *apply, GError **error)
{
  switch (line->type) {
  case LIMBER_LINE_ROW:
    apply->rows++;
    return line->record == NULL || !limber_kind_held_by (line->record->kind, limber_reader_class (limber_transaction_reader (transaction))) ||
           limber_transaction_apply (transaction, line->record, error);
  case LIMBER_LINE_EXTRA:
    apply->rows++;
    return limber_extras_apply (transaction, line->extra, error);
  case LIMBER_LINE_OUT:
    apply->rows++;
    return apply->behind || limber_canary (LIMBER_CANARY_OUT_IGNORED) || limber_transaction_forget (transaction, &line->patient, error);
  case LIMBER_LINE_DROP:
    return apply->behind || line->kind == NULL || limber_transaction_drop (transaction, line->kind, &line->id, error);
  default:
    return TRUE;
  }
}

/**
 * limber_apply_cursor:
 * @data: a LimberApply of a page
 *
 * Takes in the cursor alone. It is limber_apply_pull() that a client uses.
 */
gboolean
limber_apply_cursor (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberApply *apply = data;
  const char *cursor = limber_json_string (apply->end, "cursor");
  g_auto (GStrv) parts = cursor != NULL ? g_strsplit (cursor, ".", 2) : NULL;
  gint64 seq;

  if (parts == NULL || g_strv_length (parts) != 2 || !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &seq, NULL)) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "A page without a cursor");
    return FALSE;
  }
  return limber_session_set_cursor (transaction, &apply->node, parts[0], seq, error);
}

/* When all had been read; and when what was read was central's own, or a hub's that reaches central: who has left is known here as of then
 * (app/care/limber-sign-in.h). A device that has just joined takes what it first reads as such: the code that it joined by was new. */
static gboolean
keep_last_sync (LimberTransaction *transaction, const LimberApply *apply, GError **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, limber_transaction_now (transaction)), *heard = limber_reader_meta (limber_transaction_reader (transaction), "heard");

  if (json_is_true (json_object_get (apply->end, "more")))
    return TRUE;
  if ((heard == NULL || (!apply->behind && json_is_true (json_object_get (apply->end, "reaches_central")))) && !limber_transaction_set_meta (transaction, "heard", now, error))
    return FALSE;
  return limber_transaction_set_meta (transaction, "last_sync", now, error);
}

/**
 * limber_apply_pull:
 * @data: a LimberApply of a page
 *
 * Takes in a page and its cursor, both or neither (SYNC.md rule 16).
 */
gboolean
limber_apply_pull (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberApply *apply = data;
  g_autoptr (GArray) lines = limber_page_parse (apply->page, error);

  if (lines == NULL)
    return FALSE;
  apply->rows = 0;
  apply->behind = is_behind (limber_transaction_reader (transaction), apply->end);
  for (guint i = 0; i < lines->len; i++)
    if (!take_line (transaction, &g_array_index (lines, LimberLine, i), apply, error))
      return FALSE;
  return see_position (transaction, apply->end, error) && limber_apply_cursor (transaction, apply, error) && keep_clock (transaction, apply, error) && keep_last_sync (transaction, apply, error) &&
         limber_apply_nodes (transaction, apply, error) && limber_screens_keep (transaction, json_object_get (apply->end, "screens"), error);
}

static void
add_row (GHashTable *rows, LimberRecord *record)
{
  LimberRecord *known = g_hash_table_lookup (rows, &record->id);

  if (known == NULL)
    g_hash_table_insert (rows, &record->id, record);
  else if (known->kind == record->kind)
    limber_merge_records (known, record);
}

/* Sorts what the node has by id. What it does not know, and this program does, belongs to the rows here. */
static void
sort_lines (GArray *lines, LimberClass klass, GHashTable *rows, GHashTable *extras)
{
  for (guint i = 0; i < lines->len; i++) {
    LimberLine *line = &g_array_index (lines, LimberLine, i);

    if (line->type == LIMBER_LINE_EXTRA) {
      line->record = limber_extra_take_known (line->extra, klass);
      g_hash_table_add (extras, line->extra);
    }
    if (line->record != NULL && limber_kind_held_by (line->record->kind, klass))
      add_row (rows, line->record);
  }
}

/**
 * limber_apply_digest:
 * @data: a LimberApply of an answer to a digest
 *
 * Replaces what differs, unless something has changed here since the digest was taken, or the node is behind.
 */
gboolean
limber_apply_digest (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberApply *apply = data;
  LimberReader *reader = limber_transaction_reader (transaction);
  const json_t *buckets = json_object_get (apply->end, "buckets");
  LimberCommon common;
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (limber_id_hash, limber_id_equal), extras = g_hash_table_new (limber_extra_hash, limber_extra_equal);

  apply->behind = is_behind (reader, apply->end);
  apply->skipped = apply->quiet != limber_feed_position (reader);
  if (apply->behind || apply->skipped)
    return TRUE;
  if (json_is_true (json_object_get (apply->end, "same")))
    return keep_position (transaction, apply->end, error);
  lines = limber_page_parse (apply->page, error);
  if (lines == NULL)
    return FALSE;
  limber_common_init (&common, limber_json_string (apply->end, "kinds"));
  sort_lines (lines, limber_reader_class (reader), rows, extras);
  for (gsize i = 0; i < json_array_size (buckets); i++) {
    gint64 bucket = json_integer_value (json_array_get (buckets, i));

    if (bucket >= 0 && bucket < LIMBER_DIGEST_BUCKETS && !limber_repair (transaction, &common, (guint) bucket, rows, extras, error))
      return FALSE;
  }
  apply->rows = lines->len - 1;
  return TRUE;
}
