/* What is pruned, and that nothing else is (SYNC.md rule 13). */
#include <glib/gstdio.h>
#include <string.h>

#include "limber-backup.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-prune.h"
#include "limber-quarantine.h"
#include "limber-restore.h"
#include "limber-scrub.h"
#include "limber-session.h"
#include "limber-status.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

#define DAY G_GINT64_CONSTANT (86400000)
#define CANARY "Canarywood Lane"

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *hub;
  LimberId     ann, ben;
} Fixture;

static LimberStore *
new_store (Fixture *fixture, const char *name, LimberClass klass)
{
  g_autofree char *dir = g_build_filename (fixture->dir, name, NULL);

  return test_store_new (dir, fixture->env, klass, NULL);
}

/* Entries 1 and 3 are about Ann, 2 about Ben, 4 about a place. */
static void
put_people (Fixture *fixture, LimberStore *store)
{
  LimberId site;

  test_id (&site, "site");
  test_store_put (store, "patient", &fixture->ann, "family", "Smith", "given", "Ann", "born", "1954-08-06", "address", "1 " CANARY, NULL);
  test_store_put (store, "patient", &fixture->ben, "family", "Jones", "given", "Ben", "born", "1961-02-03", NULL);
  test_store_put (store, "patient", &fixture->ann, "address", "2 " CANARY, NULL);
  test_store_put (store, "site", &site, "code", "LMB01", "name", "Alexandra Avenue Clinic", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  test_id (&fixture->ann, "ann");
  test_id (&fixture->ben, "ben");
  fixture->hub = new_store (fixture, "hub", LIMBER_CLASS_HUB);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  limber_store_close (fixture->hub);
  g_object_unref (fixture->hub);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

#define BODIES "SELECT count(*) FROM journal WHERE body IS NOT NULL"
#define HEADERS "SELECT count(*) FROM journal"
#define QUARANTINE "SELECT count(*) FROM quarantine"

/* Which entries of the newest chain still have a body, as a 1 each. */
static gboolean
read_bodies (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (LimberStatement) statement =
      limber_database_bound (reader->database, error, "SELECT body IS NOT NULL, salt IS NOT NULL FROM journal WHERE key >> 40 = (SELECT max(key) >> 40 FROM journal) ORDER BY key", "");

  while (limber_statement_step (statement, error) == 1) {
    g_assert_cmpint (sqlite3_column_int (statement->stmt, 0), ==, sqlite3_column_int (statement->stmt, 1));
    g_string_append_c (data, sqlite3_column_int (statement->stmt, 0) ? '1' : '0');
  }
  return TRUE;
}

static void
assert_bodies (LimberStore *store, const char *expected)
{
  g_autoptr (GString) bodies = g_string_new (NULL);

  g_assert_true (limber_store_read (store, read_bodies, bodies, NULL));
  g_assert_cmpstr (bodies->str, ==, expected);
}

static gboolean
read_status (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (json_t) status = limber_status_json (reader, error);

  *(char **) data = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, limber_json_integer (status, "pending", -1), limber_json_integer (status, "received", -1),
                                     limber_json_integer (status, "backed_up", -1));
  return TRUE;
}

static void
assert_status (LimberStore *store, const char *expected)
{
  g_autofree char *status = NULL;

  g_assert_true (limber_store_read (store, read_status, &status, NULL));
  g_assert_cmpstr (status, ==, expected);
}

/* Doing. */

/* Central says of the newest chain that it has all of it, and this much in a backup. */
static gboolean
set_mark (LimberTransaction *transaction, gpointer backed_up, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberMark mark = { .backed_up = *(gint64 *) backed_up };
  gint64 key = limber_database_integer (reader->database, 0, "SELECT max(key) FROM journal", "");

  return limber_session_point (reader, LIMBER_JOURNAL_ORIGIN (key), LIMBER_JOURNAL_SEQ (key), &mark.received, error) && limber_session_set_mark (transaction, &mark, error);
}

static void
mark (LimberStore *store, gint64 backed_up)
{
  g_assert_true (limber_store_write (store, set_mark, &backed_up, NULL));
}

static gboolean
forget_in (LimberTransaction *transaction, gpointer patient, GError **error)
{
  return limber_transaction_forget (transaction, patient, error);
}

static gboolean
drop_in (LimberTransaction *transaction, gpointer patient, GError **error)
{
  return limber_transaction_drop (transaction, limber_kind_by_name ("patient"), patient, error);
}

static void
forget (LimberStore *store, const LimberId *patient)
{
  g_assert_true (limber_store_write (store, forget_in, (gpointer) patient, NULL));
  limber_scrub_wait (store);
}

static gint64
sweep (LimberStore *store)
{
  gint64 bodies;
  g_autoptr (GError) error = NULL;

  limber_prune_sweep (store, &bodies, &error);
  g_assert_no_error (error);
  limber_scrub_wait (store);
  return bodies;
}

/* Whether the text stands anywhere in the store's files. */
static gboolean
stands_in_files (LimberStore *store, const char *text)
{
  static const char *const names[] = { "store.db", "store.db-wal" };
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (limber_store_dir (store), names[i], NULL), *bytes = NULL;
    gsize length;

    found |= g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL;
  }
  return found;
}

