/* What reaches a waiting-room screen of whom a desk calls, with no digest to put anything right. */
#include <string.h>

#include "limber-changes.h"
#include "limber-check-in.h"
#include "limber-date.h"
#include "limber-desk.h"
#include "limber-error.h"
#include "limber-expiry.h"
#include "limber-notice.h"
#include "limber-stage.h"
#include "limber-test-chain.h"

typedef struct {
  TestChain  chain;
  TestPlace *board;
} Fixture;

typedef gboolean (*Deed) (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);

typedef struct {
  Deed     deed;
  LimberId appointment;
} Doing;

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Doing *doing = data;

  return doing->deed (transaction, &doing->appointment, 0, test_author_of (transaction), error);
}

static void
pass (Fixture *fixture, gint64 milliseconds)
{
  TestPlace *places[] = { fixture->chain.central, fixture->chain.hub, fixture->chain.desk, fixture->chain.kiosk, fixture->board };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += milliseconds;
}

/* Has the desk do something now, without telling anybody yet. */
static void
act (Fixture *fixture, Deed deed)
{
  g_autoptr (GError) error = NULL;

  pass (fixture, 1000);
  limber_store_write (fixture->chain.desk->store, carry_out, &(Doing){ deed, fixture->chain.appointment }, &error);
  g_assert_no_error (error);
}

static void
sync_all (Fixture *fixture)
{
  test_chain_sync (&fixture->chain);
  test_place_sync (fixture->board);
}

static void
act_and_tell (Fixture *fixture, Deed deed)
{
  act (fixture, deed);
  sync_all (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *site = NULL, *place = NULL;
  LimberId room;

  test_chain_set_up (chain, data);
  fixture->board = test_place_join (chain->net, chain->hub, LIMBER_CLASS_BOARD, &chain->site, NULL);
  test_id (&room, "room");
  site = limber_id_dup_text (&chain->site);
  place = limber_id_dup_text (&room);
  test_store_put (chain->central->store, "site", &chain->site, "call_by", "name", NULL);
  test_store_put (chain->central->store, "place", &room, "site", site, "name", "Room 2", NULL);
  test_store_put (chain->central->store, "appointment", &chain->appointment, "place", place, NULL);
  sync_all (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_place_free (fixture->board);
  test_chain_tear_down (&fixture->chain, data);
}

static gboolean
collect (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (data, limber_record_copy (record));
  return TRUE;
}

static gboolean
list_calls (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "call", NULL, NULL, collect, data, error);
}

/* Every call that the board holds. */
static GPtrArray *
calls (Fixture *fixture)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);

  g_assert_true (limber_store_read (fixture->board->store, list_calls, all, NULL));
  return all;
}

/* @shown: (nullable): what the board's only call shows; %NULL where it holds none */
static void
assert_shown (Fixture *fixture, const char *shown, gboolean gone_in)
{
  g_autoptr (GPtrArray) all = calls (fixture);
  LimberRecord *call = all->len > 0 ? g_ptr_array_index (all, 0) : NULL;

  g_assert_cmpuint (all->len, ==, shown != NULL);
  if (call == NULL)
    return;
  g_assert_cmpstr (limber_record_text (call, "shown"), ==, shown);
  g_assert_cmpstr (limber_record_text (call, "place_name"), ==, "Room 2");
  g_assert_cmpint (limber_record_integer (call, "gone_in"), ==, gone_in);
}

static void
assert_not_in (TestPlace *place, const char *file, const char *words)
{
  g_autofree char *path = g_build_filename (place->dir, file, NULL), *bytes = NULL;
  gsize length;

  if (g_file_get_contents (path, &bytes, &length, NULL))
    g_assert_null (memmem (bytes, length, words, strlen (words)));
}

