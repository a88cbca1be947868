/* What a version that does not know a kind or a field keeps of it: the merge's laws and bounds, the table, and what a
 * version that does know it makes of it. */
#include <string.h>

#include "limber-error.h"
#include "limber-extras.h"
#include "limber-feed.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-test.h"
#include "limber-transaction-private.h"
#include "limber-verify.h"

#define ROUNDS 3000

/* The merge alone. */

static LimberStamp
random_stamp (void)
{
  LimberStamp stamp = { (guint8) g_test_rand_int_range (0, 2), (guint64) g_test_rand_int_range (1, 4) };

  stamp.origin.bytes[0] = (guint8) g_test_rand_int_range (0, 3);
  for (int i = 0; i < 4; i++)
    stamp.entry.bytes[i] = (guint8) g_test_rand_int_range (0, 256);
  return stamp;
}

/* What one entry might set: two plain fields, two ordered, two written once, values of every form. */
static LimberExtra *
random_extra (void)
{
  static const char *const names[] = { "a", "b", "a^", "c^", "a!", "d!" };
  LimberId id, patient;
  LimberExtra *extra;
  LimberStamp stamp = random_stamp ();
  g_autofree char *text = NULL;

  test_id (&id, "record");
  test_id (&patient, g_test_rand_int_range (0, 2) == 0 ? "one" : "other");
  extra = limber_extra_new ("plan", &id);
  limber_extra_set_patient (extra, g_test_rand_int_range (0, 3) == 0 ? NULL : &patient, &stamp);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *value = g_test_rand_int_range (0, 4) == 0 ? g_strdup_printf ("\"%08x\"", *(guint32 *) stamp.entry.bytes) : g_strdup_printf ("%d", g_test_rand_int_range (0, 40));

    if (g_test_rand_int_range (0, 3) > 0)
      limber_extra_set (extra, names[i], (LimberSpan){ value, strlen (value) }, &stamp);
  }
  return extra;
}

static LimberExtra *
merged (const LimberExtra *a, const LimberExtra *b)
{
  LimberExtra *extra = limber_extra_new (a->kind, &a->id);

  limber_extra_merge (extra, a);
  limber_extra_merge (extra, b);
  return extra;
}

static void
assert_same (const LimberExtra *a, const LimberExtra *b)
{
  guint8 first[16], second[16];

  limber_extra_digest (a, first);
  limber_extra_digest (b, second);
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
}

/* A program that knows fewer fields hears of somebody's record from entries that another never keeps here. */
static void
test_who_said_so (void)
{
  LimberStamp early = { .rank = 1, .time = 1, .entry = { { 1 } } }, late = { .rank = 1, .time = 2, .entry = { { 2 } } };
  g_autoptr (LimberExtra) a = NULL, b = NULL;
  guint8 first[16], second[16];
  LimberId id, patient;

  test_id (&id, "plan");
  test_id (&patient, "one");
  a = limber_extra_new ("plan", &id);
  b = limber_extra_new ("plan", &id);
  limber_extra_set_patient (a, &patient, &early);
  limber_extra_set_patient (b, &patient, &late);
  assert_same (a, b);
  test_id (&patient, "other");
  limber_extra_set_patient (b, &patient, &(LimberStamp){ .rank = 1, .time = 3, .entry = { { 3 } } });
  limber_extra_digest (a, first);
  limber_extra_digest (b, second);
  g_assert_cmpint (memcmp (first, second, sizeof first), !=, 0);
}

static void
test_laws (void)
{
  for (guint round = 0; round < ROUNDS; round++) {
    g_autoptr (LimberExtra) a = random_extra (), b = random_extra (), c = random_extra ();
    g_autoptr (LimberExtra) ab = merged (a, b), ba = merged (b, a), ab_c = merged (ab, c), bc = merged (b, c), a_bc = merged (a, bc);

    assert_same (ab, ba);
    assert_same (ab_c, a_bc);
    g_assert_false (limber_extra_merge (ab_c, a));
    g_assert_false (limber_extra_merge (ab_c, bc));
  }
}

static void
set (LimberExtra *extra, const char *name, const char *value, guint64 time)
{
  LimberStamp stamp = { LIMBER_RANK_PERSON, time, .entry = { { (guint8) time } } };

  limber_extra_set (extra, name, (LimberSpan){ value, strlen (value) }, &stamp);
}

static const char *
json_of (const LimberExtra *extra, const char *name)
{
  for (guint i = 0; i < extra->fields->len; i++)
    if (g_str_equal (g_array_index (extra->fields, LimberExtraField, i).name, name))
      return g_array_index (extra->fields, LimberExtraField, i).json;
  return NULL;
}

