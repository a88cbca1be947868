/* What goes wrong between stores: lost answers, strangers, altered bytes, codes, copies, revoked devices. */
#include <sodium.h>
#include <string.h>

#include "limber-base64.h"
#include "limber-error.h"
#include "limber-heads.h"
#include "limber-json.h"
#include "limber-link.h"
#include "limber-session.h"
#include "limber-status.h"
#include "limber-test-chain.h"
#include "limber-transaction-private.h"

static gint64
count (TestPlace *place, const char *sql)
{
  g_autofree char *path = g_build_filename (place->dir, "store", "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, place->env, NULL);

  return limber_database_integer (database, -1, sql, "");
}

#define JOURNAL "SELECT count(*) FROM journal"
#define QUARANTINE "SELECT count(*) FROM quarantine"

static void
a_lost_answer_changes_nothing (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->kiosk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;
  gint64 entries;

  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  for (int i = 0; i < 3; i++) {
    test_net_set_fault (chain->net, HUB, TEST_NET_LOSE_ANSWER);
    test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
    g_assert_false (limber_client_sync_once (client, NULL, &error));
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE);
    g_clear_error (&error);
  }
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_place_sync (chain->kiosk);
  entries = count (chain->hub, JOURNAL);
  test_place_sync (chain->kiosk);
  g_assert_cmpint (count (chain->hub, JOURNAL), ==, entries);
  g_assert_cmpint (count (chain->hub, "SELECT count(*) FROM origin WHERE branch > 0"), ==, 0);
  test_chain_assert_status (chain, chain->hub, "arrived");
}

/* Requests of one's own making. */

static char *
run_of (TestPlace *as, TestPlace *at)
{
  g_autoptr (LimberMessage) request = limber_message_new ("GET", "/sync/v1/pull", NULL), answer = test_place_ask (as, at, request, "0000000000000000", 1);

  g_assert_cmpuint (answer->status, ==, 401);
  return g_strdup (limber_message_get (answer, "limber-run"));
}

static void
who_does_not_sign_gets_nothing (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of (chain->desk, chain->hub);
  g_autoptr (LimberMessage) unsigned_one = limber_message_new ("GET", "/sync/v1/pull", NULL), good = limber_message_new ("GET", "/sync/v1/pull", NULL), answer = NULL, again = NULL;
  g_autoptr (LimberMessage) stranger = limber_message_new ("GET", "/sync/v1/pull", NULL), from_stranger = NULL, nowhere = limber_message_new ("GET", "/nowhere", NULL), lost = NULL;

  answer = test_net_ask (chain->net, HUB, unsigned_one);
  g_assert_cmpuint (answer->status, ==, 401);
  limber_message_unref (answer);
  answer = test_place_ask (chain->desk, chain->hub, good, run, 7);
  g_assert_cmpuint (answer->status, ==, 200);
  again = test_net_ask (chain->net, HUB, good);
  g_assert_cmpuint (again->status, ==, 401);
  from_stranger = test_place_ask (chain->central, chain->hub, stranger, run, 9);
  lost = test_place_ask (chain->desk, chain->hub, nowhere, run, 10);
  g_assert_cmpuint (lost->status, ==, 404);
}

static void
flip_body (LimberMessage *request, gpointer data)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (request->body, &length);
  g_autofree guint8 *copy = g_memdup2 (bytes, length);
  g_autoptr (GBytes) body = NULL;

  if (length == 0)
    return;
  copy[length / 2] ^= 1;
  body = g_bytes_new (copy, length);
  g_bytes_unref (request->body);
  request->body = g_bytes_ref (body);
}

static void
an_altered_byte_is_refused (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->kiosk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;
  gint64 entries = count (chain->hub, JOURNAL);

  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_net_set_tamper (chain->net, flip_body, NULL);
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  test_net_set_tamper (chain->net, NULL, NULL);
  g_assert_cmpint (count (chain->hub, JOURNAL), ==, entries);
  test_chain_assert_status (chain, chain->hub, "booked");
}