static void
a_call_shows_first_name_initial_and_room (Fixture *fixture, gconstpointer data)
{
  static const char *const canaries[] = { "Canarywood", "CANARYWOOD", "1961-04-09", "9990000026", "07700900123", "Canary Lane", "HA1 1AA" };
  LimberRecord *call;
  g_autoptr (GPtrArray) all = NULL;

  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  assert_shown (fixture, "Moira C.", FALSE);
  all = calls (fixture);
  call = g_ptr_array_index (all, 0);
  g_assert_cmpint (limber_record_integer (call, "numbered"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (canaries); i++) {
    assert_not_in (fixture->board, "store.db", canaries[i]);
    assert_not_in (fixture->board, "store.db-wal", canaries[i]);
  }
}

static void
assert_holds_none (Fixture *fixture, const char *kind, const LimberId *id)
{
  g_autoptr (LimberRecord) record = test_store_get (fixture->board->store, kind, id);

  g_assert_null (record);
}

static void
it_holds_nobody_and_no_appointment (Fixture *fixture, gconstpointer data)
{
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  assert_holds_none (fixture, "patient", &fixture->chain.patient);
  assert_holds_none (fixture, "appointment", &fixture->chain.appointment);
}

static void
what_is_taken_back_is_gone (Fixture *fixture, gconstpointer data)
{
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  act_and_tell (fixture, limber_desk_undo);
  assert_shown (fixture, NULL, FALSE);
  act_and_tell (fixture, limber_desk_call);
  assert_shown (fixture, "Moira C.", FALSE);
}

static void
going_in_is_told_and_its_undo_too (Fixture *fixture, gconstpointer data)
{
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  act_and_tell (fixture, limber_desk_with_clinician);
  assert_shown (fixture, "Moira C.", TRUE);
  act_and_tell (fixture, limber_desk_undo);
  assert_shown (fixture, "Moira C.", FALSE);
}

static void
called_again_is_a_call_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;

  act (fixture, limber_desk_check_in);
  act (fixture, limber_desk_call);
  act_and_tell (fixture, limber_desk_call);
  all = calls (fixture);
  g_assert_cmpuint (all->len, ==, 2);
}

static void
the_stricter_choice_counts (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *site, *person, *restricted, *shown; } cases[] = {
    { "name", "", "", "Moira C." }, { "name", "name", "", "Moira C." }, { "name", "number", "", "Z1" }, { "name", "fetch", "", NULL },
    { "name", "name", "true", "Z1" },   { "number", "", "", "Z1" },       { "number", "name", "", "Z1" }, { "number", "fetch", "", NULL },
    { "", "name", "", NULL },
  };
  TestChain *chain = &fixture->chain;

  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    test_store_put (chain->central->store, "site", &chain->site, "call_by", cases[i].site, NULL);
    test_store_put (chain->central->store, "patient", &chain->patient, "call_by", cases[i].person, "restricted", cases[i].restricted, NULL);
    sync_all (fixture);
    assert_shown (fixture, cases[i].shown, FALSE);
  }
}

static void
another_record_of_hers_can_be_stricter (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *same = limber_id_dup_text (&chain->patient);
  LimberId other;

  test_id (&other, "other record");
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  test_store_put (chain->central->store, "patient", &other, "family", "Canarywood", "given", "Moira", "born", "1961-04-09", "call_by", "number", "merged_into", same, NULL);
  sync_all (fixture);
  assert_shown (fixture, "Z1", FALSE);
}

/* So many at once that the store does not keep which they were. */
static gboolean
change_many (LimberTransaction *transaction, gpointer data, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (LimberEdit) stricter = limber_edit_new ("patient", &fixture->chain.patient);

  limber_edit_set_text (stricter, "call_by", "number");
  if (!limber_transaction_edit (transaction, stricter, test_author_of (transaction), error))
    return FALSE;
  for (guint i = 0; i < LIMBER_CHANGES_KEPT; i++) {
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    limber_id_init_new (&id, limber_transaction_env (transaction));
    edit = limber_edit_new ("place", &id);
    limber_edit_set_id (edit, "site", &fixture->chain.site);
    limber_edit_set_text (edit, "name", "Room");
    if (!limber_transaction_edit (transaction, edit, test_author_of (transaction), error))
      return FALSE;
  }
  return TRUE;
}

