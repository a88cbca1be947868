/* What an edit is made of, for limber-transaction.c alone. */
#pragma once

#include "limber-edit.h"

struct _LimberEdit {
  const LimberKind *kind;
  LimberId          id;
  guint8            rank;
  LimberValue      *values; /* (owned) */
  gboolean         *sets;   /* (owned): which fields it sets */
  GArray          **seen;   /* (owned): besides the present value, per field; (nullable) each */
};
