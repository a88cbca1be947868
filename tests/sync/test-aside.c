/* What central keeps apart is told to those whose work it concerns, decided there, and gone everywhere then. */
#include <string.h>

#include "limber-aside.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-reopen.h"
#include "limber-test-chain.h"

#define ASIDES "SELECT count(*) FROM aside"

/* A second desk at the site, and one elsewhere that may not hold the person. */
typedef struct {
  TestChain  chain;
  TestPlace *colleague, *elsewhere;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;

  test_chain_set_up (chain, NULL);
  fixture->colleague = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &chain->site, NULL);
  fixture->elsewhere = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->other_site, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_place_free (fixture->colleague);
  test_place_free (fixture->elsewhere);
  test_chain_tear_down (&fixture->chain, data);
}

static void
sync_all (Fixture *fixture)
{
  for (guint i = 0; i < 2; i++) {
    test_place_sync (fixture->colleague);
    test_place_sync (fixture->chain.hub);
    test_place_sync (fixture->colleague);
    test_place_sync (fixture->elsewhere);
  }
}

/* The hub takes the desk for what it is; central for a kiosk, which may not write titles. */
static void
mistake (Fixture *fixture)
{
  TestChain *chain = &fixture->chain;
  LimberId desk = limber_store_identity (chain->desk->store)->device;

  test_chain_sync (chain);
  sync_all (fixture);
  test_store_put (chain->central->store, "device", &desk, "class", "kiosk", NULL);
  test_store_put (chain->desk->store, "patient", &chain->patient, "title", "Dame", NULL);
  test_place_sync (chain->desk);
  sync_all (fixture);
}

static void
assert_asides (Fixture *fixture, gint64 central, gint64 colleague)
{
  g_assert_cmpint (test_store_count (fixture->chain.central->store, ASIDES), ==, central);
  g_assert_cmpint (test_store_count (fixture->colleague->store, ASIDES), ==, colleague);
  g_assert_cmpint (test_store_count (fixture->elsewhere->store, ASIDES), ==, 0);
  g_assert_cmpint (test_store_count (fixture->chain.kiosk->store, ASIDES), ==, 0);
}

static void
assert_title (TestPlace *place, const LimberId *patient, const char *expected)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "patient", patient);

  g_assert_cmpstr (limber_record_text (record, "title"), ==, expected);
}

typedef struct {
  LimberEntryId  entry;
  LimberDecision decision;
} Decide;

static gboolean
keep_entry (const LimberRecord *record, gpointer data)
{
  *(LimberEntryId *) data = *limber_record_id (record, "entry");
  return FALSE;
}

static gboolean
find_entry (LimberReader *reader, gpointer data, GError **error)
{
  return limber_reader_list (reader, "aside", NULL, NULL, keep_entry, data, error);
}

static gboolean
decide_one (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Decide *decide = data;

  return limber_quarantine_decide (transaction, &decide->entry, decide->decision, test_author_of (transaction), error);
}

static void
decide (Fixture *fixture, LimberDecision decision)
{
  Decide deed = { .decision = decision };
  g_autoptr (GError) error = NULL;

  g_assert_true (limber_store_read (fixture->colleague->store, find_entry, &deed.entry, NULL));
  limber_store_write (fixture->colleague->store, decide_one, &deed, &error);
  g_assert_no_error (error);
}

static void
a_colleague_is_told_and_nobody_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LimberRecord) aside = NULL;
  LimberEntryId entry;
  LimberId id;

  mistake (fixture);
  assert_asides (fixture, 1, 1);
  g_assert_true (limber_store_read (fixture->colleague->store, find_entry, &entry, NULL));
  limber_aside_id (&entry, &id);
  aside = test_store_get (fixture->colleague->store, "aside", &id);
  g_assert_cmpstr (limber_record_text (aside, "kind"), ==, "patient");
  g_assert_true (limber_id_equal (limber_record_id (aside, "patient"), &fixture->chain.patient));
  g_assert_nonnull (limber_record_text (aside, "place"));
  g_assert_cmpstr (limber_record_text (aside, "reason"), ==, "this class of device may not write that");
  assert_title (fixture->colleague, &fixture->chain.patient, NULL); /* told of, and not so */
  test_store_assert_sound (fixture->colleague->store);
  test_store_assert_sound (fixture->chain.central->store);
}