static void
a_choice_among_many_changes_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  assert_shown (fixture, "Moira C.", FALSE);
  limber_store_write (fixture->chain.hub->store, change_many, fixture, &error);
  g_assert_no_error (error);
  test_place_sync (fixture->board);
  assert_shown (fixture, "Z1", FALSE);
}

static void
at_the_end_of_the_day_nothing_is_left (Fixture *fixture, gconstpointer data)
{
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  pass (fixture, 24 * 60 * 60 * 1000);
  sync_all (fixture);
  assert_shown (fixture, NULL, FALSE);
  assert_not_in (fixture->board, "store.db", "Moira");
}

/* The visit is on the next day now, and the call of this one stays in the node's records. */
static void
of_a_visit_that_was_moved_nothing_is_left_either (Fixture *fixture, gconstpointer data)
{
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  test_store_put (fixture->chain.desk->store, "appointment", &fixture->chain.appointment, "start", "2026-11-24T09:10:00Z", NULL);
  sync_all (fixture);
  assert_shown (fixture, "Moira C.", FALSE); /* of the next open day, and called a moment ago */
  pass (fixture, 24 * 60 * 60 * 1000);
  sync_all (fixture);
  assert_shown (fixture, NULL, FALSE);
  test_net_set_compare (fixture->chain.net, TRUE);
  test_place_sync (fixture->board);
  assert_shown (fixture, NULL, FALSE);
}

static gboolean
holds_no_call (gpointer data)
{
  g_autoptr (GPtrArray) all = calls (data);

  return all->len == 0;
}

/* Where its node cannot be reached either. */
static void
cut_off_it_forgets_by_itself (Fixture *fixture, gconstpointer data)
{
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  assert_shown (fixture, "Moira C.", FALSE);
  test_net_set_fault (fixture->chain.net, HUB, TEST_NET_CUT);
  pass (fixture, 24 * 60 * 60 * 1000);
  limber_expiry_when_due (fixture->board->store);
  g_assert_true (test_wait (holds_no_call, fixture));
  assert_not_in (fixture->board, "store.db", "Moira");
}

static gboolean
write_call (LimberTransaction *transaction, gpointer data, GError **error)
{
  Fixture *fixture = data;
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("call", &id);
  limber_edit_set_id (edit, "appointment", &fixture->chain.appointment);
  limber_edit_set_id (edit, "patient", &fixture->chain.patient);
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

static void
it_calls_nobody_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_write (fixture->board->store, write_call, fixture, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
}

/* Puts somebody else on the list. */
static void
expect_another (Fixture *fixture, const char *name, const char *family, const char *start, LimberId *appointment)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *site = limber_id_dup_text (&chain->site), *patient = NULL;
  LimberId id;

  test_id (&id, name);
  test_id (appointment, start);
  patient = limber_id_dup_text (&id);
  test_store_put (chain->central->store, "patient", &id, "family", family, "given", "Ada", "born", "1950-02-03", NULL);
  test_store_put (chain->central->store, "appointment", appointment, "patient", patient, "site", site, "start", start, "status", "booked", NULL);
}

static gboolean
arrive (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (LimberArriveAnswer) answer = limber_check_in_arrive (transaction, data, error);

  return answer != NULL && answer->result == LIMBER_ARRIVE_CHECKED_IN;
}

static char *
ticket_of (TestPlace *place, const LimberId *appointment)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  limber_stage_arrival_id (appointment, 0, &id);
  record = test_store_get (place->store, "arrival", &id);
  return record != NULL ? g_strdup (limber_record_text (record, "ticket")) : NULL;
}

