/* Runs limberctl as a program in private folders. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "limber-test.h"

G_BEGIN_DECLS

typedef struct {
  int     status;
  char   *out;   /* (owned) */
  char   *err;   /* (owned) */
  json_t *json;  /* (owned) (nullable): of out, when it is JSON */
} CtlResult;

/* Central, which has taken in the tests' county. */
typedef struct {
  char *dir;     /* (owned) */
  char *central; /* (owned): the store's folder, in dir */
} CtlCounty;

/* The store of a device at a site. */
typedef struct {
  TestClock  clock;
  LimberEnv *env;  /* (owned) */
  char      *dir;  /* (owned) */
  LimberId   site;
} CtlDesk;

extern const char *ctl_folder; /* (nullable): where limberctl is called */

CtlResult  *ctl_run        (const char *input, const char *first, ...) G_GNUC_NULL_TERMINATED;
CtlResult  *ctl_run_v      (const char *input, const char *const *words);
void        ctl_free       (CtlResult *result);
void        ctl_assert     (int status, const char *first, ...) G_GNUC_NULL_TERMINATED;
json_t     *ctl_json       (int status, const char *first, ...) G_GNUC_NULL_TERMINATED;
const char *ctl_string     (json_t *json, const char *name);
char       *ctl_new_county (void);
char       *ctl_path       (const char *dir, const char *name);
char       *ctl_county     (void);

void         ctl_county_set_up    (CtlCounty *county, gconstpointer data);
void         ctl_county_tear_down (CtlCounty *county, gconstpointer data);
LimberStore *ctl_desk_set_up      (CtlDesk *desk, LimberClass klass);
void         ctl_desk_tear_down   (CtlDesk *desk, gconstpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlResult, ctl_free)

G_END_DECLS