static void
test_marks (void)
{
  LimberId id;
  g_autoptr (LimberExtra) extra = NULL;

  test_id (&id, "record");
  extra = limber_extra_new ("plan", &id);
  set (extra, "goal", "\"late\"", 5);
  set (extra, "goal", "\"early\"", 4);
  set (extra, "goal!", "\"late\"", 5);
  set (extra, "goal!", "\"early\"", 4);
  set (extra, "goal^", "17", 4);
  set (extra, "goal^", "3", 5);
  g_assert_cmpstr (json_of (extra, "goal"), ==, "\"late\"");
  g_assert_cmpstr (json_of (extra, "goal!"), ==, "\"early\"");
  g_assert_cmpstr (json_of (extra, "goal^"), ==, "17");
}

/* Whatever comes first, the same of too many is kept; what is too long never is. */
static void
test_bounds (void)
{
  g_autoptr (LimberExtra) up = NULL, down = NULL;
  g_autofree char *long_one = g_strnfill (LIMBER_EXTRA_VALUE + 1, '1');
  LimberId id;

  test_id (&id, "record");
  up = limber_extra_new ("plan", &id);
  down = limber_extra_new ("plan", &id);
  for (guint i = 0; i < 3 * LIMBER_EXTRA_FIELDS; i++) {
    g_autofree char *first = g_strdup_printf ("f%04u", i), *last = g_strdup_printf ("f%04u", 3 * LIMBER_EXTRA_FIELDS - 1 - i);

    set (up, first, "1", 1);
    set (down, last, "1", 1);
  }
  g_assert_cmpuint (up->fields->len, ==, LIMBER_EXTRA_FIELDS);
  assert_same (up, down);
  set (up, "a", long_one, 2);
  g_assert_null (json_of (up, "a"));
  long_one[LIMBER_EXTRA_VALUE] = '\0';
  set (up, "a", long_one, 2);
  g_assert_cmpstr (json_of (up, "a"), ==, long_one);
}

static void
test_person (void)
{
  LimberStamp early = { 1, 1, .entry = { { 1 } } }, late = { 1, 2, .entry = { { 2 } } };
  g_autoptr (LimberExtra) extra = NULL;
  LimberId id;

  test_id (&id, "record");
  extra = limber_extra_new ("plan", &id);
  g_assert_true (limber_extra_set_patient (extra, NULL, &early));
  g_assert_true (limber_extra_set_patient (extra, &id, &early));
  g_assert_false (limber_extra_set_patient (extra, NULL, &late)); /* once somebody's it is told to nobody else */
  g_assert_true (extra->has_patient);
}

/* No stamp is no entry: nobody said it. */
static void
test_unsaid (void)
{
  static const LimberStamp none = { 0 };
  g_autoptr (LimberExtra) extra = NULL;
  LimberId id;

  test_id (&id, "record");
  extra = limber_extra_new ("plan", &id);
  g_assert_false (limber_extra_set (extra, "goal", (LimberSpan){ "1", 1 }, &none));
  g_assert_false (limber_extra_set_patient (extra, &id, &none));
  g_assert_cmpuint (extra->fields->len, ==, 0);
  g_assert_false (extra->has_patient);
}

/* Of what is known now only what this version declares so, and this store may hold, goes into the record; it is not kept beside
 * it either. */
static void
test_known (void)
{
  LimberId id;

  test_id (&id, "record");
  for (guint at_hub = 0; at_hub < 2; at_hub++) {
    g_autoptr (LimberExtra) extra = limber_extra_new ("patient", &id);
    g_autoptr (LimberRecord) record = NULL;

    g_assert_false (limber_extra_has_known (extra));
    set (extra, "given", "\"Zofia\"", 1);           /* the staff's alone */
    set (extra, "mobile!", "\"07700900456\"", 1);    /* another mark than it has */
    set (extra, "born", "7", 1);                    /* no date */
    set (extra, "initials", "\"ZŁ\"", 1);           /* computed by whoever needs it */
    set (extra, "colour", "\"blue\"", 1);
    set (extra, "", "1", 1);                        /* a name as short as it can be */
    g_assert_true (limber_extra_has_known (extra));
    record = limber_extra_take_known (extra, at_hub ? LIMBER_CLASS_HUB : LIMBER_CLASS_KIOSK);
    g_assert_cmpstr (limber_record_text (record, "given"), ==, at_hub ? "Zofia" : NULL);
    g_assert_null (limber_record_text (record, "mobile"));
    g_assert_null (limber_record_text (record, "born"));
    g_assert_null (limber_record_text (record, "initials"));
    g_assert_cmpuint (extra->fields->len, ==, 2);
    g_assert_cmpstr (json_of (extra, "colour"), ==, "\"blue\"");
    g_assert_cmpstr (json_of (extra, ""), ==, "1");
    g_assert_false (limber_extra_has_known (extra));
  }
}

