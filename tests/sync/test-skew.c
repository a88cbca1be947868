/* Programs of different versions in one chain (SYNC.md rules 6 and 18): what one of them cannot know is no difference, and
 * no repair takes it away. */
#include <string.h>

#include "limber-apply.h"
#include "limber-base64.h"
#include "limber-call.h"
#include "limber-json.h"
#include "limber-repair.h"
#include "limber-session.h"
#include "limber-sign.h"
#include "limber-test-chain.h"
#include "limber-transaction-private.h"

/* The first field of a patient that the older version does not declare, and the kind that it does not. */
#define FIRST_NEW "mobile"
#define NEW_KIND "task"

static char *
older (void)
{
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    guint fields = g_str_equal (kinds[i]->name, "patient") ? (guint) limber_kind_field (kinds[i], FIRST_NEW) : kinds[i]->n_fields;

    if (!g_str_equal (kinds[i]->name, NEW_KIND))
      g_string_append_printf (text, "%s%u.%u", text->len > 0 ? "," : "", kinds[i]->number, fields);
  }
  return g_string_free (text, FALSE);
}

static void
init_older (LimberCommon *common)
{
  g_autofree char *text = older ();

  limber_common_init (common, text);
}

/* Makes the store what an older program would hold. */
static gboolean
make_older (LimberTransaction *transaction, gpointer data, GError **error)
{
  TestChain *chain = data;
  g_autoptr (LimberRecord) patient = limber_reader_get (&transaction->reader, "patient", &chain->patient, error);
  LimberCommon common;

  init_older (&common);
  if (patient == NULL)
    return FALSE;
  limber_common_restrict (&common, patient);
  return limber_transaction_save_row (transaction, patient, limber_database_thing (transaction->reader.database, &chain->patient, FALSE, NULL), error) &&
         limber_database_run (transaction->reader.database, "DELETE FROM change WHERE seq IN (SELECT seq FROM " NEW_KIND "); DELETE FROM " NEW_KIND, error);
}

static void
age (TestChain *chain, TestPlace *place)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (place->store, make_older, chain, &error);
  g_assert_no_error (error);
}

static void
put_new_things (TestChain *chain, LimberStore *store)
{
  g_autofree char *site = limber_id_dup_text (&chain->site);
  LimberId task;

  test_id (&task, "task");
  test_store_put (store, NEW_KIND, &task, "about", "must-be-seen", "site", site, "made", "2026-11-23T09:00:00Z", "status", "open", NULL);
  test_store_put (store, "patient", &chain->patient, "mobile", "07700900124", NULL);
}

typedef struct {
  LimberGroup  group;
  LimberCommon common;
  LimberDigest digest;
} Digest;

static gboolean
read_own (LimberReader *reader, gpointer data, GError **error)
{
  Digest *what = data;

  return limber_feed_own_digest (reader, &what->common, &what->digest, error);
}

static gboolean
read_group (LimberReader *reader, gpointer data, GError **error)
{
  Digest *what = data;

  return limber_feed_digest (reader, &what->group, &what->common, &what->digest, error);
}

/* Whether the desk holds what the hub thinks that it should; each counts what it has in common with the other. */
static gboolean
agrees (TestChain *chain, const LimberCommon *of_desk, const LimberCommon *of_hub)
{
  Digest desk = { { LIMBER_CLASS_DESK, chain->site }, *of_desk }, hub = { desk.group, *of_hub };

  g_assert_true (limber_store_read (chain->desk->store, read_own, &desk, NULL));
  g_assert_true (limber_store_read (chain->hub->store, read_group, &hub, NULL));
  return memcmp (&desk.digest, &hub.digest, sizeof hub.digest) == 0;
}

