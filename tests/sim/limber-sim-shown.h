/* SimShown: what a store has shown of each field of its records, to see when something goes back. */
#pragma once

#include "limber-record.h"

G_BEGIN_DECLS

/* One value. */
typedef struct {
  LimberStamp stamp;
  gint64      word;  /* of an ordered field */
  gint64      since; /* microseconds of the loop */
} SimShownValue;

typedef struct _SimShown SimShown;

/* @before: what record's field @i said before it went back */
typedef void (*SimShownFunc) (const LimberRecord *record, guint i, const SimShownValue *before, gpointer data);

SimShown *sim_shown_new     (SimShownFunc func, gpointer data);
void      sim_shown_free    (SimShown *shown);
void      sim_shown_clear   (SimShown *shown);
void      sim_shown_begin   (SimShown *shown);
void      sim_shown_end     (SimShown *shown);
void      sim_shown_take    (SimShown *shown, const LimberRecord *record, gint64 now);
void      sim_shown_gone    (SimShown *shown, const char *kind, const LimberId *id);
gboolean  sim_shown_has     (SimShown *shown, const LimberRecord *record, guint i, const SimShownValue *value, gint64 since);

G_END_DECLS
