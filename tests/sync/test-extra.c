/* What nobody on the way knows: kinds and fields of a newer program, over a network of older ones (SYNC.md rule 6). */
#include <string.h>

#include "limber-feed.h"
#include "limber-json.h"
#include "limber-journal.h"
#include "limber-status.h"
#include "limber-test-chain.h"
#include "limber-transaction-private.h"

#define SECOND "test://second"

/* The chain, and a second hub at another site. */
typedef struct {
  TestChain  chain;
  TestPlace *second;
  LimberId   plan, notice;
} Net;

static void
set_up (Net *net, gconstpointer data)
{
  test_chain_set_up (&net->chain, data);
  net->second = test_place_join (net->chain.net, net->chain.central, LIMBER_CLASS_HUB, &net->chain.other_site, SECOND);
  test_place_sync (net->second);
  test_id (&net->plan, "plan");
  test_id (&net->notice, "notice");
}

static void
tear_down (Net *net, gconstpointer data)
{
  test_place_free (net->second);
  test_chain_tear_down (&net->chain, data);
}

static void
sync_all (Net *net)
{
  test_chain_sync (&net->chain);
  test_place_sync (net->second);
  test_place_sync (net->chain.hub);
}

/* Whatever the store holds of what it does not know, as one text. */
static char *
extras_of (TestPlace *place)
{
  g_autofree char *path = g_build_filename (place->dir, "store", "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, place->env, NULL);
  g_autoptr (LimberStatement) statement = limber_database_bound (database, NULL, "SELECT group_concat(t, ' ') FROM (SELECT kind || fields AS t FROM extra ORDER BY kind)", "");
  char *text;

  g_assert_cmpint (limber_statement_step (statement, NULL), ==, 1);
  text = limber_statement_dup_text (statement, 0);
  return text != NULL ? text : g_strdup ("");
}

static void
assert_extras (TestPlace *place, const char *expected)
{
  g_autofree char *text = extras_of (place);

  g_assert_cmpstr (text, ==, expected);
}

/* What central thinks that a hub holds, and what it does hold. */
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

static gboolean
agrees (Net *net, TestPlace *hub, const LimberId *site)
{
  Digest own = { .group = { LIMBER_CLASS_HUB, *site } }, central;

  limber_common_init (&own.common, NULL);
  central = own;
  g_assert_true (limber_store_read (hub->store, read_own, &own, NULL));
  g_assert_true (limber_store_read (net->chain.central->store, read_group, &central, NULL));
  return memcmp (&own.digest, &central.digest, sizeof own.digest) == 0;
}

#define PLAN "plan{\"goal\":\"to w\\u00e4lk, \\\"far\\\"\",\"stage^\":17}"
#define COLOUR "patient{\"colour\":[1,{\"a\":null}]}"

static void
write_unknown (Net *net)
{
  test_store_append (net->chain.desk->store, "plan", &net->plan, &net->chain.patient, "{\"goal\":\"to w\\u00e4lk, \\\"far\\\"\",\"stage^\":17}");
  test_store_append (net->chain.desk->store, "patient", &net->chain.patient, &net->chain.patient, "{\"title\":\"Dr\",\"colour\":[1,{\"a\":null}]}");
  test_store_append (net->chain.kiosk->store, "notice", &net->notice, NULL, "{\"text!\":\"wet floor\"}");
}

static void
book_at_other_site (Net *net, const char *field, const LimberId *site)
{
  g_autofree char *patient = limber_id_dup_text (&net->chain.patient), *text = limber_id_dup_text (site);
  LimberId id;

  test_id (&id, "second appointment");
  test_store_put (net->chain.central->store, "appointment", &id, "patient", patient, "site", text, "start", "2026-11-24T10:00:00Z", "status", "booked", NULL);
}

/* Up to central, and down to the hubs that may hold it; no desk and no kiosk is told. */
static void
goes_up_and_down_as_it_was (Net *net, gconstpointer data)
{
  TestPlace *other_desk = test_place_join (net->chain.net, net->second, LIMBER_CLASS_DESK, &net->chain.other_site, NULL);

  write_unknown (net);
  sync_all (net);
  assert_extras (net->chain.hub, "notice{\"text!\":\"wet floor\"} " COLOUR " " PLAN);
  assert_extras (net->chain.central, "notice{\"text!\":\"wet floor\"} " COLOUR " " PLAN);
  assert_extras (net->second, "notice{\"text!\":\"wet floor\"}"); /* she is not expected there */
  book_at_other_site (net, "site", &net->chain.other_site);
  sync_all (net);
  test_place_sync (other_desk);
  assert_extras (net->second, "notice{\"text!\":\"wet floor\"} " COLOUR " " PLAN);
  assert_extras (net->chain.desk, "");
  assert_extras (net->chain.kiosk, "");
  assert_extras (other_desk, "");
  g_assert_true (agrees (net, net->chain.hub, &net->chain.site));
  g_assert_true (agrees (net, net->second, &net->chain.other_site));
  book_at_other_site (net, "site", &net->chain.site);
  sync_all (net);
  assert_extras (net->second, "notice{\"text!\":\"wet floor\"}");
  g_assert_true (agrees (net, net->second, &net->chain.other_site));
  test_place_free (other_desk);
}

/* The first edit came to central by one hub, the second by the other. */
static void
edits_meet_at_central (Net *net, gconstpointer data)
{
  TestPlace *other_desk = test_place_join (net->chain.net, net->second, LIMBER_CLASS_DESK, &net->chain.other_site, NULL);

  test_store_append (net->chain.desk->store, "notice", &net->notice, NULL, "{\"text!\":\"wet floor\",\"stage^\":3,\"place\":\"hall\"}");
  other_desk->clock.now += 60000;
  test_store_append (other_desk->store, "notice", &net->notice, NULL, "{\"text!\":\"dry floor\",\"stage^\":2,\"place\":\"ward\"}");
  test_place_sync (other_desk);
  test_place_sync (net->second);
  sync_all (net);
  assert_extras (net->chain.central, "notice{\"place\":\"ward\",\"stage^\":3,\"text!\":\"wet floor\"}");
  assert_extras (net->chain.hub, "notice{\"place\":\"ward\",\"stage^\":3,\"text!\":\"wet floor\"}");
  assert_extras (net->second, "notice{\"place\":\"ward\",\"stage^\":3,\"text!\":\"wet floor\"}");
  test_place_free (other_desk);
}

static void
a_hub_is_put_right (Net *net, gconstpointer data)
{
  write_unknown (net);
  sync_all (net);
  test_store_tamper (net->chain.hub->store, "UPDATE extra SET fields='{\"text!\":\"no floor\"}', digest=zeroblob(16) WHERE kind='notice'");
  test_store_tamper (net->chain.hub->store, "UPDATE extra SET kind='plant', digest=zeroblob(16) WHERE kind='plan'"); /* one too many, one too few */
  g_assert_false (agrees (net, net->chain.hub, &net->chain.site));
  test_place_sync (net->chain.hub);
  assert_extras (net->chain.hub, "notice{\"text!\":\"wet floor\"} " COLOUR " " PLAN);
  g_assert_true (agrees (net, net->chain.hub, &net->chain.site));
}

static gint64
count (TestPlace *place, const char *sql)
{
  g_autofree char *path = g_build_filename (place->dir, "store", "store.db", NULL);
  g_autoptr (LimberDatabase) database = limber_database_open (path, FALSE, place->env, NULL);

  return limber_database_integer (database, -1, sql, "");
}

/* Central has lost an entry, and whoever wrote it is away. */
static void
what_central_lost_is_offered (Net *net, gconstpointer data)
{
  write_unknown (net);
  sync_all (net);
  test_store_tamper (net->chain.central->store, "DELETE FROM extra WHERE kind='notice'");
  test_store_tamper (net->chain.central->store, "DELETE FROM journal WHERE body LIKE '%wet floor%'");
  test_store_put (net->chain.central->store, "site", &net->chain.site, "name", "Harrow again", NULL);
  test_place_sync (net->second);
  test_place_sync (net->second);
  assert_extras (net->second, "");
  g_assert_cmpint (count (net->chain.central, "SELECT count(*) FROM quarantine JOIN journal USING(key) WHERE reason='recovered' AND body='{\"text!\":\"wet floor\"}'"), ==, 1);
}

/* Central is older than the hub: what it does not know is merged as a row by who does. */
static void
who_knows_it_merges_it (Net *net, gconstpointer data)
{
  write_unknown (net);
  sync_all (net);
  test_store_tamper (net->chain.central->store, "UPDATE extra SET fields=replace(fields, 'colour\":[1,{\"a\":null}]', 'email\":\"a@example.org\"')");
  test_place_close (net->second);
  test_place_free (net->second);
  net->second = test_place_join (net->chain.net, net->chain.central, LIMBER_CLASS_HUB, &net->chain.site, SECOND);
  test_net_set_compare (net->chain.net, FALSE);
  test_place_sync (net->second);
  assert_extras (net->second, "notice{\"text!\":\"wet floor\"} " PLAN);
  {
    g_autoptr (LimberRecord) patient = test_store_get (net->second->store, "patient", &net->chain.patient);

    g_assert_cmpstr (limber_record_text (patient, "email"), ==, "a@example.org");
    g_assert_cmpstr (limber_record_text (patient, "family"), ==, "Canarywood");
  }
}

static gboolean
has_notice (gpointer hub)
{
  g_autofree char *text = extras_of (hub);

  return g_str_equal (text, "notice{\"text!\":\"wet floor\"}");
}

static gboolean
forget_email (LimberTransaction *transaction, gpointer data, GError **error)
{
  const LimberId *id = data;
  g_autoptr (LimberRecord) record = limber_reader_get (&transaction->reader, "patient", id, error);

  if (record == NULL)
    return FALSE;
  limber_record_unset (record, (guint) limber_kind_field (record->kind, "email"));
  return limber_transaction_save_row (transaction, record, limber_database_thing (transaction->reader.database, id, FALSE, NULL), error) &&
         limber_transaction_set_meta (transaction, "kinds", "fewer", error);
}

/* An older desk passed over a field; a newer program takes over its store. */
static void
who_learns_reads_it_again (Net *net, gconstpointer data)
{
  TestPlace *desk = net->chain.desk;
  g_autoptr (LimberRecord) patient = NULL;

  test_store_put (net->chain.central->store, "patient", &net->chain.patient, "email", "a@example.org", NULL);
  sync_all (net);
  g_assert_true (limber_store_write (desk->store, forget_email, &net->chain.patient, NULL));
  test_place_close (desk);
  test_place_open (desk);
  test_place_sync (desk);
  patient = test_store_get (desk->store, "patient", &net->chain.patient);
  g_assert_cmpstr (limber_record_text (patient, "email"), ==, "a@example.org");
}

/* Listening, not only asking. */
static void
a_hub_is_woken (Net *net, gconstpointer data)
{
  test_chain_start (&net->chain);
  test_store_append (net->chain.central->store, "notice", &net->notice, NULL, "{\"text!\":\"wet floor\"}");
  g_assert_true (test_wait (has_notice, net->chain.hub));
}

#define ADD(path, func, compare) g_test_add ("/sync/extra/" path, Net, compare, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("goes-up-and-down-as-it-was-and-to-nodes-alone", goes_up_and_down_as_it_was, NULL);
  ADD ("goes-up-and-down-without-digests-too", goes_up_and_down_as_it_was, "no digests");
  ADD ("edits-of-what-nobody-knows-meet-at-central", edits_meet_at_central, NULL);
  ADD ("a-hub-that-was-tampered-with-is-put-right", a_hub_is_put_right, NULL);
  ADD ("what-central-lost-is-offered-to-it", what_central_lost_is_offered, NULL);
  ADD ("who-knows-it-merges-it-as-a-row", who_knows_it_merges_it, NULL);
  ADD ("who-learns-a-field-reads-it-again", who_learns_reads_it_again, "no digests");
  ADD ("a-hub-that-listens-is-woken", a_hub_is_woken, NULL);
  return g_test_run ();
}
