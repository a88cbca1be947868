/* What a device holds when it has read to the end, with no digest to put anything right (SYNC.md rules 16 and 17). */
#include "limber-erasure-plan.h"
#include "limber-json.h"
#include "limber-scope.h"
#include "limber-status.h"
#include "limber-test-chain.h"
#include "limber-transaction-private.h"

static void
assert_holds (TestPlace *place, const char *kind, const LimberId *id, gboolean holds)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, kind, id);

  g_assert_true ((record != NULL) == holds);
}

/* Her arrival, and when she was called. */
static void
assert_came (TestPlace *place, gboolean holds)
{
  LimberId arrival, call;

  test_id (&arrival, "arrival");
  test_id (&call, "call");
  assert_holds (place, "arrival", &arrival, holds);
  assert_holds (place, "stage", &call, holds);
}

/* A second appointment on the next open day, so that the person stays; the first she came to, and was called. */
static void
come_twice (TestChain *chain, LimberId *second)
{
  g_autofree char *p = limber_id_dup_text (&chain->patient), *s = limber_id_dup_text (&chain->site), *a = limber_id_dup_text (&chain->appointment);
  LimberId arrival, call;

  test_id (second, "second appointment");
  test_id (&arrival, "arrival");
  test_id (&call, "call");
  test_store_put (chain->desk->store, "appointment", second, "patient", p, "site", s, "start", "2026-11-24T10:00:00Z", "status", "booked", NULL);
  test_store_put (chain->desk->store, "arrival", &arrival, "appointment", a, "patient", p, "round", "0", "at", "2026-11-23T09:50:00Z", "via", "desk", NULL);
  test_store_put (chain->desk->store, "stage", &call, "appointment", a, "patient", p, "round", "0", "step", "called", "at", "2026-11-23T09:59:00Z", NULL);
  test_chain_sync (chain);
  assert_holds (chain->kiosk, "appointment", &chain->appointment, TRUE);
  assert_came (chain->kiosk, TRUE);
}

static void
a_moved_appointment_takes_along_what_follows_it (TestChain *chain, gconstpointer data)
{
  LimberId second;

  come_twice (chain, &second);
  test_store_put (chain->desk->store, "appointment", &chain->appointment, "start", "2026-12-23T10:00:00Z", NULL);
  test_chain_sync (chain);
  assert_holds (chain->kiosk, "appointment", &chain->appointment, FALSE);
  assert_came (chain->kiosk, FALSE);
  assert_holds (chain->kiosk, "appointment", &second, TRUE);
  test_store_put (chain->desk->store, "appointment", &chain->appointment, "start", "2026-11-23T11:00:00Z", NULL);
  test_chain_sync (chain);
  assert_holds (chain->kiosk, "appointment", &chain->appointment, TRUE);
  assert_came (chain->kiosk, TRUE);
}

static gboolean
erase_appointment (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  TestChain *chain = data;
  g_autoptr (LimberErasurePlan) plan =
      limber_erasure_plan_new (limber_transaction_reader (transaction), limber_kind_by_name ("appointment"), &chain->appointment, NULL, FALSE, error);

  return plan != NULL && limber_erasure_plan_carry_out (transaction, plan, "asked for", &author, error);
}

static void
an_erased_appointment_takes_along_what_follows_it (TestChain *chain, gconstpointer data)
{
  LimberId second;
  g_autoptr (GError) error = NULL;

  come_twice (chain, &second);
  limber_store_write (chain->central->store, erase_appointment, chain, &error);
  g_assert_no_error (error);
  test_chain_sync (chain);
  assert_holds (chain->kiosk, "appointment", &chain->appointment, FALSE);
  assert_came (chain->kiosk, FALSE);
  assert_holds (chain->kiosk, "appointment", &second, TRUE);
  assert_came (chain->desk, TRUE);
}

