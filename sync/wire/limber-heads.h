/* Points of chains and marks, as push's first line and its answer name them (SYNC.md rules 11 and 13):
 * a point is [device,epoch,seq,id], a mark [device,epoch,seq,id,backed up]; bytes are base64url. */
#pragma once

#include <jansson.h>

#include "limber-session.h"

G_BEGIN_DECLS

#define LIMBER_HEADS_MAXIMUM 4000
#define LIMBER_PUSH_ENTRIES 1500
#define LIMBER_PUSH_BYTES (900 * 1024)

json_t  *limber_heads_point_to_json (const LimberPoint *point);
gboolean limber_heads_read_point    (const json_t *json, LimberPoint *point);
json_t  *limber_heads_mark_to_json  (const LimberMark *mark);
gboolean limber_heads_read_mark     (const json_t *json, LimberMark *mark);

G_END_DECLS
