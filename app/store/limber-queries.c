#include "limber-queries.h"

/* For the end of a recursive table same(n): everybody who is the same person as those in it (SYNC.md rule 10). */
#define MERGED \
  " UNION SELECT p.merged_into FROM same JOIN patient p ON p.n=same.n WHERE p.merged_into IS NOT NULL" \
  " UNION SELECT p.n FROM same JOIN patient p ON p.merged_into=same.n"
/* The last ten figures of a telephone number as people write it. */
#define FIGURES(field) "substr(replace(replace(replace(replace(replace(replace(" field ",' ',''),'-',''),'(',''),')',''),'.',''),'+',''),-10)"
/* An appointment with all that staff's lists show of it; status is round * 16 + rank (LIMBER_PROGRESS_ROUND), and `arrived` belongs to that round. */
#define VISITS \
  "SELECT a.n AS \"id:id\", a.patient AS \"id:patient\", a.site AS \"id:site\", a.start, a.minutes, a.status, a.type, a.cancelled_by, a.cancel_reason," \
  " a.clinician AS \"id:clinician\", c.given AS clinician_given, c.family AS clinician_family, l.name AS place, l.waiting_area, v.name AS service, s.name AS site_name," \
  " p.family, p.given, p.title, p.born, p.sex, p.nhs_number, p.mobile, p.phone, p.needs, p.language, p.restricted, p.died, p.see_desk," \
  " (SELECT r.at FROM arrival r WHERE r.appointment=a.n AND r.round=a.status/16) AS arrived" \
  " FROM appointment a LEFT JOIN patient p ON p.n=a.patient LEFT JOIN staff c ON c.n=a.clinician LEFT JOIN place l ON l.n=a.place" \
  " LEFT JOIN service v ON v.n=a.service LEFT JOIN site s ON s.n=a.site"
#define VISITS_KINDS "appointment arrival patient staff place service site"

