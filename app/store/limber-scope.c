/* Invariant: at the end of every transaction the last event of each (group, patient) says whether the group's devices may
 * hold her, by the rows as they then are and the day for which the group was computed last.
 *
 * desk, clinic, hub   those of the site: by patient.site, or an appointment there in the last 90 days or to come, or a grant for
 *                     that day (app/care/limber-find.h); with everybody who is the same person (merged_into)
 * kiosk, board        those with an appointment at the site today, or on the next day on which it has any
 * office, central     everybody: such a group needs no events */
#include "limber-scope.h"

#include "limber-canary.h"
#include "limber-date.h"
#include "limber-reader-private.h"
#include "limber-transaction-private.h"

#define DAYS_BACK (-90)
#define EVER "9999-12-31"

/* A group, as a transaction works with it. */
typedef struct {
  gint64      n;
  LimberClass klass;
  gint64      site; /* its number as a thing */
  char        day[LIMBER_DATE_LENGTH + 1];
  char        next[LIMBER_DATE_LENGTH + 1]; /* "" when there is none, or it does not matter */
  gint64      from, until;           /* of the appointments that count; until is 0 before set_days() */
  gint64      next_from, next_until; /* and those of the next day */
} Group;

/**
 * limber_scope_is_all:
 *
 * Returns: whether devices of @klass may hold everybody
 */
gboolean
limber_scope_is_all (LimberClass klass)
{
  return (klass & (LIMBER_CLASS_OFFICE | LIMBER_CLASS_CENTRAL)) != 0;
}

static gboolean
is_public (LimberClass klass)
{
  return (klass & LIMBER_CLASS_PUBLIC) != 0;
}

/**
 * limber_scope_find:
 *
 * Returns: the number of @group here, 0 when it was never asked for
 */
gint64
limber_scope_find (LimberReader *reader, const LimberGroup *group)
{
  return limber_database_integer (reader->database, 0, "SELECT n FROM grp WHERE class=? AND site=?", "td", limber_class_name (group->klass), &group->site);
}

/**
 * limber_scope_is_due:
 *
 * Returns: whether midnight has passed since some group was computed
 */
gboolean
limber_scope_is_due (LimberReader *reader)
{
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_reader_now (reader), today);
  return !limber_canary (LIMBER_CANARY_NO_MIDNIGHT) && limber_database_integer (reader->database, 0, "SELECT 1 FROM grp WHERE day<>? LIMIT 1", "t", today) == 1;
}

/* The days that count for a group now. */
static void
set_days (LimberDatabase *database, Group *group, gint64 now)
{
  gint64 end, first;

  limber_date_of_time (now, group->day);
  limber_date_bounds (group->day, &group->from, &end);
  group->next[0] = '\0';
  group->next_from = group->next_until = 0;
  group->until = G_MAXINT64;
  if (!is_public (group->klass)) {
    g_autofree char *back = limber_date_add_days (group->day, DAYS_BACK);
    gint64 unused;

    limber_date_bounds (back, &group->from, &unused);
    return;
  }
  group->until = end;
  first = limber_database_integer (database, 0, "SELECT start FROM appointment WHERE start>=? AND site=? ORDER BY start LIMIT 1", "ii", end, group->site);
  if (first == 0)
    return;
  limber_date_of_time (first, group->next);
  limber_date_bounds (group->next, &group->next_from, &group->next_until);
}

static gboolean
write_event (LimberTransaction *transaction, gint64 group, gint64 patient, LimberMember state, GError **error)
{
  transaction->changes->journal = TRUE;
  return limber_database_execute (transaction->reader.database, error,
                                  "INSERT INTO membership(patient, grp, state, seq) VALUES(?,?,?,?) ON CONFLICT(patient, grp) DO UPDATE SET state=excluded.state, seq=excluded.seq", "iiii",
                                  patient, group, (gint64) state, limber_transaction_next_change (transaction));
}

static gint64
state_of (LimberDatabase *database, gint64 group, gint64 patient)
{
  return limber_database_integer (database, LIMBER_MEMBER_NEVER, "SELECT state FROM membership WHERE patient=? AND grp=?", "ii", patient, group);
}

static gboolean
is_in (LimberDatabase *database, gint64 group, gint64 patient)
{
  return state_of (database, group, patient) == LIMBER_MEMBER_IN;
}

