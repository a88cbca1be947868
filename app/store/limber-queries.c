#include "limber-queries.h"

#include "limber-release.h"

/* For the end of a recursive table same(n): everybody who is the same person as those in it (SYNC.md rule 10). */
#define MERGED \
  " UNION SELECT p.merged_into FROM same JOIN patient p ON p.n=same.n WHERE p.merged_into IS NOT NULL" \
  " UNION SELECT p.n FROM same JOIN patient p ON p.merged_into=same.n"
#define SAME(patient) "WITH RECURSIVE same(n) AS (SELECT " patient MERGED ")"
/* Of same(n), the record that is shown for the person: the one to which all point; where they point in a circle, as when two
 * machines merged them both ways, the smallest id. */
#define SHOWN " SELECT h.n FROM same JOIN patient h ON h.n=same.n JOIN thing t ON t.n=h.n ORDER BY h.merged_into IS NOT NULL, t.id LIMIT 1"
/* Of same(n), what @all makes of a field of all of them. */
#define OF_SAME(all) "(SELECT " all " FROM same JOIN patient h ON h.n=same.n)"
#define NEEDS_OF_SAME "(SELECT nullif(json_group_array(DISTINCT value), '[]') FROM same JOIN patient h ON h.n=same.n, json_each(h.needs))"
/* Of p, who is shown, and r, whose record it is: p's own value, or where she has several records what @all makes of theirs. */
#define OF_PERSON(own, all) \
  "CASE WHEN r.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM patient q WHERE q.merged_into=r.n) THEN p." own " ELSE (" SAME ("r.n") " SELECT " all ") END AS " own
/* LimberCallBy of one record: her choice, and of whom much may not be known no name is shown. */
#define CALL_BY(of) "max(CASE " of ".call_by WHEN 'fetch' THEN 3 WHEN 'number' THEN 2 ELSE 1 END, 1 + ifnull(" of ".restricted, 0))"
/* The same of r, whose record it is, or of all her records: the strictest counts. */
#define CALL_BY_OF_PERSON \
  "CASE WHEN r.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM patient q WHERE q.merged_into=r.n) THEN " CALL_BY ("r") " ELSE (" SAME ("r.n") " SELECT " OF_SAME ("max(" CALL_BY ("h") ")") ") END"
/* Of a task t that asks about two records: whether they are one person by now. */
#define ALREADY_ONE \
  "EXISTS (" SAME ("t.patient") " SELECT 1 FROM same JOIN thing i ON i.n=same.n WHERE same.n<>t.patient AND instr(t.candidates," \
  " lower(substr(hex(i.id),1,8)||'-'||substr(hex(i.id),9,4)||'-'||substr(hex(i.id),13,4)||'-'||substr(hex(i.id),17,4)||'-'||substr(hex(i.id),21))))"
/* The last ten figures of a telephone number as people write it. */
#define FIGURES(field) "substr(replace(replace(replace(replace(replace(replace(" field ",' ',''),'-',''),'(',''),')',''),'.',''),'+',''),-10)"
#define STAGE(step_) "(SELECT g.at FROM stage g WHERE g.appointment=a.n AND g.round=a.status/16 AND g.step='" step_ "')"
#define TIMES " (SELECT v.at FROM arrival v WHERE v.appointment=a.n AND v.round=a.status/16) AS arrived, " STAGE ("called") " AS called, " STAGE ("with-clinician") " AS went_in, " STAGE ("seen") " AS seen"
/* An appointment with all that staff's lists show of it; of a person with several records what protects her counts from any of
 * them, and `person` is the one that is shown. status is round * 16 + rank (LIMBER_PROGRESS_ROUND), and `arrived` and the other times
 * belong to that round. */
#define VISITS \
  "SELECT a.n AS \"id:id\", a.patient AS \"id:patient\", a.site AS \"id:site\", a.start, a.minutes, a.status, a.type, a.cancelled_by, a.cancel_reason," \
  " a.clinician AS \"id:clinician\", c.given AS clinician_given, c.family AS clinician_family, a.place AS \"id:place_id\", l.name AS place, l.waiting_area, v.name AS service, s.name AS site_name, s.closes," \
  " p.n AS \"id:person\", p.family, p.given, p.title, p.born, p.sex, " OF_PERSON ("nhs_number", OF_SAME ("max(h.nhs_number)")) ", p.mobile, p.phone, p.language, " \
  OF_PERSON ("needs", NEEDS_OF_SAME) ", " OF_PERSON ("restricted", OF_SAME ("max(h.restricted)")) ", " OF_PERSON ("died", OF_SAME ("max(h.died)")) ", " \
  OF_PERSON ("see_desk", OF_SAME ("max(h.see_desk)")) ", " OF_PERSON ("details_confirmed", OF_SAME ("max(h.details_confirmed)")) ", a.attendance, a.attendance_note, s.call_by AS site_call_by, " CALL_BY_OF_PERSON " AS hers," \
   " (SELECT v.ticket FROM arrival v WHERE v.appointment=a.n AND v.round=a.status/16) AS ticket," TIMES \
  " FROM appointment a LEFT JOIN patient r ON r.n=a.patient LEFT JOIN patient p ON p.n=CASE WHEN r.merged_into IS NULL THEN r.n ELSE (" SAME ("r.n") SHOWN ") END" \
  " LEFT JOIN staff c ON c.n=a.clinician LEFT JOIN place l ON l.n=a.place" \
  " LEFT JOIN service v ON v.n=a.service LEFT JOIN site s ON s.n=a.site"