/* What two versions call by one id need not be one thing. */
static void
test_equal (void)
{
  g_autoptr (LimberExtra) plan = NULL, same = NULL, sketch = NULL;
  LimberId id;

  test_id (&id, "record");
  plan = limber_extra_new ("plan", &id);
  same = limber_extra_new ("plan", &id);
  sketch = limber_extra_new ("sketch", &id);
  g_assert_true (limber_extra_equal (plan, same));
  g_assert_cmpuint (limber_extra_hash (plan), ==, limber_extra_hash (same));
  g_assert_false (limber_extra_equal (plan, sketch));
}

/* In stores. */

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *dir;
  LimberStore *central, *hub;
  LimberId     site, patient, plan;
} World;

static LimberStore *
new_store (World *world, const char *name, LimberClass klass)
{
  g_autofree char *dir = g_build_filename (world->dir, name, NULL);

  return test_store_new (dir, world->env, klass, klass == LIMBER_CLASS_CENTRAL ? NULL : &world->site);
}

static void
close_store (LimberStore *store)
{
  limber_store_close (store);
  g_object_unref (store);
}

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *site = NULL;

  world->env = test_env_new (&world->clock);
  world->dir = test_dir_new ();
  test_id (&world->site, "site");
  test_id (&world->patient, "patient");
  test_id (&world->plan, "plan");
  world->central = new_store (world, "central", LIMBER_CLASS_CENTRAL);
  world->hub = new_store (world, "hub", LIMBER_CLASS_HUB);
  site = limber_id_dup_text (&world->site);
  test_store_put (world->central, "patient", &world->patient, "family", "Łuczak", "given", "Zofia", "born", "1954-08-06", "site", site, NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
  close_store (world->central);
  close_store (world->hub);
  test_dir_remove (world->dir);
  g_free (world->dir);
  limber_env_unref (world->env);
}

#define EXTRA "SELECT count(*) FROM extra"
#define PLACES "SELECT count(*) FROM change WHERE kind=0"

/* What a group's feed says of what is not known. */
typedef struct {
  LimberGroup group;
  GString    *told;
} Told;

static void
on_event (gboolean in, const LimberId *patient, gpointer data)
{
}

static void
on_row (const LimberRecord *record, gpointer data)
{
}

static void
on_extra (const LimberExtra *extra, gpointer data)
{
  g_string_append_printf (data, "%s:", extra->kind);
  for (guint i = 0; i < extra->fields->len; i++) {
    const LimberExtraField *field = &g_array_index (extra->fields, LimberExtraField, i);

    g_string_append_printf (data, "%s=%s;", field->name, field->json);
  }
}

static gboolean
never_full (gpointer data)
{
  return FALSE;
}

static gboolean
open_group (LimberTransaction *transaction, gpointer data, GError **error)
{
  gint64 n;

  return limber_scope_open (transaction, &((Told *) data)->group, &n, error);
}

static gboolean
read_feed (LimberReader *reader, gpointer data, GError **error)
{
  Told *told = data;
  LimberFeedSink sink = { on_event, on_row, NULL, on_extra, never_full, told->told };
  gint64 cursor = 0;
  gboolean more;

  return limber_feed_read (reader, &told->group, &cursor, &more, &sink, error);
}

static char *
told (World *world, LimberClass klass)
{
  Told told = { { klass, world->site }, g_string_new (NULL) };

  g_assert_true (limber_store_write (world->central, open_group, &told, NULL));
  g_assert_true (limber_store_read (world->central, read_feed, &told, NULL));
  return g_string_free (told.told, FALSE);
}

static void
assert_told (World *world, LimberClass klass, const char *expected)
{
  g_autofree char *text = told (world, klass);

  g_assert_cmpstr (text, ==, expected);
}

static void
nodes_alone_are_told (World *world, gconstpointer data)
{
  test_store_append (world->central, "plan", &world->plan, &world->patient, "{\"goal\":\"walk\",\"stage^\":1}");
  test_store_append (world->central, "patient", &world->patient, &world->patient, "{\"given\":\"Zosia\",\"colour\":\"blue\"}");
  assert_told (world, LIMBER_CLASS_HUB, "plan:goal=\"walk\";stage^=1;patient:colour=\"blue\";");
  assert_told (world, LIMBER_CLASS_DESK, "");
  assert_told (world, LIMBER_CLASS_OFFICE, "");
}