static void
add_numbers (LimberStatement *statement, GArray *into)
{
  while (statement != NULL && limber_statement_step (statement, NULL) == 1) {
    gint64 n = sqlite3_column_int64 (statement->stmt, 0);
    gboolean known = n == 0;

    for (guint i = 0; i < into->len && !known; i++)
      known = g_array_index (into, gint64, i) == n;
    if (!known)
      g_array_append_val (into, n);
  }
}

/* Everybody who is the same person as @patient (SYNC.md rule 10). */
static GArray *
component (LimberDatabase *database, gint64 patient)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (all, patient);
  for (guint i = 0; i < all->len && !limber_canary (LIMBER_CANARY_COMPONENT_IGNORED); i++) {
    gint64 n = g_array_index (all, gint64, i);
    g_autoptr (LimberStatement) up = limber_database_bound (database, NULL, "SELECT ifnull(merged_into, 0) FROM patient WHERE n=?", "i", n);
    g_autoptr (LimberStatement) down = limber_database_bound (database, NULL, "SELECT n FROM patient WHERE merged_into=?", "i", n);

    add_numbers (up, all);
    add_numbers (down, all);
  }
  return all;
}

/* Whether she was found from the site, for a visit on @from or a day after it and before @until. */
static gboolean
is_granted (LimberDatabase *database, const Group *group, gint64 patient, const char *from, const char *until)
{
  return limber_database_integer (database, 0, "SELECT 1 FROM \"grant\" WHERE patient=? AND site=? AND day>=? AND day<? AND ended IS NULL LIMIT 1", "iitt", patient, group->site, from, until) == 1;
}

static gboolean
is_of_site (LimberDatabase *database, const Group *group, gint64 patient)
{
  if (!is_public (group->klass) && (limber_database_integer (database, 0, "SELECT 1 FROM patient WHERE n=? AND site=?", "ii", patient, group->site) == 1 ||
                                    is_granted (database, group, patient, group->day, EVER)))
    return TRUE;
  return limber_database_integer (database, 0, "SELECT 1 FROM appointment WHERE patient=? AND site=? AND (start>=? AND start<? OR start>=? AND start<?) LIMIT 1", "iiiiii", patient,
                                  group->site, group->from, group->until, group->next_from, group->next_until) == 1;
}

static gboolean
should_hold (LimberDatabase *database, const Group *group, gint64 patient, GArray *same)
{
  if (is_public (group->klass))
    return is_of_site (database, group, patient);
  for (guint i = 0; i < same->len; i++)
    if (is_of_site (database, group, g_array_index (same, gint64, i)))
      return TRUE;
  return FALSE;
}

/* Makes the group's last event about @patient true. */
static gboolean
settle (LimberTransaction *transaction, const Group *group, gint64 patient, GArray *same, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  gboolean in = should_hold (database, group, patient, same);

  return in == is_in (database, group->n, patient) || write_event (transaction, group->n, patient, in ? LIMBER_MEMBER_IN : LIMBER_MEMBER_LEFT, error);
}

static gboolean
keep_days (LimberTransaction *transaction, const Group *group, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "UPDATE grp SET day=?, next=? WHERE n=?", "tti", group->day, group->next, group->n);
}

/* Somebody whom a group holds or might hold. */
typedef struct {
  gint64   n;
  gboolean of_site; /* she is of the site herself */
  gboolean held;
  gboolean alone;   /* nobody else is the same person, and she was never granted */
} Candidate;

#define CANDIDATES(start)                                                                                                                                                                 \
  "SELECT n, max(of_site), max(held), NOT EXISTS (SELECT 1 FROM patient p WHERE p.n=c.n AND merged_into IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM patient WHERE merged_into=c.n)"         \
  " AND NOT EXISTS (SELECT 1 FROM \"grant\" WHERE patient=c.n AND site=?2) FROM ("                                                                                                        \
  " SELECT patient AS n, 0 AS of_site, 1 AS held FROM membership WHERE grp=?1 AND state=1"                                                                                                \
  " UNION ALL SELECT n, 1, 0 FROM patient WHERE site=?2 AND ?3"                                                                                                                           \
  " UNION ALL SELECT patient, 1, 0 FROM appointment WHERE site=?2 AND patient IS NOT NULL AND (" start ">=?4 AND " start "<?5 OR " start ">=?6 AND " start "<?7)"                         \
  " UNION ALL SELECT patient, 0, 0 FROM \"grant\" WHERE site=?2 AND patient IS NOT NULL AND day>=?8 AND ?3) c GROUP BY n ORDER BY n"

