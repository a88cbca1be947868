/* Watching a connection that works for long. Private to app/store. */
#pragma once

#include "limber-database.h"
#include "limber-long.h"

G_BEGIN_DECLS

/* How much is done, of 1, as far as one can say. */
typedef double (*LimberMeasure) (gpointer data);

typedef struct {
  const LimberLong *work;    /* (nullable) */
  LimberDatabase   *database;
  LimberMeasure     measure; /* (nullable) */
  gpointer          data;
} LimberWatching;

void     limber_watching_begin (LimberWatching *watching);
gboolean limber_watching_end   (LimberWatching *watching, gboolean good, GError **error);

G_END_DECLS
