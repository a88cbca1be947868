/* LimberJoining: joining a site with a code, as every screen does it: what the code is for is asked before anything is changed, and
 * what is wrong is said in the words of whoever stands there. Main thread only. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_JOINING_TYPING,  /* a code is waited for */
  LIMBER_JOINING_LOOKING, /* its node is asked what it is for */
  LIMBER_JOINING_OFFERED, /* that is known, and nothing has been changed */
  LIMBER_JOINING_JOINING,
  LIMBER_JOINING_JOINED,  /* there is a store */
} LimberJoiningStage;

/* What a code is for. */
typedef struct {
  char       *site;   /* (owned): its name, or words for none */
  const char *klass;  /* what this computer becomes */
  const char *what;   /* what such a computer is for */
  char       *name;   /* (owned): what it will be called */
  char       *until;  /* (owned): when the code ends */
  const char *misfit; /* (nullable): why this program does not join with it */
} LimberOffer;

#define LIMBER_TYPE_JOINING (limber_joining_get_type ())
G_DECLARE_FINAL_TYPE (LimberJoining, limber_joining, LIMBER, JOINING, GObject)

LimberJoining      *limber_joining_new       (const char *dir, LimberClass classes, LimberEnv *env);
void                limber_joining_look      (LimberJoining *self, const char *code);
void                limber_joining_join      (LimberJoining *self);
void                limber_joining_again     (LimberJoining *self);
void                limber_joining_stop      (LimberJoining *self);
LimberJoiningStage  limber_joining_get_stage (LimberJoining *self);
gboolean            limber_joining_is_asking (LimberJoining *self);
const char         *limber_joining_get_wrong (LimberJoining *self);
const LimberOffer  *limber_joining_get_offer (LimberJoining *self);
const char         *limber_joining_doing     (LimberJoining *self);

char               *limber_joining_whole     (const char *code, const char *address);
gboolean            limber_joining_lacks_address (const char *code);
char               *limber_joining_count     (const char *code);

/* Signal: "changed": the stage, or what is wrong. */

G_END_DECLS
