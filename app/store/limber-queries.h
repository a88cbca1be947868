/* The named queries: the only SQL that reads for others. Private to app/store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Parameters are bound in order. A column called "id:NAME" holds a thing's number and is given as an id called NAME. */
typedef struct {
  const char *name;
  const char *kinds; /* the kinds that it reads, by spaces: when one changes, a live query is read again */
  const char *sql;
} LimberQuery;

const LimberQuery *limber_query_find (const char *name);

G_END_DECLS
