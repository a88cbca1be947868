/* Erasure (SYNC.md rule 19) over a network: after any history nothing of what was erased is in any store's files, all stores
 * are sound and agree, and all else is as it was. */
#include <string.h>

#include "limber-backup.h"
#include "limber-erasure-plan.h"
#include "limber-feed.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-repair.h"
#include "limber-restore.h"
#include "limber-scrub.h"
#include "limber-status.h"
#include "limber-test-chain.h"
#include "limber-transaction-private.h"

#define CANARY "canary@example.org"

static void
assert_clean (TestPlace *place, const char *text)
{
  g_assert_true (limber_scrub_wait (place->store));
  g_assert_false (test_dir_has (place->dir, text));
  test_store_assert_sound (place->store);
}

static gboolean
read_digest (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_digest_json (reader, error);
  return *(json_t **) data != NULL;
}

static void
assert_same (TestPlace *a, TestPlace *b)
{
  static const char *const kinds[] = { "patient", "appointment", "conflict", "erasure" };
  g_autoptr (json_t) first = NULL, second = NULL;

  g_assert_true (limber_store_read (a->store, read_digest, &first, NULL));
  g_assert_true (limber_store_read (b->store, read_digest, &second, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!json_equal (json_object_get (first, kinds[i]), json_object_get (second, kinds[i]))) {
      g_autofree char *one = limber_json_dup (first), *other = limber_json_dup (second);

      g_error ("They differ in %s:\n%s\n%s", kinds[i], one, other);
    }
}

static void
assert_all_clean (TestChain *chain, const char *text)
{
  assert_clean (chain->central, text);
  assert_clean (chain->hub, text);
  assert_clean (chain->desk, text);
  assert_clean (chain->kiosk, text);
  assert_same (chain->central, chain->hub);
  assert_same (chain->central, chain->desk);
}

/* The patient as a place has her, but for what was erased. */
static json_t *
patient_at (TestChain *chain, TestPlace *place)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "patient", &chain->patient);
  json_t *json = record != NULL ? limber_record_to_json (record, limber_store_identity (place->store)->klass) : json_null ();

  if (json_is_object (json))
    json_object_del (json, "email");
  return json;
}

typedef struct {
  TestChain  *chain;
  const char *field; /* (nullable): NULL for the whole person */
} Erase;

static gboolean
erase_job (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  Erase *what = data;
  const char *const fields[] = { what->field, NULL };
  g_autoptr (LimberErasurePlan) plan = limber_erasure_plan_new (limber_transaction_reader (transaction), limber_kind_by_name ("patient"), &what->chain->patient,
                                                                what->field != NULL ? fields : NULL, what->field == NULL, error);

  return plan != NULL && limber_erasure_plan_carry_out (transaction, plan, "asked for", &author, error);
}

/* At central. */
static void
erase (TestChain *chain, const char *field)
{
  Erase what = { chain, field };
  g_autoptr (GError) error = NULL;

  limber_store_write (chain->central->store, erase_job, &what, &error);
  g_assert_no_error (error);
}

/* The desk writes what will be erased, and something beside it. */
static void
write_it (TestChain *chain)
{
  test_store_put (chain->desk->store, "patient", &chain->patient, "email", CANARY, "title", "Dame", NULL);
}

static void
write_and_sync (TestChain *chain)
{
  write_it (chain);
  test_chain_sync (chain);
  test_chain_sync (chain);
  g_assert_true (test_dir_has (chain->central->dir, CANARY));
}

/* All meet; then nothing of it is anywhere and the rest is as @before. */
static void
settle (TestChain *chain, json_t *before)
{
  g_autoptr (json_t) after = NULL;

  for (int i = 0; i < 3; i++)
    test_chain_sync (chain);
  assert_all_clean (chain, CANARY);
  after = patient_at (chain, chain->desk);
  if (!json_equal (before, after)) {
    g_autofree char *was = limber_json_dup (before), *is = limber_json_dup (after);

    g_error ("It was\n%s\nand is\n%s", was, is);
  }
}

static void
it_reaches_everybody (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) before = NULL;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  erase (chain, "email");
  test_chain_sync (chain);
  settle (chain, before);
}