static LimberMessage *
push_bytes_as (TestPlace *as, TestPlace *at, const char *run, guint64 counter, const char *encoding, const void *bytes, gsize length)
{
  g_autoptr (LimberMessage) request = limber_message_new ("POST", "/sync/v1/push", NULL);
  g_autoptr (GBytes) body = g_bytes_new (bytes, length);

  limber_message_set_body (request, "application/x-ndjson", body);
  limber_message_set (request, "content-encoding", encoding);
  return test_place_ask (as, at, request, run, counter);
}

static LimberMessage *
push_bytes (TestChain *chain, const char *run, guint64 counter, const char *encoding, const void *bytes, gsize length)
{
  return push_bytes_as (chain->desk, chain->hub, run, counter, encoding, bytes, length);
}

static void
bad_bodies_are_refused_whole (TestChain *chain, gconstpointer data)
{
  static const char deep[] = "{\"heads\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";
  g_autofree char *run = run_of (chain->desk, chain->hub), *big = g_malloc0 (2 * 1024 * 1024);
  g_autoptr (GString) many = g_string_new ("{\"heads\":[]}\n");
  struct {
    const char *encoding;
    const void *bytes;
    gsize       length;
  } bodies[] = { { "zstd", "not zstd", 8 }, { NULL, "", 0 }, { NULL, deep, sizeof deep - 1 }, { NULL, big, 2 * 1024 * 1024 }, { "gzip", "not gzip", 8 }, { NULL, "{\"heads\":[],\"heads\":[]}", 23 } };
  g_autoptr (LimberMessage) crowded = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (LimberMessage) answer = push_bytes (chain, run, 20 + i, bodies[i].encoding, bodies[i].bytes, bodies[i].length);

    g_assert_cmpuint (answer->status, ==, 400);
  }
  for (int i = 0; i <= LIMBER_PUSH_ENTRIES; i++)
    g_string_append (many, "[]\n");
  crowded = push_bytes (chain, run, 60, NULL, many->str, many->len);
  g_assert_cmpuint (crowded->status, ==, 400);
}

static void
damaged_lines_block_nobody (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of (chain->desk, chain->hub);
  g_autoptr (LimberMessage) answer = push_bytes (chain, run, 30, NULL, "{\"heads\":[]}\nnot a line\n[[1],\"\",\"\",null]\n", 41);
  g_autoptr (json_t) json = limber_message_json (answer, NULL);
  json_t *first = json_array_get (json_object_get (json, "verdicts"), 0);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (json_integer_value (json_array_get (first, 0)), ==, 2);
  g_assert_cmpstr (json_string_value (json_array_get (first, 1)), ==, "refused");
}

typedef struct {
  const LimberIdentity *identity;
  GString              *lines;
} Unsigned;

