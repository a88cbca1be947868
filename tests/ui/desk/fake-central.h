/* A central service that answers when a test says so. */
#pragma once

#include "desk.h"
#include "limber-error.h"
#include "limber-finding.h"

G_BEGIN_DECLS

void    fake_central_begin   (Desk *desk);
void    fake_central_end     (Desk *desk);
json_t *fake_central_asked   (void);
void    fake_central_answer  (json_t *answer);
void    fake_central_refuse  (LimberError code, const char *message);
void    fake_central_find    (const char *const *keys, guint n);
void    fake_central_let_come (Desk *desk, const char *key);

G_END_DECLS