static void
no_two_people_have_one_number (Fixture *fixture, gconstpointer data)
{
  LimberArriveQuestion question = { .day = 3, .month = 2, .initial = 'L' };
  g_autofree char *at_desk = NULL, *at_kiosk = NULL;
  g_autoptr (GError) error = NULL;
  LimberId other;

  expect_another (fixture, "ada", "Lovelace", "2026-11-23T09:20:00Z", &other);
  sync_all (fixture);
  act (fixture, limber_desk_check_in);
  limber_store_write (fixture->chain.kiosk->store, arrive, &question, &error); /* neither hears of the other */
  g_assert_no_error (error);
  sync_all (fixture);
  test_place_sync (fixture->chain.hub);
  at_desk = ticket_of (fixture->chain.central, &fixture->chain.appointment);
  at_kiosk = ticket_of (fixture->chain.central, &other);
  g_assert_cmpstr (at_desk, ==, "Z1");
  g_assert_cmpstr (at_kiosk, ==, "Y1");
}

/* As after a store was copied: what nobody may give out twice was given out twice. */
static void
who_got_a_number_second_is_not_called_by_it (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *patient = NULL, *text = NULL;
  LimberId other, arrival, id;

  test_store_put (chain->central->store, "site", &chain->site, "call_by", "number", NULL);
  expect_another (fixture, "ada", "Lovelace", "2026-11-23T09:20:00Z", &other);
  sync_all (fixture);
  act (fixture, limber_desk_check_in);
  act_and_tell (fixture, limber_desk_call);
  assert_shown (fixture, "Z1", FALSE);
  test_id (&id, "ada");
  patient = limber_id_dup_text (&id);
  text = limber_id_dup_text (&other);
  limber_stage_arrival_id (&other, 0, &arrival);
  test_store_put (chain->desk->store, "arrival", &arrival, "appointment", text, "patient", patient, "round", "0", "at", "2026-11-23T09:10:00Z", "via", "kiosk", "ticket", "Z1", NULL);
  test_store_put (chain->desk->store, "appointment", &other, "status", "arrived", NULL);
  limber_store_write (chain->desk->store, carry_out, &(Doing){ limber_desk_call, other }, NULL);
  sync_all (fixture);
  assert_shown (fixture, "Z1", FALSE);
}

static void
a_number_stays_through_an_undo (Fixture *fixture, gconstpointer data)
{
  test_store_put (fixture->chain.central->store, "site", &fixture->chain.site, "call_by", "number", NULL);
  sync_all (fixture);
  act (fixture, limber_desk_check_in);
  act (fixture, limber_desk_call);
  act (fixture, limber_desk_undo);
  act_and_tell (fixture, limber_desk_call);
  assert_shown (fixture, "Z1", FALSE);
}

static char *
notices (TestPlace *place, const LimberId *site)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "site", site);

  return record != NULL ? g_strdup (limber_record_text (record, "notices")) : NULL;
}

static gboolean
has_heard_of_class (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = NULL;

  test_place_sync (fixture->board);
  text = notices (fixture->board, &fixture->chain.site);
  return text != NULL && strstr (text, "class 1795426200000 Room 2") != NULL;
}

static gboolean
has_heard_of_none (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = NULL;

  test_place_sync (fixture->board);
  text = notices (fixture->board, &fixture->chain.site);
  return text == NULL || strstr (text, "class") == NULL;
}

static gboolean
find_due (LimberReader *reader, gpointer data, GError **error)
{
  return limber_notice_is_due (reader, data, error);
}

static gboolean
is_due (Fixture *fixture)
{
  gboolean due;

  g_assert_true (limber_store_read (fixture->chain.hub->store, find_due, &due, NULL));
  return due;
}