/* The newest entries of this store, as it pushes them, but for the signature. */
static gboolean
take_unsigned (LimberReader *reader, gpointer data, GError **error)
{
  Unsigned *made = data;
  g_autoptr (GArray) pieces = limber_session_pieces (reader, error);
  const LimberPiece *last = &g_array_index (pieces, LimberPiece, pieces->len - 1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint room = 1;
  LimberEntry entry;

  g_assert_cmpint (limber_session_append_lines (reader, last->n, last->tip - 1, &room, 100000, made->identity, line, error), ==, last->tip);
  g_assert_true (limber_entry_parse_line (&entry, line->str, line->len - 1, error));
  g_assert_true (entry.has_sign);
  entry.has_sign = FALSE;
  limber_entry_append_line (&entry, made->lines);
  return TRUE;
}

static char *
verdict_of (LimberMessage *answer)
{
  g_autoptr (json_t) json = limber_message_json (answer, NULL);

  return g_strdup (json_string_value (json_array_get (json_array_get (json_object_get (json, "verdicts"), 0), 1)));
}

static void
an_entry_that_nobody_signed_for_is_refused (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of (chain->desk, chain->hub);
  g_autoptr (GString) lines = g_string_new ("{\"heads\":[]}\n");
  Unsigned made = { limber_store_identity (chain->desk->store), lines };
  g_autoptr (LimberMessage) answer = NULL;
  g_autofree char *verdict = NULL;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dr", NULL);
  g_assert_true (limber_store_read (chain->desk->store, take_unsigned, &made, NULL));
  answer = push_bytes (chain, run, 30, NULL, lines->str, lines->len);
  verdict = verdict_of (answer);
  g_assert_cmpstr (verdict, ==, "refused");
  test_place_sync (chain->desk);
}

static char *
reason_of (LimberMessage *answer)
{
  g_autoptr (json_t) json = limber_message_json (answer, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return g_strdup (json_string_value (json_array_get (json_array_get (json_object_get (json, "verdicts"), 0), 2)));
}

/* Neither with a signature that is not over it, nor by who is not its author: also the last line of a push that has no end. */
static void
an_entry_that_its_author_did_not_send_is_refused (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of (chain->desk, chain->hub), *forged_reason = NULL, *foreign_reason = NULL;
  g_autoptr (GString) lines = g_string_new ("{\"heads\":[]}\n"), forged = g_string_new ("{\"heads\":[]}\n"), foreign = g_string_new ("{\"heads\":[]}\n");
  g_autoptr (GPtrArray) centrals = test_store_lines (chain->central->store);
  Unsigned made = { limber_store_identity (chain->desk->store), lines };
  g_autoptr (LimberMessage) first = NULL, second = NULL;
  gint64 held = count (chain->hub, JOURNAL);
  LimberEntry entry;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dr", NULL);
  g_assert_true (limber_store_read (chain->desk->store, take_unsigned, &made, NULL));
  g_assert_true (limber_entry_parse_line (&entry, strchr (lines->str, '\n') + 1, lines->len - strlen ("{\"heads\":[]}\n") - 1, NULL));
  entry.has_sign = TRUE;
  memset (entry.sign, 7, sizeof entry.sign);
  limber_entry_append_line (&entry, forged);
  first = push_bytes (chain, run, 30, NULL, forged->str, forged->len - 1);
  forged_reason = reason_of (first);
  g_assert_cmpstr (forged_reason, ==, "its signature does not fit");
  g_string_append (foreign, g_ptr_array_index (centrals, 0));
  second = push_bytes (chain, run, 31, NULL, foreign->str, foreign->len);
  foreign_reason = reason_of (second);
  g_assert_cmpstr (foreign_reason, ==, "another device's");
  g_assert_cmpint (count (chain->hub, JOURNAL), ==, held);
}

/* The newest one vouches for those that it goes on from, and for no others. */
static void
nobody_vouches_for_what_he_does_not_go_on_from (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of (chain->desk, chain->hub), *reason = NULL;
  g_autoptr (GString) text = g_string_new ("{\"heads\":[]}\n");
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (LimberMessage) answer = NULL;
  const char *last;
  LimberEntry entry;

  for (guint i = 0; i < 3; i++)
    test_store_put (chain->desk->store, "patient", &chain->patient, "title", i == 1 ? "Sir" : "Dr", NULL);
  lines = test_store_lines (chain->desk->store);
  last = g_ptr_array_index (lines, lines->len - 1);
  g_assert_true (limber_entry_parse_line (&entry, last, strlen (last), NULL));
  crypto_sign_detached (entry.sign, NULL, entry.hash, sizeof entry.hash, limber_store_identity (chain->desk->store)->secret_key);
  entry.has_sign = TRUE;
  g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (lines, lines->len - 3)); /* one is left out between them */
  limber_entry_append_line (&entry, text);
  answer = push_bytes (chain, run, 30, NULL, text->str, text->len);
  reason = reason_of (answer);
  g_assert_cmpstr (reason, ==, "nobody signed for it");
}

static void
heads_that_are_none_are_not_known (TestChain *chain, gconstpointer data)
{
  static const char none[] = "{\"heads\":[7,[],[\"?\",\"?\",1,\"?\"],{}]}\n";
  g_autofree char *run = run_of (chain->desk, chain->hub);
  g_autoptr (LimberMessage) answer = push_bytes (chain, run, 30, NULL, none, sizeof none - 1), crowded = NULL;
  g_autoptr (json_t) json = limber_message_json (answer, NULL);
  g_autoptr (GString) many = g_string_new ("{\"heads\":[7");

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (json_string_value (json_object_get (json, "known")), ==, "0000");
  for (guint i = 0; i < LIMBER_HEADS_MAXIMUM; i++)
    g_string_append (many, ",7");
  g_string_append (many, "]}\n");
  crowded = push_bytes (chain, run, 31, NULL, many->str, many->len);
  g_assert_cmpuint (crowded->status, ==, 400);
}

/* What this store wrote last, as it pushes it. */
static gboolean
take_last (LimberReader *reader, gpointer data, GError **error)
{
  Unsigned *made = data;
  g_autoptr (GArray) pieces = limber_session_pieces (reader, error);
  const LimberPiece *last = &g_array_index (pieces, LimberPiece, pieces->len - 1);
  guint room = 1;

  g_assert_cmpint (last->tip, ==, 1);
  g_assert_cmpint (last->parent, !=, 0);
  return limber_session_append_lines (reader, last->n, 0, &room, 100000, made->identity, made->lines, error) == 1;
}

/* The first entry of an epoch goes on from the last of the one before, and is not taken without it. */
static void
nothing_is_left_out_between_two_epochs (TestChain *chain, gconstpointer data)
{
  g_autofree char *run = run_of (chain->desk, chain->hub), *before = NULL, *after = NULL;
  g_autoptr (GString) lines = g_string_new ("{\"heads\":[]}\n");
  Unsigned made = { limber_store_identity (chain->desk->store), lines };
  g_autoptr (LimberMessage) alone = NULL, again = NULL;
  gint64 held = count (chain->hub, JOURNAL);

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_place_close (chain->desk);
  test_place_open (chain->desk);
  test_store_put (chain->desk->store, "patient", &chain->patient, "language", "cy", NULL);
  made.identity = limber_store_identity (chain->desk->store);
  g_assert_true (limber_store_read (chain->desk->store, take_last, &made, NULL));
  alone = push_bytes (chain, run, 30, NULL, lines->str, lines->len);
  before = verdict_of (alone);
  g_assert_cmpstr (before, ==, "gap");
  g_assert_cmpint (count (chain->hub, JOURNAL), ==, held);
  test_place_sync (chain->desk);
  g_assert_cmpint (count (chain->hub, JOURNAL), ==, held + 2);
  again = push_bytes (chain, run, 31, NULL, lines->str, lines->len);
  after = verdict_of (again);
  g_assert_cmpstr (after, ==, "known");
}

/* All that a hub holds of one device. */
static gboolean
take_chain (LimberReader *reader, gpointer data, GError **error)
{
  Unsigned *made = data;
  g_autoptr (GArray) pieces = limber_session_pieces (reader, error);
  guint room = 500;

  for (guint i = 0; i < pieces->len; i++) {
    const LimberPiece *piece = &g_array_index (pieces, LimberPiece, i);

    if (memcmp (piece->origin.bytes, made->identity->device.bytes, 16) == 0)
      limber_session_append_lines (reader, piece->n, piece->first - 1, &room, 100000, made->identity, made->lines, error);
  }
  return room < 500;
}

static void
a_device_may_become_known_later (TestChain *chain, gconstpointer data)
{
  TestPlace *late = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  g_autofree char *run = run_of (chain->hub, chain->central);
  g_autoptr (GString) lines = g_string_new ("{\"heads\":[]}\n");
  Unsigned made = { limber_store_identity (late->store), lines };
  g_autoptr (LimberMessage) answer = NULL;

  test_place_sync (late);
  test_store_put (late->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_store_put (late->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_place_sync (late);
  made.identity = limber_store_identity (late->store);
  g_assert_true (limber_store_read (chain->hub->store, take_chain, &made, NULL));
  answer = push_bytes_as (chain->hub, chain->central, run, 40, NULL, lines->str, lines->len);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (count (chain->central, QUARANTINE), ==, 2);
  test_chain_assert_status (chain, chain->central, "booked");
  test_place_sync (chain->hub);
  g_assert_cmpint (count (chain->central, QUARANTINE), ==, 0);
  test_chain_assert_status (chain, chain->central, "arrived");
  test_place_free (late);
}

static void
a_device_and_its_work_may_come_in_one_push (TestChain *chain, gconstpointer data)
{
  TestPlace *late = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);

  test_store_append (late->store, "appointment", &chain->appointment, &chain->patient, "{\"status^\":3}");
  test_place_sync (late);
  test_place_sync (chain->hub);
  g_assert_cmpint (count (chain->central, QUARANTINE), ==, 0);
  test_chain_assert_status (chain, chain->central, "arrived");
  test_place_free (late);
}

/* Codes. */

static void
assert_join_fails (TestChain *chain, const char *code, const char *words)
{
  g_autofree char *parent = test_dir_new (), *dir = g_build_filename (parent, "store", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_client_join_full (dir, HUB, code, chain->desk->env, LIMBER_TRANSPORT (chain->net), NULL, &error));
  g_assert_nonnull (strstr (error->message, words));
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
  test_dir_remove (parent);
}

static void
codes_say_what_is_wrong_with_them (TestChain *chain, gconstpointer data)
{
  g_autofree char *good = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, 0, NULL), *expired = test_place_enrol (chain->hub, LIMBER_CLASS_DESK, &chain->site, TEST_NOW - 1, NULL);
  g_autofree char *foreign = test_place_enrol (chain->central, LIMBER_CLASS_DESK, &chain->site, 0, NULL), *parent = test_dir_new (), *dir = g_build_filename (parent, "store", NULL);
  g_autofree char *wrong = g_strdup (good);
  g_autoptr (GError) error = NULL;

  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  assert_join_fails (chain, "hello", "not a joining code");
  assert_join_fails (chain, wrong, "not known here");
  assert_join_fails (chain, foreign, "not known here");
  assert_join_fails (chain, expired, "expired");
  g_assert_true (limber_client_join_full (dir, HUB, good, chain->desk->env, LIMBER_TRANSPORT (chain->net), NULL, &error));
  g_assert_no_error (error);
  assert_join_fails (chain, good, "used already");
  test_dir_remove (parent);
}

/* Revoked devices. */

static void
a_revoked_device_is_kept_apart (TestChain *chain, gconstpointer data)
{
  const LimberId *device = &limber_store_identity (chain->kiosk->store)->device;
  g_autoptr (LimberClient) client = limber_client_new_full (chain->kiosk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;

  test_chain_sync (chain);
  test_store_put (chain->central->store, "device", device, "revoked", "yes", NULL);
  test_place_sync (chain->hub);
  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNAUTHORISED);
  g_assert_nonnull (strstr (error->message, "revoked"));
  test_place_sync (chain->hub);
  test_chain_assert_status (chain, chain->central, "booked");
  g_assert_cmpint (count (chain->central, QUARANTINE), ==, 1);
  test_chain_assert_status (chain, chain->hub, "booked"); /* put right by the digest */
}

/* Copies. */

static void
a_copied_store_begins_an_epoch (TestChain *chain, gconstpointer data)
{
  TestPlace *copy = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);

  test_store_put (chain->desk->store, "patient", &chain->patient, "email", "a@example.org", NULL);
  test_place_close (copy);
  test_place_copy (chain->desk, copy);
  test_place_open (copy);
  test_store_put (copy->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "language", "cy", NULL);
  test_place_sync (copy);
  test_place_sync (chain->desk);
  test_chain_sync (chain);
  {
    g_autoptr (LimberRecord) record = test_store_get (chain->central->store, "patient", &chain->patient);

    g_assert_cmpstr (limber_record_text (record, "email"), ==, "a@example.org");
    g_assert_cmpstr (limber_record_text (record, "title"), ==, "Dr");
    g_assert_cmpstr (limber_record_text (record, "language"), ==, "cy");
  }
  g_assert_cmpint (count (chain->central, "SELECT count(*) FROM origin WHERE branch > 0"), ==, 0);
  test_place_free (copy);
}

