/* LimberId: the 128-bit identity of a record or device. New ones are UUIDv7 (RFC 9562), in the order of their making;
 * those of things with a natural key are made from it (UUIDv8), so that two machines make the same. */
#pragma once

#include "limber-env.h"

G_BEGIN_DECLS

#define LIMBER_ID_TEXT_LENGTH 36

typedef struct {
  guint8 bytes[16];
} LimberId;

void     limber_id_init_new      (LimberId *id, LimberEnv *env);
void     limber_id_init_from_key (LimberId *id, const LimberId *source, const char *first, ...) G_GNUC_NULL_TERMINATED;
void     limber_id_init_beside   (LimberId *id, const LimberId *record, const char *first, ...) G_GNUC_NULL_TERMINATED;
gboolean limber_id_parse         (LimberId *id, const char *text);
void     limber_id_to_text       (const LimberId *id, char text[LIMBER_ID_TEXT_LENGTH + 1]);
char    *limber_id_dup_text      (const LimberId *id);
gboolean limber_id_is_nil        (const LimberId *id);
gboolean limber_id_equal         (gconstpointer a, gconstpointer b);
guint    limber_id_hash          (gconstpointer id);
int      limber_id_compare       (const LimberId *a, const LimberId *b);
LimberId *limber_id_copy         (const LimberId *id);

G_END_DECLS