/* What a kiosk has was made of it. */
static void
a_kiosk_forgets_what_was_made_of_it (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) before = test_store_get (chain->kiosk->store, "patient", &chain->patient), after = NULL;

  g_assert_cmpstr (limber_record_text (before, "letters"), !=, NULL);
  erase (chain, "family");
  test_chain_sync (chain);
  test_chain_sync (chain);
  assert_all_clean (chain, "Canarywood");
  after = test_store_get (chain->kiosk->store, "patient", &chain->patient);
  g_assert_null (limber_record_text (after, "letters"));
  g_assert_cmpstr (limber_record_text (after, "born"), ==, limber_record_text (before, "born"));
}

/* Then only what its node makes for it is left of her there. */
static void
a_kiosk_may_lose_the_birth_date (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) after = NULL;

  erase (chain, "born");
  test_chain_sync (chain);
  test_chain_sync (chain);
  assert_all_clean (chain, "1961-04-09");
  after = test_store_get (chain->kiosk->store, "patient", &chain->patient);
  g_assert_cmpstr (limber_record_text (after, "letters"), ==, "C");
}

static void
a_person_is_nowhere (TestChain *chain, gconstpointer data)
{
  TestPlace *const places[] = { chain->central, chain->hub, chain->desk, chain->kiosk };

  write_and_sync (chain);
  erase (chain, NULL);
  test_chain_sync (chain);
  test_chain_sync (chain);
  assert_all_clean (chain, CANARY);
  assert_all_clean (chain, "Canarywood");
  assert_all_clean (chain, "Canary Lane");
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (LimberRecord) patient = test_store_get (places[i]->store, "patient", &chain->patient), appointment = test_store_get (places[i]->store, "appointment", &chain->appointment);

    g_assert_null (patient);
    g_assert_null (appointment);
  }
}

/* The hub has lost the entry and heard of the erasure; the desk, which was away, sends the entry again. */
static void
a_device_that_was_away_brings_nothing_back (TestChain *chain, gconstpointer data)
{
  TestPlace *then = test_place_save (chain->hub);
  g_autoptr (json_t) before = NULL;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  erase (chain, "email");
  test_place_restore (chain->hub, then);
  test_place_sync (chain->hub);
  g_assert_true (test_dir_has (chain->desk->dir, CANARY));
  test_place_sync (chain->desk);
  assert_clean (chain->hub, CANARY);
  settle (chain, before);
  test_place_free (then);
}

/* As before, but the hub hears of the erasure only afterwards. */
static void
a_hub_that_takes_it_in_again_lets_go_again (TestChain *chain, gconstpointer data)
{
  TestPlace *then = test_place_save (chain->hub);
  g_autoptr (json_t) before = NULL;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  erase (chain, "email");
  test_place_restore (chain->hub, then);
  test_place_sync (chain->desk);
  settle (chain, before);
  test_place_free (then);
}

/* A session with a node that lacks what is known here already, and is told so. It does not go on for ever. */
static void
ask (TestPlace *place)
{
  g_autoptr (LimberClient) client = limber_client_new_full (place->store, LIMBER_TRANSPORT (place->net));
  guint before = test_net_requests (place->net), asked;

  limber_client_sync_once (client, NULL, NULL);
  asked = test_net_requests (place->net) - before;
  g_assert_cmpuint (asked, >, 1);
  g_assert_cmpuint (asked, <, 16);
}

/* The hub goes back to when it had the text; those who ask it before it has heard of the erasure take nothing of it. */
static void
a_restored_hub_gives_it_to_nobody (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) before = NULL;
  TestPlace *then;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  then = test_place_save (chain->hub);
  erase (chain, "email");
  test_chain_sync (chain);
  test_chain_sync (chain);
  assert_all_clean (chain, CANARY);
  test_place_restore (chain->hub, then);
  g_assert_true (test_dir_has (chain->hub->dir, CANARY));
  ask (chain->desk);
  assert_clean (chain->desk, CANARY);
  test_place_free (then);
  test_place_sync (chain->hub);
  settle (chain, before);
}