static void
a_record_has_one_place (World *world, gconstpointer data)
{
  test_store_append (world->central, "plan", &world->plan, NULL, "{\"goal\":\"walk\"}");
  test_store_append (world->central, "plan", &world->plan, NULL, "{\"goal\":\"run\",\"by!\":5}");
  test_store_append (world->central, "plan", &world->plan, NULL, "{\"by!\":6}");
  g_assert_cmpint (test_store_count (world->central, EXTRA), ==, 1);
  g_assert_cmpint (test_store_count (world->central, PLACES), ==, 1);
  assert_told (world, LIMBER_CLASS_HUB, "plan:by!=5;goal=\"run\";");
}

static void
only_whose_person_is_held_is_told (World *world, gconstpointer data)
{
  LimberId elsewhere;

  test_id (&elsewhere, "somebody else");
  test_store_append (world->central, "plan", &world->plan, &elsewhere, "{\"goal\":\"walk\"}");
  assert_told (world, LIMBER_CLASS_HUB, "");
}

static gboolean
forget (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_forget (transaction, data, error);
}

static void
forgetting_takes_it_too (World *world, gconstpointer data)
{
  test_store_append (world->hub, "plan", &world->plan, &world->patient, "{\"goal\":\"walk\"}");
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 1);
  g_assert_true (limber_store_write (world->hub, forget, &world->patient, NULL));
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 0);
  g_assert_cmpint (test_store_count (world->hub, PLACES), ==, 0);
  test_store_append (world->hub, "plan", &world->plan, &world->patient, "{\"stage^\":1}"); /* made afresh, it has all of the journal */
  g_assert_cmpint (test_store_count (world->hub, "SELECT count(*) FROM extra WHERE fields='{\"goal\":\"walk\",\"stage^\":1}'"), ==, 1);
}

static void
a_device_keeps_none (World *world, gconstpointer data)
{
  LimberStore *desk = new_store (world, "desk", LIMBER_CLASS_DESK);

  test_store_append (desk, "plan", &world->plan, NULL, "{\"goal\":\"walk\"}");
  g_assert_cmpint (test_store_count (desk, EXTRA), ==, 0);
  g_assert_cmpuint (test_store_push (desk, world->hub), ==, 1);
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 1);
  close_store (desk);
}

/* She has left its site, or never was there; a device that was away writes about her all the same. */
static void
a_hub_keeps_none_of_whom_it_does_not_hold (World *world, gconstpointer data)
{
  LimberStore *desk = new_store (world, "desk", LIMBER_CLASS_DESK);
  LimberId newcomer, colour;

  test_id (&newcomer, "newcomer");
  test_id (&colour, "colour");
  test_store_append (desk, "plan", &world->plan, &world->patient, "{\"goal\":\"walk\"}");
  g_assert_cmpuint (test_store_push (desk, world->hub), ==, 1);
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 0);
  test_store_append (desk, "patient", &newcomer, &newcomer, "{\"family\":\"Ames\",\"given\":\"Joy\",\"born\":\"1950-01-02\",\"colour\":\"blue\"}");
  test_store_append (desk, "plan", &colour, &newcomer, "{\"goal\":\"walk\"}");
  test_store_push (desk, world->hub);
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 2);
  close_store (desk);
}

static gboolean
apply_extra (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_extras_apply (transaction, data, error);
}

static void
a_device_keeps_none_of_what_it_is_told (World *world, gconstpointer data)
{
  LimberStore *desk = new_store (world, "desk", LIMBER_CLASS_DESK);
  g_autoptr (LimberExtra) extra = limber_extra_new ("plan", &world->plan);

  set (extra, "goal", "\"walk\"", 1);
  g_assert_true (limber_store_write (desk, apply_extra, extra, NULL));
  g_assert_cmpint (test_store_count (desk, EXTRA), ==, 0);
  g_assert_true (limber_store_write (world->hub, apply_extra, extra, NULL));
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 1);
  close_store (desk);
}

static void
too_much_is_not_kept (World *world, gconstpointer data)
{
  g_autofree char *long_one = g_strnfill (LIMBER_EXTRA_VALUE + 1, '1'), *body = g_strdup_printf ("{\"goal\":%s}", long_one);

  test_store_append (world->hub, "plan", &world->plan, NULL, body);
  g_assert_cmpint (test_store_count (world->hub, EXTRA), ==, 0);
}

/* One id, two kinds: neither is read into the other, nor for the other. */
static void
kinds_are_kept_apart (World *world, gconstpointer data)
{
  test_store_append (world->central, "plan", &world->plan, NULL, "{\"goal\":\"walk\"}");
  test_store_append (world->central, "sketch", &world->plan, NULL, "{\"goal\":\"draw\"}");
  test_store_append (world->central, "plan", &world->plan, NULL, "{\"goal\":\"run\"}");
  test_store_assert_sound (world->central);
  g_assert_cmpint (test_store_count (world->central, EXTRA " WHERE kind='plan' AND fields='{\"goal\":\"run\"}'"), ==, 1);
  g_assert_cmpint (test_store_count (world->central, EXTRA " WHERE kind='sketch' AND fields='{\"goal\":\"draw\"}'"), ==, 1);
}