/* What goes. */

static void
ninety_days (Fixture *fixture, gconstpointer data)
{
  put_people (fixture, fixture->hub);
  mark (fixture->hub, 3);
  assert_status (fixture->hub, "0 4 3");
  g_assert_cmpint (sweep (fixture->hub), ==, 0);
  fixture->clock.now += 50 * DAY;
  mark (fixture->hub, 4);
  fixture->clock.now += 39 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 0);
  assert_bodies (fixture->hub, "1111");
  fixture->clock.now += 1 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 3);
  assert_bodies (fixture->hub, "0001");
  fixture->clock.now += 50 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 1);
  assert_bodies (fixture->hub, "0000");
  g_assert_cmpint (test_store_count (fixture->hub, "SELECT count(*) FROM backed"), ==, 1); /* of two, the last */
  assert_status (fixture->hub, "0 4 4");
  test_store_assert_sound (fixture->hub);
}

static void
forgotten_person (Fixture *fixture, gconstpointer data)
{
  put_people (fixture, fixture->hub);
  forget (fixture->hub, &fixture->ann);
  g_assert_cmpint (sweep (fixture->hub), ==, 0); /* central does not have it */
  mark (fixture->hub, 2);
  g_assert_cmpint (sweep (fixture->hub), ==, 1);
  assert_bodies (fixture->hub, "0111");
  mark (fixture->hub, 4);
  g_assert_cmpint (sweep (fixture->hub), ==, 1);
  assert_bodies (fixture->hub, "0101");
  g_assert_true (limber_store_write (fixture->hub, drop_in, &fixture->ben, NULL)); /* a digest's repair does so */
  g_assert_cmpint (sweep (fixture->hub), ==, 1); /* though there was a sweep today */
  assert_bodies (fixture->hub, "0001");
  assert_status (fixture->hub, "0 4 4");
  test_store_assert_sound (fixture->hub);
}

static void
lowered_mark (Fixture *fixture, gconstpointer data)
{
  put_people (fixture, fixture->hub);
  mark (fixture->hub, 4);
  fixture->clock.now += 91 * DAY;
  mark (fixture->hub, 1); /* a restored central */
  g_assert_cmpint (sweep (fixture->hub), ==, 1);
  assert_bodies (fixture->hub, "0111");
  mark (fixture->hub, 3); /* the ninety days of the others begin anew */
  g_assert_cmpint (sweep (fixture->hub), ==, 0);
  forget (fixture->hub, &fixture->ann);
  mark (fixture->hub, 2);
  g_assert_cmpint (sweep (fixture->hub), ==, 0);
  mark (fixture->hub, 99); /* never more than central says that it has */
  assert_status (fixture->hub, "0 4 4");
  test_store_put (fixture->hub, "patient", &fixture->ben, "email", "ben@example.org", NULL);
  forget (fixture->hub, &fixture->ben);
  g_assert_cmpint (sweep (fixture->hub), ==, 2);
  assert_bodies (fixture->hub, "00011");
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 1);
  assert_bodies (fixture->hub, "00001");
}

