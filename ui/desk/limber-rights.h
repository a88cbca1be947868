/* What somebody at work sees of what she may do: which pages open, and which of the desk's actions are there. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

gboolean limber_rights_enables (LimberStaffMember *member, const char *action);
gboolean limber_rights_opens   (const LimberWork *work, const char *page, char **why);
void     limber_rights_opened  (const LimberWork *work, const char *page, const char *about);

G_END_DECLS