static gboolean
read_branches (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_branches_json (reader, error);
  return *(json_t **) data != NULL;
}

static gboolean
read_clocks (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_clocks_json (reader, error);
  return *(json_t **) data != NULL;
}

static void
write_at (TestPlace *place, gint64 time, const LimberId *patient, const char *field)
{
  place->clock.now = time;
  test_store_put (place->store, "patient", patient, field, "x", NULL);
}

/* Nothing is refused or altered for its time (SYNC.md rule 4), but somebody should know. */
static void
a_wrong_clock_is_shown (TestChain *chain, gconstpointer data)
{
  const gint64 now = chain->desk->clock.now;
  g_autofree char *device = limber_id_dup_text (&limber_store_identity (chain->desk->store)->device);
  g_autoptr (json_t) none = NULL, list = NULL;
  json_t *desk;

  test_chain_sync (chain);
  g_assert_true (limber_store_read (chain->central->store, read_clocks, &none, NULL));
  g_assert_cmpuint (json_array_size (none), ==, 0);
  write_at (chain->desk, now + G_GINT64_CONSTANT (2304000000000), &chain->patient, "title");
  write_at (chain->desk, 1000, &chain->patient, "email");
  write_at (chain->desk, now, &chain->patient, "phone");
  test_chain_sync (chain);
  g_assert_true (limber_store_read (chain->central->store, read_clocks, &list, NULL));
  g_assert_cmpuint (json_array_size (list), ==, 1);
  desk = json_array_get (list, 0);
  g_assert_cmpstr (limber_json_string (desk, "device"), ==, device);
  g_assert_cmpint (limber_json_integer (desk, "ahead", 0), ==, 1);
  g_assert_cmpint (limber_json_integer (desk, "before", 0), ==, 1);
  g_assert_true (g_str_has_prefix (limber_json_string (desk, "latest"), "2099-"));
  g_assert_true (g_str_has_prefix (limber_json_string (desk, "earliest"), "1970-"));
}

