/* What a store says of itself: for `status`, `branches`, `clocks`, `holders` and `digest`, and for the screens. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

/**
 * LimberWaiting:
 * @kind: of the records that changes are about which central lacks
 * @made: those that are new are meant; else those that were changed
 * @n: how many records
 */
typedef struct {
  char     kind[61];
  gboolean made;
  gint64   n;
} LimberWaiting;

GArray *limber_status_waiting (LimberReader *reader, gint64 *since, GError **error);
json_t *limber_status_json   (LimberReader *reader, GError **error);
json_t *limber_branches_json (LimberReader *reader, GError **error);
json_t *limber_clocks_json   (LimberReader *reader, GError **error);
json_t *limber_holders_json  (LimberReader *reader, const LimberId *patient, GError **error);
json_t *limber_digest_json   (LimberReader *reader, GError **error);

G_END_DECLS
