/* What a LimberVisit is made of, for the two files that are it. */
#pragma once

#include "limber-visit.h"

G_BEGIN_DECLS

#define LIMBER_VISIT_MINUTE (60 * G_GINT64_CONSTANT (1000))

struct _LimberVisit {
  GObject    parent_instance;
  LimberRow *row;   /* (owned) */
  char      *name;  /* (owned) */
  gint64     now;   /* to the minute */
  char      *about; /* (owned) (nullable): what the open task about this visit says */
  gint64     made;  /* when that task was made */
  gint64     ready; /* when the clinician was ready for her; 0 when that is not known */
  int        delay; /* minutes that the clinician runs late; 0 for nothing to say */
};

G_END_DECLS
