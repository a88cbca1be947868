/* LimberCanary: a rule of SYNC.md that a test leaves out on purpose, to see that the simulator notices (its section
 * "Canaries"). In builds without tests every rule is there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIMBER_CANARY_NONE,
  LIMBER_CANARY_TIME_IGNORES_SEEN,   /* rule 4: a writer takes his own clock only */
  LIMBER_CANARY_UNDO_BY_RANK,        /* rule 7: undo writes the word without a new round */
  LIMBER_CANARY_ONCE_KEEPS_LATEST,   /* rule 7: of what is written once the latest stands */
  LIMBER_CANARY_CONFLICT_STAYS,      /* rule 8: what somebody saw and wrote over stays a conflict */
  LIMBER_CANARY_SAME_NUMBER_IS_KNOWN, /* rule 12: a second entry with a known number is taken for the first */
  LIMBER_CANARY_FORGET_DROPS_BODIES, /* rule 13: forgetting somebody forgets what was written about her */
  LIMBER_CANARY_IN_SENDS_CHANGES,    /* rule 17: who comes into a scope is not sent whole */
  LIMBER_CANARY_NO_ANSWER_OUT,       /* rule 17: who writes about somebody outside his scope is not told */
  LIMBER_CANARY_REPAIR_ONLY_ADDS,    /* rule 18: nothing is taken out of a bucket */
  LIMBER_CANARY_NORMAL_SYNC,         /* what was said to be saved may not be on the disk yet */
  LIMBER_CANARIES
} LimberCanary;

#ifdef LIMBER_TEST_HOOKS
extern LimberCanary limber_canary_out;
#define limber_canary(canary) G_UNLIKELY (limber_canary_out == (canary))
#else
#define limber_canary(canary) FALSE
#endif

G_END_DECLS