typedef struct {
  guint        bucket;
  LimberExtra *theirs;
} Repair;

static gboolean
repair (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Repair *what = data;
  g_autoptr (GHashTable) extras = g_hash_table_new (limber_extra_hash, limber_extra_equal);

  g_hash_table_add (extras, what->theirs);
  return limber_extras_repair (transaction, what->bucket, extras, error);
}

static gboolean
read_extra (LimberReader *reader, gpointer data, GError **error)
{
  const World *world = ((gpointer *) data)[0];

  return limber_extras_find (reader, limber_database_thing (reader->database, &world->plan, FALSE, NULL), "plan", &((LimberExtra **) data)[1], error);
}

static void
a_repair_leaves_what_is_the_same (World *world, gconstpointer data)
{
  gpointer found[] = { world, NULL };
  g_autoptr (LimberExtra) same = NULL;
  gint64 place;

  test_store_append (world->hub, "plan", &world->plan, NULL, "{\"goal\":\"walk\"}");
  place = test_store_count (world->hub, "SELECT seq FROM extra");
  g_assert_true (limber_store_read (world->hub, read_extra, found, NULL));
  same = found[1];
  g_assert_true (limber_store_write (world->hub, repair, &(Repair){ limber_feed_bucket_of (&world->plan), same }, NULL));
  g_assert_cmpint (test_store_count (world->hub, "SELECT seq FROM extra"), ==, place);
}

/* A value without a stamp, half a field, two of one name: nobody is told what a damaged row says, and whoever asks hears of it. */
static void
a_damaged_row_is_told_as_such (World *world, gconstpointer data)
{
  static const char *const damages[] = { "{\"goal\"", "{\"goal\":\"walk\",\"more\":1}", "{\"goal\":1,\"goal\":1}", "{\"goal\":1}x", "", "[]" };
  gpointer found[] = { world, NULL };

  test_store_append (world->central, "plan", &world->plan, NULL, "{\"goal\":\"walk\"}");
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *sql = g_strdup_printf ("UPDATE extra SET fields='%s'", damages[i]);
    g_autoptr (GError) error = NULL;

    test_store_tamper (world->central, sql);
    g_assert_false (limber_store_read (world->central, read_extra, found, &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
    g_assert_null (found[1]);
  }
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  g_autoptr (json_t) report = NULL;

  return limber_verify (reader, &report, error);
}

static gboolean
own_digest (LimberReader *reader, gpointer data, GError **error)
{
  LimberCommon common;

  limber_common_init (&common, NULL);
  return limber_feed_own_digest (reader, &common, data, error);
}

/* Entries in any order, by any way, come to the same. */
static void
orders_come_to_the_same (World *world, gconstpointer data)
{
  LimberStore *stores[] = { world->hub, new_store (world, "other", LIMBER_CLASS_HUB), new_store (world, "third", LIMBER_CLASS_CENTRAL) };
  LimberDigest digests[G_N_ELEMENTS (stores)];

  for (guint step = 0; step < 60; step++) {
    LimberStore *at = stores[g_test_rand_int_range (0, 3)];
    g_autofree char *body = g_strdup_printf ("{\"goal\":%u,\"stage^\":%d,\"by!\":%u}", step, g_test_rand_int_range (0, 40), step);

    world->clock.now += g_test_rand_int_range (-5000, 9000);
    test_store_append (at, "plan", &world->plan, g_test_rand_int_range (0, 2) == 0 ? &world->patient : NULL, body);
    if (g_test_rand_int_range (0, 4) == 0)
      test_store_push (at, stores[g_test_rand_int_range (0, 3)]);
  }
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
      test_store_push (stores[i], stores[(i + 1) % G_N_ELEMENTS (stores)]);
  test_store_assert_sound (stores[2]);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    g_assert_true (limber_store_read (stores[i], own_digest, &digests[i], NULL));
  g_assert_cmpmem (&digests[0], sizeof digests[0], &digests[1], sizeof digests[1]);
  g_assert_cmpmem (&digests[0], sizeof digests[0], &digests[2], sizeof digests[2]);
  close_store (stores[1]);
  close_store (stores[2]);
}

typedef struct {
  LimberId    record;
  GHashTable *entries;
  gboolean    stands;       /* what @entries set */
  gboolean    others_stand; /* another field, another kind, another entry's */
} Erase;

static gboolean
note_walk (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  if (entry->has_body && g_strstr_len (entry->body.start, (gssize) entry->body.length, "walk") != NULL)
    g_hash_table_add (((Erase *) data)->entries, limber_id_copy (&entry->id));
  return TRUE;
}

static gboolean
erase (LimberTransaction *transaction, gpointer data, GError **error)
{
  Erase *erase = data;
  LimberDatabase *database = transaction->reader.database;
  gint64 n = limber_database_thing (database, &erase->record, FALSE, NULL);
  GHashTableIter iter;
  gpointer entry;

  if (!limber_journal_each (database, &erase->record, note_walk, erase, error))
    return FALSE;
  g_hash_table_iter_init (&iter, erase->entries);
  g_assert_true (g_hash_table_iter_next (&iter, &entry, NULL));
  erase->stands = limber_extras_stands (&transaction->reader, n, "plan", "goal", entry);
  erase->others_stand = limber_extras_stands (&transaction->reader, n, "plan", "stage", entry) || limber_extras_stands (&transaction->reader, n, "sketch", "goal", entry) ||
                        limber_extras_stands (&transaction->reader, n, "plan", "goal", &erase->record);
  return limber_database_run (database, "UPDATE journal SET body=NULL, salt=NULL WHERE body LIKE '%walk%'", error) && limber_extras_erase (transaction, n, erase->entries, error);
}

static void
what_is_erased_is_not_there (World *world, gconstpointer data)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
  Erase what = { world->plan, entries, FALSE, FALSE };

  test_store_append (world->hub, "plan", &world->plan, NULL, "{\"goal\":\"run\",\"stage^\":2}");
  test_store_append (world->hub, "plan", &world->plan, NULL, "{\"goal\":\"walk\",\"by!\":1}");
  g_assert_true (limber_store_write (world->hub, erase, &what, NULL));
  g_assert_true (what.stands);
  g_assert_false (what.others_stand);
  g_assert_cmpint (test_store_count (world->hub, "SELECT count(*) FROM extra WHERE fields='{\"goal\":\"run\",\"stage^\":2}'"), ==, 1);
}