/* To an older program nothing is restricted by what a newer one knows besides. */
static void
what_the_older_cannot_know_is_no_difference (TestChain *chain, gconstpointer data)
{
  LimberCommon all, fewer;

  limber_common_init (&all, NULL);
  init_older (&fewer);
  put_new_things (chain, chain->central->store);
  test_chain_sync (chain);
  g_assert_true (agrees (chain, &all, &all));
  age (chain, chain->desk);
  g_assert_false (agrees (chain, &all, &all));
  g_assert_true (agrees (chain, &all, &fewer));
  age (chain, chain->hub);
  g_assert_true (agrees (chain, &all, &all));
}

static void
what_an_older_node_cannot_know_is_no_difference (TestChain *chain, gconstpointer data)
{
  LimberCommon all, fewer;

  limber_common_init (&all, NULL);
  init_older (&fewer);
  put_new_things (chain, chain->central->store);
  test_chain_sync (chain);
  age (chain, chain->hub);
  g_assert_false (agrees (chain, &all, &all));
  g_assert_true (agrees (chain, &fewer, &all));
}

/* The hub keeps a plan as what it does not know; central may have it among its records. */
static void
what_one_of_them_may_know_does_not_count (TestChain *chain, gconstpointer data)
{
  g_autofree char *own = limber_common_own (), *newer = g_strconcat (own, ",63.2", NULL);
  Digest hub = { { LIMBER_CLASS_HUB, chain->site } }, central = hub;
  LimberId plan;

  test_id (&plan, "plan");
  test_store_append (chain->hub->store, "plan", &plan, NULL, "{\"goal\":\"walk\"}");
  for (guint i = 0; i < 2; i++) {
    limber_common_init (&hub.common, i == 0 ? newer : NULL);
    limber_common_init (&central.common, i == 0 ? newer : NULL);
    g_assert_true (limber_store_read (chain->hub->store, read_own, &hub, NULL));
    g_assert_true (limber_store_read (chain->central->store, read_group, &central, NULL));
    g_assert_cmpint (memcmp (&hub.digest, &central.digest, sizeof hub.digest) == 0, ==, i == 0);
  }
}

typedef struct {
  LimberCommon common;
  GHashTable  *rows;
} Repair;

