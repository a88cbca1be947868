/* LimberLastList: what the last list that was taken in said of a record, field by field (SYNC.md rule 9). */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

typedef struct {
  gboolean      known; /* whether a list ever set it */
  LimberValue   value;
  LimberEntryId entry; /* the import's own last edit of the field */
  LimberStamp   stamp;
} LimberListed;

gboolean limber_last_list_stands    (const LimberRecord *record);
gboolean limber_last_list_stands_in (const LimberRecord *record, guint field);
GArray  *limber_last_list_read      (LimberReader *reader, const LimberRecord *record, GError **error);

G_END_DECLS
