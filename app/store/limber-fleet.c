#include "limber-fleet.h"

#include <string.h>

#include "limber-date.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-reader-private.h"
#include "limber-transaction-private.h"

/* That a device has been met again is written down so often, when nothing else has changed. */
#define MET_AGAIN_MS (10 * 60 * 1000)
/* Figures that move all the time are told anew when they have moved by one part in so many, and no sooner than a minute later. */
#define SHARE 16
#define MOVED_MS (60 * 1000)
#define CLOCK_MS 1000

#define FIGURES "version, unsent, oldest, store_bytes, free_bytes, clock"

/**
 * limber_report_init:
 * @report: (out caller-allocates): of which nothing is known
 */
void
limber_report_init (LimberReport *report)
{
  *report = (LimberReport){ "", LIMBER_REPORT_UNKNOWN, LIMBER_REPORT_UNKNOWN, LIMBER_REPORT_UNKNOWN, LIMBER_REPORT_UNKNOWN, LIMBER_REPORT_UNKNOWN };
}

static gint64
known_or (gint64 figure, gint64 before)
{
  return figure != LIMBER_REPORT_UNKNOWN ? figure : before;
}

/**
 * limber_report_fill:
 * @report: (inout): what a device says
 * @before: what it said before
 *
 * What it does not say this time is as it was.
 */
void
limber_report_fill (LimberReport *report, const LimberReport *before)
{
  if (*report->version == '\0')
    g_strlcpy (report->version, before->version, sizeof report->version);
  if (report->unsent == LIMBER_REPORT_UNKNOWN)
    report->oldest = before->oldest;
  report->unsent = known_or (report->unsent, before->unsent);
  report->store_bytes = known_or (report->store_bytes, before->store_bytes);
  report->free_bytes = known_or (report->free_bytes, before->free_bytes);
  report->offset = known_or (report->offset, before->offset);
}

static gint64
figure_at (LimberStatement *statement, int column)
{
  return sqlite3_column_type (statement->stmt, column) != SQLITE_NULL ? sqlite3_column_int64 (statement->stmt, column) : LIMBER_REPORT_UNKNOWN;
}

static const char *
text_at (LimberStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement->stmt, column);
}

/* From the columns FIGURES. */
static void
read_report (LimberStatement *statement, int first, LimberReport *report)
{
  const char *version = text_at (statement, first);

  limber_report_init (report);
  g_strlcpy (report->version, version != NULL ? version : "", sizeof report->version);
  report->unsent = figure_at (statement, first + 1);
  report->oldest = figure_at (statement, first + 2);
  report->store_bytes = figure_at (statement, first + 3);
  report->free_bytes = figure_at (statement, first + 4);
  report->offset = figure_at (statement, first + 5);
}

static void
bind_figure (LimberStatement *statement, int at, gint64 figure)
{
  if (figure == LIMBER_REPORT_UNKNOWN)
    limber_statement_null (statement, at);
  else
    limber_statement_integer (statement, at, figure);
}

static void
bind_report (LimberStatement *statement, int first, const LimberReport *report)
{
  if (*report->version == '\0')
    limber_statement_null (statement, first);
  else
    limber_statement_text (statement, first, report->version, -1);
  bind_figure (statement, first + 1, report->unsent);
  bind_figure (statement, first + 2, report->oldest);
  bind_figure (statement, first + 3, report->store_bytes);
  bind_figure (statement, first + 4, report->free_bytes);
  bind_figure (statement, first + 5, report->offset);
}

static gboolean
find_line (LimberReader *reader, const LimberId *device, LimberFleetLine *line)
{
  g_autoptr (LimberStatement) statement = limber_database_bound (reader->database, NULL, "SELECT seen, " FIGURES " FROM fleet WHERE device=?", "d", device);

  if (statement == NULL || limber_statement_step (statement, NULL) != 1)
    return FALSE;
  line->seen = sqlite3_column_int64 (statement->stmt, 0);
  read_report (statement, 1, &line->report);
  return TRUE;
}

static gboolean
moved_by (gint64 was, gint64 is, gint64 much)
{
  if (was == LIMBER_REPORT_UNKNOWN || is == LIMBER_REPORT_UNKNOWN)
    return is != LIMBER_REPORT_UNKNOWN && was != is;
  return ABS (is - was) > much;
}

static gboolean
has_moved (const LimberReport *was, const LimberReport *is)
{
  return moved_by (was->unsent, is->unsent, 0) || moved_by (was->oldest, is->oldest, 0) || moved_by (was->store_bytes, is->store_bytes, was->store_bytes / SHARE) ||
         moved_by (was->free_bytes, is->free_bytes, was->free_bytes / SHARE) || moved_by (was->offset, is->offset, CLOCK_MS);
}

