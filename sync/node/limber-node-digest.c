/* POST /sync/v1/digest: does the device hold what it should (SYNC.md rule 18)? Where it does not, it gets the rows. */
#include <string.h>

#include "limber-base64.h"
#include "limber-call.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-page.h"
#include "limber-report.h"

#define BYTES_A_PAGE (640 * 1024)

typedef struct {
  GString    *text;
  guint       rows;
  LimberClass klass;
} Page;

static void
on_row (const LimberRecord *record, gpointer data)
{
  Page *page = data;

  limber_page_append_row (page->text, record, page->klass);
  page->rows++;
}

static void
on_extra (const LimberExtra *extra, gpointer data)
{
  Page *page = data;

  limber_page_append_extra (page->text, extra);
  page->rows++;
}

static gboolean
read_digest (LimberCall *call, LimberDigest *digest, LimberCommon *common, LimberReport *report, GError **error)
{
  g_autoptr (json_t) json = limber_message_json (call->request, error);

  if (json == NULL)
    return FALSE;
  limber_common_init (common, limber_json_string (json, "kinds"));
  if (!limber_report_read (json, report, error))
    return FALSE;
  if (limber_base64_read (limber_json_string (json, "buckets"), (guint8 *) digest, sizeof *digest))
    return TRUE;
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Not a digest");
  return FALSE;
}

static void
answer_news (LimberCall *call, LimberReader *reader)
{
  json_t *end = json_pack ("{s:b,s:b,s:b,s:[]}", "same", 0, "more", 0, "news", 1, "buckets");
  g_autoptr (GString) text = g_string_new (NULL);

  limber_call_describe (call, reader, end);
  limber_call_answer_page (call, text, end);
}

static gboolean
compose (LimberCall *call, LimberReader *reader, GError **error)
{
  LimberDigest theirs, ours;
  LimberCommon common;
  LimberReport report;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (json_t) buckets = json_array ();
  Page page = { text, 0, call->standing.group.klass };
  LimberFeedSink sink = { .row = on_row, .extra = on_extra, .data = &page };
  g_autofree char *own = NULL;
  gboolean more = FALSE;
  json_t *end;

  if (!read_digest (call, &theirs, &common, &report, error))
    return FALSE;
  limber_call_hear (call, reader, &report);
  if (limber_feed_has_news (reader, &call->standing.group, limber_call_cursor (call, reader))) { /* what it holds is not what it will hold: it reads on first */
    answer_news (call, reader);
    return TRUE;
  }
  if (!limber_digests_take (limber_node_digests (call->node), reader, &call->standing.group, &common, &ours, error))
    return FALSE;
  for (guint i = 0; i < LIMBER_DIGEST_BUCKETS; i++) {
    if (memcmp (theirs.bytes[i], ours.bytes[i], LIMBER_DIGEST_LENGTH) == 0)
      continue;
    more = text->len >= BYTES_A_PAGE;
    if (more)
      break;
    if (!limber_feed_bucket (reader, &call->standing.group, &common, i, &sink, error))
      return FALSE;
    json_array_append_new (buckets, json_integer (i));
  }
  call->tally.rows = page.rows;
  own = limber_common_own ();
  end = json_pack ("{s:b,s:b,s:O,s:s}", "same", json_array_size (buckets) == 0, "more", more, "buckets", buckets, "kinds", own);
  limber_call_describe (call, reader, end);
  limber_call_answer_page (call, text, end);
  return TRUE;
}

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  return limber_call_is_due (call, reader) || compose (call, reader, error);
}

const LimberHandler limber_node_digest = { "POST", "/sync/v1/digest", FALSE, FALSE, 0, prepare, limber_call_catch_up, compose };
