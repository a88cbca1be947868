#include "limber-screens.h"

#include <string.h>

#include "limber-date.h"
#include "limber-json.h"
#include "limber-queries.h"
#include "limber-reader-private.h"
#include "limber-transaction-private.h"

#define META "screens"
#define WEEK_DAYS_BACK (-6)

/* What is told of a report, and within which bounds it makes sense. */
static const struct {
  const char *name;
  gsize       at;
  gint64      least, most;
} figures[] = {
  { "unsent", G_STRUCT_OFFSET (LimberReport, unsent), 0, LIMBER_SEQ_MAXIMUM },
  { "oldest", G_STRUCT_OFFSET (LimberReport, oldest), 0, LIMBER_TIME_MAXIMUM },
  { "free", G_STRUCT_OFFSET (LimberReport, free_bytes), 0, LIMBER_REPORT_BYTES },
  { "offset", G_STRUCT_OFFSET (LimberReport, offset), -LIMBER_TIME_MAXIMUM, LIMBER_TIME_MAXIMUM },
};

void
limber_screen_free (LimberScreen *screen)
{
  g_free (screen->name);
  g_free (screen->by);
  g_free (screen);
}

/* A column of the fleet that may be unknown. */
static void
set_figure (json_t *json, const char *name, LimberStatement *statement, int column)
{
  if (sqlite3_column_type (statement->stmt, column) != SQLITE_NULL)
    json_object_set_new (json, name, json_integer (sqlite3_column_int64 (statement->stmt, column)));
}

/* Who tells, and whom it has met. */
typedef struct {
  const LimberId    *node;
  const char        *name; /* (nullable) */
  LimberScreensHere  here;
  gpointer           data;
} Teller;

static json_t *
tell_one (LimberStatement *statement, const Teller *teller)
{
  gint64 met = 0, seen = sqlite3_column_int64 (statement->stmt, 3);
  LimberId id, by;
  g_autofree char *device = NULL;
  gboolean here, met_here;
  json_t *json;

  if (!limber_statement_blob_into (statement, 0, &id, sizeof id))
    return NULL;
  device = limber_id_dup_text (&id);
  here = teller->here (&id, &met, teller->data);
  met_here = met > seen || (limber_statement_blob_into (statement, 5, &by, sizeof by) && limber_id_equal (&by, teller->node));
  json = json_pack ("{s:s, s:s?, s:s?, s:s?, s:b, s:b}", "device", device, "name", (const char *) sqlite3_column_text (statement->stmt, 1), "class",
                    (const char *) sqlite3_column_text (statement->stmt, 2), "by", met > seen ? teller->name : (const char *) sqlite3_column_text (statement->stmt, 4), "here", here, "met_here", met_here);
  if (MAX (met, seen) > 0)
    json_object_set_new (json, "seen", json_integer (MAX (met, seen)));
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    set_figure (json, figures[i].name, statement, 6 + (int) i);
  return json;
}

/**
 * limber_screens_tell:
 * @site: whose devices
 * @node: the one that tells
 * @here: whether a device is in touch with it
 *
 * Returns: (transfer full) (nullable): how the public screens, desks and clinicians' devices of @site are that are in use, as far as
 *   this node has heard
 */
json_t *
limber_screens_tell (LimberReader *reader, const LimberId *site, const LimberId *node, LimberScreensHere here, gpointer data, GError **error)
{
  g_autoptr (json_t) list = json_array ();
  g_autoptr (LimberRecord) own = limber_reader_get (reader, "device", node, NULL);
  const Teller teller = { node, own != NULL ? limber_record_text (own, "name") : NULL, here, data };
  g_autoptr (LimberStatement) statement = limber_database_bound (
      reader->database, error,
      "SELECT t.id, d.name, d.class, f.seen, by.name, f.node, f.unsent, f.oldest, f.free_bytes, f.clock FROM device d JOIN thing t ON t.n=d.n JOIN thing st ON st.n=d.site"
      " LEFT JOIN fleet f ON f.device=t.id LEFT JOIN thing bt ON bt.id=f.node LEFT JOIN device by ON by.n=bt.n"
      " WHERE st.id=? AND ifnull(d.revoked, 0)=0 AND d.\"left\" IS NULL AND d.class IN ('kiosk', 'board', 'desk', 'clinic') ORDER BY d.class NOT IN ('kiosk', 'board'), d.name, t.id LIMIT ?",
      "di", site, (gint64) LIMBER_SCREENS_MOST);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    json_t *one = tell_one (statement, &teller);

    if (one != NULL)
      json_array_append_new (list, one);
  }
  return step == 0 ? g_steal_pointer (&list) : NULL;
}