/* A newer program takes over. */

/* What an older program would have kept: @fields of the record are not known to it. */
typedef struct {
  const char        *kind;
  LimberId           id;
  const char *const *fields;
} Older;

static void
make_unknown (LimberRecord *record, LimberExtra *extra, const char *name)
{
  int i = limber_kind_field (record->kind, name);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *marked = g_strconcat (name, record->kind->fields[i].merge == LIMBER_MERGE_ORDERED ? "^" : record->kind->fields[i].merge == LIMBER_MERGE_ONCE ? "!" : "", NULL);

  limber_entry_append_value (json, &record->kind->fields[i], &record->values[i]);
  limber_extra_set (extra, marked, (LimberSpan){ json->str, json->len }, &record->stamps[i]);
  limber_extra_set_patient (extra, limber_record_patient (record), &record->stamps[i]);
  limber_record_unset (record, (guint) i);
}

static gboolean
make_older (LimberTransaction *transaction, gpointer data, GError **error)
{
  Older *older = data;
  LimberDatabase *database = transaction->reader.database;
  g_autoptr (LimberRecord) record = limber_reader_get (&transaction->reader, older->kind, &older->id, error);
  gint64 n = limber_database_thing (database, &older->id, FALSE, NULL);
  g_autoptr (LimberExtra) extra = NULL;

  if (record == NULL || !limber_extras_find (&transaction->reader, n, older->kind, &extra, error))
    return FALSE;
  if (extra == NULL)
    extra = limber_extra_new (older->kind, &older->id);
  for (guint i = 0; older->fields[i] != NULL; i++)
    make_unknown (record, extra, older->fields[i]);
  for (guint i = 0; older->fields[0] == NULL && i < record->kind->n_fields; i++)
    if (limber_stamp_is_set (&record->stamps[i]))
      make_unknown (record, extra, record->kind->fields[i].name);
  return limber_extras_save (transaction, extra, n, error) &&
         (older->fields[0] != NULL ? limber_transaction_save_row (transaction, record, n, error) : limber_transaction_drop (transaction, record->kind, &older->id, error)) &&
         limber_database_run (database, "DELETE FROM conflict; DELETE FROM change WHERE kind=13; INSERT INTO peer VALUES(zeroblob(16),'run',5)", error) &&
         limber_transaction_set_meta (transaction, "kinds", "fewer", error);
}

