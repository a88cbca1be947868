#include "limber-canary.h"

#ifdef LIMBER_TEST_HOOKS
LimberCanary limber_canary_out = LIMBER_CANARY_NONE; /* a test sets it before anything runs */
#endif