static void
who_comes_again_brings_nothing_of_the_day_before (TestChain *chain, gconstpointer data)
{
  TestPlace *places[] = { chain->central, chain->hub, chain->desk, chain->kiosk };
  LimberId second;

  come_twice (chain, &second);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += G_GINT64_CONSTANT (86400000);
  test_chain_sync (chain);
  assert_holds (chain->kiosk, "appointment", &chain->appointment, FALSE);
  assert_came (chain->kiosk, FALSE);
  assert_holds (chain->kiosk, "appointment", &second, TRUE);
}

typedef struct {
  TestNet *net;
  int      before; /* requests until the one whose answer is lost */
} Losing;

static void
lose_later (LimberMessage *request, gpointer data)
{
  Losing *losing = data;

  if (losing->before-- == 0)
    test_net_set_fault (losing->net, HUB, TEST_NET_LOSE_ANSWER);
}

static gboolean
erase_person (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  TestChain *chain = data;
  g_autoptr (LimberErasurePlan) plan = limber_erasure_plan_new (limber_transaction_reader (transaction), limber_kind_by_name ("patient"), &chain->patient, NULL, TRUE, error);

  return plan != NULL && limber_erasure_plan_carry_out (transaction, plan, "asked for", &author, error);
}

static void
put_answers (TestChain *chain, const char *name, const char *status)
{
  g_autofree char *p = limber_id_dup_text (&chain->patient), *a = limber_id_dup_text (&chain->appointment), *form = NULL;
  LimberId id;

  test_id (&id, "form");
  form = limber_id_dup_text (&id);
  test_id (&id, name);
  test_store_put (chain->kiosk->store, "answers", &id, "patient", p, "appointment", a, "questionnaire", form, "url", "https://limber.example/forms/t", "version", "1", "at", "2026-11-23T09:50:00Z", "step", "0",
                  "status", status, "answers", "{}", NULL);
}

static void
assert_at_kiosk (TestChain *chain, const char *field, const char *text)
{
  g_autoptr (LimberRecord) record = test_store_get (chain->kiosk->store, "patient", &chain->patient);

  g_assert_cmpstr (limber_record_text (record, field), ==, text);
}

/* Staff read what she answered; a screen in public is told no more than that she did, and on which day. */
static void
a_screen_hears_that_she_answered_and_nothing_of_what (TestChain *chain, gconstpointer data)
{
  TestPlace *staff[] = { chain->central, chain->hub, chain->desk };
  g_autoptr (GError) error = NULL;
  LimberId form, begun, done;

  test_id (&form, "form");
  test_id (&begun, "begun");
  test_id (&done, "done");
  test_store_put (chain->central->store, "questionnaire", &form, "url", "https://limber.example/forms/t", "version", "1", "title", "T", "form", "{}", "status", "active", NULL);
  test_chain_sync (chain);
  assert_holds (chain->kiosk, "questionnaire", &form, TRUE);
  put_answers (chain, "begun", "in-progress");
  test_chain_sync (chain);
  assert_at_kiosk (chain, "answered", NULL);
  put_answers (chain, "done", "completed");
  test_chain_sync (chain);
  assert_at_kiosk (chain, "answered", "[\"https://limber.example/forms/t 2026-11-23\"]");
  for (guint i = 0; i < G_N_ELEMENTS (staff); i++) {
    assert_holds (staff[i], "answers", &begun, TRUE);
    assert_holds (staff[i], "answers", &done, TRUE);
  }
  g_assert_cmpint (test_store_count (chain->kiosk->store, "SELECT count(*) FROM answers"), ==, 0);
  limber_store_write (chain->central->store, erase_person, chain, &error);
  g_assert_no_error (error);
  test_chain_sync (chain);
  for (guint i = 0; i < G_N_ELEMENTS (staff); i++) {
    assert_holds (staff[i], "answers", &begun, FALSE);
    assert_holds (staff[i], "answers", &done, FALSE);
  }
  g_assert_cmpint (test_store_count (chain->kiosk->store, "SELECT count(*) FROM journal WHERE body LIKE '%forms/t%'"), ==, 0);
}

