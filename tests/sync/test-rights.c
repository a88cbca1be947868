/* What goes round of roles, cover, glass and reads: who holds it, and what a computer knows of who has left. */
#include "limber-json.h"
#include "limber-reads.h"
#include "limber-sign-in-code.h"
#include "limber-sign-in.h"
#include "limber-status.h"
#include "limber-test-chain.h"

#define HOUR G_GINT64_CONSTANT (3600000)

typedef struct {
  LimberId          id, device;
  LimberAuthor      author;
  char             *question, *code;
  LimberSignInNeeds needs;
  gboolean          fits;
} Job;

static gboolean
note_read (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  return limber_reads_note (transaction, &job->id, "page", &job->author, error);
}

static void
put_staff (TestChain *chain, const char *name, char text[LIMBER_ID_TEXT_LENGTH + 1], LimberId *id)
{
  g_autofree char *site = limber_id_dup_text (&chain->site);

  test_id (id, name);
  limber_id_to_text (id, text);
  test_store_put (chain->central->store, "staff", id, "number", name, "family", "Ng", "given", "Bo", "role", "reception", "site", site, NULL);
  test_chain_sync (chain);
}

static gint64
rows (TestPlace *place, const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\"", kind);

  return test_store_count (place->store, sql);
}

static gboolean
read_status (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_status_json (reader, error);
  return TRUE;
}

/* A read comes to central by way of the hub, and rests there alone; whoever wrote it has nothing more to hand over. */
static void
a_read_rests_at_central_alone (TestChain *chain, gconstpointer data)
{
  char author[LIMBER_ID_TEXT_LENGTH + 1];
  LimberId staff;
  Job job = { .id = chain->patient, .author = { author, "reception" } };
  g_autoptr (json_t) status = NULL;
  g_autoptr (GError) error = NULL;

  put_staff (chain, "ruth", author, &staff);
  limber_store_write (chain->desk->store, note_read, &job, &error);
  g_assert_no_error (error);
  test_chain_sync (chain);
  g_assert_cmpint (rows (chain->central, "reading"), ==, 1);
  g_assert_cmpint (rows (chain->hub, "reading") + rows (chain->desk, "reading") + rows (chain->kiosk, "reading"), ==, 0);
  limber_store_read (chain->desk->store, read_status, &status, NULL);
  g_assert_cmpint (json_integer_value (json_object_get (status, "pending")), ==, 0);
}

/* Glass and cover are held at the site where they were, and at no other; on no public screen. */
static void
glass_and_cover_are_the_sites (TestChain *chain, gconstpointer data)
{
  char staff[LIMBER_ID_TEXT_LENGTH + 1];
  g_autofree char *here = limber_id_dup_text (&chain->site), *elsewhere = limber_id_dup_text (&chain->other_site);
  LimberId id, ids[4];

  put_staff (chain, "ruth", staff, &id);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *name = g_strdup_printf ("record %u", i);
    TestPlace *at = i % 2 == 0 ? chain->desk : chain->central;

    test_id (&ids[i], name);
    if (i < 2)
      test_store_put (at->store, "glass", &ids[i], "staff", staff, "site", i % 2 == 0 ? here : elsewhere, "reason", "It could not wait", "at", "2026-11-23T09:00:00Z", "until", "2026-11-23T10:00:00Z", NULL);
    else
      test_store_put (at->store, "cover", &ids[i], "staff", staff, "site", i % 2 == 0 ? here : elsewhere, "why", "cover", "from", "2026-11-23", "until", "2026-11-23", "reason", "Holidays", "at",
                      "2026-11-23T09:00:00Z", NULL);
  }
  test_chain_sync (chain);
  test_chain_sync (chain);
  g_assert_cmpint (rows (chain->central, "glass"), ==, 2);
  g_assert_cmpint (rows (chain->hub, "glass"), ==, 1);
  g_assert_cmpint (rows (chain->desk, "glass"), ==, 1);
  g_assert_cmpint (rows (chain->central, "cover"), ==, 2);
  g_assert_cmpint (rows (chain->desk, "cover"), ==, 1);
  g_assert_cmpint (rows (chain->kiosk, "glass") + rows (chain->kiosk, "cover"), ==, 0);
}

