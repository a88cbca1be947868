/* LimberCanary: a rule of SYNC.md that a test leaves out on purpose, to see that the simulator notices (its section
 * "Canaries"). In builds without tests every rule is there. Beside it, that a message holds as little as a test says, so that
 * there are many. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIMBER_CANARY_NONE,
  LIMBER_CANARY_EPOCH_TAKEN_UP,      /* rule 2: a store that is opened writes on in its last epoch */
  LIMBER_CANARY_ARRIVAL_OF_ITS_OWN,  /* rule 3: an arrival's id is not made from its appointment */
  LIMBER_CANARY_KIOSK_WRITES_ALL,    /* rule 3: a kiosk writes whole rows */
  LIMBER_CANARY_TIME_IGNORES_SEEN,   /* rule 4: a writer takes his own clock only */
  LIMBER_CANARY_FUTURE_IS_REWRITTEN, /* rule 4: a node puts a time that is to come right */
  LIMBER_CANARY_CLOCK_FOLLOWS_ANY,   /* rule 4: a time far ahead moves the own clock */
  LIMBER_CANARY_HUB_TELLS_ITS_TIME,  /* rule 4: a hub tells the time that its own machine has */
  LIMBER_CANARY_NOTHING_SEEN,        /* rule 5: an author does not say what he had before him */
  LIMBER_CANARY_DECISION_SEES_WINNER, /* rule 5: a decision does not list what it decides against */
  LIMBER_CANARY_RANK_IGNORED,        /* rule 6: a list is as good as a person */
  LIMBER_CANARY_ONE_CLOCK_A_ROW,     /* rule 6: fields that were not changed get the clock of what was */
  LIMBER_CANARY_UNKNOWN_IS_DROPPED,  /* rule 6: a hub keeps only what it knows */
  LIMBER_CANARY_ORDERED_BY_CLOCK,    /* rule 7: of two words of an appointment's progress the later written stands */
  LIMBER_CANARY_UNDO_BY_RANK,        /* rule 7: undo writes the word without a new round */
  LIMBER_CANARY_ONCE_KEEPS_LATEST,   /* rule 7: of what is written once the latest stands */
  LIMBER_CANARY_CONFLICT_STAYS,      /* rule 8: whatever did not see the winner stays a conflict */
  LIMBER_CANARY_CONFLICT_ON_ARRIVAL, /* rule 8: only the entry that comes is looked at, not those that are there */
  LIMBER_CANARY_ALL_IS_DISPUTED,     /* rule 8: also what people do not disagree about is a conflict */
  LIMBER_CANARY_IMPORT_BY_PRESENT,   /* rule 9: a list writes what differs from how things stand now */
  LIMBER_CANARY_COMPONENT_IGNORED,   /* rule 10: who may hold one does not hold those who are the same person */
  LIMBER_CANARY_SENDS_FROM_MEMORY,   /* rule 11: what a node has is remembered, and no other asked */
  LIMBER_CANARY_ONE_MARK,            /* rules 11 and 13: what a hub has counts as what central has */
  LIMBER_CANARY_QUARANTINE_BLOCKS,   /* rule 11: what goes on from an entry that is kept apart is kept apart too */
  LIMBER_CANARY_GAP_IS_TAKEN,        /* rule 11: an entry is taken whose predecessor is not there */
  LIMBER_CANARY_PRUNE_FORGETS_HASH,  /* rule 11: of what was pruned nothing is known */
  LIMBER_CANARY_SAME_NUMBER_IS_KNOWN, /* rule 12: a second entry with a known number is taken for the first */
  LIMBER_CANARY_BRANCH_GOES_ON,      /* rule 12: who hears of a branch writes on in it */
  LIMBER_CANARY_PRUNE_AT_RECEIVED,   /* rule 13: what central has is pruned, backed up or not */
  LIMBER_CANARY_FORGETS_BODIES,      /* rule 13: a device that forgets somebody forgets what was written about her */
  LIMBER_CANARY_HUB_FORGETS_BODIES,  /* rule 13: and so does a hub */
  LIMBER_CANARY_PRUNE_AT_ONCE,       /* rule 13: what is backed up is pruned without waiting ninety days */
  LIMBER_CANARY_NO_SECOND,           /* rule 14: central has no second file */
  LIMBER_CANARY_FIRST_COMES_LAST,    /* rule 14: revocations and erasures in it are taken in their turn */
  LIMBER_CANARY_REVOKED_IS_MERGED,   /* rule 15: what a revoked device writes is believed */
  LIMBER_CANARY_CONTENT_IS_MERGED,   /* rule 15: what cannot be what it says is merged as far as it can */
  LIMBER_CANARY_ANY_RUN,             /* rule 16: a cursor is good whatever run it is of */
  LIMBER_CANARY_CURSOR_FIRST,        /* rule 16: the cursor is kept before the page that it is of */
  LIMBER_CANARY_ROW_KEEPS_PLACE,     /* rule 16: a row that changes again stays where it is in the order of change */
  LIMBER_CANARY_IN_SENDS_CHANGES,    /* rule 17: who comes into a scope is not sent whole */
  LIMBER_CANARY_OUT_IGNORED,         /* rule 17: who leaves a scope is not forgotten */
  LIMBER_CANARY_NO_MIDNIGHT,         /* rule 17: a new day changes no scope */
  LIMBER_CANARY_NO_ANSWER_OUT,       /* rule 17: who writes about somebody outside his scope is not told */
  LIMBER_CANARY_RECEIPT_AT_ONCE,     /* rule 17: who has been told to forget somebody has forgotten her */
  LIMBER_CANARY_SCOPE_REFUSES,       /* rule 17: nor may he write about her */
  LIMBER_CANARY_COMPARES_WITH_WORK,  /* rule 18: digests are compared while something is to be sent */
  LIMBER_CANARY_REPAIR_MERGES,       /* rule 18: a bucket that differs is merged */
  LIMBER_CANARY_REPAIR_ONLY_ADDS,    /* rule 18: nothing is taken out of a bucket */
  LIMBER_CANARY_FRESH_IS_THE_NODES,  /* rule 18: a row made afresh is not folded from the own journal */
  LIMBER_CANARY_ANY_POSITION,        /* rule 18: a node that is behind may take away */
  LIMBER_CANARY_NOT_RECOVERED,       /* rule 18: what central never knew is lost with its row */
  LIMBER_CANARY_GOES_WITH_WORK,      /* a device that was told to go goes with what it has not handed over */
  LIMBER_CANARY_ERASED_COMES_BACK,   /* rule 19: an entry is not looked for among the erased */
  LIMBER_CANARY_KEEPS_THE_GONE,      /* rule 13: what is safe stays with whoever does not hold that person any more */
  LIMBER_CANARY_CALLED_BY_SITE,      /* what somebody wants to be called by does not count */
  LIMBER_CANARY_CALL_STAYS,          /* who is called no longer stays on the waiting-room screen */
  LIMBER_CANARY_CALL_OF_ANY_DAY,     /* and who was called on another day comes again */
  LIMBER_CANARY_CALL_AS_IT_WAS,      /* a call that shows something else now is not told again */
  LIMBER_CANARY_ANSWERED_UNTOLD,     /* nor is a kiosk told what somebody has answered since */
  LIMBER_CANARY_NORMAL_SYNC,         /* what was said to be saved may not be on the disk yet */
  LIMBER_CANARIES
} LimberCanary;

#ifdef LIMBER_TEST_HOOKS
extern LimberCanary limber_canary_out;
extern guint limber_canary_few;
#define limber_canary(canary) G_UNLIKELY (limber_canary_out == (canary))
#define limber_canary_at_most(n) (G_UNLIKELY (limber_canary_few > 0) ? limber_canary_few : (guint) (n))
#else
#define limber_canary(canary) FALSE
#define limber_canary_at_most(n) ((guint) (n))
#endif

G_END_DECLS
