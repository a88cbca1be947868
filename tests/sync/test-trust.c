/* Central asks by what right an entry was written (SYNC.md rule 20): what its author had no right to waits, and is let go once that is not so. */
#include "limber-error.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-test-chain.h"
#include "limber-trust.h"

#define WAITING "SELECT count(*) FROM quarantine"
#define ASIDES "SELECT count(*) FROM aside"

typedef struct {
  const char     *author, *kind, *field, *value;
  const LimberId *id;
} Write;

static char bo[LIMBER_ID_TEXT_LENGTH + 1], mo[LIMBER_ID_TEXT_LENGTH + 1];

static gboolean
write_one (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Write *what = data;
  g_autoptr (LimberEdit) edit = limber_edit_new (what->kind, what->id);

  return limber_edit_parse (edit, what->field, what->value, error) && limber_transaction_edit (transaction, edit, &(LimberAuthor){ what->author, "reception" }, error);
}

/* As somebody who vouches for a colleague does. */
static gboolean
take_on (LimberTransaction *transaction, gpointer data, GError **error)
{
  const Write *what = data;
  g_autoptr (LimberEdit) edit = limber_edit_new ("staff", what->id);
  const char *const fields[][2] = { { "number", "TEMP-1" }, { "family", "Ng" }, { "given", "Cy" }, { "role", "reception" }, { "site", what->value }, { "until", "2026-11-23" } };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!limber_edit_parse (edit, fields[i][0], fields[i][1], error))
      return FALSE;
  return limber_transaction_edit (transaction, edit, &(LimberAuthor){ what->author, "reception" }, error);
}

static void
write_as (TestPlace *at, const char *author, const char *kind, const LimberId *id, const char *field, const char *value)
{
  Write what = { author, kind, field, value, id };
  g_autoptr (GError) error = NULL;

  limber_store_write (at->store, write_one, &what, &error);
  g_assert_no_error (error);
}

static void
put_staff (TestChain *chain, const char *name, const char *role, char text[LIMBER_ID_TEXT_LENGTH + 1])
{
  g_autofree char *site = limber_id_dup_text (&chain->site);
  LimberId id;

  test_id (&id, name);
  limber_id_to_text (&id, text);
  test_store_put (chain->central->store, "staff", &id, "number", name, "family", "Ng", "given", name, "role", role, "site", site, NULL);
}

static void
set_up (TestChain *chain, gconstpointer data)
{
  test_chain_set_up (chain, NULL);
  put_staff (chain, "bo", "reception", bo);
  put_staff (chain, "mo", "service-manager", mo);
  test_chain_sync (chain);
  test_chain_sync (chain);
}

static void
sync_twice (TestChain *chain)
{
  test_chain_sync (chain);
  test_chain_sync (chain);
}

static void
assert_field (TestPlace *place, const char *kind, const LimberId *id, const char *field, const char *expected)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, kind, id);

  g_assert_cmpstr (limber_record_text (record, field), ==, expected);
}

static void
assert_waits (TestPlace *place, const char *reason)
{
  g_autoptr (json_t) waiting = test_store_quarantine (place->store);

  g_assert_cmpuint (json_array_size (waiting), ==, reason != NULL ? 1 : 0);
  if (reason != NULL)
    g_assert_cmpstr (limber_json_string (json_array_get (waiting, 0), "reason"), ==, reason);
}

static gboolean
nothing_waits (gpointer data)
{
  return test_store_count (((TestPlace *) data)->store, WAITING) == 0;
}

/* A receptionist's computer says that she is a manager: it is so on its own screen, and nowhere else once central has heard of it. */
static void
who_may_not_is_put_aside (TestChain *chain, gconstpointer data)
{
  LimberId id;

  limber_id_parse (&id, mo);
  write_as (chain->desk, bo, "staff", &id, "role", "reception");
  sync_twice (chain);
  assert_waits (chain->central, LIMBER_DOUBT_ROLE);
  g_assert_cmpint (test_store_count (chain->desk->store, WAITING), ==, 1); /* marked, where it was written */
  assert_field (chain->central, "staff", &id, "role", "service-manager");
  assert_field (chain->hub, "staff", &id, "role", "service-manager");
  g_assert_cmpint (test_store_count (chain->central->store, ASIDES), ==, 1);
  test_store_assert_sound (chain->central->store);
}

