/* LimberStore: the store of a device or node: one folder, owned by one process.
 *
 * One writer thread carries out all changes, in the order in which they are asked for; several that wait are committed
 * together. Reads run on connections of their own, in whatever thread asks. What a write's callback reports as done is
 * on the disk. Signals are emitted in the thread that opened the store. */
#pragma once

#include <gio/gio.h>

#include "limber-changes.h"
#include "limber-env.h"
#include "limber-reader.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

/* Milliseconds that a reader of what nobody looks at just then waits after a change, so that what somebody does is on the screen before. */
#define LIMBER_STORE_PATIENCE 40

#define LIMBER_TYPE_STORE (limber_store_get_type ())
G_DECLARE_FINAL_TYPE (LimberStore, limber_store, LIMBER, STORE, GObject)

/**
 * LimberStoreMode:
 * @LIMBER_STORE_OWN: own the store; LIMBER_ERROR_BUSY when another program does
 * @LIMBER_STORE_OWN_SOON: own it, for as long as a program runs: another one that only passes, a limberctl, is given two
 *   seconds to be done; blocks meanwhile
 * @LIMBER_STORE_READ: read beside whoever owns it; writes are refused
 */
typedef enum {
  LIMBER_STORE_OWN,
  LIMBER_STORE_OWN_SOON,
  LIMBER_STORE_READ,
} LimberStoreMode;

/* Who this store is. */
typedef struct {
  LimberClass klass;
  LimberId    device;
  LimberId    organisation;
  gboolean    has_site;
  LimberId    site;
  guint8      public_key[32];
  guint8      secret_key[64];
} LimberIdentity;

/* Runs in the writer thread, inside a transaction; what it did is undone when it returns FALSE (with @error set). */
typedef gboolean (*LimberWriteFunc) (LimberTransaction *transaction, gpointer data, GError **error);
/* Runs in the asking thread (or a worker), over one unchanging view of the store. */
typedef gboolean (*LimberReadFunc) (LimberReader *reader, gpointer data, GError **error);

gboolean     limber_store_create       (const char *dir, LimberEnv *env, const LimberIdentity *identity, GError **error);
gboolean     limber_store_check_absent (const char *dir, LimberEnv *env, GError **error);
gboolean     limber_store_check_second (const char *path, GError **error);
gboolean     limber_store_place_second (const char *dir, LimberEnv *env, const char *path, GError **error);
LimberStore *limber_store_open         (const char *dir, LimberStoreMode mode, LimberEnv *env, GError **error);
void         limber_store_close        (LimberStore *store);
void         limber_store_rest         (LimberStore *store, gboolean all);
LimberEnv   *limber_store_env          (LimberStore *store);
const char  *limber_store_dir          (LimberStore *store);
char        *limber_store_second       (LimberStore *store);
const LimberIdentity *limber_store_identity (LimberStore *store);

gboolean     limber_store_write        (LimberStore *store, LimberWriteFunc func, gpointer data, GError **error);
void         limber_store_write_async  (LimberStore *store, LimberWriteFunc func, gpointer data, GDestroyNotify destroy,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     limber_store_write_finish (LimberStore *store, GAsyncResult *result, GError **error);
gboolean     limber_store_read         (LimberStore *store, LimberReadFunc func, gpointer data, GError **error);
void         limber_store_read_async   (LimberStore *store, LimberReadFunc func, gpointer data, GDestroyNotify destroy,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     limber_store_read_finish  (LimberStore *store, GAsyncResult *result, GError **error);
gpointer     limber_store_read_data    (GAsyncResult *result);
gpointer     limber_store_write_data   (GAsyncResult *result);

/* Signals:
 *   "changed" (LimberChanges *): after each commit that changed something
 *   "failed" (GError *): the disk failed; nothing more is written until the store is opened again */

G_END_DECLS
