/* LimberDoubts: central asks of what is pushed whether its author had the right to write it (app/care/limber-trust.h), and lets go of what waits for
 * that once nothing speaks against it any more. */
#pragma once

#include "limber-changes.h"
#include "limber-scope.h"
#include "limber-store.h"
#include "limber-trust.h"

G_BEGIN_DECLS

typedef struct _LimberDoubts LimberDoubts;

LimberDoubts *limber_doubts_new   (LimberStore *store);
void          limber_doubts_free  (LimberDoubts *doubts);
void          limber_doubts_hear  (LimberDoubts *doubts, const LimberChanges *changes);
void          limber_doubts_run   (LimberDoubts *doubts);
const char   *limber_doubts_of_group (LimberReader *reader, const LimberEntry *entry, const LimberGroup *group, gint64 received, LimberTrust *trust);
const char   *limber_doubts_about (LimberReader *reader, const LimberEntry *entry, gint64 received, gpointer trust);

G_END_DECLS