static void
assert_branch (TestPlace *place, TestPlace *of)
{
  g_autofree char *device = limber_id_dup_text (&limber_store_identity (of->store)->device);
  g_autoptr (json_t) list = NULL;

  g_assert_true (limber_store_read (place->store, read_branches, &list, NULL));
  g_assert_cmpuint (json_array_size (list), ==, 1);
  g_assert_cmpstr (limber_json_string (json_array_get (list, 0), "device"), ==, device);
  g_assert_cmpint (limber_json_integer (json_array_get (list, 0), "entries", 0), >, 0);
}

static void
a_live_copy_makes_a_branch (TestChain *chain, gconstpointer data)
{
  TestPlace *copy = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  LimberWriterState state;
  gint64 origins;

  test_store_put (chain->desk->store, "patient", &chain->patient, "email", "a@example.org", NULL);
  g_assert_true (limber_store_write (chain->desk->store, test_store_take_state, &state, NULL));
  test_place_close (copy);
  test_place_copy (chain->desk, copy);
  test_place_open (copy);
  g_assert_true (limber_store_write (copy->store, test_store_put_state, &state, NULL));
  test_store_put (copy->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "language", "cy", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "sex", "2", NULL);
  test_place_sync (copy);
  test_place_sync (chain->desk);
  test_chain_sync (chain);
  g_assert_cmpint (count (chain->central, "SELECT count(*) FROM origin WHERE branch > 0"), ==, 1);
  assert_branch (chain->central, chain->desk);
  origins = count (chain->central, "SELECT count(DISTINCT key >> 40) FROM journal");
  test_store_put (chain->desk->store, "patient", &chain->patient, "phone", "02079460000", NULL);
  test_chain_sync (chain);
  g_assert_cmpint (count (chain->central, "SELECT count(DISTINCT key >> 40) FROM journal"), ==, origins + 1); /* it has left that epoch */
  {
    g_autoptr (LimberRecord) record = test_store_get (chain->central->store, "patient", &chain->patient);

    g_assert_cmpstr (limber_record_text (record, "title"), ==, "Dr");
    g_assert_cmpstr (limber_record_text (record, "language"), ==, "cy");
    g_assert_cmpstr (limber_record_text (record, "sex"), ==, "2");
    g_assert_cmpstr (limber_record_text (record, "phone"), ==, "02079460000");
  }
  test_place_free (copy);
}