/* The index on start finds two days' appointments, but would be a detour to those of months. */
static GArray *
read_candidates (LimberDatabase *database, const Group *group, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, is_public (group->klass) ? CANDIDATES ("start") : CANDIDATES ("+start"), "iiiiiiit", group->n, group->site, (gint64) !is_public (group->klass), group->from,
                             group->until, group->next_from, group->next_until, group->day);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    Candidate candidate = { sqlite3_column_int64 (statement->stmt, 0), sqlite3_column_int (statement->stmt, 1), sqlite3_column_int (statement->stmt, 2), sqlite3_column_int (statement->stmt, 3) };

    g_array_append_val (candidates, candidate);
  }
  return step == 0 ? g_steal_pointer (&candidates) : NULL;
}

/* Whether the group holds somebody follows from her alone, as nearly always: all that is to be known has been read. */
static gboolean
recompute_alone (LimberTransaction *transaction, const Group *group, const Candidate *candidate, gboolean again, GError **error)
{
  if (candidate->of_site == candidate->held && !(again && candidate->held))
    return TRUE;
  return write_event (transaction, group->n, candidate->n, candidate->of_site ? LIMBER_MEMBER_IN : LIMBER_MEMBER_LEFT, error);
}

/* Whether a grant of one of these people has ended since @day. A device that was out of reach has let go of her by itself
 * then (limber_scope_expire()), and is to hear of it when she stays for another reason. */
static gboolean
grant_has_ended (LimberDatabase *database, const Group *group, GArray *same, const char *day)
{
  for (guint i = 0; i < same->len && !is_public (group->klass); i++)
    if (is_granted (database, group, g_array_index (same, gint64, i), day, group->day))
      return TRUE;
  return FALSE;
}

static gboolean
recompute_with_others (LimberTransaction *transaction, const Group *group, gint64 n, const char *before, gboolean again, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (GArray) same = component (database, n);
  gboolean tell = again || grant_has_ended (database, group, same, before);

  for (guint i = 0; i < (is_public (group->klass) ? 1 : same->len); i++) {
    gint64 patient = g_array_index (same, gint64, i);
    gboolean was = is_in (database, group->n, patient);

    if (!settle (transaction, group, patient, same, error))
      return FALSE;
    if (tell && was && is_in (database, group->n, patient) && !write_event (transaction, group->n, patient, LIMBER_MEMBER_IN, error))
      return FALSE;
  }
  return TRUE;
}

/* Looks at everybody whom the group holds or might hold. @before: the day for which it was computed last. @again: those who
 * stay are sent once more, because which of their appointments it may hold has changed. */
static gboolean
recompute (LimberTransaction *transaction, const Group *group, const char *before, gboolean again, GError **error)
{
  g_autoptr (GArray) candidates = read_candidates (transaction->reader.database, group, error);

  for (guint i = 0; candidates != NULL && i < candidates->len; i++) {
    const Candidate *candidate = &g_array_index (candidates, Candidate, i);

    if (!(candidate->alone ? recompute_alone (transaction, group, candidate, again, error) : recompute_with_others (transaction, group, candidate->n, before, again, error)))
      return FALSE;
  }
  return candidates != NULL && keep_days (transaction, group, error);
}

static gboolean
read_group (LimberStatement *statement, Group *group)
{
  *group = (Group){ .n = sqlite3_column_int64 (statement->stmt, 0), .site = sqlite3_column_int64 (statement->stmt, 4) };
  g_strlcpy (group->day, (const char *) sqlite3_column_text (statement->stmt, 2), sizeof group->day);
  g_strlcpy (group->next, (const char *) sqlite3_column_text (statement->stmt, 3), sizeof group->next);
  return limber_class_parse ((const char *) sqlite3_column_text (statement->stmt, 1), &group->klass) && !limber_scope_is_all (group->klass);
}

static GArray *
read_groups (LimberDatabase *database, GError **error)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autoptr (LimberStatement) statement = limber_database_statement (database, "SELECT grp.n, class, day, next, ifnull(thing.n, 0) FROM grp LEFT JOIN thing ON thing.id=grp.site", error);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    Group group;

    if (read_group (statement, &group))
      g_array_append_val (groups, group);
  }
  return step == 0 ? g_steal_pointer (&groups) : NULL;
}

