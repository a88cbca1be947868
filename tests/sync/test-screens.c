/* How the public screens of a site are reaches its desks, by hub and by central, and nobody else. */
#include <string.h>

#include "limber-json.h"
#include "limber-screens.h"
#include "limber-test-chain.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))

typedef struct {
  GPtrArray *screens;
  gint64     as_of;
} Told;

static gboolean
read_told (LimberReader *reader, gpointer data, GError **error)
{
  Told *told = data;

  told->screens = limber_screens_read (reader, error);
  told->as_of = limber_screens_as_of (reader);
  return told->screens != NULL;
}

static GPtrArray *
told_at (TestPlace *place)
{
  Told told = { NULL, 0 };

  g_assert_true (limber_store_read (place->store, read_told, &told, NULL));
  return told.screens;
}

/* What @at was told of @device. */
static LimberScreen *
find (GPtrArray *screens, TestPlace *device)
{
  for (guint i = 0; i < screens->len; i++) {
    LimberScreen *screen = g_ptr_array_index (screens, i);

    if (limber_id_equal (&screen->device, &limber_store_identity (device->store)->device))
      return screen;
  }
  return NULL;
}

static gboolean
knows_it_here (gpointer data)
{
  TestChain *chain = data;
  g_autoptr (GPtrArray) screens = told_at (chain->desk);
  const LimberScreen *kiosk = find (screens, chain->kiosk);

  return kiosk != NULL && kiosk->here;
}

static gboolean
knows_it_gone (gpointer data)
{
  return !knows_it_here (data);
}

static void
a_desk_hears_at_once_that_its_kiosk_came_and_went (TestChain *chain, gconstpointer data)
{
  g_autoptr (GPtrArray) screens = NULL;
  const LimberScreen *kiosk;

  test_chain_start (chain);
  g_assert_true (test_wait (knows_it_here, chain));
  chain->hub->clock.now += 30 * MINUTE; /* it asks nothing all that time */
  limber_client_stop (chain->kiosk->client);
  g_assert_true (test_wait (knows_it_gone, chain));
  screens = told_at (chain->desk);
  kiosk = find (screens, chain->kiosk);
  g_assert_cmpint (kiosk->klass, ==, LIMBER_CLASS_KIOSK);
  g_assert_false (kiosk->here);
  g_assert_true (kiosk->met_here);
  g_assert_cmpint (kiosk->seen, ==, chain->hub->clock.now);
}

static void
no_other_site_is_told (TestChain *chain, gconstpointer data)
{
  TestPlace *elsewhere = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->other_site, NULL);
  TestPlace *office = test_place_join (chain->net, chain->central, LIMBER_CLASS_OFFICE, NULL, NULL);
  g_autoptr (GPtrArray) at_desk = NULL, at_other = NULL, at_office = NULL, at_kiosk = NULL;

  test_chain_sync (chain);
  test_place_sync (elsewhere);
  test_place_sync (office);
  at_desk = told_at (chain->desk);
  at_other = told_at (elsewhere);
  at_office = told_at (office);
  at_kiosk = told_at (chain->kiosk);
  g_assert_cmpuint (at_desk->len, ==, 2); /* the kiosk and itself; no node */
  g_assert_cmpuint (at_other->len, ==, 1);
  g_assert_nonnull (find (at_other, elsewhere));
  g_assert_cmpuint (at_office->len, ==, 0);
  g_assert_cmpuint (at_kiosk->len, ==, 0);
  g_assert_false (test_dir_has (chain->kiosk->dir, "met_here"));
  test_place_free (elsewhere);
  test_place_free (office);
}

static void
who_was_revoked_is_told_of_no_more (TestChain *chain, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;

  test_chain_sync (chain);
  before = told_at (chain->desk);
  g_assert_nonnull (find (before, chain->kiosk));
  test_store_put (chain->central->store, "device", &limber_store_identity (chain->kiosk->store)->device, "revoked", "1", NULL);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  after = told_at (chain->desk);
  g_assert_null (find (after, chain->kiosk));
}

/* Central has it of the hub, and says so: what it says of that kiosk may be old. */
static void
central_tells_what_its_hub_met (TestChain *chain, gconstpointer data)
{
  TestPlace *direct = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->site, NULL);
  g_autoptr (GPtrArray) screens = NULL;
  const LimberScreen *kiosk;

  test_place_sync (chain->kiosk);
  chain->hub->clock.now += MINUTE;
  limber_node_tick (chain->hub->node);
  g_assert_cmpint (test_store_count (chain->hub->store, "SELECT count(*) FROM fleet"), >, 0);
  test_place_sync (chain->hub);
  limber_node_tick (chain->central->node);
  test_place_sync (direct);
  chain->central->clock.now += MINUTE;
  limber_node_tick (chain->central->node);
  test_place_sync (direct);
  screens = told_at (direct);
  kiosk = find (screens, chain->kiosk);
  g_assert_nonnull (kiosk);
  g_assert_false (kiosk->here);
  g_assert_false (kiosk->met_here);
  test_place_free (direct);
}