/* What a search shows of a person, and of the appointment today of those whom `whose` says; parameters as for "search-person".
 * `restricted` and `died` say where these two come from. The last column is for the search itself. */
#define SEARCHED(whose, restricted, died) \
  "SELECT p.n AS \"id:patient\", p.family, p.given, p.title, p.preferred, p.born, p.nhs_number, p.mobile, iif(" restricted ", NULL, p.address) AS address," \
  " iif(" restricted ", NULL, p.postcode) AS postcode, " restricted " AS restricted, " died " AS died, a.n AS \"id:appointment\", a.start, a.status, ?6 AS near, 0 AS same_name" \
  " FROM patient p LEFT JOIN appointment a ON a.n=(SELECT n FROM appointment WHERE patient" whose " AND start BETWEEN ?2 AND ?3 AND site=?4" \
  "  ORDER BY CASE status%16 WHEN 0 THEN 0 WHEN 3 THEN 1 WHEN 4 THEN 1 WHEN 5 THEN 1 WHEN 2 THEN 2 WHEN 6 THEN 3 ELSE 4 END, abs(start-?5) LIMIT 1)"
/* Of answers a, what lists show, with the form q; and only the last of a visit and a form. */
#define ANSWERED \
  "a.n AS \"id:id\", a.appointment AS \"id:appointment\", a.patient AS \"id:patient\", a.url, a.version, a.at, a.status, a.in_person, a.n_answered, a.n_asked, a.answers, q.title, q.form"
#define ANSWERED_FROM " FROM answers a LEFT JOIN questionnaire q ON q.n=a.questionnaire"
#define ANSWERED_LAST \
  "NOT EXISTS (SELECT 1 FROM answers b WHERE b.appointment=a.appointment AND b.url=a.url AND (b.at>a.at OR b.at=a.at AND (b.step>a.step OR b.step=a.step AND b.n>a.n)))"
/* What should never have been booked is on no list; somebody who came to it all the same is. */
#define NO_MISTAKE "NOT (a.status%16=1 AND a.cancelled_by IS 'mistake')"

/* Open tasks of the site ?1, and who is on each; of those about likely duplicates at most so many. */
#define TASKS(duplicates) \
  "SELECT t.n AS \"id:id\", t.about, t.patient AS \"id:patient\", t.appointment AS \"id:appointment\", t.candidates, t.text, t.made, t.note, t.taken, t.taken_by AS \"id:taken_by\"," \
  " c.given AS taken_given, c.family AS taken_family, p.family, p.given, p.title" \
  " FROM task t LEFT JOIN patient p ON p.n=t.patient LEFT JOIN staff c ON c.n=t.taken_by WHERE t.status%16=0 AND (?1 IS NULL OR t.site=?1)" \
  " AND (t.about<>'duplicate' OR t.n IN (SELECT t.n FROM task t WHERE t.about='duplicate' AND t.status%16=0 AND (?1 IS NULL OR t.site=?1)" \
  "  AND NOT " ALREADY_ONE " ORDER BY t.made, t.n LIMIT " duplicates "))" \
  " ORDER BY t.about='duplicate', t.made, t.n"
#define VISITS_KINDS "appointment arrival stage patient staff place service site"

/* Of p, what two records are compared by. */
#define ALIKE "p.n AS \"id:id\", p.family, p.given, p.born, p.nhs_number, p.mobile, p.phone, p.postcode"

/* Of staff s, on the day ?2. */
#define IN_SERVICE "pin IS NOT NULL AND \"left\" IS NOT 1 AND (s.until IS NULL OR s.until>=?2)"