/* What else comes in the same push is not held up, and what she may is believed. */
static void
the_rest_goes_on (TestChain *chain, gconstpointer data)
{
  LimberId id;

  limber_id_parse (&id, mo);
  write_as (chain->desk, bo, "patient", &chain->patient, "title", "Dame");
  write_as (chain->desk, bo, "staff", &id, "role", "reception");
  write_as (chain->desk, bo, "patient", &chain->patient, "email", "m@example.org");
  sync_twice (chain);
  assert_field (chain->central, "patient", &chain->patient, "title", "Dame");
  assert_field (chain->central, "patient", &chain->patient, "email", "m@example.org");
  assert_waits (chain->central, LIMBER_DOUBT_ROLE);
}

/* Somebody works at the desk of whom central has not heard. */
static void
al_works (TestChain *chain, char al[LIMBER_ID_TEXT_LENGTH + 1])
{
  LimberId id;

  test_id (&id, "al");
  limber_id_to_text (&id, al);
  write_as (chain->desk, al, "patient", &chain->patient, "title", "Dame");
  sync_twice (chain);
}

/* Central is behind: who is new at a desk is told to central later, and then what she wrote is believed everywhere. */
static void
what_was_lacked_lets_it_go (TestChain *chain, gconstpointer data)
{
  char al[LIMBER_ID_TEXT_LENGTH + 1];

  al_works (chain, al);
  assert_waits (chain->central, LIMBER_DOUBT_UNKNOWN);
  g_assert_cmpint (test_store_count (chain->desk->store, ASIDES), ==, 1);
  put_staff (chain, "al", "reception", al);
  g_assert_true (test_wait (nothing_waits, chain->central));
  sync_twice (chain);
  assert_waits (chain->desk, NULL);
  assert_waits (chain->hub, NULL);
  assert_field (chain->central, "patient", &chain->patient, "title", "Dame");
  assert_field (chain->hub, "patient", &chain->patient, "title", "Dame");
  g_assert_cmpint (test_store_count (chain->desk->store, ASIDES), ==, 0);
  test_store_assert_sound (chain->central->store);
}

/* A member whom central does not know yet takes on another, who goes to work: central is told of the first, and believes all. */
static void
one_lets_go_of_another (TestChain *chain, gconstpointer data)
{
  char al[LIMBER_ID_TEXT_LENGTH + 1], cy[LIMBER_ID_TEXT_LENGTH + 1];
  g_autofree char *site = limber_id_dup_text (&chain->site);
  LimberId al_id, cy_id;
  Write takes_on = { al, "staff", NULL, site, &cy_id };
  g_autoptr (GError) error = NULL;

  test_id (&al_id, "al");
  test_id (&cy_id, "cy");
  limber_id_to_text (&al_id, al);
  limber_id_to_text (&cy_id, cy);
  limber_store_write (chain->desk->store, take_on, &takes_on, &error);
  g_assert_no_error (error);
  write_as (chain->desk, cy, "patient", &chain->patient, "title", "Dame");
  sync_twice (chain);
  g_assert_cmpint (test_store_count (chain->central->store, WAITING), ==, 2);
  put_staff (chain, "al", "reception", al);
  g_assert_true (test_wait (nothing_waits, chain->central));
  assert_field (chain->central, "patient", &chain->patient, "title", "Dame");
}