/* Of whom she is said to be the same as nothing is left here. */
static void
a_screen_hears_so_of_somebody_who_is_the_same_as_nobody (TestChain *chain, gconstpointer data)
{
  g_autofree char *gone = NULL;
  LimberId id;

  test_id (&id, "gone");
  gone = limber_id_dup_text (&id);
  test_store_put (chain->desk->store, "patient", &chain->patient, "merged_into", gone, NULL);
  test_chain_sync (chain);
  put_answers (chain, "done", "completed");
  test_chain_sync (chain);
  assert_at_kiosk (chain, "answered", "[\"https://limber.example/forms/t 2026-11-23\"]");
}

/* Whichever of two records of one person it was said of. */
static void
a_screen_hears_of_the_day_on_which_either_was_confirmed (TestChain *chain, gconstpointer data)
{
  g_autofree char *p = limber_id_dup_text (&chain->patient), *s = limber_id_dup_text (&chain->site);
  LimberId other;

  test_id (&other, "her other record");
  test_store_put (chain->desk->store, "patient", &other, "family", "Other", "given", "Ann", "born", "1950-01-01", "site", s, "details_confirmed", "2026-11-02", NULL);
  test_chain_sync (chain);
  assert_at_kiosk (chain, "details_on", NULL);
  test_store_put (chain->desk->store, "patient", &other, "merged_into", p, NULL);
  test_chain_sync (chain);
  assert_at_kiosk (chain, "details_on", "2026-11-02");
  test_store_put (chain->kiosk->store, "patient", &chain->patient, "details_confirmed", "2026-11-23", NULL);
  test_chain_sync (chain);
  assert_at_kiosk (chain, "details_on", "2026-11-23");
}

static void
a_task_for_another_site_leaves_the_desk_that_made_it (TestChain *chain, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&chain->other_site);
  g_autoptr (LimberClient) client = limber_client_new_full (chain->desk->store, LIMBER_TRANSPORT (chain->net));
  Losing losing = { chain->net, 2 }; /* who it is, what is offered, and then the entry */
  LimberId task;

  test_id (&task, "task");
  test_store_put (chain->desk->store, "task", &task, "about", "other", "site", other, "made", "2026-11-23T09:00:00Z", "status", "open", NULL);
  test_net_set_tamper (chain->net, lose_later, &losing);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_false (limber_client_sync_once (client, NULL, NULL));
  test_net_set_tamper (chain->net, NULL, NULL);
  assert_holds (chain->hub, "task", &task, TRUE);
  test_net_set_fault (chain->net, HUB, TEST_NET_CARRY);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  test_place_sync (chain->hub); /* it may not hold the task either, and drops it before the desk reads */
  assert_holds (chain->hub, "task", &task, FALSE);
  test_place_sync (chain->desk);
  assert_holds (chain->desk, "task", &task, FALSE);
  assert_holds (chain->central, "task", &task, TRUE);
}

/* The hub has forgotten her when it hears from the desk what was done for her; it keeps that for central, and shows nobody
 * half an appointment of nobody's. */