static gboolean
is_first (gint64 was, gint64 is)
{
  return was == LIMBER_REPORT_UNKNOWN && is != LIMBER_REPORT_UNKNOWN;
}

/* Whether somebody would look at the device for another reason than before, or knows something of it for the first time. */
static gboolean
has_turned (const LimberReport *was, const LimberReport *is)
{
  return is_first (was->unsent, is->unsent) || is_first (was->offset, is->offset) || (*is->version != '\0' && !g_str_equal (was->version, is->version)) || (is->unsent != LIMBER_REPORT_UNKNOWN && (was->unsent > 0) != (is->unsent > 0)) ||
         (is->free_bytes != LIMBER_REPORT_UNKNOWN && (was->free_bytes < LIMBER_VITALS_ROOM) != (is->free_bytes < LIMBER_VITALS_ROOM));
}

/**
 * limber_fleet_is_news:
 * @line: what a device says, or what a hub tells of it
 *
 * Returns: whether it is worth a write: a device that asks all day long, and of which nothing changes, causes one in ten minutes
 */
gboolean
limber_fleet_is_news (LimberReader *reader, const LimberFleetLine *line)
{
  LimberFleetLine was;

  if (!find_line (reader, &line->device, &was))
    return TRUE;
  if (line->seen < was.seen)
    return FALSE;
  return has_turned (&was.report, &line->report) || line->seen - was.seen >= MET_AGAIN_MS || (line->seen - was.seen >= MOVED_MS && has_moved (&was.report, &line->report));
}

/**
 * limber_fleet_note:
 * @line: what a device says, or what a hub tells of it
 *
 * Keeps it, if it is the newest that was heard of that device.
 */
gboolean
limber_fleet_note (LimberTransaction *transaction, const LimberFleetLine *line, GError **error)
{
  g_autoptr (LimberStatement) statement = NULL;
  LimberReport report = line->report;
  LimberFleetLine was;

  if (find_line (&transaction->reader, &line->device, &was)) {
    if (line->seen < was.seen)
      return TRUE;
    limber_report_fill (&report, &was.report);
  }
  statement = limber_database_bound (transaction->reader.database, error,
                                     "INSERT OR REPLACE INTO fleet(device, node, seen, place, " FIGURES ") VALUES(?,?,?,(SELECT 1 + ifnull(max(place), 0) FROM fleet),?,?,?,?,?,?)", "ddi",
                                     &line->device, &line->node, line->seen);
  if (statement == NULL)
    return FALSE;
  bind_report (statement, 4, &report);
  return limber_statement_step (statement, error) == 0;
}

/**
 * limber_fleet_since:
 * @place: what has been told already
 * @most: how many at most
 *
 * Returns: (transfer full) (nullable) (element-type LimberFleetLine): what this store has heard of devices since then
 */
GArray *
limber_fleet_since (LimberReader *reader, gint64 place, guint most, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, TRUE, sizeof (LimberFleetLine));
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error, "SELECT device, node, seen, place, " FIGURES " FROM fleet WHERE place>? ORDER BY place LIMIT ?", "ii", place, (gint64) most);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    LimberFleetLine line = { .seen = sqlite3_column_int64 (statement->stmt, 2), .place = sqlite3_column_int64 (statement->stmt, 3) };

    limber_statement_blob_into (statement, 0, &line.device, sizeof line.device);
    limber_statement_blob_into (statement, 1, &line.node, sizeof line.node);
    read_report (statement, 4, &line.report);
    g_array_append_val (lines, line);
  }
  return step == 0 ? g_steal_pointer (&lines) : NULL;
}

/**
 * limber_fleet_made:
 * @piece: an origin's number in this store
 * @seq: one of its entries
 *
 * Returns: when that was written, milliseconds UTC; %LIMBER_REPORT_UNKNOWN when it is not here
 */
gint64
limber_fleet_made (LimberReader *reader, gint64 piece, gint64 seq)
{
  gint64 made = limber_database_integer (reader->database, LIMBER_REPORT_UNKNOWN, "SELECT json_extract(header, '$[4]') >> 16 FROM journal WHERE key=?", "i", LIMBER_JOURNAL_KEY (piece, seq));

  return made >= 0 && made <= LIMBER_TIME_MAXIMUM ? made : LIMBER_REPORT_UNKNOWN;
}

/* Whom a node looks after: central everybody, a hub those at its site. ?1 is the node itself, ?2 its site. */
#define FLEET "FROM device d JOIN thing t ON t.n=d.n LEFT JOIN site s ON s.n=d.site LEFT JOIN thing st ON st.n=d.site"
#define IN_USE "(ifnull(d.revoked, 0)=0 AND d.\"left\" IS NULL)"
#define LOOKED_AFTER "(?2 IS NULL OR st.id=?2 OR t.id=?1)"