static const LimberQuery queries[] = {
  { "sites", "site", "SELECT n AS \"id:site\", code, name, kind FROM site ORDER BY code" },
  { "open-conflicts-of-field", "conflict", "SELECT entry AS \"id:entry\" FROM conflict WHERE record=? AND field=? AND state=0" },
  { "open-conflicts", "conflict", "SELECT n AS \"id:conflict\", kind, record AS \"id:record\", field, value, patient AS \"id:patient\", author, made FROM conflict WHERE state=0 ORDER BY made" },
  { "count-open-conflicts", "conflict", "SELECT count(*) AS n FROM conflict WHERE state=0" },
  { "staff-with-pin", "staff",
    "SELECT n AS \"id:id\", number, given, family, role FROM staff WHERE pin IS NOT NULL AND \"left\" IS NOT 1 AND (?1 IS NULL OR site IS NULL OR site=?1)"
    " ORDER BY family, given, n" },
  /* from, to, site: the day's appointments there, also those that were cancelled */
  { "appointments-at-site", "appointment patient",
    "SELECT a.n AS \"id:appointment\", a.patient AS \"id:patient\", a.start, a.status, p.born FROM appointment a JOIN patient p ON p.n=a.patient"
    " WHERE a.start BETWEEN ? AND ? AND a.site=? ORDER BY a.start, a.n" },
  { "search-everybody", "patient", "SELECT n, family, given, born, nhs_number, number, mobile, phone FROM patient" },
  { "search-one", "patient", "SELECT n, family, given, born, nhs_number, number, mobile, phone FROM patient WHERE n=?" },
  /* from, to, site: who is expected, and all records of the same people */
  { "search-first", "appointment patient",
    "WITH RECURSIVE same(n) AS (SELECT patient FROM appointment WHERE start BETWEEN ? AND ? AND site=?" MERGED ") SELECT n FROM same" },
  /* patient's number, from, to, site, now, whether it is a near miss: the person (of merged records the smallest id) and
   * the appointment today that she most likely comes for: one that is booked, else one that waits, else another */
  { "search-person", "appointment patient",
    "WITH RECURSIVE same(n) AS (SELECT ?1" MERGED ")"
    " SELECT p.n AS \"id:patient\", p.family, p.given, p.title, p.born, p.nhs_number, p.mobile, a.n AS \"id:appointment\", a.start, a.status, ?6 AS near"
    " FROM patient p LEFT JOIN appointment a ON a.n=(SELECT n FROM appointment WHERE patient IN (SELECT n FROM same) AND start BETWEEN ?2 AND ?3 AND site=?4"
    "  ORDER BY CASE status%16 WHEN 0 THEN 0 WHEN 3 THEN 1 WHEN 4 THEN 1 WHEN 5 THEN 1 WHEN 2 THEN 2 WHEN 6 THEN 3 ELSE 4 END, abs(start-?5) LIMIT 1)"
    " WHERE p.n=(SELECT t.n FROM same JOIN patient h ON h.n=same.n JOIN thing t ON t.n=h.n ORDER BY t.id LIMIT 1)" },
  /* of an NHS number; of a birth date; of the last ten figures of a telephone number: whom central is asked for */
  { "find-by-nhs-number", "patient", "SELECT n AS \"id:id\", family, given, born, mobile, phone FROM patient WHERE nhs_number=?1" },
  { "find-by-born", "patient", "SELECT n AS \"id:id\", family, given, born, mobile, phone FROM patient WHERE born=?1" },
  { "find-by-phone", "patient", "SELECT n AS \"id:id\", family, given, born, mobile, phone FROM patient WHERE " FIGURES ("mobile") "=?1 OR " FIGURES ("phone") "=?1" },
  /* patient: the person (of merged records the smallest id), by what tells people apart */
  { "find-person", "patient practice",
    "WITH RECURSIVE same(n) AS (SELECT ?1" MERGED ")"
    " SELECT p.n AS \"id:id\", p.family, p.given, p.title, p.born, p.nhs_number, p.postcode, p.died, p.restricted, g.name AS practice FROM patient p LEFT JOIN practice g ON g.n=p.practice"
    " WHERE p.n=(SELECT t.n FROM same JOIN patient h ON h.n=same.n JOIN thing t ON t.n=h.n ORDER BY t.id LIMIT 1)" },
  /* device, since: how often it has asked */
  { "count-inquiries", "inquiry", "SELECT count(*) AS n FROM inquiry WHERE device=?1 AND at>?2" },
  /* patient, site, day: by what she is the site's on that day */
  { "grants", "grant patient",
    "WITH RECURSIVE same(n) AS (SELECT ?1" MERGED ") SELECT n AS \"id:id\", day FROM \"grant\" WHERE patient IN (SELECT n FROM same) AND site=?2 AND day>=?3 AND ended IS NULL" },
  /* patient, site, day, from: the day until whose end she is the site's by nothing but a grant; appointments there count from then on */
  { "here-until", "grant patient appointment",
    "WITH RECURSIVE same(n) AS (SELECT ?1" MERGED ") SELECT max(day) AS day FROM \"grant\" WHERE patient IN (SELECT n FROM same) AND site=?2 AND day>=?3 AND ended IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM patient JOIN same USING (n) WHERE patient.site=?2) AND NOT EXISTS (SELECT 1 FROM appointment JOIN same ON same.n=appointment.patient WHERE site=?2 AND start>=?4)"
    " HAVING day IS NOT NULL" },
  /* from, to: what is booked then, anywhere */
  { "booked", "appointment", "SELECT n AS \"id:id\", site AS \"id:site\" FROM appointment WHERE start>=? AND start<? AND status%16=0" },
  { "tasks-no-longer-listed", "task", "SELECT n AS \"id:id\", appointment AS \"id:appointment\" FROM task WHERE about='no-longer-listed' AND status%16=0" },
  /* record: how many entries about it this store ever wrote or was sent */
  { "count-entries", "", "SELECT count(*) AS n FROM journal WHERE record=?" },
  { "site-name", "site", "SELECT n AS \"id:id\", name FROM site WHERE n=?1" },
  /* site (nothing: every site), from, to */
  { "today", VISITS_KINDS, VISITS " WHERE a.start>=?2 AND a.start<?3 AND (?1 IS NULL OR a.site=?1) ORDER BY a.start, a.n" },
  { "today-clinicians", "appointment staff",
    "SELECT DISTINCT c.n AS \"id:id\", c.given, c.family FROM appointment a JOIN staff c ON c.n=a.clinician"
    " WHERE a.start>=?2 AND a.start<?3 AND (?1 IS NULL OR a.site=?1) ORDER BY c.family, c.given, c.n" },
  /* site (nothing: every site) */
  { "tasks-open", "task patient",
    "SELECT t.n AS \"id:id\", t.about, t.patient AS \"id:patient\", t.appointment AS \"id:appointment\", t.candidates, t.text, t.made, p.family, p.given, p.title"
    " FROM task t LEFT JOIN patient p ON p.n=t.patient WHERE t.status%16=0 AND (?1 IS NULL OR t.site=?1) ORDER BY t.made, t.n" },
  /* appointment, patient, the appointment's id as text: what a public screen told the desk of that visit */
  { "tasks-of-visit", "task",
    "SELECT n AS \"id:id\" FROM task WHERE status%16=0 AND about IN ('cannot-tell-apart', 'must-be-seen', 'came-late', 'came-cancelled')"
    " AND (appointment=?1 OR about='must-be-seen' AND patient=?2 OR instr(candidates, ?3))" },
  { "tasks-ended-by", "task", "SELECT n AS \"id:id\" FROM task WHERE arrival=?1 AND status%16=1" },
  /* patient */
  { "person", "patient practice",
    "SELECT p.n AS \"id:id\", p.family, p.given, p.title, p.born, p.sex, p.nhs_number, p.nhs_status, p.mobile, p.phone, p.email, p.address, p.postcode, p.language, p.needs,"
    " p.restricted, p.died, p.see_desk, g.name AS practice FROM patient p LEFT JOIN practice g ON g.n=p.practice WHERE p.n=?1" },
  { "person-visits", VISITS_KINDS, VISITS " WHERE a.patient=?1 ORDER BY a.start DESC, a.n LIMIT 500" },
  { "count-quarantined", "", "SELECT count(*) AS n FROM quarantine JOIN journal USING (key) WHERE state=1" },
  /* what was written here, is shown here, and nowhere else */
  { "count-marked", "", "SELECT count(*) AS n FROM quarantine JOIN journal USING (key) WHERE state=0" },
};

/**
 * limber_query_find:
 *
 * Returns: (transfer none) (nullable): the query called @name
 */
const LimberQuery *
limber_query_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    if (g_str_equal (queries[i].name, name))
      return &queries[i];
  return NULL;
}
