/* What became of a record's fields, change by change, as the journal has it: who wrote what, when, where, and over what. */
#pragma once

#include "limber-entry.h"
#include "limber-reader.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_HISTORY_STANDS,   /* it is so now */
  LIMBER_HISTORY_REPLACED, /* somebody wrote over it */
  LIMBER_HISTORY_LOST,     /* another value, written apart, stands; nobody has looked at the two */
} LimberHistoryFate;

/**
 * LimberPastChange:
 * @field: (nullable): what it set; %NULL where that was erased, or is kept elsewhere only
 * @at: when, milliseconds UTC, by its author's clock
 * @device: where
 * @author: (nullable): who, as a LimberAuthor has it; %NULL where only the value came here, and not the change
 * @role: (nullable): as what
 * @before: what the author had before it
 * @knows_before: whether that is known here
 * @after: what it set
 * @fate: what became of it since
 */
typedef struct {
  const LimberField *field;
  gint64             at;
  LimberId           device;
  char              *author;
  char              *role;
  LimberValue        before;
  gboolean           knows_before;
  LimberValue        after;
  LimberHistoryFate  fate;
} LimberPastChange;

GArray *limber_history_read (LimberReader *reader, const char *kind, const LimberId *record, GError **error);

G_END_DECLS
