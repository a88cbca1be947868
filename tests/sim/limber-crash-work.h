/* CrashWork: everything that a store is asked to do, step by step and from a seed, and what was said to be saved, kept
 * outside of it. The store's folder may be on a SimDisk; where its work comes from is not. */
#pragma once

#include "limber-sim-loop.h"
#include "limber-store.h"
#include "limber-test.h"

G_BEGIN_DECLS

typedef struct _CrashSource CrashSource;

typedef struct {
  CrashSource   *source;
  LimberIdentity identity;
  char          *dir;     /* (owned): the store's folder */
  TestClock      clock;
  LimberEnv     *env;     /* (owned) */
  LimberStore   *store;   /* (owned) (nullable): while it is open */
  SimRandom      random;
  gboolean       made;    /* its making was said to be done */
  gboolean       restoring; /* a backup is being put in its place */
  const char    *doing;   /* the step that was begun last */
  guint          number;  /* of steps begun: names what they write */
  guint          line;    /* how many of the other device's entries were taken in */
  gint64         page;    /* how many pages */
  GHashTable    *said;    /* (owned) (element-type utf8 utf8): practice → the name that was said to be saved */
  guint          saved;   /* how often something was said to be */
  guint          failed;  /* how often the store said that it had failed */
} CrashWork;

void         crash_work_in_memory (void);
CrashSource *crash_source_new   (LimberClass klass, guint64 seed);
void         crash_source_free  (CrashSource *source);

CrashWork   *crash_work_new     (CrashSource *source, const char *dir, guint64 seed);
void         crash_work_free    (CrashWork *work);
gboolean     crash_work_create  (CrashWork *work, GError **error);
gboolean     crash_work_open    (CrashWork *work, GError **error);
void         crash_work_close   (CrashWork *work);
gboolean     crash_work_step    (CrashWork *work, GError **error);
gboolean     crash_work_put     (CrashWork *work, GError **error);
LimberEnv   *crash_work_new_env (TestClock *clock);

G_END_DECLS