/* Central was told while no node ran there. */
static void
a_start_lets_go (TestChain *chain, gconstpointer data)
{
  char al[LIMBER_ID_TEXT_LENGTH + 1];

  al_works (chain, al);
  put_staff (chain, "al", "reception", al);
  test_place_close (chain->central); /* before its node has heard of it */
  test_place_open (chain->central);
  assert_waits (chain->central, LIMBER_DOUBT_UNKNOWN);
  limber_node_tick (chain->central->node);
  g_assert_true (test_wait (nothing_waits, chain->central));
}

static gboolean
decide (LimberTransaction *transaction, gpointer data, GError **error)
{
  g_autoptr (json_t) waiting = limber_quarantine_json (limber_transaction_reader (transaction), error);
  LimberEntryId id;

  g_assert_true (limber_id_parse (&id, limber_json_string (json_array_get (waiting, 0), "id")));
  return limber_quarantine_decide (transaction, &id, GPOINTER_TO_INT (data), &(LimberAuthor){ bo, "reception" }, error);
}

/* Who may decide on what was put aside is believed in that; what it makes of others' rights, by that alone, is not. */
static void
a_decision_is_believed (TestChain *chain, gconstpointer data)
{
  LimberDecision decision = GPOINTER_TO_INT (data);
  LimberId nobody;
  g_autofree char *al = NULL;

  test_id (&nobody, "al");
  al = limber_id_dup_text (&nobody);
  write_as (chain->desk, al, "patient", &chain->patient, "title", "Dame");
  sync_twice (chain);
  limber_store_write (chain->hub->store, decide, GINT_TO_POINTER (decision), NULL);
  sync_twice (chain);
  assert_waits (chain->central, NULL);
  assert_field (chain->central, "patient", &chain->patient, "title", decision == LIMBER_DECISION_APPROVE ? "Dame" : NULL);
}

static void
a_decision_gives_no_right (TestChain *chain, gconstpointer data)
{
  LimberId id;

  limber_id_parse (&id, mo);
  write_as (chain->desk, bo, "staff", &id, "role", "reception");
  sync_twice (chain);
  limber_store_write (chain->hub->store, decide, GINT_TO_POINTER (LIMBER_DECISION_APPROVE), NULL);
  sync_twice (chain);
  g_assert_cmpint (test_store_count (chain->central->store, WAITING), ==, 2); /* she may not say so either */
  assert_field (chain->central, "staff", &id, "role", "service-manager");
  assert_field (chain->hub, "staff", &id, "role", "service-manager"); /* though it was she who wrote it there: others read from a hub */
  test_store_assert_sound (chain->hub->store);
}

static void
a_refusal_needs_no_right (TestChain *chain, gconstpointer data)
{
  LimberId id;

  limber_id_parse (&id, mo);
  write_as (chain->desk, bo, "staff", &id, "role", "reception");
  sync_twice (chain);
  limber_store_write (chain->hub->store, decide, GINT_TO_POINTER (LIMBER_DECISION_DECLINE), NULL);
  sync_twice (chain);
  assert_waits (chain->central, NULL);
  assert_field (chain->central, "staff", &id, "role", "service-manager");
}

#define ADD(name, test, data) g_test_add ("/sync/trust/" name, TestChain, data, set_up, test, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("who-may-not-is-put-aside", who_may_not_is_put_aside, NULL);
  ADD ("the-rest-goes-on", the_rest_goes_on, NULL);
  ADD ("what-was-lacked-lets-it-go", what_was_lacked_lets_it_go, NULL);
  ADD ("one-lets-go-of-another", one_lets_go_of_another, NULL);
  ADD ("a-start-lets-go", a_start_lets_go, NULL);
  ADD ("an-approval-is-believed", a_decision_is_believed, GINT_TO_POINTER (LIMBER_DECISION_APPROVE));
  ADD ("a-refusal-is-believed", a_decision_is_believed, GINT_TO_POINTER (LIMBER_DECISION_DECLINE));
  ADD ("an-approval-gives-no-right-to-others-rights", a_decision_gives_no_right, NULL);
  ADD ("a-refusal-needs-no-right-to-others-rights", a_refusal_needs_no_right, NULL);
  return g_test_run ();
}
