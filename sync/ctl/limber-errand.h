/* LimberErrand: one call of a limberctl command: its words and options, where it works, and what it answers. The same call
 * is carried out by limberctl itself or, over the private socket, by the program that owns the store. */
#pragma once

#include <jansson.h>

#include "limber-store.h"

G_BEGIN_DECLS

typedef struct _LimberErrand LimberErrand;
typedef struct _LimberCommand LimberCommand;

/* FALSE with an error set; a command that has answered sets the call's status itself. */
typedef gboolean (*LimberCommandFunc) (LimberErrand *errand, GError **error);
typedef void (*LimberErrandWrite) (const char *text, gsize length, gpointer data);

/**
 * LimberNeeds:
 * @LIMBER_NEEDS_NOTHING: no store at all
 * @LIMBER_NEEDS_DIR: the folder of a store, which it makes or replaces
 * @LIMBER_NEEDS_READ: a store to read, whoever owns it
 * @LIMBER_NEEDS_CHANGE: a store to change: its owner carries the command out
 */
typedef enum {
  LIMBER_NEEDS_NOTHING,
  LIMBER_NEEDS_DIR,
  LIMBER_NEEDS_READ,
  LIMBER_NEEDS_CHANGE,
} LimberNeeds;

typedef enum {
  LIMBER_COMMAND_PATH = 1 << 0,      /* the first word is a path */
  LIMBER_COMMAND_STOPPABLE = 1 << 1, /* a signal asks it to stop, rather than ending it */
  LIMBER_COMMAND_INPUT = 1 << 2,     /* it reads a line from its standard input */
  LIMBER_COMMAND_SECOND_PATH = 1 << 3, /* the word after publish, check or load is a path */
} LimberCommandFlags;

struct _LimberCommand {
  const char        *name;
  const char        *usage;   /* after the name */
  const char        *summary; /* to be translated */
  const char        *help;    /* (nullable): more, to be translated */
  const char *const *options; /* (nullable): %NULL-ended names; "=" at the end of those that take a value */
  guint              minimum; /* of words */
  guint              maximum;
  LimberNeeds        needs;
  LimberCommandFlags flags;
  LimberCommandFunc  func;
};

struct _LimberErrand {
  const LimberCommand *const *tables; /* (unowned): the commands of this program */
  const LimberCommand *command;
  GPtrArray       *words;       /* (owned): after the command's name */
  GHashTable      *options;     /* (owned): name → value, "" for one without */
  char            *dir;         /* (owned) (nullable): --store, as an absolute path */
  gboolean         json;
  gboolean         help;
  char            *input;       /* (owned) (nullable): a line from the caller's standard input */
  LimberEnv       *env;         /* (owned) */
  LimberStore     *store;       /* (owned) (nullable): open, when the command needs one */
  gpointer         client;      /* (unowned) (nullable): the owner's LimberClient */
  gboolean         here;        /* limberctl itself carries it out */
  GCancellable    *cancellable; /* (owned): stops it */
  LimberErrandWrite  write;       /* where its answer goes */
  LimberErrandWrite  say;         /* where news on the way goes */
  gpointer         data;        /* for both */
  json_t          *result;      /* (owned) (nullable): the answer, for --json */
  GString         *text;        /* (owned): the answer, for people */
  int              status;      /* the exit status */
};

LimberErrand *limber_errand_parse      (const LimberCommand *const *tables, const char *const *argv, LimberEnv *env, GError **error);
void        limber_errand_free       (LimberErrand *errand);
const char *limber_errand_word       (LimberErrand *errand, guint i);
const char *limber_errand_option     (LimberErrand *errand, const char *name);
gboolean    limber_errand_has        (LimberErrand *errand, const char *name);
LimberNeeds limber_errand_needs      (LimberErrand *errand);
char      **limber_errand_to_argv    (LimberErrand *errand);
void        limber_errand_perform    (LimberErrand *errand);
void        limber_errand_fail       (LimberErrand *errand, GError *error);
void        limber_errand_print      (LimberErrand *errand, const char *text);
void        limber_errand_say        (LimberErrand *errand, const char *form, ...) G_GNUC_PRINTF (2, 3);
void        limber_errand_tell       (LimberErrand *errand, const char *form, ...) G_GNUC_PRINTF (2, 3);
void        limber_errand_take       (LimberErrand *errand, json_t *result);
json_t     *limber_errand_error_json (const GError *error);
gboolean    limber_errand_usage      (GError **error, const char *form, ...) G_GNUC_PRINTF (2, 3);
gboolean    limber_errand_read       (LimberErrand *errand, gboolean (*func) (LimberErrand *, LimberReader *, GError **), GError **error);
gboolean    limber_errand_change     (LimberErrand *errand, gboolean (*func) (LimberErrand *, LimberTransaction *, GError **), GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberErrand, limber_errand_free)

G_END_DECLS
