/* LimberKeeping: what is typed into a form is kept at each pause in typing, so that neither a lock, another user, nor a crash loses it. */
#pragma once

#include <jansson.h>

#include "limber-staff-member.h"
#include "limber-store.h"

G_BEGIN_DECLS

typedef struct _LimberKeeping LimberKeeping;

LimberKeeping *limber_keeping_new   (LimberStore *store, LimberStaffMember *member, const char *form, const LimberId *about);
void           limber_keeping_free  (LimberKeeping *keeping);
json_t        *limber_keeping_read  (LimberKeeping *keeping, gint64 *at);
char          *limber_keeping_words (gint64 at);
void           limber_keeping_note  (LimberKeeping *keeping, const char *text);
void           limber_keeping_flush (LimberKeeping *keeping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberKeeping, limber_keeping_free)

G_END_DECLS
