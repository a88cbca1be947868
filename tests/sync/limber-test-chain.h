/* A kiosk and a desk at a hub at central, joined as people join them, with one patient who is expected today. */
#pragma once

#include "limber-test-net.h"

G_BEGIN_DECLS

#define CENTRAL "test://central"
#define HUB "test://hub"

typedef struct {
  TestNet   *net;
  TestPlace *central, *hub, *desk, *kiosk;
  LimberId   site, other_site, patient, appointment;
} TestChain;

void     test_chain_set_up    (TestChain *chain, gconstpointer data);
void     test_chain_tear_down (TestChain *chain, gconstpointer data);
void     test_chain_start     (TestChain *chain);
void     test_chain_sync      (TestChain *chain);
char    *test_chain_status    (TestChain *chain, TestPlace *place);
void     test_chain_assert_status (TestChain *chain, TestPlace *place, const char *expected);
gboolean test_place_is_up_to_date (gpointer place);
gboolean test_place_is_waiting (gpointer place);
gboolean test_place_is_offline (gpointer place);

G_END_DECLS
