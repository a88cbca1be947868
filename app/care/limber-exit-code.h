/* The closing code of a public screen: four to twelve figures by which staff leave it. It is nobody's PIN, and a kiosk keeps
 * only an Argon2id verifier of it. Guessing is slowed down by this device's own count of wrong tries, which neither a restart
 * nor a changed clock shortens. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_EXIT_CODE_SHORTEST 4
#define LIMBER_EXIT_CODE_LONGEST 12

typedef enum {
  LIMBER_EXIT_OPEN,    /* the code was right */
  LIMBER_EXIT_WRONG,
  LIMBER_EXIT_RESTING, /* no code is taken now */
} LimberExit;

gboolean   limber_exit_code_set        (LimberTransaction *transaction, const char *code, GError **error);
gboolean   limber_exit_code_is_set     (LimberReader *reader);
LimberExit limber_exit_code_try        (LimberStore *store, const char *code);
void       limber_exit_code_try_async  (LimberStore *store, const char *code, GAsyncReadyCallback callback, gpointer user_data);
LimberExit limber_exit_code_try_finish (LimberStore *store, GAsyncResult *result);

G_END_DECLS
