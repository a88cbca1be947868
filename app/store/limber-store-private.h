/* What a store is made of: for limber-store*.c alone. */
#pragma once

#include "limber-kinds.h"
#include "limber-second.h"
#include "limber-store.h"
#include "limber-transaction-private.h"

struct _LimberStore {
  GObject         parent;
  char           *dir;
  char           *path;
  LimberEnv      *env;
  LimberIdentity  identity;
  LimberStoreMode mode;
  int             lock;      /* descriptor of the lock file, -1 when reading */
  GMainContext   *context;   /* where signals are emitted */
  LimberDatabase *writer;    /* (writer thread) */
  LimberWriterState state;   /* (writer thread) */
  LimberSecond   *second;    /* (nullable) (writer thread) */
  GThread        *thread;    /* (nullable): in an environment of one thread there is none */
  GAsyncQueue    *jobs;      /* Job */
  GMutex          mutex;
  GCond           cond;
  GQueue          readers;   /* LimberDatabase: not in use; (mutex mutex) */
  guint           reading;   /* how many are in use; (mutex mutex) */
  GError         *failure;   /* (nullable): why nothing more is written; (mutex mutex) */
  gboolean        closed;    /* (mutex mutex): what asks then gets G_IO_ERROR_CLOSED */
  guint           scrub;     /* LimberScrub: what is yet to be taken out of the files; (writer thread) */
#ifdef LIMBER_TEST_HOOKS
  const LimberKind *const *kinds; /* what its program declares: a simulator has several versions in one process */
#endif
};

/* From here on the store's own program goes on. */
#ifdef LIMBER_TEST_HOOKS
#define limber_store_enter(store) limber_kinds_use ((store)->kinds)
#else
#define limber_store_enter(store) ((void) (store))
#endif

void     limber_store_send_news    (LimberStore *store, LimberChanges *changes, const GError *error);
void     limber_store_note_failure (LimberStore *store, const GError *error);
gboolean limber_store_refuse_closed (GError **error);
void     limber_store_start_writer (LimberStore *store);
void     limber_store_stop_writer  (LimberStore *store);
void     limber_store_do_later     (GSourceFunc func, gpointer object);
