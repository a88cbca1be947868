/* What the fields of records, their values and their authors are called at the desk: for whoever shows what was changed. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

const char *limber_field_words_kind  (const char *kind);
char       *limber_field_words_name  (const char *kind, const char *field);
char       *limber_field_words_value (LimberReader *reader, const LimberField *field, const LimberValue *value);
char       *limber_field_words_read  (LimberReader *reader, const LimberKind *kind, const LimberField *field, const char *text, GError **error);
char       *limber_field_words_who   (LimberReader *reader, const char *author);

G_END_DECLS