static void
what_not_every_desk_holds_is_told_to_none (Fixture *fixture, gconstpointer data)
{
  TestChain *chain = &fixture->chain;
  LimberId desk = limber_store_identity (chain->desk->store)->device, reading, staff;
  g_autofree char *patient = limber_id_dup_text (&chain->patient), *device = limber_id_dup_text (&desk), *member = NULL;
  g_autoptr (LimberRecord) aside = NULL;
  LimberEntryId entry;
  LimberId id;

  test_id (&reading, "reading");
  test_id (&staff, "somebody");
  member = limber_id_dup_text (&staff);
  test_store_put (chain->central->store, "staff", &staff, "number", "S77", "family", "Ng", "given", "Bo", "role", "reception", NULL);
  test_chain_sync (chain);
  sync_all (fixture);
  test_store_put (chain->central->store, "device", &desk, "class", "kiosk", NULL);
  test_store_put (chain->desk->store, "reading", &reading, "patient", patient, "staff", member, "device", device, "at", "2026-11-23T09:00:00Z", "what", "page", NULL);
  test_store_put (chain->desk->store, "staff", &staff, "pin", "a verifier", NULL);
  test_place_sync (chain->desk);
  sync_all (fixture);
  g_assert_cmpint (test_store_count (chain->central->store, "SELECT count(*) FROM quarantine"), ==, 2);
  assert_asides (fixture, 1, 1);
  g_assert_true (limber_store_read (fixture->colleague->store, find_entry, &entry, NULL));
  limber_aside_id (&entry, &id);
  aside = test_store_get (fixture->colleague->store, "aside", &id);
  g_assert_cmpstr (limber_record_text (aside, "kind"), ==, "staff");
  g_assert_null (limber_record_text (aside, "line"));
}

static void
what_she_approves_offline_is_so_for_all (Fixture *fixture, gconstpointer data)
{
  mistake (fixture);
  decide (fixture, LIMBER_DECISION_APPROVE);
  assert_title (fixture->colleague, &fixture->chain.patient, "Dame");
  assert_asides (fixture, 1, 0);
  sync_all (fixture);
  assert_title (fixture->chain.central, &fixture->chain.patient, "Dame");
  assert_asides (fixture, 0, 0);
  g_assert_cmpint (test_store_count (fixture->chain.central->store, "SELECT count(*) FROM quarantine"), ==, 0);
}

static void
what_she_declines_waits_no_more (Fixture *fixture, gconstpointer data)
{
  mistake (fixture);
  decide (fixture, LIMBER_DECISION_DECLINE);
  sync_all (fixture);
  assert_title (fixture->chain.central, &fixture->chain.patient, NULL);
  assert_asides (fixture, 0, 0);
  g_assert_cmpint (test_store_count (fixture->chain.central->store, "SELECT count(*) FROM quarantine"), ==, 0);
}

static void
who_may_not_hold_her_any_more_is_told_no_more (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = limber_id_dup_text (&fixture->chain.other_site);

  mistake (fixture);
  test_store_put (fixture->chain.central->store, "appointment", &fixture->chain.appointment, "site", other, NULL);
  sync_all (fixture);
  g_assert_cmpint (test_store_count (fixture->colleague->store, ASIDES), ==, 0);
  g_assert_cmpint (test_store_count (fixture->elsewhere->store, ASIDES), ==, 1);
}

typedef struct {
  TestPlace       *place;
  LimberAuthor     author;
  LimberEntryId    entry;
  LimberRecord    *held; /* (owned) */
  LimberDecision   decision;
} Deciding;

