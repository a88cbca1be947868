/* LimberMatcher: looks, at central, for people who are there twice. Main thread only. */
#pragma once

#include "limber-store.h"

G_BEGIN_DECLS

typedef struct _LimberMatcher LimberMatcher;

LimberMatcher *limber_matcher_new  (LimberStore *store);
void           limber_matcher_free (LimberMatcher *matcher);
void           limber_matcher_run  (LimberMatcher *matcher);

G_END_DECLS