static void
a_restored_device_erases_again (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) before = NULL;
  TestPlace *then;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  then = test_place_save (chain->desk);
  erase (chain, "email");
  test_chain_sync (chain);
  test_place_restore (chain->desk, then);
  g_assert_true (test_dir_has (chain->desk->dir, CANARY));
  test_place_free (then);
  settle (chain, before);
}

/* Puts @file in the place of central's store, as limberctl does. */
static void
restore_central (TestChain *chain, const char *file)
{
  g_autofree char *dir = g_build_filename (chain->central->dir, "store", NULL);
  g_autoptr (GError) error = NULL;

  test_place_close (chain->central);
  limber_restore_run (dir, file, NULL, chain->central->env, &error);
  g_assert_no_error (error);
  test_place_open (chain->central);
}

static void
a_restored_central_erases_again (TestChain *chain, gconstpointer data)
{
  g_autofree char *file = g_build_filename (chain->kiosk->dir, "backup", NULL);
  g_autoptr (json_t) before = NULL;
  g_autoptr (GError) error = NULL;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  limber_backup_write (chain->central->store, file, FALSE, &error);
  g_assert_no_error (error);
  erase (chain, "email");
  test_chain_sync (chain);
  restore_central (chain, file);
  g_assert_true (g_file_set_contents (file, "", 0, NULL)); /* what nobody here can reach */
  assert_clean (chain->central, CANARY);
  settle (chain, before);
}

static gboolean
approve_all (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autoptr (json_t) list = limber_quarantine_json (limber_transaction_reader (transaction), error);
  json_t *one;
  gsize i;

  if (list == NULL)
    return FALSE;
  g_assert_cmpuint (json_array_size (list), ==, 2); /* the erasure, and what was written again for its sake */
  json_array_foreach (list, i, one) {
    LimberEntryId id;

    g_assert_true (limber_id_parse (&id, limber_json_string (one, "id")));
    if (!limber_quarantine_decide (transaction, &id, LIMBER_DECISION_APPROVE, &author, error))
      return FALSE;
  }
  return TRUE;
}

/* Central's disk goes back without its second file being looked at: it alone has the text again. Nobody takes it; a person
 * at central is asked, and when he agrees it is erased once more. */
static void
a_central_that_lost_it_is_asked (TestChain *chain, gconstpointer data)
{
  TestPlace *const devices[] = { chain->hub, chain->desk, chain->kiosk };
  g_autoptr (json_t) before = NULL;
  g_autoptr (GError) error = NULL;
  TestPlace *then;

  write_and_sync (chain);
  before = patient_at (chain, chain->desk);
  then = test_place_save (chain->central);
  erase (chain, "email");
  test_chain_sync (chain);
  test_chain_sync (chain);
  test_place_restore (chain->central, then);
  test_place_free (then);
  for (guint i = 0; i < 9; i++)
    ask (devices[i % 3]);
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    assert_clean (devices[i], CANARY);
  limber_store_write (chain->central->store, approve_all, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 9; i++)
    ask (devices[i % 3]);
  settle (chain, before);
}

/* Central and the desk, neither having seen the other's; central's loses. */
static void
a_conflicts_lost_value_goes_everywhere (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) before = NULL;

  test_store_put (chain->central->store, "patient", &chain->patient, "email", CANARY, NULL);
  chain->desk->clock.now += 1000;
  test_store_put (chain->desk->store, "patient", &chain->patient, "email", "b@example.org", "title", "Dame", NULL);
  test_chain_sync (chain);
  test_chain_sync (chain);
  g_assert_true (test_dir_has (chain->desk->dir, CANARY)); /* as a conflict to be decided on */
  before = patient_at (chain, chain->desk);
  erase (chain, "email");
  settle (chain, before);
}