static void
wrong_clock (Fixture *fixture, gconstpointer data)
{
  put_people (fixture, fixture->hub);
  fixture->clock.now += 30000 * DAY;
  mark (fixture->hub, 4);
  fixture->clock.now -= 30000 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 0);
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 4);
}

static void
central_keeps_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) central = new_store (fixture, "central", LIMBER_CLASS_CENTRAL);
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL);

  put_people (fixture, central);
  g_assert_true (limber_backup_write (central, copy, TRUE, NULL));
  fixture->clock.now += 400 * DAY;
  g_assert_cmpint (sweep (central), ==, 0);
  assert_bodies (central, "1111");
  limber_store_close (central);
}

/* A long history against a model that remembers all that it was told. */

#define STEPS 250

typedef struct {
  gint64 at, backed_up;
} Told;

typedef struct {
  GRand   *random;
  GArray  *told;     /* Told */
  GString *bodies;   /* a 1 or a 0 for each entry */
  GArray  *patients; /* int: whom each entry is about */
  gboolean held[5];
} Model;

/* Since when all that was said put this entry below the mark; -1 for not. */
static gint64
backed_since (const Model *model, gint64 seq)
{
  gint64 since = -1;

  for (guint i = 0; i < model->told->len; i++) {
    const Told *told = &g_array_index (model->told, Told, i);

    if (told->backed_up < seq)
      since = -1;
    else if (since < 0)
      since = told->at;
  }
  return since;
}

static void
sweep_model (Model *model, gint64 now)
{
  for (gint64 seq = 1; seq <= (gint64) model->bodies->len; seq++) {
    gint64 since = backed_since (model, seq);

    if (since >= 0 && (now - since >= LIMBER_PRUNE_DAYS * DAY || !model->held[g_array_index (model->patients, int, seq - 1)]))
      model->bodies->str[seq - 1] = '0';
  }
}

static void
write_about (Fixture *fixture, Model *model, int who)
{
  g_autofree char *name = g_strdup_printf ("person %d", who), *text = g_strdup_printf ("%" G_GSIZE_FORMAT " Any Street", model->bodies->len);
  LimberId id;

  test_id (&id, name);
  test_store_put (fixture->hub, "patient", &id, "family", "Smith", "given", name, "born", "1954-08-06", "address", text, NULL);
  model->held[who] = TRUE;
  g_string_append_c (model->bodies, '1');
  g_array_append_val (model->patients, who);
}

static void
forget_one (Fixture *fixture, Model *model, int who)
{
  g_autofree char *name = g_strdup_printf ("person %d", who);
  LimberId id;

  test_id (&id, name);
  forget (fixture->hub, &id);
  model->held[who] = FALSE;
}

static void
step (Fixture *fixture, Model *model)
{
  Told told = { fixture->clock.now, g_rand_int_range (model->random, 0, (gint32) model->bodies->len + 1) };

  switch (g_rand_int_range (model->random, 0, 8)) {
  case 0:
  case 1:
  case 2:
    write_about (fixture, model, g_rand_int_range (model->random, 0, 5));
    break;
  case 3:
    forget_one (fixture, model, g_rand_int_range (model->random, 0, 5));
    break;
  case 4:
    fixture->clock.now += g_rand_int_range (model->random, 0, 60) * DAY;
    break;
  default: /* mostly up, now and then down */
    if (g_rand_int_range (model->random, 0, 4) != 0 && model->told->len > 0)
      told.backed_up = MAX (told.backed_up, g_array_index (model->told, Told, model->told->len - 1).backed_up);
    mark (fixture->hub, told.backed_up);
    g_array_append_val (model->told, told);
  }
}

static void
any_history (Fixture *fixture, gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  Model model = { g_rand_new_with_seed (seed), g_array_new (FALSE, FALSE, sizeof (Told)), g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (int)), { FALSE } };

  g_test_message ("seed %u", seed);
  write_about (fixture, &model, 0);
  for (int i = 0; i < STEPS; i++) {
    step (fixture, &model);
    sweep (fixture->hub);
    sweep_model (&model, fixture->clock.now);
    assert_bodies (fixture->hub, model.bodies->str);
  }
  test_store_assert_sound (fixture->hub);
  g_rand_free (model.random);
  g_array_unref (model.told);
  g_array_unref (model.patients);
  g_string_free (model.bodies, TRUE);
}

