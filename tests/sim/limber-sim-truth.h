/* SimTruth: what central's records should be, by code of its own: a fold of central's journal as it lies there. Nothing
 * here calls the product's merge, fold or conflicts. */
#pragma once

#include "limber-sim-ledger.h"

G_BEGIN_DECLS

/* One edit of one field. */
typedef struct {
  guint64       time;
  gint64        rank;
  guint8        origin[24];
  LimberEntryId id;
  json_t       *value; /* (owned) */
  GArray       *seen;  /* (owned): LimberEntryId */
} SimEdit;

typedef struct {
  char        *kind;   /* (owned) */
  LimberId     record;
  char        *field;  /* (owned) */
  char         mark;   /* '^' ordered, '!' once, 0 plain */
  GArray      *edits;  /* (owned): SimEdit */
} SimField;

typedef struct _SimTruth SimTruth;

SimTruth   *sim_truth_new       (SimPlace *central, GPtrArray *problems);
void        sim_truth_free      (SimTruth *truth);
void        sim_truth_check     (SimTruth *truth, SimPlace *central, GPtrArray *problems);
GHashTable *sim_truth_rows      (SimTruth *truth);
GHashTable *sim_truth_rows_at   (SimPlace *place);
GHashTable *sim_truth_fields    (SimTruth *truth);
const SimEdit *sim_truth_winner (const SimField *field);
const LimberId *sim_truth_person (SimTruth *truth, const LimberId *patient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimTruth, sim_truth_free)

void        sim_problem         (GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