/* At half past nine; it is nine. */
static void
it_hears_of_classes_and_nobody_else_does (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  g_autofree char *desk = NULL, *kiosk = NULL;

  test_store_put (chain->central->store, "appointment", &chain->appointment, "type", "class", "start", "2026-11-23T09:30:00Z", NULL);
  sync_all (fixture);
  g_assert_true (is_due (fixture));
  limber_node_tick (chain->hub->node);
  g_assert_true (test_wait (has_heard_of_class, fixture));
  g_assert_false (is_due (fixture)); /* nothing is written then */
  test_chain_sync (chain);
  desk = notices (chain->desk, &chain->site);
  kiosk = notices (chain->kiosk, &chain->site);
  g_assert_null (desk);
  g_assert_null (kiosk);
  test_store_put (chain->desk->store, "appointment", &chain->appointment, "status", "cancelled", NULL);
  sync_all (fixture);
  limber_node_tick (chain->hub->node);
  g_assert_true (test_wait (has_heard_of_none, fixture));
}

/* A screen at central, which knows all sites. */
typedef struct {
  TestPlace      *place;
  const LimberId *site;
} Screen;

static gboolean
has_heard_at_central (gpointer data)
{
  Screen *screen = data;
  g_autofree char *text = NULL;

  test_place_sync (screen->place);
  text = notices (screen->place, screen->site);
  return text != NULL && strstr (text, "class") != NULL;
}

static void
of_another_site_it_hears_nothing (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  TestPlace *near = test_place_join (chain->net, chain->central, LIMBER_CLASS_BOARD, &chain->site, NULL), *far = test_place_join (chain->net, chain->central, LIMBER_CLASS_BOARD, &chain->other_site, NULL);
  g_autofree char *text = NULL, *own = NULL;

  test_store_put (chain->central->store, "appointment", &chain->appointment, "type", "class", "start", "2026-11-23T09:30:00Z", NULL);
  test_place_sync (far);
  test_place_sync (near);
  limber_node_tick (chain->central->node);
  g_assert_true (test_wait (has_heard_at_central, &(Screen){ near, &chain->site }));
  test_place_sync (far);
  text = notices (far, &chain->site);
  own = notices (near, &chain->other_site);
  g_assert_null (text);
  g_assert_null (own);
  test_place_free (far);
  test_place_free (near);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_autofree char *bare = g_strdup_printf ("/sync/board/%s", path), *compared = g_strdup_printf ("/sync/board/compared/%s", path);

  g_test_add (bare, Fixture, "no digests", set_up, func, tear_down);
  g_test_add (compared, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-call-shows-first-name-initial-and-room", a_call_shows_first_name_initial_and_room);
  add ("it-holds-nobody-and-no-appointment", it_holds_nobody_and_no_appointment);
  add ("what-is-taken-back-is-gone", what_is_taken_back_is_gone);
  add ("going-in-is-told-and-its-undo-too", going_in_is_told_and_its_undo_too);
  add ("called-again-is-a-call-more", called_again_is_a_call_more);
  add ("the-stricter-choice-counts", the_stricter_choice_counts);
  add ("another-record-of-hers-can-be-stricter", another_record_of_hers_can_be_stricter);
  add ("a-choice-among-many-changes-counts", a_choice_among_many_changes_counts);
  add ("at-the-end-of-the-day-nothing-is-left", at_the_end_of_the_day_nothing_is_left);
  add ("of-a-visit-that-was-moved-nothing-is-left-either", of_a_visit_that_was_moved_nothing_is_left_either);
  add ("cut-off-it-forgets-by-itself", cut_off_it_forgets_by_itself);
  add ("it-calls-nobody-itself", it_calls_nobody_itself);
  add ("no-two-people-have-one-number", no_two_people_have_one_number);
  add ("who-got-a-number-second-is-not-called-by-it", who_got_a_number_second_is_not_called_by_it);
  add ("it-hears-of-classes-and-nobody-else-does", it_hears_of_classes_and_nobody_else_does);
  add ("of-another-site-it-hears-nothing", of_another_site_it_hears_nothing);
  add ("a-number-stays-through-an-undo", a_number_stays_through_an_undo);
  return g_test_run ();
}
