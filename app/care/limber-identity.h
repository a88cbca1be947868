/* Who somebody is: the NHS number as staff type it, with its verification status, the day of her death. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/* What is asked of somebody who is new; all but the names and the birth date may be left out. */
typedef struct {
  const char *family, *given; /* (nullable) */
  const char *born;           /* (nullable): YYYY-MM-DD */
  const char *nhs_number;     /* (nullable): as typed */
  const char *phone;          /* (nullable): as typed */
  const char *postcode;       /* (nullable): as typed */
} LimberPerson;

gboolean limber_identity_set_nhs_number (LimberEdit *edit, const LimberRecord *held, const char *text, GError **error);
gboolean limber_identity_died           (LimberReader *reader, const LimberId *patient, char **died, GError **error);

G_END_DECLS
