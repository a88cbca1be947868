/* Staff PINs: six to twelve figures, kept as an Argon2id verifier in staff.pin, which no kiosk holds. Guessing is slowed
 * down by this device's own count of wrong tries, which neither a restart nor a changed clock shortens. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_PIN_SHORTEST 6
#define LIMBER_PIN_LONGEST 12

gboolean   limber_pin_check         (const char *pin, GError **error);
char      *limber_pin_make          (LimberEnv *env);
gboolean   limber_pin_set           (LimberTransaction *transaction, const LimberId *staff, const char *pin, const LimberAuthor *author, GError **error);
gboolean   limber_pin_set_own       (LimberTransaction *transaction, const LimberId *staff, const char *pin, const char *role, GError **error);
gboolean   limber_pin_verify        (LimberStore *store, const LimberId *staff, const char *pin, GError **error);
void       limber_pin_verify_async  (LimberStore *store, const LimberId *staff, const char *pin, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   limber_pin_verify_finish (LimberStore *store, GAsyncResult *result, GError **error);
int        limber_pin_throttle      (LimberReader *reader, const LimberId *staff, gboolean *locked);
GPtrArray *limber_pin_staff         (LimberReader *reader, GError **error);

G_END_DECLS
