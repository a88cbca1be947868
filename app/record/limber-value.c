#include "limber-value.h"

/**
 * limber_value_clear:
 *
 * Frees what @value holds and makes it nothing.
 */
void
limber_value_clear (LimberValue *value)
{
  g_clear_pointer (&value->text, g_free);
  value->type = LIMBER_VALUE_NONE;
  value->integer = 0;
}

void
limber_value_set_none (LimberValue *value)
{
  limber_value_clear (value);
}

void
limber_value_set_integer (LimberValue *value, gint64 integer)
{
  limber_value_clear (value);
  value->type = LIMBER_VALUE_INTEGER;
  value->integer = integer;
}

/**
 * limber_value_set_text:
 * @text: (nullable): copied; %NULL makes @value nothing
 */
void
limber_value_set_text (LimberValue *value, const char *text)
{
  limber_value_take_text (value, g_strdup (text));
}

/**
 * limber_value_take_text:
 * @text: (transfer full) (nullable): the text
 */
void
limber_value_take_text (LimberValue *value, char *text)
{
  limber_value_clear (value);
  value->text = text;
  if (text != NULL)
    value->type = LIMBER_VALUE_TEXT;
}

/**
 * limber_value_set_id:
 * @id: (nullable): copied; %NULL makes @value nothing
 */
void
limber_value_set_id (LimberValue *value, const LimberId *id)
{
  limber_value_clear (value);
  if (id == NULL)
    return;
  value->type = LIMBER_VALUE_ID;
  value->id = *id;
}

/**
 * limber_value_copy:
 * @to: replaced
 */
void
limber_value_copy (LimberValue *to, const LimberValue *from)
{
  if (to == from)
    return;
  limber_value_clear (to);
  *to = *from;
  to->text = g_strdup (from->text);
}

/**
 * limber_value_move:
 * @to: replaced
 * @from: nothing afterwards
 */
void
limber_value_move (LimberValue *to, LimberValue *from)
{
  limber_value_clear (to);
  *to = *from;
  *from = (LimberValue) LIMBER_VALUE_INIT;
}

gboolean
limber_value_equal (const LimberValue *a, const LimberValue *b)
{
  if (a->type != b->type)
    return FALSE;
  switch (a->type) {
  case LIMBER_VALUE_INTEGER:
    return a->integer == b->integer;
  case LIMBER_VALUE_TEXT:
    return g_str_equal (a->text, b->text);
  case LIMBER_VALUE_ID:
    return limber_id_equal (&a->id, &b->id);
  default:
    return TRUE;
  }
}
