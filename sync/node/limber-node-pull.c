/* GET /sync/v1/pull?cursor=run.seq: a page of what changed for the device's group since then (SYNC.md rules 16, 17). */
#include "limber-call.h"
#include "limber-canary.h"
#include "limber-json.h"
#include "limber-page.h"

#define ROWS_A_PAGE 2000
#define BYTES_A_PAGE (640 * 1024)

typedef struct {
  GString    *text;
  guint       rows;
  LimberClass klass;
} Page;

static void
on_event (gboolean in, const LimberId *patient, gpointer data)
{
  Page *page = data;

  limber_page_append_event (page->text, in, patient);
  page->rows++;
}

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

static void
on_drop (const LimberKind *kind, const LimberId *id, gpointer data)
{
  Page *page = data;

  limber_page_append_drop (page->text, kind, id);
  page->rows++;
}

static gboolean
is_full (gpointer data)
{
  Page *page = data;

  return page->rows >= limber_canary_at_most (ROWS_A_PAGE) || page->text->len >= BYTES_A_PAGE;
}

static gboolean
compose (LimberCall *call, LimberReader *reader, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (16384);
  Page page = { text, 0, call->standing.group.klass };
  LimberFeedSink sink = { on_event, on_row, on_drop, on_extra, is_full, &page };
  gint64 cursor = limber_call_cursor (call, reader);
  g_autofree char *next = NULL;
  g_autoptr (json_t) end = NULL;
  gboolean more = FALSE;

  if (!limber_feed_read (reader, &call->standing.group, &cursor, &more, &sink, error))
    return FALSE;
  call->tally.rows = page.rows;
  next = g_strdup_printf ("%s.%" G_GINT64_FORMAT, limber_node_run (call->node), cursor);
  end = json_pack ("{s:s,s:b}", "cursor", next, "more", more);
  if (!more) {
    g_autofree char *own = limber_common_own ();

    json_object_set_new (end, "kinds", json_string (own));
    if (!limber_call_tell_of_nodes (call, reader, end, error) || !limber_call_tell_screens (call, reader, end, error))
      return FALSE;
  }
  limber_call_describe (call, reader, end);
  limber_call_answer_page (call, text, g_steal_pointer (&end));
  return TRUE;
}

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  return limber_call_is_due (call, reader) || compose (call, reader, error);
}

const LimberHandler limber_node_pull = { "GET", "/sync/v1/pull", FALSE, FALSE, 0, prepare, limber_call_catch_up, compose };