/* Restored stores. */

static void
a_restored_hub_gets_back_what_it_lost (TestChain *chain, gconstpointer data)
{
  TestPlace *saved = test_place_save (chain->hub);

  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_place_sync (chain->kiosk);
  test_place_sync (chain->desk);
  test_chain_assert_status (chain, chain->desk, "arrived");
  test_place_restore (chain->hub, saved);
  test_chain_assert_status (chain, chain->hub, "booked");
  test_chain_sync (chain);
  test_chain_assert_status (chain, chain->hub, "arrived");
  test_chain_assert_status (chain, chain->desk, "arrived");
  test_chain_assert_status (chain, chain->central, "arrived");
  test_place_free (saved);
}

static void
a_restored_central_gets_back_what_it_lost (TestChain *chain, gconstpointer data)
{
  TestPlace *saved = test_place_save (chain->central);
  g_autoptr (LimberRecord) at_desk = NULL;

  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_chain_sync (chain);
  test_chain_assert_status (chain, chain->central, "arrived");
  test_place_restore (chain->central, saved);
  test_chain_assert_status (chain, chain->central, "booked");
  test_store_put (chain->central->store, "patient", &chain->patient, "title", "Dr", NULL); /* at a place that the hub's cursor is beyond */
  test_chain_sync (chain);
  test_chain_assert_status (chain, chain->central, "arrived");
  test_chain_assert_status (chain, chain->hub, "arrived");
  test_chain_assert_status (chain, chain->kiosk, "arrived");
  at_desk = test_store_get (chain->desk->store, "patient", &chain->patient);
  g_assert_cmpstr (limber_record_text (at_desk, "title"), ==, "Dr");
  test_place_free (saved);
}

