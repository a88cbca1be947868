/* Who sets up, on what. Each page of set-up has it from when it is started until it is stopped. */
#pragma once

#include "limber-client.h"
#include "limber-set-up.h"
#include "limber-store.h"

G_BEGIN_DECLS

/**
 * LimberSetupWork:
 * @store: this computer's
 * @author: whose work it is
 * @client: (nullable): by which this computer's node is asked
 *
 * It stays where it is until the pages are stopped.
 */
typedef struct {
  LimberStore  *store;
  LimberAuthor  author;
  LimberClient *client;
} LimberSetupWork;

/* Signals of each page:
 *   "change" (LimberSetUp *change): to be written, or to be refused, by whoever holds the page
 *   "said" (string text): something was done that nothing takes back
 * and what shows a change that was refused is to be filled anew: limber_setup_…_refresh(). */

G_END_DECLS