/* What is left on the disk. */

static void
bytes_go (Fixture *fixture, gconstpointer data)
{
  put_people (fixture, fixture->hub);
  mark (fixture->hub, 4);
  g_assert_true (stands_in_files (fixture->hub, CANARY));
  forget (fixture->hub, &fixture->ann);
  g_assert_true (stands_in_files (fixture->hub, CANARY));
  sweep (fixture->hub);
  g_assert_false (stands_in_files (fixture->hub, CANARY));
  g_assert_true (stands_in_files (fixture->hub, "Jones"));
}

static gboolean
put_address (LimberTransaction *transaction, const char *name, const char *address, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  test_id (&id, name);
  edit = limber_edit_new ("patient", &id);
  limber_edit_set_text (edit, "family", "Smith");
  limber_edit_set_text (edit, "given", "Ann");
  limber_edit_set_text (edit, "born", "1954-08-06");
  limber_edit_set_text (edit, "address", address);
  return limber_transaction_edit (transaction, edit, &author, error);
}

static gboolean
put_many (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autofree char *address = g_strnfill (400, 'x');

  for (int i = 0; i < 6000; i++) {
    g_autofree char *name = g_strdup_printf ("person %d", i % 100), *text = g_strdup_printf ("%d%s", i, address + 10);

    if (!put_address (transaction, name, text, error))
      return FALSE;
  }
  return TRUE;
}

static gint64
size_of (LimberStore *store)
{
  g_autofree char *path = g_build_filename (limber_store_dir (store), "store.db", NULL);
  GStatBuf found;

  g_assert_cmpint (g_stat (path, &found), ==, 0);
  return found.st_size;
}

static void
store_shrinks (Fixture *fixture, gconstpointer data)
{
  gint64 before;

  g_assert_true (limber_store_write (fixture->hub, put_many, NULL, NULL));
  mark (fixture->hub, 6000);
  before = test_store_count (fixture->hub, "PRAGMA page_count") * test_store_count (fixture->hub, "PRAGMA page_size"); /* some of it is in the log yet */
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 6000);
  g_test_message ("%" G_GINT64_FORMAT " bytes, then %" G_GINT64_FORMAT, before, size_of (fixture->hub));
  g_assert_cmpint (size_of (fixture->hub) * 3, <, before * 2);
  g_assert_cmpint (test_store_count (fixture->hub, "PRAGMA freelist_count") * 16, <=, test_store_count (fixture->hub, "PRAGMA page_count"));
  test_store_assert_sound (fixture->hub);
}

/* A reader that looks on holds up the log, not the sweep. */
static gboolean
sweep_beside (LimberReader *reader, gpointer data, GError **error)
{
  Fixture *fixture = data;

  limber_database_integer (reader->database, 0, HEADERS, "");
  g_assert_cmpint (sweep (fixture->hub), ==, 2);
  g_assert_cmpint (limber_database_integer (reader->database, 0, BODIES, ""), ==, 4);
  return TRUE;
}

static void
reader_looks_on (Fixture *fixture, gconstpointer data)
{
  put_people (fixture, fixture->hub);
  mark (fixture->hub, 4);
  forget (fixture->hub, &fixture->ann);
  g_assert_true (limber_store_read (fixture->hub, sweep_beside, fixture, NULL));
  g_assert_true (stands_in_files (fixture->hub, CANARY));
  limber_scrub_wait (fixture->hub);
  limber_scrub_wait (fixture->hub); /* what the one before began */
  g_assert_false (stands_in_files (fixture->hub, CANARY));
}

/* Entries without their content. */

typedef struct {
  GPtrArray *lines;
  gboolean   strip;
  guint      stored, known, quarantined;
} Push;

