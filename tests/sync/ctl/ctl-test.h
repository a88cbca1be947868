/* Runs limberctl as a program in private folders. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct {
  int     status;
  char   *out;   /* (owned) */
  char   *err;   /* (owned) */
  json_t *json;  /* (owned) (nullable): of out, when it is JSON */
} CtlResult;

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlResult, ctl_free)

G_END_DECLS