static const LimberQuery queries[] = {
  { "sites", "site", "SELECT n AS \"id:site\", code, name, kind FROM site ORDER BY code" },
  { "open-conflicts-of-field", "conflict", "SELECT entry AS \"id:entry\" FROM conflict WHERE record=? AND field=? AND state=0" },
  { "open-conflicts", "conflict", "SELECT n AS \"id:conflict\", kind, record AS \"id:record\", field, value, patient AS \"id:patient\", author, made FROM conflict WHERE state=0 ORDER BY made" },
  { "count-records", "", "SELECT count(*) AS n FROM thing" },
  { "count-open-conflicts", "conflict", "SELECT count(*) AS n FROM conflict WHERE state=0" },
  /* site, day: whose PIN is good there, her own or where she covers */
  { "staff-with-pin", "staff cover",
    "SELECT n AS \"id:id\", number, given, family, role, site AS \"id:site\" FROM staff s WHERE " IN_SERVICE " AND (?1 IS NULL OR site IS NULL OR site=?1"
    "  OR EXISTS (SELECT 1 FROM cover c WHERE c.staff=s.n AND c.site=?1 AND c.why<>'offline' AND c.\"from\"<=?2 AND c.until>=?2 AND c.ended IS NULL))"
    " ORDER BY family, given, n" },
  /* site: its rooms, those that are closed last */
  { "places-at-site", "place", "SELECT n AS \"id:id\", name, waiting_area, closed FROM place WHERE site=? ORDER BY ifnull(closed, 0), name, n" },
  /* site (nothing: every site): who works there or everywhere, those who have left last */
  { "staff-at-site", "staff",
    "SELECT n AS \"id:id\", number, given, family, role, site AS \"id:site\", trained, \"left\", pin IS NOT NULL AS has_pin FROM staff WHERE ?1 IS NULL OR site IS NULL OR site=?1"
    " ORDER BY ifnull(\"left\", 0), family, given, n" },
  /* site, day: all others */
  { "staff-elsewhere", "staff", "SELECT n AS \"id:id\", number, given, family, role, site AS \"id:site\" FROM staff s WHERE " IN_SERVICE " AND site<>?1 ORDER BY family, given, n" },
  /* staff, day: herself, while her PIN is good, and what else her rights come from */
  { "staff-still", "staff cover glass",
    "SELECT n AS \"id:id\", role, site AS \"id:site\", (SELECT max(until) FROM glass g WHERE g.staff=?1 AND g.ended IS NULL) AS glass,"
    " (SELECT count(*) FROM cover c WHERE c.staff=?1 AND c.ended IS NULL AND c.\"from\"<=?2 AND c.until>=?2) AS covers FROM staff s WHERE n=?1 AND " IN_SERVICE },
  /* staff, day: where somebody works then that is not her own site, or on whose word */
  { "covers-of-staff", "cover", "SELECT n AS \"id:id\", site AS \"id:site\", why, by AS \"id:by\", until FROM cover WHERE staff=?1 AND \"from\"<=?2 AND until>=?2 AND ended IS NULL" },
  /* staff, now: the glass that somebody has broken, what lasts longest first */
  { "glass-of-staff", "glass",
    "SELECT n AS \"id:id\", about AS \"id:about\", reason, at, until FROM glass WHERE staff=?1 AND at<=?2 AND until>?2 AND ended IS NULL ORDER BY until DESC, n" },
  /* staff, now: what she has ended before its time was over, the last first */
  { "glass-ended", "glass", "SELECT n AS \"id:id\", ended FROM glass WHERE staff=?1 AND at<=?2 AND until>?2 AND ended IS NOT NULL ORDER BY ended DESC, n" },
  /* whether also what was looked at: what was broken, what nobody has looked at first, then the last first */
  { "glass-list", "glass staff patient site",
    "SELECT g.n AS \"id:id\", g.staff AS \"id:staff\", s.given, s.family, s.role, g.about AS \"id:about\", p.given AS about_given, p.family AS about_family, p.title AS about_title,"
    " g.reason, g.at, g.until, g.ended, g.reviewed, g.note, r.given AS reviewer_given, r.family AS reviewer_family, i.name AS site_name"
    " FROM glass g LEFT JOIN staff s ON s.n=g.staff LEFT JOIN patient p ON p.n=g.about LEFT JOIN staff r ON r.n=g.reviewed_by LEFT JOIN site i ON i.n=g.site"
    " WHERE ?1 OR g.reviewed IS NULL ORDER BY g.reviewed IS NOT NULL, g.at DESC, g.n LIMIT 500" },
  /* patient, her id as text: who has read her record, or was told of her by central */
  { "reads-of-person", "reading inquiry glass staff device patient",
    SAME ("?1") " SELECT r.at, r.what, r.why, s.given, s.family, s.number, d.name AS device, i.name AS site FROM reading r LEFT JOIN staff s ON s.n=r.staff LEFT JOIN device d ON d.n=r.device"
    " LEFT JOIN site i ON i.n=d.site WHERE r.patient IN (SELECT n FROM same)"
    " UNION ALL SELECT q.at, 'find', coalesce(q.note, q.reason), s.given, s.family, s.number, d.name, i.name FROM inquiry q LEFT JOIN staff s ON s.n=q.staff LEFT JOIN device d ON d.n=q.device"
    "  LEFT JOIN site i ON i.n=d.site WHERE instr(q.shown, ?2)"
    " UNION ALL SELECT g.at, 'glass', g.reason, s.given, s.family, s.number, NULL, i.name FROM glass g LEFT JOIN staff s ON s.n=g.staff LEFT JOIN site i ON i.n=g.site WHERE g.about IN (SELECT n FROM same)"
    " ORDER BY 1 DESC LIMIT 1000" },
  /* from, to, site: the day's appointments there, also those that were cancelled */
  { "appointments-at-site", "appointment patient",
    "SELECT a.n AS \"id:appointment\", a.patient AS \"id:patient\", a.start, a.status, p.born, p.family, p.letters FROM appointment a JOIN patient p ON p.n=a.patient"
    " WHERE a.start BETWEEN ? AND ? AND a.site=? ORDER BY a.start, a.n" },
  /* from, to, appointment: those of that day whom the same clinician sees; a public screen knows only the name and the room */
  { "turns", "appointment arrival stage",
    "SELECT a.n AS \"id:appointment\", a.start, a.status," TIMES " FROM appointment o JOIN appointment a ON a.start BETWEEN ?1 AND ?2"
    " AND (a.clinician=o.clinician OR o.clinician IS NULL AND a.with_name=o.with_name AND a.place_name IS o.place_name AND a.site=o.site)"
    " WHERE o.n=?3 ORDER BY a.start, a.n" },
  { "search-everybody", "patient", "SELECT n, family, given, born, nhs_number, number, mobile, phone, preferred FROM patient WHERE withdrawn IS NOT 1" },
  { "search-one", "patient", "SELECT n, family, given, born, nhs_number, number, mobile, phone, preferred FROM patient WHERE n=? AND withdrawn IS NOT 1" },
  /* from, to, site: who is expected, and all records of the same people */
  { "search-first", "appointment patient",
    "WITH RECURSIVE same(n) AS (SELECT patient FROM appointment WHERE start BETWEEN ? AND ? AND site=?" MERGED ") SELECT n FROM same" },
  /* patient's number, from, to, site, now, whether it does not quite fit: the person (of merged records the one shown) and
   * the appointment today that she most likely comes for: one that is booked, else one that waits, else another. The
   * first finds nobody who was merged; it is for speed, since hardly anybody was. */
  { "search-person-alone", "appointment patient",
    SEARCHED ("=?1", "p.restricted", "p.died") " WHERE p.n=?1 AND p.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM patient WHERE merged_into=?1)" },
  { "search-person", "appointment patient",
    SAME ("?1") " " SEARCHED (" IN (SELECT n FROM same)", OF_SAME ("max(h.restricted)"), OF_SAME ("max(h.died)")) " WHERE p.n=(" SHOWN ")" },
  /* of an NHS number; of a birth date; of the last ten figures of a telephone number: whom central is asked for */
  { "find-by-nhs-number", "patient", "SELECT n AS \"id:id\", family, given, preferred, born, mobile, phone FROM patient WHERE nhs_number=?1 AND withdrawn IS NOT 1" },
  { "find-by-born", "patient", "SELECT n AS \"id:id\", family, given, preferred, born, mobile, phone FROM patient WHERE born=?1 AND withdrawn IS NOT 1" },
  { "find-by-phone", "patient", "SELECT n AS \"id:id\", family, given, preferred, born, mobile, phone FROM patient WHERE (" FIGURES ("mobile") "=?1 OR " FIGURES ("phone") "=?1) AND withdrawn IS NOT 1" },
  /* patient: the person (of merged records the one shown), by what tells people apart */
  { "find-person", "patient practice",
    SAME ("?1")
    " SELECT p.n AS \"id:id\", p.family, p.given, p.title, p.preferred, p.born, p.nhs_number, p.postcode, " OF_SAME ("max(h.died)") " AS died, " OF_SAME ("max(h.restricted)") " AS restricted,"
    " g.name AS practice FROM patient p LEFT JOIN practice g ON g.n=p.practice"
    " WHERE p.n=(" SHOWN ")" },
  /* device, since: how often it has asked */
  { "count-inquiries", "inquiry", "SELECT count(*) AS n FROM inquiry WHERE device=?1 AND at>?2" },
  /* patient, site, day: by what she is the site's on that day */
  { "grants", "grant patient",
    SAME ("?1") " SELECT n AS \"id:id\", day FROM \"grant\" WHERE patient IN (SELECT n FROM same) AND site=?2 AND day>=?3 AND ended IS NULL" },
  /* patient, site, day, from: the day until whose end she is the site's by nothing but a grant; appointments there count from then on */
  { "here-until", "grant patient appointment",
    SAME ("?1") " SELECT max(day) AS day FROM \"grant\" WHERE patient IN (SELECT n FROM same) AND site=?2 AND day>=?3 AND ended IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM patient JOIN same USING (n) WHERE patient.site=?2) AND NOT EXISTS (SELECT 1 FROM appointment JOIN same ON same.n=appointment.patient WHERE site=?2 AND start>=?4)"
    " HAVING day IS NOT NULL" },
  /* from, to: what is booked then, anywhere */
  { "booked", "appointment", "SELECT n AS \"id:id\", site AS \"id:site\" FROM appointment WHERE start>=? AND start<? AND status%16=0" },
  { "tasks-no-longer-listed", "task", "SELECT n AS \"id:id\", appointment AS \"id:appointment\" FROM task WHERE about='no-longer-listed' AND status%16=0" },
  /* record: how many entries about it this store ever wrote or was sent */
  /* staff, site, day, time: whether somebody covered there then */
  { "count-covers-then", "cover", "SELECT count(*) AS n FROM cover WHERE staff=?1 AND site=?2 AND \"from\"<=?3 AND until>=?3 AND (ended IS NULL OR ended>?4)" },
  /* staff, time: whether somebody had broken glass then */
  { "count-glass-then", "glass", "SELECT count(*) AS n FROM glass WHERE staff=?1 AND at<=?2 AND until>?2 AND (ended IS NULL OR ended>?2)" },
  { "count-conflicts-of-field", "conflict", "SELECT count(*) AS n FROM conflict WHERE record=?1 AND field=?2" },
  { "count-doubts", "", "SELECT count(*) AS n FROM quarantine WHERE reason LIKE '" LIMBER_RELEASE_DOUBT "%'" },
  { "count-entries", "", "SELECT count(*) AS n FROM journal WHERE record=?" },
  { "site-name", "site", "SELECT n AS \"id:id\", name, lock_minutes FROM site WHERE n=?1" },
  /* site (nothing: every site), from, to */
  { "today", VISITS_KINDS, VISITS " WHERE a.start>=?2 AND a.start<?3 AND (?1 IS NULL OR a.site=?1) AND " NO_MISTAKE " ORDER BY a.start, a.n" },
  /* site (nothing: every site), from, to: what nobody has closed */
  { "open-visits", VISITS_KINDS, VISITS " WHERE a.status%16 IN (0, 3, 4, 5) AND a.start>=?2 AND a.start<?3 AND (?1 IS NULL OR a.site=?1) ORDER BY a.start, p.family, p.given, a.n" },
  { "today-clinicians", "appointment staff",
    "SELECT DISTINCT c.n AS \"id:id\", c.given, c.family FROM appointment a JOIN staff c ON c.n=a.clinician"
    " WHERE a.start>=?2 AND a.start<?3 AND (?1 IS NULL OR a.site=?1) ORDER BY c.family, c.given, c.n" },
  { "today-places", "appointment place",
    "SELECT DISTINCT l.n AS \"id:id\", l.name FROM appointment a JOIN place l ON l.n=a.place WHERE a.start>=?2 AND a.start<?3 AND (?1 IS NULL OR a.site=?1) ORDER BY l.name, l.n" },
  /* site (nothing: every site): whoever stands there comes before records that may be one person; of those a handful at a time, since
   * a new list can bring thousands; and more of them for who works through all */
  { "tasks-open", "task patient staff", TASKS ("5") },
  { "tasks-to-do", "task patient staff", TASKS ("100") },
  /* appointment, patient, the appointment's id as text: what a public screen told the desk of that visit */
  { "tasks-of-visit", "task patient",
    SAME ("?2") " SELECT n AS \"id:id\" FROM task WHERE status%16=0 AND about IN ('cannot-tell-apart', 'must-be-seen', 'came-late', 'came-cancelled')"
    " AND (appointment=?1 OR about='must-be-seen' AND patient IN (SELECT n FROM same) OR instr(candidates, ?3))" },
  { "tasks-ended-by", "task", "SELECT n AS \"id:id\" FROM task WHERE arrival=?1 AND status%16=1" },
  /* patient: the person, whichever of her records it is */
  { "person", "patient practice",
    SAME ("?1") " SELECT p.n AS \"id:id\", p.family, p.given, p.title, p.born, p.sex, p.nhs_number, p.nhs_status, p.nhs_typed, p.mobile, p.phone, p.email, p.address, p.postcode, p.language, "
    NEEDS_OF_SAME " AS needs, " OF_SAME ("max(h.restricted)") " AS restricted, " OF_SAME ("max(h.died)") " AS died, " OF_SAME ("max(h.see_desk)") " AS see_desk, "
    OF_SAME ("max(h.details_confirmed)") " AS details_confirmed, p.practice AS \"id:practice_id\", g.name AS practice, p.preferred, p.kin, p.kin_relation, p.kin_phone, p.texts, p.withdrawn, "
    OF_SAME ("max(CASE h.call_by WHEN 'fetch' THEN 3 WHEN 'number' THEN 2 ELSE 1 END)") " AS call_by"
    " FROM patient p LEFT JOIN practice g ON g.n=p.practice WHERE p.n=(" SHOWN ")" },
  /* patient: all her records, the one that is shown first */
  { "person-records", "patient practice site organisation",
    SAME ("?1") " SELECT p.n AS \"id:id\", p.merged_into AS \"id:merged_into\", p.number, p.provider, (SELECT name FROM organisation LIMIT 1) AS organisation, p.nhs_number, p.nhs_status, p.nhs_typed,"
    " p.family, p.given, p.title, p.born, p.sex, p.mobile, p.phone, p.email, p.address, p.postcode, p.language, p.needs, p.restricted, p.died, p.see_desk, g.name AS practice,"
    " p.site AS \"id:site\", s.name AS site_name FROM same JOIN patient p ON p.n=same.n JOIN thing t ON t.n=p.n LEFT JOIN practice g ON g.n=p.practice LEFT JOIN site s ON s.n=p.site"
    " ORDER BY p.merged_into IS NOT NULL, t.id" },
  /* patient, site, from, to: who else is expected there then, or has come and is not seen yet: not her other records */
  { "expected-besides", "appointment patient",
    SAME ("?1")
    " SELECT p.n AS \"id:patient\", p.family, p.given, p.born, min(a.start) AS start FROM appointment a JOIN patient p ON p.n=a.patient"
    " WHERE a.site=?2 AND a.start BETWEEN ?3 AND ?4 AND a.status%16 IN (0, 3, 4, 5) AND p.n NOT IN (SELECT n FROM same) GROUP BY p.n ORDER BY min(a.start), p.n" },
  { "person-visits", VISITS_KINDS, SAME ("?1") " " VISITS " WHERE a.patient IN (SELECT n FROM same) AND " NO_MISTAKE " ORDER BY a.start DESC, a.n LIMIT 500" },
  /* patient, today: the person's referrals, the newest first, and how many days old each is */
  { "person-referrals", "referral patient service",
    SAME ("?1") " SELECT CAST(julianday(?2)-julianday(f.received) AS INTEGER) AS days, f.n AS \"id:id\", f.received, f.source, f.\"from\", f.priority, f.reason, f.words, f.since, f.parts, f.side, f.caller_is, f.caller, f.callback, f.times, f.taken, f.withdrawn, v.name AS service"
    " FROM referral f LEFT JOIN service v ON v.n=f.service WHERE f.patient IN (SELECT n FROM same) ORDER BY f.received DESC, f.n DESC LIMIT 50" },
  /* patient: what is hers, so that she was not registered for nothing */
  { "count-ties", "patient appointment referral answers",
    SAME ("?1") " SELECT (SELECT count(*)-1 FROM same) + (SELECT count(*) FROM appointment a WHERE a.patient=?1 AND " NO_MISTAKE ")"
    " + (SELECT count(*) FROM referral f WHERE f.patient=?1 AND f.withdrawn IS NULL) + (SELECT count(*) FROM answers s WHERE s.patient=?1) AS n" },
  /* patient: edits of her details that lost and that nobody has decided on */
  { "person-conflicts", "conflict patient",
    SAME ("?1") " SELECT c.n AS \"id:id\", c.record AS \"id:record\", c.field, c.value, c.author, c.made FROM conflict c WHERE c.kind='patient' AND c.record IN (SELECT n FROM same) AND c.state=0 ORDER BY c.made, c.n" },
  { "practices", "practice", "SELECT n AS \"id:id\", name, postcode FROM practice ORDER BY name, n" },
  /* patient's number: whether any of her records is restricted; has died, or is to be seen first; when one's details were confirmed last; how she may be
   * called at most openly (LimberCallBy) */
  { "strictest", "patient", SAME ("?1") " SELECT max(ifnull(h.restricted, 0)), max(h.died IS NOT NULL OR ifnull(h.see_desk, 0)), max(h.details_confirmed), max(" CALL_BY ("h") ") FROM same JOIN patient h ON h.n=same.n" },
  /* patient's number, how many: when she last answered which forms to the end, or asked for a person instead */
  { "answered", "answers patient",
    SAME ("?1") " SELECT url, max(at) AS at FROM answers WHERE patient IN (SELECT n FROM same) AND (status='completed' OR in_person=1) GROUP BY url ORDER BY max(at) DESC, url LIMIT ?2" },
  { "questionnaires", "questionnaire", "SELECT n AS \"id:id\", url, version, title, status, due_days, types, sites FROM questionnaire ORDER BY url, version, n" },
  { "questionnaires-active", "questionnaire", "SELECT n AS \"id:id\", url, version, form, due_days, types, sites FROM questionnaire WHERE status%16=1 ORDER BY title, url, length(version), version, n" },
  /* appointment: the last of what was answered to each form */
  { "answers-of-visit", "answers questionnaire", "SELECT " ANSWERED ANSWERED_FROM " WHERE a.appointment=?1 AND " ANSWERED_LAST " ORDER BY q.title, a.url" },
  /* patient: what the person has answered, the newest first */
  { "answers-of-person", "answers questionnaire patient appointment",
    SAME ("?1") " SELECT " ANSWERED ANSWERED_FROM " WHERE a.patient IN (SELECT n FROM same) AND " ANSWERED_LAST " ORDER BY a.at DESC, a.n LIMIT 20" },
  /* appointment, the day from, to: what a waiting-room screen may say of whom it is; ticket: nothing if somebody else has the
   * same number and had it before */
  { "calling", "appointment patient arrival site",
    SAME ("(SELECT patient FROM appointment WHERE n=?1)")
    " SELECT s.call_by AS site_call_by, p.given, p.family, " OF_SAME ("max(" CALL_BY ("h") ")") " AS hers, (SELECT v.ticket FROM arrival v JOIN thing i ON i.n=v.n WHERE v.appointment=a.n AND v.round=a.status/16"
    "  AND NOT EXISTS (SELECT 1 FROM arrival w JOIN appointment b ON b.n=w.appointment JOIN thing j ON j.n=w.n WHERE w.ticket=v.ticket AND b.site=a.site AND w.patient<>v.patient"
    "   AND w.at BETWEEN ?2 AND ?3 AND (w.at, j.id)<(v.at, i.id))) AS ticket"
    " FROM appointment a LEFT JOIN site s ON s.n=a.site LEFT JOIN patient p ON p.n=(" SHOWN ") WHERE a.n=?1" },
  /* appointment: since when its person is called, in the present round; nothing if she is not, or no longer */
  { "called-since", "appointment stage", "SELECT g.at, a.status%16>4 AS gone_in FROM appointment a JOIN stage g ON g.appointment=a.n AND g.round=a.status/16 AND g.step='called' WHERE a.n=?1 AND a.status%16>=4" },
  /* of a waiting-room screen: who is called, the newest first */
  { "calls", "call",
    "SELECT n AS \"id:id\", appointment AS \"id:appointment\", at, shown, numbered, place_name, gone_in FROM call WHERE shown IS NOT NULL ORDER BY at DESC, n DESC LIMIT 100" },
  { "site-of-board", "site", "SELECT n AS \"id:id\", name, call_minutes, recent_minutes, volume, notices FROM site WHERE n=?1" },
  { "sites-with-board", "site", "SELECT t.n AS \"id:site\" FROM grp g JOIN thing t ON t.id=g.site WHERE g.class='board' ORDER BY t.id" },
  /* site, from, to: the classes that begin then, once for each room */
  { "classes-at-site", "appointment place",
    "SELECT a.start, l.name AS place FROM appointment a JOIN place l ON l.n=a.place WHERE a.start BETWEEN ?2 AND ?3 AND a.site=?1 AND a.type='class' AND a.status%16<>1"
    " GROUP BY a.start, a.place ORDER BY a.start, l.name" },
  /* site, from, to, now: whoever sees people there then, and for each the appointment nearest to now */
  { "clinicians-at-site", "appointment staff place site",
    "SELECT a.n AS \"id:appointment\", c.given, l.name AS place, s.call_by, min(abs(a.start-?4)) AS off FROM appointment a JOIN staff c ON c.n=a.clinician JOIN site s ON s.n=a.site"
    " LEFT JOIN place l ON l.n=a.place WHERE a.start BETWEEN ?2 AND ?3 AND a.site=?1 AND a.status%16<>1 GROUP BY a.clinician ORDER BY c.given, c.n" },
  /* patient, from, to: the number that she was given then */
  { "ticket-of", "arrival", "SELECT ticket FROM arrival WHERE patient=?1 AND at BETWEEN ?2 AND ?3 AND ticket IS NOT NULL ORDER BY at LIMIT 1" },
  /* patient: her other records */
  { "same-others", "patient", SAME ("?1") " SELECT p.n AS \"id:id\" FROM same JOIN patient p ON p.n=same.n WHERE p.n<>?1" },
  /* NHS number, birth date, JSON array of dates near it, the family name's first letter if it is a plain one: whom to compare with
   * somebody; those with another birth date must have the same name. Bounded also where thousands are said to be born on one day */
  { "people-alike", "patient",
    "SELECT * FROM (SELECT " ALIKE " FROM patient p WHERE nhs_number=?1 AND withdrawn IS NOT 1 LIMIT 100) UNION ALL SELECT * FROM (SELECT " ALIKE " FROM patient p WHERE born=?2 AND (?1 IS NULL OR nhs_number IS NULL) AND withdrawn IS NOT 1 LIMIT 1000)"
    " UNION ALL SELECT * FROM (SELECT " ALIKE " FROM patient p WHERE born IN (SELECT value FROM json_each(?3)) AND (?1 IS NULL OR nhs_number IS NULL)"
    " AND (?4 IS NULL OR substr(family, 1, 1)=?4 COLLATE NOCASE OR family NOT GLOB '[A-Za-z]*') AND withdrawn IS NOT 1 LIMIT 1000)" },
  /* from where in the order of change, the kind's number, how many: people who are new or were changed */
  { "people-changed", "patient", "SELECT c.seq, " ALIKE " FROM change c JOIN patient p ON p.n=c.record WHERE c.seq>?1 AND c.kind=?2 AND p.withdrawn IS NOT 1 ORDER BY c.seq LIMIT ?3" },
  /* from whom, how many: those without an NHS number, and those whose number another has too: in every pair of records that may
   * be one person there is such a one */
  { "people-unsure", "patient",
    "SELECT p.n AS seq, " ALIKE " FROM patient p WHERE p.n>?1 AND p.withdrawn IS NOT 1 AND (p.nhs_number IS NULL OR EXISTS (SELECT 1 FROM patient q WHERE q.nhs_number=p.nhs_number AND q.n<>p.n)) ORDER BY p.n LIMIT ?2" },
  /* patient: the site that she belongs to, else that of her last appointment */
  { "site-of-person", "patient appointment",
    "SELECT coalesce(site, (SELECT a.site FROM appointment a WHERE a.patient=p.n ORDER BY a.start DESC LIMIT 1)) AS \"id:site\" FROM patient p WHERE n=?1" },
  /* open ones, and the two people of each */
  { "duplicates-open", "task patient",
    "SELECT t.n AS \"id:id\", t.candidates, t.text FROM task t WHERE t.about='duplicate' AND t.status%16=0 AND NOT " ALREADY_ONE " ORDER BY t.made, t.n" },
  /* site (nothing: every site), from, to, days: the clinics that may be held then */
  { "clinics", "clinic staff place site",
    "SELECT k.n AS \"id:id\", k.site AS \"id:site\", k.clinician AS \"id:clinician\", k.place AS \"id:place\", k.name, k.first, k.last, k.every, k.begins, k.ends, k.minutes, k.types,"
    " c.given, c.family, l.name AS place_name, s.code AS site_code, s.name AS site_name FROM clinic k LEFT JOIN staff c ON c.n=k.clinician LEFT JOIN place l ON l.n=k.place LEFT JOIN site s ON s.n=k.site"
    " WHERE (?1 IS NULL OR k.site=?1) AND k.first<=?3 AND (k.last IS NULL OR (k.last>=?2 AND k.last>=k.first)) AND c.\"left\" IS NOT 1 ORDER BY c.family, c.given, c.n, k.begins, k.n" },
  /* from, to, days: when nobody is seen */
  { "closures", "closure site staff",
    "SELECT k.n AS \"id:id\", k.site AS \"id:site\", k.clinician AS \"id:clinician\", k.first, k.last, k.name, s.name AS site_name, c.given, c.family FROM closure k LEFT JOIN site s ON s.n=k.site"
    " LEFT JOIN staff c ON c.n=k.clinician WHERE k.off IS NOT 1 AND k.first<=?2 AND k.last>=?1 ORDER BY k.first, k.last, k.n" },
  /* from, to, site, clinician (nothing: any): how many are booked then */
  { "count-booked", "appointment", "SELECT count(*) AS n FROM appointment WHERE start>=?1 AND start<?2 AND (?3 IS NULL OR site=?3) AND (?4 IS NULL OR clinician=?4) AND status%16=0" },
  /* from, to, what does not count: what takes somebody's time or a room then, without who comes when there is time */
  { "taken", "appointment",
    "SELECT start, ifnull(minutes, 30) AS minutes, clinician AS \"id:clinician\", place AS \"id:place\" FROM appointment"
    " WHERE start>=?1-86400000 AND start<?2 AND start+ifnull(minutes, 30)*60000>?1 AND status%16 NOT IN (1, 2) AND type IS NOT 'walk-in' AND n IS NOT ?3 ORDER BY start, n" },
  /* from, to, patient, clinician, place, itself: what is in the way of an appointment then; the person's own first, then the
   * clinician's. Of one class there are many at once */
  { "clashes", "appointment patient staff place",
    SAME ("?3") " SELECT a.n AS \"id:id\", a.start, ifnull(a.minutes, 30) AS minutes, a.type, a.number, a.anyway, a.clinician AS \"id:clinician\", a.place AS \"id:place\", a.patient IN (SELECT n FROM same) AS hers,"
    " a.clinician IS ?4 AND ?4 IS NOT NULL AS same_clinician, a.place IS ?5 AND ?5 IS NOT NULL AS same_place, p.family, p.given, p.title, c.given AS clinician_given, c.family AS clinician_family, l.name AS place_name, s.name AS site_name"
    " FROM appointment a LEFT JOIN patient p ON p.n=a.patient LEFT JOIN staff c ON c.n=a.clinician LEFT JOIN place l ON l.n=a.place LEFT JOIN site s ON s.n=a.site"
    " WHERE a.start>=?1-86400000 AND a.start<?2 AND a.start+ifnull(a.minutes, 30)*60000>?1 AND a.status%16 NOT IN (1, 2) AND a.n IS NOT ?6"
    " AND (a.patient IN (SELECT n FROM same) OR (a.type IS NOT 'walk-in' AND (a.clinician=?4 OR a.place=?5))) ORDER BY hers DESC, same_clinician DESC, a.start, a.n LIMIT 200" },
  /* patient, site, from, to: her appointments there that are not over */
  { "open-of-person", "appointment patient",
    SAME ("?1") " SELECT a.n AS \"id:id\", a.start FROM appointment a WHERE a.patient IN (SELECT n FROM same) AND a.site=?2 AND a.start>=?3 AND a.start<?4 AND a.status%16 IN (0, 3, 4, 5) ORDER BY a.start, a.n" },
  /* patient, from: what is still booked of hers, anywhere that this store knows of, but for what takes nobody's time */
  { "to-come", "appointment patient staff site",
    SAME ("?1") " SELECT a.start, ifnull(a.minutes, 30) AS minutes, c.given, c.family, s.name AS site_name FROM appointment a LEFT JOIN staff c ON c.n=a.clinician LEFT JOIN site s ON s.n=a.site"
    " WHERE a.patient IN (SELECT n FROM same) AND a.start>=?2 AND a.status%16 IN (0, 3, 4, 5) AND a.type IS NOT 'walk-in' ORDER BY a.start, a.n LIMIT 200" },
  { "places-of-site", "place", "SELECT n AS \"id:id\", name FROM place WHERE site=?1 ORDER BY name, n" },
  /* from where in the order of change, the kind's number, from when on, how many: what was booked or moved */
  { "appointments-changed", "appointment",
    "SELECT c.seq, a.n AS \"id:id\" FROM change c JOIN appointment a ON a.n=c.record WHERE c.seq>?1 AND c.kind=?2 AND a.start>=?3 AND a.status%16=0 ORDER BY c.seq LIMIT ?4" },
  { "tasks-booked-twice", "task", "SELECT n AS \"id:id\", candidates FROM task WHERE about='booked-twice' AND status%16=0 ORDER BY n LIMIT 500" },
  /* from, to: what public screens have counted on these days */
  { "turnout-since", "turnout", "SELECT device AS \"id:device\", day, matched, failed, sent, paused FROM turnout WHERE day BETWEEN ? AND ? ORDER BY day, n" },
  { "count-asides", "aside", "SELECT count(*) AS n FROM aside" },
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