static gboolean
receive_all (LimberTransaction *transaction, gpointer data, GError **error)
{
  Push *push = data;

  push->stored = push->known = push->quarantined = 0;
  for (guint i = 0; i < push->lines->len; i++) {
    const char *line = g_ptr_array_index (push->lines, i);
    g_autofree char *reason = NULL;
    LimberVerdict verdict;
    LimberEntry entry;

    g_assert_true (limber_entry_parse_line (&entry, line, strlen (line), error));
    entry.has_body &= !push->strip;
    if (!limber_transaction_receive (transaction, &entry, NULL, &verdict, &reason, error))
      return FALSE;
    push->stored += verdict == LIMBER_VERDICT_STORED;
    push->known += verdict == LIMBER_VERDICT_KNOWN;
    push->quarantined += verdict == LIMBER_VERDICT_QUARANTINED;
  }
  return TRUE;
}

static char *
push (LimberStore *from, LimberStore *to, gboolean strip)
{
  g_autoptr (GPtrArray) lines = test_store_lines (from);
  Push what = { lines, strip };

  g_assert_true (limber_store_write (to, receive_all, &what, NULL));
  return g_strdup_printf ("%u stored, %u known, %u quarantined", what.stored, what.known, what.quarantined);
}

static void
assert_push (LimberStore *from, LimberStore *to, gboolean strip, const char *expected)
{
  g_autofree char *said = push (from, to, strip);

  g_assert_cmpstr (said, ==, expected);
}

static void
hub_takes_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) other = new_store (fixture, "other", LIMBER_CLASS_HUB);

  put_people (fixture, fixture->hub);
  assert_push (fixture->hub, other, TRUE, "4 stored, 0 known, 0 quarantined");
  g_assert_cmpint (test_store_count (other, HEADERS), ==, 4);
  g_assert_cmpint (test_store_count (other, "SELECT count(*) FROM patient"), ==, 0); /* not even an empty one */
  test_store_assert_sound (other);
  assert_push (fixture->hub, other, TRUE, "0 stored, 4 known, 0 quarantined");
  limber_store_close (other);
}

static void
hub_fills_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) other = new_store (fixture, "other", LIMBER_CLASS_HUB);

  put_people (fixture, fixture->hub);
  assert_push (fixture->hub, other, TRUE, "4 stored, 0 known, 0 quarantined");
  mark (other, 2);
  assert_push (fixture->hub, other, FALSE, "2 stored, 2 known, 0 quarantined"); /* what may go again is not taken back */
  assert_bodies (other, "0011");
  mark (other, 4);
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (other), ==, 2);
  assert_push (fixture->hub, other, FALSE, "0 stored, 4 known, 0 quarantined");
  assert_bodies (other, "0000");
  mark (other, 1); /* central went back, and may lack it after all */
  assert_push (fixture->hub, other, FALSE, "3 stored, 1 known, 0 quarantined");
  mark (other, 4);
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (other), ==, 3);
  test_store_assert_sound (other);
  limber_store_close (other);
}

static char *
address_of (LimberStore *store, const LimberId *id)
{
  g_autoptr (LimberRecord) record = test_store_get (store, "patient", id);

  return g_strdup (record != NULL ? limber_record_text (record, "address") : NULL);
}

static void
central_waits_for_content (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) central = new_store (fixture, "central", LIMBER_CLASS_CENTRAL);
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.db", NULL), *later = g_build_filename (fixture->dir, "later.db", NULL), *dir = g_strdup (limber_store_dir (central));
  g_autofree char *address = NULL, *restored = NULL;

  put_people (fixture, fixture->hub);
  assert_push (fixture->hub, central, TRUE, "0 stored, 0 known, 4 quarantined");
  g_assert_cmpint (test_store_count (central, "SELECT count(*) FROM patient"), ==, 0);
  g_assert_cmpint (test_store_count (central, "SELECT count(*) FROM quarantine WHERE reason='" LIMBER_PRUNE_REASON "'"), ==, 4);
  test_store_assert_sound (central);
  g_assert_true (limber_backup_write (central, copy, TRUE, NULL));
  assert_status (central, "0 4 0"); /* nobody may prune what no backup has */
  assert_push (fixture->hub, central, FALSE, "4 stored, 0 known, 0 quarantined");
  g_assert_cmpint (test_store_count (central, QUARANTINE), ==, 0);
  address = address_of (central, &fixture->ann);
  g_assert_cmpstr (address, ==, "2 " CANARY);
  test_store_assert_sound (central);
  g_assert_true (limber_backup_write (central, later, TRUE, NULL));
  assert_status (central, "0 4 4");
  limber_store_close (central);
  g_clear_object (&central);
  g_assert_true (limber_restore_run (dir, copy, NULL, fixture->env, NULL)); /* the second file has both lines */
  central = limber_store_open (dir, LIMBER_STORE_OWN, fixture->env, NULL);
  g_assert_cmpint (test_store_count (central, QUARANTINE), ==, 0);
  restored = address_of (central, &fixture->ann);
  g_assert_cmpstr (restored, ==, "2 " CANARY);
  test_store_assert_sound (central);
  limber_store_close (central);
}