static LimberStatement *
bind_node (LimberReader *reader, const char *sql, const LimberId *own, GError **error)
{
  LimberStatement *statement = limber_database_statement (reader->database, sql, error);

  if (statement == NULL)
    return NULL;
  limber_statement_blob (statement, 1, own, sizeof *own);
  if (reader->has_site && reader->klass == LIMBER_CLASS_HUB)
    limber_statement_blob (statement, 2, &reader->site, sizeof reader->site);
  else
    limber_statement_null (statement, 2);
  return statement;
}

/**
 * limber_fleet_count:
 * @counts: (out caller-allocates): of the devices that a node looks after, itself left out
 */
void
limber_fleet_count (LimberReader *reader, LimberFleetCounts *counts)
{
  g_autofree char *device = limber_reader_meta (reader, "device");
  g_autoptr (LimberStatement) statement = NULL;
  LimberId own;

  memset (counts, 0, sizeof *counts);
  if (!limber_id_parse (&own, device))
    return;
  statement = bind_node (reader,
                         "SELECT sum(max(ifnull(f.seen, 0), ifnull(d.joined, 0))<?3), sum(f.unsent>0), sum(f.free_bytes<?4) " FLEET " LEFT JOIN fleet f ON f.device=t.id"
                         " WHERE " IN_USE " AND t.id<>?1 AND " LOOKED_AFTER,
                         &own, NULL);
  if (statement == NULL)
    return;
  limber_statement_integer (statement, 3, limber_reader_now (reader) - LIMBER_FLEET_QUIET);
  limber_statement_integer (statement, 4, LIMBER_VITALS_ROOM);
  if (limber_statement_step (statement, NULL) == 1)
    *counts = (LimberFleetCounts){ sqlite3_column_int64 (statement->stmt, 0), sqlite3_column_int64 (statement->stmt, 1), sqlite3_column_int64 (statement->stmt, 2) };
}

/* What of this store's chains central is not known to have: how many entries, and when the first was written. */
static void
count_unsent (LimberReader *reader, LimberReport *report)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, NULL,
                             "SELECT a.n, max(a.first, a.received + 1), a.last FROM (SELECT o.n AS n, ifnull(m.received, 0) AS received,"
                             " (SELECT min(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1) & ?1 AS first,"
                             " (SELECT max(key) FROM journal WHERE key BETWEEN o.n << 40 AND (o.n + 1 << 40) - 1) & ?1 AS last"
                             " FROM origin o LEFT JOIN mark m ON m.origin=o.n) a WHERE a.last>a.received",
                             "i", LIMBER_SEQ_MAXIMUM);

  report->unsent = 0;
  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    gint64 next = sqlite3_column_int64 (statement->stmt, 1), made = limber_fleet_made (reader, sqlite3_column_int64 (statement->stmt, 0), next);

    report->unsent += sqlite3_column_int64 (statement->stmt, 2) - next + 1;
    if (made != LIMBER_REPORT_UNKNOWN && (report->oldest == LIMBER_REPORT_UNKNOWN || made < report->oldest))
      report->oldest = made;
  }
}

static void
report_own (LimberReader *reader, const LimberVitals *vitals, const char *version, LimberReport *report)
{
  limber_report_init (report);
  g_strlcpy (report->version, version, sizeof report->version);
  report->store_bytes = vitals->store_bytes + vitals->log_bytes;
  report->free_bytes = vitals->free_bytes;
  if (reader->klass == LIMBER_CLASS_CENTRAL)
    report->unsent = report->offset = 0;
  else {
    g_autofree char *source = limber_reader_meta (reader, "clock_source");

    count_unsent (reader, report);
    report->offset = source != NULL ? vitals->clock_offset : LIMBER_REPORT_UNKNOWN;
  }
}

static json_t *
figure_json (gint64 figure)
{
  return figure != LIMBER_REPORT_UNKNOWN ? json_integer (figure) : json_null ();
}

static json_t *
time_json (gint64 ms)
{
  g_autofree char *text = ms != LIMBER_REPORT_UNKNOWN ? limber_time_to_iso (ms) : NULL;

  return text != NULL ? json_string (text) : json_null ();
}

/* Why somebody should look at it: at what is out of use nobody should. */
static json_t *
needs_json (gboolean in_use, gboolean is_silent, const LimberReport *report)
{
  json_t *needs = json_array ();

  if (!in_use)
    return needs;
  if (is_silent)
    json_array_append_new (needs, json_string ("silent"));
  if (report->unsent > 0)
    json_array_append_new (needs, json_string ("unsent"));
  if (report->free_bytes != LIMBER_REPORT_UNKNOWN && report->free_bytes < LIMBER_VITALS_ROOM)
    json_array_append_new (needs, json_string ("disk"));
  return needs;
}

