/* The details of a person that staff ask for and put right: what each is called, how it is read as it is typed, and saving what somebody
 * changed of them, never over what she has not seen. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_DETAIL_LONGEST 400

typedef enum {
  LIMBER_DETAIL_LINE,
  LIMBER_DETAIL_LINES,
  LIMBER_DETAIL_DAY,
  LIMBER_DETAIL_CHOICE,
  LIMBER_DETAIL_NEEDS,
  LIMBER_DETAIL_FLAG,
} LimberDetailForm;

/**
 * LimberDetail:
 * @field: of a patient
 * @label: what it is called, to be translated
 * @form: how it is typed
 * @contact: whether it says where she lives or how she is reached, which of a restricted person is not shown unasked
 */
typedef struct {
  const char      *field;
  const char      *label;
  LimberDetailForm form;
  gboolean         contact;
} LimberDetail;

/**
 * LimberDetailChange:
 * @field: of a patient
 * @typed: what it is to be, as it was typed; empty for nothing
 * @base: (nullable): what it was when whoever typed looked, as limber_detail_of() gives it; nothing: whatever it is
 */
typedef struct {
  const char *field;
  const char *typed;
  const char *base;
} LimberDetailChange;

const LimberDetail *limber_details       (guint *n);
const LimberDetail *limber_detail_find   (const char *field);
const char         *limber_detail_label  (const LimberDetail *detail);
gboolean            limber_detail_read   (const LimberDetail *detail, const char *typed, const char *today, char **value, GError **error);
char               *limber_detail_of     (const LimberDetail *detail, LimberRow *person);
char               *limber_detail_typed  (const LimberDetail *detail, const char *value);
char               *limber_detail_shown  (const LimberDetail *detail, const char *value);
const char *const  *limber_detail_words  (const LimberDetail *detail);

gboolean            limber_detail_register (LimberTransaction *transaction, const LimberDetailChange *details, guint n, const LimberAuthor *author, const LimberId *id, GError **error);
gboolean            limber_detail_save   (LimberTransaction *transaction, const LimberId *patient, const LimberDetailChange *changes, guint n, const LimberAuthor *author, GError **error);

G_END_DECLS