static gboolean
repair (LimberTransaction *transaction, gpointer data, GError **error)
{
  Repair *what = data;
  g_autoptr (GHashTable) none = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < LIMBER_DIGEST_BUCKETS; i++)
    if (!limber_repair (transaction, &what->common, i, what->rows, none, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_there (TestPlace *place, const char *kind, const char *name)
{
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  test_id (&id, name);
  record = test_store_get (place->store, kind, &id);
  return record != NULL;
}

/* A newer desk at an older hub, which has nothing but an old row of the patient. */
static void
a_repair_leaves_what_the_node_cannot_know (TestChain *chain, gconstpointer data)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (limber_id_hash, limber_id_equal);
  g_autoptr (LimberRecord) theirs = limber_record_new (limber_kind_by_name ("patient"), &chain->patient), patient = NULL;
  Repair what = { .rows = rows };
  int family = limber_kind_field (theirs->kind, "family");
  LimberId other;

  init_older (&what.common);
  put_new_things (chain, chain->central->store);
  test_chain_sync (chain);
  test_id (&other, "other");
  test_store_append (chain->desk->store, "patient", &other, &other, "{\"mobile\":\"07700900125\"}");
  limber_value_set_text (&theirs->values[family], "Amended");
  theirs->stamps[family] = (LimberStamp){ LIMBER_RANK_PERSON, LIMBER_HYBRID (TEST_NOW), .entry = { { 1 } } };
  g_hash_table_insert (rows, &theirs->id, theirs);
  g_assert_true (limber_store_write (chain->desk->store, repair, &what, NULL));
  patient = test_store_get (chain->desk->store, "patient", &chain->patient);
  g_assert_cmpstr (limber_record_text (patient, "family"), ==, "Amended");
  g_assert_null (limber_record_text (patient, "given"));
  g_assert_cmpstr (limber_record_text (patient, "mobile"), ==, "07700900124");
  g_assert_true (is_there (chain->desk, NEW_KIND, "task"));
  g_assert_true (is_there (chain->desk, "patient", "other")); /* to that hub there is no such record */
  g_assert_false (is_there (chain->desk, "appointment", "appointment"));
}

/* Whom the node does not have, the device has nothing of, also of what that node cannot know; what is nobody's stays. */
static void
who_is_gone_takes_along_what_the_node_cannot_know (TestChain *chain, gconstpointer data)
{
  g_autoptr (GHashTable) none = g_hash_table_new (limber_id_hash, limber_id_equal);
  g_autofree char *site = limber_id_dup_text (&chain->site), *patient = limber_id_dup_text (&chain->patient);
  Repair what = { .rows = none };
  LimberId hers;

  init_older (&what.common);
  put_new_things (chain, chain->central->store);
  test_id (&hers, "hers");
  test_store_put (chain->central->store, NEW_KIND, &hers, "about", "must-be-seen", "patient", patient, "site", site, "made", "2026-11-23T09:00:00Z", "status", "open", NULL);
  test_chain_sync (chain);
  g_assert_true (is_there (chain->desk, NEW_KIND, "hers"));
  g_assert_true (limber_store_write (chain->desk->store, repair, &what, NULL));
  g_assert_false (is_there (chain->desk, "patient", "patient"));
  g_assert_false (is_there (chain->desk, NEW_KIND, "hers"));
  g_assert_true (is_there (chain->desk, NEW_KIND, "task"));
}

static gboolean
apply_row (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_apply (transaction, data, error);
}

static gboolean
replace_row (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_replace (transaction, data, error);
}

/* Of somebody who was erased only a newer program may have anything left: here she would be a patient without a name. What a
 * public screen holds nobody has set: it is worked out for it. */
static void
a_row_that_says_nothing_is_none (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) other = NULL;
  LimberId id;

  test_id (&id, "other");
  other = limber_record_new (limber_kind_by_name ("patient"), &id);
  g_assert_true (limber_store_write (chain->desk->store, apply_row, other, NULL));
  g_assert_true (limber_store_write (chain->kiosk->store, apply_row, other, NULL));
  g_assert_false (is_there (chain->desk, "patient", "other"));
  g_assert_false (is_there (chain->kiosk, "patient", "other"));
  limber_value_set_text (&other->values[limber_kind_field (other->kind, "initials")], "ZŁ");
  g_assert_true (limber_store_write (chain->kiosk->store, apply_row, other, NULL));
  g_assert_true (is_there (chain->kiosk, "patient", "other"));
  g_assert_true (limber_store_write (chain->kiosk->store, replace_row, other, NULL));
  g_assert_true (is_there (chain->kiosk, "patient", "other"));
}

typedef struct {
  LimberId node;
  char    *query;
} Cursor;

static gboolean
read_cursor (LimberReader *reader, gpointer data, GError **error)
{
  Cursor *cursor = data;
  g_autofree char *run = NULL;
  gint64 seq;

  g_assert_true (limber_session_cursor (reader, &cursor->node, &run, &seq));
  cursor->query = g_strdup_printf ("cursor=%s.%" G_GINT64_FORMAT, run, seq);
  return TRUE;
}

/* The desk asks what an older program would, when @kinds is what that one declares. */
static json_t *
ask_digest (TestChain *chain, const char *kinds)
{
  Digest desk = { { LIMBER_CLASS_DESK, chain->site } };
  Cursor cursor = { limber_store_identity (chain->hub->store)->device, NULL };
  g_autofree char *buckets = NULL, *query = NULL;
  g_autoptr (json_t) json = NULL;
  g_autoptr (LimberMessage) request = NULL, answer = NULL;
  g_autoptr (LimberApply) apply = NULL;

  limber_common_init (&desk.common, NULL);
  g_assert_true (limber_store_read (chain->desk->store, read_own, &desk, NULL));
  g_assert_true (limber_store_read (chain->desk->store, read_cursor, &cursor, NULL));
  query = cursor.query;
  buckets = limber_base64_dup ((const guint8 *) &desk.digest, sizeof desk.digest);
  json = json_pack ("{s:s,s:s*}", "buckets", buckets, "kinds", kinds);
  request = limber_message_new ("POST", "/sync/v1/digest", query);
  limber_message_set_json (request, json, NULL);
  answer = test_place_ask (chain->desk, chain->hub, request, limber_node_run (chain->hub->node), kinds != NULL ? 1 : 2);
  g_assert_cmpuint (answer->status, ==, 200);
  apply = limber_apply_new (answer, TRUE, NULL);
  return json_incref (apply->end);
}