static gboolean
make_turnout (LimberTransaction *transaction, gpointer data, GError **error)
{
  const LimberIdentity *identity = data;
  static const LimberAuthor author = { "system:kiosk", "kiosk" };
  g_autoptr (LimberEdit) edit = NULL;
  LimberReader *reader = limber_transaction_reader (transaction);
  LimberId id, site;

  g_assert_true (limber_reader_site (reader, &site));
  limber_id_init_beside (&id, &identity->device, "turnout", "2026-11-23", NULL);
  edit = limber_edit_new ("turnout", &id);
  limber_edit_set_id (edit, "device", &identity->device);
  limber_edit_set_id (edit, "site", &site);
  limber_edit_set_text (edit, "day", "2026-11-23");
  limber_edit_set_integer (edit, "matched", 7);
  limber_edit_set_integer (edit, "failed", 3);
  limber_edit_set_integer (edit, "sent", 1);
  limber_edit_set_integer (edit, "paused", 0);
  return limber_transaction_edit (transaction, edit, &author, error);
}

static void
what_a_kiosk_counted_reaches_its_own_desk_alone (TestChain *chain, gconstpointer data)
{
  TestPlace *elsewhere = test_place_join (chain->net, chain->central, LIMBER_CLASS_DESK, &chain->other_site, NULL);
  g_autoptr (GPtrArray) screens = NULL;
  const LimberScreen *kiosk;

  g_assert_true (limber_store_write (chain->kiosk->store, make_turnout, (gpointer) limber_store_identity (chain->kiosk->store), NULL));
  test_chain_sync (chain);
  test_place_sync (elsewhere);
  screens = told_at (chain->desk);
  kiosk = find (screens, chain->kiosk);
  g_assert_cmpint (kiosk->today.matched, ==, 7);
  g_assert_cmpint (kiosk->week.failed, ==, 3);
  g_assert_cmpint (test_store_count (elsewhere->store, "SELECT count(*) FROM turnout"), ==, 0);
  g_assert_cmpint (test_store_count (chain->kiosk->store, "SELECT count(*) FROM turnout"), ==, 0); /* it only writes them */
  test_place_free (elsewhere);
}

static gboolean
keep (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_screens_keep (transaction, data, error);
}

/* A node of a newer Limber may say more, and one that is at fault anything. */
static void
what_makes_no_sense_is_passed_over (TestChain *chain, gconstpointer data)
{
  g_autoptr (json_t) odd = json_pack ("[s, {s:s}, {s:s, s:s, s:s}, {s:s, s:s, s:s, s:I, s:I, s:s}]", "kiosk", "name", "a", "device", "no id", "name", "b", "class", "kiosk", "device",
                                      "00000000-0000-7000-8000-000000000001", "name", "c", "class", "board", "seen", (json_int_t) -5, "unsent", (json_int_t) -1, "more", "than is known");
  g_autoptr (json_t) many = json_array ();
  g_autoptr (GPtrArray) screens = NULL, still = NULL;
  const LimberScreen *screen;

  g_assert_true (limber_store_write (chain->desk->store, keep, odd, NULL));
  screens = told_at (chain->desk);
  g_assert_cmpuint (screens->len, ==, 1);
  screen = g_ptr_array_index (screens, 0);
  g_assert_cmpstr (screen->name, ==, "c");
  g_assert_cmpint (screen->seen, ==, 0);
  g_assert_cmpint (screen->report.unsent, ==, LIMBER_REPORT_UNKNOWN);
  for (guint i = 0; i <= LIMBER_SCREENS_MOST; i++)
    json_array_append (many, json_array_get (odd, 3));
  g_assert_true (limber_store_write (chain->desk->store, keep, many, NULL));
  still = told_at (chain->desk);
  g_assert_cmpuint (still->len, ==, 1);
}

#define ADD(name, test) g_test_add ("/sync/screens/" name, TestChain, NULL, test_chain_set_up, test, test_chain_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-desk-hears-at-once-that-its-kiosk-came-and-went", a_desk_hears_at_once_that_its_kiosk_came_and_went);
  ADD ("no-other-site-is-told", no_other_site_is_told);
  ADD ("who-was-revoked-is-told-of-no-more", who_was_revoked_is_told_of_no_more);
  ADD ("central-tells-what-its-hub-met", central_tells_what_its_hub_met);
  ADD ("what-a-kiosk-counted-reaches-its-own-desk-alone", what_a_kiosk_counted_reaches_its_own_desk_alone);
  ADD ("what-makes-no-sense-is-passed-over", what_makes_no_sense_is_passed_over);
  return g_test_run ();
}
