/* LimberEdit: what somebody wants to change in one record. */
#pragma once

#include "limber-record.h"

G_BEGIN_DECLS

typedef struct _LimberEdit LimberEdit;

LimberEdit *limber_edit_new         (const char *kind, const LimberId *id);
void        limber_edit_free        (LimberEdit *edit);
const LimberKind *limber_edit_kind  (LimberEdit *edit);
gboolean    limber_edit_parse       (LimberEdit *edit, const char *field, const char *text, GError **error);
void        limber_edit_set_none    (LimberEdit *edit, const char *field);
void        limber_edit_set_text    (LimberEdit *edit, const char *field, const char *text);
void        limber_edit_set_integer (LimberEdit *edit, const char *field, gint64 value);
void        limber_edit_set_id      (LimberEdit *edit, const char *field, const LimberId *id);
void        limber_edit_set_word    (LimberEdit *edit, const char *field, const char *word);
void        limber_edit_set_value   (LimberEdit *edit, const char *field, const LimberValue *value);
void        limber_edit_take_value  (LimberEdit *edit, guint field, LimberValue *value);
void        limber_edit_set_import  (LimberEdit *edit);
void        limber_edit_add_seen    (LimberEdit *edit, const char *field, const LimberEntryId *entry);
guint       limber_edit_n_changes   (LimberEdit *edit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberEdit, limber_edit_free)

G_END_DECLS