static void
a_late_word_about_somebody_gone_leaves_nothing_behind (TestChain *chain, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&chain->other_site);
  TestPlace *places[] = { chain->hub, chain->kiosk, chain->desk };

  test_store_put (chain->central->store, "appointment", &chain->appointment, "site", other, NULL);
  test_store_put (chain->central->store, "patient", &chain->patient, "site", other, NULL);
  test_store_put (chain->desk->store, "appointment", &chain->appointment, "status", "arrived", NULL);
  test_place_sync (chain->hub);
  assert_holds (chain->hub, "appointment", &chain->appointment, FALSE);
  test_place_sync (chain->desk);
  test_place_sync (chain->kiosk);
  for (gsize i = 0; i < 2; i++) /* not for a moment */
    assert_holds (places[i], "appointment", &chain->appointment, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    test_place_sync (places[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    assert_holds (places[i], "appointment", &chain->appointment, FALSE);
  assert_holds (chain->central, "appointment", &chain->appointment, TRUE);
}

/* She was registered here, so that the hub's journal has all that a record needs, and has moved since. */
static void
a_late_word_brings_nobody_back (TestChain *chain, gconstpointer data)
{
  g_autofree char *here = limber_id_dup_text (&chain->site), *other = limber_id_dup_text (&chain->other_site);
  LimberId mover;

  test_id (&mover, "mover");
  test_store_put (chain->desk->store, "patient", &mover, "family", "Ames", "given", "Joy", "born", "1950-01-02", "site", here, NULL);
  test_chain_sync (chain);
  assert_holds (chain->hub, "patient", &mover, TRUE); /* one whom it did not know it takes at a device's word */
  test_store_put (chain->central->store, "patient", &mover, "family", "Amis", "site", other, NULL);
  test_place_sync (chain->hub);
  assert_holds (chain->hub, "patient", &mover, FALSE);
  test_store_put (chain->desk->store, "patient", &mover, "mobile", "07700900126", NULL);
  test_place_sync (chain->desk);
  assert_holds (chain->hub, "patient", &mover, FALSE);
  assert_holds (chain->desk, "patient", &mover, FALSE);
  test_place_sync (chain->hub);
  assert_holds (chain->central, "patient", &mover, TRUE);
  test_store_put (chain->central->store, "patient", &mover, "site", here, NULL);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  assert_holds (chain->desk, "patient", &mover, TRUE);
}

typedef struct {
  LimberGroup group;
  LimberId    patient;
} Stranger;

static gboolean
tell_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Stranger *stranger = data;
  gint64 group;

  return limber_scope_open (transaction, &stranger->group, &group, error) && limber_scope_out (transaction, group, &stranger->patient, error);
}

/* A hub that was put back has heard from one device of somebody whom another has registered; who wrote about her was told to
 * forget her. With the cable out, the other's word is all that there is. */
static void
a_hub_that_never_knew_her_takes_her (TestChain *chain, gconstpointer data)
{
  g_autofree char *here = limber_id_dup_text (&chain->site);
  Stranger stranger = { { LIMBER_CLASS_DESK, chain->site } };

  test_id (&stranger.patient, "newcomer");
  test_chain_sync (chain);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  g_assert_true (limber_store_write (chain->hub->store, tell_out, &stranger, NULL));
  test_store_put (chain->desk->store, "patient", &stranger.patient, "family", "Ames", "given", "Joy", "born", "1950-01-02", "site", here, NULL);
  test_place_sync (chain->desk);
  assert_holds (chain->hub, "patient", &stranger.patient, TRUE);
  assert_holds (chain->desk, "patient", &stranger.patient, TRUE);
}

typedef struct {
  const LimberId *patient;
  json_t         *list; /* (owned) */
} Holders;

static gboolean
read_holders (LimberReader *reader, gpointer data, GError **error)
{
  Holders *holders = data;

  holders->list = limber_holders_json (reader, holders->patient, error);
  return holders->list != NULL;
}

/* @state: (nullable): %NULL for one of whom @node has nothing to say */
static void
assert_state (TestChain *chain, TestPlace *node, TestPlace *place, const char *state)
{
  g_autofree char *device = limber_id_dup_text (&limber_store_identity (place->store)->device);
  Holders holders = { &chain->patient, NULL };
  const char *found = NULL;

  g_assert_true (limber_store_read (node->store, read_holders, &holders, NULL));
  for (gsize i = 0; i < json_array_size (holders.list); i++) {
    const json_t *one = json_array_get (holders.list, i);

    if (!g_str_equal (limber_json_string (one, "device"), device))
      continue;
    found = limber_json_string (one, "state");
    g_assert_true ((limber_json_string (one, "at") != NULL) == g_str_equal (found, "forgot"));
  }
  g_assert_cmpstr (found, ==, state);
  json_decref (holders.list);
}

/* A device has forgotten her when it reads on from beyond that, and not when it was told. */
static void
it_is_known_who_has_forgotten_her (TestChain *chain, gconstpointer data)
{
  g_autofree char *here = limber_id_dup_text (&chain->site), *other = limber_id_dup_text (&chain->other_site);
  TestPlace *places[] = { chain->hub, chain->desk, chain->kiosk };

  test_chain_sync (chain);
  assert_state (chain, chain->central, chain->hub, "holds");
  assert_state (chain, chain->central, chain->desk, NULL); /* it asks the hub */
  assert_state (chain, chain->hub, chain->desk, "holds");
  test_store_put (chain->central->store, "appointment", &chain->appointment, "site", other, NULL);
  test_store_put (chain->central->store, "patient", &chain->patient, "site", other, NULL);
  assert_state (chain, chain->central, chain->hub, "told");
  test_place_sync (chain->hub);
  assert_state (chain, chain->hub, chain->desk, "told");
  assert_state (chain, chain->hub, chain->kiosk, "told");
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    test_place_sync (places[i]);
  assert_state (chain, chain->hub, chain->desk, "told");
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    test_place_sync (places[i]);
  assert_state (chain, chain->central, chain->hub, "forgot");
  assert_state (chain, chain->hub, chain->desk, "forgot");
  assert_state (chain, chain->hub, chain->kiosk, "forgot");
  test_store_put (chain->central->store, "patient", &chain->patient, "site", here, NULL);
  test_place_sync (chain->hub);
  assert_state (chain, chain->central, chain->hub, "holds");
  assert_state (chain, chain->hub, chain->desk, "holds");
  test_store_put (chain->central->store, "patient", &chain->patient, "site", other, NULL);
  assert_state (chain, chain->central, chain->hub, "told"); /* the receipt was for the time before */
}

/* Nobody waits for the next change: a device compares once it has read. */
static void
who_compares_is_known_to_have_forgotten (TestChain *chain, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&chain->other_site);

  test_chain_sync (chain);
  test_store_put (chain->central->store, "appointment", &chain->appointment, "site", other, NULL);
  test_store_put (chain->central->store, "patient", &chain->patient, "site", other, NULL);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  assert_state (chain, chain->central, chain->hub, "forgot");
  assert_state (chain, chain->hub, chain->desk, "forgot");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/scope/" name, TestChain, "bare", test_chain_set_up, func, test_chain_tear_down)
  ADD ("a moved appointment takes its arrival along", a_moved_appointment_takes_along_what_follows_it);
  ADD ("an erased appointment takes its arrival along", an_erased_appointment_takes_along_what_follows_it);
  ADD ("who comes again brings nothing of the day before", who_comes_again_brings_nothing_of_the_day_before);
  ADD ("a screen hears that she answered and nothing of what", a_screen_hears_that_she_answered_and_nothing_of_what);
  ADD ("a screen hears so of somebody who is the same as nobody", a_screen_hears_so_of_somebody_who_is_the_same_as_nobody);
  ADD ("a screen hears of the day on which either was confirmed", a_screen_hears_of_the_day_on_which_either_was_confirmed);
  ADD ("a task for another site leaves the desk that made it", a_task_for_another_site_leaves_the_desk_that_made_it);
  ADD ("a late word about somebody gone leaves nothing behind", a_late_word_about_somebody_gone_leaves_nothing_behind);
  ADD ("a late word brings nobody back", a_late_word_brings_nobody_back);
  ADD ("a hub that never knew her takes her", a_hub_that_never_knew_her_takes_her);
  ADD ("it is known who has forgotten her", it_is_known_who_has_forgotten_her);
  g_test_add ("/sync/scope/who compares is known to have forgotten", TestChain, NULL, test_chain_set_up, who_compares_is_known_to_have_forgotten, test_chain_tear_down);
  return g_test_run ();
}