static void
reopen (World *world, LimberStore **store, const char *name)
{
  g_autofree char *dir = g_build_filename (world->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  close_store (*store);
  *store = limber_store_open (dir, LIMBER_STORE_OWN, world->env, &error);
  g_assert_no_error (error);
}

/* @fields: ended by %NULL; none for the whole kind */
static void
take_over (World *world, LimberStore **store, const char *name, const char *kind, const LimberId *id, const char *const *fields)
{
  Older older = { kind, *id, fields };
  g_autoptr (GError) error = NULL;

  limber_store_write (*store, make_older, &older, &error);
  g_assert_no_error (error);
  reopen (world, store, name);
}

#define PEERS "SELECT count(*) FROM peer"
#define CONFLICTS "SELECT count(*) FROM conflict WHERE state=0"

static void
a_known_field_goes_into_its_record (World *world, gconstpointer data)
{
  static const char *const names[] = { "email", "born", NULL };
  g_autoptr (LimberRecord) patient = NULL;

  test_store_put (world->central, "patient", &world->patient, "email", "z@example.org", NULL);
  test_store_append (world->central, "patient", &world->patient, &world->patient, "{\"colour\":\"blue\"}");
  test_store_append (world->central, "plan", &world->plan, &world->patient, "{\"goal\":\"walk\"}");
  take_over (world, &world->central, "central", "patient", &world->patient, names);
  patient = test_store_get (world->central, "patient", &world->patient);
  g_assert_cmpstr (limber_record_text (patient, "email"), ==, "z@example.org");
  g_assert_cmpstr (limber_record_text (patient, "born"), ==, "1954-08-06");
  g_assert_cmpint (test_store_count (world->central, EXTRA " WHERE fields='{\"goal\":\"walk\"}' OR fields='{\"colour\":\"blue\"}'"), ==, 2);
  g_assert_cmpint (test_store_count (world->central, PLACES), ==, 2);
  test_store_assert_sound (world->central);
}

static void
a_known_kind_becomes_a_row (World *world, gconstpointer data)
{
  static const char *const all[] = { NULL };
  g_autofree char *patient = limber_id_dup_text (&world->patient), *site = limber_id_dup_text (&world->site);
  LimberStore **stores[] = { &world->central, &world->hub };
  LimberId appointment;

  test_id (&appointment, "appointment");
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++) {
    g_autoptr (LimberRecord) record = NULL;

    test_store_put (*stores[i], "appointment", &appointment, "patient", patient, "site", site, "start", "2026-11-23T09:30:00Z", "status", "booked", NULL);
    test_store_put (*stores[i], "appointment", &appointment, "status", "arrived", NULL);
    take_over (world, stores[i], i == 0 ? "central" : "hub", "appointment", &appointment, all);
    record = test_store_get (*stores[i], "appointment", &appointment);
    g_assert_cmpstr (limber_record_word (record, "status"), ==, "arrived");
    g_assert_cmpint (test_store_count (*stores[i], EXTRA), ==, 0);
    g_assert_cmpint (test_store_count (*stores[i], PLACES), ==, 0);
    g_assert_cmpint (test_store_count (*stores[i], PEERS), ==, 0);
    test_store_assert_sound (*stores[i]);
  }
}

/* A hub has by page what no entry in its journal says. */
static void
what_came_by_page_is_taken_over_too (World *world, gconstpointer data)
{
  static const char *const names[] = { "email", NULL };
  g_autoptr (LimberRecord) patient = NULL;

  test_store_put (world->hub, "patient", &world->patient, "family", "Łuczak", "given", "Zofia", "born", "1954-08-06", "email", "z@example.org", NULL);
  test_store_tamper (world->hub, "UPDATE journal SET body=NULL, salt=NULL");
  take_over (world, &world->hub, "hub", "patient", &world->patient, names);
  patient = test_store_get (world->hub, "patient", &world->patient);
  g_assert_cmpstr (limber_record_text (patient, "email"), ==, "z@example.org");
}

/* The older program could not say what a kiosk may write, nor what is a date. */
static void
what_would_not_have_been_merged_is_kept_apart (World *world, gconstpointer data)
{
  static const char *const names[] = { "number", "born", NULL };
  LimberStore *kiosk = new_store (world, "kiosk", LIMBER_CLASS_KIOSK);
  g_autoptr (LimberRecord) patient = NULL;

  test_store_put (world->central, "device", &limber_store_identity (kiosk)->device, "name", "Kiosk", "class", "kiosk", "key", "none", "joined", "2026-11-20T09:00:00Z", NULL);
  test_store_put (world->central, "patient", &world->patient, "number", "A1", NULL);
  world->clock.now += 1000;
  test_store_append (kiosk, "patient", &world->patient, &world->patient, "{\"number\":\"M1\"}");
  test_store_append (world->hub, "patient", &world->patient, &world->patient, "{\"born\":\"yesterday\",\"family\":\"Nobody\"}");
  test_store_push (kiosk, world->central);
  test_store_push (world->hub, world->central);
  test_store_tamper (world->central, "UPDATE journal SET state=0; DELETE FROM quarantine");
  take_over (world, &world->central, "central", "patient", &world->patient, names);
  patient = test_store_get (world->central, "patient", &world->patient);
  g_assert_cmpstr (limber_record_text (patient, "number"), ==, "A1");
  g_assert_cmpstr (limber_record_text (patient, "born"), ==, "1954-08-06");
  g_assert_cmpstr (limber_record_text (patient, "family"), ==, "Łuczak");
  g_assert_cmpint (test_store_count (world->central, "SELECT count(*) FROM quarantine"), ==, 2);
  g_assert_cmpint (test_store_count (world->central, EXTRA), ==, 0);
  test_store_assert_sound (world->central);
  close_store (kiosk);
}