static void
a_restored_device_gets_back_what_it_lost (TestChain *chain, gconstpointer data)
{
  TestPlace *saved = test_place_save (chain->kiosk);

  test_store_put (chain->kiosk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_chain_sync (chain);
  test_place_restore (chain->kiosk, saved);
  test_chain_assert_status (chain, chain->kiosk, "booked");
  test_chain_sync (chain);
  test_chain_assert_status (chain, chain->kiosk, "arrived");
  g_assert_cmpint (count (chain->central, "SELECT count(*) FROM origin WHERE branch > 0"), ==, 0);
  test_place_free (saved);
}

static gboolean
lose_last (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "DELETE FROM journal WHERE key=(SELECT max(key) FROM journal)", "");
}

/* After the push has been answered, before anything is compared. */
static void
lose_last_once (LimberMessage *request, gpointer data)
{
  TestPlace *desk = data;

  if (g_str_equal (request->method, "GET"))
    g_assert_true (limber_store_write (desk->store, lose_last, NULL, NULL));
}

/* Somebody has been at the file: it can never be said that all was sent, so it is not asked for ever. */
static void
a_store_that_lost_an_entry_comes_to_rest (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;

  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "language", "cy", NULL);
  test_net_set_tamper (chain->net, lose_last_once, chain->desk);
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_UNREACHABLE);
}

static gboolean
lose_last_but_one (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_database_execute (transaction->reader.database, error, "DELETE FROM journal WHERE key=(SELECT max(key)-1 FROM journal)", "");
}

