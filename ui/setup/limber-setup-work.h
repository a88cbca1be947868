/* Who sets up, on what. Each page of set-up has it from when it is started until it is stopped. */
#pragma once

#include <jansson.h>

#include "limber-set-up.h"
#include "limber-store.h"

G_BEGIN_DECLS

/* How the node of this computer is asked (app/care/limber-managing.h). */
typedef struct {
  GObject *object; /* (nullable): %NULL when this computer has joined nothing */
  void (*ask) (GObject *object, json_t *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  json_t *(*finish) (GObject *object, GAsyncResult *result, GError **error);
} LimberSetupAsker;

/**
 * LimberSetupWork:
 * @store: this computer's
 * @author: whose work it is
 * @asker: how its node is asked
 *
 * It stays where it is until the pages are stopped.
 */
typedef struct {
  LimberStore     *store;
  LimberAuthor     author;
  LimberSetupAsker asker;
} LimberSetupWork;

/* Signals of each page:
 *   "change" (LimberSetUp *change): to be written, or to be refused, by whoever holds the page
 *   "said" (string text): something was done that nothing takes back
 * and how a change went is said by limber_setup_…_settle(), or what shows it is to be filled anew: limber_setup_site_refresh(). */

G_END_DECLS
