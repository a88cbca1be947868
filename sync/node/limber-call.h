/* One request on its way through a node. Private to sync/node. */
#pragma once

#include "limber-departure.h"
#include "limber-digests.h"
#include "limber-gate.h"
#include "limber-message.h"
#include "limber-muster.h"
#include "limber-node.h"
#include "limber-seal.h"
#include "limber-sign.h"
#include "limber-tally.h"

G_BEGIN_DECLS

typedef struct _LimberCall LimberCall;

/* A step. It may set the call's answer, and then it was the last one. */
typedef gboolean (*LimberCallRead) (LimberCall *call, LimberReader *reader, GError **error);
typedef gboolean (*LimberCallWrite) (LimberCall *call, LimberTransaction *transaction, GError **error);

/* What a node knows of a device. */
typedef struct {
  guint8        key[32];
  LimberGroup   group;   /* what it is, and of which site */
  gboolean      revoked; /* what it writes is not believed without a person's word */
  LimberLeaving leaving; /* it is told to go */
  gboolean      left;    /* and has gone */
} LimberStanding;

/* What a node answers: read first, in a worker; then, unless that answered, ask central or change; then, unless that did, read again. */
typedef struct {
  const char     *method;
  const char     *path;
  gboolean        open;    /* to whoever has a code; otherwise to known devices */
  gboolean        revoked; /* also to those that were revoked, or let go */
  gsize           gated;   /* bytes of a body from which on only so many are carried out at once; 0 for never */
  LimberCallRead  prepare;
  LimberCallWrite write;   /* (nullable) */
  LimberCallRead  compose; /* (nullable) */
} LimberHandler;

struct _LimberCall {
  LimberNode          *node;     /* (owned) */
  const LimberHandler *handler;
  LimberMessage       *request;  /* (owned) */
  LimberMessage       *answer;   /* (owned) (nullable) */
  LimberSignature      signature;
  LimberSeal           seal;
  gboolean             is_sealed; /* the device is known, and so is how to answer it */
  LimberStanding       standing; /* of the device that asks */
  gboolean             is_known; /* it is really that device that asks */
  gboolean             is_inside; /* the gate */
  guint                wait;     /* milliseconds until its turn, when there was no room */
  gint64               began;    /* microseconds that never go back */
  json_t              *relay;    /* (owned) (nullable): set by prepare at a hub: central is to be asked this, and its answer is the answer */
  LimberTallyCall      tally;    /* what the handler counts of it */
  gpointer             data;     /* (owned by destroy): of the handler */
  GDestroyNotify       destroy;
};

extern const LimberHandler limber_node_push, limber_node_pull, limber_node_digest, limber_node_join, limber_node_look, limber_node_who, limber_node_leave, limber_node_find, limber_node_manage, limber_node_wake;

void         limber_call_describe    (LimberCall *call, LimberReader *reader, json_t *answer);
void         limber_call_answer      (LimberCall *call, json_t *json);
LimberMessage *limber_call_refuse    (LimberCall *call, guint status, const GError *error);
void         limber_call_answer_page (LimberCall *call, GString *page, json_t *end);
void         limber_call_set_meta    (json_t *json, const char *name, LimberReader *reader, const char *meta);
json_t      *limber_call_credential  (LimberCall *call, const LimberRecord *record);
gboolean     limber_call_tell_of_nodes (LimberCall *call, LimberReader *reader, json_t *end, GError **error);
gboolean     limber_call_is_due      (LimberCall *call, LimberReader *reader);
gboolean     limber_call_catch_up    (LimberCall *call, LimberTransaction *transaction, GError **error);
gint64       limber_call_cursor      (LimberCall *call, LimberReader *reader);
void         limber_call_tell        (LimberCall *call, LimberMessage *answer);
gboolean     limber_call_standing    (LimberReader *reader, const LimberId *device, LimberStanding *standing);
void         limber_call_hear        (LimberCall *call, LimberReader *reader, const LimberReport *report);
gboolean     limber_call_tell_screens (LimberCall *call, LimberReader *reader, json_t *end, GError **error);
void         limber_call_hear_fleet  (LimberCall *call, LimberReader *reader, const GArray *lines);

LimberStore *limber_node_store       (LimberNode *node);
const char  *limber_node_run         (LimberNode *node);
gboolean     limber_node_has_central (LimberNode *node);
LimberDigests *limber_node_digests     (LimberNode *node);
LimberTally *limber_node_tally       (LimberNode *node);
LimberMuster *limber_node_muster     (LimberNode *node);
void         limber_node_write_muster (LimberNode *node);
gboolean     limber_node_must_tell   (const GError *error);
LimberGate  *limber_node_gate        (LimberNode *node);

G_END_DECLS
