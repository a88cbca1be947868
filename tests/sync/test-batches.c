/* What takes many messages: batches that are made ahead, pages that are asked for ahead. */
#include <string.h>

#include "limber-canary.h"
#include "limber-json.h"
#include "limber-pusher.h"
#include "limber-test-chain.h"

static void
set_up (TestChain *chain, gconstpointer data)
{
  test_chain_set_up (chain, data);
  test_chain_sync (chain);
}

static void
tear_down (TestChain *chain, gconstpointer data)
{
  limber_canary_few = 0;
  test_chain_tear_down (chain, data);
}

static void
put_people (TestPlace *place, const LimberId *site, guint from, guint to)
{
  g_autofree char *where = limber_id_dup_text (site);

  for (guint i = from; i < to; i++) {
    g_autofree char *name = g_strdup_printf ("person %u", i);
    LimberId id;

    test_id (&id, name);
    test_store_put (place->store, "patient", &id, "family", "Ames", "given", "Joy", "born", "1950-01-02", "site", where, NULL);
  }
}

static gint64
people (TestPlace *place)
{
  return test_store_count (place->store, "SELECT count(*) FROM patient WHERE family='Ames'");
}

static void
count_pushes (LimberMessage *request, gpointer data)
{
  *(guint *) data += g_str_has_suffix (request->path, "/push");
}

static void
each_entry_goes_once (TestChain *chain, gconstpointer data)
{
  guint usual = 0, pushes = 0;

  test_net_set_tamper (chain->net, count_pushes, &usual);
  test_place_sync (chain->desk);
  limber_canary_few = 3;
  put_people (chain->desk, &chain->site, 0, 20);
  test_net_set_tamper (chain->net, count_pushes, &pushes);
  test_place_sync (chain->desk);
  g_assert_cmpuint (pushes, ==, usual + 7);
  g_assert_cmpint (people (chain->hub), ==, 20);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT count(*) FROM quarantine"), ==, 0);
  test_store_assert_sound (chain->hub->store);
}

static void
what_is_kept_apart_holds_up_nothing (TestChain *chain, gconstpointer data)
{
  LimberId wrong;

  limber_canary_few = 2;
  test_id (&wrong, "wrong");
  put_people (chain->desk, &chain->site, 0, 5);
  test_store_append (chain->desk->store, "patient", &wrong, &wrong, "{\"born\":7}");
  put_people (chain->desk, &chain->site, 5, 12);
  test_place_sync (chain->desk);
  g_assert_cmpint (people (chain->hub), ==, 12);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT count(*) FROM quarantine"), ==, 1);
  g_assert_cmpint (test_store_count (chain->desk->store, "SELECT count(*) FROM quarantine"), ==, 1);
}

typedef struct {
  TestNet *net;
  guint    pushes; /* to be let through before the answers are lost */
} Lose;

static void
lose_later (LimberMessage *request, gpointer data)
{
  Lose *lose = data;

  if (!g_str_has_suffix (request->path, "/push") || lose->pushes-- > 0)
    return;
  test_net_set_tamper (lose->net, NULL, NULL);
  test_net_set_fault (lose->net, HUB, TEST_NET_LOSE_ANSWER);
  test_net_set_fault (lose->net, CENTRAL, TEST_NET_CUT);
}

static void
a_lost_answer_loses_nothing (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;
  Lose lose = { chain->net, 4 };

  limber_canary_few = 2;
  put_people (chain->desk, &chain->site, 0, 15);
  test_net_set_tamper (chain->net, lose_later, &lose);
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  g_assert_cmpint (people (chain->hub), >, 4);
  g_assert_cmpint (people (chain->hub), <, 15);
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  test_place_sync (chain->desk);
  g_assert_cmpint (people (chain->hub), ==, 15);
  test_store_assert_sound (chain->hub->store);
}

