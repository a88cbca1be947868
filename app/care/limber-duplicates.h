/* Likely duplicates: who among the people held here may be somebody who is being registered, or has just come from a list. The
 * rules, and why each is as it is, stand in limber-likeness.c. */
#pragma once

#include "limber-likeness.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_DUPLICATES_MOST 10

/* One who may be the person that was asked about. */
typedef struct {
  LimberId       id;
  LimberLikeness likeness;
  LimberAlike    why;
} LimberDuplicate;

typedef struct {
  LimberId       one, other;
  LimberLikeness likeness;
  LimberAlike    why;
} LimberDuplicatePair;

/* How far central has looked for people who are there twice. */
typedef struct {
  gint64   seen;    /* up to which place in the order of change */
  gboolean walking; /* first everybody is looked at, */
  gint64   walked;  /* up to whom */
  guint    looked;  /* at how many people, by the last step */
  GArray  *pairs;   /* (owned): LimberDuplicatePair: what it found */
  gboolean done;    /* nothing is left to look at */
} LimberDuplicatesSweep;

GArray  *limber_duplicates_find        (LimberReader *reader, const LimberPerson *person, const LimberId *self, GError **error);
LimberDuplicatesSweep *limber_duplicates_sweep_new (LimberReader *reader, gboolean all);
void     limber_duplicates_sweep_free  (LimberDuplicatesSweep *sweep);
gboolean limber_duplicates_look        (LimberDuplicatesSweep *sweep, LimberReader *reader, GError **error);
gboolean limber_duplicates_tell        (LimberDuplicatesSweep *sweep, LimberTransaction *transaction, guint *told, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberDuplicatesSweep, limber_duplicates_sweep_free)

G_END_DECLS
