/* LimberGate: how many pushes a node carries out at once, and when the others are to come. When hundreds of devices come back in one
 * moment, each could otherwise wait longer for its answer than it waits at all, ask again, and so make the wait longer for everybody.
 * Who finds the gate full is given a turn, at the pace at which pushes are being carried out, and a turn is also given with an answer
 * while others wait, so that bytes are hardly ever sent in vain. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_GATE_MOST 16       /* two commits' worth: the writer always has the next one's before it ends one; fewer where that would take long */
#define LIMBER_GATE_WAIT_MOST 30000 /* milliseconds: who is told to come later than this might as well ask again */

typedef struct _LimberGate LimberGate;

LimberGate *limber_gate_new   (void);
void        limber_gate_free  (LimberGate *gate);
gboolean    limber_gate_enter (LimberGate *gate, gint64 now, guint *wait);
void        limber_gate_leave (LimberGate *gate, gint64 now);
guint       limber_gate_next  (LimberGate *gate, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberGate, limber_gate_free)

G_END_DECLS
