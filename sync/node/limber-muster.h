/* LimberMuster: who listens just now, and what devices have said of themselves and is not written down yet. A push never waits for that: it is written after
 * the answer, that of many devices at once. Any thread. */
#pragma once

#include "limber-fleet.h"

G_BEGIN_DECLS

typedef struct _LimberMuster LimberMuster;

LimberMuster *limber_muster_new    (void);
void          limber_muster_free   (LimberMuster *muster);
void          limber_muster_note   (LimberMuster *muster, LimberReader *reader, const LimberFleetLine *line);
GArray       *limber_muster_take   (LimberMuster *muster, gint64 now);
void          limber_muster_written (LimberMuster *muster);
void          limber_muster_listens (LimberMuster *muster, const LimberId *device, gboolean listens);
gboolean      limber_muster_has     (LimberMuster *muster, const LimberId *device, gint64 *met);
void          limber_muster_met     (LimberMuster *muster, const LimberId *device, const LimberId *node, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberMuster, limber_muster_free)

G_END_DECLS