static gboolean
read_needs (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  return limber_sign_in_needs (reader, &job->id, &job->needs, error);
}

static void
assert_needs_word (TestChain *chain, const LimberId *staff, gboolean word)
{
  Job job = { .id = *staff };
  g_autoptr (GError) error = NULL;

  limber_store_read (chain->desk->store, read_needs, &job, &error);
  g_assert_no_error (error);
  g_assert_cmpint (job.needs.word, ==, word);
}

static void
pass_hours (TestChain *chain, int hours)
{
  TestPlace *places[] = { chain->central, chain->hub, chain->desk, chain->kiosk };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    places[i]->clock.now += hours * HOUR;
}

/* A hub that has no central knows no more of who has left than the desk; and what it hears from central, the desk hears from it. */
static void
a_hub_without_central_says_nothing_of_who_has_left (TestChain *chain, gconstpointer data)
{
  char author[LIMBER_ID_TEXT_LENGTH + 1];
  LimberId staff;

  put_staff (chain, "ruth", author, &staff);
  limber_node_set_central (chain->hub->node, TRUE);
  test_place_sync (chain->desk);
  limber_node_set_central (chain->hub->node, FALSE);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CUT);
  pass_hours (chain, LIMBER_SIGN_IN_HOURS - 1);
  test_place_sync (chain->desk);
  assert_needs_word (chain, &staff, FALSE);
  pass_hours (chain, 2);
  test_place_sync (chain->desk);
  assert_needs_word (chain, &staff, TRUE);
  test_net_set_fault (chain->net, CENTRAL, TEST_NET_CARRY);
  limber_node_set_central (chain->hub->node, TRUE);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  assert_needs_word (chain, &staff, FALSE);
  test_store_put (chain->central->store, "staff", &staff, "left", "1", NULL);
  test_chain_sync (chain);
  {
    Job job = { .id = staff };

    g_assert_false (limber_store_read (chain->desk->store, read_needs, &job, NULL)); /* known now, and shut out */
  }
}

static gboolean
give_code (LimberTransaction *transaction, gpointer data, GError **error)
{
  Job *job = data;

  job->code = limber_sign_in_code_answer (transaction, &job->device, &job->id, job->question, &job->author, error);
  return job->code != NULL;
}

static gboolean
read_fits (LimberReader *reader, gpointer data, GError **error)
{
  Job *job = data;

  job->fits = limber_sign_in_code_fits (reader, &job->id, job->question, job->code);
  return TRUE;
}

/* A desk that joined a hub has central's key from it; a code for the desk is none for the hub. */
static void
central_gives_a_code_to_a_desk_at_a_hub (TestChain *chain, gconstpointer data)
{
  char author[LIMBER_ID_TEXT_LENGTH + 1];
  LimberId staff;
  Job job = { .device = limber_store_identity (chain->desk->store)->device, .author = { "system:limberctl", "set-up" } };
  g_autoptr (GError) error = NULL;

  put_staff (chain, "ruth", author, &staff);
  job.id = staff;
  job.question = limber_sign_in_code_question (chain->desk->env);
  limber_store_write (chain->central->store, give_code, &job, &error);
  g_assert_no_error (error);
  limber_store_read (chain->desk->store, read_fits, &job, NULL);
  g_assert_true (job.fits);
  limber_store_read (chain->hub->store, read_fits, &job, NULL);
  g_assert_false (job.fits);
  g_free (job.question);
  g_free (job.code);
}

#define ADD(path, func) g_test_add ("/sync/rights/" path, TestChain, NULL, test_chain_set_up, func, test_chain_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-read-rests-at-central-alone", a_read_rests_at_central_alone);
  ADD ("glass-and-cover-are-the-sites", glass_and_cover_are_the_sites);
  ADD ("a-hub-without-central-says-nothing-of-who-has-left", a_hub_without_central_says_nothing_of_who_has_left);
  ADD ("central-gives-a-code-to-a-desk-at-a-hub", central_gives_a_code_to_a_desk_at_a_hub);
  return g_test_run ();
}
