/* LimberManaging: what a manager at a desk asks of the node that looks after her site's devices: how they are, a code for another one, and that
 * one is to go. It is done at the node, in her name; a device has no say over others.
 *
 * A question has "ask": "list", "enrol", "retire", "lost", "revoke" or "keep"; "staff": her id; "device": of which; for "enrol" "class", "name",
 * "hours", and from an office the "site"'s code. */
#pragma once

#include <jansson.h>

#include "limber-departure.h"
#include "limber-vitals.h"

G_BEGIN_DECLS

#define LIMBER_MANAGING_MAXIMUM 4096 /* bytes of a question */
#define LIMBER_MANAGING_HOURS 168    /* for so long at most a code is good */
#define LIMBER_MANAGING_OPEN 100     /* codes at most that nobody has used yet */

/* The device at which she sits. */
typedef struct {
  LimberId    device;
  LimberClass klass;
  LimberId    site; /* nil for an office */
} LimberManagingAsker;

/* What the node knows of itself. */
typedef struct {
  LimberId            device;
  const guint8       *public_key;
  const LimberVitals *vitals; /* (nullable): for "list" */
  const char         *version;
} LimberManagingNode;

gboolean limber_managing_is_asked (const json_t *question);
gboolean limber_managing_may_ask (LimberClass klass);
gboolean limber_managing_may_add (LimberClass asker, LimberClass klass);
json_t  *limber_managing_list    (LimberReader *reader, const LimberManagingNode *node, const LimberManagingAsker *asker, const json_t *question, GError **error);
json_t  *limber_managing_do      (LimberTransaction *transaction, const LimberManagingNode *node, const LimberManagingAsker *asker, const json_t *question, GError **error);
gboolean limber_managing_leave   (LimberTransaction *transaction, const LimberRecord *device, LimberLeaving leaving, const LimberAuthor *author, GError **error);

G_END_DECLS