static gboolean
decide_held (LimberTransaction *transaction, gpointer data, GError **error)
{
  Deciding *deciding = data;

  deciding->held = limber_reopen_held (limber_transaction_reader (transaction), &deciding->entry, error);
  return deciding->held != NULL && limber_quarantine_decide (transaction, &deciding->entry, deciding->decision, &deciding->author, error);
}

static gboolean
take_back (LimberTransaction *transaction, gpointer data, GError **error)
{
  Deciding *deciding = data;

  return limber_reopen_take_back (transaction, &deciding->entry, deciding->held, &deciding->author, error);
}

static void
write_ok (TestPlace *place, LimberWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (place->store, func, data, &error);
  g_assert_no_error (error);
}

static void
assert_waits (Fixture *fixture, gint64 n)
{
  g_assert_cmpint (test_store_count (fixture->chain.central->store, "SELECT count(*) FROM quarantine"), ==, n);
  assert_asides (fixture, n, n);
  test_store_assert_sound (fixture->chain.central->store);
  test_store_assert_sound (fixture->colleague->store);
}

/* Whether central heard of the decision before it was taken back, or of both at once, it waits again; and is decided again. */
static void
a_decision_that_is_taken_back_waits_again (Fixture *fixture, gconstpointer data)
{
  static const LimberDecision decisions[] = { LIMBER_DECISION_APPROVE, LIMBER_DECISION_DECLINE, LIMBER_DECISION_APPROVE };

  mistake (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++) {
    Deciding deciding = { .author = *test_author (LIMBER_CLASS_DESK), .decision = decisions[i] };

    g_assert_true (limber_store_read (fixture->colleague->store, find_entry, &deciding.entry, NULL));
    write_ok (fixture->colleague, decide_held, &deciding);
    if (i > 0) {
      sync_all (fixture);
      assert_waits (fixture, 0);
    }
    write_ok (fixture->colleague, take_back, &deciding);
    assert_title (fixture->colleague, &fixture->chain.patient, NULL);
    sync_all (fixture);
    assert_title (fixture->chain.central, &fixture->chain.patient, NULL);
    assert_waits (fixture, 1);
    limber_record_free (deciding.held);
  }
  decide (fixture, LIMBER_DECISION_APPROVE);
  sync_all (fixture);
  assert_title (fixture->chain.central, &fixture->chain.patient, "Dame");
  assert_waits (fixture, 0);
}

/* Two decide without seeing each other, and one takes hers back: the other's stands. */
static void
what_another_has_decided_waits_no_more (Fixture *fixture, gconstpointer data)
{
  Deciding one = { .author = *test_author (LIMBER_CLASS_DESK), .decision = LIMBER_DECISION_DECLINE }, other = { .author = { "system:other", "service-manager" }, .decision = LIMBER_DECISION_APPROVE };

  mistake (fixture);
  g_assert_true (limber_store_read (fixture->colleague->store, find_entry, &one.entry, NULL));
  other.entry = one.entry;
  write_ok (fixture->chain.central, decide_held, &other);
  write_ok (fixture->colleague, decide_held, &one);
  write_ok (fixture->colleague, take_back, &one);
  sync_all (fixture);
  assert_waits (fixture, 0);
  limber_record_free (one.held);
  limber_record_free (other.held);
}

#define ADD(name, test) g_test_add ("/sync/aside/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-colleague-is-told-and-nobody-elsewhere", a_colleague_is_told_and_nobody_elsewhere);
  ADD ("what-she-approves-offline-is-so-for-all", what_she_approves_offline_is_so_for_all);
  ADD ("what-she-declines-waits-no-more", what_she_declines_waits_no_more);
  ADD ("a-decision-that-is-taken-back-waits-again", a_decision_that_is_taken_back_waits_again);
  ADD ("what-another-has-decided-waits-no-more", what_another_has_decided_waits_no_more);
  ADD ("who-may-not-hold-her-any-more-is-told-no-more", who_may_not_hold_her_any_more_is_told_no_more);
  ADD ("what-not-every-desk-holds-is-told-to-none", what_not_every_desk_holds_is_told_to_none);
  return g_test_run ();
}
