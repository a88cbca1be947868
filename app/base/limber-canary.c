#include "limber-canary.h"

#ifdef LIMBER_TEST_HOOKS
LimberCanary limber_canary_out = LIMBER_CANARY_NONE; /* a test sets it before anything runs */
guint limber_canary_few;                              /* so may this, 0 for as many as there usually are */
#endif