/* A node that answers takes nothing of what comes after a gap. That it answers must not make a device ask without end. */
static void
a_store_with_a_gap_asks_ever_more_seldom (TestChain *chain, gconstpointer data)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, FALSE, sizeof (guint));
  gint64 held = count (chain->central, JOURNAL);

  test_store_put (chain->hub->store, "patient", &chain->patient, "title", "Dr", NULL);
  test_store_put (chain->hub->store, "patient", &chain->patient, "language", "cy", NULL);
  g_assert_true (limber_store_write (chain->hub->store, lose_last_but_one, NULL, NULL));
  chain->hub->clock.pauses = pauses;
  test_place_start (chain->hub);
  while (pauses->len < 12)
    g_main_context_iteration (NULL, TRUE);
  limber_client_stop (chain->hub->client);
  chain->hub->clock.pauses = NULL;
  g_assert_cmpint (count (chain->central, JOURNAL), ==, held);
  g_assert_cmpuint (g_array_index (pauses, guint, 0), <=, 1000);
  for (guint i = 4; i < pauses->len; i++)
    g_assert_cmpuint (g_array_index (pauses, guint, i), >=, 2500);
}

static void
a_wrong_clock_is_put_right (TestChain *chain, gconstpointer data)
{
  chain->desk->clock.now += 60 * 60 * 1000;
  chain->hub->clock.now -= 10 * 60 * 1000;
  test_chain_sync (chain);
  g_assert_cmpint (ABS (limber_env_get_offset (chain->desk->env) + 60 * 60 * 1000), <, 2000);
  g_assert_cmpint (ABS (limber_env_get_offset (chain->hub->env) - 10 * 60 * 1000), <, 2000);
  g_assert_cmpint (ABS (limber_env_now (chain->desk->env) - limber_env_now (chain->central->env)), <, 2000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/faults/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)
  ADD ("a lost answer changes nothing", a_lost_answer_changes_nothing);
  ADD ("who does not sign gets nothing", who_does_not_sign_gets_nothing);
  ADD ("an altered byte is refused", an_altered_byte_is_refused);
  ADD ("bad bodies are refused whole", bad_bodies_are_refused_whole);
  ADD ("damaged lines block nobody", damaged_lines_block_nobody);
  ADD ("codes say what is wrong with them", codes_say_what_is_wrong_with_them);
  ADD ("a wrong clock is shown", a_wrong_clock_is_shown);
  ADD ("a revoked device is kept apart", a_revoked_device_is_kept_apart);
  ADD ("a copied store begins an epoch", a_copied_store_begins_an_epoch);
  ADD ("a live copy makes a branch", a_live_copy_makes_a_branch);
  ADD ("a restored hub gets back what it lost", a_restored_hub_gets_back_what_it_lost);
  ADD ("a restored central gets back what it lost", a_restored_central_gets_back_what_it_lost);
  ADD ("a restored device gets back what it lost", a_restored_device_gets_back_what_it_lost);
  ADD ("a store that lost an entry comes to rest", a_store_that_lost_an_entry_comes_to_rest);
  ADD ("a store with a gap asks ever more seldom", a_store_with_a_gap_asks_ever_more_seldom);
  ADD ("a wrong clock is put right", a_wrong_clock_is_put_right);
  ADD ("a device may become known later", a_device_may_become_known_later);
  ADD ("a device and its work may come in one push", a_device_and_its_work_may_come_in_one_push);
#define ADD_BARE(name, func) g_test_add ("/sync/faults/without digests " name, TestChain, "bare", test_chain_set_up, func, test_chain_tear_down)
  ADD_BARE ("a restored hub gets back what it lost", a_restored_hub_gets_back_what_it_lost);
  ADD_BARE ("a restored central gets back what it lost", a_restored_central_gets_back_what_it_lost);
  ADD_BARE ("a restored device gets back what it lost", a_restored_device_gets_back_what_it_lost);
  ADD ("nothing is left out between two epochs", nothing_is_left_out_between_two_epochs);
  ADD ("an entry that nobody signed for is refused", an_entry_that_nobody_signed_for_is_refused);
  ADD ("an entry that its author did not send is refused", an_entry_that_its_author_did_not_send_is_refused);
  ADD ("nobody vouches for what he does not go on from", nobody_vouches_for_what_he_does_not_go_on_from);
  ADD ("heads that are none are not known", heads_that_are_none_are_not_known);
  return g_test_run ();
}