/* Two people write without seeing each other; it does not matter which content comes when. */
static void
conflicts_do_not_depend_on_when (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) central = new_store (fixture, "central", LIMBER_CLASS_CENTRAL), first = new_store (fixture, "first", LIMBER_CLASS_DESK);
  g_autoptr (LimberStore) second = new_store (fixture, "second", LIMBER_CLASS_DESK), plain = new_store (fixture, "plain", LIMBER_CLASS_CENTRAL);
  LimberStore *stores[] = { first, second, fixture->hub };

  put_people (fixture, fixture->hub);
  g_free (push (fixture->hub, first, FALSE));
  g_free (push (fixture->hub, second, FALSE));
  fixture->clock.now += 1000;
  test_store_put (first, "patient", &fixture->ann, "address", "3 " CANARY, NULL);
  fixture->clock.now += 1000;
  test_store_put (second, "patient", &fixture->ann, "address", "4 " CANARY, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++) {
    g_free (push (stores[i], central, TRUE));
    g_free (push (stores[i], plain, FALSE));
  }
  g_assert_cmpint (test_store_count (plain, "SELECT count(*) FROM conflict WHERE state=0"), ==, 1);
  g_assert_cmpint (test_store_count (central, "SELECT count(*) FROM conflict"), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    g_free (push (stores[i], central, FALSE));
  g_assert_cmpint (test_store_count (central, "SELECT count(*) FROM conflict WHERE state=0"), ==, 1);
  g_assert_cmpint (test_store_count (central, QUARANTINE), ==, 0);
  test_store_assert_sound (central);
  limber_store_close (central);
  limber_store_close (plain);
  limber_store_close (first);
  limber_store_close (second);
}

/* Until it may go, what the journal has of somebody who was forgotten is nowhere to be seen. */

/* Many chains that grow beside each other split many pages, in which SQLite leaves pieces of what stood there. So that
 * the journal alone holds them, these entries were never merged. */

#define CHAINS 4
#define ENTRIES 1000

