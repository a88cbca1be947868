/* Scrubbing: what an erasure takes out of the records (limber-erasure.h) is taken out of the files too; and what is
 * forgotten or pruned (limber-prune.h) out of the log. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

/* What is yet to be done. */
typedef enum {
  LIMBER_SCRUB_SECOND = 1 << 0, /* central's second file */
  LIMBER_SCRUB_COPIES = 1 << 1, /* older stores that Limber has kept beside this one */
  LIMBER_SCRUB_FILE = 1 << 2,   /* what the file has in its unused parts */
  LIMBER_SCRUB_LOG = 1 << 3,    /* its write-ahead log */
  LIMBER_SCRUB_ALL = (1 << 4) - 1,
} LimberScrub;

void       limber_scrub_run    (LimberStore *store);
gboolean   limber_scrub_wait   (LimberStore *store);
GPtrArray *limber_scrub_copies (const char *dir);

G_END_DECLS
