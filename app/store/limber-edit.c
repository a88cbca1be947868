#include "limber-edit.h"
#include "limber-edit-private.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"

/**
 * limber_edit_new:
 * @kind: a declared kind
 * @id: the record; it is made when it is not there
 *
 * Returns: (transfer full): an edit that changes nothing yet
 */
LimberEdit *
limber_edit_new (const char *kind, const LimberId *id)
{
  LimberEdit *edit;
  const LimberKind *found = limber_kind_by_name (kind);

  g_return_val_if_fail (found != NULL, NULL);
  edit = g_new0 (LimberEdit, 1);
  edit->kind = found;
  edit->id = *id;
  edit->rank = LIMBER_RANK_PERSON;
  edit->values = g_new0 (LimberValue, found->n_fields);
  edit->sets = g_new0 (gboolean, found->n_fields);
  edit->seen = g_new0 (GArray *, found->n_fields);
  return edit;
}

void
limber_edit_free (LimberEdit *edit)
{
  for (guint i = 0; i < edit->kind->n_fields; i++) {
    limber_value_clear (&edit->values[i]);
    g_clear_pointer (&edit->seen[i], g_array_unref);
  }
  g_free (edit->values);
  g_free (edit->sets);
  g_free (edit->seen);
  g_free (edit);
}

const LimberKind *
limber_edit_kind (LimberEdit *edit)
{
  return edit->kind;
}

static LimberValue *
value_of (LimberEdit *edit, const char *field)
{
  int i = limber_kind_field (edit->kind, field);

  g_return_val_if_fail (i >= 0, NULL);
  edit->sets[i] = TRUE;
  return &edit->values[i];
}

/**
 * limber_edit_parse:
 * @field: a field's name, from outside
 * @text: what to set it to, as limber_field_parse() reads it
 * @error: LIMBER_ERROR_USAGE for a field that there is not, LIMBER_ERROR_REFUSED for what it may not be
 *
 * Sets a field from what a person, a script or a list says.
 */
gboolean
limber_edit_parse (LimberEdit *edit, const char *field, const char *text, GError **error)
{
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;
  int i = limber_kind_field (edit->kind, field);

  if (i < 0 || !limber_field_is_written (&edit->kind->fields[i])) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE, _("%s has no field “%s” that can be set"), edit->kind->name, field);
    return FALSE;
  }
  if (!limber_field_parse (&edit->kind->fields[i], text, &value, error))
    return FALSE;
  limber_value_move (value_of (edit, field), &value);
  return TRUE;
}

void
limber_edit_set_none (LimberEdit *edit, const char *field)
{
  limber_value_set_none (value_of (edit, field));
}

void
limber_edit_set_text (LimberEdit *edit, const char *field, const char *text)
{
  limber_value_set_text (value_of (edit, field), text);
}

void
limber_edit_set_integer (LimberEdit *edit, const char *field, gint64 value)
{
  limber_value_set_integer (value_of (edit, field), value);
}

void
limber_edit_set_id (LimberEdit *edit, const char *field, const LimberId *id)
{
  limber_value_set_id (value_of (edit, field), id);
}

/**
 * limber_edit_set_word:
 * @field: a choice or progress
 * @word: one of its words. A progress that goes back begins the next round (SYNC.md rule 7).
 */
void
limber_edit_set_word (LimberEdit *edit, const char *field, const char *word)
{
  LimberValue *value = value_of (edit, field);
  int i = limber_kind_field (edit->kind, field);

  if (edit->kind->fields[i].type == LIMBER_TYPE_PROGRESS)
    limber_value_set_integer (value, limber_field_rank (&edit->kind->fields[i], word));
  else
    limber_value_set_text (value, word);
}

void
limber_edit_set_value (LimberEdit *edit, const char *field, const LimberValue *value)
{
  limber_value_copy (value_of (edit, field), value);
}

/**
 * limber_edit_take_value:
 * @field: of the kind's fields
 * @value: nothing afterwards
 */
void
limber_edit_take_value (LimberEdit *edit, guint field, LimberValue *value)
{
  g_return_if_fail (field < edit->kind->n_fields);
  edit->sets[field] = TRUE;
  limber_value_move (&edit->values[field], value);
}

/**
 * limber_edit_set_import:
 *
 * Says that this edit is a list's, not a person's: it never beats a person (SYNC.md rule 9). Its author must then say
 * what the last list had, by limber_edit_add_seen().
 */
void
limber_edit_set_import (LimberEdit *edit)
{
  edit->rank = LIMBER_RANK_IMPORT;
}

/**
 * limber_edit_add_seen:
 * @field: a field that this edit sets
 * @entry: an entry whose value of @field the author had before him, besides the present one
 *
 * A decision on a conflict lists every value that was shown (SYNC.md rule 5). The field is then written even if it stays as it is.
 */
void
limber_edit_add_seen (LimberEdit *edit, const char *field, const LimberEntryId *entry)
{
  int i = limber_kind_field (edit->kind, field);

  g_return_if_fail (i >= 0);
  if (edit->seen[i] == NULL)
    edit->seen[i] = g_array_new (FALSE, FALSE, sizeof (LimberEntryId));
  g_array_append_val (edit->seen[i], *entry);
}

/**
 * limber_edit_n_changes:
 *
 * Returns: how many fields the edit sets
 */
guint
limber_edit_n_changes (LimberEdit *edit)
{
  guint n = 0;

  for (guint i = 0; i < edit->kind->n_fields; i++)
    n += edit->sets[i] ? 1 : 0;
  return n;
}
