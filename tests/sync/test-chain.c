/* Kiosk, desk, hub and central in one process: the main job, and what can go wrong on its way. */
#include <string.h>

#include "limber-error.h"
#include "limber-feed.h"
#include "limber-test-net.h"

#define CENTRAL "test://central"
#define HUB "test://hub"

static LimberId site, other_site, patient, appointment;

typedef struct {
  TestNet   *net;
  TestPlace *central, *hub, *desk, *kiosk;
} Chain;

static void
put_people (TestPlace *central)
{
  g_autofree char *p = limber_id_dup_text (&patient), *s = limber_id_dup_text (&site);

  test_store_put (central->store, "site", &site, "code", "LMB01", "name", "Harrow", NULL);
  test_store_put (central->store, "site", &other_site, "code", "LMB02", "name", "Pinner", NULL);
  test_store_put (central->store, "patient", &patient, "number", "P1", "family", "Canarywood", "given", "Moira", "born", "1961-04-09", "mobile", "07700900123", "address",
                  "1 Canary Lane", "postcode", "HA1 1AA", "nhs_number", "9990000026", NULL);
  test_store_put (central->store, "appointment", &appointment, "patient", p, "site", s, "start", "2026-11-23T10:00:00Z", "status", "booked", NULL);
}

static void
set_up (Chain *chain, gconstpointer data)
{
  chain->net = test_net_new ();
  chain->central = test_place_central (chain->net, CENTRAL);
  put_people (chain->central);
  chain->hub = test_place_join (chain->net, chain->central, LIMBER_CLASS_HUB, &site, HUB);
  test_place_sync (chain->hub);
  chain->desk = test_place_join (chain->net, chain->hub, LIMBER_CLASS_DESK, &site, NULL);
  chain->kiosk = test_place_join (chain->net, chain->hub, LIMBER_CLASS_KIOSK, &site, NULL);
  test_place_sync (chain->hub);
  test_place_sync (chain->desk);
  test_place_sync (chain->kiosk);
}

static void
tear_down (Chain *chain, gconstpointer data)
{
  test_place_free (chain->kiosk);
  test_place_free (chain->desk);
  test_place_free (chain->hub);
  test_place_free (chain->central);
  g_assert_finalize_object (chain->net);
}

static char *
status_at (TestPlace *place, const LimberId *id)
{
  g_autoptr (LimberRecord) record = test_store_get (place->store, "appointment", id);

  return g_strdup (record != NULL ? limber_record_word (record, "status") : "none");
}

static void
assert_status (TestPlace *place, const char *expected)
{
  g_autofree char *status = status_at (place, &appointment);

  g_assert_cmpstr (status, ==, expected);
}

static void
everybody_holds_what_they_should (Chain *chain, gconstpointer data)
{
  g_autoptr (LimberRecord) at_desk = test_store_get (chain->desk->store, "patient", &patient), at_kiosk = test_store_get (chain->kiosk->store, "patient", &patient);

  g_assert_nonnull (at_desk);
  g_assert_cmpstr (limber_record_text (at_desk, "family"), ==, "Canarywood");
  g_assert_nonnull (at_kiosk);
  g_assert_null (limber_record_text (at_kiosk, "family"));
  g_assert_cmpstr (limber_record_text (at_kiosk, "born"), ==, "1961-04-09");
  g_assert_cmpstr (limber_record_text (at_kiosk, "initials"), ==, "M C");
  g_assert_nonnull (limber_record_text (at_kiosk, "letters"));
  assert_status (chain->kiosk, "booked");
  assert_status (chain->desk, "booked");
}

static void
a_check_in_reaches_desk_and_central (Chain *chain, gconstpointer data)
{
  test_store_put (chain->kiosk->store, "appointment", &appointment, "status", "arrived", NULL);
  test_place_sync (chain->kiosk);
  test_place_sync (chain->desk);
  assert_status (chain->desk, "arrived");
  assert_status (chain->central, "booked");
  test_place_sync (chain->hub);
  assert_status (chain->central, "arrived");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_id (&site, "site");
  test_id (&other_site, "other site");
  test_id (&patient, "patient");
  test_id (&appointment, "appointment");
#define ADD(name, func) g_test_add ("/sync/chain/" name, Chain, NULL, set_up, func, tear_down)
  ADD ("everybody holds what they should", everybody_holds_what_they_should);
  ADD ("a check-in reaches desk and central", a_check_in_reaches_desk_and_central);
  return g_test_run ();
}