static void
a_conflict_is_found_then (World *world, gconstpointer data)
{
  static const char *const names[] = { "email", NULL };

  test_store_push (world->central, world->hub);
  test_store_put (world->central, "patient", &world->patient, "email", "a@example.org", NULL);
  world->clock.now += 1000;
  test_store_put (world->hub, "patient", &world->patient, "email", "b@example.org", NULL);
  test_store_push (world->hub, world->central);
  g_assert_cmpint (test_store_count (world->central, CONFLICTS), ==, 1);
  take_over (world, &world->central, "central", "patient", &world->patient, names);
  g_assert_cmpint (test_store_count (world->central, CONFLICTS), ==, 1);
  test_store_assert_sound (world->central);
}

static void
the_same_program_reads_nothing_again (World *world, gconstpointer data)
{
  test_store_tamper (world->hub, "INSERT INTO peer VALUES(zeroblob(16),'run',5)");
  reopen (world, &world->hub, "hub");
  g_assert_cmpint (test_store_count (world->hub, PEERS), ==, 1);
}

static void
verifying_sees_what_was_changed (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_store_append (world->central, "plan", &world->plan, NULL, "{\"goal\":\"walk\"}");
  test_store_assert_sound (world->central);
  test_store_tamper (world->central, "UPDATE extra SET fields='{\"goal\":\"run\"}'");
  limber_store_read (world->central, verify, NULL, &error);
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_DAMAGED);
}

#define ADD(path, func) g_test_add ("/store/extra/" path, World, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/extra/who-said-last-whose-it-is-is-no-difference", test_who_said_so);
  g_test_add_func ("/store/extra/merging-commutes-associates-and-is-idempotent", test_laws);
  g_test_add_func ("/store/extra/a-field-merges-as-its-mark-says", test_marks);
  g_test_add_func ("/store/extra/too-much-is-left-out-whatever-the-order", test_bounds);
  g_test_add_func ("/store/extra/what-is-somebodys-does-not-become-nobodys", test_person);
  g_test_add_func ("/store/extra/what-nobody-said-is-not-kept", test_unsaid);
  g_test_add_func ("/store/extra/what-is-known-now-is-taken-if-it-is-as-declared", test_known);
  g_test_add_func ("/store/extra/another-kind-is-another-record", test_equal);
  ADD ("nodes-alone-are-told", nodes_alone_are_told);
  ADD ("a-record-has-one-place-in-the-order-of-change", a_record_has_one_place);
  ADD ("only-whose-person-is-held-is-told", only_whose_person_is_held_is_told);
  ADD ("forgetting-a-person-takes-it-too", forgetting_takes_it_too);
  ADD ("a-device-keeps-none-and-sends-it-all-the-same", a_device_keeps_none);
  ADD ("a-hub-keeps-none-of-whom-it-does-not-hold", a_hub_keeps_none_of_whom_it_does_not_hold);
  ADD ("a-device-keeps-none-of-what-it-is-told", a_device_keeps_none_of_what_it_is_told);
  ADD ("too-much-is-not-kept", too_much_is_not_kept);
  ADD ("kinds-are-kept-apart", kinds_are_kept_apart);
  ADD ("a-repair-leaves-what-is-the-same", a_repair_leaves_what_is_the_same);
  ADD ("a-damaged-row-is-told-as-such", a_damaged_row_is_told_as_such);
  ADD ("entries-in-any-order-come-to-the-same", orders_come_to_the_same);
  ADD ("what-is-erased-is-not-there", what_is_erased_is_not_there);
  ADD ("verifying-sees-what-was-changed", verifying_sees_what_was_changed);
  ADD ("a-field-that-is-known-now-goes-into-its-record", a_known_field_goes_into_its_record);
  ADD ("a-kind-that-is-known-now-becomes-a-row", a_known_kind_becomes_a_row);
  ADD ("what-came-by-page-is-taken-over-too", what_came_by_page_is_taken_over_too);
  ADD ("what-would-not-have-been-merged-is-kept-apart-then", what_would_not_have_been_merged_is_kept_apart);
  ADD ("a-conflict-is-found-then", a_conflict_is_found_then);
  ADD ("the-same-program-reads-nothing-again", the_same_program_reads_nothing_again);
  return g_test_run ();
}
