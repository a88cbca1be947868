/* What the programs share that libFuzzer feeds: each reads bytes as somebody outside might send them, and stops at the
 * first that breaks a rule. Whatever such bytes do to a store is undone, so that every input finds the same one. */
#pragma once

#include "limber-message.h"
#include "limber-store.h"

G_BEGIN_DECLS

/* What libFuzzer calls. */
int LLVMFuzzerInitialize   (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* How an input's body came, as the two lowest bits of its first byte say. */
typedef enum {
  FUZZ_PLAIN,
  FUZZ_ZSTD,   /* as if packed */
  FUZZ_GZIP,   /* as if packed */
  FUZZ_PACKED, /* by Limber */
} FuzzPacking;

void         fuzz_begin    (void);
void         fuzz_key      (const LimberId *device, guint8 public_key[32], guint8 secret_key[64]);
LimberStore *fuzz_store    (LimberClass klass);
void         fuzz_id       (LimberId *id, char letter);
void         fuzz_set_body (LimberMessage *message, FuzzPacking packing, const void *bytes, gsize length);
gboolean     fuzz_undone   (LimberStore *store, LimberWriteFunc func, gpointer data);
const char  *fuzz_line     (const char **at, const char *end, gsize *length);

G_END_DECLS
