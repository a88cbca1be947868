/* How much two people are alike, by what is held of each: the rules for likely duplicates. */
#pragma once

#include "limber-identity.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_LIKENESS_NONE,
  LIMBER_LIKENESS_POSSIBLE, /* worth a look while somebody is being registered */
  LIMBER_LIKENESS_LIKELY,   /* worth asking a person */
  LIMBER_LIKENESS_CERTAIN,  /* the same number, birth date and names */
} LimberLikeness;

typedef enum {
  LIMBER_ALIKE_NOT,
  LIMBER_ALIKE_NUMBER,            /* the NHS number, with birth date and names */
  LIMBER_ALIKE_NUMBER_OTHER_NAME, /* the NHS number and birth date */
  LIMBER_ALIKE_NUMBER_OTHER_BORN,
  LIMBER_ALIKE_NAMES_BORN,
  LIMBER_ALIKE_NAMES_SWAPPED,     /* with the birth date */
  LIMBER_ALIKE_NAMES_NEAR,        /* with the birth date: they sound alike, or are a slip apart */
  LIMBER_ALIKE_BORN_NEAR,         /* the names; the birth date is a slip apart, or day and month are swapped */
  LIMBER_ALIKE_CONTACT,           /* given name, birth date, and where or how they are reached */
} LimberAlike;

/* A person made ready for comparing. */
typedef struct _LimberFacts LimberFacts;

LimberFacts   *limber_facts_new        (const LimberPerson *person, const char *mobile);
void           limber_facts_free       (LimberFacts *facts);
LimberLikeness limber_likeness_compare (const LimberFacts *one, const LimberFacts *other, LimberAlike *why);
char          *limber_likeness_dates   (const char *born);
const char    *limber_alike_name       (LimberAlike why);
LimberAlike    limber_alike_parse      (const char *name);
const char    *limber_alike_words      (LimberAlike why);
const char    *limber_likeness_name    (LimberLikeness likeness);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberFacts, limber_facts_free)

G_END_DECLS