/* What a device that was tampered with writes erases nothing elsewhere. */
static gboolean
forge (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  TestChain *chain = data;
  g_autoptr (LimberRecord) row = limber_reader_get (limber_transaction_reader (transaction), "patient", &chain->patient, error);
  g_autofree char *entry = row != NULL ? limber_id_dup_text (&row->stamps[limber_kind_field (row->kind, "family")].entry) : NULL;
  g_autoptr (GString) body = g_string_new (NULL), seen = g_string_new ("{}");
  LimberId id;
  LimberDraft draft = { "erasure", &id, NULL, LIMBER_RANK_PERSON, &author, body, seen, 0 };
  char record[64];

  if (row == NULL)
    return FALSE;
  test_id (&id, "forged");
  g_snprintf (record, sizeof record, "%s", "AAAAAAAAAAAAAAAAAAAAAA");
  g_string_printf (body, "{\"record!\":\"%s\",\"entries!\":[\"%s\"],\"reason!\":\"x\",\"made!\":1}", record, entry);
  return limber_transaction_write_entry (transaction, &draft, error);
}

static void
a_devices_own_erasure_is_kept_apart (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) central = NULL, hub = NULL;
  g_autoptr (GError) error = NULL;

  limber_store_write (chain->desk->store, forge, chain, &error);
  g_assert_no_error (error);
  test_place_sync (chain->desk);
  test_place_sync (chain->hub);
  central = test_store_get (chain->central->store, "patient", &chain->patient);
  hub = test_store_get (chain->hub->store, "patient", &chain->patient);
  g_assert_cmpstr (limber_record_text (central, "family"), ==, "Canarywood");
  g_assert_cmpstr (limber_record_text (hub, "family"), ==, "Canarywood");
}

static gboolean
repair (LimberTransaction *transaction, gpointer rows, GError **error)
{
  g_autoptr (GHashTable) none = g_hash_table_new (NULL, NULL);
  LimberCommon common;

  limber_common_init (&common, NULL);
  for (guint i = 0; i < LIMBER_DIGEST_BUCKETS; i++)
    if (!limber_repair (transaction, &common, i, rows, none, error))
      return FALSE;
  return TRUE;
}

/* The desk has heard of it from central, and compares with a hub that has not. */
static void
a_repair_makes_no_row_of_what_was_erased (TestChain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) theirs = test_store_get (chain->desk->store, "patient", &chain->patient), after = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (limber_id_hash, limber_id_equal);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (rows, &theirs->id, theirs);
  erase (chain, NULL);
  test_chain_sync (chain);
  limber_store_write (chain->desk->store, repair, rows, &error);
  g_assert_no_error (error);
  after = test_store_get (chain->desk->store, "patient", &chain->patient);
  g_assert_null (after);
}

#define ADD(name, func)                                                                                       \
  g_test_add ("/sync/erasure/" name, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down); \
  g_test_add ("/sync/erasure/without-digests/" name, TestChain, "no digests", test_chain_set_up, func, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("it-reaches-everybody", it_reaches_everybody);
  ADD ("a-kiosk-forgets-what-was-made-of-it", a_kiosk_forgets_what_was_made_of_it);
  ADD ("a-kiosk-may-lose-the-birth-date", a_kiosk_may_lose_the_birth_date);
  ADD ("a-person-is-nowhere", a_person_is_nowhere);
  ADD ("a-device-that-was-away-brings-nothing-back", a_device_that_was_away_brings_nothing_back);
  ADD ("a-hub-that-takes-it-in-again-lets-go-again", a_hub_that_takes_it_in_again_lets_go_again);
  ADD ("a-restored-hub-gives-it-to-nobody", a_restored_hub_gives_it_to_nobody);
  ADD ("a-restored-device-erases-again", a_restored_device_erases_again);
  ADD ("a-restored-central-erases-again", a_restored_central_erases_again);
  g_test_add ("/sync/erasure/a-central-that-lost-it-is-asked", TestChain, NULL, test_chain_set_up, a_central_that_lost_it_is_asked, test_chain_tear_down);
  g_test_add ("/sync/erasure/a-repair-makes-no-row-of-what-was-erased", TestChain, NULL, test_chain_set_up, a_repair_makes_no_row_of_what_was_erased, test_chain_tear_down);
  ADD ("a-conflicts-lost-value-goes-everywhere", a_conflicts_lost_value_goes_everywhere);
  ADD ("a-devices-own-erasure-is-kept-apart", a_devices_own_erasure_is_kept_apart);
  return g_test_run ();
}
