/* Asides: what central's quarantine holds (limber-quarantine.h), for those whose work it concerns: the devices that may hold the person,
 * or that are at the site of the device that wrote it. Central alone makes them, one for each entry that waits, and takes one away with
 * it; they come down by pull. So whoever knows the person can decide, also with the line down. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

#define LIMBER_ASIDE_LINE (16 * 1024) /* bytes: what is longer is decided at central */

void     limber_aside_id    (const LimberEntryId *entry, LimberId *id);
gboolean limber_aside_renew (LimberTransaction *transaction, gint64 key, GError **error);
char    *limber_aside_line  (LimberReader *reader, const LimberEntryId *entry);
gboolean limber_aside_end   (LimberTransaction *transaction, const LimberEntryId *entry, GError **error);

G_END_DECLS