static gboolean
put_canaries (LimberTransaction *transaction, gpointer data, GError **error)
{
  guint *n = data;

  for (guint i = 0; i < ENTRIES; i++) {
    g_autofree char *name = g_strdup_printf ("person %u", i % 7), *long_one = g_strnfill (i * 7919 % 350, 'x'), *text = g_strdup_printf ("Canary %06u %s", (*n)++, long_one);

    if (!put_address (transaction, name, text, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
stop_waiting (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "DELETE FROM quarantine", "");
}

typedef struct {
  gint64 share; /* of each chain, in percent */
} Marks;

static gboolean
mark_all (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Marks *marks = data;

  for (int n = 1; n <= CHAINS; n++) {
    LimberMark mark = { .backed_up = ENTRIES * marks->share / 100 };

    if (!limber_session_point (limber_transaction_reader (transaction), n, ENTRIES, &mark.received, error) || !limber_session_set_mark (transaction, &mark, error))
      return FALSE;
  }
  return TRUE;
}

static guint
count_canaries (LimberStore *store)
{
  g_autofree char *path = g_build_filename (limber_store_dir (store), "store.db", NULL), *bytes = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize length;
  char *at;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (at = bytes; (at = memmem (at, length - (gsize) (at - bytes), "Canary ", 7)) != NULL; at++)
    g_hash_table_add (found, g_strndup (at, 13));
  return g_hash_table_size (found);
}

static void
no_piece_is_left (Fixture *fixture, gconstpointer data)
{
  LimberStore *chains[CHAINS];
  GPtrArray *lines[CHAINS];
  guint n = 0;

  for (int i = 0; i < CHAINS; i++) {
    g_autofree char *name = g_strdup_printf ("chain %d", i);

    chains[i] = new_store (fixture, name, LIMBER_CLASS_DESK);
    g_assert_true (limber_store_write (chains[i], put_canaries, &n, NULL));
    lines[i] = test_store_lines (chains[i]);
  }
  for (guint sent[CHAINS] = { 0 }, turn = 0; sent[0] + sent[1] + sent[2] + sent[3] < CHAINS * ENTRIES; turn++) {
    g_autoptr (GPtrArray) some = g_ptr_array_new ();

    for (guint j = 0; j < turn * 31 % 60 && sent[turn % CHAINS] < ENTRIES; j++)
      g_ptr_array_add (some, g_ptr_array_index (lines[turn % CHAINS], sent[turn % CHAINS]++));
    test_store_hand_apart (fixture->hub, some, "for a test");
  }
  g_assert_true (limber_store_write (fixture->hub, stop_waiting, NULL, NULL));
  for (Marks marks = { 20 }; marks.share <= 100; marks.share += 20) {
    g_assert_true (limber_store_write (fixture->hub, mark_all, &marks, NULL));
    fixture->clock.now += 90 * DAY;
    sweep (fixture->hub);
    g_assert_cmpint (count_canaries (fixture->hub), ==, test_store_count (fixture->hub, BODIES));
  }
  g_assert_cmpint (test_store_count (fixture->hub, BODIES), ==, 0);
  for (int i = 0; i < CHAINS; i++) {
    limber_store_close (chains[i]);
    g_object_unref (chains[i]);
    g_ptr_array_unref (lines[i]);
  }
}

static gboolean
read_quarantine (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (json_t) list = limber_quarantine_json (reader, error);

  *(char **) data = json_dumps (list, 0);
  return TRUE;
}

static void
quarantine_shows_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) other = new_store (fixture, "other", LIMBER_CLASS_HUB);
  g_autoptr (GPtrArray) lines = NULL;
  char *before = NULL, *after = NULL;

  put_people (fixture, other);
  lines = test_store_lines (other);
  put_people (fixture, fixture->hub);
  test_store_hand_apart (fixture->hub, lines, "for a test");
  g_assert_true (limber_store_read (fixture->hub, read_quarantine, &before, NULL));
  g_assert_nonnull (strstr (before, CANARY));
  forget (fixture->hub, &fixture->ann);
  g_assert_true (limber_store_read (fixture->hub, read_quarantine, &after, NULL));
  g_assert_null (strstr (after, CANARY));
  g_assert_nonnull (strstr (after, "Jones"));
  free (before);
  free (after);
  limber_store_close (other);
}

static gboolean
decide_all (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  const json_t *list = data;

  for (gsize i = 0; i < json_array_size (list); i++) {
    LimberEntryId id;

    g_assert_true (limber_id_parse (&id, limber_json_string (json_array_get (list, i), "id")));
    if (!limber_quarantine_decide (transaction, &id, LIMBER_DECISION_DECLINE, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
what_waits_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) other = new_store (fixture, "other", LIMBER_CLASS_HUB);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (json_t) list = NULL;
  char *text = NULL;

  put_people (fixture, other);
  lines = test_store_lines (other);
  put_people (fixture, fixture->hub);
  test_store_hand_apart (fixture->hub, lines, "for a test");
  mark (fixture->hub, 4); /* of the other's entries, the newest chain here */
  forget (fixture->hub, &fixture->ben);
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 1); /* Ben's */
  assert_bodies (fixture->hub, "1011");
  g_assert_true (limber_store_read (fixture->hub, read_quarantine, &text, NULL));
  list = json_loads (text, 0, NULL);
  free (text);
  g_assert_true (limber_store_write (fixture->hub, decide_all, list, NULL));
  g_assert_cmpint (test_store_count (fixture->hub, QUARANTINE), ==, 0);
  fixture->clock.now += 1 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 3);
  test_store_assert_sound (fixture->hub);
  limber_store_close (other);
}

static gboolean
make_first_wait (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "INSERT INTO quarantine(key, reason, at) SELECT min(key), 'for a test', 0 FROM journal", "");
}