static void
many_pages_come_whole (TestChain *chain, gconstpointer data)
{
  limber_canary_few = 3;
  put_people (chain->hub, &chain->site, 0, 40);
  test_place_sync (chain->desk);
  g_assert_cmpint (people (chain->desk), ==, 40);
  put_people (chain->hub, &chain->site, 40, 50);
  put_people (chain->desk, &chain->site, 50, 60);
  test_place_sync (chain->desk);
  g_assert_cmpint (people (chain->desk), ==, 60);
  g_assert_cmpint (people (chain->hub), ==, 60);
}

static void
a_page_that_does_not_come_is_asked_for_again (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  g_autoptr (GError) error = NULL;

  limber_canary_few = 3;
  put_people (chain->hub, &chain->site, 0, 40);
  test_net_set_fault (chain->net, HUB, TEST_NET_LOSE_ANSWER);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_false (limber_client_sync_once (client, NULL, &error));
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  test_place_sync (chain->desk);
  g_assert_cmpint (people (chain->desk), ==, 40);
}

/* Whoever asks for what comes after somebody's going says by it that he has let go of her. */
static void
assert_has_let_go (LimberMessage *request, gpointer data)
{
  TestChain *chain = data;
  const char *cursor = request->query != NULL && g_str_has_suffix (request->path, "/pull") ? strchr (request->query, '.') : NULL;
  gint64 out = test_store_count (chain->hub->store, "SELECT max(seq) FROM membership WHERE state<>1"), at = cursor != NULL ? g_ascii_strtoll (cursor + 1, NULL, 10) : 0;
  g_autoptr (LimberRecord) held = test_store_get (chain->desk->store, "patient", &chain->patient);

  g_assert_true (at < out || held == NULL);
}

static void
who_lets_go_says_so_afterwards (TestChain *chain, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&chain->other_site);

  limber_canary_few = 3;
  put_people (chain->hub, &chain->site, 0, 10);
  test_store_put (chain->hub->store, "appointment", &chain->appointment, "site", other, NULL);
  test_store_put (chain->hub->store, "patient", &chain->patient, "site", other, NULL);
  put_people (chain->hub, &chain->site, 10, 20);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT max(seq) FROM membership WHERE state<>1"), >, 0);
  test_net_set_tamper (chain->net, assert_has_let_go, chain);
  test_place_sync (chain->desk);
  test_net_set_tamper (chain->net, NULL, NULL);
  g_assert_null (test_store_get (chain->desk->store, "patient", &chain->patient));
  g_assert_cmpint (people (chain->desk), ==, 20);
}

/* Another machine with a copy of this store wrote as many entries in the same epoch: that central has those says nothing of ours. */
static void
a_mark_of_a_branch_is_not_ours (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberPusher) pusher = limber_pusher_new ();
  g_autoptr (GArray) pieces = g_array_new (FALSE, TRUE, sizeof (LimberPiece));
  LimberPiece piece = { .n = 1, .origin = { "epoch" }, .first = 1, .tip = 5 };
  LimberMark mark = { .received = { piece.origin, 5 } };

  test_id (&piece.tip_id, "ours");
  g_array_append_val (pieces, piece);
  limber_pusher_set_pieces (pusher, pieces);
  for (int ours = 0; ours < 2; ours++) {
    g_autoptr (json_t) marks = json_array ();

    test_id (&mark.received.id, ours ? "ours" : "theirs");
    json_array_append_new (marks, limber_heads_mark_to_json (&mark));
    limber_pusher_note_marks (pusher, marks);
    g_assert_cmpint (limber_pusher_lacking (pusher), ==, ours ? 0 : 5);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/batches/" name, TestChain, NULL, set_up, func, tear_down)
  ADD ("each entry goes once", each_entry_goes_once);
  ADD ("what is kept apart holds up nothing", what_is_kept_apart_holds_up_nothing);
  ADD ("a lost answer loses nothing", a_lost_answer_loses_nothing);
  ADD ("many pages come whole", many_pages_come_whole);
  ADD ("a page that does not come is asked for again", a_page_that_does_not_come_is_asked_for_again);
  ADD ("a mark of a branch is not ours", a_mark_of_a_branch_is_not_ours);
  ADD ("who lets go says so afterwards", who_lets_go_says_so_afterwards);
  return g_test_run ();
}
