/* Taking back a decision on what was put aside: it waits again. */
#pragma once

#include "limber-quarantine.h"
#include "limber-record.h"

G_BEGIN_DECLS

#define LIMBER_REOPEN_REASON "decision taken back"

gboolean      limber_reopen_is        (const LimberEntry *entry);
LimberRecord *limber_reopen_held      (LimberReader *reader, const LimberEntryId *entry, GError **error);
gboolean      limber_reopen_take_back (LimberTransaction *transaction, const LimberEntryId *entry, const LimberRecord *held, const LimberAuthor *author, GError **error);

G_END_DECLS
