/* What a reader is made of: for app/store alone. */
#pragma once

#include "limber-database.h"
#include "limber-reader.h"

struct _LimberReader {
  LimberDatabase *database; /* (owned by the store) */
  LimberClass     klass;
  gboolean        has_site;
  LimberId        site;
};
