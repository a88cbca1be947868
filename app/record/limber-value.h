/* LimberValue: one field's value: nothing, a whole number, a text or an id. */
#pragma once

#include "limber-id.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_VALUE_NONE,
  LIMBER_VALUE_INTEGER,
  LIMBER_VALUE_TEXT,
  LIMBER_VALUE_ID,
} LimberValueType;

typedef struct {
  LimberValueType type;
  gint64          integer;
  char           *text; /* (owned) (nullable) */
  LimberId        id;
} LimberValue;

#define LIMBER_VALUE_INIT { LIMBER_VALUE_NONE, 0, NULL, { { 0 } } }

void     limber_value_clear       (LimberValue *value);
void     limber_value_set_none    (LimberValue *value);
void     limber_value_set_integer (LimberValue *value, gint64 integer);
void     limber_value_set_text    (LimberValue *value, const char *text);
void     limber_value_take_text   (LimberValue *value, char *text);
void     limber_value_set_id      (LimberValue *value, const LimberId *id);
void     limber_value_copy        (LimberValue *to, const LimberValue *from);
void     limber_value_move        (LimberValue *to, LimberValue *from);
gboolean limber_value_equal       (const LimberValue *a, const LimberValue *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberValue, limber_value_clear)

G_END_DECLS