/**
 * limber_screens_keep:
 * @screens: (nullable): what a node says of the devices of this one's site; nothing, and what was said before stays
 *
 * Keeps it, in place of what was said before.
 */
gboolean
limber_screens_keep (LimberTransaction *transaction, const json_t *screens, GError **error)
{
  g_autofree char *text = NULL;

  if (!json_is_array (screens) || json_array_size (screens) > LIMBER_SCREENS_MOST || !(transaction->reader.klass & LIMBER_SCREENS_TOLD))
    return TRUE;
  text = limber_json_dup (screens);
  return limber_transaction_set_meta (transaction, META, text, error);
}

static void
read_figures (const json_t *json, LimberReport *report)
{
  limber_report_init (report);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
    gint64 figure = limber_json_integer (json, figures[i].name, LIMBER_REPORT_UNKNOWN);

    if (figure >= figures[i].least && figure <= figures[i].most)
      G_STRUCT_MEMBER (gint64, report, figures[i].at) = figure;
  }
}

/* (nullable): nothing of what is not whole, or what this version does not know. */
static LimberScreen *
read_one (const json_t *json)
{
  const char *name = limber_json_string (json, "name"), *klass = limber_json_string (json, "class"), *device = limber_json_string (json, "device");
  gint64 seen = limber_json_integer (json, "seen", 0);
  LimberScreen read = { .here = json_is_true (json_object_get (json, "here")), .met_here = json_is_true (json_object_get (json, "met_here")) };

  if (name == NULL || klass == NULL || device == NULL || !limber_id_parse (&read.device, device) || !limber_class_parse (klass, &read.klass))
    return NULL;
  read.seen = seen >= 0 && seen <= LIMBER_TIME_MAXIMUM ? seen : 0;
  read.name = g_strdup (name);
  read.by = g_strdup (limber_json_string (json, "by"));
  read_figures (json, &read.report);
  return g_memdup2 (&read, sizeof read);
}

static LimberScreen *
find (GPtrArray *screens, const LimberId *device)
{
  for (guint i = 0; device != NULL && i < screens->len; i++) {
    LimberScreen *screen = g_ptr_array_index (screens, i);

    if (limber_id_equal (&screen->device, device))
      return screen;
  }
  return NULL;
}

static void
add_counts (LimberScreenCounts *counts, LimberRow *row)
{
  counts->matched += limber_row_integer (row, "matched");
  counts->failed += limber_row_integer (row, "failed");
  counts->sent += limber_row_integer (row, "sent");
  counts->paused += limber_row_integer (row, "paused");
}

static gboolean
add_turnout (LimberReader *reader, GPtrArray *screens, GError **error)
{
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *from = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  limber_date_of_time (limber_reader_now (reader), today);
  from = limber_date_add_days (today, WEEK_DAYS_BACK);
  rows = limber_reader_query (reader, "turnout-since", error, "tt", from, today);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    LimberRow *row = g_ptr_array_index (rows, i);
    LimberScreen *screen = find (screens, limber_row_id (row, "device"));

    if (screen == NULL)
      continue;
    add_counts (&screen->week, row);
    if (g_strcmp0 (limber_row_text (row, "day"), today) == 0)
      add_counts (&screen->today, row);
  }
  return rows != NULL;
}

/**
 * limber_screens_read:
 *
 * Returns: (transfer full) (nullable) (element-type LimberScreen): what this device was told last of the devices of its site, itself
 *   too, the public screens first; none of a device that is not told
 */
GPtrArray *
limber_screens_read (LimberReader *reader, GError **error)
{
  g_autofree char *text = limber_reader_meta (reader, META);
  g_autoptr (json_t) list = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
  g_autoptr (GPtrArray) screens = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_screen_free);
  json_t *json;
  gsize i;

  json_array_foreach (list, i, json) {
    LimberScreen *screen = read_one (json);

    if (screen != NULL)
      g_ptr_array_add (screens, screen);
  }
  return add_turnout (reader, screens, error) ? g_steal_pointer (&screens) : NULL;
}

/**
 * limber_screens_as_of:
 *
 * Returns: when what limber_screens_read() says was last known to be so: now, while the node answers, which tells whenever that changes;
 *   else when it did last; 0 for never
 */
gint64
limber_screens_as_of (LimberReader *reader)
{
  g_autofree char *peer = limber_reader_meta (reader, "peer"), *last = limber_reader_meta (reader, "last_sync");

  if (peer != NULL && *peer != '\0')
    return limber_reader_now (reader);
  return last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
}