/* Brings a group to the days that count now, and looks at everybody when they are others than before. */
static gboolean
bring_forward (LimberTransaction *transaction, Group *group, GError **error)
{
  Group before = *group;

  set_days (transaction->reader.database, group, limber_transaction_now (transaction));
  if (g_str_equal (before.day, group->day) && g_str_equal (before.next, group->next))
    return TRUE;
  return recompute (transaction, group, before.day, is_public (group->klass), error);
}

/**
 * limber_scope_open:
 * @n: (out): its number
 *
 * Finds a group, or makes it and looks at everybody.
 */
gboolean
limber_scope_open (LimberTransaction *transaction, const LimberGroup *group, gint64 *n, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  Group made = { .klass = group->klass };

  *n = limber_scope_find (&transaction->reader, group);
  if (*n != 0)
    return limber_scope_roll (transaction, error);
  if (!limber_database_execute (database, error, "INSERT INTO grp(class, site, day, next) VALUES(?,?,'','')", "td", limber_class_name (group->klass), &group->site))
    return FALSE;
  made.n = *n = limber_scope_find (&transaction->reader, group);
  made.site = limber_database_thing (database, &group->site, TRUE, error);
  if (made.site == 0)
    return FALSE;
  set_days (database, &made, limber_transaction_now (transaction));
  return limber_scope_is_all (group->klass) ? keep_days (transaction, &made, error) : recompute (transaction, &made, made.day, FALSE, error);
}

/**
 * limber_scope_roll:
 *
 * Writes the events of midnight, if it has passed since the groups were computed.
 */
gboolean
limber_scope_roll (LimberTransaction *transaction, GError **error)
{
  g_autoptr (GArray) groups = NULL;

  if (!limber_scope_is_due (&transaction->reader))
    return TRUE;
  groups = read_groups (transaction->reader.database, error);
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    if (!bring_forward (transaction, &g_array_index (groups, Group, i), error))
      return FALSE;
  return groups != NULL;
}

/**
 * limber_scope_holds:
 *
 * Returns: whether devices of @group may hold @patient
 */
gboolean
limber_scope_holds (LimberReader *reader, gint64 group, const LimberId *patient)
{
  return is_in (reader->database, group, limber_database_thing (reader->database, patient, FALSE, NULL));
}

/**
 * limber_scope_out:
 *
 * Tells a group's devices to forget somebody who is outside their scope, though they may never have been told of her:
 * one of them wrote about her.
 */
gboolean
limber_scope_out (LimberTransaction *transaction, gint64 group, const LimberId *patient, GError **error)
{
  gint64 n = limber_database_thing (transaction->reader.database, patient, TRUE, error);

  return n != 0 && write_event (transaction, group, n, state_of (transaction->reader.database, group, n) == LIMBER_MEMBER_NEVER ? LIMBER_MEMBER_NEVER : LIMBER_MEMBER_LEFT, error);
}

/* Whom this store holds by a grant of its site that has ended; she may be the site's for another reason too. */
static GArray *
formerly_granted (LimberDatabase *database, const Group *own, GError **error)
{
  g_autoptr (GArray) patients = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LimberStatement) statement =
      limber_database_bound (database, error, "SELECT DISTINCT patient FROM \"grant\" WHERE site=? AND day<? AND patient IS NOT NULL", "it", own->site, own->day);
  int step = -1;

  while (statement != NULL && (step = limber_statement_step (statement, error)) == 1) {
    gint64 n = sqlite3_column_int64 (statement->stmt, 0);

    g_array_append_val (patients, n);
  }
  return step == 0 ? g_steal_pointer (&patients) : NULL;
}

/**
 * limber_scope_expire:
 *
 * Lets go of everybody whom this device or hub holds only for a visit whose day is over, also where no node can be reached
 * that would say so. Whatever was written about her stays in the journal until central has it.
 */
gboolean
limber_scope_expire (LimberTransaction *transaction, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  Group own = { .klass = transaction->reader.klass, .site = limber_database_thing (database, &transaction->reader.site, FALSE, NULL) };
  g_autoptr (GArray) patients = NULL;

  set_days (database, &own, limber_transaction_now (transaction));
  patients = formerly_granted (database, &own, error);
  for (guint i = 0; patients != NULL && i < patients->len; i++) {
    g_autoptr (GArray) same = component (database, g_array_index (patients, gint64, i));

    if (should_hold (database, &own, g_array_index (patients, gint64, i), same))
      continue;
    for (guint j = 0; j < same->len; j++) {
      LimberId id;

      if (limber_database_thing_id (database, g_array_index (same, gint64, j), &id) && !limber_transaction_forget (transaction, &id, error))
        return FALSE;
    }
  }
  return patients != NULL;
}

