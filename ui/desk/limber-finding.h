/* LimberFinding: one look for somebody who is not on this computer: a question to central, its answer, the choice, and the
 * moment when she is here. It has no widgets. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "limber-found.h"
#include "limber-store.h"

G_BEGIN_DECLS

/* How central is asked; a test brings its own. @finish: (transfer full) (nullable) */
typedef struct {
  GObject *object; /* (nullable): %NULL when this computer has joined nothing */
  void (*ask) (GObject *object, json_t *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  json_t *(*finish) (GObject *object, GAsyncResult *result, GError **error);
} LimberAsker;

typedef enum {
  LIMBER_FINDING_OPEN,     /* nothing was asked yet, or that was given up */
  LIMBER_FINDING_ASKING,
  LIMBER_FINDING_FOUND,
  LIMBER_FINDING_NONE,
  LIMBER_FINDING_TOO_MANY,
  LIMBER_FINDING_OFFLINE,  /* central could not be asked */
  LIMBER_FINDING_REFUSED,  /* "problem" says why */
  LIMBER_FINDING_COMING,   /* somebody was chosen, and is on her way */
} LimberFindingState;

#define LIMBER_TYPE_FINDING (limber_finding_get_type ())
G_DECLARE_FINAL_TYPE (LimberFinding, limber_finding, LIMBER, FINDING, GObject)

LimberFinding     *limber_finding_new         (LimberStore *store, const LimberAsker *asker, const LimberId *staff);
void               limber_finding_ask         (LimberFinding *finding, const json_t *sought);
void               limber_finding_choose      (LimberFinding *finding, LimberFound *found);
gboolean           limber_finding_cancel      (LimberFinding *finding);
LimberFindingState limber_finding_get_state   (LimberFinding *finding);
const char        *limber_finding_get_problem (LimberFinding *finding);
GListModel        *limber_finding_get_people  (LimberFinding *finding);

/* Signals: "changed": the state is another; "arrived" (LimberId *patient): who was chosen is on this computer. */

G_END_DECLS
