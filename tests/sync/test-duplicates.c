/* Two records of one person, from a desk without a line to central and back to every screen. */
#include "limber-duplicates.h"
#include "limber-merging.h"
#include "limber-test-chain.h"

typedef struct {
  LimberId keep, other;
  gboolean undo;
} Deed;

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Deed *deed = data;

  return deed->undo ? limber_merging_undo (transaction, &deed->other, test_author_of (transaction), error) : limber_merging_merge (transaction, &deed->keep, &deed->other, TRUE, test_author_of (transaction), error);
}

static void
do_it (TestPlace *place, const LimberId *keep, const LimberId *other, gboolean undo)
{
  Deed deed = { *keep, *other, undo };
  g_autoptr (GError) error = NULL;

  limber_store_write (place->store, carry_out, &deed, &error);
  g_assert_no_error (error);
}

/* Another record of the patient, from elsewhere but of this site. */
static void
put_other (TestChain *chain, LimberId *other)
{
  g_autoptr (LimberRecord) patient = test_store_get (chain->central->store, "patient", &chain->patient);
  g_autofree char *site = limber_id_dup_text (&chain->site);

  test_id (other, "other record");
  test_store_put (chain->central->store, "patient", other, "family", limber_record_text (patient, "family"), "given", limber_record_text (patient, "given"), "born",
                  limber_record_text (patient, "born"), "site", site, "number", "00456", "provider", "Acute", NULL);
}

static void
sync_all (TestChain *chain)
{
  for (guint i = 0; i < 2; i++) {
    test_place_sync (chain->hub);
    test_place_sync (chain->desk);
    test_place_sync (chain->kiosk);
  }
  test_place_sync (chain->hub);
}

typedef struct {
  TestPlace *place;
  LimberId   task;
} Waiting;

static gboolean
has_task (gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (LimberRecord) task = test_store_get (waiting->place->store, "task", &waiting->task);

  return task != NULL;
}

static char *
status_of (TestPlace *place, const LimberId *id)
{
  g_autoptr (LimberRecord) task = test_store_get (place->store, "task", id);

  return task != NULL ? g_strdup (limber_record_word (task, "status")) : g_strdup ("none");
}

static void
assert_status (TestPlace *place, const LimberId *id, const char *status)
{
  g_autofree char *is = status_of (place, id);

  g_assert_cmpstr (is, ==, status);
}

static gboolean
count_asked (LimberReader *reader, gpointer n, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "duplicates-open", error, "");

  *(guint *) n = rows != NULL ? rows->len : 9;
  return rows != NULL;
}

static void
assert_asks (TestPlace *place, gboolean asks)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  limber_store_read (place->store, count_asked, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, asks);
}

static void
test_asked_and_answered (TestChain *chain, gconstpointer data)
{
  Waiting waiting = { chain->central, { { 0 } } };
  LimberId other;

  put_other (chain, &other);
  limber_merging_pair_id (&chain->patient, &other, &waiting.task);
  limber_node_tick (chain->central->node);
  g_assert_true (test_wait (has_task, &waiting));
  sync_all (chain);
  assert_status (chain->desk, &waiting.task, "open");
  test_net_set_fault (chain->net, HUB, TEST_NET_CUT); /* with the cable out */
  do_it (chain->desk, &chain->patient, &other, FALSE);
  assert_asks (chain->desk, FALSE);
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  sync_all (chain);
  assert_asks (chain->central, FALSE);
  do_it (chain->desk, &chain->patient, &other, TRUE);
  sync_all (chain);
  assert_asks (chain->central, TRUE);
  assert_status (chain->central, &waiting.task, "open");
}

static gboolean
at_desk (TestChain *chain)
{
  g_autoptr (LimberRecord) patient = test_store_get (chain->kiosk->store, "patient", &chain->patient);

  return limber_record_integer (patient, "at_desk") != 0;
}

/* What another record says of her reaches the kiosk though nothing of hers changed, and goes again. */
static void
test_kiosk_hears (TestChain *chain, gconstpointer data)
{
  LimberId other;

  put_other (chain, &other);
  sync_all (chain);
  g_assert_false (at_desk (chain));
  do_it (chain->desk, &chain->patient, &other, FALSE);
  sync_all (chain);
  g_assert_false (at_desk (chain));
  test_store_put (chain->central->store, "patient", &other, "died", "2026-11-01", NULL);
  sync_all (chain);
  g_assert_true (at_desk (chain));
  do_it (chain->desk, &chain->patient, &other, TRUE);
  sync_all (chain);
  g_assert_false (at_desk (chain));
}

#define ADD(name, test) g_test_add ("/sync/duplicates/" name, TestChain, NULL, test_chain_set_up, test, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("central-asks-once-and-a-desk-without-a-line-answers", test_asked_and_answered);
  g_test_add ("/sync/duplicates/a-kiosk-hears-what-another-record-of-hers-says", TestChain, "no digest", test_chain_set_up, test_kiosk_hears, test_chain_tear_down);
  return g_test_run ();
}