static void
an_older_device_says_what_it_knows (TestChain *chain, gconstpointer data)
{
  g_autofree char *kinds = older (), *own = limber_common_own ();
  g_autoptr (json_t) older_answer = NULL, answer = NULL;

  put_new_things (chain, chain->central->store);
  test_chain_sync (chain);
  age (chain, chain->desk);
  older_answer = ask_digest (chain, kinds);
  g_assert_true (json_is_true (json_object_get (older_answer, "same")));
  g_assert_cmpstr (limber_json_string (older_answer, "kinds"), ==, own);
  answer = ask_digest (chain, NULL);
  g_assert_true (json_is_false (json_object_get (answer, "same")));
}

/* A newer desk has words that nobody else does: none is lost or kept apart, and all agree. */
static void
a_word_that_is_not_known_goes_through (TestChain *chain, gconstpointer data)
{
  TestPlace *places[] = { chain->central, chain->hub, chain->desk };
  g_autoptr (json_t) apart = NULL;
  g_autoptr (LimberRecord) shown = NULL;
  LimberCommon all;

  limber_common_init (&all, NULL);
  test_store_append (chain->desk->store, "appointment", &chain->appointment, &chain->patient, "{\"status^\":11,\"type\":\"by-video\"}");
  test_chain_sync (chain);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (LimberRecord) record = test_store_get (places[i]->store, "appointment", &chain->appointment);

    g_assert_cmpstr (limber_record_text (record, "type"), ==, "by-video");
    g_assert_cmpint (limber_record_integer (record, "status"), ==, 11);
  }
  g_assert_true (agrees (chain, &all, &all));
  apart = test_store_quarantine (chain->central->store);
  g_assert_cmpuint (json_array_size (apart), ==, 0);
  shown = test_store_get (chain->kiosk->store, "appointment", &chain->appointment);
  g_assert_cmpstr (limber_record_word (shown, "status"), ==, LIMBER_WORD_NEWER);
}

static void
what_is_no_word_is_kept_apart (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) apart = NULL;

  test_store_append (chain->desk->store, "appointment", &chain->appointment, &chain->patient, "{\"type\":\"a b\"}");
  test_store_append (chain->desk->store, "appointment", &chain->appointment, &chain->patient, "{\"status^\":-3}");
  test_chain_sync (chain);
  apart = test_store_quarantine (chain->central->store);
  g_assert_cmpuint (json_array_size (apart), ==, 2);
}

#define ADD(path, func) g_test_add ("/sync/skew/" path, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-an-older-device-cannot-know-is-no-difference", what_the_older_cannot_know_is_no_difference);
  ADD ("what-an-older-node-cannot-know-is-no-difference", what_an_older_node_cannot_know_is_no_difference);
  ADD ("what-one-of-them-may-know-does-not-count", what_one_of_them_may_know_does_not_count);
  ADD ("who-is-gone-takes-along-what-the-node-cannot-know", who_is_gone_takes_along_what_the_node_cannot_know);
  ADD ("a-row-that-says-nothing-is-none", a_row_that_says_nothing_is_none);
  ADD ("a-repair-leaves-what-the-node-cannot-know", a_repair_leaves_what_the_node_cannot_know);
  ADD ("a-word-that-is-not-known-goes-through", a_word_that_is_not_known_goes_through);
  ADD ("what-is-no-word-is-kept-apart", what_is_no_word_is_kept_apart);
  ADD ("an-older-device-says-what-it-knows", an_older_device_says_what_it_knows);
  return g_test_run ();
}