/* A line of LIST. */
static json_t *
device_json (LimberStatement *statement)
{
  gboolean is_silent = sqlite3_column_int (statement->stmt, 13) != 0, in_use = sqlite3_column_int (statement->stmt, 14) != 0;
  LimberReport report;
  LimberId id;
  g_autofree char *device = NULL;

  if (!limber_statement_blob_into (statement, 0, &id, sizeof id))
    return NULL;
  device = limber_id_dup_text (&id);
  read_report (statement, 7, &report);
  return json_pack ("{s:s, s:s?, s:s?, s:s?, s:b, s:b, s:s?, s:o, s:o, s:s?, s:s?, s:o, s:o, s:o, s:o, s:o, s:o}", "device", device, "name", text_at (statement, 1), "class", text_at (statement, 2),
                    "site", text_at (statement, 3), "revoked", sqlite3_column_int (statement->stmt, 4) != 0, "in_use", in_use, "leaving", text_at (statement, 15),
                    "left", time_json (figure_at (statement, 16)), "last_seen", time_json (figure_at (statement, 5)), "seen_by", text_at (statement, 6),
                    "version", *report.version != '\0' ? report.version : NULL, "unsent", figure_json (report.unsent),
                    "unsent_since", time_json (report.unsent > 0 ? report.oldest : LIMBER_REPORT_UNKNOWN), "store_bytes", figure_json (report.store_bytes),
                    "free_bytes", figure_json (report.free_bytes), "clock_offset_ms", figure_json (report.offset), "needs", needs_json (in_use, is_silent, &report));
}

/* Who needs somebody comes first: the one that is silent longest (since it joined, when it was never heard of), whose work waits
 * longest, with the least room; then by site. */
#define LIST                                                                                                                                                       \
  "WITH told(device, node, seen, " FIGURES ") AS (SELECT device, node, seen, " FIGURES " FROM fleet WHERE device<>?1 UNION ALL SELECT ?1, ?1, ?3, ?6, ?7, ?8, ?9, ?10, ?11)," \
  " ranked AS (SELECT t.id AS id, d.name AS name, d.class AS class, s.code AS code, ifnull(d.revoked, 0) AS revoked, d.leaving AS leaving, d.\"left\" AS gone, " IN_USE " AS used, d.joined AS joined, f.*," \
  "  CASE WHEN max(ifnull(f.seen, 0), ifnull(d.joined, 0))<?4 THEN 0 WHEN f.unsent>0 THEN 1 WHEN f.free_bytes<?5 THEN 2 ELSE 3 END AS rank " FLEET                                     \
  "  LEFT JOIN told f ON f.device=t.id WHERE " LOOKED_AFTER ")"                                                                                                     \
  " SELECT r.id, r.name, r.class, r.code, r.revoked, r.seen, by.name, r.version, r.unsent, r.oldest, r.store_bytes, r.free_bytes, r.clock, r.rank=0, r.used, r.leaving, r.gone FROM ranked r" \
  " LEFT JOIN thing bt ON bt.id=r.node LEFT JOIN device by ON by.n=bt.n"                                                                                            \
  " ORDER BY r.used DESC, r.rank, CASE r.rank WHEN 0 THEN max(ifnull(r.seen, 0), r.joined) WHEN 1 THEN r.oldest WHEN 2 THEN r.free_bytes END, r.code, r.name, r.id"

/**
 * limber_fleet_json:
 * @own: this node's id
 * @vitals: how this node is now
 * @version: of its Limber
 *
 * All devices that this node looks after, itself too. Those that need somebody come first, those that are out of use, revoked or gone, last.
 *
 * Returns: (transfer full) (nullable): an array: each device with when it was `last_seen` and by which node, and what it said of
 *   itself then, null where that is not known; `needs` says why somebody should look at it: `silent`, `unsent`, `disk`
 */
json_t *
limber_fleet_json (LimberReader *reader, const LimberId *own, const LimberVitals *vitals, const char *version, GError **error)
{
  g_autoptr (json_t) list = json_array ();
  g_autoptr (LimberStatement) statement = bind_node (reader, LIST, own, error);
  LimberReport report;
  int step;

  if (statement == NULL)
    return NULL;
  report_own (reader, vitals, version, &report);
  limber_statement_integer (statement, 3, limber_reader_now (reader));
  limber_statement_integer (statement, 4, limber_reader_now (reader) - LIMBER_FLEET_QUIET);
  limber_statement_integer (statement, 5, LIMBER_VITALS_ROOM);
  bind_report (statement, 6, &report);
  while ((step = limber_statement_step (statement, error)) == 1)
    json_array_append_new (list, device_json (statement));
  return step == 0 ? g_steal_pointer (&list) : NULL;
}