static void
what_waited_is_found_again (Fixture *fixture, gconstpointer data)
{
  g_assert_true (limber_store_write (fixture->hub, put_many, NULL, NULL));
  g_assert_true (limber_store_write (fixture->hub, make_first_wait, NULL, NULL));
  mark (fixture->hub, 6000);
  fixture->clock.now += 90 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 5999);
  g_assert_true (limber_store_write (fixture->hub, stop_waiting, NULL, NULL));
  fixture->clock.now += 1 * DAY;
  g_assert_cmpint (sweep (fixture->hub), ==, 1);
}

typedef struct {
  GArray *list;
  gint64  since;
} Waiting;

static gboolean
read_waiting (LimberReader *reader, gpointer data, GError **error)
{
  Waiting *waiting = data;

  waiting->list = limber_status_waiting (reader, &waiting->since, error);
  return waiting->list != NULL;
}

static void
assert_waiting (LimberStore *store, const char *kind, gboolean made, gint64 expected, gint64 since)
{
  Waiting waiting = { NULL, 0 };
  gint64 n = 0;

  g_assert_true (limber_store_read (store, read_waiting, &waiting, NULL));
  for (guint i = 0; i < waiting.list->len; i++) {
    const LimberWaiting *one = &g_array_index (waiting.list, LimberWaiting, i);

    n += g_str_equal (one->kind, kind) && one->made == made ? one->n : 0;
  }
  g_assert_cmpint (n, ==, expected);
  g_assert_cmpint (waiting.since, ==, since);
  g_array_unref (waiting.list);
}

/* What central has is not counted, nor a record twice: of four entries two are about Ann, who is new. */
static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberStore) desk = new_store (fixture, "desk", LIMBER_CLASS_DESK);
  gint64 first = fixture->clock.now;

  assert_waiting (desk, "patient", TRUE, 0, 0);
  put_people (fixture, desk);
  fixture->clock.now += 60000;
  assert_waiting (desk, "patient", TRUE, 2, first);
  assert_waiting (desk, "patient", FALSE, 1, first);
  assert_waiting (desk, "site", TRUE, 1, first);
  mark (desk, 0);
  assert_waiting (desk, "patient", TRUE, 0, 0);
  first = fixture->clock.now;
  test_store_put (desk, "patient", &fixture->ben, "mobile", "1", NULL);
  assert_waiting (desk, "patient", FALSE, 1, first);
  limber_store_close (desk);
}

int
main (int argc, char **argv)
{
  guint seeds;

  g_test_init (&argc, &argv, NULL);
  seeds = g_getenv ("LIMBER_TEST_LONG") != NULL ? 200 : 6;
#define ADD(path, func) g_test_add ("/store/prune/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("a body goes ninety days after it was backed up", ninety_days);
  ADD ("a body of somebody forgotten goes once it is backed up", forgotten_person);
  ADD ("a mark that was lowered counts anew", lowered_mark);
  ADD ("a clock that ran ahead keeps nothing for ever", wrong_clock);
  ADD ("central keeps all", central_keeps_all);
  for (guint seed = 1; seed <= seeds; seed++) {
    g_autofree char *path = g_strdup_printf ("/store/prune/after any history only what may go is gone/%u", seed);

    g_test_add (path, Fixture, GUINT_TO_POINTER (seed), set_up, any_history, tear_down);
  }
  ADD ("the bytes go from the files", bytes_go);
  ADD ("no piece of a body is left", no_piece_is_left);
  ADD ("the store shrinks", store_shrinks);
  ADD ("a reader that looks on is not disturbed", reader_looks_on);
  ADD ("a hub takes entries without content", hub_takes_headers);
  ADD ("a hub takes content only as long as central may lack it", hub_fills_in);
  ADD ("central waits for content and merges it when it comes", central_waits_for_content);
  ADD ("conflicts do not depend on when content came", conflicts_do_not_depend_on_when);
  ADD ("the quarantine shows nobody who was forgotten", quarantine_shows_nobody);
  ADD ("what central lacks is counted by kind", test_waiting);
  ADD ("what waits for a decision stays", what_waits_stays);
  ADD ("what waited is found again", what_waited_is_found_again);
  return g_test_run ();
}