/**
 * limber_scope_note:
 * @n: a record's number as a thing
 *
 * Called before a row is written or taken out: whom the person was the same as until now is looked at again too.
 */
void
limber_scope_note (LimberTransaction *transaction, const LimberKind *kind, gint64 n)
{
  gint64 into;
  LimberId id;

  if (!(transaction->reader.klass & LIMBER_CLASS_NODES) || !g_str_equal (kind->name, "patient"))
    return;
  into = limber_database_integer (transaction->reader.database, 0, "SELECT merged_into FROM patient WHERE n=?", "i", n);
  if (into == 0 || !limber_database_thing_id (transaction->reader.database, into, &id))
    return;
  g_hash_table_add (transaction->patients, limber_id_copy (&id));
  g_hash_table_add (transaction->parted, limber_id_copy (&id));
}

/* The sites that these people are, or ever were, expected at, or were found from. */
static GArray *
sites_of (LimberDatabase *database, GArray *same)
{
  GArray *sites = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < same->len; i++) {
    gint64 n = g_array_index (same, gint64, i);
    g_autoptr (LimberStatement) own = limber_database_bound (database, NULL, "SELECT ifnull(site, 0) FROM patient WHERE n=?", "i", n);
    g_autoptr (LimberStatement) booked = limber_database_bound (database, NULL, "SELECT site FROM appointment WHERE patient=?", "i", n);
    g_autoptr (LimberStatement) granted = limber_database_bound (database, NULL, "SELECT site FROM \"grant\" WHERE patient=?", "i", n);

    add_numbers (own, sites);
    add_numbers (booked, sites);
    add_numbers (granted, sites);
  }
  return sites;
}

/* The groups that hold one of these people. */
static GArray *
groups_of (LimberDatabase *database, GArray *same)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < same->len; i++) {
    g_autoptr (LimberStatement) held = limber_database_bound (database, NULL, "SELECT grp FROM membership WHERE patient=? AND state=1", "i", g_array_index (same, gint64, i));

    add_numbers (held, groups);
  }
  return groups;
}

static gboolean
has_number (GArray *numbers, gint64 n)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, gint64, i) == n)
      return TRUE;
  return FALSE;
}

/* Of hundreds of sites a person concerns one or two: only those groups are asked that hold her or might. */
static gboolean
refresh_patient (LimberTransaction *transaction, GArray *groups, const LimberId *patient, GError **error)
{
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (GArray) same = component (database, limber_database_thing (database, patient, FALSE, NULL));
  g_autoptr (GArray) sites = sites_of (database, same), held = groups_of (database, same);

  for (guint i = 0; i < groups->len; i++) {
    Group *group = &g_array_index (groups, Group, i);

    if (!has_number (sites, group->site) && !has_number (held, group->n))
      continue;
    if (group->until == 0)
      set_days (database, group, limber_transaction_now (transaction));
    for (guint j = 0; j < (is_public (group->klass) ? 1 : same->len); j++)
      if (!settle (transaction, group, g_array_index (same, gint64, j), same, error))
        return FALSE;
  }
  return TRUE;
}

/**
 * limber_scope_refresh:
 * @patients: (element-type LimberId): whose records were touched
 * @appointments: whether an appointment was among them
 *
 * Writes the events that follow from a transaction's changes; the transaction itself calls it at its end.
 */
gboolean
limber_scope_refresh (LimberTransaction *transaction, GHashTable *patients, gboolean appointments, GError **error)
{
  g_autoptr (GArray) groups = NULL;
  char today[LIMBER_DATE_LENGTH + 1];
  GHashTableIter iter;
  gpointer patient;

  if (g_hash_table_size (patients) == 0)
    return TRUE;
  groups = read_groups (transaction->reader.database, error);
  if (groups == NULL || groups->len == 0)
    return groups != NULL;
  limber_date_of_time (limber_transaction_now (transaction), today);
  for (guint i = 0; i < groups->len; i++) {
    Group *group = &g_array_index (groups, Group, i);

    if (((appointments && is_public (group->klass)) || !g_str_equal (today, group->day)) && !bring_forward (transaction, group, error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, patients);
  while (g_hash_table_iter_next (&iter, &patient, NULL))
    if (!refresh_patient (transaction, groups, patient, error))
      return FALSE;
  return TRUE;
}
